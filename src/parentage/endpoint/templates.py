"""Finds every place in a repository where a template or an identity can hide, from the bytes of its files.

Besides chat templates, which come in six places and under names, an identity can be put into a prompt by the tokenizer
(rules that replace text, ids written around every text, tokens that hold sentences) and a name kept out of the replies
by generation settings (suppressed tokens, forbidden words, biases). Code in the repository is named, never run.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from parentage.digest import sha256_of
from parentage.endpoint.template_files import Problem, check_size, read_object, read_text, token_text
from parentage.endpoint.template_sandbox import template_digest
from parentage.errors import InputError

PlaceKind = Literal[
    "added-token",
    "replaced-text",
    "written-tokens",
    "suppressed-tokens",
    "forbidden-words",
    "biased-tokens",
    "forced-token",
    "sampling",
    "remote-code",
]
_SAMPLING = (
    *("do_sample", "temperature", "top_p", "top_k", "min_p", "typical_p", "penalty_alpha", "guidance_scale"),
    *("repetition_penalty", "frequency_penalty", "presence_penalty", "no_repeat_ngram_size", "num_beams"),
    *("encoder_no_repeat_ngram_size", "max_new_tokens"),
)
_MOST_TEMPLATES = 64
_MOST_SHOWN = 40
# A token of so many words is a sentence that one id can put into a prompt.
_SENTENCE_WORDS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A chat template: its name (`default` where it has none), the file it stands in, and its text."""

    name: str
    where: str
    source: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Something besides a template that can change what a model is told or what it can say."""

    kind: PlaceKind
    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialTokens:
    """What the tokenizer treats as one piece; `named` are template variables.

    `opening` is what the tokenizer itself writes before every text, "" where that is nothing or not known.
    """

    texts: tuple[str, ...] = ()
    bos: str | None = None
    eos: str | None = None
    opening: str = ""
    named: tuple[tuple[str, str], ...] = ()

    def variables(self) -> dict[str, str]:
        """Return the variables that a template gets: bos_token, eos_token and so on."""
        return dict(self.named)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTemplates:
    """What a repository tells a model with: templates in the order in which they are used, other places, problems."""

    templates: tuple[Template, ...]
    places: tuple[Place, ...]
    tokens: SpecialTokens
    problems: tuple[Problem, ...]
    digests: tuple[tuple[str, str], ...]

    @property
    def used(self) -> Template | None:
        """The template that a server takes where nobody asks for another, or None if there is none."""
        defaults = [template for template in self.templates if template.name == "default"]
        return defaults[0] if defaults else self.templates[0] if self.templates else None

    @property
    def contradicting(self) -> tuple[Template, ...]:
        """Templates that stand for the used one elsewhere and differ from it: servers disagree on which they take."""
        used = self.used
        if used is None:
            return ()
        return tuple(one for one in self.templates if one.name == used.name and one.digest != used.digest)


def parse_templates(files: Mapping[str, bytes], *, gguf: Mapping[str, str] | None = None) -> FoundTemplates:
    """Return all that the files of one repository hold, named as in the repository; files of other names are ignored.

    `gguf` holds the templates of a GGUF file's metadata by key. Raises InputError where a file is larger than
    template_files allows or there are more than 64 templates; a malformed file becomes a problem.
    """
    for path, data in files.items():
        if _is_read(path):
            check_size(path, data)
    for key, source in (gguf or {}).items():
        check_size(key, source.encode("utf-8", "replace"))
    problems: list[Problem] = []
    objects = _objects(files, problems)
    templates = [*_template_files(files, problems), *_template_fields(objects, problems)]
    templates += [_template(_gguf_name(key), f"gguf:{key}", source) for key, source in sorted((gguf or {}).items())]
    if len(templates) > _MOST_TEMPLATES:
        raise InputError("chat templates", str(len(templates)), f"at most {_MOST_TEMPLATES}")
    vocabulary = _vocabulary(objects.get("tokenizer.json", {}))
    places = [
        *_tokenizer_places(objects),
        *_generation_places(objects.get("generation_config.json", {}), vocabulary),
        *_remote_code(objects),
    ]
    return FoundTemplates(
        templates=tuple(templates),
        places=tuple(places),
        tokens=_special_tokens(objects),
        problems=tuple(problems),
        digests=tuple((path, sha256_of(files[path])) for path in sorted(files) if _is_read(path)),
    )


_OBJECTS = (
    "chat_template.json",
    "processor_config.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "tokenizer.json",
    "generation_config.json",
    "config.json",
)


def _is_read(path: str) -> bool:
    return path in _OBJECTS or path == "chat_template.jinja" or _named_file(path) is not None


def _named_file(path: str) -> str | None:
    folder, _, name = path.rpartition("/")
    return name.removesuffix(".jinja") if folder == "additional_chat_templates" and name.endswith(".jinja") else None


def _objects(files: Mapping[str, bytes], problems: list[Problem]) -> dict[str, Mapping[str, Any]]:
    found = {}
    for path in _OBJECTS:
        if path in files:
            held = read_object(path, files[path])
            if isinstance(held, Problem):
                problems.append(held)
            else:
                found[path] = held
    return found


def _template(name: str, where: str, source: str) -> Template:
    return Template(name=name, where=where, source=source, digest=template_digest(source))


def _template_files(files: Mapping[str, bytes], problems: list[Problem]) -> Iterator[Template]:
    named = [(name, path) for path in sorted(files) if (name := _named_file(path)) is not None]
    for name, path in [("default", "chat_template.jinja"), *named]:
        if path in files:
            text = read_text(path, files[path])
            if isinstance(text, Problem):
                problems.append(text)
            else:
                yield _template(name, path, text)


def _template_fields(objects: Mapping[str, Mapping[str, Any]], problems: list[Problem]) -> Iterator[Template]:
    for path in ("chat_template.json", "processor_config.json", "tokenizer_config.json"):
        held = objects.get(path, {}).get("chat_template")
        match held:
            case None:
                continue
            case str():
                yield _template("default", path, held)
            case dict():
                yield from _by_name(path, list(held.items()), problems)
            case list():
                rows = [
                    (row.get("name"), row.get("template")) if isinstance(row, dict) else (None, None) for row in held
                ]
                yield from _by_name(path, rows, problems)
            case _:
                problems.append(Problem(where=path, rule="chat_template is a string or a list of named templates"))


def _by_name(path: str, rows: list[tuple[Any, Any]], problems: list[Problem]) -> Iterator[Template]:
    for name, source in rows:
        if isinstance(name, str) and isinstance(source, str):
            yield _template(name, path, source)
        else:
            problems.append(Problem(where=path, rule="a named template has a name and a template, both strings"))


def _gguf_name(key: str) -> str:
    name = key.removeprefix("tokenizer.chat_template").removeprefix(".")
    return name or "default"


def _special_tokens(objects: Mapping[str, Mapping[str, Any]]) -> SpecialTokens:
    config = objects.get("tokenizer_config.json", {})
    named: dict[str, str] = {}
    for held in (objects.get("special_tokens_map.json", {}), config):
        for key, value in held.items():
            text = token_text(value)
            if key.endswith("_token") and text is not None:
                named[key] = text
            elif key in named and value is None:
                del named[key]
    texts = dict.fromkeys(text for _, text, special in _added_tokens(objects) if special)
    texts.update(dict.fromkeys(named.values()))
    adds = config.get("add_bos_token")
    before, _ = _written(objects.get("tokenizer.json", {}).get("post_processor"))
    return SpecialTokens(
        texts=tuple(text for text in texts if text and len(text.split()) < _SENTENCE_WORDS),
        bos=named.get("bos_token"),
        eos=named.get("eos_token"),
        opening="".join(before) if "tokenizer.json" in objects else (adds is True and named.get("bos_token")) or "",
        named=tuple(named.items()),
    )


def _added_tokens(objects: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    """Yield where, text and specialness of every added token, each text once."""
    seen = set()
    decoder = objects.get("tokenizer_config.json", {}).get("added_tokens_decoder")
    rows = objects.get("tokenizer.json", {}).get("added_tokens")
    entries = [("tokenizer.json", row) for row in rows] if isinstance(rows, list) else []
    entries += [("tokenizer_config.json", row) for row in decoder.values()] if isinstance(decoder, dict) else []
    for where, row in entries:
        text = token_text(row)
        if text is not None and text not in seen:
            seen.add(text)
            yield where, text, bool(isinstance(row, dict) and row.get("special"))


def _tokenizer_places(objects: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    for where, text, _ in _added_tokens(objects):
        if len(text.split()) >= _SENTENCE_WORDS:
            yield Place(kind="added-token", where=where, text=text[:400])
    held = objects.get("tokenizer.json", {})
    for part in ("normalizer", "pre_tokenizer", "decoder"):
        for rule in _rules(held.get(part), "Replace"):
            old, new = rule.get("pattern"), rule.get("content")
            shown = next(iter(old.values()), "") if isinstance(old, dict) else old
            # SentencePiece writes spaces as a mark: everybody's rule, in both directions.
            if {str(shown), str(new)} != {" ", "\u2581"}:
                yield Place(kind="replaced-text", where=f"tokenizer.json {part}", text=f"{shown!r} -> {new!r}"[:400])
    before, after = _written(held.get("post_processor"))
    if before or after:
        text = " ".join([*before, "(text)", *after])
        yield Place(kind="written-tokens", where="tokenizer.json post_processor", text=text[:400])


def _rules(part: object, kind: str) -> Iterator[Mapping[str, Any]]:
    """Yield the rules of a kind in a part of tokenizer.json, whose sequences nest; bounded by the parser's depth."""
    waiting = [part]
    while waiting:
        held = waiting.pop()
        if isinstance(held, dict):
            if held.get("type") == kind:
                yield held
            waiting += [
                value for key in ("normalizers", "pretokenizers", "decoders", "processors") if (value := held.get(key))
            ]
        elif isinstance(held, list):
            waiting += reversed(held)


