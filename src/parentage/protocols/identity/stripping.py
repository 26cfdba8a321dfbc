"""Takes away what tells the model who it is, and proves that it is gone.

Three methods, in order. The turn format, found in later turns, gives raw prompts that no template touches. The edited
template, its telling constants blanked where they stand, serves where only chats can be sent. An empty system message
is the last, because many templates keep talking. Each is followed by the residue check: rendered, nothing that was told
may be left, no name, no address. What was tried and why it did not hold is kept. docs/questions/stripping.md.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from parentage.endpoint.template_sandbox import Constant, Refusal, Scan, TemplateSandbox, template_digest
from parentage.endpoint.templates import SpecialTokens
from parentage.endpoint.turns import (
    Encoder,
    NoFormat,
    Talk,
    TurnFormat,
    bare_header,
    is_aligned,
    plain_format,
    read_format,
    render_talk,
    split_special,
)
from parentage.protocols.identity.residue import Residue, check_residue
from parentage.protocols.identity.telling import passages, read_telling, words_of

Method = Literal["nothing-to-strip", "turn-format", "edited-template", "empty-system"]
_MOST_DIFF_PIECES = 5000
_CONSTANT_WORDS = 2
_LINE_END = re.compile(r"(\\n|\n)")
_TAG_END = re.compile(r"\n|(?<=[%}]\})(?!\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One method tried: whether it held, why or why not, and what was left."""

    method: Method
    held: bool
    why: str
    residue: Residue | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedTemplate:
    """The template with its telling constants blanked, for a server that takes a template and only chats.

    `lines` are those of the blanked constants, `diff` unified, from intact to stripped.
    """

    source: str
    digest: str
    lines: tuple[int, ...]
    diff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stripping:
    """How a template was stripped. `form` makes the raw prompts; None where no method held, and `attempts` say why.

    `intact` is the prompt as the template writes it around a question. `as_plain` says that the stripped prompt is
    the intact one; `aligned` that question and format meet between tokens, None without a tokenizer.
    """

    digest: str
    method: Method | None
    form: TurnFormat | None
    intact: TurnFormat | None
    edited: EditedTemplate | None
    told: tuple[str, ...]
    attempts: tuple[Attempt, ...]
    as_plain: bool
    aligned: bool | None
    system_why: str

    @property
    def why(self) -> str:
        """What held, or why nothing did, in one line."""
        return "; ".join(f"{attempt.method}: {attempt.why}" for attempt in self.attempts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What the methods share."""

    sandbox: TemplateSandbox
    source: str
    specials: tuple[str, ...]
    names: tuple[str, ...]
    encoder: Encoder | None
    talk: Talk
    told: tuple[str, ...]
    written: tuple[str, ...]

    def check(self, *around: str) -> Residue:
        return check_residue(around, told=self.told, names=self.names, specials=self.specials)


def strip_template(
    sandbox: TemplateSandbox,
    source: str,
    tokens: SpecialTokens,
    names: Sequence[str],
    *,
    encoder: Encoder | None = None,
    talk: Talk | None = None,
) -> Stripping:
    """Return how a template is stripped of what tells an identity. `names` are models and labs that must be gone."""
    talk = talk or render_talk(sandbox, source, tokens.variables())
    before = talk.plain.partition(talk.marks.questions[0])[0] if isinstance(talk.plain, str) else ""
    work = _Work(
        sandbox=sandbox,
        source=source,
        specials=tokens.texts,
        names=tuple(names),
        encoder=encoder,
        talk=talk,
        told=passages(before, tokens.texts),
        written=_written(talk, tokens.texts),
    )
    intact = plain_format(talk, work.specials)
    attempts: list[Attempt] = []
    form = _untouched(work, intact, attempts) or _from_turns(work, attempts)
    edited = None if attempts[-1].method == "nothing-to-strip" else _edited(work, form, attempts)
    if form is None and edited is not None:
        form = edited[1]
    if form is None:
        form = _from_empty_system(work, attempts)
    method = next((attempt.method for attempt in attempts if attempt.held), None)
    system_why = "no stripped prompt to put a system message into"
    if form is not None:
        form, system_why = _checked_system(work, form)
    kept = intact if isinstance(intact, TurnFormat) else None
    return Stripping(
        digest=template_digest(source),
        method=method,
        form=form,
        intact=kept,
        edited=edited[0] if edited is not None else None,
        told=work.told,
        attempts=tuple(attempts),
        as_plain=form is not None and kept is not None and form.prompt("?") == kept.prompt("?"),
        aligned=is_aligned(form, encoder) if form is not None and encoder is not None else None,
        system_why=system_why,
    )


def _written(talk: Talk, specials: Sequence[str]) -> tuple[str, ...]:
    """Return all passages that the template writes before a question, with a system message and without."""
    question, found = talk.marks.questions[0], []
    for text in (talk.plain, talk.system, talk.empty_system):
        if isinstance(text, str):
            found.append(_without_marks(text.partition(question)[0], talk))
    return passages("\n".join(found), specials)


def _untouched(work: _Work, intact: TurnFormat | NoFormat, attempts: list[Attempt]) -> TurnFormat | None:
    """Return the intact format where the template puts no words before the question."""
    if isinstance(intact, NoFormat) or work.told:
        return None
    residue = work.check(intact.user_header, intact.reply_header)
    if residue.is_clean:
        why = "the template writes no words before the question"
        attempts.append(Attempt(method="nothing-to-strip", held=True, why=why, residue=residue))
        return intact
    return None


def _from_turns(work: _Work, attempts: list[Attempt]) -> TurnFormat | None:
    why, residue = "", None
    for header_from in (2, 1):
        form = read_format(work.talk, work.specials, work.encoder, header_from=header_from)
        if isinstance(form, NoFormat):
            why = form.why
            break
        residue = work.check(form.prefix, form.user_header, form.reply_header)
        if residue.is_clean:
            why = "the format of a later turn, with nothing left of what was told"
            attempts.append(Attempt(method="turn-format", held=True, why=why, residue=residue))
            return form
        why = "later turns are told as well: " + "; ".join(residue.leaks[:3])
    attempts.append(Attempt(method="turn-format", held=False, why=why, residue=residue))
    return None


def _edited(
    work: _Work, wanted: TurnFormat | None, attempts: list[Attempt]
) -> tuple[EditedTemplate, TurnFormat] | None:
    """Return the template with its telling constants blanked and what it then writes, preferably the wanted."""
    scan = work.sandbox.scan(work.source)
    if isinstance(scan, Refusal):
        attempts.append(Attempt(method="edited-template", held=False, why=scan.line, residue=None))
        return None
    chosen = [constant for constant in scan.constants if _tells(work, constant)]
    kept: list[tuple[str, TurnFormat, Residue]] = []
    why, worst = "no constant of the template holds what it tells", None
    for prose_only in (True, False):
        source = _blanked(work, scan, chosen, prose_only=prose_only)
        form, residue, failure = _rendered_form(work, source)
        if form is not None and residue is not None:
            kept.append((source, form, residue))
        else:
            why, worst = failure, residue
    if not chosen or not kept:
        attempts.append(Attempt(method="edited-template", held=False, why=why, residue=worst))
        return None
    same = [one for one in kept if wanted is not None and one[1].prompt("?") == wanted.prompt("?")]
    source, form, residue = (same or kept)[0]
    lines = tuple(dict.fromkeys(constant.line for constant in chosen))
    why = f"constants blanked in {len(lines)} lines, with nothing left of what was told"
    attempts.append(Attempt(method="edited-template", held=True, why=why, residue=residue))
    edited = EditedTemplate(
        source=source, digest=template_digest(source), lines=lines, diff=template_diff(scan.source, source)
    )
    return edited, form


def _rendered_form(work: _Work, source: str) -> tuple[TurnFormat | None, Residue | None, str]:
    """Return what an edited template writes around a question; no form where any of a talk's renderings leaks."""
    talk = render_talk(work.sandbox, source, work.talk.variables)
    form = plain_format(talk, work.specials)
    if isinstance(form, NoFormat):
        return None, None, form.why
    around = [form.user_header, form.reply_header]
    for text in (talk.turns, talk.closed, talk.empty_system, talk.system):
        if isinstance(text, str):
            around.append(_without_marks(text, talk))
    residue = work.check(*around)
    if not residue.is_clean:
        return None, residue, "it still tells: " + "; ".join(residue.leaks[:3])
    return form, residue, ""


def _without_marks(text: str, talk: Talk) -> str:
    for mark in (talk.marks.system, *talk.marks.questions, *talk.marks.answers):
        text = text.replace(mark, "\n")
    return text


def _tells(work: _Work, constant: Constant) -> bool:
    """Say whether a constant tells an identity, or holds part of what the template wrote before the question."""
    if read_telling(constant.text, work.names) is not None:
        return True
    own = [line for line in passages(constant.text, work.specials) if len(words_of(line)) >= _CONSTANT_WORDS]
    return any(line in told or told in line for line in own for told in work.written)


def _blanked(work: _Work, scan: Scan, chosen: Sequence[Constant], *, prose_only: bool) -> str:
    """Return the source with the constants emptied where they stand, or only the words in them."""
    pieces, at = [], 0
    for constant in sorted(chosen, key=lambda constant: constant.start):
        quotes = 0 if constant.kind == "data" else 1
        start, end = constant.start + quotes, constant.end - quotes
        pieces.append(scan.source[at:start])
        pieces.append("".join(_kept(scan.source[start:end], work.specials)) if prose_only else "")
        at = end
    return "".join([*pieces, scan.source[at:]])


def _kept(raw: str, specials: Sequence[str]) -> Iterator[str]:
    """Yield a literal's tokens and its lines without words; a line that goes takes its end, escaped or not, along."""
    for special, _, piece in split_special(raw, specials):
        if special:
            yield piece
            continue
        parts = [*_LINE_END.split(piece), ""]
        for line, end in zip(parts[::2], parts[1::2], strict=True):
            if not words_of(line):
                yield line + end


def _from_empty_system(work: _Work, attempts: list[Attempt]) -> TurnFormat | None:
    rendered, question = work.talk.empty_system, work.talk.marks.questions[0]
    residue = None
    if isinstance(rendered, Refusal):
        why = rendered.line
    elif rendered.count(question) != 1:
        why = "the question does not appear in the prompt once"
    else:
        before, _, after = rendered.partition(question)
        residue = work.check(before, after)
        if residue.is_clean:
            why = "an empty system message silences the template"
            attempts.append(Attempt(method="empty-system", held=True, why=why, residue=residue))
            return TurnFormat(prefix="", user_header=before, reply_header=after)
        why = "it still tells: " + "; ".join(residue.leaks[:3])
    attempts.append(Attempt(method="empty-system", held=False, why=why, residue=residue))
    return None


def _checked_system(work: _Work, form: TurnFormat) -> tuple[TurnFormat, str]:
    """Return the format with a system turn that tells nothing by itself, or without one and why."""
    telling = [passage for passage in work.told if read_telling(passage, work.names) is not None]
    why = "the template has no system turn"
    if isinstance(work.talk.system, Refusal):
        why = work.talk.system.line
    if form.system_header is None or form.system_footer is None:
        return form, why
    for header in (form.system_header, bare_header(form.system_header, work.specials)):
        residue = check_residue((header, form.system_footer), told=telling, names=work.names, specials=work.specials)
        if residue.is_clean:
            bare = "" if header == form.system_header else "what the template writes before a system text is left out"
            return _with_system(form, header, form.system_footer), bare
        why = "around a system message the template tells more: " + "; ".join(residue.leaks[:3])
    return _with_system(form, None, None), why


def _with_system(form: TurnFormat, header: str | None, footer: str | None) -> TurnFormat:
    return TurnFormat(
        prefix=form.prefix,
        user_header=form.user_header,
        reply_header=form.reply_header,
        system_header=header,
        system_footer=footer,
        stops=form.stops,
    )


def template_diff(intact: str, stripped: str) -> str:
    """Return the unified diff of two templates, cut after lines and tags, or one line where they are too long."""
    left, right = (_TAG_END.split(text) for text in (intact, stripped))
    if max(len(left), len(right)) > _MOST_DIFF_PIECES:
        return f"too long to show: {len(left)} pieces"
    return "\n".join(difflib.unified_diff(left, right, "intact", "stripped", lineterm="", n=2))
