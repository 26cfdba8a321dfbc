"""The subject's card as its publisher could correct it: the smallest edits that declare what was found, as a diff.

Nothing is taken out in silence: a sentence that the weights contradict gives way to a neutral one, in plain sight, and
whatever the audit could not test stays as it was written.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parentage.errors import InputError
from parentage.protocols.documents.front_matter import FrontMatter, parse_front_matter, split_card
from parentage.report.papers.card_attribution import attribution, derivation
from parentage.report.papers.card_edits import Edit, apply_edits, unified_diff
from parentage.report.papers.card_front_matter import WantedField, edit_fields, newline_of, render_field
from parentage.report.papers.card_sentences import find_sentence
from parentage.report.papers.escaping import MOST_NAME, name, one_line
from parentage.report.papers.records import Ancestor, PaperFacts
from parentage.report.papers.wording import repository, require_ancestors

CARD = "README.md"
MOST_CLAIMS = 100
# Front matter as the Hub finds it: huggingface_hub's expression, which follows the Hub's own.
_HUB_BLOCK = re.compile(r"^(\s*---(?:\r\n|\r|\n))([\S\s]*?)((?:\r\n|\r|\n)---[ \t]*(\r\n|\n|$))")
_BREAK = re.compile(r"\r\n|\n|\r")
_PLACE = re.compile(rf"{re.escape(CARD)}:(\d{{1,9}})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_SECTION = re.compile(r"^#{1,4}[ \t]+attribution[ \t]*$", re.IGNORECASE | re.MULTILINE)
_RELATIONS: Mapping[str, tuple[str, ...]] = {
    "merge": ("merge",),
    "fine-tune": ("finetune", "adapter"),
    "low-rank-fine-tune": ("finetune", "adapter"),
    "quantized": ("quantized",),
}
# What fits as well where it was done afterwards.
_LATER = (("trained", "finetune"), ("quantized", "quantized"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedCard:
    """The whole corrected card, and the unified diff that `patch -p1` makes it with; no diff where nothing changes."""

    text: str
    diff: str


def correct_card(facts: PaperFacts) -> CorrectedCard:
    """Return the corrected card.

    Raises UsageError where the verdict names no parents, and InputError, with the line and the rule, where the card is
    no text or its front matter cannot be read or edited safely.
    """
    require_ancestors(facts, "card")
    if facts.card is None:
        text = _new_card(facts)
        edits = [Edit(start=0, stop=0, text=text)]
        return CorrectedCard(text=text, diff=unified_diff("", edits, CARD, is_new=True))
    front = parse_front_matter(facts.card, CARD)
    text = facts.card.decode("utf-8")
    mark = 1 if text.startswith("\ufeff") else 0
    wanted = _wanted_fields(facts, front)
    edits = [edit.moved(mark) for edit in _front_edits(facts.card, text[mark:], wanted)]
    body_start = len(text) - len(front.body)
    edits += _claim_edits(facts, text, body_start)
    edits += _section_edits(facts, text, body_start)
    if edits and mark:
        # The Hub's client takes a byte order mark for text, and then there is no front matter.
        edits.append(Edit(start=0, stop=1, text=""))
    corrected = apply_edits(text, edits)
    _check(corrected, front, wanted)
    return CorrectedCard(text=corrected, diff=unified_diff(text, edits, CARD, is_new=False))


def _new_card(facts: PaperFacts) -> str:
    """Return the least card that declares what was found, for a repository that has none."""
    fields = [render_field(field, "\n") for field in _wanted_fields(facts, None) if field.items]
    return "---\n" + "\n".join(fields) + f"\n---\n\n# {name(facts.subject.name)}\n\n{attribution(facts)}"


def _wanted_fields(facts: PaperFacts, front: FrontMatter | None) -> tuple[WantedField, ...]:
    values: Mapping[str, object] = front.values if front is not None else {}
    # Several names in one text are meant as several, and no reader of the field takes them so.
    held = tuple(part for text in _texts(values.get("base_model")) for part in _listed(text))
    parents = _wanted_parents(facts, held)
    fields = [WantedField(key="base_model", items=parents, is_list=True)]
    verdict = facts.verdict
    relation = "merge" if verdict.relation == "stacked" and len(verdict.ancestors) > 1 else verdict.relation
    fitting = _RELATIONS.get(relation, ())
    later = tuple(word for step, word in _LATER if step in verdict.then)
    said = values.get("base_model_relation")
    if fitting and said not in (*fitting, *later):
        fields.append(WantedField(key="base_model_relation", items=fitting[:1], is_list=False))
    elif not fitting and said and any(one.declared == "declared-wrongly" for one in facts.disclosure.found):
        fields.append(WantedField(key="base_model_relation", items=(), is_list=False))
    tags = values.get("tags")
    if relation == "merge" and (not tags or _texts(tags)) and "merge" not in _texts(tags):
        fields.append(WantedField(key="tags", items=(*_texts(tags), "merge"), is_list=True))
    return tuple(fields)


def _listed(text: str) -> tuple[str, ...]:
    parts = tuple(part.strip() for part in text.split(","))
    return parts if all(parts) else (text,)


def _wanted_parents(facts: PaperFacts, held: Sequence[str]) -> tuple[str, ...]:
    """Return what `base_model` should list: what stands there and is not contradicted, then the parents that miss."""
    ancestors = facts.verdict.ancestors
    meant = {value: [one for one in ancestors if _is_named(one, value)] for value in held}
    known = {found[0].model.id: value for value, found in reversed(meant.items()) if len(found) == 1}
    contradicted = {one.value for one in facts.disclosure.declared if one.outcome == "contradicted"}
    kept = [value for value in held if known.get(_only_id(meant[value])) == value or value not in contradicted]
    missing = [_identifier(facts, one) for one in ancestors if one.model.id not in known]
    return tuple(dict.fromkeys([*kept, *missing]))


def _only_id(found: Sequence[Ancestor]) -> str:
    return found[0].model.id if len(found) == 1 else ""


def _identifier(facts: PaperFacts, ancestor: Ancestor) -> str:
    """Return the Hub's id of a parent, else what the publisher declares it as, else its name."""
    found = [one.value for one in facts.disclosure.declared if one.outcome == "found"]
    declared = [value for value in found if _is_named(ancestor, value)]
    return repository(ancestor.model) or one_line(declared[0] if declared else ancestor.model.name, MOST_NAME)


