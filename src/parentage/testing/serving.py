"""A real http server for a folder, with Range support, a count of the bytes it sends, faults and pauses."""

import contextlib
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

Fault = Literal["none", "no range", "short body", "busy", "busy twice", "changed", "wrong range"]


class FolderServer:
    """Serves one folder at `url`; `body_bytes` counts what was sent in bodies, `requests` the requests."""

    def __init__(self, folder: Path, fault: Fault = "none", *, pause_seconds: float = 0) -> None:
        self.folder = folder
        self.fault = fault
        self.pause_seconds = pause_seconds
        # Where set, every request is sent on to this address, as hubs do with large files.
        self.redirect_to: str | None = None
        self.tokens: set[str | None] = set()
        self.body_bytes = 0
        self.requests = 0
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def count(self, sent: int) -> int:
        """Add to the counts and return the number of this request."""
        with self._lock:
            self.body_bytes += sent
            self.requests += 1
            return self.requests


def _handler(server: FolderServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers GET with a range of a file."""

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            server.tokens.add(self.headers.get("Authorization"))
            folder, _, name = self.path.rpartition("/")
            if server.redirect_to is not None and server.redirect_to != f"{server.url}{folder}":
                self.send_response(302)
                self.send_header("Location", f"{server.redirect_to}/{name}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            path = server.folder / name
            if not path.is_file():
                server.count(0)
                self.send_error(404)
                return
            time.sleep(server.pause_seconds)
            data = path.read_bytes()
            first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
            start, stop = int(first), min(len(data), int(last or len(data)) + 1)
            if start >= len(data):
                server.count(0)
                self.send_error(416)
                return
            body = data if server.fault == "no range" else data[start:stop]
            number = server.count(len(body))
            if server.fault == "busy" or (server.fault == "busy twice" and number <= 2):
                self.send_error(503)
                return
            self._answer(body, start, stop, len(data), number)

        def _answer(self, body: bytes, start: int, stop: int, size: int, number: int) -> None:
            self.send_response(200 if server.fault == "no range" else 206)
            shift = 1 if server.fault == "wrong range" else 0
            self.send_header("Content-Range", f"bytes {start + shift}-{stop - 1 + shift}/{size}")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{number if server.fault == "changed" else 0}"')
            self.end_headers()
            # A client that was killed reads no further; that is its business.
            with contextlib.suppress(ConnectionError):
                self.wfile.write(body[: len(body) // 2] if server.fault == "short body" else body)

    return Handler
