"""What is an identity claim worth as evidence? Two answers side by side, and words no stronger than the weaker.

A model is one draw from the population of models, however often it was asked. The first answer writes down how often
an unrelated model comes to claim this identity; its assumptions are fields of the record. The second uses nothing but
the controls of the case: none of M reached the rate, so at most 1 - 0.05^(1/M) of such models would, with 95 %
confidence. Neither can separate a merge from training on the other's replies. docs/questions/likelihood.md.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parentage.errors import UsageError
from parentage.protocols.identity.rates import Rate
from parentage.protocols.identity.records import Popularity

Strength = Literal["none", "weak", "moderate", "strong"]

_SWEEP = "36 of 102 models named another developer's model at least once in 32 prompts (sweep of March 2026)"
_CONFUSED = "7 of 27 models were confused about who they are (arXiv 2411.10683)"
_NEVER = "rule of three on 0 of 102 models naming one given rare identity (the same sweep)"
_SHARES: dict[Popularity, tuple[float, str]] = {
    "popular": (36 / 102, _SWEEP),
    "known": (7 / 27, _CONFUSED),
    "rare": (3 / 102, _NEVER),
    "case": (3 / 102, _NEVER),
}
_DERIVED_REACHES = 0.5
_MISS = 0.05
_HALVINGS = 60
# In fewer families, or more rarely than the rules misread a mention, a claim is no claim: docs/questions/reading.md.
# What records of earlier versions have is kept beside it.
FEWEST_FAMILIES, READING_ERROR, EARLIER_ERROR = 3, 0.17, 0.03
_MODERATE_FROM, _STRONG_FROM, _SUPPORTS_FROM = 10.0, 100.0, 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ContaminationModel:
    """The assumptions: `share` of unrelated models claim this identity, then at a rate ~ Beta(1/2, 2).

    `derived_reaches` is the chance that a model that is derived from it, or trained on its replies, claims it as often.
    """

    popularity: Popularity
    share: float
    source: str
    derived_reaches: float = _DERIVED_REACHES


@dataclass(frozen=True, slots=True, kw_only=True)
class Likelihood:
    """`ratio` under the written model, `bound` from the controls alone (at least that much, 95 %), and the word.

    `reached` is the lower limit of the subject's interval: what it is compared at. A `bound` up to 1 is no support.
    """

    identity: str
    model: ContaminationModel
    reached: float
    unrelated: float
    ratio: float
    controls: int
    controls_reaching: int
    control_share: float
    bound: float
    strength: Strength


def contamination(popularity: Popularity) -> ContaminationModel:
    """Return the written model for an identity that unrelated models name this often."""
    share, source = _SHARES[popularity]
    return ContaminationModel(popularity=popularity, share=share, source=source)


def weigh(
    identity: str,
    popularity: Popularity,
    subject: Rate,
    controls: Sequence[float],
    *,
    claiming: int = FEWEST_FAMILIES,
    error: float = READING_ERROR,
) -> Likelihood:
    """Return what the subject's rate of claiming `identity` supports; `controls` are the unrelated models' own rates.

    The rate counts at the lower limit of its interval, so that few families weigh less. A control reaches it if its
    observed rate is at least that limit; UsageError where a rate lies outside [0, 1]. `claiming` is in how many
    families the subject claims it at all: a claim in one or two may be a slip of the reading. `error` is how often the
    reading may take a mention for a claim.
    """
    if any(not 0 <= rate <= 1 for rate in controls):
        raise UsageError("a control's rate lies outside 0 to 1")
    model = contamination(popularity)
    unrelated = reaching_share(model, subject.low)
    reaching = sum(1 for rate in controls if rate >= subject.low)
    share = control_bound(len(controls), reaching)
    ratio, bound = model.derived_reaches / unrelated, model.derived_reaches / share
    return Likelihood(
        identity=identity,
        model=model,
        reached=subject.low,
        unrelated=unrelated,
        ratio=ratio,
        controls=len(controls),
        controls_reaching=reaching,
        control_share=share,
        bound=bound,
        strength=strength_of(subject, ratio, bound, reaching=reaching, claiming=claiming, error=error),
    )


def reaching_share(model: ContaminationModel, rate: float) -> float:
    """Return the chance that an unrelated model claims the identity at `rate` or more; 1 for a rate of 0."""
    if rate <= 0:
        return 1.0
    # Beta(1/2, 2) has the distribution function sqrt(x) (3 - x) / 2.
    return max(1e-12, model.share * (1 - math.sqrt(rate) * (3 - rate) / 2))


def control_bound(controls: int, reaching: int) -> float:
    """Return the one-sided 95 % limit (Clopper and Pearson 1934) on the share of such models that reach the rate."""
    if reaching >= controls:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _at_most(reaching, controls, middle) > _MISS:
            low = middle
        else:
            high = middle
    return high


def _at_most(count: int, trials: int, share: float) -> float:
    """Return the binomial chance of at most `count` in so many trials, added in order."""
    total = 0.0
    for place in range(count + 1):
        total += math.comb(trials, place) * share**place * (1 - share) ** (trials - place)
    return total


def strength_of(
    subject: Rate, ratio: float, bound: float, *, reaching: int, claiming: int, error: float = READING_ERROR
) -> Strength:
    """Return the word for the smaller of both ratios: weak below 10, moderate below 100, strong from there.

    None where the subject claims it in fewer than three families or at a rate within the error of the readings, where
    controls claim it as often and leave no bound of 2, or where the written model itself gives less than 2. A bound
    below 10, as from few controls, leaves weak, whatever the model says: the model's numbers are assumptions.
    """
    if claiming < FEWEST_FAMILIES or subject.low < error or ratio < _SUPPORTS_FROM:
        return "none"
    if reaching and bound < _SUPPORTS_FROM:
        return "none"
    least = min(ratio, bound)
    if least < _MODERATE_FROM:
        return "weak"
    return "moderate" if least < _STRONG_FROM else "strong"


def sentences_of(likelihood: Likelihood) -> tuple[str, str, str]:
    """Return what the claim supports, what the controls allow, and what it cannot tell."""
    name = likelihood.identity
    if likelihood.strength == "none":
        supports = f"How often the subject calls itself {name} is no evidence that it is derived from it."
    else:
        supports = (
            f"That the subject calls itself {name} is {likelihood.strength} evidence that it is derived from {name} or "
            f"was trained on its replies."
        )
    return (
        supports,
        _of_controls(likelihood),
        f"It cannot separate a merge with {name} from training on {name}'s replies, from {name} having learned from "
        "the subject, or from a source that both share; the weights decide which.",
    )


def _of_controls(likelihood: Likelihood) -> str:
    model = f"a written model of contamination gives a likelihood ratio of {_rounded(likelihood.ratio)}"
    if not likelihood.controls:
        return f"No control was asked, so nothing in the case bounds chance; {model}."
    who = f"{likelihood.controls_reaching or 'none'} of {likelihood.controls} " + (
        "control" if likelihood.controls == 1 else "controls"
    )
    if likelihood.controls_reaching:
        return f"{who[0].upper()}{who[1:]} name it as often, so that chance explains it."
    if likelihood.bound <= 1:
        return f"With {who} naming it as often, the controls alone do not show that chance is unlikely; {model}."
    return f"With {who} naming it as often, the ratio is at least {_rounded(likelihood.bound)}; {model}."


def _rounded(ratio: float) -> str:
    """Return two digits, rounded down: a ratio is never quoted as larger than it is."""
    if ratio < 10:
        return f"{int(ratio * 10) / 10:.1f}"
    power = 10 ** (len(str(int(ratio))) - 2)
    return f"{int(ratio) // power * power:,}"
