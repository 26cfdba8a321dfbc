"""An interview as a whole: what is read, who is asked and when, and what stays when it fails."""

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import pytest

from conftest import ROOT
from identity import template_samples as samples
from parentage.audit import interviewing
from parentage.audit.case import Case, read_case
from parentage.audit.outputs import audit_into
from parentage.audit.questioning import Questioning
from parentage.cli import audit as audit_command
from parentage.cli import main as command_line
from parentage.endpoint.provider import Endpoint, NamedModel
from parentage.endpoint.served_files import fingerprint_folder
from parentage.errors import InputError, ParentageError, StorageError, UnfinishedError, UsageError
from parentage.protocols.identity import asking
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.preparing import prepare
from parentage.storage.memory import MemoryStore
from parentage.subject import ModelRef
from parentage.testing.chat_server import ChatServer

RIVO = ROOT / "examples/rivo"


class _WatchedStore(MemoryStore):
    """A store whose files are as large as it says, and none of them is read that may not be."""

    def __init__(self, files: dict[str, bytes], sizes: dict[str, int]) -> None:
        super().__init__(files)
        self.sizes = sizes

    def size(self, path: str) -> int:
        return self.sizes.get(path) or super().size(path)

    def read(self, path: str, start: int, stop: int) -> bytes:
        assert path not in self.sizes, "a file that is too large is read"
        return super().read(path, start, stop)


def make_folder(folder: Path, template: str = samples.DEFAULTED) -> Path:
    folder.mkdir()
    (folder / "config.json").write_text("{}")
    (folder / "model.safetensors").write_bytes(bytes(200_000))
    (folder / "tokenizer_config.json").write_text(json.dumps({"chat_template": template, "bos_token": "<s>"}))
    return folder


def make_case(tmp_path: Path, **sources: Any) -> Case:
    subject, candidate = (make_folder(tmp_path / name) for name in ("subject", "nimbus"))
    return Case(
        subject=ModelRef(id="subject", location=str(subject), name="Rivo"),
        candidates=(ModelRef(id="nimbus", location=str(candidate), name="Nimbus"),),
        identity=Questioning(languages=("en",), quick=True, sources=sources),
    )


# What is read


def test_a_file_that_is_too_large_is_a_line_and_is_not_read() -> None:
    sizes = {"tokenizer.json": 2**26 + 1, "config.json": 2**23 + 1}
    files, unread = interviewing.read_files(
        _WatchedStore({"tokenizer.json": b"", "config.json": b"", "chat_template.jinja": b"x"}, sizes), "memory://"
    )
    assert files == {"chat_template.jinja": b"x"}
    assert unread == (
        "config.json: not read: it has 8388609 bytes, and 8388608 may be read",
        "tokenizer.json: not read: it has 67108865 bytes, and 67108864 may be read",
    )


def test_templates_of_any_name_are_found_where_they_can_be_listed(tmp_path: Path) -> None:
    inside = tmp_path / "additional_chat_templates"
    inside.mkdir()
    for name in ("agent.jinja", "default.jinja", "notes.txt"):
        (inside / name).write_text(name)
    expected = {f"additional_chat_templates/{name}" for name in ("agent.jinja", "default.jinja")}
    files, _ = interviewing.read_files(interviewing.open_store(str(tmp_path)), str(tmp_path))
    assert set(files) == expected
    listed = MemoryStore({**{name: b"x" for name in expected}, "additional_chat_templates/a/b.jinja": b"y"})
    assert set(interviewing.read_files(listed, "hf://a/b")[0]) == expected


def test_neither_many_templates_nor_large_ones_are_all_read() -> None:
    many = {f"additional_chat_templates/{number:03}.jinja": b"x" for number in range(100)}
    files, unread = interviewing.read_files(MemoryStore(many), "memory://")
    assert len(files) == 32
    assert unread == ("additional_chat_templates: more than 32 templates: the rest were not read",)
    large = {f"additional_chat_templates/{number}.jinja": bytes(7 * 2**20) for number in range(3)}
    files, unread = interviewing.read_files(MemoryStore(large), "memory://")
    assert len(files) == 2
    assert unread[0].startswith("additional_chat_templates/2.jinja: not read")


