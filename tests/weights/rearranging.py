"""Rewrites of a small Qwen2-style network that keep what it computes, and the forward pass that shows it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Tensors = dict[str, NDArray[Any]]


def layer(i: int, rest: str) -> str:
    return f"model.layers.{i}.{rest}"


def forward(t: Mapping[str, NDArray[Any]], config: Mapping[str, int], tokens: NDArray[np.int64]) -> NDArray[np.float64]:
    """Logits of a Llama- or Qwen2-style decoder with tied or untied embeddings, in fp64."""
    w = {name: value.astype(np.float64) for name, value in t.items()}
    heads, groups = config["num_attention_heads"], config["num_key_value_heads"]
    inner = config["hidden_size"] // heads
    x = w["model.embed_tokens.weight"][tokens]
    for i in range(config["num_hidden_layers"]):
        n = _norm(x, w[layer(i, "input_layernorm.weight")])
        q, k, v = (_linear(w, n, layer(i, f"self_attn.{p}_proj")) for p in "qkv")
        q = _rotate(q.reshape(len(x), heads, inner))
        k = np.repeat(_rotate(k.reshape(len(x), groups, inner)), heads // groups, axis=1)
        v = np.repeat(v.reshape(len(x), groups, inner), heads // groups, axis=1)
        scores = np.einsum("ahd,bhd->hab", q, k) / np.sqrt(inner)
        scores = np.where(np.tril(np.ones((len(x), len(x)), dtype=bool)), scores, -np.inf)
        scores = np.exp(scores - scores.max(-1, keepdims=True))
        mixed = np.einsum("hab,bhd->ahd", scores / scores.sum(-1, keepdims=True), v).reshape(len(x), -1)
        x = x + mixed @ w[layer(i, "self_attn.o_proj.weight")].T
        x = x + _feed(w, _norm(x, w[layer(i, "post_attention_layernorm.weight")]), layer(i, "mlp"))
    x = _norm(x, w["model.norm.weight"])
    return x @ w.get("lm_head.weight", w["model.embed_tokens.weight"]).T


def _feed(w: Mapping[str, NDArray[Any]], n: NDArray[Any], prefix: str) -> NDArray[Any]:
    if f"{prefix}.gate.weight" not in w:
        return _gated(w, n, prefix)
    scores = n @ w[f"{prefix}.gate.weight"].T
    scores = np.exp(scores - scores.max(-1, keepdims=True))
    scores /= scores.sum(-1, keepdims=True)
    kept = scores >= np.sort(scores, axis=-1)[:, -2:-1]
    total = np.zeros_like(n)
    for expert in range(scores.shape[1]):
        total += np.where(kept[:, expert], scores[:, expert], 0)[:, None] * _gated(w, n, f"{prefix}.experts.{expert}")
    return total


def _gated(w: Mapping[str, NDArray[Any]], n: NDArray[Any], prefix: str) -> NDArray[Any]:
    gate, up = n @ w[f"{prefix}.gate_proj.weight"].T, n @ w[f"{prefix}.up_proj.weight"].T
    return (gate / (1 + np.exp(-gate)) * up) @ w[f"{prefix}.down_proj.weight"].T


def _linear(w: Mapping[str, NDArray[Any]], x: NDArray[Any], name: str) -> NDArray[Any]:
    return x @ w[f"{name}.weight"].T + w.get(f"{name}.bias", np.zeros(1))


def _norm(x: NDArray[Any], gain: NDArray[Any]) -> NDArray[Any]:
    return x / np.sqrt(np.mean(x * x, axis=-1, keepdims=True) + 1e-6) * gain


def _rotate(x: NDArray[Any]) -> NDArray[Any]:
    half = x.shape[-1] // 2
    angle = np.arange(len(x))[:, None] * 10000.0 ** (-np.arange(half) / half)[None, :]
    cos, sin = np.cos(angle)[:, None, :], np.sin(angle)[:, None, :]
    a, b = x[..., :half], x[..., half:]
    return np.concatenate([a * cos - b * sin, b * cos + a * sin], axis=-1)


def hidden_units(t: Tensors, rng: np.random.Generator, layers: range) -> None:
    """Permute the hidden units of each layer's MLP."""
    prefixes = {name.removesuffix(".gate_proj.weight") for name in t if name.endswith(".gate_proj.weight")}
    for prefix in sorted(prefixes):
        if int(prefix.split(".")[2]) in layers:
            order = rng.permutation(len(t[f"{prefix}.gate_proj.weight"]))
            for part in ("gate", "up"):
                t[f"{prefix}.{part}_proj.weight"] = t[f"{prefix}.{part}_proj.weight"][order]
            t[f"{prefix}.down_proj.weight"] = t[f"{prefix}.down_proj.weight"][:, order]


