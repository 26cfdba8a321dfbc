"""What a publisher declares about a model, as read: each fact with the file and line it stands on."""

from dataclasses import dataclass
from typing import Literal

# The protocol's questions, in the order of their findings.
DECLARATION, FILE_KINSHIP, DISCLOSURE, OBLIGATIONS = QUESTIONS = (
    "declaration",
    "file-kinship",
    "disclosure",
    "obligations",
)

# What a card says about how the model came about.
ClaimKind = Literal[
    "from-scratch", "no-parents", "fine-tune", "post-trained", "merge", "distilled", "quantized", "adapter"
]
FactStatus = Literal["present", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredField:
    """One field of the card's front matter, of a config or of another file, as text; `where` is `FILE:LINE`."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredParent:
    """A model that the publisher names as a parent. `relation` is the Hub's word, "" where none is said.

    `weight` is the share in a merge where one is declared.
    """

    value: str
    relation: str
    weight: float | None
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A sentence of the card on where the model comes from; `about` names the other model, "" where none is named."""

    kind: ClaimKind
    quote: str
    about: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentedFact:
    """One usual fact of training documentation (data, compute, steps, ...): there, and where; or absent."""

    name: str
    status: FactStatus
    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredLicence:
    """The licence fields as written; `key` is the known licence that they mean, None where that cannot be said."""

    license: str
    license_name: str
    license_link: str
    key: str | None
    where: str
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """All that one model's repository declares. `problems` are lines on files that could not be read, and why."""

    fields: tuple[DeclaredField, ...]
    parents: tuple[DeclaredParent, ...]
    relation: str
    licence: DeclaredLicence
    claims: tuple[Claim, ...]
    facts: tuple[DocumentedFact, ...]
    benchmark_tables: int
    problems: tuple[str, ...]
