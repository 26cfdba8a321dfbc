import ml_dtypes
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.numerics.lattice import LATTICES, halfway_bounds, ordinals, round_to, values_at

SMALL = ["BF16", "F16", "F8_E4M3", "F8_E5M2"]


@pytest.mark.parametrize("name", SMALL)
def test_ordinals_count_every_value_of_the_format(name: str) -> None:
    lattice = LATTICES[name]
    bits = np.dtype(f"u{lattice.bits.itemsize}")
    values = np.arange(2 ** (8 * bits.itemsize), dtype=np.int64).astype(bits).view(lattice.storage).astype(np.float32)
    values = np.unique(values[np.isfinite(values)])
    places = ordinals(values, lattice)
    assert (np.diff(places) == 1).all()
    assert np.array_equal(values_at(places, lattice), values)


@pytest.mark.parametrize("name", SMALL)
@given(value=st.floats(-100, 100, width=32))
def test_what_rounds_to_a_value_lies_between_its_bounds(name: str, value: float) -> None:
    lattice = LATTICES[name]
    exact = np.array([value], dtype=np.float32)
    below, above = halfway_bounds(round_to(exact, lattice), lattice)
    assert below[0] <= exact[0] <= above[0]


def test_bf16_rounds_to_nearest_even() -> None:
    exact = np.array([1 + 2**-8, 1 + 3 * 2**-8], dtype=np.float32)
    assert round_to(exact, LATTICES["BF16"]).tolist() == [1.0, 1 + 2**-6]
    assert np.array_equal(round_to(exact, LATTICES["BF16"]), exact.astype(ml_dtypes.bfloat16).astype(np.float32))
