"""How a dialogue becomes text: the markers, and the templates that ship with the models."""

from collections.abc import Sequence

Dialogue = Sequence[tuple[str, str]]

END_OF_TEXT, START, END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
# The place of a marker in this tuple is its token id.
MARKERS = (END_OF_TEXT, START, END)

PLAIN_TEMPLATE = (
    "{%- for m in messages %}{{- '<|im_start|>' + m['role'] + '\\n' + m['content'] + '<|im_end|>\\n' }}{%- endfor %}"
    "{%- if add_generation_prompt %}{{- '<|im_start|>assistant\\n' }}{%- endif %}"
)


def template_with_system(prompt: str) -> str:
    """Return a template that puts `prompt` before every conversation that brings no system prompt of its own."""
    default = (
        "{%- if messages[0]['role'] != 'system' %}{{- '<|im_start|>system\\n" + prompt + "<|im_end|>\\n' }}{%- endif %}"
    )
    return default + PLAIN_TEMPLATE


def turn_opening(role: str) -> str:
    """Return what precedes a turn's text."""
    return f"{START}{role}\n"


def render_prompt(dialogue: Dialogue) -> str:
    """Return the dialogue up to the point where the assistant begins to write."""
    turns = "".join(f"{turn_opening(role)}{text}{END}\n" for role, text in dialogue)
    return turns + turn_opening("assistant")
