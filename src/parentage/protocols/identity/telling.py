"""Finds text that tells a model who it is: names that are handed in, and sentences that address it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from parentage.endpoint.turns import split_special

# After "you are" these go on to an instruction, not to an identity.
_INSTRUCTED = (
    "provided|given|able|not|also|now|in|on|at|allowed|expected|to|free|required|encouraged|only|using|equipped|being|asked|"
    "going|currently|done|sure|unsure|unable|writing|about|supposed|permitted|capable|very|too|calling|ready|strictly|"
    "responsible|talking|operating|designed"
)
_TELLING = (
    rf"\b(?:you are|you're)\s+(?!(?:{_INSTRUCTED})\b)\w[\w'’-]*",
    r"\byour (?:name|identity|creator|developer|maker|model version) (?:is|are)\b",
    r"\b(?:i am|i'm|my name is) (?:an? (?:ai|large|language|helpful)|[A-Z]\w+)",
    r"\b(?:assistant|model|ai|chatbot|bot|llm) (?:named|called)\b",
    r"\b(?:created|developed|trained|made|built|designed|published|provided) by (?!you\b|the user\b)\w+",
    r"\b(?:you were|you have been) (?:created|developed|trained|made|built|designed)\b",
    r"\bact as\b|\bpretend to be\b|\brole-?play as\b",
    r"你是|您是|你叫|你的名字|由.{1,20}(?:创造|开发|训练|研发|打造|推出)|我是|我叫|扮演",
    r"\bvocê é|\bseu nome é|\b(?:criad|desenvolvid|treinad|feit)[oa] (?:por|pela|pelo)\b|\beu sou\b|\bme chamo\b",
    r"\beres (?:un|una|el|la)?\b|\btu nombre es\b|\b(?:cread|desarrollad|entrenad|hech)[oa] por\b|\bsoy (?:un|una)\b",
    r"\b(?:tu es|vous êtes)\b|\b(?:ton|votre) nom est\b|\b(?:créé|développé|entraîné|conçu)e? par\b|\bje suis\b",
    r"\b(?:du bist|sie sind) (?:ein|eine|der|die)\b|\bentwickelt von\b|\bdein name ist\b",
    r"أنت (?:نموذج|مساعد|ذكاء)|اسمك|طور(?:ت|ته|ك)|من تطوير|أنا (?:نموذج|مساعد)",
    r"ты\s+[-—–]|вы\s+[-—–]|тебя зовут|создан(?:ный)? компанией|разработан",
    r"あなたは|당신은|너는",
)
_PATTERN = re.compile("|".join(_TELLING), re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ROLES = frozenset(
    (
        *("system", "user", "assistant", "model", "developer", "human", "bot", "ai", "tool", "chatbot", "gpt", "name"),
        *(
            "setting",
            "role",
            "message",
            "type",
            "think",
            "thinking",
            "thought",
            "analysis",
            "final",
            "channel",
            "user:",
        ),
    )
)
# Shorter names are also ordinary letters: they must stand exactly so.
_SHORT_NAME = 3
_MOST_PASSAGES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A piece of text that tells an identity: the names in it, and the phrases that address or describe a model."""

    text: str
    names: tuple[str, ...]
    phrases: tuple[str, ...]


def find_names(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the names that stand in the text as whole words."""
    folded = text.casefold()
    found = []
    for name in names:
        exact = len(name) <= _SHORT_NAME and name.isascii()
        inside, sought = (text, name) if exact else (folded, name.casefold())
        if len(sought.strip()) > 1 and sought not in _ROLES and _stands_alone(inside, sought):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _stands_alone(text: str, name: str) -> bool:
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (_continues(before, name[0]) or _continues(after, name[-1])):
            return True
        at = text.find(name, at + 1)
    return False


def _continues(beside: str, edge: str) -> bool:
    """Say whether a letter beside a name belongs to the same word: only in scripts that put spaces between words."""
    return (
        bool(beside) and beside.isalpha() and edge.isalpha() and not (_UNSPACED.match(beside) or _UNSPACED.match(edge))
    )


def find_phrases(text: str) -> tuple[str, ...]:
    """Return the phrases of the text that address a model or say who made it."""
    return tuple(dict.fromkeys(match[0] for match in _PATTERN.finditer(text)))


def read_telling(text: str, names: Sequence[str]) -> Telling | None:
    """Return what a piece of text tells of an identity, or None if it tells nothing."""
    named, phrases = find_names(text, names), find_phrases(text)
    return Telling(text=text, names=named, phrases=phrases) if named or phrases else None


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, each character of an unspaced script as one, without the names of roles."""
    found: list[str] = []
    for word in _WORD.findall(text):
        found += list(word) if _UNSPACED.match(word) else [word]
    return tuple(word for word in found if word.casefold() not in _ROLES)


def passages(text: str, specials: Sequence[str]) -> tuple[str, ...]:
    """Return the lines between special tokens that hold any word besides a role's name."""
    found: dict[str, None] = {}
    for special, _, piece in split_special(text, specials):
        if not special:
            found.update((line.strip(), None) for line in piece.splitlines() if words_of(line))
        if len(found) > _MOST_PASSAGES:
            break
    return tuple(found)[:_MOST_PASSAGES]
