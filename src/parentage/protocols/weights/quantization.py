"""Is it a quantised copy, and of what? The lattice is found first, then the quantiser is replayed on each source.

Values on a lattice of few codes say that *something* was quantised; that the quantiser, run again on one source, gives
these very bits says what. Training after or before would move codes and scales, so a fine-tune of the source does
not reproduce them. Calibration: docs/questions/quantization.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.lattice import Lattice, round_to, ulp
from parentage.numerics.quantization import BLOCK, Scheme, quantise, variants
from parentage.numerics.quantization_lattice import LatticeFound, find_lattice
from parentage.numerics.quantization_sources import Source, candidate_sources, mixtures
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.matrices import MatrixReader
from parentage.protocols.weights.quantization_reading import (
    MOST_ELEMENTS,
    MOST_MATRICES,
    Reproduced,
    RestRecord,
    SourceRecord,
    choose_matrices,
    choose_vectors,
    compare_rest,
    read_candidates,
    read_subject,
    record_source,
    rows_within,
    usual_dtype,
)

QUESTION = "quantization"
VERSION = "1"
_PROBE_ELEMENTS = 1 << 15
# Calibrated in docs/questions/quantization.md.
LATTICE_SHARE = 0.75
REPRODUCED_SHARE = 0.99995
REST_SHARE = 0.999
LEAST_APART = 64
# Rounding leaves half of the elements within a quarter of a step; small changes of the subject leave nearly all.
NEAR_SHARE = 0.8

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixQuantization:
    """One subject matrix: the lattice it lies on, if any, the scheme replayed, and what each source reproduces.

    `apart[i][j]` counts the elements that source i reproduces and source j does not.
    """

    name: str
    elements: int
    lattice: LatticeFound | None
    scheme: Scheme | None
    sources: tuple[Reproduced, ...] = ()
    apart: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantizationRecord:
    """What the bytes say; everything concluded follows from this."""

    matrices: tuple[MatrixQuantization, ...]
    sources: tuple[SourceRecord, ...]
    rest: RestRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantizationConclusion:
    """The scheme of most matrices and the source that reproduces most; counts are over matrices on a lattice.

    `separated` says that the source reproduces what the next one, with other parents, does not; `is_copy` that the
    policy may call the subject a quantised copy of `parents`, `is_quantized` that it lies on a lattice of whomever.
    """

    result: Finding | NotApplicable
    matrices: int = 0
    on_lattice: int = 0
    scheme: Scheme | None = None
    parents: tuple[int, ...] = ()
    weights: tuple[float, ...] = ()
    method: str = ""
    elements: int = 0
    share: float = 0.0
    informative_share: float = 0.0
    code_share: float = 0.0
    near_share: float = 0.0
    within_half_step: float = 0.0
    rest_elements: int = 0
    rest_share: float = 1.0
    runner_up: tuple[int, ...] = ()
    runner_up_share: float = 0.0
    separated: bool = False

    @property
    def is_quantized(self) -> bool:
        """Whether most examined matrices lie on a lattice (routers and the like are left alone)."""
        return self.matrices > 0 and self.on_lattice >= LATTICE_SHARE * self.matrices

    @property
    def is_copy(self) -> bool:
        """Whether one source, and no other, gives the subject's bits, and has the vectors that were left alone."""
        exact = self.share >= REPRODUCED_SHARE and self.informative_share >= REPRODUCED_SHARE
        rounded = self.near_share <= NEAR_SHARE
        return self.is_quantized and exact and self.separated and rounded and self.rest_share >= REST_SHARE


