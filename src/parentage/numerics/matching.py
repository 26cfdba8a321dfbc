"""Which unit of one network is which of another? Matching by correlation, and exact p-values of how far matches agree.

Correlations are taken between whole numbers: rows are centred, standardised and rounded to about 1/32 of a standard
deviation, so that every product sum is an integer below 2^24 and a matrix product in fp32 gives the same bits whatever
library computes it and in which order. A match, and so every count made of matches, does not depend on the machine.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Features = NDArray[np.float32]
Order = NDArray[np.int64]
# 32 units to a standard deviation: with at most 8,192 columns the sum of squares of a row stays below 2^24.
_SCALE = 32
MOST_COLUMNS = 8192
_CLIP = 127
_BLOCK = 2048
_MOST_ASSIGNED = 4096
NOBODY = -1


def features_of(matrix: NDArray[Any]) -> Features:
    """Return rows as integer-valued fp32: columns centred and standardised, then rows; a constant row becomes zeros.

    `matrix` is units x columns, at most 8,192 columns. Column means and scales are common to all units and say nothing
    of any one: what is left of two unrelated networks is uncorrelated. What is not finite counts as zero.
    """
    if matrix.ndim != 2 or matrix.shape[1] > MOST_COLUMNS:
        raise ValueError(f"units x at most {MOST_COLUMNS} columns, not {matrix.shape}")
    values = matrix.astype(np.float64)
    values = np.where(np.isfinite(values), values, 0.0)
    largest = np.max(np.abs(values), axis=0, initial=0.0)
    # Rounding to integers first makes every sum exact, so that no order of summation matters.
    fixed = np.rint(values / np.where(largest > 0, largest, 1.0) * (1 << 20)).astype(np.int64)
    standard = _standardised(fixed.T).T
    fixed = np.rint(np.clip(standard, -64, 64) * (1 << 10)).astype(np.int64)
    rows = _standardised(fixed)
    return np.clip(np.rint(rows * _SCALE), -_CLIP, _CLIP).astype(np.float32)


def standard_rows(matrix: NDArray[Any]) -> Features:
    """Return rows as integer-valued fp32, each centred and standardised for itself; at most 8,192 columns."""
    if matrix.ndim != 2 or matrix.shape[1] > MOST_COLUMNS:
        raise ValueError(f"rows of at most {MOST_COLUMNS} columns, not {matrix.shape}")
    values = matrix.astype(np.float64)
    values = np.where(np.isfinite(values), values, 0.0)
    largest = np.max(np.abs(values), axis=1, initial=0.0, keepdims=True)
    fixed = np.rint(values / np.where(largest > 0, largest, 1.0) * (1 << 20)).astype(np.int64)
    return np.clip(np.rint(_standardised(fixed) * _SCALE), -_CLIP, _CLIP).astype(np.float32)


def correlations(left: Features, right: Features) -> NDArray[np.float64]:
    """Return the correlation of each row of the left with each of the right, 0 where either is constant."""
    products = (left @ right.T).astype(np.float64)
    one, other = (np.square(side.astype(np.float64)).sum(axis=1) for side in (left, right))
    norms = np.sqrt(one[:, None] * other[None, :])
    return np.where(norms > 0, products / np.where(norms > 0, norms, 1.0), 0.0)


def _standardised(fixed: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return each row less its mean, over its root mean square; rows that vary by less than two parts become zeros."""
    if not fixed.size:
        return fixed.astype(np.float64)
    count = fixed.shape[1]
    centred = fixed - fixed.sum(axis=1, keepdims=True) // count
    squares = np.square(centred).sum(axis=1, keepdims=True)
    spread = np.sqrt(squares / count)
    return np.where(spread >= 2, centred / np.where(spread >= 2, spread, 1.0), 0.0)


def mutual_nearest(left: Sequence[Features], right: Sequence[Features], *, signed: Sequence[bool]) -> Order:
    """Return for each unit of the left the unit of the right with which it is nearest both ways, or -1.

    The score is the sum over feature blocks of the product sums, or of their magnitudes where a block is not `signed`.
    Ties match nobody, so that the result does not depend on the order in which either side lists its units.
    """
    rows, columns = left[0].shape[0], right[0].shape[0]
    best_left, order = np.zeros(rows, dtype=np.float32), np.full(rows, NOBODY, dtype=np.int64)
    best_right = np.zeros(columns, dtype=np.float32)
    back = np.full(columns, NOBODY, dtype=np.int64)
    if not columns:
        return order
    for first in range(0, rows, _BLOCK):
        last = min(rows, first + _BLOCK)
        scores = _scores([block[first:last] for block in left], right, signed)
        best = scores.max(axis=1)
        alone = (scores == best[:, None]).sum(axis=1) == 1
        best_left[first:last] = best
        order[first:last] = np.where(alone & (best > 0), scores.argmax(axis=1), NOBODY)
        top = scores.max(axis=0)
        single = (scores == top[None, :]).sum(axis=0) == 1
        better = top > best_right
        back[better] = np.where(single, first + scores.argmax(axis=0), NOBODY)[better]
        back[top == best_right] = NOBODY
        np.maximum(best_right, top, out=best_right)
    mutual = (order >= 0) & (back[order] == np.arange(rows))
    return np.where(mutual, order, NOBODY)


