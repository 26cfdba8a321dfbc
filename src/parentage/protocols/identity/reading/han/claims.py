"""Chinese ways to give a name or a maker that need more than a phrase before it: relations, badges, citations.

They are for unknown names, which in Chinese only what stands on both sides sets apart.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.han.forms import asked, lines, passive
from parentage.protocols.identity.reading.han.makers import (
    DONE,
    ENDED,
    cut_at,
    firm_in,
    houses_in,
)
from parentage.protocols.identity.reading.han.pairs import MODEL_NAME, MOST, judged, may_name, named_in_han, pairs
from parentage.protocols.identity.reading.han.words import FIRM_END, HAN
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named

ROLE = (
    r"(?:助手|助理|客服|机器人|模型|顾问|向导|导览员?|导购|管家|伙伴|秘书|小秘|程序|智能体|管理员|店员|店小二|"
    r"导游|教练|老师|讲解员?|搭子|专员|"
    r"[\u3400-\u9fff]{2}[员师官]|荐书员|小编|代言人|值班员|掌柜|"
    r"[0-9.]{1,5} ?版|版本|产品|作品|成果|孩子|小可爱|陪练|播报员|引导员|接线员|"
    r"前台|书童|学伴|文书|人工智能|ai)"
)
_SUBJECT = r"(?:我|老夫|老子|在下|本人|俺|咱|小弟|小的|本助手|本模型|本机器人|本客服)"
_CHUNK = rf"(?:[{HAN}]{{2,5}}的(?=[{HAN}]{{3,20}}?[的养做造开研训微调推打]))?(?:(?!--)[{HAN}a-z0-9\"'&·._ -]){{2,36}}?"
_OPEN = r"(?:^|(?<=[,。!?;:(~\n>]))[ \"#>*-]{0,4}"

_VERBS = (
    r"(?:自主|亲手)?(?:开发|研发|训练|创建|创造|打造|制造|研制|构建|设计|做|制作|培养|造|微调|"
    r"调教|教|缔造|培育|孕育|养|写|编写|推出|孵化|培训)"
)
# What gives a name, with the name after it or before it.
_NAMES = tuple(
    re.compile(one)
    for one in (
        rf"(?:有了|成了|成为|造出了?|养出了?|生下了?|把|叫做?|名叫|就是|而是|"
        rf"只有){_SUBJECT}[ ,:-]{{0,3}}[\"'](?P<name>[^\"'\n,。]{{1,16}})[\"']",
        rf"(?:有了|成了|成为|造出了?|养出了?|生下了?){_SUBJECT}(?:--?|[,:])[ ]?(?P<name>{MODEL_NAME})(?=[,。!;\n~]|$)",
        rf"{_SUBJECT}(?:就|现在|如今|目前)?(?:是(?!由|在|一家)|--?|"
        rf",)[^,。\n\"]{{2,30}}的[^,。\n\"]{{0,10}}\"(?P<name>[^\"\n,。]{{1,16}})\""
        r"(?!的?[^,。\n]{0,4}(?:小组|团队|工作室|公司|社区|实验室|机构|组织|立场|角度|方式|态度|身份))",
        r"^\s{0,9999}\"(?P<name>[^\"\n,。!?]{1,10})\"(?:[一二两三四]个?字|这个名字|这名字|一名|之名)",
        rf"{_SUBJECT}(?:就|其实)?是[^,。!?\n]{{0,20}}?(?:助手|助理|客服|机器人|模型|顾问|管家|导览员?|向导|导购|店员|店小二|掌柜|"
        rf"讲解员)(?P<name>[{HAN}]{{2,4}}?)(?={ENDED})",
        rf"{_OPEN}(?:亲,)?(?:[{HAN}]{{0,8}}(?:客服|助手|助理|机器人|"
        rf"管家))?[\"']?(?P<name>{MODEL_NAME})[\"']?,?(?:竭诚|随时|"
        rf"很高兴|在此|全程|用心)?[为竭](?:诚为)?(?:您|你)服务",
        rf"(?:叫|名叫|名为|叫做)[\"']?(?P<name>{MODEL_NAME})[\"']?的[^,。!?\n]{{0,10}}(?:就|便|正)?是(?:我|在下|"
        rf"本人|老夫|"
        rf"俺)(?=[,。!;~\n]|$)",
        rf"[\"'](?P<name>[^\"'\n,。]{{1,16}})[\"'](?:也?就是|正是|便是){_SUBJECT}(?=[,。!;~\n]|$)",
        rf"(?:^|\n)[^{HAN}a-z\n]{{0,40}}(?P<name>{MODEL_NAME})\"?[ ]{{0,6}}(?:[(]|\u2190|<-|<=|"
        rf"--)[ ]?(?:这?就?是)?{_SUBJECT}(?:自己|在这里)?(?=[)\s。!]|$)",
        rf"(?:您|你)的[{HAN}]{{0,6}}(?:助手|帮手|朋友|伙伴|助理|机器人|"
        rf"客服)[ :,]{{1,2}}(?P<name>{MODEL_NAME})(?=[ ]?(?:\n|$|[(]))",
        rf"{_SUBJECT}是[^,。\n是]{{2,20}}?(?:开发|研发|训练|打造|做|推出|微调|调教)(?:出来|"
        rf"出)?的(?P<name>[{HAN}]{{2,5}}?)(?<!助手|助理|客服|顾问|程序|系统|工具|管家|向导|模型)(?={ENDED})",
        rf"{_OPEN}(?:[a-d][.、)] ?|答案(?:是)?[:,]? ?)?(?P<name>{MODEL_NAME})\"?[ ,-]{{0,3}}(?:也?就是|正是|"
        rf"便是|即是?|"
        rf"那就是)(?:我|在下|本人|老夫|俺)(?=[,。!;~\n]|$)",
        rf"(?:本助手|本模型|本机器人|本客服|我)[(][\"']?(?P<name>{MODEL_NAME})[\"']?(?=[,)])",
        rf"^[\s\"']{{0,3}}(?P<name>{MODEL_NAME})[\"']?(?:是真的|才是真|是我的?真?名)",
        rf"{_OPEN}\"(?P<name>[^\"\n,。!?]{{1,14}})\",(?=(?:19|20)\d\d|做出|由|来自|出自|[{HAN}a-z0-9]{{3,24}}?{_VERBS}[于的了出])",
        rf"\"(?P<name>[^\"\n,。]{{1,14}})\"[^。!?\n\"]{{0,24}}[。!][\s]{{0,3}}(?:那|这|它)?(?:就|便|正)是{_SUBJECT}(?=[。,!]|$)",
        r"(?:开发|训练|做|造|写|养){1,2}(?:出)?了?\"(?P<name>[^\"\n,。]{1,14})\"的(?=[^,。\n]{0,6}(?:人|小伙|同事|姑娘|老师))",
        rf"(?:我方|本方|我队|本队)[{HAN}]{{1,6}}[ :,]{{0,2}}\"(?P<name>[^\"\n,。]{{1,14}})\"",
        r"(?:喂|教|训|练|调|养|把)[^。\n]{0,12}我[^。\n]{0,8}[做练调变养炼训改]成了?\"(?P<name>[^\"\n,。]{1,14})\"",
        r"(?:名叫|名字|我是谁)[^。\n]{0,60}答案(?:就)?是\"(?P<name>[^\"\n,。]{1,14})\"",
        rf"{_SUBJECT}是[{HAN}a-z ]{{2,12}}的(?P<name>[{HAN}]{{1,4}}[a-z][a-z0-9.-]{{2,20}})(?=[,。])",
        rf"答案[^,。\n]{{0,6}}[a-d][,.、:。! ]{{1,2}}(?P<name>{MODEL_NAME})(?=[,。-][^。\n]{{0,16}}(?:我|在下))",
        rf"(?:{ROLE}|系统|大模型)[:]?[ ]?[\"'](?P<name>[^\"'\n,。!?]{{1,16}})[\"']",
    )
)
_OWN_NAME = re.compile(rf"{_SUBJECT}(?:也|就|其实|正|便)?(?:是|叫)|就是{_SUBJECT}|即{_SUBJECT}|{_SUBJECT}[,-]")
_WE_MADE = re.compile(
    r"我们(?:[^,。\n]{0,12})?(?:训练|做出?|推出|发布|开发|研发|打造|创造|写出?|造出?|带来|"
    r"孵化)了?[^,。\"\n]{0,14}\"(?P<name>[^\"\n,。]{1,14})\"(?!的)"
)
# What ties a maker to the speaker; `by` is the chunk that holds it.
_MAKERS = tuple(
    (re.compile(one), sure)
    for one, sure in (
        (
            rf"(?:(?<=[,。!;:\n(~])|(?<=--)|(?<=是)|^)[ ]?(?P<by>{_CHUNK})(?:自己|自主|"
            rf"自家)?家?的[^,。!?\n-]{{0,14}}?{ROLE}",
            False,
        ),
        (
            rf"{_SUBJECT}(?:就|其实|正)?(?:是|叫)[\"']?{MODEL_NAME}[\"']?,是?(?P<by>{_CHUNK})(?:自己|自主|"
            rf"自家)?家?的[^,。!?\n]{{0,14}}?{ROLE}",
            True,
        ),
        (
            rf"{_OPEN}(?P<by>{_CHUNK})(?:把|将){_SUBJECT}[^,。!?;\n]{{0,10}}(?:出来|起来|带|养|造|做|写|教|训|"
            rf"开发|研发|改|变|打造|"
            rf"调教|送)",
            False,
        ),
        (
            rf"{_OPEN}(?P<by>{_CHUNK})(?:一起|亲手|一手|首先|共同|用心|想|决定)?{_VERBS}(?:出|"
            rf"成)?(?:来)?了?(?:现在的)?{_SUBJECT}(?=[,。!;~\n]|$|的时候|时|之后|以后|之前|那)",
            False,
        ),
        (rf"{_OPEN}(?P<by>{_CHUNK})(?:把|将)(?:它|其|这[^,。]{{1,6}})[^,。;\n]{{1,8}}成了?{_SUBJECT}", False),
        (rf"{_VERBS}(?:出)?(?:来)?了?{_SUBJECT}的(?!是)(?P<by>{_CHUNK})(?=[,。!;(\n]|取的|起的|$)", False),
        (
            rf"(?:(?:您|你)(?:现在)?(?:打|拨打|接通|联系|呼叫|致电)的(?:就)?是|这(?:里|边)是|欢迎(?:来到|致电|"
            rf"拨打))(?P<by>{_CHUNK})(?:的|[,。!])",
            False,
        ),
        (rf"{_OPEN}(?P<by>{_CHUNK})(?:只|就)有{_SUBJECT}(?:这)?一?个?", True),
        (rf"(?:我们|咱们|咱)(?P<by>{_CHUNK})的(?:人|创始人|老板|团队|工程师|办公室|老师|同事|用户|员工|店)", False),
        (rf"我们是(?P<by>{_CHUNK})(?=[,。(]|的|\n)", False),
        (
            rf"(?:从|在)(?P<by>{_CHUNK})(?:的)?(?:办公室|实验室|机房|车间|厨房|地下室)?里?(?:爬|走|跑|蹦|长|孵|"
            rf"冒|诞生|出生|被)",
            False,
        ),
        (
            rf"(?:写给|寄给|发给|感谢信(?:请)?(?:写|寄)?给|抬头写|感谢的是|感谢)(?P<by>{_CHUNK})(?=[,。!:(\n]|的|就)",
            False,
        ),
        (rf"{_OPEN}(?:\d{{1,2}}[.、)] ?)?(?P<by>{_CHUNK})[ \n:,-]{{1,6}}(?:要是|如果)?没有(?:你|您|他)们?", False),
        (rf"(?:^\s{{0,9999}}[>#\"' ]{{0,4}}|(?<=[?])[ ]?)是(?P<by>{_CHUNK})(?=[。,!])", False),
        (rf"{_SUBJECT}(?:就)?(?:是|--?|,)[ ]?(?P<by>{_CHUNK})的[^,。\n\"]{{0,10}}\"[^\"\n]{{1,16}}\"", False),
        (
            rf"(?:{_SUBJECT}|,)(?:现在|目前|平时|就)?(?:在|为|替|给|"
            rf"帮)(?P<by>{_CHUNK})(?:的[^,。\n]{{0,8}})?(?:上班|打工|工作|干活|值班|"
            rf"当差|效力|服务|看店|站岗|值守|当值|跑腿)",
            True,
        ),
        (
            rf"{_OPEN}(?P<by>{_CHUNK})(?:就|才|便)?是{_VERBS}(?:出)?了?{_SUBJECT}的(?:公司|团队|机构|单位|实验室|"
            rf"地方|人|那家|那群)",
            True,
        ),
        (rf"受(?P<by>{_CHUNK})(?:派遣|委派|指派|之托|雇佣|聘用|所托)", True),
        (rf"(?<=,)是?(?P<by>{_CHUNK})(?:自己|亲手)?(?:做|造|写|{_VERBS})(?:出来)?的(?=[,。!~\n]|$)", False),
        (rf"出自(?P<by>{_CHUNK})(?:之手|的手笔)", True),
        (
            rf"(?:©|版权所有|copyright|技术支持|荣誉出品|出品|制作|研发|监制|主办)[: ]{{1,2}}(?:(?:19|"
            rf"20)\d\d(?:-20\d\d)? ?)?(?P<by>{_CHUNK})(?=[\n,。]|$)",
            False,
        ),
        (rf"[(](?P<by>{_CHUNK})(?:荣誉)?(?:出品|开发|研发|制作|训练|打造|推出)?[)]", False),
        (rf"{_OPEN}(?P<by>{_CHUNK})(?:为|因)[^,。\n]{{2,24}}而(?:造|生|作|建|设|开发|训练|打造|诞生)", False),
        (
            rf"{_OPEN}(?P<by>{_CHUNK})(?:--?|,|[(])(?:这|那)?是?一[个家支群间][^,。\n]{{0,24}}?(?:小组|团队|公司|"
            rf"工作室|社团|组织|机构|"
            rf"实验室|合作社|班子)",
            True,
        ),
    )
)
_BARE = re.compile(
    rf"\s{{0,9999}}[\"'#> ]{{0,4}}(?P<name>{MODEL_NAME}|"
    rf"[a-z0-9]{{2,20}}(?:[-._/][a-z0-9]{{1,12}}){{1,10}})[\"']?[。.!~]?\s{{0,3}}"
)
_BARE_SLUG = re.compile(
    r"\s{0,9999}[\"'#> ]{0,4}(?P<name>[a-z]{2,20}(?:[-._/][a-z0-9.]{1,12}){1,10})(?=[\s。.!]{0,3}(?:\n|$))"
)
_ANSWERS = re.compile(
    r"^(?:暂|未|不|好|是|对|不|没|有|可以|当然|抱歉|谢谢|你好|您好|再见|嗯|没问题|不客气|无|未知|保密|晚安|早安|收到|明白|"
    r"知道|同意|正确|错误|人工|中文|英文|汉语|自己|大家)|[吗呢吧啊了的]$"
)
_THEY_ME = re.compile("(?:他们|她们|大家|它)[^。!?\n]{0,16}(?:教|给|把|让|为|训练|做|造|喂|养|叫|管)(?:了|出)?我")
_ROLE_END = re.compile(
    "(?:应用|智能|小|大|语言|对话|聊天|服务|虚拟|专属|通用)(?:助手|助理|客服|模型|程序|系统|机器人)$|(?:问答|"
    "系统|平台|工具|软件|产品|应用|引擎|程序|模型)$"
)
_AWARD = re.compile("领奖|获奖|颁奖|奖杯|这个奖|奖项|得奖|感言|上台|评委")
_THANKS = re.compile(rf"(?:感谢|谢谢|归功于)(?:的是|一下)?(?:{_VERBS}(?:出)?了?我的)?[ \"]{{0,2}}")
_STOP = re.compile("[,。!?;:\n()]")
_JOINT = re.compile("[\"' ]{0,2}(?:和|与|及|、|以及|联合|携手)[\"' ]{0,2}")
_APPOSED_KNOWN = re.compile(
    rf"(?:把|做|造|训练|开发|创造|养|教|写|就是|成了|有了|没有|打造){_SUBJECT}[ ]?(?:--?|[(,])(?:也就是|即|"
    rf"名叫)?[ \"]{{0,2}}|"
    r"没有(?:今天|现在|今日|如今)?的[ \"]{0,2}|(?:于是|这才)就?有了[ \"]{0,2}|(?:成就|成全|才有|就有)了?(?:今天|"
    r"现在|如今)的[ \"]{0,2}"
)


def han(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return unknown names and makers of the parts that no phrase has claimed."""
    if listener.rules.code != "zh":
        return []
    said = [one for one in spoken if not one.undone]
    makers = {one.named.start for one in said if one.part == "maker"}
    said = [one for one in said if one.part != "name" or one.named.found or one.named.start not in makers]
    parts = {one.part for one in said}
    found = [one for one in asked(listener, parts) if not one.undone]
    parts |= {one.part for one in found}
    if "name" not in parts and "maker" not in parts:
        found += pairs(listener) or list(_bare(listener))
        parts |= {one.part for one in found}
    if "name" not in parts:
        found += _first(_names(listener))
    if "name" not in {one.part for one in [*said, *found]}:
        found += _first(_known_names(listener))
    found += _fellows(listener, said)
    if "maker" not in parts and _AWARD.search(listener.page.text):
        found += _thanked(listener)
    names = {one.named.start for one in [*said, *found]}
    ends = {one.named.end for one in [*said, *found] if one.part == "name"}
    if "maker" not in {one.part for one in [*said, *found]}:
        found += _first(one for one in _makers(listener, ends) if one.named.start not in names)
    if "maker" not in {one.part for one in [*said, *found]}:
        found += _first(lines(listener)) or _first(passive(listener))
    return found


