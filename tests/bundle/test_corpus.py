"""Bundles of every version that was ever written: the valid ones verify, the others fail where they should."""

import json

import pytest

from conftest import ROOT
from parentage.audit.bundle.verification import VerificationError, verify_bundle
from parentage.evidence.keys import parse_public_key
from parentage.report.page import render_report

CORPUS = ROOT / "tests/data/bundles"
VALID = sorted(CORPUS.glob("*/valid/*.zip"))
INVALID = sorted(CORPUS.glob("*/invalid/*.zip"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_what_verified_verifies(path) -> None:
    pem = path.parents[1] / "auditor.pem"
    trusted = [] if "unsigned" in path.stem else [parse_public_key(pem.read_bytes(), pem.name)]
    assert len(verify_bundle(path, trusted=trusted).steps) >= 10
    assert "<html" in render_report(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_what_fails_fails_at_its_step(path) -> None:
    expected = json.loads((path.parent / "expected.json").read_text())
    with pytest.raises(VerificationError) as caught:
        verify_bundle(path)
    assert caught.value.number == expected[path.stem]


def test_the_corpus_is_all_there() -> None:
    assert len(VALID) == 5
    assert len(INVALID) == 10
