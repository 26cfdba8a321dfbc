"""Writes a paper of an audit by its format's name: one place that knows which papers there are."""

from collections.abc import Mapping
from pathlib import Path

from parentage.errors import UsageError
from parentage.report.papers.card import correct_card
from parentage.report.papers.cyclonedx import write_cyclonedx
from parentage.report.papers.facts import read_facts
from parentage.report.papers.notice import write_notice
from parentage.report.papers.records import PaperFacts
from parentage.report.papers.spdx import write_spdx
from parentage.report.papers.summary import write_summary

# Each format with the name that its file usually has.
FORMATS: Mapping[str, str] = {
    "card": "README.md",
    "card-diff": "card.diff",
    "notice": "NOTICE",
    "summary": "summary.md",
    "cyclonedx": "bom.cdx.json",
    "cyclonedx-1.6": "bom.cdx.json",
    "cyclonedx-1.7": "bom.cdx.json",
    "spdx": "bom.spdx.json",
}


def write_paper(directory: Path, format: str) -> str:
    """Return one paper of an audit's folder, or of a bundle as folder or zip.

    Raises UsageError for a format that there is not and for a paper that the verdict gives no reason for, InputError
    where a file is malformed or is not what the bundle's lists say.
    """
    check_formats([format])
    return paper_text(read_facts(directory), format)


def paper_text(facts: PaperFacts, format: str) -> str:
    """Return one paper of an audit's facts; raises as `write_paper` does."""
    match format:
        case "card":
            return correct_card(facts).text
        case "card-diff":
            return correct_card(facts).diff
        case "notice":
            return write_notice(facts)
        case "summary":
            return write_summary(facts)
        case "cyclonedx" | "cyclonedx-1.7":
            return write_cyclonedx(facts, "1.7")
        case "cyclonedx-1.6":
            return write_cyclonedx(facts, "1.6")
        case "spdx":
            return write_spdx(facts)
        case _:
            raise UsageError(f"--format {format}: must be one of {', '.join(FORMATS)}")


def check_formats(formats: list[str]) -> None:
    """Raise UsageError for a format that there is not, or for two whose files have one name."""
    for one in formats:
        if one not in FORMATS:
            raise UsageError(f"--format {one}: must be one of {', '.join(FORMATS)}")
    names = [FORMATS[one] for one in dict.fromkeys(formats)]
    if len(set(names)) < len(names):
        raise UsageError(f"--format {', '.join(formats)}: two of them would be {max(names, key=names.count)}")
