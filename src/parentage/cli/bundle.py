"""What the bundle commands share: where a bundle is, and how its outcome is printed."""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from parentage.audit.outputs import BUNDLE
from parentage.errors import InputError, StorageError, UsageError


def bundle_path(path: Path) -> Path:
    """Return the bundle itself, also where the audit's output folder was given."""
    inner = path / BUNDLE
    return inner if inner.is_dir() else path


def folder_of(path: Path) -> Path:
    """Return a bundle's folder, because a zip cannot be added to; raises UsageError."""
    found = bundle_path(path)
    if not found.is_dir():
        raise UsageError(f"{found}: must be a bundle's folder: unpack a zip before anything is added to it")
    return found


def read_public_keys(paths: Sequence[Path]) -> list[Any]:
    """Return the keys in PEM files; raises InputError."""
    from parentage.evidence.keys import parse_public_key

    return [parse_public_key(_read(path), str(path)) for path in paths]


def read_roots(paths: Sequence[Path]) -> list[Any]:
    """Return the certificates in PEM files; raises InputError."""
    from parentage.evidence.timestamps import parse_roots

    return [certificate for path in paths for certificate in parse_roots(_read(path), str(path))]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(str(path), str(error.strerror), "must be a readable PEM file") from error


def add_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a bundle's folder; raises StorageError."""
    from parentage.evidence.verdict_file import write_bytes

    for name, data in files.items():
        try:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(f"{(folder / name).parent}: {error.strerror}: could not be made") from error
        write_bytes(folder / name, data)


def print_json(document: Mapping[str, Any]) -> None:
    """Print a document to standard output."""
    sys.stdout.write(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
