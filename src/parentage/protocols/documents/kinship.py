"""Do the subject's files resemble a candidate's? Tokenizer, config, chat template and texts, each with its own null.

Corroboration only: files are copied more freely than weights, and many independent models use one tokenizer, so that
nothing here is more than consistent with descent. The page is docs/questions/file-kinship.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parentage.endpoint.template_files import Problem
from parentage.endpoint.template_sandbox import Refusal, TemplateSandbox
from parentage.endpoint.templates import parse_templates
from parentage.errors import InputError
from parentage.finding import Coverage, Finding, Measurement, Scalar
from parentage.protocols.documents.config_kinship import FILE, ConfigLikeness, compare_configs, parse_config
from parentage.protocols.documents.kinship_words import statement
from parentage.protocols.documents.records import FILE_KINSHIP
from parentage.protocols.documents.text_kinship import TextLikeness, compare_texts
from parentage.protocols.documents.text_prose import Prose, read_prose
from parentage.protocols.documents.tokenizer_kinship import (
    Tokenizer,
    TokenizerLikeness,
    compare_tokenizers,
    parse_tokenizer,
)
from parentage.protocols.identity.disclosure import TemplateLikeness, compare_templates

QUESTION, VERSION = FILE_KINSHIP, "1"
SUBJECT = "subject"
MOST_DIFFERENCES = 100
MOST_PROBLEMS = 200
_SHOWN = 200
_TEMPLATE_FILES = ("chat_template.jinja", "chat_template.json", "processor_config.json", "tokenizer_config.json")
_TABLES = ("tokenizers", "configs", "templates", "texts", "counts", "problems")
# What the rows of `counts` are, with their units.
_UNITS = {
    "tokenizer_order": "share",
    "tokenizer_pieces": "pieces",
    "merges_in_common_prefix": "merges",
    "added_at_same_id": "tokens",
    "architecture_fields": "fields",
    "architecture_same": "fields",
    "text_set_aside": "characters",
}

Row = Mapping[str, Scalar]
Rows = tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileKinship:
    """What was measured, as the rows of the finding's tables; `counts` are {candidate, name, value}.

    `problems` are {model, line}: files that could not be read or compared, and why.
    """

    tokenizers: Rows
    configs: Rows
    templates: Rows
    texts: Rows
    counts: Rows
    problems: Rows

    def document(self) -> dict[str, list[dict[str, Scalar]]]:
        """Return the record as JSON has it; `parse_kinship` gives it back."""
        return {name: [dict(row) for row in getattr(self, name)] for name in _TABLES}


def parse_kinship(document: object) -> FileKinship:
    """Return the record that `document` was made of; InputError where it has another form."""
    if not isinstance(document, Mapping) or set(document) != set(_TABLES):
        raise InputError(QUESTION, type(document).__name__, f"an object of {', '.join(_TABLES)}")
    tables: dict[str, Rows] = {}
    for name in _TABLES:
        rows = document[name]
        if not isinstance(rows, list) or not all(map(_is_row, rows)):
            raise InputError(f"{QUESTION}: {name}", type(rows).__name__, "a list of flat objects")
        tables[name] = tuple(dict(row) for row in rows)
    return FileKinship(**tables)


def _is_row(row: object) -> bool:
    return isinstance(row, Mapping) and all(
        isinstance(key, str) and (value is None or isinstance(value, str | int | float)) for key, value in row.items()
    )


def measure_files(subject: Mapping[str, bytes], candidates: Mapping[str, Mapping[str, bytes]]) -> FileKinship:
    """Return how a subject's files relate to each candidate's; names are those in the repositories.

    Nothing is raised on account of what files hold: what cannot be read is a row of `problems`.
    """
    problems: list[Row] = []
    counts: list[Row] = []
    tokenizers = tuple(_tokenizers(subject, candidates, counts, problems))
    configs = tuple(_configs(subject, candidates, counts, problems))
    templates = tuple(_templates(subject, candidates, problems))
    texts = tuple(_texts(subject, candidates, counts, problems))
    return FileKinship(
        tokenizers=tokenizers,
        configs=configs,
        templates=templates,
        texts=texts,
        counts=tuple(counts),
        problems=tuple(problems[:MOST_PROBLEMS]),
    )


def conclude_files(kinship: FileKinship, names: Mapping[str, str]) -> Finding:
    """Return the finding; `names` are the candidates' names by id. Coverage is of weights, and none are read here."""
    tables: dict[str, Rows] = {
        "tokenizers": kinship.tokenizers,
        "configs": kinship.configs,
        "templates": kinship.templates,
        "texts": kinship.texts,
        "problems": kinship.problems,
    }
    return Finding(
        question=QUESTION,
        version=VERSION,
        statement=statement(kinship.tokenizers, kinship.templates, kinship.texts, names),
        coverage=Coverage(elements_read=0, elements=0, tensors_read=0, tensors=0),
        measurements=tuple(
            Measurement(
                name=str(row["name"]),
                value=row["value"],
                unit=_UNITS.get(str(row["name"]), ""),
                about=str(row["candidate"]),
            )
            for row in kinship.counts
        ),
        tables={name: rows for name, rows in tables.items() if rows},
    )


