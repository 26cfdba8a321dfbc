"""Which licence each model has: what its card declares beside what its licence file says, word for word."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from parentage.digest import sha256_of
from parentage.licensing.expressions import read_licence_fields
from parentage.licensing.identify import identify_text
from parentage.protocols.documents.records import Declaration, DeclaredLicence

How = Literal["text", "declared", "text-and-declared", "none", "contradictory"]
_TERMS_FILES = ("license", "licence", "copying", "terms", "notice")
_MOST_CHARACTERS = 1 << 20
# A notice with a year and a name, not a licence's own talk of copyright or the blanks of its appendix.
_COPYRIGHT = re.compile(r"\s{0,20}Copyright (?:\(c\) |©\s?)?(?:19|20)\d\d[^\[\]]{1,200}$", re.IGNORECASE)
_MOST_COPYRIGHTS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLicence:
    """One model's licence; `key` is "" where it is not known or where card and file contradict each other.

    `files` are the licences of its files by name; `digest` is of the file that decided, "" without one.
    """

    declared: str
    key: str
    how: How
    where: str
    digest: str
    note: str
    files: Mapping[str, str]


def find_licence(declaration: Declaration, texts: Mapping[str, bytes]) -> FoundLicence:
    """Return the licence of a repository. The text decides where it is known; a card that says otherwise is noted."""
    own = declaration.licence
    identified = {name: identify_text(decode(data)) for name, data in texts.items() if _is_terms(name)}
    files = {name: found.key for name, found in identified.items() if found.key is not None}
    declared = own.license_name if own.license.casefold() in ("", "other") and own.license_name else own.license
    # A folder of notices may hold many licences; the repository's own file speaks for the weights.
    main = sorted(name for name in files if not name.casefold().startswith("notice"))
    keys = {files[name] for name in main}
    if own.key is not None and (own.key in keys or not keys):
        name = next((one for one in main if files[one] == own.key), "")
        how: How = "text-and-declared" if name else "declared"
        return _found(declared, own.key, how, name or own.where, texts.get(name), own.problem, files)
    if len(keys) == 1 and own.key is None:
        name = main[0]
        note = own.problem or ("the card names no licence" if not declared else "what the card names is not known")
        return _found(declared, files[name], "text", name, texts[name], note, files)
    if keys and own.key is None and keys <= set(_declared_keys(own)):
        note = f"the card names several licences: {declared}"[:300]
        return _found(declared, "", "text-and-declared", main[0], texts[main[0]], note, files)
    if keys:
        names = ", ".join(f"{name}: {files[name]}" for name in main)[:300]
        note = f"the card says {declared or 'nothing'}, the files say {names}"
        return _found(declared, "", "contradictory", own.where or main[0], None, note, files)
    unknown = [name for name in sorted(identified) if not name.casefold().startswith("notice")]
    note = own.problem
    if unknown:
        nearest = identified[unknown[0]].nearest
        note = f"{unknown[0]} is no licence text that is known" + (f"; the nearest is {nearest}" if nearest else "")
    return _found(
        declared,
        "",
        "none",
        unknown[0] if unknown else own.where,
        texts.get(unknown[0]) if unknown else None,
        note,
        files,
    )


def _declared_keys(own: DeclaredLicence) -> tuple[str, ...]:
    """Return every licence that the fields name, be it that all apply or that one may be chosen."""
    return read_licence_fields(own.license or None, own.license_name or None, own.license_link or None).keys


def copyright_lines(texts: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the copyright lines of a repository's licence files: the notices that permissive licences ask to keep."""
    lines = [
        line.strip()
        for name, data in sorted(texts.items())
        if _is_terms(name) and not name.casefold().startswith("notice")
        for line in decode(data).splitlines()
        if _COPYRIGHT.match(line)
    ]
    return tuple(dict.fromkeys(lines))[:_MOST_COPYRIGHTS]


def decode(data: bytes) -> str:
    """Return a text file's text, whatever its bytes are; at most a million characters."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data[: 2 * _MOST_CHARACTERS].decode("utf-16", "replace")[:_MOST_CHARACTERS]
    return data[: 4 * _MOST_CHARACTERS].decode("utf-8", "replace")[:_MOST_CHARACTERS]


def _is_terms(name: str) -> bool:
    return name.casefold().rpartition("/")[2].startswith(_TERMS_FILES)


def _found(
    declared: str, key: str, how: How, where: str, data: bytes | None, note: str, files: Mapping[str, str]
) -> FoundLicence:
    digest = sha256_of(data) if data is not None else ""
    return FoundLicence(declared=declared, key=key, how=how, where=where, digest=digest, note=note, files=files)
