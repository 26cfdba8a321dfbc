"""The audit in Markdown, fit for an issue or a discussion thread: facts, what else could explain them, how to check.

It is posted where the other side reads it, so it accuses nobody, and names and quotes can neither mark up, mention
anybody nor link.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from parentage.report import view
from parentage.report.papers.card_attribution import owed_to
from parentage.report.papers.escaping import code, name, prose
from parentage.report.papers.places import audit_digest, web_address
from parentage.report.papers.records import Ancestor, ObligationFact, PaperFacts, PaperModel
from parentage.report.papers.wording import (
    KINDS,
    NOT_ADVICE,
    NOT_SAID,
    PERMISSIVE_WORDS,
    STATUSES,
    amount,
    clause_place,
    is_permissive,
    joined,
    licence_words,
    split_notes,
)

MOST_CHARACTERS = 60_000
# Rows of each list and characters of each text; where all of it is too long less of each is shown.
_SIZES = ((60, 500), (25, 300), (10, 200), (4, 120), (1, 80))
_DECLARED = {
    "declared": "declared",
    "declared-wrongly": "declared otherwise",
    "not-declared": "not declared",
    "unclear": "named, and unclear as what",
}
_OUTCOMES = {"found": "found", "contradicted": "contradicted by the weights", "not-testable": "cannot be tested here"}
_CLAIMS = {**_OUTCOMES, "consistent": "consistent with the weights"}


def write_summary(facts: PaperFacts) -> str:
    """Return the summary, under 60,000 characters whatever the audit holds."""
    text = ""
    for rows, characters in _SIZES:
        sections = _sections(facts, rows, characters)
        text = "\n\n".join(part for part in sections if part) + "\n"
        if len(text) < MOST_CHARACTERS:
            return text
    return text[: MOST_CHARACTERS - 2].rpartition("\n")[0] + "\n"


def _sections(facts: PaperFacts, rows: int, most: int) -> Iterator[str]:
    subject, verdict = facts.subject, facts.verdict
    yield f"# Parentage of {name(subject.name)}"
    steps = f", then {joined([prose(step, 40) for step in verdict.then[:8]])}" if verdict.then else ""
    yield f"**{prose(verdict.relation, 40)}**{steps}: {prose(verdict.statement, 2 * most)}"
    yield "\n".join(_disputes(facts, rows, most))
    yield "\n".join(_parents(facts, rows))
    yield " ".join(_evidence(facts))
    yield "\n".join(_declared(facts, rows, most))
    yield "\n".join(_owed(facts, rows, most))
    yield _titled("What else could explain it", [f"- {prose(one, most)}" for one in verdict.alternatives], rows)
    yield "\n".join(_how_to_check(facts))
    yield "\n".join(_answers(facts, rows, most))


def _disputes(facts: PaperFacts, rows: int, most: int) -> Iterator[str]:
    for one in [response for response in facts.responses if response.state][:rows]:
        about = f"the finding {code(one.finding, 80)}" if one.finding else "the verdict"
        yield f"> {name(one.by)} disputes {about}; state: {prose(one.state, 40)}. Their words are below."


def _parents(facts: PaperFacts, rows: int) -> Iterator[str]:
    descends = bool(facts.verdict.ancestors)
    named = facts.verdict.ancestors or facts.verdict.related
    if not named:
        yield "The verdict names no parent."
        return
    yield f"| {'parent' if descends else 'related, not a parent'} | weight | declared | where |"
    yield "|---|---|---|---|"
    found = {one.id: one for one in facts.disclosure.found}
    for ancestor in named[:rows]:
        row = found.get(ancestor.model.id)
        said = _DECLARED.get(row.declared, prose(row.declared, 40)) if row is not None else "–"
        place = code(row.where, 80) if row is not None and row.where else "–"
        yield f"| {_linked(ancestor.model)} | {_weight(ancestor)} | {said} | {place} |"
    yield from _more(len(named) - rows)


def _weight(ancestor: Ancestor) -> str:
    return amount(ancestor.weight, ancestor.low, ancestor.high) or "–"


def _linked(model: PaperModel) -> str:
    address = web_address(model)
    revision = f" at {code(model.revision[:12])}" if model.revision else ""
    return f"[{name(model.name)}]({address}){revision}" if address else name(model.name)


def _evidence(facts: PaperFacts) -> Iterator[str]:
    verdict = facts.verdict
    if verdict.replayed_share is not None and verdict.replayed_elements:
        arithmetic = f" with the arithmetic {code(verdict.arithmetic, 60)}" if verdict.arithmetic else ""
        yield (
            f"Recomputing it{arithmetic} gives the same bits in {view.share(verdict.replayed_share)} of "
            f"{view.count(verdict.replayed_elements)} elements where that can be told."
        )
    if verdict.coverage is not None:
        read, elements = verdict.coverage.elements_read, verdict.coverage.elements
        yield f"Read: {view.share_of(read, elements)} of {view.count(elements)} elements."
    yield NOT_SAID


def _declared(facts: PaperFacts, rows: int, most: int) -> Iterator[str]:
    disclosure = facts.disclosure
    if not disclosure.status and not disclosure.found:
        return
    yield "## What is declared, beside what was found"
    yield ""
    if disclosure.statement and not (disclosure.found or disclosure.declared or disclosure.claims):
        yield prose(disclosure.statement, 2 * most)
        yield ""
    for one in disclosure.declared[:rows]:
        said = ", ".join(
            [code(one.relation, 40)] * bool(one.relation) + [f"weight {one.weight:.6g}"] * (one.weight is not None)
        )
        yield (
            f"- Declared parent {code(one.value, most)}{f' ({said})' if said else ''}, {code(one.where, 80)}: "
            f"{_OUTCOMES.get(one.outcome, prose(one.outcome, 40))}{_noted(one.note, most, '; ')}"
        )
    yield from _more(len(disclosure.declared) - rows)
    # One sentence can make claims of two kinds.
    claims = tuple(dict.fromkeys(replace(claim, kind="") for claim in disclosure.claims))
    for claim in claims[:rows]:
        yield (
            f"- The card says {code(claim.quote, most)}, {code(claim.where, 80)}: "
            f"{_CLAIMS.get(claim.outcome, prose(claim.outcome, 40))}{_noted(claim.note, most, '; ')}"
        )
    yield from _more(len(claims) - rows)
    for status, title in (("absent", "Not documented"), ("inconsistent", "Documented, and not as the weights show")):
        names = [prose(one.fact, 60) for one in disclosure.documentation if one.status == status]
        if names:
            yield f"- {title}: {', '.join(names[:rows])}."


def _owed(facts: PaperFacts, rows: int, most: int) -> Iterator[str]:
    if not facts.verdict.ancestors or not (facts.obligations or facts.conflicts):
        return
    yield "## What the parents' licences ask for"
    yield ""
    yield NOT_ADVICE
    for ancestor in facts.verdict.ancestors[:rows]:
        yield ""
        yield f"### {name(ancestor.model.name)}"
        yield ""
        yield f"Licence: {licence_words(facts.licence(ancestor.model.id))}."
        owed = owed_to(facts, ancestor)
        notes, shared = split_notes([row.note for row in owed])
        if shared or is_permissive(owed):
            yield prose(shared, most) if shared else f"This licence {PERMISSIVE_WORDS}."
        yield ""
        yield from _clauses([replace(row, note=note) for row, note in zip(owed, notes, strict=True)], rows, most)
    if facts.conflicts:
        yield ""
        yield "### Terms that do not go together"
        yield ""
        yield from (f"- {prose(one.why, most)}" for one in facts.conflicts[:rows])
        yield from _more(len(facts.conflicts) - rows)


def _clauses(owed: Sequence[ObligationFact], rows: int, most: int) -> Iterator[str]:
    for status, title in STATUSES.items():
        held = [row for row in owed if row.status == status]
        for row in held[:rows]:
            where = f", {code(row.where, 80)}" if row.where else ""
            clause = f" (clause {code(clause_place(row.clause, row.licence), 60)})" if row.clause else ""
            quote = f": {code(row.quote, max(80, most * 3 // 5))}" if row.quote else ""
            asked = KINDS.get(row.kind, prose(row.kind, 60)) or "its terms"
            yield f"- **{title}{where}** · {asked}{clause}{quote}{_noted(row.note, most)}"
        yield from _more(len(held) - rows)


def _how_to_check(facts: PaperFacts) -> Iterator[str]:
    yield "## How to check it"
    yield ""
    yield f"Audit {code(audit_digest(facts))}" + (f", {code(facts.written)}" if facts.written else "") + "."
    yield ""
    yield "```"
    yield "parentage verify BUNDLE       # does it hold together? offline, in seconds"
    yield "parentage replicate BUNDLE    # measured again, every figure compared"
    yield "```"


def _answers(facts: PaperFacts, rows: int, most: int) -> Iterator[str]:
    yield "## The other side"
    yield ""
    for one in facts.responses[:rows]:
        role = f" ({prose(one.role, 40)})" if one.role else ""
        date = f", {prose(one.date, 40)}" if one.date else ""
        yield f"- **{prose(one.kind, 40)}**, {name(one.by)}{role}{date}: {prose(one.text, 4 * most)}"
    yield from _more(len(facts.responses) - rows)
    if not facts.responses:
        yield "Nobody has answered yet."
    yield ""
    yield (
        "The publisher, a candidate's publisher or another auditor answers with `parentage respond`: the answer is "
        "signed, travels with the bundle and is shown beside the finding. A card can be incomplete for many reasons."
    )


def _noted(note: str, most: int, mark: str = ". ") -> str:
    return f"{mark}{prose(note, most)}" if note else ""


def _titled(title: str, lines: Sequence[str], rows: int) -> str:
    return "\n".join([f"## {title}", "", *lines[:rows], *_more(len(lines) - rows)]) if lines else ""


def _more(count: int) -> Iterator[str]:
    if count > 0:
        yield f"- and {count} more in the report"
