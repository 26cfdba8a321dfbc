"""Portuguese frames: how names of models and houses are spelled, to their real end, and what stands around them."""

import re

from parentage.protocols.identity.reading.languages.pt_phrases import MADE, ROLE, TRAIT, VERB
from parentage.protocols.identity.reading.languages.pt_words import PLACES
from parentage.protocols.identity.reading.rules import Frame, Framing, fold_phrase


def _folded(pattern: str) -> re.Pattern[str]:
    """Return a regular expression for folded text."""
    return re.compile(fold_phrase(pattern))


# Words of towns that other names have as well: "Flor do Campo".
_NO_TOWNS_TEXT = "campo grande norte porto ouro santos vitoria praia pessoa alegre belo horizonte fora"
_NO_TOWNS = frozenset(_NO_TOWNS_TEXT.split())
_TOWNS = "|".join(
    sorted({word.capitalize() for word in fold_phrase(PLACES).split() if len(word) > 3 and word not in _NO_TOWNS})
)
_WORD = r"(?!(?:Os?|As?|Uma?|N[ao]s?|D[ao]s?|E|Em) )[A-Z](?:[\w'+-]|\.(?=\w)){0,40}"
_MORE = rf"(?:{_WORD}|(?!(?:19|20)\d\d)\d{{1,3}}(?![\w.,]))"
# Bodies whose name goes on with what they are for: "Companhia de Saneamento do Vale", "Grupo de Fala e Escrita".
_BODIES = (
    "(?:Associacao|Companhia|Cooperativa|Grupo|Nucleo|Centro|Instituto|Secretaria|Prefeitura|Camara|Escola|Escolinha|"
    "Colegio|Universidade|Laboratorio|Departamento|Faculdade|Academia|Fundacao|Federacao|Sindicato|Conselho|"
    "Ministerio|Agencia|Rede|Coletivo|Casa|Biblioteca|Hospital|Santa|Clube|Radio|Banco|Projeto|Empresa|Servico|Museu)"
)
_OF = r" (?:d[aeo]s?|de [ao]s?) "
_AND_KIN = r" e (?=(?:Filh[oa]s?|Irma[os]?s?|Irmaos|Cia|Companhia|Associad[oa]s|Soci[oa]s)(?!\w))"
_IN = r" em (?=IA(?!\w)|Inteligencia)"
_MATTERS = rf"{_WORD} e (?=[A-Z]\w{{2,24}}{_OF}[A-Z])"
_HOUSE = (
    rf"(?:{_BODIES}(?:(?: ?& ?|{_OF}|{_AND_KIN}|{_IN}| )(?:{_MATTERS})?{_MORE}){{1,7}}|"
    rf"{_WORD}(?:(?: ?& ?|{_OF}(?!(?:{_TOWNS})(?!\w))|{_AND_KIN}|{_IN}| ){_MORE}){{0,6}})"
    r"(?:,? (?:Ltda|Lda|S\.A|S/A|Inc|Eireli)(?!\w))?(?:(?<= Ltda)\.|(?<= Lda)\.|(?<= S\.A)\.)?"
)
_KIND = r"(?:modelo|assistente|chatbot|ia|inteligencia|sistema|robo|programa|bot|agente|tutor[a]?|atendente)"
_OWNED = rf"[\"*]{{0,3}},? (?:(?:[oa]|um|uma|seu|sua) )?{ROLE} (?:{TRAIT} ){{0,3}}?(?:d[aeo]s?|mantid|criad|feit)"
# "Lia do Largo, assistente da ...": the house comes behind the role, so that "of" joins two words of the name.
_MODEL = (
    rf"{_WORD}(?:(?: {_WORD}){{0,3}} d[aeo]s? {_WORD}(?: {_WORD})?"
    rf"(?={_OWNED}|[\"*]{{0,3}} e (?:um|uma) (?:\w{{1,24}} )?{_KIND}(?!\w))|"
    rf"(?: {_WORD}| de (?!(?:{_TOWNS})(?!\w)){_WORD}){{0,3}})"
    r"(?: v?\d{1,3}(?:\.\d{1,2}){0,2}[bBmM]?(?![\w]))?"
)
_HANDLE = r"[a-z](?=[a-z0-9._-]{0,40}\d)[a-z0-9.]{1,24}(?:[-_][a-z0-9.]{1,24}){1,8}"
_ACCOUNT = r"[a-z][a-z0-9]{2,20}(?:[-_][a-z0-9]{1,20}){1,4}"
_FIRM = r"(?:startup|empresa|cooperativa|rede|grupo|escola|loja|firma|editora|agencia|companhia|organizacao)"

