"""What is trained after a merge carries the merge's rounding; what merely lies near the line does not."""

import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS
from parentage.finding import Coverage, NotApplicable
from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import LATTICES
from parentage.protocols.weights import afterwards
from parentage.protocols.weights.afterwards import AfterwardsConclusion, AfterwardsRecord, upper_limit
from weights.sampled import adapted, base_model, mixed, sample, sample_folders, stored, trained

IDS = ("first", "second")
COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)


def _concluded(tensors, parents=(0, 1)) -> tuple[AfterwardsRecord, AfterwardsConclusion]:
    record = afterwards.measure(tensors, afterwards.find(tensors, parents))
    assert record is not None
    return record, afterwards.conclude(record, candidate_ids=IDS, coverage=COVERAGE)


def _parents(size: float):
    base = base_model(1)
    return stored(trained(base, size, 2)), base


def _moved(model, size: float, seed: int):
    return stored(trained(model, size, seed))


@pytest.mark.parametrize("size", [1e-3, 1e-2, 5e-2])
@pytest.mark.parametrize("after", [0.01, 0.1, 0.5])
def test_training_after_a_merge(size: float, after: float) -> None:
    first, second = _parents(size)
    merged = stored(mixed([first, second], (0.6, 0.4)))
    record, concluded = _concluded(sample(_moved(merged, after * size, 3), [first, second]))
    # Of 200,000 elements, so few of which lie between the parents, the errors can be too large to tell.
    assert concluded.status == "changed" or (after == 0.5 and concluded.status == "untold"), record
    assert abs(record.weights[0] - 0.6) < 5e-3
    if concluded.status == "changed":
        assert concluded.relative <= concluded.relative_high
    if concluded.status == "changed" and size * after >= 1e-3:
        assert concluded.relative == pytest.approx(after, rel=0.35)


@pytest.mark.parametrize("weight", [0.25, 0.4321, 0.5, 0.7])
def test_any_weight_and_two_trained_parents(weight: float) -> None:
    base = base_model(5)
    first, second = (stored(trained(base, 1e-2, seed)) for seed in (6, 7))
    merged = stored(mixed([first, second], (weight, 1 - weight)))
    record, concluded = _concluded(sample(_moved(merged, 2e-3, 8), [first, second]))
    assert concluded.status == "changed"
    assert abs(record.weights[0] - weight) < 5e-3


@pytest.mark.parametrize("arithmetic", ["three-roundings", "mergekit-0.1.4-linear", "task-arithmetic"])
def test_other_arithmetics(arithmetic: str) -> None:
    first, second = _parents(1e-2)
    hypothesis = Hypothesis(arithmetic=arithmetic, parents=(0, 1), weights=(0.6, 0.4))
    merged = {name: hypothesis.replay([first[name], second[name]], LATTICES["BF16"]) for name in first}
    record, concluded = _concluded(sample(_moved(merged, 1e-3, 9), [first, second]))
    assert concluded.status == "changed", record
    # Trained on, task arithmetic differs too little from one rounding to be told from it.
    assert record.arithmetic == arithmetic or arithmetic == "task-arithmetic"


@pytest.mark.parametrize("size", [1e-3, 1e-2, 5e-2])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("own", [0.02, 0.1, 0.4])
def test_no_checkpoint_near_the_line_carries_a_rounding(size: float, part: float, own: float) -> None:
    base = base_model(11)
    final = trained(base, size, 12)
    early = trained(mixed([final, base], (part, 1 - part)), own * size * np.sqrt(part * (1 - part)), 13)
    record, concluded = _concluded(sample(stored(early), [stored(final), base]))
    assert concluded.status in ("not-carried", "untold"), record


@pytest.mark.parametrize("scale", [0.3, 0.6, 0.9])
def test_an_adapter_at_another_scale(scale: float) -> None:
    base = base_model(14)
    full, part = (stored(adapted(base, 1e-2, 8, 15, scale=one)) for one in (1.0, scale))
    record, concluded = _concluded(sample(part, [full, base]))
    assert concluded.status in ("not-carried", "untold"), record


def test_a_sibling_and_an_independent_fine_tune() -> None:
    first, second = _parents(1e-2)
    for subject in (_moved(second, 1e-2, 16), _moved(first, 3e-3, 17), _moved(second, 1e-3, 18)):
        assert _concluded(sample(subject, [first, second]))[1].status != "changed"


def test_a_merge_trained_before_it_was_saved_looks_innocent() -> None:
    first, second = _parents(1e-2)
    unsaved = trained(mixed([first, second], (0.6, 0.4)), 3e-3, 19)
    record, concluded = _concluded(sample(stored(unsaved), [first, second]))
    assert concluded.status in ("not-carried", "untold")
    assert record.carried.share < 0.5


def test_the_example_is_untouched() -> None:
    tensors = sample_folders(MODELS / "rivo", [MODELS / "nimbus", MODELS / "basalt"])
    record, concluded = _concluded(tensors)
    assert concluded.status == "untouched"
    assert record.weights == (0.6, 0.4)
    assert record.mid_kept == record.mid > 100_000
    assert 0 < concluded.bound < 1e-5


@pytest.mark.parametrize(
    ("subject", "first", "second"),
    [("nimbus-early", "nimbus", "basalt"), ("cirrus", "nimbus", "basalt"), ("nimbus", "cirrus", "basalt")],
)
def test_the_example_has_innocents(subject: str, first: str, second: str) -> None:
    tensors = sample_folders(MODELS / subject, [MODELS / first, MODELS / second])
    assert _concluded(tensors)[1].status in ("not-carried", "untold")


@pytest.mark.parametrize(
    ("count", "tried", "limit"),
    [(0, 100, 0.02951), (5, 100, 0.1023), (1, 20, 0.2161), (0, 1_000_000, 3.0e-6), (1000, 1_000_000, 0.001054)],
)
def test_limits_are_clopper_and_pearsons(count: int, tried: int, limit: float) -> None:
    # Reference: the 0.95 quantile of beta(count + 1, tried - count), from tables.
    assert upper_limit(count, tried) == pytest.approx(limit, rel=3e-3)


def test_limits_at_the_ends() -> None:
    assert upper_limit(0, 0) == 1.0
    assert upper_limit(7, 7) == 1.0


def test_hostile_samples() -> None:
    base = base_model(20, layers=1, shape=(16, 16))
    huge = {name: np.where(values > 0, np.float32(3e38), np.float32(-3e38)) for name, values in base.items()}
    zeros = {name: np.zeros_like(values) for name, values in base.items()}
    tiny = {name: values * np.float32(2.0**-120) for name, values in base.items()}
    for subject in (base, huge, zeros, tiny):
        for first, second in ((base, huge), (huge, base), (zeros, base), (base, base), (tiny, zeros)):
            tensors = sample(subject, [first, second])
            record = afterwards.measure(tensors, afterwards.find(tensors, (0, 1)))
            concluded = afterwards.conclude(record, candidate_ids=IDS, coverage=COVERAGE)
            assert concluded.status in ("untold", "untouched", "not-carried")
    none = afterwards.conclude(afterwards.measure([], {}), candidate_ids=IDS, coverage=COVERAGE)
    assert isinstance(none.result, NotApplicable)


def test_a_record_reads_back_and_is_the_same_twice() -> None:
    first, second = _parents(1e-2)
    merged = stored(mixed([first, second], (0.6, 0.4)))
    tensors = sample(_moved(merged, 1e-3, 21), [first, second])
    record, _ = _concluded(tensors)
    assert record == _concluded(tensors)[0]
    adapter = TypeAdapter(AfterwardsRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
