"""What the survey proposes about how the subject was merged, as plain records, and how far chance alone would get."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from parentage.numerics.lattice import ordinals, round_to
from parentage.numerics.recipes.recipe import Account
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.stabbing import WeightFit


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One arithmetic with its weights, tried on the sample: elements tried, elements reproduced, ties."""

    name: str
    hypotheses: Mapping[int, Account]
    elements: int
    replayed: int
    tensors_replayed: int
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodAccount:
    """A merge method other than a weighted sum that reproduces the sample, with what it says of the whole model.

    `parents` are candidate indices, the base last where the method has one; `weights` are theirs. `parameters` are the
    method's own (density, t, lambda, ...); `same_as` methods that no test can tell apart from it here.
    """

    method: str
    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    parameters: tuple[tuple[str, float], ...]
    same_as: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the survey proposes: the pooled fit, each tensor's own fit, the pattern, and trials with the best first.

    With an `account` the first trial is of its recipes; the linear trials follow.
    """

    fit: WeightFit | None
    tensor_fits: Mapping[int, WeightFit]
    pattern: str
    trials: tuple[Trial, ...]
    reason: str = ""
    account: MethodAccount | None = None

    @property
    def leader(self) -> Trial | None:
        """The best trial."""
        return self.trials[0] if self.trials else None

    @property
    def runner_up(self) -> Trial | None:
        """The best trial that differs from the leader somewhere in the sample."""
        return self.trials[1] if len(self.trials) > 1 else None


def chance_rate(tensors: Sequence[SampledTensor], hypotheses: Mapping[int, Account]) -> tuple[int, int]:
    """Return mid elements and how many match when the parents' difference is shifted by half the tensor.

    That keeps the size and shape of the difference and breaks only which element carries it: what a subject matches
    that has nothing to do with this difference.
    """
    tried = matched = 0
    for tensor in tensors:
        hypothesis = hypotheses.get(tensor.context.index)
        if hypothesis is None or len(hypothesis.parents) < 2 or tensor.subject.size < 2:
            continue
        base = tensor.candidates[hypothesis.parents[-1]]
        half = base.size // 2
        with np.errstate(over="ignore", invalid="ignore"):
            rolled = {
                i: round_to(base + np.roll(tensor.candidates[i] - base, half), tensor.lattice)
                for i in hypothesis.parents
            }
        candidates = [rolled.get(i, base) for i in range(max(hypothesis.parents) + 1)]
        result = hypothesis.result(tensor.subject, candidates, tensor.lattice)
        mid = np.ones(base.size, dtype=bool)
        places = [ordinals(candidates[i], tensor.lattice) for i in hypothesis.parents]
        for parent in hypothesis.parents:
            mid &= result != round_to(candidates[parent], tensor.lattice)
        mid &= np.max(np.abs(np.stack(places) - places[0]), axis=0) >= 2
        tried += int(np.count_nonzero(mid))
        matched += int(np.count_nonzero(mid & (result == tensor.subject)))
    return tried, matched
