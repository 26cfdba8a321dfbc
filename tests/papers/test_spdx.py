"""SPDX 3.0.1: valid by the project's own schema and shapes, and the same when the library reads it back."""

import gzip
import json
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from spdx_python_model import v3_0_1 as spdx

from conftest import ROOT
from papers.audits import (
    COMMITS,
    DESCENT,
    HOSTILE,
    LOCATIONS,
    RELATIONS,
    TEXTS,
    audit_document,
    finding,
    hidden_in,
    hostile_document,
)
from parentage.errors import InputError
from parentage.report.papers.facts import read_facts
from parentage.report.papers.spdx import read_spdx, write_spdx

RULES = Path(__file__).parent / "spdx"


@cache
def schema() -> dict:
    return json.loads(gzip.decompress((RULES / "schema.json.gz").read_bytes()))


@cache
def rule_of(kind: str) -> jsonschema.Draft202012Validator:
    rule = {"$schema": schema()["$schema"], "$defs": schema()["$defs"], "$ref": f"#/$defs/{kind}"}
    return jsonschema.Draft202012Validator(rule | {"unevaluatedProperties": False})


def verify_schema(text: str) -> None:
    """Check each element by the rule for its type: the whole schema tries every type for every element."""
    for entry in json.loads(text)["@graph"]:
        assert entry["type"] in schema()["$defs"]
        if entry["type"] == "SpdxDocument":
            # Each name is tried against every kind of element, and a list of names is no harder than two.
            entry["element"] = entry["element"][:2]
        rule_of(entry["type"]).validate(entry)


def elements_of(text: str) -> dict[str, dict]:
    """Elements by the last part of their name."""
    return {entry.get("spdxId", "#creation").split("#")[1]: entry for entry in json.loads(text)["@graph"]}


def related(text: str, kind: str) -> list[tuple[str, str]]:
    return [
        (entry["from"].split("#")[1], entry["to"][0].split("#")[-1])
        for entry in json.loads(text)["@graph"]
        if entry["type"] == "Relationship" and entry["relationshipType"] == kind
    ]


def note_of(text: str, name: str) -> dict:
    return json.loads(elements_of(text)[name]["statement"])


def test_golden(facts_of, golden) -> None:
    golden("rivo.spdx.json", write_spdx(facts_of()))


def test_golden_without_descent(facts_of, golden) -> None:
    golden("independent.spdx.json", write_spdx(facts_of("independent")))


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_is_valid_and_only_descent_names_ancestors(facts_of, relation) -> None:
    text = write_spdx(facts_of(relation))
    verify_schema(text)
    lineage = related(text, "ancestorOf")
    count = 2 if relation == "merge" else int(relation in DESCENT)
    assert lineage == [(f"ancestor-{number}", "subject") for number in range(1, count + 1)]
    packages = [entry for entry in json.loads(text)["@graph"] if entry["type"] == "ai_AIPackage"]
    assert len(packages) == 1 + count
    note = note_of(text, "annotation-verdict")
    assert note["relation"] == relation and len(note["parents"]) == count


@pytest.mark.parametrize("relation", RELATIONS[8:])
def test_a_candidate_that_is_no_ancestor_is_not_in_the_document(facts_of, relation) -> None:
    """Its name may stand in the verdict's sentence, and nowhere else."""
    facts = facts_of(relation)
    text = write_spdx(facts).replace(facts.verdict.statement, "")
    assert "nimbus" not in text.lower() and "basalt" not in text.lower()


@pytest.mark.parametrize("relation", ["merge", "fine-tune", "independent"])
def test_the_shapes_of_the_standard_hold(facts_of, relation) -> None:
    rdflib, pyshacl = pytest.importorskip("rdflib"), pytest.importorskip("pyshacl")
    shapes = rdflib.Graph().parse(data=gzip.decompress((RULES / "spdx-model.ttl.gz").read_bytes()), format="turtle")
    context = json.loads(gzip.decompress((RULES / "spdx-context.jsonld.gz").read_bytes()))

    def conforms(document: dict) -> bool:
        graph = rdflib.Graph().parse(data=json.dumps(document | context), format="json-ld")
        return pyshacl.validate(graph, shacl_graph=shapes, ont_graph=shapes)[0]

    document = json.loads(write_spdx(facts_of(relation)))
    assert conforms(document)
    for entry in document["@graph"]:
        entry.pop("simplelicensing_licenseExpression", None)
    assert not conforms(document)


