"""Applies one language's rules to an answer: which names it claims, and which it denies or quotes."""

from collections.abc import Iterator

from parentage.protocols.identity.reading.about import about
from parentage.protocols.identity.reading.before import name_before, seated, speaker_before
from parentage.protocols.identity.reading.described import cards, described
from parentage.protocols.identity.reading.english.plates import plates
from parentage.protocols.identity.reading.english.told import presented
from parentage.protocols.identity.reading.frames.framed import framed
from parentage.protocols.identity.reading.han.claims import han
from parentage.protocols.identity.reading.han.pairs import pairs
from parentage.protocols.identity.reading.kin import kin
from parentage.protocols.identity.reading.links import (
    ADVERB,
    AND,
    ANOTHER,
    APPOSED,
    ARABIC_CALLED,
    ARABIC_FIRM,
    ARABIC_PLACE,
    ATTACHED,
    BASED,
    BY,
    BY_OTHERS,
    BY_SOMEBODY,
    CALLS,
    CERTAIN,
    CORRECTED,
    LOCATIVE,
    MANNER,
    MEMBER,
    OF_GROUP,
    OF_HOUSE,
    OF_LINE,
    OF_MAKER,
    POSSESSIVE,
    TEAM,
    WE,
    WORKS,
    is_called,
    is_made_called,
)
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker, whose
from parentage.protocols.identity.reading.names import Named, Page, is_arabic_house, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.nearby import nearby
from parentage.protocols.identity.reading.others import (
    calls_house,
    holds_name,
    is_apposed,
    is_for,
    is_house,
    is_joint,
    is_named_self,
    is_no_model,
    is_role,
    joint_makers,
    knows_another,
    model_of,
    nobody_else,
    only_exists,
    part_in_han,
    past,
    past_description,
    past_place,
    past_title,
    speaks_of_another,
    speaks_of_name,
    turned,
    within,
)
from parentage.protocols.identity.reading.portuguese.beyond import beyond
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.settled import settle
from parentage.protocols.identity.reading.sole import sole
from parentage.protocols.identity.records import Part

_ORIGIN_RULES = ("based-on", "my-origin")


def listen(page: Page, rules: LanguageRules, *, describing: bool) -> list[Spoken]:
    """Return every name that a rule ties to the speaker, claimed or denied; `describing`: in the third person too."""
    listener = Listener(page=page, rules=rules)
    listener.keep_origins(dict(_origin_places(listener)))
    spoken = list(_names(listener))
    listener.hear(spoken)
    if rules.code == "ar":
        listener.mine = [one.named.start for one in spoken if not one.undone and one.named.found is None][:24]
    listener.denied |= within(listener, spoken)
    if describing and not any(one.part == "name" and not one.undone for one in spoken):
        third = pairs(listener) or described(listener)
        spoken += third
        listener.self_keys |= {one.named.key for one in third}
        listener.self_spots += [one.named.start for one in third if rules.code == "en" and one.named.found is None]
    spoken += _makers(listener)
    spoken = framed(listener, spoken + beyond(listener, spoken, describing=describing))
    spoken += han(listener, spoken) if describing else []
    if describing:
        spoken += about(listener, spoken)
    if describing and rules.code == "en":
        spoken += presented(listener, spoken, listen)
        spoken += plates(listener, spoken)
    if describing and not any(not one.undone and one.rule != "based-on" for one in spoken):
        spoken += cards(listener)
    if describing:
        spoken += nearby(listener, spoken)
        spoken += sole(listener, spoken)
        spoken += kin(listener, spoken)
    return list(settle(listener, spoken))


