"""Findings beside a policy: a result for each rule, and the outcome. Pure: same findings, policy and day, same report.

Nothing is held against a model on a verdict that names no parents, nor where it may be the parent itself: what the
weights leave open is open here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from parentage.audit.gate.policy_file import Demand, GatePolicy, PolicyException
from parentage.evidence.gate_report import GateReport, Level, Outcome, RuleResult
from parentage.finding import DESCENT, Finding, Result, Scalar, Verdict
from parentage.protocols.documents.claim_outcomes import is_order_open
from parentage.protocols.documents.records import DECLARATION, DISCLOSURE, OBLIGATIONS
from parentage.protocols.identity.records import SELF_REPORT

Row = Mapping[str, Scalar]
CARD = "README.md"
_MOST_MESSAGE = 600
_LEVELS: Mapping[Demand, Level | None] = {"fail": "error", "warn": "warning", "ignore": None}
_ORDER: Mapping[Level, int] = {"error": 0, "warning": 1, "note": 2}


def judge(
    findings: Sequence[Result],
    verdict: Verdict | None,
    policy: GatePolicy,
    *,
    today: date,
    subject: str = "subject",
    untested: Sequence[str] = (),
) -> GateReport:
    """Return what the policy makes of the findings; `verdict` None says that parentage was not tested.

    `untested` are lines on declared parents that could not be read. `today` is the day on which exceptions are judged.
    """
    asked = _Asked(findings, verdict, policy)
    found = [
        *_protocol_results(asked),
        *_document_results(asked),
        *_licence_results(asked),
        *_parent_results(asked),
        *_claim_results(asked),
        *_obligation_results(asked),
        *(RuleResult(rule="not-tested", level="note", message=line, where=asked.card) for line in untested),
    ]
    if verdict is None:
        message = "parentage was not tested" + (
            "" if untested else ": no candidate was given, and no parent is declared"
        )
        found.append(RuleResult(rule="not-tested", level="note", message=message, where=asked.card))
    results = _in_order(_excepted([_clean(result) for result in found], policy.exceptions, today))
    outcome = _outcome(results)
    return GateReport(
        subject=_plain(subject, 200),
        outcome=outcome,
        statement=_statement(outcome, results, verdict),
        relation=None if verdict is None else verdict.relation,
        results=results,
    )


class _Asked:
    """The findings by question, and where the card is."""

    def __init__(self, findings: Sequence[Result], verdict: Verdict | None, policy: GatePolicy) -> None:
        self.by_question = {result.question: result for result in findings}
        self.verdict = verdict
        self.policy = policy
        self.names_parents = verdict is not None and verdict.relation in DESCENT
        read = [str(row.get("path")) for row in self.rows(DECLARATION, "files") if row.get("model") == "subject"]
        self.card = CARD if CARD in read else ""
        self.declared = {
            _text(row, "id")
            for row in self.rows(DISCLOSURE, "parents")
            if row.get("declared") in ("declared", "declared-wrongly")
        }
        self._is_order_open = verdict is not None and is_order_open(verdict) and not policy.candidates_first

    def rows(self, question: str, table: str) -> tuple[Row, ...]:
        result = self.by_question.get(question)
        return result.tables.get(table, ()) if isinstance(result, Finding) else ()

    def is_first(self, parent: str = "") -> bool:
        """Say whether the parent was there first: the weights show it, the policy says it, or the model declares it.

        Without `parent`, whether that holds of any.
        """
        return not self._is_order_open or (parent in self.declared if parent else bool(self.declared))

    def accusation(self, rule: str, message: str, where: str, parent: str = "", about: str = "") -> RuleResult:
        """Return an error where the verdict names parents that were there first; else what is open, under no name.

        `about` is the parent whose being first it hangs on, "" where on any's.
        """
        if self.names_parents and self.is_first(about):
            return RuleResult(rule=rule, level="error", message=message, where=where, parent=parent)
        if self.names_parents and "was there first" not in message:
            message = f"if {about or 'the candidate'} was there first, which the weights do not show: {message}"
        return self.open("inconclusive", message, where, parent)

    def open(self, rule: str, message: str, where: str = "", parent: str = "") -> RuleResult:
        """Return what cannot be decided, at the level that the policy gives it."""
        match self.policy.on_inconclusive:
            case "undecided":
                return RuleResult(rule=rule, level="warning", message=message, where=where, parent=parent, is_open=True)
            case "pass":
                return RuleResult(rule=rule, level="note", message=message, where=where, parent=parent)
            case "fail":
                return RuleResult(rule=rule, level="error", message=message, where=where, parent=parent)


def _protocol_results(asked: _Asked) -> Iterator[RuleResult]:
    required = asked.policy.required_protocols
    missing = {
        "weights": asked.verdict is None or asked.verdict.coverage.elements_read == 0,
        "documents": not isinstance(asked.by_question.get(DECLARATION), Finding),
        "identity": not isinstance(asked.by_question.get(SELF_REPORT), Finding),
    }
    for protocol in required:
        if missing[protocol]:
            message = f"the policy demands the protocol {protocol}, which has not run"
            # A demand that was not met must not pass, whatever the policy says of what is inconclusive.
            level: Level = "error" if asked.policy.on_inconclusive == "fail" else "warning"
            yield RuleResult(rule="protocol-missing", level=level, message=message, is_open=level == "warning")
    if asked.verdict is not None and asked.verdict.relation in ("inconclusive", "shared-origin"):
        message = f"the verdict is {asked.verdict.relation}: {asked.verdict.statement}"
        yield asked.open("inconclusive", message, asked.card)


def _document_results(asked: _Asked) -> Iterator[RuleResult]:
    if not isinstance(asked.by_question.get(DECLARATION), Finding):
        return
    if not asked.card:
        message = f"there is no {CARD}: nothing is declared"
        yield RuleResult(rule="front-matter", level="warning", message=message)
    own = [row for row in asked.rows(DECLARATION, "fields") if row.get("model") == "subject"]
    # One field that cannot be read is a slip; where none could, the whole front matter is lost.
    is_lost = not any(_place_of(_text(row, "where")).partition(":")[0] == CARD for row in own)
    for row in asked.rows(DECLARATION, "problems"):
        if row.get("model") != "subject":
            continue
        line = _text(row, "line")
        where = _place_of(line)
        is_card = where.partition(":")[0] == CARD
        yield RuleResult(
            rule="front-matter" if is_card else "file-unread",
            level="error" if is_card and is_lost else "warning",
            message=line,
            where=where,
        )


def _place_of(line: str) -> str:
    """Return the `FILE` or `FILE:LINE` that a problem's line begins with."""
    file, _, rest = line.partition(":")
    number = rest.partition(":")[0]
    return f"{file}:{number}" if number.isascii() and number.isdigit() and 0 < len(number) < 9 else file


