"""Does the verdict bear out what a card's sentences say? Only what the weights settle contradicts anything.

A card that declares all that was found is not held to a loose sentence beside it, which may speak of a tokenizer, of a
parent or of an earlier version.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from parentage.finding import DESCENT, Parent, Relation, Scalar, Verdict
from parentage.protocols.documents.evidence import DocumentedModel
from parentage.protocols.documents.matching import match_candidate, plain_name
from parentage.protocols.documents.records import Claim, Declaration, DocumentedFact

REVERSED = "its own repository declares this model as its parent: which of the two was first is not in the weights"
IF_FIRST = "this holds if it was there first, which the weights do not show"
_EITHER_WAY: frozenset[Relation] = frozenset(("identical", "fine-tune", "low-rank-fine-tune", "rearranged"))
_MERGED = re.compile(r"\b(?:merg\w+|averag\w+|interpolat\w+|soup|blend\w*)\b", re.IGNORECASE)
_THIS_MODEL = re.compile(r"\b(?:this|our)\s+(?:[\w-]{1,20}\s+){0,3}(?:model|checkpoint|llm)\b", re.IGNORECASE)
_TRAINING_FACTS = ("data", "tokens", "compute", "steps", "optimizer", "learning-rate", "batch-size")

Outcome = Literal["consistent", "contradicted", "not-testable"]


def named_parents(verdict: Verdict) -> tuple[Parent, ...]:
    """Return the verdict's parents, none where its relation names nobody."""
    return verdict.parents if verdict.relation in DESCENT else ()


def is_order_open(verdict: Verdict) -> bool:
    """Say whether the weights leave open which of the two was there first: a copy and its original are alike."""
    return verdict.relation in _EITHER_WAY or (verdict.relation == "stacked" and len(verdict.parents) == 1)


def split_names(about: str) -> tuple[str, ...]:
    """Return the models that a claim is about, as written."""
    return tuple(part.strip() for part in about.replace(" and ", ",").replace("+", ",").split(",") if part.strip())


def claim_row(
    claim: Claim,
    declaration: Declaration,
    verdict: Verdict,
    candidates: Sequence[DocumentedModel],
    subject: DocumentedModel,
    *,
    is_declared: bool,
    is_reversed: bool,
) -> Mapping[str, Scalar]:
    """Return a sentence beside the verdict. `is_declared`: every parent found is declared; `is_reversed`: a parent of
    the verdict declares the subject as its own.
    """
    outcome, note = _claim_outcome(claim, verdict, candidates, subject)
    if outcome == "contradicted" and is_reversed:
        outcome, note = "not-testable", REVERSED
    elif outcome == "contradicted" and is_declared and (doubt := _doubt(claim, declaration, verdict, subject)):
        outcome, note = "not-testable", doubt
    elif outcome == "contradicted" and is_order_open(verdict) and claim.kind in ("from-scratch", "no-parents"):
        # An original beside its own copy or fine-tune says so truly.
        note = f"{note}; {IF_FIRST}"
    return {"kind": claim.kind, "quote": claim.quote, "where": claim.where, "outcome": outcome, "note": note}


def _doubt(claim: Claim, declaration: Declaration, verdict: Verdict, subject: DocumentedModel) -> str:
    """Return of what else a sentence may speak in a repository that declares every parent, "" where of nothing."""
    match claim.kind:
        case "from-scratch" | "no-parents":
            if not _names_subject(claim.quote, subject):
                return "the parents found are declared; it may speak of a part, a parent or an earlier version"
        case "fine-tune" | "post-trained" | "adapter" if verdict.relation == "merge":
            said = {claim.kind for claim in declaration.claims} | {one.relation for one in declaration.parents}
            if "merge" in said or declaration.relation == "merge":
                return "a merge is declared; it may speak of a parent's training"
        case _:
            pass
    return ""