def _names(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_name:
        for match in pattern.finditer(page.text):
            if rule == "named" and not is_named_self(listener, match):
                continue
            if rule == "named" and (only_exists(listener, match.start()) or knows_another(listener, match.start())):
                continue
            if rule == "named" and ARABIC_PLACE.search(page.text, max(0, match.start() - 32), match.start()):
                continue
            certain = match[0].strip() in CERTAIN
            led = page.text[max(0, match.start() - 64) : match.start()]
            if rules.code == "en" and " me" not in match[0] and OF_GROUP.search(led):
                continue
            called = rule == "named" and (calls_house(match[0], led, rules) or ARABIC_CALLED.search(led) is not None)
            house = called and "باسم" not in match[0]
            for one in _after(listener, match.start(), match.end(), "maker" if house else "name", rule):
                if (certain or rule in ("known", "without")) and one.named.found is None:
                    continue
                if match[0][-1] in ",?:" and rule == "known" and not APPOSED.match(page.text, one.named.end):
                    continue
                if rules.code == "en" and OF_LINE.match(match[0]) and is_house(listener, one.named):
                    yield listener.judge(match.start(), one.named, "maker", rule)
                    continue
                if certain and not is_role(listener, match.start(), one.named.end):
                    break
                yield one
    for match in rules.after_name_pattern.finditer(page.text):
        named = speaker_before(listener, match.start())
        if match[0] == "speaking" and named is not None and ADVERB.fullmatch(page.text, named.start, named.end):
            continue
        goes_on = page.text[match.end() : match.end() + 1] == " " and page.folded.is_capital(
            min(match.end() + 1, len(page.text) - 1)
        )
        if named is not None and named.found is None and CALLS.search(match[0]):
            goes_on = goes_on or "," in page.text[named.end : match.start()]
        if named is not None and not (named.found is None and goes_on and page.text[match.end() + 1].isascii()):
            yield listener.judge(match.start(), named, "name", "name-first")


def _origin_places(listener: Listener) -> Iterator[tuple[int, str]]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_maker:
        if rule in _ORIGIN_RULES:
            for match in pattern.finditer(page.text):
                known = known_at(page, walk(page, match.end(), rules)[0])
                if known is not None:
                    yield known.start, known.key


def _makers(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    names = set(listener.self_keys)
    for rule, pattern in rules.before_maker:
        part: Part = "origin" if rule in _ORIGIN_RULES else "maker"
        for match in pattern.finditer(page.text):
            exists = is_made_called(match[0]) and only_exists(listener, match.start())
            if rule == "made-by" and (exists or knows_another(listener, match.start())):
                continue
            if rule in ("made-by", "based-on") and speaks_of_another(listener, match.start()):
                continue
            if rule == "made-by" and speaks_of_name(listener, match):
                continue
            mine = rule in ("my-maker", "my-origin") or nobody_else(listener, match.start(), part)
            own = mine or listener.is_own(match.start(), past_makers=part == "origin")
            if rule != "my-maker" and OF_HOUSE.search(page.text, max(0, match.start() - 10), match.start()):
                continue
            renamed = "member" if rule == "based-on" and MEMBER.match(match[0]) else rule
            for one in _after(listener, match.start(), match.end(), part, renamed):
                marked = rules.code == "ar" and page.text[one.named.start - 1] == '"'
                told = is_maker(one.named) or is_house(listener, one.named) or marked
                if WE.search(match[0]) and not told:
                    continue
                if one.named.found is None and is_for(page, match[0], one.named):
                    continue
                if rule not in _ORIGIN_RULES and is_called(page.text, match.start(), match.end(), one.named.start):
                    continue
                if one.part == "maker" and rule == "made-by" and not _is_speakers(listener, one, names, own=own):
                    continue
                if one.part == "maker" and one.named.found is None and holds_name(page, rules, match):
                    continue
                if one.part == "maker" and one.named.found is None and is_apposed(listener, match, one.named):
                    continue
                if not own and (one.part != "maker" or (renamed == "member" and rules.code == "en")):
                    continue
                if not one.undone:
                    listener.self_keys.add(one.named.key)
                elif one.undone == "negated":
                    listener.denied.add(one.named.start)
                yield one
    for match in rules.after_maker_pattern.finditer(page.text):
        named = None if turned(listener, match) else name_before(listener, match.start())
        if named is not None and named.found is None:
            named = seated(listener, named)
        if named is not None:
            yield listener.judge(match.start(), named, "maker", "maker-first")
            yield from joint_makers(listener, named)
    for match in rules.after_maker_of_it_pattern.finditer(page.text):
        named = name_before(listener, match.start())
        before = [] if named is None else listener.found_between(named.start - 200, named.start)
        subjects = [one for one in before if one.found is not None and one.found.is_name]
        if named is not None and subjects and subjects[-1].key in names:
            yield listener.judge(match.start(), named, "maker", "maker-first")


def _is_speakers(listener: Listener, one: Spoken, names: set[str], *, own: bool) -> bool:
    """Say whether a maker is the speaker's: not that of the model which it is based on, nor of somebody else."""
    start = min(one.named.start - 80, max(one.named.start - 200, listener.page.folded.sentence(one.named.start)[0]))
    near = listener.origins_between(start, one.named.end + 16)
    if one.named.key in near and one.named.key not in names:
        return False
    return own or (one.named.key in names and not one.undone)


def _after(listener: Listener, start: int, end: int, part: Part, rule: str) -> Iterator[Spoken]:
    """Yield the names after a phrase, with those that are joined to the first."""
    page, rules = listener.page, listener.rules
    at, denied = walk(page, end, rules, people=part == "maker")
    if rule in ("is", "known"):
        at = past_title(page, end, at, rules)
    named = name_at(
        page,
        at,
        rules,
        maker=part == "maker" or (rule == "member" and rules.code == "en"),
        strong=rule in ("called", "named"),
        led=page.text[max(start, end - 40) : at],
    )
    if named is None and part == "maker" and rules.code == "en" and rule in ("my-maker", "made-by"):
        named = past_description(listener, at)
    placed = LOCATIVE.search(page.text, start, at) and not WORKS.search(page.text, start, end)
    before = page.text[max(0, at - 3) : at].strip()
    if (rules.code in ("pt", "es") and before == "a") or (rule == "my-maker" and before in ("na", "no")):
        placed = False
    if part == "maker" and named is not None and named.found is None and placed:
        named = past_place(listener, named)
    if named is not None and rule == "is" and "," in page.text[end:at] and ANOTHER.match(page.text, named.end):
        return
    for _ in range(4):
        if named is None or MANNER.match(page.text, named.end):
            return
        if named.found is None and part == "name" and page.text.startswith("'s", named.end):
            return
        if part == "origin" and rules.code == "en" and named.found is None and is_no_model(page, named, start):
            return
        if (
            part == "origin"
            and named.found is None
            and page.text[named.start] >= "\u0600"
            and "نموذج" not in page.text[end:at]
        ):
            return
        if part == "origin" and rules.code == "zh" and BY_OTHERS.search(page.text[end:at]):
            return
        if part == "origin":
            named = model_of(listener, named)
        mine = _part_of(page, named, part)
        if rule == "member" and (rules.code == "en" if named.found is None else not named.found.is_name):
            mine = "maker"
        if mine == "name" and rule == "is" and whose(listener, named) and OF_MAKER.search(page.text, end, max(at, end)):
            mine = "maker"
        mine = part_in_han(page, named, mine, part, page.text[start:end])
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


def _part_of(page: Page, named: Named, part: Part) -> Part:
    if part == "name":
        if named.found is None and (
            is_arabic_house(page, named.start) or ARABIC_FIRM.search(page.text, max(0, named.start - 10), named.start)
        ):
            return "maker"
        if BASED.match(page.text, named.end):
            return "origin"
        if page.text.strip(" 。!.\n") == "我是" + page.text[named.start : named.end]:
            return "name"
        if named.found is not None and not named.found.is_name:
            return "maker"
        if (named.found is None or named.found.is_maker) and POSSESSIVE.match(page.text, named.end):
            return "maker"
    return part


def _next(listener: Listener, named: Named, part: Part, *, undone: bool) -> tuple[Named, Part, bool] | None:
    """Return the name that is joined to this one: its maker, another maker, or what is true after a denial."""
    page, rules = listener.page, listener.rules
    if undone:
        turn = rules.contrast_pattern.match(page.text, skip(page, past(page, named.end)))
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
    path = rules.code == "zh" and follower is not None and page.text.startswith("/", follower.end)
    if denied or follower is None or path or TEAM.match(page.text, follower.end):
        return None
    if follower.found is None is named.found and part == "maker" and is_joint(listener, joint[0], follower):
        return follower, "maker", False
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
        owned = word in BY or (page.text.startswith("'s ", follower.end) and rules.code == "en")
        return follower, "maker" if follower.found.is_maker and owned else part, False
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
