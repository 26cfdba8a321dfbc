"""An adapter's rank is found; no training without one reads as low rank."""

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS, REAL
from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.checkpoint.pairing import pair_tensors
from parentage.errors import StorageError
from parentage.finding import NotApplicable
from parentage.numerics.spectrum import judge, spectrum
from parentage.protocols.weights import rank
from parentage.protocols.weights.rank import RankConclusion, RankRecord
from weights.reading import Reader, written
from weights.sampled import adapted, as_bf16, base_model, stored, trained


def _concluded(record: RankRecord) -> RankConclusion:
    return rank.conclude(record, left="subject", right="candidate")


def _opened(folder, subject, *candidates):
    sides = [written(folder / str(place), as_bf16(model), {}) for place, model in enumerate((subject, *candidates))]
    return Reader(sides[0], sides[1:]), pair_tensors(sides[0], sides[1:]).pairs


def _of_folders(subject, candidate) -> RankConclusion:
    sides = [open_checkpoint(str(side)) for side in (subject, candidate)]
    return _concluded(rank.measure(Reader(sides[0], sides[1:]), pair_tensors(sides[0], sides[1:]).pairs, 0))


@pytest.mark.parametrize(("true", "size"), [(1, 3e-3), (1, 1e-1), (4, 3e-3), (4, 1e-2), (16, 1e-2), (16, 1e-1)])
def test_an_adapter_of_this_rank(true: int, size: float, tmp_path) -> None:
    base = base_model(1)
    found = _concluded(rank.measure(*_opened(tmp_path, adapted(base, size, true, 2), base), 0))
    assert found.rank == true
    assert found.uniform


@pytest.mark.parametrize("size", [1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 1e-1])
def test_training_of_any_size_is_not_of_low_rank(size: float, tmp_path) -> None:
    base = base_model(3)
    for seed in range(3):
        found = _concluded(rank.measure(*_opened(tmp_path / str(seed), trained(base, size, seed), base), 0))
        assert found.rank is None
        assert found.low_rank == 0


def test_an_adapter_below_half_an_ulp_is_not_told(tmp_path) -> None:
    base = base_model(4)
    found = _concluded(rank.measure(*_opened(tmp_path, adapted(base, 2e-4, 8, 5), base), 0))
    assert found.rank is None
    assert found.buried == found.changed > 0


def test_the_difference_of_two_candidates(tmp_path) -> None:
    base = base_model(6)
    reader, pairs = _opened(tmp_path, trained(base, 1e-2, 7), adapted(base, 1e-2, 4, 8), base)
    assert _concluded(rank.measure(reader, pairs, 1, against=0)).rank == 4
    assert _concluded(rank.measure(reader, pairs, 1)).rank is None


def test_few_trained_rows_are_no_adapter() -> None:
    change = np.zeros((512, 64))
    change[:5] = np.random.default_rng(9).standard_normal((5, 64))
    found = spectrum(change, np.full(change.shape, 1e-3))
    assert found is not None
    assert found.status == "full"
    assert found.rows == 5


@pytest.mark.parametrize(("name", "other"), [("nimbus", "basalt"), ("cirrus", "nimbus"), ("rivo", "basalt")])
def test_the_example_was_trained_in_full(name: str, other: str) -> None:
    found = _of_folders(MODELS / name, MODELS / other)
    assert found.rank is None
    assert found.low_rank == 0


def test_fine_tunes_that_others_trained_are_not_of_low_rank() -> None:
    base = REAL / "textgenrnn_finetunes/2017_base.safetensors"
    tuned = [path for path in sorted(base.parent.glob("2017_*.safetensors")) if path != base]
    assert tuned
    for path in tuned:
        assert _of_folders(path, base).rank is None


def test_a_gap_above_more_than_rounding_is_no_rank() -> None:
    values = np.concatenate([[30.0], np.linspace(8, 1, 99)])
    assert judge(values, mean_noise=1e-6, shape=(100, 100)).rank is None


def test_rank_needs_a_matrix_three_times_as_large() -> None:
    values = np.concatenate([np.linspace(20, 10, 40), np.full(60, 1e-3)])
    assert judge(values, mean_noise=1e-8, shape=(100, 100)).rank is None


@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_what_is_not_finite_has_no_spectrum(bad: float) -> None:
    matrix = np.ones((40, 40))
    matrix[3, 4] = bad
    assert spectrum(matrix, np.ones_like(matrix)) is None


def test_hostile_checkpoints(tmp_path) -> None:
    base = {**base_model(10, layers=1), "tiny.weight": np.ones((2, 3)), "vector.weight": np.ones(50)}
    base["model.layers.0.conv.weight"] = np.full((64, 64, 3), 1e38)
    broken = {name: values.copy() for name, values in base.items()}
    broken["model.layers.0.mlp.up_proj.weight"][5, 5] = np.nan
    broken["model.layers.0.conv.weight"] *= -1
    record = rank.measure(*_opened(tmp_path, broken, base), 0)
    assert len(record.failures) == 1
    assert _concluded(record).rank is None
    assert isinstance(_concluded(replace(record, matrices=())).result, NotApplicable)


def test_what_cannot_be_read_is_said(tmp_path) -> None:
    base = base_model(11, layers=1)
    reader, pairs = _opened(tmp_path, trained(base, 1e-2, 1), base)

    class Broken(Reader):
        def read_rows(self, side: int, name: str, first: int, last: int):
            raise StorageError("gone")

    record = rank.measure(Broken(reader._sides[0], reader._sides[1:]), pairs, 0)
    assert len(record.failures) == len(pairs)
    assert isinstance(_concluded(record).result, NotApplicable)


def test_a_large_matrix_is_read_in_part(tmp_path) -> None:
    rng = np.random.default_rng(12)
    base = stored({"model.layers.0.mlp.up_proj.weight": rng.standard_normal((1500, 1300)).astype(np.float32)})
    record = rank.measure(*_opened(tmp_path, adapted(base, 1e-2, 8, 13), base), 0)
    assert record.elements_read == rank.SIDE**2
    assert record.matrices[0].spectrum.rank == 8


def test_matrices_are_chosen_over_depth_and_kind(tmp_path) -> None:
    base = base_model(14, layers=20, shape=(32, 32))
    record = rank.measure(*_opened(tmp_path, base, base), 0)
    assert len(record.matrices) == rank.MOST_MATRICES
    assert {matrix.layer for matrix in record.matrices} == {1, 5, 8, 11, 15, 18}
    assert _concluded(record).identical == rank.MOST_MATRICES


def test_threads_change_nothing(tmp_path) -> None:
    base = base_model(17, layers=6)
    subject = adapted(base, 1e-2, 4, 18)
    names = [name for name in subject if name.endswith("_proj.weight")]
    subject[names[1]] = np.full_like(subject[names[1]], np.nan)
    reader, pairs = _opened(tmp_path, subject, base)

    class Broken(Reader):
        def read_rows(self, side: int, name: str, first: int, last: int):
            if name == names[2]:
                raise StorageError("gone")
            return super().read_rows(side, name, first, last)

    sides = Broken(reader._sides[0], reader._sides[1:])
    first, *others = (rank.measure(sides, pairs, 0, threads=threads) for threads in (1, 2, 7))
    assert len(first.failures) == 2
    assert all(other == first for other in others)


def test_a_record_reads_back(tmp_path) -> None:
    base = base_model(15, layers=1)
    record = rank.measure(*_opened(tmp_path, adapted(base, 1e-2, 4, 16), base), 0)
    adapter = TypeAdapter(RankRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record
