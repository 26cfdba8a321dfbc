"""Was a merge changed after it was made, and was it one? By whether the subject carries the merge's own rounding.

A merge saved in bf16 is rounded; what is trained from it starts at the rounded value. An innocent model near the line
between two candidates comes from numbers that were never rounded there. So regress the subject's distance from the
unrounded merge on the distance that rounding moved it: the share *carried* is one however much was trained since, and
nearly nothing for an innocent. It needs neither bit-exact elements nor a small residual. Derivation, power and
measured error: docs/questions/afterwards.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import ordinals, ulp
from parentage.numerics.linear import add_up
from parentage.protocols.weights.carrying import Carried, carried_by, replayed, search, shifted, short, total
from parentage.protocols.weights.context import SampledTensor

QUESTION = "afterwards"
VERSION = "1"
# Untouched: no more mid elements than this differ from the replay.
UNTOUCHED_DIFFERING = 1e-3
LEAST_MID = 200
# A merge carries all of its rounding (0.91 and more were measured), innocents at most 0.55 of it.
CARRIED = 0.8
CARRIED_INNOCENT = 0.5
CARRIED_ERROR = 0.07
# The search sees a part of the elements: where its noise is large it can miss the weight, and nobody is cleared.
CLEARED_ERROR = 0.03
BESIDE = 0.05
# A merge has one weight: beside it less is carried. What is as large beside it is a bend of the line, not rounding.
BESIDE_DROP = 0.25
# Where a subject differs by one ulp, an innocent leans to the side on which the unrounded merge lies.
LEANING = 0.35
_BINS = (0, 1, 2, 3, 4, 8, 16, 32)
_LEAST_TENSOR = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterwardsRecord:
    """The subject against one account of a merge: counts, sizes, and what it carries of the merge's rounding.

    `distances` counts mid elements by ulp distance from the replay: 0, 1, 2, 3, 4-7, 8-15, 16-31, 32 and more. Squares
    are summed in units of each tensor's spread between the parents. `beside` is the share carried at weights moved by
    0.05.
    """

    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    mid: int
    mid_kept: int
    agree: int
    agree_kept: int
    distances: tuple[int, ...]
    tensors: int
    tensors_told: int
    tensors_kept: int
    residual_squares: float
    half_ulp_squares: float
    parent_squares: float
    along: float
    weight_spread: float
    weight_error: float
    carried: Carried | None
    beside: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterwardsConclusion:
    """`untouched` with `bound`, `changed` by `relative` to the parents' distance, `not-carried`, or `untold`.

    `bound` is the exact one-sided 95 % limit of the share of elements that changed by more than half an ulp;
    `relative_high` adds half an ulp to every element's change.
    """

    status: str
    bound: float | None
    relative: float | None
    relative_high: float | None
    result: Finding | NotApplicable


def find(tensors: Sequence[SampledTensor], parents: tuple[int, int]) -> dict[int, Hypothesis]:
    """Return for each tensor the merge of two candidates, reference last, whose rounding the subject carries most.

    The search starts from least squares where the parents lie far apart. An innocent gets an account too.
    """
    even = Hypothesis(arithmetic="fp32-once", parents=parents, weights=(0.5, 0.5))
    told = [tensor for tensor in tensors if _is_told(tensor, {tensor.context.index: even})]
    own = sorted(weight[0] for tensor in told if (weight := _counts(tensor, even).weight) is not None)
    return search(told, parents, own[len(own) // 2] if own else 0.5)


def measure(tensors: Sequence[SampledTensor], hypotheses: Mapping[int, Hypothesis]) -> AfterwardsRecord | None:
    """Return the record of one account of the merge, tensor by tensor (places as in the contexts); None without any."""
    told = [(tensor, hypotheses[tensor.context.index]) for tensor in tensors if _is_told(tensor, hypotheses)]
    if not told:
        return None
    first = told[0][1]
    counts = [_counts(tensor, hypothesis) for tensor, hypothesis in told]
    sums = [add_up(one.sizes[place] for one in counts) for place in range(4)]
    own = [one.weight for one in counts if one.weight is not None]
    near = []
    if len(first.parents) == 2:
        near = [
            carried_by([(tensor, shifted(one, one.weights[0] + side)) for tensor, one in told])
            for side in (-BESIDE, BESIDE)
        ]
    return AfterwardsRecord(
        arithmetic=first.name,
        parents=first.parents,
        weights=first.weights,
        mid=sum(one.mid for one in counts),
        mid_kept=sum(one.distances[0] for one in counts),
        agree=sum(one.agree for one in counts),
        agree_kept=sum(one.agree_kept for one in counts),
        distances=tuple(sum(one.distances[place] for one in counts) for place in range(len(_BINS))),
        tensors=len(told),
        tensors_told=sum(one.mid >= 30 for one in counts),
        tensors_kept=sum(one.mid >= 30 and one.distances[0] == one.mid for one in counts),
        residual_squares=short(sums[0]),
        half_ulp_squares=short(sums[1]),
        parent_squares=short(sums[2]),
        along=short(sums[3] / sums[2]) if sums[2] else 0.0,
        weight_spread=short(_deviation([weight for weight, _ in own])),
        weight_error=short(math.sqrt(add_up(error * error for _, error in own) / len(own))) if own else 0.0,
        carried=carried_by(told),
        beside=tuple(share.share for share in near if share is not None),
    )


def has_nearer(tensors: Sequence[SampledTensor], record: AfterwardsRecord, places: Sequence[int]) -> bool:
    """Say whether a candidate lies nearer to the subject than the merge does: then that one is the nearer parent."""
    nearest: dict[int, float] = {}
    for tensor in tensors:
        shared = [place for place in places if place in tensor.candidates]
        if not tensor.subject.size or any(parent not in shared for parent in record.parents):
            continue
        first, last = (tensor.candidates[place].astype(np.float64) for place in (record.parents[0], record.parents[-1]))
        spread = math.sqrt(_mean((first - last) ** 2))
        if spread:
            for place in shared:
                off = (tensor.subject - tensor.candidates[place].astype(np.float64)) / spread
                nearest[place] = nearest.get(place, 0.0) + _mean(off * off)
    # A merge that is itself among the candidates lies just as near: then that candidate is the parent.
    return any(distance <= 1.1 * record.residual_squares for distance in nearest.values())


def _is_told(tensor: SampledTensor, hypotheses: Mapping[int, Hypothesis]) -> bool:
    hypothesis = hypotheses.get(tensor.context.index)
    return (
        hypothesis is not None
        and len(hypothesis.parents) >= 2
        and tensor.subject.size > 0
        and all(parent in tensor.candidates for parent in hypothesis.parents)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    mid: int
    agree: int
    agree_kept: int
    distances: tuple[int, ...]
    sizes: tuple[float, float, float, float]
    weight: tuple[float, float] | None


def _counts(tensor: SampledTensor, hypothesis: Hypothesis) -> _Counts:
    parents = [tensor.candidates[parent] for parent in hypothesis.parents]
    merged = replayed(hypothesis, parents, tensor.lattice)
    places = [ordinals(parent, tensor.lattice) for parent in parents]
    result = ordinals(merged, tensor.lattice)
    off = np.abs(ordinals(tensor.subject, tensor.lattice) - result)
    apart = np.max(np.abs(np.stack(places[:-1]) - places[-1]), axis=0)
    mid = apart >= 2
    for place in places:
        mid &= result != place
    counts = np.bincount(np.searchsorted(_BINS, off[mid], side="right") - 1, minlength=len(_BINS))
    difference = parents[0].astype(np.float64) - parents[-1]
    residual = tensor.subject - merged
    spread = math.sqrt(_mean(difference * difference))
    half = np.abs(residual) + 0.5 * ulp(merged, tensor.lattice)
    squares = (residual * residual, half * half, difference * difference, residual * difference)
    sizes = tuple(_mean(values / spread / spread) if spread else 0.0 for values in squares)
    far = apart >= 8
    weight = None
    if np.count_nonzero(far) >= _LEAST_TENSOR and len(parents) == 2:
        weight = _own_weight(difference[far], residual[far], hypothesis.weights[0])
    return _Counts(
        mid=int(np.count_nonzero(mid)),
        agree=int(np.count_nonzero(apart == 0)),
        agree_kept=int(np.count_nonzero((apart == 0) & (off == 0))),
        distances=tuple(counts.tolist()),
        sizes=(sizes[0], sizes[1], sizes[2], sizes[3]),
        weight=weight,
    )


def _own_weight(difference: NDArray[np.float64], residual: NDArray[np.float64], weight: float) -> tuple[float, float]:
    """Return least squares' weight of the first parent and its error by the sandwich, elements being the units."""
    scale = float(np.max(np.abs(difference)))
    d, r = difference / scale, residual / scale
    dd, dr = _mean(d * d), _mean(d * r)
    shift = dr / dd
    left = d * (r - shift * d)
    return weight + shift, math.sqrt(_mean(left * left) / d.size) / dd


