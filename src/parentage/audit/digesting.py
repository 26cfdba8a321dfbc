"""sha256 of whole shards and of the subject's tensors, from the same reads as the pass, on a thread of its own."""

import hashlib
import queue
import threading
from collections.abc import Sequence

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo

_HELD_BYTES = 64 << 20
_PIECE_BYTES = 8 << 20


class CheckpointDigester:
    """Hashes one checkpoint's shards in order while the pass offers ranges in nearly any order.

    Bytes that come too early are held, up to 64 MiB; what is dropped, or never offered, is read again at the end.
    """

    def __init__(self, checkpoint: Checkpoint, *, tensors: bool) -> None:
        self._checkpoint = checkpoint
        self._streams = {
            shard.path: _ShardStream(
                [info for info in checkpoint.tensors.values() if info.shard == shard.path] if tensors else []
            )
            for shard in checkpoint.shards
        }
        self._queue: queue.Queue[tuple[str, int, bytes | memoryview] | None] = queue.Queue(maxsize=8)
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="digest", daemon=True)
        self._thread.start()

    def offer(self, shard: str, start: int, data: bytes | memoryview) -> None:
        """Hand over bytes just read at an absolute offset; blocks briefly when hashing is behind."""
        self._queue.put((shard, start, data))

    def finish(self) -> tuple[dict[str, str], dict[str, str]]:
        """Read what is missing and return `sha256:` digests by shard path and by tensor name."""
        self._queue.put(None)
        self._thread.join()
        if self._failure is not None:
            raise self._failure
        shards, tensors = {}, {}
        for shard in self._checkpoint.shards:
            stream = self._streams[shard.path]
            while stream.position < shard.size:
                stop = min(shard.size, stream.position + _PIECE_BYTES, stream.next_held())
                stream.feed(self._checkpoint.store.read(shard.path, stream.position, stop))
                stream.drain()
            shards[shard.path] = "sha256:" + stream.digest.hexdigest()
            tensors.update(stream.finished)
        return shards, tensors

    def abandon(self) -> None:
        """Stop without digests."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (piece := self._queue.get()) is not None:
            try:
                if self._failure is None:
                    shard, start, data = piece
                    self._streams[shard].accept(start, data)
            except Exception as error:  # noqa: BLE001 - handed to the thread that waits in finish()
                self._failure = error


class _ShardStream:
    """One shard's bytes in order, split at tensor boundaries."""

    def __init__(self, tensors: Sequence[TensorInfo]) -> None:
        self.digest = hashlib.sha256()
        self.position = 0
        self.finished: dict[str, str] = {}
        self._held: dict[int, bytes | memoryview] = {}
        self._held_bytes = 0
        self._tensors = sorted(tensors, key=lambda info: (info.start, info.stop))
        self._place = 0
        self._tensor_digest = hashlib.sha256()

    def accept(self, start: int, data: bytes | memoryview) -> None:
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

    def next_held(self) -> int:
        """Return the offset of the first held bytes, or a number beyond any file."""
        return min((start for start in self._held if start > self.position), default=1 << 62)

    def feed(self, data: bytes | memoryview) -> None:
        """Hash bytes at the current position."""
        self.digest.update(data)
        view = memoryview(data)
        end = self.position + len(data)
        while self._place < len(self._tensors):
            info = self._tensors[self._place]
            first, last = max(info.start, self.position), min(info.stop, end)
            if first < last:
                self._tensor_digest.update(view[first - self.position : last - self.position])
            if info.stop > end:
                break
            self.finished[info.name] = "sha256:" + self._tensor_digest.hexdigest()
            self._tensor_digest = hashlib.sha256()
            self._place += 1
        self.position = end
