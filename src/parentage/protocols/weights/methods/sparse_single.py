"""nearswap and ram, whose masks are known from the parents and one threshold each.

nearswap moves the base by at most t: the subject's distance from the base saturates. ram averages what several parents
moved and takes over what one moved alone: no atom of the subject at its base is left where only one parent moved.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import ulp
from parentage.numerics.recipes.recipe import Recipe
from parentage.numerics.stabbing import deepest, simplest_decimal
from parentage.protocols.weights.methods.sparse_recipes import Draft
from parentage.protocols.weights.methods.sparse_view import FAR, View, thinned

_PROBED = 4096
_SATURATED = 0.5
_GOOD = 0.95
_EPSILONS = (1e-5, 0.0, 1e-6, 1e-4)


def find_nearswap(views: Sequence[View]) -> Draft | None:
    """Return the account of a base moved towards the other parent by at most t, or None where nothing saturates."""
    parts = [one.at(thinned(np.flatnonzero(one.apart >= FAR), _PROBED)) for one in views]
    if sum(part.subject.size for part in parts) < 100:
        return None
    stab = deepest([partial(_limits, part) for part in parts])
    if stab is None or stab.depth < _SATURATED or stab.middle <= 0.0:
        return None
    margin = max(stab.high - stab.low, 0.02 * stab.middle)
    guesses = [
        simplest_decimal(stab.low, stab.high),
        _significant(stab.middle, 1),
        _significant(stab.middle, 2),
        _significant(stab.middle, 3),
    ]
    guesses += [stab.middle + margin * 0.1 * i for i in range(-10, 11)]
    best: tuple[int, float, str] | None = None
    for arithmetic in ("storage", "fp32"):
        for t in dict.fromkeys(guess for guess in guesses if guess):
            hits = _hits(parts, partial(_nearswap, arithmetic=arithmetic, t=t))
            if best is None or hits > best[0]:
                best = (hits, t, arithmetic)
    size = sum(part.subject.size for part in parts)
    if best is None or best[0] < _GOOD * size:
        return None
    _, t, arithmetic = best
    moved = held = 0.0
    for part in parts:
        moved += float(np.add.reduce(np.abs(part.subject.astype(np.float64) - part.values[-1])))
        held += float(np.add.reduce(np.abs(part.differences[0].astype(np.float64))))
    weight = round(moved / held, 6) if held else 0.0
    return Draft(
        method="nearswap",
        arithmetic=arithmetic,
        parents=views[0].parents,
        weights=(weight, round(1.0 - weight, 6)),
        recipes={one.index: _nearswap(one, arithmetic, t) for one in views},
        parameters=(("t", t),),
    )


def _limits(part: View, stride: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what each element allows t to be: the size of its move, within the roundings of three steps."""
    chosen = slice(None, None, stride)
    change = np.abs(part.subject[chosen].astype(np.float64) - part.values[-1][chosen])
    slack = 1.5 * ulp(part.subject[chosen], part.lattice)
    towards = (part.subject[chosen] - part.values[-1][chosen]) * part.differences[0][chosen] >= 0
    return (change - slack)[towards], (change + slack)[towards]


def _significant(value: float, digits: int) -> float:
    return float(f"{value:.{digits - 1}e}")


def _nearswap(one: View, arithmetic: str, t: float) -> Recipe:
    return Recipe(
        method="nearswap",
        arithmetic=arithmetic,
        parents=one.parents,
        weights=(1.0, 0.0),
        base=True,
        scalars=(("t", t),),
    )


def _result(part: View, recipe: Recipe) -> NDArray[np.bool_]:
    size = max(recipe.parents) + 1
    values = [part.subject] * size
    for place, parent in enumerate(recipe.parents):
        values[parent] = part.values[place]
    return np.asarray(recipe.result(part.subject, values, part.lattice) == part.subject)


def _chosen(recipes: Mapping[int, Recipe], part: View) -> Recipe:
    return recipes[part.index]


def _sliced(
    lower: NDArray[np.float64], upper: NDArray[np.float64], stride: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return lower[::stride], upper[::stride]


def _hits(parts: Sequence[View], recipe: Callable[[View], Recipe]) -> int:
    total = 0
    for part in parts:
        total += int(np.count_nonzero(_result(part, recipe(part))))
    return total


def find_ram(views: Sequence[View]) -> Draft | None:
    """Return the account of averaged overlaps and single moves taken over (times a gain), or None."""
    parts = [one.at(thinned(np.flatnonzero(one.apart >= 2), _PROBED)) for one in views]
    size = sum(part.subject.size for part in parts)
    if size < 100:
        return None
    flavours = ("storage", "fp32") if views[0].lattice.name != "F32" else ("fp32", "bf16")
    first = max(parts, key=lambda part: part.subject.size)
    for arithmetic in flavours:
        for epsilon in _EPSILONS:
            for gained in (False, True):
                if (
                    np.count_nonzero(_result(first, _ram(first, arithmetic, epsilon, gained=gained)))
                    < _GOOD * first.subject.size
                ):
                    continue
                recipes = {
                    one.index: _ram(part, arithmetic, epsilon, gained=gained)
                    for one, part in zip(views, parts, strict=True)
                }
                hits = _hits(parts, partial(_chosen, recipes))
                if hits >= 0.999 * size:
                    return _ram_draft(views, recipes, arithmetic, epsilon)
    return None


def _ram(part: View, arithmetic: str, epsilon: float, *, gained: bool) -> Recipe:
    scalars = {"epsilon": epsilon}
    if gained:
        moved = np.stack([np.abs(difference) > epsilon for difference in part.differences])
        number = moved.sum(axis=0)
        for i, difference in enumerate(part.differences):
            alone = np.flatnonzero(moved[i] & (number == 1) & (part.steps[i] >= 2))
            first = part.low[alone] / difference[alone].astype(np.float64)
            second = part.high[alone] / difference[alone].astype(np.float64)
            lower, upper = np.minimum(first, second), np.maximum(first, second)
            stab = deepest([partial(_sliced, lower, upper)])
            scalars[f"gain_{i}"] = (
                1.0 if stab is None else (simplest_decimal(max(1.0, stab.low), max(1.0, stab.high)) or stab.middle)
            )
    return Recipe(
        method="ram",
        arithmetic=arithmetic,
        parents=part.parents,
        weights=(1.0,) * len(part.differences) + (0.0,),
        base=True,
        scalars=tuple(sorted(scalars.items())),
    )


def _ram_draft(views: Sequence[View], recipes: dict[int, Recipe], arithmetic: str, epsilon: float) -> Draft | None:
    """Return the draft, or None where no parent moved alone: then ram is the plain average, a weighted sum."""
    alone = 0
    for one in views:
        moved = np.stack([np.abs(difference) > epsilon for difference in one.differences])
        alone += int(np.count_nonzero((moved.sum(axis=0) == 1) & (one.apart >= 2)))
    if alone < 100:
        return None
    number = len(views[0].differences)
    gains = sorted(value for recipe in recipes.values() for name, value in recipe.scalars if name.startswith("gain"))
    share = round(1.0 / number, 12)
    return Draft(
        method="ramplus" if gains else "ram",
        arithmetic=arithmetic,
        parents=views[0].parents,
        weights=(share,) * number + (0.0,),
        recipes=recipes,
        parameters=(("epsilon", epsilon), *((("gain", gains[len(gains) // 2]),) if gains else ())),
    )
