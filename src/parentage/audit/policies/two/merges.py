"""Merges: claimed on bit-exact replay of the elements that tell, whatever the method."""

from collections.abc import Sequence

from parentage.audit.policies.one import parents_of
from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.thresholds import (
    CHANGED_SPREAD,
    HIGHEST_INNOCENT_CARRIED,
    HIGHEST_INNOCENT_MID,
    LEAST_WEIGHT,
    MERGE_AGREE,
    MERGE_MID,
    MERGE_MID_ELEMENTS,
    MERGE_TENSORS,
    METHOD_MID,
    POLICY,
    TENSOR_MID,
    TRAINED_LEAST_TENSORS,
    TRAINED_TENSORS,
)
from parentage.finding import Afterwards, Parent, Replayed, Verdict
from parentage.numerics.recipes.recipe import Recipe
from parentage.numerics.scan import AGREE, MID
from parentage.protocols.weights.afterwards import upper_limit
from parentage.protocols.weights.choice import MethodAccount, Trial
from parentage.protocols.weights.replay import ReplayTally

_VERDICT_METHODS = {"soup": "linear", "ema": "linear", "general-linear": "linear", "ramplus": "ram"}


def merge(evidence: Evidence) -> Verdict | None:
    """Return merge where an account reproduces the subject in full; else None."""
    parents, (replayed, informative) = _parents(evidence), _replayed_tensors(evidence)
    if parents is None or not informative:
        return None
    total = _merged(evidence)
    mid, agree = total.share(MID) or 0.0, total.share(AGREE)
    least = MERGE_MID if evidence.choice.account is None else METHOD_MID
    agrees = agree is None or agree >= MERGE_AGREE
    if mid < least or not agrees or replayed < MERGE_TENSORS * informative:
        return None
    return _verdict(evidence, parents, then=("converted",) if evidence.coarser else ())


def partly_trained_merge(evidence: Evidence) -> Verdict | None:
    """Return merge then trained where one weighted sum reproduces at least half of the tensors in full; else None."""
    parents, (replayed, informative) = _parents(evidence), _replayed_tensors(evidence)
    if parents is None or evidence.choice.account is not None or evidence.choice.pattern != "constant":
        return None
    if replayed < max(TRAINED_LEAST_TENSORS, TRAINED_TENSORS * informative):
        return None
    return _verdict(evidence, parents, then=("trained",), kept_tensors=(replayed, informative))