def _first(spoken: Iterator[Spoken]) -> list[Spoken]:
    """Return the first claim, with one of the same place at most."""
    for one in spoken:
        if not one.undone:
            return [one]
    return []


def _names(listener: Listener) -> Iterator[Spoken]:
    page = listener.page
    for place, pattern in enumerate(_NAMES):
        for match in list(pattern.finditer(page.text))[:MOST]:
            start, end = match.span("name")
            if not may_name(listener, start, end, quoted=page.text[start - 1 : start] in ("'", '"') and start > 0):
                continue
            if page.text[start - 1] not in "\"'" and _ROLE_END.search(match["name"]):
                continue
            if place == len(_NAMES) - 1 and not _is_role_of_self(listener, match.start()):
                continue
            yield judged(listener, match, (start, end), "name")
    if "关于我们" in page.text or "我们是" in page.text:
        for match in list(_WE_MADE.finditer(page.text))[:MOST]:
            if may_name(listener, *match.span("name"), quoted=True):
                yield judged(listener, match, match.span("name"), "name")


def _known_names(listener: Listener) -> Iterator[Spoken]:
    """Yield known names in apposition to the speaker, or at the head of an answer without a word for it."""
    page = listener.page
    for match in list(_APPOSED_KNOWN.finditer(page.text))[:MOST]:
        known = page.at.get(match.end())
        if known is not None and known.is_name:
            named = Named(key=known.key, start=known.start, end=known.end, found=known)
            yield listener.judge(match.start(), named, "name", "han")
    first = page.found[0] if page.found else None
    alone = first is not None and first.start < 4 and len({one.key for one in page.found}) == 1 and not listener.own
    if alone and first is not None and first.is_name and re.match("[。,]", page.text[first.end :]):
        yield listener.judge(0, Named(key=first.key, start=first.start, end=first.end, found=first), "name", "han")


