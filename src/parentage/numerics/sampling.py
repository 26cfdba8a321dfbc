"""An index-keyed sample: which elements are read depends on the tensor's role and size only, so it is the same in
every model and for every auditor."""

import hashlib
from collections.abc import Sequence

SAMPLE_BLOCK = 16384


def sample_ranges(key: str, elements: int, wanted: int, seed: int) -> tuple[tuple[int, int], ...]:
    """Return element ranges [first, last), sorted and disjoint, covering `wanted` of `elements`, or a few less.

    The tensor is cut into equal strata and one block of about 16,384 elements is read in each, at an offset drawn by
    blake2b from (seed, key, elements, stratum).
    """
    if wanted >= elements:
        return ((0, elements),) if elements else ()
    if not wanted:
        return ()
    strata = max(1, round(wanted / SAMPLE_BLOCK))
    block = wanted // strata
    ranges = []
    for stratum in range(strata):
        begin, end = stratum * elements // strata, (stratum + 1) * elements // strata
        first = begin + _draw(f"{seed}|{key}|{elements}|{stratum}", end - begin - block + 1)
        ranges.append((first, first + block))
    return tuple(ranges)


def _draw(text: str, below: int) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "little") % below


def split_budget(sizes: Sequence[int], total: int, cap: int) -> list[int]:
    """Return how many elements to read of each tensor: equal shares of `total`, at most `cap`, what is left shared on.

    Equal shares, because a small tensor is as much a witness as a large one.
    """
    wanted = [0] * len(sizes)
    open_places = sorted(range(len(sizes)), key=lambda i: sizes[i])
    left = total
    for position, place in enumerate(open_places):
        share = left // (len(open_places) - position)
        wanted[place] = min(sizes[place], cap, share)
        left -= wanted[place]
    return wanted
