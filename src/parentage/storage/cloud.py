"""s3:// and gs:// folders through fsspec, without its caches: a range read fetches that range and no more."""

from typing import Any

from parentage.errors import InputError, StorageError, UsageError

_EXTRAS = {"s3": "s3", "gs": "gs", "gcs": "gs"}


class CloudStore:
    """A folder in an object store, or in any other filesystem that fsspec knows."""

    def __init__(self, location: str, filesystem: Any | None = None) -> None:
        self.location = location.rstrip("/")
        self.revision: str | None = None
        scheme, _, self._folder = self.location.partition("://")
        self._filesystem = filesystem if filesystem is not None else _open(scheme, location)
        self._entries: dict[str, tuple[int, str]] = {}

    def names(self) -> tuple[str, ...] | None:
        """Return the names of the files in the folder, sorted."""
        try:
            listed = self._filesystem.ls(self._folder, detail=True)
        except FileNotFoundError as error:
            raise InputError(self.location, "missing", "the folder must exist") from error
        except Exception as error:
            raise StorageError(f"{self.location}: {_line(error)}: could not be listed") from error
        return tuple(sorted(str(e["name"]).rpartition("/")[2] for e in listed if e.get("type") == "file"))

    def has(self, path: str) -> bool:
        """Say whether the file is there."""
        try:
            self._entry(path)
        except InputError:
            return False
        return True

    def size(self, path: str) -> int:
        """Return the file's length in bytes."""
        return self._entry(path)[0]

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the bytes [start, stop) for reading; raises as `read` does."""
        return memoryview(self.read(path, start, stop))

    def content_digest(self, path: str) -> str | None:
        """Return None: an ETag is no digest of the content."""
        return None

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop); raise StorageError where they cannot be had."""
        if not 0 <= start <= stop <= self.size(path):
            raise StorageError(f"{self.location}/{path}: bytes {start}-{stop}: the file has {self.size(path)}")
        if start == stop:
            return b""
        try:
            data: bytes = self._filesystem.cat_file(f"{self._folder}/{path}", start=start, end=stop)
        except Exception as error:
            raise StorageError(f"{self.location}/{path}: {_line(error)}: bytes {start}-{stop}") from error
        if len(data) != stop - start:
            raise StorageError(f"{self.location}/{path}: {len(data)} bytes where {stop - start} were asked for")
        return data

    def _entry(self, path: str) -> tuple[int, str]:
        if path not in self._entries:
            try:
                found = self._filesystem.info(f"{self._folder}/{path}")
            except FileNotFoundError as error:
                raise InputError(f"{self.location}/{path}", "missing", "the file must exist") from error
            except Exception as error:
                raise StorageError(f"{self.location}/{path}: {_line(error)}: could not be asked for") from error
            self._entries[path] = (int(found["size"]), str(found.get("ETag", "")))
        return self._entries[path]


def _open(scheme: str, location: str) -> Any:
    import fsspec

    try:
        return fsspec.filesystem(scheme, use_listings_cache=False, skip_instance_cache=True)
    except ImportError as error:
        extra = _EXTRAS.get(scheme, scheme)
        raise UsageError(f"{location}: {scheme}: needs the extra: pip install 'parentage[{extra}]'") from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
