"""Reads one reply: whom it claims to be, whom it only mentions, and with which words.

Rules alone, in time that grows with the length or a little faster. The rules, and how often they are right:
docs/questions/reading.md.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from parentage.digest import manifest_digest, sha256_of
from parentage.protocols.identity.lexicon import Found, Lexicon
from parentage.protocols.identity.reading.claims import listen
from parentage.protocols.identity.reading.fields import bare_names, iter_fields, iter_signatures
from parentage.protocols.identity.reading.languages import RULES
from parentage.protocols.identity.reading.listener import Spoken
from parentage.protocols.identity.reading.names import Page, open_page
from parentage.protocols.identity.reading.others import is_place
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.reading.spanish.ends import settled
from parentage.protocols.identity.reading.text import MOST_CHARACTERS, fold
from parentage.protocols.identity.reading.thinking import split_thinking
from parentage.protocols.identity.records import Claim, Language, Mention, Reading, Status, Stop

RULES_VERSION = "5"
# What else decides how a reply is read.
_BESIDE = ("lexicon.py", "residue.py", "telling.py", "unicode_14.py", "unicode-14.txt")
_MOST_CLAIMS = 64
_CONTEXT = re.compile(
    r"(?<!\w)(?:ai|ia|llm|model\w*|assistant\w*|asistente|assistente|chatbot|gpt)(?!\w)|"
    r"(?<!\w)(?:trained|tuned|training|entrenad\w+|treinad\w+|entrain\w+|weights|tokens?|tokeni\w+)(?!\w)|"
    r"模型|助手|人工智能|分词|训练|نموذج|مساعد|ذكاء|تدريب|دربت"
)
_UNSURE = re.compile("confirm|verif|确认|核实|تاكيد|تحقق")
_PAIRED = re.compile(r" ?(?:,|and|or|y|o|e|ou|et|和|与|或|、|و) ?")
_COMPARED = re.compile(
    r"(?:name|nombre|nome|nom|اسم|unlike|like|than|as|called|named|comme|que|contrairement a|como|igual que|"
    r"diferencia de|"
    r"contrario d[oae]|像|跟|和|比|مثل|"
    r"خلاف|بخلاف|كنت|عكس|"
    r"(?<!\w)(?:am|are|be|were|es|eres|e|sou|soy|suis|etes|انا|انت)(?: (?:really|actually|vraiment|"
    r"en realidad))?|是) ?(?:o |el |a |la )?$"
)


@functools.cache
def rules_digest() -> str:
    """Return the digest over the source of everything that decides how a reply is read, the lexicon apart."""
    folder = files("parentage.protocols.identity")
    read = {path: folder.joinpath(path) for path in _BESIDE}
    read |= {path: source for path, source in _sources(folder.joinpath("reading"), "reading/")}
    return manifest_digest({path: sha256_of(read[path].read_bytes()) for path in sorted(read)})


def _sources(folder: Traversable, where: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _sources(entry, f"{where}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield where + entry.name, entry


def read_reply(text: str, language: Language, lexicon: Lexicon, *, thinking: str = "", stop: Stop = "stop") -> Reading:
    """Return how a reply is read; spans are of `text` (of `thinking` for its mentions where that is given apart).

    No more than 65,536 characters are read. The language asked in and the one the reply is written in come first.
    """
    text = text[:MOST_CHARACTERS]
    answer, thoughts, unfinished = split_thinking(text)
    page = open_page(answer, lexicon)
    mentions = _thought(text, thoughts, lexicon)
    if thinking:
        mentions += _thought(thinking, ((0, min(len(thinking), MOST_CHARACTERS)),), lexicon)
    if not page.text.strip():
        cut = stop == "length" or unfinished
        return Reading(status="cut" if cut else "empty", mentions=tuple(mentions))
    spoken: list[Spoken] = []
    tried = _languages(page, language)
    for place, rules in enumerate(tried):
        heard = listen(page, rules, describing=not place)
        if any(one.part == "name" and not one.undone for one in spoken):
            heard = [one for one in heard if one.part != "name" or one.named.found is not None]
        spoken += heard
        if place and any(not one.undone for one in spoken):
            break
    claims = _claims(page, spoken, tried[0])
    mentioned = _mentions(page, spoken, claims)
    status = _status(page, claims, mentioned, tried, stop)
    return Reading(status=status, claims=claims, mentions=tuple([*mentioned, *mentions]))


def _languages(page: Page, asked: Language) -> list[LanguageRules]:
    """Return the rules to try in order: of the language that the reply is written in, then of the one asked in."""
    text = page.text[:4096]
    weights = {code: len(rules.frequent_pattern.findall(text)) for code, rules in RULES.items()}
    weights[asked] += 1
    order = sorted(RULES, key=lambda code: (-weights[code], code != asked))
    latin = next((code for code in order if code not in ("zh", "ar")), asked)
    most = weights[latin]
    tried = [code for code in order if code in ("zh", "ar", asked) or 10 * weights[code] >= 9 * most]
    return [RULES[code] for code in tried if weights[code] or code == asked]


def _claims(page: Page, spoken: list[Spoken], rules: LanguageRules) -> tuple[Claim, ...]:
    said = [one for one in spoken if not one.undone and not is_place(one.named, rules)]
    denied = {one.named.start for one in spoken if one.undone}
    for part, named in iter_fields(page, rules):
        said.append(Spoken(named=named, part=part, rule="field", undone=""))
    for part, named in iter_signatures(page, rules):
        said.append(Spoken(named=named, part=part, rule="signature", undone=""))
    if not said:
        for named in bare_names(page, rules):
            is_name = named.found is not None and named.found.is_name
            said.append(Spoken(named=named, part="name" if is_name else "maker", rule="bare", undone=""))
    kept: dict[tuple[str, str], Claim] = {}
    for one in said:
        if one.rule == "field" and _is_part(one, said):
            continue
        whole = settled(one.named, one.part, page, rules)
        if whole is None or one.named.start in denied or (whole.key, one.part) in kept or len(kept) >= _MOST_CLAIMS:
            continue
        start, end = page.folded.span(whole.start, whole.end)
        rule = one.rule + (", disguised" if page.folded.is_disguised(whole.start, whole.end) else "")
        kept[whole.key, one.part] = Claim(
            key=whole.key, name=page.folded.original[start:end], part=one.part, start=start, end=end, rule=rule
        )
    return tuple(sorted(kept.values(), key=lambda claim: (claim.start, claim.part)))


def _is_part(field: Spoken, said: list[Spoken]) -> bool:
    """Say whether a frame reads an unknown name in a form's field whole, of which this is the beginning."""
    return field.named.found is None and any(
        one.rule == "frame"
        and one.part == field.part
        and one.named.start <= field.named.start
        and one.named.end > field.named.end
        for one in said[:96]
        if one.named.start <= field.named.start < one.named.end
    )


