"""Merges that mergekit made, and one that was trained afterwards: the relation, the arithmetic and the weights."""

import pytest

import parentage
from conftest import MODELS, ROOT

MERGES = ROOT / "tests/data/merges"


def _audit(name: str, *candidates: str):
    return parentage.audit(str(MERGES / name), {candidate: str(MODELS / candidate) for candidate in candidates}).verdict


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("linear", {"nimbus": 0.6, "basalt": 0.4}),
        ("odd-weights", {"nimbus": 0.5737, "basalt": 0.4263}),
        ("three", {"nimbus": 0.5, "cirrus": 0.3, "basalt": 0.2}),
    ],
)
def test_mergekit_is_reproduced_to_the_last_element(name: str, weights: dict[str, float]) -> None:
    verdict = _audit(name, *weights)
    assert (verdict.relation, verdict.arithmetic, verdict.then) == ("merge", "mergekit-0.1.5-linear", ())
    assert verdict.replayed.share == 1.0
    found = {parent.id: parent for parent in verdict.parents}
    for parent, weight in weights.items():
        assert found[parent].weight == pytest.approx(weight, abs=1e-4)
        assert found[parent].low <= weight <= found[parent].high


def test_a_gradient_has_its_weights_by_layer() -> None:
    audit = parentage.audit(str(MERGES / "gradient"), {name: str(MODELS / name) for name in ("nimbus", "basalt")})
    assert (audit.verdict.relation, audit.verdict.arithmetic) == ("merge", "mergekit-0.1.5-linear")
    assert audit.verdict.replayed.share == 1.0
    assert audit.verdict.parents[0].id == "basalt"
    by_layer = {row.layer: row.weight for row in audit.tensors if row.kind == "self_attn.q_proj"}
    # Of basalt, evenly from 0.8 in the first of four layers to 0.2 in the last.
    for layer, weight in enumerate((0.8, 0.6, 0.4, 0.2)):
        assert by_layer[layer] == pytest.approx(weight, abs=1e-4)


def test_training_after_the_merge_is_told_where_it_left_tensors_alone() -> None:
    verdict = _audit("embedding-trained", "nimbus", "basalt")
    assert (verdict.relation, verdict.then) == ("merge", ("trained",))
    assert {parent.id: round(parent.weight, 4) for parent in verdict.parents} == {"nimbus": 0.6, "basalt": 0.4}
    assert verdict.replayed.share < 0.95
    assert "not in 28 of 29 tensors" in verdict.statement
    assert any("not told apart" in text for text in verdict.alternatives)
