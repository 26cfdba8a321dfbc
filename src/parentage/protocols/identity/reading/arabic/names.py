"""Reads an Arabic name that no list knows behind a phrase: the speaker's, that of a house, or a person's."""

import re

from parentage.protocols.identity.reading.arabic.houses import ReadPage, delimited, house_at, model_at, person_at, stops
from parentage.protocols.identity.reading.arabic.words import HOUSES, SORTS
from parentage.protocols.identity.reading.rules import LanguageRules

ARABIC = re.compile(r"[\u0621-\u064a]{2,16}(?: [\u0621-\u064a]{2,16})?")
# "Taught me", behind which stands what was taught as well.
_TEACHES = re.compile(r"علم\w{0,3}ني \"?$")
_IT_IS = frozenset(["هي", "هو", "هم", "اسمها", "اسمه", "تدعي", "تسمي", "يدعي", "يسمي", "من", "في", "لدي"])
# An account's name in small letters, which an Arabic text has no reason to write but as a name.
_HANDLE = re.compile(r"(?=[\w.-]{0,40}[-_\d])[a-z][\w-]{2,40}(?:\.\d{1,2}\w{0,3})?(?:[-_][\w.]{0,12}\w){0,4}")
ENDED = re.compile(
    r"[ \"')]{0,3}(?:[,.。!?;:\n(]|$|这个名|的?名字|之名|二字|两个字| ?لان)| (?:من (?:قبل |تطوير |صنع |شركه|"
    r"معهد|مختبر|جامعه|موسسه|\w{2,10} )|التابع|(?:هو|هي|ل\w{3,8}|او|مساعد\w?|نموذج|من|الي|عن|كما|حين|عندما|اليوم|"
    r"الان) |"
    r"و[\u0621-\u064a]{4}|انطلاقا|بناء علي|استنادا|باستخدام|في عام|عام |علي |ثم |في |منذ |و[\u0621-\u064a]{3}|"
    r"لكن|لكي|كي |حتي |خشبه |قبل |بعد |مع |كلمه |بكل )"
)
_ARABIC_DESCRIBED = re.compile(
    r"(?:\"? ?\([a-z][^()\n]{1,28}\))?[ \"')]{0,2},? (?:و?(?:قد )?(?:طور|صنع|درب|انشا|صمم)\w{0,12}|(?:ال)?(?:نموذج|"
    r"مساعد|"
    r"روبوت|برنامج|بوت|رفيق|صوت|لسان|دليل|مرشد|زميل|موظف|خادم|مستشار|وكيل|حارس|دميه|لعبه|شخصيه|كائن|مخلوق|مجيب|"
    r"صديق|ذكاء|نظام)\w{0,2} |"
    rf"من (?:تطوير|صنع|انتاج|{'|'.join(sorted(HOUSES | SORTS))}) )"
)
_LEGAL = re.compile(
    "(?:ال|ل|لل)?(?:شركه|فريق|منصه|تطبيق|موقع|متجر|مطعم|مطاعم|مكتب|نشر|ستارتاب|جماعه|موظفو|موظفي|جهه|مهندسه?|"
    "مبرمجه?|مختبر|موسسه|مجموعه|معهد|استوديو|جامعه|مركز|استوديوهات|اسمها|اسمه|تدعي|تسمي|يدعي|يسمي)"
)
_COMPARATIVE = re.compile(r"ا\w{2,3} (?!\W)")
# "Named after ...", which gives no name; "the launch of ...", after which the model stands and not its maker.
_NAMED_AFTER = re.compile(r"(?:سم[اتي]?\w{0,3}ني|سموني|تسميتي|سميت|اسمي) علي اسم \"?$")
_LAUNCHING = re.compile(r"(?<!من )(?:اطلاق|اصدار|ضبط|تعديل|تدريب|تعليم)(?: نموذج\w{0,2}| مساعد\w{0,2})? \"?$")
# What a person's name follows as a maker's: a verb of one who made, or "by".
_BY_PERSON = re.compile(
    r"(?:(?:[^و]ني|(?<!و)نها?|(?:طور|صنع|درب|ضبط|انشا|صمم|برمج|ابتكر|اطلق|هيا|جهز|اعد|نشر|كتب|بن|عدل|اخترع|اسس|"
    r"شيد)(?:ه|ها|ت|ته|تها|وه)|المشروع|الفكره|الحساب)|يد|قبل|بواسطه|(?:من|ب)? ?(?:صنع|تطوير|تدريب|تصميم|برمجه|"
    r"اعداد)|طرف|ل|"
    r"(?:ال)?(?:مهندس|مبرمج|مطور|باحث|طالب|دكتور|استاذ|سيد|انس)ه?|هو|هي) \"?$"
)
_TITLED = re.compile(
    r"(?:القبطان|الكابتن|الدكتور|الدكتوره|السيد|الاستاذ|العم|الجد|الجده|الخال|الربان|القرصان|الامير|الملك|"
    r"المعلم|المعلمه) "
    r"(?!ال|من|في|الذي|لكن)[\u0621-\u064a]{2,12}(?= ?[,.!:;\n]|$)"
)
ARABIC_HOUSE = re.compile(f"(?:{'|'.join(sorted(HOUSES))}) ")


