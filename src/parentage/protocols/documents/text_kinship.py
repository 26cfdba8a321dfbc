"""Which long passages do two repositories' texts share, once what everybody writes is set aside?

Windows of one text are looked up in the other by a rolling hash, and every hit is compared letter by letter. Time and
memory grow with the length of both texts, whatever they hold. Method, masks and null: docs/questions/file-kinship.md.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files as resources
from typing import Literal

import numpy as np
import numpy.typing as npt

from parentage.protocols.documents.text_prose import CARD, WRITTEN_BY_TOOLS, Prose, is_han, read_prose

PASSAGE_CHARACTERS = 80
# The longest in pairs of texts by different authors is 275: see the page.
COPIED_CHARACTERS = 400
MASK_CHARACTERS = 40
# Hits that lead to no passage; texts that were written to have more are compared no further.
MOST_MISSES = 200_000
_WINDOW = 32
_PLACES = 4
_SHOWN = 500
Strength = Literal["copied-passage", "common-passage", "none", "not-compared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters [start, end) of a text that are those of the other from `other`."""

    start: int
    end: int
    other: int

    @property
    def length(self) -> int:
        """How many normalised characters agree."""
        return self.end - self.start


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLikeness:
    """What a subject's texts share with a candidate's: passages of 80 normalised characters or more.

    `share` is of the subject's card; `text` is the longest as the subject has it, cut at 500 characters.
    `set_aside` are characters that were found in a second candidate too and do not count. `complete` is false where
    the comparison was ended: texts full of short common pieces could take for ever.
    """

    passages: int
    characters: int
    longest: int
    share: float
    text: str
    where: str
    other_where: str
    strength: Strength
    set_aside: int = 0
    complete: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Passages:
    """The passages of a text that stand in another, in order and apart; all of them if `complete`."""

    found: tuple[Passage, ...]
    complete: bool


def find_passages(text: str, other: str, least: int = PASSAGE_CHARACTERS) -> Passages:
    """Return passages of a text that stand in the other, each of whole words and at least `least` characters.

    Every common run of `least` characters is met; where the other has it often, the longest of four places is taken.
    Both texts are normalised; what is masked must be a different character in each.
    """
    if min(len(text), len(other)) < least:
        return Passages(found=(), complete=True)
    own, others = _hashes(text), _hashes(other)
    index: dict[int, list[int]] = {}
    for place in range(0, len(others), least - _WINDOW + 1):
        held = index.setdefault(int(others[place]), [])
        if len(held) < _PLACES:
            held.append(place)
    hits = np.flatnonzero(np.isin(own, np.fromiter(index, dtype=np.uint64, count=len(index)))).tolist()
    found: list[Passage] = []
    done = at = misses = 0
    while at < len(hits) and misses < MOST_MISSES:
        place = hits[at]
        grown = [_grown(text, other, place, match, done) for match in index[int(own[place])]]
        best = max(grown, key=lambda one: one.length)
        at += 1
        if best.length < least:
            misses += len(grown)
            continue
        done = best.end
        at = bisect_right(hits, done - 1)
        whole = _of_whole_words(text, other, best)
        if whole.length >= least:
            found.append(whole)
    return Passages(found=tuple(found), complete=misses < MOST_MISSES)


