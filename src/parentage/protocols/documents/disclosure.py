"""Is what was found declared? Each parent of the verdict beside the declarations, each declaration beside the verdict.

Only what the verdict settles contradicts anything: an incomplete list of candidates, a distillation, or a parent's own
parent is not testable here, and said to be so. The page is docs/questions/disclosure.md.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from parentage.finding import Coverage, Finding, Measurement, Parent, Relation, Result, Scalar, Verdict
from parentage.protocols.documents.evidence import DocumentedModel
from parentage.protocols.documents.matching import match_candidate, plain_name
from parentage.protocols.documents.records import Claim, Declaration, DeclaredParent, DocumentedFact

QUESTION, VERSION = "disclosure", "1"
NAMING_PARENTS: frozenset[Relation] = frozenset(
    ("identical", "merge", "fine-tune", "low-rank-fine-tune", "quantized", "pruned", "rearranged", "stacked")
)
# The Hub's words for a relation that fit what was found; any fits what the Hub has no word for.
_WORDS: Mapping[Relation, tuple[str, ...]] = {
    "merge": ("merge",),
    "fine-tune": ("finetune", "adapter"),
    "low-rank-fine-tune": ("finetune", "adapter"),
    "quantized": ("quantized",),
}
# A declared weight is rounded as people write it; closer than this it is the same.
_WEIGHT_ROUNDING = 0.005
_TRAINING_FACTS = ("data", "tokens", "compute", "steps", "optimizer", "learning-rate", "batch-size")

Outcome = Literal["consistent", "contradicted", "not-testable"]
Status = Literal["consistent", "contradicted", "undeclared", "undecided"]
Rows = tuple[Mapping[str, Scalar], ...]


def conclude_disclosure(
    declaration: Declaration, verdict: Verdict, candidates: Sequence[DocumentedModel], subject: DocumentedModel
) -> Result:
    """Return the finding; the same declaration and verdict give the same."""
    shares = _declared_shares(declaration.parents, candidates)
    parents = tuple(_parent_row(one, declaration, verdict, candidates, shares) for one in _named(verdict))
    declared = tuple(_declared_row(one, verdict, candidates) for one in declaration.parents)
    claims = tuple(_claim_row(one, verdict, candidates, subject) for one in declaration.claims)
    documentation = tuple(_fact_row(one, verdict) for one in declaration.facts)
    status = _status(verdict, parents, declared, claims)
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=_statement(status, verdict, parents, declared, claims, {one.id: one.name for one in candidates}),
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


def _named(verdict: Verdict) -> tuple[Parent, ...]:
    return verdict.parents if verdict.relation in NAMING_PARENTS else ()


def _declared_shares(parents: Sequence[DeclaredParent], candidates: Sequence[DocumentedModel]) -> dict[str, float]:
    """Return declared weights by candidate, as shares where every one is declared: recipes need not add up to one."""
    weights = [one.weight for one in parents]
    if any(weight is None for weight in weights):
        return {}
    total = sum(weight for weight in weights if weight is not None)
    if not total > 0:
        return {}
    matched = [(match_candidate(one.value, candidates), one.weight) for one in parents]
    return {model.id: weight / total for model, weight in matched if model is not None and weight is not None}


def _parent_row(
    parent: Parent,
    declaration: Declaration,
    verdict: Verdict,
    candidates: Sequence[DocumentedModel],
    shares: Mapping[str, float],
) -> Mapping[str, Scalar]:
    model = next(one for one in candidates if one.id == parent.id)
    own = [one for one in declaration.parents if match_candidate(one.value, candidates) == model]
    outcome, note = "not-declared", "no field or file of the repository names it as a parent"
    if own:
        problem = _wrong_relation(own[0], declaration, verdict) or _wrong_weight(parent, shares)
        outcome, note = ("declared-wrongly", problem) if problem else ("declared", "")
    elif (said := next((one for one in declaration.claims if _is_about(one, model, candidates)), None)) is not None:
        # In prose only: people are told, machines that read the front matter are not.
        note, where = "named in the card's text, in no field that names parents", said.where
        return _row(parent, model, verdict, "declared", where, note)
    return _row(parent, model, verdict, outcome, own[0].where if own else "", note)


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
    named = [match_candidate(part, candidates) for part in _split(claim.about)]
    return model in named


def _split(about: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in about.replace(" and ", ",").replace("+", ",").split(",") if part.strip())


def _wrong_relation(own: DeclaredParent, declaration: Declaration, verdict: Verdict) -> str:
    """Return how a declared relation differs from what was found, "" where it fits or none is declared."""
    word = (own.relation or declaration.relation).casefold()
    fitting = _WORDS.get(verdict.relation)
    if not word:
        return ""
    if verdict.relation == "identical":
        return f"declared as {word}; the weights are the same as its, and nothing was changed"
    if fitting is None or word in fitting or _fits_later(word, verdict):
        return ""
    return f"declared as {word}; what was found is {verdict.relation}"


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
    declared: DeclaredParent, verdict: Verdict, candidates: Sequence[DocumentedModel]
) -> Mapping[str, Scalar]:
    model = match_candidate(declared.value, candidates)
    if model is None:
        outcome, note = "not-testable", "is none of the candidates; it can be tested by adding it as one"
    elif any(parent.id == model.id for parent in _named(verdict)):
        outcome, note = "found", ""
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


def _claim_row(
    claim: Claim, verdict: Verdict, candidates: Sequence[DocumentedModel], subject: DocumentedModel
) -> Mapping[str, Scalar]:
    outcome, note = _claim_outcome(claim, verdict, candidates, subject)
    return {"kind": claim.kind, "quote": claim.quote, "where": claim.where, "outcome": outcome, "note": note}


def _claim_outcome(
    claim: Claim, verdict: Verdict, candidates: Sequence[DocumentedModel], subject: DocumentedModel
) -> tuple[Outcome, str]:
    found = verdict.relation
    if found in ("inconclusive", "shared-origin"):
        return "not-testable", f"the verdict is {found}"
    match claim.kind:
        case "from-scratch" | "no-parents":
            if claim.about and not _is_subject(claim.about, subject):
                return "not-testable", "it may speak of another model"
            if found == "independent":
                return "consistent", "of these candidates none is a parent; others were not tried"
            return "contradicted", f"the weights are {_words(verdict)}"
        case "merge":
            return _merge_claim(claim, verdict, candidates)
        case "fine-tune" | "post-trained" | "adapter":
            return _training_claim(claim, verdict, candidates)
        case "quantized":
            fits = found == "quantized" or "quantized" in verdict.then
            return ("consistent", "") if fits else ("not-testable", f"what was found is {found}")
        case "distilled":
            return "not-testable", "training on another's replies leaves no mark that the weights could show"


def _merge_claim(claim: Claim, verdict: Verdict, candidates: Sequence[DocumentedModel]) -> tuple[Outcome, str]:
    if verdict.relation == "merge":
        return "consistent", ""
    if verdict.relation == "identical":
        return "contradicted", f"the weights are {_words(verdict)}"
    return "not-testable", f"what was found is {verdict.relation}; a parent may not be among the candidates"


def _training_claim(claim: Claim, verdict: Verdict, candidates: Sequence[DocumentedModel]) -> tuple[Outcome, str]:
    """Judge "fine-tuned from X": contradicted only by a copy, or by a merge with no training after it."""
    named = [model for part in _split(claim.about) if (model := match_candidate(part, candidates)) is not None]
    parents = {parent.id for parent in _named(verdict)}
    if verdict.relation == "independent":
        if named:
            return "contradicted", f"the weights share no more with {named[0].name} than independent trainings do"
        return "not-testable", "what it names is none of the candidates"
    if verdict.relation in ("fine-tune", "low-rank-fine-tune") or "trained" in verdict.then:
        fits = not named or any(model.id in parents for model in named)
        return ("consistent", "") if fits else ("not-testable", "the verdict names another parent")
    if verdict.relation == "identical":
        return "contradicted", f"the weights are {_words(verdict)}: no training changed them"
    if verdict.relation == "merge" and not verdict.then and verdict.replayed is not None:
        if claim.about and not any(model.id in parents for model in named):
            return "not-testable", "what it names is not among the verdict's parents; a parent may have been trained so"
        return "contradicted", f"the weights are {_words(verdict)}, and no training after it is seen"
    return "not-testable", f"what was found is {verdict.relation}"


def _is_subject(about: str, subject: DocumentedModel) -> bool:
    return any(plain_name(about).rpartition("/")[2] == plain_name(one).rpartition("/")[2] for one in subject.known_as)


def _words(verdict: Verdict) -> str:
    ids = " and ".join(parent.id for parent in verdict.parents)
    match verdict.relation:
        case "identical":
            return f"the same as those of {ids}"
        case "merge":
            return f"a merge of {ids}"
        case "stacked":
            return f"layers of {ids}"
        case "fine-tune" | "low-rank-fine-tune":
            return f"a fine-tune of {ids}"
        case _:
            return f"a copy of {ids} ({verdict.relation})"


def _fact_row(fact: DocumentedFact, verdict: Verdict) -> Mapping[str, Scalar]:
    """A training run is described, and the weights show none: the description may be that of a parent's."""
    untrained = verdict.relation == "identical" or (
        verdict.relation == "merge" and not verdict.then and verdict.replayed is not None
    )
    status, note = str(fact.status), ""
    if fact.status == "present" and untrained and fact.name in _TRAINING_FACTS:
        status = "inconsistent"
        note = f"the weights are {_words(verdict)} and show no training of their own; it may describe a parent's"
    return {"fact": fact.name, "status": status, "where": fact.where, "note": note}


def _status(verdict: Verdict, parents: Rows, declared: Rows, claims: Rows) -> Status:
    contradicted = any(row["outcome"] == "contradicted" for row in (*declared, *claims))
    if contradicted or any(row["declared"] == "declared-wrongly" for row in parents):
        return "contradicted"
    if any(row["declared"] == "not-declared" for row in parents):
        return "undeclared"
    return "undecided" if verdict.relation in ("inconclusive", "shared-origin") else "consistent"


def _statement(
    status: Status, verdict: Verdict, parents: Rows, declared: Rows, claims: Rows, names: Mapping[str, str]
) -> str:
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
        parts.append(
            "That a card is incomplete can have many reasons, and merging or training on others is allowed "
            "where their licences are kept; the publisher can answer in the case."
        )
    return " ".join(parts)


def _spoken(word: str) -> str:
    return word.replace("-", " ")


def _list(items: Sequence[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]
