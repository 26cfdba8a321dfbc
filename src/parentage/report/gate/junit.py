"""The gate's report as JUnit XML: a test case for each rule and parent, which every build server shows."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from parentage.evidence.gate_report import RULES, GateReport, RuleResult
from parentage.report import view

# XML 1.0 has no way to hold these, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARENTAGE = ("undeclared-parent", "parent-declared-wrongly", "claim-contradicted", "obligation-not-found", "conflict")


def junit_text(report: GateReport) -> str:
    """Return the report as JUnit XML, the same text for the same report.

    Errors are failures; what is open, or could not be tested without a verdict, is skipped; the rest passes, and says
    its warnings on standard output.
    """
    groups: dict[tuple[str, str], list[RuleResult]] = {(rule.id, ""): [] for rule in RULES}
    for result in report.results:
        groups.setdefault((result.rule, result.parent), []).append(result)
    spoken = {rule for (rule, parent), results in groups.items() if results}
    # A rule that spoke of parents has no case about none.
    cases = {key: results for key, results in groups.items() if results or key[0] not in spoken}
    order = [rule.id for rule in RULES]
    suite = ElementTree.Element("testsuite", {"name": "parentage check"})
    counts = {"failure": 0, "skipped": 0}
    for rule, parent in sorted(cases, key=lambda key: (order.index(key[0]), key[1])):
        case = ElementTree.SubElement(suite, "testcase", {"classname": "parentage.check", "name": _name(rule, parent)})
        kind = _fill(case, cases[rule, parent], is_tested=report.relation is not None or rule not in _PARENTAGE)
        if kind:
            counts[kind] += 1
    totals = {
        "tests": str(len(cases)),
        "failures": str(counts["failure"]),
        "errors": "0",
        "skipped": str(counts["skipped"]),
    }
    suite.attrib.update(totals)
    said = ElementTree.SubElement(suite, "system-out")
    said.text = _safe(f"{report.subject}: {report.outcome}. {report.statement}")
    root = ElementTree.Element("testsuites", {"name": "parentage", **totals})
    root.append(suite)
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _fill(case: ElementTree.Element, results: Sequence[RuleResult], *, is_tested: bool) -> str:
    """Put what was found into a case and return what it is: a failure, skipped, or "" where it passes."""
    failed = [result for result in results if result.level == "error"]
    still_open = [result for result in results if result.is_open]
    kind = ""
    if failed:
        kind = "failure"
        told = {"message": _safe(failed[0].message), "type": failed[0].rule}
        ElementTree.SubElement(case, "failure", told).text = _lines(failed)
    elif still_open or not (results or is_tested):
        kind = "skipped"
        why = still_open[0].message if still_open else "parentage was not tested"
        ElementTree.SubElement(case, "skipped", {"message": _safe(why)})
    rest = [result for result in results if result not in failed]
    if rest:
        ElementTree.SubElement(case, "system-out").text = _lines(rest)
    return kind


def _lines(results: Sequence[RuleResult]) -> str:
    lines = []
    for result in results:
        allowed = f" (allowed: {result.allowed})" if result.allowed else ""
        place = f"{result.where}: " if result.where else ""
        lines.append(_safe(f"{result.level}: {place}{result.message}{allowed}"))
    return "\n".join(lines)


def _name(rule: str, parent: str) -> str:
    return _safe(f"{rule} [{parent}]" if parent else rule)


def _safe(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", view.clean(text))
