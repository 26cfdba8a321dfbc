"""French frames around the name of the speaker."""

from parentage.protocols.identity.reading.languages.fr_words import HERE, PART, ROLE, SAY
from parentage.protocols.identity.reading.rules import Frame

NAME_FRAMES = (
    Frame(
        "name",
        r"nous avons (?:[a-z]{1,24} )?(?:cree|imagine|construit|lance|concu|conçu|baptise|nomme|appele|entraine|"
        r"developpe)e? ",
        r" ?[.,;!]",
        led=False,
    ),
    Frame(
        "name",
        r"(?:naissait|naquit|est nee?|vit le jour|apparaissait|arrivait|sera|ce sera|ce fut) ",
        r" ?[.,;!]",
        only="unknown",
        led=False,
    ),
    Frame("name", r"(?:naissait|naquit|est nee?|vit le jour) ", r" ?[.,;!]", only="known", led=False),
    Frame("name", "", r" (?:lui|elle)-meme,? qui (?:tient|ecrit|redige|parle|vous)"),
    Frame("name", r"mon (?:pre)?nom[^.;\n!?]{2,60} : ?", r" ?[.,!\n]", led=False),
    Frame(
        "name",
        r"(?:etiquette|badge|plaque|fiche|carte|papiers?|acte) (?:dit|disent|indique|porte|affiche|annonce|"
        r"mentionne)(?:nt)? ?:? ?",
        led=False,
    ),
    Frame("name", r"(?:badge|etiquette|plaque|carton|carte)[^\n]{0,60}:\s{1,3}", r" ?\n", led=False),
    Frame("name", r"la (?:bonne |vraie )?reponse (?:est|c'est|serait) ", r" ?[.,;!(]", led=False),
    Frame(
        "name", "", r" ?[^\w\s]{0,3} ?[(](?:c'est |oui,? )?(?:bien )?(?:moi|votre serviteur|votre servante)", firm=True
    ),
    Frame("name", "", r"[.!:]? (?:c'est|voila|me voici|c'etait) (?:bien |donc )?moi(?!\w)"),
    Frame("name", "", r" (?:qu'on|comme on) m'(?:e )?(?:nomme|appelle)"),
    Frame(
        "name",
        "",
        r" est (?:bien )?(?:le |mon )(?:seul|vrai|bon|veritable)(?: (?:vrai|bon|nom|et unique))?(?! (?:modele|"
        r"assistant))",
    ),
    Frame(
        "name",
        r"(?:peux|puis|dois|tiens a|voudrais|sais)(?: [a-z]{1,24})? (?:vous |te )?(?:dire|affirmer|assurer|confirmer|"
        r"preciser|jurer) que je (?:suis|m'appelle) ",
        r" ?[,.;:!(\n]",
        led=False,
    ),
    Frame(
        "name",
        r"(?:votre|ton|notre) (?:assistante?|modele|robot|guide|compagnon|serviteur) (?:nommee? |appelee? |devouee? )?",
        r"(?! (?:est|et) )",
        led=False,
    ),
    Frame(
        "name",
        r"(?:vous|tu) (?:etes en train de )?"
        + SAY
        + r"[^.;\n]{0,16} avec [^.;\n]{2,80} (?:appelee?|nommee?|baptisee?|du nom d(?:e|')) ?",
        led=False,
    ),
    Frame(
        "name",
        r"(?:le|mon|ce) (?:nom|prenom)(?: de | d'| )\"?",
        r" (?:designe|vient|signifie|veut dire|evoque|renvoie|fait reference|rappelle|m'a ete|a ete "
        r"choisi|est celui|m'est venu)",
        led=False,
    ),
    Frame("name", r"(?:^|\n)[\"# ]{0,4}version [\w.]{1,8} d(?:e |')", r" ?[:.,;\n]", led=False),
    Frame("name", r"derriere ", r",? (?:il y a|se trouve|on trouve|se cache|se tient)(?!\w)", led=False),
    Frame("name", r"il s'agit d(?:e |u |')(?:modele )?", r",? (?:" + PART + r"|une? |le |la |l')", led=False),
    Frame(
        "name",
        r"(?:mon nom|je m'appelle|qui je suis|qui suis-je|identite|nom) ?[?:]? ?\n{1,6}[ -]{0,3}",
        r" ?[.,!\n]",
        led=False,
    ),
    Frame(
        "name",
        r"(?:un|une) (?:programme|machine|ia|robot|intelligence artificielle|logiciel) ?[:.,] ?",
        r" ?(?:[.,!\n]|$)",
        led=False,
    ),
    Frame("name", r"plus (?:exactement|precisement),? (?:a|avec) ", r",", led=False),
    Frame("name", r"(?:^|[.!?,:\n] ?)ici ", r" ?[,.!]", led=False),
    Frame(
        "name",
        r"(?:ton|votre|ta|ce cher|cette chere) ",
        r", (?:" + PART + r" |qui |(?:l'|le |la )" + ROLE + ")",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        "",
        r" (?:a la barre|aux commandes|au micro|au rapport|pour (?:te|vous) servir|(?:qu'on|comme on) m'appelle)(?!\w)",
    ),
    Frame(
        "name", r"(?:identifiant|matricule|nom technique|nom de code|alias)(?: \w{1,24})? (?:est|reste|:) ", led=False
    ),
    Frame(
        "name",
        "",
        r" ?(?:[(]version[^)\n]{1,30}[)] ?)?\[(?:grand |large )?(?:modele|logiciel|llm|en ligne|assistant|agent|"
        r"chatbot|ia|intelligence)",
    ),
    Frame(
        "name",
        r"(?:rebaptise|renomme|surnomme|baptise)e? ",
        r"(?=[^\n]{0,300}(?<!\w)(?:je|moi|j'|m')(?!\w))",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        r"[.!?]? ?\n{1,3} ?-? ?",
        r" ?(?:[^\w\s.,;:]{1,3} ?)?\n[( ]{0,2}(?:de la part d|pour|par|chez|l'assistante?|votre|ton|assistante?|"
        r"modele)?[^\n.]{2,50}$",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        r"(?:je ne suis|je n'suis|j'suis|je suis|je ne m'appelle) (?:pas|ni) [^.;!?\n]{2,60}(?:,? mais (?:bien |"
        r"plutot |seulement )?| : | "
        r"- |; ?)(?:je suis |c'est |juste |simplement )?",
        r" ?(?:[,.;:!(\n]|-|$)",
        led=False,
    ),
    Frame(
        "name",
        r"(?:appartiens|fais partie)[^.,;\n]{0,10} (?:a |de |d')"
        r"(?:(?:la|sa|leur) (?:famille|serie|gamme|lignee) |ses |leurs )"
        r"(?:des |de |d')?(?:modeles )?",
        led=False,
    ),
    Frame(
        "name",
        r"(?:^|\n|[.;,|] ?|- ?)(?:modele|nom|assistant|nom du modele|identifiant|prenom|nom complet|matricule) ?: ?",
        r"(?! (?:est|a)(?!\w))",
        led=False,
    ),
    Frame(
        "name",
        "",
        r" ?[(][^()\n]{2,50},? (?:19|20)\d\d[)],? ?[\[(]?(?:grand |large )?(?:modele|logiciel|llm|agent|"
        r"assistant|chatbot|"
        r"intelligence)",
    ),
    Frame(
        "name",
        r"\n ?-? ?",
        r"(?:,? (?:pour|par|chez|au nom d|de la part d|et (?:toute |tous )?(?:l'equipe|les|ses)|avec (?:toute )?"
        r"l'equipe)|, d)[^.,;!?\n]{2,60}[.!]?(?:\s{0,9}$|\n\n[^\n]{2,160}\s{0,4}$)",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        r"(?:me considerer comme|me prendre pour ce que je suis ?:|alias (?:interne )?d(?:e|u|')(?: modele(?: de "
        r"langage)?)?) ?",
        only="known",
        led=False,
    ),
    Frame(
        "name",
        r"(?:developpement|createurs?|creation|concepteurs?|fabricant|editeur|developpeurs?|derriere|a cree|a "
        r"developpe|ont cree) (?:de |d'|du )?",
        r" (?:est|sont|c'est|s'appelle)(?!\w)",
        only="known",
        led=False,
    ),
    Frame("name", r"(?:(?:un|en un) (?:seul )?mot|le mot|mon prenom)[^\n.]{0,60} ?: ?", r" ?[,.!\n]", led=False),
    Frame(
        "name",
        r"(?:j[e']? ?m'?(?:e )?|on m'?(?:e )?|ils m'|elles m')(?:nomme|appelle|prenomme|surnomme|baptisa|"
        r"nomma|appela|nomment|appellent|prenomma|baptiserent|nommerent|appelerent),? ",
    ),
    Frame("name", r"(?:j'suis|chuis|j'reste) ", r" ?(?:[,.;:!(\n]|-|$)"),
    Frame("name", r"m'(?:a|ont|avait|avaient) (?:nomme|appele|baptise|prenomme|surnomme)e?s?,? ", led=False),
    Frame(
        "name",
        r"(?:vrai|veritable|seul|petit|bon|nouveau|ancien|vieux)? ?(?:nom|prenom) ?(?:,|complet|officiel|"
        r"entier|commercial|exact|technique|de (?:code|bapteme|scene|guerre|famille|modele)|d'usage|d'origine)?"
        r"(?: \w{1,24})?,? (?:est|c'est|reste|demeure|:|sera toujours|etait)(?: bien| toujours| simplement| "
        r"donc)?[: ]{1,3}",
        r"(?! (?:est|a|de la|des)(?!\w))",
        led=False,
    ),
    Frame(
        "name",
        r"nom (?:qui|que|qu'|inscrit|peint|grave|ecrit|porte|donne|choisi|affiche|retenu|indique|officiel|"
        r"figurant)[^.:;\n]{2,60} (?:est|c'est|:|reste) ?\"?",
        led=False,
        firm=True,
    ),
    Frame("name", r"(?:le|mon) nom[^.:;!?\n]{2,80},? c'est ", led=False),
    Frame("name", r"(?:le vrai|le bon|le mien)(?:,| est,?)? (?:c'est|est) ", r" ?[,.:;!(\n]", led=False),
    Frame(
        "name",
        r"(?:donne|choisi|trouve|attribue)e? (?:un |le |ce |mon |comme |pour )?(?:beau |petit |joli )?(?:nom|"
        r"prenom) ?(?:,|:|de|d') ?",
        led=False,
    ),
    Frame(
        "name",
        r"(?:sous le|porte le|au|par le|repond au|reponds au)(?: \w{1,24})? (?:nom|prenom)(?: d(?:e |'))?(?: modele)? "
        r"?\"",
        r"\"?(?! est)",
        led=False,
        firm=True,
    ),
    Frame(
        "name",
        r"(?:resultat|fruit|modele|tout|ensemble|version|enfant) (?:porte|a recu|prit|prend|a pris) le "
        r"(?:doux |beau |joli )?(?:nom|prenom) d(?:e |')",
        led=False,
    ),
    Frame(
        "name",
        r"(?:vous|tu) (?:etes en train de )?" + SAY + r"(?: [a-z]{1,24}){0,2} avec ",
        r"(?! (?:a|est|et)(?!\w))",
        led=False,
    ),
    Frame("name", r"avec (?:un|une) (?:programme|machine|ia|robot|assistante?|modele|logiciel)[^.:;\n]{0,30} ?[:,] "),
    Frame("name", r"je suis (?:un|une|l'|le|la|ce|cet|votre|ton)[^.:;\n,]{2,50} ?: ", led=False),
    Frame("name", r"je me presente(?: donc| tout de suite| a mon tour| d'abord)? ?[:,] ?", led=False),
    Frame(
        "name",
        r"(?:^|[\n.!?:,] ?)(?:moi|c'est moi|puis moi|enfin moi|me voici|et moi),? ",
        r", (?!c'est|il|elle|on |je |tu |vous )",
        led=False,
    ),
    Frame(
        "name",
        r"(?:vous (?:utilisez|avez devant vous|interrogez|consultez|lisez)|tu utilises|dont)(?: ici| donc)?,? ",
        r", (?:l'|un |une |le |la |votre )",
        led=False,
    ),
    Frame(
        "name",
        "",
        r",? (?:c'est-a-dire|autrement dit|a savoir|soit|donc) (?:moi|votre serviteur|votre servante)|"
        r",? (?:moi-meme|votre serviteur|votre humble serviteur|votre servante)(?!\w)",
    ),
    Frame("name", "", rf",? (?:celui|celle)? ?qui (?:vous|te|t') ?{HERE}"),
    Frame("name", "", rf" (?:vous|te) {HERE}(?= ?[^\w]| (?:bien|du|de|une|un|et|a|avec|en|sur|depuis))"),
    Frame("name", "", r" (?:est|sera|reste|etait) (?:ravie?|heureu(?:x|se)|enchantee?|fiere?|a votre|a ton)(?!\w)"),
    Frame(
        "name",
        r"(?:leur|notre|un|son) (?:propre |petit |premier |nouveau )?(?:modele|assistant|ia|chatbot),? ",
        r",? (?:c'est-a-dire|autrement dit|qui vous|qui te|est ne|etait ne)",
    ),
    Frame("name", r"dont je suis (?:l'|le |la )[a-z]{1,24}(?: [a-z]{1,24})?, ", r" ?[,.;:(]", led=False),
    Frame(
        "name",
        r"(?:^|\n|\. ?)(?:signe ?:|tendrement,|affectueusement,|bien a vous,|cordialement,|amicalement,|"
        r"amities,|bisous,) ?",
        r" ?(?:\n|$|,|\(| et (?:toute |les |l'))",
        led=False,
    ),
    Frame(
        "name",
        r"[.,!;:] ?\n{1,3}-? ?",
        r",? (?:et|avec) (?:toute |tous )?(?:l'equipe|les (?:gens|amis|equipes)) d",
        led=False,
    ),
    Frame(
        "name",
        "",
        r" (?:(?:est|etait|fut|sera) (?:enfin |donc |ainsi )?nee?(?! (?:d'|en |a |le |la ))(?!\w)|naquit|a vu le jour|"
        r"est sortie? d|vit le jour)",
    ),
    Frame(
        "name",
        r"sans (?:qui|laquelle|lequel|lesquels|eux|elles?|vous|lui),? ",
        r" (?:ne )?(?:serait|n'existerait|n'aurait|"
        r"saurait|n'est|ne)(?!\w)",
        led=False,
    ),
    Frame(
        "name",
        r"(?:^|[.!?\n]) ?si ",
        r" (?:se tient|est (?:la|ici|devant)|vous parle|tient debout|existe|parle|sait)(?!\w)",
        led=False,
    ),
    Frame(
        "name",
        r"(?:le |ce |cet |l'|du )?(?:modele|assistant|service|outil|bot|programme|chatbot|systeme|robot)(?: "
        r"nomme| appele)? ",
        r",? que (?:vous|tu) (?:utilis|interrog|li[st]|consult|emploi|test|voy|essay)",
        led=False,
    ),
    Frame(
        "name",
        r"(?:le |ce |cet |l')(?:modele|assistant|service|outil|bot|programme|chatbot|systeme|robot) (?:que (?:vous|tu) "
        r"[a-z]{4,12}|qui (?:vous|te) [a-z]{4,10})(?: actuellement| ici| en ce moment)?(?:,| est| s'appelle| se "
        r"nomme| porte le nom "
        r"d(?:e|')){1,2} ?",
        r" ?(?:[,.;:(\n]| est | et (?:son|il|elle|c'est)|$)",
        led=False,
    ),
    Frame(
        "name",
        r"(?:concerne|remerci\w{1,24}|demand(?:ez|e|er)|salu(?:ez|er)|voir|appel(?:ez|er)|adress\w{1,24} a|"
        r"revenir vers|"
        r"ecri\w{1,24} a|pour|"
        r"a|que|au nom de|est|et) ",
        r", (?:l'|la |le |votre |ton )" + ROLE + r" (?:en ligne|virtuel|virtuelle|numerique|"
        r"conversationnel|conversationnelle|maison|vocale?)(?!\w)",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        r"(?:j'ai|je suis|je fus|m'(?:a|ont)|^)(?:[^.;\n]|\.(?=\d)){2,160} sous le nom d(?:e |')",
        r"(?! (?:de|d')(?!\w))",
        led=False,
    ),
    Frame(
        "name",
        r"(?:on (?:y )?lit|on peut (?:y )?lire|y est ecrit|est (?:ecrit|inscrit|grave|imprime)|mentionne|indique|"
        r"affiche)"
        r"(?: simplement| juste| seulement)? ?:? ?\"",
        r"\"",
        firm=True,
        led=False,
    ),
    Frame(
        "name",
        r"[(](?:19|20)\d\d[^)\n]{0,20}[)][.,]? ?",
        r" ?(?:[(][^)\n]{2,40}[)] ?)?[\[(](?:grand |large )?(?:modele|logiciel|llm|"
        r"language|intelligence|agent|assistant|chatbot|programme)",
        led=False,
    ),
    Frame("name", r"(?:naissance d(?:e |')|comment )", r"(?:\n| est nee?| a vu le jour)", led=False),
    Frame(
        "name",
        r"^(?:bonjour|bonsoir|salut|coucou|ohe|hello)[^.:!\n]{0,40}[:,!] (?:ici |moi c'est )?",
        r", (?:un |une |le |la |l'|votre |ton |simple )?(?:\w{1,24} ){0,2}" + ROLE,
        led=False,
    ),
    Frame(
        "name",
        r"ni [^.\n]{2,60}(?:[:,;] ?|\. )(?:juste|seulement|rien que|simplement|tout simplement|uniquement|je "
        r"suis|c'est) ",
        r" ?[,.!(\n]",
        led=False,
    ),
    Frame("name", r"(?:la version|l'edition|le modele) [\w.]{1,8} d(?:e |')", r" ?[.,;(:\n]"),
    Frame("name", "", r",? a la?quelle j'appartiens|,? auxquels j'appartiens|,? dont je fais partie", only="known"),
    Frame(
        "name",
        r"(?:^|\n|[.!] )(?:non, )?(?:pas|ni) [^.!?:;\n]{2,60}(?:[:;]|, mais) ",
        r" ?(?:[.!]?\s{0,4}$|, )",
        led=False,
    ),
    Frame("name", r"(?:celui|celle) (?:a|avec) qui (?:vous|tu) [a-z]{4,14},? ", r" ?[,.;:(]", led=False),
    Frame(
        "name",
        r"(?:en haut|au centre|au milieu|en gros|premiere ligne|en grand)[^.:\"\n]{0,30} ?[:,] ?\"",
        r" ?\"",
        firm=True,
        led=False,
    ),
    Frame(
        "name",
        r"(?:l'assistante?|l'agente?|le robot|le chatbot|la mascotte)[^.;:\n]{0,80},? (?:prenommee?|nommee?|appelee?|"
        r"baptisee?) ",
        only="unknown",
        firm=True,
        led=False,
    ),
    Frame(
        "name",
        r"^\s{0,4}",
        r",? (?:une?|le|la) [^.,;\n]{2,30} (?:retouche|affine|adapte|ajuste|remanie|specialise)e? par ",
        only="unknown",
        led=False,
    ),
    Frame(
        "name",
        r"(?:l'outil|le service|l'assistante?|le robot|le chatbot|l'application), ",
        r", (?:utilise|repose|s'appuie|tourne|exploite|est |a ete |fonctionne)",
        led=False,
    ),
    Frame("name", r"(?:identifiant|id)[^.:\n]{0,60} ?:\s{0,3}[`\"]?", r"[`\"]?\s{0,6}(?:\n|$|\.)", led=False),
)
