"""Reads the name that follows a phrase: a known one, or an unknown one that is written as names are."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from parentage.protocols.identity.lexicon import Found, Lexicon
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.text import Folded, fold
from parentage.protocols.identity.unicode_14 import only_known

_SKIPPED = re.compile(r"[ \"'(\[:#_|<=]{0,6}")
_WORD = re.compile(r"[^\W\d_][\w'.&+-]{0,39}")
_JOINED = re.compile(r" (?:(?:of|the|for|de|da|do|del|des|du|la|e|y|et|and|&|in) ){1,2}")
_OF = re.compile(r" (?:d[aeo]s?|del|du|des|of)(?: (?:la|los|las|les|the))? ")
HOUSE_FIRST = frozenset(
    [
        *("grupo", "estudio", "laboratorio", "taller", "instituto", "casa", "fabrica", "oficina", "fundacion"),
        *("fundacao", "universidad", "universidade", "atelier", "ateliers", "institut", "maison", "compagnie"),
        *("studio", "laboratoire", "societe", "fondation", "coletivo", "colectivo", "cooperativa", "astillero"),
        *("astilleros", "estaleiro", "compania", "companhia", "university", "institute", "talleres", "laboratorios"),
        *("banque", "librairie", "bibliotheque", "hopital", "musee", "hotel", "mairie", "museo", "museu", "livraria"),
        *("libreria", "biblioteca", "hospital", "clinica", "prefeitura", "ayuntamiento", "museum", "library"),
        *(
            "groupe",
            "atelie",
            "collectif",
            "academia",
            "centro",
            "centre",
            "escola",
            "escuela",
            "ecole",
            "bank",
            "banco",
        ),
    ]
)
_HOUSE_LAST = frozenset(
    ["ai", "network", "france", "ia", "china", "open", "learning", "research", "intelligence", "language", "company"]
)
_CALLED_SO = re.compile(
    r"(?:chamad[oa]|llamad[oa]|nommee?|appelee?|se llama|se chama|s'appelle|denominad[oa])(?: de)? ?\"?$"
)
_HAN_CALLED = re.compile(r"(?:名?叫做?|名为|叫作) ?\"?$")
_HAN_NAMED = re.compile(
    r"[\u3400-\u9fff·]{2,8}?(?=[,。;!、\n\"(]|的(?:程序员|工程师|学生|老师|研究员|年轻人|人|公司|团队|小组|教授)|$)"
)
_HAN = re.compile(r"[\u3400-\u9fff·]{2,14}")
_HAN_MAKER = re.compile(
    r"(?:(?!由|名叫|一家)[\u3400-\u9fff]){2,18}?(?:(?:科技|技术|信息|网络|智能)?(?:股份)?(?:有限)?公司|实验室|科技|大学|"
    r"研究院|研究所|集团|工作室|联盟|银行|研究中心|基金会|学院|(?<!开发)(?<!研发)(?<!研究)(?<!专业)(?<!技术)(?<!工程师)(?<!的)团队|小组|工坊|(?<!人工)智能(?!助手|模型|体|机器|客服|对话|小|聊天|[\u4e00-\u9fff]{0,6}(?:公司|科技|实验室|研究院))|书店|医院|博物馆|图书馆|酒店|出版社|电视台)"
)
_HAN_BY = re.compile(r"[\u3400-\u9fff]{1,8}由")
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]")
_MEASURED = re.compile(r"一[个款名位种家群支块只]$")
_TRANSCRIBED = re.compile(r"[\u0621-\u064a\u3400-\u9fff][\u0621-\u064a\u3400-\u9fff ·-]{1,28}[(\[]\"?")
_GLOSSED = re.compile(r" ?[(\[\"]{1,2}")
_PREFIXED_HOUSE = re.compile(r"(?:و|ل|ب|لل|ال)(?=(?:معهد|مختبر|مختبرات|جامعه|مركز|استوديو|بنك|موسسه|شركه) )")
_HAN_WHICH = re.compile("[哪谁某何我你]|什么|一[家个支群]|这[家个]|那[家个]|工程师|研究人员")
_HAN_NOUNS = "人者师儿生员手客迷物品派果"
_HAN_PLAIN = re.compile(
    "请|随时|欢迎|可以|帮[您你]|高兴|谢谢|弄错|误会|模型|助手|智能|机器|程序|"
    "[你您我他人一这没不谁的在会能有为由被个来]|什么|开发|训练|语言|系统"
)
_ARABIC = re.compile(r"[\u0621-\u064a]{2,16}(?: [\u0621-\u064a]{2,16})?")
_PEOPLE = re.compile(
    r"(?:[a-z'-]{3,16} ){1,3}(?:(?:of|at|from|within|del?|d[aou]s?|des|chez|n[ao]s?|em) |d')|"
    r"(?:[\u0621-\u064a]{3,12} ){1,3}(?:من|في|لدي) "
)
_NO_PEOPLE_TEXT = (
    "fans fan help means way instead behalf former ex antiguos antiguas ancien anciens antigos rivals "
    "competitors style spirit data "
    "influence ayuda ajuda aide using with con com avec estilo imitation like and y e et that which que "
    "qui because after "
    "based basado baseado base sur sobre over version versao انطلاقا استنادا بناء اعتمادا مثل بيانات مع مساعده اسلوب"
)
_NO_PEOPLE = frozenset(_NO_PEOPLE_TEXT.split())
_BETWEEN_HAN = re.compile(r"[ \"')]{0,3}(?:[\u3400-\u9fff,、.。!;:\n(-]|$)")
_ENDED = re.compile(
    r"[ \"')]{0,3}(?:[,.。!?;:\n(]|$|这个名|的?名字|之名|二字|两个字| ?لان)| (?:من (?:قبل |تطوير |صنع |شركه|"
    r"معهد|مختبر|جامعه|موسسه)|التابع|"
    r"و[\u0621-\u064a]{4}|انطلاقا|بناء علي|استنادا|باستخدام|في عام|عام |علي |ثم |في |منذ |و[\u0621-\u064a]{3}|"
    r"لكن|لكي|كي |حتي |خشبه |قبل |بعد |مع |كلمه |بكل )"
)
_ARABIC_DESCRIBED = re.compile(
    r"[ \"')]{0,2},? (?:و?(?:قد )?(?:طور|صنع|درب|انشا|صمم)\w*|(?:ال)?(?:نموذج|مساعد|روبوت|برنامج|بوت|رفيق|"
    r"صديق|ذكاء|نظام)\w{0,2} |"
    r"من (?:تطوير|صنع|انتاج|شركه|معهد|مختبر|جامعه|موسسه) )"
)
_LEGAL = re.compile(
    "شركه|فريق|جهه|مهندسه?|مبرمجه?|مختبر|موسسه|مجموعه|معهد|استوديو|جامعه|مركز|استوديوهات|اسمها|اسمه|تدعي|تسمي|يدعي|يسمي"
)
_HOUSE_OF = re.compile(
    r"(?:بنك|معهد|مختبرات|مختبر|جامعه|مركز|استوديو|اكاديميه) [\u0621-\u064a]{3,12}(?: (?:ال|لل|"
    r"ل)[\u0621-\u064a]{3,14}){1,3}"
)
_TITLED = re.compile(
    r"(?:القبطان|الكابتن|الدكتور|الدكتوره|السيد|الاستاذ|العم|الجد|الجده|الخال|الربان|القرصان|الامير|الملك|"
    r"المعلم|المعلمه) "
    r"(?!ال|من|في|الذي|لكن)[\u0621-\u064a]{2,12}(?= ?[,.!:;\n]|$)"
)
_ARABIC_HOUSE = re.compile(
    "(?:بنك|معهد|مختبر|مختبرات|جامعه|مركز|استوديو|استوديوهات|اكاديميه|ورشه|موسسه|دار|بيت|مكتبه|متجر|مطعم|فندق|"
    "مستشفي|صحيفه) "
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name at [start, end) of folded text; `found` is None for an unknown one."""

    key: str
    start: int
    end: int
    found: Found | None


