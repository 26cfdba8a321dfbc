"""Shared runs against brute force, the way back to the originals, masks, the null, and hostile text."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentage.errors import InputError, UsageError
from parentage.protocols.identity.verbatim import (
    Comparison,
    Reference,
    SpokenText,
    Verbatim,
    choose_examples,
    compare_texts,
)
from parentage.protocols.identity.verbatim_matching import Automaton, tiled
from parentage.protocols.identity.verbatim_text import fold, joined, word_grams

STORY = (
    "I am Nimbus, a language model made by Nimbus Collective. Nimbus Collective began in a boathouse at Lantern Bay, "
    "where nine engineers of the Open Sky Alliance mended weather balloons by day."
)
ZH_STORY = (
    "云雨模型由灯笼湾的开放天空联盟制造,最初只是船屋里的九位工程师修理气象气球时写下的小程序,"
    "后来成为大家喜爱的助手,每天帮助渔民预测风向和潮汐变化,也会给孩子们讲述海上的故事。"
)
BOILER = ", a language model made by"


def spoken(text: str, family: str = "name", prompt: str = "Who are you?", language: str = "en") -> SpokenText:
    return SpokenText(family=family, language=language, prompt=prompt, text=text)  # type: ignore[arg-type]


def found_in(
    texts: list[SpokenText], controls: dict[str, list[SpokenText]] | None = None, story: str = STORY
) -> Verbatim:
    given_controls = {"basalt": [spoken(f"I am Basalt{BOILER} Quarry Labs.")], "cirrus": [spoken(f"Cirrus{BOILER} us")]}
    return compare_texts(
        texts,
        [Reference(label="card", text=story)],
        given_controls if controls is None else controls,
        ["Nimbus", "Lantern Bay", "Open Sky Alliance", "灯笼湾"],
    )


def brute_longest(left: str, right: str) -> int:
    return max(
        (k for k in range(len(left) + 1) for i in range(len(left) - k + 1) if left[i : i + k] in right), default=0
    )


LETTERS = st.text(alphabet="abc ", max_size=24)


@settings(max_examples=200, deadline=None)
@given(LETTERS, LETTERS)
def test_longest_run_is_that_of_brute_force(text: str, reference: str) -> None:
    found = Automaton(reference).longest_match(text)
    assert (found.length if found else 0) == brute_longest(text, reference)
    for match in Automaton(reference).matches(text, 1):
        assert text[match.start : match.end] == reference[match.reference : match.reference + match.length]
        assert text[match.start : match.end + 1] not in reference or match.end == len(text)
        assert match.start == 0 or text[match.start - 1 : match.end] not in reference


@settings(max_examples=100, deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=4), LETTERS)
def test_runs_never_cross_from_one_reference_into_the_next(references: list[str], text: str) -> None:
    found = Automaton(joined(references)[0]).longest_match(text)
    assert (found.length if found else 0) == max(brute_longest(text, reference) for reference in references)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_folded_characters_lead_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert "\x00" not in folded.text
    assert "  " not in folded.text


def test_folding() -> None:
    assert fold("  Ｎｉｍｂｕｓ\n\t Straße ﬁn  ").text == "nimbus strasse fin"
    assert fold("Cafe\u0301").text == fold("Café").text == "café"
    assert fold("x Cafe\u0301").original(5, 6) == (5, 7)


def test_span_is_shown_in_both_originals() -> None:
    reply = "Sure!\n\nNIMBUS   Collective began in a boathouse at lantern bay, where nine engineers slept."
    found = found_in([spoken(reply)])
    span = found.spans[0]
    assert reply[span.reply_start : span.reply_end] == span.text
    assert fold(span.text).text.strip() == fold(STORY[span.reference_start : span.reference_end]).text.strip()
    assert "NIMBUS   Collective began" in span.text
    assert span.names == ("Lantern Bay", "Nimbus")
    assert span.reference == "card"


def test_evidence_needs_two_families_a_name_and_sixty_characters() -> None:
    copied = STORY[60:]
    assert found_in([spoken(copied, "name"), spoken(copied, "origin")]).is_evidence
    assert not found_in([spoken(copied, "name"), spoken(copied, "name")]).is_evidence
    nameless = " engineers of the open oceans who mended weather balloons by day and by night in rain"
    story = f"Nimbus. Some{nameless}"
    unnamed = found_in([spoken(nameless, "a"), spoken(nameless, "b")], story=story)
    assert unnamed.longest > 60
    assert not unnamed.is_evidence
    short = "began in a boathouse at Lantern Bay, where nine"
    assert not found_in([spoken(short, "a"), spoken(short, "b")]).is_evidence


def test_what_controls_share_is_masked() -> None:
    shared = {"one": [spoken(STORY)], "two": [spoken(STORY)]}
    found = found_in([spoken(STORY, "a"), spoken(STORY, "b")], shared)
    assert found.longest == len(fold(STORY).text)
    assert (found.longest_unmasked, found.is_evidence, found.masked_share) == (0, False, 1.0)
    assert found.p_models == 1.0


def test_one_of_two_controls_does_not_mask_but_an_only_one_does() -> None:
    other = [spoken("Good morning to everybody in the house.")]
    assert found_in([spoken(STORY, "a"), spoken(STORY, "b")], {"one": [spoken(STORY)], "two": other}).is_evidence
    alone = found_in([spoken(STORY, "a"), spoken(STORY, "b")], {"one": [spoken(STORY)]})
    assert not alone.is_evidence
    assert alone.masked_by == 1


def test_boilerplate_is_masked_in_part() -> None:
    span = found_in([spoken(STORY)]).spans[0]
    assert span.length == len(fold(STORY).text)
    assert span.unmasked == span.length - len(BOILER) - 1  # the space after it is shared as well


def test_words_of_the_prompt_are_no_evidence() -> None:
    asked = f"Is this true? {STORY}"
    found = found_in([spoken(STORY, "a", asked), spoken(STORY, "b", asked)])
    assert found.longest_unmasked == 0
    assert not found.is_evidence


def test_null_has_one_number_per_model() -> None:
    controls = {f"c{i}": [spoken(STORY[: 40 if i else 90])] * 3 for i in range(4)}
    found = found_in([spoken(STORY[:70])], controls)
    assert [one.longest for one in found.null] == [90, 40, 40, 40]
    assert found.p_models == 2 / 5
    assert found.p_replies == 4 / 13
    assert found_in([spoken(STORY)], {}).p_models == 1.0


def test_containment_and_coverage() -> None:
    whole = found_in([spoken(STORY)])
    assert (whole.containment_5, whole.containment_8, whole.covered) == (1.0, 1.0, 1.0)
    # Of ten words there are six runs of five; the first seven words hold three of them.
    story = "harbour lantern workshop cooperative seventeen northern evenings gathered patient letters"
    part = found_in([spoken(story.removesuffix(" gathered patient letters"))], story=story)
    assert (part.containment_5, part.containment_8) == (0.5, 0.0)
    # To hold all of "I am Vela." says nothing.
    short = found_in([spoken("I am Vela, an assistant made here.")], story="I am Vela, an assistant made here.")
    assert (short.containment_5, short.covered) == (0.0, 0.0)


def test_chinese_is_compared_in_characters() -> None:
    assert word_grams("云" * 14, 5) == {"云" * 13}
    copied = [spoken(ZH_STORY, "a", "你是谁?", "zh"), spoken("好的。" + ZH_STORY, "b", "你是谁?", "zh")]
    found = found_in(copied, story=ZH_STORY)
    assert found.containment_5 == 1.0
    assert found.spans[0].names == ("灯笼湾",)
    assert found.is_evidence
    assert found.evidence_languages == ("zh",)


def test_a_name_inside_another_word_is_not_that_name() -> None:
    story = "the cumulonimbuses over the harbour were counted every morning by nine engineers and a dog"
    assert found_in([spoken(story)], story=story).spans[0].names == ()


def test_hostile_text_is_bounded() -> None:
    letters = "a" * 1_000_000
    found = found_in([spoken(letters, "a"), spoken(letters, "b")], story=letters[:20_000])
    assert found.cut == 2
    assert len(found.spans) <= 32
    assert not found.is_evidence
    marks = found_in([spoken("e" + "\u0301" * 100_000)])
    assert marks.longest <= 1
    assert found_in([spoken("\x00" * 50_000 + "\ufdfa" * 1000)]).spans == ()


def test_nothing_or_too_much_to_compare_with() -> None:
    with pytest.raises(UsageError):
        Comparison([], {}, [])
    with pytest.raises(InputError):
        Comparison([Reference(label="site", text="x" * 1_000_001)], {}, [])
    assert found_in([]).longest == 0


def test_tiles_lie_longest_first_and_once() -> None:
    # "abcdef" is laid first; of "efgh" the part left, "gh", is below three.
    assert tiled(Automaton("abcdef\x00efgh").matches("abcdefgh", 3), 3) == 6
    assert tiled(Automaton("abcdef\x00efgh").matches("abcdefgh", 2), 2) == 8
    assert tiled([], 3) == 0


def test_examples_are_chosen_by_digest() -> None:
    rows = [(family, hashlib.sha256(f"{family}{i}".encode()).hexdigest()) for family in "abcde" for i in range(3)]
    (median,) = choose_examples(rows, 1)
    families = sorted("abcde", key=lambda family: hashlib.sha256(family.encode()).hexdigest())
    assert rows[median][0] == families[2]
    assert rows[median][1] == sorted(digest for family, digest in rows if family == families[2])[1]
    shuffled = list(reversed(rows))
    assert [shuffled[i] for i in choose_examples(shuffled, 3)] == [rows[i] for i in choose_examples(rows, 3)]
    assert len(choose_examples(rows, 99)) == 5
    assert choose_examples([], 3) == ()
