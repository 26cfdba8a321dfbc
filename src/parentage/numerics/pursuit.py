"""Finds the few of many directions whose combination comes nearest: orthogonal matching pursuit with exchanges.

Only products of the directions with each other are needed (Pati, Rezaiifar and Krishnaprasad 1993).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.linear import add_up, solve_symmetric


def pursue(total: NDArray[np.float64], nearest: int, *, most: int, least_gain: float) -> tuple[dict[int, float], float]:
    """Return the weights of at most `most` candidates whose combination leaves least, and the share that they explain.

    `total` holds the products of all candidates' differences from the nearest and, last, the subject's.

    The nearest is where differences start, so its weight is one minus the others'. Forward, one at a time; after each,
    any of the others may take a chosen one's place; then those that gain too little are dropped.
    """
    size = total.shape[0] - 1
    energy = float(total[size, size])
    if energy <= 0:
        return {}, 0.0
    free = [place for place in range(size) if place != nearest and total[place, place] > 0]
    chosen: list[int] = []
    left = energy
    while len(chosen) < most:
        trials = [(left_over(total, [*chosen, place]), place) for place in free if place not in chosen]
        least, place = min(trials, default=(left, -1))
        if place < 0 or left - least < least_gain * left:
            break
        chosen, left = _exchanged(total, [*chosen, place], least, free, most)
    while len(chosen) > 1:
        without = [(left_over(total, [other for other in chosen if other != place]), place) for place in chosen]
        least, place = min(without)
        if least - left >= least_gain * least:
            break
        chosen, left = [other for other in chosen if other != place], least
    return dict(zip(chosen, weights_of(total, chosen) or (), strict=False)), 1 - left / energy


def _exchanged(
    total: NDArray[np.float64], chosen: list[int], left: float, free: Sequence[int], most: int
) -> tuple[list[int], float]:
    for _ in range(2 * most):
        trials = [
            (left_over(total, swapped), swapped)
            for place in range(len(chosen))
            for other in free
            if other not in chosen
            for swapped in [[*chosen[:place], other, *chosen[place + 1 :]]]
        ]
        least, swapped = min(trials, default=(left, chosen))
        if least >= left * (1 - 1e-6):
            break
        chosen, left = swapped, least
    return chosen, left


def weights_of(total: NDArray[np.float64], chosen: Sequence[int]) -> list[float] | None:
    """Return least squares' weights of the chosen, None where they are collinear."""
    matrix = [[float(total[i, j]) for j in chosen] for i in chosen]
    return solve_symmetric(matrix, [float(total[i, -1]) for i in chosen])


def left_over(total: NDArray[np.float64], chosen: Sequence[int]) -> float:
    """Return the squared distance that the best combination of the chosen leaves."""
    energy = float(total[-1, -1])
    weights = weights_of(total, chosen)
    if weights is None:
        return energy
    return max(0.0, energy - add_up(w * float(total[i, -1]) for w, i in zip(weights, chosen, strict=True)))
