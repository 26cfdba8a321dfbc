"""Bad input gets one line and status 2; what cannot be read is said, with status 3."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import parentage
from conftest import MODELS, load
from parentage.errors import InputError
from parentage.testing.checkpoints import checkpoint_bytes, with_header, write_checkpoint

GOOD = {"a": np.ones((4, 4), dtype=np.float32), "b": np.zeros(0, dtype=np.float32)}
NIMBUS = f"nimbus={MODELS / 'nimbus'}"


def _run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", "from parentage.cli.main import run; run()", "audit", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def _entry(dtype: str = "F32", shape=(2,), offsets=(0, 8)) -> dict:
    return {"dtype": dtype, "shape": list(shape), "data_offsets": list(offsets)}


HEADERS = {
    "overlap": ({"a": _entry(), "b": _entry(offsets=(4, 12))}, 12),
    "gap": ({"a": _entry(), "b": _entry(offsets=(12, 20))}, 20),
    "out of range": ({"a": _entry(offsets=(0, 80), shape=(20,))}, 8),
    "reversed": ({"a": _entry(offsets=(8, 0))}, 8),
    "negative": ({"a": _entry(offsets=(-8, 0))}, 8),
    "unknown dtype": ({"a": _entry(dtype="F7")}, 8),
    "shape differs from length": ({"a": _entry(shape=(3,))}, 8),
    "huge shape": ({"a": _entry(shape=(2**62, 2**62))}, 8),
    "boolean in shape": ({"a": _entry(shape=(True, 2))}, 8),
    "float in shape": ({"a": _entry(shape=(2.0,))}, 8),
    "left over": ({"a": _entry()}, 12),
    "entry is a list": ({"a": []}, 0),
}


@pytest.mark.parametrize("name", HEADERS)
def test_bad_header(name: str, tmp_path) -> None:
    header, size = HEADERS[name]
    (tmp_path / "model.safetensors").write_bytes(with_header(json.dumps(header).encode(), bytes(size)))
    with pytest.raises(InputError) as caught:
        parentage.audit(tmp_path, {"nimbus": str(MODELS / "nimbus")})
    assert "model.safetensors" in str(caught.value)
    assert "\n" not in str(caught.value)


RAW = {
    "empty file": b"",
    "seven bytes": b"1234567",
    "header longer than the file": (1000).to_bytes(8, "little") + b"{}",
    "header longer than 100 MB": (200_000_000).to_bytes(8, "little") + b"{}",
    "not JSON": with_header(b"{", b""),
    "not UTF-8": with_header(b'{"\xff": 1}', b""),
    "a list": with_header(b"[]", b""),
    "deep": with_header(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", b""),
    "key twice": with_header(b'{"a": {}, "a": {}}', b""),
    "no tensors": with_header(b"{}", b""),
    "truncated": checkpoint_bytes(GOOD)[:-7],
}


@pytest.mark.parametrize("name", RAW)
def test_bad_file_is_one_line_and_status_2(name: str, tmp_path) -> None:
    (tmp_path / "model.safetensors").write_bytes(RAW[name])
    found = _run(str(tmp_path), "--candidate", NIMBUS)
    assert found.returncode == 2, found.stderr
    assert found.stdout == ""
    assert len(found.stderr.splitlines()) == 1


def test_bad_index(tmp_path) -> None:
    folder = write_checkpoint(tmp_path, {"a": np.ones(4, np.float32), "b": np.ones(4, np.float32)}, shards=2)
    index = folder / "model.safetensors.index.json"
    good = json.loads(index.read_text())
    shard = good["weight_map"]["a"]
    for weight_map in (
        {"a": "missing.safetensors"},
        {"a": "../outside.safetensors"},
        {**good["weight_map"], "c": shard},
        {"a": 7},
        [],
    ):
        index.write_text(json.dumps({"weight_map": weight_map}))
        with pytest.raises(InputError):
            parentage.audit(folder, {"nimbus": str(MODELS / "nimbus")})


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([str(MODELS / "rivo")], "no candidates"),
        ([str(MODELS / "nimbus"), "--candidate", NIMBUS], "own candidate"),
        ([str(MODELS / "rivo"), "--candidate", NIMBUS, "--candidate", f"other={MODELS / 'nimbus'}"], "two candidates"),
        ([str(MODELS / "rivo"), "--candidate", "nimbus"], "ID=MODEL"),
        ([str(MODELS / "rivo"), "--candidate", NIMBUS, "--sample", "--full"], "choose one"),
        ([str(MODELS / "no-such"), "--candidate", NIMBUS], "no-such"),
        (["no-such.toml"], "no-such.toml"),
        (["ftp://x/y", "--candidate", NIMBUS], "ftp"),
    ],
)
def test_bad_requests(arguments: list[str], words: str) -> None:
    found = _run(*arguments)
    assert found.returncode == 2
    assert words in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_candidates_that_are_the_same_weights(tmp_path) -> None:
    copy = write_checkpoint(tmp_path / "copy", load(MODELS / "nimbus"), shards=3)
    with pytest.raises(InputError, match="different weights"):
        parentage.audit(str(MODELS / "rivo"), {"nimbus": str(MODELS / "nimbus"), "copy": str(copy)})


def test_shapes_that_differ_are_reported(tmp_path) -> None:
    tensors = load(MODELS / "rivo")
    name = next(iter(tensors))
    tensors[name] = tensors[name].reshape(-1)[:-1].copy()
    verdict = parentage.audit(
        write_checkpoint(tmp_path / "s", tensors), {n: str(MODELS / n) for n in ("nimbus", "basalt")}
    )
    rows = verdict.findings[0].tables["unpaired"]
    assert any(row["tensor"] == name and "shape" in row["reason"] for row in rows)
    assert [row.status for row in verdict.tensors if row.tensor == name] == ["unpaired"]


def test_nonfinite_values_are_reported(tmp_path) -> None:
    tensors = load(MODELS / "rivo")
    name = max(tensors, key=lambda key: tensors[key].size)
    tensors[name] = tensors[name].copy()
    tensors[name].reshape(-1)[:3] = [np.nan, np.inf, -np.inf]
    audit = parentage.audit(
        write_checkpoint(tmp_path / "s", tensors), {n: str(MODELS / n) for n in ("nimbus", "basalt")}
    )
    measured = {m.name: m.value for m in audit.findings[0].measurements}
    assert measured["nonfinite"] == 3
    assert audit.verdict.relation == "merge"


def test_padded_vocabulary_and_prefixes_are_paired(tmp_path) -> None:
    tensors = load(MODELS / "nimbus")
    name = next(key for key in tensors if "embed_tokens" in key)
    tensors[name] = np.concatenate([tensors[name], np.zeros((64, tensors[name].shape[1]), tensors[name].dtype)])
    renamed = {key.replace("model.", "language_model.model.", 1): value for key, value in tensors.items()}
    padded = write_checkpoint(tmp_path / "padded", renamed)
    audit = parentage.audit(str(MODELS / "rivo"), {"nimbus": str(padded), "basalt": str(MODELS / "basalt")})
    assert audit.verdict.relation == "merge"
    assert any("padded vocabulary" in row.note for row in audit.tensors)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_lossless_conversion_is_identical(dtype, tmp_path) -> None:
    wide = {name: tensor.astype(np.float32).astype(dtype) for name, tensor in load(MODELS / "nimbus").items()}
    verdict = parentage.audit(write_checkpoint(tmp_path / "wide", wide), {"nimbus": str(MODELS / "nimbus")}).verdict
    assert (verdict.relation, verdict.then) == ("identical", ("converted",))


def test_a_merge_saved_wider_is_a_merge_then_converted(tmp_path) -> None:
    wide = {name: tensor.astype(np.float32) for name, tensor in load(MODELS / "rivo").items()}
    verdict = parentage.audit(
        write_checkpoint(tmp_path / "wide", wide), {n: str(MODELS / n) for n in ("nimbus", "basalt")}
    ).verdict
    assert (verdict.relation, verdict.then) == ("merge", ("converted",))


def test_weights_that_differ_by_layer(tmp_path) -> None:
    a, b = (load(MODELS / n) for n in ("nimbus", "basalt"))

    def weight(name: str) -> float:
        return 0.2 + 0.2 * int(name.split(".")[2]) if ".layers." in name else 0.2

    child = {
        n: (
            np.float32(weight(n)) * a[n].astype(np.float32) + np.float32(1 - weight(n)) * b[n].astype(np.float32)
        ).astype(a[n].dtype)
        for n in a
    }
    audit = parentage.audit(write_checkpoint(tmp_path / "g", child), {n: str(MODELS / n) for n in ("nimbus", "basalt")})
    assert audit.verdict.relation == "merge", audit.verdict.statement
    assert "by-layer" in audit.verdict.statement


def test_unreadable_tensor_gives_status_3_and_coverage(tmp_path, monkeypatch) -> None:
    from parentage.errors import StorageError
    from parentage.storage.local import LocalStore

    real = LocalStore.view

    def failing(self, path: str, start: int, stop: int) -> memoryview:
        if "rivo" in self.location and stop - start > 100_000:
            raise StorageError(f"{path}: input/output error")
        return real(self, path, start, stop)

    monkeypatch.setattr(LocalStore, "view", failing)
    from parentage.cli.audit import run
    from parentage.errors import UnfinishedError

    out = tmp_path / "out"
    with pytest.raises(UnfinishedError, match="not read"):
        run(
            str(MODELS / "rivo"),
            [NIMBUS, f"basalt={MODELS / 'basalt'}"],
            out=out,
            sample=False,
            full=True,
            as_json=True,
        )
    coverage = json.loads((out / "verdict.json").read_text())["verdict"]["coverage"]
    assert coverage["tensors_read"] < coverage["tensors"]
    assert (out / "journal.jsonl").exists()


def test_json_is_exactly_the_file(tmp_path) -> None:
    found = _run(str(MODELS / "rivo"), "--candidate", NIMBUS, "--json", "--out", str(tmp_path))
    assert found.returncode == 0
    assert found.stdout == (tmp_path / "verdict.json").read_text()
    assert found.stderr == ""


def test_resume_gives_the_same_verdict(tmp_path, monkeypatch) -> None:
    from parentage.audit import passage
    from parentage.audit.bundle.files import document_of
    from parentage.audit.outputs import audit_into, load_case

    case = load_case(Path(__file__).parents[2] / "examples/rivo/case.toml", (), None)
    whole = audit_into(case, tmp_path / "whole")
    real, calls = passage._collect, []

    def stop(*arguments):
        calls.append(1)
        if len(calls) == 20:
            raise KeyboardInterrupt
        real(*arguments)

    monkeypatch.setattr(passage, "_collect", stop)
    with pytest.raises(KeyboardInterrupt):
        audit_into(case, tmp_path / "stopped")
    assert len((tmp_path / "stopped/journal.jsonl").read_text().splitlines()) == 20
    with (tmp_path / "stopped/journal.jsonl").open("a") as file:
        file.write('{"tensor": 3')
    monkeypatch.setattr(passage, "_collect", real)
    resumed = audit_into(case, tmp_path / "stopped")
    assert document_of(resumed) == document_of(whole)
    assert not (tmp_path / "stopped/journal.jsonl").exists()
