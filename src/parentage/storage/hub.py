"""`hf://org/name@revision`: pinned to a commit; the sha256 of each LFS file comes from the listing."""

import os
from pathlib import Path
from typing import Any

from parentage.errors import InputError, StorageError, UsageError
from parentage.storage.http import HttpStore
from parentage.storage.local import LocalStore


class HubStore:
    """A model repository: files in the local cache are read from there, the rest by range over http."""

    def __init__(self, location: str) -> None:
        self.location = location
        repository, _, revision = location.removeprefix("hf://").strip("/").partition("@")
        if repository.count("/") != 1 or not all(repository.split("/")):
            raise UsageError(f"{location}: must be hf://org/name or hf://org/name@revision")
        self._repository = repository
        self._sizes: dict[str, int] = {}
        self._digests: dict[str, str] = {}
        self._http: HttpStore | None = None
        self._cached: LocalStore | None = None
        if _is_offline():
            self.revision: str | None = self._pin_from_cache(revision or "main")
        else:
            self.revision = self._pin_from_hub(revision or "main")

    def names(self) -> tuple[str, ...] | None:
        """Return the file names at the pinned commit, sorted."""
        if self._http is None and self._cached is not None:
            return self._cached.names()
        return tuple(sorted(self._sizes))

    def has(self, path: str) -> bool:
        """Say whether the repository has the file at the pinned commit."""
        return path in (self.names() or ())

    def size(self, path: str) -> int:
        """Return the file's length in bytes."""
        if path in self._sizes:
            return self._sizes[path]
        if self._cached is not None and self._cached.has(path):
            return self._cached.size(path)
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
        return self._http.read(path, start, stop)

    def _pin_from_hub(self, revision: str) -> str:
        from huggingface_hub import HfApi, get_token, hf_hub_url

        info = self._ask(HfApi(), revision)
        for file in info.siblings or []:
            self._sizes[file.rfilename] = int(file.size or 0)
            if file.lfs is not None:
                self._digests[file.rfilename] = f"sha256:{file.lfs.sha256}"
        commit = str(info.sha)
        folder = hf_hub_url(self._repository, "x", revision=commit).removesuffix("/x")
        self._http = HttpStore(folder, token=get_token())
        self._cached = self._snapshot(commit)
        return commit

    def _ask(self, api: Any, revision: str) -> Any:
        from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError, RevisionNotFoundError

        try:
            return api.model_info(self._repository, revision=revision, files_metadata=True)
        except (RepositoryNotFoundError, RevisionNotFoundError) as error:
            raise InputError(self.location, "not found", "the repository and revision must exist") from error
        except (HfHubHTTPError, OSError) as error:
            problem = " ".join(str(error).split())[:200]
            raise StorageError(f"{self.location}: {problem}: the hub could not be asked") from error

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
