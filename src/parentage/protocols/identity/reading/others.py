"""Says of a phrase that it is about somebody else, or only tells more of a maker that was named before it.

Also what stands between a phrase and the name that it leads to: a title, a place.
"""

import re
from collections.abc import Collection, Iterator

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.english.plate_words import CALLED_HOUSE
from parentage.protocols.identity.reading.han.words import FIRM_END
from parentage.protocols.identity.reading.links import (
    APPOSES,
    BY_LATER,
    CALL_ME,
    COMPANY_OF,
    DETERMINED,
    EXISTS,
    HAN_FIRM,
    HERE,
    HERE_ENDS,
    HERE_IS,
    HOUSE,
    HOUSE_NAME,
    KNOWS,
    LABELLED,
    ROLE,
    SUCH,
    THAT_IS_ME,
    TITLE_WORD,
    TURNED,
)
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, Page, is_arabic_house, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.rules import LanguageRules, fold_phrase
from parentage.protocols.identity.records import Part

_QUOTED_HOUSE = re.compile('"(?:[\u3400-\u9fff]{0,2}店|公司|工作室|团队|小组|书局|工坊|实验室|社区)的')
_PLACED = re.compile(
    r" en [a-z' -]{3,28}(?: \([^()\n]{2,24}\))?,? (?:por|l[oa]s?|el|de)(?!\w)| de [a-z-]{3,16} (?:que se llaman?|"
    r"llamad[oa]s?)"
)
_HOUSE_OF = re.compile(
    r", (?:una?|la|el) (?:\w+ ){0,2}?(?P<house>\w{3,16}) (?:\w+ )?(?:de|en) [a-z]{3,14}(?: [a-z]{3,14}){0,2},? ?$"
)

_GOES_NO_FURTHER = re.compile(
    r"[\"')]{0,2}(?:[.,;:!)\n]|$| (?:who|that|in|at|of|together|for|on|over|during|with|last|as|using|to)(?!\w))"
)
_AND_BEFORE = re.compile(r" (?:and|&) (?:the )?$")
_ARTICLE = re.compile(r"(?:an?|the|its|our|their|his|her|my) ")
_DESCRIBING = re.compile(r"[a-z][a-z'-]{1,24},? (?=[a-z])")
_RELATIVE = re.compile(
    r"(?<!\w)(?:who|that|which|of|in|at|for|from|with|and|or|by|to|on|as|than|like|is|was|are|i|you|they|we|it|"
    r"people|users?|fans?|me|my|calls?|called|named|says?|has|have|had|did|gave|made|own|not|no|just|also|when|where|"
    r"because|but|so)(?!\w)"
)
_NO_MORE = re.compile(
    r"[\"')]{0,2}(?:[.,;:!)\n]|$| (?:in|at|of|from|who|that|and|to|for|on|as|with|during|over|last)(?!\w))"
)
_COMES = re.compile(r"(?:come|came|hail|originat|straight)")
# What was there before the speaker is not the speaker: "before me there was a bot called Zed".
_FORMER = re.compile(r"(?<!\w)(?:before me|my predecessors?|took over from|takes over from|replac(?:ed|es|ing))(?!\w)")
# Who owns or runs a maker that was named right before is not the speaker's maker: "by Zed Labs, which is owned by ...".
_MAKER_IS = re.compile(
    r"(?<!\w)(?:by|from|at|of|for) (?:the )?[^,;.:\n]{2,40},? (?:which|that|who|itself)(?: is| was| are)? "
    r"?(?:itself |now |part )?$"
)
# Who wrote what the speaker talks of: "the paper ..., written by eight people at Zed Labs".
_WRITTEN = re.compile(r"(?<!\w)(?:papers?|articles?|books?|novels?|stud(?:y|ies)|poems?|songs?)(?!\w)")
_WROTE = re.compile(r"(?:written|published|introduced|described|authored|proposed)")
_FAMILY = re.compile(r" (?:models|series)$")
_WROTE_BY = re.compile(r"(?:written|published|introduced|described|authored|proposed) by [a-z ]{0,20}$")
_OF_THEIRS = re.compile(r"(?<!\w)(?:his|her|their) [a-z ]{0,24}$")
# What is no model, behind what was taken for one: "Zed's ...", "the Zed and Foo libraries".
_NO_MODEL = re.compile(
    r"'s(?!\w)| (?:and [a-z][\w-]{1,20} )?(?:librar(?:y|ies)|frameworks?|codebase|platform|architecture|datasets?|"
    r"corpus|"
    r"tokeni[sz]er|papers?|toolkit|api)(?!\w)"
)
_DOING = re.compile(r" ?[a-z]{3,14}ing (?!(?:corp|labs?|inc|co)(?!\w))")
_THE_NAME = re.compile(r"(?<!\w)(?:my|the|this|that|our|whose|its) (?:full |first )?name(?!\w)")


