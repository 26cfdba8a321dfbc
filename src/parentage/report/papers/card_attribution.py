"""The section of a card that says what a model is derived from: parents, terms, changes, and how it is known."""

import re
from collections.abc import Iterator

from parentage.licensing.clauses import clauses_of, has_clauses
from parentage.report import view
from parentage.report.papers.escaping import code, name, prose
from parentage.report.papers.records import Ancestor, ObligationFact, PaperFacts
from parentage.report.papers.wording import (
    NOT_SAID,
    amount,
    changes,
    licence_words,
    repository,
    what_it_is,
)

HEADING = "## Attribution"
_MOST_PARENTS = 64
_QUOTED = re.compile(r'["“]([^"“”]{3,300})(?:["”]|$)')


def attribution(facts: PaperFacts) -> str:
    """Return the section as Markdown with line feeds, its heading first and a line feed at its end."""
    ancestors = facts.verdict.ancestors
    parts = [HEADING, f"{derivation(facts)}.", "\n".join(_parent(facts, one) for one in ancestors[:_MOST_PARENTS])]
    parts.append(changes(facts))
    if any(notice_files(facts, one) or required_lines(facts, one, "retain-notice") for one in ancestors):
        parts.append("The notices that their licences ask to be kept stand in the file `NOTICE`.")
    parts.append(" ".join([*_evidence(facts), NOT_SAID]))
    return "\n\n".join(parts) + "\n"


def derivation(facts: PaperFacts) -> str:
    """Return one neutral sentence, without its full stop, on what the subject's weights are."""
    return f"The weights of {name(facts.subject.name)} are {what_it_is(facts)}"


def owed_to(facts: PaperFacts, ancestor: Ancestor) -> tuple[ObligationFact, ...]:
    """Return the clauses of a parent's licence, in the order of the finding."""
    return tuple(row for row in facts.obligations if row.parent in (ancestor.model.id, ancestor.model.name))


def notice_files(facts: PaperFacts, ancestor: Ancestor) -> tuple[str, ...]:
    """Return the places of a parent's NOTICE files among the documents, sorted."""
    start = f"{ancestor.model.id}/notice"
    return tuple(sorted(place for place in facts.documents if place.casefold().startswith(start.casefold())))


def required_lines(facts: PaperFacts, ancestor: Ancestor, kind: str) -> tuple[str, ...]:
    """Return the words that a parent's clauses of a kind want to be read; of words to be shown one is enough."""
    found: list[str] = []
    for row in owed_to(facts, ancestor):
        # What nobody can check from files may not be asked for here at all.
        if row.kind == kind and row.status in ("met", "not-found", "disputed"):
            words = _words(row)
            found += words[:1] if kind == "display-attribution" else words
    # Words that begin in the middle of a sentence want the model's name before them.
    subject = facts.subject.name
    return tuple(dict.fromkeys(f"{subject} {words}" if words[:1].islower() else words for words in found))


def _words(row: ObligationFact) -> list[str]:
    """Return what a clause wants to be read: its reviewed words where it is known as quoted, else the quote's."""
    quote = " ".join(row.quote.split()).rstrip("…")
    if has_clauses(row.licence):
        for clause in clauses_of(row.licence):
            if clause.id == row.clause and quote and " ".join(clause.quote.split()).startswith(quote):
                return list(clause.words)
    return [words.strip() for words in _QUOTED.findall(quote) if " " in words.strip()]


def _parent(facts: PaperFacts, ancestor: Ancestor) -> str:
    model = ancestor.model
    hub = repository(model)
    shown = f"[{hub.replace('_', chr(92) + '_')}](https://huggingface.co/{hub})" if hub else name(model.name)
    weight = f", weight {amount(ancestor.weight, ancestor.low, ancestor.high)}" if ancestor.weight is not None else ""
    revision = f", revision {code(model.revision)}" if hub and model.revision else ""
    lines = [f"- **{shown}**{revision}{weight}. Licence: {licence_words(facts.licence(model.id))}."]
    lines += [f"  - {prose(words)}" for words in required_lines(facts, ancestor, "display-attribution")]
    lines += [
        f"  - Its licence asks for attribution: {code(row.quote)}"
        for row in owed_to(facts, ancestor)
        if row.kind == "display-attribution" and not _words(row)
    ]
    return "\n".join(lines)


def _evidence(facts: PaperFacts) -> Iterator[str]:
    verdict = facts.verdict
    yield "This was found by an audit of the weights."
    if verdict.replayed_share is not None and verdict.replayed_elements:
        yield (
            f"Recomputing it gives the same bits in {view.share(verdict.replayed_share)} of "
            f"{view.count(verdict.replayed_elements)} elements where that can be told."
        )
    if facts.bundle_digest:
        yield f"The audit's bundle has the digest {code(facts.bundle_digest)}; `parentage verify` checks it."
    else:
        yield f"The audit's verdict has the digest {code(facts.verdict_digest)}."
