"""Are they the same weights? Bit-equal tensors, and lossless changes of dtype recognised as such."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.finding import Coverage, Finding, Measurement, Scalar
from parentage.numerics.scan import Scan
from parentage.protocols.weights.context import TensorContext

QUESTION = "identity"
VERSION = "1"


@dataclass(slots=True, kw_only=True)
class IdentityTally:
    """Accumulator of one tensor: elements read, non-finite ones, and those equal to each present candidate."""

    elements: int = 0
    nonfinite: int = 0
    equal: list[int]

    @classmethod
    def empty(cls, candidates: int) -> "IdentityTally":
        """Return a tally of nothing."""
        return cls(equal=[0] * candidates)

    def update(self, scan: Scan) -> None:
        """Add a scanned run of elements."""
        self.elements += scan.elements
        self.nonfinite += scan.nonfinite
        self.equal = [have + int(more) for have, more in zip(self.equal, scan.same_bits, strict=True)]

    def merge(self, other: "IdentityTally") -> None:
        """Add another tally of the same tensor."""
        self.elements += other.elements
        self.nonfinite += other.nonfinite
        self.equal = [have + more for have, more in zip(self.equal, other.equal, strict=True)]

    def summary(self) -> dict[str, object]:
        """Return the tally as plain JSON values."""
        return {"elements": self.elements, "nonfinite": self.nonfinite, "equal": self.equal}


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityConclusion:
    """For each candidate: paired tensors, how many are equal throughout, how many of those changed dtype."""

    tensors: tuple[int, ...]
    equal_tensors: tuple[int, ...]
    converted_tensors: tuple[int, ...]
    equal_elements: tuple[int, ...]
    elements: tuple[int, ...]
    nonfinite: int
    finding: Finding

    def identical_to(self, candidate: int) -> bool:
        """Say whether every paired tensor is equal to the candidate's."""
        return 0 < self.tensors[candidate] == self.equal_tensors[candidate]


def conclude(
    tallies: Sequence[tuple[TensorContext, IdentityTally]],
    *,
    candidate_ids: Sequence[str],
    coverage: Coverage,
    tables: Mapping[str, tuple[Mapping[str, Scalar], ...]],
) -> IdentityConclusion:
    """Return which candidates share tensors with the subject; `tables` are added to the finding as they are."""
    count = len(candidate_ids)
    tensors, equal, converted, equal_elements, elements = ([0] * count for _ in range(5))
    for context, tally in tallies:
        for place, candidate in enumerate(context.present):
            tensors[candidate] += 1
            elements[candidate] += tally.elements
            equal_elements[candidate] += tally.equal[place]
            if tally.elements and tally.equal[place] == tally.elements:
                equal[candidate] += 1
                partner = context.pair.candidates[candidate]
                converted[candidate] += partner is not None and partner.dtype != context.pair.subject.dtype
    nonfinite = sum(tally.nonfinite for _, tally in tallies)
    rows: tuple[Mapping[str, Scalar], ...] = tuple(
        {
            "candidate": candidate_ids[i],
            "tensors": tensors[i],
            "equal_tensors": equal[i],
            "converted_tensors": converted[i],
            "equal_elements": equal_elements[i],
            "elements": elements[i],
        }
        for i in range(count)
    )
    words = "; ".join(f"{equal[i]} of {tensors[i]} tensors equal those of {candidate_ids[i]}" for i in range(count))
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=words[:1].upper() + words[1:] + ".",
        coverage=coverage,
        measurements=(
            Measurement(
                name="nonfinite",
                value=nonfinite,
                unit="elements",
                about="NaN or infinite in the subject or a candidate; left out of every other question",
            ),
        ),
        tables={"equal": rows, **tables},
    )
    return IdentityConclusion(
        tensors=tuple(tensors),
        equal_tensors=tuple(equal),
        converted_tensors=tuple(converted),
        equal_elements=tuple(equal_elements),
        elements=tuple(elements),
        nonfinite=nonfinite,
        finding=finding,
    )
