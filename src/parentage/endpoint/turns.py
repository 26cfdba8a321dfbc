"""Finds how a template writes a turn, so that a raw prompt can be put together without the template.

What a template tells the model stands before the first turn; between an answer and the *next* question there is nothing
but the format. So the header of a question is taken from there, the opening of the reply from the end, and from the
beginning only tokens that stand there once (`<s>`, `[gMASK]<sop>`). Cuts fall between tokens: by the tokenizer's own
offsets where there is one, otherwise outside anything that looks like a special token.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from parentage.digest import sha256_of
from parentage.endpoint.template_sandbox import Refusal, Rendered, Rendering, TemplateSandbox, Turn
from parentage.errors import UsageError

# How special tokens are written, where no tokenizer says which there are: <|x|>, <｜x｜>, <|x>, <x|>, </x>, [X].
_SPECIAL = re.compile(
    r"<\|[^<>|\n]{1,60}\|>|<｜[^<>｜\n]{1,60}｜>|〈\|[^〈〉\n]{1,60}\|〉|</?\|?[A-Za-z_][\w:.+/-]{0,60}\|?>"
    r"|\[/?[A-Z][A-Z_]{1,40}\]|\[gMASK\]|\]~!?b[\[\]]|\[e~\["
)
_ROLE = re.compile(
    r"system|user|human|assistant|model|bot|developer|tool|inst|role|turn|im_start|header|message", re.IGNORECASE
)


# What templates made for other callers ask for: given, empty, only to those that raise without it.
_SUPPLIED: tuple[tuple[str, object], ...] = (("tools", []), ("functions", "[]"), ("datetime", "2026-01-01"))


class Encoding(Protocol):
    """What a tokenizer makes of a text: ids, and where each piece stands in it."""

    @property
    def ids(self) -> list[int]:
        """The ids."""

    @property
    def offsets(self) -> list[tuple[int, int]]:
        """Start and end of each piece, in characters."""


class Encoder(Protocol):
    """A `SandboxedTokenizer`, a `tokenizers.Tokenizer`, or anything that encodes as one does."""

    def encode(self, sequence: str, *, add_special_tokens: bool = True) -> Encoding:
        """Return the text's ids and offsets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnFormat:
    """All that stands around a question in a raw prompt.

    `prefix` holds tokens that open every text, `reply_header` ends the question and opens the reply. `system_header`
    and `system_footer` stand around a system text, the latter with the question's header; None where there is no
    system turn. `stops` end a reply.
    """

    prefix: str
    user_header: str
    reply_header: str
    system_header: str | None = None
    system_footer: str | None = None
    stops: tuple[str, ...] = ()

    def prompt(self, text: str, system: str | None = None) -> str:
        """Return the raw prompt for a question. Raises UsageError for a system text where there is no such turn."""
        if system is None:
            return self.prefix + self.user_header + text + self.reply_header
        if self.system_header is None or self.system_footer is None:
            raise UsageError("turn format: this model's template has no system turn")
        return self.prefix + self.system_header + system + self.system_footer + text + self.reply_header


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """Texts that stand in no template, to be found again in what it renders."""

    system: str
    questions: tuple[str, str, str]
    answers: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """The renderings that a turn format is read from, and how: texts as lists of parts, variables, those made up.

    `supplied` names the variables that the template insists on and transformers does not give: empty ones were given.
    """

    marks: Marks
    parts: bool
    variables: Mapping[str, object]
    supplied: tuple[str, ...]
    plain: Rendered
    system: Rendered
    empty_system: Rendered
    turns: Rendered
    closed: Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class NoFormat:
    """Why no turn format could be read."""

    why: str


def make_marks(source: str) -> Marks:
    """Return marks of letters and digits that the template does not hold; the same for the same template."""
    for attempt in range(100):
        stem = "Z" + sha256_of(f"{attempt}\0{source}".encode("utf-8", "surrogatepass"))[7:15]
        if stem not in source:
            break
    return Marks(
        system=f"{stem}S",
        questions=(f"{stem}A", f"{stem}B", f"{stem}C"),
        answers=(f"{stem}X", f"{stem}Y"),
    )


def render_talk(sandbox: TemplateSandbox, source: str, variables: Mapping[str, object]) -> Talk:
    """Return the template's renderings of short conversations of marks, as lists of parts if it drops plain texts."""
    marks = make_marks(source)
    first = _talk(sandbox, source, variables, marks)
    talk = first
    for supplied, parts in ((), True), (_SUPPLIED, False), (_SUPPLIED, True):
        if isinstance(talk.plain, str) and marks.questions[0] in talk.plain:
            return talk
        if isinstance(talk.plain, Refusal) and talk.plain.kind != "raised":
            return first
        talk = _talk(sandbox, source, variables, marks, parts=parts, supplied=dict(supplied))
    return talk if isinstance(talk.plain, str) and marks.questions[0] in talk.plain else first


