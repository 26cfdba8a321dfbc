"""What SPDX has no field for, as JSON for an annotation: weights with intervals, what was declared, what is owed."""

from dataclasses import asdict
from typing import Any

from parentage.report.papers.records import Ancestor, PaperFacts, PaperModel


def verdict_note(facts: PaperFacts) -> dict[str, Any]:
    """Return the verdict, the alternatives, what was declared and what the other side answered."""
    verdict = facts.verdict
    named = {"subject", *(ancestor.model.id for ancestor in verdict.ancestors)}
    replayed = {"share": verdict.replayed_share, "elements": verdict.replayed_elements}
    return {
        "schema": "parentage.annotation/v1",
        "bundle": facts.bundle_digest,
        "verdict": facts.verdict_digest,
        "policy": verdict.policy,
        "relation": verdict.relation,
        "then": list(verdict.then),
        "statement": verdict.statement,
        "method": verdict.method or None,
        "arithmetic": verdict.arithmetic or None,
        "models": [_model(model) for model in (facts.subject, *(ancestor.model for ancestor in verdict.ancestors))],
        "parents": [_parent(facts, ancestor) for ancestor in verdict.ancestors],
        "replayed": None if verdict.replayed_share is None else replayed,
        "coverage": None if verdict.coverage is None else asdict(verdict.coverage),
        "alternatives": list(verdict.alternatives),
        "disclosure": {
            "status": facts.disclosure.status,
            "statement": facts.disclosure.statement,
            "declared": [asdict(row) for row in facts.disclosure.declared],
            "claims": [asdict(row) for row in facts.disclosure.claims],
            "documentation": [asdict(row) for row in facts.disclosure.documentation],
        },
        "licences": [asdict(row) for row in facts.licences if row.model in named],
        "conflicts": [asdict(row) for row in facts.conflicts],
        "responses": [asdict(row) for row in facts.responses],
    }


def obligations_note(facts: PaperFacts, ancestor: Ancestor) -> dict[str, Any]:
    """Return what this parent's licence asks for and how each clause stands; empty where the audit has no such row."""
    rows = [asdict(row) for row in facts.obligations if row.parent == ancestor.model.id]
    return {"schema": "parentage.obligations/v1", "obligations": rows} if rows else {}


def _model(model: PaperModel) -> dict[str, Any]:
    """Return what tells a model from others, without its location: that may be a folder of the auditor's machine."""
    return {
        "id": model.id,
        "name": model.name,
        "digest": model.digest,
        "digest_recipe": model.digest_recipe,
        "revision": model.revision,
        "files": [asdict(file) for file in model.files],
    }


def _parent(facts: PaperFacts, ancestor: Ancestor) -> dict[str, Any]:
    found = next((row for row in facts.disclosure.found if row.id == ancestor.model.id), None)
    return {
        "id": ancestor.model.id,
        "name": ancestor.model.name,
        "weight": ancestor.weight,
        "low": ancestor.low,
        "high": ancestor.high,
        "declared": None if found is None else found.declared,
        "where": "" if found is None else found.where,
    }
