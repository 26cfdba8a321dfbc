"""Sign flips against enumeration, Holm against worked values, and the error rate on models that do not differ."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentage.errors import UsageError
from parentage.protocols.identity.differences import SCALE_BITS, compare, holm, sign_flip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-10, 10), min_size=1, max_size=9))
def test_every_sign_pattern_is_counted(tenths: list[int]) -> None:
    found, patterns = sign_flip([round(value / 10 * 2**SCALE_BITS) for value in tenths])
    signs = list(product((-1, 1), repeat=len(tenths)))
    reached = sum(1 for sign in signs if abs(sum(s * v for s, v in zip(sign, tenths, strict=True))) >= abs(sum(tenths)))
    assert patterns == "all"
    assert found == pytest.approx(reached / len(signs))


def test_sampled_patterns_agree_with_the_binomial() -> None:
    # 20 equal differences, 15 up and 5 down: reaching 10 is 15 or more of one sign, 2 * 21700 / 2^20 (binomial tail).
    found, patterns = sign_flip([1 << 30] * 15 + [-(1 << 30)] * 5)
    assert patterns == "sampled"
    assert found == pytest.approx(0.041389, abs=0.002)
    assert found == sign_flip([1 << 30] * 15 + [-(1 << 30)] * 5)[0]


def test_sampled_p_is_never_zero_and_wide_words_are_used() -> None:
    assert sign_flip([1 << 30] * 48)[0] == 1 / 100_000
    assert sign_flip([1 << 20] * 100)[0] == 1 / 100_000
    assert sign_flip([1 << 20, -(1 << 20)] * 50)[0] == 1.0


def test_no_difference() -> None:
    found = compare({"a": [True], "b": [False]}, {"a": [True], "b": [False]})
    assert (found.difference, found.p, found.differing) == (0, 1.0, 0)
    assert found.low < 0 < found.high


def test_families_that_only_one_answered_are_counted_and_left_out() -> None:
    found = compare({"a": [True], "b": [True], "c": []}, {"a": [False], "d": [True]})
    assert (found.families, found.unpaired, found.difference) == (1, 3, 1.0)
    with pytest.raises(UsageError):
        compare({"a": [True]}, {"b": [True]})


def test_interval_by_hand() -> None:
    # Differences 1, 0, .5, .5: mean .5, standard error sqrt((1/6) / 4) = .204124, t(3) = 3.182446.
    ours = {"a": [True], "b": [True], "c": [True, False], "d": [True, True]}
    theirs = {"a": [False], "b": [True], "c": [False], "d": [True, False]}
    found = compare(ours, theirs)
    assert found.difference == pytest.approx(0.5)
    assert found.low == pytest.approx(0.5 - 3.182446 * 0.204124, abs=1e-5)
    assert found.high == 1.0


def test_holm_worked_example() -> None:
    # Holm (1979): .01 * 4, .02 * 3, then .03 * 2 and .04 * 1 raised to what came before.
    assert holm([0.03, 0.01, 0.04, 0.02]) == pytest.approx((0.06, 0.04, 0.06, 0.06))
    assert holm([]) == ()
    assert holm([0.9, 0.8]) == (1.0, 1.0)


def test_models_that_do_not_differ_are_seldom_told_apart() -> None:
    rng = np.random.default_rng(7)
    false = 0
    for _ in range(400):
        shares = rng.beta(1, 1, size=14)
        pair = [{str(i): (rng.random(5) < share).tolist() for i, share in enumerate(shares)} for _ in range(2)]
        false += compare(*pair).p <= 0.05
    assert false / 400 < 0.08  # .05 and nearly three standard errors of .011
