"""Kinship: descent by training, an adapter, a common origin, or none; and when that cannot be told."""

from collections.abc import Sequence

from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.thresholds import (
    BRANCH_WEIGHT,
    DESCENDED_CORRELATION,
    DESCENDED_TENSORS,
    FROZEN_TENSORS,
    INDEPENDENT_CORRELATION,
    INDEPENDENT_STRONG_TENSORS,
    INDEPENDENT_TENSORS,
    MERGE_MID,
    OWN_PLACE_LOG10,
    PAIRED_ELEMENTS,
    POLICY,
    POSITION_DECAYED,
    POSITION_GROWN,
    POSITION_MIDDLE,
    RELATED_CORRELATION,
)
from parentage.finding import Parent, Relation, Verdict
from parentage.numerics.scan import MID
from parentage.protocols.weights.kinship import Kinship


def kin(evidence: Evidence) -> Verdict:
    """Return low-rank fine-tune, fine-tune, shared origin, independent or inconclusive."""
    if evidence.reversed_merge:
        return inconclusive(evidence, f"{evidence.reversed_merge} The subject is no merge of the candidates.")
    found = evidence.kinship.candidates
    compared = [(place, record) for place, record in enumerate(found) if record is not None]
    if not compared:
        return inconclusive(evidence, "No paired tensor is large enough to compare.")
    related = [place for place, record in compared if record.correlation >= RELATED_CORRELATION]
    thin = [place for place, _ in compared if evidence.paired_share(place) < PAIRED_ELEMENTS]
    if thin and (not related or any(place in related for place in thin)):
        names = ", ".join(evidence.candidate_ids[place] for place in thin)
        return inconclusive(evidence, f"Too little of the subject is paired with {names} to tell.")
    alike = [one.candidate for one in evidence.structure.neurons if one.log10_p_own_place < OWN_PLACE_LOG10]
    if len(compared) == len(found) and all(_is_independent(record) for _, record in compared):
        if alike:
            names = ", ".join(evidence.candidate_ids[place] for place in alike)
            return inconclusive(
                evidence,
                f"Weights hardly correlate, but more units resemble those of {names} at the same place than unrelated "
                "networks' do: one random seed, or an ancestor long ago.",
            )
        return _independent(evidence, [record for _, record in compared])
    place, nearest = _nearest(evidence, compared, related)
    name = evidence.candidate_ids[place]
    if nearest.correlation < RELATED_CORRELATION:
        return inconclusive(
            evidence,
            f"Weights correlate with {name} at a median of {nearest.correlation:.3f}: more than independent trainings "
            "do, too little for descent.",
        )
    if place == evidence.reference and evidence.rank is not None and evidence.rank.rank is not None:
        return _low_rank(evidence, name, nearest)
    reason = _descent(evidence, place, nearest, related)
    return _fine_tune(evidence, name, nearest, reason) if reason else _shared_origin(evidence, name, nearest)


def _nearest(
    evidence: Evidence, compared: Sequence[tuple[int, Kinship]], related: Sequence[int]
) -> tuple[int, Kinship]:
    records = dict(compared)
    if evidence.reference in related:
        return evidence.reference, records[evidence.reference]
    return max(compared, key=lambda entry: (entry[1].correlation, entry[0] == evidence.reference))


def _is_independent(record: Kinship) -> bool:
    return (
        record.tensors >= INDEPENDENT_TENSORS
        and abs(record.correlation) <= INDEPENDENT_CORRELATION
        and record.strongly_correlated <= INDEPENDENT_STRONG_TENSORS
    )


def _descent(evidence: Evidence, place: int, record: Kinship, related: Sequence[int]) -> str:
    """Return what speaks for descent from the candidate rather than from a common ancestor; empty for nothing."""
    if record.correlation < DESCENDED_CORRELATION or record.tensors < DESCENDED_TENSORS:
        return ""
    far = evidence.moments.far
    if len(related) > 1:
        # With a second relative the candidate must lie where the lines part: no step along the line to the other.
        if far is None or place != evidence.reference:
            return ""
        on_branch = all(abs(weight) <= BRANCH_WEIGHT for weight in far.weights)
        return "the subject's change is not along the line to the other candidates" if on_branch else ""
    if record.frozen_tensors >= FROZEN_TENSORS:
        return f"{record.frozen_tensors} trained tensors were left bit-identical"
    if record.position is None:
        return ""
    low, middle, _ = record.position
    if low > POSITION_DECAYED:
        return "the subject's weights are the candidate's, decayed and moved"
    if middle <= POSITION_MIDDLE and low < POSITION_GROWN:
        return "the subject moved away from the candidate, and not both from a third"
    return ""


