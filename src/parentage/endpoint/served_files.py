"""Tells a checkpoint's folder from another, and from itself with other weights, without reading all of it."""

import hashlib
import json
from pathlib import Path

from parentage.errors import StorageError

_WHOLE_BYTES = 64 * 2**20
_HEADER_BYTES = 2**20
_PIECES, _PIECE_BYTES = 64, 4096


def fingerprint_folder(folder: Path) -> str:
    """Return a fingerprint of the files directly in a folder, or beside a file of it, without notes (.md).

    It holds names and sizes, JSON and templates whole, of the rest a sample.

    Of a weights file it takes the first MiB, where the header of safetensors stands, and 64 pieces of 4 KiB at even
    distances: another training of the same shapes differs in these, an edit of a few bytes may not.
    Raises StorageError where a file cannot be read.
    """
    rows = []
    try:
        for path in sorted(folder.iterdir() if folder.is_dir() else folder.parent.iterdir()):
            if path.is_file() and path.suffix != ".md" and not path.name.startswith("."):
                rows.append([path.name, path.stat().st_size, _sample(path)])
    except OSError as error:
        raise StorageError(f"{error.filename or folder}: {error.strerror}: could not be read") from error
    return "sampled-sha256:" + hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _sample(path: Path) -> str:
    size, found = path.stat().st_size, hashlib.sha256()
    with path.open("rb") as file:
        if size <= _WHOLE_BYTES and path.suffix in (".json", ".jinja", ".model", ".txt"):
            found.update(file.read(_WHOLE_BYTES))
            return found.hexdigest()
        found.update(file.read(_HEADER_BYTES))
        for piece in range(1, _PIECES + 1):
            file.seek(max(0, size * piece // _PIECES - _PIECE_BYTES))
            found.update(file.read(_PIECE_BYTES))
    return found.hexdigest()
