"""What the forms of Arabic answers are put together from: a house or a model at a place, and words of mere talk."""

import re

from parentage.protocols.identity.reading.arabic.houses import house_at, is_generic, model_at, stops
from parentage.protocols.identity.reading.arabic.words import HOUSES
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, known_at, name_at, named_unknown, skip
from parentage.protocols.identity.reading.rules import fold_phrase
from parentage.protocols.identity.records import Part

HANDLED = re.compile(r"[a-z]\w{0,24}(?:\.\w{1,12}){0,2}(?:[-_]\w{1,14}(?:\.\d{1,3}\w{0,3})?){1,6}(?=[\s|,.;)\"]|$)")
ENDS = re.compile(r"[\"')\]]{0,2}(?: ?(?:[,.!;:\n|/(\[]|- |$)| ?[^\w\s])")


def formed(named: Named, part: Part) -> Spoken:
    """Return a name as claimed by an answer's form."""
    return Spoken(named=named, part=part, rule="form", undone="")


def house_named(listener: Listener, at: int) -> Named | None:
    """Return the maker at `at`: a known one, or a house or a person that no list knows."""
    page = listener.page
    at = skip(page, at)
    at += 5 if page.text.startswith("شركه ", at) else 0
    known = known_at(page, at)
    if known is not None:
        return Named(key=known.key, start=known.start, end=known.end, found=known) if known.is_maker else None
    if not "\u0600" <= page.text[at : at + 1] <= "\u06ff":
        latin = HANDLED.match(page.text, at)
        if latin is not None:
            return named_unknown(page, *latin.span())
        return name_at(page, at, listener.rules, maker=True, strong=False, led="شركه")
    span = house_at(page, at)
    return (
        None if span is None or is_generic(page.text[span[0] : span[1]].split(" ")[0]) else named_unknown(page, *span)
    )


def model_named(listener: Listener, at: int) -> Named | None:
    """Return the model at `at`: a known one, or one that no list knows and that ends there."""
    page = listener.page
    at = skip(page, at)
    known = known_at(page, at)
    if known is not None:
        return Named(key=known.key, start=known.start, end=known.end, found=known) if known.is_name else None
    if not "\u0600" <= page.text[at : at + 1] <= "\u06ff":
        latin = HANDLED.match(page.text, at)
        return None if latin is None else named_unknown(page, *latin.span())
    span = model_at(page, at, sure=False)
    if span is None or not ENDS.match(page.text, span[1]) or page.text[at : span[1]] in listener.rules.common_words:
        return None
    return named_unknown(page, *span)


_TALK = frozenset(
    fold_phrase(
        "اهلا مرحبا اهلين نعم لا كلا بلي طبعا اكيد حاضر سلام السلام هلا هاي ابشر تفضل تفضلي حسنا شكرا عفوا مساء "
        "صباح ها يا "
        "بالطبع بالتاكيد تمام طيب ممم هههه ههه مرحبتين حياك ارر عذرا اسف معذره سوال الجواب الاجابه ببساطه باختصار "
        "ذكاء مساعد "
        "نموذج روبوت برنامج مجهول غير بدون ليس لست انا هذا هو هي سر محجوب لطيف جميل رائع سعيد ممتاز صحيح خطا ربما "
        "عادي تعليق "
        "بكل سرور جاهز هكذا الاسم اسمي عربي انجليزي فصيح بخير الحمد لله ان شاء والله يسعدني يسرني اعتذر"
    ).split()
)


def is_talk(listener: Listener, word: str) -> bool:
    """Say whether a word that an answer opens with is a greeting, an answer or the like, and no name."""
    return word in _TALK or word in listener.rules.common_words or is_generic(word) or stops(word)


def opens_house(text: str, at: int) -> bool:
    """Say whether a word for a house stands at `at`."""
    return _HOUSE_WORD.match(text, at) is not None


_HOUSE_WORD = re.compile("(?:شركه|" + "|".join(sorted(HOUSES)) + ") ")
