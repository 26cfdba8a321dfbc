"""Runs the identity protocol of a case: reads the files that tell models who they are, asks all of them, reads them."""

import ipaddress
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from parentage.audit.case import Case, absolute_location
from parentage.audit.questioning import Questioning, source_of
from parentage.checkpoint.gguf import read_header
from parentage.endpoint.provider import Endpoint, NamedModel, Sampling, Source
from parentage.endpoint.served_files import fingerprint_folder
from parentage.endpoint.serving import ServedCheckpoint, require_local
from parentage.endpoint.template_files import most_bytes
from parentage.errors import InputError, StorageError, UsageError
from parentage.protocols.identity.asking import Asked, Respondent, ask, check_finished
from parentage.protocols.identity.calls import Call, Estimate, Sent, estimate, plan_calls
from parentage.protocols.identity.interview import Interview, Interviewee, Role, Terms
from parentage.protocols.identity.lexicon import Lexicon, make_lexicon
from parentage.protocols.identity.preparing import FILES, Prepared, describe_likeness, prepare
from parentage.protocols.identity.prompts import PROMPTS_VERSION, load_prompts, prompts_digest, select
from parentage.protocols.identity.reading.reply import RULES_VERSION, read_reply, rules_digest
from parentage.protocols.identity.records import Arm, Prompt
from parentage.protocols.identity.server_checks import check_repeats, check_steadiness, check_surplus
from parentage.protocols.identity.transcripts import reply_order
from parentage.storage.opening import open_store
from parentage.storage.store import Store
from parentage.subject import ModelRef

# So much of what one model is asked under one arm may stay unanswered; more leaves the interview unfinished.
ALLOWED_MISSING = 0.02

_TEMPLATES = "additional_chat_templates"
_GGUF_KEY = "tokenizer.chat_template"
_MOST_TEMPLATES = 32
_MOST_TEMPLATE_BYTES = 16 * 2**20
# Names that are resolved inside a network only.
_INSIDE = ("local", "localhost", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "test", "invalid")

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Model:
    ref: ModelRef
    role: Role
    source: Source | None
    prepared: Prepared

    @property
    def arms(self) -> Mapping[Arm, Callable[[str], Sent]]:
        """The arms that it is asked under: the subject all, the others as the one that they are compared under."""
        return {arm: one for arm, one in self.prepared.arms.items() if self.role == "subject" or arm == "stripped"}


def interview(
    case: Case, folder: Path, *, progress: Progress | None = None, announce: Callable[[Estimate], None] | None = None
) -> Interview:
    """Return the interview of a case; what was answered is kept in the folder, and the same command goes on from there.

    Raises UsageError, before anyone is asked, where the case asks for none, the subject cannot be stripped or a model
    cannot be reached as it says; UnfinishedError where more than two replies in a hundred are missing of a model's arm.
    """
    questioning = case.identity
    if questioning is None:
        raise UsageError("the case has no [identity]: nothing says whom the names belong to")
    lexicon = make_lexicon(questioning.names)
    prompts = select(load_prompts(), languages=questioning.languages, quick=questioning.quick)
    models = [_prepared(questioning, ref, role, lexicon, prompts) for ref, role in _everyone(case)]
    if "stripped" not in models[0].arms:
        reasons = "; ".join(models[0].prepared.disclosure.refused)
        raise UsageError(f"{case.subject.name}: could not be stripped, so nobody was asked: {reasons}"[:400])
    models[0] = _likened(models[0], models[1:])
    calls = _calls(models, prompts, questioning)
    respondents = {model.ref.id: _respondent(model, questioning, folder) for model in models if model.arms}
    if announce is not None:
        sources = {name: one.source for name, one in respondents.items()}
        announce(estimate(calls, sources, {name: one.sampling for name, one in respondents.items()}))
    asked = ask(calls, respondents, folder, connections=questioning.connections, progress=progress)
    check_finished(asked, allowed_missing=ALLOWED_MISSING)
    return _interview(questioning, lexicon, models, prompts, calls, asked)


