"""Is the difference of two models of low rank: was an adapter merged in? Asked of whole matrices, over depth and kind.

A submatrix keeps the rank, so at most 1,024 rows and columns of a matrix are read. Vocabulary matrices are left out:
where few rows were trained their differences are of low rank without any adapter. Derivation and error:
docs/questions/rank.md.
"""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.pairing import PairedTensor
from parentage.errors import StorageError
from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.blas import one_blas_thread
from parentage.numerics.lattice import LATTICES, ulp
from parentage.numerics.spectrum import Spectrum, spectrum
from parentage.protocols.weights.matrices import SUBJECT, MatrixReader

QUESTION = "rank"
VERSION = "1"
MOST_MATRICES = 24
SIDE = 1024
_RUN = 64
_LEAST_SIDE = 32
_VOCABULARY = ("embed", "lm_head", "wte", "wpe", "word_embeddings", "output.weight")
# Claimed where so many matrices, this share of those that can tell and this share of all changed ones are of low rank.
LOW_RANK_LEAST_MATRICES = 5
LOW_RANK_SHARE = 0.8
LOW_RANK_OF_CHANGED = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRank:
    """One matrix of the sample: its name in the subject, its role, and what its difference's spectrum says."""

    name: str
    layer: int | None
    kind: str
    spectrum: Spectrum


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRecord:
    """The difference of two sides (-1 is the subject), matrix by matrix; `failures` names what could not be read."""

    left: int
    right: int
    matrices: tuple[MatrixRank, ...]
    failures: tuple[str, ...]
    elements_read: int
    elements: int
    matrices_there: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RankConclusion:
    """The rank of the changed matrices, or None; how many are of which kind; and the finding.

    `rank` is their common one where they are `uniform`, else the largest; `share` the low-rank ones' of the matrices
    that can tell, those neither identical nor buried in rounding.
    """

    rank: int | None
    uniform: bool
    share: float
    agreeing: int
    low_rank: int
    full: int
    buried: int
    identical: int
    result: Finding | NotApplicable

    @property
    def changed(self) -> int:
        """Matrices with any difference."""
        return self.low_rank + self.full + self.buried


def measure(
    reader: MatrixReader,
    pairs: Sequence[PairedTensor],
    candidate: int,
    *,
    against: int = SUBJECT,
    threads: int = 1,
) -> RankRecord:
    """Return the spectra of `against` (the subject, or another candidate) minus the candidate.

    Threads decompose matrices side by side; their number changes nothing.
    """
    eligible = [pair for pair in pairs if _is_matrix(pair, candidate) and _is_matrix(pair, against)]
    chosen = select(eligible)
    found: list[MatrixRank] = []
    failures: dict[str, str] = {}
    read = 0
    with one_blas_thread(), ThreadPoolExecutor(threads) as pool:
        waiting: deque[tuple[PairedTensor, Future[Spectrum | None]]] = deque()

        def take() -> None:
            pair, future = waiting.popleft()
            one, name = future.result(), pair.subject.name
            if one is None:
                failures[name] = "not finite, or its singular values were not found"
            else:
                found.append(MatrixRank(name=name, layer=pair.role.layer, kind=pair.role.kind, spectrum=one))

        for pair in chosen:
            left, right = _info(pair, against), _info(pair, candidate)
            assert left is not None and right is not None
            try:
                minuend, subtrahend = _block(reader, against, left), _block(reader, candidate, right)
            except StorageError as error:
                failures[pair.subject.name] = str(error)
                continue
            read += minuend.size
            waiting.append((pair, pool.submit(_spectrum, minuend, subtrahend, left.dtype.name)))
            # Each waiting pair holds 16 MiB.
            if len(waiting) > threads:
                take()
        while waiting:
            take()
    names = [pair.subject.name for pair in chosen]
    return RankRecord(
        left=against,
        right=candidate,
        matrices=tuple(found),
        failures=tuple(f"{name}: {failures[name]}" for name in names if name in failures),
        elements_read=read,
        elements=sum(pair.subject.elements for pair in eligible),
        matrices_there=len(eligible),
    )


