"""Where an Arabic name that no list knows ends: in quotation marks or bold there, else before a word no name holds.

Arabic has no capitals. A name is what stands where a phrase says that one must, up to a mark, a preposition, a verb
or a word for what somebody does; a house's may have many words, a model's has one or two and perhaps a version.
"""

import re
from typing import Protocol

from parentage.protocols.identity.reading.arabic.words import (
    AND_ROOT,
    AND_VERB,
    ENDING,
    GENERIC,
    HEAD,
    HOUSES,
    MARKED,
    NO_PERSON,
    PLACE,
    PLACED,
    PLATFORMS,
    REGION,
    SOCIETIES,
    SORTS,
    STOP,
    STOPS,
    TITLE,
    VAGUE,
    VERSION,
    WORD,
)
from parentage.protocols.identity.reading.text import OPENING, Folded


class ReadPage(Protocol):
    """What is needed of a page: its folded text."""

    @property
    def folded(self) -> Folded:
        """The folded answer."""

    @property
    def text(self) -> str:
        """Its text."""


_MOST_WORDS = 8
_LONGEST = 64


def delimited(page: ReadPage, at: int) -> tuple[int, int] | None:
    """Return the span from `at` to the mark that closes what opens right before it: quotation marks, or bold."""
    text, folded = page.text, page.folded
    if at >= len(text):
        return None
    line = text.find("\n", at, at + _LONGEST)
    last = line if line >= 0 else min(len(text), at + _LONGEST)
    if at and text[at - 1] == '"':
        end = text.find('"', at, last)
    elif folded.starts[at] and folded.original[folded.starts[at] - 1] in "*`":
        places = (one for one in range(at + 1, last + 1) if one == len(text) or _closes(folded, one))
        end = next(places, -1)
    else:
        return None
    while end > at and text[end - 1] in " .,:!\"'":
        end -= 1
    words = text[at:end].split(" ") if end > at else []
    if not words or len(words) > _MOST_WORDS or _WITHIN.search(text, at, end):
        return (at, opened) if words and (opened := _before_gloss(text, at, end)) else None
    return at, end


_WITHIN = re.compile(r"[!?:;,\n(\[]| - |\.(?!\d)")


# "And" before a word, which then is no name that stands for itself.
_AND = re.compile(r"و\w{3}")


def _closes(folded: Folded, at: int) -> bool:
    return folded.original[folded.ends[at - 1] : folded.ends[at - 1] + 1] in ("*", "`")


def _before_gloss(text: str, at: int, end: int) -> int:
    """Return where a name within marks ends if a bracket or a dash with more about it follows, or 0."""
    match = re.compile(r"[^.!?:;,\n(\[]{2,40}?(?= ?[(\[]| - )").match(text, at, end)
    return match.end() if match else 0


def opens_none(word: str) -> bool:
    """Say whether no name begins with this word."""
    # A verb of four letters or more has an ending that no name has.
    return (
        word in STOP or (word in ENDING and len(word) > 3) or (len(word) > 3 and word[0] in "وف" and word[1:] in STOP)
    )


def stops(word: str) -> bool:
    """Say whether no name goes on with this word."""
    return (
        word in STOP
        or word in ENDING
        or (len(word) > 2 and word[0] in "وف" and word[1:] in STOP)
        or bool(STOPS.match(word))
    )


def _definite(word: str) -> bool:
    return word.startswith("ال")


def _is_adverb(page: ReadPage, start: int, end: int) -> bool:
    """Say whether a word has the ending of an adverb or an object, which no name within a sentence has."""
    left, right = page.folded.span(start, end)
    return "\u064b" in page.folded.original[left : right + 2]


def _joins(words: list[str], word: str, after: str) -> bool:
    """Say whether a word with "and" before it belongs to the name: "Ink and Paper"."""
    if word[0] != "و" or len(word) < 4 or AND_ROOT.match(word):
        return True
    if word.startswith("وال"):
        return words[-1].startswith(("ال", "لل", "وال"))
    if words[-1] == "تجاره":
        return True
    if words[-1].startswith("ال") or AND_VERB.match(word):
        return False
    return after.startswith(("ال", "لل")) or not after


