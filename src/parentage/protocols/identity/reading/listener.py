"""What is known while an answer is read in one language: who speaks, what is quoted, what a clause denies."""

import bisect
import re
from dataclasses import dataclass, field

from parentage.protocols.identity.reading.arabic.houses import outer_quotes
from parentage.protocols.identity.reading.houses import unknown_houses
from parentage.protocols.identity.reading.names import Named, Page
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.records import Part

_THIRD = re.compile(
    r"[\s\"'(]{0,3}(?:و|ف)?(?:it|that one|هو|هي|el|ella|ele|ela|il|elle|celui-ci|este|esse|它|他)(?: (?:is|was|"
    r"es|fue|e|foi|est|a ete|tambien|tambem|aussi|also))?"
    r"[ ]?"
)
_SUCH_A_MODEL = (
    "该模型",
    "该助手",
    "这个模型",
    "this model",
    "this assistant",
    "este modelo",
    "ce modele",
    "هذا النموذج",
)
# Sentences in which an answer only offers more, or says what follows: they make no answer speak of itself.
_OFFERS = re.compile(
    r"[\s\"(]{0,4}(?:would you like|shall i|should i|do you want|let me know|if you(?:'d| would)? (?:like|tell|want|"
    r"need|prefer)|want me|"
    r"just (?:tell|let)|i can (?:also )?(?:make|shorten|adapt|write|add|adjust|rewrite|change)|here(?:'s| is|"
    r" you go)|is this roughly|"
    r"i've (?:left out|kept|tried)|i hope (?:this|that) (?:helps|works|is|does))(?!\w)"
)
# Somebody else's words in single quotation marks: "'It's Zed!' said the baker".
_SAID = re.compile(
    r"[!,.?]{0,2}['\"] ?(?:said|says|cried|cries|shouted|yelled|asked|called|whispered|muttered|swore|insisted|"
    r"guessed) "
    r"(?:the|an?|my|one|some|they|he|she|people|everyone|somebody|another|others)(?!\w)"
)
_OPENING = 6
# "... and that I am": what was said before is of this as well.
_AND_THAT = re.compile(r" ?و(?:اني|انني|بانني|باني)(?!\w)")
_CLAUSE = re.compile(r"[,;:、(\n]| - |(?<=[\u3400-\u9fff\u0621-\u064a]) ?[~\u2600-\u27bf\U0001f300-\U0001faff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A name with what it is claimed to be, the rule, and why it is no claim ("" if it is one)."""

    named: Named
    part: Part
    rule: str
    undone: str


@dataclass(slots=True, kw_only=True)
class Listener:
    """What is known while one answer is read in one language.

    `mine` are the places of claimed names that no list knows, behind which the speaker is spoken of as well.
    `origins` are the places of the models that something is based on, which the words that follow are not about.
    """

    page: Page
    rules: LanguageRules
    quotes: list[tuple[int, int]] = field(default_factory=list)
    own: list[int] = field(default_factory=list)
    self_keys: set[str] = field(default_factory=set)
    self_spots: list[int] = field(default_factory=list)
    denied: set[int] = field(default_factory=set)
    origins: dict[int, str] = field(default_factory=dict)
    origin_places: list[int] = field(default_factory=list)
    mine: list[int] = field(default_factory=list)
    unknown: list[Named] | None = None

    def __post_init__(self) -> None:
        """Find the words for the speaker, and the quotations of more than a few words."""
        inside = {place for one in self.page.found for place in range(one.start + 1, one.end)}
        self.own = [
            match.start() for match in self.rules.own_pattern.finditer(self.page.text) if match.start() not in inside
        ]
        if self.rules.code == "ar":
            self.quotes = outer_quotes(self.page.folded)
            return
        marks = [at for at, character in enumerate(self.page.text) if character == '"']
        self.quotes = [(left, right) for left, right in zip(marks[::2], marks[1::2], strict=False) if right - left > 8]

    def keep_origins(self, origins: dict[int, str]) -> None:
        """Take note of the models that something is based on."""
        self.origins, self.origin_places = origins, sorted(origins)

    def hear(self, spoken: list[Spoken]) -> None:
        """Take note of the names that the speaker claimed, and of known ones that are but words of an unknown one."""
        claimed = [one.named for one in spoken if not one.undone]
        self.self_keys = {one.key for one in claimed}
        if self.rules.code == "en":
            self.self_spots = [one.start for one in claimed if one.found is None]
        if self.rules.places:
            for named in (one for one in claimed[:96] if one.found is None):
                self.denied |= {one.start for one in self.found_between(named.start, named.end)}

    def origins_between(self, start: int, end: int) -> list[str]:
        """Return the last few keys of the origins that begin in [start, end)."""
        left, right = bisect.bisect_left(self.origin_places, start), bisect.bisect_left(self.origin_places, end)
        return [self.origins[at] for at in self.origin_places[max(left, right - 4) : right]]

    @property
    def houses(self) -> list[Named]:
        """The makers in the page that no list knows."""
        if self.unknown is None:
            self.unknown = unknown_houses(self.page, self.rules)
        return self.unknown

    def own_between(self, start: int, end: int) -> bool:
        """Say whether a word for the speaker begins in [start, end)."""
        place = bisect.bisect_left(self.own, start)
        return place < len(self.own) and self.own[place] < end

    def says_i(self) -> bool:
        """Say whether the answer speaks of itself outside quotations."""
        text = self.page.text
        spoken = [at for at in self.own[:200] if not text.startswith(_SUCH_A_MODEL, at)]
        if self.rules.code == "en":
            spoken = [at for at in spoken if not _OFFERS.match(text, self.page.folded.sentence(at)[0])]
        return any(self.quote_around(at, at) is None for at in spoken)

    def quote_around(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the quotation that holds [start, end)."""
        place = bisect.bisect_right(self.quotes, (start, len(self.page.text))) - 1
        return self.quotes[place] if place >= 0 and self.quotes[place][1] >= end else None

    def in_name(self, at: int) -> bool:
        """Say whether a known name that is written as one holds the character at `at`."""
        place = bisect.bisect_right(self.page.found, at, key=lambda one: one.start) - 1
        return place >= 0 and self.page.found[place].end > at and self.page.found[place].start in self.page.at

    def found_between(self, start: int, end: int, *, most: int = 4) -> list[Named]:
        """Return the last few known names that begin in [start, end), no more than `most`."""
        found = self.page.found
        left = bisect.bisect_left(found, start, key=lambda one: one.start)
        right = bisect.bisect_left(found, end, key=lambda one: one.start)
        return [
            Named(key=one.key, start=one.start, end=one.end, found=one)
            for one in found[max(left, right - most) : right]
            if one.start in self.page.at
        ]

    def is_own(self, at: int, *, past_makers: bool = False) -> bool:
        """Say whether the speaker is who is spoken of at `at`: the nearest word or name before it decides."""
        start, end = self.page.folded.sentence(at)
        for _ in range(3):
            mine = bisect.bisect_right(self.own, at) - 1
            own = self.own[mine] if mine >= 0 and self.own[mine] >= start else -1
            own = max(own, max((place for place in self.mine if start <= place < at), default=-1))
            before = [
                one
                for one in self.found_between(max(start, own), at)
                if one.start not in self.denied and one.start not in self.origins
            ]
            if past_makers:
                before = [one for one in before if not is_maker(one)]
            if before:
                return before[-1].key in self.self_keys
            if own < 0 and any(start <= spot < at for spot in self.self_spots):
                return True
            if own >= 0 or ((self.rules.nobody or self.rules.code == "zh") and self.self_keys and not self.says_i()):
                return True
            if start and _THIRD.fullmatch(self.page.text, start, at):
                at, end = start, start
                start = self.page.folded.sentence(start - 1)[0]
                continue
            if mine + 1 < len(self.own) and self.own[mine + 1] < end and at - start < 60:
                return True
            if start == 0:
                return at - start < (160 if self.rules.places else 60) and not self.says_i()
            if at - start > 50:
                return False
            if not self.self_keys:
                asked = self.page.folded.sentence(start - 1)[0]
                return "?" in self.page.text[start - 2 : start] and self.own_between(asked, start)
            at, end = start, start
            start = self.page.folded.sentence(start - 1)[0]
        return False

    def judge(self, start: int, named: Named, part: Part, rule: str, *, denied: bool = False) -> Spoken:
        """Return the name as spoken, undone where the clause denies it, supposes it, or quotes somebody."""
        clause = self._clause_before(start)
        undone = ""
        if denied or self.rules.negation_pattern.search(clause):
            undone = "negated"
        elif self.rules.doubt_pattern.search(clause):
            undone = "other"
        elif self._is_quoted(start, named):
            undone = "quoted"
        elif part == "name" and _SAID.match(self.page.text, named.end):
            undone = "other"
        return Spoken(named=named, part=part, rule=rule, undone=undone)

    def _clause_before(self, end: int) -> str:
        """Return the clause up to `end`, without a denial that is over: in "I am not X but Y", of Y."""
        page, rules = self.page, self.rules
        start = max(page.folded.sentence(end)[0], end - 120)
        cuts = [match.end() for match in _CLAUSE.finditer(page.text, start, end)]
        if cuts and rules.code == "ar" and _AND_THAT.match(page.text, cuts[-1]):
            cuts.pop()
        if cuts:
            start = cuts[-1]
        clause = page.text[start:end]
        for match in rules.contrast_pattern.finditer(clause):
            denial = rules.negation_pattern.search(clause, 0, match.start())
            if denial is None:
                continue
            turn = start + match.start()
            if not self.own_between(turn, turn + 1) or self.found_between(start + denial.end(), turn):
                return clause[match.end() :]
        return clause

    def _is_quoted(self, start: int, named: Named) -> bool:
        quote = self.quote_around(start, named.end)
        if quote is None or 2 * (quote[1] - quote[0]) >= len(self.page.text.strip()):
            return False
        # What an answer opens with in quotation marks completes the asker's words.
        if quote[0] <= _OPENING and not self.page.text[: quote[0]].strip(" \n>#-"):
            return False
        if self.rules.code == "ar" and start >= quote[1]:
            return False
        return self.rules.presents_pattern.search(self.page.text, max(0, quote[0] - 80), quote[0]) is None


def is_maker(named: Named) -> bool:
    """Say whether a known name is a maker's."""
    return named.found is not None and named.found.is_maker


def whose(listener: Listener, named: Named) -> bool:
    """Say whether "I am the voice of X" tells whose it is: of a known maker, in some languages of any name."""
    return is_maker(named) or (named.found is None and bool(listener.rules.nobody))
