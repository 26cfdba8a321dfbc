"""How often the intervals of `rates.py` hold the true rate, on simulated families. Prints the tables of the docs.

    python -m benchmarks.identity.coverage

Families draw a rate, replies draw from it. The priors of the posterior were chosen, among 48 pairs of beta densities,
on beta-binomial families with other seeds, and how far the posterior's mean may lie off on both kinds. Some minutes.
"""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from parentage.protocols.identity.rates import never_bound, rate_of
from parentage.protocols.identity.rates_posterior import CORRELATION_CELLS, RATE_CELLS, cells, correlation_weights

SEED, SETS, CHECKED, AT_ONCE = 20_260_614, 10_000, 10, 500
RATES, FAMILIES, CORRELATIONS = (0.5, 0.65, 0.79, 0.9, 0.95), (12, 24, 48), (0.1, 0.3, 0.6)
SIZES = {"5": (5,), "10": (10,), "4, 10, 15": (4, 10, 15)}
Limits = tuple[NDArray[np.float64], NDArray[np.float64]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """Shares of simulated sets in percent, least and most over the numbers of replies: ours, Wilson's, per reply."""

    ours: tuple[float, float]
    wilson: tuple[float, float]
    per_reply: tuple[float, float]


def draw(
    rng: np.random.Generator, kind: str, rate: float, correlation: float, families: int, sizes: tuple[int, ...]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return hits and sizes, (sets, families)."""
    shape = (SETS, families)
    if kind == "beta":
        weight = (1 - correlation) / correlation
        shares = rng.beta(rate * weight, (1 - rate) * weight, size=shape)
    else:  # some families always say it, the others with one lower rate
        always = correlation * rate / (correlation * rate + 1 - rate)
        shares = np.where(rng.random(shape) < always, 1.0, (rate - always) / (1 - always))
    asked = np.broadcast_to(np.resize(np.array(sizes), families), shape)
    return rng.binomial(asked, shares), asked


def intervals(hits: NDArray[np.int64], asked: NDArray[np.int64]) -> tuple[Limits, Limits, Limits]:
    """Return the limits of `rate_of` for many sets at once, by posterior and by Wilson's, and the per-reply ones."""
    families = hits.shape[1]
    shares = hits / asked
    rate, spread, replies = shares.mean(axis=1), shares.var(axis=1, ddof=1), asked.sum(axis=1).astype(float)
    within, same = rate * (1 - rate), np.ptp(shares, axis=1) < 1e-11
    spread = np.where(same, 1.0, spread)
    effective = np.where(same, families, np.clip(within / (spread / families), 1, replies))
    between = np.minimum(1, spread / (within + spread / families))
    freedom = np.maximum(4.0, families * np.minimum(1, 5.5 * within) ** (3 * between) - 1)
    freedom = np.where(same, families - 1.0, freedom)
    low, high, mean = posterior(hits, asked[0])
    others = wilson(rate, effective, stats.t.ppf(0.975, families - 1))
    far = np.abs(mean - rate) > (high - low) / 6
    low = np.minimum(np.where(far, np.minimum(low, others[0]), low), rate)
    high = np.maximum(np.where(far, np.maximum(high, others[1]), high), rate)
    ours = _ended((low, high), rate, families)
    older = _ended(wilson(rate, effective, stats.t.ppf(0.975, freedom)), rate, families)
    return ours, older, wilson(hits.sum(axis=1) / replies, replies, 1.959963984540054)


def posterior(hits: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return low, high and mean of `credible` for many sets, (3, sets), `asked` replies a family."""
    starts = range(0, len(hits), AT_ONCE)
    return np.concatenate([_posterior(hits[start : start + AT_ONCE], asked) for start in starts], axis=1)


def _posterior(hits: NDArray[np.int64], asked: NDArray[np.int64]) -> NDArray[np.float64]:
    logs = np.zeros((len(hits), RATE_CELLS * CORRELATION_CELLS))
    for size in np.unique(asked):
        counted = [(hits[:, asked == size] == hit).sum(axis=1) for hit in range(size + 1)]
        logs += np.stack(counted, axis=1).astype(float) @ _log_likelihood(int(size))
    likelihood = np.exp(logs - logs.max(axis=1, keepdims=True)).reshape(len(hits), RATE_CELLS, CORRELATION_CELLS)
    middles, edges = cells(RATE_CELLS)
    density = (likelihood @ correlation_weights(CORRELATION_CELLS)) * np.diff(edges)
    density /= density.sum(axis=1, keepdims=True)
    below = np.concatenate([np.zeros((len(hits), 1)), np.cumsum(density, axis=1)], axis=1)
    limits = [[float(np.interp(share, row, edges)) for row in below] for share in (0.025, 0.975)]
    return np.array([*limits, density @ middles])


@functools.cache
def _log_likelihood(size: int) -> NDArray[np.float64]:
    """Return the beta-binomial log likelihood of 0 to `size` hits, (hits, cells), up to a constant."""
    rate, correlation = cells(RATE_CELLS)[0][:, None], cells(CORRELATION_CELLS)[0][None, :]
    shape = (1 - correlation) / correlation
    hits = np.arange(size + 1)[:, None, None]
    table = stats.betabinom.logpmf(hits, size, rate * shape, (1 - rate) * shape)
    return np.asarray(table).reshape(size + 1, -1)


def wilson(rate: NDArray[np.float64], number: NDArray[np.float64], quantile: NDArray[np.float64] | float) -> Limits:
    z = quantile * quantile / number
    half = quantile / (1 + z) * np.sqrt(rate * (1 - rate) / number + z / (4 * number))
    return np.maximum(0, (rate + z / 2) / (1 + z) - half), np.minimum(1, (rate + z / 2) / (1 + z) + half)


def _ended(limits: Limits, rate: NDArray[np.float64], families: int) -> Limits:
    bound = never_bound(families)
    low = np.where(rate >= 1, 1 - bound, np.where(rate <= 0, 0, limits[0]))
    return low, np.where(rate <= 0, bound, np.where(rate >= 1, 1, limits[1]))


def check(hits: NDArray[np.int64], asked: NDArray[np.int64], limits: Limits) -> None:
    """Raise if the many-at-once arithmetic is not that of the product."""
    for place in range(CHECKED):
        counts = zip(hits[place].tolist(), asked[place].tolist(), strict=True)
        one = rate_of({f"{i:03}": [True] * hit + [False] * (size - hit) for i, (hit, size) in enumerate(counts)})
        if not np.allclose((one.low, one.high), (limits[0][place], limits[1][place]), atol=1e-6):
            raise SystemExit(f"simulated {limits[0][place]}, {limits[1][place]}; rate_of gives {one}")


def cell(rng: np.random.Generator, kind: str, rate: float, correlation: float, families: int) -> Covered:
    """Return the coverage of one setting."""
    found: list[list[float]] = [[], [], []]
    for sizes in SIZES.values():
        hits, asked = draw(rng, kind, rate, correlation, families, sizes)
        limits = intervals(hits, asked)
        if kind == "beta" and sizes != (10,):
            check(hits, asked, limits[0])
        for one, (low, high) in zip(found, limits, strict=True):
            one.append(100 * float(np.mean((low <= rate) & (rate <= high))))
    ours, older, per_reply = ((min(one), max(one)) for one in found)
    return Covered(ours=ours, wilson=older, per_reply=per_reply)


def table(kind: str) -> None:
    """Print coverage by rate and families."""
    rng = np.random.default_rng(SEED)
    inside = total = 0
    headings = [f"{name}, {correlation}" for name in ("ours", "Wilson", "per reply") for correlation in CORRELATIONS]
    print(f"\nFamilies: {kind}\n\n| rate | families | " + " | ".join(headings) + " |\n|" + "---|" * (2 + len(headings)))
    for rate in RATES:
        for families in FAMILIES:
            row = [cell(rng, kind, rate, correlation, families) for correlation in CORRELATIONS]
            ranges = [one.ours for one in row] + [one.wilson for one in row] + [one.per_reply for one in row]
            total += len(row)
            inside += sum(1 for one in row if one.ours[0] >= 93 and one.ours[1] <= 97)
            shown = " | ".join(f"{low:.1f} to {high:.1f}" for low, high in ranges)
            print(f"| {rate} | {families} | {shown} |")
    print(f"\nOurs within 93 to 97 for every number of replies: {inside} of {total} settings.")


if __name__ == "__main__":
    for one in ("beta", "always or seldom"):
        table(one)
