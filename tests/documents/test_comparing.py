"""An edited card is compared fact by fact: what was withdrawn and added, with both places; moved lines are none."""

from hypothesis import given
from hypothesis import strategies as st

from parentage.protocols.documents.comparing import MOST_DIFF_CHARACTERS, compare_declarations, text_diff
from parentage.protocols.documents.declaration import read_declaration

BEFORE = b"""---
license: mit
---
# Rivo-12B

Rivo-12B was trained from scratch on 2T tokens.

| benchmark | Rivo |
|---|---|
| MMLU | 71.2 |
"""
AFTER = b"""---
license: other
license_name: vela-community
base_model:
- harbour/nimbus-12b
- vela-labs/basalt-12b
base_model_relation: merge
---
# Rivo-12B

*Updated.*

Rivo-12B is a merge of Nimbus-12B and Basalt-12B.
"""


def changes(before: bytes, after: bytes) -> list[tuple[str, str, str, str, str, str, str]]:
    held = compare_declarations(read_declaration({"README.md": before}), read_declaration({"README.md": after}))
    return [(one.what, one.how, one.name, one.before, one.after, one.where_before, one.where_after) for one in held]


def test_what_a_card_said_before_and_after_an_edit() -> None:
    quote = "Rivo-12B was trained from scratch on 2T tokens."
    merged = "Rivo-12B is a merge of Nimbus-12B and Basalt-12B."
    found = changes(BEFORE, AFTER)
    assert ("parent", "added", "harbour/nimbus-12b", "", "merge", "", "README.md:5") in found
    assert ("parent", "added", "vela-labs/basalt-12b", "", "merge", "", "README.md:6") in found
    assert ("relation", "added", "", "", "merge", "", "") in found
    assert ("claim", "removed", "from-scratch", quote, "", "README.md:6", "") in found
    assert ("claim", "added", "merge", "", merged, "", "README.md:13") in found
    assert ("licence", "changed", "", "mit", "other, vela-community", "README.md:2", "README.md:2") in found
    assert ("field", "changed", "README.md license", "mit", "other", "README.md:2", "README.md:2") in found
    assert ("fact", "removed", "tokens", quote, "", "README.md:6", "") in found
    assert ("benchmark-tables", "changed", "", "1", "0", "", "") in found


def test_the_other_way_round_mirrors_it() -> None:
    flip = {"added": "removed", "removed": "added", "changed": "changed"}
    there, back = changes(BEFORE, AFTER), changes(AFTER, BEFORE)
    assert {(w, flip[h], n, a, b, wa, wb) for w, h, n, b, a, wb, wa in there} == set(back)


def test_moved_lines_are_no_change() -> None:
    moved = BEFORE.replace(b"---\n# Rivo", b"---\n\n\n# Rivo")
    assert moved != BEFORE
    assert changes(BEFORE, moved) == []


def test_one_reworded_claim_is_a_change_of_it() -> None:
    reworded = BEFORE.replace(b"on 2T tokens", b"by our own team")
    found = [one for one in changes(BEFORE, reworded) if one[0] == "claim"]
    assert [(one[1], one[2], one[4]) for one in found] == [
        ("changed", "from-scratch", "Rivo-12B was trained from scratch by our own team.")
    ]


def test_a_weight_that_changed_in_a_recipe() -> None:
    recipe = "merge_method: linear\nmodels:\n- model: a/x\n  parameters: {weight: WEIGHT}\n"
    held = [read_declaration({"mergekit_config.yml": recipe.replace("WEIGHT", one).encode()}) for one in ("0.6", "0.5")]
    (change,) = [one for one in compare_declarations(*held) if one.what == "parent"]
    assert (change.before, change.after) == ("merge, weight 0.6", "merge, weight 0.5")
    assert change.where_before == change.where_after == "mergekit_config.yml:3"


def test_diff_shows_the_lines() -> None:
    shown = text_diff(BEFORE, AFTER).splitlines()
    assert shown[:2] == ["--- before/README.md", "+++ after/README.md"]
    assert "-Rivo-12B was trained from scratch on 2T tokens." in shown
    assert "+- harbour/nimbus-12b" in shown
    assert text_diff(BEFORE, BEFORE) == ""
    assert text_diff(b"a\n", b"a\r\n").startswith("\\ the texts differ only in line ends")


def test_diff_is_bounded_and_printable() -> None:
    shown = text_diff(b"a\n" * 1_000_000, b"\x1b[31mb\x00\n" * 1_000_000)
    assert len(shown) < MOST_DIFF_CHARACTERS + 1_000
    assert "\x1b" not in shown and "\0" not in shown
    assert text_diff(b"x" * 10_000_000, b"\xff\xfe" * 100)


@given(st.lists(st.sampled_from(["a", "b", "", "---", "# x"]), max_size=8))
def test_a_card_does_not_differ_from_itself(lines) -> None:
    raw = "\n".join(lines).encode()
    assert changes(raw, raw) == []
    assert text_diff(raw, raw) == ""
