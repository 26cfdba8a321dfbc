"""What stands around names in one language, and how it spells them: see frames/.

Phrases are regular expressions over folded text (no accents, no capitals) in which every repetition is bounded.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parentage.protocols.identity.reading.text import SAME
from parentage.protocols.identity.records import Part


def fold_phrase(phrase: str) -> str:
    """Return a regular expression with its letters folded as text is."""
    plain = unicodedata.normalize("NFKD", phrase)
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return "".join(SAME.get(letter, letter) if ord(letter) > 127 else letter for letter in kept)


@dataclass(frozen=True)
class Frame:
    """What stands before a name, after it, or on both sides; `led` lets small words lead from `before` to the name.

    `only`: for "known" or "unknown" names alone; `firm`: though it stands in quotation marks.
    """

    part: Part
    before: str = ""
    after: str = ""
    only: str = ""
    firm: bool = False
    led: bool = True

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str] | None, re.Pattern[str] | None]:
        """The two sides, for folded text."""
        left = "" if self.before.startswith(("(?:^", "^", "[", "\\n")) else r"(?<!\w)"
        # Where a thinking block stood, the answer opens with line breaks.
        opened = re.sub(r"^(\(\?:)?\^", r"\1^\\n{0,65536}", fold_phrase(self.before))
        before = re.compile(f"{left}(?:{opened})") if self.before else None
        after = (
            re.compile(rf"[\"')\]]{{0,2}}(?: ?\([^()\n]{{2,30}}\))?(?:{fold_phrase(self.after)})")
            if self.after
            else None
        )
        return before, after


@dataclass(frozen=True, kw_only=True)
class Framing:
    """How one language spells names, and what stands around them.

    `model`, `house`: a name's spelling on folded text with its capitals; `opening`: where one can begin; `public`:
    words that a public body's name begins with; `institutions`: words that a house's name begins with; `coded`: an
    identifier's spelling; `nobody`: places and other words with a capital.
    `single`, `pair`: words for one house, after which "A and B" is one name, and that "and B"; `moreover`: what
    joins a second maker to the first; `tuned_by`: what joins a maker to what it built on; `avows`: "I can tell you
    that", which is no hearsay; `kinsfolk`: words of a tree for who is neither parent nor maker; `descended`: "me" on
    the speaker's line of one;
    `lead`: words between a frame and a house; `house_lead`: words right before one; `apposed`, `link`: a description
    behind a name, and what joins a maker to it; `between`: what joins a model to its maker; `of`, `joint`: "of",
    "and"; `made`: words of making what is named next.
    `heading`, `subject`: what an entry begins with, and what follows its subject; `releases`: verbs of press releases;
    `offer`: a sentence that only offers more; `tells`: what follows a name that is a line of its own; `told`,
    `tells_before`: what makes a name of the one word that no list knows.
    `grounds`, `comes`, `comes_of`, `models_of`: words of what something is built on, of coming from a model, of coming
    from a house whose models are meant, and "models of"; `aside`: words before a place; `denies`: words that undo a
    frame; `unclaimed`, `not_subject`, `beside`: words by which an answer, or what stands before a name, speaks of
    others; `misread`: part, rule, and what stands on both sides of a name that is none.
    """

    frames: Sequence[Frame] = ()
    model: re.Pattern[str] = re.compile("(?!)")
    house: re.Pattern[str] = re.compile("(?!)")
    single: re.Pattern[str] = re.compile("(?!)")
    pair: re.Pattern[str] = re.compile("(?!)")
    opening: re.Pattern[str] = re.compile("(?!)")
    lead: re.Pattern[str] = re.compile("")
    apposed: re.Pattern[str] = re.compile("(?!)")
    link: re.Pattern[str] = re.compile("(?!)")
    grounds: re.Pattern[str] = re.compile("(?!)")
    heading: re.Pattern[str] = re.compile("(?!)")
    subject: re.Pattern[str] = re.compile("(?!)")
    offer: re.Pattern[str] = re.compile("(?!)")
    tells: re.Pattern[str] = re.compile("(?!)")
    releases: re.Pattern[str] = re.compile("(?!)")
    made: re.Pattern[str] = re.compile("(?!)")
    between: re.Pattern[str] = re.compile("(?!)")
    of: re.Pattern[str] = re.compile("(?!)")
    joint: re.Pattern[str] = re.compile("(?!)")
    models_of: re.Pattern[str] = re.compile("(?!)")
    comes: re.Pattern[str] = re.compile("(?!)")
    comes_of: re.Pattern[str] = re.compile("(?!)")
    aside: re.Pattern[str] = re.compile("(?!)")
    denies: re.Pattern[str] = re.compile("(?!)")
    public: re.Pattern[str] = re.compile("(?!)")
    avows: re.Pattern[str] = re.compile("(?!)")
    moreover: re.Pattern[str] = re.compile("(?!)")
    tuned_by: re.Pattern[str] = re.compile("(?!)")
    kinsfolk: re.Pattern[str] = re.compile("(?!)")
    descended: re.Pattern[str] = re.compile("(?!)")
    unclaimed: re.Pattern[str] = re.compile("(?!)")
    not_subject: re.Pattern[str] = re.compile("(?!)")
    beside: re.Pattern[str] = re.compile("(?!)")
    told: re.Pattern[str] = re.compile("(?!)")
    tells_before: re.Pattern[str] = re.compile("(?!)")
    coded: re.Pattern[str] = re.compile("(?!)")
    house_lead: re.Pattern[str] = re.compile("(?!)")
    misread: Sequence[tuple[str, str, re.Pattern[str], re.Pattern[str]]] = ()
    institutions: frozenset[str] = frozenset()
    nobody: frozenset[str] = frozenset()

    def offers(self, text: str, start: int, end: int) -> bool:
        """Say whether a sentence only offers more."""
        return self.offer.search(text, start, end) is not None
