"""SPDX 3.0.1: ancestors as relationships, the licence declared beside the one concluded, the figures as annotations.

No field of SPDX holds a weight with its interval, so an annotation (JSON) does. The AI profile's conformance is not
claimed: it asks for a supplier and a release time, which an audit of weights does not know.
"""

import io
import json
from datetime import UTC, datetime
from typing import Any

from spdx_python_model import v3_0_1 as spdx

from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.report.papers.places import audit_digest, hub_place, paper_id, web_address
from parentage.report.papers.records import Ancestor, PaperFacts, PaperModel
from parentage.report.papers.spdx_licences import Licences
from parentage.report.papers.spdx_notes import obligations_note, verdict_note

MOST_PAPER_BYTES = 64 << 20
CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"
_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)


def write_spdx(facts: PaperFacts) -> str:
    """Return the document as JSON-LD, the same bytes for the same audit; raises InputError where the model refuses it.

    Where the audit has no time, `created` is 1970 and a comment says so: the field is mandatory.
    """
    try:
        document = _Writer(facts).document()
    except (TypeError, ValueError) as error:
        raise InputError("SPDX 3.0.1", "the audit's facts", " ".join(str(error).split())[:300]) from error
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    read_spdx(text, "SPDX 3.0.1")
    return text


def read_spdx(text: str, where: str = "spdx.json") -> spdx.SHACLObjectSet:
    """Return the objects of a document; raises InputError where it is too long, no JSON-LD of SPDX 3.0.1 or not whole.

    Whole: every name of this document that an element refers to is an element.
    """
    data = text.encode()
    if len(data) > MOST_PAPER_BYTES:
        raise InputError(where, f"{len(data)} bytes", f"a document has at most {MOST_PAPER_BYTES}")
    document = parse_json(data, where)
    context = document.get("@context") if isinstance(document, dict) else None
    if context != CONTEXT:
        raise InputError(where, f"@context {context!r}"[:120], f"must be {CONTEXT}")
    objects = spdx.SHACLObjectSet()
    try:
        spdx.JSONLDDeserializer().read(io.BytesIO(data), objects)
        missing = objects.link()
    except Exception as error:
        # The bindings raise whatever Python raises on a form that they did not expect.
        raise InputError(where, type(error).__name__, " ".join(str(error).split())[:300]) from error
    if unknown := sorted(name for name in missing if not name.startswith("https://spdx.org/rdf/3.0.1/")):
        raise InputError(where, unknown[0][:200], "is referred to and not there")
    return objects


