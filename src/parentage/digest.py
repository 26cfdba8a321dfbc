"""Digests that name their own recipe, so that nobody has to guess what was hashed."""

import hashlib
from collections.abc import Mapping


def sha256_of(data: bytes | memoryview) -> str:
    """Return `sha256:<hex>` of the bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def manifest_digest(entries: Mapping[str, str]) -> str:
    """Return the digest of a set of named digests: sha256 over sorted `name\\0digest\\n` lines.

    The same files under the same names give the same digest, whatever the order they were read in.
    """
    lines = "".join(f"{name}\0{digest}\n" for name, digest in sorted(entries.items()))
    return sha256_of(lines.encode())
