"""Keeps the summaries of finished tensors on disk, so that the same command resumes where a run was stopped."""

import json
import os
from pathlib import Path
from typing import IO

NAME = "journal.jsonl"


class Journal:
    """An append-only file: first the key of the plan, then a line per finished tensor."""

    def __init__(self, folder: Path | None, key: str) -> None:
        self._path = folder / NAME if folder is not None else None
        self._file: IO[str] | None = None
        self.finished: dict[int, dict[str, object]] = {}
        if self._path is None:
            return
        self._load(key)
        self._open(key)

    def _load(self, key: str) -> None:
        if self._path is None or not self._path.is_file():
            return
        lines = self._path.read_text(encoding="utf-8").splitlines()
        entries = []
        for line in lines:
            try:
                entries.append(json.loads(line))
            except ValueError:
                # A process killed in the middle of a line leaves half of one; what came before it holds.
                break
        if entries and entries[0] == {"key": key}:
            self.finished = {entry["tensor"]: entry for entry in entries[1:]}

    def _open(self, key: str) -> None:
        if self._path is None:
            return
        # Written anew, so that half a line never ends up in the middle of the file.
        fresh = self._path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps({"key": key}) + "\n")
            for entry in self.finished.values():
                file.write(json.dumps(entry) + "\n")
        fresh.replace(self._path)
        self._file = self._path.open("a", encoding="utf-8")

    def add(self, entry: dict[str, object]) -> None:
        """Append one tensor's summary and see it on disk."""
        if self._file is not None:
            self._file.write(json.dumps(entry) + "\n")
            self._file.flush()
            os.fsync(self._file.fileno())

    def close(self, *, finished: bool) -> None:
        """Close the file; remove it once nothing is left to resume."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if finished and self._path is not None:
            self._path.unlink(missing_ok=True)
