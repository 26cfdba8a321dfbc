"""Codes with scales beside them, offered as the fp32 matrix that they stand for.

Layouts whose meaning is settled: int8 and fp8 codes with one scale for the tensor, a row, a group of columns or a block
(compressed-tensors, DeepSeek, bitsandbytes), and four-bit codes packed in words (compressed-tensors, GPTQ, AWQ).
Names are only a hint: shapes have to fit, and what does not fit is left as it is stored.
"""

import math
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.computed import ComputedStore, ComputedTensor
from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.header import TensorInfo
from parentage.storage.store import Store

MOST_SCALES = 1 << 26
MOST_ELEMENTS = 1 << 31
_CODES = ("I8", "F8_E4M3", "F8_E5M2")
_FLOATS = ("F32", "F16", "BF16")
_SCALE_NAMES = ("weight_scale", "weight_scale_inv", "weight.scale", "SCB")
_PER_WORD = 8
# Where AWQ puts the eight columns of a word.
_AWQ_ORDER = (0, 4, 1, 5, 2, 6, 3, 7)

Singles = NDArray[np.float32]


@dataclass(slots=True)
class _LastUnpacked:
    """The one transposed matrix that is kept of a checkpoint: its values do not lie in the order they are read in."""

    name: str = ""
    values: Singles = field(default_factory=lambda: np.zeros(0, dtype=np.float32))
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedTensor(ComputedTensor):
    """A matrix of codes and what they are multiplied by; `layout` says how."""

    store: Store = field(repr=False, compare=False)
    layout: str
    shape: tuple[int, int]
    parts: tuple[TensorInfo, ...]
    zero_step: int = 0
    last: _LastUnpacked = field(repr=False, compare=False)

    def elements(self, first: int, last: int) -> Singles:
        """Return elements [first, last) in row-major order."""
        if self.layout in ("gptq", "awq"):
            with self.last.lock:
                if self.last.name != self.parts[0].name:
                    self.last.values, self.last.name = self._unpacked().reshape(-1), self.parts[0].name
                return self.last.values[first:last]
        columns = self.shape[1]
        begin, end = first // columns, -(-last // columns)
        return self._rows(begin, end).reshape(-1)[first - begin * columns : last - begin * columns]

    def _rows(self, first: int, last: int) -> Singles:
        info, scales = self.parts[0], self._read(self.parts[1])
        width = info.shape[1] * info.dtype.itemsize
        raw = self.store.read(info.shard, info.start + first * width, info.start + last * width)
        codes = np.frombuffer(raw, dtype=info.dtype.storage).reshape(last - first, info.shape[1])
        if self.layout == "words":
            codes = _nibbles(codes) - 8
        elif self.layout == "codes-127":
            scales = scales / np.float32(127)
        with np.errstate(over="ignore", invalid="ignore"):
            return _scaled(codes, scales, self.shape, first)

    def _unpacked(self) -> Singles:
        parts = [self._read(part) for part in self.parts]
        with np.errstate(over="ignore", invalid="ignore"):
            return _gptq(parts, self.zero_step) if self.layout == "gptq" else _awq(parts)

    def _read(self, info: TensorInfo) -> NDArray[Any]:
        raw = np.frombuffer(self.store.read(info.shard, info.start, info.stop), dtype=info.dtype.storage)
        shaped = raw.reshape(info.shape)
        return shaped.astype(np.float32) if info.dtype.kind == "float" else shaped


def _scaled(codes: NDArray[Any], scales: NDArray[Any], shape: tuple[int, int], first: int) -> Singles:
    """Return rows of codes, the `first` of which is row `first` of the matrix, times the scales of the whole matrix."""
    spread = scales.reshape(-1)[:1].reshape(1, 1)
    if scales.size > 1:
        grid = scales.reshape(-1, 1) if scales.ndim == 1 else scales
        high, wide = (_step(size, count) for size, count in zip(shape, grid.shape, strict=True))
        rows = (first + np.arange(codes.shape[0])) // high
        spread = np.repeat(grid[rows], wide, axis=1)[:, : shape[1]]
    product: Singles = codes.astype(np.float32) * spread
    return product


