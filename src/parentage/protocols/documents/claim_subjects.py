"""Of whom does a sentence speak? Patterns for the words before a claim, built for the names that one model goes by.

There is no parser here: a phrase counts as speaking of the card's model only where nothing else could be its subject.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from parentage.protocols.documents.claim_rules import self_pattern

_ADVERBS = r"(?:(?:\w{2,20}ly|also|further|then|first|subsequently|all|in-house|itself|been|later|both)\s+){0,3}"
_IS = r"(?:is|was|are|were|has\s+been|have\s+been|had\s+been)\b"
# No noun phrase that stands for the card's model has these: prepositions and verbs lead to another noun.
_STOP = (
    r"(?!(?:to|for|than|with|like|against|versus|vs|by|on|in|is|was|are|were|isn't|wasn't|aren't|that|which|who|when|while"
    r"|between|from|of|beats?|outperforms?|see|use|uses|using|compare|evaluated?|tested|not|no|nor|neither|never|has|have"
    r"|reward|judge|draft|tokeni[sz]er|baseline|teacher|encoder|embedding|dataset|corpus|benchmark|non|não|pas)\b)"
)
_NOUNS = (
    rf"(?:(?:{_STOP}[^\s,;:()]{{1,40}},?|\([^()]{{1,30}}\)|(?:family|series|suite|collection|set)\s+of|of\s+its\s+(?:size|kind|class)"
    r"|of\s+\d\S{0,10})\s+){0,12}"
)
_VERSION_OF = r"(?:[^,;:]{0,60}\b(?:version|variant|edition)\s+of\s+[^,;:]{1,80},\s+)?"
_ARTICLE = r"(?:(?:a|an|the|our|one\s+of\s+the|some)\s+)?"
_BRACKETS = r"(?:\s*\([^()]{0,40}\))?"
_APPOSED = r"(?:,[^,;]{1,80},)?"
_RELEASING = r"(?:releas\w{1,3}|present|introduce|announce|publish|open-sourc\w{1,3})"
_LABEL = r"(?:(?:training|pre-?training|origin|how\s+it\s+was\s+made|base|note)\s*:\s*)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """Patterns for what stands before a claim.

    `me` is the model itself; `said` ends in "this model was"; `bare` is nothing, or the model's name and a dash;
    `phrase` begins "this is a"; `fragment` is a phrase without a verb; `doing` is where a clause begins.
    """

    own: tuple[str, ...]
    me: re.Pattern[str]
    said: re.Pattern[str]
    bare: re.Pattern[str]
    phrase: re.Pattern[str]
    fragment: re.Pattern[str]
    doing: re.Pattern[str]


def subject_patterns(own: Sequence[str]) -> Subjects:
    """Return the patterns for a model that goes by the names in `own`."""
    me = self_pattern(own)
    separated = rf"{me}{_BRACKETS}\s*(?:[:,—]|\s[–-]\s)"
    intro = (
        rf"(?:(?:[\w -]{{2,30}}:\s+)?(?:this\s+is|these\s+are|here\s+(?:is|are)|it's)"
        rf"|(?:[\w -]{{2,30}}:\s+)?{me}{_BRACKETS}{_APPOSED}\s+(?:{_IS}|contains?|hosts?|provides?|holds?)"
        rf"|(?:introducing|meet)\s+{me}\s*[:,—–]"
        rf"|we\s+(?:are\s+)?(?:\w{{2,20}}ly\s+)?{_RELEASING}\s+{me}\s*[,:—–]"
        rf"|this\s+is\s+the\s+(?:\w{{2,20}}\s+)?(?:repository|repo|model\s+card|page)\s+(?:for|of)\s+{me}\s*,"
        rf"|{separated})"
    )
    word = r"(?-i:[a-z0-9][\w.+'-]{0,30}|[A-Z0-9]{2,10}[\w-]{0,12}|\d[\w-]{0,20})"
    return Subjects(
        own=tuple(own),
        me=_compile(me),
        said=_compile(
            rf"(?:^|[,;:(—–]\s*|\s-\s|\b(?:and|but|where|here|today)\s+){me}{_BRACKETS}{_APPOSED}\s+{_IS}\s+"
            rf"(?:{_NOUNS}(?:and|which|that)\s+(?:(?:was|is|has\s+been)\s+)?)?{_ADVERBS}(?:not\s+only\s+)?$"
        ),
        bare=_compile(rf"^\W{{0,4}}{_LABEL}(?:{separated}\s*)?{_ADVERBS}$"),
        phrase=_compile(
            rf"^\W{{0,4}}{intro}\s*{_ARTICLE}{_VERSION_OF}{_NOUNS}"
            rf"(?:to\s+be\s+|(?:that|which)\s+{_IS}\s+{_ADVERBS})?{_ADVERBS}$"
        ),
        fragment=_compile(rf"^\W{{0,4}}{_ARTICLE}(?:{_STOP}{word}\s+){{0,6}}$"),
        doing=_compile(
            r"(?:^\W{0,4}|[,;:.]\s{1,3}|\b(?:and|then|so|where|here|finally|next|first|which|subsequently)\s+)$"
        ),
    )


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
