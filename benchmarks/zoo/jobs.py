"""Do jobs, each after what it needs, so many at a time."""

import time
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from multiprocessing import get_context
from pathlib import Path

from benchmarks.zoo.job import MERGEKIT, Job
from benchmarks.zoo.mergekit_tool import MergekitTool
from benchmarks.zoo.operations import run_operation, start_process
from benchmarks.zoo.stamps import Stamps

Measured = dict[str, float]


class Schedule:
    """What waits, what runs, and which of the waiting may start."""

    def __init__(self, jobs: list[Job], stamps: Stamps) -> None:
        self.waiting = {job.name: job for job in jobs if not stamps.is_done(job)}
        self.makers = {output: job.name for job in jobs for output in job.outputs}
        self.running: dict[Future[Measured], tuple[Job, float]] = {}
        self.total, self.begin = len(self.waiting), time.monotonic()

    def next_job(self) -> Job | None:
        """Return the first job whose inputs are there; mergekit does one at a time."""
        busy = {job.name for job, _ in self.running.values()}
        merging = any(job.operation == MERGEKIT for job, _ in self.running.values())
        for job in self.waiting.values():
            missing = any(self.makers[name] in self.waiting or self.makers[name] in busy for name in job.inputs)
            if not missing and not (merging and job.operation == MERGEKIT):
                return job
        return None

    def start(self, job: Job, action: Future[Measured]) -> None:
        """Note that the job runs."""
        self.running[action] = (self.waiting.pop(job.name), time.monotonic())

    def finish(self, action: Future[Measured], stamps: Stamps) -> None:
        """Stamp a job that ended, or raise what it raised."""
        job, since = self.running.pop(action)
        stamps.write(job, time.monotonic() - since, action.result())
        done, now = self.total - len(self.waiting) - len(self.running), time.monotonic() - self.begin
        print(f"[{now:6.1f} s] {done}/{self.total} {job.operation} {job.name}", flush=True)


def run_jobs(zoo: Path, jobs: list[Job], stamps: Stamps, *, processes: int) -> int:
    """Do what is not done; return how many jobs that were. All mergekit runs go to one process, which starts once."""
    schedule = Schedule(jobs, stamps)
    with (
        ProcessPoolExecutor(processes, get_context("spawn"), start_process) as pool,
        ThreadPoolExecutor(1) as line,
        MergekitTool(zoo) as tool,
    ):
        while schedule.waiting or schedule.running:
            while len(schedule.running) < processes and (job := schedule.next_job()):
                schedule.start(job, _submit(zoo, job, pool, line, tool))
            done, _ = wait(schedule.running, return_when=FIRST_COMPLETED)
            for action in done:
                schedule.finish(action, stamps)
    return schedule.total


def _submit(zoo: Path, job: Job, pool: Executor, line: Executor, tool: MergekitTool) -> Future[Measured]:
    inputs, outputs = [zoo / name for name in job.inputs], [zoo / name for name in job.outputs]
    for place in outputs:
        place.parent.mkdir(parents=True, exist_ok=True)
    if job.operation == MERGEKIT:
        return line.submit(tool.merge, dict(job.settings), inputs, outputs)
    return pool.submit(run_operation, job.operation, dict(job.settings), inputs, outputs)
