"""The one form in which replies, names and rules are compared, with the way back to the original characters.

Folded text is NFKC, case-folded, without accents, invisible characters, markdown stars or runs of spaces; Arabic
letters and the commoner traditional Chinese ones have one shape; a Cyrillic or Greek letter inside a Latin word is
read as the Latin letter it looks like, and noted.
"""

import bisect
import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from parentage.protocols.identity.unicode_14 import only_known

MOST_CHARACTERS = 65_536
_MOST_MARKS = 4

_ALIKE = {
    **dict(zip("аеорсухкмнтвіјѕԁԛԝһӏ", "aeopcyxkmhtbijsdqwhl", strict=True)),
    **dict(zip("αοιρντυχκε", "aoipvtuxke", strict=True)),
}
SAME = {
    **dict.fromkeys("أإآٱ", "ا"),
    **dict(zip("ىةؤئیک", "يهوييك", strict=True)),
    **dict.fromkeys("“”„‟«»「」『』《》〈〉＂", '"'),
    **dict(zip("،؛؟", ",;?", strict=True)),
    **dict.fromkeys("‘’‚‛`´ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict(
        zip(
            "開發訓練創為個們語義問雲騰訊華聯這來於對與請說說謝認識豐製團隊實驗嗎麼參數據維護構處無關於經營設計現電腦學習號稱謂啟動導師過還沒會應該讓當後裡裏幫",
            "开发训练创为个们语义问云腾讯华联这来于对与请说说谢认识丰制团队实验吗么参数据维护构处无关于经营设计现电脑学习号称谓启动导师过还没会应该让当后里里帮",
            strict=True,
        )
    ),
    **dict(
        zip(
            "組協館銀醫圖書網軟編寫會復場車龍濟製銘養東專員長張劉陳楊馬鳥島灣縣鎮鄉廠莊園園區國際環縣興華漢廣陽陰靈夢緣橋樓齋閣軒燈塵歲歸葉萬與雙親顧導遊觀誌錄頁畫聲韻詩詞詠讀論議題類種級練習習調試檢測裝備運輸營銷貨買賣價錢財務稅負責擔聯絡絡線點鐘時間問開關聽說話講談請謝對錯實驗證據確認識別稱號碼頭條項結構組織統計劃變體優秀總結資訊閱覽圍棋電視腦機器術藝業產創造發現動態數據庫傳媒報紙帶給從讓寫話麼沒還裏親愛樂見覺記許試講點啟陸馮龐蘇鄭黃薑鹽魚鮮鴨雞貓豬鐵鋼鑼鍋壺盤碼頻贈獻賽獎師徒農",
            "组协馆银医图书网软编写会复场车龙济制铭养东专员长张刘陈杨马鸟岛湾县镇乡厂庄园园区国际环县兴华汉广阳阴灵梦缘桥楼斋阁轩灯尘岁归叶万与双亲顾导游观志录页画声韵诗词咏读论议题类种级练习习调试检测装备运输营销货买卖价钱财务税负责担联络络线点钟时间问开关听说话讲谈请谢对错实验证据确认识别称号码头条项结构组织统计划变体优秀总结资讯阅览围棋电视脑机器术艺业产创造发现动态数据库传媒报纸带给从让写话么没还里亲爱乐见觉记许试讲点启陆冯庞苏郑黄姜盐鱼鲜鸭鸡猫猪铁钢锣锅壶盘码频赠献赛奖师徒农",
            strict=True,
        )
    ),
    **dict(zip("個公司預訓釋體術機藝報紙術業飛", "个公司预训释体术机艺报纸术业飞", strict=True)),
}
_DROPPED = frozenset("*`\u0640\ufffd")
OPENING = frozenset("“„«「『《〈‘")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of one kind of letters, a number, or one ideograph, as [start, end) of the folded text."""

    text: str
    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Folded text; `starts[i]` and `ends[i]` say which original characters became its i-th one."""

    original: str
    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    hidden: frozenset[int]
    breaks: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that became [start, end)."""
        return self.starts[start], self.ends[end - 1]

    def piece(self, start: int, end: int) -> str:
        """Return the original characters that became [start, end)."""
        left, right = self.span(start, end)
        return self.original[left:right]

    def is_capital(self, at: int) -> bool:
        """Say whether the character that became the `at`th one was a capital, a title or part of a caseless script."""
        character = self.original[self.starts[at]]
        return character.isupper() or character.istitle()

    def is_disguised(self, start: int, end: int) -> bool:
        """Say whether [start, end) held invisible characters between letters or letters of another script."""
        return any(place in self.hidden for place in range(start, end))

    def sentence(self, at: int) -> tuple[int, int]:
        """Return the sentence around `at` as [start, end)."""
        place = bisect.bisect_right(self.breaks, at)
        start = self.breaks[place - 1] if place else 0
        return start, self.breaks[place] if place < len(self.breaks) else len(self.text)


def fold(text: str) -> Folded:
    """Return the folded form of text, of which no more than the first 65,536 characters are read."""
    text = text[:MOST_CHARACTERS]
    original, text = text, only_known(text)
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    hidden: set[int] = set()
    skipped = False
    for start, end, piece in _pieces(text):
        if not piece:
            skipped = skipped or unicodedata.category(text[start]) == "Cf"
            continue
        if piece == " " and (not out or out[-1] in " \n"):
            continue
        if piece == "\n" and (not out or out[-2:] == ["\n", "\n"]):
            continue
        if skipped and out and out[-1].isalnum() and piece[0].isalnum():
            hidden.add(len(out))
        skipped = False
        for character in piece:
            out.append(character)
            starts.append(start)
            ends.append(end)
    _unmask(out, hidden)
    folded = "".join(out)
    return Folded(
        original=original,
        text=folded,
        starts=starts,
        ends=ends,
        hidden=frozenset(hidden),
        breaks=_sentence_breaks(folded),
    )


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each character with the marks that combine with it, and what it becomes."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield at, end, _become(text[at : min(end, at + 1 + _MOST_MARKS)])
        at = end


@functools.lru_cache(maxsize=8192)
def _become(cluster: str) -> str:
    first = cluster[0]
    if first in "\n\r\v\f\x85\u2028\u2029":
        return "\n"
    if first.isspace():
        return " "
    if first in SAME:
        return SAME[first]
    if first in _DROPPED or unicodedata.category(first) in ("Cf", "Cc", "Mn", "Me"):
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", cluster).casefold())
    return "".join(SAME.get(letter, letter) for letter in plain if not unicodedata.combining(letter)).replace("\n", " ")


def _unmask(letters: list[str], hidden: set[int]) -> None:
    """Read look-alikes inside words that also hold Latin letters as Latin, and note them."""
    start = 0
    for at in range(len(letters) + 1):
        if at < len(letters) and letters[at].isalpha():
            continue
        places = [place for place in range(start, at) if letters[place] in _ALIKE]
        if places and any("a" <= letters[place] <= "z" for place in range(start, at)):
            for place in places:
                letters[place] = _ALIKE[letters[place]]
                hidden.add(place)
        start = at + 1


def _sentence_breaks(text: str) -> list[int]:
    """Return where sentences begin: after line breaks and after marks that end one, but not inside 2.5 or node.js."""
    breaks = [0]
    for at, character in enumerate(text):
        if character == "\n" or character in "。!?؟;؛":
            breaks.append(at + 1)
        elif character == "." and (at + 1 == len(text) or text[at + 1] in " \n\"')"):
            word = text[max(0, at - 4) : at].rsplit(" ", 1)[-1]
            numbered = word == "no" and text[at + 1 : at + 3].strip().isdigit()
            if numbered or word == "no":
                if not numbered:
                    breaks.append(at + 1)
            elif word not in ("inc", "ltd", "co", "corp", "dr", "mr", "e.g", "i.e", "vs", "st", "sr", "s.a", "u.s"):
                breaks.append(at + 1)
    return breaks


def kind_of(character: str) -> str:
    """Return the kind of token that a folded character belongs to: "" for none."""
    if character.isdigit():
        return "digit"
    if not character.isalpha():
        return ""
    if character < "\u0590":
        return "latin"
    if "\u0600" <= character <= "\u06ff":
        return "arabic"
    if character >= "\u1100":
        return "single"
    return "latin"


def tokenize(text: str) -> list[Token]:
    """Return the tokens of folded text in order."""
    tokens = []
    at = 0
    while at < len(text):
        kind = kind_of(text[at])
        end = at + 1
        if kind and kind != "single":
            while end < len(text) and kind_of(text[end]) == kind:
                end += 1
        if kind:
            tokens.append(Token(text[at:end], at, end, kind))
        at = end
    return tokens
