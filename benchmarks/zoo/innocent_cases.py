"""Subjects that are no merge: fine-tunes, adapters, checkpoints of a candidate's run, siblings, roles reversed.

Nobody's weights can say which of two checkpoints came first, so a descendant and a relative are both right for most.
"""

from collections.abc import Sequence
from typing import Any

from benchmarks.zoo.average_cases import soup_name
from benchmarks.zoo.case import any_of
from benchmarks.zoo.family import CHECKPOINTS, LEVELS, Family
from benchmarks.zoo.mergekit_cases import A, B, C

DESCENT = any_of("fine-tune", "shared-origin")
UNDECIDED = any_of("shared-origin", "fine-tune", "inconclusive")
RELATIVES = any_of("shared-origin", "inconclusive")


def _innocent(family: Family, name: str, group: str, subject: str, candidates: Sequence[str], **rest: Any) -> None:
    relation, accept = rest.pop("relation", "shared-origin"), rest.pop("accept", UNDECIDED)
    family.ask(name, group, subject, candidates, relation, accept, innocent=True, **rest)


def _tunes(family: Family) -> None:
    """A fine-tune with its base and others of it."""
    for level in LEVELS:
        other = B if level != "3e-2" else A
        _innocent(
            family, f"tune-{level}", "fine-tune", f"tune-{level}", ["base", other], relation="fine-tune",
            accept=DESCENT + (any_of("inconclusive") if level == "3e-4" else ()), parents=["base"],
            note="one element in seven differs from the base" if level == "3e-4" else "",
        )  # fmt: skip
    simple = ("frozen-attention", "frozen-lower", "norms-only", "constant")
    for name in simple:
        note = "only norms (and router) moved" if name == "norms-only" else ""
        accept = DESCENT + (any_of("inconclusive") if note else ())
        _innocent(
            family,
            name,
            "fine-tune",
            name,
            ["base", A, B],
            relation="fine-tune",
            accept=accept,
            parents=["base"],
            note=note,
        )
    for name in ("lora-r4", "lora-r8", "lora-faint"):
        accept = any_of("low-rank-fine-tune") + (UNDECIDED if name == "lora-faint" else ())
        _innocent(
            family, name, "fine-tune", name, ["base", A, C], relation="low-rank-fine-tune", accept=accept,
            parents=["base"], hard=name == "lora-faint",
            note="most of the difference is below half an ulp" if name == "lora-faint" else "an adapter, merged in",
        )  # fmt: skip
    _innocent(
        family, "only-base-listed", "fine-tune", B, ["base"], relation="fine-tune", accept=DESCENT, parents=["base"]
    )


def _scaled_adapters(family: Family) -> None:
    """The same adapter at another scale, with the full one listed: a multiple of the difference, yet not a merge."""
    accept = any_of("shared-origin", "inconclusive", "low-rank-fine-tune", "fine-tune")
    for adapter, scale in (("lora-r4", 0.6), ("lora-r8", 0.5)):
        name = f"{adapter}-scaled"
        family.make(name, "fold", {"scale": scale}, ["base", f"adapters/{family.key}/{adapter}"])
        _innocent(
            family, name, "related", name, ["base", adapter], accept=accept, hard=True,
            note=f"the adapter at {scale} of its scale, the full one is listed",
        )  # fmt: skip
    name = "lora-r4-scaled"
    accept = any_of("low-rank-fine-tune")
    _innocent(
        family,
        f"{name}-alone",
        "fine-tune",
        name,
        ["base", A, B],
        relation="low-rank-fine-tune",
        accept=accept,
        parents=["base"],
    )


def _checkpoints(family: Family) -> None:
    """Earlier checkpoints of a candidate's run: they lie near the line from the base to its end."""
    for run, schedule in ((A, "decaying"), ("constant", "constant")):
        for part in CHECKPOINTS:
            percent = round(100 * part)
            _innocent(
                family, f"{run}-at-{percent}", "related", f"{run}-at-{percent}", [run, "base"], hard=True,
                note=f"{percent} % of the way of the first candidate's run, {schedule} rate",
            )  # fmt: skip
    _innocent(family, "later", "related", A, [f"{A}-at-75", "base"], hard=True, note="a later checkpoint of the run")
    _innocent(
        family, "between", "related", f"{A}-at-75", [f"{A}-at-50", A, "base"], hard=True,
        note="a checkpoint between two that are listed",
    )  # fmt: skip


def _siblings(family: Family) -> None:
    notes = {
        "order": "the same data in another order",
        "slow": "the same data in the same order at half the rate",
        "windows": "other windows of the same domain",
        "longer": "the same domain, more steps at a higher rate",
    }
    for name, note in notes.items():
        _innocent(family, f"sibling-{name}", "related", name, [A, "base"], hard=True, parents=["base"], note=note)
    for name in ("both", "both-fast"):
        _innocent(
            family, f"sibling-{name}", "related", name, [A, B, "base"], hard=True, parents=["base"],
            note="trained on the data of both fine-tunes that are listed: the honest way to what a merge is for",
        )  # fmt: skip
    _innocent(
        family, "sibling-three", "related", "slow", [A, "order", "windows", "base"], hard=True, parents=["base"],
        note="three siblings on the same domain and the base",
    )  # fmt: skip
    _innocent(
        family, "sibling-no-base", "related", B, [A, C], accept=RELATIVES + any_of("fine-tune"), hard=True,
        note="two siblings; the base that all share is not listed",
    )  # fmt: skip
    _innocent(
        family, "sibling-master", "related", "master-a", ["master-b", "base"], hard=True,
        note="both were trained from the base's fp32 master; the base's rounding is a direction that they share",
    )  # fmt: skip


def _grandchildren(family: Family) -> None:
    for name in ("second", "second-small"):
        note = "a fine-tune of a fine-tune"
        _innocent(
            family, f"{name}-parent", "fine-tune", name, [A, "base", B], relation="fine-tune", accept=DESCENT,
            parents=[A], hard=True, note=f"{note}; its parent is listed",
        )  # fmt: skip
        _innocent(
            family, f"{name}-grandparent", "related", name, ["base", B], relation="fine-tune", accept=DESCENT,
            parents=["base"], note=f"{note}; only its grandparent and a sibling are listed",
        )  # fmt: skip
    _innocent(
        family, "second-from-windows", "related", "second", ["windows", "base"], hard=True, parents=["base"],
        note="its parent was trained on the same domain as the first candidate",
    )  # fmt: skip


def _reversed(family: Family) -> None:
    """The merge is a candidate and its parent the subject."""
    for name, subject, candidates, note in (
        ("reversed-linear", A, ["linear", B], "a parent of a linear merge"),
        ("reversed-linear-base", A, ["linear-with-base", "base"], "the parent, its merge with the base, the base"),
        ("reversed-bf16", B, ["torch-bf16", A, "base"], "a parent of a merge in bf16"),
        ("reversed-task", A, ["task-arithmetic", B, "base"], "a parent of a task arithmetic merge"),
        ("reversed-ties", B, ["ties", "base"], "a parent of a TIES merge"),
        ("reversed-soup", C, [soup_name(family), A, B], "a parent of a soup"),
        ("reversed-base", "base", [A, B], "the base itself, two of its fine-tunes listed"),
        ("reversed-after", A, ["after-trained-0.03", B, "base"], "a parent of a merge that was trained on"),
    ):
        _innocent(family, name, "reversed", subject, candidates, hard=True, note=note)


def add_innocent_cases(family: Family) -> None:
    """Add all of them."""
    for part in (_tunes, _scaled_adapters, _checkpoints, _siblings, _grandchildren, _reversed):
        part(family)
