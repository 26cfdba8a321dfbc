"""`measurements.jsonl`: a line for each of the subject's tensors, with where it lies and what was counted in it."""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.audit.passage import TensorRecord
from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.pairing import PairedTensor
from parentage.checkpoint.roles import parse_role
from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.numerics.lattice import LATTICES
from parentage.numerics.scan import pairs_of
from parentage.numerics.stabbing import Stab
from parentage.protocols.weights.context import TensorContext, make_context
from parentage.protocols.weights.moments import MomentTally
from parentage.protocols.weights.stabbing import WeightFit
from parentage.protocols.weights.ulp_census import OCTAVES

_MOST_LINE_BYTES = 1 << 20


def write_lines(
    tensors: Sequence[TensorInfo],
    records: Sequence[TensorRecord],
    digests: Mapping[str, str],
    fits: Mapping[int, WeightFit],
) -> bytes:
    """Return the file: the subject's tensors in file order, the unpaired ones without counts."""
    by_name = {record.context.name: record for record in records}
    lines = []
    for info in tensors:
        record = by_name.get(info.name)
        fit = fits.get(record.context.index) if record is not None else None
        line = make_line(info, digests.get(info.name, ""), record, fit)
        lines.append(json.dumps(line, sort_keys=True, separators=(",", ":"), allow_nan=False))
    return "".join(line + "\n" for line in lines).encode()


def make_line(info: TensorInfo, digest: str, record: TensorRecord | None, fit: WeightFit | None) -> dict[str, Any]:
    """Return one tensor's line; without a record for an unpaired one."""
    return {"subject": _info(info), "digest": digest, **(_record(record, fit) if record is not None else {})}


def _info(info: TensorInfo) -> list[Any]:
    return [info.name, info.dtype.name, list(info.shape), info.shard, info.start, info.stop]


def _record(record: TensorRecord, fit: WeightFit | None) -> dict[str, Any]:
    context, entry = record.context, record.entry()
    moments: Any = entry["moments"]
    found = {
        "tensor": context.index,
        "candidates": [_info(info) if info is not None else None for info in context.pair.candidates],
        "elements": context.pair.elements,
        "note": context.pair.note,
        "lattice": context.lattice.name if context.lattice is not None else None,
        "storage_differs": context.storage_differs,
        "failure": record.failure,
        "identity": entry["identity"],
        "census": entry["census"],
        "moments": {**moments, "gram": _sealed(moments["gram"]), "outer": _sealed(moments["outer"])},
        "replay": entry["replay"],
    }
    if fit is not None:
        found["fit"] = [
            list(fit.parents),
            list(fit.weights),
            list(fit.raw),
            [[stab.low, stab.high, stab.depth, stab.elements] for stab in fit.stabs],
        ]
    return found


def _sealed(values: Any) -> Any:
    """Return nested floats with those that JSON cannot say as words."""
    if isinstance(values, list):
        return [_sealed(value) for value in values]
    return values if math.isfinite(values) else repr(values)


Line = tuple[TensorInfo, str, TensorContext | None, Mapping[str, Any]]


def iter_lines(data: bytes, candidates: int, where: str) -> Iterator[Line]:
    """Yield each tensor, its digest, its context if it is paired, and the line; raises InputError."""
    for number, raw in enumerate(data.splitlines(), start=1):
        here = f"{where}:{number}"
        if len(raw) > _MOST_LINE_BYTES:
            raise InputError(here, f"{len(raw)} bytes", f"a line has at most {_MOST_LINE_BYTES}")
        line = parse_json(raw, here)
        try:
            info, digest = _parse_info(line["subject"]), str(line["digest"])
            yield info, digest, _context(line, info, candidates), line
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(here, f"{type(error).__name__} {error}"[:120], "must be a tensor's line") from error


def _parse_info(entry: Any) -> TensorInfo:
    name, dtype, shape, shard, start, stop = entry
    if not all(type(item) is int and item >= 0 for item in (*shape, start, stop)) or stop < start:
        raise ValueError("offsets and sides are counts")
    info = TensorInfo(name=str(name), dtype=DTYPES[dtype], shape=tuple(shape), shard=str(shard), start=start, stop=stop)
    if info.elements * info.dtype.itemsize != stop - start:
        raise ValueError("shape and length differ")
    return info


