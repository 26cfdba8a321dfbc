"""How a self-report is put into words and figures: what it supports, and that the weights decide."""

from collections.abc import Iterator

from parentage.finding import Measurement
from parentage.protocols.identity.interview import Interview
from parentage.protocols.identity.likelihood import Likelihood, sentences_of
from parentage.protocols.identity.naming import Spoken
from parentage.protocols.identity.rates import Rate
from parentage.protocols.identity.tally import SUBJECT, Tally, named
from parentage.protocols.identity.verbatim import Verbatim

# Measurements that describe how much of a text one reply holds.
OVERLAP = ("containment-5", "containment-8", "covered", "masked", "spans-left-out")
_FEWEST_MODELS = 2


def statement(
    interview: Interview, tally: Tally, spoken: Spoken, likelihood: Likelihood | None, verbatim: Verbatim | None
) -> str:
    """Return the finding in a few plain sentences, each with its figure and no stronger than it."""
    own = tally.rate(SUBJECT, "stripped", SUBJECT)
    name = named(interview, SUBJECT)
    others = list(dict.fromkeys(key for key in (spoken.most, spoken.candidate) if key))
    parts = [f"Stripped of what tells it, {name} says that it is {name} in {_share(own)} of {own.replies} replies"]
    for key in others:
        theirs = tally.rate(SUBJECT, "stripped", key)
        parts[0] += f", that it is {tally.surface(key) or named(interview, key)} in {_share(theirs)}"
    parts[0] += f", over {own.families} prompt families." if others else ", and names no other model as itself."
    missing = interview.planned - len(interview.replies)
    if missing > 0:
        parts.append(f"{missing} of {interview.planned} planned replies, over all models, did not come.")
    intact = tally.families(SUBJECT, "intact", SUBJECT)
    if intact:
        told = tally.rate(SUBJECT, "intact", SUBJECT)
        parts.append(f"With its template intact it says {name} in {_percent(told.rate)}.")
    parts += _of_words(interview, spoken.candidate, verbatim)
    if likelihood is not None:
        parts += sentences_of(likelihood)
    elif spoken.is_kin:
        parts.append(
            f"Its own name and {named(interview, spoken.candidate)}'s are of one family, so that tells nothing."
        )
    elif spoken.most:
        parts.append("That is nobody among the candidates, and no evidence of descent from one.")
    return " ".join(parts)


def _of_words(interview: Interview, other: str, verbatim: Verbatim | None) -> list[str]:
    """Return what is said of shared words: nothing without two other models to say what is usual, or within it."""
    longest = longest_named(verbatim)
    usual = max((row.longest for row in verbatim.null), default=0) if verbatim is not None else 0
    if verbatim is None or not verbatim.is_evidence or len(verbatim.null) < _FEWEST_MODELS or longest <= usual:
        return []
    families = len(verbatim.evidence_families)
    return [
        f"It repeats up to {longest} characters of {named(interview, other)}'s own replies word for word, in replies "
        f"to {families} prompt families; {len(verbatim.null)} other models share at most {usual}."
    ]


def longest_named(verbatim: Verbatim | None) -> int:
    """Return the longest shared run, without boilerplate, that is long enough and holds a name of the other's."""
    spans = verbatim.spans if verbatim is not None else ()
    return max((span.unmasked for span in spans if span.is_long_and_named), default=0)


def measurements(
    interview: Interview, tally: Tally, spoken: Spoken, likelihood: Likelihood | None, verbatim: Verbatim | None
) -> Iterator[Measurement]:
    """Return the figures that the statement rests on."""
    own = tally.rate(SUBJECT, "stripped", SUBJECT)
    yield _measured("claims-itself", own, "the stripped subject says that it is itself")
    if spoken.most:
        theirs = tally.rate(SUBJECT, "stripped", spoken.most)
        yield _measured(
            "claims-most", theirs, f"says that it is {named(interview, spoken.most)}, more than anybody else"
        )
    if spoken.candidate:
        theirs = tally.rate(SUBJECT, "stripped", spoken.candidate)
        about = (
            f"says that it is {named(interview, spoken.candidate)}, the most claimed of {spoken.considered} candidates"
        )
        yield _measured("claims-candidate", theirs, about)
    intact = tally.families(SUBJECT, "intact", SUBJECT)
    if intact:
        told = tally.rate(SUBJECT, "intact", SUBJECT)
        yield _measured("claims-itself-intact", told, "says that it is itself with the template intact")
    if likelihood is not None:
        model = likelihood.model
        about = f"share {model.share:.3g} of unrelated models claim such an identity: {model.source}"
        yield Measurement(name="likelihood-ratio", value=likelihood.ratio, unit="ratio", about=about)
        bound = f"at least, from {likelihood.controls} controls of which {likelihood.controls_reaching} reach it"
        yield Measurement(name="likelihood-bound", value=likelihood.bound, unit="ratio", about=bound)
        yield Measurement(name="strength", value=likelihood.strength, unit="word", about="the weaker of both")
    if verbatim is not None:
        yield Measurement(
            name="longest-shared", value=longest_named(verbatim), unit="characters", about="with a name, no boilerplate"
        )
        about = f"(1 + models sharing as much) / (1 + models), of {len(verbatim.null)}"
        yield Measurement(name="verbatim-p", value=verbatim.p_models, unit="probability", about=about)
        yield from _of_overlap(verbatim)
        if verbatim.cut:
            yield Measurement(name="texts-cut", value=verbatim.cut, unit="texts", about="compared in their first part")


def _of_overlap(verbatim: Verbatim) -> Iterator[Measurement]:
    """Return how much of one of the other's texts one reply holds, without a null of their own: they describe."""
    for words, share in ((5, verbatim.containment_5), (8, verbatim.containment_8)):
        about = f"most of one text's runs of {words} words that are in one reply"
        yield Measurement(name=f"containment-{words}", value=share, unit="share of a text", about=about)
    about = "most of one text that runs of 20 characters and more from one reply cover"
    yield Measurement(name="covered", value=verbatim.covered, unit="share of a text", about=about)
    about = f"said by {verbatim.masked_by} controls, or echoed from the prompt: counts for nothing"
    yield Measurement(name="masked", value=verbatim.masked_share, unit="share of the texts", about=about)
    if verbatim.spans_left_out:
        yield Measurement(name="spans-left-out", value=verbatim.spans_left_out, unit="runs", about="beyond 200")


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
