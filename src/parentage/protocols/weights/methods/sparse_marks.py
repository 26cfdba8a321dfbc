"""Which rule dropped elements? Each sparse method leaves its mark in who was kept, as a function of magnitude.

ties keeps the largest changes of a tensor; breadcrumbs drops the very largest too; sce asks for variance; arcee-fusion
has a threshold in each row; dare drops at random, della too, but large changes of a row less often.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.linear import add_up
from parentage.numerics.recipes.sparse_masks import variance
from parentage.numerics.stabbing import deepest, simplest_decimal
from parentage.protocols.weights.methods.sparse_account import Setting, evidence
from parentage.protocols.weights.methods.sparse_view import FAR, View

_ERRORS = 0.005
_WINDOW = 64
_SLOPE = 0.02
_SLOPE_Z = 6.0
_SPOKEN = 50


class Rule(Enum):
    """How elements were chosen."""

    ALL = "all"
    MAGNITUDE = "magnitude"
    BAND = "band"
    VARIANCE = "variance"
    ROWS = "rows"
    RANKED = "ranked"
    RANDOM = "random"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """The rule, its scalars for each view, each task vector's density, and what else the rule has.

    `elements` says how many elements spoke, `errors` how many of them against the rule.
    """

    rule: Rule
    scalars: tuple[dict[str, float], ...]
    density: tuple[float, ...]
    gamma: float
    epsilon: float
    elements: int
    errors: int
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Witness:
    """One task vector in one view: magnitudes, and which elements were certainly kept or dropped."""

    size: NDArray[np.float64]
    kept: NDArray[np.bool_]
    dropped: NDArray[np.bool_]
    clear: NDArray[np.bool_]


def read_mark(views: Sequence[View], settings: Sequence[Setting]) -> Mark:
    """Return the rule that fits, the simplest first."""
    witnesses: list[list[_Witness]] = []
    spreads: list[_Witness] = []
    for one, setting in zip(views, settings, strict=True):
        own, joint = _witnesses(one, setting)
        witnesses.append(own)
        spreads.append(joint)
    flat = [witness for own in witnesses for witness in own]
    kept = sum(int(np.count_nonzero(w.kept & w.clear)) for w in flat)
    dropped = sum(int(np.count_nonzero(w.dropped & w.clear)) for w in flat)
    elements = kept + dropped
    low = [[_lowest(w) for w in own] for own in witnesses]
    band = [[_band(w) for w in own] for own in witnesses]
    low_errors = sum(errors for own in low for _, errors in own)
    band_errors = sum(errors for own in band for _, _, errors in own)
    number = len(witnesses[0])
    everything = sum(int(np.count_nonzero(w.kept | w.dropped)) for w in flat)

    def made(rule: Rule, scalars: Sequence[dict[str, float]], errors: int, **more: float) -> Mark:
        return Mark(
            rule=rule,
            scalars=tuple(scalars),
            density=_density(witnesses, scalars, number),
            gamma=more.get("gamma", 0.0),
            epsilon=more.get("epsilon", 0.0),
            elements=elements,
            errors=errors,
            dropped=dropped,
        )

    # Tensors or rows left alone are no mask: that takes dropped elements between kept ones.
    if dropped <= 0.002 * elements or not _alternate(flat):
        return made(Rule.ALL, [{}] * len(views), dropped)
    limit = _ERRORS * everything
    if low_errors <= limit and low_errors <= 4 * band_errors + 20:
        return made(Rule.MAGNITUDE, [{f"low_{i}": t for i, (t, _) in enumerate(own)} for own in low], low_errors)
    if band_errors <= limit:
        scalars = [
            {
                f"{name}_{i}": value
                for i, (lo, hi, _) in enumerate(own)
                for name, value in (("low", lo), ("high", hi))
                if np.isfinite(value)
            }
            for own in band
        ]
        return made(Rule.BAND, scalars, band_errors, gamma=_gamma(witnesses, band))
    if number > 1:
        limits = [_lowest(w) for w in spreads]
        errors = sum(e for _, e in limits)
        if errors <= _ERRORS * sum(int(np.count_nonzero(w.kept | w.dropped)) for w in spreads):
            return made(Rule.VARIANCE, [{"low": t} for t, _ in limits], errors)
    if number == 1 and _by_rows(views, [own[0] for own in witnesses]):
        return made(Rule.ROWS, [{}] * len(views), 0)
    slope, z, middle = _slope(views, witnesses)
    if slope >= _SLOPE and z >= _SLOPE_Z:
        return made(Rule.RANKED, [{}] * len(views), 0, epsilon=0.5 * slope, middle=middle)
    return made(Rule.RANDOM, [{}] * len(views), 0)


def _witnesses(one: View, setting: Setting) -> tuple[list[_Witness], _Witness]:
    found = evidence(one, setting)
    ready = setting.prepared(one)
    own = []
    for i, step in enumerate(one.steps):
        clear = step >= FAR
        size = np.abs(ready.differences[i]).astype(np.float64)
        own.append(_Witness(size=size, kept=found.kept[i], dropped=found.dropped[i], clear=clear))
    any_kept = found.explained & one.moved
    none = np.all(np.stack(found.dropped), axis=0) & ~one.moved
    spread = variance(ready).astype(np.float64) if len(own) > 1 else own[0].size
    return own, _Witness(size=spread, kept=any_kept, dropped=none, clear=one.apart >= FAR)


def _alternate(witnesses: Sequence[_Witness]) -> bool:
    """Say whether kept and dropped elements of a task vector alternate at least a quarter as often as by chance."""
    changes = expected = 0.0
    for witness in witnesses:
        said = witness.clear & (witness.kept | witness.dropped)
        kept = witness.kept[said]
        if kept.size < 2:
            continue
        share = float(np.count_nonzero(kept)) / kept.size
        changes += float(np.count_nonzero(kept[1:] != kept[:-1]))
        expected += 2.0 * share * (1.0 - share) * (kept.size - 1)
    return expected >= 20.0 and changes >= 0.25 * expected


def _counts(witness: _Witness) -> tuple[NDArray[np.float64], NDArray[np.int64], NDArray[np.int64]]:
    values, inverse = np.unique(witness.size[witness.kept | witness.dropped], return_inverse=True)
    said = witness.kept[witness.kept | witness.dropped]
    kept = np.bincount(inverse[said], minlength=values.size).astype(np.int64)
    dropped = np.bincount(inverse[~said], minlength=values.size).astype(np.int64)
    return values, kept, dropped


def _lowest(witness: _Witness) -> tuple[float, int]:
    """Return the threshold that most elements agree with (what lies on it is free), and how many do not."""
    values, kept, dropped = _counts(witness)
    if not values.size:
        return -1.0, 0
    below = np.cumsum(kept) - kept
    above = dropped.sum() - np.cumsum(dropped)
    errors = below + above
    best = int(np.argmin(errors))
    if dropped.sum() <= errors[best]:
        return -1.0, int(dropped.sum())
    return float(values[best]), int(errors[best])


def _band(witness: _Witness) -> tuple[float, float, int]:
    """Return the two magnitudes between which elements were kept, and how many disagree."""
    if not np.any(witness.kept):
        return -1.0, np.inf, int(np.count_nonzero(witness.dropped))
    middle = float(np.median(witness.size[witness.kept]))
    lower = witness.size <= middle
    low, first = _lowest(_part(witness, lower))
    flipped = _part(witness, ~lower)
    turned = _Witness(size=-flipped.size, kept=flipped.kept, dropped=flipped.dropped, clear=flipped.clear)
    values, kept, dropped = _counts(turned)
    if not values.size:
        return low, np.inf, first
    errors = np.cumsum(kept) - kept + dropped.sum() - np.cumsum(dropped)
    best = int(np.argmin(errors))
    if dropped.sum() <= errors[best]:
        return low, np.inf, first + int(dropped.sum())
    return low, float(-values[best]), first + int(errors[best])


def _part(witness: _Witness, inside: NDArray[np.bool_]) -> _Witness:
    return _Witness(
        size=witness.size[inside],
        kept=witness.kept[inside],
        dropped=witness.dropped[inside],
        clear=witness.clear[inside],
    )


def _density(
    witnesses: Sequence[Sequence[_Witness]], scalars: Sequence[dict[str, float]], number: int
) -> tuple[float, ...]:
    """Return the share of elements kept: of all between the thresholds, or of those that say which they are."""
    found = []
    for i in range(number):
        limits = [
            (own[i], row.get(f"low_{i}"), row.get(f"high_{i}", np.inf))
            for own, row in zip(witnesses, scalars, strict=True)
        ]
        if any(low is not None for _, low, _ in limits):
            found.append(_between([(w, -1.0 if low is None else low, high) for w, low, high in limits]))
            continue
        kept = sum(int(np.count_nonzero(own[i].kept & own[i].clear)) for own in witnesses)
        seen = sum(int(np.count_nonzero((own[i].kept | own[i].dropped) & own[i].clear)) for own in witnesses)
        found.append(kept / seen if seen else 1.0)
    return tuple(found)


def _between(limits: Sequence[tuple[_Witness, float, float]]) -> float:
    """Return the share of elements between two magnitudes: the shortest decimal that most tensors allow.

    What lies on a threshold may or may not have been kept, so that each tensor allows a range of shares.
    """
    ranges = []
    for witness, low, high in limits:
        size = witness.size
        if np.count_nonzero(witness.kept | witness.dropped) < _SPOKEN or (low < 0.0 and not np.isfinite(high)):
            continue
        least = int(np.count_nonzero((size > low) & (size < high)))
        most = int(np.count_nonzero((size >= low) & (size <= high)))
        ranges.append((least / size.size, (most + 1) / size.size))
    if not ranges:
        return 1.0
    ends = np.asarray(ranges)
    stab = deepest([lambda stride: (ends[::stride, 0], ends[::stride, 1])])
    # Ranges are counted closed: the deepest point may be where one ends and another begins.
    assert stab is not None
    short = simplest_decimal(stab.low, stab.high)
    return short if short is not None else stab.middle


def _gamma(witnesses: Sequence[Sequence[_Witness]], band: Sequence[Sequence[tuple[float, float, int]]]) -> float:
    limits = [
        (witness, high, np.inf)
        for own, rows in zip(witnesses, band, strict=True)
        for witness, (_, high, _) in zip(own, rows, strict=True)
        if np.isfinite(high)
    ]
    return _between(limits) if limits else 0.0


def _by_rows(views: Sequence[View], witnesses: Sequence[_Witness]) -> bool:
    """Say whether magnitude splits kept from dropped within short runs of elements, though not over the tensor."""
    errors = chance = 0
    for one, witness in zip(views, witnesses, strict=True):
        size = witness.size.size
        run = min(_WINDOW, max(1, one.row))
        # Of a whole tensor the beginning of each row is looked at: a window over two rows has two thresholds.
        stride = one.row if one.whole and one.row > 1 and size % one.row == 0 else run
        for start in range(0, size - run + 1, stride * max(1, size // (stride * 256))):
            part = slice(start, start + run)
            window = _Witness(
                size=witness.size[part],
                kept=witness.kept[part] & witness.clear[part],
                dropped=witness.dropped[part] & witness.clear[part],
                clear=witness.clear[part],
            )
            kept, dropped = int(np.count_nonzero(window.kept)), int(np.count_nonzero(window.dropped))
            if min(kept, dropped) >= 2:
                errors += _lowest(window)[1]
                chance += min(kept, dropped)
    return chance >= 50 and errors <= 0.05 * chance


def _slope(views: Sequence[View], witnesses: Sequence[Sequence[_Witness]]) -> tuple[float, float, float]:
    """Return how the share kept rises from the smallest to the largest change of a row, in deviations from zero too."""
    ranks, said = [], []
    for one, own in zip(views, witnesses, strict=True):
        for witness in own:
            width = one.row if one.whole and one.row > 1 and witness.size.size % one.row == 0 else witness.size.size
            if width < 2:
                continue
            rows = witness.size.reshape(-1, width)
            rank = np.argsort(np.argsort(rows, axis=1, kind="stable"), axis=1, kind="stable") / (width - 1)
            clear = (witness.kept | witness.dropped) & witness.clear
            ranks.append(rank.reshape(-1)[clear] - 0.5)
            said.append(witness.kept[clear].astype(np.float64))
    x, y = np.concatenate([np.zeros(0), *ranks]), np.concatenate([np.zeros(0), *said])
    if x.size < 100:
        return 0.0, 0.0, 0.5
    x0, y0 = _mean(x), _mean(y)
    spread = _mean((x - x0) ** 2)
    if spread <= 0.0:
        return 0.0, 0.0, y0
    slope = _mean((x - x0) * (y - y0)) / spread
    error = (max(y0 * (1.0 - y0), 1e-9) / (spread * x.size)) ** 0.5
    return slope, slope / error, y0 - slope * x0


def _mean(values: NDArray[np.float64]) -> float:
    # Blocks of fixed size, added in order: the same bits everywhere.
    padded = np.zeros(-(-values.size // 1024) * 1024)
    padded[: values.size] = values
    return add_up(np.add.reduce(padded.reshape(-1, 1024).T, axis=0).tolist()) / values.size
