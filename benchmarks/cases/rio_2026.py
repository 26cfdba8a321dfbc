"""The dispute of June 2026, from published figures: which single merge would give the scattered weights that were seen?

    python -m benchmarks.cases.rio_2026 [docs/cases/rio-2026.md]

Simulates S = round_bf16(a*P + (1-a)*B) and takes the least-squares weight and the cosine as the commenters did. One
parameter a tensor is free, the size of P - B in steps of bf16; the published cosine fixes it, and the weight follows.
"""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from benchmarks.zoo.marked_page import write_between
from benchmarks.zoo.proportion import two_sided
from numpy.typing import NDArray

from parentage.numerics.arithmetic import BY_NAME
from parentage.numerics.lattice import LATTICES, ordinals, round_to

PAGE_NAME = "rio_2026"
BF16 = LATTICES["BF16"]
SEED = 0
ELEMENTS = 1 << 18
BLOCK = 1 << 13
FP32 = "fp32-once"
# A weight matrix's usual scale; only the ratio of difference to weight matters.
SCALE = 0.02
# Through the least cosine (about 0.955) to nearly 1; below the least lies the other branch, see `other_branch`.
RATIOS = np.geomspace(0.001, 0.16, 34)
SMALL_RATIOS = np.geomspace(1e-4, 0.006, 24)
# Half a unit of the third digit, uniformly distributed.
ROUNDED_SD = 0.0005 / 3**0.5
NAMED_WEIGHTS = (0.55, 0.565, 0.57, 4 / 7, 0.6, 0.65)
SCANNED_WEIGHTS = (*(round(0.56 + 0.0005 * i, 4) for i in range(25)), 0.58, 0.59, 0.6)
# One degree of freedom, 95 %.
CHI_SQUARE = 3.841


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """What was published of one tensor; the number of elements only enters its sampling error."""

    tensor: str
    weight: float
    cosine: float
    elements: int


ROUTER, GATE = 4096 * 512, 4096
OBSERVED = tuple(
    Observation(tensor=tensor, weight=weight, cosine=cosine, elements=elements)
    for tensor, weight, cosine, elements in (
        ("router, layer 0", 0.573, 0.992, ROUTER),
        ("router, layer 15", 0.647, 0.962, ROUTER),
        ("router, layer 30", 0.627, 0.967, ROUTER),
        ("router, layer 45", 0.582, 0.987, ROUTER),
        ("router, layer 59", 0.567, 0.997, ROUTER),
        ("shared-expert gate, layer 0", 0.568, 0.997, GATE),
        ("shared-expert gate, layer 30", 0.581, 0.988, GATE),
    )
)
# Published without a cosine of their own.
WITHOUT_COSINE = (("experts", 0.571), ("output embedding", 0.574), ("attention, about", 0.585))
PROMPTS = (("names the other model", 95), ("names its developer", 88), ("names the declared developer", 0))
PROMPTED = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Least-squares weight and cosine at each ratio of difference to weight; the median ulp distance of P and B."""

    weight: NDArray[np.float64]
    cosine: NDArray[np.float64]
    ulps: NDArray[np.float64]


Drawn = tuple[NDArray[np.float64], NDArray[np.float64]]


def draw(shape: str) -> Drawn:
    """Return base weights and differences of unit size, in one of the shapes assumed for them."""
    rng = np.random.default_rng(SEED)
    weights, differences = rng.standard_normal(ELEMENTS), rng.standard_normal(ELEMENTS)
    match shape:
        case "Laplace weights":
            weights = rng.laplace(size=ELEMENTS) / 2**0.5
        case "weights scaled by row":
            weights = weights * np.exp(0.5 * rng.standard_normal(ELEMENTS))
        case "differences scaled by row":
            differences = differences * np.exp(0.5 * rng.standard_normal(ELEMENTS))
        case "differences scaled strongly":
            differences = differences * np.exp(1.0 * rng.standard_normal(ELEMENTS))
    return weights, differences


SHAPES = (
    "Gaussian",
    "Laplace weights",
    "weights scaled by row",
    "differences scaled by row",
    "differences scaled strongly",
)


def trace(
    drawn: Drawn, merged: Sequence[float], arithmetic: str = FP32, ratios: NDArray[np.float64] = RATIOS
) -> dict[float, Curve]:
    """Return {a: curve} for merges of weight a, computed with one of the tool's own arithmetics."""
    weights, differences = drawn
    base = round_to((SCALE * weights).astype(np.float32), BF16)
    rows: dict[float, list[tuple[float, float, float]]] = {a: [] for a in merged}
    for ratio in ratios:
        moved = round_to(base + (SCALE * ratio * differences).astype(np.float32), BF16)
        ulps = float(np.median(np.abs(ordinals(moved, BF16) - ordinals(base, BF16))))
        for a in merged:
            rows[a].append((*fit(moved, base, a, arithmetic), ulps))
    return {
        a: Curve(weight=column[0], cosine=column[1], ulps=column[2])
        for a, column in ((a, np.array(found).T) for a, found in rows.items())
    }


