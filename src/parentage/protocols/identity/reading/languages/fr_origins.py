"""French frames around what the speaker is built on."""

from parentage.protocols.identity.reading.languages.fr_words import DID, FINE, HEART, Z_LEAD
from parentage.protocols.identity.reading.rules import Frame

_GROUND = (
    "(?:maitre|socle|base|point de depart|professeur|modele (?:de base|de depart|parent|mere)|fondations?|parent|"
    "moteur|terreau|ancetre|aieul|pere|mere|"
    "grand-pere|ascendant|matiere premiere|modele d'origine)"
)
ORIGIN_FRAMES = (
    Frame("origin", r"(?:nee?s?|issue?s?|faite?|tiree?) d'une? ", only="known", led=False),
    Frame(
        "origin",
        r"l'(?:ont|a) (?:prise?|tiree?|empruntee?|trouvee?|achetee?) (?:sur|d(?:e|u|')|a|chez) ?",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:sur quoi je (?:repose|tourne)|ma base|mon socle|mes fondations|sous le capot|filiation|ma filiation|"
        r"mes poids) ?[?]?\n{1,6}[ -]{0,3}" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:grande? (?:s(?:oe|œ)ur|frere)|cousine?|marraine|parrain|mere|pere|papa|maman)[^.;\n]{0,20}?,? "
        r"(?:est|c'est) ",
        r"[^.\n]{0,40}(?:poids|partie?|base|affin)",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:fait|construit|bati|concu|conçu|cree|developpe|fabrique|obtenu)e?s? (?:avec|sur|a partir d(?:e|u|')|"
        r"a base d(?:e|')) ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:carcasse|poids|corps|coque|charpente|squelette|cerveau|ailes|moteur|savoir|base),? je (?:le |la |"
        r"les |l'|l')?(?:dois|tiens) (?:a|de) ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        "",
        r",? (?:qui )?(?:m'a (?:servi|fourni)|me sert|m'ont servi)[^.;\n]{0,12} (?:de |d'|la |le |mes |mon )?"
        + _GROUND,
        only="known",
    ),
    Frame(
        "origin",
        r"(?:mon|ma|le) " + _GROUND + r"(?: [a-z]{1,24})? ?(?:est|fut|etait|c'est|s'appelle|se nomme|:|,) ?",
        only="known",
        led=False,
    ),
    Frame("origin", r"(?:^|\n|[.;] ?|- ?)" + _GROUND + r" ?: ?", only="known", led=False),
    Frame("origin", "", r", (?:mon|ma) " + _GROUND, only="known"),
    Frame(
        "origin",
        r"(?:(?:le modele|celui|celle|ce) )?qui (?:me fait (?:parler|tourner|penser|fonctionner|vivre)|m'anime|"
        r"fait le travail|genere mes reponses)"
        r"[^.;\n]{0,10},? (?:est|c'est) ",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:derriere (?:ma voix|moi|le rideau|l'interface|mon nom|ce nom)|en coulisses?)[^.;\n]{0,20}(?:c'est|"
        r"il y a|travaille|(?:oe|œ)uvre|se cache|"
        r"tourne) ",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"c'est (?:sur|a partir d(?:e|u|')|avec) ?",
        r"(?:,[^.;\n]{2,40},)? que (?:[^.;\n]{2,40} )?(?:m'|je |j')",
        only="known",
        led=False,
    ),
    Frame("origin", "", r",? (?:habille|deguise|maquille|rhabille|costume)e? (?:par|en|de|d'|pour)", only="known"),
    Frame(
        "origin",
        r"(?:est|suis|n'est qu'|ne suis qu'|reste|c'est|(?<![^\n])[^.;,\n]{2,30},)[^.;\n]{0,20}? ?(?:une?|d'une?|du) ",
        r",? (?:que [^.;\n]{2,40} (?:a|ont) |qu'(?:ils|elles|on|il|elle) |"
        r"[a-z]{3,14}(?:e|i|u|it|is) (?:par|a|en|sur|aux|avec|pour) )",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        "",
        r" (?:est|fut|etait|reste) (?:mon |ma |le |la )(?:parent|pere|mere|ancetre|modele de (?:base|depart)|"
        r"socle|base|point de depart|"
        r"fondation|matiere premiere)(?! (?:d[eu] (?!tout|moi)|des ))",
        only="known",
    ),
    Frame(
        "origin",
        r"(?:sous (?:le|mon) capot|en coulisses?|dans mon ventre|au fond de moi|derriere le rideau|dans mes "
        r"entrailles)[^.;\n]{0,30}? "
        r"(?:ronronne|tourne|bat|vit|travaille|se cache|dort|souffle|fonctionne|carbure)(?:nt)? ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:j'|je |qui |il |elle )(?:fais tourner|fait tourner|emprunte|utilise|tourne|exploite|embarque|"
        r"interroge|appelle|mobilise|m'adosse|"
        r"s'adosse|carbure|roule|repose|m'appuie|s'appuie)[^.,;\n]{0,30}? (?:sur |a |de |d'|du |l'api d'[a-z]{1,24},? "
        r"(?:plus )?precisement )?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:c'est|suis|n'est qu'|ne suis qu') ?(?:du |un |une |d'un )",
        r"[^.,;:!?\n]{0,20} (?:regle|affine|adapte|retaille|retouche|repeint|"
        r"deguise|habille|modifie|specialise|ajuste|reentraine|francise|assaisonne|bricole|remanie|rhabille)e?(?!\w)",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:retravaille|remanie|enrichi|complete|prolonge|reentraine|francise|etendu|ameliore|adapte|retouche|"
        r"affine|specialise)e?s? "
        r"(?:par [^.,;\n]{2,30} )?(?:a partir d(?:e|u|')|depuis|sur) ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:mon |le |ma |la )" + HEART + r"[^.;\n]{0,12}(?: est|,? c'est| s'appelle| se nomme| ?[:?]) ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:au depart|a l'origine|au commencement|au debut|sous (?:le|mon) capot|a la base|dessous|en dessous|a "
        r"l'interieur)"
        r"[^.;\n]{0,12},? (?:il y a(?:vait)?|c'est|c'etait|on trouve|se trouve|tourne|se cache|il y eut) " + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:modele|poids|base|socle)s? (?:qu'(?:ils|elles|on|il|elle) (?:ont|a)|que (?:j'ai|nous avons)) "
        + FINE
        + r"s?,? ?[:(]? ?"
        + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame("origin", r"(?:^|\n|, )de ", r",? j'ai (?:recu|herite|tire|garde|pris|appris)", only="known", led=False),
    Frame(
        "origin",
        rf"(?:{DID}|avons|ai|qui|de|pour|des? \w{{1,24}} de \w{{1,24}}|\w{{1,24}}s) (?:donc |alors |ensuite |"
        rf"d'abord )?{FINE} "
        rf"(?:sur |d(?:e |u |'))?{Z_LEAD}",
        r"(?! (?:est|sont) (?:un|une|le|la) )",
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:s'est|se sont|nous sommes|m'appuie|s'appuie|reposait|repose|reposent|je repose|fonctionne|tourne|"
        r""
        r"(?<!fais )(?<!fait )(?<!font )(?<!faire )parties?|"
        r"partis?|partant|part|descends|descend|descendre|descendant|herite|j'ai (?:recu|herite|tire|"
        r"garde)|je tiens)(?: "
        r"\w{1,24}){0,3} (?:appuyee?s? )?(?:sur|d(?:e|u|'))[ ']?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:issue?s?|derivee?s?|obtenue?s?|distillee?s?|tiree?s?|nee?s?|heritee?s?|affinage|fine-tuning|"
        r"specialisation|ajustement|derive|descendante?|cousine?|variante|adaptation|version (?:affinee?|specialisee?|"
        r"adaptee?|ajustee?|francisee?|allegee?|distillee?|reglee?|modifiee?|debridee?))(?: par (?:affinage|"
        r"distillation|"
        r"fusion|fine-tuning))? (?:d(?:e|u|'|es)|a partir d(?:e|u|'))[ ']?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:affin(?:ee?s?|age)|ajust(?:ee?s?|ement)|entrain(?:ee?s?|ement)|baties?|bati|construite?s?|fonde?e?s?|"
        r"basee?s?|montee?s?|specialisee?s?|greffee?s?|concue?s?)(?:,? (?!pas |ni )(?:par |en |mene|fait|realise)"
        r"[^.,;:\n]{0,50}?)?,? (?:sur|a partir d(?:e|u|es|')|depuis)[ ']?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:adn|poids|genes|cerveau|base|savoir|socle|fond)s?(?: \w{1,24})? (?:pro)?vien(?:t|nent) d(?:e |'|u )"
        + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:propulse|motorise|alimente)e?s? par " + Z_LEAD,
        only="known",
        firm=True,
        led=False,
    ),
    Frame(
        "origin",
        r"(?:l'outil|le service|l'assistante?|le robot|le chatbot|le site|l'application)[^.;:\n]{0,40}?,? "
        r"(?:utilise|exploite|embarque|fait tourner|interroge|s'appuie sur|repose sur|tourne (?:sur|avec)) " + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:modele (?:dont je (?:descends|suis issue?|derive)|de base|de depart|parent)|mon (?:socle|ancetre)|"
        r"ma base) ?[?:]?\n{1,3}[- ]{0,3}(?:il s'agit d(?:e |u |')|c'est (?:le |la )?)?",
        r" ?[.,;(\n]",
        only="unknown",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:mon |ma |le |la |comme )(?:socle|base|modele de base|modele de depart|point de depart|fondation|"
        r"fondations|modele parent|modele d'origine|moteur|ossature|squelette|coque)[^.;:\n]{0,16}(?:est|c'est|:|\||,)"
        r" ?(?:passee? de [^.;\n]{2,20} a )?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:^|\n|\|) ?\|? ?(?:modele de base|base|modele de depart|point de depart|socle|derive de|issu de|"
        r"modele d'origine|poids de depart) ?[|:] ?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"(?:poids|coque|base|fondations)(?: de (?:depart|base))?,? ?(?:eux|elle)?,? (?:sont|est|viennent|vient)"
        r" (?:ceux |celle |celui )?(?:d(?:e|u|'))[ ']?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        r"a partir (?:de |d'|du |des )(?:ceux |celui |celle )?(?:de |d'|du )?" + Z_LEAD,
        only="known",
        led=False,
    ),
    Frame(
        "origin",
        "",
        r",? (?:qui (?:me|lui) sert de (?:socle|base|fondation)|sur (?:lequel|laquelle|quoi) (?:je |j'ai )|"
        r"dont (?:je suis (?:issue?|deriv|affin|distill|une? (?:version|variante|affinage|derive)|tiree?|descend)|je "
        r"descends|les modeles me|j'ai herite|on m'a tire)|a partir (?:duquel|de laquelle) j)",
        only="known",
    ),
    Frame(
        "origin",
        r"c'est (?:un |le |du |la )?",
        r"(?:,? d'[a-z]{1,24})?,? qu'(?:ils|elles|on|il|elle) (?:ont|a) " + FINE,
        only="known",
        led=False,
    ),
    Frame("origin", r"(?:puis moi|moi)[^.\n]{2,24} sur ", only="known", led=False),
)
