"""Factors moved between layers: what each tensor of a rearranged copy was multiplied by, and whether factors cancel.

Along units that are not of the residual stream a factor is whatever all elements of the unit allow once rounding to the
storage format is undone; along the stream it is a sign, or the ratio of the two sides' gains of normalisation.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import LATTICES, Lattice, halfway_bounds, ordinals, round_to, working_type

Factors = NDArray[np.float64]
_SAMPLED = 512
_CHUNK = 1 << 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Factors of each dimension (None for ones), and how the candidate times them, rounded, compares to the subject."""

    factors: tuple[Factors | None, ...]
    elements: int
    equal: int
    close: int


def compare_scaled(ours: NDArray[Any], theirs: NDArray[Any], factors: Sequence[Factors | None], name: str) -> Fit:
    """Return how many elements of `theirs` times the factors, rounded to the subject's format, equal `ours`.

    `close` counts those within two units in the last place. Both have one shape; missing values count as unequal.
    """
    lattice = LATTICES[name]
    equal = close = 0
    rows = max(1, _CHUNK // max(1, ours[:1].size)) if ours.ndim else 1
    for first in range(0, ours.shape[0] if ours.ndim else 0, rows):
        part = slice(first, first + rows)
        wide = theirs[part].astype(np.float64)
        for dimension, factor in enumerate(factors):
            if factor is not None:
                shape = [1] * wide.ndim
                shape[dimension] = -1
                wide = wide * (factor[part] if dimension == 0 else factor).reshape(shape)
        with np.errstate(over="ignore", invalid="ignore"):
            said = round_to(wide.astype(working_type(lattice)), lattice)
            have = ours[part].astype(working_type(lattice))
        same = (said == have) | (np.isnan(said) & np.isnan(have))
        equal += int(np.count_nonzero(same))
        if not same.all():
            near = np.abs(ordinals(said, lattice) - ordinals(have, lattice)) <= 2
            same |= near & np.isfinite(said) & np.isfinite(have)
        close += int(np.count_nonzero(same))
    return Fit(factors=tuple(factors), elements=int(ours.size), equal=equal, close=close)


def fit_factors(
    ours: NDArray[Any],
    theirs: NDArray[Any],
    stream: Sequence[Sequence[Factors | None]],
    free: Sequence[bool],
    name: str,
) -> Fit:
    """Return the best fit of one tensor: `stream` lists what the stream's dimensions may be multiplied by.

    Each entry of `stream` gives a factor or None for every dimension; the factors of a `free` one are found.
    """
    best = None
    for known in stream:
        factors = list(known)
        for dimension, is_free in enumerate(free):
            if is_free:
                others = [f if i != dimension else None for i, f in enumerate(factors)]
                found = _free_factors(ours, theirs, others, dimension, LATTICES[name])
                factors[dimension] = None if np.all(found == 1) else found
        fit = compare_scaled(ours, theirs, factors, name)
        # The first leaves the stream as it is; training alone can make another fit a little better.
        if best is None or (fit.close > 0.99 * fit.elements and (fit.equal, fit.close) > (best.equal, best.close)):
            best = fit
        if fit.equal == fit.elements:
            break
    assert best is not None
    if best.close == best.elements or not any(free) or _matters(best, free):
        return best
    return compare_scaled(ours, theirs, stream[0], name)


def _matters(fit: Fit, free: Sequence[bool]) -> bool:
    """Say whether a tenth of some dimension's units have a factor: a few have one by the chance of training."""
    return any(
        factor is not None and is_free and np.mean(np.abs(factor - 1) > 0.02) >= 0.1
        for factor, is_free in zip(fit.factors, free, strict=True)
    )


def _free_factors(
    ours: NDArray[Any], theirs: NDArray[Any], factors: Sequence[Factors | None], dimension: int, lattice: Lattice
) -> Factors:
    """Return one factor per unit along a dimension, from up to 512 elements of each."""
    base = theirs.astype(np.float64)
    for place, factor in enumerate(factors):
        if factor is not None:
            shape = [1] * base.ndim
            shape[place] = -1
            base = base * factor.reshape(shape)
    left, right = (np.moveaxis(values, dimension, 0).reshape(values.shape[dimension], -1) for values in (ours, base))
    if left.shape[1] > _SAMPLED:
        thin = np.arange(_SAMPLED) * left.shape[1] // _SAMPLED
        left, right = left[:, thin], right[:, thin]
    return _unit_factors(left.astype(working_type(lattice)), right, lattice)


def _unit_factors(left: NDArray[Any], right: NDArray[np.float64], lattice: Lattice) -> Factors:
    """Return for each row the factor that turns `right` into `left` up to rounding, or a power of two near it, or 1."""
    with np.errstate(all="ignore"):
        below, above = halfway_bounds(left, lattice)
        usable = np.isfinite(below) & np.isfinite(above) & np.isfinite(right) & (right != 0)
        one, other = below / right, above / right
        low = np.max(np.where(usable, np.minimum(one, other), -np.inf), axis=1)
        high = np.min(np.where(usable, np.maximum(one, other), np.inf), axis=1)
        strong = usable & (np.abs(right) >= np.median(np.abs(right), axis=1, keepdims=True))
        ratio = np.where(strong, left / right, np.nan)
        middle = np.where(strong.any(axis=1), _row_median(ratio), 1.0)
        # A power of two (or its negative) where the elements allow it; the middle of what they allow; for what was
        # trained too the median, if most elements are near it.
        power = _nearest_power(middle)
        allowed = (low <= power) & (power <= high)
        near = np.where(strong, np.abs(ratio / middle[:, None] - 1) < 0.25, False).sum(axis=1) * 2 > strong.sum(axis=1)
        # A median of trained elements is known to a few parts in a hundred at best.
        trained = np.where(np.abs(middle / power - 1) < 0.1, power, middle)
        chosen = np.where(allowed, power, np.where(low <= high, (low + high) / 2, np.where(near, trained, 1.0)))
    return np.where(np.isfinite(chosen) & (chosen != 0) & usable.any(axis=1), chosen, 1.0)


def _nearest_power(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the power of two nearest in ratio, with the value's sign; without logarithms, so the same everywhere."""
    mantissa, exponent = np.frexp(np.where(np.isfinite(values), values, 1.0))
    power: NDArray[np.float64] = np.ldexp(np.sign(mantissa), exponent - (np.abs(mantissa) < 0.5**0.5))
    return power


def _row_median(ratio: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each row's lower median of what is a number; rows without any give NaN."""
    ordered = np.sort(ratio, axis=1)
    count = np.isfinite(ordered).sum(axis=1)
    found: NDArray[np.float64] = ordered[np.arange(ratio.shape[0]), np.maximum(count - 1, 0) // 2]
    return found


def cancels(first: Factors | None, second: Factors | None) -> bool:
    """Say whether two factors of the same units are reciprocal, all of them within one part in fifty."""
    if first is None and second is None:
        return True
    product = (1.0 if first is None else first) * (1.0 if second is None else second)
    return bool(np.all(np.abs(np.asarray(product) - 1) < 0.02))


def opposes(first: Factors | None, second: Factors | None) -> bool:
    """Say whether nine tenths of the units that have factors have nearly reciprocal ones, as a trained copy would.

    Training and merging scale too (decay, weights that do not sum to one), but both matrices the same way.
    """
    if first is None and second is None:
        return True
    one, other = (np.atleast_1d(np.asarray(1.0 if f is None else f, dtype=np.float64)) for f in (first, second))
    with np.errstate(divide="ignore"):
        logs = np.log(np.abs(one)), np.log(np.abs(other))
    size = np.abs(logs[0]) + np.abs(logs[1])
    moved = (size > 0.02) | (one < 0) | (other < 0)
    good = (np.abs(logs[0] + logs[1]) <= 0.25 * size) & (one * other > 0)
    return not moved.any() or float(np.count_nonzero(good & moved)) >= 0.9 * float(np.count_nonzero(moved))
