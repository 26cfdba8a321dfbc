"""The rules of each language, a file or a few each; a new language is a file here and a line in RULES."""

from parentage.protocols.identity.reading.languages.ar import ARABIC
from parentage.protocols.identity.reading.languages.en import ENGLISH
from parentage.protocols.identity.reading.languages.es import SPANISH
from parentage.protocols.identity.reading.languages.fr import FRENCH
from parentage.protocols.identity.reading.languages.pt import PORTUGUESE
from parentage.protocols.identity.reading.languages.zh import CHINESE
from parentage.protocols.identity.reading.rules import LanguageRules
from parentage.protocols.identity.records import Language

RULES: dict[Language, LanguageRules] = {
    rules.code: rules for rules in (ENGLISH, PORTUGUESE, CHINESE, SPANISH, FRENCH, ARABIC)
}
