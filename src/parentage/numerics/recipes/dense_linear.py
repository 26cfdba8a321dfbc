"""Methods whose result is a sum of parents or of differences, with the roundings that merge tools put in between.

In `storage` arithmetic parents are converted to the storage lattice first, as tools do that are told a dtype, and
every step rounds to it; a weight that a tool keeps in a tensor rounds too, one that it keeps as a number does not.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from parentage.numerics.lattice import Floats, Lattice, round_to, working_type
from parentage.numerics.recipes.method import Method, Terms

Rounding = Callable[[Floats], Floats]


def rounding_of(arithmetic: str, lattice: Lattice) -> Rounding:
    """Return what happens after each step: nothing in fp32 (numpy's own arithmetic), else a rounding to storage."""
    if arithmetic == "fp32":
        return lambda values: values
    return lambda values: round_to(values, lattice)


def prepared(parents: Sequence[Floats], arithmetic: str, lattice: Lattice) -> list[Floats]:
    """Return the parents as the arithmetic first sees them."""
    return list(parents) if arithmetic == "fp32" else [round_to(parent, lattice) for parent in parents]


def stored(value: float, lattice: Lattice) -> Any:
    """Return a number as a tensor of the lattice's dtype holds it, in the working type."""
    return round_to(np.asarray([value], dtype=working_type(lattice)), lattice)[0]


def _linear(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Weighted sum; `fp32-fused` takes product and sum with one rounding, as mergekit 0.1.5 does."""
    kind = working_type(lattice).type
    if terms.arithmetic == "fp32-fused":
        fused = kind(terms.weights[0]) * parents[0]
        for weight, parent in zip(terms.weights[1:], parents[1:], strict=True):
            # In fp64 the product of two fp32 is exact.
            wide = fused.astype(np.float64) + np.float64(kind(weight)) * parent.astype(np.float64)
            fused = wide.astype(kind)
        return round_to(fused, lattice)
    fl = rounding_of(terms.arithmetic, lattice)
    first, *others = prepared(parents, terms.arithmetic, lattice)
    total = fl(kind(terms.weights[0]) * first)
    for weight, parent in zip(terms.weights[1:], others, strict=True):
        total = fl(total + fl(kind(weight) * parent))
    return round_to(total, lattice)


def _soup(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Average; `storage` adds shares, `storage-sum` divides at the end, `storage-running` moves a running mean."""
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    first, *others = prepared(parents, terms.arithmetic, lattice)
    count = kind(len(parents))
    if terms.arithmetic == "storage":
        total = fl(first / count)
        for parent in others:
            total = fl(total + fl(parent / count))
        return total
    if terms.arithmetic == "storage-running":
        total = first
        for place, parent in enumerate(others, start=2):
            total = fl(total + fl(fl(parent - total) / kind(place)))
        return total
    total = first
    for parent in others:
        total = fl(total + parent)
    return round_to(total / count, lattice)


def _ema(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Moving average over the parents from first to last; scalar `decay` is the share that stays."""
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    first, *others = prepared(parents, terms.arithmetic, lattice)
    decay = terms.scalars["decay"]
    kept = first
    for parent in others:
        kept = fl(fl(kind(decay) * kept) + fl(kind(1.0 - decay) * parent))
    return round_to(kept, lattice)


def _task_arithmetic(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Base plus weighted differences, the base last; scalars: `lambda`, and `divisor` where weights are normalised.

    `storage` is mergekit's order: weights rounded, products rounded, their fp32 sum rounded, then added to the base.
    `storage-in-order` adds one weighted difference after the other, `storage-together` scales the sum of them once.
    """
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    *moved, base = prepared(parents, terms.arithmetic, lattice)
    scale = terms.scalars.get("lambda", 1.0)
    differences = [fl(parent - base) for parent in moved]
    if terms.arithmetic == "storage-in-order":
        total = base
        for weight, difference in zip(terms.weights, differences, strict=False):
            total = fl(total + fl(kind(weight) * difference))
        return total
    if terms.arithmetic == "storage-together":
        total = differences[0]
        for difference in differences[1:]:
            total = fl(total + difference)
        return fl(base + fl(kind(terms.weights[0]) * total))
    weights = [kind(w) if terms.arithmetic == "fp32" else stored(w, lattice) for w in terms.weights]
    total = fl(weights[0] * differences[0])
    for weight, difference in zip(weights[1:], differences[1:], strict=False):
        total = total + fl(weight * difference)
    total = fl(total)
    if "divisor" in terms.scalars:
        total = fl(total / kind(terms.scalars["divisor"]))
    if scale != 1.0:
        total = fl(kind(scale) * total)
    return round_to(base + total, lattice)


def _add_difference(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """First parent plus a multiple of second minus third; the multiple is the second weight."""
    fl = rounding_of(terms.arithmetic, lattice)
    start, moved, base = prepared(parents, terms.arithmetic, lattice)
    kind = working_type(lattice).type
    return round_to(start + fl(kind(terms.weights[1]) * fl(moved - base)), lattice)


def _model_stock(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """`t` of the parents' average and the rest of the base, which is last; `t` lives in a tensor of the dtype."""
    kind = working_type(lattice).type
    fl = rounding_of(terms.arithmetic, lattice)
    first, *others = prepared(parents, terms.arithmetic, lattice)
    base = others.pop()
    average = first
    for parent in others:
        average = fl(average + parent)
    average = fl(average / kind(len(parents) - 1))
    t = terms.scalars["t"]
    share = kind(t) if terms.arithmetic == "fp32" else stored(t, lattice)
    rest = kind(1) - share if terms.arithmetic == "fp32" else stored(1.0 - float(share), lattice)
    return round_to(fl(share * average) + fl(rest * base), lattice)


LINEAR = (
    Method(name="linear", replay=_linear, meaning="w1*P1 + w2*P2 + ..., weights that sum to one"),
    Method(name="soup", replay=_soup, meaning="the uniform average of the parents"),
    Method(name="ema", replay=_ema, meaning="moving average: d*(d*P1 + (1-d)*P2) + (1-d)*P3, ..."),
    Method(name="task-arithmetic", replay=_task_arithmetic, meaning="base + lambda * (w1*(P1 - base) + ...)"),
    Method(name="add-difference", replay=_add_difference, meaning="P1 + m*(P2 - P3)"),
    Method(name="model-stock", replay=_model_stock, meaning="t * average + (1 - t) * base, t from the parents' angles"),
    Method(name="scaled-copy", replay=_linear, meaning="c * P1"),
    Method(name="general-linear", replay=_linear, meaning="c1*P1 + c2*P2 + ..., each tensor with its own coefficients"),
)
