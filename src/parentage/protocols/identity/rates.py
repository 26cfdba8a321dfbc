"""How often does a model say it? The prompt family is the unit: its wordings, languages and repeats answer alike.

The overall rate is the mean over families of each family's share, every family weighing the same however many replies
it has. Its limits come from what the replies leave likely if families differ as beta-binomial ones do; where no reply
or every reply says it, from the number of families alone. Measured coverage: docs/questions/rates.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from parentage.errors import UsageError
from parentage.protocols.identity.differences import SCALE_BITS, holm, scaled_mean, sign_flip, splitmix64
from parentage.protocols.identity.rates_posterior import credible

CONFIDENCE = 0.95
# How often an interval may miss.
MISS = 1 - CONFIDENCE
_NORMAL = 1.959963984540054
_RESAMPLES = 9_999
_DRAWS_AT_ONCE = 1 << 20
_SEED = 0x0052_4154_4553
_LEAST_FREEDOM = 4.0
# In half widths of the posterior's interval.
_FAR = 1 / 3
MOST_FAMILIES = 1 << 16

Method = Literal["posterior", "wilson"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """From low to high, both in [0, 1], at 95 %."""

    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """A rate over families. `per_reply` is the naive interval, for comparison only: it claims 95 % and covers 45 to 94.

    `basis` is "replies" where the interval comes from how families answered, "families" where the number of families
    alone bounds it. `effective_replies` and `design_effect` describe the spread between families; the posterior's
    limits do not come from them. `correlation` is the intra-family correlation, None where replies do not vary or no
    family was asked twice.
    """

    rate: float
    low: float
    high: float
    basis: Literal["replies", "families"]
    families: int
    replies: int
    hits: int
    effective_replies: float
    design_effect: float | None
    correlation: float | None
    per_reply: Interval
    bootstrap: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageRate:
    """One language's rate; `p` tests whether it is the rate of the same families in the other languages.

    `adjusted` is p after Holm over the languages. `compared` families were answered in this language and in another.
    """

    language: str
    rate: Rate
    elsewhere: float | None
    compared: int
    p: float
    adjusted: float


def rate_of(families: Mapping[str, Sequence[bool]], *, miss: float = MISS, method: Method = "posterior") -> Rate:
    """Return the rate over families (key to one indicator per reply) with its intervals; UsageError for no reply.

    Families without a reply are left out. Variance is that of the families' shares over their number; the effective
    number of replies is rate (1 - rate) / variance, at least 1 and at most the replies counted. `miss` is how often the
    interval may miss; a claim that was picked out of several pays for that with a smaller one. `method` "wilson" is
    what records of earlier versions have.
    """
    groups = [families[family] for family in sorted(families) if len(families[family])]
    if not groups:
        raise UsageError("no reply was counted, so there is no rate")
    if len(groups) > MOST_FAMILIES:
        raise UsageError(f"{len(groups)} prompt families are counted; {MOST_FAMILIES} is the limit")
    scaled = [scaled_mean(group) for group in groups]
    count, replies = len(groups), sum(len(group) for group in groups)
    counts = [(sum(1 for reply in group if reply), len(group)) for group in groups]
    hits = sum(hit for hit, _ in counts)
    rate = sum(scaled) / count / (1 << SCALE_BITS)
    squares = 0.0
    for value in scaled:
        squares += (value / (1 << SCALE_BITS) - rate) ** 2
    varies = max(scaled) - min(scaled) > 1
    variance = squares / (count - 1) / count if varies else 0.0
    effective = min(max(rate * (1 - rate) / variance, 1.0), float(replies)) if varies else float(count)
    alike = hits in (0, replies)
    if alike or count == 1:
        low, high = _limits_of_families(rate, count, miss)
    elif method == "posterior":
        low, high = _posterior_limits(counts, rate, effective, miss)
    else:
        freedom = freedom_of(rate, squares / (count - 1), count) if varies else float(max(1, count - 1))
        low, high = _wilson_limits(rate, effective, freedom, miss)
    return Rate(
        rate=rate,
        low=low,
        high=high,
        basis="replies" if varies or (method == "posterior" and not alike and count > 1) else "families",
        families=count,
        replies=replies,
        hits=hits,
        effective_replies=effective,
        design_effect=replies * variance / (rate * (1 - rate)) if varies else None,
        correlation=correlation_of(groups),
        per_reply=_interval(*wilson(hits / replies, replies, _NORMAL)),
        bootstrap=_bootstrap(scaled),
    )


def wilson(rate: float, number: float, quantile: float) -> tuple[float, float]:
    """Return Wilson's (1927) score limits for a share of `number` trials; the number need not be whole."""
    z = quantile * quantile / number
    centre = (rate + z / 2) / (1 + z)
    half = quantile / (1 + z) * math.sqrt(rate * (1 - rate) / number + z / (4 * number))
    return max(0.0, centre - half), min(1.0, centre + half)


def freedom_of(rate: float, spread: float, families: int) -> float:
    """Return the degrees of freedom for t: families - 1, fewer where most families agree and the rest differ wholly.

    Near 0 and 1 the spread rests on few families and is itself uncertain, the more so the stronger replies of one
    family resemble each other. F min(1, 5.5 p (1 - p))^(3 r) - 1, where r is the share of all variance that lies
    between families; the form and its two numbers were chosen by simulated coverage, with nothing to derive them from.
    """
    within = rate * (1 - rate)
    between = min(1.0, spread / (within + spread / families))
    informative = families * math.pow(min(1.0, 5.5 * within), 3 * between)
    return max(min(_LEAST_FREEDOM, families - 1.0), informative - 1)


