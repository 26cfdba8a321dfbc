"""The scan, compiled, for the commonest case: a bf16 subject and two bf16 candidates. Same bits as `scan.scan`."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.bits import LANES, SUMS, bits_of, float_of, survey_block
from parentage.numerics.scan import BLOCK, CLASS_FLOORS, CLUSTER, Scan, ScanSpec, gram_entries

# The numbers that the compiled loop knows arithmetics by.
_CODES = {
    "fp32-once": 0,
    "fp64-once": 1,
    "three-roundings": 2,
    "lerp": 3,
    "lerp-reversed": 4,
    "task-arithmetic": 5,
    "task-arithmetic-reversed": 6,
    "fused-add": 7,
    "fused-add-reversed": 8,
    "mergekit-0.1.5-linear": 9,
    "mergekit-0.1.4-linear": 10,
}
_INFINITE = 0x7F80
_MATCH_A, _MATCH_B, _MID, _DIFFER = 9, 10, 11, 12


def can_scan(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> bool:
    """Say whether `scan_pair` knows this case: two candidates, bf16 throughout, arithmetics in candidate order."""
    return (
        spec.lattice.name == "BF16"
        and len(candidates) == 2
        and all(array.dtype == spec.lattice.storage for array in (subject, *candidates))
        and all(h.arithmetic in _CODES and h.parents == (0, 1) for h in spec.hypotheses)
    )


def scan_pair(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> Scan | None:
    """Return the sums of `scan.scan`, or None where an element is not finite and the reference must count it."""
    scanner = PairScanner(spec, subject.size)
    return scanner.finish() if scanner.feed(subject, candidates[0], candidates[1]) else None


class PairScanner:
    """Scans one run of elements piece by piece, so that pieces can be small enough to stay in the processor's cache.

    Every piece but the last must be whole clusters.
    """

    def __init__(self, spec: ScanSpec, elements: int) -> None:
        self._spec = spec
        self._leader = _arguments(spec.hypotheses[0] if spec.hypotheses else None)
        self._runner_up = _arguments(spec.hypotheses[-1] if spec.hypotheses else None)
        self._table = np.zeros(8192, dtype=np.int64)
        self._equal = np.zeros(2, dtype=np.int64)
        self._lanes = np.zeros((-(-elements // CLUSTER), SUMS * LANES), dtype=np.float64)
        self._elements = 0
        self._padding = 0

    def feed(self, subject: NDArray[Any], first: NDArray[Any], second: NDArray[Any]) -> bool:
        """Scan the next piece; False where it holds a value that is not finite."""
        arrays = [array.view(np.uint16) for array in (subject, first, second)]
        short = -subject.size % LANES
        if short:
            arrays = [np.concatenate([array, np.zeros(short, dtype=np.uint16)]) for array in arrays]
        s, a, b = arrays
        other, reference = (a, b) if self._spec.reference == 1 else (b, a)
        lanes = self._lanes[self._elements // CLUSTER :]
        self._elements += subject.size
        self._padding += short
        leader, runner_up = self._leader, self._runner_up
        return bool(_scan(s, a, b, other, reference, leader, runner_up, self._table, self._equal, lanes))

    def finish(self) -> Scan:
        """Return the sums over all pieces."""
        counts = self._table.copy()
        # Padded elements are zeros on all sides: both arithmetics give zero, no distance, nothing between.
        counts[(1 << _MATCH_A) | (1 << _MATCH_B)] -= self._padding
        return _as_scan(self._elements, counts, self._equal - self._padding, _gram(self._lanes), self._spec)


def _arguments(hypothesis: Hypothesis | None) -> tuple[int, float, float]:
    if hypothesis is None:
        return 0, 1.0, 0.0
    return _CODES[hypothesis.arithmetic], hypothesis.weights[0], hypothesis.weights[1]


def _gram(lanes: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return [cluster, class, entry]: lanes are added one after the other, as `lane_sums` does."""
    spread = lanes.reshape(lanes.shape[0], SUMS, LANES)
    total = np.zeros(spread.shape[:2])
    for lane in range(LANES):
        total += spread[:, :, lane]
    gram = np.zeros((lanes.shape[0], len(CLASS_FLOORS), len(gram_entries(2))))
    gram[:, :, :4] = total[:, :12].reshape(-1, 4, 3).transpose(0, 2, 1)
    gram[:, 1, 4:] = total[:, 12:]
    return gram


