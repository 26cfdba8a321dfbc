"""A survey's sample made of arrays or checkpoints, and checkpoints that look as if they had been trained."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import ml_dtypes
import numpy as np

from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.checkpoint.dtype import DTYPES
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.pairing import PairedTensor, pair_tensors
from parentage.checkpoint.roles import parse_role
from parentage.protocols.weights.context import SampledTensor, make_context

KINDS = ("self_attn.q_proj", "self_attn.o_proj", "mlp.up_proj", "mlp.down_proj")
Model = dict[str, np.ndarray]


def stored(model: Mapping[str, np.ndarray]) -> Model:
    """Round to bf16, kept as fp32."""
    return {name: values.astype(ml_dtypes.bfloat16).astype(np.float32) for name, values in model.items()}


def as_bf16(model: Mapping[str, np.ndarray]) -> Model:
    return {name: values.astype(ml_dtypes.bfloat16) for name, values in model.items()}


def mixed(models: Sequence[Mapping[str, np.ndarray]], weights: Sequence[float]) -> Model:
    """The weighted sum in fp32, not rounded."""
    first = {name: np.float32(weights[0]) * values for name, values in models[0].items()}
    for model, weight in zip(models[1:], weights[1:], strict=True):
        first = {name: values + np.float32(weight) * model[name] for name, values in first.items()}
    return first


def base_model(seed: int, *, layers: int = 4, shape: tuple[int, int] = (96, 128)) -> Model:
    rng = np.random.default_rng(seed)
    names = [f"model.layers.{layer}.{kind}.weight" for layer in range(layers) for kind in KINDS]
    model = {n: (rng.standard_normal(shape) * 0.05 * rng.lognormal(0, 0.3, (shape[0], 1))) for n in names}
    return stored({name: values.astype(np.float32) for name, values in model.items()})


def trained(model: Mapping[str, np.ndarray], size: float, seed: int) -> Model:
    """A change of this relative size, dense with rows and columns of their own scale; in fp32."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, values in model.items():
        rows, columns = values.shape
        change = rng.standard_normal(values.shape) * rng.lognormal(0, 0.5, (rows, 1)) * rng.lognormal(0, 0.5, columns)
        change *= size * np.linalg.norm(values) / np.linalg.norm(change)
        found[name] = (values + change).astype(np.float32)
    return found


def adapted(model: Mapping[str, np.ndarray], size: float, rank: int, seed: int, *, scale: float = 1.0) -> Model:
    """An adapter of this rank and relative size, merged in at a scale; in fp32."""
    rng = np.random.default_rng(seed)
    found = {}
    for name, values in model.items():
        change = rng.standard_normal((values.shape[0], rank)) @ rng.standard_normal((rank, values.shape[1]))
        change *= scale * size * np.linalg.norm(values) / np.linalg.norm(change)
        found[name] = (values + change).astype(np.float32)
    return found


def sample(subject: Mapping[str, np.ndarray], candidates: Sequence[Mapping[str, np.ndarray]]) -> list[SampledTensor]:
    """The sample of models given as fp32 arrays on the bf16 lattice."""
    found = []
    for index, (name, values) in enumerate(subject.items()):
        info = TensorInfo(name=name, dtype=DTYPES["BF16"], shape=values.shape, shard="", start=0, stop=0)
        pair = PairedTensor(
            role=parse_role(name),
            subject=info,
            candidates=tuple(info if name in model else None for model in candidates),
            elements=values.size,
        )
        context = make_context(index, pair)
        found.append(
            SampledTensor(
                context=context,
                subject=values.reshape(-1),
                candidates={place: candidates[place][name].reshape(-1) for place in context.present},
                nonfinite=0,
            )
        )
    return found


def sample_folders(subject: Path, candidates: Sequence[Path]) -> list[SampledTensor]:
    """The sample of checkpoints on disk, every element of them."""
    sides = [open_checkpoint(str(folder)) for folder in (subject, *candidates)]
    found = []
    for index, pair in enumerate(pair_tensors(sides[0], sides[1:]).pairs):
        context = make_context(index, pair)
        if context.lattice is not None and pair.elements:
            values = {
                place: _values(sides[place + 1], pair.candidates[place], pair.elements) for place in context.present
            }
            found.append(
                SampledTensor(
                    context=context,
                    subject=_values(sides[0], pair.subject, pair.elements),
                    candidates=values,
                    nonfinite=0,
                )
            )
    return found


def _values(side: Checkpoint, info: TensorInfo | None, elements: int) -> np.ndarray:
    assert info is not None
    return side.read_elements(info, 0, elements).astype(np.float32)
