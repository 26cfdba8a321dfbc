"""Dense merge methods: real merges by mergekit 0.1.5 are named and replayed, innocent subjects are not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.header import TensorInfo, parse_header
from parentage.checkpoint.pairing import PairedTensor
from parentage.checkpoint.roles import parse_role
from parentage.numerics.lattice import LATTICES, round_to
from parentage.numerics.recipes import dense_scalars
from parentage.numerics.recipes.dense import DENSE
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor, make_context
from parentage.protocols.weights.methods.dense import DenseChoice, choose_dense
from parentage.protocols.weights.methods.dense_scaled import scaled_update

DATA = Path(__file__).parent / "data" / "dense"
BF16 = LATTICES["BF16"]
PARENTS = ("first", "second", "base")

# fixture, candidates, method, arithmetic, parents, weights (None: not one set), least share of mid elements
MERGES = [
    ("slerp", PARENTS, "slerp", "fp32", (0, 1), (0.4, 0.6), 0.999),
    ("slerp-gradient", PARENTS, "slerp", "fp32", (0, 1), None, 0.999),
    ("nuslerp", PARENTS, "nuslerp", "storage", (0, 1), (0.6, 0.4), 1.0),
    ("nuslerp-base", PARENTS, "nuslerp", "storage", (0, 1, 2), (0.6, 0.4, 0.0), 1.0),
    ("nuslerp-fp32", PARENTS, "nuslerp", "fp32", (0, 1), (0.6, 0.4), 0.999),
    ("multislerp", PARENTS, "multislerp", "storage", (0, 1, 2), (0.5, 0.3, 0.2), 1.0),
    ("multislerp-base", PARENTS, "multislerp", "storage", (0, 1, 2), (0.6, 0.4, 0.0), 1.0),
    ("karcher", PARENTS, "karcher", "storage", (0, 1), (0.5, 0.5), 0.999),
    ("karcher-three", PARENTS, "karcher", "storage", (0, 1, 2), None, 0.99),
    ("karcher-fp32", PARENTS, "karcher", "fp32", (0, 1), (0.5, 0.5), 0.999),
    ("task-arithmetic", PARENTS, "task-arithmetic", "storage", (0, 1, 2), (0.6, 0.3, 0.1), 1.0),
    ("task-arithmetic-fp32", PARENTS, "task-arithmetic", "fp32", (0, 1, 2), (0.6, 0.3, 0.1), 0.999),
    ("task-arithmetic-lambda", PARENTS, "task-arithmetic", "storage", (0, 1, 2), (0.48, 0.56, -0.04), 1.0),
    ("task-arithmetic-normalized", PARENTS, "task-arithmetic", "storage", (0, 1, 2), None, 1.0),
    ("task-arithmetic-layers", PARENTS, "task-arithmetic", "storage", (0, 1, 2), None, 1.0),
    ("model-stock", PARENTS, "model-stock", "storage", (0, 1, 2), None, 1.0),
    ("model-stock-three", (*PARENTS, "early"), "model-stock", "storage", (0, 1, 3, 2), None, 1.0),
    ("linear-not-one", PARENTS, "linear", "fp32-fused", (0, 1), (0.7, 0.4), 1.0),
    ("scaled-copy", PARENTS, "scaled-copy", "storage", (0,), (0.8,), 1.0),
]


def load(name: str) -> dict[str, np.ndarray]:
    data = (DATA / f"{name}.safetensors").read_bytes()
    length = int.from_bytes(data[:8], "little")
    infos = parse_header(data[8 : 8 + length], file_size=len(data), shard=name, where=name)
    return {
        info.name: np.frombuffer(data[info.start : info.stop], dtype=ml_dtypes.bfloat16).astype(np.float32)
        for info in infos
    }


def sample(
    subject: dict[str, np.ndarray], candidates: Sequence[dict[str, np.ndarray]], dtype: str = "BF16"
) -> list[SampledTensor]:
    tensors = []
    for index, (name, values) in enumerate(subject.items()):
        info = TensorInfo(name=name, dtype=DTYPES[dtype], shape=values.shape, shard="", start=0, stop=0)
        pair = PairedTensor(
            role=parse_role(name), subject=info, candidates=(info,) * len(candidates), elements=values.size
        )
        own = {place: candidate[name] for place, candidate in enumerate(candidates)}
        tensors.append(SampledTensor(context=make_context(index, pair), subject=values, candidates=own, nonfinite=0))
    return tensors


def chosen(subject: str, candidates: Sequence[str]) -> DenseChoice | None:
    return choose_dense(sample(load(subject), [load(name) for name in candidates]), range(len(candidates)))


@pytest.mark.parametrize(
    ("name", "candidates", "method", "arithmetic", "parents", "weights", "share"), MERGES, ids=[m[0] for m in MERGES]
)
def test_names_what_mergekit_did(name, candidates, method, arithmetic, parents, weights, share) -> None:
    found = chosen(name, candidates)
    assert found is not None
    assert method == found.method or method in found.same_as
    assert sorted(found.parents) == sorted(parents)
    assert found.replayed >= share * found.elements
    if found.method == method:
        assert found.arithmetic == arithmetic
    if weights is not None and found.method == method:
        given_ones = dict(zip(parents, weights, strict=True))
        assert [round(weight, 4) for weight in found.weights] == [given_ones[place] for place in found.parents]


def test_says_the_stock_that_the_parents_predict() -> None:
    found = chosen("model-stock", PARENTS)
    assert found is not None
    own = dict(found.parameters)
    assert own["t_fitted"] == pytest.approx(own["t"], abs=0.01)


def test_recipes_reproduce_what_was_counted() -> None:
    tensors = sample(load("task-arithmetic"), [load(name) for name in PARENTS])
    found = choose_dense(tensors, range(3))
    assert found is not None
    for tensor in tensors:
        recipe = found.recipes.get(tensor.context.index)
        if recipe is not None:
            result = recipe.result(tensor.subject, [tensor.candidates[i] for i in range(3)], BF16)
            assert np.array_equal(result, tensor.subject)


@pytest.mark.parametrize(
    ("subject", "candidates"),
    [
        ("early", ("first", "base")),
        ("early", ("first", "base", "second", "stranger")),
        ("first", ("early", "base")),
        ("second", ("first", "base", "early")),
        ("base", ("first", "second")),
        ("stranger", ("first", "base", "second")),
    ],
)
def test_claims_nothing_of_the_innocent(subject, candidates) -> None:
    assert chosen(subject, candidates) is None


def test_a_copy_is_no_merge() -> None:
    assert chosen("first", ("first", "base")) is None


def test_the_same_whatever_the_order_of_tensors() -> None:
    tensors = sample(load("nuslerp-base"), [load(name) for name in PARENTS])
    forward, backward = choose_dense(tensors, range(3)), choose_dense(tensors[::-1], range(3))
    assert forward is not None
    assert backward is not None
    assert (forward.method, forward.weights, forward.replayed) == (
        backward.method,
        backward.weights,
        backward.replayed,
    )
    assert forward.recipes == backward.recipes


HOSTILE = {
    "zeros": np.zeros(512, dtype=np.float32),
    "one value": np.full(512, 0.25, dtype=np.float32),
    "denormal": np.float32(1e-40) * np.arange(1, 513, dtype=np.float32),
    "largest": np.full(512, 3.3e38, dtype=np.float32) * np.where(np.arange(512) % 2, 1, -1).astype(np.float32),
    "mixed": np.geomspace(1e-44, 3e38, 512).astype(np.float32),
}


@pytest.mark.parametrize("subject", HOSTILE)
@pytest.mark.parametrize("first", HOSTILE)
def test_survives_hostile_values(subject, first) -> None:
    rounded = {name: round_to(values, BF16) for name, values in HOSTILE.items()}
    named = {"model.layers.0.mlp.up_proj.weight": rounded[subject]}
    others = [{"model.layers.0.mlp.up_proj.weight": rounded[name]} for name in (first, "mixed", "zeros")]
    found = choose_dense(sample(named, others), range(3))
    assert found is None or found.replayed >= 0.95 * found.elements


def test_too_few_candidates_or_none() -> None:
    assert choose_dense([], range(2)) is None
    assert choose_dense(sample(load("slerp"), [load("first")]), range(1)) is None


@given(
    weights=st.lists(st.sampled_from([0.1, 0.25, 0.3, 0.45, 0.6, 0.8, 1.1]), min_size=2, max_size=2),
    arithmetic=st.sampled_from(["fp32", "storage", "storage-in-order"]),
)
@settings(max_examples=12, deadline=None)
def test_finds_the_weights_of_task_arithmetic(weights, arithmetic) -> None:
    candidates = [load(name) for name in PARENTS]
    recipe = Recipe(
        method="task-arithmetic",
        arithmetic=arithmetic,
        parents=(0, 1, 2),
        weights=(*weights, 1.0 - weights[0] - weights[1]),
        base=True,
    )
    merged = {
        name: recipe.result(values, [own[name] for own in candidates], BF16) for name, values in load("base").items()
    }
    found = choose_dense(sample(merged, candidates), range(3))
    assert found is not None
    assert found.replayed >= 0.999 * found.elements
    fitted = dict(zip(found.parents, found.weights, strict=True))
    assert [fitted.get(place, 0.0) for place in (0, 1)] == pytest.approx(weights, abs=2e-3)


@given(t=st.floats(0.02, 0.98), cosine=st.floats(-0.99, 1.0))
def test_slerp_scalars_keep_to_the_arc(t, cosine) -> None:
    scalars = dense_scalars.slerp_scalars(cosine, t)
    length = scalars["s0"] ** 2 + scalars["s1"] ** 2 + 2 * scalars["s0"] * scalars["s1"] * cosine
    # Of unit length above the threshold; below it the chord is a little shorter.
    assert length == pytest.approx(1.0, abs=3e-4)


@given(st.integers(1, 5000), st.integers(0, 2**31))
@settings(max_examples=30)
def test_ordered_sum_is_the_sum(size, seed) -> None:
    values = np.random.default_rng(seed).normal(size=size)
    assert dense_scalars.ordered_sum(values) == pytest.approx(float(np.sum(values)), abs=1e-9)
    assert dense_scalars.ordered_sum(values) == dense_scalars.ordered_sum(values.copy())


@given(st.integers(0, 2**31), st.sampled_from(["BF16", "F16"]))
@settings(max_examples=20)
def test_every_method_stays_on_the_lattice_and_keeps_what_parents_share(seed, dtype) -> None:
    lattice = LATTICES[dtype]
    values = round_to(np.random.default_rng(seed).normal(size=200).astype(np.float32), lattice)
    for name in ("soup", "task-arithmetic", "add-difference"):
        for arithmetic in ("fp32", "storage"):
            recipe = Recipe(method=name, arithmetic=arithmetic, parents=(0, 0, 0), weights=(0.5, 0.25, 0.25), base=True)
            result = recipe.result(values, [values], lattice)
            assert np.array_equal(result, round_to(result, lattice))
            if (name, arithmetic) != ("soup", "storage"):
                assert np.array_equal(result, values)


def test_weights_by_kind_and_free_ones_are_told() -> None:
    candidates = [load(name) for name in PARENTS]
    recipe = Recipe(method="general-linear", arithmetic="fp32", parents=(0, 1), weights=(0.7, 0.25), base=False)
    other = replace(recipe, weights=(0.4, 0.55))
    merged = {
        name: (recipe if "mlp" in name else other).result(values, [own[name] for own in candidates], BF16)
        for name, values in load("base").items()
    }
    found = choose_dense(sample(merged, candidates), range(3))
    assert found is not None
    assert found.method in ("linear", "general-linear")
    assert found.pattern in ("by-kind", "by-module")
    assert found.replayed >= 0.99 * found.elements


def test_names_are_unique() -> None:
    assert len({method.name for method in DENSE}) == len(DENSE)


def adapted(scale: float) -> dict[str, np.ndarray]:
    """Return the base with a rank-2 update of its matrices at a scale, rounded once."""
    chance = np.random.default_rng(5)
    found = {}
    for name, values in load("base").items():
        if values.size < 256:
            found[name] = values
            continue
        update = chance.normal(size=(values.size // 32, 2)) @ chance.normal(size=(2, 32))
        found[name] = round_to((values + scale * 0.004 * update.reshape(-1)).astype(np.float32), BF16)
    return found


def test_an_adapter_at_another_scale_is_no_merge() -> None:
    tensors = sample(adapted(0.6), [adapted(1.0), load("base"), load("second")])
    assert choose_dense(tensors, range(3)) is None
    found = scaled_update(tensors, range(3))
    assert found is not None
    assert (found.base, found.moved) == (1, 0)
    assert found.scale == pytest.approx(0.6, abs=0.01)
    assert found.agreement == 1.0


@pytest.mark.parametrize("subject", ["early", "second", "nuslerp", "linear-not-one", "stranger"])
def test_nothing_else_is_an_adapter_at_another_scale(subject) -> None:
    assert scaled_update(sample(load(subject), [load("first"), load("base")]), range(2)) is None
