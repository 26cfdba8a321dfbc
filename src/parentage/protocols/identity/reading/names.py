"""Reads the name that follows a phrase: a known one, or an unknown one that is written as names are."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from parentage.protocols.identity.lexicon import Found, Lexicon
from parentage.protocols.identity.reading.arabic.houses import delimited, house_at
from parentage.protocols.identity.reading.arabic.names import ARABIC, ARABIC_HOUSE, arabic_at
from parentage.protocols.identity.reading.arabic.transliterated import transliterated
from parentage.protocols.identity.reading.arabic.words import HOUSES, SORTS
from parentage.protocols.identity.reading.extent import HOUSE_FIRST, WORD, is_handle, name_end, opens_name, word_end
from parentage.protocols.identity.reading.han.makers import is_seat, maker_at
from parentage.protocols.identity.reading.han.names import han_name, latin_in_han
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.text import Folded, fold
from parentage.protocols.identity.unicode_14 import only_known

_SKIPPED = re.compile(r"[ \"'(\[:#_|<=]{0,6}")
# A place before what the house is: "a small Dublin outfit, Stone Labs".
_SEATED = re.compile(
    r"[a-z][a-z'-]{2,20} (?:[a-z-]{3,16} ){0,2}(?P<noun>outfit|company|startup|start-up|firm|publisher|studio|lab|"
    r"agency|"
    r"retailer|bakery|"
    r"charity|collective|cooperative|co-op|shop|maker|group|school|bank|consultancy|nonprofit|non-profit|insurer)"
    r"(?:,| called| named| known as)? \"?(?=[a-z])"
)
# A person's title is no part of the name.
_TITLE_FIRST = re.compile(r"(?:dr|prof|professor)\.? (?=[a-z])")
_VERSION = re.compile(r" v?\d{1,2}(?:\.\d{1,3}){1,2}(?![\w.]*\d)")
# What is so described is not named: "I'm MIT-licensed".
_COMPOUND = re.compile(
    r"[\w.]{2,20}-(?:licensed|based|trained|powered|compatible|enabled|driven|certified|style|class|like|ready|owned|"
    r"backed|funded|inspired|derived|focused|friendly)"
)
# A house's name may begin with a number: "4th Wall AI".
_NUMBERED = re.compile(r"\d{1,4}(?:st|nd|rd|th)? (?=[a-z])")
_TOLD = re.compile(r"(?:(?<!\w)(?:am|is|as|me|called|named|name)|'[ms]|[:>]) ?[\"(]?$|^[\"(]?$")
_OF = re.compile(r" (?:d[aeo]s?|del|du|des|of)(?: (?:la|los|las|les|the))? ")
_CALLED_SO = re.compile(
    r"(?:chamad[oa]|llamad[oa]|nommee?|appelee?|se llama|se chama|s'appelle|denominad[oa])(?: de)? ?\"?$"
)
_HAN_MAKER = re.compile(
    r"(?:(?!由|名叫|一家)[\u3400-\u9fff]){2,18}?(?:(?:科技|技术|信息|网络|智能)?(?:股份)?(?:有限)?公司|实验室|"
    r"科技|大学|"
    r"研究院|研究所|集团|工作室|联盟|银行|研究中心|基金会|学院|"
    r"(?<!开发)(?<!研发)(?<!研究)(?<!专业)(?<!技术)(?<!工程师)(?<!的)团队|小组|工坊|"
    r"(?<!人工)智能(?!助手|模型|体|机器|客服|对话|小|聊天|[\u4e00-\u9fff]{0,6}(?:公司|科技|实验室|研究院))|书店|"
    r"医院|博物馆|图书馆|酒店|出版社|电视台)"
)
_INITIAL = re.compile(r"(?<![^\W\d_])[^\W\d_]")
# Words that only begin as a name does, and laboratories of a university, which are called otherwise than it.
_OTHER_WORD = re.compile(
    "阿里[山郎斯]|星火(?:教育|燎原)|文心雕龙|豆包子|[\u3400-\u9fff]{2,6}大学(?=[\u3400-\u9fff]{2,12}(?:实验室|研究院|研究所))"
)
_OF_UNIVERSITY = re.compile(
    r"[\u3400-\u9fff]{2,8}大学(?:的?)(?: ?[a-z]{2,8} ?)?"
    r"(?:(?!的)[\u3400-\u9fff]){0,12}?(?:实验室|研究院|研究所|课题组|学院)"
)
_BLEND = re.compile(r"-[\u3400-\u9fff]{1,8}")
_TRANSCRIBED = re.compile(r"[\u0621-\u064a\u3400-\u9fff][\u0621-\u064a\u3400-\u9fff ·-]{1,28}[(\[]\"?")
_GLOSSED = re.compile(r" ?[(\[\"]{1,2}")
_PREFIXED_HOUSE = re.compile(rf"(?:و|ل|ب|لل|ال)(?=(?:{'|'.join(sorted(HOUSES | SORTS))}) )")
# "of" or "by" that is written together with a name in quotation marks or bold.
_PREFIXED_MARK = re.compile(r"[لب](?=\"?\w)")
# The Latin form of an Arabic name, which is the one to keep.
_LATIN_GLOSS = re.compile(r"\"? ?[(\[]\"?(?P<name>[a-z][\w .'&-]{1,28}\w)\"?[)\]]")
# A word for a house before its name in Latin letters.
_LATIN_HOUSE = re.compile(rf"(?:{'|'.join(sorted(HOUSES | SORTS))}) \"?(?=[a-z])")
_PEOPLE = re.compile(
    r"(?:[a-z'-]{3,16} ){1,3}(?:(?:of|at|from|within|del?|d[aou]s?|des|chez|n[ao]s?|em) |d')|"
    r"(?:[\u0621-\u064a]{3,12} ){1,3}(?:من|في|لدي) "
)
_NO_PEOPLE_TEXT = (
    "fans fan help means way instead behalf former ex antiguos antiguas ancien anciens antigos rivals "
    "competitors style spirit data "
    "influence ayuda ajuda aide using with con com avec estilo imitation like and y e et that which que "
    "qui because after "
    "based basado baseado base sur sobre over version versao سابق سابقا سابقون سابقين ولم ولا "
    "انطلاقا استنادا بناء اعتمادا مثل بيانات مع مساعده اسلوب"
)
_NO_PEOPLE = frozenset(_NO_PEOPLE_TEXT.split())


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
    found = tuple(one for one in lexicon.find(folded) if not _OTHER_WORD.match(folded.text, one.start))
    taken = {place for one in found for place in range(one.start, one.end)}
    spelled = []
    for one in transliterated(folded, lexicon):
        if not taken.intersection(range(one.start, one.end)):
            spelled.append(one)
            taken.update(range(one.start, one.end))
    found = tuple(sorted((*found, *spelled), key=lambda one: one.start)) if spelled else found
    cased = any(match[0].isupper() for match in _INITIAL.finditer(only_known(folded.original)))
    page = Page(folded=folded, lexicon=lexicon, found=found, cased=cased)
    page.at = {one.start: one for one in found if is_written_as_name(page, one) and not _in_compound(page, one)}
    return page


def _in_compound(page: Page, one: Found) -> bool:
    """Say whether an Arabic name is half of another that is written with a hyphen."""
    text = page.text
    if not "\u0600" <= text[one.start] <= "\u06ff":
        return False
    before, after = text[max(0, one.start - 2) : one.start], text[one.end : one.end + 2]
    return (before[-1:] == "-" and "\u0600" <= before[:1] <= "\u06ff") or (
        after[:1] == "-" and "\u0600" <= after[1:] <= "\u06ff"
    )


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
    return ARABIC_HOUSE.match(page.text, at) is not None


def walk(page: Page, at: int, rules: LanguageRules, *, people: bool = False) -> tuple[int, bool]:
    """Return where the name would begin after ordinary words, and whether one of them denied it.

    With `people` also after those whom no list of words has: "the carpenters of".
    """
    denied = False
    at = skip(page, at)
    for _ in range(16):
        if known_at(page, at) is not None or (rules.code == "ar" and _in_marks(page, at)):
            break
        match = rules.negation_pattern.match(page.text, at)
        if match and not _is_unknown_name_word(page, at, match.end(), rules):
            denied = True
        else:
            match = rules.plain_pattern.match(page.text, at)
            if rules.code == "ar" and people and (latin := _LATIN_HOUSE.match(page.text, at)):
                at = latin.end()
                continue
            if (
                match
                and ARABIC_HOUSE.match(page.text, at)
                and not known_at(page, match.end())
                and house_at(page, at) is not None
            ):
                break
            if not match or _is_unknown_name_word(page, at, match.end(), rules):
                housed = ARABIC_HOUSE.match(page.text, at) or _PREFIXED_HOUSE.match(page.text, at)
                match = _PEOPLE.match(page.text, at) if people else None
                # "The team of the digital platform at ...", unless it is a house's own word.
                if housed and match and not (page.text.startswith("ال", at) and is_arabic_house(page, match.end())):
                    match = None
                if match is None or (page.folded.is_capital(at) and page.cased and page.text[at].isascii()):
                    break
                if any(word in _NO_PEOPLE for word in match[0].split()):
                    break
        at = skip(page, match.end())
    return at, denied


def _in_marks(page: Page, at: int) -> bool:
    """Say whether what stands in quotation marks or bold has several words, so that the first belongs to the name."""
    span = delimited(page, at)
    return span is not None and " " in page.text[at : span[1]] and ARABIC.match(page.text, at) is not None


def _is_unknown_name_word(page: Page, at: int, end: int, rules: LanguageRules) -> bool:
    """Say whether an ordinary word is here the beginning of a name: "Open Sky Alliance"."""
    if not rules.spaced or not page.folded.is_capital(at):
        return False
    word = WORD.match(page.text, at)
    if word is not None and opens_name(page.folded, at, word[0], rules.common_words, page.at):
        return True
    if word is None or (word[0] in rules.common_words and word[0] not in HOUSE_FIRST):
        return False
    if word[0] in HOUSE_FIRST and (joint := _OF.match(page.text, word.end())):
        return page.folded.is_capital(joint.end())
    after = word.end() + 1
    if word[0] in HOUSE_FIRST and page.text[after : after + 1].isdigit():
        return True
    return after < len(page.text) and page.text[word.end()] == " " and page.folded.is_capital(after)


def name_at(page: Page, at: int, rules: LanguageRules, *, maker: bool, strong: bool, led: str = "") -> Named | None:
    """Return the name that begins at `at`, or None. `led` is the text since the phrase."""
    known = known_at(page, at)
    house = _HAN_MAKER.match(page.text, known.start) if maker and known is not None and not known.is_maker else None
    campus = (
        _OF_UNIVERSITY.match(page.text, known.start) if maker and known is not None and rules.code == "zh" else None
    )
    if known is not None and campus is not None and known.is_maker and campus.end() > known.end:
        key = "unknown:" + _written(page, campus.start(), campus.end())
        return Named(key=key, start=campus.start(), end=campus.end(), found=None)
    if known is not None and house is not None and house.end() > known.end and "的" not in house[0]:
        return Named(key="unknown:" + house[0], start=house.start(), end=house.end(), found=None)
    blend = _BLEND.match(page.text, known.end) if known is not None and not maker and rules.code == "zh" else None
    if known is not None and blend is not None:
        end = blend.end()
        return Named(key="unknown:" + _written(page, known.start, end), start=known.start, end=end, found=None)
    longer = _longer(page, at, known) if rules.code == "ar" and maker and known is not None else None
    if longer is not None:
        return named_unknown(page, *longer)
    if known is not None and not _goes_on(page, known, rules, maker=maker):
        return Named(key=known.key, start=known.start, end=known.end, found=known)
    script = _TRANSCRIBED.match(page.text, at) if not maker else None
    glossed = page.at.get(script.end()) if script else None
    if glossed is not None and glossed.is_name:
        return Named(key=glossed.key, start=glossed.start, end=glossed.end, found=glossed)
    unknown = _unknown_at(page, at, rules, maker=maker, strong=strong, led=led)
    if unknown is None and known is None and maker and rules.code == "zh":
        known = next((page.at[place] for place in range(at, min(at + 24, len(page.text))) if place in page.at), None)
        known = known if known is not None and known.is_maker and is_seat(page.text[at : known.start]) else None
    if unknown is None:
        return None if known is None else Named(key=known.key, start=known.start, end=known.end, found=known)
    start, end = unknown
    gloss = _GLOSSED.match(page.text, end)
    glossed = page.at.get(gloss.end()) if gloss else None
    if glossed is not None and (glossed.is_maker if maker else glossed.is_name):
        return Named(key=glossed.key, start=glossed.start, end=glossed.end, found=glossed)
    within = _known_last(page, start, end) if maker and rules.code == "ar" else None
    if within is not None:
        return Named(key=within.key, start=within.start, end=within.end, found=within)
    latin = _LATIN_GLOSS.match(page.text, end) if page.text[start] >= "\u0600" else None
    return named_unknown(page, *(latin.span("name") if latin else (start, end)))


def _longer(page: Page, at: int, known: Found) -> tuple[int, int] | None:
    """Return the Arabic house whose name only begins with a known model's: "the lighthouse of Alexandria for ..."."""
    if known.is_maker or not "\u0600" <= page.text[known.start] <= "\u06ff":
        return None
    span = house_at(page, known.start)
    return span if span is not None and span[1] > known.end and " لل" in page.text[known.end : span[1]] else None


