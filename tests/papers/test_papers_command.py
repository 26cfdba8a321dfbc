"""`parentage papers`: one paper to standard output, several into a folder, and refusals that write nothing."""

import json

import pytest

from papers.audits import TEXTS, audit_document, finding, write_bundle
from parentage.cli.papers import run
from parentage.errors import InputError, UsageError
from parentage.report.papers.writing import FORMATS, write_paper


@pytest.fixture
def bundle(tmp_path):
    return write_bundle(tmp_path / "bundle", audit_document())


@pytest.mark.parametrize("format", FORMATS)
def test_one_paper_to_standard_output(bundle, capfdbinary, format: str) -> None:
    run(bundle, [format], None)
    printed = capfdbinary.readouterr().out.decode()
    assert printed == write_paper(bundle, format)
    assert len(printed) > 200


def test_several_into_a_folder_under_their_usual_names(bundle, tmp_path, capfd) -> None:
    out = tmp_path / "a" / "papers"
    run(bundle, ["card", "card-diff", "notice", "summary", "cyclonedx", "spdx"], out)
    names = ["NOTICE", "README.md", "bom.cdx.json", "bom.spdx.json", "card.diff", "summary.md"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert capfd.readouterr().out.count("\n") == 6
    assert json.loads((out / "bom.cdx.json").read_text())["specVersion"] == "1.7"
    assert (out / "README.md").read_text() == write_paper(bundle, "card")


def test_a_card_keeps_its_line_ends_on_the_way_out(tmp_path, capfdbinary) -> None:
    texts = {**TEXTS, "subject/README.md": TEXTS["subject/README.md"].replace("\n", "\r\n")}
    run(write_bundle(tmp_path / "crlf", audit_document(), texts), ["card"], tmp_path)
    assert b"license: mit\r\n" in (tmp_path / "README.md").read_bytes()
    assert b"\r\r" not in (tmp_path / "README.md").read_bytes()


@pytest.mark.parametrize(
    ("formats", "words"),
    [
        ([], "must be given"),
        (["pdf"], "--format pdf: must be one of card, card-diff"),
        (["card", "summary"], "need --out"),
        (["cyclonedx-1.6", "cyclonedx-1.7"], "two of them would be bom.cdx.json"),
    ],
)
def test_requests_that_make_no_sense(bundle, capfd, formats: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        run(bundle, formats, None)
    assert capfd.readouterr().out == ""


def test_where_one_paper_has_no_reason_none_is_written(tmp_path) -> None:
    bundle = write_bundle(tmp_path / "bundle", audit_document("independent"))
    with pytest.raises(UsageError, match="card: the verdict is independent and names no parent"):
        run(bundle, ["summary", "card"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_card_that_was_not_read_is_not_replaced(tmp_path) -> None:
    document = audit_document()
    texts = {name: text for name, text in TEXTS.items() if name != "subject/README.md"}
    write_paper(write_bundle(tmp_path / "none", document, texts), "card")
    finding(document, "declaration")["tables"]["problems"] = [{"model": "subject", "line": "README.md: not read"}]
    bundle = write_bundle(tmp_path / "unread", document, texts)
    write_paper(bundle, "summary")
    with pytest.raises(InputError, match=r"README\.md: not read"):
        write_paper(bundle, "card")


def test_a_bundle_that_was_changed_is_refused(bundle) -> None:
    (bundle / "documents/subject/README.md").write_text("---\nlicense: other\n---\n")
    with pytest.raises(InputError):
        write_paper(bundle, "card")
