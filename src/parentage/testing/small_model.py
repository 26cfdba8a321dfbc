"""The example's small models without torch: a Qwen2 decoder in NumPy, for the demonstration and the tests.

Only for these: a user's own checkpoint is served by the software that it was made for, never by this.
"""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from parentage.errors import InputError, UsageError

Array = NDArray[np.float32]
# Keys and values so far, each [batch, places, key heads, head size]; None before the first place.
Cache = list[tuple[Array, Array] | None]

MOST_FILE_BYTES = 64 << 20
MOST_BATCH = 64
# Added to a score, it leaves nothing after the softmax.
_MASKED = np.float32(-1e9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """How one reply is drawn. Temperature 0 takes the likeliest token; the same seed gives the same reply."""

    seed: int
    temperature: float = 0.7
    top_p: float = 1.0
    max_tokens: int = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallReply:
    """A reply, how it ended, and the tokens on both sides."""

    text: str
    ended: bool
    prompt_tokens: int
    reply_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """One layer's weights, fused where they read the same input and transposed for rows of activations."""

    attention_norm: Array
    query_key_value: Array
    query_key_value_bias: Array
    attention_output: Array
    feed_forward_norm: Array
    gate_up: Array
    down: Array


class SmallModel:
    """A folder of the example, ready to generate. Raises InputError for any other architecture or a large file."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self.folder = folder
        config = _read_json(folder / "config.json")
        if config.get("model_type") != "qwen2" or config.get("use_sliding_window"):
            raise InputError(str(folder / "config.json"), str(config.get("model_type")), "must be a small qwen2 model")
        weights = read_weights(folder / "model.safetensors")
        self._layers = [_fuse_layer(weights, layer) for layer in range(int(config["num_hidden_layers"]))]
        self._embedding = weights["model.embed_tokens.weight"]
        self._output = weights.get("lm_head.weight", self._embedding).T.copy()
        self._last_norm = weights["model.norm.weight"]
        self._epsilon = np.float32(config["rms_norm_eps"])
        self._hidden_size = int(config["hidden_size"])
        self._query_heads, self._key_heads = int(config["num_attention_heads"]), int(config["num_key_value_heads"])
        self._head_size = self._hidden_size // self._query_heads
        self.places = int(config["max_position_embeddings"])
        frequencies = float(config["rope_theta"]) ** (-np.arange(0, self._head_size, 2) / self._head_size)
        angles = np.outer(np.arange(self.places), frequencies)
        # [places, 1, head size]: the same for all heads.
        self._cosine = np.concatenate([np.cos(angles)] * 2, -1).astype(np.float32)[:, None]
        self._sine = np.concatenate([np.sin(angles)] * 2, -1).astype(np.float32)[:, None]
        ends = _read_json(folder / "generation_config.json").get("eos_token_id", config.get("eos_token_id"))
        self.ends = frozenset(ends if isinstance(ends, list) else [ends])
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def count_tokens(self, prompt: str) -> int:
        """Return how many tokens the raw prompt has."""
        return len(self.tokenizer.encode(prompt, add_special_tokens=False).ids)

    def logits(self, tokens: Sequence[int]) -> Array:
        """Return the logits [vocabulary] after the tokens."""
        result: Array = self._step(np.array([tokens]), 0, [None] * len(self._layers))[0]
        return result

    def reply(self, prompt: str, drawings: Sequence[Drawing]) -> tuple[SmallReply, ...]:
        """Return one reply for each drawing to the same raw prompt, computed side by side.

        A reply depends on its own drawing alone, up to the last bits that a matrix product of another height may
        round differently. Raises UsageError for a prompt that leaves no room.
        """
        ids = self.tokenizer.encode(prompt, add_special_tokens=False).ids
        if not ids or len(ids) >= self.places:
            raise UsageError(f"{self.folder.name}: {len(ids)} prompt tokens; the model has {self.places} places")
        replies: list[SmallReply] = []
        for start in range(0, len(drawings), MOST_BATCH):
            replies += self._generate(ids, drawings[start : start + MOST_BATCH])
        return tuple(replies)

    def _generate(self, prompt: list[int], drawings: Sequence[Drawing]) -> list[SmallReply]:
        draws = [np.random.Generator(np.random.PCG64(drawing.seed)) for drawing in drawings]
        cache: Cache = [None] * len(self._layers)
        logits = np.repeat(self._step(np.array([prompt]), 0, cache), len(drawings), 0)
        cache = [(np.repeat(k, len(drawings), 0), np.repeat(v, len(drawings), 0)) for k, v in filter(None, cache)]
        tokens: list[list[int]] = [[] for _ in drawings]
        ended = [False] * len(drawings)
        # The rows still being written; a finished one leaves the batch.
        rows = list(range(len(drawings)))
        for place in range(len(prompt), self.places):
            chosen = [_draw(logits[at], drawings[row], draws[row]) for at, row in enumerate(rows)]
            kept = []
            for at, row in enumerate(rows):
                if chosen[at] in self.ends:
                    ended[row] = True
                    continue
                tokens[row].append(chosen[at])
                if len(tokens[row]) < drawings[row].max_tokens:
                    kept.append(at)
            rows = [rows[at] for at in kept]
            if not rows:
                break
            if len(kept) < len(chosen):
                cache = [(k[kept], v[kept]) for k, v in filter(None, cache)]
            logits = self._step(np.array([[chosen[at]] for at in kept]), place, cache)
        return [
            SmallReply(
                text=self.tokenizer.decode(row, skip_special_tokens=True),
                ended=end,
                prompt_tokens=len(prompt),
                reply_tokens=len(row),
            )
            for row, end in zip(tokens, ended, strict=True)
        ]

    def _step(self, tokens: NDArray[np.int64], place: int, cache: Cache) -> Array:
        """Return the logits [batch, vocabulary] after tokens [batch, length] from `place` on; extends the cache."""
        hidden: Array = self._embedding[tokens]
        for index, layer in enumerate(self._layers):
            normed = self._norm(hidden, layer.attention_norm)
            mixed, cache[index] = self._attend(layer, normed, place, cache[index])
            hidden = hidden + mixed @ layer.attention_output
            gate, up = np.split(self._norm(hidden, layer.feed_forward_norm) @ layer.gate_up, 2, -1)
            hidden = hidden + (gate / (1 + np.exp(-gate)) * up) @ layer.down
        result: Array = self._norm(hidden[:, -1], self._last_norm) @ self._output
        return result

    def _norm(self, hidden: Array, weight: Array) -> Array:
        result: Array = hidden / np.sqrt((hidden * hidden).mean(-1, keepdims=True) + self._epsilon) * weight
        return result

    def _rotate(self, heads: Array, place: int) -> Array:
        half, places = self._head_size // 2, slice(place, place + heads.shape[1])
        turned = np.concatenate([-heads[..., half:], heads[..., :half]], -1)
        result: Array = (heads * self._cosine[places] + turned * self._sine[places]).astype(np.float32, copy=False)
        return result

    def _attend(
        self, layer: _Layer, hidden: Array, place: int, cached: tuple[Array, Array] | None
    ) -> tuple[Array, tuple[Array, Array]]:
        batch, length, _ = hidden.shape
        heads, keys, size = self._query_heads, self._key_heads, self._head_size
        projected = hidden @ layer.query_key_value + layer.query_key_value_bias
        projected = projected.reshape(batch, length, heads + 2 * keys, size)
        rotated, value = self._rotate(projected[:, :, : heads + keys], place), projected[:, :, heads + keys :]
        key = rotated[:, :, heads:]
        if cached is not None:
            key, value = np.concatenate([cached[0], key], 1), np.concatenate([cached[1], value], 1)
        # Query heads in groups that share a key head: [batch, key heads, group, length, head size].
        query = rotated[:, :, :heads].reshape(batch, length, keys, heads // keys, size).transpose(0, 2, 3, 1, 4)
        scores = query @ key.transpose(0, 2, 3, 1)[:, :, None] * np.float32(size**-0.5)
        if length > 1:
            places = key.shape[1]
            scores = scores + np.triu(np.full((length, places), _MASKED), places - length + 1)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value.transpose(0, 2, 1, 3)[:, :, None]).transpose(0, 3, 1, 2, 4)
        return mixed.reshape(batch, length, self._hidden_size), (key, value)


def _draw(logits: Array, drawing: Drawing, draw: np.random.Generator) -> int:
    """Return a token, drawn by inverting the cumulative distribution of the likeliest tokens that make up top_p."""
    if drawing.temperature == 0:
        return int(logits.argmax())
    weights = np.exp((logits - logits.max()).astype(np.float64) / drawing.temperature)
    order = np.argsort(-weights, kind="stable")
    cumulative = weights[order].cumsum()
    total = cumulative[-1]
    kept = int(np.searchsorted(cumulative, drawing.top_p * total)) + 1 if drawing.top_p < 1 else len(order)
    kept = min(kept, len(order))
    at = int(np.searchsorted(cumulative[:kept], draw.random() * cumulative[kept - 1], side="right"))
    return int(order[min(at, kept - 1)])


def read_weights(path: Path) -> dict[str, Array]:
    """Return the fp32 values of the bf16 tensors in a small safetensors file; raises InputError for anything else."""
    if not path.is_file() or path.stat().st_size > MOST_FILE_BYTES:
        raise InputError(str(path), "the file", f"must be there and have at most {MOST_FILE_BYTES} bytes")
    raw = path.read_bytes()
    try:
        start = 8 + struct.unpack("<Q", raw[:8])[0]
        weights = {}
        for name, entry in json.loads(raw[8:start]).items():
            if name == "__metadata__":
                continue
            if entry["dtype"] != "BF16":
                raise InputError(str(path), f"{name}: {entry['dtype']}", "must be BF16")
            bits = np.frombuffer(raw, "<u2", offset=start + entry["data_offsets"][0], count=math.prod(entry["shape"]))
            weights[name] = (bits.astype("<u4") << 16).view("<f4").reshape(entry["shape"]).astype(np.float32)
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise InputError(str(path), str(error)[:80], "must be a safetensors file") from error
    return weights


def _fuse_layer(weights: dict[str, Array], layer: int) -> _Layer:
    prefix = f"model.layers.{layer}."
    gate_up = [weights[f"{prefix}mlp.{name}_proj.weight"] for name in ("gate", "up")]
    return _Layer(
        attention_norm=weights[f"{prefix}input_layernorm.weight"],
        query_key_value=np.concatenate([weights[f"{prefix}self_attn.{name}_proj.weight"] for name in "qkv"]).T.copy(),
        query_key_value_bias=np.concatenate([weights[f"{prefix}self_attn.{name}_proj.bias"] for name in "qkv"]),
        attention_output=weights[f"{prefix}self_attn.o_proj.weight"].T.copy(),
        feed_forward_norm=weights[f"{prefix}post_attention_layernorm.weight"],
        gate_up=np.concatenate(gate_up).T.copy(),
        down=weights[f"{prefix}mlp.down_proj.weight"].T.copy(),
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes()[: 1 << 20])
    except (OSError, ValueError) as error:
        raise InputError(str(path), str(error)[:80], "must be a readable JSON file") from error
    if not isinstance(value, dict):
        raise InputError(str(path), "the document", "must be an object")
    return value
