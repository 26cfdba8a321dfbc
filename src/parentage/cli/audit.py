"""`parentage audit`: shows progress, writes the files, prints the summary."""

import json
import sys
from functools import partial
from pathlib import Path

from parentage.audit.bundle.files import document_of
from parentage.audit.case import Mode
from parentage.audit.outputs import audit_into, load_case
from parentage.cli.identity import ask_everyone
from parentage.cli.progress import ByteProgress
from parentage.endpoint.provider import require_inspect
from parentage.errors import ParentageError, UnfinishedError, UsageError
from parentage.evidence.verdict_file import verdict_text
from parentage.report.page import write_report
from parentage.report.reading import parse_document
from parentage.report.text import render_text


def run(
    subject: str,
    candidates: list[str],
    *,
    out: Path | None,
    sample: bool,
    full: bool,
    as_json: bool,
    identity: bool = True,
    yes: bool = False,
) -> int:
    """Run one audit and return the exit status: 0 at its end, 3 where a tensor could not be read.

    Where the interview fails, the weights' result is written and shown first.
    """
    if sample and full:
        raise UsageError("--sample --full: choose one of them")
    mode: Mode | None = "sample" if sample else "full" if full else None
    case = load_case(subject, candidates, mode)
    interviewer = None
    failed_interviews: list[ParentageError] = []
    if identity and case.identity is not None and out is not None:
        require_inspect()
        interviewer = partial(ask_everyone, yes=yes)
    try:
        with ByteProgress() as progress:
            audit = audit_into(
                case,
                out,
                progress=progress,
                interviewer=interviewer,
                on_failed_interview=failed_interviews.append,
            )
    except KeyboardInterrupt:
        raise UnfinishedError("stopped: finished tensors are kept, the same command resumes") from None
    # What was written is read back: its conclusions need not be drawn twice.
    text = verdict_text(document_of(audit)) if out is None else (out / "verdict.json").read_text(encoding="utf-8")
    report = write_report(out) if out is not None else None
    if as_json:
        sys.stdout.write(text)
    else:
        sys.stdout.write(render_text(parse_document(json.loads(text))))
        if report is not None:
            sys.stdout.write(f"\nReport: {report}\n")
    if audit.failures:
        name, reason = next(iter(audit.failures.items()))
        more = f" (and {len(audit.failures) - 1} more)" if len(audit.failures) > 1 else ""
        raise UnfinishedError(f"{name}: not read{more}: {reason}")
    if failed_interviews:
        raise failed_interviews[0]
    return 0
