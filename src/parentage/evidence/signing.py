"""What is signed about an audit, where it lies in a bundle, and how all of it is read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parentage.errors import InputError
from parentage.evidence.attestation import (
    AUDIT_PREDICATE,
    REPLICATION_PREDICATE,
    RESPONSE_PREDICATE,
    TEST_RESULT_PREDICATE,
    Signed,
    bundle_subjects,
    check_subjects,
    make_statement,
    sign_statement,
    verify_envelope,
)
from parentage.evidence.container import Container
from parentage.evidence.keys import parse_public_key, public_pem
from parentage.evidence.manifest import MANIFEST, Manifest
from parentage.finding import DESCENT

_MOST_ENVELOPES = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """All that is signed in a bundle: about the audit, responses in order, replications; and the keys in it by id."""

    audits: tuple[Signed, ...]
    test_results: tuple[Signed, ...]
    responses: tuple[Signed, ...]
    replications: tuple[Signed, ...]

    @property
    def auditors(self) -> frozenset[str]:
        """Ids of the keys that signed the audit."""
        return frozenset(keyid for signed in self.audits for keyid in signed.keyids)


def audit_predicate(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the predicate of the audit statement, from verdict.json."""
    return {
        "schema": document["schema"],
        "subject": document["subject"],
        "candidates": document["candidates"],
        "verdict": document["verdict"],
    }


def test_result_predicate(document: Mapping[str, Any], manifest: Manifest) -> dict[str, Any]:
    """Return in-toto's test-result predicate: which questions were answered, and whether descent was found.

    PASSED: independent. WARNED: any other relation, which is no reproach: whether it was declared is not asked here.
    """
    relation = document["verdict"]["relation"]
    answered = [entry["question"] for entry in document["findings"] if entry["status"] == "finding"]
    unanswered = [entry["question"] for entry in document["findings"] if entry["status"] != "finding"]
    kind = "descent" if relation in DESCENT else relation
    return {
        "result": "PASSED" if relation == "independent" else "WARNED",
        "configuration": [{"name": MANIFEST, "digest": {"sha256": manifest.digest[7:]}}],
        "passedTests": [f"answered:{question}" for question in answered],
        "warnedTests": [f"not-answered:{question}" for question in unanswered]
        + ([] if relation == "independent" else [f"relation:{kind}"]),
        "failedTests": [],
    }


def sign_audit(document: Mapping[str, Any], manifest: Manifest, signer: Any) -> dict[str, bytes]:
    """Return the files that a signature adds: two envelopes and the public key."""
    subjects = bundle_subjects(manifest)
    keyid = signer.public_key.keyid
    stem = f"attestations/{keyid[:16]}"
    audit = make_statement(subjects, AUDIT_PREDICATE, audit_predicate(document))
    outcome = make_statement(subjects, TEST_RESULT_PREDICATE, test_result_predicate(document, manifest))
    return {
        f"{stem}.audit.dsse.json": sign_statement(audit, signer),
        f"{stem}.test-result.dsse.json": sign_statement(outcome, signer),
        f"{stem}.pub.pem": public_pem(signer.public_key),
    }


def read_keys(container: Container) -> dict[str, Any]:
    """Return the public keys in a bundle by id; that they are there says nothing about whose they are."""
    found = {}
    for name in container.names():
        if name.endswith(".pub.pem"):
            key = parse_public_key(container.read(name), f"{container.where}/{name}")
            found[key.keyid] = key
    return found


def read_statements(
    container: Container, manifest: Manifest, document: Mapping[str, Any], keys: Sequence[Any]
) -> Statements:
    """Return every statement with its signatures checked and its subject this bundle; raises InputError."""
    known = [*read_keys(container).values(), *keys]
    found: dict[str, list[Signed]] = {"attestations": [], "responses": [], "replications": []}
    names = [name for name in container.names() if name.endswith(".dsse.json")]
    if len(names) > _MOST_ENVELOPES:
        raise InputError(container.where, f"{len(names)} envelopes", f"a bundle has at most {_MOST_ENVELOPES}")
    for name in names:
        where = f"{container.where}/{name}"
        signed = verify_envelope(container.read(name), known, where)
        check_subjects(signed, manifest, where)
        folder = name.partition("/")[0]
        if folder not in found:
            raise InputError(where, "envelope", "lies in no folder that holds envelopes")
        found[folder].append(signed)
    audits, outcomes = _attestations(found["attestations"], container.where, document, manifest)
    for signed, kind in [(s, RESPONSE_PREDICATE) for s in found["responses"]] + [
        (s, REPLICATION_PREDICATE) for s in found["replications"]
    ]:
        if signed.predicate_type != kind:
            raise InputError(container.where, signed.name, f"must be of type {kind}")
    return Statements(
        audits=audits,
        test_results=outcomes,
        responses=tuple(found["responses"]),
        replications=tuple(found["replications"]),
    )


def _attestations(
    signed: Sequence[Signed], where: str, document: Mapping[str, Any], manifest: Manifest
) -> tuple[tuple[Signed, ...], tuple[Signed, ...]]:
    expected = {
        AUDIT_PREDICATE: audit_predicate(document),
        TEST_RESULT_PREDICATE: test_result_predicate(document, manifest),
    }
    for statement in signed:
        if statement.predicate_type not in expected:
            # A statement of a kind that a later version knows: its signature holds, its meaning is not ours to judge.
            continue
        if not covers(statement.predicate, expected[statement.predicate_type]):
            raise InputError(where, statement.name, "says other than verdict.json")
    by_type = {kind: tuple(s for s in signed if s.predicate_type == kind) for kind in expected}
    return by_type[AUDIT_PREDICATE], by_type[TEST_RESULT_PREDICATE]


def covers(stated: Any, expected: Any) -> bool:
    """Say whether `stated` holds all of `expected`; objects may have further fields, which a later version wrote."""
    if isinstance(expected, Mapping):
        return isinstance(stated, Mapping) and all(
            name in stated and covers(stated[name], value) for name, value in expected.items()
        )
    if isinstance(expected, list | tuple):
        return (
            isinstance(stated, list | tuple)
            and len(stated) == len(expected)
            and all(covers(left, right) for left, right in zip(stated, expected, strict=True))
        )
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        return stated is expected or (isinstance(stated, type(expected)) and stated == expected)
    return isinstance(stated, int | float) and not isinstance(stated, bool) and stated == expected
