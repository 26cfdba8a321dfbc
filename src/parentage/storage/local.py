"""A local folder, read by range with pread: a file that shrinks is an error, never a crash."""

import os
import threading
from pathlib import Path

from parentage.errors import InputError, StorageError


class LocalStore:
    """A folder (or one safetensors file) on disk."""

    def __init__(self, location: str) -> None:
        path = Path(location)
        if not path.exists():
            raise InputError(location, "missing", "the model must be an existing folder or safetensors file")
        self.revision: str | None = None
        self._folder = path.parent if path.is_file() else path
        # The folder, also where one file was given, so that messages name files as they are.
        self.location = str(self._folder)
        self._only = path.name if path.is_file() else None
        self._open: dict[str, tuple[int, int, int]] = {}
        self._lock = threading.Lock()

    def names(self) -> tuple[str, ...] | None:
        """Return the names of the plain files in the folder, sorted."""
        if self._only is not None:
            return (self._only,)
        return tuple(sorted(entry.name for entry in self._folder.iterdir() if entry.is_file()))

    def has(self, path: str) -> bool:
        """Say whether the file is there."""
        return self._inside(path).is_file()

    def size(self, path: str) -> int:
        """Return the file's length when it was first opened."""
        return self._descriptor(path)[1]

    def content_digest(self, path: str) -> str | None:
        """Return None: nothing vouches for the content but the bytes themselves."""
        return None

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop); raise StorageError if the file changed or is short."""
        size = self.size(path)
        if not 0 <= start <= stop <= size:
            raise StorageError(f"{self.location}/{path}: bytes {start}-{stop}: the file has {size}")
        data = bytearray(stop - start)
        self.read_into(path, start, memoryview(data))
        return bytes(data)

    def read_into(self, path: str, start: int, buffer: memoryview) -> None:
        """Fill a writable buffer with the bytes from `start` on; raise StorageError if the file changed or is short."""
        descriptor, _, modified = self._descriptor(path)
        done = 0
        while done < len(buffer):
            try:
                count = os.preadv(descriptor, [buffer[done:]], start + done)
            except OSError as error:
                raise StorageError(f"{self.location}/{path}: {error.strerror}: at byte {start + done}") from error
            if not count:
                raise StorageError(f"{self.location}/{path}: ends at {start + done}: more bytes were promised")
            done += count
        if os.fstat(descriptor).st_mtime_ns != modified:
            raise StorageError(f"{self.location}/{path}: changed while it was being read")

    def _inside(self, path: str) -> Path:
        pure = Path(path)
        if pure.is_absolute() or ".." in pure.parts:
            raise InputError(self.location, path, "a file name must stay inside the folder")
        return self._folder / pure

    def _descriptor(self, path: str) -> tuple[int, int, int]:
        with self._lock:
            if path not in self._open:
                try:
                    descriptor = os.open(self._inside(path), os.O_RDONLY)
                except OSError as error:
                    raise InputError(f"{self.location}/{path}", str(error.strerror), "must be readable") from error
                status = os.fstat(descriptor)
                self._open[path] = (descriptor, status.st_size, status.st_mtime_ns)
            return self._open[path]
