"""Forms of answers beyond the phrases: trees, what follows an origin, quizzes, badges, and bare unknown names.

All but the trees are read only in languages whose rules list the words for them.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.lexicon import Found
from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.extent import HOUSE_FIRST
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.others import is_place
from parentage.protocols.identity.reading.rules import fold_phrase
from parentage.protocols.identity.reading.trees import parents
from parentage.protocols.identity.records import Part

_QUIZ = re.compile(
    fold_phrase(
        r"(?:como se chama|chama-se|qual [a-z]+|quem e|que assistente|que modelo|que nome|"
        r"qual o nome)[^?\n]{3,200}[?][^?]{0,120}?(?:resposta|gabarito|r)(?: certa| correta| final)?(?: e)?[:,]?\s{0,2}"
        r"(?:(?:alternativa|letra|opçao) )?(?:[(]?[a-e][).:] ?)?(?:a resposta (?:certa|correta) e )?\"?(?:[oa] )?"
    )
)
_ANSWERED = re.compile(r"[\"')]{0,2} ?(?:[.,!;\n(]|- |$)")
_BARE = re.compile(
    r"[^\w]{0,8}(?:(?:a )?resposta(?: certa| correta)?(?: e)?[:,]? (?:[oa] )?)?(?P<name>[^\W\d_][\w'+-]{1,30}"
    r"(?:\.\d[\w.+-]{0,12})?(?: (?:d[aeo]s? )?[^\W_][\w'+.-]{0,24}){0,3}?)"
    r"(?:[\"'.! ]{0,3}[^\w?]{0,6}$|[\"'.! ]{0,3}\n{1,2}(?P<next>.)|[\"']?[.!](?= (?P<rest>.)))"
)
_REMARKS = re.compile(
    fold_phrase(
        r".{0,90}(?:(?:uma|so|unica) palavra|numa palavra|e ess[ea](?!\w)|palavra so|(?:ess[ea]|este|esta|e|"
        r"foi) (?:e |foi )?o (?:meu )?nome|"
        r"me (?:registr|batiz|cham|apelid|deram)|(?:deu|deram|escolheu|escolheram) (?:-me )?(?:ess[ea]|este) nome|"
        r"sou (?:um|uma|o|a) (?:modelo|assistente|chatbot|ia|programa))"
    )
)
_HANDLE = re.compile(r"[a-z][a-z0-9.]{1,20}(?:[-_][a-z0-9.]{1,20}){1,6}")
_CARD = re.compile(r"(?<!\w)(?:cracha|placa|plaquinha|etiqueta|rotulo|cartao|credencial|legenda|vitrine|capa)(?!\w)")
_LINE = re.compile(r"[^\n]{1,160}")
_EDGES = " \t|│┃║┌┐└┘├┤─═╔╗╚╝+-_*#>\"'.=~·•"
_TITLE = re.compile(
    r"(?:[a-z][\w'&.+-]{0,24}|\d[\w.]{0,6}|&)(?: (?:(?:d[aeo]s?|e|&|em|para|a) ){0,2}(?:[a-z][\w'&.+-]{0,24}|"
    r"\d[\w.]{0,6}|&)){0,5}"
)
_ROLE_LINE = re.compile(
    fold_phrase(
        r"\n{1,2}[ #>_-]{0,6}(?=(?:assistente|modelo de (?:linguagem|ia)|chatbot|robo|tutor[a]?|atendente)"
        r"(?!\w))"
    )
)
_CITED = re.compile(r"(?:^|[\n:\"]) ?(?P<by>\w[\w&' -]{2,48})[.] (?P<name>\w[^.:,\n(]{1,40})[.:(]")
_PAIR = re.compile(
    r"[\"(]?(?P<name>\w[\w'&+. -]{1,30}?)\"?(?:,? (?P<of>d[aoe]s?|pel[ao]) | [-|/] | ?[(]|, )(?P<by>\w[\w'&. -]{2,48}?)"
    r"(?:, (?:19|20)\d\d)?[).\"! ]{0,3}"
)
_MADE_BY = re.compile(
    r"\W{0,3}(?:(?:foi )?pel[oa]s?|foi(?: [oa])?|d[oa]|[oa](?= \w+ \w))(?: equip[ea] d[aoe])? (?P<by>\w[\w'&. "
    r"-]{2,48}?)[.! ]{0,3}"
)
_MEANS = re.compile(
    fold_phrase(
        r"\"(?P<name>\w[^\"\n,.]{1,24})\" ?(?:,? (?:alias|em tupi|em \w+))?,? ?(?:quer dizer|significa|vem d|e (?:a|o|"
        r"um|uma) |foi escolhid|remete|"
        r"lembra|homenageia|evoca|era o|ganhou|venceu|soa)"
    )
)
_LONGEST_PAIR = 90
_TEAM_OF = re.compile(r"(?<!\w)(?:equipe|equipa|time|grupo|familia|serie|projeto)(?: d[aeo])? $")
_BRIEF = 300
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_MOST_CARD_LINES = 7
_ORDINARY_TEXT = (
    "depende confidencial segredo misterio ninguem nenhum nenhuma nada tudo talvez exato exatamente correto certo "
    "certeza "
    "verdade mentira entendido combinado feito pronto ok oi ola opa boa bom bem sim nao claro obrigado obrigada "
    "desculpe "
    "desculpa perdao prazer bip anonimo anonima desconhecido desconhecida assistente modelo ia programa maquina robo "
    "software algoritmo linguagem inteligencia virtual chatbot bot humano sistema computador nome resposta saudaçoes "
    "para comunicado nota imprensa divulgaçao imediata sobre quem meu minha como sou "
    "amigo amiga tchau ate abraço abraços quem que eu voce ele ela isso isto aqui hoje ontem agora sempre nunca jamais"
)
_BETWEEN = ("de", "da", "do", "das", "dos", "e", "&", "em", "para", "a", "o")
_PREPOSED = ("pela", "pelo", "da", "do", "foi", "de", "na", "no", "em", "por")
_ORDINARY = frozenset(fold_phrase(_ORDINARY_TEXT).split())


def beyond(listener: Listener, spoken: list[Spoken], *, describing: bool) -> list[Spoken]:
    """Return what trees say, and in languages that have the words for it what the other forms say."""
    found = parents(listener, spoken)
    if not listener.rules.places or not describing:
        return found
    names = {one.named.key for one in spoken if one.part == "name" and not one.undone}
    found += _origins_before(listener, names)
    if not any(one.part == "origin" and not one.undone for one in [*spoken, *found]):
        found += _origins_taken(listener, names)
    said = [one for one in [*spoken, *found] if not one.undone]
    parts = {one.part for one in said}
    if "name" not in parts:
        named = list(_quizzed(listener)) or list(_bare(listener, alone=not said))
        found += [_spoken(one, "name") for one in named[:1]]
    if not said and not found:
        found += _carded(listener) or _answering(listener)
    if "name" not in parts | {one.part for one in found}:
        found += [_spoken(one, "name") for one in list(_explained(listener))[:1]]
    if "name" not in parts | {one.part for one in found}:
        found += _own_model(listener, [*said, *found])
    parts |= {one.part for one in found}
    for part, cited in _cited(listener) if parts.isdisjoint(("name", "maker")) else ():
        found.append(_spoken(cited, part))
    if "name" not in parts | {one.part for one in found}:
        found += [_spoken(one, "name") for one in list(_labelled(listener))[:1]]
    return found


def _spoken(named: Named, part: Part) -> Spoken:
    return Spoken(named=named, part=part, rule="beyond", undone="")


def _origins_before(listener: Listener, names: set[str]) -> Iterator[Spoken]:
    """Yield the known models that stand before "of which I was made" and the like."""
    pattern = listener.rules.after_origin_pattern
    for match in pattern.finditer(listener.page.text) if pattern else ():
        named = name_before(listener, match.start())
        if named is None or named.found is None or not _is_model(listener, named.found):
            continue
        if named.key in names or not listener.own_between(named.start - 80, match.end() + 60):
            continue
        yield listener.judge(match.start(), named, "origin", "beyond")


def _origins_taken(listener: Listener, names: set[str]) -> Iterator[Spoken]:
    """Yield the known model that a sentence says somebody took and tuned, in an answer that speaks of itself."""
    pattern = listener.rules.origin_taken_pattern
    if pattern is None or not (listener.own or names or len(listener.page.text) <= _BRIEF):
        return
    for match in pattern.finditer(listener.page.text):
        at = walk(listener.page, match.end(), listener.rules)[0]
        known = known_at(listener.page, at)
        if known is None or not _is_model(listener, known) or known.key in names:
            continue
        named = Named(key=known.key, start=known.start, end=known.end, found=known)
        before = listener.found_between(listener.page.folded.sentence(match.start())[0], match.start())
        if any(one.key not in names for one in before):
            continue
        yield listener.judge(match.start(), named, "origin", "beyond")
        return


def _is_model(listener: Listener, known: Found) -> bool:
    """Say whether a known name is a model's, not also a house's without a version."""
    numbered = any(letter.isdigit() for letter in listener.page.text[known.start : known.end])
    return known.is_name and (numbered or not known.is_maker)


def _quizzed(listener: Listener) -> Iterator[Named]:
    """Yield the name that answers the quiz's question, if it stands alone there."""
    page, rules = listener.page, listener.rules
    for match in _QUIZ.finditer(page.text):
        named = name_at(page, skip(page, match.end()), rules, maker=False, strong=True)
        if named is not None and _ANSWERED.match(page.text, named.end) and not _is_ordinary(listener, named):
            yield named


