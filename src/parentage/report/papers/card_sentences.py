"""Finds where a quoted sentence stands in a card's Markdown, so that it can be replaced there and nothing else is."""

import re

from parentage.protocols.documents.card_inline import read_inline

# A quote of this length may have been cut.
CUT_LENGTH = 290
_LEAST_QUOTE = 12
_BREAK = re.compile(r"[\r\n]")
_LINK = re.compile(r"\[[^\[\]]{0,300}\]\([^()]{0,1300}\)")
_MARKS = re.compile(r"[*`~]+|(?<!\w)_+|_+(?!\w)")
_MARK = frozenset("*`~_")
_REST = re.compile(r"[^.!?。！？\r\n]*[.!?。！？]?")


def find_sentence(text: str, quote: str, start: int) -> tuple[int, int] | None:
    """Return the characters [start, stop) of a sentence that was quoted without its markup, None where it is not found.

    It is looked for from the line on which it was said to begin; emphasis and links that it breaks are taken whole.
    """
    held, ellipsis, _ = quote.partition("…")
    words = held.split()
    if len(held) < _LEAST_QUOTE:
        return None
    window = _BREAK.sub(" ", text[start : start + 4 * len(held) + 2000])
    inline = read_inline(window)
    found = re.compile(r"\s+".join(re.escape(word) for word in words)).search(inline.text)
    if found is None:
        return None
    first, last = inline.origin(found.start()), inline.origin(found.end() - 1) + 1
    for link in _LINK.finditer(window):
        if link.start() < first < link.end():
            first = link.start()
        if link.start() < last < link.end():
            last = link.end()
    if ellipsis or len(held) >= CUT_LENGTH:
        rest = _REST.match(text, start + last)
        last = rest.end() - start if rest is not None else last
    if len(_MARKS.findall(window[first:last])) % 2:
        first, last = _with_mark(window, first, last)
    return start + first, start + last


def _with_mark(window: str, first: int, last: int) -> tuple[int, int]:
    """Return the span with the emphasis mark before it, else the one after it: half a pair marks up what follows."""
    before = first
    while before > 0 and window[before - 1] in _MARK:
        before -= 1
    if before < first:
        return before, last
    while last < len(window) and window[last] in _MARK:
        last += 1
    return first, last
