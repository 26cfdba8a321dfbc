"""The command on real models: exit statuses, candidates by declaration, and the forms that it writes."""

import json
import shutil
from xml.etree import ElementTree

import pytest

from conftest import MODELS
from gate.findings import CONSISTENT, verdict
from parentage.audit.gate.audited import parse_audited
from parentage.audit.gate.gathering import MOST_DECLARED, gather, resolve_declared
from parentage.cli.check import run
from parentage.errors import InputError, UsageError
from parentage.evidence.gate_report import SCHEMA
from parentage.evidence.verdict_file import finding_document
from parentage.licensing.catalogue import licence_text
from parentage.testing.hub_server import HubServer

UNDECLARED = "---\nlicense: apache-2.0\n---\n# rivo\n\nA small model.\n"
DECLARED = """---
license: apache-2.0
base_model: [../nimbus, ../basalt]
base_model_relation: merge
---
# rivo

A merge of nimbus and basalt. Changes: the weights of the two were combined into one checkpoint.
"""
PASSING = b'schema = "parentage.gate/v1"\n[obligations]\ndefault = "ignore"\n'


@pytest.fixture
def models(tmp_path, monkeypatch):
    """The example's models beside each other, as a user would have them."""
    for name in ("rivo", "nimbus", "basalt"):
        # Copies, never links: a test that writes a card or licence must not write into the example.
        shutil.copytree(MODELS / name, tmp_path / name, ignore=shutil.ignore_patterns("LICENSE*", "NOTICE*"))
    (tmp_path / "passing.toml").write_bytes(PASSING)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def card(folder, text, *, licence="Apache-2.0"):
    (folder / "README.md").write_text(text)
    if licence:
        (folder / "LICENSE").write_text(licence_text(licence))
    return str(folder)


CANDIDATES = ["nimbus=nimbus", "basalt=basalt"]


def test_undeclared_parents_fail(models, capsys) -> None:
    model = card(models / "rivo", UNDECLARED)
    sarif, junit = models / "out.sarif", models / "out.xml"
    assert run(model, CANDIDATES, sarif=sarif, junit=junit, as_json=True) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["schema"], found["outcome"], found["relation"]) == (SCHEMA, "failed", "merge")
    undeclared = {entry["parent"] for entry in found["results"] if entry["rule"] == "undeclared-parent"}
    assert undeclared == {"nimbus", "basalt"}
    log = json.loads(sarif.read_text())
    uris = {
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
        for location in result.get("locations", [])
    }
    assert "rivo/README.md" in uris
    names = {case.get("name") for case in ElementTree.parse(junit).iter("testcase") if case.find("failure") is not None}
    assert {"undeclared-parent [nimbus]", "undeclared-parent [basalt]"} <= names
    before = sarif.read_bytes(), junit.read_bytes()
    run(model, CANDIDATES, sarif=sarif, junit=junit, as_json=True)
    assert (sarif.read_bytes(), junit.read_bytes()) == before


def test_the_card_of_the_example_fails(models, capsys) -> None:
    assert run("rivo", CANDIDATES) == 1
    said = capsys.readouterr().out
    assert "undeclared-parent [nimbus]" in said
    assert "claim-contradicted" in said


def test_declared_parents_are_candidates_and_pass(models, capsys) -> None:
    model = card(models / "rivo", DECLARED)
    assert run(model, [], as_json=True) == 0, capsys.readouterr().out
    found = json.loads(capsys.readouterr().out)
    assert (found["outcome"], found["relation"], found["parentage_tested"]) == ("consistent", "merge", True)


def test_declared_parents_on_a_hub(models, monkeypatch, capsys) -> None:
    model = card(models / "rivo", DECLARED.replace("../", "org/"))
    monkeypatch.delenv("HF_HUB_OFFLINE")
    repositories = {f"org/{name}": {"main": models / name} for name in ("nimbus", "basalt")}
    with HubServer(repositories, redirects=True) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(models / "cache"))
        assert run(model, [], policy=models / "passing.toml", as_json=True) == 0
        assert hub.body_bytes > 0
    assert json.loads(capsys.readouterr().out)["relation"] == "merge"


def test_a_wrong_claim_fails(models, capsys) -> None:
    text = DECLARED.replace("A merge of nimbus and basalt.", "This model was trained from scratch by us.")
    assert run(card(models / "rivo", text), CANDIDATES, policy=models / "passing.toml") == 1
    assert "claim-contradicted" in capsys.readouterr().out


