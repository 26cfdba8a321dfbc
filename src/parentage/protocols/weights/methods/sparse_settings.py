"""Finds the setting of a sparse merge: factors become election, weights, lambda and each tensor's scale.

Weights are one for all tensors where that explains the subject, or each tensor's own; the scale after dropping is each
tensor's own wherever a tool matches norms. Every guess is judged by the elements that it explains exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from parentage.numerics.recipes.sparse_steps import Election
from parentage.numerics.stabbing import simplest_decimal
from parentage.protocols.weights.methods.sparse_account import Setting, evidence, explained_by, probe
from parentage.protocols.weights.methods.sparse_atoms import Factors, factors, shares
from parentage.protocols.weights.methods.sparse_scalars import Reading, candidates
from parentage.protocols.weights.methods.sparse_view import FAR, View, thinned

_PROBED = 2048
_SMALL_ATOM = 6
_CLEAR_DEPTH = 0.05
# The least constrained structure explains what the others do; the others are preferred if they lose no more than this.
_LOSS = 0.003
_HOPELESS = 0.85
_LEAST_DENSITY = 0.005
_FEW = 6
_GRIDDED = 512
_ALL = 0.995


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Settings, one for each view, with the elements probed and explained, and the share of each task vector kept."""

    settings: tuple[Setting, ...]
    probed: int
    explained: int
    density: tuple[float, ...]
    rescaled: bool

    @property
    def share(self) -> float:
        """Explained share of the probed elements."""
        return self.explained / self.probed if self.probed else 0.0


def find_settings(views: Sequence[View], arithmetic: str) -> Found | None:
    """Return the settings that explain most, or None where a task vector leaves no atom or nothing explains half."""
    pooled = factors(views, arithmetic)
    own = [factors([one], arithmetic, least=_SMALL_ATOM) for one in views]
    known = [_usable(each, pooled, own) for each in own]
    alone = [each for each in known if each is not None]
    if len(alone) < len(known):
        return None
    probes = [probe(one, _PROBED) for one in views]
    structure = _structure(views, probes, alone, pooled, arithmetic)
    if structure is None:
        return None
    density, mass = _densities(views, structure)
    if min(density) < _LEAST_DENSITY:
        return None
    reading = Reading(structure=tuple(structure), pooled=pooled, mass=tuple(mass), density=density)
    best: Found | None = None
    for settings, rescaled in candidates(probes, reading):
        size, hits = explained_by(probes, settings)
        if best is None or hits > best.explained:
            best = Found(settings=tuple(settings), probed=size, explained=hits, density=density, rescaled=rescaled)
        if best.share >= _ALL:
            break
    return best


