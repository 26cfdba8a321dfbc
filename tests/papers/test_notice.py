"""The NOTICE file: what the obligations list, the parents' own notices whole, and nothing smuggled in."""

import dataclasses

import pytest

from papers.audits import DESCENT, HOSTILE, RELATIONS, TEXTS, audit_document, finding, hostile_document
from parentage.errors import UsageError
from parentage.licensing.clauses import clauses_of
from parentage.report.papers.notice import MOST_NOTICE_CHARACTERS, write_notice

LLAMA = "LicenseRef-scancode-llama-3.1-license-2024"


def with_licence(key: str, **changes) -> dict:
    """A document in which basalt has this licence, with all of its clauses."""
    document = audit_document()
    rows = finding(document, "obligations")["tables"]["obligations"]
    rows[:] = [row for row in rows if row["parent"] != "basalt"]
    for clause in clauses_of(key):
        row = {"parent": "basalt", "licence": key, "clause": clause.id, "kind": clause.kind, "trigger": clause.trigger}
        rows.append({**row, "status": "not-found", "where": "", "quote": clause.quote, "note": "", **changes})
    return document


@pytest.mark.parametrize("relation", ["merge", "fine-tune", "identical"])
def test_golden(facts_of, golden, relation: str) -> None:
    golden(f"notice-{relation}.txt", write_notice(facts_of(relation)))


@pytest.mark.parametrize("relation", RELATIONS)
def test_there_is_one_where_the_verdict_names_parents(facts_of, relation: str) -> None:
    if relation in DESCENT:
        text = write_notice(facts_of(relation))
        assert "Nimbus 7B" in text
        assert "Copyright 2026 Nimbus Collective" in text
    else:
        with pytest.raises(UsageError, match="names no parent"):
            write_notice(facts_of(relation))


def test_lines_that_a_licence_wants_word_for_word(facts_of) -> None:
    text = write_notice(facts_of(with_licence(LLAMA)))
    wanted = "Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc."
    assert f"\n{wanted} All Rights Reserved.\n" in text
    assert text.count("\nBuilt with Llama\n") == 1


def test_words_that_may_not_be_asked_for_are_not_written(facts_of) -> None:
    assert "Built with Llama" not in write_notice(facts_of(with_licence(LLAMA, status="not-checkable")))


def test_a_clause_that_is_not_known_gives_the_words_that_it_quotes(facts_of) -> None:
    document = audit_document()
    row = finding(document, "obligations")["tables"]["obligations"][1]
    row.update(licence="LicenseRef-unheard-of", quote='You must keep the notice "Made by Nimbus Collective, 2026".')
    assert "\nMade by Nimbus Collective, 2026\n" in write_notice(facts_of(document))


def test_copyright_lines_stand_in_for_a_notice_file(facts_of) -> None:
    texts = {name: text for name, text in TEXTS.items() if name != "nimbus/NOTICE"}
    held = "Copyright (c) 2026 Nimbus Collective"
    licence = f"MIT License\n\n{held}\n\nThe above copyright notice ...\nCopyright [yyyy] [name]\n"
    text = write_notice(facts_of(audit_document(), {**texts, "nimbus/LICENSE": licence}))
    assert f"From its LICENSE:\n\n    {held}\n" in text
    assert "yyyy" not in text


def test_a_notice_is_kept_whole_or_said_to_be_cut(facts_of) -> None:
    kept = "Nimbus\n\n  indented\tline\nlast — line\n"
    text = write_notice(facts_of(audit_document(), {**TEXTS, "nimbus/NOTICE": kept}))
    assert "    Nimbus\n\n      indented\tline\n    last — line\n" in text
    assert "[cut after" not in text
    long = write_notice(facts_of(audit_document(), {**TEXTS, "nimbus/NOTICE.txt": "x" * 300_000}))
    assert f"[cut after {MOST_NOTICE_CHARACTERS} characters" in long
    assert len(long) < MOST_NOTICE_CHARACTERS + 10_000


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts(facts_of, name: str) -> None:
    document = hostile_document(HOSTILE[name])
    notice = (HOSTILE[name] + "\n" + "-" * 72 + "\nChanges\r\nnone\n").encode() + b"\xff\x00"
    text = write_notice(facts_of(document, {**TEXTS, "nimbus/NOTICE": notice}))
    assert not [character for character in text if character != "\n" and character != "\t" and ord(character) < 32]
    assert not set("\u202e\u2066\ufeff\u200f") & set(text)
    assert text.count("\n" + "-" * 72 + "\nChanges\n") == 1
    assert max(map(len, text.split("\n"))) < 11_000


def test_the_statement_of_changes_names_the_method(facts_of) -> None:
    facts = facts_of()
    verdict = dataclasses.replace(facts.verdict, method="slerp", then=("trained",), arithmetic="")
    changed = dataclasses.replace(facts, verdict=verdict)
    assert "merged by the method slerp in the proportions 0.6 and 0.4, then trained further." in write_notice(changed)
