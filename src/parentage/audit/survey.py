"""Reads the index-keyed sample of every tensor and keeps it in memory, finite elements only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.audit.plan import Plan, Ranges
from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.errors import InputError, StorageError
from parentage.numerics.lattice import LATTICES, Lattice, round_to, working_type
from parentage.protocols.weights.context import SampledTensor, TensorContext


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """The sample and the tensors that could not be read.

    `coarser` names the lattice of an fp32 subject whose every sampled value lies on it (a bf16 merge saved as fp32).
    """

    tensors: tuple[SampledTensor, ...]
    failures: Mapping[int, str]
    coarser: str | None
    elements_read: int


def read_ranges(checkpoint: Checkpoint, info: TensorInfo, ranges: Ranges) -> NDArray[Any]:
    """Return the elements of the ranges, one after the other, in the storage dtype."""
    parts = [checkpoint.read_elements(info, first, last) for first, last in ranges]
    if not parts:
        return np.zeros(0, dtype=info.dtype.storage)
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def take_survey(plan: Plan) -> Survey:
    """Read the plan's survey ranges; tensors that cannot be read are recorded, never skipped in silence."""
    tensors: list[SampledTensor] = []
    failures: dict[int, str] = {}
    read = 0
    for context, ranges in zip(plan.contexts, plan.survey, strict=True):
        if context.lattice is None or not ranges:
            continue
        try:
            sampled = _sample(plan, context, ranges)
        except StorageError as error:
            failures[context.index] = str(error)
            continue
        read += sampled.subject.size + sampled.nonfinite
        tensors.append(sampled)
    if failures and not tensors:
        raise StorageError(next(iter(failures.values())))
    coarser = _coarser_lattice(tensors)
    if coarser is not None:
        tensors = [_on_lattice(tensor, LATTICES[coarser]) for tensor in tensors]
    _refuse_equal_candidates(plan, tensors)
    return Survey(tensors=tuple(tensors), failures=failures, coarser=coarser, elements_read=read)


def _sample(plan: Plan, context: TensorContext, ranges: Ranges) -> SampledTensor:
    assert context.lattice is not None
    kind = working_type(context.lattice)
    with np.errstate(invalid="ignore"):
        subject = read_ranges(plan.subject, context.pair.subject, ranges).astype(kind)
        candidates = {}
        for place in context.present:
            info = context.pair.candidates[place]
            assert info is not None
            candidates[place] = read_ranges(plan.candidates[place], info, ranges).astype(kind)
    finite = np.isfinite(subject)
    for values in candidates.values():
        finite &= np.isfinite(values)
    nonfinite = int(finite.size - np.count_nonzero(finite))
    if nonfinite:
        subject = subject[finite]
        candidates = {place: values[finite] for place, values in candidates.items()}
    return SampledTensor(context=context, subject=subject, candidates=candidates, nonfinite=nonfinite)


def _coarser_lattice(tensors: list[SampledTensor]) -> str | None:
    """Return BF16 or F16 where an fp32 subject's every sampled value lies on it, though not every candidate's does."""
    wide = [tensor for tensor in tensors if tensor.lattice.name == "F32" and tensor.subject.any()]
    if not wide:
        return None
    for name in ("BF16", "F16"):
        lattice = LATTICES[name]
        if all(np.array_equal(round_to(tensor.subject, lattice), tensor.subject) for tensor in wide):
            return name
    return None


def _on_lattice(tensor: SampledTensor, lattice: Lattice) -> SampledTensor:
    if tensor.lattice.name != "F32":
        return tensor
    return replace(tensor, context=replace(tensor.context, lattice=lattice, storage_differs=True))


def _refuse_equal_candidates(plan: Plan, tensors: list[SampledTensor]) -> None:
    ids = plan.candidate_ids
    for a in range(len(ids)):
        for b in range(a + 1, len(ids)):
            both = [tensor for tensor in tensors if a in tensor.candidates and b in tensor.candidates]
            count = sum(tensor.subject.size for tensor in both)
            if count and all(np.array_equal(tensor.candidates[a], tensor.candidates[b]) for tensor in both):
                raise InputError(
                    plan.case.candidates[b].location,
                    f"{ids[b]} equals {ids[a]} in all {count} sampled elements",
                    "two candidates must be different weights",
                )


def nearest_candidate(survey: Survey, compared: Sequence[int]) -> int:
    """Return which of the compared candidates is closest to the subject, over the sample of the tensors all have."""
    whole = [tensor for tensor in survey.tensors if all(place in tensor.candidates for place in compared)]
    if not whole:
        return compared[0]
    distances: dict[int, float] = {}
    for place in compared:
        total = 0.0
        for tensor in whole:
            if not tensor.subject.size:
                continue
            gap = tensor.subject.astype(np.float64) - tensor.candidates[place]
            scale = float(np.mean(np.square(tensor.subject.astype(np.float64)))) or 1.0
            total += float(np.mean(np.square(gap))) / scale
        distances[place] = total
    return min(compared, key=lambda place: distances[place])