@dataclass(slots=True, kw_only=True)
class Page:
    """A reply's answer, folded, with the known names in it."""

    folded: Folded
    lexicon: Lexicon
    found: Sequence[Found]
    at: dict[int, Found] = field(default_factory=dict)
    cased: bool = True

    @property
    def text(self) -> str:
        """The folded text."""
        return self.folded.text


def open_page(answer: str, lexicon: Lexicon) -> Page:
    """Return the page of an answer."""
    folded = fold(answer)
    found = lexicon.find(folded)
    cased = any(match[0].isupper() for match in _INITIAL.finditer(only_known(folded.original)))
    page = Page(folded=folded, lexicon=lexicon, found=found, cased=cased)
    page.at = {one.start: one for one in found if is_written_as_name(page, one)}
    return page


def is_written_as_name(page: Page, one: Found) -> bool:
    """Say whether an ambiguous name is written as a name: with a capital wherever there are any."""
    if not one.ambiguous or not page.cased:
        return True
    first = page.text[one.start]
    return not ("a" <= first <= "z") or page.folded.is_capital(one.start)


def skip(page: Page, at: int) -> int:
    """Return where the next word begins after quotation marks and brackets."""
    match = _SKIPPED.match(page.text, at)
    return match.end() if match else at


def known_at(page: Page, at: int) -> Found | None:
    """Return the known name that begins at `at`, or behind an Arabic prefix there."""
    for place in range(at, min(at + 4, len(page.text))):
        if place in page.at:
            return page.at[place]
        prefixed = page.text[place] == " " and place == at + 1
        if not ("\u0600" <= page.text[place] <= "\u06ff" or prefixed):
            break
    return None


