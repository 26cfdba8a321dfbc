"""Declared against found: what contradicts, what does not, and what cannot be told."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.finding import DESCENT, Coverage, Finding, Parent, Replayed, Verdict
from parentage.protocols.documents.disclosure import conclude_disclosure
from parentage.protocols.documents.evidence import DocumentedModel
from parentage.protocols.documents.matching import match_candidate
from parentage.protocols.documents.records import (
    Claim,
    Declaration,
    DeclaredLicence,
    DeclaredParent,
    DocumentedFact,
)

NOTHING = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)


def model(identifier: str, *known: str) -> DocumentedModel:
    names = known or (identifier,)
    return DocumentedModel(id=identifier, name=names[-1], known_as=names, unread=())


SUBJECT = model("subject", "rivo", "Rivo")
NIMBUS, BASALT = model("nimbus", "sky/nimbus-1", "Nimbus"), model("basalt", "basalt", "Basalt")
MERGE = Verdict(
    relation="merge",
    statement="",
    policy="two",
    coverage=NOTHING,
    method="linear",
    parents=(
        Parent(id="nimbus", weight=0.6, low=0.5999, high=0.6001),
        Parent(id="basalt", weight=0.4, low=0.3999, high=0.4001),
    ),
    replayed=Replayed(share=1.0, elements=9),
)


def verdict(relation, *ids: str, **more) -> Verdict:
    parents = tuple(Parent(id=one) for one in ids)
    return dataclasses.replace(MERGE, relation=relation, parents=parents, method=None, replayed=None, **more)


def declaration(*parents: DeclaredParent, relation: str = "", claims=(), facts=()) -> Declaration:
    licence = DeclaredLicence(license="", license_name="", license_link="", key=None, where="")
    return Declaration(
        fields=(),
        parents=parents,
        relation=relation,
        licence=licence,
        claims=tuple(claims),
        facts=tuple(facts),
        benchmark_tables=0,
        problems=(),
    )


def parent(value: str, relation: str = "", weight: float | None = None) -> DeclaredParent:
    return DeclaredParent(value=value, relation=relation, weight=weight, where="README.md:3")


def claim(kind, about: str = "") -> Claim:
    return Claim(kind=kind, quote="a sentence", about=about, where="README.md:9")


def found(said: Declaration, about: Verdict) -> Finding:
    result = conclude_disclosure(said, about, (NIMBUS, BASALT), SUBJECT)
    assert isinstance(result, Finding)
    return result


def status(finding: Finding) -> object:
    return finding.measurements[0].value


def parents_of(finding: Finding) -> dict:
    return {row["id"]: row["declared"] for row in finding.tables.get("parents", ())}


def test_a_merge_whose_card_names_nobody_is_undeclared() -> None:
    finding = found(declaration(), MERGE)
    assert status(finding) == "undeclared"
    assert parents_of(finding) == {"nimbus": "not-declared", "basalt": "not-declared"}
    assert "declares no parent" in finding.statement


def test_a_merge_that_is_declared_is_consistent() -> None:
    finding = found(declaration(parent("sky/nimbus-1"), parent("stone/basalt"), relation="merge"), MERGE)
    assert status(finding) == "consistent"
    assert set(parents_of(finding).values()) == {"declared"}


def test_one_declared_parent_does_not_declare_the_other() -> None:
    finding = found(declaration(parent("basalt")), MERGE)
    assert parents_of(finding) == {"nimbus": "not-declared", "basalt": "declared"}
    assert status(finding) == "undeclared"


@pytest.mark.parametrize(
    ("shares", "outcome"),
    [
        ((0.6, 0.4), "declared"),
        ((3.0, 2.0), "declared"),
        ((0.604, 0.396), "declared"),
        ((0.5, 0.5), "declared-wrongly"),
    ],
)
def test_declared_weights_are_held_against_the_interval(shares, outcome: str) -> None:
    said = declaration(parent("nimbus-1", "merge", shares[0]), parent("basalt", "merge", shares[1]))
    said = dataclasses.replace(
        said, parents=(dataclasses.replace(said.parents[0], value="sky/nimbus-1"), said.parents[1])
    )
    assert parents_of(found(said, MERGE)) == {"nimbus": outcome, "basalt": outcome}


def test_another_declared_relation_is_declared_wrongly_unless_training_followed() -> None:
    said = declaration(parent("sky/nimbus-1", "finetune"), parent("basalt", "finetune"))
    assert status(found(said, MERGE)) == "contradicted"
    assert status(found(said, dataclasses.replace(MERGE, then=("trained",)))) == "consistent"


@pytest.mark.parametrize(
    ("kind", "about", "relation", "ids", "outcome"),
    [
        ("from-scratch", "", "merge", ("nimbus", "basalt"), "contradicted"),
        ("from-scratch", "Rivo", "fine-tune", ("basalt",), "contradicted"),
        ("from-scratch", "Basalt", "fine-tune", ("basalt",), "not-testable"),
        ("from-scratch", "", "independent", (), "consistent"),
        ("from-scratch", "", "shared-origin", (), "not-testable"),
        ("from-scratch", "", "inconclusive", (), "not-testable"),
        ("no-parents", "", "identical", ("nimbus",), "contradicted"),
        ("fine-tune", "Basalt", "fine-tune", ("basalt",), "consistent"),
        ("fine-tune", "Basalt", "fine-tune", ("nimbus",), "not-testable"),
        ("fine-tune", "Basalt", "identical", ("basalt",), "contradicted"),
        ("fine-tune", "Basalt", "independent", (), "contradicted"),
        ("fine-tune", "Elsewhere", "independent", (), "not-testable"),
        ("post-trained", "Basalt", "merge", ("nimbus", "basalt"), "not-testable"),
        ("distilled", "Nimbus", "independent", (), "not-testable"),
        ("merge", "Nimbus and Basalt", "identical", ("nimbus",), "contradicted"),
        ("merge", "Nimbus and Basalt", "fine-tune", ("basalt",), "not-testable"),
        ("quantized", "Basalt", "fine-tune", ("basalt",), "not-testable"),
    ],
)
def test_sentences_are_contradicted_only_by_what_settles_them(kind, about, relation, ids, outcome: str) -> None:
    finding = found(declaration(claims=[claim(kind, about)]), verdict(relation, *ids))
    assert finding.tables["claims"][0]["outcome"] == outcome


def test_post_training_is_contradicted_by_a_replayed_merge_without_any() -> None:
    said = declaration(claims=[claim("post-trained", "Basalt")])
    assert found(said, MERGE).tables["claims"][0]["outcome"] == "contradicted"
    assert found(said, dataclasses.replace(MERGE, then=("trained",))).tables["claims"][0]["outcome"] == "consistent"
    unseen = declaration(claims=[claim("post-trained", "Granite")])
    assert found(unseen, MERGE).tables["claims"][0]["outcome"] == "not-testable"


def test_described_training_that_the_weights_do_not_show_is_inconsistent_and_explained() -> None:
    facts = [
        DocumentedFact(name="steps", status="present", value="9,000", where="README.md:4"),
        DocumentedFact(name="compute", status="absent", value="", where=""),
        DocumentedFact(name="evaluation", status="present", value="", where="README.md:8"),
    ]
    rows = {row["fact"]: row for row in found(declaration(facts=facts), MERGE).tables["documentation"]}
    assert [rows[name]["status"] for name in ("steps", "compute", "evaluation")] == [
        "inconsistent",
        "absent",
        "present",
    ]
    assert "a parent's" in str(rows["steps"]["note"])
    trained = found(declaration(facts=facts), verdict("fine-tune", "basalt"))
    assert trained.tables["documentation"][0]["status"] == "present"


@pytest.mark.parametrize("relation", ["shared-origin", "inconclusive", "independent"])
def test_a_verdict_without_parents_accuses_nobody(relation) -> None:
    finding = found(declaration(claims=[claim("from-scratch")]), verdict(relation, "nimbus"))
    assert "parents" not in finding.tables
    assert status(finding) in ("undecided", "consistent")


def test_a_declared_candidate_that_is_none_of_the_parents_may_be_a_grandparent() -> None:
    finding = found(declaration(parent("basalt")), verdict("fine-tune", "nimbus"))
    assert finding.tables["declared"][0]["outcome"] == "not-testable"
    assert parents_of(finding) == {"nimbus": "not-declared"}


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("sky/nimbus-1", "nimbus"),
        ("https://huggingface.co/Sky/Nimbus-1/tree/main", "nimbus"),
        ("hf://sky/nimbus-1@abc", "nimbus"),
        ("other/nimbus-1", None),
        ("stone/basalt", "basalt"),
        ("./models/basalt/", "basalt"),
        ("Nimbus", "nimbus"),
        ("nimbus-10", None),
        ("", None),
        ("/", None),
    ],
)
def test_names_mean_a_candidate_or_none(value: str, wanted: str | None) -> None:
    match = match_candidate(value, (NIMBUS, BASALT))
    assert (match.id if match else None) == wanted


def test_a_name_that_two_candidates_have_means_none() -> None:
    assert match_candidate("twin", (model("a", "twin"), model("b", "x/twin"))) is None


@given(value=st.text(max_size=60))
def test_no_name_breaks_the_matching(value: str) -> None:
    match_candidate(value, (NIMBUS, BASALT))


@pytest.mark.parametrize("relation", sorted(DESCENT))
def test_every_relation_with_parents_asks_for_their_names(relation) -> None:
    assert status(found(declaration(), verdict(relation, "basalt"))) == "undeclared"