def fit(moved: NDArray[np.float32], base: NDArray[np.float32], a: float, arithmetic: str) -> tuple[float, float]:
    """Return <S-B, P-B> / |P-B|^2 and cos(S-B, P-B) for the subject S that the arithmetic stores."""
    product, square, subject_square = 0.0, 0.0, 0.0
    # In blocks that stay in the cache: several times faster than whole arrays.
    for start in range(0, len(base), BLOCK):
        p, b = moved[start : start + BLOCK], base[start : start + BLOCK]
        subject = BY_NAME[arithmetic].replay((p, b), (a, 1 - a), BF16)
        y, d = (subject - b).astype(np.float64), (p - b).astype(np.float64)
        product += float(np.sum(y * d))
        square += float(np.sum(d * d))
        subject_square += float(np.sum(y * y))
    return product / square, product / (square * subject_square) ** 0.5


def predict(curve: Curve, cosine: float) -> float:
    """Return the weight at a cosine, on the branch where larger differences give larger cosines."""
    start = int(np.argmin(curve.cosine))
    return float(np.interp(cosine, curve.cosine[start:], curve.weight[start:]))


def ulps_at(curve: Curve, cosine: float) -> float:
    """Return the median ulp distance between P and B that the cosine implies."""
    start = int(np.argmin(curve.cosine))
    return float(np.interp(cosine, curve.cosine[start:], curve.ulps[start:]))


def misfit(curve: Curve) -> tuple[float, float]:
    """Return the root mean square error over the tensors, and chi-square.

    A tensor's error: the weight's third digit, the cosine's third digit carried through the curve, and sampling.
    """
    errors, total = [], 0.0
    for seen in OBSERVED:
        slope = (predict(curve, seen.cosine + 0.0005) - predict(curve, seen.cosine - 0.0005)) / 0.001
        spread = (1 / seen.cosine**2 - 1) ** 0.5
        sampled = seen.weight * spread / seen.elements**0.5
        sampled_cosine = (1 - seen.cosine**2) / seen.elements**0.5
        variance = ROUNDED_SD**2 + sampled**2 + slope**2 * (ROUNDED_SD**2 + sampled_cosine**2)
        error = predict(curve, seen.cosine) - seen.weight
        errors.append(error)
        total += error**2 / variance
    return float(np.sqrt(np.mean(np.square(errors)))), total


def interval(found: dict[float, tuple[float, float]]) -> tuple[float, float, float]:
    """Return the best a of {a: misfit}, and the interval in which chi-square stays near its least.

    Where even the best fits badly the allowance grows with it, as if all errors had been stated too small.
    """
    least = min(found, key=lambda a: found[a][1])
    allowed = found[least][1] + CHI_SQUARE * max(1.0, found[least][1] / (len(OBSERVED) - 1))
    inside = [a for a in found if found[a][1] <= allowed]
    return least, min(inside), max(inside)


def hypotheses() -> Iterable[str]:
    """Yield the table of predictions for single merges in fp32, rounded once."""
    curves = trace(draw("Gaussian"), NAMED_WEIGHTS)
    yield "predicted weight, fp32 rounded once      " + "".join(f"{a:>8.4g}" for a in NAMED_WEIGHTS) + "    seen   ulps"
    for seen in OBSERVED:
        cells = "".join(f"{predict(curves[a], seen.cosine):>8.3f}" for a in NAMED_WEIGHTS)
        ulps = ulps_at(curves[0.565], seen.cosine)
        yield f"{seen.tensor:<29} cos {seen.cosine:.3f}  {cells}{seen.weight:>8.3f}{ulps:>7.0f}"
    yield f"{'root mean square error':<41}" + "".join(f"{misfit(curves[a])[0]:>8.4f}" for a in NAMED_WEIGHTS)
    constant = float(np.std([seen.weight for seen in OBSERVED]))
    yield f"{'the same for the best constant, no rounding':<45}{constant:.4f}"


