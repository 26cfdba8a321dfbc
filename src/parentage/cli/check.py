"""`parentage check`: gathers, judges, writes SARIF and JUnit, and ends with the outcome's status."""

import importlib.metadata
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from parentage.audit.gate.gathering import gather, gather_audited
from parentage.audit.gate.judging import judge
from parentage.audit.gate.policy_file import DEFAULT_POLICY, read_policy
from parentage.cli.bundle import print_json
from parentage.cli.inert import inert
from parentage.cli.progress import ByteProgress
from parentage.errors import UsageError
from parentage.evidence.gate_report import RULES, GateReport, RuleResult, gate_document
from parentage.evidence.verdict_file import write_bytes
from parentage.licensing.catalogue import load_catalogue
from parentage.report import view
from parentage.report.gate.junit import junit_text
from parentage.report.gate.sarif import sarif_text
from parentage.report.papers.wording import KINDS, STATUSES
from parentage.report.reading import read_audit

_INDENT = " " * 9
_WIDEST = 110
_NARROWEST = 40
_MOST_QUOTE = 100
_MOST_LINE = 400
_HELP = {rule.id: rule.help for rule in RULES}
# How the gate words a clause: what was looked for, who asks for what, and the clause's own words.
_ASKS = r' \([^()"]*\) asks for (?P<kind>[a-z-]+): (?P<quote>".*)'
# What a licence that permits merging is said to be; on every line of it, so that it is said once here.
_PERMITTED = re.compile(r"\. (?P<said>Merging is permitted by this licence; [^.]*\.)")
_FAIRNESS = (
    "These are facts about texts and weights as read, not legal advice, and no word on who did it. A card can be "
    "incomplete for many reasons, and what was not found may be elsewhere. The publisher can answer an audit: "
    "parentage respond."
)


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
        disputes = _disputes(Path(model)) if audited else ()
        width = min(_WIDEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else 0
        sys.stdout.write(render_check(report, disputes=disputes, width=width))
        if not audited and _holds_audit(model):
            sys.stdout.write(f"\n{view.clean(model)} holds an audit, which was not read: --audited judges that.\n")
    return report.exit_status


def render_check(report: GateReport, *, disputes: Sequence[str] = (), width: int = 0) -> str:
    """Return the report for a terminal: the outcome, then what each rule says and, once, what would settle it.

    Every result that stands alike in two parents is one. With a width in columns long lines are broken; without, each
    result stays one line, for programs that look for it.
    """
    tested = "" if report.relation is not None else " (parentage was not tested)"
    lines = [f"{report.subject}: {report.outcome}{tested}", report.statement, *disputes, ""]
    permitted: dict[str, None] = {}
    alike: dict[tuple[str, str], dict[tuple[str, str, str, bool], list[RuleResult]]] = {}
    for result in report.results:
        permitted.update(dict.fromkeys(_PERMITTED.findall(result.message)))
        key = (_in_short(result), result.where, result.allowed, result.is_open)
        alike.setdefault((result.level, result.rule), {}).setdefault(key, []).append(result)
    for (level, rule), groups in alike.items():
        for (message, where, allowed, _), results in _joined_facts(groups):
            parents = ", ".join(dict.fromkeys(result.parent for result in results if result.parent))
            about = f"{f' [{parents}]' if parents else ''}{f' ({where})' if where else ''}"
            lines.append(f"{level:<8} {rule}{about}: {message}{f' Allowed: {allowed}' if allowed else ''}")
        if level == "error" or any(is_open for *_, is_open in groups):
            lines.append(f"{_INDENT}To settle it: {_HELP.get(rule, '')}")
    fairness = [_FAIRNESS] if report.outcome == "failed" and report.relation is not None else []
    lines += ["", *permitted, *fairness]
    return "\n".join(_fitted(inert(line), width) for line in lines).rstrip() + "\n"


def _in_short(result: RuleResult) -> str:
    """Return a result's message; of one on a clause, which, what it asks for, its first words, and what was seen."""
    message = _PERMITTED.sub(".", result.message)
    found = re.search(re.escape(result.parent) + _ASKS, message) if result.rule.startswith("obligation-") else None
    if found is None:
        return textwrap.shorten(message, _MOST_LINE, placeholder=" …")
    kind = found["kind"]
    about = message[: found.start()].rstrip(" .").removeprefix("nothing was found that meets ")
    clause, _, seen = about.partition(": ")
    if result.rule == "obligation-open":
        status, mark, why = seen.partition(": ")
        seen = f"{STATUSES.get(status, status)}{mark}{why}"
    else:
        seen = f"not found{': ' if seen else ''}{seen}"
    quote = textwrap.shorten(found["quote"].strip('"…'), _MOST_QUOTE, placeholder=" …")
    return f'{clause} asks for {KINDS.get(kind, kind)} ("{quote}"). {_sentence(seen)}'


def _sentence(text: str) -> str:
    said = text.strip().rstrip(".")
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _joined_facts(
    groups: dict[tuple[str, str, str, bool], list[RuleResult]],
) -> Iterator[tuple[tuple[str, str, str, bool], list[RuleResult]]]:
    """Yield what stands alike as one: facts on training at one place, of which the same is said."""
    facts: dict[tuple[str, str, str, bool], tuple[list[str], list[RuleResult]]] = {}
    for (message, where, allowed, is_open), results in groups.items():
        fact, _, said = message.partition(": ")
        if results[0].rule != "documentation-inconsistent" or not said:
            yield (message, where, allowed, is_open), results
            continue
        named, joined = facts.setdefault((said, where, allowed, is_open), ([], []))
        named.append(fact)
        joined += results
    for (said, where, allowed, is_open), (named, joined) in facts.items():
        yield (f"{', '.join(named)}: {said}", where, allowed, is_open), joined


def _fitted(line: str, width: int) -> str:
    if width < _NARROWEST:
        return line
    indent = _INDENT if line.startswith(("error ", "warning ", "note ", _INDENT)) else ""
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def _disputes(place: Path) -> tuple[str, ...]:
    """Return a line for each dispute of an audit: whoever is judged by it is heard beside it."""
    return tuple(
        f"{one.by} disputes {f'the finding {one.finding}' if one.finding else 'the verdict'}: {one.state}. "
        "The report has the answer."
        for one in read_audit(place).disputes
    )


def _holds_audit(model: str) -> bool:
    return "://" not in model and any((Path(model) / name / "manifest.json").is_file() for name in ("", "bundle"))


def _folder_of(model: str) -> str:
    """Return the model's place under the working folder, where code hosts look for its files; "" elsewhere."""
    if "://" in model:
        return ""
    place = Path(os.path.realpath(model))
    here = Path.cwd()
    folder = place if place.is_dir() else place.parent
    return folder.relative_to(here).as_posix() if folder.is_relative_to(here) and folder != here else ""
