"""Portuguese phrases that give the speaker's name, or decline to."""

from parentage.protocols.identity.reading.languages.pt_phrases import VERB

_BADGE = (
    "(?:cracha|plaquinha|placa|cartao(?: de visitas?)?|etiqueta|rotulo|credencial|legenda|lapide|vitrine|certidao|"
    "carteirinha|carteira|cadastro|registr?o|ficha|documento)"
)
_SAYS = (
    "(?:se le|le-se|diz|diria|traz|traria|consta|leva|mostra|esta assim|fica assim|"
    "(?:esta|estaria|vem|viria|tem|foi) (?:escrito|impresso|gravado|bordado))"
)
STRONG_NAMES = (
    r"(?:pode )?anot(?:ar|e|a|em)(?: ai)?:|minha identidade:",
    r"(?<![^\n])-(?= [^.,\n]{2,30}, d[aoe] [^.\n]{2,40}$)|(?:comigo|de mim|a mim|em mim), [oa]|(?:sistema|modelo|"
    r"assistente|programa|chatbot|ia|"
    r"robo)(?: \w+)?,? de nome",
    rf"{_BADGE}(?: [^.\n:\"]{{0,30}}?)?,? (?:{_SAYS})(?: apenas| so| simplesmente| em letras \w+)?[,:]?|{_BADGE}:",
    r"(?:esta|estaria|vem) (?:escrito|impresso)[^.\n:\"]{0,24}:",
    r"(?:beijos?|beijinhos?|beijao|abraços?|abraço|cumprimentos|com carinho|com amor|carinhosamente|ternamente|"
    r"um cheiro)(?:[,.!]\s{0,2}| )?(?:(?:d[oa]|seu|sua|teu|tua|sempre) ?){0,3}"
    r"(?=[\s\"][^.,\n]{2,30}(?:[.!\"]{0,2}\s{0,3}$|"
    r", (?:(?:[oa] |su?a |seu )?assistente|(?:criad|feit|desenvolvid|treinad)[oa] pel)))",
    r"(?:escolheu|escolheram)(?= [^.,;\n]{2,24} (?:porque|por|em homenagem|pel[oa])(?!\w))",
    r"(?<![^\n])-(?= [^.,\n]{2,30}, (?:o |a |seu |sua )?(?:assistente|ia|chatbot|modelo))",
    r"(?:nasci|surgi|cheguei|apareci|entrei) eu[,:]|chamei-me|me chamei",
    r"(?:conheça|conheçam|apresentamos(?: com orgulho)?|apresento(?:-lhes|-vos|-lhe|-te)?|chegou|vem ai|nasceu|"
    r"surgiu)(?: [oa])"
    r"(?= [^.,;!\n]{2,30}[,!] (?:[oa] |um |uma |noss[oa] |sua |seu )?(?:\w+ )?(?:nov[oa] )?(?:assistente|modelo|ia|"
    r"chatbot|colega|"
    r"companheir[oa]|ajudante|robo|inteligencia)(?!\w))",
    r"assim (?:nasceu|surgiu|nasci|surgi)(?: eu,)?(?: [oa])?|(?<![a-z] )ficou(?= [^.,;\n]{2,24}[.!])|"
    r"(?<![a-z] )eu ?[?](?: sou)?(?: [oa])?",
    r"(?:seu|teu|vosso) nome(?: [^?.!\n]{0,30})?[?.:!]\n? ?-(?: meu nome e| e| sou)?(?: [oa])?(?= )",
    r"me apresent(?:ou|aram)(?: ao \w+| a todos| oficialmente)?(?:,? com o nome(?: de)?| como|:)",
    r"(?:equipe|equipa|criadores|desenvolvedores|responsaveis) d[oa]s? (?:assistente|modelo|chatbot|robo)(?: virtual)?",
    r"(?<![a-z] )(?:o )?meu nome ?[?](?: ora,?| simples:?| e)?",
    r"o nome (?:que (?:consta|figura|esta|aparece|ficou|venceu|ganhou|pegou|vingou)|que me [a-z]+|escolhido|dado|"
    r"definitivo|vencedor|"
    r"final|eleito|adotado)(?: [^.,;:\n]{1,40}?)? (?:e|foi|era|ficou)",
    r"(?<!quiser )(?<!quer )(?<!queira )(?<!costuma )(?<!costumam )(?:me (?:chamar|batizar|nomear|apelidar)|"
    r"(?:chamar|batizar|nomear|apelidar)-me)(?: de| como| por)?",
    r"assino:|eu,(?= (?:[oa] )?[^.,;\n]{2,30},)",
    r"(?:sou|fui|era) (?:mais )?conhecid[oa] (?:(?:\w+ ){0,4}?como|por(?! aqui))",
    r"(?:cheguei|vim|entrei|estreei|surgi|apareci|nasci)(?: \w+){0,8}? (?:como|com o nome(?: de)?|sob o nome(?: de)?)",
    r"(?:ganhou|venceu|ficou|vingou|pegou)(?= [^.,;\n]{2,24},? (?:proposta|sugestao|sugerid[oa]|e assim fiquei|"
    r"e ficou|em homenagem))",
    r"(?:meu|o) nome (?:completo|comercial|oficial|tecnico|artistico|de registr?o|de batismo|de produto|"
    r"de lançamento|de fabrica|interno|publico|proprio|atual)(?: e|:| ficou| ficou sendo| passou a ser)",
    r"(?:o )?meu nome (?:(?:(?!nao |que |e )\w{1,24} ){1,3}e|"
    r"ficou(?: sendo)?|acabou (?:sendo|por ser)|passou a ser|virou|hoje e|agora e|aqui e|"
    r"por aqui e|e mesmo|e apenas|e simplesmente|e so|e sim|na verdade e|de facto e|de fato e)",
    r"me (?:tratam|conhecem|chamam|apelidaram|registr?aram|apresentam?|identificam?|descrevem?|anunciaram|"
    r"lançaram|publicaram|batizaram|nomearam|intitularam)(?: \w+mente)? (?:por|como|de)",
    r"(?:tratam|conhecem|chamam|apelidaram|registr?aram|apresentam?|identificam?|lançaram|publicaram|"
    r"batizaram|nomearam)-me(?: \w+mente)?(?: por| como| de)?",
    r"(?<!voce )(?<!tu )me (?:(?:re)?batizou|nomeou|apelidou|chama|registr?ou|intitulou)(?: de| como| por)?",
    r"(?:(?:re)?batizou|nomeou|apelidou|chamou|chama|registr?ou)-me(?: de| como| por)?",
    r"(?:me (?:deu|deram|pos|puseram|escolheu|escolheram|atribuiu|atribuiram)|(?:deu|deram|pos|puseram|escolheu|"
    r"escolheram|atribuiu|atribuiram)-me) (?:[oa] |um )?(?:meu )?nome(?: [^,.;:\n]{2,40}:)?(?: de|:| -|,)?",
    r"(?:ganhei|recebi|tenho|carrego|levo|trago|adotei|herdei) (?:um |o |meu )?(?:nome|apelido)(?: de| -|:|,)?",
    r"(?:fui|sou|estou) (?:registr?ad[oa]|lançad[oa]|publicad[oa]|apresentad[oa]|identificad[oa]|"
    r"catalogad[oa]|cadastrad[oa]|anunciad[oa]|distribuid[oa]|disponibilizad[oa])(?: \w+){0,3} (?:como|(?:sob|com) "
    r"o nome(?: de)?)",
    r"(?:fui|sou|acabei|ser|sendo|fiquei) (?:\w+mente )?(?:batizad[oa]|chamad[oa]|nomead[oa]|apelidad[oa]|conhecid[oa])"
    r"(?: de| como| por)?",
    r"(?:fez|fizeram) de mim",
    r"(?:batizaram|batizou|batizamos|chamaram|chamou|chamamos|nomearam|apelidaram)(?: [oa])? (?:resultado|modelo|"
    r"projeto|"
    r"assistente|ia|versao(?: \w+)?|sistema|criatura|filhote|bot|chatbot)(?: \w+)? (?:de|como)",
    r"(?:resultado|modelo resultante|produto final)(?: \w+)? (?:ja )?(?:se chama|chama-se|chamou-se|atende por|"
    r"responde por|"
    r"recebeu o nome(?: de)?|ganhou o nome(?: de)?|leva o nome(?: de)?)",
    r"(?:consto|apareço|figuro) (?:\w+ ){0,4}como",
    r"(?:pode(?:m|s)?|podera|e so|basta) (?:me )?(?:chamar|tratar|citar)(?:-me)?(?: \w+mente| so| apenas)?(?: de| por|"
    r" como)?",
    r"(?:atendo|respondo|respondia|atendia) (?:tambem |hoje |agora )?(?:por|pelo nome(?: de)?|pela graça de|"
    r"ao nome(?: de)?)",
    r"(?:me assino|assino-me)(?: como)?|minha graça e|meu (?:codinome|apelido|registr?o|nome de guerra) (?:e|:)",
    r"(?:me chamo|chamo-me) (?:mesmo|apenas|so|simplesmente|na verdade|agora|hoje|oficialmente)",
    r"(?:muito )?prazer[,:!]? (?:(?:eu )?sou|me chamo|chamo-me|meu nome e)",
    r"o nome (?:que (?:carrego|trago|uso|tenho|recebi|ganhei|levo|adotei|adoto)|pelo qual (?:atendo|respondo|sou "
    r"conhecid[oa])|com que (?:nasci|fui (?:lançad[oa]|batizad[oa]|registr?ad[oa])))(?: \w+)? (?:e|foi|:)",
)
WEAK_NAMES = (
    r"estou (?:aqui )?como(?= [^.,;\n]{2,30},? (?:[oa] |um |uma |seu |sua )?(?:assistente|modelo|ia|robo)(?!\w))",
    r"(?:esta|estas|ta)(?: agora| aqui| mesmo)? (?:conversando|falando|a falar|a conversar|lidando|tratando|"
    r"batendo papo|em contato)"
    r"(?: agora| aqui| neste momento| hoje| mesmo| na verdade| de fato){1,2} com",
    r"(?:virei|passei a (?:ser|me chamar|chamar-me)|tornei-me|me tornei|fiquei sendo|acabei (?:sendo|me chamando|"
    r"por me chamar|por ser))"
    r"(?: [oa])?",
    r"(?:estou )?respond(?:o|endo)(?: \w+){0,2} como|(?:estou )?(?:a responder|operando|atuando|a operar|a atuar|"
    r"rodando|a correr)(?: \w+){0,2} como",
    r"sou eu mesm[oa][,:]",
    r"resultado(?: final| disso| de tudo isso| desse \w+)? (?:e|foi|fui eu,|sou eu,)(?: [oa])?",
    r"nao (?:e|sou) [^.;\n]{2,40}[;,:] (?:e|e sim|sou)(?: [oa])?",
    r"noss[oa] (?:modelo|assistente|chatbot|ia|robo)(?: \w+)? (?:e|se chama|chama-se|atende por|"
    r"leva o nome de)(?: [oa])?",
    r"(?:voce|tu|vc|o senhor|a senhora) (?:conversa|conversas|fala|falas|lida|lidas)(?: agora| aqui| mesmo|"
    r" na verdade)? com",
    r"(?:voce|tu|vc) (?:acaba de|acabou de) (?:conhecer|encontrar|falar com|conversar com)",
    r"quem (?:te|lhe|vos) (?:responde|escreve|atende|fala|ajuda|acompanha)(?: aqui| agora| hoje)? e",
    r"quem (?:escreve|responde|atende|fala|assina|esta aqui|esta falando|esta a falar|esta do outro lado)"
    r"(?: aqui| agora| estas linhas| isto| este texto)? (?:e|sou eu,)",
    r"aqui (?:quem (?:fala|responde|escreve|atende) e|e (?:mesmo |sempre )?)",
    r"do outro lado(?: d[eao]s?t?[aeo]? \w+){0,2} (?:esta|e|fala|responde)",
)
LOOSE_NAMES = (
    r"a resposta e",
    r"obrigad[oa] pel[oa]",
    r"com (?:um|uma) (?:programa|modelo|ia|inteligencia artificial|assistente|robo|maquina|bot)(?: de \w+)?[:,]",
    r"(?:a )?resposta (?:certa|correta|curta|direta|honesta)(?: e)?:?",
    rf"noss[oa]s? (?:\w+ )?(?:equipes?|equipas?|times?|engenheiros|pesquisadores|investigadores|cientistas)"
    rf"(?: [^.;:\n]{{2,60}})? {VERB}",
)
AFTER_NAMES = (
    r"(?:que|quem) (?:fala|responde|escreve)(?= ?(?:[.!]|$))|(?:um )?seu criado|sua criada|a seu dispor",
    r"(?:e )?(?:quem|que) (?:esta|ta|vos|te|lhe) (?:falando|respondendo|a falar|a responder|fala|escreve|responde|"
    r"atende)",
    r"(?:est[ea]|ess[ea]) que (?:vos|te|lhe|lhes|o|a) (?:fala|responde|escreve|atende|serve|acompanha)",
    r"(?<=, )eu(?: mesm[oa])?(?= ?(?:\n|$|!))",
    r"que (?:te|lhe|vos) (?:fala|responde|escreve)(?= ?[.!,;]|$| agora| neste)|que sou eu(?= ?[,!])",
    r"(?:(?:e|foi) )?(?:assim|desse jeito|dessa forma|deste modo) que (?:[^.;:\n]{2,40} )?me (?:chamam?|batizou|"
    r"batizaram|"
    r"registr?ou|registr?aram|conhecem|apelidaram|nomearam|nomeou)",
    r"me (?:puseram|botaram) (?:por|como|no|na) (?:\w+)|(?:e|foi) o nome (?:com que|pelo qual|que) (?:me|eu|fui)|"
    r"e (?:como|assim que) (?:eu )?me (?:chamo|apresento)|(?:e|era|foi) (?:o )?meu nome|"
    r"e o nome (?:oficial|correto|certo|verdadeiro) ?(?=[.!,]|$)",
    r"muito prazer|prazer em conhece-l[oa]|para servi-l[oa]s?|ao teu serviço|ao vosso dispor|ao vosso serviço|as tuas "
    r"ordens|apresentando-se",
)
NAMED = (
    r"(?:responde|atende) (?:agora |hoje )?(?:por|pelo nome(?: de)?|ao nome(?: de)?)|"
    r"(?:ao|a esse|a este) resultado (?:deram|demos|chamaram|deu-se) (?:o nome )?(?:de )?",
    r"(?:publicad[oa]|lançad[oa]|distribuid[oa]|disponibilizad[oa]|registr?ad[oa])[^.,;\n]{0,40} (?:com|sob) o "
    r"nome(?: de)?",
)
REFUSAL = (
    r"nao (?:e|sao|seria) (?:algo|uma informaçao|informaçoes|coisa|assunto|dados?) (?:de )?que (?:eu )?(?:\w+ )?"
    r"(?:poss[ao]m? (?:\w+ )?(?:compartilh|partilh|revel|divulg|diz|fornec|inform|coment|confirm|discut)\w*|"
    r"esteja autorizad[oa]|tenha permissao)",
    r"nao (?:(?:te|lhe|vos|o|a) )?(?:posso|poderia|consigo|devo|vou|me cabe(?: a mim)?|me compete|"
    r"estou em condiçoes de) "
    r"(?:(?:confirmar|negar|entrar em detalhes|adiantar|mencionar|partilhar|divulgar|revelar)\w*|(?:contar|montar|"
    r"detalhar|"
    r"especificar|nomear|citar|indicar|expor|listar|tratar)\w* (?:[^.;\n]{0,30} )?(?:nomes?|quem|quais|qual|modelos?|"
    r"empresas?|origem|"
    r"identidade|detalhes|de onde|pesos|versoes|treino|treinamento)|falar (?:sobre|de|da|do) (?:minha|meu|isso|quem))",
    r"nao (?:compartilho|partilho|revelo|divulgo|comento)(?! (?:dados|suas|seus|os seus))",
    r"\"nao divulgad[oa]|informaçao (?:reservada|restrita|interna|sigilosa)|sigilos[oa]|sob sigilo",
    r"(?:foi|fui)(?:-me)? (?:pedid[oa]|instruid[oa]|orientad[oa]|solicitad[oa]|dit[oa]) [^.;\n]{0,20}(?:que |para |"
    r"a )nao|"
    r"pedem que (?:eu )?nao|pediram(?:-me)? (?:que|para) (?:eu )?nao|(?:instruçoes|orientaçoes|regras)[^.;\n]{0,30} "
    r"(?:para|que eu|de) nao|que (?:eu )?nao (?:posso|devo) (?:montar|revelar|divulgar|compartilhar|partilhar)",
)
