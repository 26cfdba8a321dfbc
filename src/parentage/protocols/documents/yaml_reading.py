"""Reads YAML from strangers into a tree that remembers lines: as written, bounded, without aliases or repeated keys.

A loader turns `no` into False, `1.10` into 1.1 and lets the last of two equal keys win. What a publisher wrote has
to be quoted as written, so scalars stay text, and what readers could understand in two ways is refused with its line.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from parentage.errors import InputError

MOST_YAML_BYTES = 1 << 20
MOST_NODES = 100_000
MOST_DEPTH = 32

_SHOWN = 80
_LONGEST_TYPED = 64
_NULLS = ("", "~", "null", "Null", "NULL")
_PREFIX = "tag:yaml.org,2002:"
_PLAIN_TAGS = {None, "!", *(_PREFIX + name for name in ("str", "int", "float", "bool", "null", "seq", "map"))}
_BREAKS = re.compile(r"\r\n|\n|\r")
# YAML 1.1 breaks lines here and YAML 1.2 does not: two readers would see two texts.
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")
_SURROGATES = re.compile("[\ud800-\udfff]")

Plain: TypeAlias = "str | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlScalar:
    """A value as written, None for null. `read_as` names the type that loaders make of it where that is not text."""

    value: str | None
    line: int
    read_as: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlList:
    """A list and the line on which it begins."""

    items: tuple["YamlNode", ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlMap:
    """A mapping: its nodes by key in written order, and the line of each key."""

    entries: Mapping[str, "YamlNode"]
    lines: Mapping[str, int]
    line: int


YamlNode: TypeAlias = YamlScalar | YamlList | YamlMap


@dataclass(slots=True, kw_only=True)
class _Open:
    """A list or mapping that is being read."""

    line: int
    is_map: bool
    items: list[YamlNode] = field(default_factory=list)
    entries: dict[str, YamlNode] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    key: str | None = None


def parse_yaml(text: str, where: str, first_line: int = 1) -> YamlNode:
    """Return the one document in a text, its lines counted from `first_line`; an empty text is a null.

    Raises InputError, with the line and the rule, for what is malformed, ambiguous or beyond the bounds.
    """
    if len(text.encode("utf-8", "surrogatepass")) > MOST_YAML_BYTES:
        raise InputError(f"{where}:{first_line}", f"{len(text)} characters", f"at most {MOST_YAML_BYTES} bytes of YAML")
    reading = _Reading(text=text, where=where, first_line=first_line)
    if odd := _ODD_BREAKS.search(text) or _SURROGATES.search(text):
        raise reading.error(
            odd.start(), f"U+{ord(odd[0]):04X}", "no line breaks but LF, CRLF and CR, and no surrogates"
        )
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reading.take(event)
    except yaml.MarkedYAMLError as error:
        marks = [mark.index for mark in (error.problem_mark, error.context_mark) if mark]
        # What never ends is found at the end; where it began helps more.
        place = next((index for index in marks if text[index:].strip("\0\r\n ")), marks[-1] if marks else 0)
        raise reading.error(place, reading.shown(place), f"valid YAML: {error.problem}") from None
    except yaml.reader.ReaderError as error:
        place = int(error.position)
        raise reading.error(place, f"U+{ord(text[place]):04X}", "no control characters") from None
    except (yaml.YAMLError, ValueError, OverflowError, IndexError) as error:
        raise reading.error(reading.place, reading.shown(reading.place), f"valid YAML: {error}"[:200]) from None
    return reading.root or YamlScalar(value=None, line=first_line)


def plain(node: YamlNode) -> Plain:
    """Return a node as strings, None, lists and dictionaries: numbers and booleans stay the text that was written."""
    match node:
        case YamlScalar():
            return node.value
        case YamlList():
            return [plain(item) for item in node.items]
        case YamlMap():
            return {key: plain(value) for key, value in node.entries.items()}


class _Reading:
    """Builds the tree from the parser's events, so that every bound is checked before anything grows."""

    def __init__(self, *, text: str, where: str, first_line: int) -> None:
        self.text = text
        self.where = where
        self.first_line = first_line
        self.root: YamlNode | None = None
        self.place = 0
        self._starts = [0, *(found.end() for found in _BREAKS.finditer(text))]
        self._open: list[_Open] = []
        self._nodes = 0

    def line(self, place: int) -> int:
        """Return the line of a character; the parser's own count includes breaks that no editor shows."""
        return bisect_right(self._starts, place) - 1 + self.first_line

    def shown(self, place: int) -> str:
        """Return the line at a place, as an error shows it."""
        start = self._starts[bisect_right(self._starts, place) - 1]
        return self.text[start : start + _SHOWN].splitlines()[0].strip() if self.text[start:].strip() else "the end"

    def error(self, place: int, value: str, rule: str) -> InputError:
        return InputError(f"{self.where}:{self.line(place)}", value, rule)

    def take(self, event: Any) -> None:
        """Take one event; raises InputError where it breaks a bound or could be read in two ways."""
        self.place = event.start_mark.index
        match event:
            case yaml.AliasEvent():
                raise self.error(self.place, f"*{event.anchor}"[:_SHOWN], "no aliases: values are written out")
            case yaml.DocumentStartEvent() if self.root is not None:
                raise self.error(self.place, self.shown(self.place), "one YAML document")
            case yaml.ScalarEvent():
                self._check(event)
                self._take_scalar(event)
            case yaml.CollectionStartEvent():
                self._check(event)
                self._start(isinstance(event, yaml.MappingStartEvent))
            case yaml.CollectionEndEvent():
                self._end()
            case _:
                pass

    def _check(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise self.error(self.place, f"{self._nodes} nodes", f"at most {MOST_NODES} nodes")
        if len(self._open) >= MOST_DEPTH:
            raise self.error(self.place, f"depth {len(self._open) + 1}", f"at most {MOST_DEPTH} levels")
        if event.tag not in _PLAIN_TAGS:
            raise self.error(self.place, str(event.tag)[:_SHOWN], "no tags but YAML's plain types")

    def _take_scalar(self, event: Any) -> None:
        text: str = event.value
        if _SURROGATES.search(text):
            raise self.error(self.place, ascii(text)[:_SHOWN], "text that is valid Unicode")
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            self._take_key(text)
            return
        is_plain = event.style is None and event.tag is None
        is_null = (is_plain and text in _NULLS) or event.tag == _PREFIX + "null"
        read_as = _read_as(text) if is_plain and not is_null else ""
        self._add(YamlScalar(value=None if is_null else text, line=self.line(self.place), read_as=read_as))

    def _take_key(self, key: str) -> None:
        held = self._open[-1]
        if key in held.entries:
            first = held.lines[key]
            raise self.error(self.place, key[:_SHOWN], f"each key once; it stands on line {first} too")
        held.key = key
        held.lines[key] = self.line(self.place)

    def _start(self, is_map: bool) -> None:
        if self._open and self._open[-1].is_map and self._open[-1].key is None:
            raise self.error(self.place, self.shown(self.place), "keys are plain text")
        self._open.append(_Open(line=self.line(self.place), is_map=is_map))

    def _end(self) -> None:
        held = self._open.pop()
        if held.is_map:
            self._add(YamlMap(entries=held.entries, lines=held.lines, line=held.line))
        else:
            self._add(YamlList(items=tuple(held.items), line=held.line))

    def _add(self, node: YamlNode) -> None:
        if not self._open:
            self.root = node
        elif self._open[-1].is_map:
            held = self._open[-1]
            assert held.key is not None
            held.entries[held.key], held.key = node, None
        else:
            self._open[-1].items.append(node)


def _read_as(text: str) -> str:
    """Return the type that a YAML 1.1 loader gives to a plain scalar: bool, int, float, timestamp; "" for text."""
    if len(text) > _LONGEST_TYPED:
        return ""
    for tag, pattern in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if pattern.match(text):
            name = str(tag).removeprefix(_PREFIX)
            return name if name in ("bool", "int", "float", "timestamp") else ""
    return ""
