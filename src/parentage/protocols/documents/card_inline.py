"""Turns a line of Markdown into what a reader sees, and remembers links, code and quotations by their place in it.

What stands in code or between quotation marks is shown, not said; a link's target names a model better than its text.
"""

import html
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import Literal

SpanKind = Literal["link", "code", "quote"]

_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()\s]{0,1000}(?:\s{1,3}\"[^\"]{0,200}\")?\)")
# What is struck out is taken back.
_STRUCK = re.compile(r"~~[^~]{1,1000}~~|<(?P<tag>del|s|strike)>[^<>]{0,1000}</(?P=tag)>", re.IGNORECASE)
# Each alternative is bounded and begins with a fixed character, so a line is read once.
_MARKUP = re.compile(
    r"\[(?P<text>[^\[\]]{0,300})\]\(<?(?P<target>[^()\s<>]{0,1000})>?(?:\s{1,3}\"[^\"]{0,200}\")?\)"
    r"|<a\s[^<>]{0,300}?href=[\"'](?P<href>[^\"'<>]{0,500})[\"'][^<>]{0,300}>(?P<anchor>[^<>]{0,300})</a>"
    r"|`(?P<code>[^`]{1,500})`"
    r"|<(?P<bare>https?://[^\s<>]{1,500})>"
    r"|(?P<url>https?://[^\s<>()\[\]\"'`]{1,500})"
    r"|(?P<break><br\s{0,2}/?>)|(?P<tag></?[A-Za-z][^<>]{0,500}>)"
    r"|(?P<entity>&(?:[a-z]{2,8}|#\d{1,5});)"
    r"|\\(?P<escaped>[*_`~|\[\]<>#-])"
    r"|(?P<mark>(?<![\s\d])\*{1,3}|(?<!\d)\*{1,3}(?=\S)|(?<!\w)_{1,3}(?=\w)|(?<=[\w.!?:)])_{1,3}(?!\w)|~~)"
)
_INNER_MARKS = re.compile(r"[*`]{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)")
_QUOTED = re.compile(r"\"[^\"]{3,400}\"|“[^“”]{3,400}”|«[^«»]{3,400}»|「[^「」]{2,400}」|„[^„“”]{3,400}[“”]")
# One character for one: places stay the same.
_ALIKE = str.maketrans({"‐": "-", "‑": "-", "−": "-", "\u00a0": " ", "\u202f": " ", "’": "'", "‘": "'", "\t": " "})


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A part [start, stop) of a text that is a link, code or a quotation; `target` is a link's address."""

    kind: SpanKind
    start: int
    stop: int
    target: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inline:
    """A text without its markup, the spans in it, and where its pieces stood in the text with markup."""

    text: str
    spans: tuple[Span, ...]
    places: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, place: int) -> int:
        """Return where a character stood before the markup was taken away."""
        index = max(bisect_right(self.places, place) - 1, 0)
        return self.origins[index] + place - self.places[index] if self.places else place


def read_inline(text: str) -> Inline:
    """Return a paragraph as a reader sees it; hyphens, blanks and apostrophes of all kinds become the plain ones."""
    for unread in (_IMAGE, _STRUCK):
        text = unread.sub(lambda found: " " * len(found[0]), text)
    pieces: list[str] = []
    spans: list[Span] = []
    places: list[int] = []
    origins: list[int] = []
    length, last = 0, 0

    def add(piece: str, origin: int) -> None:
        nonlocal length
        if piece:
            places.append(length)
            origins.append(origin)
            pieces.append(piece)
            length += len(piece)

    for found in _MARKUP.finditer(text):
        add(text[last : found.start()], last)
        last = found.end()
        shown, target, kind = _shown(found)
        start = length
        add(shown, found.start(found.lastgroup or 0))
        if kind is not None and shown:
            spans.append(Span(kind=kind, start=start, stop=length, target=target))
    add(text[last:], last)
    plain = "".join(pieces).translate(_ALIKE)
    spans += [Span(kind="quote", start=one.start(), stop=one.end()) for one in _QUOTED.finditer(plain)]
    return Inline(text=plain, spans=tuple(spans), places=tuple(places), origins=tuple(origins))


def _shown(found: re.Match[str]) -> tuple[str, str, SpanKind | None]:
    """Return what is shown of a piece of markup, a link's target, and the kind of span that it is."""
    match found.lastgroup:
        case "target":
            return _INNER_MARKS.sub("", found["text"]), found["target"], "link"
        case "anchor":
            return found["anchor"], found["href"], "link"
        case "code":
            return found["code"], "", "code"
        case "bare" | "url":
            address = found[found.lastgroup].rstrip(".,;:!?*_")
            return address + found[found.lastgroup][len(address) :].strip("*_"), address, "link"
        case "break":
            return " ", "", None
        case "entity":
            return html.unescape(found[0]), "", None
        case "escaped":
            return found["escaped"], "", None
        case _:
            return "", "", None
