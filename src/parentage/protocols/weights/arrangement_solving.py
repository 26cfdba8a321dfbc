"""Finds which unit of the subject stands for which of a candidate, axis by axis, and how improbable the match is.

Each axis is matched twice, on disjoint weights (gate and up rows, value rows and output columns, two halves of the
columns). Under independence the two matches agree about once, whatever the number of units; in a rearranged copy they
agree at all units. The vocabulary and the outer dimensions of a chain are anchors; what reads through a known axis
comes next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.matching import (
    NOBODY,
    Features,
    Order,
    agreeing,
    complete,
    fixed_points,
    mutual_nearest,
    pair_correlations,
    tail_log10,
)
from parentage.protocols.weights.arrangement_axes import Axis
from parentage.protocols.weights.arrangement_reading import TwoSides

# An axis is taken to be moved from here on; it is claimed only by what policy asks of all of them together.
ADOPT_LOG10 = -8.0
_CLEAR, _UNLIKE = 0.5, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Of one axis: units, those that two disjoint matches pair alike, and those that one pairs with their own place.

    `groups` is the number of blocks within which units are exchangeable (heads): it widens the bound.
    """

    axis: str
    kind: str
    units: int
    groups: int
    agreeing: int
    own_place: int
    log10_p_agreeing: float
    log10_p_own_place: float
    moved: bool
    order: Order = field(repr=False)


@dataclass(slots=True)
class Halves:
    """Features of one axis from disjoint weights: the candidate's and the subject's, and whether their sign counts."""

    left: list[Features] = field(default_factory=list)
    right: list[Features] = field(default_factory=list)
    signed: list[bool] = field(default_factory=list)

    def add(self, pair: tuple[Features, Features], *, signed: bool) -> None:
        """Add a block."""
        self.left.append(pair[0])
        self.right.append(pair[1])
        self.signed.append(signed)

    def match(self) -> Order:
        """Return the mutual nearest units."""
        return mutual_nearest(self.left, self.right, signed=self.signed)

    def joined(self, other: "Halves") -> "Halves":
        """Return all blocks of both."""
        return Halves(self.left + other.left, self.right + other.right, self.signed + other.signed)

    def correlations(self, order: Order) -> NDArray[np.float64]:
        """Return each unit's correlation with its partner."""
        return pair_correlations(self.left, self.right, order, signed=self.signed)

    def completed(self, order: Order) -> Order:
        """Return a whole permutation that keeps the order's matches."""
        return complete(order, self.left, self.right, signed=self.signed)


def match_axis(sides: TwoSides, axis: Axis) -> tuple[Match, Halves] | None:
    """Return how the units of a hidden, residual, channel or expert axis match; None where too little has it."""
    halves = _halves(sides, axis)
    if halves is None:
        return None
    one, other = halves
    first, second = one.match(), other.match()
    both = one.joined(other)
    joint = both.match()
    alike, own = agreeing(first, second), fixed_points(first)
    agreed = np.where(first == second, first, NOBODY)
    match = Match(
        axis=axis.name,
        kind=axis.kind,
        units=axis.size,
        groups=axis.blocks,
        agreeing=alike,
        own_place=own,
        log10_p_agreeing=tail_log10(alike, axis.blocks),
        log10_p_own_place=tail_log10(own, axis.blocks),
        moved=_is_moved(axis, agreed, both),
        order=np.where(agreed >= 0, agreed, joint),
    )
    return match, both


def _is_moved(axis: Axis, agreed: Order, both: Halves) -> bool:
    """Say whether units stand elsewhere: more than chance matches alike, or some that are unmistakable.

    Among units that are in place a few may be matched elsewhere by noise; one that is copied resembles its partner
    strongly, and not what stands at its own place.
    """
    places = np.arange(agreed.size)
    elsewhere = np.where(agreed != places, agreed, NOBODY)
    count = int(np.count_nonzero(elsewhere >= 0))
    if axis.kind == "experts":
        # Too few for a small p-value: the experts' own units bear it out or not.
        return count > 0 and int(np.count_nonzero(agreed >= 0)) * 4 >= 3 * agreed.size
    if tail_log10(int(np.count_nonzero(agreed >= 0)), axis.blocks) > ADOPT_LOG10:
        return False
    if tail_log10(count) <= ADOPT_LOG10:
        return True
    if both.left[0].shape[0] != both.right[0].shape[0]:
        return count > 0
    there, here = both.correlations(elsewhere), both.correlations(places)
    return bool(((np.abs(there) > _CLEAR) & (np.abs(here) < _UNLIKE) & (elsewhere >= 0)).any())


