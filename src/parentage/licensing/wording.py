"""Reads English sentences narrowly: does one name a model, does it deny, does it say that the model was changed?

A statement counts only in forms that leave no doubt. What mentions the model and a change in another form is
`unclear`: a person has to read it, and no status is built on it alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Reading = Literal["stated", "unclear", "denied", "none"]


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MOST_NAME = 200
_LEAST_LETTERS = 3
# Parts that many models' names share: a name made of these alone names nobody.
_GENERIC = _set(
    "a an the and or of to in on by for with model models base parent candidate subject original main other merge "
    "merged merges chat instruct finetune finetuned fine tune tuned adapter lora quantized gguf gptq awq small medium "
    "large tiny mini nano pro max test final latest new old checkpoint weights output outputs hf step steps epoch run "
    "release version org repo data file llm ai it we this that not no none one two"
)
_SIZE = re.compile(r"v?\d+(?:\.\d+)*[bmkx]?")
_DENIAL = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|nobody|falsely|false|untrue|wrong(?:ly)?"
    r"|incorrect(?:ly)?|den(?:y|ies|ied|ying)|denial|refut\w{0,4}|alleg\w{1,7}|accus\w{0,6}|rumou?rs?|contrary|instead"
    r"|rather than|unlike|independent(?:ly)?|from scratch|unrelated|unmodified|unchanged|free of|absent|lacks?"
    r"|refuse[sd]?|reject(?:s|ed)?|avoid(?:s|ed)?|exclud(?:e|es|ed|ing)|removed|only resembles)\b|n['’]t\b",
    re.IGNORECASE,
)
# Says what was done no more, which denies nothing that was done.
_NO_MORE = re.compile(r"\b(?:without|with no|no) (?:any )?(?:further|additional|other|extra) \w{1,20}", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:can|could|may|might|would|should|shall|must|if|whether|you|your|will|how to|please|to be|plan(?:s|ned)?"
    r"|claim(?:s|ed)?|suppos\w{1,4}|perhaps|maybe|possibly|for example|e\.g|for instance|hypothetical\w{0,2})\b|\?",
    re.IGNORECASE,
)
_PARENT = "\x00"
_OWN = "\x01"
_ORGANISATION = re.compile(rf"[^\W_][\w.\-]{{0,60}}/(?={_PARENT})")
_LINK_TARGET = re.compile(r"\]\([^()\s]{0,300}\)")
_MOST_MENTIONS = 20
_CHANGE = re.compile(
    r"\b(?:merg(?:e|es|ed|ing)|fine[- ]?tun(?:es?|ed|ing)|quanti[sz](?:es?|ed|ing|ations?)|quants?"
    r"|deriv(?:ed|es|ing|atives?|ation)"
    r"|modif(?:y|ies|ied|ying|ications?)|chang(?:es?|ed)|adapt(?:s|ed|ation)|post[- ]?train(?:ed|ing)"
    r"|(?:further|continued) (?:pre-?)?train(?:ed|ing)|(?:re)?train(?:ed|ing) (?:further )?(?=from\b|on top of\b)"
    r"|initiali[sz](?:ed|ation)|start(?:s|ed|ing)?(?= from\b)|prun(?:ed|ing)|interpolat(?:es?|ed|ing|ions?)"
    r"|combin(?:es?|ed|ing|ation)|blend(?:s|ed)?|averag(?:es?|ed|ing)|mix(?:es|ed|ture)?|convert(?:s|ed)|conversion"
    r"|based(?= on\b)|built(?= (?:on|from|upon)\b)|soup|altered|edited|permuted|rescaled|stacked"
    r"|abliterated)\b(?![._/]\w)",
    re.IGNORECASE,
)
# What may stand between the word for the change and its connector, and between the connector and the names.
_MIDDLE = _set(
    "model models version versions variant variants checkpoint checkpoints weights parameters tensors copy build "
    "edition a an the was is were are been made applied obtained produced created linear linearly slerp ties dare "
    "della spherical weighted simple plain average interpolation combination merge merged quantized bit bits int4 "
    "int8 fp8 fp16 bf16 gguf gptq awq lora full fully further additional and our two three several model's entirely "
    "directly using mergekit arithmetic release part whole"
)
_CONNECTORS = _set("of from between with to into upon on using in")
_FILL = _set(
    "the a an and both two three four several models model weights checkpoint checkpoints parameters tensors of base "
    "parents parent original following pretrained pre trained instruct version versions respectively as top at merge "
    "method"
)
_PASSIVE = _set(
    "was were is are has have been being which that and both together then weights model models checkpoint "
    "checkpoints s parameters linearly later further the of"
)
_AUXILIARIES = _set("was were is are been being")
_ARTEFACTS = _set(
    "tokenizer tokeniser tokenizers vocabulary template templates prompt prompts code script scripts pipeline recipe "
    "dataset datasets data corpus output outputs response responses reply replies completion completions answers card "
    "documentation readme licence license config configuration benchmark benchmarks evaluation harness architecture "
    "teacher judge generated style format logo name paper"
)
_WEIGHTS = _set("weight weights model models checkpoint checkpoints parameters tensors layers")
_BEFORE = _set(
    "this these the our it its we i model models weights checkpoint checkpoints repository repo product release "
    "version files parameters tensors layers is was are were has have been a an contains includes consists holds of "
    "made by from created built produced obtained as here hereby which that with and following included in used "
    "changes change notice attribution lineage provenance origin parents parent statement modifications description "
    "all both each how changed modified"
)
_VERBS = _set("is was are were has have been we i contains includes consists holds")
_VERBS_BEHIND = _set("is was are were has have had do does did works work scores score")
_NOUN_PHRASE = re.compile(
    r"\b(?:is|are) (?:a|an) (?:[\w\-]{1,30} ){0,6}?(?:models?|llms?|checkpoints?|networks?)\b", re.IGNORECASE
)
# Further models that stand in one list with the parent.
_NAMES_BEFORE = re.compile(r"(?:\b[A-Z][\w.\-]{0,60}(?:, and|,| and) ){1,20}$")
_NAMES_BEHIND = re.compile(r"^(?:, [A-Z][\w.\-]{0,60}){0,20},? and [A-Z][\w.\-]{0,60}")
# A formula: 0.6 * X + 0.4 * Y.
_PRODUCT = re.compile(rf"\d\s{{0,3}}[*×·]\s{{0,3}}{_PARENT}|{_PARENT}\s{{0,3}}[*×·]\s{{0,3}}\d")
_NUMBER = re.compile(r"[\d.,%/\-]*\d[\d.,%/\-]*(?:b|m|k|bits?|-?bit)?")
# Numbers are averaged and programs combined as well: these words need the weights beside them.
_ARITHMETIC = re.compile(r"averag|combin|mix|blend", re.IGNORECASE)
_OBJECT = _set("the both two models weights checkpoints and")
_OTHER_SUBJECT = re.compile(rf"{_PARENT}[^,;:{_PARENT}]{{0,40}}\b(?:is|was|are|were|being)\b[^,;:]{{0,80}}$")
# A bare verb orders or wishes ("merge with X") unless an article makes it a noun.
_BARE_VERB = re.compile(
    r"merge|fine[- ]?tune|quanti[sz]e|modify|change|combine|interpolate|average|mix|blend", re.IGNORECASE
)
_NOUN_BEFORE = re.compile(
    r"\b(?:a|an|the|this|our|linear|slerp|ties|dare|weighted|simple|plain)\s+(?:[\w-]{1,20}\s+)?$", re.IGNORECASE
)
_TOKEN = re.compile(r"[^\W_]+(?:['’.\-/][^\W_]+)*|\x00")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelName:
    """How a model may be named in a text: `exact`, and `loose` where the name goes on (`Nimbus-7B` for `Nimbus`)."""

    exact: re.Pattern[str]
    loose: re.Pattern[str]


def model_name(*names: str) -> ModelName | None:
    """Return what finds a model by any of its names; None where none is long and particular enough to mean it.

    Only the first name that will do is also looked for as the beginning of a longer one.
    """
    forms = [form for name in names for form in _iter_forms(name[:_MOST_NAME])]
    if not forms:
        return None
    front = r"(?<![^\W_])(?<![^\W_][\-_.])"
    stems = "|".join(_stem(form) for form in sorted(set(forms), key=lambda form: (-len(form), form)))
    exact = rf"{front}(?:{stems})(?![^\W_])(?![\-_.](?!based\b|derived\b)[^\W_])"
    return ModelName(
        exact=re.compile(exact, re.IGNORECASE),
        loose=re.compile(rf"{exact}|{front}{_stem(forms[0])}(?![^\W_])", re.IGNORECASE),
    )


def _stem(form: tuple[str, ...]) -> str:
    return r"[\s_.\-/]{0,2}".join(re.escape(part) for part in form)


def _iter_forms(name: str) -> Iterable[tuple[str, ...]]:
    """Yield the last part of a path or address, or the last two where that says too little."""
    path = re.sub(r"^[a-z0-9]+://", "", name.strip(), flags=re.IGNORECASE).split("@")[0].split("?")[0].strip("/\\ ")
    steps = re.split(r"[/\\]", path)
    for taken in (steps[-1:], steps[-2:]):
        pieces = tuple(re.findall(r"[^\W_]+", "/".join(taken)))
        if _is_particular(pieces):
            yield pieces
            return


def _is_particular(parts: tuple[str, ...]) -> bool:
    telling = [part for part in parts if part.lower() not in _GENERIC and not _SIZE.fullmatch(part.lower())]
    return any(len(part) >= _LEAST_LETTERS and not part.isdigit() for part in telling)


def is_denied(text: str) -> bool:
    """Return whether a sentence holds a negation or a denial, of whatever."""
    return _DENIAL.search(_NO_MORE.sub(" ", text)) is not None


def is_supposed(text: str) -> bool:
    """Return whether a sentence asks, allows, plans or imagines, so that it states no fact."""
    return _SUPPOSED.search(text) is not None


def read_change(
    sentence: str,
    name: re.Pattern[str],
    others: Iterable[re.Pattern[str]] = (),
    subject: re.Pattern[str] | None = None,
) -> Reading:
    """Return whether a sentence states that the model so named was changed or built upon.

    `others` find the further parents, which may stand in one list with it, `subject` the published model: a
    statement is about it, or about "this model" and the like, or has no subject at all. A long sentence is read as far
    as its first twenty changes and mentions.
    """
    plain = sentence.replace(_PARENT, " ").replace(_OWN, " ")
    visible = _LINK_TARGET.sub("]", plain)
    marked = _ORGANISATION.sub("", name.sub(_PARENT, visible if name.search(visible) else plain))
    own = [match.start() for match in re.finditer(_PARENT, marked)]
    if not own or not _CHANGE.search(marked):
        return "unclear" if own and _PRODUCT.search(marked) and not is_denied(marked) else "none"
    text, own = _mark_others(marked, own, others, subject)
    changes = list(_CHANGE.finditer(text))[:_MOST_MENTIONS]
    if plain.rstrip("*_` )").endswith("?"):
        return "denied"
    seen: set[Reading] = set()
    for change in changes:
        for at in own[:_MOST_MENTIONS]:
            end = max(change.end(), at + 1)
            if is_denied(text[:end]) or is_supposed(text[:end]):
                seen.add("denied")
            elif (
                not (_is_plain(text, change, at) and _is_of_subject(text, change, at))
                or is_denied(text[end:])
                or is_supposed(text[end:])
            ):
                seen.add("unclear")
            else:
                return "stated"
    return "unclear" if "unclear" in seen else "denied"


def _mark_others(
    text: str, own: list[int], others: Iterable[re.Pattern[str]], subject: re.Pattern[str] | None
) -> tuple[str, list[int]]:
    """Return the text with the other names marked too, and where the own marks stand now."""
    signs = list(text)
    for at in own:
        signs[at] = _OWN
    marked = "".join(signs)
    for other in others:
        marked = _ORGANISATION.sub("", other.sub(_PARENT, marked))
    if subject is not None:
        marked = subject.sub("it", marked)
    places = [match.start() for match in re.finditer(_OWN, marked)]
    return marked.replace(_OWN, _PARENT), places


def _is_plain(text: str, change: re.Match[str], at: int) -> bool:
    """Return whether the change and the name at `at` stand in one of the forms that leave no doubt."""
    if _ARITHMETIC.match(change.group()) and not _WEIGHTS.intersection(_words(text)):
        return False
    following = _words(text[at + 1 : at + 40])
    if following and following[0] in _ARTEFACTS:
        return False
    if change.end() <= at:
        return _is_object(text, change, at)
    return change.start() > at and _is_passive(text, change, at)


def _is_of_subject(text: str, change: re.Match[str], at: int) -> bool:
    """Return whether the sentence speaks of the published model: what stands before says nothing of anything else."""
    front = _NAMES_BEFORE.sub(" ", _without_brackets(text[: min(change.start(), at)]))
    before = _words(_NOUN_PHRASE.sub(" is a model ", front))
    if not all(word == _PARENT or word in _BEFORE or word in _MIDDLE or _NUMBER.fullmatch(word) for word in before):
        return False
    # Without a verb before, one right behind the names would be the sentence's own: "A merge of X was considered".
    return bool(_VERBS.intersection(before)) or not _is_followed_by_verb(text[max(change.end(), at + 1) :])


def _is_followed_by_verb(text: str) -> bool:
    for word in _tokens(re.split(r"[:;.] ", text)[0][:_MOST_NAME]):
        if not (word in (_PARENT, "and") or word[0].isupper() or _has_digit(word)):
            return word.casefold() in _VERBS_BEHIND
    return False


def _is_object(text: str, change: re.Match[str], at: int) -> bool:
    """A merge of X, merged X and Y; but not: a tokenizer adapted from X, nor: Y is a fine-tune of X."""
    before = text[max(0, change.start() - 160) : change.start()]
    window = set(_words(before[-80:]))
    if window & _ARTEFACTS and not window & _WEIGHTS:
        return False
    if _OTHER_SUBJECT.search(before):
        return False
    between = _without_brackets(text[change.end() : at])
    is_bare = _BARE_VERB.fullmatch(change.group()) is not None and not _NOUN_BEFORE.search(before)
    head, colon, rest = between.rpartition(":")
    if colon:
        return all(_is_middle(word) for word in _words(head)) and all(_is_fill(word) for word in _tokens(rest))
    gap = _tokens(between)
    for place, word in enumerate(gap):
        if word.casefold() in _CONNECTORS:
            if is_bare and word.casefold() not in {"of", "from", "between"}:
                return False
            if change.group().casefold() == "changes" and word.casefold() == "from":
                return False
            return all(_is_fill(rest) for rest in gap[place + 1 :])
        if place >= 6 or not _is_middle(word.casefold()):
            break
    return not is_bare and all(word == _PARENT or word.casefold() in _OBJECT or _has_digit(word) for word in gap)


def _is_passive(text: str, change: re.Match[str], at: int) -> bool:
    """X and Y were merged, X, quantized to four bits; but not: X was fine-tuned from Y, nor: X changed the field."""
    if re.match(rf"[^,;:]{{0,60}}\b(?:from|of|on)\b[^,;:]{{0,40}}{_PARENT}", text[change.end() :]):
        return False
    between = _NAMES_BEHIND.sub("", text[at + 1 : change.start()])
    gap = _words(between)
    told = between.lstrip().startswith((",", "(", ":")) or any(word in _AUXILIARIES for word in gap)
    return told and len(gap) <= 8 and all(word == _PARENT or word in _PASSIVE or word.endswith("ly") for word in gap)


def _is_fill(word: str) -> bool:
    """Whether a word may stand in a list of models: what is capital or holds a digit or a slash is taken as a name."""
    small = word.casefold()
    return (
        word == _PARENT
        or small in _FILL
        or small in _CONNECTORS
        or word[0].isupper()
        or _has_digit(word)
        or "/" in word
    )


def _is_middle(word: str) -> bool:
    return word in _MIDDLE or word.endswith("ly") or _has_digit(word)


def _has_digit(word: str) -> bool:
    return any(sign.isdigit() for sign in word)


def _tokens(text: str) -> list[str]:
    return [match.group() for match in _TOKEN.finditer(text)]


def _words(text: str) -> list[str]:
    return [token.casefold() for token in _tokens(text)]


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]{0,120}\)", " ", text)