def _is_named(ancestor: Ancestor, value: str) -> bool:
    """Return whether a declared value means this parent: the same repository, or the same title where one has none."""
    hub = repository(ancestor.model).casefold()
    wanted = value.strip().casefold().partition("@")[0]
    for host in ("https://huggingface.co/", "https://hf.co/", "hf://"):
        wanted = wanted.removeprefix(host)
    wanted = wanted.strip("/ ")
    if wanted.count("/") == 1 and hub:
        return wanted == hub
    titles = {_title(one) for one in (hub, ancestor.model.name, ancestor.model.id)}
    return _title(wanted) in titles - {""}


def _title(text: str) -> str:
    """Return a model's name without its namespace, as names are compared: "Basalt 7B" is "basalt-7b"."""
    return re.sub(r"[\s_-]+", "-", text.casefold().rpartition("/")[2].strip())


def _front_edits(raw: bytes, text: str, wanted: Sequence[WantedField]) -> Iterator[Edit]:
    """Yield the edits of the front matter, or one that puts front matter before a card that has none."""
    card = split_card(raw, CARD)
    if card.front is None:
        newline = newline_of(text)
        lines = ["---", *(render_field(field, newline) for field in wanted if field.items), "---", ""]
        blank = "" if not text or text.startswith(("\n", "\r")) else newline
        yield Edit(start=0, stop=0, text=newline.join(lines) + blank)
        return
    head = text[: len(text) - len(card.body)]
    start = len(head.rstrip().removesuffix("---")) - len(card.front)
    yield from (edit.moved(start) for edit in edit_fields(card.front, wanted, newline_of(text), CARD))
    opening = text[:start]
    if not re.fullmatch(r"\s*---(?:\r\n|\r|\n)", opening):
        # The Hub reads no front matter behind a fence with spaces after it.
        yield Edit(start=0, stop=start, text="---" + newline_of(opening))


