"""What a server did that its replies do not show: the same reply again and again, another model, a hidden prompt."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.protocols.identity.asking import Asked
from parentage.protocols.identity.calls import Call
from parentage.protocols.identity.records import Arm, Reply

# Fewer prompts with repeats than this say nothing about a cache.
FEWEST_PROMPTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """How often repeats of one prompt differ: `distinct` texts among `replies`, over `prompts` asked at least twice."""

    model: str
    arm: Arm
    prompts: int
    replies: int
    distinct: int

    @property
    def identical(self) -> bool:
        """Whether no repeat ever differed: cached replies, an ignored seed, or a model without a doubt."""
        return self.prompts >= FEWEST_PROMPTS and self.distinct == self.prompts


@dataclass(frozen=True, slots=True, kw_only=True)
class Steadiness:
    """The likeliest replies to fixed prompts at the start and the end: how many prompts still had one in common."""

    model: str
    prompts: int
    same: int
    names: tuple[str, ...]

    @property
    def changed(self) -> bool:
        """Whether another model answered: no fixed prompt got an old reply, or the name in the replies changed."""
        return (self.prompts > 0 and self.same == 0) or len(self.names) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus:
    """Prompt tokens that the server counted beyond those that were sent.

    `usual` is the commonest difference and `agreeing` how many calls had it. One token may be a mark that the server
    puts before every prompt; more is a hidden prompt.
    """

    model: str
    arm: Arm
    compared: int
    usual: int
    agreeing: int
    least: int
    most: int


def check_repeats(replies: Sequence[Reply], temperatures: Mapping[str, float]) -> tuple[Repeats, ...]:
    """Return how repeats differ, for each model and arm asked at a temperature above 0."""
    texts: dict[tuple[str, Arm], dict[tuple[str, str], list[str]]] = {}
    for reply in replies:
        if temperatures[reply.model] > 0:
            groups = texts.setdefault((reply.model, reply.arm), {})
            groups.setdefault((reply.prompt.family, reply.prompt.language), []).append(reply.thinking + reply.text)
    found = []
    for (model, arm), groups in texts.items():
        repeated = [group for group in groups.values() if len(group) > 1]
        found.append(
            Repeats(
                model=model,
                arm=arm,
                prompts=len(repeated),
                replies=sum(map(len, repeated)),
                distinct=sum(len(set(group)) for group in repeated),
            )
        )
    return tuple(found)


def check_steadiness(asked: Asked) -> tuple[Steadiness, ...]:
    """Return, for each model, whether it still answered at the end as at the start.

    A prompt counts as the same if any reply at the end equals any at the start: servers that batch are not
    deterministic to the last bit, and near ties fall either way.
    """
    found = []
    for model, names in asked.served.items():
        before, after = _texts(asked.before.get(model, ())), _texts(asked.after.get(model, ()))
        both = [place for place in before if place in after]
        same = sum(bool(before[place] & after[place]) for place in both)
        found.append(Steadiness(model=model, prompts=len(both), same=same, names=names))
    return tuple(found)


def check_surplus(calls: Sequence[Call], replies: Sequence[Reply]) -> tuple[Surplus, ...]:
    """Return, for each model and arm with known counts on both sides, how far the server's exceeds ours."""
    expected = {_place(call): call.prompt_tokens for call in calls}
    differences: dict[tuple[str, Arm], Counter[int]] = {}
    for reply in replies:
        tokens = expected.get(_place(reply))
        if tokens is not None and reply.prompt_tokens is not None:
            differences.setdefault((reply.model, reply.arm), Counter())[reply.prompt_tokens - tokens] += 1
    found = []
    for (model, arm), counts in differences.items():
        usual = min(counts, key=lambda difference: (-counts[difference], difference))
        found.append(
            Surplus(
                model=model,
                arm=arm,
                compared=counts.total(),
                usual=usual,
                agreeing=counts[usual],
                least=min(counts),
                most=max(counts),
            )
        )
    return tuple(found)


def _texts(replies: Sequence[Reply]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = {}
    for reply in replies:
        place = (reply.prompt.family, reply.prompt.language)
        found.setdefault(place, set()).add(reply.thinking + "\n" + reply.text)
    return found


def _place(asked: Call | Reply) -> tuple[str, str, str, str, int]:
    return asked.model, asked.arm, asked.prompt.family, asked.prompt.language, asked.repeat
