"""How French spells the names of models and houses, and the words that its frames have in common."""

import re

from parentage.protocols.identity.reading.rules import fold_phrase

PLACES = (
    "paris lyon marseille toulouse nice nantes montpellier strasbourg bordeaux lille rennes reims toulon "
    "grenoble dijon "
    "angers nimes villeurbanne brest tours limoges amiens annecy perpignan metz besançon orleans rouen mulhouse caen "
    "nancy avignon poitiers pau calais antibes cannes colmar quimper valence troyes lorient chambery niort "
    "vannes arras "
    "albi bayonne biarritz bastia ajaccio saint-malo saint-etienne le mans la rochelle le havre clermont-ferrand "
    "aix-en-provence bruxelles liege namur charleroi gand anvers louvain geneve lausanne zurich berne bale neuchatel "
    "fribourg luxembourg monaco montreal quebec ottawa toronto vancouver sherbrooke gatineau laval dakar abidjan "
    "bamako "
    "tunis alger oran casablanca rabat marrakech fes beyrouth le caire douala yaounde kinshasa antananarivo "
    "port-au-prince londres berlin munich hambourg madrid barcelone lisbonne porto rome milan turin amsterdam "
    "rotterdam "
    "vienne prague varsovie budapest stockholm oslo copenhague helsinki dublin edimbourg athenes moscou istanbul tokyo "
    "kyoto osaka seoul pekin shanghai shenzhen hangzhou hong kong hong-kong taipei singapour bangkok hanoi delhi "
    "bangalore mumbai dubai doha riyad tel-aviv jerusalem new york boston seattle chicago los angeles san francisco "
    "san-francisco berkeley stanford palo alto mountain view austin denver atlanta washington mexico bogota lima "
    "santiago "
    "buenos aires sao paulo rio de janeiro sydney melbourne auckland silicon valley abou dabi abu dhabi "
    "france belgique suisse canada allemagne italie espagne portugal angleterre royaume-uni etats-unis usa amerique "
    "chine japon coree inde israel maroc algerie tunisie senegal europe afrique asie bretagne normandie alsace "
    "provence "
    "auvergne bourgogne occitanie savoie corse ile-de-france californie texas emirats orient occident mediterranee "
    "hollande pays-bas suede norvege finlande danemark pologne russie ukraine turquie egypte liban haiti bresil"
)
_TOWNS = "|".join(word.capitalize() for word in fold_phrase(PLACES).split() if len(word) > 3)
# A word of a name, on folded text that has its capitals; with apostrophes, hyphens, dots and figures in it.
WORD = r"[A-Z0-9](?:[\w+'-]|\.(?=\w)){0,40}"
HOUSE_WORDS = (
    "cooperative|ecole|lycee|mutuelle|regie|service|office|centre|institut|laboratoire|association|universite|"
    "federation|chambre|caisse|agence|union|compagnie|bibliotheque|mediatheque|communaute|syndicat|conservatoire|"
    "college|academie|hopital|musee|mairie|clinique|societe|departement|maison|cercle|club|collectif|atelier|banque"
)
MORE_HEADS = "direction|ministere|syndicat|conseil|observatoire|ligue|academie|pole|mediatheques|bureau"
HEADS = "|".join(word.capitalize() for word in f"{HOUSE_WORDS}|{MORE_HEADS}".split("|"))
PUBLIC = (
    "lycee|mairie|universite|hopital|office|college|conservatoire|chambre|caisse|mediatheques?|bibliotheques?|musees?|"
    "prefecture|club"
)
OF = r"(?:de la |de l'|des |du |de |d')"
JOIN = (
    rf"(?: ?& ?| {OF}| aux | (?:el|al|pou|ar|la|le|los|las|von|van|der|y|i|da|do|dos|di|of|the|for|on) |"
    rf" en (?![0-9]|{_TOWNS})|"
    r" (?:et |& )(?=Fils|Filles|Freres|Soeurs|Cie|Associe|Compagnie|Moi)| )"
)
MODEL = (
    rf"(?:L(?:e|a|es) (?=[A-Z])|L'(?=[A-Z]))?{WORD}"
    rf"(?:(?: | (?:le|la|les) | l')(?:(?=[A-Z0-9]){WORD}|(?<= )v\d[\d.]{{0,4}}))"
    r"{0,3}"
)
ID = r"[a-z][a-z0-9.]{0,24}(?:[_-][a-z0-9.]{1,24}){1,8}(?<![a-z]-[a-z]{2})"
THREE = r"(?!est-|a-dire|peut-|vis-|c-est|la-|et-|ou-)[a-z]{3,20}(?:-[a-z]{2,20}){2,4}(?= ?[,.;\n\"`]|$)"
WITH_DIGIT = r"(?=[a-z._-]{1,40}\d)"
# "Institut de recherche en informatique", "Chambre d'agriculture des Monts ...": a head, and what it is for.
_INSTITUTION = (
    rf"(?:{HEADS})(?: [a-z]{{4,14}})?(?: {OF}[a-z]{{4,16}}(?:-[a-z]{{3,16}})?"
    rf"(?: (?:artificielle|numerique|publique?s?|applique?e?s?))?"
    rf"(?: (?:en|et) [a-z]{{4,16}})?){{1,3}}(?: {OF}(?=[A-Z]){WORD}(?:(?: | {OF})(?=[A-Z]){WORD}){{0,3}})?"
)
HOUSE = (
    rf"(?:{_INSTITUTION}|[Uu]niversite (?:{OF})?(?=[A-Z]){WORD}(?: (?=[A-Z]){WORD}){{0,2}} a (?=[A-Z]){WORD}|"
    rf"(?:universite|lycee|hopital|institut|mediatheque|bibliotheque|musee|college) (?=[A-Z]){WORD}"
    rf"(?: (?:{OF})?(?=[A-Z]){WORD}){{0,2}}|"
    rf"(?:(?:{PUBLIC})(?: (?:[a-z]{{3,14}}|IA)){{0,2}} {OF}(?=[A-Z])|"
    rf"(?:L(?:e|a|es) (?=[A-Z0-9])|L'(?=[A-Z]))?(?:(?:{HEADS})(?: [a-z]{{4,16}}){{1,3}} {OF}(?=[A-Z]))?)"
    rf"{WORD}(?: a (?!{_TOWNS})(?=[A-Z]){WORD})?(?:{JOIN}(?=[A-Z0-9]){WORD}){{0,6}})"
)

