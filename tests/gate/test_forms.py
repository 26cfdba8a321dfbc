"""SARIF and JUnit: well formed, the same bytes each time, and holding whatever a stranger's file may say."""

import json
import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.evidence.gate_report import RULE_IDS, RULES, GateReport, RuleResult
from parentage.report.gate.junit import junit_text
from parentage.report.gate.sarif import sarif_text

RESULTS = (
    RuleResult(
        rule="undeclared-parent", level="error", message="Nimbus is not declared", where="README.md:4", parent="nimbus"
    ),
    RuleResult(rule="undeclared-parent", level="error", message="Basalt is not declared", parent="basalt"),
    RuleResult(rule="licence-unknown", level="warning", message="not known", where="LICENSE", is_open=True),
    RuleResult(rule="conflict", level="note", message="MIT drops terms", where="README.md:2", allowed="agreed"),
)


def report(results=RESULTS, *, relation="merge", outcome="failed", subject="rivo"):
    return GateReport(subject=subject, outcome=outcome, statement="It is so.", relation=relation, results=results)


def sarif(found, **options):
    return json.loads(sarif_text(found, version="0.1.0", **options))


def check_sarif(log) -> None:
    """Raise where a log lacks what SARIF 2.1.0 demands of the parts that are written, or holds other parts."""
    assert set(log) == {"$schema", "version", "runs"}
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], type(driver["version"])) == ("parentage", str)
    assert [rule["id"] for rule in driver["rules"]] == list(RULE_IDS)
    for rule in driver["rules"]:
        assert set(rule) == {"id", "name", "shortDescription", "fullDescription", "help", "properties"}
        assert rule["help"]["text"]
        assert rule["name"].isalnum()
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        assert re.fullmatch("[0-9a-f]{32}", result["partialFingerprints"]["parentage/v1"])
        for location in result.get("locations", []):
            place = location["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri)
            assert not uri.startswith("/")
            assert ".." not in uri.split("/")
            assert place.get("region", {"startLine": 1})["startLine"] >= 1
        for suppression in result.get("suppressions", []):
            assert suppression["kind"] == "external"


def test_sarif_says_what_and_where() -> None:
    log = sarif(report())
    check_sarif(log)
    first, second, third, fourth = log["runs"][0]["results"]
    assert first["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "README.md"}, "region": {"startLine": 4}}}
    ]
    assert (first["ruleId"], first["level"], first["properties"]["parent"]) == ("undeclared-parent", "error", "nimbus")
    assert "locations" not in second
    assert third["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "LICENSE"}}}]
    assert fourth["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "agreed"}]
    assert log["runs"][0]["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]


def test_sarif_places_begin_with_the_models_folder() -> None:
    first = sarif(report(), folder="models/my rivo")["runs"][0]["results"][0]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "models/my%20rivo/README.md"


@pytest.mark.parametrize(
    ("where", "uri", "line"),
    [
        ("../../etc/passwd:3", "etc/passwd", 3),
        ("/etc/passwd", "etc/passwd", None),
        ("a b\n.md:12", "a%20b%0A.md", 12),
        ("javascript:alert(1)", "javascript%3Aalert%281%29", None),
        ("x:0", "x%3A0", None),
        ("x:99999999999999999999", "x%3A99999999999999999999", None),
        ("été.md:1", "%C3%A9t%C3%A9.md", 1),
        ("\ud800.md", "%3F.md", None),
        ("..", "README.md", None),
    ],
)
def test_hostile_names_in_sarif(where, uri, line) -> None:
    log = sarif(report((RuleResult(rule="conflict", level="error", message="x", where=where),)))
    check_sarif(log)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == uri
    assert place.get("region", {}).get("startLine") == line


def test_a_message_makes_no_link_and_no_place_of_its_own() -> None:
    said = "[click](https://evil.example) {0} \x1b[2J\u202e [a][b]"
    (result,) = sarif(report((RuleResult(rule="conflict", level="error", message=said),)))["runs"][0]["results"]
    assert result["message"]["text"] == "[click] (https://evil.example) {{0}} \ufffd[2J\ufffd [a] [b]"


def test_fingerprints_stay_when_lines_move() -> None:
    def print_of(**fields):
        made = RuleResult(rule="conflict", level="error", **{"message": "m", **fields})
        return sarif(report((made,)))["runs"][0]["results"][0]["partialFingerprints"]

    assert print_of(where="README.md:4") == print_of(where="README.md:40")
    assert print_of(where="README.md:4") != print_of(where="LICENSE:4")
    assert print_of(parent="a") != print_of(parent="b")


def test_junit_has_a_case_for_each_rule_and_parent() -> None:
    root = ElementTree.fromstring(junit_text(report()))
    cases = {case.get("name"): case for case in root.iter("testcase")}
    assert len(cases) == len(RULES) + 1
    assert "undeclared-parent" not in cases
    assert cases["undeclared-parent [nimbus]"].find("failure").get("message") == "Nimbus is not declared"
    assert cases["undeclared-parent [nimbus]"].find("failure").text == "error: README.md:4: Nimbus is not declared"
    assert cases["undeclared-parent [basalt]"].find("failure") is not None
    assert cases["licence-unknown"].find("skipped").get("message") == "not known"
    assert cases["conflict"].find("failure") is None
    assert "agreed" in cases["conflict"].find("system-out").text
    assert list(cases["front-matter"]) == []
    suite = root.find("testsuite")
    for element in (root, suite):
        counts = {name: element.get(name) for name in ("tests", "failures", "errors", "skipped")}
        assert counts == {"tests": str(len(RULES) + 1), "failures": "2", "errors": "0", "skipped": "1"}


def test_junit_does_not_pass_what_was_not_tested() -> None:
    root = ElementTree.fromstring(junit_text(report((), relation=None, outcome="consistent")))
    skipped = {case.get("name") for case in root.iter("testcase") if case.find("skipped") is not None}
    assert {"undeclared-parent", "claim-contradicted", "obligation-not-found"} <= skipped
    assert "licence-unknown" not in skipped


_HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x08\x0b\x1f\x7f\u202e\ufffe\uffff\ud800<>&\"']{}:/.%")),
    max_size=30,
)
_RESULT = st.builds(
    RuleResult,
    rule=st.sampled_from(RULE_IDS),
    level=st.sampled_from(["error", "warning", "note"]),
    message=_HOSTILE.map(lambda text: text + "."),
    where=_HOSTILE,
    parent=_HOSTILE,
    is_open=st.booleans(),
    allowed=_HOSTILE,
)


@given(st.lists(_RESULT, max_size=6), _HOSTILE)
def test_whatever_names_hold(results, subject) -> None:
    found = report(tuple(results), subject=subject)
    for form in (junit_text, lambda given: sarif_text(given, version="0")):
        text = form(found)
        assert text == form(found)
        text.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e\ud800-\udfff]", text)
    check_sarif(sarif(found))
    root = ElementTree.fromstring(junit_text(found))
    groups = {(result.rule, result.parent) for result in results}
    silent = set(RULE_IDS) - {result.rule for result in results}
    assert len(list(root.iter("testcase"))) == len(groups) + len(silent)
