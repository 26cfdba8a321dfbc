"""Tokenizers are told apart by the order of their pieces: copies, extensions and families are; strangers are not."""

import base64
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from conftest import ROOT
from parentage.protocols.documents import tokenizer_kinship
from parentage.protocols.documents.tokenizer_kinship import (
    FAMILY_ORDER,
    UNRELATED_ORDER,
    compare_tokenizers,
    parse_tokenizer,
)

SOURCES = ROOT / "src" / "parentage"


def train(texts: list[str], size: int, kind: str = "bpe") -> dict:
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    if kind == "bpe":
        made = Tokenizer(models.BPE())
        trainer = trainers.BpeTrainer(
            vocab_size=size, special_tokens=["<|end|>"], initial_alphabet=alphabet, show_progress=False
        )
    else:
        made = Tokenizer(models.WordPiece(unk_token="[UNK]"))
        trainer = trainers.WordPieceTrainer(vocab_size=size, special_tokens=["[UNK]"], show_progress=False)
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.train_from_iterator(texts, trainer)
    return json.loads(made.to_str())


def texts(*folders: str) -> list[str]:
    return [path.read_text() for folder in folders for path in sorted((SOURCES / folder).rglob("*.py"))]


@pytest.fixture(scope="module")
def one() -> dict:
    return train(texts("protocols", "endpoint"), 1500)


@pytest.fixture(scope="module")
def other() -> dict:
    return train(texts("audit", "checkpoint", "evidence", "storage"), 1500)


def parsed(document: object):
    return parse_tokenizer({"tokenizer.json": json.dumps(document).encode()})


def compare(left: object, right: object):
    return compare_tokenizers(parsed(left), parsed(right))


def copy(document: dict) -> dict:
    return json.loads(json.dumps(document))


def test_the_same_file_is_the_same_family_and_no_more(one) -> None:
    found = compare(one, one)
    assert (found.status, found.strength, found.same_file) == ("same-file", "same-family", True)
    assert found.order == 1.0
    assert found.same_ids == found.vocabulary == found.shared_strings


def test_a_rewritten_file_is_the_same_tokenizer(one) -> None:
    rewritten = copy(one)
    rewritten["model"]["merges"] = [" ".join(pair) for pair in one["model"]["merges"]]
    rewritten["model"]["vocab"] = dict(reversed(one["model"]["vocab"].items()))
    found = compare(rewritten, one)
    assert (found.status, found.same_file) == ("same-tokenizer", False)
    assert found.prefix == found.merges == found.other_merges == found.shared_merges


def test_added_tokens_extend_it(one) -> None:
    more = copy(one)
    size = len(more["model"]["vocab"])
    more["added_tokens"].append({"id": size, "content": "<|im_start|>"})
    found = compare(more, one)
    assert (found.status, found.strength) == ("extended", "same-family")
    assert (found.added, found.other_added, found.shared_added, found.added_at_same_id) == (2, 1, 1, 1)


def test_a_vocabulary_without_some_of_its_pieces_is_the_same_family(one) -> None:
    fewer = copy(one)
    fewer["model"]["merges"] = [pair for at, pair in enumerate(one["model"]["merges"]) if at % 10]
    found = compare(fewer, one)
    assert found.status == "same-family"
    assert found.prefix == 0
    assert FAMILY_ORDER < found.order < 1


def test_texts_apart_give_tokenizers_apart(one, other) -> None:
    # Code of one project, so as alike as texts apart can be: most strings are shared, and their order is not.
    found = compare(one, other)
    assert (found.status, found.strength) == ("unrelated", "none")
    assert found.shared_strings > 0.5 * found.vocabulary
    assert found.same_ids >= 256
    assert found.order < UNRELATED_ORDER