def changed_merge(evidence: Evidence) -> Verdict | None:
    """Return merge then trained where the subject carries the rounding of a merge of two candidates; None without."""
    told = [
        (record, found)
        for record, found in evidence.afterwards
        if found.status == "changed" and record.weight_spread <= CHANGED_SPREAD
    ]
    if not told:
        return None
    record, found = max(told, key=lambda entry: entry[0].carried.share if entry[0].carried is not None else 0.0)
    carried = record.carried
    assert carried is not None
    parents = [
        Parent(id=evidence.candidate_ids[place], weight=weight)
        for place, weight in zip(record.parents, record.weights, strict=True)
    ]
    parents.sort(key=lambda parent: -(parent.weight or 0))
    listed = " plus ".join(f"{parent.weight:.7g} of {parent.id}" for parent in parents)
    kept = record.mid_kept / record.mid if record.mid else 0.0
    return Verdict(
        relation="merge",
        then=("trained",),
        statement=(
            f"{evidence.subject} is {listed}, then changed, as by training, by {found.relative or 0:.3g} of their "
            f"distance: it carries {carried.share:.3g} (± {2 * carried.error:.2g}) of the rounding that saving that "
            "merge leaves."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        method="linear",
        arithmetic=record.arithmetic,
        parents=tuple(parents),
        replayed=Replayed(share=kept, elements=record.mid),
        alternatives=(
            "An earlier checkpoint of a candidate's run, a sibling, training on the same data: excluded. None that was "
            f"measured carries more than {HIGHEST_INNOCENT_CARRIED} of it (see the page of the question afterwards).",
            "Something other than training that changed it a little (added noise, another rounding, a little of a "
            "third model): not told apart from training.",
            "What was done for what end, and by whom, is not in the weights.",
        ),
    )


def _merged(evidence: Evidence) -> ReplayTally:
    """Return the replay's counts over the tensors that are not whole copies of a candidate's."""
    total = ReplayTally.empty()
    for index, tally in evidence.replay.tensors.items():
        if not evidence.copied.get(index):
            total.merge(tally)
    return total


def _copies(evidence: Evidence) -> int:
    """Return how many tensors in which the merge's parents differ are whole copies of a candidate's."""
    tallies = evidence.replay.tensors
    return sum(bool(evidence.copied.get(i)) and int(tally.classes[MID:, 0].sum()) > 0 for i, tally in tallies.items())


def _replayed_tensors(evidence: Evidence) -> tuple[int, int]:
    tallies = evidence.replay.tensors
    told = [
        tally
        for index, tally in tallies.items()
        if not evidence.copied.get(index) and int(tally.classes[MID, 0]) >= MERGE_MID_ELEMENTS
    ]
    return sum(_is_replayed(tally) for tally in told), len(told)


def _is_replayed(tally: ReplayTally) -> bool:
    agree, kept = int(tally.classes[AGREE, 0]), int(tally.classes[AGREE, 1])
    agrees = agree - kept <= 1 or kept >= MERGE_AGREE * agree
    return agrees and (tally.share(MID) or 0.0) >= TENSOR_MID


def _parents(evidence: Evidence) -> tuple[Parent, ...] | None:
    """Return the parents with the most weight first, or None where no account has any or too few elements tell."""
    if evidence.choice.leader is None or _merged(evidence).classes[MID, 0] < MERGE_MID_ELEMENTS:
        return None
    account = evidence.choice.account
    if account is not None:
        listed: Sequence[Parent] = [
            Parent(id=evidence.candidate_ids[place], weight=weight)
            for place, weight in zip(account.parents, account.weights, strict=True)
            if _has_part(evidence.choice.leader, place)
        ]
    elif evidence.choice.fit is None:
        return None
    else:
        counts = {index: tally.classes for index, tally in evidence.replay.tensors.items()}
        named = parents_of(evidence.choice, evidence.weights_of, counts, evidence.candidate_ids)
        listed = [parent for parent in named if abs(parent.weight or 0.0) >= LEAST_WEIGHT]
        if any(not 0 < (parent.weight or 0) < 1 for parent in listed):
            return None
    if len(listed) < 2:
        return None
    return tuple(sorted(listed, key=lambda parent: -(parent.weight or 0)))


def _has_part(leader: Trial, place: int) -> bool:
    """Say whether a candidate has a part in some tensor: as a base, or with a weight. Others must not be named."""
    for account in leader.hypotheses.values():
        if place in account.parents:
            which = account.parents.index(place)
            is_base = isinstance(account, Recipe) and account.base and which == len(account.parents) - 1
            if is_base or abs(account.weights[which]) >= LEAST_WEIGHT:
                return True
    return False


def _verdict(
    evidence: Evidence,
    parents: Sequence[Parent],
    *,
    then: tuple[Afterwards, ...],
    kept_tensors: tuple[int, int] | None = None,
) -> Verdict:
    leader, account, total = evidence.choice.leader, evidence.choice.account, _merged(evidence)
    assert leader is not None
    mid, kept = int(total.classes[MID, 0]), int(total.classes[MID, 1])
    return Verdict(
        relation="merge",
        then=then,
        statement=(
            f"{evidence.subject} is {_words(evidence, parents)}{_beside(evidence)}{_after(then, kept_tensors)}: "
            f"computing that again gives it bit for bit in {kept:,} of {mid:,} elements{evidence.part} where that can "
            "be told."
        ),
        policy=POLICY,
        coverage=evidence.coverage,
        method=_method(account) if account is not None else "linear",
        arithmetic=_arithmetic(account) if account is not None else leader.name,
        parents=tuple(parents),
        replayed=Replayed(share=kept / mid, elements=mid),
        alternatives=_alternatives(evidence, kept / mid, kept_tensors),
    )


def _method(account: MethodAccount) -> str:
    """Return the verdict's word: averages of many models and of a run's checkpoints are weighted sums."""
    return _VERDICT_METHODS.get(account.method, account.method)


def _arithmetic(account: MethodAccount) -> str:
    renamed = account.method in _VERDICT_METHODS
    return f"{account.method}-{account.arithmetic}" if renamed else account.arithmetic


def _words(evidence: Evidence, parents: Sequence[Parent]) -> str:
    account = evidence.choice.account
    if account is None:
        listed = " plus ".join(f"{parent.weight:.7g} of {parent.id}" for parent in parents)
        pattern = evidence.choice.pattern
        return listed if pattern == "constant" else f"{listed} on average, with weights {pattern}"
    *most, last = [parent.id for parent in parents]
    figures = ", ".join(f"{name} {value:.4g}" for name, value in account.parameters[:4])
    return f"{', '.join(most)} and {last} merged by {_method(account)}" + (f" ({figures})" if figures else "")


def _untouched(total: ReplayTally) -> str:
    """Say how much training after the merge the counts leave room for."""
    tried = int(total.classes[MID, 0] + total.classes[AGREE, 0])
    changed = tried - int(total.classes[MID, 1] + total.classes[AGREE, 1])
    return (
        f"Training after the merge: none is seen. Any moved a share of less than {upper_limit(changed, tried):.2g} of "
        "the elements by more than half a unit in the last place (exact one-sided 95 % limit)."
    )


def _beside(evidence: Evidence) -> str:
    copies = _copies(evidence)
    return f", with {copies} tensor{'s' if copies != 1 else ''} copied whole" if copies else ""


def _after(then: tuple[Afterwards, ...], kept_tensors: tuple[int, int] | None) -> str:
    if kept_tensors is not None:
        return f", then trained in part (not in {kept_tensors[0]} of {kept_tensors[1]} tensors)"
    return ", then trained a little" if "trained" in then else ""


def _alternatives(evidence: Evidence, mid: float, kept_tensors: tuple[int, int] | None) -> tuple[str, ...]:
    choice, total = evidence.choice, _merged(evidence)
    judged = "excluded" if mid >= MERGE_MID or kept_tensors is not None else "less likely, not excluded"
    texts = [
        f"An earlier checkpoint of a candidate's own run, a sibling, training on the same data: {judged}. Such models "
        f"reproduced at most {HIGHEST_INNOCENT_MID} of the mid elements, this one {mid:.6g}"
        + (f", and in {kept_tensors[0]} tensors {TENSOR_MID} and more." if kept_tensors is not None else "."),
    ]
    if evidence.replay.chance is not None:
        texts.append(
            "Chance: excluded. With the candidates' difference shifted the same arithmetic matches "
            f"{evidence.replay.chance:.3g} of the mid elements."
        )
    if kept_tensors is not None:
        texts.append(
            f"The {kept_tensors[1] - kept_tensors[0]} tensors not reproduced: trained after the merge, merged "
            "with other weights or methods, or taken from elsewhere. These are not told apart."
        )
    same = choice.account.same_as if choice.account is not None else ()
    if same:
        texts.append(f"Another method ({', '.join(same)}): not excluded, no test can tell it apart here.")
    elif choice.leader is not None and choice.leader.same_as:
        listed = ", ".join(choice.leader.same_as)
        texts.append(f"Another arithmetic ({listed}): not excluded, it gives the same bits on every sampled element.")
    if choice.account is None and len(choice.fit.parents if choice.fit else ()) == 2:
        texts.append(
            "Spherical interpolation (slerp): for parents as nearly parallel as fine-tunes of one base it is this same "
            "computation, and no test can tell the two apart."
        )
    if choice.runner_up is not None and choice.leader is not None:
        differ, won, lost = (int(value) for value in total.discordant)
        texts.append(
            f"{choice.runner_up.name}: differs on {differ:,} elements; {choice.leader.name} is right on {won:,} of "
            f"them, it on {lost:,}."
        )
    if kept_tensors is None and mid >= MERGE_MID:
        texts.append(_untouched(total))
    texts.append(
        "Who made it, with whose leave, and whether a candidate was made from the subject, is not in the weights: "
        "publication dates, licences and the publisher's own account settle that."
    )
    return tuple(texts)
