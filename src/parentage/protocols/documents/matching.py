"""Says which candidate a declared name means: cards name models by repository, by title, or by somebody's folder."""

import re
import unicodedata
from collections.abc import Sequence

from parentage.protocols.documents.evidence import DocumentedModel

_HOST = re.compile(r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/|hf://")
# Where a repository's own name ends: a page of it, a revision, a query.
_PAGE = re.compile(r"@|/(?:tree|blob|resolve|commit|discussions)/|[?#]|:[\w.-]{1,64}$")
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
    """Return a name as it is compared: without host, page, revision, case, compatibility forms and what is not seen."""
    text = unicodedata.normalize("NFKC", value[:_MOST])
    text = "".join(one for one in text if unicodedata.category(one) != "Cf").strip().casefold().replace("\\", "/")
    if (host := _HOST.match(text)) is not None:
        text = text[host.end() :]
    page = _PAGE.search(text)
    return text[: page.start() if page is not None and page.start() > 0 else len(text)].strip("/ ")


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
