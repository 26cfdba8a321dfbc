"""Finds the end of a Chinese name that no list knows, and says whether it can be one at all.

Chinese has neither blanks nor capitals: what tells are quotation marks, words for houses, and what may not stand in
a name.
"""

import re
from collections.abc import Mapping

from parentage.protocols.identity.reading.han.plain import NO_HOUSE, NO_NAME, is_generic, may_be_name
from parentage.protocols.identity.reading.han.words import (
    FELLOW,
    FIRM,
    FIRM_END,
    HAN,
    HOUSE_END,
    ONLY_PLACE,
    PERSON,
    PLACE,
    PLACED_START,
    SURNAMES,
)

_OF_PLACE = re.compile(
    rf"^[{HAN}]{{1,4}}[山河江湖海城镇村桥岛][下上边畔里脚]+的|^(?:位于|来自|地处|远在|家住|总部(?:设)?在|坐落于)?(?:{PLACE}|"
    rf"[{HAN}]{{1,5}}[省市县区镇乡村旗州]){{1,3}}(?:[{HAN}]{{1,8}}读博|读博|当地|"
    rf"本地|那边|郊区)?(?:的|由|一?(?=[家个位群伙帮间支所][{HAN}\"a-z])|(?=[ \"]))"
)
_OF_SMALL_PLACE = re.compile(
    rf"^(?!.{{0,3}}[会能很不小大好爱说有没想要].{{0,3}}的)[{HAN}]{{2,4}}的(?=[{HAN}]{{2,20}}$)"
)
_MEASURE = re.compile(
    r"^(?:[一两二三四五六七八九十几多那这某0-9]{1,3}(?:[家个位群伙帮间支所名对](?:只有[^的]{1,8}的)?)|"
    r"那)(?:叫做?|名叫|名为)?"
)
_TRADES = (
    r"(?:独立|业余|资深|年轻|退休|全栈|个人|女|男|老|网络|民间|非营利|非盈利|公益|科技|技术|信息技术|互联网|初创|"
    r"创业|软件|小|双人|"
    r"b ?站 ?|知乎|微博|小红书|豆瓣|抖音|github ?|discord ?|qq ?|微信){0,3}(?:开发者|程序员|工程师|码农|博主|up "
    r"?主|群主|楼主|网友|"
    r"作者|学生|老师|教师|教授|博士|研究生|医生|站长|馆长|店主|老板|极客|发烧友|爱好者|用户|账号|作家|律师|"
    r"陶艺家|画家|设计师|编辑|厨师|司机|农民|牧民|护士|会计|导演|摄影师|音乐人|创业者|产品经理|工匠|馆员|公司|"
    r"企业|"
    r"机构|组织|社团|群组|"
    r"工作室|小组|团队|实验室|开源项目|部门|子公司|创业团队)"
)
_TRADE = re.compile(
    rf"^(?:的|是|叫|名叫|名为|,|:)?{_TRADES}(?:名?叫做?|名为|是|兼[{HAN}]{{2,4}}|:)?[ ,:\"']{{0,2}}(?=[^的])"
)
_LED_TRADE = re.compile(rf"^(?:[^的]{{2,16}}的)?(?:是|有|一[个位名])?{_TRADES}(?:名?叫做?|名为)?[ \"']?[{HAN}]{{2,3}}$")
_LEAD = re.compile(
    r"^(?:[\u3400-\u9fff]{2,14}委[托託]|(?:我|在下|本人|老夫|俺|咱)(?:就|其实|正|便)?(?:是|叫|属于|来自)|(?:直到|终于|当年|那年|于是|该|"
    r"就|也|都|乃|曾|最初|最早|首先|其实|"
    r"后来|主要|全部|完全|实际上|确实|当然|今天|今日|现在|目前|"
    r"如今|当初|当时|感谢|谢谢|多亏|归功于|旗下|所属|隶属于?|来自|出自|源自|由|被|让|是|叫做?|名叫|名为|我们的?|"
    r"咱们?的?|"
    r"因为|所以|于是|一直|始终|大名鼎鼎的)(?=.{2}))"
)
_STAFF = (
    rf"(?:(?:几|两|三|四|五|六|七|八|九|十|数|十几|几十|每一?|那|这|一|全体|各|多|所有|全部|[0-9]{{1,3}})?(?:位|"
    rf"名|个|群|帮|伙|支|拨)?"
    rf"(?:技术|研发|开发|算法|产品|工程|核心|专业|自有|内部|年轻|智能|[{HAN}]{{0,6}})?(?:团队|工程师|老师|师生|"
    rf"同学|学生|同事|人|人员|员工|伙伴|"
    rf"小伙伴|朋友|部门|服务部|技术部|信息部|研发部|志愿者|程序员|群友|网友|成员|研究员|科学家|专家|师傅|工匠|"
    rf"匠人|浑小子|小子|义工|"
    rf"创始人|负责人|编辑|馆员|医生|护士|学者|家伙|爸妈|开发者|爱好者|青年|年轻人|创办人|粉丝|老板|主人|姐妹|兄弟))们?"
)
_OF_STAFF = re.compile(
    rf"(?:的{_STAFF}|的(?:技术|信息|研发|开发|产品|算法|客服|运维|运营|业务|教研|科研|数据|网络|数字){{1,2}}(?:部门?|科|组|处|室|班组?|中心)|的?[那这][几一]?(?:帮|群|伙|班|位)[{HAN}]{{1,4}}|(?:技术|研发|开发|工程师|算法)团队|(?:全体|"
    rf"技术)人员|工程师们?|老师们|同学们)$"
)
_TAIL = re.compile(
    r"(?:自己|自行|自主|独立|联合|共同|合作|一起|一手|亲手|专门|倾力|精心|倾情|全力|负责|公开|正式|全新|首次|"
    r"携手|团队|完全|家|"
    r"去年|今年|前年|最近|刚刚|(?:19|20)\d\d ?年(?:\d{1,2} ?月)?|于|(?<=[司室院学团队技会心])所|来|给|从头|从零|"
    r"重新|历时[^的]{1,6}|花了?[^的]{1,8}|一点点|慢慢|"
    r"内部|旗下|里|一个人|独自|两个人|几个人|一人|委托|上班|工作|统一|,| )$"
)
_CUT = re.compile(
    r"在(?!线|野)(?=.)|用(?!友|户)(?=[^,。\n]{2})|拿(?=[^,。\n]{2})|以(?!太|色列)(?=[^,。\n]{2})|把(?!节|手|握)|将(?!军|来)|"
    r"请(?=人|了)|找(?=人|了)|委托|一(?P<each>[一-龥])一(?P=each)|给(?=[^,。\n]{1,10}(?:办|做|开|写|用|设)[^,。\n]{0,4}的)|"
    r"基于|花(?=了)|为(?=了|我|"
    r"您|你|大家|教|帮|的|[^,。\n]{1,16}(?:而|所))|给(?=我|您|你|大家)|从(?=头|零|[^,。\n]{2})|依托|通过|利用|"
    r"借助|面向|针对|根据|负责|耗时|历时|一拍|"
    r"正(?=在|为)|成立|创立|创办|坐落|位于|当时|便(?=把|想|着手|开始)|后来|终于|特意|突然|决定|"
    r"想(?=[^,。\n]{1,6}我)|动手|开始|于(?=\d|去年|今年|前年|二〇)|"
    r"今(?:天|日)|正式|宣布|专门|合作(?!社)|参加|参赛|出战|发言|出席|和(?=[他她]|几|两|另|其)|给(?=自家|自己|"
    r"[^,。\n]{2,12}(?:做|开发|写|训))|"
    r"联合(?!国|会|大学)|共同|携手|自主|独立(?=[^的]{0,3}(?:开|研|训))|一手|亲手|自行|自己|只有|陪|帮(?=大家|您|"
    r"你|我)|所(?=出|造|作|制|创|生|开发|研|训)|"
    r"做(?=.{0,3}的)"
)
_DESCRIBES = re.compile("[是:, ]{0,2}(?:一[个款只名位种枚]|个)")
_SHOP = re.compile(rf"^[{SURNAMES}]记[{HAN}]{{1,6}}$")
_GLOSS = re.compile("(?:的|之)?(?:缩写|简称|首字母|意思|之意|含义)|的意|之义")
_LEGAL = re.compile(rf"[(][{HAN}]{{2,6}}[)](?:股份)?(?:有限)?(?:公司|集团)")
_QUOTED = re.compile(r"[\"'](?P<name>[^\"'\n,。!?;:]{1,24}?)[\"']")
_VERSION = (
    r"(?:(?:[ -]|(?=[a-z0-9]))(?:[a-uw-z][a-z]{0,11}|v?\d{1,4}(?:\.\d{1,2})?[a-z]{0,2}|v\d{1,2})(?![a-z0-9.])){0,3}"
)
ENDED = (
    r"[ \"')]{0,3}(?:[,.。!?;:\n(~、|/·-]|$|[\u2600-\u27bf\U0001f300-\U0001faff]|这个名|的?名字|之名|"
    r"[一二两三四]个?字|就好|就行|"
    r"就可以|就成|即可|便可|吧|啦|哦|呀|呢|哟|喔|"
    r"得了|也行|都行|也好|是也|是我|就是我|v?\d{1,2}(?:\.\d{1,3}){1,3})"
)
_NAME = re.compile(rf"(?:[a-z]{{1,10}} ?(?=[{HAN}]))?[{HAN}·]{{1,12}}?(?:-[{HAN}]{{2,8}})?{_VERSION}(?={ENDED})")
_NUMBERED = re.compile(r" v?\d{1,2}(?:\.\d{1,3}){1,3}$")
_AND = re.compile(r"[和与及、]|以及")
_BEFORE_TITLE = re.compile(r"(?:篇|论文|一书|本书|文章|首歌|首诗|的歌|电影|小说)[^,。]{0,12}$")