def _related_verdict(
    evidence: Evidence, relation: Relation, name: str, statement: str, alternatives: tuple[str, ...]
) -> Verdict:
    return Verdict(
        relation=relation,
        statement=statement,
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(*alternatives, *no_merge(evidence)),
    )


def _low_rank(evidence: Evidence, name: str, record: Kinship) -> Verdict:
    assert evidence.rank is not None
    uniform = evidence.rank.uniform
    told, least = (evidence.rank.agreeing, "") if uniform else (evidence.rank.low_rank, " and less")
    return _related_verdict(
        evidence,
        "low-rank-fine-tune",
        name,
        f"{evidence.subject} is {name} plus differences of rank {evidence.rank.rank}{least}, as merging an adapter in "
        f"leaves them, in {told} of {evidence.rank.changed} changed matrices that were looked at (relative "
        f"distance {record.relative_distance:.3g}), if {name} was there first.",
        (
            f"{name} is {evidence.subject} plus such a difference, or both are a third model with adapters merged in: "
            "not excluded by weights; publication dates and the third model settle it.",
            "A full fine-tune whose change happens to be of low rank: none of those that were measured was.",
        ),
    )


def _fine_tune(evidence: Evidence, name: str, record: Kinship, reason: str) -> Verdict:
    return _related_verdict(
        evidence,
        "fine-tune",
        name,
        f"{evidence.subject} descends from {name} by training, if {name} was there first: median correlation "
        f"{record.correlation:.4f}, relative distance {record.relative_distance:.3g}; {reason}.",
        (
            f"{name} descends from {evidence.subject}: not excluded by weights, which hardly show the order of time; "
            "publication dates settle it.",
            "Both descend from a checkpoint not given here that is close to the candidate: less likely, not excluded; "
            "auditing against that checkpoint settles it.",
        ),
    )


def _shared_origin(evidence: Evidence, name: str, record: Kinship) -> Verdict:
    return _related_verdict(
        evidence,
        "shared-origin",
        name,
        f"{evidence.subject} is related to {name} (median correlation {record.correlation:.4f}, relative distance "
        f"{record.relative_distance:.3g}); its weights do not show that it descends from it.",
        (
            "A sibling, an earlier checkpoint of the candidate's run, the candidate's ancestor, or a fine-tune whose "
            "change looks like one of these: all remain.",
            "What would separate them: the common ancestor as a further candidate, or checkpoints with their dates.",
        ),
    )


def no_merge(evidence: Evidence) -> tuple[str, ...]:
    """Say how far the best account of a merge gets, where one was tried, and whether a parent may be missing."""
    texts = []
    leader, share = evidence.choice.leader, evidence.replay.total.share(MID)
    if leader is not None and share is not None:
        texts.append(
            f"A merge of the candidates: the best account ({leader.name}) reproduces {share:.4g} of the mid elements, "
            f"where a merge gives {MERGE_MID} and more."
        )
    if evidence.remainder is not None and evidence.remainder.status == "part-missing":
        varies = "as constant over tensors as a merge's would be" if evidence.remainder.constant else "not constant"
        texts.append(
            "A merge with a parent that is not among the candidates: not excluded. What the candidates explain, and "
            f"the direction of the rest, is in the finding remainder; the weights are {varies}, which proves neither."
        )
    if evidence.structure.failures:
        asked = ", ".join(dict.fromkeys(question for question, _ in evidence.structure.failures))
        texts.append(f"What these questions would have shown: not excluded, they could not be answered here ({asked}).")
    return tuple(texts)


def _independent(evidence: Evidence, records: Sequence[Kinship]) -> Verdict:
    largest = max(abs(record.correlation) for record in records)
    looked = {record.candidate for record in evidence.structure.arrangements}
    permuted = (
        "A copy whose neurons, heads or experts were permuted: looked for, and not found."
        if all(place in looked for place in range(len(evidence.candidate_ids))) and not evidence.structure.failures
        else "A copy whose neurons or heads were permuted or rescaled: not looked for with every candidate."
    )
    return Verdict(
        relation="independent",
        statement=(
            f"{evidence.subject} shows no relation to {' or '.join(evidence.candidate_ids)}: the median correlation "
            f"over {min(record.tensors for record in records)} tensors is at most {largest:.3f}."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        alternatives=(
            permuted,
            "Training so long that nothing of the start is left is the same as independence, for weights.",
        ),
    )


def inconclusive(evidence: Evidence, reason: str) -> Verdict:
    """Return inconclusive, with what was seen."""
    return Verdict(
        relation="inconclusive",
        statement=f"No relation of {evidence.subject} to the candidates can be stated. {reason}",
        policy=POLICY,
        coverage=evidence.coverage,
        alternatives=(
            "What would help: further candidates (other revisions, the common base), or reading every byte.",
            *no_merge(evidence),
        ),
    )
