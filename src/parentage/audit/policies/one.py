"""Policy 1: how findings become one verdict. Every threshold is here; docs/policy.md gives each its reason.

An accusation is worse when wrong than when missing: a merge is claimed only on bit-exact replay, at a rate that no
innocent model reached (the highest was 0.93, on synthetic weights; trained controls stayed far below).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Afterwards, Coverage, Parent, Replayed, Verdict
from parentage.numerics.scan import AGREE, MID
from parentage.protocols.weights.choice import Choice
from parentage.protocols.weights.identity import IdentityConclusion
from parentage.protocols.weights.kinship import Kinship, KinshipConclusion
from parentage.protocols.weights.moments import MomentsConclusion
from parentage.protocols.weights.replay import ReplayConclusion, ReplayTally
from parentage.protocols.weights.stabbing import WeightFit, interval_of

POLICY = "parentage-policy-1"
# The questions that a verdict by this policy rests on, in protocol order.
QUESTIONS = ("identity", "ulp-census", "kinship", "moments", "stabbing", "replay")

MERGE_MID = 0.999
MERGE_AGREE = 0.9999
MERGE_MID_ELEMENTS = 200
MERGE_TENSORS = 0.95
INFORMATIVE_MID_ELEMENTS = 30
TRAINED_MID = 0.95
TRAINED_AGREE = 0.999
TRAINED_TENSORS = 0.5
TRAINED_LEAST_TENSORS = 5
HIGHEST_INNOCENT_MID = 0.93
INDEPENDENT_CORRELATION = 0.05
INDEPENDENT_STRONG_TENSORS = 0.2
INDEPENDENT_TENSORS = 3
RELATED_CORRELATION = 0.3
DESCENDED_CORRELATION = 0.75
POSITION_GROWN = -0.1
POSITION_MIDDLE = 0.6
POSITION_DECAYED = 2.0
BRANCH_WEIGHT = 0.25
PAIRED_ELEMENTS = 0.5


def thresholds() -> dict[str, float]:
    """Return every threshold by name."""
    return {name: value for name, value in globals().items() if name.isupper() and isinstance(value, int | float)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All conclusions that the policy looks at."""

    subject: str
    candidate_ids: Sequence[str]
    reference: int
    identity: IdentityConclusion
    kinship: KinshipConclusion
    moments: MomentsConclusion
    choice: Choice
    replay: ReplayConclusion
    coverage: Coverage
    unpaired_elements: Sequence[int]
    subject_elements: int
    candidate_elements: Sequence[int]
    reversed_merge: str = ""
    coarser: str | None = None
    weights_of: Mapping[int, WeightFit] | None = None


def tensor_status(tally: ReplayTally | None) -> str:
    """Return replayed, exception or uninformative for one tensor."""
    if tally is None:
        return "uninformative"
    classes = tally.classes.tolist()
    (mid, mid_kept, _), (agree, agree_kept, _) = classes[MID], classes[AGREE]
    if mid < INFORMATIVE_MID_ELEMENTS:
        return "uninformative"
    kept = not agree or agree_kept / agree >= MERGE_AGREE or agree - agree_kept <= 1
    return "replayed" if mid_kept / mid >= MERGE_MID and kept else "exception"


def decide(evidence: Evidence) -> Verdict:
    """Return the verdict: identical first, then merge, then the kinds of kinship."""
    return _identical(evidence) or _merge(evidence) or _kin(evidence)


def _identical(evidence: Evidence) -> Verdict | None:
    for place, name in enumerate(evidence.candidate_ids):
        if not evidence.identity.identical_to(place) or evidence.unpaired_elements[place]:
            continue
        converted = evidence.identity.converted_tensors[place]
        whole = evidence.coverage.elements_read == evidence.coverage.elements
        extent = "in every element" if whole else f"in all {evidence.coverage.elements_read:,} elements read"
        change = f", {converted} of its tensors after a lossless change of dtype" if converted else ""
        then: tuple[Afterwards, ...] = ("converted",) if converted else ()
        return Verdict(
            relation="identical",
            then=then,
            statement=f"{evidence.subject} holds the same weights as {name} {extent}{change}.",
            policy=POLICY,
            coverage=evidence.coverage,
            parents=(Parent(id=name),),
            alternatives=(
                "Which of the two was first is not in the weights: publication dates and signatures settle it.",
            ),
        )
    return None