def is_house(name: str) -> bool:
    """Say whether a chunk ends as houses do, or begins with a place and goes on."""
    return any(one.search(name) is not None for one in (HOUSE_END, PLACED_START, PERSON, _SHOP))


_SEATED = re.compile(rf"[{HAN}]{{2,18}}(?:公司|机构|团队|企业|实验室)[ \"]{{0,2}}")


def is_seat(chunk: str) -> bool:
    """Say whether a chunk is no more than the place, the trade and the like before a maker: "the Paris firm"."""
    if _SEATED.fullmatch(chunk):
        return True
    rest = chunk.strip(" \"'(")
    for _ in range(4):
        lead = (
            _OF_PLACE.match(rest + " ") or _MEASURE.match(rest) or _TRADE.match(rest + "  x") or ONLY_PLACE.match(rest)
        )
        if lead is None or not rest:
            break
        rest = rest[lead.end() :].strip(" \"'(,")
    return not rest


def quoted_at(text: str, at: int) -> tuple[int, int] | None:
    """Return the quoted name that begins at `at`, right behind its quotation mark."""
    if at < 1 or text[at - 1] not in "\"'":
        return None
    match = _QUOTED.match(text, at - 1)
    if match is None or not may_be_name(match["name"], quoted=True):
        return None
    if _GLOSS.match(text, match.end()):
        return None
    end = match.end("name")
    number = _NUMBERED.search(match["name"])
    return match.start("name"), end - (len(number[0]) if number else 0)


