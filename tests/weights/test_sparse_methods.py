"""Sparse merge methods: real merges by mergekit 0.1.5 are named and replayed, innocent subjects are not."""

from collections.abc import Callable, Sequence
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
from parentage.numerics.lattice import LATTICES
from parentage.numerics.recipes.method import Method, Terms
from parentage.numerics.recipes.sparse import SPARSE
from parentage.protocols.weights.context import SampledTensor, make_context
from parentage.protocols.weights.methods.sparse import SparseChoice, choose_sparse

DATA = Path(__file__).parent / "data" / "sparse"
PARENTS = ("basalt", "nimbus", "cirrus")
BF16 = LATTICES["BF16"]
Tensors = dict[str, np.ndarray]

# fixture, method, arithmetic, parents, weights (None: not one set), least replayed share of the telling elements
MERGES = [
    ("ties", "ties", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 1.0),
    ("ties-fp32", "ties", "fp32", (1, 2, 0), (0.6, 0.4, 0.0), 1.0),
    ("ties-one", "ties", "storage", (1, 0), (1.0, 0.0), 1.0),
    ("dare-linear", "dare-linear", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.995),
    ("dare-linear-unscaled", "dare-linear", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 1.0),
    ("dare-ties", "dare-ties", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.995),
    ("della", "della", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.999),
    ("della-linear", "della-linear", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.995),
    ("breadcrumbs", "breadcrumbs", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.999),
    ("breadcrumbs-ties", "breadcrumbs-ties", "storage", (1, 2, 0), (0.6, 0.4, 0.0), 0.999),
    ("sce", "sce", "storage", (1, 2, 0), None, 0.999),
    ("ram", "ram", "storage", (1, 2, 0), (0.5, 0.5, 0.0), 1.0),
    ("ramplus", "ramplus", "storage", (1, 2, 0), (0.5, 0.5, 0.0), 0.999),
    ("nearswap", "nearswap", "storage", (1, 0), None, 1.0),
    ("arcee-fusion", "arcee-fusion", "storage", (1, 0), None, 1.0),
]
# What the recipes said, and what is read back from the bits.
PARAMETERS = [
    ("ties", "density_0", 0.5, 0.01),
    ("ties-one", "density_0", 0.4, 0.01),
    ("dare-linear", "density_1", 0.5, 0.02),
    ("dare-linear", "rescale", 1.0, 0.0),
    ("dare-linear-unscaled", "rescale", 0.0, 0.0),
    ("della", "epsilon", 0.3, 0.03),
    ("breadcrumbs", "density_0", 0.7, 0.01),
    ("breadcrumbs", "gamma", 0.05, 0.005),
    ("nearswap", "t", 0.001, 0.0),
]


def load(name: str) -> Tensors:
    data = (DATA / f"{name}.safetensors").read_bytes()
    length = int.from_bytes(data[:8], "little")
    infos = parse_header(data[8 : 8 + length], file_size=len(data), shard=name, where=name)
    return {
        info.name: np.frombuffer(data[info.start : info.stop], dtype=ml_dtypes.bfloat16)
        .astype(np.float32)
        .reshape(info.shape)
        for info in infos
    }


def sample(subject: Tensors, candidates: Sequence[Tensors]) -> list[SampledTensor]:
    tensors = []
    for index, (name, values) in enumerate(subject.items()):
        info = TensorInfo(name=name, dtype=DTYPES["BF16"], shape=values.shape, shard="", start=0, stop=values.size * 2)
        pair = PairedTensor(
            role=parse_role(name), subject=info, candidates=(info,) * len(candidates), elements=values.size
        )
        tensors.append(
            SampledTensor(
                context=make_context(index, pair),
                subject=values.reshape(-1),
                candidates={place: other[name].reshape(-1) for place, other in enumerate(candidates)},
                nonfinite=0,
            )
        )
    return tensors


def chosen(subject: Tensors, candidates: Sequence[Tensors]) -> SparseChoice | None:
    return choose_sparse(sample(subject, candidates), range(len(candidates)))


def rounded(values: np.ndarray) -> np.ndarray:
    return values.astype(ml_dtypes.bfloat16).astype(np.float32)


def changed(change: Callable[[str, np.ndarray], np.ndarray], model: Tensors) -> Tensors:
    return {name: rounded(change(name, values)) for name, values in model.items()}


@pytest.fixture(scope="module")
def found() -> dict[str, SparseChoice | None]:
    parents = [load(name) for name in PARENTS]
    return {name: chosen(load(name), parents) for name, *_ in MERGES}


@pytest.mark.parametrize(("fixture", "method", "arithmetic", "parents", "weights", "share"), MERGES)
def test_a_real_merge_is_named_and_replayed(
    found: dict[str, SparseChoice | None],
    fixture: str,
    method: str,
    arithmetic: str,
    parents: tuple[int, ...],
    weights: tuple[float, ...] | None,
    share: float,
) -> None:
    choice = found[fixture]
    assert choice is not None
    assert (choice.method, choice.arithmetic, choice.parents) == (method, arithmetic, parents)
    assert choice.share >= share
    if weights is not None:
        assert choice.weights == pytest.approx(weights, abs=1e-9)


@pytest.mark.parametrize(("fixture", "name", "value", "error"), PARAMETERS)
def test_parameters_are_read_back(
    found: dict[str, SparseChoice | None], fixture: str, name: str, value: float, error: float
) -> None:
    choice = found[fixture]
    assert choice is not None
    assert dict(choice.parameters)[name] == pytest.approx(value, abs=error + 1e-12)


def test_the_choice_is_the_same_each_time(found: dict[str, SparseChoice | None]) -> None:
    assert chosen(load("ties"), [load(name) for name in PARENTS]) == found["ties"]


