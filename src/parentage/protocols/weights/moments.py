"""Least squares, by ulp class: weights with clustered standard errors, and the residual against the rounding floor.

Over all elements least squares is biased by the rounding lattice (0.84 for a true 0.6 at a relative difference of
1e-3); over elements whose candidates lie at least 8 ulps apart it is not. Standard errors come from sums over
row-blocks of 65,536 elements (Liang and Zeger's sandwich), because training errors are correlated inside a tensor.
Derivation: docs/questions/moments.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Scalar
from parentage.numerics.linear import add_up, solve_symmetric
from parentage.numerics.scan import Scan, gram_entries
from parentage.protocols.weights.context import TensorContext

QUESTION = "moments"
VERSION = "1"
ULP_CLASSES = ("0-7", "8-31", "32+")
# All elements, and those whose candidates lie 8 ulps and more apart.
_BOTH = ((0, 1, 2), (1, 2))


@dataclass(slots=True, kw_only=True)
class MomentTally:
    """Accumulator of one tensor: Gram sums of disjoint ulp classes, and sums of their outer products over clusters.

    `gram[class, entry]` and `outer[class, entry, entry]` in fp64; the entries are `gram_entries`, and the outer
    products take only those that the weights depend on.
    """

    candidates: int
    gram: NDArray[np.float64]
    outer: NDArray[np.float64]
    elements: NDArray[np.int64]

    @classmethod
    def empty(cls, candidates: int) -> "MomentTally":
        """Return a tally of nothing."""
        entries, used = len(gram_entries(candidates)), len(_used(candidates))
        return cls(
            candidates=candidates,
            gram=np.zeros((3, entries)),
            outer=np.zeros((3, used, used)),
            elements=np.zeros(3, dtype=np.int64),
        )

    def update(self, scan: Scan) -> None:
        """Add a scanned run of elements; runs come in order, because floating sums keep theirs."""
        disjoint = scan.gram.copy()
        with np.errstate(over="ignore", invalid="ignore"):
            disjoint[:, :-1] -= scan.gram[:, 1:]
            chosen = disjoint[:, :, _used(self.candidates)]
            outer = chosen[:, :, :, None] * chosen[:, :, None, :]
            # Reducing the outer axis adds one cluster after the other, whatever their number.
            self.gram = np.add.reduce(np.concatenate([self.gram[None], disjoint]), axis=0)
            self.outer = np.add.reduce(np.concatenate([self.outer[None], outer]), axis=0)
        disjoint_elements = scan.class_elements.copy()
        disjoint_elements[:-1] -= scan.class_elements[1:]
        self.elements += disjoint_elements

    def merge(self, other: "MomentTally") -> None:
        """Add the tally of the elements that follow."""
        self.gram += other.gram
        self.outer += other.outer
        self.elements += other.elements

    def summary(self) -> dict[str, object]:
        """Return the tally as plain JSON values; Python writes floats so that they read back to the same bits."""
        return {"gram": self.gram.tolist(), "outer": self.outer.tolist(), "elements": self.elements.tolist()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """Weights of the candidates other than the reference, their standard errors, and residual over rounding floor."""

    weights: tuple[float, ...]
    standard_errors: tuple[float, ...]
    residual_ratio: float | None
    elements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentsConclusion:
    """Pooled regressions by ulp class, the naive one over all elements, and each tensor's own."""

    by_class: tuple[Regression | None, ...]
    naive: Regression | None
    far: Regression | None
    scale_excess: float | None
    tensors: dict[int, tuple[Regression | None, ...]]
    result: Finding | NotApplicable


def _used(candidates: int) -> list[int]:
    """Return the places of d*d and d*y among the Gram entries."""
    names = gram_entries(candidates)
    return [i for i, name in enumerate(names) if name.startswith("d") and not name.endswith("*b")]


def regress(
    gram: NDArray[np.float64], outer: NDArray[np.float64] | None, candidates: int, *, mantissa_bits: int, elements: int
) -> Regression | None:
    """Solve one class; None where the candidates are collinear or sums are not finite. No `outer`: no errors."""
    names = gram_entries(candidates)
    size = candidates - 1
    if not np.isfinite(gram).all() or elements == 0:
        return None
    value = {name: float(gram[i]) for i, name in enumerate(names)}
    matrix = [[value[f"d{min(i, j)}*d{max(i, j)}"] for j in range(size)] for i in range(size)]
    right = [value[f"d{i}*y"] for i in range(size)]
    weights = solve_symmetric(matrix, right)
    if weights is None:
        return None
    residual = value["y*y"] - 2 * add_up(w * g for w, g in zip(weights, right, strict=True))
    residual += add_up(weights[i] * weights[j] * matrix[i][j] for i in range(size) for j in range(size))
    floor = value["u*u"] * 4.0**-mantissa_bits / 12
    return Regression(
        weights=tuple(weights),
        standard_errors=_sandwich(matrix, weights, outer, names, candidates) if outer is not None else (),
        residual_ratio=max(0.0, residual) / floor if floor > 0 else None,
        elements=elements,
    )


