"""The words that papers and the report share, so that one fact reads the same wherever it is written."""

import re
from collections.abc import Sequence

from parentage.errors import UsageError
from parentage.protocols.documents.claim_outcomes import REVERSED
from parentage.report import view
from parentage.report.papers.escaping import MOST_NAME, code, name, one_line
from parentage.report.papers.places import hub_place
from parentage.report.papers.records import Ancestor, LicenceFact, ObligationFact, PaperFacts, PaperModel

KINDS = {
    "give-licence-copy": "a copy of the licence",
    "retain-notice": "its notices kept",
    "state-changes": "a statement of what was changed",
    "display-attribution": "words to be shown",
    "name-prefix": "a name that begins as it asks",
    "pass-on-use-restrictions": "its use restrictions passed on",
    "same-licence": "the same licence",
    "non-commercial": "no commercial use",
    "scale-threshold": "leave above a size",
    "output-use-limit": "limits on what outputs are used for",
    "no-derivatives": "no derived models",
    "patent-retaliation": "an end of rights upon patent suits",
}
STATUSES = {
    "not-found": "not found",
    "met": "met",
    "not-checkable": "cannot be checked from files",
    "disputed": "disputed",
    "unknown-licence": "licence not known",
}
# What permissive licences ask for; a parent whose licence asks for more is not called permissive.
PERMISSIVE = frozenset({"give-licence-copy", "retain-notice", "state-changes", "patent-retaliation"})
PERMISSIVE_WORDS = (
    "asks for notices and, where it says so, a copy of itself and a statement of changes, and no more: "
    "deriving a model from it is allowed"
)
NOT_ADVICE = (
    "Licences are facts here, not advice: what a text asks for, and whether files show it. "
    "Whether weights are protected at all is an open question."
)
NOT_SAID = (
    "The audit does not say who made the model, with whose leave, or which of the models came first; "
    "publication dates, licences and the publisher's own account settle that."
)
_HOW = {
    "text": "identified by its text",
    "text-and-declared": "declared, and identified by its text",
    "declared": "as its card declares",
}
_WHAT = {
    "identical": "the same as those of {}",
    "fine-tune": "a fine-tune of {}",
    "low-rank-fine-tune": "a fine-tune of {}, of low rank",
    "quantized": "a quantised copy of {}",
    "pruned": "a pruned copy of {}",
    "rearranged": "a rearranged copy of {} that computes the same",
    "stacked": "a stack of layers copied from {}",
}
_CHANGES = {
    "identical": "not changed",
    "fine-tune": "trained further",
    "low-rank-fine-tune": "trained further, by a difference of low rank",
    "quantized": "quantised",
    "pruned": "pruned",
    "rearranged": "rearranged and rescaled, with the same outputs",
    "stacked": "copied layer by layer into another order",
}


def require_ancestors(facts: PaperFacts, paper: str) -> None:
    """Raise UsageError where the verdict names no parents, so that there is nothing for the paper to say.

    Nor is there where the one it names says of itself that it comes from the subject.
    """
    if any(one.note == REVERSED for one in facts.disclosure.found):
        raise UsageError(f"{paper}: the model that the verdict names {REVERSED.removeprefix('its own repository ')}")
    if not facts.verdict.ancestors:
        relation = facts.verdict.relation
        raise UsageError(f"{paper}: the verdict is {relation} and names no parent: there is nothing to correct or owe")


def repository(model: PaperModel) -> str:
    """Return the Hub's id of a model that was read from the Hub, else ""."""
    place = hub_place(model)
    return place.repository if place is not None else ""


def joined(parts: Sequence[str]) -> str:
    """Return parts as English joins them: a, b and c."""
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def amount(weight: float | None, low: float | None, high: float | None) -> str:
    """Return a weight with its interval, "" where the verdict gives none."""
    return "" if weight is None else view.weight(weight, low, high)


