"""Who is known: models and labs in all scripts, with the case's own merged in, found in linear time.

Names are compared token by token, so that "GPT-4", "gpt 4" and "GPT4" are one, "Meta" is not in "metaphor", a Latin
name is found between Chinese characters, and Arabic ones behind the prefixes that are written together with them.
"""

import functools
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Literal

from parentage.digest import sha256_of
from parentage.protocols.identity.reading.text import Folded, Token, fold, tokenize
from parentage.protocols.identity.records import Identity, Popularity

BEST_KNOWN_FIRST: tuple[Popularity, ...] = ("popular", "known", "rare", "case")
_GAPS = ("", " ", "-", "_", ".", "/", "·", "'", " - ", " · ")
_PREFIXES = ("", "و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل", "فال", "كال", "ولل", "وب", "ول")
_VARIANTS_TEXT = (
    "pro max mini turbo plus instruct chat base large small medium ultra flash nano lite sonnet opus "
    "haiku preview thinking reasoner coder vl code air next omni nemo tiny micro premier lightning exp it "
    "v r k m x b a h"
)
_VARIANTS = frozenset(_VARIANTS_TEXT.split())
_NUMBERED = frozenset(["v", "r", "k", "m", "x", "b", "a", "h", "o", "n"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A known name at [start, end) of a folded text. Ambiguous ones are ordinary words as well."""

    key: str
    start: int
    end: int
    is_name: bool
    is_maker: bool
    ambiguous: bool


@dataclass(slots=True)
class _Node:
    following: dict[str, "_Node"] = field(default_factory=dict)
    owner: tuple[str, bool, bool, bool] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Identities that can be found in text. `digest` covers all of them, the case's included.

    `popularity` is that of each key: whom unrelated models name often, sometimes, seldom, and whom the case brings.
    """

    identities: tuple[Identity, ...]
    digest: str
    root: _Node = field(repr=False, compare=False)
    popularity: Mapping[str, Popularity]

    def find(self, folded: Folded) -> tuple[Found, ...]:
        """Return the known names of a text in order, the longest where several begin at one place."""
        tokens = tokenize(folded.text)
        found = []
        at = 0
        while at < len(tokens):
            match, at = self._match(folded, tokens, at)
            if match is not None:
                found.append(match)
        return tuple(found)

    def key_of(self, name: str) -> str | None:
        """Return the key of the identity that has exactly this name or maker, or None."""
        folded = fold(name)
        for one in self.find(folded):
            if one.start == 0 and one.end == len(folded.text):
                return one.key
        return None

    def _match(self, folded: Folded, tokens: Sequence[Token], at: int) -> tuple[Found | None, int]:
        best: tuple[int, int, tuple[str, bool, bool, bool]] | None = None
        for cut in _cuts(tokens[at]):
            node = self.root.following.get(tokens[at].text[cut:])
            place = at
            while node is not None:
                if node.owner is not None and (best is None or place > best[0]):
                    best = (place, tokens[at].start + cut, node.owner)
                place += 1
                if place == len(tokens) or folded.text[tokens[place - 1].end : tokens[place].start] not in _GAPS:
                    break
                node = node.following.get(tokens[place].text)
        if best is None:
            return None, at + 1
        last, start, (key, is_name, is_maker, ambiguous) = best
        if is_name:
            last = _with_version(folded, tokens, last)
        end = tokens[last].end
        found = Found(key=key, start=start, end=end, is_name=is_name, is_maker=is_maker, ambiguous=ambiguous)
        return found, last + 1


def _cuts(token: Token) -> Iterator[int]:
    yield 0
    if token.kind == "arabic":
        for prefix in _PREFIXES[1:]:
            if token.text.startswith(prefix) and len(token.text) > len(prefix) + 1:
                yield len(prefix)


def _with_version(folded: Folded, tokens: Sequence[Token], last: int) -> int:
    """Return the last token of a name with the version that follows it: Qwen 2.5, Llama-3.1-8B-Instruct."""
    for place in range(last + 1, min(last + 9, len(tokens))):
        token = tokens[place]
        gap = folded.text[tokens[place - 1].end : token.start]
        if gap not in ("", " ", "-", ".", "_") or (gap == "." and token.kind != "digit"):
            break
        if (
            (token.kind == "digit" and (len(token.text) <= 4 or gap in "-_"))
            or (token.text in _NUMBERED and _is_numbered(folded, tokens, place))
            or (token.text in _VARIANTS and len(token.text) > 1 and (gap in "-_" or folded.is_capital(token.start)))
        ):
            last = place
        else:
            break
    return last


def _is_numbered(folded: Folded, tokens: Sequence[Token], place: int) -> bool:
    """Say whether a single letter belongs to a number beside it: V3, 8B."""
    before, token = tokens[place - 1], tokens[place]
    if before.kind == "digit" and before.end == token.start:
        return True
    return place + 1 < len(tokens) and tokens[place + 1].kind == "digit" and tokens[place + 1].start == token.end


def make_lexicon(case: Sequence[Identity] = ()) -> Lexicon:
    """Return the built-in identities with the case's before them; a name that both have is the case's."""
    identities = (*case, *_built_in())
    root = _Node()
    for identity in identities:
        owns = [(name, True) for name in identity.names] + [(maker, False) for maker in identity.makers]
        plain = {fold(name).text for name in identity.ambiguous}
        for text, is_name in owns:
            _plant(root, identity.key, text, is_name=is_name, ambiguous=fold(text).text in plain)
    return Lexicon(
        identities=identities,
        digest=sha256_of(_canonical(identities)),
        root=root,
        popularity=_best_known(identities),
    )


def _best_known(identities: Sequence[Identity]) -> dict[str, Popularity]:
    """Return the best known of what is said of each key, and of everybody who shares a name with it."""
    names: dict[str, set[str]] = {}
    for one in identities:
        for name in (*one.names, *one.makers):
            names.setdefault(fold(name).text, set()).add(one.key)
    said: dict[str, set[Popularity]] = {}
    for one in identities:
        for key in {one.key}.union(*(names[fold(name).text] for name in (*one.names, *one.makers))):
            said.setdefault(key, set()).add(one.popularity)
    return {key: next(level for level in BEST_KNOWN_FIRST if level in found) for key, found in said.items()}


def _plant(root: _Node, key: str, text: str, *, is_name: bool, ambiguous: bool) -> None:
    node = root
    for token in tokenize(fold(text).text):
        node = node.following.setdefault(token.text, _Node())
    if node is root:
        return
    if node.owner is None:
        node.owner = (key, is_name, not is_name, ambiguous)
    elif node.owner[0] == key:
        _, name, maker, unsure = node.owner
        node.owner = (key, name or is_name, maker or not is_name, unsure or ambiguous)


def _canonical(identities: Sequence[Identity]) -> bytes:
    rows = [
        {
            "key": one.key,
            "names": sorted(one.names),
            "makers": sorted(one.makers),
            "ambiguous": sorted(one.ambiguous),
            "popularity": one.popularity,
        }
        for one in identities
    ]
    return json.dumps(rows, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@functools.cache
def _built_in() -> tuple[Identity, ...]:
    held = json.loads(files("parentage.protocols.identity").joinpath("lexicon.json").read_text(encoding="utf-8"))
    return tuple(
        Identity(
            key=row["key"],
            names=tuple(row["names"]),
            makers=tuple(row["makers"]),
            popularity=_popularity(row["popularity"]),
            ambiguous=tuple(row["ambiguous"]),
        )
        for row in held["identities"]
    )


def _popularity(text: str) -> Literal["popular", "known", "rare", "case"]:
    match text:
        case "popular" | "known" | "rare":
            return text
        case _:
            raise ValueError(text)
