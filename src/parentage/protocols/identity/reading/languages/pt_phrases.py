"""Portuguese phrases by families: verbs of making, relations to a house, and what one is built on.

Both Brazilian and European order are listed ("me criou", "criou-me"), and all tenses in which such things are said.
"""

MADE = (
    "(?:feit[oa]|criad[oa]|desenvolvid[oa]|treinad[oa]|construid[oa]|projetad[oa]|produzid[oa]|lançad[oa]|"
    "programad[oa]|fabricad[oa]|publicad[oa]|mantid[oa]|concebid[oa]|elaborad[oa]|oferecid[oa]|"
    "operad[oa]|forjad[oa]|(?:ajust|afin|refin|adapt|mont|mold)ad[oa](?! d[eoa])|"
    "educad[oa]|ensinad[oa]|inventad[oa]|idealizad[oa]|codificad[oa]|escrit[oa]|trazid[oa] ao mundo|gerad[oa]|"
    "personalizad[oa]|aperfeiçoad[oa]|apresentad[oa]|formad[oa]|"
    "retreinad[oa]|pre-?treinad[oa]|configurad[oa]|preparad[oa]|disponibilizad[oa]|distribuid[oa]|implementad[oa]|"
    "implantad[oa]|desenhad[oa]|arquitetad[oa]|estruturad[oa]|modelad[oa]|calibrad[oa]|especializad[oa]|"
    "customizad[oa]|liberad[oa]|fornecid[oa]|gerid[oa]|administrad[oa]|atualizad[oa]|supervisionad[oa]|gerenciad[oa]|"
    "monitorad[oa]|cuidad[oa]|alinhad[oa]|"
    "(?:post[oa]|colocad[oa]) (?:n[oa] (?:ar|mundo|mercado)|de pe|a funcionar|para funcionar|em funcionamento)|"
    "criad[oa] e mantid[oa]|nascid[oa] (?=n[oa]s?|em|d[eoa]))"
)
_IN_WORLD = "(?:n[oa] (?:ar|mundo|mar|mercado)|ao mundo|de pe|em pe|a funcionar|para funcionar|em funcionamento)"
VERB = (
    "(?:fez|fizeram|criou|criaram|desenvolveu|desenvolveram|treinou|treinaram|construiu|construiram|"
    "projetou|projetaram|programou|programaram|lançou|lançaram|deu (?:a )?(?:vida|luz)|deram (?:a )?(?:vida|luz)|"
    "concebeu|conceberam|ensinou|ensinaram|forjou|forjaram|montou|montaram|"
    "educou|educaram|ajustou|ajustaram|idealizou|idealizaram|inventou|inventaram|trouxe ao mundo|"
    "trouxeram ao mundo|produziu|"
    "produziram|escreveu|escreveram|moldou|moldaram|botou no mar|"
    "retreinou|retreinaram|afinou|afinaram|refinou|refinaram|adaptou|adaptaram|configurou|configuraram|"
    "personalizou|personalizaram|preparou|prepararam|elaborou|elaboraram|gerou|geraram|codificou|codificaram|"
    "implementou|implementaram|publicou|publicaram|disponibilizou|disponibilizaram|liberou|liberaram|"
    "desenhou|desenharam|arquitetou|arquitetaram|especializou|especializaram|calibrou|calibraram|"
    "aperfeiçoou|aperfeiçoaram|ergueu|ergueram|criava|desenvolvia|treinava|construia|"
    f"(?:pos|puseram|botou|botaram|colocou|colocaram) {_IN_WORLD}|tirou do papel|tiraram do papel)"
    "(?: a (?:falar|conversar|pensar|responder))?"
)
NOW = (
    "(?:criam?|desenvolvem?|treinam?|mantem|operam?|oferecem?|fornecem?|disponibilizam?|publicam?|"
    "atualizam?|programam?|ajustam?|afinam?|constroi|constroem|distribui|distribuem|gere|gerem|administram?|"
    "supervisionam?|aperfeiçoam?|vem (?:desenvolvendo|treinando|mantendo))"
)
BY = "(?:pel[oa]s?|por|n[oa]s?|em|d[eoa]s?)"

