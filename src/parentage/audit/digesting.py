"""sha256 of whole shards and of the subject's tensors, from the same reads as the pass, on a thread of its own."""

import hashlib
import queue
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence

from parentage.checkpoint.checkpoint import Checkpoint, Shard
from parentage.checkpoint.header import TensorInfo

_HELD_BYTES = 64 << 20
_PIECE_BYTES = 4 << 20
# Pieces waiting to be hashed before the pass has to wait too; bytes lent by a file cost no memory.
_WAITING = 8


class CheckpointDigester:
    """Hashes one checkpoint's shards in order while the pass offers the tensors that it reads.

    `offered` says how many leading elements of which tensors the pass reads. Bytes that come too early are held, up to
    64 MiB; what is dropped is read again at the end. What the pass will not offer (headers, tensors without a partner,
    rows beyond a smaller vocabulary) is read here as soon as it is next.
    """

    def __init__(self, checkpoint: Checkpoint, *, tensors: bool, offered: Mapping[str, int]) -> None:
        self._checkpoint = checkpoint
        self._streams = {}
        for shard in checkpoint.shards:
            inside = [info for info in checkpoint.tensors.values() if info.shard == shard.path]
            expected = [
                (info.start, info.start + offered[info.name] * info.dtype.itemsize)
                for info in inside
                if info.name in offered
            ]
            self._streams[shard.path] = _ShardStream(shard, inside if tensors else [], expected)
        self._queue: queue.Queue[tuple[str, int, memoryview] | None] = queue.Queue(maxsize=_WAITING)
        self._failure: Exception | None = None
        self._abandoned = False
        self._thread = threading.Thread(target=self._run, name="digest", daemon=True)
        self._thread.start()

    def offer(self, shard: str, start: int, data: memoryview) -> None:
        """Hand over bytes just read at an absolute offset; waits while hashing is behind."""
        self._queue.put((shard, start, data))

    def close(self) -> None:
        """Say that nothing more will be offered: what is missing is read now."""
        self._queue.put(None)

    def result(self) -> tuple[dict[str, str], dict[str, str]]:
        """Wait, and return `sha256:` digests by shard path and by tensor name; raise what reading raised."""
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        shards = {path: "sha256:" + stream.digest.hexdigest() for path, stream in self._streams.items()}
        tensors = {name: found for stream in self._streams.values() for name, found in stream.finished.items()}
        return shards, tensors

    def abandon(self) -> None:
        """Stop without digests."""
        self._abandoned = True
        self.close()
        self._thread.join()

    def _run(self) -> None:
        while (piece := self._queue.get()) is not None:
            if self._failure is None and not self._abandoned:
                self._try(self._accept, *piece)
        for stream in self._streams.values():
            stream.expected.clear()
            if self._failure is None:
                self._try(self._read_gaps, stream)

    def _try(self, action: Callable[..., None], *args: object) -> None:
        try:
            action(*args)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits in result()
            self._failure = error

    def _accept(self, shard: str, start: int, data: memoryview) -> None:
        stream = self._streams[shard]
        self._read_gaps(stream)
        stream.accept(start, data)
        self._read_gaps(stream)

    def _read_gaps(self, stream: "_ShardStream") -> None:
        """Read up to the next bytes that the pass will offer, or that are held."""
        while not self._abandoned and (stop := stream.gap_end()) > stream.position:
            stop = min(stop, stream.position + _PIECE_BYTES)
            stream.feed(self._checkpoint.store.view(stream.shard.path, stream.position, stop))
            stream.drain()


class _ShardStream:
    """One shard's bytes in order, split at tensor boundaries."""

    def __init__(self, shard: Shard, tensors: Sequence[TensorInfo], expected: Sequence[tuple[int, int]]) -> None:
        self.shard = shard
        self.digest = hashlib.sha256()
        self.position = 0
        self.finished: dict[str, str] = {}
        # Ranges that the pass will offer and that are not all hashed yet.
        self.expected = deque(sorted(span for span in expected if span[1] > span[0]))
        self._held: dict[int, memoryview] = {}
        self._held_bytes = 0
        self._tensors = sorted(tensors, key=lambda info: (info.start, info.stop))
        self._place = 0
        self._tensor_digest = hashlib.sha256()

    def accept(self, start: int, data: memoryview) -> None:
        """Feed bytes that come next; hold those that come early, drop what would be too much."""
        if start > self.position:
            if self._held_bytes + len(data) <= _HELD_BYTES:
                self._held[start] = data
                self._held_bytes += len(data)
            return
        if start == self.position:
            self.feed(data)
            self.drain()

    def drain(self) -> None:
        """Feed held bytes that have become the next."""
        while self.position in self._held:
            data = self._held.pop(self.position)
            self._held_bytes -= len(data)
            self.feed(data)

    def gap_end(self) -> int:
        """Return where the next offered or held bytes begin, or the end of the shard."""
        while self.expected and self.expected[0][1] <= self.position:
            self.expected.popleft()
        offered = self.expected[0][0] if self.expected else self.shard.size
        held = min((start for start in self._held if start > self.position), default=self.shard.size)
        return min(offered, held)

    def feed(self, data: memoryview) -> None:
        """Hash bytes at the current position."""
        self.digest.update(data)
        end = self.position + len(data)
        while self._place < len(self._tensors):
            info = self._tensors[self._place]
            first, last = max(info.start, self.position), min(info.stop, end)
            if first < last:
                self._tensor_digest.update(data[first - self.position : last - self.position])
            if info.stop > end:
                break
            self.finished[info.name] = "sha256:" + self._tensor_digest.hexdigest()
            self._tensor_digest = hashlib.sha256()
            self._place += 1
        self.position = end
