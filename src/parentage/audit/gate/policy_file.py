"""What a project demands of a model, from a small TOML file: strict, because a misspelt key would demand nothing."""

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from parentage.errors import InputError
from parentage.evidence.gate_report import RULE_IDS
from parentage.finding import DESCENT, Relation
from parentage.licensing.records import ClauseKind

SCHEMA = "parentage.gate/v1"
MOST_BYTES = 100_000
_MOST_ENTRIES = 200
_MOST_TEXT = 500

Demand = Literal["fail", "warn", "ignore"]
OnInconclusive = Literal["undecided", "pass", "fail"]
Protocol = Literal["weights", "documents", "identity"]
CONFLICTS = ("dropped-flow-down", "two-share-alike", "non-commercial-parent", "no-derivatives")
# The relations that name parents; for the others there is nobody to declare.
OBLIGATION_KINDS: tuple[str, ...] = tuple(dict.fromkeys((*get_args(ClauseKind), *CONFLICTS)))


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """A result that is let pass until a day, that day included, and why; "" for `parent` lets any pass."""

    rule: str
    parent: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GatePolicy:
    """What is demanded. `accepted_licences` None accepts every licence that is known; `obligations` are by kind.

    `candidates_first` says that the candidates were published before the model, which weights do not show.
    """

    required_relations: tuple[Relation, ...] = DESCENT
    accepted_licences: tuple[str, ...] | None = None
    required_protocols: tuple[Protocol, ...] = ("documents",)
    on_inconclusive: OnInconclusive = "undecided"
    candidates_first: bool = False
    obligations: Mapping[str, Demand] = field(default_factory=dict)
    other_obligations: Demand = "fail"
    exceptions: tuple[PolicyException, ...] = ()

    def demand(self, kind: str) -> Demand:
        """Return what an obligation or conflict of this kind is worth."""
        return self.obligations.get(kind, self.other_obligations)


DEFAULT_POLICY = GatePolicy()


def read_policy(path: Path, *, known_licences: Collection[str] | None = None) -> GatePolicy:
    """Return the policy in a file; raises InputError naming the key that is wrong."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(str(path), error.strerror or "unreadable", "the policy must be a readable file") from error
    return parse_policy(raw, where=str(path), known_licences=known_licences)


def parse_policy(raw: bytes, *, where: str, known_licences: Collection[str] | None = None) -> GatePolicy:
    """Return the policy in TOML bytes; raises InputError naming the key that is wrong.

    With `known_licences`, an accepted licence must be one of them: any other could never be met with.
    """
    if len(raw) > MOST_BYTES:
        raise InputError(where, f"more than {MOST_BYTES} bytes", "a policy is a small file")
    try:
        table = tomllib.loads(raw.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(where, " ".join(str(error).split())[:200], "must be TOML in UTF-8") from error
    if table.get("schema") != SCHEMA:
        raise InputError(where, f"schema = {table.get('schema')!r}"[:120], f'must be "{SCHEMA}"')
    known = {
        "schema",
        "required_relations",
        "accepted_licences",
        "required_protocols",
        "on_inconclusive",
        "candidates_first",
        "obligations",
        "allow",
    }
    _refuse_unknown(table, known, where)
    accepted = table.get("accepted_licences")
    obligations = _obligations(table.get("obligations", {}), f"{where}: obligations")
    return GatePolicy(
        required_relations=_choices(
            table.get("required_relations", list(DESCENT)), DESCENT, f"{where}: required_relations"
        ),
        accepted_licences=None if accepted is None else _licences(accepted, known_licences, where),
        required_protocols=_choices(
            table.get("required_protocols", ["documents"]), get_args(Protocol), f"{where}: required_protocols"
        ),
        on_inconclusive=_choice(
            table.get("on_inconclusive", "undecided"), get_args(OnInconclusive), f"{where}: on_inconclusive"
        ),
        candidates_first=_choice_of_two(table.get("candidates_first", False), f"{where}: candidates_first"),
        obligations={kind: demand for kind, demand in obligations.items() if kind != "default"},
        other_obligations=obligations.get("default", "fail"),
        exceptions=_exceptions(table.get("allow", []), where),
    )


def _refuse_unknown(table: Mapping[str, Any], known: Collection[str], where: str) -> None:
    if unknown := sorted(set(table) - set(known)):
        raise InputError(where, unknown[0][:80], f"is not a key of a policy; known are {', '.join(sorted(known))}")


def _choice(value: object, choices: tuple[Any, ...], where: str) -> Any:
    if not isinstance(value, str) or value not in choices:
        raise InputError(where, repr(value)[:80], f"must be one of {', '.join(choices)}")
    return value


def _choice_of_two(value: object, where: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(where, repr(value)[:80], "must be true or false")
    return value


def _choices(value: object, choices: tuple[Any, ...], where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise InputError(where, repr(value)[:80], f"must be a list of {', '.join(choices)}")
    return tuple(dict.fromkeys(_choice(entry, choices, where) for entry in value))


def _licences(value: object, known: Collection[str] | None, where: str) -> tuple[str, ...]:
    where = f"{where}: accepted_licences"
    if not isinstance(value, list) or not 0 < len(value) <= _MOST_ENTRIES:
        raise InputError(where, repr(value)[:80], f"must be a list of 1 to {_MOST_ENTRIES} licence keys")
    for entry in value:
        if not isinstance(entry, str) or not 0 < len(entry) <= 120:
            raise InputError(where, repr(entry)[:80], "must be a licence key, as SPDX writes it")
        if known is not None and entry not in known:
            raise InputError(where, repr(entry)[:120], "is not the key of a licence that is known")
    return tuple(dict.fromkeys(value))


def _obligations(value: object, where: str) -> dict[str, Demand]:
    if not isinstance(value, dict):
        raise InputError(where, repr(value)[:80], "must be a table of kinds")
    _refuse_unknown(value, (*OBLIGATION_KINDS, "default"), where)
    return {kind: _choice(demand, get_args(Demand), f"{where}.{kind}") for kind, demand in value.items()}


def _exceptions(value: object, where: str) -> tuple[PolicyException, ...]:
    where = f"{where}: allow"
    if not isinstance(value, list) or len(value) > _MOST_ENTRIES:
        raise InputError(where, repr(value)[:80], f"must be at most {_MOST_ENTRIES} tables: [[allow]]")
    return tuple(_exception(entry, f"{where}[{place}]") for place, entry in enumerate(value))


def _exception(entry: object, where: str) -> PolicyException:
    if not isinstance(entry, dict):
        raise InputError(where, repr(entry)[:80], "must be a table with rule, reason and until")
    _refuse_unknown(entry, ("rule", "parent", "reason", "until"), where)
    rules = tuple(rule for rule in RULE_IDS if rule not in ("exception", "protocol-missing"))
    reason, parent, until = entry.get("reason"), entry.get("parent", ""), entry.get("until")
    if not isinstance(reason, str) or not 0 < len(reason.strip()) <= _MOST_TEXT:
        raise InputError(f"{where}.reason", repr(reason)[:80], f"must be 1 to {_MOST_TEXT} characters that say why")
    if not isinstance(parent, str) or len(parent) > _MOST_TEXT:
        raise InputError(f"{where}.parent", repr(parent)[:80], "must be a candidate's id")
    # A date and time is a date to Python, and would be compared with a day.
    if type(until) is not date:
        raise InputError(f"{where}.until", repr(until)[:80], "must be a date such as 2027-01-31")
    return PolicyException(
        rule=_choice(entry.get("rule"), rules, f"{where}.rule"), parent=parent, reason=reason.strip(), until=until
    )
