"""`parentage identity`: says what a run will cost, asks, writes the replies and prints whom the models name."""

import json
import sys
from dataclasses import replace
from pathlib import Path

from parentage.audit.bundle.files import interview_findings
from parentage.audit.bundle.interviews import interview_files
from parentage.audit.case import Case, read_case
from parentage.audit.interviewing import interview
from parentage.audit.outputs import RUN_FOLDER
from parentage.cli.progress import ReplyProgress
from parentage.errors import StorageError, UnfinishedError, UsageError
from parentage.evidence.verdict_file import finding_document, write_bytes
from parentage.protocols.identity.calls import Estimate
from parentage.protocols.identity.interview import Interview
from parentage.report.interviews import render_answer
from parentage.report.reading import parse_answer


def run(path: Path, out: Path, *, quick: bool, yes: bool, as_json: bool) -> None:
    """Run the identity protocol of a case alone; raises ParentageError."""
    case = read_case(path)
    if case.identity is None:
        raise UsageError(f"{path}: has no [identity]: nothing says whom the names belong to")
    if quick:
        case = replace(case, identity=replace(case.identity, quick=True))
    found = ask_everyone(case, out / RUN_FOLDER, yes=yes)
    (finding,) = interview_findings(found)
    document = finding_document(finding)
    text = json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        (out / "identity").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{out}: {error.strerror}: could not be written") from error
    for name, data in interview_files(found).items():
        write_bytes(out / name, data)
    write_bytes(out / "identity.json", text.encode())
    sys.stdout.write(text if as_json else render_answer(parse_answer(document)))


def ask_everyone(case: Case, folder: Path, *, yes: bool) -> Interview:
    """Return the case's interview, with its cost said first; a stopped run goes on where it was."""
    try:
        with ReplyProgress() as progress:
            return interview(case, folder, progress=progress.show, announce=lambda cost: _announce(cost, yes=yes))
    except KeyboardInterrupt:
        raise UnfinishedError("stopped: replies that arrived are kept, the same command goes on") from None


def _announce(cost: Estimate, *, yes: bool) -> None:
    """Say what will be asked; a run that costs money starts only where that was agreed to."""
    bound = f"up to {cost.prompt_tokens:,} prompt and {cost.reply_tokens:,} reply tokens"
    sys.stderr.write(f"parentage: {cost.calls:,} calls, {bound}\n")
    if cost.price and not yes:
        raise UsageError(f"this will cost up to {cost.price:.2f} at the prices of the case: --yes agrees to it")
