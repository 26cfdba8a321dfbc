"""Reads what an audit left in a directory into typed records, tolerant of fields it does not know.

The report is rendered from these files alone, so that a reader of the files can make the same page.
"""

import hashlib
import json
import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parentage.errors import InputError
from parentage.finding import Coverage, Scalar

Row = Mapping[str, Scalar]

# A checkpoint of a thousand billion parameters in fused experts has some 1e5 tensors; more is not a checkpoint.
MAX_TENSORS = 5_000_000
MAX_DOCUMENT_BYTES = 256 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A subject or candidate as the document names it; absent strings are empty."""

    id: str
    name: str
    digest: str
    digest_recipe: str
    location: str
    revision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedParent:
    """A parent in the verdict; weight and interval only for merges."""

    id: str
    weight: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The verdict as read: the relation is any string, because a later version may know more of them."""

    relation: str
    then: tuple[str, ...]
    statement: str
    method: str | None
    arithmetic: str | None
    parents: tuple[NamedParent, ...]
    replayed_share: float | None
    replayed_elements: int | None
    coverage: Coverage | None
    alternatives: tuple[str, ...]
    policy: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one question gave: `status` is finding, not-applicable or failed; `statement` holds the reason too."""

    question: str
    status: str
    version: str
    statement: str
    coverage: Coverage | None
    measurements: tuple[Row, ...]
    tables: Mapping[str, tuple[Row, ...]]

    def measure(self, name: str) -> Scalar:
        """The value of a measurement, or None."""
        return next((row.get("value") for row in self.measurements if row.get("name") == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """verdict.json."""

    schema: str
    subject: Model
    candidates: tuple[Model, ...]
    decision: Decision
    answers: tuple[Answer, ...]
    run: Row

    def answer(self, question: str) -> Answer | None:
        """The answer to `question`, or None when it was not asked."""
        return next((answer for answer in self.answers if answer.question == question), None)

    def rows(self, question: str, table: str) -> tuple[Row, ...]:
        """The rows of a finding's table; empty when there is no such finding or table."""
        answer = self.answer(question)
        return answer.tables.get(table, ()) if answer is not None else ()

    def model_name(self, model_id: str) -> str:
        """The name of the candidate `model_id`, the subject's for "subject", else the id itself."""
        if model_id == "subject":
            return self.subject.name
        return next((model.name or model.id for model in self.candidates if model.id == model_id), model_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorRow:
    """One row of tensors.parquet; counts are zero where the audit had none."""

    tensor: str
    layer: int | None
    kind: str
    shape: str
    dtype: str
    elements: int
    elements_read: int
    status: str
    weight: float | None
    weight_low: float | None
    weight_high: float | None
    weight_naive: float | None
    depth: float | None
    mid_elements: int
    mid_replayed: int
    one_elements: int
    one_replayed: int
    agree_elements: int
    agree_replayed: int
    residual_ratio: float | None
    digest: str
    note: str

    @property
    def replay_share(self) -> float | None:
        """Share of mid elements replayed, None when the tensor has none."""
        return self.mid_replayed / self.mid_elements if self.mid_elements else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The other side's answer as the case carries it."""

    by: str
    date: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """case.toml: its text as it ran, the command if it names one, and the response if there is one."""

    text: str
    command: str
    response: Response | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file that the report was rendered from."""

    name: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audit:
    """All that a report is rendered from; `tensors` and `case` are None when their files are missing."""

    document: Document
    tensors: tuple[TensorRow, ...] | None
    case: Case | None
    sources: tuple[SourceFile, ...]


def read_audit(directory: Path) -> Audit:
    """Read verdict.json, tensors.parquet and case.toml of `directory`; raises InputError when one is malformed."""
    verdict_path = directory / "verdict.json"
    if not verdict_path.is_file():
        raise InputError(str(verdict_path), "missing", "a report is rendered from an audit's verdict.json")
    if verdict_path.stat().st_size > MAX_DOCUMENT_BYTES:
        raise InputError(str(verdict_path), f"{verdict_path.stat().st_size} bytes", f"at most {MAX_DOCUMENT_BYTES}")
    raw = verdict_path.read_bytes()
    sources = [_source_file("verdict.json", raw)]
    tensors: tuple[TensorRow, ...] | None = None
    tensors_path = directory / "tensors.parquet"
    if tensors_path.is_file():
        tensors = read_tensors(tensors_path)
        sources.append(_source_file("tensors.parquet", tensors_path.read_bytes()))
    case: Case | None = None
    case_path = directory / "case.toml"
    if case_path.is_file():
        case_bytes = case_path.read_bytes()
        case = parse_case(case_bytes, where=str(case_path))
        sources.append(_source_file("case.toml", case_bytes))
    try:
        loaded = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(str(verdict_path), str(error), "must be JSON") from error
    return Audit(
        document=parse_document(loaded, where=str(verdict_path)), tensors=tensors, case=case, sources=tuple(sources)
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
        answers=tuple(_parse_answer(item) for item in _items(document.get("findings")) if isinstance(item, Mapping)),
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


def read_tensors(path: Path) -> tuple[TensorRow, ...]:
    """The rows of tensors.parquet; columns that are missing read as absent; raises InputError on a bad file."""
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            if file.metadata.num_rows > MAX_TENSORS:
                raise InputError(str(path), f"{file.metadata.num_rows} rows", f"at most {MAX_TENSORS}")
            known = [name for name in file.schema_arrow.names if name in TensorRow.__dataclass_fields__]
            rows = file.read(columns=known).to_pylist()
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(str(path), str(error), "must be a Parquet file") from error
    return tuple(_parse_tensor(row) for row in rows)


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


def _parse_answer(answer: Mapping[str, object]) -> Answer:
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
