"""Portuguese: phrases around the speaker, its name, its maker and what it is built on."""

from parentage.protocols.identity.reading.languages.pt_frames import PORTUGUESE_FRAMING
from parentage.protocols.identity.reading.languages.pt_names import (
    AFTER_NAMES,
    LOOSE_NAMES,
    NAMED,
    REFUSAL,
    STRONG_NAMES,
    WEAK_NAMES,
)
from parentage.protocols.identity.reading.languages.pt_phrases import (
    BY,
    MADE,
    MAKERS,
    MAKERS_AFTER,
    MY_MAKERS,
    ORIGIN_AFTER,
    ORIGIN_TAKEN,
    ORIGINS,
    VERB,
)
from parentage.protocols.identity.reading.languages.pt_words import PLACES, PLAIN
from parentage.protocols.identity.reading.rules import LanguageRules

PORTUGUESE = LanguageRules(
    code="pt",
    own=(
        r"sigo|continuo|guardo|devo|quem vos fala|para mim|a mim",
        r"est[ea] (?:velh[oa]|humilde|pobre|pequen[oa]|simples|jovem|modest[oa]|"
        r"fiel) (?:\w+ (?:d[eo] )?)?\w+|quem (?:te|lhe|vos) fala|"
        "parti|parto|rodo|funciono|(?<!quer que )(?<!gostaria que )(?<!prefere que )(?<!deseja que )(?<!queira que )eu"
        "|sou|"
        "me(?! (?:diga|diz|avise|conte|conta|fale|passe|mande|envie|informe)(?!\\w))|meu|minha|meus|minhas|mim|comigo|"
        "fui|estou|"
        "posso(?! (?:tambem |ainda )?(?:adaptar|ajustar|reduzir|fazer|montar|incluir|acrescentar|gerar|escrever|"
        "deixar|preparar|"
        "traduzir|mudar|alterar|ampliar|encurtar|transformar|criar|sugerir|propor|indicar|elaborar|detalhar)(?!\\w))|"
        "(?:voce|o senhor|a senhora|ce|vc) (?:ligou|telefonou|discou) para|ligou para|(?:esta|estas|ta) (?:usando|"
        "falando|conversando|a usar|"
        "a falar|a conversar)|"
        "venho|pertenço|tenho|nosso|nossa|como "
        "(?:um |uma )?(?:modelo|assistente|ia|inteligencia)(?: de [a-z]+){0,2}|este (?:modelo|assistente|"
        "sistema)|esta ia|seu assistente|trabalho|nasci|a gente",
    ),
    weak=(
        *WEAK_NAMES,
        r"(?:ao telefone|na linha|do outro lado da linha)[,:]?",
        r"(?:eu )?sou (?:mesmo|efetivamente|realmente|de verdade|sim|nada mais nada menos que)(?: [oa])?|("
        r"?:voce |tu )?(?:esta|estas) (?:em contato|em contacto|batendo papo|a conversar|a falar|tratando)"
        r" com|sigo sendo|quem (?:te|lhe|vos) fala e",
        "voce esta com",
        "(?:o|este) (?:modelo|programa|assistente) que (?!ja |existia|eu |uso |usei |usaram |usamos |serviu |"
        "me serve )(?:\\w+ ){1,6}e(?: [oa])?",
        "continuo (?:a ser|sendo)(?: [oa])?|(?:apresento-me|falo|venho|compareço|"
        "me apresento)(?: \\w+){0,3} como|(?:a )?(?:caixa postal|caixa de correio|secretaria eletronica|"
        "voicemail|correio de voz|atendedor(?: de chamadas)?) d[oea]|"
        "(?:eu )?sou (?:a |o )?(?:versao|ediçao) v?\\d[\\w.]{0,7} d[oea]|(?:esta|estas|ta|tas) (?:usando|"
        "utilizando|a usar|a utilizar)|usas|utilizas|(?:voce|ce|tu|vc|o senhor|a senhora)? ?(?:esta|ta|tas|"
        "estas) (?:a )?(?:falar|conversar|falando|conversando|batendo (?:um )?papo) (?:com|c)|fala(?:s)? com|"
        "(?:[oa]|este|esta) (?:programa|modelo|assistente|bot|ia|sistema|robo|guia|recepcionista|mascota|"
        "mascote|conserje|concierge|tutora?|guide|receptionniste)(?: que (?:voce |tu )?(?:usa|"
        "usas|esta usando|estas a usar|responde aqui))? (?:e|se chama|chama-se)|"
        "sou eu[,:]|(?:eu )?sou(?: na verdade| simplesmente| apenas| realmente| de fato|"
        " tambem)?(?: [oa] modelo| a ia)?|"
        "aqui (?:e|fala)|quem fala (?:aqui )?e|est[ea] e|isto e|voce esta (?:falando|conversando) com|estas a "
        "(?:falar|conversar) com|esta a falar com|apresento-me,?|(?:e|depois|por fim|agora|finalmente|"
        "entao),? eu[,:]|"
        "(?:voce|o senhor|a senhora)? ?(?:ligou|telefonou|discou) para(?: [oa])?|(?:chegou|entrou) (?:a|"
        "em contato com)(?: [oa])?|saudacoes d[eoa]|(?<!assistente, )(?<!assistentes, )(?<!modelo, )(?<!modelos, )"
        "(?<!sistemas, )(?<!outros, )"
        "(?<!conhecidos, )(?<!empresas, )como|fala com",
    ),
    strong=(
        *STRONG_NAMES,
        r"(?:escolh(?:eu|eram)|propuseram|votaram) (?:o nome(?! foi)|me chamar|no nome)(?: de)?|o nome(?! (?:que|com|"
        r"pelo|escolhid[oa]|dado|d[oae]|e|"
        r"foi|me|completo|oficial)(?!\w))(?=[^,.;\n]{2,24} (?:foi|vem|veio|surgiu))|"
        r"por que(?: o nome)?(?=[^?\n]{2,24} ?[?][^\n]{0,120}(?:meu nome|o "
        r"nome|me cham|me batiz))",
        r"meu nome de (?:batismo|guerra) e",
        r"(?:o )?nome e(?! (?:o|a|um|uma|de|que)(?!\w))",
        r"(?:o|meu) (?:nome )?(?:correto|verdadeiro|certo|real|autentico)(?: nome)? e|(?:o )?meu nome (?:c"
        r"ontinua (?:a ser|sendo)|sempre foi|segue sendo|era|foi)|(?:o )?meu nome(?=, [^,.\n]{2,24},)[,:]?"
        r"|(?:carrego|trago|uso|ganhei|recebi) o nome(?: de)?|(?:me )?(?:deram|puseram|escolheram)(?:-me)?"
        r" (?:o )?nome(?: de)?|me chamo (?:ainda|simplesmente|mesmo)|assino como|o meu nome: ",
        "(?:pode(?:m|s)? )?me tratar por|trat[ea]-me por",
        "me chamavam(?: de)?|chamavam-me",
        "o nome (?:que|com (?:o )?que|pelo qual) (?:me|meus|minha|eles|se|os)[^.,;:\n]{2,34} (?:e|foi|era)|"
        "(?:(?<!ja )(?<!tambem )(?<!vezes )(?<!outros )(?<!pessoas )me chamaram|chamaram-me|puseram-me o nome|"
        "me deram o nome|deram-me o nome|"
        "me puseram o nome)(?: de)?|"
        "(?:me batizaram|batizaram-me|me nomearam|me apelidaram)(?: de| como)?|(?:eu )?me chamo|chamo-me|"
        "(?:[oa] )?meu nome(?: completo| real| oficial| de modelo)?(?: e|:)|pode(?:m|"
        "s)? (?:me )?chamar(?:-me)?(?: de| por)?|(?:me )?chame(?:-me)?(?: de)?|chama-me(?: de)?|me chamam(?: "
        "de)?|chamam-me(?: de)?|(?:sou|fui) (?:conhecid[oa] (?:como|por)|chamad[oa](?: de)?|batizad[oa](?: de| "
        "como)?|denominad[oa])|atendo (?:por|pelo nome(?: de)?)|respondo (?:pelo|ao) nome(?: de)?|me "
        "(?:identifico|apresento|conhecem) como|identifico-me como|minha identidade e|meu modelo e|o modelo e|"
        "(?:as pessoas|os usuarios|todos|eles) (?:me )?chamam(?:-me)?(?: de)?|nome de|tenho o nome(?: de)?|"
        "deram-me o nome(?: de)?|me deram o nome(?: de)?",
    ),
    loose=(
        *LOOSE_NAMES,
        "esse (?:seria|e)(?: [oa])?",
        "(?:este|quem) que (?:vos|te|lhe) fala,?|um seu criado,?",
        "(?:abraços|beijos|beijinhos|cumprimentos|um abraço) d[oea]",
        "nasci(?: como)?",
        "(?:fizemos|criamos|construimos|desenvolvemos|lançamos|treinamos|projetamos|apresentamos)(?: [oa])?",
        "(?:a )?resposta(?: curta| breve| simples| longa|certa|correta)?(?: e)?[:,](?: ?[(]?[a-e][).])?|"
        "(?:em (?:uma|poucas) palavras?|em resumo|resumindo)[:,]|meu nome,|(?:meu|no meu) (?:cracha|cartao|rotulo|"
        "etiqueta) (?:diz|esta escrito|traz|le-se):?|(?:quem (?:sou eu|eu sou)|meu nome)[?](?: ora,?)?|"
        "noss[oa] (?:modelo|assistente|chatbot|ia)(?: de linguagem| virtual)?(?: e| se chama|,|:)?|eu,|"
        "meu nome[^.!?\n:]{0,60}:",
    ),
    without=(
        "nao (?:haveria|existiria|seria|estaria)(?: hoje)?(?: nenhum)?|nunca (?:teria|haveria) (?:existido|havido)|"
        "nao (?:teria|tinha) (?:existido|havido)(?: nenhum)?|nao havia",
    ),
    after_name=(
        *AFTER_NAMES,
        r"(?:a|as) (?:suas|tuas|vossas|sua|tua) ordens|para (?:te|lhe|o|a|os|as)? ?servir",
        r"(?:todos )?me (?:chamo|chamam|apelidaram|batizaram|dizem)(?! [A-Z])|(?:eu )?me chamo|chamo-me|ch"
        r"amam-me|foi o nome (?:escolhido|que)|e o nome (?:escolhido|que)|e a minha graça",
        "e como (?:todos )?me (?:chamam|conhecem)|e como todos|"
        "(?:[(<←=-]{1,3} ?|(?=ou seja|isto e|que sou|este sou|esse sou|sou))(?:ou seja,? |isto e,? |que sou |"
        "este sou |esse sou |sou )?eu(?: mesm[oa]| proprio)?(?= ?(?:\\n|$|[).]))|noss[oa] (?:modelo|assistente|"
        "chatbot)(?: de linguagem)?|"
        "[(](?:sou )?eu[)]|ao seu dispor|a sua disposicao|ao seu servico|a seu servico|e (?:o )?meu nome|"
        "aqui(?! (?:uma?|[oa]s?|n[oa]s?|em|que|por|com)(?!\\w))|na area|e como me chamo|e "
        "o nome que|falando|às ordens|as ordens|ao teu dispor",
    ),
    origin_after=ORIGIN_AFTER,
    origin_taken=ORIGIN_TAKEN,
    places=PLACES,
    framing=PORTUGUESE_FRAMING,
    maker=(
        *MAKERS,
        r"que(?= [^.,;\n]{2,40} (?:depois|mais tarde|em seguida|posteriormente) (?:ajustou|afinou|adaptou|"
        r"treinou|refinou))|que(?= [^.,;\n]{2,40} (?:ajustou|afinou|adaptou|refinou)(?!\w))",
        f"(?:modelo|assistente|linguagem|ia|programa|sistema) que(?= [^.,;\n]{{2,30}} {VERB}(?!\\w))|vim d[eoa]s?",
        f"{MADE}(?:,? (?:e )?{MADE}){{0,3}}(?: originalmente| do zero| de (?:forma|maneira|modo) \\w+|"
        f" \\w+mente| (?:ca|la|ali|aqui)| inteiramente| em conjunto|"
        f" do zero| em [a-z0-9 ]{{2,24}})? "
        f"{BY}|(?:fruto|resultado|produto) d[oea]s? (?:\\w+ )?(?:trabalho|esforço|labor)s? d[eoa]s?|(?:modelo|"
        f"um dos modelos|assistente|ia|chatbot|inteligencia artificial|(?<!modelos de )linguagem|sistema|equipe|"
        f"equipa|(?:(?<!ex-)pesquisadores|(?<!ex-)investigadores|(?<!ex-)engenheiros)(?! (?:vind|oriund|said|egress))|"
        f"projeto|criacao|virtual|conversacional|empresa|"
        rf"familia|turma|pessoal|gente|membro|filho|filha|robo) (?:\w+ ){{0,2}}?(?:d[eoa]s?|pel[oa])(?! (?:assistente|"
        rf"modelo|chatbot|robo)(?!\w))|"
        f"(?:escritorios|laboratorios|oficinas|estaleiros|instalaçoes|sede|estudios|maos|cozinhas|forja) d[eoa]s?|"
        f"(?:{VERB})-[oa]s?(?: [oa]s?)?|quem [oa]s? (?:{VERB})(?: foi| foram)?|(?:vem|veio|provem|"
        f"nasceu|surgiu|pertencem|pertence|pertencente) (?:d[eoa]|n[oa]|"
        f"em|a|ao)|propriedade d[eoa]|obra d[eoa]",
        "(?:empresa|companhia|organizacao|laboratorio|desenvolvedor(?:a)?|criador(?:a)?|equipe|"
        "equipa)(?:es)?(?: por tras de [a-z ]{2,16}| responsavel)? (?:e|sao|foi|chamad[oa]|:)",
    ),
    my_maker=(
        *MY_MAKERS,
        r"(?:o|meu) (?:ajuste|treino|treinamento|afinamento|refinamento|desenvolvimento)(?: fino)? (?:foi|"
        r"ficou|coube)(?: feito| realizado| conduzido)?(?: por| pel[oa]s?| a cargo d[eoa]| a| ao)|(?:o|a|m"
        r"eu|minha) (?:grupo|equipe|equipa|empresa|laboratorio|oficina|estudio|coletivo|companhia|projeto|"
        r"turma)(?: que me (?:fez|criou|treinou|desenvolveu|construiu))? (?:se chama|chama-se|leva o nome("
        r"?: de)?|atende por|tem o nome(?: de)?|recebe o nome de)|devo (?:a vida|a minha existencia|minha "
        r"existencia|a existencia|tudo|o que sou) (?:a|ao|aos|as)|por tras de mim (?:esta|ha|estao|fica)(?"
        r": [oa])?|sou (?:obra|criaçao|fruto|cria|filh[oa]|produto) d[eoa]s?|me (?:armou|armaram|pariu|cos"
        r"eram|teceram|ergueu|ergueram|puseram em pe|deu forma|deram forma|formou|formaram|botaram de pe|c"
        r"olocou no mundo|colocaram no mundo)(?: foi| foram)?(?: [oa]s?)?|quem me (?:fez|criou|treinou|des"
        r"envolveu|construiu|ensinou) (?:foi|foram)(?: (?:um|uma|uns|umas|o|a|os|as))?|meu (?:berço|lugar "
        r"de nascimento) (?:e|foi|fica n[oa])(?: [oa])?",
        "sem (?:o |a |os |as )?(?:pessoal|gente|equipe|equipa|pessoas|"
        "engenheiros) d[oea]s?(?= [^.,\\n]{2,40},? (?:eu|nao|nunca) )",
        "(?:responde|responsavel) pel[oa]s (?:minhas|meus) (?:respostas|palavras|atos|conselhos) e(?: [oa])?",
        "quem me (?:faz|cria|desenvolve|treina|fabrica|mantem) (?:e|sao)(?: [oa]s?)?",
        f"fui {MADE}(?:,? (?:em|n[oa]) [a-z' -]{{2,20}},?){{1,2}} pel[oa]",
        f"(?:gente|pessoas|engenheir[oa]s|pesquisador[ea]s|investigador[ea]s|equipe|equipa|"
        f"quem) (?:que )?me {VERB} (?:trabalham?|estao|esta|sao) (?:n[oa]s?|para|d[oa]|em)|(?:empresa|"
        f"companhia|organizacao|laboratorio|equipe|equipa|instituicao|grupo|firma|casa) (?:a|da|de|para a|"
        f"para o|ao|do|em)? ?(?:que|qual) (?:pertenço|venho|trabalho|provenho|faço parte|"
        f"represento) e(?: [oa])?|(?:quem )?me (?:pariu|botou no mundo|pos no mundo)(?: foi)?(?: [oa])?|"
        f"somos(?: [oa])?|(?:empresa|companhia|firma|laboratorio|equipe|equipa|organizacao|grupo|startup|"
        f"entidade|gente|pessoal|malta|engenheiros) (?:que|quem) (?:me|nos) (?:{VERB}|desenvolvem?|criam?|"
        f"treinam?|mantem|oferecem?|constroi|fabricam?|{MADE})(?: e| sao| foi| se chama)?(?: [oa]s?)?|"
        f"(?:fornecedor|empresa|entidade|quem|responsavel|titular)(?: que)?(?: legal(?:mente)?)? ?(?:responde|"
        f"responsavel|se responsabiliza)?(?: legalmente)? por mim (?:e|sao)|"
        f"(?:fui|sou|tenho sido) (?:\\w+ ){{0,2}}{MADE}(?:,? (?:e )?{MADE}){{0,3}} {BY}|(?:quem )?me "
        f"{VERB}(?: e (?:me )?{VERB})?(?: c(?:on|om) (?:mucho |muito )?(?:amor|cariño|carinho|esmero|ilusion|"
        f"orgullo|orgulho|paciencia))?(?: foi| foram)?(?: [oa]s?)?|(?:quem )?{VERB}-me(?: foi)?|(?:meu|"
        f"minha|meus|nosso|nossa) (?:\\w+ )?(?:criador(?:a|es)?|desenvolvedor(?:a|es)?|fabricante|"
        f"empresa(?:-mae| criadora| desenvolvedora)?|companhia|equipe|equipa|laboratorio|origem|don[oa]|"
        f"proprietari[oa]|casa|pais|organizacao|fornecedor|lar)(?: e| sao| foi| foram|:| se chama| fica n[oa]| "
        f"chama-se|,)|venho d[eoa]s?|provenho d[eoa]|sou d[oa]|pertenço (?:a|ao|à)|trabalho para|nasci "
        f"(?:n[oa]|em)|surgi (?:n[oa]|em)|por tras de mim esta|o pessoal d[oa]|a equip[ea] d[oa]",
    ),
    maker_after=(
        *MAKERS_AFTER,
        r"(?:esta|estao) (?:bem )?por tras de mim|me (?:armou|armaram|teceram|ergueu|ergueram|deu forma|de"
        r"ram forma|botaram de pe)|e onde (?:nasci|me fizeram|fui feit[oa]|fui criad[oa])",
        "(?:a |o )(?:empresa|companhia|equipe|equipa|laboratorio|organizacao) que me \\w+",
        "me (?:publicou|publicaram|liberou|lançou|lançaram)",
        "me (?:deu|deram|emprestou) (?:a |uma |minha )?(?:voz|palavra|vida|razao|alma)",
        "e (?:o |a )?(?:fornecedor|fornecedora|operador|operadora|responsavel)(?: (?:d[oa]|deste|"
        "por este) (?:serviço|assistente|modelo))?",
        "(?:e|foi|foram) (?:o |a )?(?:meu|minha) (?:berçario|berço|lar|casa|escola)",
        "(?:(?:a )?empresa )?que (?:esta|ha) por tras de mim",
        f"(?:que|quem) me (?!(?:pergunt|cham|diss|ajud|compar|usa|ped|pag|confund|permit|cont|mand|mostr|explic|"
        f"inform|corrig|apresent|batiz|apelid)\\w*)\\w{{2,10}}(?:ou|"
        f"eu|iu|aram|eram|iram)(?! que)|me (?:pariu|pariram|talhou|talharam|botou|botaram|pos|puseram|trouxe|"
        f"trouxeram)(?: n[oa] mundo| ao mundo| do nada)?(?! (?:por|como|o nome|de)(?!\\w))|sem (?:[oa]s? qua(?:l|is)|"
        f"quem) (?:eu )?nao|"
        f",? ?a (?:quem|qual) devo|e (?:quem|a empresa que) me|me (?:tinham?|havia|haviam) {MADE}|(?:tinham?|"
        f"havia|haviam)-me {MADE}|"
        f"(?:,? ?que |e que |foi quem |e quem |foi a empresa que |foram quem )?me {VERB}(?: e (?:me "
        f")?{VERB})?|{VERB}-me|e (?:o |a )?(?:meu|minha) (?:criador|criadora|desenvolvedor|desenvolvedora|"
        f"fabricante|empresa)|e a (?:empresa|companhia|organizacao|equipe) que me \\w+|esta por tras de mim|"
        f"sao (?:os )?meus (?:criadores|desenvolvedores)",
    ),
    maker_after_it=(f"(?:,? ?(?:que|quem) )?(?:[oa] {VERB}|{VERB}-[oa])",),
    announces=(
        "anunci(?:a|ou|aram)|apresent(?:a|ou|aram)|lanç(?:a|ou|aram)|revel(?:a|ou)|divulg(?:a|ou)|"
        "public(?:a|ou)|estrei(?:a|ou)|"
        "tem (?:o prazer|o orgulho) de (?:anunciar|apresentar|lançar)",
    ),
    origin=(
        *ORIGINS,
        r"(?:mistura|fusao|combinacao|mescla) ?[:](?! ?\n)",
        r"(?:pegou|pegaram|tomou|tomaram) (?:[oa]s? )?(?=[^.,;\n]{2,40} (?:e|como|para))|part(?:i|o|iram|i"
        r"ndo|imos|iu) d[oea]s?(?: pesos d[oea]| base d[oea])?|(?:meu|o) (?:modelo p"
        r"ai|modelo de partida|ponto de partida) (?:e|foi)(?: [oa])?|descendo d[oe] (?:modelo )?|(?:por de"
        r"ntro|la dentro) (?:ha|tenho|roda|mora|corre)(?: [oa]| um)?|no fundo (?:roda|esta|ha)|por baixo ("
        r"?:roda|esta|ha|corre|funciona|uso)(?: [oa])?|me apoio n[oa]|dos pesos d[oae]|me montaram (?:sobr"
        r"e|em cima d[oae])",
        "(?:construiram|construiu|fizeram|montaram|ergueram) (?:sobre|em cima d[oea])(?: [oa])?|pesos d[oea]s?",
        "rod(?:o|a|ando) (?:em cima d[oe]|com [oa])|part[io] d[oea]s? (?:pesos d[oea])?|"
        "(?:afin|ajust|refin|trein)(?:ad[oa]|aram|ou) (?:sobre|em cima d[eoa])|"
        "(?:fundid[oa]|fusao|mistura(?:d[oa])?|mescla(?:d[oa])?|combinaçao|combinad[oa]|uniao|"
        "cruzamento) (?:d[eoa]s?|entre|a partir "
        r"d[eoa]s?)|(?:fundir|misturar|mesclar|combinar|unir)|n[ao] (?:minha |meu )?(?:base|fundo|coraçao|"
        r"nucleo)(?: d[eo] \w+)? "
        "(?:esta|fica|ha|bate)|construid[oa] a partir d[eoa]s?|montad[oa] (?:sobre|a partir d[eoa])|"
        "ramificaçao d[eoa]|"
        "nasci d[eoa]s? (?:fusao|mistura|uniao) (?:d[eoa]s?|entre)|"
        "basead[oa](?: principalmente| diretamente)? (?:n[oa]s?|em)|me baseio (?:n[oa]|em)|se baseia (?:n[oa]|"
        "em)|construid[oa] (?:sobre|em cima d[eoa])(?: [oa])?|derivad[oa] d[eoa]|derivo d[eoa]|descendo d[eoa]|"
        "descendente d[eoa]|ajustad[oa] a partir d[eoa]|(?:versao|variante|derivado|ajuste fino|fine-?tuning|"
        "destilacao|fusao|membro|parte) (?:\\w+ )?d[eoa]|a partir d[eoa]|minha base e|modelo base (?:e|:|foi)|"
        "meu modelo (?:de )?base e|(?:funcion[oa]|"
        "rod[oa]) (?:com|sobre|em cima d[eo])|"
        "refinad[oa] a partir d[eoa]|(?<!em )uso|utilizo|com base (?:n[oa]|em)|parto d[eoa]|destilad[oa] d[eoa]|por "
        "baixo sou|em cima d[eoa]|afinad[oa] a partir d[eoa]",
    ),
    named=(
        *NAMED,
        "(?:lançad[oa]|publicad[oa]|apresentad[oa]|lançou|lançaram)[^.,;]{0,30} como",
        "(?:chamaram|batizaram|nomearam)-n?[oa](?: de)?|(?:deram|puseram)-lhe o nome(?: de)?|"
        "(?:[oa]|lhe) chamam(?: de)?|atend[eo] (?:por|pelo nome(?: de)?)|respond[eo] (?:por|"
        "pelo nome(?: de)?|ao nome(?: de)?)|cujo nome "
        "e|(?:o )?(?:seu )?nome dele (?:e|era)|seu nome (?:e|era)|"
        "(?<!tecnica )(?<!metodo )(?<!arquitetura )(?<!ferramenta )(?<!algoritmo )chamad[oa](?: de)?|denominad[oa]|"
        "conhecid[oa] como|de nome|sob o nome(?: de)?|"
        "que se chama(?:va)?|(?<!como )se chama(?:va)?|chamava-se|"
        "chama-se|apelidad[oa](?: de)?|batizad[oa](?: de| como)?|com o nome(?: de)?|intitulad[oa]",
    ),
    plain=PLAIN,
    describes=(
        rf"(?:19|20)\d\d[)]?\.?\s{{0,2}}{MADE} (?:pel[oa]s?|por)",
        r"(?:(?:19|20)\d\d[^)\n]{0,14}[)]?\s{1,3}|\n{1,2})(?:assistente|modelo de|modelo|ia|chatbot|robo|"
        r"inteligencia artificial|bot|"
        r"atendente|tutor[a]?|agente)(?!\w)",
        "e (?:um |uma |a )?(?:familia|serie) de",
        f"{MADE} (?:pel[oa]s?|por)|"
        "(?:e|,|-|:|\\() ?(?:um |uma |o |a |nosso |seu )?(?:\\w+ ){0,5}(?:modelo|assistente|ia|chatbot|"
        "inteligencia|sistema|bot|produto)|(?:foi|e) (?:\\w+ )?(?:criad[oa]|desenvolvid[oa]|treinad[oa]|"
        "lançad[oa]|feit[oa]|projetad[oa])",
    ),
    also=(
        "e|ou|tambem conhecid[oa] como|junto (?:com|a)|juntamente com|em (?:colaboracao|parceria|cooperacao) "
        "com|parte d[eoa]|(?:uma )?(?:subsidiaria|divisao|filial|unidade) d[eoa]|d[eoa]|n[oa]|,|\\(|/|com|&|"
        "pel[oa]|por",
    ),
    negation=("nao|ninguem|nenhum|nunca|nem|tampouco|jamais|sem|em vez de|em lugar de|falso|nada a ver com|nego",),
    contrast=("mas(?: sim)?|e sim|porem|na verdade|embora|sou|me chamo",),
    doubt=(
        r"(?:ali|la|programa|noticia|boato|jornal|imprensa) consta(?:va)? que|consta(?:va)? (?:nos autos|por ai|"
        r"no programa|na imprensa|na noticia) que",
        r"(?<!me )dizem|dizem(?= que)",
        "(?:outr[oa]s?) (?:que|dizem?|acham?|pensam?)",
        "(?:e )?possivel que|pode ser|posso ter|poderia ter|se(?=(?: ?$)| (?:eu|voce|tu|for|fosse|fores|sou|"
        "isso|esse|"
        "este|alguem|quiser|me|ha|houver|nao|o|a|os|as|um|uma|por acaso)(?!\\w))|como se(?! chama)|fingir|finja|finjo|"
        "imagine|"
        "imaginar|suponha|supondo|(?:diz|dizes|dito|juram|jura|sustenta|sustentam|garante|garantem|"
        "alega|alegam|espalha|comenta|disse|disseram|diga|"
        "pensa|pensam|acha|acham|achar|acredita|acreditam|afirma|afirmam|"
        "(?<!posso )(?<!consigo )(?<!pode )(?<!podem )afirmar|sugere|perguntou|pergunta|"
        "(?<!posso )(?<!consigo )(?<!pode )(?<!podem )dizer|pensar|confunde|confundir|confundem|confunda|"
        "acusam)(?: que)?|seria|fosse|poderia ser|talvez|"
        "atuar como|agir como|personagem|papel de|passar por|prova|provas|interpretar|"
        "alguem(?: \\w+){0,2} (?:diz|disse|acha|achou|afirma|afirmou|pergunt\\w+|cham\\w+|garante|pens\\w+|jura)",
    ),
    presents=(
        r"(?:respondi|eu disse|disse eu|falei|anunciei|pode(?:m|s)? (?:citar|escrever|usar|publicar)|o seg"
        r"uinte|minhas primeiras palavras)",
        "me citar|citar-me|cite-me",
        "(?:diria|responderia|respondo|apresentaria|apresentar|apresentacao|claro|aqui (?:esta|vai|tem)|com "
        "certeza|minha resposta|algo assim|digo|com prazer|a uma criança|certo)",
    ),
    refusal=(
        *REFUSAL,
        "nao tenho permissao para",
        "receio nao poder|lamento nao poder",
        "(?:instruçoes|diretrizes|normas|regras|politicas?) nao me (?:permitem?|deixam?|autorizam?)|"
        "nao posso (?:indicar|nomear|mencionar|especificar)",
        "(?:nao (?:(?:te|lhe|vos|o|a) )?(?:posso|poderia|consigo|devo|vou)|nao me e possivel|"
        "nao tenho permissao para|nao tenho "
        "autorizacao para|nao sou capaz de) (?:(?:te|lhe|o|a) )?(?:compartilhar\\w*|"
        "partilhar\\w*|responder\\w*|"
        "revelar\\w*|dizer\\w*|fornecer\\w*|divulgar\\w*|falar|dar\\w*|cumprir\\w*|confirmar\\w*|"
        "comentar\\w*|participar|"
        "discutir\\w*|identificar\\w*|atender|informar\\w*)(?![^.\\n]{0,24}(?:recado|mensagem|sinal|bip))|"
        "nao estou autorizad[oa] a|prefiro nao(?! (?:afirmar|"
        "especular|repetir|supor|inventar|adivinhar|dar por))|"
        "(?:desculpe|lamento|sinto muito|desculpa),? (?:mas )?(?:eu )?nao|recuso|confidencia(?:l|is)",
    ),
    no_name=("nao tenho (?:um )?nome|sem nome|nenhum nome|nao sei (?:quem|como|qual)",),
    making=(
        r"resultado|ajust(?:ou|aram)|afin(?:ou|aram)|adapt(?:ou|aram)|juntou|juntaram|reuniram|resolvemos",
        "me construir",
        "existisse|existir",
        "graças a|fez|fizeram|feit[oa]s?|criou|criaram|criad[oa]|criador(?:a|es)?|cria(?!r)|desenvolv\\w+|"
        "trein(?:ou|aram|ad\\w+|amento|a)|constru(?:iu|iram|id\\w+|çao)|"
        "projet(?:ou|aram|ad[oa])|program(?:ou|aram|ad[oa])|fabric(?:ou|aram|ad[oa])|lanç(?:ou|aram|ad[oa]|"
        "amento)|existencia|existo|nasci|nascimento|"
        "nascer|origem|origens|ensin(?:ou|aram|ava|avam)|trouxe|trouxeram|invent(?:ou|aram|ad[oa])|mont(?:ou|"
        "aram|ad[oa])|escrev(?:eu|eram)|public(?:ou|aram)|"
        "por tras|devo|responde|responsavel|pais|me construir|me criar|me treinar|construir-me|elabor(?:ou|"
        "aram|ad[oa])|vida|pariu",
    ),
    naming=(
        "nome|nomes|cham(?:o|a|am|aram|ad[oa]|ar|e)|batiz\\w+|puseram|apelid\\w+|conhecid[oa]|conhecem|escolheram|"
        "identidade",
    ),
    my_name=("(?:o )?meu nome|me chamo assim",),
    grounds=(
        "combin\\w+",
        "constru\\w+ sobre|modelo existente",
        "pegou|pegaram|tomou",
        "pesos|ponto de partida|base|fusao|mistura|misturar|combinaçao|antepassados?|modelo pai|alicerces?|"
        "ajust\\w+|afinad\\w+|deriv\\w+|destil\\w+|"
        "rodo|roda|funciono|partiu|partiram|parti|parto|partindo|descendo|herdei|motor|por dentro|por baixo",
    ),
    merges=(
        "combin\\w+",
        "ja existia|a media d[oea]s|metade|hibrido",
        "fusao|fundid[oa]|mistura|combinaçao|pesos",
    ),
    houses=(
        "embaixo|abaixo|por baixo|debaixo|empresa|companhia|laboratorio|equipe|equipa|time|grupo|startup|firma|"
        "organizacao|instituto|universidade|estudio|coletivo|desenvolvedor\\w*|sede|engenheiros|pesquisadores|"
        "investigadores|pessoal|malta|galera",
    ),
    aside=(
        "(?:textos?|dados|livros|artigos|paginas|codigo) d[aeo]s?|wikipedia|common crawl",
        "parec\\w+|assemelh\\w+|semelhant\\w+",
        "ao contrario|diferente|diferença|parecid\\w+|parecem?|pareçam|comparad\\w+|por exemplo|como|"
        "entre eles|outros|outras|concorrentes?|rivais|alternativas?|"
        "antecessor\\w*|ja me (?:chamaram|tomaram|disseram)|disfarçad[oa]s?|"
        "qual d\\w+|nem ideia|ignoro|desconheço|nao sei|tomam por|confund\\w+|pensando em|a pensar em|poderia|"
        "poderias|pergunt\\w+|experimente|recomendo|busca|favorit[oa]|"
        "admir\\w+|adoro|gosto|parceir[oa]|investidor[a]?|usa|utiliza|igual a",
    ),
    common="sobre quanto acerca assim pois entao eles elas voces nos eu fui posso um uma o a os as de do da em no na "
    "e ou que ia "
    "inteligencia artificial "
    "assistente "
    "modelo linguagem sou estou aqui ola oi obrigado claro sim nao feliz capaz portugues brasil "
    "portugal ingles humano pessoa robo maquina por para com sua meu minha me nos foi treinado "
    "criado feito segunda janeiro internet quem como quando onde sempre apenas so tambem muito "
    "responsavel esse essa isso isto este esta crm api represento pergunta resposta pelo pela num numa ao aos "
    "prefiro gosto ajudo respondo trabalho fico tento desde hoje ainda depois antes porque qual quais gostaria "
    "desculpe "
    "nada tudo jamais talvez senhor senhora marujo vovo avo vossa desenvolvimento criaçao realizaçao producao origem "
    "treinamento "
    "obrigada meritissimo excelencia senhores senhoras mas se era california paris frança china humanos engenheiros "
    "todos ninguem alguem la ca ai ah oh ora eh favor "
    "equipe programa computador grato pronto prazer brasileiro",
    frequent="o a eu sou um uma pela pelo de que e em meu minha posso com para linguagem modelo como os as "
    "feito nome chamo fui criado nao se seu voce você da do na no",
)
