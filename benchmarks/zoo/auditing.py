"""Audits the cases of a zoo in parallel, and keeps each answer under the digest of source and models.

A case that crashes, hangs or kills its process is an answer too (a wrong one, with its text), never the end of the run.
"""

import hashlib
import json
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

from benchmarks.zoo.marking import NO_ANSWER, Answer, LabelledCase

import parentage

LIMIT_SECONDS = 600
_warm = False


class DigestedModels:
    """Digests of the zoo's models, each read once."""

    def __init__(self, zoo: Path) -> None:
        self._zoo = zoo
        self._known: dict[str, str] = {}

    def digest(self, location: str) -> str:
        """Return the sha256 over the names and bytes of a model's files."""
        if location not in self._known:
            path = self._zoo / location
            files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
            total = hashlib.sha256()
            for file in files:
                total.update(f"{file.relative_to(self._zoo)}\0".encode())
                if file.is_file():
                    with file.open("rb") as opened:
                        total.update(hashlib.file_digest(opened, "sha256").digest())
            self._known[location] = total.hexdigest()
        return self._known[location]


class AnswerCache:
    """Answers on disk, one small file each."""

    def __init__(self, folder: Path, *, reading: bool = True) -> None:
        self._folder = folder
        self._reading = reading
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, key: str) -> Answer | None:
        """Return the answer kept under a key, or None."""
        path = self._folder / f"{key}.json"
        if not self._reading or not path.is_file():
            return None
        table = json.loads(path.read_text())
        table |= {name: tuple(table[name]) for name in ("then", "parents")}
        return Answer(**table)

    def put(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        (self._folder / f"{key}.json").write_text(json.dumps(answer.as_json()))


def key_of(case: LabelledCase, models: DigestedModels, tool: str) -> str:
    """Return the key of an answer: the tool's digest, the case's models and under which ids they are offered."""
    named = [[identifier, models.digest(location)] for identifier, location in case.candidates.items()]
    return hashlib.sha256(json.dumps([tool, models.digest(case.subject), named]).encode()).hexdigest()


def source_digest(root: Path | None = None) -> str:
    """Return the sha256 over every source file of parentage and the version of Python."""
    root = root or Path(parentage.__file__).parent
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(root.rglob("*.py")):
        total.update(f"{path.relative_to(root)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def audit_case(subject: str, candidates: Mapping[str, str], limit_seconds: int = LIMIT_SECONDS) -> Answer:
    """Return the verdict of one audit; whatever it raises becomes the answer's error."""
    signal.signal(signal.SIGALRM, _ring)
    signal.alarm(limit_seconds)
    begin, used = time.perf_counter(), time.process_time()
    try:
        _warm_up(subject, candidates)
        begin, used = time.perf_counter(), time.process_time()
        verdict = parentage.audit(subject, candidates).verdict
    except Exception as error:  # noqa: BLE001 - a crash is a wrong answer, whatever it was
        return _unanswered(f"{type(error).__name__}: {error}", time.perf_counter() - begin)
    finally:
        signal.alarm(0)
    return Answer(
        relation=verdict.relation,
        then=tuple(verdict.then),
        method=verdict.method,
        parents=tuple(parent.id for parent in verdict.parents),
        weights={parent.id: parent.weight for parent in verdict.parents if parent.weight is not None},
        share=verdict.replayed.share if verdict.replayed is not None else None,
        statement=verdict.statement,
        seconds=time.perf_counter() - begin,
        processor_seconds=time.process_time() - used,
    )


def _ring(*_: object) -> None:
    raise TimeoutError("not finished within the time a case may take")


def _warm_up(subject: str, candidates: Mapping[str, str]) -> None:
    """Audit once untimed in each process: loading compiled code is not the case's time."""
    global _warm
    if not _warm:
        _warm = True
        parentage.audit(subject, candidates)


def _unanswered(text: str, seconds: float | None = None) -> Answer:
    return Answer(relation=NO_ANSWER, error=text, statement=text, seconds=seconds)


def audit_all(
    zoo: Path,
    cases: Sequence[LabelledCase],
    cache: AnswerCache,
    *,
    workers: int = 2,
    told: Callable[[LabelledCase, Answer], None] = lambda case, answer: None,
) -> dict[str, Answer]:
    """Return {case id: answer}; what the cache holds is not audited again."""
    models, tool = DigestedModels(zoo), source_digest()
    keys = {case.id: key_of(case, models, tool) for case in cases}
    answers: dict[str, Answer] = {}
    for case in cases:
        kept = cache.get(keys[case.id])
        if kept is not None:
            answers[case.id] = kept
    for case, answer in _run([case for case in cases if case.id not in answers], zoo, workers):
        answer = answers[case.id] = _without_place(answer, zoo)
        # A time limit or a killed process may be the machine's fault: those are tried again next time.
        if answer.error is None or not answer.error.startswith(("TimeoutError", "BrokenProcessPool")):
            cache.put(keys[case.id], answer)
        told(case, answer)
    return answers


def _without_place(answer: Answer, zoo: Path) -> Answer:
    """Return the answer with locations relative to the zoo: where it lies on this machine is nobody's business."""
    statement = answer.statement.replace(f"{zoo}/", "")
    return replace(answer, statement=statement, error=statement if answer.error is not None else None)


def _run(cases: Sequence[LabelledCase], zoo: Path, workers: int) -> Iterator[tuple[LabelledCase, Answer]]:
    """Yield answers as they come. Where a process dies, those left run one to a process, so that one is blamed."""
    left = {case.id: case for case in cases}
    if workers > 1:
        with _pool(workers) as pool:
            futures = {_submit(pool, case, zoo): case for case in cases}
            for future in as_completed(futures):
                answer = _result(future)
                if answer is not None:
                    yield left.pop(futures[future].id), answer
    for case in left.values():
        with _pool(1) as pool:
            answer = _result(_submit(pool, case, zoo))
        yield case, answer or _unanswered("BrokenProcessPool: the audit ended its process")


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))


def _submit(pool: ProcessPoolExecutor, case: LabelledCase, zoo: Path) -> Future[Answer]:
    located = {identifier: str(zoo / location) for identifier, location in case.candidates.items()}
    return pool.submit(audit_case, str(zoo / case.subject), located)


def _result(future: Future[Answer]) -> Answer | None:
    try:
        return future.result()
    except BrokenProcessPool:
        return None