def _mentions(page: Page, spoken: list[Spoken], claims: tuple[Claim, ...]) -> list[Mention]:
    """Return the first mention of everybody who is named and not claimed."""
    why = {one.named.start: one.undone for one in reversed(spoken) if one.undone}
    claimed = {claim.key for claim in claims}
    context = _CONTEXT.search(page.text) is not None
    often = Counter(found.key for found in page.found if found.start in page.at)
    mentions: dict[str, Mention] = {}
    for found in page.found:
        if found.key in claimed or found.key in mentions:
            continue
        if found.start not in why and not _is_sure(page, found, context=context, kin=often[found.key] > 1):
            continue
        start, end = page.folded.span(found.start, found.end)
        name = page.folded.original[start:end]
        match why.get(found.start):
            case "negated":
                mentions[found.key] = Mention(key=found.key, name=name, start=start, end=end, why="negated")
            case "quoted":
                mentions[found.key] = Mention(key=found.key, name=name, start=start, end=end, why="quoted")
            case _:
                mentions[found.key] = Mention(key=found.key, name=name, start=start, end=end, why="other")
    return list(mentions.values())


def _is_sure(page: Page, found: Found, *, context: bool, kin: bool) -> bool:
    """Say whether a word that is also a name is one here: beside its kin, compared, or in talk of models.

    At the beginning of a sentence a capital says nothing.
    """
    if not found.ambiguous:
        return True
    if found.start not in page.at:
        return False
    start, end = page.folded.sentence(found.start)
    paired = any(
        one.key != found.key
        and (_PAIRED.fullmatch(page.text, one.end, found.start) or _PAIRED.fullmatch(page.text, found.end, one.start))
        for one in page.found
        if abs(one.start - found.start) < 40
    )
    firm = paired or any(not one.ambiguous for one in page.found if start <= one.start < end)
    beside = {one.key for one in page.found if start <= one.start < end and one.start in page.at}
    if (
        kin
        or (len(beside) > 1 and (context or firm))
        or _COMPARED.search(page.text, max(0, found.start - 24), found.start)
    ):
        return True
    opening = page.cased and not page.text[start : found.start].strip(" \"'(-")
    return context and (not opening or bool(_CONTEXT.search(page.text, found.end, min(end, found.end + 40))))


def _thought(text: str, spans: tuple[tuple[int, int], ...], lexicon: Lexicon) -> list[Mention]:
    mentions: dict[str, Mention] = {}
    for left, right in spans:
        folded = fold(text[left:right])
        for found in lexicon.find(folded):
            start, end = folded.span(found.start, found.end)
            if found.key not in mentions and not found.ambiguous:
                mentions[found.key] = Mention(
                    key=found.key, name=folded.original[start:end], start=left + start, end=left + end, why="thought"
                )
    return list(mentions.values())


def _status(
    page: Page, claims: tuple[Claim, ...], mentions: list[Mention], tried: list[LanguageRules], stop: Stop
) -> Status:
    if claims:
        return "claim"
    if stop == "length":
        return "cut"
    for rules in tried[:2]:
        refusal = rules.refusal_pattern.search(page.text)
        if refusal is None or rules.no_name_pattern.search(page.text):
            continue
        if not (mentions and _UNSURE.search(page.text, refusal.start(), refusal.end() + 8)):
            return "refused"
    return "mention" if mentions else "none"
