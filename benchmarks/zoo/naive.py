"""The script that people use today: least squares for the weight, a cosine or R2 threshold for the verdict.

Per tensor, with S the subject, P and B two candidates: weight = <S-B, P-B> / |P-B|^2, cosine = cos(S-B, P-B). Nobody
tells the script which candidate is the base, so it tries each ordered pair and believes the best, as its user would.
"""

import itertools
import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import ml_dtypes
import numpy as np
from benchmarks.zoo.marking import NO_ANSWER, Answer, LabelledCase, Mark, mark

Tensors = Mapping[str, np.ndarray]

DTYPES = {
    "BF16": ml_dtypes.bfloat16,
    "F8_E4M3": ml_dtypes.float8_e4m3fn,
    "F8_E5M2": ml_dtypes.float8_e5m2,
    "F16": np.float16,
    "F32": np.float32,
    "F64": np.float64,
}
# A weight this near to 0 or 1 is read as "it is that model", not as a merge.
LEAST_SHARE = 0.02
# A cosine of whole checkpoints from here on is read as "related".
RELATED_COSINE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """One ordered pair: the weight of `moved` against `base`, median cosine over tensors, R2 over all elements."""

    moved: str
    base: str
    weight: float
    cosine: float
    r2: float


def read_tensors(location: Path) -> Tensors:
    """Return {name: fp32 array} of a folder's safetensors files, without what is not floating point."""
    found: dict[str, np.ndarray] = {}
    for path in sorted(location.glob("*.safetensors")):
        raw = np.memmap(path, dtype=np.uint8, mode="r")
        length = int.from_bytes(raw[:8].tobytes(), "little")
        header = json.loads(raw[8 : 8 + length].tobytes())
        for name, entry in header.items():
            if name == "__metadata__" or entry["dtype"] not in DTYPES:
                continue
            begin, end = (8 + length + offset for offset in entry["data_offsets"])
            values = np.frombuffer(raw[begin:end].tobytes(), dtype=DTYPES[entry["dtype"]])
            found[name] = values.astype(np.float32).reshape(entry["shape"])
    return found


def fit_pair(subject: Tensors, candidates: Mapping[str, Tensors], moved: str, base: str) -> tuple[Fit, ...]:
    """Return the fits of S = weight * P + (1 - weight) * B in both roles, or none where no tensor can be compared."""
    rows = []
    for name, s in subject.items():
        p, b = candidates[moved].get(name), candidates[base].get(name)
        if p is None or b is None or not s.shape == p.shape == b.shape:
            continue
        y, d = (s - b).ravel(), (p - b).ravel()
        rows.append((y @ d, d @ d, y @ y))
    if not rows:
        return ()
    sums = np.array(rows, dtype=np.float64)
    # With P as the base S - P = y - d, and the difference is -d.
    yd, dd, yy = sums.T
    swapped = np.stack([dd - yd, dd, yy - 2 * yd + dd], axis=1)
    fits = (_fit(sums, moved, base), _fit(swapped, base, moved))
    return tuple(fit for fit in fits if fit is not None)


def _fit(sums: np.ndarray, moved: str, base: str) -> Fit | None:
    """Return the fit from a row of <y,d>, <d,d>, <y,y> for each tensor."""
    told = sums[(sums[:, 1] > 0) & (sums[:, 2] > 0)]
    if not len(told):
        return None
    yd, dd, yy = told.T
    total = told.sum(axis=0)
    return Fit(
        moved=moved,
        base=base,
        weight=float(total[0] / total[1]),
        cosine=float(np.median(yd / np.sqrt(dd * yy))),
        # 1 - |y - weight d|^2 / |y|^2 over all elements at once.
        r2=float(total[0] ** 2 / (total[1] * total[2])),
    )


