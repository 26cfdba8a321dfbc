"""From what was measured to a bundle's files, and back: docs/spec/bundle-v1.md describes each."""

import importlib.metadata
import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from parentage.audit.bundle.documents import documents_files, documents_findings
from parentage.audit.bundle.lines import parse_lines, write_lines
from parentage.audit.case import Mode, absolute_location, case_document
from parentage.audit.measured import Measured, Surveyed
from parentage.audit.policies.known import POLICIES, Policy
from parentage.audit.run import Audit
from parentage.audit.structure import Structure
from parentage.checkpoint.pairing import Unpaired
from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container
from parentage.evidence.manifest import manifest_files
from parentage.evidence.verdict_file import tensors_bytes, verdict_document, verdict_text
from parentage.finding import Result, Scalar
from parentage.numerics.arithmetic import BY_NAME, Hypothesis
from parentage.numerics.recipes.recipe import METHODS, Account, Recipe
from parentage.protocols.identity.interview import Interview
from parentage.protocols.weights.choice import Choice, MethodAccount, Trial
from parentage.protocols.weights.kinship import SampledKinship
from parentage.protocols.weights.stabbing import Curve, WeightFit
from parentage.subject import ModelRef, PinnedFile, PinnedModel

INPUTS_SCHEMA, SURVEY_SCHEMA = "parentage.inputs/v1", "parentage.survey/v1"
STRUCTURE, STRUCTURE_SCHEMA = "structure.json", "parentage.structure/v1"
POLICY_SCHEMA, ENVIRONMENT_SCHEMA = "parentage.policy/v1", "parentage.environment/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    id: str
    name: str
    digest: str
    digest_recipe: str
    files: tuple[PinnedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Inputs:
    schema: str = INPUTS_SCHEMA
    mode: Mode
    run: dict[str, Scalar]
    models: tuple[_Model, ...]
    candidate_elements: tuple[int, ...]
    unpaired: tuple[Unpaired, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Trial:
    """A trial with each distinct hypothesis once; `tensors` are (first, last, which) runs of tensor indices."""

    name: str
    elements: int
    replayed: int
    tensors_replayed: int
    same_as: tuple[str, ...]
    hypotheses: tuple[Recipe | Hypothesis, ...]
    tensors: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Survey:
    schema: str = SURVEY_SCHEMA
    reference: int
    coarser: str | None
    elements_read: int
    tensors_read: int
    fit: WeightFit | None
    pattern: str
    reason: str
    trials: tuple[_Trial, ...]
    curves: tuple[Curve, ...]
    kinship: tuple[SampledKinship, ...]
    chance: tuple[int, int]
    made_from: tuple[int, int, str, float, float] | None = field(default=None)
    account: MethodAccount | None = field(default=None)


def document_of(audit: Audit) -> dict[str, Any]:
    """Return verdict.json as plain values."""
    findings = (
        *audit.findings,
        *interview_findings(audit.interview),
        *documents_findings(audit.documents, audit.verdict),
    )
    return verdict_document(audit.subject, audit.candidates, audit.verdict, findings, audit.run)


def interview_findings(interview: Interview | None, version: str | None = None) -> tuple[Result, ...]:
    """Return what follows from an interview, nothing where there was none; `version` is that of an earlier finding."""
    if interview is None:
        return ()
    from parentage.protocols.identity.self_report import VERSION, VERSIONS, conclude

    return (conclude(interview, version if version in VERSIONS else VERSION),)


def bundle_files(audit: Audit, *, command: str) -> dict[str, bytes]:
    """Return all files of an unsigned bundle, the two lists included."""
    measured = audit.measured
    files = {
        "inputs.json": _text(asdict(_inputs(measured))),
        "survey.json": _text(asdict(_survey(measured.surveyed))),
        **_structure_file(measured.structure),
        "measurements.jsonl": write_lines(
            measured.subject_tensors,
            measured.records,
            measured.tensor_digests,
            measured.surveyed.choice.tensor_fits,
        ),
        "policy.json": _text(policy_document(POLICIES[measured.policy])),
        "verdict.json": verdict_text(document_of(audit)).encode(),
        "tensors.parquet": tensors_bytes([asdict(row) for row in audit.tensors]),
        "as-run/case.toml": case_document(audit.case, command=command).encode(),
        "as-run/environment.json": _text(_environment(measured, command)),
        **documents_files(audit.documents),
        **_interview_files(audit.interview),
    }
    return {**files, **manifest_files(files)}


def _interview_files(interview: Interview | None) -> dict[str, bytes]:
    if interview is None:
        return {}
    from parentage.audit.bundle.interviews import interview_files

    return interview_files(interview)


def _structure_file(structure: Structure | None) -> dict[str, bytes]:
    if structure is None:
        return {}
    return {STRUCTURE: _text({"schema": STRUCTURE_SCHEMA, **asdict(structure)})}


def policy_document(policy: Policy) -> dict[str, Any]:
    """Return a policy's name, questions and thresholds as a bundle carries them."""
    return {
        "schema": POLICY_SCHEMA,
        "name": policy.name,
        "questions": list(policy.questions),
        "thresholds": dict(policy.thresholds),
    }


def _text(document: Mapping[str, Any]) -> bytes:
    return json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False).encode() + b"\n"


def _inputs(measured: Measured) -> _Inputs:
    return _Inputs(
        mode=measured.mode,
        run=dict(measured.run),
        models=tuple(
            _Model(
                id=model.ref.id,
                name=model.ref.name,
                digest=model.digest,
                digest_recipe=model.digest_recipe,
                files=model.files,
            )
            for model in measured.models
        ),
        candidate_elements=measured.candidate_elements,
        unpaired=measured.unpaired,
    )


def _survey(surveyed: Surveyed) -> _Survey:
    choice = surveyed.choice
    return _Survey(
        reference=surveyed.reference,
        coarser=surveyed.coarser,
        elements_read=surveyed.elements_read,
        tensors_read=surveyed.tensors_read,
        fit=choice.fit,
        pattern=choice.pattern,
        reason=choice.reason,
        trials=tuple(_pack(trial) for trial in choice.trials),
        curves=surveyed.curves,
        kinship=surveyed.kinship,
        chance=surveyed.chance,
        made_from=surveyed.made_from,
        account=choice.account,
    )


def _pack(trial: Trial) -> _Trial:
    distinct: dict[Account, int] = {}
    runs: list[list[int]] = []
    for index, hypothesis in sorted(trial.hypotheses.items()):
        which = distinct.setdefault(hypothesis, len(distinct))
        if runs and runs[-1][1] == index - 1 and runs[-1][2] == which:
            runs[-1][1] = index
        else:
            runs.append([index, index, which])
    return _Trial(
        name=trial.name,
        elements=trial.elements,
        replayed=trial.replayed,
        tensors_replayed=trial.tensors_replayed,
        same_as=trial.same_as,
        hypotheses=tuple(distinct),
        tensors=tuple((first, last, which) for first, last, which in runs),
    )


def _unpack(trial: _Trial, tensors: int, candidates: int) -> Trial:
    for hypothesis in trial.hypotheses:
        known = hypothesis.method in METHODS if isinstance(hypothesis, Recipe) else hypothesis.arithmetic in BY_NAME
        if not known or not all(0 <= place < candidates for place in hypothesis.parents):
            raise ValueError(f"hypothesis {hypothesis.name}"[:80])
        if len(hypothesis.parents) != len(hypothesis.weights) or not hypothesis.parents:
            raise ValueError("a weight for each parent")
    found: dict[int, Account] = {}
    for first, last, which in trial.tensors:
        if not 0 <= first <= last < tensors:
            raise ValueError("a run of tensors that are not there")
        found.update(dict.fromkeys(range(first, last + 1), trial.hypotheses[which]))
    if not found:
        raise ValueError("a trial of nothing")
    return Trial(
        name=trial.name,
        hypotheses=found,
        elements=trial.elements,
        replayed=trial.replayed,
        tensors_replayed=trial.tensors_replayed,
        same_as=trial.same_as,
    )


def _environment(measured: Measured, command: str) -> dict[str, Any]:
    packages = ("parentage", "numpy", "numba", "llvmlite", "ml_dtypes", "pyarrow", "fsspec", "huggingface_hub")
    return {
        "schema": ENVIRONMENT_SCHEMA,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "unread_documents": [
            f"documents/{model.id}/{name}"
            for model in (measured.declared.models if measured.declared is not None else ())
            for name in model.unread
        ],
        "models": [
            {"id": model.ref.id, "location": absolute_location(model.ref.location), "revision": model.revision}
            for model in measured.models
        ],
        "python": platform.python_version(),
        "system": platform.system(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packages": {name: importlib.metadata.version(name) for name in packages},
    }


@cache
def _adapter(kind: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _parsed(container: Container, name: str, kind: type, schema: str) -> Any:
    document = parse_json(container.read(name), f"{container.where}/{name}")
    if not isinstance(document, dict) or document.get("schema") != schema:
        raise InputError(f"{container.where}/{name}", "schema", f"must be {schema}")
    try:
        return _adapter(kind).validate_python(document)
    except ValueError as error:
        raise InputError(f"{container.where}/{name}", " ".join(str(error).split())[:200], "has another form") from error


def read_measured(container: Container) -> Measured:
    """Return what a bundle says was measured; raises InputError where a document has another form."""
    inputs: _Inputs = _parsed(container, "inputs.json", _Inputs, INPUTS_SCHEMA)
    survey: _Survey = _parsed(container, "survey.json", _Survey, SURVEY_SCHEMA)
    policy = _policy_name(container)
    where = f"{container.where}/measurements.jsonl"
    candidates = len(inputs.models) - 1
    if candidates < 1 or len(inputs.candidate_elements) != candidates or len(survey.kinship) != candidates:
        raise InputError(container.where, f"{candidates} candidates", "each needs its figures")
    lines = parse_lines(container.read("measurements.jsonl"), candidates, where)
    if [record.context.index for record in lines.records] != list(range(len(lines.records))):
        raise InputError(where, "tensor", "paired tensors are numbered in file order")
    try:
        surveyed = _surveyed(survey, lines.fits, len(lines.records), candidates)
    except (ValueError, IndexError) as error:
        raise InputError(f"{container.where}/survey.json", str(error)[:120], "does not fit the inputs") from error
    return Measured(
        policy=policy,
        models=tuple(_model(model) for model in inputs.models),
        mode=inputs.mode,
        run=inputs.run,
        subject_tensors=tuple(lines.tensors),
        candidate_elements=inputs.candidate_elements,
        unpaired=inputs.unpaired,
        records=tuple(lines.records),
        tensor_digests=lines.digests,
        surveyed=surveyed,
        structure=_structure(container, policy),
    )


def _policy_name(container: Container) -> str:
    """Return the policy that a bundle names; whether there is one of that name is step 6's to say."""
    document = parse_json(container.read("policy.json"), f"{container.where}/policy.json")
    return str(document.get("name"))[:80] if isinstance(document, dict) else ""


def _structure(container: Container, policy: str) -> Structure | None:
    known = POLICIES.get(policy)
    if known is None or not known.needs_structure:
        return None
    found: Structure = _parsed(container, STRUCTURE, Structure, STRUCTURE_SCHEMA)
    return found


def _model(model: _Model) -> PinnedModel:
    return PinnedModel(
        ref=ModelRef(id=model.id, location="", name=model.name),
        digest=model.digest,
        digest_recipe=model.digest_recipe,
        files=model.files,
    )


def _surveyed(survey: _Survey, fits: Mapping[int, WeightFit], tensors: int, candidates: int) -> Surveyed:
    if not 0 <= survey.reference < candidates or len(survey.curves) != (len(survey.fit.stabs) if survey.fit else 0):
        raise ValueError("reference or curves")
    fit = survey.fit
    if fit is not None and not all(0 <= place < candidates for place in fit.parents):
        raise ValueError("a parent that is no candidate")
    if fit is not None and not 2 <= len(fit.parents) == len(fit.weights) == len(fit.raw) == len(fit.stabs) + 1:
        raise ValueError("a weight for each parent")
    return Surveyed(
        reference=survey.reference,
        coarser=survey.coarser,
        elements_read=survey.elements_read,
        tensors_read=survey.tensors_read,
        choice=Choice(
            fit=survey.fit,
            tensor_fits=fits,
            pattern=survey.pattern,
            trials=tuple(_unpack(trial, tensors, candidates) for trial in survey.trials),
            reason=survey.reason,
            account=survey.account,
        ),
        curves=survey.curves,
        kinship=survey.kinship,
        chance=survey.chance,
        made_from=survey.made_from,
    )
