"""Runs an audit from case to verdict: plan, survey, pass, findings, policy."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parentage.audit import policy
from parentage.audit.case import Case
from parentage.audit.digesting import CheckpointDigester
from parentage.audit.journal import Journal
from parentage.audit.passage import Progress, TensorRecord, run_passage
from parentage.audit.plan import SEED, Plan, make_plan
from parentage.audit.rows import TensorRow, tensor_rows
from parentage.audit.survey import Survey, nearest_candidate, take_survey
from parentage.checkpoint.checkpoint import Checkpoint
from parentage.digest import manifest_digest
from parentage.errors import StorageError
from parentage.finding import Coverage, Result, Scalar, Verdict
from parentage.numerics.scan import ScanSpec
from parentage.protocols.weights import identity, kinship, moments, replay, stabbing, ulp_census
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.hypotheses import Choice, chance_rate, choose
from parentage.subject import ModelRef, PinnedModel

_UNPAIRED_SHOWN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that an audit found. `failures` are tensors that could not be read; without any it ran to its end."""

    case: Case
    subject: PinnedModel
    candidates: tuple[PinnedModel, ...]
    verdict: Verdict
    findings: tuple[Result, ...]
    tensors: tuple[TensorRow, ...]
    run: Mapping[str, Scalar]
    failures: Mapping[str, str]


def run_audit(
    case: Case,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
    digests: bool = True,
    threads: int | None = None,
) -> Audit:
    """Return the audit of a case. With a folder, finished tensors are kept there until the end.

    Raises InputError and UsageError for what cannot be audited, StorageError where nothing could be read.
    """
    plan = make_plan(case)
    survey = take_survey(plan)
    reference = nearest_candidate(survey, len(plan.candidates))
    choice = _choose(plan, survey, reference)
    contexts = _contexts(plan, survey)
    journal = Journal(folder, _plan_key(plan, choice))
    digesters = open_digesters(plan, contexts, journal) if digests and plan.mode == "full" else {}
    finished = False
    try:
        records = run_passage(
            plan,
            contexts,
            lambda context: _spec(context, choice, reference),
            journal=journal,
            digesters=digesters,
            progress=progress,
            threads=threads,
        )
        pinned, tensor_digests = _pin(plan, digesters)
        finished = not any(record.failure for record in records)
    except BaseException:
        for digester in digesters.values():
            digester.abandon()
        raise
    finally:
        journal.close(finished=finished)
    return _conclude(plan, survey, reference, choice, records, pinned, tensor_digests)


def _choose(plan: Plan, survey: Survey, reference: int) -> Choice:
    if len(plan.candidates) < 2:
        return Choice(fit=None, tensor_fits={}, pattern="none", trials=(), reason="there is only one candidate")
    others = tuple(place for place in range(len(plan.candidates)) if place != reference)
    return choose(survey.tensors, (*others, reference))


def _contexts(plan: Plan, survey: Survey) -> dict[int, TensorContext]:
    """Return contexts on the lattice that the survey found, without tensors it could not read."""
    found = {tensor.context.index: tensor.context for tensor in survey.tensors}
    return {context.index: found.get(context.index, context) for context in plan.contexts}


def _spec(context: TensorContext, choice: Choice, reference: int) -> ScanSpec:
    assert context.lattice is not None
    hypotheses = []
    for trial in (choice.leader, choice.runner_up):
        hypothesis = trial.hypotheses.get(context.index) if trial is not None else None
        if hypothesis is not None:
            hypotheses.append(hypothesis)
    nearest = context.present.index(reference) if reference in context.present else 0
    return ScanSpec(lattice=context.lattice, reference=nearest, hypotheses=tuple(hypotheses))


def _plan_key(plan: Plan, choice: Choice) -> str:
    parts: list[object] = [importlib.metadata.version("parentage"), plan.mode, SEED]
    for checkpoint in (plan.subject, *plan.candidates):
        parts.append([[shard.path, shard.size, shard.header_digest] for shard in checkpoint.shards])
        parts.append(checkpoint.location)
    for trial in (choice.leader, choice.runner_up):
        parts.append(repr(sorted(trial.hypotheses.items())) if trial is not None else None)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def open_digesters(
    plan: Plan, contexts: Mapping[int, TensorContext], journal: Journal
) -> dict[int, CheckpointDigester]:
    """Return a digester for the subject (-1) and each candidate, told which tensors the pass will offer."""
    pairs = [context.pair for index, context in contexts.items() if index not in journal.finished]
    offered = {-1: {pair.subject.name for pair in pairs}}
    for place in range(len(plan.candidates)):
        infos = [pair.candidates[place] for pair in pairs]
        offered[place] = {info.name for info in infos if info is not None}
    return {
        side: CheckpointDigester(
            plan.subject if side < 0 else plan.candidates[side], tensors=side < 0, offered=offered[side]
        )
        for side in offered
    }


