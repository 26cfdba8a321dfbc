"""What a card's licence fields mean: an SPDX expression and the known licences in it, or why that cannot be said.

Cards name licences in the Hub's short words (`llama3.1`), in SPDX expressions, or as `other` with a name of their own.
A word that several texts answer to is mapped to none of them: only the text can tell then.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from license_expression import (
    ExpressionError,
    LicenseSymbol,
    LicenseWithExceptionSymbol,
    Licensing,
    get_spdx_licensing,
)

from parentage.licensing.catalogue import load_entries

_MOST_CHARACTERS = 400
_MOST_BRACKETS = 20
_MOST_LISTED = 20
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.+_-]*")
_WORD = re.compile(r"[()]|[A-Za-z0-9.+:_-]+")
_WORDS = re.compile(r"[A-Za-z0-9.+:_()\s-]*", re.ASCII)
_UNSAID = frozenset({"", "unknown", "none", "null", "n/a", "tbd"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclaredTerms:
    """What licence fields say. `expression` is in SPDX's form, "" where the fields say no such thing.

    `keys` are the known licences in it (any `-or-later` and `WITH` left to the expression), in the order named.
    `problem` says in one line what cannot be told; `may_mean` are the known licences that an ambiguous word may mean.
    """

    expression: str = ""
    keys: tuple[str, ...] = ()
    problem: str = ""
    may_mean: tuple[str, ...] = ()


def read_licence_fields(license: object, license_name: object = None, license_link: object = None) -> DeclaredTerms:
    """Return what a card's `license`, `license_name` and `license_link` say, whatever types they have.

    Nothing is fetched: a link is never followed, so it only helps a reader. Never raises.
    """
    match license:
        case None:
            if not _is_said(license_name):
                return DeclaredTerms()
            return _with_problem(_named(license_name, license_link), "license_name stands without license: other")
        case str():
            return _read_word(license, license_name, license_link)
        case list() | tuple():
            return _read_list(license, license_name, license_link)
        case _:
            return DeclaredTerms(problem=f"license is {type(license).__name__} {_shown(license)}, not text or a list")


def _read_word(word: str, name: object, link: object) -> DeclaredTerms:
    normal = _identifier(word)
    if normal == "other":
        return _named(name, link)
    if normal in _UNSAID:
        return DeclaredTerms(problem=f'license is "{_shown(word)}", which names no licence')
    terms = _parse_terms(word)
    if _is_said(name):
        named = _named(name, link)
        if named.keys and terms.keys and set(named.keys) != set(terms.keys):
            return _with_problem(terms, f'license_name "{_shown(name)}" names another licence ({named.expression})')
    return terms


def _read_list(words: Iterable[object], name: object, link: object) -> DeclaredTerms:
    """Return a list's licences joined by AND, with a problem: a list does not say whether all or any one applies."""
    listed = list(words)
    if not listed:
        return DeclaredTerms(problem="license is an empty list")
    if len(listed) > _MOST_LISTED:
        return DeclaredTerms(problem=f"license is a list of {len(listed)}, more than {_MOST_LISTED}")
    if not all(isinstance(word, str) for word in listed):
        return DeclaredTerms(problem=f"license is a list with something other than text: {_shown(listed)}")
    read = [_read_word(str(word), name, link) for word in listed]
    if len(read) == 1:
        return read[0]
    parts = [f"({one.expression})" if " " in one.expression else one.expression for one in read if one.expression]
    problems = [one.problem for one in read if one.problem]
    problems.append("license is a list, which does not say whether all of them apply or any one")
    return DeclaredTerms(
        expression=" AND ".join(dict.fromkeys(parts)),
        keys=tuple(dict.fromkeys(key for one in read for key in one.keys)),
        problem="; ".join(problems),
        may_mean=tuple(dict.fromkeys(key for one in read for key in one.may_mean)),
    )


def _named(name: object, link: object) -> DeclaredTerms:
    """Return what `license: other` means by its `license_name`, if that name has one known text."""
    if not _is_said(name):
        told = f", and the text behind its link {_shown(link)} is not read" if _is_said(link) else ""
        return DeclaredTerms(problem=f'license is "other" without a license_name{told}')
    if not isinstance(name, str):
        return DeclaredTerms(problem=f"license_name is {type(name).__name__} {_shown(name)}, not text")
    terms = _parse_terms(name)
    if terms.expression or terms.may_mean:
        return terms
    return DeclaredTerms(problem=f'license is "other", and its license_name "{_shown(name)}" is not a known licence')


def _parse_terms(text: str) -> DeclaredTerms:
    """Return what an identifier of the Hub's or an SPDX expression means."""
    if len(text) > _MOST_CHARACTERS or text.count("(") > _MOST_BRACKETS:
        return DeclaredTerms(problem=f'license "{_shown(text)}" is too long for an expression')
    normal = _identifier(text)
    if (key := _by_identifier().get(normal)) is not None:
        return DeclaredTerms(expression=_expression_of(normal, key), keys=(key,))
    if (keys := _by_ambiguous_identifier().get(normal)) is not None:
        return DeclaredTerms(
            problem=f'"{_shown(text)}" is a name of several texts or of dated versions; only the text can tell',
            may_mean=keys,
        )
    return _parse_expression(text)


