"""Do two models differ? Families are the unit: both models were asked the same ones, so each family is a pair.

If neither model is more given to an answer than the other, the sign of each family's difference is a fair coin. The
p-value counts the sign patterns that give a mean at least as far from zero: every pattern up to 16 families that
differ, beyond that a seeded sample of them. docs/questions/rates.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from parentage.errors import UsageError

SCALE_BITS = 40
LEAST_FAMILIES_FOR_SAMPLING = 17
_PATTERNS = 99_999
_ROWS_AT_ONCE = 8_192
MOST_FAMILIES = 1 << 16
_SEED = 0x5041_5245_4E54


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """First minus second model, mean over shared families; [low, high] is a t interval over families."""

    difference: float
    low: float
    high: float
    families: int
    unpaired: int
    differing: int
    p: float
    patterns: Literal["all", "sampled"]


def splitmix64(seed: int, count: int) -> NDArray[np.uint64]:
    """Return `count` outputs of SplitMix64 (Steele, Lea and Flood 2014) from `seed`: integers, alike everywhere."""
    with np.errstate(over="ignore"):
        state = np.uint64(seed & (2**64 - 1)) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        state = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        state = (state ^ (state >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return state ^ (state >> np.uint64(31))


def scaled_mean(replies: Sequence[bool]) -> int:
    """Return the share of true replies times 2^40, rounded to an integer, so that sums are exact."""
    return ((sum(1 for reply in replies if reply) << SCALE_BITS) + len(replies) // 2) // len(replies)


def sign_flip(scaled: Sequence[int]) -> tuple[float, Literal["all", "sampled"]]:
    """Return the two-sided p that differences (times 2^40) are symmetric about zero, and how patterns were counted.

    Each mean may be off by one unit from rounding; sums within that of the observed one count as reaching it.
    """
    if len(scaled) > MOST_FAMILIES:
        raise UsageError(f"{len(scaled)} families are compared; {MOST_FAMILIES} is the limit")
    moved = [value for value in scaled if abs(value) > 1]
    if not moved:
        return 1.0, "all"
    observed = abs(sum(moved)) - 2 * len(moved)
    if len(moved) < LEAST_FAMILIES_FOR_SAMPLING:
        sums = np.zeros(1, dtype=np.int64)
        for value in moved:
            sums = np.concatenate([sums + value, sums - value])
        return int(np.count_nonzero(np.abs(sums) >= observed)) / sums.size, "all"
    reached = 0
    values = np.array(moved, dtype=np.int64)
    words = -(-len(moved) // 64)
    rows_at_once = max(1, _ROWS_AT_ONCE // words)
    for start in range(0, _PATTERNS, rows_at_once):
        rows = min(rows_at_once, _PATTERNS - start)
        drawn = splitmix64(_SEED + start * words * 0x9E3779B97F4A7C15, rows * words).reshape(rows, words)
        bits = np.unpackbits(drawn.astype("<u8").view(np.uint8), axis=1, bitorder="little")[:, : len(moved)]
        sums = (bits.astype(np.int64) * 2 - 1) @ values
        reached += int(np.count_nonzero(np.abs(sums) >= observed))
    return (1 + reached) / (1 + _PATTERNS), "sampled"


def compare(first: Mapping[str, Sequence[bool]], second: Mapping[str, Sequence[bool]]) -> Difference:
    """Return how the rates of two models differ over the families that both answered; UsageError if none."""
    shared = sorted(family for family in first if first[family] and second.get(family))
    if not shared:
        raise UsageError("two models share no prompt family that both answered, so they cannot be compared")
    unpaired = len({family for family in (*first, *second)}) - len(shared)
    scaled = [scaled_mean(first[family]) - scaled_mean(second[family]) for family in shared]
    p, patterns = sign_flip(scaled)
    mean, half = _interval([value / (1 << SCALE_BITS) for value in scaled])
    return Difference(
        difference=mean,
        low=max(-1.0, mean - half),
        high=min(1.0, mean + half),
        families=len(shared),
        unpaired=unpaired,
        differing=sum(1 for value in scaled if abs(value) > 1),
        p=p,
        patterns=patterns,
    )


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for their number by the step-down rule of Holm (1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: (p_values[place], place))
    adjusted = [1.0] * len(p_values)
    worst = 0.0
    for rank, place in enumerate(order):
        worst = max(worst, min(1.0, (len(order) - rank) * p_values[place]))
        adjusted[place] = worst
    return tuple(adjusted)


def _interval(values: Sequence[float]) -> tuple[float, float]:
    """Return the mean and the half width at 95 %: never zero, because equal families bound only as families do."""
    count = len(values)
    total = 0.0
    for value in values:
        total += value
    mean = total / count
    if count == 1:
        return mean, 2.0
    squares = 0.0
    for value in values:
        squares += (value - mean) ** 2
    if squares <= count * 2.0 ** (-2 * SCALE_BITS + 4):
        return mean, 1 - 0.05 ** (1 / count)
    return mean, float(stats.t.ppf(0.975, count - 1)) * math.sqrt(squares / (count - 1) / count)