def _known_last(page: Page, start: int, end: int) -> Found | None:
    """Return the known maker that a team's longer name ends with, where the first half is spelled as no list has it."""
    last = (page.at[place] for place in range(start + 1, end) if place in page.at)
    return next((one for one in last if one.end == end and one.is_maker), None)


def named_unknown(page: Page, start: int, end: int) -> Named:
    """Return the name that no list knows at [start, end), or that of the identity that is called so."""
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
    word = WORD.match(page.text, after)
    return maker and word is not None and page.folded.is_capital(after) and word[0] not in rules.common_words


def _unknown_at(
    page: Page, at: int, rules: LanguageRules, *, maker: bool, strong: bool, led: str
) -> tuple[int, int] | None:
    text = page.text
    if at >= len(text):
        return None
    if rules.code == "zh" or text[at] >= "\u3400":
        if maker and (han := maker_at(text, at, led, page.at)) is not None:
            return han
        if not maker and (han := han_name(page, at, rules, led, strong=strong)) is not None:
            return han
        if text[at] >= "\u3400":
            return None
    prefixed = _PREFIXED_HOUSE.match(text, at) if maker and not ARABIC_HOUSE.match(text, at) else None
    at = prefixed.end() if prefixed else at
    marked = _PREFIXED_MARK.match(text, at) if rules.code == "ar" else None
    if marked and delimited(page, marked.end() + (text[marked.end()] == '"')):
        at = marked.end() + (text[marked.end()] == '"')
    if rules.code == "ar" or ARABIC.match(text, at):
        arabic = arabic_at(page, at, rules, maker=maker, strong=strong, led=led)
        if arabic is not None or ARABIC.match(text, at):
            return arabic
    if rules.code == "zh":
        return latin_in_han(page, at, rules, maker=maker, strong=strong)
    if not text[at].isascii() and not text[at].isalpha():
        return None
    return _latin_at(page, at, rules, maker=maker, strong=strong, called=_CALLED_SO.search(led) is not None)


