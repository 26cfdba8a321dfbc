"""The policy file is strict: each mistake is named by its key."""

from datetime import date

import pytest

from parentage.audit.gate.policy_file import DEFAULT_POLICY, MOST_BYTES, parse_policy, read_policy
from parentage.errors import InputError

SCHEMA = 'schema = "parentage.gate/v1"\n'
FULL = """
required_relations = ["merge", "fine-tune"]
accepted_licences = ["Apache-2.0", "MIT"]
required_protocols = ["weights", "documents", "identity"]
on_inconclusive = "fail"

[obligations]
default = "warn"
name-prefix = "fail"
dropped-flow-down = "ignore"

[[allow]]
rule = "undeclared-parent"
parent = "nimbus"
reason = "Agreed with its publisher."
until = 2027-01-31

[[allow]]
rule = "licence-unknown"
reason = "Our own licence."
until = 2027-01-31
"""


def parsed(text, **options):
    return parse_policy((SCHEMA + text).encode(), where="policy.toml", **options)


def test_an_empty_policy_is_the_default() -> None:
    assert parsed("") == DEFAULT_POLICY
    assert DEFAULT_POLICY.demand("give-licence-copy") == "fail"


def test_everything_that_can_be_said() -> None:
    policy = parsed(FULL, known_licences={"Apache-2.0", "MIT"})
    assert policy.required_relations == ("merge", "fine-tune")
    assert policy.accepted_licences == ("Apache-2.0", "MIT")
    assert policy.required_protocols == ("weights", "documents", "identity")
    assert policy.on_inconclusive == "fail"
    demands = [policy.demand(kind) for kind in ("name-prefix", "dropped-flow-down", "retain-notice")]
    assert demands == ["fail", "ignore", "warn"]
    first, second = policy.exceptions
    assert (first.rule, first.parent, first.until) == ("undeclared-parent", "nimbus", date(2027, 1, 31))
    assert (second.parent, second.reason) == ("", "Our own licence.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("required_relation = []", "required_relation"),
        ('required_relations = "merge"', "required_relations"),
        ('required_relations = ["independent"]', "independent"),
        ("required_relations = [1]", "required_relations"),
        ("accepted_licences = []", "accepted_licences"),
        ('accepted_licences = ["Apache"]', "'Apache'"),
        ("accepted_licences = [7]", "accepted_licences"),
        ('required_protocols = ["behaviour"]', "behaviour"),
        ('on_inconclusive = "maybe"', "on_inconclusive"),
        ("on_inconclusive = true", "on_inconclusive"),
        ("obligations = []", "obligations"),
        ('obligations = {give-license-copy = "fail"}', "give-license-copy"),
        ('obligations = {retain-notice = "error"}', r"obligations\.retain-notice"),
        ("allow = {}", "allow"),
        ("allow = [1]", r"allow\[0\]"),
        ('[[allow]]\nrule = "undeclared-parent"\nreason = "x"', r"allow\[0\]\.until"),
        ('[[allow]]\nrule = "undeclared-parent"\nreason = "x"\nuntil = "2027-01-31"', r"allow\[0\]\.until"),
        ('[[allow]]\nrule = "undeclared-parent"\nreason = "x"\nuntil = 2027-01-31T00:00:00', r"allow\[0\]\.until"),
        ('[[allow]]\nrule = "undeclared-parent"\nuntil = 2027-01-31', r"allow\[0\]\.reason"),
        ('[[allow]]\nrule = "undeclared-parent"\nreason = " "\nuntil = 2027-01-31', r"allow\[0\]\.reason"),
        ('[[allow]]\nrule = "everything"\nreason = "x"\nuntil = 2027-01-31', r"allow\[0\]\.rule"),
        ('[[allow]]\nrule = "protocol-missing"\nreason = "x"\nuntil = 2027-01-31', r"allow\[0\]\.rule"),
        ('[[allow]]\nrule = "conflict"\nparents = "x"\nreason = "x"\nuntil = 2027-01-31', "parents"),
        ('[[allow]]\nrule = "conflict"\nparent = 1\nreason = "x"\nuntil = 2027-01-31', r"allow\[0\]\.parent"),
        ('[[allow]]\nrule = "conflict"\nreason = "x"\nuntil = 2027-01-31\n' * 201, "at most 200"),
        ("on_inconclusive = ", "TOML"),
        ("on_inconclusive = 'pass'\non_inconclusive = 'pass'", "TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "TOML"),
        ('"\\u001b[2J" = 1', "is not a key"),
    ],
)
def test_a_mistake_is_named(text, names) -> None:
    with pytest.raises(InputError, match=names) as caught:
        parsed(text, known_licences={"Apache-2.0", "MIT"})
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "raw", [b"", b"schema = 1", b'schema = "parentage.gate/v2"', b"\xff\xfe", b"#" * (MOST_BYTES + 1)]
)
def test_what_is_no_policy(raw) -> None:
    with pytest.raises(InputError, match=r"policy\.toml"):
        parse_policy(raw, where="policy.toml")


def test_reading_a_file(tmp_path) -> None:
    with pytest.raises(InputError, match="missing"):
        read_policy(tmp_path / "missing.toml")
    with pytest.raises(InputError, match="readable"):
        read_policy(tmp_path)
    (tmp_path / "policy.toml").write_text(SCHEMA)
    assert read_policy(tmp_path / "policy.toml") == DEFAULT_POLICY
