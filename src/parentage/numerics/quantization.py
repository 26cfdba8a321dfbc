"""Quantisers that people store copies with, recomputed bit for bit: quantise, dequantise, round to storage.

A quantised copy holds `scale * code` with one scale for a row, a group, a block or a tensor. Tools differ in how they
get the scale (largest magnitude over 127, 127.5 or 128), in which dtype they keep it, whether codes are computed from
the scale as kept, and in ties. Each changes bits, so each is a field of `Scheme`; `variants` lists those in use.
"""

from dataclasses import dataclass
from typing import Any, Literal

import ml_dtypes
import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import LATTICES, Lattice, round_to

Singles = NDArray[np.float32]

Granularity = Literal["tensor", "block", "row", "column", "group"]
FLOAT_KINDS: dict[str, tuple[Any, float, int, int]] = {
    # kind: numpy type, largest value, explicit mantissa bits, smallest exponent
    "fp8-e4m3": (ml_dtypes.float8_e4m3fn, 448.0, 3, -6),
    "fp8-e5m2": (ml_dtypes.float8_e5m2, 57344.0, 2, -14),
    "fp4-e2m1": (ml_dtypes.float4_e2m1fn, 6.0, 1, 0),
}
BLOCK = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """One way to quantise a matrix of shape (rows, columns).

    `zero`: `none` symmetric; `integer` a whole zero point, with `zero_first` added before rounding; `float` the group's
    minimum is kept as a float. `divisor`: what the largest magnitude (the range, where there is a zero) is divided by;
    0 no scale at all; -1 as for fp8 but the scale rounded up to a power of two. `signed`: the value of largest
    magnitude, sign included, gets the most negative code (ggml's Q4_0, Q5_0). `scale_dtype`: what the scale is kept in;
    `codes_from`: the scale that codes are computed from. `quotient`: `divide` in fp32, `reciprocal` multiplies by
    1/scale in fp32, `storage` divides and rounds to the storage dtype. `ties`: `even`, or `away` from zero (`up` where
    a half is added and cut off).
    """

    kind: str
    bits: int
    granularity: Granularity
    group_size: int = 0
    zero: Literal["none", "integer", "float"] = "none"
    zero_first: bool = False
    divisor: float = 0.0
    signed: bool = False
    scale_dtype: str = "F32"
    codes_from: Literal["kept", "unrounded"] = "kept"
    quotient: Literal["divide", "reciprocal", "storage"] = "divide"
    ties: Literal["even", "away", "up"] = "even"

    @property
    def symmetric(self) -> bool:
        """Whether there is no zero point."""
        return self.zero == "none"

    @property
    def words(self) -> str:
        """The scheme as a table gives it."""
        place = f"groups of {self.group_size}" if self.granularity == "group" else self.granularity
        size = f"{BLOCK}x{BLOCK} block" if self.granularity == "block" else place
        zero = "" if self.symmetric else f", {self.zero} zero point"
        return f"{self.kind} by {size}{zero}"