class _Writer:
    """Collects elements under the names of one document."""

    def __init__(self, facts: PaperFacts) -> None:
        self._facts = facts
        self._namespace = f"https://spdx.org/spdxdocs/parentage-{paper_id(facts, 'spdx')}#"
        self._elements: list[spdx.Element] = []
        agent = spdx.SoftwareAgent(spdxId=self._name("agent-parentage"), name="parentage")
        tool = spdx.Tool(spdxId=self._name("tool-parentage"), name=f"parentage {facts.tool_version}".strip())
        self._creation = spdx.CreationInfo(
            _id="_:creation",
            specVersion="3.0.1",
            created=datetime.fromisoformat(facts.written) if facts.written else _UNDATED,
            createdBy=[self._named(agent)],
            createdUsing=[self._named(tool)],
        )
        if not facts.written:
            self._creation.comment = "The audit does not say when it was made; the date stands for none."
        self._licences = Licences(facts, self._name, self._add)
        self._add(agent)
        self._add(tool)

    def document(self) -> Any:
        """Return the JSON-LD form."""
        facts = self._facts
        subject = self._package(facts.subject, "subject")
        if facts.verdict.alternatives:
            subject.ai_limitation = "\n".join(facts.verdict.alternatives)
        if facts.verdict.ancestors and facts.verdict.statement:
            subject.ai_informationAboutTraining = facts.verdict.statement
        families = [field.value for field in facts.fields if field.model == "subject" and field.name == "model_type"]
        subject.ai_typeOfModel = [family for family in families if family]
        self._evidence(subject)
        self._annotation("annotation-verdict", subject, verdict_note(facts))
        for number, ancestor in enumerate(facts.verdict.ancestors, start=1):
            self._ancestor(subject, ancestor, number)
        whole = spdx.SpdxDocument(
            spdxId=self._name("document"),
            creationInfo=self._creation,
            name=f"Lineage of {facts.subject.name}",
            profileConformance=[
                spdx.ProfileIdentifierType.core,
                spdx.ProfileIdentifierType.software,
                spdx.ProfileIdentifierType.simpleLicensing,
            ],
            rootElement=[self._named(subject)],
            element=[self._named(element) for element in self._elements],
        )
        objects = spdx.SHACLObjectSet([self._creation, *self._elements, whole])
        data = spdx.JSONLDSerializer().serialize_data(objects, force_at_graph=True)
        data["@graph"].sort(key=lambda entry: (entry["type"], entry.get("spdxId", entry.get("@id", ""))))
        return data

    def _package(self, model: PaperModel, name: str) -> spdx.ai_AIPackage:
        place, address = hub_place(model), web_address(model)
        package = spdx.ai_AIPackage(
            spdxId=self._name(name), name=model.name, software_primaryPurpose=spdx.software_SoftwarePurpose.model
        )
        if place is not None:
            package.software_packageUrl = f"pkg:huggingface/{place.repository}" + f"@{place.commit}" * bool(
                place.commit
            )
            if place.commit:
                package.software_packageVersion = place.commit
        if address:
            package.software_downloadLocation = address
        if model.digest:
            package.comment = f"Digest of all weights: {model.digest} ({model.digest_recipe or 'recipe not said'})."
        if len(model.files) == 1 and model.files[0].digest:
            # A digest over several files is nobody else's hash; one file's is.
            package.verifiedUsing = [_hash(model.files[0].digest)]
        self._add(package)
        self._relate(
            f"{name}-declared", package, spdx.RelationshipType.hasDeclaredLicense, self._licences.declared(model)
        )
        concluded = self._licences.concluded(model)
        self._relate(f"{name}-concluded", package, spdx.RelationshipType.hasConcludedLicense, concluded)
        return package

    def _ancestor(self, subject: spdx.Element, ancestor: Ancestor, number: int) -> None:
        verdict = self._facts.verdict
        package = self._package(ancestor.model, f"ancestor-{number}")
        weight = "" if ancestor.weight is None else f", weight {ancestor.weight!r}"
        words = f"{verdict.relation}{weight}; an audit knows no candidates but those that it was given"
        relationship = self._relate(
            f"lineage-{number}", package, spdx.RelationshipType.ancestorOf, self._named(subject), comment=words
        )
        relationship.completeness = spdx.RelationshipCompleteness.noAssertion
        owed = obligations_note(self._facts, ancestor)
        if owed:
            self._annotation(f"annotation-obligations-{number}", package, owed)

    def _evidence(self, subject: spdx.Element) -> None:
        """Point at the bundle by its digest."""
        digest = audit_digest(self._facts)
        name = "manifest.json" if self._facts.bundle_digest else "verdict.json"
        file = spdx.software_File(
            spdxId=self._name("evidence"),
            name=name,
            description="The audit that this was written from, by the digest of this file.",
            contentType="application/json",
            verifiedUsing=[_hash(digest)],
        )
        self._add(file)
        self._relate("subject-evidence", subject, spdx.RelationshipType.hasEvidence, self._named(file))

    def _annotation(self, name: str, about: spdx.Element, note: dict[str, Any]) -> None:
        self._add(
            spdx.Annotation(
                spdxId=self._name(name),
                annotationType=spdx.AnnotationType.review,
                subject=self._named(about),
                contentType="application/json",
                statement=json.dumps(note, ensure_ascii=False, sort_keys=True),
            )
        )

    def _relate(self, name: str, of: spdx.Element, how: str, to: str, comment: str = "") -> spdx.Relationship:
        relationship = spdx.Relationship(
            spdxId=self._name(f"relationship-{name}"), from_=self._named(of), relationshipType=how, to=[to]
        )
        if comment:
            relationship.comment = comment
        self._add(relationship)
        return relationship

    def _add(self, element: spdx.Element) -> None:
        element.creationInfo = self._creation
        self._elements.append(element)

    def _name(self, name: str) -> str:
        return self._namespace + name

    @staticmethod
    def _named(element: spdx.Element) -> str:
        return str(element.spdxId)


def _hash(digest: str) -> spdx.Hash:
    return spdx.Hash(algorithm=spdx.HashAlgorithm.sha256, hashValue=digest.removeprefix("sha256:"))
