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
from parentage.finding import Afterwards, Verdict


def decide(evidence: Evidence) -> Verdict:
    """Return the verdict by policy 2."""
    verdict = (
        identical(evidence)
        or stacked(evidence)
        or merge(evidence)
        or quantized(evidence)
        or pruned(evidence)
        or partly_trained_merge(evidence)
        or changed_merge(evidence)
        or kin(evidence)
    )
    if evidence.structure.arranged is None or verdict.relation in ("rearranged", "independent", "inconclusive"):
        return verdict
    then: tuple[Afterwards, ...] = (*verdict.then, "rearranged")
    return replace(verdict, then=then)
