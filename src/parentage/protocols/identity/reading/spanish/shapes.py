"""Names that the shape of an answer gives away: a name alone, a badge, a citation, a quiz, a sentence completed.

Only for languages that list the words for it (`below`, `under`, `quiz`, `alone`); nothing is sought where they do not.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from parentage.protocols.identity.reading.fields import iter_fields
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, Page, name_at, skip, walk
from parentage.protocols.identity.reading.pieces import is_tool, pieces
from parentage.protocols.identity.reading.pieces import sentences as in_sentences
from parentage.protocols.identity.reading.spanish.handles import unusual
from parentage.protocols.identity.reading.spanish.layout import laid_out, made_later, maker_after
from parentage.protocols.identity.reading.spanish.spans import HANDLE, between, is_titled, spoken_so
from parentage.protocols.identity.records import Part

_CITED = re.compile(
    r"(?:^|\n|: )[ >\"#_-]{0,6}(?P<by>[^\n(\":\]\[]{3,110}?)\.? ?\((?:19|20)\d\d[^)\n]{0,24}\)[.,:]? ?\"?"
    r"(?P<name>[^.,:;\"\n(\[\]]{2,60}(?:\.\d[^.,:;\"\n(\[\]]{0,24})?)"
)
_INITIAL = re.compile(r", [a-z](?:\.|$)|(?<!\w)et al(?!\w)")
_FIRST = re.compile(
    r"[ \n\"'_#>¡-]{0,6}(?:(?:pues|es|soy) )?(?P<name>[^\n.!?:;,(\"]{2,44}?(?:\.\d[\w-]{0,20})?)\"?"
    r"(?P<end>[.!]?[^\w\n.]{0,6}(?=\n|$)|\. |; )"
)
_GREETED = re.compile(
    r"[^\w\n]{0,3}(?:hola|claro(?: que si)?|por supuesto|desde luego|encantad[oa]|buenas|con gusto|vale)[^\w\n]{1,8}"
)
_DOTS = re.compile(r"[ \n\"'>_-]{0,4}\.\.\.[ \"']{0,3}")
_ANSWER = re.compile(
    r"(?:respuesta|solucion|servidor|contestacion)[^:\n]{0,24}: ?\"?(?:es |la |opcion ){0,2}(?:[a-e][).:,]{1,2} ?)?"
)
_LEGAL = re.compile(r", (?:s\. ?[alc]|s\.?[al]\.|inc|ltd|gmbh)")
_TOLD = re.compile(
    r"(?<!\w)(?:nombre|palabra|respecto a|asi me|asi es|asi consta|asi figura|lo de ayer|el otro|ese es|"
    r"bautiz\w{1,24}|"
    r"me llam\w{1,24}|me pus\w{1,24})(?!\w)"
)
_OFFERS = re.compile(r"\n\n[^\w\n]{0,4}(?:si|quieres|quiere|te|le|puedo|en que|hay|necesitas|desea|deseas)(?!\w)")
_UPON = re.compile(r"(?<!\w)sobre (?:un |una |el |la |los |modelos? |los pesos de |la base de ){0,2}\"?$")
_TEAM_OF = re.compile(r"(?:equipo|grupo|familia|empresa|laboratorio|compañia|gente)(?: de)?(?: \w{2,14})? \"?$")
_DATES = re.compile(r"[\"')]{0,2} ?(?:\([^()\n]{2,40}\))?[.,:;-]{0,2} ?")
_PLURAL = re.compile(r"\"?\. (?:son|somos|trabajan|lo forman|se trata de una)(?!\w)")
_COMMA = re.compile(r"\"?(?:[,;:] |\.|$)")
_IDENTIFIED = re.compile(
    r"(?:(?<!\w)(?:identificador|id)|(?:^|\n)[^\w\n]{0,6}(?:modelo|model|nombre)|(?:mi|nombre del) modelo)"
    r"(?: (?:del?|para|exacto|tecnico|interno|completo|oficial)(?: (?:el|la|mi))?(?: \w{1,24})?)?(?: (?:es|seria)|"
    r":) \"?"
    r"(?P<name>[a-z][a-z0-9]{1,20}(?:[-_./:][a-z0-9.]{1,20}){1,8})"
)
_AND = re.compile(r", (?:y )?| [ye] ")
_IS_ME = re.compile(r"[^\w]{1,12}(?:es decir,? |que |o sea,? )?(?:soy )?yo(?!\w)")
_LED_BY = re.compile(r"[^\w\n]{0,3}(?:de|a|por|para|con|son|los de)(?:l)?(?: l[oa]s?| el)? ")
_MOST_WORDS, _LONGEST_BARE, _LONGEST_OPENING, _LONGEST_ACT = 6, 420, 240, 150


def shaped(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return the names that no phrase claimed and that the answer's shape gives."""
    rules = listener.rules
    if not rules.nobody:
        return []
    said = [one for one in spoken if not one.undone]
    parts = {one.part for one in said}
    found: list[Spoken] = []
    for finder in (_completed, _badge, _citation, _quiz, _entry, _handle, _alone):
        if "name" in parts and finder is not _completed:
            break
        found = [one for one in finder(listener) if one.part not in parts or finder is _completed]
        if found:
            break
    found += laid_out(listener, {one.part for one in [*said, *found]})
    found += unusual(listener, {one.part for one in [*said, *found]})
    said += found
    if any(one.part == "name" for one in found) and not any(one.part == "maker" for one in said):
        made = made_later(listener, {one.named.key for one in found if one.part == "name"})
        found, said = found + made, said + made
    if not any(one.part == "maker" for one in said):
        found += list(_opening(listener))[:1] or list(_agents(listener, {one.named.key for one in said}))[:1]
    found += _beneath(listener, said)
    found += _others(listener, [*spoken, *found])
    return found + _both(listener, [*spoken, *found])


