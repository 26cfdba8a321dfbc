"""How much of a merge's own rounding does the subject carry? The statistic behind `afterwards`, and the search with it.

In units of the last place let m be how far rounding moved the merge and s how far the subject is from the unrounded
merge. For a merge s = m + what came later, and what came later knows nothing of m: the slope of s on m is one. For an
innocent near the line s is its own residual and the slope is zero, if that residual is of half an ulp or more: below,
the subject's own rounding resembles the merge's, and `leaning` tells. Derivation: docs/questions/afterwards.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import Floats, Lattice, ordinals, round_to, ulp
from parentage.numerics.linear import add_up, solve_symmetric
from parentage.numerics.scan import lane_sums
from parentage.numerics.stabbing import simplest_decimal
from parentage.protocols.weights.context import SampledTensor

_ARITHMETICS = ("fp32-once", "three-roundings", "mergekit-0.1.4-linear", "task-arithmetic", "task-arithmetic-reversed")
_SEARCHED = 1 << 16
_STEPS = (2e-3, 1e-4, 1e-5)
_MOST_ULPS = (32, 256, 4096)
_SEARCH_REACH, _NEAR_REACH = 100, 10
_HOPEFUL = 0.8
_LEAST_ELEMENTS = 64
END = 0.1
_LEAST_ONE_OFF = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """Share of the merge's rounding that the subject carries, its standard error over tensors, and the elements.

    `leaning` is, over elements one ulp off, how much their side follows that of the unrounded merge: 0 for none, 1 for
    always.
    """

    share: float
    error: float
    elements: int
    leaning: float
    one_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """Elements of one lattice whose parents lie two ulps and more apart, with the variance of each one's residual."""

    subject: NDArray[np.float64]
    parents: list[Floats]
    lattice: Lattice
    noise: NDArray[np.float64]


def carried_by(
    tensors: Sequence[tuple[SampledTensor, Hypothesis]], *, most_ulps: int = _MOST_ULPS[-1]
) -> Carried | None:
    """Return the share carried over all tensors, each weighed by its noise, with errors clustered by tensor."""
    grams, sides, elements = [], [], 0
    for tensor, hypothesis in tensors:
        part = _part(tensor, hypothesis, most_ulps)
        if part is None:
            continue
        columns, off = _columns(part, hypothesis)
        grams.append(_gram(columns))
        sides.append(_sided(columns, off))
        elements += int(np.count_nonzero(columns[0]))
    solved = _pooled(grams)
    if solved is None:
        return None
    one_off = sum(count for _, count, _ in sides)
    leaning = _pooled([gram for gram, _, _ in sides]) if one_off >= _LEAST_ONE_OFF else None
    # Were every side the unrounded merge's, the slope would be this.
    squares = add_up(gram[0][0] for gram, _, _ in sides)
    always = add_up(size for _, _, size in sides) / squares if squares else 0.0
    return Carried(
        share=short(solved[0]),
        error=short(solved[1]),
        elements=elements,
        leaning=short(-leaning[0] / always) if leaning and always else 0.0,
        one_off=one_off,
    )


def replayed(hypothesis: Hypothesis, parents: Sequence[Floats], lattice: Lattice) -> NDArray[np.float64]:
    """Return the merge of the parents, which are in the hypothesis's order, as fp64."""
    filled = [parents[0]] * (max(hypothesis.parents) + 1)
    for place, parent in zip(hypothesis.parents, parents, strict=True):
        filled[place] = parent
    return hypothesis.replay(filled, lattice).astype(np.float64)


