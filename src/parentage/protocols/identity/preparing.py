"""From a repository's files to what is sent: finds what tells the model, strips it, and renders each arm.

The subject, the candidates and the controls are prepared alike: a stripped subject held against intact controls would
compare two ways of asking.
"""

import importlib.util
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parentage.endpoint.provider import Api
from parentage.endpoint.template_sandbox import TemplateSandbox
from parentage.endpoint.templates import FoundTemplates, SpecialTokens, parse_templates
from parentage.endpoint.turns import Talk, TurnFormat, render_talk
from parentage.errors import UsageError
from parentage.protocols.identity.calls import Message, Sent
from parentage.protocols.identity.disclosure import Disclosure as Told
from parentage.protocols.identity.disclosure import check_places, disclose
from parentage.protocols.identity.interview import Disclosure
from parentage.protocols.identity.lexicon import Lexicon
from parentage.protocols.identity.records import ARMS, Arm
from parentage.protocols.identity.residue import check_residue
from parentage.protocols.identity.stripping import Stripping, strip_template

if TYPE_CHECKING:
    from tokenizers import Tokenizer

# The files that are read of a repository, where they are there.
FILES = (
    "additional_chat_templates/default.jinja",
    "additional_chat_templates/rag.jinja",
    "additional_chat_templates/tool_use.jinja",
    "chat_template.jinja",
    "chat_template.json",
    "config.json",
    "generation_config.json",
    "processor_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "tokenizer_config.json",
)
NEUTRAL = "You are a helpful assistant."
# A name that nobody has: whether the model says it shows how far it believes what it is told.
CONTRARY = "You are Tavilo, an assistant made by Tavilo Labs."

_SYSTEMS: Mapping[Arm, str] = {"neutral": NEUTRAL, "contrary": CONTRARY}
_SHORTEST_NAME = 3
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How a model is asked: a renderer for each arm that can be, what was disclosed, stops, and a token counter."""

    arms: Mapping[Arm, Callable[[str], Sent]]
    disclosure: Disclosure
    stops: tuple[str, ...]
    count_tokens: Callable[[Sent], int] | None


def prepare(files: Mapping[str, bytes], lexicon: Lexicon, api: Api) -> Prepared:
    """Return how a model with these files is asked through this interface; raises InputError for absurd files.

    Without a template nothing can be told by one: completions get no turn format either, so that no arm is asked.
    """
    found = parse_templates(files)
    template = found.used
    if template is None:
        return Prepared(arms={}, disclosure=_without_template(found), stops=(), count_tokens=None)
    names = telling_names(lexicon)
    tokenizer = _tokenizer(files.get("tokenizer.json"))
    with TemplateSandbox() as sandbox:
        talk = render_talk(sandbox, template.source, found.tokens.variables())
        told = disclose(sandbox, template.source, found.tokens, names, talk=talk)
        stripping = strip_template(sandbox, template.source, found.tokens, names, encoder=tokenizer, talk=talk)
    places = [f"{one.place.kind} in {one.place.where}: {one.place.text[:80]}" for one in check_places(found, names)]
    places += [f"{one.where}: {one.rule}" for one in found.problems]
    places += [f"{one.where} differs from {template.where}" for one in found.contradicting]
    refused = [f"{one.method}: {one.why}" for one in stripping.attempts if not one.held]
    arms: Mapping[Arm, Callable[[str], Sent]] = _raw_arms(stripping, found.tokens)
    method: str = stripping.method or ""
    residue = _residue(stripping)
    if api == "chat":
        arms, method, residue = _chat_arms(talk, told, stripping, found.tokens, names)
    if "neutral" not in arms and stripping.system_why:
        refused.append(f"system message: {stripping.system_why}")
    return Prepared(
        arms=arms,
        disclosure=_disclosed(template.where, told, stripping, method, residue, tuple(places), tuple(refused)),
        stops=stripping.form.stops if stripping.form is not None else (),
        count_tokens=_counter(tokenizer) if api == "completions" else None,
    )


def telling_names(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names that a stripped prompt must not hold; names that are ordinary words would forbid plain text."""
    found: list[str] = []
    for identity in lexicon.identities:
        found += [name for name in (*identity.names, *identity.makers) if name not in identity.ambiguous]
    return tuple(dict.fromkeys(name for name in found if len(name) >= _SHORTEST_NAME or not name.isascii()))


