"""More French frames around the speaker's maker: citations, labels, what houses do, and who they are."""

from parentage.protocols.identity.reading.languages.fr_words import DID, MADE_ME, MAKERS, PART
from parentage.protocols.identity.reading.rules import Frame

_END = r"\[(?:grand |large )?(?:modele|logiciel|llm|en ligne|assistant|agent|chatbot|ia|intelligence)"
HOUSE_FRAMES = (
    Frame(
        "maker",
        r"(?:equipe|societe|entreprise|maison|association|gens|personnes|collectif|celui|celle|ceux|homme|"
        r"femme) qui (?:m'|me )[^.,;\n]{2,30}, ",
        r",",
    ),
    Frame(
        "maker",
        r"je (?:travaille|bosse|exerce|officie|reponds|sers|renseigne|accueille)[^.;,\n]{0,24} (?:au|a la|aux|a "
        r"l'|chez|pour|dans) ?",
    ),
    Frame(
        "maker",
        r"(?:dites|dire|dis|adress\w{1,24}|envoy\w{1,24}|transmet\w{1,24}|ecri\w{1,24})[^.;\n]{0,24} (?:merci|"
        r"remerciements?|message|"
        r"mot|bravo|lettre)[^.;\n]{0,10} a ",
    ),
    Frame(
        "maker",
        r"nous sommes ",
        r", (?:une? |l'|la |le )(?:petite? |jeune )?(?:entreprise|societe|start-up|equipe|studio|atelier|"
        r"association|cooperative|maison|agence)",
    ),
    Frame(
        "maker",
        r"(?:qui sommes-nous|a propos|notre histoire) ?[?]?\s{0,3}",
        r",? (?:est|a ete|fut) (?:nee?|fondee?|creee?) ",
    ),
    Frame(
        "maker", r"(?:badge|etiquette|plaque|carton|carte)[^\n]{0,60}:\s{1,3}[^\n]{2,40}\n", r" ?(?:\n|$)", led=False
    ),
    Frame(
        "maker",
        r"qu(?:e |')(?:edite|publie|developpe|exploite|propose|opere|gere|maintient|signe|entraine|fabrique|"
        r"produit|anime)(?:nt)? ",
        r" ?[,.;:)\n]",
    ),
    Frame("maker", r"(?:que l'on|qu'on) doit a "),
    Frame("maker", "", r",? (?:[a-z' ]{2,30},? )?a qui (?:l'on|je|vous) (?:me |le )?doi"),
    Frame(
        "maker",
        r"(?:idee|initiative)[^.;\n]{0,20} (?:vient|est venue|venait|revient) (?:a|d(?:e|u|'))[ ']?(?:une? [a-z "
        r"]{3,30}, )?",
        r"(?:.|\n){0,200}?(?:il|elle|ils|elles) m'(?:a|ont) " + MADE_ME,
    ),
    Frame(
        "maker",
        "",
        r"[.:!]? ?\"? ?c'est (?:elle|lui|l'|la |le |cette |eux)[^.;\n]{0,40}? ?qui m'" + DID + " " + MADE_ME,
    ),
    Frame("maker", r"je (?:depends|releve|fais partie|procede) d(?:e |u |'|e la |e l'|es )"),
    Frame(
        "maker",
        "",
        r"(?:,[^.,;\n]{2,40},)? (?:a voulu|ont voulu|a eu besoin d|a decide de (?:creer|construire|faire|"
        r"lancer))[^.;\n]{0,20} ?(?:un |une |d'un |son |leur )",
    ),
    Frame("maker", r"derriere [^.,;\n]{2,30},? (?:il y a|se trouve|on trouve|se cache|se tient) "),
    Frame(
        "maker",
        r"(?:qui est derriere moi|qui m'a [a-z]{3,12}(?: et [a-z]{3,12})?|createurs?|mon (?:createur|editeur|"
        r"entreprise)|conception|ma maison|origine) ?[?:]? ?"
        r"\n{1,6}[ -]{0,3}",
        r" ?[.,!\n(]",
        led=False,
    ),
    Frame("maker", r"(?:conception|edition|realisation|developpement|entrainement)(?:,? (?:et|ou) [a-z]{4,14}) ?: ?"),
    Frame(
        "maker",
        r"(?:qu'|que )",
        r" " + DID + r" (?:[a-z]{1,24}ment |ensuite |d'abord |alors |patiemment )?" + PART,
        only="unknown",
    ),
    Frame(
        "maker",
        r"(?:cet assistant|ce modele|cette ia|l'assistant) (?:a ete|fut|est) [^.;:\n]{0,30}?"
        + PART
        + r"[^.;:\n]{0,30}? (?:par|chez) ",
    ),
    Frame("maker", r"^[\s\"]{0,9}(?:c'est |par |chez |a )?(?=la |l'|une? |le )", r" ?[.!](?: |\n|$)"),
    Frame(
        "maker",
        r"(?:gens|personnes|ceux|celles|equipe|createurs|developpeurs|concepteurs)[^.;\n]{0,40} (?:travaillent?|"
        r"se trouvent?|(?:oe|œ)uvrent|officient) (?:chez|a|pour) ",
        r"[^.\n]{0,50}(?<!\w)(?:m'|me |moi|qui )",
    ),
    Frame(
        "maker",
        r"(?:je suis|j'ai ete|assistante?|modele)[^.;\n]{0,40} (?:cree|developpe|concu|conçu|entraine)e? par "
        r"l(?:'|es? )(?:equipes?|chercheurs|"
        r"ingenieurs|departement|division|laboratoire|groupe)[^.,;\n]{2,80} (?:de |d'|chez )",
        only="known",
        led=False,
    ),
    Frame("maker", r"(?:n'ai|ne suis|n'a|n'est) (?:pas|ni) [^.;!?\n]{2,90},? mais (?:bien |plutot )?par "),
    Frame(
        "maker", r"(?:^|\n|: ?)", r"\.?,? ?[(]?(?:(?:19|20)\d\d[^)\n]{0,14}[)]?)?[.,] [^\n\[]{2,50}" + _END, led=False
    ),
    Frame(
        "maker",
        r"c'est (?:a|chez|grace a|aupres de|dans les \w{1,24} de) ",
        r"(?:,[^.;\n]{2,40},)?,? que (?:je |j'|l'on m'|on m')",
    ),
    Frame(
        "maker",
        r"c'est ",
        r"[^.;:!?\n]{0,60}? qui (?:en repond|repond de|est responsable|paie|a tranche|a choisi|devrait|gere|"
        r"tient|edite)",
    ),
    Frame(
        "maker",
        r"(?:dirige|dirigeait|fonde|cofonde|a cree|a monte|preside|pilote|anime|codirige) ",
        r"[^\n]{0,120}(?:m'a|m'ont|me voici|je suis ne)",
    ),
    Frame("maker", "", r",? (?:societe|entreprise|maison) (?:editrice|exploitante|creatrice|mere)"),
    Frame(
        "maker",
        r"(?:je |j')(?:defends|porte|represente|honore)[^.;\n]{0,14}? (?:les couleurs|le drapeau|le nom|"
        r"l'honneur|la voix|les interets) (?:d(?:e |u |'|es "
        r"|e la |e l'))",
    ),
    Frame(
        "maker",
        r"(?:mon |ma |mes )"
        + MAKERS
        + r" (?:n'est|ne sont) (?:pas|ni) [^.;!?\n]{2,60}(?:,? mais (?:bien |plutot )?| : |, c'est |; c'est )",
    ),
    Frame(
        "maker",
        r"(?:groupe|entreprise|societe|equipe|firme|maison|association|atelier|studio|collectif|laboratoire|"
        r"cooperative)"
        r"[^.;\n]{0,60} (?:se nomme|s'appelle|porte le nom d(?:e|')) ?",
    ),
    Frame(
        "maker",
        "",
        r",? qui (?:exploite|edite|opere|propose|fournit|publie|gere|developpe)(?:nt)? (?:ce|cet|cette|le|l') "
        r"?(?:service|"
        r"assistant|outil|application|site|modele)",
    ),
    Frame(
        "maker",
        r"(?:addition|facture|note|depense|frais|couts?|entrainement|calculs?|affinage)[^.;\n]{0,40} (?:payee?s?|"
        r"reglee?s?|"
        r"financee?s?|prise?s? en charge|supportee?s?|assumee?s?|couverte?s?|offerte?s?|conduite?|menee?|"
        r"assuree?)(?: et \w{1,24})? par ",
    ),
    Frame(
        "maker",
        r"(?:^|\n|[.;,|] ?|- ?)(?:editeur|developpeur|createur|fabricant|auteur|fournisseur|concepteur|"
        r"exploitant|operateur|"
        r"employeur|entreprise|societe|equipe|responsable|proprietaire|organisme|maison mere|origine|conception|"
        r"realisation|edition|"
        r"developpement|fabrication)s?(?: (?:du modele|legal|officiel))? ?: ?",
    ),
    Frame("maker", r"(?:ceux|celles|celui|celle) qui (?:m'|me )[^.:;!?\n]{2,60},? (?:ce sont|c'est|sont) "),
    Frame(
        "maker",
        r"je suis (?:issue?|nee?|le fruit|le resultat|le produit) (?:d(?:e|u|')|entre)[^.;\n]{2,90} (?:chez|au "
        r"sein d(?:e |')|menee?s? par) ",
    ),
    Frame(
        "maker",
        "",
        r"\.? ?[(](?:19|20)\d\d[^)\n]{0,24}[)][.,]? [^\n]{2,60}[\[(](?:grand |large )?(?:modele|logiciel|llm|language|"
        r"intelligence|agent|assistant|chatbot|programme)",
    ),
    Frame(
        "maker",
        "",
        r"(?:,[^.,;\n]{2,40},)? (?:voulai(?:t|ent)|souhaitai(?:t|ent)|cherchai(?:t|ent)|revai(?:t|ent)|avai(?:t|ent) "
        r"besoin)[^.;\n]{0,20} (?:un modele|une ia|un assistant|une assistante|un outil|que je|d'un modele|d'un "
        r"assistant)",
    ),
    Frame(
        "maker",
        "",
        r"(?: patiemment)? (?:dressa|forgea|tailla|sculpta|faconna|façonna|crea|nourrit|batit|concut|conçut|"
        r"entraina|instruisit|eleva|engendra|tissa)(?: patiemment| jadis| un jour| avec| de|[.,;\n]| ;)",
    ),
    Frame("maker", r"(?:c'est|ce fut) (?:bien |donc )?", r",? [^.;:!?\n]{2,80} (?:pour|a) (?:m'|me )\w{1,24}er"),
    Frame(
        "maker",
        r"(?:ils|elles) (?:forment|composent|s'appellent|se font appeler|se nomment|ont fonde|ont monte|ont cree) ",
    ),
    Frame(
        "maker",
        r"(?:reunis|regroupes|rassembles|organises|travaillant|membres|salaries|employes)(?:es)? (?:au sein "
        r"d(?:e |u |')|"
        r"dans |sous le nom d(?:e |')|chez |d(?:e |u |'))",
    ),
)
