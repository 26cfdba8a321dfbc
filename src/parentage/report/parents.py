"""Each parent of the verdict in one line: found, declared or not, its licence, and how what it asks for stands.

The page and the terminal both show these, so that nobody has to put four tables together.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from parentage.report import view
from parentage.report.papers.wording import KINDS, STATUSES
from parentage.report.reading import number_or_none
from parentage.report.records import Document, Row

MOST_ROWS = 200
MOST_TEXT = 2_000
DECLARED = {
    "declared": "= declared",
    "declared-wrongly": "≠ declared otherwise",
    "not-declared": "∅ not declared",
    "unclear": "? named, and unclear as what",
}
HOW = {
    "text": "by its text",
    "text-and-declared": "declared, and by its text",
    "declared": "as declared",
    "none": "not known",
    "contradictory": "card and file contradict each other",
}
_NAMED = ("not-found", "disputed")
_MOST_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentLine:
    """A parent: what was found, whether and where it is declared, its licence, and what of its terms is in the files.

    `leading` says that something is not declared, declared otherwise, or not found.
    """

    parent: str
    found: str
    declared: str
    where: str
    licence: str
    asked: str
    leading: bool


def parent_lines(document: Document, names: Mapping[str, str]) -> list[ParentLine]:
    """Return a line for each parent that the verdict names, in its order; empty where it names none."""
    rows = document.rows("obligations", "obligations")
    licences = {cell(row, "model"): row for row in document.rows("declaration", "licences")}
    shown = []
    for row in document.rows("disclosure", "parents")[:MOST_ROWS]:
        parent, declared = cell(row, "id"), cell(row, "declared")
        own = [one for one in rows if cell(one, "parent") == parent]
        weight = view.weight(*(number_or_none(row.get(name)) for name in ("weight", "low", "high")))
        shown.append(
            ParentLine(
                parent=" ".join(view.clean(names.get(parent, parent)).split()),
                found=cell(row, "relation") + (f", weight {weight}" if weight != view.ABSENT else ""),
                declared=DECLARED.get(declared, declared),
                where=cell(row, "where"),
                licence=licence_words(licences.get(parent), own[0] if own else {}),
                asked=_asked(own) if document.answer("obligations") is not None else view.ABSENT,
                leading=declared not in ("declared", "unclear") or any(one.get("status") == "not-found" for one in own),
            )
        )
    return shown


def licence_words(licence: Row | None, row: Row) -> str:
    """Return which licence a parent has and how that is known, from its own row, else from one on its terms."""
    key = cell(licence or {}, "key") or cell(row, "licence")
    how = HOW.get(cell(licence or {}, "how"), "") if licence else ""
    return (f"{key}, {how}" if how else key) if key else "not known"


def cell(row: Row, name: str) -> str:
    """Return a cell as text to show; empty where the row has none."""
    value = row.get(name)
    text = "" if value is None else value if isinstance(value, str) else view.scalar(value)
    return view.clean(text[:MOST_TEXT])


def _asked(rows: list[Row]) -> str:
    """Return how the clauses stand: those not found or disputed by what they ask for, the others counted."""
    statuses = [cell(row, "status") for row in rows]
    if not rows:
        return "nothing that is looked for"
    if "unknown-licence" in statuses:
        return "not known, since the licence is not"
    said = []
    for status in _NAMED:
        kinds = dict.fromkeys(cell(row, "kind") for row in rows if cell(row, "status") == status)
        asked = [KINDS.get(kind, kind) for kind in list(kinds)[:_MOST_NAMED]]
        if asked:
            more = " and more" if len(kinds) > _MOST_NAMED else ""
            said.append(f"{', '.join(asked)}{more} ({STATUSES[status]})")
    counts = Counter(status for status in statuses if status not in _NAMED)
    said += [f"{view.count(number)} {STATUSES.get(status, status)}" for status, number in sorted(counts.items())[::-1]]
    return "; ".join(said)
