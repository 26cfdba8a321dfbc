"""Family trees of names that no list knows: the line with "me", the models above it, and the house at the top.

Only for languages whose framing has the words of such trees (`descended`); known models are read by trees.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.frames.spelling import Reader
from parentage.protocols.identity.reading.listener import Spoken
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.records import Part

_GLYPHS = re.compile(r"[\s|│┃├└╰┗┣─━+`>→↓▼⬇#.*-]{0,60}(?=\w)")
_DRAWN = re.compile(r"[|│┃├└╰┗┣↓▼⬇]|->|→")
_BRANCH = re.compile(r"[├└╰┗┣]")
_GLOSS = re.compile(r"[\"*]{0,3}(?: ?[(](?P<gloss>[^()\n]{2,60})[)])?[ \"*]{0,3}$")
_VERSION = re.compile(r"(?<!\w)v?[\d.]{1,6}\w?(?!\w)|[\d.]{1,6}$")
_MOST_LINES = 12


def lineage(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield whom the lines of a tree name above the speaker's own, and the speaker there if nothing else names it."""
    text, said = reader.page.text, [one for one in spoken if not one.undone]
    me = reader.words.descended.search(text)
    if me is None or not _DRAWN.search(text, 0, me.start()):
        return
    own = _named(reader, text.rfind("\n", 0, me.start()) + 1, me.start(), "name")
    if own is None:
        return
    if not any(one.part == "name" for one in said) and own[0].found is None:
        yield _read(own[0], "name")
    parts, taken = {one.part for one in said}, {one.named.start for one in said}
    above = list(_above(reader, own[0].start))
    for count, (named, gloss) in enumerate(above):
        top = count == len(above) - 1
        if named.start in taken or (gloss is not None and reader.words.kinsfolk.search(gloss[1])):
            continue
        house = reader.at(named.start, "maker") if top else None
        if house is not None and _is_house(reader, house, gloss):
            if "maker" not in parts:
                yield _read(house, "maker")
            continue
        if (named.found is None or named.found.is_name) and _bare(named.key) != _bare(own[0].key):
            yield _read(named, "origin")
        if gloss is None or named.found is not None or "maker" in parts:
            continue
        by = reader.at(gloss[0], "maker")
        if by is not None and by.end == gloss[0] + len(gloss[1]):
            parts.add("maker")
            yield _read(by, "maker")


def _above(reader: Reader, own: int) -> Iterator[tuple[Named, tuple[int, str] | None]]:
    """Yield the names that lines above the speaker's consist of, the nearest first, each with its gloss."""
    text, end = reader.page.text, reader.page.text.rfind("\n", 0, own)
    indent: int | None = _column(reader, own) if _BRANCH.search(text) else None
    for _ in range(_MOST_LINES):
        if end <= 0:
            return
        start = text.rfind("\n", 0, end) + 1
        named = _named(reader, start, end, "origin")
        glyphs = _GLYPHS.match(text, start, end)
        deep = _column(reader, glyphs.end()) if glyphs else 0
        if named is not None and (indent is None or deep < indent):
            indent = indent if indent is None else deep
            yield named
        elif named is None and len(text[start:end].strip(" |│┃↓▼⬇v-")) > 1:
            return
        end = start - 1


def _column(reader: Reader, at: int) -> int:
    """Return how far to the right a place stands in its line as written: folded text has no indentation."""
    folded = reader.page.folded
    return folded.starts[at] - folded.original.rfind("\n", 0, folded.starts[at])


def _named(reader: Reader, start: int, end: int, part: Part) -> tuple[Named, tuple[int, str] | None] | None:
    """Return the name that a line consists of, but for the drawing before it and a gloss in brackets behind it."""
    glyphs = _GLYPHS.match(reader.page.text, start, end)
    at = glyphs.end() if glyphs else end
    known = reader.page.at.get(at)
    # A known house before its model: "NVIDIA Nemotron".
    places = (at, at) if known is None or known.end >= end else (at, known.end + 1)
    for place, spelled in zip(places, (part, "maker" if places[0] == places[1] else part), strict=True):
        named = reader.at(place, spelled)
        rest = _GLOSS.match(reader.page.text, named.end, end) if named is not None else None
        if named is not None and rest is not None:
            return named, (rest.start("gloss"), rest["gloss"]) if rest["gloss"] else None
    return None


def _is_house(reader: Reader, named: Named, gloss: tuple[int, str] | None) -> bool:
    """Say whether the name at a tree's top is a house's: a word for one in it, a place or a word for makers behind."""
    if named.found is not None:
        return False
    words = reader.page.text[named.start : named.end].split(" ")
    seat = gloss is not None and (gloss[1] in reader.words.nobody or reader.rules.making_pattern.search(gloss[1]))
    return bool(seat) or (len(words) > 1 and words[0] in reader.words.institutions)


def _bare(key: str) -> str:
    return _VERSION.sub("", key).strip(" -")


def _read(named: Named, part: Part) -> Spoken:
    return Spoken(named=named, part=part, rule="tree", undone="")
