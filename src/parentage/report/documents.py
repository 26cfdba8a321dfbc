"""What is declared, and what is owed: the views for the report's section on a repository's documents.

Whoever made the files chose what is in them: every cell is text without invisible characters, of a bounded length, and
each outcome is said in words beside its sign.
"""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parentage.errors import ParentageError
from parentage.finding import DESCENT
from parentage.protocols.documents.records import QUESTIONS
from parentage.report import view
from parentage.report.papers.wording import (
    KINDS,
    NOT_ADVICE,
    PERMISSIVE,
    PERMISSIVE_WORDS,
    STATUSES,
    clause_place,
    split_notes,
)
from parentage.report.papers.writing import write_paper
from parentage.report.parents import DECLARED, HOW, MOST_ROWS, MOST_TEXT, cell, licence_words, parent_lines
from parentage.report.reading import number_or_none
from parentage.report.records import Audit, Document, Row

_LONG_QUOTE = 200
_MOST_QUOTE = 120
_MOST_DIFF_LINES = 600
_MOST_DIFF_LINE = 4_000
_OUTCOMES = {
    "found": "= found",
    "consistent": "= consistent",
    "contradicted": "≠ contradicted by the weights",
    "not-testable": "? cannot be tested here",
    "present": "= documented",
    "absent": "∅ not documented",
    "inconsistent": "≠ not as the weights show",
}
_SIGNS = {"not-found": "∅", "met": "=", "not-checkable": "?", "disputed": "↔", "unknown-licence": "?"}
_STRENGTHS = {
    "same-family": "consistent with one family, no more",
    "copied-passage": "consistent with a copied passage",
    "common-passage": "a passage that others may share",
    "not-compared": "not compared",
    "none": "nothing that tells",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One line of the table: what it is about, what is declared and where, what was found, and how they stand."""

    about: str
    declared: str
    where: str
    found: str
    outcome: str
    note: str
    leading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that a licence asks for, how it stands, and the words that ask for it: `short` where they are long."""

    status: str
    asked: str
    clause: str
    quote: str
    short: str
    where: str
    note: str
    leading: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A parent with its licence, what all of its clauses have in common to say ("" for nothing), and the clauses."""

    parent: str
    licence: str
    permissive: str
    clauses: tuple[Clause, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DiffLine:
    """A line of a diff with its sign, and whether it is added, removed or neither."""

    kind: str
    text: str


def is_asked(audit: Audit) -> bool:
    """Return whether the audit read the documents at all; older ones did not."""
    return any(audit.document.answer(question) is not None for question in QUESTIONS)


def standing(document: Document) -> dict[str, str]:
    """Return for each parent of the verdict whether it is declared, in words; empty where no documents were read."""
    rows = document.rows("disclosure", "parents")
    return {str(row.get("id")): DECLARED.get(status := cell(row, "declared"), status) for row in rows[:MOST_ROWS]}


def read_card_diff(directory: Path) -> tuple[str, str]:
    """Return the corrected card as a diff, or "" and the reason why there is none: a page is rendered either way."""
    try:
        return write_paper(directory, "card-diff"), ""
    except ParentageError as error:
        return "", str(error)


def section(audit: Audit, names: Mapping[str, str], diff: str, reason: str = "") -> dict[str, Any]:
    """Return what the page's section shows; `reason` is said where there is no diff of a corrected card."""
    document = audit.document
    lines = diff.split("\n")[: _MOST_DIFF_LINES + 1]
    return {
        "statements": _statements(audit),
        "disputes": [one for one in audit.disputes if one.finding in QUESTIONS],
        "parents": parent_lines(document, names),
        "beside": _beside(audit, names),
        "licences": [_licence(row, names) for row in document.rows("declaration", "licences")[:MOST_ROWS]],
        "owed": _owed(audit, names),
        "conflicts": [cell(row, "why") for row in document.rows("obligations", "conflicts")[:MOST_ROWS]],
        "kinship": _kinship(audit, names),
        "problems": [
            f"{_named(row, 'model', names)}: {cell(row, 'line')}"
            for row in document.rows("declaration", "problems")[:MOST_ROWS]
        ],
        "diff": [_diff_line(line) for line in lines[:_MOST_DIFF_LINES] if line],
        "diff_cut": len(lines) > _MOST_DIFF_LINES,
        "no_card": view.clean(reason[:MOST_TEXT]) if document.decision.relation in DESCENT and not diff else "",
        "not_advice": NOT_ADVICE,
    }


def _statements(audit: Audit) -> list[tuple[str, str]]:
    """Return what the findings say in a sentence, each with "" or why it is no finding."""
    shown = []
    for question in ("declaration", "disclosure", "obligations"):
        answer = audit.document.answer(question)
        if answer is None:
            shown.append((f"The question {question} was not asked in this audit.", "warn"))
        elif answer.status != "finding":
            shown.append((f"{view.words(question)}: {view.clean(answer.statement[:MOST_TEXT])}", "warn"))
        elif answer.statement:
            shown.append((view.clean(answer.statement[:MOST_TEXT]), ""))
    return shown


def _beside(audit: Audit, names: Mapping[str, str]) -> list[Beside]:
    return [
        *_beside_parents(audit, names),
        *_beside_declared(audit),
        *_beside_claims(audit, names),
        *_beside_documentation(audit),
    ][:MOST_ROWS]


def _beside_parents(audit: Audit, names: Mapping[str, str]) -> Iterator[Beside]:
    declared = audit.document.rows("disclosure", "declared")
    for row in audit.document.rows("disclosure", "parents")[:MOST_ROWS]:
        weight = view.weight(*(number_or_none(row.get(name)) for name in ("weight", "low", "high")))
        status, where = cell(row, "declared"), cell(row, "where")
        own = [one for one in declared if where and cell(one, "where") == where]
        said = ", ".join(_declared_value(one) for one in own[:4]) or ("yes" if where else view.ABSENT)
        yield Beside(
            about="parent",
            declared=said,
            where=where,
            found=f"{_named(row, 'id', names)}" + (f", weight {weight}" if weight != view.ABSENT else ""),
            outcome=DECLARED.get(status, status),
            note=cell(row, "note"),
            leading=status != "declared",
        )


def _beside_declared(audit: Audit) -> Iterator[Beside]:
    """Yield declared parents that no parent of the verdict stands beside."""
    shown = {cell(row, "where") for row in audit.document.rows("disclosure", "parents")} - {""}
    for row in audit.document.rows("disclosure", "declared")[:MOST_ROWS]:
        outcome, where = cell(row, "outcome"), cell(row, "where")
        if outcome == "found" and where in shown:
            continue
        yield Beside(
            about="declared parent",
            declared=_declared_value(row),
            where=where,
            found=view.ABSENT,
            outcome=_OUTCOMES.get(outcome, outcome),
            note=cell(row, "note"),
            leading=outcome == "contradicted",
        )


def _beside_claims(audit: Audit, names: Mapping[str, str]) -> Iterator[Beside]:
    parents = " and ".join(names.get(parent.id, parent.id) for parent in audit.document.decision.parents[:8])
    found = view.clean(audit.document.decision.relation + (f" of {parents}" if parents else ""))
    # One sentence can make claims of two kinds.
    kinds: dict[tuple[str, ...], list[str]] = {}
    for row in audit.document.rows("disclosure", "claims")[:MOST_ROWS]:
        key = tuple(cell(row, name) for name in ("quote", "where", "outcome", "note"))
        kinds.setdefault(key, []).append(cell(row, "kind").replace("-", " "))
    for (quote, where, outcome, note), said in kinds.items():
        yield Beside(
            about=f"claim: {', '.join(dict.fromkeys(said))}",
            declared=f"“{quote}”",
            where=where,
            found=found if outcome != "not-testable" else view.ABSENT,
            outcome=_OUTCOMES.get(outcome, outcome),
            note=note,
            leading=outcome == "contradicted",
        )


def _beside_documentation(audit: Audit) -> Iterator[Beside]:
    """Yield facts on training: what the weights do not bear out by place, the rest in two lines."""
    rows = audit.document.rows("disclosure", "documentation")[:MOST_ROWS]
    alike: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        if row.get("status") not in ("present", "absent"):
            key = tuple(cell(row, name) for name in ("status", "where", "note"))
            alike.setdefault(key, []).append(view.words(cell(row, "fact")))
    for (status, where, note), facts in alike.items():
        yield Beside(
            about=f"training: {', '.join(facts)}",
            declared="documented",
            where=where,
            found=view.ABSENT,
            outcome=_OUTCOMES.get(status, status),
            note=note,
            leading=False,
        )
    for status in ("present", "absent"):
        held = [row for row in rows if row.get("status") == status]
        if held:
            yield Beside(
                about="training",
                declared=", ".join(view.words(cell(row, "fact")) for row in held),
                where=", ".join(dict.fromkeys(place for row in held if (place := cell(row, "where"))))[:MOST_TEXT],
                found=view.ABSENT,
                outcome=_OUTCOMES[status],
                note="",
                leading=False,
            )


def _owed(audit: Audit, names: Mapping[str, str]) -> list[Owed]:
    rows = audit.document.rows("obligations", "obligations")
    licences = {cell(row, "model"): row for row in audit.document.rows("declaration", "licences")}
    shown = []
    for parent in list(dict.fromkeys(cell(row, "parent") for row in rows))[:MOST_ROWS]:
        own = [row for row in rows if cell(row, "parent") == parent]
        own.sort(key=lambda row: [*STATUSES, cell(row, "status")].index(cell(row, "status")))
        permissive = all(row.get("kind") in PERMISSIVE and row.get("status") != "unknown-licence" for row in own)
        notes, shared = split_notes([cell(row, "note") for row in own])
        shown.append(
            Owed(
                parent=view.clean(names.get(parent, parent)),
                licence=licence_words(licences.get(parent), own[0]),
                permissive=shared or (f"This licence {PERMISSIVE_WORDS}." if permissive else ""),
                clauses=tuple(_clause(row, note) for row, note in zip(own[:MOST_ROWS], notes, strict=False)),
                more=max(0, len(own) - MOST_ROWS),
            )
        )
    return shown


def _clause(row: Row, note: str) -> Clause:
    status, kind, quote = (cell(row, name) for name in ("status", "kind", "quote"))
    return Clause(
        status=f"{_SIGNS.get(status, '?')} {STATUSES.get(status, status)}",
        asked=KINDS.get(kind, kind) or view.ABSENT,
        clause=clause_place(cell(row, "clause"), cell(row, "licence")),
        quote=quote,
        short=textwrap.shorten(quote, _MOST_QUOTE, placeholder=" …") if len(quote) > _LONG_QUOTE else "",
        where=cell(row, "where"),
        note=note,
        leading=status == "not-found",
    )


def _licence(row: Row, names: Mapping[str, str]) -> dict[str, str]:
    held = {name: cell(row, name) or view.ABSENT for name in ("declared", "key", "where", "note")}
    how = cell(row, "how")
    return {**held, "model": _named(row, "model", names), "how": HOW.get(how, how)}


def _kinship(audit: Audit, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Return what files share, a line for each candidate and kind of file that was compared."""
    rows = audit.document.rows
    shown: list[tuple[str, str, str, str]] = []
    for row in rows("file-kinship", "tokenizers"):
        shared, same = (_part(row, name, "vocabulary") for name in ("shared_strings", "same_ids"))
        seen = f"{shared} of the subject's strings, {same} with the same id"
        shown.append((cell(row, "candidate"), "tokenizer", seen, cell(row, "strength")))
    differing: dict[str, int] = {}
    for row in rows("file-kinship", "configs"):
        candidate = cell(row, "candidate")
        differing[candidate] = differing.get(candidate, 0) + (row.get("field") != "(all)")
    shown += [(one, "config", f"fields that differ: {view.count(count)}", "") for one, count in differing.items()]
    for row in rows("file-kinship", "templates"):
        likeness = number_or_none(row.get("likeness"))
        seen = f"likeness {view.number(likeness, 3)}" if likeness is not None else cell(row, "likeness")
        shown.append((cell(row, "candidate"), "chat template", seen, ""))
    for row in rows("file-kinship", "texts"):
        seen = f"{cell(row, 'passages')} long passages, the longest of {cell(row, 'longest')} characters"
        places = [place for place in (cell(row, "where"), cell(row, "other_where")) if place]
        shown.append((cell(row, "candidate"), "texts", f"{seen} ({' and '.join(places)})" if places else seen,
                      cell(row, "strength")))  # fmt: skip
    return [
        {
            "candidate": view.clean(names.get(one, one)),
            "file": kind,
            "seen": seen,
            "strength": _STRENGTHS.get(strength, strength) or view.ABSENT,
        }
        for one, kind, seen, strength in shown[:MOST_ROWS]
    ]


def _part(row: Row, part: str, whole: str) -> str:
    counts = [number_or_none(row.get(name)) for name in (part, whole)]
    if counts[0] is None or not counts[1]:
        return view.ABSENT
    return view.share_of(int(counts[0]), int(counts[1]))


def _declared_value(row: Row) -> str:
    weight = number_or_none(row.get("weight"))
    said: Sequence[str] = [
        one for one in (cell(row, "relation"), f"weight {weight:.6g}" if weight is not None else "") if one
    ]
    return cell(row, "value") + (f" ({', '.join(said)})" if said else "")


def _diff_line(line: str) -> DiffLine:
    header = line.startswith(("--- ", "+++ ", "@@", "\\"))
    kind = "" if header else {"+": "added", "-": "removed"}.get(line[:1], "")
    return DiffLine(kind=kind, text=view.clean(line.rstrip("\r")[:_MOST_DIFF_LINE]))


def _named(row: Row, column: str, names: Mapping[str, str]) -> str:
    model = cell(row, column)
    return " ".join(view.clean(names.get(model, model)).split())