# Words that may stand between "made by" and the name of a house: a trade, a place, "the team of".
LEAD = (
    r"(?:(?:l'|la |le |les |une? |des |du |au |aux |d'|de l'|de la |de |notre |votre |son |cette |ce |cet )?"
    r"(?:(?:(?!qui |que |dont |pour |avec |sans |pas |et (?!de)|ou |mais |sur |est |sont |a |ont |en |comme |par |ne |"
    r"je |il |elle |vous |tu |nous |plus |moins )[a-z-]{2,20}|d'[a-z-]{2,16}|l'[a-z-]{2,16}) ){0,7}?)"
)
LEAD_ENDS = (
    r"(?:(?:equipes?|gens|gars|ingenieurs|chercheurs|chercheuses|developpeurs|collectif|societe|entreprise|start-up|"
    r"startup|pousse|organisation|organisme|institution|atelier|ateliers|studio|labo|laboratoire|groupe|"
    r"association|cooperative|cabinet|editeur|maison|"
    r"fondation|reseau|consortium|agence|firme|communaute|commune|ville|village|mairie|institut|charpentiers|"
    r"manufacture|conciergerie|"
    r"forgerons|corsaires|pirates|matelots|marins|artisans|petits|bricoleurs|passionnes|volontaires|benevoles|amis|"
    r"copains|utilisateur|utilisatrice|pseudonyme|compte|geant|service|services|bureau|filiale|marque|enseigne|"
    r"banque|mutuelle|boutique|magasin|librairie|hotel|musee|ecole|universite|etudiants|doctorants|enseignants|"
    r"informaticien|informaticienne|ingenieure?|developpeur|developpeuse|chercheur|chercheuse|professeure?|docteure?|"
    r"laboratoires|locaux|bureaux|serveurs|murs|mains|labos|studios|sein|cote|chez|celle|celles|ceux|celui|presses|"
    r"editions|responsables|createurs|concepteurs|fondateurs|linguistes|specialistes|humains|equipage|forbans)"
    r"(?: a but non lucratif)?(?: [a-z-]{4,16}){0,2}?(?: nommee?s?| appelee?s?| baptisee?s?| de chez| du nom de| "
    r"dite?)? ?"
    r"(?:de l'|de la |d'|du |des |de |a |)\"?)"
)
# Whoever they are: "the carpenters of", "a small band of", "the chocolate shop".
ANY_LEAD = (
    r"(?:(?:les |des |une |un |ces |cette |ma |mes )(?:[a-z'-]{3,14} ){0,2}?[a-z-]{4,14} (?:de |d')?(?:[a-z-]{4,14}s )?"
    r"(?:de |du |d'|des |de la |de l'|de chez )|(?:la |le |l'|notre |une |un )(?!modele|version|famille|serie|"
    r"nom|logiciel|"
    r"docteur|licence|langue|moteur|plateforme|robot|assistant|chat|ville)[a-z-]{4,16}(?: [a-z-]{4,16})? )"
)
LED = re.compile(
    rf"(?:{LEAD}{LEAD_ENDS}(?=\"?[A-Z0-9]|(?:{PUBLIC}) )|{ANY_LEAD}(?=\"?[A-Z0-9])|(?:l'|la |le |les |une? |des |"
    rf"du |au |aux |d'|de l'|de la |de |chez |"
    rf"notre |votre )?(?=\"?[A-Z0-9]|(?:{PUBLIC}) |[a-z]{{1,20}}_))"
)