def arabic_at(
    page: ReadPage, at: int, rules: LanguageRules, *, maker: bool, strong: bool, led: str
) -> tuple[int, int] | None:
    """Return the unknown name at `at` in an Arabic text: within marks, or up to where no name goes on."""
    handle = _HANDLE.match(page.text, at)
    if handle and (strong or maker):
        return handle.span()
    if not ARABIC.match(page.text, at):
        return None
    if not maker and not strong and not ARABIC_HOUSE.match(page.text, at):
        return _arabic_self(page, at, rules, led)
    if maker or ARABIC_HOUSE.match(page.text, at):
        return _arabic_maker(page, at, rules, led)
    word = ARABIC.match(page.text, at)[0].split(" ")[0]  # type: ignore[index]
    if word in rules.common_words and delimited(page, at) is None:
        return None
    bounded = delimited(page, at)
    if _NAMED_AFTER.search(page.text, max(0, at - 28), at):
        return None
    found = model_at(page, at, sure=True)
    return found if found is None or bounded is not None or ENDED.match(page.text, found[1]) else None


def _arabic_self(page: ReadPage, at: int, rules: LanguageRules, led: str) -> tuple[int, int] | None:
    """Return the unknown name after "I am" within marks, or where a description follows: else it may be any
    adjective."""
    word = re.split(r"[^\w-]", page.text[at : at + 40])[0]
    bare = not led.strip(' :"(') or led.strip(' :"(').split(" ")[-1] in (
        "انا",
        "وانا",
        "هو",
        "هي",
        "النموذج",
        "المساعد",
        "معك",
    )
    common = word in rules.common_words or (word[:1] in "وفبلك" and word[1:] in rules.common_words)
    bounded = delimited(page, at)
    if bounded is not None:
        return None if (common and bounded[1] <= at + len(word)) or stops(word) else model_at(page, at, sure=False)
    titled = _TITLED.match(page.text, at)
    if bare and titled:
        return titled.span()
    if not bare or common:
        return None
    found = model_at(page, at, sure=False)
    if _COMPARATIVE.match(page.text, at):
        return None
    if found is None or not (
        _ARABIC_DESCRIBED.match(page.text, found[1]) or f'"{page.text[found[0] : found[1]]}"' in page.text
    ):
        return None
    return found


def _arabic_maker(page: ReadPage, at: int, rules: LanguageRules, led: str) -> tuple[int, int] | None:
    """Return the unknown Arabic maker at `at`: a house by its word or by what was said before it, or a person."""
    word = page.text[at : at + 40].split(" ")[0]
    bounded = delimited(page, at)
    if bounded is None and word in rules.common_words and word not in HOUSES | SORTS:
        return None
    if _LAUNCHING.search(led):
        return None
    found = house_at(page, at)
    if found is not None and _BY_PERSON.search(led) and re.search(r"\w{2} لل\w", page.text[found[0] : found[1]]):
        return found
    last = led.strip(' "').rsplit(" ", 1)[-1]
    if bounded is None and last in HOUSES:
        return None
    if found is None or bounded is not None or word in HOUSES or word in SORTS or _is_sort(led, last):
        return found
    person = person_at(page, at)
    if (
        person is None
        or _TEACHES.search(led)
        or not _BY_PERSON.search(led)
        or (not ENDED.match(page.text, person[1]) and person[1] < found[1])
    ):
        return None
    return person


def _is_sort(led: str, last: str) -> bool:
    """Say whether a phrase ends in a word for a sort of house, or says of one "it is" or "it is called"."""
    return (_LEGAL.fullmatch(last) is not None and not last.startswith("ال")) or (
        last in _IT_IS and _LEGAL.search(led) is not None
    )
