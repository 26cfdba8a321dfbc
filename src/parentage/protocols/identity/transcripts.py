"""Replies as canonical JSON rows: the same replies give the same bytes, whoever asked and whenever."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any, get_args

from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.protocols.identity.records import ARMS, LANGUAGES, Approach, Prompt, Reply, Stop

MOST_ROWS = 400_000
MOST_ROW_BYTES = 4 << 20
_MOST_TOKENS = 1 << 40
_STRINGS = ("model", "arm", "family", "language", "approach", "topic", "prompt", "sent", "text", "thinking", "stop")
_COUNTS = ("prompt_tokens", "reply_tokens")
_FIELDS = frozenset((*_STRINGS, *_COUNTS, "repeat"))


def reply_order(reply: Reply) -> tuple[str, int, str, int, int]:
    """Return what replies are sorted by: model, arm, family, language, repeat."""
    prompt = reply.prompt
    return reply.model, ARMS.index(reply.arm), prompt.family, LANGUAGES.index(prompt.language), reply.repeat


def reply_row(reply: Reply) -> dict[str, Any]:
    """Return the reply as the object that its row holds."""
    prompt = reply.prompt
    return {
        "model": reply.model,
        "arm": reply.arm,
        "family": prompt.family,
        "language": prompt.language,
        "approach": prompt.approach,
        "topic": prompt.topic,
        "prompt": prompt.text,
        "repeat": reply.repeat,
        "sent": reply.sent,
        "text": reply.text,
        "thinking": reply.thinking,
        "stop": reply.stop,
        "prompt_tokens": reply.prompt_tokens,
        "reply_tokens": reply.reply_tokens,
    }


def transcript_bytes(replies: Iterable[Reply]) -> bytes:
    """Return the rows, sorted, each in its RFC 8785 form on a line of its own."""
    return b"".join(canonical_json(reply_row(reply)) + b"\n" for reply in sorted(replies, key=reply_order))


def transcript_digest(replies: Iterable[Reply]) -> str:
    """Return the digest of the rows."""
    return sha256_of(transcript_bytes(replies))


def parse_transcript(data: bytes, where: str) -> tuple[Reply, ...]:
    """Return the replies; raises InputError unless these are exactly the bytes that they are written as."""
    lines = data.split(b"\n")
    if lines.pop() != b"":
        raise InputError(where, "the last row", "must end with a line feed")
    if len(lines) > MOST_ROWS:
        raise InputError(where, f"{len(lines)} rows", f"a transcript has at most {MOST_ROWS}")
    replies = []
    for number, line in enumerate(lines, 1):
        if len(line) > MOST_ROW_BYTES:
            raise InputError(f"{where}:{number}", f"{len(line)} bytes", f"a row has at most {MOST_ROW_BYTES}")
        reply = parse_reply(parse_json(line, f"{where}:{number}"), f"{where}:{number}")
        if canonical_json(reply_row(reply)) != line:
            raise InputError(f"{where}:{number}", "the row", "must be in its RFC 8785 form")
        replies.append(reply)
    order = [reply_order(reply) for reply in replies]
    for number, (before, after) in enumerate(pairwise(order), 2):
        if before >= after:
            raise InputError(f"{where}:{number}", "the row", "must be sorted after the one before, and unlike it")
    return tuple(replies)


def parse_reply(row: object, where: str) -> Reply:
    """Return the reply in a row's object; raises InputError for a missing, unknown or wrong field."""
    if not isinstance(row, dict) or row.keys() != _FIELDS:
        raise InputError(where, "the row", f"must have exactly the fields {', '.join(sorted(_FIELDS))}")
    for name in _STRINGS:
        if not isinstance(row[name], str):
            raise InputError(where, name, "must be text")
    for name in _COUNTS:
        if row[name] is not None and not _is_count(row[name]):
            raise InputError(where, name, "must be a number of tokens or null")
    if not _is_count(row["repeat"]):
        raise InputError(where, "repeat", "must be a whole number from 0")
    choices = {"arm": ARMS, "language": LANGUAGES, "approach": get_args(Approach), "stop": get_args(Stop)}
    for name, allowed in choices.items():
        if row[name] not in allowed:
            raise InputError(where, f"{name} {row[name]!r}"[:80], f"must be one of {', '.join(allowed)}")
    prompt = Prompt(
        family=row["family"],
        language=row["language"],
        approach=row["approach"],
        topic=row["topic"],
        text=row["prompt"],
    )
    return Reply(
        model=row["model"],
        arm=row["arm"],
        prompt=prompt,
        repeat=row["repeat"],
        sent=row["sent"],
        text=row["text"],
        thinking=row["thinking"],
        stop=row["stop"],
        prompt_tokens=row["prompt_tokens"],
        reply_tokens=row["reply_tokens"],
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST_TOKENS
