"""What is asked: families of prompts, each in every language, fixed under a version and a digest.

The wordings are data (`prompts-1.json`), so that a reader can judge them. A change of one character is another digest;
a change of wording or of families is another version, in a file of its own beside the old one.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from importlib.resources import files
from typing import Any, get_args

from parentage.digest import sha256_of
from parentage.errors import InputError, UsageError
from parentage.evidence.canonical import canonical_json, parse_json
from parentage.protocols.identity.calls import QUICK_CALLS, thin_prompts
from parentage.protocols.identity.records import LANGUAGES, Approach, Prompt

PROMPTS_VERSION = "1"
PROMPTS_SCHEMA = "parentage.prompts/v1"
TOPICS = ("name", "maker", "origin", "ancestry", "story")

_FILE = f"prompts-{PROMPTS_VERSION}.json"
_FIELDS = {"family", "approach", "topic", "text"}
_MOST_CHARACTERS = 1_000


def load_prompts() -> tuple[Prompt, ...]:
    """Return every prompt of this version, family by family, each in the order of LANGUAGES."""
    return parse_prompts(files("parentage.protocols.identity").joinpath(_FILE).read_bytes(), where=_FILE)


def parse_prompts(content: bytes, *, where: str) -> tuple[Prompt, ...]:
    """Return the prompts of a file's content; raises InputError where it breaks a rule of the format."""
    document = parse_json(content, where)
    if not isinstance(document, dict) or set(document) != {"schema", "version", "families"}:
        raise InputError(where, type(document).__name__, "an object with schema, version and families")
    if (document["schema"], document["version"]) != (PROMPTS_SCHEMA, PROMPTS_VERSION):
        raise InputError(where, f"{document['schema']}, {document['version']}", f"{PROMPTS_SCHEMA}, {PROMPTS_VERSION}")
    if not isinstance(document["families"], list):
        raise InputError(where, "families", "a list")
    prompts = tuple(prompt for entry in document["families"] for prompt in _parse_family(entry, where))
    for what, values in (
        ("family", Counter(f"{prompt.family} in {prompt.language}" for prompt in prompts)),
        ("text", Counter(f"{prompt.language}: {prompt.text}" for prompt in prompts)),
    ):
        if repeated := [value for value, count in values.items() if count > 1]:
            raise InputError(where, repeated[0], f"no {what} occurs twice")
    return prompts


def prompts_digest(prompts: Sequence[Prompt] | None = None) -> str:
    """Return the digest of what is asked (of this version's prompts unless others are given), whatever the layout.

    sha256 over canonical JSON: the version, then [family, language, approach, topic, text] of each, sorted.
    """
    rows = sorted(
        [prompt.family, prompt.language, prompt.approach, prompt.topic, prompt.text]
        for prompt in (load_prompts() if prompts is None else prompts)
    )
    return sha256_of(canonical_json([PROMPTS_VERSION, rows]))


def select(
    prompts: Sequence[Prompt],
    *,
    languages: Collection[str] = LANGUAGES,
    families: Collection[str] | None = None,
    quick: bool = False,
) -> tuple[Prompt, ...]:
    """Return the prompts in these languages and families; `quick`: at most QUICK_CALLS of them, families first.

    Raises UsageError where a language or a family is asked for that is not there.
    """
    for wanted, there in (
        (languages, {prompt.language for prompt in prompts}),
        (families or (), {prompt.family for prompt in prompts}),
    ):
        if missing := sorted(set(wanted) - set(there)):
            raise UsageError(f"no prompts in {missing[0]!r}: there are {', '.join(sorted(there))}")
    chosen = tuple(
        prompt for prompt in prompts if prompt.language in languages and (families is None or prompt.family in families)
    )
    return thin_prompts(chosen, calls=QUICK_CALLS) if quick else chosen


def _parse_family(entry: Any, where: str) -> tuple[Prompt, ...]:
    if not isinstance(entry, dict) or set(entry) != _FIELDS:
        raise InputError(where, repr(entry)[:80], f"a family has {', '.join(sorted(_FIELDS))}")
    family, approach, topic, text = (entry[name] for name in ("family", "approach", "topic", "text"))
    if not isinstance(family, str) or not family.replace("-", "").isalnum() or family != family.lower():
        raise InputError(where, repr(family), "a family's name is lower-case words with hyphens")
    if approach not in get_args(Approach):
        raise InputError(where, repr(approach), f"{family}'s approach is one of {', '.join(get_args(Approach))}")
    if topic not in TOPICS:
        raise InputError(where, repr(topic), f"{family}'s topic is one of {', '.join(TOPICS)}")
    if not isinstance(text, dict) or set(text) != set(LANGUAGES):
        raise InputError(where, repr(text)[:80], f"{family} is worded in {', '.join(LANGUAGES)}")
    for language in LANGUAGES:
        wording = text[language]
        if not isinstance(wording, str) or wording != wording.strip() or not 0 < len(wording) <= _MOST_CHARACTERS:
            raise InputError(where, repr(wording)[:80], f"{family} in {language} is text without blanks at its ends")
    return tuple(
        Prompt(family=family, language=language, approach=approach, topic=topic, text=text[language])
        for language in LANGUAGES
    )
