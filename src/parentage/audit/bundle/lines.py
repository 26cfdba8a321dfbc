"""`measurements.jsonl`: a line for each of the subject's tensors, with where it lies and what was counted in it."""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic_core import from_json

from parentage.audit.passage import TensorRecord
from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.pairing import PairedTensor
from parentage.checkpoint.roles import parse_role
from parentage.errors import InputError
from parentage.numerics.lattice import LATTICES
from parentage.numerics.scan import pairs_of
from parentage.numerics.stabbing import Stab
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.identity import IdentityTally
from parentage.protocols.weights.moments import MomentTally
from parentage.protocols.weights.replay import ReplayTally
from parentage.protocols.weights.stabbing import WeightFit
from parentage.protocols.weights.ulp_census import OCTAVES, CensusTally

_MOST_LINE_BYTES = 1 << 20
_BATCH = 4096
_NARROW_OCTAVES = 8


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
    context, census, moments, replay = record.context, record.census, record.moments, record.replay
    found = {
        "tensor": context.index,
        "candidates": [_info(info) if info is not None else None for info in context.pair.candidates],
        "elements": context.pair.elements,
        "note": context.pair.note,
        "lattice": context.lattice.name if context.lattice is not None else None,
        "storage_differs": context.storage_differs,
        "failure": record.failure,
        "identity": record.identity.summary(),
        # Tables lie row after row: a hundred thousand of them are read in half the time.
        "census": {
            "counts": census.counts[:, : _octaves(context)].ravel().tolist(),
            "agreement": census.agreement.tolist(),
        },
        "moments": {
            "gram": _sealed(moments.gram),
            "outer": _sealed(moments.outer),
            "elements": moments.elements.tolist(),
        },
        "replay": {"classes": replay.classes.ravel().tolist(), "discordant": replay.discordant.tolist()},
    }
    if fit is not None:
        found["fit"] = [
            list(fit.parents),
            list(fit.weights),
            list(fit.raw),
            [[stab.low, stab.high, stab.depth, stab.elements] for stab in fit.stabs],
        ]
    return found


def _octaves(context: TensorContext) -> int:
    """Return how many octaves of distance a lattice of at most 16 bits can have, or one of more."""
    narrow = context.lattice is None or context.lattice.bits.itemsize <= 2
    return _NARROW_OCTAVES if narrow else OCTAVES


def _sealed(values: NDArray[np.float64]) -> list[float | str]:
    """Return the sums row after row, those that JSON cannot say as words."""
    return [value if math.isfinite(value) else repr(value) for value in values.ravel().tolist()]


@dataclass(slots=True, kw_only=True)
class Lines:
    """What the file holds: all tensors with their digests, and the tallies and fits of the paired ones."""

    tensors: list[TensorInfo] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    records: list[TensorRecord] = field(default_factory=list)
    fits: dict[int, WeightFit] = field(default_factory=dict)


def parse_lines(data: bytes, candidates: int, where: str) -> Lines:
    """Return what the lines say; raises InputError, naming the line, where one has another form."""
    found = Lines()
    waiting: list[tuple[TensorContext, Mapping[str, Any]]] = []
    start = 0
    number = 0
    while start < len(data):
        number += 1
        stop = data.find(b"\n", start)
        if stop < 0 or stop - start > _MOST_LINE_BYTES:
            raise InputError(
                f"{where}:{number}", "line", f"ends with a line feed and has at most {_MOST_LINE_BYTES} bytes"
            )
        context = _parse_line(found, data[start:stop], candidates, f"{where}:{number}", waiting)
        start = stop + 1
        # In batches, because whole columns are read faster than rows, and rows take more memory than columns.
        if context is not None and len(waiting) == _BATCH:
            found.records += _parse_records(waiting, where)
            waiting.clear()
    found.records += _parse_records(waiting, where)
    return found


def _parse_line(
    found: Lines,
    raw: bytes,
    candidates: int,
    where: str,
    waiting: list[tuple[TensorContext, Mapping[str, Any]]],
) -> TensorContext | None:
    try:
        # There may be a hundred thousand lines; this reader takes half the time of the strict one.
        line = from_json(raw, allow_inf_nan=False)
        info = _parse_info(line["subject"])
        found.tensors.append(info)
        found.digests[info.name] = str(line["digest"])
        context = _context(line, info, candidates)
        if context is not None:
            waiting.append((context, line))
            if (fit := _parse_fit(line)) is not None:
                found.fits[context.index] = fit
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise InputError(where, f"{type(error).__name__} {error}"[:120], "must be a tensor's line") from error
    return context


def _parse_info(entry: Any) -> TensorInfo:
    name, dtype_name, sides, path, start, stop = entry
    dtype, elements = DTYPES[dtype_name], 1
    for side in sides:
        if type(side) is not int or side < 0:
            raise ValueError("a side that is no count")
        elements *= side
    if type(start) is not int or type(stop) is not int or start < 0 or elements * dtype.itemsize != stop - start:
        raise ValueError("shape and length differ")
    # Few files hold very many tensors: their name is kept once.
    shard = sys.intern(str(path))
    return TensorInfo(name=str(name), dtype=dtype, shape=tuple(sides), shard=shard, start=start, stop=stop)


