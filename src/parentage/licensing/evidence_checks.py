"""Looks in a repository's files for what meets a clause: one function for each kind of check.

`met` needs a place. Where something is there that one reader may take as meeting the clause and another may not, the
status is `disputed`; where files cannot tell, `not-checkable`. Adding files never takes a `met` away.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.licensing.catalogue import licence_text
from parentage.licensing.records import Clause, ParentTerms, Published, Status
from parentage.licensing.repository_text import Place, RepositoryFile, shown, word_string
from parentage.licensing.wording import ModelName, is_denied, is_supposed, model_name

MOST_NOTICE = 64 * 1024
_MOST_LINES = 200
_SHINGLE = 8
# A licence-like file is called like the licence from this share of its passages on.
_LIKE = 0.5
_GLUED = re.compile(r"[-./]?[^\W_]")
_VERSION = re.compile(r"[-.]?\d")
_SEPARATORS = re.compile(r"[-_. ]+")
_COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))[^\n]{0,200}", re.IGNORECASE)
_FIELD = re.compile(r"^license[ \t]*:", re.IGNORECASE | re.MULTILINE)
_ORDERED = re.compile(r"\b(?:shall|must|prominently display|agree|required?|requires)\b", re.IGNORECASE)
_RESTRICTIONS = re.compile(
    r"\b(?:us(?:e|age)(?:[- ]based)? restrictions?|prohibited use policy|acceptable use policy|prohibited uses?"
    r"|restricted uses?|attachment a)\b",
    re.IGNORECASE,
)
_BINDING = re.compile(
    r"\b(?:subject to|appl(?:y|ies)|governed by|bound by|compl(?:y|ies) with|adheres? to|must|shall|passed on"
    r"|(?:may|do) not use)\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(r"\b(?:must|may|shall|should|can|will|do|agree)\s*not(?: to)?(?: be)? used?\b", re.IGNORECASE)
_POLICY_NAME = re.compile(r"use[-_ ]?policy|use[-_ ]?restrictions", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """How a clause stands; `where` is `FILE:LINE` of what meets it, else empty; `note` says what was looked for."""

    status: Status
    note: str
    where: str = ""


_IF_NOTICE = re.compile(r"If the Work includes a [\"“]NOTICE")
_NO_NOTICE = Evidence(
    status="not-checkable",
    note="No NOTICE file of the parent is known, so nothing that this clause would keep is known.",
)
# A licence that takes notices "in any reasonable manner", a link among them (CC 4.0, section 3(a)(2)).
_ANY_MANNER = re.compile(r"retain the following if it is supplied by the Licensor")
# Licences that a text leaves open and files do not settle: GPL-2.0 section 9 (any later version, where the work says so
# or names none) and section 13 of GPL-3.0 and AGPL-3.0 (one work of parts under both).
_LEFT_OPEN: Mapping[str, frozenset[str]] = {
    "GPL-2.0-only": frozenset({"GPL-3.0-only", "GPL-3.0-or-later"}),
    "GPL-3.0-only": frozenset({"AGPL-3.0-only", "AGPL-3.0-or-later"}),
}
_ENFORCEABLE = "Whether they bind those who receive the model, files do not show."


def place_of(file: RepositoryFile, line: int) -> str:
    """Return `FILE:LINE`, fit to be shown."""
    return f"{shown(file.name)}:{line}"


def left_open(licences: frozenset[str]) -> frozenset[str]:
    """Return under which licences a whole may be beside these, as their texts leave open, step by step."""
    reached, last = licences, frozenset[str]()
    while reached != last:
        last = reached
        reached = reached.union(*(_LEFT_OPEN.get(one, frozenset()) for one in reached))
    return reached - licences


def find_licence_copy(clause: Clause, files: Sequence[RepositoryFile]) -> Evidence:
    """Look for a file that is the licence's text, for the text inside a file, and for a link where that is enough."""
    for file in files:
        if file.licence == clause.licence:
            return Evidence(status="met", where=place_of(file, 1), note=f"{shown(file.name)} is the licence's text.")
    text = licence_text(clause.licence)
    for file in files:
        for place in file.iter_places(text):
            return Evidence(
                status="met", where=place_of(file, place.line), note="The licence's text stands in the file."
            )
    for word in clause.words:
        for file, place in _find_said(word, files):
            note = "The licence takes a link for its text, and one is there."
            return Evidence(status="met", where=place_of(file, place.line), note=note)
    looked = "A file whose text is that licence was looked for, and the text inside other files"
    for file in files:
        share = _likeness(text, file) if file.is_licence and not file.licence else 0.0
        if share >= _LIKE:
            said = f"{shown(file.name)} resembles it ({100 * share:.0f} % of its passages) and is not the same text."
            return Evidence(status="disputed", note=f"{looked}: {said}")
    others = sorted({f"{shown(file.name)} is {file.licence}" for file in files if file.licence})
    return Evidence(status="not-found", note=f"{looked}{': ' + ', '.join(others[:5]) if others else ''}.")


