"""Tensors that are computed from stored bytes when they are asked for, behind the contract of every byte source.

A file of few-bit blocks or of codes with scales beside them then reads like one of plain floats: each computed tensor
is a file of its own, which no folder lists and no shard digest covers; shards stay the bytes that they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.errors import StorageError
from parentage.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedTensor:
    """What computes a range of a tensor's elements."""

    def elements(self, first: int, last: int) -> NDArray[Any]:
        """Return elements [first, last) in row-major order, in the dtype that the tensor is offered in."""
        raise NotImplementedError


class ComputedStore:
    """A store with computed tensors beside its files: `files` maps a path to (tensor, bytes per element, elements)."""

    def __init__(self, store: Store, files: Mapping[str, tuple[ComputedTensor, int, int]]) -> None:
        self.location = store.location
        self.revision = store.revision
        self._store = store
        self._files = files

    def names(self) -> tuple[str, ...] | None:
        """Return the names of the real files."""
        return self._store.names()

    def has(self, path: str) -> bool:
        """Say whether the file is there or can be computed."""
        return path in self._files or self._store.has(path)

    def size(self, path: str) -> int:
        """Return the length in bytes."""
        if path not in self._files:
            return self._store.size(path)
        _, width, elements = self._files[path]
        return width * elements

    def content_digest(self, path: str) -> str | None:
        """Return what the place lists for a real file; nothing vouches for a computed one."""
        return None if path in self._files else self._store.content_digest(path)

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop); raise as the store does."""
        if path not in self._files:
            return self._store.read(path, start, stop)
        return self._computed(path, start, stop).tobytes()

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the same bytes for reading."""
        if path not in self._files:
            return self._store.view(path, start, stop)
        return memoryview(self.read(path, start, stop))

    def _computed(self, path: str, start: int, stop: int) -> NDArray[np.uint8]:
        tensor, width, elements = self._files[path]
        if not 0 <= start <= stop <= width * elements:
            raise StorageError(f"{self.location}/{path}: bytes {start}-{stop}: the tensor has {width * elements}")
        first, last = start // width, -(-stop // width)
        raw = np.ascontiguousarray(tensor.elements(first, last)).view(np.uint8)
        return raw[start - first * width : stop - first * width]
