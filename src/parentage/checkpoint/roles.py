"""What a tensor is for, from its name: the layer, the kind, and a key free of wrapper prefixes."""

import re
from dataclasses import dataclass

_WRAPPERS = ("base_model.", "module.", "language_model.", "transformer.", "model.")
_LAYER = re.compile(r"(?:^|\.)(?:layers|h|blocks|layer|block)\.(\d+)\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorRole:
    """Layer index or None, kind, and the name without wrapper prefixes."""

    layer: int | None
    kind: str
    key: str


def in_layer(name: str, layer: int) -> str:
    """Return the name that a tensor would have in another layer."""
    found = _LAYER.search(name)
    return name if found is None else f"{name[: found.start(1)]}{layer}{name[found.end(1) :]}"


def parse_role(name: str) -> TensorRole:
    """Return the role that the name declares; names are believed only for pairing, never for a verdict."""
    key = name
    stripped = True
    while stripped:
        stripped = False
        for prefix in _WRAPPERS:
            if key.startswith(prefix):
                key, stripped = key[len(prefix) :], True
    found = _LAYER.search("." + key)
    layer = int(found.group(1)) if found and len(found.group(1)) < 7 else None
    rest = ("." + key)[found.end() :] if found else key
    kind = re.sub(r"\.\d+(?=\.)", "", rest.removesuffix(".weight"))
    return TensorRole(layer=layer, kind=kind, key=key)
