"""Reads what each model's publisher declares beside the weights, as it was on the day: cards and configs get edited."""

from pathlib import Path

from parentage.audit.plan import Plan
from parentage.errors import ParentageError
from parentage.protocols.documents.evidence import DocumentedModel, DocumentsEvidence, documents_digest
from parentage.protocols.documents.kinship import measure_files
from parentage.storage.opening import open_store
from parentage.storage.store import Store
from parentage.subject import ModelRef

# By name, wherever the models are: a listing that one place has and another has not would give other findings.
DECLARED = (
    "COPYING",
    "LICENCE",
    "LICENSE",
    "LICENSE-MODEL",
    "LICENSE.md",
    "LICENSE.txt",
    "MODEL_LICENSE",
    "NOTICE",
    "NOTICE.md",
    "NOTICE.txt",
    "README.md",
    "USE_POLICY.md",
    "adapter_config.json",
    "all_results.json",
    "chat_template.jinja",
    "config.json",
    "eval_results.json",
    "generation_config.json",
    "mergekit_config.yml",
    "mergekit_moe_config.yml",
    "quantize_config.json",
    "special_tokens_map.json",
    "tokenizer_config.json",
    "train_results.json",
    "trainer_state.json",
    "training_args.json",
)
# Compared while they can be read, and too large to be carried along.
_TOKENIZERS = ("tokenizer.json", "vocab.json", "merges.txt", "tokenizer.model")
MOST_BYTES = 1 << 20
_MOST_TOKENIZER_BYTES = 128 << 20


def read_declared(plan: Plan) -> DocumentsEvidence:
    """Return the texts beside the weights of the subject and each candidate; a file that cannot be read is listed."""
    texts: dict[str, dict[str, bytes]] = {}
    compared: dict[str, dict[str, bytes]] = {}
    models = []
    everyone = zip((plan.case.subject, *plan.case.candidates), (plan.subject, *plan.candidates), strict=True)
    for ref, checkpoint in everyone:
        model, found = read_model(ref, checkpoint.store)
        tokenizers, _ = _read(checkpoint.store, _TOKENIZERS, _MOST_TOKENIZER_BYTES)
        texts[ref.id], compared[ref.id] = found, {**found, **tokenizers}
        models.append(model)
    subject, *candidates = (model.id for model in models)
    return DocumentsEvidence(
        models=tuple(models),
        texts=texts,
        kinship=measure_files(compared[subject], {name: compared[name] for name in candidates}),
        rules_digest=documents_digest(),
    )


def read_alone(ref: ModelRef) -> DocumentsEvidence:
    """Return one model's texts, with nothing to compare them with; raises InputError where there is no such place."""
    model, found = read_model(ref, open_store(ref.location))
    return DocumentsEvidence(models=(model,), texts={ref.id: found}, kinship=None, rules_digest=documents_digest())


def read_model(ref: ModelRef, store: Store) -> tuple[DocumentedModel, dict[str, bytes]]:
    """Return a model's declared texts by name; those that are there and cannot be read are listed in the model."""
    found, unread = _read(store, DECLARED, MOST_BYTES)
    return DocumentedModel(id=ref.id, name=ref.name, known_as=known_as(ref), unread=tuple(unread)), found


def known_as(ref: ModelRef) -> tuple[str, ...]:
    """Return what a card may call a model: its repository's id, where it has one, and its name."""
    repository = ref.location.removeprefix("hf://").partition("@")[0].strip("/")
    return (repository, ref.name) if ref.location.startswith("hf://") else (ref.name,)


def _read(store: Store, names: tuple[str, ...], most_bytes: int) -> tuple[dict[str, bytes], list[str]]:
    found: dict[str, bytes] = {}
    unread: list[str] = []
    for name in names:
        try:
            if not store.has(name):
                continue
            size = store.size(name)
            if size > most_bytes or leads_elsewhere(store.location, name):
                unread.append(name)
            else:
                found[name] = store.read(name, 0, size)
        except ParentageError:
            unread.append(name)
    return found, unread


def leads_elsewhere(location: str, name: str) -> bool:
    """Say whether a file is a link out of its folder: a stranger's folder must not put the reader's files in a bundle.

    The Hub's cache links each file of a snapshot to the blobs beside the snapshots, which is no way out.
    """
    if "://" in location:
        return False
    folder = Path(location).resolve()
    place = (folder / name).resolve()
    if place.is_relative_to(folder):
        return False
    cached = folder.parent.name == "snapshots" and place.parent == folder.parent.parent / "blobs"
    return not cached
