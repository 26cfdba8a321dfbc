"""Which clauses of a known licence matter when a model, or one made from it, is published: a reviewed file.

Each clause is quoted with its place in the vendored text, so that a reader can hold the quotation against the source.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar, get_args

from parentage.errors import InputError
from parentage.licensing.records import Check, Clause, ClauseKind, Trigger

SCHEMA = "parentage.clauses/v1"
_NAME = "clauses.json"
_FIELDS = frozenset({"id", "kind", "triggers", "check", "quote", "start", "stop", "reviewed", "words"})
# Checks that look for given words cannot do without them.
_NEEDS_WORDS = frozenset({"words-shown", "name-begins"})
_Word = TypeVar("_Word", bound=str)


def clauses_of(key: str) -> tuple[Clause, ...]:
    """Return a known licence's clauses, in the licence's order: one for each trigger, so an id can come twice.

    A licence that asks for nothing has none (`nothing_asked` says why); raise InputError for a licence not known.
    """
    return _known(key)[1]


def nothing_asked(key: str) -> str:
    """Return why a known licence has no clauses, "" where it has some; raise InputError for a licence not known."""
    return _known(key)[0]


def known_licences() -> tuple[str, ...]:
    """Return the keys of all licences whose clauses were reviewed, sorted."""
    return tuple(sorted(_load()))


def has_clauses(key: str) -> bool:
    """Return whether the licence was reviewed, be it with the result that it asks for nothing."""
    return key in _load()


def parse_clauses(text: str) -> Mapping[str, tuple[str, tuple[Clause, ...]]]:
    """Return, by licence, why there are no clauses ("" where there are) and the clauses; raise InputError."""
    held = json.loads(text)
    if not isinstance(held, dict) or held.get("schema") != SCHEMA or not isinstance(held.get("licences"), dict):
        raise InputError(_NAME, str(type(held).__name__), f"an object with schema {SCHEMA} and licences")
    read = {key: _parse_licence(key, entry) for key, entry in held["licences"].items()}
    seen: set[str] = set()
    for _, clauses in read.values():
        ids = {clause.id for clause in clauses}
        if ids & seen:
            raise InputError(_NAME, sorted(ids & seen)[0], "an id stands in one licence only")
        seen |= ids
    return read


@cache
def _load() -> Mapping[str, tuple[str, tuple[Clause, ...]]]:
    return parse_clauses((files("parentage.licensing") / _NAME).read_text(encoding="utf-8"))


def _known(key: str) -> tuple[str, tuple[Clause, ...]]:
    try:
        return _load()[key]
    except KeyError:
        raise InputError(_NAME, key, "a licence whose clauses were reviewed") from None


def _parse_licence(key: str, entry: Any) -> tuple[str, tuple[Clause, ...]]:
    rows = entry["clauses"]
    if bool(rows) == bool(entry["none"]):
        raise InputError(_NAME, key, "either clauses or the reason why there are none")
    if len({row["id"] for row in rows}) != len(rows):
        raise InputError(_NAME, key, "each id once")
    return entry["none"], tuple(clause for row in rows for clause in _iter_triggered(key, row))


def _iter_triggered(key: str, row: Any) -> Iterator[Clause]:
    name = str(row.get("id"))
    if set(row) != _FIELDS:
        raise InputError(_NAME, name, f"exactly the fields {sorted(_FIELDS)}")
    if not name.startswith(f"{key}/"):
        raise InputError(_NAME, name, f"an id that begins with {key}/")
    if not row["quote"] or row["stop"] - row["start"] != len(row["quote"]) or row["start"] < 0:
        raise InputError(_NAME, name, "a quote as long as its place in the text")
    check = _one_of(get_args(Check), row["check"], name)
    if check in _NEEDS_WORDS and not row["words"]:
        raise InputError(_NAME, name, f"words, which {check} looks for")
    if not row["triggers"] or len(set(row["triggers"])) != len(row["triggers"]):
        raise InputError(_NAME, name, "at least one trigger, each once")
    for trigger in row["triggers"]:
        yield Clause(
            licence=key,
            id=name,
            kind=_one_of(get_args(ClauseKind), row["kind"], name),
            trigger=_one_of(get_args(Trigger), trigger, name),
            check=check,
            quote=row["quote"],
            start=row["start"],
            stop=row["stop"],
            reviewed=row["reviewed"],
            words=tuple(row["words"]),
        )


def _one_of(allowed: tuple[_Word, ...], value: object, where: str) -> _Word:
    for word in allowed:
        if word == value:
            return word
    raise InputError(_NAME, f"{where}: {value}", f"one of {', '.join(allowed)}")