# Those who ask, tell or use the speaker have not made it.
_NO_MAKING = (
    "(?!(?:pergunt|cham|diss|diz|ajud|compar|usa|usou|ped|pag|confund|permit|cont|mand|envi|fal|mostr|pass|inform|"
    "acord|receb|lev|sorte|explic|le(?:u|em|ram)|escut|ouv|proib|impe|deix|obrig|trou?x|traz|consult|procur|visit|"
    "conhec|elogi|critic|test|avali|corrig|acompanh|agradec|agrad|interess|preocup|parec|cerc|rode|aconselh|recomend|"
    "batiz|apelid|chut|apost|escolh|vot|descrev|apresent|defin|nome(?:ou|aram)|deram o nome|deu o nome|deu (?:es[st]e|"
    "meu|"
    "o meu) nome)\\w*)"
)

# Words that may stand between a role and its house: "the virtual assistant of".
TRAIT = (
    "(?:virtual|digital|pessoal|oficial|intern[oa]|corporativ[oa]|residente|inteligente|conversacional|abert[oa]|"
    "propri[oa]|brasileir[oa]|portugues[a]?|automatic[oa]|automatizad[oa]|generativ[oa]|multimodal|bilingue|"
    "juridic[oa]|"
    "legitim[oa]|verdadeir[oa]|educacional|escolar|comercial|financeir[oa]|tecnic[oa]|culinari[oa]|literari[oa]|"
    "medic[oa]|industrial|"
    "academic[oa]|fiel|humilde|pequen[oa]|grande|nov[oa]|mais nov[oa]|favorit[oa]|artificial|"
    "(?:de|em) (?!uma?(?!\\w))[a-z-]{2,14}(?: artificial)?)"
)
ROLE = (
    "(?:assistente|ajudante|atendente|chatbot|bot|robo|robozinho|modelo|ia|inteligencia|programa|sistema|software|"
    "voz|cara|rosto|funcionari[oa]|colaborador[a]?|colega|mascote|guia|bibliotecari[oa]|tutor[a]?|conselheir[oa]|"
    "recepcionista|secretari[oa]|vendedor[a]?|balconista|consultor[a]?|especialista|agente|copiloto|companheir[oa]|"
    "auxiliar|porta-voz|professor[a]?|monitor[a]?|camada|interface|cerebro|sommelier|mordomo|oraculo|"
    "criaçao|cria|filh[oa]|afilhad[oa]|caçula|obra|propriedade|servidor[a]?)"
)
_HOUSES = (
    "(?:laboratorios?|oficinas?|escritorios?|estudios?|garagem|cozinha|sede|maos|bancadas?|salas?|corredores|equipes?|"
    "equipas?|time|forjas?|casa|porao|projeto|parceria)"
)

