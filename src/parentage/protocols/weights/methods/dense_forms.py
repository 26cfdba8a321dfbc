"""Every form of a dense merge that is tried: method, rounding, and which candidate plays which part.

A form has few free parameters (the interpolation's t, the weights); everything else that it needs is predicted from
the parents, because each freedom that a form has is one that chance can use.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from parentage.numerics.recipes import dense_scalars
from parentage.numerics.recipes.dense_linear import stored
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.methods.dense_sample import Part, coefficients

Parameters = tuple[float, ...]
# Coefficients nearer to each other than this may be those of a uniform average.
_EQUAL = 0.05
_ALL_ORDERS = 4
_READ_ELEMENTS = 1024
# Methods that need nothing of a tensor but the parameters.
ALIKE = ("linear", "general-linear", "soup", "ema", "task-arithmetic", "add-difference")
_DECAYS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A method, its arithmetic, its parents as candidate indices (the base last), and fixed scalars."""

    method: str
    arithmetic: str
    parents: tuple[int, ...]
    base: bool = False
    fixed: tuple[tuple[str, float], ...] = ()

    @property
    def movers(self) -> tuple[int, ...]:
        """The parents without the base."""
        return self.parents[:-1] if self.base else self.parents


def possible_forms(candidates: Sequence[int], pooled: Sequence[float], active: Sequence[int]) -> list[Form]:
    """Return the forms worth trying for candidates with pooled coefficients, of which some are active."""
    weight = dict(zip(candidates, pooled, strict=True))
    return [*_without_base(tuple(active), weight), *_with_base(candidates, active, weight)]


def _without_base(active: tuple[int, ...], weight: dict[int, float]) -> Iterator[Form]:
    if len(active) < 2:
        return
    yield Form(method="linear", arithmetic="fp32", parents=active)
    yield Form(method="general-linear", arithmetic="fp32", parents=active)
    for order in permutations(active) if len(active) == 2 else ():
        # The second's share is t and the first's 1 - t in fp32, which is not the same bits the other way round.
        yield Form(method="slerp", arithmetic="fp32", parents=order)
    if len(active) == 3:
        for order in permutations(active):
            start, moved, base = (weight[i] for i in order)
            if abs(start - 1) < _EQUAL and abs(moved + base) < _EQUAL:
                for arithmetic in ("fp32", "storage"):
                    yield Form(method="add-difference", arithmetic=arithmetic, parents=order, base=True)
    orders = list(permutations(active)) if len(active) <= _ALL_ORDERS else [active]
    if max(weight[i] for i in active) - min(weight[i] for i in active) < _EQUAL:
        yield Form(method="soup", arithmetic="fp32", parents=active)
        for order in orders:
            for arithmetic in ("storage", "storage-sum", "storage-running"):
                yield Form(method="soup", arithmetic=arithmetic, parents=order)
    for arithmetic in ("fp32", "storage"):
        if len(active) == 2:
            yield Form(method="nuslerp", arithmetic=arithmetic, parents=active)
        for order in permutations(active) if 2 < len(active) <= _ALL_ORDERS else ():
            yield Form(method="ema", arithmetic=arithmetic, parents=order)
        yield Form(method="multislerp", arithmetic=arithmetic, parents=active)
        if max(weight[i] for i in active) - min(weight[i] for i in active) < 4 * _EQUAL:
            yield Form(method="karcher", arithmetic=arithmetic, parents=active)
    if len(active) == 2:
        yield Form(method="slerp", arithmetic="storage", parents=active)
    for order in orders if len(active) == 3 else [active]:
        yield Form(method="linear", arithmetic="storage", parents=order)
    yield Form(method="general-linear", arithmetic="storage", parents=active)


