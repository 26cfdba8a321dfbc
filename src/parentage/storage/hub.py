"""`hf://org/name@revision`: pinned to a commit; the sha256 of each LFS file comes from the listing."""

import os
import time
from pathlib import Path
from typing import Any

from parentage.errors import InputError, StorageError, UsageError
from parentage.storage.http import HttpStore
from parentage.storage.local import LocalStore

_ATTEMPTS = 3
_MOST_FILES = 100_000


class HubStore:
    """A model repository: files in the local cache are read from there, the rest by range over http.

    The hub is the one at HF_ENDPOINT as it is when the store is opened, else the public one.
    """

    def __init__(self, location: str, *, timeout_seconds: float = 30.0, pause_seconds: float = 0.5) -> None:
        self.location = location
        repository, _, revision = location.removeprefix("hf://").strip("/").partition("@")
        if repository.count("/") != 1 or not all(repository.split("/")):
            raise UsageError(f"{location}: must be hf://org/name or hf://org/name@revision")
        self._repository = repository
        self._timeout_seconds = timeout_seconds
        self._pause_seconds = pause_seconds
        self._sizes: dict[str, int | None] = {}
        self._digests: dict[str, str] = {}
        self._gated = False
        self._http: HttpStore | None = None
        self._cached: LocalStore | None = None
        if _is_offline():
            self.revision: str | None = self._pin_from_cache(revision or "main")
        else:
            self.revision = self._pin_from_hub(revision or "main")

    @property
    def bytes_received(self) -> int:
        """Bytes of files that came over the wire so far."""
        return self._http.bytes_received if self._http is not None else 0

    def names(self) -> tuple[str, ...] | None:
        """Return the file names at the pinned commit, sorted."""
        if self._http is None and self._cached is not None:
            return self._cached.names()
        return tuple(sorted(self._sizes))

    def has(self, path: str) -> bool:
        """Say whether the repository has the file at the pinned commit."""
        if self._http is None and self._cached is not None:
            return self._cached.has(path)
        return path in self._sizes

    def size(self, path: str) -> int:
        """Return the file's length in bytes."""
        listed = self._sizes.get(path)
        if listed is not None:
            return listed
        if self._cached is not None and self._cached.has(path):
            return self._cached.size(path)
        if path in self._sizes and self._http is not None:
            return self._http.size(path)
        raise InputError(f"{self.location}/{path}", "missing", "the file must exist at that revision")

    def view(self, path: str, start: int, stop: int) -> memoryview:
        """Return the bytes [start, stop) for reading, lent by the cache where the file is there."""
        if self._cached is not None and self._cached.has(path):
            return self._cached.view(path, start, stop)
        return memoryview(self.read(path, start, stop))

    def content_digest(self, path: str) -> str | None:
        """Return the sha256 that the hub lists for an LFS file, None for others."""
        return self._digests.get(path)

    def read(self, path: str, start: int, stop: int) -> bytes:
        """Return exactly the bytes [start, stop), from the cache where the file is there."""
        if not 0 <= start <= stop <= self.size(path):
            raise StorageError(f"{self.location}/{path}: bytes {start}-{stop}: the file has {self.size(path)}")
        if self._cached is not None and self._cached.has(path):
            return self._cached.read(path, start, stop)
        if self._http is None:
            raise StorageError(f"{self.location}/{path}: is not in the local cache, and the hub is not to be asked")
        try:
            return self._http.read(path, start, stop)
        except StorageError as error:
            if not self._gated:
                raise
            raise StorageError(f"{error}: the repository is gated: a token with access must be given") from error

    def _pin_from_hub(self, revision: str) -> str:
        from huggingface_hub import HfApi, get_token, hf_hub_url

        endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
        api = HfApi(endpoint=endpoint)
        info = self._ask(api, revision)
        try:
            siblings = list(info.siblings or [])
            commit = str(info.sha)
            self._gated = bool(info.gated)
            for file in siblings[: _MOST_FILES + 1]:
                self._sizes[str(file.rfilename)] = None if file.size is None else int(file.size)
                if file.lfs is not None:
                    self._digests[str(file.rfilename)] = f"sha256:{file.lfs.sha256}"
        except (AttributeError, TypeError, ValueError) as error:
            raise self._unlike_a_hub(error) from error
        if len(self._sizes) > _MOST_FILES:
            raise InputError(self.location, f"{len(siblings)} files", f"a repository has at most {_MOST_FILES}")
        if not (commit.isalnum() and commit.isascii()):
            raise InputError(self.location, f"commit {commit[:80]!r}", "must be letters and digits")
        folder = hf_hub_url(self._repository, "x", revision=commit, endpoint=api.endpoint).removesuffix("/x")
        self._http = HttpStore(
            folder, token=get_token(), timeout_seconds=self._timeout_seconds, pause_seconds=self._pause_seconds
        )
        self._cached = self._snapshot(commit)
        return commit

    def _ask(self, api: Any, revision: str) -> Any:
        """Return what the hub says of the revision; a busy hub is asked again."""
        from huggingface_hub.errors import (
            GatedRepoError,
            HfHubHTTPError,
            HFValidationError,
            RepositoryNotFoundError,
            RevisionNotFoundError,
        )

        # The client's errors of transport are those of the http library that its own error derives from.
        transport: type[Exception] = HfHubHTTPError.__mro__[1]
        problem: Exception | None = None
        for attempt in range(_ATTEMPTS):
            if attempt:
                time.sleep(self._pause_seconds * 2**attempt)
            try:
                return api.model_info(
                    self._repository, revision=revision, files_metadata=True, timeout=self._timeout_seconds
                )
            except GatedRepoError as error:
                raise InputError(self.location, "gated", "needs a token with access to it (HF_TOKEN)") from error
            except RevisionNotFoundError as error:
                raise InputError(self.location, f"revision {revision}", "is not in the repository") from error
            except RepositoryNotFoundError as error:
                rule = "the repository must exist, and be public or open to the token (HF_TOKEN)"
                raise InputError(self.location, "not found", rule) from error
            except HFValidationError as error:
                raise UsageError(f"{self.location}: {_plain(str(error))[:200]}") from error
            except (transport, OSError) as error:
                problem = error
                status = getattr(getattr(error, "response", None), "status_code", None)
                if status is not None and status != 429 and status < 500:
                    break
            except (AttributeError, KeyError, TypeError, ValueError) as error:
                raise self._unlike_a_hub(error) from error
        said = _plain(str(problem) or type(problem).__name__)[:200]
        raise StorageError(f"{self.location}: {said}: the hub could not be asked") from problem

    def _unlike_a_hub(self, error: Exception) -> InputError:
        said = _plain(f"{type(error).__name__} {error}")[:120]
        return InputError(self.location, said, "the answer is not what a hub says of a model")

    def _pin_from_cache(self, revision: str) -> str:
        folder = self._cache_folder()
        reference = folder / "refs" / revision
        commit = reference.read_text().strip() if reference.is_file() else revision
        self._cached = self._snapshot(commit)
        if self._cached is None:
            raise InputError(self.location, f"revision {revision}", "must be in the local cache when offline")
        return commit

    def _snapshot(self, commit: str) -> LocalStore | None:
        place = self._cache_folder() / "snapshots" / commit
        return LocalStore(str(place)) if place.is_dir() else None

    def _cache_folder(self) -> Path:
        from huggingface_hub.constants import HF_HUB_CACHE

        return Path(HF_HUB_CACHE) / f"models--{self._repository.replace('/', '--')}"


def _is_offline() -> bool:
    return os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE")


def _plain(text: str) -> str:
    """Return what a server said as one line without control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
