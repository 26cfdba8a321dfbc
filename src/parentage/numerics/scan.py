"""One pass over aligned elements: everything that any weights question needs, as integer counts and fixed-order sums.

This is the reference in NumPy, for every dtype and up to eight candidates; `kernel.py` computes the same bits
faster for the commonest case. Elements are summed in fp32 along sixteen fixed lanes within a block, in fp64 across the
blocks of a cluster, so that neither the chunk size, nor the number of threads, nor the machine changes a bit.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.lattice import Floats, Lattice, ordinals, round_to, working_type
from parentage.numerics.recipes.recipe import Account

LANES = 16
BLOCK = 2048
CLUSTER = 65536
# Moments are kept for all elements and for those whose candidates lie at least 8 and 32 ulps apart.
CLASS_FLOORS = (0, 8, 32)
AGREE, ONE, MID, OTHER = range(4)
# Where every result equals a parent no element lies between them: those whose parents are so far apart tell instead.
FAR_ULPS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSpec:
    """What to compute: the subject's lattice, the reference candidate and up to two hypotheses (leader, runner-up)."""

    lattice: Lattice
    reference: int
    hypotheses: tuple[Account, ...] = ()

    @property
    def octaves(self) -> int:
        """Number of distance octaves that the census keeps; the last is open."""
        return 8 if self.lattice.bits.itemsize <= 2 else 33


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """Sums over a run of elements of one tensor, for `k` candidates.

    `census[p, o]` counts elements at distance octave `o` for pair `p` of (subject, candidate 0, candidate 1, ...) in
    `pairs_of(k)` order; octave 0 is equality, octave n is [2^(n-1), 2^n) ulps. `classes[c, :]` counts the elements of
    class agree, one, mid, other and how many the leader and the runner-up reproduce. `discordant` counts elements
    where the two hypotheses differ, and how many each reproduces. `gram[cluster, class, entry]`, see `gram_entries`;
    `class_elements` counts the elements whose candidates differ from the reference by at least 1, 8 and 32 ulps.
    """

    elements: int
    nonfinite: int
    same_bits: NDArray[np.int64]
    census: NDArray[np.int64]
    agreement: NDArray[np.int64]
    classes: NDArray[np.int64]
    discordant: NDArray[np.int64]
    class_elements: NDArray[np.int64]
    gram: NDArray[np.float64]


def pairs_of(candidates: int) -> list[tuple[int, int]]:
    """Return the census pairs: -1 is the subject, 0.. the candidates."""
    return list(combinations(range(-1, candidates), 2))


def gram_entries(candidates: int) -> list[str]:
    """Return the names of the sums in `Scan.gram`.

    d0, d1, ...: candidate minus reference (the reference left out); y: subject minus reference; b: the reference,
    kept in the class of 8 ulps and more only; u: the subject's power of two, whose square gives the rounding floor.
    """
    names = [f"d{i}" for i in range(candidates - 1)] + ["y"]
    products = [f"{a}*{b}" for i, a in enumerate(names) for b in names[i:]]
    return [*products, "u*u", *[f"{a}*b" for a in names], "b*b"]


