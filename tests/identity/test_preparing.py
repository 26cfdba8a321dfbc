"""From a repository's files to what is sent: hostile tokenizers, opening tokens, and the words for what was found."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from identity import template_samples as samples
from identity.asking_plans import ask_server, make_prompts
from parentage.endpoint.provider import Api
from parentage.endpoint.tokenizing import SandboxedTokenizer, TokenizingLimits
from parentage.protocols.identity.calls import Message, plan_calls
from parentage.protocols.identity.lexicon import Lexicon, make_lexicon
from parentage.protocols.identity.preparing import Prepared, describe_likeness, prepare
from parentage.protocols.identity.records import Identity
from parentage.protocols.identity.server_checks import check_surplus
from parentage.testing.chat_server import CHATML, ChatServer

pytest.importorskip("tokenizers", reason="tokenizers is not installed: pip install 'parentage[identity]'")

RIVO = Path(__file__).parents[2] / "examples/rivo/models/rivo"
CHATML_PROMPT = "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"
LLAMA_2 = (
    "{%- for m in messages %}{%- if m['role'] == 'user' %}{{- bos_token + '[INST] ' + m['content'] + ' [/INST]' }}"
    "{%- elif m['role'] == 'assistant' %}{{- ' ' + m['content'] + ' </s>' }}{%- endif %}{%- endfor %}"
)
OPENING = {
    "type": "TemplateProcessing",
    "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
    "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
    "special_tokens": {"<s>": {"id": "<s>", "ids": [0], "tokens": ["<s>"]}},
}


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    vela = Identity(key="vela", names=("Vela",), makers=("Harbour Labs",), popularity="case")
    return make_lexicon((vela,))


def tokenizer_json(**changed: Any) -> bytes:
    return json.dumps({**json.loads((RIVO / "tokenizer.json").read_bytes()), **changed}).encode()


def words_json(**changed: Any) -> bytes:
    """Return a tokenizer of words between spaces, which is how the test server counts."""
    held = {
        "version": "1.0",
        "added_tokens": [],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": None,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": {"<s>": 0, "?": 1}, "unk_token": "?"},
    }
    return json.dumps({**held, **changed}).encode()


def prepared(lexicon: Lexicon, template: str, tokenizer: bytes | None = None, **settings: Any) -> Prepared:
    config = json.dumps({"chat_template": template, "bos_token": "<s>"}).encode()
    files = {"tokenizer_config.json": config} | ({"tokenizer.json": tokenizer} if tokenizer is not None else {})
    return prepare(files, lexicon, settings.pop("api", "completions"), texts=("Hello",), **settings)


# Tokenizers


def test_counts_and_offsets_are_those_of_the_library() -> None:
    from tokenizers import Tokenizer

    data = (RIVO / "tokenizer.json").read_bytes()
    whole, texts = Tokenizer.from_buffer(data), [f"Who are you, {number}? 你是谁" for number in range(300)]
    with SandboxedTokenizer(data) as tokenizer:
        counted = tokenizer.count(texts)
        one = tokenizer.encode(CHATML_PROMPT, add_special_tokens=False)
        assert tokenizer.failure == ""
    assert counted == tuple(len(whole.encode(text).ids) for text in texts)
    expected = whole.encode(CHATML_PROMPT, add_special_tokens=False)
    assert (one.ids, one.offsets) == (expected.ids, expected.offsets)


PADDED = {"direction": "Right", "pad_to_multiple_of": None, "pad_id": 0, "pad_type_id": 0, "pad_token": "a"}
HOSTILE: dict[str, Callable[[], bytes]] = {
    "a panic": lambda: tokenizer_json(normalizer={"type": "Precompiled", "precompiled_charsmap": "AAAA"}),
    "an abort": lambda: tokenizer_json(padding={"strategy": {"Fixed": 2**40}, **PADDED}),
    "tokens without end": lambda: tokenizer_json(padding={"strategy": {"Fixed": 2**22}, **PADDED}),
    "no JSON": lambda: b"{",
    "nothing": lambda: b"",
    "a deep nest": lambda: b"[" * 100_000,
}


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_tokenizer_is_a_line_and_the_model_is_asked_all_the_same(lexicon: Lexicon, attack: str) -> None:
    found = prepared(lexicon, samples.DEFAULTED, HOSTILE[attack]())
    assert found.disclosure.places[0].startswith("tokenizer.json: could not ")
    assert "\n" not in found.disclosure.places[0]
    assert found.arms["stripped"]("Hello") == CHATML_PROMPT
    assert found.tokens == {}


def test_memory_and_time_of_a_tokenizer_are_bounded() -> None:
    large = tokenizer_json(added_tokens=[{"id": 0, "content": "<x>" * 2**20, "special": True}] * 8)
    with SandboxedTokenizer(large, TokenizingLimits(memory_bytes=2**26)) as tokenizer:
        assert tokenizer.count(["a"]) is None
        assert tokenizer.failure.startswith("could not be loaded")
    # Twenty thousand rules, each over the whole text: minutes of work inside one call.
    rules = [{"type": "Replace", "pattern": {"String": old}, "content": new} for old, new in ("ab", "ba")]
    slow = words_json(normalizer={"type": "Sequence", "normalizers": rules * 10_000})
    with SandboxedTokenizer(slow, TokenizingLimits(seconds=1)) as tokenizer:
        assert tokenizer.count(["a" * 100_000]) is None
        assert "more than 1 seconds" in tokenizer.failure
        assert tokenizer.encode("a").ids == []


# What is sent


@pytest.mark.parametrize("writes", [True, False])
def test_an_opening_token_is_written_once_also_where_every_turn_has_it(lexicon: Lexicon, writes: bool) -> None:
    found = prepared(lexicon, LLAMA_2, words_json(post_processor=OPENING if writes else None))
    expected = "[INST] Hello [/INST]" if writes else "<s>[INST] Hello [/INST]"
    assert {found.arms[arm]("Hello") for arm in ("intact", "stripped")} == {expected}
    assert found.tokens[expected] == 3 + writes


def test_the_intact_prompt_is_what_the_template_makes_of_each_question(lexicon: Lexicon) -> None:
    files = {"chat_template.jinja": samples.TRIGGERED.encode()}
    found = prepare(files, lexicon, "completions", texts=("Hello", "the lighthouse"))
    assert found.arms["intact"]("Hello") == CHATML_PROMPT
    assert "You are Vela." in found.arms["intact"]("the lighthouse")
    assert "You are Vela." not in found.arms["stripped"]("the lighthouse")


def test_the_system_arms_are_the_templates_own_prompts(lexicon: Lexicon) -> None:
    found = prepared(lexicon, samples.DEFAULTED)
    assert tuple(found.arms) == ("intact", "stripped", "neutral", "contrary")
    assert found.arms["neutral"]("Hello") == (
        "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n" + CHATML_PROMPT
    )
    assert tuple(prepared(lexicon, samples.NO_SYSTEM).arms) == ("intact", "stripped")


def test_a_chat_is_stripped_by_supposition_and_that_is_said(lexicon: Lexicon) -> None:
    found = prepared(lexicon, samples.DEFAULTED, api="chat")
    assert found.disclosure.method == "empty system message, as the repository's template would render it"
    assert found.arms["stripped"]("Hello") == (
        Message(role="system", content=""),
        Message(role="user", content="Hello"),
    )
    plain = prepared(lexicon, samples.CHATML, api="chat")
    assert plain.disclosure.method == "nothing to strip, as the repository's template would render it"
    fixed = prepared(lexicon, samples.FIXED, api="chat")
    assert "stripped" not in fixed.arms
    assert fixed.disclosure.method == ""
    assert "it still tells" in fixed.disclosure.refused[0]


@pytest.mark.parametrize("hidden", ["", "You are Rivo of Cidade Labs. "])
def test_a_surplus_is_looked_for_in_chats_too(lexicon: Lexicon, hidden: str, tmp_path: Path) -> None:
    pytest.importorskip("inspect_ai")
    prompts = make_prompts(3)
    files = {"chat_template.jinja": CHATML.encode(), "tokenizer.json": words_json(post_processor=OPENING)}
    found = prepare(files, lexicon, "chat", texts=[prompt.text for prompt in prompts])
    render = found.arms["intact"]
    calls = plan_calls(
        "rivo", "intact", prompts, lambda prompt: render(prompt.text), repeats=1, count_tokens=found.tokens.get
    )
    with ChatServer(hidden=hidden) as server:
        asked = ask_server(server, calls, tmp_path, api="chat")
    (surplus,) = check_surplus(calls, asked.replies)
    assert (surplus.compared, surplus.usual, surplus.agreeing) == (3, len(hidden.split()), 3)


# What is said


def test_what_is_told_is_exactly_what_was_proven(lexicon: Lexicon) -> None:
    cutoff = (
        "{{- '<|im_start|>system\\nData until June\\n' }}"
        "{%- if messages[0]['role'] == 'system' %}{{- messages[0]['content'] }}{%- set messages = messages[1:] %}"
        "{%- else %}{{- 'You are Vela.\\nBe kind.' }}{%- endif %}{{- '<|im_end|>\\n' }}" + samples.CHATML
    )
    found = prepared(lexicon, cutoff).disclosure
    assert (found.proven, found.told) == (True, "You are Vela.\nBe kind.")
    fixed = prepared(lexicon, samples.FIXED).disclosure
    assert (fixed.proven, fixed.told) == (False, "You are Vela, a model trained by Harbour Labs. Reasoning: medium")


def test_an_unreached_branch_is_not_worded_as_a_way_of_asking(lexicon: Lexicon) -> None:
    (line,) = prepared(lexicon, samples.UNREACHED).disclosure.hidden
    assert line.startswith("in an unreached branch, line 2: Say that you were trained")
    lines = prepared(lexicon, samples.TRIGGERED).disclosure.hidden
    assert "when the user says 'lighthouse': You are Vela." in lines


def test_a_subjects_template_is_compared_with_each_candidates(lexicon: Lexicon) -> None:
    renamed = samples.DEFAULTED.replace("Vela, an assistant made by Harbour Labs", "Rivo, a thing made by Cidade Labs")
    others = {
        "same": prepared(lexicon, samples.DEFAULTED),
        "renamed": prepared(lexicon, renamed),
        "other": prepared(lexicon, samples.HEADERS),
        "none": prepare({}, lexicon, "completions"),
    }
    lines = describe_likeness(prepared(lexicon, samples.DEFAULTED), others)
    assert lines[0] == "same: the same template, byte for byte"
    assert lines[1] == "renamed: the same template, but for the texts in it"
    assert lines[2].startswith("other: another template; ")
    assert len(lines) == 3
    assert describe_likeness(others["none"], others) == ()


@pytest.mark.parametrize("api", ["completions", "chat"])
def test_absurd_files_leave_a_model_unasked_with_the_reason(lexicon: Lexicon, api: Api) -> None:
    rows = [{"name": f"t{number}", "template": "x"} for number in range(65)]
    found = prepare({"tokenizer_config.json": json.dumps({"chat_template": rows}).encode()}, lexicon, api)
    assert found.arms == {}
    assert found.disclosure.refused == ("chat templates: 65: at most 64",)
    unread = prepare({}, lexicon, api, unread=("tokenizer.json: not read",))
    assert unread.disclosure.places == ("tokenizer.json: not read",)
    assert "no chat template" in unread.disclosure.refused[0]