def _scores(left: Sequence[Features], right: Sequence[Features], signed: Sequence[bool]) -> NDArray[np.float32]:
    total = np.zeros((left[0].shape[0], right[0].shape[0]), dtype=np.float32)
    for a, b, keep_sign in zip(left, right, signed, strict=True):
        product = a @ b.T
        total += product if keep_sign else np.abs(product)
    return total


def complete(order: Order, left: Sequence[Features], right: Sequence[Features], *, signed: Sequence[bool]) -> Order:
    """Return a permutation that keeps the matches there are and assigns the rest by linear assignment.

    Equal scores (units that are dead on both sides) are assigned in order of place. Beyond 4,096 units left over, all
    are assigned in order: so many cannot be told apart. Sizes must be equal.
    """
    count = order.size
    if right[0].shape[0] != count:
        raise ValueError("a permutation needs equal numbers of units")
    open_left = np.flatnonzero(order < 0)
    taken = np.zeros(count, dtype=bool)
    taken[order[order >= 0]] = True
    open_right = np.flatnonzero(~taken)
    result = order.copy()
    result[open_left] = open_right
    if 1 < open_left.size <= _MOST_ASSIGNED:
        # Imported here: loading it takes longer than most audits need it for.
        from scipy.optimize import linear_sum_assignment

        scores = _scores([block[open_left] for block in left], [block[open_right] for block in right], signed)
        # Integers, and a preference for the same place far smaller than one of them, so that no tie is left to chance.
        gain = scores.astype(np.float64) + (open_left[:, None] == open_right[None, :]) * 2.0**-8
        _, chosen = linear_sum_assignment(gain, maximize=True)
        result[open_left] = open_right[chosen]
    return result


def pair_correlations(
    left: Sequence[Features], right: Sequence[Features], order: Order, *, signed: Sequence[bool]
) -> NDArray[np.float64]:
    """Return for each unit of the left its correlation with its partner over all blocks, 0 where it has none.

    A block that is not `signed` adds its magnitude where several are added, and its sign where it is alone.
    """
    both = np.zeros(order.size)
    norms = np.zeros(order.size)
    partner = np.maximum(order, 0)
    for a, b, keep_sign in zip(left, right, signed, strict=True):
        one, other = a.astype(np.float64), b[partner].astype(np.float64)
        product = (one * other).sum(axis=1)
        both += product if keep_sign or len(left) == 1 else np.abs(product)
        norms += np.sqrt(np.square(one).sum(axis=1) * np.square(other).sum(axis=1))
    return np.where((order >= 0) & (norms > 0), both / np.where(norms > 0, norms, 1.0), 0.0)


def assign(votes: NDArray[np.int64]) -> Order:
    """Return the permutation with the most votes; of equal ones that which leaves most in place."""
    from scipy.optimize import linear_sum_assignment

    gain = votes.astype(np.float64) + np.eye(*votes.shape) * 2.0**-8
    _, chosen = linear_sum_assignment(gain, maximize=True)
    return np.asarray(chosen, dtype=np.int64)


def agreeing(one: Order, other: Order) -> int:
    """Return at how many units two matchings name the same partner."""
    return int(np.count_nonzero((one == other) & (one >= 0)))


def fixed_points(order: Order) -> int:
    """Return how many units are matched to their own place."""
    return agreeing(order, np.arange(order.size))


def tail_log10(agreements: int, groups: int = 1) -> float:
    """Return log10 of the bound groups^t / t! on the chance of `agreements` or more, at most 0.

    For one uniformly random permutation the expected number of t-subsets of fixed points is 1/t!, hence (Markov)
    P(T >= t) <= 1/t!. Over `groups` independent ones (layers), or within one that permutes `groups` blocks and the
    units inside them (attention heads), the expected number is at most groups^t / t!. Partial matchings have fewer.
    """
    if agreements <= 0:
        return 0.0
    value = agreements * math.log10(groups) - math.lgamma(agreements + 1) / math.log(10)
    # Three decimals: the last bits of a library's logarithm are not part of the evidence.
    return min(0.0, round(value, 3))


def least_log10(values: Sequence[float]) -> float:
    """Return log10 of the least of several p-values times their number (Bonferroni): valid under any dependence."""
    if not values:
        return 0.0
    return min(0.0, round(min(values) + math.log10(len(values)), 3))