def correlation_of(groups: Sequence[Sequence[bool]]) -> float | None:
    """Return the intra-family correlation by analysis of variance, sizes unequal (Donner 1986), or None."""
    sizes = [len(group) for group in groups]
    hits = [sum(1 for reply in group if reply) for group in groups]
    total, count, all_hits = sum(sizes), len(sizes), sum(hits)
    if total == count or count < 2 or all_hits in (0, total):
        return None
    mean = all_hits / total
    between = within = 0.0
    for size, hit in zip(sizes, hits, strict=True):
        between += size * (hit / size - mean) ** 2
        within += hit * (size - hit) / size
    between /= count - 1
    within /= total - count
    usual = (total - sum(size * size for size in sizes) / total) / (count - 1)
    below = between + (usual - 1) * within
    return (between - within) / below if below > 0 else None


def never_bound(families: int, miss: float = MISS) -> float:
    """Return the largest rate not excluded when none of `families` ever said it: 1 - miss^(1/families).

    It counts families, not replies: a hundred repeats of one prompt are one observation of whether a prompt can do it.
    """
    return float(1 - miss ** (1 / families))


def _limits_of_families(rate: float, families: int, miss: float) -> tuple[float, float]:
    """Return the limits where nothing varies, or where one family cannot tell how others answer."""
    if rate <= 0.0:
        return 0.0, never_bound(families, miss)
    if rate >= 1.0:
        return 1 - never_bound(families, miss), 1.0
    return 0.0, 1.0


def _posterior_limits(
    counts: Sequence[tuple[int, int]], rate: float, effective: float, miss: float
) -> tuple[float, float]:
    """Return the posterior's limits, or the wider of them and Wilson's where families are not as it supposes.

    Beta-binomial families pull the posterior's mean away from the plain one little; families of another kind, of which
    some always say it, pull it far, and then its limits are too narrow.
    """
    found = credible(counts, miss)
    low, high = min(found.low, rate), max(found.high, rate)
    if abs(found.mean - rate) > _FAR * (found.high - found.low) / 2:
        others = _wilson_limits(rate, effective, len(counts) - 1.0, miss)
        low, high = min(low, others[0]), max(high, others[1])
    return low, high


def _wilson_limits(rate: float, effective: float, freedom: float, miss: float) -> tuple[float, float]:
    # Nine digits: versions of the library differ in the eleventh.
    quantile = float(f"{stats.t.ppf(1 - miss / 2, freedom):.9g}")
    return wilson(rate, effective, quantile)


def _bootstrap(scaled: Sequence[int]) -> Interval:
    """Return the percentile interval of means of families drawn with replacement.

    The place drawn is floor(u F / 2^32), u the upper 32 bits of the next SplitMix64 output from a fixed seed; sums are
    integers. The limits are the 250th and 9,750th of 9,999 sorted means.
    """
    count = len(scaled)
    values = np.array(scaled, dtype=np.int64)
    means = np.empty(_RESAMPLES, dtype=np.int64)
    rows = max(1, _DRAWS_AT_ONCE // count)
    for start in range(0, _RESAMPLES, rows):
        taken = min(rows, _RESAMPLES - start)
        drawn = splitmix64(_SEED + start * count * 0x9E3779B97F4A7C15, taken * count)
        places = ((drawn >> np.uint64(32)) * np.uint64(count)) >> np.uint64(32)
        means[start : start + taken] = values[places.astype(np.int64)].reshape(taken, count).sum(axis=1)
    means.sort()
    whole = count << SCALE_BITS
    return Interval(low=int(means[249]) / whole, high=int(means[9749]) / whole)


def _interval(low: float, high: float) -> Interval:
    return Interval(low=low, high=high)


def rates_by_language(
    replies: Mapping[str, Mapping[str, Sequence[bool]]], *, method: Method = "posterior"
) -> tuple[LanguageRate, ...]:
    """Return a row per language of `replies` (language to family to indicators), in the order of their names.

    To ask whether a rate holds in each language, a family's share in it is paired with the mean of its shares in the
    other languages: a sign-flip test over families, adjusted by Holm. A small p says that this language differs; a
    large one does not say that it is the same, which the row's interval is for.
    """
    rows = []
    for language in sorted(language for language in replies if any(replies[language].values())):
        pairs = []
        for family in sorted(replies[language]):
            others = [
                scaled_mean(replies[other][family])
                for other in sorted(replies)
                if other != language and replies[other].get(family)
            ]
            if replies[language][family] and others:
                pairs.append((scaled_mean(replies[language][family]), sum(others) // len(others)))
        p, _ = sign_flip([here - there for here, there in pairs])
        elsewhere = sum(there for _, there in pairs) / len(pairs) / (1 << SCALE_BITS) if pairs else None
        rows.append((language, rate_of(replies[language], method=method), elsewhere, len(pairs), p))
    adjusted = holm([row[-1] for row in rows])
    return tuple(
        LanguageRate(language=language, rate=rate, elsewhere=elsewhere, compared=compared, p=p, adjusted=holms)
        for (language, rate, elsewhere, compared, p), holms in zip(rows, adjusted, strict=True)
    )
