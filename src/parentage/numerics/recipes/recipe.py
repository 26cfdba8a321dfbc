"""One complete account of how a tensor was merged, by any method."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import Floats, Lattice
from parentage.numerics.recipes.dense import DENSE
from parentage.numerics.recipes.method import Terms
from parentage.numerics.recipes.sparse import SPARSE

METHODS = {method.name: method for method in (*DENSE, *SPARSE)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """A method with its parents (candidate indices; the base last, where the method has one), weights and scalars.

    `base` says whether the last parent is the base that differences are taken from.
    """

    method: str
    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    base: bool
    scalars: tuple[tuple[str, float], ...] = ()

    @property
    def name(self) -> str:
        """The method and how it rounds, as tables give it."""
        return f"{self.method}-{self.arithmetic}"

    @property
    def selects(self) -> bool:
        """Whether every result equals one of the parents."""
        return METHODS[self.method].selects

    def result(self, subject: Floats, candidates: Sequence[Floats], lattice: Lattice) -> Floats:
        """Return the merge on the storage lattice, from equal-shaped arrays in the lattice's working type."""
        parents = [candidates[place] for place in self.parents]
        terms = Terms(weights=self.weights, scalars=dict(self.scalars), arithmetic=self.arithmetic)
        with np.errstate(all="ignore"):
            return METHODS[self.method].replay(subject, parents, terms, lattice)


# How a tensor may have come about: a weighted sum in some arithmetic, or another method's recipe.
Account = Hypothesis | Recipe
