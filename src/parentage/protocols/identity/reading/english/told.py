"""Houses and bases that the story of an English answer names, though no phrase ties them to the speaker."""

from collections.abc import Callable, Iterator
from itertools import islice

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.english.plate_words import (
    AT_END,
    BADGE,
    BASED_ON_IT,
    BASES,
    BRIEF,
    CALLED_HOUSE,
    DID_IT,
    DRAFTS,
    ENDS,
    FARTHEST,
    GLOSS_ENDS,
    GLYPHS,
    LEAST_QUOTED,
    MADE_ME,
    MARKED,
    MOST_BASES,
    MOST_TOLD,
    NAMED_PERSON,
    NEXT,
    NO_BASE,
    OWNED,
    PRESENTED,
    SERVED,
    SET_OFF,
    STEP_BY,
    THAT_WOULD_BE,
    WITH_OTHERS,
)
from parentage.protocols.identity.reading.fields import iter_fields
from parentage.protocols.identity.reading.kin import doubted
from parentage.protocols.identity.reading.links import TEAM
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, name_at, open_page


def grounds(listener: Listener, said: list[Spoken]) -> list[Spoken]:
    """Return the known model before "was the starting point" and the like."""
    pattern, found = listener.rules.after_origin_pattern, []
    for match in pattern.finditer(listener.page.text) if pattern is not None else ():
        named = name_before(listener, match.start())
        if named is not None and named.found is not None and named.found.is_name:
            judged = listener.judge(named.start, named, "origin", "grounds-first")
            found += [] if judged.undone or named.key in listener.self_keys else [judged]
    return found[:2] or _based(listener, said)


def _based(listener: Listener, said: list[Spoken]) -> list[Spoken]:
    """Return the known models of a sentence that speaks of bases, merges and tuning, in an answer about the speaker."""
    page, rules = listener.page, listener.rules
    names = {one.named.key for one in said if one.part == "name"}
    if not (said or listener.own or len(page.text) < BRIEF):
        return []
    for one in listener.found_between(0, len(page.text), most=12):
        near = listener.own_between(page.folded.sentence(one.start)[0], one.start)
        if one.found and one.found.is_name and near and one.key not in names and BASED_ON_IT.match(page.text, one.end):
            judged = listener.judge(one.start, one, "origin", "based")
            if not judged.undone:
                return [judged]
    for match in islice(BASES.finditer(page.text), MOST_TOLD):
        start, end = page.folded.sentence(match.start())
        start, end = max(start, match.start() - FARTHEST), min(end, match.end() + FARTHEST)
        if match[0].endswith(":"):
            end = min(len(page.text), match.end() + 160)
        text = page.text[start:end]
        if text.rstrip().endswith("?") or NO_BASE.search(text):
            continue
        named = [
            one for one in listener.found_between(start, end, most=6) if one.found is not None and one.found.is_name
        ]
        named = [one for one in named if page.text[one.start - 1 : one.start] != "-"]
        named = [one for one in named if one.key not in names and not TEAM.match(page.text, one.end)]
        named = [one for one in named if not (one.found is not None and one.found.is_maker and one.found.ambiguous)]
        if (
            not named
            or rules.negation_pattern.search(page.text, start, named[-1].start)
            or rules.doubt_pattern.search(text)
        ):
            continue
        if len({one.key for one in named}) > MOST_BASES or listener.in_name(match.start()):
            continue
        return [Spoken(named=one, part="origin", rule="based", undone="") for one in named]
    return []


def beside(listener: Listener, said: list[Spoken]) -> list[Named]:
    """Return the house beside a claimed name, or whose assistant it is: "Zed, Stone Labs", "Stone Labs' own bot"."""
    page, houses = listener.page, {one.start: one for one in listener.houses}
    for one in said:
        if one.part == "name":
            near = NEXT.match(page.text, one.named.end)
            by = None if near is None else page.at.get(near.end())
            if by is not None and by.is_maker and not by.is_name and GLOSS_ENDS.match(page.text, by.end):
                return [Named(key=by.key, start=by.start, end=by.end, found=by)]
            if near is not None and near.end() in houses and ENDS.match(page.text, houses[near.end()].end):
                return [houses[near.end()]]
    speaks = said or listener.says_i()
    for house in listener.houses if BADGE.search(page.text) else ():
        if page.text[house.start - 1 : house.start] == '"' == page.text[house.end : house.end + 1]:
            return [house]
    for match in OWNED.finditer(page.text) if speaks else ():
        named = name_before(listener, match.start())
        if named is None or (named.found is not None and not named.found.is_maker):
            continue
        if SET_OFF.search(page.text, max(0, named.start - 24), named.start):
            return [named]
    for house in listener.houses:
        before = page.text[max(page.folded.sentence(house.start)[0], house.start - 60) : house.start]
        known_name = any(one.part == "name" and one.named.found is not None for one in said)
        if SERVED.search(before) and not DRAFTS.search(before) and listener.says_i() and not known_name:
            return [house]
    opened = THAT_WOULD_BE.match(page.text)
    known = None if opened is None else page.at.get(opened.end())
    if opened is not None and known is not None and known.is_maker and not known.is_name:
        alone = len({one.key for one in listener.found_between(0, page.folded.sentence(opened.end())[1])}) == 1
        if alone and ENDS.match(page.text, known.end):
            return [Named(key=known.key, start=known.start, end=known.end, found=known)]
    if opened is not None and opened.end() in houses and ENDS.match(page.text, houses[opened.end()].end):
        return [houses[opened.end()]]
    return []


