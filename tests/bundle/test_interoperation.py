"""Our envelopes in the hands of the libraries that others use, and theirs in ours."""

import json

import pytest
from in_toto_attestation.v1.statement import Statement
from securesystemslib.dsse import Envelope
from securesystemslib.exceptions import VerificationError
from securesystemslib.signer import CryptoSigner

from parentage.errors import InputError
from parentage.evidence.attestation import (
    AUDIT_PREDICATE,
    PAYLOAD_TYPE,
    STATEMENT,
    TEST_RESULT_PREDICATE,
    verify_envelope,
)
from parentage.evidence.canonical import canonical_json
from parentage.evidence.keys import parse_public_key


@pytest.fixture
def envelopes(bundle) -> list[dict]:
    return [json.loads(path.read_bytes()) for path in sorted(bundle.rglob("*.dsse.json"))]


@pytest.fixture
def public_keys(bundle) -> list:
    return [parse_public_key(path.read_bytes(), path.name) for path in sorted(bundle.rglob("*.pub.pem"))]


def test_securesystemslib_verifies_ours(envelopes, public_keys) -> None:
    assert len(envelopes) == 4
    for document in envelopes:
        envelope = Envelope.from_dict(document)
        signed = [key for key in public_keys if key.keyid in envelope.signatures]
        assert envelope.verify(signed[:1], 1)
        envelope.payload += b" "
        with pytest.raises(VerificationError):
            envelope.verify(signed[:1], 1)


def test_in_toto_reads_ours(envelopes) -> None:
    kinds = set()
    for document in envelopes:
        payload = json.loads(Envelope.from_dict(document).payload)
        statement = Statement.copy_from_pb(_protobuf(payload))
        statement.validate()
        kinds.add(statement.pb.predicate_type)
    assert {AUDIT_PREDICATE, TEST_RESULT_PREDICATE} <= kinds


def _protobuf(payload: dict):
    from google.protobuf.json_format import ParseDict
    from in_toto_attestation.v1 import statement_pb2

    return ParseDict(payload, statement_pb2.Statement())


@pytest.mark.parametrize("make", [CryptoSigner.generate_ed25519, CryptoSigner.generate_ecdsa])
def test_we_verify_theirs(make) -> None:
    signer = make()
    subject = [{"name": "manifest.json", "digest": {"sha256": "0" * 64}}]
    statement = {
        "_type": STATEMENT,
        "subject": subject,
        "predicateType": "https://example.org/x",
        "predicate": {"a": 1},
    }
    envelope = Envelope(canonical_json(statement), PAYLOAD_TYPE, {})
    envelope.sign(signer)
    data = json.dumps(envelope.to_dict()).encode()
    signed = verify_envelope(data, [signer.public_key], "theirs")
    assert (signed.predicate, signed.keyids) == ({"a": 1}, (signer.public_key.keyid,))
    with pytest.raises(InputError, match="neither in the bundle nor given"):
        verify_envelope(data, [make().public_key], "theirs")


def test_we_verify_a_statement_that_in_toto_made() -> None:
    from google.protobuf.json_format import MessageToJson
    from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor

    signer = CryptoSigner.generate_ed25519()
    resource = ResourceDescriptor(name="manifest.json", digest={"sha256": "0" * 64})
    statement = Statement([resource.pb], "https://example.org/x", {"a": "b"})
    statement.validate()
    envelope = Envelope(MessageToJson(statement.pb).encode(), PAYLOAD_TYPE, {})
    envelope.sign(signer)
    signed = verify_envelope(json.dumps(envelope.to_dict()).encode(), [signer.public_key], "theirs")
    assert signed.subjects == {"manifest.json": "sha256:" + "0" * 64}
    assert (signed.predicate_type, signed.predicate) == ("https://example.org/x", {"a": "b"})


def test_test_result_is_of_the_standard_form(envelopes) -> None:
    from google.protobuf.json_format import ParseDict
    from in_toto_attestation.predicates.test_result.v0 import test_result_pb2

    payloads = [json.loads(Envelope.from_dict(document).payload) for document in envelopes]
    (predicate,) = (p["predicate"] for p in payloads if p["predicateType"] == TEST_RESULT_PREDICATE)
    parsed = ParseDict(predicate, test_result_pb2.TestResult())
    assert parsed.result == "WARNED"
    assert "relation:descent" in parsed.warned_tests
