"""GGUF files written by the library that people write them with, read back; and files that lie about themselves."""

import struct
from pathlib import Path

import numpy as np
import pytest

from conftest import MODELS, load
from parentage.checkpoint.gguf import gguf_parts, open_gguf, read_header
from parentage.errors import InputError, StorageError
from parentage.storage.opening import open_store

gguf = pytest.importorskip("gguf")

FORMS = ("Q8_0", "Q4_0", "Q4_1", "Q5_0", "F16", "F32", "BF16")
DEQUANTISED_ONLY = ("Q4_K", "Q6_K", "Q5_K")
NAMES = {
    "model.embed_tokens.weight": "token_embd.weight",
    "model.layers.1.self_attn.q_proj.weight": "blk.1.attn_q.weight",
    "model.layers.1.self_attn.k_proj.weight": "blk.1.attn_k.weight",
    "model.layers.1.mlp.down_proj.weight": "blk.1.ffn_down.weight",
    "model.layers.1.post_attention_layernorm.weight": "blk.1.ffn_norm.weight",
}
HEADS, KEY_HEADS = 4, 2


def permuted(value: np.ndarray, heads: int) -> np.ndarray:
    """What llama.cpp's converter does to Q and K of Llama-like models, row by row."""
    head_rows = value.shape[0] // heads
    out = np.empty_like(value)
    for head in range(heads):
        for half in range(2):
            for place in range(head_rows // 2):
                row = head * head_rows + half * head_rows // 2 + place
                out[head * head_rows + 2 * place + half] = value[row]
    return out


def written(path: Path, form: str, arch: str = "llama") -> dict[str, np.ndarray]:
    """Write some of nimbus as GGUF; return the fp32 values that each tensor stands for, by its name outside."""
    kind = gguf.GGMLQuantizationType[form]
    writer = gguf.GGUFWriter(path, arch)
    writer.add_block_count(4)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KEY_HEADS)
    writer.add_token_list(["a", "bc", "def"])
    expected = {}
    for name, inside in NAMES.items():
        value = load(MODELS / "nimbus")[name].astype(np.float32)
        if value.ndim == 1:
            writer.add_tensor(inside, value)
            expected[name] = value
            continue
        heads = {"attn_q": HEADS, "attn_k": KEY_HEADS}.get(inside.split(".")[-2], 0) if arch == "llama" else 0
        blocks = gguf.quants.quantize(permuted(value, heads) if heads else value, kind)
        writer.add_tensor(inside, blocks, raw_dtype=kind)
        expected[name] = gguf.quants.dequantize(gguf.quants.quantize(value, kind), kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return expected


@pytest.mark.parametrize("arch", ["llama", "qwen2"])
@pytest.mark.parametrize("form", FORMS)
def test_what_the_library_writes_is_read_back(tmp_path, form: str, arch: str) -> None:
    expected = written(tmp_path / "model.gguf", form, arch)
    store = open_store(str(tmp_path))
    checkpoint = open_gguf(store, gguf_parts(store))
    assert set(checkpoint.tensors) == set(expected)
    for name, values in expected.items():
        info = checkpoint.tensors[name]
        assert info.shape == values.shape
        found = checkpoint.read_elements(info, 0, info.elements).astype(np.float32)
        assert np.array_equal(found.reshape(info.shape), values), name
        for first, last in (
            (0, 1),
            (37, 101),
            (info.elements // 3, info.elements // 2),
            (info.elements - 33, info.elements),
        ):
            part = checkpoint.read_elements(info, first, last).astype(np.float32)
            assert np.array_equal(part, values.reshape(-1)[first:last]), name
            assert np.array_equal(checkpoint.view_elements(info, first, last).astype(np.float32), part)
    assert checkpoint.config["num_key_value_heads"] == KEY_HEADS
    assert checkpoint.config["quantization_config"]["quant_method"] == "gguf"


@pytest.mark.parametrize("form", DEQUANTISED_ONLY)
def test_super_blocks_are_dequantised_by_the_library(tmp_path, form: str) -> None:
    kind = gguf.GGMLQuantizationType[form]
    _, width = gguf.GGML_QUANT_SIZES[kind]
    blocks = np.random.default_rng(1).integers(0, 60, (8, 2 * width), dtype=np.uint8)
    writer = gguf.GGUFWriter(tmp_path / "model.gguf", "llama")
    writer.add_tensor("blk.0.ffn_up.weight", blocks, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    checkpoint = open_gguf(open_store(str(tmp_path)), ("model.gguf",))
    info = checkpoint.tensors["model.layers.0.mlp.up_proj.weight"]
    assert info.shape == (8, 512)
    values = checkpoint.read_elements(info, 300, 900)
    assert np.array_equal(values, gguf.quants.dequantize(blocks, kind).reshape(-1)[300:900])


def test_only_the_parts_of_one_model_are_taken_together(tmp_path) -> None:
    for name in ("m-00001-of-00002.gguf", "m-00002-of-00002.gguf"):
        (tmp_path / name).write_bytes(b"GGUF")
    store = open_store(str(tmp_path))
    assert gguf_parts(store) == ("m-00001-of-00002.gguf", "m-00002-of-00002.gguf")
    (tmp_path / "other.gguf").write_bytes(b"GGUF")
    with pytest.raises(InputError, match="one model"):
        gguf_parts(store)


def text(value: bytes, length: int | None = None) -> bytes:
    return struct.pack("<Q", len(value) if length is None else length) + value


def tensor(name: bytes = b"a", shape: tuple[int, ...] = (32,), kind: int = 0, offset: int = 0) -> bytes:
    return text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, kind, offset)


def header(tensors: bytes = b"", entries: bytes = b"", *, counts: tuple[int, int] = (0, 0), version: int = 3) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, *counts) + entries + tensors


def entry(name: bytes, kind: int, value: bytes) -> bytes:
    return text(name) + struct.pack("<I", kind) + value


DATA = bytes(4096)
HOSTILE = {
    "empty": b"",
    "other-magic": b"GGML" + bytes(60),
    "truncated-counts": b"GGUF\x03\x00\x00\x00\x01",
    "version-1": header(version=1),
    "big-endian": header(version=0x03000000),
    "many-tensors": header(counts=(2**63, 0)) + DATA,
    "many-entries": header(counts=(0, 2**40)) + DATA,
    "more-tensors-than-there-are": header(tensor(), counts=(900_000, 0)) + DATA,
    "endless-name": header(text(b"a", 2**62), counts=(1, 0)) + DATA,
    "endless-value": header(entries=entry(b"k", 8, text(b"", 2**63 - 1)), counts=(0, 1)) + DATA,
    "endless-array": header(entries=entry(b"k", 9, struct.pack("<IQ", 10, 2**61)), counts=(0, 1)) + DATA,
    "endless-strings": header(entries=entry(b"k", 9, struct.pack("<IQ", 8, 2**61)), counts=(0, 1)) + DATA,
    "nested-array": header(entries=entry(b"k", 9, struct.pack("<IQ", 9, 1)), counts=(0, 1)) + DATA,
    "unknown-value": header(entries=entry(b"k", 99, b""), counts=(0, 1)) + DATA,
    "twice-entered": header(entries=entry(b"k", 0, b"\x01") * 2, counts=(0, 2)) + DATA,
    "not-utf-8": header(entries=entry(b"\xff\xfe", 0, b"\x01"), counts=(0, 1)) + DATA,
    "alignment-zero": header(entries=entry(b"general.alignment", 4, bytes(4)), counts=(0, 1)) + DATA,
    "alignment-odd": header(entries=entry(b"general.alignment", 4, struct.pack("<I", 24)), counts=(0, 1)) + DATA,
    "alignment-text": header(entries=entry(b"general.alignment", 8, text(b"32")), counts=(0, 1)) + DATA,
    "many-dimensions": header(tensor(shape=(1,) * 9), counts=(1, 0)) + DATA,
    "huge-shape": header(tensor(shape=(2**32, 2**31)), counts=(1, 0)) + DATA,
    "beyond-the-file": header(tensor(shape=(4096,)), counts=(1, 0)) + DATA,
    "far-offset": header(tensor(offset=2**63), counts=(1, 0)) + DATA,
    "unaligned": header(tensor(offset=8), counts=(1, 0)) + DATA,
    "unknown-type": header(tensor(kind=999), counts=(1, 0)) + DATA,
    "removed-type": header(tensor(kind=4), counts=(1, 0)) + DATA,
    "broken-blocks": header(tensor(shape=(33,), kind=8), counts=(1, 0)) + DATA,
    "overlapping": header(tensor(b"a") + tensor(b"b"), counts=(2, 0)) + DATA,
    "twice-named": header(tensor(b"a") + tensor(b"a", offset=128), counts=(2, 0)) + DATA,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_header_that_lies_is_refused(tmp_path, name: str) -> None:
    (tmp_path / "model.gguf").write_bytes(HOSTILE[name])
    with pytest.raises(InputError) as caught:
        open_gguf(open_store(str(tmp_path)), ("model.gguf",))
    assert len(str(caught.value)) < 600


def test_every_truncation_is_refused(tmp_path) -> None:
    written(tmp_path / "model.gguf", "Q8_0")
    whole = (tmp_path / "model.gguf").read_bytes()
    end = read_header(open_store(str(tmp_path)), "model.gguf").header_bytes
    for length in [*range(0, end, 7), end, end + 100, len(whole) - 4096]:
        (tmp_path / "cut").mkdir(exist_ok=True)
        (tmp_path / "cut/model.gguf").write_bytes(whole[:length])
        with pytest.raises((InputError, StorageError)):
            open_gguf(open_store(str(tmp_path / "cut")), ("model.gguf",))


def test_claims_that_do_not_fit_leave_rows_as_they_are(tmp_path) -> None:
    writer = gguf.GGUFWriter(tmp_path / "model.gguf", "llama")
    writer.add_head_count(7)
    value = np.arange(64 * 4, dtype=np.float32).reshape(64, 4)
    writer.add_tensor("blk.0.attn_q.weight", value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    checkpoint = open_gguf(open_store(str(tmp_path)), ("model.gguf",))
    info = checkpoint.tensors["model.layers.0.self_attn.q_proj.weight"]
    assert np.array_equal(checkpoint.read_elements(info, 0, 256).reshape(64, 4), value)