def _as_scan(
    elements: int, counts: NDArray[np.int64], equal: NDArray[np.int64], gram: NDArray[np.float64], spec: ScanSpec
) -> Scan:
    # Axes: differ, mid, runner-up matches, leader matches, distance to reference, to other, between candidates.
    joint = counts.reshape(2, 2, 2, 2, 8, 8, 8)
    to_reference, to_other = joint.sum(axis=(0, 1, 2, 3, 5, 6)), joint.sum(axis=(0, 1, 2, 3, 4, 6))
    between = joint.sum(axis=(0, 1, 2, 3, 4, 5))
    by_candidate = [to_other, to_reference] if spec.reference == 1 else [to_reference, to_other]
    marginal = joint.sum(axis=(4, 5))
    classes = np.zeros((4, 3), dtype=np.int64)
    discordant = np.zeros(3, dtype=np.int64)
    if spec.hypotheses:
        rows = [marginal[..., 0].sum(axis=1), marginal[..., 1].sum(axis=1)]
        far = marginal[..., 2:].sum(axis=4)
        rows += [far[:, 1], far[:, 0]]
        for place, row in enumerate(rows):
            classes[place] = [row.sum(), row[:, :, 1].sum(), row[:, 1].sum()]
        differ = joint[1].sum(axis=(0, 3, 4, 5))
        discordant[:] = [differ.sum(), differ[:, 1].sum(), differ[1].sum()]
    if len(spec.hypotheses) < 2:
        classes[:, 2] = 0
        discordant[:] = 0
    return Scan(
        elements=elements,
        nonfinite=0,
        same_bits=equal,
        census=np.stack([*by_candidate, between]),
        agreement=np.array([between[0], joint[..., 0, 0].sum(axis=(0, 1, 2, 3))[0]], dtype=np.int64),
        classes=classes,
        discordant=discordant,
        class_elements=np.array([between[1:].sum(), between[4:].sum(), between[6:].sum()], dtype=np.int64),
        gram=gram,
    )


@njit(nogil=True, inline="always")
def _value(code: Any) -> Any:
    return float_of(np.uint32(np.uint32(code) << np.uint32(16)))


@njit(nogil=True, inline="always")
def _code(value: Any) -> Any:
    """Round an fp32 to bf16, to nearest and ties to even."""
    bits = np.uint32(bits_of(np.float32(value)))
    odd = np.uint32(np.uint32(bits >> np.uint32(16)) & np.uint32(1))
    return np.uint16(np.uint32(bits + np.uint32(0x7FFF) + odd) >> np.uint32(16))


@njit(nogil=True, inline="always")
def _round(value: Any) -> Any:
    return _value(_code(value))


@njit(nogil=True, inline="always")
def _fused(start: Any, weight: Any, difference: Any) -> Any:
    return np.float32(np.float64(start) + weight * np.float64(difference))


@njit(nogil=True, cache=True)
def _replay(code: int, w0: float, w1: float, first: Any, second: Any, out: Any, count: int) -> None:
    a, b = np.float32(w0), np.float32(w1)
    if code == 0:
        for j in range(count):
            out[j] = _code(a * _value(first[j]) + b * _value(second[j]))
    elif code == 1:
        for j in range(count):
            out[j] = _code(np.float32(w0 * np.float64(_value(first[j])) + w1 * np.float64(_value(second[j]))))
    elif code == 2:
        for j in range(count):
            out[j] = _code(_round(a * _value(first[j])) + _round(b * _value(second[j])))
    elif code == 9:
        norm = np.float32(a + b)
        for j in range(count):
            out[j] = _code(np.float32(a * _value(first[j]) + b * _value(second[j])) / norm)
    elif code == 10:
        a, b = _round(a), _round(b)
        norm = _round(a + b)
        for j in range(count):
            total = _round(a * _value(first[j])) + _round(b * _value(second[j]))
            out[j] = _code(_round(total) / norm)
    elif code % 2 == 1:
        _replay_directed(code, a, first, second, out, count)
    else:
        _replay_directed(code - 1, b, second, first, out, count)