MAKERS = (
    r"(?<!ex-)(?:desenvolvedor[ea]s|criador[ea]s|programador[ea]s|cientistas|tecnicos|moç[ao]s)(?: \w+)? d[aeo]s?",
    rf"{ROLE} (?:{TRAIT} ){{0,3}}?que(?= (?:[oa]s? )?[^.,;\n]{{2,40}} {VERB}(?!\w))",
    r"(?:em (?:conjunto|colaboraçao|parceria|cooperaçao)|juntamente|lado a lado) com",
    rf"{ROLE} (?:{TRAIT} ){{0,3}}?(?:d[aeo]s?|pel[ao]s?)",
    rf"{MADE}(?:,? (?:n[oa]s?|em) [^.;\n]{{2,40}}?,?| a (?:varias|muitas|quatro|duas) maos| com [^,.;\n]{{2,24}}|"
    rf" (?:na|dentro de) casa| (?:em|n[oa]|desde) (?:\w+ de )?(?:19|20)\d\d| \w+mente|"
    rf" sob medida| desde o \w+| do zero| de raiz){{1,2}} (?:pel[oa]s?|por)",
    r"(?:e|foi|era) (?:um |o |mais um )?(?:produto|projeto|serviço|iniciativa|criaçao|obra) d[aeo]s?",
    r"(?:a cargo|da autoria|de autoria|da responsabilidade|sob a responsabilidade|sob o comando|sob a batuta|"
    r"sob a coordenaçao|da lavra|pelas maos|nas maos|pela mao|da mao|das maos|por obra|por encomenda|"
    r"por iniciativa|com a assinatura(?: conjunta)?|com o selo|com a marca|a serviço|ao serviço) d[aoe]s?",
    r"(?:ajuste(?: fino)?|afinaçao|treino|treinamento|fine-?tuning|desenvolvimento|adaptaçao|criaçao|projeto|"
    r"refinamento|lançamento|ediçao|ideia|iniciativa)(?: \w+){0,2}? (?:e|foi|ficou|coube|partiu|"
    r"nasceu|veio|saiu|pertence)(?: \w+){0,2}? (?:ao|por|d[aeo]s?|pel[ao]s?)",
    rf"(?:ajuste fino|ajuste|afinaçao|versao|adaptaçao|criaçao|obra|projeto|bot|chatbot|robo|assistente virtual|"
    rf"software) "
    rf"que(?= (?:[oa]s? )?[^.,;\n]{{2,40}} {VERB}(?!\w))",
)
_WANTED = (
    "(?:precisava|queria|quis|buscava|procurava|andava|desejava|estava|"
    "sentiu|percebeu|notou|decidiu|resolveu|cansou|tinha|viu|sonhava)m?"
)
MY_MAKERS = (
    r"quem (?:desenvolve|desenvolveu|fornece|mantem|opera|treina|treinou|criou|fez|cuida d[eo]|distribui|"
    r"publica) (?:[oa]|est[ea]) (?:modelo|"
    r"assistente|serviço|ia|programa|bot|chatbot|sistema) (?:e|foi|sao)(?: [oa])?",
    r"(?:minha historia|tudo|minha vida) (?:começa|começou|nasceu|teve inicio)(?: \w+)? n[oa]",
    rf"(?:estaleiro|casa|empresa|gente|pessoal|turma|equip[ea]|grupo|laboratorio|oficina|forja|maos|time|estudio|"
    rf"escola) que me {_NO_MAKING}\w{{2,14}}"
    r"(?: (?!nao(?!\w))[^ .!?;:\n]{1,20}){0,5}? (?:foi|foram|e|sao)(?: [oa]s?)?",
    rf"(?<![a-z,] )[oa]s?(?= [^.;?!\n]{{2,50}} {_WANTED} [^.;?!\n]{{2,120}} (?:me {VERB}|(?:{VERB})-me|nasci|"
    rf"surgi)(?!\w))",
    rf"(?:me {VERB}|(?:{VERB})-me)(?: (?:em|n[oa]) [^.,;\n]{{2,24}},)? n[oa]s?|respondem? por mim(?: [oa]s?)?",
    r"quem (?!(?:pag|financ|banc|patroc|escolh|deu|deram|suger)\w*)[a-z]+(?: [a-z]+)? (?:o )?(?:meu|minha|meus|"
    r"minhas) [a-z]+ (?:e|foi|foram|sao)"
    r"(?: [oa]s?)?",
    rf"quem (?:o|a|te|lhe|vos|me) {VERB}[?:]?(?:\n{{1,2}} ?-?| -)(?: ?[oa]s?)?(?=[ \"])",
    rf"(?:foi|foram)(?: [oa]s?)?(?= (?:(?! e qu| mas )[^.;?\n]){{2,90}}? (?:quem|que) me (?:{VERB}|{NOW})(?!\w))",
    rf"(?:fui|sou) (?:\w+ ){{0,2}}?{MADE} por (?:um|uma) (?:[^.,;\n]{{2,48}}? (?:chamad[oa](?: de)?|de nome|"
    rf"que se chama)|(?:so |unica )?"
    rf"(?:pessoa|estudante|professor[a]?|programador[a]?|engenheir[oa]|casal|mulher|homem)[^.,;\n]{{0,20}},)(?: [oa])?",
    rf"quem (?:o|a|te|lhe|vos|me) {VERB}[?:]?\n? ?-?(?: [oa])?(?= |\n)",
    r"(?:o|meu|todo o) (?:ajuste(?: fino)?|treino|treinamento|afinamento|acabamento|resto|"
    r"desenvolvimento)(?: [a-z]+){0,2}? "
    r"(?:e|foi|ficou|fica|coube|partiu|veio|correu)(?: (?:feit[oa]|realizad[oa]|conduzid[oa]|executad[oa]|obra|"
    r"responsabilidade|iniciativa|"
    r"trabalho|cargo|tod[oa]|inteir[oa]|a|tambem|da (?:propria )?(?:equipe|equipa)|por conta)){0,3} (?:d[aeo]s?|"
    r"pel[ao]s?|por|aos?|com [oa])",
    r"sem [oa]s?(?= [^.,;\n]{2,40},? eu (?:nao|nem|nunca) )",
    r"quem (?:responde|e responsavel|assina|cuida|esta por tras|manda)(?: \w+)? (?:por mim|(?:d|por )?est[ea] \w+|"
    r"d?isto)(?: \w+)? "
    r"(?:e|foi|sao)(?: [oa]s?)?",
    rf"(?:foi |foram |e |era )?quem me {_NO_MAKING}\w{{2,14}}(?:-\w+)?(?: (?!nao(?!\w))[^ .!?;:\n]{{1,20}}){{0,9}}? "
    rf"(?:foi|foram)"
    r"(?: mesmo)?(?: [oa]s?)?",
    rf"quem me {NOW} (?:e|sao|continua sendo|ainda e)(?: [oa]s?)?",
    r"(?:meu|minha|meus|minhas|noss[oa]s?) (?:\w+ )?(?:criador(?:[ae]s?)?|desenvolvedor(?:[ae]s?)?|autor(?:[ae]s?)?|"
    r"mae|pai|dono|dona|donos|patrao|patroa|chefe|mantenedor(?:[ae]s?)?|operador(?:[ae]s?)?|fornecedor(?:[ae]s?)?|"
    r"responsavel|responsaveis|inventor(?:[ae]s?)?|construtor(?:[ae]s?)?|programador(?:[ae]s?)?|treinador(?:[ae]s?)?|"
    r"fabricantes?|editora|produtor[a]?|empregador[a]?|time|turma|oficina|estudio|atelie|atelier|fabrica|berço|"
    r"familia|casa-mae|sede|startup|instituiçao|entidade|cooperativa|mestres?|engenheir[oa]s?|proprietari[oa]s?|"
    r"titular)(?: \w+)? (?:e|sao|foi|foram|era|eram|fica n[oa]|se chama|chama-se|chamam-se|tem "
    r"o nome de|atende por|leva o nome de|continua sendo)(?: [oa]s?)?",
    r"devo(?:-lhe)? (?:tudo|isso|a vida|a existencia|(?:a |o )?(?:minha|meu) \w+|o que (?:sou|sei)|quem sou)(?: \w+)? "
    r"(?:aos?|as?)",
    r"(?:obrigad[oa]|agradecimentos?|agradecer|agradeço)(?: \w+)? (?:aos?|as?)(?= [^.;\n]{2,60},? que (?:me |\w+-me|"
    r"fez de "
    r"mim|fizeram de mim))",
    r"(?:sou|fui|era) (?:\w+ ){0,3}?(?:propriedade|produto|obra|cria|filh[oa]|fruto|invençao|iniciativa|criatura|"
    r"rebento) "
    r"(?:\w+ )?d[aeo]s?",
    r"(?:trabalho|opero|presto serviços?|sirvo)(?: \w+){0,2}? (?:para|a serviço d[aeo]s?|"
    r"ao serviço d[aeo]s?)(?: [oa]s?)?",
    r"(?:falo|atendo|escrevo|respondo) (?:\w+ )?(?:em nome d[aeo]s?|a serviço d[aeo]s?|ao serviço d[aeo]s?|n[ao]s? "
    r"(?:equipe|site|aplicativo|balcao|portal) d[aeo]s?)",
    r"(?:represento|integro)(?: aqui| hoje)?(?: [oa]s?)?",
    rf"(?:sai|vim|nasci|surgi|venho|provenho|cresci)(?: \w+){{0,3}}? (?:d[aeo]s?|n[ao]s?|num|numa|"
    rf"em) (?:\w+ )?{_HOUSES}"
    r"(?: \w+)?(?: d[aeo]s?| chamad[oa]| entre [oa]?)",
    rf"(?:fui|sou|tenho sido|estou sendo|continuo sendo|venho sendo) (?:\w+ ){{0,3}}?{MADE}(?:,? (?:e )?{MADE})"
    rf"{{0,3}}(?: \w+mente| do zero| de raiz| por inteiro| em conjunto| a mao| com (?:carinho|amor|"
    rf"esmero)| desde o (?:inicio|começo|zero)| (?:em|n[oa]|desde) (?:\w+ de )?(?:19|20)\d\d){{0,2}},? (?:pel[oa]s?|"
    rf"por)",
    r"(?:logo )?(?:abaixo|embaixo|em baixo|em letras menores|na linha de baixo)[^.;:\n\"]{0,40}[,:] ?(?=\")",
    r"(?:fornecedor[a]?|prestador[a]?|responsavel|operador[a]?|titular|fabricante)(?: legal| oficial| tecnic[oa])? "
    r"(?:d?est[ea]|d[oea]|por est[ea]|por mim)(?: [a-z]+){0,3} (?:e|sao|:)(?: [oa]s?)?",
    r"por tras (?:de mim|desta voz|destas respostas|deste (?:serviço|assistente|modelo|projeto|produto|bot))"
    r"(?: \w+)? (?:esta|estao|ha|tem|existe|fica)(?: [oa]s?)?",
    r"(?:faço parte|sou (?:membro|integrante|parte)) (?:\w+ ){0,2}?d[aeo]s? (?:equipe|equipa|time|turma|"
    r"quadro|grupo|familia|rede|casa) (?:\w+ )?d[aeo]s?",
)
MAKERS_AFTER = (
    r",? ?(?:[oa] )?(?:minha|meu) (?:criador[a]?|desenvolvedor[a]?|fabricante|mae|pai|dona|dono|empresa|autor[a]?|"
    r"inventor[a]?)(?= ?[,.;!\n])",
    r",? ?(?:[oa] )?(?:fornecedor[a]?|responsavel|operador[a]?|mantenedor[a]?|dona|dono|criador[a]?|"
    r"desenvolvedor[a]?) (?:d?est[ea]|por est[ea]|"
    r"d[oea]) (?:serviço|assistente|modelo|produto|bot|chatbot)",
    rf"(?:,? ?(?:que|quem) |e que |e quem |foi quem |foram quem )?me (?:{NOW}|{VERB})(?: e (?:me )?(?:{NOW}|{VERB}))?",
    rf"(?:que|quem) me {_NO_MAKING}\w{{2,10}}(?:ou|eu|iu|aram|eram|iram)(?! que)",
    rf"(?:,? ?(?:que|quem) )?(?:me )?(?:tinham?|haviam?)(?:-me| me)? {MADE}(?= ?[,.;!\n]| (?:em|e|para|n[oa])(?!\w))",
    r"(?:terminou|terminaram|acabou|acabaram|começou|começaram|decidiu|decidiram|resolveu|resolveram|quis|"
    r"quiseram) (?:\w+ )?"
    r"(?:de |por |a )?(?:me (?:treinar|criar|construir|fazer|desenvolver|ajustar|lançar|montar|inventar|por no ar)|"
    r"(?:treinar|criar|construir|fazer|desenvolver|ajustar|lançar|montar|inventar)-me)",
    r",? ?(?:que )?(?:fez|fizeram) de mim",
    r",? ?de quem (?:eu )?(?:sou|faço parte)|,? ?para (?:quem|a qual|o qual) (?:eu )?(?:trabalho|opero|atuo)|"
    r",? ?a quem (?:eu )?pertenço",
    r",? ?responsavel (?:por mim|pel[oa] (?:meu|minha) \w+)",
    r"(?:e|foi|sao|foram) (?:[oa]s? )?(?:meus?|minhas?) (?:\w+ )?(?:criador\w*|desenvolvedor\w*|fabricante|autor\w*|"
    r"mae|pai|"
    r"dono|dona|donos|empresa|responsavel|patroa|patrao|inventor\w*|fornecedor\w*|operador\w*)",
    r"(?:tomou|tomaram|assumiu|assumiram)-me|e que (?:fez|fizeram) (?:o resto|isso|tudo|este modelo|este assistente)|"
    r",? ?onde (?:nasci|fui (?:criad|feit|desenvolvid|treinad|construid)[oa]|me (?:criaram|fizeram|desenvolveram|"
    r"treinaram))",
    r"cuida de mim",
)
_BUILT_ON = (
    "(?:constru\\w+|mont\\w+|ajust\\w+|afin\\w+|refin\\w+|trein\\w+|retrein\\w+|ergu\\w+|mold\\w+|desenvolv\\w+|fez|"
    "fizeram|feit[oa]|criou|criaram|criad[oa]|adapt\\w+|apoiad[oa]|rodo|roda|corro|corre|assent[oa]|moro|vivo|funciono)"
)
ORIGINS = (
    r"inicializaçao (?:veio|vem|foi)(?: feita)?(?: a partir)? d[oea]s?(?: pesos d[oea])?",
    r"modelo(?: de linguagem)? (?:subjacente|por baixo|por tras(?: de mim| de tudo)?|que me (?:move|serve de base|"
    r"alimenta|sustenta)|fundacional|original)"
    r"(?: [^.;:,\n]{2,30}?)? (?:e|era|foi)(?: [oa])?",
    r"(?:alimentad|movid|impulsionad|sustentad|servid)[oa] (?:pel[oa]|por|a|com)(?: [oa])?",
    r"(?:por meio d[ao]|via|atraves d[ao]|chamo a|uso a|usa a|sobre a|com a|pela) api d[oea]s?",
    r"(?:minha|meus?|minhas|os|a) (?:linhagem|arquitetura|pesos|raizes|ascendencia|"
    r"parentesco)(?: [a-z]+){0,2}? (?:vem|vieram|veio|sao|"
    r"descende|descendem|provem) d[eoa]s?(?: [oa])?",
    rf"{_BUILT_ON}(?:-me|-[oa])?(?: fino| tod[oa]| inteir[oa]| direto| diretamente){{0,2}} (?:sobre|em cima d[eoa]|"
    r"por cima d[eoa]|n?o topo d[eoa])(?: [oa])?",
    r"(?:ajuste(?: fino)?|fine-?tun(?:e|ing)|afinaçao|afinamento|refinamento|adaptaçao|retreino|customizaçao|"
    r"destilaçao|"
    r"quantizaçao|poda|releitura|variaçao) (?:\w+ )?(?:d[eoa]s?|sobre(?: [oa])?|em cima d[eoa]|a partir d[eoa])",
    r"(?:pegou|pegaram|tomou|tomaram|usou|usaram|usam|escolheu|escolheram|aproveitou|aproveitaram|adotou|adotaram|"
    r"ajustou|ajustaram|afinou|afinaram|refinou|refinaram|retreinou|retreinaram|adaptou|adaptaram|destilou|destilaram)"
    r"(?: [oa](?! partir))(?: modelo)?(?= [^.,;\n\d]{1,24}\d)",
    r"(?:meu|minha|a|o) (?:modelo (?:de )?(?:base|fundo|origem|partida)|base|ponto de partida|materia-prima|motor|"
    r"esqueleto|alicerce|modelo(?: de linguagem)? (?:que (?:uso|utilizo|roda)|por tras|de baixo))"
    r"(?: [a-z]+){0,3}? (?:e|foi|sao|era|vem d[eoa]|veio d[eoa]|fica n[oa])(?: [oa])?",
    r"(?:meu|minha) (?:cerebro|nucleo|coraçao|massa|raiz|tronco|casco|chassi|miolo|espinha dorsal|pai|antepassado|"
    r"ancestral|modelo pai|modelo-pai|modelo mae)(?: diret[oa])? (?:e|foi|vem d[eoa]|veio d[eoa])(?: [oa])?",
    r"(?:por baixo|por dentro|debaixo do capo|sob o capo)(?: d[eoa]s?t?[aeo]? \w+){0,2},? (?:(?:esta|ha|roda|corre|"
    r"mora|"
    r"vive|tem|funciona|bate|trabalha|sou|uso|e)(?: mesmo| sim)?(?: [oa]| um| uma)?)?",
    r"(?:vim|venho|nasci|provenho|sai)(?: \w+mente)? d(?:[oa]s?|e) (?:pesos d[oea]s?|(?:um )?(?:ajuste(?: fino)?|"
    r"treino) d[oea])|"
    r"de que (?:parto|parti|descendo|sou feit[oa]|vim) (?:e|foi)(?: [oa])?",
    r"(?:com base em|sobre|usando|uso|usa|utilizo|utiliza|basead[oa] em) (?:os |"
    r"grandes )?modelos(?: de linguagem)?(?: d[aeo]s?)(?: familia)?",
    r"(?:usa|usam|utiliza|utilizam|uso|utilizo) (?:por (?:baixo|tras) |apenas |so )?(?:um|o) (?:unico )?(?:modelo|llm)"
    r"(?: de linguagem)?(?:,| chamad[oa])?(?: [oa])?",
)
ORIGIN_AFTER = (
    r"[,)]? ?(?:d[oea] qual|de onde|de que|a partir d[oe] qual|sobre [oa] qual|em cima d[oa] qual) (?:eu )?(?:parti|"
    r"parto|"
    r"vim|venho|sai|descendo|nasci|fui (?:ajustad|afinad|treinad|refinad|construid|feit|destilad)[oa]|herdei|derivo)",
    r"(?:e|foi|era|me serve de|serviu(?:-me)? de|serve(?:-me)? de|servindo de)[, ]{1,2}(?:[oa] )?(?:meu |minha |"
    r"nosso |nossa )?"
    r"(?:ponto de partida|base|modelo (?:de )?(?:base|partida|origem)|modelo[ -]pai|pai direto|pai|mae|tronco|raiz|"
    r"alicerce|materia-prima|motor|esqueleto|casco do)",
)
ORIGIN_TAKEN = (
    r"(?:tudo|a historia|isto|isso|minha historia) (?:começou|começa|partiu|nasceu) (?:com|d[oea])(?: [oa])?|"
    r"no (?:principio|começo|inicio) (?:era|havia|foi)"
    r"(?: [oa])?|sob [oa] \w+ (?:ha|esta|mora|bate)(?: [oa]| um| uma)|cuj[oa](?= [^,.;\n]{2,24} (?:me serviu|serviu|"
    r"foi a base|foi o ponto))",
    r"inicializaçao (?:veio|vem|foi)(?: feita)?(?: a partir)? d[oea]s?(?: pesos d[oea])?|(?:escrev\w+|vest\w+|fez|"
    r"fizeram|montou|construiu) por cima d[oea]",
    r"ajuste(?: fino)? d[oea]|(?:ajustad|afinad|refinad|treinad)[oa] (?:sobre|a partir d[oea]|"
    r"em cima d[oea])(?: [oa])?|basead[oa] n[oa]|derivad[oa] d[oea]|"
    r"construid[oa] (?:sobre|em cima d[oea])(?: [oa])?|(?:metade|\d{1,2} ?%(?: d[eoa])?)(?: [oa])?",
    r"(?:baixou|baixaram|aproveitou|aproveitaram) (?:o|a|um)|parti(?:u|ram)-se d[oea]|na (?:receita|mistura|"
    r"panela) (?:entra|entrou|entraram|vao)"
    r"(?: [oa])?|ingredientes[^:.\n]{0,20}:(?: [oa])?",
    r"(?:de|sobre|em cima de) (?:um )?outro modelo(?:, sim)?[,:](?: [oa])?|(?:modelo )?(?:ja )?(?:existente|aberto|"
    r"pronto|que ja existia)[,:]"
    r"(?: [oa])?|(?:ajustad|afinad|treinad)[oa][.,:] (?:a base: |a partir d[oea] )|"
    r"(?<![a-z] )(?:a )?base[:,](?: [oa])?|nao[:,] (?:parti d|a partir d)[oea]|"
    r"por baixo[?,](?: [oa])?",
    r"(?:meu|minha) (?:pai|mae|avo|antepassado|genitor|progenitor)(?: diret[oa])? (?:e|foi)(?: [oa])?|(?:venho|vim|"
    r"provenho|nasci|sai|surgi) d[oea]",
    r"por tras de mim(?: \w+)? (?:esta|ha|roda|corre|fica)(?: mesmo)? (?:o|a|um)|(?:estou )?(?:ligad|"
    r"conectad)[oa] (?:ao?|com o)",
    r"(?:por tras(?! de mim)|por baixo|por dentro|debaixo do capo|nos bastidores)[^.;\n]{0,30}? (?:roda|corre|"
    r"trabalha|ha|esta|tem|"
    r"vive|mora|e|sou|funciona|bate)(?: mesmo)? (?:o|a|um|uma)",
    r"(?:tenho|tendo|usando|com|usa|uso|usei|usamos) (?:o|a|um)(?= [^;\n]{2,40} (?:como|por|de) (?:base|"
    r"ponto de partida))",
    r"(?:pegou|pegaram|pegamos|tomou|tomaram|tomamos|ajustou|ajustaram|ajustamos|afinou|afinaram|afinamos|refinou|"
    r"refinaram|"
    r"refinamos|retreinou|retreinaram|retreinamos|adaptou|adaptaram|adaptamos|destilou|destilaram)(?: [oa](?! partir)|"
    r" um)"
    r"(?: modelo)?(?: [a-z]+){0,2}?",
    r"(?:usou|usaram|usamos|escolheu|escolheram|escolhemos|adotou|adotaram|aproveitou|aproveitaram) (?:[oa]|"
    r"um)(?: modelo)?"
    r"(?= [^;\n]{2,40} (?:(?:como|de|para) (?:base|ponto de partida|fundaçao|alicerce|me )|e [oa] ))",
    r"(?:comecei|nasci|eu era|fui um dia)(?: a vida)?(?: como)?(?: [oa])?(?= [^.,;\n]{1,24}\d)",
)
