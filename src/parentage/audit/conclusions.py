"""From what was measured to findings and the verdict: pure, so that anyone who has the measurements can repeat it."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentage.audit import policy
from parentage.audit.measured import Measured
from parentage.audit.passage import TensorRecord
from parentage.audit.rows import TensorRow, tensor_rows
from parentage.errors import StorageError
from parentage.finding import Coverage, Result, Scalar, Verdict
from parentage.protocols.weights import identity, kinship, moments, replay, stabbing, ulp_census

_UNPAIRED_SHOWN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """The verdict, the findings in protocol order, and a row for each of the subject's tensors."""

    verdict: Verdict
    findings: tuple[Result, ...]
    tensors: tuple[TensorRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    identity: identity.IdentityConclusion
    census: ulp_census.CensusConclusion
    kinship: kinship.KinshipConclusion
    moments: moments.MomentsConclusion
    stabbing: Result
    replay: replay.ReplayConclusion


def conclude(measured: Measured) -> Conclusions:
    """Return what follows from the measurements; raises StorageError where no tensor was read."""
    read = [record for record in measured.records if not record.failure]
    if not read:
        raise StorageError(next((record.failure for record in measured.records), "no tensor was read"))
    coverage = _coverage(measured, read)
    answers = _answers(measured, read, coverage)
    return Conclusions(
        verdict=policy.decide(_evidence(measured, answers, coverage)),
        findings=(
            answers.identity.finding,
            answers.census.result,
            answers.kinship.result,
            answers.moments.result,
            answers.stabbing,
            answers.replay.result,
        ),
        tensors=tensor_rows(
            measured.subject_tensors,
            measured.records,
            measured.surveyed.choice,
            answers.moments,
            measured.tensor_digests,
        ),
    )


def _coverage(measured: Measured, read: Sequence[TensorRecord]) -> Coverage:
    return Coverage(
        elements_read=sum(record.identity.elements for record in read),
        elements=sum(info.elements for info in measured.subject_tensors),
        tensors_read=len(read),
        tensors=len(measured.subject_tensors),
    )


def _answers(measured: Measured, read: Sequence[TensorRecord], coverage: Coverage) -> _Answers:
    ids, surveyed = measured.candidate_ids, measured.surveyed
    choice = surveyed.choice
    sampled = Coverage(
        elements_read=surveyed.elements_read,
        elements=coverage.elements,
        tensors_read=surveyed.tensors_read,
        tensors=coverage.tensors,
    )
    return _Answers(
        identity=identity.conclude(
            [(r.context, r.identity) for r in read],
            candidate_ids=ids,
            coverage=coverage,
            tables={"unpaired": _unpaired_rows(measured)},
        ),
        census=ulp_census.conclude([(r.context, r.census) for r in read], candidate_ids=ids, coverage=coverage),
        kinship=kinship.conclude(surveyed.kinship, candidate_ids=ids, coverage=sampled),
        moments=moments.conclude(
            [(r.context, r.moments) for r in read], candidate_ids=ids, reference=surveyed.reference, coverage=coverage
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
    )


def _evidence(measured: Measured, answers: _Answers, coverage: Coverage) -> policy.Evidence:
    surveyed = measured.surveyed
    return policy.Evidence(
        subject=measured.models[0].ref.name,
        candidate_ids=measured.candidate_ids,
        reference=surveyed.reference,
        identity=answers.identity,
        kinship=answers.kinship,
        moments=answers.moments,
        choice=surveyed.choice,
        replay=answers.replay,
        coverage=coverage,
        unpaired_elements=_unpaired_elements(measured),
        subject_elements=coverage.elements,
        candidate_elements=measured.candidate_elements,
        reversed_merge=_reversed(measured),
        coarser=surveyed.coarser,
        weights_of=surveyed.choice.tensor_fits,
    )


def _unpaired_rows(measured: Measured) -> tuple[dict[str, Scalar], ...]:
    return tuple(
        {
            "side": entry.side,
            "candidate": measured.candidate_ids[entry.candidate],
            "tensor": entry.tensor,
            "elements": entry.elements,
            "reason": entry.reason,
        }
        for entry in measured.unpaired[:_UNPAIRED_SHOWN]
    )


def _unpaired_elements(measured: Measured) -> list[int]:
    counts = [0] * len(measured.candidate_ids)
    for entry in measured.unpaired:
        if entry.side == "subject":
            counts[entry.candidate] += entry.elements
    return counts


def _reversed(measured: Measured) -> str:
    found = measured.surveyed.made_from
    if found is None:
        return ""
    made, other, arithmetic, of_subject, of_other = found
    ids = measured.candidate_ids
    return (
        f"It is the candidate {ids[made]} that {arithmetic} reproduces, as {of_subject:.6g} of the subject "
        f"plus {of_other:.6g} of {ids[other]}."
    )
