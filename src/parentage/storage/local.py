"""A local folder: small ranges are read by pread, large ones lent from the file cache; a changed file is an error."""

import os
import threading
from dataclasses import dataclass
from pathlib import Path

from parentage.errors import InputError, StorageError
from parentage.storage.mapped import MappedFile, can_map


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
        self._open: dict[str, _OpenFile] = {}
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
        return self._file(path).size

    def content_digest(self, path: str) -> str | None:
        """Return None: nothing vouches for the content but the bytes themselves."""
        return None

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop); raise StorageError if the file changed or is short."""
        file = self._checked(path, start, stop)
        parts = []
        while start < stop:
            try:
                part = os.pread(file.descriptor, stop - start, start)
            except OSError as error:
                raise StorageError(f"{self.location}/{path}: {error.strerror}: at byte {start}") from error
            if not part:
                raise StorageError(f"{self.location}/{path}: ends at {start}: more bytes were promised")
            parts.append(part)
            start += len(part)
        self._refuse_change(path, file)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the bytes [start, stop) as the system's file cache holds them; raises as `read` does."""
        file = self._checked(path, start, stop)
        if start == stop or not can_map():
            return memoryview(self.read(path, start, stop))
        with self._lock:
            if file.mapped is None:
                file.mapped = MappedFile(file.descriptor, file.size, f"{self.location}/{path}")
        self._refuse_change(path, file)
        found = file.mapped.view(start, stop)
        return memoryview(self.read(path, start, stop)) if found is None else found

    def _checked(self, path: str, start: int, stop: int) -> "_OpenFile":
        file = self._file(path)
        if not 0 <= start <= stop <= file.size:
            raise StorageError(f"{self.location}/{path}: bytes {start}-{stop}: the file has {file.size}")
        return file

    def _refuse_change(self, path: str, file: "_OpenFile") -> None:
        status = os.fstat(file.descriptor)
        if (status.st_mtime_ns, status.st_size) != (file.modified, file.size):
            raise StorageError(f"{self.location}/{path}: changed while it was being read")

    def _inside(self, path: str) -> Path:
        pure = Path(path)
        if pure.is_absolute() or ".." in pure.parts:
            raise InputError(self.location, path, "a file name must stay inside the folder")
        return self._folder / pure

    def _file(self, path: str) -> "_OpenFile":
        with self._lock:
            if path not in self._open:
                try:
                    descriptor = os.open(self._inside(path), os.O_RDONLY)
                except OSError as error:
                    raise InputError(f"{self.location}/{path}", str(error.strerror), "must be readable") from error
                status = os.fstat(descriptor)
                self._open[path] = _OpenFile(descriptor, status.st_size, status.st_mtime_ns)
            return self._open[path]


@dataclass(slots=True)
class _OpenFile:
    """A file as it was when it was first opened."""

    descriptor: int
    size: int
    modified: int
    mapped: MappedFile | None = None
