"""bf16 as bit patterns: numpy has no such type, and the merge must round exactly once."""

import numpy as np
from numpy.typing import NDArray


def widen(bits: NDArray[np.uint16]) -> NDArray[np.float32]:
    """Return the fp32 values of bf16 bit patterns, which are the upper halves of fp32's."""
    return (bits.astype("<u4") << 16).view("<f4")


def round_to_bits(values: NDArray[np.float32]) -> NDArray[np.uint16]:
    """Return the bf16 bit patterns nearest to finite fp32 values, ties to even."""
    wide = np.ascontiguousarray(values, "<f4").view("<u4")
    return ((wide + 0x7FFF + ((wide >> 16) & 1)) >> 16).astype("<u2")
