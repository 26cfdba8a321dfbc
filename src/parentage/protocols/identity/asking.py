"""Ask: run the planned calls through inspect, keep every answer at once, and say what is missing and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from parentage.endpoint.failures import FATAL, HOPELESS, Failure, Kind, read_failure
from parentage.endpoint.provider import DEFAULT_PATIENCE, Patience, Sampling, Source, open_model, require_inspect
from parentage.endpoint.serving import LocalServer, ServedCheckpoint
from parentage.errors import UnfinishedError, UsageError
from parentage.protocols.identity.answers import chat_messages, read_output, sample_metadata
from parentage.protocols.identity.calls import Call, call_key, check_calls
from parentage.protocols.identity.journal import Answered, Journal, Stage
from parentage.protocols.identity.records import Arm, Reply
from parentage.protocols.identity.transcripts import reply_order

if TYPE_CHECKING:
    from inspect_ai import Task
    from inspect_ai.model import Model, ModelOutput
    from inspect_ai.solver import Solver

LOGS = "inspect"
CONNECTIONS = 8
# So many failures without an answer between them, and the server is asked nothing more in this run.
_FAILURES_IN_A_ROW = 12
# The fixed prompts: so many of the plan's first, each this often at the start and at the end, the likeliest reply.
_WATCH_PROMPTS, _WATCH_TIMES, _WATCH_TOKENS = 2, 2, 64

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Respondent:
    """A model of the case and how it is asked. A checkpoint is served only while its own calls are made.

    `weights` says which weights answer, where that is known here: a digest of the checkpoint's files. What was answered
    by others is not taken for these.
    """

    source: Source | ServedCheckpoint
    sampling: Sampling = field(default_factory=Sampling)
    weights: str = ""

    @property
    def answerer(self) -> tuple[str, ...]:
        """What stands for the one who answers in a call's key: address and name, or the checkpoint's digest."""
        if isinstance(self.source, ServedCheckpoint):
            return ("checkpoint", self.source.fingerprint)
        return (self.source.url, self.source.model, self.weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """How many calls to one model failed in one way."""

    model: str
    kind: Kind
    line: str
    calls: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What came back: the replies in transcript order, how many were planned, and why some are missing.

    `expected` has the planned calls by model and arm, `before` and `after` each model's replies to the fixed prompts,
    `served` the names it answered under.
    """

    replies: tuple[Reply, ...]
    planned: int
    expected: Mapping[tuple[str, Arm], int]
    shortfalls: tuple[Shortfall, ...]
    before: Mapping[str, tuple[Reply, ...]]
    after: Mapping[str, tuple[Reply, ...]]
    served: Mapping[str, tuple[str, ...]]
    asked_now: int

    @property
    def completed(self) -> int:
        """How many of the planned calls have a reply."""
        return len(self.replies)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    """A call with its key and the stage that it belongs to."""

    key: str
    stage: Stage
    call: Call
    sampling: Sampling


@dataclass(slots=True, kw_only=True)
class _Run:
    """What the samples of a run share."""

    journal: Journal
    respondents: Mapping[str, Respondent]
    progress: Progress | None
    planned: int
    done: int
    failures: list[tuple[str, Failure]] = field(default_factory=list)
    in_a_row: Counter[str] = field(default_factory=Counter)
    stopped: set[str] = field(default_factory=set)
    opened: dict[str, Source] = field(default_factory=dict)
    asked_now: int = 0

    def failed(self, model: str, failure: Failure) -> None:
        self.failures.append((model, failure))
        self.in_a_row[model] += 1
        if failure.kind in FATAL or self.in_a_row[model] >= _FAILURES_IN_A_ROW:
            self.stopped.add(model)


def ask(
    calls: Sequence[Call],
    respondents: Mapping[str, Respondent],
    folder: Path,
    *,
    connections: int = CONNECTIONS,
    patience: Patience = DEFAULT_PATIENCE,
    progress: Progress | None = None,
    watch: bool = True,
    samples_logged: bool = True,
) -> Asked:
    """Return the replies to all calls, asking only those that the folder's journal does not hold.

    Models are asked one after the other, arm by arm, each by an inspect task whose log is kept below the folder;
    with `watch`, a fixed prompt goes first and last. Raises UsageError where the request itself has to change (wrong
    model, refused key); any other failure leaves the calls missing, which `Asked` counts and `check_finished` judges.
    Every answer that arrived is on the disk by then, and a second run goes on from there.
    """
    check_calls(calls)
    require_inspect()
    if not 1 <= connections <= 1024:
        raise UsageError(f"{connections} connections: 1 to 1024")
    if unknown := {call.model for call in calls} - respondents.keys():
        raise UsageError(f"identity: nothing says how to ask {', '.join(sorted(unknown))}")
    items = [_item(call, "reply", respondents[call.model]) for call in calls]
    models = tuple(dict.fromkeys(call.model for call in calls))
    with Journal(folder) as journal:
        run = _Run(
            journal=journal,
            respondents=respondents,
            progress=progress,
            planned=len(items),
            done=sum(item.key in journal.rows for item in items),
        )
        for model in models:
            own = [item for item in items if item.call.model == model]
            _ask_model(run, model, own, folder, connections, patience, watch=watch, samples_logged=samples_logged)
        return _collect(run, items, models)


