"""`parentage sign`: verifies a bundle, then adds a signature to it; `parentage pack` makes it one file."""

import sys
from pathlib import Path

from parentage.audit.bundle.verification import verify_bundle
from parentage.cli.bundle import add_files, bundle_path, folder_of
from parentage.evidence.container import open_container, write_zip
from parentage.evidence.keys import load_signer
from parentage.evidence.manifest import read_manifest
from parentage.evidence.signing import sign_audit


def run(path: Path, key: str) -> None:
    """Sign what holds together; several signers each run this."""
    folder = folder_of(path)
    signer = load_signer(key)
    verified = verify_bundle(folder)
    add_files(folder, sign_audit(verified.document, read_manifest(open_container(folder)), signer))
    sys.stdout.write(f"Signed {verified.digest} with {key} ({signer.public_key.keyid[:16]})\n")


def pack(path: Path, out: Path) -> None:
    """Verify a bundle and write it as a zip, the same bytes for the same files."""
    found = bundle_path(path)
    verified = verify_bundle(found)
    write_zip(open_container(found), out)
    sys.stdout.write(f"{out}: {verified.digest}\n")
