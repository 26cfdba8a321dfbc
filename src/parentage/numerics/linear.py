"""Small dense solves in a fixed order of operations, so that every machine gets the same bits."""

import math
from collections.abc import Iterable, Sequence


def add_up(values: Iterable[float]) -> float:
    """Return the sum, added one after the other: from Python 3.12 on the built-in `sum` compensates for rounding."""
    total = 0.0
    for value in values:
        total += value
    return total


def solve_symmetric(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float] | None:
    """Return x with `matrix @ x = right` by Cholesky, or None where the matrix is not positive definite.

    Sizes are those of candidate lists (at most 8), so plain Python is fast enough and BLAS is not involved.
    """
    size = len(right)
    lower = [[0.0] * size for _ in range(size)]
    scale = max((matrix[i][i] for i in range(size)), default=0.0)
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - add_up(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                # Collinear candidates: the pivot is lost in rounding, the solution would be noise.
                if rest <= 1e-10 * scale:
                    return None
                # Unlike a power, a root is rounded correctly everywhere.
                lower[i][i] = math.sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    forward: list[float] = []
    for i in range(size):
        forward.append((right[i] - add_up(lower[i][k] * forward[k] for k in range(i))) / lower[i][i])
    solution = [0.0] * size
    for i in reversed(range(size)):
        later = add_up(lower[k][i] * solution[k] for k in range(i + 1, size))
        solution[i] = (forward[i] - later) / lower[i][i]
    return solution
