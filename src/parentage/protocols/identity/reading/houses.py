"""Finds makers that no list knows: names in capitals with a word for a house, after one, or with a trade behind them.

They take part where a sentence speaks of making and of one maker alone; nothing is claimed for being found here.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.arabic.houses import house_at, houses_in
from parentage.protocols.identity.reading.extent import HOUSE_FIRST, WEEKDAYS
from parentage.protocols.identity.reading.han import makers
from parentage.protocols.identity.reading.han.plain import is_generic
from parentage.protocols.identity.reading.names import Named, Page
from parentage.protocols.identity.reading.rules import LanguageRules, fold_phrase

_MOST = 48
_LAST_TEXT = (
    "labs lab group studio studios institute ai ia research collective robotics systems technologies technology "
    "tech software digital inc corp corporation works foundation learning health project company solutions "
    "analytics intelligence computing cooperative university bank industries interactive networks dynamics "
    "partners team laboratories laboratory tecnologia tecnologias sistemas inteligencia soluçoes soluciones "
    "technologies cie fils workshop society institution academy center centre guild agency press media ventures "
    "sistemi conseil consulting trust club council college school library libraries services service desk office "
    "offices ministry department unit alliance union federation league consortium initiative programme bureau "
    "authority hospital clinic pharmacy dental hotel museum theatre theater playhouse gallery bakery brewery "
    "kitchen foods farms gardens hardware motors airlines airways railways ferries shipping tours travel holdings "
    "capital finance insurance mutual payroll legal publishing publishers books audio games toys arts design "
    "designs data cloud compute computers machines engineering electronics energy water telecom hackers makers "
    "tinkerers cooperative co-op brothers sons daughters sisters associates circle factory forge foundry mill "
    "mills garage den hub arcade market markets stores store shop clerk county marina harbour harbor port "
    "practice surgery veterinary brokers bank estate estates interiors appliance appliances florists kayaks "
    "outfitters supplies supply traders trading merchants imports logistics transport buses bus railway tramways "
    "heritage archive archives records radio television broadcasting news gazette times review journal education "
    "tutoring tutors academics campus faculty polytechnic primary secondary gymnasium leisure sports fitness "
    "wellness care charity relief aid cruises resort resorts inn cafe diner pizza robotics cybernetics "
    "network board commission committee town village parish diocese church zoo aquarium orchestra observatory "
    "hospice insurers assurance savings credit lending homes housing properties realty lettings cycles bikes boats "
    "yachts chandlery autos tyres coaches taxis cabs freight couriers coffee roasters roastery brewing wines "
    "vineyards distillery creamery dairy orchards orchard nursery nurseries seeds plants landscaping tailors "
    "clothing textiles wool yarns jewellers opticians dentists vets clinics midwives carers counselling gym rowing "
    "sailing climbing athletics choir opera ballet cinema films productions photography printers bindery stationers "
    "toys puzzles comics drones optics photonics materials plastics timber joinery carpentry builders construction "
    "roofing plumbing heating solar utilities recycling security recruitment translations interpreting solicitors "
    "chambers accountants bookkeeping tax pensions workspace workspaces syndicate confederation foods farm farmers "
    "garden tourism travels expeditions outdoors adventures robots "
    "informatics linguistics mathematics sciences science innovations innovation ltd llc gmbh plc pty inc sas lda "
    "ltda limited "
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
    r"(?: | & | d'|, (?=[\w'-]{2,20} & ))[A-Z](?:[\w'&-]|\.(?=\w)){0,24}){0,5}"
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
_ARABIC_PERSON = re.compile(
    r"(?<!\w)(?:و|ل|ب|لل)?(?:مهندسه?|مبرمجه?|مطوره?|باحثه?|طالبه?) (?:اسمه|اسمها|يدعي|تدعي|يسمي|تسمي) \"?(?=\w)"
)
_ARABIC_CALLED = re.compile(
    r"(?<!\w)(?:شركه|فريق|مجموعه|مختبر|استوديو|جمعيه|مبادره|منصه|ورشه|دار|موسسه|نادي)(?: [\u0621-\u064a]{2,14}){0,4} "
    r"(?:اسمها|اسمه|تسمي|يسمي|تدعي|يدعي) \"?(?=\w)"
)
_HAN_RUN = re.compile(r"[\u3400-\u9fffa-z0-9·&]{3,60}")
_HAN_CUT = re.compile(
    "[的是由在被把给和与跟叫用为]|今天|今日|正式|发布|推出|训练|开发|研发|创造|打造|做出|造出|教会|孕育|来自|"
    "属于|感谢|其实|原来|成立|创立|创办|坐落|位于|[以于只]|宣布|一[家个支]"
)
_HAN_PERSON = re.compile(
    r"(?:工程师|程序员|学生|老师|研究员|教授|开发者|人(?!工|类|员|们|家|才|生))(?:名?叫|"
    r"是)?(?P<name>[\u3400-\u9fff]{2,3})(?=[,。;、]|$)"
)
HAN_GENERIC = re.compile(
    r"[我你您他她它这那哪某各该此本]|一[个支家群名位]|几|这|两个|[0-9]|开发团队|研发团队|技术团队|研究团队|"
    r"专业团队|工程团队|"
    r"工程师团队|人工智能|开发公司|科技公司$|^(?:互联网|大型|小型|创业|初创|母|子|国内|国外|中国|美国|法国|其他|"
    r"其它|大|专业|许多|多家|"
    r"一些|年轻|小|整个|核心|背后|幕后|全体|算法|产品|客服|志愿者|优秀|强大)的?(?:公司|团队|小组|实验室|大学|"
    r"集团|工作室|研究院)|"
    r"的$|的.{0,3}(?:公司|团队|小组)$|是|有|为|叫|来自"
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
        club = words[0] in WEEKDAYS and len(words) > 2 and text.endswith("the ", 0, start)
        while len(words) > 1 and words[0] in rules.common_words and words[0] not in _FIRST and not club:
            start += len(words.pop(0)) + 1
        while len(words) > 1 and words[0].rstrip(".") in ("dr", "prof", "mr", "mrs", "ms", "sr", "sra", "mme"):
            start += len(words.pop(0)) + 1
        first = words[0].split("'")[-1]
        start += len(words[0]) - len(first)
        if page.text.startswith("'s", end - 2):
            end -= 2
        if first in rules.common_words and first not in _FIRST and not club:
            continue
        many = len(words) > 1
        before = page.text[max(0, start - 48) : start]
        if (
            (many and "&" in words and start < end)
            or (
                many
                and (
                    words[-1].rstrip(".") in _LAST
                    or first in _FIRST
                    or (first in HOUSE_FIRST and "of" in words)
                    or TRADED.match(page.text, end)
                )
            )
            or _LED.search(before)
            or (many and _LED_TRADE.search(before))
        ):
            yield start, end


def _arabic(page: Page, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    for start, end in houses_in(page, 0, len(page.text)):
        if page.text[start:end].split(" ")[0] not in rules.common_words:
            yield start, end
    for pattern in (_ARABIC_PERSON, _ARABIC_CALLED):
        for match in pattern.finditer(page.text):
            span = house_at(page, match.end())
            if span is not None:
                yield span


def _han(page: Page, rules: LanguageRules) -> Iterator[tuple[int, int]]:
    del rules
    for run in _HAN_RUN.finditer(page.text):
        place = run.start()
        for cut in [*_HAN_CUT.finditer(page.text, run.start(), run.end()), None]:
            end = run.end() if cut is None else cut.start()
            if end - place > 2:
                yield from makers.houses_in(page.text, place, end, page.at, sure=False, ended=True)
            place = end if cut is None else cut.end()
    for match in _HAN_PERSON.finditer(page.text):
        if not (HAN_GENERIC.search(match["name"]) or is_generic(match["name"])):
            yield match.span("name")