def _licence_results(asked: _Asked) -> Iterator[RuleResult]:
    accepted = asked.policy.accepted_licences
    for row in asked.rows(DECLARATION, "licences"):
        if row.get("model") != "subject":
            continue
        key, how, declared, note = (_text(row, name) for name in ("key", "how", "declared", "note"))
        where = _text(row, "where") or asked.card
        if how == "contradictory":
            message = note or f"the card declares {declared}, the licence file is another"
            yield RuleResult(rule="licence-text-contradicts", level="error", message=message, where=where)
        elif not key and how == "text-and-declared":
            # Which of several holds is the reader's choice: all are known.
            if accepted is not None:
                yield asked.open("licence-unknown", f"which of several licences holds is not said: {note}", where)
        elif not key:
            message = f"the licence is not known{': ' + note if note else ''}"
            if declared:
                message = f"declared is {declared}; {message}"
            if accepted is not None:
                yield RuleResult(rule="licence-unknown", level="error", message=message, where=where)
            else:
                yield asked.open("licence-unknown", message, where)
        elif accepted is not None and key not in accepted:
            message = f"the licence is {key}; accepted are {', '.join(accepted)}"
            yield RuleResult(rule="licence-not-accepted", level="error", message=message, where=where)


def _parent_results(asked: _Asked) -> Iterator[RuleResult]:
    for row in asked.rows(DISCLOSURE, "parents"):
        parent, relation, note = (_text(row, name) for name in ("id", "relation", "note"))
        where = _text(row, "where") or asked.card
        name = _text(row, "name") or parent
        match row.get("declared"):
            case "not-declared":
                message = f"{_amount(row)}{name} ({relation}) is not declared{': ' + note if note else ''}"
                rule = "undeclared-parent"
            case "declared-wrongly":
                message = f"{_amount(row)}{name} ({relation}) is declared otherwise{': ' + note if note else ''}"
                rule = "parent-declared-wrongly"
            case "unclear":
                message = f"{_amount(row)}{name} ({relation}): it is unclear whether it is declared: {note}"
                if not asked.names_parents or relation in asked.policy.required_relations:
                    yield asked.open("inconclusive", message, where, parent)
                continue
            case _:
                continue
        if asked.names_parents and relation not in asked.policy.required_relations:
            message += f" (the policy does not ask for {relation})"
            yield RuleResult(rule=rule, level="note", message=message, where=where, parent=parent)
        else:
            yield asked.accusation(rule, message, where, parent, parent)


