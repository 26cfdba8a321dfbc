"""Lays the subject's tensors beside the candidates': which candidates, which layers, and in which order of units.

Every later question compares place by place, so what was permuted, restacked or drowned among fifty candidates is put
right here, on evidence that the bundle carries, and the plan is made again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from parentage.audit.case import Case
from parentage.audit.plan import UNALIGNED, Alignment, Plan, make_plan
from parentage.audit.reading import CheckpointReader
from parentage.audit.survey import Survey, take_survey
from parentage.checkpoint.vocabulary import read_vocabulary
from parentage.errors import ParentageError
from parentage.protocols.weights import arrangement, kinship, layers, pool
from parentage.protocols.weights.arrangement import ArrangementRecord
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.kinship import SampledKinship
from parentage.protocols.weights.layers import LayerRecord
from parentage.protocols.weights.pool import PoolRecord

T = TypeVar("T")

# More candidates than this (a soup of eight and its base) are screened on the sample, the few that matter compared.
MOST_COMPARED = 9
# In what a sample may read of each checkpoint this is left for whole matrices.
SAMPLE_MATRIX_BYTES = 6 << 20
# A tensor of a relative in place correlates at least so; a copy in another order hardly at all.
_IN_PLACE_CORRELATION = 0.3
_IN_PLACE_DISTANCE = 0.2
_IN_PLACE_TENSORS = 0.98
_LEAST_VECTOR = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """The plan and the survey after alignment, and what the alignment rests on.

    `kinship` is of all candidates, in the alignment that was settled on; `arranged` is the candidate whose order
    the subject was brought into; `failures` are (question, reason).
    """

    plan: Plan
    survey: Survey
    reader: CheckpointReader
    kinship: tuple[SampledKinship, ...]
    pool: PoolRecord | None
    layers: LayerRecord | None
    arrangements: tuple[ArrangementRecord, ...]
    arranged: int | None
    failures: tuple[tuple[str, str], ...]

    def is_related(self, place: int) -> bool:
        """Say whether at least a quarter of the candidate's matrices correlate with the subject's."""
        tensors = self.kinship[place].tensors
        alike = sum(tensor.correlation >= _IN_PLACE_CORRELATION for tensor in tensors)
        return bool(tensors) and 4 * alike >= len(tensors)


def align(case: Case) -> Aligned:
    """Return the plan that the audit goes by; raises what `make_plan` and `take_survey` raise."""
    plan = make_plan(case)
    survey = take_survey(plan)
    count = len(plan.candidates)
    kin = kinship.measure(survey.tensors, count)
    screened = pool.screen(survey.tensors, count) if count > MOST_COMPARED else None
    chosen = screened.chosen if screened is not None else tuple(range(count))
    reader = _reader(plan)
    layered: LayerRecord | None = None
    arrangements: dict[int, ArrangementRecord] = {}
    failures: list[tuple[str, str]] = []
    if not any(_is_in_place(plan, survey, kin, place) for place in chosen):
        layered = _tried(layers.QUESTION, failures, partial(layers.measure, reader))
        if layered is None or layered.in_place:
            for place in chosen:
                found = _tried(
                    arrangement.QUESTION,
                    failures,
                    partial(arrangement.measure, reader, place, tokens=_tokens(plan, place)),
                )
                if found is not None:
                    arrangements[place] = found
    best = _best(arrangements)
    alignment = alignment_from(
        chosen if screened is not None else None, layered, arrangements[best] if best is not None else None
    )
    if alignment != UNALIGNED:
        plan = make_plan(case, alignment)
        survey = take_survey(plan)
        moved = kinship.measure(survey.tensors, count)
        kin = tuple(new if place in chosen else old for place, (old, new) in enumerate(zip(kin, moved, strict=True)))
        reader = _reader(plan)
    return Aligned(
        plan=plan,
        survey=survey,
        reader=reader,
        kinship=kin,
        pool=screened,
        layers=layered,
        arrangements=tuple(arrangements.values()),
        arranged=best,
        failures=tuple(failures),
    )


def alignment_from(
    chosen: tuple[int, ...] | None, layered: LayerRecord | None, arranged: ArrangementRecord | None
) -> Alignment:
    """Return the alignment that these records call for."""
    found = layered.mapped if layered is not None else ()
    moved = tuple((match.layer, match.source) for match in found if match.source not in (None, match.layer))
    return Alignment(
        chosen=chosen,
        layers=tuple((layer, source) for layer, source in moved if source is not None),
        arrangement=arranged.arrangement if arranged is not None else None,
    )


def _tokens(plan: Plan, place: int) -> tuple[Mapping[str, int], Mapping[str, int]] | None:
    """Return both vocabularies, the subject's first, where both can be read and differ."""
    ours, theirs = read_vocabulary(plan.subject), read_vocabulary(plan.candidates[place])
    return (ours, theirs) if ours is not None and theirs is not None and ours != theirs else None


def _reader(plan: Plan) -> CheckpointReader:
    budget = SAMPLE_MATRIX_BYTES if plan.mode == "sample" else None
    return CheckpointReader((plan.subject, *plan.candidates), budget_bytes=budget)


def _tried(question: str, failures: list[tuple[str, str]], ask: Callable[[], T]) -> T | None:
    try:
        return ask()
    except ParentageError as error:
        failures.append((question, str(error)))
        return None


def _is_in_place(plan: Plan, survey: Survey, kin: Sequence[SampledKinship], place: int) -> bool:
    """Say whether the candidate's tensors stand where the subject's do, at the scale of the subject's."""
    tensors = kin[place].tensors
    paired = sum(place in context.present for context in plan.contexts)
    alike = sum(
        tensor.correlation >= _IN_PLACE_CORRELATION and tensor.relative_distance <= _IN_PLACE_DISTANCE
        for tensor in tensors
    )
    return (
        bool(tensors)
        and alike >= _IN_PLACE_TENSORS * len(tensors)
        and paired >= _IN_PLACE_TENSORS * len(plan.subject.tensors)
        and not any(_is_rescaled(tensor, place) for tensor in survey.tensors if place in tensor.candidates)
    )


def _is_rescaled(tensor: SampledTensor, place: int) -> bool:
    """Say whether a vector was folded away (all ones where the candidate's vary) or lies at another scale."""
    subject, candidate = tensor.subject, tensor.candidates[place]
    if len(tensor.context.pair.subject.shape) != 1 or subject.size < _LEAST_VECTOR:
        return False
    if np.all(subject == subject[0]) and not np.all(candidate == candidate[0]):
        return True
    with np.errstate(over="ignore"):
        apart = np.abs(subject.astype(np.float64) - candidate) > _IN_PLACE_DISTANCE * np.abs(candidate)
    return 2 * int(np.count_nonzero(apart)) > subject.size and "norm" in tensor.context.pair.role.kind


def _best(arrangements: Mapping[int, ArrangementRecord]) -> int | None:
    """Return the candidate with the strongest claim that the subject is arranged otherwise, None without any."""
    claimed = [place for place, record in arrangements.items() if record.is_claimed]
    return max(claimed, key=lambda place: (arrangements[place].equal, -arrangements[place].log10_p), default=None)
