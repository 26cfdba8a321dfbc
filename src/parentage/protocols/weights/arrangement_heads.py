"""Attention heads: which of the subject's stands for which of a candidate's, under grouped queries and inside a head.

Value rows and output columns may be permuted inside a head, key and query rows together likewise (two layouts of rotary
positions differ so); query heads move inside their group, groups move as a whole.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.matching import NOBODY, Order, agreeing, assign, fixed_points, mutual_nearest, tail_log10
from parentage.protocols.weights.arrangement_axes import Axis
from parentage.protocols.weights.arrangement_reading import TwoSides
from parentage.protocols.weights.arrangement_solving import ADOPT_LOG10, Match

PARTS = ("query", "key", "value", "mixed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    heads: int
    groups: int
    inner: int
    value_inner: int

    @property
    def shared(self) -> int:
        """Query heads to a group."""
        return self.heads // self.groups


def attention_layers(sides: TwoSides) -> list[str]:
    """Return the layers that have all four axes of attention with weights on both sides."""
    layers = [name.removesuffix(".value") for name, axis in sides.structure.axes.items() if axis.kind == "value"]
    return [layer for layer in layers if all(_weight(sides, f"{layer}.{part}") for part in PARTS)]


def _weight(sides: TwoSides, axis: str) -> tuple[str, int] | None:
    return next(iter(sides.tensors_of(axis)), None)


def match_heads(sides: TwoSides, layer: str) -> tuple[Match, dict[str, Order]] | None:
    """Return how a layer's heads match, and the order of each of its four axes; None where head counts do not fit."""
    axes = {part: sides.structure.axes[f"{layer}.{part}"] for part in PARTS}
    shape = _shape(axes)
    if shape is None:
        return None
    found = {part: _matched(sides, f"{layer}.{part}") for part in PARTS}
    groups = _vote(found["key"] // shape.inner, shape.inner, found["key"] < 0, shape.groups)
    groups += _vote(found["value"] // shape.value_inner, shape.value_inner, found["value"] < 0, shape.groups)
    heads = _vote(found["query"] // shape.inner, shape.inner, found["query"] < 0, shape.heads)
    heads += _vote(found["mixed"] // shape.value_inner, shape.value_inner, found["mixed"] < 0, shape.heads)
    many = shape.shared
    groups += heads.reshape(shape.groups, many, shape.groups, many).sum(axis=(1, 3))
    group_order = assign(groups)
    head_order = np.zeros(shape.heads, dtype=np.int64)
    for place, other in enumerate(group_order):
        votes = heads[place * many : (place + 1) * many, other * many : (other + 1) * many]
        head_order[place * many : (place + 1) * many] = other * many + assign(votes)
    inside = _inner(found["query"], found["key"], shape, shape.inner, head_order, group_order)
    value_inside = _inner(found["mixed"], found["value"], shape, shape.value_inner, head_order, group_order)
    orders = {
        f"{layer}.key": _spread(group_order, inside, 1),
        f"{layer}.query": _spread(head_order, inside, many),
        f"{layer}.value": _spread(group_order, value_inside, 1),
        f"{layer}.mixed": _spread(head_order, value_inside, many),
    }
    clear = _is_clear(group_order, groups, 2 * shape.inner) or _is_clear(head_order, heads, shape.inner)
    clear |= not all(_stands(order) for order in (*inside, *value_inside))
    return _match(layer, axes["value"], found, orders, shape, moved=clear), orders


def _stands(order: Order) -> bool:
    return bool(np.array_equal(order, np.arange(order.size)))


def _is_clear(order: Order, votes: NDArray[np.int64], least: int) -> bool:
    """Say whether some block stands elsewhere by so many votes, and by more than speak for its own place."""
    return any(
        other != place and votes[place, other] >= least // 2 and votes[place, other] > votes[place, place]
        for place, other in enumerate(order)
    )


def _shape(axes: dict[str, Axis]) -> _Shape | None:
    heads, groups = axes["query"].blocks, axes["value"].blocks
    if heads % groups or axes["key"].blocks != groups or axes["mixed"].blocks != heads:
        return None
    inner, value_inner = axes["query"].size // heads, axes["value"].size // groups
    if axes["key"].size != groups * inner or axes["mixed"].size != heads * value_inner:
        return None
    return _Shape(heads=heads, groups=groups, inner=inner, value_inner=value_inner)


def _matched(sides: TwoSides, axis: str) -> Order:
    entry = _weight(sides, axis)
    assert entry is not None
    left, right = sides.features(*entry)
    return mutual_nearest([left], [right], signed=[False])


def _vote(blocks: Order, inner: int, missing: NDArray[np.bool_], count: int) -> NDArray[np.int64]:
    """Return how many units of each of the candidate's blocks are matched into each of the subject's."""
    votes = np.zeros((count, count), dtype=np.int64)
    own = np.arange(blocks.size) // inner
    np.add.at(votes, (own[~missing], blocks[~missing]), 1)
    return votes


def _inner(many: Order, few: Order, shape: _Shape, inner: int, head_order: Order, group_order: Order) -> list[Order]:
    """Return for each of the candidate's groups the order of the places inside its heads."""
    votes = np.zeros((shape.groups, inner, inner), dtype=np.int64)
    for order, blocks, to_group in ((many, head_order, shape.shared), (few, group_order, 1)):
        places = np.flatnonzero(order >= 0)
        block, other = places // inner, order[places] // inner
        kept = blocks[block] == other
        at = (block[kept] // to_group, places[kept] % inner, order[places][kept] % inner)
        np.add.at(votes, at, 1)
    # One vote alone is noise: both kinds of weights have to say so.
    return [assign(np.where(one >= 2, one, 0)) for one in votes]


def _spread(blocks: Order, inside: list[Order], shared: int) -> Order:
    inner = inside[0].size
    return np.concatenate([other * inner + inside[place // shared] for place, other in enumerate(blocks)])


def _match(
    layer: str, axis: Axis, found: dict[str, Order], orders: dict[str, Order], shape: _Shape, *, moved: bool
) -> Match:
    # What the output columns say of a value unit: by the first query head of its group that is matched at all.
    inner, many = shape.value_inner, shape.shared
    mixed = found["mixed"].reshape(shape.groups, many, inner)
    said = np.full((shape.groups, inner), NOBODY, dtype=np.int64)
    for head in range(many):
        other = mixed[:, head]
        unit = np.where(other >= 0, other // (inner * many) * inner + other % inner, NOBODY)
        said = np.where(said >= 0, said, unit)
    alike, own = agreeing(found["value"], said.reshape(-1)), fixed_points(found["value"])
    log10_p = tail_log10(alike, shape.groups)
    return Match(
        axis=f"{layer}.heads",
        kind="heads",
        units=axis.size,
        groups=shape.groups,
        agreeing=alike,
        own_place=own,
        log10_p_agreeing=log10_p,
        log10_p_own_place=tail_log10(own, shape.groups),
        moved=moved and log10_p <= ADOPT_LOG10,
        # Where only query heads moved the values are where they were, and the output's columns show it.
        order=orders[f"{layer}.{'mixed' if _stands(orders[f'{layer}.value']) else 'value'}"],
    )
