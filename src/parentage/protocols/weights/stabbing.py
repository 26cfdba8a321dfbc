"""On which weight do the elements agree? Interval stabbing over the survey's sample, for two to eight candidates.

Each element confines the weight to an interval; the point that most intervals cover is the weight, its depth the share
that covers it. With more than two parents one weight is stabbed at a time, the others held. Derivation and error:
docs/questions/stabbing.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.lattice import Floats, halfway_bounds
from parentage.numerics.linear import add_up, solve_symmetric
from parentage.numerics.scan import lane_sums
from parentage.numerics.stabbing import Intervals, Stab, deepest, depth_at, simplest_decimal, weight_intervals
from parentage.protocols.weights.context import SampledTensor

QUESTION = "stabbing"
VERSION = "1"
_ROUNDS = 8
# fp32 keeps a weight near one to 2^-24; the printed interval is never narrower than that, nor is snapping stricter.
WEIGHT_RESOLUTION = 2.0**-23
_SNAP_MARGIN = 1e-6

Curve = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFit:
    """Weights of `parents` (candidate indices, the reference last), snapped where a short number lies inside.

    `stabs[i]` is what parent i's own elements say, None for the reference, whose weight is one minus the others.
    """

    parents: tuple[int, ...]
    weights: tuple[float, ...]
    raw: tuple[float, ...]
    stabs: tuple[Stab, ...]

    @property
    def depth(self) -> float:
        """Least depth over the stabbed parents."""
        return min(stab.depth for stab in self.stabs)


class Bounds:
    """One tensor as inequalities: low <= sum of w_i * differences[i] <= high, the reference subtracted.

    Only the half-way points to the subject's neighbours are kept, in fp32 where that is exact; the rest is computed
    when it is asked for.
    """

    def __init__(self, tensor: SampledTensor, parents: Sequence[int]) -> None:
        exact: np.dtype = np.dtype(np.float64 if tensor.lattice.bits.itemsize >= 4 else np.float32)
        below, above = halfway_bounds(tensor.subject, tensor.lattice)
        self._below: Floats = below.astype(exact)
        self._above: Floats = above.astype(exact)
        self._subject = tensor.subject
        self._parents = [tensor.candidates[parent] for parent in parents]

    def intervals(
        self, place: int, weights: Sequence[float], step: int = 1
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the intervals of one weight while the others are held, from every `step`-th element."""
        origin, *differences = self.differences(step)
        low, high = self._below[::step] - origin, self._above[::step] - origin
        for other, difference in enumerate(differences):
            if other != place:
                low -= weights[other] * difference
                high -= weights[other] * difference
        return weight_intervals(low, high, differences[place])

    def differences(self, step: int = 1) -> list[NDArray[np.float64]]:
        """Return the reference, and each other parent minus it, in fp64."""
        origin = self._parents[-1][::step].astype(np.float64)
        return [origin, *(parent[::step].astype(np.float64) - origin for parent in self._parents[:-1])]

    def sums(self) -> tuple[list[list[float]], list[float]]:
        """Return products of the differences with each other and with the subject's, over the largest of them."""
        origin, *differences = self.differences()
        middle = self._subject.astype(np.float64) - origin
        least = np.min(np.abs(np.stack(differences)), axis=0)
        with np.errstate(invalid="ignore"):
            far = least > 8 * (self._above.astype(np.float64) - self._below)
        if np.count_nonzero(far) < 64:
            far = least > 0
        chosen = [difference[far] for difference in differences]
        return (
            [[_total(first * second) for second in chosen] for first in chosen],
            [_total(first * middle[far]) for first in chosen],
        )


def fit_weights(bounds: Sequence[Bounds], parents: tuple[int, ...]) -> WeightFit | None:
    """Return the weights on which most elements agree, or None where no element tells."""
    count = len(parents) - 1
    weights = [0.0] if count == 1 else _least_squares(bounds, count)
    if weights is None:
        return None
    stabs: list[Stab] = []
    for _ in range(1 if count == 1 else _ROUNDS):
        before, stabs = list(weights), []
        for place in range(count):
            stab = stab_together(bounds, place, weights)
            if stab is None:
                return None
            stabs.append(stab)
            weights[place] = snap(stab) if count > 1 else stab.middle
        if max(abs(a - b) for a, b in zip(before, weights, strict=True)) < 1e-9:
            break
    raw = [stab.middle for stab in stabs]
    snapped = [snap(stab) for stab in stabs]
    return WeightFit(
        parents=parents,
        weights=(*snapped, rest_of(snapped)),
        raw=(*raw, 1.0 - add_up(raw)),
        stabs=tuple(stabs),
    )


