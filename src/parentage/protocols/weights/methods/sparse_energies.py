"""The weights of sce, predicted: each task vector's mean square over the chosen elements, divided by the sum of these.

Known exactly only where a whole tensor was sampled; elsewhere the weights found by search stay.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from parentage.numerics.linear import add_up
from parentage.numerics.recipes.sparse_masks import variance_masks
from parentage.numerics.recipes.sparse_steps import Prepared, masked
from parentage.protocols.weights.methods.sparse_account import Setting, explained_by, nearby
from parentage.protocols.weights.methods.sparse_scalars import step_lattice
from parentage.protocols.weights.methods.sparse_view import View, thinned

# Below this energy the tool weighs all task vectors alike.
_LEAST_ENERGY = 1e-6
_JUDGED = 8192


def predicted_energies(
    views: Sequence[View], settings: Sequence[Setting], scalars: Sequence[dict[str, float]]
) -> list[Setting]:
    """Return the settings with predicted weights wherever these explain at least as much."""
    return [_predicted(one, setting, own) for one, setting, own in zip(views, settings, scalars, strict=True)]


def _predicted(one: View, setting: Setting, scalars: dict[str, float]) -> Setting:
    part = one.at(thinned(np.flatnonzero(one.moved & (one.apart >= 2)), _JUDGED))
    best, most = setting, explained_by([part], [setting])[1]
    if not one.whole or most == part.subject.size:
        return best
    lattice = step_lattice(one, setting.arithmetic)
    for weights in _energies(one, setting, setting.prepared(one), scalars):
        options = [nearby(weight, lattice, 1) if lattice is not None else [weight] for weight in weights]
        for tried in product(*options):
            hits = explained_by([part], [replace(setting, weights=tried)])[1]
            if hits > most:
                best, most = replace(setting, weights=tried), hits
    return best


def _energies(one: View, setting: Setting, ready: Prepared, scalars: dict[str, float]) -> list[tuple[float, ...]]:
    """Return the weights if elements on the threshold were dropped, and if they were kept."""
    sure, open_ = variance_masks(ready, scalars)
    found = []
    for mask in (sure[0], sure[0] | open_[0]):
        means = []
        for difference in ready.differences:
            square = ready.step(masked(mask, difference) ** 2)
            means.append(add_up(np.add.reduce(_blocks(square), axis=0).tolist()) / one.subject.size)
        rounded = ready.step(np.asarray(means, dtype=one.subject.dtype))
        whole = ready.step(np.asarray([add_up(rounded.tolist())], dtype=one.subject.dtype))
        if float(whole[0]) < _LEAST_ENERGY:
            found.append((1.0 / len(means),) * len(means))
        else:
            found.append(tuple(float(weight) for weight in ready.step(rounded / whole)))
    return list(dict.fromkeys(found))


def _blocks(values: np.ndarray) -> np.ndarray:
    """Return the values as fp64 in rows of 1,024, the last filled up with zeros."""
    padded = np.zeros(-(-values.size // 1024) * 1024)
    padded[: values.size] = values
    return padded.reshape(-1, 1024)