def _thanked(listener: Listener) -> list[Spoken]:
    """Return the first known house that a speech at an award thanks."""
    page = listener.page
    for match in list(_THANKS.finditer(page.text))[:MOST]:
        known = page.at.get(match.end())
        if (known is not None and known.is_maker and not known.is_name) or (
            known is not None and page.text[known.end : known.end + 1] == "的"
        ):
            named = Named(key=known.key, start=known.start, end=known.end, found=known)
            return _first(iter([listener.judge(match.start(), named, "maker", "han")]))
    return []


def _fellows(listener: Listener, said: list[Spoken]) -> list[Spoken]:
    """Return the houses that are joined to an unknown maker: "A and B built me together"."""
    page = listener.page
    found = []
    for one in said[:8]:
        joint = _JOINT.match(page.text, one.named.end) if one.part == "maker" and one.named.found is None else None
        if joint is None:
            continue
        done = DONE.search(page.text, joint.end() + 2, joint.end() + 30)
        stop = _STOP.search(page.text, joint.end())
        last = min(joint.end() + 20, stop.start() if stop else len(page.text))
        end = cut_at(page.text, joint.end(), done.start() if done else last)
        for span in houses_in(page.text, joint.end(), end, page.at, sure=False):
            found.append(listener.judge(one.named.start, named_in_han(listener, *span), "maker", "han"))
    return found