def _merge(evidence: Evidence) -> Verdict | None:
    leader, total = evidence.choice.leader, evidence.replay.total
    if leader is None or evidence.choice.fit is None or total.classes[MID, 0] < MERGE_MID_ELEMENTS:
        return None
    mid, agree = total.share(MID) or 0.0, total.share(AGREE)
    statuses = [tensor_status(tally) for tally in evidence.replay.tensors.values()]
    informative = sum(status != "uninformative" for status in statuses)
    replayed = statuses.count("replayed")
    counts = {index: tally.classes for index, tally in evidence.replay.tensors.items()}
    parents = parents_of(evidence.choice, evidence.weights_of, counts, evidence.candidate_ids)
    if any(not 0 < (parent.weight or 0) < 1 for parent in parents) or not informative:
        return None
    enough = replayed >= MERGE_TENSORS * informative
    agrees = agree is None or agree >= MERGE_AGREE
    if mid >= MERGE_MID and agrees and enough:
        return _merge_verdict(evidence, parents, then=("converted",) if evidence.coarser else ())
    constant = evidence.choice.pattern == "constant"
    if mid >= TRAINED_MID and (agree is None or agree >= TRAINED_AGREE) and constant:
        return _merge_verdict(evidence, parents, then=("trained",))
    if constant and replayed >= max(TRAINED_LEAST_TENSORS, TRAINED_TENSORS * informative):
        return _merge_verdict(evidence, parents, then=("trained",), kept_tensors=(replayed, informative))
    return None


def parents_of(
    choice: Choice,
    weights_of: Mapping[int, WeightFit] | None,
    classes: Mapping[int, NDArray[np.int64]],
    candidate_ids: Sequence[str],
) -> tuple[Parent, ...]:
    """Return the parents of a weighted sum; `classes` are the replay's counts by tensor."""
    fit = choice.fit
    assert fit is not None
    if choice.pattern == "constant" or not weights_of:
        return _parents_of_fit(fit, candidate_ids)
    # Weights that differ between tensors: the mean over parameters, and its interval.
    sums = {parent: [0.0, 0.0, 0.0] for parent in fit.parents}
    total = 0
    for index, tensor_fit in weights_of.items():
        elements = int(classes[index][:, 0].sum()) if index in classes else 0
        total += elements
        for place, parent in enumerate(_parents_of_fit(tensor_fit, candidate_ids)):
            values = (parent.weight or 0.0, parent.low or 0.0, parent.high or 0.0)
            key = tensor_fit.parents[place]
            sums[key] = [have + elements * more for have, more in zip(sums[key], values, strict=True)]
    mean = {parent: [value / max(1, total) for value in values] for parent, values in sums.items()}
    named = [
        Parent(id=candidate_ids[parent], weight=weight, low=low, high=high)
        for parent, (weight, low, high) in mean.items()
    ]
    return tuple(sorted(named, key=lambda parent: -(parent.weight or 0)))


def _parents_of_fit(fit: WeightFit, candidate_ids: Sequence[str]) -> tuple[Parent, ...]:
    found = []
    low_sum = high_sum = 0.0
    for place, stab in enumerate(fit.stabs):
        low, high = interval_of(stab, fit.weights[place])
        low_sum, high_sum = low_sum + low, high_sum + high
        found.append(Parent(id=candidate_ids[fit.parents[place]], weight=fit.weights[place], low=low, high=high))
    rest = Parent(id=candidate_ids[fit.parents[-1]], weight=fit.weights[-1], low=1 - high_sum, high=1 - low_sum)
    return tuple([*found, rest])


