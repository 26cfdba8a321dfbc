"""Where an unknown Spanish name begins and ends: "Asociación Murciana de Baja Visión", "Chucao 70B", "... e Hijos".

Only for languages that list words that are nobody's name (`nobody`); elsewhere names are left as they were found.
"""

import re

from parentage.protocols.identity.reading.names import Named, Page
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.records import Part

_WORD = r"(?:[^\W\d_]|\d(?=[^\W\d_]))[\w'&+-]{0,30}"
_KIN = re.compile(
    r",? (?:y|e|&) (?:cia\.?|compañia|compania|asociad[oa]s|hij[oa]s|herman[oa]s|sobrin[oa]s|soci[oa]s|niet[oa]s)(?!\w)"
)
_LEGAL = re.compile(
    r",? (?:s\. ?[alc]\.(?: ?[lup]\.){0,2}|s\. ?coop\.(?: ?and\.)?|s\.?a\.? de c\.? ?v\.?|spa|s\.a\.s\.?|s\.r\.l\.|"
    r"ltda\.?|sl[up]?|s[al]|inc\.?|gmbh)(?![\w])"
)
_VERSION = re.compile(
    r"(?:(?<!\d)[ -]v?\d{1,3}(?:\.\d{1,2})?[bmk]?(?![\w.]?\d|\w))?(?: (?:mini|lite|pro|plus|max|flash|nano|ultra|turbo|"
    r"instruct|base|chat|coder|asistente|ia|ai)(?!\w))?"
)
_OF = re.compile(r" (?:de|del|para|a) (?:el |la |las |los )?")
_AND = re.compile(r" [ye] ")
_BACK = re.compile(rf"(?<![\w'])(?:{_WORD}|d[ae]l?|la|los|las|a) $")
_LINKS = frozenset(["de", "del", "la", "los", "las", "a"])
_SHORT = re.compile(r"(?<!\w)(?:hnos|hnas|cia|dr|dra|sr|sra|sta|sto)$")
# Bodies whose matter may be two things: "Autoridad de Datos e Inteligencia Artificial".
_MATTER = re.compile(
    "autoridad|ministerio|secretaria|consejeria|instituto|facultad|escuela|departamento|centro|direccion|unidad|camara|"
    "asociacion|colegio|defensoria|agencia"
)
_MOST_STEPS, _MOST_BACK = 6, 6
_FIELDS_OF_WORK = frozenset(["inteligencia", "datos", "tecnologia", "tecnologias", "computo", "servicios", "sistemas"])


_ARTICLES = frozenset(["el", "la", "los", "las"])
_CALLED = re.compile(r",? (?:llamad[oa]|que se (?:llaman?|hacen? llamar)|de nombre|de apellido)(?!\w)")
_HOUSE_IN = re.compile(r", (?:una?|la|el) (?:\w{1,24} ){0,2}?(?P<house>\w{3,16}(?: \w{1,24})?) (?:de|en) \"?$")
_ROOM = re.compile(
    r"(?<!\w)en una? (?:\w{1,24} )?(?:garaje|sotano|piso|bajo|cafeteria|bar|local|almacen|barrio|pueblo|aula|nave) de $"
)


def settled(named: Named, part: Part, page: Page, rules: LanguageRules) -> Named | None:
    """Return an unknown name without the article before a word for a house, or None if it is nobody's."""
    if named.found is not None or not rules.nobody:
        return named
    named = whole(named, part, page, rules)
    if part == "maker" and (_CALLED.match(page.text, named.end) or _is_place(page, named, rules)):
        return None
    if named.end - named.start < 2 or (
        part == "origin" and rules.generic_pattern.search(page.text, named.start, named.end)
    ):
        return None
    words = page.text[named.start : named.end].split(" ")
    if len(words) > 1 and words[0] in _ARTICLES and rules.generic_pattern.fullmatch(words[1]):
        return Named(
            key="unknown:" + named.key.split(" ", 1)[1],
            start=named.start + len(words[0]) + 1,
            end=named.end,
            found=None,
        )
    alone = " ".join(words) in rules.nobody_words or all(one in rules.nobody_words for one in words)
    return None if alone else named


def _is_place(page: Page, named: Named, rules: LanguageRules) -> bool:
    """Say whether a name only tells where a house is that was named before: ", a small agency of Lugo"."""
    house = _HOUSE_IN.search(page.text, max(0, named.start - 60), named.start)
    if _ROOM.search(page.text, max(0, named.start - 60), named.start):
        return True
    if house is None or rules.generic_pattern.search(page.text, named.start, named.end):
        return False
    words = [one for one in house["house"].split(" ") if not one.endswith("s")]
    return any(rules.generic_pattern.fullmatch(one) for one in words)


def whole(named: Named, part: Part, page: Page, rules: LanguageRules) -> Named:
    """Return an unknown name from its first word to its last."""
    if named.found is not None or not rules.nobody:
        return named
    start, end = named.start, named.end
    if part == "maker":
        start = _begin(page, rules, start)
        end = _end_of_house(page, rules, start, end)
    elif not page.text[start:end].isdigit():
        version = _VERSION.match(page.text, end)
        end = (
            version.end()
            if version and (version.end() == end or page.text[end + 1].isdigit() or page.folded.is_capital(end + 1))
            else end
        )
    if (start, end) == (named.start, named.end):
        return named
    written = page.folded.piece(start, end).replace("*", "").replace("`", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=start, end=end, found=None)


def _begin(page: Page, rules: LanguageRules, start: int) -> int:
    """Return where a house begins of which only what stands behind "of" was found: "Mutua del Páramo"."""
    sentence, place, linked = page.folded.sentence(start)[0], start, False
    for _ in range(_MOST_BACK):
        word = _BACK.search(page.text, max(sentence, place - 32), place)
        if word is None or not (word[0].strip() in _LINKS or page.folded.is_capital(word.start())):
            break
        place = word.start()
        linked = linked or word[0].strip() in _LINKS
        if linked and page.folded.is_capital(place) and rules.generic_pattern.fullmatch(word[0].strip()):
            start = place
    return start


def _end_of_house(page: Page, rules: LanguageRules, start: int, end: int) -> int:
    """Return where a house ends: with its kin, its form in law, and what it is a house of."""
    text, first = page.text, page.text[start:end].split(" ")[0]
    generic = rules.generic_pattern.fullmatch(first) is not None
    opened = generic or (first in ("el", "la", "los", "las") and " " in text[start:end])
    for _ in range(_MOST_STEPS):
        end += text.startswith(". ", end) and _SHORT.search(text, start, end) is not None
        of = _OF.match(text, end) if opened else None
        both = _AND.match(text, end) if _MATTER.fullmatch(first) and _OF.search(text, start, end) else None
        joint = of or both
        at = joint.end() if joint else end + 1
        word = re.compile(_WORD).match(text, at) if joint or text[end : end + 1] == " " else None
        if word is None or not page.folded.is_capital(at) or at in page.at:
            break
        house = rules.generic_pattern.fullmatch(word[0]) is not None
        if joint is None and not house and (not generic or word[0] in rules.common_words - {"artificial"}):
            break
        if both and not of and house and word[0] not in _FIELDS_OF_WORK:
            break
        end = word.end()
    for pattern in (_KIN, _LEGAL):
        more = pattern.match(text, end)
        letter = None if more is None else re.compile(r"[^\W\d_]{2}|[^\W\d_](?=\.)").search(more[0], 3)
        if more is not None and (letter is None or page.folded.is_capital(end + more[0].rfind(" ") + 1)):
            end = more.end()
    while text[end - 1] in "'&+-":
        end -= 1
    return end
