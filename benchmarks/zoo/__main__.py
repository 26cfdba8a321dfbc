"""Build the zoo: `python -m benchmarks.zoo --out out/zoo`. Safe to stop and start again."""

import argparse
import json
import os
import time
from collections import Counter
from pathlib import Path

from benchmarks.zoo.catalogue import FAMILIES, list_cases, list_families, list_jobs, to_labels
from benchmarks.zoo.jobs import run_jobs
from benchmarks.zoo.stamps import Stamps


def read_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.zoo", description=__doc__)
    add = parser.add_argument
    add("--out", type=Path, default=Path(os.environ.get("ZOO", "out/zoo")), help="the zoo's folder (or ZOO; out/zoo)")
    add("--seed", type=int, default=0, help="everything follows from it")
    add("--processes", type=int, default=2, help="how many at a time, a core each")
    add("--families", nargs="*", default=[], choices=[f"{kind}-{at}" for kind, at in FAMILIES], help="only these")
    add("--list", action="store_true", help="print the cases and make nothing")
    return parser.parse_args()


def main() -> None:
    """Make what is missing, then write labels.json."""
    arguments = read_arguments()
    families = list_families(arguments.seed, arguments.families)
    jobs, labels = list_jobs(families), to_labels(arguments.seed, families)
    counts = Counter((case.half, case.group) for case in list_cases(families))
    for (half, group), count in sorted(counts.items()):
        print(f"{half:<8}{group:<12}{count:>4}")
    innocents = [case for case in list_cases(families) if case.innocent]
    hard = sum(case.hard for case in innocents)
    print(f"{len(labels['cases'])} cases, {len(innocents)} of them innocent, {hard} of those hard; {len(jobs)} jobs")
    if arguments.list:
        return
    zoo, begin = arguments.out.resolve(), time.monotonic()
    zoo.mkdir(parents=True, exist_ok=True)
    stamps = Stamps(zoo, jobs)
    done = run_jobs(zoo, jobs, stamps, processes=arguments.processes)
    if not arguments.families:
        stamps.drop_strays(jobs)
    partial = zoo / "labels.json.partial"
    partial.write_text(json.dumps(labels, indent=1) + "\n")
    partial.replace(zoo / "labels.json")
    print(f"{done} jobs done in {time.monotonic() - begin:.0f} s; {zoo / 'labels.json'}")


if __name__ == "__main__":
    main()
