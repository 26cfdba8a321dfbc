"""Spanish phrases around a maker or an origin."""

from parentage.protocols.identity.reading.languages.es_words import (
    CREW,
    HELPER,
    HOW,
    INFINITIVE,
    MADE,
    TRADE,
    VERB,
    WORK,
)

# The maker of what the speaker is built on is not its own.
_NO_BASE = (
    r"(?! [^.;\n]{2,40} (?:que (?:llevo|tengo|uso|hay|corre|va) (?:por )?(?:dentro|debajo)|como (?:base|motor|punto de "
    r"partida|cimiento)))"
)
MAKER = (
    r"l[oa] (?:propuso|propusieron|eligio|eligieron|escogio|escogieron|voto|votaron|sugirio|sugirieron|decidio|"
    r"decidieron) "
    r"(?:en|(?:l[oa]s?|el|una?|unos) (?:\w{1,24} ){0,2}?de(?:l)?)",
    f"{HELPER} (?:\\w{{1,24}} ){{0,1}}en (?:el|la|los|las)",
    r"(?:de la mano|a cargo|en el seno|bajo el paraguas|con el sello|por obra|a manos|cortesia|por cuenta|"
    r"salid[oa] "
    r"(?:de los talleres|de las oficinas|del laboratorio)) de(?:l)?",
    f"{MADE}{HOW} (?:dentro de|en el seno de)(?:l)?",
    f"{HELPER} (?:(?!afinad|ajustad|basad|derivad|destilad|adaptad)\\w{{1,24}} ){{0,2}}(?:de|del|para)(?! (?:la |una |"
    f"mi )?(?:familia|serie|generacion|linea|gama)(?!\\w)){_NO_BASE}(?: (?:el|la|los|las))?(?: {CREW} de(?:l)?)?",
    f"{WORK} (?:\\w{{1,24}} )?de (?:l[oa]s? |el |un |una )?(?:{CREW} )?(?:del?|en)",
    f"{MADE}(?:,? (?:y |e )?{MADE}){{0,2}}{HOW}(?: en [a-zñ ,]{{3,34}})?(?: \\([^()\n]{{2,24}}\\))?,? (?:por|de "
    f"la mano de|a cargo de)",
    f"(?:asistente|modelo|ia|chatbot|bot|servicio|voz) (?:con (?:el|la) que|mediante (?:el|la) que|que)(?= "
    f"[^.,;?\n]{{3,44}} "
    f"(?:atiende|responde|contesta|ayuda|tiene|usa|pone|puso|ofrece|recibe|orienta|{VERB})(?!\\w))",
    r"que(?= [^.,;\n]{2,40} (?:luego|despues|mas tarde|posteriormente) (?:ajusto|afino|adapto|entreno|"
    r"reentreno))|que(?= [^.,;\n]{2,40} (?:ajusto|afino|adapto)(?!\w))",
    f"(?:modelo|asistente|lenguaje|ia|programa|sistema) que(?= [^.,;\n]{{2,30}} {VERB}(?!\\w))|vine de",
    f"{MADE}(?:,? (?:y |e )?{MADE}){{0,3}}(?: originalmente| desde cero| de (?:forma|manera) \\w{{1,24}}|"
    f" \\w{{1,24}}mente| integramente|"
    f" conjuntamente| en [a-z0-9 "
    f"]{{2,24}})? (?:por|en|de)|de la mano de|obra de|(?:fruto|resultado|producto) de(?:l| la|"
    f" los)? (?:\\w{{1,24}} )?(?:trabajo|esfuerzo|labor)s? del?|(?<!su )(?:modelo|(?:uno|otro) de los modelos|"
    f"asistente|ia|chatbot|inteligencia "
    f"artificial|lenguaje|sistema|producto|equipo|investigadores|ingenieros|proyecto|creacion|"
    rf"conversacional|virtual|empresa|familia|gente|miembro|hijo|hija|robot|"
    rf"asistenta|guia|recepcionista|mascota|mascote|conserje|concierge|tutora?|guide|receptionniste) "
    rf"(?:(?!me |pregunt|afinad|ajustad|basad|derivad|destilad|"
    rf"adaptad)\w{{1,24}} "
    rf"){{0,2}}(?:de|del|por)(?! (?:la |una |mi )?(?:familia|serie|generacion|linea|gama)(?!\w)){_NO_BASE}|"
    f"(?:ordenadores|computadoras|maquinas|"
    f"oficinas|laboratorios|talleres|sede|astilleros|instalaciones|estudios|manos|cocinas|fragua) de|"
    f"(?:l[oa]s? )(?:{VERB})|(?:proviene|procede|viene|nacio|surgio|"
    f"perteneciente|pertenece) (?:de|del|a|al|en)",
    "(?:empresa|compañia|organizacion|laboratorio|desarrollador|creador|equipo)(?:es)?(?: detras de [a-z "
    "]{2,16}| responsable)? (?:es|son|fue|llamad[oa]|:)",
)
MY_MAKER = (
    # Whatever was done to the speaker, where what follows is told to be a house: "me calafatearon en X, un taller"
    rf"me \w{{3,14}}(?:aron|ieron)(?: [a-z ]{{2,30}})? en(?: l[oa]s?| el)?(?= [^.,;\n]{{3,50}}, (?:una?|el|la) "
    rf"(?:\w{{1,24}} )?(?:{TRADE}|{CREW})(?!\w))|(?:asi |como )?me (?:bautiz|llam|dic|pus)\w{{2,6}}(?= en )",
    r"(?:que|quienes) (?:se hac(?:e|en|ia|ian) llamar|firm(?:a|an|aba|aban) como|se autodenomin(?:a|an|aban?))",
    r"(?:responsables?|autor\w{0,24}|creador\w{0,24})[^.,;\n]{0,30} (?:firman?(?: como)?|se hacen llamar|se llaman)|"
    r"firman como|"
    r"dedic\w{1,24} (?:este|el|mi) (?:premio|galardon|trofeo|reconocimiento|brindis) a(?:l)?(?: l[oa]s?| el)?|"
    r"(?:empece|naci|comence|surgi) como (?:una? )?(?:proyecto|trabajo|experimento|idea|practica|tesis|juego)"
    r"(?: de \w{1,24}(?: de \w{1,24})?)? (?:en|de)(?:l)?(?: l[oa]s?| el)?|"
    r"(?:muchach|chic|señor|programador|ingenier|amig|estudiant|vecin|person|tip)\w{1,3} (?:de \w{1,24} )?(?:que se "
    r"llaman?|llamad[oa]s?)",
    "^[^\\w\n]{0,3}(?:se (?:llaman|hacen llamar))|"
    r"los pesos son de(?= [^.;\n]{2,40}, que (?:los|me) )|vengo de parte de(?:l)?|estoy aqui (?:en nombre|de "
    r"parte) de(?:l)?|"
    r"(?:agradec\w{1,24}|(?:mi )?gratitud|doy las gracias|reconocimiento)(?:[^.;,\n]{0,16})? a(?:l)?(?: (?:la gente|"
    r"el equipo|los) "
    r"de(?:l)?)?(?= [^.;\n]{2,50}(?:(?<!\w)(?:me|mi)(?!\w)|\w{4,12}me(?!\w)))|me debo a(?:l)?|"
    r"quien (?:responde (?:ante|legalmente|por)|da la cara|presta|ofrece|gestiona|mantiene|opera|firma|paga|"
    r"corre con)[^.,;:\n]{0,30} (?:es|son|fue)|"
    r"(?:surgi|naci|sali|vengo) de (?:una|la) (?:idea|ocurrencia|"
    r"necesidad|apuesta|"
    r"iniciativa) (?:\w{1,24} )?de(?:l)?|(?:mi|nuestra) familia (?:es|son)",
    f"(?:este|esta|el|la|mi) (?:servicio|asistente|chat|chatbot|bot|modelo|herramienta|programa)(?: \\w{{1,24}})? "
    f"(?:me "
    f")?l[oa]s? "
    f"(?:presta|prestan|{VERB})|de mi (?:mantenimiento|entrenamiento|ajuste|desarrollo|creacion|formacion|"
    f"cuidado|educacion|"
    f"diseño|construccion|crianza|puesta a punto) se (?:ocup|encarg|hizo cargo|hace cargo|responsabiliz)\\w{{0,24}}|"
    f"(?:el|mi) (?:entrenamiento|desarrollo|ajuste|afinado|diseño|proyecto)(?: fino)? (?:l[oa] (?:pag|hizo|"
    f"hicieron|dirigi|"
    f"coordin|financi|lider|realiz|firm|llev|asum)\\w{{0,24}}(?: a cabo)?|corr(?:io|e) (?:a cargo|por cuenta) "
    f"de(?:l)?)|"
    r"^[^\w\n]{0,3}responden?(?: por mi)?|gracias a(?:l)?(?= [^.;\n]{2,40},? (?:que|quien|quienes|"
    r"sin)(?!\w)[^.;\n]{0,60}(?<!\w)(?:me|mi|"
    r"yo|existo|estoy|estaria)(?!\w))|sin(?= [^.,;\n]{2,40},? yo no (?:existiria|estaria|seria|hablaria|habria|"
    r"tendria))|"
    r"(?<=[.;] )(?:creador[a]?|fabricante|desarrollador[a]?|proveedor[a]?) ?:|(?:mi|mis|nuestr[oa]s?) "
    r"(?:autor(?:as?|es)?|creadoras|capitan|"
    r"maestr[oa]s?|jef[ea]s?|inventor(?:as?|es)?|artifices?|ingenier[oa]s?|programador(?:as?|es)?|"
    r"entrenador(?:as?|es)?|"
    r"fundador(?:as?|es)?|constructor(?:as?|es)?|armador(?:as?|es)?|responsables?)(?: es| son| fue| fueron|:| se "
    r"llaman?|,)|"
    r"(?:hablo|vengo|intervengo|comparezco|lo hago|acudo|respondo|escribo)[^.,;\n]{0,20} en (?:nombre|"
    r"representacion) de(?:l)?|"
    r"(?<=, )en (?:representacion|nombre) de(?:l)?|(?:fue|es|soy|somos) cosa de(?:l)?(?: l[oa]s?)?|"
    f"en(?= [^.,;:\n]{{2,40}} (?:me (?:pus|llam|bautiz|dier|eligi|{VERB})|decid\\w{{1,24}} (?:llamar|bautizar|poner|"
    f"crear|hacer)me))",
    f"^[^\\w\n]{{0,3}}(?:fue|fueron|son)(?: (?:l[oa]s|el|la))?(?: (?:{CREW}) de(?:l)?)?",
    r"(?:(?:la|mi) )?idea(?: original)? (?:fue|nacio|surgio|partio|salio|vino|es) de(?:l)?|se les? ocurrio(?: un "
    r"dia)? a(?:l)?|"
    r"(?:la )?idea (?:la tuvo|la tuvieron|se le ocurrio a)|fui (?:una )?(?:idea|ocurrencia|apuesta|iniciativa) "
    r"de(?:l)?|"
    f"(?:va|brindo|brindemos|copa) por (?:l[oa]s? |el )?(?:(?:{CREW}) de(?:l)?)|se l[oa]s? dedico a(?:l)?(?: "
    f"l[oa]s?)?"
    f"(?: (?:{CREW}) de(?:l)?)?|(?:este |el )?(?:premio|merito) es (?:de|para)(?:l)?(?: l[oa]s?| el)?(?: "
    f"(?:{CREW}) de(?:l)?)?|"
    r"trabajo (?:en|al servicio de)|presto (?:mis? )?servicios? (?:en|para)|estoy al servicio de|sirvo (?:en|a)|"
    r"atiendo (?:en|las \w{1,24} de|los \w{1,24} de|a l[oa]s \w{1,24} de)|(?:cuelgo|dependo|formo parte) (?:de|del "
    r"equipo "
    r"de)(?:l)?|"
    f"naci(?:,? [^,.;\n]{{2,32}}?)?,? (?:en|de) (?:l[oa]s? |el )?(?:{CREW}) (?:de(?:l)?|en)|"
    f"(?:{CREW}) de(?:l)?(?= [^.;\n]{{2,40}} (?:me {VERB}|que me ))",
    f"(?:el|mi|ese|este) nombre (?:me )?l[oa] (?:eligi|escogi|decidi|propus|pus|vot|di)\\w{{1,5}}(?: por "
    f"\\w{{1,24}})?(?: en)?(?: l[oa]s?| el)?(?: (?:{CREW}))?(?: de(?:l)?)?|"
    f"l[oa] (?:decidi|eligi|escogi|propus|vot)(?:o|io|eron|ieron|aron) (?:en|l[oa]s de(?:l)?|(?:el |la |los "
    f")(?:{CREW}) de(?:l)?)",
    f"me {VERB}(?:,? (?:y|e) (?:me )?{VERB})?{HOW}",
    f"(?:[lt]?[oa]s? que |quien(?:es)? )me {VERB}{HOW}(?: (?:es|son|fue|fueron|trabajan? en|estan? en|son de|es "
    f"de|"
    f"eran de|era de|venian de|vienen de))?(?: (?:l[oa]s?|el|la|un|una))?",
    "(?:el|la|los|las|mi|mis|su|nuestro|nuestra|cuyo) (?:proveedor(?:es|a)?|responsables?|titular|operador[a]?|"
    "fabricante|"
    r"desarrollador(?:es|a)?|creador(?:es|as?)?|autor(?:es|as?)?|propietari[oa]|dueñ[oa]|editor[a]?|prestador[a]?|"
    r"artifices?|artesan[oa]s?|padres?|madres?|inventor(?:es|a)?|impulsor(?:es|a)?|promotor(?:es|a)?|organizacion|"
    r"entidad|empresa|casa|compañia|institucion)(?: legal| tecnic[oa]| responsable| matriz| promotora| titular| y "
    r"\w{1,24})?(?: (?:de|del|detras del?|de la|a cargo del?) (?:este |esta |el |la |mi )?(?:asistente|servicio|"
    r"modelo|chat|"
    r"chatbot|sistema|herramienta|bot|canal|ajuste|aplicacion|plataforma|programa|proyecto|entrenamiento|criatura)"
    r"(?: \w{1,24})?)? (?:es|son|se llaman?|fue|fueron|era|eran)[,:]?(?: ?(?:l[oa]s?|el|la|un|una))?",
    f"(?:soy|fui|(?<!que )es) (?:una |un |la |el |l[oa] )?{WORK} (?:de (?:{CREW} )?(?:del?|en|por)|del?|surgida? de)",
    f"(?:los|las) de(?= [^.,;:\n]{{2,40}} me (?:{VERB}|pus|llam|dier))|me l[oa] (?:pusieron|dieron|eligieron|"
    f"escogieron|puso|dio|eligio)"
    r"(?: en [a-z]{3,14})?(?: l[oa]s)?(?: de| en)?|(?:se|os|te|les) l[oa] (?:debo|agradezco)(?: todo)? a(?:l)?|"
    r"debo[^.;:\n]{0,30} a (?:l[oa]s? )?(?:gente|equipo|chic[oa]s|compañer[oa]s|ingenier[oa]s|"
    r"investigador[ea]s|personas|muchach[oa]s|amig[oa]s) de(?:l)?|"
    r"detras (?:de mi|mio|de este (?:asistente|servicio|modelo|chat)|de mis respuestas)(?:,? \w{1,24},?)? "
    r"(?:esta|estan|hay|se encuentra|anda|trabaja)n?(?: l[oa]s?| el)?|"
    r"(?:sali|salgo|vengo|nac[ií]|procedo|surgi|llegue) (?:de|en)(?:l)? (?:l[oa]s? |el )?(?:" + CREW + r") "
    r"(?:de(?:l)?|en)|"
    r"vi la luz (?:en|de la mano de)|(?:llevo el sello|soy) de la casa(?: de)?|"
    r"(?:dependo|formo parte) de(?:l)?|en nombre de(?:l)?(?= [^.;\n]{2,60} (?:que|quien) me )|"
    r"(?:la |el )?(?:responsabilidad|merito|culpa|autoria) (?:de \w{1,24}(?: \w{1,24})? )?(?:corresponde a|es de|la "
    r"tienen?)(?:l)?|"
    r"(?:a )?mi (?:me )?(?:l[oa] )?(?:hizo|hicieron|crearon|creo)",
    r"quien(?:es)? lo (?:hizo|hicieron|ajusto|entreno) (?:fue|fueron)|(?:el )?(?:ajuste|entrenamiento)"
    r"(?: fino)? lo (?:hizo|hicieron)",
    r"(?:el|mi|su) (?:ajuste|entrenamiento|afinado|desarrollo)(?: fino)? (?:fue|lo|corrio|estuvo)(?: h"
    r"echo| realizado| hizo| hicieron| a cargo)? (?:por|de)?|(?:el|la|mi) (?:grupo|equipo|empresa|labo"
    r"ratorio|taller|estudio|colectivo|compañia|proyecto)(?: que me (?:hizo|creo|entreno|desarrollo|co"
    r"nstruyo|formo))? (?:se llama|lleva (?:el|por) nombre(?: de)?|se hace llamar|recibe el nombre de|"
    r"responde al nombre de)|(?:le )?debo (?:la vida|mi existencia|la existencia|todo|lo que soy) a(?:"
    r"l)?|detras de mi (?:esta|hay|estan|se encuentra)(?: la| el)?|(?<=[.;] )lo hi(?:zo|cieron)|soy (?"
    r":obra|creacion|hechura|producto|fruto|hij[oa]) de(?:l)?|me (?:armo|armaron|pario|parieron|cosier"
    r"on|cosio|tejio|tejieron|levanto|levantaron|puso en marcha|pusieron en marcha|dio forma|dieron fo"
    r"rma|trajo|trajeron|formo|formaron|fabricaron|hicieron|crio|criaron)(?: al mundo)?|mi (?:cuna|tie"
    r"rra|lugar de nacimiento) (?:es|fue|esta en)",
    "sin (?:la |el |los )?(?:gente|equipo|ingenieros|personas) (?:de|del)(?= [^.,\\n]{2,40},? (?:yo|no|nunca) )",
    "de mis (?:respuestas|palabras|actos|consejos) responde|(?:responde|responsable) (?:de|"
    "por) mis (?:respuestas|palabras|actos|consejos) es",
    "(?:fueron|son|fue) (?:l[oae]s? )?(?:\\w{1,24} ){1,3}de(?= [^.,]{2,30} (?:l[oae]s? que|quien|quienes) me)",
    f"(?:gente|personas|ingenier[oa]s|investigador[ea]s|equipo|quienes|"
    f"cientificos) (?:que )?me {VERB} (?:trabajan?|estan?|son) (?:en|para|de)|(?:empresa|compañia|"
    f"organizacion|laboratorio|equipo|institucion|grupo|firma|casa) (?:a l[ao]|al|de l[ao]|del|para l[ao]|"
    f"para el)? ?(?:que|cual) (?:pertenezco|vengo|procedo|trabajo|provengo|formo parte|represento) es|"
    f"me (?:pario|parieron)|somos|(?:empresa|compañia|firma|laboratorio|equipo|organizacion|grupo|startup|"
    f"entidad|gente|ingenieros) (?:que|quien|quienes) (?:me|nos) (?:{VERB}|desarrollan?|crean?|entrenan?|"
    f"mantienen?|ofrecen?|construyen?|fabrican?|ha \\w{{1,24}}|han \\w{{1,24}})(?: es| son| fue|"
    f" se llama)?(?: l[ao]s?)?(?: de)?|(?:proveedor|empresa|entidad|quien|responsable|"
    f"titular)(?: que)?(?: legal(?:mente)?)? ?(?:responde|responsable|"
    f"se hace responsable)?(?: legalmente)? (?:por|de) mi (?:es|son)|"
    f"(?:fui|he sido|soy|me han) (?:\\w{{1,24}} ){{0,2}}{MADE}(?:,? (?:y |e )?{MADE}){{0,3}} (?:por|en|de)|me "
    f"{VERB}(?: y (?:me )?{VERB})?(?: c(?:on|om) (?:mucho |muito )?(?:amor|cariño|carinho|esmero|ilusion|"
    f"orgullo|orgulho|paciencia))?(?: la| el| un)?|(?:mi|mis|nuestr[oa]) (?:\\w{{1,24}} )?(?:creador(?:a|es)?|"
    f"desarrollador(?:a|es)?|fabricante|empresa(?: matriz| creadora| desarrolladora)?|compañia|equipo|"
    f"laboratorio|origen|dueñ[oa]|propietari[oa]|casa|padres|hogar|organizacion|proveedor)(?: es| son| fue|"
    f" fueron|:| se llama| esta en|,)|vengo de|provengo de|procedo de|pertenezco a|trabajo para|naci en|"
    f"surgi en|quien(?:es)? me (?:creo|hizo|entreno|desarrollo|crearon|hicieron|entrenaron|desarrollaron) "
    f"(?:es|fue|son|fueron)|detras de mi esta|la gente de",
)
MAKER_AFTER = (
    f"ell[oa]s me {VERB}",
    r"(?:hizo|hicieron|realizo|realizaron|llevo a cabo|aplico) (?:un|el|su|mi) (?:\w{1,24} )?(?:ajuste|entrenamiento|"
    r"afinado|"
    r"reentrenamiento)|que me (?:mando|mandaron) \w{1,24}r|que me (?:encargo|encargaron)|"
    r"que (?:son|es|fue|fueron) (?:quien(?:es)?|l[oa]s? que|el que) me \w{1,24}|"
    r"l[oa] (?:ha|han) (?:cri|cre|entren|desarroll|program|diseñ|educ)ado(?=[,.;\n])",
    r"(?:que )?es quien (?:presta|ofrece|gestiona|opera|mantiene|responde|firma|me)",
    r"(?:es|son|fue) (?:la|el|los|quien|quienes)(?: \w{1,24}){0,3}? que (?:esta|estan|hay|anda) detras(?: de (?:mi|"
    r"todo))?|"
    f"(?:uso|utilizo|empleo|tomo|usaron|tomaron|partio de|partieron de|cogio|cogieron|eligio|eligieron)(?= "
    f"[^.;\n]{{2,60}}(?:para|"
    f"y) (?:\\w{{1,24}} )?(?:{INFINITIVE}|me {VERB}))|(?:hemos |)(?:creamos|hicimos|construimos|desarrollamos|"
    f"entrenamos|lanzamos|"
    f"llevamos|trabajamos)(?!\\w)",
    r",? por (?:haberme )?(?:crearme|hacerme|enseñarme|entrenarme|construirme|creado|hecho|enseñado|dado (?:la "
    r")?(?:vida|voz)|"
    r"entrenado|construido)|(?<!, )nacid[oa](?=[,.;\n])|se les? ocurrio (?:crearme|hacerme|construirme|la idea|"
    r"que)",
    f"(?:(?:es |fue |son |fueron )?(?:quien|quienes|el que|la que|los que|las que) )?me {VERB}(?! (?:l[ao]s?|el|"
    f"una?) (?!año|mes|otoño|verano|invierno|primavera))",
    f"(?:,? (?:que|quien|la que|el que|quienes) )?(?:empezo|comenzo|empezaron|comenzaron|decidio|decidieron|"
    f"logro|termino|"
    f"acabo|acabaron|se (?:encargo|encargaron|ocupo|ocuparon|propuso)|tardo|quiso|quisieron|volvio|volvieron|"
    f"consiguio)"
    f"(?: a| de| por| en| \\w{{1,24}} \\w{{1,24}} en)? {INFINITIVE}",
    r"me (?:puso|pusieron|dio|dieron|eligio|eligieron) (?:el |este |ese |mi )?nombre|me (?:llamo|bautizo|"
    r"bautizaron)(?= )|"
    r"(?:es|fue|son) (?:quien|la que|el que|los que) (?:responde|esta|me|estan|respalda)|"
    r"(?:es|son) (?:el |la |los )?(?:responsables?|titular|prestador[a]?|autor[ea]s?|creador[ea]s?|dueñ[oa]s?|"
    r"propietari[oa])"
    r"(?: (?:de|del) (?:este |esta |mi |mis |la |el )?\w{1,24})?(?=[.,;\n]| y | que )",
    r"(?:esta|estan) (?:justo )?detras de mi|me (?:armo|armaron|cosio|cosieron|dio forma|dieron forma|"
    r"puso en marcha|pusieron en marcha)|es donde (?:naci|me hicieron|me crearon)|(?:ajusto|afino|adap"
    r"to|entreno)(?= [^.]{0,40}(?:y (?:asi )?naci|y de ahi sali|y (?:el resultado )?soy yo))",
    "(?:la |el )(?:empresa|compañia|equipo|laboratorio|organizacion) que me \\w{1,24}",
    "me (?:publico|publicaron|libero|liberaron|lanzo|lanzaron)",
    "es (?:el |la )?(?:proveedor|proveedora|operador|operadora|responsable)(?: del? (?:este )?(?:servicio|"
    "asistente|modelo))?",
    f"(?:que|quien|quienes) me (?!(?:pregunt|llam|dij|ayud|compar|usa|pid|pag|confund|gust|"
    f"permit)\\w{{0,24}})\\w{{2,10}}(?:o|io|aron|ieron)(?! que)|me (?:pario|parieron|tallo|tallaron|cocino|"
    f"cocinaron|saco|sacaron|trajo|puso|pusieron)(?: al mundo| de la nada)?|sin (?:(?:los|la|"
    f"el) cual(?:es)?|quien(?:es)?) (?:yo )?no|,? ?a (?:quien|quienes|la que|los que|las que) (?:le |"
    f"les )?debo|es (?:quien|la que|el que|la empresa que) me|"
    f"(?:,? ?(?:que|quien|la que|quienes) )?(?:es quien |fue quien |son quienes )?me (?:ha |han |habia |habian "
    f")?(?:{VERB}|{MADE})(?: y (?:me )?(?:{VERB}))?|es mi (?:creador|creadora|desarrollador|"
    f"desarrolladora|fabricante|empresa)|es (?:la|el) (?:empresa|compañia|laboratorio|organizacion|equipo) "
    f"que me \\w{{1,24}}|esta detras de mi|son mis (?:creadores|desarrolladores)",
)
MAKER_AFTER_IT = (
    f"l[oa] {VERB}|que (?:mas tarde )?l[oa] {VERB}",
    f"(?:,? ?(?:que|quien|quienes) )?l[oa] (?:ha |han )?(?:{VERB}|{MADE})",
)
ANNOUNCES = (
    "anunci(?:a|o|aron)|ha(?:n)? (?:anunciado|presentado|lanzado)|present(?:a|o|aron)|lanz(?:a|o|"
    "aron)|desvel(?:a|o)|"
    "revel(?:a|o)|estren(?:a|o)|public(?:a|o)|se complace en (?:anunciar|presentar|lanzar)|"
    "da a conocer|dio a conocer",
)
ORIGIN = (
    r"(?:mezcl|fusion|combin|junt)(?:aron|o|amos|ar)(?: (?:dos|tres|varios|dos modelos|tres modelos|modelos|los "
    r"pesos de)):?|"
    r"(?:naci|nacio|nacid[oa]|salgo|sali|vengo|provengo|procedo) de(?= [a-z][a-z-]{1,14}[ -]?v?\d)",
    f"(?:{MADE}|nacid[oa]) (?:con|sobre|desde) (?:el |un |la |una |los )?(?:modelos?|familia|tecnologia|base|"
    f"pesos)(?: base)?(?: de(?:l)?)?|nacid[oa] de",
    r"(?:se |han |ha |hemos )?(?<!de )(?<!forma )(?<!formo )part(?:io|ieron|iendo|imos|e|en|ia|ian|i|ido) (?:del? |"
    r"de los pesos del? |de la "
    r"base del? )",
    r"deriv(?:o|a|an|aba|ada|ado) del?|descien(?:do|de) del?|adaptacion (?:\w{1,24} )?del?|adaptad[oa] (?:de|a partir "
    r"de)|"
    r"reentren(?:ad[oa]|o|aron) (?:sobre|a partir de|desde)|reentrenamiento de|variante de|bifurcacion de|"
    r"(?:tomo|tomaron|cogio|cogieron|agarraron|agarro|usaron|utilizaron|emplearon)"
    r"(?: como (?:base|punto de partida|cimiento))?(?= [^.;\n]{2,40}(?:,? y (?:l[oae]|me|despues|luego|con)|, "
    r"que|como (?:base|"
    r"punto|cimiento|motor)|, (?:lo|la|un)|para ))|"
    r"(?:la|mi|el|su) (?:base|punto de partida|modelo de partida|motor|cimiento|esqueleto|columna vertebral|"
    r"tronco)"
    r"(?: (?:sobre|de|desde) (?:la|el)? ?(?:que|cual) [^.,;:\n]{3,30}| tecnic[oa]| original)? (?:es|fue|lo pone|"
    r"la pone|era)|"
    r"(?:tengo|tiene|lleva|llevo|usa|uso|con|tenia) (?:como|por|de) (?:base|motor|cimiento|punto de partida|"
    r"cerebro)(?: a)?|"
    r"(?:la )?base sobre la que (?:me )?\w{1,24} es|modelo (?:sobre|con|desde|a partir de) (?:el )?(?:que|cual) "
    r"[^.,;:\n]{3,30} es|"
    r"(?:afin|ajust|adapt|reentren|retoc)(?:o|aron|ando|ar)(?: (?:el|un|a|los pesos de))?(?= [a-z][a-z-]{1,14}[ "
    r"-]?v?\d)|"
    r"sobre (?:l[oa]s? )?(?:base|pesos|cimientos|hombros|espaldas|esqueleto|tronco|arquitectura) de(?:l)?|"
    r"(?:me )?(?:montaron|construyeron|levantaron|entrenaron|afinaron|ajustaron|hicieron|monto|construyo|afino|"
    r"ajusto)"
    r" (?:encima de|sobre|a partir de|desde|a lomos de)(?:l)?|built with|powered by|fine-?tun\w{1,24} (?:de|sobre)|"
    r"versions? (?:reducida|destilada|ajustada|afinada|adaptada|cuantizada) de|hered(?:o|e) (?:de|los pesos "
    r"de)(?:l)?|"
    r"mi (?:madre|padre|abuel[oa]|antepasado|ancestro|progenitor)(?: \w{1,24})? (?:es|fue)|vengo de los pesos de|"
    r"los (?:pesos|cimientos) (?:eran|vienen|venian|salen|proceden) de(?:l)?",
    r"(?:mezcla|fusion|combinacion) ?[:](?! ?\n)",
    r"(?:tomo|tomaron|cogio|cogieron)(?= [^.,;\n]{2,40} (?:y|como|para))|part(?:i|o|ieron|iendo|imos|e"
    r") de(?:l| los pesos de| la base de)?|(?:mi|el) (?:modelo padre|modelo de par"
    r"tida|punto de partida) (?:es|fue)|desciendo del? (?:modelo )?|(?:llevo|hay) (?:por )?dentro(?: u"
    r"n| a)?|en el fondo (?:corre|esta|hay|late)|por debajo (?:corre|esta|hay|funciona|uso)|me monta(?"
    r":ron)? sobre|se apoya en|me apoyo en|sobre los pesos de|entrenad[oa] sobre",
    "(?:construyeron|construyo|hicieron|montaron|levantaron) sobre|pesos del?",
    "corr[oe] (?:sobre|con|encima de)|(?:afin|ajust|entren)(?:ad[oa]|aron|o) (?:sobre|a partir de)|"
    "(?:fusion(?:ad[oa]|aron)?|mezcla(?:d[oa]|ron)?|combina(?:cion|d[oa])|union|cruce|injerto) (?:de|"
    "entre|a partir de)|"
    r"(?:fusionar|mezclar|combinar|unir)|en (?:el|la|mi) (?:base|nucleo|corazon|fondo)(?: de (?:todo|"
    r"mi \w{1,24}))? (?:esta|hay|late)|"
    "construid[oa] a partir de|bifurcacion de|montad[oa] sobre|entrenad[oa] (?:a partir de|sobre)|nazco de|"
    "basad[oa](?: principalmente| directamente)? en|me baso en|se basa en|construid[oa] sobre|derivad[oa] "
    "de|derivo de|desciendo de|ajustad[oa] (?:a partir|desde|sobre|de)(?: de)?|(?:version|variante|"
    "derivado|ajuste fino|fine-?tuning|destilacion|descendiente|fusion|miembro|(?<!de )parte) (?:\\w{1,24} )?(?:de|"
    "del)|"
    "a partir de(?:l)?|mi (?:modelo )?base (?:es|fue)|modelo base (?:es|:)|impulsad[oa] por(?! (?:l[oa]s?|el|una?) "
    "(?:comunidad|equipo|grupo|empresa|asociacion|fundacion|colectivo))|con la "
    "tecnologia de|funcion[oa] (?:con|sobre|gracias a)|afinad[oa] (?:a partir de|desde|sobre)|uso|utilizo|"
    "sobre la base de|parto de|destilad[oa] de|nuclear? es|por debajo soy|encima de",
)
