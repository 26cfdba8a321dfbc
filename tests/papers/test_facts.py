"""The facts that papers are written from: from real bundles, and from documents that somebody made to mislead."""

import copy
import dataclasses
import json
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from papers.audits import (
    DESCENT,
    HOSTILE,
    RELATIONS,
    TEXTS,
    WRITTEN,
    audit_document,
    hidden_in,
    hostile_document,
    write_bundle,
)
from parentage.errors import InputError
from parentage.report.papers.facts import line, read_facts
from parentage.report.papers.records import PaperFacts

BUNDLES = ROOT / "tests/data/bundles/v1/valid"


def texts_of(value: object) -> list[str]:
    """Every text below a record, except documents as read."""
    if isinstance(value, str):
        return [value]
    if dataclasses.is_dataclass(value):
        return [text for field in dataclasses.fields(value) for text in texts_of(getattr(value, field.name))]
    return [text for item in value for text in texts_of(item)] if isinstance(value, tuple) else []


def test_a_real_bundle_as_zip() -> None:
    path = BUNDLES / "merge-answered.zip"
    facts = read_facts(path)
    with zipfile.ZipFile(path) as file:
        verdict = json.loads(file.read("verdict.json"))["verdict"]
        card = file.read("documents/subject/README.md")
    named = [(a.model.id, a.weight, a.low, a.high) for a in facts.verdict.ancestors]
    assert named == [(p["id"], p["weight"], p["low"], p["high"]) for p in verdict["parents"]]
    assert len(named) == 2
    assert facts.card == card
    assert facts.subject.hashed == "read"
    first = facts.responses[0]
    assert (first.by, first.role, first.state) == ("Rivo Lab", "subject", "answered")
    # This bundle is older than the documents protocol.
    assert (facts.fields, facts.licences, facts.obligations, facts.conflicts) == ((), (), (), ())
    assert facts.disclosure.status == "" and facts.disclosure.found == ()


def test_a_real_folder_with_the_four_findings(tmp_path) -> None:
    with zipfile.ZipFile(BUNDLES / "merge-sampled.zip") as file:
        document = json.loads(file.read("verdict.json"))
    document["findings"] += audit_document()["findings"]
    facts = read_facts(write_bundle(tmp_path / "bundle", document))
    assert [row.id for row in facts.disclosure.found] == ["nimbus", "basalt"]
    assert facts.verdict.ancestors[0].model.id == "nimbus"


@pytest.mark.parametrize("relation", RELATIONS)
def test_only_descent_makes_ancestors(facts_of, relation) -> None:
    facts = facts_of(relation)
    ancestors = [ancestor.model.id for ancestor in facts.verdict.ancestors]
    expected = ["nimbus", "basalt"] if relation == "merge" else ["nimbus"]
    assert ancestors == (expected if relation in DESCENT else [])
    named = {"shared-origin": ["nimbus"], "inconclusive": ["nimbus"]}.get(relation, [])
    assert [related.model.id for related in facts.verdict.related] == named


def test_a_relation_of_a_later_version_makes_no_ancestors(facts_of) -> None:
    document = audit_document("fine-tune")
    document["verdict"]["relation"] = "distilled"
    facts = facts_of(document)
    assert facts.verdict.ancestors == () and len(facts.verdict.related) == 1


def test_every_table_is_read(facts_of) -> None:
    facts: PaperFacts = facts_of()
    assert facts.disclosure.status == "contradicted"
    assert [(row.id, row.declared, row.weight) for row in facts.disclosure.found] == [
        ("nimbus", "not-declared", 0.6),
        ("basalt", "not-declared", 0.4),
    ]
    assert facts.disclosure.claims[0].outcome == "contradicted"
    assert [row.status for row in facts.disclosure.documentation] == ["absent", "absent"]
    licences = {row.model: (row.declared, row.key, row.concluded) for row in facts.licences}
    assert licences["subject"] == ("mit", "MIT", "")
    assert licences["nimbus"] == ("apache-2.0", "Apache-2.0", "Apache-2.0")
    assert [row.status for row in facts.obligations] == ["not-found", "not-found", "not-found", "not-checkable"]
    assert facts.conflicts[0].kind == "dropped-flow-down"
    assert facts.model("basalt") is facts.candidates[1] and facts.model("onyx") is None
    assert facts.documents["nimbus/NOTICE"] == TEXTS["nimbus/NOTICE"].encode()
    assert (facts.written, facts.tool_version) == (WRITTEN, "0.1.0")
    assert facts.subject.location.startswith("hf://") and facts.subject.revision == "a" * 40
    assert facts.subject.files[0].digest == "sha256:" + "d" * 64


