"""Does it repeat another developer's words? Runs of text that replies share with the candidate's own texts.

What unrelated models say as well is masked, and how long a run they reach is the null. A run is evidence from 60
characters that are not masked with a distinctive name among them, in the replies to two families of prompts.
docs/questions/verbatim.md.
"""

import bisect
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.errors import InputError, UsageError
from parentage.protocols.identity.records import Language
from parentage.protocols.identity.verbatim_matching import Automaton, Match, tiled
from parentage.protocols.identity.verbatim_text import (
    Folded,
    character_grams,
    covered_by,
    fold,
    han_grams,
    is_han,
    joined,
    word_grams,
)

EVIDENCE_CHARACTERS = 60
EVIDENCE_FAMILIES = 2
LISTED_CHARACTERS = 30
TILE_CHARACTERS = 20
MASK_CHARACTERS = 12
MASK_HAN_CHARACTERS = 6
MASKING_MODELS = 2
MOST_REFERENCE_CHARACTERS = 1_000_000
MOST_SPANS = 200
MOST_SPANS_OF_A_REPLY = 16
MOST_PAIRS_TILED = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A text of the candidate's own: `label` says which (card, site, one of its replies)."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenText:
    """A reply as it is compared here, with the prompt it answers, whose words are no evidence."""

    family: str
    language: Language
    prompt: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbatimSpan:
    """A run that cannot grow: [reply_start, reply_end) of reply `reply` is [reference_start, reference_end) of a text.

    `text` is the reply's own spelling. `length` and `unmasked` count folded characters.
    """

    reply: int
    family: str
    language: Language
    reply_start: int
    reply_end: int
    reference: str
    reference_start: int
    reference_end: int
    text: str
    length: int
    unmasked: int
    names: tuple[str, ...]

    @property
    def is_long_and_named(self) -> bool:
        """Return whether it counts towards evidence: 60 characters unmasked, and a distinctive name."""
        return self.unmasked >= EVIDENCE_CHARACTERS and bool(self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Null:
    """How long a run each control's replies share with the same texts, masked and unmasked, one number per model."""

    model: str
    replies: int
    longest: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbatim:
    """What was found. `p_models` = (1 + controls reaching the longest run) / (1 + controls): models are the unit.

    `p_replies` is the same over single replies of all controls, which are not independent, for comparison only.
    Containment is the largest share of one text's runs of five (eight) words found in one reply; `covered` the largest
    share of one text that tiles of one reply cover. `cut` counts replies and texts compared in part.
    """

    replies: int
    references: int
    longest: int
    longest_unmasked: int
    null: tuple[Null, ...]
    p_models: float
    p_replies: float
    containment_5: float
    containment_8: float
    covered: float
    masked_share: float
    masked_by: int
    evidence_families: tuple[str, ...]
    evidence_languages: tuple[Language, ...]
    is_evidence: bool
    cut: int
    spans: tuple[VerbatimSpan, ...]
    spans_left_out: int


class Comparison:
    """The candidate's texts, folded, indexed and masked once, against which any number of replies is compared."""

    def __init__(
        self,
        references: Sequence[Reference],
        controls: Mapping[str, Sequence[SpokenText]],
        names: Sequence[str],
    ) -> None:
        if not references:
            raise UsageError("the candidate has no text to compare replies with")
        total = sum(len(reference.text) for reference in references)
        if total > MOST_REFERENCE_CHARACTERS:
            raise InputError("reference texts", f"{total} characters", f"at most {MOST_REFERENCE_CHARACTERS}")
        self.references = references
        self.folded = [fold(reference.text) for reference in references]
        self.names = tuple(sorted({name: fold(name).text for name in names if fold(name).text}.items()))
        text, self._begins = joined([one.text for one in self.folded])
        self._automaton = Automaton(text)
        self._controls = {model: [fold(reply.text) for reply in controls[model]] for model in sorted(controls)}
        self.masking_models = min(MASKING_MODELS, max(1, len(controls)))
        said = _said(self._controls)
        self._masked = bytearray(len(text))
        for begin, one in zip(self._begins, self.folded, strict=True):
            self._masked[begin : begin + len(one.text)] = _shared(one.text, said, self.masking_models)
        self._any_han = any(is_han(one.text) for one in self.folded)
        self._grams = {words: _index([one.text for one in self.folded], words) for words in (5, 8)}

    @property
    def masked_share(self) -> float:
        """Return the share of the candidate's characters that controls say as well."""
        return sum(self._masked) / max(1, sum(len(one.text) for one in self.folded))

    def null(self) -> tuple[tuple[Null, ...], list[int]]:
        """Return the longest run of each control, and of each of its replies."""
        rows, all_replies = [], []
        for model, replies in self._controls.items():
            longest = [self.longest(reply) for reply in replies]
            all_replies += longest
            rows.append(Null(model=model, replies=len(replies), longest=max(longest, default=0)))
        return tuple(rows), all_replies

    def longest(self, reply: Folded) -> int:
        """Return the length of the longest run that a reply shares with any of the texts, masked or not."""
        found = self._automaton.longest_match(reply.text)
        return found.length if found else 0

    def spans(self, place: int, reply: SpokenText, folded: Folded) -> list[VerbatimSpan]:
        """Return the 16 longest runs of 30 characters and more that reply number `place` shares with the texts."""
        found = self._automaton.matches(folded.text, LISTED_CHARACTERS)
        found = sorted(found, key=lambda match: (-match.length, match.start))[:MOST_SPANS_OF_A_REPLY]
        if not found:
            return []
        prompt = fold(reply.prompt).text
        width = _mask_width(prompt)
        echoed = covered_by(folded.text, character_grams(prompt, width), width)
        return [self._span(place, reply, folded, match, echoed) for match in found]

    def _span(self, place: int, reply: SpokenText, folded: Folded, match: Match, echoed: bytearray) -> VerbatimSpan:
        which = bisect.bisect_right(self._begins, match.reference) - 1
        start, end = folded.original(match.start, match.end)
        inside = match.reference - self._begins[which]
        reference_start, reference_end = self.folded[which].original(inside, inside + match.length)
        masked = self._masked[match.reference : match.reference + match.length]
        hidden = [mask or echo for mask, echo in zip(masked, echoed[match.start : match.end], strict=True)]
        return VerbatimSpan(
            reply=place,
            family=reply.family,
            language=reply.language,
            reply_start=start,
            reply_end=end,
            reference=self.references[which].label,
            reference_start=reference_start,
            reference_end=reference_end,
            text=reply.text[start:end],
            length=match.length,
            unmasked=sum(1 for one in hidden if not one),
            names=self._names_in(folded.text[match.start : match.end], hidden),
        )

    def _names_in(self, text: str, hidden: Sequence[int]) -> tuple[str, ...]:
        """Return the distinctive names in the run as whole words, at least one character of each unmasked."""
        return tuple(name for name, folded in self.names if _stands_in(folded, text, hidden))

    def containment(self, reply: Folded, words: int) -> tuple[float, int]:
        """Return the largest share of one text's runs of words found in the reply, and that text's place.

        Of a text that is shorter than evidence has to be, having all of it says nothing.
        """
        places, totals = self._grams[words]
        grams = set(word_grams(reply.text, words))
        if self._any_han:
            grams |= han_grams(reply.text)
        counts: dict[int, int] = {}
        for gram in grams:
            for place in places.get(gram, ()):
                if len(self.folded[place].text) >= EVIDENCE_CHARACTERS:
                    counts[place] = counts.get(place, 0) + 1
        best, at = 0.0, 0
        for place in sorted(counts):
            if counts[place] / totals[place] > best:
                best, at = counts[place] / totals[place], place
        return best, at

    def covered(self, reply: Folded, which: int) -> float:
        """Return the share of text number `which` that tiles of 20 characters and more from the reply cover."""
        text = self.folded[which].text
        matches = Automaton(reply.text).matches(text, TILE_CHARACTERS)
        return tiled(matches, TILE_CHARACTERS) / len(text) if len(text) >= EVIDENCE_CHARACTERS else 0.0


def compare_texts(
    replies: Sequence[SpokenText],
    references: Sequence[Reference],
    controls: Mapping[str, Sequence[SpokenText]],
    names: Sequence[str],
) -> Verbatim:
    """Return what the subject's replies repeat of the candidate's texts.

    `controls` maps each unrelated model to its replies to the same prompts; `names` are distinctive: the candidate's
    own, not in the prompts and not common words.
    """
    comparison = Comparison(references, controls, names)
    folded = [fold(reply.text) for reply in replies]
    longest = max((comparison.longest(one) for one in folded), default=0)
    null, null_replies = comparison.null()
    spans = [span for place, reply in enumerate(replies) for span in comparison.spans(place, reply, folded[place])]
    spans.sort(key=lambda span: (-span.unmasked, -span.length, span.reply, span.reply_start))
    counted = [span for span in spans if span.is_long_and_named]
    families = tuple(sorted({span.family for span in counted}))
    five = [comparison.containment(one, 5) for one in folded]
    eight = [comparison.containment(one, 8) for one in folded]
    return Verbatim(
        replies=len(replies),
        references=len(references),
        longest=longest,
        longest_unmasked=max((span.unmasked for span in spans), default=0),
        null=null,
        p_models=(1 + sum(1 for one in null if one.longest >= longest)) / (1 + len(null)),
        p_replies=(1 + sum(1 for one in null_replies if one >= longest)) / (1 + len(null_replies)),
        containment_5=max((share for share, _ in five), default=0.0),
        containment_8=max((share for share, _ in eight), default=0.0),
        covered=_most_covered(comparison, folded, spans),
        masked_share=comparison.masked_share,
        masked_by=comparison.masking_models,
        evidence_families=families,
        evidence_languages=tuple(sorted({span.language for span in counted})),
        is_evidence=len(families) >= EVIDENCE_FAMILIES,
        cut=sum(1 for one in (*folded, *comparison.folded) if one.cut),
        spans=tuple(spans[:MOST_SPANS]),
        spans_left_out=max(0, len(spans) - MOST_SPANS),
    )


def choose_examples(replies: Sequence[tuple[str, str]], count: int) -> tuple[int, ...]:
    """Return the places of `count` replies, each given as (family, digest of the reply), chosen by a rule, not by hand.

    Families are ordered by the SHA-256 of their key. Of F families the one at place floor((2 i + 1) F / (2 count)) is
    taken for i = 0 to count - 1 (for one example the median family), and of its replies the lower median by digest.
    """
    by_family: dict[str, list[tuple[str, int]]] = {}
    for place, (family, digest) in enumerate(replies):
        by_family.setdefault(family, []).append((digest, place))
    ordered = sorted(by_family, key=lambda family: hashlib.sha256(family.encode()).hexdigest())
    wanted = min(count, len(ordered))
    chosen = [ordered[(2 * i + 1) * len(ordered) // (2 * wanted)] for i in range(wanted)]
    return tuple(sorted(by_family[family])[(len(by_family[family]) - 1) // 2][1] for family in chosen)


def _most_covered(comparison: Comparison, folded: Sequence[Folded], spans: Sequence[VerbatimSpan]) -> float:
    labels = {reference.label: place for place, reference in reversed(list(enumerate(comparison.references)))}
    pairs = dict.fromkeys((span.reply, labels[span.reference]) for span in spans[:MOST_PAIRS_TILED])
    return max((comparison.covered(folded[reply], which) for reply, which in pairs), default=0.0)


def _mask_width(text: str) -> int:
    return MASK_HAN_CHARACTERS if is_han(text) else MASK_CHARACTERS


def _said(controls: Mapping[str, Sequence[Folded]]) -> dict[int, list[set[str]]]:
    """Return for both widths of masks what runs of characters each control says."""
    said: dict[int, list[set[str]]] = {MASK_CHARACTERS: [], MASK_HAN_CHARACTERS: []}
    for width, models in said.items():
        for replies in controls.values():
            grams: set[str] = set()
            for reply in replies:
                grams |= character_grams(reply.text, width)
            models.append(grams)
    return said


def _shared(text: str, said: Mapping[int, Sequence[set[str]]], models: int) -> bytes:
    """Return one byte per character: 1 where at least `models` controls say a run of 12 (Chinese: 6) through it."""
    width = _mask_width(text)
    votes = [0] * len(text)
    for grams in said[width]:
        for place, covered in enumerate(covered_by(text, grams, width)):
            votes[place] += covered
    return bytes(1 if vote >= models else 0 for vote in votes)


def _index(texts: Sequence[str], words: int) -> tuple[dict[str, list[int]], list[int]]:
    """Return which texts hold each run of words, and how many runs each text has."""
    places: dict[str, list[int]] = {}
    totals = []
    for place, text in enumerate(texts):
        grams = word_grams(text, words)
        totals.append(len(grams))
        for gram in grams:
            places.setdefault(gram, []).append(place)
    return places, totals


def _stands_in(name: str, text: str, hidden: Sequence[int]) -> bool:
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        parted = is_han(name) or not (
            (start > 0 and text[start - 1].isalnum()) or (end < len(text) and text[end].isalnum())
        )
        if parted and not all(hidden[start:end]):
            return True
        start = text.find(name, start + 1)
    return False