def test_a_recipe_replays_every_element_in_any_chunk(found: dict[str, SparseChoice | None]) -> None:
    choice = found["breadcrumbs-ties"]
    assert choice is not None
    for tensor in sample(load("breadcrumbs-ties"), [load(name) for name in PARENTS]):
        recipe = choice.recipes[tensor.context.index]
        values = [tensor.candidates[place] for place in range(3)]
        whole = recipe.result(tensor.subject, values, BF16)
        half = tensor.subject.size // 2
        parts = [
            recipe.result(tensor.subject[s], [v[s] for v in values], BF16) for s in (slice(half), slice(half, None))
        ]
        assert np.array_equal(np.concatenate(parts).view(np.uint32), whole.view(np.uint32))


def _frozen_rows(name: str, values: np.ndarray) -> np.ndarray:
    untouched = load("basalt")[name]
    rows = np.arange(values.shape[0]) % 3 == 0
    return np.where(rows.reshape(-1, *[1] * (values.ndim - 1)), untouched, values)


def _frozen_tensors(name: str, values: np.ndarray) -> np.ndarray:
    return load("basalt")[name] if "mlp" in name else values


def _pruned(_: str, values: np.ndarray) -> np.ndarray:
    return np.where(np.abs(values) < np.quantile(np.abs(values), 0.3), np.float32(0), values)


def _touched(name: str, values: np.ndarray) -> np.ndarray:
    noise = np.random.default_rng(len(name)).standard_normal(values.shape)
    return values + np.abs(values) * np.float32(2.0**-9) * noise.astype(np.float32)


INNOCENTS: list[tuple[str, Callable[[], Tensors], tuple[str, ...]]] = [
    ("an earlier checkpoint", lambda: load("nimbus-early"), PARENTS),
    ("an earlier checkpoint, one candidate", lambda: load("nimbus-early"), ("basalt", "nimbus")),
    ("a sibling", lambda: load("cirrus"), ("basalt", "nimbus")),
    ("rows frozen", lambda: changed(_frozen_rows, load("nimbus-early")), PARENTS),
    ("tensors frozen", lambda: changed(_frozen_tensors, load("nimbus-early")), PARENTS),
    ("pruned", lambda: changed(_pruned, load("nimbus")), PARENTS),
    ("pruned fine-tune", lambda: changed(_pruned, load("nimbus-early")), PARENTS),
    ("barely trained", lambda: changed(_touched, load("basalt")), PARENTS),
    ("the parent of a merge", lambda: load("nimbus"), ("basalt", "dare-linear")),
    ("the base of a merge", lambda: load("basalt"), ("nimbus", "ties-one")),
    ("a linear merge", lambda: load("linear"), PARENTS),
]


@pytest.mark.parametrize(("name", "make", "candidates"), INNOCENTS, ids=[name for name, _, _ in INNOCENTS])
def test_innocents_are_not_claimed(name: str, make: Callable[[], Tensors], candidates: tuple[str, ...]) -> None:
    assert chosen(make(), [load(candidate) for candidate in candidates]) is None


def test_tensors_copied_from_the_base_are_not_a_mask() -> None:
    base, first = load("basalt"), load("nimbus")
    mixed = changed(lambda name, values: np.float32(0.6) * values + np.float32(0.4) * base[name], first)
    subject = {name: base[name] if "mlp" in name else values for name, values in mixed.items()}
    choice = chosen(subject, [base, first])
    assert choice is None


def test_a_random_selection_is_not_claimed_because_a_child_of_the_subject_looks_the_same() -> None:
    base, first = load("basalt"), load("nimbus")
    generator = np.random.default_rng(3)
    subject = {name: np.where(generator.random(v.shape) < 0.5, v, base[name]) for name, v in first.items()}
    assert chosen(subject, [base, first]) is None


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), scale=st.sampled_from([0.0, 1e-41, 1e-38, 1.0, 1e30, 3e38]))
def test_hostile_values_raise_nothing(seed: int, scale: float) -> None:
    generator = np.random.default_rng(seed)
    with np.errstate(all="ignore"):
        models = [{"a.weight": rounded(generator.standard_normal((8, 64)) * scale)} for _ in range(3)]
    models = [
        {name: np.nan_to_num(values, posinf=0.0, neginf=0.0) for name, values in model.items()} for model in models
    ]
    assert chosen(models[0], models[1:]) is None


def test_constants_and_too_little_say_nothing() -> None:
    flat = {"a.weight": np.ones((4, 4), dtype=np.float32)}
    assert chosen(flat, [flat, flat]) is None
    assert choose_sparse([], (0, 1)) is None
    assert choose_sparse(sample(flat, [flat]), (0,)) is None


@pytest.mark.parametrize("method", SPARSE, ids=lambda method: method.name)
def test_every_replay_stays_on_the_lattice_with_infinities_and_denormals(method: Method) -> None:
    values = np.array([0.0, -0.0, 1e-40, -3e38, np.inf, 1.0, 0.5, -2.0], dtype=np.float32)
    parents = [rounded(np.roll(values, shift)) for shift in range(3)]
    scalars = {"t": 1e-3, "low_0": 0.1, "low_1": 0.1, "high_0": 1e3, "low": 1e-3, "epsilon": 1e-5}
    several = method.name not in ("nearswap", "arcee-fusion", "ties-selection", "breadcrumbs-selection")
    chosen_parents = parents if several else parents[:2]
    terms = Terms(weights=(1.0,) * len(chosen_parents), scalars=scalars, arithmetic="storage")
    with np.errstate(all="ignore"):
        result = method.replay(parents[0], chosen_parents, terms, BF16)
    assert result.dtype == np.float32
    assert result.shape == values.shape
    finite = np.isfinite(result)
    assert np.array_equal(rounded(result)[finite], result[finite])