def measure(
    reader: MatrixReader,
    pairs: Sequence[TensorContext],
    *,
    sources: Sequence[Source] = (),
    most_matrices: int = MOST_MATRICES,
    most_elements: int = MOST_ELEMENTS,
) -> QuantizationRecord:
    """Return lattices and replays over a bounded choice of matrices; raises StorageError.

    Every candidate is a source, and so are the given ones; where neither reproduces the subject, linear merges of two
    candidates are tried with the weights that the subject suggests.
    """
    chosen = choose_matrices(pairs, most_matrices)
    lattices = _alike(chosen, [_lattice_of(reader, context, most_elements) for context in chosen])
    found = [(context, lattice) for context, lattice in zip(chosen, lattices, strict=True) if lattice is not None]
    dtypes = [usual_dtype(chosen, place) for place in range(reader.candidates)]
    known = (*candidate_sources(dtypes), *sources)
    schemes, merges = _schemes(reader, found, known, dtypes, most_elements)
    tried = (*known, *merges)
    matrices = []
    for context, lattice in zip(chosen, lattices, strict=True):
        elements = rows_within(context.pair.subject.shape, most_elements) * context.pair.subject.shape[-1]
        scheme = schemes.get(_form(lattice)) if lattice is not None else None
        blank = MatrixQuantization(name=context.name, elements=elements, lattice=lattice, scheme=scheme)
        is_cut = scheme is not None and scheme.granularity == "tensor" and _is_cut(context, most_elements)
        if scheme is None or (is_cut and scheme.divisor != 0):
            matrices.append(blank)
        else:
            matrices.append(_replayed(reader, context, blank, scheme, tried, most_elements))
    alone = [context for context, one in zip(chosen, lattices, strict=True) if one is None] if found else []
    rest = compare_rest(reader, [*choose_vectors(pairs), *alone] if found else [], tried, most_elements)
    return QuantizationRecord(
        matrices=tuple(matrices), sources=tuple(record_source(source) for source in tried), rest=rest
    )


def _is_cut(context: TensorContext, most_elements: int) -> bool:
    return rows_within(context.pair.subject.shape, most_elements) < context.pair.subject.shape[-2]


def _lattice_of(reader: MatrixReader, context: TensorContext, most_elements: int) -> LatticeFound | None:
    assert context.lattice is not None
    return find_lattice(read_subject(reader, context, most_elements), context.lattice)


def _alike(chosen: Sequence[TensorContext], lattices: Sequence[LatticeFound | None]) -> list[LatticeFound | None]:
    """Return the lattices, a row no longer than another matrix's group called a group, a small tensor a block."""
    sizes = {one.kind: one.group_size for one in lattices if one is not None and one.granularity == "group"}
    blocks = {one.kind for one in lattices if one is not None and one.granularity == "block"}
    found: list[LatticeFound | None] = []
    for context, one in zip(chosen, lattices, strict=True):
        rows, columns = context.pair.subject.shape[-2:]
        if one is not None and one.granularity == "row" and columns <= sizes.get(one.kind, 0):
            one = replace(one, granularity="group", group_size=sizes[one.kind])
        elif one is not None and one.granularity == "tensor" and one.kind in blocks and max(rows, columns) <= BLOCK:
            one = replace(one, granularity="block")
        found.append(one)
    return found


def _form(lattice: LatticeFound) -> LatticeFound:
    """Return what matrices must share to have one scheme; whether zero points are whole, the replay tells."""
    zero: Literal["float", "none"] = "float" if lattice.zero == "float" else "none"
    return replace(lattice, zero=zero, groups=0, passing=0, evidence=0)


def _schemes(
    reader: MatrixReader,
    found: Sequence[tuple[TensorContext, LatticeFound]],
    known: Sequence[Source],
    dtypes: Sequence[str],
    most_elements: int,
) -> tuple[dict[LatticeFound, Scheme], tuple[Source, ...]]:
    """Return for each form of lattice the variant that reproduces most of a probe, and merges that do better."""
    schemes: dict[LatticeFound, Scheme] = {}
    merges: list[Source] = []
    forms = list(dict.fromkeys(_form(lattice) for _, lattice in found))
    for form in forms:
        members = [context for context, lattice in found if _form(lattice) == form]
        members.sort(key=lambda context: (context.pair.subject.elements, context.index))
        whole = form.granularity == "tensor"
        probes = [_probe(reader, context, most_elements if whole else _PROBE_ELEMENTS) for context in members[:2]]
        lattice = members[0].lattice
        assert lattice is not None
        options = variants(form.kind, form.bits, form.granularity, form.group_size, form.zero, lattice)
        share, scheme, _ = _best(probes, options, known, lattice)
        if share < REPRODUCED_SHARE and len(dtypes) > 1:
            stored = max(sorted(set(dtypes)), key=dtypes.count)
            blends = mixtures(probes, len(dtypes), stored or "F32")
            better, by, blend = _best(probes, options, blends, lattice)
            if blend is not None and better > share:
                scheme = by
                merges += [blend] if blend not in merges else []
        if scheme is not None:
            schemes[form] = scheme
    return schemes, tuple(merges)


