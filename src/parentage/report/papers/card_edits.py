"""Edits of a text by place, and the unified diff of them: exact, and as fast on a hostile text as on another."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentage.errors import InputError

_CONTEXT = 3
_LINES = re.compile(r"[^\n]*\n|[^\n]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """The characters [start, stop) become `text`."""

    start: int
    stop: int
    text: str

    def moved(self, by: int) -> "Edit":
        """Return the edit for a text that has `by` characters more before it."""
        return Edit(start=self.start + by, stop=self.stop + by, text=self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    """The lines [start, stop) become `lines`."""

    start: int
    stop: int
    lines: tuple[str, ...]


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """Return the edited text; raises InputError where two edits overlap."""
    parts: list[str] = []
    place = 0
    for edit in sorted(edits, key=lambda one: (one.start, one.stop)):
        if edit.start < place:
            raise InputError("README.md", f"character {edit.start}", "two corrections meet in one place")
        parts += [text[place : edit.start], edit.text]
        place = edit.stop
    return "".join([*parts, text[place:]])


def unified_diff(text: str, edits: Sequence[Edit], name: str, *, is_new: bool) -> str:
    """Return the edits as a unified diff that `patch -p1` takes, "" where they change nothing.

    Lines end with line feeds alone, as `patch` reads them: a carriage return is a character of its line.
    """
    old = _LINES.findall(text)
    found = _iter_changes(text, edits)
    changes = [change for change in found if tuple(old[change.start : change.stop]) != change.lines]
    if not changes:
        return ""
    hunks: list[list[_Change]] = [[changes[0]]]
    for change in changes[1:]:
        if change.start - hunks[-1][-1].stop <= 2 * _CONTEXT:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    shift = 0
    parts = [f"--- {'/dev/null' if is_new else f'a/{name}'}\n+++ b/{name}\n"]
    for hunk in hunks:
        parts.append(_hunk(old, hunk, shift))
        shift += sum(len(change.lines) - (change.stop - change.start) for change in hunk)
    return "".join(parts)


def _iter_changes(text: str, edits: Sequence[Edit]) -> Iterator[_Change]:
    """Yield the edits as changes of whole lines; those that share a line become one."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    # After a last line feed begins a line that is not there; an empty text has no line at all.
    total = len(starts) - (starts[-1] == len(text))
    groups: list[tuple[int, int, list[Edit]]] = []
    for edit in sorted(edits, key=lambda one: (one.start, one.stop)):
        first = min(bisect_right(starts, edit.start) - 1, total)
        last = min(bisect_right(starts, edit.stop), total)
        if groups and (first < groups[-1][1] or groups[-1][1] == total):
            groups[-1] = (groups[-1][0], max(groups[-1][1], last), [*groups[-1][2], edit])
        else:
            groups.append((first, last, [edit]))
    bounds = [*starts[:total], len(text)]
    for first, last, held in groups:
        begin, end = bounds[first], bounds[last]
        fresh = apply_edits(text[begin:end], [edit.moved(-begin) for edit in held])
        yield _trimmed(first, _LINES.findall(text[begin:end]), _LINES.findall(fresh))


def _trimmed(start: int, old: list[str], new: list[str]) -> _Change:
    """Return a change without the lines that stay as they are at its ends."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return _Change(start=start + head, stop=start + len(old) - tail, lines=tuple(new[head : len(new) - tail]))


def _hunk(old: list[str], changes: list[_Change], shift: int) -> str:
    start = max(0, changes[0].start - _CONTEXT)
    stop = min(len(old), changes[-1].stop + _CONTEXT)
    lines: list[str] = []
    place = start
    removed = added = 0
    for change in changes:
        lines += [f" {line}" for line in old[place : change.start]]
        lines += [f"-{line}" for line in old[change.start : change.stop]]
        lines += [f"+{line}" for line in change.lines]
        removed += change.stop - change.start
        added += len(change.lines)
        place = change.stop
    lines += [f" {line}" for line in old[place:stop]]
    old_count = stop - start
    new_count = old_count - removed + added
    old_start = start + 1 if old_count else start
    new_start = start + shift + 1 if new_count else start + shift
    body = "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
    return f"@@ -{old_start},{old_count} +{new_start},{new_count} @@\n{body}"
