"""Train: a base from random weights, a fine-tune of a stored model, or an adapter of low rank that is merged in.

One thread, fp32, AdamW. What a run is made of is told by `Settings` alone, so that two runs can share their data, or
their data and its order, or differ in the rate only.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.folders import distance, load_shape, load_stored, load_values, replace_folder, save_model
from benchmarks.zoo.network import Parameters, forward, initialise
from benchmarks.zoo.shapes import SHAPES, Shape
from benchmarks.zoo.text import read_domain
from safetensors.torch import load_file, save_file
from torch import Tensor
from torch.nn import functional

WINDOW = 64
BATCH = 8
WARMUP_STEPS = 5
POOL_WINDOWS = 4000
MOST_STEPS_TO_DISTANCE = 400
ADAPTER_TARGETS = (
    "q_proj.weight",
    "v_proj.weight",
    "o_proj.weight",
    "up_proj.weight",
    "down_proj.weight",
    ".w3.weight",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """One run. Rates are AdamW's; `path` is part of a distance to stop at, against that of two other models."""

    domain: str
    steps: int
    rate: float
    second_domain: str = ""
    second_data_seed: int = 0
    architecture: str = ""
    weight_seed: int = 0
    data_seed: int = 0
    order_seed: int = 0
    schedule: str = "cosine"
    frozen: tuple[str, ...] = ()
    rank: int = 0
    checkpoints: tuple[float, ...] = ()
    keep_master: bool = False
    path: float = 0.0


