"""Runs an audit from case to verdict: plan, survey, pass, findings, policy."""

import hashlib
import importlib.metadata
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from parentage.audit.alignment import align
from parentage.audit.case import Case
from parentage.audit.declared import read_declared
from parentage.audit.journal import Journal
from parentage.audit.measured import Measured, summarise_survey
from parentage.audit.passage import Progress, run_passage
from parentage.audit.pinning import open_digesters, pin_models
from parentage.audit.plan import SEED, Plan
from parentage.audit.policies.known import CURRENT, conclude
from parentage.audit.rows import TensorRow
from parentage.audit.structure import examine
from parentage.audit.survey import Survey, nearest_candidate
from parentage.finding import Result, Scalar, Verdict
from parentage.numerics.recipes.recipe import Account
from parentage.numerics.scan import ScanSpec
from parentage.protocols.documents.evidence import DocumentsEvidence
from parentage.protocols.identity.interview import Interview
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.context import TensorContext
from parentage.subject import PinnedModel


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that an audit found. `failures` are tensors that could not be read; without any it ran to its end."""

    case: Case
    measured: Measured
    verdict: Verdict
    findings: tuple[Result, ...]
    tensors: tuple[TensorRow, ...]
    failures: Mapping[str, str]
    interview: Interview | None = None

    @property
    def documents(self) -> DocumentsEvidence | None:
        """What the publishers declare, None where it was not read."""
        return self.measured.declared

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
    aligned = align(case)
    plan, survey = aligned.plan, aligned.survey
    surveyed = summarise_survey(plan, survey, nearest_candidate(survey, plan.compared), aligned.kinship)
    choice = surveyed.choice
    structure = examine(aligned, choice, surveyed.reference)
    contexts = _contexts(plan, survey)
    # From here on the sample itself is not needed.
    del survey, aligned
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
        pinned, tensor_digests = pin_models(plan, digesters)
        finished = not any(record.failure for record in records)
    except BaseException:
        for digester in digesters.values():
            digester.abandon()
        raise
    finally:
        journal.close(finished=finished)
    beside = read_declared(plan) if declared else None
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
        structure=structure,
        declared=beside,
    )


def _contexts(plan: Plan, survey: Survey) -> dict[int, TensorContext]:
    """Return contexts on the lattice that the survey found, without tensors it could not read."""
    found = {tensor.context.index: tensor.context for tensor in survey.tensors}
    return {context.index: found.get(context.index, context) for context in plan.contexts}


def spec_of(context: TensorContext, choice: Choice, reference: int) -> ScanSpec:
    """Return what the pass computes of a tensor: the leader's and the runner-up's hypotheses about it."""
    assert context.lattice is not None
    hypotheses: list[Account] = []
    leader = choice.leader
    if choice.account is not None and leader is not None and context.index not in leader.hypotheses:
        # What the method says nothing of must not be counted under its name.
        return ScanSpec(lattice=context.lattice, reference=_nearest(context, reference))
    for trial in (choice.leader, choice.runner_up):
        hypothesis = trial.hypotheses.get(context.index) if trial is not None else None
        if hypothesis is not None:
            # The pass reads the present candidates only, one after the other.
            places = tuple(context.present.index(parent) for parent in hypothesis.parents)
            hypotheses.append(replace(hypothesis, parents=places))
    return ScanSpec(lattice=context.lattice, reference=_nearest(context, reference), hypotheses=tuple(hypotheses))


def _nearest(context: TensorContext, reference: int) -> int:
    return context.present.index(reference) if reference in context.present else 0


def _plan_key(plan: Plan, choice: Choice) -> str:
    parts: list[object] = [importlib.metadata.version("parentage"), plan.mode, SEED, repr(plan.alignment)]
    for checkpoint in (plan.subject, *plan.candidates):
        parts.append([[shard.path, shard.size, shard.header_digest] for shard in checkpoint.shards])
        parts.append(checkpoint.location)
    for trial in (choice.leader, choice.runner_up):
        parts.append(repr(sorted(trial.hypotheses.items())) if trial is not None else None)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _run_facts(plan: Plan) -> dict[str, Scalar]:
    return {
        "mode": plan.mode,
        "seed": SEED,
        "parentage": importlib.metadata.version("parentage"),
        "numpy": importlib.metadata.version("numpy"),
        "ml_dtypes": importlib.metadata.version("ml_dtypes"),
    }
