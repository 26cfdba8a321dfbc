"""A statement that a parent was changed counts in plain forms only; a denial never does."""

import re

import pytest

from licensing.obligation_rows import change, of_kind, rows
from parentage.licensing.obligations import check_obligations
from parentage.licensing.records import ParentTerms, Published


@pytest.mark.parametrize(
    "card",
    [
        "This model is a merge of Nimbus-7B and Basalt.",
        "Rivo is a linear merge (0.6/0.4) of\nnimbus-labs/Nimbus-7B and others/Basalt-7B.",
        "We merged Nimbus 7B with Basalt without further training.",
        "Fine-tuned from [Nimbus-7B](https://example.org/nimbus-labs/Nimbus-7B).",
        "The following models were included in the merge:\n\n* [nimbus-labs/Nimbus-7B](https://x.org/x)\n* Basalt-7B",
        "It was merged using the [Linear](https://x.org) merge method using nimbus-labs/Nimbus-7B as a base.",
        "A 4-bit quantized version of Nimbus_7B.",
        "It contains modified weights of Nimbus-7B (Copyright 2025 Nimbus Labs).",
        "The weights of Basalt and Nimbus-7B were merged: 0.4 and 0.6.",
        "The weights were changed: linear interpolation of 0.6 Nimbus-7B and 0.4 Basalt.",
        "**Derived from Nimbus-7B.**",
        "Based on nimbus-labs/Nimbus-7B.",
        "The weights of Nimbus-7B and Basalt were changed: merged linearly in the proportions 0.6 and 0.4.",
        "The weights are a linear merge of `nimbus` (weight 0.6) and `basalt` (weight 0.4), then quantised.",
        "Rivo is a multilingual chat model, a linear merge of Nimbus-7B and Basalt.",
        "This product includes a modified version of Nimbus-7B.",
        "Rivo was created by merging Nimbus-7B and Basalt.",
    ],
)
def test_statements_that_count(card: str) -> None:
    row = change(f"# Rivo\n\n{card}\n")
    assert row.status == "met", row.note
    line = int(row.where.removeprefix("README.md:"))
    assert re.search("nimbus", f"# Rivo\n\n{card}\n".splitlines()[line - 1], re.IGNORECASE)


@pytest.mark.parametrize(
    "card",
    [
        "This model is not a merge of Nimbus-7B.",
        "Rivo was not derived from Nimbus-7B.",
        "No Nimbus-7B weights were used or merged.",
        "Rivo wasn't fine-tuned from Nimbus-7B.",
        "It is false that Rivo is a merge of Nimbus-7B.",
        "Trained from scratch, and never merged with Nimbus-7B.",
        "Neither merged with nor derived from Nimbus-7B.",
        "We deny that this is a merge of Nimbus-7B.",
        "Some claim that this is a merge of Nimbus-7B.",
        "Is this a merge of Nimbus-7B?",
        "You can merge it with Nimbus-7B.",
        "Rivo could be fine-tuned from Nimbus-7B.",
        "Unlike a merge of Nimbus-7B, Rivo is new.",
        "Models that were not used in the merge:\n\n- Nimbus-7B\n- Basalt",
    ],
)
def test_a_denial_or_a_supposition_never_meets_the_clause(card: str) -> None:
    row = change(f"# Rivo\n\n{card}\n")
    assert (row.status, row.where) == ("not-found", "")
    assert "README.md:" in row.note


