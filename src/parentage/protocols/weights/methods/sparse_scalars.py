"""Splits the factor on each task vector into what a recipe says: weight, lambda, and the scale after dropping.

Only their product shows in fp32; in bf16 each multiplication rounds, so that the elements tell the right split. Without
rescaling the factor is the same in every tensor; with it, the factor times the magnitude kept is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parentage.numerics.lattice import LATTICES, Lattice
from parentage.numerics.linear import add_up
from parentage.numerics.recipes.sparse_steps import STEP_LATTICES, Election
from parentage.numerics.stabbing import simplest_decimal
from parentage.protocols.weights.methods.sparse_account import Setting, explained_by, nearby
from parentage.protocols.weights.methods.sparse_atoms import Factors
from parentage.protocols.weights.methods.sparse_view import View, thinned

_FEW = 6
_SEARCHED = 768
_SMALL = 256
_GUESSES = 16
_GRID = tuple(round(0.05 * i, 2) for i in range(1, 21))
_RELATIVE = (1e-3, 3e-4, 1e-4, 3e-5, 1e-5, 3e-6, 1e-6)
_WIDE = (0.1, 0.05, 0.03, 0.02, 0.01, 0.005, 0.002, *_RELATIVE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The structure with each tensor's factors (as weights, or as scales where weights are divided out), and densities.

    `mass[v][i]` is the share of task vector i's magnitude kept in view v, `density[i]` its share of elements kept.
    """

    structure: tuple[Setting, ...]
    pooled: Factors
    mass: tuple[tuple[float, ...], ...]
    density: tuple[float, ...]

    def factors(self, place: int) -> tuple[float, ...]:
        """The factors on the task vectors of one tensor."""
        setting = self.structure[place]
        return setting.scales if setting.normalize else setting.weights


def candidates(probes: Sequence[View], reading: Reading) -> Iterator[tuple[list[Setting], bool]]:
    """Yield settings for all tensors, each with whether they rescale: the simplest account first."""
    ones = (1.0,) * len(reading.density)
    few = sorted(range(len(probes)), key=lambda i: -probes[i].subject.size)[:_FEW]
    middle = [
        0.5 * (s.low + s.high) if s is not None else reading.factors(few[0])[i]
        for i, s in enumerate(reading.pooled.stabs)
    ]
    # A weight is rounded to the steps' type: any number that rounds to the same will have been the one written.
    coarse = 2.0**-8 if step_lattice(probes[few[0]], reading.structure[0].arithmetic) is not None else 5e-4
    for margin in dict.fromkeys((coarse, 5e-4)):
        short = tuple(
            _short(s.low, s.high, margin) if s is not None else middle[i] for i, s in enumerate(reading.pooled.stabs)
        )
        yield _with_weights(probes, few, reading, short, [ones] * len(probes)), False
    if reading.structure[0].election is not Election.PLAIN:
        yield _rescaled(probes, few, reading), True
        by_density = tuple(simplest_decimal(share * 0.985, share * 1.015) or share for share in reading.density)
        weights = tuple(_short(v * 0.999 * d, v * 1.001 * d) for v, d in zip(middle, by_density, strict=True))
        scales = tuple(1.0 / share for share in by_density)
        yield _with_weights(probes, few, reading, weights, [scales] * len(probes)), True
    own = []
    for place, one in enumerate(probes):
        short = tuple(_short(v * 0.9999, v * 1.0001) for v in reading.factors(place))
        single = replace(reading, structure=(reading.structure[place],))
        own.append(_with_weights([one], [0], single, short, [ones])[0])
    yield own, False


def _short(low: float, high: float, margin: float = 5e-4) -> float:
    """Return the shortest decimal within a relative margin around an interval, or its middle."""
    middle = 0.5 * (low + high)
    slack = abs(middle) * margin
    return simplest_decimal(min(low, middle - slack), max(high, middle + slack)) or middle


def _with_weights(
    probes: Sequence[View],
    few: Sequence[int],
    reading: Reading,
    factor: tuple[float, ...],
    scales: Sequence[tuple[float, ...]],
) -> list[Setting]:
    """Return the settings for given factors; where weights are divided out the first factor is lambda."""
    if not reading.structure[0].normalize:
        return [replace(s, weights=factor, scales=own) for s, own in zip(reading.structure, scales, strict=True)]
    found = [replace(s, factor=factor[0], scales=own) for s, own in zip(reading.structure, scales, strict=True)]
    if found[0].election is Election.PLAIN:
        return [_energies(one, setting) for one, setting in zip(probes, found, strict=True)]
    return _best_ratio(probes, few, found)