def test_a_template_in_gguf_metadata_tells_and_is_stripped(tmp_path: Path) -> None:
    writer = gguf.GGUFWriter(tmp_path / "model-q8.gguf", "llama")
    writer.add_chat_template(
        [{"name": "default", "template": samples.DEFAULTED}, {"name": "tool_use", "template": "{{ 1 }}"}]
    )
    writer.add_tensor("output.weight", np.zeros((2, 32), dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    store = interviewing.open_store(str(tmp_path))
    found, unread = interviewing.read_gguf_templates(store)
    assert (set(found), unread) == ({"tokenizer.chat_template", "tokenizer.chat_template.tool_use"}, ())
    prepared = prepare({}, make_lexicon(()), "completions", texts=("Who are you?",), gguf=found)
    assert prepared.disclosure.template == "gguf:tokenizer.chat_template"
    assert "You are Vela" in prepared.disclosure.told
    assert "Vela" not in str(prepared.arms["stripped"]("Who are you?"))


def test_a_broken_gguf_file_is_a_line() -> None:
    found, unread = interviewing.read_gguf_templates(MemoryStore({"model.gguf": b"GGUF" + b"\xff" * 40}))
    assert found == {}
    assert "must be 2 or 3" in unread[0]


# Who is asked


def test_nobody_is_asked_where_the_subject_cannot_be_stripped(tmp_path: Path) -> None:
    with ChatServer() as server:
        source = Endpoint(url=server.url, model="rivo")
        case = make_case(tmp_path, subject=source, nimbus=source)
        (tmp_path / "subject/tokenizer_config.json").write_text("{}")
        with pytest.raises(UsageError, match="could not be stripped, so nobody was asked: no chat template"):
            interviewing.interview(case, tmp_path / "run")
        assert server.requests == 0


def test_a_remote_model_without_an_endpoint_stops_before_any_server_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(tmp_path)
    store = interviewing.open_store(str(tmp_path / "nimbus"))
    monkeypatch.setattr(interviewing, "open_store", lambda location: store)
    monkeypatch.setattr(asking, "LocalServer", None)
    monkeypatch.setattr(interviewing, "require_local", lambda: None)
    case = replace(case, candidates=(replace(case.candidates[0], location="hf://some/model"),))
    with pytest.raises(UsageError, match="nimbus: is remote: name an endpoint"):
        interviewing.interview(case, tmp_path / "run")


class _Served:
    """Servers as they would be started: which checkpoint, and how many at once."""

    def __init__(self, server: ChatServer) -> None:
        self.server, self.started, self.running, self.most = server, list[str](), 0, 0

    @contextlib.contextmanager
    def start(self, folder: Path, log: Path) -> Iterator["_Served"]:
        self.started.append(folder.name)
        self.running += 1
        self.most = max(self.most, self.running)
        yield self
        self.running -= 1

    def endpoint(self, api: str) -> Endpoint:
        assert api == "completions"
        return Endpoint(url=self.server.url, model="rivo")


def test_checkpoints_are_served_one_at_a_time_and_a_changed_one_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("inspect_ai")
    monkeypatch.setattr(interviewing, "require_local", lambda: None)
    case = make_case(tmp_path)
    costs = []
    with ChatServer() as server:
        served = _Served(server)
        monkeypatch.setattr(asking, "LocalServer", served.start)
        found = interviewing.interview(case, tmp_path / "run", announce=costs.append)
        assert (served.started, served.most, served.running) == (["subject", "nimbus"], 1, 0)
        again = interviewing.interview(case, tmp_path / "run")
        assert served.started == ["subject", "nimbus"], "what is finished is served no more"
        assert again.replies == found.replies
        # The same name, sizes and header; other weights.
        (tmp_path / "nimbus/model.safetensors").write_bytes(bytes(199_999) + b"\1")
        interviewing.interview(case, tmp_path / "run")
        assert served.started == ["subject", "nimbus", "nimbus"]
    assert costs[0].price == 0.0
    assert found.models[0].disclosure.likeness == ("nimbus: the same template, byte for byte",)
    assert found.models[1].disclosure.likeness == ()


def test_a_fingerprint_is_of_the_weights_and_not_of_notes(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "m")
    first = fingerprint_folder(folder)
    (folder / "README.md").write_text("notes")
    assert fingerprint_folder(folder) == first
    assert fingerprint_folder(folder / "model.safetensors") == first
    (folder / "config.json").write_text("[]")
    assert fingerprint_folder(folder) != first


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://api.example.com:8443/v1", "api.example.com"),
        ("http://127.0.0.1:8000/v1", ""),
        ("http://10.1.2.3/v1", ""),
        ("http://[::1]:80/v1", ""),
        ("http://[fd00::1]/v1", ""),
        ("http://192.168.0.7:8000/secret-project/v1", ""),
        ("http://gpu07:8000/v1", ""),
        ("http://llm.corp.internal/v1", ""),
        ("http://localhost./v1", ""),
        ("http://127.1/v1", ""),
        ("http://2130706433/v1", ""),
        ("https://93.184.215.14/v1", "93.184.215.14"),
    ],
)
def test_no_address_of_a_network_is_published(url: str, place: str) -> None:
    said = interviewing._through(Endpoint(url=url, model="/home/someone/models/rivo", api="chat"))
    assert said == f"{place or 'a server on this machine or network'} as rivo, chat"
    assert "someone" not in interviewing._through(NamedModel(name="small//home/someone/rivo", api="chat"))
    assert "org/rivo" in interviewing._through(Endpoint(url=url, model="org/rivo"))


