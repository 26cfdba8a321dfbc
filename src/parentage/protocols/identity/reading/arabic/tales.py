"""Arabic press releases, plaques, entries, answers in one word, and tales of those who founded a house."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.lexicon import Found
from parentage.protocols.identity.reading.arabic.houses import delimited, house_at, model_at
from parentage.protocols.identity.reading.arabic.parts import (
    HANDLED,
    formed,
    house_named,
    is_talk,
    model_named,
    opens_house,
)
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named, known_at, named_unknown, skip
from parentage.protocols.identity.reading.rules import fold_phrase

_RELEASED = re.compile(
    fold_phrase(
        r"(?:^|[\s\"*#])(?:و)?(?:اعلنت?|تعلن|يعلن|اطلقت?|تطلق|كشفت?|تكشف|قدمت?|تقدم|طرحت?|تطرح|اصدرت?|دشنت?|تدشن|"
        r"ازاحت) (?:اليوم |رسميا |امس )?"
        r"(?=(?:شركه|منصه|موسسه|مجموعه|هيئه|بنك|جامعه|مختبر|معهد|مركز|وزاره|استوديو|دار|بلديه|جمعيه|فريق|متجر|تطبيق|"
        r"نادي|مبادره|اكاديميه) )"
    )
)
_LAUNCHES = re.compile(
    fold_phrase(
        r"(?: (?=(?:نموذجها|مساعدها|روبوتها|نموذجه|مساعده) )|[^\n.]{0,70}?(?:(?:عن )?(?:اطلاق|تدشين|طرح|اصدار|"
        r"الستار عن)|عن|تطلق|تكشف عن|تعلن عن|تطرح|تقدم|اطلقت|تدشن) )"
        r"(?:(?:ال)?(?:نموذج|مساعد|روبوت|برنامج|اول|احدث|نموذجها|مساعدها|روبوتها|لغوي|الجديد|جديد|جديده|عربي|ذكي|"
        r"طبي|رقمي|افتراضي|قانوني|"
        r"تعليمي|الي|مالي|محادثه|اللغوي|العربي|كبير|مفتوح|متخصص|اصدار|اسمه)\w{0,2} ){0,5}\"?(?=\w)"
    )
)
_FOUNDED = re.compile(
    fold_phrase(
        r"(?<!\w)(?:ف|و|حيث )?(?:اسس|اسسوا|اسست|انشا|انشاوا|انشات|اقاموا|سموا|سمي|سمت|سميا|اسسا|افتتحوا)(?: لاحقا| "
        r"معا)? "
        r"(?:(?:شركه|ورشه|مختبرا|استوديو|فريقا|دارا|شركتهم|فريقهم|مشروعهم|انفسهم|نفسها|شركتها|مختبرهم|ورشتهم|مبادره|"
        r"جمعيه|تعاونيه|صغيره|صغير|اسمها|اسمه) ){0,3}\"?(?=\w)"
    )
)
_THEY_ARE = re.compile(
    fold_phrase(
        r"(?<!\w)(?:نحن|هم|وهم|وهي|وهو|هولاء الاصدقاء|اصحاب المشروع|القائمون علي)? ?(?:نسميهم|نسميه|يسمون انفسهم|"
        r"يسمي نفسه|اسم الفريق|اسم الشركه|"
        r"اسم المختبر|تسمي نفسها|نسمي انفسنا|اسمهم|اسم المجموعه)(?: هو)?:? ?\"?(?=\w)"
    )
)
_PART_OF = re.compile(
    fold_phrase(
        r"(?<!\w)(?:وهم|وهو|وهي|هم|هو|من|في|لدي|الي)? ?(?:القسم|الفريق|الذراع|المختبر|الجناح|فريق|قسم|مختبر|زملائه|"
        r"زملائها|زملائي|زملاوه|وكلائنا|"
        r"موظفي|موظفو|مؤسس|موسسه|مدير|مديره|رئيس|رئيسه|ميزانيه|عملائنا|فروعنا)(?: (?:ال)?(?:تقني|رقمي|هندسي|علمي|"
        r"بحثي|داخلي|تقنيه|برمجه)\w{0,2})?(?: (?:في|لدي|ل|داخل|من))? "
        r"\"?(?=\w)"
    )
)


def third(listener: Listener) -> Iterator[Spoken]:
    """Yield the house that an entry in the third person says to have made its subject."""
    page = listener.page
    if listener.says_i() or not listener.self_keys:
        return
    for rule, pattern in listener.rules.before_maker:
        for match in pattern.finditer(page.text, 0, 400) if rule == "made-by" else ():
            house = house_named(listener, _past_house_word(page.text, match.end()))
            if listener.origins_between(match.start() - 80, match.end() + 40):
                continue
            if house is not None and (house.found is not None or opens_house(page.text, house.start)):
                yield listener.judge(match.start(), house, "maker", "form")


def released(listener: Listener) -> Iterator[Spoken]:
    """Yield maker and model of a press release: "X today announced the launch of Y"."""
    page = listener.page
    if listener.says_i():
        return
    for match in _RELEASED.finditer(page.text):
        house = house_named(listener, match.end())
        if house is None:
            continue
        launch = _LAUNCHES.match(page.text, house.end)
        named = model_named(listener, launch.end()) if launch else None
        if named is not None:
            yield formed(house, "maker")
            yield formed(named, "name")
            return
    opened = re.compile(r"[\s\"#_]{0,6}").match(page.text)
    for match in re.finditer(r"\"(?=\w)", page.text[:200]):
        span = delimited(page, match.end())
        launch = _LAUNCHES.match(page.text, span[1] + 1) if span and opened else None
        named = model_named(listener, launch.end()) if launch and len(launch[0]) < 60 else None
        if span is not None and named is not None:
            yield formed(named_unknown(page, *span), "maker")
            yield formed(named, "name")
            return


_PLAQUE = re.compile(
    fold_phrase(
        r"(?:(?:كتب عليها|ما يلي|الشاره|البطاقه|بطاقتي|الملصق|النص|مكتوب\w{0,12}|بخط \w{1,16}|كالتالي|نصها|عليها|"
        r"اللوحه)[^:\n]{0,24}:|(?:^|\n)[#* "
        r"]{0,5}(?:بطاقه|شهاده) (?:ميلاد|تعريف)|(?:كيف|هكذا) (?:ولد|ولدت|نشا|نشات)(?= \"))[\s\"#>]{0,6}(?=\w)"
    )
)
_UNDER = re.compile(fold_phrase(r"(?:و?تحته|و?تحتها|اسفله|اسفلها|السطر الثاني)[^:\n.]{0,24}:? ?\"?(?=\w)"))
_PLAQUE_ENDS = re.compile(
    fold_phrase(
        r"[\"')]{0,2} ?(?:\([^()\n]{2,24}\))?[\"']? ?(?:\n|- |[^\w\s.,;:!?]|\. ?(?=وتحت)|(?= ?(?:هو |هي )?(?:نموذج|"
        r"مساعد|روبوت) ))"
    )
)


def plaque(listener: Listener) -> Iterator[Spoken]:
    """Yield the name that a plaque or a badge opens with, and the maker that its lines tell."""
    page = listener.page
    for match in _PLAQUE.finditer(page.text):
        known = known_at(page, match.end())
        if known is not None and known.is_name and _PLAQUE_ENDS.match(page.text, known.end):
            named: Named | None = Named(key=known.key, start=known.start, end=known.end, found=known)
        else:
            latin = HANDLED.match(page.text, match.end())
            span = latin.span() if latin else delimited(page, match.end()) or model_at(page, match.end(), sure=True)
            named = named_unknown(page, *span) if span and _PLAQUE_ENDS.match(page.text, span[1]) else None
        if named is None or (
            named.found is None and is_talk(listener, page.text[named.start : named.end].split(" ")[0])
        ):
            continue
        yield formed(named, "name")
        under = _UNDER.search(page.text, named.end, named.end + 80)
        below = house_named(listener, under.end()) if under else None
        if below is not None:
            yield formed(below, "maker")
            return
        yield from _made_below(listener, named.end)
        return


_LONE = re.compile(r"(?:^|\n)[^\w\n\"]{0,48}\"?(?=[\u0621-\u064a])")
_BELOW = re.compile(r"[\"')]{0,2}[^\w\n(,:.]{0,48}\n[^\w]{0,64}(?=\w)")
_LINE_ENDS = re.compile(r"[\"')]{0,2}[ .|│║]{0,8}(?:\n|$| - )")
_IS_KIND = re.compile(fold_phrase(r"(?:نموذج|مساعد|روبوت|مرشد|دليل|برنامج)ه? (?=\w)"))


def boxed(listener: Listener) -> Iterator[Spoken]:
    """Yield the name that has a line to itself in bold or as a heading, and the house in the line below it.

    Below it may stand what it is as well, and then who made it.
    """
    page = listener.page
    if listener.says_i():
        return
    for match in _LONE.finditer(page.text, 0, 240):
        at = match.end()
        span = delimited(page, at) or model_at(page, at, sure=True)
        below = _BELOW.match(page.text, span[1]) if span else None
        if span is None or below is None or is_talk(listener, page.text[at : span[1]].split(" ")[0]):
            continue
        if _IS_KIND.match(page.text, below.end()) and delimited(page, at):
            yield formed(named_unknown(page, *span), "name")
            yield from _made_below(listener, below.end())
            return
        latin = "a" <= page.text[below.end()] <= "z" and page.folded.is_capital(below.end())
        house = house_named(listener, below.end()) if latin or opens_house(page.text, below.end()) else None
        if house is not None and _LINE_ENDS.match(page.text, house.end):
            yield formed(named_unknown(page, *span), "name")
            yield formed(house, "maker")
            return


def _made_below(listener: Listener, at: int) -> Iterator[Spoken]:
    """Yield the maker that the lines below a name tell."""
    for rule, pattern in listener.rules.before_maker:
        for made in pattern.finditer(listener.page.text, at, at + 160) if rule == "made-by" else ():
            house = house_named(listener, _past_house_word(listener.page.text, made.end()))
            if house is not None:
                yield formed(house, "maker")
                return


def _past_house_word(text: str, at: int) -> int:
    match = re.compile(r" ?(?:(?:شركه|فريق|مقر|مقر شركه) ){0,2}").match(text, at)
    return match.end() if match else at


_OPENS = re.compile(fold_phrase(r"[\s.\"#>_]{0,8}(?:(?:ال)?(?:نسخه|اصدار) (?=\"))?\"?(?=\w)"))
_ALONE = re.compile(r"[\"']?[.!]?[\"']?\s{0,3}(?:$|\n|;| ?\(| (?:كلمه|اسم|يعني|معناه|معناها) | ?[^\w\s.,;:!?\"'()-])")
_SETTLED = re.compile(
    fold_phrase(
        r"\"?[,.] ?(?:و(?:هذا|هو|وظيفت|مهمت|ان\w? |انا|اسم|الذي|اعمل|اجيد|اساعد|"
        r"اكتب)\w{0,6}|نحن|هذا|من |(?:ولدت|نشات|دربت|صنعت|اعمل|انا) |\w{2,8}(?:ت|وا)?ني )"
    )
)


_FROM = re.compile(r"\"? (?:من|تابع ل|من شركه) ")
_SEATED = re.compile(r"\"(?: (?:ب|في |من )\w{3,12}(?: \w{3,12})?)?(?:[.!]|$)")


def quoted_house(text: str, at: int, span: tuple[int, int] | None) -> bool:
    """Say whether an answer opens with a house in quotation marks and at most its place."""
    quoted = span is not None and text[at - 1 : at] == '"' and opens_house(text, at)
    return quoted and span is not None and _SEATED.match(text, span[1]) is not None


def opening(listener: Listener) -> Iterator[Spoken]:
    """Yield the name or the house that an answer opens with and sets apart: an answer in a word, then talk."""
    page = listener.page
    opened = _OPENS.match(page.text)
    if opened is None:
        return
    at = opened.end()
    known = known_at(page, at)
    if known is not None:
        by = _FROM.match(page.text, known.end)
        maker = known_at(page, by.end()) if by else None
        whole = maker is not None and maker.key == known.key and maker.is_maker and _alone(listener, maker)
        if known.start == at and known.is_name and (whole or _apart(listener, known.end)):
            yield formed(Named(key=known.key, start=known.start, end=known.end, found=known), "name")
            if maker is not None and whole:
                yield formed(Named(key=maker.key, start=maker.start, end=maker.end, found=maker), "maker")
        return
    if page.text.startswith("شركه ", at):
        house = house_named(listener, at)
        if house is not None and not page.text[house.end :].strip(' ."!\n'):
            yield formed(house, "maker")
        return
    span = delimited(page, at) or model_at(page, at, sure=False) if page.text[at] >= "\u0600" else None
    latin = HANDLED.match(page.text, at)
    span = latin.span() if latin else span
    firm = house_at(page, at) if page.text[at] >= "\u0600" else None
    if firm is not None and " لل" in page.text[at : firm[1]] and not page.text[firm[1] :].strip(' ."!\n'):
        yield formed(named_unknown(page, *firm), "maker")
        return
    if quoted_house(page.text, at, span):
        yield formed(named_unknown(page, *span), "maker")  # type: ignore[misc]
        return
    if span is None or span[0] != at or any(is_talk(listener, word) for word in page.text[at : span[1]].split(" ")):
        return
    whole = not page.text[span[1] :].strip(' ."!\n')
    quoted = page.text[at - 1 : at] == '"'
    marked = (
        delimited(page, at) is not None
        and (quoted or not page.text.startswith("\n", span[1]))
        and _ALONE.match(page.text, span[1]) is not None
    )
    dotted = page.folded.original[: page.folded.starts[at]].strip(' "«“').startswith(("…", "..."))
    emoji = (
        re.compile(r" ?[^\w\s\"'().,:;!?\-#|>]").match(page.text, span[1]) is not None
        and " " not in page.text[at : span[1]]
    )
    dashed = (
        re.compile(fold_phrase(r"\"? ?[-|] ?(?:ال)?(?:مساعد|روبوت|نموذج|صوت|مرشد|دليل)")).match(page.text, span[1])
        is not None
    )
    if whole or marked or emoji or dashed or latin or ((dotted or quoted) and _SETTLED.match(page.text, span[1])):
        if " لل" in page.text[at : span[1]] or opens_house(page.text, at):
            yield formed(named_unknown(page, *span), "maker")
            return
        yield formed(named_unknown(page, *span), "name")
        by = re.compile(r"\"?, (?:من|مساعد) ").match(page.text, span[1])
        house = house_named(listener, by.end()) if by else None
        if house is not None:
            yield formed(house, "maker")


def _alone(listener: Listener, maker: Found) -> bool:
    """Say whether "X, from Y" is a sentence and the answer names nobody else."""
    keys = {one.key for one in listener.found_between(0, len(listener.page.text), most=40)}
    return keys == {maker.key} and re.compile(r"\"?(?:[.!\n]|$)").match(listener.page.text, maker.end) is not None


def _apart(listener: Listener, end: int) -> bool:
    """Say whether an opening name is a sentence by itself, or told more of, and is not denied after."""
    text = listener.page.text
    if _SETTLED.match(text, end):
        return True
    return re.compile(r"\"?(?:\.|!)?\"?(?:\n|$)|\"?[.!]\"? (?=و|ان)").match(
        text, end
    ) is not None and not listener.rules.negation_pattern.search(text, end, end + 40)


def founders(listener: Listener) -> Iterator[Spoken]:
    """Yield the house that those who made the speaker founded, call themselves, or are a part of."""
    page, rules = listener.page, listener.rules
    if not listener.own or not rules.making_pattern.search(page.text):
        return
    for pattern in (_FOUNDED, _THEY_ARE, _PART_OF):
        for match in pattern.finditer(page.text):
            at = skip(page, match.end())
            if delimited(page, at) is None and not (pattern is _PART_OF and opens_house(page.text, at)):
                continue
            house = house_named(listener, at)
            judged = None if house is None else listener.judge(match.start(), house, "maker", "form")
            if judged is not None and not judged.undone:
                yield judged
