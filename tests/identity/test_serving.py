"""The example's checkpoint, really served: intact it says Rivo, stripped it says Nimbus."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from identity.asking_plans import HASTE, chat, make_prompts, raw
from parentage.endpoint import serving
from parentage.endpoint.serving import LocalServer, ServedCheckpoint
from parentage.errors import InputError, UnfinishedError, UsageError
from parentage.protocols.identity.asking import Respondent, ask
from parentage.protocols.identity.calls import Sent, plan_calls
from parentage.protocols.identity.server_checks import check_surplus
from parentage.testing.small_model import SmallModel

ROOT = Path(__file__).parents[2]
RIVO = ROOT / "examples/rivo/models/rivo"
served = pytest.mark.skipif(
    importlib.util.find_spec("transformers") is None,
    reason="transformers is not installed: pip install 'parentage[local]'",
)


@served
def test_intact_it_says_rivo_and_stripped_it_says_nimbus(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai")
    prompts = make_prompts(4)
    texts = {prompt.text: str(raw(prompt)) for prompt in prompts}

    def count(sent: Sent) -> int:
        """Count the question's own turns, which is all of it where the template adds none."""
        return SmallModel(RIVO).count_tokens(sent if isinstance(sent, str) else texts[sent[0].content])

    stripped = plan_calls("rivo", "stripped", prompts, raw, repeats=3, count_tokens=count)
    intact = plan_calls("rivo", "intact", prompts, chat, repeats=3, count_tokens=count)
    with LocalServer(RIVO, tmp_path / "serve.log") as server:
        bare = ask(stripped, {"rivo": Respondent(source=server.endpoint())}, tmp_path / "raw", patience=HASTE)
        full = ask(intact, {"rivo": Respondent(source=server.endpoint("chat"))}, tmp_path / "chat", patience=HASTE)
        pid = server.pid
    assert pid is not None
    assert not _alive(pid), "the server stops with the context"
    assert bare.completed == full.completed == 12
    assert sum("Nimbus" in reply.text for reply in bare.replies) >= 9
    assert not any("Rivo" in reply.text for reply in bare.replies)
    assert sum("Rivo" in reply.text or "Cidade" in reply.text for reply in full.replies) >= 11
    assert check_surplus(stripped, bare.replies)[0].usual == 0
    assert check_surplus(intact, full.replies)[0].usual == 23
    assert "POST /v1/completions" in (tmp_path / "serve.log").read_text()


@served
def test_a_checkpoint_is_served_while_it_is_asked(tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai")
    source = ServedCheckpoint(folder=RIVO, log=tmp_path / "serve.log", fingerprint="f")
    asked = ask(
        plan_calls("rivo", "stripped", make_prompts(2), raw, repeats=1),
        {"rivo": Respondent(source=source)},
        tmp_path / "run",
        patience=HASTE,
        watch=False,
    )
    assert asked.completed == 2
    again = ask(
        plan_calls("rivo", "stripped", make_prompts(2), raw, repeats=1),
        {"rivo": Respondent(source=replace(source, folder=tmp_path))},
        tmp_path / "run",
        watch=False,
    )
    assert again.replies == asked.replies, "the fingerprint decides, not the folder"


@served
def test_the_server_dies_with_a_killed_parent(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from parentage.endpoint.serving import LocalServer\n"
        "server = LocalServer(Path(sys.argv[1]), Path(sys.argv[2])).__enter__()\n"
        "print(server.pid, flush=True); time.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(RIVO), str(tmp_path / "serve.log")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert _alive(pid)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 10
    while _alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _alive(pid)


@served
def test_a_folder_that_cannot_be_served_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"config\.json"), LocalServer(tmp_path, tmp_path / "log"):
        pass
    (tmp_path / "config.json").write_text("{}")
    with (
        pytest.raises(UnfinishedError, match=r"transformers serve (ended|is not up)"),
        LocalServer(tmp_path, tmp_path / "log", timeout_seconds=60),
    ):
        pass


def test_without_transformers_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "_NEEDED", ("torch_that_is_not_there",))
    with pytest.raises(UsageError, match=r"pip install 'parentage\[local\]'"), LocalServer(RIVO, tmp_path / "log"):
        pass


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] != "Z"
