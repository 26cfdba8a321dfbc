"""Does a repository's text name a model at all, in words that no rule reads as a declaration?

A table, a list, thanks, another language: whoever named a parent where readers see it has not kept quiet about it, even
if no rule understands how. Denials and comparisons are no such naming; nor is what readers do not see.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping

from parentage.errors import InputError
from parentage.protocols.documents.evidence import DocumentedModel
from parentage.protocols.documents.front_matter import MOST_CARD_BYTES, decode_text
from parentage.protocols.documents.hidden_text import visible_text

_CARD = "README.md"
_MOST_CHARACTERS, _MOST_LINE, _MOST_LINES = 1 << 20, 20_000, 100
_BREAK, _BREAKS = "\n", re.compile(r"\r\n|\n|\r")
# What begins a line of its own: list items, headings, rows, fences.
_STARTS = re.compile(r"\s{0,20}(?:[-*+•]\s|\d{1,3}[.)]\s|#{1,6}\s|\||```|~~~|[A-Za-z_]{1,40}:\s)")
_SHORTEST_NAME = 3
# Chinese has no spaces around a name.
_LETTERS = r"A-Za-z0-9_\u00c0-\u04ff-"
_ENDS = re.compile(r"(?<=[.!?])\s+|[。！？]")
_CLAUSES = re.compile(r"[,;:()–—]|\s-\s")
_DENIED = re.compile(
    r"\b(?:not|never|no|nor|neither|without|cannot|nothing|unrelated|independent\w*|unlike|instead\s+of|rather\s+than"
    r"|nicht|kein\w*|não|nunca|jamais|aucun\w*|sin|sem|sans|ohne)\b|n't\b|不|没有|未|无",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:outperform\w*|beats?|surpass\w*|exceed\w*|than|compar\w+|versus|vs|against|unlike|baselines?|competitors?|rivals?"
    r"|on\s+par|match(?:es|ing)|similar\s+to|scores?|benchmarks?|evaluat\w+|leaderboard|judged?\s+by|ranks?)\b",
    re.IGNORECASE,
)
_DERIVED = re.compile(
    r"\b(?:merg\w+|parents?|base[ds]?|base[\s_-]models?|derived?|derivative|built|combin\w+|blend\w*|fus\w+|soup|interpolat\w+"
    r"|averag\w+|fine-?\s?tun\w+|finetun\w+|post-?trained|trained\s+(?:from|on\s+top)|start\w*\s+from|quanti[sz]\w+|weights\s+of"
    r"|adapt\w+|ancestors?|origins?|sources?|made\s+(?:of|from))\b",
    re.IGNORECASE,
)
_SHARES = re.compile(
    r"\b(?:weights?|shares?|ratio|proportions?|parents?|base|merged?|sources?|licen[cs]e)\b", re.IGNORECASE
)
_STRUCK = re.compile(r"~~[^~]{1,1000}~~")
_SCORE = re.compile(r"[*_~]{0,3}[-+]?\d{1,4}(?:[.,]\d{1,4})?\s?%?[*_~]{0,3}")


def find_mention(texts: Mapping[str, bytes], model: DocumentedModel) -> str:
    """Return `FILE:LINE` of the first place where a card or notice names a model and does not deny or compare it."""
    pattern = _name_pattern(model)
    if pattern is None:
        return ""
    for name in sorted(texts, key=lambda one: (one != _CARD, one)):
        if name == _CARD or name.casefold().startswith("notice"):
            for line, text in _paragraphs(texts[name]):
                if (place := _naming(text, pattern)) is not None:
                    return f"{name}:{line + text.count(_BREAK, 0, place)}"
    return ""


def is_card_read(texts: Mapping[str, bytes], subject: DocumentedModel) -> bool:
    """Say whether a repository's card is there as text, or is not there at all: what was not read may declare a lot."""
    if _CARD not in texts:
        return _CARD not in subject.unread
    try:
        decode_text(texts[_CARD], _CARD, MOST_CARD_BYTES)
    except InputError:
        return False
    return True


def _name_pattern(model: DocumentedModel) -> re.Pattern[str] | None:
    names = {title for one in model.known_as for title in (one, one.rpartition("/")[2])}
    plain = [_plain(name).strip() for name in names]
    spelt = [
        r"[-_\s]".join(map(re.escape, re.split(r"[-_\s]+", name)))
        for name in sorted(plain, key=lambda one: (-len(one), one))
        if len(name) >= _SHORTEST_NAME
    ]
    if not spelt:
        return None
    # Not within a longer name; what follows a hyphen in "Nimbus-based" is a word.
    return re.compile(
        rf"(?<![{_LETTERS}])(?:{'|'.join(spelt)})(?:(?=-(?:based|derived)\b)|(?![{_LETTERS}]))", re.IGNORECASE
    )


def _naming(text: str, pattern: re.Pattern[str]) -> int | None:
    """Return where a paragraph names the model in earnest, None where it does not."""
    for sentence in _pieces(_ENDS, text, 0):
        held = text[sentence[0] : sentence[1]]
        if not pattern.search(held) or (_COMPARED.search(held) and not _DERIVED.search(held)):
            continue
        for start, stop in _pieces(_CLAUSES, held, sentence[0]):
            found = pattern.search(text, start, stop)
            if found is not None and not _DENIED.search(text[start:stop]):
                return found.start()
    return None


def _pieces(separator: re.Pattern[str], text: str, offset: int) -> Iterator[tuple[int, int]]:
    start = 0
    for found in separator.finditer(text):
        yield offset + start, offset + found.start()
        start = found.end()
    yield offset + start, offset + len(text)


def _paragraphs(data: bytes) -> Iterator[tuple[int, str]]:
    """Yield what readers see, paragraph by paragraph; rows of scores are left out: a rival among them is no parent."""
    text = visible_text(data[: 4 * _MOST_CHARACTERS].decode("utf-8-sig", "replace")[:_MOST_CHARACTERS])
    held: list[str] = []
    first = 1
    has_shares: bool | None = None
    for number, line in enumerate(_BREAKS.split(text), 1):
        line = _plain(line[:_MOST_LINE])
        is_row = line.lstrip().startswith("|")
        if held and (not line.strip() or is_row or _STARTS.match(line) or len(held) >= _MOST_LINES):
            yield first, _BREAK.join(held)
            held = []
        if not is_row:
            has_shares = None
        elif has_shares is None:
            has_shares = _SHARES.search(line) is not None
        if has_shares is False and any(_SCORE.fullmatch(cell.strip()) for cell in line.split("|")):
            continue
        if line.strip():
            first = first if held else number
            held.append(line)
    if held:
        yield first, _BREAK.join(held)


def _plain(text: str) -> str:
    """Return a text in compatibility forms, without struck words and without characters that nobody sees."""
    text = _STRUCK.sub(" ", text)
    if text.isascii():
        return text
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
