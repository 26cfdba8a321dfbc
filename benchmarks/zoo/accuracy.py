"""Renders what the scorer found as the page docs/accuracy.md, from the marks alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.zoo.marking import HALVES, Mark, Tally, confusion, tally
from benchmarks.zoo.peers import Relatedness

# What is asked of this version. Rates are judged on the report half; the weights on every case.
MOST_ACCUSED = 0
LEAST_RELATIONS = 0.97
LEAST_METHODS = 0.95
WIDEST_COMPLETE = 1e-4
WIDEST_ELSEWHERE = 5e-3

RELATION_ORDER = (
    "identical",
    "merge",
    "fine-tune",
    "low-rank-fine-tune",
    "quantized",
    "pruned",
    "rearranged",
    "stacked",
    "shared-origin",
    "independent",
    "inconclusive",
    "no answer",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KitResult:
    """What the peer kit gave, as it decides and by its weights alone; or why it could not be run."""

    by_half: Mapping[str, tuple[Relatedness, Relatedness]]
    median_seconds: float | None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """All that the page is rendered from."""

    seed: object
    marks: tuple[Mark, ...]
    scripts: Mapping[str, tuple[Mark, ...]]
    kit: KitResult
    pairs: tuple[Mark, ...]
    pairs_kit: Relatedness | None
    machine: str


def render(results: Results) -> str:
    """Return the page."""
    marks = results.marks
    sections = (
        _opening(results),
        _bars_section(marks),
        _overview(marks),
        *(_confusion_section(half, [m for m in marks if m.case.half == half]) for half in HALVES),
        _groups(marks),
        _pairs(results),
        _peers(results),
        _wrong(marks),
        _times(results),
    )
    return "\n\n".join(section for section in sections if section) + "\n"


OPENING = """# Accuracy: what the verdicts get right, and whom they accuse

`benchmarks/zoo` makes {cases} cases of known truth (seed {seed}): trained checkpoints, and what tools that people
use make of them. `python -m benchmarks.zoo.score` audits them and writes this page; nothing in it is typed by hand.

*Two halves.* The generator puts each case into one of two halves before anything is audited: *choose* ({choose}
cases) and *report* ({report}). Thresholds and rules may be chosen by looking at *choose* only; *report* is counted
and nothing else. {shared} occur in both halves. Both come from one generator: large models made by others may
behave differently.

*Right* means one of the verdicts that the case's label accepts (the relation and, where the label says so, what was
done afterwards); the method and the weights are marked apart. An innocent is *accused* when it is called a merge,
identical, quantized, pruned, rearranged or stacked. Upper limits are exact (Clopper and Pearson, one-sided, 95 %)
and take cases for independent draws, which cases made from common checkpoints are not.

"""


def _opening(results: Results) -> str:
    marks = results.marks
    folders = {half: {p for m in marks if m.case.half == half for p in m.case.candidates.values()} for half in HALVES}
    shared, all_folders = len(folders["choose"] & folders["report"]), len(folders["choose"] | folders["report"])
    counts = {half: sum(m.case.half == half for m in marks) for half in HALVES}
    text = f"{shared or 'None'} of the {all_folders} candidate checkpoints"
    return OPENING.strip().format(cases=len(marks), seed=results.seed, shared=text, **counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What is asked, what was measured, and whether it holds; None where nothing was to be measured."""

    what: str
    asked: str
    measured: str
    holds: bool | None


def bars(marks: Sequence[Mark]) -> list[Bar]:
    """Return every bar beside what was measured."""
    halves = [("report half", tally(m for m in marks if m.case.half == "report")), ("both halves", tally(marks))]
    found = []
    for where, t in halves:
        found += [
            Bar(
                what=f"innocents accused, {where}",
                asked=str(MOST_ACCUSED),
                measured=f"{t.accused} of {t.innocents}, at most {t.accused_at_most:.3f}",
                holds=t.accused <= MOST_ACCUSED if t.innocents else None,
            ),
            _least(f"relations right, {where}", LEAST_RELATIONS, t.right, t.cases),
            _least(f"methods right of merges recognised, {where}", LEAST_METHODS, t.methods_right, t.recognised),
            _widest(f"largest weight error, complete replay, {where}", WIDEST_COMPLETE, t.error_complete),
            _widest(f"largest weight error, elsewhere, {where}", WIDEST_ELSEWHERE, t.error_elsewhere),
        ]
    return found


def _least(what: str, least: float, hits: int, trials: int) -> Bar:
    holds = share(hits, trials) >= least if trials else None
    return Bar(what=what, asked=f"≥ {least}", measured=ratio(hits, trials), holds=holds)


