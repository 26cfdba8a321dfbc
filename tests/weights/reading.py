"""A reader of whole matrices over checkpoints on disk, as an audit has one."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.testing.checkpoints import write_checkpoint


class Reader:
    """The subject and the candidates, unbounded."""

    def __init__(self, subject: Checkpoint, candidates: Sequence[Checkpoint]) -> None:
        self._sides = (subject, *candidates)
        self.read_bytes = 0

    @property
    def candidates(self) -> int:
        return len(self._sides) - 1

    def tensors(self, side: int) -> Mapping[str, TensorInfo]:
        return self._sides[side + 1].tensors

    def config(self, side: int) -> Mapping[str, object]:
        return self._sides[side + 1].config

    def read(self, side: int, name: str) -> NDArray[Any]:
        shape = self.tensors(side)[name].shape
        return self.read_rows(side, name, 0, shape[0]) if shape else self._elements(side, name, 0, 1).reshape(())

    def read_rows(self, side: int, name: str, first: int, last: int) -> NDArray[Any]:
        info = self.tensors(side)[name]
        width = info.elements // max(1, info.shape[0])
        return self._elements(side, name, first * width, last * width).reshape((last - first, *info.shape[1:]))

    def _elements(self, side: int, name: str, first: int, last: int) -> NDArray[Any]:
        found = self._sides[side + 1].read_elements(self.tensors(side)[name], first, last)
        self.read_bytes += found.nbytes
        return found


def tensors_of(checkpoint: Checkpoint) -> dict[str, NDArray[Any]]:
    return {
        name: checkpoint.read_elements(info, 0, info.elements).reshape(info.shape)
        for name, info in checkpoint.tensors.items()
    }


def written(folder: Path, tensors: Mapping[str, NDArray[Any]], config: Mapping[str, object]) -> Checkpoint:
    write_checkpoint(folder, tensors)
    (folder / "config.json").write_text(json.dumps(config))
    return open_checkpoint(str(folder))


def equal_bits(one: Mapping[str, NDArray[Any]], other: Mapping[str, NDArray[Any]]) -> int:
    """Elements that are equal as stored, over tensors of equal names and shapes."""
    return sum(
        int(np.count_nonzero(one[name].view("u2") == other[name].view("u2")))
        for name in one
        if name in other and one[name].shape == other[name].shape
    )
