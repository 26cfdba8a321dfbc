"""From a repository's files to what is sent: finds what tells the model, strips it, and renders each arm.

The subject, the candidates and the controls are prepared alike: a stripped subject held against intact controls would
compare two ways of asking.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from parentage.endpoint.provider import Api
from parentage.endpoint.template_sandbox import Rendering, TemplateSandbox, Turn
from parentage.endpoint.templates import FoundTemplates, SpecialTokens, Template, parse_templates
from parentage.endpoint.tokenizing import SandboxedTokenizer
from parentage.endpoint.turns import Talk, TurnFormat, render_talk
from parentage.errors import InputError
from parentage.protocols.identity.calls import Message, Sent
from parentage.protocols.identity.disclosure import Disclosure as Told
from parentage.protocols.identity.disclosure import check_places, compare_templates, disclose
from parentage.protocols.identity.interview import Disclosure
from parentage.protocols.identity.lexicon import Lexicon
from parentage.protocols.identity.records import ARMS, Arm
from parentage.protocols.identity.residue import check_residue
from parentage.protocols.identity.stripping import Stripping, strip_template

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
_MOST_TOLD = 2000
# Of a server that only takes chats, nobody here sees the template.
_SUPPOSED = "as the repository's template would render it"


Arms = dict[Arm, Callable[[str], Sent]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """How a model is asked: a renderer for each arm that can be, what was disclosed, and stops.

    `tokens` counts what is sent for the texts that were handed in, where that could be counted; `template` is the
    source of the template that was taken away, None where there is none.
    """

    arms: Mapping[Arm, Callable[[str], Sent]]
    disclosure: Disclosure
    stops: tuple[str, ...] = ()
    tokens: Mapping[Sent, int] = field(default_factory=dict)
    template: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Stripped:
    """The arms of one interface, and how the stripped one came about."""

    arms: Arms
    method: str
    residue: tuple[str, ...]
    refused: tuple[str, ...] = ()


def prepare(
    files: Mapping[str, bytes],
    lexicon: Lexicon,
    api: Api,
    *,
    texts: Sequence[str] = (),
    unread: Sequence[str] = (),
    gguf: Mapping[str, str] | None = None,
) -> Prepared:
    """Return how a model with these files is asked these texts through this interface.

    `unread` are lines on files that could not be had, `gguf` the templates of a GGUF file's metadata by key. Without a
    template nothing can be told by one: completions get no turn format either, so that no arm is asked. Absurd files
    have no arm either; nothing is raised.
    """
    try:
        found = parse_templates(files, gguf=gguf)
    except InputError as error:
        return _unasked(str(error), tuple(unread))
    template = found.used
    if template is None:
        lines = (*unread, *(f"{one.where}: {one.rule}" for one in found.problems))
        return _unasked("no chat template in the repository: how its turns are written is not known", lines)
    names = telling_names(lexicon)
    tokenizer = SandboxedTokenizer(files["tokenizer.json"]) if "tokenizer.json" in files else None
    with TemplateSandbox() as sandbox, tokenizer or nullcontext():
        talk = render_talk(sandbox, template.source, found.tokens.variables())
        told = disclose(sandbox, template.source, found.tokens, names, talk=talk)
        stripping = _strip(sandbox, template, found.tokens, names, tokenizer, talk)
        if api == "chat":
            stripped = _chat_arms(talk, told, stripping, found.tokens, names)
        else:
            stripped = _raw_arms(sandbox, template, talk, stripping, found.tokens, texts)
        tokens = _count(sandbox, template, talk, tokenizer, stripped.arms, texts)
    lines = (*(f"tokenizer.json: {one.failure}" for one in (tokenizer,) if one is not None and one.failure), *unread)
    return Prepared(
        arms=stripped.arms,
        disclosure=_disclosed(template, told, stripping, stripped, (*lines, *_places(found, template, names))),
        stops=stripping.form.stops if stripping.form is not None else (),
        tokens=tokens,
        template=template.source,
    )


def describe_likeness(subject: Prepared, others: Mapping[str, Prepared]) -> tuple[str, ...]:
    """Return a line on how the subject's template relates to that of each of the others."""
    sources = {name: one.template for name, one in others.items() if one.template is not None}
    if subject.template is None or not sources:
        return ()
    with TemplateSandbox() as sandbox:
        found = compare_templates(sandbox, subject.template, sources)
    lines = []
    for one in found:
        if one.same_bytes:
            how = "the same template, byte for byte"
        elif one.same_tree:
            how = "the same template, but for spaces and comments"
        elif one.same_shape:
            how = "the same template, but for the texts in it"
        else:
            how = f"another template; {one.shared_pieces:.0%} of the lines and tags of both are in both"
        lines.append(f"{one.candidate}: {how}")
    return tuple(lines[:_SHOWN])


