"""In which order policy 2 tries its rules: what is exact first, then copies, then kinship.

An accusation is worse when wrong than when missing: a merge is claimed on bit-exact replay, a copy on bit-exact
reproduction of it, and everything else is worded as what it is.
"""

from dataclasses import replace

from parentage.audit.policies.two.copies import identical, stacked
from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.kin import kin
from parentage.audit.policies.two.lossy import pruned, quantized
from parentage.audit.policies.two.merges import changed_merge, merge, partly_trained_merge
from parentage.audit.policies.two.thresholds import PAIRED_ELEMENTS
from parentage.finding import Afterwards, Verdict

# Rules that say what the subject was made of, in this order.
_MADE_OF = (merge, quantized, pruned, partly_trained_merge, changed_merge)


def _of_enough(evidence: Evidence, verdict: Verdict | None) -> Verdict | None:
    """Return the verdict if enough of the subject is paired with every parent that it names, saying what is not."""
    if verdict is None:
        return None
    places = [evidence.candidate_ids.index(parent.id) for parent in verdict.parents]
    if any(evidence.paired_share(place) < PAIRED_ELEMENTS for place in places):
        return None
    unpaired = max((evidence.unpaired_elements[place] for place in places), default=0)
    if not unpaired:
        return verdict
    words = (
        f"{unpaired:,} of the subject's {evidence.subject_elements:,} elements have no partner and are not spoken of."
    )
    return replace(verdict, alternatives=(*verdict.alternatives, words))


def decide(evidence: Evidence) -> Verdict:
    """Return the verdict by policy 2."""
    verdict = identical(evidence) or stacked(evidence)
    for rule in _MADE_OF:
        verdict = verdict or _of_enough(evidence, rule(evidence))
    verdict = verdict or kin(evidence)
    if evidence.structure.arranged is None or verdict.relation in ("rearranged", "independent", "inconclusive"):
        return verdict
    then: tuple[Afterwards, ...] = (*verdict.then, "rearranged")
    return replace(verdict, then=then)