@pytest.mark.parametrize("relation", RELATIONS)
def test_reading_back_loses_no_property(facts_of, relation) -> None:
    text = write_spdx(facts_of(relation))
    data = spdx.JSONLDSerializer().serialize_data(read_spdx(text), force_at_graph=True)
    read = {entry.get("spdxId", entry.get("@id")): entry for entry in data["@graph"]}
    written = {entry.get("spdxId", entry.get("@id")): entry for entry in json.loads(text)["@graph"]}
    assert read == written and len(written) > 10


@pytest.mark.parametrize("relation", ["merge", "independent"])
def test_the_whole_schema_holds(facts_of, relation) -> None:
    jsonschema.Draft202012Validator(schema()).validate(json.loads(write_spdx(facts_of(relation))))


def test_the_schema_can_refuse(facts_of) -> None:
    document = json.loads(write_spdx(facts_of()))
    for entry in document["@graph"]:
        if entry.get("relationshipType") == "ancestorOf":
            entry["relationshipType"] = "fatherOf"
    with pytest.raises(jsonschema.ValidationError):
        verify_schema(json.dumps(document))


def test_every_package_has_one_licence_declared_and_one_concluded(facts_of) -> None:
    text = write_spdx(facts_of())
    elements = elements_of(text)

    def expressions(kind: str) -> dict[str, str]:
        return {of: elements.get(to, {}).get("simplelicensing_licenseExpression", to) for of, to in related(text, kind)}

    assert len(related(text, "hasDeclaredLicense")) == len(related(text, "hasConcludedLicense")) == 3
    declared, concluded = expressions("hasDeclaredLicense"), expressions("hasConcludedLicense")
    # A label without a text is declared and concludes nothing.
    assert (declared["subject"], concluded["subject"]) == ("MIT", "expandedlicensing_NoAssertionLicense")
    assert (declared["ancestor-1"], concluded["ancestor-1"]) == ("Apache-2.0", "Apache-2.0")
    assert declared["ancestor-2"].startswith("LicenseRef-declared-")
    assert concluded["ancestor-2"] == "LicenseRef-scancode-bigscience-open-rail-m"


def test_a_licence_that_is_not_listed_comes_with_its_text(facts_of) -> None:
    elements = elements_of(write_spdx(facts_of()))
    texts = {
        entry["name"]: entry["simplelicensing_licenseText"]
        for entry in elements.values()
        if entry["type"] == "simplelicensing_SimpleLicensingText"
    }
    assert texts.pop("LicenseRef-scancode-bigscience-open-rail-m") == TEXTS["basalt/LICENSE"].strip()
    assert list(texts.values()) == ["other: quarry-terms"]


def test_a_text_of_another_digest_is_not_passed_off_as_the_licence(facts_of) -> None:
    text = write_spdx(facts_of("merge", {**TEXTS, "basalt/LICENSE": "Something else."}))
    assert "Something else." not in text and "the audit holds no copy" in text


@pytest.mark.parametrize(
    ("row", "declared", "concluded"),
    [
        ({"declared": "", "key": "", "how": "none"}, "NoneLicense", "NoAssertionLicense"),
        ({"declared": "", "key": "MIT", "how": "text"}, "NoAssertionLicense", "MIT"),
        ({"declared": "mit", "key": "Apache-2.0", "how": "contradictory"}, "MIT", "NoAssertionLicense"),
        ({"declared": "x", "key": 'MIT" OR "', "how": "text"}, "LicenseRef-declared-", "NoAssertionLicense"),
        (None, "NoAssertionLicense", "NoAssertionLicense"),
    ],
)
def test_licences_of_every_kind(facts_of, row, declared, concluded) -> None:
    document = audit_document()
    rows = finding(document, "declaration")["tables"]["licences"]
    if row is None:
        del rows[0]
    else:
        rows[0].update(row)
    text = write_spdx(facts_of(document))
    verify_schema(text)
    elements = elements_of(text)
    for kind, expected in (("hasDeclaredLicense", declared), ("hasConcludedLicense", concluded)):
        to = dict(related(text, kind))["subject"]
        assert expected in elements.get(to, {}).get("simplelicensing_licenseExpression", to)


