"""Interval stabbing: the weight that most elements agree on.

An element with parents P1, P2 and stored subject S says that the weight lies in
`[(lo(S) - P2) / (P1 - P2), (hi(S) - P2) / (P1 - P2)]`, where lo and hi are the half-way points to S's lattice
neighbours. The point covered by most intervals is the weight; the share that covers it, its *depth*, tells the
arithmetic class (1 for one rounding, about 0.76 for three). No bias correction is needed, unlike least squares.
Derivation: docs/questions/stabbing.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, halfway_bounds

_SORTED_WHOLE = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Stab:
    """The deepest interval, the share of elements that cover it, and how many elements there were."""

    low: float
    high: float
    depth: float
    elements: int

    @property
    def middle(self) -> float:
        """Centre of the deepest interval."""
        return 0.5 * (self.low + self.high)


def weight_intervals(
    remainder_low: NDArray[np.float64], remainder_high: NDArray[np.float64], difference: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return lower and upper bounds of the weight, one per element whose difference is not zero."""
    known = (difference != 0) & np.isfinite(remainder_low) & np.isfinite(remainder_high)
    first = remainder_low[known] / difference[known]
    second = remainder_high[known] / difference[known]
    return np.minimum(first, second), np.maximum(first, second)


def two_parent_intervals(
    subject: Floats, moved: Floats, base: Floats, lattice: Lattice
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the interval of `moved`'s weight from each element on which the two parents differ (fp64, unsorted)."""
    below, above = halfway_bounds(subject, lattice)
    origin = base.astype(np.float64)
    return weight_intervals(below - origin, above - origin, moved.astype(np.float64) - origin)


def deepest(lower: NDArray[np.float64], upper: NDArray[np.float64]) -> Stab | None:
    """Return the point interval covered by most of the closed intervals, or None without any.

    Of many intervals only the ends near the deepest point of every 64th are sorted; the others cover all of that
    neighbourhood or none of it.
    """
    if lower.size == 0:
        return None
    if lower.size <= _SORTED_WHOLE:
        return _sweep(lower, upper, always=0, elements=lower.size)
    coarse = _sweep(lower[::64], upper[::64], always=0, elements=lower[::64].size)
    margin = max(0.02, 4 * (coarse.high - coarse.low))
    left, right = coarse.low - margin, coarse.high + margin
    always = int(np.count_nonzero((lower < left) & (upper > right)))
    near = ((lower >= left) & (lower <= right)) | ((upper >= left) & (upper <= right))
    if not near.any():
        return coarse
    return _sweep(np.maximum(lower[near], left), np.minimum(upper[near], right), always=always, elements=lower.size)


def _sweep(lower: NDArray[np.float64], upper: NDArray[np.float64], *, always: int, elements: int) -> Stab:
    ends = np.concatenate([lower, upper])
    # Stable, so that at equal ends every interval opens before any closes: the intervals are closed.
    order = np.argsort(ends, kind="stable")
    covered = np.cumsum(np.where(order < lower.size, 1, -1))
    best = int(np.argmax(covered))
    low = float(ends[order[best]])
    high = float(ends[order[best + 1]])
    return Stab(low=low, high=high, depth=float(covered[best] + always) / elements, elements=elements)


def depth_at(
    lower: NDArray[np.float64], upper: NDArray[np.float64], points: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the share of intervals that cover each point."""
    opened = np.searchsorted(np.sort(lower), points, side="right")
    closed = np.searchsorted(np.sort(upper), points, side="left")
    return (opened - closed) / max(1, lower.size)


def simplest_decimal(low: float, high: float, max_digits: int = 7) -> float | None:
    """Return the decimal or small fraction with fewest digits in the closed interval, or None.

    Decimals are tried digit by digit, then fractions with denominators up to 20 before a fourth digit is needed:
    recipes are written by people.
    """
    for digits in range(max_digits + 1):
        if digits == 4:
            for denominator in range(3, 21):
                numerator = round(0.5 * (low + high) * denominator)
                if low <= numerator / denominator <= high:
                    return numerator / denominator
        value = round(0.5 * (low + high), digits)
        if low <= value <= high:
            return value
    return None
