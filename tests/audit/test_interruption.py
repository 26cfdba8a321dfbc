"""Processes that are stopped, killed or cannot write: one line, the right status, and nothing lost."""

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import MODELS
from parentage.testing.serving import FolderServer

COMMAND = str(Path(sys.executable).parent / "parentage")


def _start(folder: Path, url: str, **options) -> subprocess.Popen:
    candidates = [f"--candidate={name}={MODELS / name}" for name in ("nimbus", "basalt")]
    command = [COMMAND, "audit", url, *candidates, "--full", "--out", str(folder)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options)


def _finish(folder: Path, url: str) -> dict:
    process = _start(folder, url)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert not (folder / "journal.jsonl").exists()
    return json.loads((folder / "verdict.json").read_text())


def _wait_for_tensors(folder: Path, count: int) -> None:
    journal, deadline = folder / "journal.jsonl", time.monotonic() + 120
    while time.monotonic() < deadline:
        if journal.is_file() and len(journal.read_text().splitlines()) > count:
            return
        time.sleep(0.01)
    raise AssertionError("no tensor was ever finished")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_a_stopped_audit_resumes_to_the_same_verdict(how: signal.Signals, tmp_path) -> None:
    with FolderServer(MODELS / "rivo") as server:
        whole = _finish(tmp_path / "whole", server.url)
        server.pause_seconds = 0.05
        process = _start(tmp_path / "stopped", server.url)
        _wait_for_tensors(tmp_path / "stopped", 10)
        process.send_signal(how)
        _, errors = process.communicate(timeout=60)
        if how == signal.SIGINT:
            assert process.returncode == 3
            assert errors.splitlines()[-1].endswith("finished tensors are kept, the same command resumes")
            assert len(errors.splitlines()) == 1
        assert not (tmp_path / "stopped/verdict.json").exists()
        server.pause_seconds = 0
        resumed = _finish(tmp_path / "stopped", server.url)
    assert resumed == whole
    lists = [(tmp_path / name / "bundle/manifest.json").read_bytes() for name in ("stopped", "whole")]
    assert lists[0] == lists[1]


def test_a_full_disk_is_one_line(tmp_path) -> None:
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # noqa: E731
    process = _start(tmp_path / "out", str(MODELS / "rivo"), preexec_fn=limit)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 3
    assert len(errors.splitlines()) == 1
    assert "File too large" in errors and "could not be written" in errors
    assert not (tmp_path / "out/verdict.json").exists()