def _parse_expression(text: str) -> DeclaredTerms:
    licensing = _spdx()
    try:
        parsed = licensing.parse(text.strip(), validate=False) if _is_well_formed(text) else None
    except (ExpressionError, ValueError):
        parsed = None
    if parsed is None:
        return DeclaredTerms(problem=f'license "{_shown(text)}" is neither a known identifier nor an SPDX expression')
    symbols = licensing.license_symbols(parsed, unique=True, decompose=False)
    parts = [part for symbol in symbols for part in _parts(symbol)]
    unknown = [part.key for part in parts if not _is_known(part.key)]
    if unknown:
        listed = ", ".join(_shown(key) for key in unknown)
        return DeclaredTerms(
            problem=f'license "{_shown(text)}" names what neither SPDX nor the catalogue has: {listed}'
        )
    if not all(_is_well_made(symbol) for symbol in symbols):
        return DeclaredTerms(problem=f'license "{_shown(text)}" uses a licence as an exception or an exception alone')
    used = [part.key for part in parts if not part.is_exception]
    keys = [_by_identifier().get(key.lower()) for key in used]
    missing = [key for key, known in zip(used, keys, strict=True) if known is None]
    return DeclaredTerms(
        expression=_canonical(parsed.render("{symbol.key}")),
        keys=tuple(dict.fromkeys(key for key in keys if key is not None)),
        problem=f"the catalogue has no text of {', '.join(missing)}" if missing else "",
    )


def _is_well_formed(text: str) -> bool:
    """Return whether identifiers, operators and brackets stand in turn: the parser is unsafe on what does not."""
    if _WORDS.fullmatch(text) is None:
        return False
    depth, wants_name = 0, True
    for word in _WORD.findall(text):
        is_operator = word.upper() in {"AND", "OR", "WITH"}
        if (word == "(" or not (is_operator or word == ")")) != wants_name:
            return False
        depth += (word == "(") - (word == ")")
        wants_name = word == "(" or is_operator
        if depth < 0:
            return False
    return depth == 0 and not wants_name


def _parts(symbol: LicenseSymbol | LicenseWithExceptionSymbol) -> tuple[LicenseSymbol, ...]:
    """Return the licence, and the exception that it stands WITH, of one symbol of an expression."""
    if isinstance(symbol, LicenseWithExceptionSymbol):
        return (symbol.license_symbol, symbol.exception_symbol)
    return (symbol,)


def _is_well_made(symbol: LicenseSymbol | LicenseWithExceptionSymbol) -> bool:
    """Return whether an exception stands after WITH, and only there."""
    if isinstance(symbol, LicenseWithExceptionSymbol):
        return bool(symbol.exception_symbol.is_exception and not symbol.license_symbol.is_exception)
    return not symbol.is_exception


def _is_known(key: str) -> bool:
    return key in _spdx().known_symbols or key.lower() in _by_identifier()


def _expression_of(identifier: str, key: str) -> str:
    """Return the SPDX id that an identifier means: its own where it says `-or-later`, the licence's key else."""
    return re.sub(r"-only$", "-or-later", key) if identifier.endswith("-or-later") else key


def _canonical(expression: str) -> str:
    """Return an expression with each of our keys in its own letters: parsing keeps a card's case for those."""
    return _IDENTIFIER.sub(lambda word: _keys_by_lower().get(word[0].lower(), word[0]), expression)


@cache
def _spdx() -> Licensing:
    return get_spdx_licensing()


@cache
def _keys_by_lower() -> Mapping[str, str]:
    return MappingProxyType({key.lower(): key for key in load_entries()})


@cache
def _by_identifier() -> Mapping[str, str]:
    """Return the licence that each unambiguous identifier means: what cards use, its key, and its `-or-later` form."""
    known: dict[str, str] = {}
    for key, entry in load_entries().items():
        known[key.lower()] = key
        if key.endswith("-only"):
            known[key.lower().removesuffix("-only") + "-or-later"] = key
        for word in entry.licence.declared_as:
            known[_identifier(word)] = key
    return MappingProxyType(known)


@cache
def _by_ambiguous_identifier() -> Mapping[str, tuple[str, ...]]:
    meant: dict[str, list[str]] = {}
    for key, entry in load_entries().items():
        for word in entry.may_be_meant_by:
            meant.setdefault(word, []).append(key)
    return MappingProxyType({word: tuple(keys) for word, keys in meant.items()})


def _identifier(text: str) -> str:
    """Return an identifier in the catalogue's letters: lower case, with hyphens for spaces and underscores."""
    return "-".join(re.sub(r"[\s_]+", " ", text[: _MOST_CHARACTERS + 1].lower()).split())


def _is_said(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and _identifier(value) in _UNSAID)


def _with_problem(terms: DeclaredTerms, problem: str) -> DeclaredTerms:
    return DeclaredTerms(
        expression=terms.expression,
        keys=terms.keys,
        problem="; ".join(filter(None, (terms.problem, problem))),
        may_mean=terms.may_mean,
    )


def _shown(value: object) -> str:
    """Return a value as it may be shown to people: short, on one line, printable; of containers only the size."""
    match value:
        case str():
            text = value
        case list() | tuple() | dict() | set():
            text = f"of {len(value)}"
        case int() if value.bit_length() > 64:
            text = "of many digits"
        case bool() | int() | float():
            text = repr(value)
        case _:
            text = ""
    return "".join(c if c.isprintable() else "\ufffd" for c in text[:80])
