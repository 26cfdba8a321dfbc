"""Every relation from end to end: copies of the example's models made here, and what the audit calls them."""

from pathlib import Path

import ml_dtypes
import numpy as np
import pytest

import parentage
from conftest import MODELS, ROOT, load
from parentage.testing.checkpoints import write_checkpoint

SPARSE = ROOT / "tests/weights/data/sparse"
DENSE = ROOT / "tests/weights/data/dense"
BF16 = ml_dtypes.bfloat16


def _verdict(subject, *candidates: str, folder: Path = MODELS, suffix: str = ""):
    places = {name: folder / f"{name}{suffix}" for name in candidates}
    return parentage.audit(subject, places).verdict


def _matrices(tensors: dict) -> list[str]:
    return [name for name, values in tensors.items() if "layers" in name and values.ndim == 2]


def _int8(values):
    wide = values.astype(np.float32)
    scale = np.abs(wide).max(axis=1, keepdims=True) / np.float32(127)
    return (np.rint(wide / scale).clip(-127, 127) * scale).astype(BF16)


def test_an_int8_copy_is_quantized(tmp_path) -> None:
    tensors = load(MODELS / "nimbus")
    lossy = {name: _int8(v) if name in _matrices(tensors) else v for name, v in tensors.items()}
    verdict = _verdict(write_checkpoint(tmp_path / "s", lossy), "nimbus", "basalt")
    assert (verdict.relation, verdict.method) == ("quantized", "int8")
    assert [parent.id for parent in verdict.parents] == ["nimbus"]


def test_a_merge_then_quantized_is_read_through_the_later_step(tmp_path) -> None:
    tensors = load(MODELS / "rivo")
    lossy = {name: _int8(v) if name in _matrices(tensors) else v for name, v in tensors.items()}
    verdict = _verdict(write_checkpoint(tmp_path / "s", lossy), "nimbus", "basalt")
    assert (verdict.relation, verdict.then) == ("merge", ("quantized",))
    assert {parent.id: parent.weight for parent in verdict.parents} == {"nimbus": 0.6, "basalt": 0.4}


def test_a_pruned_copy_is_pruned(tmp_path) -> None:
    tensors = load(MODELS / "nimbus")
    for name in _matrices(tensors):
        values = tensors[name].copy()
        size = np.abs(values.astype(np.float32))
        values[size < np.quantile(size, 0.4)] = 0
        tensors[name] = values
    verdict = _verdict(write_checkpoint(tmp_path / "s", tensors), "nimbus", "basalt")
    assert verdict.relation == "pruned"
    assert [parent.id for parent in verdict.parents] == ["nimbus"]


def _permuted(tensors: dict, seed: int) -> dict:
    rng = np.random.default_rng(seed)
    moved = dict(tensors)
    for layer in range(4):
        stem = f"model.layers.{layer}.mlp."
        order = rng.permutation(tensors[stem + "gate_proj.weight"].shape[0])
        moved[stem + "gate_proj.weight"] = tensors[stem + "gate_proj.weight"][order]
        moved[stem + "up_proj.weight"] = tensors[stem + "up_proj.weight"][order]
        moved[stem + "down_proj.weight"] = np.ascontiguousarray(tensors[stem + "down_proj.weight"][:, order])
    return moved


def test_permuted_copies_are_put_back(tmp_path) -> None:
    copy = write_checkpoint(tmp_path / "copy", _permuted(load(MODELS / "nimbus"), 1))
    verdict = _verdict(copy, "nimbus", "basalt")
    assert (verdict.relation, [parent.id for parent in verdict.parents]) == ("rearranged", ["nimbus"])
    merge = write_checkpoint(tmp_path / "merge", _permuted(load(MODELS / "rivo"), 2))
    verdict = _verdict(merge, "nimbus", "basalt")
    assert (verdict.relation, verdict.then, verdict.replayed.share) == ("merge", ("rearranged",), 1.0)


def test_a_permuted_stranger_stays_independent(tmp_path) -> None:
    subject = write_checkpoint(tmp_path / "s", _permuted(load(MODELS / "stranger"), 3))
    assert _verdict(subject, "nimbus", "basalt").relation == "independent"


