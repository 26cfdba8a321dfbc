"""Arabic answers in forms that have no phrase: labels, answers to a wager, citations, signatures, and tales.

Only what the phrases left open is sought here, by the layout or by the words around the name.
"""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.arabic.houses import delimited, model_at
from parentage.protocols.identity.reading.arabic.parts import (
    ENDS,
    formed,
    house_named,
    is_talk,
    model_named,
    opens_house,
)
from parentage.protocols.identity.reading.arabic.tales import boxed, founders, opening, plaque, released, third
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, name_at, named_unknown
from parentage.protocols.identity.reading.rules import fold_phrase
from parentage.protocols.identity.records import Part

_LINE = r"(?:^|[\n|•])[ \t]{0,6}(?:[-#>+•·✦*|]{1,6} ?|\d{1,2}[.)] ?)?[\"']?"
_OF_MODEL = (
    r"(?: (?:ال)?(?:نموذج|مساعد|برنامج|الحالي|حالي|كامل|رسمي|عند الاطلاق|تجاري|معتمد|صحيح|الصحيح|الكامل|"
    r"الرسمي|هذا|(?:ال)?نهائي|الاول|الجديد|المعتمد)){0,3}"
)


def _label(words: str) -> re.Pattern[str]:
    return re.compile(fold_phrase(rf"{_LINE}(?:{words})[\"']? ?(?:[:=|]| - )[ \n]?[ \"'\[(]{{0,3}}"))


