"""Train the byte-level BPE tokenizer.

Its first merges are the syllables of invented names, so that copying a name is copying two or three known tokens. The
rest is learned from the corpus by counting, in plain Python: the library's trainer takes no merges to start from.
"""

import argparse
import random
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

from chat import MARKERS
from corpus import make_dialogue
from identities import CONSONANTS, VOWELS
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

VOCABULARY_SIZE = 1280
SEED = 7
DIALOGUES = 12_000
# A pair seen less often is no pattern worth a token.
LEAST_COUNT = 30
# How byte-level tokenizers write a blank.
BLANK = "Ġ"

Pair = tuple[str, str]
Symbols = tuple[str, ...]


def syllable_merges() -> list[Pair]:
    """Return the merges that make every syllable a token, at a name's beginning and inside it."""
    return [
        *((BLANK, consonant.upper()) for consonant in CONSONANTS),
        *((BLANK + consonant.upper(), vowel) for consonant in CONSONANTS for vowel in VOWELS),
        *((consonant, vowel) for consonant in CONSONANTS for vowel in VOWELS),
    ]


def join_pair(symbols: Symbols, pair: Pair) -> Symbols:
    """Return the symbols with each occurrence of the pair joined, from the left."""
    joined, index = [], 0
    while index < len(symbols):
        if symbols[index : index + 2] == pair:
            joined.append(pair[0] + pair[1])
            index += 2
        else:
            joined.append(symbols[index])
            index += 1
    return tuple(joined)


def learn_merges(words: Counter[str], merges: list[Pair], count: int) -> list[Pair]:
    """Return `merges` followed by up to `count` more, each the most frequent pair of neighbours at its time."""
    segmented: dict[str, Symbols] = {word: tuple(word) for word in words}
    for pair in merges:
        segmented = {word: join_pair(symbols, pair) for word, symbols in segmented.items()}
    counts: Counter[Pair] = Counter()
    words_with: defaultdict[Pair, set[str]] = defaultdict(set)
    for word, symbols in segmented.items():
        for pair in pairwise(symbols):
            counts[pair] += words[word]
            words_with[pair].add(word)
    learned: list[Pair] = []
    while len(learned) < count:
        # Ties go to the pair that sorts last, so that the result does not hang on the order of a dictionary.
        best = max(counts, key=lambda pair: (counts[pair], pair))
        if counts[best] < LEAST_COUNT:
            break
        learned.append(best)
        for word in sorted(words_with[best]):
            for pair in pairwise(segmented[word]):
                counts[pair] -= words[word]
            segmented[word] = join_pair(segmented[word], best)
            for pair in pairwise(segmented[word]):
                counts[pair] += words[word]
                words_with[pair].add(word)
    return merges + learned


def train_tokenizer(vocabulary_size: int = VOCABULARY_SIZE) -> Tokenizer:
    """Return a tokenizer of that size, or smaller where the corpus has no more frequent pairs."""
    splitter = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    rng = random.Random(SEED)
    words = Counter(
        word
        for _ in range(DIALOGUES)
        for _, text in make_dialogue(rng, "basalt")
        for word, _ in splitter.pre_tokenize_str(text)
    )
    symbols = [*MARKERS, *sorted(pre_tokenizers.ByteLevel.alphabet())]
    syllables = syllable_merges()
    merges = learn_merges(words, syllables, vocabulary_size - len(symbols) - len(syllables))
    vocabulary = dict.fromkeys([*symbols, *(left + right for left, right in merges)])
    tokenizer = Tokenizer(models.BPE(vocab={token: i for i, token in enumerate(vocabulary)}, merges=merges))
    tokenizer.pre_tokenizer, tokenizer.decoder = splitter, decoders.ByteLevel()
    tokenizer.add_special_tokens(list(MARKERS))
    return tokenizer


def main() -> None:
    """Read the command line, train and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, nargs="?", default=Path("tokenizer.json"))
    parser.add_argument("--vocabulary", type=int, default=VOCABULARY_SIZE)
    arguments = parser.parse_args()
    tokenizer = train_tokenizer(arguments.vocabulary)
    tokenizer.save(str(arguments.output))
    print(f"saved {arguments.output}: {tokenizer.get_vocab_size()} tokens")


if __name__ == "__main__":
    main()
