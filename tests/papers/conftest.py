"""Facts of one audit per relation, and golden files that `PARENTAGE_RENEW_GOLDEN=1` writes anew."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from papers.audits import audit_document, write_bundle
from parentage.report.papers.facts import read_facts
from parentage.report.papers.records import PaperFacts

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture
def facts_of(tmp_path) -> Callable[..., PaperFacts]:
    """Facts read from a bundle: `facts_of()`, `facts_of("fine-tune")`, `facts_of(document, texts, **changes)`."""
    made = iter(range(100))

    def read(document: dict | str = "merge", texts=None, **changes) -> PaperFacts:
        loaded = audit_document(document) if isinstance(document, str) else document
        return read_facts(write_bundle(tmp_path / f"bundle{next(made)}", loaded, texts, **changes))

    return read


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with `golden/NAME`; write it instead where `PARENTAGE_RENEW_GOLDEN` is set."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if os.environ.get("PARENTAGE_RENEW_GOLDEN"):
            path.write_bytes(text.encode())
        assert text.encode() == path.read_bytes(), f"{name} differs; PARENTAGE_RENEW_GOLDEN=1 writes it anew"

    return check
