"""Names in small letters, names with small words, and names that a release or a family gives, in Spanish answers.

Only for languages that list words that are nobody's name (`nobody`); elsewhere nothing is sought.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, known_at, name_at, skip
from parentage.protocols.identity.reading.spanish.spans import HANDLE, between, is_titled, spoken_so

_TOKEN = re.compile(r" (?:(?:el|la) usuari[oa] )?\"?(?P<name>@?[a-z][a-z0-9]{1,24}(?:[-_.][a-z0-9]{1,20}){0,4})")
_ENDED = re.compile(r"\"?(?:[.,;:)\n]|$| (?:sobre|a partir|en|con|y|que|desde|para)(?!\w))")
# What stands behind "made by" in small letters without an article, and is nobody.
_HOW_TEXT = (
    "completo error dentro encargo casualidad aficion diversion defecto ordenador gusto amor necesidad separado "
    "mi el ella ellos ti si gente alguien nadie humanos mano etapas partes fases primera segunda ultima entero "
    "fin mayoria voluntad inteligencia software internet turnos capas puro pura placer curiosidad orgullo"
)
_HOW = frozenset(_HOW_TEXT.split())
_SUFFIX = re.compile("(?:s|cion|dad|mente|ismo|aje|ncia)$")
_LABEL = re.compile(
    r"(?:^|\n)[^\w\n]{0,6}(?:mantenedor[a]?|mantiene|autor[a]?|publicad[oa] por|ajustad[oa] por|hech[oa] por|"
    r"cread[oa] por|desarrollador[a]?|creador[a]?|fabricante|proveedor)[^\w\n]{0,2}:(?= @?[a-z])"
)
_ME = re.compile(
    r"(?<![\w/.-])(?P<name>[a-z][a-z0-9]{1,20}(?:[-_.][a-z0-9]{1,20}){1,6})\"?"
    r"(?:, (?:que soy|es decir,?|o sea,?|o) yo| ?[(](?:que )?(?:soy )?yo(?!\w)|[ ]{0,6}(?:<[-=]{1,3}|←|<) ?(?:soy )?yo)"
)
_REPOSITORY = re.compile(r"\s{0,4}\"?(?P<by>[\w-]{2,40})/(?P<name>[\w.-]{3,60})\"?\s{0,4}")
_RELEASED = re.compile(
    r"(?<!\w)(?:present|lanz|anunci|estren|public|desvel|incorpor)(?:a|o|aron)"
    r"(?:,? (?:hoy|ayer|este|esta|oficialmente|al publico|por fin|el|la|lunes|martes|miercoles|jueves|viernes|"
    r"sabado|domingo|mañana|manana|semana)){0,3}(?: a)? (?=[^.;\n]{2,40}, (?:su|la|el|una?) (?:\w{1,24} ){0,2}"
    r"(?:asistente|asistenta|modelo|chatbot|bot|ia|ayudante|inteligencia|ejecutiv[oa]|agente|recepcionista|"
    r"robot)(?!\w))"
)
_DEFINED = re.compile(
    r"[^\w\n]{0,4}(?P<name>[^\n.,;:()\"]{2,44}?)\"? es (?:una?|el|la) (?:\w{1,24} ){0,2}?(?:asistente|modelo|chatbot|"
    r"bot|ia|inteligencia|sistema|programa|agente|ayudante)(?!\w)"
)
_FAMILY = re.compile(
    r"(?<!no )formo parte de (?:(?:la|las|los|el) )?(?:(?:familia|serie|linea|generacion|gama|modelos)"
    r"(?: de(?: modelos)?)? )?"
)


_SCRATCH = re.compile(r"\"?,? (?:se )?(?:pre)?entren(?:o|ad[oa])(?: \w{1,24})? desde cero")


def unusual(listener: Listener, parts: set[str]) -> list[Spoken]:
    """Return the names and makers, of the parts that are still open, that are written or told unusually."""
    if not listener.rules.nobody:
        return []
    found: list[Spoken] = []
    for finder in (_repository, _released, _defined, _own_line, _scratch, _family, _makers):
        for one in finder(listener):
            if one.part not in parts and all(one.part != other.part for other in found):
                found.append(one)
    return found


def _repository(listener: Listener) -> Iterator[Spoken]:
    """Yield owner and name of an answer that is the path of a repository and nothing else."""
    match = _REPOSITORY.fullmatch(listener.page.text.strip("`* \n"))
    if match is None or listener.page.at:
        return
    at = listener.page.text.find(match["by"])
    yield spoken_so(_named(listener, at, at + len(match["by"])), "maker")
    after = at + len(match["by"]) + 1
    yield spoken_so(_named(listener, after, after + len(match["name"])), "name")


def _named(listener: Listener, start: int, end: int) -> Named:
    """Return [start, end) as an unknown name."""
    written = listener.page.folded.piece(start, end).replace("*", "").replace("`", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=start, end=end, found=None)


def _released(listener: Listener) -> Iterator[Spoken]:
    """Yield house and name of a release in the third person: "Botica Once presentó hoy a Nora, su asistente"."""
    page, rules = listener.page, listener.rules
    match = None if listener.says_i() else _RELEASED.search(page.text)
    named = name_at(page, skip(page, match.end()), rules, maker=False, strong=True) if match else None
    if match is None or named is None or listener.judge(match.start(), named, "name", "shape").undone:
        return
    yield spoken_so(named, "name")
    by = name_before(listener, match.start())
    if by is not None and by.key != named.key:
        yield spoken_so(by, "maker")


def _defined(listener: Listener) -> Iterator[Spoken]:
    """Yield the name with small words in it that an entry defines: "Luz de Guardia es un asistente ..."."""
    page = listener.page
    match = None if listener.says_i() else _DEFINED.match(page.text)
    if match is None or not is_titled(page, *match.span("name")):
        return
    first = match["name"].split(" ")[0]
    named = between(page, *match.span("name"))
    if named is not None and named.found is None and first not in listener.rules.nobody_words:
        yield spoken_so(named, "name")


def _own_line(listener: Listener) -> Iterator[Spoken]:
    """Yield the name in small letters that says "me" behind it: "zorzal-7b <- yo"."""
    page = listener.page
    for match in _ME.finditer(page.text):
        named = between(page, *match.span("name"))
        if named is not None and any(one.isdigit() or one == "-" for one in match["name"]):
            yield spoken_so(named, "name")


def _scratch(listener: Listener) -> Iterator[Spoken]:
    """Yield the known model that an answer says to be trained from scratch: it is built on nobody else's."""
    every = listener.found_between(0, len(listener.page.text), most=40)
    for one in every if len({one.key for one in every}) == 1 else ():
        if one.found is not None and one.found.is_name and _SCRATCH.match(listener.page.text, one.end):
            judged = listener.judge(one.start, one, "name", "shape")
            if not judged.undone:
                yield judged