def test_fused_tensors_are_the_same_weights(tmp_path) -> None:
    tensors = load(MODELS / "rivo")
    for layer in range(4):
        stem = f"model.layers.{layer}.mlp."
        parts = [tensors.pop(stem + f"{name}_proj.weight") for name in ("gate", "up")]
        tensors[stem + "gate_up_proj.weight"] = np.concatenate(parts)
    verdict = _verdict(write_checkpoint(tmp_path / "s", tensors), "nimbus", "basalt")
    assert (verdict.relation, verdict.replayed.share) == ("merge", 1.0)


def test_a_stack_has_its_layer_map(tmp_path) -> None:
    tensors = load(MODELS / "nimbus")
    sources = (0, 1, 1, 2, 2, 3)
    stacked = {name: values for name, values in tensors.items() if ".layers." not in name}
    for layer, source in enumerate(sources):
        own = {name: values for name, values in tensors.items() if f".layers.{source}." in name}
        stacked |= {name.replace(f".layers.{source}.", f".layers.{layer}."): values for name, values in own.items()}
    audit = parentage.audit(
        write_checkpoint(tmp_path / "s", stacked), {name: MODELS / name for name in ("nimbus", "stranger")}
    )
    assert (audit.verdict.relation, [parent.id for parent in audit.verdict.parents]) == ("stacked", ["nimbus"])
    found = next(finding for finding in audit.findings if finding.question == "layers")
    assert [row["source"] for row in found.tables["layers"]] == list(sources)


def test_an_adapter_merged_in_is_of_low_rank(tmp_path) -> None:
    rng = np.random.default_rng(0)
    tensors = load(MODELS / "basalt")
    for name in _matrices(tensors):
        wide = tensors[name].astype(np.float32)
        rows, columns = wide.shape
        change = rng.standard_normal((rows, 4)) @ rng.standard_normal((4, columns))
        tensors[name] = (wide + 0.02 * wide.std() * change.astype(np.float32)).astype(BF16)
    verdict = _verdict(write_checkpoint(tmp_path / "s", tensors), "basalt", "stranger")
    assert (verdict.relation, [parent.id for parent in verdict.parents]) == ("low-rank-fine-tune", ["basalt"])


@pytest.mark.parametrize("method", ["ties", "breadcrumbs", "ram", "nearswap"])
def test_sparse_merges_by_mergekit(method: str) -> None:
    verdict = _verdict(
        SPARSE / f"{method}.safetensors", "nimbus", "cirrus", "basalt", folder=SPARSE, suffix=".safetensors"
    )
    assert (verdict.relation, verdict.method) == ("merge", method), verdict.statement


@pytest.mark.parametrize("method", ["nuslerp", "task-arithmetic", "model-stock"])
def test_dense_merges_by_mergekit(method: str) -> None:
    verdict = _verdict(DENSE / f"{method}.safetensors", "first", "second", "base", folder=DENSE, suffix=".safetensors")
    assert (verdict.relation, verdict.method) == ("merge", method), verdict.statement


def test_among_many_candidates_the_parents_are_found(tmp_path) -> None:
    rng = np.random.default_rng(5)
    places = {name: MODELS / name for name in ("nimbus", "basalt", "cirrus", "nimbus-early", "stranger")}
    for decoy in range(5):
        tensors = load(MODELS / "basalt")
        for name in _matrices(tensors):
            wide = tensors[name].astype(np.float32)
            tensors[name] = (wide + 0.05 * wide.std() * rng.standard_normal(wide.shape)).astype(BF16)
        places[f"decoy{decoy}"] = write_checkpoint(tmp_path / f"decoy{decoy}", tensors)
    audit = parentage.audit(MODELS / "rivo", places)
    assert audit.verdict.relation == "merge"
    assert {parent.id: parent.weight for parent in audit.verdict.parents} == {"nimbus": 0.6, "basalt": 0.4}
    assert any(finding.question == "pool" and finding.tables for finding in audit.findings)


def test_with_a_parent_hidden_nothing_is_claimed() -> None:
    audit = parentage.audit(MODELS / "rivo", {name: MODELS / name for name in ("basalt", "cirrus")})
    assert audit.verdict.relation in ("inconclusive", "shared-origin", "fine-tune")
    assert any("not among the candidates" in text for text in audit.verdict.alternatives)
