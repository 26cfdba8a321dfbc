"""Looks for a rearrangement from the anchors on: vocabulary, residual stream, experts, heads, hidden units."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from parentage.errors import StorageError
from parentage.numerics.matching import NOBODY, Order
from parentage.protocols.weights.arrangement_axes import Axis
from parentage.protocols.weights.arrangement_heads import PARTS, attention_layers, match_heads
from parentage.protocols.weights.arrangement_reading import SamePlace, TwoSides
from parentage.protocols.weights.arrangement_solving import (
    ADOPT_LOG10,
    Match,
    adopt,
    match_axis,
    match_vocabulary,
    residual_signs,
)
from parentage.protocols.weights.matrices import SUBJECT

Tokens = tuple[Mapping[str, int], Mapping[str, int]]
# Beyond so many units a match of all with all is not attempted.
MOST_UNITS = 16384
_SHOWN = 4


@dataclass(slots=True)
class Search:
    """What was found: matches that were looked at, axes that moved, how the vocabulary was aligned, what failed."""

    matches: list[Match] = field(default_factory=list)
    moved: list[Match] = field(default_factory=list)
    vocabulary: str = "same rows"
    scaled: bool = False
    failures: list[str] = field(default_factory=list)
    compared: dict[str, SamePlace] = field(default_factory=dict)


def search(sides: TwoSides, tokens: Tokens | None = None) -> Search:
    """Return the rearrangement found; `sides` holds its orders afterwards. Aligned axes are looked at, not matched."""
    found = find_anchors(sides, tokens)
    axes = list(sides.structure.axes.values())
    for layer in attention_layers(sides):
        _try_heads(sides, layer, found)
    for axis in axes:
        if axis.kind in ("hidden", "channels"):
            _try(sides, axis, found)
    found.scaled = any(one.scaled for one in found.compared.values())
    if found.scaled and not found.matches:
        # Factors alone moved: that the two are related at all is still to be shown.
        for axis in [axis for axis in axes if axis.kind in ("hidden", "channels")][:_SHOWN]:
            _try(sides, axis, found, always=True)
    return found


def find_anchors(sides: TwoSides, tokens: Tokens | None = None) -> Search:
    """Put the orders of vocabulary, residual stream and experts in force, where they are found to differ."""
    found = Search()
    _anchors(sides, tokens, found)
    for axis in sides.structure.axes.values():
        if axis.kind == "experts":
            _try(sides, axis, found)
    return found


def _anchors(sides: TwoSides, tokens: Tokens | None, found: Search) -> None:
    by_token = match_vocabulary(sides, tokens)
    if by_token is not None:
        sides.orders["vocabulary"] = by_token
        found.vocabulary = "by token"
    axis = sides.structure.axes.get("residual")
    if axis is None or not sides.tensors_of("vocabulary"):
        return
    if by_token is None and _is_in_place(sides, "vocabulary", found):
        return
    if _try_residual(sides, axis, found):
        return
    if by_token is not None:
        return
    same_rows = _by_content(sides)
    if same_rows is not None:
        sides.orders["vocabulary"] = same_rows
        found.vocabulary = "by the magnitudes in a row"
        if _try_residual(sides, axis, found) or _try_vocabulary(sides, found, keep=True):
            return
        del sides.orders["vocabulary"]
    if not _try_vocabulary(sides, found, keep=False):
        found.vocabulary = "same rows"


def _try_residual(sides: TwoSides, axis: Axis, found: Search) -> bool:
    """Match the residual stream; say whether it stands where it is now beyond chance."""
    try:
        result = match_axis(sides, axis)
    except StorageError as error:
        found.failures.append(f"{axis.name}: {error}")
        return False
    if result is None:
        return False
    match, both = result
    found.matches.append(match)
    if match.log10_p_agreeing > ADOPT_LOG10:
        return False
    order = both.completed(match.order) if match.moved else np.arange(axis.size)
    signs = residual_signs(both, order)
    if match.moved or (signs < 0).any():
        sides.orders[axis.name], sides.signs[axis.name] = order, signs
        found.moved.append(match)
    return True


def _try_vocabulary(sides: TwoSides, found: Search, *, keep: bool) -> bool:
    """Match rows of the vocabulary by their values, the stream being in place; say whether they stand beyond chance."""
    axis = sides.structure.axes["vocabulary"]
    name, place = sides.tensors_of("vocabulary")[0]
    if keep or axis.size > MOST_UNITS or sides.source_shape(name)[place] != axis.size:
        return keep
    result = match_axis(sides, axis)
    if result is None or not result[0].moved:
        return False
    match, both = result
    found.matches.append(match)
    found.moved.append(match)
    found.vocabulary = "by row"
    adopt(sides, match, both)
    return True


def _by_content(sides: TwoSides) -> Order | None:
    """Return rows aligned by their sorted magnitudes, which no order or sign of the stream changes, if unique."""
    name, _ = sides.tensors_of("vocabulary")[0]
    theirs = sides.reader.read(sides.candidate, name)
    ours = sides.reader.read(SUBJECT, sides.sources[name])
    if theirs.dtype != ours.dtype:
        return None
    keys = [_row_keys(values) for values in (theirs, ours)]
    places: dict[bytes, int] = {}
    for row, key in enumerate(keys[1]):
        places[key] = NOBODY if key in places else row
    seen: dict[bytes, int] = {}
    for key in keys[0]:
        seen[key] = seen.get(key, 0) + 1
    order = np.array([places.get(key, NOBODY) if seen[key] == 1 else NOBODY for key in keys[0]], dtype=np.int64)
    return order if np.count_nonzero(order >= 0) * 2 > order.size else None


def _row_keys(values: np.ndarray) -> list[bytes]:
    bits = np.dtype(f"u{values.dtype.itemsize}")
    magnitude = values.view(bits) & bits.type(np.iinfo(bits).max >> 1)
    return [row.tobytes() for row in np.sort(magnitude, axis=1)]


def _is_in_place(sides: TwoSides, axis: str, found: Search) -> bool:
    """Say whether the tensors whose rows are this axis's units are where they were."""
    held = sides.tensors_of(axis)
    rows = [name for name, place in held if place == 0] or [name for name, _ in held]
    for name in rows:
        if name not in found.compared:
            same = sides.same_place(name)
            if same is None:
                continue
            found.compared[name] = same
        if not found.compared[name].in_place:
            return False
    return True


