"""Marks answers against a zoo's labels. Pure: labels and answers in, marks and tallies out; no model is opened here."""

import itertools
import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from benchmarks.zoo.proportion import upper_limit

SCHEMA = "parentage.zoo/v1"
HALVES = ("choose", "report")
# To say one of these of an innocent is to accuse its publisher of a copy.
ACCUSING = frozenset({"merge", "identical", "quantized", "pruned", "rearranged", "stacked"})
# From this share of replayed elements on a replay is called complete: weights are then held to the narrower bar.
COMPLETE_SHARE = 0.999
NO_ANSWER = "no answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """One verdict that counts as right; `then` or `methods` None: any."""

    relation: str
    then: frozenset[str] | None = None
    methods: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledCase:
    """One case of the zoo: where its models lie, what is true of it, and which verdicts are right."""

    id: str
    half: str
    group: str
    subject: str
    candidates: Mapping[str, str]
    relation: str
    method: str | None
    weights: Mapping[str, float]
    parents: frozenset[str]
    accept: tuple[Accepted, ...]
    innocent: bool
    hard: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a tool said of a case. `error` tells why there is no answer; `weights` only what it put a number on.

    `seconds` are by the clock, `processor_seconds` over all threads.
    """

    relation: str
    then: tuple[str, ...] = ()
    method: str | None = None
    parents: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)
    share: float | None = None
    statement: str = ""
    seconds: float | None = None
    processor_seconds: float | None = None
    error: str | None = None

    def as_json(self) -> dict[str, object]:
        """Return the answer as a JSON object."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """An answer beside its case. None where the question does not arise."""

    case: LabelledCase
    answer: Answer
    right: bool
    accused: bool
    recognised: bool
    method_right: bool | None
    parents_right: bool | None
    weight_error: float | None

    @property
    def complete(self) -> bool:
        """Whether the answer rests on a complete replay."""
        return self.answer.share is not None and self.answer.share >= COMPLETE_SHARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts over some cases; an error is None where no weight was to be judged."""

    cases: int
    right: int
    hard: int
    hard_right: int
    innocents: int
    accused: int
    accused_at_most: float
    merges: int
    recognised: int
    methods_right: int
    parents_judged: int
    parents_right: int
    error_complete: float | None
    error_elsewhere: float | None
    weightless: int
    median_seconds: float | None
    longest_seconds: float | None
    median_processor_seconds: float | None
    longest_processor_seconds: float | None
    no_answer: int


def read_labels(folder: Path) -> tuple[LabelledCase, ...]:
    """Return the cases of a zoo folder; raises ValueError for another schema or an unknown half."""
    document = json.loads((folder / "labels.json").read_text())
    if document.get("schema") != SCHEMA:
        raise ValueError(f"{folder / 'labels.json'}: schema {document.get('schema')!r}: must be {SCHEMA!r}")
    return tuple(parse_case(entry) for entry in document["cases"])


def read_pairs(folder: Path) -> tuple[LabelledCase, ...]:
    """Return every pair of the zoo's independently trained models of one configuration, as cases of one candidate."""
    listed = json.loads((folder / "labels.json").read_text()).get("independent", {})
    pairs = [pair for places in listed.values() for pair in itertools.combinations(places, 2)]
    return tuple(
        LabelledCase(
            id=f"{subject} and {candidate}",
            half="report",
            group="pairs",
            subject=subject,
            candidates={"m1": candidate},
            relation="independent",
            method=None,
            weights={},
            parents=frozenset(),
            accept=(Accepted(relation="independent"),),
            innocent=True,
            hard=False,
            note="",
        )
        for subject, candidate in pairs
    )


def parse_case(entry: Mapping[str, object]) -> LabelledCase:
    """Return one case of labels.json; raises ValueError where its half is unknown or nothing is accepted."""
    if entry["half"] not in HALVES or not entry.get("accept"):
        raise ValueError(f"{entry['id']}: needs a half of {HALVES} and at least one accepted verdict")
    truth = entry["truth"]
    return LabelledCase(
        id=entry["id"],
        half=entry["half"],
        group=entry["group"],
        subject=entry["subject"],
        candidates=dict(entry["candidates"]),
        relation=truth["relation"],
        method=truth.get("method"),
        weights=dict(truth.get("weights") or {}),
        parents=frozenset(truth.get("parents") or truth.get("weights") or ()),
        accept=tuple(
            Accepted(relation=item["relation"], then=_set(item.get("then")), methods=_set(item.get("methods")))
            for item in entry["accept"]
        ),
        innocent=bool(entry.get("innocent")),
        hard=bool(entry.get("hard")),
        note=str(entry.get("note") or ""),
    )


