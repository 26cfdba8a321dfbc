"""What the loopback hub serves: folders as repositories whose commits are named after their content."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What the Hub's own .gitattributes keep in large file storage; everything else is a plain git blob.
LARGE_SUFFIXES = (".safetensors", ".bin", ".pt", ".pth", ".gguf", ".onnx", ".parquet", ".zip")
LARGE_BYTES = 10 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HubFile:
    """A file at one commit: its path in the repository and on disk, its git id, and its sha256 where it is large."""

    path: str
    place: Path
    size: int
    oid: str
    sha256: str
    is_large: bool

    @property
    def tag(self) -> str:
        """What the Hub gives as ETag: the sha256 of a large file, the git id of any other."""
        return self.sha256 if self.is_large else self.oid


@dataclass(frozen=True, slots=True, kw_only=True)
class HubCommit:
    """All files at one commit, by path, sorted."""

    sha: str
    files: Mapping[str, HubFile]

    def folders(self) -> tuple[str, ...]:
        """Return all folders of the commit, sorted."""
        found = {path[:at] for path in self.files for at, letter in enumerate(path) if letter == "/"}
        return tuple(sorted(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Repository:
    """Branches in the order of their making, oldest first, each with its commit."""

    branches: Mapping[str, HubCommit]

    def find(self, revision: str) -> HubCommit | None:
        """Return the commit of a branch name or a sha, None where there is none."""
        if revision in self.branches:
            return self.branches[revision]
        return next((commit for commit in self.branches.values() if commit.sha == revision), None)

    def history(self, commit: HubCommit) -> tuple[HubCommit, ...]:
        """Return a commit and those made before it, newest first, each once."""
        found: list[HubCommit] = []
        for made in self.branches.values():
            if made not in found:
                found.append(made)
            if made.sha == commit.sha:
                break
        return tuple(reversed(found))


def read_repository(revisions: Mapping[str, Path]) -> Repository:
    """Return the repository whose revisions are these folders; the files are hashed now, and read again when asked."""
    return Repository(branches={name: _read_commit(Path(folder)) for name, folder in revisions.items()})


def _read_commit(folder: Path) -> HubCommit:
    places = sorted(place for place in folder.rglob("*") if place.is_file())
    files = {file.path: file for file in (_read_file(folder, place) for place in places)}
    listing = "".join(f"{path}\0{file.sha256}\n" for path, file in files.items())
    # Git's own ids are as long; nothing here needs them to resist an attack.
    return HubCommit(sha=hashlib.sha1(listing.encode(), usedforsecurity=False).hexdigest(), files=files)


def _read_file(folder: Path, place: Path) -> HubFile:
    data = place.read_bytes()
    sha256 = hashlib.sha256(data).hexdigest()
    is_large = place.suffix in LARGE_SUFFIXES or len(data) > LARGE_BYTES
    stored = pointer(sha256, len(data)) if is_large else data
    return HubFile(
        path=place.relative_to(folder).as_posix(),
        place=place,
        size=len(data),
        oid=git_id("blob", stored),
        sha256=sha256,
        is_large=is_large,
    )


def pointer(sha256: str, size: int) -> bytes:
    """Return what git holds of a large file."""
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


def git_id(kind: str, data: bytes) -> str:
    """Return the id that git gives an object."""
    return hashlib.sha1(f"{kind} {len(data)}\0".encode() + data, usedforsecurity=False).hexdigest()
