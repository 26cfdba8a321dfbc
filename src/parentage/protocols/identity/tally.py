"""Replies counted by model, arm, family and language: what every rate is taken from."""

from collections import Counter

from parentage.protocols.identity.interview import Interview
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.rates import MISS, Method, Rate, rate_of
from parentage.protocols.identity.records import Arm, Reading, Reply

SUBJECT = "subject"
UNKNOWN = "unknown:"
Families = dict[str, list[bool]]


class Tally:
    """Replies with their readings, by model and arm; `method` says how the limits of its rates are found."""

    def __init__(self, interview: Interview, method: Method = "posterior") -> None:
        self.method: Method = method
        self.rows: dict[tuple[str, Arm], list[tuple[Reply, Reading]]] = {}
        self._surfaces: dict[str, str] = {}
        for reply, reading in zip(interview.replies, interview.readings, strict=True):
            self.rows.setdefault((reply.model, reply.arm), []).append((reply, reading))
            for claim in reading.claims:
                if claim.key.startswith(UNKNOWN):
                    self._surfaces.setdefault(claim.key, reply.text[claim.start : claim.end])

    def surface(self, key: str) -> str:
        """Return an unknown name as the first reply that claims it writes it; empty for known ones."""
        return self._surfaces.get(key, "")

    def families(self, model: str, arm: Arm, key: str) -> Families:
        """Return, by prompt family, whether each reply claims this identity."""
        found: Families = {}
        for reply, reading in self.rows.get((model, arm), ()):
            found.setdefault(reply.prompt.family, []).append(claims(reading, key))
        return found

    def rate(self, model: str, arm: Arm, key: str, *, miss: float = MISS) -> Rate:
        """Return how often a model claims this identity; UsageError where it was asked nothing."""
        return rate_of(self.families(model, arm, key), miss=miss, method=self.method)

    def languages(self, model: str, arm: Arm, key: str) -> dict[str, Families]:
        """Return the same by language."""
        found: dict[str, Families] = {}
        for reply, reading in self.rows.get((model, arm), ()):
            own = found.setdefault(reply.prompt.language, {})
            own.setdefault(reply.prompt.family, []).append(claims(reading, key))
        return found

    def commonest(self, model: str, arm: Arm) -> list[str]:
        """Return the identities claimed, those claimed in most replies first."""
        counts: Counter[str] = Counter()
        for _, reading in self.rows.get((model, arm), ()):
            counts.update({claim.key for claim in reading.claims if claim.part != "origin"})
        return sorted(counts, key=lambda key: (-counts[key], key))


def claims(reading: Reading, key: str) -> bool:
    """Say whether a reply claims to be, or to be made by, this identity; an origin is an ancestor, not oneself."""
    return any(claim.key == key and claim.part != "origin" for claim in reading.claims)


def named(interview: Interview, key: str) -> str:
    """Return an identity's name as a person says it."""
    known = {identity.key: identity for identity in interview.identities}
    if key in known and known[key].names:
        return known[key].names[0]
    models = {model.id: model.name for model in interview.models}
    if key in models:
        return models[key]
    built_in = {identity.key: identity for identity in make_lexicon().identities}
    return built_in[key].names[0] if key in built_in and built_in[key].names else key.removeprefix(UNKNOWN)
