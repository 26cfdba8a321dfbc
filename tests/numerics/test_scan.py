"""Laws of the scan: chunks and order change nothing, and counts are what a plain loop gives."""

import ml_dtypes
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import LATTICES, ordinals
from parentage.numerics.scan import BLOCK, CLUSTER, LANES, ScanSpec, gram_entries, lane_sums, scan
from parentage.protocols.weights.moments import MomentTally
from parentage.protocols.weights.replay import ReplayTally
from parentage.protocols.weights.ulp_census import CensusTally


def _case(elements: int, seed: int = 0, candidates: int = 2):
    rng = np.random.default_rng(seed)
    base = rng.standard_normal(elements).astype(np.float32) * 0.02
    parents = [
        (base + rng.standard_normal(elements).astype(np.float32) * 5e-4).astype(ml_dtypes.bfloat16)
        for _ in range(candidates)
    ]
    weights = (0.6, 0.4) if candidates == 2 else (0.5, 0.3, 0.2)
    hypothesis = Hypothesis(arithmetic="fp32-once", parents=tuple(range(candidates)), weights=weights)
    child = hypothesis.replay([p.astype(np.float32) for p in parents], LATTICES["BF16"]).astype(ml_dtypes.bfloat16)
    other = Hypothesis(arithmetic="three-roundings", parents=hypothesis.parents, weights=weights)
    return child, parents, ScanSpec(lattice=LATTICES["BF16"], reference=1, hypotheses=(hypothesis, other))


@pytest.mark.parametrize("candidates", [2, 3])
def test_chunks_do_not_change_a_bit(candidates: int) -> None:
    child, parents, spec = _case(5 * CLUSTER + 1234, candidates=candidates)
    totals = []
    for chunk in (CLUSTER, 2 * CLUSTER, 8 * CLUSTER):
        moments, census, replay = MomentTally.empty(candidates), CensusTally.empty(candidates), ReplayTally.empty()
        for start in range(0, child.size, chunk):
            part = slice(start, start + chunk)
            found = scan(child[part], [p[part] for p in parents], spec)
            for tally in (moments, census, replay):
                tally.update(found)
        totals.append([tally.summary() for tally in (moments, census, replay)])
    assert totals[0] == totals[1] == totals[2]


@settings(deadline=None, max_examples=25)
@given(elements=st.integers(1, 3000), seed=st.integers(0, 2**32 - 1))
def test_counts_are_those_of_a_plain_loop(elements: int, seed: int) -> None:
    child, parents, spec = _case(elements, seed)
    found = scan(child, parents, spec)
    lattice = LATTICES["BF16"]
    s, a, b = (ordinals(x.astype(np.float32), lattice) for x in (child, *parents))
    assert found.agreement.tolist() == [np.sum(a == b), np.sum((a == b) & (a == s))]
    assert found.census[2, 0] == np.sum(a == b)
    assert found.census[2, 3] == np.sum((abs(a - b) >= 4) & (abs(a - b) < 8))
    assert found.census.sum(axis=1).tolist() == [elements] * 3
    assert found.classes[:, 0].sum() == elements
    assert found.classes[:, 1].sum() == elements
    results = [h.replay([p.astype(np.float32) for p in parents], lattice) for h in spec.hypotheses]
    mid = abs(a - b) >= 2
    for parent in parents:
        mid &= results[0] != parent.astype(np.float32)
    assert found.classes[2, 0] == mid.sum()
    assert found.discordant[0] == np.sum(results[0] != results[1])


def test_nonfinite_elements_are_counted_and_left_out() -> None:
    child, parents, spec = _case(4000)
    before = scan(child[10:], [p[10:] for p in parents], spec)
    child, parents = child.copy(), [p.copy() for p in parents]
    child[:5] = np.nan
    parents[0][5:10] = np.inf
    found = scan(child, parents, spec)
    assert found.nonfinite == 10
    assert np.array_equal(found.census, before.census)
    assert np.array_equal(found.classes, before.classes)
    assert np.array_equal(found.agreement, before.agreement)


def test_lane_sums_follow_the_written_order() -> None:
    column = np.random.default_rng(1).standard_normal(CLUSTER + 5000).astype(np.float32)
    padded = np.zeros(2 * CLUSTER, dtype=np.float32)
    padded[: column.size] = column
    expected = []
    for cluster in padded.reshape(2, CLUSTER):
        lanes = np.zeros(LANES)
        for block in cluster.reshape(-1, BLOCK):
            partial = np.zeros(LANES, dtype=np.float32)
            for step in block.reshape(-1, LANES, 2):
                partial = partial + step[:, 0] + step[:, 1]
            lanes = lanes + partial
        total = 0.0
        for lane in lanes:
            total += lane
        expected.append(total)
    assert lane_sums(column).tolist() == expected


def test_gram_holds_the_moments() -> None:
    child, parents, spec = _case(CLUSTER)
    found = scan(child, parents, spec)
    y = child.astype(np.float64) - parents[1].astype(np.float64)
    d = parents[0].astype(np.float64) - parents[1].astype(np.float64)
    names = gram_entries(2)
    assert found.gram[0, 0, names.index("d0*y")] == pytest.approx(np.dot(d, y), rel=1e-6)
    assert found.gram[0, 0, names.index("y*y")] == pytest.approx(np.dot(y, y), rel=1e-6)
