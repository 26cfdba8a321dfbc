"""The scan, compiled, for the commonest case: a bf16 subject and two bf16 candidates. Same bits as `scan.scan`."""

from collections.abc import Sequence
from inspect import getsource
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from parentage.digest import sha256_of
from parentage.numerics import bits, scan
from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.bits import (
    DISTANCE_ROWS,
    LANES,
    MATCH_ROWS,
    STEP,
    SUMS,
    THRESHOLDS,
    WIDTH,
    bits_of,
    count_distances,
    count_matches,
    float_of,
    sum_products,
)
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
_HIGH = np.uint32(0xFFFF0000)


def can_scan(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> bool:
    """Say whether `scan_pair` knows this case: two candidates, bf16 throughout, arithmetics in candidate order."""
    return (
        spec.lattice.name == "BF16"
        and len(candidates) == 2
        and all(array.dtype == spec.lattice.storage for array in (subject, *candidates))
        and all(isinstance(h, Hypothesis) and h.arithmetic in _CODES and h.parents == (0, 1) for h in spec.hypotheses)
    )


def scan_pair(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> Scan | None:
    """Return the sums of `scan.scan`, or None where an element is not finite and the reference must count it."""
    padding = -subject.size % STEP
    s, first, second = (_padded(array, padding) for array in (subject, *candidates))
    counts = np.zeros(DISTANCE_ROWS + MATCH_ROWS, dtype=np.int64)
    lanes = np.zeros((-(-subject.size // CLUSTER), SUMS * LANES), dtype=np.float64)
    hypotheses = [account for account in spec.hypotheses if isinstance(account, Hypothesis)]
    leader = _arguments(hypotheses[0] if hypotheses else None)
    runner_up = _arguments(hypotheses[-1] if hypotheses else None)
    if not _scan(s, first, second, spec.reference == 1, leader, runner_up, counts, lanes):
        return None
    # Padded elements are zeros on all sides: no distance, and both arithmetics give zero too.
    matches = counts[DISTANCE_ROWS:]
    matches[[*range(4), *range(4, 7)]] -= padding
    return _as_scan(subject.size, counts[:DISTANCE_ROWS].reshape(3, -1), matches, _gram(lanes), spec)


def _padded(array: NDArray[Any], padding: int) -> NDArray[np.uint16]:
    codes = array.view(np.uint16)
    if padding:
        codes = np.concatenate([codes, np.zeros(padding, dtype=np.uint16)])
    elif not codes.flags.aligned or codes.ctypes.data % 4:
        # Pairs of codes are read as words.
        codes = codes.copy()
    # Compiled code is made for one kind of array: what a file lends is read-only.
    codes.flags.writeable = False
    return codes


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
    elements: int,
    reached: NDArray[np.int64],
    matches: NDArray[np.int64],
    gram: NDArray[np.float64],
    spec: ScanSpec,
) -> Scan:
    edges = np.concatenate([np.full((3, 1), elements), reached[:, :THRESHOLDS]], axis=1)
    to_reference, to_other, between = edges - np.append(edges[:, 1:], np.zeros((3, 1), dtype=np.int64), axis=1)
    same, rows = matches[:2], matches[4:].reshape(4, 3)
    classes = np.zeros((4, 3), dtype=np.int64)
    discordant = np.zeros(3, dtype=np.int64)
    if spec.hypotheses:
        classes[:3] = rows[:3]
        classes[3] = [elements, matches[2], matches[3]] - rows[:3].sum(axis=0)
        discordant[:] = rows[3]
    if len(spec.hypotheses) < 2:
        classes[:, 2] = 0
        discordant[:] = 0
    forward = spec.reference == 1
    return Scan(
        elements=elements,
        nonfinite=0,
        same_bits=same.copy() if forward else same[::-1].copy(),
        census=np.stack([to_other, to_reference, between] if forward else [to_reference, to_other, between]),
        agreement=np.array([between[0], elements - reached[0, THRESHOLDS]], dtype=np.int64),
        classes=classes,
        discordant=discordant,
        class_elements=reached[2, [0, 3, 5]].copy(),
        gram=gram,
    )


@njit(nogil=True, inline="always")
def _even(word: Any) -> Any:
    return float_of(np.uint32(word << np.uint32(16)))


@njit(nogil=True, inline="always")
def _odd(word: Any) -> Any:
    return float_of(np.uint32(word & _HIGH))


@njit(nogil=True, inline="always")
def _rounded(value: Any) -> Any:
    """Return bits whose upper half is an fp32 rounded to bf16, to nearest and ties to even."""
    bits = np.uint32(bits_of(np.float32(value)))
    last = np.uint32(np.uint32(bits >> np.uint32(16)) & np.uint32(1))
    return np.uint32(bits + np.uint32(0x7FFF) + last)


@njit(nogil=True, inline="always")
def _round(value: Any) -> Any:
    return _odd(_rounded(value))


@njit(nogil=True, inline="always")
def _pair(even: Any, odd: Any) -> Any:
    """Return two values rounded to bf16, in one word."""
    return np.uint32(_rounded(even) >> np.uint32(16)) | np.uint32(_rounded(odd) & _HIGH)


@njit(nogil=True, inline="always")
def _summed(a: Any, x: Any, b: Any, y: Any) -> Any:
    return np.float32(a * x + b * y)


@njit(nogil=True, inline="always")
def _summed_wide(a: Any, x: Any, b: Any, y: Any) -> Any:
    return np.float32(a * np.float64(x) + b * np.float64(y))


@njit(nogil=True, inline="always")
def _summed_rounded(a: Any, x: Any, b: Any, y: Any) -> Any:
    return np.float32(_round(a * x) + _round(b * y))


@njit(nogil=True, inline="always")
def _moved_rounded(start: Any, weight: Any, end: Any) -> Any:
    return start + _round(weight * _round(end - start))


@njit(nogil=True, inline="always")
def _fused(start: Any, weight: Any, difference: Any) -> Any:
    return np.float32(np.float64(start) + weight * np.float64(difference))


@njit(nogil=True)
def _replay(code: int, w0: float, w1: float, first: Any, second: Any, out: Any) -> None:
    a, b = np.float32(w0), np.float32(w1)
    if code == 0:
        for j in range(out.size):
            p, q = first[j], second[j]
            out[j] = _pair(_summed(a, _even(p), b, _even(q)), _summed(a, _odd(p), b, _odd(q)))
    elif code == 1:
        for j in range(out.size):
            p, q = first[j], second[j]
            out[j] = _pair(_summed_wide(w0, _even(p), w1, _even(q)), _summed_wide(w0, _odd(p), w1, _odd(q)))
    elif code == 2:
        for j in range(out.size):
            p, q = first[j], second[j]
            out[j] = _pair(_summed_rounded(a, _even(p), b, _even(q)), _summed_rounded(a, _odd(p), b, _odd(q)))
    elif code == 9:
        norm, wide = np.float32(a + b), np.float64(b)
        for j in range(out.size):
            p, q = first[j], second[j]
            even = _fused(np.float32(a * _even(p)), wide, _even(q))
            out[j] = _pair(even / norm, _fused(np.float32(a * _odd(p)), wide, _odd(q)) / norm)
    elif code == 10:
        a, b = _round(a), _round(b)
        norm = _round(a + b)
        for j in range(out.size):
            p, q = first[j], second[j]
            even = _round(_summed_rounded(a, _even(p), b, _even(q)))
            odd = _round(_summed_rounded(a, _odd(p), b, _odd(q)))
            out[j] = _pair(even / norm, odd / norm)
    elif code % 2 == 1:
        _replay_directed(code, a, first, second, out)
    else:
        _replay_directed(code - 1, b, second, first, out)


@njit(nogil=True)
def _replay_directed(code: int, weight: Any, moved: Any, base: Any, out: Any) -> None:
    rest = np.float64(weight - np.float32(1))
    wide = np.float64(weight)
    if code == 3 and weight < np.float32(0.5):
        for j in range(out.size):
            p, q = moved[j], base[j]
            even = _fused(_even(q), wide, _even(p) - _even(q))
            out[j] = _pair(even, _fused(_odd(q), wide, _odd(p) - _odd(q)))
    elif code == 3:
        for j in range(out.size):
            p, q = moved[j], base[j]
            even = _fused(_even(p), rest, _even(p) - _even(q))
            out[j] = _pair(even, _fused(_odd(p), rest, _odd(p) - _odd(q)))
    elif code == 5:
        for j in range(out.size):
            p, q = moved[j], base[j]
            even = _moved_rounded(_even(q), weight, _even(p))
            out[j] = _pair(even, _moved_rounded(_odd(q), weight, _odd(p)))
    else:
        stored = np.float64(_round(weight))
        for j in range(out.size):
            p, q = moved[j], base[j]
            even = _fused(_even(q), stored, _round(_even(p) - _even(q)))
            out[j] = _pair(even, _fused(_odd(q), stored, _round(_odd(p) - _odd(q))))


def _compile_scan(sources: str) -> Any:
    """Return the compiled scan.

    Compiled code is kept beside this file and made anew when this file changes, not when the files change from which it
    takes its loops. It is also made anew when a variable from outside the function changes: hence the digest.
    """

    @njit(nogil=True, cache=True)
    def compiled(
        s: Any, first: Any, second: Any, forward: bool, leader: Any, runner_up: Any, counts: Any, lanes: Any
    ) -> bool:
        _ = sources
        # Everything that the loops write lives in this call: shared arrays would be counted by both threads'
        # references, and that alone made two threads slower than one.
        apart, won, lost = np.empty(BLOCK, np.uint16), np.empty(BLOCK, np.uint16), np.empty(BLOCK, np.uint16)
        sums, largest = np.zeros(SUMS * LANES, np.float32), np.zeros(WIDTH, np.uint16)
        distances, matches = np.zeros(DISTANCE_ROWS, np.int64), np.zeros(MATCH_ROWS, np.int64)
        p, q = first.view(np.uint32), second.view(np.uint32)
        left, right = won.view(np.uint32), lost.view(np.uint32)
        for begin in range(0, s.size, BLOCK):
            end = min(begin + BLOCK, s.size)
            count = end - begin
            a, b, c = s[begin:end], first[begin:end], second[begin:end]
            if not forward:
                b, c = c, b
            sum_products(a, b, c, apart, sums, largest, count)
            for lane in range(WIDTH):
                if largest[lane] >= _INFINITE:
                    return False
            cluster = begin // CLUSTER
            for place in range(SUMS * LANES):
                lanes[cluster, place] += np.float64(sums[place])
            count_distances(a, b, c, apart, distances, count)
            words, half = count // 2, begin // 2
            d, e = p[half : half + words], q[half : half + words]
            _replay(leader[0], leader[1], leader[2], d, e, left[:words])
            _replay(runner_up[0], runner_up[1], runner_up[2], d, e, right[:words])
            count_matches(a, b, c, apart, won, lost, matches, count)
        counts[:DISTANCE_ROWS] = distances
        counts[DISTANCE_ROWS:] = matches
        return True

    return compiled


_scan = _compile_scan(sha256_of((getsource(bits) + getsource(scan)).encode()))
