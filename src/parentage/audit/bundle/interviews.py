"""The interview in a bundle: its terms and models, the transcript, and how each reply was read.

Replies are read again where this version has the same rules and lexicon; a bundle whose replies were read by older
rules keeps its readings, as far as they can be readings of these replies, and verification says so.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from parentage.errors import InputError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.evidence.container import Container
from parentage.protocols.identity.interview import Interview, Interviewee, Terms
from parentage.protocols.identity.records import Identity, Reading, Reply
from parentage.protocols.identity.server_checks import Repeats, Steadiness, Surplus
from parentage.protocols.identity.transcripts import parse_transcript, transcript_bytes

SCHEMA = "parentage.interview/v1"
INTERVIEW, TRANSCRIPT, READINGS = "identity/interview.json", "identity/transcript.jsonl", "identity/readings.jsonl"
_MOST_BYTES = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Document:
    """An interview without its replies."""

    schema: str = SCHEMA
    terms: Terms
    models: tuple[Interviewee, ...]
    identities: tuple[Identity, ...]
    planned: int
    repeated: tuple[Repeats, ...]
    steadiness: tuple[Steadiness, ...]
    surpluses: tuple[Surplus, ...]


def interview_files(interview: Interview) -> dict[str, bytes]:
    """Return the interview's three files."""
    document = _Document(
        terms=interview.terms,
        models=interview.models,
        identities=interview.identities,
        planned=interview.planned,
        repeated=interview.repeated,
        steadiness=interview.steadiness,
        surpluses=interview.surpluses,
    )
    text = json.dumps(asdict(document), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return {
        INTERVIEW: text.encode() + b"\n",
        TRANSCRIPT: transcript_bytes(interview.replies),
        READINGS: b"".join(canonical_json(asdict(reading)) + b"\n" for reading in interview.readings),
    }


def read_interview(container: Container) -> Interview | None:
    """Return a bundle's interview, None where it has none; raises InputError where a file has another form.

    Where the rules are those of this version, every reply is read again and has to give the reading that is there;
    elsewhere `undecided_of` says that this was not done.
    """
    from parentage.audit.bundle import interview_checks

    names = set(container.names())
    there = [name for name in (INTERVIEW, TRANSCRIPT, READINGS) if name in names]
    if not there:
        return None
    if len(there) < 3:
        raise InputError(container.where, there[0], f"needs {INTERVIEW}, {TRANSCRIPT} and {READINGS} beside it")
    document: _Document = _validated(_Document, _json(container, INTERVIEW), f"{container.where}/{INTERVIEW}")
    if document.schema != SCHEMA:
        raise InputError(f"{container.where}/{INTERVIEW}", document.schema[:80], f"must be {SCHEMA}")
    # Before anything is made of them: names and terms decide what every later step costs.
    interview_checks.check_terms(document.terms, f"{container.where}/{INTERVIEW}")
    interview_checks.check_models(document.models, document.identities, f"{container.where}/{INTERVIEW}")
    replies = parse_transcript(container.read(TRANSCRIPT), f"{container.where}/{TRANSCRIPT}")
    readings = _readings(container, len(replies))
    interview = Interview(
        terms=document.terms,
        models=document.models,
        identities=document.identities,
        planned=document.planned,
        replies=replies,
        readings=readings,
        repeated=document.repeated,
        steadiness=document.steadiness,
        surpluses=document.surpluses,
    )
    _check(interview, container)
    return interview


def reads_alike(interview: Interview) -> bool:
    """Say whether this version reads replies by the rules and the lexicon that the interview was read by."""
    from parentage.protocols.identity.lexicon import make_lexicon
    from parentage.protocols.identity.reading.reply import rules_digest

    lexicon = make_lexicon(interview.identities)
    return (rules_digest(), lexicon.digest) == (interview.terms.rules_digest, interview.terms.lexicon_digest)


def undecided_of(interview: Interview | None) -> tuple[str, ...]:
    """Return what a bundle leaves open about its interview, one sentence each, the gravest first."""
    if interview is None:
        return ()
    from parentage.audit.bundle.interview_checks import asks_alike

    terms, notes = interview.terms, []
    if not reads_alike(interview):
        notes.append(
            "Whether the replies were read right: they were read by rules or names of another version (digests"
            f" {_shown(terms.rules_digest)} and {_shown(terms.lexicon_digest)}), which this version does not have."
        )
    if not asks_alike(terms):
        notes.append(
            "Whether the questions are those that were published: they are of another version (digest"
            f" {_shown(terms.prompts_digest)}), which this version does not have."
        )
    return (*notes, "Whether the replies came from these models: `parentage identity` asks them again.")


def _shown(digest: str) -> str:
    """Return the beginning of a digest that somebody else wrote, without anything that a terminal would obey."""
    return "".join(letter for letter in digest if (letter.isascii() and letter.isalnum()) or letter == ":")[:23]


def _check(interview: Interview, container: Container) -> None:
    from parentage.audit.bundle import interview_checks

    document, transcript, readings = (f"{container.where}/{name}" for name in (INTERVIEW, TRANSCRIPT, READINGS))
    interview_checks.check_plan(interview, transcript)
    alike = reads_alike(interview)
    interview_checks.check_sent(interview, transcript, alike=alike)
    interview_checks.check_servers(interview, document)
    if not alike:
        interview_checks.check_readings(interview, readings)
        return
    from parentage.protocols.identity.lexicon import make_lexicon

    lexicon = make_lexicon(interview.identities)
    for number, (reply, reading) in enumerate(zip(interview.replies, interview.readings, strict=True), 1):
        if _read(reply, lexicon) != reading:
            raise InputError(f"{readings}:{number}", reading.status, "does not follow from the reply")


def _read(reply: Reply, lexicon: Any) -> Reading:
    from parentage.protocols.identity.reading.reply import read_reply

    return read_reply(reply.text, reply.prompt.language, lexicon, thinking=reply.thinking, stop=reply.stop)


def _readings(container: Container, count: int) -> tuple[Reading, ...]:
    where = f"{container.where}/{READINGS}"
    lines = container.read(READINGS).split(b"\n")
    if lines.pop() != b"" or len(lines) != count:
        raise InputError(where, f"{len(lines)} rows", f"must be one for each of {count} replies")
    rows: Sequence[Any] = [parse_json(line, f"{where}:{number}") for number, line in enumerate(lines, 1)]
    return tuple(_validated(Reading, row, f"{where}:{number}") for number, row in enumerate(rows, 1))


def _json(container: Container, name: str) -> Mapping[str, Any]:
    if container.size(name) > _MOST_BYTES:
        raise InputError(f"{container.where}/{name}", f"{container.size(name)} bytes", f"at most {_MOST_BYTES}")
    document = parse_json(container.read(name), f"{container.where}/{name}")
    if not isinstance(document, dict):
        raise InputError(f"{container.where}/{name}", type(document).__name__, "must be an object")
    return document


@cache
def _adapter(kind: type) -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


def _validated(kind: type, value: object, where: str) -> Any:
    try:
        return _adapter(kind).validate_python(value)
    except ValueError as error:
        raise InputError(where, " ".join(str(error).split())[:200], "has another form") from error
