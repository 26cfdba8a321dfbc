"""Verifies a bundle, step by step as docs/spec/bundle-v1.md numbers them: offline, and nothing in it is run.

Every step either holds or ends the verification. What no arithmetic can settle is listed at the end for the caller.
"""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from parentage.audit.bundle import documents
from parentage.audit.bundle.files import interview_findings, policy_document, read_measured
from parentage.audit.bundle.interviews import read_interview, reads_alike, undecided_of
from parentage.audit.conclusions import Conclusions
from parentage.audit.measured import Measured, digest_of
from parentage.audit.policies.known import POLICIES, conclude
from parentage.audit.rows import TensorRow
from parentage.checkpoint.header import TensorInfo
from parentage.errors import InputError, ParentageError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container, open_container
from parentage.evidence.manifest import Manifest, check_files, read_manifest
from parentage.evidence.responses import Dispute, Response, check_replies, disputes_of, parse_responses
from parentage.evidence.signing import Statements, covers, read_statements
from parentage.evidence.timestamps import Timestamp, read_timestamps
from parentage.evidence.verdict_file import parse_table, verdict_document
from parentage.protocols.documents.evidence import DocumentsEvidence
from parentage.protocols.identity.interview import Interview
from parentage.protocols.identity.records import SELF_REPORT

