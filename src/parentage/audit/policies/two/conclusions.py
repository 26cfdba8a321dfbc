"""The findings that policy 2 rests on, from what was measured: pure, so that anyone who has that can repeat it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from parentage.audit.conclusions import (
    Conclusions,
    candidate_unpaired,
    coverage_of,
    read_records,
    reversed_merge,
    sampled_coverage,
    unpaired_elements,
    unpaired_rows,
)
from parentage.audit.measured import Measured
from parentage.audit.passage import TensorRecord
from parentage.audit.policies.two.decision import decide
from parentage.audit.policies.two.evidence import Conversion, Evidence
from parentage.audit.rows import tensor_rows
from parentage.audit.structure import Structure
from parentage.errors import InputError
from parentage.finding import Coverage, Finding, NotApplicable, Result
from parentage.protocols.weights import (
    afterwards,
    arrangement,
    identity,
    kinship,
    layers,
    moments,
    neurons,
    pool,
    quantization,
    rank,
    remainder,
    replay,
    sparsity,
    stabbing,
    ulp_census,
)


class _Concluded(Protocol):
    @property
    def result(self) -> Finding | NotApplicable: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    identity: identity.IdentityConclusion
    census: ulp_census.CensusConclusion
    kinship: kinship.KinshipConclusion
    moments: moments.MomentsConclusion
    stabbing: Result
    replay: replay.ReplayConclusion
    rank: rank.RankConclusion | None
    quantization: quantization.QuantizationConclusion | None
    sparsity: sparsity.SparsityConclusion | None
    afterwards: tuple[tuple[afterwards.AfterwardsRecord, afterwards.AfterwardsConclusion], ...]
    remainder: remainder.RemainderConclusion | None
    neurons: Result | None


def conclude(measured: Measured) -> Conclusions:
    """Return what follows from the measurements; raises StorageError where no tensor was read."""
    if measured.structure is None:
        raise InputError("structure.json", "missing", "policy 2 rests on it")
    read = read_records(measured)
    coverage = coverage_of(measured, read)
    answers = _answers(measured, measured.structure, read, coverage)
    return Conclusions(
        verdict=decide(_evidence(measured, measured.structure, answers, coverage)),
        findings=_findings(measured, measured.structure, answers, coverage),
        tensors=tensor_rows(
            measured.subject_tensors,
            measured.records,
            measured.surveyed.choice,
            answers.moments,
            measured.tensor_digests,
        ),
    )


def _answers(measured: Measured, structure: Structure, read: Sequence[TensorRecord], coverage: Coverage) -> _Answers:
    ids, surveyed = measured.candidate_ids, measured.surveyed
    choice, compared = surveyed.choice, structure.compared
    sampled = sampled_coverage(measured, coverage)
    return _Answers(
        identity=identity.conclude(
            [(r.context, r.identity) for r in read],
            candidate_ids=ids,
            coverage=coverage,
            tables={"unpaired": unpaired_rows(measured)},
        ),
        census=ulp_census.conclude(
            [(r.context, r.census) for r in read], candidate_ids=ids, coverage=coverage, compared=compared
        ),
        kinship=kinship.conclude(surveyed.kinship, candidate_ids=ids, coverage=sampled),
        moments=moments.conclude(
            [(r.context, r.moments) for r in read],
            candidate_ids=[ids[place] for place in compared],
            reference=compared.index(surveyed.reference),
            coverage=coverage,
        ),
        stabbing=stabbing.conclude(
            choice.fit, surveyed.curves, candidate_ids=ids, pattern=choice.pattern, coverage=sampled
        ),
        replay=replay.conclude(
            [(r.context, r.replay) for r in read],
            choice=choice,
            chance=surveyed.chance,
            candidate_ids=ids,
            coverage=coverage,
        ),
        rank=_rank(structure, measured),
        quantization=quantization.conclude(structure.quantization, candidate_ids=ids, coverage=coverage)
        if structure.quantization is not None
        else None,
        sparsity=sparsity.conclude(structure.sparsity, candidate_ids=ids, coverage=coverage)
        if structure.sparsity is not None
        else None,
        afterwards=_afterwards(structure, ids, sampled),
        remainder=remainder.conclude(structure.remainder, candidate_ids=ids, coverage=sampled)
        if structure.remainder is not None
        else None,
        neurons=neurons.conclude(structure.neurons, candidate_ids=ids, coverage=coverage)
        if structure.neurons
        else None,
    )


def _afterwards(
    structure: Structure, ids: Sequence[str], coverage: Coverage
) -> tuple[tuple[afterwards.AfterwardsRecord, afterwards.AfterwardsConclusion], ...]:
    return tuple(
        (record, afterwards.conclude(record, candidate_ids=ids, coverage=coverage)) for record in structure.afterwards
    )


def _rank(structure: Structure, measured: Measured) -> rank.RankConclusion | None:
    if not structure.ranks:
        return None
    record = structure.ranks[0]
    return rank.conclude(record, left=measured.models[0].ref.name, right=measured.candidate_ids[record.right])


def _findings(measured: Measured, structure: Structure, answers: _Answers, coverage: Coverage) -> tuple[Result, ...]:
    failed = dict(structure.failures)

    def unasked(question: str, version: str) -> NotApplicable:
        reason = failed.get(question) or structure.settled or "the sample gave no reason to ask"
        return NotApplicable(question=question, version=version, reason=reason)

    def told(conclusion: _Concluded | None, question: str, version: str) -> Result:
        return conclusion.result if conclusion is not None else unasked(question, version)

    ids, layered = measured.candidate_ids, structure.layers
    arrangements = {record.candidate: record for record in structure.arrangements}
    _, best = max(answers.afterwards, key=lambda entry: _carried(entry[0]), default=(None, None))
    return (
        answers.identity.finding,
        answers.census.result,
        answers.kinship.result,
        pool.conclude(structure.pool, candidate_ids=ids, coverage=sampled_coverage(measured, coverage))
        if structure.pool is not None
        else NotApplicable(question=pool.QUESTION, version=pool.VERSION, reason="few candidates: all are compared"),
        layers.conclude(layered, candidate_ids=ids, coverage=coverage)
        if layered is not None
        else unasked(layers.QUESTION, layers.VERSION),
        answers.neurons if answers.neurons is not None else unasked(neurons.QUESTION, neurons.VERSION),
        arrangement.conclude(arrangements, candidate_ids=ids, coverage=coverage),
        answers.moments.result,
        answers.stabbing,
        answers.replay.result,
        told(answers.rank, rank.QUESTION, rank.VERSION),
        told(answers.quantization, quantization.QUESTION, quantization.VERSION),
        told(answers.sparsity, sparsity.QUESTION, sparsity.VERSION),
        told(best, afterwards.QUESTION, afterwards.VERSION),
        told(answers.remainder, remainder.QUESTION, remainder.VERSION),
    )


def _carried(record: afterwards.AfterwardsRecord) -> float:
    return record.carried.share if record.carried is not None else 0.0


def _converted(measured: Measured, compared: Sequence[int]) -> dict[int, Conversion]:
    """Return the candidates of which every tensor, rounded to the subject's dtype, is the subject's."""
    found: dict[int, Conversion] = {}
    records = read_records(measured)
    for place in compared:
        conversions = [_conversion(record, place) for record in records if place in record.context.present]
        changed = [one for one in conversions if one is not None]
        if changed and len(changed) == len(conversions) and any(one.tensors for one in changed):
            found[place] = Conversion(tensors=sum(c.tensors for c in changed), lost=sum(c.lost for c in changed))
    return found


def _conversion(record: TensorRecord, place: int) -> Conversion | None:
    """Return how a tensor was converted, with no tensors where it is equal as it is; None where it was changed."""
    which = record.context.present.index(place)
    elements, equal = record.identity.elements, record.identity.equal[which]
    if equal == elements:
        return Conversion(tensors=0, lost=0)
    lattice, partner = record.context.lattice, record.context.pair.candidates[place]
    if lattice is None or partner is None or record.identity.nonfinite or lattice.name not in ("F32", "F16", "BF16"):
        return None
    if partner.dtype == record.context.pair.subject.dtype:
        return None
    # The pairs of the census begin with the subject and each candidate; distances are on the subject's lattice.
    rounded = int(record.census.counts[which, 0])
    return Conversion(tensors=1, lost=elements - equal) if rounded == elements else None


def _copied(record: TensorRecord) -> frozenset[int]:
    """Return the candidates whose tensor the subject's is, to the last bit."""
    tally = record.identity
    places = zip(record.context.present, tally.equal, strict=True)
    return frozenset(place for place, equal in places if tally.elements and equal == tally.elements)


def _evidence(measured: Measured, structure: Structure, answers: _Answers, coverage: Coverage) -> Evidence:
    surveyed = measured.surveyed
    return Evidence(
        subject=measured.models[0].ref.name,
        candidate_ids=measured.candidate_ids,
        compared=structure.compared,
        reference=surveyed.reference,
        identity=answers.identity,
        kinship=answers.kinship,
        moments=answers.moments,
        choice=surveyed.choice,
        replay=answers.replay,
        structure=structure,
        rank=answers.rank,
        quantization=answers.quantization,
        sparsity=answers.sparsity,
        afterwards=answers.afterwards,
        remainder=answers.remainder,
        failed_tensors=sum(bool(record.failure) for record in measured.records),
        candidate_unpaired=candidate_unpaired(measured),
        converted=_converted(measured, structure.compared),
        copied={record.context.index: _copied(record) for record in read_records(measured)},
        coverage=coverage,
        unpaired_elements=unpaired_elements(measured),
        subject_elements=coverage.elements,
        candidate_elements=measured.candidate_elements,
        reversed_merge=reversed_merge(measured),
        coarser=surveyed.coarser,
        weights_of=surveyed.choice.tensor_fits,
    )
