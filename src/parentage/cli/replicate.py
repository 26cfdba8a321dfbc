"""`parentage replicate`: measures a bundle again, says what differs, and signs that where a key is given."""

import secrets
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from parentage.audit.bundle.replication import Replication, replicate
from parentage.audit.bundle.verification import Verified, verify_bundle
from parentage.cli.bundle import add_files, bundle_path, folder_of, print_json
from parentage.cli.progress import ByteProgress
from parentage.errors import ParentageError, UnfinishedError, UsageError
from parentage.evidence.attestation import REPLICATION_PREDICATE, bundle_subjects, make_statement, sign_statement
from parentage.evidence.container import open_container
from parentage.evidence.keys import load_signer, public_pem
from parentage.evidence.manifest import read_manifest


class DifferenceError(ParentageError):
    """A figure came out otherwise; the command line ends with status 1."""


def run(
    path: Path,
    *,
    subject: str | None,
    candidates: list[str],
    fraction: float | None,
    seed: str | None,
    key: str | None,
    as_json: bool,
) -> None:
    """Replicate; 0 where every figure is the same, 1 where one differs, 3 where a model could not be had."""
    folder = folder_of(path) if key is not None else bundle_path(path)
    signer = load_signer(key) if key is not None else None
    verified = verify_bundle(folder)
    # Whoever made the bundle must not have known which tensors would be looked at.
    chosen = seed if seed is not None else secrets.token_hex(8)
    with ByteProgress() as progress:
        found = replicate(
            verified,
            open_container(folder),
            locations=_locations(subject, candidates),
            fraction=fraction,
            seed=chosen,
            progress=progress,
        )
    if signer is not None:
        statement = make_statement(
            bundle_subjects(read_manifest(open_container(folder))), REPLICATION_PREDICATE, _predicate(found, verified)
        )
        stem = f"replications/{len(verified.statements.replications) + 1:04d}-{signer.public_key.keyid[:16]}"
        envelope = {f"{stem}.dsse.json": sign_statement(statement, signer)}
        add_files(folder, {**envelope, f"{stem}.pub.pem": public_pem(signer.public_key)})
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)
    if found.outcome == "differs":
        raise DifferenceError(f"{found.differing} of {found.figures} figures differ: {found.differences[0]}")
    if found.outcome == "incomplete":
        raise UnfinishedError("; ".join(f"{name}: {reason}" for name, reason in found.missing.items()))


def _locations(subject: str | None, candidates: list[str]) -> dict[str, str]:
    found = {"subject": subject} if subject is not None else {}
    for text in candidates:
        identifier, equals, location = text.partition("=")
        if not equals or not location:
            raise UsageError(f"--candidate {text}: must be ID=MODEL")
        found[identifier] = location
    return found


def _predicate(found: Replication, verified: Verified) -> dict[str, object]:
    return {
        "outcome": found.outcome,
        "seed": found.seed,
        "share": found.share,
        "tensors": found.tensors,
        "figures": found.figures,
        "differing": found.differing,
        "differences": list(found.differences),
        "missing": dict(found.missing),
        "notes": list(found.notes),
        "verdict": verified.document["verdict"]["relation"],
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
    }


def _print(found: Replication) -> None:
    same = found.figures - found.differing
    sys.stdout.write(f"{found.outcome}: {same:,} of {found.figures:,} figures are the same, bit for bit\n")
    if found.tensors:
        seed = f", drawn by seed {found.seed}" if found.seed and found.share < 1 else ""
        sys.stdout.write(f"{found.tensors} tensors, {100 * found.share:.3g} % of the elements read{seed}\n")
    for line in (*found.differences, *found.notes):
        sys.stdout.write(f"  - {line}\n")
