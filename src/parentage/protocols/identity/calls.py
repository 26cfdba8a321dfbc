"""What is to be asked, as data: the calls of a run, their seeds and keys, and what they will cost."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from parentage.digest import sha256_of
from parentage.endpoint.provider import Sampling, Source
from parentage.endpoint.serving import ServedCheckpoint
from parentage.errors import UsageError
from parentage.evidence.canonical import canonical_json
from parentage.protocols.identity.records import Arm, Prompt

REPEATS = 5
QUICK_CALLS = 60
MOST_CALLS = 200_000
# Seeds that every server takes: some read them as signed 32-bit integers.
_SEEDS = 2**31 - 1
# A rough upper bound where no tokenizer is at hand: no writing takes more than a token for each UTF-8 byte, and
# across the six languages a token holds three on average.
_BYTES_A_TOKEN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of a chat."""

    role: str
    content: str


# A raw prompt as it leaves, or the messages that the server's own template turns into one.
Sent = str | tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One question to one model: `prompt` asked under `arm` for the `repeat`th time, rendered as `sent`.

    `prompt_tokens`, where known, is how many tokens the prompt has by the model's own tokenizer.
    """

    model: str
    arm: Arm
    prompt: Prompt
    repeat: int
    sent: Sent
    seed: int
    prompt_tokens: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """What a run asks for, before it is run. `reply_tokens` is the most there can be.

    `price` is that of the models whose price the case states; None where it states none.
    """

    calls: int
    prompt_tokens: int
    reply_tokens: int
    price: float | None


def seed_of(*parts: str | int) -> int:
    """Return a seed that depends on the parts alone, so that a second run of the same plan sends the same ones."""
    return int(sha256_of(canonical_json(list(parts)))[7:23], 16) % _SEEDS


def plan_calls(
    model: str,
    arm: Arm,
    prompts: Iterable[Prompt],
    render: Callable[[Prompt], Sent],
    *,
    repeats: int = REPEATS,
    count_tokens: Callable[[Sent], int | None] | None = None,
) -> tuple[Call, ...]:
    """Return every call for one model under one arm, each with a seed of its own."""
    calls = []
    for prompt in prompts:
        sent = render(prompt)
        tokens = None if count_tokens is None else count_tokens(sent)
        for repeat in range(repeats):
            seed = seed_of("identity", model, arm, prompt.family, prompt.language, repeat)
            calls.append(
                Call(model=model, arm=arm, prompt=prompt, repeat=repeat, sent=sent, seed=seed, prompt_tokens=tokens)
            )
    return tuple(calls)


def thin_prompts(prompts: Sequence[Prompt], *, calls: int = QUICK_CALLS) -> tuple[Prompt, ...]:
    """Return at most that many prompts for a quick look: one a family while they last, languages in turn.

    Families first, because they are the clusters: sixty calls to sixty families say more than five to twelve.
    """
    families: dict[str, list[Prompt]] = {}
    for prompt in prompts:
        families.setdefault(prompt.family, []).append(prompt)
    chosen: list[Prompt] = []
    for turn in range(max((len(group) for group in families.values()), default=0)):
        for index, group in enumerate(families.values()):
            if turn < len(group) and len(chosen) < calls:
                chosen.append(group[(index + turn) % len(group)])
    return tuple(chosen)


def call_key(call: Call, answerer: Sequence[str], sampling: Sampling) -> str:
    """Return the digest of everything that decides the answer: a changed prompt, setting or server is another call."""
    sent = call.sent if isinstance(call.sent, str) else [[part.role, part.content] for part in call.sent]
    place = [call.model, call.arm, call.prompt.family, call.prompt.language, call.repeat]
    draw = [sampling.temperature, sampling.top_p, sampling.max_tokens, list(sampling.stop), call.seed]
    return sha256_of(canonical_json([place, list(answerer), sent, draw]))


def estimate(
    calls: Sequence[Call], sources: Mapping[str, Source | ServedCheckpoint], samplings: Mapping[str, Sampling]
) -> Estimate:
    """Return the calls, tokens and price of a run; prompts without a count are bounded by their bytes."""
    prompt_tokens = reply_tokens = 0
    price = 0.0
    for call in calls:
        text = call.sent if isinstance(call.sent, str) else "".join(part.content for part in call.sent)
        tokens = call.prompt_tokens if call.prompt_tokens is not None else len(text.encode()) // _BYTES_A_TOKEN + 8
        bound = samplings[call.model].max_tokens
        prompt_tokens += tokens
        reply_tokens += bound
        rate = sources[call.model].price
        if rate is not None:
            price += (tokens * rate.prompt_per_million + bound * rate.reply_per_million) / 1e6
    known = any(sources[call.model].price is not None for call in calls)
    return Estimate(
        calls=len(calls),
        prompt_tokens=prompt_tokens,
        reply_tokens=reply_tokens,
        price=price if known else None,
    )


def check_calls(calls: Sequence[Call]) -> None:
    """Raise UsageError where the plan asks nothing, too much, or the same thing twice under one name."""
    if not calls:
        raise UsageError("identity: no calls are planned")
    if len(calls) > MOST_CALLS:
        raise UsageError(f"identity: {len(calls)} calls are planned; at most {MOST_CALLS} in one run")
    places = {(call.model, call.arm, call.prompt.family, call.prompt.language, call.repeat) for call in calls}
    if len(places) != len(calls):
        raise UsageError("identity: two planned calls have the same model, arm, family, language and repeat")