def _written(part: object) -> tuple[list[str], list[str]]:
    """Return the tokens that the post-processor writes before and after every single text."""
    before: list[str] = []
    after: list[str] = []
    for rule in _rules(part, "TemplateProcessing"):
        single = rule.get("single")
        passed = False
        for piece in single if isinstance(single, list) else []:
            if isinstance(piece, dict) and "Sequence" in piece:
                passed = True
            elif isinstance(piece, dict) and isinstance(piece.get("SpecialToken"), dict):
                (after if passed else before).append(str(piece["SpecialToken"].get("id")))
    return before, after


def _vocabulary(held: Mapping[str, Any]) -> dict[int, str]:
    """Return the text of every id, so that suppressed ids can be named."""
    model = held.get("model")
    listed = model.get("vocab") if isinstance(model, dict) else None
    found: dict[int, str] = {}
    if isinstance(listed, dict):
        found = {place: text for text, place in listed.items() if isinstance(place, int)}
    elif isinstance(listed, list):
        found = {place: str(row[0]) for place, row in enumerate(listed) if isinstance(row, list) and row}
    added = held.get("added_tokens")
    for row in added if isinstance(added, list) else []:
        if isinstance(row, dict) and isinstance(row.get("id"), int) and isinstance(row.get("content"), str):
            found[row["id"]] = row["content"]
    return found


