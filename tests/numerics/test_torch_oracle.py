"""Our arithmetics against torch's own operations on a CPU, bit for bit. Runs where torch is installed."""

import numpy as np
import pytest

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import LATTICES

torch = pytest.importorskip("torch", reason="needs the extra: torch")

STORED = {"BF16": torch.bfloat16, "F16": torch.float16, "F32": torch.float32}


def _parents(storage: str):
    generator = torch.Generator().manual_seed(0)
    base = torch.randn(200_000, generator=generator) * 0.02
    moved = base + torch.randn(200_000, generator=generator) * 0.001
    return moved.to(STORED[storage]), base.to(STORED[storage])


def _mergekit_015(a, b, w, v):
    weights = torch.tensor([[w, v]])
    result = torch.zeros_like(a, dtype=torch.float32)
    for tensor, weight in zip((a, b), weights.unbind(1), strict=True):
        result.addcmul_(tensor, weight.reshape(1))
    return result.div_(weights.sum(dim=1)).to(a.dtype)


def _mergekit_014(a, b, w, v):
    tensors = torch.stack([a, b])
    weights = torch.tensor([w, v], dtype=a.dtype).unsqueeze(-1)
    return (weights * tensors).sum(dim=0) / weights.sum(dim=0)


EXPRESSIONS = {
    "fp32-once": lambda a, b, w, v: (w * a.float() + v * b.float()).to(a.dtype),
    "fp64-once": lambda a, b, w, v: (w * a.double() + v * b.double()).float().to(a.dtype),
    "three-roundings": lambda a, b, w, v: w * a + v * b,
    "mergekit-0.1.5-linear": _mergekit_015,
    "mergekit-0.1.4-linear": _mergekit_014,
    "task-arithmetic": lambda a, b, w, v: b + w * (a - b),
    "task-arithmetic-reversed": lambda a, b, w, v: a + v * (b - a),
    "lerp": lambda a, b, w, v: torch.lerp(b, a, w),
    "fused-add": lambda a, b, w, v: b.clone().add_(a - b, alpha=w),
    "fused-add-reversed": lambda a, b, w, v: a.clone().add_(b - a, alpha=v),
    "lerp-reversed": lambda a, b, w, v: torch.lerp(a, b, v),
}


@pytest.mark.parametrize("storage", STORED)
@pytest.mark.parametrize("name", EXPRESSIONS)
@pytest.mark.parametrize("weights", [(0.6, 0.4), (0.3, 0.7), (0.5737, 0.4263), (1.3, 0.4)])
def test_same_bits_as_torch(storage: str, name: str, weights: tuple[float, float]) -> None:
    moved, base = _parents(storage)
    expected = EXPRESSIONS[name](moved, base, *weights).float().numpy()
    hypothesis = Hypothesis(arithmetic=name, parents=(0, 1), weights=weights)
    found = hypothesis.replay([moved.float().numpy(), base.float().numpy()], LATTICES[storage])
    assert np.array_equal(found.view(np.uint32), expected.view(np.uint32))
