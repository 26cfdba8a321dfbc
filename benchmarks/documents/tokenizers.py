"""What tokenizers share that were trained apart, by kind and size; prints the tables of docs/questions/file-kinship.md.

python -m benchmarks.documents.tokenizers [--sizes 1000 8000] [--no-unigram] [--no-overlap]

Trained with the tokenizers library on texts that the machine has (benchmarks/documents/corpora.py): the digests in the
first table tell whether they are the same as elsewhere. BPE is then the same to the letter; the library trains
WordPiece and Unigram a little differently every time, whatever the seed. Then: pairs trained on nearly or quite the
same text, and tokenizers beside themselves altered, which is the other end of the scale.
"""

import argparse
import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import tokenizers
from benchmarks.documents.corpora import Corpus, describe_corpora, read_corpora
from benchmarks.documents.pairs import (
    ALTERED_HEADER,
    HEADER,
    Pair,
    compare_all,
    describe_altered,
    parse_files,
    summarise,
)
from tokenizers import Tokenizer as Trained
from tokenizers import models, pre_tokenizers, trainers

from parentage.protocols.documents.tokenizer_kinship import FAMILY_ORDER, FEWEST_PIECES, UNRELATED_ORDER, Tokenizer

# With 256 letters and one token 760 leaves 503 merges, just enough for a word to be given.
SIZES = (760, 1000, 4000, 8000, 16000, 32000)
UNIGRAM_SIZES = (1000, 8000)
# Letters of WordPiece: each is there twice, and texts with Chinese would have no room for anything else.
WORDPIECE_LETTERS = 200
# Unigram takes far longer and needs room for every letter: less of each text, and ASCII only.
UNIGRAM_CHARACTERS = 500_000
UNIGRAM_FILE = 20_000
OVERLAP_SIZES = (760, 1000, 8000, 32000)
OVERLAP_SEEDS = (1, 2, 3)
OVERLAP_EVERY = 4
LEFT_OUT = (0.5, 0.1, 0.01, 0.001)
ALTERED_SIZE = 8000


