"""Front matter is read as written, with its lines, or refused with a line and a rule; never loaded, never guessed."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from huggingface_hub import ModelCard
from hypothesis import given
from hypothesis import strategies as st

from parentage.errors import InputError
from parentage.protocols.documents.front_matter import MOST_CARD_BYTES, parse_front_matter, split_card
from parentage.protocols.documents.yaml_reading import MOST_NODES, MOST_YAML_BYTES, YamlList, YamlScalar, parse_yaml

CORPUS = [
    json.loads(line) for line in (Path(__file__).parent / "data/cards/front_matters.jsonl").read_text().splitlines()
]
READ = [case for case in CORPUS if "values" in case]
REFUSED = [case for case in CORPUS if "rule" in case]


def name(case: dict[str, Any]) -> str:
    return str(case["name"])


def test_the_corpus_is_large_and_its_names_are_unique() -> None:
    assert len(READ) >= 50
    assert len(REFUSED) >= 35
    assert len({name(case) for case in CORPUS}) == len(CORPUS)


@pytest.mark.parametrize("case", READ, ids=name)
def test_reads_as_written(case) -> None:
    front = parse_front_matter(case["card"].encode())
    assert dict(front.values) == case["values"]
    assert front.lines.keys() == front.values.keys()
    shown = case["card"].removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for key, line in front.lines.items():
        assert key in shown[line - 1]


@pytest.mark.parametrize("case", REFUSED, ids=name)
def test_refuses_with_line_and_rule(case) -> None:
    with pytest.raises(InputError) as refused:
        parse_front_matter(case["card"].encode())
    assert refused.value.where == f"README.md:{case['line']}"
    assert case["rule"] in refused.value.rule
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("case", [case for case in READ if case["hub"]], ids=name)
def test_agrees_with_the_hubs_own_reader(case) -> None:
    held = ModelCard(case["card"], ignore_metadata_errors=True).data.to_dict()
    front = parse_front_matter(case["card"].encode())
    for field in ("base_model", "base_model_relation", "license", "license_name", "license_link", "tags"):
        assert front.values.get(field) == held.get(field)


def test_says_what_a_loader_would_make_of_a_value() -> None:
    front = parse_front_matter(b"---\na: no\nb: 1.10\nc: 7\nd: 2026-01-31\ne: mit\nf: 'no'\n---\n")
    read_as = {key: node.read_as for key, node in front.nodes.items() if isinstance(node, YamlScalar)}
    assert read_as == {"a": "bool", "b": "float", "c": "int", "d": "timestamp", "e": "", "f": ""}


def test_items_of_a_list_have_their_lines_and_the_prose_has_its_first() -> None:
    front = parse_front_matter(b"\n---\nbase_model:\n- a/b\n\n- c/d\n---\n# Rivo\n")
    node = front.nodes["base_model"]
    assert isinstance(node, YamlList)
    assert [item.line for item in node.items] == [4, 6]
    assert (front.body, front.body_line) == ("# Rivo\n", 8)


@pytest.mark.parametrize(
    ("raw", "where", "rule"),
    [
        (b"---\n" + b"license: mit\n" * 1_000_000 + b"---\n", "README.md", f"at most {MOST_CARD_BYTES} bytes"),
        (b"# Rivo\n" + b"text " * 2_000_000, "README.md", f"at most {MOST_CARD_BYTES} bytes"),
        (b"---\na: " + b"x" * MOST_YAML_BYTES + b"\n---\n", "README.md:2", f"at most {MOST_YAML_BYTES} bytes"),
        (b"---\na: mit\n---\n" + bytes(range(128, 256)), "README.md:4", "text in UTF-8"),
        ("---\nlicense: mit\n---\n".encode("utf-16"), "README.md:1", "not binary data"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "README.md:3", "not binary data"),
        (b"---\nlicense: caf\xe9\n---\n", "README.md:2", "text in UTF-8"),
        (b"---\na:\n" + b"- x\n" * MOST_NODES + b"---\n", f"README.md:{MOST_NODES}", f"at most {MOST_NODES} nodes"),
        (b"---\na: " + b"[" * 500_000 + b"\n---\n", "README.md:2", "at most 32 levels"),
    ],
    ids=[
        "ten-megabytes",
        "ten-megabytes-of-prose",
        "large-block",
        "binary",
        "utf-16",
        "png",
        "latin-1",
        "nodes",
        "deep",
    ],
)
def test_refuses_what_is_too_large_or_no_text(raw: bytes, where: str, rule: str) -> None:
    with pytest.raises(InputError) as refused:
        parse_front_matter(raw)
    assert refused.value.where == where
    assert rule in refused.value.rule


@given(st.binary(max_size=400))
def test_bytes_are_read_or_refused(raw: bytes) -> None:
    for card in (raw, b"---\n" + raw + b"\n---\n"):
        try:
            parse_front_matter(card)
        except InputError as refused:
            assert refused.where.startswith("README.md")
            assert refused.rule


YAML_LIKE = st.text(alphabet=st.sampled_from("ab:-[]{}\"'#&*!|>%@?,\n\t \\u0d8U~1.x\r"), max_size=80)


@given(YAML_LIKE)
def test_never_reads_what_the_loader_refuses_nor_otherwise(text: str) -> None:
    try:
        node = parse_yaml(text, "x")
    except InputError:
        return
    loaded = yaml.load(text, Loader=yaml.BaseLoader)
    assert _is_same(node, "" if loaded is None else loaded)


def _is_same(node, loaded: Any) -> bool:
    match node:
        case YamlScalar(value=None):
            return loaded in ("", "~")
        case YamlScalar():
            return node.value == loaded
        case YamlList():
            return len(node.items) == len(loaded) and all(map(_is_same, node.items, loaded))
        case _:
            held = node.entries
            return held.keys() == loaded.keys() and all(_is_same(held[key], loaded[key]) for key in loaded)


FIELDS = st.dictionaries(
    st.text(alphabet="abcdefgh_-", min_size=1, max_size=8).filter(lambda key: key.strip("-") == key),
    st.one_of(st.text(max_size=20), st.lists(st.text(max_size=10), max_size=4)),
    max_size=6,
)


@given(FIELDS)
def test_what_a_dumper_writes_is_read_back(fields) -> None:
    try:
        front = parse_front_matter(f"---\n{yaml.safe_dump(fields, allow_unicode=True)}---\n".encode())
    except InputError as refused:
        assert "no line breaks but" in refused.rule or "ends with a line" in refused.rule
        return
    assert dict(front.values) == fields


@given(st.text(alphabet="-a\n\r ", max_size=40))
def test_splitting_loses_no_line(text: str) -> None:
    try:
        card = split_card(text.encode())
    except InputError:
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rest = card.body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert lines[card.body_line - 1 :] == rest or rest == [""]
