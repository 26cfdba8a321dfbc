"""The scalars of a method as the parents predict them: norms, angles and what follows from them.

Sums are taken in fp64 in a fixed order and then rounded as the tool keeps them. A tool sums in its own order, so a
predicted fp32 scalar may be off in its last places; one kept in bf16 is nearly always the tool's. Where only part of a
tensor was read, `repeats` is how many elements stand for one, and the prediction is as good as that part is typical.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, working_type
from parentage.numerics.recipes.dense_linear import prepared, rounding_of
from parentage.numerics.recipes.dense_sphere import (
    KARCHER_ROUNDS,
    KARCHER_TOLERANCE,
    karcher_mean,
    karcher_scale,
    karcher_step,
    karcher_tangent,
    karcher_units,
    keeping,
    split_base,
    weighted,
)

SLERP_THRESHOLD = 0.9995
_COLUMNS = 64

Scalars = dict[str, float]


def ordered_sum(values: NDArray[np.float64]) -> float:
    """Return the sum in an order that depends on the length only: down 64 columns, then along them."""
    rows = -(-values.size // _COLUMNS)
    padded = np.zeros(rows * _COLUMNS, dtype=np.float64)
    padded[: values.size] = values
    # Reducing an outer axis adds whole rows one after the other on every machine.
    total = 0.0
    for column in np.add.reduce(padded.reshape(rows, _COLUMNS), axis=0):
        total += float(column)
    return total


def product_sum(first: Floats, second: Floats) -> float:
    """Return the sum of products in fp64."""
    return ordered_sum(first.astype(np.float64) * second.astype(np.float64))


def norm_of(values: Floats, repeats: float) -> float:
    """Return the Euclidean norm of the tensor that the values stand for."""
    return math.sqrt(max(0.0, product_sum(values, values) * repeats))


def cosine_of(first: Floats, second: Floats) -> float:
    """Return the cosine of the angle between two tensors, 0 where either is zero."""
    lengths = norm_of(first, 1.0) * norm_of(second, 1.0)
    cosine = product_sum(first, second) / lengths if lengths > 0 and math.isfinite(lengths) else 0.0
    return min(1.0, max(-1.0, cosine)) if math.isfinite(cosine) else 0.0


def slerp_scalars(cosine: float, t: float) -> Scalars:
    """Return `s0` and `s1` of spherical interpolation at `t`, of linear where the cosine is above 0.9995."""
    single = float(np.float32(t))
    if abs(cosine) > SLERP_THRESHOLD:
        return {"s0": float(np.float32(1) - np.float32(t)), "s1": single}
    angle = math.acos(cosine)
    sine = math.sin(angle)
    # Kept in fp32, as the tool does; it also hides the last places in which mathematical libraries differ.
    return {
        "s0": float(np.float32(math.sin((1 - single) * angle) / sine)),
        "s1": float(np.float32(math.sin(single * angle) / sine)),
    }


def nuslerp_cosine(parents: Sequence[Floats], arithmetic: str, lattice: Lattice, repeats: float) -> float:
    """Return the cosine as the tool has it: of the parents, or of their differences from a base given last."""
    fl = rounding_of(arithmetic, lattice)
    keep = keeping(arithmetic, lattice)
    points, base = split_base(prepared(parents, arithmetic, lattice), 2)
    if base is not None:
        points = [fl(point - base) for point in points]
    kind = working_type(lattice).type
    units = [fl(point / kind(max(keep(norm_of(point, repeats)), 1e-7))) for point in points]
    return min(1.0, max(-1.0, keep(ordered_sum(fl(units[0] * units[1]).astype(np.float64)) * repeats)))


def nuslerp_scalars(cosine: float, t: float, arithmetic: str, lattice: Lattice) -> Scalars:
    """Return `s0`, `s1` and `sine`; the sine is 0 and the others 1-t and t where the tensors are parallel."""
    keep = keeping(arithmetic, lattice)
    if 1.0 - keep(cosine * cosine) <= 1e-16:
        return {"s0": 1.0 - t, "s1": t, "sine": 0.0}
    angle = keep(math.acos(cosine))
    return {
        "s0": keep(math.sin(keep((1.0 - t) * angle))),
        "s1": keep(math.sin(keep(t * angle))),
        "sine": keep(math.sin(angle)),
    }


def multislerp_scalars(
    parents: Sequence[Floats], weights: Sequence[float], arithmetic: str, lattice: Lattice, repeats: float
) -> Scalars | None:
    """Return the scalars for weights of the points, a base following them if there is one; None where they cancel."""
    fl = rounding_of(arithmetic, lattice)
    keep = keeping(arithmetic, lattice)
    kind = working_type(lattice).type
    points, base = split_base(prepared(parents, arithmetic, lattice), len(weights))
    if base is not None:
        points = [fl(point - base) for point in points]
    norms = [keep(norm_of(point, repeats)) for point in points]
    shares = _shares(weights, arithmetic, lattice)
    if min(norms) <= 0 or not all(map(math.isfinite, norms)):
        return None
    units = [fl(point / kind(norm)) for point, norm in zip(points, norms, strict=True)]
    kept = [kind(share) for share in shares]
    mean = weighted(units, kept, fl)
    length = keep(norm_of(mean, repeats))
    if length < 1e-8:
        return None
    mean = fl(mean / kind(length))
    dots = [keep(ordered_sum(fl(unit * mean).astype(np.float64)) * repeats) for unit in units]
    tangents = [fl(unit - fl(kind(dot) * mean)) for unit, dot in zip(units, dots, strict=True)]
    across = keep(norm_of(weighted(tangents, kept, fl), repeats) + 1e-8)
    average = 0.0
    for norm, share in zip(norms, shares, strict=True):
        average += keep(norm * share)
    scalars = {"mean": length, "cosine": keep(math.cos(across)), "sinc": keep(keep(math.sin(across)) / across)}
    for i in range(len(points)):
        scalars |= {f"norm{i}": norms[i], f"w{i}": shares[i], f"dot{i}": dots[i]}
    return scalars | {"scale": keep(average)}


def _shares(weights: Sequence[float], arithmetic: str, lattice: Lattice) -> list[float]:
    keep = keeping(arithmetic, lattice)
    kept = [keep(weight) for weight in weights]
    total = 0.0
    for weight in kept:
        total += weight
    return [keep(weight / keep(total)) for weight in kept] if keep(total) else kept


def karcher_scalars(
    parents: Sequence[Floats],
    arithmetic: str,
    lattice: Lattice,
    repeats: float,
    forced: Mapping[str, float] | None = None,
) -> Scalars | None:
    """Return the scalars of all rounds, or None where a parent is zero or not finite.

    `forced` cosines replace the predicted: one that lies half-way between two stored values may have gone either way.
    """
    kind = working_type(lattice).type
    fl = rounding_of(arithmetic, lattice)
    keep = keeping(arithmetic, lattice)
    points = prepared(parents, arithmetic, lattice)
    norms = [float(kind(norm_of(point, repeats))) for point in points]
    if min(norms) <= KARCHER_TOLERANCE or not all(map(math.isfinite, norms)):
        return None
    units = karcher_units(points, norms, arithmetic, lattice)
    mean = karcher_mean(units, arithmetic, lattice)
    scalars: Scalars = {f"norm{i}": norm for i, norm in enumerate(norms)}
    scalars["mean"] = float(kind(norm_of(mean, repeats)))
    if scalars["mean"] < KARCHER_TOLERANCE:
        return None
    mean = fl(mean / kind(scalars["mean"]))
    for turn in range(KARCHER_ROUNDS):
        dots = [min(1.0, max(-1.0, keep(product_sum(mean, unit) * repeats))) for unit in units]
        dots = [(forced or {}).get(f"dot{turn}.{i}", dot) for i, dot in enumerate(dots)]
        if not any(karcher_scale(dot, 1.0 / len(units), arithmetic, lattice) for dot in dots):
            break
        tangent = karcher_tangent(units, mean, dots, arithmetic, lattice)
        length = float(kind(norm_of(tangent, repeats)))
        if length < KARCHER_TOLERANCE:
            break
        mean = karcher_step(mean, tangent, length, arithmetic, lattice)
        unit_length = float(kind(norm_of(mean, repeats)))
        mean = fl(mean / kind(unit_length))
        scalars |= {f"dot{turn}.{i}": dot for i, dot in enumerate(dots)}
        scalars |= {f"tangent{turn}": length, f"unit{turn}": unit_length}
    scale = 0.0
    for norm in norms:
        scale += norm / len(norms)
    return scalars | {"scale": float(kind(scale))}


def model_stock_t(parents: Sequence[Floats], arithmetic: str, lattice: Lattice) -> float:
    """Return the share of the average that the angles between the differences from the base, last, ask for."""
    fl = rounding_of(arithmetic, lattice)
    keep = keeping(arithmetic, lattice)
    *moved, base = prepared(parents, arithmetic, lattice)
    offsets = [fl(parent - base) for parent in moved]
    total, pairs = 0.0, 0
    for place, first in enumerate(offsets):
        for second in offsets[place + 1 :]:
            product = keep(keep(norm_of(first, 1.0)) * keep(norm_of(second, 1.0)))
            inner = keep(ordered_sum(fl(first * second).astype(np.float64)))
            total += min(1.0, max(-1.0, keep(inner / max(product, 1e-6))))
            pairs += 1
    cosine = keep(total / max(1, pairs))
    below = keep(1.0 + keep((len(moved) - 1) * cosine))
    return keep(keep(len(moved) * cosine) / below) if abs(below) >= 1e-6 else 0.0
