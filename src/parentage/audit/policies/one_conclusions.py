"""The findings that policy 1 rests on, from what was measured: pure, so that anyone who has that can repeat it."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentage.audit.conclusions import (
    Conclusions,
    coverage_of,
    read_records,
    reversed_merge,
    sampled_coverage,
    unpaired_elements,
    unpaired_rows,
)
from parentage.audit.measured import Measured
from parentage.audit.passage import TensorRecord
from parentage.audit.policies import one
from parentage.audit.rows import tensor_rows
from parentage.finding import Coverage, Result
from parentage.protocols.weights import identity, kinship, moments, replay, stabbing, ulp_census


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
    read = read_records(measured)
    coverage = coverage_of(measured, read)
    answers = _answers(measured, read, coverage)
    return Conclusions(
        verdict=one.decide(_evidence(measured, answers, coverage)),
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


def _answers(measured: Measured, read: Sequence[TensorRecord], coverage: Coverage) -> _Answers:
    ids, surveyed = measured.candidate_ids, measured.surveyed
    choice = surveyed.choice
    sampled = sampled_coverage(measured, coverage)
    return _Answers(
        identity=identity.conclude(
            [(r.context, r.identity) for r in read],
            candidate_ids=ids,
            coverage=coverage,
            tables={"unpaired": unpaired_rows(measured)},
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


def _evidence(measured: Measured, answers: _Answers, coverage: Coverage) -> one.Evidence:
    surveyed = measured.surveyed
    return one.Evidence(
        subject=measured.models[0].ref.name,
        candidate_ids=measured.candidate_ids,
        reference=surveyed.reference,
        identity=answers.identity,
        kinship=answers.kinship,
        moments=answers.moments,
        choice=surveyed.choice,
        replay=answers.replay,
        coverage=coverage,
        unpaired_elements=unpaired_elements(measured),
        subject_elements=coverage.elements,
        candidate_elements=measured.candidate_elements,
        reversed_merge=reversed_merge(measured),
        coarser=surveyed.coarser,
        weights_of=surveyed.choice.tensor_fits,
    )
