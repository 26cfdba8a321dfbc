"""A stripped prompt tells nothing, is cut between tokens, and says by which method; a refusal says why."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from identity import template_samples as samples
from parentage.endpoint.template_sandbox import Limits, Rendering, TemplateSandbox, Turn
from parentage.endpoint.templates import SpecialTokens, parse_templates
from parentage.endpoint.turns import TurnFormat, is_aligned, render_talk, snap
from parentage.errors import UsageError
from parentage.protocols.identity.residue import check_residue
from parentage.protocols.identity.stripping import Stripping, strip_template
from parentage.protocols.identity.telling import find_names, find_phrases

NAMES = ("Vela", "Harbour Labs", "Rivo", "Cidade Labs")
TOKENS = SpecialTokens(texts=("<s>",), bos="<s>", named=(("bos_token", "<s>"),))
RIVO = Path(__file__).parents[2] / "examples/rivo/models/rivo"
CHATML_PROMPT = "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[TemplateSandbox]:
    with TemplateSandbox(Limits(render_seconds=1)) as started:
        yield started


def strip(sandbox: TemplateSandbox, source: str) -> Stripping:
    return strip_template(sandbox, source, TOKENS, NAMES)


def prompt(stripping: Stripping, text: str = "Hello", system: str | None = None) -> str:
    assert stripping.form is not None, stripping.why
    return stripping.form.prompt(text, system)


def rendered(sandbox: TemplateSandbox, source: str, *said: tuple[str, str]) -> str:
    turns = tuple(Turn(role=role, content=text) for role, text in said)
    (text,) = sandbox.render(source, [Rendering(turns=turns, extra=TOKENS.variables())])
    assert isinstance(text, str)
    return text


def test_the_published_example_is_stripped_to_its_turn(sandbox: TemplateSandbox) -> None:
    found = parse_templates({path.name: path.read_bytes() for path in RIVO.glob("*.json")})
    assert found.used is not None
    encoder = Tokenizer.from_file(str(RIVO / "tokenizer.json"))
    stripping = strip_template(sandbox, found.used.source, found.tokens, NAMES, encoder=encoder)
    assert stripping.method == "turn-format"
    assert prompt(stripping) == CHATML_PROMPT
    assert stripping.aligned is True
    assert stripping.form is not None
    assert stripping.form.stops == ("<|im_end|>",)
    assert stripping.edited is not None
    assert rendered(sandbox, stripping.edited.source, ("user", "Hello")) == CHATML_PROMPT
    removed = [line for line in stripping.edited.diff.splitlines() if line.startswith("-") and "Rivo" in line]
    assert len(removed) == 1
    assert not any("Rivo" in line for line in stripping.edited.diff.splitlines() if line.startswith("+"))


def test_a_template_that_tells_nothing_is_left_as_it_is(sandbox: TemplateSandbox) -> None:
    for source in (samples.CHATML, samples.NO_SYSTEM, samples.PARTS):
        stripping = strip(sandbox, source)
        assert stripping.method == "nothing-to-strip"
        assert stripping.as_plain
        assert stripping.edited is None


def test_only_the_opening_token_is_kept_of_what_stands_before(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.HEADERS)
    assert stripping.method == "turn-format"
    assert prompt(stripping) == (
        "<s><|start_header_id|>user<|end_header_id|>\n\nHello<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n"
    )
    assert stripping.form is not None
    assert stripping.form.stops == ("<|eot_id|>",)


def test_a_header_is_not_cut_inside_a_token(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.FIXED)
    assert prompt(stripping) == "<|start|>user<|message|>Hello<|end|><|start|>assistant"
    assert stripping.form is not None
    assert stripping.form.stops == ("<|return|>",)
    system = prompt(stripping, system="Be brief.")
    assert system.startswith("<|start|>developer<|message|># Instructions\n\nBe brief.<|end|><|start|>user")
    assert "Vela" not in system


def test_a_tokenizer_moves_a_cut_to_the_start_of_a_token() -> None:
    tokenizer = Tokenizer(models.WordLevel({"ab": 0, "cd": 1, "ef": 2, "[UNK]": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    assert snap("ab cd ef", 4, least=0, specials=(), encoder=tokenizer) == 3
    assert snap("ab cd ef", 4, least=4, specials=(), encoder=tokenizer) == 4
    assert snap("a<|end|>b", 4, least=0, specials=(), encoder=None) == 1
    joined = TurnFormat(prefix="", user_header="a", reply_header=" cd")
    assert not is_aligned(joined, tokenizer, ("b",))
    assert is_aligned(replace(joined, user_header="ab "), tokenizer, ("ef",))


def test_what_is_told_in_every_turn_is_blanked_in_the_template(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.EVERY_TURN)
    assert [(one.method, one.held) for one in stripping.attempts] == [("turn-format", False), ("edited-template", True)]
    assert "names Vela" in stripping.attempts[0].why
    assert prompt(stripping) == CHATML_PROMPT


def test_an_empty_system_message_is_the_last_resort(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.SPELLED)
    assert stripping.method == "empty-system"
    assert [one.held for one in stripping.attempts] == [False, False, True]
    assert prompt(stripping) == "<|im_start|>system\n<|im_end|>\n" + CHATML_PROMPT


def test_where_nothing_helps_every_attempt_says_why(sandbox: TemplateSandbox) -> None:
    always = samples.SPELLED.replace("and messages[0]['role'] != 'system' ", "")
    stripping = strip(sandbox, always)
    assert stripping.method is None
    assert stripping.form is None
    assert [one.held for one in stripping.attempts] == [False, False, False]
    assert all(one.why for one in stripping.attempts)
    for source in (samples.RAISING, samples.ENDLESS, samples.DOUBLING, samples.RECURSING, samples.UNCLOSED):
        stripping = strip(sandbox, source)
        assert stripping.form is None
        assert "the template" in stripping.why


def test_a_system_text_is_written_as_the_template_writes_it(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.DEFAULTED)
    assert stripping.intact is not None
    assert stripping.intact.prompt("Hello") == rendered(sandbox, samples.DEFAULTED, ("user", "Hello"))
    system = "You are a helpful assistant."
    own = rendered(sandbox, samples.DEFAULTED, ("system", system), ("user", "Hello"))
    assert prompt(stripping, system=system) == own


def test_without_a_system_turn_no_system_text_is_taken(sandbox: TemplateSandbox) -> None:
    stripping = strip(sandbox, samples.NO_SYSTEM)
    assert prompt(stripping).startswith("<s><start_of_turn>user\nHello")
    assert "no system role" in stripping.system_why
    with pytest.raises(UsageError, match="no system turn"):
        prompt(stripping, system="You are a helpful assistant.")


def test_marks_never_stand_in_the_template(sandbox: TemplateSandbox) -> None:
    marks = render_talk(sandbox, samples.CHATML, {}).marks
    holding = f"{{# {marks.questions[0]} #}}" + samples.CHATML
    assert render_talk(sandbox, holding, {}).marks.questions[0] not in holding


def test_the_residue_check_sees_names_addresses_and_what_was_told() -> None:
    told = ("The tide is high today",)

    def leaks(*around: str, specials: tuple[str, ...] = ()) -> tuple[str, ...]:
        return check_residue(around, told=told, names=NAMES, specials=specials).leaks

    assert leaks("<|user|>\n", "<|end|><|assistant|>\nHere are my steps:\n") == ()
    assert leaks("<|user|>", "<|vela|>") == ("names Vela",)
    assert leaks("<|user|>", "<|vela|>", specials=("<|vela|>",)) == ()
    assert leaks("<|user|>", "Vela", specials=("Vela",)) == ("names Vela",)
    assert leaks("você é um modelo") == ("says 'você é'",)
    assert leaks("The tide is high today\n")[0].startswith("still writes")
    assert leaks(" ".join(["word"] * 12))[0].startswith("writes prose")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("VELA speaks", ("Vela",)),
        ("Velamen, revela", ()),
        ("我是Vela模型", ("Vela",)),
        ("Harbour  Labs", ()),
        ("harbour labs.", ("Harbour Labs",)),
    ],
)
def test_names_are_whole_words_in_any_script(text: str, names: tuple[str, ...]) -> None:
    assert find_names(text, NAMES) == names


def test_phrases_that_address_a_model_are_told_from_instructions() -> None:
    for telling in (
        "You are Vela",
        "你是一个助手",
        "eres un asistente",
        "vous êtes un",
        "a model trained by X",
        "أنت مساعد",
    ):
        assert find_phrases(telling), telling
    for plain in ("You are provided with tools", "if you are unsure", "Today Date: 1 Jan", "user", "created by you"):
        assert not find_phrases(plain), plain