def _note(problems: list[Row], model: str, lines: Iterable[str]) -> None:
    problems += ({"model": model, "line": _plain(line)} for line in lines)


def _plain(text: str) -> str:
    """Return text that can be shown: hostile files hold control characters and halves of surrogate pairs."""
    shown = "".join(one if one.isprintable() else "\ufffd" for one in text[: _SHOWN + 1])
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"


def _tokenizers(
    subject: Mapping[str, bytes], candidates: Mapping[str, Mapping[str, bytes]], counts: list[Row], problems: list[Row]
) -> Iterable[Row]:
    own = parse_tokenizer(subject)
    _note(problems, SUBJECT, own.problems if own is not None else ())
    for name, files in candidates.items():
        # One candidate's vocabulary at a time: each may take some hundred megabytes.
        other = parse_tokenizer(files)
        _note(problems, name, other.problems if other is not None else ())
        found = compare_tokenizers(own, other)
        counted = {
            "tokenizer_order": float(f"{found.order:.6g}"),
            "tokenizer_pieces": found.pieces,
            "merges_in_common_prefix": found.prefix,
            "added_at_same_id": found.added_at_same_id,
        }
        if _is_read(own) and _is_read(other):
            counts += ({"candidate": name, "name": key, "value": value} for key, value in counted.items())
        yield _tokenizer_row(name, found, compared=_is_read(own) and _is_read(other))


def _is_read(tokenizer: Tokenizer | None) -> bool:
    return tokenizer is not None and bool(tokenizer.strings)


def _tokenizer_row(name: str, found: TokenizerLikeness, *, compared: bool) -> Row:
    numbers: dict[str, Scalar] = {
        "vocabulary": found.vocabulary,
        "other_vocabulary": found.other_vocabulary,
        "shared_strings": found.shared_strings,
        "same_ids": found.same_ids,
        "merges": found.merges,
        "other_merges": found.other_merges,
        "shared_merges": found.shared_merges,
        "added": found.added,
        "other_added": found.other_added,
        "shared_added": found.shared_added,
    }
    return {
        "candidate": name,
        "status": found.status,
        **{key: value if compared else None for key, value in numbers.items()},
        "same_file": found.same_file,
        "strength": found.strength,
    }


def _configs(
    subject: Mapping[str, bytes], candidates: Mapping[str, Mapping[str, bytes]], counts: list[Row], problems: list[Row]
) -> Iterable[Row]:
    own = _config(SUBJECT, subject, problems)
    for name, files in candidates.items():
        other = _config(name, files, problems)
        if own is None or other is None:
            continue
        found = compare_configs(own, other)
        counts += (
            {"candidate": name, "name": "architecture_fields", "value": found.architecture},
            {"candidate": name, "name": "architecture_same", "value": found.architecture_same},
        )
        if len(found.differences) > MOST_DIFFERENCES:
            _note(problems, name, (f"{FILE}: {len(found.differences)} fields differ: {MOST_DIFFERENCES} are listed",))
        yield from _config_rows(name, found)


