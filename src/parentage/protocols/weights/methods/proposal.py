"""Proposes a merge method where no weighted sum reproduces the sample: the one that reproduces most, or none."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from parentage.numerics.recipes.recipe import Recipe
from parentage.protocols.weights.choice import Choice, MethodAccount, Trial
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.methods.dense import choose_dense
from parentage.protocols.weights.methods.sparse import choose_sparse

# A weighted sum that reproduces so much of all elements is the account; nothing else is tried.
_COMPLETE = 0.9999
_HOPEFUL = 0.95


class FoundMethod(Protocol):
    """What a search for methods returns; see `MethodAccount` for the words."""

    @property
    def method(self) -> str: ...  # noqa: D102
    @property
    def arithmetic(self) -> str: ...  # noqa: D102
    @property
    def parents(self) -> tuple[int, ...]: ...  # noqa: D102
    @property
    def weights(self) -> tuple[float, ...]: ...  # noqa: D102
    @property
    def recipes(self) -> Mapping[int, Recipe]: ...  # noqa: D102
    @property
    def elements(self) -> int: ...  # noqa: D102
    @property
    def replayed(self) -> int: ...  # noqa: D102
    @property
    def tensors_tried(self) -> int: ...  # noqa: D102
    @property
    def tensors_replayed(self) -> int: ...  # noqa: D102
    @property
    def parameters(self) -> tuple[tuple[str, float], ...]: ...  # noqa: D102
    @property
    def same_as(self) -> tuple[str, ...]: ...  # noqa: D102


def propose(choice: Choice, tensors: Sequence[SampledTensor], candidates: Sequence[int]) -> Choice:
    """Return the choice with the best method's recipes before the linear trials, where one explains more than they."""
    leader = choice.leader
    complete = leader is not None and leader.replayed >= _COMPLETE * leader.elements
    if complete and _is_convex(choice):
        return choice
    searches = (choose_dense(tensors, candidates), choose_sparse(tensors, candidates))
    found: list[FoundMethod] = [one for one in searches if one is not None and one.elements]
    if not found:
        return choice
    best = max(found, key=lambda one: (one.tensors_replayed / max(1, one.tensors_tried), one.replayed / one.elements))
    if best.replayed < _HOPEFUL * best.elements:
        return choice
    if leader is not None and not complete and leader.tensors_replayed >= best.tensors_replayed:
        return choice
    return _with_account(choice, best)


def _is_convex(choice: Choice) -> bool:
    """Say whether the weights are those of an average; of a sum with negative weights the method is asked for."""
    return choice.fit is None or len(choice.fit.parents) < 3 or all(0 < weight < 1 for weight in choice.fit.weights)


def _with_account(choice: Choice, found: FoundMethod) -> Choice:
    first = Trial(
        name=found.method,
        hypotheses=dict(found.recipes),
        elements=found.elements,
        replayed=found.replayed,
        tensors_replayed=found.tensors_replayed,
        same_as=found.same_as,
    )
    return Choice(
        fit=choice.fit,
        tensor_fits=choice.tensor_fits,
        pattern=choice.pattern,
        trials=(first, *choice.trials[:1]),
        reason="",
        account=MethodAccount(
            method=found.method,
            arithmetic=found.arithmetic,
            parents=found.parents,
            weights=found.weights,
            parameters=found.parameters,
            same_as=found.same_as,
        ),
    )
