import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS
from parentage.checkpoint.canonical import restacked
from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.checkpoint.pairing import pair_tensors
from parentage.finding import Coverage, Finding, NotApplicable
from parentage.protocols.weights.layers import LayerRecord, conclude, measure
from weights.reading import Reader, tensors_of, written

COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)


@pytest.fixture(scope="module")
def models() -> dict[str, Checkpoint]:
    return {name: open_checkpoint(str(MODELS / name)) for name in ("basalt", "nimbus", "cirrus", "stranger")}


def stacked(folder, plan: list[tuple[Checkpoint, int]]) -> Checkpoint:
    tensors = {name: value for name, value in tensors_of(plan[0][0]).items() if ".layers." not in name}
    for place, (model, layer) in enumerate(plan):
        for name, value in tensors_of(model).items():
            if f".layers.{layer}." in name:
                tensors[name.replace(f".layers.{layer}.", f".layers.{place}.")] = value
    return written(folder, tensors, dict(plan[0][0].config))


def sources(record: LayerRecord) -> list[tuple[int | None, int | None]]:
    return [(match.candidate, match.source) for match in record.matches]


def test_a_fine_tune_has_its_layers_in_place(models) -> None:
    record = measure(Reader(models["nimbus"], [models["basalt"]]))
    assert sources(record) == [(0, layer) for layer in range(4)]
    assert record.in_place and not record.is_restacked
    assert all(match.correlation > 0.9 and abs(match.next_best) < 0.05 for match in record.matches)


def test_a_stranger_has_no_source(models) -> None:
    for name in ("basalt", "nimbus", "cirrus"):
        record = measure(Reader(models["stranger"], [models[name]]))
        assert record.mapped == () and not record.is_restacked
        assert all(abs(match.correlation) < 0.05 for match in record.matches)


def test_a_doubled_stack(models, tmp_path) -> None:
    plan = [(models["basalt"], layer) for layer in (0, 1, 2, 1, 2, 3)]
    record = measure(Reader(stacked(tmp_path, plan), [models["basalt"]]))
    assert sources(record) == [(0, layer) for layer in (0, 1, 2, 1, 2, 3)]
    assert record.is_restacked and all(match.is_copied for match in record.matches)
    assert record.map_of(0) == {0: 0, 1: 1, 2: 2, 3: 1, 4: 2, 5: 3}


def test_layers_of_two_candidates_at_new_and_at_old_numbers(models, tmp_path) -> None:
    one, other = models["basalt"], models["nimbus"]
    moved = stacked(tmp_path / "moved", [(one, 0), (one, 1), (other, 1), (other, 2), (other, 3)])
    record = measure(Reader(moved, [one, other]))
    assert sources(record) == [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3)]
    assert record.is_restacked
    kept = stacked(tmp_path / "kept", [(one, 0), (other, 1), (one, 2), (other, 3)])
    record = measure(Reader(kept, [one, other]))
    assert sources(record) == [(0, 0), (1, 1), (0, 2), (1, 3)]
    assert record.in_place and record.is_restacked and record.sources == (0, 1)


def test_a_cut_and_trained_stack_is_found_by_correlation(models, tmp_path) -> None:
    trained = stacked(tmp_path, [(models["nimbus"], layer) for layer in (0, 3, 2)])
    record = measure(Reader(trained, [models["basalt"], models["stranger"]]))
    assert sources(record) == [(0, 0), (0, 3), (0, 2)]
    assert not any(match.is_copied for match in record.matches)
    found = conclude(record, candidate_ids=["basalt", "stranger"], coverage=COVERAGE)
    assert isinstance(found, Finding)
    assert found.statement == "Layers 0 from 0 of basalt; 1 from 3 of basalt; 2 from 2 of basalt."


def test_a_candidate_restacked_pairs_with_the_subject(models, tmp_path) -> None:
    subject = stacked(tmp_path, [(models["basalt"], layer) for layer in (0, 1, 2, 1, 2, 3)])
    view = restacked(models["basalt"], measure(Reader(subject, [models["basalt"]])).map_of(0))
    pairing = pair_tensors(subject, [view])
    assert not pairing.unpaired
    ours, theirs = tensors_of(subject), tensors_of(view)
    assert all(np.array_equal(ours[name], theirs[name]) for name in ours)


def test_other_shapes_and_no_layers(models, tmp_path) -> None:
    narrow = {name: value[..., :64] for name, value in tensors_of(models["basalt"]).items()}
    record = measure(Reader(written(tmp_path / "narrow", narrow, {}), [models["basalt"]]))
    assert not record.mapped
    assert isinstance(conclude(record, candidate_ids=["x"], coverage=COVERAGE), NotApplicable)
    flat = written(tmp_path / "flat", {"w": np.ones((8, 8), dtype=np.float32)}, {})
    record = measure(Reader(flat, [models["basalt"]]))
    assert record.matches == ()


def test_constant_layers_are_no_evidence(tmp_path) -> None:
    tensors = {f"model.layers.{i}.w.weight": np.zeros((64, 64), dtype=np.float32) for i in range(3)}
    tensors["model.layers.1.w.weight"] = np.full((64, 64), np.nan, dtype=np.float32)
    other = {name: np.random.default_rng(0).normal(size=(64, 64)).astype(np.float32) for name in tensors}
    sides = [written(tmp_path / "a", tensors, {}), written(tmp_path / "b", other, {})]
    assert not measure(Reader(sides[0], sides[1:])).mapped
    assert not measure(Reader(sides[0], sides[:1])).mapped


def test_the_record_survives_json(models) -> None:
    record = measure(Reader(models["nimbus"], [models["basalt"], models["stranger"]]))
    adapter = TypeAdapter(LayerRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
