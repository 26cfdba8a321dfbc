"""What the parents' licences ask for when the subject is published, and whether it is there: facts, not advice.

A row for each parent and clause. Nothing is ever called broken: a clause is met at a place, or what would meet it was
not found, or readers can differ, or files cannot tell.
"""

from collections.abc import Mapping, Sequence

from parentage.licensing.clauses import clauses_of, has_clauses
from parentage.licensing.evidence_checks import (
    Evidence,
    find_licence_copy,
    find_licence_kept,
    find_name_prefix,
    find_notice,
    find_restrictions,
    find_words,
)
from parentage.licensing.records import Clause, Obligation, ParentTerms, Published, Trigger
from parentage.licensing.repository_text import RepositoryFile, read_files, shown
from parentage.licensing.statements_of_change import find_statement_of_change

# Conditions on what a publisher does beside publishing files.
_BESIDE = frozenset({"commercial", "hosted-service", "distil-from-outputs"})
_NOTICES_ONLY = frozenset({"give-licence-copy", "retain-notice", "state-changes", "patent-retaliation"})
_OWED = {
    "give-licence-copy": "a copy of the licence",
    "retain-notice": "the notices",
    "state-changes": "a statement that it was changed",
}
_COPIES_ONLY = (
    "The licence states this for copies of the parent itself; whether a model made from it is one is for its readers."
)
_DERIVATIVES_ONLY = (
    "The licence states this for works made from the parent; whether a bare copy is meant is for its readers."
)
_UNSEEN = {
    "state-changes": "Whether the condition of this clause arises, files do not show.",
    "non-commercial": "What the model is used for, files do not show.",
    "scale-threshold": "Users and revenue are not in files.",
    "output-use-limit": "Whether the model or its replies were used to improve another, files do not show.",
    "no-derivatives": "The licence gives no leave to publish a derivative; whether this is one in its sense, or leave "
    "was given elsewhere, files do not show.",
    "same-licence": "Whether the terms of the published model satisfy this, files do not show.",
    "display-attribution": "Whether the condition of this clause arises, files do not show.",
}


def check_obligations(
    parents: Sequence[ParentTerms], published: Published, *, trigger: Trigger = "redistribute-derivative"
) -> tuple[Obligation, ...]:
    """Return a row for each parent and clause that the trigger raises, in the order of parents and of each licence.

    Clauses on use, scale, hosting and outputs come as `not-checkable`; clauses that a licence states only for copies of
    the parent itself come as `met` or `disputed` where the subject is a derivative, and so do clauses on notices that
    it states only for derivatives where the subject is a copy. A parent whose licence is not known has one row; one
    whose licence asks for nothing has none. Clauses on lawsuits are not raised by publishing.
    """
    files = read_files(published.files, published.licences)
    rows: list[Obligation] = []
    for parent in parents:
        if parent.licence is None or not has_clauses(parent.licence):
            rows.append(_unknown(parent))
            continue
        others = [other for other in parents if other is not parent]
        rows += [
            _row(parent, clause, _evidence(parent, clause, trigger, others, published, files))
            for clause in _raised(clauses_of(parent.licence), trigger)
        ]
    return tuple(rows)


def is_permissive(licence: str) -> bool:
    """Return whether a known licence asks for notices, copies and a statement of changes at most."""
    return all(clause.kind in _NOTICES_ONLY for clause in clauses_of(licence))


def what_is_owed(licence: str) -> str:
    """Return in words what a permissive licence asks for when a model made from another is published."""
    kinds = dict.fromkeys(clause.kind for clause in clauses_of(licence) if clause.kind in _OWED)
    said = [_OWED[kind] for kind in kinds]
    if not said:
        return "nothing"
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _raised(clauses: Sequence[Clause], trigger: Trigger) -> list[Clause]:
    """Return one clause for each id that the trigger raises, in the licence's order.

    An id comes with the trigger where it has it. Without it, an id that is on use beside publishing alone is shown too,
    one on copies alone where a derivative is published, and one on notices in derivatives where a copy is.
    """
    by_id: dict[str, dict[str, Clause]] = {}
    for clause in clauses:
        if clause.kind != "patent-retaliation":
            by_id.setdefault(clause.id, {})[clause.trigger] = clause
    raised = []
    for triggers in by_id.values():
        if trigger in triggers:
            raised.append(triggers[trigger])
        elif set(triggers) <= _BESIDE:
            raised.append(next(iter(triggers.values())))
        elif trigger == "redistribute-derivative":
            raised.append(triggers["redistribute-verbatim"])
        elif trigger == "redistribute-verbatim" and _is_on_notices(triggers):
            raised.append(triggers["redistribute-derivative"])
    return raised


def _is_on_notices(triggers: Mapping[str, Clause]) -> bool:
    clause = triggers.get("redistribute-derivative")
    return clause is not None and clause.kind == "retain-notice"


def _evidence(
    parent: ParentTerms,
    clause: Clause,
    trigger: Trigger,
    others: Sequence[ParentTerms],
    published: Published,
    files: Sequence[RepositoryFile],
) -> Evidence:
    if clause.trigger in _BESIDE and clause.trigger != trigger:
        note = _UNSEEN.get(clause.kind, f"This is a condition on {clause.trigger}, which files do not show.")
        return Evidence(status="not-checkable", note=note)
    found = _look(parent, clause, others, published, files)
    if clause.trigger != trigger and found.status == "not-found":
        why = _COPIES_ONLY if clause.trigger == "redistribute-verbatim" else _DERIVATIVES_ONLY
        return Evidence(status="disputed", note=f"{found.note} {why}")
    return found


def _look(
    parent: ParentTerms,
    clause: Clause,
    others: Sequence[ParentTerms],
    published: Published,
    files: Sequence[RepositoryFile],
) -> Evidence:
    match clause.check:
        case "licence-copy":
            return find_licence_copy(clause, files)
        case "notice-kept":
            return find_notice(clause, parent, files)
        case "changes-stated":
            return find_statement_of_change(parent, others, published.name, files)
        case "words-shown":
            return find_words(clause, files)
        case "name-begins":
            return find_name_prefix(clause, published, files)
        case "restrictions-passed-on":
            return find_restrictions(clause, parent, files)
        case "licence-kept":
            return find_licence_kept(clause, published, files)
        case "none":
            return Evidence(status="not-checkable", note=_UNSEEN.get(clause.kind, "Files do not show this."))


def _row(parent: ParentTerms, clause: Clause, found: Evidence) -> Obligation:
    note = found.note
    if is_permissive(clause.licence):
        note = f"{note} Merging is permitted by this licence; what is owed is {what_is_owed(clause.licence)}, no more."
    return Obligation(
        parent=shown(parent.id),
        licence=clause.licence,
        clause=clause.id,
        kind=clause.kind,
        trigger=clause.trigger,
        status=found.status,
        where=found.where,
        quote=" ".join(clause.quote.split()),
        note=note,
    )


def _unknown(parent: ParentTerms) -> Obligation:
    known = parent.licence is not None
    why = "is none whose clauses were reviewed" if known else "is not known: no text or identifier that is recognised"
    return Obligation(
        parent=shown(parent.id),
        licence=shown(parent.licence or ""),
        clause="",
        kind="",
        trigger="",
        status="unknown-licence",
        where="",
        quote="",
        note=f"The parent's licence {why}. What it asks for cannot be said.",
    )
