"""Reads a model card's front matter: each value as written, with its line, or the line and the rule that it breaks.

`huggingface_hub.ModelCard` reads cards of friends. It loses lines, lets the last of two equal keys win and has no
bounds, so what strangers publish is read here; the page is docs/questions/declaration.md.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from parentage.errors import InputError
from parentage.protocols.documents.yaml_reading import (
    MOST_YAML_BYTES,
    Plain,
    YamlList,
    YamlMap,
    YamlNode,
    YamlScalar,
    parse_yaml,
    plain,
)

MOST_CARD_BYTES = 2 << 20
_FENCE = "---"
_LINES = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|$)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A card in two parts, each with its first line: the text between its fences, None without them, and the prose."""

    front: str | None
    front_line: int
    body: str
    body_line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The fields of a card: as plain data, with the line of each key, and as nodes that know the line of every item."""

    values: Mapping[str, Plain]
    lines: Mapping[str, int]
    nodes: Mapping[str, YamlNode]
    body: str
    body_line: int


def parse_front_matter(raw: bytes, where: str = "README.md") -> FrontMatter:
    """Return a card's fields, none where it has no front matter.

    Raises InputError, with the line and the rule, for text that is not UTF-8, for a block that does not end, for YAML
    that is malformed or beyond bounds, and for a key that is given twice.
    """
    return read_fields(split_card(raw, where), where)


def read_fields(card: Card, where: str = "README.md") -> FrontMatter:
    """Return the fields of a card that was split already; raises InputError as `parse_front_matter` does."""
    node: YamlNode = YamlScalar(value=None, line=1)
    if card.front is not None:
        if len(card.front.encode()) > MOST_YAML_BYTES:
            place = f"{where}:{card.front_line}"
            raise InputError(place, "front matter", f"at most {MOST_YAML_BYTES} bytes of front matter")
        node = parse_yaml(card.front, where, card.front_line)
    entries: Mapping[str, YamlNode] = {}
    lines: Mapping[str, int] = {}
    match node:
        case YamlMap():
            entries, lines = node.entries, node.lines
        case YamlList() | YamlScalar(value=str()):
            kind = "a list" if isinstance(node, YamlList) else "text"
            raise InputError(f"{where}:{node.line}", kind, "front matter is a mapping of fields")
        case _:
            pass
    values = {key: plain(value) for key, value in entries.items()}
    return FrontMatter(values=values, lines=lines, nodes=entries, body=card.body, body_line=card.body_line)


def decode_text(raw: bytes, where: str, most_bytes: int) -> str:
    """Return the text of a file without its byte order mark; raises InputError for what is too large or no text."""
    if len(raw) > most_bytes:
        raise InputError(where, f"{len(raw)} bytes", f"at most {most_bytes} bytes")
    if (nul := raw.find(b"\0")) >= 0:
        raise InputError(f"{where}:{_line_of(raw, nul)}", "a NUL byte", "text, not binary data")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        shown = f"byte {error.start}"
        raise InputError(f"{where}:{_line_of(raw, error.start)}", shown, "text in UTF-8") from None


def split_card(raw: bytes, where: str = "README.md") -> Card:
    """Return a card's two parts; raises InputError where it is too large, no UTF-8, or its block has no end."""
    text = decode_text(raw, where, MOST_CARD_BYTES)
    place, line, start, start_line = 0, 0, -1, 0
    while place < len(text):
        found = _LINES.match(text, place)
        assert found is not None
        line += 1
        held, place = found[0].rstrip(), found.end()
        if start < 0:
            if held == _FENCE and not found[0][0].isspace():
                start, start_line = place, line
            elif held:
                break
        elif held == _FENCE:
            front = text[start : found.start()]
            return Card(front=front, front_line=start_line + 1, body=text[place:], body_line=line + 1)
    if start >= 0:
        raise InputError(f"{where}:{start_line}", _FENCE, "front matter that begins with --- ends with a line of ---")
    return Card(front=None, front_line=1, body=text, body_line=1)


def _line_of(raw: bytes, place: int) -> int:
    return raw[:place].count(b"\n") + 1
