"""Names that stand in a frame: words before them, after them, or both, that leave no other reading.

Unlike a phrase, a frame takes the whole name by its capitals, with the small words that a language has within names,
and so also finds makers of several words that no list knows. A language without frames is not read so.
"""

from collections.abc import Iterator

from parentage.protocols.identity.reading.frames.lineage import lineage
from parentage.protocols.identity.reading.frames.lone import (
    alone,
    alone_name,
    apposed,
    bare,
    in_own_words,
    kin,
    made_it,
    paired,
    released,
    third,
    whole_name,
)
from parentage.protocols.identity.reading.frames.spelling import Reader, gap
from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.names import Named
from parentage.protocols.identity.reading.rules import Frame

_MOST = 48


def framed(listener: Listener, spoken: list[Spoken]) -> list[Spoken]:
    """Return what was heard, with unknown names made whole, and with the names that stand in frames."""
    if not listener.rules.framing.frames:
        return spoken
    reader = Reader(listener)
    kept = [whole for one in spoken if (whole := whole_name(reader, in_own_words(listener, one))) is not None]
    found = [*_framed(reader), *third(reader), *released(reader)]
    if not any(one.part == "name" and not one.undone for one in [*kept, *found]):
        found += bare(reader)
    affirmed = {one.named.start for one in found}
    kept = [one for one in kept if one.undone not in ("other", "quoted") or one.named.start not in affirmed]
    names = {one.named.start for one in [*kept, *found] if one.part == "name" and not one.undone}
    found = [one for one in found if one.part != "maker" or one.named.found or one.named.start not in names]
    kept = [one for one in kept if one.part != "maker" or one.named.start not in names or not _is_model(one.named)]
    grounds = {one.named.start for one in found if one.part == "origin"}
    kept = [
        one for one in kept if one.part != "name" or one.rule not in ("is", "named") or one.named.start not in grounds
    ]
    found = [one for one in found if one.part != "name" or one.named.start not in grounds]
    kept += [whole for one in found if (whole := whole_name(reader, one)) is not None]
    kept += lineage(reader, kept)
    kept += apposed(reader, kept)
    kept += paired(reader, kept)
    kept += made_it(reader, kept)
    kept += kin(reader, kept)
    kept += _more_makers(reader, kept)
    kept += alone(reader, kept)
    named = list(alone_name(reader, kept))
    kept += [*named, *apposed(reader, named)]
    kept += list(_glosses(reader, kept))
    listener.self_keys |= {one.named.key for one in kept if not one.undone and one.part != "origin"}
    return _longest(kept)


def _framed(reader: Reader) -> Iterator[Spoken]:
    listener = reader.listener
    for frame in reader.words.frames:
        for start, named in _places(reader, frame):
            if (frame.only == "known" and named.found is None) or (frame.only == "unknown" and named.found):
                continue
            for one in _with_others(reader, named) if frame.part == "origin" else (named,):
                if one.found is not None and not _can_be(reader, named, frame.part):
                    continue
                judged = listener.judge(start, one, frame.part, "frame")
                if judged.undone in ("quoted", "other") and frame.firm:
                    judged = Spoken(named=one, part=frame.part, rule="frame", undone="")
                led = listener.page.text[max(0, start - 64) : start]
                if judged.undone == "other" and reader.words.avows.search(led):
                    judged = Spoken(named=one, part=frame.part, rule="frame", undone="")
                judged = in_own_words(listener, judged)
                if not judged.undone:
                    yield judged


