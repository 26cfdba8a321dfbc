"""No line that is printed is a command to a build server or a terminal."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parentage.cli import declared
from parentage.cli.check import render_check
from parentage.cli.inert import inert
from parentage.evidence.gate_report import GateReport, RuleResult


@given(st.text(alphabet="#:[ \n\r\t\x0b\x1b\u2028\u200bx", max_size=12))
def test_no_text_is_obeyed(text) -> None:
    line = inert(text)
    assert "##[" not in line
    assert not line.lstrip().startswith("::")
    assert not {"\n", "\r", "\x1b"} & set(line)


def test_a_subject_and_a_message_that_are_commands() -> None:
    result = RuleResult(rule="not-tested", level="note", message="##[error]x", parent="::set-output name=a::b")
    report = GateReport(subject="::error::x", outcome="consistent", statement="Fine.", relation=None, results=(result,))
    lines = render_check(report).splitlines()
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)


def test_a_card_that_names_commands_as_parents(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, more in (("old", ""), ("new", "  ::error::later\n")):
        (tmp_path / name).mkdir()
        card = f'---\nbase_model:\n- "a\\n::error::x"\n- "##[add-mask]y"\n---\n# X\n\n  ::error::body\n{more}'
        (tmp_path / name / "README.md").write_text(card)
    declared.run(str(tmp_path / "new"), None, as_json=False)
    declared.run(str(tmp_path / "new"), str(tmp_path / "old"), as_json=False)
    sys.stdout.flush()
    lines = capsys.readouterr().out.splitlines()
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
