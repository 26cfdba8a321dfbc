"""What an interview must agree with by itself, whoever wrote it: its terms, its plan, its prompts, its readings.

Replies are read again only by the rules that they were read by. Where those are not this version's, a reading must at
least be one of its reply: spans that hold the names claimed, and keys that these names are of.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from parentage.endpoint.turns import split_special
from parentage.errors import InputError
from parentage.evidence.canonical import canonical_json
from parentage.protocols.identity.calls import MOST_CALLS
from parentage.protocols.identity.interview import Interview, Interviewee, Terms
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.preparing import telling_names
from parentage.protocols.identity.prompts import load_prompts, prompts_digest, select
from parentage.protocols.identity.reading.text import fold, kind_of
from parentage.protocols.identity.records import Arm, Claim, Identity, Mention, Reading, Reply
from parentage.protocols.identity.residue import check_residue
from parentage.protocols.identity.server_checks import check_repeats
from parentage.protocols.identity.telling import find_names, words_of

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_MOST_MODELS, _MOST_IDENTITIES, _MOST_TEXTS, _MOST_TEXT = 101, 150, 50, 100
_MOST_REPEATS, _MOST_FAMILIES, _MOST_TOKENS, _HOTTEST = 1000, 10_000, 65_536, 5.0
_MOST_CLAIMS, _MOST_MENTIONS = 64, 1000
_UNKNOWN = "unknown:"
_TOLD_WORDS = 3
# A text that is asked stands once in a prompt; where it stands again in the turn's marks, either may be the question.
_MOST_PLACES = 16


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around each question of one model and arm; `escaped`: questions are written as JSON writes them."""

    before: str
    after: str
    escaped: bool

    def holds(self, reply: Reply) -> bool:
        text = _written(reply.prompt.text, escaped=self.escaped)
        return (
            len(reply.sent) == len(self.before) + len(text) + len(self.after)
            and reply.sent.startswith(self.before)
            and reply.sent.endswith(self.after)
            and reply.sent.startswith(text, len(self.before))
        )


def check_terms(terms: Terms, where: str) -> None:
    """Raise InputError where a term is none that a case can ask for."""
    for name, value, low, high in (
        ("families", terms.families, 1, _MOST_FAMILIES),
        ("repeats", terms.repeats, 1, 1 if terms.quick else _MOST_REPEATS),
        ("temperature", terms.temperature, 0.0, _HOTTEST),
        ("top_p", terms.top_p, 0.0, 1.0),
        ("max_tokens", terms.max_tokens, 1, _MOST_TOKENS),
    ):
        if not math.isfinite(value) or not low <= value <= high:
            raise InputError(where, f"{name} = {value!r}"[:80], f"must be from {low:g} to {high:g}")
    if not terms.languages or len(set(terms.languages)) != len(terms.languages):
        raise InputError(where, f"languages {', '.join(terms.languages)}"[:80], "must be languages, each once")
    for name in ("prompts_version", "prompts_digest", "rules_version", "rules_digest", "lexicon_digest"):
        if not 0 < len(getattr(terms, name)) <= _MOST_TEXT:
            raise InputError(where, name, f"must have 1 to {_MOST_TEXT} characters")


def check_models(models: Sequence[Interviewee], identities: Sequence[Identity], where: str) -> None:
    """Raise InputError where models or names are not those of a case: too many, alike, or of nobody."""
    ids = [model.id for model in models]
    if len(ids) > _MOST_MODELS or len(set(ids)) != len(ids):
        raise InputError(where, f"{len(ids)} models", f"must be at most {_MOST_MODELS}, each with an id of its own")
    if wrong := [one for one in ids if not _ID.fullmatch(one)]:
        raise InputError(where, wrong[0][:80], "is no id: 1 to 64 letters, digits, dots, underscores and hyphens")
    if [model.id for model in models if model.role == "subject"] != ["subject"]:
        raise InputError(where, ", ".join(ids)[:80], "must hold one model whose role is subject, with this id")
    for model in models:
        if len(set(model.arms)) != len(model.arms):
            raise InputError(where, f"{model.id}: {', '.join(model.arms)}"[:80], "must have each arm once")
        if "stripped" in model.arms and not model.disclosure.method:
            raise InputError(where, model.id, "was asked stripped, by no method")
    if len(identities) > _MOST_IDENTITIES:
        raise InputError(where, f"{len(identities)} identities", f"must be at most {_MOST_IDENTITIES}")
    for one in identities:
        texts = (*one.names, *one.makers, *one.ambiguous)
        if one.key not in ids or not (one.names or one.makers):
            raise InputError(where, one.key[:80], "must be a model of the case, with a name or a maker")
        if max(map(len, (one.names, one.makers, one.ambiguous))) > _MOST_TEXTS:
            raise InputError(where, one.key, f"must have at most {_MOST_TEXTS} names and as many makers")
        if not all(0 < len(text) <= _MOST_TEXT for text in texts):
            raise InputError(where, one.key, f"must have names of 1 to {_MOST_TEXT} characters")


