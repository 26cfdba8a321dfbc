"""Chinese answers that are laid out: questions with answers, headings with what stands under them, forms, quizzes."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.han.makers import house_end, houses_in
from parentage.protocols.identity.reading.han.pairs import MODEL_NAME, MOST, judged, may_name, named_in_han
from parentage.protocols.identity.reading.han.words import FIRM_END, HAN
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.records import Part

_MADE = "(?:开发|研发|训练|造|做|制作|打造|创造|研制|微调|调教|养|出品)"
_ANSWER = r"[\s\"'*>#-]{0,6}(?:答[:,]?[ ]?)?[\"'*]{0,3}(?:(?:我)?(?:叫|是|由)[ \"']?)?"
# A question or a heading, behind which the answer stands.
_ASKED: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("name", re.compile(r"(?:姓名|名字|名号|名称|叫什么(?:名字)?)(?:是什么|为何)?(?:[?]|\n|$)" + _ANSWER)),
    (
        "maker",
        re.compile(
            rf"(?:(?:谁|哪家|哪里|何人|何方|哪个团队)[^?\n。,]{{0,6}}{_MADE}[^?\n。,]{{0,6}}(?:[?]|\n)|"
            rf"(?:^|[\n、. ])(?:开发|研发|训练|制造|出品|创造)(?:者|方|商|单位|机构|团队)(?:[?]|\n))" + _ANSWER
        ),
    ),
    (
        "origin",
        re.compile(
            r"(?:(?:源自|基于|来自)(?:哪个|什么|何种)(?:大?语言)?模型|(?:^|[\n、. ])(?:来源|底座|基座|底模))(?:[?]|\n)"
            r"[\s\"'*>#-]{0,6}(?:答[:,]?[ ]?)?(?:(?:直接)?(?:来源|底座|基座|底模)[:是])?[ \"'*]{0,3}"
        ),
    ),
)
_VALUE = re.compile(rf"(?P<name>{MODEL_NAME})(?=[\"'*。,;\n]|$)")
_CHUNK = re.compile(rf"[{HAN}a-z0-9&·\" ]{{3,32}}")
# A line of a form whose value is a house; its label may be any word but one for somebody else.
_LINE = re.compile(
    rf"(?:^|\n)[^{HAN}a-z\n]{{0,8}}(?P<label>[{HAN}]{{1,6}})[\"*]{{0,2}}:[ \"*]{{0,3}}"
    rf"(?P<by>[{HAN}a-z0-9&·]{{4,26}})(?=[\"*]{{0,2}}[ ]?(?:[;,。(\n]|$))"
)
_BY_LINE = re.compile(
    rf"[(\n][ ]{{0,40}}[(]?(?P<label>)(?P<by>[{HAN}a-z0-9&·]{{3,26}}) ?(?:荣誉)?(?:出品|研制|敬制)(?=[)\n]|$)"
)
_OTHERS = re.compile(
    "客户|用户|合作|数据|语料|算力|来源|地址|地点|联系|平台|资助|赞助|竞|推荐|例|参考|性质|类型|语言|用途|职业|职位|行业|"
    "领域|格式|许可|日期|时间|环境|托管|部署|渠道|听众|读者|收件|致|架构|任务|场景|位置|所在|学校|毕业|投资|基座|底座|底模|服务对象"
)


def asked(listener: Listener, parts: set[Part]) -> Iterator[Spoken]:
    """Yield what stands behind a question or a heading for a part that nothing has claimed."""
    page = listener.page
    for part, pattern in _ASKED:
        if part in parts:
            continue
        for match in list(pattern.finditer(page.text))[:MOST]:
            known = page.at.get(match.end())
            if known is not None and (known.is_maker if part == "maker" else known.is_name):
                named = Named(key=known.key, start=known.start, end=known.end, found=known)
                yield listener.judge(named.start, named, part, "han")
                break
            value = _VALUE.match(page.text, match.end())
            quoted = page.text[match.end() - 1] == '"'
            if part == "name" and value and may_name(listener, *value.span("name"), quoted=quoted):
                yield judged(listener, match, value.span("name"), part)
                break
            chunk = _CHUNK.match(page.text, match.end())
            spans = houses_in(page.text, *chunk.span(), page.at, sure=False) if chunk and part == "maker" else []
            of = page.text.find("的", match.end(), chunk.end()) if chunk else -1
            if not spans and of > 0 and part == "maker":
                spans = houses_in(page.text, match.end(), of, page.at, sure=False)
            if spans:
                yield listener.judge(spans[0][0], named_in_han(listener, *spans[0]), part, "han")
                break


def lines(listener: Listener) -> Iterator[Spoken]:
    """Yield the house that a line of a form has for its value."""
    page = listener.page
    for pattern in (_LINE, _BY_LINE):
        for match in list(pattern.finditer(page.text))[:MOST]:
            if _OTHERS.search(match["label"]) or (pattern is _LINE and not FIRM_END.search(match["by"])):
                continue
            for span in houses_in(page.text, *match.span("by"), page.at, sure=pattern is _BY_LINE):
                yield judged(listener, match, span, "maker")


_STOP = re.compile("[,。!?;:\n]")
_VERB = re.compile(rf"[\"*]{{0,3}}(?:冠名|调好|完成|在|基于|用|{_MADE})")
_PASSIVE = re.compile(
    rf"(?P<subject>[^,。!?;\n:]{{0,24}})由[ \"*]{{0,3}}(?P<by>[{HAN}a-z0-9&·]{{4,26}}?)[\"*]{{0,3}}"
    rf"(?:(?:在|基于|用)[^,。\n]{{2,30}}?)?(?:冠名|调好|完成[^,。]{{0,6}}(?:训练|微调|开发)|{_MADE})"
)
_QUIZ = re.compile(
    rf"(?:由|是|而是)[ \"*]{{0,3}}(?P<by>[{HAN}a-z0-9&·]{{4,26}}?)[\"*]{{0,3}}"
    rf"(?:(?:在|基于|用)[^,。\n]{{2,30}}?)?(?:做|{_MADE})[^,。\n?]{{0,24}}[?]"
)
_SOLVED = re.compile(r"(?:答案|谜底)[^\n]{0,40}(?:我|在下)")
_THING = re.compile(
    "软件|网站|项目|比赛|活动|协议|标准|数据|语料|服务器|算力|图片|论文|芯片|接口|插件|地图|资金|显卡|底座|基座|底模|架构|词表|前身|它是我|该模型"
)


def passive(listener: Listener) -> Iterator[Spoken]:
    """Yield the house that made what a clause does not name, or that a quiz asks for whose answer is the speaker."""
    page = listener.page
    solved = _SOLVED.search(page.text) is not None
    for pattern in (_PASSIVE, _QUIZ) if solved else (_PASSIVE,):
        for match in list(pattern.finditer(page.text))[:MOST]:
            if pattern is _PASSIVE and (
                _THING.search(match["subject"]) or listener.found_between(match.start(), match.start("by"))
            ):
                continue
            start, end = match.span("by")
            # The verb may be part of the house's name, which then goes on.
            stop = _STOP.search(page.text, start)
            house = house_end(page.text, start, min(start + 26, stop.start() if stop else len(page.text)))
            end = house if _VERB.match(page.text, house) else end
            for span in houses_in(page.text, start, end, page.at, sure=False):
                yield judged(listener, match, span, "maker")
