"""Sentences and clauses, and what can be said of one without knowing who is meant in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from parentage.protocols.identity.reading.listener import Listener
from parentage.protocols.identity.reading.names import Named

_MOST_SENTENCES = 160
_LONGEST_SENTENCE = 420
_PIECES = re.compile(r"[,;:、()\n]| - ")
_TOOL = re.compile(
    r"(?:(?<!\w)(?:with|using|con|com|avec|usando|باستخدام|بواسطه بطاقات|علي)(?! (?:love|amor|amour|care|"
    r"cariño|carinho|tendresse|ilusion|حب)(?!\w))(?: (?!by|por|par|pel[ao]|من)\w+){1,3}|(?<!\w)(?:on|using|"
    r"with|via|through|in|about|con|sobre|usando|com|sur|avec|par le biais de|"
    r"against|با|علي|باستخدام|عبر|مع|عن|versus|vs|than|as|como|comme)(?: (?:the|el|la|le|"
    r"o|a|los|les|os))?|[用在对向跟与和像比]|使用|借助|关于) ?[\"'(]?$"
)
_GOODS = re.compile(
    r"[ -]?(?:gpus?|tpus?|chips?|hardware|servers?|cloud|search|maps|drive|docs|play|data|datasets?|users?|fans?|"
    r"rivals?|competitors?|word|excel|office|teams|windows|edge|chrome|android|workspace|sheets|365|translate|"
    r"scholar|news|books|azure|ads?|api)(?!\w)|"
    r" ?的?(?:芯片|显卡|服务器|数据|用户|对手|云服务|搜索|地图)"
)
_LINK = re.compile(
    r"(?<!\w)(?:from|by|of|at|en|em|n[ao]|في|d[aeo]s?|del|du|chez|pel[ao]s?|por|par|من|لدي|لشركه|"
    r"شركه)(?: (?:the|la|le|el|team|"
    r"equipe|equipa|equipo|empresa|societe|company|شركه|فريق|gente|malta|galera|pibes|gars|people|"
    r"folks))?(?: (?:at|de|da|do))? $|"
    r"(?<!\w)d'$|来自$|由$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A sentence or a clause, as [start, end) of folded text."""

    start: int
    end: int
    text: str


def sentences(listener: Listener) -> list[Piece]:
    """Return the sentences that are not too long, of an answer's beginning."""
    text, breaks = listener.page.text, [*listener.page.folded.breaks, len(listener.page.text)]
    found = []
    for start, end in pairwise(breaks[: _MOST_SENTENCES + 1]):
        if text[start:end].strip() and end - start <= _LONGEST_SENTENCE:
            found.append(Piece(start=start, end=end, text=text[start:end]))
    return found


def pieces(sentence: Piece, *, whole: bool = True) -> Iterator[Piece]:
    """Yield the clauses of a sentence, then, if it is asked for or has but one, the whole sentence."""
    cuts = [match.end() for match in _PIECES.finditer(sentence.text)][:12]
    if cuts:
        for left, right in zip([0, *cuts], [*cuts, len(sentence.text)], strict=True):
            yield Piece(start=sentence.start + left, end=sentence.start + right, text=sentence.text[left:right])
    if whole or not cuts:
        yield sentence


def is_plain(listener: Listener, piece: Piece, *, asking: bool = False) -> bool:
    """Say whether a piece neither denies, doubts, asks, compares nor knows nothing."""
    rules = listener.rules
    return not (
        (not asking and piece.text.rstrip(" \"')").endswith("?"))
        or rules.negation_pattern.search(piece.text)
        or rules.doubt_pattern.search(piece.text)
        or rules.aside_pattern.search(piece.text)
    )


def is_tool(listener: Listener, start: int, one: Named) -> bool:
    """Say whether a name is that of something used, or of wares, rather than of somebody."""
    text = listener.page.text
    return (
        _GOODS.match(text, one.end) is not None
        or _TOOL.search(text[max(start, one.start - 20) : one.start]) is not None
    )


def goods(listener: Listener, one: Named) -> bool:
    """Say whether a name is a tool's or a ware's wherever it stands in its sentence."""
    return is_tool(listener, listener.page.folded.sentence(one.start)[0], one)


def linked(listener: Listener, one: Named) -> bool:
    """Say whether "of", "from" or "by" stands before a name."""
    return _LINK.search(listener.page.text, max(0, one.start - 24), one.start) is not None
