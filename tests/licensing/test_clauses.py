"""The data file of clauses holds against the vendored texts, word for word and place for place."""

import copy
import json
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest

from parentage.errors import InputError
from parentage.licensing.catalogue import licence_text, load_catalogue
from parentage.licensing.clauses import clauses_of, has_clauses, known_licences, nothing_asked, parse_clauses
from parentage.licensing.records import Clause
from parentage.licensing.repository_text import word_string

TEXT = (files("parentage.licensing") / "clauses.json").read_text(encoding="utf-8")
PAGE = Path(__file__).parents[2] / "docs/questions/obligations.md"
ALL = [clause for key in known_licences() for clause in clauses_of(key)]
# What each kind is looked for by; `none` where files cannot show it.
CHECKS = {
    "give-licence-copy": {"licence-copy"},
    "retain-notice": {"notice-kept", "words-shown"},
    "state-changes": {"changes-stated", "none"},
    "display-attribution": {"words-shown", "none"},
    "name-prefix": {"name-begins"},
    "pass-on-use-restrictions": {"restrictions-passed-on"},
    "same-licence": {"licence-kept", "none"},
    "non-commercial": {"none"},
    "scale-threshold": {"none"},
    "output-use-limit": {"none"},
    "no-derivatives": {"none"},
    "patent-retaliation": {"none"},
}
KIND_COLUMNS = {
    "copy": "give-licence-copy",
    "notice": "retain-notice",
    "changes": "state-changes",
    "shown": "display-attribution",
    "name": "name-prefix",
    "pass on": "pass-on-use-restrictions",
    "same": "same-licence",
    "non-com.": "non-commercial",
    "scale": "scale-threshold",
    "outputs": "output-use-limit",
    "no der.": "no-derivatives",
    "lawsuit": "patent-retaliation",
}


def test_every_vendored_licence_was_reviewed_and_no_other() -> None:
    assert set(known_licences()) == set(load_catalogue())


@pytest.mark.parametrize("clause", ALL, ids=lambda clause: f"{clause.id} {clause.trigger}")
def test_the_quotation_stands_where_it_says(clause: Clause) -> None:
    assert licence_text(clause.licence)[clause.start : clause.stop] == clause.quote
    assert clause.check in CHECKS[clause.kind]
    assert clause.reviewed == "2026-11-25"


@pytest.mark.parametrize(
    "clause",
    [clause for clause in ALL if clause.check in {"words-shown", "name-begins", "notice-kept"} and clause.words],
    ids=lambda clause: f"{clause.id} {clause.trigger}",
)
def test_the_words_to_show_stand_in_the_licence(clause: Clause) -> None:
    around = licence_text(clause.licence)[clause.start : clause.stop + 80]
    assert all(word_string(words) in word_string(around) for words in clause.words)


@pytest.mark.parametrize("key", ["CC0-1.0", "Unlicense", "MIT-0"])
def test_a_licence_that_asks_for_nothing_says_why(key: str) -> None:
    assert clauses_of(key) == ()
    assert nothing_asked(key)


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("MIT", {"give-licence-copy", "retain-notice"}),
        ("BSD-3-Clause", {"give-licence-copy", "retain-notice"}),
        ("Apache-2.0", {"give-licence-copy", "retain-notice", "state-changes", "patent-retaliation"}),
        (
            "LicenseRef-scancode-llama-3.1-license-2024",
            {
                "give-licence-copy",
                "display-attribution",
                "name-prefix",
                "retain-notice",
                "scale-threshold",
                "patent-retaliation",
            },
        ),
        (
            "LicenseRef-scancode-gemma-tou-2025-03-24",
            {"pass-on-use-restrictions", "give-licence-copy", "state-changes", "retain-notice"},
        ),
    ],
)
def test_what_was_read_of_the_best_known(key: str, kinds: set[str]) -> None:
    assert {clause.kind for clause in clauses_of(key)} == kinds
    assert nothing_asked(key) == ""


def test_a_licence_that_is_not_known_is_refused() -> None:
    assert not has_clauses("LicenseRef-none")
    with pytest.raises(InputError, match="LicenseRef-none"):
        clauses_of("LicenseRef-none")


def _broken(change: str) -> str:
    held = json.loads(TEXT)
    entry = copy.deepcopy(held["licences"]["MIT"])
    row = entry["clauses"][0]
    match change:
        case "kind":
            row["kind"] = "be-nice"
        case "trigger":
            row["triggers"] = ["whenever"]
        case "no trigger":
            row["triggers"] = []
        case "check":
            row["check"] = "ask"
        case "place":
            row["stop"] += 1
        case "field":
            row["opinion"] = "bad"
        case "id":
            row["id"] = "GPL-2.0-only/1"
        case "twice":
            entry["clauses"].append(row)
        case "words":
            row["check"] = "words-shown"
        case "both":
            entry["none"] = "asks for nothing"
    return json.dumps({"schema": held["schema"], "licences": {"MIT": entry}})


@pytest.mark.parametrize(
    "change", ["kind", "trigger", "no trigger", "check", "place", "field", "id", "twice", "words", "both"]
)
def test_a_malformed_entry_is_refused(change: str) -> None:
    with pytest.raises(InputError, match=r"clauses\.json"):
        parse_clauses(_broken(change))


def test_another_schema_is_refused() -> None:
    with pytest.raises(InputError, match="schema"):
        parse_clauses('{"schema": "other/v1", "licences": {}}')


def table_of_clauses() -> str:
    """Return the page's table, made from the data: this file run as a script prints it."""
    lines = ["| licence | " + " | ".join(KIND_COLUMNS) + " |", "|" + "---|" * (len(KIND_COLUMNS) + 1)]
    for key in known_licences():
        ids = {clause.id: clause.kind for clause in clauses_of(key)}
        counts = Counter(ids.values())
        cells = [str(counts[kind] or "") for kind in KIND_COLUMNS.values()]
        lines.append(f"| {key.replace('LicenseRef-', '')} | {' | '.join(cells)} |")
    return "\n".join(lines)


def test_the_page_shows_the_data() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert table_of_clauses() in page
    for kind in KIND_COLUMNS.values():
        assert re.search(rf"`{kind}`", page), kind


if __name__ == "__main__":
    print(table_of_clauses())  # noqa: T201