def rest_of(weights: Sequence[float]) -> float:
    """Return one minus the weights, without the noise of the subtraction."""
    rest = 1.0 - add_up(weights)
    # 1 - 0.6 - 0.3 is 0.10000000000000003; the person who merged wrote 0.1.
    short = round(rest, 12)
    return short if abs(short - rest) < 1e-15 else rest


def snap(stab: Stab) -> float:
    """Return the shortest decimal or small fraction inside the stabbed interval, else its middle."""
    short = simplest_decimal(stab.low - _SNAP_MARGIN, stab.high + _SNAP_MARGIN)
    return stab.middle if short is None else short


def stab_together(bounds: Sequence[Bounds], place: int, weights: Sequence[float]) -> Stab | None:
    """Return the deepest interval of one weight over all tensors."""
    return deepest(_parts(bounds, place, weights))


def _parts(bounds: Sequence[Bounds], place: int, weights: Sequence[float]) -> list[Intervals]:
    held = tuple(weights)
    return [partial(bound.intervals, place, held) for bound in bounds]


def _least_squares(bounds: Sequence[Bounds], count: int) -> list[float] | None:
    """Start the rounds from least squares over the elements with the largest differences."""
    matrix = [[0.0] * count for _ in range(count)]
    right = [0.0] * count
    for bound in bounds:
        products, with_subject = bound.sums()
        for i in range(count):
            right[i] += with_subject[i]
            for j in range(count):
                matrix[i][j] += products[i][j]
    return solve_symmetric(matrix, right)


def _total(products: NDArray[np.float64]) -> float:
    if not products.size:
        return 0.0
    # Scaled to keep fp32 lanes in range; the sum's order is fixed, its precision only has to start the rounds.
    scale = float(np.max(np.abs(products))) or 1.0
    return scale * float(lane_sums((products / scale).astype(np.float32)).cumsum()[-1])


def interval_of(stab: Stab, snapped: float) -> tuple[float, float]:
    """Return the interval to print: the stabbed one, with fp32's resolution and the snapped weight inside.

    Where the depth is below 0.99 several roundings blur the ends, by up to 1e-5 in calibration.
    """
    margin = WEIGHT_RESOLUTION if stab.depth >= 0.99 else 1e-5
    return min(stab.low, snapped) - margin, max(stab.high, snapped) + margin


def depth_curves(bounds: Sequence[Bounds], fit: WeightFit) -> tuple[Curve, ...]:
    """Return for each stabbed parent (weight, depth) on a grid from -0.25 to 1.25 and, finer, around its weight."""
    curves = []
    for place in range(len(fit.stabs)):
        centre = fit.weights[place]
        grid = np.arange(-25, 126) / 100.0
        near = [centre + side * 10.0**power for power in np.arange(-8, -1.4, 0.5) for side in (-1.0, 1.0)]
        points = np.unique(np.concatenate([grid, np.array([centre, *near])]))
        depths = depth_at(_parts(bounds, place, fit.weights), points)
        curves.append(tuple(zip(points.tolist(), depths.tolist(), strict=True)))
    return tuple(curves)


def conclude(
    fit: WeightFit | None,
    curves: Sequence[Curve],
    *,
    candidate_ids: Sequence[str],
    pattern: str,
    coverage: Coverage,
) -> Finding | NotApplicable:
    """Return the pooled weights with their intervals and depth curves."""
    if fit is None:
        return NotApplicable(question=QUESTION, version=VERSION, reason="fewer than two candidates that differ")
    rows: list[dict[str, Scalar]] = []
    curve: list[dict[str, Scalar]] = []
    for place, (stab, points) in enumerate(zip(fit.stabs, curves, strict=True)):
        name = candidate_ids[fit.parents[place]]
        low, high = interval_of(stab, fit.weights[place])
        rows.append(
            {
                "parent": name,
                "weight": fit.weights[place],
                "low": low,
                "high": high,
                "depth": stab.depth,
                "elements": stab.elements,
            }
        )
        for weight, depth in points:
            curve.append({"parent": name, "weight": weight, "depth": depth})
    reference = candidate_ids[fit.parents[-1]]
    words = ", ".join(f"{row['weight']:.7g} for {row['parent']}" for row in rows)
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=(
            f"Most elements agree on {words}, the rest {reference}: "
            f"{fit.depth:.4f} of the informative elements allow it."
        ),
        coverage=coverage,
        measurements=(
            Measurement(name="depth", value=fit.depth, unit="share of informative elements"),
            Measurement(name="pattern", value=pattern, unit="how weights vary over tensors"),
        ),
        tables={"weights": tuple(rows), "depth_curve": tuple(curve)},
    )
