"""Both decoders in plain torch over a dict of named tensors, so that training and rewrites see the same names."""

import torch
from benchmarks.zoo.shapes import (
    EMBEDDING,
    FINAL_NORM,
    OUTPUT,
    Shape,
    attention_prefix,
    feed_forwards,
    router_name,
    tensor_sizes,
)
from torch import Tensor
from torch.nn import functional

Parameters = dict[str, Tensor]


def initialise(shape: Shape, seed: int) -> Parameters:
    """Return fp32 parameters drawn from the seed."""
    generator = torch.Generator().manual_seed(seed)
    parameters = {}
    for name, size in tensor_sizes(shape).items():
        if len(size) == 1:
            parameters[name] = torch.zeros(size) if name.endswith("bias") else torch.ones(size)
            continue
        # What adds to the residual stream starts smaller the deeper the network, as in GPT-2.
        adds = name.endswith(("o_proj.weight", "down_proj.weight", "w2.weight"))
        scale = (2 * shape.num_hidden_layers) ** -0.5 if adds else 1.0
        spread = 0.05 if name == EMBEDDING else scale * size[1] ** -0.5
        parameters[name] = torch.randn(size, generator=generator) * spread
    return parameters


def forward(parameters: Parameters, shape: Shape, tokens: Tensor) -> Tensor:
    """Return logits [batch, length, vocabulary] for token ids [batch, length]."""
    frequencies = shape.rope_theta ** (-torch.arange(0, shape.head_size, 2).float() / shape.head_size)
    angles = torch.outer(torch.arange(tokens.shape[1]).float(), frequencies)
    rotary = (torch.cat([angles.cos()] * 2, -1), torch.cat([angles.sin()] * 2, -1))
    hidden = functional.embedding(tokens, parameters[EMBEDDING])
    for layer in range(shape.num_hidden_layers):
        normed = _norm(hidden, parameters[f"model.layers.{layer}.input_layernorm.weight"], shape)
        hidden = hidden + _attention(parameters, attention_prefix(layer), shape, normed, rotary)
        normed = _norm(hidden, parameters[f"model.layers.{layer}.post_attention_layernorm.weight"], shape)
        hidden = hidden + _feed_forward(parameters, shape, layer, normed)
    output = parameters.get(OUTPUT, parameters[EMBEDDING])
    return functional.linear(_norm(hidden, parameters[FINAL_NORM], shape), output)


def _norm(hidden: Tensor, weight: Tensor, shape: Shape) -> Tensor:
    return functional.rms_norm(hidden, (shape.hidden_size,), weight, shape.rms_norm_eps)


def _rotate(heads: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = rotary
    half = heads.shape[-1] // 2
    return heads * cosine + torch.cat([-heads[..., half:], heads[..., :half]], -1) * sine


def _attention(
    parameters: Parameters, prefix: str, shape: Shape, hidden: Tensor, rotary: tuple[Tensor, Tensor]
) -> Tensor:
    batch, length, width = hidden.shape
    query, key, value = (
        functional.linear(
            hidden, parameters[f"{prefix}{name}_proj.weight"], parameters.get(f"{prefix}{name}_proj.bias")
        )
        .view(batch, length, -1, shape.head_size)
        .transpose(1, 2)
        for name in "qkv"
    )
    mixed = functional.scaled_dot_product_attention(
        _rotate(query, rotary), _rotate(key, rotary), value, is_causal=True, enable_gqa=True
    )
    return functional.linear(mixed.transpose(1, 2).reshape(batch, length, width), parameters[f"{prefix}o_proj.weight"])


def _feed_forward(parameters: Parameters, shape: Shape, layer: int, hidden: Tensor) -> Tensor:
    outputs = []
    for gate, up, down in feed_forwards(shape, layer):
        inner = functional.silu(functional.linear(hidden, parameters[gate]))
        outputs.append(functional.linear(inner * functional.linear(hidden, parameters[up]), parameters[down]))
    if not shape.num_local_experts:
        return outputs[0]
    # Every expert is computed and most are multiplied by zero: at this size that is faster than sorting tokens.
    chances = torch.softmax(functional.linear(hidden, parameters[router_name(layer)]), -1)
    kept, chosen = chances.topk(shape.num_experts_per_tok, -1)
    shares = torch.zeros_like(chances).scatter(-1, chosen, kept / kept.sum(-1, keepdim=True))
    return sum(shares[..., expert : expert + 1] * output for expert, output in enumerate(outputs))
