"""All pairs of some tokenizers, compared as an audit compares them, and the extremes in a row of a table."""

import base64
import itertools
import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from parentage.protocols.documents.tokenizer_kinship import (
    Tokenizer,
    TokenizerLikeness,
    compare_tokenizers,
    parse_tokenizer,
)

HEADER = (
    "| | size | pairs | strings shared | same ids, most | merges shared, most | both begin with, most | order, most"
    " | by | status |\n|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two tokenizers by name and how they compare."""

    left: str
    right: str
    likeness: TokenizerLikeness

    @property
    def strings(self) -> float:
        """Shared strings as a share of the smaller."""
        return self.likeness.shared_strings / max(1, min(self.likeness.vocabulary, self.likeness.other_vocabulary))

    @property
    def merges(self) -> float:
        """Shared merges as a share of the fewer, 0 where one has none."""
        return self.likeness.shared_merges / max(1, min(self.likeness.merges, self.likeness.other_merges))

    @property
    def order(self) -> float:
        """The share of neighbouring pieces that are neighbours in the other too."""
        return self.likeness.order


def parse_files(files: Mapping[str, bytes]) -> Tokenizer:
    """Return the tokenizer of a repository's files; a problem ends the measurement."""
    tokenizer = parse_tokenizer(files)
    if tokenizer is None or not tokenizer.strings:
        raise SystemExit(f"no tokenizer in {', '.join(files)}: {tokenizer.problems if tokenizer else ''}")
    return tokenizer


def compare_all(tokenizers: Mapping[str, Tokenizer]) -> list[Pair]:
    """Return every pair, compared."""
    return [
        Pair(left=left, right=right, likeness=compare_tokenizers(tokenizers[left], tokenizers[right]))
        for left, right in itertools.combinations(tokenizers, 2)
    ]


def summarise(what: str, size: str, pairs: Sequence[Pair]) -> str:
    """Return the extremes of some pairs as a row of the table that HEADER begins."""
    strings = [one.strings for one in pairs]
    highest = max(pairs, key=lambda one: one.order)
    statuses = sorted({one.likeness.status for one in pairs})
    merges = max((one.merges for one in pairs), default=0.0)
    with_merges = any(one.likeness.merges and one.likeness.other_merges for one in pairs)
    return (
        f"| {what} | {size} | {len(pairs)} | {min(strings):.2f} to {max(strings):.2f} "
        f"| {max(one.likeness.same_ids for one in pairs)} | {f'{merges:.2f}' if with_merges else ''} "
        f"| {max(one.likeness.prefix for one in pairs) if with_merges else ''} | {highest.order:.4f} "
        f"| {highest.left} / {highest.right} | {', '.join(statuses)} |"
    )


def describe_altered(name: str, tokenizer: Tokenizer) -> str:
    """Return the order between a tokenizer and itself altered, as a row: the other end of the scale."""
    cells = []
    for alter in ALTERED.values():
        likeness = compare_tokenizers(tokenizer, alter(tokenizer))
        cells.append(f"{likeness.order:.3f} {likeness.status}")
    return f"| {name} | {' | '.join(cells)} |"


def _thinned(tokenizer: Tokenizer, share: float) -> Tokenizer:
    """Leave out a share of the pieces, chosen at random, with the merges that make them."""
    chance = random.Random(1)
    strings = {text: row for text, row in tokenizer.strings.items() if len(text) < 2 or chance.random() >= share}
    merges = tuple(pair for pair in tokenizer.merges if "".join(pair) in strings)
    return replace(tokenizer, strings=strings, merges=merges, digests={})


def _shuffled(tokenizer: Tokenizer) -> Tokenizer:
    """Give the strings each other's ids at random; merges keep their order, for they work by it."""
    rows = list(tokenizer.strings.values())
    random.Random(1).shuffle(rows)
    return replace(tokenizer, strings=dict(zip(tokenizer.strings, rows, strict=True)), digests={})


def _renumbered(tokenizer: Tokenizer) -> Tokenizer:
    """Move every id by 1,000 and put as many new tokens before them."""
    strings = {f"<|reserved {row}|>": row for row in range(1000)}
    strings |= {text: row + 1000 for text, row in tokenizer.strings.items()}
    return replace(tokenizer, strings=strings, digests={})


ALTERED: Mapping[str, Callable[[Tokenizer], Tokenizer]] = {
    "a tenth left out": lambda one: _thinned(one, 0.1),
    "three tenths left out": lambda one: _thinned(one, 0.3),
    "half left out": lambda one: _thinned(one, 0.5),
    "ids shuffled": _shuffled,
    "1,000 tokens put before": _renumbered,
}
ALTERED_HEADER = "\n".join(("| altered | " + " | ".join(ALTERED) + " |", "|---|" + "---|" * len(ALTERED)))


def to_ranked(strings: Mapping[bytes, int]) -> Mapping[str, bytes]:
    """Return ranked bytes as the file that models are published with."""
    return {"tiktoken.model": b"".join(b"%s %d\n" % (base64.b64encode(text), row) for text, row in strings.items())}


def to_pair(strings: Mapping[str, int], merges: Sequence[str]) -> Mapping[str, bytes]:
    """Return strings and merges as vocab.json and merges.txt."""
    return {"vocab.json": json.dumps(strings).encode(), "merges.txt": "\n".join(merges).encode()}
