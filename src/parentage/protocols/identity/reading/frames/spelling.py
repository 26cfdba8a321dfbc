"""Reads a whole name by the way in which a language spells names: by its capitals and the small words within it."""

import bisect
import re

from parentage.protocols.identity.reading.houses import cased
from parentage.protocols.identity.reading.listener import Listener
from parentage.protocols.identity.reading.names import Named

_GAP = re.compile(r"[ \"'(\[:#|@]{0,5}")
_BACK = " \"',)(*:_]-"
_HEADED = re.compile(r"^[CDJLMNST]'(?=[a-z])")
_FIRST = re.compile(r"[^\W_]{1,24}")
_ARTICLE = re.compile(r"L(?:e|a|es) (?=[A-Z0-9])|L'(?=[A-Z])")
_BROKEN = re.compile(r"[.,;:!?()\n]| - ")
_SENTENCE = re.compile(r"(?<!\w)[a-z]{4,} [A-Z]")
_DETERMINER = re.compile(r"(?:La|Le|Les|Une?|Des) (?=[a-z])|L'(?=[a-z])")
_LONGEST = 48
_TAIL = ".'&+-_"
# The full stop of a form in law is part of the name.
_LAW = re.compile(r"(?:^|[ ,])(?:ltda|lda|s\.a)\.$")


