"""The page about June 2026: its tables are the script's, and the claims in its prose follow from them."""

import re

import numpy as np
import pytest
from benchmarks.cases import rio_2026
from benchmarks.zoo.marked_page import read_between, write_between

from conftest import ROOT
from parentage.numerics.lattice import LATTICES, round_to

PAGE = ROOT / "docs/cases/rio-2026.md"


def _numbers(text: str) -> list[float]:
    return [float(found) for found in re.findall(r"-?\d+\.\d+", text)]


@pytest.fixture(scope="module")
def tables() -> str:
    return rio_2026.report()


def test_the_page_holds_what_the_script_prints(tables: str) -> None:
    shown = read_between(PAGE.read_text(), rio_2026.PAGE_NAME)
    assert re.sub(r"[\d.]+", "#", shown) == re.sub(r"[\d.]+", "#", f"```text\n{tables}```")
    # Another processor may sum in another order: a unit of the third digit.
    assert _numbers(shown) == pytest.approx(_numbers(tables), abs=0.0011)


def test_one_weight_near_0_565_gives_the_published_scatter_and_0_60_does_not(tables: str) -> None:
    row = next(line for line in tables.splitlines() if line.startswith("root mean square error"))
    errors = dict(zip(rio_2026.NAMED_WEIGHTS, _numbers(row), strict=True))
    assert errors[0.565] < 0.0015
    assert errors[0.57] < 0.0035
    assert errors[0.6] > 0.028
    assert min(errors, key=errors.__getitem__) == 0.565


def test_the_published_figures_are_the_seven() -> None:
    page = PAGE.read_text()
    for seen in rio_2026.OBSERVED:
        assert f"{seen.weight:.3f} / {seen.cosine:.3f}" in page


def test_steps_of_half_the_weight_scatter_but_one_step_rounds_to_the_whole() -> None:
    lattice = LATTICES["BF16"]
    base = np.full(1000, 1.0, dtype=np.float32)
    one, many = (round_to(base + np.float32(steps * 2**-7), lattice) for steps in (1, 64))
    assert rio_2026.fit(one, base, 0.565, "fp32-once") == (1.0, 1.0)
    assert rio_2026.fit(many, base, 0.565, "fp32-once")[0] == pytest.approx(0.565, abs=0.5 / 64)


@pytest.mark.parametrize("page", ["no markers", "<!-- x: end -->\n<!-- x: begin -->"])
def test_a_page_without_its_markers_is_refused(page: str, tmp_path) -> None:
    path = tmp_path / "page.md"
    path.write_text(page)
    with pytest.raises(ValueError, match="once each"):
        write_between(path, "x", "text")
    assert path.read_text() == page


def test_writing_changes_nothing_outside_the_markers(tmp_path) -> None:
    path = tmp_path / "page.md"
    path.write_text("before\n<!-- x: begin -->\nold\n<!-- x: end -->\nafter\n")
    write_between(path, "x", "new\n")
    assert path.read_text() == "before\n<!-- x: begin -->\nnew\n<!-- x: end -->\nafter\n"
