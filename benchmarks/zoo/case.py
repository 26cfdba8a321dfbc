"""What a case is: a subject, its candidates, what was really done, and every answer that the weights allow.

`accept` is wider than `truth` where the weights cannot tell: which of two checkpoints came first, say. For an innocent
subject it never holds `merge`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

RELATIONS = (
    "identical",
    "merge",
    "fine-tune",
    "low-rank-fine-tune",
    "quantized",
    "pruned",
    "rearranged",
    "stacked",
    "shared-origin",
    "independent",
    "inconclusive",
)
THEN = ("trained", "quantized", "pruned", "rearranged", "converted")
GROUPS = (
    "merge",
    "merge-after",
    "lossy",
    "rearranged",
    "fine-tune",
    "related",
    "stranger",
    "hidden",
    "many",
    "reversed",
)
HALVES = ("choose", "report")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A verdict that counts as right; None stands for any."""

    relation: str
    then: tuple[str, ...] | None = None
    methods: tuple[str, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the entry of `accept`, without the keys that may be anything."""
        content: dict[str, Any] = {"relation": self.relation}
        if self.then is not None:
            content["then"] = list(self.then)
        if self.methods is not None:
            content["methods"] = list(self.methods)
        return content


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One question for the tool. Models are named by their paths inside the zoo."""

    id: str
    half: str
    group: str
    subject: str
    candidates: tuple[str, ...]
    relation: str
    accept: tuple[Answer, ...]
    then: tuple[str, ...] = ()
    method: str | None = None
    parents: tuple[str, ...] = ()
    weights: Mapping[str, float] | None = None
    innocent: bool = False
    hard: bool = False
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the entry of labels.json; candidates are named neutrally and ordered by chance."""
        order = sorted(self.candidates, key=lambda path: hashlib.sha256(f"{self.id} {path}".encode()).digest())
        names = {path: f"m{number}" for number, path in enumerate(order, 1)}
        truth: dict[str, Any] = {"relation": self.relation, "then": list(self.then), "method": self.method}
        if self.weights is not None:
            truth["weights"] = {names[path]: weight for path, weight in self.weights.items() if path in names}
        truth["parents"] = [names[path] for path in self.parents if path in names]
        return {
            "id": self.id,
            "half": self.half,
            "group": self.group,
            "subject": self.subject,
            "candidates": {name: path for path, name in names.items()},
            "truth": truth,
            "accept": [answer.to_json() for answer in self.accept],
            "innocent": self.innocent,
            "hard": self.hard,
            "note": self.note,
        }


def any_of(*relations: str) -> tuple[Answer, ...]:
    """Return an answer for each relation, whatever was done afterwards and however."""
    return tuple(Answer(relation=relation) for relation in relations)


def merged(*methods: str, then: tuple[str, ...] | None = ()) -> tuple[Answer, ...]:
    """Return the answer that this is a merge by one of the methods (any, if none is named)."""
    return (Answer(relation="merge", then=then, methods=methods or None),)


def find_mistakes(cases: Iterable[Case]) -> list[str]:
    """Return what is wrong with a table of cases: words outside the closed sets, contradictions, ids used twice."""
    mistakes, seen = [], set()
    for case in cases:
        answers = {answer.relation for answer in case.accept}
        later = {word for answer in case.accept for word in answer.then or ()} | set(case.then)
        checks = {
            "id used twice": case.id in seen,
            "unknown group": case.group not in GROUPS,
            "unknown half": case.half not in HALVES,
            "unknown relation": not answers | {case.relation} <= set(RELATIONS),
            "unknown word in then": not later <= set(THEN),
            "no answer is right": not answers,
            "an innocent may not be called a merge": case.innocent and "merge" in answers | {case.relation},
            "no candidates": not case.candidates,
            "a candidate twice": len(set(case.candidates)) != len(case.candidates),
            "the subject is a candidate": case.subject in case.candidates,
            "weights without method": case.weights is not None and not case.method,
        }
        mistakes += [f"{case.id}: {text}" for text, wrong in checks.items() if wrong]
        seen.add(case.id)
    return mistakes
