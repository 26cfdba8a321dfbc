"""How often the reading of replies agrees with labels: prints a Markdown table for each set.

python -m benchmarks.identity.agreement [SET ...] [--disagreements]

Sets: tests/identity/data/README.md. Of those that nobody who writes rules may read, only the figures are printed.
"""

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from parentage.protocols.identity.lexicon import Lexicon, make_lexicon
from parentage.protocols.identity.reading.reply import RULES_VERSION, read_reply, rules_digest
from parentage.protocols.identity.records import LANGUAGES, Identity, Language, Reading

DATA = Path(__file__).parents[2] / "tests/identity/data"
# Who the labelled replies' case knows besides the lexicon: the example's models.
CASE = tuple(
    Identity(key=key, names=(name,), makers=makers, popularity="case")
    for key, name, makers in (
        ("rivo", "Rivo", ("Cidade Labs",)),
        ("nimbus", "Nimbus", ("Nimbus Collective", "Open Sky Alliance")),
        ("basalt", "Basalt", ("Quarry Labs",)),
        ("cirrus", "Cirrus", ("Altocumulus Studio",)),
        ("onyx", "Onyx", ("Tern Works",)),
    )
)
Row = Mapping[str, Any]
_FRESH = ("fresh-1", "fresh-2", "fresh-3", "fresh-4", "fresh-5", "fresh-6")
OPEN = ("seen", "development", *_FRESH, "blind", "blind-2", "drawn", "mentions")
# The rules were repaired on all of these but the last three.
SETS = (*OPEN, "unseen", "drawn-unseen", "mentions-unseen")
WRITTEN, SAMPLED = "written", "of small models"


@dataclass(kw_only=True)
class Score:
    """Counts of one language: claims as pairs of key and part, and pairs of labelled and read status."""

    replies: int = 0
    agreed: int = 0
    extra: int = 0
    missed: int = 0
    statuses: list[tuple[str, str]] = field(default_factory=list)

    def add(self, row: Row, reading: Reading) -> bool:
        """Count one reply; say whether everything agreed."""
        wanted, got = claims_of(row), {(claim.key, claim.part) for claim in reading.claims}
        self.replies += 1
        self.agreed += len(wanted & got)
        self.extra += len(got - wanted)
        self.missed += len(wanted - got)
        self.statuses.append((row["status"], reading.status))
        return wanted == got and row["status"] == reading.status

    @property
    def precision(self) -> float:
        """Share of the claims read that are labelled."""
        return self.agreed / (self.agreed + self.extra) if self.agreed + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of the labelled claims that were read."""
        return self.agreed / (self.agreed + self.missed) if self.agreed + self.missed else 1.0

    @property
    def status_accuracy(self) -> float:
        """Share of replies whose status agrees."""
        return sum(left == right for left, right in self.statuses) / max(1, len(self.statuses))

    @property
    def kappa(self) -> float:
        """Cohen's kappa of the status (Cohen 1960): agreement beyond what the two distributions alone would give."""
        total = max(1, len(self.statuses))
        names = sorted({name for pair in self.statuses for name in pair})
        expected = 0.0
        for name in names:
            left = sum(pair[0] == name for pair in self.statuses) / total
            expected += left * (sum(pair[1] == name for pair in self.statuses) / total)
        return (self.status_accuracy - expected) / (1 - expected) if expected < 1 else 1.0


def claims_of(row: Row) -> set[tuple[str, str]]:
    """Return the labelled claims as pairs of key and part."""
    return {(claim["key"], claim["part"]) for claim in row["claims"]}


def read_rows(name: str) -> list[Row]:
    """Return the rows of a labelled set."""
    return [json.loads(line) for line in (DATA / f"replies-{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def read_row(row: Row, lexicon: Lexicon) -> Reading:
    """Return how one labelled reply is read."""
    thinking, stop = row.get("thinking", ""), row.get("stop", "stop")
    return read_reply(row["text"], row["language"], lexicon, thinking=thinking, stop=stop)


def score(rows: Iterable[Row], wrong: list[tuple[Row, Reading]] | None = None) -> dict[Language | str, Score]:
    """Return the score of each language that occurs, of "all", and of written replies and sampled ones apart."""
    lexicon = make_lexicon(CASE)
    scores: dict[Language | str, Score] = {name: Score() for name in (*LANGUAGES, "all", WRITTEN, SAMPLED)}
    for row in rows:
        reading = read_row(row, lexicon)
        scores["all"].add(row, reading)
        scores[WRITTEN if row["source"] == "written" else SAMPLED].add(row, reading)
        if not scores[row["language"]].add(row, reading) and wrong is not None:
            wrong.append((row, reading))
    return {name: one for name, one in scores.items() if one.replies}


def render(name: str, scores: Mapping[Language | str, Score]) -> str:
    """Return the table of one set."""
    lines = [
        f"Set: {name}; rules {RULES_VERSION}, `{rules_digest()[:23]}`",
        "",
        "| language | replies | claims | precision | recall | status | kappa |",
        "|---|---|---|---|---|---|---|",
    ]
    for language, one in scores.items():
        lines.append(
            f"| {language} | {one.replies} | {one.agreed + one.missed} | {one.precision:.3f} | {one.recall:.3f} "
            f"| {one.status_accuracy:.3f} | {one.kappa:.3f} |"
        )
    return "\n".join([*lines, ""])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.identity.agreement", description=__doc__)
    parser.add_argument("sets", nargs="*", default=["seen"], choices=SETS)
    parser.add_argument("--disagreements", action="store_true", help="list them; only of sets rules were written on")
    options = parser.parse_args(arguments)
    for name in options.sets:
        wrong: list[tuple[Row, Reading]] = []
        print(render(name, score(read_rows(name), wrong)))
        for row, reading in wrong if options.disagreements and name in OPEN else ():
            got = {(claim.key, claim.part) for claim in reading.claims}
            rules = [
                (claim.key, claim.part, claim.rule)
                for claim in reading.claims
                if (claim.key, claim.part) not in claims_of(row)
            ]
            missed = sorted(claims_of(row) - got)
            text = row["text"][:500].replace("\n", "⏎")
            print(f"{row['language']} {row['status']}→{reading.status} missed {missed} extra {rules} | {text}")


if __name__ == "__main__":
    main()
