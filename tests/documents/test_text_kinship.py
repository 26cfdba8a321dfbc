"""Long common passages are found where they stand, what everybody writes is set aside, and nothing takes for ever."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from parentage.protocols.documents import text_kinship, text_prose
from parentage.protocols.documents.text_kinship import (
    COPIED_CHARACTERS,
    PASSAGE_CHARACTERS,
    compare_texts,
    find_passages,
)
from parentage.protocols.documents.text_prose import WRITTEN_BY_TOOLS, read_prose


def words(count: int, seed: int) -> str:
    draw = random.Random(seed)
    return " ".join("".join(draw.choices("abcdefghijklmnop", k=draw.randint(2, 9))) for _ in range(count))


STORY = words(100, 1)


def compare(subject: str, *candidates: str):
    found = compare_texts(
        read_prose({"README.md": subject.encode()}),
        {str(at): read_prose({"README.md": text.encode()}) for at, text in enumerate(candidates)},
    )
    return found["0"]


def test_a_copied_passage_is_found_with_both_places() -> None:
    subject = f"# Rivo\n\nOur own work.\n\n{STORY}\n\nContact us."
    candidate = f"# Nimbus\nMade with care.\n\n\n\n{STORY.replace(' ', chr(10), 50)}\n"
    found = compare(subject, candidate)
    assert (found.passages, found.strength) == (1, "copied-passage")
    assert (found.where, found.other_where) == ("README.md:5", "README.md:6")
    assert found.longest == found.characters == len(STORY) > COPIED_CHARACTERS
    assert found.text == STORY[:500]
    own = len("rivo our own work contact us")
    assert found.share == pytest.approx(len(STORY) / (len(STORY) + own), abs=0.02)


def test_markup_case_and_line_breaks_do_not_hide_it() -> None:
    marked = STORY.upper().split(" ")
    marked[::7] = [f"**{word}**" for word in marked[::7]]
    marked[3::9] = [f"[{word}](https://nimbus.example/{at})" for at, word in enumerate(marked[3::9])]
    found = compare("> " + "\n> ".join(marked), STORY)
    assert found.longest == len(STORY)


def test_a_shorter_passage_is_common_and_one_shorter_still_is_none() -> None:
    common = STORY[:150].rpartition(" ")[0]
    assert compare(f"one {common} two", f"three {common} four").strength == "common-passage"
    short = STORY[: PASSAGE_CHARACTERS - 1].rpartition(" ")[0]
    found = compare(f"one {short} two", f"three {short} four")
    assert (found.strength, found.passages, found.where) == ("none", 0, "")


def test_a_passage_is_of_whole_words() -> None:
    found = compare(f"the pre{STORY}post end", f"a re{STORY}pos b")
    assert STORY.startswith(found.text.split(" ", 1)[0], STORY.index(" ") + 1)
    assert found.longest == len(STORY.split(" ", 1)[1].rpartition(" ")[0])


def test_chinese_is_counted_by_characters_across_lines() -> None:
    draw = random.Random(3)
    story = "".join(chr(draw.randint(0x4E00, 0x9F00)) for _ in range(120))
    broken = "\n".join(story[at : at + 20] for at in range(0, 120, 20))
    found = compare(f"甲{story}乙", f"丙\n{broken}\n丁")
    assert (found.longest, found.passages) == (120, 1)


BOILERPLATE = {
    "licence": (ROOT / "src/parentage/licensing/texts/Apache-2.0.txt").read_text()[:3000],
    "card template": "\n".join(WRITTEN_BY_TOOLS),
    "front matter": f"---\nx: {STORY}\n---\n",
    "code": f"```python\n{STORY}\n```",
    "indented fence": f"  ~~~\n{STORY}\n  ~~~",
    "table": f"| {STORY} |",
    "citation": f"@misc{{rivo,\n  title = {{{STORY}}},\n}}",
    "tag": f'<img alt="{STORY}">',
    "links": "".join(f"[a{at}](https://{'x' * 90}.example/)\n" for at in range(9)),
}


@pytest.mark.parametrize("text", BOILERPLATE.values(), ids=BOILERPLATE)
def test_what_everybody_writes_is_set_aside(text: str) -> None:
    found = compare(f"{text}\n{words(50, 8)}", f"{text}\n{words(50, 9)}")
    assert (found.passages, found.strength) == (0, "none")


def test_an_unclosed_front_matter_hides_nothing() -> None:
    assert compare(f"---\n{STORY}", STORY).longest == len(STORY)


def test_what_two_candidates_share_is_set_aside() -> None:
    own = words(100, 5)
    found = compare(f"{STORY}\n\n{own}", f"{STORY} x {own}", f"y {STORY} z")
    assert found.longest == len(own)
    assert found.set_aside == len(STORY)
    assert compare(STORY, STORY, STORY).strength == "none"


def test_licences_and_lists_of_words_are_not_read() -> None:
    names = ("LICENSE.md", "NOTICE.txt", "docs/licence-llama.txt", "merges.txt", "vocab.txt", "requirements-dev.txt")
    assert read_prose(dict.fromkeys(names, b"text")).files == ()


def test_other_documents_count_and_the_card_comes_first() -> None:
    subject = read_prose({"docs/a.md": STORY.encode(), "README.md": words(50, 7).encode(), "b.txt": b"\xff\xfe \x00"})
    assert [name for name, _, _ in subject.files] == ["README.md", "b.txt", "docs/a.md"]
    found = compare_texts(subject, {"x": read_prose({"notes.rst": b"\n\n" + STORY.encode()})})["x"]
    assert (found.where, found.other_where, found.share) == ("docs/a.md:1", "notes.rst:3", 0.0)
    assert found.longest == len(STORY)


def test_nothing_to_compare() -> None:
    found = compare_texts(read_prose({}), {"x": read_prose({"README.md": STORY.encode()})})["x"]
    assert found.strength == "not-compared"
    assert compare("", "").strength == "not-compared"


def test_what_is_too_much_is_said(monkeypatch) -> None:
    monkeypatch.setattr(text_prose, "MOST_CHARACTERS", 500)
    monkeypatch.setattr(text_prose, "MOST_BYTES", 2000)
    monkeypatch.setattr(text_prose, "MOST_FILES", 2)
    found = read_prose({"README.md": STORY.encode() * 2, "a.md": b"x" * 3000, "b.md": b"x"})
    assert [problem.split(":")[0] for problem in found.problems] == ["b.md", "README.md", "a.md"]
    assert len(found.text) < 520


def test_control_characters_are_not_shown() -> None:
    found = compare(STORY.replace(" ", " \x1b[31m\u202e ", 3), STORY.replace(" ", " \x1b[31m ", 3))
    assert found.text.isprintable()
    assert "\x1b" not in found.text


LONG = 500_000
TRAPS = {
    "one letter": ("a" * LONG, "a" * LONG),
    "one word": ("a " * (LONG // 2), "a " * (LONG // 2)),
    "one sentence": ("The quick brown fox jumps over it. " * 15_000, "The quick brown fox jumps over it, " * 15_000),
    "short pieces": tuple(
        "".join(f"alpha beta gamma delta epsilon zeta eta theta iota {seed}{at} " for at in range(15_000))
        for seed in "xy"
    ),
    "opened tags": ("<" * LONG, "<" * 10),
    "opened links": ("](" * LONG, "](a" * 10),
    "fences": ("```\n" * (LONG // 4), "x"),
    "citations": ("@a {" * (LONG // 4), "x"),
    "lines": ("\n" * LONG, "x"),
}


@pytest.mark.parametrize("texts", TRAPS.values(), ids=TRAPS)
def test_repeated_text_ends(texts: tuple[str, str]) -> None:
    found = compare(*texts)
    assert found.characters <= 2 * LONG


def test_a_comparison_that_was_ended_says_so(monkeypatch) -> None:
    monkeypatch.setattr(text_kinship, "MOST_MISSES", 500)
    found = compare(*TRAPS["short pieces"])
    assert not found.complete
    monkeypatch.setattr(text_kinship, "MOST_MISSES", 0)
    assert compare(STORY, STORY).strength == "not-compared"


vocabulary = st.sampled_from(["aa", "ab", "ba", "bbb", "c"])


@settings(max_examples=150, deadline=None)
@given(st.lists(vocabulary, max_size=60), st.lists(vocabulary, max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_passages_are_equal_whole_apart_and_ordered(left: list[str], right: list[str], at: int, to: int) -> None:
    least = 40
    text, other = " ".join((*left[:at], *right[to:], *left[at:])), " ".join(right)
    done = 0
    for one in find_passages(text, other, least).found:
        assert text[one.start : one.end] == other[one.other : one.other + one.length]
        assert one.length >= least
        assert one.start >= done
        for whole, start, end in ((text, one.start, one.end), (other, one.other, one.other + one.length)):
            assert start == 0 or whole[start - 1] == " "
            assert end == len(whole) or whole[end] == " "
        done = one.end


def longest_common(left: list[str], right: list[str]) -> int:
    """Return how many characters the longest common run of words has, by comparing all with all."""
    best = 0
    runs = [[0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for row, one in enumerate(left, 1):
        for column, other in enumerate(right, 1):
            if one == other:
                runs[row][column] = runs[row - 1][column - 1] + len(one) + 1
                best = max(best, runs[row][column] - 1)
    return best


@settings(max_examples=100, deadline=None)
@given(st.lists(vocabulary, max_size=50), st.lists(vocabulary, max_size=50), st.integers(0, 50), st.integers(0, 50))
def test_none_is_missed(left: list[str], right: list[str], at: int, to: int) -> None:
    mixed = [*left[:at], *right[to:], *left[at:]]
    found = find_passages(" ".join(mixed), " ".join(right), 40).found
    assert bool(found) == (longest_common(mixed, right) >= 40)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read(data: bytes) -> None:
    found = read_prose({"README.md": b"---\n" + data})
    for place in range(len(found.text)):
        assert found.where(place).startswith("README.md:")
    assert len(found.starts) == len(found.raws)