def only_exists(listener: Listener, at: int) -> bool:
    """Say whether a clause without a word for the speaker only says that there is somebody called so."""
    text = listener.page.text
    start = max(text.rfind(mark, max(0, at - 80), at) for mark in ",;.:\n") + 1
    return EXISTS.search(text, start, at) is not None and not listener.own_between(start, at)


def knows_another(listener: Listener, at: int) -> bool:
    """Say whether the sentence began by saying that the speaker knows somebody: "I know Zed, an assistant of ..."."""
    start = listener.page.folded.sentence(at)[0]
    return KNOWS.match(listener.page.text, skip(listener.page, start)) is not None


def turned(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether what stands before "made me" is no maker, but the maker follows: "I am Nora, me hizo Luz de Mar"."""
    page, rules = listener.page, listener.rules
    if TURNED.match(page.text, match.end()):
        return True
    of_place = _HOUSE_OF.search(page.text, max(0, match.start() - 80), match.start()) if rules.nobody else None
    if of_place is not None and rules.generic_pattern.fullmatch(of_place["house"]):
        return True
    if not rules.nobody or not page.text.startswith(", me ", max(0, match.start() - 2)):
        return False
    at = walk(page, match.end(), rules, people=True)[0]
    return name_at(page, at, rules, maker=True, strong=False) is not None


def holds_name(page: Page, rules: LanguageRules, match: re.Match[str]) -> bool:
    """Say whether a phrase of plain words runs over a name: "empresa Luz de", of "Luz de Mar"."""
    if rules.nobody and _PLACED.search(match[0]):
        return False
    opening = not page.text[page.folded.sentence(match.start())[0] : match.start()].strip(" \"'(-")
    places = [match.start() + one.end() for one in re.finditer(" ", match[0])]
    places += [] if opening else [match.start()]
    return (
        rules.spaced
        and "," not in match[0]
        and any(
            page.text[at].isascii()
            and page.folded.is_capital(at)
            and re.split(r"[^\w']", page.text[at : at + 24])[0] not in rules.common_words | rules.place_words
            for at in places
            if at < match.end()
        )
    )


def is_place(named: Named, rules: LanguageRules) -> bool:
    """Say whether an unknown name consists of words for places alone, where the language lists them."""
    if named.found is not None or not rules.places:
        return False
    words = re.split(r"[ -]", fold_phrase(named.key.removeprefix("unknown:")))
    return all(word in rules.place_words for word in words)


def is_apposed(listener: Listener, match: re.Match[str], named: Named) -> bool:
    """Say whether a phrase only tells more of a maker named before it: "xAI, the company of ..."."""
    if is_place(named, listener.rules):
        return True
    at = match.start()
    after = listener.found_between(named.end, named.end + 6)
    beside = bool(after) and is_maker(after[0]) and "," in listener.page.text[named.end : after[0].start]
    if beside and COMPANY_OF.match(match[0]):
        return True
    before = [one for one in listener.found_between(at - 40, at) if is_maker(one)]
    comma = listener.page.text.rfind(",", max(0, at - 24), at)
    if comma > 0 and not before and COMPANY_OF.match(match[0]) and APPOSES.fullmatch(listener.page.text, comma, at):
        return listener.rules.code == "ar" or name_before(listener, comma) is not None
    return (
        bool(before and COMPANY_OF.match(match[0]))
        and APPOSES.fullmatch(listener.page.text, before[-1].end, at) is not None
    )


def speaks_of_another(listener: Listener, at: int) -> bool:
    """Say whether the words before a phrase, since the last word for the speaker, call it another model."""
    pattern = listener.rules.others_pattern
    if pattern is None:
        return False
    start = max(listener.page.folded.sentence(at)[0], at - 80)
    return pattern.search(listener.page.text, start, at) is not None and not listener.own_between(start, at)


def speaks_of_name(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether not the speaker is from there: "My name, Tam, comes from Cornwall", "Zed Labs, which is run by Y"."""
    text, at = listener.page.text, match.start()
    if listener.rules.code != "en":
        return False
    sentence = listener.page.folded.sentence(at)[0]
    if _MAKER_IS.search(text, max(sentence, at - 72), at):
        return True
    wrote = _WROTE.match(match[0]) or _WROTE_BY.search(text, max(sentence, at - 40), at)
    if wrote and _WRITTEN.search(text, max(sentence, at - 100), at):
        return True
    # Somebody else's project or work at a house is not the house's assistant.
    if _OF_THEIRS.search(text, max(sentence, at - 40), at) and match[0].endswith((" at", " in", " within")):
        return True
    # "By doing so" tells how, not by whom.
    if (
        match[0].endswith("by")
        and _DOING.match(text, match.end())
        and not listener.page.folded.is_capital(match.end() + 1)
    ):
        return True
    if _COMES.match(match[0]) is None:
        return False
    if text.endswith(", who ", 0, at) or (text.endswith(("it ", "which "), 0, at) and listener.says_i()):
        return True
    start = max(listener.page.folded.sentence(match.start())[0], match.start() - 48)
    return _THE_NAME.search(listener.page.text, start, match.start()) is not None


def is_no_model(page: Page, named: Named, start: int) -> bool:
    """Say whether an unknown origin is whose the model is, a library, or what one finds written somewhere."""
    return _NO_MODEL.match(page.text, named.end) is not None or " find" in page.text[start : named.start]


def calls_house(phrase: str, led: str, rules: LanguageRules) -> bool:
    """Say whether what is called so is a house or somebody, not a model: "a collective of teachers called Zed"."""
    if "باسم" in phrase:
        return False
    if HOUSE.search(led) or HAN_FIRM.search(led):
        return True
    ends = len(led + phrase)
    return rules.code == "en" and any(one.end() >= ends for one in CALLED_HOUSE.finditer(led + phrase + " "))


def is_house(listener: Listener, named: Named) -> bool:
    """Say whether a name that no list knows is marked as a house's: "we are Zed Software"."""
    if listener.rules.code == "en":
        return any(one.start == named.start for one in listener.houses)
    return is_arabic_house(listener.page, named.start)


def is_for(page: Page, phrase: str, named: Named) -> bool:
    """Say whether "an assistant for X" names no house but those who are served: one word is no house there."""
    if _FAMILY.search(page.text, named.start, named.end):
        return True
    return (
        phrase.endswith((" for", "began at", "started at", "begins at", "starts at"))
        and " " not in page.text[named.start : named.end]
    )


def past_title(page: Page, end: int, at: int, rules: LanguageRules) -> int:
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


def past_place(listener: Listener, named: Named) -> Named | None:
    """Return the maker where a place comes first: "developed in Toronto by Cohere"; a house can be such a place."""
    page, rules = listener.page, listener.rules
    start = named.start - (10 if rules.code == "ar" else 0)
    if HOUSE_NAME.search(page.text, start, named.end) or rules.is_house(page.text, named.start, named.end):
        return named
    by = BY_LATER.match(page.text, named.end)
    if by is None or "fundad" in by[0]:
        return None
    return name_at(page, walk(page, by.end(), rules, people=True)[0], rules, maker=True, strong=False, led=by[0])


def is_joint(listener: Listener, joint: str, follower: Named) -> bool:
    """Say whether a second maker that no list knows is joined to the first: "by Ada Lace and Lena Frost"."""
    if listener.rules.code != "en" or joint.strip() not in ("and", "&", "together with", "along with", "jointly with"):
        return False
    text = listener.page.text
    return " " in text[follower.start : follower.end] and _GOES_NO_FURTHER.match(text, follower.end) is not None


def joint_makers(listener: Listener, named: Named) -> Iterator[Spoken]:
    """Yield the first of two makers: "Ada Lace and Lena Frost built me"."""
    joint = _AND_BEFORE.search(listener.page.text, max(0, named.start - 16), named.start)
    if listener.rules.code != "en" or joint is None or " " not in listener.page.text[named.start : named.end]:
        return
    first = name_before(listener, joint.start())
    if first is not None and " " in listener.page.text[first.start : first.end]:
        yield listener.judge(first.start, first, "maker", "maker-first")


def model_of(listener: Listener, named: Named) -> Named:
    """Return the model where its maker comes first: "based on Meta's Llama"."""
    model = named.found is not None and named.found.is_name
    if model or (named.found is None and listener.rules.code != "zh"):
        return named
    text = listener.page.text
    for one in listener.found_between(named.end, named.end + 40):
        between = text[named.end : one.start]
        if one.found is not None and one.found.is_name and "," not in between and ("的" in between or "'s " in between):
            return one
    return named


def part_in_han(page: Page, named: Named, mine: Part, part: Part, phrase: str) -> Part:
    """Return what a Chinese phrase makes of a name: "this is" (on the telephone) a house, "call me" a name."""
    if mine == "name" and named.found is None and HERE_IS.search(phrase):
        return "maker" if FIRM_END.search(page.text[named.start : named.end]) else mine
    if mine == "name" and named.found is None and _QUOTED_HOUSE.match(page.text, named.end):
        return "maker"
    called = part == "name" and CALL_ME.search(page.text, max(0, named.start - 8), named.start)
    return "name" if called else mine


def within(listener: Listener, spoken: list[Spoken]) -> set[int]:
    """Return where known names stand that are only part of a Chinese speaker's own: "Gemma-小满"."""
    if listener.rules.code != "zh":
        return set()
    unknown = [one.named for one in spoken[:24] if one.named.found is None and not one.undone]
    return {known.start for one in unknown for known in listener.found_between(one.start, one.end)}


def past(page: Page, at: int) -> int:
    """Return where the next word begins behind what closes a name."""
    while at < len(page.text) and page.text[at] in " ,\"');,":
        at += 1
    return at


def is_part(key: str, part: Part, others: Collection[str]) -> bool:
    """Say whether an unknown name is only a part of a maker's longer one; in Chinese that of a maker alone."""
    within = part == "maker" and key[8:9] >= "\u3400"
    if part == "name":
        others = [one for one in others if one[len(key) + 1 : len(key) + 2] < "\u3400"]
    return any(one.startswith(key + " ") or (within and one != key and key[8:] in one[8:]) for one in others)


def is_role(listener: Listener, start: int, at: int) -> bool:
    """Say whether "as X" goes on as the speaker's role does: "As ChatGPT, I ...", unlike "As Google says, I ..."."""
    text = listener.page.text
    if HERE.match(text, start) and HERE_ENDS.match(text, at) and not text[start - 2 : start].strip(" \n\"'(!.,:;-"):
        return True
    if LABELLED.search(text, max(listener.page.folded.sentence(start)[0], start - 32), start):
        return False
    if SUCH.search(text, max(0, start - 8), start):
        return False
    beside = listener.own_between(at, at + 3) or ROLE.match(text, at) is not None
    return beside and listener.own_between(at, at + 40)


def is_named_self(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether "called ..." is about the speaker: "a robot called Nimbus. That is me!" is."""
    text = listener.page.text
    if listener.rules.code == "en" and _FORMER.search(
        text, listener.page.folded.sentence(match.start())[0], match.start()
    ):
        return False
    if not listener.origins.keys().isdisjoint(range(match.end(), match.end() + 4)):
        return False
    if listener.is_own(match.start(), past_makers=True):
        return True
    return THAT_IS_ME.search(listener.page.text, match.end(), match.end() + 120) is not None


_NOMINAL = re.compile("(?:و|ف)?(?:ال)?(?:نسخه|اصدار|جزء|عضو|من (?:عائله|سلسله|فئه))")


def nobody_else(listener: Listener, at: int, part: Part) -> bool:
    """Say of an Arabic origin whether its sentence names nobody before it who could be built on it: "they took X"."""
    if part != "origin" or listener.rules.code != "ar" or _NOMINAL.match(listener.page.text, at):
        return False
    start = listener.page.folded.sentence(at)[0]
    return not listener.found_between(start, at)


def past_description(listener: Listener, at: int) -> Named | None:
    """Return the maker after words that describe it: "by the Tallinn-based cooperative Soolaht"."""
    page = listener.page
    article = _ARTICLE.match(page.text, at)
    place = article.end() if article else at
    for _ in range(5):
        word = _DESCRIBING.match(page.text, place)
        if word is None or _RELATIVE.match(word[0]):
            return None
        place = word.end()
        if page.folded.is_capital(place):
            break
    else:
        return None
    named = name_at(page, place, listener.rules, maker=True, strong=False)
    if named is None or (named.found is not None and not named.found.is_maker):
        return None
    return named if _NO_MORE.match(page.text, named.end) else None