def test_without_documents_findings_all_is_empty(facts_of) -> None:
    facts = facts_of(audit_document(documents=False), {})
    empty = (facts.fields, facts.licences, facts.obligations, facts.conflicts, facts.responses)
    assert empty == ((), (), (), (), ())
    assert facts.card is None and facts.documents == {}
    assert len(facts.verdict.ancestors) == 2


@pytest.mark.parametrize("status", ["not-applicable", "failed"])
def test_a_finding_that_was_not_made_has_no_status(facts_of, status) -> None:
    document = audit_document()
    for item in document["findings"]:
        item.update(status=status, reason="There is no card.", tables={}, measurements=[])
    facts = facts_of(document)
    assert facts.disclosure.status == "" and facts.obligations == ()


def test_an_audit_without_a_bundle(tmp_path) -> None:
    (tmp_path / "verdict.json").write_text(json.dumps(audit_document()))
    facts = read_facts(tmp_path)
    assert facts.bundle_digest == "" and facts.verdict_digest.startswith("sha256:")
    assert facts.written == "" and facts.subject.files == ()


def test_an_audit_with_its_bundle_inside(tmp_path) -> None:
    document = audit_document()
    write_bundle(tmp_path / "bundle", document)
    assert read_facts(tmp_path) == read_facts(tmp_path / "bundle")


@pytest.mark.parametrize("name", ["verdict.json", "documents/subject/README.md", "inputs.json"])
def test_a_file_that_is_not_as_listed_is_refused(tmp_path, name) -> None:
    folder = write_bundle(tmp_path / "bundle", audit_document())
    path = folder / name
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(InputError, match=r"where \d+ are listed"):
        read_facts(folder)


def test_a_file_that_is_not_listed_is_refused(tmp_path) -> None:
    folder = write_bundle(tmp_path / "bundle", audit_document())
    (folder / "documents/nimbus/LICENSE.md").write_text("Added afterwards.")
    with pytest.raises(InputError, match="not listed"):
        read_facts(folder)


def _parent(document: dict, **changes) -> None:
    document["verdict"]["parents"][0].update(changes)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda d: _parent(d, id="onyx"), "one of the candidates"),
        (lambda d: _parent(d, id="subject"), "one of the candidates"),
        (lambda d: _parent(d, id="basalt"), "named once"),
        (lambda d: d["candidates"][0].update(id="basalt"), "there once"),
        (lambda d: d["candidates"][0].update(id="subject"), "there once"),
        (lambda d: d["candidates"][0].update(id=""), "not empty"),
        # One and the same once they are cleaned.
        (lambda d: [c.update(id=f"n{mark}") for c, mark in zip(d["candidates"], "\u202e\u2066", strict=True)], "once"),
    ],
)
def test_who_is_who_must_be_clear(facts_of, change, rule) -> None:
    document = audit_document()
    change(document)
    with pytest.raises(InputError, match=rule):
        facts_of(document)


def test_figures_that_are_none(facts_of) -> None:
    document = audit_document()
    _parent(document, weight="0.6", low=True, high=None)
    ancestor = facts_of(document).verdict.ancestors[0]
    assert (ancestor.weight, ancestor.low, ancestor.high) == (None, None, None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-06-30T12:00:00Z", WRITTEN),
        ("2026-06-30T14:00:00.123456+02:00", WRITTEN),
        ("2026-06-30T12:00:00", WRITTEN),
        ("yesterday", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("2026" * 1000, ""),
        (7, ""),
        (None, ""),
    ],
)
def test_the_audits_time(facts_of, written, read) -> None:
    assert facts_of(written=written).written == read


def test_a_card_that_is_no_text_is_kept_as_read(facts_of) -> None:
    raw = bytes(range(256))
    assert facts_of("merge", {"subject/README.md": raw}).card == raw


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_holds_control_characters_or_is_endless(facts_of, name) -> None:
    for text in texts_of(facts_of(hostile_document(HOSTILE[name]))):
        assert not hidden_in(text) and len(text) <= 4_000


def test_reading_does_not_depend_on_the_order_of_candidates(facts_of) -> None:
    document = audit_document()
    turned = copy.deepcopy(document)
    turned["candidates"].reverse()
    assert [a.model.id for a in facts_of(turned).verdict.ancestors] == ["nimbus", "basalt"]
    assert facts_of(turned).verdict.ancestors == facts_of(document).verdict.ancestors


@given(st.text(max_size=300), st.integers(min_value=5, max_value=100))
def test_a_line_is_one_printable_line(text, most) -> None:
    found = line(text, most)
    assert not hidden_in(found) and len(found) <= most
    assert line(found, most) == found
