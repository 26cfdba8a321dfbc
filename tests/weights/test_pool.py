"""Both parents are found among many candidates, near-duplicates included; p-values hold for models with no relation."""

import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS
from parentage.numerics import multiplicity
from parentage.protocols.weights import pool
from parentage.protocols.weights.pool import PoolRecord
from weights.sampled import base_model, mixed, sample, sample_folders, stored, trained

SMALL = {"layers": 3, "shape": (48, 64)}


def _family(seed: int, *, runs: int, size: float = 1e-2):
    """A base and runs from it, each with two earlier checkpoints that lie near its line."""
    base = base_model(seed, **SMALL)
    models = [base]
    for run in range(runs):
        final = trained(base, size, 100 * seed + run)
        models.append(stored(final))
        for part in (0.6, 0.9):
            early = mixed([final, base], [part, 1 - part])
            models.append(stored(trained(early, size * (1 - part) / 2, 1000 * seed + 10 * run + int(10 * part))))
    return models


@pytest.mark.parametrize("weights", [(0.6, 0.4), (0.5, 0.5), (0.8, 0.2)])
@pytest.mark.parametrize("size", [1e-3, 1e-2, 1e-1])
def test_both_parents_among_fifty(weights, size: float) -> None:
    models = _family(1, runs=14, size=size)
    models += [base_model(seed, **SMALL) for seed in range(50, 50 + 50 - len(models))]
    assert len(models) == 50
    subject = stored(mixed([models[1], models[4]], weights))
    record = pool.screen(sample(subject, models), len(models))
    assert {1, 4} <= set(record.chosen)
    assert len(record.chosen) <= pool.MOST_CHOSEN
    by_place = {entry.candidate: entry for entry in record.entries}
    assert len(by_place) == 50
    assert not any(by_place[place].related for place in range(43, 50))


def test_a_parent_and_its_base_beside_earlier_checkpoints() -> None:
    models = _family(2, runs=5)
    subject = stored(mixed([models[1], models[0]], (0.6, 0.4)))
    record = pool.screen(sample(subject, models), len(models))
    assert {0, 1} <= set(record.chosen)
    assert record.origin == 0
    weight = {entry.candidate: entry.weight for entry in record.entries}
    assert abs(weight[1] - 0.6) < 0.02


def test_three_parents() -> None:
    models = _family(3, runs=6)
    subject = stored(mixed([models[1], models[4], models[7]], (0.5, 0.3, 0.2)))
    assert {1, 4, 7} <= set(pool.screen(sample(subject, models), len(models)).chosen)


def test_the_example() -> None:
    names = ("stranger", "cirrus", "nimbus-early", "basalt", "nimbus")
    record = pool.screen(sample_folders(MODELS / "rivo", [MODELS / name for name in names]), len(names))
    assert {names.index("nimbus"), names.index("basalt")} <= set(record.chosen)
    assert record.entries[-1].candidate == 0
    assert not record.entries[-1].related


def test_a_fine_tune_keeps_its_base_and_nearest() -> None:
    models = _family(4, runs=6)
    subject = stored(trained(models[0], 1e-2, 77))
    record = pool.screen(sample(subject, models), len(models))
    assert record.nearest in record.chosen
    assert 0 in record.chosen


def test_sign_tests_hold_where_nothing_is_shared() -> None:
    false = 0
    for seed in range(12):
        base = base_model(200 + seed, **SMALL)
        models = [base, *(stored(trained(base, 1e-2, 10 * seed + run)) for run in range(6))]
        record = pool.screen(sample(stored(trained(base, 5e-3, 900 + seed)), models), len(models))
        assert record.nearest == 0
        false += any(entry.holm_p < 0.05 for entry in record.entries if entry.candidate)
    # At a family-wise rate of 5 %, four or more of twelve come about once in five hundred times.
    assert false <= 3


@pytest.mark.parametrize(
    ("positive", "tried", "p"), [(5, 10, 1.0), (9, 10, 22 / 1024), (10, 10, 2 / 1024), (0, 10, 2 / 1024), (0, 0, 1.0)]
)
def test_sign_p_is_the_binomial(positive: int, tried: int, p: float) -> None:
    assert multiplicity.sign_p(positive, tried) == p


def test_sign_p_of_many_blocks() -> None:
    assert 0.9 < multiplicity.sign_p(2500, 5000) <= 1
    assert 0 <= multiplicity.sign_p(5000, 5000) < 1e-300


def test_holm_is_step_down() -> None:
    assert multiplicity.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert multiplicity.holm([]) == []


def test_hostile_samples() -> None:
    base = base_model(5, layers=1, shape=(32, 32))
    huge = {name: np.where(values > 0, np.float32(3e38), np.float32(-3e38)) for name, values in base.items()}
    zeros = {name: np.zeros_like(values) for name, values in base.items()}
    for subject in (base, huge, zeros):
        record = pool.screen(sample(subject, [base, huge, zeros, {}]), 4)
        assert len(record.entries) == 4
        assert all(np.isfinite([entry.distance, entry.cosine, entry.gain]).all() for entry in record.entries)
    assert pool.screen([], 3).chosen == (0, 1, 2)
    assert pool.screen([], 30).chosen == (0,)
    assert pool.screen([], 0).chosen == ()


def test_a_record_reads_back() -> None:
    models = _family(6, runs=2)
    record = pool.screen(sample(models[2], models), len(models))
    adapter = TypeAdapter(PoolRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
