"""A local checkpoint served by `transformers serve`, a process of its own on the loopback address, stopped with us.

Nothing here imports torch or transformers, and code in a checkpoint's folder is never trusted.
"""

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from parentage.endpoint.provider import Api, Endpoint, Price
from parentage.errors import InputError, UnfinishedError, UsageError

_HOST = "127.0.0.1"
_PDEATHSIG = 1
_FREE = Price(prompt_per_million=0.0, reply_per_million=0.0)
_NEEDED = ("torch", "transformers", "fastapi", "uvicorn")
_LOG_TAIL_BYTES = 4096
# What the child may know of this process's environment; keys and tokens stay here.
_KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "VIRTUAL_ENV")

# Started in the child's place: it asks the kernel to end with its parent, and then becomes the server. A parent that
# died before it asked has left it to another process already.
_START = (
    "import ctypes, os, sys\n"
    "if sys.platform == 'linux':\n"
    f"    ctypes.CDLL(None).prctl({_PDEATHSIG}, {int(signal.SIGKILL)})\n"
    "if os.getppid() != int(sys.argv.pop(1)):\n"
    "    sys.exit('the parent is gone')\n"
    "from transformers.cli.transformers import main\n"
    "sys.argv[0] = 'transformers'\n"
    "main()\n"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServedCheckpoint:
    """A checkpoint that is to be served while it is asked, and no longer: memory holds one at a time.

    `fingerprint` is that of its files (`served_files.py`), whatever the port and the folder are called.
    """

    folder: Path
    log: Path
    fingerprint: str
    api: Api = "completions"
    price: Price = _FREE


class LocalServer:
    """Serves one checkpoint folder while the context is open.

    `log` is the server's own output and stays. Raises UsageError where transformers is not installed, InputError for a
    folder without a config.json, UnfinishedError where the server does not come up.
    """

    def __init__(
        self,
        folder: Path,
        log: Path,
        *,
        device: str = "cpu",
        dtype: str = "float32",
        threads: int = 1,
        timeout_seconds: float = 300.0,
        python: str = sys.executable,
    ) -> None:
        self.folder = folder.resolve()
        self.log = log
        self._device, self._dtype, self._threads = device, dtype, threads
        self._timeout_seconds = timeout_seconds
        self._python = python
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None
        self._port = 0

    def __enter__(self) -> Self:
        if self._python == sys.executable:
            require_local()
        if not (self.folder / "config.json").is_file():
            raise InputError(str(self.folder), "config.json", "must be there for a checkpoint to be served")
        self._port = _free_port()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._output = self.log.open("ab")
        try:
            self._process = subprocess.Popen(  # noqa: S603 - our own command, no shell
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=self._output,
                stderr=subprocess.STDOUT,
                env=self._environment(),
                start_new_session=True,
            )
            self._wait()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def pid(self) -> int | None:
        """The server's process id while it runs."""
        return self._process.pid if self._process is not None else None

    def endpoint(self, api: Api = "completions") -> Endpoint:
        """Return how to ask it."""
        return Endpoint(url=f"http://{_HOST}:{self._port}/v1", model=str(self.folder), api=api)

    def stop(self) -> None:
        """End the server with everything that it started."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        if self._output is not None:
            self._output.close()
            self._output = None

    def _command(self) -> list[str]:
        # -P keeps the working directory, which may hold a file called torch.py, off the import path.
        start = [self._python, "-P", "-c", _START, str(os.getpid()), "serve", str(self.folder)]
        settings = {"host": _HOST, "port": str(self._port), "device": self._device, "dtype": self._dtype}
        return [*start, *(word for name, value in settings.items() for word in (f"--{name}", value))]

    def _environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
        return {
            **kept,
            "HF_HUB_OFFLINE": "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            # Several threads on small matrices are thirty times slower than one.
            "OMP_NUM_THREADS": str(self._threads),
            "TOKENIZERS_PARALLELISM": "false",
            "PYTHONUNBUFFERED": "1",
        }

    def _wait(self) -> None:
        """Wait until the server says that it is well."""
        deadline = time.monotonic() + self._timeout_seconds
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise UnfinishedError(f"{self.folder.name}: transformers serve ended: {self._last_line()} ({self.log})")
            if self._is_well():
                return
            time.sleep(0.1)
        raise UnfinishedError(
            f"{self.folder.name}: transformers serve is not up after {self._timeout_seconds:g} s ({self.log})"
        )

    def _is_well(self) -> bool:
        # A proxy that the environment names has no part in what stays on this machine.
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(f"http://{_HOST}:{self._port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _last_line(self) -> str:
        with self.log.open("rb") as file:
            file.seek(max(0, self.log.stat().st_size - _LOG_TAIL_BYTES))
            lines = [line.strip() for line in file.read().decode("utf-8", "replace").splitlines() if line.strip()]
        return lines[-1][:200] if lines else "it said nothing"


def require_local() -> None:
    """Raise UsageError unless the packages that serve a checkpoint are installed; imports none of them."""
    if missing := [name for name in _NEEDED if importlib.util.find_spec(name) is None]:
        raise UsageError(f"serving a local checkpoint needs {', '.join(missing)}: pip install 'parentage[local]'")


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])
