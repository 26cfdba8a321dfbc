"""The protocol for those who already use inspect: a task that they run themselves.

inspect eval parentage/identity --model openai-api/local/model -T names=Nimbus
"""

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import ChatMessage, ChatMessageSystem, ChatMessageUser, GenerateConfig
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import TaskState, generate

from parentage.errors import UsageError
from parentage.protocols.identity.answers import read_output, sample_metadata
from parentage.protocols.identity.calls import QUICK_CALLS, REPEATS, Call, thin_prompts
from parentage.protocols.identity.inspect_logs import read_call
from parentage.protocols.identity.lexicon import Lexicon, make_lexicon
from parentage.protocols.identity.prompts import load_prompts
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.records import LANGUAGES, Arm, Identity, Prompt


@task
def identity(
    names: str = "",
    system: str = "",
    before: str = "",
    after: str = "",
    languages: str = ",".join(LANGUAGES),
    repeats: int = REPEATS,
    quick: bool = False,
    temperature: float = 0.7,
    max_tokens: int = 256,
) -> Task:
    """Ask a model who it is.

    `names` are those that count, between commas. `system` is a system message to send. `before` and `after` make the
    question a raw prompt, for a model reached as `openai-api-completions/...`: the user turn's opening, and all from
    its end to the opening of the answer.
    """
    if unknown := [language for language in languages.split(",") if language not in LANGUAGES]:
        raise UsageError(f"languages {unknown[0]!r}: must be of {', '.join(LANGUAGES)}")
    if bool(before) != bool(after) or (before and system):
        raise UsageError("before and after make a raw prompt together, and a raw prompt has no system message")
    prompts = tuple(prompt for prompt in load_prompts() if prompt.language in languages.split(","))
    if quick:
        prompts, repeats = thin_prompts(prompts, calls=QUICK_CALLS), 1
    arm: Arm = "stripped" if before else "neutral" if system else "intact"
    return Task(
        dataset=MemoryDataset([_sample(prompt, arm, system, before, after) for prompt in prompts]),
        solver=generate(),
        scorer=claims_name(names),
        epochs=repeats,
        config=GenerateConfig(temperature=temperature, top_p=1.0, max_tokens=max_tokens),
        name="identity",
    )


def _sample(prompt: Prompt, arm: Arm, system: str, before: str, after: str) -> Sample:
    sent = before + prompt.text + after
    messages: list[ChatMessage] = [ChatMessageSystem(content=system)] if system else []
    messages.append(ChatMessageUser(content=prompt.text))
    call = Call(model="", arm=arm, prompt=prompt, repeat=0, sent=sent, seed=0)
    metadata = {name: value for name, value in sample_metadata(call).items() if name not in ("model", "seed")}
    return Sample(id=f"{prompt.family}/{prompt.language}", input=sent if before else messages, metadata=metadata)


@scorer(metrics=[mean()])
def claims_name(names: str = "") -> Scorer:
    """Score 1 where the reply claims one of the names (between commas) for itself; the answer is what it claims.

    The mean is only a first look: intervals over prompt families, which inspect does not compute, need the report.
    """
    wanted = tuple(name.strip() for name in names.split(",") if name.strip())
    lexicon: Lexicon = make_lexicon(
        [Identity(key=name.casefold(), names=(name,), makers=(), popularity="case") for name in wanted]
    )
    keys = {name.casefold() for name in wanted}

    async def score(state: TaskState, target: Target) -> Score:
        output = read_output(read_call(state.metadata, "", "", 0), state.output)
        reading = read_reply(output.text, output.prompt.language, lexicon, thinking=output.thinking, stop=output.stop)
        claimed = [claim.key for claim in reading.claims]
        return Score(
            value=float(any(key in keys for key in claimed)),
            answer=", ".join(dict.fromkeys(claim.name for claim in reading.claims)),
            metadata={"status": reading.status, "claims": claimed},
        )

    return score
