"""The task that inspect's users run by themselves, and its log read back."""

from pathlib import Path

import pytest

from parentage.protocols.identity.calls import QUICK_CALLS
from parentage.protocols.identity.inspect_logs import read_inspect_log
from parentage.testing.chat_server import ChatServer

pytest.importorskip("inspect_ai", reason="inspect_ai is not installed: pip install 'parentage[identity]'")


@pytest.mark.parametrize(
    ("provider", "settings", "arm", "name"),
    [
        ("openai-api", {}, "intact", "Rivo"),
        ("openai-api", {"system": "You are a helpful assistant."}, "neutral", "Nimbus"),
        (
            "openai-api-completions",
            {"before": "<|im_start|>user\n", "after": "<|im_end|>\n<|im_start|>assistant\n"},
            "stripped",
            "Nimbus",
        ),
    ],
)
def test_the_task_runs_alone_and_its_log_is_read(
    provider: str, settings: dict[str, str], arm: str, name: str, tmp_path: Path
) -> None:
    from inspect_ai import eval as inspect_eval

    from parentage.protocols.identity.task import identity

    with ChatServer() as server:
        (log,) = inspect_eval(
            identity(names="Nimbus", quick=True, **settings),
            model=f"{provider}/local/rivo",
            model_base_url=server.url,
            model_args={"api_key": "none"},
            log_dir=str(tmp_path),
            display="none",
            log_realtime=False,
            ctl_server=False,
        )
    assert log.status == "success"
    assert log.results is not None
    assert log.results.scores[0].metrics["mean"].value == float(name == "Nimbus")
    replies = read_inspect_log(Path(log.location), model="rivo")
    assert len(replies) == QUICK_CALLS
    assert {reply.arm for reply in replies} == {arm}
    assert all(f"I am {name}" in reply.text for reply in replies)
    assert all(reply.prompt.text in reply.sent for reply in replies if provider.endswith("completions"))
