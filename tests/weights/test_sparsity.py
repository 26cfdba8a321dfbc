"""Pruned copies against plain loops that prune, merges that were pruned, fine-tunes, and innocents."""

import itertools
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS, REAL, load
from parentage.audit.reading import CheckpointReader
from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.checkpoint.pairing import pair_tensors
from parentage.finding import Coverage, NotApplicable
from parentage.protocols.weights import sparsity
from parentage.protocols.weights.context import make_context
from parentage.testing.checkpoints import write_checkpoint

BF16 = ml_dtypes.bfloat16
COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)
EXAMPLES = ("basalt", "nimbus", "nimbus-early", "cirrus", "stranger", "rivo")


def ask(subject, candidates):
    opened = [open_checkpoint(str(location)) for location in (subject, *candidates)]
    pairs = [make_context(i, pair) for i, pair in enumerate(pair_tensors(opened[0], opened[1:]).pairs)]
    record = sparsity.measure(CheckpointReader(opened, budget_bytes=None), pairs)
    ids = [Path(str(place)).name for place in candidates]
    return sparsity.conclude(record, candidate_ids=ids, coverage=COVERAGE), record


def is_pruned(name: str, value: np.ndarray) -> bool:
    return value.ndim == 2 and ".layers." in name


def by_tensor(matrix: np.ndarray) -> np.ndarray:
    out = matrix.copy().reshape(-1)
    out[np.argsort(np.abs(out), kind="stable")[: out.size * 3 // 10]] = 0
    return out.reshape(matrix.shape)


def by_row(matrix: np.ndarray) -> np.ndarray:
    out = matrix.copy()
    for row in out:
        row[np.argsort(np.abs(row), kind="stable")[: row.size // 2]] = 0
    return out


def two_of_four(matrix: np.ndarray) -> np.ndarray:
    out = matrix.copy()
    for row in out:
        for place in range(0, row.size, 4):
            four = row[place : place + 4]
            four[np.argsort(np.abs(four), kind="stable")[:2]] = 0
    return out


def at_random(matrix: np.ndarray) -> np.ndarray:
    return np.where(np.random.default_rng(matrix.size).random(matrix.shape) < 0.7, matrix, np.float32(0))


def whole_rows(matrix: np.ndarray) -> np.ndarray:
    out = matrix.copy()
    out[np.argsort(np.abs(out).sum(axis=1))[: out.shape[0] // 4]] = 0
    return out


PRUNERS = {
    "magnitude-tensor": (by_tensor, 0.3),
    "magnitude-row": (by_row, 0.5),
    "2:4": (two_of_four, 0.5),
    "unstructured": (at_random, 0.3),
    "rows": (whole_rows, 0.25),
}


def pruned_folder(folder: Path, source: str, how) -> Path:
    tensors = {
        name: how(value.astype(np.float32)).astype(value.dtype) if is_pruned(name, value) else value
        for name, value in load(MODELS / source).items()
    }
    return write_checkpoint(folder, tensors)


@pytest.mark.parametrize("pattern", PRUNERS)
def test_a_pruned_copy_keeps_its_sources_bits(tmp_path, pattern: str) -> None:
    how, share = PRUNERS[pattern]
    subject = pruned_folder(tmp_path / "subject", "nimbus", how)
    found, record = ask(subject, [MODELS / other for other in ("basalt", "cirrus", "nimbus")])
    assert found.is_copy
    assert found.parents == (2,)
    assert found.pattern == pattern
    assert found.sparsity == pytest.approx(share, abs=0.01)
    assert found.share == 1.0
    assert found.runner_up_share < 0.2
    adapter = TypeAdapter(sparsity.SparsityRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record


def test_one_threshold_for_all_matrices_is_told_from_one_for_each(tmp_path) -> None:
    subject = pruned_folder(
        tmp_path / "subject", "nimbus", lambda matrix: np.where(np.abs(matrix) < 0.02, np.float32(0), matrix)
    )
    found, _ = ask(subject, [MODELS / "nimbus"])
    assert found.is_copy
    assert found.pattern == "magnitude-global"


def test_pruned_neurons_are_rows_of_some_matrices_and_columns_of_others(tmp_path) -> None:
    tensors = load(MODELS / "nimbus")
    for layer in range(4):
        for kind in ("gate", "up", "down"):
            name = f"model.layers.{layer}.mlp.{kind}_proj.weight"
            tensors[name] = tensors[name].copy()
            tensors[name][(slice(None), slice(0, 80)) if kind == "down" else slice(0, 80)] = 0
    found, _ = ask(write_checkpoint(tmp_path / "subject", tensors), [MODELS / "basalt", MODELS / "nimbus"])
    assert found.is_copy
    assert (found.pattern, found.parents) == ("neurons", (1,))


def test_a_merge_then_pruned_keeps_the_merges_bits(tmp_path) -> None:
    subject = pruned_folder(tmp_path / "subject", "rivo", by_tensor)
    found, _ = ask(subject, [MODELS / other for other in ("basalt", "nimbus", "cirrus")])
    assert found.is_copy
    assert (found.parents, found.weights, found.method) == ((0, 1), (0.4, 0.6), "fp32-once")


def test_a_pruned_fine_tune_is_sparse_and_no_copy_of_what_it_was_tuned_from(tmp_path) -> None:
    subject = pruned_folder(tmp_path / "subject", "nimbus", by_tensor)
    found, _ = ask(subject, [MODELS / "basalt"])
    assert found.is_sparse
    assert not found.is_copy
    assert found.share < 0.2


def test_a_pruned_copy_whose_norms_were_trained_is_no_copy(tmp_path) -> None:
    tensors = load(pruned_folder(tmp_path / "pruned", "nimbus", by_tensor))
    tuned = {name: (value * BF16(1.1)).astype(BF16) if value.ndim == 1 else value for name, value in tensors.items()}
    found, _ = ask(write_checkpoint(tmp_path / "subject", tuned), [MODELS / "nimbus"])
    assert found.share == 1.0
    assert not found.is_copy


def test_the_dense_model_is_no_pruned_copy_of_its_pruned_one(tmp_path) -> None:
    pruned = pruned_folder(tmp_path / "pruned", "nimbus", by_tensor)
    found, _ = ask(MODELS / "nimbus", [pruned])
    assert (found.sparse_matrices, found.is_copy) == (0, False)


def test_innocent_models_have_no_zeros_that_others_lack() -> None:
    for subject, candidate in itertools.permutations(EXAMPLES, 2):
        found, _ = ask(MODELS / subject, [MODELS / candidate])
        assert (found.sparse_matrices, found.is_sparse, found.is_copy) == (0, False, False)
        # Training may end a weight at exactly zero now and then.
        assert found.dropped <= 1e-5 * found.elements


def test_real_checkpoints_are_no_pruned_copies() -> None:
    for folder in sorted(REAL.iterdir()):
        files = sorted(folder.glob("*.safetensors"))[:2] if folder.is_dir() else []
        for subject, candidate in itertools.permutations(files, 2):
            found, _ = ask(subject, [candidate])
            assert not found.is_copy, subject


HOSTILE = {
    "zeros": np.zeros((64, 64)),
    "nan": np.where(np.eye(64) > 0, np.nan, 0.0),
    "inf": np.where(np.eye(64) > 0, np.inf, 0.0),
    "one-column": np.where(np.arange(512)[:, None] % 2, 0.0, 1.0),
    "one-row": np.where(np.arange(512)[None, :] % 2, 0.0, 1.0),
    "constant": np.ones((64, 64)),
    "small": np.ones((2, 2)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_matrices_end_in_words(tmp_path, name: str) -> None:
    values = HOSTILE[name].astype(BF16)
    other = np.random.default_rng(0).standard_normal(values.shape).astype(BF16)
    subject = write_checkpoint(tmp_path / "subject", {"model.layers.0.a.weight": values})
    candidate = write_checkpoint(tmp_path / "candidate", {"model.layers.0.a.weight": other})
    for one, two in ((subject, candidate), (candidate, subject)):
        found, _ = ask(one, [two])
        assert not found.is_copy
        assert isinstance(found.result, NotApplicable) == (values.size < 256)
