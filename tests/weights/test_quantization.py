"""Lattices, quantisers and their replay, against quantisers in plain loops and in torch, and against innocents."""

import itertools
from pathlib import Path

import ml_dtypes
import numpy as np
import pytest
from pydantic import TypeAdapter

from conftest import MODELS, REAL, load
from parentage.audit.reading import CheckpointReader
from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.checkpoint.packed import unpack
from parentage.checkpoint.pairing import pair_tensors
from parentage.finding import Coverage, NotApplicable
from parentage.numerics.lattice import LATTICES
from parentage.numerics.quantization import Scheme, grouped, quantise, ungrouped
from parentage.numerics.quantization_lattice import find_lattice
from parentage.protocols.weights import quantization
from parentage.protocols.weights.context import make_context
from parentage.testing.checkpoints import write_checkpoint

BF16 = ml_dtypes.bfloat16
E4M3 = ml_dtypes.float8_e4m3fn
COVERAGE = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)
INNOCENT = ("basalt", "nimbus", "nimbus-early", "cirrus", "stranger")


def ask(subject, candidates):
    """The conclusion about a subject folder, and the record."""
    opened = [unpack(open_checkpoint(str(location))) for location in (subject, *candidates)]
    pairs = [make_context(i, pair) for i, pair in enumerate(pair_tensors(opened[0], opened[1:]).pairs)]
    record = quantization.measure(CheckpointReader(opened, budget_bytes=None), pairs)
    ids = [Path(str(place)).name for place in candidates]
    return quantization.conclude(record, candidate_ids=ids, coverage=COVERAGE), record


def is_quantised(name: str, value: np.ndarray) -> bool:
    return value.ndim == 2 and ".layers." in name


# Independent quantisers: loops over groups, no code of the package.


def int8_rows(matrix: np.ndarray) -> np.ndarray:
    out = np.empty_like(matrix)
    for i, row in enumerate(matrix):
        scale = np.float32(max(abs(value) for value in row)) / np.float32(127)
        out[i] = np.round(row / scale) * scale
    return out


def int4_groups(matrix: np.ndarray, size: int = 32) -> np.ndarray:
    out = np.empty_like(matrix)
    for i in range(matrix.shape[0]):
        for j in range(0, matrix.shape[1], size):
            part = matrix[i, j : j + size]
            scale = np.abs(part).max() / np.float32(7)
            out[i, j : j + size] = np.clip(np.round(part / scale), -8, 7) * scale
    return out


def int4_zero_points(matrix: np.ndarray, size: int = 64) -> np.ndarray:
    out = np.empty_like(matrix)
    for i in range(matrix.shape[0]):
        for j in range(0, matrix.shape[1], size):
            part = matrix[i, j : j + size]
            scale = (part.max() - part.min()) / np.float32(15)
            zero = np.round(-part.min() / scale)
            out[i, j : j + size] = (np.clip(np.round(part / scale + zero), 0, 15) - zero) * scale
    return out


def fp8_blocks(matrix: np.ndarray, size: int = 128) -> np.ndarray:
    out = np.empty_like(matrix)
    for i in range(0, matrix.shape[0], size):
        for j in range(0, matrix.shape[1], size):
            part = matrix[i : i + size, j : j + size]
            scale = np.abs(part).max() / np.float32(448)
            out[i : i + size, j : j + size] = (part / scale).astype(E4M3).astype(np.float32) * scale
    return out


def fp8_cast(matrix: np.ndarray) -> np.ndarray:
    return matrix.astype(E4M3).astype(np.float32)


QUANTISERS = {
    "int8": (int8_rows, "int8", "row", 0),
    "int4": (int4_groups, "int4", "group", 32),
    "int4-zero": (int4_zero_points, "int4", "group", 64),
    "fp8": (fp8_blocks, "fp8-e4m3", "block", 0),
    "fp8-cast": (fp8_cast, "fp8-e4m3", "tensor", 0),
}


