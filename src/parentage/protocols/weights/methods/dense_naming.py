"""What a dense merge is called: which accounts no test tells apart, and which of these is named.

Of forms that reproduce as much, the one with the least freedom is named and the others are listed with it.
"""

from collections.abc import Sequence

import numpy as np

from parentage.numerics.lattice import Floats
from parentage.numerics.recipes import dense_scalars
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.methods.dense_counted import Counted
from parentage.protocols.weights.methods.dense_forms import recipe_of
from parentage.protocols.weights.methods.dense_sample import Part, coefficients, same_bits
from parentage.protocols.weights.methods.dense_scalars_read import READ
from parentage.protocols.weights.methods.dense_search import LEVELS, Fit

# Two forms whose scalars come from sums that a tool takes in its own order differ by less than this of the elements
# for that reason alone.
_SUMMED = 5e-4
_ESTIMATED = 3e-3
# In fp32 it hardly matters which parent differences are taken from.
_ANY_BASE = 1e-4
_TWINS = (("slerp", "fp32"), ("nuslerp", "fp32"))
_DECIDING = 10
_PREFERENCE = ("linear", "soup", "slerp", "nuslerp", "multislerp", "karcher")


def parted_by_threshold(level: list[Counted], parts: Sequence[Part]) -> list[Counted]:
    """Return the accounts without those that tensors of nearly parallel parents refute: slerp is linear there."""
    twins = [one for one in level if (one.fit.form.method, one.fit.form.arithmetic) in _TWINS and not one.fit.form.base]
    if len(twins) != len(_TWINS):
        return level
    right = [0, 0]
    for part in parts:
        recipes = [recipe_of(one.fit.form, part, one.fit.values[part.index]) for one in twins]
        results = [r.result(part.subject, part.candidates, part.lattice) for r in recipes if r is not None]
        if (
            len(results) == len(twins)
            and abs(dense_scalars.cosine_of(*_twin_parents(twins[0], part))) > dense_scalars.SLERP_THRESHOLD
        ):
            differ = results[0] != results[1]
            right = [
                count + int(np.count_nonzero(differ & same_bits(result, part.subject)))
                for count, result in zip(right, results, strict=True)
            ]
    wrong = twins[0] if right[0] < right[1] else twins[1]
    decided = max(right) >= _DECIDING and min(right) <= 0.05 * max(right)
    return [one for one in level if one is not wrong] if decided else level


def _twin_parents(one: Counted, part: Part) -> list[Floats]:
    """Return a tensor's two parents."""
    return [part.candidates[place] for place in one.fit.form.parents]


def is_level(one: Counted, best: Counted, *, partial: bool) -> bool:
    """Say whether no test tells the two apart: equal shares, or equal up to how a tool sums.

    With `partial` tensors were read in part only, so that norms and angles are estimates.
    """
    if one.share == best.share:
        return True
    if best.fit.form.method in READ or best.fit.level == "by-tensor":
        return best.replayed < best.elements and one.share >= best.share - (_ESTIMATED if partial else _SUMMED)
    same = (one.fit.form.method, one.fit.form.arithmetic) == (best.fit.form.method, best.fit.form.arithmetic)
    return same and one.share >= best.share - _ANY_BASE and best.fit.form.arithmetic == "fp32"


def freedom(one: Counted) -> tuple[int, int, int, int, int]:
    """Order forms that no test tells apart: coarse pattern, few parameters, no negative weights, few parents, known."""
    values = next(iter(one.fit.values.values()))
    name = one.fit.form.method
    known = _PREFERENCE.index(name) if name in _PREFERENCE else len(_PREFERENCE)
    finest = [level for level, _ in LEVELS].index(one.fit.level)
    return finest, len(values), sum(value < 0 for value in values), len(one.fit.form.parents), known


def method_of(fit: Fit) -> str:
    """Return the method's name; a few weights for all tensors are a weighted sum even if they do not sum to one."""
    return "linear" if fit.form.method == "general-linear" and fit.level != "by-tensor" else fit.form.method


def differs_in_last_places(one: Counted, leader: Counted) -> bool:
    """Say whether slerp is linear in every tensor: then the two differ in how 1 - t is rounded and nothing else."""
    if one.fit.form.method != "slerp" or leader.fit.form.method not in ("linear", "soup"):
        return False
    sums = [dict(recipe.scalars)["s0"] + dict(recipe.scalars)["s1"] for recipe in one.recipes.values()]
    return one.share >= leader.share - _SUMMED and all(abs(total - 1.0) < 1e-6 for total in sums)


def folded_weights(recipe: Recipe) -> tuple[float, ...]:
    """Return the weights with lambda and divisor multiplied in, the base's the rest."""
    scalars = dict(recipe.scalars)
    scale = scalars.get("lambda", 1.0) / scalars.get("divisor", 1.0)
    if scale == 1.0:
        return recipe.weights
    movers = [round(weight * scale, 12) for weight in recipe.weights[:-1]]
    rest = 1.0
    for weight in movers:
        rest -= weight
    return (*movers, round(rest, 12))


def own_parameters(leader: Counted, teller: Part) -> tuple[tuple[str, float], ...]:
    """Return the method's own parameters, those of the tensor that tells most where they differ."""
    form = leader.fit.form
    recipe = leader.recipes[teller.index]
    match form.method:
        case "slerp" | "nuslerp":
            return (("t", leader.fit.values[teller.index][0]),)
        case "model-stock":
            found = coefficients(teller.gram, teller.ids, form.parents, free=False)
            fitted = () if found is None else (("t_fitted", 1.0 - found[-1]),)
            return (("t", dict(recipe.scalars)["t"]), *fitted)
        case "ema":
            return (("decay", dict(recipe.scalars)["decay"]),)
        case "add-difference":
            return (("m", recipe.weights[1]),)
        case _:
            return form.fixed
