"""Each attempt to hide does what its row says: what keeps the function keeps it, and noise is of the stated size."""

import numpy as np
import pytest
from benchmarks.zoo import evasion
from benchmarks.zoo.marking import Answer

from parentage.numerics.lattice import LATTICES, ordinals

LATTICE = LATTICES["BF16"]


@pytest.fixture(scope="module")
def rivo() -> evasion.Tensors:
    return evasion.read_model("rivo")


def _change(attempt, tensors: evasion.Tensors) -> evasion.Tensors:
    return attempt(dict(tensors), np.random.default_rng(0))


def _feed_forward(tensors: evasion.Tensors, layer: int, x: np.ndarray) -> np.ndarray:
    gate, up, down = (
        tensors[f"model.layers.{layer}.mlp.{name}_proj.weight"].astype(np.float64) for name in ("gate", "up", "down")
    )
    gated = x @ gate.T
    return (gated / (1 + np.exp(-gated)) * (x @ up.T)) @ down.T


@pytest.mark.parametrize("attempt", [evasion.permute_units, evasion.scale(2.0)])
def test_units_permuted_or_scaled_compute_the_same(attempt, rivo) -> None:
    changed = _change(attempt, rivo)
    x = np.random.default_rng(1).standard_normal((5, evasion.HIDDEN))
    for layer in range(evasion.LAYERS):
        assert not np.array_equal(*(t[f"model.layers.{layer}.mlp.up_proj.weight"] for t in (rivo, changed)))
        np.testing.assert_allclose(_feed_forward(changed, layer, x), _feed_forward(rivo, layer, x), rtol=1e-12)


def test_a_permuted_residual_stream_reads_the_same_tokens(rivo) -> None:
    changed = _change(evasion.permute_residual, rivo)

    def queries(tensors: evasion.Tensors) -> np.ndarray:
        rows, gain, query = (
            tensors[f"model.{name}.weight"].astype(np.float64)
            for name in ("embed_tokens", "layers.0.input_layernorm", "layers.0.self_attn.q_proj")
        )
        return (rows * gain) @ query.T

    np.testing.assert_allclose(queries(changed), queries(rivo), rtol=1e-10, atol=1e-12)
    x, name = np.random.default_rng(1).standard_normal((3, evasion.HIDDEN)), "model.embed_tokens.weight"
    # Embed a token, add a layer's output, read it with the tied output embedding.
    order = np.array([int(np.flatnonzero((changed[name] == column[:, None]).all(0))[0]) for column in rivo[name].T])
    written = _feed_forward(changed, 0, x[:, np.argsort(order)])
    np.testing.assert_allclose(written[:, order], _feed_forward(rivo, 0, x), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("share", [0.01, 0.5, 1.0])
def test_noise_moves_its_share_by_one_step(share: float, rivo) -> None:
    changed = _change(evasion.one_ulp(share), rivo)
    steps = np.concatenate(
        [(ordinals(evasion.wide(changed[n]), LATTICE) - ordinals(evasion.wide(rivo[n]), LATTICE)).ravel() for n in rivo]
    )
    assert set(np.unique(np.abs(steps))) <= {0, 1}
    assert np.mean(steps != 0) == pytest.approx(share, abs=0.01)


def test_stochastic_rounding_goes_to_a_neighbour_and_is_right_on_average(rivo) -> None:
    changed = _change(evasion.dither, rivo)
    nimbus, basalt = (evasion.read_model(name) for name in evasion.CANDIDATES)
    name = "model.layers.0.mlp.up_proj.weight"
    exact = 0.6 * evasion.wide(nimbus[name]).astype(np.float64) + 0.4 * evasion.wide(basalt[name])
    rounded, nearest = evasion.wide(changed[name]), evasion.wide(rivo[name])
    assert np.abs(ordinals(rounded, LATTICE) - ordinals(nearest, LATTICE)).max() == 1
    spread = np.abs(rounded - nearest)[rounded != nearest].mean()
    assert abs(np.mean(rounded - exact)) < 4 * spread / rounded.size**0.5


@pytest.mark.parametrize("attempt", [evasion.rename, evasion.fuse])
def test_other_names_lose_no_value(attempt, rivo) -> None:
    changed = _change(attempt, rivo)
    assert not set(changed) & {name for name in rivo if "q_proj" in name}
    before, after = (np.sort(np.concatenate([v.view(np.int16).ravel() for v in t.values()])) for t in (rivo, changed))
    np.testing.assert_array_equal(before, after)


def test_a_row_says_why_there_is_no_answer() -> None:
    attempt = evasion.ATTEMPTS[0]
    failed = Answer(relation="no answer", error="InputError: /tmp/x/rivo: cannot be paired")
    assert "no answer**: InputError: rivo: cannot be paired" in evasion.row(attempt, failed, failed)
    found = Answer(relation="merge", parents=("nimbus", "cirrus"), weights={"nimbus": 0.6}, share=0.9, method="linear")
    assert "| **merge** |  | linear | nimbus 0.6, cirrus | 0.9000 | merge |" in evasion.row(attempt, found, found)
