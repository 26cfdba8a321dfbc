"""What an audit may say: measurements, findings and the verdict, as frozen records.

Results of questions form a closed union, `Finding | NotApplicable | Failed`; nothing is skipped silently.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Relation = Literal[
    "identical",
    "merge",
    "fine-tune",
    "low-rank-fine-tune",
    "quantized",
    "pruned",
    "rearranged",
    "stacked",
    "shared-origin",
    "independent",
    "inconclusive",
]
# The weights come from a candidate's. A sibling is no parent, and what is not decided accuses nobody.
DESCENT: tuple[Relation, ...] = (
    "identical",
    "merge",
    "fine-tune",
    "low-rank-fine-tune",
    "quantized",
    "pruned",
    "rearranged",
    "stacked",
)
Afterwards = Literal["trained", "quantized", "pruned", "rearranged", "converted"]
Scalar = str | int | float | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of what there is was read."""

    elements_read: int
    elements: int
    tensors_read: int
    tensors: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One number with its unit and, where it has one, its interval."""

    name: str
    value: Scalar
    unit: str
    low: float | None = None
    high: float | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one question found; `tables` holds named rows for the report and for replicators."""

    question: str
    version: str
    statement: str
    coverage: Coverage
    measurements: tuple[Measurement, ...] = ()
    tables: Mapping[str, tuple[Mapping[str, Scalar], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotApplicable:
    """The question does not arise here, and why."""

    question: str
    version: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """The question arose and could not be answered, and why."""

    question: str
    version: str
    reason: str
    coverage: Coverage


Result = Finding | NotApplicable | Failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """A candidate that the verdict names; the weight and its interval only for merges."""

    id: str
    weight: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """Share of informative elements that were recomputed bit for bit, and how many there were."""

    share: float
    elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One relation out of a closed set, and all that qualifies it."""

    relation: Relation
    statement: str
    policy: str
    coverage: Coverage
    then: tuple[Afterwards, ...] = ()
    method: str | None = None
    arithmetic: str | None = None
    parents: tuple[Parent, ...] = ()
    replayed: Replayed | None = None
    alternatives: tuple[str, ...] = ()
