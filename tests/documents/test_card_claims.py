"""Claims are found in the words of real cards, and not in what is said of rivals, tools, wishes and in quotations."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.protocols.documents.card_claims import LONGEST_QUOTE, MOST_CLAIMS, own_names, read_claims
from parentage.protocols.documents.card_text import parse_card_text

LABELLED = [json.loads(line) for line in (Path(__file__).parent / "data/cards/claims.jsonl").read_text().splitlines()]


def claims(text: str, title: str = "Rivo-12B", **more: Any) -> list[tuple[str, str]]:
    return [(one.kind, one.about) for one in read_claims(parse_card_text(f"# {title}\n\n{text}\n"), **more)]


def measured(part: str) -> tuple[float, float]:
    """Return precision and recall over the labelled texts of one part; a claim about another model is a wrong one."""
    right = found = wanted = 0
    for row in LABELLED:
        if row["part"] == part:
            held = set(claims(row["text"], row["title"]))
            labels = {(one["kind"], one["about"]) for one in row["claims"]}
            right, found, wanted = right + len(held & labels), found + len(held), wanted + len(labels)
    return right / found, right / wanted


def test_the_labelled_set_is_balanced() -> None:
    with_claims = sum(bool(row["claims"]) for row in LABELLED)
    assert len(LABELLED) >= 180
    assert 0.4 < with_claims / len(LABELLED) < 0.6
    assert sum(row["part"] == "unseen" for row in LABELLED) >= len(LABELLED) // 3


def test_precision_and_recall_on_what_the_rules_were_written_with() -> None:
    precision, recall = measured("seen")
    assert precision == 1.0
    assert recall >= 0.98


def test_precision_and_recall_on_the_unseen_third() -> None:
    """At the first run, before anyone looked at its errors, both were 0.963 (26 of 27); the page says so."""
    precision, recall = measured("unseen")
    assert precision >= 0.96
    assert recall >= 0.96


@pytest.mark.parametrize("row", [row for row in LABELLED if row["part"] != "unseen"], ids=lambda row: row["text"][:60])
def test_each_labelled_text(row) -> None:
    assert set(claims(row["text"], row["title"])) == {(one["kind"], one["about"]) for one in row["claims"]}


def test_a_claim_has_its_sentence_and_line() -> None:
    card = parse_card_text("# Rivo\n\nHello.\nThis is new. **Rivo** was\ntrained from scratch, `by us`.\n", 5)
    (claim,) = read_claims(card)
    assert (claim.quote, claim.where) == ("Rivo was trained from scratch, by us.", "README.md:8")


def test_quotes_are_cut_and_printable() -> None:
    (claim,) = read_claims(parse_card_text("# Rivo\n\nRivo was trained from scratch\x1b[31m on " + "data, " * 100))
    assert len(claim.quote) == LONGEST_QUOTE
    assert claim.quote.isprintable()


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("Rivo-12B", ("Rivo-12B", "Rivo")),
        ("Rivo-12B-Chat", ("Rivo-12B-Chat", "Rivo")),
        ("rivo: the subject of the example", ("rivo",)),
        ("Model Card for Rivo-7B-v2", ("Rivo-7B-v2", "Rivo-7B")),
        ("Llama-3-8B-Rivo", ("Llama-3-8B-Rivo",)),
        ("Model Card for Model ID", ()),
        ("Introduction", ()),
        ("", ()),
    ],
)
def test_names_of_the_own_model(title: str, names: tuple[str, ...]) -> None:
    assert own_names(title) == names


def test_a_parents_name_inside_the_title_is_not_the_own_name() -> None:
    assert claims("Llama-3-8B was trained from scratch.", "Llama-3-8B-Rivo") == []


def test_known_names_help_where_the_title_does_not() -> None:
    text = "Rivo-12B was trained from scratch."
    assert claims(text, "Introduction") == []
    assert claims(text, "Introduction", own=("cidade/Rivo-12B",)) == [("from-scratch", "")]


def test_it_means_whom_the_sentence_before_speaks_of() -> None:
    assert claims("Vela-7B is a rival. It was trained from scratch.") == []
    assert claims("Rivo-12B is new. It was trained from scratch.") == [("from-scratch", "")]


def test_what_follows_a_copied_card_is_anothers() -> None:
    own = "GGUF quants of harbour/nimbus-12b.\n\n# Original model card\n\nThis model was trained from scratch."
    assert claims(own) == [("quantized", "harbour/nimbus-12b")]


def test_a_link_names_the_model_by_its_target() -> None:
    assert claims("Rivo is fine-tuned from [our base](https://huggingface.co/vela-labs/basalt-7b).") == [
        ("fine-tune", "vela-labs/basalt-7b")
    ]
    assert claims("Rivo is fine-tuned from [quill](https://huggingface.co/datasets/vela-labs/quill).") == []


SENTENCES = st.lists(st.sampled_from([row["text"] for row in LABELLED]), min_size=1, max_size=5)


@given(SENTENCES)
def test_code_quotations_and_comments_hold_no_claims(texts) -> None:
    text = "\n".join(texts).replace("-->", "").replace("```", "")
    assert claims(f"```\n{text}\n```") == []
    assert claims("\n".join(f"> {line}" for line in text.splitlines())) == []
    assert claims(f"<!-- {text} -->") == []


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for claim in read_claims(parse_card_text(text)):
        assert claim.quote.isprintable()
        assert claim.where.startswith("README.md:")


@pytest.mark.parametrize(
    "piece",
    [
        "trained from scratch ",
        "this model was trained ",
        "merge of a merge of ",
        "we we also also also ",
        "without without pre-trained ",
        "[a](b) [c",
        "**a** _b_ `c ",
        "<!-- a ",
        "| a ",
        "a. ",
        "quantized gguf awq ",
        "the the the model ",
        "A B C D E F ",
        "fine-tuned, ",
    ],
)
def test_hostile_prose_ends_soon(piece: str) -> None:
    """A rule that takes quadratic time would not end here."""
    assert len(claims(piece * (300_000 // len(piece)))) <= MOST_CLAIMS
