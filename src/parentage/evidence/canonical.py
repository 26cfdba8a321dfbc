"""JSON as a bundle writes and reads it: canonical out (RFC 8785), bounded and strict in."""

import json
import re
from typing import Any

from parentage.errors import InputError

MOST_DOCUMENT_BYTES = 1 << 30
# Only an escape can be one half of a pair: raw UTF-8 has none.
_MAYBE_HALF = re.compile(rb"\\u[dD][89a-fA-F]")


def canonical_json(document: Any) -> bytes:
    """Return the canonical UTF-8 form; raises ValueError for NaN, infinities and integers beyond 2^53."""
    import rfc8785

    return rfc8785.dumps(document)


def parse_json(data: bytes, where: str) -> Any:
    """Return the value; raise InputError for anything but UTF-8 JSON without repeated keys, NaN or infinities.

    Nor with half of a surrogate pair in a text: no file, terminal or signature could hold what was read.
    """
    if len(data) > MOST_DOCUMENT_BYTES:
        raise InputError(where, f"{len(data)} bytes", f"a document has at most {MOST_DOCUMENT_BYTES}")
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
        if _MAYBE_HALF.search(data):
            json.dumps(value, ensure_ascii=False).encode()
        return value
    except (ValueError, RecursionError) as error:
        raise InputError(where, " ".join(str(error).split())[:120], "must be UTF-8 JSON") from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _refuse(constant: str) -> float:
    raise ValueError(f"{constant} is no number")
