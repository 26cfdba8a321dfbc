"""Methods that average on a sphere: each tensor is one point, its length and angle to the others are scalars.

Norms and sums depend on the machine that took them, so they are given as scalars; what is left is elementwise. In
`storage` arithmetic every tensor and every scalar in a tensor rounds to storage; numbers held in Python do not.
"""

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from parentage.numerics.lattice import Floats, Lattice, round_to, working_type
from parentage.numerics.recipes.dense_linear import Rounding, prepared, rounding_of, stored
from parentage.numerics.recipes.method import Method, Terms

KARCHER_ROUNDS = 10
# mergekit leaves a parent out of a round when its angle to the mean is below this.
KARCHER_TOLERANCE = 1e-5


def split_base(parents: Sequence[Floats], points: int) -> tuple[list[Floats], Floats | None]:
    """Return the points and the base, which is last where there is one more parent than points."""
    return list(parents[:points]), parents[points] if len(parents) > points else None


def _slerp(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    first, second = prepared(parents, terms.arithmetic, lattice)
    s0, s1 = kind(terms.scalars["s0"]), kind(terms.scalars["s1"])
    return round_to(fl(s0 * first) + fl(s1 * second), lattice)


def _nuslerp(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Sines of the parts of the angle over the sine of the angle; a `sine` of zero means that it was linear."""
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    (first, second), base = split_base(prepared(parents, terms.arithmetic, lattice), 2)
    if base is not None:
        first, second = fl(first - base), fl(second - base)
    s0, s1, sine = (kind(terms.scalars[name]) for name in ("s0", "s1", "sine"))
    total = fl(fl(s0 * first) + fl(s1 * second))
    if sine:
        total = fl(total / sine)
    return round_to(total if base is None else base + total, lattice)


def _multislerp(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    points, base = split_base(prepared(parents, terms.arithmetic, lattice), counted(terms.scalars, "norm"))
    fl = rounding_of(terms.arithmetic, lattice)
    kind = working_type(lattice).type
    if base is not None:
        points = [fl(point - base) for point in points]
    value = {name: kind(number) for name, number in terms.scalars.items()}
    units = [fl(point / value[f"norm{i}"]) for i, point in enumerate(points)]
    mean = weighted(units, [value[f"w{i}"] for i in range(len(units))], fl)
    mean = fl(mean / value["mean"])
    tangents = [fl(unit - fl(value[f"dot{i}"] * mean)) for i, unit in enumerate(units)]
    tangent = weighted(tangents, [value[f"w{i}"] for i in range(len(units))], fl)
    result = fl(fl(mean * value["cosine"]) + fl(tangent * value["sinc"]))
    result = fl(result * value["scale"])
    return round_to(result if base is None else result + base, lattice)


def weighted(parts: Sequence[Floats], weights: Sequence[np.floating], fl: Rounding) -> Floats:
    """Return the sum of products, each product rounded by `fl` and their fp32 sum once."""
    total = fl(weights[0] * parts[0])
    for weight, part in zip(weights[1:], parts[1:], strict=True):
        total = total + fl(weight * part)
    return fl(total)


def counted(scalars: Mapping[str, float], name: str) -> int:
    """Return how many scalars there are called name0, name1, ..."""
    count = 0
    while f"{name}{count}" in scalars:
        count += 1
    return count


def karcher_units(points: Sequence[Floats], norms: Sequence[float], arithmetic: str, lattice: Lattice) -> list[Floats]:
    """Return each point over its norm, which is an fp32 number in every arithmetic."""
    kind = working_type(lattice).type
    fl = rounding_of(arithmetic, lattice)
    return [fl(point / kind(norm)) for point, norm in zip(points, norms, strict=True)]


def karcher_mean(units: Sequence[Floats], arithmetic: str, lattice: Lattice) -> Floats:
    """Return the sum of the equally weighted units, one added after the other."""
    kind = working_type(lattice).type
    fl = rounding_of(arithmetic, lattice)
    share = kind(1.0 / len(units))
    mean = fl(share * units[0])
    for unit in units[1:]:
        mean = fl(mean + fl(share * unit))
    return mean


def karcher_tangent(
    units: Sequence[Floats], mean: Floats, dots: Sequence[float], arithmetic: str, lattice: Lattice
) -> Floats:
    """Return the mean of the units seen from the mean's tangent plane; `dots` are their cosines with it."""
    kind = working_type(lattice).type
    fl = rounding_of(arithmetic, lattice)
    tangent = np.zeros_like(mean)
    for unit, dot in zip(units, dots, strict=True):
        scale = karcher_scale(dot, 1.0 / len(units), arithmetic, lattice)
        if scale:
            tangent = fl(tangent + fl(kind(scale) * fl(unit - fl(kind(dot) * mean))))
    return tangent


def karcher_scale(dot: float, share: float, arithmetic: str, lattice: Lattice) -> float:
    """Return share * angle / sine with the roundings of its steps, or 0 where the angle is too small to count."""
    keep = keeping(arithmetic, lattice)
    angle = keep(math.acos(min(1.0, max(-1.0, dot))))
    if angle < KARCHER_TOLERANCE:
        return 0.0
    return keep(share * keep(angle / keep(math.sin(angle))))


def karcher_step(mean: Floats, tangent: Floats, length: float, arithmetic: str, lattice: Lattice) -> Floats:
    """Return the point reached from the mean along the tangent, before it is scaled back to the sphere."""
    kind = working_type(lattice).type
    fl = rounding_of(arithmetic, lattice)
    keep = keeping(arithmetic, lattice)
    along, across = kind(keep(math.cos(length))), kind(keep(math.sin(length)))
    return fl(fl(along * mean) + fl(across * fl(tangent / kind(length))))


def keeping(arithmetic: str, lattice: Lattice) -> Callable[[float], float]:
    """Return how a number is kept in a tensor without dimensions: as fp32, or rounded to storage as well."""
    kind = working_type(lattice).type
    if arithmetic == "fp32":
        return lambda number: float(kind(number))
    return lambda number: float(stored(number, lattice))


def _karcher(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Ten rounds of the Karcher mean; scalars: `norm0`.., `mean`, `scale`, and per round its cosines and lengths."""
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    points = prepared(parents, terms.arithmetic, lattice)
    value = terms.scalars
    units = karcher_units(points, [value[f"norm{i}"] for i in range(len(points))], terms.arithmetic, lattice)
    mean = fl(karcher_mean(units, terms.arithmetic, lattice) / kind(value["mean"]))
    for turn in range(counted(value, "tangent")):
        dots = [value[f"dot{turn}.{i}"] for i in range(len(units))]
        tangent = karcher_tangent(units, mean, dots, terms.arithmetic, lattice)
        mean = karcher_step(mean, tangent, value[f"tangent{turn}"], terms.arithmetic, lattice)
        mean = fl(mean / kind(value[f"unit{turn}"]))
    scale = kind(value["scale"]) if terms.arithmetic == "fp32" else stored(value["scale"], lattice)
    return round_to(scale * mean, lattice)


SPHERE = (
    Method(name="slerp", replay=_slerp, meaning="spherical interpolation of two parents, linear where nearly parallel"),
    Method(name="nuslerp", replay=_nuslerp, meaning="spherical interpolation without a linear range, or around a base"),
    Method(name="multislerp", replay=_multislerp, meaning="weighted mean on the sphere by way of a tangent plane"),
    Method(name="karcher", replay=_karcher, meaning="iterated mean on the sphere, equal weights"),
)
