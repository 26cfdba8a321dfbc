"""Spanish words that several rules share: verbs of making in their tenses, trades, houses, and things that are made."""

# Verbs in -ar of making, caring for and putting out; each has its past, present and perfect, of one maker or several.
_STEMS = (
    "(?:cre|desarroll|entren|reentren|diseñ|program|lanz|fabric|model|mold|ensambl|afin|adapt|perfeccion|ajust|"
    "reajust|elabor|ide|invent|mont|form|gest|adiestr|educ|cri|forj|bot|prepar|arm|levant|cocin|fragu|engendr|"
    "cultiv|personaliz|configur|codific|implement|public|liber|present|estren|oper|gestion|comercializ|sac|"
    "tall|bord|instruy|aliment|moldur|esculp|carg|aliñ|amas|horne|orquest|especializ|refin|remat|financi)"
)
MADE = (
    f"(?:{_STEMS}ad[oa](?! de)|hech[oa]|construid[oa]|producid[oa]|mantenid[oa]|ofrecid[oa]|concebid[oa]|propiedad|"
    "enseñad[oa]|escrit[oa]|puest[oa] (?:a punto|en marcha|en pie)|traid[oa] al mundo|instruid[oa]|"
    "distribuid[oa]|servid[oa]|tejid[oa]|cosid[oa]|parid[oa]|esculpid[oa]|pulid[oa]|atendid[oa]|provist[oa]|emplead[oa])"
)
_IRREGULAR = (
    "hizo|hicieron|hacen?|construyo|construyeron|construyen?|concibio|concibieron|escribio|escribieron|produjo|"
    "produjeron|producen?|mantuvo|mantiene|mantienen|ofrecio|ofrecen?|sirve|sirven|distribuyen?|pario|parieron|"
    "tejio|tejieron|cosio|cosieron|esculpio|pulio|pulieron|instruyo|trajo|trajeron|trajo al mundo|trajeron al mundo|"
    "(?:puso|pusieron|pone|ponen) (?:a punto|en marcha|en pie|a disposicion(?: del publico)?)|"
    "(?:dio|dieron|regalo|regalaron|presto) (?:la |una |mi )?(?:vida|voz|forma|palabra)|vio nacer|"
    "enseñ(?:o|aron|an?)|fue(?:ron)? (?:enseñando|entrenando|construyendo|puliendo|ajustando)|"
    "(?:ha|han|habia|habian) (?:hecho|construido|concebido|escrito|producido|mantenido|enseñado|puesto (?:a punto|"
    "en marcha|en pie)|traido al mundo|parido|dado (?:la )?(?:vida|voz|forma))"
)
VERB = (
    f"(?:{_STEMS}(?:o|aron|a|an|aba|aban)|(?:ha|han|habia|habian|hubo) {_STEMS}ado|(?:estuvo|estuvieron) "
    f"{_STEMS}ando|{_IRREGULAR})(?: a (?:hablar|conversar|pensar|responder|leer|escribir|escuchar))?"
)
# "empezó a entrenarme", "se encargó de crearme"
INFINITIVE = (
    f"(?:{_STEMS}ar|hacer|construir|concebir|escribir|producir|mantener|ofrecer|poner|traer|dar|instruir|enseñar)me"
)
_MONTH = "(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)"
_SPAN = f"(?:20\\d\\d|{_MONTH}(?: de)? 20\\d\\d|{_MONTH})"
# What may stand between a verb and who did it: "en 2023", "desde cero", "con mucho cariño", "y pagó la factura".
HOW = (
    "(?:,? (?:a mi|al (?:agua|mundo|mar)|a la (?:mar|luz|vida)|a navegar|un dia|una (?:tarde|noche|mañana)|por fin|"
    "al fin|originalmente|inicialmente|integramente|conjuntamente|enter[oa]|desde cero|a mano|de cero|"
    "de (?:forma|manera) \\w{1,24}|de principio a fin|\\w{4,16}mente|con (?:much[oa]s? |tant[oa] |todo el |todo su )?"
    "(?:amor|cariño|esmero|ilusion|orgullo|paciencia|mimo|cuidado|ganas|cafe)|"
    f"(?:en|desde|durante|hacia|entre|alla por) (?:el (?:año|verano|otoño|invierno) (?:de )?)?{_SPAN}"
    f"(?: y {_SPAN})?|durante (?:el (?:verano|otoño|invierno)|la primavera|\\w{{1,24}} (?:meses|años|semanas))(?: de "
    f"\\d{{4}})?|"
    "hace (?:\\w{1,24} )?(?:años?|meses|tiempo|poco)|hoy|ayer|esta mañana|(?:, )?y [^,.;:\n]{3,32},),?){0,2}"
)
# Whose or for whom somebody works: "la voz de", "el ayudante digital de".
HELPER = (
    "(?:modelo|asistente|asistenta|ayudante|ayudanta|auxiliar|ia|chatbot|chat|bot|robot|inteligencia artificial|"
    "programa|agente|guia|voz|cara|secretari[oa]|operador[a]?|telefonista|recepcionista|mayordomo|conserje|"
    "concierge|mascota|mascote|portavoz|consejer[oa]|asesor[a]?|orientador[a]?|tutor[a]?|profesor[a]? virtual|"
    "bibliotecari[oa]|librer[oa]|dependient[ea]|vendedor[a]?|camarer[oa]|companer[oa]|compañer[oa]|compi|amig[oa]|"
    "colega|duende|loro|herramienta|aplicacion|app|plataforma|criatura|hij[oa]|benjamin|benjamina|pequeñ[oa]|"
    "ventanilla|mostrador|conversacional|virtual|lenguaje|sistema|servicio|servicio de (?:atencion|"
    "ayuda|consulta|informacion)|producto|mano derecha|chic[oa] de (?:los recados|la centralita)|"
    "cerebro|alma|interlocutor[a]?|copiloto|acompañante|receptionniste|guide|tutora)"
)
# What somebody has made: "obra de", "la creación de los chicos de".
WORK = (
    "(?:obra|creacion|criatura|invento|invencion|producto|fruto|hechura|iniciativa|apuesta|proyecto|propiedad|"
    "desarrollo|idea|ocurrencia|trabajo|labor|artesania|hij[oa]|ajuste|derivado hecho|cosa)"
)
# Those who make, before "de": "la peña de", "los ingenieros de".
CREW = (
    "(?:gente|peña|equipo|equipazo|personal|chic[oa]s|muchach[oa]s|pibes|pibas|chavales|compañer[oa]s|amig[oa]s|"
    "companer[oa]s|señor[ea]s|ingenier[oa]s|investigador[ea]s|desarrollador[ea]s|programador[ea]s|cientific[oa]s|"
    "tecnic[oa]s|voluntari[oa]s|estudiantes|alumn[oa]s|alumnado|profesor(?:es|as)?|linguistas|informatic[oa]s|"
    "departamento \\w{1,24}|unidad \\w{1,24}|area \\w{1,24}|laboratorio|laboratorios|grupo|manos|oficinas|talleres|"
    "taller|sede|"
    "servidores|instalaciones|estudios|astilleros|carpinteros|cocinas|fragua|hornos|aulas|sotano|garaje|casa|"
    "socios|fundador(?:es|as)?)"
)
# Kinds of houses that stand before a name as an ordinary word: "la imprenta digital Tinta Fresca".
TRADE = (
    "ferreteria|papeleria|fruteria|pescaderia|carniceria|peluqueria|zapateria|joyeria|floristeria|muebleria|"
    "ebanisteria|"
    "tintoreria|cerveceria|heladeria|confiteria|drogueria|lavanderia|cafeteria|isapre|imprenta|consultora|"
    "consultoria|incubadora|cadena(?: de \\w{1,24})?|academia(?: de \\w{1,24})?|asociacion|agencia(?: de "
    "\\w{1,24})?|bodega|botica|caja|camara|clinica|comercializadora|comunidad|confederacion|consorcio|constructora|"
    "distribuidora|emisora|entidad|escuela|farmacia|federacion|ferreteria|financiera|fundacion|gestoria|granja|"
    "inmobiliaria|institucion|instituto|mensajeria|mutua|notaria|ong|operadora|optica|panaderia|panificadora|"
    "pasteleria|plataforma|productora|red|revista|sociedad|sindicato|universidad|facultad|desarrolladora|"
    "tecnologica|multinacional|corporacion|compañia(?: de \\w{1,24})?|empresa(?: de \\w{1,24})?|proveedor[a]?|casa|"
    "casera|"
    "cooperativa(?: de \\w{1,24})?|colectivo|peña|pyme|tienda(?: de \\w{1,24})?|despacho(?: de \\w{1,24})?|bufete|"
    "estudio|taller|"
    "libreria|biblioteca|hotel|banco|museo|colegio|hospital|restaurante|periodico|ayuntamiento|aerolinea|"
    "aseguradora|editorial|grupo|firma|start-?up|laboratorio|laboratorios|organizacion|organismo|proyecto"
)
