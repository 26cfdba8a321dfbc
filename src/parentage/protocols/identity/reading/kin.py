"""A maker named beside its model, or a model beside its maker, where the answer claims the other of the two.

And the known model that an answer of somebody unknown names where it speaks of what it is built on.
"""

import re
from collections.abc import Sequence

from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.reading.pieces import Piece, is_tool, linked, pieces, sentences
from parentage.protocols.identity.records import Part

_CAPITALISED = re.compile(r"(?<![\w'])(?!the |an? |from |on |in |by )([a-z][\w-]{1,20}) $")
# Whom somebody takes the speaker for.
_SUPPOSED = re.compile(
    r"(?<!\w)(?:mixed up|mix(?:ing)? (?:me|us) up|thinking of|expect(?:ed|ing)?|hoping for|looking for|used to|take me|"
    r"taken me|took me|call(?:s|ed|ing)? me|greet\w*|address\w*)(?!\w)"
)
_MOST_NAMES = 40
_MOST_BASES = 2
# What was trained from nothing has no base, whoever else is named.
_FROM_SCRATCH = re.compile(r"(?:fui|foi|sou|e) treinad[oa] (?:inteiramente |tod[oa] )?(?:do zero|de raiz)")


def kin(listener: Listener, spoken: Sequence[Spoken]) -> list[Spoken]:
    """Return the other half of what is claimed, or what somebody unknown is built on."""
    said = [one for one in spoken if not one.undone]
    undone = {one.named.start for one in spoken if one.undone}
    denied = {one.named.key for one in spoken if one.undone} if listener.rules.code == "ar" else set()
    taken = {one.named.start for one in said}
    free = [one for one in _plain(listener) if one.start not in undone | taken]
    names = {one.named.key for one in said if one.part == "name"}
    makers = {one.named.key for one in said if one.part == "maker"}
    if not names and not makers:
        return []
    if all(key.startswith("unknown:") for key in names | makers):
        return _bases(listener, said, [one for one in free if one.key not in denied])
    if names and not makers:
        return _first([one for one in free if one.key in names and _is_house(listener, one)], "maker")
    if makers and not names:
        seldom = [one for one in free if one.key in makers and _popularity(listener, one.key) != "popular"]
        return _first([one for one in seldom if _is_model(listener, one)], "name")
    return []


def _bases(listener: Listener, said: Sequence[Spoken], free: Sequence[Named]) -> list[Spoken]:
    """Return the known models that an answer names of somebody unknown: what that one is built on."""
    within = [(one.named.start, one.named.end) for one in said]
    models = [
        one
        for one in free
        if _is_model(listener, one)
        and _popularity(listener, one.key) in ("popular", "known")
        and not any(start <= one.start < end for start, end in within)
        and _is_ground(listener, one)
    ]
    models = [one for one in models if one.found and (not one.found.ambiguous or _is_numbered(listener, one))]
    models = [] if _FROM_SCRATCH.search(listener.page.text) else models
    models = [one for one in models if _is_free(listener, one)]
    held = [one for one in sentences(listener) if _is_doubted(listener, one)]
    keys = {one.key for one in models} - doubted(listener)
    keys -= {one.key for one in models if any(piece.start <= one.start < piece.end for piece in held)}
    if not keys or len(keys) > _MOST_BASES or any(one.part == "origin" for one in said):
        return []
    return [_first([one for one in models if one.key == key], "origin")[0] for key in sorted(keys)]


def _is_ground(listener: Listener, one: Named) -> bool:
    start, end = listener.page.folded.sentence(one.start)
    return any(
        not listener.in_name(match.start())
        for match in listener.rules.grounds_pattern.finditer(listener.page.text, start, end)
    )


def _is_numbered(listener: Listener, one: Named) -> bool:
    """Say whether a name has a version, so that it is no everyday word."""
    return any(letter.isdigit() for letter in listener.page.text[one.start : one.end])


def _is_free(listener: Listener, one: Named) -> bool:
    """Say whether a model is named by itself: not asked for, quoted, nor the last word of somebody else's name."""
    page = listener.page
    start, end = page.folded.sentence(one.start)
    if page.text[start:end].rstrip(" \"')\n").endswith("?") or _SUPPOSED.search(page.text, start, one.start):
        return False
    if page.text[max(0, one.start - 1) : one.start] == '"' or listener.quote_around(one.start, one.end):
        return False
    after = page.text[one.end : one.end + 1] == " " and one.end + 1 < len(page.text)
    if one.found is not None and one.found.ambiguous and after and page.folded.is_capital(one.end + 1):
        return False
    before = _CAPITALISED.search(page.text, max(start, one.start - 24), one.start)
    return before is None or before.start() == start or not page.folded.is_capital(before.start(1))


def doubted(listener: Listener) -> set[str]:
    """Return whom a sentence denies or doubts: somebody whom the speaker is taken for is no base of it."""
    return {
        one.key
        for sentence in sentences(listener)
        for piece in pieces(sentence, whole=False)
        if _is_doubted(listener, piece)
        for one in listener.found_between(piece.start, piece.end)
    }


def _plain(listener: Listener) -> list[Named]:
    """Return the known names that no clause denies, doubts or compares, and that are nobody's tool."""
    found = []
    for sentence in sentences(listener):
        for piece in pieces(sentence, whole=False):
            if not _is_doubted(listener, piece):
                found += [
                    one
                    for one in listener.found_between(piece.start, piece.end)
                    if not is_tool(listener, piece.start, one) and one.start not in listener.origins
                ]
    return found[:_MOST_NAMES]


def _is_doubted(listener: Listener, piece: Piece) -> bool:
    rules = listener.rules
    return bool(
        rules.negation_pattern.search(piece.text)
        or rules.doubt_pattern.search(piece.text)
        or rules.aside_pattern.search(piece.text)
    )


def _is_house(listener: Listener, one: Named) -> bool:
    """Say whether a name is a maker's; where it is a model's too, what stands before it tells."""
    return is_maker(one) and ((one.found is not None and not one.found.is_name) or linked(listener, one))


def _is_model(listener: Listener, one: Named) -> bool:
    return one.found is not None and one.found.is_name and not (one.found.is_maker and linked(listener, one))


def _popularity(listener: Listener, key: str) -> str:
    return listener.page.lexicon.popularity.get(key, "")


def _first(named: Sequence[Named], part: Part) -> list[Spoken]:
    return [Spoken(named=one, part=part, rule="kin", undone="") for one in named[:1]]