@pytest.mark.parametrize(
    "card",
    [
        "Foo-7B is a merge of Nimbus-7B and Basalt.",
        "Compare Foo, a fine-tune of Nimbus-7B.",
        "Others say Rivo is a merge of Nimbus-7B.",
        "The comment that Rivo was merged from Nimbus-7B is a lie.",
        "Rivo is hardly a merge of Nimbus-7B.",
        "Zero Nimbus-7B weights were merged.",
        "A merge of Nimbus-7B was considered.",
        "We tried merging Nimbus-7B.",
        "Rivo-2 is a merge of Nimbus-7B.",
        "Rivo is far better than a merge of Nimbus-7B.",
        "See also: merges of Nimbus-7B.",
        "Changes from Nimbus-7B: more layers.",
        "The average of Nimbus-7B and Basalt is 61.2 points.",
        "Nimbus-7B changed the field.",
        "A merge of Nimbus-7B is what this model is not.",
        "Our merged model outperforms Nimbus-7B.",
        "The chat template was adapted from Nimbus-7B.",
        "Fine-tuned on outputs of Nimbus-7B.",
        "Nimbus-7B is a fine-tune of Basalt.",
        "The tokenizer is derived from Nimbus-7B.",
        "Merge with Nimbus-7B",
        "Rivo is a merge of Nimbus-7B-Instruct.",
        "**How it was made.** `0.6 * nimbus + 0.4 * basalt` in fp32, rounded once.",
    ],
)
def test_what_only_a_reader_can_judge_is_disputed(card: str) -> None:
    row = change(f"# Rivo\n\n{card}\n")
    assert (row.status, row.where) == ("disputed", ""), row.note
    assert "README.md:3" in row.note


@pytest.mark.parametrize(
    "card",
    [
        "Rivo is our own work.",
        "We compare with Nimbus-7B.",
        "Rivo is a merge of Basalt.",
        "<!-- a merge of Nimbus-7B -->\nOur own work.",
        "A merge of Nimbus-70B and Basalt.",
    ],
)
def test_what_says_nothing_is_not_found(card: str) -> None:
    assert change(f"# Rivo\n\n{card}\n").status == "not-found"


def test_front_matter_alone_is_disputed() -> None:
    card = "---\nbase_model:\n- nimbus-labs/Nimbus-7B\n- basalt\nbase_model_relation: merge\n---\n# Rivo\n"
    row = change(card)
    assert row.status == "disputed" and "README.md:5" in row.note
    assert change(card.replace("nimbus-labs/Nimbus-7B", "cirrus")).status == "not-found"


def test_another_language_is_not_checkable() -> None:
    assert change("# Rivo\n\n本模型由 Nimbus-7B 与 Basalt 合并而成。\n").status == "not-checkable"


@pytest.mark.parametrize("parent", [("a", "a"), ("", ""), ("base", "model"), ("7b", "x/7B"), ("m1", "."), ("the", "/")])
def test_a_name_that_would_match_anything_is_not_looked_for(parent: tuple[str, str]) -> None:
    row = change("This is a merge of a base model, the 7b one.", parent=parent)
    assert (row.status, row.where) == ("not-checkable", "")


@pytest.mark.parametrize("name", ["Nim(bus", "Nim[bus", "Nim*bus+", "Nim\\bus", "(a+)+$Nimbus", "Nim|bus"])
def test_names_with_signs_are_taken_as_they_are(name: str) -> None:
    row = change(f"A merge of {name} and Basalt.", parent=("x1", name))
    assert row.status in {"met", "disputed", "not-found"}
    assert change("A merge of Cirrus and Basalt.", parent=("x1", name)).status == "not-found"


def test_statements_in_a_licence_file_or_a_config_are_not_the_publishers() -> None:
    said = "A merge of Nimbus-7B."
    found = rows("Apache-2.0", {"LICENSE": said, "config.json": said}, licences={"LICENSE": "MIT"})
    assert of_kind(found, "state-changes").status == "not-found"
    assert of_kind(rows("Apache-2.0", {"NOTICE": said}), "state-changes").where == "NOTICE:1"


def test_two_parents_in_one_list_are_each_met() -> None:
    parents = [ParentTerms(id=name, name=name, licence="Apache-2.0") for name in ("nimbus", "basalt")]
    card = "# Rivo\n\nA merge of basalt (40 %) and nimbus (60 %).\n"
    published = Published(name="Rivo", files={"README.md": card}, licences={}, declared=None)
    found = [row for row in check_obligations(parents, published) if row.kind == "state-changes"]
    assert [(row.parent, row.status, row.where) for row in found] == [
        ("nimbus", "met", "README.md:3"),
        ("basalt", "met", "README.md:3"),
    ]
