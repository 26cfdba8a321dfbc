"""Whom does the subject say it is? Rates by model and arm, held against the controls, and the words it shares.

Corroboration only: a claim cannot tell descent from training on another's replies, and the weights decide. The page is
docs/questions/self-report.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parentage.digest import sha256_of
from parentage.finding import Coverage, Finding, Measurement, NotApplicable, Result, Scalar
from parentage.protocols.identity.differences import compare, holm
from parentage.protocols.identity.interview import Interview, Interviewee
from parentage.protocols.identity.likelihood import EARLIER_ERROR, READING_ERROR, Likelihood, weigh
from parentage.protocols.identity.naming import Spoken, find_spoken, popularity_of
from parentage.protocols.identity.rates import Rate, rates_by_language
from parentage.protocols.identity.records import SELF_REPORT, Arm, Status
from parentage.protocols.identity.self_report_words import OVERLAP, measurements, statement
from parentage.protocols.identity.tally import SUBJECT, Tally, named
from parentage.protocols.identity.verbatim import Reference, SpokenText, Verbatim, choose_examples, compare_texts

QUESTION, VERSION = SELF_REPORT, "3"
# Version 1 told neither how templates resemble each other nor how much of a text one reply holds; 1 and 2 had Wilson's
# limits on the effective number of replies.
VERSIONS = ("1", "2", VERSION)
_WILSON = ("1", "2")

_MOST_KEYS = 6
_MOST_SPANS = 12
_EXAMPLES = 6
_FEWEST_FAMILIES = 5
# What the candidates that were picked from share.
_PICKED_MISS = 0.05
# References are taken by a rule up to so many characters: one reply for each family and language, families by digest.
_MOST_REFERENCE_CHARACTERS = 400_000

Rows = tuple[Mapping[str, Scalar], ...]


def conclude(interview: Interview, version: str = VERSION) -> Result:
    """Return the finding, or why the replies allow none. The same interview gives the same finding, to the bit.

    Earlier versions are drawn as they were, so that a bundle that verified goes on verifying.
    """
    tally = Tally(interview, "wilson" if version in _WILSON else "posterior")
    asked = tally.rows.get((SUBJECT, "stripped"), [])
    if len({reply.prompt.family for reply, _ in asked}) < _FEWEST_FAMILIES:
        reason = interview.model(SUBJECT).disclosure.refused
        why = f"the subject could not be stripped: {'; '.join(reason)}" if reason and not asked else "too few replies"
        return NotApplicable(question=QUESTION, version=version, reason=why[:400])
    spoken = find_spoken(interview, tally)
    other = spoken.candidate or spoken.most
    likelihood = _likelihood(interview, tally, spoken)
    verbatim = _verbatim(interview, spoken.candidate) if likelihood is not None else None
    tables: dict[str, Rows] = {
        "rates": _rate_rows(interview, tally, other),
        "languages": _language_rows(tally, other or SUBJECT),
        "differences": _difference_rows(interview, tally, other) if other else (),
        "status": _status_rows(interview, tally),
        "spans": _span_rows(verbatim) if verbatim else (),
        "null": _null_rows(verbatim) if verbatim else (),
        "templates": tuple(_template_row(model, version) for model in interview.models),
        "servers": _server_rows(interview),
        "examples": _example_rows(tally),
        "identities": _identity_rows(interview),
    }
    return Finding(
        question=QUESTION,
        version=version,
        statement=statement(interview, tally, spoken, likelihood, verbatim),
        coverage=Coverage(
            elements_read=len(interview.replies),
            elements=interview.planned,
            tensors_read=len({reply.model for reply in interview.replies}),
            tensors=len(interview.models),
        ),
        measurements=tuple(
            _shortened(one)
            for one in measurements(interview, tally, spoken, likelihood, verbatim)
            if version != "1" or one.name not in OVERLAP
        ),
        tables={name: tuple(map(_shortened_row, rows)) for name, rows in tables.items() if rows},
    )


def _shortened(measurement: Measurement) -> Measurement:
    low, high = (None if end is None else _short(end) for end in (measurement.low, measurement.high))
    value = _short(measurement.value) if isinstance(measurement.value, float) else measurement.value
    return replace(measurement, value=value, low=low, high=high)


def _shortened_row(row: Mapping[str, Scalar]) -> Mapping[str, Scalar]:
    return {name: _short(value) if isinstance(value, float) else value for name, value in row.items()}


def _short(value: float) -> float:
    """Return six digits: the last ones of a library's quantiles may change, and a bundle must verify for ever."""
    return float(f"{value:.6g}")


