"""Which row of the vocabulary is which token, as tokenizer.json says: read as data, and believed only for alignment."""

import json
from collections.abc import Mapping

from parentage.checkpoint.checkpoint import Checkpoint
from parentage.errors import StorageError

_FILE = "tokenizer.json"
_MOST_BYTES = 64 << 20
_MOST_TOKENS = 1 << 22


def read_vocabulary(checkpoint: Checkpoint) -> Mapping[str, int] | None:
    """Return token text -> row, or None where there is no tokenizer.json of the usual form."""
    store = checkpoint.store
    try:
        if not store.has(_FILE) or store.size(_FILE) > _MOST_BYTES:
            return None
        document = json.loads(store.read(_FILE, 0, store.size(_FILE)))
    except (StorageError, ValueError, RecursionError):
        return None
    return parse_vocabulary(document)


def _is_scored(entry: object) -> bool:
    return isinstance(entry, list) and bool(entry) and isinstance(entry[0], str)


def parse_vocabulary(document: object) -> Mapping[str, int] | None:
    """Return token text -> row of a loaded tokenizer.json: its model's vocabulary and the added tokens."""
    model = document.get("model") if isinstance(document, Mapping) else None
    listed = model.get("vocab") if isinstance(model, Mapping) else None
    if isinstance(listed, list):
        # Unigram models list (text, score) in the order of the rows.
        listed = {entry[0]: row for row, entry in enumerate(listed) if _is_scored(entry)}
    if not isinstance(listed, Mapping) or not 0 < len(listed) <= _MOST_TOKENS:
        return None
    added = document.get("added_tokens") if isinstance(document, Mapping) else None
    entries = list(listed.items())
    for entry in added if isinstance(added, list) else []:
        if isinstance(entry, Mapping):
            entries.append((entry.get("content"), entry.get("id")))
    rows = {
        text: row for text, row in entries if isinstance(text, str) and type(row) is int and 0 <= row < _MOST_TOKENS
    }
    return rows or None