def test_word_pieces_are_compared_by_their_ids() -> None:
    one, other = (train(texts(folder), 1500, "wordpiece") for folder in ("protocols", "audit"))
    assert compare(one, other).status == "unrelated"
    moved = copy(one)
    moved["model"]["vocab"] = {text: row + 100 for text, row in one["model"]["vocab"].items()}
    moved["added_tokens"] = []
    found = compare(moved, one)
    assert (found.status, found.same_ids) == ("same-family", 0)


def unigram(strings: list[str]) -> dict:
    return {"model": {"type": "Unigram", "vocab": [[text, -1.5] for text in strings]}, "added_tokens": []}


def test_unigram_lists_are_read_in_their_order() -> None:
    strings = [f"▁{hash_ * 7919 % 10007:x}q" for hash_ in range(1, 900)]
    found = compare(unigram(strings), unigram(["<s>", *strings]))
    assert (found.status, found.same_ids, found.merges) == ("same-family", 0, 0)
    assert compare(unigram(strings), unigram(strings[::-1])).status == "unrelated"


def test_the_order_of_the_alphabet_is_no_evidence() -> None:
    words = sorted(f"word{number}" for number in range(3000))
    found = compare(unigram(words), unigram([*words, "zzz"]))
    assert (found.status, found.strength) == ("unclear", "none")


def test_few_pieces_say_nothing() -> None:
    letters = {"model": {"type": "BPE", "vocab": {chr(at): at for at in range(33, 300)}, "merges": []}}
    assert compare(letters, letters).strength == "none"
    assert compare(letters, {**letters, "version": "1.0"}).status == "same-tokenizer"


def test_a_pair_of_files_is_the_same_as_one(one) -> None:
    merges = "#version: 0.2\n" + "\n".join(" ".join(pair) for pair in one["model"]["merges"]) + "\n"
    pair = parse_tokenizer(
        {
            "vocab.json": json.dumps(one["model"]["vocab"]).encode(),
            "merges.txt": merges.encode(),
            "tokenizer_config.json": json.dumps({"added_tokens_decoder": {"0": {"content": "<|end|>"}}}).encode(),
        }
    )
    assert pair is not None
    assert not pair.problems
    assert compare_tokenizers(pair, parsed(one)).status == "same-tokenizer"


def test_ranked_bytes_are_written_as_byte_level_vocabularies_write_them(one) -> None:
    letters = {letter: byte for byte, letter in enumerate(tokenizer_kinship._LETTERS)}
    lines = [
        base64.b64encode(bytes(letters[letter] for letter in text)) + b" %d" % row
        for text, row in one["model"]["vocab"].items()
        if text != "<|end|>"
    ]
    ranked = parse_tokenizer({"tiktoken.model": b"\n".join(lines) + b"\n"})
    found = compare_tokenizers(ranked, parsed(one))
    assert (found.status, found.same_ids) == ("same-family", len(lines))
    assert found.order == 1.0


def test_files_that_are_not_read_are_compared_by_digest() -> None:
    model = {"tokenizer.model": bytes(10_000)}
    same = compare_tokenizers(parse_tokenizer(model), parse_tokenizer(dict(model)))
    assert (same.status, same.strength, same.same_file) == ("same-file", "same-family", True)
    apart = compare_tokenizers(parse_tokenizer(model), parse_tokenizer({"tokenizer.model": bytes(10_001)}))
    assert (apart.status, apart.strength) == ("not-compared", "none")
    assert parse_tokenizer({"tokenizer.model": b"short"}) is None
    assert compare_tokenizers(None, parse_tokenizer(model)).status == "not-compared"


def test_the_example_shares_one_tokenizer_with_a_stranger() -> None:
    files = [(ROOT / f"examples/rivo/models/{name}/tokenizer.json").read_bytes() for name in ("rivo", "stranger")]
    found = compare_tokenizers(*(parse_tokenizer({"tokenizer.json": data}) for data in files))
    assert found.status == "same-file"


