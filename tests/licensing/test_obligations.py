"""Each check finds what is there, and takes nothing for it that only looks alike."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from licensing.obligation_rows import change, of_kind, rows
from parentage.licensing.catalogue import licence_text
from parentage.licensing.clauses import clauses_of, known_licences
from parentage.licensing.obligations import check_obligations, what_is_owed
from parentage.licensing.records import ParentTerms, Published, Trigger

GEMMA = "LicenseRef-scancode-gemma-tou-2025-03-24"
LLAMA = "LicenseRef-scancode-llama-3.1-license-2024"
LLAMA_2 = "LicenseRef-scancode-llama-2-license-2023"
QWEN = "LicenseRef-scancode-qwen-2024"
NOTICE = "Nimbus 7B\nCopyright 2025 Nimbus Labs\nThis product includes weights made by Nimbus Labs."


# Which rows there are


def test_a_permissive_parent_owes_notices_and_a_statement_and_no_more() -> None:
    found = rows("Apache-2.0", {"README.md": "# Rivo\n\nOur own work.\n"})
    assert list(found) == ["Apache-2.0/4a", "Apache-2.0/4b", "Apache-2.0/4c", "Apache-2.0/4d"]
    assert {row.status for row in found.values()} == {"not-found", "not-checkable"}
    for row in found.values():
        assert "Merging is permitted by this licence" in row.note
        assert "a copy of the licence, a statement that it was changed and the notices, no more" in row.note
        assert row.where == ""


def test_what_is_owed_in_words() -> None:
    assert what_is_owed("MIT") == "the notices and a copy of the licence"
    assert what_is_owed("CC0-1.0") == "nothing"


def test_a_licence_that_asks_for_nothing_has_no_row() -> None:
    assert rows("CC0-1.0") == {}


@pytest.mark.parametrize("licence", [None, "LicenseRef-unheard", "LicenseRef-\x1b[31m"])
def test_an_unknown_licence_is_one_row_that_says_so(licence: str | None) -> None:
    (row,) = rows(licence, {"README.md": "x"}).values()
    assert (row.status, row.clause, row.kind, row.trigger, row.quote) == ("unknown-licence", "", "", "", "")
    assert "cannot be said" in row.note and row.licence.isprintable()


def test_conditions_on_use_and_scale_are_not_checkable() -> None:
    found = rows(LLAMA, {"README.md": "x"})
    assert of_kind(found, "scale-threshold").status == "not-checkable"
    assert of_kind(rows("CC-BY-NC-4.0"), "non-commercial").status == "not-checkable"
    assert of_kind(rows(LLAMA_2), "output-use-limit").status == "not-checkable"
    assert of_kind(rows("CC-BY-ND-4.0"), "no-derivatives").status == "not-checkable"
    assert "patent-retaliation" not in {row.kind for row in found.values()}


def test_a_clause_on_copies_alone_is_disputed_for_a_derivative_and_owed_for_a_copy() -> None:
    derivative = of_kind(rows(LLAMA), "retain-notice")
    copy = of_kind(rows(LLAMA, trigger="redistribute-verbatim"), "retain-notice")
    assert (derivative.status, derivative.trigger) == ("disputed", "redistribute-verbatim")
    assert (copy.status, copy.trigger) == ("not-found", "redistribute-verbatim")
    assert "copies of the parent itself" in derivative.note


def test_a_copy_owes_no_statement_of_changes_and_no_name() -> None:
    kinds = {row.kind for row in rows(LLAMA, trigger="redistribute-verbatim").values()}
    assert kinds == {"give-licence-copy", "display-attribution", "retain-notice", "scale-threshold"}
    kinds = {row.kind for row in rows("Apache-2.0", trigger="redistribute-verbatim").values()}
    assert kinds == {"give-licence-copy", "retain-notice"}


def test_training_on_replies_raises_what_speaks_of_replies() -> None:
    found = rows(LLAMA, trigger="distil-from-outputs")
    assert of_kind(found, "name-prefix").status == "not-found"
    assert {row.kind for row in found.values()} == {"name-prefix", "scale-threshold"}
    assert {row.kind for row in rows(LLAMA_2, trigger="distil-from-outputs").values()} == {
        "output-use-limit",
        "scale-threshold",
    }


@pytest.mark.parametrize("key", known_licences())
@pytest.mark.parametrize(
    "trigger", ["redistribute-derivative", "redistribute-verbatim", "hosted-service", "commercial"]
)
def test_each_licence_gives_each_clause_at_most_once_and_never_a_place_without_met(key: str, trigger: Trigger) -> None:
    terms = ParentTerms(id="nimbus", name="Nimbus", licence=key)
    published = Published(name="Rivo", files={"README.md": "# Rivo\n\nHello.\n"}, licences={}, declared=None)
    found = check_obligations([terms], published, trigger=trigger)
    ids = [row.clause for row in found]
    assert len(ids) == len(set(ids))
    assert all((row.status == "met") == bool(row.where) for row in found)
    assert all(row.note and row.quote.isprintable() for row in found)
    if trigger == "redistribute-derivative":
        assert set(ids) == {clause.id for clause in clauses_of(key) if clause.kind != "patent-retaliation"}


# A copy of the licence


def test_the_licence_text_as_a_file() -> None:
    found = rows("MIT", {"LICENSE": "whatever was identified"}, licences={"LICENSE": "MIT"})
    row = found["MIT/permission"]
    assert (row.status, row.where) == ("met", "LICENSE:1")


def test_the_licence_text_inside_another_file() -> None:
    wrapped = licence_text("MIT").replace("\n", "\n> ")
    row = rows("MIT", {"NOTICE": f"Rivo\n\nNimbus:\n\n> {wrapped}"})["MIT/permission"]
    assert (row.status, row.where) == ("met", "NOTICE:5")


def test_another_licence_is_no_copy_and_is_named() -> None:
    row = rows("MIT", {"LICENSE": "..."}, licences={"LICENSE": "Apache-2.0"})["MIT/permission"]
    assert (row.status, row.where) == ("not-found", "")
    assert "LICENSE is Apache-2.0" in row.note


def test_a_text_that_resembles_the_licence_is_disputed() -> None:
    near = licence_text("Apache-2.0").replace("worldwide", "regional")
    row = rows("Apache-2.0", {"LICENSE": near})["Apache-2.0/4a"]
    assert row.status == "disputed"
    assert "resembles" in row.note


def test_a_link_is_a_copy_only_where_the_licence_says_so() -> None:
    card = "# Rivo\n\nNimbus is under https://creativecommons.org/licenses/by/4.0/ by Nimbus Labs.\n"
    assert of_kind(rows("CC-BY-4.0", {"README.md": card}), "give-licence-copy").where == "README.md:3"
    other = card.replace("/by/", "/by-sa/")
    assert of_kind(rows("CC-BY-4.0", {"README.md": other}), "give-licence-copy").status == "not-found"
    link = "# Rivo\n\nSee https://www.apache.org/licenses/LICENSE-2.0.\n"
    assert rows("Apache-2.0", {"README.md": link})["Apache-2.0/4a"].status == "not-found"


# Notices


def test_the_parents_notice_is_looked_for_line_by_line() -> None:
    kept = "Rivo\n\nThis product includes:\n  * Nimbus 7B,\n  * Copyright (c) 2025 Nimbus Labs\n"
    row = rows("Apache-2.0", {"NOTICE": kept}, notice=NOTICE)["Apache-2.0/4d"]
    assert (row.status, row.where) == ("met", "NOTICE:5")


def test_a_notice_that_is_gone_is_not_found_and_quoted() -> None:
    row = rows("Apache-2.0", {"NOTICE": "Copyright 2026 Rivo"}, notice=NOTICE)["Apache-2.0/4d"]
    assert row.status == "not-found"
    assert "1 of 1 lines" in row.note and "Copyright 2025 Nimbus Labs" in row.note


def test_without_a_known_notice_a_copyright_line_that_names_the_parent_will_do() -> None:
    card = "# Rivo\n\nWeights: Copyright 2025 Nimbus Labs.\n"
    found = rows("Apache-2.0", {"README.md": card})
    assert (found["Apache-2.0/4c"].status, found["Apache-2.0/4c"].where) == ("met", "README.md:3")
    assert found["Apache-2.0/4d"].status == "not-checkable"
    assert rows("MIT", {"LICENSE": "Copyright 2026 Rivo"})["MIT/notice"].status == "not-checkable"


@pytest.mark.parametrize("notice", ["\n \n", "-\n=\n", "x\n"])
def test_a_notice_that_says_nothing_is_not_checkable(notice: str) -> None:
    assert rows("Apache-2.0", {"README.md": "x"}, notice=notice)["Apache-2.0/4d"].status == "not-checkable"


WORDED = "Gemma is provided under and subject to the Gemma Terms of Use found at ai.google.dev/gemma/terms"


def test_a_notice_that_the_licence_words_has_to_be_in_a_notice_file() -> None:
    assert of_kind(rows(GEMMA, {"NOTICE.txt": f"Rivo\n\n{WORDED}.\n"}), "retain-notice").where == "NOTICE.txt:3"
    row = of_kind(rows(GEMMA, {"README.md": f"# Rivo\n\n{WORDED}.\n"}), "retain-notice")
    assert (row.status, row.where) == ("disputed", "")
    assert "README.md:3" in row.note
    assert of_kind(rows(GEMMA, {"NOTICE": "Rivo"}), "retain-notice").status == "not-found"


def test_the_licence_itself_does_not_hold_the_notice_that_it_asks_for() -> None:
    files = {"LICENSE": licence_text(GEMMA), "NOTICE": licence_text(GEMMA)}
    row = of_kind(rows(GEMMA, files, licences=dict.fromkeys(files, GEMMA)), "retain-notice")
    assert row.status == "not-found"
    row = of_kind(rows(GEMMA, {"NOTICE": licence_text(GEMMA)}), "retain-notice")
    assert row.status == "not-found"


def test_signs_and_quotes_make_no_difference() -> None:
    said = 'Llama 3.1 is licensed under the "Llama 3.1 Community License", Copyright (c) Meta Platforms, Inc.'
    said += "\nAll Rights Reserved."
    assert of_kind(rows(LLAMA, {"Notice": said}), "retain-notice").where == "Notice:1"


# Words to show, and the name


@pytest.mark.parametrize(
    "card",
    [
        "Built with Llama",
        "**Built with Llama**.",
        "[built with  Llama](https://x)",
        "Built\nwith Llama 3.1",
        "Built with Llama\nnot for sale",
    ],
)
def test_words_are_shown(card: str) -> None:
    row = of_kind(rows(LLAMA, {"README.md": f"# R\n\n{card}\n"}), "display-attribution")
    assert (row.status, row.where) == ("met", "README.md:3")


@pytest.mark.parametrize(
    "card",
    [
        "Built without Llama",
        "This model was not Built with Llama.",
        "Built with Llama.cpp",
        "Built with Llama-Factory",
        "Built with Llamas",
        "You must prominently display “Built with Llama” on your website.",
        "<!-- Built with Llama -->",
        "",
    ],
)
def test_words_that_are_not_shown(card: str) -> None:
    row = of_kind(rows(LLAMA, {"README.md": f"# R\n\n{card}\n"}), "display-attribution")
    assert (row.status, row.where) == ("not-found", "")


def test_a_licence_text_shows_no_words() -> None:
    text = licence_text(LLAMA)
    for name in ("LICENSE", "README.md", "USE_POLICY.md"):
        assert of_kind(rows(LLAMA, {name: text}), "display-attribution").status == "not-found", name


def test_words_in_terms_of_ones_own_are_not_shown() -> None:
    terms = "Terms of Rivo\n\nBuilt with Llama\n"
    assert of_kind(rows(LLAMA, {"LICENSE.md": terms}), "display-attribution").status == "not-found"
    assert of_kind(rows(LLAMA, {"ABOUT.md": terms}), "display-attribution").where == "ABOUT.md:3"


def test_either_of_two_wordings_will_do() -> None:
    for words in ("Built with Qwen", "Improved using Qwen"):
        assert of_kind(rows(QWEN, {"README.md": words}), "display-attribution").status == "met"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("Llama-Rivo", "met"),
        ("llama rivo", "met"),
        ("org/Llama-3.1-Rivo", "met"),
        ("hf://org/Llama-Rivo@abc", "met"),
        ("Rivo-Llama", "not-found"),
        ("Rivo", "not-found"),
        ("Llama/Rivo", "not-found"),
        ("", "not-checkable"),
        (" / ", "not-checkable"),
    ],
)
def test_the_name_begins_with_the_word(name: str, status: str) -> None:
    last = name.split("@")[0].split("/")[-1]
    row = of_kind(rows(LLAMA, {"README.md": f"\n# {last}\n"}, name=name), "name-prefix")
    assert row.status == status
    assert row.where == ("README.md:2" if status == "met" else "")


# Restrictions and the same licence


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("The model is subject to the use restrictions in Section 3.2 of the Gemma Terms of Use.", "met"),
        ("You must not use it for the restricted uses of the Gemma Prohibited Use Policy.", "met"),
        ("The use restrictions of Nimbus-7B apply to Rivo.", "met"),
        ("No use restrictions apply, whatever Gemma says.", "not-found"),
        ("The Gemma use restrictions do not apply.", "not-found"),
        ("The use restrictions of OpenCirrus apply.", "not-found"),
        ("We like the Gemma Prohibited Use Policy.", "not-found"),
        ("Do the Gemma use restrictions apply?", "not-found"),
    ],
)
def test_use_restrictions_passed_on_in_a_sentence(sentence: str, status: str) -> None:
    row = of_kind(rows(GEMMA, {"README.md": f"# R\n\n{sentence}\n"}), "pass-on-use-restrictions")
    assert (row.status, row.where) == (status, "README.md:3" if status == "met" else "")


def test_use_restrictions_passed_on_with_the_licence() -> None:
    row = of_kind(rows(GEMMA, {"LICENSE": "x"}, licences={"LICENSE": GEMMA}), "pass-on-use-restrictions")
    assert (row.status, row.where) == ("met", "LICENSE:1")
    row = of_kind(rows(GEMMA, {"USE_POLICY.md": "Gemma: be good."}), "pass-on-use-restrictions")
    assert (row.status, row.where) == ("disputed", "")


@pytest.mark.parametrize(
    ("declared", "card", "status", "where"),
    [
        ("CC-BY-SA-4.0", "---\nlanguage: en\nlicense: cc-by-sa-4.0\n---\n", "met", "README.md:3"),
        ("GPL-3.0-only", "---\nlicense: gpl-3.0\n---\n", "met", "README.md:2"),
        ("MIT", "---\nlicense: mit\n---\n", "not-found", ""),
        (None, "---\nlicense: other\n---\n", "not-found", ""),
        ("CC-BY-SA-4.0", "no front matter\nlicense: cc-by-sa-4.0\n", "not-checkable", ""),
    ],
)
def test_the_same_licence(declared: str | None, card: str, status: str, where: str) -> None:
    row = of_kind(rows("CC-BY-SA-4.0", {"README.md": card}, declared=declared), "same-licence")
    assert (row.status, row.where) == (status, where)


def test_the_same_licence_as_a_file_without_a_declaration_is_disputed() -> None:
    row = of_kind(rows("GPL-3.0-only", {"LICENSE": "x"}, licences={"LICENSE": "GPL-3.0-only"}), "same-licence")
    assert row.status == "disputed"


# Hostile input


@pytest.mark.parametrize(
    "text",
    [
        "merge of nimbus " * 200_000,
        "a" * 3_000_000,
        "\n" * 1_000_000,
        "- nimbus merged\n" * 100_000,
        "built with " * 200_000,
        "nimbus-" * 300_000,
        "(" * 1_000_000,
        ("a merge of nimbus " + "A" * 1_900 + "! ") * 500,
        ("is a " + "x " * 500 + "merge of nimbus. ") * 800,
        "<!--" * 300_000,
        "copyright " * 200_000,
        "---\nbase_model:\n" + "- x\n" * 300_000,
        "\x00\x01nimbus merged \x00" * 50_000,
        "use restrictions gemma? " * 100_000,
    ],
    ids=lambda text: repr(text[:12]),
)
@pytest.mark.parametrize("licence", [GEMMA, LLAMA])
def test_a_huge_file_is_read_in_bounded_time(text: str, licence: str) -> None:
    begun = time.monotonic()
    found = rows(licence, {"README.md": text, "NOTICE": text}, notice=NOTICE)
    assert found
    # Far above what it takes: a quadratic pass would run for minutes.
    assert time.monotonic() - begun < 60


def test_hostile_names_of_files_show_no_control_characters() -> None:
    name = "x\x1b[31m\n.md"
    row = change("", parent=("nimbus\x07", "nimbus"))
    assert row.parent.isprintable()
    found = rows("Apache-2.0", {name: "A merge of Nimbus-7B."})
    row = of_kind(found, "state-changes")
    assert row.status == "met" and row.where.isprintable()


PIECES = st.sampled_from(
    [
        "A merge of Nimbus-7B and Basalt.",
        "Not a merge of Nimbus-7B.",
        "Nimbus-7B was merged.",
        "Built with Llama",
        "Not built with Llama.",
        WORDED,
        "Copyright 2025 Nimbus Labs",
        "The Gemma use restrictions apply.",
        "---\nlicense: mit\n---",
        "<!--",
        "# Llama-Rivo",
        "你好 Nimbus-7B",
        "",
    ]
)
FILES = st.dictionaries(
    st.sampled_from(["README.md", "NOTICE", "LICENSE", "a.md", "USE_POLICY.md", "z.txt", "config.json"]),
    st.lists(PIECES, max_size=4).map("\n\n".join),
    max_size=5,
)


@settings(max_examples=150, deadline=None)
@given(
    FILES, FILES, st.sampled_from([GEMMA, LLAMA, "Apache-2.0", "CC-BY-SA-4.0"]), st.sampled_from([None, "MIT", GEMMA])
)
def test_adding_files_never_takes_a_met_away(
    before: dict[str, str], added: dict[str, str], licence: str, identified: str | None
) -> None:
    given_licences = {"LICENSE": identified} if identified and "LICENSE" in before else {}
    first = rows(licence, before, licences=given_licences, name="Llama-Rivo", declared=licence, notice=NOTICE)
    after = rows(
        licence, {**added, **before}, licences=given_licences, name="Llama-Rivo", declared=licence, notice=NOTICE
    )
    assert list(first) == list(after)
    for clause, row in first.items():
        if row.status == "met":
            assert after[clause].status == "met"