def _sandwich(
    matrix: list[list[float]], weights: list[float], outer: NDArray[np.float64], names: list[str], candidates: int
) -> tuple[float, ...]:
    size = len(weights)
    used = [names[i] for i in _used(candidates)]
    # The score of a cluster is linear in its Gram entries, so the sum of squared scores is a form in their outer sums.
    rows = []
    for i in range(size):
        row = [0.0] * len(used)
        row[used.index(f"d{i}*y")] = 1.0
        for j in range(size):
            row[used.index(f"d{min(i, j)}*d{max(i, j)}")] -= weights[j]
        rows.append(row)
    places = range(len(used))
    meat = [
        [add_up(a[p] * float(outer[p, q]) * b[q] for p in places for q in places if a[p] and b[q]) for b in rows]
        for a in rows
    ]
    inverse = [solve_symmetric(matrix, [1.0 if i == j else 0.0 for j in range(size)]) for i in range(size)]
    errors = []
    for column in inverse:
        if column is None:
            return (math.nan,) * size
        variance = add_up(column[i] * meat[i][j] * column[j] for i in range(size) for j in range(size))
        errors.append(math.sqrt(max(0.0, variance)))
    return tuple(errors)


def conclude(
    tallies: Sequence[tuple[TensorContext, MomentTally]],
    *,
    candidate_ids: Sequence[str],
    reference: int,
    coverage: Coverage,
) -> MomentsConclusion:
    """Pool the tensors that all candidates have and regress, class by class and tensor by tensor."""
    count = len(candidate_ids)
    whole = [
        (context, tally)
        for context, tally in tallies
        if context.lattice is not None and len(context.present) == count and count > 1
    ]
    lattices = {context.lattice.name for context, _ in whole if context.lattice is not None}
    if not whole or len(lattices) != 1:
        reason = "fewer than two candidates" if count < 2 else "no single storage dtype in which all are paired"
        return MomentsConclusion(
            by_class=(None,) * 3,
            naive=None,
            far=None,
            scale_excess=None,
            tensors={},
            result=NotApplicable(question=QUESTION, version=VERSION, reason=reason),
        )
    mantissa_bits = whole[0][0].lattice.mantissa_bits if whole[0][0].lattice else 0
    total = MomentTally.empty(count)
    for _, tally in whole:
        total.merge(tally)
    by_tensor = _solve_pairs if count == 2 else _solve_each
    solved = by_tensor([tally for _, tally in whole], mantissa_bits)
    tensors = {context.index: found for (context, _), found in zip(whole, solved, strict=True)}
    by_class = tuple(_solve(total, (place,), mantissa_bits) for place in range(3))
    naive = _solve(total, (0, 1, 2), mantissa_bits)
    far = _solve(total, (1, 2), mantissa_bits)
    moved = [name for i, name in enumerate(candidate_ids) if i != reference]
    return MomentsConclusion(
        by_class=by_class,
        naive=naive,
        far=far,
        scale_excess=_scale_excess(total, count),
        tensors=tensors,
        result=_finding(by_class, naive, far, _scale_excess(total, count), moved, candidate_ids[reference], coverage),
    )


def _solve(
    tally: MomentTally, classes: tuple[int, ...], mantissa_bits: int, *, errors: bool = True
) -> Regression | None:
    chosen = list(classes)
    return regress(
        tally.gram[chosen].sum(axis=0),
        tally.outer[chosen].sum(axis=0) if errors else None,
        tally.candidates,
        mantissa_bits=mantissa_bits,
        elements=int(tally.elements[chosen].sum()),
    )


def _solve_each(tallies: Sequence[MomentTally], mantissa_bits: int) -> list[tuple[Regression | None, ...]]:
    """Return each tensor's regressions over all its elements and over those 8 ulps and more apart, without errors."""
    return [tuple(_solve(tally, classes, mantissa_bits, errors=False) for classes in _BOTH) for tally in tallies]


