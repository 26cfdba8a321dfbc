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
        self.location = location
        self.revision: str | None = None
        self._folder = path.parent if path.is_file() else path
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
        descriptor, _, modified = self._descriptor(path)
        parts: list[bytes] = []
        position = start
        while position < stop:
            try:
                part = os.pread(descriptor, stop - position, position)
            except OSError as error:
                raise StorageError(f"{self.location}/{path}: {error.strerror}: bytes {position}-{stop}") from error
            if not part:
                raise StorageError(f"{self.location}/{path}: ends at {position}: bytes up to {stop} were promised")
            parts.append(part)
            position += len(part)
        if os.fstat(descriptor).st_mtime_ns != modified:
            raise StorageError(f"{self.location}/{path}: changed while it was being read")
        return parts[0] if len(parts) == 1 else b"".join(parts)

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