def _everyone(case: Case) -> Iterator[tuple[ModelRef, Role]]:
    yield case.subject, "subject"
    for ref in case.candidates:
        yield ref, "candidate"
    for ref in case.controls:
        yield ref, "control"


def _prepared(
    questioning: Questioning, ref: ModelRef, role: Role, lexicon: Lexicon, prompts: Sequence[Prompt]
) -> _Model:
    store = open_store(ref.location)
    files, unread = read_files(store, ref.location)
    gguf, broken = read_gguf_templates(store)
    source = source_of(questioning, ref.id, absolute_location(ref.location))
    api = source.api if source is not None else "completions"
    texts = tuple(dict.fromkeys(prompt.text for prompt in prompts))
    prepared = prepare(files, lexicon, api, texts=texts, unread=(*unread, *broken), gguf=gguf)
    return _Model(ref=ref, role=role, source=source, prepared=prepared)


def _likened(subject: _Model, others: Sequence[_Model]) -> _Model:
    """Return the subject with how its template relates to each candidate's."""
    candidates = {model.ref.id: model.prepared for model in others if model.role == "candidate"}
    prepared = subject.prepared
    disclosure = replace(prepared.disclosure, likeness=describe_likeness(prepared, candidates))
    return replace(subject, prepared=replace(prepared, disclosure=disclosure))


