"""Which jobs are done: a job's digest covers its operation, its settings and the digests of the jobs before it.

A finished job leaves a stamp, so a build that was killed goes on where it was, and what is asked for again is not made
again.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.zoo.job import Job
from benchmarks.zoo.text import text_digest

# Raised when an operation starts to write other bytes for the same settings.
RECIPE_VERSION = 1


class Stamps:
    """Which jobs are done, by digest, kept in the zoo's own folder."""

    def __init__(self, zoo: Path, jobs: Iterable[Job]) -> None:
        self.zoo, self.folder = zoo, zoo / "stamps"
        self.digests: dict[str, str] = {}
        makers = {output: job for job in jobs for output in job.outputs}
        for job in jobs:
            self._digest(job, makers)

    def _digest(self, job: Job, makers: Mapping[str, Job]) -> str:
        if job.name not in self.digests:
            parts = [RECIPE_VERSION, job.operation, dict(job.settings), job.outputs]
            parts += [(name, self._digest(makers[name], makers)) for name in job.inputs]
            parts += [text_digest(job.settings[key]) for key in ("domain", "second_domain") if key in job.settings]
            self.digests[job.name] = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
        return self.digests[job.name]

    def _place(self, job: Job) -> Path:
        return self.folder / f"{job.name.replace('/', '.')}.json"

    def is_done(self, job: Job) -> bool:
        """Whether the stamp is that of these settings and the folders are there."""
        place = self._place(job)
        if not place.exists() or not all((self.zoo / output).is_dir() for output in job.outputs):
            return False
        return json.loads(place.read_text())["digest"] == self.digests[job.name]

    def write(self, job: Job, seconds: float, measured: Mapping[str, float]) -> None:
        """Note that the job is done, and what it measured."""
        self.folder.mkdir(exist_ok=True)
        place = self._place(job)
        content = {"digest": self.digests[job.name], "seconds": round(seconds, 2), **measured}
        place.with_suffix(".partial").write_text(json.dumps(content) + "\n")
        place.with_suffix(".partial").replace(place)

    def drop_strays(self, jobs: Iterable[Job]) -> None:
        """Remove stamps and folders that no job of this build makes."""
        wanted = {output for job in jobs for output in job.outputs}
        for kind in ("models", "masters", "adapters"):
            for folder in (self.zoo / kind).glob("*/*"):
                if folder.is_dir() and str(folder.relative_to(self.zoo)) not in wanted:
                    shutil.rmtree(folder)
        places = {self._place(job) for job in jobs}
        for stamp in self.folder.glob("*.json"):
            if stamp not in places:
                stamp.unlink()