def conclude(
    record: AfterwardsRecord | None, *, candidate_ids: Sequence[str], coverage: Coverage
) -> AfterwardsConclusion:
    """Return what was done after the merge that the record supposes, and whether the subject was that merge at all."""
    if record is None:
        reason = "no tensor has a subject and two candidates"
        none = NotApplicable(question=QUESTION, version=VERSION, reason=reason)
        return AfterwardsConclusion(status="untold", bound=None, relative=None, relative_high=None, result=none)
    status = _status(record)
    bound = relative = relative_high = None
    differing = record.mid - record.mid_kept + record.agree - record.agree_kept
    if status == "untouched":
        bound = upper_limit(differing, record.mid + record.agree)
    if status == "changed" and record.parent_squares:
        relative = short(math.sqrt(record.residual_squares / record.parent_squares))
        relative_high = short(math.sqrt(record.half_ulp_squares / record.parent_squares))
    carried = record.carried
    names = " and ".join(candidate_ids[parent] for parent in record.parents)
    words = {
        "untouched": f"Any change after the merge moved less than {bound or 0:.2g} of the elements by half an ulp.",
        "changed": f"Changed after the merge of {names}, by {relative or 0:.3g} of their distance.",
        "not-carried": (
            f"The rounding that a merge of {names} with one weight leaves is not in it: it is no such merge, or was "
            "trained before it was first saved."
        ),
        "untold": f"Whether it was made by merging {names} and changed afterwards cannot be told.",
    }
    measurements = [
        Measurement(name="mid", value=record.mid_kept / record.mid if record.mid else None, unit="share replayed"),
        Measurement(name="relative", value=relative, unit="of the parents' distance", high=relative_high),
        Measurement(name="bound", value=bound, unit="share of elements, one-sided 95 %"),
    ]
    if carried is not None:
        low, high = carried.share - 1.96 * carried.error, carried.share + 1.96 * carried.error
        about = "of the merge's rounding: one for a merge, however much was trained since; near zero for an innocent"
        measurements += [
            Measurement(name="carried", value=carried.share, unit="share", low=low, high=high, about=about),
            Measurement(name="leaning", value=carried.leaning, unit="of one-ulp changes towards the unrounded merge"),
        ]
    return AfterwardsConclusion(
        status=status,
        bound=bound,
        relative=relative,
        relative_high=relative_high,
        result=Finding(
            question=QUESTION,
            version=VERSION,
            statement=words[status],
            coverage=coverage,
            measurements=tuple(measurements),
            tables={"distances": _rows(record)},
        ),
    )