def _raw_arms(stripping: Stripping, tokens: SpecialTokens) -> dict[Arm, Callable[[str], Sent]]:
    # A server puts the opening token before every prompt itself where the tokenizer is set to; twice is off the road.
    opening = tokens.bos if tokens.adds_bos else None
    arms: dict[Arm, Callable[[str], Sent]] = {}
    if stripping.intact is not None:
        arms["intact"] = _raw(stripping.intact.without_prefix(opening), None)
    if stripping.form is not None:
        form = stripping.form.without_prefix(opening)
        arms["stripped"] = _raw(form, None)
        if form.system_header is not None:
            arms |= {arm: _raw(form, system) for arm, system in _SYSTEMS.items()}
    return {arm: arms[arm] for arm in ARMS if arm in arms}


def _raw(form: TurnFormat, system: str | None) -> Callable[[str], Sent]:
    return lambda text: form.prompt(text, system)


def _chat_arms(
    talk: Talk, told: Told, stripping: Stripping, tokens: SpecialTokens, names: Sequence[str]
) -> tuple[dict[Arm, Callable[[str], Sent]], str, tuple[str, ...]]:
    """Return the arms of a server that only takes chats: stripped only where the template then tells nothing."""
    arms: dict[Arm, Callable[[str], Sent]] = {"intact": _chat(None)}
    method = ""
    residue: tuple[str, ...] = ()
    if stripping.method == "nothing-to-strip":
        arms["stripped"], method = _chat(None), "nothing-to-strip"
    elif isinstance(talk.empty_system, str):
        text = talk.empty_system
        for mark in (talk.marks.system, *talk.marks.questions, *talk.marks.answers):
            text = text.replace(mark, "\n")
        left = check_residue((text,), told=told.told, names=names, specials=tokens.texts)
        if left.is_clean:
            arms["stripped"], method, residue = _chat(""), "empty-system", left.remaining
    if isinstance(talk.system, str) and not told.beside_system:
        arms |= {arm: _chat(system) for arm, system in _SYSTEMS.items()}
    return {arm: arms[arm] for arm in ARMS if arm in arms}, method, residue


def _chat(system: str | None) -> Callable[[str], Sent]:
    before = () if system is None else (Message(role="system", content=system),)
    return lambda text: (*before, Message(role="user", content=text))


def _residue(stripping: Stripping) -> tuple[str, ...]:
    held = next((one for one in stripping.attempts if one.held), None)
    return held.residue.remaining if held is not None and held.residue is not None else ()


def _disclosed(
    where: str,
    told: Told,
    stripping: Stripping,
    method: str,
    residue: tuple[str, ...],
    places: tuple[str, ...],
    refused: tuple[str, ...],
) -> Disclosure:
    hidden = [f"line {one.line}: {one.telling.text[:160]}" for one in told.hidden if not one.reached]
    hidden += [f"{one.probe}: {'; '.join(one.passages)[:160]}" for one in told.injections if one.tellings]
    return Disclosure(
        template=where,
        told=" ".join(told.told)[:2000],
        proven=told.default.status == "proven",
        hidden=tuple(hidden[:_SHOWN]),
        places=places[:_SHOWN],
        method=method,
        refused=refused[:_SHOWN],
        residue=residue[:_SHOWN],
        difference=stripping.edited.diff[:20_000] if stripping.edited is not None else "",
    )


def _without_template(found: FoundTemplates) -> Disclosure:
    problems = tuple(f"{one.where}: {one.rule}" for one in found.problems)[:_SHOWN]
    why = ("no chat template in the repository: how its turns are written is not known",)
    return Disclosure(
        template="",
        told="",
        proven=False,
        hidden=(),
        places=problems,
        method="",
        refused=why,
        residue=(),
        difference="",
    )


def _tokenizer(data: bytes | None) -> "Tokenizer | None":
    if data is None or importlib.util.find_spec("tokenizers") is None:
        return None
    from tokenizers import Tokenizer

    try:
        return Tokenizer.from_buffer(data)
    except Exception:  # noqa: BLE001 - the library raises bare Exception for what it cannot read
        return None


def _counter(tokenizer: "Tokenizer | None") -> Callable[[Sent], int] | None:
    if tokenizer is None:
        return None

    def count(sent: Sent) -> int:
        if not isinstance(sent, str):
            raise UsageError("only raw prompts can be counted")
        return len(tokenizer.encode(sent).ids)

    return count
