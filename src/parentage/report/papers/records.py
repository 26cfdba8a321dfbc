"""The facts that all papers are written from, so that no two papers of one audit can say different things.

Texts are single lines without control characters, cut where a hostile file made them long; `""` means "not said".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from parentage.finding import Coverage


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightFile:
    """One file of weights: its digest is `sha256:<hex>` over the whole file, `""` where it was not read whole."""

    path: str
    size_bytes: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperModel:
    """The subject (id `subject`) or a candidate. `digest` is over all weight files by `digest_recipe`, not a file's."""

    id: str
    name: str
    digest: str
    digest_recipe: str
    location: str
    revision: str
    files: tuple[WeightFile, ...]

    @property
    def hashed(self) -> Literal["read", "listed", "no"]:
        """Whether `digest` is over bytes that the audit read, over what a hub lists, or not over the weights at all."""
        match self.digest_recipe:
            case "sha256 of sorted `shard\\0sha256\\n` lines":
                return "read"
            case "sha256 of sorted `shard\\0sha256\\n` lines, the shards' sha256 as the hub lists them":
                return "listed"
            case _:
                return "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ancestor:
    """A candidate that the verdict names; the weight (a share of one) and its interval only for merges."""

    model: PaperModel
    weight: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperVerdict:
    """The verdict. `ancestors` is empty unless the relation is one of descent; `related` are others that it names."""

    relation: str
    then: tuple[str, ...]
    statement: str
    method: str
    arithmetic: str
    policy: str
    ancestors: tuple[Ancestor, ...]
    related: tuple[Ancestor, ...]
    replayed_share: float | None
    replayed_elements: int | None
    coverage: Coverage | None
    alternatives: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundParent:
    """A parent of the verdict beside what is declared of it: `declared`, `declared-wrongly`, `unclear` or
    `not-declared`."""

    id: str
    name: str
    relation: str
    weight: float | None
    low: float | None
    high: float | None
    declared: str
    where: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredOutcome:
    """A parent that is declared, and what the audit says to it: `found`, `contradicted` or `not-testable`."""

    value: str
    relation: str
    weight: float | None
    where: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimOutcome:
    """A sentence of the card, and how it stands: `consistent`, `contradicted` or `not-testable`."""

    kind: str
    quote: str
    where: str
    outcome: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentationFact:
    """A usual fact of training documentation: `present`, `absent` or `inconsistent`."""

    fact: str
    status: str
    where: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFact:
    """A declared field of a model's card or config, as text."""

    model: str
    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenceFact:
    """A model's licence: `declared` as written, `key` the known licence that it is, `how` that is known.

    `how` is text, declared, text-and-declared, none or contradictory; `digest` is over the licence text as read.
    """

    model: str
    declared: str
    key: str
    how: str
    where: str
    digest: str
    note: str

    @property
    def concluded(self) -> str:
        """The key where a text was identified, which is more than a label; else `""`."""
        return self.key if self.how in ("text", "text-and-declared") else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationFact:
    """One clause of a parent's licence: `met`, `not-found`, `not-checkable`, `disputed` or `unknown-licence`."""

    parent: str
    licence: str
    clause: str
    kind: str
    trigger: str
    status: str
    where: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictFact:
    """Terms that cannot all be kept; parents and licences are joined by `, `."""

    kind: str
    parents: str
    licences: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Declared beside found. `status` is consistent, contradicted, undeclared or undecided, `""` where not asked."""

    status: str
    statement: str
    found: tuple[FoundParent, ...]
    declared: tuple[DeclaredOutcome, ...]
    claims: tuple[ClaimOutcome, ...]
    documentation: tuple[DocumentationFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFact:
    """What somebody answered: signed into the bundle, or written in the case (kind `response`, no role).

    `state` is where a dispute stands (open, answered, reconciled, withdrawn), `""` for what is no dispute.
    """

    kind: str
    role: str
    by: str
    date: str
    finding: str
    text: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFacts:
    """All that papers say. Findings that the audit lacks leave empty tuples.

    `card` is the subject's README.md as read, None without one; `documents` are texts as read by `<model id>/<name>`
    (README, LICENSE, NOTICE). `bundle_digest` is that of manifest.json, `""` without one; `verdict_digest` is that of
    verdict.json. `written` is the audit's own time in ISO 8601, `""` where unknown.
    """

    subject: PaperModel
    candidates: tuple[PaperModel, ...]
    verdict: PaperVerdict
    disclosure: Disclosure
    fields: tuple[FieldFact, ...]
    licences: tuple[LicenceFact, ...]
    obligations: tuple[ObligationFact, ...]
    conflicts: tuple[ConflictFact, ...]
    responses: tuple[ResponseFact, ...]
    card: bytes | None
    documents: Mapping[str, bytes]
    bundle_digest: str
    verdict_digest: str
    tool_version: str
    written: str

    def model(self, model_id: str) -> PaperModel | None:
        """The model of that id (`subject` or a candidate's), or None."""
        return next((model for model in (self.subject, *self.candidates) if model.id == model_id), None)

    def licence(self, model_id: str) -> LicenceFact | None:
        """The licence of the model of that id, or None where the audit has none."""
        return next((licence for licence in self.licences if licence.model == model_id), None)
