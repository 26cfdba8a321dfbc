"""Picks the store for a location by its scheme."""

from parentage.errors import UsageError
from parentage.storage.http import HttpStore
from parentage.storage.local import LocalStore
from parentage.storage.store import Store


def open_store(location: str) -> Store:
    """Return the store of a folder, a safetensors file, or an hf, http(s), s3 or gs folder URL."""
    scheme, found, _ = location.partition("://")
    if not found:
        return LocalStore(location)
    match scheme:
        case "http" | "https":
            return HttpStore(location)
        case "hf":
            from parentage.storage.hub import HubStore

            return HubStore(location)
        case "s3" | "gs" | "gcs":
            from parentage.storage.cloud import CloudStore

            return CloudStore(location)
        case _:
            raise UsageError(f"{location}: {scheme}: is not one of hf, http, https, s3, gs, or a folder")
