"""Experts that a candidate stores apart, offered stacked as the subject stores them.

What a merge computed over a whole tensor (norms, angles, thresholds) can be found again only at that tensor's extent,
so it is the candidates that are brought into the subject's layout, not the other way round.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.computed import ComputedStore, ComputedTensor
from parentage.checkpoint.header import TensorInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcatenatedTensor(ComputedTensor):
    """Tensors of one dtype, one after the other; `ends` are their last elements' places, plus one."""

    checkpoint: Checkpoint
    parts: tuple[TensorInfo, ...]
    ends: tuple[int, ...]

    def elements(self, first: int, last: int) -> NDArray[Any]:
        """Return elements [first, last) in the parts' storage dtype."""
        found = []
        place = bisect_right(self.ends, first)
        while first < last:
            info, end = self.parts[place], self.ends[place]
            begin = end - info.elements
            stop = min(last, end)
            found.append(self.checkpoint.read_elements(info, first - begin, stop - begin))
            first, place = stop, place + 1
        return np.concatenate(found) if found else np.zeros(0, dtype=self.parts[0].dtype.storage)


def stack_like(
    candidate: Checkpoint,
    keys: Mapping[str, TensorInfo],
    wanted: Iterable[tuple[TensorInfo, str, list[str]]],
) -> tuple[Checkpoint, int]:
    """Return the candidate with parts stacked as `wanted` says: (subject's tensor, its key, the parts' keys in order).

    `keys` are the candidate's tensors by canonical key.
    """
    files: dict[str, tuple[ComputedTensor, int, int]] = {}
    stacked: dict[str, TensorInfo] = {}
    used: set[str] = set()
    for info, key, names in wanted:
        parts = [keys[name] for name in names if name in keys]
        same = len({(part.dtype, part.shape) for part in parts}) == 1
        if key in keys or len(parts) != len(names) or not same or parts[0].elements * len(parts) != info.elements:
            continue
        first = parts[0]
        shard = f"{first.shard}#{info.name}"
        ends = tuple(accumulate(part.elements for part in parts))
        files[shard] = (
            ConcatenatedTensor(checkpoint=candidate, parts=tuple(parts), ends=ends),
            first.dtype.itemsize,
            info.elements,
        )
        stacked[info.name] = replace(
            info, dtype=first.dtype, shard=shard, start=0, stop=info.elements * first.dtype.itemsize
        )
        used.update(part.name for part in parts)
    if not files:
        return candidate, 0
    left = {name: info for name, info in candidate.tensors.items() if name not in used}
    return replace(candidate, store=ComputedStore(candidate.store, files), tensors={**left, **stacked}), len(files)
