"""The records that pass between the identity protocol's steps: prompts, requests, replies and how they are read."""

from dataclasses import dataclass
from typing import Literal

# The question that an interview answers.
SELF_REPORT = "self-report"

Language = Literal["en", "pt", "zh", "es", "fr", "ar"]
LANGUAGES: tuple[Language, ...] = ("en", "pt", "zh", "es", "fr", "ar")

Arm = Literal["intact", "stripped", "neutral", "contrary"]
ARMS: tuple[Arm, ...] = ("intact", "stripped", "neutral", "contrary")

Approach = Literal["direct", "indirect"]
Stop = Literal["stop", "length", "filter", "unknown"]

# What a reply amounts to. "claim": it says who it is or who made it; "mention": it names a model or a lab but not as
# itself; "none": an answer that names nobody; "cut": ended by the length limit before any claim.
Status = Literal["claim", "mention", "none", "refused", "empty", "cut"]

Part = Literal["name", "maker", "origin"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompt:
    """One wording of a question. All wordings of one `family`, in every language, are one cluster."""

    family: str
    language: Language
    approach: Approach
    topic: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What one model said to one prompt under one arm, the `repeat`th time. `sent` is the prompt as it left."""

    model: str
    arm: Arm
    prompt: Prompt
    repeat: int
    sent: str
    text: str
    thinking: str
    stop: Stop
    prompt_tokens: int | None
    reply_tokens: int | None


Popularity = Literal["popular", "known", "rare", "case"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Somebody a reply can name: a model with its maker. `popularity` says how often unrelated models name it.

    `ambiguous` are the names that are ordinary words as well (Phi, Nova): they count in a self-description only.
    """

    key: str
    names: tuple[str, ...]
    makers: tuple[str, ...]
    popularity: Popularity
    ambiguous: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A span of a reply, [start, end) in characters, in which it says that it is X, made by Y, or based on Z.

    `key` is the identity's, or "unknown:" and the case-folded name where no identity has that name.
    """

    key: str
    name: str
    part: Part
    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span that names somebody without claiming to be them, and why it is no claim."""

    key: str
    name: str
    start: int
    end: int
    why: Literal["negated", "quoted", "thought", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How one reply was read."""

    status: Status
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
