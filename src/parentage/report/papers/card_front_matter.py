"""Edits a card's front matter where it stands: what a publisher wrote keeps its comments, order and quoting.

Dumping YAML anew would change every line of it, and a diff that changes every line is not one that anybody accepts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import yaml  # type: ignore[import-untyped, unused-ignore]

from parentage.errors import InputError
from parentage.report.papers.card_edits import Edit
from parentage.report.papers.escaping import quoted

MOST_FRONT_CHARACTERS = 1 << 19
_BREAK = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedField:
    """A field and its items; `is_list` where it is written as a list even with one item. No items: the field goes."""

    key: str
    items: tuple[str, ...]
    is_list: bool


@dataclass(slots=True, kw_only=True)
class _Entry:
    """Where one field stands in the text: the key's line, and its value with the items of a list."""

    key: str
    start: int
    column: int
    kind: Literal["scalar", "block", "flow", "other"] = "scalar"
    value_start: int = 0
    value_end: int = 0
    items: list[str] | None = None


def edit_fields(front: str, wanted: Sequence[WantedField], newline: str, where: str) -> tuple[Edit, ...]:
    """Return the edits that give the wanted fields to YAML that was parsed before and found to be a mapping or empty.

    Raises InputError where the mapping is written in braces, whose fields have no lines of their own.
    """
    if len(front) > MOST_FRONT_CHARACTERS:
        raise InputError(where, f"{len(front)} characters", f"at most {MOST_FRONT_CHARACTERS} of front matter to edit")
    entries = {entry.key: entry for entry in _iter_entries(front, where)}
    edits: list[Edit] = []
    fresh: list[str] = []
    column = min((entry.column for entry in entries.values()), default=0)
    for field in wanted:
        entry = entries.get(field.key)
        if entry is not None:
            edits += _changed(front, entry, field, newline)
        elif field.items:
            fresh.append(render_field(field, newline, " " * column))
    if fresh:
        place = max((_line_end(front, entry.value_end) for entry in entries.values()), default=len(front))
        text = newline.join(fresh)
        # The text ends with the break before the closing fence, or is empty.
        alone = place == len(front)
        edits.append(Edit(start=place, stop=place, text=text + newline if alone else newline + text))
    return tuple(edits)


def render_field(field: WantedField, newline: str, indent: str = "") -> str:
    """Return a field as lines of YAML without the last break."""
    if not field.is_list:
        return f"{indent}{field.key}: {quoted(field.items[0])}"
    return newline.join([f"{indent}{field.key}:", *(f"{indent}- {quoted(item)}" for item in field.items)])


def newline_of(text: str) -> str:
    """Return the first line break of a text, a line feed where it has none."""
    found = _BREAK.search(text)
    return found[0] if found is not None else "\n"


def _iter_entries(front: str, where: str) -> Iterator[_Entry]:
    """Yield the fields in order. The parser's events tell places without building or resolving anything."""
    depth = 0
    entry: _Entry | None = None
    for event in yaml.parse(front, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == 1 and event.flow_style:
                raise InputError(where, "front matter in braces", "fields on lines of their own, which can be edited")
            if depth == 2 and entry is not None:
                _open(entry, event)
            elif depth == 3 and entry is not None:
                entry.items = None
                entry.kind = "other"
        elif isinstance(event, yaml.CollectionEndEvent):
            if entry is not None and event.end_mark.index > event.start_mark.index:
                entry.value_end = event.end_mark.index
            depth -= 1
            if depth == 1 and entry is not None:
                yield entry
                entry = None
        elif isinstance(event, yaml.ScalarEvent) and depth >= 1:
            if depth == 1 and entry is None:
                mark = event.start_mark
                entry = _Entry(key=event.value, start=mark.index, column=mark.column)
                continue
            if entry is None:
                continue
            entry.value_end = _scalar_end(front, event)
            if depth == 2 and entry.items is not None:
                entry.items.append(event.value)
            elif depth == 1:
                entry.value_start = event.start_mark.index
                entry.items = [event.value] if event.start_mark.index < event.end_mark.index else []
                yield entry
                entry = None


def _open(entry: _Entry, event: Any) -> None:
    """Begin a field whose value is a list or a mapping."""
    entry.value_start = event.start_mark.index
    entry.value_end = event.end_mark.index
    if isinstance(event, yaml.SequenceStartEvent):
        entry.items = []
        entry.kind = "flow" if event.flow_style else "block"
    else:
        entry.kind = "other"


def _scalar_end(front: str, event: Any) -> int:
    """Return where a scalar's last character stands; a block scalar's mark is at the next thing after it."""
    end: int = event.end_mark.index
    if event.style in ("|", ">"):
        start: int = event.start_mark.index
        return start + len(front[start:end].rstrip())
    return end


def _changed(front: str, entry: _Entry, field: WantedField, newline: str) -> Iterator[Edit]:
    """Yield what gives an existing field its items: nothing, items added to its list, or another value."""
    if not field.items:
        yield Edit(start=entry.start - entry.column, stop=_after_line(front, entry.value_end), text="")
        return
    held = entry.items
    if held == list(field.items):
        return
    missing = [item for item in field.items if item not in (held or ())]
    if held and [*held, *missing] == list(field.items) and entry.kind in ("block", "flow"):
        if entry.kind == "flow":
            place = _flow_end(front, entry)
            yield Edit(start=place, stop=place, text="".join(f", {quoted(item)}" for item in missing))
            return
        indent = _indent(front, entry.value_start)
        place = _line_end(front, entry.value_end)
        yield Edit(start=place, stop=place, text="".join(f"{newline}{indent}- {quoted(item)}" for item in missing))
        return
    yield _replaced(front, entry, field, newline)


def _replaced(front: str, entry: _Entry, field: WantedField, newline: str) -> Edit:
    if entry.kind == "block" and field.is_list:
        indent = _indent(front, entry.value_start)
        text = f"{newline}{indent}".join(f"- {quoted(item)}" for item in field.items)
        return Edit(start=entry.value_start, stop=entry.value_end, text=text)
    # From the colon on: a value of another shape begins on the key's line, or on the next.
    start = len(front[: entry.value_start].rstrip(" \t\r\n"))
    if field.is_list:
        indent = " " * entry.column
        return Edit(
            start=start, stop=entry.value_end, text="".join(f"{newline}{indent}- {quoted(one)}" for one in field.items)
        )
    return Edit(start=start, stop=entry.value_end, text=f" {quoted(field.items[0])}")


def _flow_end(front: str, entry: _Entry) -> int:
    """Return where the last item of a list in brackets ends: before the bracket, spaces and a comma that is left."""
    inside = front[entry.value_start : entry.value_end - 1].rstrip(" \t\r\n")
    return entry.value_start + len(inside.removesuffix(",").rstrip(" \t\r\n"))


def _indent(front: str, place: int) -> str:
    start = max(front.rfind("\n", 0, place), front.rfind("\r", 0, place)) + 1
    return " " * (place - start)


def _line_end(front: str, place: int) -> int:
    found = _BREAK.search(front, place)
    return found.start() if found is not None else len(front)


def _after_line(front: str, place: int) -> int:
    found = _BREAK.search(front, place)
    return found.end() if found is not None else len(front)
