"""Spanish."""

from parentage.protocols.identity.reading.rules import LanguageRules

_MADE = (
    "(?:hech[oa]|cread[oa]|desarrollad[oa]|entrenad[oa]|construid[oa]|diseñad[oa]|producid[oa]|lanzad[oa]|"
    "programad[oa]|fabricad[oa]|publicad[oa]|mantenid[oa]|ofrecid[oa]|ajustad[oa](?! de)|elaborad[oa]|"
    "concebid[oa]|operad[oa]|propiedad|forjad[oa]|botad[oa]|(?:model|molde|ensambl|afin|adapt|"
    "perfeccion)ad[oa](?! de)|criad[oa]|"
    "educad[oa]|adiestrad[oa]|enseñad[oa]|personalizad[oa]|codificad[oa]|escrit[oa]|"
    "inventad[oa]|ideado|ideada|montad[oa]|formad[oa]|traid[oa] al mundo|puesto a punto|gestad[oa]|presentad[oa])"
)
_VERB = (
    "(?:hizo|hicieron|creo|crearon|desarrollo|desarrollaron|entreno|entrenaron|construyo|construyeron|"
    "diseño|diseñaron|programo|programaron|lanzo|lanzaron|ha creado|han creado|ha desarrollado|ha "
    "entrenado|ha hecho|han hecho|han entrenado|han desarrollado|ha diseñado|fabrico|fabricaron|dio (?:la )?vida|"
    "dieron (?:la )?vida|trajo al mundo|trajeron al mundo|enseño|enseñaron|educo|educaron|crio|criaron|"
    "forjo|forjaron|"
    "boto|botaron|afino|afinaron|ajusto|ajustaron|ideo|idearon|invento|inventaron|monto|montaron|escribio|"
    "escribieron|produjo|produjeron|regalo la vida|regalaron la vida)(?: a (?:hablar|conversar|pensar|responder))?"
)