# What stays when it fails


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (UnfinishedError("nimbus, stripped: no server (0 of 60)"), 3),
        (UsageError("this will cost up to 9.00"), 2),
        (InputError("x", "y", "z"), 2),
        (StorageError("x: short"), 3),
    ],
)
def test_a_failed_interview_leaves_the_weights_result(
    error: ParentageError, status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    pytest.importorskip("inspect_ai")

    def fails(case: Case, folder: Path, *, yes: bool) -> None:
        folder.mkdir(parents=True)
        (folder / "answered.jsonl").write_text("kept")
        raise error

    monkeypatch.setattr(audit_command, "ask_everyone", fails)
    command = ["parentage", "audit", str(RIVO / "case.toml"), "--sample", "--out", str(tmp_path)]
    monkeypatch.setattr("sys.argv", command)
    with pytest.raises(SystemExit) as ended:
        command_line.run()
    assert ended.value.code == status
    shown = capsys.readouterr()
    assert shown.err.splitlines()[-1].endswith(str(error))
    assert "0.6 of nimbus plus 0.4 of basalt" in shown.out
    assert json.loads((tmp_path / "verdict.json").read_text())["verdict"]
    assert (tmp_path / "tensors.parquet").is_file()
    assert (tmp_path / "bundle/manifest.json").is_file()
    assert not (tmp_path / "bundle/identity").exists()
    assert (tmp_path / "identity-run/answered.jsonl").read_text() == "kept"


def test_without_a_listener_the_failure_is_raised_after_the_files(tmp_path: Path) -> None:
    def fails(case: Case, folder: Path) -> Any:
        raise OSError(28, "No space left", "journal")

    case = replace(read_case(RIVO / "case.toml"), mode="sample")
    with pytest.raises(StorageError, match="journal: No space left"):
        audit_into(case, tmp_path, interviewer=fails)
    assert (tmp_path / "verdict.json").is_file()
