"""What of a licence's text carries no meaning, and is taken away before two texts are compared letter for letter.

Wrapping, case, the shape of quotes and dashes, markdown and comment signs, and who holds the copyright since when.
Every word of every clause stays: texts that ask for different things must never come out equal. Wherever a rule could
swallow a word that matters, it leaves the word, and the text is then merely not recognised.
"""

import re

from parentage.errors import InputError

MOST_CHARACTERS = 1 << 20
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufe0f\ufeff"))
_QUOTES = dict.fromkeys(map(ord, "'‘’‚‛“”„‟‹›«»′″＂＇´"), '"')
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_LETTERS = {
    ord("©"): "(c)",
    ord("…"): "...",
    **{ord(one): letters for one, letters in (("ﬀ", "ff"), ("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬃ", "ffi"), ("ﬄ", "ffl"))},
}
_TABLE: dict[int, str | None] = {**_INVISIBLE, **_QUOTES, **_DASHES, **_LETTERS}
_RUNS = re.compile(r'"{2,}|-{2,}')
_ESCAPES = re.compile(r"\\(?=[^\w\s]|$)", re.MULTILINE)
_MARKS = re.compile(r"[*_`]+")
_LEADERS = ("//", "#", ";", "-", "%", ">", "|")
# Words that stand for nothing: bullets, rulers, the marks of headings and of comments in code. Not `<!--`: what stands
# between such marks is not shown to a reader of markdown, so a clause there is a clause taken away.
_DECORATION = re.compile(r"-+|={2,}|~{2,}|#+|[•·▪◦‣●○■□►➢]+|/\**|\**/|/{2,}")
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_CJK_SPACE = re.compile(f" (?=[{_CJK}])|(?<=[{_CJK}]) ")
_HOLDER = re.compile(r"neither the name of ((?:\S+ ){1,10}?)nor the names of (its|their) contributors")

# A copyright statement: the sign, the years, then names until a word that begins or belongs to a sentence of terms.
_SIGNS = frozenset({"(c)", "copyright(c)"})
_YEARS = re.compile(
    r"(?:(?:19|20)[0-9]{2}(?:-(?:(?:19|20)?[0-9]{2}|present|now)?)?|[\[<{(](?:yyyy|yy|year|years|date)[\]>})]|yyyy)[,.;:]?"
)
_MOST_NAMES = 16
_SHORTENED = frozenset({"inc.", "ltd.", "co.", "corp.", "llc.", "gmbh.", "jr.", "sr.", "st.", "dr.", "prof.", "al."})
_AROUND_WORDS = '.,;:"()<>[]{}'
_ENDS = frozenset(
    re.findall(
        r"[a-z-]+",
        """
        permission redistribution redistributions everyone permitted licensed released this these that such you
        your we use used uses using may must shall will can cannot should is are be been was were has have not
        no nor never neither none only solely without with within except unless until if provided subject under
        above below following any all each every otherwise free freely charge granted grant grants hereby
        prohibited forbidden allowed allow allows copy copies modify modified modification sell sublicense
        distribute distributed distribution license licence licenses licences terms conditions condition
        agreement notice warranty warranties liability commercial noncommercial confidential proprietary
        restricted restriction restrictions purpose purposes royalty royalties fee fees pay paid payment patent
        patents due void revoked expires permissions section as-is agree agrees agreed accept require required
        requires by non-commercial
        """,
    )
)


def normalise(text: str) -> str:
    """Return the words of a licence on one line, in one form; texts that say the same come out equal.

    Raises InputError for a text of more than `MOST_CHARACTERS` characters. Time is linear in the text.
    """
    if len(text) > MOST_CHARACTERS:
        raise InputError("licence text", f"{len(text)} characters", f"at most {MOST_CHARACTERS} are read")
    plain = _RUNS.sub(lambda run: run[0][0], text.translate(_TABLE)).lower()
    lines = _without_leader(_MARKS.sub(_kept_mark, _ESCAPES.sub("", plain)).splitlines())
    words: list[str] = []
    paragraph: list[tuple[str, bool]] = []
    for line in [*lines, ""]:
        tokens = [token for token in line.split() if not _DECORATION.fullmatch(token)]
        paragraph += [(token, place == 0) for place, token in enumerate(tokens)]
        if not line.strip():
            words += _without_copyright(paragraph)
            paragraph = []
    joined = _CJK_SPACE.sub("", " ".join(_joined_hyphens(words)))
    return _HOLDER.sub(_any_holder, joined)