def heads(t: Tensors, rng: np.random.Generator, layers: range, config: Mapping[str, int], *, inside: bool) -> None:
    """Permute key-value groups, query heads inside each, and with `inside` the places of value heads."""
    count, groups = config["num_attention_heads"], config["num_key_value_heads"]
    inner, many = config["hidden_size"] // count, count // groups
    for i in layers:
        group_order = rng.permutation(groups)
        head_order = np.concatenate([g * many + rng.permutation(many) for g in group_order])
        values = [rng.permutation(inner) if inside else np.arange(inner) for _ in range(groups)]
        few = np.concatenate([g * inner + np.arange(inner) for g in group_order])
        many_rows = np.concatenate([h * inner + np.arange(inner) for h in head_order])
        value_rows = np.concatenate([g * inner + values[g] for g in group_order])
        mixed = np.concatenate([h * inner + values[h // many] for h in head_order])
        for part, rows in (("q", many_rows), ("k", few), ("v", value_rows)):
            for kind in ("weight", "bias"):
                name = layer(i, f"self_attn.{part}_proj.{kind}")
                if name in t:
                    t[name] = t[name][rows]
        name = layer(i, "self_attn.o_proj.weight")
        t[name] = t[name][:, mixed]


def residual(t: Tensors, rng: np.random.Generator, *, signs: bool) -> None:
    """Permute the residual stream of every tensor, with `signs` flip half of it."""
    width = t["model.embed_tokens.weight"].shape[1]
    order = rng.permutation(width)
    flip = np.where(rng.random(width) < 0.5, -1, 1) if signs else np.ones(width)
    for name, value in t.items():
        kind = value.dtype
        if value.ndim == 1:
            t[name] = value[order] if value.shape[0] == width and "norm" in name else value
        elif name.endswith(("o_proj.weight", "down_proj.weight")):
            t[name] = (value[order].astype(np.float32) * flip[:, None]).astype(kind)
        else:
            t[name] = (value[:, order].astype(np.float32) * flip[None, :]).astype(kind)


def experts(t: Tensors, rng: np.random.Generator, layers: range) -> None:
    """Permute experts with their router rows."""
    for i in layers:
        router = layer(i, "mlp.gate.weight")
        order = rng.permutation(len(t[router]))
        t[router] = t[router][order]
        old = dict(t)
        for new, source in enumerate(order):
            for part in ("gate", "up", "down"):
                t[layer(i, f"mlp.experts.{new}.{part}_proj.weight")] = old[
                    layer(i, f"mlp.experts.{source}.{part}_proj.weight")
                ]


def gains(t: Tensors, layers: range) -> None:
    """Fold the gains of normalisation into the matrices that read through them."""
    for i in layers:
        for norm, readers in (
            ("input_layernorm", [f"self_attn.{p}_proj" for p in "qkv"]),
            ("post_attention_layernorm", ["mlp.gate_proj", "mlp.up_proj"]),
        ):
            gain = t[layer(i, f"{norm}.weight")].astype(np.float32)
            for reader in readers:
                name = layer(i, f"{reader}.weight")
                t[name] = (t[name].astype(np.float32) * gain).astype(t[name].dtype)
            t[layer(i, f"{norm}.weight")] = np.ones_like(t[layer(i, f"{norm}.weight")])


def factors(t: Tensors, rng: np.random.Generator, layers: range, *, exact: bool) -> None:
    """Multiply each row of up by a factor and divide the column of down that reads it."""
    for i in layers:
        for one, other in (("mlp.up_proj", "mlp.down_proj"),):
            a, b = t[layer(i, f"{one}.weight")], t[layer(i, f"{other}.weight")]
            units = len(a)
            factor = 2.0 ** rng.integers(-2, 3, units) if exact else np.exp(rng.normal(0, 0.5, units))
            if exact:
                factor *= np.where(rng.random(units) < 0.5, -1, 1)
            t[layer(i, f"{one}.weight")] = (a.astype(np.float64) * factor[:, None]).astype(np.float32).astype(a.dtype)
            t[layer(i, f"{other}.weight")] = (b.astype(np.float64) / factor).astype(np.float32).astype(b.dtype)