def _rows(record: AfterwardsRecord) -> tuple[dict[str, Scalar], ...]:
    return tuple({"ulps_from": low, "mid_elements": count} for low, count in zip(_BINS, record.distances, strict=True))


def _status(record: AfterwardsRecord) -> str:
    if record.mid < LEAST_MID or record.carried is None:
        return "untold"
    if record.mid - record.mid_kept <= UNTOUCHED_DIFFERING * record.mid:
        return "untouched"
    carried = record.carried
    if carried.error > CARRIED_ERROR:
        return "untold"
    distinct = all(carried.share - other >= BESIDE_DROP for other in record.beside)
    if carried.share >= CARRIED and abs(carried.leaning) <= LEANING and distinct:
        return "changed"
    cleared = carried.share <= CARRIED_INNOCENT and carried.error <= CLEARED_ERROR
    return "not-carried" if cleared else "untold"


def upper_limit(count: int, tried: int) -> float:
    """Return the exact one-sided 95 % limit of a share (Clopper and Pearson 1934), rounded up to four digits."""
    if not tried or count >= tried:
        return 1.0
    low, high = count / tried, 1.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _at_most(count, tried, middle) > 0.05 else (low, middle)
    # Four digits err by half a thousandth at most.
    return min(1.0, float(f"{high * 1.0005:.4g}"))


def _at_most(count: int, tried: int, share: float) -> float:
    """Return the binomial probability of so many or fewer, from the largest term down until nothing more counts."""
    log = math.log(share), math.log1p(-share)
    whole = math.lgamma(tried + 1)
    total = 0.0
    for place in range(count, -1, -1):
        ways = whole - math.lgamma(place + 1) - math.lgamma(tried - place + 1)
        term = math.exp(ways + place * log[0] + (tried - place) * log[1])
        total += term
        if term <= 1e-17 * total:
            break
    return total


def _mean(values: NDArray[np.float64]) -> float:
    scale = float(np.max(np.abs(values))) if values.size else 0.0
    if not scale or not math.isfinite(scale):
        return 0.0
    return scale * total((values / scale).astype(np.float32)) / values.size


def _deviation(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    middle = add_up(values) / len(values)
    return math.sqrt(add_up((value - middle) ** 2 for value in values) / (len(values) - 1))
