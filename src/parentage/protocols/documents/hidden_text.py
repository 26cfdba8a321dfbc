"""Looks into a card's comments, which no reader sees: a parent or a licence named only there is not declared.

What a comment says is never a claim; that it is hidden is worth a line.
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


def _names(text: str) -> Iterator[tuple[str, str]]:
    for link in _LINK.finditer(text):
        if name := model_of_link(link[0]):
            yield "parent", name
    for pattern in (_NAMED, _PLAIN):
        for found in pattern.finditer(text):
            yield "parent", found["id"].rstrip(".-")
    for found in _LICENCE.finditer(text):
        yield "licence", found["id"].rstrip(".-")
