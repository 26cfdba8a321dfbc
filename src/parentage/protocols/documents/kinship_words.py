"""The sentences of the question file-kinship: what likeness of files says, and what it does not."""

from collections.abc import Mapping, Sequence

from parentage.finding import Scalar

_Rows = Sequence[Mapping[str, Scalar]]

_TOKENIZERS = {
    "same-file": "the tokenizer file is the same, byte for byte, as that of",
    "same-tokenizer": "the tokenizer is the same (strings, ids, merges and added tokens) as that of",
    "extended": "the tokenizer is the same but for added tokens as that of",
    "same-family": "most pieces of the tokenizer stand in the same order as in that of",
    "unclear": "the tokenizer is neither clearly the same as nor clearly another than that of",
    "unrelated": "the tokenizer is no more like than tokenizers trained apart are to that of",
    "not-compared": "no tokenizer could be compared with that of",
}
_SAME = "the same template"


def statement(tokenizers: _Rows, templates: _Rows, texts: _Rows, names: Mapping[str, str]) -> str:
    """Return one paragraph on tokenizers, templates and texts; nothing in it is more than "consistent with"."""
    sentences = [*_on_tokenizers(tokenizers, names), *_on_templates(templates, names), *_on_texts(texts, names)]
    if not sentences:
        return "There were no files to compare."
    sentences.append("Weights were not read for this: likeness of files is at most consistent with descent.")
    return " ".join(sentences)


def _on_tokenizers(rows: _Rows, names: Mapping[str, str]) -> list[str]:
    by_status: dict[str, list[str]] = {}
    for row in rows:
        by_status.setdefault(str(row["status"]), []).append(_named(row, names))
    said = [f"{how} {listed(by_status[status])}" for status, how in _TOKENIZERS.items() if status in by_status]
    if not said:
        return []
    sentences = [f"{_capital('; '.join(said))}."]
    if any(row["strength"] == "same-family" for row in rows):
        sentences.append(
            "A shared tokenizer is consistent with one family of models and says no more: many independent models use"
            " one tokenizer."
        )
    if any(row["strength"] == "none" and row["status"] in ("same-file", "same-tokenizer", "extended") for row in rows):
        sentences.append(
            "A tokenizer of few pieces, or one that could not be read, says nothing even where it is the same."
        )
    return sentences


def _on_templates(rows: _Rows, names: Mapping[str, str]) -> list[str]:
    sentences = []
    same = [row for row in rows if str(row["likeness"]).startswith(_SAME)]
    for row in same:
        sentences.append(f"The chat template: {_named(row, names)} has {row['likeness']}.")
    other = [_named(row, names) for row in rows if row not in same]
    if other:
        sentences.append(f"The chat template is another than that of {listed(other)}.")
    return sentences


def _on_texts(rows: _Rows, names: Mapping[str, str]) -> list[str]:
    sentences = []
    for row in rows:
        if row["strength"] == "copied-passage":
            sentences.append(
                f"The texts share {row['passages']} passages of {row['characters']} characters in all with those of"
                f" {_named(row, names)}; the longest has {row['longest']} ({row['where']} and {row['other_where']}),"
                " more than texts by different authors share: consistent with one being copied from the other, or both"
                " from a third text."
            )
    common = [_named(row, names) for row in rows if row["strength"] == "common-passage"]
    if common:
        sentences.append(
            f"Shorter passages are shared with {listed(common)}, as happens between texts by different authors."
        )
    none = [_named(row, names) for row in rows if row["strength"] == "none"]
    if none:
        alone = " alone" if len(rows) > 1 else ""
        sentences.append(f"No long passage is shared with {listed(none)}{alone}.")
    return sentences


def _named(row: Mapping[str, Scalar], names: Mapping[str, str]) -> str:
    return names.get(str(row["candidate"]), str(row["candidate"]))


def listed(names: Sequence[str]) -> str:
    """Return names as a sentence lists them."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
