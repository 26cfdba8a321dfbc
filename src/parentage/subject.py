"""Who an audit is about: the subject and the candidates, named and pinned."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRef:
    """Where a checkpoint is: a folder, `hf://org/name@revision`, or an http(s)/s3/gs folder URL."""

    id: str
    location: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedFile:
    """One shard: size in bytes, `sha256:` of its header, and of all of it where that was hashed or listed."""

    path: str
    size: int
    header_digest: str
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PinnedModel:
    """A checkpoint as it was read: its digest, what the digest covers, the revision if it has one, and its shards."""

    ref: ModelRef
    digest: str
    digest_recipe: str
    revision: str | None = None
    files: tuple[PinnedFile, ...] = ()
