"""`parentage respond`: adds a signed response to a bundle."""

import sys
from datetime import UTC, datetime
from pathlib import Path

from parentage.audit.bundle.verification import verify_bundle
from parentage.cli.bundle import add_files, folder_of
from parentage.errors import InputError, UsageError
from parentage.evidence.attestation import RESPONSE_PREDICATE, bundle_subjects, make_statement, sign_statement
from parentage.evidence.container import open_container
from parentage.evidence.keys import load_signer, public_pem
from parentage.evidence.manifest import read_manifest
from parentage.evidence.responses import KINDS, MOST_RESPONSES, MOST_TEXT, ROLES, response_predicate


def run(
    path: Path,
    *,
    file: Path,
    kind: str,
    role: str,
    by: str,
    key: str,
    finding: str,
    to: int | None,
    revision: str,
    reaudit: str,
) -> None:
    """Verify the bundle, add the response as the next in the chain, verify again; nothing that breaks it is kept."""
    chosen = next((known for known in KINDS if known == kind), None)
    if chosen is None or role not in ROLES:
        raise UsageError(f"--kind {kind} --role {role}: must be {', '.join(KINDS)}; {', '.join(ROLES)}")
    folder = folder_of(path)
    signer = load_signer(key)
    verified = verify_bundle(folder)
    questions = [entry["question"] for entry in verified.document["findings"]]
    if finding and finding not in questions:
        raise UsageError(f"--finding {finding}: must be one of {', '.join(questions)}")
    before = verified.statements.responses
    if len(before) >= MOST_RESPONSES:
        raise UsageError(f"{folder}: has {len(before)} responses, the most that a bundle holds")
    number = len(before) + 1
    predicate = response_predicate(
        number=number,
        previous=before[-1].digest if before else None,
        kind=chosen,
        role=role,
        by=by,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
        text=_read(file),
        finding=finding,
        to=to,
        revision=revision,
        reaudit=reaudit,
    )
    subjects = bundle_subjects(read_manifest(open_container(folder)))
    statement = make_statement(subjects, RESPONSE_PREDICATE, predicate)
    stem = f"responses/{number:04d}-{signer.public_key.keyid[:16]}"
    files = {f"{stem}.dsse.json": sign_statement(statement, signer), f"{stem}.pub.pem": public_pem(signer.public_key)}
    add_files(folder, files)
    try:
        after = verify_bundle(folder)
    except BaseException:
        for name in files:
            (folder / name).unlink(missing_ok=True)
        raise
    sys.stdout.write(f"Response {number}: {kind} by {by}, signed with {key}\n")
    for dispute in after.disputes:
        sys.stdout.write(f"Dispute {dispute.number} by {dispute.by}: {dispute.state}\n")


def _read(file: Path) -> str:
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(file), type(error).__name__, "must be a readable text in UTF-8") from error
    if len(text) > MOST_TEXT:
        raise InputError(str(file), f"{len(text)} characters", f"a response has at most {MOST_TEXT}")
    return text
