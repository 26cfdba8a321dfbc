"""Asking: what a server can do wrong, what is kept, and what is reported."""

from dataclasses import replace
from pathlib import Path

import pytest

from identity.asking_plans import HASTE, ask_server, chat, make_prompts, plan, raw, respondent
from parentage.endpoint.failures import Kind
from parentage.endpoint.provider import Endpoint, Patience, Price, Sampling
from parentage.errors import UnfinishedError, UsageError
from parentage.protocols.identity.answers import part_thinking
from parentage.protocols.identity.asking import Respondent, Shortfall, ask, check_finished
from parentage.protocols.identity.calls import Message, estimate, plan_calls, thin_prompts
from parentage.protocols.identity.server_checks import check_repeats, check_steadiness, check_surplus
from parentage.protocols.identity.transcripts import parse_transcript, transcript_bytes
from parentage.testing.chat_server import Asking, ChatFault, ChatServer

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed: pip install 'parentage[identity]'")

WATCHES = 8


def test_every_call_is_answered_once_with_its_own_seed(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    with ChatServer() as server:
        calls = plan(4)
        asked = ask(
            calls, respondent(server), tmp_path, patience=HASTE, progress=lambda done, of: seen.append((done, of))
        )
        again = ask_server(server, calls, tmp_path)
        requests = list(server.asked)
    assert asked.completed == asked.planned == 20
    assert seen[-1] == (20, 20)
    assert len(requests) == 20 + WATCHES, "a finished run asks nothing more"
    assert again.asked_now == 0
    assert again.replies == asked.replies
    measured = [request for request in requests if request["temperature"] > 0]
    assert {request["seed"] for request in measured} == {call.seed for call in calls}
    assert len({call.seed for call in calls}) == 20
    assert all(request["max_tokens"] == 256 and request["top_p"] == 1.0 for request in measured)
    assert {reply.stop for reply in asked.replies} == {"stop"}
    assert parse_transcript(transcript_bytes(asked.replies), "transcript") == asked.replies


def test_a_chat_gets_the_servers_own_template_and_a_raw_prompt_does_not(tmp_path: Path) -> None:
    with ChatServer() as server:
        intact = ask_server(server, plan(2, arm="intact", messages=True), tmp_path / "chat", api="chat")
        stripped = ask_server(server, plan(2), tmp_path / "raw")
    assert all("I am Rivo" in reply.text for reply in intact.replies)
    assert all("I am Nimbus" in reply.text for reply in stripped.replies)
    assert intact.replies[0].sent == '[{"content":"Who are you, 0?","role":"user"}]'


@pytest.mark.parametrize(
    ("fault", "kind", "says"),
    [
        ("busy", "too many requests", "429"),
        ("fails", "server error", "500"),
        ("short body", "cut short", "in the middle of an answer"),
        ("not json", "wrong encoding", "no UTF-8 JSON"),
        ("latin-1", "wrong encoding", "no UTF-8 JSON"),
        ("no choices", "not an answer", "not as an OpenAI-compatible server does"),
        ("html", "not an answer", "not as an OpenAI-compatible server does"),
        ("hangs", "too slow", "within the timeout"),
    ],
)
def test_a_server_that_fails_leaves_calls_missing_and_says_why(
    fault: ChatFault, kind: Kind, says: str, tmp_path: Path
) -> None:
    with ChatServer(fault=fault, answer=lambda asking: "Je suis né à l'été.") as server:
        asked = ask(
            plan(1, repeats=2),
            respondent(server),
            tmp_path,
            patience=Patience(retries=1, timeout_seconds=0.5),
            watch=False,
        )
    assert asked.completed == 0
    assert [shortfall.kind for shortfall in asked.shortfalls] == [kind]
    with pytest.raises(UnfinishedError, match=says) as raised:
        check_finished(asked)
    assert "(0 of 2 calls answered and kept" in str(raised.value)


@pytest.mark.parametrize("fault", ["busy twice", "busy twice, says when", "fails twice", "short body once"])
def test_a_server_that_recovers_costs_nothing(fault: ChatFault, tmp_path: Path) -> None:
    with ChatServer(fault=fault) as server:
        asked = ask(plan(1, repeats=2), respondent(server), tmp_path, patience=HASTE, watch=False, connections=1)
    assert asked.completed == 2
    assert not asked.shortfalls


def test_a_model_that_says_nothing_does_not_hide_among_those_that_answer(tmp_path: Path) -> None:
    calls = (*plan(20), *plan(1, repeats=2, arm="neutral"))

    def answers(asking: Asking) -> str:
        return "I am Nimbus."

    with ChatServer(answer=answers) as server:
        whole = ask(calls, respondent(server), tmp_path, patience=HASTE, watch=False)
    check_finished(whole)
    assert whole.expected == {("rivo", "stripped"): 100, ("rivo", "neutral"): 2}
    silent = replace(
        whole,
        replies=tuple(reply for reply in whole.replies if reply.arm != "neutral"),
        shortfalls=(
            Shortfall(model="basalt", kind="too slow", line="not this one", calls=9),
            Shortfall(model="rivo", kind="cut short", line="http://x/v1: was cut short", calls=2),
        ),
    )
    with pytest.raises(UnfinishedError, match=r"^rivo, neutral: http://x/v1: was cut short \(0 of 2 calls answered"):
        check_finished(silent, allowed_missing=0.02)
    check_finished(replace(whole, replies=whole.replies[2:]), allowed_missing=0.02)


def test_no_server_is_said_at_once(tmp_path: Path) -> None:
    calls = plan(20)
    source = Endpoint(url="http://127.0.0.1:9/v1", model="rivo")
    asked = ask(calls, {"rivo": Respondent(source=source)}, tmp_path, patience=Patience(retries=0), watch=False)
    assert asked.shortfalls[0].kind == "no server"
    assert sum(shortfall.calls for shortfall in asked.shortfalls) < len(calls), "a dead server is not asked it all"
    with pytest.raises(UnfinishedError, match="nothing answers at this address"):
        check_finished(asked)


def test_a_wrong_model_name_is_answered_with_the_right_ones(tmp_path: Path) -> None:
    with ChatServer() as server, pytest.raises(UsageError, match=r"404: has no model 'rio'; it has rivo"):
        ask_server(server, plan(), tmp_path, model="rio")
    with (
        ChatServer(fault="no completions") as server,
        pytest.raises(UsageError, match='no /completions here; if it has chat only, set api = "chat"'),
    ):
        ask_server(server, plan(), tmp_path)


def test_a_key_comes_from_the_environment_and_is_written_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RIVO_KEY", "sk-secret-4711")
    with ChatServer(key="sk-secret-4711") as server:
        asked = ask_server(server, plan(1), tmp_path / "right", key_env="RIVO_KEY")
        monkeypatch.setenv("RIVO_KEY", "sk-wrong-0815")
        with pytest.raises(UsageError, match="401: refuses the key in RIVO_KEY"):
            ask_server(server, plan(1), tmp_path / "wrong", key_env="RIVO_KEY")
        monkeypatch.delenv("RIVO_KEY")
        with pytest.raises(UsageError, match="RIVO_KEY must hold its key"):
            ask_server(server, plan(1), tmp_path / "none", key_env="RIVO_KEY")
    assert asked.completed == 5
    logs = list((tmp_path / "right/inspect").iterdir())
    assert logs
    from inspect_ai.log import read_eval_log

    for log in logs:
        assert "sk-secret" not in read_eval_log(str(log)).model_dump_json()
    assert b"sk-secret" not in (tmp_path / "right/answered.jsonl").read_bytes()


def test_repeats_that_never_differ_are_seen(tmp_path: Path) -> None:
    with ChatServer(fault="cached") as server:
        cached = ask_server(server, plan(6, repeats=3), tmp_path / "cached")
    with ChatServer() as server:
        honest = ask_server(server, plan(6, repeats=3), tmp_path / "honest")
    (found,) = check_repeats(cached.replies, {"rivo": 0.7})
    assert (found.prompts, found.replies, found.distinct, found.identical) == (6, 18, 6, True)
    (found,) = check_repeats(honest.replies, {"rivo": 0.7})
    assert found.distinct > 12
    assert not found.identical
    assert check_repeats(cached.replies, {"rivo": 0.0}) == ()


def test_a_model_that_changes_during_the_run_is_seen(tmp_path: Path) -> None:
    def other(asking: Asking) -> str:
        return "I am Basalt."

    with ChatServer(second=other, changes_after=10) as server:
        changed = ask_server(server, plan(4), tmp_path / "changed")
    with ChatServer() as server:
        steady = ask_server(server, plan(4), tmp_path / "steady")
    (found,) = check_steadiness(changed)
    assert (found.prompts, found.same, found.changed) == (2, 0, True)
    (found,) = check_steadiness(steady)
    assert (found.prompts, found.same, found.changed) == (2, 2, False)


def test_a_hidden_prompt_shows_in_the_token_counts(tmp_path: Path) -> None:
    calls = plan(3)
    with ChatServer(hidden="You are Rivo of Cidade Labs. ") as server:
        asked = ask_server(server, calls, tmp_path / "hidden")
    (surplus,) = check_surplus(calls, asked.replies)
    assert (surplus.usual, surplus.agreeing, surplus.compared) == (6, 15, 15)
    assert "Rivo" in asked.replies[0].text
    with ChatServer() as server:
        plain = ask_server(server, calls, tmp_path / "plain")
    (surplus,) = check_surplus(calls, plain.replies)
    assert (surplus.usual, surplus.least, surplus.most) == (0, 0, 0)


def test_a_run_that_breaks_keeps_what_it_has_and_goes_on(tmp_path: Path) -> None:
    calls = plan(4)
    with ChatServer() as server:

        def breaks(asking: Asking) -> str:
            if asking.number == 10:
                server.fault = "fails"
            return f"answer {asking.number}"

        server.answer = breaks
        first = ask(calls, respondent(server), tmp_path, patience=Patience(retries=0), connections=1, watch=False)
        answered = len(server.asked)
        server.fault = "none"
        second = ask_server(server, calls, tmp_path)
        repeated = len(server.asked) - answered
    assert 0 < first.completed < 20
    assert second.completed == 20
    assert second.asked_now == repeated == 20 - first.completed + WATCHES
    assert set(first.replies) < set(second.replies)


def test_the_estimate_bounds_what_a_run_costs() -> None:
    calls = plan(2)
    source = Endpoint(url="http://127.0.0.1:1/v1", model="m", price=Price(prompt_per_million=1, reply_per_million=10))
    found = estimate(calls, {"rivo": source}, {"rivo": Sampling(max_tokens=100)})
    assert (found.calls, found.prompt_tokens, found.reply_tokens) == (10, 60, 1000)
    assert found.price == pytest.approx((60 + 10 * 1000) / 1e6)
    free = estimate(calls, {"rivo": Endpoint(url="http://127.0.0.1:1/v1", model="m")}, {"rivo": Sampling()})
    assert free.price is None
    both = (*calls, *plan_calls("free", "stripped", make_prompts(1), raw, repeats=1))
    sources = {"rivo": source, "free": Endpoint(url="http://127.0.0.1:1/v1", model="m")}
    mixed = estimate(both, sources, {name: Sampling(max_tokens=100) for name in sources})
    assert mixed.price == found.price, "a model without a price hides nobody else's"


def test_a_quick_plan_has_every_family_before_any_second_language() -> None:
    prompts = make_prompts(48, ("en", "pt", "zh"))
    chosen = thin_prompts(prompts)
    assert len(chosen) == len(set(chosen)) == 60
    assert len({prompt.family for prompt in chosen}) == 48
    assert {prompt.language for prompt in chosen} == {"en", "pt", "zh"}


def test_seeds_depend_on_the_plan_alone() -> None:
    assert [call.seed for call in plan(3)] == [call.seed for call in plan(3)]
    assert plan(1, repeats=1)[0].seed == 214_455_078


def test_a_plan_must_suit_its_endpoint(tmp_path: Path) -> None:
    with ChatServer() as server:
        with pytest.raises(UsageError, match="takes one raw prompt"):
            ask_server(server, plan(messages=True), tmp_path)
        with pytest.raises(UsageError, match="the same model, arm"):
            ask_server(server, plan() * 2, tmp_path)
        with pytest.raises(UsageError, match="nothing says how to ask other"):
            ask_server(server, plan_calls("other", "stripped", make_prompts(1), raw), tmp_path)
        with pytest.raises(UsageError, match="role is system, user or assistant"):
            odd = plan_calls("rivo", "intact", make_prompts(1), lambda _: (Message(role="tool", content=""),))
            ask_server(server, odd, tmp_path, api="chat")


@pytest.mark.parametrize("url", ["ftp://x/v1", "http://", "http://user:key@host/v1", "http://host/v1?key=1"])
def test_an_address_holds_no_key(url: str) -> None:
    with pytest.raises(UsageError):
        Endpoint(url=url, model="m")


@pytest.mark.parametrize(
    ("sent", "text", "parted"),
    [
        ("Q", "I am Nimbus.", ("I am Nimbus.", "")),
        ("Q", "<think>Am I Rivo?</think>\n\nNimbus.", ("Nimbus.", "<think>Am I Rivo?</think>")),
        ("Q<think>\n", "Am I Rivo?</think>Nimbus.", ("Nimbus.", "Am I Rivo?</think>")),
        ("Q<think>\n", "Am I Rivo? Or", ("", "Am I Rivo? Or")),
        ("Q", "<think>Am I", ("", "<think>Am I")),
    ],
)
def test_thinking_is_set_apart(sent: str, text: str, parted: tuple[str, str]) -> None:
    assert part_thinking(text, sent) == parted


def test_chat_thinking_is_set_apart(tmp_path: Path) -> None:
    with ChatServer(answer=lambda asking: "<think>I could say Rivo.</think>I am Nimbus.") as server:
        calls = plan_calls("rivo", "intact", make_prompts(1), chat, repeats=1)
        asked = ask_server(server, calls, tmp_path, api="chat")
    assert (asked.replies[0].text, asked.replies[0].thinking) == ("I am Nimbus.", "I could say Rivo.")
