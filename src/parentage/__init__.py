"""Parentage: who are this open-weight model's parents? Evidence from the bits that a stranger can check."""

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parentage.audit.run import Audit

__all__ = ["audit"]

# The package parentage.audit and the function share a name: loading the package first lets the function keep it.
importlib.import_module("parentage.audit")


def audit(
    subject: str | Path,
    candidates: Mapping[str, str | Path] | Sequence[str] = (),
    *,
    mode: Literal["sample", "full"] | None = None,
    out: str | Path | None = None,
) -> "Audit":
    """Audit a subject (or a case.toml) against candidates, {id: location}; return the verdict and all findings.

    Locations are folders, `hf://org/name@revision`, or http(s), s3 or gs folder URLs. `mode` None reads every byte of
    local folders and a sample of remote ones. With `out`, the files of the contract are written there, the report too.
    Raises `parentage.errors.InputError` and `UsageError` for what cannot be audited, `UnfinishedError` for what could
    not be read or written; tensors that could not be read are in the result's `failures`.
    """
    from parentage.audit.outputs import audit_into, load_case

    result = audit_into(load_case(subject, candidates, mode), Path(out) if out is not None else None)
    if out is not None:
        from parentage.report.page import write_report

        write_report(Path(out))
    return result