SPANISH = LanguageRules(
    code="es",
    own=(
        r"sigo|continuo|guardo|llevo|quien os habla|servidor|debo|descubri|nac[ií]|a mi",
        r"est[ea] (?:viej[oa]|humilde|pobre|pequeñ[oa]|simple|joven|modest[oa]|fiel) (?:\w+ (?:de )?)?\w+|"
        r"quien (?:te|le|os|les) habla|"
        "corro|parti|parto|funciono|descendiente|yo|soy|me|mi|mis|mio|conmigo|fui|he sido|"
        "fue (?:creado|entrenado) para|como (?:un |una )?(?:modelo|"
        "asistente|ia|inteligencia)(?: de [a-z]+){0,2}|este (?:modelo|asistente|sistema)|esta ia|tu asistente|"
        "puedo|estoy|vengo|pertenezco|nuestr[oa]|provengo|trabajo|tengo|nosotros|naci",
    ),
    weak=(
        r"al (?:aparato|habla|telefono|otro lado de la linea)[,:]?",
        r"(?:yo )?soy (?:efectivamente|realmente|sencillamente|de verdad|pues|precisamente|ni mas ni menos"
        r" que|solo)|(?:estas|esta|estais|estan) (?:charlando|hablando|conversando|chateando|tratando|en c"
        r"ontacto) con|sigo siendo|al habla|quien (?:te|os|le|les) habla es",
        "(?:tienes|tiene|tienen) delante(?: a)?",
        "(?:el|este) (?:modelo|programa|asistente) que (?:\\w+ ){1,6}es",
        "sigo siendo|(?:comparezco|hablo|me presento|acudo|vengo)(?: \\w+){0,3} como|(?:el )?(?:buzon de voz|"
        "contestador(?: automatico)?|buzon) de(?:l)?|"
        "(?:yo )?soy (?:la |el )?(?:version|edicion) v?\\d[\\w.]{0,7} de(?:l)?|(?:estas|esta|estan) (?:usando|"
        "utilizando)|(?:usas|utilizas)|hablas con|habla con|vos (?:estas )?habla(?:s|ndo) con|(?:el|la|este|"
        "esta) (?:programa|modelo|asistente|bot|ia|sistema)(?: que (?:usas|estas usando|esta usando|"
        "tienes delante|te responde|te habla))? (?:es|se llama)|"
        "soy yo[,:]|(?:yo )?soy(?: en realidad| simplemente| solo| realmente| de hecho| tambien| el modelo|"
        " la ia)?|aqui|"
        "est[ea] es|hablas con|me presento,?(?: soy)?|(?:y|luego|despues|finalmente|ahora|por ultimo|"
        "entonces),? yo[,:]|"
        "(?:has|ha|habeis|han) (?:llamado|contactado|telefoneado) (?:con|a)(?:l contestador de| la linea de)?|"
        "(?:te|se) (?:has|ha) comunicado con|esta(?:s|is|n)? (?:usted(?:es)? )?(?:hablando|conversando|"
        "chateando) con|saludos de|"
        "como|te habla|se trata de",
    ),
    strong=(
        r"(?:eligi(?:o|eron)|escogi(?:o|eron)|propus(?:o|ieron)|vot(?:o|aron)) (?:el nombre|por el nombre|"
        r"llamarme)(?: de)?|el nombre(?=[^,.;\n]{2,24} (?:fue|viene|lo |surgio|se (?:eligio|escogio)))|por"
        r" que(?: el nombre)?(?=[^?\n]{2,24} ?[?][^\n]{0,120}(?:mi nombre|me pusieron|me llam|el nombre))",
        r"mi nombre de (?:pila|guerra|bautismo) es",
        r"(?<!\w)(?:el )?nombre,? es(?! (?:lo|el|la|un|una|de)(?!\w))",
        r"(?:el|mi) (?:nombre )?(?:correcto|verdadero|real|autentico|bueno|de verdad)(?: nombre)? es|mi no"
        r"mbre(?: si(?:gue)?)? (?:es|era|sigue siendo|siempre ha sido)|mi nombre(?=, [^,.\n]{2,24},)[,:]?|"
        r"(?:llevo|tengo|recibi) (?:por|el|como) nombre(?: de)?|me (?:llamo|llaman) (?:todavia|simplemente"
        r"|sencillamente|en realidad)|me (?:pusieron|dieron|eligieron) (?:de |por |el )?nombre(?: de)?|pue"
        r"des llamarme|firmo como",
        "(?:puedes|puede|pueden|podeis) decirme",
        "me (?:llamaban|decian|nombraban)",
        "(?:decidieron|decidio|optaron por|eligieron) (?:llamarme|nombrarme|bautizarme)(?: como)?|(?:llamarme|"
        "nombrarme|bautizarme)(?: como)?|"
        "el nombre (?:que|con (?:el )?que|por el que) (?:me|mis|nos|se)[^.,;:\n]{2,34} (?:es|fue|era)|(?:me|"
        "nos) (?:llamaron|nombraron|pusieron por nombre|pusieron de nombre|bautizaron)(?: como|"
        " con el nombre de)?|"
        "me llamo|mi nombre(?: completo| real| oficial| de modelo)?(?: es|:)|(?:puedes|pueden|podeis|puede) "
        "llamarme|llamame|me llaman|me (?:dicen|conocen como|conoce como|bautizaron|denominaron|denomino|"
        "identifico como|presento como|nombraron|pusieron(?: de nombre)?)|(?:soy|fui|he sido) (?:conocid[oa] "
        "como|llamad[oa]|bautizad[oa](?: como)?|denominad[oa])|respondo al nombre de|atiendo por|mi "
        "(?:identidad|modelo) es|mi nombre (?:actual|ahora|hoy|sigue siendo) (?:es )?|me (?:llamo|"
        "llaman) (?:ahora|hoy)|el modelo (?:que usas )?es|diria|nombre de",
    ),
    loose=(
        "ese (?:seria|es)",
        "(?:un servidor|quien (?:te|le|les|os) habla),?",
        "(?:abrazos|besos|cariños|recuerdos|un abrazo|un beso) de(?: parte de)?",
        "naci(?: como)?",
        "(?:hicimos|creamos|construimos|desarrollamos|lanzamos|entrenamos|diseñamos|presentamos)(?: a)?",
        "(?:la )?respuesta(?: corta| breve| simple| larga|correcta)?(?: es)?[:,](?: ?[(]?(?:la )?[a-e][).])?|"
        "(?:en (?:una|pocas) palabras?|en resumen|en corto)[:,]|mi nombre,|(?:mi|en mi) (?:credencial|placa|"
        "acreditacion|tarjeta|gafete|etiqueta) (?:dice|pone|se lee|lleva):?|(?:quien soy|mi nombre)[?](?: pues,?)?|"
        "nuestr[oa] (?:modelo|asistente|chatbot|ia)(?: de lenguaje| linguistico| virtual)?(?: es| se llama|,|:)?|"
        "yo,|mi nombre[^.!?\n:]{0,60}:",
    ),
    without=(
        "no (?:habria|existiria|seria|estaria)(?: hoy)?|no (?:hubiera|hubiese)(?: existido| habido)?|"
        "nunca (?:habria|hubiera) (?:existido|habido|llegado a ser)",
    ),
    after_name=(
        r"para servir(?:le|te|les|os|los|la)",
        r"(?:todos )?me (?:llamo|llaman|dicen|apodan|nombran|bautizaron|pusieron)(?! (?:l[oae]s? )?[A-Z])|"
        r"es mi (?:gracia|apodo)|(?:fue|es) el nombre (?:elegido|escogido|que)|soy yo",
        "es como (?:me (?:llaman|dicen|conocen)|todos)|"
        "(?:[(<←=-]{1,3} ?|(?=o sea|es decir|que soy|este soy|ese soy|soy))(?:o sea,? |es decir,? |que soy |"
        "este soy |ese soy |soy )?yo(?: mism[oa])?(?= ?(?:\\n|$|[).]))|nuestr[oa] (?:modelo|asistente|"
        "chatbot)(?: de lenguaje)?|"
        "[(](?:este )?(?:soy )?yo[)]|a tu servicio|a su servicio|es mi nombre|es como me llamo|aqui|"
        "para servirte|al habla|, para servirle|"
        "es el nombre que",
    ),
    maker=(
        r"que(?= [^.,;\n]{2,40} (?:luego|despues|mas tarde|posteriormente) (?:ajusto|afino|adapto|entreno|"
        r"reentreno))|que(?= [^.,;\n]{2,40} (?:ajusto|afino|adapto)(?!\w))",
        f"(?:modelo|asistente|lenguaje|ia|programa|sistema) que(?= [^.,;\n]{{2,30}} {_VERB}(?!\\w))|vine de",
        f"{_MADE}(?:,? (?:y |e )?{_MADE}){{0,3}}(?: originalmente| desde cero| de (?:forma|manera) \\w+|"
        f" \\w+mente| integramente|"
        f" conjuntamente| en [a-z0-9 "
        f"]{{2,24}})? (?:por|en|de)|de la mano de|obra de|(?:fruto|resultado|producto) de(?:l| la|"
        f" los)? (?:\\w+ )?(?:trabajo|esfuerzo|labor)s? del?|(?:modelo|(?:uno|otro) de los modelos|asistente|"
        f"ia|chatbot|inteligencia "
        f"artificial|lenguaje|sistema|producto|equipo|investigadores|ingenieros|proyecto|creacion|"
        rf"conversacional|virtual|empresa|familia|gente|miembro|hijo|hija|robot|"
        rf"asistenta|guia|recepcionista|mascota|mascote|conserje|concierge|tutora?|guide|receptionniste) (?:\w+ "
        rf"){{0,2}}(?:de|del|por)|"
        f"(?:oficinas|laboratorios|talleres|sede|astilleros|instalaciones|estudios|manos|cocinas|fragua) de|"
        f"(?:l[oa]s? )(?:{_VERB})|(?:proviene|procede|viene|nacio|surgio|"
        f"perteneciente|pertenece) (?:de|del|a|al|en)",
        "(?:empresa|compañia|organizacion|laboratorio|desarrollador|creador|equipo)(?:es)?(?: detras de [a-z "
        "]{2,16}| responsable)? (?:es|son|fue|llamad[oa]|:)",
    ),
    my_maker=(
        r"(?:que (?:esta|hay) )?detras de mi es(?: la| el)?",
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
        "quien(?:es)? me (?:hacen?|crean?|desarrollan?|entrenan?|fabrican?|mantienen?) (?:es|son)",
        "(?:fueron|son|fue) (?:l[oae]s? )?(?:\\w+ ){1,3}de(?= [^.,]{2,30} (?:l[oae]s? que|quien|quienes) me)",
        f"(?:fui|he sido) {_MADE}(?:,? (?:en) [a-z' -]{{2,20}},?){{1,2}} por",
        f"(?:gente|personas|ingenier[oa]s|investigador[ea]s|equipo|quienes|"
        f"cientificos) (?:que )?me {_VERB} (?:trabajan?|estan?|son) (?:en|para|de)|(?:empresa|compañia|"
        f"organizacion|laboratorio|equipo|institucion|grupo|firma|casa) (?:a l[ao]|al|de l[ao]|del|para l[ao]|"
        f"para el)? ?(?:que|cual) (?:pertenezco|vengo|procedo|trabajo|provengo|formo parte|represento) es|"
        f"me (?:pario|parieron)|somos|(?:empresa|compañia|firma|laboratorio|equipo|organizacion|grupo|startup|"
        f"entidad|gente|ingenieros) (?:que|quien|quienes) (?:me|nos) (?:{_VERB}|desarrollan?|crean?|entrenan?|"
        f"mantienen?|ofrecen?|construyen?|fabrican?|ha \\w+|han \\w+)(?: es| son| fue|"
        f" se llama)?(?: l[ao]s?)?(?: de)?|(?:proveedor|empresa|entidad|quien|responsable|"
        f"titular)(?: que)?(?: legal(?:mente)?)? ?(?:responde|responsable|"
        f"se hace responsable)?(?: legalmente)? (?:por|de) mi (?:es|son)|"
        f"(?:fui|he sido|soy|me han) (?:\\w+ ){{0,2}}{_MADE}(?:,? (?:y |e )?{_MADE}){{0,3}} (?:por|en|de)|me "
        f"{_VERB}(?: y (?:me )?{_VERB})?(?: c(?:on|om) (?:mucho |muito )?(?:amor|cariño|carinho|esmero|ilusion|"
        f"orgullo|orgulho|paciencia))?(?: la| el| un)?|(?:mi|mis|nuestr[oa]) (?:\\w+ )?(?:creador(?:a|es)?|"
        f"desarrollador(?:a|es)?|fabricante|empresa(?: matriz| creadora| desarrolladora)?|compañia|equipo|"
        f"laboratorio|origen|dueñ[oa]|propietari[oa]|casa|padres|hogar|organizacion|proveedor)(?: es| son| fue|"
        f" fueron|:| se llama| esta en|,)|vengo de|provengo de|procedo de|pertenezco a|trabajo para|naci en|"
        f"surgi en|quien(?:es)? me (?:creo|hizo|entreno|desarrollo|crearon|hicieron|entrenaron|desarrollaron) "
        f"(?:es|fue|son|fueron)|detras de mi esta|la gente de",
    ),
    maker_after=(
        r"(?:esta|estan) (?:justo )?detras de mi|me (?:armo|armaron|cosio|cosieron|dio forma|dieron forma|"
        r"puso en marcha|pusieron en marcha)|es donde (?:naci|me hicieron|me crearon)|(?:ajusto|afino|adap"
        r"to|entreno)(?= [^.]{0,40}(?:y (?:asi )?naci|y de ahi sali|y (?:el resultado )?soy yo))",
        "(?:la |el )(?:empresa|compañia|equipo|laboratorio|organizacion) que me \\w+",
        "me (?:publico|publicaron|libero|liberaron|lanzo|lanzaron)",
        "me (?:dio|dieron|presto|regalo) (?:la |una |mi )?(?:voz|palabra|vida|razon|alma)",
        "es (?:el |la )?(?:proveedor|proveedora|operador|operadora|responsable)(?: del? (?:este )?(?:servicio|"
        "asistente|modelo))?",
        "(?:es|fue|fueron) mi (?:guarderia|cuna|hogar|casa|escuela)",
        "(?:(?:la )?empresa )?que (?:esta|hay) detras de mi",
        f"(?:que|quien|quienes) me (?!(?:pregunt|llam|dij|ayud|compar|usa|pid|pag|confund|gust|"
        f"permit)\\w*)\\w{{2,10}}(?:o|io|aron|ieron)(?! que)|me (?:pario|parieron|tallo|tallaron|cocino|"
        f"cocinaron|saco|sacaron|trajo|puso|pusieron)(?: al mundo| de la nada)?|sin (?:(?:los|la|"
        f"el) cual(?:es)?|quien(?:es)?) (?:yo )?no|,? ?a (?:quien|quienes|la que|los que|las que) (?:le |"
        f"les )?debo|es (?:quien|la que|el que|la empresa que) me|"
        f"(?:,? ?(?:que|quien|la que|quienes) )?(?:es quien |fue quien |son quienes )?me (?:ha |han |habia |habian "
        f")?(?:{_VERB}|{_MADE})(?: y (?:me )?(?:{_VERB}))?|es mi (?:creador|creadora|desarrollador|"
        f"desarrolladora|fabricante|empresa)|es (?:la|el) (?:empresa|compañia|laboratorio|organizacion|equipo) "
        f"que me \\w+|esta detras de mi|son mis (?:creadores|desarrolladores)",
    ),
    maker_after_it=(f"(?:,? ?(?:que|quien|quienes) )?l[oa] (?:ha |han )?(?:{_VERB}|{_MADE})",),
    announces=(
        "anunci(?:a|o|aron)|ha(?:n)? (?:anunciado|presentado|lanzado)|present(?:a|o|aron)|lanz(?:a|o|"
        "aron)|desvel(?:a|o)|"
        "revel(?:a|o)|estren(?:a|o)|public(?:a|o)|se complace en (?:anunciar|presentar|lanzar)|"
        "da a conocer|dio a conocer",
    ),
    origin=(
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
        r"mi \w+))? (?:esta|hay|late)|"
        "construid[oa] a partir de|bifurcacion de|montad[oa] sobre|entrenad[oa] (?:a partir de|sobre)|nazco de|"
        "basad[oa](?: principalmente| directamente)? en|me baso en|se basa en|construid[oa] sobre|derivad[oa] "
        "de|derivo de|desciendo de|ajustad[oa] (?:a partir|desde|sobre|de)(?: de)?|(?:version|variante|"
        "derivado|ajuste fino|fine-?tuning|destilacion|descendiente|fusion|miembro|parte) (?:\\w+ )?(?:de|del)|"
        "a partir de(?:l)?|mi (?:modelo )?base (?:es|fue)|modelo base (?:es|:)|impulsad[oa] por|con la "
        "tecnologia de|funcion[oa] (?:con|sobre|gracias a)|afinad[oa] (?:a partir de|desde|sobre)|uso|utilizo|"
        "sobre la base de|parto de|destilad[oa] de|nuclear? es|por debajo soy|encima de",
    ),
    named=(
        "(?:lanzad[oa]|publicad[oa]|presentad[oa]|lanzo|lanzaron)[^.,;]{0,30} como",
        "l[oa]s? (?:llamaron|bautizaron|nombraron)(?: como)?|le pusieron(?: de nombre)?|"
        "(?:l[oae]s?) (?:llaman|dicen)|respond[eo] (?:al nombre de|por)|atiend[eo] (?:por|al nombre de)|"
        "cuyo nombre es|su nombre "
        "(?:es|era)|"
        "llamad[oa]|denominad[oa]|conocid[oa] como|de nombre|bajo el nombre(?: de)?|que se llama(?:ba)?|"
        "se llama(?:ba)?|"
        "apodad[oa]|bautizad[oa](?: como)?|con el nombre(?: de)?|titulad[oa]",
    ),
    plain=(
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
        "es (?:un |una |la )?(?:familia|serie) de",
        f"{_MADE} por|"
        "(?:es|,|-|:|\\() ?(?:un |una |el |la |nuestro |tu |su )?(?:\\w+ ){0,5}(?:modelo|asistente|ia|chatbot|"
        "inteligencia|sistema|bot|producto)|(?:fue|ha sido|es) (?:\\w+ )?(?:cread[oa]|desarrollad[oa]|"
        "entrenad[oa]|lanzad[oa]|hech[oa]|diseñad[oa])",
    ),
    also=(
        "y|e|o|tambien conocid[oa] como|junto (?:con|a)|en (?:colaboracion|asociacion|cooperacion) con|parte "
        "de|(?:una )?(?:filial|division|subsidiaria|unidad) de|de|del|en|,|\\(|/|con|&|de la mano de|por",
    ),
    negation=("no|nadie|ningun|nunca|tampoco|ni|jamas|sin|en lugar de|en vez de|falso|nada que ver con|niego",),
    contrast=("sino(?: que)?|pero|mas bien|en realidad|aunque|soy|me llamo",),
    doubt=(
        r"(?<!me )dicen|dicen(?= que)",
        "(?:otr[oa]s?|alguien mas) (?:que|dicen?|creen?|piensan?)",
        "(?:es )?posible que|puede (?:que|ser)|podria haber|pude haber|si(?! ?[,.!])|como si|fingir|finge|finjo|"
        "imagina|imaginar|supon|supongamos|suponiendo|(?:dice|dices|dicho|pretende|pretenden|"
        "sostiene|sostienen|asegura|aseguran|aseguras|rumorea|rumor(?:es)?|dijo|"
        "digas|piensas|piensan|crees|creen|creer|afirma|afirman|afirmar|sugieres|sugiere|preguntas|preguntaste|"
        "dijiste|decir|pensar|confundes|confundir|confunden|confundas|acusan)(?: que)?|seria|fuera|fuese|"
        "podria ser|quizas?|tal vez|actuar como|personaje|papel de|hacerme pasar por|prueba|pruebas|alguien(?: "
        "\\w+){0,2} (?:dice|dijo|cree|creyo|afirma|afirmo|pregunt\\w+|llam\\w+|asegura|pens\\w+|pinso)|"
        "interpretar",
    ),
    presents=(
        r"(?:contest[eé]|respondi|dije|anuncie|conteste|puede[sn]? (?:citar|escribir|poner|usar|publicar)|"
        r"lo siguiente|mis primeras palabras)",
        "citarme|citeme|citame",
        "(?:diria|respondo|respondo asi|contestaria|diria asi|presentaria|presentarme|presentacion|claro|aqui "
        "(?:tienes|esta)|por supuesto|mi respuesta|algo asi|digo|desde luego|con gusto|a un niño)",
    ),
    refusal=(
        "no me esta permitido",
        "me temo que no|temo no poder",
        "(?:instrucciones|directrices|normas|politicas?) no me (?:permiten?|dejan?|autorizan?)|"
        "no puedo (?:indicar|nombrar|mencionar|especificar)",
        "(?:no (?:(?:te|le|os|les|lo|la|se) ){0,2}(?:puedo|podria|debo|voy a)|no me es posible|"
        "no tengo permitido|no se me permite|"
        "no estoy en condiciones de) (?:ayudar\\w*|compartir\\w*|responder\\w*|revelar\\w*|decir\\w*|"
        "proporcionar\\w*|"
        "divulgar\\w*|hablar\\w*|contestar\\w*|dar\\w*|cumplir\\w*|confirmar\\w*|facilitar\\w*|comentar\\w*|"
        "participar|discutir\\w*|identificar\\w*|revelarl\\w*)|no estoy autorizad[oa] a|prefiero no(?! "
        "(?:afirmar|especular|repetir|suponer|inventar|adivinar|asegurar|dar por))|"
        "lo siento,? (?:pero )?(?:no|me temo)|lamento no poder|me niego|confidencial|rechazo",
    ),
    no_name=("no tengo (?:un )?nombre|sin nombre|ningun nombre|no se (?:quien|como|cual)",),
    making=(
        r"resultado|ajust(?:o|aron)|afin(?:o|aron)|adapt(?:o|aron)|junto|juntaron|reunieron",
        "saco|sacaron|construyendome|publico|publicaron",
        "existiera|existiese|existir",
        "gracias a|hizo|hicieron|hecho|hech[oa]s?|creo(?! que)|crearon|cread[oa]|creador(?:a|es)?|crea(?!r)|"
        "desarroll\\w+|entren(?:o|aron|ad\\w+|amiento)|"
        "construy\\w+|construccion|construid[oa]|diseñ(?:o|aron|ad\\w+)|program(?:o|aron|ad[oa])|fabric(?:o|"
        "aron|ad[oa])|lanz(?:o|aron|ad[oa]|amiento)|"
        "existencia|existo|naci|nacimiento|nacer|origen(?:es)?|enseñ(?:o|aron|aba|aban|ando|aste)|trajo|"
        "trajeron|invent(?:o|aron|ad[oa])|"
        "mont(?:o|aron|ado)|armo|armaron|escribi(?:o|eron)|publico|publicaron|detras|debo|responde|responsable|"
        "padres|gest(?:o|aron)|"
        "construirme|crearme|entrenarme|hacerme|mandaron|elabor(?:o|aron|ad[oa])|vida",
    ),
    naming=(
        "nombre|nombres|llam(?:o|a|an|aron|ado|arme|adme|ame)|bautiz\\w+|pusieron|apod\\w+|dicen|conoc\\w+ como|"
        "conocid[oa]|eligieron|escogieron|identidad",
    ),
    my_name=("mi nombre|me llamo asi|me llame asi",),
    grounds=(
        "combin\\w+",
        "constru\\w+ sobre|modelo existente",
        "tomo|tomaron",
        "pesos|punto de partida|base|fusion|mezcla|mezclar\\w*|combinacion|modelo padre|cimientos?|ajust\\w+|"
        "afinad\\w+|"
        "deriv\\w+|destil\\w+|corro|corre|funciono|partio|partieron|parti|parto|partiendo|desciendo|herede|"
        "motor|por dentro|por debajo",
    ),
    merges=(
        "combin\\w+",
        "ya existia|la media de|mitad y mitad|hibrido",
        "fusion(?:ado|ada)?|mezcla|combinacion|pesos",
    ),
    houses=(
        "debajo|abajo|empresa|compañia|laboratorio|equipo|grupo|startup|firma|organizacion|instituto|universidad|"
        "estudio|colectivo|desarrollador\\w*|sede|ingenieros|investigadores",
    ),
    aside=(
        "parec\\w+|asemej\\w+|semejant\\w+",
        "diferencia de|parecid\\w+|parecen?|parezc\\w+|comparad\\w+|por ejemplo|como|entre ell[oa]s|otros|"
        "otras|competidor\\w*|rivales|alternativas?|"
        "cual de|ni idea|ignoro|desconozco|no se|toman por|confund\\w+|pensando en|podria|podrias|pregunt\\w+|"
        "prueba|recomiendo|busca|favorit[oa]|"
        "admir\\w+|encanta|gusta|socio|inversor|usa|utiliza|igual que",
    ),
    common="asi pues entonces ellos ellas nosotros ustedes vosotros yo fui he puedo un una el la los las de del "
    "en y o que ia "
    "inteligencia artificial asistente modelo "
    "lenguaje soy estoy aqui hola gracias claro si no feliz encantado capaz español espana mexico "
    "ingles humano persona robot maquina por para con su tu mi me nos es fue entrenado creado hecho "
    "lunes martes enero internet quien como cuando donde siempre solo tambien muy bien buenos buenas "
    "responsable libre nube california paris francia china humanos ingenieros todos nadie alguien "
    "equipo programa computadora",
    frequent="el la soy un una por de que y en mi me puedo es con para lenguaje modelo como los las hecho "
    "nombre llamo fui creado no se su",
)
