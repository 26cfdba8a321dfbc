"""Reads an audit's findings into the facts that all papers are written from.

A paper cites the bundle by its digest, so a bundle whose files are not those of its lists is refused.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container, open_container
from parentage.evidence.manifest import MANIFEST, check_files, read_manifest
from parentage.finding import DESCENT
from parentage.report import view
from parentage.report.papers.records import (
    Ancestor,
    ClaimOutcome,
    ConflictFact,
    DeclaredOutcome,
    Disclosure,
    DocumentationFact,
    FieldFact,
    FoundParent,
    LicenceFact,
    ObligationFact,
    PaperFacts,
    PaperModel,
    PaperVerdict,
    ResponseFact,
    WeightFile,
)
from parentage.report.reading import number_or_none, read_audit
from parentage.report.records import Audit, Document, Model, Row

MOST_NAME = 300
MOST_TEXT = 4_000
MOST_ROWS = 10_000
MOST_DOCUMENT_BYTES = 4 << 20
_TEXTS = re.compile(r"documents/([^/]{1,100})/((?:README|LICENSE|LICENCE|NOTICE|COPYING|USE_POLICY)[^/]{0,100})")
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SHA256 = re.compile(r"sha256:[0-9a-f]{64}")


def read_facts(directory: Path) -> PaperFacts:
    """Return the facts of an audit's folder, or of a bundle as folder or zip.

    Raises InputError where a file is malformed, is not what the bundle's lists say, or two models share an id.
    """
    audit = read_audit(directory)
    inner = directory / "bundle"
    container = open_container(inner if inner.is_dir() else directory)
    names = set(container.names())
    bundle_digest = ""
    if MANIFEST in names:
        manifest = read_manifest(container)
        check_files(container, manifest)
        bundle_digest = manifest.digest
    document = audit.document
    models = _models(document, _weight_files(container), container.where)
    documents = _documents(container)
    environment = _loaded(container, "as-run/environment.json")
    return PaperFacts(
        subject=models[0],
        candidates=models[1:],
        verdict=_verdict(document, models[1:], container.where),
        disclosure=_disclosure(document),
        fields=_fields(document),
        licences=_licences(document),
        obligations=_obligations(document),
        conflicts=_conflicts(document),
        responses=_responses(audit),
        card=documents.get("subject/README.md"),
        documents=documents,
        bundle_digest=bundle_digest,
        verdict_digest=_verdict_digest(audit),
        tool_version=line(document.run.get("parentage"), MOST_NAME) or _tool_version(environment),
        written=_written(environment),
    )


def line(value: object, most: int = MOST_TEXT) -> str:
    """Return a value as one line of at most `most` characters, without control, direction or invisible characters."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else str(value)
    return view.shorten(visible(" ".join(text[: 4 * most].split())), most)


def visible(text: str) -> str:
    """Return `text` with every control, format and line-breaking character and every noncharacter made visible."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    code = ord(character)
    hidden = unicodedata.category(character) in _HIDDEN or code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return "\ufffd" if hidden else character


def _models(document: Document, files: Mapping[str, tuple[WeightFile, ...]], where: str) -> tuple[PaperModel, ...]:
    models = (_model(document.subject, "subject", files), *(_model(m, m.id, files) for m in document.candidates))
    seen: set[str] = set()
    for model in models:
        if not model.id or model.id in seen:
            raise InputError(f"{where}/verdict.json", f"model id {model.id!r}", "must be there once, and not empty")
        seen.add(model.id)
    return models


def _model(model: Model, model_id: str, files: Mapping[str, tuple[WeightFile, ...]]) -> PaperModel:
    return PaperModel(
        id=line(model_id, MOST_NAME),
        name=line(model.name, MOST_NAME) or "(unnamed)",
        digest=line(model.digest, MOST_NAME),
        digest_recipe=line(model.digest_recipe, MOST_NAME),
        location=line(model.location, MOST_TEXT),
        revision=line(model.revision, MOST_NAME),
        files=files.get(model_id, ()),
    )


def _weight_files(container: Container) -> dict[str, tuple[WeightFile, ...]]:
    """Return each model's weight files, from what the audit says that it read."""
    found: dict[str, tuple[WeightFile, ...]] = {}
    for entry in _mappings(_loaded(container, "inputs.json").get("models")):
        rows = []
        for item in _mappings(entry.get("files")):
            size, digest = item.get("size"), item.get("digest")
            rows.append(
                WeightFile(
                    path=line(item.get("path"), MOST_NAME),
                    size_bytes=size if type(size) is int and size >= 0 else 0,
                    digest=digest if isinstance(digest, str) and _SHA256.fullmatch(digest) else "",
                )
            )
        model_id = entry.get("id")
        if isinstance(model_id, str):
            found[model_id] = tuple(rows)
    return found


def _verdict(document: Document, candidates: tuple[PaperModel, ...], where: str) -> PaperVerdict:
    decision = document.decision
    by_id = {model.id: model for model in candidates}
    named: list[Ancestor] = []
    for parent in decision.parents:
        model = by_id.get(line(parent.id, MOST_NAME))
        if model is None:
            raise InputError(f"{where}/verdict.json", f"parent {parent.id!r}"[:120], "must be one of the candidates")
        if any(other.model.id == model.id for other in named):
            raise InputError(f"{where}/verdict.json", f"parent {parent.id!r}"[:120], "must be named once")
        named.append(Ancestor(model=model, weight=parent.weight, low=parent.low, high=parent.high))
    descends = decision.relation in DESCENT
    return PaperVerdict(
        relation=line(decision.relation, MOST_NAME),
        then=tuple(line(step, MOST_NAME) for step in decision.then),
        statement=line(decision.statement),
        method=line(decision.method, MOST_NAME),
        arithmetic=line(decision.arithmetic, MOST_NAME),
        policy=line(decision.policy, MOST_NAME),
        ancestors=tuple(named) if descends else (),
        related=() if descends else tuple(named),
        replayed_share=decision.replayed_share,
        replayed_elements=decision.replayed_elements,
        coverage=decision.coverage,
        alternatives=tuple(line(text) for text in decision.alternatives),
    )


