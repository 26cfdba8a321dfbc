"""The factors on each task vector, read off the elements that only this task vector moved.

Such elements form an atom: all allow the same factor, while elements that several task vectors moved scatter. Stabbing
finds the atom without knowing which elements are in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.stabbing import Intervals, Stab, deepest, weight_intervals
from parentage.protocols.weights.methods.sparse_view import FAR, View, thinned

_STABBED = 1 << 13
_CLEAR = 4 * FAR
_ENOUGH = 256
_LEAST_ATOM = 24
# Two roundings of the task vector before the last addition, each half a unit of its own mantissa.
_STEP_ERROR = {"BF16": 2.0**-8, "F16": 2.0**-11, "F32": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Factors:
    """What one tensor (or all pooled) say of the factor on each task vector; None where there is no atom."""

    stabs: tuple[Stab | None, ...]

    def known(self) -> bool:
        """Whether every task vector has a factor."""
        return all(stab is not None for stab in self.stabs)


def factors(views: Sequence[View], arithmetic: str, *, least: int = _LEAST_ATOM) -> Factors:
    """Return the deepest factor of each task vector over the views, None where fewer than `least` elements agree."""
    number = len(views[0].differences)
    stabs = [deepest([_own(one, i, arithmetic) for one in views]) for i in range(number)]
    return Factors(stabs=tuple(_solid(stab, least) for stab in stabs))


def _own(one: View, place: int, arithmetic: str) -> Intervals:
    step = one.steps[place]
    clear = np.flatnonzero(one.moved & (step >= _CLEAR))
    chosen = clear if clear.size >= _ENOUGH else np.flatnonzero(one.moved & (step >= FAR))
    chosen = thinned(chosen, _STABBED)
    low, high = widened(one.low[chosen], one.high[chosen], one.lattice.name, arithmetic)
    difference = one.differences[place][chosen].astype(np.float64)
    lower, upper = weight_intervals(low, high, difference)
    return lambda stride: (lower[::stride], upper[::stride])


def widened(
    low: NDArray[np.float64], high: NDArray[np.float64], lattice: str, arithmetic: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what the change was before the last rounding, given the roundings of the steps before it."""
    error = 0.0 if arithmetic == "fp32" else _STEP_ERROR.get(lattice, 2.0**-8)
    if arithmetic == "bf16":
        error = _STEP_ERROR["BF16"]
    slack = error * np.maximum(np.abs(low), np.abs(high))
    return low - slack, high + slack


def _solid(stab: Stab | None, least: int = _LEAST_ATOM) -> Stab | None:
    return stab if stab is not None and stab.depth * stab.elements >= least else None


def shares(views: Sequence[View], known: Sequence[Sequence[float]], arithmetic: str) -> list[float] | None:
    """Return each task vector's share where two of the same sign are averaged; they add up to one.

    `known[v][i]` is the factor on task vector i in view v when it is alone. Of three task vectors or more each is
    compared with the first.
    """
    number = len(views[0].differences)
    ratios = [1.0]
    for other in range(1, number):
        stab = deepest([_shared(one, 0, other, own, arithmetic) for one, own in zip(views, known, strict=True)])
        if _solid(stab) is None or stab is None or not 0.0 < stab.middle < 1.0:
            return None
        ratios.append((1.0 - stab.middle) / stab.middle)
    whole = 0.0
    for ratio in ratios:
        whole += ratio
    return [ratio / whole for ratio in ratios]


def _shared(one: View, first: int, second: int, own: Sequence[float], arithmetic: str) -> Intervals:
    left = one.differences[first].astype(np.float64) * own[first]
    right = one.differences[second].astype(np.float64) * own[second]
    with np.errstate(all="ignore"):
        unlike = np.abs(left - right) > 4.0 * (one.high - one.low)
        chosen = np.flatnonzero(one.moved & (left * right > 0) & unlike)
    chosen = thinned(chosen, 4 * _STABBED)
    low, high = widened(one.low[chosen], one.high[chosen], one.lattice.name, arithmetic)
    lower, upper = weight_intervals(low - right[chosen], high - right[chosen], left[chosen] - right[chosen])
    # One of the two alone is no average.
    real = (lower > 0.01) & (upper < 0.99)
    lower, upper = lower[real], upper[real]
    return lambda stride: (lower[::stride], upper[::stride])
