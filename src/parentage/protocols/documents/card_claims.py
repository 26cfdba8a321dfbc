"""Finds the sentences by which a card says where its model comes from; when it is unclear of whom, it finds none.

A claim that nobody made would be held against its publisher, so each rule has to see of whom the sentence speaks: of
this model, not of a rival, a tokenizer or what a reader could do. What is measured is in docs/questions/declaration.md.
"""

import re
from collections.abc import Iterator, Sequence

from parentage.protocols.documents.card_text import CardText, Sentence
from parentage.protocols.documents.claim_languages import other_rules
from parentage.protocols.documents.claim_names import MOST_NAMES, NamedModel, read_name, read_names
from parentage.protocols.documents.claim_rules import Rule, english_rules, self_pattern
from parentage.protocols.documents.claim_subjects import Subjects, subject_patterns
from parentage.protocols.documents.records import Claim

MOST_CLAIMS = 200
LONGEST_QUOTE = 300
_LONGEST_SENTENCE = 800
_MOST_TRIED = 2_000

_TRIGGER = re.compile(
    r"scratch|ground\s+up|from\s+(?:zero|random)|independent|pre-?train|third|external|other\s+\w+|existing|tuned?\b|tune\b"
    r"|post|merg|blend|interpol|averag|soup|distil|quant|gguf|awq|gptq|model\s+files|adapter|lora|starting|beginning"
    r"|initiali|adapt|based\s+on|built|founded|derived|do\s+zero|desde|zéro|terceir|terceros|tiers|ajust|aff?in|fus|mezcl|mescl|d'autres"
    r"|训练|权重|微调|精调|合并|融合|تدريب|أوزان|نسخة|إصدار|دمج|مزيج",
    re.IGNORECASE,
)
# Sections that speak of other models or of what a reader may do.
_OTHER_SECTIONS = re.compile(
    r"\b(?:citation|cite|citing|bibtex|usage|how\s+to|quick\s?start|getting\s+started|related\s+work|baselines?"
    r"|ablations?|contributing|references|faq|changelog|comparisons?|deployment|inference)\b",
    re.IGNORECASE,
)
# Sections on a part, or on others: without the model's name a sentence there speaks of what the heading names.
_PART_SECTION = (
    r"\b(?:tokeni[sz]ers?|vocabulary|embeddings?|(?:vision|audio|speech)\s+encoder|projector|datasets?|corpus"
    r"|parents?|parent\s+models?|base\s+models?|merged\s+models|version\s+history|history|release\s+notes|changes)\b"
)
# Words before a claim that make it a wish, a rumour, a question or an experiment.
_HEDGE = re.compile(
    r"\b(?:[Ii]f|whether|would|could|might|may|should|cannot|can|[Pp]lan(?:s|ned|ning)?|intend|hope|will|going\s+to"
    r"|[Rr]umou?rs?|false|falsely|[Aa]ccording\s+to|asked|wrote|said|says|claims?\s+that|claimed|argued?|speculat\w{1,6}"
    r"|alleged(?:ly)?|[Ss]uspect\w{0,4}|[Ff]or\s+comparison|ablations?|[Bb]aselines?|[Ii]deally|[Ii]magine|[Ss]uppose|not\s+true"
    r"|[Pp]revious(?:ly)?|[Ff]ormer(?:ly)?|[Ee]arlier|[Oo]riginally|[Ii]nitially|[Uu]ntil|used\s+to|no\s+longer|[Oo]nce|hardly"
    r"|barely|scarcely|anything\s+but|far\s+from|[Ff]irst\s+(?:version|release|iteration|draft|prototype|generation)"
    r"|(?:[Bb]efore|[Ss]ince|[Ii]n|[Uu]p\s+to|[Aa]s\s+of)\s+(?:v\.?\s?\d|versions?\b|releases?\b|\d+\.\d)"
    r"|[Uu]nlike|[Cc]ompared\s+(?:to|with)|[Ii]n\s+contrast\s+to|[Rr]ather\s+than|[Ii]nstead\s+of|people\s+think)\b"
)
_HEDGE_AFTER = re.compile(
    r"\b(?:for\s+comparison|as\s+(?:a\s+|our\s+)?baselines?|next\s+(?:year|month|quarter)|(?:is|are)\s+false|\bablations?)\b"
    r"|^\s*(?:[:=]|\?|[–—-]\s)\s*(?:no\b|none\b|not\b|false\b|n/a\b|[✗✘❌🚫×])"
    r"|\b(?:in|for|until|before|up\s+to|as\s+of)\s+(?:(?:its|the|our)\s+)?"
    r"(?:v\.?\s?\d|versions?\b|releases?\b|first\b|earlier\b|previous\b)"
    r"|\b(?:this|that|which)\s+(?:one\b|(?:is|was)\s+(?:wrong|false|an?\s+(?:error|mistake)|not\s+(?:true|correct)))",
    re.IGNORECASE,
)
# A card's sentence on what was used for something else than making the model.
_OTHER_USE = re.compile(
    r"\b(?:to\s+(?:generate|filter|evaluat\w{1,3}|judge|score|label|annotate|create|write|produce|clean|run|serve|load)"
    r"|for\s+(?:(?:the|our|its|any)\s+)?(?:evaluation|comparison|data|filtering|generation|judging|inference|labels?|scoring"
    r"|annotation|safety|retrieval|synthetic)|at\s+(?:inference|run)|evaluated|compared|support|exist|filtered|available)\b",
    re.IGNORECASE,
)
# Before a colon or in a box without a tick, words are a label.
_UNTICKED = re.compile(r"\s{0,3}\[\s?\]\s")
# "The models were trained from scratch by Quarry Labs" speaks of parents, not of the one that the card is for.
_PLURAL, _BY_OTHERS = re.compile(r"\bmodels\s", re.IGNORECASE), re.compile(r"\s*by\s+(?!us\b|our\b)", re.IGNORECASE)
_LABELS = re.compile(r"[^.]{0,60}:\s+\S")
_OURS = re.compile(r"(?:our|we)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;:]\s")
_FINITE = re.compile(
    r"\b(?:is|are|was|were|tends?|can|will|has|have|scores?|does|do|needs?|requires?|makes?|should|may|could)\b"
)
_SUBJECT_AFTER = re.compile(
    r"[,:]\s+(?P<who>[^,]{1,60}?)\s+(?:is|was|are|were|has|have|outperforms?|achieves?|scores?|matches|supports?)\b"
)
_OTHER_START = re.compile(
    r"(?:The\s+)?[A-Z][\w.-]+(?:\s[A-Z0-9][\w.-]*){0,3}\s+(?:is|was|are|were|has|uses|comes|scores|outperforms)\b"
)
_CITED = re.compile(r"[A-Z][\w.-]{0,30}(?:\s[A-Z0-9][\w.-]{0,30}){0,3}'s\s")
_SIZE = re.compile(
    r"[-_ ](?:\d{1,4}(?:\.\d{1,3})?[bmk](?:-a\d{1,4}(?:\.\d)?b)?|preview|v\d{1,3}(?:\.\d{1,3})?)$", re.IGNORECASE
)
_VARIANT = re.compile(r"[-_ ](?:instruct|chat|base|it|hf)$", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:\W{0,3}model\s+card\s+(?:for|of)\s+|introducing\s+|\W{0,4})(?P<name>[^:|—–(]{2,80})", re.IGNORECASE
)
# Headings that are no model's name.
_GENERIC = re.compile(
    r"(?:the\s+|this\s+)?(?:model(?:\s+(?:card|id|description|details|summary))?|merge|introduction|overview|readme"
    r"|description|usage|licen[cs]e|lora|adapter|fine-?tuned\s+model|output|results|training|how\s+to\s+use|citation"
    r"|highlights|about|news)",
    re.IGNORECASE,
)


