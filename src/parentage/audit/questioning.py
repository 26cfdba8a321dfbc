"""How a case asks models who they are: whom the names belong to, in which languages, how often and where."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from parentage.endpoint.provider import Api, Endpoint, NamedModel, Price, Source
from parentage.errors import InputError, UsageError
from parentage.evidence.canonical import canonical_json
from parentage.protocols.identity.reading.text import fold, tokenize
from parentage.protocols.identity.records import LANGUAGES, Identity, Language

REPEATS = 5
_MOST_REPEATS = 1000
_MOST_NAMES = 50
_POPULARITY = ("popular", "known", "rare")
# `inspect = "parentage-small"` stands for the inspect model `parentage-small/<the model's folder>`.
_FOLDER = "{folder}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Questioning:
    """The identity protocol's part of a case.

    `sources` says by model id how a model is reached; a model without one is served from its own checkpoint. A
    NamedModel's name may hold `{folder}`, which is put in when the model is asked.
    """

    names: tuple[Identity, ...] = ()
    languages: tuple[Language, ...] = LANGUAGES
    repeats: int = REPEATS
    quick: bool = False
    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 256
    connections: int = 8
    sources: Mapping[str, Source] = field(default_factory=dict)


def parse_questioning(table: object, ids: Collection[str], *, where: str) -> Questioning:
    """Return what a case's [identity] says about models of these ids; raises InputError naming what is wrong."""
    known = {"names", "languages", "repeats", "quick", "temperature", "top_p", "max_tokens", "connections", "endpoints"}
    _check_keys(table, known, where)
    assert isinstance(table, dict)
    languages = _texts(table.get("languages", list(LANGUAGES)), f"{where}.languages")
    if not languages or (unknown := [one for one in languages if one not in LANGUAGES]):
        raise InputError(where, f"languages {unknown[:1] if languages else languages}", f"of {', '.join(LANGUAGES)}")
    quick = table.get("quick", False)
    if not isinstance(quick, bool):
        raise InputError(where, f"quick = {quick!r}"[:80], "must be true or false")
    names = tuple(_identity(entry, ids, f"{where}.names") for entry in _tables(table, "names", where))
    _check_names(names, where)
    return Questioning(
        names=names,
        languages=tuple(one for one in LANGUAGES if one in languages),
        repeats=_count(table, "repeats", REPEATS, _MOST_REPEATS, where),
        quick=quick,
        temperature=_number(table, "temperature", 0.7, 5.0, where),
        top_p=_positive(table, "top_p", 1.0, 1.0, where),
        max_tokens=_count(table, "max_tokens", 256, 65_536, where),
        connections=_count(table, "connections", 8, 1024, where),
        sources=dict(_source(entry, ids, f"{where}.endpoints") for entry in _tables(table, "endpoints", where)),
    )


def check_everyone_is_named(questioning: Questioning, ids: Sequence[str], where: str) -> None:
    """Raise InputError unless the subject and each candidate have a name: what is not looked for is not never said."""
    named = {one.key for one in questioning.names if one.names}
    if missing := [one for one in ids if one not in named]:
        raise InputError(where, missing[0], "needs an entry in [[identity.names]] with the names that it goes by")


def _check_names(names: Sequence[Identity], where: str) -> None:
    """Raise InputError for a name that two models own, or that holds nothing to look for."""
    owners: dict[str, str] = {}
    for one in names:
        for name in (*one.names, *one.makers):
            words = " ".join(token.text for token in tokenize(fold(name).text))
            if not words:
                raise InputError(where, repr(name)[:80], "holds no letters to look for")
            if owners.setdefault(words, one.key) != one.key:
                rule = f"is given to {owners[words]} and {one.key}: what two share tells nothing, leave it out"
                raise InputError(where, repr(name)[:80], rule)


def source_of(questioning: Questioning, identifier: str, location: str) -> Source | None:
    """Return how a model is reached, its folder put in; None: it is served from its own checkpoint."""
    found = questioning.sources.get(identifier)
    if isinstance(found, NamedModel):
        return NamedModel(name=found.name.replace(_FOLDER, location), api=found.api, price=found.price)
    return found


def questioning_lines(questioning: Questioning) -> list[str]:
    """Return it as lines of TOML. An endpoint's key is in none of them, only the name of its variable."""
    lines = ["", "[identity]", f"languages = {_written(list(questioning.languages))}"]
    lines += [f"{name} = {_written(getattr(questioning, name))}" for name in ("repeats", "quick", "temperature")]
    lines += [f"{name} = {_written(getattr(questioning, name))}" for name in ("top_p", "max_tokens", "connections")]
    for one in questioning.names:
        lines += ["", "[[identity.names]]", f"of = {_written(one.key)}", f"names = {_written(list(one.names))}"]
        lines.append(f"makers = {_written(list(one.makers))}")
        if one.popularity != "case":
            lines.append(f"popularity = {_written(one.popularity)}")
    for identifier, source in questioning.sources.items():
        lines += ["", "[[identity.endpoints]]", f"of = {_written(identifier)}", f"api = {_written(source.api)}"]
        if isinstance(source, NamedModel):
            lines.append(f"inspect = {_written(source.name)}")
        else:
            lines += [f"url = {_written(source.url)}", f"model = {_written(source.model)}"]
            lines += [f"key_env = {_written(source.key_env)}"] if source.key_env else []
        if source.price is not None:
            lines.append(f"prompt_price = {source.price.prompt_per_million}")
            lines.append(f"reply_price = {source.price.reply_per_million}")
    return lines