def _pin(plan: Plan, digesters: Mapping[int, CheckpointDigester]) -> tuple[list[PinnedModel], dict[str, str]]:
    for digester in digesters.values():
        digester.close()
    pinned, tensor_digests = [], {}
    refs = [plan.case.subject, *plan.case.candidates]
    for side, (ref, checkpoint) in enumerate(zip(refs, (plan.subject, *plan.candidates), strict=True), start=-1):
        digested = _digested(digesters.get(side))
        if digested is not None:
            shards, tensors = digested
            tensor_digests.update(tensors)
            recipe = "sha256 of sorted `shard\\0sha256\\n` lines"
            pinned.append(_pinned(ref, checkpoint, manifest_digest(shards), recipe))
            continue
        pinned.append(_pin_unread(ref, checkpoint))
    return pinned, tensor_digests


def _digested(digester: CheckpointDigester | None) -> tuple[dict[str, str], dict[str, str]] | None:
    """Return a checkpoint's digests, or None where it was not hashed or cannot be read whole."""
    try:
        return digester.result() if digester is not None else None
    except StorageError:
        return None


def _pin_unread(ref: ModelRef, checkpoint: Checkpoint) -> PinnedModel:
    listed = {shard.path: checkpoint.store.content_digest(shard.path) for shard in checkpoint.shards}
    known = {path: digest for path, digest in listed.items() if digest is not None}
    if len(known) == len(listed):
        recipe = "sha256 of sorted `shard\\0sha256\\n` lines, the shards' sha256 as the hub lists them"
        return _pinned(ref, checkpoint, manifest_digest(known), recipe)
    headers = {shard.path: f"{shard.size} {shard.header_digest}" for shard in checkpoint.shards}
    recipe = "sha256 of sorted `shard\\0size sha256-of-header\\n` lines: the weights were not hashed"
    return _pinned(ref, checkpoint, manifest_digest(headers), recipe)


def _pinned(ref: ModelRef, checkpoint: Checkpoint, digest: str, recipe: str) -> PinnedModel:
    return PinnedModel(ref=ref, digest=digest, digest_recipe=recipe, revision=checkpoint.store.revision)