def check_finished(asked: Asked, *, allowed_missing: float = 0.0) -> None:
    """Raise UnfinishedError where more than that share of a model's calls under one arm has no reply, and say why.

    By model and arm, since rates are taken there: a model that says nothing hides among many that answer.
    """
    answered = Counter((reply.model, reply.arm) for reply in asked.replies)
    for (model, arm), planned in asked.expected.items():
        completed = answered[model, arm]
        if planned - completed > allowed_missing * planned:
            own = [shortfall for shortfall in asked.shortfalls if shortfall.model == model]
            why = max(own, key=lambda shortfall: shortfall.calls, default=None)
            reason = why.line if why is not None else "the run was stopped"
            raise UnfinishedError(
                f"{model}, {arm}: {reason} ({completed} of {planned} calls answered and kept; "
                "run again to ask the rest)"
            )


def _ask_model(
    run: _Run,
    model: str,
    items: Sequence[_Item],
    folder: Path,
    connections: int,
    patience: Patience,
    *,
    watch: bool,
    samples_logged: bool,
) -> None:
    """Ask one model everything that is left: fixed prompts, arm by arm, fixed prompts."""
    left = [item for item in items if item.key not in run.journal.rows]
    after = [_watched(item, "after", time) for time, item in _fixed(items)] if watch else []
    before = [_watched(item, "before", time) for time, item in _fixed(items)] if watch else []
    if not left and all(item.key in run.journal.rows for item in after):
        return
    arms = tuple(dict.fromkeys(item.call.arm for item in left))
    batches = [("before", before), *((arm, [item for item in left if item.call.arm == arm]) for arm in arms)]
    with _opened(run.respondents[model].source) as source:
        run.opened[model] = source
        opened = open_model(source, patience, connections=connections)
        for name, batch in [*batches, ("after", after)]:
            unanswered = [item for item in batch if item.key not in run.journal.rows]
            if unanswered and model not in run.stopped:
                task = _task(run, f"identity-{name}", unanswered)
                _evaluate(task, opened, folder / LOGS, connections, samples_logged=samples_logged)
            hopeless = [failure for owner, failure in run.failures if owner == model and failure.kind in HOPELESS]
            if hopeless:
                raise UsageError(f"{model}: {hopeless[0].line} ({run.done} of {run.planned} calls answered and kept)")


@contextmanager
def _opened(source: Source | ServedCheckpoint) -> Iterator[Source]:
    if not isinstance(source, ServedCheckpoint):
        yield source
        return
    with LocalServer(source.folder, source.log) as server:
        yield server.endpoint(source.api)


def _fixed(items: Sequence[_Item]) -> list[tuple[int, _Item]]:
    """Return the calls whose prompts are asked again and again, with the number of the time."""
    firsts: dict[str, _Item] = {}
    for item in items:
        firsts.setdefault(item.call.prompt.family, item)
    chosen = list(firsts.values())[:_WATCH_PROMPTS]
    return [(time, item) for item in chosen for time in range(_WATCH_TIMES)]


def _watched(item: _Item, stage: Stage, time: int) -> _Item:
    sampling = replace(
        item.sampling, temperature=0.0, top_p=1.0, max_tokens=min(_WATCH_TOKENS, item.sampling.max_tokens)
    )
    return replace(item, key=f"{stage}:{time}:{item.key}", stage=stage, sampling=sampling)


def _item(call: Call, stage: Stage, respondent: Respondent) -> _Item:
    key = call_key(call, respondent.answerer, respondent.sampling)
    if isinstance(call.sent, str) != (respondent.source.api == "completions"):
        wants = "one raw prompt" if respondent.source.api == "completions" else "messages"
        raise UsageError(f"{call.model}: its endpoint takes {wants}, and the plan holds the other")
    return _Item(key=key, stage=stage, call=call, sampling=respondent.sampling)


