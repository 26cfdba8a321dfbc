"""`parentage declared`: what a publisher declares, line by line, or how that changed between two revisions."""

import sys
from collections.abc import Iterator
from dataclasses import asdict

from parentage.audit.case import absolute_location
from parentage.audit.declared import known_as, read_alone
from parentage.cli.bundle import print_json
from parentage.cli.inert import inert
from parentage.protocols.documents.comparing import Change, compare_declarations, text_diff
from parentage.protocols.documents.declaration import read_declaration
from parentage.protocols.documents.evidence import SUBJECT
from parentage.protocols.documents.records import Declaration
from parentage.report import view
from parentage.subject import ModelRef

SCHEMA = "parentage.declared/v1"
CARD = "README.md"


def run(model: str, against: str | None, *, as_json: bool) -> None:
    """Print what a model's repository declares; with another revision, what was added, removed and changed since."""
    texts = _texts(model)
    declaration = read_declaration(texts, names=_names(model))
    if against is None:
        if as_json:
            print_json({"schema": SCHEMA, "declaration": asdict(declaration)})
        else:
            sys.stdout.write("\n".join(map(inert, _lines(declaration))) + "\n")
        return
    before = _texts(against)
    changes = compare_declarations(read_declaration(before, names=_names(against)), declaration)
    diff = text_diff(before.get(CARD, b""), texts.get(CARD, b""))
    if as_json:
        print_json({"schema": SCHEMA, "changes": [asdict(change) for change in changes], "card_diff": diff})
        return
    shown = [_changed(change) for change in changes] or ["Nothing that is declared has changed."]
    if changes:
        shown.insert(0, f"From {view.clean(against)} to {view.clean(model)}:")
    # Line by line, since a line of a card could hold what a terminal obeys.
    shown += ["", *(view.clean(line) for line in diff.splitlines())] if diff else []
    sys.stdout.write("\n".join(map(inert, shown)) + "\n")


def _texts(location: str) -> dict[str, bytes]:
    return dict(read_alone(_ref(location)).texts[SUBJECT])


def _names(location: str) -> tuple[str, ...]:
    return known_as(_ref(location))


def _ref(location: str) -> ModelRef:
    # A folder's own name, so that what a card calls it can be recognised.
    place = location if "://" in location else absolute_location(location)
    return ModelRef(id=SUBJECT, location=location, name=place.rstrip("/").rpartition("/")[2] or location)


def _lines(declaration: Declaration) -> Iterator[str]:
    for parent in declaration.parents:
        more = f" ({parent.relation})" if parent.relation else ""
        share = f", weight {parent.weight:g}" if parent.weight is not None else ""
        yield f"parent   {view.clean(parent.value)}{view.clean(more)}{share}  {view.clean(parent.where)}"
    if not declaration.parents:
        yield "parent   none declared"
    licence = declaration.licence
    said = licence.license_name or licence.license or "none declared"
    known = f" = {licence.key}" if licence.key else ""
    yield f"licence  {view.clean(said)}{known}  {view.clean(licence.where)}".rstrip()
    for claim in declaration.claims:
        yield f"claim    {claim.kind}: “{view.clean(claim.quote)}”  {view.clean(claim.where)}"
    if not declaration.claims:
        # The reader misses sentences of unusual form: that none is recognised is not that none is there.
        yield "claim    none recognised"
    for fact in declaration.facts:
        if fact.status == "present":
            yield f"fact     {fact.name}: {view.clean(fact.value)}  {view.clean(fact.where)}"
    absent = [fact.name for fact in declaration.facts if fact.status == "absent"]
    if absent:
        yield f"absent   {', '.join(absent)}"
    for field in declaration.fields:
        yield f"field    {view.clean(field.name)}: {view.clean(field.value)}  {view.clean(field.where)}"
    for problem in declaration.problems:
        yield f"problem  {view.clean(problem)}"


def _changed(change: Change) -> str:
    place = view.clean(change.where_after or change.where_before)
    name = f" {view.clean(change.name)}" if change.name and change.name != change.what else ""
    match change.how:
        case "added":
            values = view.clean(change.after)
        case "removed":
            values = view.clean(change.before)
        case "changed":
            values = f"{view.clean(change.before)} -> {view.clean(change.after)}"
    return f"{change.how:<8} {change.what}{name}: {values}  {place}".rstrip()
