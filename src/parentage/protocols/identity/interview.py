"""One interview as records: who was asked what, how they were stripped, what they said, and how that was read.

These are what a bundle carries and what the finding is drawn from, so that a stranger can draw it again.
"""

from dataclasses import dataclass
from typing import Literal

from parentage.protocols.identity.records import Arm, Identity, Language, Reading, Reply
from parentage.protocols.identity.server_checks import Repeats, Steadiness, Surplus

Role = Literal["subject", "candidate", "control"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """What tells a model who it is, and how that was taken away.

    `told` is what its template adds where no system message is given; `proven`: sending the same text as a system
    message renders the same. `hidden` are texts in branches that no rendering reached, `places` other places where
    an identity can hide. `method` is how it was stripped ("" where it could not be), `refused` why other ways were not
    taken, `residue` what was still there. `likeness` says how the subject's template relates to each candidate's.
    """

    template: str
    told: str
    proven: bool
    hidden: tuple[str, ...]
    places: tuple[str, ...]
    method: str
    refused: tuple[str, ...]
    residue: tuple[str, ...]
    difference: str
    likeness: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Interviewee:
    """A model of the case as it was asked; `through` says how its replies were had, in words."""

    id: str
    name: str
    role: Role
    through: str
    arms: tuple[Arm, ...]
    disclosure: Disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was asked and how: everything that decides the replies and their reading, by version and digest."""

    languages: tuple[Language, ...]
    families: int
    repeats: int
    quick: bool
    temperature: float
    top_p: float
    max_tokens: int
    prompts_version: str
    prompts_digest: str
    rules_version: str
    rules_digest: str
    lexicon_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """Everything that an interview left; `readings` are in the order of `replies`, which is that of a transcript."""

    terms: Terms
    models: tuple[Interviewee, ...]
    identities: tuple[Identity, ...]
    planned: int
    replies: tuple[Reply, ...]
    readings: tuple[Reading, ...]
    repeated: tuple[Repeats, ...]
    steadiness: tuple[Steadiness, ...]
    surpluses: tuple[Surplus, ...]

    def model(self, identifier: str) -> Interviewee:
        """Return one of the models; KeyError where it was not asked."""
        return {model.id: model for model in self.models}[identifier]