def what_it_is(facts: PaperFacts) -> str:
    """Return what the weights are, in words that fit after "The weights are": a linear merge of X (0.6) and Y (0.4)."""
    verdict = facts.verdict
    if verdict.relation == "merge":
        return f"a {_method(facts)}merge of {joined([_share(one) for one in verdict.ancestors])}{_then(facts)}"
    names = joined([name(one.model.name) for one in verdict.ancestors])
    return _WHAT.get(verdict.relation, "derived from {}").replace("{}", names) + _then(facts)


def changes(facts: PaperFacts, *, plain: bool = False) -> str:
    """Return the statement of changes, one sentence, in Markdown or as plain text."""
    verdict = facts.verdict
    shown = (lambda text: one_line(text, MOST_NAME)) if plain else name
    names = joined([shown(one.model.name) for one in verdict.ancestors])
    how = _CHANGES.get(verdict.relation, "derived from")
    if verdict.relation == "merge":
        weights = [f"{one.weight:.6g}" for one in verdict.ancestors if one.weight is not None]
        known = len(weights) == len(verdict.ancestors)
        how = f"merged {'linearly' if verdict.method == 'linear' else f'by the method {shown(verdict.method)}'}".strip()
        how = how if verdict.method else "merged"
        how += f" in the proportions {joined(weights)}" if known else ""
        how += f", computed as {shown(verdict.arithmetic)}" if verdict.arithmetic else ""
    verb = "were changed: " if verdict.relation != "identical" else "were "
    return f"The weights of {names} {verb}{how}{_then(facts)}."


def plain_licence(licence: LicenceFact | None) -> str:
    """Return which licence a model has and how that is known, as plain text."""
    if licence is None or not (licence.key or licence.declared):
        return "not known"
    if licence.how == "contradictory":
        return f"card and licence file contradict each other (declared: {one_line(licence.declared, MOST_NAME)})"
    if not licence.key:
        return f"not known (declared: {one_line(licence.declared, MOST_NAME)})"
    return f"{one_line(licence.key, MOST_NAME)}, {_HOW.get(licence.how, 'as its card declares')}"


def licence_words(licence: LicenceFact | None) -> str:
    """Return which licence a model has and how that is known, in Markdown."""
    if licence is None:
        return "not known"
    if licence.how == "contradictory":
        return f"card and licence file contradict each other (declared: {code(licence.declared)})"
    if not licence.key:
        return f"not known (declared: {code(licence.declared)})" if licence.declared else "not known"
    return f"{code(licence.key)}, {_HOW.get(licence.how, 'as its card declares')}"


def is_permissive(rows: Sequence[ObligationFact]) -> bool:
    """Return whether a parent's terms are known and ask for notices and statements alone."""
    return bool(rows) and all(row.kind in PERMISSIVE and row.status != "unknown-licence" for row in rows)


def split_notes(notes: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Return notes without the last sentence where all of them end in the same one, and that sentence."""
    parts = [note.rpartition(". ") for note in notes]
    if len(notes) < 2 or len({last for _, _, last in parts}) > 1 or not all(mark for _, mark, _ in parts):
        return tuple(notes), ""
    return tuple(f"{first}." for first, _, _ in parts), parts[0][2]


def clause_place(clause: str, licence: str) -> str:
    """Return a clause's place in its licence: an id names the licence too, which stands beside it already."""
    return clause.removeprefix(f"{licence}/")


def _method(facts: PaperFacts) -> str:
    method = facts.verdict.method
    return f"{method} " if re.fullmatch(r"[a-z][a-z0-9-]{0,40}", method) else ""


def _share(ancestor: Ancestor) -> str:
    shown = name(ancestor.model.name)
    return shown if ancestor.weight is None else f"{shown} (weight {ancestor.weight:.6g})"


def _then(facts: PaperFacts) -> str:
    said = {"trained": "trained further", "quantized": "quantised"}
    steps = [said.get(step, step) for step in facts.verdict.then if re.fullmatch(r"[a-z-]{1,40}", step)]
    return f", then {joined(steps)}" if steps else ""
