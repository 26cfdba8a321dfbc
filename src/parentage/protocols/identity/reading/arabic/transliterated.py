"""Finds the names of the case where an answer writes them in Arabic letters: "بازلت" is Basalt.

The lexicon has the Arabic forms of those that the world knows; a case's own names come in Latin letters alone.
"""

import functools
import re
from collections.abc import Iterator

from parentage.protocols.identity.lexicon import Found, Lexicon
from parentage.protocols.identity.reading.text import Folded, fold

_SOUNDS = {
    "ch": "(?:تش|ش|ك)",
    "ck": "ك",
    "sh": "ش",
    "th": "(?:ث|ت|ذ)",
    "ph": "ف",
    "gh": "(?:غ|ج)",
    "kh": "خ",
    "qu": "(?:كو|كوا|ك|ق)",
    "oo": "و",
    "ee": "ي",
    "ou": "و",
    "b": "ب",
    "ce": "س[يا]?",
    "ci": "س(?:اي|ي)?",
    "cy": "س(?:اي|ي)",
    "c": "[كق]",
    "d": "[دض]",
    "f": "ف",
    "g": "[جغقك]",
    "h": "[هح]",
    "j": "ج",
    "k": "[كق]",
    "l": "ل",
    "m": "م",
    "n": "ن",
    "p": "[بپ]",
    "q": "[كق]",
    "r": "ر",
    "s": "[سز]",
    "t": "[تط]",
    "v": "[فڤ]",
    "w": "و",
    "x": "(?:كس|ك?ز)",
    "z": "ز",
    "a": "ا?",
    "e": "[يا]?",
    "i": "(?:اي|ي)?",
    "o": "و?",
    "u": "و?",
    "y": "(?:اي|ي)?",
}
_FIRST = {"a": "ا", "e": "(?:اي|ا)", "i": "(?:اي|ا)", "o": "(?:او|و)", "u": "(?:يو|او|ا)", "y": "ي", "s": "ا?س"}
_LAST = {"a": "[اه]", "o": "و", "y": "(?:اي|ي)", "i": "ي", "e": "[يا]?", "u": "و"}
_PARTS = re.compile("|".join(sorted(_SOUNDS, key=len, reverse=True)))
_PREFIX = "(?:و|ف)?(?:[بلك])?"
_FEWEST_LETTERS = 4


def transliterated(folded: Folded, lexicon: Lexicon) -> Iterator[Found]:
    """Yield the case's names that stand in Arabic letters in a text."""
    for key, is_name, pattern in _patterns(lexicon):
        for match in pattern.finditer(folded.text):
            if len(match["name"]) >= _FEWEST_LETTERS:
                start, end = match.span("name")
                yield Found(
                    key=key,
                    start=start,
                    end=end,
                    is_name=is_name,
                    is_maker=not is_name,
                    ambiguous=" " not in match["name"],
                )


def _patterns(lexicon: Lexicon) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    return _compiled(
        tuple(
            (one.key, text, text in one.names)
            for one in lexicon.identities
            if one.popularity == "case"
            for text in (*one.makers, *one.names)
        )
    )


@functools.lru_cache(maxsize=64)
def _compiled(rows: tuple[tuple[str, str, bool], ...]) -> tuple[tuple[str, bool, re.Pattern[str]], ...]:
    patterns = []
    for key, text, is_name in rows:
        words = fold(text).text.split()
        if (
            words
            and all(re.fullmatch("[a-z]{2,24}", word) for word in words)
            and len("".join(words)) >= _FEWEST_LETTERS
        ):
            name = " ".join(_word(word) for word in words)
            patterns.append((key, is_name, re.compile(rf"(?<!\w){_PREFIX}(?P<name>{name})(?!\w)")))
    return tuple(patterns)


def _word(word: str) -> str:
    """Return the pattern of one word: consonants stand, vowels may be left out but for the first and the last."""
    plain = re.sub(r"([b-df-hj-np-tv-z])\1", r"\1", word)
    parts = [part[0] for part in _PARTS.finditer(plain)]
    written = []
    for place, part in enumerate(parts):
        if place == 0 and part in _FIRST:
            written.append(_FIRST[part])
        elif place == len(parts) - 1 and part in _LAST:
            written.append(_LAST[part])
        else:
            written.append(_SOUNDS[part])
    return "".join(written)
