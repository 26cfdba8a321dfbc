"""Finds the lattice of few values that quantising leaves in a matrix, without knowing what was quantised.

Within a group that shared a scale every value is that scale times a small integer, or times a float of few mantissa
bits. Scales are tried that the group's largest value allows; every value has to lie within its own rounding of a
multiple. *Evidence* is the information of that: for each distinct value the log2 of how often a value that knows
nothing of the lattice would lie as near, less the log2 of the number of scales tried. Under the null a group passes
with at least x bits of evidence no oftener than 2^-x.
"""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import LATTICES, Lattice, ulp
from parentage.numerics.quantization import FLOAT_KINDS, Granularity, grouped

Doubles = NDArray[np.float64]

# The coarsest first: what a row passes, groups of it pass too.
_PLACES: tuple[tuple[Granularity, int], ...] = (
    ("tensor", 0),
    ("block", 0),
    ("row", 0),
    ("column", 0),
    ("group", 128),
    ("group", 64),
    ("group", 32),
    ("group", 16),
)
# Few levels before many: two groups of few levels each may look like one of many.
_ROUNDS: tuple[tuple[tuple[str, ...], tuple[tuple[Granularity, int], ...]], ...] = (
    (("small", "fp4-e2m1", "fp8-e5m2", "fp8-e4m3"), _PLACES),
    (("all",), _PLACES),
    (("affine",), (("row", 0), *_PLACES[4:])),
)
_LEAST_ELEMENTS = 256
_EXAMINED_GROUPS = 48
_EXAMINED_ELEMENTS = 512
_FIRST_GROUPS, _FIRST_ELEMENTS = 6, 64
_PASSING = 0.97
# A group's evidence under the null exceeds its threshold by a geometric number of bits, 1.4 on average; the mean over
# 16 groups reaches 8 with a chance below e^-40.
_MEAN_BITS, _SINGLE_BITS = 8.0, 64.0
_SMALL_TOPS, _ALL_TOPS = np.arange(1, 17), np.arange(1, 256)
_AFFINE_TOPS = np.array([3, 7, 15, 31, 63, 255])


@dataclass(frozen=True, slots=True, kw_only=True)
class LatticeFound:
    """What the values lie on: kind and bits, where scales are shared, and how sure that is.

    `zero` as in `Scheme` (`integer` where groups do not reach the same code on either side). `groups` were examined,
    `passing` of them lie on a lattice, with `evidence` bits in all.
    """

    kind: str
    bits: int
    granularity: Granularity
    group_size: int
    zero: Literal["none", "integer", "float"]
    groups: int
    passing: int
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sample:
    """Groups of one granularity: all of them, the places of those that vary, and a first few with few elements."""

    groups: NDArray[np.float32]
    varying: NDArray[np.intp]
    first: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """Of each group that varies: top code and evidence of the best passing scale (0 where none), and codes' span."""

    tops: NDArray[np.int64]
    bits: Doubles
    spans: NDArray[np.int64]


def find_lattice(matrix: NDArray[Any], lattice: Lattice) -> LatticeFound | None:
    """Return the lattice that nearly all examined groups of a matrix lie on, or None.

    The matrix is in its storage dtype, whole rows of the tensor; up to 48 groups are examined, 512 elements of each.
    Values that are not finite, or fewer than 256 of them, are on no lattice.
    """
    if matrix.ndim != 2 or matrix.size < _LEAST_ELEMENTS or lattice.name == "F64":
        return None
    values = matrix.astype(np.float32)
    if not np.isfinite(values).all():
        return None
    for tests, places in _ROUNDS:
        for granularity, size in places:
            if _is_redundant(granularity, size, values.shape):
                continue
            sample = _sampled(grouped(values, granularity, size))
            for test in tests:
                found = _found(sample, test, granularity, size, lattice)
                if found is not None and found.bits <= 8:
                    return found
    return None


def _is_redundant(granularity: str, size: int, shape: tuple[int, ...]) -> bool:
    rows, columns = shape
    if granularity == "group":
        return columns <= size
    if granularity == "row":
        return rows == 1
    if granularity == "column":
        return columns == 1
    return granularity == "block" and rows <= 128 and columns <= 128