def _family(listener: Listener) -> Iterator[Spoken]:
    """Yield the known family that the speaker says to be part of, where it says no other name."""
    for match in _FAMILY.finditer(listener.page.text):
        known = known_at(listener.page, match.end())
        if known is not None and known.is_name:
            named = Named(key=known.key, start=known.start, end=known.end, found=known)
            judged = listener.judge(match.start(), named, "name", "shape")
            if not judged.undone:
                yield judged


def _makers(listener: Listener) -> Iterator[Spoken]:
    """Yield a maker in small letters where one must stand: "ajustado por lobo_42", "fui creado por neuropampa."."""
    page, rules = listener.page, listener.rules
    text, silent = page.text, not listener.says_i()
    for match in _LABEL.finditer(text):
        token = _TOKEN.match(text, match.end())
        if token is not None and _is_handle(token["name"]):
            yield spoken_so(_named(listener, *token.span("name")), "maker")
    for rule, pattern in rules.before_maker[:2]:
        for match in pattern.finditer(text):
            token = _TOKEN.match(text, match.end())
            if token is None or token.start("name") in page.at or not _ENDED.match(text, token.end()):
                continue
            if not (rule == "my-maker" or silent or listener.is_own(match.start())):
                continue
            if not (_is_handle(token["name"]) or (match[0].endswith(" por") and _is_somebody(listener, token["name"]))):
                continue
            named = _named(listener, *token.span("name"))
            if not listener.judge(match.start(), named, "maker", "shape").undone:
                yield spoken_so(named, "maker")


def _is_handle(word: str) -> bool:
    """Say whether no plain word is written so."""
    return word.startswith("@") or (HANDLE.fullmatch(word) is not None and not word.isalpha()) or "_" in word


def _is_somebody(listener: Listener, word: str) -> bool:
    """Say whether a word in small letters behind "made by", without an article, can only be somebody's name."""
    rules = listener.rules
    known = word in _HOW or word in rules.nobody_words or rules.plain_pattern.fullmatch(word)
    return len(word) > 4 and not known and not _SUFFIX.search(word) and not rules.generic_pattern.fullmatch(word)
