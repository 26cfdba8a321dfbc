"""GGUF files as checkpoints: headers parsed here with every count bounded, blocks dequantised by the `gguf` library.

The library maps a whole file and believes its header; this reads by byte range and believes nothing. A quantised tensor
is offered as the fp32 values that it stands for, under the name and in the row order that the model has outside GGUF,
so that every question can be asked of it. Bytes of shards stay the file's own.
"""

import math
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint, Shard
from parentage.checkpoint.computed import ComputedStore, ComputedTensor
from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.gguf_names import outside_name, permuted_heads
from parentage.checkpoint.header import TensorInfo
from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.storage.store import Store

MAGIC = b"GGUF"
MAX_HEADER_BYTES = 256 << 20
MAX_TENSORS = 1_000_000
MAX_ENTRIES = 100_000
MAX_NAME_BYTES = 4096
_MAX_DIMENSIONS = 4
_PIECE_BYTES = 1 << 20
_PLAIN = {
    "F32": "F32",
    "F16": "F16",
    "BF16": "BF16",
    "F64": "F64",
    "I8": "I8",
    "I16": "I16",
    "I32": "I32",
    "I64": "I64",
}
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_STRING, _ARRAY = 8, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufTensor:
    """A tensor as the file lists it: its name, shape (slowest dimension first), block type and absolute bytes."""

    name: str
    shape: tuple[int, ...]
    kind: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufHeader:
    """Scalar and string entries (arrays are skipped), tensors, and the header's length with its padding."""

    entries: Mapping[str, object]
    tensors: tuple[GgufTensor, ...]
    header_bytes: int


def is_gguf(store: Store, path: str) -> bool:
    """Say whether a file begins as GGUF files do."""
    return store.size(path) >= 24 and store.read(path, 0, 4) == MAGIC


class _Cursor:
    """Reads the header piece by piece, within the file and within the bound."""

    def __init__(self, store: Store, path: str, where: str) -> None:
        self._store, self._path, self.where = store, path, where
        self._size = store.size(path)
        self._limit = min(self._size, MAX_HEADER_BYTES)
        self._held, self._held_from = b"", 0
        self.position = 0

    def take(self, count: int) -> bytes:
        """Return the next bytes; raise InputError where the header ends before."""
        if count > self._limit - self.position:
            rule = "the header must end within the file" if self._limit == self._size else "the header is too long"
            raise InputError(self.where, f"{count} bytes at {self.position}", rule)
        begin = self.position - self._held_from
        if begin + count > len(self._held):
            stop = min(self._limit, self.position + max(count, _PIECE_BYTES))
            self._held, self._held_from = self._store.read(self._path, self.position, stop), self.position
            begin = 0
        self.position += count
        return self._held[begin : begin + count]

    def number(self, code: str) -> Any:
        """Return one little-endian number."""
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def text(self, limit: int) -> str:
        """Return a length-prefixed string of at most `limit` bytes."""
        length = self.number("Q")
        if length > limit:
            raise InputError(self.where, f"a string of {length} bytes", f"has at most {limit}")
        try:
            return self.take(length).decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError(self.where, f"bytes at {self.position}", "must be UTF-8") from error


