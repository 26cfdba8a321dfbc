"""The characters of Unicode 14, so that every version of Python folds and reads a text alike.

Interpreters come with later tables, in which unassigned code points have become letters or marks; for assigned ones
normalisation and case folding are stable by Unicode's policy.
"""

import re
from functools import cache
from importlib.resources import files

UNKNOWN = "\ufffd"


def only_known(text: str) -> str:
    """Return the text with each character that Unicode 14 does not have replaced by U+FFFD, at the same length."""
    return text if text.isascii() else _unassigned().sub(UNKNOWN, text)


@cache
def _unassigned() -> re.Pattern[str]:
    held = files("parentage.protocols.identity").joinpath("unicode-14.txt").read_text(encoding="ascii")
    ranges = []
    for word in held.partition("\n")[2].split():
        first, _, last = word.partition("-")
        ranges.append(f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}")
    return re.compile(f"[^{''.join(ranges)}]")
