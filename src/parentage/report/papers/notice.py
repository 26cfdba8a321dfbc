"""The NOTICE file that the parents' licences ask for: their own notices kept, and a statement of what was changed.

A plain text for people: Markdown means nothing in it, and of control characters only line feeds are left.
"""

import re
from collections.abc import Iterator

from parentage.report import view
from parentage.report.papers.card_attribution import notice_files, owed_to, required_lines
from parentage.report.papers.escaping import MOST_NAME, one_line
from parentage.report.papers.places import audit_digest, web_address
from parentage.report.papers.records import Ancestor, PaperFacts
from parentage.report.papers.wording import amount, changes, plain_licence, require_ancestors

MOST_NOTICE_CHARACTERS = 1 << 16
_MOST_PARENTS = 64
_RULE = "-" * 72
# A notice with a year and a name, not a licence's own talk of copyright or the blanks of its appendix.
_COPYRIGHT = re.compile(r"\s{0,20}Copyright (?:\(c\) |©\s?)?(?:19|20)\d\d[^\[\]]*$", re.IGNORECASE)
_MOST_LICENCE_BYTES, _MOST_LINES = 1 << 18, 20
_BLANK = re.compile(r"\n{3,}")


def write_notice(facts: PaperFacts) -> str:
    """Return the file's text; raises UsageError where the verdict names no parents."""
    require_ancestors(facts, "notice")
    subject = one_line(facts.subject.name, MOST_NAME)
    parts = [
        subject,
        f"This model is derived from {'the models' if len(facts.verdict.ancestors) > 1 else 'the model'} below. "
        "This file keeps the notices and gives the statements that their licences ask for.",
    ]
    parts += ["\n".join(_parent(facts, one)) for one in facts.verdict.ancestors[:_MOST_PARENTS]]
    parts += [f"{_RULE}\nChanges\n\n{changes(facts, plain=True)}"]
    parts += [
        f"Found by an audit of the weights, {audit_digest(facts)}. The notices are those that stood in the parents' "
        "repositories when it was made. Facts, not legal advice."
    ]
    return "\n\n".join(parts) + "\n"


def _parent(facts: PaperFacts, ancestor: Ancestor) -> Iterator[str]:
    model = ancestor.model
    yield _RULE
    weight = amount(ancestor.weight, ancestor.low, ancestor.high)
    yield one_line(model.name, MOST_NAME) + (f", weight {weight}" if weight else "")
    address = web_address(model)
    if address:
        yield address
    yield f"Licence: {plain_licence(facts.licence(model.id))}"
    for kind in ("display-attribution", "retain-notice"):
        for words in required_lines(facts, ancestor, kind):
            yield ""
            yield one_line(words)
    kept = notice_files(facts, ancestor)
    if not kept and any(row.kind == "retain-notice" for row in owed_to(facts, ancestor)):
        yield from _copyright_lines(facts, ancestor)
    for place in kept:
        yield ""
        yield f"From its {place.partition('/')[2]}:"
        yield ""
        yield _kept(facts.documents[place])


def _copyright_lines(facts: PaperFacts, ancestor: Ancestor) -> Iterator[str]:
    """Yield the copyright lines of a parent's licence file: the notices of one that has no NOTICE."""
    start = f"{ancestor.model.id}/licen".casefold()
    for place in sorted(place for place in facts.documents if place.casefold().startswith(start)):
        text = facts.documents[place][:_MOST_LICENCE_BYTES].decode("utf-8-sig", "replace")
        found = [line for line in text.splitlines() if _COPYRIGHT.match(line)][:_MOST_LINES]
        if found:
            yield ""
            yield f"From its {place.partition('/')[2]}:"
            yield ""
            yield from (f"    {one_line(line)}" for line in found)


def _kept(data: bytes) -> str:
    """Return a notice as it stands, every line set in so that it cannot pass for a line of this file."""
    text = data[: 4 * MOST_NOTICE_CHARACTERS].decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    shown = _BLANK.sub("\n\n", view.clean(text[:MOST_NOTICE_CHARACTERS])).strip("\n")
    lines = [f"    {line}".rstrip() for line in shown.split("\n")]
    if len(text) > MOST_NOTICE_CHARACTERS or len(data) > 4 * MOST_NOTICE_CHARACTERS:
        lines.append(
            f"    [cut after {MOST_NOTICE_CHARACTERS} characters: the whole file has to be kept beside this one]"
        )
    return "\n".join(lines)
