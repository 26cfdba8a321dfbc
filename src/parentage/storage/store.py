"""The contract of every byte source: exact ranges, from any thread, and a word on whether the bytes changed."""

from typing import Protocol


class Store(Protocol):
    """A folder of files that can be read by byte range."""

    location: str
    revision: str | None

    def names(self) -> tuple[str, ...] | None:
        """Return the file names, or None where no listing can be had."""

    def has(self, path: str) -> bool:
        """Say whether the file is there."""

    def size(self, path: str) -> int:
        """Return the file's length in bytes."""

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop), or raise StorageError or InputError."""

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the same bytes for reading, lent without a copy where the place can; raises as `read` does."""

    def content_digest(self, path: str) -> str | None:
        """Return `sha256:<hex>` where the place itself lists one (the Hub does), else None."""
