"""Terms that cannot all be kept, by comparing sets of clause kinds and nothing else: no reading of law is behind it."""

from collections.abc import Sequence
from typing import Literal

from parentage.licensing.clauses import clauses_of, has_clauses
from parentage.licensing.evidence_checks import left_open
from parentage.licensing.records import Clause, Conflict, ParentTerms
from parentage.licensing.repository_text import shown

_Kind = Literal["dropped-flow-down", "two-share-alike", "non-commercial-parent", "no-derivatives"]


def find_conflicts(parents: Sequence[ParentTerms], declared: str | None) -> tuple[Conflict, ...]:
    """Return what cannot hold together: the parents' licences with one another, and with the declared one.

    A licence that is not known conflicts with nothing: that it is unknown is said in the obligations.
    """
    known = [parent for parent in parents if parent.licence is not None and has_clauses(parent.licence)]
    label = declared if declared is not None and has_clauses(declared) else None
    found: list[Conflict] = []
    if label is not None:
        found += _dropped(known, label)
        found += _non_commercial(known, label)
    found += _share_alike(known, label, declared)
    found += _no_derivatives(known)
    return tuple(found)


def _dropped(parents: Sequence[ParentTerms], label: str) -> list[Conflict]:
    """Use restrictions that have to be passed on, under a licence that passes none on."""
    if _has(label, "pass-on-use-restrictions"):
        return []
    return [
        _conflict(
            "dropped-flow-down",
            [parent],
            label,
            f"{_licence(parent)} asks that its use restrictions be passed on; {label}, as declared, does not do so.",
        )
        for parent in parents
        if _has(_licence(parent), "pass-on-use-restrictions")
    ]


def _non_commercial(parents: Sequence[ParentTerms], label: str) -> list[Conflict]:
    if _has(label, "non-commercial"):
        return []
    return [
        _conflict(
            "non-commercial-parent",
            [parent],
            label,
            f"{_licence(parent)} gives no leave for commercial use, and {label}, which is declared, does not say so.",
        )
        for parent in parents
        if _has(_licence(parent), "non-commercial")
    ]


def _share_alike(parents: Sequence[ParentTerms], label: str | None, declared: str | None) -> list[Conflict]:
    """Two licences that each want the whole under themselves; and one such licence under another label."""
    found = []
    bound = [(parent, _accepted(_licence(parent))) for parent in parents]
    bound = [(parent, accepted) for parent, accepted in bound if accepted]
    for at, (one, accepts) in enumerate(bound):
        for other, others in bound[at + 1 :]:
            if not accepts & others:
                why = f"{_licence(one)} and {_licence(other)} each ask that the whole be under the same licence."
                found.append(_conflict("two-share-alike", [one, other], None, why))
        # A label may be right without being one whose clauses were reviewed, as the "or later" forms are.
        if label is not None and declared not in accepts:
            why = f"{_licence(one)} asks that the whole be under the same licence, and {label} is declared."
            found.append(_conflict("two-share-alike", [one], label, why))
    return found


def _no_derivatives(parents: Sequence[ParentTerms]) -> list[Conflict]:
    return [
        _conflict(
            "no-derivatives",
            [parent],
            None,
            f"{_licence(parent)} gives no leave to publish what is made from the model.",
        )
        for parent in parents
        if _has(_licence(parent), "no-derivatives")
    ]


def _conflict(kind: _Kind, parents: Sequence[ParentTerms], label: str | None, why: str) -> Conflict:
    licences = [_licence(parent) for parent in parents]
    return Conflict(
        kind=kind,
        parents=tuple(shown(parent.id) for parent in parents),
        licences=tuple(dict.fromkeys([*licences, *([label] if label else [])])),
        why=why,
    )


def _licence(parent: ParentTerms) -> str:
    return parent.licence or ""


def _has(key: str, kind: str) -> bool:
    return any(clause.kind == kind for clause in clauses_of(key))


def _accepted(key: str) -> frozenset[str]:
    """Return the licences under which a share-alike licence takes the whole, itself included; none where it is not one.

    Only clauses that files can be held against: where a licence leaves a choice, nothing follows from sets. What its
    text leaves open counts as taken, by way of a licence that it takes too.
    """
    own: list[Clause] = [clause for clause in clauses_of(key) if clause.check == "licence-kept"]
    if not own:
        return frozenset()
    accepted = frozenset({key}).union(*(clause.words for clause in own))
    return accepted | left_open(accepted)
