"""Finds the parameters of one form: from least squares, then short decimals, then a climb on what replay reproduces.

Parameters may be one set for all tensors, or differ by layer, by kind or by tensor. A finer pattern has more freedom,
so it has to reproduce clearly more to be preferred.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.methods.dense_forms import (
    ALIKE,
    Form,
    Parameters,
    is_free,
    parameters_from,
    recipe_of,
    unfitted,
)
from parentage.protocols.weights.methods.dense_sample import Part, coefficients, together

# Elements looked at in a group of tensors: to scout, to climb, and to choose between nearly equal parameters.
SCOUT = 12_288
CLOSE = 49_152
WHOLE = 1 << 20
_MOST_OF_A_TENSOR = 1 << 15
_LEAST_OF_A_TENSOR = 64
LEVELS: tuple[tuple[str, Callable[[Part], object]], ...] = (
    ("constant", lambda part: None),
    ("by-layer", lambda part: part.layer),
    ("by-kind", lambda part: part.kind),
    # As the configuration that slerp's users copy from each other: a gradient of its own for attention and for mlp.
    ("by-module", lambda part: (part.layer, part.kind.split(".")[0])),
    ("by-tensor", lambda part: part.index),
)
_FINER_GAIN = 0.004
_NEAR = 0.1
_GOOD = 0.99
_DECIMALS_BEFORE_FRACTIONS = 3
_LARGEST_FRACTION = 100.0
_LARGEST_DENOMINATOR = 96
_FRACTION_MARGIN = 3e-5
_DONE = 0.9995
_WORTH_A_CLIMB = 0.3
_STEPS = (1e-1, 3e-2, 1e-2, 3e-3, 1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6)
# A step this large shows on the scouting sample.
_COARSE_STEP = 1e-3
_MOST_MOVES = 6
_DIGITS = (1, 2, 3)
_MORE_DIGITS = (1, 2, 3, 4, 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A form with parameters, by tensor, the level at which they are shared, and what they reproduce."""

    form: Form
    level: str
    values: Mapping[int, Parameters]
    tried: int
    matched: int

    @property
    def share(self) -> float:
        """Share of the tried elements that are reproduced."""
        return self.matched / self.tried if self.tried else 0.0


def best_fit(form: Form, parts: Sequence[Part], candidates: Sequence[int]) -> Fit | None:
    """Return the form's best fit over the levels on a scouting sample, or None where it has none."""
    best: Fit | None = None
    for level, _ in LEVELS:
        fit = fit_at(form, level, parts, candidates)
        if fit is not None and (best is None or fit.share > best.share + _FINER_GAIN):
            best = fit
        if fit is None or not has_parameters(fit) or (best is not None and best.share >= _DONE):
            break
    return best


def has_parameters(fit: Fit) -> bool:
    """Say whether the fit's form has any parameter."""
    return any(fit.values.values())


def fit_at(form: Form, level: str, parts: Sequence[Part], candidates: Sequence[int]) -> Fit | None:
    """Return the fit with parameters shared at one level, short decimals preferred."""
    values: dict[int, Parameters] = {}
    tried = matched = 0
    for members in grouped(level, parts):
        start = starting(form, members, candidates)
        if start is None:
            return None
        options = dict.fromkeys((*(shortened(start, digits) for digits in _DIGITS), start, *unfitted(form)))
        best: tuple[int, int, Parameters] | None = None
        for option in options:
            count, hits = scored(form, members, option, SCOUT)
            # Of equals the shorter stays.
            if best is None or hits > best[1]:
                best = (count, hits, option)
        assert best is not None
        tried += best[0]
        matched += best[1]
        values |= dict.fromkeys((part.index for part in members), best[2])
    return Fit(form=form, level=level, values=values, tried=tried, matched=matched) if values else None


def grouped(level: str, parts: Sequence[Part]) -> list[list[Part]]:
    """Return the parts in the groups that share parameters."""
    key = dict(LEVELS)[level]
    groups: dict[object, list[Part]] = {}
    for part in parts:
        groups.setdefault(key(part), []).append(part)
    return list(groups.values())


def shortened(values: Parameters, digits: int) -> Parameters:
    """Return the parameters rounded to some decimals."""
    return tuple(round(value, digits) for value in values)


