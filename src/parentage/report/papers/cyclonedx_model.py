"""The parts of a CycloneDX BOM that the library models: the subject, its ancestors, their licences and digests.

An ancestor carries how sure the descent is; `evidence.identity` only says what the component itself is.
"""

import base64
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal

from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, Property, XsUri
from cyclonedx.model.component import Component, ComponentType, Pedigree
from cyclonedx.model.component_evidence import (
    AnalysisTechnique,
    ComponentEvidence,
    Identity,
    IdentityField,
    Method,
)
from cyclonedx.model.license import DisjunctiveLicense, LicenseAcknowledgement
from cyclonedx.model.tool import ToolRepository
from cyclonedx.spdx import fixup_id
from packageurl import PackageURL

from parentage.report.papers.places import audit_digest, hub_place, web_address
from parentage.report.papers.records import Ancestor, LicenceFact, PaperFacts, PaperModel

# The audit hashed the bytes itself, and sha256 has no known collisions.
_CERTAIN = Decimal(1)
SUBJECT_REF = "subject"
TOOL_REF = "tool-parentage"
PREFIX = "parentage:"
# What a BOM says where the verdict names no ancestor, so that an empty list is not read as "from scratch".
NO_ANCESTOR = "No ancestor is named: the audit's relation is not one of descent."


def subject_component(facts: PaperFacts) -> Component:
    """Return the subject with its ancestors, licences, digests and the reference to the bundle."""
    verdict = facts.verdict
    notes = [verdict.statement] if verdict.statement else []
    if not verdict.ancestors:
        notes.append(NO_ANCESTOR)
    component = _component(facts, facts.subject, SUBJECT_REF)
    component.properties = _properties(_subject_properties(facts))
    component.pedigree = Pedigree(
        ancestors=[_ancestor(facts, ancestor) for ancestor in verdict.ancestors], notes="\n".join(notes)
    )
    component.evidence = _identity(facts.subject)
    component.external_references = [*component.external_references, *_bundle_reference(facts)]
    return component


def tools(facts: PaperFacts) -> ToolRepository:
    """Return the tool that made the audit."""
    version = facts.tool_version or None
    return ToolRepository(
        components=[Component(name="parentage", version=version, type=ComponentType.APPLICATION, bom_ref=TOOL_REF)]
    )


def bom_properties(facts: PaperFacts) -> list[Property]:
    """Return which audit the BOM was written from."""
    return _properties(
        {
            "bundle-digest": facts.bundle_digest,
            "verdict-digest": facts.verdict_digest,
            "policy": facts.verdict.policy,
        }.items()
    )


def name_of_digest(digest: str) -> str:
    """Return the RFC 6920 name of a `sha256:<hex>` digest: an address that needs no place."""
    raw = bytes.fromhex(digest.removeprefix("sha256:"))
    return "ni:///sha-256;" + base64.urlsafe_b64encode(raw).decode().rstrip("=")


def figure(value: float | int | None) -> str:
    """Return a number in full, `""` for none: a BOM is read by programs."""
    return "" if value is None else repr(value)


def _ancestor(facts: PaperFacts, ancestor: Ancestor) -> Component:
    component = _component(facts, ancestor.model, f"ancestor-{facts.candidates.index(ancestor.model) + 1}")
    component.properties = _properties(_ancestor_properties(facts, ancestor))
    return component


def _component(facts: PaperFacts, model: PaperModel, ref: str) -> Component:
    place, address = hub_place(model), web_address(model)
    # The library writes what has no value as an empty text, so an absent commit must be None.
    commit = place.commit if place is not None and place.commit else None
    return Component(
        type=ComponentType.MACHINE_LEARNING_MODEL,
        bom_ref=ref,
        name=model.name,
        version=commit,
        purl=None if place is None else PackageURL("huggingface", place.namespace, place.name, commit),
        hashes=_hashes(model),
        licenses=_licences(facts.licence(model.id)),
        external_references=[ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(address))]
        if address
        else [],
    )


def _hashes(model: PaperModel) -> list[HashType]:
    """Return the file's own sha256 where the model is one file; a digest over several is nobody else's hash."""
    if len(model.files) != 1 or not model.files[0].digest:
        return []
    return [HashType(alg=HashAlgorithm.SHA_256, content=model.files[0].digest.removeprefix("sha256:"))]