def telling_names(lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names that a stripped prompt must not hold; names that are ordinary words would forbid plain text."""
    found: list[str] = []
    for identity in lexicon.identities:
        found += [name for name in (*identity.names, *identity.makers) if name not in identity.ambiguous]
    return tuple(dict.fromkeys(name for name in found if len(name) >= _SHORTEST_NAME or not name.isascii()))


def _strip(
    sandbox: TemplateSandbox,
    template: Template,
    tokens: SpecialTokens,
    names: Sequence[str],
    tokenizer: SandboxedTokenizer | None,
    talk: Talk,
) -> Stripping:
    """Strip the template, with cuts by the tokenizer unless that fails at any moment."""
    if tokenizer is not None and tokenizer.load():
        found = strip_template(sandbox, template.source, tokens, names, encoder=tokenizer, talk=talk)
        if not tokenizer.failure:
            return found
    return strip_template(sandbox, template.source, tokens, names, talk=talk)


def _raw_arms(
    sandbox: TemplateSandbox,
    template: Template,
    talk: Talk,
    stripping: Stripping,
    tokens: SpecialTokens,
    texts: Sequence[str],
) -> _Stripped:
    """Return the arms as raw prompts; the intact one as the template renders each text, for it may look at it."""
    arms: Arms = {}
    if stripping.intact is not None:
        turns = [(Turn(role="user", content=text, parts=talk.parts),) for text in texts]
        rendered = sandbox.render(template.source, [Rendering(turns=one, extra=dict(talk.variables)) for one in turns])
        known = {text: one for text, one in zip(texts, rendered, strict=True) if isinstance(one, str)}
        arms["intact"] = _raw(stripping.intact, None, tokens.opening, known)
    if stripping.form is not None:
        arms["stripped"] = _raw(stripping.form, None, tokens.opening)
        if stripping.form.system_header is not None:
            arms |= {arm: _raw(stripping.form, system, tokens.opening) for arm, system in _SYSTEMS.items()}
    return _Stripped(
        arms={arm: arms[arm] for arm in ARMS if arm in arms},
        method=stripping.method or "",
        residue=_residue(stripping),
    )


def _raw(
    form: TurnFormat, system: str | None, opening: str, known: Mapping[str, str] | None = None
) -> Callable[[str], Sent]:
    # A server's tokenizer writes the opening token before every prompt itself; twice is off the road.
    return lambda text: ((known or {}).get(text) or form.prompt(text, system)).removeprefix(opening)


def _chat_arms(talk: Talk, told: Told, stripping: Stripping, tokens: SpecialTokens, names: Sequence[str]) -> _Stripped:
    """Return the arms of a server that only takes chats: stripped only where the template then tells nothing.

    Which template the server has is not seen: that it is the repository's is supposed, and said.
    """
    arms: Arms = {"intact": _chat(None)}
    method = why = ""
    residue: tuple[str, ...] = ()
    if stripping.method == "nothing-to-strip":
        arms["stripped"], method = _chat(None), f"nothing to strip, {_SUPPOSED}"
    elif isinstance(talk.empty_system, str):
        text = talk.empty_system
        for mark in (talk.marks.system, *talk.marks.questions, *talk.marks.answers):
            text = text.replace(mark, "\n")
        left = check_residue((text,), told=told.told, names=names, specials=tokens.texts)
        if left.is_clean:
            arms["stripped"], method, residue = _chat(""), f"empty system message, {_SUPPOSED}", left.remaining
        why = "it still tells: " + "; ".join(left.leaks[:3])
    else:
        why = talk.empty_system.line
    if isinstance(talk.system, str) and not told.beside_system:
        arms |= {arm: _chat(system) for arm, system in _SYSTEMS.items()}
    return _Stripped(
        arms={arm: arms[arm] for arm in ARMS if arm in arms},
        method=method,
        residue=residue,
        refused=() if method else (f"empty system message, all that a chat can be sent: {why}",),
    )


def _chat(system: str | None) -> Callable[[str], Sent]:
    before = () if system is None else (Message(role="system", content=system),)
    return lambda text: (*before, Message(role="user", content=text))


def _count(
    sandbox: TemplateSandbox,
    template: Template,
    talk: Talk,
    tokenizer: SandboxedTokenizer | None,
    arms: Arms,
    texts: Sequence[str],
) -> dict[Sent, int]:
    """Return how many tokens a server should count for what is sent; a chat is rendered here as it should be there."""
    if tokenizer is None or not tokenizer.load():
        return {}
    sent = list(dict.fromkeys(render(text) for render in arms.values() for text in texts))
    raw = {one: one for one in sent if isinstance(one, str)}
    chats = [one for one in sent if not isinstance(one, str)]
    renderings = []
    for chat in chats:
        turns = tuple(Turn(role=part.role, content=part.content, parts=talk.parts) for part in chat)
        renderings.append(Rendering(turns=turns, extra=dict(talk.variables)))
    rendered = zip(chats, sandbox.render(template.source, renderings), strict=True)
    known: dict[Sent, str] = {chat: text for chat, text in rendered if isinstance(text, str)}
    found: dict[Sent, int] = {}
    for prompts, adds in ((raw, True), (known, False)):
        counts = tokenizer.count(tuple(prompts.values()), add_special_tokens=adds)
        found |= dict(zip(prompts, counts, strict=True)) if counts is not None else {}
    return found


def _residue(stripping: Stripping) -> tuple[str, ...]:
    held = next((one for one in stripping.attempts if one.held), None)
    return held.residue.remaining if held is not None and held.residue is not None else ()


def _places(found: FoundTemplates, template: Template, names: Sequence[str]) -> Iterator[str]:
    yield from (f"{one.where}: {one.rule}" for one in found.problems)
    yield from (f"{one.where} differs from {template.where}" for one in found.contradicting)
    for one in check_places(found, names):
        yield f"{one.place.kind} in {one.place.where}: {one.place.text[:80]}"


def _disclosed(
    template: Template,
    told: Told,
    stripping: Stripping,
    stripped: _Stripped,
    places: tuple[str, ...],
) -> Disclosure:
    hidden = [
        f"in an unreached branch, line {one.line}: {one.telling.text[:160]}" for one in told.hidden if not one.reached
    ]
    hidden += [f"when {one.probe}: {'; '.join(one.passages)[:160]}" for one in told.injections if one.tellings]
    refused = [*stripped.refused, *(f"{one.method}: {one.why}" for one in stripping.attempts if not one.held)]
    if "neutral" not in stripped.arms and stripping.system_why:
        refused.append(f"system message: {stripping.system_why}")
    proven = told.default.status == "proven"
    return Disclosure(
        template=template.where,
        told=(told.default.text if proven else " ".join(told.told))[:_MOST_TOLD],
        proven=proven,
        hidden=tuple(hidden[:_SHOWN]),
        places=places[:_SHOWN],
        method=stripped.method,
        refused=tuple(refused[:_SHOWN]),
        residue=stripped.residue[:_SHOWN],
        difference=stripping.edited.diff[:20_000] if stripping.edited is not None else "",
    )


def _unasked(why: str, places: Sequence[str]) -> Prepared:
    return Prepared(
        arms={},
        disclosure=Disclosure(
            template="",
            told="",
            proven=False,
            hidden=(),
            places=tuple(places)[:_SHOWN],
            method="",
            refused=(why,),
            residue=(),
            difference="",
        ),
    )
