"""Every policy that a bundle may name. Old ones stay as they were: a bundle that ever verified verifies for ever."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from parentage.audit.conclusions import Conclusions
from parentage.audit.measured import Measured
from parentage.audit.policies import one, one_conclusions
from parentage.audit.policies.two import conclusions as two_conclusions
from parentage.audit.policies.two import thresholds as two


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A policy's name, the questions that it asks in protocol order, its thresholds, and how it concludes.

    `needs_structure` says whether it rests on what whole matrices say.
    """

    name: str
    questions: tuple[str, ...]
    thresholds: Mapping[str, float]
    conclude: Callable[[Measured], Conclusions]
    needs_structure: bool


_ONE = Policy(
    name=one.POLICY,
    questions=one.QUESTIONS,
    thresholds=one.thresholds(),
    conclude=one_conclusions.conclude,
    needs_structure=False,
)
_TWO = Policy(
    name=two.POLICY,
    questions=two.QUESTIONS,
    thresholds=two.thresholds(),
    conclude=two_conclusions.conclude,
    needs_structure=True,
)
POLICIES = {policy.name: policy for policy in (_ONE, _TWO)}
CURRENT = _TWO


def conclude(measured: Measured) -> Conclusions:
    """Return what follows from the measurements by the policy that they were taken for.

    Raises StorageError where no tensor was read.
    """
    return POLICIES[measured.policy].conclude(measured)
