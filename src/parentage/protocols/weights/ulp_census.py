"""How far apart are they, in units in the last place? And where the candidates agree, does the subject agree too?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.scan import Scan, pairs_of
from parentage.protocols.weights.context import TensorContext

QUESTION = "ulp-census"
VERSION = "1"
OCTAVES = 33


@dataclass(slots=True, kw_only=True)
class CensusTally:
    """Accumulator of one tensor: `counts[pair, octave]` and the elements where all candidates agree."""

    counts: NDArray[np.int64]
    agreement: NDArray[np.int64]

    @classmethod
    def empty(cls, candidates: int) -> "CensusTally":
        """Return a tally of nothing."""
        pairs = len(pairs_of(candidates))
        return cls(counts=np.zeros((pairs, OCTAVES), dtype=np.int64), agreement=np.zeros(2, dtype=np.int64))

    def update(self, scan: Scan) -> None:
        """Add a scanned run of elements."""
        self.counts[:, : scan.census.shape[1]] += scan.census
        self.agreement += scan.agreement

    def merge(self, other: "CensusTally") -> None:
        """Add another tally of the same tensor."""
        self.counts += other.counts
        self.agreement += other.agreement

    def summary(self) -> dict[str, object]:
        """Return the tally as plain JSON values."""
        return {"counts": self.counts.tolist(), "agreement": self.agreement.tolist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CensusConclusion:
    """Elements where all candidates agree and, of those, where the subject agrees with them."""

    agree_elements: int
    agree_kept: int
    result: Finding | NotApplicable


def conclude(
    tallies: Sequence[tuple[TensorContext, CensusTally]],
    *,
    candidate_ids: Sequence[str],
    coverage: Coverage,
    compared: Sequence[int] | None = None,
) -> CensusConclusion:
    """Return the census over all tensors with a lattice; `compared` are the candidates that were read, else all."""
    expected = len(candidate_ids) if compared is None else len(compared)
    names = ["subject", *candidate_ids]
    totals = {pair: np.zeros(OCTAVES, dtype=np.int64) for pair in pairs_of(len(candidate_ids))}
    agree = np.zeros(2, dtype=np.int64)
    alike: dict[tuple[int, ...], list[CensusTally]] = {}
    for context, tally in tallies:
        if context.lattice is not None:
            alike.setdefault(context.present, []).append(tally)
    for present, group in alike.items():
        counts = np.sum([tally.counts for tally in group], axis=0)
        for row, (a, b) in enumerate(pairs_of(len(present))):
            real = tuple(-1 if i < 0 else present[i] for i in (a, b))
            totals[(real[0], real[1])] += counts[row]
        if len(present) == expected:
            agree += np.sum([tally.agreement for tally in group], axis=0)
    if not any(total.any() for total in totals.values()):
        reason = "no floating-point tensor is paired"
        return CensusConclusion(
            agree_elements=0,
            agree_kept=0,
            result=NotApplicable(question=QUESTION, version=VERSION, reason=reason),
        )
    rows: list[Mapping[str, Scalar]] = []
    for (a, b), total in totals.items():
        everything = int(total.sum())
        for octave in range(OCTAVES):
            if total[octave]:
                rows.append(
                    {
                        "a": names[a + 1],
                        "b": names[b + 1],
                        "octave": octave,
                        "low": 0 if octave == 0 else 1 << (octave - 1),
                        "count": int(total[octave]),
                        "share": float(total[octave] / everything),
                    }
                )
    share = float(agree[1] / agree[0]) if agree[0] else None
    plain = f"{int(agree[1]):,} of {int(agree[0]):,}"
    statement = (
        f"Where all candidates agree, the subject agrees with them on {plain} elements."
        if expected > 1
        else "The distances of the subject to the candidate, in units in the last place."
    )
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=statement,
        coverage=coverage,
        measurements=(
            Measurement(name="agreement", value=share, unit="share of elements where all candidates agree"),
            Measurement(name="agreeing_elements", value=int(agree[0]), unit="elements"),
        ),
        tables={"pairs": tuple(rows)},
    )
    return CensusConclusion(agree_elements=int(agree[0]), agree_kept=int(agree[1]), result=finding)
