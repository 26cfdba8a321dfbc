"""The documents protocol in a bundle: what stands beside the texts, and the findings drawn from them again.

A bundle that was read by other rules keeps its findings as they are, and verification says so.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container
from parentage.evidence.verdict_file import finding_document
from parentage.finding import Result, Verdict
from parentage.protocols.documents.conclude import conclude_documents
from parentage.protocols.documents.evidence import DocumentedModel, DocumentsEvidence, documents_digest
from parentage.protocols.documents.kinship import FileKinship, parse_kinship
from parentage.protocols.documents.records import QUESTIONS

DOCUMENTS, SCHEMA = "documents.json", "parentage.documents/v1"
FOLDER = "documents/"
_MOST_MODELS = 51


def documents_files(evidence: DocumentsEvidence | None) -> dict[str, bytes]:
    """Return documents.json and the texts, written as they were read."""
    if evidence is None:
        return {}
    document = {
        "schema": SCHEMA,
        "rules_digest": evidence.rules_digest,
        "models": [asdict(model) for model in evidence.models],
        "kinship": evidence.kinship.document() if evidence.kinship is not None else None,
    }
    text = json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
    texts = {f"{FOLDER}{model}/{name}": data for model, found in evidence.texts.items() for name, data in found.items()}
    return {DOCUMENTS: text.encode() + b"\n", **texts}


def documents_findings(evidence: DocumentsEvidence | None, verdict: Verdict) -> tuple[Result, ...]:
    """Return what follows from documents and the verdict, nothing where they were not read."""
    return conclude_documents(evidence, verdict) if evidence is not None else ()


def read_documents(container: Container, names: Mapping[str, str]) -> DocumentsEvidence | None:
    """Return a bundle's documents, None where it has none; raises InputError where they have another form.

    `names` are the models' by id, the subject first: documents are of these, in this order, and known by these names
    and by their repositories' at most.
    """
    if DOCUMENTS not in container.names():
        return None
    where = f"{container.where}/{DOCUMENTS}"
    document = parse_json(container.read(DOCUMENTS), where)
    models, rules_digest, kinship = _parsed(document, where)
    found = tuple(model.id for model in models)
    if found != tuple(names) or len(found) > _MOST_MODELS:
        raise InputError(where, ", ".join(found)[:80], "must have the subject and every candidate, in order")
    for one in models:
        if one.name != names[one.id] or one.known_as[-1:] != (one.name,) or len(one.known_as) > 2:
            raise InputError(where, ", ".join(one.known_as)[:80], f"{one.id} is known by other names")
    texts: dict[str, dict[str, bytes]] = {model: {} for model in found}
    for name in sorted(container.names()):
        if name.startswith(FOLDER):
            model, _, path = name.removeprefix(FOLDER).partition("/")
            if model not in texts or not path:
                raise InputError(
                    f"{container.where}/{name}"[:200], model[:80], "is a document of no model of the audit"
                )
            texts[model][path] = container.read(name)
    return DocumentsEvidence(models=models, texts=texts, kinship=kinship, rules_digest=rules_digest)


def is_read_alike(evidence: DocumentsEvidence) -> bool:
    """Say whether this version reads documents by the rules and the texts that the bundle's findings were drawn by."""
    return evidence.rules_digest == documents_digest()


def expected_findings(
    evidence: DocumentsEvidence | None, verdict: Verdict, stated: Sequence[Mapping[str, Any]]
) -> list[Mapping[str, Any]]:
    """Return the findings that a bundle must state: drawn again, or as they stand where the rules are others."""
    if evidence is None:
        return []
    if is_read_alike(evidence):
        return [finding_document(one) for one in documents_findings(evidence, verdict)]
    return [one for one in stated if one.get("question") in QUESTIONS]


def undecided_of(evidence: DocumentsEvidence | None) -> tuple[str, ...]:
    """Return what a bundle leaves open about its documents."""
    if evidence is None:
        return ()
    notes = []
    if not is_read_alike(evidence):
        notes.append(
            "Whether the cards and licences were read right: that was done by rules of another version, which this one "
            "does not have."
        )
    notes.append("Whether the tokenizers compare as stated: their files are not in the bundle.")
    return tuple(notes)


def _parsed(document: Any, where: str) -> tuple[tuple[DocumentedModel, ...], str, FileKinship | None]:
    from pydantic import TypeAdapter

    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise InputError(where, "schema", f"must be {SCHEMA}")
    try:
        models = TypeAdapter(tuple[DocumentedModel, ...]).validate_python(document.get("models"))
        digest = TypeAdapter(str).validate_python(document.get("rules_digest"))
    except ValueError as error:
        raise InputError(where, " ".join(str(error).split())[:200], "has another form") from error
    kinship = document.get("kinship")
    return models, digest, None if kinship is None else parse_kinship(kinship)
