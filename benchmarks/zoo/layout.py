"""How the same tensors are named and packed elsewhere: fused projections, Meta's names, stacked experts, shards."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.shapes import EMBEDDING, OUTPUT, Shape, attention_prefix, feed_forwards, router_name
from safetensors.torch import save_file
from torch import Tensor

# transformers keeps a mixture's experts stacked, and mergekit 0.1.5 writes them so, whatever its inputs look like.
STACKED_ROUTER = "model.layers.{layer}.mlp.gate.weight"
STACKED_EXPERTS = "model.layers.{layer}.mlp.experts.{part}"
META_NAMES = (
    (r"^model\.embed_tokens\.", "tok_embeddings."),
    (r"^model\.norm\.", "norm."),
    (r"^lm_head\.", "output."),
    (r"^model\.layers\.(\d+)\.self_attn\.([qkvo])_proj\.", r"layers.\1.attention.w\2."),
    (r"^model\.layers\.(\d+)\.mlp\.gate_proj\.", r"layers.\1.feed_forward.w1."),
    (r"^model\.layers\.(\d+)\.mlp\.down_proj\.", r"layers.\1.feed_forward.w2."),
    (r"^model\.layers\.(\d+)\.mlp\.up_proj\.", r"layers.\1.feed_forward.w3."),
    (r"^model\.layers\.(\d+)\.block_sparse_moe\.gate\.", r"layers.\1.feed_forward.gate."),
    (r"^model\.layers\.(\d+)\.block_sparse_moe\.", r"layers.\1.feed_forward."),
    (r"^model\.layers\.(\d+)\.input_layernorm\.", r"layers.\1.attention_norm."),
    (r"^model\.layers\.(\d+)\.post_attention_layernorm\.", r"layers.\1.ffn_norm."),
)


def to_meta_names(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors under the names of Meta's Llama release."""
    renamed = {}
    for name, value in tensors.items():
        for pattern, new in META_NAMES:
            changed, hits = re.subn(pattern, new, name)
            if hits:
                renamed[changed] = value
                break
        else:
            raise ValueError(f"{name}: no name for it")
    return renamed


def stack_experts(tensors: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """Return the tensors with each layer's experts in two: gates over ups [experts, 2 x inner, hidden], and downs."""
    stacked = dict(tensors)
    for layer in range(shape.num_hidden_layers):
        names = list(feed_forwards(shape, layer))
        both = [torch.cat([stacked.pop(gate), stacked.pop(up)]) for gate, up, _ in names]
        stacked[STACKED_EXPERTS.format(layer=layer, part="gate_up_proj")] = torch.stack(both)
        downs = torch.stack([stacked.pop(down) for _, _, down in names])
        stacked[STACKED_EXPERTS.format(layer=layer, part="down_proj")] = downs
        stacked[STACKED_ROUTER.format(layer=layer)] = stacked.pop(router_name(layer))
    return stacked


def split_experts(tensors: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """Undo `stack_experts`; tensors that are not stacked are returned as they are."""
    if not shape.num_local_experts or STACKED_ROUTER.format(layer=0) not in tensors:
        return tensors
    split = dict(tensors)
    for layer in range(shape.num_hidden_layers):
        both = split.pop(STACKED_EXPERTS.format(layer=layer, part="gate_up_proj"))
        downs = split.pop(STACKED_EXPERTS.format(layer=layer, part="down_proj"))
        for expert, (gate, up, down) in enumerate(feed_forwards(shape, layer)):
            split[gate], split[up] = (half.clone() for half in both[expert].chunk(2))
            split[down] = downs[expert].clone()
        split[router_name(layer)] = split.pop(STACKED_ROUTER.format(layer=layer))
    return split


def fuse(tensors: dict[str, Tensor], shape: Shape) -> dict[str, Tensor]:
    """Return the tensors with query, key and value in one, gate and up in one, and experts stacked."""
    fused = dict(tensors)
    for layer in range(shape.num_hidden_layers):
        prefix = attention_prefix(layer)
        for kind in ("weight", "bias") if shape.has_biases else ("weight",):
            parts = [fused.pop(f"{prefix}{name}_proj.{kind}") for name in "qkv"]
            fused[f"{prefix}qkv_proj.{kind}"] = torch.cat(parts)
        if not shape.num_local_experts:
            ((gate, up, _),) = feed_forwards(shape, layer)
            both = torch.cat([fused.pop(gate), fused.pop(up)])
            fused[f"model.layers.{layer}.mlp.gate_up_proj.weight"] = both
    return stack_experts(fused, shape) if shape.num_local_experts else fused


def pad_vocabulary(tensors: dict[str, Tensor], size: int) -> dict[str, Tensor]:
    """Return the tensors with rows of zeros added up to a vocabulary of that size."""
    padded = dict(tensors)
    for name in (EMBEDDING, OUTPUT):
        if name in tensors:
            rows = size - len(tensors[name])
            padded[name] = torch.cat([tensors[name], tensors[name].new_zeros(rows, tensors[name].shape[1])])
    return padded


def save_shards(tensors: dict[str, Tensor], folder: Path, source: Path, config: dict[str, Any], count: int) -> None:
    """Write the tensors over so many shards with an index; config and tokenizer are like the source's."""
    partial = folder.with_name(f".{folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    names, places = list(tensors), {}
    for shard in range(count):
        file = f"model-{shard + 1:05}-of-{count:05}.safetensors"
        held = names[shard::count]
        save_file({name: tensors[name].contiguous() for name in held}, partial / file, {"format": "pt"})
        places |= dict.fromkeys(held, file)
    size = sum(value.numel() * value.element_size() for value in tensors.values())
    index = {"metadata": {"total_size": size}, "weight_map": dict(sorted(places.items()))}
    (partial / "model.safetensors.index.json").write_text(json.dumps(index, indent=1) + "\n")
    (partial / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copyfile(source / name, partial / name)
    shutil.rmtree(folder, ignore_errors=True)
    partial.rename(folder)