def _written(value: Any) -> str:
    """Return a value as TOML writes it; for texts, lists of texts, numbers and booleans that is how JSON does."""
    return canonical_json(value).decode().replace("\x7f", "\\u007f")


def _identity(entry: Any, ids: Collection[str], where: str) -> Identity:
    _check_keys(entry, {"of", "names", "makers", "popularity", "ambiguous"}, where)
    names, makers = _texts(entry.get("names", []), where), _texts(entry.get("makers", []), where)
    if not names and not makers:
        raise InputError(where, "names", "must hold at least one name or maker")
    popularity = entry.get("popularity", "case")
    if popularity not in (*_POPULARITY, "case"):
        raise InputError(where, f"popularity = {popularity!r}"[:80], f"must be one of {', '.join(_POPULARITY)}")
    return Identity(
        key=_of(entry, ids, where),
        names=tuple(names),
        makers=tuple(makers),
        popularity=popularity,
        ambiguous=tuple(_texts(entry.get("ambiguous", []), where)),
    )


def _source(entry: Any, ids: Collection[str], where: str) -> tuple[str, Source]:
    _check_keys(entry, {"of", "url", "model", "api", "key_env", "inspect", "prompt_price", "reply_price"}, where)
    api = entry.get("api", "completions")
    if api not in ("completions", "chat"):
        raise InputError(where, f"api = {api!r}"[:80], 'must be "completions" or "chat"')
    price = None
    if "prompt_price" in entry or "reply_price" in entry:
        prices = [_number(entry, name, 0.0, 1e6, where) for name in ("prompt_price", "reply_price")]
        price = Price(prompt_per_million=prices[0], reply_per_million=prices[1])
    identifier = _of(entry, ids, where)
    for name in ("url", "model", "key_env", "inspect"):
        if name in entry and not isinstance(entry[name], str):
            raise InputError(where, f"{name} = {entry[name]!r}"[:80], "must be text")
    if "inspect" in entry:
        if "url" in entry or "model" in entry:
            raise InputError(where, identifier, "is reached by inspect or by a url, not by both")
        return identifier, NamedModel(name=entry["inspect"], api=cast(Api, api), price=price)
    try:
        return identifier, Endpoint(
            url=entry.get("url", ""),
            model=entry.get("model", ""),
            api=cast(Api, api),
            key_env=entry.get("key_env"),
            price=price,
        )
    except UsageError as error:
        raise InputError(where, identifier, str(error)) from error


def _of(entry: Mapping[str, Any], ids: Collection[str], where: str) -> str:
    found = entry.get("of")
    if not isinstance(found, str) or found not in ids:
        raise InputError(where, f"of = {found!r}"[:80], f"must be one of {', '.join(ids)}")
    return found


def _check_keys(table: object, known: Collection[str], where: str) -> None:
    if not isinstance(table, dict):
        raise InputError(where, type(table).__name__, "must be a table")
    if unknown := sorted(set(table) - set(known)):
        raise InputError(where, unknown[0][:80], f"is not a key here; known are {', '.join(sorted(known))}")


def _tables(table: Mapping[str, Any], name: str, where: str) -> Sequence[Any]:
    found = table.get(name, [])
    if not isinstance(found, list) or len(found) > _MOST_NAMES:
        raise InputError(where, name, f"must be a list of at most {_MOST_NAMES} tables: [[identity.{name}]]")
    return found


def _texts(value: object, where: str) -> list[str]:
    texts = value if isinstance(value, list) else None
    if (
        texts is None
        or len(texts) > _MOST_NAMES
        or not all(isinstance(one, str) and 0 < len(one) <= 100 for one in texts)
    ):
        raise InputError(
            where, repr(value)[:80], f"must be a list of at most {_MOST_NAMES} texts of 1 to 100 characters"
        )
    return texts


def _count(table: Mapping[str, Any], name: str, default: int, most: int, where: str) -> int:
    found = table.get(name, default)
    if type(found) is not int or not 1 <= found <= most:
        raise InputError(where, f"{name} = {found!r}"[:80], f"must be a whole number from 1 to {most}")
    return found


def _positive(table: Mapping[str, Any], name: str, default: float, most: float, where: str) -> float:
    found = _number(table, name, default, most, where)
    if found <= 0:
        raise InputError(where, f"{name} = {found!r}", f"must be above 0, up to {most:g}")
    return found


def _number(table: Mapping[str, Any], name: str, default: float, most: float, where: str) -> float:
    found = table.get(name, default)
    if isinstance(found, bool) or not isinstance(found, int | float) or not 0 <= found <= most:
        raise InputError(where, f"{name} = {found!r}"[:80], f"must be a number from 0 to {most:g}")
    return float(found)
