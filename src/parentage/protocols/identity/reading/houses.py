"""Finds makers that no list knows: names in capitals with a word for a house, after one, or with a trade behind them.

They take part where a sentence speaks of making and of one maker alone; nothing is claimed for being found here.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.names import Named, Page
from parentage.protocols.identity.reading.rules import LanguageRules, fold_phrase

_MOST = 48
_LAST_TEXT = (
    "labs lab group studio studios institute ai ia research collective robotics systems technologies technology tech "
    "software digital inc corp corporation works foundation learning health project company solutions analytics "
    "intelligence computing cooperative university bank industries interactive networks dynamics partners team "
    "laboratories laboratory tecnologia tecnologias sistemas inteligencia soluçoes soluciones technologies cie fils "
    "workshop society institution academy center centre guild agency press media ventures sistemi conseil consulting"
)
_FIRST_TEXT = (
    "grupo estudio estudios laboratorio laboratorios taller talleres instituto casa fabrica oficina fundacion fundaçao "
    "universidad universidade atelier ateliers institut maison compagnie studio laboratoire laboratoires societe "
    "fondation coletivo colectivo cooperativa editorial banco astillero astilleros estaleiro estaleiros equipo equipe "
    "groupe collectif compañia companhia university institute proyecto projeto projet academia centro centre escola "
    "escuela ecole associaçao asociacion association agencia agence imprensa nucleo rede red reseau"
)
_LAST, _FIRST = frozenset(fold_phrase(_LAST_TEXT).split()), frozenset(fold_phrase(_FIRST_TEXT).split())
_CAPITALS = re.compile(
    r"(?<!\w)[A-Z](?:[\w'&-]|\.(?=\w)){0,24}(?:(?: (?:of|de|da|do|dos|das|del|des|du|la|los|las|for|the)){0,2}"
    r"(?: | & | d')[A-Z](?:[\w'&-]|\.(?=\w)){0,24}){0,5}"
)
_LED = re.compile(
    fold_phrase(
        r"(?:compan(?:y|ies)|start-?up|firm|labs?|laboratory|outfit|studio|collective|place|workshop|organi[sz]ation|"
        r"group|empresa|compañia|firma|laboratorio|taller|estudio|organizaçao|organizacion|lugar|coletivo|colectivo|"
        r"cooperativa|estaleiro|astillero|oficina|equipe|equipo|equipa|grupo|"
        r"entreprise|societe|jeune pousse|firme|laboratoire|atelier|maison|groupe|organisation|cooperative|endroit)"
        r"(?: (?:\w{3,14} )?(?:called|named|known as|llamad[oa]|que se llama|chamad[oa]|que se chama|nommee?|appelee?|"
        r"qui s'appelle|du nom de|de nombre|de nome))? ?\"?$"
    )
)
_TRADE = (
    r"(?:engineer|programmer|developer|student|teacher|researcher|professor|scientist|librarian|"
    r"mathematician|linguist|hobbyist|coder|inventor|"
    r"ingenier[oa]|programador[a]?|desarrollador[a]?|estudiante|profesor[a]?|investigador[a]?|cientific[oa]|"
    r"engenheir[oa]|desenvolvedor[a]?|estudante|professor[a]?|pesquisador[a]?|cientista|linguista|"
    r"ingenieure?|programmeu(?:r|se)|developpeu(?:r|se)|etudiante?|enseignante?|chercheu(?:r|se)|"
    r"instituteur|institutrice|professeure?|linguiste|informaticien(?:ne)?|matematic[oa]|mathematicien(?:ne)?)"
)
TRADED = re.compile(
    rf"\"?,? (?:an?|the|una?|el|la|uma?|o|a|une?|le|l') ?(?:[a-z-]{{2,16}} ){{0,2}}{_TRADE}(?!\w)(?: (?:from|de|"
    rf"d[oa]|in|en|em) [a-z]{{3,14}})?,?"
)
_LED_TRADE = re.compile(
    rf"{_TRADE}(?: (?:called|named|llamad[oa]|chamad[oa]|nommee?|appelee?|du nom de|de nombre|de nome))? ?$"
)
_ARABIC = re.compile(
    r"(?<![\u0621-\u064a])(?:و|ل|ب|لل)?(?:(?P<firm>شركه|فريق|مجموعه) (?:(?:ناشئه )?(?:اسمها|اسمه|تسمي|يسمي|"
    r"تدعي|يدعي) )?\"?|"
    r"(?P<person>مهندسه?|مبرمجه?|مطوره?|باحثه?|طالبه?) (?:اسمه|اسمها|يدعي|تدعي|يسمي|تسمي) \"?|"
    r"(?=(?:مختبر|مختبرات|معهد|موسسه|دار|ورشه|استوديو|مركز|بيت|جامعه) [\u0621-\u064a]))"
    r"(?P<name>[\u0621-\u064a]{2,14}(?: [\u0621-\u064a]{2,14})?)"
)
_ARABIC_PLAIN_TEXT = (
    "التي الذي اليوم الان من في علي عن الي كبيره صغيره ناشئه خاصه تقنيه محليه عربيه عالميه متخصصه مطوره "
    "مستقله صغير كبير من البحث ابحاث التطوير باحثين المهندسين المبرمجين الباحثين مطورين مهندسين هي هو هم "
    "وراءي ورائي خلفي تقف طورتني صنعتني بنتني دربتني امريكيه صينيه فرنسيه سعوديه اماراتيه مصريه ما اخري واحده "
    "الام العاب برمجيات الصينيه الامريكيه الفرنسيه العربيه الناشئه رائده رحمه الحريه القصيد لغويه متنوعه"
)
_ARABIC_PLAIN = frozenset(_ARABIC_PLAIN_TEXT.split())
_HAN = re.compile(
    r"(?:^|"
    r"(?<=[,。!?;: \n\"由是在被把给和与跟,、(]))(?P<name>(?:(?![是由被把叫谢])[\u3400-\u9fff]){2,12}?(?:公司|"
    r"科技|实验室|研究院|研究所|"
    r"大学|集团|工作室|智能|团队|小组|工坊|联盟|学院|社区|基金会|研究中心|作坊|书院))(?![\u3400-\u9fff]{0,2}(?:公司|实验室))"
)
_HAN_PERSON = re.compile(
    r"(?:工程师|程序员|学生|老师|研究员|教授|开发者|人)(?:名?叫|是)?(?P<name>[\u3400-\u9fff]{2,3})(?=[,。;、]|$)"
)
HAN_GENERIC = re.compile(
    r"[我你您他她它这那哪某各该此本]|一[个支家群名位]|几|这|两个|[0-9]|开发团队|研发团队|技术团队|研究团队|专业团队|工程团队|"
    r"工程师团队|人工智能|开发公司|科技公司$|^(?:互联网|大型|小型|创业|初创|母|子|国内|国外|中国|美国|法国|其他|其它|大|专业|许多|多家|"
    r"一些|年轻|小|整个|核心|背后|幕后|全体|算法|产品|客服|志愿者|优秀|强大)的?(?:公司|团队|小组|实验室|大学|集团|工作室|研究院)|"
    r"的.{0,3}(?:公司|团队|小组)$|是|有|为|叫|来自"
)


def unknown_houses(page: Page, rules: LanguageRules) -> list[Named]:
    """Return the makers of a page that no list knows, in order, without those that hold a known name."""
    taken = [(one.start, one.end) for one in page.found if one.start in page.at]
    found: list[Named] = []
    finders = (_latin,) if rules.code not in ("zh", "ar") else (_latin, _han if rules.code == "zh" else _arabic)
    for finder in finders:
        for start, end in finder(page, rules):
            if len(found) >= _MOST:
                break
            if any(left < end and start < right for left, right in taken):
                continue
            found.append(Named(key=_key(page, start, end), start=start, end=end, found=None))
    return sorted(found, key=lambda one: one.start)


def _key(page: Page, start: int, end: int) -> str:
    written = page.folded.piece(start, end).replace("*", "").replace("`", "")
    return "unknown:" + " ".join(written.casefold().split())


def cased(page: Page) -> str:
    """Return the folded text with capitals where the original has them."""
    letters = []
    for at, letter in enumerate(page.text):
        upper = letter.upper()
        letters.append(upper if len(upper) == 1 and page.folded.is_capital(at) else letter)
    return "".join(letters)


def _latin(page: Page, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    text = cased(page)
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        while page.text[end - 1] in ".'&-":
            end -= 1
        words = page.text[start:end].split(" ")
        while len(words) > 1 and words[0] in rules.common_words and words[0] not in _FIRST:
            start += len(words.pop(0)) + 1
        while len(words) > 1 and words[0].rstrip(".") in ("dr", "prof", "mr", "mrs", "ms", "sr", "sra", "mme"):
            start += len(words.pop(0)) + 1
        first = words[0].split("'")[-1]
        start += len(words[0]) - len(first)
        if page.text.startswith("'s", end - 2):
            end -= 2
        if first in rules.common_words and first not in _FIRST:
            continue
        many = len(words) > 1
        before = page.text[max(0, start - 48) : start]
        if (
            (many and (words[-1].rstrip(".") in _LAST or first in _FIRST or TRADED.match(page.text, end)))
            or _LED.search(before)
            or (many and _LED_TRADE.search(before))
        ):
            yield start, end


def _arabic(page: Page, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    for match in _ARABIC.finditer(page.text):
        start, end = match.span("name")
        words = match["name"].split(" ")
        house = match["firm"] is None and match["person"] is None
        named = words[1:] if house else words
        if not named or named[0] in _ARABIC_PLAIN or (not house and named[0] in rules.common_words):
            continue
        goes_on = len(words) > 1 and words[1].startswith("ال") and words[1] not in _ARABIC_PLAIN
        if len(words) > 1 and not goes_on and not (house or match["person"]):
            end = start + len(words[0])
        if house and not words[1].startswith("ال"):
            continue
        yield start, end


def _han(page: Page, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    del rules
    for pattern in (_HAN, _HAN_PERSON):
        for match in pattern.finditer(page.text):
            if not HAN_GENERIC.search(match["name"]):
                yield match.span("name")
