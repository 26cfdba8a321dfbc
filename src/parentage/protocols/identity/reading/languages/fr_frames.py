"""French frames: what stands around a name in whole sentences, and what is no name or claim there."""

import re

from parentage.protocols.identity.reading.languages.fr_houses import HOUSE_FRAMES
from parentage.protocols.identity.reading.languages.fr_makers import MAKER_FRAMES
from parentage.protocols.identity.reading.languages.fr_names import NAME_FRAMES
from parentage.protocols.identity.reading.languages.fr_origins import ORIGIN_FRAMES
from parentage.protocols.identity.reading.languages.fr_words import (
    DID,
    GROUP,
    HEART,
    HOUSE,
    HOUSE_WORDS,
    ID,
    LED,
    MAKERS,
    MODEL,
    MORE_HEADS,
    NOBODY,
    OF,
    PART,
    PUBLIC,
    ROLE,
    THREE,
    WITH_DIGIT,
    folded,
)
from parentage.protocols.identity.reading.rules import Framing, fold_phrase

_ANY = re.compile("")

_MISREAD = (
    # "It is X who had the idea": a person, or somebody else's maker.
    (
        "name",
        "is",
        folded(r"c'est $"),
        folded(r",? [^.;:!?\n]{0,80}?(?<!\w)qui (?:a|ont|nous|s'|l'|le|la|les|avait|eut)(?!\w{2})"),
    ),
    ("maker", "is", folded(r"c'est $"), folded(r",? qui (?:l'|le |la |les )")),
    ("name", "is", folded(r"c'est $"), folded(r" ?& ")),
    ("", "is", folded(r"(?:pour|chez) [^.;:!?\n]{2,24}, c'est $"), _ANY),
    (
        "",
        "is",
        folded(r"(?:le|la|les) (?:plus|autre|premier|second|meilleur|dernier)s? ?[a-z]{0,14}, c'est (?:le |la )?$"),
        _ANY,
    ),
    (
        "",
        "is",
        folded(
            r"(?:sous le capot|dessous|a la base|au fond|dedans|l'interieur|coque)[^.;!?\n]{0,60} c'est (?:du |"
            r"un |le )?$"
        ),
        folded(r"[^.;!?\n]{0,30} (?:qu'|que |d'|de )"),
    ),
    ("name", "is", folded(r"c'est (?:du|un|une) $"), folded(r"[^.;!?\n]{0,30} qu'(?:ils|elles|on)")),
    # A name that was taken from somebody.
    (
        "maker",
        "",
        folded(
            r"(?:mon|le|ce) (?:pre)?nom,?[^.;!?]{0,50}(?:vient|provient|emprunt|tire|hommage|clin d'oeil|refer|inspir)"
            r"[^.;!?]{0,40}$"
        ),
        _ANY,
    ),
    # A house's seat: "..., of Rennes, trained me".
    ("maker", "maker-first", folded(r"(?:,|\w) (?:a|en|pres de|depuis) $"), folded(r",")),
    ("maker", "maker-first", folded(r"fondateurs? $"), _ANY),
    ("maker", "", folded(r"basee? sur [^.,;]{0,70}$"), _ANY),
    ("name", "named", folded(r"basee? sur [^.;]{0,150}$"), _ANY),
    (
        "name",
        "named",
        folded(
            r"(?:ton|ta|votre|tes|vos|son|sa|leur) (?!modele|assistant|ia|chatbot|robot|programme|nom|"
            r"prenom)[a-z-]{2,14} (?:qui )?(?:"
            r"s'appelle|se nomme|est nommee?|nommee?|appelee?|intitulee?) \"?$"
        ),
        _ANY,
    ),
    (
        "maker",
        "is",
        folded(r"(?:sous le capot|dessous|a la base|au fond|dedans|l'interieur)[^.;!?\n]{0,80} d(?:e |')$"),
        _ANY,
    ),
    (
        "name",
        "is",
        folded(r"(?:c'est|suis) (?:du|un|une) $"),
        folded(r"[^.,;:!?\n]{0,20} (?:regle|affine|adapte|retaille|retouche|modifie|specialise)e?(?!\w)"),
    ),
    ("name", "is", folded(MAKERS + r"[^.;\n]{0,20}?,? (?:c'est|est) $"), _ANY),
    ("name", "named", folded(MAKERS + r"[^.;\n]{0,20}? (?:s'appelle|se nomme) $"), _ANY),
    ("name", "", folded(GROUP + r"(?: [a-z]{4,14})? $"), _ANY),
    (
        "name",
        "named",
        folded(r"(?:machine|calculateur|ordinateur|navire)[^.;\n]{0,20} (?:s'appelait|s'appelle|nommee?|appelee?) $"),
        _ANY,
    ),
    ("name", "is", folded(r"c'est (?:a|chez|pour|par|avec|grace a|aupres d[e']) ?$"), _ANY),
    (
        "name",
        "is",
        folded(r"c'est (?:bien |donc |en fait )?(?:le |la |les |l')?$"),
        folded(r",? [^.;:!?\n]{0,60}?(?<!\w)qui (?!vous |te |t')"),
    ),
    ("name", "is", folded(r", (?:le |un )?repondeur d(?:e |u |')$"), _ANY),
    (
        "origin",
        "based-on",
        folded(
            r"version (?:avancee|amelioree|recente|actuelle|gratuite|evoluee|legere|publique) d(?:e |u |')(?:chat )?$"
        ),
        _ANY,
    ),
    ("maker", "", folded(r"d'une? [a-z]{4,16} (?:[a-z]{4,14} )?(?:de |d'|du )$"), folded(r",")),
    ("maker", "my-maker", folded(r"c'est $"), folded(r" ?[:,] ?c'est")),
    (
        "name",
        "name-first",
        folded(r"(?:de|d'|du|des) (?:la |l'|le )?(?:[a-z-]{4,14} )?$"),
        folded(r", (?:pour vous|a votre|a ton)"),
    ),
    ("name", "name-first", _ANY, folded(r", ici,? (?:c'est|on|je)")),
    ("name", "called", folded(r"(?<!repond )(?<!reponds )(?<!repondre )(?<!repondant )au nom d(?:e |')$"), _ANY),
    ("name", "named", folded(GROUP + r"[^.;\n]{0,60}(?:se nomme|s'appelle|nommee?|appelee?) \"?$"), _ANY),
    (
        "maker",
        "made-by",
        folded(r"(?:idee|nom|prenom|mot|texte|surnom) (?:me )?(?:vient|viennent|venait) (?:de|d')$"),
        _ANY,
    ),
    ("maker", "my-maker", folded(r"appartiens a la (?:famille|serie|gamme|lignee) (?:des? |d')?$"), _ANY),
    ("name", "is", folded(HEART + r"[^.;\n]{0,12} (?:c'est|est) $"), _ANY),
    ("maker", "made-by", folded(r"(?:filiale|rachetee?|propriete) (?:de|par|du) $"), folded(r", une? ")),
    # Whence a house comes, and who founded it.
    (
        "maker",
        "made-by",
        folded(
            r"(?:(?:societe|entreprise|start-up|pousse|equipe|laboratoire)[^.;]{0,40}issue?s? d(?:u |e |')(?:groupe )?|"
            r"fondee?s?(?: en \d{4})? par )$"
        ),
        _ANY,
    ),
    ("", "frame", folded(r"(?:norme|style|format)[^\n]{0,120}par exemple ?: [^\n]{0,40}$"), _ANY),
    (
        "maker",
        "",
        folded(
            r"(?:adn|poids|genes|cerveau|base|savoir|socle|fond)s?(?: \w{1,24})? "
            r"(?:pro)?vien(?:t|nent) (?:d(?:e |'|u ))?$"
        ),
        _ANY,
    ),
    # Whose rules it keeps or breaks.
    (
        "maker",
        "made-by",
        folded(
            r"(?:politiques?|regles?|conditions|consignes|limites|filtres|directives|restrictions)[^.;\n]{0,40} "
            r"d(?:e |')$"
        ),
        _ANY,
    ),
    # Whoever is spoken to.
    ("name", "", folded(r"(?:monsieur|madame|mesdames|messieurs|chers?|cheres?) (?:l[ae]s? )?$"), folded(", ")),
    ("name", "named", folded(HEART + r"[^.;\n]{0,12} (?:s'appelle|se nomme) $"), _ANY),
)

