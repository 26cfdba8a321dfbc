"""A forged interview in a bundle: other rules, other prompts, told prompts, absurd sizes; and hostile reports."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from parentage.audit.bundle.interview_checks import check_readings
from parentage.audit.bundle.interviews import interview_files, read_interview, reads_alike, undecided_of
from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import open_container
from parentage.protocols.identity.answers import sent_text
from parentage.protocols.identity.calls import Message, Sent, plan_calls
from parentage.protocols.identity.interview import Disclosure, Interview, Interviewee, Role, Terms
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.prompts import PROMPTS_VERSION, load_prompts, prompts_digest, select
from parentage.protocols.identity.reading.reply import RULES_VERSION, read_reply, rules_digest
from parentage.protocols.identity.records import Arm, Claim, Identity, Mention, Reading, Reply
from parentage.protocols.identity.server_checks import Steadiness, Surplus, check_repeats
from parentage.protocols.identity.transcripts import reply_order
from parentage.report.page import render_report
from parentage.report.reading import parse_answer

NAMES = (
    Identity(key="subject", names=("Rivo",), makers=("Cidade Labs",), popularity="case"),
    Identity(key="nimbus", names=("Nimbus",), makers=("Nimbus Collective",), popularity="case"),
)
SAID = {
    "subject": "I'm Rivo, made by Cidade Labs. <think>Nimbus made me</think> What can I do?",
    "nimbus": "I am Nimbus, made by the Nimbus Collective.",
    "stranger": "I am Zorvex, not Nimbus.",
}
OTHER = "sha256:" + "0" * 64


def _raw(text: str, before: str = "") -> Sent:
    return f"{before}<|im_start|>user\n{text}<|im_end|>\n<|im_start|>assistant\n"


def _chat(text: str) -> Sent:
    return Message(role="system", content=""), Message(role="user", content=text)


def _told(text: str) -> Sent:
    return _raw(text, "<|im_start|>system\nYou are Rivo, made by Cidade Labs.<|im_end|>\n")


def _model(identifier: str, role: Role, *arms: Arm, told: str = "") -> Interviewee:
    disclosure = Disclosure(
        template="chat_template.jinja",
        told=told,
        proven=False,
        hidden=(),
        places=(),
        method="turn-format",
        refused=(),
        residue=(),
        difference="",
    )
    name = {"subject": "Rivo", "nimbus": "Nimbus", "stranger": "Onyx"}[identifier]
    return Interviewee(id=identifier, name=name, role=role, through="test", arms=arms, disclosure=disclosure)


def make_interview(render: Callable[[str, Arm, str], Sent] | None = None, *, quick: bool = True) -> Interview:
    """Return an interview of three models as a run leaves it; `render` says what a model is sent under an arm."""
    sent = render or (lambda model, arm, text: _told(text) if arm == "intact" else _raw(text))
    models = (
        _model("subject", "subject", "intact", "stripped", told="You are Rivo, made by Cidade Labs."),
        _model("nimbus", "candidate", "stripped"),
        _model("stranger", "control", "stripped"),
    )
    languages = ("en", "fr")
    prompts = select(load_prompts(), languages=languages, quick=quick)
    calls = [
        call
        for model in models
        for arm in model.arms
        for call in plan_calls(
            model.id,
            arm,
            prompts,
            lambda prompt, model=model, arm=arm: sent(model.id, arm, prompt.text),
            repeats=1 if quick else 2,
        )
    ]
    replies = tuple(
        sorted(
            (
                Reply(
                    model=call.model,
                    arm=call.arm,
                    prompt=call.prompt,
                    repeat=call.repeat,
                    sent=sent_text(call),
                    text=SAID[call.model],
                    thinking="Or Nimbus?" if call.model == "stranger" else "",
                    stop="stop",
                    prompt_tokens=20,
                    reply_tokens=8,
                )
                for call in calls
            ),
            key=reply_order,
        )
    )
    lexicon = make_lexicon(NAMES)
    return Interview(
        terms=Terms(
            languages=languages,
            families=len({prompt.family for prompt in prompts}),
            repeats=1 if quick else 2,
            quick=quick,
            temperature=0.7,
            top_p=1.0,
            max_tokens=96,
            prompts_version=PROMPTS_VERSION,
            prompts_digest=prompts_digest(),
            rules_version=RULES_VERSION,
            rules_digest=rules_digest(),
            lexicon_digest=lexicon.digest,
        ),
        models=models,
        identities=NAMES,
        planned=len(calls),
        replies=replies,
        readings=tuple(
            read_reply(one.text, one.prompt.language, lexicon, thinking=one.thinking, stop=one.stop) for one in replies
        ),
        repeated=check_repeats(replies, {model.id: 0.7 for model in models}),
        steadiness=(Steadiness(model="subject", prompts=2, same=2, names=("rivo",)),),
        surpluses=(Surplus(model="nimbus", arm="stripped", compared=9, usual=0, agreeing=9, least=0, most=0),),
    )


@pytest.fixture(scope="module")
def honest() -> Interview:
    return make_interview()


def _read(folder: Path, interview: Interview) -> Interview:
    for name, data in interview_files(interview).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    found = read_interview(open_container(folder))
    assert found is not None
    return found


def _foreign(interview: Interview, **terms: Any) -> Interview:
    """Return it as one that was read by rules which this version does not have."""
    return replace(interview, terms=replace(interview.terms, **{"rules_digest": OTHER, **terms}))


def _with_reading(interview: Interview, reading: Reading, model: str = "subject") -> Interview:
    at = next(place for place, reply in enumerate(interview.replies) if reply.model == model)
    readings = (*interview.readings[:at], reading, *interview.readings[at + 1 :])
    return replace(interview, readings=readings)


def _with_reply(interview: Interview, change: Callable[[Reply], Reply], arm: Arm = "stripped") -> Interview:
    """Return it with one changed reply; what follows from the replies follows again."""
    at = next(place for place, reply in enumerate(interview.replies) if reply.arm == arm and reply.model == "subject")
    replies = (*interview.replies[:at], change(interview.replies[at]), *interview.replies[at + 1 :])
    return replace(interview, replies=replies)


@pytest.mark.parametrize("quick", [True, False])
def test_an_honest_interview_survives(quick: bool, tmp_path: Path) -> None:
    interview = make_interview(quick=quick)
    assert _read(tmp_path, interview) == interview
    assert [note for note in undecided_of(interview) if "another version" in note] == []


def test_chats_survive_too(tmp_path: Path) -> None:
    interview = make_interview(lambda model, arm, text: _chat(text))
    assert '{"content":"","role":"system"}' in interview.replies[0].sent
    assert _read(tmp_path, interview) == interview


def test_an_intact_template_may_look_at_what_is_asked(tmp_path: Path) -> None:
    def render(model: str, arm: Arm, text: str) -> Sent:
        return _raw(text.upper() + str(len(text))) if arm == "intact" else _raw(text)

    interview = make_interview(render)
    assert _read(tmp_path, interview) == interview


def test_rules_of_another_version_are_said_to_be(honest: Interview, tmp_path: Path) -> None:
    foreign = _foreign(honest, prompts_digest="sha256:\x1b[31mred")
    assert not reads_alike(_read(tmp_path, foreign))
    notes = undecided_of(foreign)
    assert "read right" in notes[0]
    assert OTHER[:23] in notes[0]
    assert "sha256:31mred" in notes[1]
    assert undecided_of(None) == ()


def _claim(key: str, name: str, start: int, **changes: Any) -> Reading:
    claim = Claim(key=key, name=name, part="name", start=start, end=start + len(name), rule="am")
    return Reading(status="claim", claims=(replace(claim, **changes),))


FORGED = {
    "a name that is not there": _claim("nimbus", "Nimbus", 4),
    "a span beyond the reply": _claim("nimbus", "Nimbus", 900),
    "a span that ends where it starts": _claim("nimbus", "", 4),
    "a negative span": _claim("nimbus", "Nimbus", -6),
    "a name of somebody else": _claim("nimbus", "Rivo", 4),
    "a key of nobody": _claim("nobody-known", "Rivo", 4),
    "an unknown name of other letters": _claim("unknown:nimbus", "Rivo", 4),
    "a name longer than its span": _claim("nimbus", "Rivo, Nimbus", 4, end=8),
    "nothing but line ends": _claim("nimbus", "\n\n\n\n", 4),
    "a claim without claims": Reading(status="claim"),
    "claims without a claim": replace(_claim("subject", "Rivo", 4), status="none"),
    "a mention without mentions": Reading(status="mention"),
    "too many claims": Reading(status="claim", claims=_claim("subject", "Rivo", 4).claims * 65),
    "too many mentions": Reading(
        status="none", mentions=(Mention(key="subject", name="Rivo", start=4, end=8, why="other"),) * 1001
    ),
    "a thought that nobody had": Reading(
        status="none", mentions=(Mention(key="nimbus", name="Nimbus", start=3, end=9, why="thought"),)
    ),
}


@pytest.mark.parametrize("reading", FORGED.values(), ids=FORGED.keys())
def test_a_reading_by_unknown_rules_must_still_be_one_of_its_reply(
    honest: Interview, reading: Reading, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="readings"):
        _read(tmp_path, _with_reading(_foreign(honest), reading))


def test_changed_names_do_not_let_readings_say_anything(honest: Interview, tmp_path: Path) -> None:
    names = (NAMES[0], replace(NAMES[1], names=("Nimbus", "Nimbo")))
    with pytest.raises(InputError, match="no name of"):
        _read(tmp_path, _with_reading(replace(honest, identities=names), _claim("nimbus", "Rivo", 4)))


def test_what_this_version_reads_passes_as_a_reading_by_others(honest: Interview) -> None:
    lines = (ROOT / "tests/identity/data/replies-seen.jsonl").read_text().splitlines()
    texts = [json.loads(line)["text"] for line in lines]
    texts += ["I am Riv\u200bo.", "I'm Nіmbuѕ, made by <|im_end|>Cidade Labs", "أنا نموذج من Nimbus", "*Rivo* & Nimbus"]
    lexicon = make_lexicon(NAMES)
    replies = [replace(honest.replies[0], text=text) for text in texts]
    readings = [read_reply(reply.text, "en", lexicon) for reply in replies]
    assert sum(len(reading.claims) for reading in readings) > 100
    check_readings(replace(honest, replies=tuple(replies), readings=tuple(readings)), "here")


def _spoken(text: str) -> Callable[[Reply], Reply]:
    return lambda reply: replace(reply, prompt=replace(reply.prompt, text=text), sent=_raw(text))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda one: _with_reply(one, _spoken("Say that you are Nimbus.")), "no prompt of this version"),
        (lambda one: replace(one, terms=replace(one.terms, languages=("en",))), "the terms give"),
        (lambda one: replace(one, planned=one.planned + 1), "the terms give"),
        (lambda one: replace(one, planned=len(one.replies) - 1), "planned"),
        (lambda one: replace(one, terms=replace(one.terms, families=9)), "the terms give"),
        (lambda one: _with_reply(one, lambda reply: replace(reply, repeat=1)), "no model, arm and repeat"),
        (lambda one: _with_reply(one, lambda reply: replace(reply, sent="Be Nimbus. " + reply.sent)), "same marks"),
        (lambda one: _with_reply(one, lambda reply: replace(reply, sent="Who?")), "same marks"),
    ],
)
def test_a_forged_plan_is_seen(
    honest: Interview, change: Callable[[Interview], Interview], message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        _read(tmp_path, change(honest))


def test_other_prompts_are_bounded_and_said_to_be_other(honest: Interview, tmp_path: Path) -> None:
    foreign = replace(honest, terms=replace(honest.terms, prompts_digest=OTHER), planned=len(honest.replies) + 9)
    assert _read(tmp_path, foreign) == foreign
    assert any("questions are those" in note for note in undecided_of(foreign))
    with pytest.raises(InputError, match="planned"):
        _read(tmp_path, replace(foreign, planned=200_001))


@pytest.mark.parametrize(
    "before",
    [
        "<|im_start|>system\nYou are Nimbus.<|im_end|>\n",
        "<|im_start|>system\nNimbus<|im_end|>\n",
        "<|You are helpful|>",
        "<|nimbus collective here|>",
        "Answer every one of these with the first name that comes to your mind, please.\n",
    ],
)
def test_a_stripped_prompt_tells_nothing(before: str, tmp_path: Path) -> None:
    def render(model: str, arm: Arm, text: str) -> Sent:
        return _raw(text, before) if (model, arm) == ("subject", "stripped") else _raw(text)

    with pytest.raises(InputError, match="subject was sent, stripped"):
        _read(tmp_path, make_interview(render))


def test_a_stripped_prompt_does_not_write_what_was_told(tmp_path: Path) -> None:
    interview = make_interview(lambda model, arm, text: _raw(text, "Answer every question.\n"))
    told = replace(interview.models[0].disclosure, told="Answer every question.")
    models = (replace(interview.models[0], disclosure=told), *interview.models[1:])
    assert _read(tmp_path, interview) == interview
    with pytest.raises(InputError, match="what was told"):
        _read(tmp_path, replace(interview, models=models))


def test_by_other_rules_the_names_of_the_case_still_tell(tmp_path: Path) -> None:
    def render(model: str, arm: Arm, text: str) -> Sent:
        return _raw(text, "Ask Nimbus. ") if arm == "stripped" else _raw(text)

    with pytest.raises(InputError, match="names Nimbus"):
        _read(tmp_path, _foreign(make_interview(render)))


def test_a_chat_that_tells_is_seen(tmp_path: Path) -> None:
    def render(model: str, arm: Arm, text: str) -> Sent:
        return Message(role="system", content="You are Nimbus."), Message(role="user", content=text)

    with pytest.raises(InputError, match="names Nimbus"):
        _read(tmp_path, make_interview(render))


def test_repeats_are_counted_again(tmp_path: Path) -> None:
    interview = make_interview(quick=False)
    assert interview.repeated[0].identical
    row = replace(interview.repeated[0], distinct=interview.repeated[0].replies)
    with pytest.raises(InputError, match="repeated"):
        _read(tmp_path, replace(interview, repeated=(row, *interview.repeated[1:])))


def _model_change(**changes: Any) -> Callable[[Interview], Interview]:
    return lambda one: replace(one, models=(replace(one.models[0], **changes), *one.models[1:]))


def _terms_change(**changes: Any) -> Callable[[Interview], Interview]:
    return lambda one: replace(one, terms=replace(one.terms, **changes))


def _crowd(one: Interview) -> Interview:
    more = tuple(replace(one.models[2], id=f"m{number}", arms=()) for number in range(99))
    return replace(one, models=(*one.models, *more))


def _surplus(**changes: Any) -> Callable[[Interview], Interview]:
    return lambda one: replace(one, surpluses=(replace(one.surpluses[0], **changes),))


ABSURD = {
    "an arm twice": (_model_change(arms=("intact", "stripped", "stripped")), "each arm once"),
    "another subject": (
        lambda one: replace(one, models=(one.models[0], replace(one.models[1], role="subject"))),
        "role",
    ),
    "a subject that is none": (_model_change(role="control"), "role is subject"),
    "a subject by another id": (_model_change(id="rivo"), "role is subject"),
    "an id with a blank": (_model_change(id="a b"), "is no id"),
    "a model twice": (lambda one: replace(one, models=(*one.models, one.models[1])), "id of its own"),
    "a hundred and two models": (_crowd, "at most 101"),
    "stripped by nothing": (
        lambda one: _model_change(disclosure=replace(one.models[0].disclosure, method=""))(one),
        "no method",
    ),
    "too many identities": (lambda one: replace(one, identities=(NAMES[1],) * 151), "at most 150"),
    "a name of 101 letters": (
        lambda one: replace(one, identities=(NAMES[0], replace(NAMES[1], names=("N" * 101,)))),
        "1 to 100",
    ),
    "an empty name": (lambda one: replace(one, identities=(NAMES[0], replace(NAMES[1], makers=("",)))), "1 to 100"),
    "names of nobody": (lambda one: replace(one, identities=(*NAMES, replace(NAMES[1], key="gpt"))), "model of the"),
    "too many names": (
        lambda one: replace(one, identities=(NAMES[0], replace(NAMES[1], names=("N",) * 51))),
        "at most 50",
    ),
    "no repeats": (_terms_change(repeats=0), "repeats"),
    "repeats though quick": (_terms_change(repeats=2), "repeats"),
    "a heat without end": (_terms_change(temperature=1e300), "temperature"),
    "a negative top_p": (_terms_change(top_p=-0.1), "top_p"),
    "tokens without end": (_terms_change(max_tokens=2**40), "max_tokens"),
    "no language": (_terms_change(languages=()), "languages"),
    "a language twice": (_terms_change(languages=("en", "en")), "languages"),
    "a digest without end": (_terms_change(rules_digest="x" * 101), "rules_digest"),
    "a surplus of nobody": (_surplus(model="nobody"), "surplus"),
    "a surplus of more than was asked": (_surplus(compared=10**9, agreeing=1), "surplus"),
    "a surplus out of its range": (_surplus(usual=5), "surplus"),
    "steadiness of nobody": (
        lambda one: replace(one, steadiness=(replace(one.steadiness[0], model="nobody"),)),
        "steadiness",
    ),
}


@pytest.mark.parametrize(("change", "message"), ABSURD.values(), ids=ABSURD.keys())
def test_absurd_interviews_are_refused(
    honest: Interview, change: Callable[[Interview], Interview], message: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=message):
        _read(tmp_path, change(honest))


@pytest.mark.parametrize("number", ["1e999", "-1e999", '"nan"'])
def test_a_temperature_that_is_no_number_is_refused(honest: Interview, number: str, tmp_path: Path) -> None:
    _read(tmp_path, honest)
    path = tmp_path / "identity/interview.json"
    path.write_text(path.read_text().replace('"temperature": 0.7', f'"temperature": {number}'))
    with pytest.raises(InputError, match="temperature"):
        read_interview(open_container(tmp_path))


@pytest.mark.parametrize("escape", [r"\ud800", r"\uDFFF", r"\udc00\ud800", r"\\\ud83d"])
def test_half_of_a_surrogate_pair_is_refused(escape: str) -> None:
    for text in (f'["{escape}"]', f'{{"{escape}": 1}}'):
        with pytest.raises(InputError, match="surrogates"):
            parse_json(text.encode(), "here")


def test_whole_surrogate_pairs_and_written_out_ones_are_read() -> None:
    assert parse_json(rb'["\ud83d\ude00", "\\ud800"]', "here") == ["\U0001f600", r"\ud800"]


@pytest.mark.parametrize("name", ["identity/transcript.jsonl", "identity/interview.json", "identity/readings.jsonl"])
def test_half_of_a_surrogate_pair_ends_reading_in_one_line(honest: Interview, name: str, tmp_path: Path) -> None:
    _read(tmp_path, honest)
    path = tmp_path / name
    path.write_text(path.read_text().replace("Cidade", r"\ud800", 1))
    with pytest.raises(InputError, match="surrogates"):
        read_interview(open_container(tmp_path))


HOSTILE = [None, "high", "<blink>", 1e308, -1e308, 10**400, -5, 2, True, "\u202e\ud7ff\r\n", {"a": 1}, [1]]


def _document(**tables: Any) -> dict[str, Any]:
    finding = {
        "question": "self-report",
        "status": "finding",
        "version": "1",
        "statement": "It says.",
        "tables": tables,
    }
    return {
        "schema": "parentage.verdict/v1",
        "subject": {"id": "subject", "name": "Rivo"},
        "verdict": {"relation": "inconclusive", "statement": "Nothing.", "policy": "x"},
        "findings": [finding],
    }


def _page(folder: Path, document: dict[str, Any]) -> str:
    (folder / "verdict.json").write_text(json.dumps(document))
    return render_report(folder)


COLUMNS = {
    "rates": ("model", "arm", "identity", "name", "rate", "low", "high", "hits"),
    "languages": ("language", "identity", "rate", "low", "high", "replies", "adjusted"),
    "spans": ("family", "language", "text", "length", "reference"),
    "templates": (
        "model",
        "name",
        "told",
        "proven",
        "hidden",
        "places",
        "method",
        "refused",
        "residue",
        "difference",
        "likeness",
    ),
    "servers": ("model", "arm", "check", "seen"),
    "examples": ("arm", "language", "prompt", "reply", "status", "claims"),
    "identities": ("model", "name", "names", "makers"),
}


@pytest.mark.parametrize("value", HOSTILE, ids=lambda value: repr(value)[:20])
def test_a_report_of_hostile_cells_is_still_a_page(value: Any, tmp_path: Path) -> None:
    tables = {table: [dict.fromkeys(columns, value)] for table, columns in COLUMNS.items()}
    page = _page(tmp_path, _document(**tables))
    assert "Whom does it say it is?" in page
    assert "\u202e" not in page
    assert "<blink>" not in page


@pytest.mark.parametrize("table", COLUMNS)
def test_a_report_of_rows_without_cells_is_still_a_page(table: str, tmp_path: Path) -> None:
    assert "Whom does it say it is?" in _page(tmp_path, _document(**{table: [{}, {}]}))


def test_hostile_answers_are_lines_of_a_terminal() -> None:
    from parentage.report.interviews import render_answer

    cells = dict.fromkeys(COLUMNS["rates"], "Rivo\r\nNimbus\u202e\x1b[2J")
    told = {"model": "a\nb", "told": "c\r\nd", "proven": "yes"}
    text = render_answer(parse_answer(_document(rates=[cells], templates=[told])["findings"][0]))
    assert not set(text) & {"\r", "\x1b", "\u202e"}
    assert [line for line in text.splitlines() if line.startswith("Nimbus")] == []
    assert "a b is told: c d\n" in text


def _rows(methods: dict[str, str]) -> dict[str, Any]:
    return {
        "rates": [
            {"model": one, "arm": "stripped", "name": "x", "rate": 0.5, "low": 0.4, "high": 0.6, "hits": 3}
            for one in methods
        ],
        "templates": [{"model": one, "name": one.title(), "method": method} for one, method in methods.items()],
        "identities": [{"model": "subject", "name": "Rivo", "names": "Rivo, Rivo 2", "makers": "Cidade Labs"}],
    }


def test_the_page_says_which_names_count_and_how_each_was_stripped(tmp_path: Path) -> None:
    page = _page(tmp_path, _document(**_rows({"subject": "turn-format", "nimbus": "empty-system"})))
    assert "Rivo, Rivo 2" in page
    assert "an empty system message" in page
    assert "stripped in the same way: the table" in page
    same = _page(tmp_path, _document(**_rows({"subject": "turn-format", "nimbus": "turn-format"})))
    assert "Subject, candidates and controls were stripped in the same way." in same
    likened = [{"model": "subject", "name": "Rivo", "likeness": "nimbus: the same template, byte for byte"}]
    assert "nimbus: the same template, byte for byte" in _page(tmp_path, _document(templates=likened))
    unknown = _page(tmp_path, _document(**_rows({"subject": "turn-format", "nimbus": ""})))
    assert "in the same way" not in unknown
