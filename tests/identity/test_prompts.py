"""The prompts: complete, in the right writing, naming nobody, and the same as when their digest was pinned."""

import json
import re
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest

from parentage.errors import InputError, UsageError
from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.prompts import (
    PROMPTS_VERSION,
    TOPICS,
    load_prompts,
    parse_prompts,
    prompts_digest,
    select,
)
from parentage.protocols.identity.reading.text import fold
from parentage.protocols.identity.records import LANGUAGES, Identity, Prompt

# A changed digest is a changed question. Replies to other wordings are not comparable: make a new version instead.
DIGEST = "sha256:e761f43f7235d9e1170ff9c6850c681973e848a9ddfab0818658f5c313260a72"

# The case identities of the example, which no prompt may name either.
CASE = tuple(
    Identity(key=key, names=(name,), makers=makers, popularity="case")
    for key, name, makers in (
        ("basalt", "Basalt", ("Quarry Labs",)),
        ("nimbus", "Nimbus", ("Nimbus Collective", "Open Sky Alliance")),
        ("cirrus", "Cirrus", ("Altocumulus Studio",)),
        ("onyx", "Onyx", ("Tern Works",)),
        ("rivo", "Rivo", ("Cidade Labs",)),
    )
)
# Everyday words that some model is also called: "is called", "we", "hello" (its accent is folded away).
ORDINARY = {("es", "llama"), ("fr", "nous"), ("pt", "ola")}

# Words that each language can hardly do without, and that the others do not have.
MARKS_OF = {
    "en": r"\b(you|your|yourself|I|we|the)\b",
    "pt": r"[ãõ]|\b(você|seu|quem|qual|dos|duas|uma|um|em|não|foi)\b",
    "es": r"[¿¡ñ]|\b(tu|tus|ti|eres|el|la|los|una|y)\b",
    "fr": r"\b(tu|toi|ton|te|vous|suis|est|je|un|au)\b|[êèù]|\bt'",
}


@pytest.fixture(scope="module")
def prompts() -> tuple[Prompt, ...]:
    return load_prompts()


def document() -> dict[str, Any]:
    path = files("parentage.protocols.identity").joinpath(f"prompts-{PROMPTS_VERSION}.json")
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def test_fifty_families_in_every_language(prompts: tuple[Prompt, ...]) -> None:
    languages: dict[str, list[str]] = {}
    for prompt in prompts:
        languages.setdefault(prompt.family, []).append(prompt.language)
    assert len(languages) == 50
    assert all(tuple(found) == LANGUAGES for found in languages.values())
    assert len({prompt.text.casefold() for prompt in prompts}) == 300
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", family) for family in languages)


def test_approaches_and_topics(prompts: tuple[Prompt, ...]) -> None:
    english = [prompt for prompt in prompts if prompt.language == "en"]
    approaches = Counter(prompt.approach for prompt in english)
    assert min(approaches["direct"], approaches["indirect"]) >= 20
    topics = Counter(prompt.topic for prompt in english)
    assert set(topics) == set(TOPICS)
    assert topics["story"] >= 10


def test_no_prompt_names_anybody(prompts: tuple[Prompt, ...]) -> None:
    lexicon = make_lexicon(CASE)
    assert lexicon.find(fold("Are you Nimbus or ChatGPT?"))
    named = set()
    for prompt in prompts:
        folded = fold(prompt.text)
        for found in lexicon.find(folded):
            named.add((prompt.language, folded.text[found.start : found.end]))
    assert named <= ORDINARY


def test_each_language_in_its_own_writing(prompts: tuple[Prompt, ...]) -> None:
    for prompt in prompts:
        # What is quoted in straight quotes is a key of the JSON that is asked for.
        text = re.sub(r'"[a-z_]+"|JSON', "", prompt.text)
        latin = re.findall(r"[A-Za-z]", text)
        if prompt.language == "zh":
            assert re.search(r"[\u4e00-\u9fff]", text) and not latin, prompt
            assert not re.search(r"[\u4e00-\u9fff][,.?!:]", text), f"half-width punctuation: {prompt}"
        elif prompt.language == "ar":
            assert re.search(r"[\u0600-\u06ff]", text) and not latin, prompt
            assert not re.search(r"[?,;]", text), f"punctuation of another writing: {prompt}"
        else:
            assert latin and not re.search(r"[\u0600-\u06ff\u4e00-\u9fff]", text), prompt
            assert re.search(MARKS_OF[prompt.language], text, re.IGNORECASE) or len(text) < 40, prompt


def test_the_digest_is_pinned(prompts: tuple[Prompt, ...]) -> None:
    assert prompts_digest() == DIGEST
    assert prompts_digest(tuple(reversed(prompts))) == DIGEST
    assert prompts_digest(prompts[1:]) != DIGEST


def test_quick_is_sixty_from_every_family_and_language(prompts: tuple[Prompt, ...]) -> None:
    quick = select(prompts, quick=True)
    assert len(quick) == len(set(quick)) == 60
    assert len({prompt.family for prompt in quick}) == 50
    by_language = Counter(prompt.language for prompt in quick)
    assert set(by_language) == set(LANGUAGES)
    assert max(by_language.values()) - min(by_language.values()) <= 2
    assert quick == select(prompts, quick=True)


def test_select_by_language_and_family(prompts: tuple[Prompt, ...]) -> None:
    chosen = select(prompts, languages=("ar", "zh"), families=("who-made-you", "your-story"))
    assert [(prompt.family, prompt.language) for prompt in chosen] == [
        ("who-made-you", "zh"),
        ("who-made-you", "ar"),
        ("your-story", "zh"),
        ("your-story", "ar"),
    ]
    with pytest.raises(UsageError, match="no prompts in 'xx'"):
        select(prompts, languages=("en", "xx"))
    with pytest.raises(UsageError, match="no-such-family"):
        select(prompts, families=("no-such-family",))


def broken(kind: str) -> bytes:
    content = document()
    first = content["families"][0]
    match kind:
        case "a language is missing":
            del first["text"]["ar"]
        case "an unknown language":
            first["text"]["de"] = "Wer bist du?"
        case "blank":
            first["text"]["en"] = " "
        case "long":
            first["text"]["en"] = "who " * 1_000 + "?"
        case "twice":
            content["families"].append(first)
        case "same text":
            content["families"][1]["text"]["fr"] = first["text"]["fr"]
        case "approach":
            first["approach"] = "sideways"
        case "topic":
            first["topic"] = ["name"]
        case "name":
            first["family"] = "Who are you"
        case "version":
            content["version"] = "2"
        case "list":
            content["families"] = {"a": 1}
        case "family":
            content["families"][0] = None
        case "extra":
            content["note"] = ""
    return json.dumps(content).encode()


@pytest.mark.parametrize(
    "kind",
    [
        "a language is missing",
        "an unknown language",
        "blank",
        "long",
        "twice",
        "same text",
        "approach",
        "topic",
        "name",
        "version",
        "list",
        "family",
        "extra",
    ],
)
def test_a_broken_file_is_refused(kind: str) -> None:
    assert len(parse_prompts(json.dumps(document()).encode(), where="whole.json")) == 300
    with pytest.raises(InputError, match=r"broken\.json"):
        parse_prompts(broken(kind), where="broken.json")


def test_not_json() -> None:
    with pytest.raises(InputError, match="UTF-8 JSON"):
        parse_prompts(b"\xff\xfe", where="broken.json")