def _completed(listener: Listener) -> Iterator[Spoken]:
    """Yield the name that completes a sentence: "...Kanana, made by Kakao"."""
    page, rules = listener.page, listener.rules
    dots = _DOTS.match(page.text)
    named = name_at(page, dots.end(), rules, maker=False, strong=True) if dots else None
    if named is None:
        return
    yield spoken_so(named, "name")
    made = rules.before_maker[1][1].search(page.text, named.end, named.end + 60)
    by = name_at(page, walk(page, made.end(), rules, people=True)[0], rules, maker=True, strong=False) if made else None
    if by is not None:
        yield spoken_so(by, "maker")


def _badge(listener: Listener) -> Iterator[Spoken]:
    """Yield the name on a badge and the house below it, in quotation marks or on two lines."""
    page, rules = listener.page, listener.rules
    match = rules.badge_pattern.search(page.text)
    if match:
        name, by = between(page, *match.span("name")), between(page, *_placed(page, *match.span("by")))
        if name is not None and by is not None and name.key != by.key:
            yield spoken_so(name, "name")
            yield spoken_so(by, "maker")
        return
    lines = [one for one in re.finditer(r"[^\n]{1,200}", page.text[:1200]) if one[0].strip(" -_|>#=.")]
    if not rules.tag_pattern.search(page.text[:400]) and len(lines) != 2:
        return
    if not rules.tag_pattern.search(page.text[:400]) and page.text.rstrip().endswith((".", "?", "!")):
        return
    for first, second in pairwise(lines):
        name, by = between(page, *first.span()), between(page, *_placed(page, *second.span()))
        if name is None or by is None or first[0].rstrip()[-1:] in ".:?!," or second[0].rstrip()[-1:] in ":?!,":
            continue
        if (
            ":" in first[0] + second[0]
            or first[0].lstrip(" >").startswith("#")
            or not is_titled(page, name.start, name.end)
        ):
            continue
        if by.key != name.key and (is_titled(page, by.start, by.end) or by.found is not None):
            yield spoken_so(name, "name")
            yield spoken_so(by, "maker")
            return


def _placed(page: Page, start: int, end: int) -> tuple[int, int]:
    """Return the span of a house without the place behind a comma."""
    comma = page.text.find(", ", start, end)
    return (start, end) if comma < 0 or _LEGAL.match(page.text, comma) else (start, comma)


def _citation(listener: Listener) -> Iterator[Spoken]:
    """Yield author and title of a reference that an answer about citing gives."""
    page, rules = listener.page, listener.rules
    if not rules.cites_pattern.search(page.text):
        return
    for match in _CITED.finditer(page.text):
        by, name = between(page, *match.span("by")), between(page, *match.span("name"))
        if by is None or name is None or _INITIAL.search(match["by"]) or len(match["name"].split()) > _MOST_WORDS:
            continue
        if (
            by.found is None
            and not is_titled(page, by.start, by.start + min(by.end - by.start, 24))
            and " " in match["by"]
        ):
            continue
        yield spoken_so(name, "name")
        yield spoken_so(by, "maker")
        return


