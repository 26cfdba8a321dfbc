"""Asks a timestamp authority (RFC 3161) over http(s): one request, one bounded answer."""

import urllib.error
import urllib.parse
import urllib.request

from parentage.errors import StorageError, UsageError

_MOST_BYTES = 1 << 20


def ask_authority(url: str, query: bytes, *, timeout_seconds: float = 30.0) -> bytes:
    """Return the authority's answer to a timestamp query, as DER; raises UsageError, StorageError."""
    if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(f"{url}: a timestamp authority is asked over http or https")
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        url, data=query, headers={"Content-Type": "application/timestamp-query"}
    )
    try:
        with urllib.request.urlopen(request, timeout=timeout_seconds) as answer:  # noqa: S310
            body: bytes = answer.read(_MOST_BYTES + 1)
    except (urllib.error.URLError, OSError) as error:
        problem = " ".join(str(error).split())[:200]
        raise StorageError(f"{url}: {problem}: the authority could not be asked") from error
    if len(body) > _MOST_BYTES:
        raise StorageError(f"{url}: the answer has more than {_MOST_BYTES} bytes")
    return body
