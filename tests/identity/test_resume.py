"""A run that is killed at any point goes on without asking anything again that was answered."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from identity.asking_plans import ask_server, plan, respondent
from parentage.errors import InputError, UsageError
from parentage.protocols.identity.asking import ask
from parentage.protocols.identity.journal import FILE, Journal
from parentage.testing.chat_server import ChatServer

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed: pip install 'parentage[identity]'")

ROOT = Path(__file__).parents[2]
CONNECTIONS = 4
SCRIPT = """
import sys
from pathlib import Path
from parentage.endpoint.provider import Endpoint
from parentage.protocols.identity.asking import Respondent, ask
from identity.asking_plans import HASTE, plan
source = Endpoint(url=sys.argv[1], model="rivo")
ask(plan(12), {"rivo": Respondent(source=source)}, Path(sys.argv[2]), patience=HASTE, connections=4)
"""


def run_until(server: ChatServer, folder: Path, answered: int) -> None:
    """Start a run as a process of its own, and kill it once the server has answered so many calls."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT / "src")])}
    command = [sys.executable, "-c", SCRIPT, server.url, str(folder)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        deadline = time.monotonic() + 60
        while len(server.asked) < answered and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.002)
        assert process.poll() is None, "the run must still be going when it is killed"
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_killed_run_asks_nothing_again_that_was_kept(tmp_path: Path) -> None:
    calls = plan(12)
    with ChatServer(pause_seconds=0.02) as server:
        kept: list[set[str]] = []
        for answered in (3, 24, 50):
            run_until(server, tmp_path, answered)
            lines = (tmp_path / FILE).read_bytes().split(b"\n")[:-1] if (tmp_path / FILE).exists() else []
            kept.append({json.loads(line)["key"] for line in lines})
        in_the_kill = Counter(_fingerprint(request) for request in server.asked)
        before = len(server.asked)
        asked = ask_server(server, calls, tmp_path)
        after = [_fingerprint(request) for request in server.asked[before:]]
    assert asked.completed == 60
    assert kept[0] <= kept[1] <= kept[2]
    assert len(kept[2]) > 20
    measured = Counter(_fingerprint(request) for request in server.asked if request["temperature"] > 0)
    assert len(measured) == 60
    # A call that was under way when a run was killed had no answer here, and is asked again: at most four a kill.
    assert sum(measured.values()) - 60 <= 3 * CONNECTIONS
    keys_left = 60 + 8 - len(kept[2])
    assert len(after) == keys_left
    assert in_the_kill


def _fingerprint(request: object) -> tuple[object, ...]:
    assert isinstance(request, dict)
    return request["prompt"], request["seed"], request["temperature"]


def test_a_line_cut_by_the_kill_is_dropped_and_a_broken_one_is_not(tmp_path: Path) -> None:
    with ChatServer() as server:
        ask_server(server, plan(1), tmp_path)
        whole = (tmp_path / FILE).read_bytes()
        (tmp_path / FILE).write_bytes(whole[:-40])
        again = ask_server(server, plan(1), tmp_path)
        assert again.asked_now == 1
        assert again.completed == 5
        (tmp_path / FILE).write_bytes(b'{"key": 1}\n' + whole)
        with pytest.raises(InputError, match="must have key, stage, served and reply"):
            ask_server(server, plan(1), tmp_path)


def test_a_changed_plan_is_asked_anew(tmp_path: Path) -> None:
    from parentage.endpoint.provider import Sampling

    with ChatServer() as server:
        ask_server(server, plan(1), tmp_path)
        warmer = ask_server(server, plan(1), tmp_path, sampling=Sampling(temperature=1.0))
    assert warmer.asked_now >= 5


def test_another_server_or_other_weights_are_asked_anew(tmp_path: Path) -> None:
    with ChatServer() as first, ChatServer() as second:
        ask_server(first, plan(1), tmp_path)
        assert ask_server(first, plan(1), tmp_path).asked_now == 0
        assert ask_server(second, plan(1), tmp_path).asked_now >= 5, "a reply of another server is no reply of this one"
        known = {"rivo": replace(respondent(second)["rivo"], weights="sha256:1")}
        assert ask(plan(1), known, tmp_path).asked_now >= 5
        assert ask(plan(1), known, tmp_path).asked_now == 0


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    with Journal(tmp_path), pytest.raises(UsageError, match="another run is writing here"):
        Journal(tmp_path)
