"""The operations a job can name, in one explicit table."""

import multiprocessing
import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from benchmarks.zoo.averages import average, stack
from benchmarks.zoo.lossy import degrade
from benchmarks.zoo.rearrange import rewrite
from benchmarks.zoo.training import fold, train

Operation = Callable[[dict[str, Any], list[Path], list[Path]], dict[str, float]]

OPERATIONS: dict[str, Operation] = {
    "train": train,
    "fold": fold,
    "average": average,
    "stack": stack,
    "degrade": degrade,
    "rewrite": rewrite,
}


def start_process() -> None:
    """Keep a process to one thread, so that two of them use two cores, and sums come out in one order.

    And let it end with the process that started it: one that was killed cannot say so.
    """
    torch.set_num_threads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def run_operation(
    operation: str, settings: dict[str, Any], inputs: list[Path], outputs: list[Path]
) -> dict[str, float]:
    """Do the operation; return what it measured."""
    return OPERATIONS[operation](settings, inputs, outputs)
