"""Storage formats as lattices: rounding to them, and distance on them in units in the last place (ulp).

A *lattice* is the set of values that a storage dtype can hold. Everything up to 32 bits is worked on as
fp32, in which each of these lattices is exact; F64 is worked on as fp64.
"""

from dataclasses import dataclass

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32] | NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lattice:
    """A storage format: its numpy type, the integer type of its bit patterns and its explicit mantissa bits."""

    name: str
    storage: np.dtype
    bits: np.dtype
    mantissa_bits: int
    min_exponent: int


def _lattice(name: str, storage: type, bits: type, mantissa_bits: int, min_exponent: int) -> Lattice:
    return Lattice(
        name=name,
        storage=np.dtype(storage),
        bits=np.dtype(bits),
        mantissa_bits=mantissa_bits,
        min_exponent=min_exponent,
    )


LATTICES = {
    "F64": _lattice("F64", np.float64, np.int64, 52, -1022),
    "F32": _lattice("F32", np.float32, np.int32, 23, -126),
    "F16": _lattice("F16", np.float16, np.int16, 10, -14),
    "BF16": _lattice("BF16", ml_dtypes.bfloat16, np.int16, 7, -126),
    "F8_E4M3": _lattice("F8_E4M3", ml_dtypes.float8_e4m3fn, np.int8, 3, -6),
    "F8_E5M2": _lattice("F8_E5M2", ml_dtypes.float8_e5m2, np.int8, 2, -14),
}


def working_type(lattice: Lattice) -> np.dtype:
    """Return fp64 for F64 and fp32 for every other lattice."""
    return np.dtype(np.float64 if lattice.name == "F64" else np.float32)


def round_to(values: Floats, lattice: Lattice) -> Floats:
    """Return `values` rounded to the lattice, to nearest and ties to even, as the working type."""
    with np.errstate(over="ignore", invalid="ignore"):
        return values.astype(lattice.storage).astype(working_type(lattice))


def ordinals(values: Floats, lattice: Lattice) -> NDArray[np.int64]:
    """Return the place of each value on the lattice: int64, neighbours differ by one, both zeros are 0.

    Values off the lattice are rounded to it first.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        pattern = values.astype(lattice.storage).view(lattice.bits).astype(np.int64)
    width = lattice.bits.itemsize * 8
    magnitude = pattern & ((1 << (width - 1)) - 1)
    return np.where(pattern < 0, -magnitude, magnitude)


def values_at(places: NDArray[np.int64], lattice: Lattice) -> NDArray[np.float64]:
    """Return the lattice values at the given ordinals, as fp64; the inverse of `ordinals`."""
    width = lattice.bits.itemsize * 8
    magnitude = np.abs(places)
    pattern = np.where(places < 0, magnitude - (1 << (width - 1)), magnitude).astype(lattice.bits)
    return pattern.view(lattice.storage).astype(np.float64)


def halfway_bounds(values: Floats, lattice: Lattice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return, for each stored value, the half-way points to its lattice neighbours: what rounds to it lies between."""
    places = ordinals(values, lattice)
    exact = values.astype(np.float64)
    with np.errstate(invalid="ignore"):
        below = 0.5 * (exact + values_at(places - 1, lattice))
        above = 0.5 * (exact + values_at(places + 1, lattice))
    return below, above


def ulp(values: Floats, lattice: Lattice) -> NDArray[np.float64]:
    """Return the spacing of the lattice at each value, as fp64."""
    _, exponent = np.frexp(np.abs(values.astype(np.float64)))
    floor = lattice.min_exponent
    spacing: NDArray[np.float64] = np.ldexp(1.0, np.maximum(exponent - 1, floor) - lattice.mantissa_bits)
    return spacing