def _is_ordinary(listener: Listener, named: Named) -> bool:
    words = re.split(r"[ -]", listener.page.text[named.start : named.end].strip(".!"))
    return named.found is None and (
        any(word in _ORDINARY or word in ("me", "se", "lhe") or word.endswith("mente") for word in words)
        or all(word in listener.rules.common_words | listener.rules.place_words for word in words)
    )


def _bare(listener: Listener, *, alone: bool) -> Iterator[Named]:
    """Yield the unknown name that an answer consists of, or opens with before a remark on it."""
    page = listener.page
    match = _BARE.match(page.text.rstrip())
    if match is None:
        return
    known = page.found[0] if page.found and page.found[0].start < match.end("name") else None
    handle = known is not None and known.start > match.start("name") and " " not in match["name"]
    known = None if handle else known
    if known is not None and (
        match["rest"] is match["next"] or known.start != match.start("name") or not known.is_name
    ):
        return
    if known is not None and match["next"] and ("#" in match[0] or len(page.found) > 1):
        return
    if match["rest"] is None and not (alone or (known is not None and match["next"])):
        return
    if match["next"] is not None and known is None and not _HANDLE.fullmatch(page.text, *match.span("name")):
        return
    if match["rest"] is not None and not _REMARKS.match(page.text, match.start("rest")):
        return
    start, end = match.span("name")
    end -= page.text[end - 1] in ".-+'"
    if known is not None:
        if known.end == end and known.start in page.at:
            yield Named(key=known.key, start=start, end=end, found=known)
        return
    named = _unknown(listener, start, end)
    places = [start, *(at + 1 for at in range(start, end) if page.text[at] == " ")]
    words = [(at, page.text[at:end].split(" ")[0]) for at in places]
    capitals = all(page.folded.is_capital(at) or word[0].isdigit() or word in ("da", "de", "do") for at, word in words)
    if words[0][1] in _PREPOSED:
        return
    if (capitals or _HANDLE.fullmatch(page.text, start, end)) and not _is_ordinary(listener, named):
        yield named


