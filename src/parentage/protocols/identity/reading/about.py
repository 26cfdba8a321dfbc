"""Pages "About us" and press releases of makers and models that no list knows."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.houses import unknown_houses
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, name_at, skip, walk
from parentage.protocols.identity.reading.rules import fold_phrase
from parentage.protocols.identity.records import Part

_HEADING = re.compile(
    fold_phrase(
        r"[\s#\"_-]{0,6}(?:about (?:us|the company|our (?:company|team))|who we are|our story|our company|"
        r"quem somos|sobre nos|sobre a empresa|(?:a )?nossa historia|quienes somos|sobre nosotros|acerca de nosotros|"
        r"nuestra historia|nosotros|la empresa|qui sommes[ -]nous|a propos(?: de nous)?|notre histoire|"
        r"关于我们|我们是谁|公司简介|我们的故事|关于[\u3400-\u9fff]{2,8}|من نحن|عن الشركه|نبذه عن(?:ا| الشركه)|"
        r"قصتنا|عنا)"
        r"(?!\w)"
    )
)
_BORN = re.compile(
    fold_phrase(
        r"(?:(?:was|is) born|birth of|the story of|meet|out of that came|the result (?:is|was)|we call (?:it|him|her)|"
        r"we named (?:it|him|her)|"
        r"nasceu(?: assim)?(?: [oa])?|nascimento d[oea]|surgiu(?: [oa])?|conheça [oa]|apresentamos [oa]|"
        r"demos-lhe o nome(?: de)?|chamamos-lhe|"
        r"nacio(?: asi)?|nacimiento de|surgio|conoce a|conozca a|presentamos a|lo llamamos|la llamamos|nombre propio:|"
        r"est ne(?:e)?|est nee|naissance d(?:e |')|naquit|voici|decouvrez|nous l'avons (?:appele|nomme|baptise)e?|"
        r"c'est ainsi qu'est nee?)"
        r"[ :\"]{1,3}(?:[oa] )?(?=[a-z])"
    )
)
_WE_MADE = re.compile(
    fold_phrase(
        r"(?:we(?:'ve| have)? (?:then |finally |)?(?:made|built|created|trained|released|developed|launched|introduced|"
        r"designed)|"
        r"(?:fizemos|criamos|construimos|desenvolvemos|lançamos|treinamos|projetamos|apresentamos)|"
        r"(?:hemos |habiamos )?(?:hicimos|creamos|construimos|desarrollamos|lanzamos|entrenamos|creado|"
        r"desarrollado|construido|lanzado|entrenado)|"
        r"nous avons (?:\w+ )?(?:cree|fait|construit|developpe|lance|entraine|conçu|imagine))"
        r"(?: [oa]l?)? \"?(?=[a-z])"
    )
)
_WE_MADE_IT = re.compile(
    fold_phrase(
        r"\"?, (?:[oa]|el|la|le|l'|the|un|une|una|uma|um|our|nuestr[oa]|nosso|notre) ?(?:\w+ ){1,5}?(?:que|qu'|"
        r"that|which)?"
        r" ?(?:nous |we )?(?:creamos|criamos|hicimos|fizemos|desarrollamos|desenvolvemos|construimos|avons|built|made|"
        r"created|hemos)(?!\w)"
    )
)
_HAN_MADE = re.compile(
    fold_phrase(
        r"(?:做出|推出|打造|开发|研发|创造|训练|发布|写出|造出|孕育)(?:出)?了\"?(?P<name>[\u3400-\u9fff]{2,6})\"?(?=[,。!;、\n]|$)|"
        r"(?:^|\n)[ #]{0,5}\"?(?P<born>[\u3400-\u9fff]{2,6})\"?的(?:诞生|由来|故事|起源)(?=\n|$)"
    )
)
_HAN_PLAIN = re.compile("我们|他们|它|一|这|模型|助手|产品|公司|时间|努力|品牌")
_HAN_FOUNDED = re.compile(
    fold_phrase(
        r"(?P<name>[\u3400-\u9fff]{2,12}?)\"?(?:公司|团队)?(?:成立|创立|创办|创建|诞生|坐落|位于|是一[家支个]|,?(?:成立|创立)于)"
    )
)
_ARABIC_MADE = re.compile(
    fold_phrase(
        r"(?<![\u0621-\u064a])(?:ف|و)?(?:صنعنا|طورنا|بنينا|ابتكرنا|انشانا|اطلقنا|دربنا|(?:هكذا |كيف |)"
        r"(?:ولد|ولدت|نشا)|(?:ميلاد|ولاده|قصه)) \"?(?P<name>[\u0621-\u064a]{2,12})\"?(?=[,.!;\n\"]|$)"
    )
)
_ARABIC_PLAIN = re.compile("نموذج|مساعد|الفكره|فكره|شركه|فريق|برنامج")
_ARABIC_WE = re.compile(r"(?<!\w)نحن (?:في |فريق |شركه |فريق في |عائله )?\"?(?=\w)")
_HERE = re.compile(r"(?:at|en|em|n[oa]|chez|a|in|we are|somos(?: [oa])?|nous sommes) \"?(?=[a-z])")
_RELEASES = re.compile(
    fold_phrase(
        r"(?:lance|lança|lanza|presenta|apresenta|presente|anuncia|annonce|devoile|estrena|unveils|launches|announces|"
        r"introduces|presents|releases|debuts|revela|publica|publie|(?:presento|presentaron|lanzo|anuncio|estreno|"
        r"desvelo|"
        r"ha (?:presentado|lanzado|anunciado|estrenado))(?: (?:hoy|ayer|esta (?:mañana|semana|tarde)|oficialmente))?)"
        r"(?: (?:a|o|al|le|la|su|the|its))? \"?(?=[a-z])"
    )
)
_RELEASES_HERE = re.compile(
    fold_phrase(
        r"(?:lança|lançou|apresenta|apresentou|anuncia|anunciou|revela|revelou|publica|publicou|disponibiliza|"
        r"disponibilizou|"
        r"estreia|coloca no ar|tem o (?:gosto|prazer|orgulho|enorme prazer) de (?:apresentar|anunciar|lançar|"
        r"revelar))(?: hoje| "
        r"oficialmente| nesta [a-z]+(?:-feira)?| ao publico| esta semana)?(?:,? (?:o lançamento|a chegada) d[oea])?"
        r"(?: (?:o|a|os|as|seu|sua))?(?: novo| nova| modelo| assistente| chatbot)? \"?(?=[a-z])"
    )
)
_DATELINE = re.compile(r".{0,40}\d{1,4}[)]?(?::| -) ")
_ARABIC_RELEASES = re.compile(
    fold_phrase(
        r"شركه \"?(?P<by>[\u0621-\u064a]{2,14}(?: ال[\u0621-\u064a]{2,14})?)\"? (?:تطلق|تعلن عن|تكشف عن|تقدم|"
        r"تطرح|اطلقت|"
        r"اعلنت(?: اليوم)?(?: عن)?(?: اطلاق)?|تعلن(?: اليوم)?(?: عن)?(?: اطلاق)?) (?:نموذج |مساعد |مساعدها |"
        r"نموذجها )?\"?"
        r"(?P<name>[\u0621-\u064a]{2,12})\"?(?=[,.\n\"]|$)"
    )
)
_HAN_RELEASES = re.compile(
    fold_phrase(
        r"(?P<by>[\u3400-\u9fff]{2,14}?)(?:今日|今天|正式|隆重|宣布|于[^,。\n]{2,12}){0,3}(?:发布|推出|上线)了?[^,。\"\n]{0,16}"
        r"\"(?P<name>[^\"\n]{2,10})\""
    )
)
_LONGEST_HOUSE = 240


def about(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return whom a page "About us" names as its house and as its model, and whom an unknown press release names."""
    said = [one for one in spoken if not one.undone]
    parts = {one.part for one in said}
    if _heading(listener) is None:
        return [] if listener.says_i() or "name" in parts else _released(listener)
    found: list[Spoken] = []
    makers = {one.named.start for one in said if one.part == "maker"}
    house = None
    if "maker" not in parts:
        house = _house(listener)
        if house is not None:
            found.append(_spoken(house, "maker"))
            makers.add(house.start)
    if "name" not in parts:
        for named in _named(listener):
            if named.start not in makers and (house is None or named.key != house.key):
                found.append(_spoken(named, "name"))
                break
    return found


