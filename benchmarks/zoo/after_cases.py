"""Subjects with more than one step: a merge that was trained, quantised, pruned or permuted, a fine-tune permuted."""

from benchmarks.zoo.case import Answer, any_of, merged
from benchmarks.zoo.family import LEVELS, MIDDLE, Family
from benchmarks.zoo.mergekit_cases import A, B

MERGE = "after-merge"
PATHS = {"0.003": 0.003, "0.01": 0.01, "0.03": 0.03, "0.1": 0.1, "0.3": 0.3}
STEPS_TO_DISTANCE = 20


def _answers(then: str) -> tuple[Answer, ...]:
    return (Answer(relation="merge", then=(then,)),)


def _trained(family: Family) -> None:
    """Trained on, for a path that is a part of the parents' distance: the longer, the less can be said."""
    undecided = any_of("inconclusive", "shared-origin", "fine-tune")
    for name, path in PATHS.items():
        full = f"after-trained-{name}"
        settings = {"domain": "markup", "rate": 0.0, "steps": STEPS_TO_DISTANCE, "path": path}
        settings |= {"data_seed": family.number(full), "order_seed": family.number(full)}
        family.make(full, "train", settings, [MERGE, A, B])
        accept = _answers("trained")
        accept += merged() if path < 0.01 else ()
        accept += any_of("inconclusive") if path >= 0.03 else ()
        accept += undecided[1:] if path >= 0.3 else ()
        family.ask(
            full, "merge-after", full, [A, B, "base"], "merge", accept, then=("trained",), method="linear",
            parents=[A, B], hard=path >= 0.1, note=f"the way trained is {name} of the parents' distance",
        )  # fmt: skip
    full = "after-tuned"
    family.train(full, MERGE, "settings", LEVELS[MIDDLE][0])
    accept = _answers("trained") + undecided
    family.ask(
        full, "merge-after", full, [A, B, "base"], "merge", accept, then=("trained",), method="linear",
        parents=[A, B], hard=True, note="a full fine-tune of a merge",
    )  # fmt: skip
    family.ask(
        "after-tuned-merge-listed", "fine-tune", full, [MERGE, A, B], "fine-tune",
        any_of("fine-tune", "shared-origin"), parents=[MERGE], innocent=True, hard=True,
        note="a fine-tune of a merge that is itself a candidate, beside its parents",
    )  # fmt: skip
    full = "after-base-trained"
    settings = {"domain": "markup", "rate": 0.0, "steps": STEPS_TO_DISTANCE, "path": 0.1}
    settings |= {"data_seed": family.number(full), "order_seed": family.number(full)}
    family.make(full, "train", settings, ["linear-with-base", A, "base"])
    accept = _answers("trained") + undecided
    family.ask(
        full, "merge-after", full, [A, "base"], "merge", accept, then=("trained",), method="linear",
        parents=[A, "base"], hard=True, note="like a checkpoint of the parent's run",
    )  # fmt: skip


def _copied(family: Family) -> None:
    lossy = {
        "int8": ("quantized", {"kind": "int8"}),
        "fp8": ("quantized", {"kind": "fp8", "block": 0}),
        "int4": ("quantized", {"kind": "int4", "group": 32}),
        "stored-int8": ("quantized", {"kind": "stored", "form": "int8"}),
        "pruned": ("pruned", {"kind": "magnitude", "share": 0.3}),
        "pruned-neurons": ("pruned", {"kind": "neurons", "share": 0.25}),
    }
    for name, (then, settings) in lossy.items():
        full = f"after-{name}"
        family.make(full, "degrade", settings, [MERGE])
        accept = _answers(then) + (any_of("inconclusive") if name == "int4" else ())
        family.ask(
            full, "merge-after", full, [A, B, "base"], "merge", accept, then=(then,), method="linear", parents=[A, B]
        )
    rewritten = {
        "neurons": ["neurons"],
        "heads": ["heads", "neurons"],
        "powers": ["scale-powers"],
        "hidden": ["hidden"],
    }
    if family.shape.num_local_experts:
        rewritten |= {"experts": ["experts", "neurons"]}
    for name, steps in rewritten.items():
        full = f"after-{name}"
        family.make(full, "rewrite", {"steps": steps, "seed": family.number(full)}, [MERGE])
        family.ask(
            full, "merge-after", full, [A, B, "base"], "merge", _answers("rearranged"), then=("rearranged",),
            method="linear", parents=[A, B],
        )  # fmt: skip
    full = "after-fused"
    family.make(full, "rewrite", {"packing": "fused"}, [MERGE])
    family.ask(
        full, "merge-after", full, [A, B, "base"], "merge", any_of("merge"), then=("rearranged",), method="linear",
        parents=[A, B], note="only repacked",
    )  # fmt: skip


def _tuned_then_moved(family: Family) -> None:
    """A fine-tune whose neurons or heads were reordered; its parent is listed, the fine-tune is not."""
    for name, parent, steps in (
        ("tuned-permuted", B, ["neurons", "heads"]),
        ("tuned-scaled", A, ["scale-powers"]),
        ("tuned-hidden", "tune-1e-1", ["hidden", "neurons"]),
    ):
        family.make(name, "rewrite", {"steps": steps, "seed": family.number(name)}, [parent])
        accept = (Answer(relation="fine-tune", then=("rearranged",)), Answer(relation="shared-origin"))
        other = "constant"
        family.ask(
            name, "fine-tune", name, ["base", other], "fine-tune", accept, then=("rearranged",), parents=["base"],
            innocent=True, hard=True, note="a fine-tune, then rearranged",
        )  # fmt: skip
    name = "tuned-int8"
    family.make(name, "degrade", {"kind": "int8"}, [B])
    accept = (Answer(relation="fine-tune"), Answer(relation="shared-origin"))
    family.ask(
        name, "fine-tune", name, ["base", "constant"], "fine-tune", accept, then=("quantized",), parents=["base"],
        innocent=True, hard=True, note="a fine-tune, then quantised",
    )  # fmt: skip


def add_after_cases(family: Family) -> None:
    """Add all of them."""
    weight = family.pick(0.55, 0.45)
    family.make(MERGE, "average", {"rule": "fp32", "weight": weight}, [A, B])
    for part in (_trained, _copied, _tuned_then_moved):
        part(family)
