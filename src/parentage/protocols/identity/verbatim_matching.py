"""Longest runs that a text shares with references: a suffix automaton of the references, walked once per text.

Time grows with the length of the references plus that of the text, whatever either holds: a megabyte of one letter is
no slower than prose.
"""

from dataclasses import dataclass

MOST_TILES = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Characters [start, end) of the text are those of the references from `reference`; neither side can be longer."""

    start: int
    end: int
    reference: int

    @property
    def length(self) -> int:
        """Return how many characters agree."""
        return self.end - self.start


class Automaton:
    """The suffix automaton (Blumer and others 1985) of one text; each state knows where it first ended."""

    def __init__(self, text: str) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._link = [-1]
        self._longest = [0]
        self._ended = [0]
        last = 0
        for place, character in enumerate(text):
            last = self._extend(last, character, place + 1)

    def _extend(self, last: int, character: str, end: int) -> int:
        following, link, longest = self._next, self._link, self._longest
        state = self._add({}, longest[last] + 1, end)
        at = last
        while at >= 0 and character not in following[at]:
            following[at][character] = state
            at = link[at]
        if at < 0:
            link[state] = 0
            return state
        met = following[at][character]
        if longest[at] + 1 == longest[met]:
            link[state] = met
            return state
        twin = self._add(dict(following[met]), longest[at] + 1, self._ended[met])
        link[twin] = link[met]
        while at >= 0 and following[at].get(character) == met:
            following[at][character] = twin
            at = link[at]
        link[met] = link[state] = twin
        return state

    def _add(self, following: dict[str, int], longest: int, end: int) -> int:
        self._next.append(following)
        self._link.append(0)
        self._longest.append(longest)
        self._ended.append(end)
        return len(self._next) - 1

    def matches(self, text: str, least: int, *, growing: bool = False) -> list[Match]:
        """Return every run of at least `least` characters of text found in the references that cannot grow.

        With `growing` only those longer than all before them.
        """
        following, link, longest, ended = self._next, self._link, self._longest, self._ended
        found: list[Match] = []
        state = length = 0
        for place, character in enumerate(text):
            if character in following[state]:
                state = following[state][character]
                length += 1
                continue
            if length >= least:
                found.append(Match(start=place - length, end=place, reference=ended[state] - length))
                least = length + 1 if growing else least
            while state > 0 and character not in following[state]:
                state = link[state]
            if character in following[state]:
                length = longest[state] + 1
                state = following[state][character]
            else:
                length = 0
        if length >= least:
            end = len(text)
            found.append(Match(start=end - length, end=end, reference=ended[state] - length))
        return found

    def longest_match(self, text: str) -> Match | None:
        """Return the first of the longest runs of text found in the references, None where not one character is."""
        found = self.matches(text, 1, growing=True)
        return found[-1] if found else None


def tiled(matches: list[Match], least: int) -> int:
    """Return the characters of the text that greedy tiling covers: longest first, each place once (Wise 1993).

    What earlier tiles left of a match still counts if it is as long as `least`. The 1,000 longest matches are laid.
    """
    laid = sorted(matches, key=lambda match: (-match.length, match.start))[:MOST_TILES]
    covered = bytearray(max((match.end for match in laid), default=0))
    for match in laid:
        place = match.start
        for piece in bytes(covered[match.start : match.end]).split(b"\x01"):
            if len(piece) >= least:
                covered[place : place + len(piece)] = b"\x01" * len(piece)
            place += len(piece) + 1
    return covered.count(1)
