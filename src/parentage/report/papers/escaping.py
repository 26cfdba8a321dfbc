"""Makes texts of strangers harmless in Markdown and YAML: no markup, no mention, no link, no line of their own."""

import re

from parentage.report import view

MOST_NAME = 120
MOST_PROSE = 500
# What a site makes links, mentions, references, emoji or formulas of, wherever it stands in a word.
_ACTIVE = re.compile(r"[@#$]|://|www\.|:[A-Za-z0-9_+-]+:|\bGH-\d", re.IGNORECASE)
_MARKUP = re.compile(r"([\\`*_\[\]<>|~!{}])")
_LEADING = re.compile(r"^(?:[-+=]|\d+(?=[.)]))")
_TICKS = re.compile(r"`+")
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_.-]+)?")
# YAML 1.1 reads these as other things than texts.
_NOT_TEXT = frozenset({"true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf"})


def one_line(text: str, most: int = MOST_PROSE) -> str:
    """Return `text` as one line of at most `most` characters, with control and invisible characters made visible."""
    return view.shorten(view.clean(" ".join(text[: 8 * most].split())), most)


def code(text: str, most: int = MOST_PROSE) -> str:
    """Return `text` as a code span: nothing in it is read as markup, in or outside of a table."""
    # A table takes a bar for the end of a cell even in a code span, and an escaped one shows its backslash elsewhere.
    shown = one_line(text, most).replace("|", "¦") or " "
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(shown)), default=0))
    padding = " " if shown.startswith("`") or shown.endswith("`") else ""
    return f"{ticks}{padding}{shown}{padding}{ticks}"


def prose(text: str, most: int = MOST_PROSE) -> str:
    """Return `text` as one line of Markdown that reads as it is written; words that a site would act on become code."""
    words = [code(word) if _ACTIVE.search(word) else _plain(word) for word in one_line(text, most).split(" ")]
    return _LEADING.sub(lambda found: f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}", " ".join(words))


def name(text: str) -> str:
    """Return a model's name: as it is where it is plain words, else as code."""
    shown = one_line(text, MOST_NAME) or "(unnamed)"
    plain = shown[0].isalpha() and all(character.isalnum() or character in " .-()" for character in shown)
    return shown if plain and not _ACTIVE.search(shown) else code(shown, MOST_NAME)


def quoted(text: str) -> str:
    """Return `text` as a YAML scalar that is read as exactly this text."""
    if _PLAIN_YAML.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return '"' + "".join(_yaml_character(character) for character in text) + '"'


def _plain(word: str) -> str:
    return _MARKUP.sub(r"\\\1", word.replace("&", "&amp;")).replace("\\<", "&lt;").replace("\\>", "&gt;")


def _yaml_character(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if character == " " or (character.isprintable() and ord(character) < 0x10000):
        return character
    return f"\\U{ord(character):08x}"