def name_span(text: str, at: int) -> tuple[int, int] | None:
    """Return the span of letters that a model's Chinese name can have, from `at` on: "小桥-7b", "小桥 pro"."""
    match = _NAME.match(text, at)
    return None if match is None else match.span()


def is_title(text: str, at: int) -> bool:
    """Say whether what begins at `at` is the title of something written."""
    return _BEFORE_TITLE.search(text, max(0, at - 24), at) is not None


def houses_in(
    text: str, start: int, end: int, taken: Mapping[int, object], *, sure: bool, ended: bool = False
) -> list[tuple[int, int]]:
    """Return the makers of a chunk that names one: without the place, the trade and the staff around its name.

    `sure`: a name must stand here; else only what houses are called is one; `ended`: and it must end so. None where a
    known name stands.
    """
    marked = list(_QUOTED.finditer(text, start, min(end + 1, len(text))))
    quoted = marked[-1] if marked else None
    if quoted is not None and may_be_name(quoted["name"], quoted=True):
        return [] if any(place in taken for place in range(*quoted.span())) else [quoted.span("name")]
    if any(place in taken for place in range(start, end)):
        return []
    sure = sure and not _DESCRIBES.match(text[start:end])
    sure = sure or _LED_TRADE.match(text[start:end]) is not None
    start, end = _trimmed(text, start, end)
    parts = _joined(text, start, end)
    kept = [_trimmed(text, *part) for part in parts]
    kept = [(left, right) for left, right in kept if _fits(text[left:right], sure=sure)]
    if ended:
        kept = [(left, right) for left, right in kept if FIRM_END.search(text[left:right])]
    return kept if len(kept) == len(parts) else []


def firm_in(text: str, start: int, end: int, taken: Mapping[int, object]) -> list[tuple[int, int]]:
    """Return the house that a chunk begins with, up to its word for a house: "Stone Labs' years of work"."""
    firm = FIRM.match(text, start, end)
    return houses_in(text, start, firm.end(), taken, sure=False) if firm else []


def _fits(name: str, *, sure: bool) -> bool:
    if len(name) < 2 or len(name) > 26 or is_generic(name):
        return False
    if not sure and not is_house(name) and not FELLOW.match(name):
        return False
    bare = (
        re.sub(rf"^{PLACE}|(?<![基专注致力位关源])[于等不则其之又]|技术$|把(?=节)", "", name)
        if HOUSE_END.search(name) and len(name) > 5
        else name
    )
    return (
        not (NO_NAME.search(bare) or NO_HOUSE.search(bare))
        and bool(re.search(rf"[{HAN}]", name))
        and not re.match("[的地得了]", name)
    )