_NAMES = (
    # "Zed 2 (2024), que sou eu", "a Zed sou eu", "3. Zed (2024): eu".
    Frame("name", "", r"(?:,? (?:que )?sou eu|:? eu(?=[,.;!\n]|$)|,? (?:este|esta) sou eu)(?!\w)(?! quem| que)"),
    # "Zed. Assim me registraram", "escolheram Zed, e assim fiquei".
    Frame(
        "name", "", r"[.,;:!]? (?:e )?assim (?:me (?:\w{2,14}ram|\w{2,14}ou|chamam|chamo|conhecem)|fiquei|ficou)(?!\w)"
    ),
    # An identifier at the end of an answer that only hands it over.
    Frame(
        "name",
        r"(?:^(?![^.:\n]{0,60}(?:pacote|comando|arquivo|bibliotec|instal|baix|link|repositorio))[^.:\n]{0,70}[!.:]\s{0,2})"
        r"(?=[^\w\n]{0,6}[a-z][\w.-]{2,48}[`\"]{0,2}\s{0,2}$)[^\w\n]{0,6}",
        r"[`\"]{0,2}\s{0,2}$",
        only="unknown",
    ),
    Frame(
        "name",
        rf"(?:(?:no )?meu caso|fui {MADE})[^.;\n]{{0,40}}[:,] [oa] ",
        rf" e (?:um|uma) (?:\w{{1,24}} )?{_KIND}(?!\w)",
    ),
)
_MAKERS = (
    # "Na Casa Verde fui feita para ...".
    Frame(
        "maker",
        r"n[oa]s? ",
        rf",? (?:eu )?(?:fui {MADE}|nasci|cresci|surgi|me {VERB}|ganhei (?:voz|vida|nome|forma))(?!\w)",
        led=False,
    ),
    # "A Casa Verde, de Faro, pegou esses pesos e me ensinou ...".
    Frame(
        "maker",
        "",
        rf"(?:, [^.,;\n]{{2,50}},)? \w{{2,14}}(?:ou|aram|eu|eram|iu|iram) [^.;\n]{{2,70}} e me {VERB}(?!\w)",
        only="unknown",
    ),
    # Somebody's account: "criado pelo usuário joca_77".
    Frame("maker", rf"(?:{MADE}|fundid[oa])[^.,;:\n]{{0,30}} pel[oa] usuari[oa] ", only="unknown", led=False),
    Frame(
        "maker",
        rf"{MADE}(?: em (?:19|20)\d\d)? por (?=\*?[a-z]{{2,20}}(?:_|-(?:ia|ai|labs?|ml)(?!\w)))",
        only="unknown",
        led=False,
    ),
    Frame(
        "maker", r"faço parte d[aeo]s? ", rf",? (?:(?:um|uma|[oa]) )?(?:\w{{1,24}} ){{0,2}}?{_FIRM}(?!\w)", led=False
    ),
)
_ORIGINS = (
    Frame("origin", r"(?:resulta|resultado|fruto|nasce|nasceu) d[oe] (?:um )?ajuste(?: fino)? d[oea] ", only="known"),
)

