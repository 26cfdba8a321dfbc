"""Declarations in a bundle: drawn again from the texts, refused where they do not follow, kept where rules changed."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from bundle.conftest import relist
from conftest import ROOT
from parentage.audit.bundle.verification import VerificationError, verify_bundle
from parentage.audit.case import make_case
from parentage.audit.gate.gathering import gather_audited
from parentage.audit.gate.judging import judge
from parentage.audit.gate.policy_file import DEFAULT_POLICY
from parentage.audit.outputs import audit_into
from parentage.protocols.documents.records import QUESTIONS
from parentage.report.page import render_report

MODELS = ROOT / "examples/rivo/models"


def _case(models: Path):
    return make_case(str(models / "rivo"), {name: str(models / name) for name in ("nimbus", "basalt")})


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("documents") / "out"
    audit_into(_case(MODELS), out)
    return out / "bundle"


@pytest.fixture
def bundle(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "bundle"))


def _findings(bundle: Path) -> dict:
    document = json.loads((bundle / "verdict.json").read_text())
    return {one["question"]: one for one in document["findings"]}


def _edit(path: Path, change: Callable[[dict], object]) -> None:
    document = json.loads(path.read_text())
    change(document)
    path.write_text(json.dumps(document))


def test_the_example_declares_nobody_and_says_from_scratch(made: Path) -> None:
    found = _findings(made)
    assert list(found)[-4:] == list(QUESTIONS)
    disclosure = found["disclosure"]
    assert {row["id"]: row["declared"] for row in disclosure["tables"]["parents"]} == {
        "nimbus": "not-declared",
        "basalt": "not-declared",
    }
    assert {row["kind"]: row["outcome"] for row in disclosure["tables"]["claims"]} == {
        "from-scratch": "contradicted",
        "no-parents": "contradicted",
    }
    owed = found["obligations"]["tables"]["obligations"]
    assert {(row["parent"], row["kind"]) for row in owed if row["status"] == "not-found"} == {
        ("nimbus", "state-changes"),
        ("basalt", "state-changes"),
    }
    assert {(row["parent"], row["where"]) for row in owed if row["status"] == "met"} == {
        ("nimbus", "LICENSE:1"),
        ("basalt", "LICENSE:1"),
    }
    licences = {row["model"]: (row["key"], row["how"]) for row in found["declaration"]["tables"]["licences"]}
    assert set(licences.values()) == {("Apache-2.0", "text-and-declared")}


def test_it_verifies_and_says_what_it_cannot(bundle: Path) -> None:
    verified = verify_bundle(bundle)
    assert "15 declared texts, read again" in verified.steps[3].seen
    assert any("tokenizers" in line for line in verified.undecided)
    schema = json.loads((ROOT / "schemas/documents-v1.schema.json").read_text())
    jsonschema.validate(json.loads((bundle / "documents.json").read_text()), schema)


def test_the_report_shows_declared_beside_found_and_the_corrected_card(made: Path) -> None:
    page = render_report(made)
    section = page[page.index('id="documents"') :]
    assert "trained from scratch by Cidade Labs" in section
    assert "base_model_relation: merge" in section
    assert "not declared" in section


def test_the_same_models_elsewhere_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(MODELS, moved / "models")
    audit_into(_case(moved / "models"), tmp_path / "out")
    assert (tmp_path / "out/bundle/manifest.json").read_bytes() == (made / "manifest.json").read_bytes()


def _reword_card(bundle: Path) -> None:
    path = bundle / "documents/subject/README.md"
    path.write_text(path.read_text().replace("trained from scratch", "made"))


def _soften_finding(bundle: Path) -> None:
    def change(document: dict) -> None:
        (one,) = [one for one in document["findings"] if one["question"] == "disclosure"]
        one["tables"]["claims"][0]["outcome"] = "consistent"

    _edit(bundle / "verdict.json", change)


def _leave_out_finding(bundle: Path) -> None:
    def change(document: dict) -> None:
        document["findings"] = [one for one in document["findings"] if one["question"] != "obligations"]

    _edit(bundle / "verdict.json", change)


def _leave_out_documents(bundle: Path) -> None:
    (bundle / "documents.json").unlink()


@pytest.mark.parametrize("attack", [_reword_card, _soften_finding, _leave_out_finding, _leave_out_documents])
def test_what_does_not_follow_from_the_texts_is_refused(bundle: Path, attack: Callable[[Path], None]) -> None:
    attack(bundle)
    relist(bundle)
    with pytest.raises(VerificationError) as caught:
        verify_bundle(bundle)
    assert caught.value.number == 7


@pytest.mark.parametrize(
    "change",
    [
        lambda document: document.update(schema="parentage.documents/v9"),
        lambda document: document["models"].reverse(),
        lambda document: document["models"].pop(),
        lambda document: document["models"][1].update(known_as=["another/model", "nimbus"], name="other"),
        lambda document: document["models"][1].update(known_as=["elsewhere"]),
        lambda document: document.update(models="nobody"),
        lambda document: document.update(kinship={"tokenizers": 3}),
        lambda document: document.update(rules_digest=7),
    ],
)
def test_another_form_is_refused(bundle: Path, change: Callable[[dict], object]) -> None:
    _edit(bundle / "documents.json", change)
    relist(bundle)
    with pytest.raises(VerificationError) as caught:
        verify_bundle(bundle)
    assert caught.value.number == 4


def test_a_text_of_nobody_is_refused(bundle: Path) -> None:
    (bundle / "documents/stranger").mkdir()
    (bundle / "documents/stranger/README.md").write_text("Hello.")
    relist(bundle)
    with pytest.raises(VerificationError, match="is a document of no model"):
        verify_bundle(bundle)


def test_rows_that_no_audit_writes_are_refused_in_one_line(bundle: Path) -> None:
    _edit(bundle / "documents.json", lambda document: document["kinship"].update(tokenizers=[{"candidate": 3}]))
    relist(bundle)
    with pytest.raises(VerificationError) as caught:
        verify_bundle(bundle)
    assert "\n" not in str(caught.value)


def test_findings_by_other_rules_stand_and_that_is_said(bundle: Path) -> None:
    _edit(bundle / "documents.json", lambda document: document.update(rules_digest="sha256:" + "0" * 64))
    relist(bundle)
    verified = verify_bundle(bundle)
    assert "not this version's" in verified.steps[3].seen
    assert any("rules of another version" in line for line in verified.undecided)


def test_the_gate_does_not_take_over_what_it_cannot_draw_again(bundle: Path) -> None:
    """A forger who names other rules could state whatever he likes: nothing would hold it against the texts."""
    _edit(bundle / "documents.json", lambda document: document.update(rules_digest="sha256:" + "0" * 64))

    def forge(document: dict) -> None:
        for one in document["findings"]:
            if one["question"] == "disclosure":
                one["tables"] = {}
            if one["question"] == "obligations":
                one["tables"] = {}

    relist(bundle)
    honest = gather_audited(bundle)
    _edit(bundle / "verdict.json", forge)
    relist(bundle)
    for gathered in (honest, gather_audited(bundle)):
        report = judge(gathered.findings, gathered.verdict, DEFAULT_POLICY, today=date(2026, 7, 1))
        assert report.outcome == "undecided"
        assert "protocol-missing" in {one.rule for one in report.results}


def test_a_bundle_of_before_has_no_documents_and_verifies(bundle: Path) -> None:
    (bundle / "documents.json").unlink()

    def change(document: dict) -> None:
        document["findings"] = [one for one in document["findings"] if one["question"] not in QUESTIONS]

    _edit(bundle / "verdict.json", change)
    relist(bundle)
    assert verify_bundle(bundle).steps[6].seen
