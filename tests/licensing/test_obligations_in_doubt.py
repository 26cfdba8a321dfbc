"""Where a clause is conditional, leaves a choice or takes several forms, its row says so and finds nothing missing."""

import pytest

from licensing.obligation_rows import of_kind, rows

GEMMA = "LicenseRef-scancode-gemma-tou-2025-03-24"
LLAMA = "LicenseRef-scancode-llama-3.1-license-2024"
NOTICE = "Nimbus 7B\nCopyright 2025 Nimbus Labs\nThis product includes weights made by Nimbus Labs."


def test_notices_that_a_licence_asks_for_in_derivatives_are_disputed_for_a_copy() -> None:
    copy = rows("Apache-2.0", {"NOTICE": "Rivo"}, notice=NOTICE, trigger="redistribute-verbatim")["Apache-2.0/4d"]
    assert copy.status == "disputed" and "bare copy" in copy.note
    assert rows("Apache-2.0", {"NOTICE": "Rivo"}, notice=NOTICE)["Apache-2.0/4d"].status == "not-found"
    kept = rows("Apache-2.0", {"NOTICE": NOTICE}, notice=NOTICE, trigger="redistribute-verbatim")["Apache-2.0/4d"]
    assert kept.status == "met"


def test_a_statement_that_is_owed_under_a_condition_is_not_checkable() -> None:
    row = of_kind(rows("LicenseRef-scancode-stability-ai-community-2024"), "state-changes")
    assert row.status == "not-checkable" and "condition" in row.note


def test_a_model_trained_on_replies_has_no_modified_files() -> None:
    assert "state-changes" not in {row.kind for row in rows(GEMMA, trigger="distil-from-outputs").values()}


@pytest.mark.parametrize(
    ("card", "status"),
    [
        ("Made from https://hub.example/nimbus-labs/Nimbus-7B.", "disputed"),
        ("See [it](https://hub.example/Nimbus-Labs/nimbus-7b/tree/main).", "disputed"),
        ("Made from https://hub.example/nimbus-labs/Nimbus-7B-chat.", "not-found"),
        ("Made from nimbus-labs/Nimbus-7B.", "not-found"),
    ],
)
def test_a_link_to_the_parent_may_be_attribution_where_the_licence_takes_any_manner(card: str, status: str) -> None:
    row = of_kind(rows("CC-BY-4.0", {"README.md": card}, notice=NOTICE), "retain-notice")
    assert (row.status, row.where) == (status, "")
    assert rows("Apache-2.0", {"README.md": card}, notice=NOTICE)["Apache-2.0/4c"].status == "not-found"


@pytest.mark.parametrize("card", ["Built with Llama-3.1-8B", "Built with Llama.3"])
def test_words_with_a_version_number_after_them_are_disputed(card: str) -> None:
    row = of_kind(rows(LLAMA, {"README.md": f"# R\n\n{card}\n"}), "display-attribution")
    assert (row.status, row.where) == ("disputed", "")
    assert "README.md:3" in row.note


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("org/Llama-3-8B-Rivo", "met"),
        ("org/llama_3-Rivo", "met"),
        ("Llama 3 Rivo", "met"),
        ("org/Llama-3.1-Rivo", "met"),
        ("org/Llama3-8B-Rivo", "disputed"),
        ("org/Llama-30B-Rivo", "disputed"),
        ("org/Llama-2-Rivo", "not-found"),
        ("org/Meta-Llama-3-Rivo", "not-found"),
    ],
)
def test_a_blank_in_the_word_is_any_separator_in_the_name(name: str, status: str) -> None:
    last = name.split("/")[-1]
    row = of_kind(rows("LicenseRef-parentage-llama-3", {"README.md": f"# {last}\n"}, name=name), "name-prefix")
    assert (row.status, row.where) == (status, "README.md:1" if status == "met" else "")


@pytest.mark.parametrize(
    ("parent", "declared", "status"),
    [
        ("GPL-2.0-only", "GPL-3.0-only", "disputed"),
        ("GPL-2.0-only", "AGPL-3.0-only", "disputed"),
        ("GPL-3.0-only", "AGPL-3.0-or-later", "disputed"),
        ("LGPL-3.0-only", "GPL-3.0-only", "met"),
        ("LGPL-3.0-only", "AGPL-3.0-only", "disputed"),
        ("GPL-3.0-only", "GPL-2.0-only", "not-found"),
        ("AGPL-3.0-only", "GPL-3.0-only", "not-found"),
    ],
)
def test_what_a_text_leaves_open_is_disputed(parent: str, declared: str, status: str) -> None:
    row = of_kind(rows(parent, {"README.md": "---\nlicense: x\n---\n"}, declared=declared), "same-licence")
    assert row.status == status


@pytest.mark.parametrize(
    "sentence",
    [
        "Rivo wurde aus Nimbus und Basalt durch lineare Mischung gewonnen.",
        "Rivo é uma mistura linear de Nimbus e Basalt.",
        "Rivo est une fusion linéaire de Nimbus et Basalt.",
        "Rivo 由 Nimbus 与 Basalt 线性合并而成。",
    ],
)
def test_a_statement_in_another_language_is_left_to_a_reader(sentence: str) -> None:
    row = of_kind(rows("Apache-2.0", {"README.md": f"# Rivo\n\n{sentence}\n"}), "state-changes")
    assert row.status in ("not-checkable", "disputed")