def _step(size: int, count: int) -> int:
    """Return how many elements share each of `count` scales: 128 where that fits, else equal shares."""
    return 128 if -(-size // 128) == count else -(-size // count)


def _fits(shape: tuple[int, ...], scales: tuple[int, ...]) -> bool:
    if not all(shape):
        return False
    if math.prod(scales) == 1 or scales == shape[:1]:
        return True
    if len(scales) != 2 or not all(scales):
        return False
    return all(-(-size // _step(size, count)) == count for size, count in zip(shape, scales, strict=True))


def _nibbles(words: NDArray[Any]) -> NDArray[np.int32]:
    """Return the eight codes of each 32-bit word along the last axis, the lowest bits first."""
    shifts = np.arange(0, 32, 4, dtype=np.uint32)
    codes = (words.view(np.uint32)[..., None] >> shifts) & np.uint32(15)
    return codes.reshape(*words.shape[:-1], -1).astype(np.int32)


def _gptq(parts: list[NDArray[Any]], zero_step: int) -> Singles:
    words, zeros, scales, *rest = parts
    codes = _nibbles(np.ascontiguousarray(words.T)).T
    groups = rest[0] if rest else np.arange(codes.shape[0]) // _step_of(codes.shape[0], scales.shape[0])
    shifted = codes - (_nibbles(zeros) + zero_step)[groups]
    return np.ascontiguousarray((shifted.astype(np.float32) * scales[groups]).T)


def _awq(parts: list[NDArray[Any]]) -> Singles:
    words, zeros, scales = parts
    codes, offsets = _awq_columns(words), _awq_columns(zeros)
    groups = np.arange(codes.shape[0]) // _step_of(codes.shape[0], scales.shape[0])
    return np.ascontiguousarray(((codes - offsets[groups]).astype(np.float32) * scales[groups]).T)


def _awq_columns(words: NDArray[Any]) -> NDArray[np.int32]:
    codes = _nibbles(words).reshape(words.shape[0], -1, _PER_WORD)
    return codes[:, :, list(_AWQ_ORDER)].reshape(words.shape[0], -1)


def _step_of(size: int, count: int) -> int:
    return -(-size // count)


def unpack(checkpoint: Checkpoint) -> Checkpoint:
    """Return the checkpoint with packed matrices offered as fp32, or itself where there are none.

    Scales and zero points are no longer tensors of their own. A note says how many matrices were unpacked.
    """
    found: dict[str, tuple[str, PackedTensor]] = {}
    last = _LastUnpacked()
    used: set[str] = set()
    for info in checkpoint.tensors.values():
        packed = _recognised(checkpoint, info, last)
        if packed is None or not _is_safe(packed):
            continue
        stem = info.name.rpartition(".")[0]
        if info.name != f"{stem}.weight" and f"{stem}.weight" in checkpoint.tensors:
            # Both plain and packed: neither may hide the other.
            continue
        found[info.name] = (f"{stem}.weight", packed)
        used.update(part.name for part in packed.parts)
        used.update(name for name in (f"{stem}.weight_shape", f"{stem}.g_idx") if name in checkpoint.tensors)
    if not found:
        return checkpoint
    tensors: dict[str, TensorInfo] = {}
    files: dict[str, tuple[ComputedTensor, int, int]] = {}
    for info in checkpoint.tensors.values():
        if info.name in found:
            name, packed = found[info.name]
            elements = packed.shape[0] * packed.shape[1]
            shard = f"{info.shard}#{info.name}"
            files[shard] = (packed, 4, elements)
            tensors[name] = TensorInfo(
                name=name, dtype=DTYPES["F32"], shape=packed.shape, shard=shard, start=0, stop=4 * elements
            )
        elif info.name not in used:
            tensors[info.name] = info
    note = f"{len(found)} matrices of codes read as the fp32 values that they stand for"
    return replace(
        checkpoint,
        store=ComputedStore(checkpoint.store, files),
        tensors=tensors,
        notes=(*checkpoint.notes, note),
    )


def _is_safe(packed: PackedTensor) -> bool:
    scales = max(math.prod(part.shape) for part in packed.parts[1:])
    return 0 < packed.shape[0] * packed.shape[1] <= MOST_ELEMENTS and scales <= MOST_SCALES


def _recognised(checkpoint: Checkpoint, info: TensorInfo, last: _LastUnpacked) -> PackedTensor | None:
    stem, _, kind = info.name.rpartition(".")
    tensors = checkpoint.tensors
    if kind == "weight" and info.dtype.name in _CODES and len(info.shape) == 2:
        for name in _SCALE_NAMES:
            scale = tensors.get(f"{stem}.{name}")
            # With zero points the layout is not this one.
            if scale is not None and scale.dtype.name in _FLOATS and f"{stem}.weight_zero_point" not in tensors:
                layout = "codes-127" if name == "SCB" else "codes"
                if _fits(info.shape, scale.shape):
                    return _packed(checkpoint, last, layout, (info.shape[0], info.shape[1]), (info, scale))
    if info.dtype.name != "I32" or len(info.shape) != 2:
        return None
    scale = tensors.get(f"{stem}.weight_scale")
    if kind == "weight_packed" and scale is not None and f"{stem}.weight_zero_point" not in tensors:
        shape = (info.shape[0], info.shape[1] * _PER_WORD)
        if scale.dtype.name in _FLOATS and _fits(shape, scale.shape) and _claimed_bits(checkpoint.config) == 4:
            return _packed(checkpoint, last, "words", shape, (info, scale))
    return _words_with_zeros(checkpoint, info, stem, last) if kind == "qweight" else None


def _words_with_zeros(checkpoint: Checkpoint, info: TensorInfo, stem: str, last: _LastUnpacked) -> PackedTensor | None:
    tensors = checkpoint.tensors
    scales, zeros, order = (tensors.get(f"{stem}.{name}") for name in ("scales", "qzeros", "g_idx"))
    if scales is None or zeros is None or scales.dtype.name not in _FLOATS or zeros.dtype.name != "I32":
        return None
    if len(scales.shape) != 2 or zeros.shape != (scales.shape[0], scales.shape[1] // _PER_WORD) or not scales.shape[0]:
        return None
    rows, columns = info.shape
    if _claimed_bits(checkpoint.config) != 4 or scales.shape[1] % _PER_WORD:
        return None
    if columns == scales.shape[1] and rows * _PER_WORD >= scales.shape[0]:
        parts: tuple[TensorInfo, ...] = (info, zeros, scales)
        if order is not None:
            if order.shape != (rows * _PER_WORD,) or order.dtype.name != "I32" or not _is_in(checkpoint, order, scales):
                return None
            parts = (*parts, order)
        # The first format of GPTQ stores zero points less one.
        step = 0 if _quantization(checkpoint.config).get("checkpoint_format") == "gptq_v2" else 1
        return _packed(checkpoint, last, "gptq", (columns, rows * _PER_WORD), parts, step)
    if columns * _PER_WORD == scales.shape[1] and rows >= scales.shape[0]:
        return _packed(checkpoint, last, "awq", (columns * _PER_WORD, rows), (info, zeros, scales))
    return None


def _is_in(checkpoint: Checkpoint, order: TensorInfo, scales: TensorInfo) -> bool:
    found = checkpoint.read_elements(order, 0, order.elements)
    return bool(found.size) and int(found.min()) >= 0 and int(found.max()) < scales.shape[0]


def _packed(
    checkpoint: Checkpoint,
    last: _LastUnpacked,
    layout: str,
    shape: tuple[int, int],
    parts: tuple[TensorInfo, ...],
    zero_step: int = 0,
) -> PackedTensor:
    return PackedTensor(store=checkpoint.store, last=last, layout=layout, shape=shape, parts=parts, zero_step=zero_step)


def _quantization(config: Mapping[str, object]) -> Mapping[str, object]:
    found = config.get("quantization_config")
    return found if isinstance(found, dict) else {}


def _claimed_bits(config: Mapping[str, object]) -> object:
    """Return the number of bits that config.json claims for packed words; 4 where it claims nothing."""
    claimed = _quantization(config)
    groups = claimed.get("config_groups")
    if isinstance(groups, dict):
        for group in groups.values():
            weights = group.get("weights") if isinstance(group, dict) else None
            if isinstance(weights, dict):
                return weights.get("num_bits", 4)
    return claimed.get("bits", claimed.get("w_bit", 4))