def scan(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> Scan:
    """Return the sums over equal-length arrays in their storage dtypes; the subject's is the lattice's."""
    # Cluster by cluster: what is needed of one stays in cache, and memory does not grow with the run.
    clusters = range(0, max(1, subject.size), CLUSTER)
    return _joined(
        [_scan_cluster(subject[i : i + CLUSTER], [c[i : i + CLUSTER] for c in candidates], spec) for i in clusters]
    )


def _joined(scans: Sequence[Scan]) -> Scan:
    counts = {
        field.name: sum((getattr(scan, field.name) for scan in scans[1:]), start=getattr(scans[0], field.name))
        for field in fields(Scan)
        if field.name != "gram"
    }
    return Scan(**counts, gram=np.concatenate([scan.gram for scan in scans]))


def _scan_cluster(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> Scan:
    same_bits = np.array([_equal_as_stored(subject, candidate) for candidate in candidates], dtype=np.int64)
    working = working_type(spec.lattice)
    with np.errstate(invalid="ignore"):
        values = [subject.astype(working), *(candidate.astype(working) for candidate in candidates)]
    finite = np.isfinite(values[0])
    for other in values[1:]:
        finite &= np.isfinite(other)
    nonfinite = int(finite.size - np.count_nonzero(finite))
    if nonfinite:
        values = [np.where(finite, value, working.type(0)) for value in values]
    places = [ordinals(value, spec.lattice) for value in values]
    distances = {(a, b): np.abs(places[a + 1] - places[b + 1]) for a, b in pairs_of(len(candidates))}
    census = np.stack([_octave_counts(distances[pair], spec.octaves) for pair in pairs_of(len(candidates))])
    census[:, 0] -= nonfinite
    agreement = _agreement(distances, len(candidates), nonfinite)
    classes, discordant = _replayed(values, places, finite, spec)
    apart = _apart(distances, len(candidates), spec.reference)
    return Scan(
        elements=subject.size,
        nonfinite=nonfinite,
        same_bits=same_bits,
        census=census,
        agreement=agreement,
        classes=classes,
        discordant=discordant,
        class_elements=np.array([np.count_nonzero(apart >= max(1, floor)) for floor in CLASS_FLOORS], dtype=np.int64),
        gram=_gram(values, apart, spec),
    )


def scan_identity(subject: NDArray[Any], candidates: Sequence[NDArray[Any]], spec: ScanSpec) -> Scan:
    """Return a scan that holds nothing but the equal elements, for dtypes in which no other question arises."""
    pairs = len(pairs_of(len(candidates)))
    entries = len(gram_entries(len(candidates)))
    return Scan(
        elements=subject.size,
        nonfinite=0,
        same_bits=np.array([_equal_as_stored(subject, candidate) for candidate in candidates], dtype=np.int64),
        census=np.zeros((pairs, spec.octaves), dtype=np.int64),
        agreement=np.zeros(2, dtype=np.int64),
        classes=np.zeros((4, 3), dtype=np.int64),
        discordant=np.zeros(3, dtype=np.int64),
        class_elements=np.zeros(len(CLASS_FLOORS), dtype=np.int64),
        gram=np.zeros((0, len(CLASS_FLOORS), entries), dtype=np.float64),
    )


def _equal_as_stored(subject: NDArray[Any], candidate: NDArray[Any]) -> int:
    if subject.dtype == candidate.dtype:
        bits = np.dtype(f"u{subject.itemsize}")
        return int(np.count_nonzero(subject.view(bits) == candidate.view(bits)))
    # A lossless change of dtype keeps the value, and nothing else can be compared bit for bit.
    wide = np.float64 if 8 in (subject.itemsize, candidate.itemsize) else np.float32
    with np.errstate(invalid="ignore"):
        left, right = subject.astype(wide), candidate.astype(wide)
    return int(np.count_nonzero((left == right) | (np.isnan(left) & np.isnan(right))))


def _octave_counts(distance: NDArray[np.int64], octaves: int) -> NDArray[np.int64]:
    # frexp's exponent of an integer is its bit length; fp64 holds every distance below 2^53 exactly.
    _, length = np.frexp(distance.astype(np.float64))
    return np.bincount(np.minimum(length, octaves - 1), minlength=octaves).astype(np.int64)


def _agreement(
    distances: dict[tuple[int, int], NDArray[np.int64]], candidates: int, nonfinite: int
) -> NDArray[np.int64]:
    agree = np.ones(next(iter(distances.values())).size, dtype=bool)
    for other in range(1, candidates):
        agree &= distances[(0, other)] == 0
    kept = agree & (distances[(-1, 0)] == 0)
    return np.array([np.count_nonzero(agree) - nonfinite, np.count_nonzero(kept) - nonfinite], dtype=np.int64)


def _replayed(
    values: Sequence[Floats], places: Sequence[NDArray[np.int64]], finite: NDArray[np.bool_], spec: ScanSpec
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    classes = np.zeros((4, 3), dtype=np.int64)
    discordant = np.zeros(3, dtype=np.int64)
    if not spec.hypotheses:
        return classes, discordant
    parents = spec.hypotheses[0].parents
    bits = np.dtype(f"u{values[0].itemsize}")
    # Compared as working values, so that a subject off its presumed lattice can never match.
    subject = values[0].view(bits)
    results = [account.result(values[0], values[1:], spec.lattice).view(bits) for account in spec.hypotheses]
    spread = np.zeros(subject.size, dtype=np.int64)
    for parent in parents[1:]:
        np.maximum(spread, np.abs(places[parent + 1] - places[parents[0] + 1]), out=spread)
    if spec.hypotheses[0].selects:
        telling = spread >= FAR_ULPS
    else:
        telling = np.ones(subject.size, dtype=bool)
        for parent in parents:
            telling &= results[0] != round_to(values[parent + 1], spec.lattice).view(bits)
    kind = np.where(spread >= 2, np.where(telling, MID, OTHER), spread)
    matches = [finite & (result == subject) for result in results]
    for place in range(4):
        inside = finite & (kind == place)
        classes[place, 0] = np.count_nonzero(inside)
        for column, match in enumerate(matches, start=1):
            classes[place, column] = np.count_nonzero(inside & match)
    if len(results) == 2:
        differ = finite & (results[0] != results[1])
        discordant[:] = [np.count_nonzero(differ), *(np.count_nonzero(differ & match) for match in matches)]
    return classes, discordant


def _apart(distances: dict[tuple[int, int], NDArray[np.int64]], candidates: int, reference: int) -> NDArray[np.int64]:
    """Return the least distance of any other candidate to the reference: all of them differ by so much or more."""
    others = [i for i in range(candidates) if i != reference]
    size = next(iter(distances.values())).size
    apart = np.full(size, np.iinfo(np.int64).max if others else 0)
    for i in others:
        np.minimum(apart, distances[(min(i, reference), max(i, reference))], out=apart)
    return apart


def _gram(values: Sequence[Floats], apart: NDArray[np.int64], spec: ScanSpec) -> NDArray[np.float64]:
    base = values[spec.reference + 1]
    others = [i for i in range(len(values) - 1) if i != spec.reference]
    with np.errstate(over="ignore", invalid="ignore"):
        vectors = [(values[i + 1] - base).astype(np.float32) for i in others]
        vectors.append((values[0] - base).astype(np.float32))
    power = _power_of_two(values[0], spec.lattice)
    centre = base.astype(np.float32)
    columns = []
    with np.errstate(over="ignore", invalid="ignore", under="ignore"):
        products = [a * b for i, a in enumerate(vectors) for b in vectors[i:]] + [power * power]
        crossed = [a * centre for a in vectors] + [centre * centre]
        for floor in CLASS_FLOORS:
            inside = apart >= floor
            kept = [np.where(inside, product, np.float32(0)) for product in products]
            if floor == CLASS_FLOORS[1]:
                kept += [np.where(inside, product, np.float32(0)) for product in crossed]
            else:
                kept += [np.zeros_like(product) for product in crossed]
            columns.append(np.stack([lane_sums(column) for column in kept], axis=1))
    return np.stack(columns, axis=1)


def _power_of_two(values: Floats, lattice: Lattice) -> NDArray[np.float32]:
    with np.errstate(over="ignore"):
        pattern = values.astype(np.float32).view(np.uint32) & np.uint32(0x7F800000)
    power = pattern.view(np.float32)
    smallest = np.float32(2.0) ** max(lattice.min_exponent, -126)
    return power if lattice.min_exponent <= -126 else np.maximum(power, smallest)


def lane_sums(column: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return one fp64 sum for each cluster of 65,536 elements: fp32 along 16 lanes in a block, fp64 across blocks."""
    clusters = -(-column.size // CLUSTER)
    # A single cluster needs no blocks of zeros after its last.
    blocks = CLUSTER // BLOCK if clusters > 1 else -(-column.size // BLOCK)
    padded = np.zeros(clusters * blocks * BLOCK, dtype=np.float32)
    padded[: column.size] = column
    # Lane j of a step of 32 takes elements 2j and 2j+1: the halves of one 32-bit word, when two bf16 share it.
    steps = padded.reshape(clusters, blocks, BLOCK // (2 * LANES), LANES, 2)
    lanes = steps.swapaxes(3, 4).reshape(clusters, blocks, BLOCK // LANES, LANES)
    # Reducing an outer axis adds whole rows one after the other, which is the order of the compiled kernel.
    with np.errstate(over="ignore", invalid="ignore"):
        in_blocks = np.add.reduce(lanes, axis=2, dtype=np.float32).astype(np.float64)
        in_lanes = np.add.reduce(in_blocks, axis=1)
        total = np.zeros(clusters, dtype=np.float64)
        for lane in range(LANES):
            total += in_lanes[:, lane]
    return total
