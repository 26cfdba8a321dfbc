"""Moves the weights to where an arithmetic reproduces most elements, and finds how far they could move unnoticed.

Stabbing presumes one rounding. Where an arithmetic rounds more often the deepest point lies a little beside the true
weight (up to 2e-4 in calibration), and with three parents or more one-at-a-time stabbing can stop on a ridge. The
count of reproduced elements has neither fault; it only needs a start nearby, which stabbing gives.
"""

from collections.abc import Callable, Sequence
from itertools import permutations

from parentage.numerics.stabbing import Stab, simplest_decimal
from parentage.protocols.weights.stabbing import WeightFit, rest_of

_STEPS = (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6)
_MOST_MOVES = 12
_SNAP_DIGITS = range(1, 7)

Count = Callable[[Sequence[float]], int]


def refine(fit: WeightFit, count: Count) -> WeightFit:
    """Return the fit at the weights that `count` likes best, with intervals over which it stays the same.

    `count` takes weights in the order of `fit.parents` and returns the number of elements reproduced.
    """
    weights, best = _climb(list(fit.weights), count)
    short, best = _snapped(weights, best, count)
    stabs = []
    for place, stab in enumerate(fit.stabs):
        low, high = (_reach(short, place, side, best, count) for side in (-1.0, 1.0))
        stabs.append(Stab(low=low, high=high, depth=stab.depth, elements=stab.elements))
    final = list(short)
    if len(stabs) == 1 and (decimal := simplest_decimal(stabs[0].low, stabs[0].high)) is not None:
        final = [decimal, rest_of([decimal])]
        final = final if count(final) >= best else list(short)
    return WeightFit(parents=fit.parents, weights=tuple(final), raw=tuple(weights), stabs=tuple(stabs))


def _climb(weights: list[float], count: Count) -> tuple[list[float], int]:
    """Shift weight between pairs of parents, in ever smaller steps, while more elements are reproduced."""
    best = count(weights)
    pairs = list(permutations(range(len(weights)), 2))
    for step in _STEPS:
        for _ in range(_MOST_MOVES):
            tried = []
            for gains, loses in pairs:
                moved = list(weights)
                moved[gains] += step
                moved[loses] -= step
                tried.append((count(moved), moved))
            top, moved = max(tried, key=lambda entry: entry[0])
            if top <= best:
                break
            weights, best = moved, top
    return weights, best


def _snapped(weights: list[float], best: int, count: Count) -> tuple[list[float], int]:
    for digits in _SNAP_DIGITS:
        short = [round(weight, digits) for weight in weights[:-1]]
        short.append(rest_of(short))
        found = count(short)
        if found >= best:
            return short, found
    return weights, best


def _reach(weights: Sequence[float], place: int, side: float, best: int, count: Count) -> float:
    """Return how far one weight can go, at the reference's cost, with as many elements reproduced."""
    reached = 0.0
    step = 1e-7
    while step < 1e-2:
        moved = list(weights)
        moved[place] += side * (reached + step)
        moved[-1] -= side * (reached + step)
        if count(moved) >= best:
            reached += step
            step *= 2
        elif step > 1e-7:
            step = max(1e-7, step / 4)
            if step == 1e-7:
                break
        else:
            break
    # The next count was tried one step further and was worse: the truth lies within that step.
    return weights[place] + side * (reached + step)