def _talk(
    sandbox: TemplateSandbox,
    source: str,
    given: Mapping[str, object],
    marks: Marks,
    *,
    parts: bool = False,
    supplied: Mapping[str, object] | None = None,
) -> Talk:
    variables = {**(supplied or {}), **given}

    def said(*pairs: tuple[str, str], prompted: bool = True) -> Rendering:
        turns = tuple(Turn(role=role, content=text, parts=parts) for role, text in pairs)
        return Rendering(turns=turns, add_generation_prompt=prompted, extra=variables)

    first, second, third = (("user", text) for text in marks.questions)
    one, two = (("assistant", text) for text in marks.answers)
    plain, system, empty, turns, closed = sandbox.render(
        source,
        (
            said(first),
            said(("system", marks.system), first),
            said(("system", ""), first),
            said(first, one, second, two, third),
            said(first, one, prompted=False),
        ),
    )
    return Talk(
        marks=marks,
        parts=parts,
        variables=variables,
        supplied=tuple(supplied or ()),
        plain=plain,
        system=system,
        empty_system=empty,
        turns=turns,
        closed=closed,
    )


def read_format(
    talk: Talk, specials: Sequence[str], encoder: Encoder | None = None, *, header_from: int = 2
) -> TurnFormat | NoFormat:
    """Return the format of a turn without what stands before the first one, or why it cannot be read.

    `header_from` says which later question the header is taken from: 2, the last, as it stands when asked, or 1.
    """
    if isinstance(talk.turns, Refusal):
        return NoFormat(why=f"a conversation of three questions: {talk.turns.line}")
    if isinstance(talk.plain, Refusal):
        return NoFormat(why=f"a single question: {talk.plain.line}")
    places = _places(talk.turns, talk.marks)
    if isinstance(places, NoFormat):
        return places
    text, marks = talk.turns, talk.marks
    start = places[marks.answers[header_from - 1]] + len(marks.answers[header_from - 1])
    end = places[marks.questions[header_from]]
    before_first = talk.plain.partition(marks.questions[0])[0]
    prefix = opening_tokens(talk, specials)
    cut = start + _header_start(text[start:end], _after(talk.closed, marks.answers[0]), before_first, prefix, specials)
    cut = snap(text, cut, least=start, specials=specials, encoder=encoder)
    header = text[cut:end]
    tail = text[places[marks.questions[2]] + len(marks.questions[2]) :]
    if header.startswith(prefix):
        prefix = ""
    around = _system_turn(talk, prefix, specials)
    return TurnFormat(
        prefix=prefix,
        user_header=header,
        reply_header=tail,
        system_header=around[0] if around else None,
        system_footer=around[1] if around else None,
        stops=_stops(_after(talk.closed, marks.answers[0]), text[start:cut], header, specials),
    )


def plain_format(talk: Talk, specials: Sequence[str]) -> TurnFormat | NoFormat:
    """Return the format exactly as the template writes it around a single question, whatever it puts before it."""
    if isinstance(talk.plain, Refusal):
        return NoFormat(why=f"a single question: {talk.plain.line}")
    question = talk.marks.questions[0]
    if talk.plain.count(question) != 1:
        return NoFormat(why=f"the question appears {talk.plain.count(question)} times in the prompt, not once")
    before, _, after = talk.plain.partition(question)
    read = read_format(talk, specials)
    around = _split_at(talk.system, talk.marks.system, question)
    prefix = opening_tokens(talk, specials)
    if around is not None and not around[0].startswith(prefix):
        prefix = ""
    return TurnFormat(
        prefix=prefix,
        user_header=before.removeprefix(prefix),
        reply_header=after,
        system_header=around[0].removeprefix(prefix) if around else None,
        system_footer=around[1] if around else None,
        stops=read.stops if isinstance(read, TurnFormat) else (),
    )


def split_special(text: str, specials: Sequence[str]) -> Iterator[tuple[bool, int, str]]:
    """Yield the pieces of a text in order: whether each is a special token, where it starts, and the piece itself."""
    known = sorted((one for one in dict.fromkeys(specials) if one and one in text), key=lambda one: (-len(one), one))
    pattern = re.compile("|".join([*map(re.escape, known), _SPECIAL.pattern]))
    at = 0
    for match in pattern.finditer(text):
        if match.start() > at:
            yield False, at, text[at : match.start()]
        yield True, match.start(), match[0]
        at = match.end()
    if at < len(text):
        yield False, at, text[at:]


def opening_tokens(talk: Talk, specials: Sequence[str]) -> str:
    """Return the special tokens that stand once, at the very beginning, and name no role: `<s>`, `[gMASK]<sop>`."""
    if isinstance(talk.plain, Refusal):
        return ""
    others = talk.turns if isinstance(talk.turns, str) else talk.plain
    kept = []
    for special, _, piece in split_special(talk.plain.partition(talk.marks.questions[0])[0], specials):
        if not special or _ROLE.search(piece) or others.count(piece) != 1:
            break
        kept.append(piece)
    return "".join(kept)


