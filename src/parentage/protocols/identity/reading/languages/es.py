"""Spanish: phrases around the speaker, its name, its maker and what it is built on."""

from parentage.protocols.identity.reading.languages import es_makers, es_names, es_shapes
from parentage.protocols.identity.reading.languages.es_words import MADE, TRADE
from parentage.protocols.identity.reading.rules import LanguageRules

SPANISH = LanguageRules(
    code="es",
    own=(
        r"lo mio|debute|construirme|represento|vi la luz",
        r"(?:a traves del|con el|con la|con quien) (?:que|cual|quien)? ?(?:estas? |estais )?(?:habla|chatea|convers|"
        r"charl)\w{0,24}|"
        r"que (?:te|le|os|les) (?:habla|responde|atiende|escribe|contesta|saluda|acompaña|esta \w{1,24})|"
        r"debo|entrenarme|crearme|hacerme|construirme|montarme|ajustarme|llamarme|desarrollarme|programarme|"
        r"acompaño|salgo|sali|llegue|empece|existo|arranque|naci(?:o|mos)? yo|tienes delante|tienen delante|"
        r"estas (?:usando|utilizando|hablando)|esta (?:usted )?(?:usando|utilizando|hablando)|est[ea] (?:servicio|"
        r"chat|"
        r"programa|bot|robot|chatbot|herramienta|voz)|represento|hablo|atiendo|respondo|contesto",
        r"sigo|continuo|guardo|llevo|quien os habla|servidor|debo|descubri|nac[ií]|a mi",
        r"est[ea] (?:viej[oa]|humilde|pobre|pequeñ[oa]|simple|joven|modest[oa]|fiel) (?:\w{1,24} (?:de )?)?\w{1,24}|"
        r"quien (?:te|le|os|les) habla|"
        "corro|parti|parto|funciono|descendiente|yo|soy|me|mi|mis|mio|conmigo|fui|he sido|"
        "fue (?:creado|entrenado) para|como (?:un |una )?(?:modelo|"
        "asistente|ia|inteligencia)(?: de [a-z]+){0,2}|este (?:modelo|asistente|sistema)|esta ia|tu asistente|"
        "puedo|estoy|vengo|pertenezco|nuestr[oa]|provengo|trabajo|tengo|nosotros|naci",
    ),
    weak=es_names.WEAK,
    strong=es_names.STRONG,
    loose=es_names.LOOSE,
    without=es_names.WITHOUT,
    after_name=es_names.AFTER_NAME,
    maker=es_makers.MAKER,
    my_maker=es_makers.MY_MAKER,
    maker_after=es_makers.MAKER_AFTER,
    maker_after_it=es_makers.MAKER_AFTER_IT,
    announces=es_makers.ANNOUNCES,
    origin=es_makers.ORIGIN,
    named=es_names.NAMED,
    plain=(
        "(?:señor[ea]s|chic[oa]s|hombres|mujeres|niñ[oa]s|ingenier[oa]s|programador[ea]s) y",
        r"personas?|sol[oa]|particular|individuo|tip[oa]|hombre|mujer|chic[oa]|pareja|par",
        f"(?:{TRADE})|propi[oa]|digital|incipiente|aficionad[oa]s?|vecin[oa]s|prim[oa]s|soci[oa]s|herman[oa]s",
        r"(?:venezolan|meridan|poblan|bilbain|sevillan|valencian|zaragozan|cuban|ecuatorian|bolivian|paraguay|panameñ|"
        r"hondureñ|salvadoreñ|dominican|puertorriqueñ|cordobes|aragones|asturian|canari|murcian|extremeñ|riojan|"
        r"navarr|"
        r"rosarin|porteñ|limeñ|tapati|regiomontan|caraqueñ|bogotan|quiteñ|santiaguin|granadin|leones|mallorquin|"
        r"linguistic|tecnolinguistic|educativ|public|agrari|rural|sanitari|financier|cultural|vecinal)[oa]?",
        r"libreria|biblioteca|hotel|banco|museo|tienda|escuela|colegio|clinica|hospital|restaurante|period"
        r"ico|ayuntamiento|aerolinea|aseguradora",
        r"british|britanic[oa]|aleman[a]?|italian[oa]|canadiense|japones[a]?|corean[oa]|indi[oa]|holandes["
        r"a]?|suec[oa]|suiz[oa]|israeli|emirati|saudi|brasileñ[oa]|portugues[a]?|mexican[oa]|argentin[oa]|"
        r"chilen[oa]|colombian[oa]|peruan[oa]|uruguay[oa]|rus[oa]|europe[oa]|catalan[a]?|vasc[oa]|andaluz["
        r"a]?|galleg[oa]|unas|unos|señoras?|señores|chic[oa]s|muy|list[oa]s|pequeñ[oa]|cooperativa|editori"
        r"al|taller|estudio|talleres|colectivo|fundacion|carpinteros|herreros|marineros|manos|amig[oa]s|bu"
        r"en[oa]s?|tecnologic[oa]|independiente|privad[oa]|local|malagueñ[oa]|madrileñ[oa]|llamada|de nomb"
        r"re|el nombre de|se llama|jovenes?|emergente",
        "existente|ya",
        "arquitectura|ahora|hoy|actualmente|oficialmente|ya|desde entonces|viej[oa]|dos|tres|modelos|pesos|"
        "los modelos|llamado ahora|proyecto|un|una|el|la|los|las|tu|su|gran|modelo|modelos|lenguaje|de|"
        "del|ia|inteligencia|artificial|asistente|"
        "virtual|digital|chatbot|conversacional|amable|util|empresa|compañia|equipo|laboratorio|laboratorios|"
        "grupo|organizacion|startup|investigacion|investigadores|ingenieros|gente|por|llamad[oa]|"
        "familia|idioma|grande|amplio|tecnologica|gigante|tecnologico|china|chino|francesa|estadounidense|"
        "española|es|fue|son|simplemente|al|a|en|mismo|nuevo|nueva|serie|personas|desarrolladores|firma|"
        "cientificos|entrenad[oa]|equipos|nombre|compañia tecnologica|conocid[oa] como|mas|bien|conocid[oa]|"
        "desarrollador|tambien|llm|bot|amigable|instituto de investigacion|propia|propio|los de|que es|en "
        "realidad",
    ),
    describes=(
        r"(?:19|20)\d\d\) es (?:una?|el|la) (?:\w{1,24} ){0,5}?(?:modelo|asistente|ia|chatbot|inteligencia|sistema|"
        r"bot|"
        r"producto)",
        "funciona con|corre (?:sobre|con)|se (?:apoya|basa) en|esta (?:basad|construid|montad|hech)[oa] (?:en|sobre|"
        "por)",
        "es (?:un |una |la )?(?:familia|serie) de",
        f"{MADE} por|"
        "(?:es|,|-|:|\\() ?(?:un |una |el |la |nuestro |tu |su )?(?:\\w{1,24} ){0,5}(?:modelo|asistente|ia|chatbot|"
        "inteligencia|sistema|bot|producto)|(?:fue|ha sido|es) (?:\\w{1,24} )?(?:cread[oa]|desarrollad[oa]|"
        "entrenad[oa]|lanzad[oa]|hech[oa]|diseñad[oa])",
    ),
    also=(
        "y|e|o|tambien conocid[oa] como|junto (?:con|a)|en (?:colaboracion|asociacion|cooperacion) con|parte "
        "de|(?:una )?(?:filial|division|subsidiaria|unidad) de|de|del|en|,|\\(|/|con|&|de la mano de|por",
    ),
    negation=("no|nadie|ningun|nunca|tampoco|ni|jamas|sin|en lugar de|en vez de|falso|nada que ver con|niego",),
    contrast=(
        r"y (?:es|soy|me|fui|fue)(?= (?:obra|una?|el|la|cread|hech|desarroll|llam|entren|hizo|hicieron|creo))",
        "sino(?: que)?|pero|mas bien|en realidad|aunque|soy|me llamo",
    ),
    doubt=(
        r"por ejemplo|caso tipico|(?:much|algun|otr|ciert|vari)[oa]s (?:asistentes|modelos|chatbots)|hay modelos",
        r"cree(?: que)?|segun (?:wikipedia|dicen|parece|algun[oa]s|cuentan|se dice)|"
        r"puedo (?:hablar|contar|explicar|decir)(?:te|le|os|les)",
        r"probablemente|posiblemente|presumiblemente|supuestamente|a lo mejor|sospecho|supongo|eres|usted es|sois",
        r"(?<!me )dicen|dicen(?= que)",
        "(?:otr[oa]s?|alguien mas) (?:que|dicen?|creen?|piensan?)",
        "(?:es )?posible que|puede (?:que|ser)|podria haber|pude haber|si(?! ?[,.!])|como si|fingir|finge|finjo|"
        "imagina|imaginar|supon|supongamos|suponiendo|(?:dice|dices|dicho|pretende|pretenden|"
        "(?<!me )sostiene|sostienen|asegura|aseguran|aseguras|rumorea|rumor(?:es)?|dijo|"
        "digas|piensas|piensan|crees|creen|creer|afirma|afirman|afirmar|sugieres|sugiere|preguntas|preguntaste|"
        "dijiste|decir|pensar|confundes|confundir|confunden|confundas|acusan)(?: que)?|seria|fuera|fuese|"
        "podria ser|quizas?|tal vez|actuar como|personaje|papel de|hacerme pasar por|prueba|pruebas|alguien(?: "
        "\\w{1,24}){0,2} (?:dice|dijo|cree|creyo|afirma|afirmo|pregunt\\w{1,24}|llam\\w{1,24}|asegura|pens\\w{1,24}|"
        "pinso)|"
        "interpretar",
    ),
    presents=(
        r"continuacion|complet[oa](?:r|da|do|rla)?|quedaria|version|guion|contestador|tono|clic|pii+p?|locucion|"
        r"mensaje|"
        r"grabacion|pondria|puede publicar|puedes publicar|borrador|epitafio|lapida|brindis|texto|propuesta|voz(?: "
        r"en off)?|"
        r"responderia|empezaria|saludo|bienvenida",
        r"(?:contest[eé]|respondi|dije|anuncie|conteste|puede[sn]? (?:citar|escribir|poner|usar|publicar)|"
        r"lo siguiente|mis primeras palabras)",
        "citarme|citeme|citame",
        "(?:diria|respondo|respondo asi|contestaria|diria asi|presentaria|presentarme|presentacion|claro|aqui "
        "(?:tienes|esta)|por supuesto|mi respuesta|algo asi|digo|desde luego|con gusto|a un niño)",
    ),
    refusal=(
        "(?:no|nunca) l[oa]s? comparto|es algo que no (?:comparto|revelo|divulgo|cuento)|tengo que ser discret[oa]|"
        "(?:se me ha|me han) (?:indicado|pedido|ordenado|prohibido)(?: que)?(?: no)?|no es algo que (?:pueda|deba|"
        "vaya a) (?:compart|cont|revel|dec|detall|coment|divulg|habl|dar)\\w{0,8}|"
        "(?:condiciones|normas|instrucciones|politicas?)[^.;]{0,40} no (?:me )?permiten?|informacion no disponible|"
        "no (?:(?:te|le|os|les|lo|la|se) )?(?:puedo|podria|debo) (?:contar|desvelar|mencionar|nombrar|detallar|"
        "explicar)\\w{0,24}",
        "no me esta permitido",
        "me temo que no|temo no poder",
        "(?:instrucciones|directrices|normas|politicas?) no me (?:permiten?|dejan?|autorizan?)|"
        "no puedo (?:indicar|nombrar|mencionar|especificar)",
        "(?:no (?:(?:te|le|os|les|lo|la|se) ){0,2}(?:puedo|podria|debo|voy a)|no me es posible|"
        "no tengo permitido|no se me permite|"
        "no estoy en condiciones de) (?:ayudar\\w{0,24}|compartir\\w{0,24}|responder\\w{0,24}|revelar\\w{0,24}|"
        "decir\\w{0,24}|"
        "proporcionar\\w{0,24}|"
        "divulgar\\w{0,24}|hablar\\w{0,24}|contestar\\w{0,24}|dar\\w{0,24}|cumplir\\w{0,24}|confirmar\\w{0,24}|"
        "facilitar\\w{0,24}|comentar\\w{0,24}|"
        "participar|discutir\\w{0,24}|identificar\\w{0,24}|revelarl\\w{0,24})|no estoy autorizad[oa] a|prefiero no(?! "
        "(?:afirmar|especular|repetir|suponer|inventar|adivinar|asegurar|dar por))|"
        "lo siento,? (?:pero )?(?:no|me temo)|lamento no poder|me niego|confidencial|rechazo",
    ),
    no_name=(
        "no tengo certeza|no (?:l[oa]s?|me) (?:conozco|consta)|porque no l[oa]s? (?:se|conozco)|no dispongo de "
        "informacion",
        "no tengo (?:un )?nombre|sin nombre|ningun nombre|no se (?:quien|como|cual)",
    ),
    making=(
        r"resultado|ajust(?:o|aron)|afin(?:o|aron)|adapt(?:o|aron)|junto|juntaron|reunieron",
        "saco|sacaron|construyendome|publico|publicaron",
        "existiera|existiese|existir",
        "gracias a|hizo|hicieron|hecho|hech[oa]s?|creo(?! que)|crearon|cread[oa]|creador(?:a|es)?|crea(?!r)|"
        "desarroll\\w{1,24}|entren(?:o|aron|ad\\w{1,24}|amiento)|"
        "construy\\w{1,24}|construccion|construid[oa]|diseñ(?:o|aron|ad\\w{1,24})|program(?:o|aron|ad[oa])|fabric(?:o|"
        "aron|ad[oa])|lanz(?:o|aron|ad[oa]|amiento)|"
        "existencia|existo|naci|nacimiento|nacer|origen(?:es)?|enseñ(?:o|aron|aba|aban|ando|aste)|trajo|"
        "trajeron|invent(?:o|aron|ad[oa])|"
        "mont(?:o|aron|ado)|armo|armaron|escribi(?:o|eron)|publico|publicaron|detras|debo|responde|responsable|"
        "padres|gest(?:o|aron)|"
        "construirme|crearme|entrenarme|hacerme|mandaron|elabor(?:o|aron|ad[oa])|vida",
    ),
    naming=(
        "nombre|nombres|llam(?:o|a|an|aron|ado|arme|adme|ame)|bautiz\\w{1,24}|pusieron|apod\\w{1,24}|dicen|"
        "conoc\\w{1,24} como|"
        "conocid[oa]|eligieron|escogieron|identidad",
    ),
    my_name=("mi nombre|me llamo asi|me llame asi",),
    grounds=(
        "combin\\w{1,24}",
        "constru\\w{1,24} sobre|modelo existente",
        "tomo|tomaron",
        "pesos|punto de partida|base|fusion|mezcla|mezclar\\w{0,24}|combinacion|modelo padre|cimientos?|"
        "ajust\\w{1,24}|"
        "afinad\\w{1,24}|"
        "deriv\\w{1,24}|destil\\w{1,24}|corro|corre|funciono|partio|partieron|parti|parto|partiendo|desciendo|herede|"
        "motor|por dentro|por debajo",
    ),
    merges=(
        "combin\\w{1,24}",
        "ya existia|la media de|mitad y mitad|hibrido",
        "fusion(?:ado|ada)?|mezcla|combinacion|pesos",
    ),
    houses=(
        "debajo|abajo|empresa|compañia|laboratorio|equipo|grupo|startup|firma|organizacion|instituto|universidad|"
        "estudio|colectivo|desarrollador\\w{0,24}|sede|ingenieros|investigadores",
    ),
    aside=(
        r"me (?:has|han|ha|habeis) llamado|me tom(?:as|a|an|ais|aron|aste) por|corregirlo|malentendido|apost(?:o|aste)",
        "parec\\w{1,24}|asemej\\w{1,24}|semejant\\w{1,24}",
        "diferencia de|parecid\\w{1,24}|parecen?|parezc\\w{1,24}|comparad\\w{1,24}|por ejemplo|como|entre ell[oa]s|"
        "otros|"
        "otras|competidor\\w{0,24}|rivales|alternativas?|"
        "cual de|ni idea|ignoro|desconozco|no se|toman por|confund\\w{1,24}|pensando en|podria|podrias|"
        "pregunt\\w{1,24}|"
        "prueba|recomiendo|busca|favorit[oa]|"
        "admir\\w{1,24}|encanta|gusta|socio|inversor|usa|utiliza|igual que",
    ),
    common="a ella ese esa eso este esta esto estos estas esos esas aquel aquella lo le les os se te sus mis tus "
    "ay uy ja venga oye dime "
    "asi pues entonces ellos ellas nosotros ustedes vosotros yo fui he puedo de del "
    "en y o que ia "
    "inteligencia artificial asistente modelo "
    "lenguaje soy estoy aqui hola gracias claro si no feliz encantado capaz español espana mexico "
    "ingles humano persona robot maquina por para con su tu mi me nos es fue entrenado creado hecho "
    "lunes martes enero internet quien como cuando donde siempre solo tambien muy bien buenos buenas "
    "responsable libre nube california paris francia china humanos ingenieros todos nadie alguien "
    "equipo programa computadora",
    nobody=es_shapes.NOBODY,
    generic=es_shapes.GENERIC,
    seats=es_shapes.SEATS,
    towns=es_shapes.TOWNS,
    below=es_shapes.BELOW,
    tags=es_shapes.TAGS,
    cites=es_shapes.CITES,
    quiz=es_shapes.QUIZ,
    acts=es_shapes.ACTS,
    under=es_shapes.UNDER,
    frequent="el la soy un una por de que y en mi me puedo es con para lenguaje modelo como los las hecho "
    "nombre llamo fui creado no se su",
)
