"""The human summary for a terminal, in plain text: about a screen, and the report holds the rest."""

import re
import textwrap

from parentage.report import view
from parentage.report.interviews import QUESTION
from parentage.report.parents import cell, parent_lines
from parentage.report.records import Answer, Document

_RELATED = ("shared-origin", "inconclusive")
_WIDTH = 100
_MOST_TEXT = 2_000
_MOST_SHOWN = 4
_LONG_STATEMENT = 400
_FAIRNESS = (
    "A card can be incomplete for many reasons, and merging or training on others is allowed where their licences are "
    "kept. Facts about texts, not legal advice; what was not found may be elsewhere. The publisher can answer: "
    "parentage respond."
)


def render_text(document: Document) -> str:
    """Return the verdict, who and what, the proof, whom it says it is, what is declared and owed, what else it is."""
    decision = document.decision
    lines = [*_wrapped(decision.statement), "", f"Relation    {decision.relation}{_then(decision.then)}"]
    for parent in decision.parents:
        amount = "" if parent.weight is None else "  " + view.weight(parent.weight, parent.low, parent.high)
        label = "Related to" if decision.relation in _RELATED else "Parent"
        lines.append(f"{label:<12}{view.clean(parent.id)}{amount}")
    if decision.arithmetic:
        lines.append(f"Arithmetic  {decision.arithmetic} ({decision.method})")
    replay = document.answer("replay")
    if replay is not None:
        lines += _replay_lines(replay)
    identity = document.answer("identity")
    unpaired = len(identity.tables.get("unpaired", ())) if identity is not None else 0
    lines.append(f"Unpaired    {unpaired} tensors" if unpaired else "Unpaired    none")
    said = document.answer(QUESTION)
    if said is not None and said.statement:
        lines += ["", "Whom it says it is", *_wrapped(_in_short(said.statement), "  ")]
    lines += _declared_lines(document)
    coverage = decision.coverage
    if coverage is not None:
        lines.append(
            f"Coverage    {view.count(coverage.elements_read)} of {view.count(coverage.elements)} elements, "
            f"{coverage.tensors_read} of {coverage.tensors} tensors"
        )
    lines += ["", "What else could explain it"]
    for text in decision.alternatives:
        lines += _wrapped(text, "  - ", "    ")
    return "\n".join(lines) + "\n"


def _declared_lines(document: Document) -> list[str]:
    """Return each parent with what is declared and owed, where the documents were read; else what the findings say."""
    answers = [document.answer(question) for question in ("disclosure", "obligations")]
    statements = [one.statement for one in answers if one is not None and one.status == "finding" and one.statement]
    if not statements:
        return [""] if document.answer(QUESTION) is not None else []
    parents = parent_lines(document, {model.id: model.name or model.id for model in document.candidates})
    lines = ["", "What is declared, and what is owed"]
    for one in parents[:_MOST_SHOWN]:
        place = f" ({one.where})" if one.where else ""
        said = f"{one.parent}: {one.declared}{place}. Licence {one.licence}. It asks for: {one.asked}."
        lines += _wrapped(said, "  ", "    ")
    if len(parents) > _MOST_SHOWN:
        lines.append(f"  and {len(parents) - _MOST_SHOWN} more parents, in the report")
    contradicted = [row for row in document.rows("disclosure", "claims") if row.get("outcome") == "contradicted"]
    quotes = list(dict.fromkeys((cell(row, "quote"), cell(row, "where")) for row in contradicted))
    for quote, where in quotes[:_MOST_SHOWN]:
        lines += _wrapped(f"“{quote}” ({where}): ≠ contradicted by the weights.", "  ", "    ")
    if len(quotes) > _MOST_SHOWN:
        lines.append(f"  and {len(quotes) - _MOST_SHOWN} more sentences, in the report")
    for row in document.rows("obligations", "conflicts")[:_MOST_SHOWN]:
        lines += _wrapped(cell(row, "why"), "  ", "    ")
    if not parents:
        for statement in statements:
            lines += _wrapped(statement, "  ")
    else:
        lines += _wrapped(_FAIRNESS, "  ")
    return [*lines, ""]


def _in_short(statement: str) -> str:
    """Return a long statement's first sentence and its last, which says what it cannot tell."""
    sentences = re.split(r"(?<=\.) (?=[A-Z])", statement[:_MOST_TEXT])
    if len(statement) <= _LONG_STATEMENT or len(sentences) < 3:
        return statement
    return f"{sentences[0]} {sentences[-1]} The report has the rest."


def _wrapped(text: str, first: str = "", rest: str = "") -> list[str]:
    """Return text as lines of a screen; a line break that a stranger wrote is a blank."""
    return textwrap.wrap(
        view.clean(text[:_MOST_TEXT]),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest or first,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _then(steps: tuple[str, ...]) -> str:
    return f", then {' and '.join(steps)}" if steps else ""


def _replay_lines(replay: Answer) -> list[str]:
    rows = replay.tables.get("arithmetics", ())
    leader = next((row for row in rows if row.get("role") == "leader"), None)
    if leader is None:
        return [f"Replay      not applicable: {view.clean(replay.statement)}"]
    words = "Replayed    "
    lines = []
    for name, about in (("mid", "strictly between the candidates"), ("one", "one ulp apart"), ("agree", "agreed on")):
        elements, replayed = leader.get(f"{name}_elements"), leader.get(f"{name}_replayed")
        if isinstance(elements, int) and isinstance(replayed, int):
            part = view.share_of(replayed, elements)
            lines.append(f"{words}{part} of {view.count(elements)} elements {about}")
            words = " " * 12
    chance = replay.measure("chance")
    if isinstance(chance, float):
        lines.append(f"{words}{view.share(chance)} of those between would match by chance")
    return lines