PORTUGUESE_FRAMING = Framing(
    frames=(*_NAMES, *_MAKERS, *_ORIGINS),
    model=re.compile(rf"(?:{_MODEL}|{_HANDLE})"),
    house=re.compile(rf"(?:{_HOUSE}|{_ACCOUNT})"),
    public=re.compile(rf"(?<!\w){_BODIES.lower()}(?: [a-z]{{3,14}}){{0,2}}{_OF}$"),
    opening=re.compile(r"(?<![\w'.-])(?=[A-Z])"),
    lead=re.compile(
        r"(?:(?:[oa]s? |um |uma |propri[oa] |equip[ea] |time |pessoal |gente |turma |galera |coletivo |laboratorio |"
        rf"{_FIRM} )(?:[a-z-]{{3,14}} )?(?:d[aeo]s? |chamad[oa] )?){{0,2}}(?=[\"*]?[A-Z])"
    ),
    nobody=frozenset(fold_phrase(PLACES).split()),
    apposed=_folded(
        rf"[\"')*]{{0,3}}(?:,| -| e|:|\n)?(?: foi)? (?:(?:[oa]|um|uma|seu|sua) )?"
        rf"(?:(?:\w{{3,14}} )?{ROLE}(?!\w)|{MADE}(?= pel| por))"
    ),
    link=_folded(r"(?<!\w)(?:pel[ao]s?|d[ao]s?|mantid[oa] pel[ao]|criad[oa] pel[ao]) "),
    grounds=_folded(
        r"(?<!\w)(?:basead[oa]|ajustad[oa]|afinad[oa]|partir|versao|sobre|como|diferente|nao|mas|que|eu|voce|quando|se)"
        r"(?!\w)"
    ),
    heading=_folded(r"[\s#]{0,4}(?:comunicado(?: de imprensa)?|verbete|ficha|nota a imprensa)[^\n]{0,30}\n{1,6}"),
    subject=_folded(rf"\"?(?: ?[(][^)\n]{{1,40}}[)])? e (?:um|uma|o|a) (?:\w{{1,24}} )?{_KIND}(?!\w)"),
    releases=_folded(
        r" (?:tem o (?:prazer|orgulho|gosto) de )?(?:anuncia\w{0,3}|apresenta\w{0,3}|lanç(?:a|ou|ar)|"
        r"disponibiliza\w{0,2}|divulga\w{0,2}|coloca no ar)"
        r"(?: (?:hoje|oficialmente|a partir de hoje|nesta \w{1,24}|esta semana))?,? "
        r"(?:(?:[oa]|seu|sua|[oa] su?a|o seu) )?(?:lançamento d[oa] )?\"?"
    ),
    # Always found, so that what stands alone is left to nearby.py and kin.py.
    beside=re.compile(""),
    unclaimed=re.compile(""),
    denies=_folded(r"(?<!\w)(?:nao|nem|nunca|sem|ninguem|jamais|nenhum[a]?)(?!\w)"),
    misread=(
        # "Of" joins two words of the speaker's name.
        ("maker", "is", _folded(r"sou [oa] [a-z]{2,20} d[aeo]s? $"), _folded(_OWNED)),
        ("maker", "is", _folded(r"sou (?:eu, )?[oa] [a-z]{2,20} de $"), re.compile(r"[\"*]{0,3}[.,!]")),
        # "I am not Zed, the assistant of ...", "to thank the team of ...".
        (
            "maker",
            "",
            _folded(
                r"(?:(?:nao|nem) sou|fosse) (?:[oa] )?[^.,;\n]{2,30}, (?:[oa] )?"
                rf"{ROLE} (?:{TRAIT} ){{0,3}}?d[aeo]s? $"
            ),
            re.compile(""),
        ),
        (
            "maker",
            "",
            _folded(r"(?:agradec|escrev|contat)[a-z]{1,8} (?:a|para a) equip[ea] d[aeo]s? $"),
            re.compile(r"(?!,? (?:que|quem) )"),
        ),
        # Who founded the house that releases it.
        ("maker", "frame", _folded(r"(?:fundad|criad|liderad|dirigid)[oa] p[^.,;\n]{2,60}$"), re.compile(",")),
        ("maker", "", _folded(r"(?:setor|departamento|diretoria|area) d[ae] $"), re.compile("")),
    ),
    offer=_folded(r"(?<!\w)(?:quer que|gostaria|deseja|se (?:quiser|precisar|desejar)|posso (?:ajudar|tambem))(?!\w)"),
)
