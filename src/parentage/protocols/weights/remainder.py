"""Where the candidate list is incomplete: how much do the known ones explain, and what does the rest look like?

A merge with a parent that nobody listed leaves a remainder that is that parent's difference, scaled. It proves nothing:
training in a shared direction leaves one too. But its direction is kept, as 64 signed sums of each tensor, with which a
model found later can be compared. Derivation and error: docs/questions/remainder.md.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.lattice import ordinals, ulp
from parentage.numerics.linear import add_up, solve_symmetric
from parentage.numerics.scan import lane_sums
from parentage.protocols.weights.context import SampledTensor
from parentage.protocols.weights.matrices import SUBJECT

QUESTION = "remainder"
VERSION = "1"
# Nothing is missing where what is left is no larger than what rounding leaves.
EXPLAINED_OVER_FLOOR = 1.5
# Training after a merge leaves a remainder too: below this share of the change none is called a parent's.
LEAST_MISSING = 0.02
# Between differences of models that share nothing but their base the sketches' cosine reached 0.4 in calibration.
MATCH_COSINE = 0.6
SKETCH = 64
_SKETCHED = 1 << 16
_FAR_ULPS = 8
_LEAST_ELEMENTS = 256
_BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorSketch:
    """The direction of one tensor's difference: 64 sums of its elements, signs drawn from its role and their place."""

    key: str
    elements: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorPart:
    """Least squares on one tensor: weights of the known candidates but the reference, errors, share explained."""

    tensor: str
    weights: tuple[float, ...]
    errors: tuple[float, ...]
    explained: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainderRecord:
    """What the known candidates, the reference last, explain of the subject's change, and the direction of the rest.

    `weights` are pooled, of all but the reference; `spread` their standard deviations over tensors, `errors` what the
    sandwich expects of those; `over_floor` the remainder's variance over that of rounding.
    """

    known: tuple[int, ...]
    weights: tuple[float, ...]
    spread: tuple[float, ...]
    errors: tuple[float, ...]
    explained: float
    over_floor: float
    elements: int
    tensors: tuple[TensorPart, ...]
    sketches: tuple[TensorSketch, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemainderConclusion:
    """`explained`, `part-missing` or `untold`; whether the weights vary no more than their errors; the finding."""

    status: str
    constant: bool
    result: Finding | NotApplicable


@dataclass(frozen=True, slots=True, kw_only=True)
class SketchMatch:
    """Mean cosine of two sketches over tensors, its standard error were they unrelated, and their common tensors."""

    cosine: float
    error: float
    tensors: int

    @property
    def deviations(self) -> float:
        """The cosine over its error."""
        return self.cosine / self.error if self.error else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Products over the elements that lie far apart, which give the weights, and over all, which give the shares."""

    gram: list[list[float]]
    whole: list[list[float]]
    floor: float
    elements: int
    part: TensorPart | None


def measure(tensors: Sequence[SampledTensor], known: tuple[int, ...]) -> RemainderRecord | None:
    """Return how far the known candidates (the reference last) reach; None where no tensor has them all."""
    usable = [
        tensor for tensor in tensors if tensor.subject.size and all(place in tensor.candidates for place in known)
    ]
    sums = [found for tensor in usable if (found := _sums(tensor, known)) is not None]
    if not sums:
        return None
    size = len(known)
    gram = [[add_up(one.gram[i][j] for one in sums) for j in range(size)] for i in range(size)]
    weights = _solve(gram)
    if weights is None:
        return None
    whole = [[add_up(one.whole[i][j] for one in sums) for j in range(size)] for i in range(size)]
    left = _left(whole, weights)
    floor = add_up(one.floor for one in sums)
    parts = [one.part for one in sums if one.part is not None]
    spread, errors = _constancy(parts, size - 1)
    coefficients = {SUBJECT: 1.0, **{place: -weight for place, weight in zip(known[:-1], weights, strict=True)}}
    coefficients[known[-1]] = add_up(weights) - 1.0
    return RemainderRecord(
        known=known,
        weights=tuple(short(weight) for weight in weights),
        spread=spread,
        errors=errors,
        explained=short(1 - left / whole[-1][-1]) if whole[-1][-1] > 0 else 0.0,
        over_floor=short(left / floor) if floor > 0 else 0.0,
        elements=sum(one.elements for one in sums),
        tensors=tuple(parts),
        sketches=sketch(usable, coefficients),
    )


def _sums(tensor: SampledTensor, known: tuple[int, ...]) -> _Sums | None:
    """Return the products of one tensor's differences and the subject's, in units of their spread, block by block."""
    places = [ordinals(tensor.candidates[place], tensor.lattice) for place in known]
    origin = tensor.candidates[known[-1]].astype(np.float64)
    rows = [*(tensor.candidates[place] - origin for place in known[:-1]), tensor.subject - origin]
    if len(known) > 1:
        far = np.min(np.abs(np.stack(places[:-1]) - places[-1]), axis=0) >= _FAR_ULPS
        if np.count_nonzero(far) < _LEAST_ELEMENTS:
            return None
    else:
        far = np.ones(origin.size, dtype=bool)
    everything = np.stack(rows)
    scale = math.sqrt(add_up(_mean(row * row) for row in everything))
    if not scale or not math.isfinite(scale):
        return None
    everything = (everything / scale).astype(np.float32)
    table = everything[:, far]
    spacing = ulp(tensor.subject, tensor.lattice) / scale
    step = max(_BLOCK, -(-table.shape[1] // 64))
    blocks = [_gram(table[:, first : first + step]) for first in range(0, table.shape[1], step)]
    size = len(table)
    gram = [[add_up(block[i][j] for block in blocks) for j in range(size)] for i in range(size)]
    return _Sums(
        gram=gram,
        whole=_gram(everything),
        floor=_mean(spacing * spacing) / 12 * spacing.size,
        elements=int(everything.shape[1]),
        part=_own(tensor.context.name, gram, blocks),
    )


def _gram(table: NDArray[np.float32]) -> list[list[float]]:
    return [[_sum(left * right) for right in table] for left in table]


def _own(name: str, gram: list[list[float]], blocks: Sequence[list[list[float]]]) -> TensorPart | None:
    weights = _solve(gram)
    size = len(gram) - 1
    if weights is None or not size or gram[-1][-1] <= 0:
        return None
    matrix = [row[:size] for row in gram[:size]]
    errors = []
    for place in range(size):
        unit = solve_symmetric(matrix, [1.0 if place == other else 0.0 for other in range(size)])
        if unit is None:
            return None
        # Liang and Zeger's sandwich, blocks of elements being the units.
        scores = [
            add_up(
                unit[i] * (block[i][size] - add_up(block[i][j] * weights[j] for j in range(size))) for i in range(size)
            )
            for block in blocks
        ]
        errors.append(short(math.sqrt(add_up(score * score for score in scores))))
    return TensorPart(
        tensor=name,
        weights=tuple(short(weight) for weight in weights),
        errors=tuple(errors),
        explained=short(1 - _left(gram, weights) / gram[-1][-1]),
    )


def _solve(gram: list[list[float]]) -> list[float] | None:
    size = len(gram) - 1
    return solve_symmetric([row[:size] for row in gram[:size]], [row[size] for row in gram[:size]])


def _left(gram: list[list[float]], weights: Sequence[float]) -> float:
    """Return the squares that a combination leaves, which need not be the best one for these products."""
    mixed = [-weight for weight in weights] + [1.0]
    places = range(len(mixed))
    return max(0.0, add_up(mixed[i] * mixed[j] * gram[i][j] for i in places for j in places))


def _constancy(parts: Sequence[TensorPart], size: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    if len(parts) < 2:
        return (0.0,) * size, (0.0,) * size
    spread, errors = [], []
    for place in range(size):
        values = [part.weights[place] for part in parts]
        middle = add_up(values) / len(values)
        spread.append(short(math.sqrt(add_up((value - middle) ** 2 for value in values) / (len(values) - 1))))
        errors.append(short(math.sqrt(add_up(part.errors[place] ** 2 for part in parts) / len(parts))))
    return tuple(spread), tuple(errors)


def sketch(tensors: Sequence[SampledTensor], coefficients: Mapping[int, float]) -> tuple[TensorSketch, ...]:
    """Return the sketch of a combination of sides (-1 is the subject), tensor by tensor.

    Only tensors whose sample is whole are sketched: elements are known by their place in it.
    """
    found = []
    for tensor in tensors:
        if tensor.nonfinite or not all(side == SUBJECT or side in tensor.candidates for side in coefficients):
            continue
        if tensor.subject.size < _LEAST_ELEMENTS:
            continue
        combined = np.zeros(min(tensor.subject.size, _SKETCHED))
        for side, coefficient in coefficients.items():
            stored = tensor.subject if side == SUBJECT else tensor.candidates[side]
            combined += coefficient * stored[: combined.size].astype(np.float64)
        values = signed_sums(combined, tensor.context.pair.role.key)
        if any(values):
            found.append(
                TensorSketch(key=tensor.context.pair.role.key, elements=tensor.context.pair.elements, values=values)
            )
    return tuple(found)


def signed_sums(values: NDArray[np.float64], key: str) -> tuple[int, ...]:
    """Return 64 sums of the values, as integers in units of 2^-8 of their root mean square, with signs from the key."""
    size = math.sqrt(_mean(values * values))
    if not size or not math.isfinite(size):
        return (0,) * SKETCH
    whole = np.clip(np.rint(values / size * 256), -(1 << 16), 1 << 16).astype(np.int64)
    signs = sign_words(key, values.size)
    everything = int(whole.sum())
    return tuple(
        2 * int(whole[(signs >> np.uint64(bit)) & np.uint64(1) == 1].sum()) - everything for bit in range(SKETCH)
    )


def sign_words(key: str, count: int) -> NDArray[np.uint64]:
    """Return a word of 64 signs for each element: splitmix64 (Steele, Lea and Flood 2014) from the key's blake2b."""
    seed = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little")
    with np.errstate(over="ignore"):
        word = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(seed)
        word = (word ^ (word >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        word = (word ^ (word >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(word ^ (word >> np.uint64(31)), dtype=np.uint64)


def compare(left: Sequence[TensorSketch], right: Sequence[TensorSketch]) -> SketchMatch:
    """Return how alike two sketches' directions are, over tensors of the same key and size; each counts the same."""
    others = {(one.key, one.elements): one.values for one in right}
    cosines = []
    for one in left:
        values = others.get((one.key, one.elements))
        if values is None or len(values) != len(one.values):
            continue
        product = sum(a * b for a, b in zip(one.values, values, strict=True))
        lengths = sum(a * a for a in one.values) * sum(b * b for b in values)
        if lengths:
            cosines.append(product / math.sqrt(lengths))
    if not cosines:
        return SketchMatch(cosine=0.0, error=0.0, tensors=0)
    return SketchMatch(
        cosine=short(add_up(cosines) / len(cosines)),
        # Of two unrelated directions in 64 dimensions the cosine has variance 1/64.
        error=short(1 / math.sqrt(SKETCH * len(cosines))),
        tensors=len(cosines),
    )


def conclude(
    record: RemainderRecord | None, *, candidate_ids: Sequence[str], coverage: Coverage
) -> RemainderConclusion:
    """Return what the known candidates leave open; whatever it is, no parent is claimed from it."""
    if record is None:
        none = NotApplicable(question=QUESTION, version=VERSION, reason="no tensor has all the candidates, far apart")
        return RemainderConclusion(status="untold", constant=False, result=none)
    names = [candidate_ids[place] for place in record.known]
    constant = len(record.tensors) >= 5 and all(
        spread <= 2 * error for spread, error in zip(record.spread, record.errors, strict=True)
    )
    if record.over_floor <= EXPLAINED_OVER_FLOOR:
        status, words = "explained", f"Rounding explains what {' and '.join(names)} leave."
    elif 1 - record.explained < LEAST_MISSING:
        status, words = "untold", f"{' and '.join(names)} explain all but {1 - record.explained:.2g} of the change."
    else:
        status = "part-missing"
        listed = ", ".join(f"{weight:.4f} of {name}" for weight, name in zip(record.weights, names, strict=False))
        words = f"{record.explained:.3f} of the change from {names[-1]} is explained" + (
            f" by {listed}" if listed else ""
        )
        words += "; the rest is another parent's, or training's: a comparison with its direction can tell."
    rows: list[Mapping[str, Scalar]] = [
        {
            "parent": name,
            "weight": record.weights[place],
            "spread_over_tensors": record.spread[place],
            "expected_spread": record.errors[place],
        }
        for place, name in enumerate(names[:-1])
    ]
    sketches: tuple[Mapping[str, Scalar], ...] = tuple(
        {"tensor": one.key, "elements": one.elements, "sums": " ".join(map(str, one.values))} for one in record.sketches
    )
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=words,
        coverage=coverage,
        measurements=(
            Measurement(name="explained", value=record.explained, unit="share of the squared change"),
            Measurement(name="over_floor", value=record.over_floor, unit="remainder's variance over that of rounding"),
        ),
        tables={"known": tuple(rows), "sketch": sketches},
    )
    return RemainderConclusion(status=status, constant=constant, result=finding)


def short(value: float) -> float:
    """Return the value with six significant digits, and the largest float for infinity."""
    return float(f"{value:.6g}") if math.isfinite(value) else math.copysign(1.7e308, value)


def _sum(column: NDArray[np.float32]) -> float:
    return add_up(lane_sums(column).tolist())


def _mean(values: NDArray[np.float64]) -> float:
    scale = float(np.max(np.abs(values))) if values.size else 0.0
    if not scale or not math.isfinite(scale):
        return 0.0
    return scale * _sum((values / scale).astype(np.float32)) / values.size
