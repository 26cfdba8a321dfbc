"""The gate's page names every rule, kind and option, and its example is a policy."""

import inspect
import re
from typing import get_args

import pytest

from conftest import ROOT
from parentage.audit.gate.policy_file import OBLIGATION_KINDS, OnInconclusive, Protocol, parse_policy
from parentage.evidence.gate_report import RULES

PAGE = (ROOT / "docs/questions/gate.md").read_text()


def test_the_example_is_a_policy() -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    policy = parse_policy(example.encode(), where="gate.md")
    assert policy.accepted_licences == ("Apache-2.0", "MIT")
    assert policy.exceptions[0].parent == "nimbus"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_explained(rule) -> None:
    assert f"| `{rule.id}` |" in PAGE
    assert rule.title.endswith(".")
    assert rule.help.endswith(".")


def test_every_word_of_a_policy_is_on_the_page() -> None:
    for kind in OBLIGATION_KINDS:
        assert f"`{kind}`" in PAGE
    for word in (*get_args(Protocol), *get_args(OnInconclusive)):
        assert word in PAGE


def test_every_option_is_on_the_page() -> None:
    from parentage.cli.check import run

    for option in inspect.signature(run).parameters:
        shown = {"model": "MODEL", "candidates": "--candidate", "as_json": "--json"}
        assert shown.get(option, f"--{option.replace('_', '-')}") in PAGE