def _unknown(listener: Listener, start: int, end: int) -> Named:
    written = listener.page.folded.piece(start, end).replace("*", "").replace("`", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=start, end=end, found=None)


def _carded(listener: Listener) -> list[Spoken]:
    """Return name and house of a badge or a label: two lines of names alone, or nothing else in the answer."""
    page = listener.page
    lines = [match.span() for match in _LINE.finditer(page.text)][:16]
    titles = [_title(listener, *line) for line in lines]
    full = [one for one in zip(lines, titles, strict=True) if page.text[slice(*one[0])].strip(_EDGES)]
    full = full[-_MOST_CARD_LINES:]
    for place in range(len(full) - 1):
        name, house = full[place][1], full[place + 1][1]
        if name is None or house is None or _is_ordinary(listener, name) or _is_ordinary(listener, house):
            continue
        ended = 0 < place == len(full) - 2 and page.text[full[place - 1][0][1] - 1] in ".!,"
        told = ended or (place and _CARD.search(page.text, 0, name.start))
        boxed = place == 0 and len(full) == 2
        first = page.text[house.start : house.end].split(" ")
        if told or (boxed and (len(first) > 1 or first[0] in HOUSE_FIRST)):
            return [_spoken(name, "name"), _spoken(house, "maker")]
    return []


