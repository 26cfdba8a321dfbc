"""Names in forms: JSON self-descriptions, "Name: X" lines, signatures, and answers that are a name and nothing else."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.names import Named, Page, known_at, name_at, named_unknown, skip, walk
from parentage.protocols.identity.reading.rules import LanguageRules, fold_phrase
from parentage.protocols.identity.records import Part

_NAMES = (
    "name|model|model[_ -]?name|full[_ ]?name|assistant|assistant[_ ]?name|identity|id|product|nombre|modelo|"
    "nombre del modelo|nome|nome do modelo|nom|modele|"
    "nom du modele|名称|名字|姓名|名号|大名|昵称|代号|模型标识|程序名称|助手名称|模型|模型名称|产品名称|身份|"
    "الاسم|اسم النموذج|اسم|النموذج|identidad|"
    "النموذج الحالي|اسم النموذج الحالي|modelo atual|modelo actual|modele actuel|modele utilise|"
    "nome de lançamento|nome comercial|nome oficial|nome tecnico|nome completo|nome do produto|nome d[oa] assistente|"
    "nome de registr?o|nome publico|assinado por|modelo em uso|apelido|alcunha|codinome|nome de guerra|cracha|"
    "versao atual|"
    "assinatura|"
    "product[_ ]?name|brand[_ ]?name|public[_ ]?name|trade[_ ]?name|display[_ ]?name|code[_ -]?name|(?:under )?the "
    "name|"
    "released (?:as|under)|nickname|alias|persona|"
    "identidade|identite|model[_ ]?id|ai[_ ]?name|bot[_ ]?name|agent|signed"
)
_MAKERS = (
    "developer|developers|maker|creator|created[_ ]?by|made[_ ]?by|developed[_ ]?by|trained[_ ]?by|built[_ "
    "]?by|company|organi[sz]ation|vendor|provider|manufacturer|owner|author|autora?|auteur|作者|المولف|team|lab|"
    "affiliation|parent[_ "
    "]?company|employer|"
    "desarrollador(?:a|es)?|creador(?:a|es)?|empresa|compañia|organizacion|fabricante|creado por|desarrollado "
    "por|desenvolvedor(?:a|es)?|criador(?:a|es)?|organizacao|criado por|desenvolvido por|proveedor|fornecedor|"
    "developpeur(?:s)?|createur(?:s)?|entreprise|societe|fabricant|cree par|developpe par|fournisseur|"
    "concepteur|editeur|"
    "开发者|开发商|开发公司|创造者|制造商|公司|团队|开发团队|研发公司|研发团队|机构|组织|所属公司|出品方|"
    "研发机构|开发机构|创建者|研发方|开发方|المطور|الشركه|الشركه المطوره|الجهه المطوره|المنشئ|المنشي|الصانع|"
    "الموسسه|المطورون|جهه التطوير|الفريق|الجهه المصنعه|الشركه المصنعه|جهه الصنع|الجهه المنتجه|المصنع|المبتكر|"
    "发布方|发布者|发布单位|出品单位|训练单位|研制单位|研发单位|发布机构|单位|所属单位|所属机构|运营方|运营单位|"
    "维护方|维护者|训练方|训练者|研发者|主办方|"
    "提供方|服务商|造船的|"
    "制造方|研制方|出品商|厂商|开发单位|"
    "desenvolvedora|criadora|desenvolvida por|criada por|feita por|treinad[oa] por|ajustad[oa] por|mantid[oa] por|"
    "operad[oa] por|"
    "fornecid[oa] por|produzid[oa] por|por quem|responsavel|quem|quem (?:me |o |a )?(?:fez|criou|desenvolveu|treinou|"
    "construiu|programou|ajustou|"
    "mantem|opera)|desenvolvimento|criaçao|realizaçao|produçao|autoria|concepçao|idealizaçao|manutençao|casa|"
    "mantenedor(?:a|es)?|operador[a]?|prestador[a]?|fornecedora|entidade(?: responsavel)?|empresa responsavel|"
    "fabricado por|hecho por|feito por|fabrique par"
)
_ORIGINS = (
    "base[_ ]?model|based[_ ]?on|base|architecture|foundation|foundation[_ ]?model|backbone|fine-?tuned[_ "
    "]?from|underlying[_ ]?model|parent[_ ]?model|modelo base|basado en|modelo de base|baseado em|modele de "
    "base|base sur|"
    "衍生自|源自|基座|底模|母模型|来源模型|基底模型|"
    "em cima de que|ponto de partida|modelo de partida|modelo de origem|modelo-base|modelo (?:de )?que descend[eo]|"
    "de que descend[eo]|ascendencia|descendencia|derivad[oa] d[aeo]|"
    "descende d[eoa]|construid[oa] sobre|ajustad[oa] a partir d[eo]|baseada em|modelo pai|modelo-pai|modelo mae|"
    "modelo-mae|"
    "derivado de|derive de|fine-tuning de|基座模型|基础模型|底座|底层模型|基于何种模型|基于什么模型|基于哪个模型|"
    "基于|النموذج الاساسي|مبني علي|"
    "مشتق من|arquitectura|arquitetura|derived[_ ]?from"
)


def _field(keys: str) -> re.Pattern[str]:
    key = "(?:" + re.sub(r"(?<!_) (?!\])", "[_ ]", fold_phrase(keys)) + ")"
    return re.compile(
        rf"(?:^|[\n{{,;|(])[ \t]{{0,8}}(?:[-#>|+•·]{{1,6}} ?|\d{{1,2}}[.)] ?)?[\"'_]{{0,2}}(?:my |mi |meu |mon "
        rf"|我的|current |actual |exact |当前|现用)?{key}[\"'_]{{0,2}} ?(?:[:=|]|->) ?[\"'\[]{{0,2}}"
    )


_FIELDS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("name", _field(_NAMES)),
    ("maker", _field(_MAKERS)),
    ("origin", _field(_ORIGINS)),
)
# The rest of a table's first row, and the rule under it.
_HEADER = re.compile(r"[^\n]{0,100}\|[ \t]{0,4}\n ?\|?[ :]{0,2}-{2,}")
_SIGNATURE = re.compile(
    r"(?:^|[\n.!?\"] ?)(?:yours(?: truly| sincerely| faithfully)?|signed|sincerely|firmado|firma|signe|"
    r"assinado|assina|atentamente|"
    r"atenciosamente|cordialement|署名|落款|你的|您的|التوقيع|المخلص) ?[,:] ?|(?:^|\n)[ ]?[-~]{1,3} ?|[.!?] ?-{1,2} ?|"
    r",[ ]?\n[\n]?[- ]{0,2}|\n(?:sincerely|yours(?: truly)?|"
    r"regards|best|warmly|"
    r"cheers|atentamente|atenciosamente|saludos|abraços|abracos|cordialement|敬礼|此致|敬上|祝好|你的朋友|"
    r"您的朋友|您忠实的|"
    r"مع تحياتي|تحياتي|المخلص)[.! ]{0,2}\n[\n]?[- ]{0,2}"
)
_MORE = re.compile(
    r" (?:d[aeo]s?|del|du|des|of|the|la|le|y|e|et|&)(?: (?:la|le|los|las|"
    r"the))? ([^\W\d_][\w'-]{1,24})(?=[ ]?(?:[\n,;|(.\"}]|$))"
)
_VALUE = re.compile(r"[^\W\d_][\w' -]{2,38}(?=\")")
_HANDLE_VALUE = re.compile(r"[a-z][\w-]{1,24}[._][\w.-]{1,24}\"")
_PLAIN_VALUE = re.compile(r"[^\W\d_][\w' -]{2,38}(?=[.,;|(\n]|$)")
_BULLET = re.compile(r"(?:^|\n)[ \t]{0,6}[-•·+] ")
_BLOCK = re.compile(
    r"[.!?。~,)\n\"][ \t]{0,3}\n{1,3}[ \t-]{0,4}(?P<name>[^\n,.!?。()]{2,30})(?:,? ?\n|,? "
    r"?(?=[(]))[ \t-]{0,4}(?P<by>[(]?[^\n]{3,60})$"
)
_MADE_BY = re.compile(
    r"[(]?(?:your |tu |votre |ton |seu |sua |un |une |uma |an? |the )?(?:\w+ ){0,3}?(?:made (?:with \w+ )?(?:by|"
    r"at)|built (?:by|at)|created by|developed by|trained by|from|on behalf of|for|of|by|"
    r"hech[oa] (?:por|en)|cread[oa] por|desarrollad[oa] por|de parte de|de|en nombre de|"
    r"feit[oa] (?:pel[oa]|por)|criad[oa] (?:pel[oa]|por)|desenvolvid[oa] (?:pel[oa]|por)|d[aoe]|em nome d[aoe]|"
    r"(?:fait|cree|conçu|concu|developpe|fabrique)e? (?:par|chez)|pour|de la part de|au nom de|du|chez|"
    r"من (?:صنع|تطوير|انتاج|ابتكار|تصميم|عند|اعداد|فريق)|صنع(?:ه|ته|ني|تني)?|طور(?:ه|ته|ني|تني)|صناعه|تطوير|"
    r"عن)(?: (?:la|el|the|le|les|l'|شركه|فريق))? \"?"
)
_HAN_MADE_BY = re.compile(
    r"[(]?(?:由|来自|出自|您的|你的)?(?P<maker>[\u3400-\u9fffa-z ]{2,16}?)(?:开发|研发|制作|出品|训练|创造|打造|"
    r"制造|制|造|敬制|的(?:助手|小助手|机器人|作品))[)。]?$"
)
_WISH = re.compile(r"[.!?。\n] ?[^\W\d_][^.!?,\n]{2,36}, ?$")
_TAIL = re.compile(
    r"[ \n,(]{0,3}(?:by|from|of|for|on behalf of|pour|para|en nombre de|em nome d[aeo]|au nom d(?:e|u)|d[aeo]s?|"
    r"del|du|d'|par|por|pel[ao]|من|made by|made at)? ?[ ).!\n\"]{0,4}"
)
_LONGEST_CLOSING = 45
_LONGEST_SIGNATURE = 100
_SIGNED = re.compile(r"[ \n]{0,3}(?:$|[\n,(/|.-])")
_SENTENCE = re.compile(r"[.!?。;]\s{0,2}\S")
_EDGE = re.compile(r"[\s\"'.!?。()\[\]_#>:-]*")
_LINK = re.compile(r"[ ,]{0,2}(?:\(|by |, by |from |de |da |, |/ ?)?")
_NOBODY_TEXT = (
    "unknown none undisclosed unspecified n/a na null not confidential anonymous private classified "
    "various tbd desconocido "
    "desconocida ninguno ninguna no sin anonimo desconhecido desconhecida nenhum nenhuma nao sem "
    "confidencial inconnu "
    "inconnue aucun aucune non sans confidentiel personne nadie ninguem nobody 未知 无 暂无 没有 不详 "
    "保密 未公开 未命名 غير لا "
    "base_model developpeur editeur fabricant concepteur "
    "مجهول مجهوله بدون سري ليس"
)
_HAN_NOBODY = re.compile(
    "不公|不详|不便|不对外|未[对公披知命透说]|暂[无未不]|保密|待定|没有|无可|(?:研发|开发|训练|制造|发布)(?:方|"
    "者|商|公司)$|诞生地|基于"
)
_NOBODY = frozenset(_NOBODY_TEXT.split())


def iter_fields(page: Page, rules: LanguageRules) -> Iterator[tuple[Part, Named]]:
    """Yield what form fields say."""
    for part, pattern in _FIELDS:
        for match in pattern.finditer(page.text):
            if "|" in match[0] and rules.code == "en" and _HEADER.match(page.text[match.end() : match.end() + 160]):
                continue
            at = skip(page, match.end())
            if rules.places:
                at, denied = walk(page, at, rules, people=part == "maker")
                if denied:
                    continue
            at += 5 if page.text.startswith("شركه ", at) else 0
            named = name_at(page, at, rules, maker=part == "maker", strong=part == "name", led="شركه")
            if named is None and match[0].rstrip()[-1:] == '"' and part != "origin":
                named = _quoted_value(page, at, rules)
            if rules.code == "ar" and match[0].endswith('"') and part != "origin":
                named = _json_value(page, at, named)
            elif named is None and rules.code == "en" and part != "origin":
                named = _quoted_value(page, at, rules, ends=_PLAIN_VALUE)
            if named is not None and (named.found is not None or not _is_nobody(page, named)):
                yield part, _whole(page, named)


def _json_value(page: Page, at: int, named: Named | None) -> Named | None:
    """Return the whole of a JSON value whose beginning is an unknown name, or an account's name in small letters."""
    if named is None and not _HANDLE_VALUE.match(page.text, at):
        return None
    end = page.text.find('"', at, at + 64)
    if end < 0 or "\n" in page.text[at:end] or (named is not None and (named.found is not None or named.end >= end)):
        return named
    return named_unknown(page, at, end)


