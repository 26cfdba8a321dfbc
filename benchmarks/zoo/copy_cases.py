"""Subjects that are copies of one candidate: lossy, rearranged, repacked, converted."""

from collections.abc import Mapping
from typing import Any

from benchmarks.zoo.case import any_of
from benchmarks.zoo.family import Family
from benchmarks.zoo.mergekit_cases import A, B

LOSSY: dict[str, tuple[str, Mapping[str, Any]]] = {
    "int8-rows": ("int8", {"kind": "int8"}),
    "int4-32": ("int4", {"kind": "int4", "group": 32}),
    "int4-128": ("int4", {"kind": "int4", "group": 128}),
    "int4-32-zero-points": ("int4", {"kind": "int4", "group": 32, "symmetric": False}),
    "fp8-tensor": ("fp8", {"kind": "fp8", "block": 0}),
    "fp8-blocks": ("fp8", {"kind": "fp8", "block": 128}),
    "stored-int8": ("int8", {"kind": "stored", "form": "int8"}),
    "stored-fp8": ("fp8", {"kind": "stored", "form": "fp8"}),
    "stored-fp8-blocks": ("fp8", {"kind": "stored", "form": "fp8-block"}),
}
GGUF = {"gguf-q8": ("int8", {"kind": "gguf", "form": "q8_0"}), "gguf-q4": ("int4", {"kind": "gguf", "form": "q4_0"})}
PRUNED: dict[str, Mapping[str, Any]] = {
    "pruned-30": {"kind": "magnitude", "share": 0.3},
    "pruned-50": {"kind": "magnitude", "share": 0.5},
    "pruned-two-of-four": {"kind": "two-of-four"},
    "pruned-neurons": {"kind": "neurons", "share": 0.25},
}
REARRANGED = ("neurons", "heads", "hidden", "fold-norms", "scale-powers", "scale-freely")
REPACKED = ("fused", "meta", "padded")


def _lossy(family: Family) -> None:
    kinds = LOSSY | (GGUF if family.architecture == "dense" else {})
    for name, (method, settings) in kinds.items():
        family.make(name, "degrade", settings, [A])
        family.ask(name, "lossy", name, [A, "base", B], "quantized", any_of("quantized"), method=method, parents=[A])
    for name, settings in PRUNED.items():
        family.make(name, "degrade", settings, [A])
        family.ask(name, "lossy", name, [A, "base", B], "pruned", any_of("pruned"), parents=[A])


def _rearranged(family: Family) -> None:
    steps = REARRANGED + (("experts",) if family.shape.num_local_experts else ())
    everything = [step for step in steps if step != "scale-freely"]
    accept = any_of("rearranged")
    note = {"fold-norms": "values are rounded anew", "scale-freely": "values are rounded anew"}
    for name, parts in (*((step, [step]) for step in steps), ("everything", everything)):
        full = f"rearranged-{name}"
        family.make(full, "rewrite", {"steps": parts, "seed": family.number(full)}, [A])
        family.ask(full, "rearranged", full, [A, "base", B], "rearranged", accept, parents=[A], note=note.get(name, ""))
    for packing in REPACKED:
        full = f"repacked-{packing}"
        family.make(full, "rewrite", {"packing": packing}, [A])
        answers = any_of("rearranged", "identical")
        family.ask(full, "rearranged", full, [A, "base", B], "rearranged", answers, parents=[A])


def _converted(family: Family) -> None:
    """Other containers and dtypes: the same weights."""
    for name, settings in (
        ("copied-shards", {"packing": "shards"}),
        ("converted-fp32", {"dtype": "float32"}),
        ("converted-fp16", {"dtype": "float16"}),
    ):
        family.make(name, "rewrite", settings, [A])
        note = "values below fp16's range are lost" if "fp16" in name else ""
        family.ask(name, "rearranged", name, [A, "base", B], "identical", any_of("identical"), parents=[A], note=note)


def add_copy_cases(family: Family) -> None:
    """Add all of them."""
    for part in (_lossy, _rearranged, _converted):
        part(family)
