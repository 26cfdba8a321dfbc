"""Task vectors dropped, weighed, elected and added, step by step with the roundings that merge tools make.

Every sparse method is one sum `base + lambda * mix(mask_i * weight_i * scale_i * (P_i - base))`; they differ in who
sets the masks and in how elements mix. This module has the sum, `sparse_masks.py` the masks, `sparse.py` the methods.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import LATTICES, Floats, Lattice, round_to
from parentage.numerics.recipes.method import Terms

Round = Callable[[NDArray[Any]], Floats]
Mask = NDArray[np.bool_]

# Merge tools may compute in a narrower type than they store; these name the type that every step rounds to.
STEP_LATTICES = {"bf16": "BF16", "fp16": "F16"}


class Election(Enum):
    """Who votes on the sign of an element: nobody, the weighted task vectors, or the task vectors as they are."""

    NONE = "none"
    WEIGHTED = "weighted"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """How kept elements become one: sign election, division by the weights that take part, and the factor after it.

    `count` divides by the number of task vectors kept at the element instead, before the sum.
    """

    election: Election = Election.NONE
    normalize: bool = False
    factor: float = 1.0
    count: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """The base, its task vectors and these weighted and rescaled, one each per parent that is not the base."""

    base: Floats
    differences: Sequence[Floats]
    weighted: Sequence[Floats]
    weights: Sequence[np.floating]
    step: Round
    last: Round


def rounding(arithmetic: str, lattice: Lattice) -> Round:
    """Return what each intermediate step does: rounds to a lattice, or nothing where steps are in the working type."""
    if arithmetic == "fp32":
        return lambda values: values
    steps = LATTICES[STEP_LATTICES[arithmetic]] if arithmetic in STEP_LATTICES else lattice
    return lambda values: round_to(values, steps)


def prepare(parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Prepared:
    """Return the task vectors of all parents but the last, the base; `scale_i` in the scalars rescales them."""
    step = rounding(terms.arithmetic, lattice)
    cast = [step(parent) for parent in parents]
    base = cast[-1]
    kind = base.dtype.type
    differences = [step(parent - base) for parent in cast[:-1]]
    weights = [step(np.asarray([weight], dtype=kind))[0] for weight in terms.weights[: len(differences)]]
    weighted = []
    for place, (difference, weight) in enumerate(zip(differences, weights, strict=True)):
        scale = terms.scalars.get(f"scale_{place}", 1.0)
        scaled = difference if scale == 1.0 else step(difference * kind(scale))
        weighted.append(scaled if weight == 1.0 else step(scaled * weight))
    return Prepared(
        base=base,
        differences=differences,
        weighted=weighted,
        weights=weights,
        step=step,
        last=lambda values: round_to(values, lattice),
    )


def masked(mask: Mask, values: Floats) -> Floats:
    """Return the values where the mask holds, zero elsewhere."""
    result: NDArray[Any] = np.where(mask, values, values.dtype.type(0))
    return result


def total(parts: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Return the elementwise sum, added one after the other in the working type."""
    whole = parts[0]
    for part in parts[1:]:
        whole = whole + part
    return whole


def merge(ready: Prepared, masks: Sequence[Mask], mix: Mix) -> Floats:
    """Return base plus the mixed task vectors under the masks, on the lattice."""
    zero = ready.base.dtype.type(0)
    kept = [masked(mask, part) for mask, part in zip(masks, ready.weighted, strict=True)]
    if mix.count:
        number: NDArray[Any] = np.maximum(total([mask.astype(zero.dtype) for mask in masks]), zero.dtype.type(1))
        mixed = ready.step(total([ready.step(part / number) for part in kept]))
        return ready.last(ready.base + mixed)
    if mix.election is not Election.NONE:
        return ready.last(ready.base + _elected(ready, kept, masks, mix))
    mixed = ready.step(total(kept))
    if mix.normalize:
        divisor = ready.step(np.asarray([_whole(ready.weights)], dtype=zero.dtype))[0]
        mixed = ready.step(mixed / (divisor if abs(divisor) >= 1e-8 else zero.dtype.type(1)))
    return ready.last(ready.base + _multiplied(mixed, mix, ready))


def _elected(ready: Prepared, kept: Sequence[Floats], masks: Sequence[Mask], mix: Mix) -> Floats:
    zero = ready.base.dtype.type(0)
    if mix.election is Election.PLAIN:
        votes = [masked(mask, part) for mask, part in zip(masks, ready.differences, strict=True)]
    else:
        votes = list(kept)
    # The sign is that of the sum; a sum of nothing counts as positive, and zeros never agree.
    positive = ready.step(total(votes)) >= 0
    agree = [((vote > 0) & positive) | ((vote < 0) & ~positive) for vote in votes]
    mixed = ready.step(total([masked(same, part) for same, part in zip(agree, kept, strict=True)]))
    if mix.normalize:
        shares = [np.where(same, weight, zero) for same, weight in zip(agree, ready.weights, strict=True)]
        divisor = ready.step(total(shares))
        mixed = ready.step(mixed / np.where(divisor == 0, zero.dtype.type(1), divisor))
    return _multiplied(mixed, mix, ready)


def _whole(weights: Sequence[np.floating]) -> np.floating:
    whole = weights[0]
    for weight in weights[1:]:
        whole = whole + weight
    return whole


def _multiplied(mixed: Floats, mix: Mix, ready: Prepared) -> Floats:
    return mixed if mix.factor == 1.0 else ready.step(mixed * mixed.dtype.type(mix.factor))


def mix_of(scalars: Mapping[str, float], election: Election) -> Mix:
    """Return the mix that the scalars `normalize` (0 or 1) and `lambda` ask for."""
    return Mix(
        election=election, normalize=scalars.get("normalize", 0.0) != 0.0, factor=float(scalars.get("lambda", 1.0))
    )
