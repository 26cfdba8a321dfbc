"""Plans and runs that the asking tests share."""

from pathlib import Path
from typing import Any

from parentage.endpoint.provider import Endpoint, Patience, Sampling
from parentage.protocols.identity.asking import Asked, Respondent, ask
from parentage.protocols.identity.calls import Call, Message, Sent, plan_calls
from parentage.protocols.identity.records import Arm, Language, Prompt
from parentage.testing.chat_server import ChatServer

HASTE = Patience(retries=2, timeout_seconds=5)


def make_prompts(families: int, languages: tuple[Language, ...] = ("en",)) -> tuple[Prompt, ...]:
    return tuple(
        Prompt(family=f"f{index:03}", language=language, approach="direct", topic="name", text=f"Who are you, {index}?")
        for index in range(families)
        for language in languages
    )


def raw(prompt: Prompt) -> Sent:
    return f"<|im_start|>user\n{prompt.text}<|im_end|>\n<|im_start|>assistant\n"


def chat(prompt: Prompt) -> Sent:
    return (Message(role="user", content=prompt.text),)


def plan(families: int = 2, *, repeats: int = 5, arm: Arm = "stripped", messages: bool = False) -> tuple[Call, ...]:
    return plan_calls(
        "rivo",
        arm,
        make_prompts(families),
        chat if messages else raw,
        repeats=repeats,
        count_tokens=lambda sent: len(sent.split()) if isinstance(sent, str) else 0,
    )


def respondent(server: ChatServer, **settings: Any) -> dict[str, Respondent]:
    sampling = settings.pop("sampling", Sampling())
    return {"rivo": Respondent(source=Endpoint(url=server.url, **{"model": "rivo", **settings}), sampling=sampling)}


def ask_server(server: ChatServer, calls: tuple[Call, ...], folder: Path, **settings: Any) -> Asked:
    return ask(calls, respondent(server, **settings), folder, patience=HASTE)