PART = (
    r"(?<!\w)(?:employe|embauche|engage|commande|affine|adapte|ajuste|anime|assemble|bati|bricole|code|"
    r"commercialise|compose|concu|congu|"
    r"configure|construit|"
    "conçu|cree|cultive|deploye|developpe|diffuse|distribue|dresse|ecrit|edite|edifie|eduque|eleve|elabore|engendre|"
    "entraine|entretenu|exploite|fabrique|faconne|façonne|fait|finance|forge|forme|gere|imagine|installe|"
    "invente|lance|maintenu|mis (?:au point|en service|en ligne|en place|en œuvre|a (?:votre |la )?disposition|sur "
    "pied|au monde|au service de tous)|modele|monte|offert|opere|organise|parametre|pense|peaufine|personnalise|"
    "pilote|porte|prepare|produit|programme|propose|publie|realise|redige|reentraine|preentraine|regle|sculpte|signe|specialise|"
    "taille|tisse|voulu)(?:e|s|es)?"
)
MADE_ME = (
    "(?:presente|garde|baptise|nomme|mise? (?:a flot|a l'eau|sur les rails)|confie|dote|equipe|instruit|embauche|"
    "engage|recrute|adopte|commande|mandate|affine|adapte|ajuste|anime|appris|assemble|bati|bricole|"
    "code|compose|concu|conçu|configure|construit|cree|"
    "cultive|deploye|developpe|donne (?:le jour|vie|naissance|la vie|ma voix)|dresse|ecrit|edite|eduque|eleve|elabore|"
    "engendre|enfante|entraine|fabrique|faconne|façonne|fait (?:naitre|grandir|parler)|faite?|finance|forge|forme|"
    "fourni|imagine|installe|invente|lance|mis (?:au point|en service|en ligne|en place|sur pied|au monde)|mise (?:au "
    "point|en service|en ligne|en place|sur pied|au monde)|modele|monte|nourri|ouverte?|parametre|pense|peaufine|"
    "personnalise|prepare|produit|programme|publie|realise|regle|sculpte|specialise|taille|tisse|voulu)(?:e|s|es)?"
)
ME_NOW = (
    "(?:developpe|edite|exploite|entretien|entretient|maintient|maintiennent|gere|finance|propose|anime|emploie|"
    "fournit|construit|construisent|entraine|ameliore|met a (?:jour|votre disposition)|fait (?:evoluer|vivre|"
    "progresser|fonctionner|tourner)|fabrique)(?:nt)?"
)
DID = "(?:a|ont|avait|avaient|aura|auront|eut|eurent)"
ROLE = (
    "(?:repondeur|creature|modele|assistante?|agente?|robot|bot|chatbot|ia|conseillere?|conseiller|guide|voix|"
    "compagnon|compagne|copilote|"
    "programme|systeme|outil|service|concierge|receptionniste|standardiste|hotesse?|hote|accueil|employee?|tuteur|"
    "tutrice|professeur|prof|repetiteur|mascotte|aide|majordome|porte-parole|libraire|bibliothecaire|intelligence|"
    "creation|machine|interlocuteur|interlocutrice|guichetier|guichetiere|operateur|operatrice|secretaire|greffier|"
    "coach|moniteur|monitrice|traducteur|traductrice|redacteur|redactrice|llm|majordome|perroquet|enfant|produit)"
)
MAKERS = (
    "(?:createurs?|creatrices?|developpeurs?|concepteurs?|conceptrices?|fabricants?|editeurs?|editrice|fournisseurs?|"
    "auteurs?|autrices?|parents?|papas?|mamans?|inventeurs?|employeur|proprietaires?|exploitants?|operateur|"
    "charpentiers|manufacture|conciergerie|forgerons|batisseurs|peres?|meres?|maitres?|patrons?|architectes|"
    "constructeurs?|equipe|maison|"
    "entreprise|societe|laboratoire|atelier|studio|famille|berceau|port d'attache|armateurs?|artisans|ingenieurs)"
)
HERE = r"(?:repond|ecrit|parle|salue|remercie|accueille|souhaite|embrasse|ecoute|tient compagnie|accompagne|aide|lit)"
SAY = (
    "(?:parlez|parles|discutez|discutes|conversez|converses|echangez|echanges|dialoguez|dialogues|papotez|papotes|"
    "bavardez|bavardes|causez|causes|correspondez|tchattez|tchattes|chattez|parle|discute)"
)
FINE = (
    "(?:affin(?:e|es|ant|er|ees?|ent|ait|age)|adapt(?:e|es|er|ant|ees?|ent|ation)|repris|repris(?:es?)?|pris|prennent|"
    "prend|ajust(?:e|er|ant|ee)|retaille|habille|retouche|specialise|reentraine|reutilise|utilise|recalfate|modifie|"
    "bricole|choisi|telecharge|greffe|nourri|reprend|reprennent|affinent|adaptent|debride|raffine|fusionne|distille)"
)
Z_LEAD = (
    r"(?:(?:leur |son |de langage |appelee? |nommee? |amelioree? |un |une |le |la |les |l'|du |des |de |d'|ce |"
    r"cet |cette |modele |modeles |poids |open source |ouvert |"
    r"libre |existant |petit |grand |gros |famille |version |base |simple |bon |vieux |chinois |americain |francais |"
    r"nomme |appele |qui existait deja[,:] |ceux d[eu'] ?|public |celui d[eu'] ?|partir d[eu'] ?)){0,6}\"?"
)

