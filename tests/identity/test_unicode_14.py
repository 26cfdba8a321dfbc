"""Every version of Python reads a text alike: characters that came after Unicode 14 count as unknown."""

import unicodedata

import pytest

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.reading.text import fold
from parentage.protocols.identity.unicode_14 import UNKNOWN, only_known
from parentage.protocols.identity.verbatim_text import fold as fold_verbatim

LATER = "\U0001e030\U0001f6dc\u0cf3\U000323af"


def test_what_is_known_is_what_unicode_14_has() -> None:
    every = "".join(map(chr, range(0x110000)))
    kept = only_known(every)
    assert len(kept) == len(every)
    for code in range(0, 0x110000):
        if unicodedata.category(every[code]) == "Cn":
            assert kept[code] == UNKNOWN
    if unicodedata.unidata_version == "14.0.0":
        assert all(kept[code] == every[code] for code in range(0x110000) if unicodedata.category(every[code]) != "Cn")


@pytest.mark.parametrize("character", LATER)
def test_later_characters_are_unknown_to_both_folds(character: str) -> None:
    assert only_known(f"a{character}b") == f"a{UNKNOWN}b"
    assert fold(f"Rivo{character}").text == fold(f"Rivo{UNKNOWN}").text
    assert fold_verbatim(f"Rivo{character}").text == f"rivo{UNKNOWN}"


def test_a_reply_with_such_a_character_is_read_the_same_everywhere() -> None:
    lexicon = make_lexicon()
    with_later, with_unknown = (read_reply(f"I am {mark}Claude.", "en", lexicon) for mark in ("\U0001e030", UNKNOWN))
    assert with_later.status == with_unknown.status
    assert [claim.key for claim in with_later.claims] == [claim.key for claim in with_unknown.claims]
