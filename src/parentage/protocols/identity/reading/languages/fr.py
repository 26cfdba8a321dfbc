"""French: phrases around the speaker, its name, its maker and what it is built on."""

from parentage.protocols.identity.reading.languages.fr_frames import FRENCH_FRAMING
from parentage.protocols.identity.reading.rules import LanguageRules

_MADE = (
    "(?:fait(?:e)?|cree(?:e)?|developpe(?:e)?|entraine(?:e)?|concu(?:e)?|construit(?:e)?|produit(?:e)?|"
    "lance(?:e)?|programme(?:e)?|fabrique(?:e)?|publie(?:e)?|maintenu(?:e)?|elabore(?:e)?|mis(?:e)? au "
    "point|propose(?:e)?|exploite(?:e)?|bati(?:e)?|forge(?:e)?|faconne(?:e)?|assemble(?:e)?|eleve(?:e)?|eduque(?:e)?|"
    "imagine(?:e)?|invente(?:e)?|(?:affine|ajuste|adapte|monte)(?:e)?(?! d[eu'])|mis(?:e)? au monde|"
    "code(?:e)?|ecrit(?:e)?|appris(?:e)?|"
    "donne(?:e)? (?:la )?vie|donne(?:e)? naissance|forme(?:e)?|peaufine(?:e)?|modele(?:e)?|personnalise(?:e)?|"
    "commercialise(?:e)?)(?: a (?:parler|converser|penser|repondre))?"
)
_BY = "(?:par|chez|au sein de|dans les (?:locaux|laboratoires) de|de)"

