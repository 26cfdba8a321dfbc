"""The licences that Parentage knows by their text: about seventy, vendored word for word with their sources.

The list is data (`catalogue.json`) beside the texts (`texts/`), so that a reviewer reads neither through code.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from parentage.errors import InputError
from parentage.licensing.records import Licence

_HERE = "parentage.licensing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """A licence and what is needed to recognise it.

    `may_be_meant_by` are identifiers that several texts answer to; `titles` are headings that a copy may bear or lack;
    `optional` are passages (first words, words they go up to or "" for the end) that a copy may lack, as normalised
    text; `variants` names the further files whose text is this licence too, with the digest of each.
    """

    licence: Licence
    may_be_meant_by: tuple[str, ...]
    titles: tuple[str, ...]
    optional: tuple[tuple[str, str], ...]
    variants: Mapping[str, str]


@cache
def load_catalogue() -> Mapping[str, Licence]:
    """Return every known licence by its key, in the order of the keys."""
    return MappingProxyType({key: entry.licence for key, entry in load_entries().items()})


@cache
def load_entries() -> Mapping[str, CatalogueEntry]:
    """Return every known licence with its headings, variants and optional passages, by its key."""
    document = json.loads((files(_HERE) / "catalogue.json").read_text(encoding="utf-8"))
    entries = (_parse_entry(fields) for fields in document["licences"])
    return MappingProxyType({entry.licence.key: entry for entry in entries})


@cache
def licence_text(key: str) -> str:
    """Return the vendored text of a known licence, as its source has it. Raises InputError for any other key."""
    if key not in load_entries():
        raise InputError("licence key", key[:80], "is not in the catalogue")
    return _read_text(f"{key}.txt")


def variant_texts(key: str) -> Mapping[str, str]:
    """Return the further vendored texts of a known licence, by file name: the same terms, laid out differently."""
    return {name: _read_text(name) for name in load_entries()[key].variants}


def _read_text(name: str) -> str:
    return (files(_HERE) / "texts" / name).read_text(encoding="utf-8")


def _parse_entry(fields: Mapping[str, Any]) -> CatalogueEntry:
    return CatalogueEntry(
        licence=Licence(
            key=fields["key"],
            name=fields["name"],
            terms=fields["terms"],
            declared_as=tuple(fields["declared_as"]),
            digest=fields["digest"],
            source=fields["source"],
        ),
        may_be_meant_by=tuple(fields["may_be_meant_by"]),
        titles=tuple(fields.get("titles", ())),
        optional=tuple((first, last) for first, last in fields.get("optional", ())),
        variants=MappingProxyType({variant["file"]: variant["digest"] for variant in fields.get("variants", ())}),
    )
