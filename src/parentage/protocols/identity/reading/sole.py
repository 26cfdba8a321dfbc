"""An answer that denies and doubts nothing and names nobody else: whom it names, it claims, however it says so."""

import re

from parentage.protocols.identity.reading.english.plate_words import EXAMPLE
from parentage.protocols.identity.reading.fields import iter_fields
from parentage.protocols.identity.reading.links import HOUSE, TEAM
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.reading.pieces import Piece, goods, is_plain, linked, pieces, sentences
from parentage.protocols.identity.records import Part

_ELSEWHERE = re.compile(
    r"(?<!\w)(?:rated|scored|graded|evaluat\w+|judged|switch\w*|between|mentions?|mentioned|news|clouds?|web|website|"
    r"visit|evalu\w+|califi\w+|me pregunt\w+|noticias|visita|avali\w+|me perguntam?|site|visite|notees?|interroge\w*|"
    r"articles|\w{3,12}rait|\w{3,12}eria|respond(?:eria|eria) melhor|الاخبار|قرات|يقيم|تقيم|موقع|سيجيب|"
    r"data(?! cent)|datasets?|datos|dados|donnees|dialog\w*|conversations?|conversaciones|conversas|"
    r"papers?|"
    r"articles?|articulos?|artigos?|"
    r"read|leido|lido|lu|"
    r"includ\w+|inclui\w*|inclus\w+|incluid\w+|y compris|compatib\w+|past\w+|peg(?:a|ar|ue)\w*|cola(?:r|da|"
    r"das)|coll(?:e|er|ee|ees)|"
    r"predecessors?|predecesor\w*|antecesor\w*|antecessor\w*|predecessor\w*|predecesseurs?|ancestors?|hosted|"
    r"alojado|hospedado|heberge|tokeni\w+|learn(?:ed|t)? from|بيانات\w*|لصق\w*|متوافق|ومنهم|"
    r"منهم|مستضاف|"
    r"all (?:that )?i know|todo lo que se|tudo o que sei|tout ce que|better|than|mejor que|melhor (?:do )?que|"
    r"meilleure?s? que|"
    r"nothing to do with|no (?:part|hand) in|another|different|otr[oa]s?|outr[oa]s?|autres?|اخري|اخر|(?:can|could|"
    r"puedo|podria|posso|poderia|peux|"
    r"pourrais) (?:\w+ )?(?:explain|describe|explic\w+|expliqu\w+|present\w*)|شرح|"
    r"اشرح)(?!\w)|"
    r"新闻|读到|评分|评估|评价|网站|访问|问我关于|前辈|介绍|解释|比.{0,12}(?:好|强)|另一|数据|对话记录|包括|兼容|粘贴|论文|部署在|读过|仅此而已"
)
_TALK = re.compile(
    r"(?<!\w)(?:ai|ia|llm|gpt|bot|chatbot|model\w*|assist\w*|asist\w*|program\w*)(?!\w)|模型|助手|人工智能|نموذج|مساعد|"
    r"برنامج"
)
_THANKS = re.compile(
    r"没有[你您他她它]们?,?(?:也?就)?(?:没有|不会有)(?:今天的)?我|"
    r"(?:without|sin|sem|sans) (?:you|them|whom|which|"
    r"vosotr[oa]s|ustedes|voces|el[ea]s|ell[oa]s|vous|eux)(?!\w)[^.]{0,40}|لولا\w*[^.]{0,24}"
)
_FOUNDED = re.compile(
    r"(?:founded|set up|started|fundo|fundou|fondaron|fonde|cree|creo|criou|创立了?|创办了?|成立了?|اسس|اسست|انشا)"
    r"(?: (?:la|le|a|o|el|the|شركه))? ?$"
)
_COMPANY = re.compile(
    r" ?[,(] ?(?:the|an?|la|una|uma|l'|une|وهي)? ?(?:\w+ )?"
    r"(?:company|startup|empresa|entreprise|societe|firma|这家公司|公司|الشركه|شركه)"
)
_HOUSEWORK = re.compile(
    r"[\"')]{0,2} (?:(?:also )?(?:focus(?:es)?|speciali[sz]es?|conducts?|researches|employs?|was founded|"
    r"is headquartered|"
    r"invests?) |is (?:an? |the )?(?:\w+ ){0,4}(?:company|lab|laboratory|startup|institute|organi[sz]ation)(?!\w))"
)
_IS = re.compile(r"[\"')]{0,2} ?(?:(?:is|are|can|es|est|e)(?!\w)|(?:هو|هي) |是)")
# Who made a library is not who made the speaker.
_WARE = re.compile(
    r"(?<!\w)(?:framework|library|toolkit|platform|dataset|architecture)s?,? (?:[a-z]+ )?(?:by|from|of) $"
)
_MOST_PARENTS = 4
_EARLY = 80


