"""Configs are compared field by field, whatever they hold."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentage.endpoint.template_files import Problem
from parentage.protocols.documents.config_kinship import (
    MOST_FIELDS,
    ConfigDifference,
    compare_configs,
    is_architecture,
    parse_config,
)

CONFIG = {
    "_name_or_path": "basalt",
    "architectures": ["Qwen2ForCausalLM"],
    "hidden_size": 128,
    "rope_theta": 10000.0,
    "torch_dtype": "bfloat16",
    "text_config": {"num_hidden_layers": 4, "rope_scaling": {"type": "yarn", "factor": 4}},
}


def parsed(held: object):
    found = parse_config(json.dumps(held).encode())
    assert not isinstance(found, Problem)
    return found


def test_the_same_config_written_otherwise_is_the_same() -> None:
    other = {**CONFIG, "rope_theta": 10000, "dtype": "bfloat16"}
    del other["torch_dtype"]
    found = compare_configs(parsed(CONFIG), parsed(other))
    assert found.differences == ()
    assert found.same == found.fields == found.other_fields == 8
    assert found.architecture == found.architecture_same == 3


def test_differences_name_the_shape_first_and_what_one_lacks() -> None:
    other = {**CONFIG, "_name_or_path": "nimbus", "hidden_size": 256, "text_config": {"num_hidden_layers": 4}}
    found = compare_configs(parsed(CONFIG), parsed(other))
    assert found.differences == (
        ConfigDifference(field="hidden_size", subject="128", other="256"),
        ConfigDifference(field="_name_or_path", subject='"basalt"', other='"nimbus"'),
        ConfigDifference(field="text_config.rope_scaling.factor", subject="4", other=None),
        ConfigDifference(field="text_config.rope_scaling.type", subject='"yarn"', other=None),
    )
    assert (found.architecture, found.architecture_same) == (3, 2)


def test_what_fixes_the_shape() -> None:
    assert is_architecture("text_config.num_hidden_layers")
    assert not any(map(is_architecture, ("rope_theta", "transformers_version", "bos_token_id", "hidden_size.x")))


def test_names_with_dots_are_not_fields_of_fields() -> None:
    assert set(parsed({"a.b": 1, "a": {"b": 2}})) == {"a\\.b", "a.b"}


def test_true_is_not_one() -> None:
    assert compare_configs(parsed({"a": True}), parsed({"a": 1})).same == 0


def test_not_a_number_is_itself() -> None:
    assert compare_configs(parsed({"a": float("nan")}), parsed({"a": float("nan")})).same == 1


HOSTILE = {
    "nested": b'{"a":' + b"[" * 200_000,
    "a list": b"[1]",
    "not UTF-8": b'{"a": "\xff"}',
    "an endless number": b'{"a": ' + b"9" * 5000 + b"}",
    "cut": b'{"a"',
    "many fields": b"{" + b",".join(b'"%d": 1' % at for at in range(MOST_FIELDS + 1)) + b"}",
    "large": b"{" + b" " * 2**23 + b"}",
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_malformed_configs_are_problems(data: bytes) -> None:
    assert isinstance(parse_config(data), Problem)


def test_depth_and_length_are_bounded() -> None:
    deep = parse_config(b'{"a":' * 500 + b"1" + b"}" * 500)
    assert not isinstance(deep, Problem)
    assert list(deep) == ["a.a.a.a.a.a.a.a"]
    long = parse_config(json.dumps({"a": "x" * 100_000}).encode())
    assert not isinstance(long, Problem)
    assert len(long["a"]) == 20_000


def test_half_a_surrogate_pair_is_escaped() -> None:
    assert parsed({"a": "\ud800"})["a"] == '"\\ud800"'


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


configs = st.dictionaries(st.text(max_size=5), values, max_size=5)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.text(max_size=5), values, max_size=5), st.dictionaries(st.text(max_size=5), values, max_size=5)
)
def test_counts_agree_with_the_differences(left: dict, right: dict) -> None:
    own, other = parsed(left), parsed(right)
    found = compare_configs(own, other)
    assert len(found.differences) + found.same == len(own.keys() | other.keys())
    again = compare_configs(other, own)
    assert {(one.field, one.subject, one.other) for one in found.differences} == {
        (one.field, one.other, one.subject) for one in again.differences
    }
    assert compare_configs(own, own).differences == ()
