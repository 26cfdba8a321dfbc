"""A bundle's files, from a folder or zip that a stranger made: names and sizes are checked before any byte is used."""

import os
import re
import stat
import zipfile
from pathlib import Path
from typing import Protocol

from parentage.errors import InputError, StorageError

MOST_FILES = 10_000
MOST_BYTES = 2 << 30
MOST_FILE_BYTES = 1 << 30
_MOST_RATIO = 1000
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,4}")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


class Container(Protocol):
    """Named byte strings; names are relative paths of plain characters."""

    where: str

    def names(self) -> tuple[str, ...]:
        """Return the names, sorted."""

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises InputError where there is no such file or it is not what it was."""


def open_container(path: Path) -> Container:
    """Return a folder's or a zip's files; raises InputError for whatever is not safe to read."""
    if path.is_dir():
        return FolderContainer(path)
    if path.is_file():
        return ZipContainer(path)
    raise InputError(str(path), "missing", "a bundle is a folder or a zip")


def check_name(where: str, name: str) -> str:
    """Return the name; raise InputError for one that could lead elsewhere or that systems spell differently."""
    if not _NAME.fullmatch(name):
        raise InputError(where, repr(name)[:120], "names are relative paths of A-Z a-z 0-9 . _ -, at most five deep")
    return name


class FolderContainer:
    """A folder without links or special files."""

    def __init__(self, folder: Path) -> None:
        self.where = str(folder)
        self._folder = folder
        self._sizes: dict[str, int] = {}
        total = 0
        for root, folders, files in os.walk(folder, followlinks=False):
            for name in (*folders, *files):
                path = Path(root) / name
                relative = check_name(self.where, path.relative_to(folder).as_posix())
                status = path.lstat()
                if stat.S_ISDIR(status.st_mode):
                    continue
                if not stat.S_ISREG(status.st_mode):
                    raise InputError(self.where, relative, "a bundle holds plain files, no links")
                _check_size(self.where, relative, status.st_size)
                self._sizes[relative] = status.st_size
                total += status.st_size
            _check_totals(self.where, len(self._sizes), total)

    def names(self) -> tuple[str, ...]:
        """Return the names, sorted."""
        return tuple(sorted(self._sizes))

    def size(self, name: str) -> int:
        """Return a file's length in bytes."""
        if name not in self._sizes:
            raise InputError(self.where, name, "is missing")
        return self._sizes[name]

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises InputError where it cannot be read or has changed."""
        expected = self.size(name)
        try:
            descriptor = os.open(self._folder / name, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(descriptor, "rb") as file:
                data = file.read(expected + 1)
        except OSError as error:
            raise InputError(self.where, name, f"could not be read: {error.strerror}") from error
        if len(data) != expected:
            raise InputError(self.where, name, "changed while it was being read")
        return data


class ZipContainer:
    """A zip without links, repeated names, encryption or bombs."""

    def __init__(self, path: Path) -> None:
        self.where = str(path)
        try:
            self._zip = zipfile.ZipFile(path)
            entries = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise InputError(self.where, " ".join(str(error).split())[:120], "must be a zip") from error
        self._entries: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for entry in entries:
            name = check_name(self.where, entry.filename)
            if name in self._entries:
                raise InputError(self.where, name, "is there twice")
            self._check_entry(name, entry)
            self._entries[name] = entry
            total += entry.file_size
        _check_totals(self.where, len(self._entries), total)

    def _check_entry(self, name: str, entry: zipfile.ZipInfo) -> None:
        _check_size(self.where, name, entry.file_size)
        kind = entry.external_attr >> 16
        if entry.is_dir() or (kind and not stat.S_ISREG(kind)):
            raise InputError(self.where, name, "a bundle holds plain files, no links")
        if entry.flag_bits & 0x1 or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(self.where, name, "must be stored or deflated, not encrypted")
        if entry.file_size > _MOST_RATIO * max(1, entry.compress_size):
            raise InputError(
                self.where, name, f"{entry.file_size} bytes from {entry.compress_size}: no real table is so"
            )

    def names(self) -> tuple[str, ...]:
        """Return the names, sorted."""
        return tuple(sorted(self._entries))

    def size(self, name: str) -> int:
        """Return a file's length in bytes, as the directory promises it."""
        if name not in self._entries:
            raise InputError(self.where, name, "is missing")
        return self._entries[name].file_size

    def read(self, name: str) -> bytes:
        """Return a file's bytes; raises InputError where they are not what the directory promises."""
        expected = self.size(name)
        try:
            with self._zip.open(self._entries[name]) as file:
                data = file.read(expected + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise InputError(self.where, name, f"could not be read: {' '.join(str(error).split())[:120]}") from error
        except Exception as error:
            # zlib.error is no subclass of anything that names it.
            raise InputError(self.where, name, f"could not be unpacked: {type(error).__name__}") from error
        if len(data) != expected:
            raise InputError(self.where, name, f"holds other than the {expected} bytes promised")
        return data


def _check_size(where: str, name: str, size: int) -> None:
    if size > MOST_FILE_BYTES:
        raise InputError(where, name, f"{size} bytes: a file of a bundle has at most {MOST_FILE_BYTES}")


def _check_totals(where: str, files: int, total: int) -> None:
    if files > MOST_FILES:
        raise InputError(where, f"{files} files", f"a bundle has at most {MOST_FILES}")
    if total > MOST_BYTES:
        raise InputError(where, f"{total} bytes", f"a bundle has at most {MOST_BYTES}")


def write_zip(container: Container, path: Path) -> None:
    """Write a zip of a container that is the same bytes for the same files: sorted, deflated, without times.

    Raises StorageError where the disk refuses.
    """
    fresh = path.with_name(path.name + ".new")
    try:
        _write_entries(container, fresh)
        fresh.replace(path)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise StorageError(f"{path}: {error.strerror}: could not be written") from error


def _write_entries(container: Container, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name in container.names():
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            file.writestr(entry, container.read(name))
