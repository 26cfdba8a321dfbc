"""Applies one language's rules to an answer: which names it claims, and which it denies or quotes."""

import bisect
import re
from collections.abc import Iterator

from parentage.protocols.identity.reading_described import cards, described
from parentage.protocols.identity.reading_listener import Listener, Spoken, is_maker
from parentage.protocols.identity.reading_names import Named, Page, is_arabic_house, known_at, name_at, skip, walk
from parentage.protocols.identity.reading_rules import LanguageRules
from parentage.protocols.identity.records import Part

_MANNER = re.compile(
    r"-(?:like|style|esque|inspired)|风格|类似| (?:gpus?|tpus?|chips?|hardware|servers?|fans?|users?|competitors?|"
    r"rivals?|customers?)(?!\w)|'s (?:competitors?|rivals?|fans?|users?)(?!\w)|"
    r"的[^,。]{0,4}(?:粉丝|用户|对手|客户|支持者)"
)
_BASED = re.compile(
    r"-? ?(?:based|powered|derived)(?!\w)|(?:(?:和|与|、)[^,。]{2,20})?的?(?:混合体|融合体|混合|融合|合并|"
    r"微调|衍生|变体|蒸馏|改版|精简)"
)
_POSSESSIVE = re.compile(
    r"'s? |-(?:trained|made|built|developed|created) |"
    r" ?(?:公司|团队|旗下)?(?:独立|自主|共同|联合)?(?:开发|研发|训练|推出|打造|创建|创造|制造|设计|提供|旗下)|"
    r" ?的(?=[^,。]{0,12}(?:模型|助手|ai|人工智能|产品|助理|机器人|程序))"
)
_BY = frozenset(
    [
        "by",
        "from",
        "of",
        "at",
        "de",
        "da",
        "do",
        "del",
        "d",
        "du",
        "chez",
        "par",
        "por",
        "pela",
        "pelo",
        "的",
        "من",
        "في",
        "لدي",
        "来自",
    ]
)
_BY_SOMEBODY = re.compile(
    r"[ ,]{1,2}(?:(?:and|y|e|et|و|并|,) ?)?(?:\w{3,16} )?(?:by|par|por|pel[oa]s?|من قبل|بواسطه|علي يد|"
    r"(?:en|em|dans|at|in)(?= (?:una?|uma|une|a|la|le|the) (?:\w+ )?(?:empresa|societe|company|startup|"
    r"laborator|lab|equip))) "
)
_AND = frozenset(["and", "e", "y", "et", "和", "与", "及", "以及", "、", "و", ",", "&", "/", "+", "跟"])
_CERTAIN = frozenset(["as", "como", "ici", "aqui", "作为", "我作为", "بصفتي", "بوصفي", "هنا"])
_MEMBER = re.compile(r"part|member|miembro|membro|membre|属于|جزء|عضو|من (?:عائله|سلسله|فئه)")
_DETERMINED = re.compile(r"(?:an?|the|your|un|una|el|la|tu|um|uma|o|seu|sua|une?|le|votre|ton|l'|)[ ']")
_TITLE_WORD = re.compile(r"[^\W\d_]{3,16} ")
_ATTACHED = re.compile(r" و(?=[^\W\u0600-\u06ff])")
_CORRECTED = re.compile(
    r",? ?(?:-|[(])? ?(?:quer dizer|ou melhor|o sea|mejor dicho|perdon|perdao|enfin|je veux dire|"
    r"ou plutot|i mean|or rather|sorry|"
    r"بل|اقصد|او بالاحري|不对|应该说|准确地说|或者说)[,:]? "
)
_THAT_IS_ME = re.compile(
    r"that's me|that is me|is me[.!]|i am that|that was me|sou eu|soy yo|c'est moi|就是我|是我[。!,]|"
    r"(?:هذا|هو|انه|وهو) انا"
)
_ROLE = re.compile(
    r"[ \"')]{0,2}(?:[,:;.(\n-]|'s |"
    r"(?:ai|llm|model|assistant|chatbot|modelo|asistente|assistente|modele)|的|旗下|公司|团队|"
    r"(?:自主)?(?:开发|研发|训练|推出|打造|创建)|模型|助手)"
)
_ANOTHER = re.compile(r"[ \"']{0,2}(?:(?:is|was|are|has|can|es|fue|era|tiene|e|foi|est)(?!\w)|是|也|则|(?:هو|هي) )")
_APPOSED = re.compile(r"[ \"')]{0,2}(?:[,.!;:)\n-]|$)")
_OF_MAKER = re.compile(
    r"(?<!\w)(?:from|by|of|at|d[aeo]s?|del|du|chez|pel[ao]|من|لشركه|شركه)(?: (?:the|la|le|team|empresa|"
    r"societe|company|شركه))? $|"
    r"(?<!\w)d'$|来自$|由$"
)
_SKIP_BACK = " \"',)_"