def _heading(listener: Listener) -> re.Match[str] | None:
    """Return the heading that the answer opens with; in some languages behind the blanks of a thinking block too."""
    text = listener.page.text
    return _HEADING.match(text, len(text) - len(text.lstrip()) if listener.rules.framing.frames else 0)


def _spoken(named: Named, part: Part) -> Spoken:
    return Spoken(named=named, part=part, rule="about", undone="")


def _house(listener: Listener) -> Named | None:
    page, rules = listener.page, listener.rules
    heading = _heading(listener)
    start = heading.end() if heading else 0
    if rules.code == "ar" and (ours := _ARABIC_WE.search(page.text, start, start + _LONGEST_HOUSE)):
        us = name_at(page, ours.end(), rules, maker=True, strong=False, led="شركه")
        if us is not None:
            return us
    for one in listener.found_between(start, start + _LONGEST_HOUSE, most=8):
        denied = bool(rules.framing.frames) and listener.judge(one.start, one, "maker", "about").undone
        if is_maker(one) and not denied:
            return one
    for one in unknown_houses(page, rules):
        if start <= one.start < start + _LONGEST_HOUSE:
            return one
    if not rules.spaced:
        match = _HAN_FOUNDED.search(page.text, start, start + 60)
        named = None if match is None or _HAN_PLAIN.search(match["name"]) else match.span("name")
        return None if named is None else _unknown(listener, *named)
    first = page.text.find("\n", start)
    at = skip(page, first + 1) if 0 <= first < start + 4 else skip(page, start)
    while at < len(page.text) and page.text[at] in "\n #":
        at += 1
    match = _HERE.match(page.text, at)
    at = walk(page, match.end() if match else at, rules)[0]
    return name_at(page, at, rules, maker=True, strong=False)