_T = TypeVar("_T")
# What step 4 makes of a bundle's documents.
_Form = tuple[Mapping[str, Any], Measured, Interview | None, DocumentsEvidence | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the verification: its number and name in the specification, and what was seen."""

    number: int
    name: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A bundle that holds together: the steps, what it says, who signed and answered, and what is left to decide."""

    digest: str
    steps: tuple[Step, ...]
    measured: Measured
    document: Mapping[str, Any]
    statements: Statements
    responses: tuple[Response, ...]
    disputes: tuple[Dispute, ...]
    timestamps: tuple[Timestamp, ...]
    undecided: tuple[str, ...]


class VerificationError(ParentageError):
    """A step did not hold: the number, the name and the reason. The command line ends with status 1."""

    def __init__(self, number: int, name: str, reason: str, done: tuple[Step, ...]) -> None:
        super().__init__(f"step {number}, {name}: {reason}")
        self.number = number
        self.done = done


class _Run:
    """The steps so far; each is a function that says what it saw or raises InputError."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def step(self, number: int, name: str, action: Callable[[], tuple[_T, str]]) -> _T:
        """Take one step."""
        try:
            found, seen = action()
        except ParentageError as error:
            raise VerificationError(number, name, str(error), tuple(self.steps)) from error
        self.steps.append(Step(number=number, name=name, seen=seen))
        return found


def verify_bundle(path: Path, *, trusted: Sequence[Any] = (), roots: Sequence[Any] = ()) -> Verified:
    """Return what a bundle says once every step holds; raises VerificationError at the first that does not.

    With `trusted` keys at least one of them must have signed the audit; with `roots`, certificates of timestamp
    authorities, every timestamp must lead to one. Nothing is read but the bundle.
    """
    run = _Run()
    # A hundred thousand tensors are many small records without cycles: looking for cycles would take most of the time.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return _verified(run, path, trusted, roots)
    finally:
        if collecting:
            gc.enable()


def _verified(run: _Run, path: Path, trusted: Sequence[Any], roots: Sequence[Any]) -> Verified:
    container = run.step(1, "container", lambda: _container(path))
    manifest = run.step(2, "lists", lambda: _lists(container))
    run.step(3, "files", lambda: _files(container, manifest))
    document, measured, interview, declared = run.step(4, "form", lambda: _form(container))
    run.step(5, "completeness", lambda: _completeness(measured))
    run.step(6, "policy", lambda: _policy(container, document, measured))
    found = run.step(7, "conclusions", lambda: _conclusions(measured, interview, declared, document))
    run.step(8, "table", lambda: _table(container, found))
    statements = run.step(9, "signatures", lambda: _signatures(container, manifest, document, trusted))
    responses = run.step(10, "responses", lambda: _responses(container, statements))
    timestamps = run.step(11, "timestamps", lambda: _timestamps(container, roots))
    return Verified(
        digest=manifest.digest,
        steps=tuple(run.steps),
        measured=measured,
        document=document,
        statements=statements,
        responses=responses,
        disputes=disputes_of(responses),
        timestamps=timestamps,
        undecided=(
            *undecided_of(interview),
            *documents.undecided_of(declared),
            *_undecided(statements, trusted, timestamps),
        ),
    )


def _container(path: Path) -> tuple[Container, str]:
    container = open_container(path)
    return container, f"{len(container.names())} files, no links, no unsafe names"


def _lists(container: Container) -> tuple[Manifest, str]:
    manifest = read_manifest(container)
    return manifest, f"bundle {manifest.digest}"


def _files(container: Container, manifest: Manifest) -> tuple[None, str]:
    return None, f"{check_files(container, manifest)} files have the size and sha256 listed, none is unlisted"


def _form(container: Container) -> tuple[_Form, str]:
    where = f"{container.where}/verdict.json"
    document = parse_json(container.read("verdict.json"), where)
    if not isinstance(document, dict) or document.get("schema") != "parentage.verdict/v1":
        raise InputError(where, "schema", "must be parentage.verdict/v1")
    measured = read_measured(container)
    interview = read_interview(container)
    declared = documents.read_documents(container, measured.names)
    seen = [f"{len(measured.subject_tensors)} tensors, {len(measured.candidate_ids)} candidates"]
    seen += [_replies(interview)] if interview is not None else []
    seen += [_texts(declared)] if declared is not None else []
    return (document, measured, interview, declared), ", ".join(seen)


def _texts(declared: DocumentsEvidence) -> str:
    read = "read again" if documents.is_read_alike(declared) else "read by rules that are not this version's"
    return f"{sum(map(len, declared.texts.values()))} declared texts, {read}"


def _replies(interview: Interview) -> str:
    read = "read again" if reads_alike(interview) else "read by rules that are not this version's"
    return f"{len(interview.replies)} replies, {read}"


def _completeness(measured: Measured) -> tuple[None, str]:
    """Every byte of every shard of the subject belongs to one tensor, and digests follow from those of the files."""
    subject = measured.models[0]
    sizes = {file.path: file.size for file in subject.files}
    ends: dict[str, int] = {}
    names = set()
    for info in measured.subject_tensors:
        if info.name in names or _file_of(info, sizes) not in sizes:
            raise InputError("measurements.jsonl", info.name[:80], "is there twice or lies in no listed file")
        names.add(info.name)
    # Of a file with packed codes and scales the tensors are computed: no ranges of its bytes, but its digest covers it.
    packed = {_file_of(info, sizes) for info in measured.subject_tensors if info.shard not in sizes}
    stored = [info for info in measured.subject_tensors if info.shard in sizes and info.shard not in packed]
    for info in sorted(stored, key=lambda info: (info.shard, info.start, info.stop)):
        if info.start < ends.get(info.shard, 8) or (info.shard in ends and info.start != ends[info.shard]):
            raise InputError("measurements.jsonl", info.name[:80], "leaves out or repeats bytes of its file")
        ends[info.shard] = info.stop
    for path, end in ends.items():
        if end != sizes[path]:
            raise InputError("measurements.jsonl", path, f"tensors end at {end}, the file at {sizes[path]}")
    _check_counts(measured)
    _check_digests(measured)
    told = sum(size for path, size in sizes.items() if path not in packed)
    beside = f"; {len(packed)} files of packed codes by their digest alone" if packed else ""
    return None, f"{told} bytes of the subject are accounted for{beside}"


def _file_of(info: TensorInfo, sizes: Mapping[str, int]) -> str:
    """Return the file that a tensor lies in, or that a computed one (`file#tensor`) is computed from."""
    return info.shard if info.shard in sizes else info.shard.partition("#")[0]


def _check_counts(measured: Measured) -> None:
    whole = measured.mode == "full"
    for record in measured.records:
        read, there = record.identity.elements, record.context.pair.elements
        if read > there or (whole and not record.failure and read != there):
            raise InputError("measurements.jsonl", record.context.name[:80], f"{read} elements read of {there}")


def _check_digests(measured: Measured) -> None:
    for model in measured.models:
        hashed = sum(file.digest is not None for file in model.files)
        if 0 < hashed < len(model.files):
            raise InputError("inputs.json", model.ref.id, "has digests for some files only")
        if digest_of(model.files) != model.digest:
            raise InputError("inputs.json", model.ref.id, "its digest does not follow from those of its files")


def _policy(container: Container, document: Mapping[str, Any], measured: Measured) -> tuple[None, str]:
    stated = parse_json(container.read("policy.json"), f"{container.where}/policy.json")
    if measured.policy not in POLICIES:
        raise InputError("policy.json", measured.policy, f"must be one of {', '.join(POLICIES)}")
    expected = policy_document(POLICIES[measured.policy])
    if not covers(stated, expected) or set(stated["thresholds"]) != set(expected["thresholds"]):
        rule = f"must be {expected['name']} with its questions and thresholds"
        raise InputError("policy.json", str(stated)[:80], rule)
    if document.get("verdict", {}).get("policy") != expected["name"]:
        raise InputError("verdict.json", "policy", f"must be {expected['name']}")
    return None, f"{expected['name']}, {len(expected['thresholds'])} thresholds as published"


def _conclusions(
    measured: Measured, interview: Interview | None, declared: DocumentsEvidence | None, document: Mapping[str, Any]
) -> tuple[Conclusions, str]:
    try:
        with np.errstate(all="ignore"):
            found = conclude(measured)
            stated = [one for one in document.get("findings", ()) if isinstance(one, dict)]
            asked = next((one.get("version") for one in stated if one.get("question") == SELF_REPORT), None)
            findings = (*found.findings, *interview_findings(interview, asked if isinstance(asked, str) else None))
            further = documents.expected_findings(declared, found.verdict, stated)
    except ParentageError:
        raise
    except Exception as error:
        # Each figure has its form, but no audit gives them together: such figures may break any line.
        problem = f"{type(error).__name__} {error}"[:120]
        raise InputError("measurements.jsonl, survey.json", problem, "no conclusion follows from these") from error
    expected = verdict_document(measured.models[0], measured.models[1:], found.verdict, findings, measured.run)
    expected["findings"].extend(further)
    for part in ("subject", "candidates", "run", "verdict", "findings"):
        if not covers(document.get(part), expected[part]):
            raise InputError("verdict.json", part, "does not follow from the measurements")
    return found, f"verdict and {len(expected['findings'])} findings follow from the measurements"


def _table(container: Container, found: Conclusions) -> tuple[None, str]:
    count = len(found.tensors)
    names = [field.name for field in fields(TensorRow)]
    where = f"{container.where}/tensors.parquet"
    columns = parse_table(container.read("tensors.parquet"), names, where, most_rows=count)
    for name in names:
        if columns.get(name) != [getattr(row, name) for row in found.tensors]:
            raise InputError(where, name, "does not follow from the measurements")
    return None, f"{count} rows follow from the measurements"


def _signatures(
    container: Container, manifest: Manifest, document: Mapping[str, Any], trusted: Sequence[Any]
) -> tuple[Statements, str]:
    statements = read_statements(container, manifest, document, trusted)
    if trusted and not statements.auditors & {key.keyid for key in trusted}:
        raise InputError(container.where, "no signature", "none of the keys given signed the audit")
    count = len(statements.auditors)
    return statements, f"signed by {count} key{'s' if count != 1 else ''}" if count else "not signed"


def _responses(container: Container, statements: Statements) -> tuple[tuple[Response, ...], str]:
    responses = parse_responses(statements.responses, container.where)
    check_replies(responses, statements.auditors, container.where)
    states = [dispute.state for dispute in disputes_of(responses)]
    return responses, f"{len(responses)} responses, disputes: {', '.join(states) or 'none'}"


def _timestamps(container: Container, roots: Sequence[Any]) -> tuple[tuple[Timestamp, ...], str]:
    found = read_timestamps(container, roots)
    return found, ", ".join(stamp.time for stamp in found) or "none"


def _undecided(statements: Statements, trusted: Sequence[Any], timestamps: Sequence[Timestamp]) -> tuple[str, ...]:
    notes = []
    if any(not stamp.checked for stamp in timestamps):
        notes.append("Whether the times are true: give the authority's root certificate with --tsa-root.")
    if not statements.auditors:
        notes.append("Nobody signed this: it holds together, and anybody could have made it.")
    elif not trusted:
        listed = ", ".join(sorted(keyid[:16] for keyid in statements.auditors))
        notes.append(f"Whether the keys that signed ({listed}) belong to whom you think: compare them by another way.")
    return (
        *notes,
        "Whether the measurements were taken from these models: `parentage replicate` measures again.",
        "Whether a later response was left out: its author has it, and a response that another one follows cannot be.",
    )
