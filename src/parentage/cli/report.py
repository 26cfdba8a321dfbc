"""`parentage report`: the page of a bundle, rendered from the bundle alone."""

import sys
from pathlib import Path

from parentage.cli.bundle import bundle_path
from parentage.report.page import write_report


def run(path: Path, out: Path | None) -> None:
    """Write the page beside the bundle, or where it is asked for."""
    found = bundle_path(path)
    page = write_report(found, out if out is not None else found.parent / "report.html")
    sys.stdout.write(f"Report: {page}\n")
