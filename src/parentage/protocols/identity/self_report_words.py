"""How a self-report is put into words and figures: what it supports, and that the weights decide."""

from collections.abc import Iterator

from parentage.finding import Measurement
from parentage.protocols.identity.interview import Interview
from parentage.protocols.identity.likelihood import Likelihood, sentences_of
from parentage.protocols.identity.rates import Rate, rate_of
from parentage.protocols.identity.tally import SUBJECT, Tally, named
from parentage.protocols.identity.verbatim import Verbatim


def statement(
    interview: Interview, tally: Tally, other: str, likelihood: Likelihood | None, verbatim: Verbatim | None
) -> str:
    """Return the finding in a few plain sentences, each with its figure and no stronger than it."""
    own = rate_of(tally.families(SUBJECT, "stripped", SUBJECT))
    name = named(interview, SUBJECT)
    parts = []
    if other:
        theirs = rate_of(tally.families(SUBJECT, "stripped", other))
        parts.append(
            f"Stripped of what tells it, {name} says that it is {named(interview, other)} in "
            f"{_percent(theirs.rate)} of {theirs.replies} replies "
            f"({_interval(theirs)} over {theirs.families} prompt families)"
            f" and that it is {name} in {_share(own)}."
        )
    else:
        parts.append(
            f"Stripped of what tells it, {name} says that it is {name} in {_share(own)} of {own.replies} replies, and "
            f"names no other model as itself."
        )
    intact = tally.families(SUBJECT, "intact", SUBJECT)
    if intact:
        parts.append(f"With its template intact it says {name} in {_percent(rate_of(intact).rate)}.")
    if verbatim is not None and verbatim.is_evidence:
        controls = max((row.longest for row in verbatim.null), default=0)
        parts.append(
            f"It repeats up to {verbatim.longest_unmasked} characters of {named(interview, other)}'s own replies "
            f"word for word; other models of the case share at most {controls}."
        )
    if likelihood is not None:
        parts += sentences_of(likelihood)
    return " ".join(parts)


def measurements(
    interview: Interview, tally: Tally, other: str, likelihood: Likelihood | None, verbatim: Verbatim | None
) -> Iterator[Measurement]:
    """Return the figures that the statement rests on."""
    own = rate_of(tally.families(SUBJECT, "stripped", SUBJECT))
    yield _measured("claims-itself", own, "the stripped subject says that it is itself")
    if other:
        theirs = rate_of(tally.families(SUBJECT, "stripped", other))
        yield _measured("claims-other", theirs, f"the stripped subject says that it is {named(interview, other)}")
    intact = tally.families(SUBJECT, "intact", SUBJECT)
    if intact:
        yield _measured("claims-itself-intact", rate_of(intact), "the same with the template intact")
    if likelihood is not None:
        model = likelihood.model
        about = f"share {model.share:.3g} of unrelated models claim such an identity: {model.source}"
        yield Measurement(name="likelihood-ratio", value=likelihood.ratio, unit="ratio", about=about)
        bound = f"at least, from {likelihood.controls} controls of which {likelihood.controls_reaching} reach it"
        yield Measurement(name="likelihood-bound", value=likelihood.bound, unit="ratio", about=bound)
        yield Measurement(name="strength", value=likelihood.strength, unit="word", about="the weaker of both")
    if verbatim is not None:
        yield Measurement(
            name="longest-shared", value=verbatim.longest_unmasked, unit="characters", about="without boilerplate"
        )
        yield Measurement(
            name="verbatim-p",
            value=verbatim.p_models,
            unit="probability",
            about=f"(1 + models sharing as much) / (1 + models), of {len(verbatim.null)}",
        )


def _measured(name: str, rate: Rate, about: str) -> Measurement:
    return Measurement(name=name, value=rate.rate, unit="share of replies", low=rate.low, high=rate.high, about=about)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _interval(rate: Rate) -> str:
    return f"{100 * rate.low:.1f} to {100 * rate.high:.1f} %"


def _share(rate: Rate) -> str:
    """Return a rate in words; none at all with the bound that the families allow, not the replies."""
    if rate.hits:
        return f"{_percent(rate.rate)} ({_interval(rate)})"
    return f"none (at most {_percent(rate.high)} by families)"