def _best_ratio(probes: Sequence[View], few: Sequence[int], settings: list[Setting]) -> list[Setting]:
    chosen = [probes[i] for i in few]
    best = (-1, settings[0].weights)
    for weights in _ratios(settings[0].weights):
        hits = explained_by(chosen, [replace(settings[i], weights=weights) for i in few])[1]
        if hits > best[0]:
            best = (hits, weights)
    return [replace(setting, weights=best[1]) for setting in settings]


def _ratios(share: tuple[float, ...]) -> list[tuple[float, ...]]:
    """Return weights in the proportion of the shares: twentieths, then adding up to one."""
    found = []
    for first in reversed(_GRID):
        rest = tuple(round(20 * first * part / share[0]) / 20 for part in share[1:])
        weights = (first, *rest)
        whole = add_up(weights)
        if min(weights) > 0 and all(abs(w / whole - part) < 3e-3 for w, part in zip(weights, share, strict=True)):
            found.append(weights)
    # Weights that add up to one are the commonest, and the only ones that need no division.
    found.sort(key=lambda weights: abs(add_up(weights) - 1.0) > 1e-9)
    short = tuple(simplest_decimal(part - 2e-3, part + 2e-3) or part for part in share)
    return list(dict.fromkeys([*found, short, share]))


def _rescaled(probes: Sequence[View], few: Sequence[int], reading: Reading) -> list[Setting]:
    number = len(reading.density)
    products = []
    for i in range(number):
        values = sorted(reading.factors(place)[i] * reading.mass[place][i] for place in few)
        products.append(values[len(values) // 2])
    normalize = reading.structure[0].normalize
    # In fp32 steps the split shows only where the result is stored as fp32 too.
    first = probes[few[0]]
    stepped = first.lattice.name == "F32" or step_lattice(first, reading.structure[0].arithmetic) is not None
    if normalize:
        guesses = [1.0, simplest_decimal(products[0] * 0.985, products[0] * 1.015) or products[0]]
        tried = [[guess] * number for guess in dict.fromkeys(guesses)]
    else:
        tried = [[_guesses(product)[0] for product in products]]
    if stepped and not normalize:
        tried = [_searched(probes, few, reading, tried[0], products)]
    chosen = tried[0] if len(tried) == 1 else max(tried, key=lambda each: _reached(probes, few, reading, each))
    found = [_split(reading, place, chosen) for place in range(len(probes))]
    found = [jointly(one, scaled(one, setting)) for one, setting in zip(probes, found, strict=True)]
    if normalize:
        found = _best_ratio(probes, few, found)
        found = [scaled(one, setting) for one, setting in zip(probes, found, strict=True)]
    return found


def _searched(
    probes: Sequence[View], few: Sequence[int], reading: Reading, weights: list[float], products: Sequence[float]
) -> list[float]:
    """Return the weights, one after the other, that explain most once each tensor's scale is fitted to them."""
    parts = [probes[i].at(thinned(np.arange(probes[i].subject.size), _SEARCHED)) for i in few]
    settings = [_split(reading, place, weights) for place in few]
    for _ in range(2 if len(weights) > 1 else 1):
        for i, product in enumerate(products):
            best: tuple[int, list[Setting]] | None = None
            for guess in _guesses(product):
                tried = [_with_guess(part, setting, i, guess) for part, setting in zip(parts, settings, strict=True)]
                hits = add_counts(tried)
                if best is None or hits > best[0]:
                    best = (hits, [setting for setting, _ in tried])
            assert best is not None
            settings = best[1]
    return list(settings[0].weights)


def _with_guess(part: View, setting: Setting, place: int, guess: float) -> tuple[Setting, int]:
    """Return the setting with another weight in one place and the scale that fits it best, and what it explains."""
    lattice = step_lattice(part, setting.arithmetic)
    start = setting.scales[place] * setting.weights[place] / guess
    weights = (*setting.weights[:place], guess, *setting.weights[place + 1 :])
    best: tuple[Setting, int] | None = None
    for scale in nearby(start, lattice, 2) if lattice is not None else [start]:
        scales = (*setting.scales[:place], scale, *setting.scales[place + 1 :])
        tried = replace(setting, weights=weights, scales=scales)
        hits = explained_by([part], [tried])[1]
        if best is None or hits > best[1]:
            best = (tried, hits)
    assert best is not None
    return best


def add_counts(tried: Sequence[tuple[Setting, int]]) -> int:
    """Return how many elements the settings explain together."""
    return sum(hits for _, hits in tried)


def _guesses(product: float) -> list[float]:
    """Return the twentieths and hundredths within eight percent of a number, and the number."""
    near = sorted({round(product * (1 + 0.004 * i), 2) for i in range(-20, 21)}, key=lambda v: abs(v - product))
    near = [value for value in near if value != 0.0]
    twentieths = [value for value in near if round(value * 20, 6) == round(value * 20)]
    return list(dict.fromkeys([*twentieths, *near[:_GUESSES], product]))


def _reached(probes: Sequence[View], few: Sequence[int], reading: Reading, weights: Sequence[float]) -> int:
    hits = 0
    for place in few:
        hits += explained_by([probes[place]], [scaled(probes[place], _split(reading, place, weights))])[1]
    return hits


def _split(reading: Reading, place: int, weights: Sequence[float]) -> Setting:
    setting = reading.structure[place]
    scales = tuple(own / weight for own, weight in zip(reading.factors(place), weights, strict=True))
    if setting.normalize:
        return replace(setting, factor=weights[0], scales=scales)
    return replace(setting, weights=tuple(weights), scales=scales)


def scaled(one: View, setting: Setting) -> Setting:
    """Return the setting with the scales that explain most of a tensor; small tensors are searched more widely."""
    lattice = step_lattice(one, setting.arithmetic)
    small = one.subject.size < _SMALL
    best, most = setting, explained_by([one], [setting])[1]
    for turn in range(4 if lattice is None else 2):
        before = most
        for place in range(len(setting.scales)):
            start = best.scales[place]
            if lattice is not None:
                guesses = nearby(start, lattice, 24 if small and turn == 0 else 2)
            else:
                steps = _WIDE if small else _RELATIVE
                guesses = [start * (1 + sign * step) for step in steps for sign in (1, -1)]
            for guess in guesses:
                scales = (*best.scales[:place], guess, *best.scales[place + 1 :])
                tried = replace(best, scales=scales)
                hits = explained_by([one], [tried])[1]
                if hits > most:
                    best, most = tried, hits
            if most == one.subject.size:
                return best
        if turn and most == before:
            break
    return best


def _energies(one: View, setting: Setting) -> Setting:
    """Return the setting with the weights near the shares or the task vectors' energies that explain most.

    Only where task vectors agree in sign do their weights show.
    """
    number = len(setting.weights)
    signs = np.stack([np.sign(part) for part in one.differences])
    part = one.at(thinned(np.flatnonzero(np.abs(signs.sum(axis=0)) == number), _SEARCHED))
    powers = [add_up(np.square(values.astype(np.float64)).tolist()) for values in part.differences]
    whole = add_up(powers)
    starts = [(1.0 / number,) * number, setting.weights]
    if whole > 0.0:
        starts.append(tuple(power / whole for power in powers))
    tried = [replace(setting, weights=weights) for weights in starts]
    best = max(tried, key=lambda each: explained_by([part], [each])[1])
    most = explained_by([part], [best])[1]
    lattice = step_lattice(one, setting.arithmetic)
    for turn in range(3):
        if most == part.subject.size or number != 2:
            break
        for pair in _pairs(best.weights, lattice, wide=one.subject.size < _SMALL, turn=turn):
            hits = explained_by([part], [replace(setting, weights=pair)])[1]
            if hits > most:
                best, most = replace(setting, weights=pair), hits
    return best


def _pairs(weights: tuple[float, ...], lattice: Lattice | None, *, wide: bool, turn: int) -> list[tuple[float, float]]:
    """Return pairs of weights near a pair; on a lattice each is rounded by itself, and they may not add up to one."""
    first = weights[0]
    if lattice is None:
        steps = _WIDE if wide else _RELATIVE
        return [(w, 1.0 - w) for w in (first * (1 + sign * step) for step in steps for sign in (1, -1))]
    if turn == 0:
        return [(left, 1.0 - left) for left in nearby(first, lattice, 24 if wide else 6)]
    lefts = nearby(first, lattice, 2 if turn == 1 else 1)
    spacing = max(2.0**-14, float(np.spacing(np.float32(1.0 - first))) * 2.0**16)
    reach = min(32, int(0.006 / spacing) + 2)
    return [(left, right) for left in lefts for right in nearby(1.0 - left, lattice, reach)]


def jointly(one: View, setting: Setting) -> Setting:
    """Return the setting of a small tensor of two task vectors with both scales searched together."""
    lattice = step_lattice(one, setting.arithmetic)
    best, most = setting, explained_by([one], [setting])[1]
    if lattice is None or len(setting.scales) != 2 or one.subject.size >= _SMALL or most == one.subject.size:
        return best
    for stride, reach in ((3, 24), (1, 3)):
        grids = [nearby(scale, lattice, reach)[::stride] for scale in best.scales]
        for left in grids[0]:
            for right in grids[1]:
                hits = explained_by([one], [replace(setting, scales=(left, right))])[1]
                if hits > most:
                    best, most = replace(setting, scales=(left, right)), hits
    return best


def step_lattice(one: View, arithmetic: str) -> Lattice | None:
    """Return the lattice that scalars lie on: that of bf16 steps; other types are widened before scalars are made."""
    name = STEP_LATTICES.get(arithmetic, one.lattice.name if arithmetic == "storage" else "")
    return LATTICES[name] if name == "BF16" else None
