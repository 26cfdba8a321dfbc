"""Counts what a fitted form reproduces of every sampled element, once its parameters and scalars are settled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.methods.dense_closest import HOPEFUL, WORTH_COSTLY_FORMS
from parentage.protocols.weights.methods.dense_forms import Form, weights_of
from parentage.protocols.weights.methods.dense_sample import LEAST_TELLING, Part
from parentage.protocols.weights.methods.dense_scalars_read import read_scalars
from parentage.protocols.weights.methods.dense_search import Fit, recipes_of, settled

LEAST_REPLAYED = 0.95
_TENSOR_REPLAYED = 0.999
_NO_BETTER = 0.9999
_CLOSEST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A fit's recipes with what they reproduce of the whole sample's mid elements."""

    fit: Fit
    recipes: Mapping[int, Recipe]
    elements: int
    replayed: int
    tensors_tried: int
    tensors_replayed: int

    @property
    def share(self) -> float:
        """Share of the mid elements reproduced."""
        return self.replayed / self.elements if self.elements else 0.0


def count_closest(fits: Sequence[Fit], parts: Sequence[Part], candidates: Sequence[int]) -> list[Counted]:
    """Return the closest fits, settled and counted, best first; far ones are not settled once one is complete."""
    counted: list[Counted] = []
    for fit in fits[:_CLOSEST]:
        if counted and counted[0].share >= _NO_BETTER:
            counted.append(count_whole(fit, parts))
        else:
            counted.append(count_whole(settled(fit, parts, candidates), parts))
        counted.sort(key=lambda one: -one.share)
    if counted and counted[0].replayed < counted[0].elements:
        sums = [one for one in counted if one.fit.form.method in ("linear", "general-linear")]
        counted += _fused(sums[0], parts) if sums else []
        counted.sort(key=lambda one: -one.share)
    return counted


def _fused(one: Counted, parts: Sequence[Part]) -> list[Counted]:
    """Return the weighted sum with fused steps, which differs only where a sum lies half-way between stored values."""
    form = one.fit.form
    if form.method not in ("linear", "general-linear") or form.arithmetic != "fp32" or one.share < LEAST_REPLAYED:
        return []
    orders = permutations(form.parents) if len(form.parents) <= 3 else [form.parents]
    found = []
    for order in orders:
        places = [form.parents.index(parent) for parent in order]
        values = {
            index: tuple(weights_of(form, own)[place] for place in places) for index, own in one.fit.values.items()
        }
        turned = Form(method="general-linear", arithmetic="fp32-fused", parents=order)
        fit = Fit(form=turned, level=one.fit.level, values=values, tried=one.fit.tried, matched=one.fit.matched)
        found.append(count_whole(fit, parts))
    return found


def count_whole(fit: Fit, parts: Sequence[Part]) -> Counted:
    """Return the fit counted over every sampled element, its scalars read off the subject where that does better."""
    recipes = recipes_of(fit, parts)
    elements = replayed = tried = whole = 0
    for part in parts:
        recipe = recipes.get(part.index)
        if recipe is None:
            continue
        count, hits = part.mid_counts(recipe)
        if WORTH_COSTLY_FORMS * count <= hits < _TENSOR_REPLAYED * count and fit.share >= HOPEFUL:
            recipes[part.index] = recipe = read_scalars(recipe, part)
            count, hits = part.mid_counts(recipe)
        elements, replayed = elements + count, replayed + hits
        if count >= LEAST_TELLING:
            tried += 1
            whole += hits >= _TENSOR_REPLAYED * count
    return Counted(
        fit=fit, recipes=recipes, elements=elements, replayed=replayed, tensors_tried=tried, tensors_replayed=whole
    )
