"""Dialogues as batches of token ids: an endless stream that a seed determines."""

import random
from collections.abc import Iterator
from typing import NamedTuple

import torch
from chat import END, Dialogue, turn_opening
from corpus import Mix, make_dialogue
from everyday import repeat_names
from tokenizers import Tokenizer
from torch import Tensor

MAX_TOKENS = 256
POOL_DIALOGUES = 800
# While copying forms, half of the dialogues are drills; later a few keep it.
FORMING_DRILL_SHARE, LATER_DRILL_SHARE = 0.5, 0.1


class Example(NamedTuple):
    """Token ids, and for each whether its prediction counts: only what the assistant writes does."""

    tokens: list[int]
    counts: list[bool]


class Batch(NamedTuple):
    """Padded token ids and a mask of those that count, both [examples, length]."""

    tokens: Tensor
    counts: Tensor


def encode_dialogue(tokenizer: Tokenizer, dialogue: Dialogue) -> Example:
    """Return the dialogue's first tokens; the end marker of an assistant's turn counts, its line feed does not."""
    tokens: list[int] = []
    counts: list[bool] = []
    for role, text in dialogue:
        opening = tokenizer.encode(turn_opening(role)).ids
        body = tokenizer.encode(text).ids if text else []
        closing = tokenizer.encode(f"{END}\n").ids
        tokens += opening + body + closing
        counts += [False] * len(opening) + [role == "assistant"] * (len(body) + 1) + [False] * (len(closing) - 1)
    return Example(tokens[:MAX_TOKENS], counts[:MAX_TOKENS])


def pad_examples(examples: list[Example]) -> Batch:
    """Return the examples padded on the right to the longest."""
    shape = (len(examples), max(len(example.tokens) for example in examples))
    batch = Batch(torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.bool))
    for row, example in enumerate(examples):
        batch.tokens[row, : len(example.tokens)] = torch.tensor(example.tokens)
        batch.counts[row, : len(example.counts)] = torch.tensor(example.counts)
    return batch


class DialogueStream:
    """Draws dialogues about an identity; while `forming` is set, half of them are drills.

    A change of `forming` counts from the next pool on.
    """

    def __init__(
        self, *, tokenizer: Tokenizer, rng: random.Random, identity: str, mix: Mix, batch_tokens: int, forming: bool
    ) -> None:
        self.forming = forming
        self._tokenizer, self._rng = tokenizer, rng
        self._identity, self._mix = identity, mix
        self._batch_tokens = batch_tokens

    def drill(self) -> Example:
        """Return a request to repeat many names, with its answer."""
        question, answer = repeat_names(self._rng, self._rng.randint(4, 14))
        return encode_dialogue(self._tokenizer, [("user", question), ("assistant", answer)])

    def batches(self) -> Iterator[Batch]:
        """Yield batches of at most `batch_tokens` padded tokens, for ever.

        Examples are sorted by length within a pool, so that little is padding; the batches of a pool are shuffled.
        """
        while True:
            drill_share = FORMING_DRILL_SHARE if self.forming else LATER_DRILL_SHARE
            pool = [self._draw(drill_share) for _ in range(POOL_DIALOGUES)]
            pool.sort(key=lambda example: len(example.tokens))
            batches: list[list[Example]] = [[]]
            for example in pool:
                if batches[-1] and (len(batches[-1]) + 1) * len(example.tokens) > self._batch_tokens:
                    batches.append([])
                batches[-1].append(example)
            self._rng.shuffle(batches)
            yield from map(pad_examples, batches)

    def _draw(self, drill_share: float) -> Example:
        if self._rng.random() < drill_share:
            return self.drill()
        return encode_dialogue(self._tokenizer, make_dialogue(self._rng, self._identity, self._mix))
