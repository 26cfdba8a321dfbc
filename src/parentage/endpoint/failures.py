"""Why a call to a server failed, as a kind and one line a reader can act on."""

import contextlib
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from parentage.endpoint.provider import Endpoint, Source, read_key

Kind = Literal[
    "no server", "wrong model", "no such address", "key refused", "too many requests", "server error", "cut short",
    "too slow", "wrong encoding", "not an answer", "refused request", "other",
]  # fmt: skip

# Another call would fail the same way, and the request has to be changed first.
HOPELESS: frozenset[Kind] = frozenset({"wrong model", "no such address", "key refused"})
# A server that fails so is not asked everything that is left.
FATAL: frozenset[Kind] = HOPELESS | {"no server"}

_LIST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """One failed call: its kind, and a line that names the server, what it did and what to do."""

    kind: Kind
    line: str


def read_failure(error: BaseException, endpoint: Source) -> Failure:
    """Return what the exception of a call amounts to. Nothing of the request, and so no key, goes into the line."""
    causes = tuple(_causes(error))
    names = {name for cause in causes for name in _class_names(cause)}
    status = next((found for cause in causes if isinstance(found := getattr(cause, "status_code", None), int)), None)
    text = " ".join(str(cause)[:300] for cause in causes)
    if status is not None and status != 200:
        return _by_status(status, text, endpoint)
    if "does not support /v1/completions" in text:
        return _by_status(404, text, endpoint)
    kind: Kind
    if names & {"UnicodeDecodeError", "JSONDecodeError"}:
        kind, what = "wrong encoding", "answered with bytes that are no UTF-8 JSON"
    elif names & {"RemoteProtocolError", "IncompleteReadError", "ReadError"}:
        kind, what = "cut short", "closed the connection in the middle of an answer, on every attempt"
    elif names & {"ReadTimeout", "WriteTimeout", "APITimeoutError", "AttemptTimeoutError", "PoolTimeout"}:
        kind, what = "too slow", "did not answer within the timeout, on any attempt"
    elif names & {"ConnectError", "ConnectTimeout", "ConnectionRefusedError", "gaierror"}:
        kind, what = "no server", "nothing answers at this address; start the server, or correct the url"
    elif names & {"APIConnectionError"}:
        kind, what = "no server", "the connection failed; start the server, or correct the url"
    elif names & {
        "APIResponseValidationError",
        "AttributeError",
        "ValidationError",
        "OpenAIResponseError",
        "TypeError",
    }:
        kind, what = "not an answer", "answered, but not as an OpenAI-compatible server does"
    else:
        kind, what = "other", f"{type(causes[-1]).__name__}: {text[:120]}"
    return Failure(kind=kind, line=f"{endpoint.url}: {what}")


def _by_status(status: int, text: str, endpoint: Source) -> Failure:
    where = endpoint.url
    if status in (401, 403):
        name = endpoint.key_env if isinstance(endpoint, Endpoint) else None
        key = f"the key in {name}" if name else "a call without a key (name its variable as key_env)"
        return Failure(kind="key refused", line=f"{where}: {status}: refuses {key}")
    if status == 404:
        return _missing(endpoint)
    if status == 429:
        return Failure(kind="too many requests", line=f"{where}: 429: too many requests, still after every retry")
    if status in (408, 409) or status >= 500:
        return Failure(kind="server error", line=f"{where}: {status}: the server fails, still after every retry")
    return Failure(kind="refused request", line=f"{where}: {status}: refuses the request: {text[:200]}")


def _missing(endpoint: Source) -> Failure:
    """Say what a 404 means: the client's message does not tell a wrong model from a server without the interface."""
    models = list_models(endpoint) if isinstance(endpoint, Endpoint) else None
    if models is not None and endpoint.model not in models:
        known = ", ".join(models[:5]) + (", ..." if len(models) > 5 else "") if models else "none"
        return Failure(kind="wrong model", line=f"{endpoint.url}: 404: has no model {endpoint.model!r}; it has {known}")
    path = "/completions" if endpoint.api == "completions" else "/chat/completions"
    advice = '; if it has chat only, set api = "chat"' if endpoint.api == "completions" else ""
    line = f"{endpoint.url}: 404: no model {endpoint.model!r}, or no {path} here{advice}"
    return Failure(kind="no such address" if models else "wrong model", line=line)


def list_models(endpoint: Endpoint, *, timeout_seconds: float = 5.0) -> tuple[str, ...] | None:
    """Return the names that the server lists at /models, or None where it lists none that can be read."""
    request = urllib.request.Request(  # noqa: S310 - Endpoint allows http and https only
        f"{endpoint.url.rstrip('/')}/models", headers={"Authorization": f"Bearer {read_key(endpoint)}"}
    )
    with contextlib.suppress(OSError, ValueError, urllib.error.URLError):
        with urllib.request.urlopen(request, timeout=timeout_seconds) as answer:  # noqa: S310
            listed = json.loads(answer.read(_LIST_BYTES))
        entries = listed.get("data") if isinstance(listed, dict) else None
        if isinstance(entries, list):
            names = (entry.get("id") for entry in entries if isinstance(entry, dict))
            return tuple(name for name in names if isinstance(name, str) and name.isprintable())
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the exception and what caused it, outermost first, as far as ten deep."""
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen and len(seen) < 10:
        seen.append(current)
        yield current
        inner = getattr(current, "exceptions", None)
        current = inner[0] if inner else current.__cause__ or current.__context__


def _class_names(error: BaseException) -> Iterator[str]:
    return (kind.__name__ for kind in type(error).__mro__)
