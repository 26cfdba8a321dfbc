"""Whom the models say they are, as plain text for a terminal and as views for the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from parentage.report import view
from parentage.report.records import Answer, Row

QUESTION = "self-report"
_ARMS = {
    "intact": "template intact",
    "stripped": "stripped",
    "neutral": "neutral system message",
    "contrary": "told that it is Tavilo",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One rate with its interval, in per cent for the page: who says it under which arm, and whom it names."""

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
    """A shared run inside what the subject said: before, the run itself, and where the same words stand."""

    family: str
    language: str
    text: str
    length: int
    reference: str


def render_answer(answer: Answer) -> str:
    """Return the answer as text: the statement, then whom each model names, by arm."""
    lines = [view.clean(answer.statement), ""]
    if answer.status != "finding":
        return "\n".join(lines)
    for bar in bars(answer, {}):
        lines.append(f"{bar.model:<12}{bar.arm:<24}{bar.name:<16}{bar.text}")
    for row in answer.tables.get("templates", ()):
        if row.get("told"):
            proven = " (proven to be its default)" if row.get("proven") else ""
            lines += ["", f"{view.clean(str(row.get('model')))} is told: {view.clean(str(row.get('told')))}{proven}"]
    return "\n".join(lines) + "\n"


def section(answer: Answer, names: Mapping[str, str]) -> dict[str, Any]:
    """Return what the page's section shows."""
    tables = answer.tables
    names = {**{str(row.get("model")): str(row.get("name")) for row in tables.get("templates", ())}, **names}
    first = next(iter(tables.get("languages", ())), {})
    other = str(first.get("identity", ""))
    return {
        "answer": answer,
        "bars": bars(answer, names),
        "other": names.get(other, other),
        "languages": [{**row, "identity": names.get(other, other)} for row in tables.get("languages", ())],
        "templates": [
            {**row, "model": names.get(str(row.get("model")), str(row.get("model")))}
            for row in tables.get("templates", ())
        ],
        "spans": spans(answer),
        "servers": tables.get("servers", ()),
        "examples": tables.get("examples", ()),
    }


def _place(share: float) -> str:
    return f"{2 + 156 * min(1.0, max(0.0, share)):.1f}"


def bars(answer: Answer, names: Mapping[str, str]) -> list[Bar]:
    """Return the rates worth a line: identities of the case, and others that are claimed at all."""
    found = []
    for row in answer.tables.get("rates", ()):
        rate, low, high = (_number(row, name) for name in ("rate", "low", "high"))
        unknown = str(row.get("identity")).startswith("unknown:")
        if unknown and low < _LEAST_SHOWN:
            continue
        model = str(row.get("model"))
        text = f"{100 * rate:.1f} % ({100 * low:.1f} to {100 * high:.1f})"
        if not row.get("hits"):
            text = f"none (at most {100 * high:.1f} %)"
        found.append(
            Bar(
                model=view.clean(names.get(model, model)),
                arm=_ARMS.get(str(row.get("arm")), str(row.get("arm"))),
                name=view.clean(str(row.get("name"))),
                rate=rate,
                low=low,
                high=high,
                text=text,
                leading=model == "subject" and row.get("arm") == "stripped",
            )
        )
    return found


_LEAST_SHOWN = 0.05


def spans(answer: Answer) -> list[Marked]:
    """Return the runs of words that count as evidence."""
    return [
        Marked(
            family=view.clean(str(row.get("family"))),
            language=view.clean(str(row.get("language"))),
            text=view.clean(str(row.get("text"))),
            length=int(_number(row, "length")),
            reference=view.clean(str(row.get("reference"))),
        )
        for row in answer.tables.get("spans", ())
    ]


def _number(row: Row, name: str) -> float:
    value = row.get(name)
    return float(value) if isinstance(value, int | float) else 0.0
