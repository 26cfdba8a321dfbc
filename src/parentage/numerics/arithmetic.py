"""The arithmetics that people merge with, each recomputed operation by operation with its own roundings.

`P_i` are parents, `w_i` weights, `fl` one rounding to the storage lattice; where a compute dtype is fp32, every
operation rounds to fp32. Elementwise operations agree bit for bit with torch's on a CPU; see
docs/questions/replay.md for what was checked against which tool.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from parentage.numerics.lattice import Floats, Lattice, round_to, working_type

Replayer = Callable[[Sequence[Floats], Sequence[float], Lattice], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic:
    """A named way to compute a linear merge; `pairwise` ones take two parents only."""

    name: str
    replay: Replayer
    meaning: str
    pairwise: bool = False


def _fp32_once(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
    kind = working_type(lattice).type
    total = kind(weights[0]) * parents[0]
    for weight, parent in zip(weights[1:], parents[1:], strict=True):
        total = total + kind(weight) * parent
    return round_to(total, lattice)


def _fp64_once(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
    total = weights[0] * parents[0].astype(np.float64)
    for weight, parent in zip(weights[1:], parents[1:], strict=True):
        total = total + weight * parent.astype(np.float64)
    return round_to(total.astype(working_type(lattice)), lattice)


def _three_roundings(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
    kind = working_type(lattice).type
    total = round_to(kind(weights[0]) * parents[0], lattice)
    for weight, parent in zip(weights[1:], parents[1:], strict=True):
        total = round_to(total + round_to(kind(weight) * parent, lattice), lattice)
    return total


def _task_arithmetic(order: tuple[int, int]) -> Replayer:
    def replay(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
        moved, base = (parents[i] for i in order)
        kind = working_type(lattice).type
        difference = round_to(moved - base, lattice)
        return round_to(base + round_to(kind(weights[order[0]]) * difference, lattice), lattice)

    return replay


def _fused(start: Floats, weight: np.floating, difference: Floats) -> Floats:
    """Return start + weight * difference with one rounding, as torch's vectorised fused multiply-add on a CPU.

    In fp64 the product of two fp32 is exact; the sum's second rounding was never seen to matter.
    """
    wide = start.astype(np.float64) + np.float64(weight) * difference.astype(np.float64)
    return wide if start.dtype == np.float64 else wide.astype(np.float32)


def _lerp(order: tuple[int, int]) -> Replayer:
    def replay(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
        end, start = (parents[i] for i in order)
        kind = working_type(lattice).type
        weight = kind(weights[order[0]])
        # torch.lerp changes formula at one half, so that both end points are exact.
        if weight < 0.5:
            return round_to(_fused(start, weight, end - start), lattice)
        return round_to(_fused(end, -(kind(1) - weight), end - start), lattice)

    return replay


def _fused_add(order: tuple[int, int]) -> Replayer:
    def replay(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
        moved, base = (parents[i] for i in order)
        kind = working_type(lattice).type
        # torch takes alpha in the tensors' own dtype.
        weight = round_to(np.asarray([weights[order[0]]], dtype=kind), lattice)[0]
        return round_to(_fused(base, weight, round_to(moved - base, lattice)), lattice)

    return replay


def _mergekit_014(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
    # Weights are cast to the storage dtype; products round; the sum is taken in fp32 and rounds; so does the division.
    kind = working_type(lattice).type
    cast = [round_to(np.asarray([w], dtype=kind), lattice)[0] for w in weights]
    total = round_to(cast[0] * parents[0], lattice)
    norm = cast[0]
    for weight, parent in zip(cast[1:], parents[1:], strict=True):
        total = total + round_to(weight * parent, lattice)
        norm = norm + weight
    norm = round_to(np.asarray([norm], dtype=kind), lattice)[0]
    return round_to(round_to(total, lattice) / norm, lattice)


def _mergekit_015(parents: Sequence[Floats], weights: Sequence[float], lattice: Lattice) -> Floats:
    # torch's addcmul is one fused multiply-add for each parent after the first.
    kind = working_type(lattice).type
    total = kind(weights[0]) * parents[0]
    norm = kind(weights[0])
    for weight, parent in zip(weights[1:], parents[1:], strict=True):
        total = _fused(total, kind(weight), parent)
        norm = kind(norm + kind(weight))
    return round_to(total / norm, lattice)


# In order of preference: where several reproduce the subject equally well, the verdict names the first.
ARITHMETICS = (
    Arithmetic(name="fp32-once", replay=_fp32_once, meaning="w1*P1 + w2*P2 in fp32, rounded once to storage"),
    Arithmetic(name="fp64-once", replay=_fp64_once, meaning="the same in fp64, then fp32, then storage"),
    Arithmetic(name="three-roundings", replay=_three_roundings, meaning="each product and each sum rounded to storage"),
    Arithmetic(
        name="mergekit-0.1.5-linear",
        replay=_mergekit_015,
        meaning="mergekit 0.1.5 linear: fused fp32 sum divided by the sum of the weights, rounded once",
    ),
    Arithmetic(
        name="mergekit-0.1.4-linear",
        replay=_mergekit_014,
        meaning="mergekit up to 0.1.4, linear in the storage dtype: weights and products rounded, then normalised",
    ),
    Arithmetic(
        name="task-arithmetic",
        replay=_task_arithmetic((0, 1)),
        meaning="base + w*(P1 - base), every step rounded to storage; the second parent is the base",
        pairwise=True,
    ),
    Arithmetic(
        name="task-arithmetic-reversed",
        replay=_task_arithmetic((1, 0)),
        meaning="the same with the first parent as the base",
        pairwise=True,
    ),
    Arithmetic(
        name="lerp",
        replay=_lerp((0, 1)),
        meaning="torch.lerp(P2, P1, w1), one fused multiply-add in fp32",
        pairwise=True,
    ),
    Arithmetic(
        name="lerp-reversed",
        replay=_lerp((1, 0)),
        meaning="torch.lerp(P1, P2, w2), one fused multiply-add in fp32",
        pairwise=True,
    ),
    Arithmetic(
        name="fused-add",
        replay=_fused_add((0, 1)),
        meaning="torch P2.add_(P1 - P2, alpha=w1): difference and weight rounded to storage, the rest once",
        pairwise=True,
    ),
    Arithmetic(
        name="fused-add-reversed",
        replay=_fused_add((1, 0)),
        meaning="torch P1.add_(P2 - P1, alpha=w2)",
        pairwise=True,
    ),
)
BY_NAME = {arithmetic.name: arithmetic for arithmetic in ARITHMETICS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One complete account of how a tensor was merged: arithmetic, parents (candidate indices) and their weights.

    With `cast`, parents were first converted to the storage dtype of the result.
    """

    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    cast: bool = False

    @property
    def name(self) -> str:
        """The arithmetic's name as the verdict gives it."""
        return f"{self.arithmetic}-after-cast" if self.cast else self.arithmetic

    @property
    def selects(self) -> bool:
        """Whether every result equals one of the parents: never, for a weighted sum."""
        return False

    def result(self, subject: Floats, candidates: Sequence[Floats], lattice: Lattice) -> Floats:
        """Return the merge; the subject is not looked at, as nothing in a weighted sum is random."""
        return self.replay(candidates, lattice)

    def replay(self, candidates: Sequence[Floats], lattice: Lattice) -> Floats:
        """Return the merge on the storage lattice, from equal-shaped candidates in the lattice's working type."""
        parents = [candidates[i] for i in self.parents]
        if self.cast:
            parents = [round_to(parent, lattice) for parent in parents]
        with np.errstate(over="ignore", invalid="ignore"):
            return BY_NAME[self.arithmetic].replay(parents, self.weights, lattice)