def _with_base(candidates: Sequence[int], active: Sequence[int], weight: dict[int, float]) -> Iterator[Form]:
    for base in candidates:
        movers = tuple(i for i in active if i != base)
        if not movers:
            continue
        parents = (*movers, base)
        flat = max(weight[i] for i in movers) - min(weight[i] for i in movers) < _EQUAL
        for arithmetic in ("fp32", "storage", "storage-in-order"):
            yield Form(method="task-arithmetic", arithmetic=arithmetic, parents=parents, base=True)
        if len(movers) == 2:
            turned = (movers[1], movers[0], base)
            yield Form(method="task-arithmetic", arithmetic="storage-in-order", parents=turned, base=True)
        if len(movers) > 1 and flat:
            yield Form(method="task-arithmetic", arithmetic="storage-together", parents=parents, base=True)
        if len(movers) < 2:
            continue
        for arithmetic in ("fp32", "storage"):
            yield Form(method="model-stock", arithmetic=arithmetic, parents=parents, base=True)
            if len(movers) == 2:
                yield Form(method="nuslerp", arithmetic=arithmetic, parents=parents, base=True)
            yield Form(method="multislerp", arithmetic=arithmetic, parents=parents, base=True)


def parameters_from(form: Form, found: Sequence[float], part: Part) -> Parameters | None:
    """Return a form's parameters from coefficients of its parents; `part` gives the angle where one is needed."""
    match form.method:
        case "slerp" | "nuslerp":
            first, second = found[0], found[1]
            cosine = _angle_cosine(form, part)
            if first <= 0 or second <= 0:
                return None
            angle, ratio = math.acos(cosine), second / first
            if angle < 1e-3:
                return (second / (first + second),)
            return (math.atan2(ratio * math.sin(angle), 1 + ratio * math.cos(angle)) / angle,)
        case "multislerp":
            points = [part.candidates[i] for i in form.movers]
            origin = part.candidates[form.parents[-1]] if form.base else None
            shifted = points if origin is None else [point - origin for point in points]
            raw = [c * dense_scalars.norm_of(p, 1.0) for c, p in zip(found, shifted, strict=False)]
            total = _plus(raw)
            return tuple(value / total for value in raw[:-1]) if total > 0 else None
        case "task-arithmetic":
            if form.arithmetic == "storage-together":
                return (_plus(found[:-1]) / len(form.movers),)
            fixed = dict(form.fixed)
            scale = fixed.get("divisor", 1.0) / fixed.get("lambda", 1.0)
            return tuple(value * scale for value in found[:-1])
        case "add-difference":
            return (found[1],)
        case "model-stock" | "karcher" | "soup":
            return ()
        case "linear":
            return tuple(found[:-1])
        case "ema":
            return (1.0 - found[-1],)
        case _:
            return tuple(found)


def _angle_cosine(form: Form, part: Part) -> float:
    first, second = (part.candidates[i] for i in form.movers)
    if form.base:
        base = part.candidates[form.parents[-1]]
        first, second = first - base, second - base
    return dense_scalars.cosine_of(first, second)


def _plus(values: Sequence[float]) -> float:
    total = 0.0
    for value in values:
        total += value
    return total


def unfitted(form: Form) -> tuple[Parameters, ...]:
    """Return parameters to try besides the fitted: a decay is poorly fitted where checkpoints lie close together."""
    return tuple((decay,) for decay in _DECAYS) if form.method == "ema" else ()


def is_free(form: Form) -> bool:
    """Say whether a form's coefficients do not have to sum to one."""
    return form.method in ("general-linear", "slerp", "nuslerp", "multislerp") and not form.base


def recipe_of(form: Form, part: Part, values: Parameters) -> Recipe | None:
    """Return the recipe of one tensor, its scalars predicted from the parents; None where they are not defined."""
    weights = weights_of(form, values)
    scalars = dict(form.fixed)
    parents = [part.candidates[i] for i in form.parents]
    rounding = (form.arithmetic, part.lattice)
    match form.method:
        case "slerp":
            cosine = part.known((form, "cosine"), lambda: dense_scalars.cosine_of(*parents))
            scalars |= dense_scalars.slerp_scalars(cosine, values[0])
        case "nuslerp":
            cosine = part.known(
                (form, "cosine"), lambda: dense_scalars.nuslerp_cosine(parents, *rounding, part.repeats)
            )
            if part.repeats > 1.0 and form.arithmetic != "fp32":
                cosine = part.known(
                    (form, "read", round(values[0], 3)), lambda: _read_cosine(form, part, cosine, values)
                )
            scalars |= dense_scalars.nuslerp_scalars(cosine, values[0], *rounding)
        case "multislerp":
            shares = weights[: len(form.movers)]
            points = part.known(
                (form, shares), lambda: dense_scalars.multislerp_scalars(parents, shares, *rounding, part.repeats)
            )
            if points is None:
                return None
            scalars |= points
        case "karcher":
            turns = part.known(
                (form, "rounds"), lambda: dense_scalars.karcher_scalars(parents, *rounding, part.repeats)
            )
            if turns is None:
                return None
            scalars |= turns
        case "ema":
            scalars["decay"] = values[0]
        case "task-arithmetic" if "divisor" in scalars:
            kept = [float(stored(weight, part.lattice)) for weight in values]
            scalars["divisor"] = float(stored(_plus(kept), part.lattice))
        case "model-stock":
            t = part.known((form, "t"), lambda: stock_share(form, part))
            scalars["t"] = t
            weights = (*[t / len(form.movers)] * len(form.movers), 1.0 - t)
        case _:
            pass
    return _assembled(form, weights, scalars)