def _usable(each: Factors, pooled: Factors, own: Sequence[Factors]) -> tuple[float, ...] | None:
    values = []
    for place, (stab, whole) in enumerate(zip(each.stabs, pooled.stabs, strict=True)):
        depths = sorted(s.depth for f in own if (s := f.stabs[place]) is not None and s.elements >= 1000)
        typical = depths[len(depths) // 2] if depths else (whole.depth if whole is not None else 0.0)
        if whole is None or max(typical, whole.depth) < _CLEAR_DEPTH:
            return None
        values.append((stab if stab is not None and stab.depth >= _CLEAR_DEPTH else whole).middle)
    # A factor of zero is no factor, and what overflows cannot be recomputed.
    return tuple(values) if all(np.isfinite(v) and 1e-4 < abs(v) < 1e4 for v in values) else None


def _structure(
    views: Sequence[View],
    probes: Sequence[View],
    alone: Sequence[tuple[float, ...]],
    pooled: Factors,
    arithmetic: str,
) -> list[Setting] | None:
    """Return the most constrained structure that explains as much as any, at the factors as stabbed."""
    ones = (1.0,) * len(alone[0])
    plain = [Setting(arithmetic=arithmetic, election=Election.NONE, weights=own, scales=ones) for own in alone]
    tried = [(plain, explained_by(probes, plain, tolerant=True))]
    if len(ones) > 1:
        elected = [replace(setting, election=Election.WEIGHTED) for setting in plain]
        tried.insert(0, (elected, explained_by(probes, elected, tolerant=True)))
        for each in _averaged(views, probes, alone, pooled, arithmetic):
            tried.insert(0, (each, explained_by(probes, each, tolerant=True)))
    most = max(hits for _, (_, hits) in tried)
    size = tried[0][1][0]
    if size == 0 or most < _HOPELESS * size:
        return None
    return next(settings for settings, (_, hits) in tried if hits >= most - _LOSS * size)


def _averaged(
    views: Sequence[View],
    probes: Sequence[View],
    alone: Sequence[tuple[float, ...]],
    pooled_factors: Factors,
    arithmetic: str,
) -> list[list[Setting]]:
    """Return the structures that average the elected: by energy, with one factor, and by weights, with any."""
    found = []
    # Where task vectors are alike few elements are one's alone; the deepest factor then holds for all.
    level = _levelled(alone, pooled_factors)
    for own in (list(alone), level):
        pooled = shares(views, own, arithmetic)
        if len(own[0]) == 3:
            pooled = _gridded(probes, own, arithmetic)
        if pooled is None:
            continue
        setting = Setting(
            arithmetic=arithmetic,
            election=Election.WEIGHTED,
            weights=tuple(pooled),
            scales=(1.0,) * len(pooled),
            normalize=True,
        )
        found.append([replace(setting, scales=scales) for scales in own])
        if own is level:
            mine = [shares([one], [level[0]], arithmetic) or pooled for one in views]
            energies = [
                replace(setting, weights=tuple(weights), scales=level[0], election=Election.PLAIN) for weights in mine
            ]
            found.insert(0, energies)
    return found


def _gridded(probes: Sequence[View], own: Sequence[tuple[float, ...]], arithmetic: str) -> list[float]:
    """Return shares of three task vectors in steps of a twentieth: two of three alone are too rare to be stabbed."""
    few = sorted(range(len(probes)), key=lambda i: -probes[i].subject.size)[:_FEW]
    parts = [probes[i].at(thinned(np.arange(probes[i].subject.size), _GRIDDED)) for i in few]

    def reached(units: tuple[int, int, int]) -> int:
        weights = tuple(unit / 20 for unit in units)
        settings = [
            Setting(arithmetic=arithmetic, election=Election.WEIGHTED, weights=weights, scales=own[i], normalize=True)
            for i in few
        ]
        return explained_by(parts, settings, tolerant=True)[1]

    coarse = [(a, b, 20 - a - b) for a in range(2, 18, 2) for b in range(2, 20 - a, 2)]
    first = max(coarse, key=reached)
    near = [(first[0] + i, first[1] + j, first[2] - i - j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
    best = max((units for units in near if min(units) > 0), key=reached)
    return [unit / 20 for unit in best]


def _levelled(alone: Sequence[tuple[float, ...]], pooled: Factors) -> list[tuple[float, ...]]:
    """Return one factor for all task vectors and tensors: that with the deepest atom."""
    best = max((stab for stab in pooled.stabs if stab is not None), key=lambda stab: stab.depth)
    level = simplest_decimal(best.middle * 0.995, best.middle * 1.005) or best.middle
    return [(level,) * len(alone[0])] * len(alone)


def _densities(views: Sequence[View], settings: Sequence[Setting]) -> tuple[tuple[float, ...], list[tuple[float, ...]]]:
    """Return each task vector's share of kept elements, pooled, and per view its share of kept magnitude."""
    number = len(settings[0].weights)
    kept, seen = [0] * number, [0] * number
    mass: list[tuple[float, ...]] = []
    for one, setting in zip(views, settings, strict=True):
        floor = 4 * FAR if np.count_nonzero(one.apart >= 4 * FAR) >= _PROBED else FAR
        part = one.at(thinned(np.flatnonzero(one.apart >= floor), 8 * _PROBED))
        found = evidence(part, setting, tolerant=True)
        row = []
        for i in range(number):
            clear = part.steps[i] >= floor
            size = np.abs(part.differences[i]).astype(np.float64)
            held = float(np.add.reduce(size[found.kept[i] & clear]))
            lost = float(np.add.reduce(size[found.dropped[i] & clear]))
            kept[i] += int(np.count_nonzero(found.kept[i] & clear))
            seen[i] += int(np.count_nonzero((found.kept[i] | found.dropped[i]) & clear))
            row.append(held / (held + lost) if held > 0 else 1.0)
        mass.append(tuple(row))
    return tuple(k / s if s else 1.0 for k, s in zip(kept, seen, strict=True)), mass
