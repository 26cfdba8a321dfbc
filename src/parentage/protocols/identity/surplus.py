"""What a server's own count of prompt tokens gives away: tokens that nobody sent are a prompt that nobody showed.

Free and possible with every server that reports usage, also one that shows nothing else.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SurplusKind = Literal["none", "explained", "hidden-prompt", "fewer", "unsteady", "uncounted"]
# A token that the server's tokenizer writes before and after a text.
_FRAME_TOKENS = 2
# Below this share of calls with the usual difference, the differences are not one thing.
_STEADY = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class SurplusFinding:
    """How many tokens the server counted beyond those sent, in how many calls, and what that is.

    `cause` names the known text of exactly that length, where there is one.
    """

    kind: SurplusKind
    surplus: int
    compared: int
    agreeing: int
    cause: str
    line: str


def judge_surplus(counts: Sequence[tuple[int, int]], known: Mapping[str, int] | None = None) -> SurplusFinding:
    """Return what the differences between counts mean. `counts` are pairs of tokens sent and tokens counted.

    `known` gives the lengths of texts that may have been added: the template's default, an opening token.
    """
    if not counts:
        line = "the server reports no prompt tokens, so a hidden prompt cannot be excluded"
        return SurplusFinding(kind="uncounted", surplus=0, compared=0, agreeing=0, cause="", line=line)
    differences = Counter(counted - sent for sent, counted in counts)
    surplus = min(differences, key=lambda difference: (-differences[difference], abs(difference), difference))
    agreeing = differences[surplus]
    cause = next((name for name, tokens in (known or {}).items() if tokens == surplus and tokens), "")
    kind, line = _meaning(surplus, agreeing, len(counts), cause)
    return SurplusFinding(kind=kind, surplus=surplus, compared=len(counts), agreeing=agreeing, cause=cause, line=line)


def _meaning(surplus: int, agreeing: int, compared: int, cause: str) -> tuple[SurplusKind, str]:
    if agreeing < _STEADY * compared:
        return "unsteady", f"the server's counts differ from ours by no steady number (most often {surplus})"
    if surplus == 0:
        return "none", "the server counted the tokens that were sent"
    if surplus < 0:
        return "fewer", f"the server counted {-surplus} tokens fewer than were sent: part of the prompt was dropped"
    if cause:
        return "explained", f"the server counted {surplus} tokens more than were sent: the length of {cause}"
    if surplus <= _FRAME_TOKENS:
        return "explained", f"the server counted {surplus} more than were sent: tokens that open or close every text"
    return "hidden-prompt", f"the server counted {surplus} tokens that nobody sent: a prompt is added on its side"