def _found(sample: _Sample, test: str, granularity: Granularity, size: int, lattice: Lattice) -> LatticeFound | None:
    first = _fit(sample.first, test, lattice)
    if not _convinces(first, early=True):
        return None
    fit = _fit(_examined(sample.groups, sample.varying, _EXAMINED_GROUPS, _EXAMINED_ELEMENTS), test, lattice)
    if not _convinces(fit, early=False):
        return None
    passing = fit.bits > 0
    kind, bits, zero = _described(test, fit.tops[passing], fit.spans[passing])
    return LatticeFound(
        kind=kind,
        bits=bits,
        granularity=granularity,
        group_size=size,
        zero=zero,
        groups=int(fit.bits.size),
        passing=int(np.count_nonzero(passing)),
        evidence=int(np.floor(fit.bits).sum()),
    )


def _convinces(fit: _Fit, *, early: bool) -> bool:
    if fit.bits.size == 0:
        return False
    passing = int(np.count_nonzero(fit.bits > 0))
    if early:
        return passing >= fit.bits.size - 1 and passing > 0
    least = _SINGLE_BITS if fit.bits.size < 8 else _MEAN_BITS * fit.bits.size
    # Whole bits: the last place of a logarithm may differ between machines.
    return passing >= _PASSING * fit.bits.size and int(np.floor(fit.bits).sum()) >= least


def _sampled(groups: NDArray[np.float32]) -> _Sample:
    """Return the groups with those that vary, found once for all tests, and the few that are looked at first."""
    varying = np.flatnonzero((groups[:, 1:] != groups[:, :1]).any(axis=1))
    return _Sample(groups=groups, varying=varying, first=_examined(groups, varying, _FIRST_GROUPS, _FIRST_ELEMENTS))


