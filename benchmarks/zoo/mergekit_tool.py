"""Run mergekit as the separate tool that it is: an interpreter of its own, one process for all merges.

Its licence (LGPL-3.0) and its pins differ from this project's, and starting it takes longer than all merges of the zoo.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

REQUIREMENTS = ("mergekit==0.1.5", "torch==2.13.0", "transformers==5.24.0")
OWN_PYTHON = "ZOO_MERGEKIT_PYTHON"
WORKER = Path(__file__).with_name("mergekit_worker.py")


class MergekitError(Exception):
    """A merge failed; the message is what mergekit said."""


def make_environment(zoo: Path) -> Path:
    """Return an interpreter that has mergekit: the one that ZOO_MERGEKIT_PYTHON names, or one made inside the zoo."""
    if named := os.environ.get(OWN_PYTHON):
        return Path(named)
    folder = zoo / ".mergekit-venv"
    python = folder / "bin/python"
    if not (folder / ".ready").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *REQUIREMENTS], check=True)
        (folder / ".ready").touch()
    return python


class MergekitTool:
    """A running mergekit process, started with the first merge."""

    def __init__(self, zoo: Path) -> None:
        self.zoo = zoo
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()

    def _start(self) -> subprocess.Popen[str]:
        python = make_environment(self.zoo)
        settings = os.environ | {"OMP_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1"}
        log = (self.zoo / "mergekit.log").open("a")
        return subprocess.Popen(
            [str(python), str(WORKER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            env=settings,
        )

    def merge(self, settings: dict[str, Any], inputs: list[Path], outputs: list[Path]) -> dict[str, float]:
        """Merge into a folder beside its place, then move it there; return nothing measured.

        Strings `@0`, `@1`, ... in the configuration stand for the inputs.
        """
        self.process = self.process or self._start()
        assert self.process.stdin and self.process.stdout
        config = _place_inputs(settings["config"], inputs)
        request = {"config": config, "output": str(outputs[0]), "seed": settings.get("seed", 0)}
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        reply = json.loads(answer) if answer else {"error": f"mergekit ended; see {self.zoo / 'mergekit.log'}"}
        if "error" in reply:
            raise MergekitError(f"{outputs[0]}: {reply['error']}")
        return {}


def _place_inputs(part: Any, inputs: list[Path]) -> Any:
    match part:
        case dict():
            return {key: _place_inputs(value, inputs) for key, value in part.items()}
        case list():
            return [_place_inputs(value, inputs) for value in part]
        case str() if part.startswith("@"):
            return str(inputs[int(part[1:])])
    return part
