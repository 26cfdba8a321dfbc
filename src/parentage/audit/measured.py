"""All that was measured, as plain records: what the conclusions are drawn from, and what a bundle carries."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.audit.case import Mode
from parentage.audit.passage import TensorRecord
from parentage.audit.plan import Plan
from parentage.audit.policies.one import MERGE_MID
from parentage.audit.structure import Structure
from parentage.audit.survey import Survey
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.pairing import Unpaired
from parentage.digest import manifest_digest
from parentage.finding import Scalar
from parentage.protocols.documents.evidence import DocumentsEvidence
from parentage.protocols.weights import stabbing
from parentage.protocols.weights.choice import Choice, chance_rate
from parentage.protocols.weights.hypotheses import choose
from parentage.protocols.weights.kinship import SampledKinship
from parentage.protocols.weights.methods.proposal import propose
from parentage.subject import PinnedFile, PinnedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """What the survey's sample gave: the hypotheses, kinship, and depth curves; `chance` is (mid elements, matches).

    `reference` is the candidate nearest to the subject. `made_from` is (candidate, other, arithmetic, weight of the
    subject, of the other) where a candidate is itself a merge of the subject and another candidate.
    """

    reference: int
    coarser: str | None
    elements_read: int
    tensors_read: int
    choice: Choice
    curves: tuple[stabbing.Curve, ...]
    kinship: tuple[SampledKinship, ...]
    chance: tuple[int, int]
    made_from: tuple[int, int, str, float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Models (the subject first), the subject's tensors in file order, tallies of the paired ones, and the survey.

    `policy` names the policy that it was measured for; `declared` is what publishers say, which no verdict rests on.
    """

    policy: str
    models: tuple[PinnedModel, ...]
    mode: Mode
    run: Mapping[str, Scalar]
    subject_tensors: tuple[TensorInfo, ...]
    candidate_elements: tuple[int, ...]
    unpaired: tuple[Unpaired, ...]
    records: tuple[TensorRecord, ...]
    tensor_digests: Mapping[str, str]
    surveyed: Surveyed
    structure: Structure | None
    declared: DocumentsEvidence | None = None

    @property
    def candidate_ids(self) -> tuple[str, ...]:
        """The candidates' ids, in order."""
        return tuple(model.ref.id for model in self.models[1:])

    @property
    def names(self) -> dict[str, str]:
        """The names of all models by id, the subject first."""
        return {model.ref.id: model.ref.name for model in self.models}


def digest_of(files: Sequence[PinnedFile]) -> str:
    """Return a model's digest: over its files' own where all were hashed or listed, else over sizes and headers."""
    whole = {file.path: file.digest for file in files if file.digest is not None}
    if len(whole) == len(files):
        return manifest_digest(whole)
    return manifest_digest({file.path: f"{file.size} {file.header_digest}" for file in files})


def summarise_survey(plan: Plan, survey: Survey, reference: int, kin: tuple[SampledKinship, ...]) -> Surveyed:
    """Return what the sample says, so that the sample itself need not be kept."""
    choice = propose(_choose(plan, survey, reference), survey.tensors, plan.compared)
    fit = choice.fit
    usable = [tensor for tensor in survey.tensors if fit and all(i in tensor.candidates for i in fit.parents)]
    bounds = [stabbing.Bounds(tensor, fit.parents) for tensor in usable] if fit else []
    return Surveyed(
        reference=reference,
        coarser=survey.coarser,
        elements_read=survey.elements_read,
        tensors_read=len(survey.tensors),
        choice=choice,
        curves=stabbing.depth_curves(bounds, fit) if fit else (),
        kinship=kin,
        chance=chance_rate(survey.tensors, choice.leader.hypotheses) if choice.leader else (0, 0),
        made_from=_made_from(survey, choice, reference),
    )


def _choose(plan: Plan, survey: Survey, reference: int) -> Choice:
    if len(plan.compared) < 2:
        return Choice(fit=None, tensor_fits={}, pattern="none", trials=(), reason="only one candidate is compared")
    others = tuple(place for place in plan.compared if place != reference)
    return choose(survey.tensors, (*others, reference))


def _made_from(survey: Survey, choice: Choice, reference: int) -> tuple[int, int, str, float, float] | None:
    """Say whether a candidate is itself the merge, of the subject and the other candidate: a weight outside [0, 1]."""
    fit = choice.fit
    if fit is None or len(fit.parents) != 2 or 0 <= fit.raw[0] <= 1:
        return None
    for made, other in (fit.parents, fit.parents[::-1]):
        swapped = [tensor.with_subject(made) for tensor in survey.tensors if {made, other} <= set(tensor.candidates)]
        found = choose(swapped, (other, made) if other == reference else (made, other))
        leader = found.leader
        if leader is None or found.fit is None or not 0 < found.fit.weights[0] < 1:
            continue
        if leader.replayed >= MERGE_MID * leader.elements:
            weights = dict(zip(found.fit.parents, found.fit.weights, strict=True))
            return made, other, leader.name, weights[made], weights[other]
    return None