def _examined(
    groups: NDArray[np.float32], varying: NDArray[np.intp], most_groups: int, most_elements: int
) -> NDArray[np.float32]:
    """Return evenly spread groups that vary, with evenly spread elements and always the extremes."""
    if varying.size == 0:
        return groups[:0]
    picked = varying[np.arange(min(most_groups, varying.size)) * varying.size // min(most_groups, varying.size)]
    chosen = groups[picked]
    if chosen.shape[1] <= most_elements:
        return chosen
    spread = np.arange(most_elements) * chosen.shape[1] // most_elements
    ends = np.stack([np.abs(chosen).argmax(axis=1), chosen.argmin(axis=1), chosen.argmax(axis=1)], axis=1)
    return np.concatenate([chosen[:, spread], np.take_along_axis(chosen, ends, axis=1)], axis=1)


def _fit(groups: NDArray[np.float32], test: str, lattice: Lattice) -> _Fit:
    if test == "affine":
        # Codes count from the least value, whose own rounding adds to each, as does that of the product in fp32.
        low = groups.min(axis=1, keepdims=True, initial=np.inf)
        sizes = groups.astype(np.float64) - low
        halves = 0.5 * (ulp(groups, lattice) + ulp(low, lattice) + ulp(sizes, LATTICES["F32"]))
        return _fit_sizes(sizes, halves, _AFFINE_TOPS, fold=0)
    wide = groups.astype(np.float64)
    halves = 0.5 * ulp(groups, lattice)
    if test in FLOAT_KINDS:
        least = 2 ** FLOAT_KINDS[test][2]
        return _fit_sizes(wide, halves, np.arange(least, 2 * least), fold=least)
    return _fit_sizes(wide, halves, _SMALL_TOPS if test == "small" else _ALL_TOPS, fold=0)


def _fit_sizes(values: Doubles, halves: Doubles, tops: NDArray[np.int64], *, fold: int) -> _Fit:
    """Return the fit of values to multiples of a scale, or with `fold` to multiples times any power of two."""
    count = values.shape[0]
    best_tops, best_bits = np.zeros(count, dtype=np.int64), np.zeros(count)
    spans = np.zeros(count, dtype=np.int64)
    for group in range(count):
        order = np.argsort(np.abs(values[group]), kind="stable")
        line, half = np.abs(values[group])[order], halves[group][order]
        new = np.concatenate([[line[0] > 0], line[1:] > line[:-1]])
        top, bits, step = _fit_line(line[new], half[new], tops, fold)
        best_tops[group], best_bits[group] = top, bits
        if step and not fold:
            spans[group] = np.rint(values[group].max() / step) - np.rint(min(0.0, values[group].min()) / step)
    return _Fit(tops=best_tops, bits=best_bits, spans=spans)


def _fit_line(line: Doubles, half: Doubles, tops: NDArray[np.int64], fold: int) -> tuple[int, float, float]:
    """Return top code, evidence and scale of the smallest top code that all distinct magnitudes of a group fit."""
    if line.size < 2 or not math.isfinite(line[-1]) or line[-1] < 1e-30:
        return 0, 0.0, 0.0
    # In steps of the largest value: (tops, values).
    steps = (line[-1] / tops)[:, None]
    spread = (half[-1] / tops)[:, None]
    sizes, error = _folded(line / steps, half / steps, fold)
    codes = np.rint(sizes)
    # Small codes are certain whatever the scale is within the largest value's rounding; they narrow it.
    certain = (codes >= 1) & (codes * spread / steps + error < 0.3)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.max(np.where(certain, (sizes - error) / codes, 0), axis=1, keepdims=True)
        high = np.min(np.where(certain, (sizes + error) / codes, 2), axis=1, keepdims=True)
    own = spread / steps
    low, high = np.maximum(low, 1 - own), np.minimum(high, 1 + own)
    middle, slack = 0.5 * (low + high), np.maximum(0.5 * (high - low), 0)
    sizes, error = sizes / middle, error / middle
    codes = np.rint(sizes)
    allowed = error * (1 + 1e-6) + codes * slack / middle + 1e-12
    fits = ((np.abs(sizes - codes) <= allowed) & (codes >= 1)).all(axis=1) & (low <= high * (1 + 1e-9))[:, 0]
    passing = np.flatnonzero(fits)
    if passing.size == 0:
        return 0, 0.0, 0.0
    place = passing[0]
    by_chance = np.minimum(1.0, 2 * allowed[place, :-1])
    evidence = -float(np.floor(16 * np.log2(by_chance)).sum()) / 16 - math.log2(tops.size)
    return int(tops[place]), max(evidence, 0.0), float(steps[place, 0] * middle[place, 0])


def _folded(sizes: Doubles, error: Doubles, fold: int) -> tuple[Doubles, Doubles]:
    """Return sizes brought into [fold - 1/4, 2 fold - 1/4) by powers of two, with their errors."""
    if not fold:
        return sizes, error
    _, exponent = np.frexp(sizes / (fold - 0.25))
    scale = np.ldexp(1.0, 1 - exponent)
    return sizes * scale, error * scale


def _described(
    test: str, tops: NDArray[np.int64], spans: NDArray[np.int64]
) -> tuple[str, int, Literal["none", "integer", "float"]]:
    if test in FLOAT_KINDS:
        return test, int(test[2]), "none"
    if test == "affine":
        bits = int(tops.max()).bit_length()
        return f"int{bits}", bits, "float"
    usual = int(np.bincount(tops).argmax())
    if usual == 12 and np.count_nonzero(tops == 12) >= 0.9 * tops.size:
        # The values of fp4, 0.5 to 6, in halves.
        return "fp4-e2m1", 4, "none"
    # Symmetric b bits end at 2^(b-1) - 1, or at 2^(b-1) where the largest got the negative end.
    bits = max(2, usual.bit_length() if usual & (usual - 1) == 0 else (usual + 1).bit_length())
    ends = (2 ** (bits - 1) - 1, 2 ** (bits - 1))
    if np.count_nonzero(np.isin(tops, ends)) >= 0.9 * tops.size:
        return f"int{bits}", bits, "none"
    bits = int(np.sort(spans)[spans.size // 2]).bit_length()
    return f"int{bits}", bits, "integer"
