"""A checkpoint: all shards at one revision, and its tensors by name."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.header import TensorInfo, parse_header, parse_header_length
from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.storage.opening import open_store
from parentage.storage.store import Store

INDEX = "model.safetensors.index.json"
SINGLE = "model.safetensors"
MAX_INDEX_BYTES = 100_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Shard:
    """One file of a checkpoint."""

    path: str
    size: int
    header_bytes: int
    header_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """An opened checkpoint; only headers have been read."""

    location: str
    store: Store
    shards: tuple[Shard, ...]
    tensors: Mapping[str, TensorInfo]
    notes: tuple[str, ...] = ()
    config: Mapping[str, object] = field(default_factory=dict)

    def is_arranged(self, name: str) -> bool:
        """Say whether a tensor is offered otherwise than it is stored: here, where it is computed from packed codes."""
        info = self.tensors.get(name)
        return info is not None and all(shard.path != info.shard for shard in self.shards)

    def read_elements(self, tensor: TensorInfo, first: int, last: int) -> NDArray[Any]:
        """Return elements [first, last) of a tensor in its storage dtype, in row-major order, read-only."""
        start, size = tensor.start, tensor.dtype.itemsize
        data = self.store.read(tensor.shard, start + first * size, start + last * size)
        return np.frombuffer(data, dtype=tensor.dtype.storage)

    def view_elements(self, tensor: TensorInfo, first: int, last: int) -> NDArray[Any]:
        """Return the same elements, lent by the store without a copy where it can."""
        start, size = tensor.start, tensor.dtype.itemsize
        data = self.store.view(tensor.shard, start + first * size, start + last * size)
        return np.frombuffer(data, dtype=tensor.dtype.storage)


def open_checkpoint(location: str) -> Checkpoint:
    """Open a folder, file or URL of safetensors shards or a GGUF file; raise InputError naming file, value and rule."""
    # Imported here, because both read tensors of a checkpoint themselves.
    from parentage.checkpoint.gguf import gguf_parts, open_gguf
    from parentage.checkpoint.packed import unpack

    store = open_store(location)
    parts = () if store.has(INDEX) or store.has(SINGLE) else gguf_parts(store)
    if parts:
        return open_gguf(store, parts)
    listed, notes = _shard_names(store)
    shards: list[Shard] = []
    tensors: dict[str, TensorInfo] = {}
    for path in listed:
        where = f"{store.location}/{path}"
        if not store.has(path):
            raise InputError(f"{store.location}/{INDEX}", path, "names a shard that is missing")
        size = store.size(path)
        length = parse_header_length(store.read(path, 0, min(8, size)), file_size=size, where=where)
        header = store.read(path, 8, 8 + length)
        for tensor in parse_header(header, file_size=size, shard=path, where=where):
            if tensor.name in tensors:
                raise InputError(where, tensor.name, "is in two shards")
            tensors[tensor.name] = tensor
        shards.append(Shard(path=path, size=size, header_bytes=length, header_digest=sha256_of(header)))
    for path, promised in listed.items():
        for name in promised:
            if name not in tensors or tensors[name].shard != path:
                raise InputError(f"{store.location}/{INDEX}", name, f"is not in the shard {path}")
    if not tensors:
        raise InputError(location, "no tensors", "a checkpoint has at least one tensor")
    return unpack(
        Checkpoint(
            location=location, store=store, shards=tuple(shards), tensors=tensors, notes=notes, config=_config(store)
        )
    )


def _shard_names(store: Store) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Return shard names, each with the tensors that an index promises in it."""
    names = store.names()
    if store.has(INDEX):
        return _indexed(store), ()
    if store.has(SINGLE):
        return {SINGLE: ()}, ()
    found = [name for name in names or () if name.endswith(".safetensors")]
    if found:
        return {name: () for name in found}, (f"no index: read {len(found)} safetensors files",)
    raise InputError(store.location, "no safetensors file", "a checkpoint folder holds safetensors shards")


def _indexed(store: Store) -> dict[str, tuple[str, ...]]:
    where = f"{store.location}/{INDEX}"
    size = store.size(INDEX)
    if size > MAX_INDEX_BYTES:
        raise InputError(where, f"{size} bytes", f"an index has at most {MAX_INDEX_BYTES} bytes")
    try:
        weight_map = json.loads(store.read(INDEX, 0, size))["weight_map"]
        entries = dict(weight_map.items())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise InputError(where, "index", "must be a JSON object with an object `weight_map`") from error
    shards: dict[str, list[str]] = {}
    for tensor, path in entries.items():
        if not isinstance(path, str) or PurePosixPath(path).name != path or not path.endswith(".safetensors"):
            raise InputError(where, str(path)[:200], "a shard is a plain safetensors file name")
        shards.setdefault(path, []).append(tensor)
    return {path: tuple(held) for path, held in sorted(shards.items())}


def _config(store: Store) -> Mapping[str, object]:
    if not store.has("config.json") or store.size("config.json") > 10_000_000:
        return {}
    try:
        config = json.loads(store.read("config.json", 0, store.size("config.json")))
    except (ValueError, RecursionError):
        return {}
    return config if isinstance(config, dict) else {}