def house_at(page: ReadPage, at: int) -> tuple[int, int] | None:
    """Return the whole name of a house that begins at `at`, without what is told of it."""
    text = page.text
    before = at
    bounded = delimited(page, at)
    if bounded is not None:
        at += len("شركه ") if text.startswith("شركه ", at) else 0
        return (at, bounded[1]) if _is_name(page, at, bounded[1]) else None
    at = _past_sorts(page, at)
    bounded = delimited(page, at)
    if bounded is not None:
        return bounded if _is_name(page, *bounded) else None
    led = at > before or text[max(0, at - 5) : at] == "شركه "
    words: list[str] = []
    end = place = at
    placed = False
    for _ in range(_MOST_WORDS):
        match = WORD.match(text, place)
        if match is None or (words and (stops(match[0]) or placed or _is_adverb(page, *match.span()))):
            break
        following = WORD.match(text, match.end() + 1) if text[match.end() : match.end() + 1] == " " else None
        after = following[0] if following and not stops(following[0]) else ""
        if words and not _joins(words, match[0], after):
            break
        if words and (PLACE.match(match[0]) or (match[0].startswith("بال") and words[0] in PLACED)):
            if words[0] not in PLACED:
                break
            placed = True
        words.append(match[0])
        end = match.end()
        region = (
            REGION.match(text, end) if words[0] in SOCIETIES and all(_definite(one) for one in words[-1:]) else None
        )
        if region is not None and not placed:
            return at, region.end()
        if text[end : end + 1] != " " or (page.folded.original[page.folded.ends[end - 1]] in "*»"):
            break
        place = end + 1
    if (
        not words
        or (opens_none if led else stops)(words[0])
        or words[0] in GENERIC
        or (len(words) == 1 and words[0] in HOUSES | SORTS)
    ):
        return None
    if PLACE.match(words[0]):
        return None
    if words[0] in HOUSES and (
        words[1] in VAGUE
        or (words[1] in GENERIC and (words[0] == "مجموعه" or len(words) == 2))
        or (words[0].startswith("ال") and not words[1].startswith("ال"))
    ):
        return None
    if words[0] in HOUSES and len(words) == 2 and words[1].endswith("يه") and not words[1].startswith("ال"):
        return None
    if len(words) == 1 and words[0].endswith(("يه", "ويين", "يون")) and not words[0].startswith("ال"):
        return None
    return at, end


def _past_sorts(page: ReadPage, at: int) -> int:
    """Return where the name begins after words for the sort of house or the title of the person."""
    for _ in range(3):
        word = WORD.match(page.text, at)
        if word is None or not (
            word[0] in SORTS
            or (word[0] in HOUSES and MARKED.match(page.text, word.end()))
            or TITLE.match(word[0])
            or page.text.startswith("دار نشر ", at)
        ):
            break
        following = re.compile(r" \"?(?=\w)").match(page.text, word.end())
        if following is None:
            break
        if delimited(page, following.end()) is not None:
            return following.end()
        after = WORD.match(page.text, following.end())
        if after is None or opens_none(after[0]):
            break
        at = following.end()
    return at


def _is_name(page: ReadPage, start: int, end: int) -> bool:
    words = page.text[start:end].split(" ")
    return not (words[0] in GENERIC and len(words) < 3) and len(page.text[start:end]) > 1


_KIN = "(?:بن|بنت|ابن|ابو|ام|ابي)"


def model_at(page: ReadPage, at: int, *, sure: bool) -> tuple[int, int] | None:
    """Return the name of a model or of somebody that begins at `at`; one word, unless the words belong together."""
    bounded = delimited(page, at)
    text = page.text
    if bounded is not None:
        if not _is_name(page, *bounded) or (stops(text[at : bounded[1]].split(" ")[0]) and not sure):
            return None
        version = VERSION.match(text, bounded[1]) if text[bounded[1] : bounded[1] + 1] == " " else None
        return at, version.end() if version else bounded[1]
    title = re.compile(r"د\. ").match(text, at)
    first = WORD.match(text, title.end() if title else at)
    if (
        first is None
        or len(first[0]) < 2
        or stops(first[0])
        or first[0] in GENERIC
        or first[0].startswith("لل")
        or (_AND.match(first[0]) and not AND_ROOT.match(first[0]))
    ):
        return None
    end = first.end()
    for count in range(2):
        version = VERSION.match(text, end)
        if version:
            return at, version.end()
        word = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        kin = re.compile(rf" {_KIN} \w{{2,14}}(?!\w)").match(text, end)
        if kin is not None:
            return at, kin.end()
        if word is None or stops(word[0]) or page.folded.original[page.folded.ends[end - 1]] in "*»":
            break
        last = not re.compile(r" [\w]").match(text, word.end())
        head = HEAD.match(first[0]) if not count else None
        described = word[0].startswith("ال") and not first[0].startswith("ال") and not word[0].endswith("ني")
        if not (head and (last or described or first[0] in ("ابو", "ام", "ابن", "عبد", "بو"))) and not (
            described and (last or sure)
        ):
            break
        end = word.end()
    return at, end


