"""Copies: the same weights, the same in another order of units, or in another order of layers."""

from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.thresholds import DESCENDED_CORRELATION, POLICY, RELATED_CORRELATION
from parentage.finding import Afterwards, Parent, Verdict

_WHO_WAS_FIRST = "Which of the two was first is not in the weights: publication dates and signatures settle it."


def identical(evidence: Evidence) -> Verdict | None:
    """Return identical or, where the subject's units had to be put in order first, rearranged; None for neither."""
    for place in evidence.compared:
        if _is_rounded_copy(evidence, place):
            return _rearranged(evidence, place)
        same = evidence.identity.identical_to(place) or place in evidence.converted
        if not same or evidence.unpaired_elements[place]:
            continue
        if evidence.structure.layers is not None and not evidence.structure.layers.in_place:
            continue
        if evidence.structure.arranged is not None:
            return _rearranged(evidence, place)
        return _identical(evidence, place)
    return None


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
    kinds = ", ".join(sorted({step.kind for step in record.steps})) or "tensors"
    return Verdict(
        relation="rearranged",
        statement=(
            f"{evidence.subject} is {name} with its {kinds} in another order: put back, it holds the same weights "
            f"{_extent(evidence)}."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(
            f"Two unrelated networks whose units match so well: excluded, log10 of the chance is {record.log10_p:.0f}.",
            _WHO_WAS_FIRST,
        ),
    )


def stacked(evidence: Evidence) -> Verdict | None:
    """Return stacked where tensors are copied whole from several candidates or other layers, else None."""
    record = evidence.structure.layers
    restacked = record is not None and not record.in_place
    whole = all(evidence.copied.values()) and not any(evidence.unpaired_elements[place] for place in _sources(evidence))
    if whole and (restacked or len(_sources(evidence)) > 1):
        return _stacked(evidence, ())
    if record is None or not restacked or len(record.mapped) < len(record.matches):
        return None
    trained = all(
        match.correlation >= DESCENDED_CORRELATION and abs(match.next_best) <= RELATED_CORRELATION
        for match in record.mapped
    )
    return _stacked(evidence, ("trained",)) if trained else None


def _sources(evidence: Evidence) -> list[int]:
    """Return the fewest candidates that the copied tensors can come from, found by taking the most frequent first."""
    left = [found for found in evidence.copied.values() if found]
    sources: list[int] = []
    while left:
        best = max(evidence.compared, key=lambda place: sum(place in found for found in left))
        sources.append(best)
        left = [found for found in left if best not in found]
    return sorted(sources)


def _stacked(evidence: Evidence, then: tuple[Afterwards, ...]) -> Verdict:
    record = evidence.structure.layers
    sources = _sources(evidence) if not then or record is None else list(record.sources)
    names = [evidence.candidate_ids[place] for place in sources]
    after = ", then trained" if then else ""
    extent = f" {_extent(evidence)}" if not then else ""
    return Verdict(
        relation="stacked",
        then=then,
        statement=(
            f"{evidence.subject} is put together of layers and tensors of {' and '.join(names)}{after}: "
            f"each is one of theirs{extent}; the layer map says which."
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
