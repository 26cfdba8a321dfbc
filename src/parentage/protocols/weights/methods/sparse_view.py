"""One tensor of the survey as the sparse methods see it: a base, task vectors, and what the subject allows.

Kept apart from the search so that each tensor's half-way points and lattice places are computed once for all roles.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, halfway_bounds, ordinals
from parentage.numerics.linear import solve_symmetric
from parentage.numerics.scan import lane_sums
from parentage.protocols.weights.context import SampledTensor

FAR = 8
_PROBE_ELEMENTS = 1 << 17
_ROLE_WEIGHT = 0.03


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One sampled tensor with its lattice places; `below` and `above` are the half-way points around the subject."""

    tensor: SampledTensor
    below: NDArray[np.float64]
    above: NDArray[np.float64]
    place: NDArray[np.int64]
    places: dict[int, NDArray[np.int64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A tensor for given roles: `parents` are candidate indices, the base last; `steps[i]` are ulps from the base."""

    index: int
    lattice: Lattice
    parents: tuple[int, ...]
    subject: Floats
    values: Sequence[Floats]
    differences: Sequence[Floats]
    steps: Sequence[NDArray[np.int64]]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    moved: NDArray[np.bool_]
    row: int
    whole: bool

    @property
    def apart(self) -> NDArray[np.int64]:
        """Largest distance of a parent from the base at each element, in ulps."""
        most: NDArray[np.int64] = np.max(np.stack(self.steps), axis=0)
        return most

    def at(self, chosen: NDArray[np.intp]) -> "View":
        """Return the view of some of the elements."""
        return View(
            index=self.index,
            lattice=self.lattice,
            parents=self.parents,
            subject=self.subject[chosen],
            values=[part[chosen] for part in self.values],
            differences=[part[chosen] for part in self.differences],
            steps=[part[chosen] for part in self.steps],
            low=self.low[chosen],
            high=self.high[chosen],
            moved=self.moved[chosen],
            row=self.row,
            whole=False,
        )


def store(tensor: SampledTensor) -> Stored:
    """Return a sampled tensor with its places on the lattice."""
    below, above = halfway_bounds(tensor.subject, tensor.lattice)
    return Stored(
        tensor=tensor,
        below=below,
        above=above,
        place=ordinals(tensor.subject, tensor.lattice),
        places={key: ordinals(value, tensor.lattice) for key, value in tensor.candidates.items()},
    )


def view(stored: Stored, parents: tuple[int, ...]) -> View:
    """Return the tensor seen from the last of `parents` as its base."""
    tensor = stored.tensor
    base = tensor.candidates[parents[-1]]
    exact = base.astype(np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        differences = [tensor.candidates[i] - base for i in parents[:-1]]
    info = tensor.context.pair.subject
    return View(
        index=tensor.context.index,
        lattice=tensor.lattice,
        parents=parents,
        subject=tensor.subject,
        values=[tensor.candidates[i] for i in parents],
        differences=differences,
        steps=[np.abs(stored.places[i] - stored.places[parents[-1]]) for i in parents[:-1]],
        low=stored.below - exact,
        high=stored.above - exact,
        moved=stored.place != stored.places[parents[-1]],
        row=info.shape[-1] if info.shape else 1,
        whole=tensor.nonfinite == 0 and tensor.subject.size == info.elements,
    )


def thinned(places: NDArray[np.intp], most: int) -> NDArray[np.intp]:
    """Return at most `most` of the places, evenly spread."""
    return places[:: max(1, -(-places.size // most))]


def agreement(stored: Sequence[Stored], parents: Sequence[int]) -> tuple[int, int]:
    """Return how many elements all the parents agree on, and on how many of these the subject agrees too."""
    alike = kept = 0
    for one in stored:
        same = np.ones(one.place.size, dtype=bool)
        for parent in parents[1:]:
            same &= one.places[parent] == one.places[parents[0]]
        alike += int(np.count_nonzero(same))
        kept += int(np.count_nonzero(same & (one.place == one.places[parents[0]])))
    return alike, kept


def roles(stored: Sequence[Stored], base: int, others: Sequence[int]) -> tuple[int, ...]:
    """Return those of the other candidates whose differences from the base carry weight in the subject's.

    By least squares on elements at least eight ulps apart; dropping at random leaves its expectation unbiased. Where
    candidates are collinear all are returned.
    """
    if len(others) == 1:
        return tuple(others)
    size = len(others)
    gram = np.zeros((size, size + 1))
    stride = max(1, sum(one.place.size for one in stored) // _PROBE_ELEMENTS)
    for one in stored:
        step = stride if one.place.size > 4096 else 1
        centre = one.tensor.candidates[base][::step]
        far = np.max(np.stack([np.abs(one.places[i] - one.places[base])[::step] for i in others]), axis=0) >= FAR
        with np.errstate(all="ignore"):
            columns = [(one.tensor.candidates[i][::step] - centre)[far] for i in others]
            columns.append((one.tensor.subject[::step] - centre)[far])
            for i in range(size):
                for j in range(i, size + 1):
                    gram[i, j] += _sum(columns[i] * columns[j])
    for i in range(size):
        gram[i, :i] = gram[:i, i]
    if not np.all(np.isfinite(gram)):
        return tuple(others)
    solution = solve_symmetric(gram[:, :size].tolist(), gram[:, size].tolist())
    if solution is None:
        return tuple(others)
    return tuple(other for other, weight in zip(others, solution, strict=True) if abs(weight) >= _ROLE_WEIGHT)


def _sum(column: Floats) -> float:
    whole = 0.0
    if column.size:
        for part in lane_sums(column.astype(np.float32)).tolist():
            whole += part
    return whole


def atoms(stored: Sequence[Stored], base: int, others: Sequence[int]) -> tuple[int, int]:
    """Return the elements far from the base in some candidate, and those on which the subject equals one of them all.

    Far is 32 ulps where there are enough such elements: a weight of one twentieth hides eight ulps in a rounding.
    """
    counts: dict[int, tuple[int, int]] = {}
    for floor in (4 * FAR, FAR):
        far = equal = 0
        for one in stored:
            apart = np.max(np.stack([np.abs(one.places[i] - one.places[base]) for i in others]), axis=0) >= floor
            same = one.place == one.places[base]
            for i in others:
                same |= one.place == one.places[i]
            far += int(np.count_nonzero(apart))
            equal += int(np.count_nonzero(apart & same))
        counts[floor] = (far, equal)
        if far >= 1000:
            break
    return counts[floor]
