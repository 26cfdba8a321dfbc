"""Which merge that moves every element made the subject? Roles, roundings and parameters, found by replay.

Innocent subjects are left early: no weighted sum of the candidates comes near. What is returned reproduces at least
95 % of the mid elements; anything less is no account.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.methods.dense_closest import HOPEFUL, closest_fits
from parentage.protocols.weights.methods.dense_copy import scaled_copies
from parentage.protocols.weights.methods.dense_counted import LEAST_REPLAYED, Counted, count_closest
from parentage.protocols.weights.methods.dense_naming import (
    differs_in_last_places,
    folded_weights,
    freedom,
    is_level,
    method_of,
    own_parameters,
    parted_by_threshold,
)
from parentage.protocols.weights.methods.dense_sample import LEAST_TELLING, Part

_MOST_CANDIDATES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DenseChoice:
    """A dense merge that reproduces the sample.

    `parents` are candidate indices, the base last where the method has one, `weights` theirs (those of the tensor that
    tells most, where they differ). `elements` counts mid elements of the sample, `replayed` those reproduced. `pattern`
    says over what parameters are constant. `runners_up` give replayed elements out of the same number.
    """

    method: str
    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    recipes: Mapping[int, Recipe]
    elements: int
    replayed: int
    tensors_tried: int
    tensors_replayed: int
    parameters: tuple[tuple[str, float], ...]
    pattern: str
    same_as: tuple[str, ...]
    runners_up: tuple[tuple[str, int], ...]


def choose_dense(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> DenseChoice | None:
    """Return the dense merge of some of the candidates that reproduces the sample best, or None."""
    parts = telling_parts(tensors, candidates)
    if parts:
        fits = closest_fits(parts, candidates)
        if fits and fits[0].share >= HOPEFUL:
            counted = count_closest(fits, parts, candidates)
            if counted[0].share >= LEAST_REPLAYED:
                return _chosen(counted, parts)
    return _copied(tensors, candidates)


def telling_parts(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> list[Part]:
    """Return the tensors that tell: all candidates have them, they differ, and the subject copies none of them."""
    if not 2 <= len(candidates) <= _MOST_CANDIDATES:
        return []
    usable = [one for one in tensors if one.subject.size and all(place in one.candidates for place in candidates)]
    parts = [Part(tensor, candidates) for tensor in usable]
    return [part for part in parts if part.tells >= LEAST_TELLING and not part.is_copy]


def _chosen(counted: Sequence[Counted], parts: Sequence[Part]) -> DenseChoice:
    partial = any(part.repeats > 1.0 for part in parts)
    level = parted_by_threshold([one for one in counted if is_level(one, counted[0], partial=partial)], parts)
    leader = min(level, key=freedom)
    form = leader.fit.form
    teller = max(parts, key=lambda part: part.tells)
    recipe = leader.recipes[teller.index]
    names = [method_of(one.fit) for one in counted if one in level or differs_in_last_places(one, leader)]
    return DenseChoice(
        method=method_of(leader.fit),
        arithmetic=form.arithmetic,
        parents=form.parents,
        weights=folded_weights(recipe),
        recipes=leader.recipes,
        elements=leader.elements,
        replayed=leader.replayed,
        tensors_tried=leader.tensors_tried,
        tensors_replayed=leader.tensors_replayed,
        parameters=own_parameters(leader, teller),
        pattern=leader.fit.level,
        same_as=tuple(name for name in dict.fromkeys(names) if name not in (method_of(leader.fit), "general-linear")),
        runners_up=_runners_up(counted, level, leader.elements),
    )


def _runners_up(counted: Sequence[Counted], level: Sequence[Counted], elements: int) -> tuple[tuple[str, int], ...]:
    shown: dict[str, int] = {}
    for one in counted:
        if one not in level:
            shown.setdefault(f"{one.fit.form.method}-{one.fit.form.arithmetic}", round(one.share * elements))
    return tuple(shown.items())


def _copied(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> DenseChoice | None:
    """Return the account of tensors that are one candidate's times a number, where there are any."""
    found = scaled_copies(tensors, candidates)
    if found is None:
        return None
    first = found.recipes[min(found.recipes)]
    return DenseChoice(
        method="scaled-copy",
        arithmetic=first.arithmetic,
        parents=first.parents,
        weights=first.weights,
        recipes=found.recipes,
        elements=found.elements,
        replayed=found.replayed,
        tensors_tried=len(found.recipes),
        tensors_replayed=len(found.recipes),
        parameters=(("scale", first.weights[0]),),
        pattern="by-tensor",
        same_as=(),
        runners_up=(),
    )
