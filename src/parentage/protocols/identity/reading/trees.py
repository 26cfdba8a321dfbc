"""Family trees and chains: what stands above the line with "(me)", or before it behind an arrow, is what it is from."""

import re

from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named

_BRANCH = re.compile(r"[├└╰┗┣]|[+`]-")
_STEM = re.compile(r"(?:^|\n)[ \t]{0,40}(?:[|│┃↓▼⬇v]|-?->|→)[ \t]{0,4}(?=\n)")
_GLYPHS = re.compile(r"[\s|│┃├└╰┗┣─━+`>→↓▼#.-]*(?:\d{1,2}[.)] )?")
_ARROWS = re.compile(r" ?(?:→|⟶|-{1,2}>|=>|>|›|»|⇒) ?")
_LONGEST_LINE = 60


def parents(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return the models above the speaker's own line in a tree, or before it in a chain of arrows, of other makers."""
    page = listener.page
    names = [one for one in spoken if one.part == "name" and not one.undone]
    marked = [one for one in names if one.rule == "name-first"]
    if not marked:
        return []
    own = marked[0].named
    line = page.text.rfind("\n", 0, own.start) + 1
    above = [one for one in listener.found_between(0, own.start, most=12) if one.key != own.key]
    above = [one for one in above if one.found is not None and one.found.is_name]
    if _ARROWS.search(page.text, line, own.start):
        chained = [one for one in above if one.start >= line]
        return [_origin(listener, one) for one in chained]
    branched = _BRANCH.search(page.text) is not None
    if not branched and not _STEM.search(page.text):
        return []
    indent = _indent(page.text, own.start)
    found: list[Spoken] = []
    for one in reversed(above):
        start = page.text.rfind("\n", 0, one.start) + 1
        end = page.text.find("\n", one.end)
        alone = _GLYPHS.fullmatch(page.text, start, one.start) is not None and end - start <= _LONGEST_LINE
        deep = _indent(page.text, one.start)
        if not alone or (branched and deep >= indent):
            continue
        indent = deep if branched else indent
        found.append(_origin(listener, one))
    return found[::-1]


def _indent(text: str, at: int) -> int:
    return at - (text.rfind("\n", 0, at) + 1)


def _origin(listener: Listener, one: Named) -> Spoken:
    return listener.judge(one.start, one, "origin", "tree")
