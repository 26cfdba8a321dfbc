"""Keys for signing: made, listed and exported as PEM in a folder of the user's own."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from parentage.errors import InputError, UsageError

Scheme = Literal["ed25519", "ecdsa"]
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyInfo:
    """A key by name: its id (as securesystemslib computes it), its scheme and its file."""

    name: str
    keyid: str
    scheme: str
    path: Path


def keys_folder() -> Path:
    """Return where keys are kept: $PARENTAGE_KEYS, or ~/.config/parentage/keys."""
    chosen = os.environ.get("PARENTAGE_KEYS")
    return Path(chosen) if chosen else Path.home() / ".config/parentage/keys"


def make_key(name: str, scheme: Scheme = "ed25519") -> KeyInfo:
    """Make a key pair; an existing one is never overwritten. The private half is readable by its owner only.

    $PARENTAGE_KEY_PASSPHRASE encrypts it. Raises UsageError.
    """
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519

    private = ed25519.Ed25519PrivateKey.generate() if scheme == "ed25519" else ec.generate_private_key(ec.SECP256R1())
    path = _path(name)
    secret = _passphrase()
    pem = private.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(secret) if secret else serialization.NoEncryption(),
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise UsageError(f"{path}: exists: a key is never overwritten") from error
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}: could not be written") from error
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
    return key_info(name)


def list_keys() -> tuple[KeyInfo, ...]:
    """Return all keys, by name."""
    folder = keys_folder()
    return tuple(key_info(path.stem) for path in sorted(folder.glob("*.pem"))) if folder.is_dir() else ()


def key_info(name: str) -> KeyInfo:
    """Return what is known of a key without using it."""
    public = load_signer(name).public_key
    return KeyInfo(name=name, keyid=public.keyid, scheme=public.scheme, path=_path(name))


def export_key(name: str) -> bytes:
    """Return the public half as PEM."""
    return public_pem(load_signer(name).public_key)


def load_signer(name: str) -> Any:
    """Return the key as a securesystemslib signer; raises UsageError."""
    from cryptography.hazmat.primitives.serialization import load_pem_private_key
    from securesystemslib.signer import CryptoSigner

    path = _path(name)
    try:
        return CryptoSigner(load_pem_private_key(path.read_bytes(), _passphrase()))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}: make one with `parentage keys make {name}`") from error
    except (ValueError, TypeError) as error:
        raise UsageError(f"{path}: {' '.join(str(error).split())[:120]}: must be a PEM private key") from error


def parse_public_key(pem: bytes, where: str) -> Any:
    """Return a public key as a securesystemslib key; raises InputError."""
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from securesystemslib.signer import SSlibKey

    try:
        key = SSlibKey.from_crypto(load_pem_public_key(pem))
    except Exception as error:
        raise InputError(where, type(error).__name__, "must be a PEM public key, Ed25519 or ECDSA P-256") from error
    if key.scheme not in ("ed25519", "ecdsa-sha2-nistp256"):
        raise InputError(where, key.scheme, "must be an Ed25519 or ECDSA P-256 key")
    return key


def public_pem(key: Any) -> bytes:
    """Return a securesystemslib key as PEM."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    if key.scheme != "ed25519":
        return str(key.keyval["public"]).encode()
    raw = Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.keyval["public"]))
    return raw.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise UsageError(f"key {name[:80]!r}: a name is 1 to 64 of A-Z a-z 0-9 . _ -")
    return keys_folder() / f"{name}.pem"


def _passphrase() -> bytes | None:
    secret = os.environ.get("PARENTAGE_KEY_PASSPHRASE")
    return secret.encode() if secret else None