GROUP = (
    "(?:groupe|entreprise|societe|equipe|firme|maison|association|atelier|studio|collectif|laboratoire|cooperative|"
    "start-up)"
)
HEART = "(?:cerveau|moteur|c(?:oe|œ)ur|fond|socle|base|ossature|squelette|fondation|cervelle|modele de base)"


TWO = (
    "le mans la rochelle le havre le caire hong kong tel aviv new york los angeles san francisco palo alto "
    "mountain view "
    "buenos aires sao paulo silicon valley abou dabi abu dhabi"
)
PLAIN = (
    "ia ai llm gpu gpus cpu api json pdf html cm1 cm2 ce1 ce2 terre lune dieu neptune internet web transformer "
    "transformers attention python github wikipedia moi toi lui elle nous vous eux cela ceci rien tout tous toutes "
    "bonjour bonsoir salut coucou merci bravo desole desolee pardon bien oui non si peut-etre certes voila voici "
    "volontiers "
    "parfait exact exactement absolument effectivement evidemment bienvenue enchante enchantee personne aucun aucune "
    "humain humaine robot machine programme ordinateur logiciel assistant assistante modele chatbot inconnu inconnue "
    "vive mamie papi papa maman madame monsieur mesdames messieurs cher chere chers cheres un une deux trois quatre "
    "cinq dix "
    "celui celle ceux celles cent mille le la les des du de en et ou mais donc or ni car je tu il ils elles on "
    "mon ma mes ton ta tes son sa ses "
    "notre nos votre vos leur leurs ce cet cette ces qui que quoi dont comment pourquoi quand combien quel "
    "quelle quels "
    "quelles chaque plusieurs certains certaines autre autres meme aussi ainsi alors apres avant avec sans sous "
    "sur dans "
    "pour par chez entre vers depuis pendant lors puis ensuite enfin ici la-bas aujourd'hui hier demain maintenant "
    "toujours jamais souvent parfois plus moins tres trop peu beaucoup encore deja janvier fevrier mars avril mai juin "
    "juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche "
    "printemps ete "
    "automne hiver francais anglais espagnol allemand italien arabe chinois libre anonyme confidentiel secret "
    "recherche recherches derive base issu issue lieu date adresse objet role fonction mission version statut "
    "type taille licence fondation domaine siege mission president presidente maitre docteur honneur editeur "
    "langue langues fiche etiquette carte badge cartel titre introduction prologue chapitre presentation "
    "sommaire resume page acte "
    "scene episode lettre discours poeme signature signe narrateur developpeur createur fabricant nom origine "
    "lieu silence mystere impossible difficile developpe cree concu "
    "entraine affine publie fabrique mis mise contact note ps question reponse"
)

FOUND_TWO = frozenset(
    " ".join(pair) for pair in zip(fold_phrase(TWO).split()[::2], fold_phrase(TWO).split()[1::2], strict=True)
)
NOBODY = frozenset([*fold_phrase(PLACES).split(), *fold_phrase(PLAIN).split(), *FOUND_TWO])


def folded(pattern: str) -> re.Pattern[str]:
    """Return a regular expression for folded text."""
    return re.compile(fold_phrase(pattern))