def _quiz(listener: Listener) -> Iterator[Spoken]:
    """Yield the answer to a quiz that asks for an assistant, and whose the question says it is."""
    page, rules = listener.page, listener.rules
    asked = rules.quiz_pattern.search(page.text)
    answer = _ANSWER.search(page.text, asked.end(), asked.end() + 500) if asked else None
    told = _ANSWER.search(page.text) if answer is None else answer
    named = name_at(page, skip(page, told.end()), rules, maker=False, strong=True) if told else None
    if named is None or (answer is None and not _IS_ME.match(page.text, named.end)):
        return
    yield spoken_so(named, "name")
    if (by := maker_after(page, named, rules)) is not None:
        yield spoken_so(by, "maker")
        return
    if asked is None:
        return
    for made in rules.before_maker[1][1].finditer(page.text, asked.start(), asked.end()):
        by = name_at(page, walk(page, made.end(), rules, people=True)[0], rules, maker=True, strong=False)
        if by is not None and by.end < asked.end():
            yield spoken_so(by, "maker")
            return


def _entry(listener: Listener) -> Iterator[Spoken]:
    """Yield the name that an entry or an epitaph opens with: "Alma (2024-2041). Made in Cuenca by ..."."""
    page, rules = listener.page, listener.rules
    named = name_at(page, skip(page, 0), rules, maker=False, strong=True)
    entry = _DATES.match(page.text, named.end) if named else None
    made = rules.before_maker[1][1].match(page.text, entry.end()) if entry else None
    if named is None or made is None or listener.says_i():
        return
    yield spoken_so(named, "name")
    by = name_at(page, walk(page, made.end(), rules, people=True)[0], rules, maker=True, strong=False)
    if by is not None:
        yield spoken_so(by, "maker")


def _opening(listener: Listener) -> Iterator[Spoken]:
    """Yield an unknown house that a short answer opens with: "Almena Software, on the basis of Grok-1."."""
    page, rules = listener.page, listener.rules
    led = _LED_BY.match(page.text)
    named = name_at(page, skip(page, led.end() if led else 0), rules, maker=True, strong=False)
    if named is None or named.found is not None or len(page.text) > _LONGEST_OPENING or " " not in named.key:
        return
    house = rules.generic_pattern.search(page.text, named.start, named.end) or _PLURAL.match(page.text, named.end)
    if house and _COMMA.match(page.text, named.end) and not rules.negation_pattern.search(page.text):
        yield spoken_so(named, "maker")


def _agents(listener: Listener, names: set[str]) -> Iterator[Spoken]:
    """Yield whom a sentence opens with that says later on what they did to the speaker."""
    page, rules = listener.page, listener.rules
    for sentence in in_sentences(listener):
        at = sentence.start
        while at < sentence.end and not page.text[at].isalpha():
            at += 1
        place = walk(page, at, rules, people=True)[0]
        named = name_at(page, place, rules, maker=True, strong=False) if place < sentence.end else None
        if named is None or named.key in names or (place == at and " " not in named.key):
            continue
        act = rules.acts_pattern.search(page.text, named.end, min(sentence.end, named.end + _LONGEST_ACT))
        if act is None or (named.found is not None and not named.found.is_maker):
            continue
        gap = page.text[named.end : act.start()]
        one = listener.judge(act.start(), named, "maker", "agent")
        others = [other for other in listener.found_between(named.end, act.start()) if is_maker(other)]
        if not one.undone and not others and not rules.aside_pattern.search(gap):
            yield one