_Probe = tuple[Singles, dict[int, Singles]]


def _probe(reader: MatrixReader, context: TensorContext, most_elements: int) -> _Probe:
    # The rows that a whole read begins with; block scales need 128 of them.
    most = max(most_elements, 128 * context.pair.subject.shape[-1])
    return read_subject(reader, context, most).astype(np.float32), read_candidates(reader, context, most)


def _best(
    probes: Sequence[_Probe], options: Sequence[Scheme], sources: Sequence[Source], lattice: Lattice
) -> tuple[float, Scheme | None, Source | None]:
    best: tuple[float, Scheme | None, Source | None] = (0.0, None, None)
    for source in sources:
        computed = [(subject, source.compute(subject, candidates)) for subject, candidates in probes]
        usable = [(subject, matrix) for subject, matrix in computed if matrix is not None and np.isfinite(matrix).all()]
        total = sum(subject.size for subject, _ in usable)
        for scheme in options:
            same = sum(
                int(np.count_nonzero(quantise(matrix, scheme, lattice).values == subject)) for subject, matrix in usable
            )
            if total and same / total > best[0]:
                best = (same / total, scheme, source)
            if best[0] == 1.0:
                return best
    return best


def _replayed(
    reader: MatrixReader,
    context: TensorContext,
    blank: MatrixQuantization,
    scheme: Scheme,
    sources: Sequence[Source],
    most_elements: int,
) -> MatrixQuantization:
    lattice = context.lattice
    assert lattice is not None
    subject = read_subject(reader, context, most_elements).astype(np.float32)
    candidates = read_candidates(reader, context, most_elements)
    slack = 0.5 * ulp(subject, lattice)
    counted, hits = [], []
    for source in sources:
        matrix = source.compute(subject, candidates)
        if matrix is None or not np.isfinite(matrix).all():
            counted.append(Reproduced())
            hits.append(np.zeros(subject.shape, dtype=bool))
            continue
        replay = quantise(matrix, scheme, lattice)
        same = replay.values == subject
        changed = replay.values != round_to(matrix, lattice)
        counted.append(
            Reproduced(
                elements=subject.size,
                bits=int(np.count_nonzero(same)),
                codes=int(np.count_nonzero(same | (np.abs(replay.values - subject) < 0.5 * replay.steps))),
                within=int(np.count_nonzero(np.abs(matrix - subject) <= 0.5 * replay.steps + slack)),
                near=int(np.count_nonzero(np.abs(matrix - subject) <= 0.25 * replay.steps)),
                informative=int(np.count_nonzero(changed)),
                informative_bits=int(np.count_nonzero(changed & same)),
            )
        )
        hits.append(same)
    apart = tuple(tuple(int(np.count_nonzero(one & ~other)) for other in hits) for one in hits)
    return replace(blank, sources=tuple(counted), apart=apart)


def conclude(record: QuantizationRecord, *, candidate_ids: Sequence[str], coverage: Coverage) -> QuantizationConclusion:
    """Return what the record says: the scheme, the source that reproduces most, and how far ahead it is."""
    examined = len(record.matrices)
    if not examined:
        reason = "the subject has no floating-point matrix of 256 elements that a candidate has too"
        return QuantizationConclusion(result=NotApplicable(question=QUESTION, version=VERSION, reason=reason))
    names = [source.words(candidate_ids) for source in record.sources]
    replayed = [matrix for matrix in record.matrices if matrix.sources]
    totals = [_total([matrix.sources[place] for matrix in replayed]) for place in range(len(names))]
    elements = sum(matrix.elements for matrix in replayed)
    schemes = [matrix.scheme for matrix in replayed if matrix.scheme is not None]
    conclusion = QuantizationConclusion(
        result=NotApplicable(question=QUESTION, version=VERSION, reason=""),
        matrices=examined,
        on_lattice=sum(matrix.lattice is not None for matrix in record.matrices),
        scheme=max(schemes, key=schemes.count) if schemes else None,
        elements=elements,
    )
    if elements and totals:
        conclusion = _led(conclusion, record, totals, elements)
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=_statement(conclusion, candidate_ids),
        coverage=coverage,
        measurements=_measurements(conclusion),
        tables=_tables(record, names, totals),
    )
    return replace(conclusion, result=finding)


