"""Logical tensors: what one program stores fused, stacked or under other names is paired with what another stores.

Only what does not pair as it lies is touched. A part of a fused tensor is a range of its bytes, so nothing is copied,
and whatever reads tensors by their byte ranges reads parts as well. Names are believed only for pairing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.roles import parse_role
from parentage.checkpoint.stacked import stack_like

# Of all parts of one checkpoint: experts of all layers, with room to spare.
MOST_PARTS = 1 << 20
_SAMPLED = 4096

_SPELLINGS = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"^(?:gpt_neox|backbone|decoder|net|llm)\.(?=layers\.|embed|norm)", ""),
        (r"^blk\.(\d+)\.", r"layers.\1."),
        (r"^(?:tok_embeddings|token_embd|wte|embed_in|word_embeddings)\.", "embed_tokens."),
        (r"^(?:output|embed_out)\.(?=weight|bias)", "lm_head."),
        (r"^(?:output_norm|final_layernorm|ln_f|final_layer_norm)\.", "norm."),
        (r"^h\.(\d+)\.", r"layers.\1."),
        (r"\.(?:attention_norm|attn_norm|ln_1)\.", ".input_layernorm."),
        (r"^(layers\.\d+)\.(?:ffn_norm|ln_2)\.", r"\1.post_attention_layernorm."),
        (r"\.attn_(q|k|v)(_norm)?\.", r".self_attn.\1\2_proj."),
        (r"\.(q|k)_norm_proj\.", r".\1_norm."),
        (r"\.attn_output\.", ".self_attn.o_proj."),
        (r"\.ffn_(gate|up|down)\.", r".mlp.\1_proj."),
        (r"\.ffn_gate_inp\.", ".mlp.gate."),
        (r"\.(?:attention|attn)\.(?=w[qkvo]\.|[qkvo]_proj\.|out_proj\.|Wqkv|qkv)", ".self_attn."),
        (r"\.self_attn\.w([qkvo])\.", r".self_attn.\1_proj."),
        (r"\.self_attn\.out_proj\.", ".self_attn.o_proj."),
        (r"\.self_attn\.(?:Wqkv|W_pack|qkv)\.", ".self_attn.qkv_proj."),
        (r"\.(?:block_sparse_moe|feed_forward|moe)\.", ".mlp."),
        (r"\.w1\.", ".gate_proj."),
        (r"\.w2\.", ".down_proj."),
        (r"\.w3\.", ".up_proj."),
        (r"\.mlp\.router\.", ".mlp.gate."),
        (r"\.mlp\.experts\.(gate_up_proj|gate_proj|up_proj|down_proj)$", r".mlp.experts.\1.weight"),
    )
)
_FUSED = re.compile(r"^(.*)\.(qkv_proj|gate_up_proj)\.(weight|bias)$")
_STACKED = re.compile(r"^(.*)\.experts\.(gate_up_proj|gate_proj|up_proj|down_proj)\.weight$")
_NUMBER = re.compile(r"(?:(?<=\.)|(?<=^))\d+(?=\.|$)")
_PARTS = {"qkv_proj": ("q_proj", "k_proj", "v_proj"), "gate_up_proj": ("gate_proj", "up_proj")}


def canonical_key(name: str) -> str:
    """Return one spelling of a tensor's name, without wrappers."""
    key = parse_role(name).key
    for pattern, replacement in _SPELLINGS:
        key = pattern.sub(replacement, key)
    return key


def canonicalise(
    subject: Checkpoint, candidates: Sequence[Checkpoint]
) -> tuple[Checkpoint, tuple[Checkpoint, ...], tuple[str, ...]]:
    """Return views in which what was fused, stacked or renamed pairs by name, and what was done to whom.

    Headers only, except where tensors of arbitrary names have to be told apart by a sample of their values.
    """
    notes, every = [], [subject]
    for place, candidate in enumerate(candidates, start=1):
        view, count = stack_like(candidate, _keys(candidate), list(_stacks(subject)))
        every.append(view)
        if count:
            notes.append(f"{_who(place)}: {count} stacks of experts read as the subject has them")
    keys = [_keys(checkpoint) for checkpoint in every]
    split = []
    for place, checkpoint in enumerate(every):
        others = [known for other, known in enumerate(keys) if other != place]
        view, count = _split(checkpoint, others)
        split.append(view)
        if count:
            notes.append(f"{_who(place)}: {count} fused or stacked tensors read as their parts")
    views = [split[0]]
    for place, checkpoint in enumerate(split[1:], start=1):
        view, count = _renamed(split[0], checkpoint)
        views.append(view)
        if count:
            notes.append(f"{_who(place)}: {count} tensors paired under the subject's names")
    return views[0], tuple(views[1:]), tuple(notes)


def _keys(checkpoint: Checkpoint) -> dict[str, TensorInfo]:
    return {canonical_key(name): info for name, info in checkpoint.tensors.items()}


