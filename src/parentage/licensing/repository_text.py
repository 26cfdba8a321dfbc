"""A repository's text as the checks need it: words with their places, and sentences with their lines.

Files are hostile: each is cut to a length, hidden comments of a card are blanked, and all passes are linear.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

MOST_CHARACTERS = 1_000_000
MOST_SENTENCE = 2_000
_MOST_LEAD = 300
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"[.!?;]+[\"')\]”’*_`]{0,4}\s+|[。！？；]+\s*")
_BREAK = re.compile(r"[.!?;]+[\"')\]”’*_`]{0,4}\s+|[。！？；]+|\n[ \t\r]*\n|\n[ \t]*(?=[-*+•#|])")
_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+")
_MACHINE = (".json", ".jsonl", ".jinja", ".jinja2", ".safetensors", ".py", ".csv", ".tsv", ".model", ".bin", ".gguf")
_MACHINE_NAMES = frozenset({"merges.txt", "vocab.txt"})
_LICENCE_NAME = re.compile(r"(?:.*[-_.])?(?:licen[cs]e|copying|copyright|use[-_ ]policy|terms|eula)", re.IGNORECASE)
_CARD_ENDINGS = (".md", ".markdown", ".html", ".htm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence or list item on one line. `lead` characters at its front belong to the line that leads a list in.

    `line` is where it begins (without the lead), and each of `breaks` is an offset at which a further line begins.
    """

    text: str
    lead: int
    line: int
    breaks: tuple[int, ...]

    def line_at(self, offset: int) -> int:
        """Return the line of a character in the text."""
        return self.line + bisect_right(self.breaks, offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words were found: characters [start, stop) of a file's text, and the line of the first."""

    start: int
    stop: int
    line: int


@dataclass(frozen=True)
class RepositoryFile:
    """One file; `licence` is the known licence that its whole text is, "" for any other text."""

    name: str
    text: str
    licence: str

    @property
    def is_prose(self) -> bool:
        """Return whether people are meant to read the file: vocabularies, configs and code are not."""
        name = self.name.rpartition("/")[2].lower()
        return not name.endswith(_MACHINE) and name not in _MACHINE_NAMES

    @property
    def is_licence(self) -> bool:
        """Return whether the file holds terms: what stands in it is the licensor's word, not the publisher's."""
        return bool(self.licence) or _LICENCE_NAME.match(self.name.rpartition("/")[2]) is not None

    @property
    def is_notice(self) -> bool:
        """Return whether the file is a NOTICE text file by its name."""
        return self.name.rpartition("/")[2].lower().startswith("notice")

    @cached_property
    def _words(self) -> tuple[str, list[int], list[int]]:
        """The words between blanks, where each begins in that string, and where it begins in the text."""
        parts: list[str] = []
        offsets: list[int] = []
        places: list[int] = []
        length, last = 1, ""
        for match in _WORD.finditer(self.text):
            word = match.group().casefold()
            if word == "c" and last == "copyright":
                continue
            offsets.append(length)
            places.append(match.start())
            parts.append(word)
            length += len(word) + 1
            last = word
        return f" {' '.join(parts)} ", offsets, places

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line_of(self, offset: int) -> int:
        """Return the line, from 1, of a character."""
        return bisect_right(self._line_starts, offset)

    def iter_places(self, phrase: str) -> Iterator[Place]:
        """Yield where the words of a phrase stand one after another, whatever stands between them and in what case."""
        wanted = word_string(phrase)
        if wanted == "  ":
            return
        joined, offsets, places = self._words
        at = joined.find(wanted)
        while at >= 0:
            first = bisect_right(offsets, at + 1) - 1
            last = bisect_right(offsets, at + len(wanted) - 2) - 1
            match = _WORD.match(self.text, places[last])
            stop = match.end() if match else places[last]
            yield Place(start=places[first], stop=stop, line=self.line_of(places[first]))
            at = joined.find(wanted, at + len(wanted) - 1)

    def around(self, place: Place) -> tuple[str, str]:
        """Return what stands before and after a place in the same sentence; nothing where it fills its lines."""
        left = self.text[self.text.rfind("\n", 0, place.start) + 1 : place.start]
        end = self.text.find("\n", place.stop)
        right = self.text[place.stop : end if end >= 0 else len(self.text)]
        if not (_WORD.search(left) or _WORD.search(right)):
            return "", ""
        before = self.text[max(0, place.start - MOST_SENTENCE) : place.start]
        after = self.text[place.stop : place.stop + MOST_SENTENCE]
        begin = max([0, *(match.end() for match in _BREAK.finditer(before))])
        stop = _BREAK.search(after)
        return before[begin:], after[: stop.end() if stop else len(after)]

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The file's sentences, list items with the line that leads them in."""
        return tuple(_iter_sentences(self.text))


def word_string(phrase: str) -> str:
    """Return a phrase's words in lower case between blanks: what equal phrases have in common."""
    words = [match.group().casefold() for match in _WORD.finditer(phrase)]
    kept = [word for at, word in enumerate(words) if not (word == "c" and at and words[at - 1] == "copyright")]
    return f" {' '.join(kept)} "


def read_files(files: Mapping[str, str], licences: Mapping[str, str]) -> tuple[RepositoryFile, ...]:
    """Return the files as the checks read them: the card and notices first, then by name, each cut to a length."""

    def order(name: str) -> tuple[int, str]:
        lower = name.lower()
        return (0 if lower.startswith("readme") else 1 if lower.startswith("notice") else 2, name)

    read = []
    for name in sorted(files, key=order):
        text = files[name][:MOST_CHARACTERS]
        if name.lower().endswith(_CARD_ENDINGS):
            text = _blank_comments(text)
        read.append(RepositoryFile(name=name, text=text, licence=licences.get(name, "")))
    return tuple(read)


def shown(text: str, most: int = 200) -> str:
    """Return text on one line without control characters, cut to a length."""
    line = " ".join(text[: 4 * most].split())
    line = "".join(character if character.isprintable() else "\ufffd" for character in line)
    return line if len(line) <= most else line[: most - 1] + "…"


def _blank_comments(text: str) -> str:
    """Blank what a reader of the rendered card does not see, keeping every place and line."""
    parts: list[str] = []
    at = 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start)
        stop = len(text) if end < 0 else end + 3
        parts.append(text[at:start])
        parts.append("".join("\n" if character == "\n" else " " for character in text[start:stop]))
        at = stop
    return "".join([*parts, text[at:]])


