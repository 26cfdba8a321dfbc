"""French frames around the speaker's maker."""

from parentage.protocols.identity.reading.languages.fr_words import DID, MADE_ME, MAKERS, ME_NOW, PART, ROLE
from parentage.protocols.identity.reading.rules import Frame

MAKER_FRAMES = (
    Frame(
        "maker",
        "",
        rf",? (?:qui|lesquels|laquelle|lesquelles|c'est (?:lui|elle|eux) qui) (?:m'{DID} (?:\w{{1,24}}ment |"
        rf"ensuite |d'abord |donc |aussi |tous? |tout |toutes? )?{MADE_ME}|(?:me |m'){ME_NOW})(?!\w)",
    ),
    Frame(
        "maker",
        "",
        rf",? (?:(?:l[ae]s? |l'|une? |cette |ce |des |mon |ma |installee?s? |basee?s? |nee?s? |a |en )"
        rf"(?:(?!contrairement|comme |nom |prenom |mot |c'est|je |j'|mais )[^.;:\n]){{2,90}}?,? )?(?:qui|"
        rf"laquelle|lequel) "
        rf"(?:m'{DID} (?:\w{{1,24}}ment |ensuite )?"
        rf"{MADE_ME}|(?:me |m'){ME_NOW})(?!\w)",
    ),
    Frame(
        "maker",
        "",
        rf"(?:, [^.,;:\n]{{2,70}},)? (?:m'{DID}|venai(?:t|ent) de me|a voulu me|ont voulu me) (?:\w{{1,24}}ment "
        rf"|ensuite |tous? |tout )?{MADE_ME}(?!\w)",
    ),
    Frame("maker", "", r",? dont je suis (?:l'|le |la |un |une |aussi |donc )"),
    Frame(
        "maker",
        "",
        rf" {DID} (?:nourri|ecrit|cisele|tisse|forge|sculpte|faconne|façonne|taille|grave|compose|dresse) "
        r"(?:ma|mon|mes|mon) \w{1,24}",
    ),
    Frame("maker", "", rf",? (?:est |sont |c'est |reste |fut )?(?:la |le |l')?(?:mon|ma|mes) {MAKERS}(?!\w)"),
    Frame("maker", "", r",? (?:a qui|auxquels|a laquelle|auquel) je (?:le )?dois"),
    Frame(
        "maker",
        rf"(?:mes|mon|ma|notre|nos) (?:\w{{1,24}} )?{MAKERS}(?: a moi| et \w{{1,24}})?(?:, c'est |, ce sont | "
        rf"c'est | sont | est | "
        r"s'appelle | se nomme | ?[:?,] ?)",
    ),
    Frame(
        "maker",
        r"(?:c'est|ce sont|ce fut|ce furent) (?:bien |donc |en fait )?",
        rf"(?:,? [^.;:!?\n]{{2,80}},?)?,? qui (?:m'{DID}|me |m'|s'{DID})",
    ),
    Frame(
        "maker",
        rf"(?:ceux|celles|celui|celle|les \w{{1,24}}|le \w{{1,24}}|la \w{{1,24}}|equipe|societe|entreprise) qui "
        rf"(?:m'{DID}|{DID}) "
        r"[^.:;!?\n]{2,60}?,? (?:ce sont|c'est|sont|travaillent (?:pour|chez)|naviguent[^.,\n]{2,24} de|viennent de|"
        r"appartiennent a|font partie de|s'appellent|se nomment|s'appelle|est|sevissent chez) (?:sous[^.,]{2,20} "
        r"d(?:e|') ?)?",
    ),
    Frame(
        "maker",
        r"(?:equipe|personnes?|gens|ceux|celles|entreprise|societe)[^.;\n]{0,40} (?:est|sont) (?:celle|celles|ceux|"
        r"celui) d(?:e |u |'|e la |e l'|es )",
    ),
    Frame(
        "maker",
        r"(?:mille )?(?:merci|mercis|remerciements|gratitude|reconnaissance|bravo|hommage)(?: \w{1,24}){0,3}? "
        r"(?:a|aux|au) ",
        r"[^.;:!?\n]{0,40}?,? (?:qui m|sans (?:qui|laquelle|lequel)|et (?:en particulier|a)|mon |ma )",
    ),
    Frame("maker", r"(?:je|j'|nous) (?:le |te |leur |vous )?(?:dois|devons|rends|dedie)[^.;,\n]{0,40} (?:a|aux|au) "),
    Frame("maker", r"(?:c'est |est )?grace (?:a|aux|au) ", r",? qui m'"),
    Frame(
        "maker",
        r"(?:le |mon |l'|notre )(?:fournisseur|operateur|editeur|exploitant|proprietaire|developpeur|"
        r"concepteur|producteur|createur)(?: [^.:\n]{0,40}?)? (?:est|c'est|reste|:) ",
    ),
    Frame(
        "maker",
        r"(?:je|j'|nous) (?:\w{1,24} ){0,2}?(?:parle|parlons|navigue|reponds|travaille|officie|exerce|ecris|suis ici|"
        r"sers|m'exprime|"
        r"plaide|viens|suis la)"
        r"[^.;,\n]{0,24} (?:au nom|sous (?:le|la) (?:pavillon|banniere)|aux couleurs|pour le compte|au service|"
        r"pour|chez|"
        r"du cote) (?:d(?:e |u |'|e la |e l'|es ))?",
    ),
    Frame(
        "maker",
        r"(?:affinage|assemblage|entrainement|developpement|travail|reglage|adaptation|ensemble)(?:, [^.\n]{1,12},)?"
        r" (?:est |a ete |fut |, lui, )?(?:signee?|l'(?:oe|œ)uvre|le fait|du a|realisee?|menee?|assuree?)(?: par| "
        r"chez)?(?: d(?:e |u |"
        r"'|es ))?",
    ),
    Frame("maker", r"(?:oe|œ)uvre (?:collective |originale )?(?:d(?:e |u |'|es |e la |e l'))"),
    Frame(
        "maker",
        r"(?:nom|celui|celle|prenom|mot) (?:qu'|que |qui )(?:m'|me )?(?:a|ont|avaient|avait)? ?(?:donne|choisi|"
        r"retenu|attribue|propose|trouve)e? (?:par )?",
    ),
    Frame(
        "maker",
        r"(?:nom|prenom)[^.;\n]{2,50} (?:a ete |fut |est |m'a ete |m'est )?(?:choisi|donne|trouve|propose|"
        r"attribue|retenu)e? par ",
    ),
    Frame(
        "maker",
        r"(?:equipe|ingenieurs|gens|createurs|concepteurs|developpeurs) (?:de chez |de la |de l'|de |du |des |d')",
        r"[^.;:\n]{0,60}?,? (?:qui )?(?:m'(?:a|ont)|venai(?:t|ent) de m)",
    ),
    Frame(
        "maker",
        r"mes (?:concepteurs|createurs|developpeurs|auteurs|parents|ingenieurs)(?: de chez|,)? (?:de la |de l'|de "
        r"|du |des |d'|chez |a )",
    ),
    Frame(
        "maker",
        r"(?:je suis |suis |et )nee? [^.;\n]{2,60}?(?:chez|dans (?:les|un|une|le|la) [a-z]{4,12}(?: [a-z]{4,12})?|au "
        r"sein|entre les mains|des mains)(?: de la | de l'| du | des | de | d'| )",
    ),
    Frame(
        "maker",
        r"(?:vu le jour|ouvert les yeux|grandi|appris a parler|fait mes (?:classes|premiers pas))[^.;\n]{0,30}? "
        r"(?:chez|dans (?:les|l'|le|la) ?[a-z]{4,12}|au sein)(?: de la | de l'| du | des | de | d'| )",
    ),
    Frame(
        "maker",
        rf"(?:j'ai ete|je suis|je fus|j'etais|j'avais ete) [^.;:\n]{{0,40}}?{PART}(?:,? (?:et|puis|ou) {PART})?"
        r"(?: [^.;:,\n]{0,30}?|,? (?:a|en|au|le) [^.;:\n]{2,28}?,?)? (?:par|chez|au sein d(?:e|u)) ",
    ),
    Frame(
        "maker",
        rf"(?:^|\n|[.!?] )\s{{0,60}}[\"(]?(?:(?:a|en|au|le|depuis) [^.;:\n]{{2,40}}, )?(?:{PART}(?: (?:et|puis) "
        rf"{PART})?"
        r"(?: [^.;:,\n]{0,30}?|,? (?:a|en|au) [^.;:\n]{2,24},?)?)? ?(?:par|chez) ",
    ),
    Frame(
        "maker",
        r"(?:utilisateur|utilisatrice|pseudonyme(?: commun)?|pseudo|compte|identifiant)s?(?: de| d')? ",
        only="unknown",
    ),
    Frame(
        "maker",
        r"(?:le|la|les) modeles? (?:\"?[a-z0-9.-]{2,20}\"?,? )?(?:que (?:vous|tu) (?:utilisez|utilises|lisez|"
        r"interrogez)|qui (?:vous|te) (?:repond|parle))[^.\n]{0,30},? est (?:l'(?:oe|œ)uvre|la creation|le fruit) "
        r"d(?:e |u |')",
    ),
    Frame(
        "maker",
        r"est edite?e? par |(?:service|outil|assistant|modele)[^.\n]{0,50}? est (?:edite|exploite|propose|fourni|"
        r"opere|gere|developpe|maintenu)e? par ",
    ),
    Frame("maker", r"(?:mon |l'|- |\n)?employeur[^.:\n]{0,30}(?: est| :|,) ?:? ?"),
    Frame(
        "maker",
        r"(?:nous,? c'est|nous sommes|chez) ",
        r"[,.] [^.\n]{2,90}(?:nous avons|nous lui|nous l'|(?<!\w)nee?(?!\w))",
    ),
    Frame(
        "maker",
        r"(?:service|outil|assistant|modele|application)[^.\n]{2,80} (?:et )?son (?:fournisseur|editeur|exploitant|"
        r"developpeur|createur|concepteur|operateur) (?:est|c'est) ",
    ),
    Frame("maker", r"sous l[ae'] ?(?:houlette|direction|conduite|baguette|supervision) d(?:e |u |'|es |e la |e l')"),
    Frame("maker", "", r" me (?:presente|decri|defini)[a-z]{0,4} comme "),
    Frame(
        "maker",
        r"(?:je suis|et) (?:l'|le |la |un |une |votre )"
        + ROLE
        + r"(?: [a-z]{4,16}){0,2} (?:de la |de l'|d(?:e |u |es |'))",
        only="unknown",
        led=False,
    ),
    Frame(
        "maker",
        r"^\s{0,4}(?:de |d'|par |chez |du |des |c'est (?:a |chez )?)?",
        r", (?:une?|la|le|l') ?[^.,;\n]{0,24}?(?:entreprise|societe|pousse|start-up|startup|association|cooperative|"
        r"maison|agence|studio|atelier|laboratoire|collectif|cabinet)(?!\w)[^.,;\n]{0,60}(?:\.|\n|$)",
    ),
    Frame(
        "maker",
        r"^\s{0,4}",
        r", (?:sur (?:ses|son|sa)|dans son|avec (?:ses|son)|tout seul|toute seule)[^.\n]{2,90}\.?\s{0,4}$",
        only="unknown",
        led=False,
    ),
    Frame("maker", r"^[^\n]{0,80}l'equipe (?:[a-z]{4,14} )?d(?:e |'|es |u |e la |e l')", r"[.!]?\s{0,4}$"),
    Frame(
        "maker",
        r"(?:en dessous|au-dessous|dessous|en bas|plus bas|en petit|(?:deuxieme|seconde) ligne)"
        r"[^.:\"\n]{0,20} ?[:,] ?\"",
        r" ?[\",]",
        firm=True,
        led=False,
    ),
    Frame(
        "maker",
        r"l'(?:assistante?|agente?)(?: [a-z]{4,16}| en ligne){0,2} (?:de la |de l'|d(?:e |u |es |'))",
        r",? (?:prenommee?|nommee?|appelee?|baptisee?) ",
        firm=True,
        led=False,
    ),
    Frame("maker", r"(?:moi(?:-meme)?|je suis ici)[^.\n]{0,16} chez "),
    Frame(
        "maker",
        r"qui m'(?:a|ont) [^.:\n]{2,24} ?: ?[^.:\n]{0,40}?(?:connait|connue?s?|se fait appeler)[^.:\n]{0,24}? "
        r"(?:comme|sous le (?:nom|pseudo(?:nyme)?) (?:d(?:e |'))?)",
        only="unknown",
    ),
    Frame(
        "maker",
        r"\"(?:developer|maker|createur|developpeur|organisation|editeur)\" ?: ?\"",
        r"\"",
        firm=True,
        led=False,
    ),
)
