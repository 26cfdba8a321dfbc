"""What an audit is about: subject, candidates and mode, from a case.toml or from arguments."""

import os
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from parentage.audit.questioning import Questioning, check_everyone_is_named, parse_questioning, questioning_lines
from parentage.errors import InputError, UsageError
from parentage.subject import ModelRef

SCHEMA = "parentage.case/v1"
MOST_CANDIDATES = 50
_MAX_CASE_BYTES = 1_000_000
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

Mode = Literal["sample", "full"]
_MODES: dict[object, Mode] = {"sample": "sample", "full": "full"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A subject, candidates, and how much to read (None: decided by where it is).

    `controls` are models known to be innocent, which only the identity protocol asks; `identity` says how it asks.
    """

    subject: ModelRef
    candidates: tuple[ModelRef, ...]
    mode: Mode | None = None
    response: Mapping[str, str] | None = None
    controls: tuple[ModelRef, ...] = ()
    identity: Questioning | None = None


def read_case(path: Path) -> Case:
    """Return the case in a file; locations in it are relative to the file. Raises InputError."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(str(path), error.strerror or "unreadable", "the case must be a readable file") from error
    if len(raw) > _MAX_CASE_BYTES:
        raise InputError(str(path), f"{len(raw)} bytes", f"a case has at most {_MAX_CASE_BYTES} bytes")
    return parse_case(raw, where=str(path), folder=path.parent)


def parse_case(raw: bytes, *, where: str, folder: Path) -> Case:
    """Return the case in TOML bytes; raises InputError naming the key that is wrong."""
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(where, " ".join(str(error).split())[:200], "must be TOML in UTF-8") from error
    if table.get("schema") != SCHEMA:
        raise InputError(where, f"schema = {table.get('schema')!r}", f'must be "{SCHEMA}"')
    known = {"schema", "subject", "candidates", "weights", "response", "controls", "identity"}
    if unknown := sorted(set(table) - known):
        raise InputError(where, unknown[0][:80], f"is not a key of a case; known are {', '.join(sorted(known))}")
    subject = _model(table.get("subject"), where=f"{where}: subject", folder=folder, identifier="subject")
    entries = table.get("candidates")
    if not isinstance(entries, list):
        raise InputError(where, "candidates", "must be a list of tables: [[candidates]]")
    candidates = tuple(_model(entry, where=f"{where}: candidates", folder=folder) for entry in entries)
    controls = table.get("controls", [])
    if not isinstance(controls, list):
        raise InputError(where, "controls", "must be a list of tables: [[controls]]")
    weights = table.get("weights", {})
    mode = weights.get("mode") if isinstance(weights, dict) else "?"
    chosen = _MODES.get(mode)
    if mode is not None and chosen is None:
        raise InputError(where, f"weights.mode = {mode!r}", 'must be "sample" or "full"')
    response = table.get("response")
    said = {str(k): str(v) for k, v in response.items()} if isinstance(response, dict) else None
    known_models = tuple(_model(entry, where=f"{where}: controls", folder=folder) for entry in controls)
    found = Case(subject=subject, candidates=candidates, mode=chosen, response=said, controls=known_models)
    check_case(found)
    if "identity" not in table:
        return found
    ids = ("subject", *(model.id for model in (*candidates, *known_models)))
    questioning = parse_questioning(table["identity"], ids, where=f"{where}: identity")
    check_everyone_is_named(questioning, ids[: 1 + len(candidates)], f"{where}: identity")
    return replace(found, identity=questioning)


def _model(entry: object, *, where: str, folder: Path, identifier: str | None = None) -> ModelRef:
    if not isinstance(entry, dict):
        raise InputError(where, "missing", "must be a table with a location")
    location = entry.get("location")
    if not isinstance(location, str) or not location:
        raise InputError(where, f"location = {location!r}", "must be a folder or URL")
    if "://" not in location:
        location = str(folder / location)
    found = identifier if identifier is not None else entry.get("id")
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise InputError(where, f"id = {str(found)[:80]!r}", "must be 1 to 64 of A-Z a-z 0-9 . _ -")
    name = entry.get("name", found if identifier is None else Path(location).name)
    if not isinstance(name, str) or not 0 < len(name) <= 200:
        raise InputError(where, f"name = {str(name)[:80]!r}", "must be 1 to 200 characters")
    return ModelRef(id=found, location=location, name=name)


def make_case(subject: str, candidates: Sequence[str] | Mapping[str, str], mode: Mode | None = None) -> Case:
    """Return the case that command-line arguments describe: a location, and candidates as ID=LOCATION."""
    if not isinstance(candidates, Mapping):
        split = [text.partition("=") for text in candidates]
        for text, (identifier, equals, location) in zip(candidates, split, strict=True):
            if not equals or not location or not _ID.fullmatch(identifier):
                raise UsageError(f"--candidate {text}: must be ID=MODEL, with an ID of A-Z a-z 0-9 . _ -")
        pairs = [(identifier, location) for identifier, _, location in split]
    else:
        pairs = list(candidates.items())
    return check_case(
        Case(
            subject=ModelRef(id="subject", location=subject, name=_short_name(subject)),
            candidates=tuple(ModelRef(id=i, location=where, name=_short_name(where)) for i, where in pairs),
            mode=mode,
        )
    )


def _short_name(location: str) -> str:
    return location.rstrip("/").rpartition("/")[2][:200] or location[:200]


def check_case(case: Case) -> Case:
    """Return the case; raise UsageError where it makes no sense."""
    if not case.candidates:
        raise UsageError("no candidates: an audit needs at least one --candidate ID=MODEL")
    if len(case.candidates) > MOST_CANDIDATES:
        raise UsageError(f"{len(case.candidates)} candidates: at most {MOST_CANDIDATES} are compared at once")
    seen: dict[str, str] = {}
    for candidate in (*case.candidates, *case.controls):
        if candidate.id in seen or candidate.id == "subject":
            raise UsageError(f"candidate id {candidate.id}: each candidate needs an id of its own, other than subject")
        place = _canonical(candidate.location)
        if place == _canonical(case.subject.location):
            raise UsageError(f"{candidate.location}: the subject cannot be its own candidate")
        if place in seen.values():
            raise UsageError(f"{candidate.location}: is given as two candidates")
        seen[candidate.id] = place
    return case


def absolute_location(location: str) -> str:
    """Return a folder's real path; a URL as it is."""
    return location if "://" in location else os.path.realpath(location)


def _canonical(location: str) -> str:
    return absolute_location(location).rstrip("/")


def case_document(case: Case, *, command: str) -> str:
    """Return the case as TOML, as it ran, with absolute locations."""
    lines = [f'schema = "{SCHEMA}"', f"# as it ran: {_one_line(command)}", "", "[subject]"]
    lines += _model_lines(case.subject, with_id=False)
    for candidate in case.candidates:
        lines += ["", "[[candidates]]", *_model_lines(candidate, with_id=True)]
    for control in case.controls:
        lines += ["", "[[controls]]", *_model_lines(control, with_id=True)]
    if case.identity is not None:
        lines += questioning_lines(case.identity)
    if case.mode is not None:
        lines += ["", "[weights]", f'mode = "{case.mode}"']
    if case.response:
        lines += ["", "[response]", *(f"{_quote(key)} = {_quote(text)}" for key, text in case.response.items())]
    return "\n".join(lines) + "\n"


def _model_lines(model: ModelRef, *, with_id: bool) -> list[str]:
    lines = [f"name = {_quote(model.name)}", f"location = {_quote(absolute_location(model.location))}"]
    return [f"id = {_quote(model.id)}", *lines] if with_id else lines


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in escaped) + '"'


def _one_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