def read_files(store: Store, location: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the files of a repository that tell a model who it is, and a line for each that is too large to be read.

    Templates of any name are found where their folder can be listed. No size is trusted to a read.
    """
    named = _listed_templates(store, location)
    wanted = [name for name in FILES if name not in named and store.has(name)] + list(named)
    files: dict[str, bytes] = {}
    unread: list[str] = []
    left, count = _MOST_TEMPLATE_BYTES, 0
    for name in wanted:
        size, most = store.size(name), most_bytes(name)
        if name.startswith(_TEMPLATES):
            count, most = count + 1, min(most, left)
            if count > _MOST_TEMPLATES:
                unread.append(f"{_TEMPLATES}: more than {_MOST_TEMPLATES} templates: the rest were not read")
                break
        if size > most:
            unread.append(f"{name}: not read: it has {size} bytes, and {most} may be read"[:200])
            continue
        files[name] = store.read(name, 0, size)
        left -= size if name.startswith(_TEMPLATES) else 0
    return files, tuple(unread)


def read_gguf_templates(store: Store) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the chat templates in the metadata of a repository's first GGUF file, and a line where it cannot be read.

    Parts of one model and its quantisations have one template; a file beside it is compared by its own audit.
    """
    names = sorted(name for name in store.names() or () if name.casefold().endswith(".gguf"))
    if not names:
        return {}, ()
    try:
        entries = read_header(store, names[0]).entries
    except (InputError, StorageError) as error:
        return {}, (f"{error}"[:200],)
    return {key: text for key, text in entries.items() if key.startswith(_GGUF_KEY) and isinstance(text, str)}, ()


def _listed_templates(store: Store, location: str) -> tuple[str, ...]:
    """Return the templates in the folder for more of them, where the place can list names."""
    found = [name for name in store.names() or () if name.startswith(f"{_TEMPLATES}/")]
    folder = Path(location) / _TEMPLATES
    if "://" not in location and folder.is_dir():
        found += [f"{_TEMPLATES}/{name}" for name in open_store(str(folder)).names() or ()]
    return tuple(sorted(name for name in found if name.endswith(".jinja") and name.count("/") == 1))


def _calls(models: Sequence[_Model], prompts: Sequence[Prompt], questioning: Questioning) -> tuple[Call, ...]:
    found: list[Call] = []
    repeats = 1 if questioning.quick else questioning.repeats
    for model in models:
        for arm, render in model.arms.items():
            found += plan_calls(
                model.ref.id,
                arm,
                prompts,
                lambda prompt, render=render: render(prompt.text),  # type: ignore[misc]
                repeats=repeats,
                count_tokens=model.prepared.tokens.get,
            )
    return tuple(found)


def _respondent(model: _Model, questioning: Questioning, folder: Path) -> Respondent:
    """Return how a model is asked; a checkpoint that no endpoint answers for is served when its turn comes."""
    sampling = Sampling(
        temperature=questioning.temperature,
        top_p=questioning.top_p,
        max_tokens=questioning.max_tokens,
        stop=model.prepared.stops,
    )
    location = model.ref.location
    if model.source is not None:
        answers_here = isinstance(model.source, NamedModel) and absolute_location(location) in model.source.name
        weights = fingerprint_folder(Path(location)) if answers_here and "://" not in location else ""
        return Respondent(source=model.source, sampling=sampling, weights=weights)
    if "://" in location:
        raise UsageError(f"{model.ref.id}: is remote: name an endpoint of it in [[identity.endpoints]]")
    if not (Path(location) / "config.json").is_file():
        raise InputError(location, "config.json", "must be there for a checkpoint to be served")
    require_local()
    served = ServedCheckpoint(
        folder=Path(location),
        log=folder / f"serve-{model.ref.id}.log",
        fingerprint=fingerprint_folder(Path(location)),
    )
    return Respondent(source=served, sampling=sampling)


def _interview(
    questioning: Questioning,
    lexicon: Lexicon,
    models: Sequence[_Model],
    prompts: Sequence[Prompt],
    calls: Sequence[Call],
    asked: Asked,
) -> Interview:
    replies = tuple(sorted(asked.replies, key=reply_order))
    readings = tuple(
        read_reply(reply.text, reply.prompt.language, lexicon, thinking=reply.thinking, stop=reply.stop)
        for reply in replies
    )
    temperatures = {model.ref.id: questioning.temperature for model in models}
    return Interview(
        terms=Terms(
            languages=questioning.languages,
            families=len({prompt.family for prompt in prompts}),
            repeats=1 if questioning.quick else questioning.repeats,
            quick=questioning.quick,
            temperature=questioning.temperature,
            top_p=questioning.top_p,
            max_tokens=questioning.max_tokens,
            prompts_version=PROMPTS_VERSION,
            prompts_digest=prompts_digest(),
            rules_version=RULES_VERSION,
            rules_digest=rules_digest(),
            lexicon_digest=lexicon.digest,
        ),
        models=tuple(
            Interviewee(
                id=model.ref.id,
                name=model.ref.name,
                role=model.role,
                through=_through(model.source),
                arms=tuple(model.arms),
                disclosure=model.prepared.disclosure,
            )
            for model in models
        ),
        identities=questioning.names,
        planned=len(calls),
        replies=replies,
        readings=readings,
        repeated=check_repeats(replies, temperatures),
        steadiness=check_steadiness(asked),
        surpluses=check_surplus(calls, replies),
    )


def _through(source: Source | None) -> str:
    match source:
        case None:
            return "its checkpoint, served on this machine by transformers"
        case Endpoint():
            return f"{_place(source.url)} as {_served_name(source.model)}, {source.api}"
        case NamedModel():
            return f"inspect's {source.name.partition('/')[0]}, {source.api}"


def _place(url: str) -> str:
    """Return a public server's host; addresses inside a network are nobody's business who reads a report."""
    host = (urllib.parse.urlsplit(url).hostname or "").rstrip(".").lower()
    try:
        public = ipaddress.ip_address(host).is_global
    except ValueError:
        # Numbers in other writings of an address are no public names.
        last = host.rpartition(".")[2]
        public = "." in host and last not in _INSIDE and not last[:1].isdigit()
    return host if public else "a server on this machine or network"


def _served_name(model: str) -> str:
    """Return the model's name on its server without the folders of that machine."""
    return (
        model.rstrip("/\\").replace("\\", "/").rpartition("/")[2]
        if model[:1] in "/.~\\" or model[1:2] == ":"
        else model
    )