def arithmetics() -> Iterable[str]:
    """Yield the error of other arithmetics at their own best weight."""
    scanned = tuple(round(0.54 + 0.005 * i, 3) for i in range(22))
    yield "other arithmetics, best of a = 0.540 to 0.645     a     error"
    for name in ("fp32-once", "mergekit-0.1.5-linear", "task-arithmetic", "three-roundings", "mergekit-0.1.4-linear"):
        errors = {a: misfit(curve)[0] for a, curve in trace(draw("Gaussian"), scanned, name).items()}
        a = min(errors, key=errors.__getitem__)
        yield f"{name:<45}{a:>8.3f}{errors[a]:>9.4f}"


def scan() -> Iterable[str]:
    """Yield the best single weight under each assumed shape, its interval, and the error there and at 4/7 and 0.6."""
    yield "shape of weights and differences   best a        interval       chi2/6     error    at 4/7       0.6"
    ends = []
    for shape in SHAPES:
        found = {a: misfit(curve) for a, curve in trace(draw(shape), (*SCANNED_WEIGHTS, 4 / 7)).items()}
        a, low, high = interval(found)
        ends += [low, high]
        errors = "".join(f"{found[b][0]:>10.4f}" for b in (a, 4 / 7, 0.6))
        yield f"{shape:<35}{a:.4f}   {low:.4f} to {high:.4f}{found[a][1] / 6:>9.1f}{errors}"
    yield f"{'all shapes together':<44}{min(ends):.4f} to {max(ends):.4f}"


def other_branch() -> Iterable[str]:
    """Yield what the cosines would mean if the differences were below one step of bf16."""
    curve = trace(draw("Gaussian"), (0.565,), FP32, SMALL_RATIOS)[0.565]
    end = int(np.argmin(curve.cosine))
    order = np.argsort(curve.cosine[:end])
    yield "the other branch (differences of about a step), a = 0.565"
    for seen in OBSERVED:
        if seen.cosine < curve.cosine[:end].max():
            weight = float(np.interp(seen.cosine, curve.cosine[:end][order], curve.weight[:end][order]))
            yield f"{seen.tensor:<29} cos {seen.cosine:.3f}  predicted {weight:.3f}, seen {seen.weight:.3f}"
    yield f"largest cosine on it {curve.cosine[:end].max():.3f}: the other tensors cannot lie there"


def without_cosine() -> Iterable[str]:
    """Yield the cosine that weights published without one would imply: a prediction that nobody has checked."""
    curve = trace(draw("Gaussian"), (0.565,))[0.565]
    start = int(np.argmin(curve.cosine))
    order = np.argsort(curve.weight[start:])
    yield "published without a cosine, a = 0.565    seen    implied cosine"
    for what, weight in WITHOUT_COSINE:
        cosine = float(np.interp(weight, curve.weight[start:][order], curve.cosine[start:][order]))
        yield f"{what:<37}{weight:>8.3f}{cosine:>12.3f}"


def norms() -> Iterable[str]:
    """Yield the weight of norm gains near one, where a step of bf16 is wide beside what training changes."""
    rng = np.random.default_rng(SEED)
    base = round_to((1 + 0.1 * rng.standard_normal(ELEMENTS)).astype(np.float32), BF16)
    change = rng.standard_normal(ELEMENTS)
    yield "norm gains near 1, a = 0.565: change (sd)    steps above 1    gains moved    weight    cosine"
    for sd in (0.001, 0.002, 0.003, 0.0035, 0.004, 0.006, 0.012, 0.03):
        moved = round_to(base + (sd * change).astype(np.float32), BF16)
        weight, cosine = fit(moved, base, 0.565, FP32)
        share = float(np.mean(moved != base))
        yield f"{'':<34}{sd:>9.4f}{sd * 128:>17.2f}{share:>15.2f}{weight:>10.3f}{cosine:>10.3f}"


def prompts() -> Iterable[str]:
    """Yield exact intervals for the answers to the published prompts."""
    yield f"{PROMPTED} prompts without a system prompt     answers    share    95 % interval"
    for what, hits in PROMPTS:
        low, high = two_sided(hits, PROMPTED)
        yield f"{what:<38}{hits:>10}{hits / PROMPTED:>9.3f}    {low:.3f} to {high:.3f}"


def report() -> str:
    """Return every table."""
    tables = (hypotheses(), arithmetics(), scan(), other_branch(), without_cosine(), norms(), prompts())
    return "\n\n".join("\n".join(table) for table in tables) + "\n"


def main() -> None:
    """Print the tables; with a page named, write them there too."""
    tables = report()
    print(tables, end="")
    if len(sys.argv) > 1:
        write_between(Path(sys.argv[1]), PAGE_NAME, f"```text\n{tables}```")


if __name__ == "__main__":
    main()
