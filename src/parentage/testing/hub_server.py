"""A loopback hub for the real `huggingface_hub` client: folders served as repositories, at several revisions.

It speaks the part of the Hub's API that reading a model takes, and fails in the ways in which the Hub fails. Not there:
uploads, Xet, the card as parsed data. The client reads HF_ENDPOINT when it is imported; `HfApi(endpoint=hub.url)` needs
no variable.
"""

import contextlib
import json
import threading
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from parentage.testing.hub_repositories import HubCommit, HubFile, Repository, git_id, pointer, read_repository

HubFault = Literal["none", "busy", "busy twice", "too many", "hangs up", "short body", "nonsense"]
_MOST_FORM_BYTES = 1 << 20
_DATE = "2026-06-01T00:00:00.000Z"


class HubServer:
    """Serves `{repository: {revision: folder}}` at `url`, revisions oldest first.

    `body_bytes` counts what was sent of files, `requests` are methods and paths. With `redirects`, large files are sent
    on to a second address, as the Hub does; `store_tokens` are the tokens seen there. `gated` repositories give their
    files only to those who send `token`; `moved` names lead on to where they are now.
    """

    def __init__(
        self,
        repositories: Mapping[str, Mapping[str, Path]],
        *,
        fault: HubFault = "none",
        redirects: bool = False,
        gated: Iterable[str] = (),
        moved: Mapping[str, str] | None = None,
        token: str = "hf_loopback",  # noqa: S107 - opens nothing but this server
        page_entries: int = 1000,
    ) -> None:
        self.repositories = {name: read_repository(revisions) for name, revisions in repositories.items()}
        self.fault = fault
        self.gated = frozenset(gated)
        self.moved = dict(moved or {})
        self.token = token
        self.page_entries = page_entries
        self.body_bytes = 0
        self.requests: list[str] = []
        self.store_tokens: set[str | None] = set()
        self._lock = threading.Lock()
        self._servers = [_Listener(self)]
        self.url = f"http://127.0.0.1:{self._servers[0].server_address[1]}"
        self.store_url: str | None = None
        if redirects:
            self._servers.append(_Listener(self, is_store=True))
            self.store_url = f"http://127.0.0.1:{self._servers[1].server_address[1]}"

    def __enter__(self) -> Self:
        for server in self._servers:
            threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop listening and answering, as a server that dies does; calling it again does nothing."""
        self.fault = "hangs up"
        servers, self._servers = self._servers, []
        for server in servers:
            server.shutdown()
            server.server_close()

    def commit(self, repository: str, revision: str = "main") -> str:
        """Return the sha of a revision; raises KeyError where there is none."""
        found = self.repositories[repository].find(revision)
        if found is None:
            raise KeyError(revision)
        return found.sha

    def note_request(self, line: str) -> int:
        """Keep a request's line and return its number."""
        with self._lock:
            self.requests.append(line)
            return len(self.requests)

    def note_body(self, sent: int) -> None:
        """Add the bytes sent of a file."""
        with self._lock:
            self.body_bytes += sent

    def large_file(self, sha256: str) -> HubFile | None:
        """Return a large file of any repository by its digest."""
        commits = (commit for repository in self.repositories.values() for commit in repository.branches.values())
        files = (file for commit in commits for file in commit.files.values())
        return next((file for file in files if file.is_large and file.sha256 == sha256), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """A status, headers and either a document or a file."""

    status: int = 200
    document: Any = None
    file: HubFile | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


class _RefusalError(Exception):
    """The Hub says no, with one of its error codes."""

    def __init__(self, code: str, message: str, *, commit: str = "", status: int = 404) -> None:
        super().__init__(message)
        self.answer = _Answer(
            status=status,
            document={"error": message},
            headers={"X-Error-Code": code, "X-Error-Message": message, **({"X-Repo-Commit": commit} if commit else {})},
        )


class _Listener(ThreadingHTTPServer):
    """Listens for a hub, or for the store of its large files."""

    daemon_threads = True

    def __init__(self, hub: HubServer, *, is_store: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hub = hub
        self.is_store = is_store


class _Handler(BaseHTTPRequestHandler):
    """Answers the API and the files, or the large files alone."""

    server: _Listener
    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve({})

    def do_HEAD(self) -> None:
        self._serve({})

    def do_POST(self) -> None:
        size = int(self.headers.get("Content-Length") or 0)
        if size > _MOST_FORM_BYTES:
            self.close_connection = True
            self.send_error(413)
            return
        self._serve(urllib.parse.parse_qs(self.rfile.read(size).decode()))

    def _serve(self, form: Mapping[str, list[str]]) -> None:
        number = self.server.hub.note_request(f"{self.command} {self.path}")
        # A client that went away is no fault of the server's.
        with contextlib.suppress(ConnectionError):
            if self.server.hub.fault == "hangs up":
                self.close_connection = True
                return
            self._send(self._answer(number, form))

    def _answer(self, number: int, form: Mapping[str, list[str]]) -> _Answer:
        place = urllib.parse.urlsplit(self.path)
        parts = [urllib.parse.unquote(part) for part in place.path.strip("/").split("/")]
        query = urllib.parse.parse_qs(place.query)
        token, hub = self.headers.get("Authorization"), self.server.hub
        try:
            if self.server.is_store:
                hub.store_tokens.add(token)
                return _stored(hub, parts)
            if hub.fault == "busy" or (hub.fault == "busy twice" and number <= 2):
                return _Answer(status=503, document={"error": "try again later"})
            if hub.fault == "too many":
                limits = {"RateLimit": '"api";r=0;t=1', "RateLimit-Policy": '"fixed window";"api";q=1;w=1'}
                return _Answer(status=429, document={"error": "slow down"}, headers=limits)
            if hub.fault == "nonsense":
                return _Answer(document=["nonsense"])
            if parts[0] == "api":
                return _api(hub, parts[1:], {**query, **form})
            return _resolve(hub, parts, is_allowed=token == f"Bearer {hub.token}")
        except _RefusalError as refusal:
            return refusal.answer

    def _send(self, answer: _Answer) -> None:
        body, headers, status = b"", dict(answer.headers), answer.status
        if answer.file is not None:
            status, body = self._ranged(answer.file, headers)
        elif answer.document is not None:
            body = json.dumps(answer.document).encode()
            headers["Content-Type"] = "application/json"
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD":
            return
        if answer.file is not None and self.server.hub.fault == "short body":
            body = body[: len(body) // 2]
            self.close_connection = True
        if answer.file is not None:
            self.server.hub.note_body(len(body))
        self.wfile.write(body)

    def _ranged(self, file: HubFile, headers: dict[str, str]) -> tuple[int, bytes]:
        """Return the status and the bytes that were asked for, and set the headers that go with them."""
        headers.setdefault("ETag", f'"{file.tag}"')
        headers["Accept-Ranges"] = "bytes"
        wanted = self.headers.get("Range", "")
        data = file.place.read_bytes()
        first, dash, last = wanted.removeprefix("bytes=").partition("-")
        if not wanted.startswith("bytes=") or not dash or not first.isdigit() or (last and not last.isdigit()):
            return 200, data
        start, stop = int(first), min(len(data), int(last) + 1 if last else len(data))
        if start >= stop:
            headers["Content-Range"] = f"bytes */{len(data)}"
            return 416, b""
        headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(data)}"
        return 206, data[start:stop]


def _stored(server: HubServer, parts: list[str]) -> _Answer:
    """Return a large file from the second address; its name there is its digest."""
    file = server.large_file(parts[-1])
    return _Answer(file=file) if file is not None else _Answer(status=404, document={"error": "no such object"})


def _resolve(server: HubServer, parts: list[str], *, is_allowed: bool) -> _Answer:
    """Return a file of a repository, or where it is."""
    if len(parts) < 5 or parts[2] not in ("resolve", "raw"):
        return _Answer(status=404, document={"error": "no such page"})
    name, revision, path = "/".join(parts[:2]), parts[3], "/".join(parts[4:])
    if name in server.moved:
        tail = urllib.parse.quote("/".join([parts[2], revision, path]))
        return _Answer(status=307, headers={"Location": f"/{server.moved[name]}/{tail}"})
    commit = _commit(_repository(server, name), revision)
    if name in server.gated and not is_allowed:
        raise _RefusalError("GatedRepo", f"Access to model {name} is restricted.", status=401)
    file = commit.files.get(path)
    if file is None:
        raise _RefusalError("EntryNotFound", "Entry not found", commit=commit.sha)
    headers = {"X-Repo-Commit": commit.sha, "ETag": f'"{file.tag}"'}
    if file.is_large:
        headers |= {"X-Linked-Etag": f'"{file.sha256}"', "X-Linked-Size": str(file.size)}
        if server.store_url is not None:
            del headers["ETag"]
            return _Answer(status=302, headers={**headers, "Location": f"{server.store_url}/objects/{file.sha256}"})
    return _Answer(file=file, headers=headers)


def _api(server: HubServer, parts: list[str], query: Mapping[str, list[str]]) -> _Answer:
    """Return what the API says of a model: models/<org>/<name>[/<verb>[/<revision>[/<folder>]]]."""
    if len(parts) < 3 or parts[0] != "models":
        return _Answer(status=404, document={"error": "no such page"})
    name, verb = "/".join(parts[1:3]), parts[3] if len(parts) > 3 else "revision"
    if name in server.moved:
        tail = "/".join(urllib.parse.quote(part, safe="") for part in parts[3:])
        return _Answer(status=307, headers={"Location": f"/api/models/{server.moved[name]}/{tail}".rstrip("/")})
    repository = _repository(server, name)
    if verb == "refs":
        return _Answer(document=_refs(repository))
    commit = _commit(repository, parts[4] if len(parts) > 4 else "main")
    match verb:
        case "revision":
            return _Answer(document=_info(server, name, commit, with_metadata="blobs" in query))
        case "commits":
            return _Answer(document=[_commit_entry(made) for made in repository.history(commit)])
        case "paths-info":
            wanted = query.get("paths", [])
            return _Answer(document=[entry for entry in _tree(commit, "", recursive=True) if entry["path"] in wanted])
        case "tree":
            return _tree_page(server, f"/api/models/{name}/tree/{commit.sha}", commit, "/".join(parts[5:]), query)
        case _:
            return _Answer(status=404, document={"error": "no such page"})


def _repository(server: HubServer, name: str) -> Repository:
    if name not in server.repositories:
        raise _RefusalError("RepoNotFound", "Repository not found")
    return server.repositories[name]


def _commit(repository: Repository, revision: str) -> HubCommit:
    found = repository.find(revision)
    if found is None:
        raise _RefusalError("RevisionNotFound", f"Invalid rev id: {revision}")
    return found


def _info(server: HubServer, name: str, commit: HubCommit, *, with_metadata: bool) -> dict[str, Any]:
    siblings: list[dict[str, Any]] = []
    for file in commit.files.values():
        entry: dict[str, Any] = {"rfilename": file.path}
        if with_metadata:
            entry |= {"size": file.size, "blobId": file.oid}
            if file.is_large:
                pointed = len(pointer(file.sha256, file.size))
                entry["lfs"] = {"sha256": file.sha256, "size": file.size, "pointerSize": pointed}
        siblings.append(entry)
    return {
        "id": name,
        "modelId": name,
        "author": name.partition("/")[0],
        "sha": commit.sha,
        "createdAt": _DATE,
        "lastModified": _DATE,
        "private": False,
        "gated": "auto" if name in server.gated else False,
        "disabled": False,
        "tags": [],
        "downloads": 0,
        "likes": 0,
        "siblings": siblings,
    }


def _refs(repository: Repository) -> dict[str, Any]:
    branches = [
        {"name": name, "ref": f"refs/heads/{name}", "targetCommit": commit.sha}
        for name, commit in repository.branches.items()
    ]
    return {"branches": branches, "converts": [], "tags": [], "pullRequests": []}


def _commit_entry(commit: HubCommit) -> dict[str, Any]:
    title = f"{len(commit.files)} files"
    return {"id": commit.sha, "title": title, "message": "", "authors": [{"user": "loopback"}], "date": _DATE}


def _tree(commit: HubCommit, folder: str, *, recursive: bool) -> list[dict[str, Any]]:
    prefix = f"{folder}/" if folder else ""
    entries: list[dict[str, Any]] = [
        {"type": "directory", "path": path, "oid": git_id("tree", path.encode()), "size": 0}
        for path in commit.folders()
        if path.startswith(prefix)
    ]
    for path, file in commit.files.items():
        if not path.startswith(prefix):
            continue
        entry: dict[str, Any] = {"type": "file", "path": path, "oid": file.oid, "size": file.size}
        if file.is_large:
            pointed = len(pointer(file.sha256, file.size))
            entry["lfs"] = {"oid": file.sha256, "size": file.size, "pointerSize": pointed}
        entries.append(entry)
    kept = [entry for entry in entries if recursive or "/" not in entry["path"].removeprefix(prefix)]
    return sorted(kept, key=lambda entry: str(entry["path"]))


def _tree_page(server: HubServer, page: str, commit: HubCommit, folder: str, query: Mapping[str, list[str]]) -> _Answer:
    """Return one page of a folder's entries, with the address of the next."""
    if folder and folder not in commit.folders():
        raise _RefusalError("EntryNotFound", f"{folder} does not exist", commit=commit.sha)
    recursive = query.get("recursive", ["false"])[0].lower() in ("true", "1")
    start = int(query.get("cursor", ["0"])[0])
    entries, stop = _tree(commit, folder, recursive=recursive), start + server.page_entries
    headers = {}
    if stop < len(entries):
        place = f"{server.url}{page}/{urllib.parse.quote(folder)}".rstrip("/")
        headers["Link"] = f'<{place}?recursive={str(recursive).lower()}&cursor={stop}>; rel="next"'
    return _Answer(document=entries[start:stop], headers=headers)
