"""Runs the identity protocol of a case: reads the files that tell models who they are, asks all of them, reads them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from parentage.audit.case import Case, absolute_location
from parentage.audit.questioning import Questioning, source_of
from parentage.endpoint.provider import Endpoint, NamedModel, Sampling, Source
from parentage.endpoint.serving import LocalServer
from parentage.errors import UsageError
from parentage.protocols.identity.asking import Asked, Respondent, ask, check_finished
from parentage.protocols.identity.calls import Call, Estimate, Sent, estimate, plan_calls
from parentage.protocols.identity.interview import Interview, Interviewee, Role, Terms
from parentage.protocols.identity.lexicon import Lexicon, make_lexicon
from parentage.protocols.identity.preparing import FILES, Prepared, prepare
from parentage.protocols.identity.prompts import PROMPTS_VERSION, load_prompts, prompts_digest, select
from parentage.protocols.identity.reading import RULES_VERSION, read_reply, rules_digest
from parentage.protocols.identity.records import Arm, Prompt
from parentage.protocols.identity.server_checks import check_repeats, check_steadiness, check_surplus
from parentage.protocols.identity.transcripts import reply_order
from parentage.storage.opening import open_store
from parentage.subject import ModelRef

# So much of a run may stay unanswered; more leaves the interview unfinished.
ALLOWED_MISSING = 0.02

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


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewPlan:
    """All calls of a case's interview and what they will cost, before any is made."""

    calls: tuple[Call, ...]
    cost: Estimate
    prompts: tuple[Prompt, ...]


def interview(
    case: Case, folder: Path, *, progress: Progress | None = None, announce: Callable[[Estimate], None] | None = None
) -> Interview:
    """Return the interview of a case; what was answered is kept in the folder, and the same command goes on from there.

    Raises UsageError where the case asks for none or a model cannot be reached as it says, UnfinishedError where more
    than two replies in a hundred are missing.
    """
    questioning = case.identity
    if questioning is None:
        raise UsageError("the case has no [identity]: nothing says whom the names belong to")
    lexicon = make_lexicon(questioning.names)
    models = [_prepared(case, questioning, ref, role, lexicon) for ref, role in _everyone(case)]
    prompts = select(load_prompts(), languages=questioning.languages, quick=questioning.quick)
    calls = _calls(models, prompts, questioning)
    if not calls:
        reasons = "; ".join(models[0].prepared.disclosure.refused)
        raise UsageError(f"{case.subject.name}: there is no way to ask it: {reasons}"[:400])
    with _respondents(models, questioning, folder) as respondents:
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


def _prepared(case: Case, questioning: Questioning, ref: ModelRef, role: Role, lexicon: Lexicon) -> _Model:
    store = open_store(ref.location)
    files = {name: store.read(name, 0, store.size(name)) for name in FILES if store.has(name)}
    source = source_of(questioning, ref.id, absolute_location(ref.location))
    api = source.api if source is not None else "completions"
    return _Model(ref=ref, role=role, source=source, prepared=prepare(files, lexicon, api))


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
                count_tokens=model.prepared.count_tokens,
            )
    return tuple(found)


@contextmanager
def _respondents(
    models: Sequence[_Model], questioning: Questioning, folder: Path
) -> Iterator[Mapping[str, Respondent]]:
    """Yield how each model is asked; checkpoints that no endpoint answers for are served until the end."""
    with ExitStack() as stack:
        found = {}
        for model in models:
            if not model.arms:
                continue
            source = model.source
            if source is None:
                if "://" in model.ref.location:
                    raise UsageError(f"{model.ref.id}: is remote: name an endpoint of it in [[identity.endpoints]]")
                log = folder / f"serve-{model.ref.id}.log"
                source = stack.enter_context(LocalServer(Path(model.ref.location), log)).endpoint("completions")
            sampling = Sampling(
                temperature=questioning.temperature,
                top_p=questioning.top_p,
                max_tokens=questioning.max_tokens,
                stop=model.prepared.stops,
            )
            found[model.ref.id] = Respondent(source=source, sampling=sampling)
        yield found


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
            return f"{source.url} as {source.model}, {source.api}"
        case NamedModel():
            return f"inspect's {source.name.partition('/')[0]}, {source.api}"
