"""Which forms come closest to the subject? Tried on a scouting sample, simple ones first, costly ones if needed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

from parentage.protocols.weights.methods.dense_forms import Form, other_scales, possible_forms
from parentage.protocols.weights.methods.dense_sample import Part, coefficients
from parentage.protocols.weights.methods.dense_search import Fit, best_fit, fit_at, recipes_of, settled

# Below these no form is near enough for more of them, or for their parameters, to be worth a search.
_WORTH_OTHER_FORMS = 0.2
WORTH_COSTLY_FORMS = 0.3
HOPEFUL = 0.5
COMPLETE = 0.9995
_CROWDED = 0.9
_NEAR = 0.05
_ACTIVE = 0.01
_COSTLY = ("multislerp", "karcher", "ema")
_SIMPLE = ("linear", "slerp", "soup", "task-arithmetic", "model-stock")
_ORDERED_ELEMENTS = 1 << 17


def closest_fits(parts: Sequence[Part], candidates: Sequence[int]) -> list[Fit]:
    """Return fits of all forms on a scouting sample, the closest first; costly forms only if no other is complete."""
    pooled = pooled_coefficients(parts, candidates)
    if pooled is None:
        return []
    active = [place for place, value in zip(candidates, pooled, strict=True) if abs(value) >= _ACTIVE]
    fits = _tried(active, pooled, parts, candidates)
    best = max((fit.share for fit in fits), default=0.0)
    if len(active) > 2 and WORTH_COSTLY_FORMS <= best < _CROWDED:
        # Near one another, candidates get weight from least squares that they do not have.
        for left_out in active:
            fewer = [place for place in active if place != left_out]
            fits += _fitted(_simple_forms(fewer, pooled, candidates), parts, candidates)
    # Python's sort is stable: of equals the form that was listed first stays first.
    fits.sort(key=lambda fit: -fit.share)
    return fits


def _tried(
    active: Sequence[int], pooled: Sequence[float], parts: Sequence[Part], candidates: Sequence[int]
) -> list[Fit]:
    forms = possible_forms(candidates, pooled, active)
    cheap = [form for form in forms if form.method not in _COSTLY]
    costly = [form for form in forms if form.method in _COSTLY]
    sums = [form for form in cheap if form.method in ("linear", "general-linear")]
    fits = _fitted(sums, parts, candidates)
    nearest = max(fits, key=lambda fit: fit.share, default=None)
    if nearest is None or nearest.share < _WORTH_OTHER_FORMS:
        return fits
    if nearest.share < _CROWDED and _mid_share(settled(nearest, parts, candidates), parts) < _WORTH_OTHER_FORMS:
        return []
    fits += _fitted([form for form in cheap if form not in sums], parts, candidates)
    best = max(fit.share for fit in fits)
    if HOPEFUL <= best < COMPLETE:
        weight = dict(zip(candidates, pooled, strict=True))
        near = [fit for fit in fits if fit.share >= best - _NEAR]
        fits += [other for fit in near if (other := _rescaled(fit, weight, parts, candidates)) is not None]
        best = max(fit.share for fit in fits)
    if WORTH_COSTLY_FORMS <= best < COMPLETE:
        fits += _fitted([_best_order(form, parts, candidates) for form in costly], parts, candidates)
    return fits


def _mid_share(fit: Fit, parts: Sequence[Part]) -> float:
    """Return the share of mid elements that a fit reproduces: where parents nearly agree, innocents match too."""
    recipes = recipes_of(fit, parts)
    counts = [part.mid_counts(recipes[part.index]) for part in parts if part.index in recipes]
    elements = sum(count for count, _ in counts)
    return sum(hits for _, hits in counts) / elements if elements else 0.0


def _simple_forms(active: Sequence[int], pooled: Sequence[float], candidates: Sequence[int]) -> list[Form]:
    return [form for form in possible_forms(candidates, pooled, active) if form.method in _SIMPLE]


def _fitted(forms: Sequence[Form], parts: Sequence[Part], candidates: Sequence[int]) -> list[Fit]:
    return [fit for form in forms if (fit := best_fit(form, parts, candidates)) is not None]


def _rescaled(fit: Fit, weight: Mapping[int, float], parts: Sequence[Part], candidates: Sequence[int]) -> Fit | None:
    """Return the fit with the lambda or divisor that reproduces most, or None where none does better."""
    if fit.form.method != "task-arithmetic" or fit.form.arithmetic != "storage" or fit.share < HOPEFUL:
        return None
    movers = [weight[place] for place in fit.form.movers]
    best = fit
    for form in other_scales(fit.form, movers):
        other = fit_at(form, fit.level, parts, candidates)
        if other is not None and other.share > best.share:
            best = other
    return None if best is fit else best


def _best_order(form: Form, parts: Sequence[Part], candidates: Sequence[int]) -> Form:
    """Return the form with its parents in the order that reproduces most of a few tensors, where order matters."""
    if form.method != "karcher" or form.arithmetic != "storage" or not 2 < len(form.parents) <= 4:
        return form
    few: list[Part] = []
    elements = 0
    for part in sorted(parts, key=lambda part: part.subject.size):
        if elements + part.subject.size <= _ORDERED_ELEMENTS:
            few.append(part)
            elements += part.subject.size
    found = [(form, 0)]
    for order in permutations(form.parents) if few else ():
        turned = replace(form, parents=order)
        fit = fit_at(turned, "constant", few, candidates)
        found.append((turned, fit.matched if fit is not None else 0))
    return max(found, key=lambda entry: entry[1])[0]


def pooled_coefficients(parts: Sequence[Part], candidates: Sequence[int]) -> list[float] | None:
    """Return the candidates' coefficients over all tensors together, free of any sum."""
    gram = parts[0].gram.copy()
    for part in parts[1:]:
        gram = gram + part.gram
    return coefficients(gram, candidates, tuple(candidates), free=True)
