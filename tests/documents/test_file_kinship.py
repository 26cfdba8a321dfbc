"""The finding on files: the example's, every table, nothing above "consistent with", and no file makes it raise."""

import json
from pathlib import Path

import pytest

from conftest import ROOT
from parentage.errors import InputError
from parentage.finding import Coverage
from parentage.protocols.documents.kinship import FileKinship, conclude_files, measure_files, parse_kinship

MODELS = ROOT / "examples" / "rivo" / "models"
NAMES = {"nimbus": "Nimbus", "basalt": "Basalt", "stranger": "Stranger"}
STORY = (
    "Nimbus began as a notebook of weather sayings that its makers had collected on the coast for eleven years before"
    " anybody thought of a model. The sayings were read aloud at breakfast, sorted by the colour of the sky that they"
    " speak of, and copied into nine ledgers, eight of which were lost in a flood; the ninth is still in the drawer"
    " beside the door and smells of salt. From it came the first questions, and from the questions came the rest."
)
TEMPLATE = "{% for m in messages %}<|{{ m.role }}|>{{ m.content }}{% endfor %}"


def read(model: str) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(MODELS / model).iterdir() if path.suffix in (".json", ".md")}


@pytest.fixture(scope="module")
def kinship() -> FileKinship:
    return measure_files(read("rivo"), {name: read(name) for name in NAMES})


def test_the_example(kinship) -> None:
    found = conclude_files(kinship, NAMES)
    assert (found.question, found.version) == ("file-kinship", "1")
    assert found.coverage == Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0)
    assert [row["status"] for row in found.tables["tokenizers"]] == ["same-file"] * 3
    assert {row["field"] for row in found.tables["configs"]} == {"(all)"}
    assert [row["candidate"] for row in found.tables["templates"]] == list(NAMES)
    assert {row["strength"] for row in found.tables["texts"]} == {"none"}
    assert "many independent models use one tokenizer" in found.statement
    assert "Stranger" in found.statement
    assert found.statement.endswith("at most consistent with descent.")


def test_tables_have_the_columns_that_consumers_read(kinship) -> None:
    columns = {
        "tokenizers": "candidate status vocabulary other_vocabulary shared_strings same_ids merges other_merges"
        " shared_merges added other_added shared_added same_file strength",
        "configs": "candidate field subject other same",
        "templates": "candidate likeness",
        "texts": "candidate passages characters longest share text where other_where strength",
    }
    tables = conclude_files(kinship, NAMES).tables
    for name, wanted in columns.items():
        assert {tuple(row) for row in tables[name]} == {tuple(wanted.split())}, name


def test_the_record_survives_json(kinship) -> None:
    again = parse_kinship(json.loads(json.dumps(kinship.document())))
    assert again == kinship
    assert conclude_files(again, NAMES) == conclude_files(kinship, NAMES)


@pytest.mark.parametrize(
    "document",
    [None, [], {}, {"tokenizers": []}, "tables", "rows", "cells"],
    ids=["none", "list", "empty", "few", "a table of text", "a row of text", "a nested cell"],
)
def test_another_form_is_refused(document: object, kinship) -> None:
    if isinstance(document, str):
        held = kinship.document()
        held["texts"] = {"tables": "x", "rows": ["x"], "cells": [{"candidate": ["x"]}]}[document]  # type: ignore[assignment]
        document = held
    with pytest.raises(InputError):
        parse_kinship(document)


