"""Reads what a repository's JSON files say of a model's origin: configs, an adapter's base, what a trainer left behind.

Such files are written by programs: a name in them is what was loaded, and no statement to readers, except for an
adapter's base, without which it cannot be used.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from parentage.endpoint.template_files import Problem, read_object
from parentage.endpoint.template_files import check_size as check_json_size
from parentage.errors import InputError
from parentage.protocols.documents.records import DeclaredField, DeclaredParent

_LONGEST_VALUE = 500
_TRAINING = (
    "model_name_or_path",
    "learning_rate",
    "num_train_epochs",
    "max_steps",
    "per_device_train_batch_size",
    "train_batch_size",
    "gradient_accumulation_steps",
    "optim",
    "lr_scheduler_type",
    "warmup_ratio",
    "max_seq_length",
    "seed",
    "global_step",
    "epoch",
    "best_model_checkpoint",
    "num_input_tokens_seen",
    "log_history",
    "train_loss",
    "train_runtime",
    "train_samples",
    "eval_loss",
)
_NAMES = ("_name_or_path", "name_or_path", "model_name_or_path", "base_model_name_or_path", "best_model_checkpoint")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "config.json": (
        "_name_or_path",
        "architectures",
        "model_type",
        "torch_dtype",
        "dtype",
        "auto_map",
        "quantization_config",
        "transformers_version",
    ),
    "adapter_config.json": ("base_model_name_or_path", "peft_type", "r", "revision"),
    "generation_config.json": ("_from_model_config", "transformers_version"),
    "tokenizer_config.json": ("name_or_path", "_name_or_path", "tokenizer_class", "auto_map"),
    "quantize_config.json": ("bits", "group_size", "quant_method", "model_name_or_path"),
    "training_args.json": _TRAINING,
    "trainer_state.json": _TRAINING,
    "all_results.json": _TRAINING,
    "train_results.json": _TRAINING,
    "eval_results.json": _TRAINING,
}
_TELLING = re.compile(
    r"(?:^|/)(?:mergekit\w{0,20}\.ya?ml|adapter_(?:model|config)\.\w{2,12}|trainer_state\.json|training_args\.(?:bin|json)"
    r"|quantiz\w{1,4}_config\.json|quant_config\.json|recipe\.ya?ml|hf_quant_config\.json|imatrix\.dat|axolotl_config\.ya?ml"
    r"|[^/]{1,200}\.gguf|merges?_log\.txt)$",
    re.IGNORECASE,
)
_MOST_TELLING = 50
_MARKS = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\r\n|\n|\r')


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What one file declares, and what could not be read in it."""

    fields: tuple[DeclaredField, ...] = ()
    parents: tuple[DeclaredParent, ...] = ()
    problems: tuple[str, ...] = ()


def read_json_file(path: str, raw: bytes) -> FileFacts:
    """Return what a JSON file of a known name declares, each field with its line; never raises."""
    try:
        check_json_size(path, raw)
    except InputError as error:
        return FileFacts(problems=(str(error),))
    held = read_object(path, raw)
    if isinstance(held, Problem):
        return FileFacts(problems=(str(InputError(held.where, "not read", held.rule)),))
    lines, twice = key_lines(raw.decode("utf-8-sig"))
    problems = [
        str(InputError(f"{path}:{line}", name[:80], "each key once; the last is taken")) for name, line in twice
    ]
    fields: list[DeclaredField] = []
    parents: list[DeclaredParent] = []
    for name in FIELDS[path]:
        if name not in held:
            continue
        where = f"{path}:{lines[name]}" if name in lines else path
        if value := _text(name, held[name]):
            fields.append(DeclaredField(name=name, value=value, where=where))
        if name in _NAMES and held[name] is not None and not isinstance(held[name], str):
            problems.append(str(InputError(where, f"{name} is {type(held[name]).__name__}", "text")))
        elif path == "adapter_config.json" and name == "base_model_name_or_path" and value:
            parents.append(DeclaredParent(value=value, relation="adapter", weight=None, where=where))
    return FileFacts(fields=tuple(fields), parents=tuple(parents), problems=tuple(problems))


def telling_names(paths: Iterable[str]) -> tuple[DeclaredField, ...]:
    """Return the files whose very names say how a model was made: a recipe, an adapter, a quantized container."""
    found = sorted(path for path in set(paths) if len(path) <= 300 and _TELLING.search(path))
    return tuple(DeclaredField(name="file-name", value=path, where=path) for path in found[:_MOST_TELLING])


def key_lines(text: str) -> tuple[dict[str, int], tuple[tuple[str, int], ...]]:
    """Return the line of each top-level key of a JSON object, and the keys, with lines, that are there twice."""
    lines: dict[str, int] = {}
    twice: list[tuple[str, int]] = []
    depth, line = 0, 1
    key: str | None = None
    for mark in _MARKS.finditer(text):
        held = mark[0]
        if held[0] == '"':
            key = held if depth == 1 else None
        elif held == ":":
            if key is not None and depth == 1:
                name = str(json.loads(key))
                if name in lines and len(twice) < 20:
                    twice.append((name, line))
                lines[name] = line
            key = None
        elif held in "{[":
            depth += 1
        elif held in "}]":
            depth -= 1
        elif held != ",":
            line += 1
    return lines, tuple(twice)


def _text(name: str, value: Any) -> str:
    """Return a value as text, "" for null and empty; a long history is only counted."""
    match value:
        case None | "" | [] | {}:
            return ""
        case str():
            return value[:_LONGEST_VALUE]
        case bool() | int() | float():
            return json.dumps(value)
        case list() if name == "log_history":
            return f"{len(value)} entries"
        case list() if all(isinstance(one, str) for one in value):
            return ", ".join(value)[:_LONGEST_VALUE]
        case _:
            return json.dumps(value, sort_keys=True, ensure_ascii=False)[:_LONGEST_VALUE]