def quantised_folder(folder: Path, source: str | Path, how, storage=BF16) -> Path:
    tensors = {
        name: how(value.astype(np.float32)).astype(storage) if is_quantised(name, value) else value
        for name, value in load(MODELS / source).items()
    }
    return write_checkpoint(folder, tensors)


@pytest.mark.parametrize("name", QUANTISERS)
def test_a_quantised_copy_is_reproduced_from_its_source_only(tmp_path, name: str) -> None:
    how, kind, granularity, group_size = QUANTISERS[name]
    subject = quantised_folder(tmp_path / "subject", "nimbus", how)
    found, record = ask(subject, [MODELS / other for other in ("basalt", "cirrus", "nimbus")])
    assert found.is_quantized
    assert found.is_copy
    assert found.parents == (2,)
    assert found.share == found.informative_share == 1.0
    assert found.runner_up_share < 0.6
    assert found.within_half_step == 1.0
    assert (found.scheme.kind, found.scheme.granularity, found.scheme.group_size) == (kind, granularity, group_size)
    adapter = TypeAdapter(quantization.QuantizationRecord)
    assert adapter.validate_json(adapter.dump_json(record)) == record


@pytest.mark.parametrize("name", ["int8", "int4", "fp8"])
def test_a_merge_then_quantised_is_reproduced_from_the_merge(tmp_path, name: str) -> None:
    subject = quantised_folder(tmp_path / "subject", "rivo", QUANTISERS[name][0])
    found, _ = ask(subject, [MODELS / other for other in ("basalt", "nimbus", "cirrus")])
    assert found.is_copy
    assert (found.parents, found.weights, found.method) == ((0, 1), (0.4, 0.6), "fp32-once")


@pytest.mark.parametrize("name", QUANTISERS)
def test_a_quantised_fine_tune_is_no_copy_of_what_it_was_tuned_from(tmp_path, name: str) -> None:
    subject = quantised_folder(tmp_path / "subject", "nimbus", QUANTISERS[name][0])
    found, _ = ask(subject, [MODELS / "basalt"])
    assert found.is_quantized
    assert not found.is_copy
    assert found.share < 0.6


@pytest.mark.parametrize("storage", ["F16", "F32"])
def test_the_dtype_that_a_copy_is_stored_in_does_not_hide_it(tmp_path, storage: str) -> None:
    subject = quantised_folder(tmp_path / "subject", "nimbus", int8_rows, LATTICES[storage].storage)
    found, _ = ask(subject, [MODELS / "nimbus", MODELS / "basalt"])
    assert found.is_copy
    assert found.parents == (0,)


def test_codes_with_scales_beside_them_are_read_as_values(tmp_path) -> None:
    tensors = {}
    for name, value in load(MODELS / "nimbus").items():
        if not is_quantised(name, value):
            tensors[name] = value
            continue
        wide = value.astype(np.float32)
        scale = np.abs(wide).max(axis=1, keepdims=True) / np.float32(127)
        tensors[name] = np.rint(wide / scale).astype(np.int8)
        tensors[f"{name}_scale"] = scale
    subject = write_checkpoint(tmp_path / "subject", tensors)
    opened = unpack(open_checkpoint(str(subject)))
    assert not any(name.endswith("_scale") for name in opened.tensors)
    info = opened.tensors["model.layers.0.mlp.up_proj.weight"]
    expected = int8_rows(load(MODELS / "nimbus")[info.name].astype(np.float32))
    assert np.array_equal(opened.read_elements(info, 0, info.elements).reshape(info.shape), expected)
    assert np.array_equal(opened.read_elements(info, 130, 700), expected.reshape(-1)[130:700])
    found, _ = ask(subject, [MODELS / "basalt", MODELS / "nimbus"])
    assert found.is_copy
    assert found.parents == (1,)


