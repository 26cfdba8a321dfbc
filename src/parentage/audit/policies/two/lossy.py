"""Lossy copies: quantised or pruned, of one candidate or of a merge of them, claimed on bit-exact reproduction."""

from collections.abc import Sequence

from parentage.audit.policies.two.evidence import Evidence
from parentage.audit.policies.two.thresholds import POLICY
from parentage.finding import Afterwards, Parent, Relation, Replayed, Verdict

_FIRST = (
    "The candidate was made from the subject: less likely, not excluded; its values lie spread between the subject's, "
    "as before a rounding. Publication dates settle it."
)
_OTHER = "Another checkpoint with nearly the same weights: {}; auditing it beside these settles it."


def quantized(evidence: Evidence) -> Verdict | None:
    """Return quantized, or merge then quantized, where running the quantiser again gives the subject; else None."""
    found = evidence.quantization
    if found is None or not found.is_copy or found.scheme is None:
        return None
    return _lossy(
        evidence,
        relation="quantized",
        method=method_of(found.scheme.kind),
        how=f"quantised ({found.scheme.words})",
        parents=found.parents,
        weights=found.weights,
        merged=found.method,
        replayed=Replayed(share=found.share, elements=found.elements),
        runner_up=found.runner_up_share,
    )


def method_of(kind: str) -> str:
    """Return the verdict's word for a kind of code: fp8 for either of its formats."""
    return kind.partition("-")[0]


def pruned(evidence: Evidence) -> Verdict | None:
    """Return pruned, or merge then pruned, where what was kept is the source's to the bit; else None."""
    found = evidence.sparsity
    if found is None or not found.is_copy:
        return None
    return _lossy(
        evidence,
        relation="pruned",
        method=found.pattern or None,
        how=f"pruned ({found.pattern}, {found.sparsity:.1%} dropped)",
        parents=found.parents,
        weights=found.weights,
        merged=found.method,
        replayed=Replayed(share=found.share, elements=found.kept),
        runner_up=found.runner_up_share,
    )


def _lossy(
    evidence: Evidence,
    *,
    relation: Relation,
    method: str | None,
    how: str,
    parents: Sequence[int],
    weights: Sequence[float],
    merged: str,
    replayed: Replayed,
    runner_up: float,
) -> Verdict:
    names = [evidence.candidate_ids[place] for place in parents]
    same = round(replayed.share * replayed.elements)
    gives = f"doing so again gives {same:,} of {replayed.elements:,} elements looked at bit for bit."
    then: tuple[Afterwards, ...] = ()
    if merged:
        listed = " plus ".join(f"{weight:.7g} of {name}" for weight, name in zip(weights, names, strict=True))
        statement = f"{evidence.subject} is {listed}, then {how}: {gives}"
        named = [Parent(id=name, weight=weight) for name, weight in zip(names, weights, strict=True)]
        then = ("quantized",) if relation == "quantized" else ("pruned",)
    else:
        statement = f"{evidence.subject} is {names[0]}, {how}: {gives}"
        named = [Parent(id=names[0])]
    return Verdict(
        relation="merge" if merged else relation,
        then=then,
        statement=statement,
        policy=POLICY,
        coverage=evidence.coverage,
        method="linear" if merged else method,
        arithmetic=merged or None,
        parents=tuple(sorted(named, key=lambda parent: -(parent.weight or 0))),
        replayed=replayed,
        alternatives=(
            _FIRST,
            _OTHER.format(f"of the others given, the best gives {runner_up:.4g}" if runner_up else "none was given"),
            "Who did it, and with whose leave, is not in the weights.",
        ),
    )