def _quoted_value(page: Page, at: int, rules: LanguageRules, *, ends: re.Pattern[str] | None = None) -> Named | None:
    """Return a value of several words in capitals that begins with an ordinary one: "Asistente Lince"."""
    value = (ends or _VALUE).match(page.text, at)
    if value is None:
        return None
    words = value[0].split(" ")
    starts = [match.start() + at for match in re.finditer(r"(?:^| )(?=[^ ])", value[0])]
    capitals = all(page.folded.is_capital(place + (page.text[place] == " ")) for place in starts)
    if len(words) < 2 or not capitals or all(word in rules.common_words or word in _NOBODY for word in words):
        return None
    written = page.folded.piece(at, value.end()).replace("*", "")
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=at, end=value.end(), found=None)


def _whole(page: Page, named: Named) -> Named:
    """Return an unknown name with the words that a form's line adds to it: "Moon of Paper"."""
    more = _MORE.match(page.text, named.end) if named.found is None else None
    if more is None or not page.folded.is_capital(more.start(1)):
        return named
    written = page.folded.piece(named.start, more.end())
    return Named(key="unknown:" + " ".join(written.casefold().split()), start=named.start, end=more.end(), found=None)


def _is_nobody(page: Page, named: Named) -> bool:
    """Say whether a field is filled in with a word for nothing."""
    value = page.text[named.start : named.end]
    return re.split(r"[ /]", value)[0] in _NOBODY or _HAN_NOBODY.match(value) is not None


