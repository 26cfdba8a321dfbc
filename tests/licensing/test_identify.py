"""A licence is known by its exact words: however it is laid out, and not with one clause altered."""

import random
import re
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.errors import InputError
from parentage.licensing.catalogue import licence_text, load_catalogue, load_entries, variant_texts
from parentage.licensing.identify import identify_text
from parentage.licensing.normalising import MOST_CHARACTERS, normalise

TEXTS = [(key, text) for key in load_catalogue() for text in (licence_text(key), *variant_texts(key).values())]
SCANCODE = "LicenseRef-scancode-"
OURS = "LicenseRef-parentage-"


def rewrapped(text: str, width: int) -> str:
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n\n".join(textwrap.fill(" ".join(part.split()), width, break_long_words=False) for part in paragraphs)


@pytest.mark.parametrize("width", [30, 45, 60, 72, 80, 100, 120, 100_000])
def test_rewrapped_texts_are_identified(width: int) -> None:
    for key, text in TEXTS:
        assert identify_text(rewrapped(text, width)).key == key, key


def with_other_holders(text: str) -> str:
    """The same text with other years and holders in its copyright statements, and one more at its head."""
    text = re.sub(r"(?m)^(\W*Copyright \(c\) )(?:19|20)[\d, -]+[^\n]*", r"\g<1>1999-2031 Jane Example", text)
    text = text.replace("[yyyy] [name of copyright owner]", "2031 Example Labs, Inc. and its friends")
    text = text.replace("name of the ORGANIZATION nor", "name of Example Labs nor")
    return f"Copyright (c) 2019, 2021-2026 Example Labs, Inc. and contributors. All rights reserved.\n\n{text}"


def curly(text: str) -> str:
    return re.sub(r'"([^"\n]*)"', r"“\1”", text.replace("'", "’"))


