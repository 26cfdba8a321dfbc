"""Pairs the subject's tensors with each candidate's; whatever is not paired is reported, never dropped."""

import hashlib
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.checkpoint.header import TensorInfo
from parentage.checkpoint.roles import TensorRole, in_layer, parse_role

_VOCABULARY = ("embed_tokens", "lm_head", "wte", "word_embeddings")
_CONTENT_BYTES = 1 << 26


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedTensor:
    """A subject tensor, its partner in each candidate (None where absent) and the leading elements compared."""

    role: TensorRole
    subject: TensorInfo
    candidates: tuple[TensorInfo | None, ...]
    elements: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaired:
    """A tensor without a partner, and why."""

    side: str
    candidate: int
    tensor: str
    elements: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """All pairs in the subject's file order, and all that is left over."""

    pairs: tuple[PairedTensor, ...]
    unpaired: tuple[Unpaired, ...]


def pair_tensors(
    subject: Checkpoint,
    candidates: Sequence[Checkpoint],
    *,
    chosen: Collection[int] | None = None,
    layers: Mapping[int, int] | None = None,
) -> Pairing:
    """Pair by exact name, by name without wrapper prefixes, by tying, and last by identical content.

    Candidates that are not among the `chosen` are left out: their tensors are neither partners nor unpaired. `layers`
    says which layer of the candidates a layer of the subject is laid beside, where that is not the same one.
    """
    unpaired: list[Unpaired] = []
    columns: list[dict[str, tuple[TensorInfo, int, str]]] = []
    for place, candidate in enumerate(candidates):
        if chosen is not None and place not in chosen:
            columns.append({})
            continue
        partners, left = _pair_one(subject, candidate, place, layers or {})
        columns.append(partners)
        unpaired.extend(left)
    pairs = []
    for info in subject.tensors.values():
        found = [column.get(info.name) for column in columns]
        if not any(found):
            continue
        pairs.append(
            PairedTensor(
                role=parse_role(info.name),
                subject=info,
                candidates=tuple(entry[0] if entry else None for entry in found),
                elements=min(entry[1] for entry in found if entry),
                note="; ".join(sorted({entry[2] for entry in found if entry and entry[2]})),
            )
        )
    return Pairing(pairs=tuple(pairs), unpaired=tuple(unpaired))


def _pair_one(
    subject: Checkpoint, candidate: Checkpoint, place: int, layers: Mapping[int, int]
) -> tuple[dict[str, tuple[TensorInfo, int, str]], list[Unpaired]]:
    by_key: dict[str, list[TensorInfo]] = {}
    for info in candidate.tensors.values():
        by_key.setdefault(parse_role(info.name).key, []).append(info)
    partners: dict[str, tuple[TensorInfo, int, str]] = {}
    reasons: dict[str, str] = {}
    for info in subject.tensors.values():
        partner, note = _by_name(info.name, candidate, by_key, layers)
        if partner is None:
            reasons[info.name] = "the candidate has no tensor of this name"
            continue
        elements, reason = _comparable(info, partner)
        if elements:
            padded = elements != info.elements or elements != partner.elements
            partners[info.name] = (partner, elements, "padded vocabulary, common rows only" if padded else note)
        else:
            reasons[info.name] = reason
    _by_content(subject, candidate, partners)
    used = {partner.name for partner, _, _ in partners.values()}
    left = [
        Unpaired(side="subject", candidate=place, tensor=name, elements=subject.tensors[name].elements, reason=reason)
        for name, reason in reasons.items()
        if name not in partners
    ]
    left += [
        Unpaired(
            side="candidate", candidate=place, tensor=info.name, elements=info.elements, reason="not in the subject"
        )
        for info in candidate.tensors.values()
        if info.name not in used
    ]
    return partners, left


def _by_name(
    name: str, candidate: Checkpoint, by_key: dict[str, list[TensorInfo]], layers: Mapping[int, int]
) -> tuple[TensorInfo | None, str]:
    role = parse_role(name)
    if role.layer is not None and layers.get(role.layer, role.layer) != role.layer:
        layer = layers[role.layer]
        partner, _ = _by_name(in_layer(name, layer), candidate, by_key, {})
        return partner, f"laid beside layer {layer}" if partner is not None else ""
    if name in candidate.tensors:
        return candidate.tensors[name], ""
    key = role.key
    if len(by_key.get(key, ())) == 1:
        return by_key[key][0], "paired without its prefix"
    if key == "lm_head.weight" and len(by_key.get("embed_tokens.weight", ())) == 1:
        return by_key["embed_tokens.weight"][0], "tied in the candidate"
    return None, ""


def _comparable(info: TensorInfo, partner: TensorInfo) -> tuple[int, str]:
    if info.dtype.kind != partner.dtype.kind:
        return 0, f"{info.dtype.name} against {partner.dtype.name}"
    if info.shape == partner.shape:
        return info.elements, "no elements"
    words = f"shape {info.shape} against {partner.shape}"
    vocabulary = any(word in info.name for word in _VOCABULARY)
    if vocabulary and len(info.shape) == 2 == len(partner.shape) and info.shape[1] == partner.shape[1]:
        return min(info.shape[0], partner.shape[0]) * info.shape[1], words
    return 0, words


def _by_content(subject: Checkpoint, candidate: Checkpoint, partners: dict[str, tuple[TensorInfo, int, str]]) -> None:
    """Pair renamed copies: same shape and dtype, the same bytes, and only one such tensor."""
    used = {partner.name for partner, _, _ in partners.values()}
    free = [info for info in candidate.tensors.values() if info.name not in used and _is_small(info)]
    for info in subject.tensors.values():
        if info.name in partners or not _is_small(info):
            continue
        same = [other for other in free if (other.shape, other.dtype) == (info.shape, info.dtype)]
        if not same:
            continue
        wanted = _digest(subject, info)
        equal = [other for other in same if _digest(candidate, other) == wanted]
        if len(equal) == 1:
            partners[info.name] = (equal[0], info.elements, f"renamed: {equal[0].name}")
            free.remove(equal[0])


def _is_small(info: TensorInfo) -> bool:
    return 0 < math.prod(info.shape) * info.dtype.itemsize <= _CONTENT_BYTES


def _digest(checkpoint: Checkpoint, info: TensorInfo) -> bytes:
    return hashlib.sha256(checkpoint.store.read(info.shard, info.start, info.stop)).digest()
