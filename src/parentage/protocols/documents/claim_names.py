"""Reads which models a sentence names after "from", "of" or "merging": repository ids, links and plain names.

A name is read only where a model's name is likely: a link to a hub, an id, or capitals and digits that no word such as
"dataset" or "tokenizer" follows.
"""

import re
from dataclasses import dataclass

from parentage.protocols.documents.card_inline import Span
from parentage.protocols.documents.card_text import Sentence

MOST_NAMES = 16
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|modelscope\.cn/models)/([\w.-]{1,96}/[\w.-]{1,96})")
_NOT_MODELS = ("datasets", "spaces", "papers", "docs", "blog", "collections", "learn", "organizations", "models")
_LEAD = re.compile(
    r"(?:(?:the|a|an|our|own|its|their|earlier|previous|open|open-weights?|open-source|base|pre-?trained|original|pre-existing|single|two|three|four|several|following"
    r"|official|released|public|publicly|available|popular|excellent|powerful|merged|full|weights|model|models|of"
    r"|checkpoint|checkpoints|version|language|large|instruct|"
    r"o|do|da|de|el|la|le|du|modelo|modèle|модель|model:|de l'|l'|the:)\s+|the\s*:\s*){1,6}",
    re.IGNORECASE,
)
_ID = re.compile(r"(?<![\w/.:-])[A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95}(?![\w/])")
_NAME = re.compile(
    r"(?:[A-Z][\w.+-]{0,60}(?: (?:[A-Z][\w.+-]{0,60}|v?\d[\w.]{0,20})){0,5}"
    r"|[a-z][\w.]{0,40}(?:-[\w.]{1,30}){0,6}-v?\d[\w.]{0,10}(?:-[\w.]{1,30}){0,6})"
)
_SHARE = re.compile(
    r"(?P<number>\d{1,3}(?:\.\d{1,6})?)\s?%\s{1,3}(?:of\s{1,3})?|(?P<factor>[01]?\.\d{1,8})\s?[*×x·]\s?"
)
_JOINT = re.compile(
    r"\s*(?:,\s*(?:and\s+|e\s+|y\s+|et\s+)?|\+\s*|&\s*|/\s+|(?:and|with|e|y|et|into|und)\s+|[和与、及]\s*|و\s?)"
)
_NO_MODEL = re.compile(
    r"\s?(?:'s\s)?(?:(?!(?:on|for|with|using|by|and|in|to|from|into|as|at|is|was)\b)\w+\s){0,2}?"
    r"(?:datasets?|data|corpus|corpora|tokeni[sz]er|architecture|template|codebase|code|framework|paper|benchmark"
    r"|licen[cs]e|format|repository|team|recipe|library|design|prompts?|vocabulary|leaderboard|style|scripts?)\b",
    re.IGNORECASE,
)
# Words that begin with a capital and name no model.
_WORDS = re.compile(
    r"(?:code\s+llm|the|this|that|we|our|us|its?|an?|all|more|none|n/a|na|unknown|various|q?lora|dora|peft|sft|dpo|grpo|ppo|rlhf"
    r"|pytorch|transformers?|mergekit|unsloth|axolotl|trl|hugging|github|wikipedia|common|crawl|english|portuguese|spanish"
    r"|french|chinese|arabic|german|human|internet|web|random|scratch|yes|no|true|false|tbd|todo|xavier|kaiming|gaussian"
    r"|python|cuda|jax|tensorflow|keras|megatron|deepspeed|nemo|attention|mixture|reinforcement|google|apache|mit)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedModel:
    """A model that a sentence names; `weight` is its share where one is written beside it; `stop` is where it ends."""

    name: str
    weight: float | None
    stop: int


def model_of_link(target: str) -> str:
    """Return the repository id that an address names, "" where it is no model's."""
    found = _HUB.match(target)
    if found is None or found[1].partition("/")[0] in _NOT_MODELS:
        return ""
    return found[1].rstrip(".")


def read_name(sentence: Sentence, place: int) -> NamedModel | None:
    """Return the model that a sentence names at a place, after articles and the like; None where it names none."""
    text = sentence.text
    weight: float | None = None
    place = _skip(text, place)
    if share := _SHARE.match(text, place):
        weight = float(share["number"]) / 100 if share["number"] else float(share["factor"])
        place = share.end()
    span = _span_at(sentence, place)
    if span is None and (lead := _LEAD.match(text, place)):
        place = _skip(text, lead.end())
        span = _span_at(sentence, place)
    if span is not None:
        return _linked(text, span, weight)
    for pattern in (_ID, _NAME):
        if found := pattern.match(text, place):
            name = found[0].rstrip(".-+")
            if _is_word(name) or _is_other(text, found.end()):
                return None
            return NamedModel(name=name, weight=weight, stop=place + len(name))
    return None


def read_names(sentence: Sentence, place: int) -> tuple[NamedModel, ...]:
    """Return the models that a sentence lists from a place on, joined by commas, "and", "with" or a sum."""
    found: list[NamedModel] = []
    while len(found) < MOST_NAMES and (one := read_name(sentence, place)) is not None:
        found.append(one)
        joint = _JOINT.match(sentence.text, _after_brackets(sentence.text, one.stop))
        if joint is None:
            break
        place = joint.end()
    return tuple(found)


def _span_at(sentence: Sentence, place: int) -> Span | None:
    return next((one for one in sentence.spans if one.kind != "quote" and one.start == place), None)


def _linked(text: str, span: Span, weight: float | None) -> NamedModel | None:
    held = text[span.start : span.stop].strip()
    name = model_of_link(span.target) if span.kind == "link" else ""
    if not name and span.kind == "code":
        formula = _SHARE.match(held)
        whole = _ID.match(held, formula.end() if formula else 0) or _NAME.match(held, formula.end() if formula else 0)
        if whole is None:
            return None
        name = whole[0].rstrip(".-+")
        if formula:
            weight = float(formula["factor"] or 0) or None
            return NamedModel(
                name=name, weight=weight, stop=span.start + len(text[span.start : span.stop]) - len(held) + whole.end()
            )
    if not name and span.kind == "link" and (_ID.fullmatch(held) or _NAME.fullmatch(held)):
        name = held
    if not name or _is_word(name) or _is_other(text, span.stop):
        return None
    return NamedModel(name=name, weight=weight, stop=span.stop)


def _is_word(name: str) -> bool:
    """Say whether a name begins with a word that names no model; "Transformer-XL" and "org/model" do not."""
    found = _WORDS.match(name)
    return found is not None and name[found.end() : found.end() + 1] in ("", " ")


def _is_other(text: str, place: int) -> bool:
    return _NO_MODEL.match(text, place) is not None


def _skip(text: str, place: int) -> int:
    while place < len(text) and text[place] in " :\"'(":
        place += 1
    return place


def _after_brackets(text: str, place: int) -> int:
    """Return the place after a remark in brackets, where one follows: "Nimbus (60 %) and Basalt"."""
    if text[place : place + 2].lstrip().startswith("("):
        end = text.find(")", place, place + 80)
        return end + 1 if end > 0 else place
    return place
