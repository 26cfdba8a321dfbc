"""Files held in memory: for tests, and for bytes that are already here."""

from collections.abc import Mapping

from parentage.errors import InputError, StorageError


class MemoryStore:
    """A mapping of file names to bytes."""

    def __init__(self, files: Mapping[str, bytes], location: str = "memory://") -> None:
        self.location = location
        self.revision: str | None = None
        self._files = dict(files)

    def names(self) -> tuple[str, ...] | None:
        """Return the file names, sorted."""
        return tuple(sorted(self._files))

    def has(self, path: str) -> bool:
        """Say whether the file is there."""
        return path in self._files

    def size(self, path: str) -> int:
        """Return the file's length in bytes."""
        if path not in self._files:
            raise InputError(f"{self.location}{path}", "missing", "the file must exist")
        return len(self._files[path])

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the bytes [start, stop) for reading; raises as `read` does."""
        return memoryview(self.read(path, start, stop))

    def content_digest(self, path: str) -> str | None:
        """Return None: nothing vouches for the content but the bytes themselves."""
        return None

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop); raise StorageError where there are fewer."""
        if not 0 <= start <= stop <= self.size(path):
            raise StorageError(f"{self.location}{path}: bytes {start}-{stop}: the file has {self.size(path)}")
        return self._files[path][start:stop]
