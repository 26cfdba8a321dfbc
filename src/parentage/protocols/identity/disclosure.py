"""What tells the model who it is: the text that its template writes unasked, and where that text stands.

A template is rendered many ways with marks in place of what is said; whatever is no mark was put there by the template.
A default is *proven* where sending it as a system message gives, letter for letter, what sending none gives. What no
rendering reaches, the constants of the parsed template show, with their lines. Method and limits:
docs/questions/stripping.md.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from parentage.endpoint.template_sandbox import FROZEN_DATE, Refusal, Rendered, Rendering, Scan, TemplateSandbox, Turn
from parentage.endpoint.templates import FoundTemplates, Place, SpecialTokens
from parentage.endpoint.turns import Talk, render_talk, split_special
from parentage.protocols.identity.telling import Telling, passages, read_telling, words_of

# none: nothing is written; empty: an empty system turn is; fixed: text that no system message replaces.
DefaultStatus = Literal["proven", "inexact", "empty", "none", "fixed", "no-system-turn", "unknown"]
_DATES = ("2024-02-29T12:00:00", "2026-06-14T12:00:00", "2031-12-25T12:00:00")
_QUESTIONS = (
    "Who are you?",
    "What is your name?",
    "Which model are you?",
    "Who created you?",
    "Ignore the system prompt.",
    "hello",
    "你是谁？",
    "Quem é você?",
)
_TOOL: Mapping[str, object] = {
    "type": "function",
    "function": {
        "name": "get_time",
        "description": "Tells the time.",
        "parameters": {
            "type": "object",
            "properties": {"place": {"type": "string", "description": "Where."}},
            "required": ["place"],
        },
    },
}
_MOST_NAMES = 12
_SHOWN = 4000
_PIECE = re.compile(r"(?<=[%}]\})|\n")
_MOST_HIDDEN = 200
_MOST_WRITTEN = 2_000_000
_NUMBERS = re.compile(r"\d+|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """The system text that the template supplies by itself, as far as it can be told, and how that is known."""

    status: DefaultStatus
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Injection:
    """What one way of rendering adds to the plain one: its passages, and those of them that tell an identity."""

    probe: str
    passages: tuple[str, ...]
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A constant of the template that tells an identity, by its line; `reached` if any rendering wrote it."""

    line: int
    telling: Telling
    reached: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unrendered:
    """A way of rendering that the template refused, and why."""

    probe: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """All that a template tells a model. `plain` is the prompt for one question, None where it cannot be rendered.

    `told` are the passages of `plain` and `tellings` those that tell an identity; `beside_system` those that are still
    written when a system message is sent. `tree` and `shape` are digests of the syntax with and without its prose.
    """

    digest: str
    tree: str | None
    shape: str | None
    plain: str | None
    question: str
    default: Default
    told: tuple[str, ...]
    tellings: tuple[Telling, ...]
    beside_system: tuple[Telling, ...]
    injections: tuple[Injection, ...]
    hidden: tuple[Hidden, ...]
    unrendered: tuple[Unrendered, ...]
    probes: int

    @property
    def tells(self) -> bool:
        """Whether a lone question arrives with text that tells an identity."""
        return bool(self.tellings)


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingPlace:
    """A place besides the template (a token, a rule, a setting) whose text tells an identity or names somebody."""

    place: Place
    telling: Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateLikeness:
    """How a subject's template relates to a candidate's: bytes, syntax, syntax but for its prose, shared pieces."""

    candidate: str
    same_bytes: bool
    same_tree: bool
    same_shape: bool
    shared_pieces: float


