"""The gate's rules, each with findings that raise it and findings that do not."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gate.findings import (
    CONFLICT,
    CONSISTENT,
    TODAY,
    claim,
    declaration,
    finding,
    licence,
    obligation,
    parent,
    verdict,
)
from parentage.audit.gate.judging import judge
from parentage.audit.gate.policy_file import DEFAULT_POLICY, GatePolicy, PolicyException
from parentage.evidence.gate_report import RULE_IDS, gate_document
from parentage.finding import DESCENT, Failed

ACCUSING = {
    "undeclared-parent",
    "parent-declared-wrongly",
    "claim-contradicted",
    "obligation-not-found",
    "conflict",
    "documentation-inconsistent",
}
ACCUSATIONS = (
    declaration(),
    finding(
        "disclosure",
        parents=[parent(declared="not-declared"), parent("basalt", "declared-wrongly")],
        claims=[claim()],
        declared=[{"value": "org/x", "where": "README.md:3", "outcome": "contradicted", "note": ""}],
        documentation=[{"fact": "steps", "status": "inconsistent", "where": "README.md:20", "note": ""}],
    ),
    finding("obligations", obligations=[obligation()], conflicts=[CONFLICT]),
)


def judged(findings, found=None, policy=DEFAULT_POLICY, **others):
    return judge(findings, verdict() if found is None else found, policy, today=TODAY, **others)


def with_finding(changed):
    return tuple(changed if one.question == changed.question else one for one in CONSISTENT)


def rules(report, level=None):
    return [result.rule for result in report.results if level in (None, result.level)]


def test_what_is_consistent_passes() -> None:
    report = judged(CONSISTENT)
    assert (report.outcome, report.exit_status, report.results) == ("consistent", 0, ())
    assert "The verdict is merge." in report.statement


@pytest.mark.parametrize(
    ("changed", "rule", "where", "about"),
    [
        (
            finding("disclosure", parents=[parent(), parent("basalt", "not-declared")]),
            "undeclared-parent",
            "README.md",
            "basalt",
        ),
        (
            finding("disclosure", parents=[parent(declared="declared-wrongly", note="declared as finetune")]),
            "parent-declared-wrongly",
            "README.md:4",
            "nimbus",
        ),
        (finding("disclosure", claims=[claim()]), "claim-contradicted", "README.md:9", ""),
        (
            finding("disclosure", declared=[{"value": "o/x", "where": "README.md:3", "outcome": "contradicted"}]),
            "claim-contradicted",
            "README.md:3",
            "o/x",
        ),
        (finding("obligations", obligations=[obligation()]), "obligation-not-found", "README.md", "nimbus"),
        (finding("obligations", conflicts=[CONFLICT]), "conflict", "README.md:2", "nimbus, basalt"),
        (
            declaration(licences=[licence(key="", how="contradictory", where="LICENSE")]),
            "licence-text-contradicts",
            "LICENSE",
            "",
        ),
        (
            declaration(problems=[{"model": "subject", "line": "README.md:3: duplicate key: license"}]),
            "front-matter",
            "README.md:3",
            "",
        ),
    ],
)
def test_what_contradicts_or_is_owed_fails(changed, rule, where, about) -> None:
    report = judged(with_finding(changed))
    assert (report.outcome, report.exit_status) == ("failed", 1)
    assert [(one.rule, one.where, one.parent) for one in report.results if one.level == "error"] == [
        (rule, where, about)
    ]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (declaration(licences=[licence(key="", how="none", declared="")]), "licence-unknown"),
        (finding("obligations", obligations=[obligation("unknown-licence", kind="")]), "licence-unknown"),
    ],
)
@pytest.mark.parametrize(
    ("on_inconclusive", "status", "level"), [("undecided", 3, "warning"), ("pass", 0, "note"), ("fail", 1, "error")]
)
def test_what_is_not_known_is_open(changed, rule, on_inconclusive, status, level) -> None:
    report = judged(with_finding(changed), policy=GatePolicy(on_inconclusive=on_inconclusive))
    assert report.exit_status == status
    assert [(one.rule, one.level) for one in report.results] == [(rule, level)]


@pytest.mark.parametrize("relation", ["inconclusive", "shared-origin", "independent"])
@pytest.mark.parametrize("on_inconclusive", ["undecided", "pass", "fail"])
def test_a_verdict_that_names_no_parents_accuses_nobody(relation, on_inconclusive) -> None:
    report = judged(ACCUSATIONS, verdict(relation), GatePolicy(on_inconclusive=on_inconclusive))
    assert not ACCUSING & {one.rule for one in report.results if one.level != "note"}
    assert report.exit_status == {"undecided": 3, "pass": 0, "fail": 1}[on_inconclusive]


_TEXT = st.text(max_size=12)
_ROW = st.dictionaries(
    st.sampled_from(["id", "declared", "outcome", "status", "where", "quote", "kind", "relation", "weight", "note"]),
    st.one_of(
        _TEXT, st.none(), st.floats(), st.sampled_from(["not-declared", "contradicted", "not-found", "inconsistent"])
    ),
)
_TABLES = st.fixed_dictionaries(
    {name: st.lists(_ROW, max_size=3) for name in ("parents", "declared", "claims", "documentation", "obligations")}
)


@given(_TABLES, st.sampled_from(["inconclusive", "shared-origin", "independent"]))
def test_whatever_the_rows_say(tables, relation) -> None:
    findings = (declaration(), finding("disclosure", **tables), finding("obligations", **tables))
    report = judged(findings, verdict(relation))
    assert not ACCUSING & {one.rule for one in report.results if one.level != "note"}
    assert report.exit_status in (0, 3)
    assert report == judged(findings, verdict(relation))


@given(_TABLES, st.sampled_from(DESCENT))
def test_any_row_gives_lines_that_can_be_shown(tables, relation) -> None:
    report = judged(
        (declaration(), finding("disclosure", **tables), finding("obligations", **tables)), verdict(relation)
    )
    for result in report.results:
        assert result.rule in RULE_IDS
        assert (result.message + result.where + result.parent).isprintable()
        assert len(result.message) <= 600


def test_without_a_verdict_the_documents_alone_are_judged() -> None:
    report = judge((declaration(), *CONSISTENT[1:]), None, DEFAULT_POLICY, today=TODAY)
    assert report.exit_status == 0
    assert "Parentage was not tested." in report.statement
    assert rules(report) == ["not-tested"]
    assert gate_document(report)["parentage_tested"] is False


@pytest.mark.parametrize("protocol", ["weights", "identity"])
@pytest.mark.parametrize(("on_inconclusive", "status"), [("undecided", 3), ("pass", 3), ("fail", 1)])
def test_a_demanded_protocol_never_passes_unrun(protocol, on_inconclusive, status) -> None:
    policy = GatePolicy(required_protocols=(protocol,), on_inconclusive=on_inconclusive)
    report = judge(CONSISTENT[:1], None, policy, today=TODAY)
    assert report.exit_status == status
    assert "protocol-missing" in rules(report)


def test_protocols_that_ran_are_not_missing() -> None:
    policy = GatePolicy(required_protocols=("weights", "documents", "identity"))
    assert judged((*CONSISTENT, finding("self-report")), policy=policy).results == ()
    failed = Failed(question="declaration", version="1", reason="", coverage=CONSISTENT[0].coverage)
    assert rules(judged((failed,))) == ["protocol-missing"]


def test_only_the_relations_that_are_asked_for_must_be_declared() -> None:
    findings = with_finding(finding("disclosure", parents=[parent(declared="not-declared", relation="quantized")]))
    quantized = verdict("quantized", ("nimbus",))
    assert judged(findings, quantized).exit_status == 1
    report = judged(findings, quantized, GatePolicy(required_relations=("merge",)))
    assert report.exit_status == 0
    assert rules(report, "note") == ["undeclared-parent"]


def test_accepted_licences() -> None:
    assert judged(CONSISTENT, policy=GatePolicy(accepted_licences=("Apache-2.0",))).exit_status == 0
    report = judged(CONSISTENT, policy=GatePolicy(accepted_licences=("MIT",)))
    assert rules(report, "error") == ["licence-not-accepted"]
    unknown = with_finding(declaration(licences=[licence(key="", how="none"), licence("nimbus", key="GPL-3.0-only")]))
    assert rules(judged(unknown, policy=GatePolicy(accepted_licences=("MIT",))), "error") == ["licence-unknown"]


@pytest.mark.parametrize(("demand", "level"), [("fail", "error"), ("warn", "warning"), ("ignore", None)])
def test_obligations_weigh_what_the_policy_says(demand, level) -> None:
    owed = finding("obligations", obligations=[obligation(kind="name-prefix"), obligation(kind="retain-notice")])
    policy = GatePolicy(obligations={"name-prefix": demand}, other_obligations="ignore")
    assert [one.level for one in judged(with_finding(owed), policy=policy).results] == ([level] if level else [])


def test_what_cannot_be_checked_is_only_noted() -> None:
    owed = finding("obligations", obligations=[obligation("not-checkable"), obligation("disputed", clause="4b")])
    report = judged(with_finding(owed))
    assert report.exit_status == 0
    assert rules(report, "note") == ["obligation-open", "obligation-open"]


def test_documentation_that_the_weights_do_not_show_is_a_warning() -> None:
    row = {"fact": "steps", "status": "inconsistent", "where": "README.md:20", "note": ""}
    report = judged(with_finding(finding("disclosure", documentation=[row])))
    assert (report.exit_status, rules(report, "warning")) == (0, ["documentation-inconsistent"])


def test_exceptions_let_pass_until_their_day() -> None:
    findings = with_finding(finding("disclosure", parents=[parent(declared="not-declared")]))
    exception = PolicyException(rule="undeclared-parent", parent="nimbus", reason="agreed", until=TODAY)
    report = judged(findings, policy=GatePolicy(exceptions=(exception,)))
    assert report.exit_status == 0
    assert [(one.rule, one.level, one.allowed) for one in report.results] == [
        ("undeclared-parent", "note", "agreed (until 2026-07-01)")
    ]
    expired = replace(exception, until=date(2026, 6, 30))
    report = judged(findings, policy=GatePolicy(exceptions=(expired,)))
    assert report.exit_status == 1
    assert [(one.rule, one.level) for one in report.results] == [
        ("undeclared-parent", "error"),
        ("exception", "warning"),
    ]
    other = replace(exception, parent="basalt")
    report = judged(findings, policy=GatePolicy(exceptions=(other,)))
    assert (report.exit_status, rules(report, "note")) == (1, ["exception"])


def test_an_exception_settles_what_is_open() -> None:
    exception = PolicyException(rule="inconclusive", parent="", reason="known", until=TODAY)
    assert judged(CONSISTENT, verdict("inconclusive")).exit_status == 3
    policy = GatePolicy(exceptions=(exception,))
    assert judged(CONSISTENT, verdict("inconclusive"), policy).exit_status == 0


def test_a_missing_card_and_unread_files_are_said() -> None:
    problems = [{"model": "subject", "line": "config.json: not read"}, {"model": "nimbus", "line": "README.md: x"}]
    report = judged(with_finding(declaration(files=("LICENSE",), problems=problems)))
    assert sorted((one.rule, one.level, one.where) for one in report.results) == [
        ("file-unread", "warning", "config.json"),
        ("front-matter", "warning", ""),
    ]


def test_a_field_that_cannot_be_read_is_a_warning() -> None:
    problems = [{"model": "subject", "line": "README.md:3: license is a list of 2: one text"}]
    fields = [{"model": "subject", "name": "tags", "value": "x", "where": "README.md:4"}]
    report = judged(with_finding(declaration(problems=problems, fields=fields)))
    assert [(one.rule, one.level, one.where) for one in report.results] == [("front-matter", "warning", "README.md:3")]
    of_another = [{**fields[0], "model": "nimbus"}, {**fields[0], "where": "config.json:2"}]
    assert judged(with_finding(declaration(problems=problems, fields=of_another))).exit_status == 1


def test_what_was_not_tested_is_said() -> None:
    report = judged(CONSISTENT, untested=("org/gone: could not be read\x1b[2J",))
    assert [(one.rule, one.message) for one in report.results] == [
        ("not-tested", "org/gone: could not be read [2J"),
    ]


def test_the_gravest_comes_first() -> None:
    report = judged(ACCUSATIONS)
    levels = [one.level for one in report.results]
    assert levels == sorted(levels, key=["error", "warning", "note"].index)
    assert len(set(report.results)) == len(report.results)


def test_the_naming_relations_are_those_of_the_protocol() -> None:
    related = {"fine-tune", "low-rank-fine-tune", "quantized", "pruned", "rearranged", "stacked"}
    assert set(DESCENT) == {"identical", "merge"} | related
