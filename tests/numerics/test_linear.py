"""Sums and solves that give the same bits in every version of Python."""

import pytest

from parentage.numerics.linear import add_up, solve_symmetric


def test_sums_are_added_one_after_the_other() -> None:
    # From 3.12 on the built-in sum gives 1.0 here, and findings would differ between versions.
    assert add_up([0.1] * 10) == 0.9999999999999999
    assert add_up([]) == 0.0


def test_solving() -> None:
    assert solve_symmetric([[4.0, 2.0], [2.0, 3.0]], [8.0, 7.0]) == pytest.approx([1.25, 1.5])
    assert solve_symmetric([[1.0, 1.0], [1.0, 1.0]], [1.0, 1.0]) is None