def find_notice(clause: Clause, parent: ParentTerms, files: Sequence[RepositoryFile]) -> Evidence:
    """Look for the notice that the licence words itself, or for the parent's own notices where they are known."""
    if clause.words:
        return _find_given_notice(clause, files)
    only_file = _IF_NOTICE.match(clause.quote) is not None
    known = parent.notice if only_file else f"{parent.notice}\n{parent.copyright}"
    if not known.strip():
        return _NO_NOTICE if only_file else _find_copyright(parent, files)
    lines = _notice_lines(known[:MOST_NOTICE])
    if not lines:
        return Evidence(status="not-checkable", note="The parent's notice holds no line that could be looked for.")
    first, missing = "", []
    for line in lines:
        where = next((place_of(file, place.line) for file in files for place in file.iter_places(line)), "")
        first = first or where
        if not where:
            missing.append(line)
    if not missing:
        return Evidence(status="met", where=first, note=f"All {len(lines)} lines of the parent's notices were found.")
    note = f"{len(missing)} of {len(lines)} lines of the parent's notices were found in no file; the first: "
    note = f"{note}“{shown(missing[0], 120)}”."
    if _ANY_MANNER.match(" ".join(clause.quote.split())) and (link := _find_link(parent, files)):
        note = f"{note} The licence takes a link to where they stand, and {link} names the parent's address."
        return Evidence(status="disputed", note=note)
    return Evidence(status="not-found", note=note)


def find_words(clause: Clause, files: Sequence[RepositoryFile]) -> Evidence:
    """Look for words that have to be shown, in the card and the other files that people read."""
    passed, numbered = "", ""
    for words in clause.words:
        for file, place in _find_said(words, files, clause.quote):
            if not _GLUED.match(file.text, place.stop):
                return Evidence(status="met", where=place_of(file, place.line), note=f"“{shown(words, 80)}” is shown.")
            passed = passed or place_of(file, place.line)
            if _VERSION.match(file.text, place.stop):
                numbered = numbered or place_of(file, place.line)
    looked = " or ".join(f"“{shown(words, 120)}”" for words in clause.words)
    if numbered:
        return Evidence(status="disputed", note=f"{looked} was looked for; at {numbered} a version number follows it.")
    return Evidence(
        status="not-found",
        note=f"{looked} was looked for in the card and the other files that people read, not in licence texts."
        + (f" At {passed} the words belong to a longer name." if passed else ""),
    )


def find_name_prefix(clause: Clause, published: Published, files: Sequence[RepositoryFile]) -> Evidence:
    """Look whether the model's name begins with the word; `where` is the first line that bears the name."""
    name = re.split(r"[/\\]", published.name.split("@")[0].rstrip("/\\ "))[-1].strip()
    if not name:
        return Evidence(status="not-checkable", note="The model's name is not known.")
    wanted = " or ".join(clause.words)
    if not any(_begins(name, word) for word in clause.words):
        said = f"The model's name, {shown(name, 80)}, does not begin with {wanted}"
        if any(_squeezed(name).startswith(_squeezed(word)) for word in clause.words):
            return Evidence(status="disputed", note=f"{said} as it is written; letter for letter it does.")
        return Evidence(status="not-found", note=f"{said}.")
    where = next((place_of(file, place.line) for file in files for place in file.iter_places(name)), "")
    return Evidence(status="met", where=where, note=f"The model's name, {shown(name, 80)}, begins with {wanted}.")


