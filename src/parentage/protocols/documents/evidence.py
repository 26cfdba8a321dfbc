"""What the documents protocol draws its findings from: the repositories' texts as read, and whom each name means."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from parentage.digest import manifest_digest, sha256_of
from parentage.protocols.documents.kinship import FileKinship

SUBJECT = "subject"
_SOURCES = ("parentage.protocols.documents", "parentage.licensing")


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentedModel:
    """A model of the case: what others may call it (its repository's id, its name), and what could not be read."""

    id: str
    name: str
    known_as: tuple[str, ...]
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsEvidence:
    """The subject and the candidates, in this order; `texts` are bytes as read, by model and file name.

    `kinship` was measured while tokenizers could be read, which are too large to be carried along.
    """

    models: tuple[DocumentedModel, ...]
    texts: Mapping[str, Mapping[str, bytes]]
    kinship: FileKinship | None
    rules_digest: str


@cache
def documents_digest() -> str:
    """Return the digest over the source and the data of everything that decides how documents are read."""
    found = {}
    for package in _SOURCES:
        for path in (files(package), files(package).joinpath("texts")):
            for entry in path.iterdir() if path.is_dir() else ():
                if entry.is_file() and entry.name.endswith((".py", ".json", ".txt")):
                    found[f"{package}/{path.name}/{entry.name}"] = sha256_of(entry.read_bytes())
    return manifest_digest(found)
