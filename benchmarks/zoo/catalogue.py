"""The whole zoo as data: every job and every case for a seed. Nothing is made here."""

from collections.abc import Sequence
from typing import Any

from benchmarks.zoo.after_cases import add_after_cases
from benchmarks.zoo.average_cases import add_average_cases
from benchmarks.zoo.case import Case, find_mistakes
from benchmarks.zoo.copy_cases import add_copy_cases
from benchmarks.zoo.crowd_cases import (
    add_hidden_cases,
    add_many_cases,
    add_stranger_cases,
    add_strangers,
    strangers_of,
)
from benchmarks.zoo.family import Family, train_base, train_relatives
from benchmarks.zoo.innocent_cases import add_innocent_cases
from benchmarks.zoo.job import Job
from benchmarks.zoo.mergekit_cases import add_mergekit_cases, loosen_stacked

SCHEMA = "parentage.zoo/v1"
FAMILIES = (("dense", 0), ("dense", 1), ("moe", 0), ("moe", 1))
PARTS = (
    train_base,
    train_relatives,
    add_strangers,
    add_mergekit_cases,
    add_average_cases,
    add_copy_cases,
    add_after_cases,
    add_innocent_cases,
    add_stranger_cases,
    add_hidden_cases,
    add_many_cases,
    loosen_stacked,
)


# The second architecture is asked for what could go another way there, not for everything again.
MIXTURE_CASES = """
linear linear-with-base linear-far linear-gradient linear-by-module slerp slerp-far nuslerp multislerp karcher
task-arithmetic task-arithmetic-one ties dare-linear dare-ties della breadcrumbs model-stock sce arcee-fusion
nearswap stack-two torch-bf16 torch-fp32 torch-lerp torch-near copied-keys copied-router soup-3 soup-4 running-two
add-difference strangers-linear
int8-rows int4-32 fp8-blocks stored-fp8 pruned-50 pruned-two-of-four
rearranged-neurons rearranged-experts rearranged-heads rearranged-hidden rearranged-everything repacked-fused
repacked-meta converted-fp32
after-trained-0.01 after-trained-0.1 after-int8 after-pruned after-experts after-fused
tune-1e-3 tune-1e-2 tune-1e-1 norms-only lora-r4 lora-r4-scaled tune-1e-2-at-50 tune-1e-2-at-90 constant-at-50
constant-at-75 sibling-order sibling-both sibling-slow sibling-windows second-parent reversed-linear reversed-ties
reversed-base twin stranger-of-pair stranger-tuned-3e-2 stranger-0 stranger-1 stranger-2 hidden-linear many-linear-10
"""


def list_families(seed: int, only: Sequence[str] = ()) -> list[Family]:
    """Return the families, or those that are named, with their jobs and cases."""
    families = []
    for architecture, index in FAMILIES:
        family = Family(architecture, index, seed)
        if only and family.key not in only:
            continue
        for part in PARTS:
            part(family)
        if architecture == "moe":
            chosen = MIXTURE_CASES.split()
            family.cases = [case for case in family.cases if case.id.split("/")[1] in chosen]
        families.append(family)
    return families


def list_jobs(families: Sequence[Family]) -> list[Job]:
    """Return every job that a case needs, or that makes a model of `independent`."""
    jobs = [job for family in families for job in family.jobs]
    makers = {output: job for job in jobs for output in job.outputs}
    open_paths = [path for family in families for path in independent_models(family)]
    open_paths += [path for case in list_cases(families) for path in (case.subject, *case.candidates)]
    needed: set[str] = set()
    while open_paths:
        job = makers[open_paths.pop()]
        if job.name not in needed:
            needed.add(job.name)
            open_paths += job.inputs
    return [job for job in jobs if job.name in needed]


def independent_models(family: Family) -> list[str]:
    """Return models of the family's configuration and half that share nothing: its base and strangers."""
    return [family.path("base"), *strangers_of(family)]


def list_cases(families: Sequence[Family]) -> list[Case]:
    """Return every case; raise ValueError where the table contradicts itself."""
    cases = [case for family in families for case in family.cases]
    if mistakes := find_mistakes(cases):
        raise ValueError("; ".join(mistakes))
    return cases


def to_labels(seed: int, families: Sequence[Family]) -> dict[str, Any]:
    """Return the content of labels.json; `independent` lists models of one configuration that share nothing."""
    independent: dict[str, list[str]] = {}
    for family in families:
        independent.setdefault(family.architecture, []).extend(independent_models(family))
    cases = [case.to_json() for case in list_cases(families)]
    return {"schema": SCHEMA, "seed": seed, "independent": independent, "cases": cases}
