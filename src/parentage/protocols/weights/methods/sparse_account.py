"""How well one setting of a sparse merge explains a tensor, whatever each task vector's mask was.

With k task vectors each element shows one of at most 2^k results. An element is *explained* if it equals one of them;
it then says which task vectors can have been kept there, and which can have been dropped.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Lattice, ordinals, values_at
from parentage.numerics.recipes.method import Terms
from parentage.numerics.recipes.sparse_masks import same_bits, subsets
from parentage.numerics.recipes.sparse_steps import Election, Mix, Prepared, merge, prepare
from parentage.protocols.weights.methods.sparse_atoms import widened
from parentage.protocols.weights.methods.sparse_view import View, thinned


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Everything but the masks: how the merge rounds, elects and divides, each task vector's weight and scale."""

    arithmetic: str
    election: Election
    weights: tuple[float, ...]
    scales: tuple[float, ...]
    normalize: bool = False
    factor: float = 1.0

    @property
    def mix(self) -> Mix:
        """How kept elements become one."""
        return Mix(election=self.election, normalize=self.normalize, factor=self.factor)

    @property
    def scalars(self) -> dict[str, float]:
        """The scalars of a recipe, those at their defaults left out."""
        found = {f"scale_{i}": scale for i, scale in enumerate(self.scales) if scale != 1.0}
        if self.normalize:
            found["normalize"] = 1.0
        if self.factor != 1.0:
            found["lambda"] = self.factor
        return found

    def prepared(self, one: View) -> Prepared:
        """Return the view's task vectors, weighted and scaled."""
        terms = Terms(weights=(*self.weights, 0.0), scalars=self.scalars, arithmetic=self.arithmetic)
        return prepare(one.values, terms, one.lattice)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Which elements are explained, and where each task vector was certainly kept or certainly dropped."""

    explained: NDArray[np.bool_]
    kept: Sequence[NDArray[np.bool_]]
    dropped: Sequence[NDArray[np.bool_]]


def evidence(one: View, setting: Setting, *, tolerant: bool = False) -> Evidence:
    """Return what the elements say under a setting; tolerant, results may be off by what earlier roundings can do."""
    ready = setting.prepared(one)
    size = one.subject.size
    number = len(one.differences)
    explained = np.zeros(size, dtype=bool)
    can_keep = [np.zeros(size, dtype=bool) for _ in range(number)]
    can_drop = [np.zeros(size, dtype=bool) for _ in range(number)]
    if tolerant:
        ready = replace(ready, last=lambda values: values)
        low, high = widened(one.low, one.high, one.lattice.name, setting.arithmetic)
    for choice in subsets(number):
        result = merge(ready, [np.full(size, keep) for keep in choice], setting.mix)
        if tolerant:
            change = result.astype(np.float64) - one.values[-1]
            hit = (change >= low) & (change <= high)
        else:
            hit = same_bits(result, one.subject)
        explained |= hit
        for place, keep in enumerate(choice):
            (can_keep if keep else can_drop)[place][hit] = True
    return Evidence(
        explained=explained,
        kept=[keep & ~drop for keep, drop in zip(can_keep, can_drop, strict=True)],
        dropped=[drop & ~keep for keep, drop in zip(can_keep, can_drop, strict=True)],
    )


def probe(one: View, most: int, floor: int = 8) -> View:
    """Return a view of some moved elements whose parents are at least `floor` ulps apart, or 2 where there are few."""
    apart = one.apart
    chosen = np.flatnonzero(one.moved & (apart >= floor))
    if chosen.size < 64:
        chosen = np.flatnonzero(one.moved & (apart >= 2))
    return one.at(thinned(chosen, most))


def explained_by(views: Sequence[View], settings: Sequence[Setting], *, tolerant: bool = False) -> tuple[int, int]:
    """Return the elements of the views and how many of them their settings explain."""
    size = hits = 0
    for one, setting in zip(views, settings, strict=True):
        size += one.subject.size
        hits += int(np.count_nonzero(evidence(one, setting, tolerant=tolerant).explained))
    return size, hits


def nearby(value: float, lattice: Lattice, reach: int) -> list[float]:
    """Return the lattice values within `reach` places of a value, nearest first."""
    place = int(ordinals(np.asarray([value], dtype=np.float32), lattice)[0])
    offsets = sorted(range(-reach, reach + 1), key=abs)
    return [float(v) for v in values_at(np.asarray([place + o for o in offsets], dtype=np.int64), lattice)]
