"""Could two independent trainings give this? Exact p-values from which hidden unit resembles which.

The hidden units of a layer have no order of their own: permuted together with all that reads and writes them, a network
is as likely an outcome of its training as before. So under independence the units of one network that resemble those of
another stand at unrelated places. Two counts follow: units matched with their own place (a copy or a fine-tune), and
units for which two matches made on disjoint weights agree (also a copy with permuted units). Norms, gains, buffers and
spectra, which resemble each other in unrelated models, are not looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from parentage.errors import StorageError
from parentage.finding import Coverage, Finding, Measurement, NotApplicable
from parentage.numerics.matching import least_log10, tail_log10
from parentage.protocols.weights.arrangement_axes import Axis
from parentage.protocols.weights.arrangement_heads import attention_layers, match_heads
from parentage.protocols.weights.arrangement_reading import TwoSides
from parentage.protocols.weights.arrangement_search import MOST_UNITS, Tokens, find_anchors
from parentage.protocols.weights.arrangement_solving import Match, match_axis
from parentage.protocols.weights.matrices import MatrixReader

_T = TypeVar("_T")

QUESTION = "neurons"
VERSION = "1"
# Layers (and layers' heads) that are matched of a deep network, spread evenly over it.
MOST_LAYERS = 16
_LEAST_UNITS = 8
# Independence is refused from here on: one chance in a million.
REFUSE_LOG10 = -6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuronLayer:
    """One axis: units, and how many of them a match pairs with their own place, and two disjoint matches pair alike."""

    axis: str
    kind: str
    units: int
    groups: int
    own_place: int
    agreeing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NeuronRecord:
    """Of one candidate: log10 of bounds on the chance of these counts if the two were trained independently.

    `log10_p_own_place` pools the layers, which are exchangeable each for itself; `log10_p_agreeing` is the least of all
    axes times their number, valid under any dependence; `log10_p` is the lesser of both, times two.
    """

    candidate: int
    layers: tuple[NeuronLayer, ...]
    units: int
    own_place: int
    agreeing: int
    log10_p_own_place: float
    log10_p_agreeing: float
    log10_p: float
    failures: tuple[str, ...]

    @property
    def is_related(self) -> bool:
        """Say whether independence is refused at one chance in a million."""
        return self.log10_p < REFUSE_LOG10


def measure(reader: MatrixReader, candidate: int, *, tokens: Tokens | None = None) -> NeuronRecord:
    """Return the test of independence against one candidate, over at most 16 layers' units and heads."""
    sides = TwoSides(reader, candidate)
    anchors = find_anchors(sides, tokens)
    failures = list(anchors.failures)
    matches: list[Match] = [match for match in anchors.matches if match.kind == "residual"]
    axes = [axis for axis in sides.structure.axes.values() if axis.kind in ("hidden", "channels")]
    for axis in _spread(_usable(sides, axes)):
        try:
            found = match_axis(sides, axis)
        except StorageError as error:
            failures.append(f"{axis.name}: {error}")
            continue
        if found is not None:
            matches.append(found[0])
    for layer in _spread(attention_layers(sides)):
        try:
            heads = match_heads(sides, layer)
        except StorageError as error:
            failures.append(f"{layer}: {error}")
            continue
        if heads is not None:
            matches.append(heads[0])
    return _record(candidate, matches, failures)


def _usable(sides: TwoSides, axes: Sequence[Axis]) -> list[Axis]:
    return [axis for axis in axes if sides.tensors_of(axis.name) and _LEAST_UNITS <= axis.size <= MOST_UNITS]


def _spread(items: Sequence[_T]) -> list[_T]:
    if len(items) <= MOST_LAYERS:
        return list(items)
    return [items[place * (len(items) - 1) // (MOST_LAYERS - 1)] for place in range(MOST_LAYERS)]


def _record(candidate: int, matches: Sequence[Match], failures: Sequence[str]) -> NeuronRecord:
    # The residual stream is matched only where it is not in place; its own place is no evidence then.
    inner = [match for match in matches if match.kind != "residual"]
    own = sum(match.own_place for match in inner)
    groups = sum(match.groups for match in inner)
    own_p = tail_log10(own, groups) if groups else 0.0
    agreeing_p = least_log10([match.log10_p_agreeing for match in matches])
    return NeuronRecord(
        candidate=candidate,
        layers=tuple(
            NeuronLayer(
                axis=match.axis,
                kind=match.kind,
                units=match.units,
                groups=match.groups,
                own_place=match.own_place,
                agreeing=match.agreeing,
            )
            for match in matches
        ),
        units=sum(match.units for match in inner),
        own_place=own,
        agreeing=sum(match.agreeing for match in inner),
        log10_p_own_place=own_p,
        log10_p_agreeing=agreeing_p,
        log10_p=least_log10([own_p, agreeing_p]),
        failures=tuple(failures),
    )


def conclude(
    records: Sequence[NeuronRecord], *, candidate_ids: Sequence[str], coverage: Coverage
) -> Finding | NotApplicable:
    """Return the p-values of independence, one per candidate."""
    told = [record for record in records if record.layers]
    if not told:
        reason = "no layer of hidden units, channels or heads is paired with one of the same size"
        return NotApplicable(question=QUESTION, version=VERSION, reason=reason)
    words = "; ".join(
        f"{record.own_place} of {record.units} units at their own place, {record.agreeing} matched alike twice, "
        f"log10 p {record.log10_p:.1f} for {candidate_ids[record.candidate]}"
        for record in told
    )
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=f"If trained independently: {words}.",
        coverage=coverage,
        measurements=tuple(
            Measurement(
                name=f"log10 p of independence from {candidate_ids[record.candidate]}",
                value=record.log10_p,
                unit="log10 of a bound on the chance under independence",
                about="about one unit of a layer at its own place and one matched alike is chance",
            )
            for record in told
        ),
        tables={
            "layers": tuple(
                {
                    "candidate": candidate_ids[record.candidate],
                    "axis": layer.axis,
                    "kind": layer.kind,
                    "units": layer.units,
                    "own_place": layer.own_place,
                    "agreeing": layer.agreeing,
                }
                for record in told
                for layer in record.layers
            )
        },
    )
