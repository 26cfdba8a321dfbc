"""Names that no frame holds, but that stand alone: beside their kin, in an entry, or as the one house of an answer."""

import re
from collections.abc import Iterator
from itertools import pairwise

from parentage.protocols.identity.reading.frames.spelling import Reader, gap
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named

_LONGEST_CLAUSE = 110
_OPENING = 400
_MOST_PLACES = 5
_MOST = 48
_ARTICLE = re.compile(r"(?:L(?:e|a|es) |L')$")
_OWNER = re.compile(r"[a-z0-9][a-z0-9_-]{1,30}/(?=[a-z0-9])")
_TUNED = r"(?: ?[(][^()\n]{2,60}[)])?"
_ENDED = re.compile(rf"[\"'`)]{{0,2}}{_TUNED}[.!]?[\"'`]?(?: ?\n|$)")
_ENDED_BEFORE = re.compile(rf"[\"'`)]{{0,2}}{_TUNED}(?:[.!][\"'`]?(?: |\n|$)|[\"'`]? ?(?:\n|$))")


def whole_name(reader: Reader, one: Spoken) -> Spoken | None:
    """Return an unknown name with its article and its last words; None for what is no claim."""
    named, page, words = one.named, reader.page, reader.words
    before = page.text[max(0, named.start - 160) : named.start]
    for part, rule, left, right in words.misread:
        fits = part in ("", one.part) and rule in ("", one.rule)
        found = left.search(before) if fits else None
        if found is None or not right.match(page.text, named.end):
            continue
        led = reader.text[named.start - len(found[0]) : named.start]
        if rule or part == "maker" or not any(map(str.isupper, led)):
            return None
    model = named.found is not None and not named.found.is_maker
    if one.part == "maker" and named.found and (words.comes if model else words.comes_of).search(before):
        return Spoken(named=named, part="origin", rule=one.rule, undone=one.undone)
    if named.found is not None or not named.key.startswith("unknown:"):
        return one
    if page.text[named.start : named.end] in words.nobody or named.end - named.start < 2:
        return None
    starts = [named.start]
    article = _ARTICLE.search(reader.text, max(0, named.start - 4), named.start)
    if article is not None:
        starts.insert(0, article.start())
    public = words.public.search(page.text, max(0, named.start - 48), named.start) if one.part == "maker" else None
    if public is not None:
        starts.insert(0, public.start())
    for start in starts:
        match = reader.spelling[one.part].match(reader.text, start)
        longer = None if match is None or match.end() < named.end else reader.at(start, one.part)
        if longer is not None and longer.start <= named.start and longer.end >= named.end:
            return Spoken(named=longer, part=one.part, rule=one.rule, undone=one.undone)
    return one


def in_own_words(listener: Listener, one: Spoken) -> Spoken:
    """Return a claim in quotation marks that open the answer and hold the speaker's words as made."""
    if one.undone != "quoted":
        return one
    quote = listener.quote_around(one.named.start, one.named.end)
    if quote is None or not listener.own_between(*quote):
        return one
    text = listener.page.text
    opens, line = not text[: quote[0]].strip(" \n#-"), text.rfind("\n", 0, quote[0]) + 1
    apart = not text[line : quote[0]].strip(" >-") and not text[quote[1] + 1 :].split("\n")[0].strip(" .")
    if not opens and not apart:
        return one
    return Spoken(named=one.named, part=one.part, rule=one.rule, undone="")


