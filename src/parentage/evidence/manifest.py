"""The two lists of a bundle: what was found, which a replication repeats byte for byte, and how it was run, which not.

`manifest.json` lists the first, `as-run.json` the second and the digest of the first. Signatures are over both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.evidence.container import Container, check_name

SCHEMA = "parentage.bundle/v1"
AS_RUN_SCHEMA = "parentage.as-run/v1"
MANIFEST, AS_RUN = "manifest.json", "as-run.json"
# Added after the lists were made; each vouches for itself.
LATER = ("attestations/", "responses/", "replications/", "timestamps/")
# Extensions that a reader must understand; this version knows none.
KNOWN_CRITICAL: frozenset[str] = frozenset()
REQUIRED = ("inputs.json", "measurements.jsonl", "policy.json", "survey.json", "tensors.parquet", "verdict.json")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """The listed files with their sizes and digests, and the digest of the list itself."""

    digest: str
    as_run_digest: str
    files: Mapping[str, tuple[int, str]]


def manifest_files(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return `manifest.json` and `as-run.json` for a bundle's files; those below `as-run/` go into the second."""
    listed = {name: {"size": len(data), "sha256": sha256_of(data)[7:]} for name, data in files.items()}
    content = {name: entry for name, entry in listed.items() if not name.startswith("as-run/")}
    manifest = canonical_json({"schema": SCHEMA, "critical": [], "files": content})
    as_run = {
        "schema": AS_RUN_SCHEMA,
        "manifest": sha256_of(manifest)[7:],
        "files": {name: entry for name, entry in listed.items() if name.startswith("as-run/")},
    }
    return {MANIFEST: manifest, AS_RUN: canonical_json(as_run)}


def read_manifest(container: Container) -> Manifest:
    """Return both lists; raises InputError for another version, an unknown critical extension or a wrong form."""
    raw, raw_as_run = container.read(MANIFEST), container.read(AS_RUN)
    manifest = _document(container, MANIFEST, raw, SCHEMA)
    as_run = _document(container, AS_RUN, raw_as_run, AS_RUN_SCHEMA)
    critical = manifest.get("critical", [])
    if not isinstance(critical, list) or (unknown := [item for item in critical if item not in KNOWN_CRITICAL]):
        raise InputError(
            container.where, f"critical {unknown!r}"[:120], "holds an extension this version does not know"
        )
    digest = sha256_of(raw)
    if as_run.get("manifest") != digest[7:]:
        raise InputError(container.where, AS_RUN, "belongs to another manifest.json")
    files = {**_entries(container.where, manifest, as_run=False), **_entries(container.where, as_run, as_run=True)}
    if missing := [name for name in REQUIRED if name not in files]:
        raise InputError(container.where, missing[0], "must be listed")
    return Manifest(digest=digest, as_run_digest=sha256_of(raw_as_run), files=files)


def _document(container: Container, name: str, raw: bytes, schema: str) -> dict[str, Any]:
    document = parse_json(raw, f"{container.where}/{name}")
    if not isinstance(document, dict) or document.get("schema") != schema:
        found = document.get("schema") if isinstance(document, dict) else None
        raise InputError(f"{container.where}/{name}", f"schema {found!r}"[:120], f"must be {schema}")
    return document


def _entries(where: str, document: Mapping[str, Any], *, as_run: bool) -> dict[str, tuple[int, str]]:
    listed = document.get("files")
    if not isinstance(listed, dict):
        raise InputError(where, "files", "must be an object")
    found = {}
    for name, entry in listed.items():
        check_name(where, name)
        size, digest = (entry.get("size"), entry.get("sha256")) if isinstance(entry, dict) else (None, None)
        if type(size) is not int or not isinstance(digest, str) or len(digest) != 64:
            raise InputError(where, name, "must have a size and a sha256")
        if name.startswith("as-run/") != as_run or name.startswith(LATER) or name in (MANIFEST, AS_RUN):
            raise InputError(where, name, "is listed in the wrong place")
        found[name] = (size, digest)
    return found


def check_files(container: Container, manifest: Manifest) -> int:
    """Return how many files are as listed; raises InputError for one that is missing, changed or not listed."""
    for name in container.names():
        if name not in manifest.files and name not in (MANIFEST, AS_RUN) and not name.startswith(LATER):
            raise InputError(container.where, name, "is not listed")
    for name, (size, digest) in manifest.files.items():
        if container.size(name) != size:
            raise InputError(container.where, name, f"has {container.size(name)} bytes where {size} are listed")
        if sha256_of(container.read(name))[7:] != digest:
            raise InputError(container.where, name, "has another sha256 than listed")
    return len(manifest.files)
