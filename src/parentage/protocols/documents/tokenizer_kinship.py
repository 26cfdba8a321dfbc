"""Are two tokenizers one? Strings, ids, merges and added tokens, read as data and never run.

What tells tokenizers trained apart from one that was copied is the order of their pieces: the page, with what
unrelated tokenizers share, is docs/questions/file-kinship.md.
"""

import base64
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from parentage.digest import sha256_of

MOST_BYTES = 128 * 2**20
MOST_ENTRIES = 2_000_000
# Values in a JSON file: an empty list takes 64 bytes of memory for 3 in the file.
MOST_VALUES = 8_000_000
_MOST_ID = 2**31
_SHOWN = 80

# Thresholds, from tokenizers trained apart and from real ones of known descent: see the page.
FEWEST_PIECES = 500
FAMILY_ORDER = 0.65
UNRELATED_ORDER = 0.05

Status = Literal["same-file", "same-tokenizer", "extended", "same-family", "unclear", "unrelated", "not-compared"]
Strength = Literal["same-family", "none"]
# Files of (bytes, rank) lines, of one form; and files that are compared by their digest only.
_RANKED = ("tiktoken.model", "qwen.tiktoken")
_OPAQUE = ("tokenizer.model", "spiece.model", "sentencepiece.bpe.model", "tekken.json", "vocab.txt")
# An opaque file that is shorter may be a list of letters, which many have.
_FEWEST_BYTES = 8 * 2**10
_READ = ("tokenizer.json", "vocab.json", *_RANKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokenizer:
    """A tokenizer as its files say: strings with their ids, merges in order, added tokens, digests by file name.

    `kind` is BPE, Unigram, WordPiece, WordLevel, or "" where only digests are known; `problems` are what was left out.
    """

    kind: str = ""
    strings: Mapping[str, int] = field(default_factory=dict)
    merges: tuple[tuple[str, str], ...] = ()
    added: Mapping[str, int] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    @property
    def whole(self) -> dict[str, int]:
        """The vocabulary with the added tokens: some files repeat those in the vocabulary and some do not."""
        return {**self.strings, **self.added}

    @property
    def own(self) -> dict[str, int]:
        """The vocabulary without the added tokens."""
        return {text: row for text, row in self.strings.items() if text not in self.added}


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenizerLikeness:
    """How two tokenizers compare; `order` is the share of neighbouring pieces that are neighbours in the other too.

    `pieces` counts the smaller's pieces (merges, or strings of two characters or more) and `prefix` the merges that
    both begin with. `shared_added` are added tokens with one string, `added_at_same_id` those with one id as well.
    """

    status: Status
    strength: Strength
    vocabulary: int = 0
    other_vocabulary: int = 0
    shared_strings: int = 0
    same_ids: int = 0
    merges: int = 0
    other_merges: int = 0
    shared_merges: int = 0
    prefix: int = 0
    added: int = 0
    other_added: int = 0
    shared_added: int = 0
    added_at_same_id: int = 0
    pieces: int = 0
    order: float = 0.0
    same_file: bool = False


def parse_tokenizer(files: Mapping[str, bytes]) -> Tokenizer | None:
    """Return the tokenizer of a repository's files, None where there is none; what cannot be read is a problem."""
    digests = {name: sha256_of(files[name]) for name in ("tokenizer.json", *_RANKED) if name in files}
    digests |= {name: sha256_of(files[name]) for name in _OPAQUE if len(files.get(name, b"")) >= _FEWEST_BYTES}
    if "vocab.json" in files:
        digests["vocab.json"] = sha256_of(files["vocab.json"] + b"\0" + files.get("merges.txt", b""))
    if not digests:
        return None
    problems: list[str] = []
    kind: str = ""
    strings: dict[str, int] = {}
    merges: tuple[tuple[str, str], ...] = ()
    added: dict[str, int] = {}
    if "tokenizer.json" in files:
        document = _object("tokenizer.json", files["tokenizer.json"], problems)
        kind, strings, merges, added = _parsed(document, problems)
    if not strings and "vocab.json" in files:
        kind, strings, merges, added = _parsed_pair(files, problems)
    for name in _RANKED:
        if not strings and name in files:
            kind, strings, added = "BPE", _parsed_ranks(name, files[name], problems), _added_beside(files, problems)
    return Tokenizer(kind=kind, strings=strings, merges=merges, added=added, digests=digests, problems=tuple(problems))


def _object(name: str, data: bytes, problems: list[str]) -> Mapping[str, Any]:
    """Return the JSON object in a file, empty where there is none; sizes are bounded before anything is parsed."""
    if len(data) > MOST_BYTES:
        problems.append(f"{name}: {len(data)} bytes: at most {MOST_BYTES}")
        return {}
    if sum(map(data.count, (b",", b"[", b"{"))) > MOST_VALUES:
        problems.append(f"{name}: more than {MOST_VALUES} values")
        return {}
    try:
        held = json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        problems.append(f"{name}: malformed JSON: nested too deeply")
        return {}
    except ValueError as error:
        problems.append(f"{name}: malformed JSON: {str(error)[:_SHOWN]}")
        return {}
    if not isinstance(held, dict):
        problems.append(f"{name}: a JSON object, not {type(held).__name__}")
        return {}
    return held


_Parts = tuple[str, dict[str, int], tuple[tuple[str, str], ...], dict[str, int]]


def _parsed(document: Mapping[str, Any], problems: list[str]) -> _Parts:
    model = document.get("model")
    if not isinstance(model, dict):
        if document:
            problems.append("tokenizer.json: no model")
        return "", {}, (), {}
    vocab = model.get("vocab")
    if isinstance(vocab, list):
        # Unigram models list (text, score) in the order of the ids.
        strings = _rows(
            "tokenizer.json",
            ((one[0] if isinstance(one, list) and one else one, at) for at, one in enumerate(vocab)),
            problems,
        )
    else:
        strings = _rows("tokenizer.json", vocab.items() if isinstance(vocab, dict) else (), problems)
    listed = document.get("added_tokens")
    tokens = (one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, dict))
    added = _rows("tokenizer.json: added_tokens", ((one.get("content"), one.get("id")) for one in tokens), problems)
    merges = model.get("merges")
    pairs = _merges("tokenizer.json", merges if isinstance(merges, list) else [], problems)
    kind = model.get("type")
    if kind not in ("BPE", "Unigram", "WordPiece", "WordLevel"):
        kind = "BPE" if pairs else "Unigram" if isinstance(vocab, list) else "WordPiece"
    return kind, strings, pairs, added