def _stacks(subject: Checkpoint) -> Iterator[tuple[TensorInfo, str, list[str]]]:
    """Yield the subject's stacks of experts with their key and the keys of the parts that they are made of."""
    for info in subject.tensors.values():
        key = canonical_key(info.name)
        stacked = _STACKED.match(key)
        if stacked and len(info.shape) == 3:
            yield info, key, [part.key for part in _expert_parts(info, key, stacked.group(1), stacked.group(2))]


def _who(place: int) -> str:
    return f"candidate {place}" if place else "subject"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """A run of rows of a stored tensor, under a name of its own."""

    name: str
    key: str
    shape: tuple[int, ...]
    first: int


def _split(checkpoint: Checkpoint, others: Sequence[Mapping[str, TensorInfo]]) -> tuple[Checkpoint, int]:
    """Return the checkpoint with those tensors split that some other checkpoint has in parts."""
    tensors: dict[str, TensorInfo] = {}
    count = parts_made = 0
    for name, info in checkpoint.tensors.items():
        parts = _parts(info, others)
        wanted = parts and any(parts[0].key in known and canonical_key(name) not in known for known in others)
        taken = any(part.name in checkpoint.tensors or part.name in tensors for part in parts)
        if not wanted or taken or parts_made + len(parts) > MOST_PARTS:
            tensors[name] = info
            continue
        count += 1
        parts_made += len(parts)
        size = info.dtype.itemsize
        for part in parts:
            elements = int(np.prod(part.shape, dtype=object))
            start = info.start + part.first * size
            tensors[part.name] = replace(
                info, name=part.name, shape=part.shape, start=start, stop=start + elements * size
            )
    return (replace(checkpoint, tensors=tensors), count) if count else (checkpoint, 0)


def _parts(info: TensorInfo, others: Sequence[Mapping[str, TensorInfo]]) -> list[_Part]:
    """Return the parts that a tensor's name and shape allow, sized as the others have them, or none."""
    key = canonical_key(info.name)
    # What stands before the canonical part of the name is kept, so that parts lie beside their neighbours.
    stacked, fused = _STACKED.match(key), _FUSED.match(key)
    if stacked and len(info.shape) == 3:
        return list(_expert_parts(info, key, stacked.group(1), stacked.group(2)))
    if not fused or len(info.shape) not in (1, 2):
        return []
    stem, what, kind = fused.groups()
    sizes = _sizes(stem, what, kind, info.shape[0], others)
    parts, first = [], 0
    width = int(np.prod(info.shape[1:], dtype=object))
    for part, rows in zip(_PARTS[what], sizes, strict=False):
        own = f"{stem}.{part}.{kind}"
        parts.append(
            _Part(name=_beside(info.name, key, own), key=own, shape=(rows, *info.shape[1:]), first=first * width)
        )
        first += rows
    return parts


def _sizes(stem: str, what: str, kind: str, rows: int, others: Sequence[Mapping[str, TensorInfo]]) -> tuple[int, ...]:
    names = [f"{stem}.{part}.{kind}" for part in _PARTS[what]]
    for known in others:
        if all(name in known and known[name].shape for name in names):
            sizes = tuple(known[name].shape[0] for name in names)
            if sum(sizes) == rows:
                return sizes
    return ()


def _expert_parts(info: TensorInfo, key: str, stem: str, what: str) -> Iterator[_Part]:
    count, rows, columns = info.shape
    names = _PARTS.get(what, (what,))
    if rows % len(names) or not info.elements or count * len(names) > MOST_PARTS:
        return
    own = rows // len(names)
    for expert in range(count):
        for place, part in enumerate(names):
            name = f"{stem}.experts.{expert}.{part}.weight"
            first = (expert * rows + place * own) * columns
            yield _Part(name=_beside(info.name, key, name), key=name, shape=(own, columns), first=first)


def _beside(name: str, key: str, part: str) -> str:
    """Return the part's name with the wrappers that the fused tensor's name has."""
    stripped = parse_role(name).key
    return name[: len(name) - len(stripped)] + part


def _renamed(subject: Checkpoint, candidate: Checkpoint) -> tuple[Checkpoint, int]:
    """Return the candidate with the subject's names for what does not pair by its own name."""
    ours = _unpaired(subject, candidate)
    theirs = _unpaired(candidate, subject)
    if not ours or not theirs:
        return candidate, 0
    names = _by_spelling(ours, theirs)
    left = {name: info for name, info in ours.items() if name not in names.values()}
    rest = {name: info for name, info in theirs.items() if name not in names}
    names.update(_by_pattern(subject, candidate, left, rest))
    names = {old: new for old, new in names.items() if old != new and new not in candidate.tensors}
    if not names:
        return candidate, 0
    tensors = {}
    for name, info in candidate.tensors.items():
        new = names.get(name, name)
        tensors[new] = replace(info, name=new)
    return replace(candidate, tensors=tensors), len(names)