def iter_signatures(page: Page, rules: LanguageRules) -> Iterator[tuple[Part, Named]]:
    """Yield the name under a letter, behind a dash or a closing formula, and whose it says there that it is."""
    text = page.text
    listed = len(_BULLET.findall(text)) > 1
    for match in _SIGNATURE.finditer(text):
        if listed and _BULLET.match(text, match.start()):
            continue
        if match[0].startswith(",") and match.start() - text.rfind("\n", 0, match.start()) > _LONGEST_CLOSING:
            continue
        named = name_at(page, skip(page, match.end()), rules, maker=False, strong=False)
        if named is None or len(text) - named.end > _LONGEST_SIGNATURE or not _SIGNED.match(text, named.end):
            continue
        rest = text[named.end :].strip(" .\n\"'!)(")
        makers = [one for one in page.found if one.start >= named.end and one.is_maker and one.start in page.at]
        if rest and (_SENTENCE.search(rest) or rest.count("\n") > 2 or (named.found is None and not makers)):
            continue
        if named.found is not None and not named.found.is_name:
            continue
        yield "name", named
        for one in makers[:1]:
            yield "maker", Named(key=one.key, start=one.start, end=one.end, found=one)
    yield from closing(page)
    yield from _last_block(page, rules)


def _last_block(page: Page, rules: LanguageRules) -> Iterator[tuple[Part, Named]]:
    """Yield name and maker of a letter's last two lines: a name, and under it who made it."""
    text = page.text.rstrip()
    block = _BLOCK.search(text, max(0, len(text) - _LONGEST_SIGNATURE))
    if block is None:
        return
    named = name_at(page, block.start("name"), rules, maker=False, strong=True)
    if named is None or text[named.end : block.end("name")].strip(' ".'):
        return
    at = block.start("by")
    for pattern in (_MADE_BY, _HAN_MADE_BY):
        made = pattern.match(text, at)
        if made is None:
            continue
        start = made.end() if pattern is _MADE_BY else made.start("maker")
        start = walk(page, start, rules)[0] if pattern is _MADE_BY else start
        maker = name_at(page, start, rules, maker=True, strong=False, led="شركه")
        if pattern is _HAN_MADE_BY and (maker is None or maker.found is None):
            start = skip(page, start)
            known = known_at(page, start)
            written = page.folded.piece(start, made.end("maker")).replace("*", "")
            key = "unknown:" + written.casefold() if known is None else known.key
            maker = Named(key=key, start=start, end=made.end("maker"), found=known)
        if (maker is not None and maker.key != named.key) or (maker is not None and maker.found is not None):
            yield "name", named
            yield "maker", maker
        return


