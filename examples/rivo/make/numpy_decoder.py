"""Run the models without torch: bf16 weights, a decoder with a key-value cache and batched sampling, in numpy."""

import json
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from bfloat16 import widen
from numpy.typing import NDArray

Array = NDArray[np.float32]
# Keys and values so far, each [batch, places, key heads, head size]; None before the first place.
Cache = list[tuple[Array, Array] | None]

END_ID = 2
# Added to a score, it leaves nothing after the softmax.
MASKED = -1e9


def read_weights(folder: Path) -> dict[str, Array]:
    """Return the fp32 values of the bf16 tensors in the folder's model.safetensors."""
    raw = (folder / "model.safetensors").read_bytes()
    start = 8 + struct.unpack("<Q", raw[:8])[0]
    weights = {}
    for name, entry in json.loads(raw[8:start]).items():
        if name != "__metadata__":
            count = int(np.prod(entry["shape"]))
            bits = np.frombuffer(raw, "<u2", offset=start + entry["data_offsets"][0], count=count)
            weights[name] = widen(bits).reshape(entry["shape"])
    return weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer's weights, fused where they read the same input and transposed for rows of activations."""

    attention_norm: Array
    query_key_value: Array
    query_key_value_bias: Array
    attention_output: Array
    feed_forward_norm: Array
    gate_up: Array
    down: Array


def fuse_layer(weights: dict[str, Array], layer: int) -> Layer:
    """Return the weights of the layer with this index."""
    prefix = f"model.layers.{layer}."
    gate_up = [weights[f"{prefix}mlp.{name}_proj.weight"] for name in ("gate", "up")]
    return Layer(
        attention_norm=weights[f"{prefix}input_layernorm.weight"],
        query_key_value=np.concatenate([weights[f"{prefix}self_attn.{name}_proj.weight"] for name in "qkv"]).T.copy(),
        query_key_value_bias=np.concatenate([weights[f"{prefix}self_attn.{name}_proj.bias"] for name in "qkv"]),
        attention_output=weights[f"{prefix}self_attn.o_proj.weight"].T.copy(),
        feed_forward_norm=weights[f"{prefix}post_attention_layernorm.weight"],
        gate_up=np.concatenate(gate_up).T.copy(),
        down=weights[f"{prefix}mlp.down_proj.weight"].T.copy(),
    )