def cosine_of(subject: Tensors, candidate: Tensors) -> float | None:
    """Return the cosine of two checkpoints over the tensors of one name and shape, or None without any."""
    dots = np.zeros(3)
    for name, s in subject.items():
        c = candidate.get(name)
        if c is not None and c.shape == s.shape:
            x, y = s.ravel(), c.ravel()
            dots += (x @ y, x @ x, y @ y)
    return float(dots[0] / np.sqrt(dots[1] * dots[2])) if dots[1] > 0 and dots[2] > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the script computes of a case; the thresholds come after."""

    fits: tuple[Fit, ...]
    cosines: Mapping[str, float]
    equal: tuple[str, ...]
    seconds: float


def read_case(zoo: Path, case: LabelledCase) -> Reading:
    """Return the script's numbers for a case."""
    begin = time.perf_counter()
    subject = read_tensors(zoo / case.subject)
    candidates = {identifier: read_tensors(zoo / location) for identifier, location in case.candidates.items()}
    pairs = itertools.combinations(candidates, 2)
    fits = [fit for moved, base in pairs for fit in fit_pair(subject, candidates, moved, base)]
    cosines = {
        identifier: cosine
        for identifier, tensors in candidates.items()
        if (cosine := cosine_of(subject, tensors)) is not None
    }
    equal = [i for i, tensors in candidates.items() if subject and _equal(subject, tensors)]
    return Reading(fits=tuple(fits), cosines=cosines, equal=tuple(equal), seconds=time.perf_counter() - begin)


def _equal(left: Tensors, right: Tensors) -> bool:
    return left.keys() == right.keys() and all(np.array_equal(left[name], right[name]) for name in left)


def conclude(reading: Reading, score: Callable[[Fit], float], threshold: float) -> Answer:
    """Return the script's answer: a merge where the best pair's score is beyond the threshold, else by plain cosine."""
    if not reading.cosines:
        return Answer(
            relation=NO_ANSWER, error="no tensor of one name and shape that numpy reads", seconds=reading.seconds
        )
    if reading.equal:
        return Answer(relation="identical", parents=reading.equal[:1], seconds=reading.seconds)
    merges = [fit for fit in reading.fits if LEAST_SHARE < fit.weight < 1 - LEAST_SHARE and score(fit) > threshold]
    if merges:
        best = max(merges, key=score)
        return Answer(
            relation="merge",
            method="linear",
            parents=(best.moved, best.base),
            weights={best.moved: best.weight, best.base: 1 - best.weight},
            statement=f"{best.weight:.3f} of {best.moved}, cosine {best.cosine:.4f}, R2 {best.r2:.4f}",
            seconds=reading.seconds,
        )
    nearest = max(reading.cosines, key=reading.cosines.__getitem__)
    related = reading.cosines[nearest] > RELATED_COSINE
    return Answer(
        relation="related" if related else "independent",
        parents=(nearest,) if related else (),
        statement=f"cosine with {nearest} {reading.cosines[nearest]:.4f}",
        seconds=reading.seconds,
    )


SCRIPTS: Mapping[str, tuple[Callable[[Fit], float], float]] = {
    "cosine > .98": (lambda fit: fit.cosine, 0.98),
    "cosine > .95": (lambda fit: fit.cosine, 0.95),
    "R2 > .96": (lambda fit: fit.r2, 0.96),
}


def answer_all(zoo: Path, cases: Sequence[LabelledCase]) -> dict[str, dict[str, Answer]]:
    """Return {script: {case id: answer}}."""
    answers: dict[str, dict[str, Answer]] = {script: {} for script in SCRIPTS}
    for case in cases:
        try:
            reading = read_case(zoo, case)
        except (OSError, ValueError, KeyError) as error:
            failed = Answer(relation=NO_ANSWER, error=f"{type(error).__name__}: {error}")
            for script in SCRIPTS:
                answers[script][case.id] = failed
            continue
        for script, (score, threshold) in SCRIPTS.items():
            answers[script][case.id] = conclude(reading, score, threshold)
    return answers


# What "related" counts as, in the script's favour: any of these that the case accepts.
RELATED = ("fine-tune", "low-rank-fine-tune", "shared-origin", "quantized", "pruned", "rearranged", "stacked")


def mark_script(case: LabelledCase, answer: Answer) -> Mark:
    """Return the mark of a script's answer: its "related" is right wherever any relation but a merge's is."""
    if answer.relation == "related":
        for accepted in case.accept:
            if accepted.relation in RELATED:
                then = tuple(sorted(accepted.then or ()))
                return replace(mark(case, replace(answer, relation=accepted.relation, then=then)), accused=False)
    return mark(case, answer)
