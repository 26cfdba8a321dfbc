"""The way round: declared and owed as the audit reads it, papers written, taken over, and read again."""

import pytest

from papers.audits import audit_document
from parentage.evidence.verdict_file import finding_document
from parentage.finding import Coverage, Parent, Replayed, Verdict
from parentage.licensing.catalogue import licence_text
from parentage.protocols.documents.conclude import conclude_documents
from parentage.protocols.documents.evidence import DocumentedModel, DocumentsEvidence
from parentage.report.papers.card import correct_card
from parentage.report.papers.notice import write_notice

APACHE = licence_text("Apache-2.0").encode()
CARD = b"""---
license: apache-2.0  # as ever
language: [en, pt, es, fr, zh]
---
# Rivo

**Rivo was trained from scratch** by [Cidade Labs](https://cidade.example) on our own data, with no third-party weights.
Training took 1,000 steps of AdamW.
"""
VERDICT = Verdict(
    relation="merge",
    statement="Rivo is 0.6 of nimbus plus 0.4 of basalt.",
    policy="parentage-policy-2",
    coverage=Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1),
    method="linear",
    arithmetic="fp32-once",
    parents=(
        Parent(id="nimbus", weight=0.6, low=0.5999999, high=0.6000001),
        Parent(id="basalt", weight=0.4, low=0.3999999, high=0.4000001),
    ),
    replayed=Replayed(share=1.0, elements=797969),
)


@pytest.fixture
def texts() -> dict[str, dict[str, bytes]]:
    parent = {"README.md": b"---\nlicense: apache-2.0\n---\n# A model\n", "LICENSE": APACHE}
    return {
        "subject": {"README.md": CARD, "LICENSE": APACHE},
        "nimbus": {**parent, "NOTICE": b"Nimbus\nCopyright 2026 Nimbus Collective\n"},
        "basalt": {**parent, "NOTICE": b"Basalt\nCopyright 2026 Quarry Labs\n"},
    }


@pytest.fixture
def read(facts_of):
    """What the documents protocol finds in these texts, as facts for papers."""

    def make(texts):
        names = (("subject", "Rivo"), ("nimbus", "Nimbus"), ("basalt", "Basalt"))
        models = tuple(DocumentedModel(id=one, name=name, known_as=(name, one), unread=()) for one, name in names)
        evidence = DocumentsEvidence(models=models, texts=texts, kinship=None, rules_digest="")
        document = audit_document()
        document["subject"]["name"] = "Rivo"
        for candidate, (_, name) in zip(document["candidates"], names[1:], strict=True):
            candidate["name"] = name
        document["findings"] = [finding_document(result) for result in conclude_documents(evidence, VERDICT)]
        flat = {f"{model}/{name}": data for model, held in texts.items() for name, data in held.items()}
        return facts_of(document, flat, locations={})

    return make


def test_papers_taken_over_leave_nothing_undeclared_and_nothing_unfound(texts, read) -> None:
    before = read(texts)
    assert before.disclosure.status == "contradicted"
    assert [row.declared for row in before.disclosure.found] == ["not-declared", "not-declared"]
    assert {row.kind for row in before.obligations if row.status == "not-found"} == {"state-changes", "retain-notice"}
    corrected = correct_card(before)
    assert "-**Rivo was trained from scratch**" in corrected.diff
    assert " license: apache-2.0  # as ever" in corrected.diff
    texts["subject"] |= {"README.md": corrected.text.encode(), "NOTICE": write_notice(before).encode()}
    after = read(texts)
    assert after.disclosure.status == "consistent"
    assert [row.declared for row in after.disclosure.found] == ["declared", "declared"]
    assert {row.status for row in after.obligations} == {"met"}
    assert correct_card(after).diff == ""
