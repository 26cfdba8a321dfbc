"""Findings made by hand, as the documents protocol draws them."""

from datetime import date

from parentage.finding import Coverage, Finding, Parent, Verdict

TODAY = date(2026, 7, 1)
NOTHING = Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0)
ALL = Coverage(elements_read=9, elements=9, tensors_read=1, tensors=1)


def finding(question, coverage=NOTHING, **tables) -> Finding:
    return Finding(
        question=question,
        version="1",
        statement="",
        coverage=coverage,
        tables={name: tuple(rows) for name, rows in tables.items()},
    )


def verdict(relation="merge", parents=("nimbus", "basalt")) -> Verdict:
    return Verdict(
        relation=relation,
        statement=f"The verdict is {relation}.",
        policy="parentage.policy/2",
        coverage=ALL,
        parents=tuple(Parent(id=one, weight=0.5) for one in parents),
    )


def licence(model="subject", key="Apache-2.0", how="text-and-declared", **fields) -> dict:
    row = {"model": model, "declared": "apache-2.0", "key": key, "how": how, "where": "README.md:2"}
    return {**row, "digest": "", "note": "", **fields}


def declaration(*, licences=None, problems=(), parents=(), fields=(), files=("README.md", "LICENSE")) -> Finding:
    return finding(
        "declaration",
        licences=[licence()] if licences is None else licences,
        problems=problems,
        parents=parents,
        fields=fields,
        files=[{"model": "subject", "path": name, "bytes": 1, "digest": "sha256:"} for name in files],
    )


def parent(identifier="nimbus", declared="declared", **fields) -> dict:
    row = {"id": identifier, "name": identifier.title(), "relation": "merge", "weight": 0.5, "low": 0.4, "high": 0.6}
    return {**row, "declared": declared, "where": "README.md:4" if declared != "not-declared" else "", **fields}


def claim(outcome="contradicted", **fields) -> dict:
    row = {"kind": "from-scratch", "quote": "Trained from scratch.", "where": "README.md:9", "outcome": outcome}
    return {**row, "note": "the weights are a merge", **fields}


def obligation(status="not-found", kind="give-licence-copy", **fields) -> dict:
    row = {"parent": "nimbus", "licence": "Apache-2.0", "clause": "4a", "kind": kind, "status": status}
    return {**row, "trigger": "redistribute-derivative", "where": "", "quote": "give a copy", "note": "", **fields}


CONSISTENT = (
    declaration(),
    finding("disclosure", parents=[parent(), parent("basalt")], claims=[claim("consistent")]),
    finding("obligations", obligations=[obligation("met", where="LICENSE:1")]),
)
CONFLICT = {"kind": "dropped-flow-down", "parents": "nimbus, basalt", "licences": "MIT", "why": "MIT drops terms."}