def check_plan(interview: Interview, where: str) -> None:
    """Raise InputError where a reply was not planned, or the plan is not what the terms give."""
    if not len(interview.replies) <= interview.planned <= MOST_CALLS:
        rule = f"must be from the {len(interview.replies)} replies to {MOST_CALLS}"
        raise InputError(where, f"{interview.planned} planned", rule)
    arms = {model.id: model.arms for model in interview.models}
    for number, reply in enumerate(interview.replies, 1):
        if reply.arm not in arms.get(reply.model, ()) or reply.repeat >= interview.terms.repeats:
            value = f"{reply.model}, {reply.arm}, repeat {reply.repeat}"[:80]
            raise InputError(f"{where}:{number}", value, "is no model, arm and repeat of the interview")
    if not asks_alike(interview.terms):
        return
    prompts = select(load_prompts(), languages=interview.terms.languages, quick=interview.terms.quick)
    families = len({prompt.family for prompt in prompts})
    planned = sum(len(model.arms) for model in interview.models) * len(prompts) * interview.terms.repeats
    if (interview.terms.families, interview.planned) != (families, planned):
        value = f"{interview.terms.families} families, {interview.planned} planned"
        raise InputError(where, value, f"the terms give {families} and {planned}")
    asked = frozenset(prompts)
    for number, reply in enumerate(interview.replies, 1):
        if reply.prompt not in asked:
            raise InputError(
                f"{where}:{number}", reply.prompt.text[:80], "is no prompt of this version and these terms"
            )


def check_sent(interview: Interview, where: str, *, alike: bool) -> None:
    """Raise InputError where more than the question changes in what a model was sent, or a stripped prompt tells.

    Without `alike`, an interview by other rules, only the names of the case count as telling. An intact template may
    look at what is asked and write anything.
    """
    lexicon = make_lexicon(interview.identities)
    names = telling_names(lexicon if alike else replace(lexicon, identities=interview.identities))
    told = {model.id: model.disclosure.told for model in interview.models}
    groups: dict[tuple[str, Arm], list[Reply]] = {}
    for reply in (reply for reply in interview.replies if reply.arm != "intact"):
        groups.setdefault((reply.model, reply.arm), []).append(reply)
    for (model, arm), replies in groups.items():
        around = _around(replies)
        if not around:
            rule = "must be the question inside the same marks each time"
            raise InputError(where, f"what {model} was sent, {arm}", rule)
        if arm == "stripped":
            leaks = [_leaks(one, names, told[model], alike=alike) for one in around]
            if all(leaks):
                raise InputError(where, f"what {model} was sent, stripped", f"{leaks[0][0]}, beside the question"[:200])


def check_servers(interview: Interview, where: str) -> None:
    """Raise InputError where what is said of the servers is of nobody, or does not follow from the replies."""
    temperatures = {model.id: interview.terms.temperature for model in interview.models}
    if check_repeats(interview.replies, temperatures) != interview.repeated:
        raise InputError(where, "repeated", "does not follow from the replies")
    steady = [row.model for row in interview.steadiness]
    if len(set(steady)) != len(steady) or not set(steady) <= temperatures.keys():
        raise InputError(where, "steadiness", "must be one row for a model of the interview")
    if any(not 0 <= row.same <= row.prompts for row in interview.steadiness):
        raise InputError(where, "steadiness", "has more prompts the same than prompts")
    asked = Counter((reply.model, reply.arm) for reply in interview.replies)
    places = [(row.model, row.arm) for row in interview.surpluses]
    if len(set(places)) != len(places):
        raise InputError(where, "surpluses", "must be one row for a model and arm")
    for row in interview.surpluses:
        counted = 1 <= row.agreeing <= row.compared <= asked[(row.model, row.arm)]
        if not (counted and row.least <= row.usual <= row.most):
            raise InputError(where, f"surplus of {row.model}, {row.arm}"[:80], "counts what was not asked")


def check_readings(interview: Interview, where: str) -> None:
    """Raise InputError where a reading cannot be one of its reply by any rules."""
    names = _names_by_key(interview.identities)
    for number, (reply, reading) in enumerate(zip(interview.replies, interview.readings, strict=True), 1):
        problem = _problem(reply, reading, names)
        if problem:
            raise InputError(f"{where}:{number}", reading.status, problem)


def asks_alike(terms: Terms) -> bool:
    """Say whether this version has the prompts that were asked."""
    return terms.prompts_digest == prompts_digest()


