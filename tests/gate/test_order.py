"""Where the weights leave open who was first, the gate accuses nobody: the model may be the parent itself."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from gate.findings import CONFLICT, TODAY, claim, declaration, finding, obligation, parent, verdict
from parentage.audit.gate.gathering import gather
from parentage.audit.gate.judging import judge
from parentage.audit.gate.policy_file import DEFAULT_POLICY, parse_policy
from parentage.errors import InputError

MODELS = Path(__file__).parents[2] / "examples" / "rivo" / "models"


def judged(relation, declared, policy=DEFAULT_POLICY):
    findings = (
        declaration(),
        finding("disclosure", parents=[parent(declared=declared, relation=relation)], claims=[claim()]),
        finding("obligations", obligations=[obligation()], conflicts=[CONFLICT]),
    )
    return judge(findings, verdict(relation, ("nimbus",)), policy, today=TODAY)


@pytest.mark.parametrize("relation", ["identical", "fine-tune", "low-rank-fine-tune", "rearranged", "stacked"])
@pytest.mark.parametrize("declared", ["not-declared", "unclear"])
def test_what_hangs_on_the_order_is_open(relation, declared) -> None:
    report = judged(relation, declared)
    assert (report.outcome, {one.rule for one in report.results}) == ("undecided", {"inconclusive"})
    assert any("if nimbus was there first" in one.message for one in report.results)
    first = replace(DEFAULT_POLICY, candidates_first=True)
    assert judged(relation, declared, first).outcome == "failed"


@pytest.mark.parametrize("relation", ["merge", "quantized", "pruned"])
def test_what_shows_its_order_fails(relation) -> None:
    assert judged(relation, "not-declared").outcome == "failed"


@pytest.mark.parametrize("declared", ["declared", "declared-wrongly"])
def test_a_declared_parent_was_there_first(declared) -> None:
    rules = {one.rule for one in judged("fine-tune", declared).results if one.level == "error"}
    assert {"claim-contradicted", "obligation-not-found", "conflict"} <= rules


def test_what_is_unclear_is_open_and_what_is_owed_stays_owed() -> None:
    findings = (declaration(), finding("disclosure", parents=[parent(declared="unclear", note="read it")]))
    report = judge(findings, verdict(), DEFAULT_POLICY, today=TODAY)
    assert [(one.rule, one.level) for one in report.results] == [("inconclusive", "warning")]
    owed = judge(
        (*findings, finding("obligations", obligations=[obligation()])), verdict(), DEFAULT_POLICY, today=TODAY
    )
    assert owed.outcome == "failed"


def test_a_parent_is_not_failed_for_its_own_merge(tmp_path: Path) -> None:
    for name in ("nimbus", "rivo"):
        shutil.copytree(MODELS / name, tmp_path / name)
    gathered = gather(str(tmp_path / "nimbus"), [f"rivo={tmp_path / 'rivo'}"])
    report = judge(gathered.findings, gathered.verdict, DEFAULT_POLICY, today=TODAY)
    assert report.relation == "fine-tune"
    assert report.outcome == "undecided"


def test_several_licences_of_which_all_are_known_are_open_only_where_a_list_is_given() -> None:
    rows = [{"model": "subject", "key": "", "how": "text-and-declared", "declared": "MIT OR Apache-2.0", "note": "two"}]
    findings = (declaration(licences=rows),)
    assert judge(findings, None, DEFAULT_POLICY, today=TODAY).outcome == "consistent"
    listed = replace(DEFAULT_POLICY, accepted_licences=("MIT",))
    assert judge(findings, None, listed, today=TODAY).outcome == "undecided"


def test_the_policy_says_who_was_first_with_a_boolean() -> None:
    head = b'schema = "parentage.gate/v1"\ncandidates_first = '
    assert parse_policy(head + b"true", where="p").candidates_first is True
    with pytest.raises(InputError, match="candidates_first"):
        parse_policy(head + b'"yes"', where="p")