def make_batches(settings: Settings) -> Tensor:
    """Return token ids [steps, BATCH, WINDOW + 1]: one seed chooses windows of the domain, the other their order."""
    needed = settings.steps * BATCH
    if settings.second_domain:
        first = _draw_windows(settings.domain, settings.data_seed, needed // 2)
        pool = torch.cat([first, _draw_windows(settings.second_domain, settings.second_data_seed, needed // 2)])
    else:
        pool = _draw_windows(settings.domain, settings.data_seed, min(POOL_WINDOWS, needed))
    generator = torch.Generator().manual_seed(settings.order_seed + 77)
    rounds = -(-needed // len(pool))
    order = torch.cat([torch.randperm(len(pool), generator=generator) for _ in range(rounds)])[:needed]
    return pool[order].view(settings.steps, BATCH, WINDOW + 1)


def _draw_windows(domain: str, seed: int, count: int) -> Tensor:
    text = torch.frombuffer(bytearray(read_domain(domain)), dtype=torch.uint8)
    generator = torch.Generator().manual_seed(seed)
    starts = torch.randint(0, len(text) - WINDOW - 1, (count,), generator=generator)
    return text[starts[:, None] + torch.arange(WINDOW + 1)].long()


def rate_at(settings: Settings, step: int) -> float:
    """Return the learning rate of a step."""
    warm = min(1.0, (step + 1) / WARMUP_STEPS)
    if settings.schedule == "constant":
        return settings.rate * warm
    return settings.rate * warm * 0.5 * (1 + math.cos(math.pi * step / settings.steps))


def start_adapter(parameters: Parameters, settings: Settings) -> Parameters:
    """Return A [rank, columns] and B [rows, rank] for each target; B is zero, as in the LoRA paper."""
    generator = torch.Generator().manual_seed(settings.order_seed + 5)
    adapter = {}
    for name, value in parameters.items():
        if value.ndim == 2 and name.endswith(ADAPTER_TARGETS):
            adapter[f"{name}:A"] = torch.randn(settings.rank, value.shape[1], generator=generator) / settings.rank**0.5
            adapter[f"{name}:B"] = torch.zeros(value.shape[0], settings.rank)
    return adapter


def apply_adapter(parameters: Parameters, adapter: Parameters, scale: float = 1.0) -> Parameters:
    """Return the parameters with scale * B @ A added, in fp32."""
    changed = dict(parameters)
    for name in (name.removesuffix(":A") for name in adapter if name.endswith(":A")):
        changed[name] = parameters[name] + scale * (adapter[f"{name}:B"] @ adapter[f"{name}:A"])
    return changed


def fold_adapter(stored: Parameters, adapter: Parameters, scale: float) -> Parameters:
    """Return bf16 tensors as peft's merge makes them on a CPU: the product in fp32, rounded, then added in bf16."""
    changed = dict(stored)
    for name in (name.removesuffix(":A") for name in adapter if name.endswith(":A")):
        product = scale * (adapter[f"{name}:B"] @ adapter[f"{name}:A"])
        changed[name] = stored[name] + product.to(stored[name].dtype)
    return changed


class Run:
    """A run's state: the parameters, what of them is trained, and the optimiser."""

    def __init__(self, settings: Settings, shape: Shape, parameters: Parameters) -> None:
        self.settings, self.shape, self.parameters = settings, shape, parameters
        self.adapter = start_adapter(parameters, settings) if settings.rank else {}
        chosen = self.adapter or {
            name: value for name, value in parameters.items() if not any(part in name for part in settings.frozen)
        }
        for value in chosen.values():
            value.requires_grad_(True)
        decayed = [value for value in chosen.values() if value.ndim > 1]
        plain = [value for value in chosen.values() if value.ndim == 1]
        self.optimizer = torch.optim.AdamW(
            [{"params": decayed, "weight_decay": 0.01}, {"params": plain, "weight_decay": 0.0}], betas=(0.9, 0.98)
        )

    def step(self, tokens: Tensor, rate: float) -> float:
        """Take one step; return the loss before it."""
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        used = apply_adapter(self.parameters, self.adapter) if self.adapter else self.parameters
        logits = forward(used, self.shape, tokens[:, :-1])
        loss = functional.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
        self.optimizer.zero_grad()
        loss.backward()
        self.optimizer.step()
        return float(loss.detach())


def train(settings: dict[str, Any], inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Train and write, in order: the model; its checkpoints; the fp32 master or the adapter, where asked for."""
    run_settings = Settings(**{name: tuple(v) if isinstance(v, list) else v for name, v in settings.items()})
    if inputs:
        shape, parameters = load_shape(inputs[0]), load_values(inputs[0])
    else:
        shape = SHAPES[run_settings.architecture]
        parameters = initialise(shape, run_settings.weight_seed)
    start = {name: value.clone() for name, value in parameters.items()}
    run = Run(run_settings, shape, parameters)
    if run_settings.path:
        target = run_settings.path * distance(load_values(inputs[1]), load_values(inputs[2]))
        losses = _train_to_distance(run, start, target)
    else:
        losses = _train_steps(run, outputs[1:])
    if run.adapter:
        stored = {name: value.detach().to(torch.bfloat16) for name, value in start.items()}
        adapter = {name: value.detach() for name, value in run.adapter.items()}
        save_model(fold_adapter(stored, adapter, 1.0), shape, outputs[0])
        save_adapter(adapter, run_settings.rank, outputs[-1])
    else:
        save_model(parameters, shape, outputs[0])
    if run_settings.keep_master:
        save_model(parameters, shape, outputs[-1], torch.float32)
    moved = distance(load_values(outputs[0]), start) / distance(start, dict.fromkeys(start, torch.zeros(())))
    return {"first_loss": losses[0], "last_loss": losses[-1], "moved": moved}


def _train_steps(run: Run, places: list[Path]) -> list[float]:
    settings = run.settings
    due = {round(part * settings.steps): place for part, place in zip(settings.checkpoints, places, strict=False)}
    losses = []
    for step, tokens in enumerate(make_batches(settings)):
        losses.append(run.step(tokens, rate_at(settings, step)))
        if step + 1 in due:
            save_model(run.parameters, run.shape, due[step + 1])
    return losses


def _train_to_distance(run: Run, start: Parameters, target: float) -> list[float]:
    """Train at a constant rate until the parameters have moved so far."""
    elements = sum(value.numel() for value in start.values())
    rate = target / elements**0.5 / run.settings.steps
    losses = []
    for tokens in (
        make_batches(run.settings).repeat(MOST_STEPS_TO_DISTANCE // run.settings.steps, 1, 1, 1).flatten(0, 1)
    ):
        losses.append(run.step(tokens, rate))
        if distance({name: value.detach() for name, value in run.parameters.items()}, start) >= target:
            break
    return losses


def save_adapter(adapter: Parameters, rank: int, folder: Path) -> None:
    """Write the adapter as peft does."""
    partial = folder.with_name(f".{folder.name}.partial")
    partial.mkdir(parents=True, exist_ok=True)
    names = {"A": "lora_A.weight", "B": "lora_B.weight"}
    tensors = {
        f"base_model.model.{name.removesuffix('.weight')}.{names[part]}": value
        for name, part, value in ((*key.rsplit(":", 1), value) for key, value in adapter.items())
    }
    save_file(tensors, partial / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "task_type": "CAUSAL_LM", "r": rank, "lora_alpha": rank, "lora_dropout": 0.0}
    config |= {"bias": "none", "target_modules": sorted({name.split(".")[-3] for name in tensors})}
    (partial / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n")
    replace_folder(partial, folder)


def load_adapter(folder: Path) -> Parameters:
    """Return the adapter under the names that `fold_adapter` takes."""
    parts = {"lora_A": "A", "lora_B": "B"}
    found = {}
    for name, value in load_file(folder / "adapter_model.safetensors").items():
        target, part, _ = name.removeprefix("base_model.model.").rsplit(".", 2)
        found[f"{target}.weight:{parts[part]}"] = value
    return found


def fold(settings: dict[str, Any], inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
    """Merge a trained adapter into its base at a scale that the settings name."""
    stored = load_stored(inputs[0])
    save_model(fold_adapter(stored, load_adapter(inputs[1]), settings["scale"]), load_shape(inputs[0]), outputs[0])
    return {}