def _around(replies: Sequence[Reply]) -> tuple[_Around, ...]:
    """Return what can stand around the question in every one of these; empty where nothing does."""
    kept = tuple(dict.fromkeys(_places(replies[0])))
    for reply in replies[1:]:
        kept = tuple(one for one in kept if one.holds(reply))
    return kept


def _places(reply: Reply) -> Iterator[_Around]:
    for escaped in (False, True):
        text = _written(reply.prompt.text, escaped=escaped)
        at = reply.sent.find(text) if text else -1
        for _ in range(_MOST_PLACES):
            if at < 0:
                break
            yield _Around(reply.sent[:at], reply.sent[at + len(text) :], escaped)
            at = reply.sent.find(text, at + 1)


def _written(text: str, *, escaped: bool) -> str:
    """Return a question as a raw prompt holds it, or as the canonical JSON of a chat's messages does."""
    return canonical_json(text).decode()[1:-1] if escaped else text


def _leaks(around: _Around, names: Sequence[str], told: str, *, alike: bool) -> tuple[str, ...]:
    """Return what a stripped prompt tells.

    The tokenizer's own list of tokens is not at hand: what is written like a token, as one word, counts as one.
    """
    texts = (around.before, around.after)
    marks = [piece for text in texts for special, _, piece in split_special(text, ()) if special]
    specials = tuple(dict.fromkeys(mark for mark in marks if not any(letter.isspace() for letter in mark)))
    if alike:
        still = ("still writes what was told",) if len(words_of(told)) >= _TOLD_WORDS and told in around.before else ()
        return (*check_residue(texts, told=(), names=names, specials=specials).leaks, *still)
    plain = "\n".join(texts)
    for mark in specials:
        plain = plain.replace(mark, " ")
    return tuple(f"names {name}" for name in find_names(plain, names))


def _names_by_key(identities: Sequence[Identity]) -> Mapping[str, frozenset[str] | None]:
    """Return what every key is known by, in letters alone; None for keys of the built-in lexicon, which may change."""
    case = {one.key for one in identities}
    built_in = make_lexicon().identities
    found: dict[str, frozenset[str] | None] = {one.key: None for one in built_in}
    for key in case:
        texts = [text for one in (*identities, *built_in) if one.key == key for text in (*one.names, *one.makers)]
        found[key] = frozenset(letters for text in texts if (letters := _letters(text)))
    return found


def _letters(text: str) -> str:
    return "".join(letter for letter in fold(text).text if kind_of(letter))


def _problem(reply: Reply, reading: Reading, names: Mapping[str, frozenset[str] | None]) -> str:
    """Return why a reading is none of its reply, empty where it can be."""
    if len(reading.claims) > _MOST_CLAIMS or len(reading.mentions) > _MOST_MENTIONS:
        return f"has more than {_MOST_CLAIMS} claims or {_MOST_MENTIONS} mentions"
    if (reading.status == "claim") != bool(reading.claims):
        return "is a claim where there are claims, and only there"
    if reading.status == "mention" and not any(one.why != "thought" for one in reading.mentions):
        return "is a mention where somebody is mentioned"
    found: tuple[Claim | Mention, ...] = (*reading.claims, *reading.mentions)
    for one in found:
        texts = [reply.text]
        if isinstance(one, Mention) and one.why == "thought":
            texts.append(reply.thinking)
        if not any(_stands(one, text) for text in texts):
            return f"{one.name[:60]!r} does not stand at {one.start} to {one.end}"
        if not _is_of(one, reply, names):
            return f"{one.name[:60]!r} is no name of {one.key[:60]!r}"
    return ""


def _stands(one: Claim | Mention, text: str) -> bool:
    """Say whether the name is what stands there; thinking and turn marks were read as as many line ends."""
    if not 0 <= one.start < one.end <= len(text) or not one.name.strip() or len(one.name) != one.end - one.start:
        return False
    return all(name in (letter, "\n") for name, letter in zip(one.name, text[one.start : one.end], strict=True))


def _is_of(one: Claim | Mention, reply: Reply, names: Mapping[str, frozenset[str] | None]) -> bool:
    said = _letters(one.name)
    if isinstance(one, Claim) and one.rule.endswith(", disguised"):
        # Letters of another writing are read as those that they look like only beside letters of this one.
        said += " " + _letters(reply.text)
    if isinstance(one, Claim) and one.key.startswith(_UNKNOWN):
        own = _letters(one.key.removeprefix(_UNKNOWN))
        return own == _letters(one.name) or (one.rule.endswith(", disguised") and own in said)
    known: Collection[str] | None = names.get(one.key, ())
    return known is None or any(name in said for name in known)
