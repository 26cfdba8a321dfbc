"""Which merges could have made the subject? Found on the survey's sample, then tested on every element by replay.

Weights come from stabbing, arithmetics from trying each one; weights may be one for all tensors, or differ by layer, by
kind or by tensor. Nothing is decided here: an innocent subject gets hypotheses too, and replay refutes them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.arithmetic import ARITHMETICS, Hypothesis
from parentage.numerics.lattice import Floats, ordinals, round_to
from parentage.protocols.weights.choice import Choice, Trial
from parentage.protocols.weights.context import SampledTensor, TensorContext
from parentage.protocols.weights.refinement import refine
from parentage.protocols.weights.stabbing import Bounds, WeightFit, fit_weights

# A weight this close to 0 or 1 leaves no element between the parents, so replay could not tell a merge from a copy.
END_MARGIN = 0.005
_TRIAL_ELEMENTS = 1 << 19
_INFORMATIVE_MID = 30
_REPLAYED = 0.999
# Below this median depth no arithmetic in the library can have made the tensors, so finer patterns are not tried.
_HOPEFUL_DEPTH = 0.45
_HOPEFUL_REPLAY = 0.6
_CLEAN_DEPTH = 0.99
_REFINED_TRIALS = 3
_REFINED_ELEMENTS = 1 << 16

LEVELS: tuple[tuple[str, Callable[[TensorContext], object]], ...] = (
    ("constant", lambda context: None),
    # Tensors outside layers stand each for itself: a gradient gives the embedding another weight than the head.
    ("by-layer", lambda context: context.pair.role.key if context.pair.role.layer is None else context.pair.role.layer),
    ("by-kind", lambda context: context.pair.role.kind),
    ("by-tensor", lambda context: context.index),
)


def choose(tensors: Sequence[SampledTensor], parents: tuple[int, ...]) -> Choice:
    """Return the hypotheses for a subject and at least two candidates; `parents` end with the reference."""
    usable = [tensor for tensor in tensors if all(i in tensor.candidates for i in parents) and tensor.subject.size]
    bounds = {tensor.context.index: Bounds(tensor, parents) for tensor in usable}
    fit = fit_weights(list(bounds.values()), parents)
    if fit is None:
        return Choice(fit=None, tensor_fits={}, pattern="none", trials=(), reason="the candidates do not differ")
    if len(parents) > 2 and (active := _active(fit)) != parents:
        if len(active) < 2:
            return Choice(fit=fit, tensor_fits={}, pattern="none", trials=(), reason="only one candidate has weight")
        return choose(tensors, active)
    own = {index: found for index, one in bounds.items() if (found := fit_weights([one], parents)) is not None}
    sample = _Sample(usable)
    best: tuple[str, tuple[Trial, ...]] | None = None
    for level, key in LEVELS:
        weights = _weights_at(level, key, usable, bounds, parents, fit)
        trials = _try_all(sample, weights, parents)
        if trials and _needs_refinement(trials[0], fit, parents):
            weights = _refined(sample, weights, trials)
            trials = _try_all(sample, weights, parents)
        if level == "constant" and weights:
            fit = next(iter(weights.values()))
        if best is None or (trials and trials[0].tensors_replayed > best[1][0].tensors_replayed):
            best = (level, trials)
        if not trials or trials[0].tensors_replayed >= 0.95 * sample.informative or not _is_hopeful(own):
            break
    pattern, trials = best if best is not None else ("none", ())
    reason = "" if trials else "the weight is at the end of the line: no element lies between the parents"
    return Choice(fit=fit, tensor_fits=own, pattern=pattern, trials=_slim(trials), reason=reason)


def _slim(trials: tuple[Trial, ...]) -> tuple[Trial, ...]:
    """Return the trials, those behind the runner-up with one tensor's hypothesis: they are shown, not replayed."""
    rest = [replace(trial, hypotheses=dict([next(iter(trial.hypotheses.items()))])) for trial in trials[2:]]
    return (*trials[:2], *rest)


def _needs_refinement(leader: Trial, fit: WeightFit, parents: tuple[int, ...]) -> bool:
    """Say whether replay comes near enough to be worth a search, and stabbing alone is not the last word."""
    hopeful = leader.replayed >= _HOPEFUL_REPLAY * leader.elements
    return hopeful and (len(parents) > 2 or fit.depth < _CLEAN_DEPTH or leader.replayed < leader.elements)


