"""What a licence is here: a text with a digest, clauses quoted from it, and how each clause stands in a repository.

A clause is never "violated": it is met, or what would meet it was not found, or nobody can tell from files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ClauseKind = Literal[
    "give-licence-copy",
    "retain-notice",
    "state-changes",
    "display-attribution",
    "name-prefix",
    "pass-on-use-restrictions",
    "same-licence",
    "non-commercial",
    "scale-threshold",
    "output-use-limit",
    "no-derivatives",
    "patent-retaliation",
]
Trigger = Literal[
    "redistribute-verbatim", "redistribute-derivative", "distil-from-outputs", "hosted-service", "commercial"
]
# What can be looked for in the files of a repository; "none" where files cannot show it.
Check = Literal[
    "licence-copy",
    "notice-kept",
    "changes-stated",
    "words-shown",
    "name-begins",
    "restrictions-passed-on",
    "licence-kept",
    "none",
]
Status = Literal["met", "not-found", "not-checkable", "disputed", "unknown-licence"]
Terms = Literal["permissive", "use-restricted", "share-alike", "non-commercial", "proprietary"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """A known licence. `key` is its SPDX id, or `LicenseRef-scancode-...` where SPDX has none.

    `declared_as` are the identifiers that cards use for it, lower case; `digest` is over the normalised text;
    `source` says where the text was taken from.
    """

    key: str
    name: str
    terms: Terms
    declared_as: tuple[str, ...]
    digest: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that a licence asks for: quoted, with its place in the vendored text (characters [start, stop)).

    `words` are what has to be shown or begun with, where the check is for words; `reviewed` is an ISO date.
    """

    licence: str
    id: str
    kind: ClauseKind
    trigger: Trigger
    check: Check
    quote: str
    start: int
    stop: int
    reviewed: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ParentTerms:
    """A parent and its licence, None where that is not known.

    `notice` is its NOTICE file's text, `copyright` the copyright lines of its licence file; "" without any.
    """

    id: str
    name: str
    licence: str | None
    notice: str = ""
    copyright: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What the subject's repository shows: its name, the text of its files, and which licence each text is.

    `declared` is the licence that the card declares, None where that is none or not known.
    """

    name: str
    files: Mapping[str, str]
    licences: Mapping[str, str]
    declared: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Obligation:
    """One clause of one parent, and how it stands; `where` is `FILE:LINE` of what meets it, else empty."""

    parent: str
    licence: str
    clause: str
    kind: ClauseKind | Literal[""]
    trigger: Trigger | Literal[""]
    status: Status
    where: str
    quote: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Terms that cannot all be kept, by set logic alone; `why` is one plain sentence."""

    kind: Literal["dropped-flow-down", "two-share-alike", "non-commercial-parent", "no-derivatives"]
    parents: tuple[str, ...]
    licences: tuple[str, ...]
    why: str
