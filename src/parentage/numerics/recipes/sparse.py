"""Methods that drop, elect or select elements of task vectors, each as one elementwise replay.

The base is the last parent. Scalars are per tensor: `scale_i` (rescaling after dropping), `low_i` and `high_i` (the
magnitudes between which task vector i is kept), `lambda`, `normalize`, `t`, `epsilon`. Checked bit for bit against
mergekit 0.1.5, see docs/questions/methods.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, round_to
from parentage.numerics.recipes.method import Method, MethodReplay, Terms
from parentage.numerics.recipes.sparse_masks import (
    MaskRule,
    by_subject,
    by_threshold,
    magnitude_masks,
    subsets,
    variance_masks,
)
from parentage.numerics.recipes.sparse_steps import Election, Mix, masked, merge, mix_of, prepare, rounding, total


def _predicted(rule: MaskRule, election: Election) -> MethodReplay:
    def replay(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
        ready = prepare(parents, terms, lattice)
        return by_threshold(subject, ready, mix_of(terms.scalars, election), rule(ready, terms.scalars))

    return replay


def _read_off(election: Election, *, together: bool = False) -> MethodReplay:
    def replay(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
        ready = prepare(parents, terms, lattice)
        number = len(parents) - 1
        choices = [(True,) * number, (False,) * number] if together else subsets(number)
        return by_subject(subject, ready, mix_of(terms.scalars, election), choices)

    return replay


def _ram(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    """Return base plus the mean of the task vectors that moved; with `gain_i`, what moved alone is multiplied by it."""
    ready = prepare(parents, terms, lattice)
    kind = ready.base.dtype.type
    moved = [np.abs(part) > kind(terms.scalars.get("epsilon", 1e-5)) for part in ready.differences]
    if "gain_0" not in terms.scalars:
        return merge(ready, moved, Mix(count=True))
    number = total([mask.astype(ready.base.dtype) for mask in moved])
    divisor: NDArray[Any] = np.maximum(number, kind(1))
    parts = []
    for place, (mask, part) in enumerate(zip(moved, ready.differences, strict=True)):
        kept = masked(mask, part)
        # The gain is an fp32 tensor, so that from here on nothing rounds to storage but the end.
        alone = masked(number == 1, kept) * kind(terms.scalars[f"gain_{place}"])
        parts.append(alone + ready.step(masked(number > 1, kept) / divisor))
    return round_to(ready.base + total(parts), lattice)


def _nearswap(subject: Floats, parents: Sequence[Floats], terms: Terms, lattice: Lattice) -> Floats:
    step = rounding(terms.arithmetic, lattice)
    other, base = (step(parent) for parent in parents)
    kind = base.dtype.type
    least = step(np.asarray([1e-6], dtype=base.dtype))[0]
    apart: NDArray[Any] = np.maximum(np.abs(step(other - base)), least)
    # torch divides a number by a tensor in two steps: the reciprocal, times the number.
    weight: NDArray[Any] = np.clip(step(step(kind(1) / apart) * kind(terms.scalars["t"])), kind(0), kind(1))
    return round_to(step(weight * other) + step(step(kind(1) - weight) * base), lattice)


SPARSE: tuple[Method, ...] = (
    Method(
        name="ties",
        replay=_predicted(magnitude_masks, Election.WEIGHTED),
        meaning="the largest changes of each task vector, those of the elected sign averaged",
    ),
    Method(
        name="ties-selection",
        replay=_predicted(magnitude_masks, Election.WEIGHTED),
        meaning="ties of one task vector: its largest changes are taken over, the rest stays the base",
        selects=True,
    ),
    Method(
        name="breadcrumbs",
        replay=_predicted(magnitude_masks, Election.NONE),
        meaning="each task vector without its smallest and its very largest changes, weighted and added",
    ),
    Method(
        name="breadcrumbs-ties",
        replay=_predicted(magnitude_masks, Election.WEIGHTED),
        meaning="the same, with only the changes of the elected sign added",
    ),
    Method(
        name="breadcrumbs-selection",
        replay=_predicted(magnitude_masks, Election.NONE),
        meaning="breadcrumbs of one task vector at full weight: taken over or not",
        selects=True,
    ),
    Method(
        name="dare-linear",
        replay=_read_off(Election.NONE),
        meaning="each change dropped at random, the kept ones rescaled, weighted and added",
        conditional=True,
    ),
    Method(
        name="dare-ties",
        replay=_read_off(Election.WEIGHTED),
        meaning="the same, with only the changes of the elected sign added",
        conditional=True,
    ),
    Method(
        name="della-linear",
        replay=_read_off(Election.NONE),
        meaning="changes dropped at random, large ones of a row less often; the kept ones rescaled, weighted and added",
        conditional=True,
    ),
    Method(
        name="della",
        replay=_read_off(Election.WEIGHTED),
        meaning="the same, with only the changes of the elected sign added",
        conditional=True,
    ),
    Method(
        name="sce",
        replay=_predicted(variance_masks, Election.PLAIN),
        meaning="elements on which the task vectors differ most, those of the elected sign averaged by their energy",
    ),
    Method(
        name="sce-by-subject",
        replay=_read_off(Election.PLAIN, together=True),
        meaning="the same, with the chosen elements read off the subject",
        conditional=True,
    ),
    Method(
        name="ram",
        replay=_ram,
        meaning="what one parent alone changed is taken over (times a gain), what several changed is averaged",
    ),
    Method(
        name="nearswap",
        replay=_nearswap,
        meaning="the base moved towards the other parent by at most t in each element",
    ),
    Method(
        name="arcee-fusion",
        replay=_read_off(Election.NONE),
        meaning="one task vector's most important changes taken over, by a threshold that differs by row",
        conditional=True,
        selects=True,
    ),
)
