"""The two sections of a CycloneDX BOM that the library has no model for: the model card and the declarations.

Declarations are the schema's own place for a claim, the evidence for it and the evidence against it.
"""

from typing import Any

from parentage.report.papers.cyclonedx_model import PREFIX, SUBJECT_REF, figure, name_of_digest
from parentage.report.papers.places import audit_digest
from parentage.report.papers.records import ClaimOutcome, DeclaredOutcome, PaperFacts

VERDICT_REF = "evidence-verdict"
DISCLOSURE_REF = "evidence-disclosure"
# On which side of a publisher's claim the audit stands; one that could not be tested gets neither.
_BEARING = {"consistent": "evidence", "found": "evidence", "contradicted": "counterEvidence"}
# Fields of a card or config that the schema's model card has a place for.
_ARCHITECTURE = (("model_type", "architectureFamily"), ("architectures", "modelArchitecture"), ("pipeline_tag", "task"))


def model_card(facts: PaperFacts) -> dict[str, Any]:
    """Return the `modelCard`: declared parameters, and what the audit does not show; figures are in the pedigree."""
    parameters: dict[str, Any] = {}
    declared = {field.name: field.value for field in facts.fields if field.model == "subject" and field.value}
    for name, key in _ARCHITECTURE:
        if name in declared:
            parameters[key] = declared[name]
    datasets = [field.value for field in facts.fields if field.model == "subject" and field.name == "datasets"]
    if datasets:
        parameters["datasets"] = [{"type": "dataset", "name": name} for name in datasets if name]
    card: dict[str, Any] = {"bom-ref": "model-card"}
    if parameters:
        card["modelParameters"] = parameters
    card["considerations"] = {"technicalLimitations": list(_limits(facts))}
    properties = [
        {"name": f"{PREFIX}documentation:{fact.fact}", "value": fact.status} for fact in facts.disclosure.documentation
    ]
    if properties:
        card["properties"] = properties
    return card


def declarations(facts: PaperFacts) -> dict[str, Any]:
    """Return the `declarations`: what is claimed by the audit and by the publisher, with evidence on both sides."""
    claims = []
    against = _counter_evidence(facts)
    if facts.verdict.ancestors:
        # Without descent the statement stays in the pedigree's notes: what accuses nobody need not be a claim.
        claims.append(
            {
                "bom-ref": "claim-lineage",
                "target": SUBJECT_REF,
                "predicate": facts.verdict.statement,
                "reasoning": _reasoning(facts),
                "evidence": [VERDICT_REF],
                **({"counterEvidence": [entry["bom-ref"] for entry in against]} if against else {}),
            }
        )
    claims += [_declared(number, row) for number, row in enumerate(facts.disclosure.declared, start=1)]
    claims += [_published(number, claim) for number, claim in enumerate(facts.disclosure.claims, start=1)]
    evidence = [_verdict_evidence(facts)]
    if facts.disclosure.status:
        evidence.append(_disclosure_evidence(facts))
    return {**({"claims": claims} if claims else {}), "evidence": [*evidence, *against]}


def _limits(facts: PaperFacts) -> list[str]:
    coverage = facts.verdict.coverage
    limits = list(facts.verdict.alternatives)
    if coverage is not None:
        limits.append(
            f"The audit read {coverage.elements_read} of {coverage.elements} elements in {coverage.tensors_read} of "
            f"{coverage.tensors} tensors, and compared the candidates that it was given and no other model."
        )
    absent = [fact.fact for fact in facts.disclosure.documentation if fact.status == "absent"]
    if absent:
        limits.append(f"Not found in the publisher's documents: {', '.join(absent)}.")
    return limits


def _reasoning(facts: PaperFacts) -> str:
    verdict = facts.verdict
    parts = [f"Relation {verdict.relation} by {verdict.policy or 'an unnamed policy'}."]
    for ancestor in verdict.ancestors:
        if ancestor.weight is not None:
            interval = ""
            if ancestor.low is not None and ancestor.high is not None:
                interval = f", from {figure(ancestor.low)} to {figure(ancestor.high)}"
            parts.append(f"Weight of {ancestor.model.name}: {figure(ancestor.weight)}{interval}.")
    if verdict.replayed_share is not None:
        parts.append(
            f"Recomputed bit for bit: {figure(verdict.replayed_share)} of {figure(verdict.replayed_elements)} elements "
            "where that can be told."
        )
    return " ".join(parts)


def _published(number: int, claim: ClaimOutcome) -> dict[str, Any]:
    """Return a sentence of the publisher as a claim; the audit is evidence for it, against it, or neither."""
    return _claim(f"claim-published-{number}", claim.quote, claim)


def _declared(number: int, row: DeclaredOutcome) -> dict[str, Any]:
    """Return a parent that the publisher declares as a claim."""
    words = [word for word in (row.relation, "" if row.weight is None else f"weight {figure(row.weight)}") if word]
    predicate = f"Declared parent: {row.value}" + (f" ({', '.join(words)})" if words else "")
    return _claim(f"claim-declared-parent-{number}", predicate, row)


def _claim(ref: str, predicate: str, said: ClaimOutcome | DeclaredOutcome) -> dict[str, Any]:
    place = f" in {said.where}" if said.where else ""
    entry: dict[str, Any] = {
        "bom-ref": ref,
        "target": SUBJECT_REF,
        "predicate": predicate,
        "reasoning": f"Said by the publisher{place}. The audit: {said.outcome}.{f' {said.note}' if said.note else ''}",
    }
    if said.outcome in _BEARING:
        entry[_BEARING[said.outcome]] = [VERDICT_REF]
    return entry


def _verdict_evidence(facts: PaperFacts) -> dict[str, Any]:
    digest = audit_digest(facts)
    what = "manifest.json" if facts.bundle_digest else "verdict.json"
    entry = {
        "bom-ref": VERDICT_REF,
        "propertyName": f"{PREFIX}{'bundle' if facts.bundle_digest else 'verdict'}-digest",
        "description": f"The audit, by the sha256 of its {what}.",
        "data": [{"name": digest, "contents": {"url": name_of_digest(digest)}}],
    }
    return entry | ({"created": facts.written} if facts.written else {})


def _disclosure_evidence(facts: PaperFacts) -> dict[str, Any]:
    return {
        "bom-ref": DISCLOSURE_REF,
        "propertyName": f"{PREFIX}disclosure",
        "description": facts.disclosure.statement or f"Declared beside found: {facts.disclosure.status}.",
        "data": [{"name": facts.disclosure.status}],
    }


def _counter_evidence(facts: PaperFacts) -> list[dict[str, Any]]:
    """Return what else could explain it, and what the other side answered: both belong beside the claim."""
    entries: list[dict[str, Any]] = [
        {
            "bom-ref": f"counter-evidence-alternative-{number}",
            "propertyName": f"{PREFIX}alternative",
            "description": text,
        }
        for number, text in enumerate(facts.verdict.alternatives, start=1)
    ]
    for number, response in enumerate(facts.responses, start=1):
        who = f"{response.by} ({response.role})" if response.role else response.by
        kind = f"{response.kind}, {response.state}" if response.state else response.kind
        entries.append(
            {
                "bom-ref": f"counter-evidence-response-{number}",
                "propertyName": f"{PREFIX}response",
                "description": f"{who or 'Unnamed'}, {response.date or 'undated'} ({kind}): {response.text}",
            }
        )
    return entries
