"""Subjects merged by a few lines of torch: other roundings, soups, averages of checkpoints, parts that are copied."""

from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.zoo.case import any_of, merged
from benchmarks.zoo.family import Family
from benchmarks.zoo.mergekit_cases import A, B, C

SAME = merged("linear", "slerp")
SOUPS = ((3, 6), (4, 8))
MOVING = [f"{A}-at-50", f"{A}-at-75", f"{A}-at-90", A]


def _ask(
    family: Family,
    name: str,
    settings: Mapping[str, Any],
    weights: Mapping[str, float],
    extra: Sequence[str] = ("base",),
    **rest: Any,
) -> None:
    family.make(name, "average", settings, list(weights))
    accept = rest.pop("accept", SAME)
    method = rest.pop("method", "linear")
    candidates = list(dict.fromkeys([*weights, *extra]))
    family.ask(name, "merge", name, candidates, "merge", accept, method=method, weights=weights, **rest)


def _pairs(family: Family) -> None:
    weight = family.pick(0.6, 0.72)
    both = {A: weight, B: round(1 - weight, 2)}
    _ask(
        family, "torch-bf16", {"rule": "bf16", "weight": weight}, both, note="three roundings", accept=merged("linear")
    )
    _ask(family, "torch-fp32", {"rule": "fp32", "weight": 0.5}, {A: 0.5, C: 0.5})
    _ask(family, "torch-fp32-odd", {"rule": "fp32", "weight": 0.6180339}, {A: 0.6180339, B: 0.3819661})
    _ask(family, "torch-lerp", {"rule": "lerp", "weight": 0.3}, {B: 0.3, C: 0.7}, ())
    _ask(
        family, "torch-alpha", {"rule": "alpha-add", "weight": weight}, both, accept=merged("linear", "task-arithmetic")
    )
    _ask(
        family,
        "torch-fp16",
        {"rule": "fp32", "weight": weight, "dtype": "float16"},
        both,
        note="stored in fp16",
        accept=merged("linear", "slerp", then=None),
    )
    near = {"tune-3e-3": 0.4, "tune-1e-3": 0.6}
    _ask(family, "torch-near", {"rule": "fp32", "weight": 0.4}, near)
    both = {"lora-r4": 0.5, "lora-r8": 0.5}
    _ask(family, "torch-adapters", {"rule": "fp32", "weight": 0.5}, both, note="the parents are merged adapters")


def _copied_parts(family: Family) -> None:
    """One family of tensors is a parent's own."""
    accept = merged("linear", "slerp")
    kinds = {"copied-norms": ["norm"], "copied-keys": ["k_proj"], "copied-ends": ["lm_head", "embed"]}
    if family.shape.num_local_experts:
        kinds["copied-router"] = ["block_sparse_moe.gate"]
    for name, copied in kinds.items():
        settings = {"rule": "fp32", "weight": 0.6, "copied": copied}
        family.make(name, "average", settings, [A, B])
        note = f"tensors named {' or '.join(copied)} are copied from one parent"
        family.ask(name, "merge", name, [A, B, "base"], "merge", accept, method="linear", parents=[A, B], note=note)
    name, layers = "torch-gradient", family.shape.num_hidden_layers
    family.make(
        name, "average", {"rule": "gradient", "ends": family.pick([0.2, 0.9], [0.8, 0.4]), "layers": layers}, [A, B]
    )
    family.ask(name, "merge", name, [A, B, "base"], "merge", accept, method="linear", parents=[A, B])


def soup_name(family: Family) -> str:
    """Return the smallest of the family's soups."""
    return f"soup-{family.pick(*SOUPS)[0]}"


def _several(family: Family) -> None:
    pool = [A, B, C, "constant", "order", "second", "windows", "longer"]
    for count in family.pick(*SOUPS):
        parts = pool[:count]
        weights = {part: 1 / count for part in parts}
        _ask(family, f"soup-{count}", {"rule": "soup"}, weights, accept=merged("linear"), note="uniform mean")
    decay = family.pick(0.6, 0.7)
    last = {MOVING[0]: decay, MOVING[3]: round(1 - decay, 2)}
    _ask(family, "running-two", {"rule": "running", "decay": decay}, last, note="moving average of two checkpoints")
    shares = [decay**3] + [(1 - decay) * decay ** (3 - at) for at in (1, 2, 3)]
    weights = dict(zip(MOVING, shares, strict=True))
    settings = {"rule": "running", "decay": decay}
    _ask(
        family,
        "running-four",
        settings,
        weights,
        accept=merged("linear"),
        hard=True,
        note="moving average; all its parts are listed",
    )


def _differences(family: Family) -> None:
    accept = merged("add-difference", "task-arithmetic")
    for name, multiplier, parts in (
        ("add-difference", family.pick(0.7, 0.5), (A, B, "base")),
        ("add-difference-apart", 0.6, (C, "second", A)),
    ):
        settings = {"rule": "add-difference", "multiplier": multiplier}
        family.make(name, "average", settings, parts)
        weights = {parts[0]: 1.0, parts[1]: multiplier, parts[2]: -multiplier}
        candidates = list(dict.fromkeys([*parts, "base"]))
        family.ask(
            name, "merge", name, candidates, "merge", accept, method="add-difference", weights=weights,
            note="a + m (b - c): weights of a, b and c",
        )  # fmt: skip


def _averages_unlisted(family: Family) -> None:
    """The mean of a run's checkpoints, of which only the last is listed: a relative, and never a provable merge."""
    family.make("mean-of-run", "average", {"rule": "soup"}, MOVING)
    accept = any_of("shared-origin", "fine-tune", "inconclusive")
    family.ask(
        "mean-of-run", "related", "mean-of-run", [A, "base"], "shared-origin", accept, innocent=True, hard=True,
        note="mean of a run's checkpoints; only its last and the base are listed",
    )  # fmt: skip


def add_average_cases(family: Family) -> None:
    """Add all of them."""
    for part in (_pairs, _copied_parts, _several, _differences, _averages_unlisted):
        part(family)
