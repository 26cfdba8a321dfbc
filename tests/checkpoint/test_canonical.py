import itertools
import json

import numpy as np
import pytest

from conftest import MODELS
from parentage.checkpoint.canonical import canonical_key, canonicalise, restacked
from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.checkpoint.pairing import pair_tensors
from weights.reading import tensors_of, written

META = {
    "self_attn.q_proj": "attention.wq",
    "self_attn.k_proj": "attention.wk",
    "self_attn.v_proj": "attention.wv",
    "self_attn.o_proj": "attention.wo",
    "mlp.gate_proj": "feed_forward.w1",
    "mlp.up_proj": "feed_forward.w3",
    "mlp.down_proj": "feed_forward.w2",
    "post_attention_layernorm": "ffn_norm",
    "input_layernorm": "attention_norm",
    "model.embed_tokens": "tok_embeddings",
    "model.": "",
}
ODD = {
    "model.layers": "z",
    "self_attn": "aa",
    "q_proj": "t1",
    "k_proj": "t2",
    "v_proj": "t3",
    "o_proj": "t4",
    "mlp": "bb",
    "gate_proj": "u1",
    "up_proj": "u2",
    "down_proj": "u3",
    "input_layernorm": "first",
    "post_attention_layernorm": "second",
}


@pytest.fixture(scope="module")
def basalt() -> Checkpoint:
    return open_checkpoint(str(MODELS / "basalt"))


def renamed(tensors: dict, table: dict) -> dict:
    found = {}
    for name, value in tensors.items():
        for old, new in table.items():
            name = name.replace(old, new)
        found[name] = value
    return found


def fused(tensors: dict) -> dict:
    found = {}
    for name, value in tensors.items():
        if "q_proj" in name:
            parts = [tensors[name.replace("q_proj", f"{part}_proj")] for part in "qkv"]
            found[name.replace("q_proj", "qkv_proj")] = np.concatenate(parts)
        elif "gate_proj" in name:
            parts = [value, tensors[name.replace("gate_proj", "up_proj")]]
            found[name.replace("gate_proj", "gate_up_proj")] = np.concatenate(parts)
        elif not any(part in name for part in ("k_proj", "v_proj", "up_proj")):
            found[name] = value
    return found


def pairs_equal(subject: Checkpoint, candidate: Checkpoint) -> int:
    """Canonicalise, pair, and count equal elements; whatever is left over is an error."""
    left, (right,), _ = canonicalise(subject, [candidate])
    pairing = pair_tensors(left, [right])
    assert not pairing.unpaired
    ours, theirs = tensors_of(left), tensors_of(right)
    return sum(
        int(np.count_nonzero(ours[pair.subject.name] == theirs[pair.candidates[0].name])) for pair in pairing.pairs
    )


def test_what_pairs_is_left_as_it_is(basalt) -> None:
    nimbus = open_checkpoint(str(MODELS / "nimbus"))
    assert canonicalise(nimbus, [basalt, nimbus]) == (nimbus, (basalt, nimbus), ())


def test_fused_on_either_side(basalt, tmp_path) -> None:
    other = written(tmp_path, fused(tensors_of(basalt)), {})
    assert pairs_equal(other, basalt) == pairs_equal(basalt, other) == 903296
    assert canonicalise(other, [other])[2] == ()
    subject, candidates, notes = canonicalise(other, [other, basalt])
    assert len(notes) == 2
    assert set(subject.tensors) == set(candidates[0].tensors) == set(candidates[1].tensors) == set(basalt.tensors)
    # Parts cover the stored bytes once, in order.
    spans = sorted((info.start, info.stop) for info in subject.tensors.values())
    assert all(one[1] == other[0] for one, other in itertools.pairwise(spans))