def _more_makers(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the unknown house that follows a maker, "by A and by B", or what that house built on, "a Z tuned by B"."""
    text = reader.page.text
    none = not any(one.part == "maker" and not one.undone for one in spoken)
    for one in spoken[:_MOST]:
        joint = reader.words.moreover if one.part == "maker" else reader.words.tuned_by
        match = joint.match(text, one.named.end)
        if one.undone or match is None or one.part == "name" or (one.part == "origin" and not none):
            continue
        at = match.end() if one.part == "maker" else reader.lead(match.end())
        named = reader.at(at, "maker")
        if named is not None and named.found is None and (one.part == "origin" or " " in text[named.start : named.end]):
            yield Spoken(named=named, part="maker", rule="frame", undone="")


def _glosses(reader: Reader, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield the known maker that stands in brackets behind an unknown one: "Institute of ... (TII)"."""
    text = reader.page.text
    for one in spoken[:_MOST]:
        end = one.named.end
        known = reader.page.at.get(end + 2) if text.startswith(" (", end) else None
        if one.undone or one.part != "maker" or one.named.found or known is None or not text.startswith(")", known.end):
            continue
        named = Named(key=known.key, start=known.start, end=known.end, found=known)
        yield Spoken(named=named, part="maker", rule="frame", undone="")


def _is_model(one: Named) -> bool:
    """Say whether a known name is a model's alone, which makes nothing."""
    return one.found is not None and not one.found.is_maker


def _can_be(reader: Reader, one: Named, part: str) -> bool:
    """Say whether a known name can be such a part: a house is an origin where its models are spoken of."""
    if one.found is None or part == "maker":
        return one.found is None or one.found.is_maker
    if part == "origin" and not one.found.is_name:
        return reader.words.models_of.search(reader.page.text, max(0, one.start - 40), one.start) is not None
    return one.found.is_name


def _with_others(reader: Reader, named: Named) -> Iterator[Named]:
    """Yield an origin and those that "and" joins to it."""
    yield named
    for _ in range(3):
        joint = reader.words.joint.match(reader.page.text, named.end)
        known = reader.page.at.get(joint.end()) if joint else None
        if known is None:
            return
        named = Named(key=known.key, start=known.start, end=known.end, found=known)
        yield named


def _places(reader: Reader, frame: Frame) -> Iterator[tuple[int, Named]]:
    """Yield where a frame begins, and the name in it."""
    before, after = frame.patterns
    text = reader.page.text
    if before is None:
        for count, match in enumerate(after.finditer(text) if after else ()):
            named = reader.before(match.start(), frame.part)
            if named is None:
                continue
            led = text[max(0, named.start - 56) : named.start]
            if count >= _MOST or (frame.part == "maker" and reader.words.aside.search(led)):
                continue
            if frame.part == "name" and reader.words.of.search(led):
                continue
            yield named.start, named
        return
    for count, match in enumerate(before.finditer(text)):
        if count >= _MOST:
            return
        at = reader.lead(match.end()) if frame.led else gap(reader, match.end())
        named = reader.at(at, frame.part)
        if named is not None and _another_between(reader, frame, match.start(), named):
            continue
        turned = "pas|ni" in frame.before
        if named is not None and not turned and reader.words.denies.search(text, match.start(), named.start):
            continue
        if named is not None and (after is None or after.match(text, named.end)):
            yield named.start if turned else match.start(), named


def _another_between(reader: Reader, frame: Frame, start: int, named: Named) -> bool:
    """Say whether somebody else is named between a frame's beginning and its name, or before an origin's frame."""
    listener = reader.listener
    if frame.part == "maker" and "pas|ni" not in frame.before:
        between = listener.found_between(start, named.start)
        if named.found is not None:
            between = [one for one in between if one.key == named.key or one.key not in listener.self_keys]
        own = [one for one in between if one.key == named.key]
        grounds = any(
            reader.words.not_subject.search(reader.page.text, max(0, one.start - 40), one.start) for one in own
        )
        return len(own) < len(between) or grounds
    if frame.part != "origin":
        return False
    sentence = reader.page.folded.sentence(start)[0]
    subjects = [one for one in listener.found_between(sentence, start) if one.found and one.found.is_name]
    if not subjects or subjects[-1].key in listener.self_keys:
        return False
    text, last = reader.page.text, subjects[-1]
    if last.key == named.key and text[last.start : last.end] not in text[named.start : named.end]:
        return False
    return not listener.own_between(last.end, named.start)


def _longest(spoken: list[Spoken]) -> list[Spoken]:
    """Return what was heard without unknown names that are part of longer ones in the same place."""
    kept = []
    for one in spoken:
        inside = one.named.found is None and any(
            other.part == one.part
            and other.named.start <= one.named.start
            and other.named.end >= one.named.end
            and other.named.end - other.named.start > one.named.end - one.named.start
            and not other.undone
            for other in spoken[: 4 * _MOST]
        )
        if not inside:
            kept.append(one)
    return kept
