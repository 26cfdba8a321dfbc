"""Rows of obligations for one parent, as the tests of each check need them."""

from parentage.licensing.obligations import check_obligations
from parentage.licensing.records import Obligation, ParentTerms, Published, Trigger


def rows(
    licence: str | None,
    files: dict[str, str] | None = None,
    *,
    licences: dict[str, str] | None = None,
    declared: str | None = None,
    name: str = "Rivo",
    notice: str = "",
    parent: tuple[str, str] = ("nimbus", "nimbus-labs/Nimbus-7B"),
    trigger: Trigger = "redistribute-derivative",
) -> dict[str, Obligation]:
    terms = ParentTerms(id=parent[0], name=parent[1], licence=licence, notice=notice)
    published = Published(name=name, files=files or {}, licences=licences or {}, declared=declared)
    return {row.clause: row for row in check_obligations([terms], published, trigger=trigger)}


def of_kind(found: dict[str, Obligation], kind: str) -> Obligation:
    (row,) = [row for row in found.values() if row.kind == kind]
    return row


def change(card: str, **given: object) -> Obligation:
    return of_kind(rows("Apache-2.0", {"README.md": card}, **given), "state-changes")  # type: ignore[arg-type]
