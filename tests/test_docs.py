"""Links lead somewhere, every question has its page, and every public word is in the glossary."""

import re
from pathlib import Path

import pytest

from conftest import ROOT
from parentage.audit.policies import one
from parentage.audit.policies.two import thresholds as two
from parentage.numerics.arithmetic import ARITHMETICS

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
POLICY_PAGES = {one: "policy-1.md", two: "policy.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links(page) -> None:
    for target in re.findall(r"\]\((?!https?://|#|mailto:)([^)#]+)", page.read_text()):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("question", sorted({*one.QUESTIONS, *two.QUESTIONS}))
def test_every_question_has_a_page(question: str) -> None:
    assert (ROOT / f"docs/questions/{question}.md").is_file()


@pytest.mark.parametrize("policy", POLICY_PAGES, ids=lambda policy: policy.POLICY)
def test_policy_pages_state_the_thresholds_in_force(policy) -> None:
    page = (ROOT / "docs" / POLICY_PAGES[policy]).read_text()
    found = re.findall(r"^([A-Z_]+) = ([-0-9.]+)$", Path(policy.__file__).read_text(), re.MULTILINE)
    assert len(found) > 15
    for name, value in found:
        assert f"`{name}` | {value} |" in page, name


def test_arithmetics_are_explained() -> None:
    page = (ROOT / "docs/questions/replay.md").read_text()
    for arithmetic in ARITHMETICS:
        assert f"`{arithmetic.name}`" in page


WORDS = """subject candidate base checkpoint shard chunk question measurement finding coverage verdict policy relation
case digest control survey mid depth replay stabbing informative discordant ulp
bundle statement envelope attestation replication response dispute"""


@pytest.mark.parametrize("word", WORDS.split())
def test_glossary_has_the_word(word: str) -> None:
    assert f"**{word}" in (ROOT / "docs/glossary.md").read_text().lower()
