"""What can still be measured when the subject is gone: how the candidates lie to each other, tensor by tensor."""

from collections.abc import Mapping
from dataclasses import replace

from parentage.audit.case import Case
from parentage.audit.journal import Journal
from parentage.audit.measured import Measured
from parentage.audit.passage import run_passage
from parentage.audit.plan import UNALIGNED, Plan, passage_ranges
from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.pairing import Pairing
from parentage.numerics.scan import ScanSpec, pairs_of
from parentage.protocols.weights.context import TensorContext

Counts = dict[str, list[int]]


def candidate_census(measured: Measured, case: Case, candidates: Mapping[int, Checkpoint]) -> tuple[Counts, Counts]:
    """Return, by tensor and pair of candidates, the octave counts that were stated and those found now.

    Taken are tensors that all these candidates have in the subject's dtype, and in which every element was finite: the
    first of them takes the subject's place, and what is counted between the others does not change by that.
    """
    places = sorted(candidates)
    if len(places) < 2:
        return {}, {}
    contexts = {
        record.context.index: _without_subject(record.context, places)
        for record in measured.records
        if not record.failure and not record.identity.nonfinite and _can_stand_in(record.context, places)
    }
    plan = _plan(measured, case, [candidates[place] for place in places])
    records = run_passage(
        plan,
        contexts,
        lambda context: ScanSpec(lattice=context.lattice, reference=0),  # type: ignore[arg-type]
        journal=Journal(None, ""),
        digesters={},
    )
    before = {record.context.index: record for record in measured.records}
    stated: Counts = {}
    found: Counts = {}
    for record in records:
        old = before[record.context.index]
        rows = pairs_of(len(old.context.present))
        for number, (a, b) in enumerate(pairs_of(len(places) - 1)):
            left, right = (old.context.present.index(places[place + 1]) for place in (a, b))
            name = (
                f"{old.context.name}: {measured.candidate_ids[places[a + 1]]}, {measured.candidate_ids[places[b + 1]]}"
            )
            stated[name] = old.census.counts[rows.index((left, right))].tolist()
            found[name] = record.census.counts[number].tolist()
    return stated, found


def _can_stand_in(context: TensorContext, places: list[int]) -> bool:
    infos = [context.pair.candidates[place] for place in places]
    dtype = context.pair.subject.dtype
    return context.lattice is not None and all(info is not None and info.dtype == dtype for info in infos)


def _without_subject(context: TensorContext, places: list[int]) -> TensorContext:
    first, *others = (context.pair.candidates[place] for place in places)
    assert first is not None
    pair = replace(context.pair, subject=first, candidates=tuple(others))
    return replace(context, pair=pair, present=tuple(range(len(others))))


def _plan(measured: Measured, case: Case, checkpoints: list[Checkpoint]) -> Plan:
    contexts = tuple(record.context for record in measured.records)
    return Plan(
        case=case,
        alignment=UNALIGNED,
        repacked=(),
        mode=measured.mode,
        subject=checkpoints[0],
        candidates=tuple(checkpoints[1:]),
        pairing=Pairing(pairs=(), unpaired=()),
        contexts=(),
        survey=(),
        # The ranges that the first run read: they depend on what all of its models were.
        passage=passage_ranges(contexts, measured.mode),
    )