def _widest(what: str, widest: float, measured: float | None) -> Bar:
    holds = measured <= widest if measured is not None else None
    return Bar(what=what, asked=f"≤ {widest:g}", measured=error(measured), holds=holds)


def share(hits: int, trials: int) -> float:
    """Return hits / trials; 0 without trials."""
    return hits / trials if trials else 0.0


def ratio(hits: int, trials: int) -> str:
    """Return "hits of trials (share)"."""
    return f"{hits} of {trials} ({share(hits, trials):.3f})" if trials else "none"


def error(value: float | None) -> str:
    """Return a weight error as text."""
    return f"{value:.1e}" if value is not None else "none judged"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(str(cell) for cell in row) + " |" for row in rows)])


def _bars_section(marks: Sequence[Mark]) -> str:
    words = {True: "holds", False: "**does not hold**", None: "not measured"}
    rows = [(bar.what, bar.asked, bar.measured, words[bar.holds]) for bar in bars(marks)]
    return "## Bars\n\n" + _table(("what", "bar", "measured", ""), rows)


def _overview(marks: Sequence[Mark]) -> str:
    tallies = [tally(m for m in marks if m.case.half == half) for half in HALVES] + [tally(marks)]
    lines: tuple[tuple[str, object], ...] = (
        ("cases", lambda t: t.cases),
        ("relations right", lambda t: ratio(t.right, t.cases)),
        ("of them labelled hard", lambda t: ratio(t.hard_right, t.hard)),
        ("innocents accused", lambda t: f"{t.accused} of {t.innocents}"),
        ("upper limit of that rate", lambda t: f"{t.accused_at_most:.3f}" if t.innocents else "none"),
        ("merges recognised", lambda t: ratio(t.recognised, t.merges)),
        ("right parents and no other, of copies and merges found", lambda t: ratio(t.parents_right, t.parents_judged)),
        ("methods right, of merges recognised", lambda t: ratio(t.methods_right, t.recognised)),
        ("methods right, of all merges", lambda t: ratio(t.methods_right, t.merges)),
        ("largest weight error, complete replay", lambda t: error(t.error_complete)),
        ("largest weight error, elsewhere", lambda t: error(t.error_elsewhere)),
        ("merges recognised without any weight given", lambda t: t.weightless),
        ("no answer (crash or time limit)", lambda t: t.no_answer),
    )
    return "## Overview\n\n" + _table(("", *HALVES, "both"), [(name, *(of(t) for t in tallies)) for name, of in lines])


def _confusion_section(half: str, marks: Sequence[Mark]) -> str:
    counts = confusion(marks)
    if not counts:
        return ""
    order = {relation: place for place, relation in enumerate(RELATION_ORDER)}
    truths, said = (
        sorted({key[side] for key in counts}, key=lambda relation: (order.get(relation, len(order)), relation))
        for side in (0, 1)
    )
    rows = [(f"**{truth}**", *(counts.get((truth, relation), "") for relation in said)) for truth in truths]
    what = (
        "Rows: what is true. Columns: what the verdict says. Off the diagonal is not always wrong: see *right* above."
    )
    return f"## Truth and verdict, {half} half\n\n{what}\n\n" + _table(("", *said), rows)


def _groups(marks: Sequence[Mark]) -> str:
    rows = []
    for group in sorted({m.case.group for m in marks}):
        halves = [tally(m for m in marks if m.case.group == group and m.case.half == half) for half in HALVES]
        both = tally(m for m in marks if m.case.group == group)
        methods = ratio(both.methods_right, both.merges) if both.merges else ""
        accused = f"{both.accused} of {both.innocents}" if both.innocents else ""
        rows.append((group, *(f"{t.right} of {t.cases}" for t in halves), accused, methods))
    return "## Groups\n\n" + _table(
        ("group", *(f"right, {half}" for half in HALVES), "innocents accused", "methods right, of all merges"), rows
    )


def _pairs(results: Results) -> str:
    """Every pair of strangers; each model is in many pairs, so the limit over pairs is not one over models."""
    if not results.pairs:
        return ""
    counted = tally(results.pairs)
    said = Counter(m.answer.relation for m in results.pairs)
    counts = ", ".join(f"{count} {relation}" for relation, count in said.most_common())
    text = (
        f"## Strangers of one configuration, every pair\n\n{counted.cases} pairs of models that were trained from"
        f" seeds of their own, one as\nthe subject and one as the candidate: {counts}.\n"
        f"Accused: {counted.accused}, a rate of at most {counted.accused_at_most:.3f} if pairs were independent draws"
        " (each model is in many)."
    )
    kit = results.pairs_kit
    return text + (f" Cisco's kit matches {kit.unrelated_matched} of {kit.unrelated}." if kit is not None else "")