def _stays(sides: TwoSides, axis: str, found: Search) -> bool:
    """Say whether an axis need not be matched: nothing that it reads through has moved, and its rows are in place."""
    held = sides.tensors_of(axis)
    if any(other in sides.orders for name, _ in held for other in sides.structure.tensors[name]):
        return False
    return all(sides.sources[name] == name for name, _ in held) and _is_in_place(sides, axis, found)


def _try(sides: TwoSides, axis: Axis, found: Search, *, always: bool = False) -> None:
    try:
        if not sides.tensors_of(axis.name) or (not always and _stays(sides, axis.name, found)):
            return
        if axis.size > MOST_UNITS:
            found.failures.append(f"{axis.name}: {axis.size} units, more than {MOST_UNITS}")
            return
        result = match_axis(sides, axis)
    except StorageError as error:
        found.failures.append(f"{axis.name}: {error}")
        return
    if result is None:
        return
    match, both = result
    found.matches.append(match)
    if match.moved:
        adopt(sides, match, both)
        found.moved.append(match)


def _try_heads(sides: TwoSides, layer: str, found: Search) -> None:
    try:
        if all(_stays(sides, f"{layer}.{part}", found) for part in PARTS):
            return
        result = match_heads(sides, layer)
    except StorageError as error:
        found.failures.append(f"{layer}.heads: {error}")
        return
    if result is None:
        found.failures.append(f"{layer}: the numbers of heads do not fit")
        return
    match, orders = result
    found.matches.append(match)
    if match.moved:
        sides.orders.update(
            (name, order) for name, order in orders.items() if not np.array_equal(order, np.arange(order.size))
        )
        found.moved.append(match)
