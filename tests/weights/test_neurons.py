import math

import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS, REAL
from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.finding import Coverage, Finding, NotApplicable
from parentage.numerics.matching import (
    agreeing,
    complete,
    features_of,
    fixed_points,
    least_log10,
    mutual_nearest,
    tail_log10,
)
from parentage.protocols.weights import arrangement
from parentage.protocols.weights.neurons import NeuronRecord, conclude, measure
from weights import rearranging
from weights.reading import Reader, tensors_of, written

COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)
RELATED = [("nimbus", "basalt"), ("cirrus", "nimbus"), ("rivo", "basalt")]


def opened(name: str):
    return open_checkpoint(str(MODELS / name))


def test_units_of_unrelated_networks_meet_by_chance_only() -> None:
    rng = np.random.default_rng(1)
    own, alike, rounds = [], [], 400
    for _ in range(rounds):
        # What two trainings share whatever their units: strong columns, offsets, a few large units.
        columns, offset = np.exp(rng.normal(0, 1, 48)), rng.normal(0, 1, 48)
        sides = []
        for _ in range(2):
            size = np.exp(rng.normal(0, 0.7, (64, 1)))
            sides.append([features_of(size * (columns * rng.normal(0, 1, (64, 48)) + offset)) for _ in range(2)])
        matches = [mutual_nearest([a], [b], signed=[True]) for a, b in zip(*sides, strict=True)]
        own.append(fixed_points(matches[0]))
        alike.append(agreeing(*matches))
    for counts in (own, alike):
        for least in (1, 2, 3, 4):
            share = float(np.mean(np.array(counts) >= least))
            bound = 10.0 ** tail_log10(least)
            assert share <= bound + 3 * math.sqrt(bound * (1 - bound) / rounds) + 1 / rounds


@pytest.mark.parametrize("related", ["basalt", "nimbus", "nimbus-early", "cirrus", "rivo"])
def test_a_stranger_of_the_same_configuration_is_independent(related: str) -> None:
    for pair in (("stranger", related), (related, "stranger")):
        record = measure(Reader(opened(pair[0]), [opened(pair[1])]), 0)
        assert record.units == 1664
        assert record.log10_p == 0 and not record.is_related
        assert max(max(layer.own_place, layer.agreeing) for layer in record.layers) <= 5


def test_two_trainings_of_one_seed_at_an_offset_are_no_strangers() -> None:
    # One seed, another input size: the later layers drew the same random numbers three rows further on.
    folder = REAL / "deepaco_warmstart"
    mkp, tsp = (open_checkpoint(str(folder / f"{name}.safetensors")) for name in ("mkp300", "tsp20"))
    record = measure(Reader(mkp, [tsp]), 0)
    assert record.own_place == 0 and record.log10_p_own_place == 0
    assert record.agreeing == 377 and record.is_related
    assert not arrangement.measure(Reader(mkp, [tsp]), 0).is_claimed


def test_relatives_are_refused_independence() -> None:
    for subject, candidate in RELATED:
        record = measure(Reader(opened(subject), [opened(candidate)]), 0)
        assert record.log10_p < -1000
        assert record.own_place == record.units
    folder = REAL / "distiller_pruned_finetuned"
    sides = [
        open_checkpoint(str(folder / f"checkpoint_trained_{name}.safetensors"))
        for name in ("4D_regularized_5Lremoved_finetuned", "4D_regularized_5Lremoved")
    ]
    assert measure(Reader(sides[0], sides[1:]), 0).log10_p < -300


@pytest.mark.parametrize("what", ["hidden", "heads", "residual"])
def test_a_permuted_fine_tune_is_refused_independence(what: str, tmp_path) -> None:
    subject, candidate = opened("nimbus"), opened("basalt")
    tensors, config, rng = tensors_of(subject), dict(subject.config), np.random.default_rng(0)
    if what == "hidden":
        rearranging.hidden_units(tensors, rng, range(4))
    elif what == "heads":
        rearranging.heads(tensors, rng, range(4), config, inside=True)
    else:
        rearranging.residual(tensors, rng, signs=True)
    record = measure(Reader(written(tmp_path, tensors, config), [candidate]), 0)
    assert record.log10_p < -30
    assert record.agreeing == record.units


def test_the_order_in_which_a_candidate_lists_its_units_does_not_matter(tmp_path) -> None:
    stranger, candidate = opened("stranger"), opened("basalt")
    tensors = tensors_of(stranger)
    rearranging.hidden_units(tensors, np.random.default_rng(0), range(4))
    shuffled = written(tmp_path, tensors, dict(stranger.config))
    records = [measure(Reader(candidate, [other]), 0) for other in (stranger, shuffled)]
    assert [layer.agreeing for layer in records[0].layers] == [layer.agreeing for layer in records[1].layers]


def test_p_values_never_underflow_and_are_bounds() -> None:
    assert tail_log10(0) == tail_log10(1) == 0
    assert tail_log10(20) == round(-math.log10(math.factorial(20)), 3)
    assert -80000 < tail_log10(20000) < -70000
    assert tail_log10(3, groups=8) == 0
    assert tail_log10(64, groups=2) == round(64 * math.log10(2) - math.log10(math.factorial(64)), 3)
    assert least_log10([]) == 0 and least_log10([-3.0, 0.0]) == round(-3 + math.log10(2), 3)


def test_ties_match_nobody_and_are_completed_in_place() -> None:
    same = features_of(np.zeros((6, 8)))
    order = mutual_nearest([same], [same], signed=[True])
    assert (order == -1).all()
    assert complete(order, [same], [same], signed=[True]).tolist() == list(range(6))


def test_what_is_not_finite_counts_as_zero() -> None:
    rng = np.random.default_rng(0)
    values = rng.normal(size=(16, 32))
    values[3], values[:, 5], values[7, 7] = np.nan, np.inf, -np.inf
    features = features_of(values)
    assert np.isfinite(features).all() and (features[3] == features[3].round()).all()
    # Any order of summation gives the same whole numbers.
    assert np.array_equal(features @ features.T, (features[:, ::-1].astype(np.float64) @ features[:, ::-1].T))


def test_vectors_alone_say_nothing(tmp_path) -> None:
    names = [name for name in tensors_of(opened("basalt")) if "norm" in name]
    subject, candidate = (
        written(tmp_path / side, {name: tensors_of(opened(side))[name] for name in names}, {})
        for side in ("basalt", "stranger")
    )
    record = measure(Reader(subject, [candidate]), 0)
    assert record.layers == () and record.log10_p == 0
    assert isinstance(conclude([record], candidate_ids=["x"], coverage=COVERAGE), NotApplicable)


def test_the_record_survives_json_and_is_told() -> None:
    record = measure(Reader(opened("nimbus"), [opened("basalt")]), 0)
    adapter = TypeAdapter(NeuronRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
    found = conclude([record], candidate_ids=["basalt"], coverage=COVERAGE)
    assert isinstance(found, Finding) and "1664 of 1664 units" in found.statement
