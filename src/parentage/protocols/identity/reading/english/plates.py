"""Names that stand by themselves in English answers: openings, plates and labels, citations, quizzes, signatures.

Unknown names are taken here where the form of the answer, not a phrase, says that a name must stand.
"""

from collections.abc import Iterator

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.english.openings import (
    apposed,
    asked,
    corrected,
    inline,
    is_plain_word,
    late,
    meaning,
    of_key,
    opening,
    own_name,
    paired,
)
from parentage.protocols.identity.reading.english.plate_words import (
    ANSWER,
    AT_END,
    BIBTEX,
    BY_LINE,
    CITATIONS,
    CITES,
    CLOSING,
    ENDS,
    EXAMPLE,
    GLYPHS,
    KIND_LINE,
    MOST_LINES,
    OF_MODELS,
    RELEASES,
    SHORT,
    SIGNED_OF,
)
from parentage.protocols.identity.reading.english.told import beside, grounds, told
from parentage.protocols.identity.reading.fields import iter_fields
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, name_at, skip, walk
from parentage.protocols.identity.records import Part


def plates(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return the names and makers that the answer's form gives, of the parts that no phrase claimed."""
    said = [one for one in spoken if not one.undone]
    parts = {one.part for one in said}
    found: list[Spoken] = []
    for forms in (
        inline,
        asked,
        _cited,
        _answered,
        paired,
        _signed,
        _labelled,
        _released,
        own_name,
        meaning,
        opening,
        corrected,
        apposed,
        late,
        of_key,
    ):
        for part, named in forms(listener, said + found):
            if part not in parts and not any(one.part == part for one in found):
                judged = listener.judge(named.start, named, part, "plate")
                if judged.undone in ("", "quoted") and named.start not in listener.denied:
                    found.append(Spoken(named=named, part=part, rule="plate", undone=""))
    if "maker" not in parts and not any(one.part == "maker" for one in found):
        for named in beside(listener, said + found) or told(listener, said + found):
            judged = listener.judge(named.start, named, "maker", "told")
            if judged.undone != "negated" and named.start not in {one.named.start for one in said + found}:
                found.append(Spoken(named=named, part="maker", rule="told", undone=""))
                break
    if "origin" not in parts:
        found += grounds(listener, said + found)
    return found


def _released(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield maker and name of a press release: "Stone Labs today released Zed, an assistant for ..."."""
    page, rules = listener.page, listener.rules
    if listener.says_i() or any(one.part == "name" for one in said):
        return
    for match in RELEASES.finditer(page.text):
        named = name_at(page, walk(page, match.end(), rules)[0], rules, maker=False, strong=True)
        by = name_before(listener, match.start())
        if named is None or by is None or not rules.describes_pattern.match(page.text, named.end):
            continue
        yield "maker", by
        yield "name", named
        return


def _raw(listener: Listener, start: int, end: int) -> Named | None:
    """Return what stands at [start, end) as a name: a known one if it begins there, else all of it."""
    text = listener.page.text
    while start < end and text[start] in " \"'>*_":
        start += 1
    while end > start and text[end - 1] in " .,;:\"'":
        end -= 1
    if start >= end or not (listener.page.folded.is_capital(start) or text[start].isdigit() or not listener.page.cased):
        return None
    makers = [one for one in listener.found_between(start, end) if is_maker(one)]
    if len({one.key for one in makers}) == 1 and "," in text[start:end]:
        return makers[0]
    known = listener.page.at.get(start)
    if known is not None and known.end >= end - 6:
        return Named(key=known.key, start=known.start, end=known.end, found=known)
    written = listener.page.folded.piece(start, end).replace("*", "").replace("`", "")
    key = listener.page.lexicon.key_of(written) or "unknown:" + " ".join(written.casefold().split())
    return Named(key=key, start=start, end=end, found=None)


def _cited(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield maker and name of a citation of the model: "Stone Labs. (2025). Zed (v1) [Large language model]."."""
    text = listener.page.text
    if any(one.part == "name" for one in said):
        return
    cites = CITES.search(text) is not None
    for pattern in CITATIONS if cites else CITATIONS[:1]:
        match = pattern.search(text)
        if match is not None and not EXAMPLE.search(text, max(0, match.start() - 120), match.start()):
            by, name = _raw(listener, *match.span("by")), _raw(listener, *match.span("name"))
            if by is not None and name is not None and len(by.key.split()) <= 9:
                yield "maker", by
                yield "name", name
                return
    for part, pattern in BIBTEX:
        match = pattern.search(text)
        named = None if match is None else _raw(listener, *match.span("by"))
        if named is not None:
            yield ("maker" if part == "maker" else "name"), named


def _answered(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name that a quiz's answer gives, and the maker that its question names."""
    page, rules = listener.page, listener.rules
    if OF_MODELS.search(page.text) is None:
        return
    for match in ANSWER.finditer(page.text):
        named = name_at(page, match.end(), rules, maker=False, strong=True)
        if named is None or not ENDS.match(page.text, named.end):
            continue
        if named.found is not None and not named.found.is_name:
            continue
        if named.found is None and is_plain_word(listener, named):
            continue
        yield "name", named
        asked = page.text[: match.start()]
        made = [one for one in dict(rules.before_maker)["made-by"].finditer(asked)] if "?" in asked else []
        for one in made[-2:]:
            by = name_at(page, walk(page, one.end(), rules, people=True)[0], rules, maker=True, strong=False)
            if by is not None and by.end <= match.start():
                yield "maker", by
        return


def _signed(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield the name behind a closing formula anywhere, and whose it says that it is: "Love, Zed (Stone Labs)"."""
    page, rules = listener.page, listener.rules
    for match in CLOSING.finditer(page.text):
        named = name_at(page, skip(page, match.end()), rules, maker=False, strong=True)
        if named is None or (named.found is not None and not named.found.is_name):
            continue
        if match.start() < 8 and "\n" not in match[0] and match[0].strip(' "-~'):
            continue
        if named.found is None and is_plain_word(listener, named):
            continue
        of = SIGNED_OF.match(page.text, named.end)
        by = None if of is None else name_at(page, skip(page, of.end()), rules, maker=True, strong=False)
        if by is not None and ENDS.match(page.text, by.end) and (by.found is None or is_maker(by)):
            yield "name", named
            yield "maker", by
            return
        if named.found is not None and AT_END.match(page.text, named.end) and "\n" in match[0]:
            yield "name", named
            return


def _lines(listener: Listener) -> list[tuple[int, int]]:
    """Return where the first lines that are not empty begin, without bullets and branches, and where they end."""
    text, at = listener.page.text, 0
    found: list[tuple[int, int]] = []
    while at < len(text) and len(found) < MOST_LINES:
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        glyphs = GLYPHS.match(text, at, end)
        start = glyphs.end() if glyphs else at
        if start < end:
            found.append((start, end))
        at = end + 1
    return found


def _whole(listener: Listener, start: int, end: int, *, maker: bool) -> Named | None:
    """Return the name that a line consists of."""
    named = name_at(listener.page, start, listener.rules, maker=maker, strong=True)
    if named is None or listener.page.text[named.end : end].strip(" *_.\"'()[]|"):
        return None
    return named


def _labelled(listener: Listener, said: list[Spoken]) -> Iterator[tuple[Part, Named]]:
    """Yield name and maker of a plate: a line that is a name, and under it "by ..." or another name."""
    page, rules, lines = listener.page, listener.rules, _lines(listener)
    if any(one.part == "name" for one in said) or any(True for _ in iter_fields(page, rules)):
        return
    for place, (start, end) in enumerate(lines[:-1]):
        named = _whole(listener, start, end, maker=False)
        if named is None or (named.found is None and is_plain_word(listener, named)):
            continue
        if (named.found is not None and not named.found.is_name) or page.text[:start].rstrip(" \n-+").endswith(":"):
            continue
        for left, right in lines[place + 1 : place + 3]:
            by = BY_LINE.match(page.text, left, right)
            maker = None if by is None else name_at(page, by.end(), rules, maker=True, strong=False)
            if maker is not None and maker.end <= right and ENDS.match(page.text, maker.end):
                yield "name", named
                yield "maker", maker
                return
        if len(lines) > place + 2 and KIND_LINE.match(page.text, *lines[place + 1]):
            third = _whole(listener, *lines[place + 2], maker=True)
            if third is not None and third.start in {one.start for one in listener.houses}:
                yield "name", named
                yield "maker", third
                return
        left, right = lines[place + 1]
        below = _whole(listener, left, right, maker=True)
        many = below is not None and (" " in page.text[below.start : below.end] or below.found is not None)
        if len(lines) == 2 and len(page.text.strip()) <= SHORT and below is not None and many:
            yield "name", named
            yield "maker", below
            return
        if not place and named.found is None and not listener.says_i() and KIND_LINE.match(page.text, left, right):
            yield "name", named
            return
