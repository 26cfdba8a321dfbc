"""A folder behind http(s), read with Range requests: nothing more than the bytes asked for goes over the wire."""

import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import IO

from parentage.errors import InputError, StorageError

_ATTEMPTS = 3


class HttpStore:
    """A folder URL on a server that answers Range requests with 206."""

    def __init__(
        self, location: str, *, token: str | None = None, timeout_seconds: float = 30.0, pause_seconds: float = 0.5
    ) -> None:
        self.location = location.rstrip("/")
        self.revision: str | None = None
        self.bytes_received = 0
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._timeout_seconds = timeout_seconds
        self._pause_seconds = pause_seconds
        self._known: dict[str, tuple[int, str | None] | None] = {}
        self._opener = urllib.request.build_opener(_Redirects)

    def names(self) -> tuple[str, ...] | None:
        """Return None: plain http has no listing."""
        return None

    def has(self, path: str) -> bool:
        """Say whether the server has the file, by asking for its first byte."""
        return self._probe(path) is not None

    def size(self, path: str) -> int:
        """Return the file's length as the server gives it in Content-Range."""
        known = self._probe(path)
        if known is None:
            raise InputError(f"{self.location}/{path}", "404", "the file must exist on the server")
        return known[0]

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the bytes [start, stop) for reading; raises as `read` does."""
        return memoryview(self.read(path, start, stop))

    def content_digest(self, path: str) -> str | None:
        """Return None: nothing vouches for the content but the bytes themselves."""
        return None

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop), with bounded retries."""
        if stop == start:
            return b""
        self.size(path)
        body, _, tag = self._request(path, start, stop)
        known = self._known[path]
        if known is not None and tag != known[1]:
            raise InputError(f"{self.location}/{path}", f"ETag {tag}", f"changed while it was being read ({known[1]})")
        return body

    def _probe(self, path: str) -> tuple[int, str | None] | None:
        if path not in self._known:
            try:
                _, total, tag = self._request(path, 0, 1)
            except FileNotFoundError:
                self._known[path] = None
            else:
                self._known[path] = (total, tag)
        return self._known[path]

    def _request(self, path: str, start: int, stop: int) -> tuple[bytes, int, str | None]:
        problem = ""
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(self._pause_seconds * 2**attempt)
            try:
                return self._request_once(path, start, stop)
            except urllib.error.HTTPError as error:
                if error.code in (404, 410):
                    raise FileNotFoundError(path) from error
                if error.code == 416:
                    return b"", 0, error.headers.get("ETag")
                problem = f"status {error.code}"
                if error.code < 500 and error.code != 429:
                    break
            except (OSError, http.client.HTTPException, _ShortBodyError) as error:
                problem = str(error) or type(error).__name__
        raise StorageError(f"{self.location}/{path}: {problem}: bytes {start}-{stop} could not be read")

    def _request_once(self, path: str, start: int, stop: int) -> tuple[bytes, int, str | None]:
        url = f"{self.location}/{urllib.parse.quote(path)}"
        request = urllib.request.Request(url, headers={"Range": f"bytes={start}-{stop - 1}", **self._headers})  # noqa: S310
        with self._opener.open(request, timeout=self._timeout_seconds) as answer:
            if answer.status != 206:
                raise InputError(url, f"status {answer.status}", "the server must answer Range requests with 206")
            body: bytes = answer.read(stop - start + 1)
            self.bytes_received += len(body)
            content_range = answer.headers.get("Content-Range", "")
            total = content_range.rpartition("/")[2]
            if not content_range.startswith(f"bytes {start}-") or not total.isdigit():
                raise InputError(url, f"Content-Range {content_range!r}", f"must be bytes {start}-.../<size>")
            if len(body) != stop - start:
                raise _ShortBodyError(f"body of {len(body)} bytes where {stop - start} were asked for")
            return body, int(total), answer.headers.get("ETag") or answer.headers.get("Last-Modified")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows to http(s) only, and takes the token along only to the server that it was meant for."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        origin, target = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if target.scheme not in ("http", "https"):
            raise InputError(req.full_url, f"redirect to {target.scheme}", "must lead to http or https")
        following = super().redirect_request(req, fp, code, msg, headers, newurl)
        if following is not None and (origin.scheme, origin.netloc) != (target.scheme, target.netloc):
            following.remove_header("Authorization")
        return following


class _ShortBodyError(Exception):
    """The body ended before the range did; worth another attempt."""