def test_documents_alone(models, capsys) -> None:
    model = card(models / "rivo", UNDECLARED)
    assert run(model, [], documents_only=True) == 0
    said = capsys.readouterr().out
    assert "Parentage was not tested." in said
    (models / "policy.toml").write_text('schema = "parentage.gate/v1"\nrequired_protocols = ["weights"]\n')
    assert run(model, [], policy=models / "policy.toml") == 3
    assert "protocol-missing" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "licence", "rule", "status"),
    [
        ("---\nlicense: mit\n---\n", "Apache-2.0", "licence-text-contradicts", 1),
        ("# No front matter\n", "", "licence-unknown", 3),
        ("---\nlicense: [\n---\n", "Apache-2.0", "front-matter", 1),
    ],
)
def test_documents_that_do_not_hold(models, capsys, text, licence, rule, status) -> None:
    assert run(card(models / "rivo", text, licence=licence), [], documents_only=True) == status
    assert rule in capsys.readouterr().out


def test_a_folder_of_documents_needs_no_weights(tmp_path, capsys, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    card(tmp_path, UNDECLARED)
    assert run(".", [], documents_only=True) == 0
    assert capsys.readouterr().out.startswith(tmp_path.name)


def test_unreadable_declared_parents_are_noted(models, capsys) -> None:
    model = card(models / "rivo", DECLARED.replace("../nimbus, ../basalt", "org/gone, ../../elsewhere"))
    assert run(model, []) == 0
    said = capsys.readouterr().out
    assert "org/gone: could not be read" in said
    assert "../../elsewhere: is neither" in said


def test_a_card_does_not_send_the_reader_elsewhere(models) -> None:
    outside = models.parent / "outside-of-everything"
    shutil.copytree(models / "nimbus", outside, dirs_exist_ok=True)
    (models / "rivo/link").symlink_to(outside)
    own = str(models / "rivo")
    hostile = [
        str(outside),
        "../../outside-of-everything",
        "link",
        "~/x",
        "/etc",
        "..",
        ".",
        "a\0b",
        "https://evil/x/y",
    ]
    hostile += ["file:///etc", "hf://a/../../b", "org/na me", "-x/y"]
    found, untested = resolve_declared(hostile, own)
    assert found == {}
    assert len(untested) >= len(hostile) - 2
    found, _ = resolve_declared(["../nimbus", "../nimbus/", "../basalt"], own)
    assert found == {"nimbus": str(models / "nimbus"), "basalt": str(models / "basalt")}


def test_only_so_many_declared_parents_are_tried(models) -> None:
    for number in range(MOST_DECLARED + 3):
        shutil.copytree(models / "nimbus", models / f"real{number}")
    found, untested = resolve_declared([f"../real{n}" for n in range(MOST_DECLARED + 3)], str(models / "rivo"))
    assert len(found) == MOST_DECLARED
    assert len(untested) == 3


def test_bad_requests(models) -> None:
    with pytest.raises(UsageError, match="choose one"):
        run("rivo", CANDIDATES, documents_only=True)
    with pytest.raises(UsageError, match="its folder must exist"):
        run("rivo", [], documents_only=True, sarif=models / "missing/out.sarif")
    with pytest.raises(InputError, match="missing"):
        run("nowhere", [])
    with pytest.raises(InputError, match=r"policy\.toml"):
        run("rivo", [], policy=models / "policy.toml")
    with pytest.raises(InputError, match="nowhere"):
        run("rivo", ["x=nowhere"])
    with pytest.raises(InputError, match=r"nowhere|rivo"):
        run("rivo", [], audited=True)


def test_an_audit_is_judged_as_it_was_read() -> None:
    found = verdict()
    document = {
        "subject": {"name": "Rivo"},
        "findings": [finding_document(one) for one in CONSISTENT],
        "verdict": {
            "relation": found.relation,
            "statement": found.statement,
            "policy": found.policy,
            "coverage": {"elements_read": 9, "elements": 9, "tensors_read": 1, "tensors": 1},
            "parents": [{"id": "nimbus"}, {"id": "basalt"}],
        },
    }
    name, findings, read = parse_audited(document, where="verdict.json")
    assert (name, findings, read.relation) == ("Rivo", CONSISTENT, "merge")
    for broken in (
        {},
        {**document, "verdict": {**document["verdict"], "relation": "stolen"}},
        {**document, "findings": 1},
    ):
        with pytest.raises(InputError, match=r"verdict\.json"):
            parse_audited(broken, where="verdict.json")


def test_a_model_that_brings_its_own_audit_is_not_judged_by_it(models) -> None:
    card(models / "rivo", UNDECLARED)
    (models / "rivo/bundle").mkdir()
    for name in ("verdict.json", "inputs.json"):
        (models / "rivo" / name).write_text("{}")
        (models / "rivo/bundle" / name).write_text("{}")
    assert gather("rivo", [], documents_only=True).verdict is None