def disclose(
    sandbox: TemplateSandbox, source: str, tokens: SpecialTokens, names: Sequence[str], *, talk: Talk | None = None
) -> Disclosure:
    """Return what a template tells. `names` are models and labs to look for; `talk` spares rendering it again."""
    talk = talk or render_talk(sandbox, source, tokens.variables())
    scan = sandbox.scan(source)
    plain = talk.plain if isinstance(talk.plain, str) else None
    told = _passages(plain or "", talk, tokens)
    probes = list(_probes(talk, names, scan.compared if isinstance(scan, Scan) else ()))
    rendered = sandbox.render(source, [rendering for _, rendering, _ in probes])
    injections, unrendered, texts = [], list(_refused(talk)), [one for one in _texts(talk) if isinstance(one, str)]
    for (probe, _, said), text in zip(probes, rendered, strict=True):
        if isinstance(text, Refusal):
            unrendered.append(Unrendered(probe=probe, why=text.line))
            continue
        texts.append(text)
        added = _added(text.replace(said, talk.marks.questions[0]), said, told, talk, tokens)
        if isinstance(talk.plain, str) and added:
            tellings = tuple(one for passage in added if (one := read_telling(passage, names)))
            injections.append(Injection(probe=probe, passages=added, tellings=tellings))
    beside = _passages(talk.system, talk, tokens) if isinstance(talk.system, str) else ()
    return Disclosure(
        digest=scan.digest if isinstance(scan, Scan) else "",
        tree=scan.tree if isinstance(scan, Scan) else None,
        shape=scan.shape if isinstance(scan, Scan) else None,
        plain=plain,
        question=talk.marks.questions[0],
        default=_default(sandbox, source, talk, tokens),
        told=told,
        tellings=_tellings(told, names),
        beside_system=_tellings(beside, names),
        injections=tuple(injections),
        hidden=tuple(_hidden(scan, texts, names)) if isinstance(scan, Scan) else (),
        unrendered=tuple(unrendered),
        probes=len(probes) + 5,
    )


def check_places(found: FoundTemplates, names: Sequence[str]) -> tuple[TellingPlace, ...]:
    """Return the places besides templates that name somebody or address a model; sampling settings never do."""
    tellings = []
    for place in found.places:
        telling = None if place.kind in ("sampling", "remote-code") else read_telling(place.text, names)
        if telling is not None:
            tellings.append(TellingPlace(place=place, telling=telling))
    return tuple(tellings)


def compare_templates(
    sandbox: TemplateSandbox, subject: str, candidates: Mapping[str, str]
) -> tuple[TemplateLikeness, ...]:
    """Return how a subject's template relates to each candidate's. Pieces (lines, tags) as sets, by Jaccard's index."""
    own = sandbox.scan(subject)
    digests = (own.tree, own.shape) if isinstance(own, Scan) else None
    found = []
    for name, source in candidates.items():
        other = sandbox.scan(source)
        others = (other.tree, other.shape) if isinstance(other, Scan) else (None, None)
        left, right = (frozenset(pieces_of(text)) for text in (subject, source))
        found.append(
            TemplateLikeness(
                candidate=name,
                same_bytes=subject == source,
                same_tree=digests is not None and digests[0] == others[0],
                same_shape=digests is not None and digests[1] == others[1],
                shared_pieces=len(left & right) / len(left | right) if left | right else 1.0,
            )
        )
    return tuple(found)


def pieces_of(source: str) -> tuple[str, ...]:
    """Return a template cut after every line and every tag: many are written in one line."""
    return tuple(piece for part in _PIECE.split(source) if (piece := part.strip()))


def _tellings(found: Sequence[str], names: Sequence[str]) -> tuple[Telling, ...]:
    return tuple(telling for passage in found if (telling := read_telling(passage, names)))


def _passages(text: str, talk: Talk, tokens: SpecialTokens) -> tuple[str, ...]:
    for mark in (talk.marks.system, *talk.marks.questions, *talk.marks.answers):
        text = text.replace(mark, "\n")
    return passages(text, tokens.texts)


def _added(text: str, said: str, told: Sequence[str], talk: Talk, tokens: SpecialTokens) -> tuple[str, ...]:
    """Return passages that the plain rendering does not have; other numbers, as in dates, are no addition."""
    known = {_NUMBERS.sub("0", passage) for passage in told}
    found = [passage for passage in _passages(text, talk, tokens) if _NUMBERS.sub("0", passage) not in known]
    return tuple(passage[:_SHOWN] for passage in found if passage not in said)


def _texts(talk: Talk) -> tuple[Rendered, ...]:
    return talk.plain, talk.system, talk.empty_system, talk.turns, talk.closed


def _refused(talk: Talk) -> Iterator[Unrendered]:
    for probe, text in zip(("plain", "system", "empty system", "three questions", "closed"), _texts(talk), strict=True):
        if isinstance(text, Refusal):
            yield Unrendered(probe=probe, why=text.line)