def _context(line: Mapping[str, Any], info: TensorInfo, candidates: int) -> TensorContext | None:
    if "tensor" not in line:
        return None
    partners = tuple(_parse_info(entry) if entry is not None else None for entry in line["candidates"])
    if len(partners) != candidates or not any(partners) or type(line["tensor"]) is not int:
        raise ValueError("one entry for each candidate")
    if type(line["elements"]) is not int or not 0 <= line["elements"] <= info.elements:
        raise ValueError("elements")
    pair = PairedTensor(
        role=parse_role(info.name),
        subject=info,
        candidates=partners,
        elements=line["elements"],
        note=str(line["note"]),
    )
    lattice = LATTICES[line["lattice"]] if line["lattice"] is not None else None
    context = make_context(line["tensor"], pair)
    if (lattice is None) != (context.lattice is None):
        raise ValueError("lattice")
    return replace(context, lattice=lattice, storage_differs=bool(line["storage_differs"]))


def parse_fit(line: Mapping[str, Any]) -> WeightFit | None:
    """Return the tensor's own fit, None where it has none; raises what wrong types raise."""
    if "fit" not in line:
        return None
    parents, weights, raw, stabs = line["fit"]
    return WeightFit(
        parents=tuple(int(parent) for parent in parents),
        weights=tuple(float(weight) for weight in weights),
        raw=tuple(float(weight) for weight in raw),
        stabs=tuple(
            Stab(low=float(low), high=float(high), depth=float(depth), elements=int(elements))
            for low, high, depth, elements in stabs
        ),
    )


def parse_records(paired: Sequence[tuple[TensorContext, Mapping[str, Any]]], where: str) -> tuple[TensorRecord, ...]:
    """Return the tallies of all paired tensors; raises InputError where a count has another form."""
    records = [TensorRecord.empty(context) for context, _ in paired]
    by_count: dict[int, list[int]] = {}
    for place, (context, _) in enumerate(paired):
        by_count.setdefault(len(context.present), []).append(place)
    try:
        for count, places in by_count.items():
            _fill([records[place] for place in places], [paired[place][1] for place in places], count)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(where, f"{type(error).__name__} {error}"[:120], "holds counts of another form") from error
    return tuple(records)


def _fill(records: Sequence[TensorRecord], lines: Sequence[Mapping[str, Any]], count: int) -> None:
    # Whole columns at once: a hundred thousand small arrays take longer than the numbers in them.
    empty = MomentTally.empty(count)
    size = len(records)
    counts = _column((line["census"]["counts"] for line in lines), np.int64, (size, len(pairs_of(count)), OCTAVES))
    agreement = _column((line["census"]["agreement"] for line in lines), np.int64, (size, 2))
    gram = _column((line["moments"]["gram"] for line in lines), np.float64, (size, *empty.gram.shape))
    outer = _column((line["moments"]["outer"] for line in lines), np.float64, (size, *empty.outer.shape))
    elements = _column((line["moments"]["elements"] for line in lines), np.int64, (size, 3))
    classes = _column((line["replay"]["classes"] for line in lines), np.int64, (size, 4, 3))
    discordant = _column((line["replay"]["discordant"] for line in lines), np.int64, (size, 3))
    for place, (record, line) in enumerate(zip(records, lines, strict=True)):
        identity = line["identity"]
        values = [identity["elements"], identity["nonfinite"], *identity["equal"]]
        if len(values) != 2 + count or not all(type(value) is int and value >= 0 for value in values):
            raise ValueError("identity")
        record.identity.elements, record.identity.nonfinite, *record.identity.equal = values
        record.census.counts, record.census.agreement = counts[place], agreement[place]
        record.moments.gram, record.moments.outer = gram[place], outer[place]
        record.moments.elements = elements[place]
        record.replay.classes, record.replay.discordant = classes[place], discordant[place]
        record.failure = str(line["failure"])


def _column(values: Iterable[Any], kind: type, shape: tuple[int, ...]) -> NDArray[Any]:
    listed = list(values)
    if kind is np.float64:
        column: NDArray[Any] = np.array(listed, dtype=object) if _has_words(listed) else np.array(listed)
        column = column.astype(np.float64)
    else:
        column = np.array(listed)
        if column.size and column.dtype != np.int64:
            raise ValueError(f"{column.dtype} where counts were expected")
        column = column.astype(np.int64)
    if column.shape != shape:
        raise ValueError(f"shape {column.shape} where {shape} was expected")
    if kind is np.int64 and column.size and column.min() < 0:
        raise ValueError("a count below zero")
    return column


def _has_words(listed: Any) -> bool:
    if isinstance(listed, list):
        return any(_has_words(item) for item in listed)
    return isinstance(listed, str)
