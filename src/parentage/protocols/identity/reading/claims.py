"""Applies one language's rules to an answer: which names it claims, and which it denies or quotes."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.about import about
from parentage.protocols.identity.reading.before import name_before, seated
from parentage.protocols.identity.reading.described import cards, described
from parentage.protocols.identity.reading.links import (
    AND,
    ANOTHER,
    APPOSED,
    ATTACHED,
    BASED,
    BY,
    BY_LATER,
    BY_SOMEBODY,
    CALLS,
    CERTAIN,
    CORRECTED,
    DETERMINED,
    HERE,
    HERE_ENDS,
    HOUSE,
    HOUSE_NAME,
    LABELLED,
    LOCATIVE,
    MANNER,
    MEMBER,
    OF_HOUSE,
    OF_MAKER,
    POSSESSIVE,
    ROLE,
    SUCH,
    TEAM,
    THAT_IS_ME,
    TITLE_WORD,
    TURNED,
    WE,
    WORKS,
    is_called,
    is_made_called,
)
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, Page, is_arabic_house, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.nearby import nearby
from parentage.protocols.identity.reading.others import holds_name, is_apposed, knows_another, only_exists
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.sole import sole
from parentage.protocols.identity.reading.trees import parents
from parentage.protocols.identity.records import Part


def listen(page: Page, rules: LanguageRules, *, describing: bool) -> list[Spoken]:
    """Return every name that a rule ties to the speaker, claimed or denied; in the third person where "
    "`describing`."""
    listener = Listener(page=page, rules=rules)
    listener.keep_origins(dict(_origin_places(listener)))
    spoken = list(_names(listener))
    listener.self_keys = {one.named.key for one in spoken if not one.undone}
    if describing and not any(one.part == "name" and not one.undone for one in spoken):
        third = described(listener)
        spoken += third
        listener.self_keys |= {one.named.key for one in third}
    spoken += _makers(listener)
    spoken += parents(listener, spoken)
    if describing:
        spoken += about(listener, spoken)
    if describing and not any(not one.undone and one.rule != "based-on" for one in spoken):
        spoken += cards(listener)
    if describing:
        spoken += nearby(listener, spoken)
        spoken += sole(listener, spoken)
    return list(_settled(listener, spoken))