def train_bpe(pieces: Iterable[str], size: int) -> Tokenizer:
    """Return a byte-level BPE tokenizer."""
    trained = Trained(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    trainer = trainers.BpeTrainer(
        vocab_size=size,
        special_tokens=["<|endoftext|>"],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    trained.train_from_iterator(pieces, trainer)
    return parse_files({"tokenizer.json": trained.to_str().encode()})


def train_wordpiece(pieces: Iterable[str], size: int) -> Tokenizer:
    """Return a WordPiece tokenizer."""
    trained = Trained(models.WordPiece(unk_token="[UNK]"))
    trained.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(
        vocab_size=size,
        special_tokens=["[UNK]", "[CLS]"],
        limit_alphabet=WORDPIECE_LETTERS,
        show_progress=False,
    )
    trained.train_from_iterator(pieces, trainer)
    return parse_files({"tokenizer.json": trained.to_str().encode()})


def train_unigram(pieces: Iterable[str], size: int) -> Tokenizer:
    """Return a Unigram tokenizer of the letters that ASCII has."""
    trained = Trained(models.Unigram())
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(vocab_size=size, special_tokens=["<unk>"], unk_token="<unk>", show_progress=False)
    trained.train_from_iterator(_shortened(pieces), trainer)
    return parse_files({"tokenizer.json": trained.to_str().encode()})


def _shortened(pieces: Iterable[str]) -> list[str]:
    short: list[str] = []
    size = 0
    for piece in pieces:
        if size >= UNIGRAM_CHARACTERS:
            break
        short.append(piece[:UNIGRAM_FILE].encode("ascii", "ignore").decode())
        size += len(short[-1])
    return short


KINDS: Mapping[str, Callable[[Iterable[str], int], Tokenizer]] = {
    "BPE": train_bpe,
    "WordPiece": train_wordpiece,
    "Unigram": train_unigram,
}


def cut(tokenizer: Tokenizer, size: int) -> Tokenizer:
    """Return the beginning of a BPE or WordPiece tokenizer: what training for fewer pieces gives, for it is greedy."""
    strings = {text: row for text, row in tokenizer.strings.items() if row < size}
    kept = 0
    for left, right in tokenizer.merges:
        if left + right not in strings:
            break
        kept += 1
    return replace(tokenizer, strings=strings, merges=tokenizer.merges[:kept], digests={})


def measure_apart(corpora: Mapping[str, Corpus], kind: str, sizes: Sequence[int]) -> Iterator[tuple[int, list[Pair]]]:
    """Yield for each size all pairs of tokenizers of one kind, one trained on each text."""
    if kind == "Unigram":
        for size in sizes:
            yield size, compare_all({name: train_unigram(one.pieces, size) for name, one in corpora.items()})
        return
    largest = {name: KINDS[kind](one.pieces, max(sizes)) for name, one in corpora.items()}
    for size in sizes:
        yield size, compare_all({name: cut(one, size) for name, one in largest.items()})


def leave_out(pieces: Sequence[str], share: float, seed: int) -> list[str]:
    """Return the pieces but for some chosen at random, which have that share of the characters or a little more."""
    order = list(range(len(pieces)))
    random.Random(seed).shuffle(order)
    wanted = share * sum(map(len, pieces))
    gone: set[int] = set()
    for at in order:
        if wanted <= 0:
            break
        gone.add(at)
        wanted -= len(pieces[at])
    return [piece for at, piece in enumerate(pieces) if at not in gone]


def measure_overlap(corpora: Mapping[str, Corpus], left_out: float) -> Iterator[tuple[int, list[Pair]]]:
    """Yield for each size pairs of BPE tokenizers trained on one text, each without a share of it.

    Two texts that follow each other make one, of every four; pairs are of one text.
    """
    groups = []
    for first, second in list(pairwise(corpora.values()))[::OVERLAP_EVERY]:
        largest = {}
        for seed in OVERLAP_SEEDS:
            kept = leave_out((*first.pieces, *second.pieces), left_out, seed)
            largest[f"{first.name} and {second.name}, seed {seed}"] = train_bpe(kept, max(OVERLAP_SIZES))
        groups.append(largest)
    for size in OVERLAP_SIZES:
        cuts = [{name: cut(one, size) for name, one in largest.items()} for largest in groups]
        yield size, [pair for group in cuts for pair in compare_all(group)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents.tokenizers", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, help="of BPE and WordPiece")
    parser.add_argument("--no-unigram", action="store_true")
    parser.add_argument("--no-overlap", action="store_true", help="leave out the pairs of nearly the same text")
    asked = parser.parse_args(arguments)
    corpora = read_corpora()
    print(f"tokenizers {tokenizers.__version__}\n\n{describe_corpora(corpora)}\n\n{HEADER}", flush=True)
    sizes = {"BPE": asked.sizes, "WordPiece": asked.sizes} | ({} if asked.no_unigram else {"Unigram": UNIGRAM_SIZES})
    highest = 0.0
    for kind, wanted in sizes.items():
        for size, pairs in measure_apart(corpora, kind, wanted):
            highest = max(highest, *(one.order for one in pairs if one.likeness.pieces >= FEWEST_PIECES), 0.0)
            print(summarise(kind, f"{size:,}", pairs), flush=True)
    print(
        f"\nHighest order with {FEWEST_PIECES} pieces or more: {highest:.4f}; thresholds: unrelated below "
        f"{UNRELATED_ORDER}, same family from {FAMILY_ORDER}"
    )
    if not asked.no_overlap:
        print(f"\nBPE, trained on one text, each without files with a share of its characters:\n\n{HEADER}", flush=True)
        for left_out in LEFT_OUT:
            for size, pairs in measure_overlap(corpora, left_out):
                print(summarise(f"without {left_out:.1%}", f"{size:,}", pairs), flush=True)
    print_altered(next(iter(corpora.values())), tuple(sizes))


def print_altered(corpus: Corpus, kinds: Sequence[str]) -> None:
    """Print what comes of a tokenizer trained again on the very same text, and of one altered."""
    first = {kind: KINDS[kind](corpus.pieces, ALTERED_SIZE) for kind in kinds}
    print(f"\nTrained twice on {corpus.name}:\n\n{HEADER}")
    for kind, one in first.items():
        pairs = compare_all({"once": one, "again": KINDS[kind](corpus.pieces, ALTERED_SIZE)})
        print(summarise(kind, f"{ALTERED_SIZE:,}", pairs), flush=True)
    print(f"\nOne of {ALTERED_SIZE:,} beside itself altered:\n\n{ALTERED_HEADER}")
    for kind, one in first.items():
        print(describe_altered(kind, one))


if __name__ == "__main__":
    main()
