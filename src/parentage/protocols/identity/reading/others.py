"""Says of a phrase that it is about somebody else, or only tells more of a maker that was named before it."""

import re

from parentage.protocols.identity.reading.before import name_before
from parentage.protocols.identity.reading.links import APPOSES, COMPANY_OF, EXISTS, KNOWS
from parentage.protocols.identity.reading.listener import Listener, is_maker
from parentage.protocols.identity.reading.names import Named, Page, skip
from parentage.protocols.identity.reading.rules import LanguageRules


def only_exists(listener: Listener, at: int) -> bool:
    """Say whether a clause without a word for the speaker only says that there is somebody called so."""
    text = listener.page.text
    start = max(text.rfind(mark, max(0, at - 80), at) for mark in ",;.:\n") + 1
    return EXISTS.search(text, start, at) is not None and not listener.own_between(start, at)


def knows_another(listener: Listener, at: int) -> bool:
    """Say whether the sentence began by saying that the speaker knows somebody: "I know Zed, an assistant of ..."."""
    start = listener.page.folded.sentence(at)[0]
    return KNOWS.match(listener.page.text, skip(listener.page, start)) is not None


def holds_name(page: Page, rules: LanguageRules, match: re.Match[str]) -> bool:
    """Say whether a phrase of plain words runs over a name: "empresa Luz de", of "Luz de Mar"."""
    opening = not page.text[page.folded.sentence(match.start())[0] : match.start()].strip(" \"'(-")
    places = [match.start() + one.end() for one in re.finditer(" ", match[0])]
    places += [] if opening else [match.start()]
    return (
        rules.spaced
        and "," not in match[0]
        and any(
            page.text[at].isascii()
            and page.folded.is_capital(at)
            and re.split(r"[^\w']", page.text[at : at + 24])[0] not in rules.common_words
            for at in places
            if at < match.end()
        )
    )


def is_apposed(listener: Listener, match: re.Match[str], named: Named) -> bool:
    """Say whether a phrase only tells more of a maker named before it: "xAI, the company of ..."."""
    at = match.start()
    after = listener.found_between(named.end, named.end + 6)
    beside = bool(after) and is_maker(after[0]) and "," in listener.page.text[named.end : after[0].start]
    if beside and COMPANY_OF.match(match[0]):
        return True
    before = [one for one in listener.found_between(at - 40, at) if is_maker(one)]
    comma = listener.page.text.rfind(",", max(0, at - 24), at)
    if comma > 0 and not before and COMPANY_OF.match(match[0]) and APPOSES.fullmatch(listener.page.text, comma, at):
        return listener.rules.code == "ar" or name_before(listener, comma) is not None
    return (
        bool(before and COMPANY_OF.match(match[0]))
        and APPOSES.fullmatch(listener.page.text, before[-1].end, at) is not None
    )
