"""The GitHub Action and the pre-commit hook: they parse, lead to what is there, and run no input as code."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from conftest import ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
(HOOK,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
STEPS = ACTION["runs"]["steps"]
STUB = """#!{python}
import json, os, sys
print(json.dumps(sys.argv[1:]))
sys.exit(int(os.environ.get("STUB_STATUS", "0")))
"""


def test_no_input_is_put_into_a_script() -> None:
    assert ACTION["runs"]["using"] == "composite"
    for step in STEPS:
        if "run" in step:
            assert "${{" not in step["run"]
            assert step["shell"] == "bash"
        else:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])
    used = {
        name
        for step in STEPS
        for value in (step.get("env") or step.get("with") or {}).values()
        for name in re.findall(r"inputs\.([a-z-]+)", value)
    }
    assert used == set(ACTION["inputs"])
    assert not any("upload" in json.dumps(step) for step in STEPS)


@pytest.fixture
def run_step(tmp_path):
    """Runs the step `check` as the runner does, with a stub that prints its arguments."""

    def _run(**environment):
        stub = tmp_path / "parentage/bin/parentage"
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text(STUB.format(python=sys.executable))
        stub.chmod(0o755)
        step = next(step for step in STEPS if step.get("id") == "check")
        inputs = {name: "" for name in step["env"]}
        output = tmp_path / "output"
        ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            env={
                "PATH": os.environ["PATH"],
                "RUNNER_TEMP": str(tmp_path),
                "GITHUB_OUTPUT": str(output),
                **inputs,
                **environment,
            },
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=20,
        )
        return ran.returncode, json.loads(ran.stdout), output.read_text()

    return _run


def test_the_action_hands_on_its_inputs(run_step) -> None:
    status, arguments, output = run_step(
        PARENTAGE_MODEL="models/rivo",
        PARENTAGE_CANDIDATES="nimbus=models/nimbus\nbasalt=hf://org/basalt@main\n",
        PARENTAGE_POLICY="policy.toml",
        PARENTAGE_SARIF="out.sarif",
        PARENTAGE_JUNIT="out.xml",
        PARENTAGE_DOCUMENTS_ONLY="false",
    )
    assert (status, output) == (0, "exit-status=0\n")
    assert arguments == [
        "check",
        "--candidate=nimbus=models/nimbus",
        "--candidate=basalt=hf://org/basalt@main",
        "--policy=policy.toml",
        "--sarif=out.sarif",
        "--junit=out.xml",
        "--",
        "models/rivo",
    ]


@pytest.mark.parametrize("hostile", ["$(touch made)", "`touch made`", "; touch made", "--sarif=x", '" && touch made "'])
def test_hostile_inputs_stay_inputs(run_step, tmp_path, hostile) -> None:
    _, arguments, _ = run_step(PARENTAGE_MODEL=hostile, PARENTAGE_CANDIDATES=hostile, PARENTAGE_SARIF=hostile)
    assert arguments == ["check", f"--candidate={hostile}", f"--sarif={hostile}", "--", hostile]
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("status", [1, 2, 3])
def test_the_action_ends_as_the_check_does(run_step, status) -> None:
    found, arguments, output = run_step(PARENTAGE_MODEL=".", STUB_STATUS=str(status), PARENTAGE_DOCUMENTS_ONLY="true")
    assert (found, output) == (status, f"exit-status={status}\n")
    assert "--documents-only" in arguments


def test_the_hook_runs_a_command_that_is_there() -> None:
    command = HOOK["entry"].split()[0]
    assert command in tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["scripts"]
    assert HOOK["language"] == "python"
    assert HOOK["pass_filenames"] is False
    assert "--documents-only" in HOOK["entry"]


@pytest.mark.parametrize(
    ("file", "is_taken"),
    [
        ("README.md", True),
        ("LICENSE", True),
        ("LICENCE.txt", True),
        ("NOTICE", True),
        ("config.json", True),
        ("model.safetensors", False),
        ("docs/README.md", False),
        ("tokenizer_config.json", False),
    ],
)
def test_the_hook_runs_for_documents(file, is_taken) -> None:
    assert bool(re.search(HOOK["files"], file)) is is_taken
