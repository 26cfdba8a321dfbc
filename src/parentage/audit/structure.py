"""Asks the questions that need whole matrices, where the sample has not settled the matter already."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from parentage.audit.alignment import Aligned, alignment_from
from parentage.audit.plan import UNALIGNED, Alignment
from parentage.errors import ParentageError
from parentage.finding import Coverage
from parentage.protocols.weights import afterwards, neurons, quantization, rank, remainder, sparsity
from parentage.protocols.weights.afterwards import AfterwardsRecord
from parentage.protocols.weights.arrangement import ArrangementRecord
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.context import is_equal
from parentage.protocols.weights.layers import LayerRecord
from parentage.protocols.weights.neurons import NeuronRecord
from parentage.protocols.weights.pool import PoolRecord
from parentage.protocols.weights.quantization import QuantizationRecord
from parentage.protocols.weights.rank import RankRecord
from parentage.protocols.weights.remainder import RemainderRecord
from parentage.protocols.weights.sparsity import SparsityRecord

T = TypeVar("T")
# A merge that reproduces so much of the sample leaves nothing to ask of whole matrices.
_SETTLED = 0.9999
# So many pairs of relatives are tried as parents of a merge that was trained afterwards.
_MOST_PAIRS = 3
# And so many are taken together when what they leave unexplained is looked at.
_MOST_KNOWN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """What whole matrices say, and how the tensors were laid beside each other; None: not asked, as `settled` says.

    `failures` are (question, reason) of what was asked and could not be answered.
    """

    settled: str
    compared: tuple[int, ...]
    repacked: tuple[str, ...]
    pool: PoolRecord | None
    layers: LayerRecord | None
    arrangements: tuple[ArrangementRecord, ...]
    arranged: int | None
    ranks: tuple[RankRecord, ...]
    quantization: QuantizationRecord | None
    sparsity: SparsityRecord | None
    afterwards: tuple[AfterwardsRecord, ...]
    remainder: RemainderRecord | None
    neurons: tuple[NeuronRecord, ...]
    failures: tuple[tuple[str, str], ...]


def alignment_of(structure: Structure | None) -> Alignment:
    """Return the alignment that an audit with this structure went by."""
    if structure is None:
        return UNALIGNED
    arranged = next((one for one in structure.arrangements if one.candidate == structure.arranged), None)
    chosen = structure.compared if structure.pool is not None else None
    return alignment_from(chosen, structure.layers, arranged)


def examine(aligned: Aligned, choice: Choice, reference: int) -> Structure:
    """Return the structure; nothing here raises for what cannot be read: that is a failure, kept with its reason."""
    failures = list(aligned.failures)
    settled = _settled(aligned, choice)

    def ask(question: str, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except ParentageError as error:
            failures.append((question, str(error)))
            return None

    contexts = aligned.plan.contexts
    found: RankRecord | None = None
    lattices: QuantizationRecord | None = None
    zeros: SparsityRecord | None = None
    matched: list[NeuronRecord] = []
    carried: tuple[AfterwardsRecord, ...] = ()
    rest: RemainderRecord | None = None
    if not settled:
        reader, pairs = aligned.reader, [context.pair for context in contexts]
        threads = os.cpu_count() or 1
        # These two work on the sample alone. A lossy copy needs neither, and is rarer than what they would wait for.
        with ThreadPoolExecutor(2) as beside:
            afterward = beside.submit(_afterwards, aligned, choice, reference)
            remaining = beside.submit(_remainder, aligned, reference)
            found = ask(rank.QUESTION, lambda: rank.measure(reader, pairs, reference, threads=threads))
            lattices = ask(quantization.QUESTION, lambda: quantization.measure(reader, contexts))
            zeros = ask(sparsity.QUESTION, lambda: sparsity.measure(reader, contexts))
            asked = (ask(neurons.QUESTION, partial(neurons.measure, reader, place)) for place in _unrelated(aligned))
            matched = [record for record in asked if record is not None]
            if not _is_lossy_copy(aligned, lattices, zeros):
                carried, rest = afterward.result(), remaining.result()
    return Structure(
        settled=settled,
        compared=aligned.plan.compared,
        repacked=aligned.plan.repacked,
        pool=aligned.pool,
        layers=aligned.layers,
        arrangements=aligned.arrangements,
        arranged=aligned.arranged,
        ranks=(found,) if found is not None else (),
        quantization=lattices,
        sparsity=zeros,
        afterwards=carried,
        remainder=rest,
        neurons=tuple(matched),
        failures=tuple(failures),
    )


def _afterwards(aligned: Aligned, choice: Choice, reference: int) -> tuple[AfterwardsRecord, ...]:
    """Return what the subject carries of merges of two relatives, those tried that the survey weighs most.

    Merges that some candidate lies nearer to the subject than are left out.
    """
    tensors, compared = aligned.survey.tensors, aligned.plan.compared
    pairs = _pairs(aligned, choice, reference)
    records = [afterwards.measure(tensors, afterwards.find(tensors, pair)) for pair in pairs]
    told = [record for record in records if record is not None]
    return tuple(record for record in told if not afterwards.has_nearer(tensors, record, compared))


def _remainder(aligned: Aligned, reference: int) -> RemainderRecord | None:
    """Return what the relatives together leave unexplained, as a direction for a later search."""
    related = [place for place in aligned.plan.compared if aligned.is_related(place)]
    if reference not in related or len(related) < 2:
        return None
    others = [place for place in related if place != reference][:_MOST_KNOWN]
    return remainder.measure(aligned.survey.tensors, (*others, reference))


def _pairs(aligned: Aligned, choice: Choice, reference: int) -> list[tuple[int, int]]:
    related = [place for place in aligned.plan.compared if aligned.is_related(place)]
    weights = dict(zip(choice.fit.parents, choice.fit.raw, strict=True)) if choice.fit is not None else {}
    heaviest = sorted((place for place in related if place in weights), key=lambda place: -abs(weights[place]))[:2]
    wanted = [tuple(heaviest)] if len(heaviest) == 2 else []
    wanted += [(place, reference) for place in related if place != reference and reference in related]
    found: dict[frozenset[int], tuple[int, int]] = {}
    for first, second in wanted:
        found.setdefault(frozenset((first, second)), (first, second))
    return list(found.values())[:_MOST_PAIRS]


def _is_lossy_copy(aligned: Aligned, lattices: QuantizationRecord | None, zeros: SparsityRecord | None) -> bool:
    """Say whether quantising or pruning a source again gives the subject: then nothing else is to be found in it."""
    ids = aligned.plan.candidate_ids
    nothing = Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0)
    if lattices is not None and quantization.conclude(lattices, candidate_ids=ids, coverage=nothing).is_copy:
        return True
    return zeros is not None and sparsity.conclude(zeros, candidate_ids=ids, coverage=nothing).is_copy


def _unrelated(aligned: Aligned) -> list[int]:
    return [place for place in aligned.plan.compared if not aligned.is_related(place)]


def _settled(aligned: Aligned, choice: Choice) -> str:
    """Say why whole matrices need not be looked at; empty where they need to be."""
    leader = choice.leader
    replays = leader is not None and leader.replayed >= _SETTLED * leader.elements
    if leader is not None and replays and 2 * leader.tensors_replayed >= len(leader.hypotheses):
        return "recomputing a merge gives the sample bit for bit"
    for place in aligned.plan.compared:
        tensors = [tensor for tensor in aligned.survey.tensors if place in tensor.candidates]
        if tensors and all(is_equal(tensor, place) for tensor in tensors):
            return "every sampled element is equal to a candidate's"
    return ""