@njit(nogil=True, cache=True)
def _replay_directed(code: int, weight: Any, moved: Any, base: Any, out: Any, count: int) -> None:
    rest = np.float64(weight - np.float32(1))
    if code == 3 and weight < np.float32(0.5):
        for j in range(count):
            start = _value(base[j])
            out[j] = _code(_fused(start, np.float64(weight), _value(moved[j]) - start))
    elif code == 3:
        for j in range(count):
            end = _value(moved[j])
            out[j] = _code(_fused(end, rest, end - _value(base[j])))
    elif code == 5:
        for j in range(count):
            start = _value(base[j])
            out[j] = _code(start + _round(weight * _round(_value(moved[j]) - start)))
    else:
        stored = np.float64(_round(weight))
        for j in range(count):
            start = _value(base[j])
            out[j] = _code(_fused(start, stored, _round(_value(moved[j]) - start)))


@njit(nogil=True, cache=True)
def _classify(s: Any, first: Any, second: Any, leader: Any, runner_up: Any, codes: Any, equal: Any, count: int) -> None:
    same_first = np.uint32(0)
    same_second = np.uint32(0)
    for j in range(count):
        stored, result, rival = s[j], leader[j], runner_up[j]
        mid = np.uint16(result != first[j]) & np.uint16(result != second[j])
        codes[j] |= np.uint16(
            np.uint16(np.uint16(stored == result) << np.uint16(_MATCH_A))
            | np.uint16(np.uint16(stored == rival) << np.uint16(_MATCH_B))
            | np.uint16(mid << np.uint16(_MID))
            | np.uint16(np.uint16(result != rival) << np.uint16(_DIFFER))
        )
        same_first += np.uint32(stored == first[j])
        same_second += np.uint32(stored == second[j])
    equal[0] += same_first
    equal[1] += same_second


@njit(nogil=True, inline="always")
def _tally(codes: Any, t0: Any, t1: Any, t2: Any, t3: Any, count: int) -> None:
    # Four tables, so that neighbours with the same code do not wait for each other.
    for j in range(0, count, 4):
        t0[codes[j]] += np.uint32(1)
        t1[codes[j + 1]] += np.uint32(1)
        t2[codes[j + 2]] += np.uint32(1)
        t3[codes[j + 3]] += np.uint32(1)


@njit(nogil=True, cache=True)
def _scan(
    s: Any,
    first: Any,
    second: Any,
    other: Any,
    reference: Any,
    leader: Any,
    runner_up: Any,
    table: Any,
    equal: Any,
    lanes: Any,
) -> bool:
    # Everything that the loops write lives in this call: shared arrays would be counted by both threads' references,
    # and that alone made two threads slower than one.
    codes, mine, rival = np.empty(BLOCK, np.uint16), np.empty(BLOCK, np.uint16), np.empty(BLOCK, np.uint16)
    sums, largest, same = np.zeros(SUMS * LANES, np.float32), np.zeros(LANES, np.int32), np.zeros(2, np.int64)
    t0, t1 = np.zeros(8192, np.uint32), np.zeros(8192, np.uint32)
    t2, t3 = np.zeros(8192, np.uint32), np.zeros(8192, np.uint32)
    for begin in range(0, s.size, BLOCK):
        end = min(begin + BLOCK, s.size)
        count = end - begin
        a, b = first[begin:end], second[begin:end]
        survey_block(s[begin:end], other[begin:end], reference[begin:end], codes, sums, largest, count)
        for lane in range(LANES):
            if largest[lane] >= _INFINITE:
                return False
        cluster = begin // CLUSTER
        for place in range(SUMS * LANES):
            lanes[cluster, place] += np.float64(sums[place])
        _replay(leader[0], leader[1], leader[2], a, b, mine, count)
        _replay(runner_up[0], runner_up[1], runner_up[2], a, b, rival, count)
        _classify(s[begin:end], a, b, mine, rival, codes, same, count)
        _tally(codes, t0, t1, t2, t3, count)
    for code in range(8192):
        table[code] += np.int64(t0[code]) + np.int64(t1[code]) + np.int64(t2[code]) + np.int64(t3[code])
    equal[0] += same[0]
    equal[1] += same[1]
    return True