def _amount(row: Row) -> str:
    weight, low, high = row.get("weight"), row.get("low"), row.get("high")
    if not isinstance(weight, float | int):
        return ""
    if isinstance(low, float | int) and isinstance(high, float | int):
        return f"{weight:.6g} ({low:.8g} to {high:.8g}) of "
    return f"{weight:.6g} of "


def _claim_results(asked: _Asked) -> Iterator[RuleResult]:
    for row in asked.rows(DISCLOSURE, "claims"):
        if row.get("outcome") == "contradicted":
            message = f'the card says "{_text(row, "quote")}"; {_text(row, "note") or "the weights say otherwise"}'
            yield asked.accusation("claim-contradicted", message, _text(row, "where"))
    for row in asked.rows(DISCLOSURE, "declared"):
        value, note, where = (_text(row, name) for name in ("value", "note", "where"))
        if row.get("outcome") == "contradicted":
            message = f"{value} is declared as a parent{'; ' + note if note else ''}"
            yield asked.accusation("claim-contradicted", message, where, value)
        elif row.get("outcome") == "not-testable":
            message = f"whether {value} is a parent was not tested{': ' + note if note else ''}"
            yield RuleResult(rule="not-tested", level="note", message=message, where=where, parent=value)
    for row in asked.rows(DISCLOSURE, "documentation"):
        if row.get("status") == "inconsistent":
            message = f"{_text(row, 'fact')}: {_text(row, 'note') or 'the weights show no such training'}"
            level: Level = "warning" if asked.names_parents else "note"
            where = _text(row, "where")
            yield RuleResult(rule="documentation-inconsistent", level=level, message=message, where=where)


def _obligation_results(asked: _Asked) -> Iterator[RuleResult]:
    if not asked.names_parents:
        # Nobody's terms bind a model that descends from nobody that was found.
        return
    for row in asked.rows(OBLIGATIONS, "obligations"):
        parent, licence, clause, kind = (_text(row, name) for name in ("parent", "licence", "clause", "kind"))
        level = _LEVELS[asked.policy.demand(kind)]
        note, where = _text(row, "note"), _text(row, "where") or asked.card
        asks = f'{parent} ({licence}) asks for {kind}: "{_text(row, "quote")}"'
        note = f": {note.rstrip('.')}." if note else "."
        match row.get("status"):
            case "not-found" if level is not None:
                message = f"nothing was found that meets {clause}{note} {asks}"
                yield _owed(asked, "obligation-not-found", level, message, where, parent)
            case "unknown-licence":
                message = f"the licence of {parent} is not known, nor what it asks for{note}"
                yield asked.open("licence-unknown", message, where, parent)
            case "not-checkable" | "disputed" as status if level is not None:
                message = f"{clause}: {status}{note} {asks}"
                yield RuleResult(rule="obligation-open", level="note", message=message, where=where, parent=parent)
    own = next((row for row in asked.rows(DECLARATION, "licences") if row.get("model") == "subject"), {})
    for row in asked.rows(OBLIGATIONS, "conflicts"):
        level = _LEVELS[asked.policy.demand(_text(row, "kind"))]
        if level is not None:
            message, parents = f"{_text(row, 'kind')}: {_text(row, 'why')}", _text(row, "parents")
            where = _text(own, "where") or asked.card
            yield _owed(asked, "conflict", level, message, where, parents)


