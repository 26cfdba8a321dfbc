"""An update of one candidate at another scale, from numbers that were never rounded: innocent, and like a merge.

An adapter merged at 0.6 of its scale lies where the merge of base and adapted model at 0.6 lies, agrees with them
wherever they agree, and yet is not computed from their stored bits, so that its replay stops short.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np

from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.methods.dense_counted import LEAST_REPLAYED
from parentage.protocols.weights.methods.dense_sample import Part, coefficients, same_bits

_AGREE = 0.9999
_LEAST_REPLAYED = 0.7
_SPREAD = 0.02
_LEAST_ELEMENTS = 1000
_ENDS = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaledUpdate:
    """The subject lies on the line from `base` to `moved` at `scale`, but was not computed from their stored bits.

    `spread` is how far tensors' own scales reach, `agreement` the share of elements kept where the two agree,
    `elements` the mid elements and `replayed` those that the weighted sum reproduces. Low rank of the difference has
    to be asked of whole matrices.
    """

    base: int
    moved: int
    scale: float
    spread: float
    agreement: float
    elements: int
    replayed: int


def scaled_update(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> ScaledUpdate | None:
    """Return the pair of candidates between which the subject is a rescaled update, or None."""
    found: list[ScaledUpdate] = []
    for moved, base in permutations(candidates, 2):
        usable = [one for one in tensors if one.subject.size and {moved, base} <= set(one.candidates)]
        one = _between([Part(tensor, (moved, base)) for tensor in usable], moved, base)
        if one is not None:
            found.append(one)
    # Of the two directions the one with the update at less than its full scale is the plainer account.
    return max(found, key=lambda one: (one.replayed / one.elements, one.scale <= 1.0), default=None)


def _between(parts: Sequence[Part], moved: int, base: int) -> ScaledUpdate | None:
    scales: list[float] = []
    agree = kept = elements = replayed = 0
    for part in parts:
        alike = part.places[moved] == part.places[base]
        agree += int(np.count_nonzero(alike))
        kept += int(np.count_nonzero(alike & same_bits(part.subject, part.candidates[base])))
        weights = (
            coefficients(part.gram, part.ids, (moved, base), free=False) if part.tells >= _LEAST_ELEMENTS else None
        )
        if weights is None or min(abs(weights[0]), abs(weights[1])) < _ENDS:
            continue
        scales.append(weights[0])
        recipe = Recipe(
            method="linear", arithmetic="fp32", parents=(moved, base), weights=(weights[0], weights[1]), base=False
        )
        count, hits = part.mid_counts(recipe)
        elements, replayed = elements + count, replayed + hits
    if not scales or not agree or not elements:
        return None
    spread = max(scales) - min(scales)
    is_short = _LEAST_REPLAYED * elements <= replayed < LEAST_REPLAYED * elements
    if kept < _AGREE * agree or spread > _SPREAD or not is_short:
        return None
    middle = sorted(scales)[len(scales) // 2]
    return ScaledUpdate(
        base=base,
        moved=moved,
        scale=middle,
        spread=spread,
        agreement=kept / agree,
        elements=elements,
        replayed=replayed,
    )