def _joined(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the two makers of "A and B", if both are called as houses are."""
    for match in _AND.finditer(text, start, end):
        left, right = text[start : match.start()].rstrip(), text[match.end() : end].lstrip()
        if is_house(left) and is_house(right) and len(left) > 3 and len(right) > 3:
            return [(start, match.start()), (match.end(), end)]
    return [(start, end)]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a chunk without what stands around a name in it."""
    for _ in range(6):
        chunk = text[start:end]
        stripped = chunk.strip(" \"'(:,-_#>@")
        if stripped != chunk and stripped:
            start = start + chunk.index(stripped)
            end = start + len(stripped)
            continue
        staff = _OF_STAFF.search(chunk)
        if staff and staff.start() >= 2:
            end = start + staff.start()
            continue
        tail = _TAIL.search(chunk)
        home = tail is not None and ((tail[0] == "家" and chunk.endswith("之家")) or HOUSE_END.search(chunk[-5:]))
        home = home and not (tail is not None and tail[0] == "团队" and FIRM_END.search(chunk[:-2]))
        if tail and tail.start() >= 2 and not home and not (tail[0] == "团队" and re.match(r"[a-z]", chunk[-4:-3])):
            end = start + tail.start()
            continue
        if text[start - 1 : start] == "@":
            break
        lead = _OF_PLACE.match(chunk) or _MEASURE.match(chunk) or _LEAD.match(chunk) or _TRADE.match(chunk)
        if lead is None and HOUSE_END.search(chunk):
            lead = _OF_SMALL_PLACE.match(chunk)
        if lead is not None and 0 < lead.end() < len(chunk) - 1:
            start += lead.end()
            continue
        break
    return start, end


_VERBS = (
    r"(?:(?:自主|自行|独立|联合|共同|合作|亲手|一手|倾力|精心|专门|重新|从头|从零(?:开始)?|二次|深度|"
    r"全新)?(?:开发|研发|训练|预训练|创建|创造|打造|推出|"
    r"制造|研制|构建|搭建|设计|发布|提供|做|制作|开创|培养|编写|编|写|运营|维护|运维|造|铸造|锻造|微调|精调|调教|"
    r"调校|优化|定制|教|缔造|培育|孕育|"
    r"研究|生产|创作|制成|出品|赞助|发起|主导|改造|改装|改|养|喂|带|捏|攒|拼|炼|蒸馏|合成|合并|维系|管理|持有|"
    r"所有|上线|孵化|部署|完成|出资|资助|托管|自研|自训|首创|创制|研制|"
    r"原创|研|训|练|赐|推))"
)
DONE = re.compile(
    rf"提供(?!商|方|者)|完成|调好|冠名|请人|{_VERBS}(?:并|和|与|及|、|兼|"
    rf"且)?{_VERBS}?(?=[的了出而于我俺您你得成过来起至并和及与、一这那给大长到它,。!;)~\n \"a-z]|完成|$)|"
    r"[一-龥](?:出来|起来|成)的|[派办送煮熬炖酿绣敲](?=[的了出给来])"
)
_CLAUSE_END = re.compile(r"[,。!?;:\n()|~\u2600-\u27bf\U0001f300-\U0001faff]|--|\.(?!\w)|$")
SURE = re.compile(
    r"شركه$|(?:造|做|训练?|养|写|教|带|开发|研发|打造|创造)出?(?:我|老子|老夫|俺|在下)是$|(?:者|商|方|单位|部门|"
    r"机构|公司|厂家|主体|团队|人|爸妈|爸爸|妈妈|父母|"
    r"娘家|东家|主人|老板)们?\"?(?:就|都)?(?:是|为|叫|:|来自|名叫|在)$|"
    r"(?:叫做?|名为|归功于|多亏|得益于|隶属于?|代表的?|所属|写给|寄给|自称)$"
)
FOUNDED = re.compile("(?:共同|联合|亲手|一手)?(?:成立|创立|创办|创建的(?:公司|企业|机构))")
_MEASURED = re.compile(r"[一两三四五六七八九十几][个群位名支伙帮家对]$")
_ADVERBS = re.compile(
    "手工|多年|免费|[春夏秋冬白昨]天|不断|持续|悉心|用心|辛苦|一步|一行|实时|自动|批量|商业|学术|公开|合法|正规|"
    "定向|严格|反复|认真|完全|特意|专门|精心|特别|"
    "主要|最初|最早|最近|后来|刚|新|全|人工|大量|海量|监督|强化|预先|额外|连续|同时|集体|团队|大家|人类|[了着过]"
)
_PASSIVE = re.compile(r"[被受]$")
_ASSERTED = re.compile(r"(?<!不)[是系乃]\"?$")
_EXCLAIMED = re.compile('"[啦吧呢吗了嘛呀]')
_HANDLE = re.compile(r"[a-z][\w.-]{2,24} ?")
_HANDLED = re.compile(r"@[\w.-]{2,24}|(?<![a-z0-9_])[a-z][a-z0-9]{1,16}_[\w]{1,16}")
_NO_HANDLE = frozenset(["ai", "llm", "gpu", "api", "transformer", "python", "pytorch"])


def maker_at(text: str, at: int, led: str, taken: Mapping[int, object]) -> tuple[int, int] | None:
    """Return the maker that begins at `at`, behind a phrase that a maker must follow; `led` ends in the phrase."""
    stop = _CLAUSE_END.search(text, at, min(len(text), at + 48))
    stop_at = stop.start() if stop else min(len(text), at + 48)
    quoted = quoted_at(text, at)
    if quoted:
        return None if _EXCLAIMED.match(text, quoted[1]) else quoted
    handle = _HANDLED.search(text, at, min(len(text), at + 28))
    if handle and handle.start() < stop_at and not re.search("[的是了]", text[at : handle.start()]):
        return handle.span()
    done = DONE.search(text, at + 2, min(len(text), stop_at + 1))
    end = done.start() if done and done.start() < stop_at else stop_at
    made = end < stop_at
    if (house := house_end(text, at, end)) < end and not _DESCRIBES.match(text[at:house]):
        end, made = house, True
    if (cut := cut_at(text, at, end)) < end:
        end, made = cut, True
    if FOUNDED.match(text[end:stop_at]):
        return None
    field = led.endswith("شركه")
    if field and made and not HOUSE_END.search(text[at:end]):
        return None
    said = led.rstrip(" \"'(:") if not field else led
    sure = field or SURE.search(said) is not None or (made and not _ASSERTED.search(said))
    if made and done is not None and end == done.start() and end - at > 3 and not _ADVERBS.search(text[at:end]):
        sure = True
    if _PASSIVE.search(said):
        sure = done is not None and end == done.start()
        if not sure:
            return None
    if _MEASURED.search(said) or _MEASURE.match(text[at:end]):
        sure = False
    if not made and not field:
        end = _before_of(text, at, end)
    if made and sure and _HANDLE.fullmatch(text[at:end]) and text[at:end].strip() not in _NO_HANDLE:
        return at, at + len(text[at:end].rstrip())
    found = houses_in(text, at, end, taken, sure=sure)
    if not found and not any(place in taken for place in range(at, end)):
        found = firm_in(text, at, end, taken)
    found = [one for one in found if '"' not in text[slice(*one)]]
    legal = _LEGAL.match(text, found[0][1]) if found else None
    return (found[0][0], legal.end()) if legal else found[0] if found else None


def _before_of(text: str, start: int, end: int) -> int:
    """Return where a chunk ends before "的" and what belongs to the maker, not before that of a place."""
    place = _OF_PLACE.match(text[start:end])
    first = text.find("的", start + (place.end() if place else 0) + 2, end)
    if first < 0 or _OF_STAFF.search(text[start:end]):
        return end
    small = _OF_SMALL_PLACE.match(text[start:end])
    if small and HOUSE_END.search(text[start:end]) and not HOUSE_END.search(text[start:first]):
        return end
    return first


_GOES_ON = re.compile(
    rf"[的把将给在用拿以为对从由和与及于花所就也才都自亲请找派喂办付管冠教带养编收历耗只专调写正,、。!?;:(\n]|{_VERBS}|"
    r"委(?=派|任)|完成|负责|一[手起条点步]|统一|一致|定|起|取|投入|接手|$"
)


def house_end(text: str, start: int, end: int) -> int:
    """Return where the longest house ends that a chunk begins with and after which the clause goes on, or `end`."""
    for at in range(end, start + 3, -1):
        if _GOES_ON.match(text, at) and HOUSE_END.search(text[start:at]) and not is_generic(text[start:at]):
            return at
    return end


def cut_at(text: str, start: int, end: int) -> int:
    """Return where a chunk ends before words of how, where or for whom something was made."""
    match = _CUT.search(text, start + 2, min(len(text), end + 24))
    return match.start() if match and match.start() < end else end
