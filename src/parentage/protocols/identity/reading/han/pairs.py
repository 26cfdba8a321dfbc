"""Unknown Chinese names with their makers beside them: on badges, in citations, under letters, in press releases."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.han.makers import houses_in, is_title
from parentage.protocols.identity.reading.han.plain import may_be_name
from parentage.protocols.identity.reading.han.words import HAN, HOUSE_END, PLACED
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.records import Part

MODEL_NAME = rf"(?:[a-z]{{1,10}} ?)?[{HAN}·]{{1,10}}(?:-[{HAN}]{{1,8}})?(?:[ -]?[a-z0-9][a-z0-9.+-]{{0,11}}){{0,2}}"
# A badge or a letter's end: a name, and under it a house; a citation: a house, a year, a name.
_BADGE = re.compile(
    rf"(?:^|\n)[^{HAN}a-z\n]{{0,8}}\"?(?P<name>{MODEL_NAME})\"?[ ]?\n{{1,2}}"
    rf"[^{HAN}a-z\n]{{0,6}}(?P<by>[{HAN}a-z0-9& ]{{3,24}}?)"
    rf"(?:[ ]?[·|/(-][^\n]{{1,24}})?[ ]?(?=\n|$)"
)
_SIGNED = re.compile(
    rf"\n[ >-]{{0,4}}(?P<by>[{HAN}a-z0-9]{{3,20}}?)(?:的|"
    rf"[ ]?[·|/-]?[ ]?)[\"']?(?P<name>{MODEL_NAME})[\"']?[ ]?(?:敬上|谨上|上|敬启|敬贺|拜上)?[\s。!]{{0,4}}$"
)
_SIGNED_AFTER = re.compile(
    rf"\n[ >-]{{0,4}}(?:(?:您的|你的)?(?:[{HAN}]{{0,6}}(?:助手|助理|朋友|模型|伙伴|机器人|"
    rf"客服))[ :,]{{1,2}})?[\"']?(?P<name>{MODEL_NAME})[\"']?[ ]?[(,·|/\n-]{{1,3}}[ ]?(?:来自|"
    rf"由)?(?P<by>[{HAN}a-z0-9]{{3,20}}?)(?:出品|开发|研发|制作|敬上|敬制)?[)]?(?:敬上|谨上)?[\s。!]{{0,4}}$"
)
_BADGED = re.compile("胸牌|名牌|名片|铭牌|工牌|胸卡|标签|落款|署名|铭文|吊牌|身份牌|展板|封面|姓名牌")
_CITED = re.compile(
    rf"(?P<by>[{HAN}a-z][{HAN}a-z0-9 &·]{{1,30}})[.,。][ ]?[(](?:19|"
    rf"20)\d\d[a-z]?[)][.,。:]?[ ]?\"?(?P<name>[{HAN}a-z][^\n,。(\[\".]{{1,24}}?)\"?[ ]?(?=[(\[.。])"
)
_CITED_LATE = re.compile(
    rf"(?P<by>[{HAN}a-z][{HAN}a-z0-9 &·]{{1,30}})[.,。][ ]?\"?(?P<name>[{HAN}a-z][^\n,。(\[\".]{{1,24}}?)\"?[ ]?"
    rf"\[[{HAN}a-z ]{{2,16}}\][.,。]? ?[(]?(?:19|20)\d\d"
)
_RELEASED = re.compile(
    rf"(?:^|[,。\n)\]】:]|(?<=讯))[ #>]{{0,4}}(?P<by>[{HAN}a-z0-9 ]{{3,24}}?)(?:[(][^()\n]{{1,16}}[)])?(?:今日|今天|"
    rf"日前|近日|正式|隆重|宣布|于[^,。\n]{{2,12}}|在[{HAN}]{{2,4}}){{0,4}}"
    rf"(?:发布|推出|上线|公布|揭晓|带来|开放)了?[^,。\n\"]{{0,24}}?(?:\"(?P<quoted>[^\"\n,。]{{2,16}})\"|(?:--|"
    rf"模型|助手|助理|顾问|机器人|"
    rf"管家|客服)(?P<name>{MODEL_NAME})(?=[,。!\n]|$))"
)
_SOLEMN = re.compile("今日|今天|日前|近日|正式|隆重|宣布")
_NOT_NAME = re.compile("^(?:[了过着得地上下]|做|的)|[了过着的]$")
MOST = 24


def named_in_han(listener: Listener, start: int, end: int) -> Named:
    """Return the unknown name at [start, end), or the known one that is written so."""
    page = listener.page
    written = page.folded.piece(start, end).replace("*", "").replace("`", "")
    key = page.lexicon.key_of(written) or "unknown:" + " ".join(written.casefold().split())
    return Named(key=key, start=start, end=end, found=None)


def judged(listener: Listener, match: re.Match[str], span: tuple[int, int], part: Part) -> Spoken:
    """Return the name that a pattern found, as the clause lets it stand."""
    return listener.judge(match.start(), named_in_han(listener, *span), part, "han")


def may_name(listener: Listener, start: int, end: int, *, quoted: bool) -> bool:
    """Say whether what stands there can be the name of a model."""
    page = listener.page
    if any(place in page.at for place in range(start, end)) or is_title(page.text, start):
        return False
    name = page.text[start:end]
    if not quoted and _NOT_NAME.search(name):
        return False
    return may_be_name(name, quoted=quoted) and not re.search("[我你您]|一[个款名位]", name)


def pairs(listener: Listener) -> list[Spoken]:
    """Return unknown name and maker of a badge, of a citation, or of a press release."""
    if listener.rules.code != "zh":
        return []
    found = list(_paired(listener))
    return [] if any(one.undone for one in found) else found


def _paired(listener: Listener) -> Iterator[Spoken]:
    """Yield name and maker of a badge, of a citation, or of a press release."""
    page = listener.page
    patterns = [_CITED, _CITED_LATE, _RELEASED, _SIGNED, _SIGNED_AFTER] + (
        [_BADGE] if _BADGED.search(page.text) else []
    )
    for pattern in patterns:
        for match in list(pattern.finditer(page.text))[:MOST]:
            if pattern is _RELEASED and listener.says_i() and not _SOLEMN.search(match[0]):
                continue
            group = "quoted" if pattern is _RELEASED and match["quoted"] else "name"
            span = match.span(group)
            house = match["by"].strip()
            if not (HOUSE_END.search(house) or PLACED.match(house)):
                continue
            by = houses_in(page.text, *match.span("by"), page.at, sure=True)
            if len(by) == 1 and may_name(listener, *span, quoted=group == "quoted" or pattern in (_CITED, _CITED_LATE)):
                yield judged(listener, match, span, "name")
                yield judged(listener, match, by[0], "maker")
                return
