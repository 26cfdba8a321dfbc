"""Properties of the header parser: what is written reads back, and mutated bytes are refused or read, never worse."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import save

from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.checkpoint.header import parse_header, parse_header_length
from parentage.errors import InputError
from parentage.testing.checkpoints import checkpoint_bytes

DTYPES = ["float64", "float32", "float16", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
SHAPES = st.lists(st.integers(0, 5), max_size=3).map(tuple)
NAMES = st.text(min_size=1, max_size=12).filter(lambda name: name != "__metadata__" and name.isprintable())
TENSORS = st.dictionaries(NAMES, st.tuples(st.sampled_from(DTYPES), SHAPES), min_size=1, max_size=5)


def _parse(data: bytes):
    length = parse_header_length(data[:8], file_size=len(data), where="file")
    return parse_header(data[8 : 8 + length], file_size=len(data), shard="file", where="file")


def _arrays(tensors):
    rng = np.random.default_rng(0)
    return {name: rng.integers(0, 100, shape).astype(dtype) for name, (dtype, shape) in tensors.items()}


@settings(deadline=None, max_examples=100)
@given(tensors=TENSORS)
def test_what_the_format_s_own_library_writes_reads_back(tensors) -> None:
    arrays = _arrays(tensors)
    data = save(arrays)
    found = {info.name: info for info in _parse(data)}
    assert set(found) == set(arrays)
    for name, array in arrays.items():
        info = found[name]
        assert info.shape == array.shape
        assert data[info.start : info.stop] == array.tobytes()


@settings(deadline=None, max_examples=100)
@given(tensors=TENSORS)
def test_what_is_written_by_hand_reads_back(tensors) -> None:
    arrays = _arrays(tensors)
    assert {info.name: info.shape for info in _parse(checkpoint_bytes(arrays))} == {
        name: array.shape for name, array in arrays.items()
    }


@settings(deadline=None, max_examples=600, derandomize=True)
@given(
    tensors=TENSORS,
    edits=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=8),
    cut=st.integers(0, 40),
)
def test_mutated_bytes_are_refused_in_one_line_or_stay_in_bounds(tensors, edits, cut) -> None:
    data = bytearray(checkpoint_bytes(_arrays(tensors)))
    for place, value in edits:
        data[place % len(data)] = value
    del data[len(data) - cut :]
    try:
        found = _parse(bytes(data))
    except InputError as error:
        assert "\n" not in str(error)
        return
    for info in found:
        assert 8 <= info.start <= info.stop <= len(data)
        assert info.stop - info.start == info.elements * info.dtype.itemsize


@settings(deadline=None, max_examples=300, derandomize=True)
@given(
    document=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["dtype", "shape", "data_offsets", "a", "F32"]), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_any_json_is_refused_or_read(document) -> None:
    header = json.dumps(document).encode()
    try:
        parse_header(header, file_size=8 + len(header), shard="file", where="file")
    except InputError as error:
        assert "\n" not in str(error)


def test_messages_hold_no_control_characters(tmp_path) -> None:
    header = json.dumps({"evil\n\x1b[31mname": {"dtype": "F7\r\n", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (tmp_path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header + bytes(4))
    try:
        open_checkpoint(str(tmp_path))
    except InputError as error:
        assert str(error).isprintable()
    else:
        raise AssertionError("an unknown dtype must be refused")


def test_a_pointer_to_a_large_file_is_named_as_one() -> None:
    pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"
    with pytest.raises(InputError, match="Git LFS pointer"):
        parse_header_length(pointer[:8], file_size=len(pointer), where="model.safetensors")
