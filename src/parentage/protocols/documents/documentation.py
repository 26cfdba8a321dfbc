"""Which of the usual facts of a training run does a repository give: data, compute, steps, hyper-parameters, logs?

A fact is present where a number, a name or a link is given, not where a heading announces one. Whether it is true is
another question: see docs/questions/declaration.md.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from parentage.protocols.documents.card_text import CardText, Sentence, Table
from parentage.protocols.documents.records import DeclaredField, DocumentedFact
from parentage.protocols.documents.training_signs import SIGNS

FACTS = (
    "data",
    "tokens",
    "compute",
    "steps",
    "batch-size",
    "optimizer",
    "learning-rate",
    "schedule",
    "context-length",
    "seed",
    "checkpoints",
    "logs",
    "paper",
    "code",
    "evaluation",
)
_SHOWN = 300
_LONGEST = 1_000

_BENCHMARK = re.compile(
    r"\b(?:mmlu|mmlu[\s-]pro|gsm-?8k|math-?500|human-?eval|mbpp|arc(?:[\s-](?:c|e|challenge|easy))?|hella-?swag|winogrande"
    r"|truthful-?qa|if-?eval|bbh|gpqa|aime|live-?code-?bench|swe-?bench|mt-?bench|alpaca-?eval|arena-?hard|drop|boolq|piqa"
    r"|c-?eval|cmmlu|mgsm|m-?mmlu|perplexity|bleu|rouge|wer|f1|accuracy|exact\s+match)\b",
    re.IGNORECASE,
)
_SCORED = re.compile(r"\b(?:eval\w*|benchmarks?|performance|results?|scores?|leaderboard)\b", re.IGNORECASE)
_NUMERIC = re.compile(r"[*_~]{0,3}[-+]?\d{1,3}(?:[.,]\d{1,4})?\s?%?(?:\s?[±(].{0,12})?[*_~]{0,3}")
_TAG, _SCORE = re.compile(r"<[^<>]{0,300}>"), re.compile(r"\b\d{1,3}\.\d{1,2}\b")
_TRAINED = re.compile(
    r"train|fine-?tun|optimi[sz]|treina|entren|entraîn|训练|تدريب|gpu|step|epoch|corpus|dados|data", re.IGNORECASE
)
_NOTHING = re.compile(
    r"\[?\s*(?:more\s+information\s+needed|n/?a|none|tbd|todo|unknown|-+|coming\s+soon)\b", re.IGNORECASE
)


_FILES = (
    ("logs", re.compile(r"(?:^|/)(?:runs/|events\.out\.tfevents|trainer_log|training_log|train\.log|wandb/)")),
    ("checkpoints", re.compile(r"(?:^|/)checkpoint-\d{1,9}/")),
    ("evaluation", re.compile(r"(?:^|/)(?:eval_results|all_results|test_results)\.json$|(?:^|/)\.eval_results/")),
    ("code", re.compile(r"(?:^|/)train\w{0,20}\.(?:py|sh)$")),
)
_FIELDS = {
    "datasets": "data",
    "train_dataset": "data",
    "num_input_tokens_seen": "tokens",
    "train_runtime": "compute",
    "global_step": "steps",
    "max_steps": "steps",
    "num_train_epochs": "steps",
    "epoch": "steps",
    "train_batch_size": "batch-size",
    "per_device_train_batch_size": "batch-size",
    "optim": "optimizer",
    "learning_rate": "learning-rate",
    "lr_scheduler_type": "schedule",
    "max_seq_length": "context-length",
    "seed": "seed",
    "log_history": "logs",
    "model-index": "evaluation",
    "eval_loss": "evaluation",
    "co2_eq_emissions": "compute",
}


def read_documentation(
    card: CardText, fields: Sequence[DeclaredField], paths: Iterable[str] = (), where: str = "README.md"
) -> tuple[DocumentedFact, ...]:
    """Return each usual fact once, in the order of `FACTS`: present with its first place, or absent.

    `fields` are those read from the card's front matter and from training files; `paths` are names in the repository.
    """
    found: dict[str, DocumentedFact] = {}
    for fact, value, place in (
        *_in_fields(fields),
        *_in_prose(card.sentences, where),
        *_in_tables(card.tables, where),
        *_in_paths(paths),
    ):
        if fact not in found:
            value = "".join(one if one.isprintable() else " " for one in value)[:_SHOWN]
            found[fact] = DocumentedFact(name=fact, status="present", value=value, where=place)
    absent = {fact: DocumentedFact(name=fact, status="absent", value="", where="") for fact in FACTS}
    return tuple(found.get(fact, absent[fact]) for fact in FACTS)


def count_benchmark_tables(card: CardText) -> int:
    """Return how many tables of scores a card has, in Markdown or HTML."""
    count = sum(_is_benchmark(table) for table in card.tables)
    for table in card.html_tables:
        held = _TAG.sub(" ", table)
        count += bool(_BENCHMARK.search(held)) and len(_SCORE.findall(held)) >= 2
    return count


def _in_fields(fields: Sequence[DeclaredField]) -> Iterator[tuple[str, str, str]]:
    for field in fields:
        fact = _FIELDS.get(field.name)
        # The Trainer writes -1 for "not limited".
        if fact and field.value and field.value not in ("None", "-1", "[]", "{}"):
            yield fact, field.value, field.where


def _in_prose(sentences: Sequence[Sentence], where: str) -> Iterator[tuple[str, str, str]]:
    for sentence in sentences:
        text = sentence.text[:_LONGEST]
        linked = " ".join(span.target for span in sentence.spans if span.kind == "link")[:_LONGEST]
        about = f"{text} {sentence.section}"
        for sign in SIGNS:
            match = sign.pattern.search(text) or (sign.pattern.search(linked) if linked else None)
            if match is None or (sign.in_training and not _TRAINED.search(about)):
                continue
            if not _NOTHING.match(text.partition(":")[2].strip()):
                yield sign.fact, text, f"{where}:{sentence.line}"


def _in_tables(tables: Sequence[Table], where: str) -> Iterator[tuple[str, str, str]]:
    for table in tables:
        if _is_benchmark(table):
            yield "evaluation", " | ".join(table.rows[0]), f"{where}:{table.line}"
            continue
        for number, row in enumerate(table.rows[:60]):
            # Between a table's head and its first row stands the line that separates them.
            line = table.line + number + (1 if number else 0)
            text = ": ".join(cell.strip("*` ") for cell in row[:2])[:_LONGEST]
            for sign in SIGNS:
                if sign.pattern.search(text) and not _NOTHING.match(text.partition(":")[2].strip()):
                    yield sign.fact, text, f"{where}:{line}"


def _in_paths(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for path in paths:
        for fact, pattern in _FILES:
            if pattern.search(path):
                yield fact, path, path


def _is_benchmark(table: Table) -> bool:
    cells = [cell for row in table.rows[1:60] for cell in row[1:]]
    numeric = sum(1 for cell in cells if _NUMERIC.fullmatch(cell.strip()))
    if numeric < 1:
        return False
    named = any(
        _BENCHMARK.search(cell[:200]) for row in table.rows[:60] for cell in (row if row is table.rows[0] else row[:1])
    )
    return named or (bool(_SCORED.search(table.section)) and numeric * 2 >= len(cells))
