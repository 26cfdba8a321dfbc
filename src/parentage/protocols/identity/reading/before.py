"""Finds the name that ends right before a phrase: "Stone Labs, a company of eleven, made me"."""

import bisect
import re

from parentage.protocols.identity.reading.arabic.houses import house_before
from parentage.protocols.identity.reading.extent import HOUSE_FIRST, WEEKDAYS
from parentage.protocols.identity.reading.houses import TRADED
from parentage.protocols.identity.reading.links import ASIDE, HAN_HOUSE, SEAT, SKIP_BACK, YEAR_BEFORE
from parentage.protocols.identity.reading.listener import Listener, is_maker
from parentage.protocols.identity.reading.names import Named, Page, name_at, named_unknown, skip
from parentage.protocols.identity.reading.rules import fold_phrase

_FIRMS = frozenset(["entreprise", "societe", "empresa", "company", "startup", "firma", "compania", "equipe", "equipo"])
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+) (?:d[aeo]s? |du |del |des )?$")
_SIZE = re.compile(r"v?\d{1,3}(?:\.\d{1,3}){0,2}[bmk]?")
# Whose a name is, between it and the mark: "Zed (Stone Labs) <- me".
_GLOSSED = re.compile(r" {0,3}\([^()\n]{2,50}$")
_DENIED = re.compile(r", (?:and )?not (?:by )?[^,.;\n]{2,30}$")
# An identifier in small letters before a mark: "zed-7b-ada <- me".
_HANDLE = re.compile(r"(?<![\w./-])(?=[^\s]{0,40}\d)[a-z][a-z0-9]{1,20}(?:[-_.][a-z0-9]{1,20}){1,8}$")
# A place that ends what a house is: "Stone Labs, the little outfit in Leeds that raised me".
_OUTFIT_IN = re.compile(r", (?:an?|the) (?:[a-z-]+ ){1,4}(?:in|near|outside) (?:the )?$")
_PLACED = re.compile(r",? (?:(?:down|up|over|out|based|here|right) )?(?:in|at|near|outside) (?:the )?$")
_SEATED = re.compile(
    r",? ?(?:\(|- )?(?:com (?:sede|escritorio|base)|sediad[oa]|situad[oa]|localizad[oa]|estabelecid[oa]|basead[oa]) "
    r"(?:em|n[oa]) $|, (?:d[eoa]|em|ali em|la d[eoa]|aqui d[eoa]) $"
)
_NAME_ASIDE = re.compile(r"(?:ia|ai|llm)(?!\w)")
_LEGAL_DOT = re.compile(r" (?:s\.a|ltda|lda|inc|co)\.$")
_APPOSITION = re.compile(
    fold_phrase(
        r", (?:(?:um|uma|o|a) )?(?:\w+ )?(?:empresa|startup|start-up|editora|estudio|laboratorio|cooperativa|escola|"
        r"rede|grupo|coletivo|"
        r"agencia|consultoria|associaçao|instituto|fundaçao|universidade|livraria|farmacia|loja|casa|firma|companhia|"
        r"equipe|equipa|banco|"
        r"clinica|hospital|padaria|oficina|atelie|organizaçao|produtora|software house|fintech|engenheir[oa]|"
        r"programador[a]?|professor[a]?|"
        r"estudante|pesquisador[a]?|desenvolvedor[a]?|bibliotecari[oa]|d[eoa])(?!\w)"
    )
)
_OF_PLACE = ("de", "em", "do", "da", "no", "na")
_OF_HOUSE = re.compile(r", (?:\w+ )?d[aeo] $")
_OF_SOMEBODY = re.compile(r"(?<!\w)(?:d[aeo]s|d[ao]|n[ao]s?|pel[ao]s?) $")
_VERSION = re.compile(r"\d{1,3}(?:\.\d{1,2})?b?")
_PARTED = re.compile(r"[,!?] (?!(?:s\.?a|ltda|lda|inc|co|me|eireli|epp)(?!\w))")
_LINE = re.compile(
    r"[\s|│┃├└╰┗┣─━+`>→↓▼#\"-]{0,60}(?:\d{1,2}[.)] ?)?(?P<name>[\u3400-\u9fff·]{2,8}|[\u0621-\u064a]{2,12}(?: "
    r"[\u0621-\u064a]{2,12})?)\"?"
)
# In Arabic the verb opens the clause: in "my name is X, made me Y" the name before the comma is not who made.
_VERB_FIRST = re.compile(
    r"[\" )]{0,3}, ?(?:و|ف|وقد |لقد |قد )?(?!(?:و|ف)?(?:هي|هو|هم|التي|الذي|الذين|اللي|من|لولا)\w{0,2} )"
    r"\w{3,12}(?:ني|وني) "
)


