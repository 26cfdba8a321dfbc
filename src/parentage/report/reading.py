"""Reads what an audit left in a directory into typed records, tolerant of fields it does not know.

The report is rendered from these files alone, so that a reader of the files can make the same page.
"""

import hashlib
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container, open_container
from parentage.evidence.manifest import read_manifest
from parentage.evidence.responses import Response as SignedResponse
from parentage.evidence.responses import disputes_of, parse_responses
from parentage.evidence.signing import read_statements
from parentage.evidence.verdict_file import parse_table
from parentage.finding import Coverage, Scalar
from parentage.report.records import (
    Answer,
    Audit,
    Case,
    Decision,
    Document,
    Model,
    NamedParent,
    Response,
    Row,
    SourceFile,
    TensorRow,
)

# A checkpoint of a thousand billion parameters in fused experts has some 1e5 tensors; more is not a checkpoint.
MAX_TENSORS = 5_000_000
MAX_DOCUMENT_BYTES = 256 * 2**20


def read_audit(directory: Path) -> Audit:
    """Read an audit's folder, or a bundle as folder or zip; raises InputError when a file in it is malformed."""
    inner = directory / "bundle"
    container = open_container(inner if inner.is_dir() else directory)
    names = set(container.names())
    verdict_where = f"{container.where}/verdict.json"
    if "verdict.json" not in names:
        raise InputError(verdict_where, "missing", "a report is rendered from an audit's verdict.json")
    raw = _bounded(container, "verdict.json")
    sources = [_source_file("verdict.json", raw)]
    tensors: tuple[TensorRow, ...] | None = None
    if "tensors.parquet" in names:
        table = _bounded(container, "tensors.parquet")
        tensors = read_tensors(table, f"{container.where}/tensors.parquet")
        sources.append(_source_file("tensors.parquet", table))
    case: Case | None = None
    case_name = next((name for name in ("as-run/case.toml", "case.toml") if name in names), None)
    if case_name is not None:
        case_bytes = _bounded(container, case_name)
        case = parse_case(case_bytes, where=f"{container.where}/{case_name}")
        sources.append(_source_file("case.toml", case_bytes))
    document = parse_document(parse_json(raw, verdict_where), where=verdict_where)
    if "as-run/environment.json" in names:
        where = f"{container.where}/as-run/environment.json"
        document = _placed(document, parse_json(_bounded(container, "as-run/environment.json"), where))
    responses = _responses(container, raw) if any(name.startswith("responses/") for name in names) else ()
    return Audit(
        document=document,
        tensors=tensors,
        case=case,
        sources=tuple(sources),
        responses=responses,
        disputes=disputes_of(responses),
    )


def _responses(container: Container, verdict: bytes) -> tuple[SignedResponse, ...]:
    """Return what was answered; a response whose signature does not hold is an error, not a line in the report."""
    document = parse_json(verdict, f"{container.where}/verdict.json")
    statements = read_statements(container, read_manifest(container), document, ())
    return parse_responses(statements.responses, container.where)


def _bounded(container: Container, name: str) -> bytes:
    if container.size(name) > MAX_DOCUMENT_BYTES:
        raise InputError(f"{container.where}/{name}", f"{container.size(name)} bytes", f"at most {MAX_DOCUMENT_BYTES}")
    return container.read(name)


def _placed(document: Document, environment: object) -> Document:
    """Return the document with the places where the models were read, which the findings do not depend on."""
    listed = environment.get("models") if isinstance(environment, Mapping) else None
    places = {_text(entry.get("id")): entry for entry in _items(listed) if isinstance(entry, Mapping)}

    def place(model: Model, identifier: str) -> Model:
        entry = places.get(identifier, {})
        return replace(model, location=_text(entry.get("location")), revision=_text(entry.get("revision")))

    return replace(
        document,
        subject=place(document.subject, "subject"),
        candidates=tuple(place(model, model.id) for model in document.candidates),
    )


def parse_document(document: object, *, where: str = "verdict.json") -> Document:
    """The typed form of a loaded verdict.json; raises InputError when it has no verdict of schema v1."""
    if not isinstance(document, Mapping):
        raise InputError(where, type(document).__name__, "must be an object")
    schema = _text(document.get("schema"))
    if schema != "parentage.verdict/v1":
        raise InputError(where, schema or "no schema", "schema must be parentage.verdict/v1")
    verdict = document.get("verdict")
    if not isinstance(verdict, Mapping):
        raise InputError(where, "no verdict", "must hold a verdict object")
    run = document.get("run")
    return Document(
        schema=schema,
        subject=_parse_model(document.get("subject")),
        candidates=tuple(_parse_model(model) for model in _items(document.get("candidates"))),
        decision=_parse_decision(verdict),
        answers=tuple(parse_answer(item) for item in _items(document.get("findings")) if isinstance(item, Mapping)),
        run=_parse_row(run) if isinstance(run, Mapping) else {},
    )


def parse_case(raw: bytes, *, where: str = "case.toml") -> Case:
    """The parts of a case file that a report shows; raises InputError when it is not UTF-8 TOML."""
    try:
        text = raw.decode("utf-8")
        table = tomllib.loads(text)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(where, str(error), "must be TOML in UTF-8") from error
    answer = table.get("response")
    response = None
    if isinstance(answer, Mapping) and _text(answer.get("text")):
        response = Response(by=_text(answer.get("by")), date=_text(answer.get("date")), text=_text(answer.get("text")))
    return Case(text=text, command=_text(table.get("command")), response=response)


