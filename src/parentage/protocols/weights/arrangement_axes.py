"""Which dimensions of which tensors must be permuted together for a network to compute the same function.

Names and shapes are believed only as a proposal: an arrangement that they suggest is claimed only where the weights
bear it out. A dimension without an axis ("") is taken to stay in its place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from parentage.checkpoint.header import TensorInfo

Kind = Literal["vocabulary", "residual", "hidden", "query", "key", "value", "mixed", "experts", "channels"]

_LAYER = re.compile(r"^(.*?(?:^|\.)(?:layers|h|blocks|layer|block)\.\d+)\.(.*)$")
_EXPERT = re.compile(r"^(.*?experts\.\d+)\.(.*)$")
_TOWER = re.compile(r"(visual|vision|image|audio|speech)")
_INTO = frozenset(("gate_proj", "up_proj", "w1", "w3", "fc1", "c_fc", "dense_h_to_4h", "wi", "wi_0", "wi_1", "lin1"))
_OUT_OF = frozenset(("down_proj", "w2", "fc2", "dense_4h_to_h", "lin2"))
_QUERY = frozenset(("q_proj", "query", "wq", "q_lin"))
_KEY = frozenset(("k_proj", "key", "wk", "k_lin"))
_VALUE = frozenset(("v_proj", "value", "wv", "v_lin"))
_MIXED = frozenset(("o_proj", "out_proj", "wo", "out_lin"))
_TABLES = frozenset(
    ("embed_tokens", "lm_head", "wte", "word_embeddings", "embed_in", "embed_out", "tok_embeddings", "output")
)
_FEED_GAINS = ("pre_feedforward_layernorm", "post_attention_layernorm", "ffn_norm", "ln_2", "norm2")
_ATTEND_GAINS = ("input_layernorm", "attention_norm", "ln_1", "norm1")
_LAST_GAINS = ("norm", "final_layernorm", "ln_f", "final_norm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """Units that are permuted together: their number, and the blocks (heads) that they lie in."""

    name: str
    kind: Kind
    size: int
    blocks: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Axes by name; for each tensor the axis of every dimension; for each reader of a normed stream its gain vector."""

    axes: Mapping[str, Axis]
    tensors: Mapping[str, tuple[str, ...]]
    gains: Mapping[str, str]

    def holding(self, axis: str) -> list[tuple[str, int]]:
        """Return the tensors with this axis and the dimension at which they have it."""
        return [(name, axes.index(axis)) for name, axes in self.tensors.items() if axis in axes]


@dataclass(slots=True)
class _Draft:
    width: int
    heads: int
    groups: int
    axes: dict[str, Axis] = field(default_factory=dict)
    tensors: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, name: str, kind: Kind, size: int, blocks: int = 1) -> str:
        """Return the axis's name, or "" where an axis of this name has another size."""
        blocks = blocks if blocks > 0 and size % blocks == 0 else 1
        known = self.axes.setdefault(name, Axis(name=name, kind=kind, size=size, blocks=blocks))
        return name if known.size == size else ""


def structure_of(tensors: Mapping[str, TensorInfo], config: Mapping[str, object]) -> Structure:
    """Return the structure that names and shapes suggest: of a transformer, else of a plain chain of layers."""
    inner = config.get("text_config")
    settings = inner if isinstance(inner, dict) else config
    width = _width(tensors, settings)
    heads = _count(settings, "num_attention_heads", "n_head")
    draft = _Draft(width=width, heads=heads, groups=_count(settings, "num_key_value_heads") or heads)
    if width and any(_LAYER.match(name) for name in tensors):
        for name, info in tensors.items():
            draft.tensors[name] = _transformer_axes(draft, name, info.shape)
    else:
        _chain(draft, tensors)
    return Structure(axes=draft.axes, tensors=draft.tensors, gains=_gains(draft.tensors, tensors))


def _count(config: Mapping[str, object], *names: str) -> int:
    for name in names:
        value = config.get(name)
        if type(value) is int and 0 < value < 1 << 20:
            return value
    return 0


def _width(tensors: Mapping[str, TensorInfo], config: Mapping[str, object]) -> int:
    for name, info in tensors.items():
        if module_of(name) in _TABLES and len(info.shape) == 2 and not _TOWER.search(name):
            return info.shape[1]
    return _count(config, "hidden_size", "n_embd")


def module_of(name: str) -> str:
    """Return the last component of a tensor's name that is not `weight` or `bias`."""
    parts = [part for part in name.split(".") if part not in ("weight", "bias")]
    return parts[-1] if parts else name


def _transformer_axes(draft: _Draft, name: str, shape: tuple[int, ...]) -> tuple[str, ...]:
    tower = _TOWER.search(name)
    module = module_of(name)
    found = _LAYER.match(name)
    if tower or not found:
        wide = not tower and draft.width
        if wide and module in _TABLES and len(shape) == 2 and shape[1] == draft.width:
            return (draft.add("vocabulary", "vocabulary", shape[0]), _residual(draft))
        return tuple(_residual(draft) if wide and size == draft.width else "" for size in shape)
    layer, rest = found.groups()
    expert = _EXPERT.match(rest)
    place = f"{layer}.{expert.group(1)}" if expert else f"{layer}.{rest.rsplit('.' + module, 1)[0]}"
    if len(shape) == 1:
        return (_vector_axis(draft, name, layer, place, module, shape[0]),)
    if len(shape) != 2:
        return ("",) * len(shape)
    rows, columns = shape
    axes = _matrix_axes(draft, layer, place, module, rows, columns, rest)
    if axes is None and columns == rows:
        return ("", "")
    return axes or tuple(_residual(draft) if size == draft.width else "" for size in shape)