def _coverage(plan: Plan, records: list[TensorRecord]) -> Coverage:
    read = [record for record in records if not record.failure]
    return Coverage(
        elements_read=sum(record.identity.elements for record in read),
        elements=sum(info.elements for info in plan.subject.tensors.values()),
        tensors_read=len(read),
        tensors=len(plan.subject.tensors),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answers:
    """What each question concluded."""

    identity: identity.IdentityConclusion
    census: ulp_census.CensusConclusion
    kinship: kinship.KinshipConclusion
    moments: moments.MomentsConclusion
    stabbing: Result
    replay: replay.ReplayConclusion


def _answers(
    plan: Plan, survey: Survey, reference: int, choice: Choice, read: list[TensorRecord], coverage: Coverage
) -> _Answers:
    ids = plan.candidate_ids
    sampled = Coverage(
        elements_read=survey.elements_read,
        elements=coverage.elements,
        tensors_read=len(survey.tensors),
        tensors=coverage.tensors,
    )
    usable = [t for t in survey.tensors if choice.fit and all(i in t.candidates for i in choice.fit.parents)]
    bounds = [stabbing.Bounds(tensor, choice.fit.parents) for tensor in usable] if choice.fit else []
    return _Answers(
        identity=identity.conclude(
            [(r.context, r.identity) for r in read],
            candidate_ids=ids,
            coverage=coverage,
            tables={"unpaired": _unpaired_rows(plan)},
        ),
        census=ulp_census.conclude([(r.context, r.census) for r in read], candidate_ids=ids, coverage=coverage),
        kinship=kinship.conclude(survey.tensors, candidate_ids=ids, coverage=sampled),
        moments=moments.conclude(
            [(r.context, r.moments) for r in read], candidate_ids=ids, reference=reference, coverage=coverage
        ),
        stabbing=stabbing.conclude(choice.fit, bounds, candidate_ids=ids, pattern=choice.pattern, coverage=sampled),
        replay=replay.conclude(
            [(r.context, r.replay) for r in read],
            choice=choice,
            chance=chance_rate(survey.tensors, choice.leader.hypotheses) if choice.leader else (0, 0),
            candidate_ids=ids,
            coverage=coverage,
        ),
    )


def _conclude(
    plan: Plan,
    survey: Survey,
    reference: int,
    choice: Choice,
    records: list[TensorRecord],
    pinned: list[PinnedModel],
    tensor_digests: Mapping[str, str],
) -> Audit:
    ids = plan.candidate_ids
    coverage = _coverage(plan, records)
    read = [record for record in records if not record.failure]
    if not read:
        raise StorageError(next(record.failure for record in records))
    answers = _answers(plan, survey, reference, choice, read, coverage)
    verdict = policy.decide(
        policy.Evidence(
            subject=plan.case.subject.name,
            candidate_ids=ids,
            reference=reference,
            identity=answers.identity,
            kinship=answers.kinship,
            moments=answers.moments,
            choice=choice,
            replay=answers.replay,
            coverage=coverage,
            unpaired_elements=_unpaired_elements(plan),
            subject_elements=coverage.elements,
            candidate_elements=[sum(i.elements for i in c.tensors.values()) for c in plan.candidates],
            reversed_merge=_reversed(plan, survey, choice, reference),
            coarser=survey.coarser,
            weights_of=choice.tensor_fits,
        )
    )
    return Audit(
        case=plan.case,
        subject=pinned[0],
        candidates=tuple(pinned[1:]),
        verdict=verdict,
        findings=(
            answers.identity.finding,
            answers.census.result,
            answers.kinship.result,
            answers.moments.result,
            answers.stabbing,
            answers.replay.result,
        ),
        tensors=tensor_rows(plan, records, choice, answers.moments, tensor_digests),
        run=_run_facts(plan),
        failures={record.context.name: record.failure for record in records if record.failure},
    )


def _unpaired_rows(plan: Plan) -> tuple[dict[str, Scalar], ...]:
    return tuple(
        {
            "side": entry.side,
            "candidate": plan.candidate_ids[entry.candidate],
            "tensor": entry.tensor,
            "elements": entry.elements,
            "reason": entry.reason,
        }
        for entry in plan.pairing.unpaired[:_UNPAIRED_SHOWN]
    )


def _unpaired_elements(plan: Plan) -> list[int]:
    counts = [0] * len(plan.candidates)
    for entry in plan.pairing.unpaired:
        if entry.side == "subject":
            counts[entry.candidate] += entry.elements
    return counts


def _reversed(plan: Plan, survey: Survey, choice: Choice, reference: int) -> str:
    """Say whether a candidate is itself the merge, of the subject and the other candidate: a weight outside [0, 1]."""
    fit = choice.fit
    if fit is None or len(fit.parents) != 2 or 0 <= fit.raw[0] <= 1:
        return ""
    ids = plan.candidate_ids
    for made, other in (fit.parents, fit.parents[::-1]):
        swapped = [tensor.with_subject(made) for tensor in survey.tensors if {made, other} <= set(tensor.candidates)]
        found = choose(swapped, (other, made) if other == reference else (made, other))
        leader = found.leader
        if leader is None or found.fit is None or not 0 < found.fit.weights[0] < 1:
            continue
        if leader.replayed >= policy.MERGE_MID * leader.elements:
            weights = dict(zip(found.fit.parents, found.fit.weights, strict=True))
            return (
                f"It is the candidate {ids[made]} that {leader.name} reproduces, as {weights[made]:.6g} of the subject "
                f"plus {weights[other]:.6g} of {ids[other]}."
            )
    return ""


def _run_facts(plan: Plan) -> dict[str, Scalar]:
    return {
        "mode": plan.mode,
        "seed": SEED,
        "parentage": importlib.metadata.version("parentage"),
        "numpy": importlib.metadata.version("numpy"),
        "ml_dtypes": importlib.metadata.version("ml_dtypes"),
    }