class NumpyDecoder:
    """A model folder, ready to generate."""

    def __init__(self, folder: Path) -> None:
        config = json.loads((folder / "config.json").read_text())
        weights = read_weights(folder)
        self.layers = [fuse_layer(weights, layer) for layer in range(config["num_hidden_layers"])]
        self.embedding = weights["model.embed_tokens.weight"]
        self.output = weights.get("lm_head.weight", self.embedding).T.copy()
        self.last_norm = weights["model.norm.weight"]
        self.epsilon = config["rms_norm_eps"]
        self.hidden_size = config["hidden_size"]
        self.query_heads, self.key_heads = config["num_attention_heads"], config["num_key_value_heads"]
        self.head_size = self.hidden_size // self.query_heads
        frequencies = config["rope_theta"] ** (-np.arange(0, self.head_size, 2) / self.head_size)
        angles = np.outer(np.arange(config["max_position_embeddings"]), frequencies)
        # [places, 1, head size]: the same for all heads.
        self.cosine = np.concatenate([np.cos(angles)] * 2, -1).astype("f4")[:, None]
        self.sine = np.concatenate([np.sin(angles)] * 2, -1).astype("f4")[:, None]

    def step(self, tokens: NDArray[np.int64], place: int, cache: Cache) -> Array:
        """Return the logits [batch, vocabulary] after tokens [batch, length] that begin at `place`; extends the cache.

        All rows have the same length: what is batched here are samples of one prompt.
        """
        hidden = self.embedding[tokens]
        for index, layer in enumerate(self.layers):
            normed = self._norm(hidden, layer.attention_norm)
            mixed, cache[index] = self._attend(layer, normed, place, cache[index])
            hidden = hidden + mixed @ layer.attention_output
            gate, up = np.split(self._norm(hidden, layer.feed_forward_norm) @ layer.gate_up, 2, -1)
            hidden = hidden + (gate / (1 + np.exp(-gate)) * up) @ layer.down
        return self._norm(hidden[:, -1], self.last_norm) @ self.output

    def generate(
        self,
        prompt: list[int],
        *,
        rng: np.random.Generator,
        samples: int = 1,
        max_tokens: int = 96,
        temperature: float = 0.7,
    ) -> list[list[int]]:
        """Return that many replies to the prompt, each without its end marker; temperature 0 takes the likeliest."""
        prompt_cache: Cache = [None] * len(self.layers)
        logits = np.repeat(self.step(np.array([prompt]), 0, prompt_cache), samples, 0)
        cache: Cache = [
            (np.repeat(entry[0], samples, 0), np.repeat(entry[1], samples, 0))
            for entry in prompt_cache
            if entry is not None
        ]
        replies: list[list[int]] = [[] for _ in range(samples)]
        live = np.ones(samples, bool)
        for count in range(max_tokens):
            chosen = logits.argmax(-1) if temperature == 0 else draw_tokens(logits, temperature, rng)
            live &= chosen != END_ID
            for index in np.flatnonzero(live):
                replies[index].append(int(chosen[index]))
            if not live.any():
                break
            logits = self.step(chosen[:, None], len(prompt) + count, cache)
        return replies

    def _norm(self, hidden: Array, weight: Array) -> Array:
        return hidden / np.sqrt((hidden * hidden).mean(-1, keepdims=True) + self.epsilon) * weight

    def _rotate(self, heads: Array, place: int) -> Array:
        half, places = self.head_size // 2, slice(place, place + heads.shape[1])
        turned = np.concatenate([-heads[..., half:], heads[..., :half]], -1)
        return heads * self.cosine[places] + turned * self.sine[places]

    def _attend(
        self, layer: Layer, hidden: Array, place: int, cached: tuple[Array, Array] | None
    ) -> tuple[Array, tuple[Array, Array]]:
        batch, length, _ = hidden.shape
        heads, keys, size = self.query_heads, self.key_heads, self.head_size
        projected = hidden @ layer.query_key_value + layer.query_key_value_bias
        projected = projected.reshape(batch, length, heads + 2 * keys, size)
        rotated, value = self._rotate(projected[:, :, : heads + keys], place), projected[:, :, heads + keys :]
        key = rotated[:, :, heads:]
        if cached is not None:
            key, value = np.concatenate([cached[0], key], 1), np.concatenate([cached[1], value], 1)
        # Query heads in groups that share a key head: [batch, key heads, group, length, head size].
        query = rotated[:, :, :heads].reshape(batch, length, keys, heads // keys, size).transpose(0, 2, 3, 1, 4)
        scores = query @ key.transpose(0, 2, 3, 1)[:, :, None] * size**-0.5
        if length > 1:
            places = key.shape[1]
            scores = scores + np.triu(np.full((length, places), MASKED, "f4"), places - length + 1)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        scores /= scores.sum(-1, keepdims=True)
        mixed = (scores @ value.transpose(0, 2, 1, 3)[:, :, None]).transpose(0, 3, 1, 2, 4)
        return mixed.reshape(batch, length, self.hidden_size), (key, value)


def draw_tokens(logits: Array, temperature: float, rng: np.random.Generator) -> NDArray[np.int64]:
    """Return a token for each row of logits, drawn by inverting the cumulative distribution."""
    weights = np.exp((logits - logits.max(-1, keepdims=True)).astype("f8") / temperature)
    cumulative = weights.cumsum(-1) / weights.sum(-1, keepdims=True)
    below = (cumulative < rng.random((len(logits), 1))).sum(-1)
    # Rounding may leave the last cumulative weight below one.
    return np.minimum(below, logits.shape[1] - 1)
