"""Exact p-values of signs, and what is left of p-values when many candidates were tried."""

import math
from collections.abc import Sequence


def sign_p(positive: int, tried: int) -> float:
    """Return the exact two-sided p-value of so many positive signs, were both signs equally likely."""
    if not tried:
        return 1.0
    extreme = max(positive, tried - positive)
    tail = 0
    for count in range(extreme, tried + 1):
        tail += math.comb(tried, count)
    # Integers of any size divide correctly rounded.
    return (
        min(1.0, 2 * tail / (1 << tried))
        if tried <= 1000
        else min(1.0, float(2 * tail // (1 << (tried - 1000))) / 2.0**1000)
    )


def holm(p_values: Sequence[float]) -> list[float]:
    """Return Holm's step-down corrected p-values (Holm 1979), in the order given."""
    order = sorted(range(len(p_values)), key=lambda place: p_values[place])
    corrected = [1.0] * len(p_values)
    largest = 0.0
    for rank, place in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * p_values[place]))
        corrected[place] = largest
    return corrected
