"""The whole course of a dispute, by the commands of the README: audit, sign, answer, correct, audit again."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import MODELS, ROOT
from parentage.evidence.responses import Response, disputes_of


def test_from_audit_to_reaudit(made, parentage, tmp_path) -> None:
    models = tmp_path / "models"
    for name in ("rivo", "nimbus", "basalt", "cirrus"):
        shutil.copytree(MODELS / name, models / name)
    candidates = [f"--candidate={name}={models / name}" for name in ("nimbus", "basalt")]
    out, text = tmp_path / "out", tmp_path / "text.md"
    parentage("audit", models / "rivo", *candidates, "--out", out)
    first = (out / "report.html").read_bytes()
    parentage("sign", out, "--key", "auditor")
    parentage("report", out)
    assert (out / "report.html").read_bytes() == first
    assert "replicated" in parentage("replicate", out, "--key", "stranger").stdout
    # The publisher answers, and takes the weights down.
    text.write_text("That was the wrong upload. <script>alert(1)</script>")
    respond = ("respond", out, "--file", text, "--by", "Rivo Lab", "--key", "lab")
    parentage(*respond, "--kind", "dispute", "--finding", "replay")
    parentage(*respond, "--kind", "correct", "--to", 1, "--revision", "hf://rivo-lab/rivo@2")
    shutil.rmtree(models / "rivo")
    left = parentage("replicate", out, "--json", status=3)
    outcome = json.loads(left.stdout)
    assert (outcome["outcome"], list(outcome["missing"]), outcome["differing"]) == ("incomplete", ["subject"], 0)
    # Digests, and 33 octaves of 50 tensors between the candidates.
    assert outcome["figures"] == 50 * 33 + 6
    # The corrected revision is audited, and the first audit points to that.
    parentage("audit", models / "cirrus", *candidates, "--out", tmp_path / "again")
    verified = json.loads(parentage("verify", tmp_path / "again", "--json").stdout)
    assert verified["verdict"]["relation"] == "fine-tune"
    answer = ("respond", out, "--file", text, "--by", "Auditor", "--role", "auditor", "--key", "auditor")
    parentage(*answer, "--kind", "answer", "--to", 1, "--reaudit", verified["digest"])
    parentage(*respond, "--kind", "accept", "--to", 3)
    final = json.loads(parentage("verify", out, "--json").stdout)
    assert [dispute["state"] for dispute in final["disputes"]] == ["reconciled"]
    parentage("pack", out, tmp_path / "bundle.zip")
    parentage("report", tmp_path / "bundle.zip", "--out", tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text()
    assert "Disputed by Rivo Lab: reconciled" in page
    assert "&lt;script&gt;alert(1)" in page and "<script>alert(1)" not in page
    # What was signed or answered is never written over.
    assert "choose another --out" in parentage("audit", models / "cirrus", *candidates, "--out", out, status=2).stderr


def test_the_readme_shows_the_script_that_runs(tmp_path) -> None:
    script = ROOT / "examples/rivo/dispute.sh"
    commands = script.read_text().split("\n\n", 1)[1].strip()
    assert f"```sh\n{commands}\n```" in (ROOT / "README.md").read_text()
    assert len(commands.splitlines()) == 10
    shutil.copytree(MODELS, tmp_path / "models")
    done = subprocess.run(
        ["/bin/sh", str(script)],
        cwd=tmp_path,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "PARENTAGE_KEYS": str(tmp_path / "keys")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "What stands without it" in done.stdout
    assert "Dispute 1 by Rivo: answered" in done.stdout
    assert (tmp_path / "case.zip").is_file()


def test_replication_sees_a_changed_weight(made, parentage, tmp_path) -> None:
    changed = tmp_path / "rivo"
    shutil.copytree(MODELS / "rivo", changed)
    data = bytearray((changed / "model.safetensors").read_bytes())
    data[-1000] ^= 1
    (changed / "model.safetensors").write_bytes(data)
    done = parentage("replicate", made, "--subject", changed, status=1)
    assert "differ" in done.stderr and "inputs.json" in done.stdout
    parts = parentage("replicate", made, "--subject", changed, "--fraction", 1, status=1)
    assert "digest" in parts.stdout
    assert "replicated" in parentage("replicate", made, "--fraction", 0.05, "--seed", "mine").stdout


@pytest.mark.parametrize("mode", ["--full", "--sample"])
def test_what_is_left_of_three_candidates(parentage, tmp_path, mode) -> None:
    shutil.copytree(MODELS / "rivo", tmp_path / "rivo")
    candidates = [f"--candidate={name}={MODELS / name}" for name in ("cirrus", "nimbus", "basalt")]
    parentage("audit", tmp_path / "rivo", *candidates, mode, "--out", tmp_path / "out")
    shutil.rmtree(tmp_path / "rivo")
    found = json.loads(parentage("replicate", tmp_path / "out", "--json", status=3).stdout)
    assert (found["differing"], found["figures"] > 3 * 50 * 33) == (0, True)
    # Another model in a candidate's place is seen.
    swapped = f"basalt={MODELS / 'stranger'}"
    done = parentage("replicate", tmp_path / "out", "--candidate", swapped, "--json", status=1)
    assert json.loads(done.stdout)["outcome"] == "differs"


def test_an_edited_card_is_told_and_changes_no_figure(made, parentage, tmp_path) -> None:
    shutil.copytree(MODELS / "rivo", tmp_path / "rivo")
    (tmp_path / "rivo/README.md").write_text("A merge, after all.")
    done = parentage("replicate", made, "--subject", tmp_path / "rivo")
    assert "documents/subject/README.md has been edited since" in done.stdout


def _response(number: int, kind: str, keyid: str, to: int | None = None) -> Response:
    return Response(
        number=number,
        kind=kind,
        role="subject",
        by="x",
        date="",
        text="x",
        finding="",
        to=to,
        revision="",
        reaudit="",
        keyid=keyid,
    )


@pytest.mark.parametrize(
    ("replies", "state"),
    [
        ([], "open"),
        ([("answer", "auditor", 1)], "answered"),
        ([("accept", "lab", 1)], "open"),
        ([("answer", "auditor", 1), ("accept", "other", 2)], "answered"),
        ([("answer", "auditor", 1), ("accept", "lab", 2)], "reconciled"),
        ([("withdraw", "lab", 1)], "withdrawn"),
        ([("answer", "auditor", 1), ("withdraw", "lab", 1)], "withdrawn"),
    ],
)
def test_states(replies, state) -> None:
    said = [_response(1, "dispute", "lab")]
    said += [_response(n, kind, key, to) for n, (kind, key, to) in enumerate(replies, start=2)]
    assert [dispute.state for dispute in disputes_of(said)] == [state]


def test_keys_are_the_owners_own(parentage, keys, made) -> None:
    assert (keys / "auditor.pem").stat().st_mode & 0o077 == 0
    assert "never overwritten" in parentage("keys", "make", "auditor", status=2).stderr
    assert "a name is" in parentage("keys", "make", "../x", status=2).stderr
    assert len(parentage("keys", "list").stdout.splitlines()) == 3


def test_places_that_cannot_be_written_are_one_line(made, parentage, tmp_path) -> None:
    for command in (("pack", made, tmp_path / "none/x.zip"), ("report", made, "--out", tmp_path / "none/x.html")):
        errors = parentage(*command, status=3).stderr
        assert len(errors.splitlines()) == 1 and "could not be written" in errors