def own_names(title: str, others: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the names that a card's model goes by: its title and `others`, each also without its size.

    "Rivo-12B-Chat" is also called "Rivo", but "Rivo-12B" is its base.
    """
    found: list[str] = []
    titled = _TITLE.match(title)
    for name in (*others, titled["name"] if titled else ""):
        name = name.strip(" *_`#.-").rpartition("/")[2]
        if not 2 <= len(name) <= 80 or _GENERIC.fullmatch(name) or len(name.split()) > 5:
            continue
        found.append(name)
        family = _SIZE.sub("", _VARIANT.sub("", name))
        if family != _VARIANT.sub("", name) and len(family) > 2:
            found.append(family)
    return tuple(dict.fromkeys(found))


def read_claims(
    card: CardText, where: str = "README.md", own: Sequence[str] = (), others: Sequence[str] = ()
) -> tuple[Claim, ...]:
    """Return the claims in a card's prose, in its order; `own` are names of its model besides the title.

    Under a heading with one of the names in `others` a card speaks of that model. `about` has the models that a claim
    names, joined by commas, "" for none; the quote is the sentence without markup.
    """
    names = own_names(card.title, own)
    return read_by_rules(card, (*english_rules(self_pattern(names)), *other_rules(names)), where, own, others)


def read_by_rules(
    card: CardText, rules: Sequence[Rule], where: str, own: Sequence[str] = (), others: Sequence[str] = ()
) -> tuple[Claim, ...]:
    """Return the claims that some rules find, of whom they speak being checked as for all claims."""
    subjects = subject_patterns(own_names(card.title, own))
    elsewhere = _section_pattern(subjects.own, others)
    found: list[Claim] = []
    tried = 0
    for index, sentence in enumerate(card.sentences):
        if len(found) >= MOST_CLAIMS or tried >= _MOST_TRIED:
            break
        if _TRIGGER.search(sentence.text[:_LONGEST_SENTENCE]) and not _OTHER_SECTIONS.search(sentence.section):
            tried += 1
            if elsewhere.search(sentence.section) and not _says_name(subjects.own, sentence.text):
                continue
            found += _sentence_claims(subjects, rules, card.sentences, index, where)
    return tuple(found[:MOST_CLAIMS])


def _sentence_claims(
    subjects: Subjects, rules: Sequence[Rule], sentences: Sequence[Sentence], index: int, where: str
) -> list[Claim]:
    """Return a sentence's claims, one of a kind: of two that names more wins."""
    sentence = sentences[index]
    if len(sentence.text) > _LONGEST_SENTENCE or sentence.text.rstrip().endswith(("?", "?")):
        return []
    if _UNTICKED.match(sentence.text):
        return []
    found: dict[str, Claim] = {}
    for rule in rules:
        for match in _first(rule, sentence.text):
            if not _is_said(subjects, rule, sentences, index, match):
                continue
            names = _names(rule, sentences, index, match.end())
            if names is None or any(name.name in subjects.own for name in names[:1]):
                continue
            about = ", ".join(dict.fromkeys(name.name for name in names))
            if rule.kind not in found or len(about) > len(found[rule.kind].about):
                quote = "".join(one if one.isprintable() else " " for one in sentence.text)
                place = f"{where}:{sentence.line}"
                found[rule.kind] = Claim(kind=rule.kind, quote=quote[:LONGEST_QUOTE], about=about, where=place)
    if "adapter" in found and "fine-tune" in found:
        # "An adapter trained on top of X" is no fine-tune of X: its base stays as it was.
        del found["fine-tune"]
    return list(found.values())


def _section_pattern(own: Sequence[str], others: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern for the headings of sections on a part of the model or on another model."""
    titles = {name.rpartition("/")[2] for name in others}
    names = "|".join(re.escape(name) for name in sorted(titles) if len(name) > 2 and name not in own)
    named = rf"|(?<![\w-])(?:{names})(?![\w-])" if names else ""
    return re.compile(_PART_SECTION + named, re.IGNORECASE)


def _says_name(own: Sequence[str], text: str) -> bool:
    return any(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text, re.IGNORECASE) for name in own)


def _first(rule: Rule, text: str) -> Iterator[re.Match[str]]:
    for count, match in enumerate(rule.pattern.finditer(text)):
        if count >= 4:
            return
        yield match


def _names(rule: Rule, sentences: Sequence[Sentence], index: int, place: int) -> tuple[NamedModel, ...] | None:
    """Return the models that a claim names, None where it has to name one and does not."""
    sentence = sentences[index]
    match rule.names:
        case "none":
            return _listed(sentences, index) if rule.kind == "merge" else ()
        case "one":
            one = read_name(sentence, place)
            return None if one is None else (one,)
        case "many":
            return read_names(sentence, place) or None
        case "maybe":
            return read_names(sentence, place)


def _listed(sentences: Sequence[Sentence], index: int) -> tuple[NamedModel, ...]:
    """Return the models in the list that follows a sentence such as "The following models were merged:"."""
    if not sentences[index].text.rstrip().endswith(":"):
        return ()
    found = []
    for sentence in sentences[index + 1 : index + 1 + MOST_NAMES]:
        one = read_name(sentence, 0) if sentence.is_item else None
        if one is None:
            break
        found.append(one)
    return tuple(found)


def _is_said(subjects: Subjects, rule: Rule, sentences: Sequence[Sentence], index: int, match: re.Match[str]) -> bool:
    """Say whether a match speaks of the card's own model, in earnest and in the publisher's own words."""
    sentence = sentences[index]
    text, start = sentence.text, match.start()
    shown = (span for span in sentence.spans if span.kind != "link")
    if any(span.start <= start and match.end() <= span.stop for span in shown):
        return False
    before, after = text[:start], text[match.end() :]
    if _is_hedged(subjects, before) or _HEDGE_AFTER.search(after) or _CITED.search(before):
        return False
    if rule.kind == "no-parents" and _OTHER_USE.search(before + after):
        return False
    match rule.form:
        case "said":
            said = subjects.said.search(before)
            if said is not None:
                if _PLURAL.search(said[0]) and _BY_OTHERS.match(after):
                    return False
                return _is_clear(subjects, sentences, index, said[0])
            if subjects.bare.match(before):
                if _LABELS.match(after) or _is_under_another(subjects, sentences, index):
                    return False
                who = _SUBJECT_AFTER.search(after)
                return who is None or subjects.me.match(who["who"]) is not None
            return _is_phrase(subjects, before, after)
        case "noun":
            return _is_phrase(subjects, before, after)
        case "doing":
            return subjects.doing.search(before) is not None
        case "whole":
            return (
                _is_clear(subjects, sentences, index, match[0])
                if before.strip() == ""
                else _is_whole(subjects, before, match)
            )


def _is_under_another(subjects: Subjects, sentences: Sequence[Sentence], index: int) -> bool:
    """Say whether a sentence without a subject stands in a list below a point that is another's name or a part's."""
    if not sentences[index].is_item:
        return False
    for sentence in reversed(sentences[max(0, index - 8) : index]):
        if not sentence.is_item or sentence.section != sentences[index].section:
            return False
        held = sentence.text.strip(" :*_`")
        if len(held.split()) <= 4 and held[:1].isupper() and not sentence.text.rstrip().endswith("."):
            return subjects.me.fullmatch(held) is None and _TRIGGER.search(held) is None
    return False


def _is_hedged(subjects: Subjects, before: str) -> bool:
    """Say whether words before a claim take it back; "unlike X, " and the like only until their clause ends."""
    for hedge in _HEDGE.finditer(before):
        word = hedge[0].casefold()
        is_comparison = word.startswith(("unlike", "compared", "in contrast", "rather", "instead"))
        rest = before[hedge.end() :]
        if not is_comparison:
            return True
        # After the comparison the sentence has to begin anew: with the card's own model, or with the claim itself.
        starts = [clause.end() for clause in _CLAUSE.finditer(rest)]
        if not any(one == len(rest) or subjects.me.match(rest, one) or _OURS.match(rest, one) for one in starts):
            return True
    return False


def _is_phrase(subjects: Subjects, before: str, after: str) -> bool:
    if subjects.phrase.match(before):
        return True
    # Without "this is" a phrase stands alone: with a verb after it, it is the subject of another statement.
    return subjects.fragment.match(before) is not None and _FINITE.search(after) is None


def _is_whole(subjects: Subjects, before: str, match: re.Match[str]) -> bool:
    """Say whether a pattern amid a sentence speaks of the own model: a pronoun needs the model before it."""
    if match[0].casefold().startswith(("it ", "they ")):
        return subjects.me.match(before.strip()) is not None or before.rstrip().endswith(",")
    first = match[0].lstrip(",;: ").split(maxsplit=1)[0].casefold()
    if first in ("and", "but", "does", "doesn't", "no", "without", "with"):
        return subjects.me.match(before.strip()) is not None or before.casefold().lstrip().startswith("we ")
    return True


def _is_clear(subjects: Subjects, sentences: Sequence[Sentence], index: int, said: str) -> bool:
    """Say whether "it" and "the model" mean the card's model: not where the sentence before speaks of another."""
    word = said.lstrip(",;:(—– ").casefold()
    if not word.startswith(("it ", "they ", "the model", "the models")) or index == 0:
        return True
    last = sentences[index - 1]
    if last.paragraph != sentences[index].paragraph:
        return True
    return subjects.me.match(last.text) is not None or _OTHER_START.match(last.text) is None