def person_at(page: ReadPage, at: int) -> tuple[int, int] | None:
    """Return the name of a person, of two or three words, that begins at `at`."""
    text = page.text
    at = _past_sorts(page, at)
    end, words = at, 0
    for _ in range(4):
        word = WORD.match(text, end + (1 if words else 0))
        if word is None or stops(word[0]) or word[0] in GENERIC or word[0] in HOUSES or (words and word[0][0] == "و"):
            break
        if _is_adverb(page, *word.span()):
            return None
        if not words and NO_PERSON.match(word[0]):
            return None
        end, words = word.end(), words + 1
        if text[end : end + 1] != " ":
            break
    return (at, end) if words >= 2 else None


def houses_in(page: ReadPage, start: int, end: int) -> list[tuple[int, int]]:
    """Return the houses named in [start, end): behind a word for their sort, or beginning with one."""
    found: list[tuple[int, int]] = []
    for match in WORD.finditer(page.text, start, end):
        if found and match.start() < found[-1][1]:
            continue
        word = match[0]
        cut = next((len(one) for one in ("", "و", "ل", "ب", "لل", "ول") if _is_head(word, one)), None)
        if cut is None:
            continue
        at = match.start() + cut
        head = WORD.match(page.text, at)
        following = page.text[match.end() : match.end() + 3]
        if head is None or not following.startswith(" ") or not following.strip():
            continue
        span = house_at(page, at)
        if span is None and following.startswith(' "'):
            span = house_at(page, match.end() + 2)
        if span is not None and word[cut:] in PLATFORMS and page.text[span[0] : span[0] + 2] == "ال":
            continue
        if span is None or span[1] > end or (span[0] == at and not _is_whole(page.text[span[0] : span[1]])):
            continue
        found.append(span)
    return found


def _is_head(word: str, prefix: str) -> bool:
    return word.startswith(prefix) and word[len(prefix) :] in HOUSES | SORTS | {"شركتهم", "فريقهم"}


def _is_whole(name: str) -> bool:
    """Say whether a house's own word comes with more than an indefinite description: "the workshop of ..."."""
    words = name.split(" ")
    return len(words) > 1 and words[1] not in VAGUE and words[1] not in GENERIC


def house_before(page: ReadPage, end: int, start: int) -> tuple[int, int] | None:
    """Return the house or the person whose name ends at `end`, sought from `start`."""
    seat = _SEAT.search(page.text, max(start, end - 40), end)
    seated = None if seat is None else house_before(page, seat.start(), start)
    if seated is not None:
        return seated
    at = max(page.text.rfind('"', start, end - 1), start - 1)
    if at >= start and page.text[end : end + 1] == '"' and delimited(page, at + 1) == (at + 1, end):
        return at + 1, end
    for place in range(max(start, end - _LONGEST), end):
        if page.folded.starts[place] and page.folded.original[page.folded.starts[place] - 1] == "*":
            span = delimited(page, place)
            if span is not None and span[1] == end and end - place > 2:
                return house_at(page, place)
    spans = [one for one in houses_in(page, max(start, end - _LONGEST), end) if one[1] == end]
    if spans:
        return spans[0]
    for match in _CLAUSE_OPENS.finditer(page.text, max(start, end - 40), end):
        span = person_at(page, match.end())
        if span is not None and span[1] == end:
            return span
    return None


_SEAT = re.compile(
    r"(?<=[\w])\"? (?:ب\w{3,12}|من \w{3,12}|في \w{3,12}(?: \w{3,12})?)$|(?<=\")\"? (?:ب\w{3,12}|في \w{3,12})$"
)
_CLAUSE_OPENS = re.compile(r"(?:^|[\n.!?,:;\"] ?|(?<!\w)(?:لان |ان |الي |لل|شكرا |ل(?=\w{3})))")


def is_generic(word: str) -> bool:
    """Say whether a word is nobody's name where a maker's must stand."""
    return word in GENERIC


def outer_quotes(folded: Folded) -> list[tuple[int, int]]:
    """Return the quotations of more than a few words, those within others left out: «I am «Nadim», ...»."""
    quotes: list[tuple[int, int]] = []
    opened: list[int] = []
    for at, letter in enumerate(folded.text):
        if letter != '"':
            continue
        mark = folded.original[folded.starts[at]]
        if mark in OPENING or (mark not in "»”" and not opened):
            opened.append(at)
        elif opened:
            left = opened.pop()
            if not opened and at - left > 8:
                quotes.append((left, at))
    return quotes
