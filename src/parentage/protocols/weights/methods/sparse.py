"""Which sparse method made the subject? ties, dare, della, breadcrumbs, sce, ram, nearswap or arcee-fusion, or none.

All leave elements on which the subject *is* one of its parents, though it moved elsewhere, and none where the parents
agree and the subject does not. Few innocents pass that gate; the rest must be recomputed exactly. Nothing here claims a
merge: what is returned is replayed on every element, and docs/questions/methods has what innocents reach.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from parentage.numerics.lattice import ordinals, round_to
from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.methods.sparse_recipes import Draft, draft
from parentage.protocols.weights.methods.sparse_single import find_nearswap, find_ram
from parentage.protocols.weights.methods.sparse_view import FAR, Stored, agreement, atoms, roles, store, view

_AGREE = 0.9999
_ATOMS = 0.02
_REPLAYED = 0.95
_COMPLETE = 0.999
_TENSOR_REPLAYED = 0.999
_FEWEST = 200
_TENSOR_FEWEST = 30
_MOST_TASKS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SparseChoice:
    """The method that reproduces most of the sample, with its recipes by tensor index.

    `parents` are candidate indices, the base last. `weights` are each task vector's weight times lambda (where weights
    are averaged out, its share times lambda; for methods that select, the share of elements taken over), the base has
    the rest. `elements` are those that tell (see `Recipe.selects`), `replayed` those of them that are reproduced.
    `same_as` names methods that give the same bits here; `runners_up` other accounts with their replayed share.
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
    same_as: tuple[str, ...]
    runners_up: tuple[tuple[str, float], ...]

    @property
    def share(self) -> float:
        """Share of the telling elements that is reproduced."""
        return self.replayed / self.elements if self.elements else 0.0


def choose_sparse(tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> SparseChoice | None:
    """Return the sparse merge that reproduces at least 95 % of the sample's telling elements, or None."""
    usable = [one for one in tensors if one.subject.size and all(i in one.candidates for i in candidates)]
    if not usable or len(candidates) < 2:
        return None
    stored = [store(one) for one in usable]
    with np.errstate(all="ignore"):
        found = _choices(stored, tuple(candidates))
    if not found:
        return None
    # Python's sort is stable: of equals the earlier, which has fewer parents and less freedom, wins.
    found.sort(key=lambda choice: -round(choice.share, 4))
    best = found[0]
    others = tuple((other.method, other.share) for other in found[1:])
    return SparseChoice(**{**{name: getattr(best, name) for name in best.__slots__}, "runners_up": others})


def _choices(stored: Sequence[Stored], candidates: tuple[int, ...]) -> list[SparseChoice]:
    """Return what reproduces enough, up to the first that reproduces all; a selection's roles are tried both ways."""
    found: list[SparseChoice] = []
    for one in _drafts(stored, _by_frequency(stored, candidates)):
        choice = _judged(stored, one)
        if choice is None:
            continue
        found.append(choice)
        if any(each.share >= _COMPLETE for each in found):
            if len(choice.parents) == 2 and next(iter(choice.recipes.values())).selects:
                turned = draft([view(s, choice.parents[::-1]) for s in stored])
                if turned is not None and (other := _judged(stored, turned)) is not None:
                    found.append(other)
            break
    return found


def _by_frequency(stored: Sequence[Stored], candidates: tuple[int, ...]) -> tuple[int, ...]:
    """Return the candidates, those first that the subject equals most often: what is dropped leaves the base."""
    equal = {i: 0 for i in candidates}
    for one in stored:
        for i in candidates:
            equal[i] += int(np.count_nonzero(one.place == one.places[i]))
    return tuple(sorted(candidates, key=lambda i: -equal[i]))


def _drafts(stored: Sequence[Stored], candidates: tuple[int, ...]) -> Iterator[Draft]:
    for base in candidates:
        others = tuple(sorted(i for i in candidates if i != base))
        for other in others:
            if _agrees(stored, (other, base)) and (near := find_nearswap([view(s, (other, base)) for s in stored])):
                yield near
        for tasks in _task_sets(stored, base, others):
            parents = (*tasks, base)
            if not _agrees(stored, parents):
                continue
            views = [view(one, parents) for one in stored]
            if len(tasks) > 1 and (ram := find_ram(views)):
                yield ram
            far, equal = atoms(stored, base, tasks)
            if far and equal >= _ATOMS * far and (found := draft(views)):
                yield found


def _task_sets(stored: Sequence[Stored], base: int, others: tuple[int, ...]) -> list[tuple[int, ...]]:
    """Return sets of candidates to take as task vectors: those with weight, then their smaller sets."""
    active = roles(stored, base, others)[:_MOST_TASKS]
    return [tasks for size in range(len(active), 0, -1) for tasks in combinations(active, size)]


def _agrees(stored: Sequence[Stored], parents: Sequence[int]) -> bool:
    alike, kept = agreement(stored, parents)
    return kept >= _AGREE * alike


def _judged(stored: Sequence[Stored], found: Draft) -> SparseChoice | None:
    """Return the choice with its replay counted over the whole sample, or None where too little is reproduced."""
    elements = replayed = tried = won = 0
    for one in stored:
        recipe = found.recipes[one.tensor.context.index]
        told, right = _counted(one, recipe)
        elements += told
        replayed += right
        if told >= _TENSOR_FEWEST:
            tried += 1
            won += right >= _TENSOR_REPLAYED * told
    if elements < _FEWEST or replayed < _REPLAYED * elements:
        return None
    return SparseChoice(
        method=found.method,
        arithmetic=found.arithmetic,
        parents=found.parents,
        weights=found.weights,
        recipes=found.recipes,
        elements=elements,
        replayed=replayed,
        tensors_tried=tried,
        tensors_replayed=won,
        parameters=found.parameters,
        same_as=found.same_as,
        runners_up=(),
    )


def _counted(one: Stored, recipe: Recipe) -> tuple[int, int]:
    """Return the telling elements of a tensor and how many the recipe reproduces."""
    tensor = one.tensor
    size = max(recipe.parents) + 1
    candidates = [tensor.candidates.get(i, tensor.subject) for i in range(size)]
    result = recipe.result(tensor.subject, candidates, tensor.lattice)
    places = np.stack([one.places[i] for i in recipe.parents])
    spread = np.max(np.abs(places - places[-1]), axis=0)
    if recipe.selects:
        telling = spread >= FAR
    else:
        telling = spread >= 2
        for parent in recipe.parents:
            telling &= result != round_to(tensor.candidates[parent], tensor.lattice)
    same = ordinals(result, tensor.lattice) == one.place
    return int(np.count_nonzero(telling)), int(np.count_nonzero(telling & same))