def _task(run: _Run, name: str, items: Sequence[_Item]) -> "Task":
    """Return the inspect task of these calls: a sample for each, its id family/language/repeat."""
    from inspect_ai import Task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import GenerateConfig

    samples = [
        Sample(
            id=f"{item.call.prompt.family}/{item.call.prompt.language}/{item.call.repeat}"
            + ("" if item.stage == "reply" else f"/{item.key.split(':')[1]}"),
            input=item.call.sent if isinstance(item.call.sent, str) else chat_messages(item.call),
            metadata={**sample_metadata(item.call), "key": item.key, "stage": item.stage},
        )
        for item in items
    ]
    sampling, call = items[0].sampling, items[0].call
    return Task(
        name=name,
        dataset=MemoryDataset(samples),
        solver=_solver(run, {item.key: item for item in items}),
        config=GenerateConfig(
            temperature=sampling.temperature,
            top_p=sampling.top_p,
            max_tokens=sampling.max_tokens,
            stop_seqs=list(sampling.stop) or None,
        ),
        metadata={"model": call.model, "arm": call.arm},
    )


def _solver(run: _Run, items: Mapping[str, _Item]) -> "Solver":
    """Return the solver that makes one call, and has its answer on the disk before the sample ends."""
    import anyio
    from inspect_ai.model import GenerateConfig, get_model
    from inspect_ai.solver import Generate, TaskState, solver

    @solver(name="ask_once")
    def ask_once() -> "Solver":
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            item = items[state.metadata["key"]]
            model = item.call.model
            if model in run.stopped:
                return state
            try:
                output = await get_model().generate(state.messages, config=GenerateConfig(seed=item.call.seed))
                row = _answered(item, output)
            except Exception as error:
                run.failed(model, read_failure(error, run.opened[model]))
                raise
            await anyio.to_thread.run_sync(run.journal.append, row)
            run.in_a_row[model] = 0
            run.asked_now += 1
            if item.stage == "reply":
                run.done += 1
                if run.progress is not None:
                    run.progress(run.done, run.planned)
            state.output = output
            state.messages.append(output.message)
            return state

        return solve

    return ask_once()


def _answered(item: _Item, output: "ModelOutput") -> Answered:
    """Return the finished call. Raises TypeError, which reads as "not an answer", where the output holds no reply."""
    if not output.choices:
        raise TypeError("no choices")
    return Answered(
        key=item.key, stage=item.stage, served=str(output.model)[:200], reply=read_output(item.call, output)
    )


def _evaluate(task: "Task", model: "Model", logs: Path, connections: int, *, samples_logged: bool) -> None:
    """Run one task. Its errors are ours to report, so inspect shows nothing and listens on no socket."""
    from inspect_ai import eval as inspect_eval

    inspect_eval(
        task,
        model=model,
        display="none",
        log_level="critical",
        log_level_transcript="critical",
        log_dir=str(logs),
        log_format="eval",
        log_samples=samples_logged,
        log_realtime=False,
        log_model_api=samples_logged,
        log_header_only=True,
        score=False,
        fail_on_error=False,
        max_samples=connections,
        max_connections=connections,
        ctl_server=False,
    )


def _collect(run: _Run, items: Sequence[_Item], models: Sequence[str]) -> Asked:
    rows = run.journal.rows
    replies = sorted((rows[item.key].reply for item in items if item.key in rows), key=reply_order)
    counted = Counter((model, failure) for model, failure in run.failures)
    watched: dict[Stage, dict[str, tuple[Reply, ...]]] = {}
    for stage in ("before", "after"):
        watched[stage] = {}
        for model in models:
            own = [item for item in items if item.call.model == model]
            keys = [_watched(item, stage, time).key for time, item in _fixed(own)]
            watched[stage][model] = tuple(rows[key].reply for key in keys if key in rows)
    served: dict[str, set[str]] = {model: set() for model in models}
    for item in items:
        if item.key in rows:
            served[item.call.model].add(rows[item.key].served)
    return Asked(
        replies=tuple(replies),
        planned=len(items),
        expected=Counter((item.call.model, item.call.arm) for item in items),
        shortfalls=tuple(
            Shortfall(model=model, kind=failure.kind, line=failure.line, calls=count)
            for (model, failure), count in counted.items()
        ),
        before=watched["before"],
        after=watched["after"],
        served={model: tuple(sorted(names)) for model, names in served.items()},
        asked_now=run.asked_now,
    )
