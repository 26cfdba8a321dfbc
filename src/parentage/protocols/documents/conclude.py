"""Draws the four findings of the documents protocol from what was read and from the verdict on the weights."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from parentage.digest import sha256_of
from parentage.finding import DESCENT, Coverage, Finding, Measurement, NotApplicable, Result, Scalar, Verdict
from parentage.licensing.conflicts import find_conflicts
from parentage.licensing.obligations import check_obligations
from parentage.licensing.records import Conflict, Obligation, ParentTerms, Published, Trigger
from parentage.protocols.documents.declaration import read_declaration
from parentage.protocols.documents.disclosure import conclude_disclosure
from parentage.protocols.documents.evidence import SUBJECT, DocumentedModel, DocumentsEvidence
from parentage.protocols.documents.kinship import conclude_files
from parentage.protocols.documents.licences_found import FoundLicence, copyright_lines, decode, find_licence
from parentage.protocols.documents.records import (
    DECLARATION,
    FILE_KINSHIP,
    OBLIGATIONS,
    Declaration,
)

_VERSION = "1"
_MOST_VALUE = 500
_MOST_ROWS = 400
# What people read, where something that is asked for would stand.
_TEXTS = ("readme", "licen", "notice", "copying", "model_licen")
_NOTHING = Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0)

Rows = tuple[Mapping[str, Scalar], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Documented:
    """A model with what its files declare."""

    model: DocumentedModel
    texts: Mapping[str, bytes]
    declaration: Declaration
    licence: FoundLicence


def conclude_documents(evidence: DocumentsEvidence, verdict: Verdict) -> tuple[Result, ...]:
    """Return the findings in order. The same files and verdict give the same findings; raises InputError never."""
    everyone = [_read(model, evidence) for model in evidence.models]
    subject, candidates = everyone[0], everyone[1:]
    names = {one.model.id: one.model.name for one in everyone}
    kinship: Result = (
        conclude_files(evidence.kinship, names)
        if evidence.kinship is not None
        else NotApplicable(
            question=FILE_KINSHIP, version="1", reason="no tokenizer, template or card could be compared"
        )
    )
    return (
        _declaration(subject, candidates),
        kinship,
        conclude_disclosure(
            subject.declaration,
            verdict,
            [one.model for one in candidates],
            subject.model,
            texts=subject.texts,
            theirs={one.model.id: one.declaration for one in candidates},
        ),
        _obligations(subject, {one.model.id: one for one in candidates}, verdict),
    )


def _read(model: DocumentedModel, evidence: DocumentsEvidence) -> _Documented:
    texts = evidence.texts.get(model.id, {})
    others = [name for other in evidence.models if other.id != model.id for name in other.known_as]
    declaration = read_declaration(texts, names=model.known_as, others=others)
    return _Documented(model=model, texts=texts, declaration=declaration, licence=find_licence(declaration, texts))


def _declaration(subject: _Documented, candidates: list[_Documented]) -> Finding:
    own = subject.declaration
    everyone = [subject, *candidates]
    tables: dict[str, Rows] = {
        "fields": tuple(
            {"model": one.model.id, "name": field.name, "value": _cut(field.value), "where": field.where}
            for one in everyone
            for field in one.declaration.fields
        ),
        "parents": tuple(
            {
                "model": one.model.id,
                "value": _cut(parent.value),
                "relation": parent.relation,
                "weight": parent.weight,
                "where": parent.where,
            }
            for one in everyone
            for parent in one.declaration.parents
        ),
        "claims": tuple(
            {"kind": claim.kind, "quote": _cut(claim.quote), "about": _cut(claim.about), "where": claim.where}
            for claim in own.claims
        ),
        "documentation": tuple(
            {"fact": fact.name, "status": fact.status, "value": _cut(fact.value), "where": fact.where}
            for fact in own.facts
        ),
        "licences": tuple(_licence_row(one) for one in everyone),
        "files": tuple(
            {"model": one.model.id, "path": name, "bytes": len(data), "digest": sha256_of(data)}
            for one in everyone
            for name, data in sorted(one.texts.items())
        ),
        "problems": tuple(
            {"model": one.model.id, "line": _cut(line)}
            for one in everyone
            for line in (*one.declaration.problems, *(f"{name}: not read" for name in one.model.unread))
        ),
    }
    return Finding(
        question=DECLARATION,
        version=_VERSION,
        statement=_declared_words(subject),
        coverage=_NOTHING,
        measurements=(
            Measurement(name="declared_parents", value=len(own.parents), unit="models"),
            Measurement(name="claims", value=len(own.claims), unit="sentences"),
            Measurement(name="benchmark_tables", value=own.benchmark_tables, unit="tables"),
        ),
        tables={name: rows[:_MOST_ROWS] for name, rows in tables.items() if rows},
    )


def _licence_row(one: _Documented) -> Mapping[str, Scalar]:
    found = one.licence
    return {
        "model": one.model.id,
        "declared": _cut(found.declared),
        "key": found.key,
        "how": found.how,
        "where": found.where,
        "digest": found.digest,
        "note": _cut(found.note),
    }


def _declared_words(subject: _Documented) -> str:
    own, licence = subject.declaration, subject.licence
    parents = ", ".join(_cut(one.value, 80) for one in own.parents[:8])
    parts = [
        f"{subject.model.name} declares {parents} as parents."
        if parents
        else f"{subject.model.name} declares no parent."
    ]
    if own.claims:
        kinds = ", ".join(dict.fromkeys(claim.kind for claim in own.claims))
        parts.append(f"Its card says where it comes from in {len(own.claims)} sentences ({kinds}).")
    parts.append(
        f"Its licence is {licence.key} ({licence.how.replace('-', ' ')})."
        if licence.key
        else f"Its licence is not known{': ' + licence.note if licence.note else ''}."
    )
    missing = [fact.name for fact in own.facts if fact.status == "absent"]
    if missing and own.facts:
        parts.append(f"Of {len(own.facts)} usual facts on training {len(missing)} are absent.")
    return _cut(" ".join(parts), 1500)


def _obligations(subject: _Documented, candidates: Mapping[str, _Documented], verdict: Verdict) -> Result:
    parents = [candidates[one.id] for one in verdict.parents if one.id in candidates]
    if verdict.relation not in DESCENT or not parents:
        reason = f"the verdict is {verdict.relation} and names no parent whose terms could ask for anything"
        return NotApplicable(question=OBLIGATIONS, version=_VERSION, reason=reason)
    terms = [
        ParentTerms(
            id=one.model.id,
            name=one.model.name,
            licence=one.licence.key or None,
            notice="\n".join(_notices(one)),
            copyright="\n".join(copyright_lines(one.texts)),
        )
        for one in parents
    ]
    published = Published(
        name=subject.model.name,
        files={name: decode(data) for name, data in subject.texts.items()},
        licences=subject.licence.files,
        declared=subject.declaration.licence.key,
    )
    trigger: Trigger = "redistribute-verbatim" if verdict.relation == "identical" else "redistribute-derivative"
    found = _of_what_was_read(check_obligations(terms, published, trigger=trigger), subject.model)
    conflicts = find_conflicts(terms, published.declared)
    return Finding(
        question=OBLIGATIONS,
        version=_VERSION,
        statement=_owed_words(found, conflicts),
        coverage=_NOTHING,
        measurements=tuple(
            Measurement(name=status.replace("-", "_"), value=sum(one.status == status for one in found), unit="clauses")
            for status in ("met", "not-found", "not-checkable", "disputed", "unknown-licence")
        ),
        tables={
            name: rows
            for name, rows in (
                ("obligations", tuple(_obligation_row(one) for one in found)),
                ("conflicts", tuple(_conflict_row(one) for one in conflicts)),
            )
            if rows
        },
    )


def _of_what_was_read(rows: tuple[Obligation, ...], subject: DocumentedModel) -> tuple[Obligation, ...]:
    """Return the rows; what was not found may stand in a file that is there and could not be read."""
    unread = [name for name in subject.unread if name.casefold().startswith(_TEXTS)]
    if not unread:
        return rows
    note = f"{', '.join(unread[:5])} could not be read, and may hold it."
    return tuple(
        replace(row, status="not-checkable", note=f"{note} {row.note}") if row.status == "not-found" else row
        for row in rows
    )


def _notices(one: _Documented) -> Iterator[str]:
    for name, data in sorted(one.texts.items()):
        if name.casefold().rpartition("/")[2].startswith("notice"):
            yield decode(data)


def _obligation_row(one: Obligation) -> Mapping[str, Scalar]:
    return {
        "parent": one.parent,
        "licence": one.licence,
        "clause": one.clause,
        "kind": one.kind,
        "trigger": one.trigger,
        "status": one.status,
        "where": one.where,
        "quote": _cut(one.quote, 1000),
        "note": _cut(one.note, 1000),
    }


def _conflict_row(one: Conflict) -> Mapping[str, Scalar]:
    return {"kind": one.kind, "parents": ", ".join(one.parents), "licences": ", ".join(one.licences), "why": one.why}


def _owed_words(found: tuple[Obligation, ...], conflicts: tuple[Conflict, ...]) -> str:
    counts = {status: sum(one.status == status for one in found) for status in ("met", "not-found", "not-checkable")}
    unknown = sorted({one.parent for one in found if one.status == "unknown-licence"})
    parts = [
        f"The parents' licences ask for {len(found) - len(unknown)} things: {counts['met']} are met by a line of a "
        f"file, for {counts['not-found']} none was found, {counts['not-checkable']} cannot be told from files."
    ]
    if unknown:
        parts.append(f"The licence of {', '.join(unknown)} is not known.")
    parts.extend(one.why for one in conflicts[:4])
    parts.append("These are facts about texts, not legal advice; what was not found may be elsewhere.")
    return " ".join(parts)


def _cut(text: str, most: int = _MOST_VALUE) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def subject_of(evidence: DocumentsEvidence) -> DocumentedModel:
    """Return the subject; KeyError where the evidence has none."""
    return {model.id: model for model in evidence.models}[SUBJECT]