def test_a_copied_story_is_at_most_consistent_with_copying() -> None:
    found = conclude_files(
        measure_files(
            {"README.md": f"# Rivo\n\n{STORY}\n".encode(), "chat_template.jinja": TEMPLATE.encode()},
            {
                "nimbus": {"README.md": STORY.encode(), "chat_template.jinja": TEMPLATE.replace("%}", " %}").encode()},
                "basalt": {"README.md": b"A model of stone.", "chat_template.jinja": b"{{ messages }}"},
            },
        ),
        NAMES,
    )
    rows = {row["candidate"]: row for row in found.tables["texts"]}
    assert (rows["nimbus"]["strength"], rows["nimbus"]["where"]) == ("copied-passage", "README.md:3")
    assert rows["basalt"]["strength"] == "none"
    likeness = {row["candidate"]: row["likeness"] for row in found.tables["templates"]}
    assert likeness["nimbus"] == "the same template, but for spaces and comments"
    assert str(likeness["basalt"]).startswith("another template; ")
    assert "consistent with one being copied from the other, or both from a third text" in found.statement
    assert "Nimbus has the same template, but for spaces and comments." in found.statement


def test_without_files_there_is_nothing_to_say() -> None:
    found = conclude_files(measure_files({}, {}), {})
    assert found.statement == "There were no files to compare."
    found = conclude_files(measure_files({}, {"nimbus": {}}), NAMES)
    assert found.tables["tokenizers"][0]["status"] == "not-compared"
    assert found.tables["tokenizers"][0]["vocabulary"] is None
    assert found.tables["texts"][0]["strength"] == "not-compared"
    assert "templates" not in found.tables
    assert "configs" not in found.tables


def test_differing_fields_are_listed_up_to_a_bound() -> None:
    many = {f"field{at}": at for at in range(300)}
    found = measure_files(
        {"config.json": json.dumps({**many, "hidden_size": 1, "evil\x1b[2J": "\ud800"}).encode()},
        {"x": {"config.json": json.dumps({"hidden_size": 2}).encode()}},
    )
    assert len(found.configs) == 101
    assert found.configs[0] == {"candidate": "x", "field": "(all)", "subject": "302", "other": "1", "same": 0}
    assert found.configs[1]["field"] == "hidden_size"
    assert found.configs[2]["field"] == "evil\ufffd[2J"
    assert "302 fields differ" in str(found.problems[0]["line"])


HOSTILE: dict[str, dict[str, bytes]] = {
    "a template that loops": {
        "chat_template.jinja": b"{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}"
    },
    "a template that is none": {"chat_template.jinja": b"{% for %}"},
    "a template of nested calls": {"chat_template.jinja": b"{{ " + b"(" * 20_000 + b" }}"},
    "half a surrogate pair": {"tokenizer_config.json": b'{"chat_template": "\\ud800 {{ messages }}"}'},
    "not UTF-8": {
        name: b"\xff\xfe\x00" for name in ("README.md", "config.json", "tokenizer.json", "chat_template.jinja")
    },
    "nested": {
        name: b"[" * 100_000 for name in ("config.json", "tokenizer.json", "tokenizer_config.json", "vocab.json")
    },
    "NaN": {"config.json": b'{"a": NaN, "b": [Infinity]}', "tokenizer.json": b'{"model": {"vocab": {"a": NaN}}}'},
    "large": {"config.json": b"{" + b" " * 2**23 + b"}", "chat_template.jinja": b"x" * (2**23 + 1)},
    "empty": dict.fromkeys(("README.md", "config.json", "tokenizer.json", "chat_template.jinja", "merges.txt"), b""),
    "a name that is none": {"a\x1b[2J/\n.md": STORY.encode(), "../../README.md": STORY.encode()},
}


@pytest.mark.parametrize("files", HOSTILE.values(), ids=HOSTILE)
def test_no_file_makes_it_raise(files: dict[str, bytes]) -> None:
    plain = {"README.md": STORY.encode(), "config.json": b"{}", "chat_template.jinja": TEMPLATE.encode()}
    found = conclude_files(measure_files(files, {"plain": plain, "again": files}), {})
    assert found.statement.isprintable()
    assert json.loads(json.dumps(found.tables, allow_nan=False))
    for rows in found.tables.values():
        for row in rows:
            for value in row.values():
                assert not isinstance(value, str) or value.encode().decode().isprintable()
    measure_files(plain, {"hostile": files})
