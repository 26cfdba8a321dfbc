"""A checkpoint seen with a rearrangement undone: each tensor in a candidate's order, so that every question that
compares elements place by place can be asked of a permuted or rescaled copy."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.errors import InputError

# Of one tensor, rearranged as a whole: what is kept until another is asked for.
MOST_TENSOR_BYTES = 8 << 30
NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOrder:
    """An order of units: `order[i]` is the subject's unit that stands for the candidate's unit i, or -1 for none."""

    axis: str
    order: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTensor:
    """Where a tensor comes from: its name in the subject, the order of each dimension ("" as it is), and factors.

    `scales[d][i]` is what the subject's values at place i of dimension d, in the candidate's order, are multiplied by;
    an empty tuple stands for ones.
    """

    name: str
    source: str
    axes: tuple[str, ...]
    scales: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """All orders and all tensors that are not as they were; the others are taken as they are."""

    orders: tuple[UnitOrder, ...] = ()
    tensors: tuple[PlacedTensor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangedCheckpoint(Checkpoint):
    """A checkpoint whose tensors are offered in a candidate's order. Others than those listed are read as they lie.

    `tensors` names what is offered, with the byte range of the stored tensor that it comes from. A place for which the
    subject has nothing holds NaN, which every question leaves out and counts.
    """

    placed: Mapping[str, tuple[TensorInfo, PlacedTensor]]
    orders: Mapping[str, NDArray[np.int64]]
    kept: dict[str, NDArray[Any]] = field(default_factory=dict, compare=False, repr=False)
    lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    def read_elements(self, tensor: TensorInfo, first: int, last: int) -> NDArray[Any]:
        """Return elements [first, last) of a tensor as it is offered, in row-major order, read-only."""
        return self.view_elements(tensor, first, last)

    def view_elements(self, tensor: TensorInfo, first: int, last: int) -> NDArray[Any]:
        """Return the same elements without a copy where there can be one."""
        entry = self.placed.get(tensor.name)
        if entry is None:
            return Checkpoint.view_elements(self, tensor, first, last)
        with self.lock:
            values = self.kept.get(tensor.name)
            if values is None:
                values = self._arranged(*entry)
                # The last two: the threads of a pass end one tensor while they begin the next.
                while len(self.kept) > 1:
                    del self.kept[next(iter(self.kept))]
                self.kept[tensor.name] = values
        return values[first:last]

    def is_arranged(self, name: str) -> bool:
        """Say whether the tensor offered under this name differs from the stored bytes."""
        return name in self.placed or Checkpoint.is_arranged(self, name)

    def _arranged(self, stored: TensorInfo, place: PlacedTensor) -> NDArray[Any]:
        raw = Checkpoint.read_elements(self, stored, 0, stored.elements).reshape(stored.shape)
        orders = [self.orders.get(axis) for axis in place.axes]
        return rearranged(raw, orders, place.scales)


def rearranged(
    raw: NDArray[Any],
    orders: "list[NDArray[np.int64] | None]",
    scales: tuple[tuple[float, ...], ...] = (),
) -> NDArray[Any]:
    """Return the values gathered along each dimension and multiplied, flat, read-only, in the storage dtype."""
    values = raw
    nobody = [order is not None and bool((order < 0).any()) for order in orders]
    for dimension, order in enumerate(orders):
        if order is not None:
            values = np.take(values, np.maximum(order, 0), axis=dimension)
    if any(scales) or any(nobody):
        wide = values.astype(np.float64)
        for dimension, factors in enumerate(scales):
            if factors:
                shape = [1] * wide.ndim
                shape[dimension] = -1
                wide = wide * np.array(factors, dtype=np.float64).reshape(shape)
        for dimension, order in enumerate(orders):
            if order is not None and nobody[dimension]:
                index: list[Any] = [slice(None)] * wide.ndim
                index[dimension] = order < 0
                wide[tuple(index)] = np.nan
        with np.errstate(over="ignore", invalid="ignore"):
            # By way of fp32, as every program would: fp64 to bf16 would be one rounding more or less.
            narrow = wide if raw.dtype.itemsize == 8 else wide.astype(np.float32)
            values = narrow.astype(raw.dtype)
    flat = np.ascontiguousarray(values).reshape(-1)
    flat.flags.writeable = False
    return flat


def arrange(checkpoint: Checkpoint, arrangement: Arrangement) -> Checkpoint:
    """Return the checkpoint with the arrangement undone, or itself where there is nothing to undo.

    Raises InputError where the arrangement does not fit the checkpoint.
    """
    if not arrangement.tensors:
        return checkpoint
    orders = {entry.axis: np.array(entry.order, dtype=np.int64) for entry in arrangement.orders}
    placed: dict[str, tuple[TensorInfo, PlacedTensor]] = {}
    for place in arrangement.tensors:
        stored = checkpoint.tensors.get(place.source)
        if stored is None:
            raise InputError(checkpoint.location, place.source, "the arrangement names a tensor that is missing")
        placed[place.name] = (stored, place)
        _check(checkpoint.location, stored, place, orders)
    moved = {place.source for place in arrangement.tensors}
    # In the order of the file, each new name where its stored tensor was.
    offered = {name: info for name, info in checkpoint.tensors.items() if name not in moved}
    offered.update({name: _offered(name, stored, place, orders) for name, (stored, place) in placed.items()})
    ordered = dict(sorted(offered.items(), key=lambda item: (item[1].shard, item[1].start)))
    inherited = {name: getattr(checkpoint, name) for name in Checkpoint.__dataclass_fields__}
    inherited["tensors"] = ordered
    return ArrangedCheckpoint(**inherited, placed=placed, orders=orders)


def _offered(name: str, stored: TensorInfo, place: PlacedTensor, orders: Mapping[str, NDArray[np.int64]]) -> TensorInfo:
    shape = tuple(
        orders[axis].size if axis in orders else size for axis, size in zip(place.axes, stored.shape, strict=True)
    )
    return replace(stored, name=name, shape=shape)


def _check(where: str, stored: TensorInfo, place: PlacedTensor, orders: Mapping[str, NDArray[np.int64]]) -> None:
    subject = f"{where}: {place.source[:200]!r}"
    if len(place.axes) != len(stored.shape) or len(place.scales) not in (0, len(stored.shape)):
        raise InputError(subject, f"{len(place.axes)} axes", f"the tensor has {len(stored.shape)} dimensions")
    size = stored.dtype.itemsize
    for dimension, axis in enumerate(place.axes):
        order = orders.get(axis)
        count = stored.shape[dimension]
        if order is not None and order.size and (int(order.min()) < NOBODY or int(order.max()) >= count):
            raise InputError(subject, f"order of {axis}", f"dimension {dimension} has {count} places")
        offered = order.size if order is not None else count
        if place.scales and place.scales[dimension] and len(place.scales[dimension]) != offered:
            raise InputError(subject, f"{len(place.scales[dimension])} factors", f"for {offered} places")
        size *= offered
    if size > MOST_TENSOR_BYTES:
        raise InputError(subject, f"{size} bytes", f"at most {MOST_TENSOR_BYTES} can be rearranged at once")
