from dataclasses import replace

import pytest

torch = pytest.importorskip("torch")

from benchmarks.zoo.folders import load_shape, load_stored, save_model  # noqa: E402
from benchmarks.zoo.lossy import degrade, quantise_fp8, quantise_int8, restore_fp8, restore_int4  # noqa: E402
from benchmarks.zoo.network import initialise  # noqa: E402
from benchmarks.zoo.shapes import DENSE  # noqa: E402

SHAPE = replace(DENSE, hidden_size=32, intermediate_size=40, num_hidden_layers=2)
VALUE = torch.randn(24, 40, generator=torch.Generator().manual_seed(0)).bfloat16()
MATRIX = "model.layers.0.mlp.up_proj.weight"


@pytest.fixture
def model(tmp_path):
    save_model(initialise(SHAPE, 0), SHAPE, tmp_path / "model")
    return tmp_path / "model"


def test_int8_is_within_half_a_step():
    quantised, scale = quantise_int8(VALUE)
    assert quantised.dtype == torch.int8
    assert ((quantised * scale - VALUE.float()).abs() <= scale * 0.501).all()


@pytest.mark.parametrize("symmetric", [True, False])
def test_int4_has_sixteen_levels_a_group(symmetric):
    restored = restore_int4(VALUE, 16, symmetric=symmetric)
    assert restored.shape == VALUE.shape
    for part in restored.split(16, 1):
        assert max(len(row.unique()) for row in part) <= 16
    assert (restored - VALUE.float()).abs().max() < 0.5


@pytest.mark.parametrize("block", [0, 16])
def test_fp8_is_within_a_sixteenth(block):
    restored = restore_fp8(*quantise_fp8(VALUE, block), block)
    assert ((restored - VALUE.float()).abs() <= VALUE.float().abs() / 16 + 0.01).all()


def test_two_of_four_keeps_two_of_each_four(model, tmp_path):
    degrade({"kind": "two-of-four"}, [model], [tmp_path / "pruned"])
    before, after = load_stored(model)[MATRIX], load_stored(tmp_path / "pruned")[MATRIX]
    assert ((after.view(-1, 4) != 0).sum(1) == 2).all()
    assert torch.equal(after[after != 0], before[after != 0])


def test_magnitude_pruning_takes_the_smallest(model, tmp_path):
    degrade({"kind": "magnitude", "share": 0.3}, [model], [tmp_path / "pruned"])
    before, after = load_stored(model)[MATRIX], load_stored(tmp_path / "pruned")[MATRIX]
    gone = after == 0
    assert int(gone.sum()) == round(0.3 * before.numel())
    assert before[gone].abs().max() <= before[~gone].abs().min()


def test_pruned_neurons_are_gone_from_all_three_matrices(model, tmp_path):
    degrade({"kind": "neurons", "share": 0.25}, [model], [tmp_path / "pruned"])
    after = load_stored(tmp_path / "pruned")
    gone = (after["model.layers.1.mlp.down_proj.weight"] == 0).all(0)
    assert int(gone.sum()) == 10
    for name in ("gate", "up"):
        assert torch.equal((after[f"model.layers.1.mlp.{name}_proj.weight"] == 0).all(1), gone)


@pytest.mark.parametrize(
    ("form", "dtype", "scale"),
    [
        ("int8", torch.int8, f"{MATRIX}_scale"),
        ("fp8", torch.float8_e4m3fn, f"{MATRIX}_scale"),
        ("fp8-block", torch.float8_e4m3fn, f"{MATRIX}_scale_inv"),
    ],
)
def test_stored_forms_have_their_scales_beside_them(model, tmp_path, form, dtype, scale):
    degrade({"kind": "stored", "form": form}, [model], [tmp_path / "stored"])
    after = load_stored(tmp_path / "stored")
    assert after[MATRIX].dtype == dtype
    assert after[scale].dtype == torch.float32
    assert after["model.embed_tokens.weight"].dtype == torch.bfloat16
    assert load_shape(tmp_path / "stored") == SHAPE
