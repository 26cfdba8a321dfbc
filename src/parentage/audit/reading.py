"""Reads whole matrices for the questions that need them, within a budget and with the last ones kept."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.errors import StorageError

_KEPT_BYTES = 256 << 20


class CheckpointReader:
    """A `MatrixReader` over open checkpoints: the subject first, then the candidates.

    `budget_bytes` bounds what is read of each checkpoint; None is no bound. What is asked for again is not read again
    while it is kept.
    """

    def __init__(self, checkpoints: Sequence[Checkpoint], *, budget_bytes: int | None) -> None:
        self._checkpoints = checkpoints
        self._left = [budget_bytes] * len(checkpoints)
        self._kept: OrderedDict[tuple[int, str, int, int], NDArray[Any]] = OrderedDict()
        self._kept_bytes = 0

    @property
    def candidates(self) -> int:
        """Number of candidates."""
        return len(self._checkpoints) - 1

    def tensors(self, side: int) -> Mapping[str, TensorInfo]:
        """Return a side's tensors by name, in file order."""
        return self._checkpoints[side + 1].tensors

    def config(self, side: int) -> Mapping[str, object]:
        """Return a side's config.json as it claims to be."""
        return self._checkpoints[side + 1].config

    def read(self, side: int, name: str) -> NDArray[Any]:
        """Return one tensor in its shape; raises StorageError where it cannot be had or the budget is spent."""
        info = self._info(side, name)
        return self._elements(side, info, 0, info.elements).reshape(info.shape)

    def read_rows(self, side: int, name: str, first: int, last: int) -> NDArray[Any]:
        """Return rows [first, last) along the first axis; raises StorageError as `read` does."""
        info = self._info(side, name)
        rows = info.shape[0] if info.shape else 1
        width = info.elements // max(1, rows)
        found = self._elements(side, info, first * width, last * width)
        return found.reshape((last - first, *info.shape[1:]))

    def _info(self, side: int, name: str) -> TensorInfo:
        return self._checkpoints[side + 1].tensors[name]

    def _elements(self, side: int, info: TensorInfo, first: int, last: int) -> NDArray[Any]:
        key = (side, info.name, first, last)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        left, size = self._left[side + 1], (last - first) * info.dtype.itemsize
        if left is not None:
            if size > left:
                raise StorageError(f"{info.name}: {size} bytes: the sample's budget for whole matrices is spent")
            self._left[side + 1] = left - size
        found = self._checkpoints[side + 1].read_elements(info, first, last)
        self._kept[key] = found
        self._kept_bytes += found.nbytes
        while self._kept_bytes > _KEPT_BYTES and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._kept_bytes -= gone.nbytes
        return found
