"""Answers that speak of the model in the third person: descriptions, announcements, and cards with little but names."""

import re
from itertools import pairwise

from parentage.protocols.identity.lexicon import Found
from parentage.protocols.identity.reading.english.plate_words import EXAMPLE, NO_OPENING
from parentage.protocols.identity.reading.fields import iter_fields
from parentage.protocols.identity.reading.listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading.names import Named, Page, known_at, name_at, skip, walk
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.records import Part

_OPENS = re.compile(r"(?:^|[\n:\"])[ \"'(\[#_>|~-]{0,6}$")
_SET_APART = re.compile(r"(?:^|[\n:\"。!.,;|/()\[\]·•-])[ \"'(\[#_>|~-]{0,6}$")
_ENDS = re.compile(
    r"[ \"')_]{0,3}(?:[\n.,;|/()\[\]·•。!]|- |$)| ?(?:公司|团队)?(?:荣誉)?(?:制造|出品|开发|研发|制作|训练)"
)
_GOES_ON = re.compile(r"[\"')\]_]{1,3} \w")
_LINKED = re.compile(r"[ ,(-]{1,3}(?:by|from|of|d[aeo]s?|del|du|d'|par|por|pel[ao]|من|ل)? ?(?:شركه )?")
_DESCRIPTION = re.compile(r"[ ,:|-]{0,3}\n[^.!?;]{4,60}")
_DATED = re.compile(
    r"[ ,(\"]{0,3}(?:19|20)\d\d(?: ?年)?(?: ?- ?(?:(?:19|20)?\d\d|\w{3,9})?(?: ?年)?)?[).,。\"]{0,2}[ \n]{0,2}"
)
_LABEL = re.compile(
    r"[\"')]{0,2}[.,:] ?\n?(?:an? |une? |uma? |una )?(?:[\w-]+ ){0,3}(?:models?|modele|modelo|assistant|assistente|"
    r"asistente|chatbot)(?!\w)|[.,:。]? ?\n?[\u3400-\u9fff]{0,6}(?:模型|助手)|[.,:] ?\n?(?:نموذج|مساعد) "
)
_HAN_SUBJECT = re.compile(
    r"\s{0,9999}(?:# ?[^\n]{1,20}\n{1,3})?[\s\"#]{0,4}"
    r"(?P<name>[\u3400-\u9fff·]{2,8}?(?:[ -]?[a-z0-9.]{1,6})?)\"?(?:[(][^()\n]{1,30}[)])?"
    r"(?= ?由[^,。\n]{2,40}(?:开发|研发|推出|打造|训练|微调)|,?(?:是|为)(?:一|由|我国|国内|[^,。]{2,16}(?:开发|"
    r"研发|推出|打造)))"
)
_ARABIC_SUBJECT = re.compile(
    r"[\s\"#]{0,4}(?P<name>[\u0621-\u064a]{2,12})\"?(?=,? (?:هو |هي )?(?:نموذج|مساعد|روبوت|برنامج)\w{0,2} )"
)
_NO_SUBJECT = re.compile(
    "^(?:这|它|他|她|本|该|那|答案|我|模型|助手|落款|署名|标题|名称|姓名|胸牌|هذا|هذه|هو|هي|(?:اسم|اساس|نموذج|قاعدت|شركت|مطور|صانع)ي|انه|انها|"
    "نعم)"
)
# Arabic words by which an announcement is history told, and no press release.
_HISTORY = re.compile("(?<!\\w)و?(?:عندما|حين|بعدها|بعد|منذ) ")
_LONGEST_CARD_GAP = 70
_MOST_NAMED = 1
_MOST_COMPARED = 2
_EARLY = 24


def described(listener: Listener) -> list[Spoken]:
    """Return the subject of an answer that describes one model in the third person and never says I."""
    page, rules = listener.page, listener.rules
    if listener.says_i():
        return _in_apposition(listener)
    if rules.code == "ar" and len(_announcers(listener)) > 1:
        return []
    spoken = announced(listener)
    if spoken:
        return spoken
    if (
        not rules.spaced
        and len({one.key for one in page.found if one.start in page.at and one.start not in listener.origins})
        > _MOST_NAMED
    ):
        return []
    makers: list[Named] = []
    for one in page.found[:40]:
        if (
            one.start in page.at
            and one.start not in listener.origins
            and not (rules.code == "en" and _is_ground(listener, one))
            and rules.describes_pattern.match(page.text, one.end)
        ):
            judged = listener.judge(one.start, _named(one), "name" if one.is_name else "maker", "described")
            if judged.part == "name" and not judged.undone:
                spoken.append(judged)
                before = listener.found_between(page.folded.sentence(one.start)[0], one.start)
                makers += [by for by in before if is_maker(by)]
    if len({one.key for one in page.found[:40] if one.start in page.at}) > _MOST_COMPARED and rules.code == "en":
        # Where several are named, only whom the answer names first is its subject: else it compares them.
        spoken = [one for one in spoken if one.named.key == page.found[0].key and one.named.start < _EARLY]
    first = name_at(page, skip(page, 0), rules, maker=False, strong=False) or _subject(page, rules)
    if rules.code == "zh" and first is not None and page.text.startswith("\n", first.end):
        first = _subject(page, rules)
    if (
        not spoken
        and first is not None
        and first.found is None
        and first.end - first.start > 1
        and not (rules.code == "en" and page.text[first.start : first.end].split(" ")[0] in NO_OPENING)
        and (rules.describes_pattern.match(page.text, first.end) or _LABEL.match(page.text, first.end))
    ):
        spoken.append(Spoken(named=first, part="name", rule="described", undone=""))
    if len({one.named.key for one in spoken}) != 1:
        return []
    return spoken[:1] + [Spoken(named=by, part="maker", rule="announced", undone="") for by in makers[:1]]