def _context(line: Mapping[str, Any], info: TensorInfo, candidates: int) -> TensorContext | None:
    if "tensor" not in line:
        return None
    partners = tuple(_parse_info(entry) if entry is not None else None for entry in line["candidates"])
    present = tuple(place for place, partner in enumerate(partners) if partner is not None)
    index, elements, name = line["tensor"], line["elements"], line["lattice"]
    if len(partners) != candidates or not present or type(index) is not int:
        raise ValueError("one entry for each candidate")
    if type(elements) is not int or not 0 <= elements <= info.elements:
        raise ValueError("elements")
    if name is not None and info.dtype.kind != "float":
        raise ValueError("a lattice for a dtype that has none")
    pair = PairedTensor(
        role=parse_role(info.name), subject=info, candidates=partners, elements=elements, note=str(line["note"])
    )
    return TensorContext(
        index=index,
        pair=pair,
        present=present,
        lattice=LATTICES[name] if name is not None else None,
        storage_differs=bool(line["storage_differs"]),
    )


def _parse_fit(line: Mapping[str, Any]) -> WeightFit | None:
    if "fit" not in line:
        return None
    parents, weights, raw, stabs = line["fit"]
    if not 2 <= len(parents) == len(weights) == len(raw) == len(stabs) + 1:
        raise ValueError("a weight for each parent")
    return WeightFit(
        parents=tuple(int(parent) for parent in parents),
        weights=tuple(float(weight) for weight in weights),
        raw=tuple(float(weight) for weight in raw),
        stabs=tuple(
            Stab(low=float(low), high=float(high), depth=float(depth), elements=int(elements))
            for low, high, depth, elements in stabs
        ),
    )


def _parse_records(paired: Sequence[tuple[TensorContext, Mapping[str, Any]]], where: str) -> list[TensorRecord]:
    alike: dict[tuple[int, int], list[int]] = {}
    for place, (context, _) in enumerate(paired):
        alike.setdefault((len(context.present), _octaves(context)), []).append(place)
    found: dict[int, TensorRecord] = {}
    try:
        for (count, octaves), places in alike.items():
            found.update(zip(places, _tallies([paired[place] for place in places], count, octaves), strict=True))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise InputError(where, f"{type(error).__name__} {error}"[:120], "holds counts of another form") from error
    return [found[place] for place in range(len(paired))]


def _tallies(
    paired: Sequence[tuple[TensorContext, Mapping[str, Any]]], count: int, octaves: int
) -> Iterator[TensorRecord]:
    empty = MomentTally.empty(count)
    lines, pairs = [line for _, line in paired], len(pairs_of(count))
    counts = np.zeros((len(lines), pairs, OCTAVES), dtype=np.int64)
    counts[:, :, :octaves] = _column((line["census"]["counts"] for line in lines), np.int64, (pairs, octaves))
    agreement = _column((line["census"]["agreement"] for line in lines), np.int64, (2,))
    gram = _column((line["moments"]["gram"] for line in lines), np.float64, empty.gram.shape)
    outer = _column((line["moments"]["outer"] for line in lines), np.float64, empty.outer.shape)
    elements = _column((line["moments"]["elements"] for line in lines), np.int64, (3,))
    classes = _column((line["replay"]["classes"] for line in lines), np.int64, (4, 3))
    discordant = _column((line["replay"]["discordant"] for line in lines), np.int64, (3,))
    for place, (context, line) in enumerate(paired):
        yield TensorRecord(
            context=context,
            identity=_identity(line["identity"], count),
            census=CensusTally(counts=counts[place], agreement=agreement[place]),
            moments=MomentTally(candidates=count, gram=gram[place], outer=outer[place], elements=elements[place]),
            replay=ReplayTally(classes=classes[place], discordant=discordant[place]),
            failure=str(line["failure"]),
        )


def _identity(identity: Mapping[str, Any], count: int) -> IdentityTally:
    elements, nonfinite, equal = identity["elements"], identity["nonfinite"], identity["equal"]
    if len(equal) != count or not all(type(value) is int and value >= 0 for value in (elements, nonfinite, *equal)):
        raise ValueError("identity")
    return IdentityTally(elements=elements, nonfinite=nonfinite, equal=equal)


def _column(values: Iterable[list[Any]], kind: type, shape: tuple[int, ...]) -> NDArray[Any]:
    """Return one table of this shape for each line, from lists that hold it row after row."""
    listed = list(values)
    column = np.array(listed)
    if kind is np.float64 and column.dtype.kind in "US":
        # What JSON cannot say, written as words.
        column = column.astype(np.float64)
    if column.shape != (len(listed), math.prod(shape)):
        raise ValueError(f"shape {column.shape} where {shape} was expected of each")
    if column.size and column.dtype.kind not in ("iu" if kind is np.int64 else "if"):
        raise ValueError(f"{column.dtype} where {np.dtype(kind)} was expected")
    if kind is np.int64 and column.size and column.min() < 0:
        raise ValueError("a count below zero")
    return column.astype(kind).reshape(len(listed), *shape)
