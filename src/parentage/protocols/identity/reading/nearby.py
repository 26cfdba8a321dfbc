"""Claims that no phrase states whole: a sentence that speaks of the speaker, of making and of one maker alone.

Only what the phrases left open is sought here, of known names, in sentences without denial, doubt or comparison.
"""

import re
from itertools import pairwise

from parentage.protocols.identity.reading.arabic.forms import arabic_forms
from parentage.protocols.identity.reading.links import HOUSE, TEAM, THAT_IS_ME
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.reading.pieces import Piece, is_plain, is_tool, linked, pieces
from parentage.protocols.identity.reading.pieces import sentences as in_sentences
from parentage.protocols.identity.reading.spanish.shapes import shaped
from parentage.protocols.identity.records import Part

_NEAR = 48
_BESIDE = 90
_LONGEST_POINTING = 28
_LONGEST_HEADING = 16
_THEY = re.compile(
    r"(?<!\w)(?:they|he|she|who|those|these people|ils|elles|eux|elle|celui|ceux|eles|elas|ela|ele|ellos|ellas|"
    r"me (?:\w+aron|"
    r"\w+ieron|\w+aram|\w+eram|\w+iram)|\w+(?:aron|ieron|aram|eram)(?:-me)?|هم|هي|هو|\w+وني|\w+تني)(?!\w)|[他她]们?"
)
_OWNING = re.compile(r"'s |的|旗下的?")
_CITED = re.compile(r"[.,]? ?\(?(?:19|20)\d\d[a-z]?\)?[.,:]? ?")


