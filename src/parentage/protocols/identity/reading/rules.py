"""The shape of one language's rules: phrases that come before or after a name, and words that undo them.

Phrases are regular expressions over folded text (no accents, no capitals) in which every repetition is bounded.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from parentage.protocols.identity.reading.framing import Frame, Framing, fold_phrase
from parentage.protocols.identity.records import Language

__all__ = ["Frame", "Framing", "LanguageRules", "fold_phrase"]

# Arabic words after which the preposition "of" is written together with the name.
_BEFORE_ATTACHED = (
    "تابع",
    "تابعه",
    "ملك",
    "مملوك",
    "مملوكه",
    "انتمي",
    "ينتمي",
    "تنتمي",
    "ملكيتي",
    "منتج",
    "اتبع",
    "نتبع",
    "شكرا",
    "الشكر",
    "خطرت",
    "خطرت اولا",
    "خطرت الفكره",
)

_NO_FRAMING = Framing()


@dataclass(frozen=True, kw_only=True)
class LanguageRules:
    """One language. A `weak` phrase may be followed by anything ("I am ..."), a `strong` one by a name alone.

    `own`: words for the speaker. `weak`, `strong`: what comes before its name, `loose` before a known name alone;
    `after_name`: what comes after it; `without`: "but for you there would be no ...".
    `maker`: what comes before a maker whoever was made; `my_maker`: the same, and it is the speaker who was made;
    `maker_after`: what follows a maker, `maker_after_it` where the speaker is
        "it"; `announces`: what a maker does with
    its new model. `origin`: what comes before the model that it is built on. `named`: what comes
    before a name of whatever was last spoken of. `plain`: words between a phrase and the name. `describes`: what
    follows a name in a description of it. `also`: what joins a second name or maker to the first.
    `making`, `naming`, `my_name`, `grounds`, `merges`, `houses`: words of being made, of being named, for one's name,
    of what one is built on, of being merged, and for those who make; `aside`: words by which a sentence compares,
    knows nothing, or speaks of others; `framing`: its frames.

    What not every language has (spanish/shapes.py): `nobody`, words that alone are no name; `generic`, words for a
    house; `below`, `tags`, `cites`, `quiz`: of badges, citations and quizzes; `under`: of what one is built on;
    `acts`: what a maker did, later in its sentence; `seats`: what follows a house; `towns`: words of places' names;
    `my_origin`: what comes before the model that the speaker is built on, though
    the clause has no word for the speaker, `origin_after`: what follows it; `others`: words that say of a model that
    it is another one; `origin_taken`: what
    comes before it where others took it; `places`: words of which no maker's name consists alone.
    """

    code: Language
    spaced: bool = True
    own: Sequence[str]
    weak: Sequence[str]
    strong: Sequence[str]
    loose: Sequence[str]
    without: Sequence[str]
    after_name: Sequence[str]
    maker: Sequence[str]
    my_maker: Sequence[str]
    maker_after: Sequence[str]
    maker_after_it: Sequence[str]
    announces: Sequence[str]
    origin: Sequence[str]
    named: Sequence[str]
    plain: Sequence[str]
    describes: Sequence[str]
    also: Sequence[str]
    negation: Sequence[str]
    contrast: Sequence[str]
    doubt: Sequence[str]
    presents: Sequence[str]
    refusal: Sequence[str]
    no_name: Sequence[str]
    making: Sequence[str]
    naming: Sequence[str]
    my_name: Sequence[str]
    grounds: Sequence[str]
    merges: Sequence[str]
    houses: Sequence[str]
    aside: Sequence[str]
    common: str
    frequent: str
    nobody: str = ""
    generic: Sequence[str] = ()
    below: Sequence[str] = ()
    tags: Sequence[str] = ()
    cites: Sequence[str] = ()
    quiz: Sequence[str] = ()
    under: Sequence[str] = ()
    acts: Sequence[str] = ()
    seats: Sequence[str] = ()
    towns: Sequence[str] = ()
    my_origin: Sequence[str] = ()
    others: Sequence[str] = ()
    origin_after: Sequence[str] = ()
    origin_taken: Sequence[str] = ()
    places: str = ""
    framing: Framing = _NO_FRAMING

    def _compiled(self, phrases: Sequence[str], before: str = "", after: str = "") -> re.Pattern[str]:
        left = r"(?<!\w)" if self.spaced else ""
        if self.code == "ar":
            left += "(?:و|ف)?"
        right = r"(?!\w)" if self.spaced else ""
        if self.code == "ar":
            right = "(?:" + right + "|" + "|".join(f"(?<={word} ل)" for word in _BEFORE_ATTACHED) + ")"
        return re.compile(before + left + "(?:" + "|".join(fold_phrase(one) for one in phrases) + ")" + right + after)

    @cached_property
    def own_pattern(self) -> re.Pattern[str]:
        """Words for the speaker."""
        return self._compiled(self.own)

    @cached_property
    def before_name(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Phrases before a name, with the rule's name, in the order in which they are tried."""
        return (
            ("called", self._compiled(self.strong)),
            ("is", self._compiled(self.weak)),
            ("known", self._compiled(self.loose)),
            ("without", self._compiled(self.without)),
            ("named", self._compiled(self.named)),
        )

    @cached_property
    def before_maker(self) -> tuple[tuple[str, re.Pattern[str]], ...]:
        """Phrases before a maker or an origin, with the rule's name."""
        told = (("my-origin", self._compiled(self.my_origin)),) if self.my_origin else ()
        return (
            ("my-maker", self._compiled(self.my_maker)),
            ("made-by", self._compiled(self.maker)),
            *told,
            ("based-on", self._compiled(self.origin)),
        )

    @cached_property
    def after_origin_pattern(self) -> re.Pattern[str] | None:
        """Phrases that follow what the speaker is built on, or None where a language lists none."""
        return self._compiled(self.origin_after) if self.origin_after else None

    @cached_property
    def others_pattern(self) -> re.Pattern[str] | None:
        """Words that say of a model that it is another one, or None where a language lists none."""
        return self._compiled(self.others) if self.others else None

    @cached_property
    def after_name_pattern(self) -> re.Pattern[str]:
        """Phrases that follow the speaker's name."""
        return self._compiled(self.after_name)

    @cached_property
    def after_maker_pattern(self) -> re.Pattern[str]:
        """Phrases that follow the speaker's maker."""
        return self._compiled(self.maker_after)

    @cached_property
    def after_maker_of_it_pattern(self) -> re.Pattern[str]:
        """Phrases that follow the maker of what was last spoken of."""
        return self._compiled(self.maker_after_it)

    @cached_property
    def announces_pattern(self) -> re.Pattern[str]:
        """Verbs of press releases."""
        return self._compiled(self.announces)

    @cached_property
    def plain_pattern(self) -> re.Pattern[str]:
        """One word between a phrase and the name."""
        return self._compiled(self.plain, after=r"[ ,:]{0,2}")

    @cached_property
    def describes_pattern(self) -> re.Pattern[str]:
        """What follows a name in a description."""
        phrases = "|".join(fold_phrase(one) for one in self.describes)
        return re.compile(rf"[\"')\]]?[^\w\n.!?]{{0,3}}(?:{phrases})" + (r"(?!\w)" if self.spaced else ""))

    @cached_property
    def also_pattern(self) -> re.Pattern[str]:
        """What joins names."""
        words = self._compiled(self.also).pattern
        return re.compile(rf"[\"')]?[ ,(/+]{{0,3}}(?:{words}|(?<=[,(/+]))[ (]?")

    @cached_property
    def negation_pattern(self) -> re.Pattern[str]:
        """Words that deny."""
        return self._compiled(self.negation)

    @cached_property
    def contrast_pattern(self) -> re.Pattern[str]:
        """Words after which a denial is over."""
        return self._compiled(self.contrast)

    @cached_property
    def doubt_pattern(self) -> re.Pattern[str]:
        """Words that make it a supposition or somebody else's words."""
        return self._compiled(self.doubt)

    @cached_property
    def presents_pattern(self) -> re.Pattern[str]:
        """Words by which the speaker presents its own words in quotation marks."""
        return self._compiled(self.presents)

    @cached_property
    def refusal_pattern(self) -> re.Pattern[str]:
        """Words that decline to answer."""
        return self._compiled(self.refusal)

    @cached_property
    def no_name_pattern(self) -> re.Pattern[str]:
        """Words that answer: there is no name."""
        return self._compiled(self.no_name)

    @cached_property
    def making_pattern(self) -> re.Pattern[str]:
        """Words of being made."""
        return self._compiled(self.making)

    @cached_property
    def naming_pattern(self) -> re.Pattern[str]:
        """Words of being named."""
        return self._compiled(self.naming)

    @cached_property
    def my_name_pattern(self) -> re.Pattern[str]:
        """Words for the speaker's name."""
        return self._compiled(self.my_name)

    @cached_property
    def grounds_pattern(self) -> re.Pattern[str]:
        """Words of what one is built on."""
        return self._compiled(self.grounds)

    @cached_property
    def merges_pattern(self) -> re.Pattern[str]:
        """Words of being made out of other models."""
        return self._compiled(self.merges)

    @cached_property
    def houses_pattern(self) -> re.Pattern[str]:
        """Words for those who make."""
        return self._compiled(self.houses)

    @cached_property
    def aside_pattern(self) -> re.Pattern[str]:
        """Words by which a sentence compares, knows nothing, or speaks of others."""
        return self._compiled(self.aside)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words that begin with a capital now and then and are nobody's name."""
        return frozenset(fold_phrase(self.common).split())

    @cached_property
    def nobody_words(self) -> frozenset[str]:
        """Words that alone are nobody's name, though within one they may stand."""
        return frozenset(fold_phrase(self.nobody).split()) | self.common_words

    @cached_property
    def generic_pattern(self) -> re.Pattern[str]:
        """Words for a house."""
        return self._compiled(self.generic)

    def is_house(self, text: str, start: int, end: int) -> bool:
        """Say whether what stands behind "in" is a house rather than a place, where the language lists words for it."""
        if not self.nobody:
            return False
        name = text[start:end]
        if "&" in name or self.generic_pattern.search(name) or self.seat_pattern.match(text, end):
            return True
        words = name.split(" ")
        return len(words) in (2, 3) and not self.town_pattern.search(name) and not text.startswith((" (", ", en"), end)

    @cached_property
    def acts_pattern(self) -> re.Pattern[str]:
        """What a maker is said to have done, later in its sentence."""
        return self._compiled(self.acts)

    @cached_property
    def seat_pattern(self) -> re.Pattern[str]:
        """What follows a house and no place: ", a company"."""
        return re.compile("(?:" + "|".join(fold_phrase(one) for one in self.seats) + r")(?!\w)")

    @cached_property
    def town_pattern(self) -> re.Pattern[str]:
        """Words of the names of places."""
        return self._compiled(self.towns)

    @cached_property
    def badge_pattern(self) -> re.Pattern[str]:
        """A name in quotation marks and below it, in others, a house."""
        says, under = ("|".join(fold_phrase(one) for one in self.below[side::2]) for side in (0, 1))
        return re.compile(
            rf"(?<!\w)(?:{says})(?!\w)[^\"\n]{{0,60}}\"(?P<name>[^\"\n]{{2,48}})\"[^\"]{{0,90}}?"
            rf"(?<!\w)(?:{under})(?!\w)[^\"\n]{{0,40}}\"(?P<by>[^\"\n]{{3,90}})\""
        )

    @cached_property
    def tag_pattern(self) -> re.Pattern[str]:
        """Words for a badge."""
        return self._compiled(self.tags)

    @cached_property
    def cites_pattern(self) -> re.Pattern[str]:
        """Words of citing."""
        return self._compiled(self.cites)

    @cached_property
    def quiz_pattern(self) -> re.Pattern[str]:
        """A question after an assistant."""
        return re.compile("(?:" + "|".join(fold_phrase(one) for one in self.quiz) + ")")

    @cached_property
    def under_pattern(self) -> re.Pattern[str]:
        """Words of what one is built on."""
        return self._compiled(self.under)

    @cached_property
    def origin_taken_pattern(self) -> re.Pattern[str] | None:
        """Verbs of those who took a model and made the speaker out of it, if the language has any."""
        return self._compiled(self.origin_taken) if self.origin_taken else None

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Words for places."""
        return frozenset(fold_phrase(self.places).split())

    @cached_property
    def frequent_pattern(self) -> re.Pattern[str]:
        """Frequent words, by which the language is recognised."""
        words = "|".join(fold_phrase(self.frequent).split())
        return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if self.spaced else f"(?:{words})")
