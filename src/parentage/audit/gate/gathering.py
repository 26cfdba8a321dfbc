"""What the gate judges: an audit against the candidates given or declared, or the documents alone without any."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentage.audit.bundle.documents import documents_findings
from parentage.audit.case import Case, absolute_location, make_case, read_case
from parentage.audit.declared import read_alone
from parentage.audit.gate.audited import read_audited
from parentage.audit.passage import Progress
from parentage.audit.run import run_audit
from parentage.checkpoint.checkpoint import open_checkpoint
from parentage.errors import ParentageError, UnfinishedError, UsageError
from parentage.finding import Coverage, Finding, Result, Verdict
from parentage.protocols.documents.evidence import SUBJECT
from parentage.protocols.documents.records import DECLARATION
from parentage.subject import ModelRef

# Declared parents are tried one after the other; a card that lists hundreds gets no more attention than this.
MOST_DECLARED = 8
_REPOSITORY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}(@[A-Za-z0-9._-]{1,64})?")
_UNTESTED = Verdict(
    relation="inconclusive",
    statement="parentage was not tested",
    policy="",
    coverage=Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What there is to judge; `verdict` None says that parentage was not tested, `untested` why of whom."""

    subject: str
    findings: tuple[Result, ...]
    verdict: Verdict | None
    untested: tuple[str, ...]


def gather(
    model: str,
    candidates: Sequence[str],
    *,
    documents_only: bool = False,
    progress: Progress | None = None,
) -> Gathered:
    """Return the findings on a model; with no candidates, the declared parents that can be read are those.

    The model may also be a case.toml.
    Raises InputError and UsageError for what cannot be audited, UnfinishedError where bytes could not be read.
    """
    if model.endswith(".toml"):
        if candidates or documents_only:
            raise UsageError(f"{model}: a case names its own candidates; nothing can be added")
        return gather_case(read_case(Path(model)), progress=progress)
    if model.rstrip("/").rpartition("/")[2] in ("", ".", ".."):
        # The folder's own name, so that what a card calls it can be recognised.
        model = absolute_location(model)
    if candidates:
        return gather_case(make_case(model, list(candidates)), progress=progress)
    alone = _documents_alone(model)
    if documents_only:
        return replace(alone, untested=("the documents alone were looked at",))
    found, untested = resolve_declared(_declared_values(alone.findings), model)
    if not found:
        return replace(alone, untested=untested)
    try:
        open_checkpoint(model)
        case = make_case(model, found)
        return replace(gather_case(case, progress=progress), untested=untested)
    except UnfinishedError:
        raise
    except ParentageError as error:
        # Nobody named these candidates on purpose: that they cannot be compared is no fault of the request.
        return replace(alone, untested=(*untested, f"the declared parents could not be compared: {error}"))


def gather_audited(place: Path) -> Gathered:
    """Return what an audit that was already made found: of its folder, or its bundle as folder or zip.

    Only on request: a repository that holds a bundle of its own must not be judged by that.
    """
    subject, findings, verdict = read_audited(place)
    return Gathered(subject=subject, findings=findings, verdict=verdict, untested=())


def gather_case(case: Case, *, progress: Progress | None = None) -> Gathered:
    """Return the findings of an audit of a case; raises as `run_audit` does, UnfinishedError for unread tensors too."""
    audit = run_audit(case, progress=progress, digests=False, declared=True)
    if audit.failures:
        name, reason = next(iter(audit.failures.items()))
        raise UnfinishedError(f"{name}: not read: {reason}")
    findings = (*audit.findings, *documents_findings(audit.documents, audit.verdict))
    return Gathered(subject=case.subject.name, findings=findings, verdict=audit.verdict, untested=())


def resolve_declared(values: Sequence[str], model: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return candidates, id to location, for the declared parents that open, and a line on each that does not.

    A folder is taken only beside or inside the model's own: a card must not send the reader elsewhere on the machine.
    """
    found: dict[str, str] = {}
    untested: list[str] = []
    for value in dict.fromkeys(values):
        if len(found) == MOST_DECLARED:
            untested.append(f"{value}: only the first {MOST_DECLARED} declared parents are compared")
            continue
        location = _location_of(value, model)
        if location is None:
            untested.append(f"{value}: is neither a repository nor a folder beside the model")
            continue
        if absolute_location(location) in (absolute_location(model), *map(absolute_location, found.values())):
            continue
        try:
            open_checkpoint(location)
        except ParentageError as error:
            untested.append(f"{value}: could not be read: {error}")
        else:
            found[_id_of(value, found)] = location
    return found, tuple(untested)


def _location_of(value: str, model: str) -> str | None:
    value = value.strip()
    if "://" not in model and not value.startswith(("/", "~", "hf://", "http")) and "\0" not in value:
        own = Path(absolute_location(model))
        folder = own if own.is_dir() else own.parent
        place = Path(absolute_location(str(folder / value[:1000])))
        if place.is_dir() and place.is_relative_to(folder.parent) and place != folder.parent:
            return str(place)
    name = value.removeprefix("https://huggingface.co/").removeprefix("hf://").rstrip("/")
    return f"hf://{name}" if _REPOSITORY.fullmatch(name) else None


def _id_of(value: str, taken: Mapping[str, str]) -> str:
    last = value.rstrip("/").rpartition("/")[2].partition("@")[0]
    plain = re.sub(r"[^A-Za-z0-9._-]", "-", last).lstrip("._-")[:56] or "parent"
    choices = (plain, *(f"{plain}-{number}" for number in range(2, MOST_DECLARED + 2)))
    return next(choice for choice in choices if choice not in taken and choice != SUBJECT)


def _declared_values(findings: Sequence[Result]) -> list[str]:
    for one in findings:
        if isinstance(one, Finding) and one.question == DECLARATION:
            rows = one.tables.get("parents", ())
            return [str(row.get("value")) for row in rows if row.get("model") == SUBJECT]
    return []


def _documents_alone(model: str) -> Gathered:
    name = model.rstrip("/").rpartition("/")[2] or model
    evidence = read_alone(ModelRef(id=SUBJECT, location=model, name=name))
    return Gathered(subject=name, findings=documents_findings(evidence, _UNTESTED), verdict=None, untested=())