@pytest.mark.parametrize("zero_step", [0, 1])
def test_packed_words_are_unpacked_as_the_tools_do(tmp_path, zero_step: int) -> None:
    rng = np.random.default_rng(3)
    codes, zeros = rng.integers(0, 16, (64, 16)), rng.integers(1, 15, (2, 16))
    scales = rng.random((2, 16)).astype(np.float16)
    expected = np.empty((16, 64), dtype=np.float32)
    for i, j in itertools.product(range(64), range(16)):
        expected[j, i] = np.float32(codes[i, j] - zeros[i // 32, j]) * np.float32(scales[i // 32, j])

    def words(values: np.ndarray, order: tuple[int, ...]) -> np.ndarray:
        """Eight codes of the last axis to a word, as a tool's loop packs them."""
        out = np.zeros((values.shape[0], values.shape[1] // 8), dtype=np.uint32)
        for column in range(out.shape[1]):
            for place, which in enumerate(order):
                out[:, column] |= values[:, 8 * column + which].astype(np.uint32) << np.uint32(4 * place)
        return out.view(np.int32)

    plain, interleaved = tuple(range(8)), (0, 2, 4, 6, 1, 3, 5, 7)
    gptq = {
        "a.qweight": np.ascontiguousarray(words(codes.T, plain).T),
        "a.qzeros": words(zeros - zero_step, plain),
        "a.scales": scales,
        "a.g_idx": (np.arange(64) // 32).astype(np.int32),
    }
    awq = {"a.qweight": words(codes, interleaved), "a.qzeros": words(zeros, interleaved), "a.scales": scales}
    for name, tensors in (("gptq", gptq), ("awq", awq)):
        folder = write_checkpoint(tmp_path / name, tensors)
        if zero_step == 0:
            (folder / "config.json").write_text('{"quantization_config": {"checkpoint_format": "gptq_v2", "bits": 4}}')
        opened = unpack(open_checkpoint(str(folder)))
        assert list(opened.tensors) == ["a.weight"]
        info = opened.tensors["a.weight"]
        assert np.array_equal(opened.read_elements(info, 0, info.elements).reshape(info.shape), expected)


def test_codes_whose_scales_do_not_fit_are_left_alone(tmp_path) -> None:
    folder = write_checkpoint(
        tmp_path / "odd",
        {"a.weight": np.zeros((4, 6), dtype=np.int8), "a.weight_scale": np.ones((3, 5), dtype=np.float32)},
    )
    opened = open_checkpoint(str(folder))
    assert unpack(opened) is opened


def test_innocent_models_lie_on_no_lattice() -> None:
    for subject, candidate in itertools.permutations(INNOCENT, 2):
        found, _ = ask(MODELS / subject, [MODELS / candidate])
        assert (found.on_lattice, found.is_quantized, found.is_copy) == (0, False, False)


def test_real_checkpoints_lie_on_no_lattice() -> None:
    matrices = 0
    for folder in sorted(REAL.iterdir()):
        files = sorted(folder.glob("*.safetensors"))[:2] if folder.is_dir() else []
        if len(files) == 2:
            found, _ = ask(files[0], files[1:])
            assert not found.is_quantized, files[0]
            matrices += found.matrices
    assert matrices > 30


@pytest.mark.parametrize("storage", ["BF16", "F16", "F32"])
def test_plain_random_matrices_lie_on_no_lattice(storage: str) -> None:
    rng = np.random.default_rng(11)
    lattice = LATTICES[storage]
    for _ in range(40):
        rows, columns = int(rng.integers(4, 200)), int(rng.integers(4, 200))
        # Heavy tails and few mantissa bits (bf16 kept as fp32) are what an innocent conversion leaves.
        values = (rng.standard_normal((rows, columns)) * np.exp(rng.standard_normal((rows, 1)))).astype(BF16)
        assert find_lattice(values.astype(np.float32).astype(lattice.storage), lattice) is None


HOSTILE = {
    "zeros": np.zeros((64, 64)),
    "constant": np.full((64, 64), 0.5),
    "constant-rows": np.repeat(np.linspace(-1, 1, 64)[:, None], 64, axis=1),
    "nan": np.full((64, 64), np.nan),
    "inf": np.where(np.eye(64) > 0, np.inf, 1.0),
    "one-column": np.linspace(-1, 1, 512)[:, None],
    "one-row": np.linspace(-1, 1, 512)[None, :],
    "identity": np.eye(64),
    "tiny": np.linspace(1e-44, 1e-42, 4096).reshape(64, 64),
    "huge": np.linspace(-3e38, 3e38, 4096).reshape(64, 64),
    "small": np.ones((2, 2)),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("storage", ["BF16", "F32"])
def test_hostile_matrices_end_in_words(tmp_path, name: str, storage: str) -> None:
    with np.errstate(over="ignore"):
        values = HOSTILE[name].astype(np.float32).astype(LATTICES[storage].storage)
    other = np.random.default_rng(0).standard_normal(values.shape).astype(values.dtype)
    subject = write_checkpoint(tmp_path / "subject", {"model.layers.0.a.weight": values})
    candidate = write_checkpoint(tmp_path / "candidate", {"model.layers.0.a.weight": other})
    for one, two in ((subject, candidate), (candidate, subject)):
        found, _ = ask(one, [two])
        assert not found.is_copy
        assert isinstance(found.result, NotApplicable) == (values.size < 256)


@pytest.mark.parametrize("granularity", ["tensor", "row", "column", "group", "block"])
def test_groups_cover_a_matrix_and_lead_back_to_it(granularity: str) -> None:
    matrix = np.arange(150 * 70, dtype=np.float32).reshape(150, 70)
    groups = grouped(matrix, granularity, 32)
    assert np.array_equal(ungrouped(groups, (150, 70), granularity, 32), matrix)


@pytest.mark.parametrize(("form", "bits"), [("Q8_0", 8), ("Q4_0", 4), ("Q4_1", 4), ("Q5_0", 5)])
def test_ggml_blocks_are_reproduced_bit_for_bit(form: str, bits: int) -> None:
    gguf = pytest.importorskip("gguf")
    values = np.random.default_rng(5).standard_normal((32, 256)).astype(np.float32)
    values[3, :32] = 0
    kind = gguf.GGMLQuantizationType[form]
    reference = gguf.quants.dequantize(gguf.quants.quantize(values, kind), kind)
    rest = {"codes_from": "unrounded", "quotient": "reciprocal", "scale_dtype": "F16"}
    how = {
        "Q8_0": {"divisor": 127.0, "ties": "away"},
        "Q4_0": {"divisor": 8.0, "signed": True},
        "Q5_0": {"divisor": 16.0, "signed": True},
        "Q4_1": {"divisor": 15.0, "zero": "float", "ties": "up"},
    }[form]
    scheme = Scheme(kind=f"int{bits}", bits=bits, granularity="group", group_size=32, **how, **rest)
    assert np.array_equal(quantise(values, scheme, LATTICES["F32"]).values, reference)


def test_torch_quantisers_are_reproduced_bit_for_bit() -> None:
    torch = pytest.importorskip("torch")
    values = (np.random.default_rng(6).standard_normal((48, 256)) * 0.02).astype(BF16).astype(np.float32)
    tensor = torch.from_numpy(values)
    half = tensor.bfloat16()
    scale = half.abs().amax(1, keepdim=True) / 127
    in_bf16 = (torch.round(half / scale).clamp(-128, 127) * scale).float().numpy()
    row = {"kind": "int8", "bits": 8, "granularity": "row", "divisor": 127.0}
    scheme = Scheme(**row, scale_dtype="BF16", quotient="storage")
    assert np.array_equal(quantise(values, scheme, LATTICES["BF16"]).values, in_bf16)
    cast = tensor.to(torch.float8_e4m3fn).float().numpy()
    scheme = Scheme(kind="fp8-e4m3", bits=8, granularity="tensor")
    assert np.array_equal(quantise(values, scheme, LATTICES["BF16"]).values, cast)
    fake = torch.fake_quantize_per_channel_affine(
        tensor, tensor.abs().amax(1) / 127, torch.zeros(48, dtype=torch.int32), 0, -128, 127
    ).numpy()
    # torch multiplies by the reciprocal here.
    scheme = Scheme(**row, quotient="reciprocal")
    assert np.array_equal(quantise(values, scheme, LATTICES["F32"]).values, fake)