def _solve_pairs(tallies: Sequence[MomentTally], mantissa_bits: int) -> list[tuple[Regression | None, ...]]:
    """Return the same for two candidates, all tensors at once: there may be a hundred thousand."""
    gram = np.stack([tally.gram for tally in tallies])
    elements = np.stack([tally.elements for tally in tallies])
    both = [_solve_class(gram, elements, classes, mantissa_bits) for classes in _BOTH]
    return list(zip(*both, strict=True))


def _solve_class(
    gram: NDArray[np.float64], elements: NDArray[np.int64], classes: Sequence[int], mantissa_bits: int
) -> list[Regression | None]:
    chosen = list(classes)
    with np.errstate(all="ignore"):
        total = gram[:, chosen].sum(axis=1)
        dd, dy, yy, uu = total[:, :4].T
        root = np.sqrt(dd)
        weight = dy / root / root
        residual = yy - 2 * (weight * dy) + weight * weight * dd
        floor = uu * 4.0**-mantissa_bits / 12
        ratio = np.maximum(0.0, residual) / floor
    counts = elements[:, chosen].sum(axis=1)
    usable = np.isfinite(total).all(axis=1) & (counts > 0) & (dd > 0)
    columns = (usable, weight, floor > 0, ratio, counts)
    return [
        Regression(weights=(w,), standard_errors=(), residual_ratio=r if known else None, elements=count)
        if good
        else None
        for good, w, known, r, count in zip(*(column.tolist() for column in columns), strict=True)
    ]


def _scale_excess(tally: MomentTally, candidates: int) -> float | None:
    """Return the coefficient of the reference itself as an extra regressor: the weights' sum minus one."""
    names = gram_entries(candidates)
    far = tally.gram[1:].sum(axis=0)
    value = {name: float(far[i]) for i, name in enumerate(names)}
    # Base products are kept for 8 ulps and more as one class, so they sit in the differences exactly once.
    vectors = [f"d{i}" for i in range(candidates - 1)] + ["b"]

    def entry(a: str, b: str) -> float:
        return value[f"{a}*{b}"] if f"{a}*{b}" in value else value[f"{b}*{a}"]

    matrix = [[entry(a, b) for b in vectors] for a in vectors]
    if not all(math.isfinite(item) for row in matrix for item in row):
        return None
    solved = solve_symmetric(matrix, [entry(a, "y") if a != "b" else entry("y", "b") for a in vectors])
    return solved[-1] if solved else None


def _finding(
    by_class: Sequence[Regression | None],
    naive: Regression | None,
    far: Regression | None,
    scale_excess: float | None,
    moved: Sequence[str],
    reference: str,
    coverage: Coverage,
) -> Finding:
    weights: list[dict[str, Scalar]] = []
    residual: list[dict[str, Scalar]] = []
    for name, fitted in zip(ULP_CLASSES, by_class, strict=True):
        if fitted is None:
            continue
        residual.append({"ulp_class": name, "ratio": fitted.residual_ratio, "elements": fitted.elements})
        for parent, weight, error in zip(moved, fitted.weights, fitted.standard_errors, strict=True):
            weights.append(
                {
                    "parent": parent,
                    "ulp_class": name,
                    "weight": weight,
                    "standard_error": error if math.isfinite(error) else None,
                    "elements": fitted.elements,
                }
            )
    naive_rows: list[dict[str, Scalar]] = []
    if naive is not None:
        naive_rows = [{"parent": p, "weight": w} for p, w in zip(moved, naive.weights, strict=True)]
        naive_rows.append({"parent": reference, "weight": 1 - add_up(naive.weights)})
    measurements = [
        Measurement(
            name="scale_excess",
            value=scale_excess,
            unit="sum of weights minus one",
            about="zero for a convex merge; the reference itself as an extra regressor",
        ),
        Measurement(
            name="residual_ratio",
            value=far.residual_ratio if far else None,
            unit="residual variance over rounding floor, 8 ulps and more",
            about="about 0.9 to 1 for a merge rounded once; 150 and more for an earlier checkpoint",
        ),
    ]
    words = "Too few elements differ enough for least squares."
    if far is not None:
        listed = ", ".join(f"{w:.5f} of {p}" for p, w in zip(moved, far.weights, strict=True))
        words = f"Least squares over elements 8 ulps and more apart gives {listed}, the rest {reference}."
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=words,
        coverage=coverage,
        measurements=tuple(measurements),
        tables={"weights": tuple(weights), "residual": tuple(residual), "naive": tuple(naive_rows)},
    )