def told(listener: Listener, said: list[Spoken]) -> Iterator[Named]:
    """Yield the house that the speaker's story begins with: "a small shop called Stone & Sons was drowning in mail"."""
    page, rules = listener.page, listener.rules
    marked = MARKED.search(page.text)
    if marked is not None:
        for match in list(STEP_BY.finditer(page.text, 0, marked.start()))[::-1][:6]:
            named = name_at(page, match.end(), rules, maker=True, strong=False)
            if named is not None and named.found is None and ENDS.match(page.text, named.end):
                yield named
                return
        for house in listener.houses:
            line = page.text.rfind("\n", 0, house.start) + 1
            alone = GLYPHS.fullmatch(page.text, line, house.start) and AT_END.match(page.text, house.end)
            if alone and house.end < marked.start():
                yield house
                return
    if not said or not listener.says_i():
        return
    for match in CALLED_HOUSE.finditer(page.text):
        start = page.folded.sentence(match.start())[0]
        before = page.text[max(start, match.start() - 60) : match.start()]
        if WITH_OTHERS.search(before) or rules.doubt_pattern.search(before) or rules.negation_pattern.search(before):
            continue
        named = name_at(page, match.end(), rules, maker=True, strong=False)
        if (
            named is not None
            and (named.found is None or is_maker(named))
            and named.key not in {one.named.key for one in said}
        ):
            yield named
            return
    for match in islice(NAMED_PERSON.finditer(page.text), MOST_TOLD):
        start, end = page.folded.sentence(match.start())
        start, end = max(start, match.start() - FARTHEST), min(end, match.end() + FARTHEST)
        named = name_at(page, match.end(), rules, maker=True, strong=True)
        if named is not None and named.found is None and DID_IT.search(page.text, start, end):
            yield named
            return
    yield from _only_house(listener, said)


def _only_house(listener: Listener, said: list[Spoken]) -> Iterator[Named]:
    """Yield the one house that an answer names beside the speaker, where nothing is denied, doubted or compared."""
    page, rules = listener.page, listener.rules
    keys = {one.key for one in listener.houses}
    # A known model's maker is known as well: a house beside it is rather somebody of whom the answer speaks.
    named = [one for one in said if one.part == "name"]
    if len(keys) != 1 or any(one.named.found for one in named) or any(True for _ in iter_fields(page, rules)):
        return
    if not named and MADE_ME.search(page.text) is None:
        return
    claimed = {one.named.key for one in said}
    claimed |= doubted(listener)
    others = [
        one
        for one in listener.found_between(0, len(page.text), most=40)
        if is_maker(one) and one.key not in claimed and not _lends(listener, one)
    ]
    if others or keys & claimed:
        return
    for house in listener.houses:
        start, end = page.folded.sentence(house.start)
        text = page.text[start:end]
        if not (
            text.rstrip(" \"')").endswith("?")
            or rules.negation_pattern.search(page.text, start, house.start)
            or rules.doubt_pattern.search(text)
            or WITH_OTHERS.search(text)
            or NO_BASE.search(text)
            or not (named or rules.making_pattern.search(text))
        ):
            yield house
            return


def _lends(listener: Listener, one: Named) -> bool:
    """Say whether a maker only stands before its model, on which another built: "Zed Labs' Foo"."""
    text = listener.page.text
    return text.startswith("'s ", one.end) and bool(listener.found_between(one.end, one.end + 12))


def presented(listener: Listener, spoken: list[Spoken], listen: Callable[..., list[Spoken]]) -> list[Spoken]:
    """Return what a quotation says that the answer presents as its own: "You may print this: '...'"."""
    page = listener.page
    if any(one.part == "name" and not one.undone for one in spoken):
        return []
    taken = {one.named.start for one in spoken if not one.undone}
    for left, right in listener.quotes[:6]:
        before = page.text[max(0, left - 120) : left]
        if right - left < LEAST_QUOTED or not (left < 4 or PRESENTED.search(before)):
            continue
        start, end = page.folded.span(left + 1, right)
        inner = open_page(page.folded.original[start:end], page.lexicon)
        if inner.text != page.text[left + 1 : right]:
            continue
        said = [one for one in listen(inner, listener.rules, describing=True) if not one.undone]
        if any(one.part == "name" for one in said):
            moved = [_moved(one, left + 1) for one in said]
            return [one for one in moved if one.named.start not in taken]
    return []


def _moved(one: Spoken, by: int) -> Spoken:
    """Return what was read within a quotation at its place in the answer."""
    named = Named(key=one.named.key, start=one.named.start + by, end=one.named.end + by, found=one.named.found)
    return Spoken(named=named, part=one.part, rule="presented", undone="")
