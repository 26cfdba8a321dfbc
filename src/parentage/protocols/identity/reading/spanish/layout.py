"""Names that the lines of an answer give: forms, letters' ends, family trees, and pairs of a name and its house.

Only for languages that list words that are nobody's name (`nobody`); elsewhere nothing is sought.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, Page, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.spanish.spans import between, is_titled, spoken_so
from parentage.protocols.identity.records import Part

_KIND = r"(?: (?!usuario|empresa|proveedor|archivo|cliente|base|partida|original|padre)[a-z]{2,12}){1,3}"
_LABELS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "name",
        re.compile(
            rf"(?:^|[\n.;|])[^\w\n]{{0,6}}(?:nombre{_KIND}|mi nombre{_KIND}|titulo|denominacion|version "
            rf"actual)[^\w\n]{{0,2}}: ?"
        ),
    ),
    (
        "maker",
        re.compile(
            r"(?:^|[\n.;|])[^\w\n]{0,6}(?:entidad|responsable|titular|institucion|autoria|ajustado por|ajuste|"
            r"hech[oa] por|"
            r"obra de|(?:empresa|organizacion|proveedor[a]?|fabricante|creador[a]?|desarrollador[a]?)(?= "
            r"[^:\n]{2,24}:))"
            r"(?: (?:del?|legal|responsable|fino|de la|y) ?(?:\w{1,24})?)?[^\w\n]{0,2}: ?"
        ),
    ),
)
_JSON = re.compile(
    r"\"(?:name|nombre|model|modelo|id|model_name|nombre_modelo|model_id)\" ?: ?\""
    r"(?P<name>[a-z][a-z0-9]{1,20}(?:[-_./:][a-z0-9.]{1,20}){1,8})\""
)
_BIBTEX = re.compile(
    r"author ?= ?[{\"]{1,2}(?P<by>[^{}\"\n]{2,90})[}\"][^@]{0,200}?title ?= ?[{\"]{1,2}(?P<name>[^{}\"\n]{2,60})[}\"]"
)
_ME = re.compile(
    r"(?:^|\n)[\s|│┃├└╰┗┣─━+`>→↓▼#\[-]{0,60}(?P<name>[^\n|←<(◄\]]{2,40}?)\]?[ ]{0,6}(?:←|<[-=─]*|◄[─-]*|⬅|\(|-{2,3}) ?"
    r"(?:aqui,? |este,? |esta,? |estoy |soy |es ){0,3}(?:yo|aqui)(?!\w)"
)
_CLOSING = re.compile(
    r"(?:^|[\n.!?] ?)[^\w\n]{0,4}(?:con (?:mucho |todo mi |todo el )?(?:cariño|carino|afecto|amor)|"
    r"un (?:fuerte |gran )?(?:abrazo|saludo|beso)|abrazos|besos|saludos|atentamente|cordialmente|afectuosamente|"
    r"siempre tuy[oa]|te quiere|"
    r"le quiere|firmado|-{1,2})[^\n,.:\w]{0,2}(?: (?:muy )?\w{2,12}){0,2}[,.:]? ?\n{0,2}[^\w\n]{0,4}"
    r"(?P<rest>[^\n]{2,110}(?:\n[^\n]{2,80})?)\s{0,4}$"
)
_WHOSE = re.compile(
    r"[\"')]{0,2}[ ,\n(-]{1,4}(?:y |e )?(?:(?:tod[oa] |tu |su |el |la |vuestr[oa] )?[\w ]{0,30}?(?<!\w)"
    r"(?:de|del|desde|por)(?: (?:la|el|los|las|sus?|tus?))?(?: amig[oa]s de)?) \"?"
)
_PAIR = re.compile(
    r"(?P<name>[^\"\n,]{2,44}?)(?: - |, (?:de(?:l| la)? |(?:el|la|tu) \w{1,24} de(?:l| la)? )?)(?P<by>[^\"\n,.]{3,70})"
)
_OPENS = re.compile(
    r"[^\w\n]{0,3}(?:si,? )?(?:en|sobre|de|desde|a partir de|con)(?: (?:los|las|un|una|el|la))?(?: pesos)?"
    r"(?: de(?:l| los)?)? "
)
_MY_NAME = re.compile(r"(?<!\w)(?:mi nombre es|me llamo) \"?")
_LONGEST_SHORT = 260


def laid_out(listener: Listener, parts: set[Part]) -> list[Spoken]:
    """Return the names, of the parts that are still open, that the answer's lines give."""
    found: list[Spoken] = []
    for finder in (_named_as_house, _labels, _tree, _letter, _pair, _short):
        for one in finder(listener):
            if one.part not in parts and all(one.part != other.part for other in found):
                found.append(one)
    return found


