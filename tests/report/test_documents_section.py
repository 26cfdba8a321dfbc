"""The report's section on documents: what it shows, what hostile files cannot do in it, and how it is laid out."""

import re
import shutil
import subprocess
from importlib.resources import files

import jinja2
import pytest

from papers.audits import HOSTILE, RELATIONS, audit_document, finding, hostile_document, write_bundle
from parentage.report import documents, view
from parentage.report.reading import read_audit

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
NAMES = {"subject": "Rivo 7B", "nimbus": "Nimbus 7B", "basalt": "Basalt 7B"}
FILTERS = ("clean", "count", "share", "number", "scalar", "words", "size")


def rendered(folder) -> str:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters.update({name: getattr(view, name) for name in FILTERS})
    source = files("parentage.report").joinpath("documents.html.j2").read_text(encoding="utf-8")
    audit = read_audit(folder)
    shown = documents.section(audit, NAMES, *documents.read_card_diff(folder))
    return environment.from_string(source).render(shown)


def text_of(html: str) -> str:
    plain = re.sub(r"<[^>]*>", " ", html).replace("&#39;", "'").replace("&amp;", "&").replace(view.THIN, " ")
    return " ".join(plain.split())


@pytest.fixture
def section_of(tmp_path):
    def make(document: dict, texts=None) -> str:
        return rendered(write_bundle(tmp_path / "bundle", document, texts))

    return make


def full_document() -> dict:
    document = audit_document()
    tables = finding(document, "file-kinship")["tables"]
    tables["tokenizers"] = [
        {
            "candidate": "nimbus",
            "status": "same-file",
            "vocabulary": 1280,
            "shared_strings": 1280,
            "same_ids": 1279,
            "strength": "same-family",
        }
    ]
    tables["configs"] = [
        {"candidate": "nimbus", "field": "(all)", "subject": "20", "other": "20", "same": "19"},
        {"candidate": "nimbus", "field": "rope_theta", "subject": "1", "other": "2", "same": False},
    ]
    tables["templates"] = [{"candidate": "basalt", "likeness": 0.25}]
    tables["texts"] = [
        {
            "candidate": "nimbus",
            "passages": 2,
            "characters": 400,
            "longest": 250,
            "where": "README.md:9",
            "other_where": "README.md:4",
            "strength": "copied-passage",
        }
    ]
    disclosure = finding(document, "disclosure")["tables"]
    disclosure["declared"] = [
        {
            "value": "other/base",
            "relation": "finetune",
            "weight": None,
            "where": "README.md:4",
            "outcome": "not-testable",
            "note": "is none of the candidates",
        }
    ]
    disclosure["documentation"].append(
        {"fact": "steps", "status": "inconsistent", "where": "README.md:5", "note": "it may describe a parent's"}
    )
    finding(document, "declaration")["tables"]["problems"] = [
        {"model": "subject", "line": "training_args.bin: not read"}
    ]
    return document


def test_it_says_what_is_declared_beside_what_was_found(section_of) -> None:
    text = text_of(section_of(full_document()))
    for words in (
        "parent ∅ not declared: The card names no parents. – Nimbus 7B, weight 0.600000 ± 1.2 × 10⁻⁷",
        "claim: from scratch ≠ contradicted by the weights “Rivo was trained from scratch by Cidade Labs.” README.md:7",
        "declared parent ? cannot be tested here: is none of the candidates other/base (finetune) README.md:4",
        "training: steps ≠ not as the weights show: it may describe a parent's",
        "Licence: Apache-2.0, declared, and by its text. This licence asks for notices",
        "∅ not found a copy of the licence",
        "? cannot be checked from files limits on what outputs are used for",
        "The label MIT does not pass on the use restrictions of basalt's licence.",
        "Nimbus 7B tokenizer 100 % of the subject's strings, 99.92 % with the same id consistent with one family",
        "fields that differ: 1",
        "consistent with a copied passage",
        "not advice",
        "-Rivo was trained from scratch by Cidade Labs.",
        "+base_model_relation: merge",
        "Rivo 7B: training_args.bin: not read",
    ):
        assert words in text, words
    assert "suspect" not in text
    assert "violat" not in text


def test_each_parent_is_one_line(section_of) -> None:
    text = text_of(section_of(full_document()))
    line = (
        "Nimbus 7B merge, weight 0.600000 ± 1.2 × 10⁻⁷ ∅ not declared Apache-2.0, declared, and by its text "
        "a copy of the licence, its notices kept (not found)"
    )
    assert line in text


