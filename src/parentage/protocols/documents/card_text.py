"""Reads a card's prose by line rules: sentences with their lines, apart from code, tables, quotations and comments.

A whole Markdown parser is not needed to tell what a publisher says from what is only shown, and line rules are linear
in what a stranger wrote.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from parentage.protocols.documents.card_inline import Inline, Span, read_inline

MOST_PROSE_CHARACTERS = 1 << 20
MOST_SENTENCES = 20_000
_LONGEST_PARAGRAPH = 20_000
_MOST_HTML_TABLES, _MOST_HTML_LINES, _LONGEST_HTML_LINE = 100, 200, 500

_LINES = re.compile(r"\r\n|\n|\r")
_FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,}) {0,3}(?P<info>[\w.+-]{0,40})")
_HEADING = re.compile(r" {0,3}(?P<level>#{1,6})\s{1,8}(?P<text>[^\s].*)")
_ITEM = re.compile(r"\s{0,40}(?:[-*+•]|\d{1,3}[.)])\s{1,8}")
_QUOTE = re.compile(r" {0,3}>\s?")
_BOLD = re.compile(r"(?P<mark>\*\*|__)(?P<text>[\w'’ .-]{1,60}?):?(?P=mark):?")
_BOLD_LEVEL = 7
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_SEPARATOR = re.compile(r"\s{0,3}\|?[\s:|-]*-[\s:|-]*$")
_ORIGINAL = re.compile(r"\W{0,4}(?:original|upstream)\s(?:model\s?)?(?:card|readme|description)", re.IGNORECASE)
_ENDS = re.compile(r"(?:[.!?](?=[\"'”’)\]]{0,2}\s{1,4}[^a-z\s])|[。！？؟])[\"'”’)\]]{0,2}\s{0,4}")
_SHORT = re.compile(
    r"(?:\b(?:e\.g|i\.e|vs|cf|approx|resp|fig|eq|sec|dr|mr|ms|st|no|incl|et al)|\b[A-Z])\.$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence without markup, its line, the heading it stands under and its place among those of its paragraph."""

    text: str
    line: int
    spans: tuple[Span, ...]
    section: str
    paragraph: int
    is_item: bool

    @classmethod
    def of(cls, text: str, line: int) -> "Sentence":
        """Return a text with markup, such as a cell of a table, as a sentence of its own."""
        shown = read_inline(text)
        return cls(text=shown.text, line=line, spans=shown.spans, section="", paragraph=0, is_item=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A fenced block: its language, its text, and the line of its first line."""

    language: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as rows of cells, and the line of its head."""

    rows: tuple[tuple[str, ...], ...]
    line: int
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """The parts of a card's prose. `comments` are hidden from readers; `original_line` is where a copied card begins.

    What follows a heading such as "Original model card" is another publisher's and is not read; 0 without one.
    """

    title: str
    sentences: tuple[Sentence, ...]
    headings: tuple[tuple[str, int], ...]
    code: tuple[CodeBlock, ...]
    tables: tuple[Table, ...]
    comments: tuple[tuple[str, int], ...]
    original_line: int
    html_tables: tuple[str, ...]
    problems: tuple[str, ...]


def parse_card_text(body: str, first_line: int = 1, where: str = "README.md") -> CardText:
    """Return the parts of a card's prose, lines counted from `first_line`; beyond the bounds it is cut, and said."""
    reading = _Reading(where=where)
    cut = body[:MOST_PROSE_CHARACTERS]
    if len(cut) < len(body):
        reading.problems.append(f"{where}: {len(body)} characters of text: the first {len(cut)} are read")
    for number, line in enumerate(_LINES.split(cut), first_line):
        if not reading.take(line, number):
            break
    reading.close()
    return CardText(
        title=reading.title,
        sentences=tuple(reading.sentences),
        headings=tuple(reading.headings),
        code=tuple(reading.code),
        tables=tuple(reading.tables),
        comments=tuple(reading.comments),
        original_line=reading.original_line,
        html_tables=tuple(reading.html_tables),
        problems=tuple(reading.problems),
    )


@dataclass(slots=True, kw_only=True)
class _Reading:
    """One line after another: what kind of line it is depends only on the lines before it."""

    where: str
    title: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    headings: list[tuple[str, int]] = field(default_factory=list)
    code: list[CodeBlock] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    html_tables: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    original_line: int = 0
    _fence: str = ""
    _language: str = ""
    _block: list[str] = field(default_factory=list)
    _block_line: int = 0
    _comment: list[str] | None = None
    _comment_line: int = 0
    _paragraph: list[tuple[str, int]] = field(default_factory=list)
    _paragraphs: int = 0
    _is_item: bool = False
    _html: list[str] | None = None
    _is_indented_code: bool = False
    _section: list[tuple[int, str]] = field(default_factory=list)

    def take(self, line: str, number: int) -> bool:
        """Take a line; False where the rest is another's card."""
        if self._fence:
            self._take_code(line)
            return True
        line = self._uncomment(line, number)
        fence = _FENCE.match(line)
        if fence and "`" not in line[fence.end() :]:
            self._end_paragraph()
            self._fence, self._language = fence["mark"], fence["info"].lower()
            self._block, self._block_line = [], number + 1
            return True
        heading = _HEADING.match(line)
        if heading:
            self._end_paragraph()
            return self._head(len(heading["level"]), heading["text"].rstrip("# \t"), number)
        if self._paragraph and _UNDERLINE.match(line) and len(self._paragraph) == 1 and not self._is_item:
            text, at = self._paragraph.pop()
            return self._head(1 if "=" in line else 2, text, at)
        if self._html is not None or "<table" in line.lower():
            self._take_html(line)
            return True
        self._take_prose(line, number)
        return True

    def _take_html(self, line: str) -> None:
        """Take a line of a table that is written in HTML, which ends with its tag or with the next heading."""
        if self._html is None:
            self._end_paragraph()
            self._html = []
        if len(self._html) < _MOST_HTML_LINES:
            self._html.append(line[:_LONGEST_HTML_LINE])
        if "</table" in line.lower():
            self._end_html()

    def _end_html(self) -> None:
        if self._html is not None and len(self.html_tables) < _MOST_HTML_TABLES:
            self.html_tables.append("\n".join(self._html))
        self._html = None

    def _take_code(self, line: str) -> None:
        held = line.strip()
        if held and len(held) >= len(self._fence) and set(held) == {self._fence[0]}:
            self.code.append(CodeBlock(language=self._language, text="\n".join(self._block), line=self._block_line))
            self._fence = ""
        else:
            self._block.append(line)

    def _uncomment(self, line: str, number: int) -> str:
        """Return a line without what stands in comments, which are kept apart."""
        shown: list[str] = []
        place = 0
        while place <= len(line):
            if self._comment is not None:
                end = line.find("-->", place)
                if end < 0:
                    self._comment.append(line[place:])
                    break
                self._comment.append(line[place:end])
                self.comments.append((" ".join(self._comment), self._comment_line))
                self._comment, place = None, end + 3
            else:
                start = line.find("<!--", place)
                if start < 0:
                    shown.append(line[place:])
                    break
                shown.append(line[place:start])
                self._comment, self._comment_line, place = [], number, start + 4
        return "".join(shown)

    def _head(self, level: int, text: str, number: int) -> bool:
        self._end_html()
        shown = " ".join(read_inline(text).text.split())[:300]
        if _ORIGINAL.match(shown):
            self.original_line = number
            return False
        self.headings.append((shown, number))
        self.title = self.title or shown
        self._section = [*(one for one in self._section if one[0] < level), (level, shown)]
        return True

    def _take_prose(self, line: str, number: int) -> None:
        if not line.strip():
            self._end_paragraph()
            self._is_indented_code = False
            return
        if quote := _QUOTE.match(line):
            # A call-out is the publisher's own; a quotation is somebody's.
            if not line[quote.end() :].startswith("[!"):
                self._end_paragraph()
            return
        indented = line.startswith(("    ", "\t")) and not self._paragraph and not self._is_item
        if indented or self._is_indented_code:
            self._is_indented_code = line.startswith(("    ", "\t"))
            if self._is_indented_code:
                return
        if item := _ITEM.match(line):
            self._end_paragraph()
            self._is_item = True
            line = line[item.end() :]
        elif not self._paragraph and not line.startswith(" "):
            self._is_item = False
        self._paragraph.append((line, number))

    def _end_paragraph(self) -> None:
        held, self._paragraph = self._paragraph, []
        if not held:
            return
        if len(held) > 1 and "|" in held[0][0] and _SEPARATOR.match(held[1][0]):
            rows = [held[0][0], *(line for line, _ in held[2:])]
            cells = tuple(tuple(cell.strip() for cell in row.strip().strip("|").split("|")) for row in rows)
            self.tables.append(Table(rows=cells, line=held[0][1], section=self._under()))
            return
        self._paragraphs += 1
        text = " ".join(line for line, _ in held)
        if (bold := _BOLD.fullmatch(text.strip())) is not None and not self._is_item:
            # A line in bold over a paragraph is a heading to those who read it.
            self._section = [*(one for one in self._section if one[0] < _BOLD_LEVEL), (_BOLD_LEVEL, bold["text"])]
        if len(text) > _LONGEST_PARAGRAPH:
            place = f"{self.where}:{held[0][1]}"
            self.problems.append(
                f"{place}: a paragraph of {len(text)} characters: the first {_LONGEST_PARAGRAPH} are read"
            )
            text = text[:_LONGEST_PARAGRAPH]
        starts, length = [], 0
        for line, _ in held:
            starts.append(length)
            length += len(line) + 1
        inline = read_inline(text)
        for start, stop in _sentences(inline.text):
            origin = inline.origin(start)
            self._say(inline, start, stop, held[bisect_right(starts, origin) - 1][1])

    def _say(self, inline: Inline, start: int, stop: int, line: int) -> None:
        text = inline.text[start:stop]
        if text.lstrip().startswith("@") or len(self.sentences) >= MOST_SENTENCES:
            return
        spans = tuple(
            Span(kind=one.kind, start=one.start - start, stop=one.stop - start, target=one.target)
            for one in inline.spans
            if start <= one.start and one.stop <= stop
        )
        self.sentences.append(
            Sentence(
                text=text,
                line=line,
                spans=spans,
                section=self._under(),
                paragraph=self._paragraphs,
                is_item=self._is_item,
            )
        )

    def _under(self) -> str:
        return " / ".join(text for _, text in self._section)

    def close(self) -> None:
        """End what is still open; a fence or a comment that never ends holds the rest."""
        if self._fence:
            self.problems.append(f"{self.where}:{self._block_line - 1}: a code block that does not end")
            self.code.append(CodeBlock(language=self._language, text="\n".join(self._block), line=self._block_line))
        if self._comment is not None:
            self.problems.append(f"{self.where}:{self._comment_line}: a comment that does not end hides the rest")
            self.comments.append((" ".join(self._comment), self._comment_line))
        self._end_html()
        self._end_paragraph()
        if len(self.sentences) >= MOST_SENTENCES:
            self.problems.append(f"{self.where}: the first {MOST_SENTENCES} sentences are read")


def _sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a paragraph start and stop, without the blanks around them."""
    found: list[tuple[int, int]] = []
    start = 0
    for end in _ENDS.finditer(text):
        if text[end.start()] == "." and _SHORT.search(text[max(0, end.start() - 8) : end.start() + 1]):
            continue
        found.append((start, end.end()))
        start = end.end()
    found.append((start, len(text)))
    trimmed = []
    for first, last in found:
        held = text[first:last]
        if held.strip():
            first += len(held) - len(held.lstrip())
            trimmed.append((first, first + len(held.strip())))
    return trimmed