def seated(listener: Listener, named: Named) -> Named:
    """Return the known maker before its seat: "the Technology Innovation Institute of Abu Dhabi made me"."""
    for one in listener.found_between(named.start - 60, named.start)[-1:]:
        if is_maker(one) and SEAT.fullmatch(listener.page.text, one.end, named.start):
            return one
    if listener.rules.places and (seat := _SEATED.search(listener.page.text, max(0, named.start - 28), named.start)):
        house = name_before(listener, seat.start())
        return house or named
    return named


def speaker_before(listener: Listener, at: int) -> Named | None:
    """Return the speaker's name that ends right before `at`, past its house: "Nimbus, of Stone Labs, here"."""
    named = name_before(listener, at)
    if not listener.rules.places or named is None or (named.found is not None and named.found.is_name):
        return named
    if named.found is None and _OF_SOMEBODY.search(listener.page.text, max(0, named.start - 6), named.start):
        return None
    link = _OF_HOUSE.search(listener.page.text, max(0, named.start - 24), named.start)
    return (name_before(listener, link.start()) if link else None) or named


def _before_aside(page: Page, end: int, at: int, *, places: bool) -> int:
    """Return where a name ends before an apposition: "Stone Labs, a company of eleven, made me".

    With `places` an apposition that is a name itself is kept: "a small firm, Stone Labs, made me".
    """
    if "," not in page.text[end:at]:
        return end
    start = page.text.rfind(",", max(page.folded.sentence(end)[0], end - 64), end)
    if page.text.startswith((", and ", ", any "), start):
        return end
    aside = ASIDE.match(page.text, start) if start > 0 else None
    if aside is not None and places and _NAME_ASIDE.match(page.text, aside.end()) is None:
        return end if page.folded.is_capital(aside.end()) else start
    return start if aside is not None else end


def _own_line(listener: Listener, end: int, at: int) -> Named | None:
    """Return the Chinese or Arabic name that has a line to itself before "(me)"."""
    page = listener.page
    line = page.text.rfind("\n", 0, end) + 1
    match = _LINE.fullmatch(page.text, line, end)
    if match is None or not any(mark in page.text[end : at + 1] for mark in "([<=-\u2190"):
        return None
    if any(word in listener.rules.common_words for word in match["name"].split(" ")):
        return None
    start, end = match.span("name")
    return Named(key="unknown:" + page.folded.piece(start, end).replace("*", ""), start=start, end=end, found=None)


def _in_house(page: Page, place: int) -> bool:
    """Say whether a model's name is part of a house's: "Ateliê Sabiá"."""
    one = page.found[place]
    word = _WORD_BEFORE.search(page.text, max(0, one.start - 24), one.start)
    if word is None or one.is_maker or word[1] not in HOUSE_FIRST:
        return False
    return page.folded.is_capital(word.start(1))


def _end_of_name(listener: Listener, end: int, at: int) -> int:
    """Return where the name ends before what stands between it and the phrase: its maker, a year, a trade, a denial."""
    page = listener.page
    english = listener.rules.code == "en"
    glossed = _GLOSSED.search(page.text, max(0, end - 60), end) if english and ")" in page.text[end:at] else None
    end = glossed.start() if glossed else end
    denied = _DENIED.search(page.text, max(0, end - 40), end) if english and "," in page.text[end:at] else None
    end = denied.start() if denied else end
    year = YEAR_BEFORE.search(page.text, max(0, end - 12), end)
    end = year.start() if year else end
    end = _before_aside(page, end, at, places=bool(listener.rules.places))
    traded = TRADED.search(page.text, max(page.folded.sentence(max(0, end - 1))[0], end - 64), end)
    # In "a retired engineer, Ada Lace, made me" the trade comes first and ends nothing.
    end = traded.start() if traded and (traded.end() >= end - 1 or not english) else end
    return end


def _first_word(listener: Listener, sentence: int, end: int) -> tuple[int, int]:
    """Return where the words in capitals before `end` begin, and how many they are."""
    page, start = listener.page, end
    english = listener.rules.code == "en"
    words = 0
    for _ in range(6):
        left = max(page.text.rfind(" ", sentence, start - 1), sentence - 1) + 1
        if words and listener.rules.places and _PARTED.search(page.text, left, end) and start < end:
            break
        numbered = not words and bool(listener.rules.places) and _VERSION.fullmatch(page.text, left, end) is not None
        closed = english and words and page.text[left:start].rstrip().endswith((",", '"', ")", ":", ";", "!", "?"))
        if closed and not (" & " in page.text[start:end] and page.text[left:start].rstrip().endswith(",")):
            break
        quoted = english and page.text[left] in "\"'(["
        left += quoted
        if not words and _SIZE.fullmatch(page.text, left, start) and left > sentence + 2:
            start = left
        elif left < end and page.text[left].isascii() and (page.folded.is_capital(left) or numbered):
            start, words = left, words + 1
            if quoted:
                break
        elif left + 2 < end and page.text[left : left + 2] in ("d'", "l'") and page.folded.is_capital(left + 2):
            start, words = left + 2, words + 1
            break
        elif (
            page.text[left:start].strip() in ("of", "de", "del", "da", "do", "das", "dos", "du", "des", "the", "y", "&")
            and words
        ):
            start = left
        else:
            break
    return start, words


