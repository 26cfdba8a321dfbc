"""Compares every element in the order found, finds the factors that were moved, and lists what undoes all of it."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from parentage.checkpoint.arranged import PlacedTensor
from parentage.numerics.lattice import LATTICES
from parentage.protocols.weights.arrangement_reading import TwoSides
from parentage.protocols.weights.arrangement_scales import (
    Factors,
    Fit,
    cancels,
    compare_scaled,
    fit_factors,
    opposes,
)
from parentage.protocols.weights.matrices import SUBJECT

_RESEMBLES = 0.3
_FREE = ("hidden", "query", "key", "value", "mixed", "channels")
_Balance = Callable[[Factors | None, Factors | None], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A fit per tensor, the tensors that are not as they were, whether all factors cancel and all places agree."""

    checks: tuple[tuple[str, Fit], ...]
    placed: tuple[PlacedTensor, ...]
    preserving: bool
    consistent: bool


def verify(sides: TwoSides) -> Verified:
    """Return the fits of all paired tensors in the orders that `sides` holds; factors that nothing undoes count not."""
    fits, gained = _fits(sides, with_factors=True)
    if not _balanced(sides, fits, opposes):
        fits, gained = _fits(sides, with_factors=False)
    placed = [place for name in sides.sources if (place := _placed(sides, name, fits[name])) is not None]
    # A gain's own fit says whether it was divided by what its readers were multiplied by.
    undone = all(fits[name].close == fits[name].elements for name in gained if name in fits)
    return Verified(
        checks=tuple((name, fits[name]) for name in sides.sources),
        placed=tuple(placed),
        preserving=undone and _balanced(sides, fits, cancels),
        consistent=_is_consistent(sides, [place.name for place in placed]),
    )


def _is_consistent(sides: TwoSides, names: list[str]) -> bool:
    """Say whether what was moved resembles the candidate in its new place, in all but a twentieth of the tensors.

    Units may match in the rows of a layer and not where they are read: two trainings that drew the same random numbers
    at an offset do. That is a relation, and no rearrangement.
    """
    moved = [name for name in names if any(axis in sides.orders for axis in sides.structure.tensors[name])]
    found = [sides.in_new_place(name) for name in moved if len(sides.structure.tensors[name]) > 1]
    alike = [same.correlation > _RESEMBLES for same in found if same is not None]
    return 20 * alike.count(False) <= len(alike)


def _fits(sides: TwoSides, *, with_factors: bool) -> tuple[dict[str, Fit], dict[str, Factors]]:
    fits: dict[str, Fit] = {}
    vectors = [name for name in sides.sources if len(sides.structure.tensors[name]) < 2]
    for name in sides.sources:
        if name not in vectors:
            fits[name] = _fit_matrix(sides, name, with_factors=with_factors)
    gained = _accepted_gains(sides, fits)
    for name in vectors:
        fits[name] = _fit_vector(sides, name, fits, gained)
    return fits, gained


def _fit_matrix(sides: TwoSides, name: str, *, with_factors: bool) -> Fit:
    axes = sides.structure.tensors[name]
    ours, theirs = sides.read(name)
    kind = sides.reader.tensors(SUBJECT)[sides.sources[name]].dtype.name
    known = _known_rows(sides, axes, ours.shape[0], sides.source_shape(name)[0])
    if known is not None:
        ours, theirs = ours[known], theirs[known]
    plain: list[Factors | None] = [None] * len(axes)
    if kind not in LATTICES:
        return Fit(factors=tuple(plain), elements=int(ours.size), equal=0, close=0)
    signs = [_signs(sides, axis) for axis in axes]
    first = compare_scaled(ours, theirs, signs, kind)
    if first.equal == first.elements:
        return first
    free = [with_factors and sides.kind(axis) in _FREE for axis in axes]
    stream: list[list[Factors | None]] = [signs]
    for ratio in _gain_ratios(sides, name):
        column = axes.index("residual")
        with_gain = list(signs)
        own = signs[column]
        with_gain[column] = ratio if own is None else ratio * own
        stream.append(with_gain)
    return fit_factors(ours, theirs, stream, free, kind)


def _known_rows(sides: TwoSides, axes: tuple[str, ...], offered: int, have: int) -> np.ndarray | None:
    """Return which rows of a vocabulary have a partner, or None where all do."""
    if not axes or sides.kind(axes[0]) != "vocabulary":
        return None
    order = sides.orders.get(axes[0])
    known = order >= 0 if order is not None else np.arange(offered) < have
    return None if known.all() else known


def _signs(sides: TwoSides, axis: str) -> Factors | None:
    signs = sides.signs.get(axis)
    return signs.astype(np.float64) if signs is not None and (signs < 0).any() else None


def _gain_ratios(sides: TwoSides, name: str) -> list[Factors]:
    """Return what a reader's columns were multiplied by if the gains before it were folded in: plain, or of 1 + w."""
    gain = sides.structure.gains.get(name)
    if gain is None or gain not in sides.sources:
        return []
    ours, theirs = (values.astype(np.float64) for values in sides.read(gain))
    if np.array_equal(ours, theirs):
        return []
    ratios = []
    for shift in (0.0, 1.0):
        with np.errstate(divide="ignore", invalid="ignore"):
            ratio = (theirs + shift) / (ours + shift)
        if np.isfinite(ratio).all() and (ratio != 0).all():
            ratios.append(ratio)
    return ratios


