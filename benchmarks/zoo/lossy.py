"""Copies that lose something: quantised and restored, stored in few bits, pruned."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.folders import load_shape, load_stored, save_tensors
from benchmarks.zoo.gguf_file import save_gguf
from benchmarks.zoo.network import Parameters
from benchmarks.zoo.shapes import Shape, feed_forwards, to_config
from torch import Tensor

FP8 = torch.float8_e4m3fn
LARGEST_FP8 = 448.0
BLOCK = 128
Settings = dict[str, Any]


def is_linear(name: str, value: Tensor) -> bool:
    """Whether quantisers touch the tensor: matrices inside layers, but not the router."""
    return value.ndim == 2 and ".layers." in name and not name.endswith(".gate.weight")


def quantise_int8(value: Tensor) -> tuple[Tensor, Tensor]:
    """Return (int8 [rows, columns], fp32 scales [rows, 1]), symmetric."""
    scale = value.float().abs().amax(1, keepdim=True).clamp(min=1e-12) / 127
    return (value.float() / scale).round().clamp(-127, 127).to(torch.int8), scale


def restore_int4(value: Tensor, group: int, *, symmetric: bool) -> Tensor:
    """Return fp32 values that lie on sixteen levels for each group of columns of a row; the last group may be short."""
    restored = []
    for part in value.float().split(group, 1):
        if symmetric:
            scale = part.abs().amax(1, keepdim=True).clamp(min=1e-12) / 7
            restored.append((part / scale).round().clamp(-8, 7) * scale)
        else:
            low, high = part.amin(1, keepdim=True), part.amax(1, keepdim=True)
            scale = (high - low).clamp(min=1e-12) / 15
            zero = (-low / scale).round()
            restored.append(((part / scale + zero).round().clamp(0, 15) - zero) * scale)
    return torch.cat(restored, 1)


def quantise_fp8(value: Tensor, block: int) -> tuple[Tensor, Tensor]:
    """Return (fp8 values, fp32 scales [row blocks, column blocks]); a block of 0 is the whole tensor."""
    rows, columns = value.shape
    high, wide = (block, block) if block else (rows, columns)
    scales = torch.empty(-(-rows // high), -(-columns // wide))
    quantised = torch.empty(rows, columns, dtype=FP8)
    for i, j in ((i, j) for i in range(scales.shape[0]) for j in range(scales.shape[1])):
        place = slice(i * high, (i + 1) * high), slice(j * wide, (j + 1) * wide)
        scales[i, j] = value[place].float().abs().max().clamp(min=1e-12) / LARGEST_FP8
        quantised[place] = (value[place].float() / scales[i, j]).to(FP8)
    return quantised, scales


def restore_fp8(quantised: Tensor, scales: Tensor, block: int) -> Tensor:
    """Return the fp32 values of what `quantise_fp8` made."""
    rows, columns = quantised.shape
    high, wide = (block, block) if block else (rows, columns)
    spread = scales.repeat_interleave(high, 0)[:rows].repeat_interleave(wide, 1)[:, :columns]
    return quantised.float() * spread


def _restored(stored: Parameters, restore: Callable[[Tensor], Tensor]) -> Parameters:
    return {
        name: restore(value).to(torch.bfloat16) if is_linear(name, value) else value for name, value in stored.items()
    }


def _prune(value: Tensor, share: float) -> Tensor:
    count = round(share * value.numel())
    pruned = value.clone().flatten()
    pruned[value.float().abs().flatten().argsort(dim=0, stable=True)[:count]] = 0
    return pruned.view_as(value)


def _two_of_four(value: Tensor) -> Tensor:
    groups = value.clone().view(-1, 4)
    groups.scatter_(1, groups.float().abs().argsort(dim=1, stable=True)[:, :2], 0)
    return groups.view_as(value)


def _prune_neurons(stored: Parameters, shape: Shape, share: float) -> Parameters:
    """Return the tensors with the weakest hidden units of each feed-forward network set to zero."""
    pruned = dict(stored)
    for layer in range(shape.num_hidden_layers):
        for gate, up, down in feed_forwards(shape, layer):
            weakest = stored[down].float().norm(dim=0).argsort()[: round(share * shape.intermediate_size)]
            for name in (gate, up, down):
                pruned[name] = stored[name].clone()
            pruned[gate][weakest], pruned[up][weakest], pruned[down][:, weakest] = 0, 0, 0
    return pruned


def _as_stored(stored: Parameters, kind: str) -> tuple[Parameters, dict[str, Any]]:
    """Return tensors in few bits with their scales beside them, and config.json's word about it."""
    tensors: Parameters = {}
    for name, value in stored.items():
        if not is_linear(name, value):
            tensors[name] = value
        elif kind == "int8":
            tensors[name], tensors[f"{name}_scale"] = quantise_int8(value)
        elif kind == "fp8":
            quantised, scale = quantise_fp8(value, 0)
            tensors[name], tensors[f"{name}_scale"] = quantised, scale.view(1)
        else:
            tensors[name], tensors[f"{name}_scale_inv"] = quantise_fp8(value, BLOCK)
    if kind == "fp8-block":
        return tensors, {"quant_method": "fp8", "fmt": "e4m3", "weight_block_size": [BLOCK, BLOCK]}
    weights = {"num_bits": 8, "symmetric": True, "dynamic": False}
    weights |= {"type": "int", "strategy": "channel"} if kind == "int8" else {"type": "float", "strategy": "tensor"}
    groups = {"group_0": {"targets": ["Linear"], "weights": weights}}
    form = {"int8": "int-quantized", "fp8": "float-quantized"}[kind]
    return tensors, {"quant_method": "compressed-tensors", "format": form, "config_groups": groups}


def degrade(settings: Settings, inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Write a lossy copy of the input."""
    shape, stored = load_shape(inputs[0]), load_stored(inputs[0])
    config = to_config(shape)
    match settings["kind"]:
        case "int8":
            stored = _restored(stored, lambda value: torch.mul(*quantise_int8(value)))
        case "int4":
            group, symmetric = settings["group"], settings.get("symmetric", True)
            stored = _restored(stored, lambda value: restore_int4(value, group, symmetric=symmetric))
        case "fp8":
            block = settings["block"]
            stored = _restored(stored, lambda value: restore_fp8(*quantise_fp8(value, block), block))
        case "stored":
            stored, config["quantization_config"] = _as_stored(stored, settings["form"])
        case "magnitude":
            share = settings["share"]
            stored = {name: _prune(v, share) if is_linear(name, v) else v for name, v in stored.items()}
        case "two-of-four":
            stored = {name: _two_of_four(v) if is_linear(name, v) else v for name, v in stored.items()}
        case "neurons":
            stored = _prune_neurons(stored, shape, settings["share"])
        case "gguf":
            save_gguf(stored, shape, outputs[0], settings["form"])
            return {}
    save_tensors(stored, outputs[0], config)
    return {}
