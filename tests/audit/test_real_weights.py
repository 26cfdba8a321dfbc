"""Merges made here of checkpoints that others trained, and the relations recorded for them."""

import hashlib
import itertools
import json

import ml_dtypes
import numpy as np
import pytest

import parentage
from conftest import REAL, load
from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import LATTICES
from parentage.testing.checkpoints import write_checkpoint

STORAGE = {"BF16": ml_dtypes.bfloat16, "F16": np.float16, "F32": np.float32}


def _merge(parents, weights, arithmetic: str, storage: str):
    """Merge fp32 checkpoints after rounding them to the storage dtype; return parents and child as stored."""
    lattice = LATTICES[storage]
    stored = [{n: t.astype(STORAGE[storage]) for n, t in parent.items()} for parent in parents]
    hypothesis = Hypothesis(arithmetic=arithmetic, parents=tuple(range(len(parents))), weights=weights)
    child = {
        name: hypothesis.replay([parent[name].astype(np.float32) for parent in stored], lattice).astype(
            STORAGE[storage]
        )
        for name in stored[0]
    }
    return stored, child


def _families():
    text = [
        load(REAL / f"textgenrnn_finetunes/2017_{n}.safetensors")
        for n in ("base", "hacker_news", "reddit_apple_android")
    ]
    ants = [load(REAL / f"deepaco_warmstart/{n}.safetensors") for n in ("tsp20", "tsp100", "tsp500")]
    floats = [
        {
            n: t
            for n, t in ant.items()
            if t.dtype == np.float32 and all(n in other and other[n].shape == t.shape for other in ants)
        }
        for ant in ants
    ]
    return {"textgenrnn": text, "deepaco": floats}


@pytest.mark.parametrize("family", ["textgenrnn", "deepaco"])
@pytest.mark.parametrize("storage", ["BF16", "F16", "F32"])
@pytest.mark.parametrize("arithmetic", ["fp32-once", "three-roundings"])
@pytest.mark.parametrize("weights", [(0.5737, 1 - 0.5737), (0.3, 0.7), (0.5, 0.2, 0.3)])
def test_merge_of_trained_checkpoints(family, storage, arithmetic, weights, tmp_path) -> None:
    parents = _families()[family][: len(weights)]
    stored, child = _merge(parents, weights, arithmetic, storage)
    places = {f"p{i}": str(write_checkpoint(tmp_path / f"p{i}", parent)) for i, parent in enumerate(stored)}
    verdict = parentage.audit(write_checkpoint(tmp_path / "child", child), places).verdict
    assert verdict.relation == "merge", verdict.statement
    # In fp32 storage every rounding is to the same lattice, so both arithmetics are one.
    assert verdict.arithmetic == ("fp32-once" if storage == "F32" else arithmetic)
    found = {parent.id: parent for parent in verdict.parents}
    for place, weight in enumerate(weights):
        parent = found[f"p{place}"]
        assert abs(parent.weight - weight) < 1e-4
        assert parent.low <= weight <= parent.high
    assert verdict.replayed.share >= 0.999


MODADD = ["2k4ohj6bhd", "l8k1hzciux", "p99zdpze5l", "dy65ktpiij"]
INDEPENDENT = [
    *itertools.combinations([f"modadd_transformers/model_{name}" for name in MODADD], 2),
    *itertools.combinations([f"deepaco_warmstart/{name}" for name in ("tsp20", "tsp100", "tsp500", "mkp300")], 2),
    ("silero_vad_versions/v5_16k_op15", "silero_vad_versions/v6.2_16k_op15"),
    *(
        (f"ani1x_to_ani1ccx/ani-{a}_8x_train{i}", f"ani1x_to_ani1ccx/ani-{b}_8x_train{j}")
        for a, b in (("1x", "1ccx"), ("1x", "1x"), ("1ccx", "1ccx"))
        for i, j in ((0, 1), (1, 0))
    ),
    *(
        (f"distiller_pruned_finetuned/checkpoint_trained_{a}", "distiller_pruned_finetuned/checkpoint_trained_dense")
        for a in ("4D_regularized_5Lremoved", "4D_regularized_5Lremoved_finetuned")
    ),
]
INDUCTION = "induction_head_finetune/finetuned_model_"
DISTILLER = "distiller_pruned_finetuned/checkpoint_trained_"
FINE_TUNES = [
    *((f"{INDUCTION}{b}", f"{INDUCTION}{a}") for a, b in ((0, 100), (0, 400), (100, 200), (400, "test"))),
    *(
        (f"textgenrnn_finetunes/2017_{n}", "textgenrnn_finetunes/2017_base")
        for n in ("hacker_news", "reddit_apple_android", "reddit_legaladvice_relationshipadvice")
    ),
    *((f"ani1x_to_ani1ccx/ani-1ccx_8x_train{i}", f"ani1x_to_ani1ccx/ani-1x_8x_train{i}") for i in range(2)),
    (f"{DISTILLER}4D_regularized_5Lremoved_finetuned", f"{DISTILLER}4D_regularized_5Lremoved"),
]
UNDOCUMENTED = [
    ("admet_same_init/model_0", "admet_same_init/model_1"),
    ("deepaco_warmstart/mkp500", "deepaco_warmstart/mkp300"),
    ("deepaco_warmstart/mkp300", "deepaco_warmstart/mkp500"),
    ("silero_vad_versions/silero_vad_16k", "silero_vad_versions/v6.2_16k_op15"),
    ("induction_head_finetune/l_2_2_model", "induction_head_finetune/finetuned_model_0"),
    ("textgenrnn_finetunes/2017_hacker_news", "textgenrnn_finetunes/2017_reddit_apple_android"),
]


def test_the_files_are_those_of_the_sources() -> None:
    sources = json.loads((REAL / "SOURCES.json").read_text())
    for entry in (file for group in sources["sets"] for file in group["files"]):
        assert hashlib.sha256((REAL / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]


def _relation(subject: str, candidate: str) -> str:
    return parentage.audit(REAL / f"{subject}.safetensors", {"c": REAL / f"{candidate}.safetensors"}).verdict.relation


@pytest.mark.parametrize(("subject", "candidate"), INDEPENDENT)
def test_independent_pairs(subject: str, candidate: str) -> None:
    assert _relation(subject, candidate) == "independent"
    assert _relation(candidate, subject) == "independent"


@pytest.mark.parametrize(("subject", "candidate"), FINE_TUNES)
def test_recorded_fine_tunes(subject: str, candidate: str) -> None:
    assert _relation(subject, candidate) == "fine-tune"


@pytest.mark.parametrize(("subject", "candidate"), UNDOCUMENTED)
def test_undocumented_relations_are_not_claimed(subject: str, candidate: str) -> None:
    assert _relation(subject, candidate) in ("inconclusive", "shared-origin")


def test_renamed_copy_is_identical() -> None:
    assert _relation("silero_vad_versions/silero_vad_half", "silero_vad_versions/v5_16k_op15") == "identical"


def test_an_innocent_never_becomes_a_merge_of_two_relatives() -> None:
    names = [f"{INDUCTION}{n}" for n in (0, 100, 200, 300, 400)]
    for subject in names[1:4]:
        places = {f"c{i}": REAL / f"{n}.safetensors" for i, n in enumerate((names[0], names[4]))}
        assert parentage.audit(REAL / f"{subject}.safetensors", places).verdict.relation != "merge"
