"""`parentage check`: gathers, judges, writes SARIF and JUnit, and ends with the outcome's status."""

import importlib.metadata
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from parentage.audit.gate.gathering import gather, gather_audited
from parentage.audit.gate.judging import judge
from parentage.audit.gate.policy_file import DEFAULT_POLICY, read_policy
from parentage.cli.bundle import print_json
from parentage.cli.progress import ByteProgress
from parentage.errors import UsageError
from parentage.evidence.gate_report import GateReport, gate_document
from parentage.evidence.verdict_file import write_bytes
from parentage.licensing.catalogue import load_catalogue
from parentage.report import view
from parentage.report.gate.junit import junit_text
from parentage.report.gate.sarif import sarif_text


def run(
    model: str,
    candidates: list[str],
    *,
    policy: Path | None = None,
    sarif: Path | None = None,
    junit: Path | None = None,
    as_json: bool = False,
    documents_only: bool = False,
    audited: bool = False,
) -> int:
    """Check a model and return the exit status: 0 consistent, 1 contradicted or owed, 3 undecided.

    With `audited`, the model is an audit's folder or a bundle.
    """
    if sum((documents_only, audited, bool(candidates))) > 1:
        raise UsageError("--documents-only, --audited, --candidate: choose one of them")
    for file in (sarif, junit):
        if file is not None and not file.parent.is_dir():
            raise UsageError(f"{file}: its folder must exist")
    demanded = read_policy(policy, known_licences=load_catalogue().keys()) if policy is not None else DEFAULT_POLICY
    if audited:
        gathered = gather_audited(Path(model))
    else:
        with ByteProgress() as progress:
            gathered = gather(model, candidates, documents_only=documents_only, progress=progress)
    report = judge(
        gathered.findings,
        gathered.verdict,
        demanded,
        today=datetime.now(UTC).date(),
        subject=gathered.subject,
        untested=gathered.untested,
    )
    if sarif is not None:
        version = importlib.metadata.version("parentage")
        write_bytes(sarif, sarif_text(report, version=version, folder="" if audited else _folder_of(model)).encode())
    if junit is not None:
        write_bytes(junit, junit_text(report).encode())
    if as_json:
        print_json(gate_document(report))
    else:
        sys.stdout.write(render_check(report))
    return report.exit_status


def render_check(report: GateReport) -> str:
    """Return the report for a terminal: the outcome, then a line for each result."""
    lines = [f"{view.clean(report.subject)}: {report.outcome}", view.clean(report.statement), ""]
    for result in report.results:
        about = f" [{view.clean(result.parent)}]" if result.parent else ""
        place = f" ({view.clean(result.where)})" if result.where else ""
        allowed = f" Allowed: {view.clean(result.allowed)}" if result.allowed else ""
        lines.append(f"{result.level:<8} {result.rule}{about}{place}: {view.clean(result.message)}{allowed}")
    return "\n".join(lines).rstrip() + "\n"


def _folder_of(model: str) -> str:
    """Return the model's place under the working folder, where code hosts look for its files; "" elsewhere."""
    if "://" in model:
        return ""
    place = Path(os.path.realpath(model))
    here = Path.cwd()
    folder = place if place.is_dir() else place.parent
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) and folder != here else ""