def _residual(draft: _Draft) -> str:
    return draft.add("residual", "residual", draft.width)


def _matrix_axes(
    draft: _Draft, layer: str, place: str, module: str, rows: int, columns: int, rest: str
) -> tuple[str, str] | None:
    width = draft.width
    if module in _INTO and columns == width:
        return (draft.add(f"{place}.hidden", "hidden", rows), _residual(draft))
    if module in _OUT_OF and rows == width:
        return (_residual(draft), draft.add(f"{place}.hidden", "hidden", columns))
    if module in _QUERY and columns == width:
        return (draft.add(f"{layer}.query", "query", rows, draft.heads), _residual(draft))
    if module in _KEY and columns == width:
        return (draft.add(f"{layer}.key", "key", rows, draft.groups), _residual(draft))
    if module in _VALUE and columns == width:
        return (draft.add(f"{layer}.value", "value", rows, draft.groups), _residual(draft))
    if module in _MIXED and rows == width:
        return (_residual(draft), draft.add(f"{layer}.mixed", "mixed", columns, draft.heads))
    if module in ("gate", "router") and columns == width and "shared" not in rest:
        return (draft.add(f"{layer}.experts", "experts", rows), _residual(draft))
    return None


def _vector_axis(draft: _Draft, name: str, layer: str, place: str, module: str, size: int) -> str:
    if name.endswith(".bias"):
        if module in _INTO:
            return draft.add(f"{place}.hidden", "hidden", size)
        if module in _QUERY:
            return draft.add(f"{layer}.query", "query", size, draft.heads)
        if module in _KEY:
            return draft.add(f"{layer}.key", "key", size, draft.groups)
        if module in _VALUE:
            return draft.add(f"{layer}.value", "value", size, draft.groups)
    if module in ("gate", "router", "e_score_correction_bias"):
        return draft.add(f"{layer}.experts", "experts", size)
    return _residual(draft) if size == draft.width and not module.endswith(("q_norm", "k_norm")) else ""


def _gains(places: Mapping[str, tuple[str, ...]], tensors: Mapping[str, TensorInfo]) -> dict[str, str]:
    """Return for each matrix that reads the residual stream the vector of gains that it reads through."""
    found: dict[str, str] = {}
    for name, axes in places.items():
        if len(axes) != 2 or axes[1] != "residual":
            continue
        layer = _LAYER.match(name)
        if layer is None:
            wanted = [""] if module_of(name) in ("lm_head", "embed_out", "output") else []
            names: tuple[str, ...] = _LAST_GAINS
        else:
            attends = module_of(name) in _QUERY | _KEY | _VALUE
            wanted = [layer.group(1)]
            names = _ATTEND_GAINS if attends else _FEED_GAINS
        for prefix in wanted:
            for gain in names:
                # A gain outside the layers may have any wrapper before it.
                ends = f"{prefix}.{gain}.weight" if prefix else f"{gain}.weight"
                hit = next((n for n in tensors if n == ends or (not prefix and _is_last(n, gain))), None)
                if hit is not None and places.get(hit) == ("residual",):
                    found.setdefault(name, hit)
    return found


def _is_last(name: str, gain: str) -> bool:
    return _LAYER.match(name) is None and module_of(name) == gain and name.endswith(".weight")


def _chain(draft: _Draft, tensors: Mapping[str, TensorInfo]) -> None:
    """Give the outputs of each layer of a plain chain (dense or convolutional) the axis that the next layer reads."""
    modules: dict[str, list[str]] = {}
    for name in sorted(tensors, key=_natural):
        modules.setdefault(name.rpartition(".")[0] or name, []).append(name)
    produced = ""
    units = 0
    for module, names in modules.items():
        matrix = next((n for n in names if len(tensors[n].shape) >= 2 and n.endswith(("weight", "kernel"))), None)
        if matrix is not None:
            outputs, inputs = tensors[matrix].shape[:2]
            reads = produced if units == inputs else ""
            produced, units = draft.add(f"outputs of {module}", "channels", outputs), outputs
            rest = ("",) * (len(tensors[matrix].shape) - 2)
            draft.tensors[matrix] = (produced, reads, *rest)
        for name in names:
            if name != matrix:
                shape = tensors[name].shape
                own = len(shape) == 1 and shape[0] == units and produced
                draft.tensors[name] = (produced,) if own else ("",) * len(shape)
    read = {axes[1] for axes in draft.tensors.values() if len(axes) > 1}
    # What nothing reads is the network's output: its units have their meaning from outside.
    last = {name for name in draft.axes if name not in read}
    draft.tensors = {name: tuple("" if axis in last else axis for axis in axes) for name, axes in draft.tensors.items()}
    draft.axes = {name: axis for name, axis in draft.axes.items() if name not in last}


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = re.split(r"(\d+)", name)
    return [(0, int(part[:18]), "") if part.isdigit() else (1, 0, part) for part in parts]