def _part(tensor: SampledTensor, hypothesis: Hypothesis, most_ulps: int, step: int = 1) -> _Part | None:
    """Return the elements on which rounding can be told: parents between two and so many ulps apart."""
    parents = [tensor.candidates[parent][::step] for parent in hypothesis.parents]
    places = [ordinals(parent, tensor.lattice) for parent in parents]
    apart = np.max(np.abs(np.stack(places[:-1]) - places[-1]), axis=0)
    inside = (apart >= 2) & (apart <= most_ulps)
    if np.count_nonzero(inside) < _LEAST_ELEMENTS:
        return None
    chosen = [parent[inside] for parent in parents]
    subject = tensor.subject[::step][inside].astype(np.float64)
    result = replayed(hypothesis, chosen, tensor.lattice)
    off = np.abs(subject - result) / ulp(result, tensor.lattice)
    # The median, because the largest changes say nothing of rounding.
    middle = float(np.partition(off, off.size // 2)[off.size // 2])
    noise = np.full(off.size, 2.2 * middle * middle + 1 / 12)
    return _Part(subject=subject, parents=chosen, lattice=tensor.lattice, noise=noise)


def _columns(part: _Part, hypothesis: Hypothesis) -> tuple[list[NDArray[np.float32]], NDArray[np.float64]]:
    """Return, in ulps over the noise, how far rounding moved the merge, smooth companions, and the subject's distance.

    Only mid elements count: next to a parent rounding is no sawtooth but a line, which a drift resembles.
    """
    result = replayed(hypothesis, part.parents, part.lattice)
    wide = [parent.astype(np.float64) for parent in part.parents]
    exact = np.zeros(result.size)
    for weight, parent in zip(hypothesis.weights, wide, strict=True):
        exact += weight * parent
    spacing = ulp(result, part.lattice)
    moved, reached = (result - exact) / spacing, (part.subject - exact) / spacing
    off = reached - moved
    kept = np.abs(off) <= 4 * np.sqrt(part.noise) + 1
    for stored in part.parents:
        kept &= result != round_to(stored, part.lattice)
    columns = [moved]
    # A drift along the line is smooth in the parents' difference, rounding a sawtooth in it: both are fitted.
    for parent in wide[:-1]:
        steps = (parent - wide[-1]) / spacing
        columns += [np.clip(steps, -64, 64), np.sign(steps), np.copysign(np.log2(1 + np.abs(steps)), steps)]
    scale = np.where(kept, 1 / np.sqrt(part.noise), 0.0)
    return [(column * scale).astype(np.float32) for column in (*columns, reached)], np.where(kept, off, 9.0)


def _sided(columns: Sequence[NDArray[np.float32]], off: NDArray[np.float64]) -> tuple[list[list[float]], int, float]:
    """Return the sums for the side of the elements one ulp off, how many there are, and the sum if all leaned fully."""
    one = np.abs(np.abs(off) - 1) < 1e-6
    sides = [*(column[one] for column in columns[:-1]), np.sign(off[one]).astype(np.float32)]
    return _gram(sides), int(np.count_nonzero(one)), total(np.abs(sides[0]))


def _pooled(grams: Sequence[list[list[float]]]) -> tuple[float, float] | None:
    """Return the first coefficient of the pooled least squares and its error, the larger of model's and sandwich's."""
    if not grams:
        return None
    size = len(grams[0]) - 1
    whole = [[add_up(gram[i][j] for gram in grams) for j in range(size + 1)] for i in range(size + 1)]
    matrix = [row[:size] for row in whole[:size]]
    found = solve_symmetric(matrix, [row[size] for row in whole[:size]])
    unit = solve_symmetric(matrix, [1.0] + [0.0] * (size - 1))
    if found is None or unit is None:
        return None
    scores = []
    for gram in grams:
        score = [gram[i][size] - add_up(gram[i][j] * found[j] for j in range(size)) for i in range(size)]
        scores.append(add_up(a * b for a, b in zip(unit, score, strict=True)))
    clustered = math.sqrt(add_up(score * score for score in scores))
    # Columns are in units of the noise, so the model's variance of the first coefficient is the inverse itself.
    return found[0], max(clustered if len(grams) > 1 else 0.0, math.sqrt(max(0.0, unit[0])))


def _gram(columns: Sequence[NDArray[np.float32]]) -> list[list[float]]:
    size = len(columns)
    gram = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i, size):
            gram[i][j] = gram[j][i] = total(columns[i] * columns[j])
    return gram


def shifted(hypothesis: Hypothesis, first: float) -> Hypothesis:
    """Return the hypothesis of two parents with another weight of the first."""
    weights = (round(first, 9), round(1 - round(first, 9), 9))
    return replace(hypothesis, weights=weights)


def search(tensors: Sequence[SampledTensor], parents: tuple[int, int], start: float) -> dict[int, Hypothesis]:
    """Return, for every tensor that has both parents, the account at whose weight the subject carries most rounding.

    Weights are looked for up to 0.2 from the start (0.02 for all arithmetics but one rounding), coarsely where the
    parents lie few ulps apart, ever finer where they lie further.
    """
    usable = [
        tensor for tensor in tensors if tensor.subject.size and all(place in tensor.candidates for place in parents)
    ]
    if not usable or not math.isfinite(start):
        return {}
    cast = any(tensor.context.storage_differs for tensor in usable)
    best = Hypothesis(arithmetic=_ARITHMETICS[0], parents=parents, weights=(0.5, 0.5), cast=cast)
    best = shifted(best, round(min(1 - END, max(END, start)) / _STEPS[0]) * _STEPS[0])
    parts = _together(usable, best, _MOST_ULPS[0])
    near = [shifted(best, best.weights[0] + place * _STEPS[0]) for place in range(-_NEAR_REACH, _NEAR_REACH + 1)]
    far = [shifted(best, best.weights[0] + place * _STEPS[0]) for place in range(-_SEARCH_REACH, _SEARCH_REACH + 1)]
    best, share = _best(parts, far)
    if share < _HOPEFUL:
        others = [replace(trial, arithmetic=name) for name in _ARITHMETICS[1:] for trial in near]
        other, reached = _best(parts, others)
        best, share = (other, reached) if reached > share else (best, share)
    for step, most_ulps in zip(_STEPS[1:], _MOST_ULPS[1:], strict=True):
        parts = _together(usable, best, most_ulps)
        around = [shifted(best, best.weights[0] + place * step) for place in range(-25, 26)]
        best, share = _best(parts, around)
    best = _snapped(parts, best, share)
    return {tensor.context.index: best for tensor in usable}


def _together(tensors: Sequence[SampledTensor], hypothesis: Hypothesis, most_ulps: int) -> list[_Part]:
    """Return a thin sample of all tensors, one part for each lattice."""
    step = max(1, sum(tensor.subject.size for tensor in tensors) // _SEARCHED)
    by_lattice: dict[str, list[_Part]] = {}
    for tensor in tensors:
        part = _part(tensor, hypothesis, most_ulps, step if tensor.subject.size > 4096 else 1)
        if part is not None:
            by_lattice.setdefault(part.lattice.name, []).append(part)
    return [
        _Part(
            subject=np.concatenate([part.subject for part in parts]),
            parents=[np.concatenate(column) for column in zip(*(part.parents for part in parts), strict=True)],
            lattice=parts[0].lattice,
            noise=np.concatenate([part.noise for part in parts]),
        )
        for parts in by_lattice.values()
    ]


def _best(parts: Sequence[_Part], trials: Sequence[Hypothesis]) -> tuple[Hypothesis, float]:
    shares = [_share(parts, trial) for trial in trials]
    place = max(range(len(trials)), key=lambda i: (shares[i], -i))
    return trials[place], shares[place]


def _share(parts: Sequence[_Part], trial: Hypothesis) -> float:
    """Return the share carried, less three of its errors."""
    # Near an end of the line few elements lie between the parents, and their noise would win every search.
    if not END <= trial.weights[0] <= 1 - END:
        return -math.inf
    solved = _pooled([_gram(_columns(part, trial)[0]) for part in parts])
    return short(solved[0] - 3 * solved[1]) if solved is not None else -math.inf


def _snapped(parts: Sequence[_Part], best: Hypothesis, share: float) -> Hypothesis:
    """Return the shortest weight nearby that carries as much, within a hundredth."""
    for digits in range(1, 5):
        half = 10.0**-digits / 2
        weight = simplest_decimal(best.weights[0] - half, best.weights[0] + half, digits)
        if weight is not None and _share(parts, shifted(best, weight)) >= share - 0.01:
            return shifted(best, weight)
    return best


def short(value: float) -> float:
    """Return the value with six significant digits, and the largest float for infinity."""
    return float(f"{value:.6g}") if math.isfinite(value) else math.copysign(1.7e308, value)


def total(column: NDArray[np.float32]) -> float:
    """Return the sum in the fixed order of `lane_sums`."""
    return add_up(lane_sums(column).tolist())
