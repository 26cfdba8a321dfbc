"""Has templates rendered elsewhere: starts the worker, bounds what it may take, and turns its end into a refusal."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from parentage.digest import sha256_of

RefusalKind = Literal["syntax", "raised", "forbidden", "time", "memory", "recursion", "size", "ended"]
FROZEN_DATE = "2026-01-01T12:00:00"
_WORKER = Path(__file__).with_name("template_worker.py")
# Renderings of one template that may end the worker or run out of time before the rest are not tried.
_MOST_ENDS = 2
_BEGIN_SECONDS = 30.0
# The longest template in use has some forty thousand characters.
MOST_CHARACTERS = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one rendering may take, and the worker as a whole: its memory."""

    render_seconds: int = 2
    memory_bytes: int = 512 * 2**20
    output_characters: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One message as a template gets it; `parts` sends its text as a list of typed parts, as models with eyes want."""

    role: str
    content: str
    parts: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendering:
    """What to render: the turns and the variables around them. `extra` may overrule any variable."""

    turns: tuple[Turn, ...]
    add_generation_prompt: bool = True
    tools: tuple[Mapping[str, Any], ...] = ()
    date: str = FROZEN_DATE
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """Why a template gave no text, in words that name the rule."""

    kind: RefusalKind
    why: str

    @property
    def line(self) -> str:
        """The refusal as one sentence."""
        return f"{_KINDS[self.kind]}: {self.why}"


Rendered = str | Refusal

_KINDS: Mapping[RefusalKind, str] = {
    "syntax": "the template cannot be parsed",
    "raised": "the template raised an error",
    "forbidden": "the template reached for what the sandbox forbids",
    "time": "the template took too long",
    "memory": "the template asked for more memory than it may have",
    "recursion": "the template calls itself without end",
    "size": "the template is or writes more than it may",
    "ended": "the template ended the process that rendered it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant:
    """A string in a template: its line, and its place [start, end) in the scan's source, quotes included."""

    kind: Literal["data", "string"]
    line: int
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """A parsed template. `tree` is the digest of its syntax, `shape` that without texts of four words or more."""

    source: str
    constants: tuple[Constant, ...]
    compared: tuple[str, ...]
    tree: str
    shape: str
    digest: str


