"""Writes small safetensors checkpoints by hand, so that tests choose every byte."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.checkpoint import INDEX, SINGLE
from parentage.checkpoint.dtype import DTYPES


def checkpoint_bytes(tensors: Mapping[str, NDArray[Any]]) -> bytes:
    """Return one safetensors file; dtypes are those of the arrays, ml_dtypes' included."""
    names = {dtype.storage: name for name, dtype in DTYPES.items() if name != "BOOL"}
    header: dict[str, Any] = {}
    parts, position = [], 0
    for name, array in tensors.items():
        data = np.ascontiguousarray(array).tobytes()
        header[name] = {
            "dtype": names[array.dtype],
            "shape": list(array.shape),
            "data_offsets": [position, position + len(data)],
        }
        parts.append(data)
        position += len(data)
    return with_header(json.dumps(header).encode(), b"".join(parts))


def with_header(header: bytes, data: bytes) -> bytes:
    """Return a file with this header and data, right or wrong."""
    return len(header).to_bytes(8, "little") + header + data


def write_checkpoint(folder: Path, tensors: Mapping[str, NDArray[Any]], *, shards: int = 1) -> Path:
    """Write a checkpoint folder, with an index where there are several shards; return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    if shards == 1:
        (folder / SINGLE).write_bytes(checkpoint_bytes(tensors))
        return folder
    names = list(tensors)
    weight_map = {}
    for place in range(shards):
        chosen = names[place::shards]
        path = f"model-{place + 1:05d}-of-{shards:05d}.safetensors"
        (folder / path).write_bytes(checkpoint_bytes({name: tensors[name] for name in chosen}))
        weight_map.update(dict.fromkeys(chosen, path))
    (folder / INDEX).write_text(json.dumps({"metadata": {}, "weight_map": weight_map}))
    return folder
