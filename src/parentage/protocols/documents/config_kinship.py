"""In which fields do two config.json differ? A same shape alone says nothing about descent.

The rows say no more than that: many independent models have the same layers and widths.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from parentage.endpoint.template_files import MOST_BYTES, Problem, read_object

MOST_FIELDS = 4_000
MOST_DEPTH = 8
MOST_CHARACTERS = 20_000
FILE = "config.json"

# What fixes the shapes of the tensors. Everything else is a setting, a name or a habit of the library.
ARCHITECTURE = frozenset({
    "architectures", "model_type", "hidden_size", "intermediate_size", "num_hidden_layers",
    "num_attention_heads", "num_key_value_heads", "head_dim", "vocab_size", "tie_word_embeddings",
    "hidden_act", "num_experts", "num_local_experts", "n_routed_experts", "n_shared_experts",
    "num_experts_per_tok", "moe_intermediate_size", "shared_expert_intermediate_size",
    "first_k_dense_replace", "q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim",
    "v_head_dim", "attention_bias", "mlp_bias", "n_embd", "n_layer", "n_head", "n_inner", "d_model", "d_ff",
    "d_kv", "num_layers", "num_heads", "layer_types", "decoder_sparse_step", "moe_layer_freq",
    "linear_num_key_heads", "linear_num_value_heads", "linear_key_head_dim", "linear_value_head_dim",
    "linear_conv_kernel_dim", "full_attention_interval",
})  # fmt: skip
# Fields that the library renamed: both names mean one thing.
_RENAMED = {"dtype": "torch_dtype"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigDifference:
    """A field that differs; a value is JSON as text, None where the file lacks the field."""

    field: str
    subject: str | None
    other: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfigLikeness:
    """How many fields two configs have and share, the same of those that fix the shape, and what differs.

    Differences come with the fields that fix the shape first, then by name.
    """

    fields: int
    other_fields: int
    same: int
    architecture: int
    architecture_same: int
    differences: tuple[ConfigDifference, ...]


def parse_config(data: bytes) -> Mapping[str, str] | Problem:
    """Return field -> value as JSON text, fields of fields joined by dots; or what is wrong with the file."""
    if len(data) > MOST_BYTES:
        return Problem(where=FILE, rule=f"{len(data)} bytes: at most {MOST_BYTES}")
    held = read_object(FILE, data)
    if isinstance(held, Problem):
        return held
    found: dict[str, str] = {}
    for name, value in _fields(held):
        if len(found) >= MOST_FIELDS:
            return Problem(where=FILE, rule=f"more than {MOST_FIELDS} fields")
        found[name] = value
    return found


def _fields(held: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[str, Any, int]] = [("", held, 0)]
    while waiting:
        name, value, depth = waiting.pop()
        if isinstance(value, dict) and value and depth < MOST_DEPTH:
            for key, one in value.items():
                plain = str(key).replace(".", "\\.")
                waiting.append((f"{name}.{plain}" if depth else _RENAMED.get(plain, plain), one, depth + 1))
        elif name:
            yield name, _text(value)


def _text(value: object) -> str:
    """Return a value as JSON text in which 1 and 1.0 are one; of what is too deep or too long, the beginning."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        value = int(value)
    try:
        return json.dumps(value, sort_keys=True, ensure_ascii=True)[:MOST_CHARACTERS]
    except RecursionError:
        return "nested too deeply"


def compare_configs(subject: Mapping[str, str], candidate: Mapping[str, str]) -> ConfigLikeness:
    """Return what two parsed configs share and where they differ."""
    both = subject.keys() & candidate.keys()
    same = {name for name in both if subject[name] == candidate[name]}
    differing = sorted((subject.keys() | candidate.keys()) - same, key=lambda name: (not is_architecture(name), name))
    return ConfigLikeness(
        fields=len(subject),
        other_fields=len(candidate),
        same=len(same),
        architecture=sum(map(is_architecture, subject.keys() | candidate.keys())),
        architecture_same=sum(map(is_architecture, same)),
        differences=tuple(
            ConfigDifference(field=name, subject=subject.get(name), other=candidate.get(name)) for name in differing
        ),
    )


def is_architecture(name: str) -> bool:
    """Whether a field fixes the shape of tensors, also within a part such as `text_config`."""
    return name.rpartition(".")[2] in ARCHITECTURE