HOSTILE = {
    "nested": b"[" * 200_000,
    "nested objects": b'{"model":' * 100_000,
    "not JSON": b"\xff\xfe",
    "not UTF-8": b'{"model": "\xff"}',
    "a list": b"[]",
    "no model": b"{}",
    "a model of text": b'{"model": "BPE"}',
    "vocab of numbers": b'{"model": {"vocab": 5, "merges": 7}}',
    "endless number": b'{"model": {"vocab": {"a": ' + b"9" * 5000 + b"}}}",
    "ids": b'{"model": {"vocab": {"a": -1, "b": 1e999, "c": NaN, "d": true, "e": "1", "f": 99999999999, "g": null}}}',
    "odd entries": b'{"model": {"vocab": [[], [5], "a", null, ["ok", NaN], {"x": 1}], "merges": [5]}}',
    "odd added": b'{"model": {"vocab": {"a": 1}}, "added_tokens": [5, {}, {"id": "x", "content": []}, {"id": -7}]}',
    "added text": b'{"model": {"vocab": {"a": 1}}, "added_tokens": "abc"}',
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_malformed_files_are_problems(data: bytes, one) -> None:
    made = parse_tokenizer({"tokenizer.json": data})
    assert made is not None
    assert made.problems or not made.strings or data == HOSTILE["added text"]
    compare_tokenizers(made, parsed(one))
    compare_tokenizers(parsed(one), made)


def test_each_odd_thing_is_counted() -> None:
    made = parsed(
        {
            "model": {
                "vocab": [["a", 0], ["b", 0], ["a", 0], 5],
                "merges": ["a b", "a b c", "ab", ["a"], ["a", "b"], ["", "b"], [1, 2]],
            }
        }
    )
    assert made is not None
    assert dict(made.strings) == {"a": 0, "b": 1}
    assert made.merges == (("a", "b"), ("a", "b"))
    assert made.problems == (
        "tokenizer.json: 1 entries without a string and an id",
        "tokenizer.json: 1 strings again with another id",
        "tokenizer.json: 5 merges are not pairs",
    )


def test_half_a_surrogate_pair_is_a_string_like_another() -> None:
    made = parse_tokenizer({"tokenizer.json": b'{"model": {"vocab": {"\\ud800": 0, "a": 1}, "merges": ["\\ud800 a"]}}'})
    assert made is not None
    assert compare_tokenizers(made, made).same_ids == 2


def test_bounds_are_checked_before_parsing(monkeypatch) -> None:
    monkeypatch.setattr(tokenizer_kinship, "MOST_VALUES", 100)
    made = parse_tokenizer({"tokenizer.json": b'{"model": [' + b"[]," * 200 + b"[]]}"})
    assert made is not None
    assert made.problems == ("tokenizer.json: more than 100 values",)
    monkeypatch.setattr(tokenizer_kinship, "MOST_BYTES", 10)
    made = parse_tokenizer({"tokenizer.json": b'{"model": {}}', "vocab.json": b"{}" * 9, "merges.txt": b"a b\n" * 9})
    assert made is not None
    assert [problem.split(":")[0] for problem in made.problems] == ["tokenizer.json", "vocab.json", "merges.txt"]


def test_too_many_entries_are_not_used(monkeypatch) -> None:
    monkeypatch.setattr(tokenizer_kinship, "MOST_ENTRIES", 2)
    made = parsed({"model": {"vocab": {"a": 0, "b": 1, "c": 2}, "merges": ["a b"] * 3}})
    assert made is not None
    assert not made.strings
    assert not made.merges
    assert len(made.problems) == 2


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    st.fixed_dictionaries(
        {}, optional={"model": st.fixed_dictionaries({}, optional={"vocab": values, "merges": values, "type": values})}
    ),
    values,
)
def test_no_json_makes_it_raise(document: dict, added: object) -> None:
    made = parsed({**document, "added_tokens": added})
    found = compare_tokenizers(made, parsed(document))
    assert 0 <= found.order <= 1
    assert found.shared_strings <= min(found.vocabulary, found.other_vocabulary)
