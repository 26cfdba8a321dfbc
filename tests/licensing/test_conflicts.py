"""Conflicts follow from sets of clause kinds alone, and permissive licences have none."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.licensing.clauses import clauses_of, known_licences
from parentage.licensing.conflicts import find_conflicts
from parentage.licensing.obligations import is_permissive
from parentage.licensing.records import ParentTerms

GEMMA = "LicenseRef-scancode-gemma-tou-2025-03-24"
RAIL = "LicenseRef-scancode-bigscience-open-rail-m"
LLAMA = "LicenseRef-scancode-llama-3.1-license-2024"
STABILITY = "LicenseRef-scancode-stability-ai-nc-2023-12-06"
PERMISSIVE = [key for key in known_licences() if is_permissive(key)]


def parent(licence: str | None, name: str = "nimbus") -> ParentTerms:
    return ParentTerms(id=name, name=name, licence=licence)


def kinds(licences: list[str | None], declared: str | None) -> list[str]:
    parents = [parent(key, f"parent-{at}") for at, key in enumerate(licences)]
    return [conflict.kind for conflict in find_conflicts(parents, declared)]


def test_a_permissive_label_over_restrictions_that_must_be_passed_on() -> None:
    (conflict,) = find_conflicts([parent(GEMMA)], "MIT")
    assert (conflict.kind, conflict.parents, conflict.licences) == ("dropped-flow-down", ("nimbus",), (GEMMA, "MIT"))
    assert GEMMA in conflict.why and "MIT" in conflict.why


@pytest.mark.parametrize(
    ("licences", "declared", "expected"),
    [
        ([GEMMA], GEMMA, []),
        ([GEMMA], RAIL, []),
        ([GEMMA], None, []),
        ([GEMMA, RAIL], "Apache-2.0", ["dropped-flow-down", "dropped-flow-down"]),
        # Llama's agreement goes with the model and does not ask that its policy be put into other terms.
        ([LLAMA], "MIT", []),
        (["CC-BY-SA-4.0", "GPL-3.0-only"], None, []),
        (["CC-BY-SA-4.0", "CC-BY-NC-SA-4.0"], None, ["two-share-alike"]),
        # The text of GPL-2.0 is the same for "only" and "or later"; section 13 joins GPL-3.0 and AGPL-3.0.
        (["GPL-2.0-only", "GPL-3.0-only"], None, []),
        (["GPL-2.0-only"], "GPL-3.0-only", []),
        (["GPL-3.0-only"], "GPL-2.0-only", ["two-share-alike"]),
        (["GPL-3.0-only", "AGPL-3.0-only"], "AGPL-3.0-only", []),
        (["GPL-3.0-only", "AGPL-3.0-only"], "GPL-3.0-only", ["two-share-alike"]),
        (["LGPL-3.0-only", "AGPL-3.0-only"], None, []),
        (["GPL-3.0-only", "CC-BY-NC-SA-4.0"], None, ["two-share-alike"]),
        (["GPL-2.0-only", "GPL-2.0-only"], "GPL-2.0-only", []),
        (["GPL-2.0-only"], "MIT", ["two-share-alike"]),
        (["CC-BY-SA-4.0"], "CC-BY-SA-4.0", []),
        (["CC-BY-SA-4.0"], "GPL-3.0-only", []),
        # File by file, or as a choice among several: nothing follows from sets.
        (["MPL-2.0"], "MIT", []),
        (["Artistic-2.0"], "MIT", []),
        (["LicenseRef-scancode-fair-ai-public-1.0-sd"], "MIT", []),
        (["CC-BY-NC-4.0"], "MIT", ["non-commercial-parent"]),
        (["CC-BY-NC-4.0"], "CC-BY-NC-SA-4.0", []),
        (["CC-BY-NC-4.0"], None, []),
        ([STABILITY], "Apache-2.0", ["non-commercial-parent", "two-share-alike"]),
        (["CC-BY-ND-4.0"], "MIT", ["no-derivatives"]),
        (["CC-BY-ND-4.0"], None, ["no-derivatives"]),
        ([None, "LicenseRef-unheard"], "MIT", []),
        ([GEMMA, "CC-BY-NC-4.0"], "LicenseRef-unheard", []),
        ([], "MIT", []),
    ],
)
def test_conflicts(licences: list[str | None], declared: str | None, expected: list[str]) -> None:
    assert kinds(licences, declared) == expected


@pytest.mark.parametrize("key", ["MIT", "Apache-2.0", "BSD-3-Clause", "ISC", "CC0-1.0", "OpenMDW-1.0", "CC-BY-4.0"])
def test_these_are_permissive(key: str) -> None:
    assert key in PERMISSIVE


@pytest.mark.parametrize("key", [GEMMA, RAIL, LLAMA, STABILITY, "GPL-3.0-only", "CC-BY-SA-4.0", "CC-BY-NC-4.0"])
def test_these_are_not(key: str) -> None:
    assert key not in PERMISSIVE


def test_permissive_over_permissive_never_conflicts() -> None:
    for one, other, label in itertools.product(PERMISSIVE, repeat=3):
        assert kinds([one, other], label) == []


@given(st.lists(st.sampled_from([None, "LicenseRef-unheard", *known_licences()]), max_size=5))
def test_order_of_parents_changes_no_kind_and_a_like_label_drops_nothing(licences: list[str | None]) -> None:
    assert sorted(kinds(licences, "MIT")) == sorted(kinds(licences[::-1], "MIT"))
    for key in licences:
        if key is not None and key in known_licences():
            assert "dropped-flow-down" not in kinds([key], key)
            assert "non-commercial-parent" not in kinds([key], key)
            assert "two-share-alike" not in kinds([key, key], key)


def test_a_conflict_needs_the_clause() -> None:
    for key in known_licences():
        found = set(kinds([key], "MIT"))
        held = {clause.kind for clause in clauses_of(key)}
        assert ("dropped-flow-down" in found) == ("pass-on-use-restrictions" in held)
        assert ("non-commercial-parent" in found) == ("non-commercial" in held)
        assert ("no-derivatives" in found) == ("no-derivatives" in held)


def test_a_label_with_restrictions_of_its_own_is_not_said_to_have_none() -> None:
    (conflict,) = find_conflicts([parent(GEMMA)], LLAMA)
    assert conflict.kind == "dropped-flow-down"
    assert "has none" not in conflict.why


def test_a_hostile_id_shows_no_control_characters() -> None:
    (conflict,) = find_conflicts([parent(GEMMA, "nim\x1b[31mbus\n")], "MIT")
    assert all(text.isprintable() for text in (*conflict.parents, conflict.why))
