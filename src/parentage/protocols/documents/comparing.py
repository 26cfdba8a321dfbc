"""What did a repository declare before an edit and after it? Cards are edited once a dispute begins.

Two readings are compared fact by fact, so that a moved line is no change and a changed word is one; the texts
themselves are shown as a unified diff.
"""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from parentage.protocols.documents.records import Claim, Declaration, DeclaredLicence, DeclaredParent

What = Literal["field", "parent", "relation", "claim", "licence", "fact", "benchmark-tables"]
How = Literal["added", "removed", "changed"]

MOST_DIFF_LINES = 4_000
MOST_DIFF_CHARACTERS = 200_000
_LONGEST_LINE = 2_000
_CONTEXT = 3
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is declared otherwise than before: both values, "" where there is none, with their places."""

    what: What
    how: How
    name: str
    before: str
    after: str
    where_before: str
    where_after: str


def compare_declarations(before: Declaration, after: Declaration) -> tuple[Change, ...]:
    """Return what changed between two readings of one repository, in the order: parents, claims, licence, the rest.

    Lines that moved are no change. A sentence that was reworded is one claim removed and one added, unless only one of
    its kind was there on both sides.
    """
    return (
        *_compare("parent", _by_name(before.parents), _by_name(after.parents), _parent_text, lambda one: one.where),
        *_relation(before, after),
        *_claims(before.claims, after.claims),
        *_licence(before.licence, after.licence),
        *_compare("field", _fields(before), _fields(after), lambda one: one[0], lambda one: one[1]),
        *_compare("fact", _facts(before), _facts(after), lambda one: one[0], lambda one: one[1]),
        *_benchmarks(before, after),
    )


def text_diff(before: bytes, after: bytes, name: str = "README.md") -> str:
    """Return the unified diff of two texts, bounded and free of control characters; "" where they are the same.

    A text of more than `MOST_DIFF_LINES` lines is compared by its first ones, and the diff says so at its end.
    """
    if before == after:
        return ""
    held = (_lines(before), _lines(after))
    old, new = (lines[:MOST_DIFF_LINES] for lines in held)
    diff = difflib.unified_diff(old, new, f"before/{name}", f"after/{name}", n=_CONTEXT, lineterm="")
    shown: list[str] = []
    length = 0
    for line in diff:
        length += len(line) + 1
        if length > MOST_DIFF_CHARACTERS:
            shown.append(f"\\ cut after {MOST_DIFF_CHARACTERS} characters")
            break
        shown.append(line)
    if any(len(lines) > MOST_DIFF_LINES for lines in held):
        shown.append(f"\\ compared up to line {MOST_DIFF_LINES}")
    if not shown:
        shown.append("\\ the texts differ only in line ends, in their encoding or beyond what is shown")
    return "\n".join(shown) + "\n"


def _lines(raw: bytes) -> list[str]:
    text = raw[: MOST_DIFF_LINES * _LONGEST_LINE].decode("utf-8-sig", "replace")
    return [_printable(line)[:_LONGEST_LINE] for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _printable(line: str) -> str:
    return "".join(one if one.isprintable() or one == "\t" else "�" for one in line)


def _compare(
    what: What,
    before: Mapping[str, T],
    after: Mapping[str, T],
    text: Callable[[T], str],
    place: Callable[[T], str],
) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        values = [text(one) if one is not None else "" for one in (old, new)]
        if old is not None and new is not None and values[0] == values[1]:
            continue
        how: How = "changed" if old is not None and new is not None else "added" if old is None else "removed"
        places = [place(one) if one is not None else "" for one in (old, new)]
        yield Change(
            what=what,
            how=how,
            name=name,
            before=values[0],
            after=values[1],
            where_before=places[0],
            where_after=places[1],
        )


def _by_name(parents: Sequence[DeclaredParent]) -> dict[str, DeclaredParent]:
    return {one.value: one for one in parents}


def _parent_text(parent: DeclaredParent) -> str:
    weight = "" if parent.weight is None else f"weight {parent.weight:.6g}"
    return ", ".join(part for part in (parent.relation or "no relation", weight) if part)


def _relation(before: Declaration, after: Declaration) -> Iterator[Change]:
    held = [({"": (one.relation, "")} if one.relation else {}) for one in (before, after)]
    yield from _compare("relation", held[0], held[1], lambda one: one[0], lambda one: one[1])


def _claims(before: Iterable[Claim], after: Iterable[Claim]) -> Iterator[Change]:
    old, new = ({(one.kind, " ".join(one.quote.split())): one for one in side} for side in (before, after))
    gone = {key: one for key, one in old.items() if key not in new}
    come = {key: one for key, one in new.items() if key not in old}
    for kind in dict.fromkeys(key[0] for key in (*gone, *come)):
        left = [one for key, one in gone.items() if key[0] == kind]
        right = [one for key, one in come.items() if key[0] == kind]
        if len(left) == len(right) == 1:
            yield _claim_change("changed", left[0], right[0])
            continue
        yield from (_claim_change("removed", one, None) for one in left)
        yield from (_claim_change("added", None, one) for one in right)


def _claim_change(how: How, old: Claim | None, new: Claim | None) -> Change:
    some = old or new
    return Change(
        what="claim",
        how=how,
        name=some.kind if some else "",
        before=old.quote if old else "",
        after=new.quote if new else "",
        where_before=old.where if old else "",
        where_after=new.where if new else "",
    )


def _licence(before: DeclaredLicence, after: DeclaredLicence) -> Iterator[Change]:
    held = [{"": (_licence_text(one), one.where)} if _licence_text(one) else {} for one in (before, after)]
    yield from _compare("licence", held[0], held[1], lambda one: one[0], lambda one: one[1])


def _licence_text(licence: DeclaredLicence) -> str:
    parts = (licence.license, licence.license_name, licence.license_link)
    return ", ".join(part for part in parts if part)


def _fields(declaration: Declaration) -> dict[str, tuple[str, str]]:
    """Return the fields by file and name: the same name may stand in several files."""
    found: dict[str, tuple[str, str]] = {}
    for one in declaration.fields:
        file = one.where.rpartition(":")[0] or one.where
        name = one.name if one.name != "file-name" else f"file-name {one.value}"
        found[f"{file} {name}"] = (one.value, one.where)
    return found


def _facts(declaration: Declaration) -> dict[str, tuple[str, str]]:
    return {one.name: (one.value, one.where) for one in declaration.facts if one.status == "present"}


def _benchmarks(before: Declaration, after: Declaration) -> Iterator[Change]:
    if before.benchmark_tables != after.benchmark_tables:
        yield Change(
            what="benchmark-tables",
            how="changed",
            name="",
            before=str(before.benchmark_tables),
            after=str(after.benchmark_tables),
            where_before="",
            where_after="",
        )
