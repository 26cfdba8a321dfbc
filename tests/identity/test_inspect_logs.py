"""What inspect's logs hold is what the run reported."""

import zipfile
from pathlib import Path

import pytest

from identity.asking_plans import ask_server, chat, make_prompts, plan
from parentage.errors import InputError
from parentage.protocols.identity import inspect_logs
from parentage.protocols.identity.calls import plan_calls
from parentage.protocols.identity.inspect_logs import read_inspect_log
from parentage.protocols.identity.transcripts import parse_transcript, transcript_bytes, transcript_digest
from parentage.testing.chat_server import Asking, ChatServer

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed: pip install 'parentage[identity]'")


def say(asking: Asking) -> str:
    return f"<think>Hm, {asking.seed}.</think>Je suis Nimbus, né à l'été. 我是 Nimbus \ud83d"


def logs_of(folder: Path) -> list[Path]:
    return sorted(
        path for path in (folder / "inspect").iterdir() if "before" not in path.name and "after" not in path.name
    )


def test_a_runs_own_log_gives_the_same_transcript(tmp_path: Path) -> None:
    with ChatServer(answer=say) as server:
        asked = ask_server(server, plan(3), tmp_path / "raw")
        chatted = ask_server(
            server, plan_calls("rivo", "intact", make_prompts(2), chat, repeats=2), tmp_path / "chat", api="chat"
        )
    (log,) = logs_of(tmp_path / "raw")
    assert transcript_digest(read_inspect_log(log)) == transcript_digest(asked.replies)
    (log,) = logs_of(tmp_path / "chat")
    assert transcript_bytes(read_inspect_log(log)) == transcript_bytes(chatted.replies)
    assert {reply.model for reply in read_inspect_log(log, model="other")} == {"other"}


def test_fixed_prompts_are_no_measurement(tmp_path: Path) -> None:
    with ChatServer() as server:
        ask_server(server, plan(1), tmp_path)
    (before,) = [path for path in (tmp_path / "inspect").iterdir() if "before" in path.name]
    assert read_inspect_log(before) == ()


def test_hostile_logs_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "x.eval"
    log.write_bytes(b"not a zip")
    with pytest.raises(InputError, match="must be a readable"):
        read_inspect_log(log)
    with zipfile.ZipFile(log, "w") as archive:
        archive.writestr("header.json", "[]")
    with pytest.raises(InputError, match="must be an inspect log"):
        read_inspect_log(log)
    with zipfile.ZipFile(log, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("header.json", b" " * 2_000_000)
    monkeypatch.setattr(inspect_logs, "MOST_UNPACKED_BYTES", 1_000_000)
    with pytest.raises(InputError, match="unpacks beyond"):
        read_inspect_log(log)


def test_a_transcript_is_read_as_strictly_as_it_is_written(tmp_path: Path) -> None:
    with ChatServer() as server:
        asked = ask_server(server, plan(2, repeats=2), tmp_path)
    good = transcript_bytes(reversed(asked.replies))
    assert parse_transcript(good, "t") == asked.replies
    lines = good.splitlines(keepends=True)
    for bad, says in [
        (good[:-1], "must end with a line feed"),
        (b"".join([lines[1], lines[0]]), "must be sorted"),
        (lines[0] * 2, "must be sorted"),
        (good.replace(b'"arm":"stripped"', b'"arm":"bare"'), "must be one of"),
        (good.replace(b'"repeat":1', b'"repeat":-1'), "whole number"),
        (good.replace(b'"stop":"stop"', b'"stop": "stop"'), "RFC 8785"),
        (good.replace(b'"stop":"stop",', b""), "exactly the fields"),
        (b"\xff\n", "UTF-8 JSON"),
        (b"[" * 100_000 + b"\n", "UTF-8 JSON"),
    ]:
        with pytest.raises(InputError, match=says):
            parse_transcript(bad, "t")