def _hashes(text: str) -> npt.NDArray[np.uint64]:
    """Return a hash of every window of 32 characters: of halves of halves, each a product of odd numbers."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    codes = (codes + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    codes ^= codes >> np.uint64(29)
    length = 1
    while length < _WINDOW:
        codes = codes[:-length] * np.uint64(0xBF58476D1CE4E5B9) + codes[length:]
        codes ^= codes >> np.uint64(31)
        length *= 2
    return codes


def _grown(text: str, other: str, place: int, match: int, done: int) -> Passage:
    """Return the run around two places that agree, as far as it goes, but not before `done`; empty if they do not."""
    if text[place : place + _WINDOW] != other[match : match + _WINDOW]:
        return Passage(start=place, end=place, other=match)
    back = 0
    while back < min(place - done, match) and text[place - back - 1] == other[match - back - 1]:
        back += 1
    step, ahead = 64, _WINDOW
    limit = min(len(text) - place, len(other) - match)
    while step:
        if (
            ahead + step <= limit
            and text[place + ahead : place + ahead + step] == (other[match + ahead : match + ahead + step])
        ):
            ahead += step
            step *= 2
        else:
            step //= 2
    return Passage(start=place - back, end=place + ahead, other=match - back)


def _of_whole_words(text: str, other: str, found: Passage) -> Passage:
    start, end = found.start, found.end
    shift = found.other - start

    def parts(place: int) -> bool:
        return _parts(text, place) and _parts(other, place + shift)

    while start < end and not parts(start):
        start += 1
    while end > start and not parts(end):
        end -= 1
    # Spaces at the ends are nobody's.
    start += text[start:end].startswith(" ")
    end -= text[start:end].endswith(" ")
    return Passage(start=start, end=end, other=start + shift)


def _parts(text: str, place: int) -> bool:
    """Whether a place is between words; every Chinese character is one."""
    if not 0 < place < len(text):
        return True
    before, after = text[place - 1], text[place]
    return (
        before == " " or after == " " or not (before.isalnum() and after.isalnum()) or is_han(before) or is_han(after)
    )


@cache
def _boilerplate() -> str:
    """Return the normalised licence texts and what tools write, as one text of the other kind of masked character."""
    folder = resources("parentage.licensing") / "texts"
    texts = {f"tool-{number}.txt": text.encode() for number, text in enumerate(WRITTEN_BY_TOOLS)}
    if folder.is_dir():
        texts |= {one.name: one.read_bytes() for one in folder.iterdir() if one.name.endswith(".txt")}
    proses = (read_prose({CARD: text}).text for _, text in sorted(texts.items()))
    return "".join(proses).replace("\0", "\1")


def compare_texts(subject: Prose, candidates: Mapping[str, Prose]) -> dict[str, TextLikeness]:
    """Return what a subject's texts share with each candidate's, less boilerplate and what two candidates share."""
    known = find_passages(subject.text, _boilerplate(), MASK_CHARACTERS)
    if not known.complete:
        # What is left might be what everybody writes.
        return {name: replace(_NOT_COMPARED, complete=False) for name in candidates}
    own = _blank(subject.text, known.found)
    found = {name: find_passages(own, other.text.replace("\0", "\1")) for name, other in candidates.items()}
    # How many candidates have each character: a difference array, so that many passages cost no more than few.
    steps = np.zeros(len(own) + 1, dtype=np.int64)
    for passages in found.values():
        np.add.at(steps, np.array([one.start for one in passages.found], dtype=np.int64), 1)
        np.add.at(steps, np.array([one.end for one in passages.found], dtype=np.int64), -1)
    several = (np.cumsum(steps) > 1)[:-1]
    begin, end = subject.of_card()
    size = end - begin - subject.text.count("\0", begin, end)
    likenesses = {}
    for name, passages in found.items():
        kept = [piece for passage in passages.found for piece in _apart(own, passage, several)]
        aside = sum(int(several[one.start : one.end].sum()) for one in passages.found)
        likeness = _likeness(subject, candidates[name], kept, aside, max(1, size))
        likenesses[name] = replace(likeness, complete=passages.complete)
    return likenesses


def _likeness(subject: Prose, other: Prose, kept: Sequence[Passage], aside: int, card: int) -> TextLikeness:
    if not subject.text.strip(" \0") or not other.text.strip(" \0"):
        return _NOT_COMPARED
    if not kept:
        return replace(_NOT_COMPARED, strength="none", set_aside=aside)
    begin, end = subject.of_card()
    longest = max(kept, key=lambda one: (one.length, -one.start))
    in_card = sum(max(0, min(one.end, end) - max(one.start, begin)) for one in kept)
    return TextLikeness(
        passages=len(kept),
        characters=sum(one.length for one in kept),
        longest=longest.length,
        share=min(1.0, in_card / card),
        text=_excerpt(subject, longest),
        where=subject.where(longest.start),
        other_where=other.where(longest.other),
        strength="copied-passage" if longest.length >= COPIED_CHARACTERS else "common-passage",
        set_aside=aside,
    )


_NOT_COMPARED = TextLikeness(
    passages=0, characters=0, longest=0, share=0.0, text="", where="", other_where="", strength="not-compared"
)


def _blank(text: str, passages: Sequence[Passage]) -> str:
    pieces, done = [], 0
    for passage in passages:
        pieces += [text[done : passage.start], "\0" * passage.length]
        done = passage.end
    return "".join((*pieces, text[done:]))


def _apart(text: str, passage: Passage, several: npt.NDArray[np.bool_]) -> Iterator[Passage]:
    """Yield what is left of a passage, where that is long enough without what a second candidate has as well."""
    edges = np.flatnonzero(np.diff(several[passage.start : passage.end], prepend=True, append=True)).tolist()
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        piece = text[passage.start + start : passage.start + end]
        skipped = start + len(piece) - len(piece.lstrip(" "))
        if len(piece.strip(" ")) >= PASSAGE_CHARACTERS:
            begin = passage.start + skipped
            yield Passage(start=begin, end=begin + len(piece.strip(" ")), other=passage.other + skipped)


def _excerpt(subject: Prose, passage: Passage) -> str:
    """Return a passage as its file has it, on one line and without what cannot be shown."""
    after = bisect_right(subject.starts, passage.end - 1)
    end = subject.raws[after] if after < len(subject.raws) else len(subject.raw)
    raw = subject.raw[subject.raw_place(passage.start) : end][: 4 * _SHOWN]
    line = " ".join(raw.split())
    return "".join(one if one.isprintable() else "\ufffd" for one in line)[:_SHOWN]
