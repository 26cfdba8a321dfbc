"""Stabbing against counting one by one, whatever the parts, and on weights whose answer is known."""

import ml_dtypes
import numpy as np
import pytest

from parentage.numerics import stabbing
from parentage.numerics.lattice import LATTICES, halfway_bounds, round_to
from parentage.numerics.stabbing import Intervals, deepest, depth_at, weight_intervals


def parts_of(lower: np.ndarray, upper: np.ndarray, cuts: list[int]) -> list[Intervals]:
    bounds = zip([0, *cuts], [*cuts, lower.size], strict=True)
    return [lambda step, a=a, b=b: (lower[a:b:step], upper[a:b:step]) for a, b in bounds]


def counted(lower: np.ndarray, upper: np.ndarray, point: float) -> int:
    return sum(low <= point <= high for low, high in zip(lower, upper, strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_depth_is_a_count(seed) -> None:
    rng = np.random.default_rng(seed)
    # Ends on a coarse grid, so that many of them and the points coincide.
    lower = rng.integers(-20, 20, 300) / 10
    upper = lower + rng.integers(0, 10, 300) / 10
    points = np.arange(-25, 40) / 10
    expected = [counted(lower, upper, point) / 300 for point in points]
    assert depth_at(parts_of(lower, upper, [7, 7, 200]), points).tolist() == expected


@pytest.mark.parametrize("seed", range(5))
def test_deepest_is_the_most_covered_end(seed) -> None:
    rng = np.random.default_rng(seed)
    lower = rng.normal(0, 1, 400)
    upper = lower + rng.exponential(0.2, 400)
    found = deepest(parts_of(lower, upper, [100]))
    assert found is not None and found.elements == 400
    most = max(counted(lower, upper, end) for end in np.concatenate([lower, upper]))
    assert found.depth == most / 400
    assert counted(lower, upper, found.middle) == most


def test_many_intervals_give_what_sorting_all_gives(monkeypatch) -> None:
    rng = np.random.default_rng(1)
    base = round_to(rng.normal(0, 0.02, 1 << 17).astype(np.float32), LATTICES["BF16"])
    moved = round_to(base + rng.normal(0, 0.001, base.size).astype(np.float32), LATTICES["BF16"])
    child = (np.float32(0.3) * moved + np.float32(0.7) * base).astype(ml_dtypes.bfloat16).astype(np.float32)
    below, above = halfway_bounds(child, LATTICES["BF16"])
    ends = weight_intervals(below - base, above - base, (moved - base).astype(np.float64))
    near = deepest(parts_of(*ends, [1000, 50_000]))
    monkeypatch.setattr(stabbing, "_SORTED_WHOLE", 1 << 30)
    assert deepest(parts_of(*ends, [60_000])) == near
    assert near is not None and near.depth == 1.0
    assert abs(near.low - 0.3) < 1e-6
    assert abs(near.high - 0.3) < 1e-6


def test_no_interval_has_no_deepest_point() -> None:
    assert deepest([]) is None
    assert deepest(parts_of(np.zeros(0), np.zeros(0), [])) is None
