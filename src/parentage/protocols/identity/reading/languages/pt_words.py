"""Portuguese words: ordinary ones between a phrase and a name, and those for places."""

PLAIN = (
    r"escritorio|canal|usuari[oa]|perfil|rede|associaçao|agencia|consultoria|fabrica|marca|ong|comunidade|"
    r"produtora|atelie|"
    r"padaria|farmacia|mercado|mercearia|supermercado|pousada|clube|portal|site|aplicativo|app|plataforma|"
    r"start-up|fintech|irmaos|"
    r"casal|dupla|trio|professora?|programadora?|estudante|engenheir[oa]|moços|rapazes|meninas|meninos|malta|"
    r"galera|legitim[oa]|interna|"
    r"catarinense|cearense|paraense|amazonense|maranhense|potiguar|paranaense|goian[oa]|capixaba|alentejan[oa]|"
    r"algarvi[oa]|minhot[oa]|"
    r"coimbra|open source|familiar|livraria|biblioteca|hotel|banco|museu|loja|escola|colegio|clinica|hospital|"
    r"restaurante|jornal|pr"
    r"efeitura|camara|seguradora|time",
    r"britanic[oa]|alema[o]?|italian[oa]|espanhol[a]?|canadense|japones[a]?|coreana?o?|indian[oa]|hola"
    r"ndes[a]?|suec[oa]|suiç[oa]|israelense|saudita|brasileir[oa]|portugues[a]?|mexican[oa]|argentin[o"
    r"a]|paulista|carioca|mineir[oa]|gauch[oa]|baian[oa]|pernambucan[oa]|lisboeta|portuense|europei?a?"
    r"|um[as]?s|uns|umas|muito|bem(?!-)|legais|legal|pequen[oa]|cooperativa|editora|oficina|estudio|estudio"
    r"s|coletivo|fundaçao|carpinteiros|ferreiros|marinheiros|maos|amig[oa]s|bo[am]s?|bons|tecnologic[o"
    r"a]|independente|privad[oa]|local|jovem|jovens|simpatic[oa]s?|senhoras?|senhores|moç[oa]s|espert["
    r"oa]s|tal|tal d[eoa]|startup chamada",
    "existente",
    "arquitetura|hoje|agora|atualmente|oficialmente|ja|desde entao|velh[oa]|dois|tres|pesos|projeto|"
    "a turma d[aoe]|um|uma|o|a|os|as|seu|teu|sua|grande|modelo|modelos|linguagem|de|do|da|dos|das|ia|"
    "inteligencia|"
    "artificial|assistente|virtual|digital|chatbot|conversacional|amigavel|util|empresa|companhia|equipe|"
    "equipa|laboratorio|laboratorios|grupo|organizacao|startup|pesquisa|pesquisadores|investigadores|"
    "engenheiros|pessoal|gente|por|pel[oa]|chamad[oa]|familia|lingua|tecnologica|gigante|tecnologia|"
    "chinesa|chines|francesa|americana|norte-americana|e|foi|sao|simplesmente|em|na|no|novo|nova|serie|"
    "pessoas|desenvolvedores|mesmo|apenas|treinad[oa]|equipes|nome|conhecid[oa] como|mais|tambem|llm|bot|"
    "instituto de pesquisa|proprio|propria|que e|na verdade|desenvolvedor|criador",
)
PLACES = (
    "bahia ceara parana piaui acre amapa amazonas maranhao crato alentejo algarve minho açores madeira pernambuco "
    "paraiba sergipe "
    "alagoas goias tocantins rondonia roraima minas gerais catarina garanhuns blumenau olinda ilheus "
    "san francisco california tel aviv meca cupertino palo alto seattle nova york iorque "
    "pequim xangai hangzhou shenzhen toquio seul paris londres toronto montreal berlim munique madri madrid barcelona "
    "roma milao dubai riade abu israel japao coreia china india alemanha inglaterra reino emirados lisboa coimbra "
    "braga "
    "aveiro evora faro setubal guimaraes leiria viseu santarem recife salvador manaus belem curitiba florianopolis "
    "campinas fortaleza goiania brasilia natal maceio aracaju teresina cuiaba londrina niteroi sorocaba joinville "
    "vitoria santos olinda ouro petropolis uberlandia maringa blumenau luanda maputo praia bissau mindelo "
    "reino arabia saudita arabes unidos estados eua republica do da de janeiro paulo horizonte alegre fora grande "
    "pessoa sul "
    "norte amazonia brasil portugal sao rio belo porto juiz campo joao angola moçambique"
)