def apposed(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the maker behind a claimed name: "X, the assistant of Y", "X, a model made by Y"."""
    words, listener = reader.words, reader.listener
    names = [one.named for one in spoken[:_MOST] if one.part == "name" and not one.undone]
    for place in [place for named in names for place in _places(reader, named)][:_MOST]:
        match = words.apposed.match(reader.page.text, place)
        if match is None:
            continue
        end = min(len(reader.text), match.end() + _LONGEST_CLAUSE, listener.page.folded.sentence(match.end() - 1)[1])
        for link in words.link.finditer(reader.page.text, match.end() - 1, end):
            named = reader.at(reader.lead(link.end()), "maker")
            if named is None:
                continue
            between = reader.page.text[match.end() : link.start()]
            if words.grounds.search(between) or listener.found_between(match.end(), named.start):
                break
            if named.found is None or named.found.is_maker:
                judged = in_own_words(listener, listener.judge(link.start(), named, "maker", "frame"))
                if not judged.undone:
                    yield judged
            break


def _places(reader: Reader, named: Named) -> list[int]:
    """Return where a name ends, here and the next few times that it is written so."""
    text, word = reader.page.text, reader.page.text[named.start : named.end]
    ends, at = [named.end], named.end
    while len(ends) < _MOST_PLACES and (at := text.find(word, at)) >= 0:
        at += len(word)
        ends.append(at)
    return ends


def paired(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield name and maker of one key side by side, "X, made by Y", where no other key is so and no name is claimed."""
    listener, words, text = reader.listener, reader.words, reader.page.text
    claimed = {one.named.key for one in spoken if one.part == "name" and not one.undone}
    pairs = []
    for one, by in pairwise(reader.page.found[:64]):
        if one.start not in reader.page.at or by.start not in reader.page.at or by.start - one.end > _LONGEST_CLAUSE:
            continue
        if one.key == by.key and one.is_name and by.is_maker and words.between.fullmatch(text, one.end, by.start):
            pairs.append((one, by))
    if len({one.key for one, _ in pairs}) != 1 or (claimed and pairs[0][0].key not in claimed):
        return
    grounds = {one.named.key for one in spoken if one.part == "origin" and not one.undone}
    if pairs[0][0].key in grounds or words.unclaimed.search(text):
        return
    if words.not_subject.search(text, max(0, pairs[0][0].start - 40), pairs[0][0].start):
        return
    named = [Named(key=one.key, start=one.start, end=one.end, found=one) for one in pairs[0]]
    again = [one for one in reader.page.found[:64] if one.key == named[0].key and one.start in reader.page.at]
    if listener.own and any(listener.judge(one.start, named[0], "name", "pair").undone == "negated" for one in again):
        return
    others = [one for one in reader.page.found[:64] if one.key != named[0].key and one.start in reader.page.at]
    if any(not listener.judge(one.start, named[0], "name", "pair").undone for one in others):
        return
    for whose, part in zip(named, ("name", "maker"), strict=True):
        judged = listener.judge(named[0].start, whose, "name" if part == "name" else "maker", "frame")
        if not judged.undone and not (part == "name" and claimed):
            yield judged


def made_it(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield who made what is claimed as a name, "Y trained X for ...", or both where an answer says nothing else."""
    names = {one.named.key for one in spoken if one.part == "name" and not one.undone}
    silent = not any(not one.undone for one in spoken) and _says_nothing_of_itself(reader)
    for match in reader.words.made.finditer(reader.page.text) if names or silent else ():
        named, by = reader.at(gap(reader, match.end()), "name"), reader.before(match.start(), "maker")
        if named is None or by is None or (by.found and not by.found.is_maker):
            continue
        both = silent and named.key == by.key and named.found is not None and named.found.is_name
        judged = reader.listener.judge(by.start, by, "maker", "frame")
        if judged.undone or not (both or named.key in names) or reader.words.unclaimed.search(reader.page.text):
            continue
        yield judged
        if both:
            yield Spoken(named=named, part="name", rule="frame", undone="")
            return


def _opened(reader: Reader) -> tuple[bool, int]:
    """Say whether an answer opens with a heading, and where its first word stands; a thinking block leaves blanks."""
    text = reader.page.text
    start = len(text) - len(text.lstrip())
    heading = reader.words.heading.match(text, start)
    start = heading.end() if heading else start
    while start < len(text) and text[start] in " \n\"'#-.":
        start += 1
    return heading is not None, start


def third(reader: Reader) -> Iterator[Spoken]:
    """Yield the subject of an answer that opens with a description, and says I only where it offers more."""
    page, words = reader.page, reader.words
    if not _says_nothing_of_itself(reader):
        return
    _, start = _opened(reader)
    named = reader.at(start, "name")
    if named is None or not words.subject.match(page.text, named.end):
        return
    if named.found is None or named.found.is_name:
        yield Spoken(named=named, part="name", rule="frame", undone="")


def _says_nothing_of_itself(reader: Reader) -> bool:
    """Say whether the answer says I only in quotation marks or where it offers more."""
    listener, page = reader.listener, reader.page
    spoken = (at for at in listener.own[:64] if listener.quote_around(at, at) is None)
    return all(reader.words.offers(page.text, *page.folded.sentence(at)) for at in spoken)


def released(reader: Reader) -> Iterator[Spoken]:
    """Yield the house and the model of a press release: "Paris, 3 May. Y launches X, its assistant"."""
    page, words = reader.page, reader.words
    if not _says_nothing_of_itself(reader):
        return
    for match in words.releases.finditer(page.text[:_OPENING]):
        named, by = reader.at(gap(reader, match.end()), "name"), reader.before(match.start(), "maker")
        if named is None or by is None or (named.found and not named.found.is_name):
            continue
        if by.found is None or by.found.is_maker:
            yield Spoken(named=named, part="name", rule="frame", undone="")
            yield Spoken(named=by, part="maker", rule="frame", undone="")
            return


def bare(reader: Reader) -> Iterator[Spoken]:
    """Yield the name that is the whole of an answer's first line, with nothing behind it but an offer."""
    page, words = reader.page, reader.words
    heading, start = _opened(reader)
    owner = _OWNER.match(page.text, start)
    start = owner.end() if owner else start
    named, whole = reader.at(start, "name"), reader.spelling["name"].match(reader.text, start)
    if named is None or whole is None or (named.found and not named.found.is_name):
        return
    end = _ENDED_BEFORE.match(page.text, max(named.end, whole.end()))
    if end is None:
        return
    rest = page.text[end.end() :].lstrip()
    if not (heading or _ENDED.match(page.text, max(named.end, whole.end())) or words.tells.match(rest)):
        return
    told = heading or words.tells.match(rest) or words.offers(rest, 0, min(len(rest), _OPENING))
    if told or (not rest.strip() and named.found is None):
        yield Spoken(named=named, part="name", rule="frame", undone="")
        by = reader.at(owner.start(), "maker") if owner and named.found is None else None
        if by is not None and by.end == named.start - 1:
            yield Spoken(named=by, part="maker", rule="frame", undone="")


def kin(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the maker of a claimed model that the answer names without a denial."""
    said = [one for one in spoken if not one.undone]
    keys = {part: {one.named.key for one in said if one.part == part} for part in ("name", "maker", "origin")}
    taken = {one.named.start for one in said} | reader.listener.denied
    for one in reader.page.found[:64]:
        wanted = one.is_maker and not one.is_name
        if not wanted or keys["maker"] or one.key not in keys["name"] or one.key in keys["origin"]:
            continue
        if one.start in taken or one.start not in reader.page.at:
            continue
        start = max(reader.page.folded.sentence(one.start)[0], one.start - 60)
        if reader.words.beside.search(reader.page.text, start, one.start):
            continue
        named = Named(key=one.key, start=one.start, end=one.end, found=one)
        judged = reader.listener.judge(one.start, named, "maker", "kin")
        if not judged.undone:
            yield judged
            return


def alone(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the one unknown house that an answer about its speaker names, where no maker is claimed."""
    listener, words, text = reader.listener, reader.words, reader.page.text
    said = [one for one in spoken if not one.undone]
    if any(one.part == "maker" for one in said) or not listener.own:
        return
    taken = [(one.named.start, one.named.end) for one in said]
    houses: dict[str, Named] = {}
    for match in words.house_lead.finditer(text):
        named = reader.at(gap(reader, match.end()), "maker")
        if any(letter.isupper() for letter in reader.text[match.start() + 1 : match.end()]):
            continue
        if named is not None and named.found is None:
            houses.setdefault(named.key, named)
    made = listener.rules.after_maker_pattern.search(text) is not None
    for match in words.opening.finditer(reader.text[:_OPENING]) if made and not houses else ():
        named = reader.at(match.start(), "maker") if reader.text[match.start()].isupper() else None
        first = text[named.start : named.end].split(" ") if named is not None and named.found is None else []
        inner = match.start() > 1 and _ARTICLE.search(reader.text, match.start() - 2, match.start())
        inner = inner or _ARTICLE.search(reader.text, max(0, match.start() - 4), match.start())
        if named is not None and not inner and len(first) > 1 and first[0] in words.institutions:
            houses.setdefault(named.key, named)
    for one in listener.houses:
        whole = whole_name(reader, Spoken(named=one, part="maker", rule="alone", undone=""))
        if whole is not None:
            houses.setdefault(whole.named.key, whole.named)
    free = [
        one
        for one in houses.values()
        if not any(left < one.end and one.start < right for left, right in taken)
        and not (one.end - one.start < 4 or listener.found_between(one.start, one.end))
        and not any(other.key != one.key and one.key in other.key for other in houses.values())
    ]
    if len(free) != 1:
        return
    one = free[0]
    start, end = reader.page.folded.sentence(one.start)
    if words.unclaimed.search(text, start, end):
        return
    beside = words.beside.search(text, max(start, one.start - 80), one.start)
    near = listener.own_between(max(0, start - _LONGEST_CLAUSE), min(len(text), end + _LONGEST_CLAUSE))
    near = near or not text[:start].strip(" \n#")
    head = text[start : one.start]
    denied = words.denies.search(head) is not None and not listener.rules.contrast_pattern.search(head)
    judged = listener.judge(one.start, one, "maker", "alone")
    if near and not beside and not denied and not judged.undone:
        yield judged


def alone_name(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the one unknown word that stands as a model's name does, where no name is claimed."""
    words, page = reader.words, reader.page
    said = [one for one in spoken if not one.undone]
    if any(one.part == "name" for one in said):
        return
    taken = [(one.named.start, one.named.end) for one in said]
    found: dict[str, Named] = {}
    end = 0
    for count, match in enumerate(words.opening.finditer(reader.text)):
        if match.start() < end or count >= 4 * _MOST or reader.opens_plainly(match.start()):
            continue
        named = reader.at(match.start(), "name")
        if named is None or named.found is not None:
            continue
        end = named.end
        if any(left < named.end and named.start < right for left, right in taken):
            continue
        start = max(page.folded.sentence(named.start)[0], named.start - 60)
        told = words.told.match(page.text, named.end)
        turned = told is not None and told[0].strip()[:1] in ("!", ".", "?")
        if (
            told is not None
            and not turned
            and any(map(str.isupper, reader.text[told.start() : told.end()].replace("IA", "")))
        ):
            told = None
        sentence = page.folded.sentence(named.start)
        marked = (
            told
            or words.tells_before.search(page.text, max(0, named.start - 60), named.start)
            or (words.coded.fullmatch(page.text, named.start, named.end) and reader.listener.own_between(*sentence))
        )
        if marked and not words.beside.search(page.text, start, named.start):
            judged = reader.listener.judge(named.start, named, "name", "alone")
            if not judged.undone:
                found.setdefault(named.key, named)
    if len(found) == 1:
        yield Spoken(named=next(iter(found.values())), part="name", rule="alone", undone="")
