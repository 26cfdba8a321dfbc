"""What is compared of two checkpoints before it is known which unit is which: features of units, in one order."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.matching import MOST_COLUMNS, Features, Order, features_of
from parentage.protocols.weights.arrangement_axes import Structure, structure_of
from parentage.protocols.weights.matrices import SUBJECT, MatrixReader

# Columns that the features of a unit are taken from: enough for any correlation that matters, and bounded work.
MOST_FEATURES = 1024
_SAMPLED_ELEMENTS = 1 << 15


class TwoSides:
    """The subject and one candidate, with the orders found so far: the subject's unit for each of the candidate's.

    `sources` names for each of the candidate's tensors the subject's that stands for it; tensors of other shapes are
    not in it, except where only the vocabulary differs.
    """

    def __init__(self, reader: MatrixReader, candidate: int) -> None:
        self.reader = reader
        self.candidate = candidate
        self.structure: Structure = structure_of(reader.tensors(candidate), reader.config(candidate))
        self.sources: dict[str, str] = {}
        self.orders: dict[str, Order] = {}
        self.signs: dict[str, NDArray[np.int64]] = {}
        theirs, ours = reader.tensors(candidate), reader.tensors(SUBJECT)
        for name, info in theirs.items():
            other = ours.get(name)
            if other is not None and other.dtype.kind == info.dtype.kind == "float":
                axes = self.structure.tensors.get(name, ())
                same = len(axes) == len(info.shape) == len(other.shape) and all(
                    a == b or self.kind(axis) == "vocabulary"
                    for a, b, axis in zip(info.shape, other.shape, axes, strict=True)
                )
                if same:
                    self.sources[name] = name

    def kind(self, axis: str) -> str:
        """Return an axis's kind, "" for none."""
        known = self.structure.axes.get(axis)
        return known.kind if known else ""

    def shape(self, name: str) -> tuple[int, ...]:
        """Return a tensor's shape in the candidate."""
        return self.reader.tensors(self.candidate)[name].shape

    def source_shape(self, name: str) -> tuple[int, ...]:
        """Return the shape of the subject's tensor that stands for the candidate's of this name."""
        return self.reader.tensors(SUBJECT)[self.sources[name]].shape

    def has(self, source: str) -> bool:
        """Say whether the subject has a tensor of this name."""
        return source in self.reader.tensors(SUBJECT)

    def energies(self, names: list[str]) -> tuple[Features, Features]:
        """Return one unit per tensor: its mean square at every place of the residual stream, in ordinal steps.

        Which hidden unit does what does not matter to it. Features are of the candidate and of the subject.
        """
        rows: list[list[NDArray[np.float64]]] = [[], []]
        for name in names:
            axes = self.structure.tensors[name]
            for side, values in enumerate(reversed(self.read(name))):
                hidden = 1 - axes.index("residual") if "residual" in axes else 0
                largest = float(np.max(np.abs(values.astype(np.float32)), initial=0.0)) or 1.0
                # Whole numbers, so that the order of summation does not matter.
                fixed = np.rint(values.astype(np.float64) / largest * (1 << 16)).astype(np.int64)
                rows[side].append(np.sqrt(np.square(fixed).sum(axis=hidden) / fixed.shape[hidden]) * largest)
        return features_of(np.stack(rows[0])[:, :MOST_COLUMNS]), features_of(np.stack(rows[1])[:, :MOST_COLUMNS])

    def tensors_of(self, axis: str, dimensions: int = 2) -> list[tuple[str, int]]:
        """Return paired tensors of at least so many dimensions that have this axis, and where."""
        found = self.structure.holding(axis)
        shape = self.structure.tensors
        return [(name, place) for name, place in found if name in self.sources and len(shape[name]) >= dimensions]

    def read(self, name: str) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return a tensor as the subject has it, in the orders found so far, and as the candidate has it."""
        theirs = self.reader.read(self.candidate, name)
        ours = self.reader.read(SUBJECT, self.sources[name])
        return self.in_order(ours, self.structure.tensors[name], theirs.shape), theirs

    def in_order(self, ours: NDArray[Any], axes: tuple[str, ...], shape: tuple[int, ...]) -> NDArray[Any]:
        """Return a tensor of the subject in the orders found so far; missing vocabulary rows repeat the first."""
        for dimension, axis in enumerate(axes):
            order = self.orders.get(axis)
            if order is None and ours.shape[dimension] != shape[dimension]:
                # A vocabulary of another size: the rows that both have.
                order = np.minimum(np.arange(shape[dimension]), ours.shape[dimension] - 1)
            if order is not None:
                ours = np.take(ours, np.maximum(order, 0), axis=dimension)
        return ours

    def signed(self, ours: NDArray[Any], axes: tuple[str, ...]) -> NDArray[Any]:
        """Return values, two-dimensional or more, times the signs found for their axes."""
        for dimension, axis in enumerate(axes):
            signs = self.signs.get(axis)
            if signs is not None and ours.ndim > 1:
                shape = [1] * ours.ndim
                shape[dimension] = -1
                ours = (ours.astype(np.float32) * signs.astype(np.float32).reshape(shape)).astype(np.float32)
        return ours

    def features(self, name: str, dimension: int, part: int = 0, parts: int = 1) -> tuple[Features, Features]:
        """Return the features of the candidate's and the subject's units along a dimension.

        Of the other places, every `parts`-th from `part` on is a column, evenly thinned to 1,024: disjoint parts share
        no element. The subject's other places are in the orders found so far, its units as they lie.
        """
        axes = self.structure.tensors[name]
        theirs = self.reader.read(self.candidate, name)
        raw = self.reader.read(SUBJECT, self.sources[name])
        own = axes[dimension]
        others = tuple("" if axis == own else axis for axis in axes)
        shape = tuple(raw.shape[i] if i == dimension else size for i, size in enumerate(theirs.shape))
        ours = self.signed(self.in_order(raw, others, shape), others)
        known = self._known(others, raw.shape, theirs.shape, dimension)
        left, right = (_columns(values, dimension, known, part, parts) for values in (theirs, ours))
        return features_of(left), features_of(right)

    def _known(
        self, axes: tuple[str, ...], ours: tuple[int, ...], theirs: tuple[int, ...], dimension: int
    ) -> NDArray[np.bool_]:
        """Return which columns have a partner in the subject."""
        grid = np.ones([1 if i == dimension else size for i, size in enumerate(theirs)], dtype=bool)
        for place, axis in enumerate(axes):
            if place == dimension:
                continue
            order = self.orders.get(axis)
            have = order >= 0 if order is not None else np.arange(theirs[place]) < ours[place]
            shape = [1] * len(theirs)
            shape[place] = -1
            grid = grid & have.reshape(shape)
        return grid.reshape(-1)

    def same_place(self, name: str) -> "SamePlace | None":
        """Return how a sample of rows of both compares at the same places; None where nothing in it varies."""
        shape = self.reader.tensors(self.candidate)[name].shape
        count = min(shape[0], self.reader.tensors(SUBJECT)[self.sources[name]].shape[0])
        theirs = self._sampled(self.candidate, name, count)
        ours = self._sampled(SUBJECT, self.sources[name], count)
        scaled = any(
            self.kind(axis) not in ("", "vocabulary") and _is_scaled(theirs, ours, dimension)
            for dimension, axis in enumerate(self.structure.tensors[name][:2])
        )
        return _same_place(theirs, ours, scaled=scaled)

    def in_new_place(self, name: str) -> "SamePlace | None":
        """Return how a sample of rows compares in the orders and signs found; None where nothing in it varies."""
        ours, theirs = self.read(name)
        ours = self.signed(ours, self.structure.tensors[name])
        rows = min(len(theirs), 64)
        chosen = np.arange(rows) * len(theirs) // max(1, rows)
        left, right = (values[chosen].reshape(rows, -1).astype(np.float32) for values in (theirs, ours))
        return _same_place(left, right, scaled=False)

    def _sampled(self, side: int, name: str, count: int) -> NDArray[np.float32]:
        """Return rows of a tensor in up to eight runs spread over its first `count` rows."""
        width = math.prod(self.reader.tensors(side)[name].shape[1:])
        rows = max(1, min(count, _SAMPLED_ELEMENTS // max(1, width)))
        runs = 1 if rows == count else min(8, rows)
        size = rows // runs
        parts = []
        for run in range(runs):
            first = run * (count - size) // max(1, runs - 1)
            parts.append(self.reader.read_rows(side, name, first, first + size).reshape(size, -1))
        return np.concatenate(parts).astype(np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePlace:
    """Of one tensor at the same places: correlation, the lowest of any row, equality, and the mark of a rescaling."""

    correlation: float
    lowest: float
    equal: bool
    scaled: bool

    @property
    def in_place(self) -> bool:
        """Say whether every sampled row is where it was."""
        return self.correlation > 0.5 and self.lowest > 0.3


def _same_place(theirs: NDArray[np.float32], ours: NDArray[np.float32], *, scaled: bool) -> SamePlace | None:
    thin = (
        np.arange(min(MOST_FEATURES, theirs.shape[1])) * theirs.shape[1] // max(1, min(MOST_FEATURES, theirs.shape[1]))
    )
    left, right = (features_of(values[:, thin]).astype(np.float64) for values in (theirs, ours))
    # Products of whole numbers: exact in any order.
    both, one, other = (left * right).sum(1), (left * left).sum(1), (right * right).sum(1)
    varies = (one > 0) & (other > 0)
    if not varies.any():
        return None
    rows = both[varies] / np.sqrt(one[varies] * other[varies])
    return SamePlace(
        correlation=float(both.sum() / math.sqrt(float(one.sum()) * float(other.sum()))),
        lowest=float(rows.min()),
        equal=bool(np.array_equal(theirs, ours, equal_nan=True)),
        scaled=scaled,
    )


def _is_scaled(theirs: NDArray[np.float32], ours: NDArray[np.float32], dimension: int) -> bool:
    """Say whether a tenth of the rows (or columns) are multiples of each other: one ratio along them, and not one.

    Rows of a vocabulary are not asked: decay shrinks those of unused tokens by one factor.
    """
    with np.errstate(all="ignore"):
        ratio = np.where(np.abs(theirs) >= np.median(np.abs(theirs)), ours / theirs, np.nan)
        lines = ratio.reshape(theirs.shape) if dimension == 0 else ratio.T
        lines = lines[np.isfinite(lines).sum(axis=1) >= 4]
        if not lines.size:
            return False
        low, middle, high = np.nanpercentile(lines, (25, 50, 75), axis=1)
        constant = np.abs(high - low) < 0.02 * np.abs(middle)
        return bool(np.mean(constant & (np.abs(middle - 1) > 0.02)) > 0.1)


def _columns(
    values: NDArray[Any], dimension: int, known: NDArray[np.bool_], part: int, parts: int
) -> NDArray[np.float32]:
    units = np.moveaxis(values, dimension, 0)
    flat = units.reshape(units.shape[0], -1)
    chosen = np.flatnonzero(known)[part::parts]
    if chosen.size > MOST_FEATURES:
        chosen = chosen[np.arange(MOST_FEATURES) * chosen.size // MOST_FEATURES]
    return np.asarray(flat[:, chosen]).astype(np.float32)


def compare_in_place(sides: TwoSides) -> dict[str, SamePlace]:
    """Return for each paired tensor of two dimensions and more how it compares at the same places."""
    found = {}
    for name in sides.sources:
        if len(sides.structure.tensors[name]) >= 2:
            one = sides.same_place(name)
            if one is not None:
                found[name] = one
    return found