def nearby(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return claims of the parts that no phrase claimed."""
    forms = arabic_forms(listener, spoken) if listener.rules.code == "ar" else []
    found = [*shaped(listener, spoken), *forms]
    said = [one for one in [*spoken, *found] if not one.undone]
    taken = {one.named.start for one in said}
    parts = {one.part for one in said}
    sentences = in_sentences(listener)
    names = {one.named.key for one in said if one.part == "name"}
    origins = {one.named.key for one in said if one.part == "origin"} - names
    if "origin" not in parts:
        found += _origins(listener, sentences, names)
        origins |= {one.named.key for one in found}
    if "name" not in parts:
        named = (
            _name(listener, sentences, origins)
            or _pointed_at(listener, sentences)
            or _answered(listener, sentences, "name")
        )
        named = [one for one in named if one.named.start not in taken]
        found += named
        names |= {one.named.key for one in named}
    if "maker" not in parts:
        made = _maker(listener, sentences, names, origins) or _answered(listener, sentences, "maker")
        made = [one for one in made if one.named.start not in taken]
        found += (
            made
            or _told_before(listener, sentences)
            or _of_its_name(listener, sentences, names, [*said, *found])
            or _only_house(listener, sentences)
        )
    return found


def _speaks_of(listener: Listener, piece: Piece, words: re.Pattern[str]) -> int | None:
    """Return where a piece has one of the words beside a word for the speaker, or None."""
    for match in words.finditer(piece.text):
        at = piece.start + match.start()
        if listener.in_name(at):
            continue
        if listener.own_between(max(piece.start, at - _NEAR), min(piece.end, piece.start + match.end() + _NEAR)):
            return at
    return None


def _named(listener: Listener, piece: Piece, part: Part) -> list[Named]:
    """Return the known names of a piece that can be such a part and are nobody's tool or wares."""
    text = listener.page.text
    named = []
    houses = [one for one in listener.houses if piece.start <= one.start < piece.end] if part == "maker" else []
    named += [one for one in houses if not is_tool(listener, piece.start, one)]
    for one in listener.found_between(piece.start, piece.end):
        fits = one.found is not None and (one.found.is_maker if part == "maker" else one.found.is_name)
        before = text[max(piece.start, one.start - 20) : one.start]
        if part != "maker" and TEAM.match(text, one.end):
            continue
        if part == "name" and HOUSE.search(before.rstrip() + " "):
            continue
        if fits and (part == "origin" or not is_tool(listener, piece.start, one)):
            named.append(one)
    return named


def _judged(listener: Listener, named: Named, part: Part, *, doubtful: bool = False) -> list[Spoken]:
    one = listener.judge(named.start, named, part, "nearby")
    if doubtful and one.undone == "other":
        one = Spoken(named=named, part=part, rule="nearby", undone="")
    return [] if one.undone or named.start in listener.denied else [one]


def _origins(listener: Listener, sentences: list[Piece], names: set[str]) -> list[Spoken]:
    for sentence in sentences:
        for piece in pieces(sentence):
            rules = listener.rules
            if not is_plain(listener, piece) or _speaks_of(listener, piece, rules.grounds_pattern) is None:
                continue
            if rules.my_name_pattern.search(piece.text):
                continue
            named = [one for one in _named(listener, piece, "origin") if one.key not in names]
            judged = [spoken for one in named for spoken in _judged(listener, one, "origin")]
            if judged:
                return judged
    return []


def _name(listener: Listener, sentences: list[Piece], origins: set[str]) -> list[Spoken]:
    for sentence in sentences:
        for piece in pieces(sentence):
            if not is_plain(listener, piece) or _speaks_of(listener, piece, listener.rules.naming_pattern) is None:
                continue
            named = [one for one in _named(listener, piece, "name") if one.key not in origins]
            if len({one.key for one in named}) == 1:
                return _judged(listener, named[0], "name")
    return []


def _maker(listener: Listener, sentences: list[Piece], names: set[str], origins: set[str]) -> list[Spoken]:
    for sentence in sentences:
        for piece in pieces(sentence):
            if not is_plain(listener, piece):
                continue
            at = _speaks_of(listener, piece, listener.rules.making_pattern)
            if at is None:
                continue
            named = [
                one
                for one in _named(listener, piece, "maker")
                if abs(one.start - at) <= _BESIDE and (one.key not in origins or one.key in names)
            ]
            others = {
                one.key
                for one in listener.found_between(piece.start, piece.end)
                if one.found and not one.found.is_maker
            }
            named = [one for one in named if one.key in names or one.key not in others]
            keys = {one.key for one in named}
            if len(keys) > 1:
                named = [one for one in named if one.key in names]
                keys &= names
            if len(keys) == 1:
                return _judged(listener, named[0], "maker")
    return []


def _pointed_at(listener: Listener, sentences: list[Piece]) -> list[Spoken]:
    """Return the one name before a sentence that says no more than "that's me"."""
    for before, after in pairwise(sentences):
        if len(after.text.strip()) > _LONGEST_POINTING or not THAT_IS_ME.search(after.text.strip() + "."):
            continue
        named = _named(listener, before, "name")
        if len({one.key for one in named}) == 1 and is_plain(listener, before) and is_plain(listener, after):
            return _judged(listener, named[0], "name")
    return []


def _answered(listener: Listener, sentences: list[Piece], part: Part) -> list[Spoken]:
    """Return the answer to a question that the speaker asks itself: "Who made me? Google did."."""
    rules = listener.rules
    words = rules.making_pattern if part == "maker" else rules.naming_pattern
    for asked, answer in pairwise(sentences):
        if not asked.text.rstrip(" \"')").endswith("?") or answer.start - asked.end > 2:
            continue
        brief = part == "name" and len(asked.text.strip()) <= _LONGEST_HEADING and words.search(asked.text)
        if not (brief or _speaks_of(listener, asked, words) is not None) or not is_plain(listener, answer):
            continue
        named = [one for one in _named(listener, answer, part) if one.start - answer.start <= 14]
        if named and not listener.found_between(asked.start, asked.end):
            return _judged(listener, named[0], part)
    return _explained(listener, sentences) if part == "name" else []


def _explained(listener: Listener, sentences: list[Piece]) -> list[Spoken]:
    """Return the name that an answer about its name explains: 'Who chose my name? ... "Claude" may honour ...'."""
    text = listener.page.text
    for place, about in enumerate(sentences):
        if not listener.rules.my_name_pattern.search(about.text) or listener.rules.aside_pattern.search(about.text):
            continue
        for sentence in sentences[max(0, place - 2) : place + 4]:
            quoted = [
                one
                for one in _named(listener, sentence, "name")
                if text[max(0, one.start - 2) : one.start].strip() == '"'
            ]
            if quoted and not listener.rules.negation_pattern.search(sentence.text):
                return [Spoken(named=quoted[0], part="name", rule="nearby", undone="")]
    return []


def _told_before(listener: Listener, sentences: list[Piece]) -> list[Spoken]:
    """Return the house that a sentence names of which the next says "they made me"."""
    rules = listener.rules
    for before, after in pairwise(sentences):
        if not is_plain(listener, after):
            continue
        if listener.found_between(after.start, after.end) or _speaks_of(listener, after, rules.making_pattern) is None:
            continue
        named = _named(listener, before, "maker")
        if not all(is_plain(listener, part) for part in _around(before, named)):
            continue
        unknown = len(named) == 1 and named[0].found is None
        alone = len(named) == 1 and len(before.text.strip(" .!\"'\n")) - (named[0].end - named[0].start) <= 4
        if len({one.key for one in named}) == 1 and (alone or unknown or rules.houses_pattern.search(before.text)):
            return _judged(listener, named[0], "maker")
    return []


def _around(sentence: Piece, named: list[Named]) -> list[Piece]:
    """Return the clauses that hold the names, or the sentence if it has none."""
    clauses = [
        part
        for part in pieces(sentence, whole=False)
        if any(part.start <= one.start < part.end or part.start <= one.end - 1 < part.end for one in named)
    ]
    return clauses or [sentence]


def _only_house(listener: Listener, sentences: list[Piece]) -> list[Spoken]:
    """Return the one house of an answer that says "they made me" and names nobody else who could have."""
    if len({one.key for one in listener.houses}) != 1 or not listener.houses:
        return []
    house = listener.houses[0]
    if any(is_maker(one) for one in listener.found_between(0, len(listener.page.text), most=40)):
        return []
    held = [one for one in sentences if one.start <= house.start < one.end]
    if not held or not all(is_plain(listener, part) for part in _around(held[0], [house])):
        return []
    for sentence in sentences:
        if sentence.start < house.start or not is_plain(listener, sentence):
            continue
        if _THEY.search(sentence.text) and _speaks_of(listener, sentence, listener.rules.making_pattern) is not None:
            return _judged(listener, house, "maker")
    return []


def _of_its_name(listener: Listener, sentences: list[Piece], names: set[str], said: list[Spoken]) -> list[Spoken]:
    """Return the maker that belongs to the claimed name, where a sentence speaks of making or of a house."""
    rules = listener.rules
    taken = {one.named.start for one in said}
    text = listener.page.text
    for sentence in sentences:
        for piece in pieces(sentence):
            if rules.negation_pattern.search(piece.text) or rules.aside_pattern.search(piece.text):
                continue
            for one in _named(listener, piece, "maker"):
                if one.key not in names or one.start in taken:
                    continue
                owning = _OWNING.match(text, one.end)
                owns = owning is not None and owning.end() in taken
                if (
                    _CITED.match(text, one.end)
                    or linked(listener, one)
                    or owns
                    or rules.making_pattern.search(piece.text)
                    or rules.houses_pattern.search(piece.text)
                ):
                    return _judged(listener, one, "maker", doubtful=True)
    return []
