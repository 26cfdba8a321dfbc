"""Parses a safetensors header: bytes in, records out, nothing believed before it is checked."""

import json
import math
from dataclasses import dataclass
from typing import TypeGuard

from parentage.checkpoint.dtype import DTYPES, DType
from parentage.errors import InputError

MAX_HEADER_BYTES = 100_000_000
# How the text file begins that stands in for a large one.
_LFS_POINTER = b"version "


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorInfo:
    """Where one tensor lies: absolute byte offsets in its shard."""

    name: str
    dtype: DType
    shape: tuple[int, ...]
    shard: str
    start: int
    stop: int

    @property
    def elements(self) -> int:
        """Number of elements."""
        return math.prod(self.shape)


def parse_header_length(first: bytes, *, file_size: int, where: str) -> int:
    """Return the header's length in bytes from the first eight; raise InputError where it cannot be true."""
    if len(first) != 8:
        raise InputError(where, f"{file_size} bytes", "a safetensors file begins with eight bytes of header length")
    length = int.from_bytes(first, "little")
    if first == _LFS_POINTER:
        raise InputError(where, "a Git LFS pointer", "must be the weights themselves: fetch them (`git lfs pull`)")
    if length > MAX_HEADER_BYTES:
        raise InputError(where, f"header of {length} bytes", f"a header has at most {MAX_HEADER_BYTES} bytes")
    if length + 8 > file_size:
        raise InputError(where, f"header of {length} bytes", f"the file has only {file_size} bytes")
    return length


def parse_header(data: bytes, *, file_size: int, shard: str, where: str) -> tuple[TensorInfo, ...]:
    """Return the tensors of a shard in file order; raise InputError for anything that breaks the format."""
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=lambda pairs: _unique(pairs, where))
    except (ValueError, RecursionError) as error:
        raise InputError(where, "header", f"must be UTF-8 JSON ({type(error).__name__})") from error
    if not isinstance(document, dict):
        raise InputError(where, "header", "must be a JSON object")
    origin = 8 + len(data)
    tensors = [
        _tensor(name, entry, origin=origin, file_size=file_size, shard=shard, where=where)
        for name, entry in document.items()
        if name != "__metadata__"
    ]
    tensors.sort(key=lambda tensor: (tensor.start, tensor.stop))
    _check_contiguous(tensors, origin=origin, file_size=file_size, where=where)
    return tuple(tensors)


def _unique(pairs: list[tuple[str, object]], where: str) -> dict[str, object]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise InputError(where, "header", "names a key twice")
    return entries


def _tensor(name: str, entry: object, *, origin: int, file_size: int, shard: str, where: str) -> TensorInfo:
    where = f"{where}: {name[:200]!r}"
    if not isinstance(entry, dict):
        raise InputError(where, "entry", "must be an object")
    dtype_name, shape, offsets = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    dtype = DTYPES.get(dtype_name) if isinstance(dtype_name, str) else None
    if dtype is None:
        raise InputError(where, f"dtype {str(dtype_name)[:40]}", f"must be one of {', '.join(sorted(DTYPES))}")
    if not _are_counts(shape) or len(shape) > 16 or math.prod(shape) >= 2**60:
        raise InputError(where, f"shape {str(shape)[:80]}", "must be at most 16 non-negative integers below 2^60")
    if not _are_counts(offsets) or len(offsets) != 2:
        raise InputError(where, f"data_offsets {str(offsets)[:80]}", "must be two non-negative integers")
    begin, end = offsets
    if end < begin or origin + end > file_size:
        raise InputError(where, f"data_offsets [{begin}, {end}]", f"must lie in the {file_size - origin} data bytes")
    if end - begin != math.prod(shape) * dtype.itemsize:
        raise InputError(where, f"{end - begin} bytes", f"shape {shape} of {dtype.name} needs another length")
    return TensorInfo(name=name, dtype=dtype, shape=tuple(shape), shard=shard, start=origin + begin, stop=origin + end)


def _are_counts(value: object) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(item) is int and item >= 0 for item in value)


def _check_contiguous(tensors: list[TensorInfo], *, origin: int, file_size: int, where: str) -> None:
    position = origin
    for tensor in tensors:
        if tensor.start != position:
            rule = "overlaps another tensor" if tensor.start < position else "leaves unnamed bytes before it"
            raise InputError(f"{where}: {tensor.name[:200]!r}", f"data at {tensor.start - origin}", rule)
        position = tensor.stop
    if position != file_size:
        raise InputError(where, f"{file_size - position} bytes after the last tensor", "no bytes may be left over")
