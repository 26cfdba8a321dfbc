"""What a merge method is to a replay: elementwise, given scalars that were read off the subject or the parents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from parentage.numerics.lattice import Floats, Lattice


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a method computes with: weights in the order of the parents, named scalars, and how it rounds.

    `arithmetic` is `storage` where every step rounds to the storage lattice, `fp32` where only the last one does.
    """

    weights: Sequence[float]
    scalars: Mapping[str, float]
    arithmetic: str


# (subject, parents, terms, lattice) -> result on the lattice. The subject is looked at by conditional methods only.
MethodReplay = Callable[[Floats, Sequence[Floats], Terms, Lattice], Floats]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A named merge method.

    `conditional`: which elements were kept is random or needs whole rows, so it is read off the subject, and only what
    the kept elements became is recomputed. `selects`: every result equals one of the parents, so that no element lies
    between them; then elements whose parents are far apart tell.
    """

    name: str
    replay: MethodReplay
    meaning: str
    conditional: bool = False
    selects: bool = False
