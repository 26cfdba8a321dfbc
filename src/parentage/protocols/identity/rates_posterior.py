"""The limits of a rate over families, from what the replies leave likely: beta-binomial families, flat priors.

Each family has a rate of its own, drawn from a beta distribution with mean r and intra-family correlation c, and its
replies draw from it (Skellam 1948). The prior is flat for r and the arcsine density for c; the limits cut as much of
r's posterior from either side. Nothing is tuned. Measured coverage: docs/questions/rates.md.
"""

import functools
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.errors import UsageError

RATE_CELLS, CORRELATION_CELLS = 320, 48
# Of a family with more, as large a share is counted of so many.
MOST_REPLIES = 2_048
# Rates are asked for again and again; lists of very many families are not kept.
_REMEMBERED, _MOST_REMEMBERED = 256, 1_024

Floats = NDArray[np.float64]
# A number near one, and the power of two that it is multiplied with.
Scaled = tuple[Floats, NDArray[np.int64]]
# How many families have so many hits of so many replies.
Counts = tuple[tuple[tuple[int, int], int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credible:
    """Limits that leave as much of the posterior on either side, and its mean."""

    low: float
    high: float
    mean: float


def credible(counts: Sequence[tuple[int, int]], miss: float) -> Credible:
    """Return the limits beyond which `miss` of the posterior lies; `counts` are (hits, replies) a family.

    UsageError unless `miss` lies between 0 and 1. Only additions, multiplications, divisions and roots in a written
    order: the same bits on every machine.
    """
    if not 0 < miss < 1:
        raise UsageError(f"an interval cannot miss at a rate of {miss}")
    alike = tuple(sorted(Counter(map(_bounded, counts)).items()))
    return _credible(alike, miss) if len(alike) <= _MOST_REMEMBERED else _credible.__wrapped__(alike, miss)


def cells(count: int) -> tuple[Floats, Floats]:
    """Return the middles of `count` cells of [0, 1] and their edges, closer together towards both ends."""
    return _spread((np.arange(count) + 0.5) / count), _spread(np.arange(count + 1) / count)


def _spread(place: Floats) -> Floats:
    return place * place * (3 - 2 * place)


def correlation_weights(count: int) -> Floats:
    """Return the arcsine density's weight of each cell of the correlation."""
    place = (np.arange(count) + 0.5) / count
    middle = _spread(place)
    return 6 * place * (1 - place) / np.sqrt(middle * (1 - middle))


def _bounded(count: tuple[int, int]) -> tuple[int, int]:
    """Scale a family of very many replies down, hits and misses alike; neither becomes none."""
    hits, replies = count
    if replies <= MOST_REPLIES:
        return hits, replies
    if 2 * hits > replies:
        return MOST_REPLIES - _scaled(replies - hits, replies), MOST_REPLIES
    return _scaled(hits, replies), MOST_REPLIES


def _scaled(part: int, whole: int) -> int:
    return max(min(part, 1), (part * MOST_REPLIES + whole // 2) // whole)


@functools.lru_cache(maxsize=_REMEMBERED)
def _credible(counts: Counts, miss: float) -> Credible:
    middles, edges = cells(RATE_CELLS)
    density = _marginal(counts, middles) * np.diff(edges)
    below = np.concatenate([[0.0], np.add.accumulate(density)])
    mean = float(np.add.accumulate(density * middles)[-1] / below[-1])
    low, high = (_quantile(below / below[-1], edges, share) for share in (miss / 2, 1 - miss / 2))
    return Credible(low=low, high=high, mean=mean)


def _quantile(below: Floats, edges: Floats, share: float) -> float:
    cell = min(int(np.searchsorted(below, share, side="right")) - 1, len(edges) - 2)
    step = below[cell + 1] - below[cell]
    part = (share - below[cell]) / step if step > 0 else 0.5
    return float(edges[cell] + part * (edges[cell + 1] - edges[cell]))


@np.errstate(under="ignore")
def _marginal(counts: Counts, rates: Floats) -> Floats:
    """Return the likelihood of each rate, the correlation averaged out, up to a factor."""
    correlations, _ = cells(CORRELATION_CELLS)
    same, apart = correlations[None, :], 1 - correlations[None, :]
    hit, miss = apart * rates[:, None], apart * (1 - rates[:, None])
    hitting = _products(hit, same, {hits for (hits, _), _ in counts})
    missing = _products(miss, same, {replies - hits for (hits, replies), _ in counts})
    either = _products(apart, same, {replies for (_, replies), _ in counts})
    shape = (len(rates), CORRELATION_CELLS)
    value, exponent = np.ones(shape), np.zeros(shape, dtype=np.int64)
    for (hits, replies), families in counts:
        for (factor, power), over in ((hitting[hits], 1), (missing[replies - hits], 1), (either[replies], -1)):
            factor, power = _raised(1 / factor if over < 0 else factor, over * power, families)
            value, exponent = _normal(value * factor, exponent + power)
    likelihood = np.ldexp(value, np.maximum(exponent - exponent.max(), -2000).astype(np.int32))
    total = np.zeros(len(rates))
    for column, weight in enumerate(correlation_weights(CORRELATION_CELLS)):
        total += likelihood[:, column] * weight
    return total


def _products(first: Floats, step: Floats, wanted: set[int]) -> dict[int, Scaled]:
    """Return the product of the first n of `first`, `first` + `step`, `first` + 2 `step`, ... for each n wanted."""
    value, exponent = np.ones(first.shape), np.zeros(first.shape, dtype=np.int64)
    kept = {0: (value, exponent)}
    for place in range(max(wanted)):
        value, exponent = _normal(value * (first + place * step), exponent)
        if place + 1 in wanted:
            kept[place + 1] = (value, exponent)
    return kept


def _raised(value: Floats, exponent: NDArray[np.int64], times: int) -> Scaled:
    """Return a number near one and its power of two multiplied with itself so many times, by squaring."""
    result, power = np.ones(value.shape), np.zeros(value.shape, dtype=np.int64)
    while times:
        if times & 1:
            result, power = _normal(result * value, power + exponent)
        value, exponent = _normal(value * value, 2 * exponent)
        times >>= 1
    return result, power


def _normal(value: Floats, exponent: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    fraction, power = np.frexp(value)
    return fraction, exponent + power