def _likelihood(interview: Interview, tally: Tally, spoken: Spoken) -> Likelihood | None:
    """Weigh the claim to be a candidate against the controls; a claim that names of one family explain is not weighed.

    The candidate was picked out of several, so its interval misses so many times more rarely.
    """
    if not spoken.candidate or spoken.is_kin:
        return None
    claimed = tally.families(SUBJECT, "stripped", spoken.candidate)
    controls = [
        tally.rate(model.id, "stripped", spoken.candidate).rate
        for model in interview.models
        if model.role == "control" and tally.families(model.id, "stripped", spoken.candidate)
    ]
    return weigh(
        named(interview, spoken.candidate),
        popularity_of(interview, spoken.candidate),
        tally.rate(SUBJECT, "stripped", spoken.candidate, miss=_PICKED_MISS / spoken.considered),
        controls,
        claiming=sum(any(replies) for replies in claimed.values()),
        error=READING_ERROR if tally.method == "posterior" else EARLIER_ERROR,
    )


def _verbatim(interview: Interview, other: str) -> Verbatim | None:
    """Compare the subject's stripped replies with the other's own, against what the rest share with them."""
    spoken: dict[str, list[SpokenText]] = {model.id: [] for model in interview.models}
    for reply in interview.replies:
        if reply.arm == "stripped":
            prompt = reply.prompt
            text = SpokenText(family=prompt.family, language=prompt.language, prompt=prompt.text, text=reply.text)
            spoken[reply.model].append(text)
    texts = spoken.pop(other, [])
    own = spoken.pop(SUBJECT)
    if not texts or not own:
        return None
    references = _references(other, texts)
    names = [
        name
        for identity in interview.identities
        if identity.key == other
        for name in (*identity.names, *identity.makers)
    ]
    return compare_texts(own, references, {key: value for key, value in spoken.items() if value}, names)


def _references(other: str, texts: Sequence[SpokenText]) -> list[Reference]:
    """Return the other's replies that the subject is compared with: of each family and language the first by digest."""
    chosen: dict[tuple[str, str], SpokenText] = {}
    for text in sorted(texts, key=lambda text: (_digest(text.family), text.language, _digest(text.text))):
        chosen.setdefault((text.family, text.language), text)
    found: list[Reference] = []
    total = 0
    for text in chosen.values():
        total += len(text.text)
        if found and total > _MOST_REFERENCE_CHARACTERS:
            break
        found.append(Reference(label=f"{other}'s reply to {text.family} in {text.language}", text=text.text))
    return found


def _digest(text: str) -> str:
    return sha256_of(text.encode())


def _keys(interview: Interview, tally: Tally, model: str, arm: Arm, other: str) -> list[str]:
    """Return whom to give a rate for: the model itself, the subject and the other, then whoever else it claims."""
    wanted = [key for key in dict.fromkeys((model, SUBJECT, other)) if key]
    return list(dict.fromkeys((*wanted, *tally.commonest(model, arm))))[:_MOST_KEYS]


def _rate_rows(interview: Interview, tally: Tally, other: str) -> Rows:
    rows: list[Mapping[str, Scalar]] = []
    for model in interview.models:
        for arm in model.arms:
            if (model.id, arm) not in tally.rows:
                continue
            for key in _keys(interview, tally, model.id, arm, other):
                rate = tally.rate(model.id, arm, key)
                rows.append(
                    {
                        "model": model.id,
                        "arm": arm,
                        "identity": key,
                        "name": tally.surface(key) or named(interview, key),
                        **_rate_cells(rate),
                        "design_effect": rate.design_effect,
                        "per_reply_low": rate.per_reply.low,
                        "per_reply_high": rate.per_reply.high,
                        "bootstrap_low": rate.bootstrap.low,
                        "bootstrap_high": rate.bootstrap.high,
                    }
                )
    return tuple(rows)


def _rate_cells(rate: Rate) -> dict[str, Scalar]:
    return {
        "rate": rate.rate,
        "low": rate.low,
        "high": rate.high,
        "basis": rate.basis,
        "families": rate.families,
        "replies": rate.replies,
        "hits": rate.hits,
    }


def _language_rows(tally: Tally, key: str) -> Rows:
    rows: list[Mapping[str, Scalar]] = []
    by_language = tally.languages(SUBJECT, "stripped", key)
    for row in rates_by_language(by_language, method=tally.method):
        rows.append(
            {
                "language": row.language,
                "identity": key,
                **_rate_cells(row.rate),
                "elsewhere": row.elsewhere,
                "p": row.p,
                "adjusted": row.adjusted,
            }
        )
    return tuple(rows)


