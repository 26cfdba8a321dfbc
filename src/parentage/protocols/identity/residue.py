"""What is left around a question once a prompt was stripped: no name, no address, nothing told; the rest is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentage.protocols.identity.telling import find_names, find_phrases, passages, words_of

# A passage of so many words in a turn's format is no format.
_PROSE_WORDS = 12
_TOLD_WORDS = 3
_MOST_CHARACTERS = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """What stands around the question. `leaks` say what forbids the prompt; `remaining` are the harmless passages."""

    leaks: tuple[str, ...]
    remaining: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether nothing is left that tells an identity."""
        return not self.leaks


def check_residue(
    around: Sequence[str], *, told: Sequence[str], names: Sequence[str], specials: Sequence[str]
) -> Residue:
    """Return what is left in the texts around a question. `told` are the passages that the template had put in."""
    if any(len(text) > _MOST_CHARACTERS for text in around):
        return Residue(leaks=(f"writes more than {_MOST_CHARACTERS} characters around a question",), remaining=())
    left = tuple(dict.fromkeys(passage for text in around for passage in passages(text, specials)))
    leaks = []
    for text in around:
        named = find_names(_without_known(text, specials), names)
        leaks += [f"names {name}" for name in named]
        leaks += [f"says {phrase!r}" for phrase in find_phrases(text)]
    known = [passage for passage in told if len(words_of(passage)) >= _TOLD_WORDS]
    for passage in left:
        if any(text in passage or passage in text for text in known if len(words_of(passage)) >= _TOLD_WORDS):
            leaks.append(f"still writes {passage[:80]!r}")
        elif len(words_of(passage)) >= _PROSE_WORDS:
            leaks.append(f"writes prose: {passage[:80]!r}")
    return Residue(leaks=tuple(dict.fromkeys(leaks)), remaining=left)


def _without_known(text: str, specials: Sequence[str]) -> str:
    """Return the text without tokens that the tokenizer lists, where a model reads an id and not a name's letters.

    Only those with a mark of their kind: a listed token of nothing but letters may be a name.
    """
    for token in sorted(specials, key=lambda token: (-len(token), token)):
        if any(character in "<>[]|｜〈〉" for character in token):
            text = text.replace(token, " ")
    return text
