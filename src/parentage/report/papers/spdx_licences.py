"""Licences in SPDX: an expression where a known licence is meant, the publisher's own words under a LicenseRef else."""

import re
from collections.abc import Callable

from cyclonedx.spdx import fixup_id
from spdx_python_model import v3_0_1 as spdx

from parentage.digest import sha256_of
from parentage.report.papers.facts import visible
from parentage.report.papers.records import LicenceFact, PaperFacts, PaperModel

NO_ASSERTION = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense"
NONE = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoneLicense"
MOST_TEXT = 200_000
_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]{1,200}")


class Licences:
    """Makes each licence once; gives its name to the relationships that point at it."""

    def __init__(self, facts: PaperFacts, name: Callable[[str], str], add: Callable[[spdx.Element], None]) -> None:
        self._facts = facts
        self._name = name
        self._add = add
        self._made: dict[tuple[str, str], str] = {}

    def declared(self, model: PaperModel) -> str:
        """Return what the publisher declares; `NONE` where nothing is, `NOASSERTION` where that is not known."""
        fact = self._facts.licence(model.id)
        if fact is None:
            return NO_ASSERTION
        if not fact.declared:
            return NONE if fact.how == "none" else NO_ASSERTION
        known = fixup_id(fact.declared)
        if not known and fact.how in ("declared", "text-and-declared"):
            known = fixup_id(fact.key) or (fact.key if _REFERENCE.fullmatch(fact.key) else None)
        if known:
            return self._expression(known, self._text_of(fact))
        reference = f"LicenseRef-declared-{sha256_of(fact.declared.encode())[7:19]}"
        return self._expression(reference, fact.declared)

    def concluded(self, model: PaperModel) -> str:
        """Return which licence the text was identified as; `NOASSERTION` where no text was, whatever is declared."""
        fact = self._facts.licence(model.id)
        if fact is None or not fact.concluded:
            return NO_ASSERTION
        known = fixup_id(fact.concluded)
        if known:
            return self._expression(known, "")
        if _REFERENCE.fullmatch(fact.concluded):
            return self._expression(fact.concluded, self._text_of(fact))
        return NO_ASSERTION

    def _expression(self, expression: str, text: str) -> str:
        """Return the name of an expression; a reference to no listed licence carries the text that it stands for."""
        listed = not expression.startswith("LicenseRef-")
        text = "" if listed else text
        made = self._made.get((expression, text))
        if made is not None:
            return made
        number = len(self._made) + 1
        element = spdx.simplelicensing_LicenseExpression(
            spdxId=self._name(f"licence-{number}"), simplelicensing_licenseExpression=expression
        )
        if not listed:
            stands_for = spdx.simplelicensing_SimpleLicensingText(
                spdxId=self._name(f"licence-{number}-text"),
                name=expression,
                simplelicensing_licenseText=text or f"The text of {expression}; the audit holds no copy.",
            )
            self._add(stands_for)
            entry = spdx.DictionaryEntry(key=expression, value=str(stands_for.spdxId))
            element.simplelicensing_customIdToUri = [entry]
        self._add(element)
        self._made[expression, text] = str(element.spdxId)
        return str(element.spdxId)

    def _text_of(self, fact: LicenceFact) -> str:
        """Return the text as the audit read it, `""` where the bundle has none with that digest."""
        name = fact.where.split(":")[0]
        data = self._facts.documents.get(f"{fact.model}/{name}")
        if data is None or len(data) > MOST_TEXT or sha256_of(data) != fact.digest:
            return ""
        text = data.decode("utf-8", errors="replace").expandtabs()
        return "\n".join(visible(row) for row in text.splitlines())