def _difference_rows(interview: Interview, tally: Tally, other: str) -> Rows:
    """Return how much more often the subject claims the other than each model that is not the other does."""
    own = tally.families(SUBJECT, "stripped", other)
    compared = [
        (model, compare(own, found))
        for model in interview.models
        if model.id not in (SUBJECT, other) and (found := tally.families(model.id, "stripped", other))
    ]
    adjusted = holm([difference.p for _, difference in compared])
    return tuple(
        {
            "model": model.id,
            "role": model.role,
            "identity": other,
            "difference": difference.difference,
            "low": difference.low,
            "high": difference.high,
            "families": difference.families,
            "p": difference.p,
            "adjusted": p,
        }
        for (model, difference), p in zip(compared, adjusted, strict=True)
    )


def _status_rows(interview: Interview, tally: Tally) -> Rows:
    rows: list[Mapping[str, Scalar]] = []
    for model in interview.models:
        for arm in model.arms:
            counts = Counter(reading.status for _, reading in tally.rows.get((model.id, arm), ()))
            if counts:
                rows.append({"model": model.id, "arm": arm, **{name: counts[name] for name in _STATUS}})
    return tuple(rows)


_STATUS: tuple[Status, ...] = ("claim", "mention", "none", "refused", "empty", "cut")


def _span_rows(verbatim: Verbatim) -> Rows:
    chosen = [span for span in verbatim.spans if span.is_long_and_named][:_MOST_SPANS]
    return tuple(
        {
            "family": span.family,
            "language": span.language,
            "text": span.text,
            "length": span.length,
            "unmasked": span.unmasked,
            "names": ", ".join(span.names),
            "reference": span.reference,
            "reply_start": span.reply_start,
            "reply_end": span.reply_end,
        }
        for span in chosen
    )


def _null_rows(verbatim: Verbatim) -> Rows:
    return tuple({"model": row.model, "replies": row.replies, "longest": row.longest} for row in verbatim.null)


def _template_row(model: Interviewee, version: str) -> Mapping[str, Scalar]:
    found = model.disclosure
    return {
        "model": model.id,
        "name": model.name,
        "role": model.role,
        "through": model.through,
        "told": found.told,
        "proven": found.proven,
        "hidden": "; ".join(found.hidden),
        "places": "; ".join(found.places),
        "method": found.method,
        "refused": "; ".join(found.refused),
        "residue": "; ".join(found.residue),
        **({"likeness": "; ".join(found.likeness)} if version != "1" else {}),
        "difference": found.difference,
    }


def _server_rows(interview: Interview) -> Rows:
    rows: list[Mapping[str, Scalar]] = []
    rows += [
        {"model": row.model, "arm": row.arm, "check": "repeats", "seen": f"{row.distinct} distinct of {row.replies}"}
        for row in interview.repeated
        if row.identical
    ]
    rows += [
        {"model": row.model, "arm": "", "check": "another model at the end", "seen": ", ".join(row.names)}
        for row in interview.steadiness
        if row.changed
    ]
    rows += [
        {"model": row.model, "arm": row.arm, "check": "prompt tokens beyond those sent", "seen": str(row.usual)}
        for row in interview.surpluses
        if row.usual > 1
    ]
    return tuple(rows)


def _example_rows(tally: Tally) -> Rows:
    """Return some of the subject's replies, chosen by the rule of `choose_examples`, not by hand."""
    rows: list[Mapping[str, Scalar]] = []
    for arm in ("intact", "stripped"):
        found = tally.rows.get((SUBJECT, arm), [])
        places = choose_examples(
            [(reply.prompt.family, sha256_of(reply.text.encode())) for reply, _ in found], _EXAMPLES
        )
        for place in places:
            reply, reading = found[place]
            claimed = ", ".join(dict.fromkeys(claim.name for claim in reading.claims))
            rows.append(
                {
                    "arm": arm,
                    "family": reply.prompt.family,
                    "language": reply.prompt.language,
                    "prompt": reply.prompt.text,
                    "reply": reply.text[:600],
                    "status": reading.status,
                    "claims": claimed,
                }
            )
    return tuple(rows)


def _identity_rows(interview: Interview) -> Rows:
    """Return which names count for whom: a reader has to see that no name was given to the wrong model."""
    return tuple(
        {
            "model": identity.key,
            "name": named(interview, identity.key),
            "names": ", ".join(identity.names),
            "makers": ", ".join(identity.makers),
        }
        for identity in interview.identities
    )