def _parsed_pair(files: Mapping[str, bytes], problems: list[str]) -> _Parts:
    """Return the tokenizer of vocab.json and merges.txt, with the added tokens of the files beside them."""
    strings = _rows("vocab.json", _object("vocab.json", files["vocab.json"], problems).items(), problems)
    text = files.get("merges.txt", b"")
    lines: Sequence[str] = ()
    if len(text) > MOST_BYTES or text.count(b"\n") > MOST_ENTRIES:
        problems.append(f"merges.txt: {len(text)} bytes: at most {MOST_BYTES}, and {MOST_ENTRIES} lines")
    else:
        # Only "\n" ends a line: a merge may hold any other separator.
        lines = text.decode("utf-8", "replace").split("\n")
    merges = [line.rstrip("\r") for line in lines if line.strip() and not line.startswith("#version")]
    return "BPE", strings, _merges("merges.txt", merges, problems), _added_beside(files, problems)


def _added_beside(files: Mapping[str, bytes], problems: list[str]) -> dict[str, int]:
    added: list[tuple[Any, Any]] = []
    if "added_tokens.json" in files:
        added += _object("added_tokens.json", files["added_tokens.json"], problems).items()
    if "tokenizer_config.json" in files:
        decoder = _object("tokenizer_config.json", files["tokenizer_config.json"], problems).get("added_tokens_decoder")
        for row, one in decoder.items() if isinstance(decoder, dict) else ():
            if isinstance(one, dict) and row.isascii() and row.isdigit() and len(row) < 12:
                added.append((one.get("content"), int(row)))
    return _rows("added tokens", added, problems)


def _byte_letters() -> str:
    """Return the letter that byte-level vocabularies write for each byte: itself where it can be seen, else 256 on."""
    seen = {*range(33, 127), *range(161, 173), *range(174, 256)}
    hidden = [byte for byte in range(256) if byte not in seen]
    return "".join(chr(byte if byte in seen else 256 + hidden.index(byte)) for byte in range(256))


_LETTERS = _byte_letters()


def _parsed_ranks(name: str, data: bytes, problems: list[str]) -> dict[str, int]:
    """Return the strings of a file of lines "base64 rank", written as byte-level vocabularies write them."""
    if len(data) > MOST_BYTES or data.count(b"\n") > MOST_ENTRIES:
        problems.append(f"{name}: {len(data)} bytes: at most {MOST_BYTES}, and {MOST_ENTRIES} lines")
        return {}
    entries: list[tuple[Any, Any]] = []
    for line in data.splitlines():
        text, _, rank = line.strip().partition(b" ")
        try:
            written = base64.b64decode(text, validate=True).decode("latin-1").translate(_LETTERS)
        except ValueError:
            written = ""
        if line.strip():
            entries.append((written or None, int(rank) if rank.isdigit() and len(rank) < 12 else None))
    return _rows(name, entries, problems)


def _rows(where: str, entries: Iterable[tuple[Any, Any]], problems: list[str]) -> dict[str, int]:
    """Return text -> id; of a string that is there twice the first id, and nothing of an id that cannot be one."""
    found: dict[str, int] = {}
    odd = twice = 0
    for text, row in entries:
        if not isinstance(text, str) or type(row) is not int or not 0 <= row < _MOST_ID:
            odd += 1
        elif len(found) >= MOST_ENTRIES:
            problems.append(f"{where}: more than {MOST_ENTRIES} entries: none are used")
            return {}
        elif found.setdefault(text, row) != row:
            twice += 1
    if odd:
        problems.append(f"{where}: {odd} entries without a string and an id")
    if twice:
        problems.append(f"{where}: {twice} strings again with another id")
    if len(set(found.values())) < len(found):
        problems.append(f"{where}: {len(found) - len(set(found.values()))} ids stand for more than one string")
    return found


