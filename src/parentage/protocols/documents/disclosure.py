"""Is what was found declared? Each parent of the verdict beside the declarations, each declaration beside the verdict.

Only what the verdict settles contradicts anything: an incomplete list of candidates, a distillation, or a parent's own
parent is not testable here, and said to be so. The page is docs/questions/disclosure.md.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from parentage.finding import Coverage, Finding, Measurement, Parent, Relation, Result, Scalar, Verdict
from parentage.protocols.documents.claim_outcomes import (
    IF_FIRST,
    REVERSED,
    claim_row,
    fact_row,
    is_order_open,
    named_parents,
    split_names,
)
from parentage.protocols.documents.evidence import DocumentedModel
from parentage.protocols.documents.matching import match_candidate
from parentage.protocols.documents.mentions import find_mention, is_card_read
from parentage.protocols.documents.records import DISCLOSURE, Claim, Declaration, DeclaredParent

QUESTION, VERSION = DISCLOSURE, "1"
# The Hub's words for a relation that fit what was found; any fits what the Hub has no word for.
_WORDS: Mapping[Relation, tuple[str, ...]] = {
    "merge": ("merge",),
    "fine-tune": ("finetune", "adapter"),
    "low-rank-fine-tune": ("finetune", "adapter"),
    "quantized": ("quantized",),
}
# A declared weight is rounded as people write it; closer than this it is the same.
_WEIGHT_ROUNDING = 0.005

Status = Literal["consistent", "contradicted", "undeclared", "undecided"]
Rows = tuple[Mapping[str, Scalar], ...]


def conclude_disclosure(
    declaration: Declaration,
    verdict: Verdict,
    candidates: Sequence[DocumentedModel],
    subject: DocumentedModel,
    *,
    texts: Mapping[str, bytes] | None = None,
    theirs: Mapping[str, Declaration] | None = None,
) -> Result:
    """Return the finding; the same declaration and verdict give the same.

    `texts` are the subject's files, where a parent may be named in words that no rule reads; `theirs` what the
    candidates declare, by id: one that names the subject as its parent is no parent that was kept quiet.
    """
    named = named_parents(verdict)
    reversed_ids = _reversed(verdict, theirs or {}, subject)
    shares = _declared_shares(declaration, verdict, candidates)
    is_read = is_card_read(texts or {}, subject)
    parents = tuple(
        _parent_row(
            one,
            declaration,
            verdict,
            candidates,
            shares,
            texts or {},
            is_reversed=one.id in reversed_ids,
            is_read=is_read,
        )
        for one in named
    )
    declared = tuple(_declared_row(one, declaration, verdict, candidates) for one in declaration.parents)
    is_declared = bool(parents) and all(row["declared"] == "declared" for row in parents)
    claims = tuple(
        claim_row(
            one, declaration, verdict, candidates, subject, is_declared=is_declared, is_reversed=bool(reversed_ids)
        )
        for one in declaration.claims
    )
    documentation = tuple(fact_row(one, verdict, is_declared=is_declared) for one in declaration.facts)
    status = _status(verdict, parents, declared, claims)
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=_statement(status, verdict, parents, declared, claims),
        coverage=Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0),
        measurements=(Measurement(name="status", value=status, unit=""),),
        tables={
            name: rows
            for name, rows in (
                ("parents", parents),
                ("declared", declared),
                ("claims", claims),
                ("documentation", documentation),
            )
            if rows
        },
    )


def _reversed(verdict: Verdict, theirs: Mapping[str, Declaration], subject: DocumentedModel) -> frozenset[str]:
    """Return the parents whose own repository declares the subject, where the weights leave the order open."""
    if not is_order_open(verdict):
        return frozenset()
    return frozenset(
        one.id
        for one in named_parents(verdict)
        if one.id in theirs
        and any(match_candidate(declared.value, (subject,)) is not None for declared in theirs[one.id].parents)
    )


def _declared_shares(
    declaration: Declaration, verdict: Verdict, candidates: Sequence[DocumentedModel]
) -> dict[str, float]:
    """Return declared weights by candidate as shares, since recipes need not add up to one; none that mean another.

    A weight is a share in a linear merge alone, and only beside the weights of exactly the parents that were found.
    """
    methods = {field.value.casefold() for field in declaration.fields if field.name == "merge_method"}
    if verdict.relation != "merge" or verdict.method != "linear" or methods - {"linear"}:
        return {}
    matched = [(match_candidate(one.value, candidates), one.weight) for one in declaration.parents]
    weights = {model.id: weight for model, weight in matched if model is not None and weight is not None}
    total = sum(weights.values())
    if len(weights) != len(matched) or set(weights) != {one.id for one in verdict.parents} or not total > 0:
        return {}
    return {name: weight / total for name, weight in weights.items()}


def _parent_row(
    parent: Parent,
    declaration: Declaration,
    verdict: Verdict,
    candidates: Sequence[DocumentedModel],
    shares: Mapping[str, float],
    texts: Mapping[str, bytes],
    *,
    is_reversed: bool,
    is_read: bool,
) -> Mapping[str, Scalar]:
    model = next(one for one in candidates if one.id == parent.id)
    own = [one for one in declaration.parents if match_candidate(one.value, candidates) == model]
    said = next((one for one in declaration.claims if _is_about(one, model, candidates)), None)
    if own:
        problem = _wrong_relation(own, verdict) or _wrong_weight(parent, shares)
        return _row(parent, model, verdict, "declared-wrongly" if problem else "declared", own[0].where, problem)
    if said is not None:
        # In prose only: people are told, machines that read the front matter are not.
        note = "named in the card's text, in no field that names parents"
        return _row(parent, model, verdict, "declared", said.where, note)
    if is_reversed:
        return _row(parent, model, verdict, "unclear", "", REVERSED)
    if where := find_mention(texts, model):
        note = "named in the text, and not in words that this reader takes for a declaration: people have to read it"
        return _row(parent, model, verdict, "unclear", where, note)
    if not is_read:
        return _row(parent, model, verdict, "unclear", "", "the card could not be read, and may name it")
    note = "no field or file of the repository names it as a parent"
    if is_order_open(verdict):
        note += f"; {IF_FIRST}"
    return _row(parent, model, verdict, "not-declared", "", note)


def _row(
    parent: Parent, model: DocumentedModel, verdict: Verdict, declared: str, where: str, note: str
) -> Mapping[str, Scalar]:
    return {
        "id": parent.id,
        "name": model.name,
        "relation": verdict.relation,
        "weight": parent.weight,
        "low": parent.low,
        "high": parent.high,
        "declared": declared,
        "where": where,
        "note": note,
    }


def _is_about(claim: Claim, model: DocumentedModel, candidates: Sequence[DocumentedModel]) -> bool:
    if claim.kind not in ("merge", "fine-tune", "post-trained", "quantized", "adapter"):
        return False
    named = [match_candidate(part, candidates) for part in split_names(claim.about)]
    return model in named


def _wrong_relation(own: Sequence[DeclaredParent], verdict: Verdict) -> str:
    """Return how the declared relation differs from what was found, "" where one fits or none is declared."""
    words = {one.relation.casefold() for one in own} - {""}
    if not words or any(_fits(word, verdict) for word in words):
        return ""
    word = sorted(words)[0]
    if verdict.relation == "identical":
        return f"declared as {word}; the weights are the same as its, and nothing was changed"
    return f"declared as {word}; what was found is {verdict.relation}"


def _fits(word: str, verdict: Verdict) -> bool:
    """Say whether a declared word can be true of what was found; when in doubt it can."""
    if verdict.relation == "identical":
        # The Hub has no word for a copy in another format; an adapter may lie beside a copy of its base.
        return word == "adapter" or (word == "quantized" and "converted" in verdict.then)
    fitting = _WORDS.get(verdict.relation)
    if fitting is None or word in fitting or _fits_later(word, verdict) or word == "adapter":
        # An adapter's configuration is left behind by a program.
        return True
    if word == "merge":
        # What the other parent brought looks like training where it is none of the candidates.
        return verdict.relation in ("fine-tune", "low-rank-fine-tune")
    if word == "quantized":
        # Not every format leaves a grid that is recognised.
        return verdict.relation != "merge" or verdict.replayed is None
    return verdict.relation == "merge" and verdict.replayed is None


def _fits_later(word: str, verdict: Verdict) -> bool:
    """Say whether a word fits what was done afterwards: a merge that was then trained is a fine-tune to many."""
    return (word == "finetune" and "trained" in verdict.then) or (word == "quantized" and "quantized" in verdict.then)


def _wrong_weight(parent: Parent, shares: Mapping[str, float]) -> str:
    share = shares.get(parent.id)
    if share is None or parent.weight is None:
        return ""
    low, high = parent.low if parent.low is not None else parent.weight, parent.high or parent.weight
    if low - _WEIGHT_ROUNDING <= share <= high + _WEIGHT_ROUNDING:
        return ""
    return f"declared with the share {share:.4g}; the weights give {parent.weight:.6g}"


def _declared_row(
    declared: DeclaredParent, declaration: Declaration, verdict: Verdict, candidates: Sequence[DocumentedModel]
) -> Mapping[str, Scalar]:
    model = match_candidate(declared.value, candidates)
    if model is None:
        outcome, note = "not-testable", "is none of the candidates; it can be tested by adding it as one"
    elif any(parent.id == model.id for parent in named_parents(verdict)):
        outcome, note = "found", ""
    elif verdict.relation == "independent" and any(one.kind == "distilled" for one in declaration.claims):
        outcome, note = "not-testable", "a distillation is declared, which leaves no mark that the weights could show"
    elif verdict.relation == "independent":
        outcome = "contradicted"
        note = "the weights share no more with it than independent trainings do; see the verdict's rate of error"
    elif verdict.relation in ("inconclusive", "shared-origin"):
        outcome, note = "not-testable", f"the verdict is {verdict.relation}"
    else:
        outcome, note = "not-testable", "the verdict names others; it may be a parent of theirs"
    return {
        "value": declared.value,
        "relation": declared.relation,
        "weight": declared.weight,
        "where": declared.where,
        "outcome": outcome,
        "note": note,
    }


def _status(verdict: Verdict, parents: Rows, declared: Rows, claims: Rows) -> Status:
    contradicted = any(row["outcome"] == "contradicted" for row in (*declared, *claims))
    if contradicted or any(row["declared"] == "declared-wrongly" for row in parents):
        return "contradicted"
    if any(row["declared"] == "not-declared" for row in parents):
        return "undeclared"
    if any(row["declared"] == "unclear" for row in parents):
        return "undecided"
    return "undecided" if verdict.relation in ("inconclusive", "shared-origin") else "consistent"


def _statement(status: Status, verdict: Verdict, parents: Rows, declared: Rows, claims: Rows) -> str:
    parts = []
    if parents:
        rows = [f"{row['name']} ({_spoken(str(row['declared']))})" for row in parents]
        parts.append(f"The verdict names {_list(rows)} as {'parents' if len(rows) > 1 else 'parent'}.")
    elif verdict.relation == "independent":
        parts.append("The verdict names no parent, so none could have been declared.")
    else:
        parts.append(f"The verdict is {verdict.relation} and names no parent: what should be declared is not known.")
    if not declared:
        parts.append("The publisher declares no parent in any field or file.")
    else:
        outcomes = [f"{row['value']} ({_spoken(str(row['outcome']))})" for row in declared[:8]]
        parts.append(f"Declared: {_list(outcomes)}.")
    contradicted: dict[str, list[str]] = {}
    for row in claims:
        if row["outcome"] == "contradicted":
            contradicted.setdefault(str(row["note"]), []).append(f"“{row['quote']}” ({row['where']})")
    for note, quotes in list(contradicted.items())[:3]:
        parts.append(f"The card says {_list(quotes[:4])}, and {note}.")
    if status in ("contradicted", "undeclared"):
        if is_order_open(verdict):
            names = _list([str(row["name"]) for row in parents])
            parts.append(f"This holds if {names} was there first, which the weights do not show.")
        parts.append(
            "That a card is incomplete can have many reasons, and merging or training on others is allowed "
            "where their licences are kept; the publisher can answer in the case."
        )
    return " ".join(parts)


def _spoken(word: str) -> str:
    if word == "unclear":
        return "unclear whether declared"
    return word.replace("-", " ")


def _list(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
