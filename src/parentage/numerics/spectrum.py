"""Is a matrix of low rank, beneath the noise that rounding to storage leaves? By singular values and their gaps.

Singular values come from LAPACK, whose last digits differ between machines: what is published of them is integers, and
ratios of three digits. Derivation and error: docs/questions/rank.md.
"""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.linear import add_up
from parentage.numerics.scan import lane_sums

# An adapter leaves a step between its last singular value and the noise; trained matrices fall off smoothly.
LEAST_GAP = 2.0
LARGEST_RANK = 512
# What lies below the gap must be rounding, or next to nothing beside what lies above.
REMAINDER_OVER_FLOOR = 2.0
REMAINDER_SHARE = 1e-3
# In a matrix that is not three times as large as the rank, low rank says nothing.
LEAST_SIDE_PER_RANK = 3
# Below this the difference drowns in the rounding, and no gap means nothing.
BURIED_OVER_FLOOR = 3.0

Status = Literal["identical", "low-rank", "buried", "full"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spectrum:
    """What the singular values of a difference say; rows and columns are those with any change.

    `gap` is sv_r / sv_(r+1) at the rank, or the largest there is; `energy` the share of the squares above the rank;
    `over_floor` all squares, `remainder_over_floor` those below the rank, over what rounding alone leaves; `above`
    counts the values beyond the edge that rounding noise has.
    """

    status: Status
    rank: int | None
    rows: int
    columns: int
    gap: float
    energy: float
    over_floor: float
    remainder_over_floor: float
    above: int


def spectrum(difference: NDArray[np.float64], spacing: NDArray[np.float64]) -> Spectrum | None:
    """Return the spectrum of a 2-D difference; `spacing` is the lattice's at each element. None if not finite."""
    if not (np.isfinite(difference).all() and np.isfinite(spacing).all()):
        return None
    # Rows and columns that nobody touched have no rank: an embedding with five trained rows is not of low rank.
    rows, columns = (difference.any(axis=axis) for axis in (1, 0))
    if not rows.any():
        return Spectrum(
            status="identical",
            rank=None,
            rows=0,
            columns=0,
            gap=1.0,
            energy=0.0,
            over_floor=0.0,
            remainder_over_floor=0.0,
            above=0,
        )
    touched = difference[np.ix_(rows, columns)]
    scale = float(np.max(np.abs(touched)))
    noise = spacing[np.ix_(rows, columns)] / scale
    try:
        values: NDArray[np.float64] = np.linalg.svd(touched / scale, compute_uv=False).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    return judge(values, mean_noise=_mean(noise * noise) / 12, shape=touched.shape)


def judge(values: NDArray[np.float64], *, mean_noise: float, shape: tuple[int, ...]) -> Spectrum:
    """Return the verdict on descending singular values of a matrix whose elements carry this much rounding variance."""
    rows, columns = shape[0], shape[1]
    squares = values * values
    # Sums from the small end: what lies below the k-th value, k from 0.
    below = np.concatenate([np.cumsum(squares[::-1])[::-1], [0.0]])
    floor = max(mean_noise * rows * columns, float(np.finfo(np.float64).tiny))
    most = min(LARGEST_RANK, values.size // LEAST_SIDE_PER_RANK, values.size - 1)
    ranks = np.arange(1, most + 1)
    # Below the least that fp64 resolves every value is noise, and ratios of noise are no gap.
    resolved = values[0] * 1e-13
    gaps = values[ranks - 1] / np.maximum(values[ranks], resolved)
    small = (below[ranks] <= REMAINDER_OVER_FLOOR * floor) | (below[ranks] <= REMAINDER_SHARE * below[0])
    edge = math.sqrt(mean_noise) * (math.sqrt(rows) + math.sqrt(columns))
    # A difference that is hardly there is a few stray elements, whose singular values have gaps too.
    fits = small & (gaps > LEAST_GAP) & (values[ranks - 1] > edge)
    place = int(np.argmax(np.where(fits, gaps, 0.0))) if fits.any() else int(np.argmax(gaps)) if most > 0 else -1
    found = bool(fits.any())
    over_floor = float(below[0]) / floor
    if found:
        status: Status = "low-rank"
    else:
        status = "buried" if over_floor <= BURIED_OVER_FLOOR else "full"
    rank = place + 1
    return Spectrum(
        status=status,
        rank=rank if found else None,
        rows=rows,
        columns=columns,
        gap=short(float(gaps[place])) if place >= 0 else 1.0,
        energy=short(1 - float(below[rank]) / float(below[0])),
        over_floor=short(over_floor),
        remainder_over_floor=short(float(below[rank]) / floor),
        above=int(np.count_nonzero(values > edge)),
    )


def short(value: float) -> float:
    """Return the value with three significant digits: what two machines agree on."""
    return float(f"{value:.3g}") if math.isfinite(value) else math.copysign(1e300, value)


def _mean(values: NDArray[Any]) -> float:
    flat = np.ascontiguousarray(values, dtype=np.float32).reshape(-1)
    return add_up(lane_sums(flat).tolist()) / flat.size
