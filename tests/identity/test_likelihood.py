"""Likelihood ratios against the handbook's figures, and words that never exceed what the controls allow."""

import pytest

from parentage.errors import UsageError
from parentage.protocols.identity.likelihood import (
    EARLIER_ERROR,
    contamination,
    control_bound,
    reaching_share,
    sentences_of,
    weigh,
)
from parentage.protocols.identity.rates import Rate, rate_of


def claimed(hits: int, of: int = 10, families: int = 48) -> Rate:
    return rate_of(
        {str(i): [True] * min(of, hits + i % 2) + [False] * max(0, of - hits - i % 2) for i in range(families)}
    )


def test_written_model_of_the_published_case() -> None:
    # Beta(1/2, 2) has the distribution function (3 sqrt(x) - x sqrt(x)) / 2, so 95/120 is reached with chance .01756.
    share = 95 / 120
    expected = 1 - (3 * share**0.5 - share**1.5) / 2
    for popularity, ratio in (("popular", 80.7), ("known", 109.8), ("rare", 968.1)):
        model = contamination(popularity)  # type: ignore[arg-type]
        found = reaching_share(model, share)
        assert found == pytest.approx(model.share * expected)
        assert model.derived_reaches / found == pytest.approx(ratio, rel=1e-3)


@pytest.mark.parametrize(("controls", "bound"), [(14, 0.193), (27, 0.105), (102, 0.0289), (2, 0.776), (0, 1.0)])
def test_bound_by_controls(controls: int, bound: float) -> None:
    assert control_bound(controls, 0) == pytest.approx(bound, abs=6e-4)


def test_bound_with_controls_that_reach() -> None:
    # Clopper and Pearson: 1 of 20, one-sided 95 %, is 0.2161 (any table).
    assert control_bound(20, 1) == pytest.approx(0.2161, abs=1e-4)
    assert control_bound(3, 3) == 1.0


def test_two_controls_leave_weak_whatever_the_model_says() -> None:
    found = weigh("Nimbus", "case", claimed(9), [0.0, 0.0])
    assert found.ratio > 100
    assert found.strength == "weak"
    assert "weak evidence" in sentences_of(found)[0]
    assert "strong" not in " ".join(sentences_of(found))


def test_words_rise_with_controls_only() -> None:
    words = [weigh("Nimbus", "case", claimed(9), [0.0] * count).strength for count in (0, 2, 30, 70, 700)]
    assert words == ["weak", "weak", "weak", "moderate", "strong"]


def test_a_popular_name_stays_below_what_a_rare_one_gives() -> None:
    popular = weigh("Qwen", "popular", claimed(5), [0.0] * 1000)
    rare = weigh("Nimbus", "rare", claimed(5), [0.0] * 1000)
    assert popular.ratio < rare.ratio
    assert contamination("popular").source != contamination("rare").source


def test_never_claimed_and_always_claimed_by_controls_is_no_evidence() -> None:
    never = rate_of({str(i): [False] * 5 for i in range(48)})
    assert weigh("Nimbus", "case", never, [0.0] * 500).strength == "none"
    assert "no evidence" in sentences_of(weigh("Nimbus", "case", never, [0.0]))[0]
    reached = weigh("Nimbus", "case", claimed(5), [0.9] * 500)
    assert (reached.controls_reaching, reached.control_share, reached.strength) == (500, 1.0, "none")


def test_few_families_weigh_less() -> None:
    assert weigh("N", "case", claimed(8, families=6), []).ratio < weigh("N", "case", claimed(8), []).ratio


def test_sentences_say_what_cannot_be_told() -> None:
    for controls in ([], [0.0], [0.0] * 60):
        sentences = sentences_of(weigh("Nimbus", "case", claimed(9), controls))
        assert "cannot separate a merge with Nimbus from training on Nimbus's replies" in sentences[2]
        assert "the weights decide" in sentences[2]
    assert sentences_of(weigh("Nimbus", "case", claimed(9), []))[1].startswith("No control was asked")


def test_rates_outside_are_refused() -> None:
    with pytest.raises(UsageError):
        weigh("Nimbus", "case", claimed(9), [1.5])


def test_a_rate_within_the_error_of_the_readings_is_no_evidence() -> None:
    rate = rate_of({str(i): [i < 9] * 2 for i in range(48)})
    assert 0.03 < rate.low < 0.17
    assert weigh("X", "case", rate, [0.0] * 200).strength == "none"
    assert weigh("X", "case", rate, [0.0] * 200, error=EARLIER_ERROR).strength != "none"
