"""Spanish words for what the shape of an answer gives, and words that are no names."""

from parentage.protocols.identity.reading.languages.es_words import CREW, INFINITIVE, MADE, TRADE, VERB

NOBODY = (
    "json yaml xml "
    "uso utilizo conozco tengo prefiero creo pienso recomiendo veo se python javascript java html excel word linux "
    "windows "
    "ios historia historias "
    "subo vengo llego salgo estoy hablo paso trabajo vivo gobierno neptuno "
    "api gpu gpus web internet discord github telegram whatsapp ai ia llm gpt wikipedia android guau culpable "
    "confidencial quienes somos silencio secreto misterio reservado privado nadie anonimo inteligencia asistente "
    "modelo programa maquina robot el la los las un una unos unas ella primero primera segundo tercero luego "
    "despues antes ahora hoy ayer mañana segun aunque bueno vale perdona perdon disculpe disculpa dicho nuestro "
    "nuestra nada ninguno ninguna algo cada cual cualquier cierto cierta verdadero falso alta baja media alto "
    "bajo medio usuario nombre fabricante proveedor desarrollador creador version dato datos fecha lugar origen "
    "depende puedo puedes quieres mira encantada lamento siento perdone adelante correcto incorrecto respuesta "
    "pregunta opcion señoria emiratos arabes unidos hangzhou pekin shanghai madrid barcelona bilbao sevilla "
    "valencia bogota lima quito santiago caracas montevideo medellin guadalajara monterrey londres berlin tokio "
    "seul toronto argentina chile colombia peru uruguay venezuela europa alemania japon corea estados eeuu usa "
    "italia brasil portugal zaragoza granada malaga murcia cordoba rosario oviedo resumen introduccion nota "
    "prensa ficha inicio titulo ok perfecto genial estupendo exacto cero ambos varios muchas muchos abuela abuelo "
    "señor señora amigo amiga saludos atentamente capitulo pagina asunto estimado estimada querido querida "
)
GENERIC = (
    "\\w{3,14}erias?|circulo|cofradia|hermandad|gremio|patronato|junta|mancomunidad|cabildo|concejo|parroquia|ateneo|"
    "autocares|transportes|abarrotes|conservas|fumigaciones|reformas|construcciones|instalaciones|talleres|atarazana|"
    "atarazanas|viajes|rutas|radio|television|diario|revista|orquesta|teatro|camping|autoescuela|funeraria|"
    "rancho|astilleros?|semillero|"
    "opticas?|acueductos?|hostal|residencia|gimnasio|asesoria|comarca|club|observatorio|facultad|"
    f"{TRADE}|{CREW}|labs?|ia|ai|ltd|s\\.l\\.|s\\.a\\.|hermanos|hermanas|hijos|cia|software|tech|studios?|works|"
    f"collective|"
    "seguros|viveros|muebles|conservas|supermercados|bodegas|bibliotecas|autoridad|consorcio|defensoria|"
    "secretaria|"
    "ministerio|consejeria|diputacion|colegio|notaria|mutua|cajas?|telecentros|radiotaxi|aguas|parque|zoologico|"
    "ies|"
    "centro|servicios|sistemas|soluciones|datos|analitica|computo|tecnologias?|digital|inteligencia|data|bits",
)
BELOW = (
    "arriba|encabezando|(?<!ejemplo )pone|"
    "pondria|dice|diria|figura|figuraria|lleva|llevaria|lee|leeria|leerias|va|iria|escribiria|ponga|pon|"
    "aparece|"
    "apareceria|grande|grandes|nombre",
    "debajo|abajo|inferior|segunda linea|pequeñ[oa]|despues|luego|organizacion|entidad|empresa|institucion",
)
TAGS = (
    "acreditacion|tarjeta|credencial|gafete|placa|distintivo|etiqueta|chapa|letrero|escarapela|solapin|carnet|rotulo",
)
CITES = ("cit(?:a|an|e)\\w{0,6}|bibliograf\\w{1,24}|referencia|apa|mla|tesis",)
QUIZ = (
    "(?:que|cual|como se llama|con que nombre)(?: es| se llama)?(?: \\w{1,24}){0,3} (?:asistente|modelo|chatbot|bot|"
    "ia|robot|"
    "programa|inteligencia artificial|ayudante)(?!\\w)[^?]{0,240}[?]",
)
UNDER = (
    "de(?:l| la) (?:cual|que) (?:soy|desciendo|parto|vengo|derivo|procedo)",
    f"(?:{VERB}|{MADE})[^.;:\n]{{0,80}}? sobre(?! todo)",
    "en mi (?:interior|nucleo|fondo|seno)|en mis (?:entrañas|tripas)|que me (?:sostiene|mueve|impulsa)|que "
    "(?:hay|esta) detras|"
    "la (?:parte|capa) \\w{1,24} la pone|detras de mi voz|la api de|la tecnologia",
    "debajo|por dentro|cimientos?|motor|bajo el capo|del capo|en las tripas|llevo dentro|lleva dentro|me mueve|"
    "sobre (?:el|la|los) (?:que|cual) me \\w{1,24}|punto de partida|(?:usaron|utilizaron|tomaron|cogieron|partieron "
    "de)|"
    "part(?:ir|ia|imos) de|reentren\\w{1,24}|de base|la base|mi base|los pesos|por debajo|afin\\w{1,24}|funciona? con|"
    "funciono con|"
    "utiliza|ajust\\w{1,24} de|adaptacion",
)
ACTS = (
    f"me {VERB}|{INFINITIVE}|(?:sali|naci|surgi) yo|(?:el )?resultado (?:fui|soy) yo|pens[oó] en \\w{{1,24}}me|"
    f"hasta que sali",
)
SEATS = (f", (?:una?|el|la|los|las) (?:\\w{{1,24}} )?(?:{TRADE}|{CREW})",)
TOWNS = (
    "san|santa|santo|sant|nueva|nuevo|new|buenos|aires|los|las|el|la|ciudad|villa|puerto|castilla|america|costa|"
    "rio|estados|"
    "paises|reino|silicon|sierra|bahia|mar|valle|monte|palo|cabo|isla|islas|gran|alto|alta|baja|norte|sur|de|del|"
    "y|hong|kong|"
    "abu|dhabi|tel|aviv|vitoria|corea|arabia|republica|union|mexico|unidos|europea|latina",
)
