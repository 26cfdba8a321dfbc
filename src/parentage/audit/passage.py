"""The pass over the bytes: chunks are read and scanned by threads, and added to the questions' tallies in order."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from parentage.audit.digesting import CheckpointDigester
from parentage.audit.journal import Journal
from parentage.audit.plan import Plan, Ranges, widths
from parentage.audit.survey import read_ranges
from parentage.checkpoint.header import TensorInfo
from parentage.errors import StorageError
from parentage.numerics.lattice import LATTICES
from parentage.numerics.scan import CLUSTER, Scan, ScanSpec, scan, scan_identity
from parentage.protocols.weights.context import TensorContext
from parentage.protocols.weights.identity import IdentityTally
from parentage.protocols.weights.moments import MomentTally
from parentage.protocols.weights.replay import ReplayTally
from parentage.protocols.weights.ulp_census import CensusTally

# What one piece reads of all checkpoints together: enough that starting it costs nothing.
PIECE_BYTES = 24 << 20
_MOST_THREADS = 16


@dataclass(slots=True, kw_only=True)
class TensorRecord:
    """All tallies of one tensor; `failure` says why it could not be read to its end."""

    context: TensorContext
    identity: IdentityTally
    census: CensusTally
    moments: MomentTally
    replay: ReplayTally
    failure: str = ""

    @classmethod
    def empty(cls, context: TensorContext) -> "TensorRecord":
        """Return a record of nothing read."""
        count = len(context.present)
        return cls(
            context=context,
            identity=IdentityTally.empty(count),
            census=CensusTally.empty(count),
            moments=MomentTally.empty(count),
            replay=ReplayTally.empty(),
        )

    def update(self, found: Scan) -> None:
        """Feed every accumulator."""
        self.identity.update(found)
        if self.context.lattice is not None:
            self.census.update(found)
            self.moments.update(found)
            self.replay.update(found)

    def entry(self) -> dict[str, object]:
        """Return the journal's line."""
        return {
            "tensor": self.context.index,
            "identity": self.identity.summary(),
            "census": self.census.summary(),
            "moments": self.moments.summary(),
            "replay": self.replay.summary(),
        }

    @classmethod
    def from_entry(cls, context: TensorContext, entry: Mapping[str, Any]) -> "TensorRecord":
        """Return the record that a journal's line holds."""
        record = cls.empty(context)
        record.identity = IdentityTally(**entry["identity"])
        record.census = CensusTally(
            counts=np.array(entry["census"]["counts"], dtype=np.int64),
            agreement=np.array(entry["census"]["agreement"], dtype=np.int64),
        )
        moments = entry["moments"]
        record.moments = MomentTally(
            candidates=len(context.present),
            gram=np.array(moments["gram"], dtype=np.float64),
            outer=np.array(moments["outer"], dtype=np.float64).reshape(record.moments.outer.shape),
            elements=np.array(moments["elements"], dtype=np.int64),
        )
        record.replay = ReplayTally(
            classes=np.array(entry["replay"]["classes"], dtype=np.int64),
            discordant=np.array(entry["replay"]["discordant"], dtype=np.int64),
        )
        return record


