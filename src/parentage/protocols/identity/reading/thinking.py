"""Sets what a model thought apart from what it answered, in the several ways in which models mark it."""

import re

_PAIRS = (
    ("<think>", "</think>"),
    ("<thinking>", "</thinking>"),
    ("<thought>", "</thought>"),
    ("<reasoning>", "</reasoning>"),
    ("<reflection>", "</reflection>"),
    ("<scratchpad>", "</scratchpad>"),
    ("<seed:think>", "</seed:think>"),
    ("[think]", "[/think]"),
    ("<|start_thinking|>", "<|end_thinking|>"),
    ("<|begin_of_thought|>", "<|end_of_thought|>"),
    ("<|channel|>analysis<|message|>", "<|end|>"),
    ("◁think▷", "◁/think▷"),
)
_MARK = re.compile("|".join(re.escape(mark) for pair in _PAIRS for mark in pair), re.IGNORECASE)
_OPENED = {start: end for start, end in _PAIRS}
_CLOSING = {end for _, end in _PAIRS}
_CHANNEL = re.compile(r"<\|(?:start|end|message|channel|return|im_end|im_start|eot_id)\|>(?:assistant|final)?")


def split_thinking(text: str) -> tuple[str, tuple[tuple[int, int], ...], bool]:
    """Return text with thinking and turn marks blanked out, the spans that were thinking, and if one never ended.

    An end without a beginning makes everything before it thinking: servers that put the beginning into the prompt
    return such replies.
    """
    spans: list[tuple[int, int]] = []
    start, awaited = -1, ""
    for mark in _MARK.finditer(text):
        word = mark[0].casefold()
        if start >= 0:
            if word == awaited:
                spans.append((start, mark.end()))
                start = -1
        elif word in _OPENED:
            start, awaited = mark.start(), _OPENED[word]
        elif word in _CLOSING and not spans and word != "<|end|>":
            spans.append((0, mark.end()))
    unfinished = start >= 0
    if unfinished:
        spans.append((start, len(text)))
    parts, at = [], 0
    for left, right in spans:
        parts += [text[at:left], "\n" * (right - left)]
        at = right
    answer = "".join([*parts, text[at:]])
    return _CHANNEL.sub(lambda found: "\n" * len(found[0]), answer), tuple(spans), unfinished