DRESSES = {
    "years and names": with_other_holders,
    "curly quotes": curly,
    "straight quotes": lambda text: re.sub("[“”]", '"', re.sub("[‘’]", "'", text)),
    "angled quotes": lambda text: re.sub('["“”]', "«", text),
    "dashes": lambda text: text.replace("-", "–"),
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "capitals": str.upper,
    "indented": lambda text: textwrap.indent(text, "\t  "),
    "a comment": lambda text: "".join(f"# {line}\n" for line in text.splitlines()),
    "a comment in C": lambda text: "/*\n" + "".join(f" * {line}\n" for line in text.splitlines()) + " */\n",
    "a quotation": lambda text: "".join(f"> {line}\n" for line in text.splitlines()),
    "markdown": lambda text: "# " + re.sub(r"\b(license|agreement)\b", r"**\1**", text),
    "bullets": lambda text: text.replace("\n\n", "\n\n* ", 1).replace("\n\n", "\n\n• ", 1),
    "hard spaces": lambda text: "\ufeff" + text.replace(" ", "\u00a0"),
    "soft hyphens": lambda text: text.replace("license", "li\u00adcense"),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_texts_in_another_dress_are_identified(dress: str) -> None:
    for key, text in TEXTS:
        assert identify_text(DRESSES[dress](text)).key == key, key


def test_everything_at_once() -> None:
    for key, text in TEXTS:
        assert identify_text(rewrapped(curly(with_other_holders(text)), 50).replace("\n", "\r\n")).key == key, key


@pytest.mark.parametrize("width", [7, 20, 33])
def test_chinese_is_wrapped_anywhere(width: int) -> None:
    for key in (f"{OURS}chatglm3-6b", f"{OURS}glm-4-9b"):
        text = re.sub(rf"([\u4e00-\u9fff，。、]{{{width}}})(?=[\u4e00-\u9fff])", r"\1\n", licence_text(key))
        assert text != licence_text(key)
        assert identify_text(text).key == key


def test_headings_and_appendices_are_optional() -> None:
    apache, mit, gpl = (licence_text(key) for key in ("Apache-2.0", "MIT", "GPL-3.0-only"))
    assert identify_text(apache[: apache.index("APPENDIX")]).key == "Apache-2.0"
    filled = apache[: apache.index("APPENDIX")] + "Copyright 2024 Example\n" + apache[apache.index("   Licensed") :]
    assert identify_text(filled).key == "Apache-2.0"  # the notice alone, filled in
    assert identify_text(filled.replace("You may obtain", "You may not obtain")).key is None
    assert identify_text(apache[apache.index("TERMS AND") :]).key == "Apache-2.0"
    assert identify_text(gpl[: gpl.index("END OF TERMS")]).key == "GPL-3.0-only"
    for title in load_entries()["MIT"].titles:
        assert identify_text(f"{title}\n\nCopyright (c) 2024 Jane Doe\n\n{mit}").key == "MIT"
    assert identify_text(f"MIT License\nCopyright (c) 2024 by Jane Doe <jane@example.org>\n{mit}").key == "MIT"
    assert identify_text(f"BSD 3-Clause License\n\n{mit}").key is None


# Each is a licence with one clause altered: what a reader would not see and a court would.
NEAR_MISSES = [
    ("MIT", "without restriction", "with restriction"),
    ("MIT", "sublicense, and/or sell", "sublicense"),
    ("MIT", "free of charge, to any person", "free of charge, for non-commercial use, to any person"),
    ("MIT", "IN NO EVENT SHALL THE AUTHORS", "IN ANY EVENT SHALL THE AUTHORS"),
    ("MIT", "shall be\nincluded in all copies", "may be\nincluded in all copies"),
    ("BSD-3-Clause", "Neither the name of", "The name of"),
    ("BSD-3-Clause", "ORGANIZATION nor", "ORGANIZATION, unless permitted, nor"),
    ("BSD-2-Clause", "source and binary forms", "binary forms"),
    ("ISC", "with or without fee", "without fee"),
    ("Apache-2.0", "You must cause any modified files to carry prominent notices", "You may cause any modified files"),
    ("Apache-2.0", "perpetual,", ""),
    ("CC-BY-4.0", "You may not offer or impose", "You may offer or impose"),
    ("CC-BY-NC-4.0", "NonCommercial purposes only", "any purposes"),
    ("GPL-3.0-only", "No covered work shall be deemed", "Each covered work shall be deemed"),
    (f"{SCANCODE}llama-2-license-2023", "700 million", "7 million"),
    (f"{SCANCODE}llama-2-license-2023", "You will not use the Llama Materials", "You will use the Llama Materials"),
    (f"{SCANCODE}llama-3.1-license-2024", "“Built with Llama”", "“Built with Lama”"),
    (f"{SCANCODE}llama-3.1-license-2024", "Commercial", "Non-commercial"),
    (f"{SCANCODE}llama-3.3-license-2024", "Llama 3.3 Version", "Llama 3.2 Version"),
    (f"{SCANCODE}llama-4-cla-2025", "(A) provide a copy of this Agreement with any such Llama Materials; and", ""),
    (f"{SCANCODE}gemma-tou-2025-03-24", "March 24, 2025", "March 25, 2025"),
    (f"{SCANCODE}gemma-tou-2025-03-24", "Google claims no rights in Outputs", "Google claims all rights in Outputs"),
    (f"{SCANCODE}qwen-2024", "100 million", "10 million"),
    (f"{SCANCODE}qwen-2024", "“Built with Qwen” or “Improved using Qwen”", "“Built with Qwen”"),
    (f"{SCANCODE}deepseek-la-1.0", "royalty-free", "royalty-bearing"),
    (f"{SCANCODE}bigscience-rail-1.0", "For fully automated decision making", "For decision making"),
    (f"{SCANCODE}moonshot-ai-modified-mit-2025", "20 million US dollars", "200 million US dollars"),
    (f"{SCANCODE}tencent-hunyuan-3d-2.0-cla", "Copyright © 2025 Tencent", "Copyright © 2025 Example"),
    (f"{OURS}llama-3", "Copyright © Meta Platforms, Inc.", "Copyright © Example, Inc."),
    (f"{OURS}mistral-research-0.1", "for Research Purposes", "for any purposes"),
    (f"{OURS}minimax-m2-modified-mit", "“MiniMax M2”", "“MiniMax M3”"),
    ("OpenMDW-1.0", "free of charge", "for a charge"),
]


@pytest.mark.parametrize(("key", "old", "new"), NEAR_MISSES, ids=[f"{k}-{n}" for n, (k, *_) in enumerate(NEAR_MISSES)])
def test_a_near_miss_is_not_identified_and_says_where_it_differs(key: str, old: str, new: str) -> None:
    text = licence_text(key)
    assert old in text
    found = identify_text(text.replace(old, new, 1))
    assert found.key is None
    assert found.nearest == key
    shown = " ".join(found.differences)
    changed = set(re.findall(r"\w+", old.lower())) ^ set(re.findall(r"\w+", new.lower()))
    assert changed and any(word in shown for word in changed), shown
    assert len(found.differences) <= 3


def test_no_word_of_a_body_can_be_taken_out_or_a_not_put_in() -> None:
    """For every text: three words lost and three denials added, anywhere in its middle half."""
    chance = random.Random(6)
    known = {normalise(text) for _, text in TEXTS}
    for key, text in TEXTS:
        quarter = len(text) // 4
        words = list(re.finditer(r"[A-Za-z]{2,}|\d+", text[quarter : 3 * quarter]))
        for word in chance.sample(words, 3):
            start, stop = (quarter + place for place in word.span())
            if key == "BSD-3-Clause" and word[0] in {"ORGANIZATION", "copyright", "holder", "the"}:
                continue  # the name that is left open
            assert normalise(text[:start] + text[stop:]) not in known, (key, word)
            assert normalise(text[:start] + "not " + text[start:]) not in known, (key, word)


@given(st.data())
def test_no_number_can_be_changed(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([key for key in load_catalogue() if key.startswith("LicenseRef-")]))
    text = licence_text(key)
    numbers = list(re.finditer(r"(?<![\w.])\d{2,}(?![\w.])", text[400:]))
    if not numbers:
        return
    number = data.draw(st.sampled_from(numbers))
    other = data.draw(st.integers(min_value=0, max_value=10**9).map(str).filter(lambda value: value != number[0]))
    line = text[: number.start() + 400].rsplit("\n", 1)[-1]
    if re.match(r"\W*copyright", line, re.IGNORECASE):
        return  # the year of a copyright statement, which is left open
    altered = text[: number.start() + 400] + other + text[number.end() + 400 :]
    assert identify_text(altered).key is None


@pytest.mark.parametrize(
    "addition",
    [
        "You may not use it commercially.",
        "Copyright (c) 2024 Example\nYou may not use this for commercial purposes.",
        "Copyright (c) 2024 Example. Not for commercial use.",
        "Copyright (c) 2024 Example. Noncommercial.",
        "Copyright (c) 2024 Example. Ask Jane first.",
        "Copyright (c) 2024 Example; send us your changes",
        "Copyright (c) 2024 Example, royalties to Jane",
        "Copyright (c) 2024 Example, provided that a fee is paid.",
        "Copyright (c) Example without any permission.",
        "<!-- a clause that a reader of markdown does not see -->",
        "1.",
    ],
)
def test_an_added_sentence_is_seen(addition: str) -> None:
    mit = licence_text("MIT")
    for text in (f"{addition}\n\n{mit}", f"{mit}\n{addition}\n"):
        found = identify_text(text)
        assert found.key is None
        assert found.contains == ("MIT",)


def test_a_hidden_clause_is_seen() -> None:
    text = licence_text("MIT").replace("The above copyright notice", "<!-- The above copyright notice")
    assert identify_text(text.replace("of the Software.\n\nTHE", "of the Software. -->\n\nTHE")).key is None


def test_several_licences_in_one_file_are_told_apart() -> None:
    keys = ("Apache-2.0", "MIT", f"{SCANCODE}llama-3.1-license-2024")
    found = identify_text("\n\n----\n\n".join(licence_text(key) for key in keys))
    assert found.key is None
    assert set(found.contains) == set(keys)


def test_a_licence_inside_a_contained_one_is_not_told_twice() -> None:
    key = f"{SCANCODE}moonshot-ai-modified-mit-2025"
    assert identify_text(licence_text(key)).contains == ()
    assert identify_text(licence_text(key) + "\nand more").contains == (key,)


def test_a_licence_before_its_policy() -> None:
    whole = variant_texts(f"{OURS}llama-3")[f"{OURS}llama-3.with-policy.txt"]
    assert identify_text(whole).key == f"{OURS}llama-3"
    assert identify_text(whole.replace("Violence or terrorism", "Violence")).contains == (f"{OURS}llama-3",)


@pytest.mark.parametrize("text", ["All rights reserved.", "See the licence of the base model.", "# README\n\nA model."])
def test_other_texts_are_near_nothing(text: str) -> None:
    found = identify_text(text)
    assert (found.key, found.nearest, found.differences, found.contains) == (None, "", (), ())


def test_differences_are_few_short_and_printable() -> None:
    text = licence_text("Apache-2.0").replace("License", "Li\x1b[31m\u202ecense")
    found = identify_text(text)
    assert found.nearest == "Apache-2.0" and 0 < len(found.differences) <= 9
    assert all(len(line) < 900 and line.isprintable() for line in found.differences)


@pytest.mark.parametrize(
    "unit",
    [
        "copyright ",
        "copyright (c) 2024 a ",
        "neither the name of ",
        "*",
        "a*",
        '"',
        "- ",
        "a-\n",
        "\\",
        "\n",
        "中 ",
        "\x00",
    ],
)
def test_hostile_texts_are_read_once(unit: str) -> None:
    found = identify_text((unit * MOST_CHARACTERS)[: MOST_CHARACTERS // 8])
    assert (found.key, found.nearest) == (None, "")


def test_a_text_that_is_too_long_is_not_read() -> None:
    text = "a" * (MOST_CHARACTERS + 1)
    with pytest.raises(InputError, match="at most 1048576"):
        normalise(text)
    assert "at most 1048576" in identify_text(text).problem
    assert identify_text("").problem == "the file holds no words"
    assert identify_text("---\n***\n").problem == "the file holds no words"
    assert identify_text("\ud800 lone").key is None


@given(st.text())
def test_normalising_twice_changes_nothing_more_than_once(text: str) -> None:
    once = normalise(text)
    assert "\n" not in once and "  " not in once
    assert normalise(text + "\n") == once == normalise("  " + text)