class Progress(Protocol):
    """Told of bytes as they are read."""

    def expect(self, total_bytes: int) -> None:
        """Say how many bytes will be read."""

    def advance(self, read_bytes: int) -> None:
        """Add bytes read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """One unit of work: ranges of one tensor; `last` closes the tensor."""

    context: TensorContext
    ranges: Ranges
    last: bool


def run_passage(
    plan: Plan,
    contexts: Mapping[int, TensorContext],
    spec_of: Callable[[TensorContext], ScanSpec],
    *,
    journal: Journal,
    digesters: Mapping[int, CheckpointDigester],
    progress: Progress | None = None,
    threads: int | None = None,
) -> list[TensorRecord]:
    """Return a record per tensor in plan order; results do not depend on the number of threads."""
    workers = min(_MOST_THREADS, threads or os.cpu_count() or 1)
    records = {
        index: TensorRecord.from_entry(context, journal.finished[index])
        if index in journal.finished
        else TensorRecord.empty(context)
        for index, context in contexts.items()
    }
    pieces = (piece for piece in _pieces(plan, contexts) if piece.context.index not in journal.finished)
    if progress is not None:
        progress.expect(plan.passage_bytes)
    waiting: deque[tuple[_Piece, Future[tuple[Scan, int]]]] = deque()
    with ThreadPoolExecutor(max_workers=workers, thread_name_prefix="scan") as pool:
        try:
            for piece in pieces:
                waiting.append((piece, pool.submit(_scan_piece, plan, piece, spec_of, digesters)))
                if len(waiting) >= 2 * workers:
                    _collect(waiting.popleft(), records, journal, progress)
            while waiting:
                _collect(waiting.popleft(), records, journal, progress)
        except BaseException:
            for _, future in waiting:
                future.cancel()
            raise
    return [records[index] for index in sorted(records)]


def _pieces(plan: Plan, contexts: Mapping[int, TensorContext]) -> Iterator[_Piece]:
    for index, context in contexts.items():
        ranges = plan.passage[index]
        if plan.mode == "sample" or not ranges:
            yield _Piece(context=context, ranges=ranges, last=True)
            continue
        ((first, last),) = ranges
        step = max(1, PIECE_BYTES // (CLUSTER * sum(widths(context)))) * CLUSTER
        for start in range(first, last, step):
            stop = min(last, start + step)
            yield _Piece(context=context, ranges=((start, stop),), last=stop == last)


def _collect(
    waiting: tuple[_Piece, Future[tuple[Scan, int]]],
    records: Mapping[int, TensorRecord],
    journal: Journal,
    progress: Progress | None,
) -> None:
    piece, future = waiting
    record = records[piece.context.index]
    try:
        found, read_bytes = future.result()
    except StorageError as error:
        record.failure = record.failure or str(error)
        return
    if progress is not None:
        progress.advance(read_bytes)
    if record.failure:
        return
    record.update(found)
    if piece.last:
        journal.add(record.entry())


def _scan_piece(
    plan: Plan,
    piece: _Piece,
    spec_of: Callable[[TensorContext], ScanSpec],
    digesters: Mapping[int, CheckpointDigester],
) -> tuple[Scan, int]:
    context = piece.context
    arrays = [_read(plan, -1, context.pair.subject, piece.ranges, digesters)]
    for place in context.present:
        info = context.pair.candidates[place]
        assert info is not None
        arrays.append(_read(plan, place, info, piece.ranges, digesters))
    read_bytes = sum(array.nbytes for array in arrays)
    if context.lattice is None or not arrays[0].size:
        return scan_identity(arrays[0], arrays[1:], ScanSpec(lattice=LATTICES["BF16"], reference=0)), read_bytes
    return scan_any(arrays[0], arrays[1:], spec_of(context)), read_bytes


def scan_any(subject: "np.ndarray[Any, Any]", candidates: Sequence["np.ndarray[Any, Any]"], spec: ScanSpec) -> Scan:
    """Return the scan, compiled where the case allows it; both give the same bits."""
    # Imported here, because compiled code is slow to load and the command's help does not need it.
    from parentage.numerics.kernel import can_scan, scan_pair

    found = scan_pair(subject, candidates, spec) if can_scan(subject, candidates, spec) else None
    return scan(subject, candidates, spec) if found is None else found


def _read(
    plan: Plan, side: int, info: TensorInfo, ranges: Ranges, digesters: Mapping[int, CheckpointDigester]
) -> "np.ndarray[Any, Any]":
    checkpoint = plan.subject if side < 0 else plan.candidates[side]
    if plan.mode == "sample":
        return read_ranges(checkpoint, info, ranges)
    if not ranges:
        return np.zeros(0, dtype=info.dtype.storage)
    ((first, last),) = ranges
    found = checkpoint.view_elements(info, first, last)
    if side in digesters and not checkpoint.is_arranged(info.name):
        digesters[side].offer(info.shard, info.start + first * info.dtype.itemsize, found.view(np.uint8).data)
    return found