def name_before(listener: Listener, at: int) -> Named | None:
    """Return the name that ends right before `at`, or before a short apposition in front of it."""
    named = _name_before(listener, at)
    if not listener.rules.places or (named is not None and not _in_apposition(listener, named)):
        return named
    text = listener.page.text
    end = at - 1 if text[at - 1 : at] == " " else at
    end -= text[end - 1 : end] == ","
    comma = text.rfind(", ", max(listener.page.folded.sentence(max(0, at - 1))[0], end - 64), end)
    if comma < 0 or listener.page.folded.is_capital(comma + 2) or not _APPOSITION.match(text, comma):
        return named
    return _name_before(listener, comma) or named


def _in_apposition(listener: Listener, named: Named) -> bool:
    """Say whether an unknown name only ends an apposition: "a firm of Turin"."""
    sentence = listener.page.folded.sentence(named.start)[0]
    comma = listener.page.text.rfind(", ", max(sentence, named.start - 48), named.start)
    aside = _APPOSITION.match(listener.page.text, comma) if comma > 0 else None
    return (
        named.found is None
        and aside is not None
        and listener.page.text[named.start - 4 : named.start].strip() in _OF_PLACE
    )


def _name_before(listener: Listener, at: int, *, placed_before: bool = True) -> Named | None:
    """Return the name that ends right before `at`, or with `placed_before` the house before a place that does."""
    page = listener.page
    end = at
    while end > 0 and page.text[end - 1] in SKIP_BACK and at - end < 6:
        end -= 1
    english = listener.rules.code == "en"
    end = _end_of_name(listener, end, at)
    place = bisect.bisect_left(page.found, end, key=lambda one: one.start) - 1
    if (
        place >= 0
        and page.found[place].end == end
        and page.found[place].start in page.at
        and not _in_house(page, place)
    ):
        one = page.found[place]
        return Named(key=one.key, start=one.start, end=one.end, found=one)
    start = end
    sentence = page.folded.sentence(max(0, end - 1))[0]
    if (alone := _own_line(listener, end, at)) is not None:
        return alone
    if not listener.rules.spaced:
        han = HAN_HOUSE.search(page.text, max(sentence, end - 20), end)
        return None if han is None else Named(key="unknown:" + han[1], start=han.start(1), end=end, found=None)
    if listener.rules.code == "ar" and "\u0600" <= page.text[max(0, end - 1)] <= "\u06ff":
        span = None if _VERB_FIRST.match(page.text, end) else house_before(page, end, max(sentence, end - 64))
        return None if span is None else named_unknown(page, *span)
    handle = _HANDLE.search(page.text, max(sentence, end - 60), end) if english else None
    if handle is not None:
        return named_unknown(page, handle.start(), end)
    start, words = _first_word(listener, sentence, end)
    if start >= end or not (words or start < end):
        return None
    for _ in range(2):
        first = page.text[start:end].split(" ")[0]
        bare = first.split("'")[-1]
        plain = bare in listener.rules.common_words or bare in _FIRMS
        plain = plain and not (bare in WEEKDAYS and page.text.endswith("the ", 0, start))
        if " " in page.text[start:end] and bare not in HOUSE_FIRST and plain:
            start = page.text.index(" ", start) + 1
        elif first != bare and bare in HOUSE_FIRST:
            start += len(first) - len(bare)
    outfit = _OUTFIT_IN.search(page.text, max(sentence, start - 60), start) if english and placed_before else None
    if outfit is not None:
        return _name_before(listener, outfit.start(), placed_before=False)
    placed = (
        _PLACED.search(page.text, max(sentence, start - 40), start) if words and english and placed_before else None
    )
    if placed is not None:
        house = _name_before(listener, placed.start(), placed_before=False)
        if house is not None and " " in page.text[house.start : house.end]:
            return house
    opening = not page.text[sentence:start].strip(" \"'(-")
    if words == 1 and opening and english and page.text[end - 1] == "s" and page.cased:
        return None
    named = name_at(page, skip(page, start), listener.rules, maker=words > 1, strong=False)
    if named is not None and listener.rules.places and _LEGAL_DOT.search(page.text, named.start, end):
        return named
    return named if named is not None and named.end == end else None