def _set(values: Sequence[str] | None) -> frozenset[str] | None:
    return frozenset(values) if values is not None else None


def mark(case: LabelledCase, answer: Answer) -> Mark:
    """Return the answer's mark. The method never decides whether the relation is right: it is marked apart."""
    right = any(
        item.relation == answer.relation and (item.then is None or item.then == frozenset(answer.then))
        for item in case.accept
    )
    recognised = case.relation == "merge" and answer.relation == "merge"
    return Mark(
        case=case,
        answer=answer,
        right=right,
        accused=case.innocent and answer.relation in ACCUSING - {item.relation for item in case.accept},
        recognised=recognised,
        method_right=_method_right(case, answer) if case.relation == "merge" and case.method else None,
        parents_right=_parents_right(case, answer) if right and answer.relation in ACCUSING and case.parents else None,
        weight_error=_weight_error(case, answer.weights) if recognised else None,
    )


def _parents_right(case: LabelledCase, answer: Answer) -> bool:
    """Whether every true parent is named and no other. A base, a parent without a weight, may be left out."""
    needed = case.weights.keys() or case.parents
    return needed <= set(answer.parents) <= case.parents | needed


def _method_right(case: LabelledCase, answer: Answer) -> bool:
    if answer.relation != "merge":
        return False
    allowed = {name for item in case.accept if item.relation == "merge" for name in item.methods or ()}
    return answer.method in (allowed or {case.method})


def _weight_error(case: LabelledCase, said: Mapping[str, float]) -> float | None:
    """Return the largest error over all parents, named or true; None where no number was given at all.

    The base of a method on differences has no weight of its own: whatever is said of it is not judged.
    """
    true = case.weights
    if not true or not said:
        return None
    judged = true.keys() | (said.keys() - case.parents)
    return max(abs(true.get(name, 0.0) - said.get(name, 0.0)) for name in judged)


def tally(marks: Iterable[Mark]) -> Tally:
    """Return the counts over some marks."""
    marks = list(marks)
    innocents = [m for m in marks if m.case.innocent]
    accused = sum(m.accused for m in innocents)
    hard = [m for m in marks if m.case.hard]
    errors = {
        complete: [m.weight_error for m in marks if m.weight_error is not None and m.complete is complete]
        for complete in (True, False)
    }
    seconds = [m.answer.seconds for m in marks if m.answer.seconds is not None]
    processor = [m.answer.processor_seconds for m in marks if m.answer.processor_seconds is not None]
    return Tally(
        cases=len(marks),
        right=sum(m.right for m in marks),
        hard=len(hard),
        hard_right=sum(m.right for m in hard),
        innocents=len(innocents),
        accused=accused,
        accused_at_most=upper_limit(accused, len(innocents)),
        merges=sum(m.method_right is not None for m in marks),
        recognised=sum(m.recognised and m.method_right is not None for m in marks),
        methods_right=sum(m.method_right is True for m in marks),
        parents_judged=sum(m.parents_right is not None for m in marks),
        parents_right=sum(m.parents_right is True for m in marks),
        error_complete=max(errors[True], default=None),
        error_elsewhere=max(errors[False], default=None),
        weightless=sum(m.recognised and bool(m.case.weights) and m.weight_error is None for m in marks),
        median_seconds=statistics.median(seconds) if seconds else None,
        longest_seconds=max(seconds, default=None),
        median_processor_seconds=statistics.median(processor) if processor else None,
        longest_processor_seconds=max(processor, default=None),
        no_answer=sum(m.answer.error is not None for m in marks),
    )


def confusion(marks: Iterable[Mark]) -> dict[tuple[str, str], int]:
    """Return how often each relation was said of each true one."""
    counts: dict[tuple[str, str], int] = {}
    for m in marks:
        key = (m.case.relation, m.answer.relation)
        counts[key] = counts.get(key, 0) + 1
    return counts
