"""CycloneDX 1.6 and 1.7: who the ancestors are, what was declared, and the evidence for both.

The library has no model of a model card or of declarations, and drops them when it reads them: both are added to what
it writes, and `read_cyclonedx` keeps them, so that `rewrite_cyclonedx` gives back every field.
"""

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from cyclonedx.model.bom import Bom, BomMetaData
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from parentage.errors import InputError
from parentage.evidence.canonical import parse_json
from parentage.report.papers import cyclonedx_model as model
from parentage.report.papers.cyclonedx_sections import declarations, model_card
from parentage.report.papers.places import paper_id
from parentage.report.papers.records import PaperFacts

Version = Literal["1.6", "1.7"]
VERSIONS: tuple[Version, ...] = ("1.6", "1.7")
MOST_PAPER_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CycloneDxPaper:
    """A BOM as the library holds it, with the two sections that it does not; either is None where there is none."""

    version: Version
    bom: Bom
    model_card: Mapping[str, Any] | None
    declarations: Mapping[str, Any] | None


def write_cyclonedx(facts: PaperFacts, version: Version) -> str:
    """Return the BOM as JSON: the same bytes for the same audit, valid under the strict schema of that version.

    Raises InputError where the schema refuses it.
    """
    subject = model.subject_component(facts)
    moment = datetime.fromisoformat(facts.written) if facts.written else None
    metadata = BomMetaData(
        component=subject,
        tools=model.tools(facts),
        properties=model.bom_properties(facts),
        timestamp=moment,
    )
    bom = Bom(serial_number=paper_id(facts, f"cyclonedx-{version}"), metadata=metadata)
    bom.register_dependency(subject, ())
    document = _serialised(bom, version)
    if moment is None:
        # The library puts the present there, which nobody audited at.
        del document["metadata"]["timestamp"]
    return _finished(document, model_card(facts), declarations(facts), version)


def read_cyclonedx(text: str, where: str = "bom.json") -> CycloneDxPaper:
    """Return a BOM with all its sections.

    Raises InputError where it is not valid CycloneDX 1.6 or 1.7, or holds what the library would lose or change: such
    a BOM is somebody else's, and must not be written again from here.
    """
    data = text.encode()
    if len(data) > MOST_PAPER_BYTES:
        raise InputError(where, f"{len(data)} bytes", f"a BOM has at most {MOST_PAPER_BYTES}")
    document = parse_json(data, where)
    found = document.get("specVersion") if isinstance(document, dict) else None
    version = next((known for known in VERSIONS if known == found), None)
    if version is None:
        raise InputError(where, f"specVersion {found!r}"[:120], f"must be one of {', '.join(VERSIONS)}")
    _verify_schema(text, version, where)
    card = document.get("metadata", {}).get("component", {}).pop("modelCard", None)
    declared = document.pop("declarations", None)
    try:
        bom: Bom = Bom.from_json(copy.deepcopy(document))  # type: ignore[attr-defined]  # added by a decorator
        again = _serialised(bom, version)
    except Exception as error:
        # The library raises whatever Python raises on a form that it did not expect.
        raise InputError(where, type(error).__name__, " ".join(str(error).split())[:300]) from error
    if _unordered(again) != _unordered(document):
        raise InputError(where, "a field", "the library would lose or change it")
    return CycloneDxPaper(version=version, bom=bom, model_card=card, declarations=declared)


def rewrite_cyclonedx(paper: CycloneDxPaper) -> str:
    """Return a BOM as JSON, with the sections that the library would have dropped; raises InputError if not valid."""
    return _finished(_serialised(paper.bom, paper.version), paper.model_card, paper.declarations, paper.version)


def _unordered(value: Any) -> Any:
    """Return a JSON value in which lists compare as sets of things: the library sorts them."""
    if isinstance(value, dict):
        return {key: _unordered(item) for key, item in value.items()}
    if isinstance(value, list):
        return sorted((_unordered(item) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    return value


def _serialised(bom: Bom, version: Version) -> dict[str, Any]:
    text = make_outputter(bom, OutputFormat.JSON, _schema_version(version)).output_as_string()
    document: dict[str, Any] = json.loads(text)
    return document


def _finished(
    document: dict[str, Any], card: Mapping[str, Any] | None, declared: Mapping[str, Any] | None, version: Version
) -> str:
    if card is not None:
        document["metadata"]["component"]["modelCard"] = card
    if declared is not None:
        document["declarations"] = declared
    text = json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    _verify_schema(text, version, f"CycloneDX {version}")
    return text


def _verify_schema(text: str, version: Version, where: str) -> None:
    try:
        error = _validator(version).validate_str(text)
    except RecursionError as deep:
        raise InputError(where, "document", "is nested too deeply") from deep
    if error is not None:
        place, rule = str(getattr(error.data, "json_path", "")), str(getattr(error.data, "message", error))
        raise InputError(where, place[:200] or "document", " ".join(rule.split())[:300])


@cache
def _validator(version: Version) -> JsonStrictValidator:
    return JsonStrictValidator(_schema_version(version))


def _schema_version(version: Version) -> SchemaVersion:
    match version:
        case "1.6":
            return SchemaVersion.V1_6
        case "1.7":
            return SchemaVersion.V1_7
