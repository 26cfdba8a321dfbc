"""Finds models that a card's prose names as what it builds on, without saying how: "Base model: X", "based on X".

That is no claim about a relation, but it is a declaration: a publisher who wrote it has not kept the parent quiet.
"""

import re
from collections.abc import Iterator, Sequence

from parentage.protocols.documents.card_claims import read_by_rules
from parentage.protocols.documents.card_text import CardText, Sentence
from parentage.protocols.documents.claim_names import read_name, read_names
from parentage.protocols.documents.claim_rules import compile_rule, self_pattern
from parentage.protocols.documents.records import Claim, DeclaredParent

_MOST = 64
_LABEL = re.compile(
    r"^\W{0,4}(?:base\s+models?|parent\s+models?|foundation\s+model|backbone|base\s+checkpoint|modelo\s+base|modèle\s+de\s+base"
    r"|基座模型|基础模型)\s*(?:\[optional\])?\s*[::]\s*",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:(?P<percent>\d{1,3}(?:\.\d{1,6})?)\s?%(?:\s+of)?|(?P<factor>[01]?\.\d{1,8})\s?[*×x·])\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_FOUNDED = r"(?<![\w-])(?:based|built|founded)\s+(?:up)?on(?:\s+top\s+of)?\s+"
_DERIVED = r"(?<![\w-])derived\s+from\s+"


def read_named_bases(card: CardText, where: str, own: Sequence[str] = ()) -> tuple[DeclaredParent, ...]:
    """Return the models that a card's prose names as its base: ids, links and names with a digit, no relation."""
    found: dict[str, DeclaredParent] = {}
    for name, line in (*_labelled(card), *_said(card, own)):
        if name not in found and len(found) < _MOST:
            found[name] = DeclaredParent(value=name, relation="", weight=None, where=f"{where}:{line}")
    return tuple(found.values())


def _labelled(card: CardText) -> Iterator[tuple[str, int]]:
    for sentence in card.sentences:
        label = _LABEL.match(sentence.text)
        for one in read_names(sentence, label.end()) if label else ():
            yield one.name, sentence.line
    for table in card.tables:
        for number, row in enumerate(table.rows[:60]):
            cells = [cell.strip() for cell in row]
            if len(cells) == 2 and _LABEL.match(f"{cells[0].strip('*_` ')}:"):
                line = table.line + number + (1 if number else 0)
                sentence = Sentence.of(cells[1][:300], line)
                if (named := read_name(sentence, 0)) is not None:
                    yield named.name, line


def _said(card: CardText, own: Sequence[str]) -> Iterator[tuple[str, int]]:
    rules = [compile_rule("fine-tune", "said", "many", pattern, self_pattern(())) for pattern in (_FOUNDED, _DERIVED)]
    for claim in read_by_rules(card, rules, "", own):
        for name in claim.about.split(", "):
            # A bare capitalised word after "based on" is mostly a method or a library.
            if any(one in "/-" or one.isdigit() for one in name):
                yield name, int(claim.where.rpartition(":")[2])


def read_shares(claims: Sequence[Claim]) -> tuple[DeclaredParent, ...]:
    """Return the models of a merge that a sentence gives with shares that add up to one: "60 % X and 40 % Y"."""
    found: dict[str, DeclaredParent] = {}
    for claim in claims:
        names = claim.about.split(", ") if claim.kind == "merge" else []
        shares = {name: share for name in names if (share := _share(claim.quote, name)) is not None}
        if len(shares) == len(names) > 1 and abs(sum(shares.values()) - 1) < 0.021:
            for name, share in shares.items():
                found.setdefault(name, DeclaredParent(value=name, relation="merge", weight=share, where=claim.where))
    return tuple(found.values())


def _share(quote: str, name: str) -> float | None:
    """Return the number that is written before a name, as a part of one."""
    before = quote.partition(name)[0] if name and name in quote else ""
    found = _SHARE.search(before)
    if found is None:
        return None
    return float(found["percent"]) / 100 if found["percent"] else float(found["factor"])
