"""The per-tensor table: one row for each tensor of the subject, as tensors.parquet holds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.audit.passage import TensorRecord
from parentage.audit.policies.one import tensor_status
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.roles import parse_role
from parentage.numerics.linear import add_up
from parentage.numerics.scan import AGREE, MID, ONE
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.moments import MomentsConclusion, Regression
from parentage.protocols.weights.stabbing import WeightFit, interval_of


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorRow:
    """One tensor: how much was read, the first parent's weight on it, and what replay gave. None: does not apply."""

    tensor: str
    layer: int | None
    kind: str
    shape: str
    dtype: str
    elements: int
    elements_read: int = 0
    status: str
    weight: float | None = None
    weight_low: float | None = None
    weight_high: float | None = None
    weight_naive: float | None = None
    depth: float | None = None
    agree_elements: int = 0
    agree_replayed: int = 0
    one_elements: int = 0
    one_replayed: int = 0
    mid_elements: int = 0
    mid_replayed: int = 0
    residual_ratio: float | None = None
    digest: str = ""
    note: str = ""


def tensor_rows(
    tensors: Sequence[TensorInfo],
    records: Sequence[TensorRecord],
    choice: Choice,
    fitted: MomentsConclusion,
    digests: Mapping[str, str],
) -> tuple[TensorRow, ...]:
    """Return the rows in the subject's file order, unpaired tensors included."""
    by_name = {record.context.name: record for record in records}
    first = _first_parent(choice) if choice.fit is not None else 0
    rows = []
    for info in tensors:
        record = by_name.get(info.name)
        digest = digests.get(info.name, "")
        rows.append(
            _unpaired_row(info, digest) if record is None else _row(info, record, choice, fitted, digest, first)
        )
    return tuple(rows)


def _unpaired_row(info: TensorInfo, digest: str) -> TensorRow:
    role = parse_role(info.name)
    return TensorRow(
        tensor=info.name,
        layer=role.layer,
        kind=role.kind,
        shape=shape_text(info),
        dtype=info.dtype.name,
        elements=info.elements,
        status="unpaired",
        digest=digest,
    )


def shape_text(info: TensorInfo) -> str:
    """Return a shape as `128 x 352`."""
    return " x ".join(str(side) for side in info.shape) or "scalar"


def _row(
    info: TensorInfo, record: TensorRecord, choice: Choice, fitted: MomentsConclusion, digest: str, first: int
) -> TensorRow:
    fit: WeightFit | None = choice.tensor_fits.get(record.context.index)
    weight, low, high = _first_weight(fit, first) if fit is not None else (None, None, None)
    naive, far = fitted.tensors.get(record.context.index, (None, None))
    classes = record.replay.classes.tolist()
    role = record.context.pair.role
    return TensorRow(
        tensor=info.name,
        layer=role.layer,
        kind=role.kind,
        shape=shape_text(info),
        dtype=info.dtype.name,
        elements=info.elements,
        elements_read=record.identity.elements,
        status=_status(record),
        weight=weight,
        weight_low=low,
        weight_high=high,
        weight_naive=_naive_weight(naive, choice, first),
        depth=fit.depth if fit else None,
        agree_elements=classes[AGREE][0],
        agree_replayed=classes[AGREE][1],
        one_elements=classes[ONE][0],
        one_replayed=classes[ONE][1],
        mid_elements=classes[MID][0],
        mid_replayed=classes[MID][1],
        residual_ratio=far.residual_ratio if far else None,
        digest=digest,
        note="; ".join(text for text in (record.failure, record.context.pair.note) if text),
    )


def _first_parent(choice: Choice) -> int:
    """Return the place, among the fit's parents, of the one with most weight: the verdict's first."""
    fit = choice.fit
    assert fit is not None
    return max(range(len(fit.parents)), key=lambda place: fit.weights[place])


def _first_weight(fit: WeightFit, place: int) -> tuple[float, float, float]:
    if place < len(fit.stabs):
        return (fit.raw[place], *interval_of(fit.stabs[place], fit.raw[place]))
    # The reference's weight is one minus the others', so its interval is theirs turned round.
    ends = [interval_of(stab, raw) for stab, raw in zip(fit.stabs, fit.raw, strict=False)]
    return fit.raw[-1], 1 - add_up(high for _, high in ends), 1 - add_up(low for low, _ in ends)


def _naive_weight(naive: Regression | None, choice: Choice, place: int) -> float | None:
    if naive is None or choice.fit is None or len(naive.weights) != len(choice.fit.stabs):
        return None
    return naive.weights[place] if place < len(naive.weights) else 1 - add_up(naive.weights)


def _status(record: TensorRecord) -> str:
    if record.failure:
        return "failed"
    elements = record.identity.elements
    if elements and any(equal == elements for equal in record.identity.equal):
        return "identical"
    if not any(map(any, record.replay.classes.tolist())):
        return "read"
    return tensor_status(record.replay)
