"""Finds the name that ends right before a phrase: "Stone Labs, a company of eleven, made me"."""

import bisect
import re

from parentage.protocols.identity.reading.houses import TRADED
from parentage.protocols.identity.reading.links import ASIDE, HAN_HOUSE, SEAT, SKIP_BACK, YEAR_BEFORE
from parentage.protocols.identity.reading.listener import Listener, is_maker
from parentage.protocols.identity.reading.names import HOUSE_FIRST, Named, Page, name_at, skip

_FIRMS = frozenset(["entreprise", "societe", "empresa", "company", "startup", "firma", "compania", "equipe", "equipo"])
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+) (?:d[aeo]s? |du |del |des )?$")
_LINE = re.compile(
    r"[\s|│┃├└╰┗┣─━+`>→↓▼#\"-]{0,60}(?:\d{1,2}[.)] ?)?(?P<name>[\u3400-\u9fff·]{2,8}|[\u0621-\u064a]{2,12}(?: "
    r"[\u0621-\u064a]{2,12})?)\"?"
)


def seated(listener: Listener, named: Named) -> Named:
    """Return the known maker before its seat: "the Technology Innovation Institute of Abu Dhabi made me"."""
    for one in listener.found_between(named.start - 60, named.start)[-1:]:
        if is_maker(one) and SEAT.fullmatch(listener.page.text, one.end, named.start):
            return one
    return named


def _before_aside(page: Page, end: int, at: int) -> int:
    """Return where a name ends before an apposition: "Stone Labs, a company of eleven, made me"."""
    if "," not in page.text[end:at]:
        return end
    start = page.text.rfind(",", max(page.folded.sentence(end)[0], end - 64), end)
    return start if start > 0 and ASIDE.match(page.text, start) else end


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


def name_before(listener: Listener, at: int) -> Named | None:
    """Return the name that ends right before `at`."""
    page = listener.page
    end = at
    while end > 0 and page.text[end - 1] in SKIP_BACK and at - end < 6:
        end -= 1
    year = YEAR_BEFORE.search(page.text, max(0, end - 12), end)
    end = year.start() if year else end
    end = _before_aside(page, end, at)
    traded = TRADED.search(page.text, max(page.folded.sentence(max(0, end - 1))[0], end - 64), end)
    end = traded.start() if traded else end
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
    words = 0
    for _ in range(6):
        left = max(page.text.rfind(" ", sentence, start - 1), sentence - 1) + 1
        if left < end and page.text[left].isascii() and page.folded.is_capital(left):
            start, words = left, words + 1
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
    if start >= end:
        return None
    for _ in range(2):
        first = page.text[start:end].split(" ")[0]
        bare = first.split("'")[-1]
        plain = bare in listener.rules.common_words or bare in _FIRMS
        if " " in page.text[start:end] and bare not in HOUSE_FIRST and plain:
            start = page.text.index(" ", start) + 1
        elif first != bare and bare in HOUSE_FIRST:
            start += len(first) - len(bare)
    named = name_at(page, skip(page, start), listener.rules, maker=words > 1, strong=False)
    return named if named is not None and named.end == end else None