def read_header(store: Store, path: str) -> GgufHeader:
    """Return a file's header; raise InputError for anything that breaks the format or a bound."""
    where = f"{store.location}/{path}"
    cursor = _Cursor(store, path, where)
    if cursor.take(4) != MAGIC:
        raise InputError(where, "first bytes", "a GGUF file begins with GGUF")
    version = cursor.number("I")
    if version not in (2, 3):
        raise InputError(where, f"version {version}", "must be 2 or 3, little-endian")
    tensor_count, entry_count = cursor.number("Q"), cursor.number("Q")
    if tensor_count > MAX_TENSORS or entry_count > MAX_ENTRIES:
        rule = f"has at most {MAX_TENSORS} tensors and {MAX_ENTRIES} entries"
        raise InputError(where, f"{tensor_count} tensors, {entry_count} entries", rule)
    entries: dict[str, object] = {}
    for _ in range(entry_count):
        name = cursor.text(MAX_NAME_BYTES)
        if name in entries:
            raise InputError(where, name[:200], "is entered twice")
        entries[name] = _value(cursor, cursor.number("I"))
    listed = [_listed(cursor) for _ in range(tensor_count)]
    alignment = entries.get("general.alignment", 32)
    if type(alignment) is not int or not 8 <= alignment <= 1 << 20 or alignment & (alignment - 1):
        raise InputError(where, f"alignment {str(alignment)[:40]}", "must be a power of two from 8 to 2^20")
    origin = -(-cursor.position // alignment) * alignment
    tensors = tuple(_placed(entry, origin, alignment, store.size(path), where) for entry in listed)
    _check_apart(tensors, where)
    return GgufHeader(entries=entries, tensors=tensors, header_bytes=min(origin, store.size(path)))


def _value(cursor: _Cursor, kind: int) -> object:
    if kind in _SCALARS:
        return cursor.number(_SCALARS[kind])
    if kind == _STRING:
        return cursor.text(MAX_HEADER_BYTES)
    if kind != _ARRAY:
        raise InputError(cursor.where, f"value type {kind}", "must be one of the format's thirteen")
    inner, count = cursor.number("I"), cursor.number("Q")
    if inner in _SCALARS:
        width = struct.calcsize("<" + _SCALARS[inner])
        _skip(cursor, count * width)
    elif inner == _STRING:
        # Each string takes eight bytes at least, so the header's bound is this loop's too.
        for _ in range(count):
            _skip(cursor, cursor.number("Q"))
    else:
        raise InputError(cursor.where, f"array of type {inner}", "holds numbers or strings")
    return None


def _skip(cursor: _Cursor, count: int) -> None:
    while count > 0:
        step = min(count, _PIECE_BYTES)
        cursor.take(step)
        count -= step


def _listed(cursor: _Cursor) -> tuple[str, tuple[int, ...], int, int]:
    name = cursor.text(MAX_NAME_BYTES)
    dimensions = cursor.number("I")
    if dimensions > _MAX_DIMENSIONS:
        raise InputError(cursor.where, f"{name[:200]!r} with {dimensions} dimensions", f"has at most {_MAX_DIMENSIONS}")
    shape = tuple(cursor.number("Q") for _ in range(dimensions))[::-1]
    return name, shape, cursor.number("I"), cursor.number("Q")


def _placed(
    entry: tuple[str, tuple[int, ...], int, int], origin: int, alignment: int, size: int, where: str
) -> GgufTensor:
    name, shape, number, offset = entry
    where = f"{where}: {name[:200]!r}"
    kinds = block_kinds()
    if number not in kinds:
        raise InputError(where, f"block type {number}", "is not one that the gguf library knows")
    kind, block, width = kinds[number]
    elements = math.prod(shape)
    if elements >= 2**60 or (shape and shape[-1] % block):
        raise InputError(where, f"shape {shape}", f"must have fewer than 2^60 elements in rows of whole {kind} blocks")
    start = origin + offset
    stop = start + elements // block * width
    if offset % alignment or stop > size:
        raise InputError(where, f"bytes {start} to {stop}", f"must be aligned and lie in the {size} bytes of the file")
    return GgufTensor(name=name, shape=shape, kind=kind, start=start, stop=stop)


def _check_apart(tensors: tuple[GgufTensor, ...], where: str) -> None:
    if len({tensor.name for tensor in tensors}) != len(tensors):
        raise InputError(where, "tensors", "may not have one name twice")
    position = 0
    for tensor in sorted(tensors, key=lambda one: (one.start, one.stop)):
        if tensor.start < position:
            raise InputError(f"{where}: {tensor.name[:200]!r}", f"data at {tensor.start}", "overlaps another tensor")
        position = tensor.stop


def block_kinds() -> dict[int, tuple[str, int, int]]:
    """Return for each block type number its name, elements per block and bytes per block, as the library has them."""
    from gguf.constants import GGML_QUANT_SIZES

    return {int(kind): (kind.name, *sizes) for kind, sizes in GGML_QUANT_SIZES.items()}


def dequantise(data: bytes, kind: str) -> NDArray[np.float32]:
    """Return the fp32 values of whole blocks, flat; raises InputError for block types that the library cannot read."""
    from gguf.constants import GGML_QUANT_SIZES, GGMLQuantizationType
    from gguf.quants import dequantize

    which = GGMLQuantizationType[kind]
    _, width = GGML_QUANT_SIZES[which]
    blocks = np.frombuffer(data, dtype=np.uint8).reshape(-1, width)
    try:
        with np.errstate(all="ignore"):
            values: NDArray[np.float32] = dequantize(blocks, which).astype(np.float32).reshape(-1)
    except NotImplementedError as error:
        raise InputError("GGUF", kind, "is a block type that the gguf library cannot dequantise") from error
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTensor(ComputedTensor):
    """A tensor of blocks: dequantised where it is asked for; `heads` undoes the converter's interleaving of rows."""

    store: Store = field(repr=False, compare=False)
    path: str
    tensor: GgufTensor
    heads: int = 0

    def elements(self, first: int, last: int) -> NDArray[Any]:
        """Return elements [first, last) in row-major order and fp32 (or the tensor's own plain dtype)."""
        if not self.heads:
            return self._stored(first, last)
        # Whole heads are read; in each, the two halves of the rows are interleaved.
        head_rows = self.tensor.shape[0] // self.heads
        width = math.prod(self.tensor.shape[1:])
        size = max(1, head_rows * width)
        begin, end = first // size, -(-last // size)
        stored = self._stored(begin * size, end * size).reshape(-1, head_rows // 2, 2, width)
        flat = stored.swapaxes(1, 2).reshape(-1)
        return flat[first - begin * size : last - begin * size]

    def _stored(self, first: int, last: int) -> NDArray[Any]:
        if self.tensor.kind in _PLAIN:
            dtype = DTYPES[_PLAIN[self.tensor.kind]].storage
            start = self.tensor.start
            data = self.store.read(self.path, start + first * dtype.itemsize, start + last * dtype.itemsize)
            return np.frombuffer(data, dtype=dtype)
        block, width = next(sizes for name, *sizes in block_kinds().values() if name == self.tensor.kind)
        from_block, to_block = first // block, -(-last // block)
        start = self.tensor.start
        data = self.store.read(self.path, start + from_block * width, start + to_block * width)
        values = dequantise(data, self.tensor.kind)
        return values[first - from_block * block : last - from_block * block]


_PART = re.compile(r"(.+)-(\d{5})-of-(\d{5})\.gguf")


def gguf_parts(store: Store) -> tuple[str, ...]:
    """Return the GGUF files of the one model in a folder, nothing where none is; raises InputError for several."""
    names = [name for name in store.names() or () if name.endswith(".gguf")]
    if len(names) < 2:
        return tuple(names)
    found = [_PART.fullmatch(name) for name in names]
    wholes = {(part.group(1), part.group(3)) if part else (name, "") for name, part in zip(names, found, strict=True)}
    if len(wholes) != 1 or int(next(iter(wholes))[1] or 0) != len(names):
        raise InputError(store.location, f"{len(names)} GGUF files", "must be one model, or all the parts of one")
    return tuple(sorted(names))


def open_gguf(store: Store, paths: tuple[str, ...]) -> Checkpoint:
    """Open GGUF files (one, or all parts of a split one) as a checkpoint; raises InputError.

    `config` says what the files claim: the architecture's numbers and, under `quantization_config`, the block types.
    """
    shards: list[Shard] = []
    computed: dict[str, tuple[ComputedTensor, int, int]] = {}
    infos: dict[str, TensorInfo] = {}
    claims: dict[str, object] = {}
    kinds: dict[str, int] = {}
    headers = [(path, read_header(store, path)) for path in paths]
    for _, header in headers:
        claims.update({name: value for name, value in header.entries.items() if value is not None})
    for path, header in headers:
        raw = store.read(path, 0, header.header_bytes)
        shards.append(
            Shard(path=path, size=store.size(path), header_bytes=header.header_bytes, header_digest=sha256_of(raw))
        )
        for name, info, tensor in _offered(store, path, header, claims):
            if name in infos:
                raise InputError(f"{store.location}/{path}", name[:200], "is named by two tensors")
            infos[name] = info
            kinds[tensor.tensor.kind] = kinds.get(tensor.tensor.kind, 0) + 1
            if info.shard != path:
                computed[info.shard] = (tensor, info.dtype.itemsize, info.elements)
    if not infos:
        raise InputError(store.location, "no tensors", "a checkpoint has at least one tensor")
    words = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return Checkpoint(
        location=store.location,
        store=ComputedStore(store, computed),
        shards=tuple(shards),
        tensors=infos,
        notes=(f"GGUF: {words} tensors, block types read as the fp32 values that they stand for",),
        config={**_claimed(claims), "quantization_config": {"quant_method": "gguf", "block_types": kinds}},
    )


def _offered(
    store: Store, path: str, header: GgufHeader, claims: Mapping[str, object]
) -> Iterator[tuple[str, TensorInfo, BlockTensor]]:
    for tensor in header.tensors:
        name = outside_name(tensor.name, claims)
        heads = permuted_heads(tensor.name, tensor.shape, claims)
        source = BlockTensor(store=store, path=path, tensor=tensor, heads=heads)
        dtype = DTYPES[_PLAIN.get(tensor.kind, "F32")]
        if tensor.kind in _PLAIN and not heads:
            yield (
                name,
                TensorInfo(
                    name=name, dtype=dtype, shape=tensor.shape, shard=path, start=tensor.start, stop=tensor.stop
                ),
                source,
            )
            continue
        size = math.prod(tensor.shape) * dtype.itemsize
        shard = f"{path}#{tensor.name}"
        yield name, TensorInfo(name=name, dtype=dtype, shape=tensor.shape, shard=shard, start=0, stop=size), source


def _claimed(claims: Mapping[str, object]) -> dict[str, object]:
    """Return the architecture's numbers under the names that config.json has for them."""
    arch = str(claims.get("general.architecture", ""))
    known = {
        "block_count": "num_hidden_layers",
        "embedding_length": "hidden_size",
        "feed_forward_length": "intermediate_size",
        "attention.head_count": "num_attention_heads",
        "attention.head_count_kv": "num_key_value_heads",
    }
    found: dict[str, object] = {"model_type": arch}
    for suffix, name in known.items():
        if isinstance(claims.get(f"{arch}.{suffix}"), int):
            found[name] = claims[f"{arch}.{suffix}"]
    return found
