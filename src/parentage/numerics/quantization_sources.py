"""What a lossy copy may have been made from: a candidate as it is or cast, or a merge of candidates, saved or not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from parentage.numerics.arithmetic import Hypothesis
from parentage.numerics.lattice import LATTICES, Floats, round_to
from parentage.numerics.recipes.recipe import Account
from parentage.numerics.scan import lane_sums

Singles = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A matrix that can be recomputed from the candidates.

    Without an `account` it is the candidate `parents[0]`; with one, what the account gives. `stored` is the dtype
    that it was saved or loaded in before it was quantised or pruned; F32 for not at all.
    """

    parents: tuple[int, ...]
    account: Account | None = None
    stored: str = "F32"

    @property
    def weights(self) -> tuple[float, ...]:
        """The parents' weights; one for a candidate alone."""
        return (1.0,) if self.account is None else self.account.weights

    @property
    def method(self) -> str:
        """The account's name, empty for a candidate alone."""
        return "" if self.account is None else self.account.name

    def compute(self, subject: Singles, candidates: Mapping[int, Singles]) -> Singles | None:
        """Return the matrix in fp32, or None where a candidate lacks it."""
        if any(parent not in candidates for parent in self.parents):
            return None
        lattice = LATTICES[self.stored]
        if self.account is None:
            found: Floats = candidates[self.parents[0]]
            return found.astype(np.float32) if self.stored == "F32" else round_to(found, lattice).astype(np.float32)
        absent = np.zeros((0,), dtype=np.float32)
        places = [candidates.get(place, absent) for place in range(max(candidates) + 1)]
        return self.account.result(subject, places, lattice).astype(np.float32)


def candidate_sources(dtypes: Sequence[str]) -> tuple[Source, ...]:
    """Return each candidate as it is, and those stored in fp32 also as tools load them: in half precision."""
    found = [Source(parents=(place,)) for place in range(len(dtypes))]
    for place, dtype in enumerate(dtypes):
        if dtype == "F32":
            found += [Source(parents=(place,), stored=half) for half in ("BF16", "F16")]
    return tuple(found)


def mixtures(
    matrices: Sequence[tuple[Singles, Mapping[int, Singles]]], candidates: int, stored: str
) -> tuple[Source, ...]:
    """Return linear merges of two candidates whose weight, by least squares over the matrices, the subject suggests.

    Rounding to few codes blurs the weight, so multiples of 1/20 and of 1/100 around it are proposed, each saved in
    `stored` before and not.
    """
    found: list[Source] = []
    for first, second in combinations(range(candidates), 2):
        weight = _fitted(matrices, first, second)
        if weight is None or not 0.03 <= weight <= 0.97:
            continue
        near = {round(weight * 20 + step) / 20 for step in (-1, 0, 1)}
        near |= {round(weight * 100 + step) / 100 for step in (-1, 0, 1)}
        for share in sorted((w for w in near if 0 < w < 1), key=lambda w: (abs(w - weight), w)):
            account = Hypothesis(arithmetic="fp32-once", parents=(first, second), weights=(share, round(1 - share, 6)))
            found += [
                Source(parents=(first, second), account=account, stored=dtype)
                for dtype in dict.fromkeys((stored, "F32"))
            ]
    return tuple(found)


def _fitted(matrices: Sequence[tuple[Singles, Mapping[int, Singles]]], first: int, second: int) -> float | None:
    above, below = 0.0, 0.0
    for subject, candidates in matrices:
        if first not in candidates or second not in candidates:
            continue
        apart = candidates[first] - candidates[second]
        largest = float(np.max(np.abs(apart), initial=0))
        if not np.isfinite(largest) or largest < 1e-18:
            continue
        unit = (apart / np.float32(largest)).ravel()
        moved = ((subject - candidates[second]) / np.float32(largest)).ravel()
        for part in lane_sums(unit * moved):
            above += float(part)
        for part in lane_sums(unit * unit):
            below += float(part)
    return above / below if below > 0 and np.isfinite(above) else None