def _settled(listener: Listener, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield what remains once every rule has spoken: a maker called so is no name, a role in quotation "
    "marks no self."""
    makers = {one.named.start for one in spoken if one.part == "maker" and not one.undone}
    names = [one for one in spoken if one.part == "name" and not one.undone]
    plain = {one.named.key for one in names if listener.quote_around(one.named.start, one.named.end) is None}
    claimed = {one.named.key for one in names}
    others = {one.named.key for one in spoken if one.rule != "without" and not one.undone}
    origins = {one.named.start for one in spoken if one.part == "origin" and not one.undone and one.rule != "member"}
    versions = {one.named.start for one in names if one.rule == "is"}
    unknown = {one.named.key for one in spoken[:96] if one.part == "maker" and not one.undone and not one.named.found}
    for one in spoken:
        if one.named.found is None and any(key.startswith(one.named.key + " ") for key in unknown):
            continue
        is_name = one.named.found is not None and one.named.found.is_name
        if one.named.start in origins & makers and (one.part == "maker") == is_name:
            continue
        if one.part == "origin" and one.named.start in versions:
            continue
        if one.named.found is None and one.part == "name" and one.named.start in makers:
            continue
        if one.rule == "without" and one.named.key not in others:
            continue
        if one.rule == "named" and one.part == "name" and one.named.start in makers:
            continue
        if one.rule == "member" and one.named.key in claimed:
            continue
        quoted = one.part == "name" and plain and one.named.key not in plain
        if quoted and not one.undone and listener.quote_around(one.named.start, one.named.end) is not None:
            yield Spoken(named=one.named, part=one.part, rule=one.rule, undone="quoted")
            continue
        yield one


def _names(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_name:
        for match in pattern.finditer(page.text):
            if rule == "named" and not _is_named_self(listener, match):
                continue
            if rule == "named" and only_exists(listener, match.start()):
                continue
            if rule == "named" and knows_another(listener, match.start()):
                continue
            certain = match[0].strip() in CERTAIN
            house = rule == "named" and HOUSE.search(page.text, max(0, match.start() - 64), match.start()) is not None
            for one in _after(listener, match.start(), match.end(), "maker" if house else "name", rule):
                if (certain or rule in ("known", "without")) and one.named.found is None:
                    continue
                if match[0][-1] in ",?:" and rule == "known" and not APPOSED.match(page.text, one.named.end):
                    continue
                if certain and not _is_role(listener, match.start(), one.named.end):
                    break
                yield one
    for match in rules.after_name_pattern.finditer(page.text):
        named = name_before(listener, match.start())
        goes_on = page.text[match.end() : match.end() + 1] == " " and page.folded.is_capital(
            min(match.end() + 1, len(page.text) - 1)
        )
        if named is not None and named.found is None and CALLS.search(match[0]):
            goes_on = goes_on or "," in page.text[named.end : match.start()]
        if named is not None and not (named.found is None and goes_on and page.text[match.end() + 1].isascii()):
            yield listener.judge(match.start(), named, "name", "name-first")


def _is_role(listener: Listener, start: int, at: int) -> bool:
    """Say whether "as X" goes on as the speaker's role does: "As ChatGPT, I ...", unlike "As Google says, I ..."."""
    text = listener.page.text
    if HERE.match(text, start) and HERE_ENDS.match(text, at) and not text[start - 2 : start].strip(" \n\"'(!.,:;-"):
        return True
    if LABELLED.search(text, max(listener.page.folded.sentence(start)[0], start - 32), start):
        return False
    if SUCH.search(text, max(0, start - 8), start):
        return False
    if not listener.own_between(at, at + 40):
        return False
    return listener.own_between(at, at + 3) or ROLE.match(listener.page.text, at) is not None


def _is_named_self(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether "called ..." is about the speaker: "a robot called Nimbus. That is me!" is."""
    if listener.is_own(match.start(), past_makers=True):
        return True
    return THAT_IS_ME.search(listener.page.text, match.end(), match.end() + 120) is not None


def _origin_places(listener: Listener) -> Iterator[tuple[int, str]]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_maker:
        if rule == "based-on":
            for match in pattern.finditer(page.text):
                known = known_at(page, walk(page, match.end(), rules)[0])
                if known is not None:
                    yield known.start, known.key


def _makers(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    names = set(listener.self_keys)
    for rule, pattern in rules.before_maker:
        part: Part = "origin" if rule == "based-on" else "maker"
        for match in pattern.finditer(page.text):
            if rule == "made-by" and is_made_called(match[0]) and only_exists(listener, match.start()):
                continue
            if rule == "made-by" and knows_another(listener, match.start()):
                continue
            own = rule == "my-maker" or listener.is_own(match.start(), past_makers=part == "origin")
            if rule != "my-maker" and OF_HOUSE.search(page.text, max(0, match.start() - 10), match.start()):
                continue
            for one in _after(listener, match.start(), match.end(), part, _renamed(rule, match[0])):
                if WE.search(match[0]) and not is_maker(one.named):
                    continue
                if rule != "based-on" and is_called(page.text, match.start(), match.end(), one.named.start):
                    continue
                if one.part == "maker" and rule == "made-by" and not _is_speakers(listener, one, names, own=own):
                    continue
                if one.part == "maker" and one.named.found is None and holds_name(page, rules, match):
                    continue
                if one.part == "maker" and one.named.found is None and is_apposed(listener, match, one.named):
                    continue
                if not own and one.part != "maker":
                    continue
                if not one.undone:
                    listener.self_keys.add(one.named.key)
                elif one.undone == "negated":
                    listener.denied.add(one.named.start)
                yield one
    for match in rules.after_maker_pattern.finditer(page.text):
        named = None if TURNED.match(page.text, match.end()) else name_before(listener, match.start())
        if named is not None and named.found is None:
            named = seated(listener, named)
        if named is not None:
            yield listener.judge(match.start(), named, "maker", "maker-first")
    for match in rules.after_maker_of_it_pattern.finditer(page.text):
        named = name_before(listener, match.start())
        before = [] if named is None else listener.found_between(named.start - 200, named.start)
        subjects = [one for one in before if one.found is not None and one.found.is_name]
        if named is not None and subjects and subjects[-1].key in names:
            yield listener.judge(match.start(), named, "maker", "maker-first")


def _renamed(rule: str, phrase: str) -> str:
    return "member" if rule == "based-on" and MEMBER.match(phrase) else rule


def _is_speakers(listener: Listener, one: Spoken, names: set[str], *, own: bool) -> bool:
    """Say whether a maker is the speaker's: not that of the model which it is based on, nor of somebody else."""
    near = listener.origins_between(one.named.start - 80, one.named.end + 16)
    if one.named.key in near and one.named.key not in names:
        return False
    return own or (one.named.key in names and not one.undone)


def _after(listener: Listener, start: int, end: int, part: Part, rule: str) -> Iterator[Spoken]:
    """Yield the names after a phrase, with those that are joined to the first."""
    page, rules = listener.page, listener.rules
    at, denied = walk(page, end, rules, people=part == "maker")
    if rule in ("is", "known"):
        at = _past_title(page, end, at, rules)
    named = name_at(
        page,
        at,
        rules,
        maker=part == "maker",
        strong=rule in ("called", "named"),
        led=page.text[max(start, end - 40) : at],
    )
    placed = LOCATIVE.search(page.text, start, at) and not WORKS.search(page.text, start, end)
    if rules.code == "pt" and at > 2 and page.text[at - 3 : at] == " a ":
        placed = False
    if part == "maker" and named is not None and named.found is None and placed:
        named = _past_place(listener, named)
    if named is not None and rule == "is" and "," in page.text[end:at] and ANOTHER.match(page.text, named.end):
        return
    for _ in range(4):
        if named is None or MANNER.match(page.text, named.end):
            return
        if named.found is None and part == "name" and page.text.startswith("'s", named.end):
            return
        if (
            part == "origin"
            and named.found is None
            and page.text[named.start] >= "\u0600"
            and "نموذج" not in page.text[end:at]
        ):
            return
        if part == "origin":
            named = _model_of(listener, named)
        mine = _part_of(page, named, part)
        if rule == "member" and named.found is not None and not named.found.is_name:
            mine = "maker"
        if mine == "name" and rule == "is" and is_maker(named) and OF_MAKER.search(page.text, end, max(at, end)):
            mine = "maker"
        one = listener.judge(start, named, mine, rule, denied=denied)
        if rule == "without":
            one = Spoken(named=named, part=mine, rule=rule, undone="")
        yield one
        step = _next(listener, named, mine, undone=one.undone == "negated")
        if step is None:
            return
        named, part, resumed = step
        if resumed:
            denied, start = False, named.start


def _past_place(listener: Listener, named: Named) -> Named | None:
    """Return the maker where a place comes first: "developed in Toronto by Cohere"; a house can be such a place."""
    page, rules = listener.page, listener.rules
    if HOUSE_NAME.search(page.text, named.start, named.end):
        return named
    by = BY_LATER.match(page.text, named.end)
    if by is None:
        return None
    return name_at(page, walk(page, by.end(), rules, people=True)[0], rules, maker=True, strong=False, led=by[0])


def _model_of(listener: Listener, named: Named) -> Named:
    """Return the model where its maker comes first: "based on Meta's Llama"."""
    if named.found is None or named.found.is_name:
        return named
    text = listener.page.text
    for one in listener.found_between(named.end, named.end + 40):
        between = text[named.end : one.start]
        if one.found is not None and one.found.is_name and "," not in between and ("的" in between or "'s " in between):
            return one
    return named


def _past_title(page: Page, end: int, at: int, rules: LanguageRules) -> int:
    """Return where a known name begins after a title that no list of words has: "I am the old pirate Claude"."""
    if known_at(page, at) is not None or not (DETERMINED.match(page.text, end + 1) or page.text.startswith("ال", at)):
        return at
    place = at
    for _ in range(3):
        word = TITLE_WORD.match(page.text, place)
        if word is None or word[0].strip() in rules.common_words or page.folded.is_capital(place):
            return at
        place = skip(page, word.end())
        known = known_at(page, place)
        if known is not None:
            return place if known.is_name and known.start == place else at
    return at


def _part_of(page: Page, named: Named, part: Part) -> Part:
    if part == "name":
        if named.found is None and is_arabic_house(page, named.start):
            return "maker"
        if BASED.match(page.text, named.end):
            return "origin"
        if named.found is not None and not named.found.is_name:
            return "maker"
        if (named.found is None or named.found.is_maker) and POSSESSIVE.match(page.text, named.end):
            return "maker"
    return part


def _next(listener: Listener, named: Named, part: Part, *, undone: bool) -> tuple[Named, Part, bool] | None:
    """Return the name that is joined to this one: its maker, another maker, or after a denial what is "
    "true instead."""
    page, rules = listener.page, listener.rules
    if undone:
        turn = rules.contrast_pattern.match(page.text, skip(page, _past(page, named.end)))
        if turn is None:
            return None
        at, _ = walk(page, turn.end(), rules)
        follower = name_at(page, at, rules, maker=part == "maker", strong=False)
        if follower is None:
            return None
        model = follower.found is not None and follower.found.is_name and not follower.found.is_maker
        return follower, "name" if model and part == "maker" else part, True
    if part == "origin":
        return _after_origin(listener, named)
    corrected = CORRECTED.match(page.text, named.end)
    if corrected is not None:
        right = known_at(page, walk(page, corrected.end(), rules)[0])
        if right is not None and right.is_name and part == "maker" and right.key == named.key:
            return Named(key=right.key, start=right.start, end=right.end, found=right), "name", False
    owning = POSSESSIVE.match(page.text, named.end)
    joint = owning or rules.also_pattern.match(page.text, named.end)
    if joint is None:
        return None
    word = joint[0].strip(" ,(/+\"'")
    at, denied = walk(page, joint.end(), rules)
    follower = name_at(page, at, rules, maker=True, strong=False, led=page.text[joint.end() : at])
    if denied or follower is None or TEAM.match(page.text, follower.end):
        return None
    if follower.found is None:
        owns = part == "name" and page.text.startswith("'s ", follower.end)
        by = (part == "name" and word in BY and named.found is None) or owns
        return (follower, "maker", False) if by else None
    if part == "maker":
        if (owning is not None or word == "的") and follower.found.is_name:
            return follower, "name", False
        if follower.found.is_maker and (follower.key == named.key or "," not in joint[0] or not follower.found.is_name):
            return follower, "maker", False
        return None
    if follower.found.is_name and follower.key == named.key:
        return follower, "maker" if follower.found.is_maker and word in BY else part, False
    return None if follower.found.is_name else (follower, "maker", False)


def _after_origin(listener: Listener, named: Named) -> tuple[Named, Part, bool] | None:
    """Return what follows an origin: another one ("merged from A and B"), or who made the speaker out of it."""
    page, rules = listener.page, listener.rules
    joint = BY_SOMEBODY.match(page.text, named.end)
    if joint is not None:
        at, denied = walk(page, joint.end(), rules)
        maker = name_at(page, at, rules, maker=True, strong=False, led=page.text[joint.end() : at])
        return None if denied or maker is None or maker.key == named.key else (maker, "maker", False)
    joint = rules.also_pattern.match(page.text, named.end) or ATTACHED.match(page.text, named.end)
    if joint is None or joint[0].strip(" \"'") not in AND:
        return None
    at, denied = walk(page, joint.end(), rules)
    other = name_at(page, at, rules, maker=False, strong=False)
    if denied or other is None or other.found is None or not other.found.is_name:
        return None
    return other, "origin", False


def _past(page: Page, at: int) -> int:
    while at < len(page.text) and page.text[at] in " ,\"');,":
        at += 1
    return at
