"""The report: deterministic, self-contained, safe against what the files say, and readable in a browser."""

import json
import re
import shutil
import subprocess

import pytest

from conftest import ROOT
from parentage.audit.outputs import audit_into, load_case
from parentage.errors import InputError
from parentage.report.page import render_report
from parentage.report.reading import parse_document
from parentage.report.text import render_text

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("rivo")
    audit_into(load_case(ROOT / "examples/rivo/case.toml", (), None), out)
    return out


def _changed(folder, tmp_path, change):
    document = json.loads((folder / "verdict.json").read_text())
    change(document)
    (tmp_path / "verdict.json").write_text(json.dumps(document))
    for name in ("tensors.parquet", "case.toml"):
        shutil.copy(folder / name, tmp_path / name)
    return render_report(tmp_path)


def test_the_same_files_give_the_same_page(folder) -> None:
    assert render_report(folder) == render_report(folder)


def test_the_page_is_small_and_needs_no_network(folder) -> None:
    page = render_report(folder)
    assert len(page.encode()) < 2_000_000
    assert not re.findall(r'(?:src|href)="(?!#|data:image/png)[^"]*"', page.replace("xlink:href", "href"))
    assert "@import" not in page
    assert "url(http" not in page


def test_the_page_says_the_verdict_and_what_else(folder) -> None:
    page = render_report(folder)
    for words in ("0.6 of nimbus plus 0.4 of basalt", "fp64-once", "What else could explain it", "suspect"):
        assert (words in page) == (words != "suspect")
    assert page.count("<svg") == 5


def test_names_are_escaped(folder, tmp_path) -> None:
    evil = '</script><img src=x onerror="alert(1)">\u202e{{7*7}}'

    def change(document) -> None:
        document["subject"]["name"] = evil
        document["verdict"]["statement"] = evil
        document["candidates"][0]["name"] = evil

    page = _changed(folder, tmp_path, change)
    assert "<img" not in page
    assert "\u202e" not in page
    assert "49}" not in page


def test_missing_and_failed_findings_are_shown(folder, tmp_path) -> None:
    def change(document) -> None:
        document["findings"] = [
            {"question": "replay", "status": "failed", "version": "1", "reason": "the disk was full", "coverage": {}}
        ]

    page = _changed(folder, tmp_path, change)
    assert "the disk was full" in page
    assert "was not asked" in page


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "other"}', '{"schema": "parentage.verdict/v1"}'])
def test_a_bad_verdict_is_one_error(text, tmp_path) -> None:
    (tmp_path / "verdict.json").write_text(text)
    with pytest.raises(InputError):
        render_report(tmp_path)


def test_the_summary(folder) -> None:
    text = render_text(parse_document(json.loads((folder / "verdict.json").read_text())))
    for words in ("Relation    merge", "Parent      nimbus  0.600000", "100 %", "Unpaired    none", "50 of 50 tensors"):
        assert words in text.replace("\u202f", " ")
    assert max(map(len, text.splitlines())) <= 100
    assert len(text.splitlines()) < 55


@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_it_without_sideways_scrolling(folder, tmp_path, width: int) -> None:
    probe = "<script>document.title = document.documentElement.scrollWidth + '/' + innerWidth;</script></body>"
    path = tmp_path / "page.html"
    path.write_text(render_report(folder).replace("</body>", probe))
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--window-size={width},900", "--dump-dom"]
    done = subprocess.run([*command, path.as_uri()], capture_output=True, text=True, timeout=60)
    scrolled, inner = (int(part) for part in re.search(r"<title>(\d+)/(\d+)</title>", done.stdout).groups())
    assert scrolled <= inner
