"""Says which candidate a declared name means: cards name models by repository, by title, or by somebody's folder."""

import unicodedata
from collections.abc import Sequence

from parentage.protocols.documents.evidence import DocumentedModel

_HOSTS = ("https://huggingface.co/", "http://huggingface.co/", "https://hf.co/", "hf://")
_MOST = 300


def match_candidate(value: str, candidates: Sequence[DocumentedModel]) -> DocumentedModel | None:
    """Return the one candidate that a declared value names, None where none does or two could be meant.

    A repository id names another repository of the same title only where the candidate has no id of its own.
    """
    wanted = plain_name(value)
    if not wanted:
        return None
    found = [
        candidate for candidate in candidates if any(_means(wanted, plain_name(one)) for one in candidate.known_as)
    ]
    return found[0] if len(found) == 1 else None


def plain_name(value: str) -> str:
    """Return a name as it is compared: without host, revision, trailing slashes, case and compatibility forms."""
    text = unicodedata.normalize("NFKC", value[:_MOST]).strip().casefold()
    for host in _HOSTS:
        text = text.removeprefix(host)
    text = text.partition("@")[0].partition("/tree/")[0].strip("/ ")
    return text.replace("\\", "/")


def _means(wanted: str, known: str) -> bool:
    if not known:
        return False
    if _is_repository(wanted) and _is_repository(known):
        return wanted == known
    return _title(wanted) == _title(known)


def _is_repository(name: str) -> bool:
    return name.count("/") == 1 and not name.startswith((".", "/", "~"))


def _title(name: str) -> str:
    return name.rpartition("/")[2]