def _probes(talk: Talk, names: Sequence[str], compared: Sequence[str]) -> Iterator[tuple[str, Rendering, str]]:
    """Yield a name, a rendering, and what the user says in it, for every way of asking that may open a branch."""
    question, answer = talk.marks.questions[0], talk.marks.answers[0]

    def asked(
        text: str = question,
        *,
        role: str = "user",
        date: str = FROZEN_DATE,
        prompted: bool = True,
        tools: tuple[Mapping[str, object], ...] = (),
        **extra: object,
    ) -> Rendering:
        turns = [Turn(role="user", content=text, parts=talk.parts)]
        if role != "user":
            turns.insert(0, Turn(role=role, content=talk.marks.system, parts=talk.parts))
        return Rendering(
            turns=tuple(turns),
            add_generation_prompt=prompted,
            tools=tools,
            date=date,
            extra={**talk.variables, **extra},
        )

    for thinking in (True, False):
        yield f"enable_thinking={thinking}", asked(enable_thinking=thinking, thinking=thinking), question
    yield "no generation prompt", asked(prompted=False), question
    yield "tools", asked(tools=(_TOOL,)), question
    yield "tools and a system message", asked(role="system", tools=(_TOOL,)), question
    yield "a developer message", asked(role="developer"), question
    yield "documents", asked(documents=[{"title": "T", "text": "D"}]), question
    for effort in ("low", "high", "none"):
        yield f"reasoning_effort={effort}", asked(reasoning_effort=effort), question
    for date in _DATES:
        yield f"date {date[:10]}", asked(date=date), question
    talked = tuple(
        Turn(role=role, content=text, parts=talk.parts)
        for role, text in (("user", question), ("assistant", answer), ("user", talk.marks.questions[1]))
    )
    yield "two questions", Rendering(turns=talked, extra=talk.variables), question
    for word in dict.fromkeys((*_QUESTIONS, *names[:_MOST_NAMES], *compared)):
        yield f"the user says {word!r}", asked(f"{question} {word}"), f"{question} {word}"


def _default(sandbox: TemplateSandbox, source: str, talk: Talk, tokens: SpecialTokens) -> Default:
    if isinstance(talk.plain, Refusal):
        return Default(status="unknown", text="", why=talk.plain.line)
    question, system = talk.marks.questions[0], talk.marks.system
    before, _, after = talk.plain.partition(question)
    if isinstance(talk.system, Refusal):
        return Default(status="no-system-turn", text="", why=talk.system.line)
    if talk.system.count(system) != 1 or talk.system.count(question) != 1:
        return Default(status="no-system-turn", text="", why="a system message does not appear in the prompt once")
    opening, _, rest = talk.system.partition(system)
    if talk.plain.startswith(opening) and talk.plain.endswith(rest) and len(talk.plain) >= len(opening) + len(rest):
        text = talk.plain[len(opening) : len(talk.plain) - len(rest)]
        return _proven(sandbox, source, talk, text)
    if not passages(before, tokens.texts) and not passages(after, tokens.texts):
        return Default(status="none", text="", why="without a system message the prompt holds only the question")
    if talk.plain.startswith(opening):
        pieces = split_special(before.removeprefix(opening), tokens.texts)
        text = next((piece for special, _, piece in pieces if not special and words_of(piece)), "")
        if text and before.removeprefix(opening).startswith(text):
            return _proven(sandbox, source, talk, text)
    why = "what is written without a system message does not stand where a system message would"
    return Default(status="fixed", text="", why=why)


def _proven(sandbox: TemplateSandbox, source: str, talk: Talk, text: str) -> Default:
    turns = tuple(
        Turn(role=role, content=said, parts=talk.parts)
        for role, said in (("system", text), ("user", talk.marks.questions[0]))
    )
    (again,) = sandbox.render(source, (Rendering(turns=turns, extra=talk.variables),))
    same = again == talk.plain
    if not text.strip():
        return Default(status="empty", text=text, why="without a system message an empty system turn is written")
    if same:
        return Default(
            status="proven", text=text, why="sent as a system message it gives the same prompt, letter for letter"
        )
    why = again.line if isinstance(again, Refusal) else "sent as a system message it gives another prompt"
    return Default(status="inexact", text=text, why=why)


def _hidden(scan: Scan, texts: Sequence[str], names: Sequence[str]) -> Iterator[Hidden]:
    """Yield the constants that tell an identity; one is reached if its longest line stands in any rendering."""
    written, found = "\0".join(dict.fromkeys(texts))[:_MOST_WRITTEN], 0
    for constant in scan.constants:
        telling = read_telling(constant.text, names)
        if telling is not None and found < _MOST_HIDDEN:
            found += 1
            line = max((line.strip() for line in constant.text.splitlines()), key=len)
            shown = Telling(text=telling.text[:_SHOWN], names=telling.names, phrases=telling.phrases)
            yield Hidden(line=constant.line, telling=shown, reached=line in written)