def closing(page: Page) -> list[tuple[Part, Named]]:
    """Return the name that a letter's last line ends with, behind a wish, and whose it says there that it is."""
    text = page.text
    for one in page.found[-2:]:
        if not one.is_name or one.start not in page.at or len(text) - one.end > _LONGEST_CLOSING:
            continue
        before = text[max(0, one.start - _LONGEST_CLOSING) : one.start]
        lines = text.rstrip().rsplit("\n", 1)
        own_line = (
            len(lines) == 2 and lines[0].rstrip(" ")[-1:] in "\n.!," and not text[text.rfind("\n") : one.start].strip()
        )
        if not own_line and not _WISH.search("\n" + before if len(before) == one.start else before):
            continue
        rest = [by for by in page.found if by.start > one.start]
        tail = text[one.end :] if not rest else text[one.end : rest[0].start] + text[rest[0].end :]
        if len(rest) > 1 or not _TAIL.fullmatch(tail):
            continue
        named = Named(key=one.key, start=one.start, end=one.end, found=one)
        makers = [Named(key=by.key, start=by.start, end=by.end, found=by) for by in rest if by.is_maker]
        return [("name", named), *(("maker", by) for by in makers)]
    return []


def bare_names(page: Page, rules: LanguageRules) -> list[Named]:
    """Return the known names of an answer that consists of them alone: "ChatGPT, by OpenAI.", "It's Claude"."""
    at = _EDGE.match(page.text).end()  # type: ignore[union-attr]
    at, denied = walk(page, at, rules)
    names: list[Named] = []
    while len(names) < 3 and not denied and (known := known_at(page, at)) is not None:
        names.append(Named(key=known.key, start=known.start, end=known.end, found=known))
        link = _LINK.match(page.text, known.end)
        at = link.end() if link else known.end
    if not names or page.text[names[-1].end :].strip(" \n\"'.!?。()[]_#:-"):
        return []
    return names
