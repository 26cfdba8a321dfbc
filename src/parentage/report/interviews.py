"""Whom the models say they are, as plain text for a terminal and as views for the page.

Whoever made the files chose what is in them: what reaches the page is text without invisible characters, and shares
from 0 to 1; a cell that is neither is shown as absent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from parentage.protocols.identity.records import SELF_REPORT
from parentage.report import view
from parentage.report.reading import number_or_none
from parentage.report.records import Answer, Row

QUESTION = SELF_REPORT
_ARMS = {
    "intact": "template intact",
    "stripped": "stripped",
    "neutral": "neutral system message",
    "contrary": "told that it is Tavilo",
}
_METHODS = {
    "nothing-to-strip": "nothing to strip: its template writes no words before a question",
    "turn-format": "raw prompts, in the format that its template gives a later turn",
    "edited-template": "its template, with what tells it blanked",
    "empty-system": "an empty system message",
    "": "no method held",
}
_LEAST_SHOWN = 0.05
_MOST_COUNT = 10**9
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One rate with its interval, from 0 to 1: who says it under which arm, and whom it names."""

    model: str
    arm: str
    name: str
    rate: float
    low: float
    high: float
    text: str
    leading: bool

    @property
    def x(self) -> str:
        """Where the rate lies on a line of 160 units."""
        return _place(self.rate)

    @property
    def x_low(self) -> str:
        """Where the interval begins."""
        return _place(self.low)

    @property
    def x_high(self) -> str:
        """Where the interval ends."""
        return _place(self.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A run of words that the subject shares: the words, how many characters, what was asked, and whose they are."""

    family: str
    language: str
    text: str
    length: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A model as it was asked: the names and makers that count as it, and how it was stripped."""

    model: str
    names: str
    makers: str
    method: str


def render_answer(answer: Answer) -> str:
    """Return the answer as text: the statement, then whom each model names, by arm."""
    lines = [view.clean(answer.statement), ""]
    if answer.status != "finding":
        return "\n".join(lines)
    for bar in bars(answer, {}):
        lines.append(f"{bar.model:<12}{bar.arm:<24}{bar.name:<16}{bar.text}")
    for row in answer.tables.get("templates", ()):
        if row.get("told"):
            proven = " (proven to be its default)" if row.get("proven") is True else ""
            lines += ["", f"{_line(row, 'model')} is told: {_line(row, 'told')}{proven}"]
    return "\n".join(lines) + "\n"


def section(answer: Answer, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page's section shows."""
    tables = answer.tables
    names = {**{_cell(row, "model"): _cell(row, "name") for row in tables.get("templates", ())}, **names}
    other = next((_cell(row, "identity") for row in tables.get("languages", ())), "")
    return {
        "answer": answer,
        "bars": bars(answer, names),
        "asked": _asked(answer, names),
        "compared": _compared(answer),
        "other": view.clean(names.get(other, other)),
        "languages": [_language(row, names) for row in tables.get("languages", ())],
        "templates": [_template(row, names) for row in tables.get("templates", ())],
        "spans": spans(answer),
        "overlap": _overlap(answer),
        "servers": _texts(tables.get("servers", ()), ("model", "arm", "check", "seen")),
        "examples": _texts(tables.get("examples", ()), ("arm", "language", "prompt", "reply", "status", "claims")),
    }


def _overlap(answer: Answer) -> list[str]:
    """Return how much of one text a reply holds, as sentences; nothing where it was not compared."""
    found = []
    for name, words in (
        ("containment-5", "of its runs of five words"),
        ("containment-8", "of its runs of eight words"),
        ("covered", "of it is covered by runs of 20 characters and more"),
    ):
        value = answer.measure(name)
        if isinstance(value, float):
            found.append(f"{view.share(value)} {words}")
    return found


def headline(answer: Answer, names: Mapping[str, str]) -> str:
    """Return whom the stripped subject says it is most, and how often it says its own name; "" without rates."""
    own, most = answer.measure("claims-itself"), answer.measure("claims-most")
    if not isinstance(own, float):
        return ""
    itself = f"itself in {view.share(own)}" if own else "itself in none"
    about = next((str(row.get("about", "")) for row in answer.measurements if row.get("name") == "claims-most"), "")
    other = about.removeprefix("says that it is ").partition(",")[0]
    return f"{view.clean(other)} in {view.share(most)}, {itself}" if isinstance(most, float) and other else itself


def bars(answer: Answer, names: Mapping[str, str]) -> list[Bar]:
    """Return the rates worth a line: identities of the case, and others that are claimed at all."""
    found = []
    for row in answer.tables.get("rates", ()):
        rate, low, high = (_share(row, name) for name in ("rate", "low", "high"))
        if _cell(row, "identity").startswith("unknown:") and (low or 0.0) < _LEAST_SHOWN:
            continue
        text = view.ABSENT
        if rate is not None and low is not None and high is not None:
            text = f"{100 * rate:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
            if number_or_none(row.get("hits")) == 0:
                text = f"none (at most {100 * high:.1f} %)"
        found.append(
            Bar(
                model=_named(row, names),
                arm=_ARMS.get(_cell(row, "arm"), _line(row, "arm")),
                name=_line(row, "name"),
                rate=rate or 0.0,
                low=low or 0.0,
                high=high or 0.0,
                text=text,
                leading=row.get("model") == "subject" and row.get("arm") == "stripped",
            )
        )
    return found


def spans(answer: Answer) -> list[Marked]:
    """Return the runs of words that count as evidence."""
    return [
        Marked(
            family=_cell(row, "family"),
            language=_cell(row, "language"),
            text=_cell(row, "text"),
            length=_count(row, "length"),
            reference=_cell(row, "reference"),
        )
        for row in answer.tables.get("spans", ())
    ]


def _asked(answer: Answer, names: Mapping[str, str]) -> list[Asked]:
    """Return every model with the names that count as it; a case may name one in several places."""
    listed: dict[str, tuple[list[str], list[str]]] = {}
    for row in answer.tables.get("identities", ()):
        held = listed.setdefault(_cell(row, "model"), ([], []))
        for column, texts in zip(("names", "makers"), held, strict=True):
            texts += [text for text in [_cell(row, column)] if text]
    methods = {_cell(row, "model"): _method(row) for row in answer.tables.get("templates", ())}
    return [
        Asked(
            model=view.clean(names.get(model, model)),
            names=", ".join(listed.get(model, ([], []))[0]),
            makers=", ".join(listed.get(model, ([], []))[1]),
            method=methods.get(model, view.ABSENT),
        )
        for model in dict.fromkeys((*methods, *listed))
    ]


def _compared(answer: Answer) -> str:
    """Return whether the models that were asked stripped were so by one method; empty where the file does not tell."""
    stripped = {_cell(row, "model") for row in answer.tables.get("rates", ()) if row.get("arm") == "stripped"}
    methods = {_cell(row, "model"): _cell(row, "method") for row in answer.tables.get("templates", ())}
    used = {methods.get(model, "") for model in stripped}
    if len(stripped) < 2 or "" in used:
        return ""
    if len(used) == 1:
        return "Subject, candidates and controls were stripped in the same way."
    return "Not all of them were stripped in the same way: the table of names says how each was."


def _method(row: Row) -> str:
    return _METHODS.get(_cell(row, "method"), _cell(row, "method"))


def _language(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    rate = _share(row, "rate")
    identity = _cell(row, "identity")
    return {
        "language": _cell(row, "language"),
        "identity": view.clean(names.get(identity, identity)),
        "shade": round(60 * (rate or 0.0)),
        "rate": view.share(rate),
        "low": view.share(_share(row, "low")),
        "high": view.share(_share(row, "high")),
        "replies": view.count(_count(row, "replies")),
        "adjusted": view.number(_share(row, "adjusted"), 2),
    }


def _template(row: Row, names: Mapping[str, str]) -> dict[str, Any]:
    texts = ("told", "hidden", "places", "residue", "refused", "difference", "likeness")
    held = {name: _cell(row, name) for name in texts}
    return {**held, "model": _named(row, names), "proven": row.get("proven") is True, "method": _method(row)}


def _texts(rows: Sequence[Row], columns: Sequence[str]) -> list[dict[str, str]]:
    return [{name: _cell(row, name) for name in columns} for row in rows]


def _named(row: Row, names: Mapping[str, str]) -> str:
    model = _cell(row, "model")
    return " ".join(view.clean(names.get(model, model)).split())


def _cell(row: Row, name: str) -> str:
    """Return a cell as text to show; empty where the row has none."""
    value = row.get(name)
    text = "" if value is None else value if isinstance(value, str) else view.scalar(value)
    return view.clean(text[:_MOST_TEXT])


def _line(row: Row, name: str) -> str:
    """Return a cell as one line: line ends in it would make lines of their own on a terminal."""
    return " ".join(_cell(row, name).split())


def _share(row: Row, name: str) -> float | None:
    """Return a cell that is a number from 0 to 1, the nearest such number for others, None for what is no number."""
    value = number_or_none(row.get(name))
    return None if value is None else min(1.0, max(0.0, value))


def _count(row: Row, name: str) -> int:
    return int(min(_MOST_COUNT, max(0.0, number_or_none(row.get(name)) or 0.0)))


def _place(share: float) -> str:
    return f"{2 + 156 * share:.1f}"