def find_restrictions(clause: Clause, parent: ParentTerms, files: Sequence[RepositoryFile]) -> Evidence:
    """Look for the licence itself in a file, or for a sentence that says that its use restrictions apply."""
    for file in files:
        if file.licence == clause.licence:
            note = f"{shown(file.name)} is the licence's text, restrictions included. {_ENFORCEABLE}"
            return Evidence(status="met", where=place_of(file, 1), note=note)
    named = model_name(parent.name, parent.id)
    for file in files:
        if not file.is_prose or file.licence or not _RESTRICTIONS.search(file.text):
            continue
        for sentence in file.sentences:
            found = _RESTRICTIONS.search(sentence.text)
            if found and _binds(sentence.text) and _names_terms(sentence.text, clause, named):
                where = place_of(file, sentence.line_at(found.start()))
                return Evidence(status="met", where=where, note=f"A sentence says that they apply. {_ENFORCEABLE}")
    for file in files:
        named_so = _POLICY_NAME.search(file.name.rpartition("/")[2])
        if named_so and any(word.casefold() in file.text.casefold() for word in clause.words):
            note = f"{shown(file.name)} looks like the licensor's policy; its text is none that is known."
            return Evidence(status="disputed", note=note)
    note = "A file that is the licence, or a sentence that its use restrictions apply, was looked for."
    return Evidence(status="not-found", note=note)


def find_licence_kept(clause: Clause, published: Published, files: Sequence[RepositoryFile]) -> Evidence:
    """Look whether the licence declared for the model is the parent's, or one that the parent's takes for itself."""
    same = (clause.licence, *clause.words)
    text = next((place_of(file, 1) for file in files if file.licence in same), "")
    if published.declared is None:
        note = f"The model declares no licence that is known{'; its text is at ' + text if text else ''}."
        return Evidence(status="disputed" if text else "not-found", note=note)
    if published.declared in left_open(frozenset(same)):
        note = f"The model is declared to be under {published.declared}, which the licence allows in some cases."
        return Evidence(status="disputed", note=note)
    if published.declared not in same:
        return Evidence(status="not-found", note=f"The model is declared to be under {shown(published.declared, 80)}.")
    where = next((place_of(file, line) for file in files if (line := _declared_line(file))), text)
    if not where:
        note = "The same licence is declared, but the line that says so is not in the files that were read."
        return Evidence(status="not-checkable", note=note)
    return Evidence(status="met", where=where, note=f"The model is declared to be under {published.declared}.")


def _begins(name: str, word: str) -> bool:
    """Return whether a name begins with a word, a blank in it being any separator: names of repositories hold none."""
    name, word = (_SEPARATORS.sub(" ", text).casefold() for text in (name, word))
    return name.startswith(word) and not (word[-1:].isdigit() and name[len(word) :][:1].isdigit())


def _squeezed(text: str) -> str:
    return _SEPARATORS.sub("", text).casefold()


def _find_link(parent: ParentTerms, files: Sequence[RepositoryFile]) -> str:
    """Return where a file that people read has an address that ends with the parent's name, "" where none has."""
    name = parent.name.split("@")[0].removeprefix("hf://").strip("/")
    if name.count("/") != 1 or not all(name.split("/")):
        return ""
    address = re.compile(rf"https?://[\w.-]{{1,80}}/{re.escape(name)}(?![\w.-]*\w)", re.IGNORECASE)
    for file in files:
        if file.is_prose and not file.licence and (match := address.search(file.text)):
            return place_of(file, file.line_of(match.start()))
    return ""


