"""Tensors that are one candidate's times a number, every element bit for bit, as layer-stacking tools make them.

One number fits one tensor by chance only where there are few values, so nothing but exact replay of a whole tensor
counts, and only where the number is not one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parentage.numerics.recipes.dense_scalars import product_sum
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.methods.dense_sample import by_place, same_bits

_LEAST_MOVED = 256
_LEAST_DISTINCT = 32
_DIGITS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledCopies:
    """Recipes by tensor, the elements that differ from the copied parent, and how many of these are reproduced."""

    recipes: Mapping[int, Recipe]
    elements: int
    replayed: int


def scaled_copies(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> ScaledCopies | None:
    """Return the tensors that are scaled copies, all of one candidate (that with most of them), or None."""
    best: ScaledCopies | None = None
    for parent in candidates:
        recipes: dict[int, Recipe] = {}
        moved = 0
        for tensor in tensors:
            recipe = _scaled(tensor, parent) if parent in tensor.candidates and tensor.subject.size else None
            if recipe is not None:
                recipes[tensor.context.index] = recipe
                moved += int(np.count_nonzero(tensor.subject != tensor.candidates[parent]))
        if recipes and (best is None or len(recipes) > len(best.recipes)):
            best = ScaledCopies(recipes=recipes, elements=moved, replayed=moved)
    return best


def _scaled(tensor: SampledTensor, parent: int) -> Recipe | None:
    values = tensor.candidates[parent]
    moved = int(np.count_nonzero(tensor.subject != values))
    if moved < _LEAST_MOVED or np.unique(np.abs(values)).size < _LEAST_DISTINCT:
        return None
    length = product_sum(values, values)
    number = product_sum(tensor.subject, values) / length if 0 < length < np.inf else 0.0
    candidates = by_place(tensor)
    for digits in _DIGITS:
        short = round(number, digits)
        if short in (0.0, 1.0):
            continue
        recipe = Recipe(method="scaled-copy", arithmetic="storage", parents=(parent,), weights=(short,), base=False)
        result = recipe.result(tensor.subject, candidates, tensor.lattice)
        if bool(np.all(same_bits(result, tensor.subject))):
            return recipe
    return None