def _read_cosine(form: Form, part: Part, cosine: float, values: Parameters) -> float:
    """Return which of the stored values next to a sampled cosine reproduces most: norms round before they divide."""
    unit = float(2.0 ** -(part.lattice.mantissa_bits + 1))
    best = (-1, cosine)
    for steps in (0, -1, 1, -2, 2, -3, 3):
        moved = min(1.0, cosine + steps * unit)
        scalars = dense_scalars.nuslerp_scalars(moved, values[0], form.arithmetic, part.lattice)
        recipe = _assembled(form, weights_of(form, values), scalars)
        hits = part.matches(recipe, _READ_ELEMENTS)[1]
        if hits > best[0]:
            best = (hits, moved)
    return best[1]


def _assembled(form: Form, weights: Parameters, scalars: Mapping[str, float]) -> Recipe:
    return Recipe(
        method=form.method,
        arithmetic=form.arithmetic,
        parents=form.parents,
        weights=weights,
        base=form.base,
        scalars=tuple(sorted(scalars.items())),
    )


def stock_share(form: Form, part: Part) -> float:
    """Return the predicted share of the average; where only part of a tensor was read, what least squares gives."""
    if part.repeats > 1.0:
        found = coefficients(part.gram, part.ids, form.parents, free=False)
        if found is not None:
            return 1.0 - found[-1]
    return dense_scalars.model_stock_t([part.candidates[i] for i in form.parents], form.arithmetic, part.lattice)


def other_scales(form: Form, found: Sequence[float]) -> Iterator[Form]:
    """Yield mergekit's task arithmetic with a lambda, and with normalised weights where they sum to one."""
    # Nearest to one first: a lambda halved with weights doubled gives the same bits.
    for step in sorted(range(1, 41), key=lambda step: abs(math.log(step / 20))):
        if step != 20:
            yield replace(form, fixed=(("lambda", step / 20),))
    if abs(_plus(found) - 1.0) < _EQUAL:
        for step in sorted(range(1, 41), key=lambda step: abs(math.log(step / 10))):
            yield replace(form, fixed=(("divisor", step / 10),))


def weights_of(form: Form, values: Parameters) -> tuple[float, ...]:
    """Return one weight for each parent, the base's last, as a recipe states them."""
    count = len(form.movers)
    match form.method:
        case "slerp" | "nuslerp":
            weights: tuple[float, ...] = (_rest(values), *values)
        case "multislerp" | "linear":
            weights = (*values, _rest(values))
        case "soup" | "karcher" | "model-stock":
            weights = (1.0 / count,) * count
        case "add-difference":
            return (1.0, values[0], -values[0])
        case "ema":
            decay, later = values[0], count - 1
            return (decay**later, *((1.0 - decay) * decay ** (later - at) for at in range(1, count)))
        case "task-arithmetic" if form.arithmetic == "storage-together":
            weights = values * count
        case _:
            weights = values
    return (*weights, _rest(weights)) if form.base else weights


def _rest(weights: Sequence[float]) -> float:
    rest = 1.0 - _plus(weights)
    short = round(rest, 12)
    return short if abs(short - rest) < 1e-15 * max(1, len(weights)) * 4 else rest