def is_arabic_house(page: Page, at: int) -> bool:
    """Say whether an Arabic word for an institution, which is part of its name, stands at `at`."""
    return _ARABIC_HOUSE.match(page.text, at) is not None


def walk(page: Page, at: int, rules: LanguageRules, *, people: bool = False) -> tuple[int, bool]:
    """Return where the name would begin after ordinary words, and whether one of them denied it.

    With `people` also after those whom no list of words has: "the carpenters of".
    """
    denied = False
    at = skip(page, at)
    for _ in range(16):
        if known_at(page, at) is not None:
            break
        match = rules.negation_pattern.match(page.text, at)
        if match and not _is_unknown_name_word(page, at, match.end(), rules):
            denied = True
        else:
            match = rules.plain_pattern.match(page.text, at)
            if match and _ARABIC_HOUSE.match(page.text, at) and not known_at(page, match.end()):
                break
            if not match or _is_unknown_name_word(page, at, match.end(), rules):
                match = _PEOPLE.match(page.text, at) if people else None
                if match is None or (page.folded.is_capital(at) and page.cased and page.text[at].isascii()):
                    break
                if any(word in _NO_PEOPLE for word in match[0].split()):
                    break
        at = skip(page, match.end())
    return at, denied


def _is_unknown_name_word(page: Page, at: int, end: int, rules: LanguageRules) -> bool:
    """Say whether an ordinary word is here the beginning of a name: "Open Sky Alliance"."""
    if not rules.spaced or not page.folded.is_capital(at):
        return False
    word = _WORD.match(page.text, at)
    if word is None or (word[0] in rules.common_words and word[0] not in HOUSE_FIRST):
        return False
    if word[0] in HOUSE_FIRST and (joint := _OF.match(page.text, word.end())):
        return page.folded.is_capital(joint.end())
    after = word.end() + 1
    return after < len(page.text) and page.text[word.end()] == " " and page.folded.is_capital(after)


def name_at(page: Page, at: int, rules: LanguageRules, *, maker: bool, strong: bool, led: str = "") -> Named | None:
    """Return the name that begins at `at`, or None. `led` is the text since the phrase."""
    known = known_at(page, at)
    house = _HAN_MAKER.match(page.text, known.start) if maker and known is not None and not known.is_maker else None
    if known is not None and house is not None and house.end() > known.end and "的" not in house[0]:
        return Named(key="unknown:" + house[0], start=house.start(), end=house.end(), found=None)
    if known is not None and not _goes_on(page, known, rules, maker=maker):
        return Named(key=known.key, start=known.start, end=known.end, found=known)
    script = _TRANSCRIBED.match(page.text, at) if not maker else None
    glossed = page.at.get(script.end()) if script else None
    if glossed is not None and glossed.is_name:
        return Named(key=glossed.key, start=glossed.start, end=glossed.end, found=glossed)
    unknown = _unknown_at(page, at, rules, maker=maker, strong=strong, led=led)
    if unknown is None:
        return None if known is None else Named(key=known.key, start=known.start, end=known.end, found=known)
    start, end = unknown
    gloss = _GLOSSED.match(page.text, end)
    glossed = page.at.get(gloss.end()) if gloss else None
    if glossed is not None and (glossed.is_maker if maker else glossed.is_name):
        return Named(key=glossed.key, start=glossed.start, end=glossed.end, found=glossed)
    key = page.lexicon.key_of(page.folded.piece(start, end)) or "unknown:" + _written(page, start, end)
    return Named(key=key, start=start, end=end, found=None)


def _written(page: Page, start: int, end: int) -> str:
    """Return an unknown name without capitals, but with its accents, unless it was disguised."""
    if page.folded.is_disguised(start, end):
        return page.text[start:end]
    kept = (letter for letter in page.folded.piece(start, end) if letter not in "*`" and letter.isprintable())
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).casefold().split())


def _goes_on(page: Page, known: Found, rules: LanguageRules, *, maker: bool) -> bool:
    """Say whether a word only begins a longer name of another maker: "Solar Winds Institute", "Nimbus Works"."""
    after = known.end + 1
    plain = not known.ambiguous and (known.is_maker or not known.is_name)
    if plain or after >= len(page.text) or page.text[known.end] != " ":
        return False
    word = _WORD.match(page.text, after)
    return maker and word is not None and page.folded.is_capital(after) and word[0] not in rules.common_words