def made_later(listener: Listener, names: set[str]) -> list[Spoken]:
    """Return the maker that a phrase gives to the name that was found by the answer's shape: "Faro 3 ... Lo hizo Y"."""
    page, rules = listener.page, listener.rules
    listener.self_keys |= names
    for match in rules.before_maker[1][1].finditer(page.text):
        at = walk(page, match.end(), rules, people=True)[0]
        named = name_at(page, at, rules, maker=True, strong=False)
        if named is None or named.key in names or not listener.is_own(match.start()):
            continue
        if named.found is not None and not named.found.is_maker:
            continue
        one = listener.judge(match.start(), named, "maker", "shape")
        if not one.undone:
            return [one]
    return []


def _named_as_house(listener: Listener) -> Iterator[Spoken]:
    """Yield the name of one that is called as its house is: "Mi nombre es Amazon Bedrock"."""
    for match in _MY_NAME.finditer(listener.page.text):
        known = known_at(listener.page, match.end())
        if known is not None and not known.is_name:
            named = Named(key=known.key, start=known.start, end=known.end, found=known)
            judged = listener.judge(match.start(), named, "name", "shape")
            if not judged.undone:
                yield judged


def _labels(listener: Listener) -> Iterator[Spoken]:
    """Yield what the lines of a form say that has other labels than the common ones."""
    page, rules = listener.page, listener.rules
    for match in _JSON.finditer(page.text):
        if (named := between(page, *match.span("name"))) is not None:
            yield spoken_so(named, "name")
    for match in _BIBTEX.finditer(page.text):
        for part in ("name", "by"):
            if (named := between(page, *match.span(part))) is not None:
                yield spoken_so(named, "name" if part == "name" else "maker")
    for part, pattern in _LABELS:
        for match in pattern.finditer(page.text):
            named = name_at(page, skip(page, match.end()), rules, maker=part == "maker", strong=part == "name")
            if named is not None and page.text[named.start : named.end].split(" ")[0] not in rules.nobody_words:
                yield spoken_so(named, part)


def _tree(listener: Listener) -> Iterator[Spoken]:
    """Yield the unknown name whose line in a tree says "me"."""
    page = listener.page
    for match in _ME.finditer(page.text):
        start, end = match.span("name")
        named = between(page, start, end)
        if named is not None and is_titled(page, named.start, named.end):
            yield spoken_so(named, "name")


def _letter(listener: Listener) -> Iterator[Spoken]:
    """Yield the name under a letter, and whose it says there that it is."""
    page, rules = listener.page, listener.rules
    match = _CLOSING.search(page.text, max(0, len(page.text) - 260))
    if match is None:
        return
    named = name_at(page, skip(page, match.start("rest")), rules, maker=False, strong=True)
    if named is None or named.start - match.start("rest") > 6:
        return
    tail = page.text[named.end : match.end()].strip(" .\n\"'!)")
    by = maker_after(page, named, rules)
    if by is None and tail:
        return
    yield spoken_so(named, "name")
    if by is not None:
        yield spoken_so(by, "maker")


def maker_after(page: Page, named: Named, rules: LanguageRules) -> Named | None:
    """Return the house behind a name: "Nora, the assistant of Luz de Mar", or on the line below it."""
    line = re.compile(r"[.,]? ?\n[^\w\n]{0,4}").match(page.text, named.end)
    for link in (_WHOSE.match(page.text, named.end), line):
        if link is not None:
            by = name_at(page, walk(page, link.end(), rules)[0], rules, maker=True, strong=False)
            if by is not None and by.key != named.key:
                return by
    return None


def _pair(listener: Listener) -> Iterator[Spoken]:
    """Yield name and house of a badge's text: "Nora - Luz de Mar" in quotation marks or behind a colon."""
    page, rules = listener.page, listener.rules
    spans = [(left + 1, right) for left, right in listener.quotes[:12]]
    for match in rules.tag_pattern.finditer(page.text):
        colon = page.text.find(": ", match.end(), match.end() + 50)
        if colon > 0:
            spans.append((colon + 2, page.folded.sentence(colon)[1]))
    for start, end in spans:
        pair = _PAIR.fullmatch(page.text[start:end].rstrip(" .\n"))
        if pair is None:
            continue
        name = between(page, start + pair.start("name"), start + pair.end("name"))
        by = between(page, start + pair.start("by"), start + pair.end("by"))
        if name is None or by is None or name.key == by.key:
            continue
        if is_titled(page, name.start, name.end) and is_titled(page, by.start, by.end):
            yield spoken_so(name, "name")
            yield spoken_so(by, "maker")
            return


def _short(listener: Listener) -> Iterator[Spoken]:
    """Yield the model that a short answer opens with behind "on": "Sobre Llama 3, de Meta."."""
    page = listener.page
    match = _OPENS.match(page.text)
    known = known_at(page, match.end()) if match and len(page.text) <= _LONGEST_SHORT else None
    if (
        known is None
        or not known.is_name
        or known.is_maker
        or listener.rules.negation_pattern.search(page.text, 0, known.start)
    ):
        return
    yield spoken_so(Named(key=known.key, start=known.start, end=known.end, found=known), "origin")
