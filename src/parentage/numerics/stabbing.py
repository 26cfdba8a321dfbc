"""Interval stabbing: the weight that most elements agree on.

An element with parents P1, P2 and stored subject S says that the weight lies in
`[(lo(S) - P2) / (P1 - P2), (hi(S) - P2) / (P1 - P2)]`, where lo and hi are the half-way points to S's lattice
neighbours. The point covered by most intervals is the weight; the share that covers it, its *depth*, tells the
arithmetic class (1 for one rounding, about 0.76 for three). No bias correction is needed, unlike least squares.
Derivation: docs/questions/stabbing.md.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_SORTED_WHOLE = 1 << 16
_STRIDE = 64

# Returns the lower and upper ends, fp64, of the intervals of every n-th element of one tensor.
Intervals = Callable[[int], tuple[NDArray[np.float64], NDArray[np.float64]]]


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


def deepest(parts: Sequence[Intervals]) -> Stab | None:
    """Return the point interval covered by most of the closed intervals of all parts, or None without any.

    Of many intervals only the ends near the deepest point of every 64th are sorted; the others cover all of that
    neighbourhood or none of it. Parts are asked for one after the other, so that they are never all in memory.
    """
    sparse = [part(_STRIDE) for part in parts]
    if sum(lower.size for lower, _ in sparse) * _STRIDE <= _SORTED_WHOLE:
        return _sweep(*_together([part(1) for part in parts]))
    coarse = _sweep(*_together(sparse))
    if coarse is None:
        return None
    margin = max(0.02, 4 * (coarse.high - coarse.low))
    left, right = coarse.low - margin, coarse.high + margin
    near, always, elements = [], 0, 0
    for part in parts:
        lower, upper = part(1)
        elements += lower.size
        always += int(np.count_nonzero((lower < left) & (upper > right)))
        inside = ((lower >= left) & (lower <= right)) | ((upper >= left) & (upper <= right))
        near.append((np.maximum(lower[inside], left), np.minimum(upper[inside], right)))
    found = _sweep(*_together(near), always=always, elements=elements)
    return coarse if found is None else found


def _together(
    parts: Sequence[tuple[NDArray[np.float64], NDArray[np.float64]]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    none = np.zeros(0)
    return np.concatenate([none, *(low for low, _ in parts)]), np.concatenate([none, *(high for _, high in parts)])


def _sweep(
    lower: NDArray[np.float64], upper: NDArray[np.float64], *, always: int = 0, elements: int | None = None
) -> Stab | None:
    if not lower.size:
        return None
    opening, closing = np.sort(lower), np.sort(upper)
    # At equal ends every interval opens before any closes: the intervals are closed.
    closed = np.searchsorted(closing, opening, side="left")
    covered = np.arange(1, opening.size + 1) - closed
    best = int(np.argmax(covered))
    low, high = float(opening[best]), float(closing[closed[best]])
    if best + 1 < opening.size:
        high = min(high, float(opening[best + 1]))
    count = lower.size if elements is None else elements
    return Stab(low=low, high=high, depth=float(covered[best] + always) / count, elements=count)


def depth_at(parts: Sequence[Intervals], points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the share of the intervals of all parts that cover each of the points, which must ascend."""
    opened = np.zeros(points.size + 1, dtype=np.int64)
    closed = np.zeros(points.size + 1, dtype=np.int64)
    for part in parts:
        lower, upper = part(1)
        opened += np.bincount(np.searchsorted(points, lower, side="left"), minlength=opened.size)
        closed += np.bincount(np.searchsorted(points, upper, side="right"), minlength=closed.size)
    covered = np.cumsum(opened) - np.cumsum(closed)
    return covered[:-1] / max(1, int(opened.sum()))


# Denominators that are tried before so many digits.
_DENOMINATORS = {4: range(3, 21), 5: range(21, 121)}


def simplest_decimal(low: float, high: float, max_digits: int = 7) -> float | None:
    """Return the decimal or small fraction with fewest digits in the closed interval, or None.

    Decimals are tried digit by digit, fractions with denominators up to 20 before a fourth digit is needed, and up to
    120 before a fifth: recipes are written by people, and gradients over layers divide what they wrote.
    """
    for digits in range(max_digits + 1):
        for denominator in _DENOMINATORS.get(digits, ()):
            numerator = round(0.5 * (low + high) * denominator)
            if low <= numerator / denominator <= high:
                return numerator / denominator
        value = round(0.5 * (low + high), digits)
        if low <= value <= high:
            return value
    return None
