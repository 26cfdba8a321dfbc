"""The compiled scan gives the bits of the reference, for every arithmetic it knows."""

import dataclasses

import ml_dtypes
import numpy as np
import pytest

from parentage.numerics.arithmetic import ARITHMETICS, Hypothesis
from parentage.numerics.kernel import can_scan, scan_pair
from parentage.numerics.lattice import LATTICES
from parentage.numerics.scan import CLUSTER, ScanSpec, scan


def _arrays(elements: int, seed: int = 0, spread: float = 5e-4):
    rng = np.random.default_rng(seed)
    base = rng.standard_normal(elements).astype(np.float32) * 0.02
    base[::97] = 0.0
    base[::89] = -0.0
    moved = base + rng.standard_normal(elements).astype(np.float32) * np.float32(spread)
    moved[::5] = base[::5]
    first, second = moved.astype(ml_dtypes.bfloat16), base.astype(ml_dtypes.bfloat16)
    child = Hypothesis(arithmetic="fp32-once", parents=(0, 1), weights=(0.6, 0.4)).replay(
        [first.astype(np.float32), second.astype(np.float32)], LATTICES["BF16"]
    )
    return child.astype(ml_dtypes.bfloat16), [first, second]


def _same(left, right) -> None:
    for field in dataclasses.fields(left):
        a, b = getattr(left, field.name), getattr(right, field.name)
        assert np.array_equal(a, b), field.name


@pytest.mark.parametrize("arithmetic", [a.name for a in ARITHMETICS])
@pytest.mark.parametrize("weights", [(0.6, 0.4), (0.3, 0.7)])
def test_every_arithmetic(arithmetic: str, weights: tuple[float, float]) -> None:
    child, parents = _arrays(10_007)
    hypotheses = tuple(Hypothesis(arithmetic=n, parents=(0, 1), weights=weights) for n in (arithmetic, "fp64-once"))
    spec = ScanSpec(lattice=LATTICES["BF16"], reference=1, hypotheses=hypotheses)
    assert can_scan(child, parents, spec)
    _same(scan_pair(child, parents, spec), scan(child, parents, spec))


@pytest.mark.parametrize("elements", [1, 15, 16, 2048, 2049, CLUSTER, CLUSTER + 1, 3 * CLUSTER - 7])
@pytest.mark.parametrize("reference", [0, 1])
def test_every_length(elements: int, reference: int) -> None:
    child, parents = _arrays(elements, seed=elements)
    hypotheses = (
        Hypothesis(arithmetic="fp32-once", parents=(0, 1), weights=(0.6, 0.4)),
        Hypothesis(arithmetic="three-roundings", parents=(0, 1), weights=(0.6, 0.4)),
    )
    for count in (0, 1, 2):
        spec = ScanSpec(lattice=LATTICES["BF16"], reference=reference, hypotheses=hypotheses[:count])
        _same(scan_pair(child, parents, spec), scan(child, parents, spec))


def test_random_bits_that_are_finite() -> None:
    rng = np.random.default_rng(7)
    arrays = []
    for _ in range(3):
        codes = rng.integers(0, 2**16, 50_000, dtype=np.uint16)
        codes[(codes & 0x7F80) == 0x7F80] &= 0x3FFF
        arrays.append(codes.view(ml_dtypes.bfloat16))
    spec = ScanSpec(lattice=LATTICES["BF16"], reference=1)
    compiled, plain = scan_pair(arrays[0], arrays[1:], spec), scan(arrays[0], arrays[1:], spec)
    assert np.array_equal(compiled.census, plain.census)
    assert np.array_equal(compiled.gram, plain.gram, equal_nan=True)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_nonfinite_is_left_to_the_reference(value: float) -> None:
    child, parents = _arrays(5000)
    parents[1] = parents[1].copy()
    parents[1][4321] = value
    assert scan_pair(child, parents, ScanSpec(lattice=LATTICES["BF16"], reference=1)) is None