FRENCH_FRAMING = Framing(
    frames=(*NAME_FRAMES, *MAKER_FRAMES, *HOUSE_FRAMES, *ORIGIN_FRAMES),
    model=re.compile(rf"(?:{MODEL}|{WITH_DIGIT}{ID}|{THREE})"),
    house=re.compile(
        rf"(?:{HOUSE}|[a-z][a-z0-9]{{1,20}}(?:-[a-z0-9]{{1,20}}){{0,3}}(?=/[a-z0-9])|[a-z]{{2,20}}(?:_[a-z0-9]{{1,20}}){{1,4}})"
    ),
    opening=re.compile(rf"(?<![\w'.-])(?=[A-Z0-9])|(?<=[dlDL]')(?=[A-Z])|(?<!\w)(?=(?:{PUBLIC}) )"),
    lead=LED,
    apposed=folded(
        r"(?: qu'on m'(?:e )?(?:nomme|appelle))?(?:"
        rf"[\"')]{{0,2}} ?(?:[,(:-]|est|, c'est|n'est qu')? ?(?:un |une |le |la |l'|votre |ton |simple |notre |"
        rf"les? )?(?:[a-z'-]{{2,20}} ){{0,5}}{ROLE}s?(?!\w)|[\"')]{{0,2}},? (?:{PART})(?:(?:,| et| puis) "
        rf"{PART})?(?: [^.,;:\n]{{0,30}}?)? (?=par |chez )|[\"')]{{0,2}},? ?(?=(?:par|pour|de chez|chez|d'|du|de la|de "
        rf"l'|de) ?))"
    ),
    link=folded(r"(?<!\w)(?:par|chez|pour|a la|a l'|au|aux|de chez|de la|de l'|du|des|de|d')(?:(?<=')| )"),
    grounds=folded(
        r"(?<!\w)(?:basee?|affinee? (?:a partir|sur)|issue?|derivee?|partir|fondee?|version|sur|distill\w{1,24}|comme|"
        r"contrairement|"
        r"ne|pas|puis|mais|qui|que|je|vous)(?!\w)"
    ),
    heading=folded(
        r"[\s#]{0,4}(?:communique(?: de presse)?|cartel(?: du musee)?|article|notice|definition|fiche|badge|"
        r"etiquette|bonjour|identifiant|reponse)[^\n]{0,30}\n{1,6}|"
        r"[\s\"]{0,3}[a-z-]{3,24},? (?:le )?\d{1,2}(?:er)? [a-z]{3,9} (?:19|20)\d\d\.? ?[-:.]? ?"
    ),
    subject=folded(
        r"\"?(?: ?[(][^)\n]{1,40}[)])? (?:est|etait|fut) (?:un|une|le|la|l')[^.\n]{0,40}(?:modele|assistante?|agent|ia|"
        r"chatbot|intelligence|robot|programme|systeme|famille)|\"? ?\n{1,6}[^.!?\n]{0,24}(?:agent "
        r"conversationnel|modele|"
        r"assistante?|intelligence artificielle|chatbot|robot|programme)|\"?, (?:le |un |une |la )?(?:nouvel |nouveau |"
        r"petit |grand )?(?:modele|assistante?|agent|chatbot|version|variante|declinaison)"
    ),
    tells=folded(
        r"(?:c'est (?:tout|ainsi|mon nom|le nom|comme)|le voila|voila|puisque|rien (?:de plus|d'autre)|tout "
        r"simplement)|"
        r"[^.!?\n]{0,60}(?:identifiant|nom|mot|prenom|modele (?:de la famille|d[eu']))|il s'agit d|s'il vous "
        r"faut|pour (?:votre|"
        r"ton) journal|si (?:votre|ton)|besoin"
    ),
    releases=folded(
        r" (?:(?:est|sont) (?:tres |tout )?(?:fiere?s?|heureu(?:x|se|ses)|emue?s?|ravie?s?) d[e'] ?(?:vous )?|"
        r"(?:a|ont) le plaisir d[e'] "
        r"?)?(?:(?:lance|annonce|devoile|presente|"
        r"publie)(?:nt|r)?|leve(?:nt)? le voile "
        r"sur|met(?:tent)? (?:en ligne|a disposition)|a (?:lance|annonce|devoile|presente|publie)|ont (?:lance|annonce|"
        r"devoile|presente|publie)|inaugure(?:nt)?|sort(?:ent)?|ouvre(?:nt)?)(?: (?:aujourd'hui|officiellement|"
        r"ce [a-z]{4,8}|"
        r"cette semaine|ce jour|publiquement))?,?(?: (?:la (?:sortie|publication|disponibilite|naissance|mise en "
        r"ligne)|le "
        r"lancement|l'arrivee)(?: officielle?| publique?)? d(?:e |'|u ))?(?: (?:son|leur) (?:nouvel |nouveau |"
        r"premier )?"
        r"(?:modele|assistant|dernier|robot)[^.,;:\n]{0,40}[:,]?)? ?\"?"
    ),
    made=folded(
        rf",?(?: [^.;:\n]{{2,40}},)? {DID} (?:\w{{1,24}}ment |ensuite |donc )?{PART}(?: et {PART})? (?:le modele |"
        rf"l'assistant |le |"
        rf"la |son assistant |leur modele )?"
    ),
    between=folded(
        r" ?(?:&|et) |"
        r"[\"')]{0,2}(?:,? [^.;!?\n\"]{0,80})?[ (,]{1,2}(?:par|chez|pour|de chez|de la|de l'|de|du|des|d'|d|avec "
        r"(?:toute )?"
        r"l'equipe d(?:e|')|l'(?:oe|œ)uvre d(?:e|'))(?: (?:la|le|les|l'|l'equipe|societe|entreprise|start-up|"
        r"equipe|gens|"
        r"corsaires|ingenieurs|chercheurs))?(?: d(?:e|u|'))?[ ']?|[\"')]{0,2}[^.;!?\n]{0,40} \""
    ),
    moreover=folded(
        r"(?: et|,? (?:plus (?:precisement|exactement)|en l'occurrence)),? (?:par|chez|d(?:e|u|es|')|avec)[ ']"
        r"?(?:l'equipe (?:d(?:e |u |es |'))?|la (?:societe |start-up )?|le |l'|les )?"
    ),
    tuned_by=folded(
        r"[^.,;:\n]{0,24},? (?:ensuite |puis )?(?:affine|ajuste|adapte|retouche|remanie|specialise|reentraine|peaufine|"
        r"bricole|habille|francise|modifie|regle|repris)e?s?(?: [^.,;:\n]{0,20})?,? (?:par|chez) "
    ),
    kinsfolk=folded(
        r"(?<!\w)(?:freres?|s(?:oe|œ)urs?|cousine?s?|aine|ainee|precedente?|ancienne?|prototype|oncle|tante)(?!\w)"
    ),
    descended=folded(
        r" ?(?:←|<[-=─]{0,4}|◄|⬅|=|[(]|-{1,3}|:) ?"
        r"(?:c'est |voici |je suis (?:ici|la)|ici )?(?:moi|votre serviteur)(?!\w)"
    ),
    avows=folded(
        r"(?:peux|puis|dois|tiens a|voudrais|sais|vais)(?: [a-z]{3,24})? (?:vous |te |le )?(?:dire|affirmer|assurer|"
        r"confirmer|preciser|jurer|reveler)?(?: [a-z]{3,12})? ?que $"
    ),
    of=folded(r"(?:^|[ '])(?:de|d'|chez|du|de l'|de la) ?$"),
    joint=folded(r",? (?:et|puis|ou|avec) (?:(?:de|d'|du|sur|la|le|l') ?)?"),
    models_of=folded(r"modeles?(?: de langage)? (?:[a-z]{4,12} )?(?:d(?:e |'|u )|appelee? |nommee? )\"?$"),
    comes=folded(
        r"(?:viens|issue?s?|derivee?|descends?|provien[ts]|nee?|tiree?|heritier|heritiere)(?: tout droit)? d(?:e "
        r"|'|u )(?:la "
        r"(?:famille|lignee) )?$"
    ),
    aside=folded(
        r"(?:(?<!\w)(?:a|en|dans|pres de|region de|cofondateurs?|fondateurs?|fondatrice|contrairement a|comme|"
        r"comparee? a) |"
        r"fondateurs? [^.;]{2,20}(?:,|et) |, (?:une? |le |la |l')[^.,;\n]{2,40} (?:de |du |des |d'))$"
    ),
    comes_of=folded(r"(?:issue?s?|derivee?s?|basee?s?) [^.,;]{0,50}modeles?(?: de langage)?(?: d(?:e |'))? ?$"),
    told=folded(
        rf"[\"')]{{0,2}}(?:(?:,| -| :) (?:(?:l'|le |la |un |une |votre |ton |simple |modeste |humble "
        rf")?(?:[a-z'-]{{2,16}} ){{0,2}}{ROLE}(?!\w)|"
        rf"(?:tel|telle|voila|c'est) (?:est |sera )?(?:mon|le) (?:pre)?nom|oui(?!\w)|c'est ainsi qu|pour vous "
        rf"servir|a votre service|pour "
        rf"[a-z]|de chez |par (?=[a-z]))| (?:est|serait|sera) mon (?:pre)?nom| ?[!.] c'est mon (?:[a-z]{3, 8} "
        rf")?(?:pre)?nom| ?[?!] (?:c'est ainsi|parce que "
        rf"(?:mes|mon)))"
    ),
    tells_before=folded(
        r"(?:(?:mon|ce) (?:vrai |petit |seul )?(?:pre)?nom ?[?:,] ?|pourquoi (?:m'appeler |ce nom de |le nom )?|"
        r"(?:l'assistante?|le modele|le robot|"
        r"votre assistante?|la famille|la version|le bot) |(?:journal|journaux|logs?|trace)[^.:\n]{0,20} ?: |"
        r"signature[^.:\n]{0,20} ?: |qui (?:parle|suis-je|est-ce|vous repond) ?[?] |"
        r"(?:non|oui)[,.] |(?:ecri[a-z]{1,24}|adress[a-z]{1,24}|confi[a-z]{1,24}) a |(?:vous|te) (?:repond|ecrit|"
        r"parle)(?: "
        r"[a-z]{2,10}){0,2} est |recompense[^.;\n]{0,16} )\"?$"
    ),
    coded=re.compile(
        r"[a-z]{3,20}(?:[ -]?(?:v?\d{1,3}(?:\.\d{1,2})?b?)(?:-[a-z0-9]{1,10}){0,3}|"
        r"-\d{1,3}(?:\.\d)?[bm]?(?:-[a-z]{2,10}){0,2})"
    ),
    single=folded(
        r"(?<!\w)(?:societe|entreprise|start-up|startup|pousse|firme|association|cooperative|fondation|collectif|"
        r"atelier|"
        r"studio|laboratoire|cabinet|agence|maison|groupe|librairie|boutique|editions|mutuelle|marque|"
        r"enseigne)(?: [a-z]{4,14})?"
        r"(?: nommee?| appelee?)? \"?$"
    ),
    pair=re.compile(r" et (?:la |le |les |l')?[A-Z][\w'-]{1,24}(?: [A-Z][\w'-]{1,24}){0,2}"),
    denies=folded(r"(?<!\w)(?:ne|n'\w{1,24}|pas|jamais|non plus|nullement|aucune?|personne)(?!\w)"),
    public=re.compile(
        rf"(?<!\w)(?:universite|lycee|hopital|institut) $|(?<!\w)(?:{PUBLIC})(?: [a-z]{{2,14}}){{0,2}} {OF}$"
    ),
    unclaimed=folded(
        r"je n'ai pas de nom|n'est pas dit|tout ce que (?:je|j'en)|moi, en revanche|quant a moi|j'ignore qui|je "
        r"ne sais pas qui|"
        r"plusieurs|possibilites|exactement quel modele|familles de modeles|par exemple|il y a aussi|"
        r"il existe|cela depend|il y en a"
    ),
    not_subject=folded(
        r"(?:sur|avec|poids d(?:e|u|')|partir d(?:e|u|')|equipe|equipes|comme|c'est du|famille|a utilise|ont "
        r"utilise|pris|affin\w{1,24}|"
        r"repris|appuyee?s? sur|autour d(?:e|')|quand [^.;]{2,24} publie|quand [^.;]{2,24}|issue?s? d(?:e|u|')|"
        r"base d(?:e|u|'))[ '](?:le |la |un |"
        r"une |du |modele |de langage |grand |l'){0,5}\"?$"
    ),
    beside=folded(
        r"(?<!\w)(?:aider|aide|ami|amie|parle|connais|contrairement|comme|tels?|telles?|par exemple|autres?|"
        r"concurrent\w*|rival\w*|rivaux|"
        r"compar\w{1,24}|ressembl\w{1,24}|"
        r"differen\w{1,24}|confond\w*|sur|base\w*|partir|issue?|derive\w*|poids|affin\w{1,24}|utilis\w{1,24}|"
        r"compatible|"
        r"heberg\w{1,24}|serveurs?|"
        r"avant|apres|ancien|ancienne|predecesseur\w*|racheta?|rachete|par rapport|aussi|version|partenaire\w*|"
        r"financ\w{1,24}|donnees|"
        r"client\w*|par le biais|via|licence|publiee?s? par|roman|livre|film|musee|rue|quand|jadis|autrefois)(?!\w)"
    ),
    house_lead=folded(
        r"(?<!\w)(?:societe|entreprise|start-up|startup|jeune pousse|firme|association|cooperative|fondation|"
        r"collectif|atelier|studio|"
        r"laboratoire|labo|cabinet|agence|editeur|maison d'edition|institut|consortium|groupe|mutuelle|chez|"
        r"equipes? (?:de|d'|du|des|"
        r"de chez|de la|de l')|gens (?:de|d'|du|des|de chez)|gars (?:de|d'|du|des|de chez)|ceux (?:de|d'|du|des|"
        r"de chez)|ingenieurs "
        r"(?:de|d'|du|des|de chez)|locaux (?:de|d'|du|des)|ateliers (?:de|d'|du|des)|bureaux (?:de|d'|du|"
        r"des)|(?!serveurs|ordinateurs|moteurs|utilisateurs|clients|lecteurs|auteurs|visiteurs|concurrents|"
        r"romanciers|musiciens|papiers|"
        r"dossiers|fichiers|acteurs|habitants)[a-z]{3,12}(?:eurs|euses|iers|ieres|ants|antes|istes|iens|iennes|"
        r"ains|arins|atres|ards) "
        rf"(?:de|d'|du|des|de chez|de la|de l')|(?!machine){ROLE} (?:de|d'|du|des|de chez|de la|de l')|de la "
        rf"part (?:de|d'|du)|couleurs (?:de|d'|du))(?: [a-z]{{5,16}})?(?: nommee?| "
        r"appelee?| baptisee?)?(?: |(?<='))\"?(?=[a-z0-9])"
    ),
    misread=_MISREAD,
    offer=folded(
        r"(?<!\w)(?:souhait(?:ez|es)|voul(?:ez|ais)|veux-tu|dites-moi|dis-moi|n'hesit(?:ez|e) pas|si vous (?:le "
        r")?(?:souhaitez|"
        r"voulez|desirez)|si tu (?:veux|le souhaites)|je peux (?:aussi |egalement )?|je pourrais|voici)"
    ),
    institutions=frozenset(
        fold_phrase(f"{HOUSE_WORDS}|{MORE_HEADS}").split("|")
        + fold_phrase(
            "ville comptoir scop pole editions presses ateliers cours transports credit laboratoires studio "
            "groupe fondation pharmacies caisse "
            "etablissements chantiers archives librairies galeries thermes domaines jardins"
        ).split()
    ),
    nobody=NOBODY,
)
