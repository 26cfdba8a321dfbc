"""Measures again what a bundle says was measured, and compares every figure: integers and floats alike, bit for bit.

A replication of a part takes whole tensors, chosen by a seed of the replicator's own, so that whoever fabricated a
bundle could not know which.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parentage.audit.bundle.files import STRUCTURE, bundle_files
from parentage.audit.bundle.lines import make_line
from parentage.audit.bundle.remaining import candidate_census
from parentage.audit.bundle.verification import Verified
from parentage.audit.case import Case
from parentage.audit.journal import Journal
from parentage.audit.passage import Progress, run_passage
from parentage.audit.plan import Plan, make_plan
from parentage.audit.run import Audit, run_audit, spec_of
from parentage.audit.structure import alignment_of
from parentage.checkpoint.checkpoint import Checkpoint, open_checkpoint
from parentage.errors import ParentageError, UsageError
from parentage.evidence.canonical import parse_json
from parentage.evidence.container import Container
from parentage.protocols.documents.records import QUESTIONS
from parentage.protocols.identity.records import SELF_REPORT
from parentage.subject import ModelRef, PinnedModel

Outcome = Literal["replicated", "differs", "incomplete"]
_SHOWN = 20
_PIECE_BYTES = 8 << 20
_COMPARED = ("inputs.json", "survey.json", "verdict.json")
# What models say and what cards hold may change while the weights do not: not measured again here, but noted.
_CHANGING = (SELF_REPORT, *QUESTIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replication:
    """What was compared and what differed; `missing` are models that could not be had, with the reason.

    `share` is of the subject's elements; `differences` name at most 20 figures as `file: place: stated, found`.
    """

    outcome: Outcome
    seed: str
    share: float
    tensors: int
    figures: int
    differing: int
    differences: tuple[str, ...]
    missing: Mapping[str, str]
    notes: tuple[str, ...]


class _Comparison:
    """Counts figures and keeps the first differences."""

    def __init__(self) -> None:
        self.figures = 0
        self.differing = 0
        self.shown: list[str] = []

    def compare(self, place: str, stated: Any, found: Any) -> None:
        """Compare two JSON values, figure by figure."""
        if isinstance(stated, dict) and isinstance(found, dict):
            for name in sorted({*stated, *found}):
                self.compare(f"{place}.{name}", stated.get(name), found.get(name))
        elif isinstance(stated, list) and isinstance(found, list) and len(stated) == len(found):
            for number, (left, right) in enumerate(zip(stated, found, strict=True)):
                self.compare(f"{place}[{number}]", left, right)
        else:
            self.figures += 1
            if stated != found or isinstance(stated, bool) != isinstance(found, bool):
                self.differ(place, stated, found)

    def differ(self, place: str, stated: Any, found: Any) -> None:
        """Note one difference."""
        self.differing += 1
        if len(self.shown) < _SHOWN:
            self.shown.append(f"{place}: {str(stated)[:60]} stated, {str(found)[:60]} found")


def replicate(
    verified: Verified,
    container: Container,
    *,
    locations: Mapping[str, str],
    fraction: float | None = None,
    seed: str = "",
    progress: Progress | None = None,
) -> Replication:
    """Measure again, all of it or a part, from the places given or those of the first run; raises ParentageError."""
    if fraction is not None and not 0 < fraction <= 1:
        raise UsageError(f"--fraction {fraction}: must lie above 0 and be at most 1")
    refs = _refs(verified, container, locations)
    missing = _missing(refs)
    if missing:
        return _remaining(verified, refs, missing)
    case = Case(subject=refs[0], candidates=tuple(refs[1:]), mode=verified.measured.mode)
    if fraction is None:
        return _whole(verified, container, run_audit(case, progress=progress, declared=True))
    return _part(
        verified, container, make_plan(case, alignment_of(verified.measured.structure)), fraction, seed, progress
    )


def _refs(verified: Verified, container: Container, locations: Mapping[str, str]) -> list[ModelRef]:
    where = f"{container.where}/as-run/environment.json"
    environment = parse_json(container.read("as-run/environment.json"), where)
    listed = environment.get("models", []) if isinstance(environment, dict) else []
    known = {entry.get("id"): entry for entry in listed if isinstance(entry, dict)}
    ids = [model.ref.id for model in verified.measured.models]
    if unknown := sorted(set(locations) - set(ids)):
        raise UsageError(f"{unknown[0]}: is no model of this bundle; it has {', '.join(ids)}")
    refs = []
    for model in verified.measured.models:
        entry = known.get(model.ref.id, {})
        place, revision = str(entry.get("location", "")), entry.get("revision")
        if place.startswith("hf://") and isinstance(revision, str):
            place = f"{place.partition('@')[0]}@{revision}"
        refs.append(ModelRef(id=model.ref.id, location=locations.get(model.ref.id, place), name=model.ref.name))
    return refs


def _missing(refs: Sequence[ModelRef]) -> dict[str, str]:
    missing = {}
    for ref in refs:
        try:
            open_checkpoint(ref.location)
        except ParentageError as error:
            missing[ref.id] = str(error)
    return missing


def _whole(verified: Verified, container: Container, audit: Audit) -> Replication:
    comparison = _Comparison()
    files = bundle_files(audit, command="")
    notes: tuple[str, ...] = ()
    names = (*_COMPARED, STRUCTURE) if verified.measured.structure is not None else _COMPARED
    for name in names:
        stated, found = (_measured_part(parse_json(data, name)) for data in (container.read(name), files[name]))
        # Versions are told, not judged: figures must not depend on them.
        versions = stated.pop("run", {}), found.pop("run", {})
        notes = notes or _version_notes(*versions)
        comparison.compare(name, stated, found)
    _compare_lines(comparison, container.read("measurements.jsonl"), files["measurements.jsonl"])
    notes += (*_asked_notes(verified.document), *_document_notes(container, files))
    if container.read("manifest.json") == files["manifest.json"]:
        notes += ("The bundle comes out the same, byte for byte.",)
    return Replication(
        outcome="differs" if comparison.differing else "replicated",
        seed="",
        share=1.0,
        tensors=len(verified.measured.records),
        figures=comparison.figures,
        differing=comparison.differing,
        differences=tuple(comparison.shown),
        missing={},
        notes=notes,
    )


def _measured_part(document: Any) -> Any:
    """Return a document without the findings that do not rest on the weights."""
    if not isinstance(document, dict) or not isinstance(document.get("findings"), list):
        return document
    kept = [one for one in document["findings"] if one.get("question") not in _CHANGING]
    return {**document, "findings": kept}


def _asked_notes(document: Mapping[str, Any]) -> tuple[str, ...]:
    if all(one.get("question") != SELF_REPORT for one in document["findings"]):
        return ()
    return ("Whom the models say they are was not asked again: `parentage identity` asks them.",)


def _compare_lines(comparison: _Comparison, stated: bytes, found: bytes) -> None:
    before, after = stated.splitlines(), found.splitlines()
    if len(before) != len(after):
        comparison.differ("measurements.jsonl: lines", len(before), len(after))
    for number, (left, right) in enumerate(zip(before, after, strict=False), start=1):
        place = f"measurements.jsonl:{number}"
        if left == right:
            # Lines that are equal as bytes are equal in every figure.
            comparison.figures += left.count(b",") + 1
        else:
            comparison.compare(place, parse_json(left, place), parse_json(right, place))


def _document_notes(container: Container, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Say which cards and configs are no longer what they were: edited since, which changes no figure."""
    stated = {name for name in container.names() if name.startswith("documents/")}
    found = {name for name in files if name.startswith("documents/")}
    gone = [f"{name} is no longer there" for name in sorted(stated - found)]
    new = [f"{name} was not there then" for name in sorted(found - stated)]
    edited = [f"{name} has been edited since" for name in sorted(stated & found) if container.read(name) != files[name]]
    return (*gone, *new, *edited)


