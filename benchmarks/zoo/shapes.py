"""The two architectures: a dense decoder with Qwen2's names and a mixture of experts with Mixtral's.

Small enough that hundreds of models take minutes, and complete enough (grouped heads, biases, a router, tied and untied
output) that everything that is done to released checkpoints can be done to them.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

EMBEDDING = "model.embed_tokens.weight"
OUTPUT = "lm_head.weight"
FINAL_NORM = "model.norm.weight"
BYTES = 256
MAX_POSITIONS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A network's shape, under the names of transformers' config.json where it has one."""

    model_type: str
    vocab_size: int
    hidden_size: int
    intermediate_size: int
    num_hidden_layers: int
    num_attention_heads: int
    num_key_value_heads: int
    tie_word_embeddings: bool
    num_local_experts: int = 0
    num_experts_per_tok: int = 0
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10000.0

    @property
    def head_size(self) -> int:
        """Columns of one attention head."""
        return self.hidden_size // self.num_attention_heads

    @property
    def key_size(self) -> int:
        """Columns of all key heads together."""
        return self.head_size * self.num_key_value_heads

    @property
    def has_biases(self) -> bool:
        """Whether query, key and value projections have biases."""
        return self.model_type == "qwen2"


DENSE = Shape(
    model_type="qwen2",
    vocab_size=272,
    hidden_size=128,
    intermediate_size=256,
    num_hidden_layers=4,
    num_attention_heads=4,
    num_key_value_heads=2,
    tie_word_embeddings=False,
)
EXPERTS = Shape(
    model_type="mixtral",
    vocab_size=272,
    hidden_size=96,
    intermediate_size=96,
    num_hidden_layers=3,
    num_attention_heads=4,
    num_key_value_heads=2,
    tie_word_embeddings=True,
    num_local_experts=4,
    num_experts_per_tok=2,
)
SHAPES = {"dense": DENSE, "moe": EXPERTS}
CLASSES = {"qwen2": "Qwen2ForCausalLM", "mixtral": "MixtralForCausalLM"}


def attention_prefix(layer: int) -> str:
    """Return the start of the names of a layer's attention tensors."""
    return f"model.layers.{layer}.self_attn."


def feed_forwards(shape: Shape, layer: int) -> Iterator[tuple[str, str, str]]:
    """Yield the names of (gate, up, down) of each feed-forward network of a layer: one, or one an expert."""
    if not shape.num_local_experts:
        prefix = f"model.layers.{layer}.mlp."
        yield f"{prefix}gate_proj.weight", f"{prefix}up_proj.weight", f"{prefix}down_proj.weight"
    for expert in range(shape.num_local_experts):
        prefix = f"model.layers.{layer}.block_sparse_moe.experts.{expert}."
        yield f"{prefix}w1.weight", f"{prefix}w3.weight", f"{prefix}w2.weight"


def router_name(layer: int) -> str:
    """Return the name of a layer's router matrix [experts, hidden]."""
    return f"model.layers.{layer}.block_sparse_moe.gate.weight"


def tensor_sizes(shape: Shape) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor, in the order in which they are stored."""
    hidden, inner = shape.hidden_size, shape.intermediate_size
    sizes: dict[str, tuple[int, ...]] = {EMBEDDING: (shape.vocab_size, hidden)}
    for layer in range(shape.num_hidden_layers):
        sizes[f"model.layers.{layer}.input_layernorm.weight"] = (hidden,)
        for name, rows in (("q", hidden), ("k", shape.key_size), ("v", shape.key_size)):
            sizes[f"{attention_prefix(layer)}{name}_proj.weight"] = (rows, hidden)
            if shape.has_biases:
                sizes[f"{attention_prefix(layer)}{name}_proj.bias"] = (rows,)
        sizes[f"{attention_prefix(layer)}o_proj.weight"] = (hidden, hidden)
        sizes[f"model.layers.{layer}.post_attention_layernorm.weight"] = (hidden,)
        if shape.num_local_experts:
            sizes[router_name(layer)] = (shape.num_local_experts, hidden)
        for gate, up, down in feed_forwards(shape, layer):
            sizes |= {gate: (inner, hidden), up: (inner, hidden), down: (hidden, inner)}
    sizes[FINAL_NORM] = (hidden,)
    if not shape.tie_word_embeddings:
        sizes[OUTPUT] = (shape.vocab_size, hidden)
    return sizes


def to_config(shape: Shape, dtype: str = "bfloat16") -> dict[str, Any]:
    """Return the content of config.json."""
    config = {**asdict(shape), "architectures": [CLASSES[shape.model_type]], "hidden_act": "silu"}
    if not shape.num_local_experts:
        del config["num_local_experts"], config["num_experts_per_tok"]
    config |= {"max_position_embeddings": MAX_POSITIONS, "torch_dtype": dtype, "sliding_window": None}
    config |= {"bos_token_id": BYTES, "eos_token_id": BYTES + 1, "pad_token_id": BYTES + 1}
    return dict(sorted(config.items()))


def to_shape(config: dict[str, Any]) -> Shape:
    """Return the shape that a config.json describes."""
    return Shape(**{name: config[name] for name in Shape.__dataclass_fields__ if name in config})
