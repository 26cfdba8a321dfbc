"""Writes a paper of an audit by its format's name: one place that knows which papers there are."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from parentage.errors import InputError, UsageError
from parentage.report.papers.card import CARD, correct_card
from parentage.report.papers.facts import read_facts
from parentage.report.papers.notice import write_notice
from parentage.report.papers.records import PaperFacts
from parentage.report.papers.summary import write_summary
from parentage.report.reading import read_audit

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
    """Return one paper of an audit's folder, or of a bundle as folder or zip; raises as `write_papers` does."""
    return write_papers(directory, [format])[FORMATS[format]]


def write_papers(directory: Path, formats: Sequence[str]) -> dict[str, str]:
    """Return papers by the names that their files usually have.

    Raises UsageError for a format that there is not, for two of one name, and for a paper that the verdict gives no
    reason for; InputError where a file is malformed, or is not what the bundle's lists say.
    """
    asked = list(dict.fromkeys(formats))
    check_formats(asked)
    facts = read_facts(directory)
    if facts.card is None and {"card", "card-diff"} & set(asked):
        verify_no_card(directory)
    return {FORMATS[one]: _paper(facts, one) for one in asked}


def verify_no_card(directory: Path) -> None:
    """Raise InputError where the subject has a card that the audit could not read: a new one would take its place."""
    for row in read_audit(directory).document.rows("declaration", "problems"):
        if row.get("model") == "subject" and str(row.get("line")).startswith(CARD):
            raise InputError(f"{directory}", str(row.get("line"))[:200], "a card that was read, to be corrected")


def _paper(facts: PaperFacts, format: str) -> str:
    # The libraries for bills of materials take a second to load, and a report needs none of them.
    match format:
        case "card":
            return correct_card(facts).text
        case "card-diff":
            return correct_card(facts).diff
        case "notice":
            return write_notice(facts)
        case "summary":
            return write_summary(facts)
        case "spdx":
            from parentage.report.papers.spdx import write_spdx

            return write_spdx(facts)
        case _:
            from parentage.report.papers.cyclonedx import write_cyclonedx

            return write_cyclonedx(facts, "1.6" if format == "cyclonedx-1.6" else "1.7")


def check_formats(formats: Sequence[str]) -> None:
    """Raise UsageError for a format that there is not, or for two whose files have one name."""
    for one in formats:
        if one not in FORMATS:
            raise UsageError(f"--format {one}: must be one of {', '.join(FORMATS)}")
    names = [FORMATS[one] for one in dict.fromkeys(formats)]
    if len(set(names)) < len(names):
        raise UsageError(f"--format {', '.join(formats)}: two of them would be {max(names, key=names.count)}")
