from collections.abc import Callable

import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS, REAL
from parentage.checkpoint.arranged import ArrangedCheckpoint, Arrangement, PlacedTensor, UnitOrder, arrange
from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.errors import InputError
from parentage.finding import Coverage, Finding, NotApplicable
from parentage.protocols.weights.arrangement import ArrangementRecord, conclude, measure
from weights import rearranging
from weights.reading import Reader, equal_bits, tensors_of, written

LAYERS = range(4)
TOKENS = np.arange(3, 23)
COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)
Tensors = rearranging.Tensors


def everything(t: Tensors, rng: np.random.Generator, config: dict) -> None:
    rearranging.hidden_units(t, rng, LAYERS)
    rearranging.heads(t, rng, LAYERS, config, inside=True)
    rearranging.residual(t, rng, signs=True)


EXACT: dict[str, Callable[[Tensors, np.random.Generator, dict], None]] = {
    "hidden": lambda t, rng, config: rearranging.hidden_units(t, rng, LAYERS),
    "one layer": lambda t, rng, config: rearranging.hidden_units(t, rng, range(2, 3)),
    "heads": lambda t, rng, config: rearranging.heads(t, rng, LAYERS, config, inside=False),
    "inside heads": lambda t, rng, config: rearranging.heads(t, rng, LAYERS, config, inside=True),
    "residual": lambda t, rng, config: rearranging.residual(t, rng, signs=False),
    "signs": lambda t, rng, config: rearranging.residual(t, rng, signs=True),
    "powers": lambda t, rng, config: rearranging.factors(t, rng, LAYERS, exact=True),
    "everything": everything,
}
ROUNDED: dict[str, Callable[[Tensors, np.random.Generator, dict], None]] = {
    "gains": lambda t, rng, config: rearranging.gains(t, LAYERS),
    "factors": lambda t, rng, config: rearranging.factors(t, rng, LAYERS, exact=False),
    "gains and everything": lambda t, rng, config: (rearranging.gains(t, LAYERS), everything(t, rng, config)),
}


def opened(name: str) -> Checkpoint:
    return open_checkpoint(str(MODELS / name))


def rewritten(folder, name: str, change, seed: int = 0) -> Checkpoint:
    source = opened(name)
    tensors, config = tensors_of(source), dict(source.config)
    change(tensors, np.random.default_rng(seed), config)
    return written(folder, tensors, config)


@pytest.mark.parametrize("what", EXACT)
def test_an_exact_rewrite_is_found_and_undone(what: str, tmp_path) -> None:
    candidate = opened("basalt")
    subject = rewritten(tmp_path, "basalt", EXACT[what])
    before, after = (rearranging.forward(tensors_of(c), candidate.config, TOKENS) for c in (candidate, subject))
    assert np.abs(after - before).max() < 1e-12 * np.abs(before).max()
    record = measure(Reader(subject, [candidate]), 0)
    assert record.log10_p < -30 and record.is_claimed and record.is_copy
    assert record.equal == record.elements == 903296
    assert equal_bits(tensors_of(arrange(subject, record.arrangement)), tensors_of(candidate)) == 903296


@pytest.mark.parametrize("what", ROUNDED)
def test_a_rounded_rewrite_is_found_and_undone_but_for_rounding(what: str, tmp_path) -> None:
    candidate = opened("basalt")
    subject = rewritten(tmp_path, "basalt", ROUNDED[what])
    before, after = (rearranging.forward(tensors_of(c), candidate.config, TOKENS) for c in (candidate, subject))
    assert np.abs(after - before).max() < 5e-3 * np.abs(before).max()
    record = measure(Reader(subject, [candidate]), 0)
    assert record.log10_p < -30 and record.is_copy
    assert record.close == record.elements and record.equal > 0.9999 * record.elements
    assert equal_bits(tensors_of(arrange(subject, record.arrangement)), tensors_of(candidate)) > 0.9 * 903296


def test_a_rearranged_fine_tune_is_brought_back_to_the_fine_tune(tmp_path) -> None:
    subject = rewritten(tmp_path, "nimbus", everything)
    record = measure(Reader(subject, [opened("basalt")]), 0)
    assert record.is_claimed and not record.is_copy
    assert equal_bits(tensors_of(arrange(subject, record.arrangement)), tensors_of(opened("nimbus"))) == 903296


