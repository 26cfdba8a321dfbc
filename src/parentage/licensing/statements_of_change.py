"""Looks for the sentence in which a publisher says that a parent was changed: merged, tuned, quantised, built upon."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from parentage.licensing.evidence_checks import Evidence, place_of
from parentage.licensing.records import ParentTerms
from parentage.licensing.repository_text import RepositoryFile, Sentence
from parentage.licensing.wording import ModelName, Reading, model_name, read_change

# So many sentences of one file that name the parent are read.
MOST_NAMING = 2_000
_RELATION = re.compile(r"^base_model_relation[ \t]*:[ \t]*[\"']?(merge|finetune|quantized|adapter)\b", re.MULTILINE)
_LOOKED = (
    "A sentence in English that names the parent and says that it was changed (merged, tuned, quantised, derived) "
    "was looked for"
)
# From this share of letters outside ASCII on, a sentence is not taken as English; nor without any of these words.
_FOREIGN = 0.3
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "from",
        "were",
        "by",
        "with",
        "this",
        "that",
        "are",
        "its",
        "for",
        "we",
        "to",
        "which",
        "is",
        "has",
    ]
)
_FEWEST_WORDS, _LONGEST = 4, 2_000
_WORD = re.compile(r"[^\W\d_]+")


def find_statement_of_change(
    parent: ParentTerms, others: Sequence[ParentTerms], subject: str, files: Sequence[RepositoryFile]
) -> Evidence:
    """Look for a sentence that names the parent and says that it was changed; `others` may stand in a list with it.

    `subject` is the name of the published model, which such a sentence may be about.
    """
    named = model_name(parent.name, parent.id)
    if named is None:
        note = "The parent has no name that is long and particular enough to be looked for."
        return Evidence(status="not-checkable", note=note)
    found = [name.exact for other in others if (name := model_name(other.name, other.id)) is not None]
    published = model_name(subject)
    own = published.exact if published is not None else None
    first: dict[str, str] = {}
    for file, sentence, at in _iter_naming(named, files):
        where = place_of(file, sentence.line_at(at))
        reading: Reading = read_change(sentence.text, named.exact, found, own)
        if reading == "stated":
            return Evidence(status="met", where=where, note="A sentence names the parent and says that it was changed.")
        if reading == "none" and read_change(sentence.text, named.loose, found, own) == "stated":
            first.setdefault("longer", where)
        if reading == "none" and _is_foreign(sentence.text):
            first.setdefault("foreign", where)
        first.setdefault(reading, where)
    return _without_statement(first, _declared_relation(named, files))


def _without_statement(first: dict[str, str], declared: str) -> Evidence:
    """Say what was seen instead, the strongest first."""
    if where := first.get("unclear"):
        said = f"{where} names the parent beside a word for a change; whether it says so is for a reader."
        return Evidence(status="disputed", note=f"{_LOOKED}. {said}")
    if where := first.get("longer"):
        said = f"{where} says so of a model whose name goes on, which may be another one."
        return Evidence(status="disputed", note=f"{_LOOKED}. {said}")
    if declared:
        said = f"The front matter alone declares the parent and a relation ({declared})."
        return Evidence(status="disputed", note=f"{_LOOKED}. {said}")
    if where := first.get("foreign"):
        return Evidence(status="not-checkable", note=f"{_LOOKED}. {where} names the parent in another language.")
    if where := first.get("denied"):
        return Evidence(status="not-found", note=f"{_LOOKED}. {where} names the parent and denies or supposes.")
    if where := first.get("none"):
        return Evidence(status="not-found", note=f"{_LOOKED}. {where} names the parent and speaks of no change.")
    return Evidence(status="not-found", note=f"{_LOOKED}. No file that people read names the parent.")


def _iter_naming(named: ModelName, files: Sequence[RepositoryFile]) -> Iterator[tuple[RepositoryFile, Sentence, int]]:
    """Yield each sentence that names the parent in its own part, with the place of the name in it."""
    for file in files:
        if not file.is_prose or file.licence or not named.loose.search(file.text):
            continue
        naming = ((sentence, named.loose.search(sentence.text, sentence.lead)) for sentence in file.sentences)
        for sentence, match in islice((pair for pair in naming if pair[1] is not None), MOST_NAMING):
            if match is not None:
                yield file, sentence, match.start()


def _declared_relation(named: ModelName, files: Sequence[RepositoryFile]) -> str:
    """Return the place of `base_model_relation` in a card whose `base_model` names the parent, "" where none does."""
    for file in files:
        end = file.text.find("\n---", 3) if file.text.startswith("---") else -1
        front = file.text[: max(end, 0)]
        relation = _RELATION.search(front)
        block = re.search(r"^base_model[ \t]*:[^\n]*(?:\n[ \t]*- [^\n]*|\n[ \t]+[^\n]*){0,100}", front, re.MULTILINE)
        if relation and block and named.exact.search(block.group()):
            return place_of(file, file.line_of(relation.start()))
    return ""


def _is_foreign(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    if letters and sum(not character.isascii() for character in letters) >= _FOREIGN * len(letters):
        return True
    words = _WORD.findall(text[:_LONGEST].lower())
    return len(words) >= _FEWEST_WORDS and _ENGLISH.isdisjoint(words)
