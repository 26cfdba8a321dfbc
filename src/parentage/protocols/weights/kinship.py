"""Is there any relation at all, and of what kind? Correlation with a null, and who moved from where.

Independent trainings of one architecture have uncorrelated weights: over tensors the median correlation stays within a
few hundredths of zero. Among related checkpoints weights do not show the order of time. What they can show: tensors
left bit-identical (frozen), and the *position* of the candidate, t = (1 - b) / (1 - r^2), where b is the slope of the
subject on the candidate and r their correlation. If changes are unrelated to the weights they start from, t is 0 where
the subject moved away from the candidate, 1 where the candidate moved away from the subject, and about one half for
two that moved equally far from a common ancestor. Growth and decay in training take it outside. Calibration:
docs/questions/kinship.md.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.linear import add_up
from parentage.numerics.scan import lane_sums
from parentage.protocols.weights.context import SampledTensor

QUESTION = "kinship"
VERSION = "1"
_LEAST_ELEMENTS = 256
_ROLLS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorKinship:
    """Of one tensor and one candidate: correlation r, position t, relative distance, share of equal elements."""

    elements: int
    correlation: float
    position: float | None
    relative_distance: float
    equal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledKinship:
    """What the survey's sample says of one candidate: its tensors, the null's squares and their number, frozen ones."""

    tensors: tuple[TensorKinship, ...]
    null_squares: float
    null_count: int
    frozen_tensors: int
    frozen_elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Of one candidate, over tensors: medians, the null's spread, and quartiles of the position."""

    tensors: int
    correlation: float
    strongly_correlated: float
    null_deviation: float
    relative_distance: float
    position: tuple[float, float, float] | None
    frozen_tensors: int
    frozen_elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KinshipConclusion:
    """One record per candidate; None where no tensor could be compared."""

    candidates: tuple[Kinship | None, ...]
    result: Finding | NotApplicable


def compare(subject: NDArray[Any], candidate: NDArray[Any]) -> TensorKinship | None:
    """Return the kinship of one tensor, or None where either side is constant or not finite in sum."""
    same = bool(np.array_equal(subject, candidate))
    left, right = _centred(subject), _centred(candidate)
    if left is None or right is None:
        return None
    (a, scale_a), (b, scale_b) = left, right
    aa, bb, ab = _sum(a * a), _sum(b * b), _sum(a * b)
    if aa <= 0 or bb <= 0:
        return None
    correlation = max(-1.0, min(1.0, ab / math.sqrt(aa * bb)))
    slope = ab / bb * scale_a / scale_b
    distance = math.sqrt(max(0.0, aa * scale_a**2 - 2 * ab * scale_a * scale_b + bb * scale_b**2) / bb) / scale_b
    apart = 1 - correlation * correlation
    return TensorKinship(
        elements=int(subject.size),
        correlation=correlation,
        position=(1 - slope) / apart if apart > 1e-7 else None,
        relative_distance=distance,
        equal=same,
    )


def _centred(values: NDArray[Any]) -> tuple[NDArray[np.float32], float] | None:
    """Return values minus their mean, scaled into fp32's middle range, and the scale; None for a constant."""
    scale = float(np.max(np.abs(values))) if values.size else 0.0
    if not scale or not math.isfinite(scale):
        return None
    scaled = values.astype(np.float32) / np.float32(scale)
    scaled = scaled - np.float32(_sum(scaled) / scaled.size)
    if np.count_nonzero(np.abs(scaled) > 1e-6) == 0:
        return None
    return scaled, scale


def _sum(column: NDArray[np.float32]) -> float:
    total = 0.0
    for cluster in lane_sums(column):
        total += float(cluster)
    return total