def test_a_long_quote_is_short_until_it_is_opened(section_of) -> None:
    document = full_document()
    quote = "You must keep every notice. " * 20
    finding(document, "obligations")["tables"]["obligations"][0]["quote"] = quote
    html = section_of(document)
    assert " …”</summary>" in html
    assert quote.strip() in html


def test_permissive_terms_are_called_so_and_others_not(section_of) -> None:
    parts = section_of(audit_document()).split("<h4>")[1:]
    assert [("and no more: deriving a model from it is allowed" in part) for part in parts] == [True, False]


@pytest.mark.parametrize("relation", RELATIONS)
def test_every_relation_has_a_section_and_descent_a_card(section_of, relation: str) -> None:
    html = section_of(audit_document(relation))
    has_card = relation not in ("shared-origin", "independent", "inconclusive")
    assert ("A corrected card" in html) == has_card
    assert "No corrected card" not in html


def test_a_card_that_cannot_be_corrected_is_said_to_be_so(section_of) -> None:
    html = section_of(audit_document(), {"subject/README.md": "---\nlicense: mit\nlicense: apache-2.0\n---\n"})
    assert "No corrected card could be written: README.md:3: license" in html


def test_findings_that_failed_or_were_not_asked(section_of, tmp_path) -> None:
    document = audit_document()
    document["findings"] = [
        {
            "question": "disclosure",
            "version": "1",
            "status": "failed",
            "reason": "the card was too large",
            "coverage": {},
        }
    ]
    html = section_of(document)
    assert "disclosure: the card was too large" in html
    assert "The question obligations was not asked in this audit." in html
    folder = write_bundle(tmp_path / "old", audit_document(documents=False))
    assert not documents.is_asked(read_audit(folder))


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_do_nothing(section_of, name: str) -> None:
    text = HOSTILE[name]
    html = section_of(hostile_document(text), {"subject/README.md": f"# x\n{text}\n"})
    assert not re.search(r"<(script|img|b)\b", html)
    assert not set("\x00\x1b\x7f\u202e\u2066\ufeff") & set(html)
    assert html.count("<table") == html.count("</table") == 5
    assert len(html) < 200_000


def test_rows_of_wrong_types_are_shown_as_they_can_be(section_of) -> None:
    document = full_document()
    for item in document["findings"]:
        for rows in item["tables"].values():
            for row in rows:
                row.update({key: [1] if number % 2 else 7 for number, key in enumerate(row)})
    assert "What is declared, and what is owed" in section_of(document)


def test_a_long_diff_is_cut_and_said_to_be(section_of) -> None:
    lines = "".join(f"Rivo was trained from scratch by Cidade Labs.\n\n\n\n\n\n\n\n\n{n}\n" for n in range(200))
    document = audit_document()
    claims = finding(document, "disclosure")["tables"]["claims"]
    claims[:] = [{**claims[0], "where": f"README.md:{1 + 10 * number}"} for number in range(100)]
    html = section_of(document, {"subject/README.md": lines})
    assert "card-diff</code> prints all of it" in html
    assert len(html) < 300_000


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("width", [400, 1280])
def test_a_browser_shows_it_without_sideways_scrolling(section_of, tmp_path, width: int) -> None:
    document = full_document()
    finding(document, "obligations")["tables"]["obligations"][0]["quote"] = "W" * 900
    page = files("parentage.report").joinpath("page.html.j2").read_text(encoding="utf-8")
    style = page[page.index("<style>") : page.index("</style>")]
    html = section_of(document).replace("<details>", "<details open>")
    # A browser's window has a least width; a frame has none.
    (tmp_path / "inner.html").write_text(
        f"<!doctype html><meta charset=utf-8>{style}</style><main>{html}</main><script>parent.postMessage("
        "document.documentElement.scrollWidth + '/' + innerWidth, '*')</script>"
    )
    outer = tmp_path / "outer.html"
    outer.write_text(
        "<script>onmessage = (event) => { document.title = event.data }</script>"
        f'<iframe src="inner.html" style="width: {width}px; height: 900px; border: 0"></iframe>'
    )
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--window-size=1400,900", "--dump-dom"]
    done = subprocess.run([*command, outer.as_uri()], capture_output=True, text=True, timeout=60)
    scrolled, inner = (int(part) for part in re.search(r"<title>(\d+)/(\d+)</title>", done.stdout).groups())
    assert scrolled <= inner == width
