"""Which layer of which candidate is each layer of the subject? Stacks that were copied, doubled or cut, then trained.

The same places of each tensor of every layer are compared with those of every layer of every candidate. A copied layer
is equal; a copied and trained one correlates with the layer it came from and, like any two layers, with no other.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.roles import parse_role
from parentage.errors import StorageError
from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.matching import correlations, standard_rows
from parentage.protocols.weights.matrices import SUBJECT, MatrixReader

QUESTION = "layers"
VERSION = "1"
_SAMPLED = 4096
_MOST_KINDS = 16
_LEAST_ELEMENTS = 1024
# A layer is said to come from another from here on; layers of unrelated networks, and different layers of one, stay
# within a few hundredths of zero (docs/questions/layers.md).
LEAST_CORRELATION = 0.2

# By layer, and then by the tensor's name with the layer's number taken out.
_Layers = dict[int, dict[str, TensorInfo]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerMatch:
    """Where one layer comes from: candidate and its layer (None where nothing resembles it), and how it compares.

    `equal` of `elements` sampled are bit-equal; `correlation` is the median over tensors, `next_best` that of the best
    other layer of any candidate at another place than the source's (the null, were the source not there).
    """

    layer: int
    candidate: int | None
    source: int | None
    tensors: int
    elements: int
    equal: int
    correlation: float
    next_best: float

    @property
    def is_copied(self) -> bool:
        """Say whether every sampled element is equal."""
        return 0 < self.elements == self.equal


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerRecord:
    """The layer map, in the subject's order, and how many layers each candidate has."""

    matches: tuple[LayerMatch, ...]
    candidate_layers: tuple[int, ...]
    failures: tuple[str, ...]

    @property
    def mapped(self) -> tuple[LayerMatch, ...]:
        """Return the layers whose source is known."""
        return tuple(match for match in self.matches if match.source is not None)

    @property
    def in_place(self) -> bool:
        """Say whether every layer that has a source has it at its own number."""
        return all(match.source == match.layer for match in self.mapped)

    @property
    def sources(self) -> tuple[int, ...]:
        """Return the candidates that some layer comes from, ascending."""
        return tuple(sorted({match.candidate for match in self.mapped if match.candidate is not None}))

    @property
    def is_restacked(self) -> bool:
        """Say whether layers stand at other numbers than in their source, or were left out at the end of it.

        Layers of several candidates at their own numbers are a stack too where each is a copy: a merge is not.
        """
        if not self.mapped:
            return False
        if not self.in_place:
            return True
        copies = len(self.sources) > 1 and all(match.is_copied for match in self.mapped)
        return copies or len(self.matches) not in {self.candidate_layers[place] for place in self.sources}

    def map_of(self, candidate: int) -> dict[int, int]:
        """Return subject layer -> the candidate's layer, for the layers that come from it."""
        return {
            match.layer: match.source
            for match in self.matches
            if match.candidate == candidate and match.source is not None
        }


def measure(reader: MatrixReader) -> LayerRecord:
    """Return the layer map from samples of up to 4,096 elements of up to 16 tensors of each layer."""
    ours = _layers(reader.tensors(SUBJECT))
    sides = [_layers(reader.tensors(side)) for side in range(reader.candidates)]
    failures: list[str] = []
    kinds = _kinds(ours)
    places = [(side, layer) for side, layers in enumerate(sides) for layer in sorted(layers)]
    numbers = sorted(ours)
    found: list[_Compared] = []
    for kind in kinds:
        try:
            found.append(_compare(reader, kind, numbers, places, ours, sides))
        except StorageError as error:
            failures.append(f"{kind}: {error}")
    copies = _copies(found, places)
    return LayerRecord(
        matches=tuple(_match(row, layer, found, places, copies) for row, layer in enumerate(numbers)),
        candidate_layers=tuple(len(layers) for layers in sides),
        failures=tuple(failures),
    )


