"""Does recomputing the merge give the subject, bit for bit? Counted where it can tell: on *mid* elements.

Where the candidates agree or lie one ulp apart, many subjects that are no merge match too; those classes are counted
apart. A rate over all elements says little and is printed only beside these.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.scan import AGREE, MID, ONE, Scan
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.context import TensorContext

QUESTION = "replay"
VERSION = "1"


@dataclass(slots=True, kw_only=True)
class ReplayTally:
    """Accumulator of one tensor: elements by class, and how many leader and runner-up reproduce; the discordant set."""

    classes: NDArray[np.int64]
    discordant: NDArray[np.int64]

    @classmethod
    def empty(cls) -> "ReplayTally":
        """Return a tally of nothing."""
        return cls(classes=np.zeros((4, 3), dtype=np.int64), discordant=np.zeros(3, dtype=np.int64))

    def update(self, scan: Scan) -> None:
        """Add a scanned run of elements."""
        self.classes += scan.classes
        self.discordant += scan.discordant

    def merge(self, other: "ReplayTally") -> None:
        """Add another tally of the same tensor."""
        self.classes += other.classes
        self.discordant += other.discordant

    def summary(self) -> dict[str, object]:
        """Return the tally as plain JSON values."""
        return {"classes": self.classes.tolist(), "discordant": self.discordant.tolist()}

    def share(self, place: int, hypothesis: int = 0) -> float | None:
        """Return the reproduced share of a class (AGREE, ONE, MID), None where it is empty."""
        return float(self.classes[place, 1 + hypothesis] / self.classes[place, 0]) if self.classes[place, 0] else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplayConclusion:
    """Pooled counts, and for each tensor whether it was replayed."""

    total: ReplayTally
    tensors: Mapping[int, ReplayTally]
    chance: float | None
    result: Finding | NotApplicable


def conclude(
    tallies: Sequence[tuple[TensorContext, ReplayTally]],
    *,
    choice: Choice,
    chance: tuple[int, int],
    candidate_ids: Sequence[str],
    coverage: Coverage,
) -> ReplayConclusion:
    """Return how much of the subject each surviving hypothesis reproduces."""
    total = ReplayTally.empty()
    tensors = {context.index: tally for context, tally in tallies if any(map(any, tally.classes.tolist()))}
    for tally in tensors.values():
        total.merge(tally)
    if choice.leader is None or not tensors:
        reason = choice.reason or "no hypothesis survived the survey"
        return ReplayConclusion(
            total=total,
            tensors=tensors,
            chance=None,
            result=NotApplicable(question=QUESTION, version=VERSION, reason=reason),
        )
    chance_share = chance[1] / chance[0] if chance[0] else None
    mid, kept = int(total.classes[MID, 0]), int(total.classes[MID, 1])
    differ, won, lost = (int(value) for value in total.discordant)
    words = f"{choice.leader.name} reproduces {kept:,} of {mid:,} mid elements bit for bit"
    if choice.runner_up is not None:
        words += (
            f"; where {choice.runner_up.name} differs ({differ:,} elements) it is right {won:,} times, that {lost:,}"
        )
    finding = Finding(
        question=QUESTION,
        version=VERSION,
        statement=words + ".",
        coverage=coverage,
        measurements=(
            Measurement(name="mid", value=total.share(MID), unit="share of mid elements reproduced"),
            Measurement(name="one", value=total.share(ONE), unit="share reproduced where candidates are one ulp apart"),
            Measurement(name="agree", value=total.share(AGREE), unit="share reproduced where candidates agree"),
            Measurement(
                name="chance",
                value=chance_share,
                unit="share of mid elements",
                about="the same with the candidates' difference shifted by half of each tensor, on the sample",
            ),
        ),
        tables={"arithmetics": tuple(_rows(choice, total, candidate_ids))},
    )
    return ReplayConclusion(total=total, tensors=tensors, chance=chance_share, result=finding)


def _rows(choice: Choice, total: ReplayTally, candidate_ids: Sequence[str]) -> list[dict[str, Scalar]]:
    rows: list[dict[str, Scalar]] = []
    for place, trial in enumerate(choice.trials):
        role = ("leader", "runner-up")[place] if place < 2 else "other"
        some = next(iter(trial.hypotheses.values()))
        weights = ", ".join(f"{w:.9g} {candidate_ids[i]}" for i, w in zip(some.parents, some.weights, strict=True))
        row: dict[str, Scalar] = {
            "arithmetic": trial.name,
            "role": role,
            "weights": weights if choice.pattern == "constant" else choice.pattern,
            "sample_elements": trial.elements,
            "sample_replayed": trial.replayed,
            "same_as": ", ".join(trial.same_as),
        }
        if place < 2:
            for name, kind in (("agree", AGREE), ("one", ONE), ("mid", MID)):
                row[f"{name}_elements"] = int(total.classes[kind, 0])
                row[f"{name}_replayed"] = int(total.classes[kind, 1 + place])
            row["all_elements"] = int(total.classes[:, 0].sum())
            row["all_replayed"] = int(total.classes[:, 1 + place].sum())
            row["discordant_elements"] = int(total.discordant[0])
            row["discordant_won"] = int(total.discordant[1 + place])
        rows.append(row)
    return rows