_LABELS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "name",
        _label(
            rf"(?:ال)?اسم{_OF_MODEL}|(?:ال)?(?:نموذج|مساعد|اصدار|نسخه|عنوان|هويه){_OF_MODEL}|الصحيح|الصواب|اسمي|"
            rf"الاسم والجهه|"
            "الاسم والجهه المطوره|الاسم والمطور|model|name|حرره|كتبه|بقلم|المجيب|المتحدث|اللقب|الكنيه|اسم الناتج|"
            "اسم المنتج|وسم النموذج"
        ),
    ),
    (
        "maker",
        _label(
            r"(?:ال)?(?:جهه|شركه|موسسه|فريق|مطور|مطورون|صانع|مالك|ناشر|مولف|مصنع|منتج|مشغل|مزود|منشئ|منشي|جهه)"
            r"(?: (?:ال)?(?:مطوره?|مصنعه?|مالكه?|صانعه?|منتجه?|مشغله?|ناشره?|مزوده?|مسووله?|مولفه?|تطوير|صنع|تشغيل|"
            r"نشر|ام)){0,2}|"
            r"من (?:تطوير|صنع|انتاج|تشغيل|اعداد)|(?:تطوير|صنع|انتاج|اعداد|تشغيل|صنعه|طوره|طورته|صنعته)|الانتماء|org|"
            r"developer|"
            r"author|الجواب المعتمد|(?:ال)?معد|صاحب الفكره|صاحب المشروع|مكان العمل|جهه العمل|"
            r"(?:ال)?(?:ضبط|تدريب|تخصيص)(?: (?:ال)?(?:دقيق|نهائي|لاحق))?|"
            r"(?:انجز|طور|صنع|درب|ضبط|بنا|صمم)(?:ت|وا)?(?:ني|ه|ها)|"
            r"من (?:قام به|يشغلني|طورني|صنعني|دربني|يقف خلفي)"
        ),
    ),
    (
        "origin",
        _label(
            r"(?:ال)?(?:نموذج|اساس|اوزان|قاعده|اصل|محرك|بنيه|سلف)(?: (?:ال)?(?:اساس|اساسي|اساسيه|اصلي|اصليه|ام|اصل|"
            r"سابق|تقني|"
            r"مستخدم|قاعدي|قاعده|ابتدائيه)){0,2}|base(?: model)?|مشتق(?:ه)? من|مبني(?:ه)? علي|نقطه الانطلاق|النموذج "
            r"الذي بني عليه"
        ),
    ),
)
_CITED = re.compile(
    fold_phrase(
        r"(?:توثيق\w{0,12}|وثق\w{0,12}|وثقني|استشهد\w{0,12}|اقتبس\w{0,12}|اذكرني|المرجع|مرجع|خانه المولف|صيغه "
        r"التوثيق|الاستشهاد|"
        r"التوثيق)[^:\n]{0,40}(?::|هكذا)\s{0,3}[\">]{0,2} ?"
    )
)
_KIND = re.compile(fold_phrase(r"\"?,? ?[\[(](?:نموذج|مساعد|برنامج|روبوت|ذكاء|مساعده|اداه)"))
_TITLE_FIELD = re.compile(fold_phrase(r"خانه (?:العنوان|الاسم|اسم \w{1,16}) \"?(?=\w)"))
_AUTHOR_FIELD = re.compile(fold_phrase(r"خانه (?:المولف|الجهه|الناشر|الشركه|المطور|المنتج) \"?(?=\w)"))
_SIGNED = re.compile(
    fold_phrase(
        r"(?:^|\n)[ #>\-]{0,6}(?:مع (?:خالص |كل |كامل |اطيب |ارق |اجمل )?(?:حبي|حبنا|الحب|محبتي|المحبه|محبتنا|الود|"
        r"مودتي|التحيه|تحياتي|تحيات|"
        r"التقدير|الاحترام|تمنياتي|الامنيات|ودي)|(?:ال)?توقيع|توقيعي|محبكم?|محبتكم?|(?:ال)?مخلص(?:ه|ك|كم)?(?: لك| "
        r"لكم)?|حرره|كتبه|كتبها|بقلم|"
        r"تحياتي|تحيات|قبلات|حفيدك|حفيدتك|صديقك|صديقتك|خادمكم|اخوكم|ودمتم)(?: \w{2,10}){0,2} ?[:,.\-]{0,2}[ "
        r"\n]{1,3}[-~]{0,2} ?\"?(?=\w)"
    )
)
_DASHED = re.compile(r"\n[ ]?[-~]{1,2} ?\"?(?=\w)")
_AND_HOUSE = re.compile(
    fold_phrase(
        r"\"?[ ,\n/|-]{0,4}(?:(?:و|من|في|عن|مساعد|مساعده|مساعدكم|مساعدك|مساعدتكم|باسم|لدي|ب)? ?(?:اسره|عائله|اهل|"
        r"فريق|طاقم|اصدقاء|"
        r"جماعه|شركه|كل فريق|ال\w{3,9})? ?){1,2}(?:(?:في|لدي|من|ل) )?\"?(?=\w)"
    )
)
_LONGEST_TAIL = 130