def _merge_verdict(
    evidence: Evidence,
    parents: tuple[Parent, ...],
    *,
    then: tuple[Afterwards, ...],
    kept_tensors: tuple[int, int] | None = None,
) -> Verdict:
    leader, total = evidence.choice.leader, evidence.replay.total
    assert leader is not None
    ordered = tuple(sorted(parents, key=lambda parent: -(parent.weight or 0)))
    listed = " plus ".join(f"{parent.weight:.7g} of {parent.id}" for parent in ordered)
    varying = "" if evidence.choice.pattern == "constant" else f" on average, with weights {evidence.choice.pattern}"
    mid, kept = int(total.classes[MID, 0]), int(total.classes[MID, 1])
    after = ", then trained a little" if "trained" in then else ""
    if kept_tensors is not None:
        after = f", then trained in part (not in {kept_tensors[0]} of {kept_tensors[1]} tensors)"
    part = "" if evidence.coverage.elements_read == evidence.coverage.elements else " in the sample"
    return Verdict(
        relation="merge",
        then=then,
        statement=(
            f"{evidence.subject} is {listed}{varying}{after}: computing that again gives it bit for bit in "
            f"{kept:,} of {mid:,} elements{part} where that can be told."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        method="linear",
        arithmetic=leader.name,
        parents=ordered,
        replayed=Replayed(share=kept / mid, elements=mid),
        alternatives=_merge_alternatives(evidence, kept / mid, kept_tensors),
    )


def _merge_alternatives(evidence: Evidence, mid: float, kept_tensors: tuple[int, int] | None) -> tuple[str, ...]:
    leader, runner_up = evidence.choice.leader, evidence.choice.runner_up
    judged = "excluded" if mid >= MERGE_MID or kept_tensors is not None else "less likely, not excluded"
    texts = [
        f"An earlier checkpoint of a candidate's own run, a sibling, training on the same data: {judged}. Such models "
        f"reproduced at most {HIGHEST_INNOCENT_MID} of the mid elements (synthetic weights), this one {mid:.6g}"
        + (f", and in {kept_tensors[0]} tensors {MERGE_MID} and more." if kept_tensors is not None else "."),
        "Chance: excluded. With the candidates' difference shifted the same arithmetic matches "
        f"{evidence.replay.chance or 0:.3g} of the mid elements.",
    ]
    if kept_tensors is not None:
        texts.append(
            f"The {kept_tensors[1] - kept_tensors[0]} not reproduced: trained after the merge, merged "
            "with other weights or methods, or taken from elsewhere. These are not told apart."
        )
    if leader is not None and leader.same_as:
        texts.append(
            f"Another arithmetic ({', '.join(leader.same_as)}): not excluded, it gives the same bits on every element "
            "of the survey."
        )
    if runner_up is not None:
        differ, won, lost = (int(value) for value in evidence.replay.total.discordant)
        texts.append(
            f"The arithmetic {runner_up.name}: differs on {differ:,} elements; {leader.name if leader else ''} is "
            f"right on {won:,} of them, it on {lost:,}."
        )
    texts.append(
        "Who made it, with whose leave, and whether a candidate was made from the subject, is not in the weights: "
        "publication dates, licences and the publisher's own account settle that."
    )
    return tuple(texts)


def _kin(evidence: Evidence) -> Verdict:
    kin = evidence.kinship.candidates
    compared = [(place, record) for place, record in enumerate(kin) if record is not None]
    if evidence.reversed_merge:
        return _inconclusive(evidence, f"{evidence.reversed_merge} The subject is no merge of the candidates.")
    if not compared:
        return _inconclusive(evidence, "No paired tensor is large enough to compare.")
    thin = [evidence.candidate_ids[place] for place, _ in compared if _is_thin(evidence, place)]
    if thin:
        return _inconclusive(evidence, f"Too little of the subject is paired with {', '.join(thin)} to tell.")
    if all(_is_independent(record) for _, record in compared) and len(compared) == len(kin):
        return _independent(evidence, [record for _, record in compared])
    place, best = max(compared, key=lambda entry: (entry[1].correlation, entry[0] == evidence.reference))
    related = [p for p, record in compared if record.correlation >= RELATED_CORRELATION]
    if evidence.reference in related:
        place = evidence.reference
        best = next(record for p, record in compared if p == place)
    name = evidence.candidate_ids[place]
    if best.correlation < RELATED_CORRELATION:
        return _inconclusive(
            evidence,
            f"Weights correlate with {name} at a median of {best.correlation:.3f}: more than independent trainings do, "
            "too little for descent.",
        )
    reason = _descent(evidence, place, best, related)
    return _fine_tune(evidence, name, best, reason) if reason else _shared_origin(evidence, name, best)


def _is_thin(evidence: Evidence, place: int) -> bool:
    paired = evidence.subject_elements - evidence.unpaired_elements[place]
    return paired < PAIRED_ELEMENTS * min(evidence.subject_elements, evidence.candidate_elements[place])


def _is_independent(kin: Kinship) -> bool:
    return (
        kin.tensors >= INDEPENDENT_TENSORS
        and abs(kin.correlation) <= INDEPENDENT_CORRELATION
        and kin.strongly_correlated <= INDEPENDENT_STRONG_TENSORS
    )


def _descent(evidence: Evidence, place: int, kin: Kinship, related: Sequence[int]) -> str:
    """Return what speaks for descent from the candidate rather than from a common ancestor; empty for nothing."""
    if kin.correlation < DESCENDED_CORRELATION:
        return ""
    far = evidence.moments.far
    if len(related) > 1:
        # With a second relative the candidate must lie where the lines part: no step along the line to the other.
        if far is None or place != evidence.reference:
            return ""
        on_branch = all(abs(weight) <= BRANCH_WEIGHT for weight in far.weights)
        return "the subject's change is not along the line to the other candidates" if on_branch else ""
    if kin.frozen_tensors:
        return f"{kin.frozen_tensors} trained tensors were left bit-identical"
    if kin.position is None:
        return ""
    low, middle, _ = kin.position
    if low > POSITION_DECAYED:
        return "the subject's weights are the candidate's, decayed and moved"
    if middle <= POSITION_MIDDLE and low < POSITION_GROWN:
        return "the subject moved away from the candidate, and not both from a third"
    return ""


def _fine_tune(evidence: Evidence, name: str, kin: Kinship, reason: str) -> Verdict:
    return Verdict(
        relation="fine-tune",
        statement=(
            f"{evidence.subject} descends from {name} by training, if {name} was there first: median correlation "
            f"{kin.correlation:.4f}, relative distance {kin.relative_distance:.3g}; {reason}."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(
            f"{name} descends from {evidence.subject}: not excluded by weights, which hardly show the order of time; "
            "publication dates settle it.",
            "Both descend from a checkpoint not given here that is close to the candidate: less likely, not excluded; "
            "auditing against that checkpoint settles it.",
            *_no_merge(evidence),
        ),
    )


def _shared_origin(evidence: Evidence, name: str, kin: Kinship) -> Verdict:
    return Verdict(
        relation="shared-origin",
        statement=(
            f"{evidence.subject} is related to {name} (median correlation {kin.correlation:.4f}, relative distance "
            f"{kin.relative_distance:.3g}); its weights do not show that it descends from it."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        parents=(Parent(id=name),),
        alternatives=(
            "A sibling, an earlier checkpoint of the candidate's run, the candidate's ancestor, or a fine-tune whose "
            "change looks like one of these: all remain.",
            "What would separate them: the common ancestor as a further candidate, or checkpoints with their dates.",
            *_no_merge(evidence),
        ),
    )


def _no_merge(evidence: Evidence) -> tuple[str, ...]:
    leader, share = evidence.choice.leader, evidence.replay.total.share(MID)
    if leader is None or share is None:
        return ()
    return (
        f"A merge of the candidates: the best account ({leader.name}) reproduces {share:.4g} of the mid elements, "
        f"where a merge gives {MERGE_MID} and more.",
    )


def _independent(evidence: Evidence, kin: Sequence[Kinship]) -> Verdict:
    largest = max(abs(record.correlation) for record in kin)
    return Verdict(
        relation="independent",
        statement=(
            f"{evidence.subject} shows no relation to {' or '.join(evidence.candidate_ids)}: the median correlation "
            f"over {min(record.tensors for record in kin)} tensors is at most {largest:.3f}."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        alternatives=(
            "A copy whose neurons or heads were permuted or rescaled would look independent here: not excluded by this "
            "version, which compares weights place by place.",
            "Training so long that nothing of the start is left is the same as independence, for weights.",
        ),
    )


def _inconclusive(evidence: Evidence, reason: str) -> Verdict:
    return Verdict(
        relation="inconclusive",
        statement=f"No relation of {evidence.subject} to the candidates can be stated. {reason}",
        policy=POLICY,
        coverage=evidence.coverage,
        alternatives=(
            "What would help: further candidates (other revisions, the common base), or reading every byte.",
            *_no_merge(evidence),
        ),
    )
