"""Copies: the same weights, the same in another order of units, or in another order of layers."""

from collections.abc import Sequence

from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.thresholds import POLICY, RELATED_CORRELATION
from parentage.finding import Afterwards, Parent, Verdict

_WHO_WAS_FIRST = "Which of the two was first is not in the weights: publication dates and signatures settle it."


def identical(evidence: Evidence) -> Verdict | None:
    """Return identical or, where the subject's units had to be put in order first, rearranged; None for neither."""
    if evidence.failed_tensors or (evidence.structure.layers is not None and not evidence.structure.layers.in_place):
        return None
    # What is equal as it is stored comes before what is equal only once it is rounded.
    exact = [place for place in evidence.compared if evidence.identity.identical_to(place)]
    rounded = [place for place in evidence.compared if place in evidence.converted or _is_rounded_copy(evidence, place)]
    whole = [place for place in (*exact, *rounded) if not evidence.unpaired_elements[place]]
    for place in whole:
        if evidence.candidate_unpaired[place]:
            continue
        return (_rearranged if evidence.structure.arranged is not None else _identical)(evidence, place)
    return _part_of(evidence, whole[0]) if whole else None


def _part_of(evidence: Evidence, place: int) -> Verdict:
    name = evidence.candidate_ids[place]
    return Verdict(
        relation="inconclusive",
        statement=(
            f"Every tensor of {evidence.subject} is one of {name}, which has more: it was cut out of {name}, or {name} "
            f"was built around it. The weights do not say which."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(_WHO_WAS_FIRST,),
    )


def _is_rounded_copy(evidence: Evidence, place: int) -> bool:
    """Say whether the subject is the candidate with factors moved between its matrices, each element rounded anew."""
    if evidence.structure.arranged != place or evidence.unpaired_elements[place]:
        return False
    return next(one for one in evidence.structure.arrangements if one.candidate == place).is_copy


def _extent(evidence: Evidence) -> str:
    whole = evidence.coverage.elements_read == evidence.coverage.elements
    return "in every element" if whole else f"in all {evidence.coverage.elements_read:,} elements read"


def _identical(evidence: Evidence, place: int) -> Verdict:
    name = evidence.candidate_ids[place]
    conversion = evidence.converted.get(place)
    lossless = evidence.identity.converted_tensors[place]
    change = f", {lossless} of its tensors after a lossless change of dtype" if lossless else ""
    if conversion is not None and conversion.lost:
        change = (
            f" that its dtype can hold: in {conversion.tensors} tensors {conversion.lost:,} values were rounded, as "
            "converting the candidate rounds them"
        )
    then: tuple[Afterwards, ...] = ("converted",) if lossless or conversion is not None else ()
    return Verdict(
        relation="identical",
        then=then,
        statement=f"{evidence.subject} holds the same weights as {name} {_extent(evidence)}{change}.",
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(_WHO_WAS_FIRST,),
    )


def _rearranged(evidence: Evidence, place: int) -> Verdict:
    name = evidence.candidate_ids[place]
    record = next(one for one in evidence.structure.arrangements if one.candidate == evidence.structure.arranged)
    kinds = ", ".join(sorted({step.kind for step in record.steps}))
    how = f"its {kinds} in another order" if kinds else "factors moved between its matrices"
    exact = evidence.identity.identical_to(place)
    gives = (
        f"the same weights {_extent(evidence)}" if exact else f"{record.close:,} of {record.elements:,} within two ulps"
    )
    return Verdict(
        relation="rearranged",
        statement=(f"{evidence.subject} is {name} with {how}: put back, it holds {gives}."),
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(
            f"Two unrelated networks whose units match so well: excluded, log10 of the chance is {record.log10_p:.0f}.",
            _WHO_WAS_FIRST,
        ),
    )


def stacked(evidence: Evidence) -> Verdict | None:
    """Return stacked where every tensor is copied whole, from other layers or from several candidates; else None.

    Layers that only resemble those at other numbers, and copies that a common ancestor would explain, are told and not
    claimed.
    """
    record, sources = evidence.structure.layers, _sources(evidence)
    restacked = record is not None and not record.in_place
    unpaired = any(evidence.unpaired_elements[place] for place in sources)
    whole = bool(evidence.copied) and all(evidence.copied.values()) and not unpaired and not evidence.failed_tensors
    if whole and (restacked or (len(sources) > 1 and _are_apart(evidence, sources))):
        return _stacked(evidence, sources)
    if whole and len(sources) > 1:
        names = " or ".join(evidence.candidate_ids[place] for place in sources)
        return _open(
            evidence,
            f"Every tensor of it is one of {names}: it was put together of these, or it is what each of them was "
            "trained from in part.",
        )
    if restacked and record is not None and record.mapped:
        names = " and ".join(evidence.candidate_ids[place] for place in record.sources)
        return _open(
            evidence,
            f"Its layers resemble layers of {names} that stand at other numbers, and are not copies: built of those "
            "and then trained, or both were built of a third. The finding layers has the map.",
        )
    return None


def _are_apart(evidence: Evidence, sources: Sequence[int]) -> bool:
    """Say whether the subject cannot be what its sources were trained from: they are strangers, or a relative differs.

    A further relative of the sources, from which the subject differs in tensors of each, shows that each source had
    moved there.
    """
    kin = evidence.kinship.candidates
    others = [place for place in evidence.compared if place not in sources]
    for place in others:
        record = kin[place]
        if record is None or record.correlation < RELATED_CORRELATION:
            continue
        differing = [found for found in evidence.copied.values() if found and place not in found]
        if all(any(source in found for found in differing) for source in sources):
            return True
    correlations = [record.correlation for place in sources if (record := kin[place]) is not None]
    # Of unrelated sources the subject's tensors equal those of one and have nothing in common with the other's.
    return len(correlations) == len(sources) and min(correlations) < RELATED_CORRELATION


def _open(evidence: Evidence, words: str) -> Verdict:
    return Verdict(
        relation="inconclusive",
        statement=f"No relation of {evidence.subject} to the candidates can be stated. {words}",
        policy=POLICY,
        coverage=evidence.coverage,
        alternatives=("What would settle it: publication dates, or the common ancestor as a further candidate.",),
    )


def _sources(evidence: Evidence) -> list[int]:
    """Return the fewest candidates that the copied tensors can come from, found by taking the most frequent first."""
    left = [found for found in evidence.copied.values() if found]
    sources: list[int] = []
    while left:
        best = max(evidence.compared, key=lambda place: sum(place in found for found in left))
        sources.append(best)
        left = [found for found in left if best not in found]
    return sorted(sources)


def _stacked(evidence: Evidence, sources: Sequence[int]) -> Verdict:
    names = [evidence.candidate_ids[place] for place in sources]
    return Verdict(
        relation="stacked",
        statement=(
            f"{evidence.subject} is put together of layers and tensors of {' and '.join(names)}: each is one of theirs "
            f"{_extent(evidence)}."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        method="passthrough",
        parents=tuple(Parent(id=name) for name in names),
        alternatives=(
            "Unrelated models that hold the same layers by chance: excluded.",
            "Whether the candidates were there first is not in the weights: publication dates settle it.",
        ),
    )
