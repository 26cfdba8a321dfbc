"""Finds the name that ends right before a phrase: "Stone Labs, a company of eleven, made me"."""

import bisect

from parentage.protocols.identity.reading_links import ASIDE, HAN_HOUSE, SEAT, SKIP_BACK, YEAR_BEFORE
from parentage.protocols.identity.reading_listener import Listener, is_maker
from parentage.protocols.identity.reading_names import Named, Page, name_at, skip


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


def name_before(listener: Listener, at: int) -> Named | None:
    """Return the name that ends right before `at`."""
    page = listener.page
    end = at
    while end > 0 and page.text[end - 1] in SKIP_BACK and at - end < 6:
        end -= 1
    year = YEAR_BEFORE.search(page.text, max(0, end - 12), end)
    end = year.start() if year else end
    end = _before_aside(page, end, at)
    place = bisect.bisect_left(page.found, end, key=lambda one: one.start) - 1
    if place >= 0 and page.found[place].end == end and page.found[place].start in page.at:
        one = page.found[place]
        return Named(key=one.key, start=one.start, end=one.end, found=one)
    start = end
    sentence = page.folded.sentence(max(0, end - 1))[0]
    if not listener.rules.spaced:
        han = HAN_HOUSE.search(page.text, max(sentence, end - 20), end)
        return None if han is None else Named(key="unknown:" + han[1], start=han.start(1), end=end, found=None)
    words = 0
    for _ in range(6):
        left = max(page.text.rfind(" ", sentence, start - 1), sentence - 1) + 1
        if left < end and page.text[left].isascii() and page.folded.is_capital(left):
            start, words = left, words + 1
        elif (
            page.text[left:start].strip() in ("of", "de", "del", "da", "do", "das", "dos", "du", "des", "the", "y", "&")
            and words
        ):
            start = left
        else:
            break
    if start >= end:
        return None
    if page.text[start:end].split(" ")[0] in listener.rules.common_words and " " in page.text[start:end]:
        start = page.text.index(" ", start) + 1
    named = name_at(page, skip(page, start), listener.rules, maker=words > 1, strong=False)
    return named if named is not None and named.end == end else None