def _config_rows(name: str, found: ConfigLikeness) -> Iterable[Row]:
    yield {
        "candidate": name,
        "field": "(all)",
        "subject": str(found.fields),
        "other": str(found.other_fields),
        "same": found.same,
    }
    for one in found.differences[:MOST_DIFFERENCES]:
        yield {
            "candidate": name,
            "field": _plain(one.field),
            "subject": None if one.subject is None else _plain(one.subject),
            "other": None if one.other is None else _plain(one.other),
            "same": 0,
        }


def _config(model: str, files: Mapping[str, bytes], problems: list[Row]) -> Mapping[str, str] | None:
    if FILE not in files:
        return None
    parsed = parse_config(files[FILE])
    if isinstance(parsed, Problem):
        _note(problems, model, (f"{parsed.where}: {parsed.rule}",))
        return None
    return parsed


def _templates(
    subject: Mapping[str, bytes], candidates: Mapping[str, Mapping[str, bytes]], problems: list[Row]
) -> Iterable[Row]:
    own = _template(SUBJECT, subject, problems)
    sources = {name: one for name, files in candidates.items() if (one := _template(name, files, problems)) is not None}
    if own is None or not sources:
        return
    with TemplateSandbox() as sandbox:
        scanned = sandbox.scan(own)
        if isinstance(scanned, Refusal):
            _note(problems, SUBJECT, (f"chat template: {scanned.line}",))
        for found in compare_templates(sandbox, own, sources):
            yield {
                "candidate": found.candidate,
                "likeness": _likeness(found, is_parsed=not isinstance(scanned, Refusal)),
            }


def _likeness(found: TemplateLikeness, *, is_parsed: bool) -> str:
    if found.same_bytes:
        return "the same template, byte for byte"
    if found.same_tree:
        return "the same template, but for spaces and comments"
    if found.same_shape:
        return "the same template, but for the texts in it"
    which = "another template" if is_parsed else "a template that cannot be parsed"
    return f"{which}; {found.shared_pieces:.0%} of the lines and tags of both are in both"


def _template(model: str, files: Mapping[str, bytes], problems: list[Row]) -> str | None:
    held = {
        name: data
        for name, data in files.items()
        if name in _TEMPLATE_FILES or (name.startswith("additional_chat_templates/") and name.endswith(".jinja"))
    }
    try:
        found = parse_templates(held)
    except InputError as error:
        _note(problems, model, (str(error),))
        return None
    _note(problems, model, (f"{one.where}: {one.rule}" for one in found.problems))
    return found.used.source if found.used is not None else None


def _texts(
    subject: Mapping[str, bytes], candidates: Mapping[str, Mapping[str, bytes]], counts: list[Row], problems: list[Row]
) -> Iterable[Row]:
    own = read_prose(subject)
    _note(problems, SUBJECT, own.problems)
    others: dict[str, Prose] = {}
    for name, files in candidates.items():
        others[name] = read_prose(files)
        _note(problems, name, others[name].problems)
    for name, found in compare_texts(own, others).items():
        counts.append({"candidate": name, "name": "text_set_aside", "value": found.set_aside})
        if not found.complete:
            _note(problems, name, ("texts: too many short pieces in common: compared in part",))
        yield _text_row(name, found)


def _text_row(name: str, found: TextLikeness) -> Row:
    return {
        "candidate": name,
        "passages": found.passages,
        "characters": found.characters,
        "longest": found.longest,
        "share": float(f"{found.share:.6g}"),
        "text": found.text,
        "where": _plain(found.where),
        "other_where": _plain(found.other_where),
        "strength": found.strength,
    }
