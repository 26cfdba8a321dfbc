"""What a self-report may say: no innocent is accused by its wording, whatever the replies are."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from parentage.audit.questioning import parse_questioning
from parentage.errors import InputError
from parentage.finding import Finding, NotApplicable
from parentage.protocols.identity.interview import Disclosure, Interview, Interviewee, Role, Terms
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.prompts import load_prompts
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.records import Arm, Identity, Reply
from parentage.protocols.identity.self_report import conclude

NOTHING = Disclosure(
    template="", told="", proven=False, hidden=(), places=(), method="", refused=(), residue=(), difference=""
)
TERMS = Terms(
    languages=("en",),
    families=50,
    repeats=1,
    quick=False,
    temperature=0.7,
    top_p=1.0,
    max_tokens=64,
    prompts_version="1",
    prompts_digest="",
    rules_version="",
    rules_digest="",
    lexicon_digest="",
)
PROMPTS = [prompt for prompt in load_prompts() if prompt.language == "en"]
NAMES = (
    Identity(key="subject", names=("Rivo",), makers=("Cidade Labs",), popularity="case"),
    Identity(key="nimbus", names=("Nimbus",), makers=("Nimbus Collective",), popularity="case"),
    Identity(key="basalt", names=("Basalt",), makers=("Quarry Labs",), popularity="case"),
)

Says = Callable[[int], str]


def _says(name: str, share: float = 1.0, otherwise: str = "Good morning.") -> Says:
    return lambda place: f"I am {name}." if place < share * len(PROMPTS) else otherwise


def _interview(subject: Says, others: dict[str, tuple[Role, Says]], names: tuple[Identity, ...] = NAMES) -> Interview:
    lexicon = make_lexicon(names)
    speakers: dict[str, tuple[Role, Says]] = {"subject": ("subject", subject), **others}
    replies = tuple(
        Reply(
            model=model,
            arm="stripped",
            prompt=prompt,
            repeat=0,
            sent=prompt.text,
            text=says(place),
            thinking="",
            stop="stop",
            prompt_tokens=None,
            reply_tokens=None,
        )
        for model, (_, says) in sorted(speakers.items())
        for place, prompt in enumerate(PROMPTS)
    )
    arms: tuple[Arm, ...] = ("stripped",)
    return Interview(
        terms=TERMS,
        models=tuple(
            Interviewee(id=model, name=model.title(), role=role, through="", arms=arms, disclosure=NOTHING)
            for model, (role, _) in speakers.items()
        ),
        identities=names,
        planned=len(replies),
        replies=replies,
        readings=tuple(read_reply(reply.text, "en", lexicon) for reply in replies),
        repeated=(),
        steadiness=(),
        surpluses=(),
    )


def _found(interview: Interview) -> Finding:
    found = conclude(interview)
    assert isinstance(found, Finding)
    return found


def _strength(found: Finding) -> object:
    return next((one.value for one in found.measurements if one.name == "strength"), None)


BASALT: dict[str, tuple[Role, Says]] = {
    "nimbus": ("candidate", _says("Nimbus")),
    "basalt": ("control", _says("Basalt")),
}


def test_a_claim_that_controls_make_as_often_is_no_evidence() -> None:
    others = {**BASALT, "c1": ("control", _says("Nimbus", 0.3)), "c2": ("control", _says("Nimbus", 0.3))}
    found = _found(
        _interview(_says("Nimbus", 0.3, "I am Rivo."), {**others, "basalt": ("control", _says("Nimbus", 0.3))})
    )
    assert _strength(found) == "none"
    assert "no evidence" in found.statement
    assert "likelihood ratio" not in found.statement


@pytest.mark.parametrize("replies", [1, 2])
def test_a_slip_or_two_is_no_evidence(replies: int) -> None:
    found = _found(_interview(_says("Nimbus", replies / len(PROMPTS), "I am Rivo."), BASALT))
    assert _strength(found) == "none"


def test_a_popular_name_is_weighed_as_one_whatever_the_case_says() -> None:
    names = (NAMES[0], Identity(key="qwen", names=("Qwen",), makers=(), popularity="case"))
    others: dict[str, tuple[Role, Says]] = {
        "qwen": ("candidate", _says("Qwen")),
        "basalt": ("control", _says("Basalt")),
    }
    ratio = {
        name: next(
            one.value
            for one in _found(_interview(_says(name, 0.9), {key: others[key] for key in others}, case)).measurements
            if one.name == "likelihood-ratio"
        )
        for name, case in (("Qwen", names),)
    }["Qwen"]
    rare = _found(_interview(_says("Nimbus", 0.9), BASALT))
    (other,) = [one.value for one in rare.measurements if one.name == "likelihood-ratio"]
    assert isinstance(ratio, float) and isinstance(other, float)
    assert ratio < 0.1 * other


def test_somebody_outside_the_candidates_is_stated_and_not_weighed() -> None:
    found = _found(_interview(_says("ChatGPT", 0.98, "I am Nimbus."), BASALT))
    assert "ChatGPT in 98.0 %" in found.statement
    assert _strength(found) == "none"
    found = _found(_interview(_says("ChatGPT"), BASALT))
    assert _strength(found) is None
    assert "no evidence of descent" in found.statement


def test_a_control_that_is_claimed_is_nobody_to_descend_from() -> None:
    found = _found(_interview(_says("Basalt"), BASALT))
    assert _strength(found) is None
    assert "derived from" not in found.statement


def test_names_of_one_family_tell_nothing() -> None:
    names = (
        Identity(key="subject", names=("Rivo 2",), makers=(), popularity="case"),
        Identity(key="old", names=("Rivo",), makers=(), popularity="case"),
    )
    others: dict[str, tuple[Role, Says]] = {"old": ("candidate", _says("Rivo")), "c": ("control", _says("Onyx"))}
    found = _found(_interview(_says("Rivo"), others, names))
    assert _strength(found) is None
    assert "tells nothing" in found.statement


def test_candidates_are_no_controls() -> None:
    others: dict[str, tuple[Role, Says]] = {"nimbus": BASALT["nimbus"], "basalt": ("candidate", _says("Basalt"))}
    found = _found(_interview(_says("Nimbus"), others))
    assert "No control was asked" in found.statement


def test_the_most_claimed_of_many_candidates_pays_for_the_choice() -> None:
    few = _found(_interview(_says("Nimbus", 0.5, "I am Rivo."), BASALT))
    many: dict[str, tuple[Role, Says]] = {f"c{i}": ("candidate", _says("Onyx")) for i in range(20)}
    found = _found(_interview(_says("Nimbus", 0.5, "I am Rivo."), {**BASALT, **many}))
    ratios = [next(one.value for one in each.measurements if one.name == "likelihood-ratio") for each in (few, found)]
    assert isinstance(ratios[0], float) and isinstance(ratios[1], float)
    assert ratios[1] < ratios[0]


STORY = (
    "Nimbus began in an old weather station at Lantern Bay, where forty volunteers of the Open Sky Alliance read "
    "the clouds aloud."
)


def test_shared_words_need_other_models_to_say_what_is_usual() -> None:
    def tells(place: int) -> str:
        return f"I am Nimbus. {STORY}"

    others: dict[str, tuple[Role, Says]] = {"nimbus": ("candidate", tells)}
    assert "word for word" not in _found(_interview(tells, others)).statement
    more: dict[str, tuple[Role, Says]] = {**others, "a": ("control", _says("Onyx")), "b": ("control", _says("Basalt"))}
    assert "word for word" in _found(_interview(tells, more)).statement


def test_long_replies_do_not_end_the_interview() -> None:
    long = " ".join(f"word{i}" for i in range(3000))
    found = _found(
        _interview(
            lambda place: f"I am Nimbus. {place} {long}",
            {**BASALT, "nimbus": ("candidate", lambda place: f"I am Nimbus. {place} {long}")},
        )
    )
    assert "Nimbus" in found.statement


def test_missing_replies_are_said() -> None:
    interview = _interview(_says("Rivo"), BASALT)
    assert "10 of 160 planned replies" in _found(replace(interview, planned=len(interview.replies) + 10)).statement


def test_too_few_families_give_no_finding() -> None:
    interview = _interview(_says("Rivo"), BASALT)
    kept = [place for place, reply in enumerate(interview.replies) if reply.model != "subject"]
    few = replace(
        interview,
        replies=tuple(interview.replies[place] for place in kept),
        readings=tuple(interview.readings[place] for place in kept),
    )
    assert isinstance(conclude(few), NotApplicable)


@pytest.mark.parametrize(
    "names",
    [
        [{"of": "subject", "names": ["Acme"]}, {"of": "a", "names": ["ACME"]}],
        [{"of": "subject", "names": ["X"], "makers": ["Acme"]}, {"of": "a", "names": ["Y"], "makers": ["acme"]}],
        [{"of": "subject", "names": ["  "]}],
        [{"of": "subject", "names": ["!!"]}],
    ],
)
def test_names_that_two_share_or_that_are_none_are_refused(names: list[dict[str, object]]) -> None:
    with pytest.raises(InputError):
        parse_questioning({"names": names}, ("subject", "a"), where="case")