def _find_said(words: str, files: Sequence[RepositoryFile], quote: str = "") -> list[tuple[RepositoryFile, Place]]:
    """Return where the publisher says the words: not in terms, not quoting the clause, not denied, not ordered."""
    said = []
    for file in files:
        if not file.is_prose or file.is_licence:
            continue
        quoted = [(place.start, place.stop) for place in file.iter_places(quote)] if quote else []
        for place in file.iter_places(words):
            if any(start <= place.start and place.stop <= stop for start, stop in quoted):
                continue
            before, after = file.around(place)
            context = f"{before} {after}"
            if not (is_denied(context) or is_supposed(context) or _ORDERED.search(context)):
                said.append((file, place))
                break
    return said


def _find_given_notice(clause: Clause, files: Sequence[RepositoryFile]) -> Evidence:
    elsewhere = ""
    for words in clause.words:
        for file in files:
            if not file.is_prose or file.licence:
                continue
            quoted = [(place.start, place.stop) for place in file.iter_places(clause.quote)]
            for place in file.iter_places(words):
                if any(start <= place.start and place.stop <= stop for start, stop in quoted):
                    continue
                where = place_of(file, place.line)
                if is_denied(file.around(place)[0]):
                    continue
                if file.is_notice:
                    return Evidence(
                        status="met", where=where, note="The notice that the licence words is in a notice file."
                    )
                elsewhere = elsewhere or where
    wanted = f"The notice “{shown(clause.words[0], 120)}” was looked for in a NOTICE text file"
    if elsewhere:
        return Evidence(status="disputed", note=f"{wanted}; it stands at {elsewhere}, which is not such a file.")
    return Evidence(status="not-found", note=f"{wanted} and elsewhere.")


def _find_copyright(parent: ParentTerms, files: Sequence[RepositoryFile]) -> Evidence:
    organisation = parent.name.split("@")[0].rpartition("/")[0]
    named = model_name(parent.name, parent.id, organisation)
    for file in files:
        for line in _COPYRIGHT.finditer(file.text) if named else ():
            if named and named.exact.search(line.group()) and not is_denied(line.group()):
                where = place_of(file, file.line_of(line.start()))
                return Evidence(status="met", where=where, note="A copyright line names the parent or its publisher.")
    note = "The parent's own notices are not known here, so only a copyright line that names it could be looked for."
    return Evidence(status="not-checkable", note=note)


def _notice_lines(notice: str) -> list[str]:
    """Return the lines that have to be kept: those on copyright where there are some, else all that say something."""
    lines = [line.strip() for line in notice.splitlines() if word_string(line).count(" ") > 2]
    lines = list(dict.fromkeys(lines))[:_MOST_LINES]
    return [line for line in lines if _COPYRIGHT.search(line)] or lines


def _binds(sentence: str) -> bool:
    """Return whether a sentence says that something applies; to forbid a use is to say so, to deny it is not."""
    plain = _FORBIDS.sub(" ", sentence)
    return _BINDING.search(sentence) is not None and not is_denied(plain) and "?" not in plain


def _names_terms(sentence: str, clause: Clause, named: ModelName | None) -> bool:
    by_word = any(re.search(rf"(?<![^\W_]){re.escape(word)}", sentence, re.IGNORECASE) for word in clause.words)
    return by_word or (named is not None and named.exact.search(sentence) is not None)


def _declared_line(file: RepositoryFile) -> int:
    """Return the line on which a card's front matter declares a licence, 0 where none does."""
    if not file.text.startswith("---"):
        return 0
    end = file.text.find("\n---", 3)
    match = _FIELD.search(file.text, 0, end if end >= 0 else len(file.text))
    return file.line_of(match.start()) if match else 0


def _likeness(text: str, file: RepositoryFile) -> float:
    """Return the share of a licence's runs of eight words that stand in a file, in any order."""
    wanted, held = (_shingles(word_string(given).split()) for given in (text, file.text))
    return len(wanted & held) / len(wanted) if wanted else 0.0


def _shingles(words: list[str]) -> frozenset[int]:
    return frozenset(hash(tuple(words[at : at + _SHINGLE])) for at in range(max(0, len(words) - _SHINGLE + 1)))