class TemplateSandbox:
    """One worker that serves any number of templates; a context manager. No template makes it hang or raise."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._pending = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def render(self, source: str, renderings: Sequence[Rendering]) -> tuple[Rendered, ...]:
        """Return each rendering's text or refusal, in order.

        A template that ended the worker or ran out of time twice is not tried again: its further renderings are
        refused for the same reason.
        """
        if len(source) > MOST_CHARACTERS:
            return (_too_long(source),) * len(renderings)
        found: list[Rendered] = []
        spoilt: list[Refusal] = []
        while len(found) < len(renderings):
            if len(spoilt) >= _MOST_ENDS:
                found += [spoilt[-1]] * (len(renderings) - len(found))
                break
            if not self._send({"do": "render", "source": source, "cases": list(map(_case, renderings[len(found) :]))}):
                spoilt.append(Refusal(kind="ended", why="the process could not be given the template"))
                continue
            for _ in range(len(renderings) - len(found)):
                answer = self._receive()
                one = answer if isinstance(answer, Refusal) else _rendered(answer)
                found.append(one)
                if isinstance(one, Refusal) and one.kind in ("time", "ended"):
                    spoilt.append(one)
                if isinstance(answer, Refusal):
                    break
                if len(spoilt) >= _MOST_ENDS:
                    self._stop()
                    break
        return tuple(found)

    def scan(self, source: str) -> Scan | Refusal:
        """Return the template's strings and digests of its syntax, or why it could not be parsed."""
        if len(source) > MOST_CHARACTERS:
            return _too_long(source)
        if not self._send({"do": "scan", "source": source}):
            return Refusal(kind="ended", why="the process could not be given the template")
        answer = self._receive()
        if isinstance(answer, Refusal):
            return answer
        if "refused" in answer:
            return Refusal(kind=answer["refused"], why=answer["why"])
        held = answer["scan"]
        return Scan(
            source=held["source"],
            constants=tuple(Constant(**constant) for constant in held["constants"]),
            compared=tuple(held["compared"]),
            tree=held["tree"],
            shape=held["shape"],
            digest=template_digest(source),
        )

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            limits = json.dumps(
                {
                    "render_seconds": self._limits.render_seconds,
                    "memory_bytes": self._limits.memory_bytes,
                    "output_characters": self._limits.output_characters,
                }
            )
            self._process = subprocess.Popen(  # noqa: S603 - our own worker, with no shell
                [sys.executable, "-I", str(_WORKER), limits],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                close_fds=True,
            )
        return self._process

    def _stop(self) -> None:
        process, self._process, self._pending = self._process, None, b""
        if process is not None:
            process.kill()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with contextlib.suppress(OSError):
                        pipe.close()
            process.wait()

    def _send(self, job: Mapping[str, Any]) -> bool:
        process = self._start()
        if process.stdin is None:
            return False
        try:
            process.stdin.write(json.dumps(job).encode() + b"\n")
            process.stdin.flush()
        except OSError:
            self._stop()
            return False
        return True

    def _receive(self) -> dict[str, Any] | Refusal:
        """Return the worker's next answer; where it died or is silent, end it and say so."""
        line = self._line(time.monotonic() + self._limits.render_seconds + _BEGIN_SECONDS)
        if isinstance(line, Refusal):
            return line
        try:
            answer = json.loads(line)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            self._stop()
            return Refusal(kind="ended", why="its answer cannot be read")
        return answer

    def _line(self, deadline: float) -> bytes | Refusal:
        if self._process is None or self._process.stdout is None:
            return Refusal(kind="ended", why="the process is gone")
        pipe = self._process.stdout.fileno()
        # Characters outside the basic plane take twelve bytes of JSON; a scan repeats the source.
        most_bytes = 12 * self._limits.output_characters + 2**26
        pieces, size = [self._pending], len(self._pending)
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while b"\n" not in pieces[-1]:
                ready = selector.select(max(0.0, deadline - time.monotonic()))
                if not ready:
                    self._stop()
                    return Refusal(kind="time", why="it said nothing for too long and was ended")
                piece = os.read(pipe, 2**16)
                size += len(piece)
                if not piece or size > most_bytes:
                    return self._death(piece)
                pieces.append(piece)
        line, _, self._pending = b"".join(pieces).partition(b"\n")
        return line

    def _death(self, piece: bytes) -> Refusal:
        process = self._process
        self._stop()
        if piece:
            return Refusal(kind="size", why="its answer is longer than any may be")
        status = process.returncode if process is not None else 0
        why = f"by signal {-status}" if status < 0 else f"with status {status}"
        if status == -24:  # SIGXCPU
            return Refusal(kind="time", why=f"more than {self._limits.render_seconds} seconds inside one operation")
        return Refusal(kind="ended", why=why)


def template_digest(source: str) -> str:
    """Return the digest of a template's text as it stands."""
    return sha256_of(source.encode("utf-8", "surrogatepass"))


def _too_long(source: str) -> Refusal:
    return Refusal(kind="size", why=f"it has {len(source)} characters itself; at most {MOST_CHARACTERS}")


def _rendered(answer: Mapping[str, Any]) -> Rendered:
    if "text" in answer:
        return str(answer["text"])
    return Refusal(kind=answer["refused"], why=answer["why"])


def _case(rendering: Rendering) -> dict[str, Any]:
    variables: dict[str, Any] = {
        "messages": [_message(turn) for turn in rendering.turns],
        "tools": [dict(tool) for tool in rendering.tools] or None,
        "documents": None,
        "add_generation_prompt": rendering.add_generation_prompt,
        **rendering.extra,
    }
    return {"date": rendering.date, "variables": variables}


def _message(turn: Turn) -> dict[str, Any]:
    if turn.parts:
        return {"role": turn.role, "content": [{"type": "text", "text": turn.content}]}
    return {"role": turn.role, "content": turn.content}