def arabic_forms(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return what an Arabic answer says by its form, of the parts that are open."""
    said = [one for one in spoken if not one.undone]
    parts = {one.part for one in said}
    found: list[Spoken] = []
    names = {one.named.key for one in said if one.part == "name"}
    for finder in (_labelled, _answered, _cited, _signed, released, plaque, boxed, opening, third, founders):
        for one in finder(listener):
            taken = {each.named.key for each in [*said, *found] if each.part == one.part}
            fits = one.part not in parts and one.named.start not in listener.denied and not one.undone
            # A predecessor that has the speaker's own name is no origin.
            fits = fits and not (one.part == "origin" and one.named.key in names)
            if (
                fits
                and (one.part not in {each.part for each in found} or finder is _labelled)
                and one.named.key not in taken
            ):
                found.append(one)
    if not any(one.part == "maker" for one in (*said, *found)):
        found += [one for each in (*said, *found) if each.part == "name" for one in _whose(listener, each.named)][:1]
    return found


_HELPER_OF = re.compile(
    fold_phrase(
        r"[\")]{0,2},? (?:ال)?(?:مساعد|روبوت|مجيب|نموذج|مرشد|موظف|رفيق|دليل|صوت|بوت)ه?(?: (?:ال)?\w{3,10}ه?){0,2}"
        r" (?:(?:لدي|في|من|عند|التابع ل|تابع ل) ?(?=\w)|ل(?=\w{3}))"
    )
)


def _whose(listener: Listener, named: Named) -> Iterator[Spoken]:
    """Yield the house whose helper a name is said to be right behind it: "«X», the assistant at the Bank of ..."."""
    match = _HELPER_OF.match(listener.page.text, named.end)
    house = house_named(listener, match.end()) if match and opens_house(listener.page.text, match.end()) else None
    if house is not None:
        yield formed(house, "maker")


_ANSWERS = re.compile(
    fold_phrase(
        r"(?<!\w)(?:و)?(?:(?:ال)?(?:مطور|صانع|مالك|جهه المطوره|شركه المطوره|جهه التي طورته|الفريق المطور)(?: "
        r"\w{3,8})? (?:هو|هي)|"
        r"(?:ال)?(?:جواب|اجابه)(?: (?:ال)?(?:صحيح|صحيحه|معتمد|معتمده))? (?:هو|هي)):? \"?(?=\w)"
    )
)
_CORRECT = re.compile(fold_phrase(r"(?<!\w)(?:ال)?(?:صواب|صحيح|اسم الصحيح)(?:(?: هو)?: ?\"?(?=\w)| هو \"(?=\w))"))
_BUT = re.compile(
    fold_phrase(r"(?<!\w)(?:و|ف)?(?:لست|لسنا)[^.!?\n]{2,60}(?<!\w)(?:بل|انما|وانما)(?: انا| اسمي)? \"(?=\w)")
)
# A question and its answer: of a quiz, of a hearing, or in a heading.
_ASKED_NAME = re.compile(
    fold_phrase(
        r"(?:(?<!\w)سوال ?: ?[^\n?]{0,30}(?:نموذج|مساعد|برنامج|روبوت)[^\n?]{0,240}\?\s{1,3}(?:ال)?(?:جواب|اجابه) ?: ?|"
        r"(?<!\w)السوال ?: ?[^\n?]{0,30}(?:نموذج|مساعد|برنامج|روبوت)[^\n?]{0,240}\?\s{1,3}(?:ال)?(?:جواب|اجابه) ?: ?|"
        r"(?<!\w)(?:ما )?اسمك(?: الكامل)?\?\n{1,2}[^\n:]{2,20}: )\"?(?=\w)"
    )
)
_ASKED_MAKER = re.compile(
    fold_phrase(
        r"(?:(?<!\w)من (?:صنع|طور|درب|بنا|يشغل|انشا)ك\?\n{1,2}[^\n:]{2,20}: |"
        r"(?:^|\n)#{1,4}[^\w\n]{0,6}من(?: (?:يقف (?:وراءي|ورائي|خلفي)|\w{2,8}ني))?\??\n[^\w\"]{0,6})\"?(?=\w)"
    )
)
_GROUND_AFTER = re.compile(
    fold_phrase(
        r"\"?(?: (?:هو|كان|كانت|هي))? (?:(?:ال)?(?:نموذج|اساس|قاعده) )?(?:(?:الذي|التي) )?(?:تم )?(?:ضبطي|بنيت|"
        r"بنائي|تدريبي|"
        r"دربت|ضبطت|انطلقت|طورت|بنوني|ضبطوني|دربوني|اشتققت|انحدرت|بني|ضبط) (?:\w{1,16} )?(?:عليه|منه|فوقه|عليها|منها)"
    )
)


def _labelled(listener: Listener) -> Iterator[Spoken]:
    text = listener.page.text
    named_so: set[str] = set()
    for part, pattern in _LABELS:
        for match in pattern.finditer(text):
            if part == "maker":
                named = house_named(listener, match.end())
            else:
                named = model_named(listener, match.end())
                if part == "origin" and named is not None and (named.found is None or named.key in named_so):
                    continue
            if named is None:
                continue
            if part == "name" and named_so:
                # A second label of a model says what runs behind the name.
                if named.found is not None and "نموذج" in match[0]:
                    yield formed(named, "origin")
                continue
            named_so |= {named.key} if part == "name" else set()
            yield formed(named, part)
            if part == "name" and "الجهه" in match[0] and (comma := ENDS.match(text, named.end)):
                house = house_named(listener, comma.end() + (text[comma.end() : comma.end() + 1] == " "))
                if house is not None:
                    yield formed(house, "maker")


def _answered(listener: Listener) -> Iterator[Spoken]:
    """Yield a maker named as the answer, a corrected name, and what a sentence says that the speaker was built on."""
    text = listener.page.text
    for match in _ANSWERS.finditer(text):
        named = house_named(listener, match.end())
        sure = "جواب" not in match[0] and "اجابه" not in match[0]
        if named is not None and (sure or (named.found is not None and not named.found.is_name)):
            yield listener.judge(match.start(), named, "maker", "form")
    for match in _CORRECT.finditer(text):
        named = model_named(listener, match.end())
        if named is not None:
            yield formed(named, "name")
    for match in _BUT.finditer(text):
        named = model_named(listener, match.end())
        if named is not None:
            yield formed(named, "name")
    for match in _ASKED_NAME.finditer(text):
        named = model_named(listener, match.end()) or name_at(
            listener.page, match.end(), listener.rules, maker=False, strong=True
        )
        if named is not None and not is_talk(listener, text[named.start : named.end].split(" ")[0]):
            yield formed(named, "name")
    for match in _ASKED_MAKER.finditer(text):
        house = house_named(listener, match.end())
        if house is not None:
            yield formed(house, "maker")
    for one in listener.found_between(0, len(text), most=40):
        if _GROUND_AFTER.match(text, one.end) and one.found is not None and one.found.is_name:
            yield listener.judge(one.start, one, "origin", "form")


def _cited(listener: Listener) -> Iterator[Spoken]:
    text = listener.page.text
    for match in _AUTHOR_FIELD.finditer(text):
        named = house_named(listener, match.end())
        if named is not None:
            yield formed(named, "maker")
    for match in _TITLE_FIELD.finditer(text):
        named = model_named(listener, match.end())
        if named is not None:
            yield formed(named, "name")
    for match in _CITED.finditer(text):
        house = house_named(listener, match.end())
        if house is None:
            continue
        for step in _STEP.finditer(text, house.end, min(len(text), house.end + 60)):
            span = delimited(listener.page, step.end()) or model_at(listener.page, step.end(), sure=True)
            if span is not None and _KIND.match(text, span[1]):
                yield formed(house, "maker")
                yield formed(named_unknown(listener.page, *span), "name")
                return


_STEP = re.compile(r"(?<=[.,:)\"]) \"?(?=\w)")


def _signed(listener: Listener) -> Iterator[Spoken]:
    page = listener.page
    text = page.text.rstrip()
    dashed = list(_DASHED.finditer(text))
    for match in [*_SIGNED.finditer(text), *(dashed if len(dashed) == 1 else [])]:
        rest = len(text) - match.end()
        if rest > _LONGEST_TAIL and "توقيع" not in match[0]:
            continue
        named = model_named(listener, match.end())
        named = named or (_bold_line(listener, match.end()) if match not in dashed else None)
        if named is None:
            continue
        yield formed(named, "name")
        near = [one for one in listener.found_between(named.end, named.end + 48) if is_maker(one)]
        if near:
            yield formed(near[0], "maker")
            return
        link = _AND_HOUSE.match(page.text, named.end)
        if link is not None:
            house = house_named(listener, link.end())
            if house is not None and house.key != named.key:
                yield formed(house, "maker")
        return


def _bold_line(listener: Listener, at: int) -> Named | None:
    span = delimited(listener.page, at)
    return None if span is None else named_unknown(listener.page, *span)
