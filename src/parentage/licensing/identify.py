"""Which licence a text is: exactly one of the vendored ones, or none, with what was changed in the nearest.

A licence with one clause altered is not that licence, however alike the rest; so likeness never identifies, it only
tells a reader where to look. Method and limits: docs/questions/licences.md.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from types import MappingProxyType

from parentage.digest import sha256_of
from parentage.errors import InputError
from parentage.licensing.catalogue import CatalogueEntry, licence_text, load_entries, variant_texts
from parentage.licensing.normalising import normalise

MOST_DIFFERENCES = 8
_SHINGLE = 5
_LEAST_SHARED = 0.4
_MOST_COMPARED = 12_000
_AROUND = 5
_MOST_SHOWN = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Which licence a text is. `key` is None unless its normalised text is exactly a known one.

    Otherwise `nearest` is the key of the known text that shares most with it ("" where none shares enough), and
    `differences` are short passages of both, normalised; `contains` are the keys of licences whose whole text stands
    in it among other words. `digest` is over the normalised text; `problem` says why a text could not be compared.
    """

    key: str | None
    digest: str = ""
    nearest: str = ""
    differences: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Known:
    """All known licences, normalised: every exact form with its key; then, by text, key and form, key and the least
    that a copy holds (no heading, nothing optional), and the form's runs of words.
    """

    exact: Mapping[str, str]
    whole: tuple[tuple[str, str], ...]
    cores: tuple[tuple[str, str], ...]
    shingles: tuple[frozenset[int], ...]


def identify_text(text: str) -> Identification:
    """Return which licence a text is, or what it is nearest to and contains. Never raises for a hostile text."""
    try:
        words = normalise(text)
    except InputError as problem:
        return Identification(key=None, problem=str(problem))
    digest = sha256_of(words.encode("utf-8", "replace"))
    if not words:
        return Identification(key=None, digest=digest, problem="the file holds no words")
    known = _load_known()
    if (key := known.exact.get(words)) is not None:
        return Identification(key=key, digest=digest)
    contains = _contained(words, known)
    nearest = _nearest(words, known)
    if nearest is None:
        return Identification(key=None, digest=digest, contains=contains)
    key, form = nearest
    return Identification(
        key=None, digest=digest, nearest=key, differences=_differences(form, words), contains=contains
    )


@cache
def _load_known() -> _Known:
    exact: dict[str, str] = {}
    whole: list[tuple[str, str]] = []
    cores: list[tuple[str, str]] = []
    for key, entry in load_entries().items():
        for text in (licence_text(key), *variant_texts(key).values()):
            form = normalise(text)
            forms = list(_forms(form, entry))
            exact |= dict.fromkeys(forms, key)
            whole.append((key, form))
            cores.append((key, min(forms, key=len)))
    shingles = tuple(_shingles(form) for _, form in whole)
    return _Known(MappingProxyType(exact), tuple(whole), tuple(cores), shingles)


def _forms(form: str, entry: CatalogueEntry) -> Iterator[str]:
    """Yield the normalised text as it is, without each optional passage, and each with and without a heading."""
    titles = sorted((normalise(title) for title in entry.titles), key=len, reverse=True)
    for shortened in (form, *_without_passages(form, entry.optional)):
        bare = next((shortened[len(title) + 1 :] for title in titles if shortened.startswith(f"{title} ")), shortened)
        yield from (shortened, bare, *(f"{title} {bare}" for title in titles))


def _without_passages(form: str, passages: Sequence[tuple[str, str]]) -> Iterator[str]:
    for first, last in passages:
        start = form.find(first)
        stop = form.find(last, start) if last else len(form)
        if 0 <= start < stop:
            yield f"{form[:start].rstrip()} {form[stop:]}".strip()


def _contained(words: str, known: _Known) -> tuple[str, ...]:
    """Return the licences whose whole text is a part of the words, leaving out those that are part of another."""
    padded = f" {words} "
    found = {key: core for key, core in known.cores if f" {core} " in padded}
    return tuple(
        key
        for key, core in found.items()
        if not any(other != key and f" {core} " in f" {longer} " for other, longer in found.items())
    )


def _nearest(words: str, known: _Known) -> tuple[str, str] | None:
    """Return key and form of the known text that shares most runs of five words, None where none shares enough."""
    here = _shingles(words)
    if not here:
        return None
    shares = [2 * len(here & there) / (len(here) + len(there) or 1) for there in known.shingles]
    best = max(range(len(shares)), key=shares.__getitem__)
    inside = len(here & known.shingles[best]) / (len(known.shingles[best]) or 1)
    return known.whole[best] if max(shares[best], inside) >= _LEAST_SHARED else None


def _shingles(words: str) -> frozenset[int]:
    listed = words.split(" ")
    return frozenset(hash(tuple(listed[place : place + _SHINGLE])) for place in range(len(listed) - _SHINGLE + 1))


def _differences(form: str, words: str) -> tuple[str, ...]:
    """Return where the words differ from a known text, a few lines `licence: "..." - here: "..."`."""
    there, here = form.split(" "), words.split(" ")
    head = _shared(there, here)
    tail = _shared(there[head:][::-1], here[head:][::-1])
    middle_there = there[head : len(there) - tail][:_MOST_COMPARED]
    middle_here = here[head : len(here) - tail][:_MOST_COMPARED]
    rows: list[str] = []
    matcher = SequenceMatcher(None, middle_there, middle_here, autojunk=True)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        if len(rows) == MOST_DIFFERENCES:
            return (*rows, "and more")
        before = there[max(0, head + i1 - _AROUND) : head + i1]
        after_there, after_here = there[head + i2 : head + i2 + _AROUND], here[head + j2 : head + j2 + _AROUND]
        rows.append(
            f'licence: "{_passage(before, middle_there[i1:i2], after_there)}" - '
            f'here: "{_passage(before, middle_here[j1:j2], after_here)}"'
        )
    return tuple(rows)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many words two lists begin with alike."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _passage(before: Sequence[str], changed: Sequence[str], after: Sequence[str]) -> str:
    """Return a few words of a text on one line, what differs in brackets, without anything unprintable."""
    shown = " ".join(changed[:_MOST_SHOWN]) + (" ..." if len(changed) > _MOST_SHOWN else "")
    line = " ".join([*before, f"[{shown}]", *after])
    return "".join(c if c.isprintable() else "\ufffd" for c in line)[:400]
