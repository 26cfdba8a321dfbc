"""Bundles of every kind of audit hold: one candidate, eight, no relation, tensors without a partner, infinities."""

import ml_dtypes
import numpy as np
import pytest

from conftest import MODELS, REAL, load
from parentage.audit.bundle.verification import verify_bundle
from parentage.audit.case import make_case
from parentage.audit.outputs import audit_into
from parentage.testing.checkpoints import write_checkpoint


def _verified(tmp_path, subject: str, candidates: dict[str, str], mode: str = "full"):
    case = make_case(str(subject), {name: str(place) for name, place in candidates.items()}, mode)
    audit = audit_into(case, tmp_path / "out")
    verified = verify_bundle(tmp_path / "out/bundle")
    assert len(verified.steps) == 11
    assert verified.document["verdict"]["relation"] == audit.verdict.relation
    return verified


@pytest.mark.parametrize("mode", ["full", "sample"])
@pytest.mark.parametrize(
    ("subject", "candidates"),
    [
        ("nimbus", ("basalt",)),
        ("stranger", ("nimbus", "basalt")),
        ("nimbus", ("rivo", "basalt")),
        ("rivo", ("stranger", "nimbus", "cirrus", "basalt", "nimbus-early")),
    ],
)
def test_example_models(tmp_path, subject, candidates, mode) -> None:
    _verified(tmp_path, str(MODELS / subject), {name: str(MODELS / name) for name in candidates}, mode)


def test_identical(tmp_path) -> None:
    copy = write_checkpoint(tmp_path / "copy", load(MODELS / "basalt"))
    assert _verified(tmp_path, copy, {"basalt": str(MODELS / "basalt")}).document["verdict"]["relation"] == "identical"


def test_missing_extra_empty_and_infinite(tmp_path) -> None:
    base, moved = load(MODELS / "basalt"), load(MODELS / "nimbus")
    names = list(base)
    child = {name: base[name].copy() for name in names[2:]}
    child["extra.weight"] = np.ones((3, 5), dtype=np.int32)
    child["nothing.weight"] = np.zeros((0, 4), dtype=ml_dtypes.bfloat16)
    child[names[3]].flat[:4] = np.inf
    huge = next(name for name in names[2:] if child[name].size > 1000 and name != names[3])
    child[huge].flat[:2] = 3e38
    places = {"subject": child, "basalt": base, "nimbus": moved}
    found = {name: write_checkpoint(tmp_path / name, tensors) for name, tensors in places.items()}
    verified = _verified(tmp_path, found["subject"], {n: found[n] for n in ("basalt", "nimbus")})
    assert len(verified.measured.unpaired) > 2
    # Sums that overflow are written as words, which JSON has no number for.
    assert '"inf"' in (tmp_path / "out/bundle/measurements.jsonl").read_text()


@pytest.mark.parametrize("folder", sorted(path.name for path in REAL.iterdir() if path.is_dir()))
def test_real_weights(tmp_path, folder) -> None:
    first, second, *_ = sorted(REAL.joinpath(folder).rglob("*.safetensors"))
    _verified(tmp_path, str(first), {"other": str(second)})