def _names_subject(quote: str, subject: DocumentedModel) -> bool:
    if _THIS_MODEL.search(quote):
        return True
    titles = {plain_name(one).rpartition("/")[2] for one in subject.known_as} - {""}
    return any(re.search(rf"(?<![\w-]){re.escape(title)}(?![\w-])", quote.casefold()) for title in titles)


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
            return "contradicted", f"the weights are {words_of(verdict)}"
        case "merge":
            return _merge_claim(verdict)
        case "fine-tune" | "post-trained" | "adapter":
            return _training_claim(claim, verdict, candidates)
        case "quantized":
            fits = found == "quantized" or "quantized" in verdict.then
            return ("consistent", "") if fits else ("not-testable", f"what was found is {found}")
        case "distilled":
            return "not-testable", "training on another's replies leaves no mark that the weights could show"


def _merge_claim(verdict: Verdict) -> tuple[Outcome, str]:
    if verdict.relation == "merge" or (verdict.relation == "stacked" and len(verdict.parents) > 1):
        return "consistent", ""
    if verdict.relation == "identical":
        return "contradicted", f"the weights are {words_of(verdict)}"
    return "not-testable", f"what was found is {verdict.relation}; a parent may not be among the candidates"


def _training_claim(claim: Claim, verdict: Verdict, candidates: Sequence[DocumentedModel]) -> tuple[Outcome, str]:
    """Judge "fine-tuned from X": contradicted only by a copy, or by a merge with no training after it."""
    named = [model for part in split_names(claim.about) if (model := match_candidate(part, candidates)) is not None]
    parents = {parent.id for parent in named_parents(verdict)}
    if verdict.relation == "independent":
        if named:
            return "contradicted", f"the weights share no more with {named[0].name} than independent trainings do"
        return "not-testable", "what it names is none of the candidates"
    if verdict.relation in ("fine-tune", "low-rank-fine-tune") or "trained" in verdict.then:
        fits = not named or any(model.id in parents for model in named)
        return ("consistent", "") if fits else ("not-testable", "the verdict names another parent")
    if verdict.relation == "identical":
        if not any(model.id in parents for model in named):
            return "not-testable", f"the weights are {words_of(verdict)}, which may have been made so"
        return "contradicted", f"the weights are {words_of(verdict)}: no training changed them"
    if verdict.relation == "merge" and not verdict.then and verdict.replayed is not None:
        if claim.about and not any(model.id in parents for model in named):
            return "not-testable", "what it names is not among the verdict's parents; a parent may have been trained so"
        if _MERGED.search(claim.quote):
            return "not-testable", "it speaks of a merge too, and may mean a parent's training"
        return "contradicted", f"the weights are {words_of(verdict)}, and no training after it is seen"
    return "not-testable", f"what was found is {verdict.relation}"


def _is_subject(about: str, subject: DocumentedModel) -> bool:
    return any(plain_name(about).rpartition("/")[2] == plain_name(one).rpartition("/")[2] for one in subject.known_as)


def words_of(verdict: Verdict) -> str:
    """Return what the weights are, in words that fit after "the weights are"."""
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


def fact_row(fact: DocumentedFact, verdict: Verdict, *, is_declared: bool) -> Mapping[str, Scalar]:
    """Return a fact beside the verdict: where the weights show no training, it may describe that of a parent.

    A card that declares every parent may well describe theirs, and is not held to it.
    """
    untrained = verdict.relation == "identical" or (
        verdict.relation == "merge" and not verdict.then and verdict.replayed is not None
    )
    status, note = str(fact.status), ""
    if fact.status == "present" and untrained and fact.name in _TRAINING_FACTS:
        if is_declared:
            note = "the parents that were found are declared; it may describe the training of one"
            return {"fact": fact.name, "status": status, "where": fact.where, "note": note}
        status = "inconsistent"
        note = f"the weights are {words_of(verdict)} and show no training of their own; it may describe a parent's"
    return {"fact": fact.name, "status": status, "where": fact.where, "note": note}
