"""Text as it is compared: NFKC, case folded, white space folded, and the way back to the original's places."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from parentage.protocols.identity.unicode_14 import only_known

MOST_CHARACTERS = 20_000
SEPARATOR = "\x00"
HAN_GRAM = 13
_MARKS_AT_ONCE = 16
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """`text` is compared; character i of it comes from [starts[i], ends[i]) of the original. `cut`: more was there."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    cut: bool

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that folded characters [start, end) come from; end beyond start."""
        return self.starts[start], self.ends[end - 1]


def fold(text: str) -> Folded:
    """Return the text folded; of more than 20,000 characters the first are compared.

    A character is normalised together with the combining marks that follow it, at most 16 at once. White space and
    control characters count as one space however many follow each other, and as none at the ends.
    """
    cut = len(text) > MOST_CHARACTERS
    text = only_known(text[:MOST_CHARACTERS])
    kept: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    place, length = 0, min(len(text), MOST_CHARACTERS)
    while place < length:
        end = place + 1
        while end < length and end - place <= _MARKS_AT_ONCE and unicodedata.combining(text[end]):
            end += 1
        # The replacement of U+0000 by white space keeps the separator of joined references out of every text.
        for character in unicodedata.normalize("NFKC", text[place:end]).casefold():
            if character.isspace() or unicodedata.category(character) == "Cc":
                if kept and kept[-1] == " ":
                    ends[-1] = end
                    continue
                character = " "
            kept.append(character)
            starts.append(place)
            ends.append(end)
        place = end
    first = 1 if kept and kept[0] == " " else 0
    last = len(kept) - 1 if len(kept) > first and kept[-1] == " " else len(kept)
    return Folded(
        text="".join(kept[first:last]),
        starts=tuple(starts[first:last]),
        ends=tuple(ends[first:last]),
        cut=cut,
    )


def is_han(text: str) -> bool:
    """Return whether at least a third of the letters are Chinese characters, so that no spaces part its words."""
    letters = sum(1 for character in text if character.isalpha())
    han = sum(1 for character in text if "\u3400" <= character <= "\u9fff" or "\U00020000" <= character <= "\U0003ffff")
    return han * 3 >= letters > 0


def word_grams(text: str, words: int) -> frozenset[str]:
    """Return runs of `words` words of folded text; of mostly Chinese text runs of 13 characters instead."""
    if is_han(text):
        return frozenset(han_grams(text))
    found = _WORD.findall(text)
    return frozenset(" ".join(found[place : place + words]) for place in range(len(found) - words + 1))


def han_grams(text: str) -> set[str]:
    """Return runs of 13 characters of text without spaces and punctuation."""
    return character_grams("".join(character for character in text if character.isalnum()), HAN_GRAM)


def character_grams(text: str, characters: int) -> set[str]:
    """Return all runs of that many characters."""
    return {text[place : place + characters] for place in range(len(text) - characters + 1)}


def covered_by(text: str, grams: set[str] | frozenset[str], characters: int) -> bytearray:
    """Return one byte per character of text: 1 where a run of `characters` through it is among `grams`."""
    covered = bytearray(len(text))
    upto = 0
    for place in range(len(text) - characters + 1):
        if text[place : place + characters] in grams:
            start = max(place, upto)
            upto = place + characters
            covered[start:upto] = b"\x01" * (upto - start)
    return covered


def joined(texts: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """Return texts with a separator between that no folded text holds, and where each begins."""
    begins: list[int] = []
    place = 0
    for text in texts:
        begins.append(place)
        place += len(text) + 1
    return SEPARATOR.join(texts), tuple(begins)
