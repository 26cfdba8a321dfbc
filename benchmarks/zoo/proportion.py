"""Exact (Clopper-Pearson) limits of a proportion, so that "none of 60" is printed beside what it excludes."""

import math
from collections.abc import Callable


def upper_limit(hits: int, trials: int, *, error: float = 0.05) -> float:
    """Return the one-sided upper limit at confidence 1 - error: the rate at which so few hits have probability `error`.

    Clopper and Pearson, Biometrika 26 (1934) 404. No trials: 1.
    """
    if hits >= trials:
        return 1.0
    return _solve(lambda rate: _at_most(hits, trials, rate) - error)


def lower_limit(hits: int, trials: int, *, error: float = 0.05) -> float:
    """Return the one-sided lower limit at confidence 1 - error."""
    return 1.0 - upper_limit(trials - hits, trials, error=error) if trials else 0.0


def two_sided(hits: int, trials: int, *, error: float = 0.05) -> tuple[float, float]:
    """Return the central interval at confidence 1 - error."""
    return lower_limit(hits, trials, error=error / 2), upper_limit(hits, trials, error=error / 2)


def _at_most(hits: int, trials: int, rate: float) -> float:
    """Probability of at most so many hits; 0 < rate < 1."""
    odds = (math.log(rate), math.log1p(-rate))
    return math.fsum(math.exp(_log_choose(trials, k) + k * odds[0] + (trials - k) * odds[1]) for k in range(hits + 1))


def _log_choose(trials: int, hits: int) -> float:
    return math.lgamma(trials + 1) - math.lgamma(hits + 1) - math.lgamma(trials - hits + 1)


def _solve(falling: Callable[[float], float]) -> float:
    """Return the root of a falling function in (0, 1) by bisection, to the last bits."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
