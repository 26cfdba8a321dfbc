"""A hidden parent leaves its direction, which is recognised; what was never a parent is not."""

import numpy as np
import pytest
from pydantic import TypeAdapter

from parentage.finding import Coverage, NotApplicable
from parentage.protocols.weights import remainder
from parentage.protocols.weights.matrices import SUBJECT
from parentage.protocols.weights.remainder import RemainderRecord, signed_sums
from weights.sampled import base_model, mixed, sample, stored, trained

COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)


@pytest.fixture(scope="module")
def family():
    base = base_model(1)
    return [base, *(stored(trained(base, 2e-2, seed)) for seed in range(2, 8))]


def _concluded(record):
    return remainder.conclude(record, candidate_ids=("known", "base", "other"), coverage=COVERAGE)


@pytest.mark.parametrize("weights", [(0.6, 0.4), (0.3, 0.7)])
def test_a_hidden_parent_is_recognised_later(family, weights) -> None:
    base, known, hidden, *strangers = family
    subject = stored(mixed([known, hidden], weights))
    tensors = sample(subject, [known, base, hidden, *strangers])
    record = remainder.measure(tensors, (0, 1))
    assert _concluded(record).status == "part-missing"
    assert record.weights[0] == pytest.approx(weights[0], abs=0.02)
    assert record.explained == pytest.approx(weights[0] ** 2 / (weights[0] ** 2 + weights[1] ** 2), abs=0.05)
    matches = [
        remainder.compare(record.sketches, remainder.sketch(tensors, {place: 1.0, 1: -1.0}))
        for place in range(2, len(family))
    ]
    assert matches[0].cosine > remainder.MATCH_COSINE
    assert all(abs(other.cosine) < 5 * other.error for other in matches[1:])


def test_one_of_three_is_hidden(family) -> None:
    base, first, second, hidden, *_ = family
    subject = stored(mixed([first, second, hidden], (0.5, 0.3, 0.2)))
    tensors = sample(subject, [first, second, base, hidden])
    record = remainder.measure(tensors, (0, 1, 2))
    assert record.weights == pytest.approx((0.5, 0.3), abs=0.03)
    assert remainder.compare(record.sketches, remainder.sketch(tensors, {3: 1.0, 2: -1.0})).cosine > 0.8


def test_nothing_is_missing_from_a_complete_list(family) -> None:
    base, known, *_ = family
    tensors = sample(stored(mixed([known, base], (0.6, 0.4))), [known, base])
    record = remainder.measure(tensors, (0, 1))
    assert _concluded(record).status == "explained"
    assert record.explained > 0.98
    assert _concluded(record).constant


def test_only_one_candidate_is_known(family) -> None:
    base, hidden, *_ = family
    tensors = sample(hidden, [base])
    record = remainder.measure(tensors, (0,))
    assert record.weights == ()
    assert record.explained == 0
    same = remainder.sketch(tensors, {SUBJECT: 1.0, 0: -1.0})
    assert remainder.compare(record.sketches, same).cosine == pytest.approx(1)


def test_the_null_of_a_comparison() -> None:
    base = base_model(9)
    cosines = []
    for seed in range(30):
        left, right = (stored(trained(base, 1e-2, 100 + 2 * seed + side)) for side in (0, 1))
        tensors = sample(left, [base, right])
        match = remainder.compare(
            remainder.sketch(tensors, {SUBJECT: 1.0, 0: -1.0}), remainder.sketch(tensors, {1: 1.0, 0: -1.0})
        )
        cosines.append(match.deviations)
    # Chi squared with 30 degrees of freedom lies within these limits 99.9 times in a hundred.
    assert 10.0 < float(np.sum(np.square(cosines))) < 62.0


def test_sums_are_integers_keyed_by_the_tensor() -> None:
    values = np.random.default_rng(3).standard_normal(1000)
    assert signed_sums(values, "a") == signed_sums(values * 2.0**-9, "a")
    assert signed_sums(values, "a") != signed_sums(values, "b")
    assert signed_sums(-values, "a") == tuple(-one for one in signed_sums(values, "a"))
    # Kept, because a sketch is published and compared with later ones.
    assert signed_sums(np.arange(8.0), "layers.0.mlp")[:4] == (-245, 123, 735, -123)


def test_hostile_samples() -> None:
    base = base_model(20, layers=1, shape=(16, 16))
    huge = {name: np.where(values > 0, np.float32(3e38), np.float32(-3e38)) for name, values in base.items()}
    zeros = {name: np.zeros_like(values) for name, values in base.items()}
    for subject in (base, huge, zeros):
        for candidates in ((base, huge), (zeros, base), (base, base), (huge, zeros)):
            record = remainder.measure(sample(subject, candidates), (0, 1))
            _concluded(record)
            if record is not None:
                assert all(len(one.values) == remainder.SKETCH for one in record.sketches)
    assert isinstance(_concluded(remainder.measure([], (0, 1))).result, NotApplicable)
    assert remainder.compare((), ()).tensors == 0


def test_a_record_reads_back(family) -> None:
    tensors = sample(family[3], family[:2])
    record = remainder.measure(tensors, (1, 0))
    adapter = TypeAdapter(RemainderRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
