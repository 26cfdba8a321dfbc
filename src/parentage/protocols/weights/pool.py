"""Of many candidates, which few matter? A screen on the survey's sample, before weights and replay.

One pass over the sample gives, block by block, the products of all differences from the nearest candidate. From these
alone follow correlations, a forward search with exchanges (orthogonal matching pursuit) for the few whose combination
comes nearest to the subject, and sign tests over blocks. Nothing is decided here: what is chosen is then replayed.
Derivation and error: docs/questions/pool.md.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, Scalar
from parentage.numerics.lattice import ulp
from parentage.numerics.linear import add_up
from parentage.numerics.multiplicity import holm, sign_p
from parentage.numerics.pursuit import left_over, pursue
from parentage.numerics.scan import lane_sums
from parentage.protocols.weights.context import SampledTensor

QUESTION = "pool"
VERSION = "1"
MOST_CHOSEN = 4
RELATED_CORRELATION = 0.3
# A parent must take away so much of what the others leave of the subject's change, beyond what rounding leaves.
LEAST_GAIN = 0.02
SIGNIFICANT = 0.01
_ELEMENTS = 1 << 18
_LEAST_PER_TENSOR = 1 << 10
_FAR_ULPS = 4.0
_LEAST_FAR = 4096
_LEAST_BLOCKS = 64
_BLOCK = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolEntry:
    """What the screen says of one candidate.

    `correlation` is of its weights with the subject's, `distance` the subject's relative to its own size; `cosine` is
    of its difference from the nearest candidate with the subject's; `gain` the share of the squared change that only it
    explains among the chosen; `sign_p` the two-sided sign test over blocks, `holm_p` the same corrected for the number
    tried.
    """

    candidate: int
    correlation: float
    distance: float
    cosine: float
    weight: float
    gain: float
    blocks: int
    positive_blocks: int
    sign_p: float
    holm_p: float
    related: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolRecord:
    """The screen of all candidates, best first; `chosen` are at most four indices, ascending, the nearest among them.

    `origin` is the candidate with which the related ones share most elements, most likely the base of all; `explained`
    the share of the squared distance from the nearest that the combination explains.
    """

    entries: tuple[PoolEntry, ...]
    chosen: tuple[int, ...]
    nearest: int | None
    origin: int | None
    explained: float
    elements: int
    tensors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Products:
    """Sums over the sample, block by block and in total, of products of the candidates' and, last, the subject's
    differences from the nearest; `equal` counts the elements that two of them share bit for bit, of matrices.
    """

    total: NDArray[np.float64]
    blocks: NDArray[np.float64]
    equal: NDArray[np.int64]
    elements: int


def screen(tensors: Sequence[SampledTensor], candidates: int) -> PoolRecord:
    """Return the screen of so many candidates (places 0, 1, ...); those that no tensor has are unrelated."""
    kin = [_kinship(tensors, place) for place in range(candidates)]
    related = [place for place in range(candidates) if kin[place][0] >= RELATED_CORRELATION]
    pool = _with_most_tensors(tensors, related)
    nearest = min(pool, key=lambda place: (kin[place][1], place), default=None)
    if nearest is None:
        best = min(range(candidates), key=lambda place: (kin[place][1], place), default=None)
        entries = tuple(_entry(place, kin[place]) for place in _by_distance(range(candidates), kin))
        chosen = tuple(range(candidates)) if best is None or candidates <= MOST_CHOSEN else (best,)
        return PoolRecord(
            entries=entries, chosen=chosen, nearest=best, origin=None, explained=0.0, elements=0, tensors=0
        )
    usable = [tensor for tensor in tensors if all(place in tensor.candidates for place in pool) and tensor.subject.size]
    products = _products(usable, pool, nearest)
    # Training leaves an element whose change is below half an ulp as the base had it, and that in every fine-tune.
    origin = pool[max(range(len(pool)), key=lambda place: (int(products.equal[place].sum()), -place))]
    weights, explained = pursue(products.total, pool.index(nearest), most=MOST_CHOSEN, least_gain=LEAST_GAIN)
    entries = _entries(products, pool, weights, kin, nearest=nearest, origin=origin)
    others = [_entry(place, kin[place]) for place in _by_distance(range(candidates), kin) if place not in pool]
    # Where no more are offered than may be chosen there is nothing to screen.
    picked = _choose(entries, nearest, origin) if candidates > MOST_CHOSEN else tuple(range(candidates))
    return PoolRecord(
        entries=(*entries, *others),
        chosen=picked,
        nearest=nearest,
        origin=origin,
        explained=_short(explained),
        elements=products.elements,
        tensors=len(usable),
    )


def _kinship(tensors: Sequence[SampledTensor], place: int) -> tuple[float, float]:
    """Return the correlation of the weights and the relative distance, both as medians over matrices."""
    found = []
    large = [tensor for tensor in tensors if place in tensor.candidates and tensor.subject.size >= 256]
    matrices = [tensor for tensor in large if len(tensor.context.pair.subject.shape) >= 2]
    for tensor in matrices or large:
        step = max(1, tensor.subject.size // 8192)
        subject, candidate = tensor.subject[::step], tensor.candidates[place][::step]
        scale = float(np.max(np.abs(subject)))
        if not scale:
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            a, b = (subject / scale).astype(np.float32), (candidate / scale).astype(np.float32)
            aa, bb, ab, apart = _sum(a * a), _sum(b * b), _sum(a * b), _sum((a - b) * (a - b))
        if aa > 0 and bb > 0 and math.isfinite(aa + bb + ab + apart):
            found.append((ab / math.sqrt(aa) / math.sqrt(bb), math.sqrt(max(0.0, apart) / aa)))
    if not found:
        return 0.0, math.inf
    return _median([one for one, _ in found]), _median([other for _, other in found])


def _with_most_tensors(tensors: Sequence[SampledTensor], related: list[int]) -> list[int]:
    """Return those related candidates that have most of the tensors that any of them has."""
    counts = {place: sum(place in tensor.candidates for tensor in tensors) for place in related}
    most = max(counts.values(), default=0)
    return [place for place in related if 2 * counts[place] > most]


def _products(tensors: Sequence[SampledTensor], pool: Sequence[int], nearest: int) -> _Products:
    """Read the sample once: differences in units of each tensor's spread, where some candidates lie far apart."""
    size = len(pool) + 1
    shares = max(1, sum(min(tensor.subject.size, _LEAST_PER_TENSOR) for tensor in tensors))
    left = max(0, _ELEMENTS - shares)
    total = max(1, sum(tensor.subject.size for tensor in tensors))
    blocks, elements = [], 0
    parts = max(1, -(-_LEAST_BLOCKS // max(1, len(tensors))))
    equal = np.zeros((size, size), dtype=np.int64)
    for tensor in tensors:
        wanted = min(tensor.subject.size, _LEAST_PER_TENSOR + left * tensor.subject.size // total)
        step = max(1, tensor.subject.size // max(1, wanted))
        table = _differences(tensor, pool, nearest, step=step)
        if len(tensor.context.pair.subject.shape) >= 2:
            equal += np.stack([np.count_nonzero(table == row, axis=1) for row in table])
        rows = _far_rows(table, ulp(tensor.subject[::step], tensor.lattice))
        if rows is None:
            continue
        elements += rows.shape[1]
        for part in np.array_split(rows, min(parts, max(1, rows.shape[1] // _BLOCK)), axis=1):
            block = np.zeros((size, size))
            for i in range(size):
                for j in range(i, size):
                    block[i, j] = block[j, i] = _sum(part[i] * part[j])
            blocks.append(block)
    whole = np.zeros((size, size))
    for block in blocks:
        whole += block
    return _Products(total=whole, equal=equal, blocks=np.stack(blocks) if blocks else whole[None], elements=elements)


def _differences(tensor: SampledTensor, pool: Sequence[int], nearest: int, *, step: int) -> NDArray[np.float64]:
    """Return the differences from the nearest as rows, the subject's last."""
    origin = tensor.candidates[nearest][::step].astype(np.float64)
    return np.stack([*(tensor.candidates[place][::step] - origin for place in pool), tensor.subject[::step] - origin])


def _far_rows(table: NDArray[np.float64], spacing: NDArray[np.float64]) -> NDArray[np.float32] | None:
    """Return the differences in units of their spread, where candidates lie further apart than rounding matters."""
    widest = np.max(np.abs(table[:-1]), axis=0)
    far = widest >= _FAR_ULPS * spacing
    if np.count_nonzero(far) < min(_LEAST_FAR, far.size // 4):
        far = widest > 0
    table = table[:, far]
    if not table.shape[1]:
        return None
    scale = float(np.max(np.abs(table)))
    if not scale or not math.isfinite(scale):
        return None
    rows = (table / scale).astype(np.float32)
    spread = math.sqrt(add_up(_sum(row * row) for row in rows[:-1]) / rows.size)
    return rows / np.float32(spread) if spread else None


def _entries(
    products: _Products,
    pool: Sequence[int],
    weights: dict[int, float],
    kin: Sequence[tuple[float, float]],
    *,
    nearest: int,
    origin: int,
) -> tuple[PoolEntry, ...]:
    total = products.total
    tests = {
        place: _sign_test(products, place, (pool.index(nearest), pool.index(origin))) for place in range(len(pool))
    }
    corrected = holm([tests[place][2] for place in range(len(pool))])
    chosen = list(weights)
    left = left_over(total, chosen) if chosen else float(total[-1, -1])
    found = []
    for place, candidate in enumerate(pool):
        gain = 0.0
        if place in weights:
            without = left_over(total, [other for other in chosen if other != place])
            gain = (without - left) / float(total[-1, -1])
        blocks, positive, p = tests[place]
        weight = 1 - add_up(weights.values()) if candidate == nearest else weights.get(place, 0.0)
        found.append(
            PoolEntry(
                candidate=candidate,
                correlation=_short(kin[candidate][0]),
                distance=_short(kin[candidate][1]),
                cosine=_short(_cosine(total, place)),
                weight=_short(weight),
                gain=_short(gain),
                blocks=blocks,
                positive_blocks=positive,
                sign_p=_short(p),
                holm_p=_short(corrected[place]),
                related=True,
            )
        )
    found.sort(key=lambda entry: (-entry.gain, -abs(entry.cosine), entry.distance, entry.candidate))
    return tuple(found)


def _sign_test(products: _Products, place: int, references: Iterable[int]) -> tuple[int, int, float]:
    """Return blocks, those in which subject and candidate moved the same way, and p; the weaker of the references'.

    Seen from the nearest candidate two others share what moved the nearest, so where all part is asked too.
    """
    worst = (0, 0, 1.0)
    for turn, reference in enumerate(dict.fromkeys(references)):
        if reference == place:
            continue
        blocks = products.blocks
        # (S - R).(P - R), in differences from the nearest.
        score = blocks[:, -1, place] - blocks[:, -1, reference] - blocks[:, reference, place]
        score = score + blocks[:, reference, reference]
        positive, negative = int(np.count_nonzero(score > 0)), int(np.count_nonzero(score < 0))
        p = sign_p(positive, positive + negative)
        if turn == 0 or worst[0] == 0 or p > worst[2]:
            worst = (positive + negative, positive, p)
    return worst


def _choose(entries: Sequence[PoolEntry], nearest: int, origin: int) -> tuple[int, ...]:
    """Return the nearest, what the combination adds, the origin, and then what the combination takes away."""
    members = [entry for entry in entries if entry.gain > 0]
    added = [entry.candidate for entry in members if entry.weight > 0]
    wanted = [nearest, *added, origin, *(entry.candidate for entry in members if entry.weight <= 0)]
    return tuple(sorted(list(dict.fromkeys(wanted))[:MOST_CHOSEN]))


def _by_distance(places: Iterable[int], kin: Sequence[tuple[float, float]]) -> list[int]:
    return sorted(places, key=lambda place: (kin[place][1], place))


def _entry(place: int, kin: tuple[float, float]) -> PoolEntry:
    return PoolEntry(
        candidate=place,
        correlation=_short(kin[0]),
        distance=_short(kin[1]),
        cosine=0.0,
        weight=0.0,
        gain=0.0,
        blocks=0,
        positive_blocks=0,
        sign_p=1.0,
        holm_p=1.0,
        related=kin[0] >= RELATED_CORRELATION,
    )


def _cosine(total: NDArray[np.float64], place: int) -> float:
    product = float(total[place, place]) * float(total[-1, -1])
    return float(total[place, -1]) / math.sqrt(product) if product > 0 else 0.0


def _sum(column: NDArray[np.float32]) -> float:
    return add_up(lane_sums(column).tolist())


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _short(value: float) -> float:
    """Return the value with six significant digits, and the largest float for infinity."""
    return float(f"{value:.6g}") if math.isfinite(value) else math.copysign(1.7e308, value)


def conclude(record: PoolRecord, *, candidate_ids: Sequence[str], coverage: Coverage) -> Finding:
    """Return which candidates were compared in full, and what the screen saw of each."""
    chosen = ", ".join(candidate_ids[place] for place in record.chosen)
    rows: tuple[Mapping[str, Scalar], ...] = tuple(
        {
            "candidate": candidate_ids[entry.candidate],
            "compared": entry.candidate in record.chosen,
            "correlation": entry.correlation,
            "distance": entry.distance,
            "cosine": entry.cosine,
            "weight": entry.weight,
            "gain": entry.gain,
            "holm_p": entry.holm_p,
        }
        for entry in record.entries
    )
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=f"Of {len(record.entries)} candidates the sample singles out {chosen}: these were compared in full.",
        coverage=coverage,
        measurements=(
            Measurement(
                name="explained",
                value=record.explained,
                unit="share of the squared distance to the nearest candidate",
                about="by the best combination of at most four",
            ),
            Measurement(
                name="related",
                value=sum(entry.related for entry in record.entries),
                unit="candidates",
                about="whose weights correlate with the subject's",
            ),
        ),
        tables={"candidates": rows},
    )