def _layers(tensors: Mapping[str, TensorInfo]) -> _Layers:
    layers: _Layers = {}
    for info in tensors.values():
        role = parse_role(info.name)
        if role.layer is not None and len(info.shape) >= 2 and info.dtype.kind == "float" and info.elements:
            kind = role.key.replace(f".{role.layer}.", ".#.", 1)
            layers.setdefault(role.layer, {}).setdefault(kind, info)
    return layers


def _kinds(layers: _Layers) -> list[str]:
    """Return tensors to compare: those of most layers first, experts after all others."""
    counts: dict[str, int] = {}
    for tensors in layers.values():
        for kind, info in tensors.items():
            if info.elements >= _LEAST_ELEMENTS:
                counts[kind] = counts.get(kind, 0) + 1
    ordered = sorted(counts, key=lambda kind: ("experts." in kind, -counts[kind], kind))
    return ordered[:_MOST_KINDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Compared:
    """One kind of tensor: correlations and equal elements, subject's layers x candidates' layers; NaN where absent."""

    correlation: NDArray[np.float64]
    equal: NDArray[np.int64]
    elements: NDArray[np.int64]


def _compare(
    reader: MatrixReader,
    kind: str,
    numbers: Sequence[int],
    places: Sequence[tuple[int, int]],
    ours: _Layers,
    sides: Sequence[_Layers],
) -> _Compared:
    correlation = np.full((len(numbers), len(places)), np.nan)
    equal = np.zeros((len(numbers), len(places)), dtype=np.int64)
    elements = np.zeros_like(equal)
    left = {row: ours[layer][kind] for row, layer in enumerate(numbers) if kind in ours[layer]}
    right = {at: sides[side][layer][kind] for at, (side, layer) in enumerate(places) if kind in sides[side][layer]}
    for shape in sorted({info.shape for info in left.values()}):
        rows = [row for row, info in left.items() if info.shape == shape]
        columns = [at for at, info in right.items() if info.shape == shape]
        if not columns:
            continue
        samples = [_sample(reader, SUBJECT, left[row]) for row in rows]
        others = [_sample(reader, places[at][0], right[at]) for at in columns]
        grid = np.ix_(rows, columns)
        correlation[grid] = correlations(standard_rows(np.stack(samples)), standard_rows(np.stack(others)))
        equal[grid] = [[int(np.count_nonzero(a == b)) for b in others] for a in samples]
        elements[grid] = samples[0].size
    return _Compared(correlation=correlation, equal=equal, elements=elements)


def _sample(reader: MatrixReader, side: int, info: TensorInfo) -> NDArray[Any]:
    """Return up to 4,096 elements from the middle of a tensor: the same places in all tensors of its shape."""
    width = math.prod(info.shape[1:])
    rows = min(info.shape[0], -(-_SAMPLED // width))
    first = (info.shape[0] - rows) // 2
    values = reader.read_rows(side, info.name, first, first + rows).reshape(-1)[:_SAMPLED]
    wide: NDArray[Any] = values.astype(np.float64 if values.dtype.itemsize == 8 else np.float32)
    return wide


def _copies(found: Sequence[_Compared], places: Sequence[tuple[int, int]]) -> Mapping[int, int]:
    """Return how many of the subject's layers each candidate has a copy of: it decides between equal copies."""
    copies = {side: 0 for side, _ in places}
    if found:
        equal = np.sum([one.equal for one in found], axis=0)
        elements = np.sum([one.elements for one in found], axis=0)
        whole = (elements > 0) & (equal == elements)
        for side in copies:
            own = [at for at, (other, _) in enumerate(places) if other == side]
            copies[side] = int(np.count_nonzero(whole[:, own].any(axis=1)))
    return copies


def _match(
    row: int,
    layer: int,
    found: Sequence[_Compared],
    places: Sequence[tuple[int, int]],
    copies: Mapping[int, int],
) -> LayerMatch:
    """Return the source of one layer: that with most equal elements, and of equals the best correlated."""
    nothing = LayerMatch(
        layer=layer, candidate=None, source=None, tensors=0, elements=0, equal=0, correlation=0.0, next_best=0.0
    )
    if not found or not places:
        return nothing
    correlation = np.array([one.correlation[row] for one in found])
    present = np.isfinite(correlation)
    medians = np.array([_median(correlation[present[:, at], at]) for at in range(len(places))])
    equal = np.sum([one.equal[row] for one in found], axis=0)
    elements = np.sum([one.elements[row] for one in found], axis=0)
    if not elements.any():
        return nothing
    copied = equal / np.maximum(elements, 1)
    # Copies first; what is equal by chance (zeros, coarse formats) does not outweigh the correlation.
    whole = (elements > 0) & (equal == elements)
    best = max(
        range(len(places)),
        key=lambda at: (
            bool(whole[at]) and medians[at] > 0,
            medians[at],
            copied[at],
            copies[places[at][0]],
            places[at][1] == layer,
            -at,
        ),
    )
    others = [medians[at] for at, (_, number) in enumerate(places) if number != places[best][1]]
    # Constants are equal in any two networks, and correlate with nothing.
    known = bool(medians[best] >= LEAST_CORRELATION)
    return LayerMatch(
        layer=layer,
        candidate=places[best][0] if known else None,
        source=places[best][1] if known else None,
        tensors=int(np.count_nonzero(present[:, best])),
        elements=int(elements[best]),
        equal=int(equal[best]),
        correlation=round(float(medians[best]), 6),
        next_best=round(float(max(others, default=0.0)), 6),
    )


def _median(values: NDArray[np.float64]) -> float:
    """Return the lower median, 0 of nothing."""
    return float(np.sort(values)[(values.size - 1) // 2]) if values.size else 0.0


def conclude(record: LayerRecord, *, candidate_ids: Sequence[str], coverage: Coverage) -> Finding | NotApplicable:
    """Return the layer map as a finding."""
    if not record.matches or not any(match.elements for match in record.matches):
        reason = "no numbered layer has a tensor of a shape that a candidate's layers have"
        return NotApplicable(question=QUESTION, version=VERSION, reason=reason)
    rows: tuple[Mapping[str, Scalar], ...] = tuple(
        {
            "layer": match.layer,
            "candidate": candidate_ids[match.candidate] if match.candidate is not None else None,
            "source": match.source,
            "equal": match.equal,
            "elements": match.elements,
            "correlation": match.correlation,
            "next_best": match.next_best,
        }
        for match in record.matches
    )
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=_words(record, candidate_ids),
        coverage=coverage,
        measurements=(
            Measurement(
                name="layers copied",
                value=sum(match.is_copied for match in record.mapped),
                unit="layers",
                about=f"of {len(record.matches)}; every sampled element equal to that of the layer named",
            ),
        ),
        tables={"layers": rows},
    )


def _words(record: LayerRecord, candidate_ids: Sequence[str]) -> str:
    if not record.mapped:
        return f"None of {len(record.matches)} layers resembles any layer of a candidate."
    runs: list[list[LayerMatch]] = []
    for match in record.mapped:
        last = runs[-1][-1] if runs else None
        goes_on = (
            last is not None
            and (match.layer, match.candidate) == (last.layer + 1, last.candidate)
            and match.source == (last.source or 0) + 1
        )
        if goes_on:
            runs[-1].append(match)
        else:
            runs.append([match])
    words = []
    for run in runs[:24]:
        name = candidate_ids[run[0].candidate or 0]
        words.append(f"{_span(run[0].layer, run[-1].layer)} from {_span(run[0].source, run[-1].source)} of {name}")
    more = f" and {len(runs) - 24} more runs" if len(runs) > 24 else ""
    missing = len(record.matches) - len(record.mapped)
    unknown = f"; {missing} of no layer known" if missing else ""
    return f"Layers {'; '.join(words)}{more}{unknown}."


def _span(first: int | None, last: int | None) -> str:
    return f"{first}" if first == last else f"{first}-{last}"
