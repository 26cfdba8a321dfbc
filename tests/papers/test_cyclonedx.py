"""CycloneDX: valid for every relation and every hostile text, and nothing that we wrote is lost on the way back."""

import copy
import dataclasses
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from cyclonedx.model.bom import Bom
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from conftest import ROOT
from papers.audits import (
    COMMITS,
    DESCENT,
    DIGESTS,
    HOSTILE,
    LOCATIONS,
    RELATIONS,
    audit_document,
    finding,
    hidden_in,
    hostile_document,
    write_bundle,
)
from parentage.errors import InputError
from parentage.report.papers.cyclonedx import VERSIONS, read_cyclonedx, rewrite_cyclonedx, write_cyclonedx
from parentage.report.papers.facts import read_facts

SCHEMAS = {"1.6": SchemaVersion.V1_6, "1.7": SchemaVersion.V1_7}


@cache
def validator(version: str) -> JsonStrictValidator:
    return JsonStrictValidator(SCHEMAS[version])


def component_of(text: str) -> dict:
    return json.loads(text)["metadata"]["component"]


def properties_of(component: dict) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry in component.get("properties", []):
        found.setdefault(entry["name"].removeprefix("parentage:"), []).append(entry["value"])
    return found


def texts_of(value: object) -> list[str]:
    if isinstance(value, dict):
        return [*value, *(text for item in value.values() for text in texts_of(item))]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    return [value] if isinstance(value, str) else []


def references_of(value: object) -> list[str]:
    if isinstance(value, dict):
        own = [value["bom-ref"]] if "bom-ref" in value else []
        return own + [name for item in value.values() for name in references_of(item)]
    return [name for item in value for name in references_of(item)] if isinstance(value, list) else []


@pytest.mark.parametrize("version", VERSIONS)
def test_golden(facts_of, golden, version) -> None:
    golden(f"rivo.cdx-{version}.json", write_cyclonedx(facts_of(), version))


