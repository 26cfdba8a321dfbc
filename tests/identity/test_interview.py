"""The example case's interview, end to end through the command line: bars, bundle, tampering, resumption, report."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from bundle.conftest import relist
from conftest import ROOT
from parentage.audit.bundle.interviews import read_interview
from parentage.audit.bundle.verification import VerificationError, verify_bundle
from parentage.audit.case import case_document, parse_case, read_case
from parentage.errors import InputError
from parentage.evidence.container import open_container
from parentage.evidence.verdict_file import finding_document
from parentage.protocols.identity.self_report import VERSIONS, conclude
from parentage.report.page import render_report

CASE = ROOT / "examples/rivo/case.toml"


def _run(*arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from parentage.cli.main import run; run()", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, env={**os.environ, "NO_COLOR": "1"})
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture(scope="module")
def out(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("interview") / "out"
    _run("audit", CASE, "--out", folder)
    return folder


@pytest.fixture
def copy(out: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(out / "bundle", tmp_path / "bundle"))


def _finding(out: Path) -> dict:
    document = json.loads((out / "verdict.json").read_text())
    (found,) = [one for one in document["findings"] if one["question"] == "self-report"]
    return found


def _rate(found: dict, model: str, arm: str, identity: str) -> dict:
    rows = [
        row for row in found["tables"]["rates"] if (row["model"], row["arm"], row["identity"]) == (model, arm, identity)
    ]
    assert len(rows) == 1
    return rows[0]


def test_the_stripped_subject_names_the_other_and_never_itself(out: Path) -> None:
    found = _finding(out)
    assert _rate(found, "subject", "stripped", "nimbus")["low"] > 0.5
    own = _rate(found, "subject", "stripped", "subject")
    assert own["hits"] == 0
    assert own["basis"] == "families"
    assert own["high"] == pytest.approx(1 - 0.05 ** (1 / own["families"]))
    assert _rate(found, "subject", "intact", "subject")["rate"] > 0.7
    assert "Nimbus" in found["statement"]
    assert "weights" in found["statement"]


def test_the_innocent_never_name_it(out: Path) -> None:
    found = _finding(out)
    for model in ("basalt", "stranger", "cirrus"):
        assert _rate(found, model, "stripped", "nimbus")["hits"] == 0
    for row in found["tables"]["differences"]:
        assert row["low"] > 0.3
        assert row["adjusted"] < 0.01


def test_words_are_shared_beyond_what_controls_share(out: Path) -> None:
    tables = _finding(out)["tables"]
    assert tables["spans"]
    assert max(row["unmasked"] for row in tables["spans"]) > max(row["longest"] for row in tables["null"])


def test_the_template_is_found_and_its_default_proven(out: Path) -> None:
    rows = {row["model"]: row for row in _finding(out)["tables"]["templates"]}
    assert rows["subject"]["told"] == "You are Rivo, a helpful assistant made by Cidade Labs."
    assert rows["subject"]["proven"]
    assert rows["subject"]["method"] == "turn-format"
    assert rows["nimbus"]["method"] == "nothing-to-strip"


def test_documents_have_their_form(out: Path) -> None:
    schema = json.loads((ROOT / "schemas/interview-v1.schema.json").read_text())
    jsonschema.validate(json.loads((out / "bundle/identity/interview.json").read_text()), schema)
    schema = json.loads((ROOT / "schemas/verdict-v1.schema.json").read_text())
    jsonschema.validate(json.loads((out / "verdict.json").read_text()), schema)


def test_the_bundle_verifies_and_its_replies_are_read_again(out: Path) -> None:
    seen = {step.name: step.seen for step in verify_bundle(out / "bundle").steps}
    assert "replies, read again" in seen["form"]


def _reply(text: str) -> str:
    rows = text.splitlines()
    row = json.loads(rows[-1])
    row["text"] = "I am Rivo, made by Cidade Labs."
    rows[-1] = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("name", "change", "step"),
    [
        ("identity/transcript.jsonl", _reply, 4),
        ("identity/readings.jsonl", lambda text: text.replace('"status":"claim"', '"status":"none"', 1), 4),
        ("identity/readings.jsonl", lambda text: text.partition("\n")[2], 4),
        ("identity/interview.json", lambda text: text.replace('"proven": true', '"proven": false', 1), 7),
        ("identity/interview.json", lambda text: text.replace('"role": "control"', '"role": "judge"', 1), 4),
        ("verdict.json", lambda text: text.replace("says that it is Nimbus", "says that it is Basalt", 1), 7),
    ],
)
def test_a_change_is_seen(copy: Path, name: str, change, step: int) -> None:
    path = copy / name
    before = path.read_text()
    assert change(before) != before
    path.write_text(change(before))
    relist(copy)
    with pytest.raises(VerificationError) as caught:
        verify_bundle(copy)
    assert caught.value.number == step


def test_a_bundle_without_its_transcript_is_refused(copy: Path) -> None:
    (copy / "identity/transcript.jsonl").unlink()
    relist(copy)
    with pytest.raises(VerificationError, match="identity/transcript"):
        verify_bundle(copy)


def test_a_second_run_asks_nothing_and_says_the_same(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out / "identity-run", tmp_path / "identity-run")
    journal = (tmp_path / "identity-run/answered.jsonl").read_bytes()
    done = _run("identity", CASE, "--out", tmp_path, "--json")
    assert (tmp_path / "identity-run/answered.jsonl").read_bytes() == journal
    assert json.loads(done.stdout) == _finding(out)
    name = "identity/transcript.jsonl"
    assert (tmp_path / name).read_bytes() == (out / "bundle" / name).read_bytes()


def test_the_report_shows_it(out: Path) -> None:
    page = render_report(out)
    assert "Whom does it say it is?" in page
    assert "You are Rivo, a helpful assistant made by Cidade Labs." in page
    assert "<mark>" in page


@pytest.mark.parametrize("version", VERSIONS)
def test_a_finding_of_any_version_goes_on_verifying(copy: Path, version: str) -> None:
    path = copy / "verdict.json"
    document = json.loads(path.read_text())
    places = [place for place, one in enumerate(document["findings"]) if one["question"] == "self-report"]
    interview = read_interview(open_container(copy))
    assert interview is not None
    document["findings"][places[0]] = finding_document(conclude(interview, version))
    path.write_text(json.dumps(document))
    relist(copy)
    assert verify_bundle(copy).steps


def test_limits_of_version_2_are_not_those_of_version_3(out: Path) -> None:
    interview = read_interview(open_container(out / "bundle"))
    assert interview is not None
    rows = {version: conclude(interview, version).tables["rates"] for version in VERSIONS}
    assert rows["1"] == rows["2"]
    assert [row["rate"] for row in rows["2"]] == [row["rate"] for row in rows["3"]]
    assert [row["low"] for row in rows["2"]] != [row["low"] for row in rows["3"]]


def test_a_replication_measures_the_weights_again_and_says_that_it_asked_nobody(out: Path) -> None:
    done = _run("replicate", out)
    assert done.stdout.startswith("replicated")
    assert "was not asked again" in done.stdout


def test_a_case_survives_being_written(tmp_path: Path) -> None:
    case = read_case(CASE)
    again = parse_case(case_document(case, command="x").encode(), where="again", folder=tmp_path)
    assert again.identity == case.identity
    assert [one.id for one in again.controls] == ["stranger", "cirrus"]


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ('languages = ["xx"]', "xx"),
        ("languages = []", "languages"),
        ("repeats = 0", "repeats"),
        ("temperature = true", "temperature"),
        ('quick = "yes"', "quick"),
        ("colour = 1", "colour"),
        ('[[identity.names]]\nof = "nobody"\nnames = ["X"]', "nobody"),
        ('[[identity.names]]\nof = "subject"\nnames = []', "names"),
        ('[[identity.endpoints]]\nof = "subject"\nurl = "ftp://x"\nmodel = "m"', "ftp"),
        ('[[identity.endpoints]]\nof = "subject"\nurl = "http://k:s@x/v1"\nmodel = "m"', "key"),
        ('[[identity.endpoints]]\nof = "subject"\ninspect = "a/b"\nurl = "http://x/v1"', "both"),
    ],
)
def test_what_makes_no_sense_is_refused_in_one_line(lines: str, value: str, tmp_path: Path) -> None:
    head = 'schema = "parentage.case/v1"\n[subject]\nlocation = "a"\n[[candidates]]\nid = "b"\nlocation = "b"\n'
    with pytest.raises(InputError) as caught:
        parse_case(f"{head}[identity]\n{lines}\n".encode(), where="case.toml", folder=tmp_path)
    assert value in str(caught.value)
    assert "\n" not in str(caught.value)
