"""What the gate says of a model: a result for each rule and parent, and one outcome, before any form is given to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

SCHEMA = "parentage.gate-report/v1"

Level = Literal["error", "warning", "note"]
Outcome = Literal["consistent", "failed", "undecided"]
EXIT_STATUS: Mapping[Outcome, int] = {"consistent": 0, "failed": 1, "undecided": 3}
_PLACE = re.compile(r"^(.*):([1-9][0-9]{0,8})$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that the gate looks at: its id, a sentence on what it says, and what to do about it."""

    id: str
    title: str
    help: str


RULES: tuple[Rule, ...] = (
    Rule(
        id="undeclared-parent",
        title="A parent that the weights show is not declared.",
        help="Name it under base_model in the front matter of README.md, with base_model_relation.",
    ),
    Rule(
        id="parent-declared-wrongly",
        title="A parent is declared with another relation or weight than the weights show.",
        help="Correct base_model_relation, or the weight where the merge is described.",
    ),
    Rule(
        id="claim-contradicted",
        title="A sentence or field of the card says what the weights contradict.",
        help="Correct the sentence, or answer it in the case with what the audit could not see.",
    ),
    Rule(
        id="documentation-inconsistent",
        title="Training is described that the weights do not show.",
        help="Say whose training is described; it may be that of a parent.",
    ),
    Rule(
        id="obligation-not-found",
        title="A parent's licence asks for something that no file of the repository shows.",
        help="Add the licence copy, notice, statement of changes or words that the quoted clause asks for.",
    ),
    Rule(
        id="obligation-open",
        title="Whether a clause of a parent's licence is met cannot be told from files, or is disputed.",
        help="Read the quoted clause and the note: it says what was not known or what a reader has to judge.",
    ),
    Rule(
        id="conflict",
        title="Terms that cannot all be kept meet in one model.",
        help="Choose a licence that passes on what the parents' licences ask to be passed on, or ask their licensors.",
    ),
    Rule(
        id="licence-not-accepted",
        title="The model's licence is not one that the policy accepts.",
        help="Add it to accepted_licences, or use another model.",
    ),
    Rule(
        id="licence-unknown",
        title="A licence is missing or is no text that is known.",
        help="Declare the licence in the front matter and put its unchanged text beside it as LICENSE.",
    ),
    Rule(
        id="licence-text-contradicts",
        title="The card declares another licence than the licence file holds.",
        help="Correct the license field or the file: a reader cannot tell which of them holds.",
    ),
    Rule(
        id="front-matter",
        title="The card, its front matter or a part of it cannot be read as it stands, or there is no card.",
        help="README.md begins with YAML between two lines of three dashes; the message names the line.",
    ),
    Rule(
        id="file-unread",
        title="A file that declares something could not be read.",
        help="Correct the file, or make it smaller; what it declares was not looked at.",
    ),
    Rule(
        id="protocol-missing",
        title="A protocol that the policy demands has not run.",
        help="Give --candidate ID=MODEL for the weights; identity needs an audit that asks the model.",
    ),
    Rule(
        id="inconclusive",
        title="What was seen does not decide on the parents.",
        help="Add candidates, or read every byte; the audit's alternatives say what would separate the explanations.",
    ),
    Rule(
        id="not-tested",
        title="Something was left untested.",
        help="A declared parent is tested when it can be read, or is given with --candidate ID=MODEL.",
    ),
    Rule(
        id="exception",
        title="An exception of the policy has expired or applies to nothing.",
        help="Remove it from the policy, or give it a new date and reason.",
    ),
)
RULE_IDS = tuple(rule.id for rule in RULES)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule says, at `FILE:LINE` ("" where there is no place), about a parent ("" where it is about none).

    `is_open` says that the rule could not decide; `allowed` is the reason of the exception that let it pass.
    """

    rule: str
    level: Level
    message: str
    where: str = ""
    parent: str = ""
    is_open: bool = False
    allowed: str = ""

    @property
    def place(self) -> tuple[str, int | None]:
        """The file and the line, ("", None) where there is none."""
        found = _PLACE.match(self.where)
        return (found[1], int(found[2])) if found is not None else (self.where, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """The outcome of a check. `relation` is the verdict's, None where parentage was not tested."""

    subject: str
    outcome: Outcome
    statement: str
    relation: str | None
    results: tuple[RuleResult, ...]

    @property
    def exit_status(self) -> int:
        """0 consistent, 1 contradicted or owed, 3 undecided."""
        return EXIT_STATUS[self.outcome]


def gate_document(report: GateReport) -> dict[str, Any]:
    """Return the report as plain values, the same for the same report."""
    return {
        "schema": SCHEMA,
        "subject": report.subject,
        "outcome": report.outcome,
        "exit_status": report.exit_status,
        "statement": report.statement,
        "relation": report.relation,
        "parentage_tested": report.relation is not None,
        "results": [
            {
                "rule": result.rule,
                "level": result.level,
                "message": result.message,
                "where": result.where,
                "parent": result.parent,
                "open": result.is_open,
                "allowed": result.allowed,
            }
            for result in report.results
        ],
    }