def _licences(fact: LicenceFact | None) -> list[DisjunctiveLicense]:
    """Return what is declared, as written, and what the text was identified as; neither stands for the other."""
    if fact is None:
        return []
    found = []
    if fact.declared:
        # Where a text was identified and the words were not, the key is the text's and says nothing of the words.
        meant = fact.key if fact.how in ("declared", "text-and-declared") else ""
        known = fixup_id(fact.declared) or fixup_id(meant)
        properties = {
            "licence:as-written": fact.declared,
            "licence:key": meant,
            "licence:known-by": fact.how,
            "licence:note": fact.note,
        }
        found.append(_licence(known or "", fact.declared, LicenseAcknowledgement.DECLARED, properties))
    if fact.concluded:
        properties = {"licence:where": fact.where, "licence:text-digest": fact.digest, "licence:known-by": fact.how}
        known = fixup_id(fact.concluded) or ""
        found.append(_licence(known, fact.concluded, LicenseAcknowledgement.CONCLUDED, properties))
    return found


def _licence(
    known: str, name: str, acknowledgement: LicenseAcknowledgement, properties: dict[str, str]
) -> DisjunctiveLicense:
    return DisjunctiveLicense(
        id=known or None,
        name=None if known else name,
        acknowledgement=acknowledgement,
        properties=_properties(properties.items()),
    )


def _identity(model: PaperModel) -> ComponentEvidence | None:
    """Return by which digest the component was told, and whether the audit computed it or a hub lists it."""
    if not model.digest or model.hashed == "no":
        return None
    methods = []
    if model.hashed == "read":
        methods.append(Method(technique=AnalysisTechnique.HASH_COMPARISON, confidence=_CERTAIN, value=model.digest))
    identity = Identity(field=IdentityField.HASH, concluded_value=model.digest, methods=methods)
    return ComponentEvidence(identity=[identity])


def _bundle_reference(facts: PaperFacts) -> list[ExternalReference]:
    digest = audit_digest(facts)
    what = "manifest.json of the audit's bundle" if facts.bundle_digest else "verdict.json of the audit"
    return [
        ExternalReference(
            type=ExternalReferenceType.EVIDENCE,
            url=XsUri(name_of_digest(digest)),
            comment=what,
            hashes=[HashType(alg=HashAlgorithm.SHA_256, content=digest.removeprefix("sha256:"))],
        )
    ]


def _subject_properties(facts: PaperFacts) -> Iterable[tuple[str, str]]:
    verdict, coverage = facts.verdict, facts.verdict.coverage
    yield "relation", verdict.relation
    for step in verdict.then:
        yield "then", step
    yield "method", verdict.method
    yield "arithmetic", verdict.arithmetic
    yield "replayed:share", figure(verdict.replayed_share)
    yield "replayed:elements", figure(verdict.replayed_elements)
    if coverage is not None:
        yield "coverage:elements-read", figure(coverage.elements_read)
        yield "coverage:elements", figure(coverage.elements)
        yield "coverage:tensors-read", figure(coverage.tensors_read)
        yield "coverage:tensors", figure(coverage.tensors)
    yield "disclosure", facts.disclosure.status
    yield from _model_properties(facts.subject)
    for conflict in facts.conflicts:
        entry = {"kind": conflict.kind, "parents": conflict.parents, "licences": conflict.licences, "why": conflict.why}
        yield "licence-conflict", _compact(entry)


def _ancestor_properties(facts: PaperFacts, ancestor: Ancestor) -> Iterable[tuple[str, str]]:
    verdict = facts.verdict
    yield "id", ancestor.model.id
    yield "relation", verdict.relation
    yield "method", verdict.method
    yield "arithmetic", verdict.arithmetic
    yield "weight", figure(ancestor.weight)
    yield "weight:low", figure(ancestor.low)
    yield "weight:high", figure(ancestor.high)
    yield "replayed:share", figure(verdict.replayed_share)
    yield "replayed:elements", figure(verdict.replayed_elements)
    yield from _model_properties(ancestor.model)
    for found in facts.disclosure.found:
        if found.id == ancestor.model.id:
            yield "declared", found.declared
            yield "declared:where", found.where
            yield "declared:note", found.note
    for owed in facts.obligations:
        if owed.parent == ancestor.model.id:
            entry = {
                "licence": owed.licence,
                "clause": owed.clause,
                "kind": owed.kind,
                "trigger": owed.trigger,
                "status": owed.status,
                "where": owed.where,
                "quote": owed.quote,
                "note": owed.note,
            }
            yield "obligation", _compact(entry)


def _model_properties(model: PaperModel) -> Iterable[tuple[str, str]]:
    yield "model-digest", model.digest
    yield "model-digest:recipe", model.digest_recipe
    yield "revision", model.revision
    for file in model.files:
        yield "file", _compact({"path": file.path, "bytes": file.size_bytes, "digest": file.digest})


def _properties(entries: Iterable[tuple[str, str]]) -> list[Property]:
    return [Property(name=PREFIX + name, value=value) for name, value in entries if value]


def _compact(entry: Mapping[str, str | int]) -> str:
    return json.dumps({key: value for key, value in entry.items() if value != ""}, ensure_ascii=False)