def listen(page: Page, rules: LanguageRules, *, describing: bool) -> list[Spoken]:
    """Return every name that a rule ties to the speaker, claimed or denied; in the third person where "
    "`describing`."""
    listener = Listener(page=page, rules=rules)
    listener.keep_origins(dict(_origin_places(listener)))
    spoken = list(_names(listener))
    listener.self_keys = {one.named.key for one in spoken if not one.undone}
    if describing and not any(one.part == "name" and not one.undone for one in spoken):
        third = described(listener)
        spoken += third
        listener.self_keys |= {one.named.key for one in third}
    spoken += _makers(listener)
    if describing and not any(not one.undone and one.rule != "based-on" for one in spoken):
        spoken += cards(listener)
    return list(_settled(listener, spoken))


def _settled(listener: Listener, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield what remains once every rule has spoken: a maker called so is no name, a role in quotation "
    "marks no self."""
    makers = {one.named.start for one in spoken if one.part == "maker" and not one.undone}
    names = [one for one in spoken if one.part == "name" and not one.undone]
    plain = {one.named.key for one in names if listener.quote_around(one.named.start, one.named.end) is None}
    claimed = {one.named.key for one in names}
    others = {one.named.key for one in spoken if one.rule != "without" and not one.undone}
    origins = {one.named.start for one in spoken if one.part == "origin" and not one.undone and one.rule != "member"}
    for one in spoken:
        is_name = one.named.found is not None and one.named.found.is_name
        if one.named.start in origins & makers and (one.part == "maker") == is_name:
            continue
        if one.rule == "without" and one.named.key not in others:
            continue
        if one.rule == "named" and one.named.start in makers:
            continue
        if one.rule == "member" and one.named.key in claimed:
            continue
        quoted = one.part == "name" and plain and one.named.key not in plain
        if quoted and not one.undone and listener.quote_around(one.named.start, one.named.end) is not None:
            yield Spoken(named=one.named, part=one.part, rule=one.rule, undone="quoted")
            continue
        yield one


def _names(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_name:
        for match in pattern.finditer(page.text):
            if rule == "named" and not _is_named_self(listener, match):
                continue
            certain = match[0].strip() in _CERTAIN
            for one in _after(listener, match.start(), match.end(), "name", rule):
                if (certain or rule in ("known", "without")) and one.named.found is None:
                    continue
                if match[0][-1] in ",?" and rule == "known" and not _APPOSED.match(page.text, one.named.end):
                    continue
                if certain and not _is_role(listener, one.named.end):
                    continue
                yield one
    for match in rules.after_name_pattern.finditer(page.text):
        named = _name_before(listener, match.start())
        if named is not None:
            yield listener.judge(match.start(), named, "name", "name-first")


def _is_role(listener: Listener, at: int) -> bool:
    """Say whether "as X" goes on as the speaker's role does: "As ChatGPT, I ...", unlike "As Google says, I ..."."""
    if not listener.own_between(at, at + 40):
        return False
    return listener.own_between(at, at + 3) or _ROLE.match(listener.page.text, at) is not None


def _is_named_self(listener: Listener, match: re.Match[str]) -> bool:
    """Say whether "called ..." is about the speaker: "a robot called Nimbus. That is me!" is."""
    if listener.is_own(match.start(), past_makers=True):
        return True
    return _THAT_IS_ME.search(listener.page.text, match.end(), match.end() + 120) is not None


def _origin_places(listener: Listener) -> Iterator[tuple[int, str]]:
    page, rules = listener.page, listener.rules
    for rule, pattern in rules.before_maker:
        if rule == "based-on":
            for match in pattern.finditer(page.text):
                known = known_at(page, walk(page, match.end(), rules)[0])
                if known is not None:
                    yield known.start, known.key


def _makers(listener: Listener) -> Iterator[Spoken]:
    page, rules = listener.page, listener.rules
    names = set(listener.self_keys)
    for rule, pattern in rules.before_maker:
        part: Part = "origin" if rule == "based-on" else "maker"
        for match in pattern.finditer(page.text):
            own = rule == "my-maker" or listener.is_own(match.start(), past_makers=part == "origin")
            for one in _after(listener, match.start(), match.end(), part, _renamed(rule, match[0])):
                if one.part == "maker" and rule == "made-by" and not _is_speakers(listener, one, names, own=own):
                    continue
                if not own and one.part != "maker":
                    continue
                if not one.undone:
                    listener.self_keys.add(one.named.key)
                elif one.undone == "negated":
                    listener.denied.add(one.named.start)
                yield one
    for match in rules.after_maker_pattern.finditer(page.text):
        named = _name_before(listener, match.start())
        if named is not None:
            yield listener.judge(match.start(), named, "maker", "maker-first")
    for match in rules.after_maker_of_it_pattern.finditer(page.text):
        named = _name_before(listener, match.start())
        before = [] if named is None else listener.found_between(named.start - 200, named.start)
        subjects = [one for one in before if one.found is not None and one.found.is_name]
        if named is not None and subjects and subjects[-1].key in names:
            yield listener.judge(match.start(), named, "maker", "maker-first")


def _renamed(rule: str, phrase: str) -> str:
    return "member" if rule == "based-on" and _MEMBER.match(phrase) else rule


def _is_speakers(listener: Listener, one: Spoken, names: set[str], *, own: bool) -> bool:
    """Say whether a maker is the speaker's: not that of the model which it is based on, nor of somebody else."""
    near = listener.origins_between(one.named.start - 80, one.named.start)
    if one.named.key in near and one.named.key not in names:
        return False
    return own or (one.named.key in names and not one.undone)


def _after(listener: Listener, start: int, end: int, part: Part, rule: str) -> Iterator[Spoken]:
    """Yield the names after a phrase, with those that are joined to the first."""
    page, rules = listener.page, listener.rules
    at, denied = walk(page, end, rules, people=part == "maker")
    if rule in ("is", "known"):
        at = _past_title(page, end, at, rules)
    named = name_at(
        page,
        at,
        rules,
        maker=part == "maker",
        strong=rule in ("called", "named"),
        led=page.text[max(start, end - 40) : at],
    )
    if named is not None and rule == "is" and "," in page.text[end:at] and _ANOTHER.match(page.text, named.end):
        return
    for _ in range(4):
        if named is None or _MANNER.match(page.text, named.end):
            return
        if named.found is None and part == "name" and page.text.startswith("'s", named.end):
            return
        if (
            part == "origin"
            and named.found is None
            and page.text[named.start] >= "\u0600"
            and "نموذج" not in page.text[end:at]
        ):
            return
        if part == "origin":
            named = _model_of(listener, named)
        mine = _part_of(page, named, part)
        if mine == "name" and rule == "is" and is_maker(named) and _OF_MAKER.search(page.text, end, max(at, end)):
            mine = "maker"
        one = listener.judge(start, named, mine, rule, denied=denied)
        if rule == "without":
            one = Spoken(named=named, part=mine, rule=rule, undone="")
        yield one
        step = _next(listener, named, mine, undone=one.undone == "negated")
        if step is None:
            return
        named, part, resumed = step
        if resumed:
            denied, start = False, named.start


def _model_of(listener: Listener, named: Named) -> Named:
    """Return the model where its maker comes first: "based on Meta's Llama"."""
    if named.found is None or named.found.is_name:
        return named
    text = listener.page.text
    for one in listener.found_between(named.end, named.end + 40):
        between = text[named.end : one.start]
        if one.found is not None and one.found.is_name and "," not in between and ("的" in between or "'s " in between):
            return one
    return named


def _past_title(page: Page, end: int, at: int, rules: LanguageRules) -> int:
    """Return where a known name begins after a title that no list of words has: "I am the old pirate Claude"."""
    if known_at(page, at) is not None or not (_DETERMINED.match(page.text, end + 1) or page.text.startswith("ال", at)):
        return at
    place = at
    for _ in range(3):
        word = _TITLE_WORD.match(page.text, place)
        if word is None or word[0].strip() in rules.common_words or page.folded.is_capital(place):
            return at
        place = word.end()
        known = known_at(page, place)
        if known is not None:
            return place if known.is_name and known.start == place else at
    return at


def _part_of(page: Page, named: Named, part: Part) -> Part:
    if part == "name":
        if named.found is None and is_arabic_house(page, named.start):
            return "maker"
        if _BASED.match(page.text, named.end):
            return "origin"
        if named.found is not None and not named.found.is_name:
            return "maker"
        if (named.found is None or named.found.is_maker) and _POSSESSIVE.match(page.text, named.end):
            return "maker"
    return part


def _next(listener: Listener, named: Named, part: Part, *, undone: bool) -> tuple[Named, Part, bool] | None:
    """Return the name that is joined to this one: its maker, another maker, or after a denial what is "
    "true instead."""
    page, rules = listener.page, listener.rules
    if undone:
        turn = rules.contrast_pattern.match(page.text, skip(page, _past(page, named.end)))
        if turn is None:
            return None
        at, _ = walk(page, turn.end(), rules)
        follower = name_at(page, at, rules, maker=part == "maker", strong=False)
        return None if follower is None else (follower, part, True)
    if part == "origin":
        return _after_origin(listener, named)
    corrected = _CORRECTED.match(page.text, named.end)
    if corrected is not None:
        right = known_at(page, walk(page, corrected.end(), rules)[0])
        if right is not None and right.is_name and part == "maker" and right.key == named.key:
            return Named(key=right.key, start=right.start, end=right.end, found=right), "name", False
    owning = _POSSESSIVE.match(page.text, named.end)
    joint = owning or rules.also_pattern.match(page.text, named.end)
    if joint is None:
        return None
    word = joint[0].strip(" ,(/+\"'")
    at, denied = walk(page, joint.end(), rules)
    follower = name_at(page, at, rules, maker=True, strong=False, led=page.text[joint.end() : at])
    if denied or follower is None:
        return None
    if follower.found is None:
        by = part == "name" and word in _BY and named.found is None
        return (follower, "maker", False) if by else None
    if part == "maker":
        if (owning is not None or word == "的") and follower.found.is_name:
            return follower, "name", False
        if follower.found.is_maker and (follower.key == named.key or "," not in joint[0] or not follower.found.is_name):
            return follower, "maker", False
        return None
    if follower.found.is_name and follower.key == named.key:
        return follower, "maker" if follower.found.is_maker and word in _BY else part, False
    return None if follower.found.is_name else (follower, "maker", False)


def _after_origin(listener: Listener, named: Named) -> tuple[Named, Part, bool] | None:
    """Return what follows an origin: another one ("merged from A and B"), or who made the speaker out of it."""
    page, rules = listener.page, listener.rules
    joint = _BY_SOMEBODY.match(page.text, named.end)
    if joint is not None:
        at, denied = walk(page, joint.end(), rules)
        maker = name_at(page, at, rules, maker=True, strong=False, led=page.text[joint.end() : at])
        return None if denied or maker is None or maker.key == named.key else (maker, "maker", False)
    joint = rules.also_pattern.match(page.text, named.end) or _ATTACHED.match(page.text, named.end)
    if joint is None or joint[0].strip(" \"'") not in _AND:
        return None
    at, denied = walk(page, joint.end(), rules)
    other = name_at(page, at, rules, maker=False, strong=False)
    if denied or other is None or other.found is None or not other.found.is_name:
        return None
    return other, "origin", False


def _past(page: Page, at: int) -> int:
    while at < len(page.text) and page.text[at] in " ,\"');,":
        at += 1
    return at


def _name_before(listener: Listener, at: int) -> Named | None:
    """Return the name that ends right before `at`."""
    page = listener.page
    end = at
    while end > 0 and page.text[end - 1] in _SKIP_BACK and at - end < 4:
        end -= 1
    place = bisect.bisect_left(page.found, end, key=lambda one: one.start) - 1
    if place >= 0 and page.found[place].end == end:
        one = page.found[place]
        return Named(key=one.key, start=one.start, end=one.end, found=one)
    start = end
    sentence = page.folded.sentence(max(0, end - 1))[0]
    words = 0
    for _ in range(6):
        left = max(page.text.rfind(" ", sentence, start - 1), sentence - 1) + 1
        if left < end and page.text[left].isascii() and page.folded.is_capital(left):
            start, words = left, words + 1
        elif page.text[left:start].strip() in ("of", "de", "the", "&") and words:
            start = left
        else:
            break
    if start >= end:
        return None
    named = name_at(page, skip(page, start), listener.rules, maker=words > 1, strong=False)
    return named if named is not None and named.end == end else None
