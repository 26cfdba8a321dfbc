"""Between our records and inspect's: what a sample is sent and labelled with, and the reply that came back."""

from typing import TYPE_CHECKING, Any

from parentage.errors import UsageError
from parentage.evidence.canonical import canonical_json
from parentage.protocols.identity.calls import Call
from parentage.protocols.identity.reading.thinking import split_thinking
from parentage.protocols.identity.records import Reply, Stop

if TYPE_CHECKING:
    from inspect_ai.model import ChatMessage, ModelOutput

_MOST_REPLY_CHARACTERS = 500_000
# Openings that some templates write at the end of the prompt.
_OPENINGS = ("<think>", "<thinking>", "<seed:think>", "[THINK]", "<|START_THINKING|>")

_STOPS: dict[str, Stop] = {
    "stop": "stop",
    "max_tokens": "length",
    "model_length": "length",
    "content_filter": "filter",
}


def sample_metadata(call: Call) -> dict[str, Any]:
    """Return what `read_inspect_log` needs to make the same reply from a log's sample."""
    prompt = call.prompt
    return {
        "model": call.model,
        "arm": call.arm,
        "family": prompt.family,
        "language": prompt.language,
        "approach": prompt.approach,
        "topic": prompt.topic,
        "prompt": prompt.text,
        "repeat": call.repeat,
        "seed": call.seed,
    }


def chat_messages(call: Call) -> "list[ChatMessage]":
    """Return the call's messages as inspect has them; raises UsageError for an unknown role."""
    from inspect_ai.model import ChatMessageAssistant, ChatMessageSystem, ChatMessageUser

    made: list[ChatMessage] = []
    for message in () if isinstance(call.sent, str) else call.sent:
        match message.role:
            case "system":
                made.append(ChatMessageSystem(content=message.content))
            case "assistant":
                made.append(ChatMessageAssistant(content=message.content))
            case "user":
                made.append(ChatMessageUser(content=message.content))
            case other:
                raise UsageError(f"{call.model}: a message's role is system, user or assistant, not {other!r}")
    return made


def read_output(call: Call, output: "ModelOutput") -> Reply:
    """Return the reply in an inspect output, its thinking apart, whether the server parted it or not."""
    content = output.choices[0].message.content
    if isinstance(content, str):
        text, thinking = content, ""
    else:
        text = "".join(part.text for part in content if part.type == "text")
        thinking = "\n".join(part.reasoning for part in content if part.type == "reasoning")
    sent = call.sent if isinstance(call.sent, str) else ""
    if not thinking:
        text, thinking = part_thinking(text, sent)
    usage = output.usage
    return Reply(
        model=call.model,
        arm=call.arm,
        prompt=call.prompt,
        repeat=call.repeat,
        sent=sent_text(call),
        text=_whole_characters(text),
        thinking=_whole_characters(thinking),
        stop=_STOPS.get(str(output.stop_reason), "unknown"),
        prompt_tokens=usage.input_tokens + (usage.input_tokens_cache_read or 0) if usage is not None else None,
        reply_tokens=usage.output_tokens if usage is not None else None,
    )


def sent_text(call: Call) -> str:
    """Return what was sent as one text: the raw prompt, or the chat's messages as canonical JSON."""
    if isinstance(call.sent, str):
        return call.sent
    return canonical_json([{"role": part.role, "content": part.content} for part in call.sent]).decode()


def part_thinking(text: str, sent: str) -> tuple[str, str]:
    """Return (answer, thinking) of a raw reply to `sent`, which may itself have opened the block of thinking."""
    opened = next((mark for mark in _OPENINGS if sent.rstrip().endswith(mark)), "")
    whole = opened + text
    answer, spans, _ = split_thinking(whole)
    if not spans:
        return text, ""
    thinking = "\n".join(whole[start:end] for start, end in spans)
    return answer.strip(), thinking.removeprefix(opened).strip()


def _whole_characters(text: str) -> str:
    """Return the text as UTF-8 can hold it: a lone half of a surrogate pair is written out, as inspect's logs do."""
    return text[:_MOST_REPLY_CHARACTERS].encode("utf-8", "backslashreplace").decode("utf-8")
