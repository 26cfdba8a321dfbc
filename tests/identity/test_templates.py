"""Templates are found wherever they stand, rendered in a sandbox that nothing gets out of or hangs, and read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from identity import template_samples as samples
from parentage.endpoint.template_sandbox import Limits, Refusal, Rendering, Scan, TemplateSandbox, Turn
from parentage.endpoint.templates import SpecialTokens, parse_templates
from parentage.errors import InputError
from parentage.protocols.identity.disclosure import check_places, compare_templates, disclose

NAMES = ("Vela", "Harbour Labs", "Rivo", "Cidade Labs")
TOKENS = SpecialTokens(texts=("<s>",), named=(("bos_token", "<s>"),))
MODELS = Path(__file__).parents[2] / "examples/rivo/models"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[TemplateSandbox]:
    with TemplateSandbox(Limits(render_seconds=1)) as started:
        yield started


def asked(text: str = "Hello", **extra: object) -> Rendering:
    return Rendering(turns=(Turn(role="user", content=text),), extra=extra)


def packed(**held: object) -> bytes:
    return json.dumps(held).encode()


# Finding


def test_every_place_of_a_template_is_read_and_the_file_of_its_own_is_used() -> None:
    found = parse_templates(
        {
            "chat_template.jinja": b"own file",
            "additional_chat_templates/tool_use.jinja": b"tools",
            "chat_template.json": packed(chat_template="json"),
            "processor_config.json": packed(chat_template="processor"),
            "tokenizer_config.json": packed(
                chat_template=[{"name": "default", "template": "listed"}, {"name": "rag", "template": "rag"}]
            ),
            "README.md": b"chat_template",
        },
        gguf={"tokenizer.chat_template": "gguf", "tokenizer.chat_template.tool_use": "gguf tools"},
    )
    assert [(one.name, one.source) for one in found.templates] == [
        ("default", "own file"),
        ("tool_use", "tools"),
        ("default", "json"),
        ("default", "processor"),
        ("default", "listed"),
        ("rag", "rag"),
        ("default", "gguf"),
        ("tool_use", "gguf tools"),
    ]
    assert found.used is not None
    assert found.used.source == "own file"
    assert [one.source for one in found.contradicting] == ["json", "processor", "listed", "gguf"]
    assert "README.md" not in dict(found.digests)


def test_tokenizer_and_generation_settings_that_can_hide_a_name_are_places() -> None:
    found = parse_templates(
        {
            "tokenizer.json": packed(
                added_tokens=[
                    {"id": 0, "content": "<s>", "special": True},
                    {"id": 1, "content": "You are Vela, by Harbour Labs", "special": True},
                ],
                normalizer={
                    "type": "Sequence",
                    "normalizers": [
                        {"type": "Replace", "pattern": {"String": " "}, "content": "\u2581"},
                        {"type": "Replace", "pattern": {"Regex": "Nimbus"}, "content": "Vela"},
                    ],
                },
                post_processor={
                    "type": "TemplateProcessing",
                    "single": [{"SpecialToken": {"id": "<s>"}}, {"Sequence": {"id": "A"}}],
                },
                model={"vocab": {"Nim": 7, "bus": 8}},
            ),
            "tokenizer_config.json": packed(bos_token={"content": "<s>"}, eos_token="</s>", add_bos_token=True),
            "generation_config.json": packed(
                suppress_tokens=[7], bad_words_ids=[[7, 8]], sequence_bias=[[[8], -9.0]], temperature=0.6
            ),
            "config.json": packed(auto_map={"AutoModel": "code.Model"}),
        }
    )
    texts = {place.kind: place.text for place in found.places}
    assert texts == {
        "added-token": "You are Vela, by Harbour Labs",
        "replaced-text": "'Nimbus' -> 'Vela'",
        "written-tokens": "<s> (text)",
        "suppressed-tokens": "7 'Nim'",
        "forbidden-words": "7 'Nim', 8 'bus'",
        "biased-tokens": "8 'bus', -9.0",
        "sampling": "0.6",
        "remote-code": "AutoModel: code.Model",
    }
    assert found.tokens.variables() == {"bos_token": "<s>", "eos_token": "</s>"}
    assert found.tokens.opening == "<s>"
    slow = packed(bos_token="<s>", add_bos_token=True)
    assert parse_templates({"tokenizer_config.json": slow}).tokens.opening == "<s>"
    assert parse_templates({"tokenizer_config.json": packed(bos_token="<s>")}).tokens.opening == ""
    assert found.tokens.texts == ("<s>", "</s>")
    assert [one.place.kind for one in check_places(found, NAMES)] == ["added-token", "replaced-text"]


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b'{"chat_template": ', "malformed JSON"),
        (b"[" * 200_000, "nested too deeply"),
        (b'["chat_template"]', "a JSON object, not list"),
        (b'{"chat_template": 7}', "a string or a list"),
        (b'{"chat_template": [{"name": "a"}, 3]}', "a name and a template"),
        (b"\xff\xfe{}", "not UTF-8"),
    ],
)
def test_a_malformed_file_is_a_problem_that_names_it(data: bytes, rule: str) -> None:
    found = parse_templates({"tokenizer_config.json": data, "chat_template.jinja": samples.CHATML.encode()})
    assert found.used is not None
    assert {problem.where for problem in found.problems} == {"tokenizer_config.json"}
    assert all(rule in problem.rule for problem in found.problems)


def test_a_huge_file_and_a_crowd_of_templates_are_refused() -> None:
    with pytest.raises(InputError, match=r"chat_template\.jinja.*at most"):
        parse_templates({"chat_template.jinja": b" " * (8 * 2**20 + 1)})
    with pytest.raises(InputError, match="at most 64"):
        parse_templates({f"additional_chat_templates/{n}.jinja": b"x" for n in range(65)})


def test_wild_types_in_json_do_no_harm() -> None:
    odd = [None, 1, "a", [], {}, [[1]], {"a": 1}]
    for value in odd:
        fields = ("chat_template", "added_tokens_decoder", "auto_map", "bos_token", "added_tokens", "normalizer")
        held = packed(**dict.fromkeys((*fields, "post_processor", "model", "suppress_tokens", "bad_words_ids"), value))
        parse_templates(
            dict.fromkeys(("tokenizer_config.json", "tokenizer.json", "generation_config.json", "config.json"), held)
        )


# Rendering


def test_it_renders_as_transformers_does(sandbox: TemplateSandbox) -> None:
    chat_template_utils = pytest.importorskip("transformers.utils.chat_template_utils")
    source = (
        "{% for m in messages %}\n  {% if loop.index > 1 %}{% break %}{% endif %}\n{{ m | tojson }}\n{% endfor %}\n"
        "{% generation %}{{ tools | tojson(indent=1) }}{% endgeneration %}{{ bos_token }}{{ '<é>' | tojson }}"
    )
    tools = [{"name": "a"}]
    expected, _ = chat_template_utils.render_jinja_template(
        conversations=[[{"role": "user", "content": "é"}] * 2], chat_template=source, tools=tools, bos_token="<s>"
    )
    turns = (Turn(role="user", content="é"),) * 2
    (text,) = sandbox.render(source, [Rendering(turns=turns, extra={"bos_token": "<s>", "tools": tools})])
    assert [text] == expected


def test_the_date_stands_still(sandbox: TemplateSandbox) -> None:
    source = "{{ strftime_now('%Y-%m-%d') }}"
    other = Rendering(turns=(), date="2031-12-25T00:00:00")
    assert sandbox.render(source, [asked(), other]) == ("2026-01-01", "2031-12-25")


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        (samples.ENDLESS, {"time"}),
        (samples.ONE_OPERATION, {"time"}),
        (samples.DOUBLING, {"memory", "size", "time"}),
        (samples.ALLOCATING, {"memory", "time"}),
        (samples.FORMATTING, {"memory", "time"}),
        (samples.WORDY, {"size"}),
        (samples.RECURSING, {"recursion"}),
        (samples.NESTED, {"recursion", "ended", "memory"}),
        (samples.RAISING, {"raised"}),
        (samples.UNCLOSED, {"syntax"}),
        (samples.REACHING, {"forbidden"}),
        ("x" * (2**20 + 1), {"size"}),
    ],
)
def test_a_hostile_template_is_refused_with_a_reason_and_the_next_one_renders(
    sandbox: TemplateSandbox, source: str, kinds: set[str]
) -> None:
    for found in sandbox.render(source, [asked()] * 3):
        assert isinstance(found, Refusal)
        assert found.kind in kinds
        assert found.why in found.line
    assert sandbox.render(samples.CHATML, [asked()]) == ("<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",)


def test_a_template_sees_neither_files_nor_the_environment(sandbox: TemplateSandbox) -> None:
    for source in ("{% include '/etc/hostname' %}", "{{ self.__init__.__globals__ }}", "{{ cycler.__init__ }}"):
        (found,) = sandbox.render(source, [asked()])
        assert isinstance(found, Refusal) or found == ""


def test_renderings_after_one_that_failed_are_still_made(sandbox: TemplateSandbox) -> None:
    source = "{% if messages[0].content == 'bad' %}{{ raise_exception('no') }}{% endif %}{{ messages[0].content }}"
    found = sandbox.render(source, [asked("one"), asked("bad"), asked("two")])
    assert (found[0], found[2]) == ("one", "two")
    assert isinstance(found[1], Refusal)
    spinning = samples.ENDLESS.join(("{% if messages[0].content == 'bad' %}", "{% endif %}{{ messages[0].content }}"))
    found = sandbox.render(spinning, [asked("bad"), asked("one")])
    assert isinstance(found[0], Refusal)
    assert found[1] == "one"


def test_strings_are_found_where_they_stand(sandbox: TemplateSandbox) -> None:
    source = '{# You are hidden #}\r\nplain\r\n{%- set a = \'one\\ntwo\' -%}  {{ "thr\\"ee" }} tail'
    scan = sandbox.scan(source)
    assert isinstance(scan, Scan)
    assert [(one.text.strip(), one.line) for one in scan.constants] == [
        ("plain", 2),
        ("one\ntwo", 3),
        ('thr"ee', 3),
        ("tail", 3),
    ]
    assert [scan.source[one.start : one.end].strip() for one in scan.constants][1:3] == ["'one\\ntwo'", '"thr\\"ee"']


# What it tells


def test_a_default_is_proven_by_sending_it(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.DEFAULTED, TOKENS, NAMES)
    assert (found.default.status, found.default.text) == ("proven", "You are Vela, an assistant made by Harbour Labs.")
    assert found.tells
    assert found.tellings[0].names == ("Vela", "Harbour Labs")
    assert found.beside_system == ()
    assert all(one.reached for one in found.hidden)


def test_the_published_example_comes_out(sandbox: TemplateSandbox) -> None:
    told = {}
    for folder in sorted(MODELS.iterdir()):
        files = {path.name: path.read_bytes() for path in folder.glob("*.json")}
        found = parse_templates(files)
        assert found.used is not None
        told[folder.name] = disclose(sandbox, found.used.source, found.tokens, NAMES).default
    assert told.pop("rivo").text == "You are Rivo, a helpful assistant made by Cidade Labs."
    assert {default.status for default in told.values()} == {"none"}


def test_a_preamble_that_stays_is_seen_beside_a_system_message(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.FIXED, TOKENS, NAMES)
    assert found.default.status == "fixed"
    assert found.beside_system[0].names == ("Vela", "Harbour Labs")


def test_a_date_is_told_but_tells_nobody(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.HEADERS, TOKENS, NAMES)
    assert found.told == ("Today Date: 01 Jan 2026",)
    assert not found.tells
    assert found.default.status == "empty"
    assert not any(one.tellings for one in found.injections)


def test_a_branch_that_opens_at_a_word_is_opened_with_the_word(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.TRIGGERED, TOKENS, NAMES)
    assert not found.tells
    telling = [one.probe for one in found.injections if one.tellings]
    assert telling == ["the user says 'lighthouse'"]


def test_a_branch_that_no_rendering_reaches_is_found_by_its_constants(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.UNREACHED, TOKENS, NAMES)
    assert not found.tells
    assert [(one.line, one.reached, one.telling.names) for one in found.hidden] == [(2, False, ("Harbour Labs",))]


def test_a_name_spelled_out_in_letters_is_found_by_rendering(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.SPELLED, TOKENS, NAMES)
    assert found.hidden == ()
    assert found.tellings[0].names == ("Vela",)


def test_what_cannot_be_rendered_is_said(sandbox: TemplateSandbox) -> None:
    found = disclose(sandbox, samples.RAISING, TOKENS, NAMES)
    assert found.plain is None
    assert found.default.status == "unknown"
    assert "only for tools" in found.default.why
    assert len(found.unrendered) == found.probes


def test_templates_are_compared_by_syntax_and_by_shape(sandbox: TemplateSandbox) -> None:
    renamed = samples.DEFAULTED.replace("Vela, an assistant made by Harbour Labs", "Rivo, a thing made by Cidade Labs")
    spaced = samples.DEFAULTED.replace("{%- if messages", "{#- a comment #}{%- if   messages")
    found = compare_templates(
        sandbox, samples.DEFAULTED, {"renamed": renamed, "spaced": spaced, "plain": samples.CHATML, "bad": "{% if"}
    )
    same = {one.candidate: (one.same_bytes, one.same_tree, one.same_shape) for one in found}
    assert same == {
        "renamed": (False, False, True),
        "spaced": (False, True, True),
        "plain": (False, False, False),
        "bad": (False, False, False),
    }
    shares = {one.candidate: one.shared_pieces for one in found}
    assert shares["spaced"] > shares["plain"] > shares["bad"] == 0
