"""What was answered, a line a call, on the disk at once: whatever kills a run, no finished call is asked twice."""

import fcntl
import os
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Literal, Self

from parentage.errors import InputError, UsageError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.protocols.identity.records import Reply
from parentage.protocols.identity.transcripts import MOST_ROW_BYTES, MOST_ROWS, parse_reply, reply_row

FILE = "answered.jsonl"

# "reply": part of the measurement; "before" and "after": the fixed prompts at the start and the end of a run.
Stage = Literal["reply", "before", "after"]
STAGES: tuple[Stage, ...] = ("reply", "before", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A finished call: the digest of what was asked, the reply, and the name under which the server answered."""

    key: str
    stage: Stage
    served: str
    reply: Reply


class Journal:
    """The append-only file of a run's folder. One process at a time has it open."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / FILE
        self._lock = threading.Lock()
        self._file: IO[bytes] = self.path.open("a+b")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise UsageError(f"{folder}: another run is writing here; wait for it or name another folder") from error
        try:
            self.rows = self._read()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def append(self, row: Answered) -> None:
        """Write the row and wait until the disk has it."""
        line = canonical_json({"key": row.key, "stage": row.stage, "served": row.served, "reply": reply_row(row.reply)})
        if len(line) > MOST_ROW_BYTES:
            raise InputError(str(self.path), f"{len(line)} bytes", f"a reply has at most {MOST_ROW_BYTES}")
        with self._lock:
            self._file.write(line + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self.rows[row.key] = row

    def _read(self) -> dict[str, Answered]:
        """Return the rows so far by key. A last line without its end was being written when the run was killed."""
        self._file.seek(0)
        rows: dict[str, Answered] = {}
        good = 0
        for number in range(1, MOST_ROWS + 2):
            line = self._file.readline(MOST_ROW_BYTES + 2)
            if not line.endswith(b"\n"):
                if len(line) > MOST_ROW_BYTES:
                    raise InputError(f"{self.path}:{number}", "the row", f"has more than {MOST_ROW_BYTES} bytes")
                break
            row = _parse(parse_json(line, f"{self.path}:{number}"), f"{self.path}:{number}")
            rows[row.key] = row
            good += len(line)
        else:
            raise InputError(str(self.path), "rows", f"has more than {MOST_ROWS}")
        self._file.truncate(good)
        self._file.seek(0, os.SEEK_END)
        return rows


def _parse(value: Any, where: str) -> Answered:
    if not isinstance(value, dict) or value.keys() != {"key", "stage", "served", "reply"}:
        raise InputError(where, "the row", "must have key, stage, served and reply")
    if not all(isinstance(value[name], str) for name in ("key", "stage", "served")) or value["stage"] not in STAGES:
        raise InputError(where, "the row", f"must have a text key and served, and one of {', '.join(STAGES)}")
    return Answered(
        key=value["key"], stage=value["stage"], served=value["served"], reply=parse_reply(value["reply"], where)
    )
