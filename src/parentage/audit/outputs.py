"""From arguments to files: builds the case, runs the audit, writes what the contract promises into a folder."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parentage.audit.case import Case, Mode, case_document, make_case, read_case
from parentage.audit.passage import Progress
from parentage.audit.run import Audit, run_audit
from parentage.errors import StorageError, UsageError
from parentage.evidence.verdict_file import verdict_document, verdict_text, write_tensors, write_text


def load_case(subject: str | Path, candidates: Mapping[str, str | Path] | Sequence[str], mode: Mode | None) -> Case:
    """Return the case of a case.toml, or of a subject and candidates; an explicit mode wins over the file's."""
    if str(subject).endswith(".toml"):
        if candidates:
            raise UsageError(f"{subject}: a case names its own candidates; --candidate cannot be added")
        case = read_case(Path(subject))
        if mode is None or mode == case.mode:
            return case
        return Case(subject=case.subject, candidates=case.candidates, mode=mode, response=case.response)
    listed = {key: str(place) for key, place in candidates.items()} if isinstance(candidates, Mapping) else candidates
    return make_case(str(subject), listed, mode)


def document_of(audit: Audit) -> dict[str, Any]:
    """Return verdict.json as plain values."""
    return verdict_document(audit.subject, audit.candidates, audit.verdict, audit.findings, audit.run)


def command_of(case: Case) -> str:
    """Return the command line that runs the case again."""
    words = ["parentage", "audit", case.subject.location]
    for candidate in case.candidates:
        words += ["--candidate", f"{candidate.id}={candidate.location}"]
    if case.mode:
        words.append(f"--{case.mode}")
    return " ".join(words)


def audit_into(case: Case, out: Path | None, *, progress: Progress | None = None) -> Audit:
    """Run the audit and write verdict.json, tensors.parquet and case.toml into `out`; raises ParentageError."""
    if out is None:
        return run_audit(case, progress=progress)
    try:
        out.mkdir(parents=True, exist_ok=True)
        audit = run_audit(case, folder=out, progress=progress)
    except OSError as error:
        raise StorageError(f"{error.filename or out}: {error.strerror}: could not be written") from error
    write_text(out / "verdict.json", verdict_text(document_of(audit)))
    write_tensors(out / "tensors.parquet", [asdict(row) for row in audit.tensors])
    write_text(out / "case.toml", case_document(case, command=command_of(case)))
    return audit
