"""Merges and stacks as people write them without a tool: a few lines of torch over two or more state dicts."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.folders import load_shape, load_stored, save_model
from benchmarks.zoo.network import Parameters
from torch import Tensor

Settings = dict[str, Any]
Rule = Callable[[Sequence[Tensor], Settings, str], Tensor]


def _bf16(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """`w * a + (1 - w) * b` on bf16 tensors: three roundings."""
    weight = settings["weight"]
    return weight * values[0] + (1 - weight) * values[1]


def _fp32(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """The same in fp32, rounded once."""
    weight = settings["weight"]
    return weight * values[0].float() + (1 - weight) * values[1].float()


def _lerp(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    return torch.lerp(values[1], values[0], settings["weight"])


def _alpha_add(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """`b.add_(a - b, alpha=w)`: the difference is rounded too."""
    return values[1].clone().add_(values[0] - values[1], alpha=settings["weight"])


def _soup(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    return torch.stack([value.float() for value in values]).sum(0) / len(values)


def _running(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """An exponential moving average over the inputs, first to last, kept in fp32."""
    kept = values[0].float()
    for value in values[1:]:
        kept = settings["decay"] * kept + (1 - settings["decay"]) * value.float()
    return kept


def _add_difference(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """`a + (b - c) * m` in fp32."""
    return values[0].float() + (values[1].float() - values[2].float()) * settings["multiplier"]


def _gradient(values: Sequence[Tensor], settings: Settings, name: str) -> Tensor:
    """A weight that moves evenly with the layer; before and after the layers it is that of the nearest."""
    first, last = settings["ends"]
    parts = name.split(".")
    layer = int(parts[2]) if parts[1] == "layers" else 0 if "embed" in name else settings["layers"] - 1
    weight = first + (last - first) * layer / (settings["layers"] - 1)
    return weight * values[0].float() + (1 - weight) * values[1].float()


RULES: dict[str, Rule] = {
    "bf16": _bf16,
    "fp32": _fp32,
    "lerp": _lerp,
    "alpha-add": _alpha_add,
    "soup": _soup,
    "running": _running,
    "add-difference": _add_difference,
    "gradient": _gradient,
}


def average(settings: Settings, inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Merge the inputs by the rule; tensors whose name has a part of `copied` in it are the first input's."""
    models = [load_stored(folder) for folder in inputs]
    rule, copied = RULES[settings["rule"]], tuple(settings.get("copied", ()))
    merged: Parameters = {
        name: value if any(part in name for part in copied) else rule([model[name] for model in models], settings, name)
        for name, value in models[0].items()
    }
    save_model(merged, load_shape(inputs[0]), outputs[0], getattr(torch, settings.get("dtype", "bfloat16")))
    return {}


def stack(settings: Settings, inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Copy layers: `layers` holds (input, its layer) for each new one; all else is the first input's."""
    models = [load_stored(folder) for folder in inputs]
    stacked = {name: value for name, value in models[0].items() if not name.startswith("model.layers.")}
    for new, (source, old) in enumerate(settings["layers"]):
        prefix = f"model.layers.{old}."
        stacked |= {
            name.replace(prefix, f"model.layers.{new}."): value.clone()
            for name, value in models[source].items()
            if name.startswith(prefix)
        }
    save_model(stacked, replace(load_shape(inputs[0]), num_hidden_layers=len(settings["layers"])), outputs[0])
    return {}
