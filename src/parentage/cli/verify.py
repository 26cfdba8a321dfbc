"""`parentage verify`: the steps that hold, what the bundle says, and what the caller must still decide."""

import gc
import sys
from dataclasses import asdict
from pathlib import Path

from parentage.audit.bundle.verification import VerificationError, Verified, verify_bundle
from parentage.cli.bundle import bundle_path, print_json, read_public_keys, read_roots


def run(path: Path, keys: list[Path], roots: list[Path], *, as_json: bool) -> None:
    """Verify offline; a step that does not hold ends with status 1."""
    # The process ends with this command, and a very large bundle has no cycles worth looking for.
    gc.disable()
    trusted = read_public_keys(keys)
    authorities = read_roots(roots)
    try:
        verified = verify_bundle(bundle_path(path), trusted=trusted, roots=authorities)
    except VerificationError as error:
        if as_json:
            print_json({"verified": False, "step": error.number, "reason": str(error)})
        else:
            for step in error.done:
                sys.stdout.write(f"{step.number:2}  {step.name:<13} {step.seen}\n")
        raise
    if as_json:
        print_json(_document(verified))
        return
    for step in verified.steps:
        sys.stdout.write(f"{step.number:2}  {step.name:<13} {step.seen}\n")
    sys.stdout.write(f"\n{verified.document['verdict']['statement']}\n")
    for dispute in verified.disputes:
        sys.stdout.write(f"Disputed by {dispute.by}: {dispute.finding or 'the verdict'} ({dispute.state})\n")
    sys.stdout.write("\nWhat is left for you to decide\n")
    for note in verified.undecided:
        sys.stdout.write(f"  - {note}\n")


def _document(verified: Verified) -> dict[str, object]:
    return {
        "verified": True,
        "digest": verified.digest,
        "steps": [asdict(step) for step in verified.steps],
        "verdict": verified.document["verdict"],
        "signed_by": sorted(verified.statements.auditors),
        "timestamps": [asdict(stamp) for stamp in verified.timestamps],
        "disputes": [asdict(dispute) for dispute in verified.disputes],
        "undecided": list(verified.undecided),
    }