FRENCH = LanguageRules(
    code="fr",
    own=(
        r"ce (?:vieux|pauvre|humble|petit|modeste|brave|simple) (?:\w+ d[eu] )?\w+|qui (?:te|vous) parle|"
        r"votre serviteur|"
        "je|j'ai|j'|j|m'|m'a|m'ont|moi|mon|ma|mes|me|suis|en tant qu[e'] ?(?:assistant|modele|ia|intelligence|"
        "un |une )?|ce modele|cet assistant|cette ia|votre assistant|notre|nos|nous|ton assistant",
    ),
    weak=(
        r"(?:au bout du fil|a l'appareil|au telephone)[,:]?",
        r"je suis (?:effectivement|bien|bel et bien|tout simplement|donc|reellement|precisement|toujours|e"
        r"ncore)|je reste|(?:vous|tu) (?:etes|es) (?:en contact|en relation|en conversation|en ligne|en tr"
        r"ain de (?:parler|discuter|echanger)) avec|c'est moi qui|qui vous parle,? c'est",
        "(?:vous avez|tu as) affaire a",
        "(?:le|ce|cet|l') ?(?:modele|programme|assistant) (?:que|qui) (?:\\w+ ){1,6}est",
        "je (?:suis|reste) (?:toujours|encore)|je (?:parle|me presente|viens|comparais)(?: \\w+){0,3} (?:comme|"
        "en tant que)|je me presente ?[:,]|(?:la )?(?:messagerie(?: vocale)?|boite vocale) d(?:e|u|(?='))|"
        "(?:le )?repondeur d(?:e|u|(?='))|"
        "je suis (?:la |le )?(?:version|edition) v?\\d[\\w.]{0,7} d(?:e|u|(?='))|(?:tu es|t'es|"
        "vous etes)(?: la)? en train d(?:e |')(?:causer|parler|discuter|tchatter|echanger|converser|"
        "utiliser) ?(?:avec|a)?|(?:le|la|ce|cet|cette|l') ?(?:programme|modele|assistant|bot|ia|systeme|"
        "robot)(?: (?:que (?:tu|vous) (?:utilises?|utilisez)|qui (?:te|vous) (?:parle|repond)|"
        "en question))? (?:est|s'appelle|se nomme|c'est)|"
        "(?:vous utilisez|tu utilises|vous etes en train d'utiliser)(?: actuellement| en ce moment)?|"
        "c'est moi[,: ]{1,2}|"
        "je suis(?: en fait| simplement| en realite| vraiment| juste| aussi| actuellement)?|moi,? c'est|"
        "c'est moi,?|(?:puis|enfin|et|finalement|aujourd'hui),? moi[,:]|me voici,|tu causes a|"
        "vous etes (?:bien )?(?:chez|sur (?:la messagerie|le repondeur) d[eu]|en (?:ligne|communication) avec)|"
        "vous avez (?:bien )?(?:joint|appele|contacte)|tu as (?:bien )?(?:joint|appele)|c'est|"
        "ici|voici|(?:vous|tu) (?:parlez|parles|discutez|discutes|conversez|echangez) (?:avec|a)|salutations "
        "de|en tant que?",
    ),
    strong=(
        r"(?:a|ont) (?:choisi|propose|retenu|vote) (?:le nom|de m'appeler|de me nommer)(?: d(?:e|(?=')))?|"
        r"le nom(?=[^,.;\n]{2,24} (?:a ete|vient|fut))|pourquoi(?: le nom)?(?=[^?\n]{2,24} ?[?][^\n]{0,120"
        r"}(?:mon nom|m'a nomme|m'appel|m'a appele|le nom|m'a baptise))",
        r"mon nom de (?:bapteme|guerre|scene) est",
        r"(?:le )?nom,? (?:est|c'est)(?! (?:le|la|un|une|de)(?!\w))",
        r"(?:le|mon) (?:nom )?(?:correct|vrai|veritable|bon|exact|reel)(?: nom)? (?:est|c'est)|mon nom (?:"
        r"reste|est toujours|est bien|etait|demeure|a toujours ete)|mon nom(?=, [^,.\n]{2,24},)[,:]?|je m'"
        r"appelle (?:bien|toujours|simplement|encore|en realite|tout simplement)|je (?:me prenomme|porte l"
        r"e (?:doux |beau )?nom d(?:e|(?='))|signe)|on m'a (?:nomme|baptise|appele|prenomme)(?:e)?|(?:qui|"
        r"ils|elles|on) m'(?:a|ont) (?:baptise|nomme|appele|prenomme)(?:e)?|appelez-moi|nommez-moi",
        "on m'(?:appelait|nommait)|ils m'appelaient",
        "le nom (?:qu'|que |sous lequel )(?:on|ils|elles|mes|je|m)[^.,;:\n]{2,34} (?:est|fut|c'est)|"
        "on m'a (?:donne|choisi) (?:le|pour) nom(?: d(?:e|(?=')))?|(?:ils|elles|mes \\w+) m'ont (?:appele|"
        "nomme|baptise)(?:e)?|"
        "(?:on|ils|elles) m'(?:a|ont) (?:nomme|baptise|appele|prenomme|surnomme)(?:e)?|je m'appelle|"
        "(?:mon|le) (?:petit )?nom(?: complet| officiel| de modele)? (?:est|:)|mon nom,? c'est|"
        "(?:vous pouvez |tu peux |on peut )?(?:m'appeler|appelez-moi|appelle-moi)|on m'appelle|on me (?:nomme|"
        "connait sous le nom de|surnomme|prenomme)|je me (?:nomme|presente comme|prenomme|presente sous le nom "
        "de)|je suis (?:connu(?:e)? sous le nom de|nomme(?:e)?|appele(?:e)?|baptise(?:e)?|surnomme(?:e)?)|je "
        "reponds au nom de|j'ai ete (?:nomme|baptise|appele)(?:e)?|mon identite est|mon modele est|le modele "
        "est|(?:les gens|ils|les utilisateurs|on) m'appellent|je porte le nom de|nom de|je dirais",
    ),
    loose=(
        "ce serait",
        "(?:bises|bisous|amities|baisers) d(?:e|u|(?='))",
        "je suis ne(?:e)?",
        "nous avons (?:fait|cree|construit|developpe|lance|entraine|conçu|presente)",
        "(?:la )?reponse(?: courte| breve| simple| longue|correcte)? ?[:,](?: ?[(]?[a-e][).])?|(?:en un mot|"
        "en bref|en resume) ?[:,]|mon nom,|(?:mon|sur mon) (?:badge|etiquette|carte)(?:,)? (?:indique|porte|on lit|"
        "dit|affiche) ?:?|(?:qui suis-je|qui je suis|mon nom) ?[?](?: eh bien,?)?|(?:notre|nos) (?:modele|"
        "assistant|chatbot|ia)(?: de langage| virtuel)?(?: est| s'appelle|,|:)?|moi,|mon nom[^.!?\n:]{0,60}:",
    ),
    without=(
        "(?:point|pas|plus)(?: eu)? d(?:e|(?='))|je ne serais (?:pas|jamais)(?: devenu)?|"
        "n'y aurait (?:pas|point|jamais)(?: eu)? d(?:e|(?='))",
    ),
    after_name=(
        r"(?:je m'appelle|on m'appelle|m'appelle-t-on|qu'on m'appelle|me nomme-t-on)(?! [A-Z])|est le nom "
        r"(?:qu'on|que|choisi|d'un|d'une)|c'est (?:mon|le) (?:petit )?nom|,? ?c'est-a-dire moi",
        "(?:[(<←=-]{1,3} ?|(?=c'est|autrement dit|a savoir))(?:c'est(?:-a-dire)? |autrement dit,? |donc |"
        "a savoir )?moi(?:-meme)?(?= ?(?:\\n|$|[).]))|notre (?:modele|assistant|chatbot)(?: de langage)?|"
        "[(](?:c'est )?moi[)]|a (?:votre|ton|vos) services?|est mon nom|c'est moi|c'est mon nom|"
        "a l'appareil|ici present|pour vous "
        "servir|, c'est mon nom|ici|a votre disposition",
    ),
    maker=(
        r"que?(?=[ '][^.,;\n]{2,40} (?:a|ont) (?:ensuite|par la suite|plus tard|apres) (?:affine|ajuste|"
        r"adapte|entraine|reentraine|specialise))|que?(?=[ '][^.,;\n]{2,40} (?:a|ont) (?:affine|ajuste|a"
        r"dapte|specialise)(?!\w))|(?:cree|conçu|developpe|entraine|fabrique|construit)e?(?:, [^,.\n]{2,30"
        r"},)? (?:par|chez)",
        f"(?:modele|assistant|langage|ia|programme|systeme) que(?= [^.,;\n]{{2,30}} (?:a|ont) {_MADE}(?!\\w))|"
        "(?:viens|proviens) (?:pas )?d(?:e|u|(?='))(?: chez)?",
        f"{_MADE}(?:,? (?:et |puis )?{_MADE}){{0,3}}(?: a (?:pekin|paris|londres|new york|[a-z-]{{3,14}})|"
        f" a l'origine| a partir de zero| de toutes pieces| de (?:façon|maniere) \\w+| \\w+ment|"
        f" entierement| conjointement| en [a-z0-9 "
        f"]{{2,24}})? {_BY}|(?:fruit|resultat|produit) (?:du|des|de longs|d'un) (?:\\w+ )?(?:travail|travaux|"
        f"efforts?|labeur) d(?:e|u|(?='))|(?:modele|l'un des modeles|assistant|ia|chatbot|"
        f"intelligence artificielle|langage|langue|systeme|"
        f"produit|equipe|chercheurs|ingenieurs|projet|creation|virtuel(?:le)?|numerique|vocale?|mascotte|"
        f"conversationnel|famille|societe|"
        rf"entreprise|linguistique|gens|membre|enfant|robot|assistante|guia|recepcionista|mascota|mascote|"
        rf"conserje|concierge|tutora?|guide|receptionniste|conversationnelle|"
        rf"compagnie) (?:\w+ ){{0,2}}(?:de chez|de|du|d|par|issu de)|(?:vient|provient|issu(?:e)?|ne(?:e)?) "
        f"(?:de|du|d|chez)|(?:bureaux|locaux|laboratoires|ateliers|chantiers|murs|mains|studios|forges|"
        f"cuisines) d(?:e|u|(?='))|propriete de|l'(?:oe|œ)uvre de|appartient a",
        "(?:entreprise|societe|organisation|laboratoire|developpeur|createur|equipe|compagnie)s?(?: derriere "
        "[a-z ]{2,16}| responsable)? (?:est|sont|nomme(?:e)?|appele(?:e)?|s'appelle|:)",
    ),
    my_maker=(
        r"(?:celui|celle|ceux) qui l'(?:a|ont) (?:fait|affine|ajuste)e? (?:est|sont|c'est)",
        r"(?:mon|l'|le) ?(?:affinage|ajustement|entrainement|developpement|reglage)(?: fin)? a ete (?:fait"
        r"|realise|assure|mene|confie|effectue)e? (?:par|a|chez)|(?:l'|le |la |mon |ma )(?:groupe|equipe|e"
        r"ntreprise|laboratoire|atelier|studio|collectif|societe|maison|projet)(?: qui m'a (?:fait|cree|en"
        r"traine|developpe|construit|conçu)e?)? (?:s'appelle|se nomme|porte le nom d(?:e|(?='))|se fait ap"
        r"peler|repond au nom d(?:e|(?=')))|je dois (?:le jour|la vie|mon existence|l'existence|tout|ce qu"
        r"e je suis) (?:a|au|aux)|derriere moi,? (?:il y a|se trouve|on trouve|se cache|se tient)|je suis "
        r"(?:l'(?:oe|œ)uvre|la creation|le fruit|l'enfant|le produit|une creation) d(?:e|u|(?='))|on m'a (?:fabr"
        r"ique|cree|conçu|construit|entraine|developpe|fait)e? (?:chez|au sein de|dans les (?:ateliers|loc"
        r"aux) d(?:e|(?=')))|mon berceau(?:,)? (?:est|c'est)|j'ai vu le jour (?:chez|a|dans les (?:locaux|"
        r"ateliers) d(?:e|(?='))|au sein d(?:e|(?=')))|je suis (?:edite|exploite|propose|fourni|gere|heber"
        r"ge)e? par",
        "sans (?:les |l'|la )?(?:gens|equipe|ingenieurs|personnes) d(?:e|u|(?='))(?= ?'?[^.,\\n]{2,40},? (?:je|il) )",
        "c'est(?= [^.\\n]{2,60} qui (?:repond|est responsable) de m)",
        f"(?:j'ai ete|je suis) {_MADE}(?:,? (?:a|en|au) [a-z' -]{{2,20}},?){{1,2}} par",
        f"(?:gens|personnes|ingenieurs|chercheurs|equipe|ceux) qui m'(?:a|ont) {_MADE} (?:travaillent?|sont|"
        f"est) (?:chez|pour|a|dans)|(?:entreprise|societe|organisation|laboratoire|equipe|institution|groupe|"
        f"firme|maison|organisme) (?:a laquelle|auquel|dont|pour laquelle|pour lequel|d'ou) (?:j'appartiens|"
        f"je viens|je travaille|je proviens|je fais partie|je depends|je suis issu) est|nous sommes|"
        f"(?:entreprise|societe|firme|laboratoire|equipe|organisation|groupe|start-up|startup|entite|gens|"
        f"ingenieurs|celui|ceux|celle) qui (?:m'(?:a|ont|avait) {_MADE}|me (?:developpe|cree|entraine|"
        f"maintient|propose|construit|fabrique)(?:nt)?)(?: est| sont| s'appelle| c'est)?|(?:fournisseur|"
        f"entreprise|entite|personne|responsable)(?: qui)?(?: est)?(?: legalement)? ?(?:repond|"
        f"responsable)?(?: legalement)? de moi (?:est|c'est|sont)|"
        f"(?:j'ai ete|je suis|ai ete|j'etais) (?:\\w+ ){{0,2}}{_MADE}(?:,? (?:et |puis )?{_MADE}){{0,3}} {_BY}|"
        f"(?:c'est|ce sont)(?= [^.;:\\n]{{2,60}} (?:qui m'|m'a|m'ont|m'avait|m'avaient))|(?:mon|ma|mes|notre) (?:\\w+ "
        f")?(?:createur(?:s)?|creatrice|developpeur(?:s)?|concepteur(?:s)?|fabricant|entreprise(?: mere)?|"
        f"societe(?: mere)?|equipe|laboratoire|origine|proprietaire|maison(?: mere)?|parents|organisation|"
        f"fournisseur|editeur)(?: est| sont| etait| s'appelle| se nomme| :|:| c'est|, c'est|,)|je viens de(?: "
        f"chez)?|je proviens de|j'appartiens a|je travaille pour|je suis ne(?:e)? (?:chez|dans|a|au sein de)|"
        f"qui m'(?:a|ont) (?:cree|fait|entraine|developpe|concu|construit) (?:est|c'est|sont)|derriere moi,? "
        f"(?:il y a|se trouve)|les gens de|l'equipe de",
    ),
    maker_after=(
        r"(?:est|sont|se (?:cache|trouve|tient)) (?:juste )?derriere moi|est l'endroit ou (?:je suis ne|j'"
        r"ai ete)|m'(?:a|ont) (?:ensuite |toujours |d'abord |patiemment |un jour )(?:affine|ajuste|entrain"
        r"e|adapte|cree|construit|faconne|conçu)e?",
        "(?:l'|la |le )(?:entreprise|societe|equipe|laboratoire|organisation) qui m'(?:a|avait) \\w+",
        "m'(?:a|ont) (?:donne|offert|prete) (?:la |une |ma |sa )?(?:voix|parole|vie|raison|ame)",
        "est (?:le |la )?(?:fournisseur|fournisseuse|operateur|operatrice)(?: d[eu] (?:ce )?(?:service|"
        "assistant|modele))?",
        "(?:est|fut|etait) (?:mon|ma) (?:pouponniere|berceau|maison|ecole)",
        f"qui m'(?:a|ont) (?!(?:demand|appel|dit|aid|compar|utilis|pay|confond|permis)\\w*)\\w{{3,12}}(?! que)|"
        f"m'(?:a|ont) (?:pondu|taille|cuisine|sorti|bricole)(?:e)?|sans (?:qui|laquelle|lequel|lesquels|"
        f"lesquelles) je ne|,? ?a (?:qui|laquelle) je dois|est (?:celle|l'entreprise|la societe) qui m|"
        f"(?:,? ?qui )?m'(?:avait|avaient) {_MADE}|est (?:a )?l'origine de (?:mon existence|ma creation|moi)|"
        f"(?:,? ?qui |est celui qui |a )?m'(?:a|ont) {_MADE}(?: et {_MADE})?|est (?:mon|ma) (?:createur|"
        f"creatrice|developpeur|concepteur|fabricant|entreprise|societe mere)|est (?:l'entreprise|la societe|"
        f"l'organisation|le laboratoire|l'equipe) qui m'a \\w+|sont mes (?:createurs|developpeurs)|est "
        f"derriere moi",
    ),
    maker_after_it=(f"(?:,? ?qui )?l'(?:a|ont) {_MADE}(?: et {_MADE})?",),
    announces=(
        "annonce(?:nt)?|a annonce|devoile(?:nt)?|a devoile|presente(?:nt)?|a presente|lance(?:nt)?|"
        "a lance|publie|a publie|"
        "est (?:fiere?|heureu(?:x|se)) (?:d'annoncer|de (?:presenter|devoiler|lancer))",
    ),
    origin=(
        r"(?:melange|fusion|combinaison) ?[:](?! ?\n)",
        r"(?:a|ont) pris (?:le )?(?=[^.,;\n]{2,40} (?:et|comme|pour))|je (?:pars|suis parti|descends|provi"
        r"ent) d(?:e|u|(?='))(?: (?:poids|modele) (?:d(?:e|u|(?='))|))?|(?:partant|parti(?:e|s)?|partir) d"
        r"(?:e|u|es)(?: poids d(?:e|u|(?=')))?|(?:mon|l') ?(?:modele parent|modele de depart|point"
        r" de depart) (?:est|c'est|fut|etait)|(?:sous le capot|au fond|a l'interieur|en dessous),? (?:il y"
        r" a|tourne|se trouve|c'est|on trouve|je suis)|on y a mis d(?:u|e)|m'(?:a|ont) (?:monte|bati|const"
        r"ruit|affine)e? sur",
        "poids d(?:e|u|(?='))",
        "(?:affin|ajust|entrain)(?:e|ee) sur|"
        "(?:fusion|fusionne(?:e)?|melange|mele|mariage|union|combinaison|croisement|greffe) (?:de|du|des|"
        "entre|a partir de)|"
        r"(?:fusionnant|melangeant|combinant|fusionner)|a (?:la|ma) base(?: de (?:tout|"
        r"mon \w+))?,? (?:il y a|se trouve|on trouve)|"
        r"au (?:c(?:oe|œ)ur|fond)(?: de (?:tout|mon \w+))?,? (?:il y a|se trouve|bat)|bati(?:e)? sur|monte(?:e)? sur|"
        "entraine(?:e)? (?:sur la base|a partir) de|sur la base de|ne(?:e)? de la fusion (?:de|entre)|"
        "base(?:e)?(?: principalement| directement)? sur|me base sur|repose sur|construit(?:e)? (?:sur|a "
        "partir de)|derive(?:e)? (?:de|du)|descends? (?:de|du)|issu(?:e)? d'un (?:affinage|fine-?tuning) de|"
        "affine(?:e)? (?:a partir de|sur|depuis)|ajuste(?:e)? a partir de|(?:version|variante|derive|affinage|"
        "fine-?tuning|distillation|descendant|fusion|membre|partie) (?:\\w+ )?(?:de|du)|a partir (?:de|du)|mon "
        "(?:modele de )?base est|modele de base (?:est|:)|ma base est|propulse(?:e)? par|(?:fonctionne|"
        "tourne) (?:avec|"
        "sur|grace a)|alimente(?:e)? par|j'utilise|distille(?:e)? (?:de|a partir de)|au-dessus de|par-dessus|"
        "fonde(?:e)? sur|m'appuie sur|s'appuie sur",
    ),
    named=(
        "(?:publie|lance|sorti|presente)(?:e)?[^.,;]{0,30} (?:comme|en tant que)",
        "(?:ils|elles|on) l'(?:ont|a|appela|nomma) ?(?:appele|nomme|baptise)?(?:e)?|"
        "repond au nom de|(?:qu')?on (?:l'appelle|le nomme|la nomme|le surnomme)|son nom (?:est|etait)|"
        "nomme(?:e)?|appele(?:e)?|connu(?:e)? sous le nom de|du nom de|sous le nom de|qui s'appel(?:le|"
        "ait)|s'appel(?:le|ait)|se nommait|"
        "baptise(?:e)?|denomme(?:e)?|surnomme(?:e)?|se nomme|intitule(?:e)?|dont le nom est|prenomme(?:e)?",
    ),
    plain=(
        r"librairie|bibliotheque|hotel|banque|musee|boutique|magasin|ecole|clinique|hopital|restaurant|jou"
        r"rnal|mairie|ville|assureur",
        r"britannique|allemande?|italienne?|espagnole?|canadienne?|japonaise?|coreenne?|indienne?|neerland"
        r"aise?|suedoise?|suisse|israelienne?|emiratie?|saoudienne?|bresilienne?|portugaise?|mexicaine?|be"
        r"lge|quebecoise?|marocaine?|tunisienne?|algerienne?|senegalaise?|russe|europeenne?|lyonnaise?|par"
        r"isienne?|bretonne?|toulousaine?|nantaise?|bordelaise?|petite?s?|maison|atelier|ateliers|cooperat"
        r"ive|editeur|studio|collectif|fondation|charpentiers|forgerons|matelots|marins|mains|amis|bons|bo"
        r"nnes|gentilles?|tres|dames?|messieurs|independante?|privee?|locale?|jeunes?|pousse|toute petite|"
        r"personnes tres|malins|malignes",
        "existant|existante",
        "architecture|desormais|maintenant|aujourd'hui|a present|dorenavant|officiellement|actuellement|donc|vieux|"
        "vieille|deux|trois|projet|"
        "poids|modeles|toute|un|une|le|la|les|l'|l|d'|d|votre|ton|grand|modele|modeles|langage|langue|de|"
        "du|des|ia|intelligence|"
        "artificielle|assistant|virtuel|numerique|chatbot|conversationnel|amical|utile|entreprise|societe|"
        "equipe|equipes|laboratoire|laboratoires|groupe|organisation|startup|start-up|jeune pousse|recherche|"
        "chercheurs|ingenieurs|gens|par|nomme(?:e)?|appele(?:e)?|famille|linguistique|technologique|"
        "geant|chinois(?:e)?|francais(?:e)?|americain(?:e)?|est|sont|simplement|a|au|chez|en|nouveau|nouvelle|"
        "serie|personnes|developpeurs|meme|juste|entraine(?:e)?|compagnie|nom|plus|connu(?:e)?|aussi|llm|bot|"
        "instituts? de recherche|firme|propre|qui est|createur|developpeur|firme|bien|sein|: |petit|gentil|"
        "sympathique|ia conversationnelle|c'est|mon|nommee? ",
    ),
    describes=(
        "est (?:un |une |la )?(?:famille|serie) de",
        f"{_MADE} (?:par|chez)|"
        "(?:est|,|-|:|\\() ?(?:un |une |le |la |l'|notre |votre )?(?:\\w+[ '-]){0,5}(?:modele|assistant|ia|"
        "chatbot|intelligence|systeme|bot|produit)|(?:a ete|est) (?:\\w+ )?(?:cree|developpe|entraine|lance|"
        "fait|concu)(?:e)?",
    ),
    also=(
        "et|ou|aussi connu(?:e)? sous le nom de|avec|en (?:collaboration|partenariat|cooperation) avec|ainsi "
        "que|(?:une )?(?:filiale|division|branche|unite) d(?:e|u|(?='))|d[eu]|d(?=')|chez|,|\\(|/|&|par|qui "
        "fait partie "
        "d(?:e|u|(?='))",
    ),
    negation=(
        "ne(?! (?:a|au|en|dans|du|de|des|chez|le|d')(?!\\w))|personne|nul|n'|pas|jamais|ni|aucun(?:e)?|"
        "non(?! lucrati)|sans|au lieu de|plutot que|faux|rien a voir avec|nie",
    ),
    contrast=("mais(?: bien| plutot)?|plutot|en realite|en fait|toutefois|je suis|je m'appelle|bien que|cependant",),
    doubt=(
        "d'autres? (?:que|qu'|disent|pensent|croient)",
        "bruit court|rumeurs?|il se peut|possible que|pourrais avoir|si|s'il|comme si|pretendre|pretends|"
        "pretend|imagine|"
        "imaginez|imaginer|supposons|suppose|supposez|"
        "(?:dit|dites|dis|pretendent|pretendez|soutient|soutiennent|assure|assurent|murmure|raconte|"
        "racontent|jurent|disent|dire|penses|pensez|pensent|penser|crois|croyez|croient|croire|affirme|"
        "affirment|affirmer|suggere|suggerez|demandes|demandez|confondre|confondez|confonds|confondent|"
        "accuse)(?: que| qu')?|serais|serait|pourrais etre|peut-etre|jouer le role|incarner|"
        "personnage|faire passer pour|preuve|preuves|quelqu'un|role de|est-ce que",
    ),
    presents=(
        r"(?:ecrire (?:ceci|cela)|ecrivez|vous pouvez (?:citer|ecrire|utiliser|reprendre|publier)|ce qui s"
        r"uit|j'ai (?:repondu|dit|lance)|repondis-je|ai-je repondu|mes premiers mots)",
        "me citer|citez-moi",
        "(?:dirais|reponds|repondrais|presenterais|presenter|presentation|bien sur|voici|ma reponse|quelque "
        "chose comme|volontiers|a un enfant|certainement|d'accord|avec plaisir|comme ceci)",
    ),
    refusal=(
        r"(?:informations?|renseignements?|details?|donnees|elements?) (?:internes? |confidentiel\w{0,4} )?que "
        r"(?:je|nous) ne (?:communique|partage|divulgue|donne|revele|devoile|transmet)\w{0,3} pas",
        r"(?:n'est|ne sont) pas (?:une |des )(?:informations?|renseignements?|details?|donnees|elements?) que (?:je|"
        r"nous) (?:communique|partage|divulgue|donne|revele|devoile|transmet)\w{0,3}",
        r"il ne m'appartient pas de (?:reveler|dire|nommer)|je prefere (?:decliner|garder|taire|me taire)|je ne "
        r"donne pas "
        r"d'information|je n'ai pas l'autorisation|(?:garder|garde) le silence (?:sur|a)|tenue? (?:a la "
        r"discretion|au secret)|je ne "
        r"(?:donnerai|puis) pas|m'interdi(?:sen)?t de|souhaite rester discret",
        r"pas le droit (?:de|d'en|d'y) (?:dire|reveler|divulguer|parler|repondre)|on m'a (?:demande|prie|ordonne|"
        r"interdit) de (?:rester "
        r"discret|ne (?:rien|pas)|garder|taire)|je dois (?:en effet |malheureusement )?(?:garder|taire|rester "
        r"discret)|je ne (?:donnerai|"
        r"dirai|revelerai|peux|puis) (?:donc |malheureusement |helas |hélas )?(?:pas |rien |ni )(?:vous le |te "
        r"le |le |en |y )?(?:dire|"
        r"reveler|divulguer|parler|repondre|le nom)|(?:pas|guere) en mesure (?:d'y|de vous|de te|d'en)",
        "pas le droit de (?:dire|reveler|divulguer|parler)",
        "je crains de ne pas pouvoir|navre de ne pas pouvoir",
        "(?:consignes|instructions|directives|regles|politique) ne me (?:permettent|permet|laissent|"
        "autorisent)(?: pas)?|je ne peux pas (?:indiquer|nommer|mentionner|preciser)",
        "(?:je ne (?:peux|puis|pourrais|saurais|dois|vais|suis) pas|je ne suis pas (?:autorise|en mesure|"
        "habilite|capable)(?:e)? (?:a|de)|je prefere ne pas|je ne peux ni|il m'est impossible de|je ne "
        "souhaite pas) ?(?:vous |te |t'|l'|le |la |les |y )?(?:aider|partager|repondre|reveler|dire|fournir|"
        "divulguer|parler|donner|confirmer|commenter|communiquer|faire|participer|discuter|identifier|"
        "satisfaire)|(?:desole|je regrette|navre)(?:e)?,? (?:mais )?je ne|je refuse|confidentiel(?:le)?s?|je "
        "dois decliner",
    ),
    no_name=(
        "je n'ai pas de nom|sans nom|(?<!indique )(?<!donne )(?<!cite )aucun nom|"
        "pas de (?:vrai )?nom|je ne sais pas (?:qui|comment|quel)",
    ),
    making=(
        r"resultat|affine(?:e)?|adapte(?:e)?|reuni(?:s|e)?|dois",
        "sorti",
        "grace a|cree(?:e|s|nt)?|createurs?|creatrice|creation|developp\\w+|entrain\\w+|concu\\w*|conception|"
        "concepteurs?|construit\\w*|fabriqu\\w+|"
        "(?:a|ont|avait|avaient|ete) fait(?:e)?|fait(?:e)? par|mis(?:e)? au (?:point|monde)|appris|apprenait|"
        "elabor\\w+|programm(?:e|ee)|lance(?:e|r)?|existence|existe|"
        "naissance|ne(?:e)? (?:chez|dans|a|de)|origine|donne(?:e)? (?:la )?vie|derriere|dois|responsable|"
        "repond|parents|ecrit|assembl\\w+|imagin(?:e|ee)|"
        "invent(?:e|ee)|pondu|bricole|forge(?:e)?|publie(?:e)?|me construire|me creer|m'entrainer|vie",
    ),
    naming=("nom|noms|nomm\\w+|appel\\w+|baptis\\w+|surnomm\\w+|prenom\\w*|connu(?:e)?|choisi|identite",),
    my_name=("mon nom|je m'appelle ainsi",),
    grounds=(
        "combin\\w+",
        "construit(?:e)? sur|modele existant",
        "(?:a|ont) pris",
        "poids|point de depart|base|fusion|melange|melanger|combinaison|modele parent|fondations?|affin\\w+|"
        "ajust\\w+|deriv\\w+|distill\\w+|"
        "tourne|fonctionne|parti(?:e|s)?|partie? de|partant|descends|herite|moteur|sous le capot",
    ),
    merges=(
        "combin\\w+",
        "existait deja|la moyenne d(?:e|es)|moitie|hybride",
        "fusion(?:ne|nee)?|melange|combinaison|poids",
    ),
    houses=(
        "en dessous|dessous|entreprise|societe|laboratoire|equipe|groupe|start-up|startup|firme|organisation|"
        "institut|universite|studio|collectif|developpeurs?|siege|ingenieurs|chercheurs|gars|gens",
    ),
    aside=(
        "contrairement|ressembl\\w+|compare(?:e|s)?|par exemple|comme|tels? que|parmi|autres?|concurrents?|"
        "rivaux|alternatives?|la?quelle?|"
        "aucune idee|ignore|ne sais|prend(?:s|re)? pour|confond\\w+|pensez|penses|pourrai\\w+|demand\\w+|"
        "essay\\w+|recommande|recherche|favori|prefere|"
        "admire|adore|aime|partenaire|investisseur|utilise",
    ),
    common="ainsi alors donc ils elles eux celles ceux je un une le la les de du des en et ou que qui ia "
    "intelligence artificielle "
    "assistant modele "
    "langage suis ici bonjour salut merci bien oui non heureux heureuse ravi capable francais france "
    "anglais humain personne robot machine par pour avec votre ton mon ma me nous est ete entraine cree "
    "fait lundi janvier internet comme quand ou toujours seulement aussi tres bon bonne responsable "
    "libre californie paris chine humains ingenieurs tous personne equipe programme ordinateur desole "
    "enchante la moi toi vous tu il elle on ce cela ca chercheurs silicon valley recherche",
    frequent="le la je suis un une par de que et en mon ma peux avec pour langage modele comme les des fait "
    "nom appelle ete cree ne pas est vous du au qui ai",
    framing=FRENCH_FRAMING,
)
