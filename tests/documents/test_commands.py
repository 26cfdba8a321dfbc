"""The example as its users go through it: checked, corrected by the papers, checked again, compared with before."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import MODELS

CANDIDATES = ("--candidate", "nimbus=nimbus", "--candidate", "basalt=basalt")


@pytest.fixture(scope="module")
def models(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    for name in ("rivo", "nimbus", "basalt"):
        shutil.copytree(MODELS / name, folder / name)
    return folder


def _run(folder: Path, *arguments: object, status: int = 0) -> str:
    command = [sys.executable, "-c", "from parentage.cli.main import run; run()", *map(str, arguments)]
    environment = {**os.environ, "NO_COLOR": "1", "HF_HUB_OFFLINE": "1"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, env=environment)
    assert done.returncode == status, done.stderr or done.stdout
    return done.stdout


def test_the_corrected_card_makes_the_check_pass(models: Path, tmp_path: Path) -> None:
    said = _run(models, "check", "rivo", *CANDIDATES, "--sarif", tmp_path / "first.sarif", status=1)
    for rule in (
        "undeclared-parent [nimbus]",
        "undeclared-parent [basalt]",
        "claim-contradicted",
        "obligation-not-found",
    ):
        assert rule in said
    _run(models, "audit", "rivo", *CANDIDATES, "--out", tmp_path / "out")
    card = _run(models, "papers", tmp_path / "out", "--format", "card")
    corrected = models / "corrected"
    shutil.copytree(models / "rivo", corrected)
    (corrected / "README.md").write_text(card)
    passed = _run(models, "check", corrected, *CANDIDATES)
    assert "consistent" in passed
    assert "error" not in passed
    assert max(map(len, said.splitlines())) < 500
    assert said.count("obligation-not-found [nimbus, basalt]") == 1
    assert said.count("what is owed is a copy of the licence") == 1
    assert "To settle it: Name it under base_model" in said
    changed = _run(models, "declared", "corrected", "--against", "rivo")
    assert "added    parent nimbus" in changed.lower()
    assert "-Rivo was trained from scratch" in changed


def test_the_papers_are_written_side_by_side(models: Path, tmp_path: Path) -> None:
    _run(models, "audit", "rivo", *CANDIDATES, "--out", tmp_path / "out")
    formats = [word for name in ("card", "notice", "summary", "cyclonedx", "spdx") for word in ("--format", name)]
    _run(models, "papers", tmp_path / "out", *formats, "--out", tmp_path / "papers")
    assert {path.name for path in (tmp_path / "papers").iterdir()} == {
        "README.md",
        "NOTICE",
        "summary.md",
        "bom.cdx.json",
        "bom.spdx.json",
    }
    bom = json.loads((tmp_path / "papers/bom.cdx.json").read_text())
    ancestors = bom["metadata"]["component"]["pedigree"]["ancestors"]
    assert {one["name"] for one in ancestors} == {"nimbus", "basalt"}


def test_what_is_declared_is_shown_with_its_lines(models: Path) -> None:
    said = _run(models, "declared", "rivo")
    assert "parent   none declared" in said
    assert "claim    from-scratch" in said
    assert "README.md:15" in said
    found = json.loads(_run(models, "declared", "rivo", "--json"))
    assert found["declaration"]["licence"]["key"] == "Apache-2.0"
    assert _run(models, "declared", "rivo", "--against", "rivo") == "Nothing that is declared has changed.\n"


def test_a_place_that_is_not_there_is_one_line(models: Path) -> None:
    command = [sys.executable, "-c", "from parentage.cli.main import run; run()", "declared", "nowhere"]
    done = subprocess.run(command, cwd=models, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
