"""The weights of sce, predicted: each task vector's mean square over the chosen elements, divided by the sum of these.

Known exactly only where a whole tensor was sampled; elsewhere the weights found by search stay.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice
from parentage.numerics.linear import add_up
from parentage.numerics.recipes.sparse_masks import same_bits, variance_masks
from parentage.numerics.recipes.sparse_steps import Prepared, masked, merge
from parentage.protocols.weights.methods.sparse_account import Setting, nearby
from parentage.protocols.weights.methods.sparse_scalars import step_lattice
from parentage.protocols.weights.methods.sparse_view import View, thinned

# Below this energy the tool weighs all task vectors alike.
_LEAST_ENERGY = 1e-6
_JUDGED = 8192
_CLIMBS = 6
# How many parts the elements on the threshold are divided into.
_SHARES = 32


def predicted_energies(
    views: Sequence[View], settings: Sequence[Setting], scalars: Sequence[dict[str, float]]
) -> list[Setting]:
    """Return the settings with predicted weights wherever these explain at least as much."""
    return [_predicted(one, setting, own) for one, setting, own in zip(views, settings, scalars, strict=True)]


def _predicted(one: View, setting: Setting, scalars: dict[str, float]) -> Setting:
    part = one.at(thinned(np.flatnonzero(one.moved & (one.apart >= 2)), _JUDGED))
    best, most = setting, _hits(part, setting)
    if not one.whole or most == part.subject.size:
        return best
    guesses = [replace(setting, weights=weights) for weights in _energies(one, setting, scalars)]
    hits = [_hits(part, guess) for guess in guesses]
    found, hit = _climbed(part, guesses[hits.index(max(hits))], step_lattice(one, setting.arithmetic))
    return found if hit > most else best


def _hits(part: View, setting: Setting) -> int:
    """Return how many elements are what all task vectors together make: sce keeps an element in all or in none."""
    everything = np.ones(part.subject.size, dtype=bool)
    result = merge(setting.prepared(part), [everything] * len(part.differences), setting.mix)
    return int(np.count_nonzero(same_bits(result, part.subject)))


def _climbed(part: View, setting: Setting, lattice: Lattice | None) -> tuple[Setting, int]:
    """Return the weights a few places of the lattice away that explain most elements, and how many.

    A mean square is rounded after a sum whose order the tool leaves open: it can end a place or two away.
    """
    best, most = setting, _hits(part, setting)
    for _ in range(_CLIMBS if lattice is not None else 0):
        options = [nearby(weight, lattice, 1) for weight in best.weights] if lattice is not None else []
        tried = [replace(setting, weights=weights) for weights in product(*options)]
        hits = [_hits(part, one) for one in tried]
        if max(hits) <= most:
            break
        most = max(hits)
        best = tried[hits.index(most)]
    return best, most


def _energies(one: View, setting: Setting, scalars: dict[str, float]) -> list[tuple[float, ...]]:
    """Return the weights that follow where none, some or all of the elements on the threshold were kept.

    Differences of coarse numbers have few values, so that many elements can lie on it: how many the tool kept is open.
    """
    ready = setting.prepared(one)
    sure, open_ = variance_masks(ready, scalars)
    inside = [_mean_square(ready, difference, sure[0]) for difference in ready.differences]
    on = [_mean_square(ready, difference, open_[0]) for difference in ready.differences]
    found = []
    for kept in range(_SHARES + 1):
        means = [mean + edge * (kept / _SHARES) for mean, edge in zip(inside, on, strict=True)]
        rounded = ready.step(np.asarray(means, dtype=one.subject.dtype))
        whole = ready.step(np.asarray([add_up(rounded.tolist())], dtype=one.subject.dtype))
        if float(whole[0]) < _LEAST_ENERGY:
            found.append((1.0 / len(means),) * len(means))
        else:
            found.append(tuple(float(weight) for weight in ready.step(rounded / whole)))
    return list(dict.fromkeys(found))


def _mean_square(ready: Prepared, difference: Floats, mask: NDArray[np.bool_]) -> float:
    square = ready.step(masked(mask, difference) ** 2)
    return add_up(np.add.reduce(_blocks(square), axis=0).tolist()) / difference.size


def _blocks(values: np.ndarray) -> np.ndarray:
    """Return the values as fp64 in rows of 1,024, the last filled up with zeros."""
    padded = np.zeros(-(-values.size // 1024) * 1024)
    padded[: values.size] = values
    return padded.reshape(-1, 1024)