def _version_notes(stated: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(
        f"{name}: {stated.get(name)} then, {found.get(name)} now"
        for name in sorted({*stated, *found})
        if stated.get(name) != found.get(name)
    )


def _part(
    verified: Verified, container: Container, plan: Plan, fraction: float, seed: str, progress: Progress | None
) -> Replication:
    comparison = _Comparison()
    measured = verified.measured
    for model, checkpoint in zip(measured.models, (plan.subject, *plan.candidates), strict=True):
        _compare_headers(comparison, model, checkpoint)
    by_name = {context.name: context for context in plan.contexts}
    stated = {record.context.name: record for record in measured.records}
    comparison.compare("tensors that are paired", sorted(stated), sorted(by_name))
    chosen = _chosen([name for name in stated if name in by_name], measured, fraction, seed)
    contexts = {stated[name].context.index: stated[name].context for name in chosen}
    choice, reference = measured.surveyed.choice, measured.surveyed.reference
    records = run_passage(
        plan,
        contexts,
        lambda context: spec_of(context, choice, reference),
        journal=Journal(None, ""),
        digesters={},
        progress=progress,
    )
    for record in records:
        name = record.context.name
        info = plan.subject.tensors[name]
        hashed = bool(measured.tensor_digests.get(name))
        digest = _range_digest(plan.subject, info.shard, info.start, info.stop) if hashed else ""
        fit = choice.tensor_fits.get(record.context.index)
        again = make_line(info, digest, record, fit)
        first = make_line(stated[name].context.pair.subject, measured.tensor_digests.get(name, ""), stated[name], fit)
        comparison.compare(name, json.loads(json.dumps(first)), json.loads(json.dumps(again)))
    elements = sum(record.identity.elements for record in records)
    share = elements / max(1, sum(record.identity.elements for record in measured.records))
    return Replication(
        outcome="differs" if comparison.differing else "replicated",
        seed=seed,
        share=share,
        tensors=len(chosen),
        figures=comparison.figures,
        differing=comparison.differing,
        differences=tuple(comparison.shown),
        missing={},
        notes=(
            f"{len(chosen)} of {len(stated)} tensors, drawn by the seed. Had figures of m tensors been made up, the "
            f"chance of drawing none of them was about {1 - len(chosen) / max(1, len(stated)):.3g} to the m.",
            "The survey's hypotheses were taken as stated; the whole replication measures them too.",
        ),
    )


def _compare_headers(comparison: _Comparison, model: PinnedModel, checkpoint: Checkpoint) -> None:
    stated = {file.path: [file.size, file.header_digest] for file in model.files}
    found = {shard.path: [shard.size, shard.header_digest] for shard in checkpoint.shards}
    comparison.compare(f"files of {model.ref.id}", stated, found)


def _chosen(names: Sequence[str], measured: Any, fraction: float, seed: str) -> list[str]:
    """Return tensors in the order that the seed draws them, until they hold the fraction of all elements."""
    sizes = {record.context.name: record.identity.elements for record in measured.records}
    drawn = sorted(names, key=lambda name: hashlib.blake2b(f"{seed}|{name}".encode(), digest_size=16).digest())
    wanted, have = fraction * sum(sizes[name] for name in names), 0
    found: list[str] = []
    for name in drawn:
        if have >= wanted and found:
            break
        found.append(name)
        have += sizes[name]
    return found


def _range_digest(checkpoint: Checkpoint, path: str, start: int, stop: int) -> str:
    digest = hashlib.sha256()
    for first in range(start, stop, _PIECE_BYTES):
        digest.update(checkpoint.store.view(path, first, min(stop, first + _PIECE_BYTES)))
    return "sha256:" + digest.hexdigest()


def _remaining(verified: Verified, refs: Sequence[ModelRef], missing: Mapping[str, str]) -> Replication:
    """Compare what is left when a model is gone: the files of the others, whole where they were hashed."""
    comparison = _Comparison()
    candidates: dict[int, Checkpoint] = {}
    for place, (model, ref) in enumerate(zip(verified.measured.models, refs, strict=True), start=-1):
        if ref.id in missing:
            continue
        checkpoint = open_checkpoint(ref.location)
        if place >= 0:
            candidates[place] = checkpoint
        _compare_headers(comparison, model, checkpoint)
        for file in model.files:
            if file.digest is not None and file.path in {shard.path for shard in checkpoint.shards}:
                again = _range_digest(checkpoint, file.path, 0, file.size)
                comparison.compare(f"{ref.id}/{file.path}", file.digest, again)
    pairs = 0
    if not comparison.differing:
        # Of other files nothing else could be the same.
        case = Case(subject=refs[0], candidates=tuple(refs[1:]), mode=verified.measured.mode)
        stated, found = candidate_census(verified.measured, case, candidates)
        comparison.compare("census", stated, found)
        pairs = len(stated)
    gone = ", ".join(missing)
    return Replication(
        outcome="differs" if comparison.differing else "incomplete",
        seed="",
        share=0.0,
        tensors=0,
        figures=comparison.figures,
        differing=comparison.differing,
        differences=tuple(comparison.shown),
        missing=missing,
        notes=(
            f"Not to be had: {gone}. No figure that involves it can be measured again.",
            f"Measured again: the files of the other models, and how the candidates lie to each other, {pairs} times "
            "for a tensor and a pair. Whoever made those up had at least read the candidates.",
            "What stands without it: the bundle holds together, its digests name the files that were read, and whoever "
            "kept a copy can show by them that it is the same. That the measurements were taken from those files rests "
            "on the signatures, and on replications made while the files could be had.",
        ),
    )
