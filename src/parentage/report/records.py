"""What a report is rendered from, as typed records: the verdict, the per-tensor table, the case, the responses."""

from collections.abc import Mapping
from dataclasses import dataclass

from parentage.evidence.responses import Dispute
from parentage.evidence.responses import Response as SignedResponse
from parentage.finding import Coverage, Scalar

Row = Mapping[str, Scalar]


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
    responses: tuple[SignedResponse, ...] = ()
    disputes: tuple[Dispute, ...] = ()
