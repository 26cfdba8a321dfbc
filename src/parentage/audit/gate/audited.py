"""An audit that was already made, as the gate judges it: the bundle is verified first, then read as findings."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from parentage.audit.bundle.documents import is_read_alike, read_documents
from parentage.audit.bundle.verification import VerificationError, verify_bundle
from parentage.audit.outputs import BUNDLE
from parentage.errors import InputError
from parentage.evidence.container import open_container
from parentage.finding import Coverage, Failed, Finding, NotApplicable, Parent, Relation, Result, Scalar, Verdict
from parentage.protocols.documents.records import QUESTIONS

_NOTHING = Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0)
_COVERAGE = ("elements_read", "elements", "tensors_read", "tensors")


def read_audited(place: Path) -> tuple[str, tuple[Result, ...], Verdict]:
    """Return the subject's name, the findings and the verdict of a bundle, or of an audit's folder that holds one.

    Findings on documents that other rules than this version's drew are not taken over: nothing here could check them.
    Raises InputError where the bundle does not hold.
    """
    bundle = place / BUNDLE if (place / BUNDLE).is_dir() else place
    try:
        verified = verify_bundle(bundle)
    except VerificationError as error:
        raise InputError(str(bundle), str(error)[:300], "only a bundle that verifies is judged") from error
    subject, findings, verdict = parse_audited(verified.document, where=f"{bundle}/verdict.json")
    evidence = read_documents(open_container(bundle), verified.measured.names)
    if evidence is not None and not is_read_alike(evidence):
        findings = tuple(_unchecked(one) if one.question in QUESTIONS else one for one in findings)
    return subject, findings, verdict


def _unchecked(stated: Result) -> Failed:
    reason = "the documents were read by rules of another version, which this one cannot check: audit again"
    return Failed(question=stated.question, version=stated.version, reason=reason, coverage=_NOTHING)


def parse_audited(document: Mapping[str, Any], *, where: str) -> tuple[str, tuple[Result, ...], Verdict]:
    """Return the subject's name, the findings and the verdict in verdict.json; raises InputError naming the part."""
    try:
        findings = tuple(_finding(entry) for entry in document["findings"])
        return str(document["subject"]["name"]), findings, _verdict(document["verdict"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(where, " ".join(str(error).split())[:120], "has another form than verdict.json") from error


def _verdict(entry: Mapping[str, Any]) -> Verdict:
    if entry["relation"] not in get_args(Relation):
        raise ValueError(f"relation {str(entry['relation'])[:40]!r}")
    return Verdict(
        relation=entry["relation"],
        statement=str(entry["statement"]),
        policy=str(entry.get("policy", "")),
        coverage=_coverage(entry["coverage"]),
        parents=tuple(Parent(id=str(one["id"])) for one in entry["parents"]),
    )


def _finding(entry: Mapping[str, Any]) -> Result:
    question, version = str(entry["question"]), str(entry["version"])
    match entry["status"]:
        case "finding":
            return Finding(
                question=question,
                version=version,
                statement=str(entry["statement"]),
                coverage=_coverage(entry["coverage"]),
                tables={str(name): _rows(rows) for name, rows in entry["tables"].items()},
            )
        case "not-applicable":
            return NotApplicable(question=question, version=version, reason=str(entry["reason"]))
        case "failed":
            coverage = _coverage(entry["coverage"])
            return Failed(question=question, version=version, reason=str(entry["reason"]), coverage=coverage)
        case _:
            raise ValueError(f"status {str(entry['status'])[:40]!r}")


def _rows(rows: Sequence[Mapping[str, Any]]) -> tuple[Mapping[str, Scalar], ...]:
    return tuple(
        {str(key): value if isinstance(value, Scalar) else str(value) for key, value in row.items()} for row in rows
    )


def _coverage(entry: Mapping[str, Any]) -> Coverage:
    return Coverage(**{name: int(entry[name]) for name in _COVERAGE})
