"""`parentage keys`: make, list and export signing keys."""

import sys

from parentage.errors import UsageError
from parentage.evidence.keys import Scheme, export_key, list_keys, make_key


def run_make(name: str, scheme: str) -> None:
    """Make a key and say where it is."""
    schemes: dict[str, Scheme] = {"ed25519": "ed25519", "ecdsa": "ecdsa"}
    if scheme not in schemes:
        raise UsageError(f"--scheme {scheme}: must be ed25519 or ecdsa")
    info = make_key(name, schemes[scheme])
    sys.stdout.write(f"{info.name}  {info.scheme}  {info.keyid}\n{info.path}\n")


def run_list() -> None:
    """Print name, scheme and id of each key."""
    for info in list_keys():
        sys.stdout.write(f"{info.name}  {info.scheme}  {info.keyid}\n")


def run_export(name: str) -> None:
    """Print the public half as PEM."""
    sys.stdout.write(export_key(name).decode())
