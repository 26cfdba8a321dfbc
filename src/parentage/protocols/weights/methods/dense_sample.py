"""What the search for dense methods keeps of each sampled tensor: the elements that tell, and sums for least squares.

An element tells where candidates lie two ulps apart or more. Sums are taken over elements whose candidates are far
apart, because near ones pull least squares towards the lattice, and relative to one candidate, because checkpoints of
one family are nearly parallel.
"""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, ordinals, round_to
from parentage.numerics.linear import solve_symmetric
from parentage.numerics.recipes.dense_scalars import ordered_sum
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor

TELLING_ULPS = 2
LEAST_TELLING = 30
_FAR_ULPS = (8, 4, 2, 1)
_LEAST_FAR = 64

Matrix = NDArray[np.float64]
T = TypeVar("T")


class Part:
    """One tensor: its sample, which elements tell, and the sums of its differences."""

    def __init__(self, tensor: SampledTensor, candidates: Sequence[int]) -> None:
        self.index = tensor.context.index
        self.ids = tuple(candidates)
        self.layer = tensor.context.pair.role.layer
        self.kind = tensor.context.pair.role.kind
        self.lattice = tensor.lattice
        self.subject = tensor.subject
        self.candidates = by_place(tensor)
        self.repeats = max(1.0, tensor.context.pair.elements / max(1, tensor.subject.size + tensor.nonfinite))
        places = {i: ordinals(self.candidates[i], self.lattice) for i in candidates}
        self.places = places
        stacked = np.stack([places[i] for i in candidates])
        self.telling = np.max(stacked, axis=0) - np.min(stacked, axis=0) >= TELLING_ULPS
        self.tells = int(np.count_nonzero(self.telling))
        bits = self.subject.view(f"u{self.subject.itemsize}")
        self.is_copy = any(
            np.array_equal(round_to(self.candidates[i], self.lattice).view(bits.dtype), bits) for i in candidates
        )
        self.gram = _gram(self, candidates, _least_distance(stacked))
        self._selected: dict[int, tuple[Floats, list[Floats]]] = {}
        self._known: dict[object, object] = {}

    def selected(self, limit: int) -> tuple[Floats, list[Floats]]:
        """Return subject and candidates at no more than `limit` telling elements, evenly spread; kept for reuse."""
        if limit not in self._selected:
            where = np.flatnonzero(self.telling)
            where = where[:: max(1, -(-where.size // limit))]
            self._selected[limit] = (self.subject[where], [v[where] if v.size else v for v in self.candidates])
        return self._selected[limit]

    def known(self, key: object, compute: Callable[[], T]) -> T:
        """Return what `compute` gave the first time this key was asked for."""
        if key not in self._known:
            self._known[key] = compute()
        return self._known[key]  # type: ignore[return-value]

    def matches(self, recipe: Recipe, limit: int) -> tuple[int, int]:
        """Return telling elements tried, at most `limit`, and how many the recipe reproduces bit for bit."""
        subject, candidates = self.selected(limit)
        return subject.size, int(np.count_nonzero(same_bits(recipe.result(subject, candidates, self.lattice), subject)))

    def mid_counts(self, recipe: Recipe) -> tuple[int, int]:
        """Return mid elements of the whole sample and how many the recipe reproduces bit for bit."""
        result = recipe.result(self.subject, self.candidates, self.lattice)
        stacked = np.stack([self.places[i] for i in recipe.parents])
        mid = np.max(stacked, axis=0) - np.min(stacked, axis=0) >= TELLING_ULPS
        for parent in recipe.parents:
            mid &= result != round_to(self.candidates[parent], self.lattice)
        return int(np.count_nonzero(mid)), int(np.count_nonzero(mid & same_bits(result, self.subject)))


class Together:
    """Telling elements of several tensors, lattice by lattice."""

    def __init__(self, parts: Sequence[Part], each: int) -> None:
        groups: dict[str, list[Part]] = {}
        for part in parts:
            groups.setdefault(part.lattice.name, []).append(part)
        self._runs: list[tuple[Lattice, Floats, list[Floats]]] = []
        for members in groups.values():
            chosen = [part.selected(each) for part in members]
            subject = np.concatenate([one for one, _ in chosen])
            places = range(min(len(candidates) for _, candidates in chosen))
            candidates = [np.concatenate([listed[place] for _, listed in chosen]) for place in places]
            self._runs.append((members[0].lattice, subject, candidates))

    def matches(self, recipe: Recipe) -> tuple[int, int]:
        """Return elements tried and how many the recipe reproduces bit for bit."""
        tried = matched = 0
        for lattice, subject, candidates in self._runs:
            result = recipe.result(subject, candidates, lattice)
            tried, matched = tried + subject.size, matched + int(np.count_nonzero(same_bits(result, subject)))
        return tried, matched


def together(parts: Sequence[Part], each: int) -> Together:
    """Return at most `each` telling elements of every tensor, kept for reuse."""
    key = ("together", tuple(part.index for part in parts), each)
    return parts[0].known(key, lambda: Together(parts, each))


def same_bits(first: Floats, second: Floats) -> NDArray[np.bool_]:
    """Return where two arrays of one working type hold the same bits."""
    bits = f"u{first.itemsize}"
    same: NDArray[np.bool_] = first.view(bits) == second.view(bits)
    return same


def by_place(tensor: SampledTensor) -> list[Floats]:
    """Return candidates as a list in which index i is candidate i, empty where it is missing."""
    empty = np.zeros(0, dtype=tensor.subject.dtype)
    return [tensor.candidates.get(place, empty) for place in range(max(tensor.candidates) + 1)]


def _least_distance(places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return how near the nearest two candidates are to each other at each element."""
    ordered = np.sort(places, axis=0)
    least: NDArray[np.int64] = np.min(np.diff(ordered, axis=0), axis=0)
    return least


def _gram(part: Part, candidates: Sequence[int], least: NDArray[np.int64]) -> Matrix:
    """Return sums of products of [first candidate, others minus first, subject minus first] over far elements."""
    far = next((least >= floor for floor in _FAR_ULPS if np.count_nonzero(least >= floor) >= _LEAST_FAR), part.telling)
    origin = part.candidates[candidates[0]][far].astype(np.float64)
    columns = [origin, *(part.candidates[i][far].astype(np.float64) - origin for i in candidates[1:])]
    columns.append(part.subject[far].astype(np.float64) - origin)
    gram = np.zeros((len(columns), len(columns)))
    with np.errstate(over="ignore", invalid="ignore"):
        for i, first in enumerate(columns):
            for j in range(i, len(columns)):
                gram[i, j] = gram[j, i] = ordered_sum(first * columns[j])
    return gram


def coefficients(gram: Matrix, candidates: Sequence[int], parents: Sequence[int], *, free: bool) -> list[float] | None:
    """Return least-squares coefficients of the parents, free or with sum one; None where they are not determined."""
    size = len(candidates) + 1
    last = _unit(candidates, parents[-1], size)
    basis = [_unit(candidates, parent, size) - last for parent in parents[:-1]]
    if free:
        basis.append(last)
    aim = _unit(candidates, candidates[0], size) - last
    aim[size - 1] = 1.0
    if not basis:
        return [1.0]
    lengths = [_inner(gram, one, one) for one in basis]
    if not all(0 < length < math.inf for length in lengths):
        return None
    scales = [1.0 / math.sqrt(length) for length in lengths]
    matrix = [[_inner(gram, a, b) * scales[i] * scales[j] for j, b in enumerate(basis)] for i, a in enumerate(basis)]
    right = [_inner(gram, one, aim) * scale for one, scale in zip(basis, scales, strict=True)]
    if not all(math.isfinite(value) for value in right):
        return None
    solved = solve_symmetric(matrix, right)
    if solved is None or not all(math.isfinite(value) for value in solved):
        return None
    found = [value * scale for value, scale in zip(solved, scales, strict=True)]
    rest = 1.0 + (found.pop() if free else 0.0)
    for value in found:
        rest -= value
    return [*found, rest]


def _unit(candidates: Sequence[int], parent: int, size: int) -> Matrix:
    unit = np.zeros(size)
    unit[0] = 1.0
    if parent != candidates[0]:
        unit[candidates.index(parent)] = 1.0
    return unit


def _inner(gram: Matrix, first: Matrix, second: Matrix) -> float:
    # Few entries, added row after row: no library decides on the order.
    total = 0.0
    for row, left in zip(gram.tolist(), first.tolist(), strict=True):
        if left:
            for entry, right in zip(row, second.tolist(), strict=True):
                if right:
                    total += left * entry * right
    return total