def read_tensors(data: bytes, where: str) -> tuple[TensorRow, ...]:
    """The rows of tensors.parquet; columns that are missing read as absent; raises InputError on a bad file."""
    columns = parse_table(data, list(TensorRow.__dataclass_fields__), where, most_rows=MAX_TENSORS)
    names = list(columns)
    return tuple(_parse_tensor(dict(zip(names, row, strict=True))) for row in zip(*columns.values(), strict=True))


def _parse_tensor(row: Mapping[str, Any]) -> TensorRow:
    layer = row.get("layer")
    return TensorRow(
        tensor=_text(row.get("tensor")),
        layer=_integer(layer) if layer is not None else None,
        kind=_text(row.get("kind")) or "(unnamed kind)",
        shape=_text(row.get("shape")),
        dtype=_text(row.get("dtype")),
        elements=_integer(row.get("elements")),
        elements_read=_integer(row.get("elements_read")),
        status=_text(row.get("status")) or "read",
        weight=number_or_none(row.get("weight")),
        weight_low=number_or_none(row.get("weight_low")),
        weight_high=number_or_none(row.get("weight_high")),
        weight_naive=number_or_none(row.get("weight_naive")),
        depth=number_or_none(row.get("depth")),
        mid_elements=_integer(row.get("mid_elements")),
        mid_replayed=_integer(row.get("mid_replayed")),
        one_elements=_integer(row.get("one_elements")),
        one_replayed=_integer(row.get("one_replayed")),
        agree_elements=_integer(row.get("agree_elements")),
        agree_replayed=_integer(row.get("agree_replayed")),
        residual_ratio=number_or_none(row.get("residual_ratio")),
        digest=_text(row.get("digest")),
        note=_text(row.get("note")),
    )


def _parse_model(model: object) -> Model:
    fields: Mapping[str, object] = model if isinstance(model, Mapping) else {}
    name = _text(fields.get("name"))
    identifier = _text(fields.get("id"))
    return Model(
        id=identifier,
        name=name or identifier or "(unnamed)",
        digest=_text(fields.get("digest")),
        digest_recipe=_text(fields.get("digest_recipe")),
        location=_text(fields.get("location")),
        revision=_text(fields.get("revision")),
    )


def _parse_decision(verdict: Mapping[str, object]) -> Decision:
    replayed = verdict.get("replayed")
    fields: Mapping[str, object] = replayed if isinstance(replayed, Mapping) else {}
    return Decision(
        relation=_text(verdict.get("relation")) or "inconclusive",
        then=tuple(_text(step) for step in _items(verdict.get("then"))),
        statement=_text(verdict.get("statement")),
        method=_text(verdict.get("method")) or None,
        arithmetic=_text(verdict.get("arithmetic")) or None,
        parents=tuple(
            NamedParent(
                id=_text(parent.get("id")),
                weight=number_or_none(parent.get("weight")),
                low=number_or_none(parent.get("low")),
                high=number_or_none(parent.get("high")),
            )
            for parent in _items(verdict.get("parents"))
            if isinstance(parent, Mapping)
        ),
        replayed_share=number_or_none(fields.get("share")),
        replayed_elements=_integer(fields.get("elements")) if "elements" in fields else None,
        coverage=_parse_coverage(verdict.get("coverage")),
        alternatives=tuple(_text(text) for text in _items(verdict.get("alternatives"))),
        policy=_text(verdict.get("policy")),
    )


def parse_answer(answer: Mapping[str, object]) -> Answer:
    """The typed form of one finding, whatever its question."""
    tables = answer.get("tables")
    named = tables if isinstance(tables, Mapping) else {}
    return Answer(
        question=_text(answer.get("question")),
        status=_text(answer.get("status")) or "finding",
        version=_text(answer.get("version")),
        statement=_text(answer.get("statement")) or _text(answer.get("reason")),
        coverage=_parse_coverage(answer.get("coverage")),
        measurements=tuple(_parse_row(row) for row in _items(answer.get("measurements")) if isinstance(row, Mapping)),
        tables={
            _text(name): tuple(_parse_row(row) for row in _items(rows) if isinstance(row, Mapping))
            for name, rows in named.items()
        },
    )


def _parse_coverage(coverage: object) -> Coverage | None:
    if not isinstance(coverage, Mapping):
        return None
    return Coverage(
        elements_read=_integer(coverage.get("elements_read")),
        elements=_integer(coverage.get("elements")),
        tensors_read=_integer(coverage.get("tensors_read")),
        tensors=_integer(coverage.get("tensors")),
    )


def _parse_row(row: Mapping[Any, object]) -> Row:
    return {str(key): value if isinstance(value, Scalar) else _text(value) for key, value in row.items()}


def _source_file(name: str, raw: bytes) -> SourceFile:
    return SourceFile(name=name, size_bytes=len(raw), sha256=hashlib.sha256(raw).hexdigest())


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)


def number_or_none(value: object) -> float | None:
    """A finite float, or None: JSON and Parquet both let NaN in, and no figure may be drawn from it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        converted = float(value)
    except OverflowError:
        return None
    return converted if math.isfinite(converted) else None


def _integer(value: object) -> int:
    if isinstance(value, int):
        return int(value)
    return int(value) if isinstance(value, float) and math.isfinite(value) else 0
