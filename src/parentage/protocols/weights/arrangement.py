"""Is the subject a candidate in another arrangement? Finds the function-preserving rewrite, and undoes it on paper.

Permuting the units of a layer, its heads, experts or the whole residual stream, flipping signs, or moving factors from
one matrix into the next leaves what a network computes as it was, and every comparison place by place blind. Steps are
found axis by axis with a p-value each (docs/questions/neurons.md); then every element is compared in the order found.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from parentage.checkpoint.arranged import Arrangement, UnitOrder
from parentage.errors import StorageError
from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.matching import least_log10
from parentage.protocols.weights.arrangement_reading import TwoSides
from parentage.protocols.weights.arrangement_search import Search, Tokens, search
from parentage.protocols.weights.arrangement_solving import Match
from parentage.protocols.weights.arrangement_verifying import Verified, verify
from parentage.protocols.weights.matrices import MatrixReader

QUESTION = "arrangement"
VERSION = "1"
# What a claim needs: one chance in 10^30, for all axes looked at together.
CLAIM_LOG10 = -30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementStep:
    """One axis that moved: its units, how many stand elsewhere, how many two disjoint matches pair alike, log10 p."""

    axis: str
    kind: str
    units: int
    moved: int
    agreeing: int
    groups: int
    log10_p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorCheck:
    """One tensor in the order found: elements of the candidate that give the subject's, to the bit and within 2 ulp."""

    name: str
    source: str
    elements: int
    equal: int
    close: int
    scaled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementRecord:
    """How the subject is arranged against one candidate.

    `log10_p` bounds the chance of so much agreement between unrelated networks, all axes together (Bonferroni).
    `equal` and `close` of `elements` count what the candidate gives once rearranged and rescaled; `preserving` says
    that every factor is cancelled by another, `consistent` that tensors resemble the candidate's wherever an axis that
    moved is read or written. `arrangement` undoes it; it is empty where all is in place.
    """

    candidate: int
    steps: tuple[ArrangementStep, ...]
    vocabulary: str
    log10_p: float
    elements: int
    equal: int
    close: int
    scaled_tensors: int
    preserving: bool
    consistent: bool
    checks: tuple[TensorCheck, ...]
    arrangement: Arrangement
    failures: tuple[str, ...]

    @property
    def in_place(self) -> bool:
        """Say whether nothing was found to be rearranged."""
        return not self.arrangement.tensors

    @property
    def is_claimed(self) -> bool:
        """Say whether a rearrangement was found beyond one chance in 10^30, and holds in all tensors."""
        return not self.in_place and self.consistent and self.log10_p < CLAIM_LOG10

    @property
    def is_copy(self) -> bool:
        """Say whether the subject is the candidate rearranged and no more: all within 2 ulps, factors cancel."""
        return self.is_claimed and self.preserving and 0 < self.elements == self.close


def measure(reader: MatrixReader, candidate: int, *, tokens: Tokens | None = None) -> ArrangementRecord:
    """Return the arrangement of the subject against a candidate; `tokens` are both vocabularies, the subject's first.

    Where every tensor is in place a sample of each is all that is read.
    """
    sides = TwoSides(reader, candidate)
    found = search(sides, tokens)
    steps = tuple(_step(match) for match in found.moved)
    verified = Verified(checks=(), placed=(), preserving=True, consistent=True)
    failures = list(found.failures)
    if sides.orders or found.scaled or _renamed(sides):
        try:
            verified = verify(sides)
        except StorageError as error:
            failures.append(str(error))
    checks = tuple(
        TensorCheck(
            name=name,
            source=sides.sources[name],
            elements=fit.elements,
            equal=fit.equal,
            close=fit.close,
            scaled=any(factor is not None for factor in fit.factors),
        )
        for name, fit in verified.checks
    )
    return ArrangementRecord(
        candidate=candidate,
        steps=steps,
        vocabulary=found.vocabulary,
        log10_p=_total(found),
        elements=sum(check.elements for check in checks),
        equal=sum(check.equal for check in checks),
        close=sum(check.close for check in checks),
        scaled_tensors=sum(check.scaled for check in checks),
        preserving=verified.preserving,
        consistent=verified.consistent,
        checks=checks,
        arrangement=_arrangement(sides, verified),
        failures=tuple(failures),
    )


def _step(match: Match) -> ArrangementStep:
    known = match.order >= 0
    return ArrangementStep(
        axis=match.axis,
        kind=match.kind,
        units=match.units,
        moved=min(match.units, int(np.count_nonzero(known & (match.order != np.arange(match.order.size))))),
        agreeing=match.agreeing,
        groups=match.groups,
        log10_p=match.log10_p_agreeing,
    )


def _total(found: Search) -> float:
    """Return the least p-value of the axes that were matched, in either test, times the number of tests."""
    agreeing = [match.log10_p_agreeing for match in found.matches]
    return least_log10(agreeing + [match.log10_p_own_place for match in found.matches])


def _renamed(sides: TwoSides) -> bool:
    return any(name != source for name, source in sides.sources.items())


def _arrangement(sides: TwoSides, verified: Verified) -> Arrangement:
    used = {axis for place in verified.placed for axis in place.axes if axis}
    return Arrangement(
        orders=tuple(
            UnitOrder(axis=axis, order=tuple(order.tolist())) for axis, order in sides.orders.items() if axis in used
        ),
        tensors=verified.placed,
    )


def conclude(
    records: Mapping[int, ArrangementRecord], *, candidate_ids: tuple[str, ...], coverage: Coverage
) -> Finding | NotApplicable:
    """Return what was found against each candidate that was looked at."""
    if not records:
        return NotApplicable(question=QUESTION, version=VERSION, reason="every candidate's tensors are in place")
    words = []
    rows: list[Mapping[str, Scalar]] = []
    measurements = []
    for place, record in sorted(records.items()):
        name = candidate_ids[place]
        words.append(_words(record, name))
        measurements.append(
            Measurement(
                name=f"log10 p of the arrangement against {name}",
                value=record.log10_p,
                unit="log10 of a bound, all matched axes together",
                about="claimed below -30",
            )
        )
        for step in record.steps:
            rows.append(
                {
                    "candidate": name,
                    "axis": step.axis,
                    "kind": step.kind,
                    "units": step.units,
                    "moved": step.moved,
                    "agreeing": step.agreeing,
                    "log10_p": step.log10_p,
                }
            )
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=" ".join(words),
        coverage=coverage,
        measurements=tuple(measurements),
        tables={"steps": tuple(rows)},
    )


def _words(record: ArrangementRecord, name: str) -> str:
    if record.in_place:
        return f"No rearrangement of {name} was found."
    if not record.is_claimed:
        return (
            f"Units match those of {name} (log10 p {record.log10_p:.0f}), but not as a rearrangement would have them."
        )
    kinds = sorted({step.kind for step in record.steps} | ({"factors"} if record.scaled_tensors else set()))
    how = f"{', '.join(kinds) or 'rows'} rearranged (log10 p {record.log10_p:.0f})"
    return f"Against {name}: {how}; in the order found {record.equal} of {record.elements} elements are equal."