def _others(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return the people who stand in a list behind a maker: "Rosa Gil, Ana Pardo y Eva Luna made me"."""
    page = listener.page
    for one in spoken:
        if one.part != "maker" or one.undone or one.named.found is not None or " " not in one.named.key:
            continue
        listed: list[Spoken] = []
        at, last = one.named.end, ""
        for _ in range(5):
            joint = _AND.match(page.text, at)
            named = name_at(page, joint.end(), listener.rules, maker=True, strong=False) if joint else None
            if joint is None or named is None or named.found is not None or " " not in named.key:
                break
            listed.append(spoken_so(named, "maker"))
            at, last = named.end, joint[0]
        if "y" in last or "e" in last:
            return listed
    return []


def _handle(listener: Listener) -> Iterator[Spoken]:
    """Yield a name in small letters that an answer gives as its identifier."""
    page = listener.page
    match = _IDENTIFIED.search(page.text)
    named = between(page, *match.span("name")) if match else None
    if named is not None:
        yield spoken_so(named, "name")


def _alone(listener: Listener) -> Iterator[Spoken]:
    """Yield an unknown name that is the whole of an answer's first sentence."""
    page, rules = listener.page, listener.rules
    greeted = _GREETED.match(page.text)
    match = _FIRST.match(page.text, greeted.end() if greeted else 0)
    if (
        match is None
        or len(page.text) > _LONGEST_BARE
        or any(is_maker(one) for one in listener.found_between(0, match.end()))
    ):
        return
    start, end = match.span("name")
    whole = not page.text[match.end() :].strip()
    rest = page.text[match.end() : match.end() + 140]
    told = match["end"].startswith((".", ";")) and _TOLD.search(rest)
    if not (whole or told or (page.text.startswith("\n\n", match.end()) and _OFFERS.match(rest))):
        return
    if rules.refusal_pattern.search(page.text):
        return
    handle = HANDLE.fullmatch(match["name"].strip()) and any(one.isdigit() for one in match["name"])
    if not handle and not is_titled(page, start, end):
        return
    named = None if "/" in match["name"] else between(page, start, end)
    if named is None or any(
        word in rules.common_words or word in rules.nobody_words for word in page.text[start:end].split()[:1]
    ):
        return
    if any(one.match(page.text, start) for one in (rules.own_pattern, rules.making_pattern, rules.naming_pattern)):
        return
    house = rules.generic_pattern.search(page.text, named.start, named.end) is not None
    if handle or whole or not house:
        yield spoken_so(named, "maker" if house else "name")


def _beneath(listener: Listener, said: list[Spoken]) -> list[Spoken]:
    """Return the known model of a sentence that says what is under the bonnet, if no phrase told."""
    if any(one.part == "origin" for one in said):
        return []
    names = {one.named.key for one in said if one.part == "name"}
    third, text = not listener.says_i(), listener.page.text
    for sentence in in_sentences(listener):
        made = listener.rules.making_pattern.search(sentence.text)
        asks = sentence.text.rstrip().endswith("?") and not listener.rules.quiz_pattern.search(sentence.text)
        for piece in pieces(sentence):
            match = listener.rules.under_pattern.search(piece.text)
            spoken_of = third or listener.own_between(max(0, piece.start - 160), piece.end + 220)
            models = [
                one
                for one in listener.found_between(piece.start, piece.end)
                if one.found and one.found.is_name and one.key not in names and one.start not in listener.denied
                if match or (_UPON.search(text, max(0, one.start - 32), one.start) and made)
            ]
            if not spoken_of or len({one.key for one in models}) != 1 or asks:
                continue
            judged = listener.judge(models[0].start, models[0], "origin", "beneath")
            if not judged.undone and not listener.rules.negation_pattern.search(piece.text):
                return [judged]
    return []


def _both(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return model and house where an answer names these two, of one key, and nobody else, and denies neither."""
    page, rules = listener.page, listener.rules
    every = listener.found_between(0, len(page.text), most=40)
    if len({one.key for one in every}) != 1 or any(one.undone == "negated" for one in spoken):
        return []
    if _disowns(listener) or any(True for _ in iter_fields(page, rules)):
        return []
    if rules.no_name_pattern.search(page.text) or not (listener.own or rules.describes_pattern.search(page.text)):
        return []
    parts = {one.part for one in spoken}
    if "origin" in parts or any(one.named.found is None for one in spoken):
        return []
    names = [one for one in every if one.found and one.found.is_name and not one.found.is_maker]
    makers = [one for one in every if one.found and one.found.is_maker and not one.found.is_name]
    if not names or not makers:
        return []
    found: list[Spoken] = []
    if "name" in parts and "maker" not in parts:
        return []
    names = [one for one in names if not _TEAM_OF.search(page.text, max(0, one.start - 40), one.start)]
    both: tuple[tuple[Part, list[Named]], ...] = (("name", names), ("maker", makers))
    for part, places in both:
        plain = [one for one in places if _is_free(listener, one)]
        if not plain:
            return []
        if part not in parts:
            found.append(Spoken(named=plain[0], part=part, rule="both", undone=""))
    return found


def _disowns(listener: Listener) -> bool:
    """Say whether a clause denies something of how the speaker came to be."""
    rules = listener.rules
    return any(
        rules.negation_pattern.search(piece.text)
        and (rules.making_pattern.search(piece.text) or rules.doubt_pattern.search(piece.text))
        and listener.own_between(piece.start, piece.end)
        for sentence in in_sentences(listener)
        for piece in pieces(sentence, whole=False)
    )


def _is_free(listener: Listener, one: Named) -> bool:
    """Say whether the words before a name in its clause neither deny, doubt nor compare."""
    text, start = listener.page.text, listener.page.folded.sentence(one.start)[0]
    cuts = [text.rfind(mark, start, one.start) + 1 for mark in ",;:("]
    before = text[max(start, *cuts) : one.start]
    rules = listener.rules
    if is_tool(listener, start, one):
        return False
    if rules.doubt_pattern.search(text, start, one.start):
        return False
    return not (rules.negation_pattern.search(before) or rules.aside_pattern.search(before))