def sole(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return the name, the maker or the origins that an affirmative answer leaves no other reading for."""
    said = [one for one in spoken if not one.undone]
    parts = {one.part for one in said}
    read = sentences(listener)
    if any(one.part != "origin" and one.named.found is None for one in said):
        return []
    if not _affirms(listener, read) or any(one.undone for one in spoken):
        return []
    if any(True for _ in iter_fields(listener.page, listener.rules)):
        return []
    text = listener.page.text
    every = listener.found_between(0, len(text), most=40)
    if every and listener.rules.code == "en" and EXAMPLE.search(text, 0, every[0].start):
        return []
    named = [one for one in every if not goods(listener, one) and not TEAM.match(text, one.end)]
    if not parts and (merged := _parents(listener, read, every)):
        return merged
    if len(named) < len(every) and not said:
        return []
    names = {one.named.key for one in said if one.part == "name"}
    origins = {one.named.key for one in said if one.part == "origin"} - names
    keys = {one.key for one in named if one.key not in origins}
    known = {key for key in names if not key.startswith("unknown:")}
    if len(keys) != 1 or (known and keys != known) or "origin" in parts - {"name", "maker"}:
        return []
    taken = {one.named.start for one in said}
    rest = [one for one in named if one.key in keys and one.start not in taken and _is_sure(listener, one, named)]
    twice = len([one for one in named if one.key in keys]) > 1
    if not listener.own and not twice and not any(one.found and not one.found.is_name for one in named):
        return []
    found: list[Spoken] = []
    grounded = [one for one in rest if _is_name(listener, one) and _is_ground(listener, one)]
    if grounded and not said:
        return _first(listener, grounded, "origin")
    if "name" not in parts:
        found += _first(listener, [one for one in rest if _is_name(listener, one) and one not in grounded], "name")
        taken |= {one.named.start for one in found}
    if "maker" not in parts:
        rest = [one for one in rest if one.start not in taken and _is_maker(listener, one)]
        found += _first(listener, rest, "maker")
    return found


def _affirms(listener: Listener, read: list[Piece]) -> bool:
    """Say whether no clause about the speaker or about somebody named denies, doubts or compares."""
    rules, page = listener.rules, listener.page
    if not listener.own and (not page.found or page.found[0].start > _EARLY):
        return False
    if rules.no_name_pattern.search(page.text) or rules.refusal_pattern.search(page.text):
        return False
    for sentence in read:
        for piece in pieces(sentence, whole=False):
            weighed = _weighed(listener, piece)
            named = listener.found_between(piece.start, piece.end)
            if (named or weighed.text) and _ELSEWHERE.search(piece.text):
                return False
            if weighed.text and not is_plain(listener, weighed, asking=True):
                return False
            apart = listener.own and not listener.own_between(piece.start, piece.end)
            if named and apart and _IS.match(listener.page.text, named[-1].end):
                return False
    return True


def _weighed(listener: Listener, piece: Piece) -> Piece:
    """Return what of a clause can undo a claim: all if it speaks of the speaker, else what comes before a name."""
    if listener.own_between(piece.start, piece.end):
        return Piece(start=piece.start, end=piece.end, text=_THANKS.sub("", piece.text))
    named = listener.found_between(piece.start, piece.end)
    asked = listener.page.text[listener.page.folded.sentence(piece.start)[1] - 2 :][:2]
    end = named[-1].start if named and "?" not in asked else piece.start
    return Piece(start=piece.start, end=end, text=listener.page.text[piece.start : end])


def _parents(listener: Listener, read: list[Piece], named: list[Named]) -> list[Spoken]:
    """Return what an answer that speaks of merging or of weights names: models alone, and no maker."""
    rules = listener.rules
    if not any(rules.merges_pattern.search(one.text) for one in read):
        return []
    models = [one for one in named if one.found is not None and one.found.is_name]
    if not models or len({one.key for one in models}) > _MOST_PARENTS:
        return []
    return [listener.judge(one.start, one, "origin", "sole") for one in models]


def _is_name(listener: Listener, one: Named) -> bool:
    if one.found is None or not one.found.is_name:
        return False
    text = listener.page.text
    house = (
        HOUSE.search(text[max(0, one.start - 28) : one.start])
        or _FOUNDED.search(text, max(0, one.start - 16), one.start)
        or _COMPANY.match(text, one.end)
        or _HOUSEWORK.match(text, one.end)
    )
    return not (one.found.is_maker and (house or linked(listener, one)))


def _is_maker(listener: Listener, one: Named) -> bool:
    """Say whether a name is a house's: if it is a model's as well, what stands before it or the sentence says so."""
    if one.found is None or not one.found.is_maker:
        return False
    if _WARE.search(listener.page.text, max(0, one.start - 48), one.start):
        return False
    if not one.found.is_name or linked(listener, one):
        return True
    start, end = listener.page.folded.sentence(one.start)
    rules, text = listener.rules, listener.page.text
    return bool(rules.making_pattern.search(text, start, end) or rules.houses_pattern.search(text, start, end))


def _is_ground(listener: Listener, one: Named) -> bool:
    """Say whether a sentence speaks of what one is built on, before or after the name, and not of a name."""
    start, end = listener.page.folded.sentence(one.start)
    rules, text = listener.rules, listener.page.text
    if rules.naming_pattern.search(text, start, end):
        return False
    return any(not listener.in_name(match.start()) for match in rules.grounds_pattern.finditer(text, start, end))


def _is_sure(listener: Listener, one: Named, named: list[Named]) -> bool:
    """Say whether a word is a name here: at the beginning of a sentence a capital says nothing."""
    if one.found is None or not one.found.ambiguous:
        return True
    if sum(other.key == one.key for other in named) > 1:
        return True
    start = listener.page.folded.sentence(one.start)[0]
    opening = not listener.page.text[start : one.start].strip(" \"'(-#")
    return not opening and _TALK.search(listener.page.text) is not None


def _first(listener: Listener, named: list[Named], part: Part) -> list[Spoken]:
    judged = [listener.judge(one.start, one, part, "sole") for one in named[:1]]
    return [one for one in judged if not one.undone]
