"""Looks into what no reader of a card sees: a parent or a licence named only in a comment is not declared.

What a comment says is never a claim; that it is hidden is worth a line. Elements that a style hides are comments too.
"""

import re
from collections.abc import Iterator

from parentage.errors import InputError
from parentage.protocols.documents.card_text import CardText
from parentage.protocols.documents.claim_names import model_of_link

_MOST_COMMENTS = 500
_MOST_PROBLEMS = 20
_LONGEST = 20_000
_LINK = re.compile(r"https?://[^\s<>()\[\]\"']{1,300}")
_NAMED = re.compile(
    r"\b(?:base[\s_-]?models?|merged_models|parents?|finetuned\s+from|fine-tuned\s+(?:version\s+of|from)|merge\s+of|based\s+on"
    r"|derived\s+from|quanti[sz]ed\s+from)\s*:?\s*-?\s*[`\"']?(?P<id>[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})(?![\w/])",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:fine-?tuned\s+from|merge\s+of|post-?trained\s+from|distilled\s+from|base[\s_]model\s*:)\s+(?:the\s+)?"
    r"(?P<id>(?-i:[A-Z])[\w.-]{2,60})",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?P<name>[A-Za-z][A-Za-z0-9]{0,10})(?P<attributes>\s[^<>]{0,1000})>")
_HIDING = re.compile(
    r"(?:^|\s)hidden(?=[\s=/]|$)|display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![\d.]*[1-9])"
    r"|opacity\s*:\s*0(?![\d.]*[1-9])|color\s*[:=]\s*[\"']?transparent",
    re.IGNORECASE,
)
# In white letters a text is read by some readers only, on a page that is dark.
_PALE = re.compile(r"(?<![\w-])color\s*[:=]\s*[\"']?(?:white|#f{3}(?:f{3})?)\b", re.IGNORECASE)
# "[//]: # (words)" defines a link that nobody sees.
_LINK_TO_NOWHERE = re.compile(r"^ {0,3}\[[^\[\]\n]{1,200}\]:[ \t]{0,4}(?:#|<#?>|about:)[^\n]*", re.MULTILINE)
_MOST_ELEMENTS = 500
_LICENCE = re.compile(r"\blicen[cs]e(?:_name)?\s*:\s*[`\"']?(?P<id>[A-Za-z0-9][\w.+-]{1,60})", re.IGNORECASE)


def hidden_problems(card: CardText, shown: str, where: str) -> tuple[str, ...]:
    """Return a line for each model and licence that a card's comments name and `shown`, what readers see, does not."""
    visible = shown.casefold()
    found: dict[tuple[str, str], str] = {}
    for text, line in card.comments[:_MOST_COMMENTS]:
        for kind, name in _names(text[:_LONGEST]):
            if (kind, name) not in found and name.casefold() not in visible and len(found) < _MOST_PROBLEMS:
                rule = f"a {kind} is named where readers see it; this stands only in a comment"
                found[kind, name] = str(InputError(f"{where}:{line}", name[:100], rule))
    return tuple(found.values())


def without_comments(text: str) -> str:
    """Return a text without its comments; one that does not end hides the rest."""
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        kept.append(text[place:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        place = end + 3
    kept.append(text[place:])
    return "".join(kept)


def hide_elements(text: str, *, pale: bool = True) -> str:
    """Return a text whose hidden elements have become comments, line for line; with `pale`, white letters too."""
    kept: list[str] = []
    place = found = 0
    for tag in _TAG.finditer(text):
        if tag.start() < place or not _is_hiding(tag["attributes"], pale):
            continue
        end = _end_of(text, tag["name"], tag.end())
        inner = text[tag.start() : end].replace("<!--", "").replace("-->", "")
        kept += [text[place : tag.start()], "<!--", inner, "-->"]
        place = end
        found += 1
        if found >= _MOST_ELEMENTS:
            break
    return "".join([*kept, text[place:]])


def visible_text(text: str) -> str:
    """Return a text without comments and hidden elements, line for line."""
    text = _LINK_TO_NOWHERE.sub("", hide_elements(text, pale=False))
    kept: list[str] = []
    place = 0
    while (start := text.find("<!--", place)) >= 0:
        end = text.find("-->", start + 4)
        end = len(text) if end < 0 else end + 3
        kept += [text[place:start], "\n" * text.count("\n", start, end)]
        place = end
    return "".join([*kept, text[place:]])


def _is_hiding(attributes: str, pale: bool) -> bool:
    if _HIDING.search(attributes):
        return True
    return pale and _PALE.search(attributes) is not None and "background" not in attributes.casefold()


def _end_of(text: str, name: str, place: int) -> int:
    """Return where an element ends; one that does not end is taken to the end of its paragraph."""
    closing = re.compile(rf"</?{name}\b[^<>]{{0,1000}}>", re.IGNORECASE)
    depth = 1
    for count, tag in enumerate(closing.finditer(text, place)):
        depth += -1 if tag[0].startswith("</") else 0 if tag[0].endswith("/>") else 1
        if depth == 0:
            return tag.end()
        if count > 200:
            break
    blank = text.find("\n\n", place)
    return len(text) if blank < 0 else blank


def _names(text: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(text):
        if name := model_of_link(link[0]):
            yield "parent", name
    for pattern in (_NAMED, _PLAIN):
        for found in pattern.finditer(text):
            yield "parent", found["id"].rstrip(".-")
    for found in _LICENCE.finditer(text):
        yield "licence", found["id"].rstrip(".-")