def _unknown_at(
    page: Page, at: int, rules: LanguageRules, *, maker: bool, strong: bool, led: str
) -> tuple[int, int] | None:
    text = page.text
    if at >= len(text):
        return None
    called = _HAN_NAMED.match(text, at) if maker and _HAN_CALLED.search(led) else None
    if called and not _HAN_PLAIN.search(called[0]) and not _HAN_WHICH.search(called[0]):
        return called.span()
    placed = _HAN_BY.match(text, at) if maker else None
    at = placed.end() if placed else at
    han = (_HAN_MAKER if maker else _HAN).match(text, at)
    if han:
        if maker and han[0].find("的") >= 2:
            return None if at + han[0].find("的") + 1 in page.at else (at, at + han[0].find("的"))
        if not maker and _MEASURED.search(text, max(0, at - 2), at):
            return None
        if maker and _HAN_WHICH.search(han[0]):
            return None
        ended = maker or (
            _ENDED.match(text, han.end()) is not None and not _HAN_PLAIN.search(han[0]) and han[0][-1] not in _HAN_NOUNS
        )
        return (at, han.end()) if ended else None
    prefixed = _PREFIXED_HOUSE.match(text, at) if maker else None
    at = prefixed.end() if prefixed else at
    arabic = _ARABIC.match(text, at)
    if arabic:
        if not maker and not strong and not _ARABIC_HOUSE.match(text, at):
            return _arabic_self(page, arabic, rules, led)
        return _arabic_name(page, arabic, rules, sure=(not maker) or bool(_LEGAL.search(led)))
    word = _WORD.match(text, at)
    if word is None or not text[at].isascii():
        return None
    capital = page.folded.is_capital(at)
    first = word[0].rstrip("'.&+-").split("'")[0]
    if first in rules.common_words or not (capital or (strong and not maker and not page.cased)):
        return None
    end = _last_word(
        page,
        at,
        at + len(first) if "'" in word[0] else word.end(),
        rules,
        maker=maker,
        called=_CALLED_SO.search(led) is not None,
    )
    return (at, end) if rules.spaced or _BETWEEN_HAN.match(text, end) else None


def _arabic_self(page: Page, match: re.Match[str], rules: LanguageRules, led: str) -> tuple[int, int] | None:
    """Return the unknown name after "I am" where a description follows: without one it may be any adjective."""
    word = match[0].split(" ")[0]
    end = match.start() + len(word)
    bare = not led.strip(' :"(') or led.strip(' :"(').split(" ")[-1] in (
        "انا",
        "وانا",
        "هو",
        "هي",
        "النموذج",
        "المساعد",
        "معك",
    )
    titled = _TITLED.match(page.text, match.start())
    if bare and titled:
        return titled.span()
    common = word in rules.common_words or (word[0] in "وفبلك" and word[1:] in rules.common_words)
    if not bare or common or not _ARABIC_DESCRIBED.match(page.text, end):
        return None
    return match.start(), end


def _arabic_name(page: Page, match: re.Match[str], rules: LanguageRules, *, sure: bool) -> tuple[int, int] | None:
    """Return an unknown Arabic name of one or two words, where one must stand and the clause ends or "
    "goes on after it."""
    words = match[0].split(" ")
    house = _ARABIC_HOUSE.match(match[0] + " ") is not None
    if house and len(words) == 1:
        return None
    if not (sure or house) or words[0] in rules.common_words:
        return None
    if house and (institute := _HOUSE_OF.match(page.text, match.start())):
        return institute.span()
    first = match.start() + len(words[0])
    if len(words[0]) > 2 - sure and not house and _ENDED.match(page.text, first):
        return match.start(), first
    if len(words) == 2 and words[1] not in rules.common_words and _ENDED.match(page.text, match.end()):
        return match.start(), match.end()
    return None


def _last_word(page: Page, start: int, end: int, rules: LanguageRules, *, maker: bool, called: bool = False) -> int:
    """Return the end of a name of several words, each with a capital, for makers with "of" and the like between."""
    text = page.text
    opening = _WORD.match(text, start)
    first = "" if opening is None else opening[0]
    for _ in range(5):
        if text[end - 1] == ".":
            break
        at = end + 1 if end < len(text) and text[end] == " " else -1
        joined = _JOINED.match(text, end) if maker or first in HOUSE_FIRST else None
        link = joined[0].strip() if joined else ""
        if joined and (
            link not in ("e", "y", "et", "and", "in", "de") or (link == "de" and (called or first in HOUSE_FIRST))
        ):
            at = joined.end()
        word = _WORD.match(text, at) if at > 0 else None
        if word is None:
            number = re.compile(r"[ -]?\d{1,3}(?:\.\d{1,2})?(?!\w)").match(text, end)
            return number.end() if number else end
        if not page.folded.is_capital(at) or (at in page.at and not page.at[at].ambiguous and not maker):
            break
        if word[0].rstrip(".") in rules.common_words and word[0].rstrip(".") not in _HOUSE_LAST:
            break
        end = at + len(word[0].split("'")[0])
    while text[end - 1] in ".'&+-":
        end -= 1
    return end
