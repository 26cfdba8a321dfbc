"""Which matrices are looked at for lossy copying, and which part of each: the same for every model."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.checkpoint.header import TensorInfo
from parentage.numerics.lattice import round_to
from parentage.numerics.quantization_sources import Source
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.matrices import SUBJECT, MatrixReader

MOST_MATRICES = 24
MOST_ELEMENTS = 1 << 22
MOST_VECTORS = 256
_LONGEST_VECTOR = 1 << 20
_LEAST_ELEMENTS = 256

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord:
    """A source as records keep it: parents, weights, the merge's name (empty for a candidate) and the dtype before."""

    parents: tuple[int, ...]
    weights: tuple[float, ...]
    method: str
    stored: str

    def words(self, candidate_ids: Sequence[str]) -> str:
        """Return the source as a table gives it."""
        saved = "" if self.stored == "F32" and not self.method else f" as {self.stored}"
        if not self.method:
            return candidate_ids[self.parents[0]] + saved
        parts = zip(self.weights, self.parents, strict=False)
        return " + ".join(f"{weight:g} {candidate_ids[parent]}" for weight, parent in parts) + saved


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """Elements of one matrix that one source's replay gives: bit for bit, in the same code, within half a step.

    `near` are those within a quarter of a step: half of them where the source was rounded, nearly all where the source
    was made from the subject by small changes.

    `informative` are those that the quantiser changes at all; `elements` is 0 where the source has no such matrix.
    """

    elements: int = 0
    bits: int = 0
    codes: int = 0
    within: int = 0
    near: int = 0
    informative: int = 0
    informative_bits: int = 0


def record_source(source: Source) -> SourceRecord:
    """Return what a record keeps of a source."""
    return SourceRecord(parents=source.parents, weights=source.weights, method=source.method, stored=source.stored)


def usual_dtype(chosen: Sequence[TensorContext], place: int) -> str:
    """Return the dtype of most of a candidate's matrices, empty where it has none."""
    names = [info.dtype.name for context in chosen if (info := context.pair.candidates[place]) is not None]
    return max(sorted(set(names)), key=names.count, default="")


def choose_matrices(pairs: Sequence[TensorContext], most: int) -> list[TensorContext]:
    """Return floating-point matrices within layers, or where there are none any, spread over kinds and depth."""
    found = [
        context
        for context in pairs
        if context.lattice is not None
        and context.lattice.name != "F64"
        and len(context.pair.subject.shape) in (2, 3)
        and context.pair.subject.elements >= _LEAST_ELEMENTS
    ]
    found = [context for context in found if context.pair.role.layer is not None] or found
    kinds: dict[str, list[TensorContext]] = {}
    for context in found:
        kinds.setdefault(context.pair.role.kind, []).append(context)
    each = max(1, most // max(1, len(kinds)))
    chosen = []
    for members in list(kinds.values())[:most]:
        count = min(each, len(members))
        chosen += [members[place * len(members) // count] for place in range(count)]
    return sorted(chosen, key=lambda context: context.index)


def read_subject(reader: MatrixReader, context: TensorContext, most: int) -> NDArray[Any]:
    """Return leading rows of the subject's matrix as stored: at most `most` elements, in multiples of 128 rows.

    Of a stack of matrices the first is taken. Raises StorageError.
    """
    return _read(reader, SUBJECT, context.pair.subject, most)


def read_candidates(reader: MatrixReader, context: TensorContext, most: int) -> dict[int, Singles]:
    """Return the same rows of each candidate that has a matrix of the subject's shape, in fp32; raises StorageError."""
    shape = context.pair.subject.shape
    return {
        place: _read(reader, place, info, most).astype(np.float32)
        for place, info in enumerate(context.pair.candidates)
        if info is not None and info.shape == shape and info.dtype.kind == "float" and info.dtype.name != "F64"
    }


def _read(reader: MatrixReader, side: int, info: TensorInfo, most: int) -> NDArray[Any]:
    rows = rows_within(info.shape, most)
    stacked = len(info.shape) == 3
    found = reader.read_rows(side, info.name, 0, 1)[0] if stacked else reader.read_rows(side, info.name, 0, rows)
    matrix: NDArray[Any] = found[:rows]
    return matrix


def rows_within(shape: tuple[int, ...], most: int) -> int:
    """Return how many leading rows of a matrix are read; of a vector, elements."""
    if len(shape) == 1:
        return min(shape[0], most)
    rows = min(shape[-2], max(1, most // max(1, shape[-1])))
    return rows if rows == shape[-2] or rows < 128 else rows // 128 * 128


@dataclass(frozen=True, slots=True, kw_only=True)
class RestRecord:
    """Elements that lossy copying leaves alone, and how many of them equal each source's (0 where it has none)."""

    elements: int
    equal: tuple[int, ...]


def choose_vectors(pairs: Sequence[TensorContext]) -> list[TensorContext]:
    """Return up to 256 floating-point vectors, spread over the file: norms and biases."""
    found = [
        context
        for context in pairs
        if context.lattice is not None
        and context.lattice.name != "F64"
        and len(context.pair.subject.shape) == 1
        and 0 < context.pair.subject.elements <= _LONGEST_VECTOR
    ]
    count = min(MOST_VECTORS, len(found))
    return [found[place * len(found) // count] for place in range(count)]


def compare_rest(
    reader: MatrixReader, contexts: Sequence[TensorContext], sources: Sequence[Source], most: int
) -> RestRecord:
    """Return how much of vectors, and of matrices that were left alone, equals each source; raises StorageError."""
    elements, equal = 0, [0] * len(sources)
    for context in contexts:
        assert context.lattice is not None
        subject = read_subject(reader, context, most).astype(np.float32)
        candidates = read_candidates(reader, context, most)
        elements += subject.size
        for place, source in enumerate(sources):
            found = source.compute(subject, candidates)
            if found is not None:
                equal[place] += int(np.count_nonzero(round_to(found, context.lattice) == subject))
    return RestRecord(elements=elements, equal=tuple(equal))
