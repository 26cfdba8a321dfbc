"""Replies cut, mixed and mutated: reading them never fails, and each claim's span is the name it gives."""

import random

import pytest
from benchmarks.identity.agreement import CASE, read_rows

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.records import LANGUAGES

LEXICON = make_lexicon(CASE)
TEXTS = [row["text"] for name in ("mentions", "blind") for row in read_rows(name)]
PIECES = [
    '"',
    "\n",
    "(",
    ")",
    "?",
    ".",
    ",",
    "A",
    "«",
    "」",
    "|",
    "`",
    "*",
    "\u200b",
    "é",
    "ل",
    "由",
    " ",
    "-",
    "😀",
    "1",
    "{",
]
CASES = 250


def mutate(lot: random.Random) -> str:
    first, second = lot.choice(TEXTS), lot.choice(TEXTS)
    kind = lot.randrange(5)
    if kind == 0:
        return first[lot.randrange(len(first)) :][: lot.randrange(1, 200)]
    if kind == 1:
        return first[: lot.randrange(len(first))] + second[lot.randrange(len(second)) :]
    if kind == 2:
        words = first.split(" ")
        return " ".join(lot.sample(words, len(words)))
    if kind == 3:
        return lot.choice([first.upper(), first.replace(" ", ""), first.replace(".", "?"), first[::-1], first * 3])
    letters = list(first)
    for _ in range(lot.randrange(1, 12)):
        letters[lot.randrange(len(letters))] = lot.choice(PIECES)
    return "".join(letters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_breaks_the_reading(language) -> None:
    lot = random.Random(language)
    for _ in range(CASES):
        text = mutate(lot)
        for claim in read_reply(text, language, LEXICON, stop=lot.choice(("stop", "length"))).claims:
            assert text[claim.start : claim.end] == claim.name, text
