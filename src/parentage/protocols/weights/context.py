"""What the weights questions are told about one tensor, and the sample of it that the survey keeps in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from parentage.checkpoint.pairing import PairedTensor
from parentage.numerics.lattice import LATTICES, Floats, Lattice


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorContext:
    """One subject tensor with its partners; `present` are the candidates that have it, `lattice` None for integers."""

    index: int
    pair: PairedTensor
    present: tuple[int, ...]
    lattice: Lattice | None
    storage_differs: bool

    @property
    def name(self) -> str:
        """The tensor's name in the subject."""
        return self.pair.subject.name


@dataclass(frozen=True, slots=True, kw_only=True)
class SampledTensor:
    """Finite elements of one tensor: subject and present candidates as working floats, equal in length."""

    context: TensorContext
    subject: Floats
    candidates: Mapping[int, Floats]
    nonfinite: int

    @property
    def lattice(self) -> Lattice:
        """The subject's storage lattice."""
        assert self.context.lattice is not None
        return self.context.lattice

    def with_subject(self, candidate: int) -> "SampledTensor":
        """Return the tensor with the subject and one candidate in each other's place."""
        swapped = {**self.candidates, candidate: self.subject}
        return replace(self, subject=self.candidates[candidate], candidates=swapped)


def is_equal(tensor: SampledTensor, candidate: int) -> bool:
    """Say whether every sampled element has the candidate's value."""
    return bool(np.array_equal(tensor.subject, tensor.candidates[candidate]))


def make_context(index: int, pair: PairedTensor) -> TensorContext:
    """Return the context of the `index`-th paired tensor."""
    present = tuple(place for place, info in enumerate(pair.candidates) if info is not None)
    dtypes = {pair.subject.dtype.name} | {info.dtype.name for info in pair.candidates if info is not None}
    is_float = pair.subject.dtype.kind == "float" and "F64" not in dtypes
    return TensorContext(
        index=index,
        pair=pair,
        present=present,
        lattice=LATTICES[pair.subject.dtype.name] if is_float else None,
        storage_differs=len(dtypes) > 1,
    )
