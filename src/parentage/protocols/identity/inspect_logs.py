"""Logs that inspect made, of our task or of a run, read back into replies."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parentage.endpoint.provider import require_inspect
from parentage.errors import InputError
from parentage.protocols.identity.answers import read_output
from parentage.protocols.identity.calls import Call, Message, Sent
from parentage.protocols.identity.records import Prompt, Reply
from parentage.protocols.identity.transcripts import MOST_ROWS, parse_reply, reply_order, reply_row

if TYPE_CHECKING:
    from inspect_ai.log import EvalSample

MOST_LOG_BYTES = 512 << 20
MOST_UNPACKED_BYTES = 4 << 30
_PROMPT_FIELDS = ("family", "language", "approach", "topic", "prompt")


def read_inspect_log(path: Path, *, model: str | None = None) -> tuple[Reply, ...]:
    """Return the replies in an `.eval` log of this task or of a run, in transcript order.

    `model` renames the model; otherwise it is as the log has it. Samples without an output are left out: the caller
    knows what was planned. Raises InputError for anything that is not such a log.
    """
    require_inspect()
    from inspect_ai.log import read_eval_log, read_eval_log_samples

    _check_archive(path)
    try:
        header = read_eval_log(str(path), header_only=True)
        samples = read_eval_log_samples(str(path), all_samples_required=False)
        replies = [
            _reply(sample, model or _model_name(sample, str(header.eval.model)), f"{path}:{sample.id}")
            for sample in samples
            if sample.output.choices and sample.error is None and _is_measured(sample.metadata)
        ]
    except InputError:
        raise
    except Exception as error:
        raise InputError(str(path), f"{type(error).__name__}: {error}"[:120], "must be an inspect log") from error
    ordered = sorted(replies, key=reply_order)
    if len({reply_order(reply) for reply in ordered}) != len(ordered):
        raise InputError(str(path), "two samples", "have the same model, arm, family, language and repeat")
    return tuple(ordered)


def _check_archive(path: Path) -> None:
    """Raise InputError for a file that would unpack beyond the bounds, before anything in it is parsed."""
    try:
        if path.stat().st_size > MOST_LOG_BYTES:
            raise InputError(str(path), f"{path.stat().st_size} bytes", f"a log has at most {MOST_LOG_BYTES}")
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (OSError, zipfile.BadZipFile) as error:
        raise InputError(str(path), str(error)[:80], "must be a readable .eval file") from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > 2 * MOST_ROWS or unpacked > MOST_UNPACKED_BYTES:
        raise InputError(str(path), f"{len(entries)} files, {unpacked} bytes", "unpacks beyond what a log may hold")


def _is_measured(metadata: Mapping[str, Any] | None) -> bool:
    return metadata is not None and metadata.get("stage", "reply") == "reply"


def _model_name(sample: "EvalSample", default: str) -> str:
    name = (sample.metadata or {}).get("model")
    return name if isinstance(name, str) and name else default


def _reply(sample: "EvalSample", model: str, where: str) -> Reply:
    """Return the sample's reply, its fields checked as those of a transcript's row are."""
    sent: Sent
    if isinstance(sample.input, str):
        sent = sample.input
    else:
        sent = tuple(Message(role=message.role, content=message.text) for message in sample.input)
    call = read_call(sample.metadata or {}, model, sent, sample.epoch - 1)
    return parse_reply(reply_row(read_output(call, sample.output)), where)


def read_call(metadata: Mapping[str, Any], model: str, sent: Sent, epoch: int) -> Call:
    """Return the call that a sample's metadata describes; raises InputError where it does not."""
    missing = [name for name in (*_PROMPT_FIELDS, "arm") if not isinstance(metadata.get(name), str)]
    repeat = metadata.get("repeat", 0)
    if missing or type(repeat) is not int:
        raise InputError("the log", missing[0] if missing else "repeat", "must be in a sample's metadata")
    prompt = Prompt(
        family=metadata["family"],
        language=metadata["language"],
        approach=metadata["approach"],
        topic=metadata["topic"],
        text=metadata["prompt"],
    )
    return Call(model=model, arm=metadata["arm"], prompt=prompt, repeat=repeat + epoch, sent=sent, seed=0)
