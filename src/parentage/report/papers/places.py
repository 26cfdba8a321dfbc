"""Where a model is, as papers may print it: a public address or nothing, never a path of the machine or a token."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from parentage.report.papers.records import PaperFacts, PaperModel

_HUB = re.compile(r"hf://([A-Za-z0-9][A-Za-z0-9._-]{0,95})/([A-Za-z0-9][A-Za-z0-9._-]{0,95})(?:@.{0,300})?")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_ADDRESS = re.compile(r"[A-Za-z0-9._~:/%+-]{8,2000}")


@dataclass(frozen=True, slots=True, kw_only=True)
class HubPlace:
    """A repository on the Hub; `commit` is 40 hex digits, `""` where the audit did not pin one."""

    namespace: str
    name: str
    commit: str

    @property
    def repository(self) -> str:
        """`namespace/name`, as a card's `base_model` has it."""
        return f"{self.namespace}/{self.name}"


def hub_place(model: PaperModel) -> HubPlace | None:
    """Return the repository that `hf://` names, None for any other location or a name that the Hub would not allow."""
    match = _HUB.fullmatch(model.location)
    if match is None:
        return None
    commit = model.revision if _COMMIT.fullmatch(model.revision) else ""
    return HubPlace(namespace=match[1], name=match[2], commit=commit)


def web_address(model: PaperModel) -> str:
    """Return an address that a reader can open, without user, password, query or fragment; `""` where there is none."""
    place = hub_place(model)
    if place is not None:
        return f"https://huggingface.co/{place.repository}" + (f"/tree/{place.commit}" if place.commit else "")
    try:
        parts = urlsplit(model.location)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    address = f"{parts.scheme}://{host}{port}{parts.path}"
    return address if _ADDRESS.fullmatch(address) and not re.search(r"%(?![0-9A-Fa-f]{2})", address) else ""


def paper_id(facts: PaperFacts, paper: str) -> UUID:
    """Return the identity of a paper of this audit: the same for the same bundle, time and answers, on any machine."""
    said = "|".join(f"{response.kind}:{response.by}:{response.date}" for response in facts.responses)
    return uuid5(NAMESPACE_URL, f"parentage:{paper}:{audit_digest(facts)}:{facts.written}:{said}")


def audit_digest(facts: PaperFacts) -> str:
    """Return the bundle's digest, or that of verdict.json where the audit made no bundle."""
    return facts.bundle_digest or facts.verdict_digest
