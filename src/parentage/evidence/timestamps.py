"""When was this bundle there at the latest? Timestamps (RFC 3161) over `as-run.json`, which covers both lists."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from parentage.errors import InputError, UsageError
from parentage.evidence.container import Container
from parentage.evidence.manifest import AS_RUN

_HASHES = {"2.16.840.1.101.3.4.2.1": "sha256", "2.16.840.1.101.3.4.2.2": "sha384", "2.16.840.1.101.3.4.2.3": "sha512"}
_MOST_TIMESTAMPS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Timestamp:
    """A time that an authority states, and whether its signature was checked against a root that the caller gave."""

    name: str
    time: str
    checked: bool


def timestamp_query(container: Container) -> bytes:
    """Return the query, as DER, for a timestamp over a bundle; raises UsageError without the extra."""
    library = _library()
    builder = library.TimestampRequestBuilder().data(container.read(AS_RUN))
    found: bytes = builder.hash_algorithm(library.HashAlgorithm.SHA256).build().as_bytes()
    return found


def parse_roots(pem: bytes, where: str) -> list[Any]:
    """Return the certificates in a PEM file; raises InputError."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(pem)
    except ValueError as error:
        raise InputError(where, "no certificate", "must be PEM certificates of a timestamp authority's root") from error


def read_timestamps(container: Container, roots: Sequence[Any]) -> tuple[Timestamp, ...]:
    """Return the timestamps in a bundle; raises InputError for one over something else, or that no root bears."""
    names = [name for name in container.names() if name.startswith("timestamps/")]
    if len(names) > _MOST_TIMESTAMPS:
        raise InputError(container.where, f"{len(names)} timestamps", f"a bundle has at most {_MOST_TIMESTAMPS}")
    message = container.read(AS_RUN) if names else b""
    return tuple(_read(container, name, message, roots) for name in names)


def _read(container: Container, name: str, message: bytes, roots: Sequence[Any]) -> Timestamp:
    library, where = _library(), f"{container.where}/{name}"
    try:
        answer = library.decode_timestamp_response(container.read(name))
        imprint = answer.tst_info.message_imprint
        algorithm = _HASHES[imprint.hash_algorithm.dotted_string]
        time = answer.tst_info.gen_time.isoformat()
    except (ValueError, KeyError) as error:
        raise InputError(where, type(error).__name__, "must be a timestamp by sha256, sha384 or sha512") from error
    if imprint.message != hashlib.new(algorithm, message).digest():
        raise InputError(where, time, "is a timestamp of another bundle")
    if roots:
        builder = library.VerifierBuilder()
        for root in roots:
            builder = builder.add_root_certificate(root)
        try:
            builder.build().verify_message(answer, message)
        except (library.VerificationError, ValueError) as error:
            problem = " ".join(str(error).split())[:120]
            raise InputError(where, problem, "its signature must lead to a root that was given") from error
    return Timestamp(name=name, time=time, checked=bool(roots))


def _library() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise UsageError("timestamps need the extra: pip install 'parentage[timestamp]'") from error
    return rfc3161_client
