"""The example case and its controls: one merge, and innocents that must not be called one."""

import json

import jsonschema
import pytest

import parentage
from conftest import MODELS, ROOT
from parentage.audit.bundle.files import document_of
from parentage.audit.case import make_case
from parentage.audit.outputs import audit_into, load_case
from parentage.evidence.verdict_file import verdict_text


def _audit(subject: str, *candidates: str, mode: str = "full"):
    return parentage.audit(str(MODELS / subject), {name: str(MODELS / name) for name in candidates}, mode=mode)


@pytest.mark.parametrize("mode", ["full", "sample"])
def test_rivo_is_a_merge(mode: str, tmp_path) -> None:
    case = load_case(ROOT / "examples/rivo/case.toml", (), mode)
    verdict = audit_into(case, tmp_path).verdict
    assert (verdict.relation, verdict.method, verdict.arithmetic, verdict.then) == ("merge", "linear", "fp32-once", ())
    assert [parent.id for parent in verdict.parents] == ["nimbus", "basalt"]
    for parent, weight in zip(verdict.parents, (0.6, 0.4), strict=True):
        assert parent.low < weight < parent.high
        assert parent.high - parent.low < 1e-4
    assert verdict.replayed.share >= 0.999
    assert verdict.replayed.elements == 797_969


@pytest.mark.parametrize(
    ("subject", "candidates", "relation"),
    [
        ("nimbus-early", ("nimbus", "basalt"), "shared-origin"),
        ("cirrus", ("nimbus", "basalt"), "fine-tune"),
        ("stranger", ("nimbus", "basalt"), "independent"),
        ("nimbus", ("rivo", "basalt"), "inconclusive"),
        ("nimbus", ("basalt",), "fine-tune"),
        ("nimbus", ("basalt", "cirrus"), "fine-tune"),
    ],
)
def test_controls_are_no_merge(subject: str, candidates: tuple[str, ...], relation: str) -> None:
    verdict = _audit(subject, *candidates).verdict
    assert verdict.relation == relation
    assert all(parent.weight is None for parent in verdict.parents)
    assert verdict.alternatives


def test_reversed_roles_name_the_candidate_that_is_the_merge() -> None:
    assert "candidate rivo" in _audit("nimbus", "rivo", "basalt").verdict.statement


def test_bystanders_get_no_weight() -> None:
    verdict = _audit("rivo", "stranger", "nimbus", "cirrus", "basalt").verdict
    assert verdict.relation == "merge"
    assert {parent.id: parent.weight for parent in verdict.parents} == {"nimbus": 0.6, "basalt": 0.4}


def test_outputs_follow_the_schema_and_repeat(tmp_path) -> None:
    case = load_case(ROOT / "examples/rivo/case.toml", (), None)
    first, second = (audit_into(case, tmp_path / name) for name in ("a", "b"))
    schema = json.loads((ROOT / "schemas/verdict-v1.schema.json").read_text())
    jsonschema.validate(document_of(first), schema)
    assert verdict_text(document_of(first)) == verdict_text(document_of(second))
    assert (tmp_path / "a/tensors.parquet").read_bytes() == (tmp_path / "b/tensors.parquet").read_bytes()
    again = load_case(tmp_path / "a/case.toml", (), None)
    assert audit_into(again, None).verdict == first.verdict


def test_threads_do_not_change_a_bit() -> None:
    from parentage.audit.run import run_audit

    case = make_case(str(MODELS / "rivo"), {n: str(MODELS / n) for n in ("nimbus", "basalt")})
    one, four = (run_audit(case, threads=count) for count in (1, 4))
    assert verdict_text(document_of(one)) == verdict_text(document_of(four))