def _halves(sides: TwoSides, axis: Axis) -> tuple[Halves, Halves] | None:
    """Return features of the axis from two disjoint sets of weights."""
    one, other = Halves(), Halves()
    held = sides.tensors_of(axis.name)
    if axis.kind == "residual":
        # The vocabulary anchors it: what else reads the stream has units that are not known yet.
        held = [(name, place) for name, place in held if sides.kind(sides.structure.tensors[name][0]) == "vocabulary"]
    if axis.kind == "experts":
        return _expert_halves(sides, axis, held)
    blocks = [(name, place) for name, place in held if min(sides.shape(name)[place], axis.size) == axis.size]
    if axis.kind == "channels":
        # In a chain what a channel is read by has units that are not known yet, unless they are the network's outputs.
        blocks = [(name, place) for name, place in blocks if place == 0 or not sides.structure.tensors[name][0]]
    if not blocks:
        return None
    if len(blocks) == 1 or axis.kind == "residual":
        name, place = blocks[0]
        for part, half in enumerate((one, other)):
            half.add(sides.features(name, place, part, 2), signed=axis.kind != "residual")
        return one, other
    inputs = [(name, place) for name, place in blocks if place == 0]
    outputs = [(name, place) for name, place in blocks if place != 0]
    if len(inputs) > 1:
        # A gated unit: its gate keeps its sign, up and down may change theirs together.
        gate = next((entry for entry in inputs if re.search(r"gate_proj|w1|wi_0", entry[0])), inputs[0])
        one.add(sides.features(*gate), signed=True)
        for entry in inputs:
            if entry != gate:
                other.add(sides.features(*entry), signed=False)
    elif inputs and outputs:
        one.add(sides.features(*inputs[0]), signed=True)
        other.add(sides.features(*outputs[0]), signed=True)
    else:
        one.add(sides.features(*blocks[0]), signed=True)
        other.add(sides.features(*blocks[1]), signed=True)
    return one, other


def _expert_halves(sides: TwoSides, axis: Axis, held: list[tuple[str, int]]) -> tuple[Halves, Halves] | None:
    """Return router rows, and how strongly each expert reads and writes each place of the stream."""
    if not held:
        return None
    one, other = Halves(), Halves()
    one.add(sides.features(*held[0]), signed=True)
    prefix = axis.name.removesuffix("experts")
    pattern = re.compile(re.escape(prefix) + r"(.*?experts\.)(\d+)\.(.*)$")
    kinds: dict[str, dict[int, str]] = {}
    for name in sides.sources:
        found = pattern.match(name)
        if found and len(sides.structure.tensors[name]) == 2:
            kinds.setdefault(found.group(3), {})[int(found.group(2))] = name
    for names in kinds.values():
        if sorted(names) == list(range(axis.size)):
            other.add(sides.energies([names[i] for i in range(axis.size)]), signed=True)
    return (one, other) if other.left else None


def residual_signs(both: Halves, order: Order) -> NDArray[np.int64]:
    """Return -1 for each unit whose partner clearly points the other way, else +1."""
    signed = Halves(both.left, both.right, [True] * len(both.left))
    return np.where(signed.correlations(order) < -_UNLIKE, -1, 1).astype(np.int64)


def adopt(sides: TwoSides, match: Match, both: Halves) -> None:
    """Put the whole order of an axis in force; experts are renamed by it."""
    order = both.completed(match.order)
    if match.kind == "experts":
        _rename_experts(sides, match.axis.removesuffix("experts"), order)
    sides.orders[match.axis] = order
    if match.kind == "residual":
        sides.signs[match.axis] = residual_signs(both, order)


def _rename_experts(sides: TwoSides, prefix: str, order: Order) -> None:
    pattern = re.compile(re.escape(prefix) + r"(.*?experts\.)(\d+)\.(.*)$")
    for name in list(sides.sources):
        found = pattern.match(name)
        if found and int(found.group(2)) < order.size:
            stem, number, rest = found.groups()
            other = f"{prefix}{stem}{int(order[int(number)])}.{rest}"
            if sides.has(other):
                sides.sources[name] = other


def match_vocabulary(sides: TwoSides, tokens: tuple[Mapping[str, int], Mapping[str, int]] | None) -> Order | None:
    """Return for each of the candidate's rows the subject's row of the same token, or None where all are the same.

    Tokens are the subject's and the candidate's, by text. Rows of no token stay where they are if they can.
    """
    axis = sides.structure.axes.get("vocabulary")
    held = sides.tensors_of("vocabulary")
    if axis is None or not held or tokens is None:
        return None
    ours, theirs = tokens
    have = sides.source_shape(held[0][0])[held[0][1]]
    order = np.full(axis.size, NOBODY, dtype=np.int64)
    for text, row in theirs.items():
        other = ours.get(text)
        if other is not None and 0 <= row < axis.size and 0 <= other < have:
            order[row] = other
    used = set(order[order >= 0].tolist())
    spare = [row for row in range(have) if row not in used]
    empty = np.flatnonzero(order < 0)
    named = set(theirs.values())
    # Rows without a token (padding): as they are where they can be, else in order.
    fill = [row for row in empty.tolist() if row not in named]
    staying = set(spare) & set(fill)
    others = iter(row for row in spare if row not in staying)
    for row in fill:
        order[row] = row if row in staying else next(others, NOBODY)
    known = np.flatnonzero(order >= 0)
    return None if np.array_equal(order[known], known) else order
