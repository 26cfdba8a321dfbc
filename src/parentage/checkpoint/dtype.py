"""The dtypes of safetensors: widths, kinds and decoding."""

from dataclasses import dataclass
from typing import Any, Literal

import ml_dtypes
import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class DType:
    """A stored dtype: its safetensors name, numpy type and kind."""

    name: str
    storage: np.dtype
    kind: Literal["float", "integer"]

    @property
    def itemsize(self) -> int:
        """Bytes per element."""
        return self.storage.itemsize


def _table() -> dict[str, DType]:
    floats: dict[str, Any] = {
        "F64": np.float64,
        "F32": np.float32,
        "F16": np.float16,
        "BF16": ml_dtypes.bfloat16,
        "F8_E4M3": ml_dtypes.float8_e4m3fn,
        "F8_E5M2": ml_dtypes.float8_e5m2,
    }
    integers: dict[str, Any] = {"BOOL": np.uint8}
    for bits in (8, 16, 32, 64):
        integers[f"I{bits}"] = f"i{bits // 8}"
        integers[f"U{bits}"] = f"u{bits // 8}"
    table = {name: DType(name=name, storage=np.dtype(kind), kind="float") for name, kind in floats.items()}
    table.update({name: DType(name=name, storage=np.dtype(kind), kind="integer") for name, kind in integers.items()})
    return table


DTYPES = _table()


def decode(raw: NDArray[Any], dtype: DType) -> NDArray[Any]:
    """Return stored floats as fp32 (exact for all of 32 bits and less) or fp64; integers as they are."""
    if dtype.kind == "integer" or dtype.name in ("F64", "F32"):
        return raw
    return raw.astype(np.float32)
