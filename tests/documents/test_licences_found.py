"""Which licence a repository has, by card and by text, and the notices that its licence file holds."""

import pytest

from parentage.finding import Coverage, Finding, Parent, Verdict
from parentage.licensing.catalogue import licence_text
from parentage.protocols.documents.conclude import conclude_documents
from parentage.protocols.documents.declaration import read_declaration
from parentage.protocols.documents.evidence import DocumentedModel, DocumentsEvidence
from parentage.protocols.documents.licences_found import copyright_lines, find_licence

MIT = licence_text("MIT").encode()
APACHE = licence_text("Apache-2.0").encode()


def _card(*lines: str) -> bytes:
    return ("---\n" + "\n".join(lines) + "\n---\n# A model\n").encode()


def _found(texts: dict[str, bytes]):
    return find_licence(read_declaration(texts), texts)


@pytest.mark.parametrize(
    ("texts", "key", "how", "where"),
    [
        ({"README.md": _card("license: mit"), "LICENSE": MIT}, "MIT", "text-and-declared", "LICENSE"),
        ({"README.md": _card("license: mit")}, "MIT", "declared", "README.md:2"),
        ({"README.md": _card("language: en"), "LICENSE.txt": APACHE}, "Apache-2.0", "text", "LICENSE.txt"),
        ({"README.md": _card("license: mit"), "LICENSE": APACHE}, "", "contradictory", "README.md:2"),
        ({"README.md": _card("license: other")}, "", "none", "README.md:2"),
        ({"README.md": b"# A model\n"}, "", "none", ""),
        # A notice file may hold anybody's licence: it does not speak for the weights.
        ({"README.md": _card("license: mit"), "NOTICE": APACHE}, "MIT", "declared", "README.md:2"),
    ],
)
def test_card_and_text(texts: dict[str, bytes], key: str, how: str, where: str) -> None:
    found = _found(texts)
    assert (found.key, found.how, found.where) == (key, how, where)


def test_an_altered_licence_is_none_and_its_nearest_is_named() -> None:
    altered = MIT.replace(b"without restriction", b"with restrictions")
    found = _found({"README.md": _card("license: other"), "LICENSE": altered})
    assert (found.key, found.how) == ("", "none")
    assert "MIT" in found.note


def test_copyright_lines_are_notices_and_not_blanks() -> None:
    held = MIT.replace(b"<year> <copyright holders>", b"2025 Quarry Labs")
    text = b"Copyright (c) 2025 Quarry Labs\nCopyright [yyyy] [name of copyright owner]\ncopyright notice\n"
    assert copyright_lines({"LICENSE": text, "NOTICE": b"Copyright 2024 Other\n"}) == (
        "Copyright (c) 2025 Quarry Labs",
    )
    assert copyright_lines({"LICENSE": APACHE}) == ()
    assert len(copyright_lines({"LICENSE": held})) <= 1


@pytest.mark.parametrize(("kept", "status"), [(True, "met"), (False, "not-found")])
def test_a_permissive_parents_notice_is_looked_for(kept: bool, status: str) -> None:
    own = b"Copyright (c) 2025 Quarry Labs\n\n"
    body = MIT[MIT.index(b"Permission is hereby") :]
    published = (own if kept else b"Copyright (c) 2026 Somebody\n\n") + body
    models = tuple(
        DocumentedModel(id=one, name=name, known_as=(name,), unread=())
        for one, name in (("subject", "Rivo"), ("basalt", "Basalt"))
    )
    evidence = DocumentsEvidence(
        models=models,
        texts={
            "subject": {"README.md": _card("license: mit"), "LICENSE": published},
            "basalt": {"README.md": _card("license: mit"), "LICENSE": own + body},
        },
        kinship=None,
        rules_digest="",
    )
    coverage = Coverage(elements_read=1, elements=1, tensors_read=1, tensors=1)
    verdict = Verdict(relation="fine-tune", statement="", policy="", coverage=coverage, parents=(Parent(id="basalt"),))
    (owed,) = [one for one in conclude_documents(evidence, verdict) if one.question == "obligations"]
    assert isinstance(owed, Finding)
    rows = [row for row in owed.tables["obligations"] if row["kind"] == "retain-notice"]
    assert [row["status"] for row in rows] == [status]