def _unknown(listener: Listener, start: int, end: int) -> Named:
    written = listener.page.folded.piece(start, end).replace("*", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=start, end=end, found=None)


def _named(listener: Listener) -> Iterator[Named]:
    page, rules = listener.page, listener.rules
    for pattern in (_HAN_MADE, _ARABIC_MADE):
        for match in pattern.finditer(page.text):
            group = "name" if match["name"] else "born"
            if not (_HAN_PLAIN.search(match[group]) or _ARABIC_PLAIN.search(match[group])):
                yield _unknown(listener, *match.span(group))
    for pattern in (_WE_MADE, _BORN):
        for match in pattern.finditer(page.text):
            at = walk(page, match.end(), rules)[0]
            named = name_at(page, at, rules, maker=False, strong=False)
            if named is not None:
                yield named
    for match in _WE_MADE_IT.finditer(page.text):
        start = max(page.text.rfind(" ", 0, match.start()), page.text.rfind("\n", 0, match.start())) + 1
        named = name_at(page, skip(page, start), rules, maker=False, strong=False)
        if named is not None and named.end <= match.start() + 1:
            yield named


def _next_capital(listener: Listener, at: int, end: int) -> Named | None:
    """Return the house behind a word for its trade that no list has: "La isapre Vida Austral presenta ..."."""
    page = listener.page
    for match in re.finditer(r"(?<!\w)[a-z]", page.text[at + 1 : end]):
        if page.folded.is_capital(at + 1 + match.start()):
            return name_at(page, at + 1 + match.start(), listener.rules, maker=True, strong=False)
    return None


def _released(listener: Listener) -> list[Spoken]:
    """Return maker and model of "Y launches X, its assistant", where X is described so."""
    page, rules = listener.page, listener.rules
    for pattern in (_ARABIC_RELEASES, _HAN_RELEASES):
        for match in pattern.finditer(page.text):
            by, name = _unknown(listener, *match.span("by")), _unknown(listener, *match.span("name"))
            if not listener.found_between(by.start, name.end):
                return [_spoken(by, "maker"), _spoken(name, "name")]
    releases = _RELEASES_HERE if rules.places else _RELEASES
    for match in releases.finditer(page.text):
        named = name_at(page, walk(page, match.end(), rules)[0], rules, maker=False, strong=False)
        start = max(page.folded.sentence(match.start())[0], match.start() - 60)
        dated = _DATELINE.search(page.text, start, match.start()) if rules.places else None
        start = dated.end() if dated else start
        if named is None or not rules.describes_pattern.match(page.text, named.end):
            continue
        at = skip(page, start)
        while at < match.start() and not page.folded.is_capital(at):
            at = skip(page, page.text.find(" ", at) + 1 or match.start())
        house = name_at(page, walk(page, at, rules)[0], rules, maker=True, strong=False)
        if house is None and rules.nobody:
            house = _next_capital(listener, at, match.start())
        if house is not None and house.end <= match.start() and house.key != named.key:
            return [_spoken(house, "maker"), _spoken(named, "name")]
    return []