def _answering(listener: Listener) -> list[Spoken]:
    """Return what an answer of one line says: "By Stone Labs." names a house, "Basalt (Stone Labs)" both."""
    page = listener.page
    if len(page.text) > _LONGEST_PAIR:
        return []
    pair = _PAIR.fullmatch(page.text.rstrip())
    if pair is not None:
        name, house = _title(listener, *pair.span("name")), _title(listener, *pair.span("by"))
        odd = any(one is None or _is_ordinary(listener, one) for one in (name, house))
        if name is not None and house is not None and not odd and (" " in house.key or pair["of"]):
            return [_spoken(name, "name"), _spoken(house, "maker")]
    by = _MADE_BY.fullmatch(page.text.rstrip())
    house = _title(listener, *by.span("by")) if by else None
    if house is None or _is_ordinary(listener, house) or is_place(house, listener.rules):
        return []
    return [_spoken(house, "maker")]


def _explained(listener: Listener) -> Iterator[Named]:
    """Yield the unknown name in quotation marks that an answer about its name explains."""
    if not listener.own or not listener.rules.naming_pattern.search(listener.page.text):
        return
    for match in _MEANS.finditer(listener.page.text):
        named = _title(listener, *match.span("name"))
        if named is not None and not _is_ordinary(listener, named):
            yield named


def _own_model(listener: Listener, said: list[Spoken]) -> list[Spoken]:
    """Return the one model that an answer names of the house that it claims: "Write to Stone Labs about Basalt."."""
    makers = {one.named.key for one in said if one.part == "maker" and one.named.found is not None}
    makers -= {one.named.key for one in said if one.part == "origin"} | set(listener.origins.values())
    models = [one for one in listener.found_between(0, len(listener.page.text), most=40) if _is_only_model(one)]
    if len({one.key for one in models}) != 1 or models[0].key not in makers:
        return []
    for one in models:
        judged = listener.judge(one.start, one, "name", "beyond")
        start, end = listener.page.folded.sentence(one.start)
        clause = listener.page.text[max(start, one.start - 60) : min(end, one.end + 30)]
        rules = listener.rules
        if _TEAM_OF.search(listener.page.text, max(0, one.start - 16), one.start):
            continue
        if not (judged.undone or rules.negation_pattern.search(clause) or rules.aside_pattern.search(clause)):
            return [judged]
    return []


def _is_only_model(named: Named) -> bool:
    return named.found is not None and named.found.is_name and not named.found.is_maker


def _labelled(listener: Listener) -> Iterator[Named]:
    """Yield the name in the line above "an assistant of", as on the label of an exhibit."""
    page = listener.page
    for match in _ROLE_LINE.finditer(page.text):
        start = page.text.rfind("\n", 0, match.start()) + 1
        named = _title(listener, start, match.start())
        if named is not None and not _is_ordinary(listener, named):
            yield named


def _cited(listener: Listener) -> list[tuple[Part, Named]]:
    """Return house and model of a citation: "STONE LABS. Basalt: a language model. 2025."."""
    page = listener.page
    for match in _CITED.finditer(page.text):
        by, name = _title(listener, *match.span("by")), _title(listener, *match.span("name"))
        if by is None or name is None or _is_ordinary(listener, name):
            continue
        if page.folded.piece(by.start, by.end).isupper() and _YEAR.search(page.text, match.end(), match.end() + 160):
            return [("maker", by), ("name", name)]
    return []


def _title(listener: Listener, start: int, end: int) -> Named | None:
    """Return the name that a line consists of."""
    page = listener.page
    while start < end and page.text[start] in _EDGES:
        start += 1
    while start < end and page.text[end - 1] in _EDGES:
        end -= 1
    if any(one.start < end and start < one.end for one in page.found if one.start in page.at):
        return None
    if start >= end or not page.folded.is_capital(start) or _TITLE.fullmatch(page.text, start, end) is None:
        return None
    places = [start, *(at + 1 for at in range(start, end) if page.text[at] == " ")]
    for at in places[1:]:
        word = page.text[at:end].split(" ")[0]
        if not (page.folded.is_capital(at) or word[0].isdigit() or word in _BETWEEN):
            return None
    return _unknown(listener, start, end)