def _claim_edits(facts: PaperFacts, text: str, body_start: int) -> Iterator[Edit]:
    """Yield a neutral statement in place of each contradicted sentence; what is not found as quoted gets one beside."""
    statement = f"{derivation(facts)}; see [Attribution](#attribution)."
    starts = [0, *(found.end() for found in _BREAK.finditer(text))]
    spans: list[tuple[int, int]] = []
    for claim in [one for one in facts.disclosure.claims if one.outcome == "contradicted"][:MOST_CLAIMS]:
        place = _PLACE.fullmatch(claim.where)
        line = int(place[1]) - 1 if place is not None else -1
        if 0 <= line < len(starts) and starts[line] >= body_start:
            end = _BREAK.search(text, starts[line])
            beside = end.start() if end is not None else len(text)
            spans.append(find_sentence(text, claim.quote, starts[line]) or (beside, beside))
    last = -1
    for start, stop in sorted(set(spans)):
        if start < last:
            continue
        if 0 <= last < start < stop and not text[last:start].strip() and text[last:start].count("\n") < 2:
            # One statement answers sentences that follow each other.
            yield Edit(start=last, stop=stop, text="")
        elif start == stop:
            newline = newline_of(text)
            yield Edit(start=start, stop=stop, text=f"{newline}{newline}Correction: {statement}")
        else:
            yield Edit(start=start, stop=stop, text=statement)
        statement = "See [Attribution](#attribution) for what the weights are derived from."
        last = stop


def _section_edits(facts: PaperFacts, text: str, body_start: int) -> Iterator[Edit]:
    """Yield the attribution section, unless the card has one that names every parent."""
    heading = _SECTION.search(text, body_start)
    if heading is not None and _names_all(facts, text[heading.end() :].casefold()):
        return
    newline = newline_of(text)
    section = attribution(facts).replace("\n", newline)
    place = _section_place(text, body_start)
    if place < len(text):
        yield Edit(start=place, stop=place, text=section + newline)
        return
    ended = len(_BREAK.findall(text[len(text.rstrip("\r\n")) :]))
    gap = newline * max(0, 2 - ended) if text else ""
    yield Edit(start=len(text), stop=len(text), text=gap + section)


def _names_all(facts: PaperFacts, section: str) -> bool:
    names = [(one.model.name.casefold(), repository(one.model).casefold()) for one in facts.verdict.ancestors]
    return all(any(title and title in section for title in pair) for pair in names)


def _section_place(text: str, body_start: int) -> int:
    """Return the end of the card, or the start of a code block or comment that never ends and would swallow it."""
    fence, opened = "", len(text)
    for found in re.finditer(r"[^\n]*\n|[^\n]+", text[body_start:]):
        match = _FENCE.match(found[0])
        if match is None:
            continue
        if not fence and not (match[1][0] == "`" and "`" in match[2]):
            fence, opened = match[1], body_start + found.start()
        elif fence and match[1].startswith(fence) and not match[2].strip():
            fence = ""
    comment = text.rfind("<!--", body_start)
    if comment >= 0 and text.find("-->", comment) < 0:
        line = max(text.rfind("\n", 0, comment), text.rfind("\r", 0, comment)) + 1
        return min(max(line, body_start), opened if fence else len(text))
    return opened if fence else len(text)


def _check(text: str, before: FrontMatter, wanted: Sequence[WantedField]) -> None:
    """Raise InputError unless the Hub finds the corrected front matter, with all other fields as they were."""
    after = parse_front_matter(text.encode(), CARD)
    fields = {field.key: list(field.items) for field in wanted}
    others = [{key: value for key, value in one.values.items() if key not in fields} for one in (before, after)]
    right = all(_texts(after.values.get(key)) == tuple(items) for key, items in fields.items())
    found = _HUB_BLOCK.search(text)
    front = split_card(text.encode(), CARD).front
    if others[0] != others[1] or not right or found is None or found[2].strip() != (front or "").strip():
        raise InputError(CARD, "its front matter", "fields that can be edited one by one; correct it by hand")


def _texts(value: object) -> tuple[str, ...]:
    """Return a field's items where it is a text or a list of texts, else none."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return ()