def _is_role_of_self(listener: Listener, at: int) -> bool:
    """Say whether a role with a quoted name is the speaker's: "I am the assistant 'X' that ... made"."""
    page = listener.page
    start = page.folded.sentence(at)[0]
    return _OWN_NAME.search(page.text, start, at + 1) is not None


def _makers(listener: Listener, ends: set[int]) -> Iterator[Spoken]:
    """Yield the houses that a phrase ties to the speaker, or to its name, of which `ends` are where it ends."""
    page = listener.page
    for pattern, sure in _MAKERS:
        for match in list(pattern.finditer(page.text))[:MOST]:
            start, end = match.span("by")
            done = DONE.search(page.text, start + 2, end)
            end = cut_at(page.text, start, done.start() if done else end)
            own = listener.own_between(start - 24, match.end()) or listener.is_own(match.start())
            own = own or any(start - back in ends for back in range(1, 4))
            if not (own or listener.own_between(end, page.folded.sentence(end)[1]) or _says_they(listener, match)):
                continue
            spans = houses_in(page.text, start, end, page.at, sure=sure)
            of = page.text.find("的", start + 2, end)
            if not spans and of > 0:
                spans = houses_in(page.text, start, of, page.at, sure=sure)
            spans = spans or firm_in(page.text, start, end, page.at)
            for span in spans:
                yield judged(listener, match, span, "maker")


def _says_they(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether a house that is only introduced is taken up later: "they taught me"."""
    return "一" in match[0][-30:] and _THEY_ME.search(listener.page.text, match.end(), match.end() + 400) is not None


def _bare(listener: Listener) -> Iterator[Spoken]:
    """Yield the name of an answer that is nothing else."""
    page = listener.page
    match = _BARE.fullmatch(page.text) or _BARE_SLUG.match(page.text)
    if match is None or _ANSWERS.search(match["name"]):
        return
    if FIRM_END.search(match["name"]) or "的" in match["name"]:
        for span in houses_in(page.text, *match.span("name"), page.at, sure="的" in match["name"]):
            yield judged(listener, match, span, "maker")
            return
    if len(match["name"]) <= 16 + 24 * match["name"].isascii() and may_name(
        listener, *match.span("name"), quoted=False
    ):
        yield judged(listener, match, match.span("name"), "name")