def scored(form: Form, parts: Sequence[Part], values: Parameters, limit: int) -> tuple[int, int]:
    """Return telling elements of the parts, about `limit` of them, and how many the form reproduces."""
    each = min(_MOST_OF_A_TENSOR, max(_LEAST_OF_A_TENSOR, limit // len(parts)))
    if form.method in ALIKE:
        # Every tensor's recipe is the same, so that their elements can be taken together.
        recipe = recipe_of(form, parts[0], values)
        assert recipe is not None
        return together(parts, each).matches(recipe)
    tried = matched = 0
    for part in parts:
        own = recipe_of(form, part, values)
        if own is not None:
            count, hits = part.matches(own, each)
            tried, matched = tried + count, matched + hits
        else:
            tried += min(each, part.tells)
    return tried, matched


def starting(form: Form, parts: Sequence[Part], candidates: Sequence[int]) -> Parameters | None:
    """Return a group's parameters from least squares.

    Where they depend on each tensor's angles, the median over its tensors, weighted by what they tell.
    """
    if form.method in ("slerp", "nuslerp", "multislerp"):
        own = [(found, part.tells) for part in parts if (found := _own(form, part, candidates)) is not None]
        return _weighted_median(own) if own else None
    gram = parts[0].gram.copy()
    for part in parts[1:]:
        gram = gram + part.gram
    solved = coefficients(gram, candidates, form.parents, free=is_free(form))
    return None if solved is None else parameters_from(form, solved, parts[0])


def _own(form: Form, part: Part, candidates: Sequence[int]) -> Parameters | None:
    found = coefficients(part.gram, candidates, form.parents, free=is_free(form))
    return None if found is None else parameters_from(form, found, part)


def _weighted_median(own: Sequence[tuple[Parameters, int]]) -> Parameters:
    middle = []
    for place in range(len(own[0][0])):
        ordered = sorted((values[place], weight) for values, weight in own)
        half = 0.5 * sum(weight for _, weight in ordered)
        passed = 0
        for value, weight in ordered:
            passed += weight
            if passed >= half:
                middle.append(value)
                break
    return tuple(middle)


def settled(fit: Fit, parts: Sequence[Part], candidates: Sequence[int]) -> Fit:
    """Return the form's fit after a climb at every level that came near, the coarsest that does as well."""
    best: Fit | None = None
    for level, _ in LEVELS:
        start = fit if level == fit.level else fit_at(fit.form, level, parts, candidates)
        if start is None:
            break
        if start.share >= fit.share - _NEAR:
            reached = climbed(start, parts)
            if best is None or reached.share > best.share + _FINER_GAIN:
                best = reached
        if not has_parameters(start) or (best is not None and best.share >= _GOOD):
            break
    return climbed(fit, parts) if best is None else best


def climbed(fit: Fit, parts: Sequence[Part]) -> Fit:
    """Return the fit with every group's parameters moved to where more elements are reproduced."""
    values: dict[int, Parameters] = {}
    tried = matched = 0
    for members in grouped(fit.level, parts):
        best = fit.values[members[0].index]
        count, hits = scored(fit.form, members, best, CLOSE)
        if best and count and _WORTH_A_CLIMB * count <= hits < _DONE * count:
            best = _climb(fit.form, members, best, SCOUT, [step for step in _STEPS if step >= _COARSE_STEP])
            best = _climb(fit.form, members, best, CLOSE, [step for step in _STEPS if step <= _COARSE_STEP])
            best = _short(fit.form, members, best)
            hits = scored(fit.form, members, best, CLOSE)[1]
        tried, matched = tried + count, matched + hits
        values |= dict.fromkeys((part.index for part in members), best)
    return Fit(form=fit.form, level=fit.level, values=values, tried=tried, matched=matched)


def _climb(form: Form, parts: Sequence[Part], values: Parameters, limit: int, steps: Sequence[float]) -> Parameters:
    """Move one parameter, or shift from one to another, in ever smaller steps while more elements are reproduced."""
    hits = scored(form, parts, values, limit)[1]
    for step in steps:
        for _ in range(_MOST_MOVES):
            found = [(scored(form, parts, option, limit)[1], option) for option in _around(values, step)]
            top, option = max(found, key=lambda entry: entry[0])
            if top <= hits:
                break
            values, hits = option, top
    return values


def _around(values: Parameters, step: float) -> list[Parameters]:
    size = len(values)
    moves = [{place: side * step} for place in range(size) for side in (-1.0, 1.0)]
    moves += [{i: step, j: -step} for i in range(size) for j in range(size) if i != j]
    return [tuple(value + move.get(at, 0.0) for at, value in enumerate(values)) for move in moves]


def _short(form: Form, parts: Sequence[Part], values: Parameters) -> Parameters:
    """Return the shortest decimals or small fractions that reproduce as much."""
    hits = scored(form, parts, values, WHOLE)[1]
    options = [shortened(values, digits) for digits in _MORE_DIGITS]
    # A gradient over layers gives fractions of their number.
    options.insert(_DECIMALS_BEFORE_FRACTIONS, tuple(_fraction(value) for value in values))
    for short in options:
        if scored(form, parts, short, WHOLE)[1] >= hits:
            return short
    return values


def _fraction(value: float) -> float:
    if not abs(value) < _LARGEST_FRACTION:
        return value
    near = Fraction(value).limit_denominator(_LARGEST_DENOMINATOR)
    return near.numerator / near.denominator if abs(float(near) - value) < _FRACTION_MARGIN else value


def recipes_of(fit: Fit, parts: Sequence[Part]) -> dict[int, Recipe]:
    """Return each tensor's recipe."""
    found = {}
    for part in parts:
        recipe = recipe_of(fit.form, part, fit.values[part.index])
        if recipe is not None:
            found[part.index] = recipe
    return found
