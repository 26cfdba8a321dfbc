"""Runs under mergekit's interpreter: a merge for each line of standard input, a line of answer for each.

It imports nothing of this project, and is itself never imported.
"""

import json
import os
import shutil
import sys
from pathlib import Path

import torch
from mergekit.config import MergeConfiguration
from mergekit.merge import run_merge
from mergekit.options import MergeOptions


def merge(request: dict) -> None:
    """Merge into a folder beside the output, then put it in the output's place."""
    output = Path(request["output"])
    partial = output.with_name(f".{output.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    # No card: it would tell the answer.
    options = MergeOptions(quiet=True, clone_tensors=True, write_model_card=False, random_seed=request["seed"])
    run_merge(MergeConfiguration.model_validate(request["config"]), str(partial), options)
    shutil.rmtree(output, ignore_errors=True)
    partial.rename(output)


def main() -> None:
    """Serve until standard input ends."""
    torch.set_num_threads(1)
    # mergekit and what it imports may print; the answers need a stream of their own.
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        try:
            merge(json.loads(line))
            reply = {}
        except Exception as error:  # noqa: BLE001 - the other side raises it
            reply = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
