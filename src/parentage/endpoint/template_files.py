"""Reads a repository's JSON within bounds: malformed or absurd files become records that say so, not crashes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parentage.errors import InputError

MOST_BYTES = 8 * 2**20
# Vocabularies of 250,000 tokens fill 30 MB: the one file of the kind that may be larger.
MOST_TOKENIZER_BYTES = 64 * 2**20
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something in a file that could not be read, and the rule that it breaks."""

    where: str
    rule: str


def most_bytes(path: str) -> int:
    """Return how large a file may be, by its name."""
    return MOST_TOKENIZER_BYTES if path.rpartition("/")[2] == "tokenizer.json" else MOST_BYTES


def check_size(path: str, data: bytes) -> None:
    """Raise InputError where a file is larger than any of its kind may be."""
    if len(data) > most_bytes(path):
        raise InputError(path, f"{len(data)} bytes", f"at most {most_bytes(path)} bytes")


def read_text(path: str, data: bytes) -> str | Problem:
    """Return a file's text, or the problem with its encoding."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Problem(where=path, rule=f"not UTF-8: byte {error.start}")


def read_object(path: str, data: bytes) -> Mapping[str, Any] | Problem:
    """Return the JSON object in a file, or what is wrong with it."""
    text = read_text(path, data)
    if isinstance(text, Problem):
        return text
    try:
        held = json.loads(text)
    except RecursionError:
        return Problem(where=path, rule="malformed JSON: nested too deeply")
    except ValueError as error:
        return Problem(where=path, rule=f"malformed JSON: {str(error)[:_SHOWN]}")
    if not isinstance(held, dict):
        return Problem(where=path, rule=f"a JSON object, not {type(held).__name__}")
    return held


def token_text(value: object) -> str | None:
    """Return a token's text: files hold it as a string or as an object with `content`."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get("content"), str):
        return str(value["content"])
    return None