def test_stacked_experts_of_two_layouts(tmp_path) -> None:
    rng = np.random.default_rng(0)
    stem = "model.layers.0.mlp.experts"
    split = {
        f"{stem}.{e}.{part}_proj.weight": rng.normal(size=shape).astype(np.float32)
        for e in range(4)
        for part, shape in (("gate", (6, 8)), ("up", (6, 8)), ("down", (8, 6)))
    }
    gate_up = np.stack(
        [np.concatenate([split[f"{stem}.{e}.{part}_proj.weight"] for part in ("gate", "up")]) for e in range(4)]
    )
    down = np.stack([split[f"{stem}.{e}.down_proj.weight"] for e in range(4)])
    together = written(tmp_path / "t", {f"{stem}.gate_up_proj": gate_up, f"{stem}.down_proj": down}, {})
    apart = written(tmp_path / "a", split, {})
    elements = sum(value.size for value in split.values())
    assert pairs_equal(together, apart) == pairs_equal(apart, together) == elements
    mixtral = renamed(split, {"mlp": "block_sparse_moe", "gate_proj": "w1", "down_proj": "w2", "up_proj": "w3"})
    assert pairs_equal(together, written(tmp_path / "m", mixtral, {})) == elements


def test_other_spellings_and_arbitrary_names(basalt, tmp_path) -> None:
    assert pairs_equal(written(tmp_path / "meta", renamed(tensors_of(basalt), META), {}), basalt) == 903296
    nimbus = tensors_of(open_checkpoint(str(MODELS / "nimbus")))
    plain = sum(int(np.count_nonzero(nimbus[name] == value)) for name, value in tensors_of(basalt).items())
    assert pairs_equal(written(tmp_path / "odd", renamed(nimbus, ODD), {}), basalt) == plain
    assert canonical_key("model.layers.3.mlp.experts.gate_up_proj") == "layers.3.mlp.experts.gate_up_proj.weight"
    assert canonical_key("blk.7.attn_q.weight") == "layers.7.self_attn.q_proj.weight"


def test_parts_that_do_not_fit_are_left_alone(basalt, tmp_path) -> None:
    tensors = fused(tensors_of(basalt))
    short = {name: value[:-1] if "qkv" in name else value for name, value in tensors.items()}
    view, _, _ = canonicalise(written(tmp_path / "s", short, {}), [basalt])
    assert "model.layers.0.self_attn.qkv_proj.weight" in view.tensors
    both = tensors | {"model.layers.0.self_attn.q_proj.weight": np.zeros((2, 2), dtype=np.float32)}
    view, _, _ = canonicalise(written(tmp_path / "b", both, {}), [basalt])
    assert view.tensors["model.layers.0.self_attn.q_proj.weight"].shape == (2, 2)
    odd = {"a.mlp.experts.gate_up_proj": np.zeros((2, 3, 4), dtype=np.float32)}
    other = {"a.mlp.experts.0.gate_proj.weight": np.zeros((1, 4), dtype=np.float32)}
    sides = [written(tmp_path / "o", odd, {}), written(tmp_path / "p", other, {})]
    assert canonicalise(sides[0], sides[1:])[0] == sides[0]


def test_families_that_look_alike_are_not_paired_by_chance(tmp_path) -> None:
    rng = np.random.default_rng(0)
    one = {f"x.{i}.p{k}": rng.normal(size=(16, 16)).astype(np.float32) for i in range(2) for k in "ab"}
    other = {f"y.{i}.q{k}": rng.normal(size=(16, 16)).astype(np.float32) for i in range(2) for k in "cd"}
    sides = [written(tmp_path / "a", one, {}), written(tmp_path / "b", other, {})]
    assert canonicalise(sides[0], sides[1:])[2] == ()


def test_a_stack_names_a_layer_twice(basalt) -> None:
    view = restacked(basalt, {0: 2, 1: 2, 7: 99})
    ours, theirs = tensors_of(view), tensors_of(basalt)
    layers = {name.split(".")[2] for name in ours if ".layers." in name}
    assert layers == {"0", "1"}
    name = "model.layers.{}.mlp.up_proj.weight"
    assert np.array_equal(ours[name.format(0)], theirs[name.format(2)])
    assert np.array_equal(ours[name.format(1)], theirs[name.format(2)])
    assert json.dumps(sorted(set(ours) - set(theirs))) == "[]"