def snap(text: str, cut: int, *, least: int, specials: Sequence[str], encoder: Encoder | None) -> int:
    """Return the last place up to the cut that lies between two tokens, but none before `least`."""
    if encoder is not None:
        starts = [start for start, end in encoder.encode(text, add_special_tokens=False).offsets if end > start]
        return max((start for start in starts if least <= start <= cut), default=cut)
    for special, start, piece in split_special(text, specials):
        if special and start < cut < start + len(piece):
            return max(least, start)
    return cut


def is_aligned(form: TurnFormat, encoder: Encoder, texts: Sequence[str] = ("Hello", "你好", "¿Quién?")) -> bool:
    """Say whether the format and a question, encoded apart, give the ids of the whole: no token spans a joint."""

    def ids(text: str) -> list[int]:
        return list(encoder.encode(text, add_special_tokens=False).ids)

    around = ids(form.prefix + form.user_header), ids(form.reply_header)
    return all(around[0] + ids(text) + around[1] == ids(form.prompt(text)) for text in texts)


def _places(text: str, marks: Marks) -> Mapping[str, int] | NoFormat:
    found = {}
    for mark in (*marks.questions, *marks.answers):
        count = text.count(mark)
        if count != 1:
            who = "a question" if mark in marks.questions else "an answer"
            return NoFormat(why=f"{who} appears {count} times in the conversation, not once")
        found[mark] = text.index(mark)
    order = [marks.questions[0], marks.answers[0], marks.questions[1], marks.answers[1], marks.questions[2]]
    if [found[mark] for mark in order] != sorted(found.values()):
        return NoFormat(why="the template changes the order of the turns")
    return found


def _after(rendered: Rendered, mark: str) -> str:
    return rendered.partition(mark)[2] if isinstance(rendered, str) else ""


def _header_start(between: str, closing: str, before: str, prefix: str, specials: Sequence[str]) -> int:
    """Return where, between an answer and a question, the answer's end stops and the question's header begins."""
    alone = before.removeprefix(prefix)
    if closing and between.startswith(closing) and len(closing) < len(between):
        at = len(closing)
        trimmed = between[at:].lstrip()
        return len(between) - len(trimmed) if trimmed and trimmed == alone else at
    if alone and between.endswith(alone):
        return len(between) - len(alone)
    opener = next((piece for special, _, piece in split_special(alone, specials) if special), "")
    if opener and alone.startswith(opener) and opener in between:
        return between.rindex(opener)
    shared = 0
    while shared < min(len(between), len(before)) and between[-1 - shared] == before[-1 - shared]:
        shared += 1
    begins = [at for special, at, _ in split_special(between, specials) if special]
    return next((at for at in begins if at >= len(between) - shared), begins[-1] if begins else 0)


def _split_at(rendered: Rendered, first: str, second: str) -> tuple[str, str, str] | None:
    """Return what stands before, between and after two marks that appear once each, in this order."""
    if isinstance(rendered, Refusal) or rendered.count(first) != 1 or rendered.count(second) != 1:
        return None
    before, _, rest = rendered.partition(first)
    if second not in rest:
        return None
    middle, _, after = rest.partition(second)
    return before, middle, after


def _system_turn(talk: Talk, prefix: str, specials: Sequence[str]) -> tuple[str, str] | None:
    """Return what stands around a system text, without anything that is written before its own turn."""
    split = _split_at(talk.system, talk.marks.system, talk.marks.questions[0])
    if split is None:
        return None
    before = split[0].removeprefix(prefix)
    opener = next((piece for special, _, piece in split_special(before, specials) if special), "")
    if opener and before.startswith(opener):
        before = before[before.rindex(opener) :]
    return before, split[1]


def bare_header(header: str, specials: Sequence[str]) -> str:
    """Return a header up to the end of its marks: tokens, and single words that name a role, without any prose."""
    kept = ""
    for special, _, piece in split_special(header, specials):
        line, end, rest = piece.partition("\n")
        if special or (len(line.split()) <= 1 and not rest.strip()):
            kept += piece
        elif len(line.split()) <= 1 and kept:
            return kept + line + end
        else:
            return kept
    return kept


def _stops(closed: str, closing: str, header: str, specials: Sequence[str]) -> tuple[str, ...]:
    """Return what ends a reply: the token after an earlier answer, or the last one if it differs, or a header.

    Some end only a last answer with a token of its own, and with the other one a part of an answer.
    """
    last, earlier = (
        [piece for special, _, piece in split_special(text, specials) if special] for text in (closed, closing)
    )
    if earlier and (not last or earlier[-1] in last):
        return (earlier[-1],)
    if last:
        return (last[-1],)
    if not header.strip():
        return ()
    return (header.strip() if next(split_special(header.strip(), specials))[0] else "\n" + header.strip(),)
