"""What the other side says, and where each dispute stands: computed from signed statements alone.

Responses form a chain: each names the envelope before it, so that one cannot be taken out from under a later one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from parentage.errors import InputError
from parentage.evidence.attestation import RESPONSE_PREDICATE, Signed

Kind = Literal["accept", "dispute", "correct", "withdraw", "answer"]
State = Literal["open", "answered", "reconciled", "withdrawn"]
KINDS: tuple[Kind, ...] = ("accept", "dispute", "correct", "withdraw", "answer")
ROLES = ("subject", "candidate", "auditor", "third-party")
MOST_RESPONSES = 1000
MOST_TEXT = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One signed response. `finding` is the question it is about, `to` the number of the response it replies to.

    `revision` is the corrected one's location (for `correct`), `reaudit` the digest of an audit of it (for `answer`).
    """

    number: int
    kind: Kind
    role: str
    by: str
    date: str
    text: str
    finding: str
    to: int | None
    revision: str
    reaudit: str
    keyid: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A disputed finding, by whom, and where it stands."""

    number: int
    finding: str
    by: str
    state: State


def response_predicate(
    *,
    number: int,
    previous: str | None,
    kind: Kind,
    role: str,
    by: str,
    date: str,
    text: str,
    finding: str = "",
    to: int | None = None,
    revision: str = "",
    reaudit: str = "",
) -> dict[str, Any]:
    """Return the predicate of a response statement; `previous` is the digest of the envelope before it."""
    return {
        "number": number,
        "previous": previous,
        "kind": kind,
        "role": role,
        "by": by,
        "date": date,
        "text": text,
        "finding": finding,
        "to": to,
        "revision": revision,
        "reaudit": reaudit,
    }


def parse_responses(signed: Sequence[Signed], where: str) -> tuple[Response, ...]:
    """Return the responses in order; raises InputError where the chain is broken or one breaks its form."""
    found: list[Response] = []
    previous: str | None = None
    for number, statement in enumerate(signed, start=1):
        here = f"{where}/{statement.name}"
        if statement.predicate_type != RESPONSE_PREDICATE:
            raise InputError(here, "predicateType", f"must be {RESPONSE_PREDICATE}")
        if statement.predicate.get("number") != number or statement.predicate.get("previous") != previous:
            raise InputError(here, "number or previous", "does not follow on the response before it: one is missing")
        found.append(_parse(statement.predicate, statement.keyids[0], here))
        previous = statement.digest
    return tuple(found)


def _parse(predicate: Mapping[str, Any], keyid: str, where: str) -> Response:
    texts = {name: predicate.get(name, "") for name in ("by", "date", "text", "finding", "revision", "reaudit")}
    if not all(isinstance(value, str) and len(value) <= MOST_TEXT for value in texts.values()):
        raise InputError(where, "text", f"must be strings of at most {MOST_TEXT} characters")
    kind, role, to, number = (predicate.get(name) for name in ("kind", "role", "to", "number"))
    if kind not in KINDS or role not in ROLES:
        raise InputError(
            where, f"{kind} by {role}"[:80], f"must be one of {', '.join(KINDS)} by one of {', '.join(ROLES)}"
        )
    if to is not None and not (type(to) is int and 0 < to < int(number or 0)):
        raise InputError(where, f"to {to!r}"[:80], "must be the number of an earlier response")
    return Response(number=int(number or 0), kind=kind, role=str(role), to=to, keyid=keyid, **texts)


def check_replies(responses: Sequence[Response], auditors: frozenset[str], where: str) -> None:
    """Raise InputError for a reply that its signer may not give: only auditors answer, only who disputes withdraws."""
    by_number = {response.number: response for response in responses}
    for response in responses:
        here = f"{where}/{response.number:04d}"
        target = by_number.get(response.to) if response.to is not None else None
        if response.kind == "answer" and response.keyid not in auditors:
            raise InputError(here, "answer", "only a key that signed the audit answers")
        if response.kind in ("answer", "withdraw") and target is None:
            raise InputError(here, response.kind, "must name the response that it is about")
        if response.kind == "withdraw" and target is not None and target.keyid != response.keyid:
            raise InputError(here, "withdraw", "only who made a response withdraws it")
        if response.kind == "dispute" and not response.text.strip():
            raise InputError(here, "dispute", "must say on what ground")


def disputes_of(responses: Sequence[Response]) -> tuple[Dispute, ...]:
    """Return each dispute with its state.

    open until a key of the audit answers; answered until its own signer accepts, which makes it reconciled; withdrawn
    where its signer takes it back.
    """
    found = []
    for dispute in (response for response in responses if response.kind == "dispute"):
        state: State = "open"
        answers = {dispute.number}
        for reply in responses:
            if reply.to not in answers:
                continue
            if reply.kind == "answer":
                answers.add(reply.number)
                state = "answered" if state == "open" else state
            elif reply.kind == "withdraw" and reply.to == dispute.number:
                state = "withdrawn"
            elif reply.kind == "accept" and reply.keyid == dispute.keyid and state == "answered":
                state = "reconciled"
        found.append(Dispute(number=dispute.number, finding=dispute.finding, by=dispute.by, state=state))
    return tuple(found)