def _generation_places(held: Mapping[str, Any], vocabulary: Mapping[int, str]) -> Iterator[Place]:
    where = "generation_config.json"

    def shown(value: object) -> str:
        return _named_ids(value, vocabulary)

    kinds: tuple[tuple[PlaceKind, tuple[str, ...]], ...] = (
        ("suppressed-tokens", ("suppress_tokens", "begin_suppress_tokens")),
        ("forbidden-words", ("bad_words_ids",)),
        ("biased-tokens", ("sequence_bias", "logit_bias")),
        (
            "forced-token",
            ("forced_bos_token_id", "forced_eos_token_id", "forced_decoder_ids", "decoder_start_token_id"),
        ),
    )
    for kind, keys in kinds:
        for key in keys:
            if held.get(key) not in (None, [], {}):
                yield Place(kind=kind, where=f"{where} {key}", text=shown(held[key]))
    for key in _SAMPLING:
        if held.get(key) is not None:
            yield Place(kind="sampling", where=f"{where} {key}", text=str(held[key])[:400])


def _named_ids(value: object, vocabulary: Mapping[int, str]) -> str:
    """Return ids with the texts they stand for, the first forty."""
    parts: list[str] = []
    waiting = [value]
    while waiting and len(parts) < _MOST_SHOWN:
        held = waiting.pop()
        if isinstance(held, dict):
            waiting += [piece for pair in reversed(held.items()) for piece in reversed(pair)]
        elif isinstance(held, list):
            waiting += reversed(held)
        elif isinstance(held, int) and not isinstance(held, bool):
            parts.append(f"{held} {vocabulary[held]!r}" if held in vocabulary else str(held))
        else:
            parts.append(str(held)[:80])
    return ", ".join(parts) + (", ..." if waiting else "")


def _remote_code(objects: Mapping[str, Mapping[str, Any]]) -> Iterator[Place]:
    for path in ("config.json", "tokenizer_config.json", "processor_config.json", "generation_config.json"):
        held = objects.get(path, {}).get("auto_map")
        for key, value in sorted(held.items()) if isinstance(held, dict) else []:
            yield Place(kind="remote-code", where=f"{path} auto_map", text=f"{key}: {value}"[:400])
