"""The summary for a thread: all that the verdict says, in words that accuse nobody and text that does nothing."""

import dataclasses
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from papers.audits import HOSTILE, RELATIONS, audit_document, finding, hostile_document
from parentage.report.papers.escaping import code, name, prose, quoted
from parentage.report.papers.summary import MOST_CHARACTERS, write_summary

ACTIVE = "@someone #12 GH-7 a/b#3 https://evil.example www.evil.example :smile: $x$ me@evil.example"
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable("table")


def tokens_of(text: str) -> list:
    return [child for token in MARKDOWN.parse(text) for child in [token, *(token.children or ())]]


def assert_inert(text: str, hosts: tuple[str, ...] = ("https://huggingface.co/",)) -> None:
    """Nothing in a Markdown text is HTML, an image, a foreign link, or plain words that a site makes links of."""
    tokens = tokens_of(text)
    assert not [token.type for token in tokens if token.type in ("html_block", "html_inline", "image", "code_block")]
    links = [str(token.attrs["href"]) for token in tokens if token.type == "link_open"]
    assert all(link.startswith(hosts) for link in links), links
    plain = " ".join(token.content for token in tokens if token.type == "text")
    assert not re.search(r"@\w|#\d|\bGH-\d|://|www\.|:\w+:|\$\w", plain), plain


@pytest.mark.parametrize("relation", RELATIONS)
def test_golden(facts_of, golden, relation: str) -> None:
    text = write_summary(facts_of(relation))
    if relation in ("merge", "fine-tune", "shared-origin", "independent"):
        golden(f"summary-{relation}.md", text)
    assert_inert(text)
    for words in (
        relation,
        "parentage verify",
        "parentage replicate",
        "parentage respond",
        "What else could explain it",
    ):
        assert words in text
    for words in ("suspect", "violat", "guilty", "steal", "stole", "theft", "plagiar"):
        assert words not in text.casefold()


def test_it_says_what_was_found_beside_what_is_declared(facts_of) -> None:
    text = write_summary(facts_of())
    for words in (
        "0.600000 ± 1.2 × 10⁻⁷ | not declared |",
        "`Rivo was trained from scratch by Cidade Labs.`, `README.md:7`: contradicted by the weights",
        "Not documented: data, steps.",
        "deriving a model from it is allowed",
        "**not found** · a copy of the licence (clause `4a`)",
        "**cannot be checked from files** · limits on what outputs are used for",
        "does not pass on the use restrictions",
    ):
        assert words in text


def test_only_permissive_terms_are_called_so(facts_of) -> None:
    parts = write_summary(facts_of()).split("### ")
    assert [("no more: deriving" in part) for part in parts if part.startswith(("Nimbus", "Basalt"))] == [True, False]


def test_without_the_documents_findings_it_still_says_the_verdict(facts_of) -> None:
    text = write_summary(facts_of(audit_document("merge", documents=False)))
    assert "0.400000" in text
    assert "What the parents' licences ask for" not in text


@pytest.mark.parametrize("text", [*HOSTILE.values(), ACTIVE], ids=[*HOSTILE, "active"])
def test_hostile_texts_do_nothing(facts_of, text: str) -> None:
    summary = write_summary(facts_of(hostile_document(text)))
    assert_inert(summary)
    headings = [line for line in summary.split("\n") if line.startswith("#")]
    assert len([token for token in tokens_of(summary) if token.type == "heading_open"]) == len(headings) == 9
    assert len([token for token in tokens_of(summary) if token.type == "tr_open"]) == 3
    assert not set("\x00\x1b\u202e\u2066\ufeff") & set(summary)


def test_it_is_short_enough_whatever_the_audit_holds(facts_of) -> None:
    document = audit_document()
    for question, table in (("obligations", "obligations"), ("obligations", "conflicts"), ("disclosure", "claims")):
        rows = finding(document, question)["tables"][table]
        rows[:] = [
            {**row, "quote": "word @x " * 400, "note": "n " * 900, "why": "w " * 900}
            for row in rows
            for _ in range(400)
        ]
    document["verdict"]["alternatives"] = ["long " * 500] * 300
    text = write_summary(facts_of(document))
    assert len(text) < MOST_CHARACTERS
    assert "more in the report" in text
    assert "## The other side" in text


def test_answers_are_shown_with_their_state(facts_of) -> None:
    facts = facts_of()
    if not facts.responses:
        from parentage.report.papers.records import ResponseFact

        answer = ResponseFact(
            kind="dispute", role="subject", by="Cidade Labs", date="2026-07-01", finding="disclosure",
            text="We disagree. @you <b>", state="open",
        )  # fmt: skip
        facts = dataclasses.replace(facts, responses=(answer,))
    text = write_summary(facts)
    assert_inert(text)
    assert "> Cidade Labs disputes the finding `disclosure`; state: open." in text
    assert text.index("disputes the finding") < text.index("| parent |")
    assert "We disagree. `@you` &lt;b&gt;" in text


@given(st.text(max_size=80))
def test_prose_reads_as_it_is_written(text: str) -> None:
    shown = prose(text)
    tokens = tokens_of(f"- {shown}")
    content = "".join(token.content for token in tokens if token.type in ("text", "code_inline"))
    kept = " ".join(text.split())
    plain = re.sub(
        "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]", "�", kept
    )
    assert content.replace("¦", "|") == plain.replace("¦", "|")
    assert_inert(f"- {shown}")


@given(st.text(max_size=60))
def test_names_and_code_stand_in_one_cell(text: str) -> None:
    table = f"| a | b |\n|---|---|\n| {name(text)} | {code(text)} |\n"
    tokens = tokens_of(table)
    assert len([token for token in tokens if token.type == "td_open"]) == 2
    assert_inert(table)


@given(st.text(max_size=60))
def test_quoted_is_read_back(text: str) -> None:
    import yaml

    clean = "".join(character for character in text if not "\ud800" <= character <= "\udfff")
    assert yaml.safe_load(f"- {quoted(clean)}\n") == [clean]
    assert "\n" not in quoted(clean)
    assert json.dumps(quoted(clean))
