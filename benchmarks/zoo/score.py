"""Scores Parentage and its peers on a zoo of cases whose truth is known; prints the page and writes it.

python -m benchmarks.zoo.score ZOO
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from benchmarks.zoo import accuracy, naive, peers
from benchmarks.zoo.auditing import AnswerCache, DigestedModels, audit_all, source_digest
from benchmarks.zoo.marking import HALVES, Answer, LabelledCase, Mark, mark, read_labels, read_pairs, tally

ROOT = Path(__file__).parents[2]


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.zoo.score", description=__doc__.splitlines()[0])
    parser.add_argument("zoo", type=Path, help="folder with labels.json, as the generator writes it")
    parser.add_argument("--page", type=Path, default=ROOT / "docs/accuracy.md", help="where the page goes")
    parser.add_argument("--out", type=Path, default=ROOT / "out/accuracy.json", help="where the figures go")
    parser.add_argument("--only", default="", help="cases whose id, group or half contains this; writes no files")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", action="store_true", help="audit everything again, whatever was kept")
    parser.add_argument("--no-pairs", action="store_true", help="leave the pairs of strangers away")
    parser.add_argument("--no-kit", action="store_true", help="leave Cisco's kit away")
    parser.add_argument("--kit-python", type=Path, help="Python of an environment that holds the kit; else one is made")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Audit, mark, print, write."""
    options = parse_arguments(arguments)
    zoo = options.zoo.resolve()
    cases = [case for case in read_labels(zoo) if options.only in f"{case.id} {case.group} {case.half}"]
    if not cases:
        raise SystemExit(f"--only {options.only}: no case's id, group and half contain it")
    results = score(zoo, cases, options)
    page = accuracy.render(results)
    print(page)
    if options.only:
        return
    for path, text in ((options.page, page), (options.out, figures(results))):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def score(zoo: Path, cases: Sequence[LabelledCase], options: argparse.Namespace) -> accuracy.Results:
    """Return the marks of Parentage and of each peer on the same cases."""
    cache = AnswerCache(zoo / ".answers", reading=not options.again)
    pairs = () if options.no_pairs or options.only else read_pairs(zoo)
    answers = audit_all(zoo, [*cases, *pairs], cache, workers=options.workers, told=_tell)
    marks = tuple(mark(case, answers[case.id]) for case in cases)
    by_script = naive.answer_all(zoo, cases)
    scripts = {
        script: tuple(naive.mark_script(case, given[case.id]) for case in cases) for script, given in by_script.items()
    }
    seed = json.loads((zoo / "labels.json").read_text()).get("seed")
    kit, pairs_kit = run_kit(zoo, cases, pairs, options)
    return accuracy.Results(
        seed=seed,
        marks=marks,
        scripts=scripts,
        kit=kit,
        pairs=tuple(mark(case, answers[case.id]) for case in pairs),
        pairs_kit=pairs_kit,
        machine=_machine(),
    )


def run_kit(
    zoo: Path, cases: Sequence[LabelledCase], pairs: Sequence[LabelledCase], options: argparse.Namespace
) -> tuple[accuracy.KitResult, peers.Relatedness | None]:
    """Return the kit's counts, or the reason why there are none, and its counts over the pairs of strangers."""
    if options.no_kit:
        return _without_kit("left away by --no-kit.")
    try:
        python = options.kit_python or peers.make_environment(zoo / ".peers/cisco")
        digest = DigestedModels(zoo).digest
        answers = peers.answer_all(python, zoo, [*cases, *pairs], digest, zoo / ".answers/kit.json")
    except (OSError, subprocess.CalledProcessError) as error:
        return _without_kit(f"{error}.")
    by_half = {}
    for half in HALVES:
        chosen = [case for case in cases if case.half == half]
        by_half[half] = tuple(peers.relatedness(chosen, answers, by_weights=way) for way in (False, True))
    seconds = [a.seconds for given in answers.values() for a in given if a.error is None]
    kit = accuracy.KitResult(by_half=by_half, median_seconds=statistics.median(seconds) if seconds else None)
    return kit, peers.relatedness(pairs, answers) if pairs else None


def _without_kit(reason: str) -> tuple[accuracy.KitResult, None]:
    return accuracy.KitResult(by_half={}, median_seconds=None, reason=reason), None


def figures(results: accuracy.Results) -> str:
    """Return everything as JSON."""
    return json.dumps(
        {
            "schema": "parentage.accuracy/v1",
            "seed": results.seed,
            "source": source_digest(),
            "tallies": {
                name: {
                    half: asdict(tally(m for m in marks if half in (m.case.half, "both"))) for half in (*HALVES, "both")
                }
                for name, marks in {"parentage": results.marks, **results.scripts}.items()
            },
            "bars": [asdict(bar) for bar in accuracy.bars(results.marks)],
            "kit": asdict(results.kit),
            "cases": [_row(m) for m in results.marks],
            "pairs": [_row(m) for m in results.pairs],
            "machine": results.machine,
        },
        indent=1,
    )


def _row(m: Mark) -> dict[str, object]:
    return {
        "id": m.case.id,
        "half": m.case.half,
        "group": m.case.group,
        "true": {"relation": m.case.relation, "method": m.case.method, "weights": dict(m.case.weights)},
        "answer": m.answer.as_json(),
        "right": m.right,
        "accused": m.accused,
        "method_right": m.method_right,
        "parents_right": m.parents_right,
        "weight_error": m.weight_error,
    }


def _tell(case: LabelledCase, answer: Answer) -> None:
    if sys.stderr.isatty():
        print(f"{case.id}: {answer.relation}", file=sys.stderr)


def _machine() -> str:
    return f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy {np.__version__}"


if __name__ == "__main__":
    main()