class Reader:
    """Reads names by one language's spelling of them, on the text with its capitals."""

    def __init__(self, listener: Listener) -> None:
        """Take the page's text with its capitals."""
        self.listener, self.page, self.rules = listener, listener.page, listener.rules
        self.text = cased(listener.page)
        self.words = listener.rules.framing
        self.spelling = {"name": self.words.model, "maker": self.words.house, "origin": self.words.model}

    def lead(self, at: int) -> int:
        """Return where a name would begin behind the small words that may lead to it."""
        gap = _GAP.match(self.text, at)
        at = gap.end() if gap else at
        if _DETERMINER.match(self.text, at):
            led = self.words.lead.match(self.text[at].lower() + self.text[at + 1 : at + 4 * _LONGEST])
            at = at + led.end() if led else at
        else:
            led = self.words.lead.match(self.text, at)
            at = led.end() if led else at
        gap = _GAP.match(self.text, at)
        return gap.end() if gap else at

    def at(self, at: int, part: str) -> Named | None:
        """Return the name that begins at `at`."""
        known = self.page.at.get(at)
        if known is None and self.listener.in_name(at):
            return None
        if known is not None and part == "origin" and known.is_name:
            return Named(key=known.key, start=known.start, end=known.end, found=known)
        match = self.spelling[part].match(self.text, at)
        if match is None:
            return None
        end = match.end()
        if part == "maker" and self.words.single.search(self.page.text, max(0, at - 48), at):
            pair = self.words.pair.match(self.text, end)
            end = pair.end() if pair and not self.listener.found_between(at, pair.end()) else end
        return self._named(at, self._marked_end(at, end), part)

    def _marked_end(self, start: int, end: int) -> int:
        """Return where the quotation marks or the bold letters end that a name alone fills."""
        folded, text = self.page.folded, self.page.text
        if text[max(0, start - 2) : start].strip() == '"':
            close = text.find('"', start, start + _LONGEST)
            close -= close > start and text[close - 1] == " "
        else:
            at = folded.starts[start]
            if folded.original[max(0, at - 2) : at] != "**":
                return end
            mark = folded.original.find("**", at, at + _LONGEST)
            close = bisect.bisect_left(folded.starts, mark) if mark > 0 else -1
        if close <= end or _BROKEN.search(text, start, close) or _SENTENCE.search(self.text, end, close):
            return end
        return close

    def before(self, at: int, part: str) -> Named | None:
        """Return the name that ends right before `at`."""
        end = at
        while end > 0 and self.text[end - 1] in _BACK and at - end < 4:
            end -= 1
        start = max(self.page.folded.sentence(max(0, end - 1))[0], end - 72)
        for match in self.words.opening.finditer(self.text, start, end):
            whole = self.spelling[part].match(self.text, match.start())
            if self.opens_plainly(match.start()):
                continue
            if whole is not None and end <= whole.end() <= end + 1:
                named = self._named(match.start(), end, part)
                if named is not None:
                    return named
        return None

    def _named(self, start: int, end: int, part: str) -> Named | None:
        while end > start and self.text[end - 1] in _TAIL and not _LAW.search(self.page.text[start:end]):
            end -= 1
        for place in (start, start + len(self._article(start))):
            known = self.page.at.get(place)
            if known is None:
                continue
            firm = not known.ambiguous and known.is_maker
            if known.end >= end or part != "maker" or firm:
                return Named(key=known.key, start=known.start, end=known.end, found=known)
        inner = self._inner(start, end) if part == "maker" else None
        if inner is not None:
            return inner
        if part == "name" and any(one.end >= end for one in self.listener.found_between(start + 1, end)):
            return None
        article = self._article(start)
        words = self.page.text[start + len(article) : end].split(" ")
        if (
            not words
            or not words[0]
            or _HEADED.match(self.text[start:end])
            or self._is_plain(start + len(article), words)
        ):
            return None
        opened = max(self.page.folded.sentence(start)[0], self.text.rfind(" - ", 0, start) + 1)
        opening = not self.text[opened:start].strip(" \"'(-#>")
        marked = start > 0 and self.page.folded.original[max(0, self.page.folded.starts[start] - 1)] in '*_"«“'
        after = self.page.folded.starts[end - 1] + 1
        marked = marked and self.page.folded.original[after : after + 1] in ("*", "_", '"', "»", "”", "")
        if article and opening and not marked and (words[0] in self.words.institutions or self._bare(start, end)):
            start += len(article)
        if sum(letter.isalpha() for letter in self.page.text[start:end]) < 2:
            return None
        piece = self.page.folded.piece(start, end)
        kept = "".join(letter for letter in piece if letter not in "*`" and letter.isprintable())
        key = self.page.lexicon.key_of(piece) or "unknown:" + " ".join(kept.casefold().split())
        return Named(key=key, start=start, end=end, found=None)

    def opens_plainly(self, start: int) -> bool:
        """Say whether an ordinary word begins the sentence or the line here: "How Zed was born"."""
        opening = not self.text[self.page.folded.sentence(start)[0] : start].strip(" \"'(-#>")
        word = _FIRST.match(self.page.text, start)
        return (
            opening
            and word is not None
            and (word[0] in self.words.nobody or (len(word[0]) > 7 and word[0].endswith("ment")))
            and not self._article(start)
        )

    def _inner(self, start: int, end: int) -> Named | None:
        """Return the known maker that "of" joins to a word before it: "Bretons of Mistral AI"."""
        for one in self.listener.found_between(start + 1, end):
            if one.found and one.found.is_maker and self.words.of.search(self.page.text, start, one.start):
                return one
        return None

    def _bare(self, start: int, end: int) -> bool:
        """Say whether the same name stands elsewhere with an article without a capital, so that it is none of its."""
        name = self.text[start + len(self._article(start)) : end]
        return any(f"{word}{name}" in self.text for word in ("le ", "la ", "les ", "l'", "du ", "des ", "au ", "aux "))

    def _article(self, start: int) -> str:
        match = _ARTICLE.match(self.text, start)
        return match[0] if match else ""

    def _is_plain(self, start: int, words: list[str]) -> bool:
        """Say whether it is no name: an ordinary word, or a place."""
        first = words[0].rstrip(".,")
        if len(words) == 1 and first in self.words.nobody:
            return True
        if " ".join(words) in self.words.nobody:
            return True
        told = first in self.words.nobody and first not in ("le", "la", "les", "un", "une")
        lower = len(words) > 1 and len(words[1]) > 3 and not self.page.folded.is_capital(start + len(words[0]) + 1)
        if told and lower:
            return True
        return first in self.rules.common_words and first not in self.words.institutions and len(words) < 3


def gap(reader: Reader, at: int) -> int:
    """Return where the next word begins behind quotation marks and the like."""
    gap = _GAP.match(reader.text, at)
    return gap.end() if gap else at
