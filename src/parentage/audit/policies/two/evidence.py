"""All conclusions that policy 2 looks at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.audit.structure import Structure
from parentage.finding import Coverage
from parentage.protocols.weights.afterwards import AfterwardsConclusion, AfterwardsRecord
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.identity import IdentityConclusion
from parentage.protocols.weights.kinship import KinshipConclusion
from parentage.protocols.weights.moments import MomentsConclusion
from parentage.protocols.weights.quantization import QuantizationConclusion
from parentage.protocols.weights.rank import RankConclusion
from parentage.protocols.weights.remainder import RemainderConclusion
from parentage.protocols.weights.replay import ReplayConclusion
from parentage.protocols.weights.sparsity import SparsityConclusion
from parentage.protocols.weights.stabbing import WeightFit


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """A subject that is a candidate in another dtype: tensors so stored, and elements whose value did not fit."""

    tensors: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The conclusions of all questions; candidates are meant by their place, `compared` those compared in full.

    `copied` holds by index for each tensor read the compared candidates that it equals in every element;
    `converted` the candidates that the subject is, in another dtype, once they are rounded to it.
    """

    subject: str
    candidate_ids: Sequence[str]
    compared: tuple[int, ...]
    reference: int
    identity: IdentityConclusion
    kinship: KinshipConclusion
    moments: MomentsConclusion
    choice: Choice
    replay: ReplayConclusion
    structure: Structure
    rank: RankConclusion | None
    quantization: QuantizationConclusion | None
    sparsity: SparsityConclusion | None
    afterwards: tuple[tuple[AfterwardsRecord, AfterwardsConclusion], ...]
    remainder: RemainderConclusion | None
    failed_tensors: int
    candidate_unpaired: Sequence[int]
    copied: Mapping[int, frozenset[int]]
    converted: Mapping[int, Conversion]
    coverage: Coverage
    unpaired_elements: Sequence[int]
    subject_elements: int
    candidate_elements: Sequence[int]
    reversed_merge: str
    coarser: str | None
    weights_of: Mapping[int, WeightFit]

    @property
    def part(self) -> str:
        """A word that says that not every element was read, or nothing."""
        return "" if self.coverage.elements_read == self.coverage.elements else " read"

    def paired_share(self, place: int) -> float:
        """Return the share of the smaller checkpoint, of subject and candidate, that is paired."""
        paired = self.subject_elements - self.unpaired_elements[place]
        return paired / max(1, min(self.subject_elements, self.candidate_elements[place]))