def _latin_at(
    page: Page, at: int, rules: LanguageRules, *, maker: bool, strong: bool, called: bool, again: bool = True
) -> tuple[int, int] | None:
    """Return the unknown name in Latin letters that begins at `at`: with a capital, or written as a handle."""
    text = page.text
    numbered = _NUMBERED.match(text, at) if maker and again else None
    if numbered is not None and page.folded.is_capital(numbered.end()):
        inner = _latin_at(page, numbered.end(), rules, maker=maker, strong=strong, called=called, again=False)
        return None if inner is None else (at, inner[1])
    word = WORD.match(text, at)
    if word is None or not text[at].isascii():
        return None
    capital = page.folded.is_capital(at)
    if not maker and _COMPOUND.fullmatch(word[0].rstrip("'.&+-")):
        return None
    first = word[0].rstrip("'.&+-").split("'")[0]
    if first in rules.common_words and not opens_name(page.folded, at, first, rules.common_words, page.at):
        return None
    if (
        again
        and maker
        and capital
        and (titled := _TITLE_FIRST.match(text, at))
        and page.folded.is_capital(titled.end())
    ):
        return _latin_at(page, titled.end(), rules, maker=maker, strong=strong, called=called, again=False)
    if not capital and is_handle(text, at, word[0], told=_TOLD.search(text, max(0, at - 12), at) is not None):
        end = at + len(word[0].rstrip("'.&+-"))
        version = _VERSION.match(text, end)
        end = version.end() if version else end
    elif capital or (strong and not maker and not page.cased):
        common, known = rules.common_words, page.at
        end = word_end(page.folded, at, word[0], maker=maker, common=common, known=known)
        if (
            again
            and maker
            and (seat := _SEATED.match(text, at))
            and page.folded.is_capital(seat.end())
            and not page.folded.is_capital(seat.start("noun"))
        ):
            return _latin_at(page, seat.end(), rules, maker=maker, strong=strong, called=called, again=False)
        end = name_end(page.folded, at, end, maker=maker, called=called, common=common, known=known)
    else:
        return None
    return at, end