SCRIPT_TEXT = """## Peers

*The script of today* takes least squares for the weight and a threshold on the cosine (median over tensors) or R2
(over all elements) for the verdict, trying each candidate as the base, in numpy (`naive.py`). It knows five
answers: identical, merge (linear), related, independent and none; related counts as right wherever any relation but
a merge is. What it cannot pair by name and shape it does not read.

"""
PEER_HEAD = (
    "tool",
    "relations right, report",
    "both",
    "innocents accused, report",
    "both",
    "merges recognised, both",
    "methods right, of all merges",
    "largest weight error",
    "median s",
)


def _peers(results: Results) -> str:
    columns = {"Parentage": results.marks, **{f"script, {name}": marks for name, marks in results.scripts.items()}}
    tallies = {
        name: [tally(m for m in marks if half in (m.case.half, "both")) for half in ("report", "both")]
        for name, marks in columns.items()
    }
    rows = [_peer_row(name, *two) for name, two in tallies.items()]
    return SCRIPT_TEXT + _table(PEER_HEAD, rows) + "\n\n" + _kit(results)


def _peer_row(name: str, reported: Tally, both: Tally) -> tuple[str, ...]:
    errors = [value for value in (both.error_complete, both.error_elsewhere) if value is not None]
    return (
        name,
        ratio(reported.right, reported.cases),
        ratio(both.right, both.cases),
        f"{reported.accused} of {reported.innocents}",
        f"{both.accused} of {both.innocents}",
        ratio(both.recognised, both.merges),
        ratio(both.methods_right, both.merges),
        error(max(errors, default=None)),
        f"{both.median_seconds:.2f}" if both.median_seconds is not None else "",
    )


KIT_TEXT = """\
*Cisco's model-provenance-kit* 1.0.0 (Apache-2.0), run without a network, compares the subject with each candidate
and answers confirmed, high-confidence, weak or no match. It has no word for a merge, a direction, a method or a
weight, so it is marked on one thing only: does it match (confirmed or high-confidence) a subject with any of its
candidates where they are related, and with none where they are not? To it an equal configuration is a match
whatever the weights are; the second way leaves that shortcut away. Cases whose truth is inconclusive are left out.
Median {seconds:.2f} s a pair.

"""


def _kit(results: Results) -> str:
    kit = results.kit
    if kit.reason is not None:
        return f"*Cisco's model-provenance-kit* was not run: {kit.reason}"
    rows = []
    for half, ways in kit.by_half.items():
        for way, counted in zip(("as it decides", "score of the weights > 0.75"), ways, strict=True):
            found = ratio(counted.related_found, counted.related)
            blamed = ratio(counted.unrelated_matched, counted.unrelated)
            rows.append((half, way, found, blamed, counted.failed, counted.left_out))
    head = ("half", "way", "related cases matched", "unrelated cases matched", "no answer", "left out")
    return KIT_TEXT.format(seconds=kit.median_seconds or 0.0) + _table(head, rows)


def _wrong(marks: Sequence[Mark]) -> str:
    wrong = [m for m in marks if not m.right or m.accused or m.parents_right is False]
    head = f"## Every wrong case ({len(wrong)} of {len(marks)})\n\n"
    if not wrong:
        return head + "None."
    rows = []
    for m in sorted(wrong, key=lambda m: (HALVES.index(m.case.half), m.case.id)):
        truth = " ".join(filter(None, (m.case.relation, m.case.method)))
        said = " ".join(filter(None, (m.answer.relation, m.answer.method, *(f"+{step}" for step in m.answer.then))))
        flagged = (("**accused**", m.accused), ("wrong parent", m.parents_right is False), ("hard", m.case.hard))
        flags = ", ".join(word for word, on in flagged if on)
        rows.append((m.case.half, f"`{m.case.id}`", truth, said, flags, _cell(m.answer.statement)))
    return head + _table(("half", "case", "true", "said", "", "statement"), rows)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")[:400]


def _times(results: Results) -> str:
    whole = tally(results.marks)
    median, longest, used, most = (
        f"{value:.2f} s" if value is not None else "not measured"
        for value in (
            whole.median_seconds,
            whole.longest_seconds,
            whole.median_processor_seconds,
            whole.longest_processor_seconds,
        )
    )
    return (
        f"## Time\n\nAn audit takes {used} of processor time in the median, {most} at most; {median} and {longest} by"
        " the clock, two\naudits at a time beside whatever else the machine did. Every byte is read; compiled code was"
        f" loaded before. {results.machine}."
    )
