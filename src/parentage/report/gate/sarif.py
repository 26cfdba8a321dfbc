"""The gate's report as SARIF 2.1.0, which code hosts show beside the lines of a change."""

import hashlib
import json
import re
from typing import Any
from urllib.parse import quote

from parentage.evidence.gate_report import RULE_IDS, RULES, GateReport, RuleResult
from parentage.report import view

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
# "](" would make a link of what a card says, to wherever it likes.
_LINK = re.compile(r"\](?=[(\[])")


def sarif_text(report: GateReport, *, version: str, folder: str = "") -> str:
    """Return a SARIF log of one run, the same text for the same report.

    `folder` is the model's place in the checked-out repository, "" where it is its root; places in the log begin with
    it. Results that an exception of the policy lets pass are in the log as suppressed.
    """
    run = {
        "tool": {"driver": {"name": "parentage", "version": version, "rules": [_rule(rule.id) for rule in RULES]}},
        "automationDetails": {"id": "parentage/check/"},
        "invocations": [{"executionSuccessful": True, "exitCode": report.exit_status}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(result, folder) for result in report.results],
        "properties": {
            "outcome": report.outcome,
            "subject": view.clean(report.subject),
            "statement": view.clean(report.statement),
            "parentageTested": report.relation is not None,
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _rule(identifier: str) -> dict[str, Any]:
    rule = next(rule for rule in RULES if rule.id == identifier)
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.id.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.title},
        "help": {"text": rule.help, "markdown": rule.help},
        "properties": {"tags": ["provenance", "licence"]},
    }


def _result(result: RuleResult, folder: str) -> dict[str, Any]:
    file, line = result.place
    found: dict[str, Any] = {
        "ruleId": result.rule,
        "ruleIndex": RULE_IDS.index(result.rule),
        "level": result.level,
        "message": {"text": _message(result.message)},
        "partialFingerprints": {"parentage/v1": _fingerprint(result)},
        "properties": {"parent": view.clean(result.parent), "open": result.is_open},
    }
    if file:
        place: dict[str, Any] = {"artifactLocation": {"uri": _uri(file, folder)}}
        if line is not None:
            place["region"] = {"startLine": line}
        found["locations"] = [{"physicalLocation": place}]
    if result.allowed:
        justification = _message(result.allowed)
        found["suppressions"] = [{"kind": "external", "status": "accepted", "justification": justification}]
    return found


def _message(text: str) -> str:
    """Return text that SARIF shows as it is: it reads links and numbered places in messages."""
    shown = _LINK.sub("] ", view.clean(text))
    return shown.replace("{", "{{").replace("}", "}}")


def _uri(file: str, folder: str) -> str:
    """Return a relative reference: each part encoded, and none that leads out of the repository."""
    parts = [part for part in f"{folder}/{file}".split("/") if part not in ("", ".", "..")]
    encoded = "/".join(quote(part.encode("utf-8", "replace"), safe="") for part in parts)
    return encoded or "README.md"


def _fingerprint(result: RuleResult) -> str:
    """Return what stays the same when lines move: the rule, the parent and the file."""
    text = "\0".join((result.rule, result.parent, result.place[0], re.sub(r"\d+", "0", result.message)))
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:32]
