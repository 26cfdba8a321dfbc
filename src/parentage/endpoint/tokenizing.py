"""Has texts encoded elsewhere: starts the tokenizer's worker, bounds what it may take, and turns its end into a line.

A tokenizer.json is a stranger's file for native code: whatever it does there, here it is a tokenizer that is not had.
"""

import contextlib
import importlib.util
import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

_WORKER = Path(__file__).with_name("tokenizer_worker.py")
_MOST_ANSWER_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenizingLimits:
    """What loading the file or one batch of texts may take. Vocabularies of 250,000 tokens load within 1 GiB."""

    seconds: int = 30
    memory_bytes: int = 2 * 2**30
    tokens: int = 2**21


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """One text's ids, and where each piece stands in it."""

    ids: list[int]
    offsets: list[tuple[int, int]]


class SandboxedTokenizer:
    """One tokenizer in a process of its own, an `Encoder` of turns.py; a context manager. It never raises.

    `failure` says in a line why nothing more can be encoded, "" while all is well; from then on encodings are empty
    and counts None. The process starts with the first text.
    """

    def __init__(self, data: bytes, limits: TokenizingLimits | None = None) -> None:
        self._data = data
        self._limits = limits or TokenizingLimits()
        self._process: subprocess.Popen[bytes] | None = None
        self.failure = ""
        if importlib.util.find_spec("tokenizers") is None:
            self.failure = "tokenizers is not installed: pip install 'parentage[identity]'"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def load(self) -> bool:
        """Say whether the file can be loaded."""
        if not self.failure and self._process is None:
            try:
                with self._bounded():
                    self._start()
            except OSError as error:
                self._fail("could not be loaded", f"no process for it: {error.strerror}")
        return not self.failure

    def encode(self, sequence: str, *, add_special_tokens: bool = True) -> TokenRow:
        """Return the text's ids and offsets; none once it failed."""
        rows = self._ask("encode", (sequence,), add_special_tokens=add_special_tokens)
        if rows is None:
            return TokenRow(ids=[], offsets=[])
        try:
            ids, offsets = rows[0]
            return TokenRow(ids=[int(one) for one in ids], offsets=[(int(start), int(end)) for start, end in offsets])
        except (TypeError, ValueError):
            self._fail("could not encode", "its answer cannot be read")
            return TokenRow(ids=[], offsets=[])

    def count(self, texts: Sequence[str], *, add_special_tokens: bool = True) -> tuple[int, ...] | None:
        """Return how many tokens each text has, all in one batch; None once it failed."""
        if not texts:
            return ()
        rows = self._ask("count", texts, add_special_tokens=add_special_tokens)
        if rows is None:
            return None
        try:
            return tuple(int(row[0]) for row in rows)
        except (TypeError, ValueError, IndexError):
            self._fail("could not encode", "its answer cannot be read")
            return None

    def _ask(self, do: str, texts: Sequence[str], *, add_special_tokens: bool) -> Sequence[Any] | None:
        if not self.load():
            return None
        job = {"do": do, "texts": list(texts), "add_special_tokens": add_special_tokens}
        with self._bounded():
            answer = self._exchange(json.dumps(job).encode() + b"\n")
        rows = answer.get("rows") if answer is not None else None
        if not isinstance(rows, list) or len(rows) != len(texts):
            self._fail("could not encode", "its answer cannot be read")
            return None
        return rows

    def _start(self) -> None:
        limits = {
            "seconds": self._limits.seconds,
            "memory_bytes": self._limits.memory_bytes,
            "tokens": self._limits.tokens,
        }
        self._process = subprocess.Popen(  # noqa: S603 - our own worker, with no shell
            [sys.executable, "-I", str(_WORKER), json.dumps(limits)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Every thread would reserve memory of its own.
            env={"TOKENIZERS_PARALLELISM": "false", "RAYON_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
            close_fds=True,
        )
        self._exchange(b"%d\n" % len(self._data) + self._data)

    def _exchange(self, sent: bytes) -> Mapping[str, Any] | None:
        """Send to the worker and return its answer, None where there is none; `failure` then says why."""
        what = "could not encode" if sent.startswith(b"{") else "could not be loaded"
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None
        line = b""
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(sent)
            process.stdin.flush()
            line = process.stdout.readline(_MOST_ANSWER_BYTES)
        if not line.endswith(b"\n"):
            self._fail(what, "its answer is longer than any may be" if line else self._death())
            return None
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self._fail(what, "its answer cannot be read")
            return None
        if "failed" in answer:
            self._fail(what, str(answer["failed"]))
            return None
        return answer

    def _death(self) -> str:
        process = self._process
        if process is None:
            return "the process is gone"
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1)
        status = process.returncode
        if status == -24:  # SIGXCPU
            return f"it took more than {self._limits.seconds} seconds"
        if status is None:
            return "the process closed its output"
        return f"it ended the process, by signal {-status}" if status < 0 else f"it ended the process, status {status}"

    def _fail(self, what: str, why: str) -> None:
        if not self.failure:
            self.failure = f"{what}: " + "".join(one if one.isprintable() else " " for one in why)[:200]
        self._stop()

    @contextlib.contextmanager
    def _bounded(self) -> Iterator[None]:
        """End the worker from outside where it neither works nor answers."""
        late = threading.Event()

        def end() -> None:
            late.set()
            if self._process is not None:
                self._process.kill()

        timer = threading.Timer(2 * self._limits.seconds + 10, end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if late.is_set():
            self.failure = f"it said nothing for {2 * self._limits.seconds + 10} seconds and was ended"

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()
