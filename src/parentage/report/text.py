"""The human summary for a terminal, in plain text."""

from parentage.report import view
from parentage.report.interviews import QUESTION
from parentage.report.records import Answer, Document

_RELATED = ("shared-origin", "inconclusive")


def render_text(document: Document) -> str:
    """Return about fifteen lines: the verdict, who and what, the proof, the alternatives, the coverage."""
    decision = document.decision
    lines = [view.clean(decision.statement), "", f"Relation    {decision.relation}{_then(decision.then)}"]
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
        lines += ["", "Whom it says it is", f"  {view.clean(said.statement)}"]
    lines += _declared_lines(document)
    coverage = decision.coverage
    if coverage is not None:
        lines.append(
            f"Coverage    {view.count(coverage.elements_read)} of {view.count(coverage.elements)} elements, "
            f"{coverage.tensors_read} of {coverage.tensors} tensors"
        )
    lines += ["", "What else could explain it"]
    lines += [f"  - {view.clean(text)}" for text in decision.alternatives]
    return "\n".join(lines) + "\n"


def _declared_lines(document: Document) -> list[str]:
    """Return what is declared beside what was found, and what is owed, where the documents were read."""
    answers = [document.answer(question) for question in ("disclosure", "obligations")]
    statements = [one.statement for one in answers if one is not None and one.status == "finding" and one.statement]
    said = ["", "What is declared, and what is owed", *(f"  {view.clean(one)}" for one in statements)]
    return [*said, ""] if statements else [""] if document.answer(QUESTION) is not None else []


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