def test_golden_without_descent(facts_of, golden) -> None:
    golden("independent.cdx-1.6.json", write_cyclonedx(facts_of("independent"), "1.6"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_is_valid_and_only_descent_names_ancestors(facts_of, version, relation) -> None:
    text = write_cyclonedx(facts_of(relation), version)
    assert validator(version).validate_str(text) is None
    pedigree = component_of(text)["pedigree"]
    names = sorted(ancestor["name"] for ancestor in pedigree.get("ancestors", []))
    assert names == (["Basalt 7B", "Nimbus 7B"] if relation == "merge" else ["Nimbus 7B"] * (relation in DESCENT))
    assert audit_document(relation)["verdict"]["statement"] in pedigree["notes"]
    claims = [claim["bom-ref"] for claim in json.loads(text)["declarations"]["claims"]]
    assert ("claim-lineage" in claims) == (relation in DESCENT)


@pytest.mark.parametrize("relation", RELATIONS[8:])
def test_a_candidate_that_is_no_ancestor_has_no_component(facts_of, relation) -> None:
    """Its name may stand in the verdict's sentence, and nowhere as a part of the subject."""
    document = json.loads(write_cyclonedx(facts_of(relation), "1.6"))
    notes = document["metadata"]["component"]["pedigree"].pop("notes")
    assert "No ancestor is named" in notes
    assert not any("nimbus" in text.lower() or "basalt" in text.lower() for text in texts_of(document))


@pytest.mark.parametrize("version", VERSIONS)
def test_an_ancestor_carries_the_figures(facts_of, version) -> None:
    text = write_cyclonedx(facts_of(), version)
    ancestors = {ancestor["name"]: ancestor for ancestor in component_of(text)["pedigree"]["ancestors"]}
    nimbus, found = ancestors["Nimbus 7B"], properties_of(ancestors["Nimbus 7B"])
    for name, value in (("weight", 0.6), ("weight:low", 0.5999998807907104), ("weight:high", 0.6000001192092895)):
        assert [float(entry) for entry in found[name]] == [value]
    assert (found["relation"], found["method"], found["arithmetic"]) == (["merge"], ["linear"], ["fp32-once"])
    assert (found["replayed:share"], found["replayed:elements"]) == (["1.0"], ["797969"])
    assert found["declared"] == ["not-declared"]
    assert found["model-digest"] == [DIGESTS["nimbus"]]
    owed = [json.loads(entry) for entry in found["obligation"]]
    assert sorted((row["kind"], row["status"]) for row in owed) == [
        ("give-licence-copy", "not-found"),
        ("retain-notice", "not-found"),
    ]
    assert nimbus["purl"] == f"pkg:huggingface/nimbus-collective/nimbus-7b@{COMMITS['nimbus']}"
    # The file's own hash, not the digest over all files.
    assert nimbus["hashes"] == [{"alg": "SHA-256", "content": "e" * 64}]


def test_several_files_have_no_hash_in_common(facts_of) -> None:
    text = write_cyclonedx(facts_of(shards=3), "1.6")
    component = component_of(text)
    assert "hashes" not in component
    files = [json.loads(entry) for entry in properties_of(component)["file"]]
    assert sorted(row["digest"] for row in files) == [f"sha256:{'d' * 63}{i}" for i in (1, 2, 3)]
    assert properties_of(component)["model-digest"] == [DIGESTS["subject"]]


def test_identity_evidence_says_what_it_is_and_not_whence(facts_of) -> None:
    identity = component_of(write_cyclonedx(facts_of(), "1.6"))["evidence"]["identity"]
    assert [(entry["field"], entry["concludedValue"]) for entry in identity] == [("hash", DIGESTS["subject"])]
    assert "nimbus" not in json.dumps(identity).lower()


@pytest.mark.parametrize(
    ("recipe", "expected"),
    [
        ("sha256 of sorted `shard\\0sha256\\n` lines", ["hash-comparison"]),
        ("sha256 of sorted `shard\\0sha256\\n` lines, the shards' sha256 as the hub lists them", []),
        ("sha256 of sorted `shard\\0size sha256-of-header\\n` lines: the weights were not hashed", None),
        ("something else", None),
    ],
)
def test_identity_is_as_sure_as_the_digest(facts_of, recipe, expected) -> None:
    document = audit_document()
    document["subject"]["digest_recipe"] = recipe
    component = component_of(write_cyclonedx(facts_of(document), "1.6"))
    evidence = component.get("evidence")
    if expected is None:
        assert evidence is None
    else:
        assert [m["technique"] for m in evidence["identity"][0].get("methods", [])] == expected


def test_licences_declared_and_concluded(facts_of) -> None:
    component = component_of(write_cyclonedx(facts_of(), "1.7"))
    said = {
        part["name"]: [
            (e["license"]["acknowledgement"], e["license"].get("id") or e["license"]["name"]) for e in part["licenses"]
        ]
        for part in (component, *component["pedigree"]["ancestors"])
    }
    # A label without a text is declared and concludes nothing.
    assert said["Rivo 7B"] == [("declared", "MIT")]
    assert said["Nimbus 7B"] == [("concluded", "Apache-2.0"), ("declared", "Apache-2.0")]
    assert said["Basalt 7B"] == [
        ("concluded", "LicenseRef-scancode-bigscience-open-rail-m"),
        ("declared", "other: quarry-terms"),
    ]


def test_the_bundle_is_named_by_its_digest(facts_of) -> None:
    facts = facts_of()
    component = component_of(write_cyclonedx(facts, "1.6"))
    [evidence] = [entry for entry in component["externalReferences"] if entry["type"] == "evidence"]
    assert evidence["hashes"] == [{"alg": "SHA-256", "content": facts.bundle_digest.removeprefix("sha256:")}]


def test_declarations_hold_both_sides(facts_of) -> None:
    facts = read_facts(ROOT / "tests/data/bundles/v1/valid/merge-answered.zip")
    declared = json.loads(write_cyclonedx(facts, "1.6"))["declarations"]
    lineage = declared["claims"][0]
    evidence = {entry["bom-ref"]: entry for entry in declared["evidence"]}
    against = [evidence[ref]["description"] for ref in lineage["counterEvidence"]]
    assert against[: len(facts.verdict.alternatives)] == list(facts.verdict.alternatives)
    assert any("Rivo Lab" in text and "dispute, answered" in text for text in against)
    published = json.loads(write_cyclonedx(facts_of(), "1.6"))["declarations"]["claims"][1]
    assert published["predicate"] == "Rivo was trained from scratch by Cidade Labs."
    assert published["counterEvidence"] == ["evidence-verdict"] and "evidence" not in published


@pytest.mark.parametrize(("outcome", "sides"), [("consistent", {"evidence"}), ("not-testable", set()), ("else", set())])
def test_a_claim_gets_evidence_only_where_it_was_tested(facts_of, outcome, sides) -> None:
    document = audit_document()
    finding(document, "disclosure")["tables"]["claims"][0]["outcome"] = outcome
    claim = json.loads(write_cyclonedx(facts_of(document), "1.6"))["declarations"]["claims"][1]
    assert {"evidence", "counterEvidence"} & set(claim) == sides


@pytest.mark.parametrize(
    ("outcome", "side"), [("found", "evidence"), ("contradicted", "counterEvidence"), ("not-testable", None)]
)
def test_a_declared_parent_is_a_claim_of_the_publisher(facts_of, outcome, side) -> None:
    document = audit_document()
    row = {"value": "nimbus-collective/nimbus-7b", "relation": "merge", "weight": 0.5, "where": "README.md:3"}
    finding(document, "disclosure")["tables"]["declared"].append(row | {"outcome": outcome, "note": "As it is."})
    claim = json.loads(write_cyclonedx(facts_of(document), "1.6"))["declarations"]["claims"][1]
    assert claim["predicate"] == "Declared parent: nimbus-collective/nimbus-7b (merge, weight 0.5)"
    assert claim["reasoning"] == f"Said by the publisher in README.md:3. The audit: {outcome}. As it is."
    assert {"evidence", "counterEvidence"} & set(claim) == ({side} if side else set())


def test_the_model_card(facts_of) -> None:
    card = component_of(write_cyclonedx(facts_of(), "1.6"))["modelCard"]
    assert card["modelParameters"] == {"architectureFamily": "qwen2", "modelArchitecture": "Qwen2ForCausalLM"}
    limits = card["considerations"]["technicalLimitations"]
    assert limits[-1] == "Not found in the publisher's documents: data, steps."
    assert {"name": "parentage:documentation:data", "value": "absent"} in card["properties"]


def test_every_reference_leads_somewhere(facts_of) -> None:
    for relation in RELATIONS:
        document = json.loads(write_cyclonedx(facts_of(relation), "1.7"))
        made = references_of(document)
        assert len(made) == len(set(made))
        for claim in document["declarations"]["claims"]:
            assert {claim["target"], *claim.get("evidence", ()), *claim.get("counterEvidence", ())} <= set(made)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("relation", RELATIONS)
def test_the_round_trip_loses_nothing(facts_of, version, relation) -> None:
    text = write_cyclonedx(facts_of(relation), version)
    paper = read_cyclonedx(text)
    assert paper.model_card == component_of(text)["modelCard"]
    assert paper.declarations == json.loads(text)["declarations"]
    assert rewrite_cyclonedx(paper) == text


@pytest.mark.parametrize("version", VERSIONS)
def test_the_library_alone_loses_just_the_two_sections(facts_of, version) -> None:
    document = json.loads(write_cyclonedx(facts_of(), version))
    loaded = Bom.from_json(copy.deepcopy(document))
    again = json.loads(make_outputter(loaded, OutputFormat.JSON, SCHEMAS[version]).output_as_string())
    assert "modelCard" not in again["metadata"]["component"] and "declarations" not in again
    del document["metadata"]["component"]["modelCard"], document["declarations"]
    assert again == document


def test_a_section_that_the_schema_does_not_know_is_never_written(facts_of) -> None:
    paper = read_cyclonedx(write_cyclonedx(facts_of(), "1.6"))
    with pytest.raises(InputError, match=r"CycloneDX 1\.6"):
        rewrite_cyclonedx(dataclasses.replace(paper, model_card={"bogus": "field"}))


def test_a_bom_of_somebody_else_is_not_taken_apart(facts_of) -> None:
    document = json.loads(write_cyclonedx(facts_of(), "1.6"))
    document["compositions"] = [{"aggregate": "incomplete", "assemblies": ["subject"]}]
    with pytest.raises(InputError, match="lose or change"):
        read_cyclonedx(json.dumps(document))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"bomFormat":"CycloneDX","specVersion":"1.5"}',
        '{"bomFormat":"CycloneDX","specVersion":["1.6"]}',
        '{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":[]}',
        '{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"machine-learning-model","name":"a","modelCard":{"bogus":1}}}}',
        '{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"version":2}',
        '{"bomFormat":"CycloneDX","specVersion":"1.6","components":' + '[{"type":"file","name":"a","components":' * 300
        + "[]" + "}]" * 300 + "}",
        "[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_bom_is_refused(text) -> None:
    with pytest.raises(InputError):
        read_cyclonedx(text)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_give_valid_papers(facts_of, version, name) -> None:
    document = hostile_document(HOSTILE[name])
    locations = {model: f"hf://{HOSTILE[name]}/{HOSTILE[name]}@main" for model in LOCATIONS}
    commits = dict.fromkeys(LOCATIONS, HOSTILE[name])
    text = write_cyclonedx(facts_of(document, locations=locations, commits=commits), version)
    assert validator(version).validate_str(text) is None
    assert not any(hidden_in(found.replace("\n", "")) for found in texts_of(json.loads(text)))
    assert "purl" not in component_of(text) and len(component_of(text)["pedigree"]["ancestors"]) == 2
    assert rewrite_cyclonedx(read_cyclonedx(text)) == text


@pytest.mark.parametrize(
    ("location", "printed"),
    [
        ("/home/somebody/models/rivo", None),
        ("file:///home/somebody/rivo", None),
        ("s3://bucket/secret/rivo", None),
        ("https://user:token@models.example/rivo?sig=token#token", "https://models.example/rivo"),
        ("https://models.example:8443/a b/rivo", None),
        ("https://[::1/rivo", None),
        ("https://models.example/%zz", None),
        ("hf://cidade-labs/rivo-7b/../../x@main", None),
        ("hf://cidade-labs/rivo-7b", f"https://huggingface.co/cidade-labs/rivo-7b/tree/{COMMITS['subject']}"),
    ],
)
def test_a_place_is_printed_only_where_it_is_public(facts_of, location, printed) -> None:
    text = write_cyclonedx(facts_of(locations={"subject": location}), "1.6")
    references = component_of(text)["externalReferences"]
    assert [entry["url"] for entry in references if entry["type"] == "distribution"] == [printed] * (
        printed is not None
    )
    assert not any(word in text for word in ("somebody", "token@", "sig=", "secret"))


def test_without_a_commit_the_purl_has_no_version(facts_of) -> None:
    component = component_of(write_cyclonedx(facts_of(commits={}), "1.6"))
    assert component["purl"] == "pkg:huggingface/cidade-labs/rivo-7b" and "version" not in component


def test_without_a_time_there_is_no_timestamp(facts_of) -> None:
    document = json.loads(write_cyclonedx(facts_of(written=None), "1.6"))
    assert "timestamp" not in document["metadata"]
    assert "created" not in document["declarations"]["evidence"][0]


def test_another_audit_has_another_serial_number(facts_of) -> None:
    serials = {
        json.loads(text)["serialNumber"]
        for text in (
            write_cyclonedx(facts_of(), "1.6"),
            write_cyclonedx(facts_of(), "1.7"),
            write_cyclonedx(facts_of("fine-tune"), "1.6"),
            write_cyclonedx(facts_of(written="2026-07-01T00:00:00Z"), "1.6"),
        )
    }
    assert len(serials) == 4


def test_the_same_audit_gives_the_same_bytes_in_every_process(tmp_path) -> None:
    folder = write_bundle(tmp_path / "bundle", audit_document())
    code = (
        "import sys, pathlib\n"
        "from parentage.report.papers import cyclonedx, facts, spdx\n"
        "read = facts.read_facts(pathlib.Path(sys.argv[1]))\n"
        "print(cyclonedx.write_cyclonedx(read, '1.7'), spdx.write_spdx(read))\n"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code, str(folder)],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        ).stdout
        for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima"))
    }
    assert len(printed) == 1 and len(next(iter(printed))) > 10_000


def test_an_audit_of_today_without_the_documents_protocol(tmp_path) -> None:
    for name in ("fine-tune-unsigned", "independent", "merge-sampled"):
        facts = read_facts(Path(ROOT / f"tests/data/bundles/v1/valid/{name}.zip"))
        text = write_cyclonedx(facts, "1.7")
        assert rewrite_cyclonedx(read_cyclonedx(text)) == text
        assert "/models/" not in text
