"""Picks the store for a location by its scheme."""

from parentage.errors import UsageError
from parentage.storage.http import HttpStore
from parentage.storage.local import LocalStore
from parentage.storage.store import Store


def open_store(location: str) -> Store:
    """Return the store of a folder, a safetensors file or an http(s) folder URL."""
    scheme, found, _ = location.partition("://")
    if not found:
        return LocalStore(location)
    if scheme in ("http", "https"):
        return HttpStore(location)
    raise UsageError(f"{location}: {scheme}: only folders and http(s) folder URLs can be read in this version")