def _disclosure(document: Document) -> Disclosure:
    answer = document.answer("disclosure")
    found = answer is not None and answer.status == "finding"
    return Disclosure(
        status=line(answer.measure("status"), MOST_NAME) if answer is not None and found else "",
        statement=line(answer.statement) if answer is not None else "",
        found=tuple(
            FoundParent(
                id=line(row.get("id"), MOST_NAME),
                name=line(row.get("name"), MOST_NAME),
                weight=number_or_none(row.get("weight")),
                low=number_or_none(row.get("low")),
                high=number_or_none(row.get("high")),
                **_texts(row, "relation", "declared", "where", "note"),
            )
            for row in _rows(document, "disclosure", "parents")
        ),
        declared=tuple(
            DeclaredOutcome(
                weight=number_or_none(row.get("weight")),
                **_texts(row, "value", "relation", "where", "outcome", "note"),
            )
            for row in _rows(document, "disclosure", "declared")
        ),
        claims=tuple(
            ClaimOutcome(**_texts(row, "kind", "quote", "where", "outcome", "note"))
            for row in _rows(document, "disclosure", "claims")
        ),
        documentation=tuple(
            DocumentationFact(**_texts(row, "fact", "status", "where", "note"))
            for row in _rows(document, "disclosure", "documentation")
        ),
    )


def _fields(document: Document) -> tuple[FieldFact, ...]:
    rows = _rows(document, "declaration", "fields")
    return tuple(FieldFact(**_model_of(row), **_texts(row, "name", "value", "where")) for row in rows)


def _licences(document: Document) -> tuple[LicenceFact, ...]:
    columns = ("declared", "key", "how", "where", "digest", "note")
    rows = _rows(document, "declaration", "licences")
    return tuple(LicenceFact(**_model_of(row), **_texts(row, *columns)) for row in rows)


def _obligations(document: Document) -> tuple[ObligationFact, ...]:
    columns = ("licence", "clause", "kind", "trigger", "status", "where", "quote", "note")
    rows = _rows(document, "obligations", "obligations")
    return tuple(ObligationFact(parent=line(row.get("parent"), MOST_NAME), **_texts(row, *columns)) for row in rows)


def _conflicts(document: Document) -> tuple[ConflictFact, ...]:
    rows = _rows(document, "obligations", "conflicts")
    return tuple(ConflictFact(**_texts(row, "kind", "parents", "licences", "why")) for row in rows)


def _responses(audit: Audit) -> tuple[ResponseFact, ...]:
    """Return the other side's words, which travel with every paper."""
    states = {dispute.number: dispute.state for dispute in audit.disputes}
    said = [
        ResponseFact(
            kind=line(response.kind, MOST_NAME),
            role=line(response.role, MOST_NAME),
            by=line(response.by, MOST_NAME),
            date=line(response.date, MOST_NAME),
            finding=line(response.finding, MOST_NAME),
            text=line(response.text),
            state=states.get(response.number, ""),
        )
        for response in audit.responses
    ]
    answer = audit.case.response if audit.case is not None else None
    if answer is not None:
        by, date = line(answer.by, MOST_NAME), line(answer.date, MOST_NAME)
        fact = ResponseFact(kind="response", role="", by=by, date=date, finding="", text=line(answer.text), state="")
        said.insert(0, fact)
    return tuple(said)


def _rows(document: Document, question: str, table: str) -> tuple[Row, ...]:
    rows = document.rows(question, table)
    if len(rows) > MOST_ROWS:
        raise InputError("verdict.json", f"{len(rows)} rows in {question}/{table}", f"at most {MOST_ROWS}")
    return rows


def _texts(row: Row, *columns: str) -> dict[str, str]:
    return {column: line(row.get(column)) for column in columns}


def _model_of(row: Row) -> dict[str, str]:
    return {"model": line(row.get("model"), MOST_NAME)}


def _documents(container: Container) -> dict[str, bytes]:
    """Return the texts that papers quote, as read on the day; one that is too large to be a text is left out."""
    found = {}
    for name in container.names():
        match = _TEXTS.fullmatch(name)
        if match is not None and container.size(name) <= MOST_DOCUMENT_BYTES:
            found[f"{match[1]}/{match[2]}"] = container.read(name)
    return found


def _loaded(container: Container, name: str) -> Mapping[str, object]:
    """Return a JSON object of the container, empty where it is not there or no object."""
    if name not in container.names():
        return {}
    value = parse_json(container.read(name), f"{container.where}/{name}")
    return value if isinstance(value, Mapping) else {}


def _mappings(value: object) -> Sequence[Mapping[str, object]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _verdict_digest(audit: Audit) -> str:
    return next(f"sha256:{source.sha256}" for source in audit.sources if source.name == "verdict.json")


def _tool_version(environment: Mapping[str, object]) -> str:
    packages = environment.get("packages")
    return line(packages.get("parentage"), MOST_NAME) if isinstance(packages, Mapping) else ""


def _written(environment: Mapping[str, object]) -> str:
    """Return the audit's time in UTC to the second; a time that cannot be read is none."""
    value = environment.get("written")
    if not isinstance(value, str) or len(value) > 40:
        return ""
    try:
        moment = datetime.fromisoformat(value)
        moment = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return moment.replace(microsecond=0).isoformat()
