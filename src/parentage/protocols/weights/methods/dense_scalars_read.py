"""Reads a method's scalars off the subject where the prediction is not exact.

A tool takes norms and sums in its own order, in fp32, so that predicted scalars are right to five or six digits; in
storage arithmetic one that lies half-way between two stored values may have gone either way. Each scalar is moved, one
at a time, to where more of the tensor is reproduced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from parentage.numerics.recipes.dense_scalars import karcher_scalars
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.methods.dense_sample import Part

_ROUNDS = 3
_ELEMENTS_FP32 = 1 << 15
_ELEMENTS_STORAGE = 1 << 12
_FINE = (1e-5, 3e-6, 1e-6, 3e-7, 1e-7)
_COARSE = (3e-3, 1e-3, 3e-4, 1e-4, 3e-5)
_LATTICE_STEPS = (1, 2, 3)
_KARCHER_TURNS = 3
_FLIPS = 2
_NEARLY_ALL = 0.999
READ = {
    "slerp": ("s0", "s1"),
    "nuslerp": ("s0", "s1", "sine"),
    "model-stock": ("t",),
    "multislerp": ("scale", "mean", "cosine", "sinc"),
}


def read_scalars(recipe: Recipe, part: Part) -> Recipe:
    """Return the recipe with the scalars that reproduce most of the tensor; the same recipe where none does better."""
    if recipe.method == "karcher":
        return _flipped(recipe, part) if recipe.arithmetic == "storage" else recipe
    names: tuple[str, ...] = READ.get(recipe.method, ())
    if recipe.method == "multislerp":
        each = [name for name, _ in recipe.scalars if name.startswith(("norm", "dot"))]
        names = (*names, *each)
    return nudged(recipe, part, names) if names else recipe


def nudged(recipe: Recipe, part: Part, names: Sequence[str]) -> Recipe:
    """Return the recipe with the named scalars moved, along the lattice or by small shares of themselves."""
    limit = _ELEMENTS_FP32 if recipe.arithmetic == "fp32" else _ELEMENTS_STORAGE
    best = recipe
    tried, hits = part.matches(recipe, limit)
    for _ in range(_ROUNDS):
        before = hits
        for name in names:
            for moved in _moves(best, name, part):
                reached = part.matches(moved, limit)[1]
                if reached > hits:
                    best, hits = moved, reached
        if hits in (before, tried):
            break
    return best


def _moves(recipe: Recipe, name: str, part: Part) -> list[Recipe]:
    scalars = dict(recipe.scalars)
    value = scalars[name]
    if recipe.arithmetic == "fp32":
        shares = (*_COARSE, *_FINE) if part.repeats > 1.0 else _FINE
        moved = [value + side * value * share for share in shares for side in (-1.0, 1.0)]
    else:
        moved = [_stepped(value, side, count, part) for count in _LATTICE_STEPS for side in (-1.0, 1.0)]
    return [_with(recipe, {**scalars, name: one}) for one in moved if one != value]


def _stepped(value: float, side: float, count: int, part: Part) -> float:
    """Return the value some places along the lattice; below a power of two the places are half as far apart."""
    if not value:
        return value
    mantissa, exponent = np.frexp(abs(value))
    inward = side * value < 0 and mantissa == 0.5
    unit = 2.0 ** (float(exponent) - 1 - part.lattice.mantissa_bits) * (0.5 if inward else 1.0)
    return value + side * count * float(unit)


def _with(recipe: Recipe, scalars: Mapping[str, float]) -> Recipe:
    return replace(recipe, scalars=tuple(sorted(scalars.items())))


def _flipped(recipe: Recipe, part: Part) -> Recipe:
    """Return the recipe with up to two scalars of the first rounds a little aside, later rounds following from them.

    A length is an fp32 sum, right to about 3e-6; where it divides many equal mantissas at once that decides for all.
    """
    best = recipe
    tried, hits = part.matches(recipe, _ELEMENTS_STORAGE)
    forced: dict[str, float] = {}
    parents = [part.candidates[i] for i in recipe.parents]
    for _ in range(_FLIPS):
        found: tuple[int, Recipe, dict[str, float]] | None = None
        for name, moved in _asides(best, part):
            trial = {**forced, name: moved}
            scalars = karcher_scalars(parents, recipe.arithmetic, part.lattice, part.repeats, trial)
            if scalars is None:
                continue
            other = _with(recipe, scalars)
            reached = part.matches(other, _ELEMENTS_STORAGE)[1]
            if reached > hits and (found is None or reached > found[0]):
                found = (reached, other, trial)
            if reached >= _NEARLY_ALL * tried:
                break
        if found is None:
            break
        hits, best, forced = found
        if hits >= _NEARLY_ALL * tried:
            break
    return best


def _asides(recipe: Recipe, part: Part) -> list[tuple[str, float]]:
    """Return which scalars to move, lengths before cosines, and where to."""
    scalars = dict(recipe.scalars)
    turns = range(_KARCHER_TURNS)
    lengths = [*(f"unit{turn}" for turn in turns), "mean", *(f"norm{i}" for i in range(len(recipe.parents)))]
    cosines = [f"dot{turn}.{i}" for turn in turns for i in range(len(recipe.parents))]
    found = [
        (name, scalars[name] * (1.0 + side * share))
        for share in (4e-6, 1e-5)
        for name in lengths
        if name in scalars
        for side in (-1.0, 1.0)
    ]
    for name in cosines:
        if name in scalars:
            found += [(name, min(1.0, _stepped(scalars[name], side, 1, part))) for side in (-1.0, 1.0)]
    return found