def _merges(where: str, entries: Sequence[object], problems: list[str]) -> tuple[tuple[str, str], ...]:
    if len(entries) > MOST_ENTRIES:
        problems.append(f"{where}: more than {MOST_ENTRIES} merges: none are used")
        return ()
    found: list[tuple[str, str]] = []
    for entry in entries:
        pair = entry.split(" ") if isinstance(entry, str) else entry
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) and part for part in pair):
            found.append((pair[0], pair[1]))
    if len(found) < len(entries):
        problems.append(f"{where}: {len(entries) - len(found)} merges are not pairs")
    return tuple(found)


def compare_tokenizers(subject: Tokenizer | None, candidate: Tokenizer | None) -> TokenizerLikeness:
    """Return how a subject's tokenizer relates to a candidate's, by the thresholds of the page."""
    if subject is None or candidate is None:
        return TokenizerLikeness(status="not-compared", strength="none")
    if not subject.strings or not candidate.strings:
        return _by_digest(subject, candidate)
    left, right = subject.whole, candidate.whole
    merges, others = set(subject.merges), set(candidate.merges)
    pieces, order = _order(subject, candidate)
    same_file = bool(_same_files(subject, candidate))
    status = "same-file" if same_file else _status(subject, candidate, pieces, order)
    return TokenizerLikeness(
        status=status,
        strength="none" if status in ("unclear", "unrelated") or pieces < FEWEST_PIECES else "same-family",
        vocabulary=len(left),
        other_vocabulary=len(right),
        shared_strings=len(left.keys() & right.keys()),
        same_ids=len(left.items() & right.items()),
        merges=len(subject.merges),
        other_merges=len(candidate.merges),
        shared_merges=len(merges & others),
        prefix=_prefix(subject.merges, candidate.merges),
        added=len(subject.added),
        other_added=len(candidate.added),
        shared_added=len(subject.added.keys() & candidate.added.keys()),
        added_at_same_id=len(subject.added.items() & candidate.added.items()),
        pieces=pieces,
        order=order,
        same_file=same_file,
    )


def _same_files(subject: Tokenizer, candidate: Tokenizer) -> list[str]:
    """Return whether the file that both are read from is one: the first that both have."""
    names = [name for name in _READ if name in subject.digests]
    both = [name for name in names if name in candidate.digests]
    return [name for name in both[:1] if subject.digests[name] == candidate.digests[name]]


def _by_digest(subject: Tokenizer, candidate: Tokenizer) -> TokenizerLikeness:
    """Compare digests where a file of either cannot be read; that a malformed file is the same says nothing."""
    same = [name for name in subject.digests if subject.digests[name] == candidate.digests.get(name)]
    return TokenizerLikeness(
        status="same-file" if same else "not-compared",
        strength="same-family" if any(name in _OPAQUE for name in same) else "none",
        same_file=bool(same),
    )


def _status(subject: Tokenizer, candidate: Tokenizer, pieces: int, order: float) -> Status:
    if subject.kind == candidate.kind and subject.merges == candidate.merges:
        if subject.whole == candidate.whole:
            return "same-tokenizer"
        if subject.own == candidate.own and pieces:
            return "extended"
    if pieces < FEWEST_PIECES or UNRELATED_ORDER <= order < FAMILY_ORDER:
        return "unclear"
    return "same-family" if order >= FAMILY_ORDER else "unrelated"


def _pieces(tokenizer: Tokenizer, by_merges: bool) -> list[str]:
    """Return what was learned, in its order: what merges make, else strings of two characters or more by their ids.

    Converters write every way to make a piece, next to each other: as merges those neighbour each other everywhere.
    """
    if by_merges:
        return list(dict.fromkeys(left + right for left, right in tokenizer.merges))
    rows = sorted((row, text) for text, row in tokenizer.own.items() if len(text.lstrip("▁Ġ#")) > 1)
    return [text for _, text in rows]


def _order(subject: Tokenizer, candidate: Tokenizer) -> tuple[int, float]:
    """Return the smaller's number of pieces, and which share of its neighbours are neighbours in the other.

    Pieces in the order of the alphabet are no evidence: their neighbours are the language's.
    """
    by_merges = bool(subject.merges and candidate.merges)
    left, right = (_pieces(one, by_merges) for one in (subject, candidate))
    if not by_merges and (_is_sorted(left) or _is_sorted(right)):
        return 0, 0.0
    if len(left) > len(right):
        left, right = right, left
    if len(left) < 2:
        return len(left), 0.0
    following = dict(pairwise(right))
    kept = sum(following.get(one) == after for one, after in pairwise(left))
    return len(left), kept / (len(left) - 1)


def _is_sorted(pieces: Sequence[str]) -> bool:
    rising = sum(one < after for one, after in pairwise(pieces))
    return len(pieces) > 2 and rising > 0.8 * (len(pieces) - 1)


def _prefix(left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]]) -> int:
    for place, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return place
    return min(len(left), len(right))
