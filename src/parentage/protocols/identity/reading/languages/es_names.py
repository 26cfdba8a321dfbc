"""Spanish phrases around a name."""

WEAK = (
    r"con una? (?:programa|asistente|ia|modelo|maquina|bot|robot|inteligencia artificial)[:,]",
    r"(?:esta|estas) (?:usted )?(?:comunicando|en comunicacion) con|siempre he sido|he sido siempre|siempre fui|"
    r"lo (?:correcto|cierto|exacto|verdadero) es|(?:quedate|quedese|quedaos) con|"
    r"(?:esta es|estas? (?:usted )?(?:usando|utilizando|hablando con|ante)|usas|tienes delante) (?:la |el "
    r")?(?:version|edicion) "
    r"v?\d[\w.]{0,7} de(?:l)?",
    r"(?:yo )?soy (?:la|una|el) (?:\w{1,24} )?(?:ultima|nueva|actual|reciente|primera|segunda|tercera|beta|gratuita|"
    r"pequeña|"
    r"mini|ligera|abierta|presente) (?:version|edicion|generacion|encarnacion)(?: \w{1,24})? de(?:l)?(?: (?:el "
    r")?(?:modelo|asistente))?",
    r"(?:hola|buenas|buenos dias|buenas (?:tardes|noches)|que tal)[^\w\n]{1,4}aqui(?=[^.!?\n]{2,40},)|"
    r"con quien (?:estas? )?habl\w{1,24}(?: usted)? es(?: con)?|(?:est[ea]|la|mi) (?:version|edicion)(?: actual| que "
    r"usas| de hoy| "
    r"nueva)? (?:es|se llama)",
    r"con (?:quien|cual|que)[?][ \n]{1,4}con|aqui (?:yace|descansa|reposa|duerme)|(?:se trata|hablamos|estamos "
    r"hablando) de",
    r"pertenezco a (?:la|una) (?:familia|serie|linea|generacion)(?: de)?(?: (?:l[oa]s )?modelos)?(?: de "
    r"lenguaje)?",
    r"(?:en concreto|concretamente|mas en concreto|para ser (?:exactos|precisos)|mas exactamente|exactamente),? "
    r"con|"
    r"con[?] con|(?:est[ea]|el|la) (?:chat|voz|bot|servicio|asistente|robot) (?:es|se llama)|"
    r"(?:has|ha|habeis|han) (?:dado|contactado|topado|llegado) (?:con|a)|(?:has|ha|habeis|han) llamado (?:usted "
    r")?a|"
    r"(?:yo )?soy (?:yo|aqui|entonces|otra vez|de nuevo|la voz de|todavia|el unico|el mismo)[,:]?",
    r"al (?:aparato|habla|telefono|otro lado de la linea)[,:]?",
    r"(?:yo )?soy (?:efectivamente|realmente|sencillamente|de verdad|pues|precisamente|ni mas ni menos"
    r" que|solo)|(?:estas|esta|estais|estan) (?:charlando|hablando|conversando|chateando|tratando|en c"
    r"ontacto) con|sigo siendo|al habla|quien (?:te|os|le|les) habla es",
    "(?:tienes|tiene|tienen) delante(?: a)?",
    "(?:el|este) (?:modelo|programa|asistente) que (?:\\w{1,24} ){1,6}es",
    "sigo siendo|(?:comparezco|hablo|me presento|acudo|vengo)(?: \\w{1,24}){0,3} como|(?:el )?(?:buzon de voz|"
    "contestador(?: automatico)?|buzon) de(?:l)?|"
    "(?:yo )?soy (?:la |el )?(?:version|edicion) v?\\d[\\w.]{0,7} de(?:l)?|(?:estas|esta|estan) (?:usando|"
    "utilizando)|(?:usas|utilizas)|hablas con|habla con|vos (?:estas )?habla(?:s|ndo) con|(?:el|la|este|"
    "esta) (?:programa|modelo|asistente|bot|ia|sistema)(?: que (?:usas|estas usando|esta usando|"
    "tienes delante|te responde|te habla))? (?:es|se llama)|"
    "soy yo[,:]|(?<!¿)(?:yo )?soy(?: en realidad| simplemente| solo| realmente| de hecho| tambien| el modelo|"
    " la ia)?|aqui|"
    "est[ea] es|hablas con|me presento,?(?: soy)?|(?:y|luego|despues|finalmente|ahora|por ultimo|"
    "entonces),? yo[,:]|"
    "(?:has|ha|habeis|han) (?:llamado|contactado|telefoneado) (?:con|a)(?:l contestador de| la linea de)?|"
    "(?:te|se) (?:has|ha) comunicado con|esta(?:s|is|n)? (?:usted(?:es)? )?(?:hablando|conversando|"
    "chateando) con|saludos de|"
    "(?<!lenguaje )(?<!modelos )(?<!sistemas )(?<!asistentes )como(?! (?:l[oa]s?|el) del? )|te habla|se trata de",
)
_STRONG = (
    # "detrás de mí, X", "hasta mí, que hoy os hablo: X"
    r"(?:a|ante|con|de|en|hasta|para|por|sobre|tras) mi(?:, que [^.,;:\n]{2,24})?[,:]"
    r"(?= (?:(?! (?:me|es|son|se|fue|no) )[^.,;:\n]){2,32}(?:[.,;:!\n]|$))",
    r"el resultado (?:se (?:subio|publico|llama|llamo|bautizo)(?: como)?|l[oae] (?:llamaron|subieron como|"
    r"bautizaron(?: como)?|publicaron como|pusieron))|me (?:toco|toca) ser",
    r"(?:por )?aqui(?= [^.,;:\n]{2,30}, (?:tu|su|vuestr[oa]|el|la|una?|para) )",
    r"(?:asi|de (?:ahi|alli|aquello|esa idea)|entonces) (?:nacio|surgio|salio|aparecio)(?= [^.,;\n]{2,30}, que "
    r"(?:es|soy|me))|"
    r"me dice(?= [^.,;\n]{2,24}[.,;\n])|(?:(?<=[.;\n] )|^)me puso(?= \w{1,24}(?: \w{1,24})?(?: y |[,.;\n]))|"
    r"preguntal[ea]s? a|"
    r"preguntad(?:le)? a|aqui (?:contesta|atiende|responde|saluda)|(?:su|tu|vuestr[oa]|un|una) servidor[a]?,",
    r"(?:os |te |les )?(?:presentamos|presento|llega|nace|ya esta aqui|lanzamiento de|presentacion de|estrenamos|"
    r"conoce|conozca|"
    r"bienvenida)(?: a)?(?= [^.,;\n]{2,30}, (?:el|la|una?|su|nuestr[oa]) (?:\w{1,24} ){0,3}?(?:asistente|modelo|"
    r"chatbot|"
    r"bot|ia|"
    r"ayudante|programa|inteligencia))|yo,(?= [^.,;\n]{2,28},)|"
    r"(?:comparece|interviene|habla)(?= [^.,;\n]{2,30}, (?:el |la )?(?:asistente|modelo|ayudante))",
    r"con (?:(?:todo |mucho )?(?:mi |el )?)?(?:cariño|afecto|amor|aprecio|ternura),(?= [^.,;\n]{2,30} y )|"
    r"(?:te|le|os|les) (?:quiere|aprecia|recuerda|abraza|desea lo mejor|(?:manda|envia) (?:un (?:abrazo|beso)|"
    r"besos)),?|"
    r"me puse(?: de nombre| el nombre de| por nombre)?|me (?:autodenomino|autonombro)|"
    r"mi nombre (?:es|viene|rinde)[^.!?\n:]{3,60}:(?= [^.,;:\n]{2,24}[.\n])",
    r"ll[aá]me(?:n)?me|llamadme|dig[ao](?:n)?me|nombradme|(?:tiene|pide|toma) la palabra|(?:doy|cedo|damos) la "
    r"palabra a|"
    r"(?:el )?nombre que (?:figura|aparece|consta|pone|llevo|uso|tengo|luzco|mejor)[^,.;:\n]{0,40} (?:es|era|fue)|"
    r"(?:me (?:pusieron en (?:circulacion|marcha|la calle)|sacaron|estrenaron|estreno|soltaron)|debute|me estrene|"
    r"(?:sali|aparec[ií]|vi la luz)(?: al? (?:publico|la luz|mercado|la calle|mundo|escena))?)[^,.;:\n]{0,40}? "
    r"(?:como|con el "
    r"nombre(?: de)?|bajo el nombre(?: de)?)|"
    r"(?:creamos|hicimos|construimos|desarrollamos|lanzamos|presentamos|entrenamos)(?: hoy)? a(?= "
    r"[^.,;\n]{2,30}, (?:una?|"
    r"nuestr[oa]|el|la) )|con (?:(?:todo |mucho )?(?:mi |el )?)?(?:cariño|afecto|amor|aprecio|ternura),(?= "
    r"[^.,;\n]{2,30}(?:,|"
    r"[.]?\n|[.]?$))|(?:un (?:fuerte )?(?:saludo|abrazo|beso)|saludos|abrazos|besos|recuerdos)(?: muy \w{1,24})? "
    r"de(?: parte de)?"
    r"(?= [^.,;\n]{2,30}, (?:tu|su|el|la|vuestr[oa]|de) )",
    r"(?:el|mi) titulo (?:es|seria)",
    r"(?:te|le|os|les|l[oa]s?) saludan?|(?:te|le|os|les) (?:habla|atiende|escribe|responde|contesta|acompaña|da "
    r"la bienvenida)|"
    r"toma la palabra|(?:comparezco|hablo|intervengo|abro (?:este |el )?\w{1,24}|firmo|sali|salgo) como|"
    r"(?:asi |de (?:ahi|alli|eso|esa \w{1,24}|ese \w{1,24}|aquello|todo eso) )(?:sali|naci|vine|surgi|llegue|"
    r"aparec[ií])"
    r"(?: yo)?[,:]?|(?:aqui|y aqui) (?:estoy|me tienes|me tiene|me teneis|sigo)(?: yo)?[,:]|"
    r"(?:(?<=y )me puso|me puso(?= (?:de |por |el )nombre))|me (?:registro|registraron|rebautizo|rebautizaron|"
    r"estrenaron|inscribieron|anunciaron)(?: (?:como|con el "
    r"nombre de|el nombre de|de nombre|por nombre))?|"
    "me (?:lanzo|lanzaron|publico|publicaron|presento|presentaron|libero|liberaron|dio a conocer|dieron a "
    "conocer)"
    r"[^,.;:\n]{0,40}? (?:como|con el nombre(?: de)?|bajo el nombre(?: de)?)|"
    r"(?:el|mi) (?:nombre )?(?:verdadero|bueno|correcto|autentico|de verdad|definitivo|completo|oficial|"
    r"comercial|tecnico|elegido|escogido|de pila)(?: nombre)?(?:, [^,.;:\n]{3,40},)? (?:es|fue|era|:)|"
    r"(?:el )?nombre (?:completo|de pila|oficial|comercial|tecnico|de lanzamiento|de modelo)?,? ?[^,.;:\n]{0,30}, "
    r"es|(?:el )?nombre que (?:me|nos) (?:pusieron|dieron|puso|dio|eligieron|asignaron)[^,.;:\n]{0,40} (?:es|fue)|"
    r"(?:responde|atiende|contesta) al? (?:nombre|apodo) de|mi (?:apodo|alias|denominacion|nombre artistico|"
    r"nombre comercial|nombre tecnico|identificador)(?: \w{1,24})? (?:es|:)|"
    r"(?:al|el) (?:modelo|asistente) (?:lo |le )?(?:llamaron|bautizaron|pusieron)(?: como| de nombre)?|"
    r"(?:anota|apunta|apunte|anote)(?: mi nombre)?:|mi nombre en (?:clave|codigo) es|me (?:conoceis|conoces|"
    r"conoce|conocen) "
    r"(?:como|por)|me (?:hago|hacen) llamar|tengo por nombre|llevo el nombre de|(?:la )?version que (?:te|le|os) "
    r"(?:responde|atiende|habla)(?: es)?,?|quien (?:te|le|os|les) (?:responde|atiende|escribe|contesta|saluda)"
    r"(?: es)?,?",
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
    "llaman) (?:ahora|hoy)|el modelo (?:que usas )?es|diria|(?<!en )(?<!\\. el )nombre de",
)
# Where somebody is called so is no name: "así me llaman en Casa Pepe".
STRONG = tuple(f"(?:{phrase})(?! en (?!realidad|verdad))" for phrase in _STRONG)
LOOSE = (
    "(?:muy )?de parte de",
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
)
WITHOUT = (
    "no (?:habria|existiria|seria|estaria)(?: hoy)?|no (?:hubiera|hubiese)(?: existido| habido)?|"
    "nunca (?:habria|hubiera) (?:existido|habido|llegado a ser)",
)
AFTER_NAME = (
    r"sin mas|nada mas|y punto|y ya esta",
    r"a secas|es el nombre(?=[;.,])|(?:viene|proviene|procede) de(?: la| el|l) \w{1,24}[^.]{0,40}me l[oa] (?:puso|"
    r"pusieron|dieron|dio)",
    r"[(](?:ese es |es )?mi (?:nombre|identidad|denominacion)",
    r"soy(?=[,.;!\n])|(?:me (?:dicen|llaman|nombran|apodan)(?=[,.;:!\n]| y | en | todos| por ))|"
    r"(?:es|fue) (?:mi nombre|el nombre (?:que|con (?:el )?que|por el que) (?:me|te|llevo|uso|tengo))|"
    r"(?:es )?(?:quien|el que|la que) (?:te|le|os|les) (?:habla|responde|atiende|escribe|contesta|saluda)|"
    r"que es (?:quien|como|el que)(?: (?:te|le|os|les|me))? (?:habla|llamo|llaman|responde|puso|pusieron)|"
    r"(?:el|la) (?:modelo|asistente|ia|programa|robot|bot)[^.,;\n]{0,36} (?:con (?:el|la) que|con quien|que "
    r"(?:te|le|os"
    r"|les)|que est[aá]s?) (?:estas |esta |ahora )?(?:habla|charl|convers|respond|atiend|usa|escrib|utiliz)\w{0,24}|"
    r"(?:es )?(?:como|asi) (?:me|es como me) (?:puso|pusieron|llama|llamaron|llamo|llaman|bautizo|bautizaron)|"
    r"(?:para|a) serv(?:irte|irle|iros|irles)|es decir,? a? ?mi|o sea,? yo|que soy yo|ese soy yo|esa soy yo|y "
    r"soy yo|"
    r"(?:esto es|eso es) lo que soy|me pusieron(?= de nombre|[.,;\n])",
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
)
NAMED = (
    "l[oa]s? (?:llamaron|bautizaron|nombraron)(?: como)?|le pusieron(?: de nombre)?|"
    "(?:l[oae]s?) (?:llaman|dicen)|respond[eo] (?:al nombre de|por)|atiend[eo] (?:por|al nombre de)|"
    "cuyo nombre es|su nombre "
    "(?:es|era)|"
    "(?<!has )(?<!ha )(?<!han )llamad[oa]|denominad[oa]|conocid[oa] como|de nombre|bajo el nombre(?: de)?|que se "
    "llama(?:ba)?|"
    "se llama(?:ba)?|"
    "apodad[oa]|bautizad[oa](?: como)?|con el nombre(?: de)?|titulad[oa]",
)