@pytest.mark.parametrize("subject", ["nimbus", "cirrus", "rivo", "stranger", "basalt"])
def test_what_is_in_place_or_unrelated_is_left_alone(subject: str) -> None:
    record = measure(Reader(opened(subject), [opened("basalt")]), 0)
    assert record.in_place and not record.is_claimed and record.steps == ()
    assert arrange(opened(subject), record.arrangement).tensors == opened(subject).tensors


def test_a_rearranged_stranger_is_not_claimed(tmp_path) -> None:
    subject = rewritten(tmp_path, "stranger", everything)
    record = measure(Reader(subject, [opened("basalt")]), 0)
    assert record.in_place and record.log10_p == 0


def test_two_swapped_units_of_a_copy_are_found(tmp_path) -> None:
    def swap(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        order = np.arange(352)
        order[[10, 200]] = 200, 10
        for part in ("gate", "up"):
            name = f"model.layers.1.mlp.{part}_proj.weight"
            t[name] = t[name][order]
        t["model.layers.1.mlp.down_proj.weight"] = t["model.layers.1.mlp.down_proj.weight"][:, order]

    record = measure(Reader(rewritten(tmp_path, "basalt", swap), [opened("basalt")]), 0)
    assert record.is_copy and [step.moved for step in record.steps] == [2]


def test_a_permutation_that_nothing_undoes_is_no_copy(tmp_path) -> None:
    def spoil(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        for layer in LAYERS:
            name = f"model.layers.{layer}.mlp.up_proj.weight"
            t[name] = t[name][rng.permutation(352)]

    record = measure(Reader(rewritten(tmp_path, "basalt", spoil), [opened("basalt")]), 0)
    assert not record.is_copy


def test_weights_that_were_all_scaled_alike_are_not_rearranged(tmp_path) -> None:
    def grow(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        for name, value in t.items():
            t[name] = (value.astype(np.float32) * np.float32(1.1)).astype(value.dtype)

    record = measure(Reader(rewritten(tmp_path, "basalt", grow), [opened("basalt")]), 0)
    assert not record.is_claimed


def test_a_merge_of_strangers_is_not_rearranged(tmp_path) -> None:
    def mix(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        for name, value in tensors_of(opened("stranger")).items():
            t[name] = (0.7 * t[name].astype(np.float32) + 0.3 * value.astype(np.float32)).astype(value.dtype)

    subject = rewritten(tmp_path, "basalt", mix)
    for candidate in ("basalt", "stranger"):
        assert not measure(Reader(subject, [opened(candidate)]), 0).is_claimed


def mixture(seed: int, scale: float = 0.0) -> Tensors:
    """A mixture of eight experts of 48 units in two layers, of random weights; `scale` moves them a little."""
    rng, width = np.random.default_rng(0), 64
    t: Tensors = {"model.embed_tokens.weight": rng.normal(size=(96, width)), "model.norm.weight": np.ones(width)}
    for i in range(2):
        for norm in ("input_layernorm", "post_attention_layernorm"):
            t[f"model.layers.{i}.{norm}.weight"] = rng.normal(1, 0.2, width)
        for part, rows in (("q", 64), ("k", 32), ("v", 32)):
            t[f"model.layers.{i}.self_attn.{part}_proj.weight"] = rng.normal(size=(rows, width)) / 8
        t[f"model.layers.{i}.self_attn.o_proj.weight"] = rng.normal(size=(width, 64)) / 8
        t[f"model.layers.{i}.mlp.gate.weight"] = rng.normal(size=(8, width)) / 8
        for e in range(8):
            for part, shape in (("gate", (48, width)), ("up", (48, width)), ("down", (width, 48))):
                t[f"model.layers.{i}.mlp.experts.{e}.{part}_proj.weight"] = rng.normal(size=shape) / 8
    other = np.random.default_rng(seed)
    return {name: (v + scale * v.std() * other.normal(size=v.shape)).astype(np.float32) for name, v in t.items()}


MIXTURE = {"hidden_size": 64, "num_attention_heads": 4, "num_key_value_heads": 2, "num_hidden_layers": 2}


@pytest.mark.parametrize("scale", [0.0, 0.1])
def test_experts_and_all_within_them(scale: float, tmp_path) -> None:
    candidate = written(tmp_path / "c", mixture(0), MIXTURE)
    tensors, rng = mixture(1, scale), np.random.default_rng(2)
    straight = dict(tensors)
    before = rearranging.forward(tensors, MIXTURE, TOKENS)
    rearranging.experts(tensors, rng, range(2))
    rearranging.hidden_units(tensors, rng, range(2))
    rearranging.residual(tensors, rng, signs=True)
    assert np.allclose(rearranging.forward(tensors, MIXTURE, TOKENS), before)
    subject = written(tmp_path / "s", tensors, MIXTURE)
    record = measure(Reader(subject, [candidate]), 0)
    assert record.is_claimed and record.is_copy == (scale == 0)
    assert {"experts", "hidden", "residual"} <= {step.kind for step in record.steps}
    found = tensors_of(arrange(subject, record.arrangement))
    assert all(np.array_equal(found[name], straight[name]) for name in straight)


def chain(seed: int) -> Tensors:
    rng = np.random.default_rng(seed)
    shapes = {"conv1": (40, 3, 3, 3), "conv2": (48, 40, 3, 3), "fc1": (64, 48), "fc2": (10, 64)}
    t = {f"{name}.weight": rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return t | {f"{name}.bias": rng.normal(size=shape[0]).astype(np.float32) for name, shape in shapes.items()}


def test_channels_of_a_plain_chain(tmp_path) -> None:
    tensors, rng = chain(0), np.random.default_rng(1)
    for name, following in (("conv1", "conv2"), ("conv2", "fc1"), ("fc1", "fc2")):
        order = rng.permutation(len(tensors[f"{name}.bias"]))
        for kind in ("weight", "bias"):
            tensors[f"{name}.{kind}"] = tensors[f"{name}.{kind}"][order]
        tensors[f"{following}.weight"] = tensors[f"{following}.weight"][:, order]
    sides = [written(tmp_path / "s", tensors, {}), written(tmp_path / "c", chain(0), {})]
    record = measure(Reader(sides[0], sides[1:]), 0)
    assert record.is_copy and [step.moved > 30 for step in record.steps] == [True] * 3
    stranger = written(tmp_path / "x", chain(7), {})
    assert measure(Reader(stranger, sides[1:]), 0).in_place


def test_a_permuted_vocabulary_by_token_and_without(tmp_path) -> None:
    order = np.random.default_rng(3).permutation(1280)

    def permute(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        t["model.embed_tokens.weight"] = t["model.embed_tokens.weight"][order]

    subject, candidate = rewritten(tmp_path, "nimbus", permute), opened("basalt")
    theirs = {f"t{row}": row for row in range(1280)}
    ours = {f"t{old}": new for new, old in enumerate(order.tolist())}
    for tokens, how in (((ours, theirs), "by token"), (None, "by row")):
        record = measure(Reader(subject, [candidate]), 0, tokens=tokens)
        assert record.vocabulary == how
        found = tensors_of(arrange(subject, record.arrangement))
        share = equal_bits(found, tensors_of(opened("nimbus"))) / 903296
        assert share > (0.9999 if tokens else 0.95)


def test_a_permuted_vocabulary_and_stream_of_a_copy(tmp_path) -> None:
    def both(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        rearranging.residual(t, rng, signs=True)
        t["model.embed_tokens.weight"] = t["model.embed_tokens.weight"][rng.permutation(1280)]

    record = measure(Reader(rewritten(tmp_path, "basalt", both), [opened("basalt")]), 0)
    assert record.vocabulary == "by the magnitudes in a row"
    assert record.is_claimed and record.close == record.elements


def test_a_padded_vocabulary_is_in_place(tmp_path) -> None:
    def pad(t: Tensors, rng: np.random.Generator, config: dict) -> None:
        table = t["model.embed_tokens.weight"]
        t["model.embed_tokens.weight"] = np.concatenate([table, np.zeros((64, 128), dtype=table.dtype)])

    for sides in ((rewritten(tmp_path, "basalt", pad), opened("nimbus")), (opened("nimbus"), opened("basalt"))):
        assert measure(Reader(sides[0], sides[1:]), 0).in_place
    subject = rewritten(
        tmp_path / "both", "basalt", lambda t, r, c: (pad(t, r, c), rearranging.residual(t, r, signs=True))
    )
    record = measure(Reader(subject, [opened("basalt")]), 0)
    assert record.is_copy and record.elements == 903296


def test_hostile_shapes_and_values(tmp_path) -> None:
    odd = {
        "model.embed_tokens.weight": np.zeros((16, 8), dtype=np.float32),
        "model.layers.0.mlp.gate_proj.weight": np.full((4, 8), np.nan, dtype=np.float32),
        "model.layers.0.mlp.up_proj.weight": np.full((4, 8), np.inf, dtype=np.float32),
        "model.layers.0.mlp.down_proj.weight": np.zeros((8, 4), dtype=np.float32),
        "model.layers.0.self_attn.q_proj.weight": np.ones((8, 8), dtype=np.float32),
        "model.layers.0.self_attn.k_proj.weight": np.ones((6, 8), dtype=np.float32),
        "model.layers.0.self_attn.v_proj.weight": np.ones((6, 8), dtype=np.float32),
        "model.layers.0.self_attn.o_proj.weight": np.ones((8, 8), dtype=np.float32),
        "model.layers.0.nothing.weight": np.zeros((0, 8), dtype=np.float32),
        "model.layers.99999999999.mlp.gate_proj.weight": np.ones((1, 8), dtype=np.float32),
        "scalar": np.zeros((), dtype=np.float32),
        "model.layers.0.mlp.experts.7.up_proj.weight": np.ones((1, 8), dtype=np.float32),
        "model.layers.0.mlp.gate.weight": np.ones((2, 8), dtype=np.float32),
    }
    lies = {"num_attention_heads": -3, "num_key_value_heads": 10**30, "hidden_size": "many", "text_config": 4}
    sides = [written(tmp_path / "s", odd, lies), written(tmp_path / "c", odd, {"num_attention_heads": 5})]
    for subject, candidate in ((0, 1), (1, 0)):
        record = measure(Reader(sides[subject], [sides[candidate]]), 0)
        assert not record.is_claimed


def test_an_arrangement_that_does_not_fit_is_refused() -> None:
    checkpoint, name = opened("basalt"), "model.norm.weight"
    bad = [
        ("no such tensor", ("x",), (), (0,)),
        (name, ("x", "y"), (), (0,)),
        (name, ("x",), (), (128,)),
        (name, ("x",), (), (-2,)),
        (name, ("x",), ((1.0,),), tuple(range(128))),
    ]
    for source, axes, scales, order in bad:
        placed = PlacedTensor(name=name, source=source, axes=axes, scales=scales)
        with pytest.raises(InputError):
            arrange(checkpoint, Arrangement(orders=(UnitOrder(axis="x", order=order),), tensors=(placed,)))


def test_places_without_a_source_hold_nan() -> None:
    checkpoint, name = opened("basalt"), "model.norm.weight"
    view = arrange(
        checkpoint,
        Arrangement(
            orders=(UnitOrder(axis="x", order=(1, -1, 0)),),
            tensors=(PlacedTensor(name=name, source=name, axes=("x",), scales=((2.0, 2.0, 2.0),)),),
        ),
    )
    assert isinstance(view, ArrangedCheckpoint) and view.is_arranged(name)
    stored = tensors_of(checkpoint)[name].astype(np.float32)
    found = tensors_of(view)[name].astype(np.float32)
    assert found[0] == 2 * stored[1] and np.isnan(found[1]) and found[2] == 2 * stored[0]


def test_little_is_read_where_all_is_in_place() -> None:
    reader = Reader(opened("nimbus"), [opened("basalt")])
    measure(reader, 0)
    assert reader.read_bytes <= 2 * 2 * 903296


def test_unrelated_published_weights_are_left_alone() -> None:
    folder = REAL / "deepaco_warmstart"
    for one, other in (("mkp300", "tsp100"), ("tsp20", "tsp500"), ("mkp500", "mkp300")):
        sides = [open_checkpoint(str(folder / f"{name}.safetensors")) for name in (one, other)]
        assert not measure(Reader(sides[0], sides[1:]), 0).is_claimed


def test_the_record_survives_json_and_is_told(tmp_path) -> None:
    record = measure(Reader(rewritten(tmp_path, "basalt", everything), [opened("basalt")]), 0)
    adapter = TypeAdapter(ArrangementRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
    found = conclude({0: record}, candidate_ids=("basalt",), coverage=COVERAGE)
    assert isinstance(found, Finding) and "903296 of 903296 elements are equal" in found.statement
    assert isinstance(conclude({}, candidate_ids=(), coverage=COVERAGE), NotApplicable)
