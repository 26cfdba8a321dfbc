"""What a stretch of an answer names, whatever stands around it."""

import re

from parentage.protocols.identity.reading.listener import Spoken
from parentage.protocols.identity.reading.names import Named, Page
from parentage.protocols.identity.records import Part

_SMALL = frozenset(["de", "del", "la", "el", "los", "las", "y", "e", "en", "&", "para", "con", "por", "al"])
HANDLE = re.compile(r"[a-z][a-z0-9]{1,20}(?:[-_./:][a-z0-9.]{1,20}){1,8}")
_MOST_WORDS = 6


def between(page: Page, start: int, end: int) -> Named | None:
    """Return what [start, end) names: a known name that is most of it, or all of it as an unknown name."""
    text = page.text
    while start < end and text[start] in " \n\"'#>_|.,:-":
        start += 1
    while end > start and (
        text[end - 1] in " \n\"'#>_|,:-!" or (text[end - 1] == "." and text[end - 3 : end - 2] not in " .")
    ):
        end -= 1
    if end - start < 2 or not (page.folded.is_capital(start) or HANDLE.fullmatch(text, start, end)):
        return None
    inside = [one for one in page.found if start <= one.start < end and one.start in page.at]
    for one in inside[:1]:
        if 2 * (one.end - one.start) >= end - start or (one.start == start and text[one.end] in "/-_."):
            return Named(key=one.key, start=one.start, end=one.end, found=one)
    written = page.folded.piece(start, end).replace("*", "").replace("`", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=start, end=end, found=None)


def is_titled(page: Page, start: int, end: int) -> bool:
    """Say whether every word of [start, end) is written as in a name, and there are few."""
    words = list(re.finditer(r"[^ ]{1,40}", page.text[start:end]))
    if not words or len(words) > _MOST_WORDS:
        return False
    plain = [one[0] in _SMALL or one[0][0].isdigit() or page.folded.is_capital(start + one.start()) for one in words]
    return all(plain) and page.folded.is_capital(start + words[0].start())


def spoken_so(named: Named, part: Part) -> Spoken:
    """Return a name that the answer's shape claims."""
    return Spoken(named=named, part=part, rule="shape", undone="")
