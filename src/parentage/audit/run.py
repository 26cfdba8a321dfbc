"""Runs an audit from case to verdict: plan, survey, pass, findings, policy."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from parentage.audit.case import Case
from parentage.audit.declared import read_declared
from parentage.audit.digesting import CheckpointDigester
from parentage.audit.journal import Journal
from parentage.audit.measured import Measured, digest_of, summarise_survey
from parentage.audit.passage import Progress, run_passage
from parentage.audit.plan import SEED, Plan, make_plan
from parentage.audit.policies.known import CURRENT, conclude
from parentage.audit.rows import TensorRow
from parentage.audit.survey import Survey, nearest_candidate, take_survey
from parentage.checkpoint.checkpoint import Checkpoint
from parentage.errors import StorageError
from parentage.finding import Result, Scalar, Verdict
from parentage.numerics.scan import ScanSpec
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.hypotheses import Choice
from parentage.subject import ModelRef, PinnedFile, PinnedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that an audit found. `failures` are tensors that could not be read; without any it ran to its end."""

    case: Case
    measured: Measured
    verdict: Verdict
    findings: tuple[Result, ...]
    tensors: tuple[TensorRow, ...]
    failures: Mapping[str, str]

    @property
    def subject(self) -> PinnedModel:
        """The subject, pinned."""
        return self.measured.models[0]

    @property
    def candidates(self) -> tuple[PinnedModel, ...]:
        """The candidates, pinned."""
        return self.measured.models[1:]

    @property
    def run(self) -> Mapping[str, Scalar]:
        """Mode, seed and the versions of everything numerical."""
        return self.measured.run


def run_audit(
    case: Case,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
    digests: bool = True,
    threads: int | None = None,
    declared: bool = False,
) -> Audit:
    """Return the audit of a case. With a folder, finished tensors are kept there until the end.

    What the publishers declare is read with a folder, or where `declared` asks for it. Raises InputError and UsageError
    for what cannot be audited, StorageError where nothing could be read.
    """
    measured = measure(
        case,
        folder=folder,
        progress=progress,
        digests=digests,
        threads=threads,
        declared=declared or folder is not None,
    )
    found = conclude(measured)
    return Audit(
        case=case,
        measured=measured,
        verdict=found.verdict,
        findings=found.findings,
        tensors=found.tensors,
        failures={record.context.name: record.failure for record in measured.records if record.failure},
    )


def measure(
    case: Case,
    *,
    folder: Path | None = None,
    progress: Progress | None = None,
    digests: bool = True,
    threads: int | None = None,
    declared: bool = False,
) -> Measured:
    """Read what the plan of a case says and return what was measured; raises as `run_audit` does."""
    plan = make_plan(case)
    survey = take_survey(plan)
    surveyed = summarise_survey(plan, survey, nearest_candidate(survey, len(plan.candidates)))
    choice = surveyed.choice
    contexts = _contexts(plan, survey)
    # From here on the sample itself is not needed.
    del survey
    journal = Journal(folder, _plan_key(plan, choice))
    digesters = open_digesters(plan, contexts, journal) if digests and plan.mode == "full" else {}
    finished = False
    try:
        records = run_passage(
            plan,
            contexts,
            lambda context: spec_of(context, choice, surveyed.reference),
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
    documents, unread = read_declared(plan) if declared else ({}, ())
    return Measured(
        policy=CURRENT.name,
        models=tuple(pinned),
        mode=plan.mode,
        run=_run_facts(plan),
        subject_tensors=tuple(plan.subject.tensors.values()),
        candidate_elements=tuple(sum(i.elements for i in c.tensors.values()) for c in plan.candidates),
        unpaired=plan.pairing.unpaired,
        records=tuple(records),
        tensor_digests=tensor_digests,
        surveyed=surveyed,
        documents=documents,
        unread_documents=unread,
    )


def _contexts(plan: Plan, survey: Survey) -> dict[int, TensorContext]:
    """Return contexts on the lattice that the survey found, without tensors it could not read."""
    found = {tensor.context.index: tensor.context for tensor in survey.tensors}
    return {context.index: found.get(context.index, context) for context in plan.contexts}


def spec_of(context: TensorContext, choice: Choice, reference: int) -> ScanSpec:
    """Return what the pass computes of a tensor: the leader's and the runner-up's hypotheses about it."""
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
    offered = {-1: {pair.subject.name: pair.elements for pair in pairs}}
    for place in range(len(plan.candidates)):
        infos = [(pair.candidates[place], pair.elements) for pair in pairs]
        offered[place] = {info.name: elements for info, elements in infos if info is not None}
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
            pinned.append(_pinned(ref, checkpoint, shards, recipe))
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
        return _pinned(ref, checkpoint, known, recipe)
    recipe = "sha256 of sorted `shard\\0size sha256-of-header\\n` lines: the weights were not hashed"
    return _pinned(ref, checkpoint, {}, recipe)


def _pinned(ref: ModelRef, checkpoint: Checkpoint, digests: Mapping[str, str], recipe: str) -> PinnedModel:
    files = tuple(
        PinnedFile(path=shard.path, size=shard.size, header_digest=shard.header_digest, digest=digests.get(shard.path))
        for shard in checkpoint.shards
    )
    revision = checkpoint.store.revision
    return PinnedModel(ref=ref, digest=digest_of(files), digest_recipe=recipe, revision=revision, files=files)


def _run_facts(plan: Plan) -> dict[str, Scalar]:
    return {
        "mode": plan.mode,
        "seed": SEED,
        "parentage": importlib.metadata.version("parentage"),
        "numpy": importlib.metadata.version("numpy"),
        "ml_dtypes": importlib.metadata.version("ml_dtypes"),
    }
