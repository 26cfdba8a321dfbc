from collections.abc import Callable
from pathlib import Path

import pytest

from parentage.checkpoint.checkpoint import open_checkpoint

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "examples/rivo/models"
REAL = ROOT / "tests/data/realweights"


@pytest.fixture(scope="session")
def model() -> Callable[[str], str]:
    return lambda name: str(MODELS / name)


def load(location: Path | str) -> dict:
    """All tensors of a checkpoint as arrays in their storage dtype."""
    checkpoint = open_checkpoint(str(location))
    return {
        name: checkpoint.read_elements(info, 0, info.elements).reshape(info.shape)
        for name, info in checkpoint.tensors.items()
    }