def test_the_annotations_hold_the_figures(facts_of) -> None:
    facts = facts_of()
    text = write_spdx(facts)
    note = note_of(text, "annotation-verdict")
    assert [(p["id"], p["weight"], p["low"], p["high"], p["declared"]) for p in note["parents"]] == [
        ("nimbus", 0.6, 0.5999998807907104, 0.6000001192092895, "not-declared"),
        ("basalt", 0.4, 0.39999988079071047, 0.4000001192092896, "not-declared"),
    ]
    assert note["replayed"] == {"share": 1.0, "elements": 797969}
    assert note["coverage"]["elements"] == 903296
    assert note["alternatives"] == list(facts.verdict.alternatives)
    assert [model["files"][0]["digest"][-1] for model in note["models"]] == ["d", "e", "f"]
    assert note["disclosure"]["claims"][0]["outcome"] == "contradicted"
    owed = note_of(text, "annotation-obligations-1")["obligations"]
    assert {row["parent"] for row in owed} == {"nimbus"} and len(owed) == 2


def test_the_bundle_is_evidence_by_its_digest(facts_of) -> None:
    facts = facts_of()
    text = write_spdx(facts)
    assert related(text, "hasEvidence") == [("subject", "evidence")]
    [found] = elements_of(text)["evidence"]["verifiedUsing"]
    assert f"sha256:{found['hashValue']}" == facts.bundle_digest


def test_a_package_says_where_and_which(facts_of) -> None:
    package = elements_of(write_spdx(facts_of()))["ancestor-1"]
    assert package["software_packageUrl"] == f"pkg:huggingface/nimbus-collective/nimbus-7b@{COMMITS['nimbus']}"
    assert package["software_packageVersion"] == COMMITS["nimbus"]
    assert package["verifiedUsing"] == [{"type": "Hash", "algorithm": "sha256", "hashValue": "e" * 64}]
    assert "verifiedUsing" not in elements_of(write_spdx(facts_of(shards=2)))["ancestor-1"]


def test_conformance_is_claimed_only_where_it_holds(facts_of) -> None:
    """The AI profile asks for a supplier and a release time."""
    document = elements_of(write_spdx(facts_of()))["document"]
    assert document["profileConformance"] == ["core", "software", "simpleLicensing"]


def test_without_a_time_a_comment_says_so(facts_of) -> None:
    creation = elements_of(write_spdx(facts_of(written=None)))["creation"]
    assert creation["created"] == "1970-01-01T00:00:00Z" and "does not say" in creation["comment"]
    assert "comment" not in elements_of(write_spdx(facts_of()))["creation"]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_give_valid_papers(facts_of, name) -> None:
    locations = {model: f"hf://{HOSTILE[name]}/{HOSTILE[name]}@main" for model in LOCATIONS}
    text = write_spdx(facts_of(hostile_document(HOSTILE[name]), locations=locations))
    verify_schema(text)
    assert "software_packageUrl" not in text and len(related(text, "ancestorOf")) == 2
    # Line breaks stand in the JSON's own layout and, escaped, between sentences.
    assert not hidden_in(text.replace("\n", ""))
    assert note_of(text, "annotation-verdict")["relation"] == "merge"


def test_a_path_of_the_machine_is_not_printed() -> None:
    text = write_spdx(read_facts(ROOT / "tests/data/bundles/v1/valid/merge-answered.zip"))
    verify_schema(text)
    assert "/models/" not in text
    assert note_of(text, "annotation-verdict")["responses"][0]["by"] == "Rivo Lab"


@pytest.mark.parametrize("change", ["truncated", "unknown-type", "dangling", "no-context", "list", "twice"])
def test_what_is_no_document_is_refused(facts_of, change) -> None:
    text = write_spdx(facts_of())
    document = json.loads(text)
    match change:
        case "truncated":
            text = text[:1000]
        case "unknown-type":
            document["@graph"][0]["type"] = "software_Bogus"
            text = json.dumps(document)
        case "dangling":
            document["@graph"] = [entry for entry in document["@graph"] if entry["type"] != "ai_AIPackage"]
            text = json.dumps(document)
        case "no-context":
            del document["@context"]
            text = json.dumps(document)
        case "list":
            text = "[" * 10_000
        case "twice":
            text = text.replace('"@graph"', '"@graph": [], "@graph"')
    with pytest.raises(InputError):
        read_spdx(text)
