"""Subjects that mergekit made: every method of its version 0.1.5, at a few settings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.zoo.case import any_of, merged
from benchmarks.zoo.family import Family
from benchmarks.zoo.job import MERGEKIT

# The parents of most merges: two middle-sized fine-tunes on different data.
A, B, C = "tune-1e-2", "tune-3e-2", "tune-3e-3"


def run_mergekit(
    family: Family,
    name: str,
    method: str,
    parents: Mapping[str, Mapping[str, Any]],
    *,
    base: str | None = None,
    **rest: Any,
) -> str:
    """Add a mergekit run: parameters of each parent, the base model, and any other keys of the configuration."""
    inputs = [*parents, *([base] if base else [])]
    models = [
        {"model": f"@{at}", **({"parameters": dict(own)} if own else {})} for at, own in enumerate(parents.values())
    ]
    config: dict[str, Any] = {"merge_method": method, "models": models, **rest}
    if base:
        at = inputs.index(base)
        inputs, config["base_model"] = inputs[: max(at + 1, len(parents))], f"@{at}"
    return family.make(name, MERGEKIT, {"config": config, "seed": family.number(name)}, inputs)


def _linear(family: Family) -> None:
    """Weighted means: where slerp falls back to the same bits, both names are right."""
    same = merged("linear", "slerp")

    def ask(name: str, weights: Mapping[str, float], accept: Any, extra: Sequence[str] = (), **rest: Any) -> None:
        note = rest.pop("note", "")
        run_mergekit(family, name, "linear", {part: {"weight": weight} for part, weight in weights.items()}, **rest)
        family.ask(
            name, "merge", name, [*weights, *extra], "merge", accept, method="linear", weights=weights, note=note
        )

    weight = family.pick(0.6, 0.35)
    both = {A: weight, B: round(1 - weight, 2)}
    ask("linear", both, same, ["base"])
    ask("linear-pair-only", {A: 0.5, C: 0.5}, same)
    weight = family.pick(0.6, 0.8)
    ask(
        "linear-with-base",
        {A: weight, "base": round(1 - weight, 2)},
        merged("linear", "slerp", "task-arithmetic"),
        note="the same bits as task arithmetic of one difference, up to its roundings",
    )
    ask("linear-near", {"tune-3e-4": 0.5, "tune-1e-3": 0.5}, same, ["base"])
    ask("linear-far", {"tune-1e-1": 0.3, B: 0.7}, merged("linear"), ["base"])
    ask("linear-three", {A: 0.5, B: 0.3, C: 0.2}, merged("linear"), ["base"])
    ask("linear-fp32", {A: 0.7, B: 0.3}, merged("linear", "slerp", then=None), dtype="float32", note="stored in fp32")
    ask("linear-computed-fp32", {A: 0.45, B: 0.55}, same, dtype="float32", out_dtype="bfloat16")
    ask("linear-sum-not-one", {A: 0.7, B: 0.4}, merged("linear"), parameters={"normalize": False})


def _by_place(family: Family) -> None:
    """Weights that differ over layers or over kinds of tensors."""
    name, ends = "linear-gradient", family.pick([0.2, 0.8], [0.9, 0.1, 0.5])
    run_mergekit(family, name, "linear", {A: {"weight": ends}, B: {"weight": [round(1 - end, 2) for end in ends]}})
    family.ask(name, "merge", name, [A, B, "base"], "merge", merged("linear", "slerp"), method="linear", parents=[A, B])
    name = "linear-by-module"
    first, second = 0.7, 0.3
    kind = "mlp" if family.architecture == "dense" else "experts"

    def by_module(attention: float, other: float) -> dict[str, Any]:
        return {
            "weight": [{"filter": "self_attn", "value": attention}, {"filter": kind, "value": other}, {"value": 0.5}]
        }

    run_mergekit(family, name, "linear", {A: by_module(first, second), B: by_module(1 - first, 1 - second)})
    family.ask(name, "merge", name, [A, B, "base"], "merge", merged("linear", "slerp"), method="linear", parents=[A, B])
    name = "slerp-gradient"
    config = {"t": [{"filter": "self_attn", "value": [0, 0.5, 0.3, 0.7, 1]}, {"value": 0.5}]}
    run_mergekit(family, name, "slerp", {A: {}, B: {}}, base=A, parameters=config)
    family.ask(name, "merge", name, [A, B, "base"], "merge", merged("linear", "slerp"), method="slerp", parents=[A, B])


def _spherical(family: Family) -> None:
    near, far = merged("linear", "slerp"), merged("slerp")
    t = family.pick(0.4, 0.7)
    for name, pair, accept in (("slerp", (A, C), near), ("slerp-far", ("tune-1e-1", B), far)):
        run_mergekit(family, name, "slerp", {part: {} for part in pair}, base=pair[0], parameters={"t": t})
        weights = {pair[0]: round(1 - t, 2), pair[1]: t}
        family.ask(name, "merge", name, [*pair, "base"], "merge", accept, method="slerp", weights=weights)
    weights = {A: family.pick(0.6, 0.3), B: family.pick(0.4, 0.7)}
    own = {part: {"weight": weight} for part, weight in weights.items()}
    for name, rest in (
        ("nuslerp", {}),
        ("nuslerp-rows", {"parameters": {"nuslerp_row_wise": True, "nuslerp_flatten": False}}),
        ("nuslerp-on-base", {"base": "base"}),
    ):
        run_mergekit(family, name, "nuslerp", own, **rest)
        family.ask(name, "merge", name, [A, B, "base"], "merge", merged("nuslerp"), method="nuslerp", weights=weights)
    own = {A: {"weight": 0.5}, B: {"weight": 0.3}, C: {"weight": 0.2}}
    run_mergekit(family, "multislerp", "multislerp", own)
    weights = {part: setting["weight"] for part, setting in own.items()}
    accept = merged("multislerp")
    family.ask(
        "multislerp", "merge", "multislerp", [A, B, C, "base"], "merge", accept, method="multislerp", weights=weights
    )
    for name, parts in (("karcher", [A, B]), ("karcher-three", [A, B, C])):
        run_mergekit(family, name, "karcher", {part: {} for part in parts})
        weights = {part: 1 / len(parts) for part in parts}
        family.ask(name, "merge", name, [*parts, "base"], "merge", merged("karcher"), method="karcher", weights=weights)


def _task_vectors(family: Family) -> None:
    """Methods that add what is left of the differences from a base."""
    pair = {A: {"weight": family.pick(0.7, 0.5)}, B: {"weight": family.pick(0.5, 0.4)}}

    def ask(name: str, method: str, own: Mapping[str, Mapping[str, Any]], accept: Any = None, **rest: Any) -> None:
        run_mergekit(family, name, method, own, base="base", **rest)
        word = method.replace("_", "-")
        family.ask(
            name, "merge", name, [*own, "base"], "merge", accept or merged(word), method=word, parents=[*own, "base"]
        )

    def thinned(density: float, **rest: Any) -> dict[str, dict[str, Any]]:
        return {part: {**setting, "density": density, **rest} for part, setting in pair.items()}

    run_mergekit(family, "task-arithmetic", "task_arithmetic", pair, base="base")
    accept = merged("task-arithmetic", "add-difference")
    weights = {part: setting["weight"] for part, setting in pair.items()}
    family.ask(
        "task-arithmetic", "merge", "task-arithmetic", [A, B, "base"], "merge", accept, method="task-arithmetic",
        weights=weights, parents=[A, B, "base"], note="weights of the differences from the base",
    )  # fmt: skip
    ask("task-arithmetic-lambda", "task_arithmetic", pair, accept, parameters={"lambda": 0.8})
    one = merged("task-arithmetic", "linear", "slerp", "add-difference")
    ask("task-arithmetic-one", "task_arithmetic", {B: {"weight": 0.6}}, one)
    ask("ties", "ties", thinned(family.pick(0.5, 0.3)))
    ask("ties-thin", "ties", thinned(family.pick(0.1, 0.2)), parameters={"lambda": 1.2})
    ask("dare-linear", "dare_linear", thinned(family.pick(0.5, 0.7)))
    ask("dare-ties", "dare_ties", thinned(family.pick(0.3, 0.6)))
    ask("dare-ties-one", "dare_ties", {B: {"weight": 1.0, "density": 0.5}}, merged("dare-ties", "dare-linear"))
    ask("della", "della", thinned(family.pick(0.6, 0.5), epsilon=0.15))
    ask("della-linear", "della_linear", thinned(family.pick(0.5, 0.7), epsilon=0.2))
    ask("breadcrumbs", "breadcrumbs", thinned(family.pick(0.6, 0.8), gamma=0.05))
    ask("breadcrumbs-ties", "breadcrumbs_ties", thinned(family.pick(0.5, 0.7), gamma=0.02))


def _predicted(family: Family) -> None:
    """Methods that choose their own weights or masks from the parents."""
    plain: dict[str, dict[str, Any]] = {A: {}, B: {}}

    def ask(name: str, method: str, own: Mapping[str, Mapping[str, Any]], word: str = "", **rest: Any) -> None:
        word = word or method.replace("_", "-")
        run_mergekit(family, name, method, own, base="base", **rest)
        family.ask(name, "merge", name, [*own, "base"], "merge", merged(word), method=word, parents=[*own, "base"])

    ask("model-stock", "model_stock", plain)
    ask("model-stock-rows", "model_stock", {**plain, C: {}}, parameters={"filter_wise": True})
    ask("sce", "sce", plain, parameters={"select_topk": family.pick(0.3, 0.6)})
    ask("ram", "ram", plain)
    ask("ram-plus", "ramplus_tl", plain, "ram")
    ask("arcee-fusion", "arcee_fusion", {B: {}})
    name, t = "nearswap", family.pick(0.002, 0.0005)
    run_mergekit(family, name, "nearswap", {B: {}}, base=A, parameters={"t": t})
    family.ask(name, "merge", name, [A, B, "base"], "merge", merged("nearswap"), method="nearswap", parents=[A, B])


def stack_layers(family: Family, name: str, slices: Sequence[tuple[str, int, int]]) -> str:
    """Add a model whose layers are copied: (model, first layer, layer behind the last), by mergekit where it can.

    With transformers 5 mergekit 0.1.5 cannot change the depth of a Qwen2 (its config checks itself), so there a few
    lines of torch do the same.
    """
    inputs = list(dict.fromkeys(part for part, _, _ in slices))
    if (
        family.shape.model_type == "qwen2"
        and sum(end - first for _, first, end in slices) != family.shape.num_hidden_layers
    ):
        layers = [[inputs.index(part), layer] for part, first, end in slices for layer in range(first, end)]
        return family.make(name, "stack", {"layers": layers}, inputs)
    sources = [{"model": f"@{inputs.index(part)}", "layer_range": [first, end]} for part, first, end in slices]
    config = {"merge_method": "passthrough", "slices": [{"sources": [source]} for source in sources]}
    return family.make(name, MERGEKIT, {"config": config}, inputs)


def _stacks(family: Family) -> None:
    depth = family.shape.num_hidden_layers
    for name, slices in (
        ("stack-self", [(A, 0, depth - 1), (A, 1, depth)]),
        ("stack-two", [(A, 0, depth - 1), (B, depth - 2, depth)]),
        ("stack-same-depth", [(A, 0, depth // 2), (B, depth // 2, depth)]),
    ):
        stack_layers(family, name, slices)
        parts = list(dict.fromkeys(part for part, _, _ in slices))
        accept = merged("passthrough") if len(parts) > 1 else ()
        stacked = any_of("stacked")
        family.ask(
            name, "merge", name, [A, B, "base"], "stacked", (*stacked, *accept), method="passthrough", parents=parts
        )


def add_mergekit_cases(family: Family) -> None:
    """Add all of them."""
    for part in (_linear, _by_place, _spherical, _task_vectors, _predicted, _stacks):
        part(family)


def loosen_stacked(family: Family) -> None:
    """Let `then` be anything where mergekit has stacked a mixture's experts: that is a rearrangement, if one likes."""
    made = {job.name for job in family.jobs if job.operation == MERGEKIT}
    for at, case in enumerate(family.cases):
        if family.shape.num_local_experts and case.subject in made:
            accept = tuple(replace(answer, then=None) for answer in case.accept)
            note = "; ".join(part for part in (case.note, "its experts are stacked") if part)
            family.cases[at] = replace(case, accept=accept, note=note)