def grouped(matrix: NDArray[Any], granularity: Granularity, group_size: int) -> NDArray[Any]:
    """Return a matrix as (groups, elements of a group), zeros appended where groups are cut off at the edge."""
    rows, columns = matrix.shape
    match granularity:
        case "tensor":
            return matrix.reshape(1, -1)
        case "row":
            return matrix
        case "column":
            return np.ascontiguousarray(matrix.T)
        case "group":
            size = min(group_size, columns)
            padded = np.pad(matrix, ((0, 0), (0, -columns % size)))
            return padded.reshape(-1, size)
        case "block":
            padded = np.pad(matrix, ((0, -rows % BLOCK), (0, -columns % BLOCK)))
            tiles = padded.reshape(padded.shape[0] // BLOCK, BLOCK, padded.shape[1] // BLOCK, BLOCK)
            return tiles.swapaxes(1, 2).reshape(-1, BLOCK * BLOCK)


def ungrouped(groups: NDArray[Any], shape: tuple[int, int], granularity: Granularity, group_size: int) -> NDArray[Any]:
    """Return the matrix of which `grouped` made groups."""
    rows, columns = shape
    match granularity:
        case "tensor" | "row":
            return groups.reshape(shape)
        case "column":
            return groups.T
        case "group":
            size = min(group_size, columns)
            return groups.reshape(rows, -1)[:, :columns] if columns % size else groups.reshape(shape)
        case "block":
            down, across = -(-rows // BLOCK), -(-columns // BLOCK)
            tiles = groups.reshape(down, across, BLOCK, BLOCK).swapaxes(1, 2)
            return tiles.reshape(down * BLOCK, across * BLOCK)[:rows, :columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantised:
    """A matrix after quantising, on the storage lattice, and how far apart the quantiser's values lie at each."""

    values: Singles
    steps: Singles


def quantise(matrix: Singles, scheme: Scheme, lattice: Lattice) -> Quantised:
    """Return a finite fp32 matrix as the scheme stores it back on the lattice; every operation rounds as fp32 does."""
    shape = (matrix.shape[0], matrix.shape[1])
    groups = grouped(matrix, scheme.granularity, scheme.group_size)
    with np.errstate(all="ignore"):
        if scheme.kind in FLOAT_KINDS:
            codes, scale, offset = _float_codes(groups, scheme, lattice)
        else:
            codes, scale, offset = _integer_codes(groups, scheme, lattice)
        product = codes * scale
        values = _cast(product + offset if scheme.zero == "float" else product, lattice)

    def back(part: Singles) -> Singles:
        whole = np.broadcast_to(part, groups.shape)
        return ungrouped(whole, shape, scheme.granularity, scheme.group_size)

    steps = np.abs(scale)
    if scheme.kind in FLOAT_KINDS:
        _, _, mantissa, smallest = FLOAT_KINDS[scheme.kind]
        steps = steps * np.ldexp(np.float32(1), np.maximum(np.frexp(codes)[1] - 1, smallest) - mantissa)
    return Quantised(values=back(values), steps=back(steps))


def _kept(scale: Singles, scheme: Scheme) -> Singles:
    return _cast(scale, LATTICES[scheme.scale_dtype])


def _cast(values: Singles, lattice: Lattice) -> Singles:
    return round_to(values, lattice).astype(np.float32)


def _quotients(groups: Singles, scale: Singles, scheme: Scheme, lattice: Lattice) -> Singles:
    if scheme.quotient == "reciprocal":
        inverse = np.where(scale == 0, np.float32(0), np.float32(1) / scale).astype(np.float32)
        found: Singles = groups * inverse
        return found
    safe = np.where(scale == 0, np.float32(1), scale).astype(np.float32)
    found = groups / safe
    return _cast(found, lattice) if scheme.quotient == "storage" else found


def _rounded(values: Singles, ties: str) -> Singles:
    size = np.abs(values)
    whole = np.floor(size)
    away: Singles = np.sign(values) * (whole + np.floor(np.float32(2) * (size - whole)))
    up: Singles = np.floor(values + np.float32(0.5))
    return np.rint(values) if ties == "even" else up if ties == "up" else away


def _integer_codes(groups: Singles, scheme: Scheme, lattice: Lattice) -> tuple[Singles, Singles, Singles]:
    none = np.zeros((1, 1), dtype=np.float32)
    half = np.float32(2 ** (scheme.bits - 1))
    if scheme.zero == "none":
        exact = _extent(groups, scheme.signed) / np.float32(-scheme.divisor if scheme.signed else scheme.divisor)
        kept = _kept(exact, scheme)
        quotients = _quotients(groups, kept if scheme.codes_from == "kept" else exact, scheme, lattice)
        if scheme.signed:
            # ggml adds the offset and a half before it cuts off, and the sum rounds.
            codes = np.clip(np.trunc(quotients + (half + np.float32(0.5))), 0, 2 * half - 1) - half
        else:
            codes = np.clip(_rounded(quotients, scheme.ties), -half, half - 1)
        return codes, kept, none
    low, high = groups.min(axis=1, keepdims=True), groups.max(axis=1, keepdims=True)
    if scheme.zero == "integer":
        low, high = np.minimum(low, np.float32(0)), np.maximum(high, np.float32(0))
    exact = (high - low) / np.float32(scheme.divisor)
    kept = _kept(exact, scheme)
    used = kept if scheme.codes_from == "kept" else exact
    top = np.float32(2**scheme.bits - 1)
    if scheme.zero == "float":
        codes = np.clip(_rounded(_quotients(groups - low, used, scheme, lattice), scheme.ties), 0, top)
        return codes, kept, _kept(low, scheme)
    zero = np.clip(np.rint(_quotients(-low, used, scheme, lattice)), 0, top)
    quotients = _quotients(groups, used, scheme, lattice)
    whole = _rounded(quotients + zero, "even") if scheme.zero_first else _rounded(quotients, "even") + zero
    return np.clip(whole, 0, top) - zero, kept, none


def _extent(groups: Singles, signed: bool) -> Singles:
    size = np.abs(groups)
    place = size.argmax(axis=1)[:, None]
    found: Singles = np.take_along_axis(groups if signed else size, place, axis=1)
    return found


def _float_codes(groups: Singles, scheme: Scheme, lattice: Lattice) -> tuple[Singles, Singles, Singles]:
    storage, largest, _, _ = FLOAT_KINDS[scheme.kind]
    none = np.zeros((1, 1), dtype=np.float32)
    if scheme.divisor == 0:
        scale = np.ones((1, 1), dtype=np.float32)
        used = scale
    else:
        exact = _extent(groups, signed=False) / np.float32(largest)
        if scheme.divisor == -1:
            part, exponent = np.frexp(exact)
            exact = np.ldexp(np.float32(1), exponent - (part == 0.5)).astype(np.float32)
        scale = _kept(exact, scheme)
        used = scale if scheme.codes_from == "kept" else exact
    quotients = np.clip(_quotients(groups, used, scheme, lattice), np.float32(-largest), np.float32(largest))
    codes: Singles = quotients.astype(storage).astype(np.float32)
    return codes, scale, none


def variants(
    kind: str, bits: int, granularity: Granularity, group_size: int, zero: str, lattice: Lattice
) -> tuple[Scheme, ...]:
    """Return the schemes in use for what a lattice looks like, the commonest first."""
    place: dict[str, Any] = {"kind": kind, "bits": bits, "granularity": granularity, "group_size": group_size}
    if kind in FLOAT_KINDS:
        return _float_variants(place, FLOAT_KINDS[kind][1], lattice)
    if zero == "float":
        return tuple(
            Scheme(**place, zero="float", divisor=2.0**bits - 1, **rest)
            for rest in (*_roundings(lattice), {"scale_dtype": "F16", **_GGML, "ties": "up"})
        )
    found = []
    half = 2.0 ** (bits - 1)
    for rest in _roundings(lattice):
        found += [Scheme(**place, divisor=divisor, **rest) for divisor in (half - 1, half - 0.5, half)]
    for rest in _roundings(lattice):
        for first in (False, True):
            found.append(Scheme(**place, zero="integer", zero_first=first, divisor=2 * half - 1, **rest))
    found.append(Scheme(**place, divisor=half, signed=True, scale_dtype="F16", **_GGML))
    found.append(Scheme(**place, divisor=half - 1, scale_dtype="F16", ties="away", **_GGML))
    return tuple(found)


_GGML: dict[str, Any] = {"codes_from": "unrounded", "quotient": "reciprocal"}


def _roundings(lattice: Lattice) -> list[dict[str, Any]]:
    """Return how scales are kept and quotients taken: in fp32, or in the storage dtype in several ways."""
    found: list[dict[str, Any]] = [{}, {"quotient": "reciprocal"}]
    for name in dict.fromkeys((lattice.name, "F16", "BF16")):
        if name in ("F16", "BF16"):
            found += [{"scale_dtype": name}, {"scale_dtype": name, "codes_from": "unrounded"}]
    if lattice.name in ("F16", "BF16"):
        found.append({"scale_dtype": lattice.name, "quotient": "storage"})
    return found


def _float_variants(place: dict[str, Any], largest: float, lattice: Lattice) -> tuple[Scheme, ...]:
    found = [Scheme(**place, divisor=largest, **rest) for rest in _roundings(lattice)]
    found.append(Scheme(**place, divisor=-1.0))
    if place["granularity"] == "tensor":
        found.insert(0, Scheme(**place))
    return tuple(found)
