"""Rewrites that keep what a model computes: permuted, folded, rescaled, fused, renamed, padded, converted.

Permutations, powers of two and everything about names keep every bit of every value; folding and other factors round.
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.folders import load_shape, load_values, save_tensors
from benchmarks.zoo.layout import fuse, pad_vocabulary, save_shards, to_meta_names
from benchmarks.zoo.network import Parameters
from benchmarks.zoo.shapes import (
    EMBEDDING,
    FINAL_NORM,
    OUTPUT,
    Shape,
    attention_prefix,
    feed_forwards,
    router_name,
    to_config,
)
from torch import Tensor

PADDED_VOCABULARY = 320
Rewrite = Callable[[Parameters, Shape, torch.Generator], Parameters]


def permute_neurons(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Reorder the hidden units of every feed-forward network."""
    changed = dict(parameters)
    for layer in range(shape.num_hidden_layers):
        for gate, up, down in feed_forwards(shape, layer):
            order = torch.randperm(shape.intermediate_size, generator=generator)
            changed[gate], changed[up] = parameters[gate][order], parameters[up][order]
            changed[down] = parameters[down][:, order]
    return changed


def permute_heads(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Reorder key heads, and the query heads of each among themselves."""
    changed = dict(parameters)
    size, groups = shape.head_size, shape.num_key_value_heads
    each = shape.num_attention_heads // groups
    for layer in range(shape.num_hidden_layers):
        key_order = torch.randperm(groups, generator=generator)
        heads = [int(group) * each + torch.randperm(each, generator=generator) for group in key_order]
        keys = (key_order[:, None] * size + torch.arange(size)).flatten()
        queries = (torch.cat(heads)[:, None] * size + torch.arange(size)).flatten()
        prefix = attention_prefix(layer)
        for name, order in (("q", queries), ("k", keys), ("v", keys)):
            for kind in ("weight", "bias") if shape.has_biases else ("weight",):
                changed[f"{prefix}{name}_proj.{kind}"] = parameters[f"{prefix}{name}_proj.{kind}"][order]
        changed[f"{prefix}o_proj.weight"] = parameters[f"{prefix}o_proj.weight"][:, queries]
    return changed


def permute_experts(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Reorder each layer's experts, and the router's rows with them."""
    changed = dict(parameters)
    for layer in range(shape.num_hidden_layers):
        order = torch.randperm(shape.num_local_experts, generator=generator)
        names = list(feed_forwards(shape, layer))
        for new, old in enumerate(order.tolist()):
            changed |= {names[new][part]: parameters[names[old][part]] for part in range(3)}
        changed[router_name(layer)] = parameters[router_name(layer)][order]
    return changed


def permute_hidden(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Reorder the residual stream itself: columns of what reads it, rows of what writes it."""
    order = torch.randperm(shape.hidden_size, generator=generator)
    writes = ("o_proj.weight", "down_proj.weight", "w2.weight")
    changed = {}
    for name, value in parameters.items():
        if name.endswith("bias"):
            changed[name] = value
        elif value.ndim == 1 or name.endswith(writes):
            changed[name] = value[order]
        else:
            changed[name] = value[:, order]
    return changed


def fold_norms(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Multiply each norm's gain into the matrices that read it, and leave ones."""
    changed = dict(parameters)

    def fold(norm: str, readers: list[str]) -> None:
        for name in readers:
            changed[name] = changed[name] * parameters[norm]
        changed[norm] = torch.ones_like(parameters[norm])

    for layer in range(shape.num_hidden_layers):
        projections = [f"{attention_prefix(layer)}{name}_proj.weight" for name in "qkv"]
        fold(f"model.layers.{layer}.input_layernorm.weight", projections)
        readers = [name for gate, up, _ in feed_forwards(shape, layer) for name in (gate, up)]
        readers += [router_name(layer)] if shape.num_local_experts else []
        fold(f"model.layers.{layer}.post_attention_layernorm.weight", readers)
    if OUTPUT in parameters:
        fold(FINAL_NORM, [OUTPUT])
    return changed


def _scale(parameters: Parameters, shape: Shape, draw: Callable[[int], Tensor]) -> Parameters:
    """Multiply rows of up and of value by factors, and divide the columns that read them."""
    changed = dict(parameters)
    each = shape.num_attention_heads // shape.num_key_value_heads
    for layer in range(shape.num_hidden_layers):
        for _, up, down in feed_forwards(shape, layer):
            factors = draw(shape.intermediate_size)
            changed[up], changed[down] = parameters[up] * factors[:, None], parameters[down] / factors
        prefix, factors = attention_prefix(layer), draw(shape.key_size)
        changed[f"{prefix}v_proj.weight"] = parameters[f"{prefix}v_proj.weight"] * factors[:, None]
        if shape.has_biases:
            changed[f"{prefix}v_proj.bias"] = parameters[f"{prefix}v_proj.bias"] * factors
        spread = factors.view(shape.num_key_value_heads, -1).repeat_interleave(each, 0).flatten()
        changed[f"{prefix}o_proj.weight"] = parameters[f"{prefix}o_proj.weight"] / spread
    return changed


def scale_by_powers(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Move scales by powers of two from a quarter to four: exact in any binary format."""
    return _scale(parameters, shape, lambda count: 2.0 ** torch.randint(-2, 3, (count,), generator=generator))


def scale_freely(parameters: Parameters, shape: Shape, generator: torch.Generator) -> Parameters:
    """Move scales by factors from a half to two: every value is rounded anew."""
    return _scale(parameters, shape, lambda count: 2.0 ** (2 * torch.rand(count, generator=generator) - 1))


REWRITES: dict[str, Rewrite] = {
    "neurons": permute_neurons,
    "heads": permute_heads,
    "experts": permute_experts,
    "hidden": permute_hidden,
    "fold-norms": fold_norms,
    "scale-powers": scale_by_powers,
    "scale-freely": scale_freely,
}


def rewrite(settings: dict[str, Any], inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Do the named rewrites in order, then pack the tensors as `packing` says, in `dtype`."""
    shape, parameters = load_shape(inputs[0]), load_values(inputs[0])
    generator = torch.Generator().manual_seed(settings.get("seed", 0))
    for step in settings.get("steps", ()):
        parameters = REWRITES[step](parameters, shape, generator)
    dtype = settings.get("dtype", "bfloat16")
    tensors = {name: value.to(getattr(torch, dtype)) for name, value in parameters.items()}
    packing = settings.get("packing", "")
    if packing == "fused":
        tensors = fuse(tensors, shape)
    elif packing == "meta":
        tensors = to_meta_names(tensors)
    elif packing == "padded":
        tensors = pad_vocabulary(tensors, PADDED_VOCABULARY)
        shape = replace(shape, vocab_size=len(tensors[EMBEDDING]))
    if packing == "shards":
        save_shards(tensors, outputs[0], inputs[0], to_config(shape, dtype), 3)
    else:
        save_tensors(tensors, outputs[0], to_config(shape, dtype))
    return {}