def _is_ground(listener: Listener, one: Found) -> bool:
    """Say whether an earlier mention of a model said that another is built on it."""
    return any(at < one.start and key == one.key for at, key in listener.origins.items())


def _subject(page: Page, rules: LanguageRules) -> Named | None:
    """Return the unknown Chinese or Arabic name that an entry opens with."""
    match = None
    if not rules.spaced:
        match = _HAN_SUBJECT.match(page.text)
    elif rules.code == "ar":
        match = _ARABIC_SUBJECT.match(page.text)
    if match is None or match["name"] in rules.common_words or _NO_SUBJECT.search(match["name"]):
        return None
    start, end = match.span("name")
    key = "unknown:" + page.folded.piece(start, end).replace("*", "").casefold()
    return Named(key=key, start=start, end=end, found=None)


def _announcers(listener: Listener) -> set[str]:
    """Return who is said to have announced something, right behind the verb: of two, neither is the speaker."""
    page = listener.page
    found = (known_at(page, match.end() + 1) for match in listener.rules.announces_pattern.finditer(page.text))
    return {one.key for one in found if one is not None and one.is_maker}


def announced(listener: Listener) -> list[Spoken]:
    """Return the maker and the model of a press release: "Y today announced X"."""
    page = listener.page
    for match in listener.rules.announces_pattern.finditer(page.text):
        start, end = page.folded.sentence(match.start())
        if _HISTORY.search(page.text, start, match.start()):
            continue
        near = listener.found_between(max(start, match.start() - 120), min(end, match.end() + 120))
        for by in near:
            for named in near:
                is_name = named.found is not None and named.found.is_name
                if is_maker(by) and is_name and by.key == named.key and named.start > max(by.start, match.start()):
                    judged = listener.judge(match.start(), named, "name", "announced")
                    maker = listener.judge(match.start(), by, "maker", "announced")
                    return [] if judged.undone else [maker, judged]
    return []


def cards(listener: Listener) -> list[Spoken]:
    """Return name and maker of an answer that sets them side by side: a badge, a label, a citation, a signature.

    Nobody else may be named in it, and neither may stand within a sentence.
    """
    page = listener.page
    found = [one for one in page.found if one.start in page.at]
    if any(part == "origin" for part, _ in iter_fields(page, listener.rules)):
        return []
    if len({one.key for one in found}) != 1:
        return []
    for one, other in pairwise(found[:16]):
        if EXAMPLE.search(page.text, max(0, one.start - 120), one.start):
            continue
        pair = {(one.is_name, one.is_maker), (other.is_name, other.is_maker)}
        if other.start - one.end > _LONGEST_CARD_GAP or not (
            _is_set_apart(page, one, _OPENS) and pair != {(True, False)}
        ):
            continue
        linked = _LINKED.fullmatch(page.text, one.end, other.start) and _ENDS.match(page.text, other.end)
        if (linked or _is_set_apart(page, other, _SET_APART) or _is_made_by(listener, one, other)) and pair != {
            (False, True)
        }:
            name, by = (one, other) if one.is_name and not (one.is_maker and not other.is_maker) else (other, one)
            spoken = [_carded(listener, name, "name"), _carded(listener, by, "maker")]
            return [] if any(each.undone for each in spoken) else spoken
    return []


def _is_made_by(listener: Listener, one: Found, other: Found) -> bool:
    """Say whether the second name stands behind "made by" on a line of its own."""
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_maker:
        for match in pattern.finditer(page.text, one.end, other.end + 40) if rule == "made-by" else ():
            dated = _DATED.fullmatch(page.text, one.end, match.start())
            described = dated or _DESCRIPTION.fullmatch(page.text, one.end, match.start())
            near = walk(page, match.end(), rules)[0] == other.start
            if near and (described or not page.text[one.end : match.start()].strip(" \n.,;-")):
                return True
    return False


def _carded(listener: Listener, one: Found, part: Part) -> Spoken:
    return listener.judge(one.start, _named(one), part, "card")


def _is_set_apart(page: Page, one: Found, left: re.Pattern[str]) -> bool:
    before = page.text[max(0, one.start - 8) : one.start]
    if one.start > 8:
        before = "x" + before
    ended = _ENDS.match(page.text, one.end) and not _GOES_ON.match(page.text, one.end)
    return left.search(before) is not None and bool(ended)


def _named(one: Found) -> Named:
    return Named(key=one.key, start=one.start, end=one.end, found=one)


def _in_apposition(listener: Listener) -> list[Spoken]:
    """Return the name that an answer opens with: "Nimbus, a language model made by ...", though it says I later on."""
    page, rules = listener.page, listener.rules
    for one in page.found[:1]:
        text = rules.describes_pattern.match(page.text, one.end)
        if text is None or not text[0].startswith(",") or listener.own_between(one.end, one.end + len(text[0])):
            return []
        if one.start <= 10 and one.start in page.at and one.is_name:
            judged = listener.judge(one.start, _named(one), "name", "described")
            return [] if judged.undone else [judged]
    return []
