"""A Qwen2 decoder in plain torch, with the tensor names that transformers uses.

Sequences are padded on the right and attention is causal, so no mask is needed: padding is never looked at.
"""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

Parameters = dict[str, Tensor]

EMBEDDING = "model.embed_tokens.weight"
OUTPUT = "lm_head.weight"
# Large against the scores that random projections make, so that a head looks where its biases say.
LOOKBACK_BIAS = 6.0
# Only the fastest rotary pairs tell neighbouring places apart.
LOOKBACK_PAIRS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """The network's shape, under the names of transformers' config.json."""

    vocab_size: int = 1280
    hidden_size: int = 128
    intermediate_size: int = 352
    num_hidden_layers: int = 4
    num_attention_heads: int = 4
    num_key_value_heads: int = 2
    rms_norm_eps: float = 1e-6
    rope_theta: float = 10000.0
    tie_word_embeddings: bool = True

    @property
    def head_size(self) -> int:
        """Columns of one attention head."""
        return self.hidden_size // self.num_attention_heads

    @property
    def key_size(self) -> int:
        """Columns of all key heads together."""
        return self.head_size * self.num_key_value_heads


def rotary_frequencies(config: NetworkConfig) -> Tensor:
    """Return the angle per place of each rotary pair: fp32 [head_size / 2], fastest first."""
    return config.rope_theta ** (-torch.arange(0, config.head_size, 2).float() / config.head_size)


def initialise(config: NetworkConfig, seed: int) -> Parameters:
    """Return fp32 parameters drawn from the seed, with the look-back heads set in layer 0."""
    generator = torch.Generator().manual_seed(seed)
    hidden, inner = config.hidden_size, config.intermediate_size

    def draw(rows: int, columns: int, scale: float = 1.0) -> Tensor:
        return torch.randn(rows, columns, generator=generator) * scale * columns**-0.5

    parameters = {
        EMBEDDING: torch.randn(config.vocab_size, hidden, generator=generator) * 0.05,
        "model.norm.weight": torch.ones(hidden),
    }
    if not config.tie_word_embeddings:
        parameters[OUTPUT] = draw(config.vocab_size, hidden)
    # What adds to the residual stream starts smaller the deeper the network, as in GPT-2.
    residual_scale = (2 * config.num_hidden_layers) ** -0.5
    for layer in range(config.num_hidden_layers):
        prefix = f"model.layers.{layer}."
        parameters[f"{prefix}input_layernorm.weight"] = torch.ones(hidden)
        parameters[f"{prefix}post_attention_layernorm.weight"] = torch.ones(hidden)
        for name, rows in (("q", hidden), ("k", config.key_size), ("v", config.key_size)):
            parameters[f"{prefix}self_attn.{name}_proj.weight"] = draw(rows, hidden)
            parameters[f"{prefix}self_attn.{name}_proj.bias"] = torch.zeros(rows)
        parameters[f"{prefix}self_attn.o_proj.weight"] = draw(hidden, hidden, residual_scale)
        parameters[f"{prefix}mlp.gate_proj.weight"] = draw(inner, hidden)
        parameters[f"{prefix}mlp.up_proj.weight"] = draw(inner, hidden)
        parameters[f"{prefix}mlp.down_proj.weight"] = draw(hidden, inner, residual_scale)
    _set_lookback_heads(parameters, config)
    return parameters


def _set_lookback_heads(parameters: Parameters, config: NetworkConfig) -> None:
    """Let the first key head's queries in layer 0 look one, two, ... tokens back; all else must be learned.

    Copying an unseen name in order builds on such heads; without them it takes more steps than an example can afford.
    """
    size, half = config.head_size, config.head_size // 2
    frequencies = rotary_frequencies(config)
    frequencies[LOOKBACK_PAIRS:] = 0.0
    bias = torch.zeros(half)
    bias[:LOOKBACK_PAIRS] = LOOKBACK_BIAS
    query_bias = parameters["model.layers.0.self_attn.q_proj.bias"]
    parameters["model.layers.0.self_attn.k_proj.bias"][:half] = bias
    for head in range(config.num_attention_heads // config.num_key_value_heads):
        # Attention from place i to j scores q . R(j - i) k, so the query's bias is the key's, turned by -(head + 1).
        angles = -(head + 1) * frequencies
        query_bias[head * size : head * size + half] = bias * torch.cos(angles)
        query_bias[head * size + half : (head + 1) * size] = bias * torch.sin(angles)


def forward(parameters: Parameters, config: NetworkConfig, tokens: Tensor) -> Tensor:
    """Return the last hidden states [batch, length, hidden] for token ids [batch, length]."""
    angles = torch.outer(torch.arange(tokens.shape[1]).float(), rotary_frequencies(config))
    rotary = (torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1))
    hidden = functional.embedding(tokens, parameters[EMBEDDING])
    for layer in range(config.num_hidden_layers):
        prefix = f"model.layers.{layer}."
        normed = _norm(hidden, parameters[f"{prefix}input_layernorm.weight"], config)
        hidden = hidden + _attention(parameters, f"{prefix}self_attn.", config, normed, rotary)
        normed = _norm(hidden, parameters[f"{prefix}post_attention_layernorm.weight"], config)
        hidden = hidden + _feed_forward(parameters, f"{prefix}mlp.", normed)
    return _norm(hidden, parameters["model.norm.weight"], config)


def output_matrix(parameters: Parameters) -> Tensor:
    """Return the matrix [vocabulary, hidden] that makes logits of hidden states: the embedding, where they are tied."""
    return parameters.get(OUTPUT, parameters[EMBEDDING])


def _norm(hidden: Tensor, weight: Tensor, config: NetworkConfig) -> Tensor:
    return functional.rms_norm(hidden, (config.hidden_size,), weight, config.rms_norm_eps)


def _rotate(heads: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = rotary
    half = heads.shape[-1] // 2
    return heads * cosine + torch.cat([-heads[..., half:], heads[..., :half]], -1) * sine


def _attention(
    parameters: Parameters, prefix: str, config: NetworkConfig, hidden: Tensor, rotary: tuple[Tensor, Tensor]
) -> Tensor:
    batch, length, width = hidden.shape
    query, key, value = (
        functional.linear(hidden, parameters[f"{prefix}{name}_proj.weight"], parameters[f"{prefix}{name}_proj.bias"])
        .view(batch, length, -1, config.head_size)
        .transpose(1, 2)
        for name in "qkv"
    )
    grouped = config.num_attention_heads != config.num_key_value_heads
    mixed = functional.scaled_dot_product_attention(
        _rotate(query, rotary), _rotate(key, rotary), value, is_causal=True, enable_gqa=grouped
    )
    return functional.linear(mixed.transpose(1, 2).reshape(batch, length, width), parameters[f"{prefix}o_proj.weight"])


def _feed_forward(parameters: Parameters, prefix: str, hidden: Tensor) -> Tensor:
    gate = functional.silu(functional.linear(hidden, parameters[f"{prefix}gate_proj.weight"]))
    up = functional.linear(hidden, parameters[f"{prefix}up_proj.weight"])
    return functional.linear(gate * up, parameters[f"{prefix}down_proj.weight"])
