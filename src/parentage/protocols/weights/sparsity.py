"""Is it a pruned copy, and of what? Zeros where a source has none, and the source's own bits everywhere else.

Training leaves no exact zeros, and pruning leaves the rest as it was; so zeros say that something was pruned, and
equality of what was kept says what. Calibration: docs/questions/sparsity.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.lattice import Lattice, round_to
from parentage.numerics.quantization_sources import Source, candidate_sources, mixtures
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.matrices import MatrixReader
from parentage.protocols.weights.quantization_reading import (
    MOST_ELEMENTS,
    MOST_MATRICES,
    RestRecord,
    SourceRecord,
    choose_matrices,
    choose_vectors,
    compare_rest,
    read_candidates,
    read_subject,
    record_source,
    usual_dtype,
)

QUESTION = "sparsity"
VERSION = "1"
_PROBE_ELEMENTS = 1 << 16
# Calibrated in docs/questions/sparsity.md.
LEAST_DROPPED_SHARE = 0.02
# Pruned feed-forward networks alone are three of seven matrices.
SPARSE_MATRICES_SHARE = 0.25
KEPT_SHARE = 0.9999
REST_SHARE = 0.999
PATTERN_SHARE = 0.99
FILLED_SHARE = 1e-4
LEAST_APART = 64

Singles = NDArray[np.float32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """How one matrix compares with one source; `elements` is 0 where the source has no such matrix.

    `dropped`: zero here and not there; `filled`: the reverse; `kept`: zero in neither, of which `equal` are the
    same. `smaller`: dropped elements that are among as many smallest of the matrix. Rows, columns and fours (four
    neighbours in a row) count where something was dropped: all of it, or the smallest of it. `largest_dropped` and
    `smallest_kept` are magnitudes in the source.
    """

    elements: int = 0
    dropped: int = 0
    filled: int = 0
    kept: int = 0
    equal: int = 0
    smaller: int = 0
    rows_dropped: int = 0
    in_dropped_rows: int = 0
    columns_dropped: int = 0
    in_dropped_columns: int = 0
    rows_touched: int = 0
    rows_ordered: int = 0
    fours: int = 0
    fours_halved: int = 0
    fours_ordered: int = 0
    largest_dropped: float = 0.0
    smallest_kept: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixSparsity:
    """One subject matrix; `apart[i][j]` counts kept elements that source i reproduces and source j does not."""

    name: str
    elements: int
    zeros: int
    sources: tuple[Dropped, ...]
    apart: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SparsityRecord:
    """What the bytes say; everything concluded follows from this."""

    matrices: tuple[MatrixSparsity, ...]
    sources: tuple[SourceRecord, ...]
    rest: RestRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class SparsityConclusion:
    """What was dropped, by which pattern, and the source whose kept elements are here; `separated` as in quantization.

    `pattern`: `rows`, `columns`, `neurons` (rows of some matrices and columns of others), `2:4`, `magnitude-global`,
    `magnitude-tensor`, `magnitude-row`, `unstructured`, or empty where nothing was dropped.
    """

    result: Finding | NotApplicable
    matrices: int = 0
    sparse_matrices: int = 0
    pattern: str = ""
    sparsity: float = 0.0
    parents: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    method: str = ""
    elements: int = 0
    dropped: int = 0
    kept: int = 0
    filled: int = 0
    share: float = 0.0
    rest_elements: int = 0
    rest_share: float = 1.0
    runner_up: tuple[int, ...] = ()
    runner_up_share: float = 0.0
    separated: bool = False

    @property
    def is_sparse(self) -> bool:
        """Whether elements that the leading source has were dropped in at least a quarter of the matrices."""
        return self.matrices > 0 and self.sparse_matrices >= SPARSE_MATRICES_SHARE * self.matrices

    @property
    def is_copy(self) -> bool:
        """Whether what was kept is bit for bit one source's, and no other's, vectors included."""
        # Pruning puts nothing where the source has zero.
        only_dropped = self.filled <= FILLED_SHARE * (self.filled + self.kept)
        exact = self.kept > 0 and only_dropped and self.share >= KEPT_SHARE and self.rest_share >= REST_SHARE
        return self.is_sparse and exact and self.separated


def measure(
    reader: MatrixReader,
    pairs: Sequence[TensorContext],
    *,
    sources: Sequence[Source] = (),
    most_matrices: int = MOST_MATRICES,
    most_elements: int = MOST_ELEMENTS,
) -> SparsityRecord:
    """Return counts over a bounded choice of matrices; raises StorageError.

    Every candidate is a source, and so are the given ones; where zeros abound and no candidate equals the rest, linear
    merges of two candidates are tried with the weights that the subject suggests.
    """
    chosen = choose_matrices(pairs, most_matrices)
    dtypes = [usual_dtype(chosen, place) for place in range(reader.candidates)]
    known = (*candidate_sources(dtypes), *sources)
    tried = (*known, *_merges(reader, chosen, known, dtypes))
    matrices = tuple(_measured(reader, context, tried, most_elements) for context in chosen)
    rest = compare_rest(reader, choose_vectors(pairs), tried, most_elements)
    return SparsityRecord(matrices=matrices, sources=tuple(record_source(source) for source in tried), rest=rest)


def _merges(
    reader: MatrixReader, chosen: Sequence[TensorContext], known: Sequence[Source], dtypes: Sequence[str]
) -> tuple[Source, ...]:
    """Return the linear merge that equals most of what a probe kept, where no known source equals it all."""
    probes = []
    for context in chosen[:: max(1, len(chosen) // 4)]:
        subject = read_subject(reader, context, _PROBE_ELEMENTS).astype(np.float32)
        kept = (subject != 0) & np.isfinite(subject)
        if np.count_nonzero(~kept) >= LEAST_DROPPED_SHARE * subject.size and kept.any():
            candidates = read_candidates(reader, context, _PROBE_ELEMENTS)
            probes.append((subject[kept], {place: matrix[kept] for place, matrix in candidates.items()}))
    if not probes or len(dtypes) < 2:
        return ()
    lattice = next(context.lattice for context in chosen if context.lattice is not None)
    stored = max(sorted(set(dtypes)), key=dtypes.count) or "F32"
    blends = [source for source in mixtures(probes, len(dtypes), stored) if source.stored == stored]
    scored = [(_equal(probes, source, lattice), -place, source) for place, source in enumerate((*known, *blends))]
    share, _, best = max(scored, key=lambda entry: entry[:2])
    return (best,) if best.account is not None and best in blends and share > 0 else ()


def _equal(probes: Sequence[tuple[Singles, dict[int, Singles]]], source: Source, lattice: Lattice) -> int:
    total = 0
    for subject, candidates in probes:
        matrix = source.compute(subject, candidates)
        if matrix is not None:
            total += int(np.count_nonzero(round_to(matrix, lattice) == subject))
    return total


def _measured(
    reader: MatrixReader, context: TensorContext, sources: Sequence[Source], most_elements: int
) -> MatrixSparsity:
    lattice = context.lattice
    assert lattice is not None
    subject = read_subject(reader, context, most_elements).astype(np.float32)
    candidates = read_candidates(reader, context, most_elements)
    counted: list[Dropped] = []
    hits: list[Mask] = []
    for source in sources:
        matrix = source.compute(subject, candidates)
        if matrix is None:
            counted.append(Dropped())
            hits.append(np.zeros(subject.shape, dtype=bool))
            continue
        stored = round_to(matrix, lattice).astype(np.float32)
        counted.append(_compared(subject, stored))
        hits.append((subject == stored) & (subject != 0))
    return MatrixSparsity(
        name=context.name,
        elements=subject.size,
        zeros=int(np.count_nonzero(subject == 0)),
        sources=tuple(counted),
        apart=tuple(tuple(int(np.count_nonzero(one & ~other)) for other in hits) for one in hits),
    )


def _compared(subject: Singles, source: Singles) -> Dropped:
    zero, absent = subject == 0, source == 0
    dropped, kept = zero & ~absent, ~zero & ~absent
    size = np.abs(source)
    count = int(np.count_nonzero(dropped))
    found = Dropped(
        elements=subject.size,
        dropped=count,
        filled=int(np.count_nonzero(~zero & absent)),
        kept=int(np.count_nonzero(kept)),
        equal=int(np.count_nonzero(kept & (subject == source))),
    )
    if not count or not np.isfinite(size).all():
        return found
    threshold = np.partition(size[~absent], count - 1)[count - 1]
    rows, columns = (zero.all(axis=1) & dropped.any(axis=1)), (zero.all(axis=0) & dropped.any(axis=0))
    touched, ordered = _ordered(size, dropped, kept)
    whole = subject.shape[1] // 4 * 4
    by_four = [part[:, :whole].reshape(-1, 4) for part in (size, dropped, kept, zero)]
    fours, fours_ordered = _ordered(by_four[0], by_four[1], by_four[2])
    return replace(
        found,
        smaller=int(np.count_nonzero(dropped & (size <= threshold))),
        rows_dropped=int(np.count_nonzero(rows)),
        in_dropped_rows=int(np.count_nonzero(dropped[rows])),
        columns_dropped=int(np.count_nonzero(columns)),
        in_dropped_columns=int(np.count_nonzero(dropped[:, columns])),
        rows_touched=touched,
        rows_ordered=ordered,
        fours=by_four[3].shape[0],
        fours_halved=int(np.count_nonzero(np.count_nonzero(by_four[3], axis=1) == 2)),
        fours_ordered=fours_ordered if fours else 0,
        largest_dropped=float(np.max(size[dropped])),
        smallest_kept=float(np.min(size[kept])) if kept.any() else 0.0,
    )


def _ordered(size: Singles, dropped: Mask, kept: Mask) -> tuple[int, int]:
    """Return how many rows have dropped elements, and in how many of them none is larger than a kept one."""
    largest = np.where(dropped, size, np.float32(-1)).max(axis=1, initial=-1)
    smallest = np.where(kept, size, np.float32(np.inf)).min(axis=1, initial=np.inf)
    touched = largest >= 0
    return int(np.count_nonzero(touched)), int(np.count_nonzero(touched & (largest <= smallest)))


def conclude(record: SparsityRecord, *, candidate_ids: Sequence[str], coverage: Coverage) -> SparsityConclusion:
    """Return what was dropped, how, and of which source the rest is."""
    if not record.matrices or not record.sources:
        reason = "the subject has no floating-point matrix of 256 elements that a candidate has too"
        return SparsityConclusion(result=NotApplicable(question=QUESTION, version=VERSION, reason=reason))
    columns = [[matrix.sources[place] for matrix in record.matrices] for place in range(len(record.sources))]
    totals = [_total(column) for column in columns]
    order = sorted(range(len(totals)), key=lambda place: (-totals[place].equal, -totals[place].dropped, place))
    leader = order[0]
    source, total = record.sources[leader], totals[leader]
    others = [place for place in order if record.sources[place].parents != source.parents]
    separated = True
    if others:
        ahead = sum(matrix.apart[leader][others[0]] for matrix in record.matrices)
        behind = sum(matrix.apart[others[0]][leader] for matrix in record.matrices)
        separated = ahead >= LEAST_APART and behind <= 0.01 * ahead
    sparse = [one for one in columns[leader] if one.dropped >= LEAST_DROPPED_SHARE * max(1, one.elements)]
    elements = sum(matrix.elements for matrix in record.matrices)
    conclusion = SparsityConclusion(
        result=NotApplicable(question=QUESTION, version=VERSION, reason=""),
        matrices=len(record.matrices),
        sparse_matrices=len(sparse),
        pattern=_pattern(sparse),
        sparsity=sum(one.dropped for one in sparse) / max(1, sum(one.elements for one in sparse)),
        parents=source.parents,
        weights=source.weights,
        method=source.method,
        elements=elements,
        dropped=total.dropped,
        kept=total.kept,
        filled=total.filled,
        share=total.equal / total.kept if total.kept else 0.0,
        rest_elements=record.rest.elements,
        rest_share=record.rest.equal[leader] / record.rest.elements if record.rest.elements else 1.0,
        runner_up=record.sources[others[0]].parents if others else (),
        runner_up_share=totals[others[0]].equal / max(1, totals[others[0]].kept) if others else 0.0,
        separated=separated,
    )
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=_statement(conclusion, candidate_ids),
        coverage=coverage,
        measurements=_measurements(conclusion),
        tables=_tables(record, totals, candidate_ids),
    )
    return replace(conclusion, result=finding)


_COUNTS = tuple(field.name for field in fields(Dropped) if field.name not in ("largest_dropped", "smallest_kept"))


def _total(parts: Sequence[Dropped]) -> Dropped:
    return Dropped(**{name: sum(getattr(part, name) for part in parts) for name in _COUNTS})


def _pattern(sparse: Sequence[Dropped]) -> str:
    total = _total(sparse)
    if not total.dropped:
        return ""
    by_rows = sum(one.in_dropped_rows >= PATTERN_SHARE * one.dropped for one in sparse)
    by_columns = sum(one.in_dropped_columns >= PATTERN_SHARE * one.dropped for one in sparse)
    either = sum(max(one.in_dropped_rows, one.in_dropped_columns) >= PATTERN_SHARE * one.dropped for one in sparse)
    if either == len(sparse):
        return "rows" if by_rows == either else "columns" if by_columns == either else "neurons"
    if total.fours_halved >= PATTERN_SHARE * total.fours:
        return "2:4"
    if total.smaller >= PATTERN_SHARE * total.dropped and all(
        one.largest_dropped <= one.smallest_kept or one.smaller >= PATTERN_SHARE * one.dropped for one in sparse
    ):
        largest = max(one.largest_dropped for one in sparse)
        smallest = min(one.smallest_kept for one in sparse)
        return "magnitude-global" if len(sparse) > 1 and largest <= smallest else "magnitude-tensor"
    if total.rows_ordered >= PATTERN_SHARE * total.rows_touched:
        return "magnitude-row"
    return "unstructured"


def _statement(conclusion: SparsityConclusion, candidate_ids: Sequence[str]) -> str:
    parents = " and ".join(candidate_ids[parent] for parent in conclusion.parents)
    of = f"a merge of {parents}" if conclusion.method else parents
    if not conclusion.sparse_matrices:
        return f"In none of {conclusion.matrices} matrices examined are 2 % of the elements zero where {of} has values."
    return (
        f"In {conclusion.sparse_matrices} of {conclusion.matrices} matrices examined {conclusion.sparsity:.1%} of the "
        f"elements are zero where {of} has values ({conclusion.pattern}); {conclusion.share:.2%} of the rest are equal."
    )


def _measurements(conclusion: SparsityConclusion) -> tuple[Measurement, ...]:
    about = "0 between innocent models in the calibration"
    return (
        Measurement(
            name="dropped", value=conclusion.dropped, unit="elements zero here and not in the source", about=about
        ),
        Measurement(name="sparsity", value=conclusion.sparsity, unit="share of the matrices that are sparse"),
        Measurement(name="kept and equal", value=conclusion.share, unit="share of kept elements, bit for bit"),
        Measurement(name="left alone and equal", value=conclusion.rest_share, unit="share of vectors' elements"),
        Measurement(name="next source", value=conclusion.runner_up_share, unit="share of kept elements, bit for bit"),
    )


def _tables(
    record: SparsityRecord, totals: Sequence[Dropped], candidate_ids: Sequence[str]
) -> Mapping[str, tuple[Mapping[str, Scalar], ...]]:
    sources: tuple[Mapping[str, Scalar], ...] = tuple(
        {"source": source.words(candidate_ids), **{name: getattr(total, name) for name in _COUNTS}}
        for source, total in zip(record.sources, totals, strict=True)
    )
    matrices: tuple[Mapping[str, Scalar], ...] = tuple(
        {"name": matrix.name, "elements": matrix.elements, "zeros": matrix.zeros} for matrix in record.matrices
    )
    return {"sources": sources, "matrices": matrices}