def select(pairs: Sequence[PairedTensor]) -> list[PairedTensor]:
    """Return at most 24 of the pairs: every kind in turn, in each kind evenly over depth."""
    kinds: dict[str, list[PairedTensor]] = {}
    for pair in pairs:
        kinds.setdefault(pair.role.kind, []).append(pair)
    each = max(1, MOST_MATRICES // max(1, len(kinds)))
    chosen: list[PairedTensor] = []
    for members in kinds.values():
        members.sort(key=lambda pair: (-1 if pair.role.layer is None else pair.role.layer, pair.role.key))
        count = min(each, len(members))
        # The middle of each stretch of depth.
        chosen += [members[(2 * place + 1) * len(members) // (2 * count)] for place in range(count)]
    return chosen[:MOST_MATRICES]


def _info(pair: PairedTensor, side: int) -> TensorInfo | None:
    return pair.subject if side == SUBJECT else pair.candidates[side]


def _is_matrix(pair: PairedTensor, side: int) -> bool:
    info = _info(pair, side)
    if info is None or info.dtype.kind != "float" or info.shape != pair.subject.shape or len(info.shape) < 2:
        return False
    if any(word in pair.role.key for word in _VOCABULARY):
        return False
    return min(_matrix_shape(info.shape)) >= _LEAST_SIDE


def _matrix_shape(shape: tuple[int, ...]) -> tuple[int, int]:
    """Return the shape of the matrix to look at: one expert of a stack, the flat kernel of a convolution."""
    if _is_stack(shape):
        return shape[-2], shape[-1]
    return shape[0], int(np.prod(shape[1:]))


def _is_stack(shape: tuple[int, ...]) -> bool:
    return len(shape) == 3 and min(shape[1:]) >= _LEAST_SIDE


def _runs(size: int) -> list[tuple[int, int]]:
    """Return at most 1,024 places of so many, as runs of 64 spread evenly."""
    if size <= SIDE:
        return [(0, size)]
    runs = SIDE // _RUN
    return [(first, first + _RUN) for first in (run * (size - _RUN) // (runs - 1) for run in range(runs))]


def _block(reader: MatrixReader, side: int, info: TensorInfo) -> NDArray[np.float64]:
    rows, columns = _matrix_shape(info.shape)
    if _is_stack(info.shape):
        middle = info.shape[0] // 2
        whole = reader.read_rows(side, info.name, middle, middle + 1).reshape(rows, columns)
        parts = [whole[first:last] for first, last in _runs(rows)]
    else:
        parts = [reader.read_rows(side, info.name, *run).reshape(-1, columns) for run in _runs(rows)]
    taken = [np.concatenate([part[:, first:last] for first, last in _runs(columns)], axis=1) for part in parts]
    with np.errstate(invalid="ignore"):
        return np.concatenate(taken).astype(np.float64)


def _spectrum(left: NDArray[np.float64], right: NDArray[np.float64], dtype: str) -> Spectrum | None:
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return None
    with np.errstate(over="ignore"):
        return spectrum(left - right, ulp(left, LATTICES[dtype]))


def conclude(record: RankRecord, *, left: str, right: str) -> RankConclusion:
    """Return the common rank, if there is one; `left` and `right` name the sides."""
    kinds: Counter[str] = Counter(matrix.spectrum.status for matrix in record.matrices)
    ranks = Counter(matrix.spectrum.rank for matrix in record.matrices if matrix.spectrum.rank is not None)
    # Of equally frequent ranks the larger: an adapter's last values can sink into the rounding, none can rise from it.
    modal, agreeing = max(ranks.items(), key=lambda entry: (entry[1], entry[0]), default=(None, 0))
    low = kinds["low-rank"]
    telling = low + kinds["full"]
    share = low / telling if telling else 0.0
    changed = telling + kinds["buried"]
    claimed = low >= LOW_RANK_LEAST_MATRICES and share >= LOW_RANK_SHARE and low >= LOW_RANK_OF_CHANGED * changed
    uniform = agreeing >= LOW_RANK_SHARE * low
    rank = (modal if uniform else max(ranks)) if claimed else None
    return RankConclusion(
        rank=rank,
        share=share,
        uniform=claimed and uniform,
        agreeing=agreeing,
        low_rank=kinds["low-rank"],
        full=kinds["full"],
        buried=kinds["buried"],
        identical=kinds["identical"],
        result=_result(record, kinds, rank, agreeing if uniform else 0, left, right),
    )


def _result(
    record: RankRecord, kinds: Counter[str], rank: int | None, agreeing: int, left: str, right: str
) -> Finding | NotApplicable:
    if not record.matrices:
        reason = "no matrix of 32 rows and columns is paired" if not record.failures else record.failures[0]
        return NotApplicable(question=QUESTION, version=VERSION, reason=reason)
    changed = kinds["low-rank"] + kinds["full"] + kinds["buried"]
    if not changed:
        words = f"{left} and {right} do not differ in the {len(record.matrices)} matrices read."
    elif rank is not None:
        extent = f"rank {rank} in {agreeing}" if agreeing else f"a rank of at most {rank} in {kinds['low-rank']}"
        words = f"{left} minus {right} has {extent} of {changed} changed matrices."
    elif kinds["buried"] == changed:
        words = f"{left} minus {right} is too small beside the rounding for its rank to be told."
    else:
        words = f"{left} minus {right} has no common low rank ({kinds['full']} of {changed} changed matrices are full)."
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=words,
        coverage=Coverage(
            elements_read=record.elements_read,
            elements=record.elements,
            tensors_read=len(record.matrices),
            tensors=record.matrices_there,
        ),
        measurements=(
            Measurement(name="rank", value=rank, unit="rank that the changed matrices share"),
            Measurement(name="agreeing", value=agreeing, unit="matrices"),
            Measurement(name="buried", value=kinds["buried"], unit="matrices whose change is mostly rounding"),
        ),
        tables={"matrices": tuple(_rows(record.matrices)), "failures": tuple({"why": why} for why in record.failures)},
    )


def _rows(matrices: Iterable[MatrixRank]) -> list[dict[str, Scalar]]:
    return [
        {
            "tensor": matrix.name,
            "status": matrix.spectrum.status,
            "rank": matrix.spectrum.rank,
            "rows": matrix.spectrum.rows,
            "columns": matrix.spectrum.columns,
            "gap": matrix.spectrum.gap,
            "energy_above": matrix.spectrum.energy,
            "over_floor": matrix.spectrum.over_floor,
            "remainder_over_floor": matrix.spectrum.remainder_over_floor,
            "beyond_noise": matrix.spectrum.above,
        }
        for matrix in matrices
    ]
