"""Whom a finding may speak of: the candidate that is named most, whoever is named most, and how well known they are."""

from dataclasses import dataclass

from parentage.protocols.identity.interview import Interview
from parentage.protocols.identity.lexicon import BEST_KNOWN_FIRST, Lexicon, make_lexicon
from parentage.protocols.identity.reading.text import fold, tokenize
from parentage.protocols.identity.records import Identity, Popularity
from parentage.protocols.identity.tally import SUBJECT, Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Whom the stripped subject names as itself, besides itself.

    `candidate` is the candidate that it claims most, `most` the identity that it claims most, whoever that is; both are
    empty where there is none. The candidate is the most claimed of `considered`, which its evidence has to pay for.
    `is_kin` says that one's name is part of the other's, or that they share a maker: then a claim tells nothing.
    """

    candidate: str
    most: str
    considered: int
    is_kin: bool


def find_spoken(interview: Interview, tally: Tally) -> Spoken:
    """Return whom the stripped subject claims to be."""
    found = [key for key in tally.commonest(SUBJECT, "stripped") if key != SUBJECT]
    candidates = {model.id for model in interview.models if model.role == "candidate"}
    candidate = next((key for key in found if key in candidates), "")
    return Spoken(
        candidate=candidate,
        most=found[0] if found else "",
        considered=max(1, len(candidates)),
        is_kin=bool(candidate) and _is_kin(interview, candidate),
    )


def popularity_of(interview: Interview, key: str) -> Popularity:
    """Return how well known an identity is: the best known of what the case says and of everybody who has its name."""
    built_in = make_lexicon()
    known = {identity.key: identity for identity in built_in.identities}
    own = [identity for identity in interview.identities if identity.key == key]
    found = {identity.popularity for identity in own}
    for identity in own or [known[key]] if key in known or own else []:
        for name in (*identity.names, *identity.makers):
            found |= {known[place].popularity for place in [_owner(built_in, name)] if place}
    return next((one for one in BEST_KNOWN_FIRST if one in found), "rare")


def _owner(lexicon: Lexicon, name: str) -> str:
    return lexicon.key_of(name) or ""


def _is_kin(interview: Interview, candidate: str) -> bool:
    known = {identity.key: identity for identity in interview.identities}
    if SUBJECT not in known or candidate not in known:
        return False
    own, theirs = _words(known[SUBJECT]), _words(known[candidate])
    return any(_holds(one, other) or _holds(other, one) for one in own for other in theirs)


def _words(identity: Identity) -> list[list[str]]:
    return [[token.text for token in tokenize(fold(name).text)] for name in (*identity.names, *identity.makers)]


def _holds(words: list[str], part: list[str]) -> bool:
    size = len(part)
    return size > 0 and any(words[place : place + size] == part for place in range(len(words) - size + 1))
