"""Rates by families against reference values, and the errors that a per-reply interval makes."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from parentage.errors import UsageError
from parentage.protocols.identity.differences import splitmix64
from parentage.protocols.identity.rates import (
    correlation_of,
    freedom_of,
    never_bound,
    rate_of,
    rates_by_language,
    wilson,
)
from parentage.protocols.identity.rates_posterior import MOST_REPLIES, credible


def replies(hits: int, of: int) -> list[bool]:
    return [True] * hits + [False] * (of - hits)


def test_wilson_of_the_published_case() -> None:
    # 95, 88 and 0 of 120: Wilson (1927), as computed by statsmodels' proportion_confint.
    assert wilson(95 / 120, 120, 1.959963984540054) == pytest.approx((0.7107, 0.8550), abs=5e-4)
    assert wilson(88 / 120, 120, 1.959963984540054) == pytest.approx((0.6480, 0.8044), abs=5e-4)
    assert wilson(0, 120, 1.959963984540054) == pytest.approx((0, 0.0310), abs=5e-4)


def test_never_is_bounded_by_families() -> None:
    assert never_bound(12) == pytest.approx(0.2209, abs=1e-4)
    assert never_bound(120) == pytest.approx(0.02466, abs=1e-5)
    few = rate_of({str(i): replies(0, 10) for i in range(12)})
    assert (few.low, few.high, few.basis) == (0.0, never_bound(12), "families")
    assert few.per_reply.high < 0.04 < few.high
    always = rate_of({str(i): replies(10, 10) for i in range(12)})
    assert (always.low, always.high) == (pytest.approx(0.05 ** (1 / 12)), 1.0)


def test_more_repeats_of_the_same_do_not_narrow_never() -> None:
    few, many = (rate_of({"a": replies(0, of), "b": replies(0, of)}) for of in (5, 500))
    assert few.high == many.high


def test_variance_by_hand() -> None:
    # Shares 1, .5, 0, .5: mean .5, sample variance 1/6, of the mean 1/24; effective .25 * 24 = 6 of 8 replies.
    found = rate_of({"a": replies(2, 2), "b": replies(1, 2), "c": replies(0, 2), "d": replies(1, 2)}, method="wilson")
    assert found.rate == 0.5
    assert found.effective_replies == pytest.approx(6)
    assert found.design_effect == pytest.approx(8 / 6)
    # Student's t at 3 degrees is 3.18245 (any table).
    assert (found.low, found.high) == pytest.approx(wilson(0.5, 6, 3.182446), abs=1e-6)


def test_every_family_weighs_the_same() -> None:
    assert rate_of({"a": replies(1, 1), "b": replies(0, 99)}).rate == 0.5


def test_correlation_by_hand() -> None:
    # Mean squares: between 2 (1/4 + 1/4) / 3 = 1/3, within (1/2 + 1/2) / 4 = 1/4; (1/12) / (7/12) = 1/7.
    assert correlation_of([replies(2, 2), replies(1, 2), replies(0, 2), replies(1, 2)]) == pytest.approx(1 / 7)
    assert correlation_of([replies(5, 5), replies(0, 5)]) == pytest.approx(1)
    assert correlation_of([replies(1, 1), replies(0, 1)]) is None


def test_families_that_agree_at_a_middle_rate_count_as_families_in_older_records() -> None:
    found = rate_of({str(i): replies(5, 10) for i in range(12)}, method="wilson")
    assert found.basis == "families"
    assert found.effective_replies == 12
    assert found.high - found.low > 0.4


@pytest.mark.parametrize(("hits", "of"), [(7, 12), (1, 24), (40, 48)])
def test_limits_of_families_asked_once_are_the_beta_distributions(hits: int, of: int) -> None:
    # One reply a family says nothing of the correlation; under a flat prior the rate is beta (Bayes 1763).
    found = credible([(int(i < hits), 1) for i in range(of)], 0.05)
    expected = stats.beta.ppf([0.025, 0.975], hits + 1, of - hits + 1)
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=1e-4)


def test_limits_are_those_of_the_posterior_computed_otherwise() -> None:
    counts = [(5, 5), (5, 5), (4, 5), (0, 5), (3, 4), (2, 9)]
    rate, share = (np.arange(400) + 0.5) / 400, (np.arange(200) + 0.5) / 200
    correlation = np.sin(share * np.pi / 2) ** 2  # equal steps of the angle: the arcsine density
    shape = (1 - correlation) / correlation
    likelihood = np.zeros((400, 200))
    for hits, of in counts:
        likelihood += stats.betabinom.logpmf(hits, of, rate[:, None] * shape, (1 - rate)[:, None] * shape)
    below = np.cumsum(np.exp(likelihood - likelihood.max()).sum(axis=1))
    expected = np.interp([0.025, 0.975], below / below[-1], rate + 0.5 / 400)
    found = credible(counts, 0.05)
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=1e-3)


def test_families_of_which_some_always_say_it_have_the_wider_limits() -> None:
    # 24 families always, 24 seldom: the posterior's mean lies far from the plain one, and its limits are too narrow.
    families = {f"{i:02}": replies(20 if i < 24 else 1, 20) for i in range(48)}
    found, narrow = rate_of(families), credible([(20, 20)] * 24 + [(1, 20)] * 24, 0.05)
    older = rate_of(families, method="wilson")
    assert abs(narrow.mean - found.rate) > (narrow.high - narrow.low) / 6
    assert found.low == pytest.approx(min(narrow.low, older.low), abs=1e-6)
    assert found.high == pytest.approx(max(narrow.high, older.high), abs=1e-6)


def test_many_replies_of_a_family_are_counted_as_a_bounded_number() -> None:
    some, many = (credible([(of // 2, of), (of, of), (0, of)], 0.05) for of in (MOST_REPLIES, 100 * MOST_REPLIES))
    assert some == many
    once = credible([(1, 100_000), (0, 5)], 0.05)
    assert once != credible([(0, 100_000), (0, 5)], 0.05)
    rare, mirrored = credible([(3, 10_000)] * 6, 0.05), credible([(9_997, 10_000)] * 6, 0.05)
    assert (mirrored.low, mirrored.high) == pytest.approx((1 - rare.high, 1 - rare.low), abs=1e-12)


@pytest.mark.parametrize("miss", [0.0, 1.0, -0.1, 1.5, float("nan")])
def test_an_interval_misses_at_some_rate(miss: float) -> None:
    with pytest.raises(UsageError):
        credible([(1, 2), (2, 3)], miss)


def test_families_that_answer_alike_are_counted_one_by_one_or_together() -> None:
    together = credible([(3, 5)] * 40 + [(1, 5)] * 8, 0.05)
    counts = [(3, 5), (1, 5)] * 8 + [(3, 5)] * 32
    assert credible(counts, 0.05) == together


def test_one_family_tells_nothing_of_others() -> None:
    assert (rate_of({"a": replies(3, 10)}).low, rate_of({"a": replies(3, 10)}).high) == (0, 1)


def test_freedom_falls_only_near_the_ends() -> None:
    assert freedom_of(0.5, 0.2, 24) == 23
    assert 4 <= freedom_of(0.95, 0.03, 24) < 23
    assert freedom_of(0.95, 0.03, 2) == 1


def test_nothing_to_count() -> None:
    with pytest.raises(UsageError):
        rate_of({"a": []})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=20))
def test_limits_hold_the_rate_and_the_opposite_mirrors(counts: list[tuple[int, int]]) -> None:
    families = {str(i): replies(min(hit, of), of) for i, (hit, of) in enumerate(counts)}
    found = rate_of(families)
    assert 0 <= found.low <= found.rate <= found.high <= 1
    opposite = rate_of({family: [not one for one in group] for family, group in families.items()})
    assert (opposite.low, opposite.high) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-9)


def test_bootstrap_is_the_same_everywhere_and_near() -> None:
    families = {str(i): replies(i % 6, 5) for i in range(48)}
    first = rate_of(families)
    assert first.bootstrap == rate_of(dict(reversed(families.items()))).bootstrap
    assert first.bootstrap.low == pytest.approx(first.low, abs=0.03)
    assert first.bootstrap.high == pytest.approx(first.high, abs=0.03)


def test_generator_is_splitmix64() -> None:
    # First outputs from seed 1234567, from the reference implementation by Vigna.
    assert [int(one) for one in splitmix64(1234567, 3)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
    ]


def test_naive_interval_misses_and_ours_does_not() -> None:
    # 24 families of 10 replies, correlation .3, rate .79; 300 sets, so a share of .95 has a standard error of .013.
    rng = np.random.default_rng(5)
    ours = naive = 0
    for _ in range(300):
        hits = rng.binomial(10, rng.beta(0.79 * 7 / 3, 0.21 * 7 / 3, size=24))
        found = rate_of({str(i): replies(int(hit), 10) for i, hit in enumerate(hits)})
        ours += found.low <= 0.79 <= found.high
        naive += found.per_reply.low <= 0.79 <= found.per_reply.high
    assert ours / 300 > 0.91
    assert naive / 300 < 0.8


def test_language_that_differs_is_found_after_holm() -> None:
    rows = rates_by_language(
        {
            "en": {str(i): replies(1, 5) for i in range(16)},
            "pt": {str(i): replies(5, 5) for i in range(16)},
            "zh": {str(i): replies(4 + i % 2, 5) for i in range(16)},
            "fr": {},
        }
    )
    assert [row.language for row in rows] == ["en", "pt", "zh"]
    english = rows[0]
    assert english.p == 2 / 2**16
    assert english.adjusted == pytest.approx(3 * english.p)
    assert english.elsewhere == pytest.approx(0.95)
    assert math.isclose(english.rate.rate, 0.2)


def test_one_language_has_nothing_to_differ_from() -> None:
    (row,) = rates_by_language({"en": {"a": [True], "b": [False]}})
    assert (row.p, row.compared, row.elsewhere) == (1.0, 0, None)


@pytest.mark.parametrize(
    ("hits", "of", "miss", "limits"),
    [
        ([i % 6 for i in range(48)], 5, 0.05, (0.4017253855415345, 0.5982746144584655)),
        ([5] * 20 + [1, 0, 2, 4], 5, 0.05, (0.6657198508132419, 0.9714426927003802)),
        ([10] * 12, 10, 0.05 / 3, (0.7109199949561442, 1.0)),
        ([3] * 12, 10, 0.05, (0.10512387567247994, 0.6099138620727546)),
    ],
)
def test_limits_of_earlier_records_are_what_they_were(hits, of, miss, limits) -> None:
    # As computed by the last version that had these limits alone.
    found = rate_of({f"{i:02}": replies(hit, of) for i, hit in enumerate(hits)}, miss=miss, method="wilson")
    assert (found.low, found.high) == pytest.approx(limits, abs=1e-12)