def _iter_sentences(text: str) -> Iterator[Sentence]:
    lead = ""
    for number, lines, is_item in _iter_blocks(text):
        last = ""
        for sentence in _iter_split(number, lines, lead if is_item else ""):
            last = sentence.text
            yield sentence
        if not is_item:
            lead = last[-_MOST_LEAD:] if last.rstrip("*_` ").endswith(":") else ""


def _iter_blocks(text: str) -> Iterator[tuple[int, list[str], bool]]:
    """Yield runs of lines that belong together, with the number of the first and whether it is a list item."""
    lines: list[str] = []
    first, is_item = 1, False
    in_front_matter = text.startswith("---\n") or text.startswith("---\r\n")
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.strip()
        alone = in_front_matter or line.startswith(("#", "|", "---", "```"))
        item = not alone and _ITEM.match(line) is not None
        if lines and (not line or alone or item):
            yield first, lines, is_item
            lines = []
        if in_front_matter and number > 1 and line == "---":
            in_front_matter = False
        if not line:
            continue
        if not lines:
            first, is_item = number, item
        lines.append(line)
        if alone:
            yield first, lines, False
            lines = []
    if lines:
        yield first, lines, is_item


def _iter_split(number: int, lines: list[str], lead: str) -> Iterator[Sentence]:
    starts = [0]
    for line in lines[:-1]:
        starts.append(starts[-1] + len(line) + 1)
    text = " ".join(lines)
    at = 0
    ends = [*(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for end in ends:
        while at < end:
            stop = min(end, at + MOST_SENTENCE)
            prefix = f"{lead} " if lead else ""
            low, high = bisect_right(starts, at), bisect_right(starts, stop - 1)
            yield Sentence(
                text=prefix + text[at:stop].rstrip(),
                lead=len(prefix),
                line=number + low - 1,
                breaks=tuple(len(prefix) + start - at for start in starts[low:high]),
            )
            at = stop
