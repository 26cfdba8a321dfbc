import json
from dataclasses import replace

import pytest
from benchmarks.zoo.case import Answer, Case, any_of, find_mistakes, merged
from benchmarks.zoo.catalogue import independent_models, list_cases, list_families, list_jobs, to_labels
from benchmarks.zoo.job import MERGEKIT

METHODS = """
linear slerp task-arithmetic ties dare-ties dare-linear della della-linear breadcrumbs breadcrumbs-ties model-stock
sce nuslerp multislerp karcher nearswap arcee-fusion ram passthrough add-difference int8 int4 fp8
"""
MERGEKIT_METHODS = """
linear slerp nuslerp multislerp karcher task_arithmetic ties dare_linear dare_ties della della_linear breadcrumbs
breadcrumbs_ties model_stock sce ram ramplus_tl nearswap arcee_fusion passthrough
"""


@pytest.fixture(scope="module")
def families():
    return list_families(0)


@pytest.fixture(scope="module")
def cases(families):
    return list_cases(families)


def test_the_table_depends_on_the_seed_alone(families):
    again = list_families(0)
    assert to_labels(0, again) == to_labels(0, families)
    assert list_jobs(again) == list_jobs(families)
    assert list_jobs(list_families(1)) != list_jobs(families)


def test_there_are_enough_cases_of_each_kind(cases):
    innocents = [case for case in cases if case.innocent]
    assert len(cases) >= 200
    assert len(innocents) >= 100
    assert sum(case.hard for case in innocents) >= 40
    for half in ("choose", "report"):
        groups = {case.group for case in cases if case.half == half}
        assert groups == {case.group for case in cases}


def test_each_mergekit_method_is_in_both_halves(families):
    for half in ("choose", "report"):
        mine = [family for family in families if family.half == half]
        used = {job.settings["config"]["merge_method"] for job in list_jobs(mine) if job.operation == MERGEKIT}
        assert used == set(MERGEKIT_METHODS.split())


def test_no_innocent_may_be_called_a_merge(cases):
    for case in cases:
        if case.innocent:
            assert "merge" not in {case.relation} | {answer.relation for answer in case.accept}, case.id


def test_the_truth_is_an_answer_unless_a_parent_is_hidden(cases):
    for case in cases:
        if case.group != "hidden":
            assert case.relation in {answer.relation for answer in case.accept}, case.id


def test_methods_are_those_of_the_contract(cases):
    for case in cases:
        named = {method for answer in case.accept for method in answer.methods or ()}
        assert named | ({case.method} if case.method else set()) <= set(METHODS.split()), case.id


def test_every_model_of_a_case_is_made(families, cases):
    made = {output for job in list_jobs(families) for output in job.outputs}
    for case in cases:
        assert {case.subject, *case.candidates} <= made, case.id


def test_lists_are_as_long_as_they_say(cases):
    for case in cases:
        name, _, count = case.id.rpartition("-")
        if name.endswith("many-linear"):
            assert len(case.candidates) == int(count)


def test_halves_share_no_model(cases):
    used = {half: set() for half in ("choose", "report")}
    for case in cases:
        used[case.half] |= {case.subject, *case.candidates}
    assert not used["choose"] & used["report"]


def test_at_least_105_pairs_of_a_configuration_are_independent(families):
    dense = [path for family in families if family.architecture == "dense" for path in independent_models(family)]
    assert len(dense) == len(set(dense))
    assert len(dense) * (len(dense) - 1) // 2 >= 105


def test_labels_name_candidates_neutrally(cases):
    case = next(case for case in cases if case.id == "dense-0/linear")
    label = case.to_json()
    assert sorted(label["candidates"].values()) == sorted(case.candidates)
    assert {label["candidates"][name]: weight for name, weight in label["truth"]["weights"].items()} == case.weights
    assert json.loads(json.dumps(label)) == label


CASE = Case(
    id="x/y", half="choose", group="merge", subject="s", candidates=("a", "b"), relation="merge",
    accept=merged("linear"), method="linear", weights={"a": 0.5, "b": 0.5},
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"group": "nonsense"}, "unknown group"),
        ({"half": "third"}, "unknown half"),
        ({"accept": any_of("cousin")}, "unknown relation"),
        ({"accept": (Answer(relation="merge", then=("baked",)),)}, "unknown word in then"),
        ({"accept": ()}, "no answer is right"),
        ({"innocent": True}, "may not be called a merge"),
        ({"candidates": ()}, "no candidates"),
        ({"candidates": ("a", "a")}, "a candidate twice"),
        ({"subject": "a"}, "the subject is a candidate"),
        ({"method": None}, "weights without method"),
    ],
)
def test_a_mistake_in_the_table_is_found(changes, word):
    assert find_mistakes([CASE]) == []
    (mistake,) = find_mistakes([replace(CASE, **changes)])
    assert word in mistake


def test_an_id_used_twice_is_found():
    assert find_mistakes([CASE, CASE]) == ["x/y: id used twice"]