def _refined(sample: "_Sample", fits: Mapping[int, WeightFit], trials: Sequence[Trial]) -> dict[int, WeightFit]:
    """Return the fits at the weights that the best few arithmetics reproduce most with, group by group."""
    groups: dict[int, list[int]] = {}
    for index, fit in fits.items():
        groups.setdefault(id(fit), []).append(index)
    found: dict[int, WeightFit] = {}
    for members in groups.values():
        fit = fits[members[0]]
        inside = set(members)
        parts = [part for part in sample.parts if part.index in inside]
        best: tuple[int, WeightFit] | None = None
        for trial in trials[:_REFINED_TRIALS]:
            template = trial.hypotheses.get(members[0])
            if not isinstance(template, Hypothesis):
                continue
            count = _counter(parts, template, fit.parents)
            better = refine(fit, count)
            reached = count(better.weights)
            if best is None or reached > best[0]:
                best = (reached, better)
        found.update(dict.fromkeys(members, best[1] if best is not None else fit))
    return found


def _counter(
    parts: "Sequence[_Part]", template: Hypothesis, parents: tuple[int, ...]
) -> Callable[[Sequence[float]], int]:
    order = [parents.index(parent) for parent in template.parents]
    stride = max(1, sum(part.subject.size for part in parts) // _REFINED_ELEMENTS)

    def count(weights: Sequence[float]) -> int:
        hypothesis = replace(template, weights=tuple(weights[place] for place in order))
        total = 0
        for part in parts:
            step = stride if part.subject.size > 4096 else 1
            candidates = [values[::step] for values in part.candidates]
            result = hypothesis.replay(candidates, part.lattice)
            total += int(np.count_nonzero(result == part.subject[::step]))
        return total

    return count


def _active(fit: WeightFit) -> tuple[int, ...]:
    return tuple(parent for parent, weight in zip(fit.parents, fit.raw, strict=True) if abs(weight) >= END_MARGIN)


def _is_hopeful(own: Mapping[int, WeightFit]) -> bool:
    depths = sorted(fit.depth for fit in own.values())
    return bool(depths) and depths[len(depths) // 2] >= _HOPEFUL_DEPTH


def _weights_at(
    level: str,
    key: Callable[[TensorContext], object],
    tensors: Sequence[SampledTensor],
    bounds: Mapping[int, Bounds],
    parents: tuple[int, ...],
    pooled: WeightFit,
) -> dict[int, WeightFit]:
    if level == "constant":
        return {tensor.context.index: pooled for tensor in tensors}
    groups: dict[object, list[int]] = {}
    for tensor in tensors:
        groups.setdefault(key(tensor.context), []).append(tensor.context.index)
    fits: dict[int, WeightFit] = {}
    for members in groups.values():
        fitted = fit_weights([bounds[index] for index in members], parents)
        fits.update(dict.fromkeys(members, fitted or pooled))
    return fits


class _Sample:
    """An even selection of the survey's elements, with what every trial needs of them."""

    def __init__(self, tensors: Sequence[SampledTensor]) -> None:
        total = sum(tensor.subject.size for tensor in tensors)
        step = max(1, -(-total // _TRIAL_ELEMENTS))
        self.tensors = tensors
        self.parts = [_Part(tensor, step) for tensor in tensors]
        self.informative = sum(part.spread_two >= _INFORMATIVE_MID for part in self.parts)
        self.storage_differs = any(tensor.context.storage_differs for tensor in tensors)


class _Part:
    """One tensor's selected elements."""

    def __init__(self, tensor: SampledTensor, step: int) -> None:
        # Small tensors are kept whole: they are as much a witness as large ones.
        stride = step if tensor.subject.size > 4096 else 1
        self.index = tensor.context.index
        self.lattice = tensor.lattice
        self.subject = tensor.subject[::stride]
        self.candidates = [values[::stride] for values in _by_place(tensor.candidates)]
        present = sorted(tensor.candidates)
        places = [ordinals(self.candidates[i], self.lattice) for i in present]
        self.apart = np.max(np.abs(np.stack(places) - places[0]), axis=0) >= 2
        self.stored = [round_to(self.candidates[i], self.lattice) for i in present]
        self.spread_two = int(np.count_nonzero(self.apart))


def _try_all(sample: _Sample, fits: Mapping[int, WeightFit], parents: tuple[int, ...]) -> tuple[Trial, ...]:
    """Return the leader first and the runner-up second, then the rest by what they reproduce."""
    tried: list[tuple[Trial, NDArray[np.bool_], list[NDArray[np.uint32]]]] = []
    for order in _orders(parents, sample):
        for snapped in (True, False):
            for cast in (False, True) if sample.storage_differs else (False,):
                for arithmetic in ARITHMETICS:
                    if arithmetic.pairwise and len(parents) != 2:
                        continue
                    hypotheses = {
                        index: hypothesis
                        for index, fit in fits.items()
                        if (hypothesis := _hypothesis(arithmetic.name, fit, order, snapped=snapped, cast=cast))
                    }
                    if hypotheses:
                        tried.append(_try(sample, hypotheses))
    if not tried:
        return ()
    # Python's sort is stable: of equals the earlier wins, so order of preference decides ties.
    tried.sort(key=lambda entry: -entry[0].replayed)
    best = tried[0][2]
    ties: list[Trial] = []
    different: list[Trial] = []
    for trial, _, results in tried:
        # Weights at the end of the line give a tensor no hypothesis, so trials can differ in how many they have.
        same = len(best) == len(results) and all(map(np.array_equal, best, results))
        (ties if same else different).append(trial)
    leader, ties, parted = _parted(sample.tensors, ties)
    names = tuple(dict.fromkeys(trial.name for trial in ties if trial.name != leader.name))
    first = replace(leader, same_as=names)
    different = parted + different
    # A runner-up by another arithmetic says more than the same one with the last digits of the weight changed.
    different.sort(key=lambda trial: (trial.name == first.name, -trial.replayed))
    shown: dict[str, Trial] = {}
    for trial in different:
        shown.setdefault(trial.name, trial)
    return (first, *shown.values())


def _parted(tensors: Sequence[SampledTensor], ties: list[Trial]) -> tuple[Trial, list[Trial], list[Trial]]:
    """Return the leader, what stays tied with it, and what falls behind, over every element of the survey."""
    if len(ties) == 1 or ties[0].replayed < _REPLAYED * ties[0].elements:
        return ties[0], ties[1:], []
    counts = [0] * len(ties)
    for tensor in tensors:
        bits = tensor.subject.view(f"u{tensor.subject.itemsize}")
        for place, trial in enumerate(ties):
            if hypothesis := trial.hypotheses.get(tensor.context.index):
                result = hypothesis.result(tensor.subject, _by_place(tensor.candidates), tensor.lattice)
                counts[place] += int(np.count_nonzero(result.view(bits.dtype) == bits))
    order = sorted(range(len(ties)), key=lambda place: -counts[place])
    level = [ties[place] for place in order if counts[place] == counts[order[0]]]
    return level[0], level[1:], [ties[place] for place in order[len(level) :]]


def _by_place(candidates: Mapping[int, Floats]) -> list[Floats]:
    """Return candidates as a list in which index i is candidate i, empty where it is missing."""
    empty = np.zeros(0, dtype=np.float32)
    return [candidates.get(place, empty) for place in range(max(candidates) + 1)]


def _orders(parents: tuple[int, ...], sample: _Sample) -> list[tuple[int, ...]]:
    ordered = tuple(sorted(parents))
    # Of two parents the order shows only where nothing is rounded after the sum.
    if len(parents) == 3 or (len(parents) == 2 and any(part.lattice.name == "F32" for part in sample.parts)):
        return list(permutations(ordered))
    return [ordered]


def _hypothesis(name: str, fit: WeightFit, order: tuple[int, ...], *, snapped: bool, cast: bool) -> Hypothesis | None:
    weights = dict(zip(fit.parents, fit.weights if snapped else fit.raw, strict=True))
    if all(min(abs(weight), abs(weight - 1)) < END_MARGIN for weight in weights.values()):
        return None
    return Hypothesis(arithmetic=name, parents=order, weights=tuple(weights[i] for i in order), cast=cast)


def _try(
    sample: _Sample, hypotheses: Mapping[int, Hypothesis]
) -> tuple[Trial, NDArray[np.bool_], list[NDArray[np.uint32]]]:
    matches, results, tensors_replayed = [], [], 0
    for part in sample.parts:
        hypothesis = hypotheses.get(part.index)
        if hypothesis is None:
            continue
        result = hypothesis.replay(part.candidates, part.lattice)
        match = result.view(np.uint32) == part.subject.view(np.uint32)
        matches.append(match)
        results.append(result.view(np.uint32))
        mid = part.apart.copy()
        for stored in part.stored:
            mid &= result != stored
        tried = int(np.count_nonzero(mid))
        reproduced = int(np.count_nonzero(mid & match))
        tensors_replayed += part.spread_two >= _INFORMATIVE_MID and tried > 0 and reproduced >= _REPLAYED * tried
    together = np.concatenate(matches)
    name = next(iter(hypotheses.values())).name
    trial = Trial(
        name=name,
        hypotheses=hypotheses,
        elements=together.size,
        replayed=int(np.count_nonzero(together)),
        tensors_replayed=tensors_replayed,
    )
    return trial, together, results