def null_correlations(subject: NDArray[Any], candidate: NDArray[Any]) -> list[float]:
    """Return correlations with the candidate rolled by eighths of the tensor: what unrelated positions give."""
    found = []
    for turn in range(1, _ROLLS):
        rolled = compare(subject, np.roll(candidate, turn * candidate.size // _ROLLS + turn))
        if rolled is not None:
            found.append(rolled.correlation)
    return found


def measure(tensors: Sequence[SampledTensor], candidates: int) -> tuple[SampledKinship, ...]:
    """Return for each candidate the kinship of every tensor of the sample that can be compared."""
    return tuple(_measured(tensors, place) for place in range(candidates))


def conclude(
    sampled: Sequence[SampledKinship], *, candidate_ids: Sequence[str], coverage: Coverage
) -> KinshipConclusion:
    """Return each candidate's kinship over the survey's sample."""
    concluded = tuple(_pooled(one) for one in sampled)
    rows: list[Mapping[str, Scalar]] = []
    words = []
    for name, kin in zip(candidate_ids, concluded, strict=True):
        if kin is None:
            continue
        low, middle, high = kin.position if kin.position else (None, None, None)
        rows.append(
            {
                "candidate": name,
                "correlation": kin.correlation,
                "null_sd": kin.null_deviation,
                "relative_distance": kin.relative_distance,
                "strongly_correlated": kin.strongly_correlated,
                "position_q25": low,
                "position": middle,
                "position_q75": high,
                "frozen_tensors": kin.frozen_tensors,
                "frozen_elements": kin.frozen_elements,
                "tensors": kin.tensors,
            }
        )
        words.append(f"{kin.correlation:+.3f} with {name}")
    if not rows:
        reason = "no paired floating-point tensor has 256 elements that vary"
        result: Finding | NotApplicable = NotApplicable(question=QUESTION, version=VERSION, reason=reason)
        return KinshipConclusion(candidates=concluded, result=result)
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=f"Median correlation of the weights, tensor by tensor: {', '.join(words)}.",
        coverage=coverage,
        measurements=tuple(
            Measurement(
                name=f"correlation with {row['candidate']}",
                value=row["correlation"],
                unit="median over tensors",
                about="within a few hundredths of zero for independent trainings",
            )
            for row in rows
        ),
        tables={"candidates": tuple(rows)},
    )
    return KinshipConclusion(candidates=concluded, result=finding)


def _measured(tensors: Sequence[SampledTensor], place: int) -> SampledKinship:
    present = [tensor for tensor in tensors if place in tensor.candidates]
    found: list[TensorKinship] = []
    null: list[float] = []
    for tensor in _comparable(present):
        kin = compare(tensor.subject, tensor.candidates[place])
        if kin is None:
            continue
        found.append(kin)
        null.extend(null_correlations(tensor.subject[: 1 << 16], tensor.candidates[place][: 1 << 16]))
    frozen = [tensor for tensor in present if _is_frozen(tensor, place)]
    return SampledKinship(
        tensors=tuple(found),
        null_squares=add_up(value * value for value in null),
        null_count=len(null),
        frozen_tensors=len(frozen),
        frozen_elements=sum(tensor.subject.size for tensor in frozen),
    )


def _pooled(sampled: SampledKinship) -> Kinship | None:
    found = sampled.tensors
    if not found:
        return None
    positions = sorted(kin.position for kin in found if kin.position is not None)
    return Kinship(
        tensors=len(found),
        correlation=_quantile(sorted(kin.correlation for kin in found), 0.5),
        strongly_correlated=sum(abs(kin.correlation) > 0.3 for kin in found) / len(found),
        null_deviation=math.sqrt(sampled.null_squares / sampled.null_count) if sampled.null_count else 0.0,
        relative_distance=_quantile(sorted(kin.relative_distance for kin in found), 0.5),
        position=(
            (_quantile(positions, 0.25), _quantile(positions, 0.5), _quantile(positions, 0.75)) if positions else None
        ),
        frozen_tensors=sampled.frozen_tensors,
        frozen_elements=sampled.frozen_elements,
    )


def _comparable(tensors: Sequence[SampledTensor]) -> list[SampledTensor]:
    """Return matrices, or where there are none vectors: norms and biases resemble each other in unrelated models."""
    large = [tensor for tensor in tensors if tensor.subject.size >= _LEAST_ELEMENTS]
    matrices = [tensor for tensor in large if len(tensor.context.pair.subject.shape) >= 2]
    return matrices or large


def _is_frozen(tensor: SampledTensor, place: int) -> bool:
    """Say whether a learned tensor was left as it was: equal, and not what two runs share without one descending.

    Constants and small buffers are shared by every model of an architecture; uniform values are an initialisation
    that was never trained, which two runs from one seed share.
    """
    subject = tensor.subject
    if subject.size < 64 or not np.array_equal(subject, tensor.candidates[place]):
        return False
    if len(tensor.context.pair.subject.shape) >= 2 and not subject.any():
        return True
    largest = float(np.max(np.abs(subject)))
    if largest == 0:
        return False
    spread = math.sqrt(float(lane_sums((subject / largest).astype(np.float32) ** 2).sum()) / subject.size)
    looks_uniform = abs(spread - 3**-0.5) < 2 / math.sqrt(subject.size)
    return np.unique(subject[:4096]).size >= 32 and not looks_uniform


def _quantile(ordered: Sequence[float], share: float) -> float:
    position = share * (len(ordered) - 1)
    low = math.floor(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (position - low) * (ordered[high] - ordered[low])
