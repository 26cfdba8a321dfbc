"""Names with which an English answer opens, pairs, corrects or explains itself: "Juniper. I'm the assistant of ..."."""

import re
from collections.abc import Iterator
from itertools import pairwise

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.english.plate_words import (
    A_MODEL,
    ABOUT_SELF,
    APART,
    APPOSED,
    ENDS,
    FROM_IT,
    HOUSE_ENDS,
    IN_PLACE,
    INFLECTED,
    INLINE,
    INLINE_TAGS,
    IS_NAME,
    MADE_IT,
    MAKES,
    MEANS,
    NAMESAKE,
    NO_OPENING,
    OF_ANOTHER,
    OF_MAKING,
    OPENED,
    OWNED,
    QUESTION,
    RIGHTED,
    SPEAKS_OF_OTHERS,
    STARTS,
    SUBJECTS,
    TAGS,
    TO_HOUSE,
    VERY_OWN,
    WHO,
)
from parentage.protocols.identity.reading.links import TEAM
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, name_at, skip, walk
from parentage.protocols.identity.records import Part


def inline(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield what a form says that has its fields within a line: "Name: Zed. Maker: a man who goes by joe_7."."""
    page, rules = listener.page, listener.rules
    for match in INLINE_TAGS.finditer(page.text):
        tagged: Part | None = TAGS.get(match["tag"])
        named = None if tagged is None else name_at(page, match.end(), rules, maker=tagged == "maker", strong=True)
        if tagged is not None and named is not None:
            yield tagged, named
    for part, pattern in INLINE:
        for match in pattern.finditer(page.text):
            people = part == "maker"
            at = walk(page, match.end(), rules, people=people)[0]
            who = WHO.match(page.text, match.end()) if people else None
            named = name_at(page, who.end() if who else at, rules, maker=people, strong=True)
            if named is not None and (named.found is not None or ENDS.match(page.text, named.end)):
                yield part, named
                break


def meaning(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name that an answer explains: 'Tamsin means "twin", which suits me'."""
    page = listener.page
    if any(one.part == "name" for one in said) or NAMESAKE.search(page.text) is None:
        return
    for match in MEANS.finditer(page.text):
        named = name_before(listener, match.start())
        if named is None or (named.found is not None and not named.found.is_name):
            continue
        if named.found is not None or not is_plain_word(listener, named):
            yield "name", named
            return


def asked(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the answers to questions that the answer itself asks: "And your maker? Stone Labs."."""
    page, rules = listener.page, listener.rules
    for match in QUESTION.finditer(page.text):
        part: Part = "maker" if OF_MAKING.search(match["asked"]) else "name"
        named = name_at(page, walk(page, match.end(), rules)[0], rules, maker=part == "maker", strong=True)
        if (
            named is None
            or not ENDS.match(page.text, named.end)
            or (named.found is None and is_plain_word(listener, named))
        ):
            continue
        if named.found is None or (named.found.is_maker if part == "maker" else named.found.is_name):
            yield part, named


def paired(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield a name and the house right behind it: "it's Zed from Stone Labs", "Zed | AI assistant | Stone Labs"."""
    page, rules = listener.page, listener.rules
    if any(one.part == "name" for one in said):
        return
    for house in listener.houses[:8]:
        start = max(page.folded.sentence(house.start)[0], house.start - 90)
        for match in STARTS.finditer(page.text, start, house.start):
            named = name_at(page, match.end(), rules, maker=False, strong=True)
            if (
                named is None
                or named.end > house.start
                or IN_PLACE.search(page.text, max(0, named.start - 32), named.start)
            ):
                continue
            owned = OWNED.match(page.text, house.end) and page.text[named.end : house.start] in (", ", ", the ", " - ")
            if not owned and not TO_HOUSE.fullmatch(page.text, named.end, house.start):
                continue
            if (
                named.found is None
                and not is_plain_word(listener, named)
                and (owned or HOUSE_ENDS.match(page.text, house.end))
            ):
                yield "name", named
                yield "maker", house
                return


def corrected(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield what a denial puts right: "ChatGPT? No. Zed.", "not OpenAI: Stone Labs"."""
    page, rules = listener.page, listener.rules
    houses = {one.start for one in listener.houses}
    for match in RIGHTED.finditer(page.text):
        named = name_at(page, match.end(), rules, maker=True, strong=True)
        if named is None or named.found is not None or not ENDS.match(page.text, named.end):
            continue
        if not is_plain_word(listener, named):
            yield ("maker" if named.start in houses else "name"), named
            return


def late(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the subject of a description that begins with something else: "Built by Stone Labs, Zed is a model ..."."""
    page, rules = listener.page, listener.rules
    if listener.says_i() or any(one.part == "name" for one in said) or page.found[:1]:
        return
    for match in SUBJECTS.finditer(page.text[:240]):
        named = name_at(page, match.end(), rules, maker=False, strong=True)
        if named is None or named.found is not None or is_plain_word(listener, named):
            continue
        if rules.describes_pattern.match(page.text, named.end) or A_MODEL.match(page.text, named.end):
            yield "name", named
            made = dict(rules.before_maker)["made-by"].search(page.text, named.end, named.end + 160)
            by = made and name_at(page, walk(page, made.end(), rules, people=True)[0], rules, maker=True, strong=False)
            if by:
                yield "maker", by
            return


def own_name(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name of "Zed's the name", "Zed is the name Stone Labs gave me" and "Stone Labs' very own Zed"."""
    page, rules = listener.page, listener.rules
    for match in IS_NAME.finditer(page.text):
        named = name_before(listener, match.start())
        if named is not None and (named.found is None or named.found.is_name):
            yield "name", named
            by = None if match["by"] is None else name_at(page, match.start("by"), rules, maker=True, strong=False)
            if by is not None and (by.found is None or by.found.is_maker):
                yield "maker", by
            return
    for match in VERY_OWN.finditer(page.text):
        by = name_before(listener, match.start())
        named = name_at(page, match.end(), rules, maker=False, strong=True)
        if by is not None and named is not None and (named.found is None or named.found.is_name):
            yield "maker", by
            yield "name", named
            return


def is_plain_word(listener: Listener, named: Named) -> bool:
    """Say whether a single word in capitals is rather an ordinary word that opens an answer."""
    words = listener.page.text[named.start : named.end].split(" ")
    if words[0].split("'")[0] in NO_OPENING or words[0] in listener.rules.common_words:
        return True
    return len(words) == 1 and (INFLECTED.search(words[0]) is not None or len(words[0]) < 3)


def opening(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name with which an answer opens before it says more: "Juniper. I'm the assistant of ..."."""
    page = listener.page
    if any(one.part == "name" for one in said) or not page.text.strip() or page.text.lstrip()[0] in "#|>-[{":
        return
    at = skip(page, len(page.text) - len(page.text.lstrip()))
    named = name_at(page, at, listener.rules, maker=False, strong=True)
    if named is None or not OPENED.match(page.text, named.end) or (named.found is not None and not named.found.is_name):
        return
    if (
        named.found is None
        and (not page.cased or is_plain_word(listener, named))
        and not _written_as_id(page.text, named)
    ):
        return
    rest = page.text[named.end :].strip(" .!\"'\n")
    if OF_ANOTHER.match(rest):
        return
    if rest and not ABOUT_SELF.search(rest[:160]):
        return
    yield "name", named
    made = re.compile(r"[.!,] ?\n{0,2}(?:i was |i'm |i am )?" + MAKES + r" (?:by|at) (?:the )?").match(
        page.text, named.end
    )
    by = None if made is None else name_at(page, made.end(), listener.rules, maker=True, strong=False)
    if by is not None:
        yield "maker", by


def _written_as_id(text: str, named: Named) -> bool:
    return any(letter.isdigit() for letter in text[named.start : named.end])


def apposed(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name that stands between commas behind a word for the speaker: "who brought me, Zed, into being"."""
    page = listener.page
    if any(one.part == "name" for one in said):
        return
    for match in APPOSED.finditer(page.text):
        named = name_at(page, match.end(), listener.rules, maker=False, strong=True)
        if (
            named is None
            or not page.folded.is_capital(named.start)
            or page.text[named.end : named.end + 1] not in (",", ".")
        ):
            continue
        if named.found is None and is_plain_word(listener, named):
            continue
        if named.start not in {one.start for one in listener.houses}:
            yield "name", named
            return


def of_key(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield name and maker of one house, where the answer ties them: "Stone Labs trained Zed", or names nobody else."""
    page = listener.page
    found = listener.found_between(0, len(page.text), most=40)
    if any(one.part == "name" for one in said):
        return
    alone = len({one.key for one in found}) == 1
    tied = alone and not (listener.says_i() and APART.search(page.text))
    for one, other in pairwise(found) if tied else ():
        between = page.text[one.end : other.start]
        if one.key != other.key or one.found is None or other.found is None or len(between) > 80:
            continue
        if one.found.is_maker and other.found.is_name and MADE_IT.fullmatch(between):
            yield "name", other
            yield "maker", one
            return
        if one.found.is_name and other.found.is_maker and FROM_IT.fullmatch(between):
            yield "name", one
            yield "maker", other
            return
    makers = {one.named.key for one in said if one.part == "maker"}
    taken = {one.named.start for one in said}
    if not alone or found[0].key not in makers:
        return
    for one in found:
        if one.found is None or not one.found.is_name or one.found.is_maker or one.start in taken:
            continue
        begin, end = page.folded.sentence(one.start)
        start = max(begin, one.start - 60)
        if SPEAKS_OF_OTHERS.search(page.text, begin, end):
            continue
        if listener.rules.grounds_pattern.search(page.text, begin, end) or TEAM.match(page.text, one.end):
            continue
        if not listener.rules.aside_pattern.search(page.text, start, one.start):
            yield "name", one
            return