def _unpaired(one: Checkpoint, other: Checkpoint) -> dict[str, TensorInfo]:
    known = {parse_role(name).key for name in other.tensors}
    return {
        name: info
        for name, info in one.tensors.items()
        if name not in other.tensors and parse_role(name).key not in known and info.elements
    }


def _by_spelling(ours: Mapping[str, TensorInfo], theirs: Mapping[str, TensorInfo]) -> dict[str, str]:
    """Return candidate's name -> subject's name where one canonical key is unique on both sides."""
    by_key: list[dict[str, list[str]]] = [{}, {}]
    for keys, tensors in zip(by_key, (ours, theirs), strict=True):
        for name in tensors:
            keys.setdefault(canonical_key(name), []).append(name)
    return {
        names[0]: by_key[0][key][0]
        for key, names in by_key[1].items()
        if len(names) == 1 == len(by_key[0].get(key, ()))
    }


def _by_pattern(
    subject: Checkpoint, candidate: Checkpoint, ours: Mapping[str, TensorInfo], theirs: Mapping[str, TensorInfo]
) -> dict[str, str]:
    """Pair families of names (alike but for numbers) of equal shapes; several of a shape by a sample of values."""
    families = [_families(tensors) for tensors in (ours, theirs)]
    by_form: list[dict[tuple[object, ...], list[str]]] = [{}, {}]
    for forms, found in zip(by_form, families, strict=True):
        for family, members in found.items():
            form: tuple[object, ...] = tuple(sorted((numbers, info.shape) for numbers, info in members.items()))
            forms.setdefault(form, []).append(family)
    names: dict[str, str] = {}
    for form, candidates_of in by_form[1].items():
        subjects_of = by_form[0].get(form, [])
        if len(candidates_of) == 1 == len(subjects_of):
            pairs = [(candidates_of[0], subjects_of[0])]
        else:
            pairs = _alike(subject, candidate, families, subjects_of, candidates_of)
        for theirs_of, ours_of in pairs:
            for numbers, info in families[1][theirs_of].items():
                names[info.name] = families[0][ours_of][numbers].name
    return names


def _families(tensors: Mapping[str, TensorInfo]) -> dict[str, dict[tuple[int, ...], TensorInfo]]:
    found: dict[str, dict[tuple[int, ...], TensorInfo]] = {}
    for name, info in tensors.items():
        numbers = tuple(int(part[:18]) for part in _NUMBER.findall(name))
        found.setdefault(_NUMBER.sub("#", name), {})[numbers] = info
    return found


def _alike(
    subject: Checkpoint,
    candidate: Checkpoint,
    families: Sequence[Mapping[str, Mapping[tuple[int, ...], TensorInfo]]],
    ours: Sequence[str],
    theirs: Sequence[str],
) -> list[tuple[str, str]]:
    """Pair families whose first members correlate strongly, and with no other."""
    pairs = []
    samples = [
        {family: _sample(side, next(iter(found[family].values()))) for family in listed}
        for side, found, listed in ((subject, families[0], ours), (candidate, families[1], theirs))
    ]
    for their in theirs:
        near = [our for our in ours if _correlation(samples[0][our], samples[1][their]) > 0.5]
        back = [other for other in theirs if near and _correlation(samples[0][near[0]], samples[1][other]) > 0.5]
        if len(near) == 1 == len(back):
            pairs.append((their, near[0]))
    return pairs


def _sample(checkpoint: Checkpoint, info: TensorInfo) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    values = checkpoint.read_elements(info, 0, min(_SAMPLED, info.elements)).astype(np.float64)
    values = np.where(np.isfinite(values), values, 0.0)
    largest = float(np.max(np.abs(values), initial=0.0)) or 1.0
    # Whole numbers: their sums are exact in any order.
    fixed = np.rint(values / largest * (1 << 16))
    centred: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = fixed - np.rint(fixed.sum() / max(1, fixed.size))
    return centred


def _correlation(
    one: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", other: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"
) -> float:
    if one.size != other.size:
        return 0.0
    scale = float(np.sqrt((one * one).sum() * (other * other).sum()))
    return float((one * other).sum()) / scale if scale else 0.0


def restacked(checkpoint: Checkpoint, layers: Mapping[int, int]) -> Checkpoint:
    """Return a candidate seen in the subject's stack: layer n is offered as `layers[n]`, others of its layers are not.

    A layer may be offered more than once; what belongs to no layer stays as it is.
    """
    by_layer: dict[int, list[TensorInfo]] = {}
    tensors: dict[str, TensorInfo] = {}
    for name, info in checkpoint.tensors.items():
        layer = parse_role(name).layer
        if layer is None:
            tensors[name] = info
        else:
            by_layer.setdefault(layer, []).append(info)
    for place, source in sorted(layers.items()):
        for info in by_layer.get(source, ()):
            name = re.sub(
                rf"((?:^|\.)(?:layers|h|blocks|layer|block)\.){source}\.", rf"\g<1>{place}.", info.name, count=1
            )
            tensors[name] = replace(info, name=name)
    return replace(checkpoint, tensors=tensors)
