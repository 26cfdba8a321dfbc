"""Digests come from the same reads as the pass: also of a tensor of which the pass compares only the first rows."""

import hashlib

import numpy as np
import pytest

from parentage.audit import digesting
from parentage.audit.case import make_case
from parentage.audit.run import run_audit
from parentage.storage.local import LocalStore
from parentage.testing.checkpoints import write_checkpoint

ROWS = {"subject": 40, "other": 24}


@pytest.mark.parametrize("held_bytes", [0, 64 << 20])
def test_a_padded_vocabulary_is_hashed_whole(tmp_path, monkeypatch, held_bytes) -> None:
    rng = np.random.default_rng(0)
    folders = {}
    for name, rows in ROWS.items():
        tensors = {"model.embed_tokens.weight": (rows, 16), "model.layers.0.mlp.up_proj.weight": (64, 16)}
        arrays = {tensor: rng.normal(0, 0.02, shape).astype(np.float32) for tensor, shape in tensors.items()}
        folders[name] = write_checkpoint(tmp_path / name, arrays)
    monkeypatch.setattr(digesting, "_HELD_BYTES", held_bytes)
    viewed = []
    real = LocalStore.view

    def view(self, path: str, start: int, stop: int) -> memoryview:
        viewed.append(stop - start)
        return real(self, path, start, stop)

    monkeypatch.setattr(LocalStore, "view", view)
    audit = run_audit(make_case(str(folders["subject"]), {"other": str(folders["other"])}, "full"), threads=1)
    total = 0
    for model, name in ((audit.subject, "subject"), (audit.candidates[0], "other")):
        (file,) = model.files
        data = (tmp_path / name / file.path).read_bytes()
        total += len(data)
        assert file.digest == "sha256:" + hashlib.sha256(data).hexdigest()
    # Nothing was held back and nothing dropped: every byte was asked for once.
    assert sum(viewed) == total