def _kept_mark(run: re.Match[str]) -> str:
    """Return emphasis as nothing, and a sign between two letters or digits (`llama3_1`, `5*10`) as it is."""
    text, start, stop = run.string, run.start(), run.end()
    inside = start > 0 and stop < len(text) and text[start - 1].isalnum() and text[stop].isalnum()
    return run[0] if inside else ""


def _without_leader(lines: list[str]) -> list[str]:
    """Return the lines without the sign that each of them begins with, as the lines of a comment do."""
    filled = [line.lstrip() for line in lines if line.strip()]
    if len(filled) < 3:
        return lines
    for leader in _LEADERS:
        if all(line.startswith(leader) for line in filled):
            return [line.lstrip().removeprefix(leader) for line in lines]
    return lines


def _without_copyright(paragraph: list[tuple[str, bool]]) -> list[str]:
    """Return a paragraph's words without statements of who holds the copyright since when."""
    kept: list[str] = []
    place = 0
    while place < len(paragraph):
        token, line_start = paragraph[place]
        stop = place
        if token[0] in "c(p" and (before := kept[-1] if kept else "")[-1:] != ",":
            begins = place == 0 or line_start or before[-1:] in {".", ">", ":", ")", "]"}
            stop = _statement_end(paragraph, place, bare=not kept) if begins else place
        if stop == place:
            kept.append(token)
            stop += 1
        place = stop
    return kept


def _statement_end(paragraph: list[tuple[str, bool]], start: int, *, bare: bool) -> int:
    """Return where the copyright statement at `start` ends, `start` itself where there is none.

    A statement without a year counts only at the head of a paragraph (`bare`), and only with the sign (c).
    """
    words = [token for token, _ in paragraph[start : start + _MOST_NAMES + 12]]
    place = 1 if words[0] == "portions" and len(words) > 1 else 0
    named = words[place] in {"copyright", "copyright:"}
    place += named
    signed = place < len(words) and words[place] in _SIGNS
    place += signed
    years = place
    while place < len(words) and _YEARS.fullmatch(words[place]):
        place += 1
    if not (named or signed) or (place == years and not (named and signed and bare)):
        return start
    place += words[place : place + 1] == ["by"] and place > years
    names = place
    while place < len(words) and place - names < _MOST_NAMES and not _ends_names(words, place):
        place += 1
        if _ends_sentence(words[place - 1]):
            break
    if place == names and place == years:
        return start
    if words[place : place + 3] in (["all", "rights", "reserved."], ["all", "rights", "reserved"]):
        place += 3
    return start + place


def _ends_names(words: list[str], place: int) -> bool:
    """Return whether the word at `place` belongs to terms rather than to a name."""
    word = words[place].strip(_AROUND_WORDS)
    return word in _ENDS and not (word == "free" and words[place + 1 : place + 2] == ["software"])


def _ends_sentence(word: str) -> bool:
    """Return whether a name is over with this word: what follows a full stop may be a sentence of terms."""
    return word[-1] in ";:" or (word[-1] == "." and len(word) > 2 and "." not in word[:-1] and word not in _SHORTENED)


def _joined_hyphens(words: list[str]) -> list[str]:
    """Return the words with those put together that a line break after a hyphen took apart."""
    joined: list[list[str]] = []
    for word in words:
        before = joined[-1][-1] if joined else ""
        if len(before) > 1 and before[-1] == "-" and before[-2].isalnum() and word[0].isalnum():
            joined[-1].append(word)
        else:
            joined.append([word])
    return ["".join(parts) for parts in joined]


def _any_holder(found: re.Match[str]) -> str:
    """Return the clause on endorsement with whose name it protects left open, where that is only a name."""
    words = found[1].split()
    if any(_ends_names(words, place) for place in range(len(words))):
        return found[0]
    return f"neither the name of <holder> nor the names of {found[2]} contributors"
