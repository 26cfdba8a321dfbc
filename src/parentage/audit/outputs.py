"""From arguments to files: builds the case, runs the audit, writes what the contract promises into a folder."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from parentage.audit.bundle.files import bundle_files
from parentage.audit.case import Case, Mode, make_case, read_case
from parentage.audit.passage import Progress
from parentage.audit.run import Audit, run_audit
from parentage.errors import ParentageError, StorageError, UsageError
from parentage.evidence.manifest import LATER
from parentage.evidence.verdict_file import write_bytes
from parentage.protocols.identity.interview import Interview

BUNDLE = "bundle"
# Where an interview keeps its journal and logs.
RUN_FOLDER = "identity-run"


def load_case(subject: str | Path, candidates: Mapping[str, str | Path] | Sequence[str], mode: Mode | None) -> Case:
    """Return the case of a case.toml, or of a subject and candidates; an explicit mode wins over the file's."""
    if str(subject).endswith(".toml"):
        if candidates:
            raise UsageError(f"{subject}: a case names its own candidates; --candidate cannot be added")
        case = read_case(Path(subject))
        if mode is None or mode == case.mode:
            return case
        return replace(case, mode=mode)
    listed = {key: str(place) for key, place in candidates.items()} if isinstance(candidates, Mapping) else candidates
    return make_case(str(subject), listed, mode)


def command_of(case: Case) -> str:
    """Return the command line that runs the case again."""
    words = ["parentage", "audit", case.subject.location]
    for candidate in case.candidates:
        words += ["--candidate", f"{candidate.id}={candidate.location}"]
    if case.mode:
        words.append(f"--{case.mode}")
    return " ".join(words)


def audit_into(
    case: Case,
    out: Path | None,
    *,
    progress: Progress | None = None,
    interviewer: Callable[[Case, Path], Interview] | None = None,
    on_failed_interview: Callable[[ParentageError], None] | None = None,
) -> Audit:
    """Run the audit and write verdict.json, tensors.parquet, case.toml and bundle/ into `out`; raises ParentageError.

    An interviewer asks the models who they are, once the weights are read. Where it fails, everything is written
    without an interview; then `on_failed_interview` gets the error, or it is raised. A bundle that was signed or
    answered is never replaced.
    """
    if out is None:
        return run_audit(case, progress=progress)
    folder = out / BUNDLE
    if any((folder / name).exists() for name in LATER):
        raise UsageError(f"{folder}: is signed or answered: choose another --out")
    try:
        out.mkdir(parents=True, exist_ok=True)
        audit = run_audit(case, folder=out, progress=progress)
    except OSError as error:
        raise _unwritten(error, out) from error
    failed: ParentageError | None = None
    if interviewer is not None:
        try:
            audit = replace(audit, interview=interviewer(case, out / RUN_FOLDER))
        except OSError as error:
            failed = _unwritten(error, out)
        except ParentageError as error:
            failed = error
    files = bundle_files(audit, command=command_of(case))
    write_bundle(folder, files)
    for name in ("verdict.json", "tensors.parquet", "as-run/case.toml"):
        write_bytes(out / Path(name).name, files[name])
    if failed is not None:
        if on_failed_interview is None:
            raise failed
        on_failed_interview(failed)
    return audit


def _unwritten(error: OSError, out: Path) -> StorageError:
    return StorageError(f"{error.filename or out}: {error.strerror}: could not be written")


def write_bundle(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a bundle's files, whole or not at all; raises StorageError where the disk refuses."""
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    try:
        for name, data in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            write_bytes(fresh / name, data)
        shutil.rmtree(folder, ignore_errors=True)
        fresh.replace(folder)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise StorageError(f"{folder}: {error.strerror}: could not be written") from error
