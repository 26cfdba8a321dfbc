"""The limits of a rate over families, from what the replies leave likely: beta-binomial families, flat priors.

Each family has a rate of its own, drawn from a beta distribution with mean r and intra-family correlation c, and its
replies draw from it (Skellam 1948). The prior is flat for r and the arcsine density for c; the limits cut as much of
r's posterior from either side. Nothing is tuned. Measured coverage: docs/questions/rates.md.
"""

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RATE_CELLS, CORRELATION_CELLS = 320, 48
# More replies of one family tell next to nothing more of the rate over families.
_MOST_REPLIES = 256
_REMEMBERED = 512

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Credible:
    """Limits that leave as much of the posterior on either side, and its mean."""

    low: float
    high: float
    mean: float


def credible(counts: Sequence[tuple[int, int]], miss: float) -> Credible:
    """Return the limits beyond which `miss` of the posterior lies; `counts` are (hits, replies) a family.

    Only additions, multiplications, divisions and roots in a written order: the same bits on every machine.
    """
    return _credible(tuple(sorted(map(_bounded, counts))), miss)


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
    """Scale a family of very many replies down; what it said once and what it left out once stay."""
    hits, replies = count
    if replies <= _MOST_REPLIES:
        return hits, replies
    scaled = (hits * _MOST_REPLIES + replies // 2) // replies
    return min(max(scaled, min(hits, 1)), _MOST_REPLIES - min(replies - hits, 1)), _MOST_REPLIES


@functools.lru_cache(maxsize=_REMEMBERED)
def _credible(counts: tuple[tuple[int, int], ...], miss: float) -> Credible:
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


def _marginal(counts: Sequence[tuple[int, int]], rates: Floats) -> Floats:
    """Return the likelihood of each rate, the correlation averaged out, up to a factor."""
    correlations, _ = cells(CORRELATION_CELLS)
    same, apart = correlations[None, :], 1 - correlations[None, :]
    longest = max(replies for _, replies in counts)
    shape = (len(rates), CORRELATION_CELLS)
    hitting = _Products(shape, (apart * rates[:, None] + step * same for step in range(longest)), longest)
    missing = _Products(shape, (apart * (1 - rates[:, None]) + step * same for step in range(longest)), longest)
    either = _Products((1, CORRELATION_CELLS), (apart + step * same for step in range(longest)), longest)
    value, exponent = np.ones(shape), np.zeros(shape, dtype=np.int64)
    for hits, replies in counts:
        value, exponent = _normal(value * hitting.value[hits], exponent + hitting.exponent[hits])
        value, exponent = _normal(value * missing.value[replies - hits], exponent + missing.exponent[replies - hits])
        value, exponent = _normal(value / either.value[replies], exponent - either.exponent[replies])
    likelihood = np.ldexp(value, np.maximum(exponent - exponent.max(), -2000).astype(np.int32))
    total = np.zeros(len(rates))
    for column, weight in enumerate(correlation_weights(CORRELATION_CELLS)):
        total += likelihood[:, column] * weight
    return total


class _Products:
    """The products of the first 0, 1, 2, ... factors, each as a value near one and a power of two."""

    def __init__(self, shape: tuple[int, int], factors: Iterator[Floats], count: int) -> None:
        self.value = np.ones((count + 1, *shape))
        self.exponent = np.zeros((count + 1, *shape), dtype=np.int64)
        for place, factor in enumerate(factors):
            self.value[place + 1], self.exponent[place + 1] = _normal(self.value[place] * factor, self.exponent[place])


def _normal(value: Floats, exponent: NDArray[np.int64]) -> tuple[Floats, NDArray[np.int64]]:
    fraction, power = np.frexp(value)
    return fraction, exponent + power
