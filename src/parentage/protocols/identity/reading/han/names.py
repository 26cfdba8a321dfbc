"""Reads the name of a model that follows a phrase of Chinese: in its own letters, or in Latin ones."""

import re
from typing import TYPE_CHECKING

from parentage.protocols.identity.reading.han.makers import DONE, is_title, name_span, quoted_at
from parentage.protocols.identity.reading.han.plain import may_be_name
from parentage.protocols.identity.reading.rules import LanguageRules

if TYPE_CHECKING:
    from parentage.protocols.identity.reading.names import Page

_BETWEEN_HAN = re.compile(r"[ \"')]{0,3}(?:[\u3400-\u9fff,、.。!;:\n(~\u2600-\u27bf\U0001f300-\U0001faff-]|$)")
_RUNS_ON = re.compile(r"(?:(?![由是一的和与吧哦呀啦呢也就在跟及,])[\u3400-\u9fff]| (?:项目|平台|团队|公司|课堂))")
_LOWER_SELF = re.compile(
    r"[a-z][a-z0-9_-]{2,20}(?=[\"')]{0,2} ?,? ?(?:一[个款名位]|由|你的|您的|是一|[a-z0-9_]{0,1},由))"
)
_MEASURED = re.compile(r"一[个款名位种家群支块只]$")
_LATIN = re.compile(r"[a-z][a-z0-9'.&+-]{0,39}")
_FOUNDS = re.compile("[^,。!?\n]{0,48}?(?:创立|创办)")
_SHORT_FOR = re.compile('[^"\n]{0,60}"的(?:缩写|简称|首字母|意思)')
_NO_BLEND = re.compile("[的是来自由与和]|公司|团队")
_AS_ROLE = re.compile("身份|(?:您|你|大家|各位)的$")
_ROLE = re.compile("(?:助手|助理|客服|机器人|顾问|向导|管家|专家|模型|程序|[员师官])$")
_NOUNS = "人者师儿生员手客迷物品派果"
_PLAIN = re.compile(
    "^[初终草]稿|请|随时|欢迎|可以|帮[您你]|高兴|谢谢|弄错|误会|模型|助手|智能|机器|程序|"
    "一(?!号)|[你您我他人这了没不谁的在会能有为由被个来]|^(?:[了过着得地上]|下了)|[了过着]$|什么|开发|训练|语言|系统"
)
_NEXT = re.compile(
    r"(?: |-|(?<=[a-z]) ?& ?)(?P<word>[a-z][a-z0-9'.+-]{0,24}|v?\d{1,3}(?:\.\d{1,2})?[a-z]{0,2}(?![\w.]))"
)


def _last_latin(page: "Page", end: int, rules: LanguageRules) -> int:
    """Return the end of a Latin name of several words, each with a capital or a number."""
    for _ in range(5):
        word = _NEXT.match(page.text, end)
        if word is None or word["word"] in rules.common_words:
            break
        at = word.start("word")
        if not (page.folded.is_capital(at) or page.text[at].isdigit()) or at in page.at:
            break
        end = word.end()
    while page.text[end - 1] in ".'&+-":
        end -= 1
    return end


def latin_in_han(page: "Page", at: int, rules: LanguageRules, *, maker: bool, strong: bool) -> tuple[int, int] | None:
    """Return the Latin name at `at` of Chinese text, which a Chinese letter ends as a blank does."""
    text = page.text
    latin = _LATIN.match(text, at)
    if latin is None or latin[0].rstrip("'.&+-") in rules.common_words:
        return None
    if text[at - 1 : at] == '"' and (is_title(text, at) or _SHORT_FOR.match(text, latin.end())):
        return None
    if not page.folded.is_capital(at):
        lower = strong and not maker and not latin[0].isdigit()
        if not (lower or (not maker and _LOWER_SELF.match(text, at))):
            return None
    founds = _FOUNDS.match(text, at) if maker else None
    if founds and not DONE.search(text, at, founds.end()):
        return None
    end = _last_latin(page, latin.end(), rules)
    if not maker and _RUNS_ON.match(text, end):
        return None
    return (at, end) if _BETWEEN_HAN.match(text, end) else None


def _is_blend(page: "Page", start: int, end: int) -> bool:
    """Say whether a quoted name only has a known one as its last part: "MyCity-Grok"."""
    known = next((page.at[place] for place in range(start, end) if place in page.at), None)
    if known is None or known.start == start or known.end != end:
        return False
    before = page.text[start : known.start]
    return before[-1] != " " and not _NO_BLEND.search(before) and may_be_name(before)


def han_name(page: "Page", at: int, rules: LanguageRules, led: str, *, strong: bool) -> tuple[int, int] | None:
    """Return the unknown Chinese name at `at`, if quotation marks or the clause's end set it apart."""
    text = page.text
    quoted = quoted_at(text, at)
    if quoted is not None:
        known = any(place in page.at for place in range(*quoted)) and not _is_blend(page, *quoted)
        return None if known or is_title(text, at) else quoted
    if text[at] in "做作为" and led.endswith("叫"):
        at += 1
    span = name_span(text, at)
    if span is None or _MEASURED.search(text, max(0, at - 2), at) or any(place in page.at for place in range(*span)):
        return None
    name = text[at : span[1]]
    if _AS_ROLE.search(text, max(0, at - 8), at) and _ROLE.search(name):
        return None
    if len(name) < 2 or _PLAIN.search(name) or not may_be_name(name):
        return None
    often = text.count(name) > 1 and len(name) > 2
    if name in rules.common_words or name.split(" ")[0] in rules.common_words:
        return None
    if name[-1] in _NOUNS and not often and not strong:
        return None
    return span[0] + (at - span[0]), span[1]
