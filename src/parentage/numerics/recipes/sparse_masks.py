"""Which elements of a task vector survive: predicted from the parents by a threshold, or read off the subject."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product

import numpy as np

from parentage.numerics.lattice import Floats
from parentage.numerics.recipes.sparse_steps import Mask, Mix, Prepared, merge, total


def subsets(number: int) -> list[tuple[bool, ...]]:
    """Return every choice of kept task vectors, that which keeps all first and that which keeps none last."""
    return list(product((True, False), repeat=number))


def same_bits(left: Floats, right: Floats) -> Mask:
    """Return where two equal-typed arrays hold the same bit patterns."""
    bits = np.dtype(f"u{left.itemsize}")
    return np.asarray(left.view(bits) == right.view(bits))


def by_subject(subject: Floats, ready: Prepared, mix: Mix, choices: Sequence[tuple[bool, ...]]) -> Floats:
    """Return, where one of the choices of kept task vectors gives the subject, the subject; elsewhere all kept."""
    size = subject.size
    result = merge(ready, [np.full(size, keep) for keep in choices[0]], mix)
    for choice in choices[1:]:
        other = merge(ready, [np.full(size, keep) for keep in choice], mix)
        result = np.where(same_bits(other, subject), other, result)
    return result


def by_threshold(subject: Floats, ready: Prepared, mix: Mix, masks: tuple[Sequence[Mask], Sequence[Mask]]) -> Floats:
    """Return the merge under the masks; elements on a threshold (the second masks) may be kept or not.

    Merge tools sort magnitudes, and which of several equal ones at the boundary survive is the sort's accident.
    """
    sure, open_ = masks
    result = merge(ready, sure, mix)
    if (unclear := np.flatnonzero(np.any(np.stack(open_), axis=0))).size:
        part = _part(ready, unclear)
        wanted = subject[unclear]
        found = result[unclear]
        for choice in subsets(len(sure)):
            tried = [
                np.where(free[unclear], keep, mask[unclear])
                for keep, mask, free in zip(choice, sure, open_, strict=True)
            ]
            other = merge(part, tried, mix)
            found = np.where(same_bits(other, wanted), other, found)
        result = result.copy()
        result[unclear] = found
    return result


def _part(ready: Prepared, places: np.ndarray) -> Prepared:
    return Prepared(
        base=ready.base[places],
        differences=[values[places] for values in ready.differences],
        weighted=[values[places] for values in ready.weighted],
        weights=ready.weights,
        step=ready.step,
        last=ready.last,
    )


def magnitude_masks(ready: Prepared, scalars: Mapping[str, float]) -> tuple[list[Mask], list[Mask]]:
    """Return the masks of what lies strictly between `low_i` and `high_i` in magnitude, and of what lies on either."""
    sure, open_ = [], []
    for place, difference in enumerate(ready.differences):
        size = np.abs(difference)
        low = difference.dtype.type(scalars.get(f"low_{place}", -1.0))
        high = difference.dtype.type(scalars.get(f"high_{place}", np.inf))
        sure.append((size > low) & (size < high))
        open_.append((size == low) | ((size == high) & np.isfinite(high)))
    return sure, open_


def variance(ready: Prepared) -> Floats:
    """Return the population variance over the task vectors at each element, rounded as a step.

    Sums are taken in fp64: the tool's own order of summation is not documented, and a threshold leaves room for it.
    """
    wide = [difference.astype(np.float64) for difference in ready.differences]
    mean = total(wide) / len(wide)
    spread = total([(part - mean) ** 2 for part in wide]) / len(wide)
    return ready.step(spread.astype(ready.base.dtype))


def variance_masks(ready: Prepared, scalars: Mapping[str, float]) -> tuple[list[Mask], list[Mask]]:
    """Return the masks, equal for all task vectors, of elements whose variance exceeds `low`, and of those at it."""
    spread = variance(ready)
    low = spread.dtype.type(scalars.get("low", -1.0))
    number = len(ready.differences)
    return [spread > low] * number, [spread == low] * number


MaskRule = Callable[[Prepared, Mapping[str, float]], tuple[list[Mask], list[Mask]]]
