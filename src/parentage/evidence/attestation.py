"""in-toto statements in DSSE envelopes: signed here, and checked without believing anything inside first."""

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.evidence.manifest import AS_RUN, MANIFEST, Manifest

STATEMENT = "https://in-toto.io/Statement/v1"
PAYLOAD_TYPE = "application/vnd.in-toto+json"
AUDIT_PREDICATE = "urn:parentage:predicate:audit:v1"
RESPONSE_PREDICATE = "urn:parentage:predicate:response:v1"
REPLICATION_PREDICATE = "urn:parentage:predicate:replication:v1"
TEST_RESULT_PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"
_MOST_SIGNATURES = 16
_MOST_ENVELOPE_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A statement whose signatures hold: by these keys, over this predicate; `digest` is the envelope's own."""

    name: str
    digest: str
    keyids: tuple[str, ...]
    predicate_type: str
    predicate: Mapping[str, Any]
    subjects: Mapping[str, str]


def make_statement(subjects: Mapping[str, str], predicate_type: str, predicate: Mapping[str, Any]) -> dict[str, Any]:
    """Return an in-toto Statement v1 over `{name: "sha256:<hex>"}`."""
    return {
        "_type": STATEMENT,
        "subject": [{"name": name, "digest": {"sha256": digest[7:]}} for name, digest in subjects.items()],
        "predicateType": predicate_type,
        "predicate": dict(predicate),
    }


def bundle_subjects(manifest: Manifest) -> dict[str, str]:
    """Return what every signature about a bundle is over: both of its lists."""
    return {MANIFEST: manifest.digest, AS_RUN: manifest.as_run_digest}


def sign_statement(statement: Mapping[str, Any], signer: Any) -> bytes:
    """Return the DSSE envelope of a statement as JSON; the payload is canonical."""
    from securesystemslib.dsse import Envelope

    envelope = Envelope(canonical_json(statement), PAYLOAD_TYPE, {})
    envelope.sign(signer)
    return json.dumps(envelope.to_dict(), indent=2, sort_keys=True).encode() + b"\n"


def verify_envelope(data: bytes, keys: Sequence[Any], where: str) -> Signed:
    """Return the statement after every signature on it was checked; raises InputError.

    Each signature must be by one of the keys: a signature that nobody can check is no better than none.
    """
    payload, signatures = _parse_envelope(data, where)
    pae = b"DSSEv1 %d %b %d %b" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)
    known = {key.keyid: key for key in keys}
    for keyid, signature in signatures.items():
        if keyid not in known:
            raise InputError(where, f"key {keyid[:16]}", "its public key is neither in the bundle nor given")
        _verify_one(known[keyid], keyid, signature, pae, where)
    return _parse_statement(payload, where, sha256_of(data), tuple(signatures))


def _verify_one(key: Any, keyid: str, signature: bytes, pae: bytes, where: str) -> None:
    from securesystemslib.exceptions import UnverifiedSignatureError, VerificationError
    from securesystemslib.signer import Signature

    try:
        key.verify_signature(Signature(keyid, signature.hex()), pae)
    except (UnverifiedSignatureError, VerificationError) as error:
        raise InputError(where, f"key {keyid[:16]}", "the signature does not fit the statement") from error


def _parse_envelope(data: bytes, where: str) -> tuple[bytes, dict[str, bytes]]:
    if len(data) > _MOST_ENVELOPE_BYTES:
        raise InputError(where, f"{len(data)} bytes", f"an envelope has at most {_MOST_ENVELOPE_BYTES}")
    envelope = parse_json(data, where)
    if not isinstance(envelope, dict) or envelope.get("payloadType") != PAYLOAD_TYPE:
        raise InputError(where, "payloadType", f"must be a DSSE envelope of {PAYLOAD_TYPE}")
    listed = envelope.get("signatures")
    if not isinstance(listed, list) or not 0 < len(listed) <= _MOST_SIGNATURES:
        raise InputError(where, "signatures", f"must be 1 to {_MOST_SIGNATURES}")
    signatures: dict[str, bytes] = {}
    for entry in listed:
        keyid = entry.get("keyid") if isinstance(entry, dict) else None
        if not isinstance(keyid, str) or not keyid or keyid in signatures:
            raise InputError(where, "signatures", "each needs a key id of its own")
        signatures[keyid] = _decode(entry.get("sig"), where)
    return _decode(envelope.get("payload"), where), signatures


def _decode(text: object, where: str) -> bytes:
    try:
        return base64.b64decode(text if isinstance(text, str) else "-", validate=True)
    except (binascii.Error, ValueError) as error:
        raise InputError(where, "base64", "payload and signatures are base64") from error


def _parse_statement(payload: bytes, where: str, digest: str, keyids: tuple[str, ...]) -> Signed:
    statement = parse_json(payload, where)
    if not isinstance(statement, dict) or statement.get("_type") != STATEMENT:
        raise InputError(where, "_type", f"must be {STATEMENT}")
    predicate_type, predicate = statement.get("predicateType"), statement.get("predicate")
    if not isinstance(predicate_type, str) or not isinstance(predicate, dict):
        raise InputError(where, "predicate", "must be an object with a type")
    subjects = {}
    for entry in statement.get("subject") or ():
        named = entry if isinstance(entry, dict) else {}
        value = named.get("digest")
        sha256 = value.get("sha256") if isinstance(value, dict) else None
        if not isinstance(named.get("name"), str) or not isinstance(sha256, str) or named["name"] in subjects:
            raise InputError(where, "subject", "each needs a name of its own and a sha256")
        subjects[named["name"]] = f"sha256:{sha256}"
    return Signed(
        name=where.rpartition("/")[2],
        digest=digest,
        keyids=keyids,
        predicate_type=predicate_type,
        predicate=predicate,
        subjects=subjects,
    )


def check_subjects(signed: Signed, manifest: Manifest, where: str) -> None:
    """Raise InputError unless the statement is about this bundle."""
    if dict(signed.subjects) != bundle_subjects(manifest):
        raise InputError(where, signed.name, "is about another bundle")
