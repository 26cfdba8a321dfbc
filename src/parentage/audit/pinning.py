"""Pins the models of an audit: which files, by which digests."""

from collections.abc import Mapping

from parentage.audit.digesting import CheckpointDigester
from parentage.audit.journal import Journal
from parentage.audit.measured import digest_of
from parentage.audit.plan import Plan
from parentage.checkpoint.checkpoint import Checkpoint
from parentage.errors import StorageError
from parentage.protocols.weights.context import TensorContext
from parentage.subject import ModelRef, PinnedFile, PinnedModel


def open_digesters(
    plan: Plan, contexts: Mapping[int, TensorContext], journal: Journal
) -> dict[int, CheckpointDigester]:
    """Return a digester for the subject (-1) and each candidate, told which tensors the pass will offer."""
    pairs = [context.pair for index, context in contexts.items() if index not in journal.finished]
    arranged = plan.subject.is_arranged
    offered = {-1: {pair.subject.name: pair.elements for pair in pairs if not arranged(pair.subject.name)}}
    for place in range(len(plan.candidates)):
        infos = [(pair.candidates[place], pair.elements) for pair in pairs]
        offered[place] = {info.name: elements for info, elements in infos if info is not None}
    return {
        side: CheckpointDigester(
            plan.subject if side < 0 else plan.candidates[side], tensors=side < 0, offered=offered[side]
        )
        for side in offered
    }


def pin_models(plan: Plan, digesters: Mapping[int, CheckpointDigester]) -> tuple[list[PinnedModel], dict[str, str]]:
    """Return the subject and the candidates, pinned, and the digests of the subject's tensors by name."""
    for digester in digesters.values():
        digester.close()
    pinned, tensor_digests = [], {}
    refs = [plan.case.subject, *plan.case.candidates]
    for side, (ref, checkpoint) in enumerate(zip(refs, (plan.subject, *plan.candidates), strict=True), start=-1):
        digested = _digested(digesters.get(side))
        if digested is not None:
            shards, tensors = digested
            tensor_digests.update(tensors)
            recipe = "sha256 of sorted `shard\\0sha256\\n` lines"
            pinned.append(_pinned(ref, checkpoint, shards, recipe))
            continue
        pinned.append(_pin_unread(ref, checkpoint))
    return pinned, tensor_digests


def _digested(digester: CheckpointDigester | None) -> tuple[dict[str, str], dict[str, str]] | None:
    """Return a checkpoint's digests, or None where it was not hashed or cannot be read whole."""
    try:
        return digester.result() if digester is not None else None
    except StorageError:
        return None


def _pin_unread(ref: ModelRef, checkpoint: Checkpoint) -> PinnedModel:
    listed = {shard.path: checkpoint.store.content_digest(shard.path) for shard in checkpoint.shards}
    known = {path: digest for path, digest in listed.items() if digest is not None}
    if len(known) == len(listed):
        recipe = "sha256 of sorted `shard\\0sha256\\n` lines, the shards' sha256 as the hub lists them"
        return _pinned(ref, checkpoint, known, recipe)
    recipe = "sha256 of sorted `shard\\0size sha256-of-header\\n` lines: the weights were not hashed"
    return _pinned(ref, checkpoint, {}, recipe)


def _pinned(ref: ModelRef, checkpoint: Checkpoint, digests: Mapping[str, str], recipe: str) -> PinnedModel:
    files = tuple(
        PinnedFile(path=shard.path, size=shard.size, header_digest=shard.header_digest, digest=digests.get(shard.path))
        for shard in checkpoint.shards
    )
    revision = checkpoint.store.revision
    return PinnedModel(ref=ref, digest=digest_of(files), digest_recipe=recipe, revision=revision, files=files)