def _owed(asked: _Asked, rule: str, level: Level, message: str, where: str, parent: str) -> RuleResult:
    """Return what is owed to a parent at its level; what is owed only if that one was first is open."""
    if level == "error":
        return asked.accusation(rule, message, where, parent, parent if rule != "conflict" else "")
    return RuleResult(rule=rule, level=level, message=message, where=where, parent=parent)


def _excepted(
    results: Sequence[RuleResult], exceptions: Sequence[PolicyException], today: date
) -> Iterator[RuleResult]:
    used: set[PolicyException] = set()
    for result in results:
        matching = [one for one in exceptions if one.rule == result.rule and one.parent in ("", result.parent)]
        used.update(matching)
        valid = next((one for one in matching if today <= one.until), None)
        if valid is None or result.level == "note":
            yield result
        else:
            reason = f"{_plain(valid.reason, _MOST_MESSAGE)} (until {valid.until.isoformat()})"
            yield replace(result, level="note", is_open=False, allowed=reason)
    for one in exceptions:
        about = f"the exception for {one.rule}{f' of {_plain(one.parent, 80)}' if one.parent else ''}"
        if one.until < today:
            message = f"{about} expired on {one.until.isoformat()}"
            yield RuleResult(rule="exception", level="warning" if one in used else "note", message=message)
        elif one not in used:
            yield RuleResult(rule="exception", level="note", message=f"{about} applies to nothing that was found")


def _in_order(results: Iterator[RuleResult]) -> tuple[RuleResult, ...]:
    """Return each result once, the gravest first, then as they were found."""
    return tuple(sorted(dict.fromkeys(results), key=lambda result: _ORDER[result.level]))


def _outcome(results: Sequence[RuleResult]) -> Outcome:
    if any(result.level == "error" for result in results):
        return "failed"
    return "undecided" if any(result.is_open for result in results) else "consistent"


def _statement(outcome: Outcome, results: Sequence[RuleResult], verdict: Verdict | None) -> str:
    errors = sum(result.level == "error" for result in results)
    still_open = sum(result.is_open for result in results)
    match outcome:
        case "failed":
            said = f"{errors} {'thing contradicts' if errors == 1 else 'things contradict'} the policy."
        case "undecided":
            said = f"Undecided: {still_open} {'thing is' if still_open == 1 else 'things are'} open."
        case "consistent":
            said = "What is declared is consistent with what was found."
    if verdict is None:
        if outcome == "consistent":
            said = "The documents alone are consistent."
        return f"{said} Parentage was not tested."
    return f"{said} {_plain(verdict.statement, _MOST_MESSAGE)}"


def _clean(result: RuleResult) -> RuleResult:
    return replace(
        result,
        message=_plain(result.message, _MOST_MESSAGE),
        where=_plain(result.where, _MOST_MESSAGE),
        parent=_plain(result.parent, 200),
    )


def _plain(text: str, most: int) -> str:
    """Return one line without control characters, cut: names and cards are written by strangers."""
    said = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * most]).split())
    return said if len(said) <= most else said[: most - 1] + "…"


def _text(row: Row, name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)