def _total(parts: Sequence[Reproduced]) -> Reproduced:
    return Reproduced(**{field.name: sum(getattr(part, field.name) for part in parts) for field in fields(Reproduced)})


def _led(
    conclusion: QuantizationConclusion, record: QuantizationRecord, totals: Sequence[Reproduced], elements: int
) -> QuantizationConclusion:
    order = sorted(range(len(totals)), key=lambda place: (-totals[place].bits, place))
    leader = order[0]
    source, total = record.sources[leader], totals[leader]
    others = [place for place in order if record.sources[place].parents != source.parents]
    separated = True
    if others:
        apart = [matrix.apart for matrix in record.matrices if matrix.apart]
        ahead = sum(counts[leader][others[0]] for counts in apart)
        behind = sum(counts[others[0]][leader] for counts in apart)
        separated = ahead >= LEAST_APART and behind <= 0.01 * ahead
    return replace(
        conclusion,
        parents=source.parents,
        weights=source.weights,
        method=source.method,
        share=total.bits / elements,
        informative_share=total.informative_bits / total.informative if total.informative else 0.0,
        code_share=total.codes / elements,
        near_share=total.near / elements,
        within_half_step=total.within / elements,
        rest_elements=record.rest.elements,
        rest_share=record.rest.equal[leader] / record.rest.elements if record.rest.elements else 1.0,
        runner_up=record.sources[others[0]].parents if others else (),
        runner_up_share=totals[others[0]].bits / elements if others else 0.0,
        separated=separated,
    )


def _statement(conclusion: QuantizationConclusion, candidate_ids: Sequence[str]) -> str:
    found = f"{conclusion.on_lattice} of {conclusion.matrices} matrices examined lie on a lattice of few values"
    if not conclusion.on_lattice:
        return f"None of {conclusion.matrices} matrices examined lies on a lattice of few values."
    if conclusion.scheme is None or not conclusion.share:
        return f"{found}; quantising a candidate gives none of their values."
    parents = " and ".join(candidate_ids[parent] for parent in conclusion.parents)
    of = f"a merge of {parents}" if conclusion.method else parents
    return f"{found}; {conclusion.scheme.words} of {of} gives {conclusion.share:.2%} of them bit for bit."


def _measurements(conclusion: QuantizationConclusion) -> tuple[Measurement, ...]:
    null = "none of the innocent matrices in the calibration"
    return (
        Measurement(name="on a lattice", value=conclusion.on_lattice, unit="matrices", about=null),
        Measurement(name="reproduced", value=conclusion.share, unit="share of elements, bit for bit"),
        Measurement(name="next source", value=conclusion.runner_up_share, unit="share of elements, bit for bit"),
        Measurement(name="same code", value=conclusion.code_share, unit="share of elements"),
        Measurement(name="left alone and equal", value=conclusion.rest_share, unit="share of vectors' elements"),
        Measurement(name="within half a step", value=conclusion.within_half_step, unit="share of elements"),
    )


def _tables(
    record: QuantizationRecord, names: Sequence[str], totals: Sequence[Reproduced]
) -> Mapping[str, tuple[Mapping[str, Scalar], ...]]:
    sources: tuple[Mapping[str, Scalar], ...] = tuple(
        {"source": name, **{field.name: getattr(total, field.name) for field in fields(Reproduced)}}
        for name, total in zip(names, totals, strict=True)
    )
    matrices: tuple[Mapping[str, Scalar], ...] = tuple(
        {
            "name": matrix.name,
            "elements": matrix.elements,
            "kind": matrix.lattice.kind if matrix.lattice else None,
            "granularity": matrix.lattice.granularity if matrix.lattice else None,
            "group_size": matrix.lattice.group_size if matrix.lattice else None,
            "evidence": matrix.lattice.evidence if matrix.lattice else None,
            "scheme": matrix.scheme.words if matrix.scheme else None,
        }
        for matrix in record.matrices
    )
    return {"sources": sources, "matrices": matrices}