def _accepted_gains(sides: TwoSides, fits: dict[str, Fit]) -> dict[str, Factors]:
    """Return for each gain vector what all of its readers' columns were multiplied by."""
    found: dict[str, Factors] = {}
    refused = set()
    for name, gain in sides.structure.gains.items():
        fit = fits.get(name)
        if fit is None:
            continue
        column = sides.structure.tensors[name].index("residual")
        signs = sides.signs.get("residual")
        factor = fit.factors[column]
        if factor is None:
            factor = np.ones(sides.shape(name)[column])
        elif signs is not None:
            factor = factor * signs
        if gain in found and not np.array_equal(found[gain], factor):
            refused.add(gain)
        found.setdefault(gain, factor)
    return {gain: factor for gain, factor in found.items() if gain not in refused and (factor != 1).any()}


def _fit_vector(sides: TwoSides, name: str, fits: dict[str, Fit], gained: dict[str, Factors]) -> Fit:
    """Return the fit of a bias or a gain: its factors are those that its matrix or its readers show, not its own."""
    axes = sides.structure.tensors[name]
    ours, theirs = sides.read(name)
    kind = sides.reader.tensors(SUBJECT)[sides.sources[name]].dtype.name
    if kind not in LATTICES or not axes:
        return Fit(factors=(None,) * len(axes), elements=int(ours.size), equal=0, close=0)
    factor: Factors | None = None
    matrix = fits.get(name.removesuffix(".bias") + ".weight")
    if name in gained:
        # Of 1 + w the factor is not one of w: what is left of it is compared by its value.
        given = gained[name]
        with np.errstate(divide="ignore", invalid="ignore"):
            plain = compare_scaled(ours, theirs, [1 / given], kind)
            shifted = ((1 + theirs.astype(np.float64)) / given - 1).astype(theirs.dtype)
        other = compare_scaled(ours, shifted, [None], kind)
        return plain if plain.close >= other.close else other
    if name.endswith(".bias") and matrix is not None and matrix.factors:
        factor = matrix.factors[0]
    return compare_scaled(ours, theirs, [factor], kind)


def _balanced(sides: TwoSides, fits: dict[str, Fit], balance: _Balance) -> bool:
    """Say whether every factor of a unit is undone where the unit is read."""
    for axis in sides.structure.axes.values():
        held = [(name, place) for name, place in sides.tensors_of(axis.name) if name in fits]
        factors = [(name, place, fits[name].factors[place]) for name, place in held]
        if axis.kind in ("hidden", "channels"):
            writers = [f for name, place, f in factors if place == 0 and f is not None]
            readers = [f for _, place, f in factors if place == 1 and f is not None]
            if len(writers) > 1 or not balance(writers[0] if writers else None, readers[0] if readers else None):
                return False
    return all(_heads_balanced(sides, fits, axis.removesuffix(".value"), balance) for axis in _values(sides))


def _values(sides: TwoSides) -> list[str]:
    return [name for name, axis in sides.structure.axes.items() if axis.kind == "value"]


def _heads_balanced(sides: TwoSides, fits: dict[str, Fit], layer: str, balance: _Balance) -> bool:
    """Compare value rows with output columns and query rows with key rows, each query head with its group's."""
    for few, many in (("value", "mixed"), ("key", "query")):
        one, other = (_axis_factor(sides, fits, f"{layer}.{part}") for part in (few, many))
        if one is None and other is None:
            continue
        axis, wide = (sides.structure.axes.get(f"{layer}.{part}") for part in (few, many))
        if axis is None or wide is None or wide.blocks % axis.blocks:
            return False
        inner = axis.size // axis.blocks
        grouped = (np.ones(axis.size) if one is None else one).reshape(axis.blocks, 1, inner)
        spread = np.broadcast_to(grouped, (axis.blocks, wide.blocks // axis.blocks, inner)).reshape(-1)
        if spread.size != wide.size or not balance(spread, other):
            return False
    return True


def _axis_factor(sides: TwoSides, fits: dict[str, Fit], axis: str) -> Factors | None:
    for name, place in sides.tensors_of(axis):
        if name in fits and fits[name].factors[place] is not None:
            return fits[name].factors[place]
    return None


def _placed(sides: TwoSides, name: str, fit: Fit) -> PlacedTensor | None:
    """Return how the tensor is put back, or None where it is as it was."""
    axes = tuple(axis if axis in sides.orders else "" for axis in sides.structure.tensors[name])
    scales = tuple(() if factor is None else tuple((1 / factor).tolist()) for factor in fit.factors)
    source = sides.sources[name]
    if not any(axes) and not any(scales) and source == name:
        return None
    return PlacedTensor(name=name, source=source, axes=axes, scales=scales if any(scales) else ())
