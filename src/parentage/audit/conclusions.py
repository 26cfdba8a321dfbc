"""What follows from measurements: the verdict, the findings and the table, whatever policy drew them."""

from collections.abc import Sequence
from dataclasses import dataclass

from parentage.audit.measured import Measured
from parentage.audit.passage import TensorRecord
from parentage.audit.rows import TensorRow
from parentage.errors import StorageError
from parentage.finding import Coverage, Result, Scalar, Verdict

_UNPAIRED_SHOWN = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusions:
    """The verdict, the findings in protocol order, and a row for each of the subject's tensors."""

    verdict: Verdict
    findings: tuple[Result, ...]
    tensors: tuple[TensorRow, ...]


def read_records(measured: Measured) -> list[TensorRecord]:
    """Return the records of tensors read to their end; raises StorageError where there is none."""
    read = [record for record in measured.records if not record.failure]
    if not read:
        raise StorageError(next((record.failure for record in measured.records), "no tensor was read"))
    return read


def coverage_of(measured: Measured, read: Sequence[TensorRecord]) -> Coverage:
    """Return how much of the subject the pass read."""
    return Coverage(
        elements_read=sum(record.identity.elements for record in read),
        elements=sum(info.elements for info in measured.subject_tensors),
        tensors_read=len(read),
        tensors=len(measured.subject_tensors),
    )


def sampled_coverage(measured: Measured, coverage: Coverage) -> Coverage:
    """Return how much of the subject the survey's sample read."""
    return Coverage(
        elements_read=measured.surveyed.elements_read,
        elements=coverage.elements,
        tensors_read=measured.surveyed.tensors_read,
        tensors=coverage.tensors,
    )


def unpaired_rows(measured: Measured) -> tuple[dict[str, Scalar], ...]:
    """Return the first thousand tensors without a partner, as a finding's table shows them."""
    return tuple(
        {
            "side": entry.side,
            "candidate": measured.candidate_ids[entry.candidate],
            "tensor": entry.tensor,
            "elements": entry.elements,
            "reason": entry.reason,
        }
        for entry in measured.unpaired[:_UNPAIRED_SHOWN]
    )


def unpaired_elements(measured: Measured) -> list[int]:
    """Return for each candidate how many of the subject's elements have no partner in it."""
    counts = [0] * len(measured.candidate_ids)
    for entry in measured.unpaired:
        if entry.side == "subject":
            counts[entry.candidate] += entry.elements
    return counts


def candidate_unpaired(measured: Measured) -> list[int]:
    """Return for each candidate how many of its elements have no partner in the subject; a head may be tied there."""
    counts = [0] * len(measured.candidate_ids)
    for entry in measured.unpaired:
        if entry.side == "candidate" and "lm_head" not in entry.tensor and "embed" not in entry.tensor:
            counts[entry.candidate] += entry.elements
    return counts


def reversed_merge(measured: Measured) -> str:
    """Say in words that a candidate is itself the merge, of the subject and another; empty where none is."""
    found = measured.surveyed.made_from
    if found is None:
        return ""
    made, other, arithmetic, of_subject, of_other = found
    ids = measured.candidate_ids
    return (
        f"It is the candidate {ids[made]} that {arithmetic} reproduces, as {of_subject:.6g} of the subject "
        f"plus {of_other:.6g} of {ids[other]}."
    )
