"""Where a name in Latin letters that no list knows begins and ends: its links, numbers, apostrophes and legal forms."""

import re
from collections.abc import Collection, Mapping

from parentage.protocols.identity.lexicon import Found
from parentage.protocols.identity.reading.text import Folded

WORD = re.compile(r"[^\W\d_][\w'.&+-]{0,39}")
ARTICLES = frozenset(["the", "la", "le", "les", "el", "los", "las"])
# What a house's name may begin with before "of" and the like: "Ministry of Small Repairs", "Maison du Livre".
_HOUSE_FIRST_TEXT = (
    "grupo estudio laboratorio taller instituto casa fabrica oficina fundacion fundacao universidad universidade "
    "atelier ateliers institut maison compagnie studio laboratoire societe fondation coletivo colectivo cooperativa "
    "astillero astilleros estaleiro compania companhia university institute talleres laboratorios banque librairie "
    "bibliotheque hopital musee hotel mairie museo museu livraria libreria biblioteca hospital clinica prefeitura "
    "ayuntamiento museum library groupe atelie collectif academia centro centre escola escuela ecole bank banco "
    "city town county borough state diocese parish friends republic government embassy chamber ministry department "
    "office college school society guild order house bureau council "
    "asociacion associacao association autoridad bibliotecas secretaria consorcio colegio nucleo consorcios unidad "
    "unidade parque radio mutua mutuelle mutuelles cooperative coletivos viveros panaderia panificadora ferreteria "
    "gestoria notaria seguros caja caixa camara tribunal docapesca arquivo archivo archives aquario acuario guilda "
    "editora editorial farmacia farmacias pharmacie pharmacies lycee college academie presses editions regie club "
    "union federacion federacao federation ministerio ministere servicio servico servicos service services agencia "
    "agence red rede reseau telecentros supermercados transportes transports cervejaria rutas mentes becas"
)
HOUSE_FIRST = frozenset(_HOUSE_FIRST_TEXT.split())
# Words that never stand within a house's name; what else begins with a capital after one belongs to it.
_FUNCTION_TEXT = (
    "i i'm i've a an the it it's its he she they we you this that here there these those is are was were am be been "
    "has have had "
    "my your our their his her me us him them what how who when where why which if as at by from with but to so not "
    "yes no and or "
    "please hello hi hey thanks thank because let while although since however can do does did may will would should "
    "could "
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august "
    "september october "
    "november december yo fui soy un una uno es que como cuando donde porque pero si no con por para en mi tu su mis "
    "tus sus me te "
    "se lo nos el ella ellos hola gracias je suis il elle ils on nous vous mon ma mes ton ta votre notre que qui "
    "quand ou mais si "
    "avec par pour en dans bonjour merci c'est eu sou um uma ele ela eles nos voce meu minha seu sua que quem quando "
    "onde mas se "
    "com por para em ola obrigado obrigada enero febrero marzo janvier fevrier mars janeiro fevereiro"
)
_FUNCTION = frozenset(_FUNCTION_TEXT.split())
# Days with which a club's name may begin behind an article: "the Tuesday Night Tinkerers".
WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_PLACES = frozenset(
    [
        *(
            "ai",
            "llm",
            "san",
            "q",
            "english",
            "chinese",
            "french",
            "spanish",
            "american",
            "european",
            "us",
            "usa",
            "china",
        ),
        *("france", "ia", "espanol", "espana", "frances", "brasil", "portugal", "brasileira", "brasileiro", "openai"),
    ]
)
_INSIDE_NAME = frozenset(
    [
        "ai",
        "network",
        "france",
        "ia",
        "china",
        "open",
        "learning",
        "research",
        "intelligence",
        "language",
        "company",
        "one",
    ]
)
_TITLES = frozenset(
    ["prof.", "profa.", "dr.", "dra.", "mr.", "mrs.", "ms.", "st.", "sr.", "sra.", "capt.", "sgt.", "hnos."]
)
_JOINED = re.compile(
    r" (?:(?:of|the|for|de|da|do|das|dos|del|des|du|la|los|las|les|e|y|et|and|&|\+|in|na|no|sans|sin|"
    r"sem) ){1,2}(?:[dl]')?|"
    r" (?:de )?[dl]'"
)
_FREE = frozenset(
    ["of", "the", "for", "of the", "for the", "da", "do", "das", "dos", "del", "des", "du", "la", "&", "+"]
)
_KIN = re.compile(
    r" (?:e|y|et|and|&|i) (?:hij[oa]s|herman[oa]s|hnos|cia|companhia|compania|compagnie|cie|co|company|filh[oa]s|"
    r"fils|"
    r"filles?|associes|asociados|associados|socios|sons?|daughters?|brothers|sisters|partners|friends|irmaos|freres)"
    r"(?!\w)\.?"
)
_THE_SO = re.compile(r" (?:the|le|la|el) (?=[^\W\d_])")
_NUMBER = re.compile(
    r"(?: |-| - )?v?\d{1,3}(?:\.\d{1,3}){0,2}[bmk]?(?![\w])(?!\.\d)(?! ?(?:%|years?|months?|weeks?|days?))"
)
_LEGAL = re.compile(
    r",? (?:(?:inc|incorporated|llc|ltd|limited|gmbh|plc|pty|corp|corporation|co|sas|sarl|oy|bv)(?!\w)|"
    r"(?:ltda|lda|cia|eirl)(?!\w)\.?|s\. ?a\.(?: ?s\.)?|s\. ?l\.(?: ?[pu]\.)?|s/a(?!\w))"
)
# Forms in law that are written short, so that the full stop behind them is theirs.
_SHORTENED = re.compile(r"(?<=[\w,&] )(?:inc|ltd|corp|bros|co)$")
_LISTED = re.compile(r", [^\W\d_][\w'-]{1,24} & [^\W\d_][\w'-]{1,24}(?!\w)")
_SEAT = re.compile(r"(?<=\w) of [a-z-]{3,20}$")
_STATE = re.compile(r", [a-z]{3,16}(?: [a-z]{3,12})?(?=[,.]|$)")
_HANDLE = re.compile(r"[a-z][a-z0-9]{2,24}(?:[-_.][a-z0-9]{1,20}){1,8}|[a-z]{3,20}\d{1,4}")
_HYPHENED = re.compile(r"[a-z]{2,20}(?:-[a-z]{2,20}){1,3}(?=[\"'`)]{0,2}[.!]?\s{0,3}$)")
_DESCRIBED = re.compile(
    r"(?: v?\d{1,2}(?:\.\d{1,3}){0,2})?[\"']?, (?:an?|the|your|un|une|uma?|una|o|el|le) ?(?:[\w-]+ ){0,5}(?:model|"
    r"assistant|chatbot|ai|bot|llm|modelo|"
    r"asistente|assistente|modele|lora|fine-?tune|merge|adapter|checkpoint|distillation|quant|remix)"
    r"(?!\w)"
)
_ADJECTIVAL = re.compile(
    r"(?:ed|ing|ful|ous|able|ible|al|ive|source|based|purpose|like|free|style|level|friendly|first|term|made|built|"
    r"known|time|date|to|class|size|scale|proof|savvy|ready|wide|driven|party|built|of|edge|world)$"
)


def is_handle(text: str, at: int, word: str, *, told: bool) -> bool:
    """Say whether a word without capitals is written as identifiers are: "tessel-chat-v3.2", "joe_77".

    One with a hyphen alone counts if the phrase stands right before it (`told`) and nothing follows it.
    """
    bare = word.rstrip("'.&+-")
    if _HANDLE.fullmatch(bare) is not None and any(letter.isdigit() or letter == "_" for letter in bare):
        return True
    if told and _DESCRIBED.match(text, at + len(bare)):
        return True
    alone = _HYPHENED.match(text, at) if told else None
    return alone is not None and alone[0] == bare and _ADJECTIVAL.search(bare) is None


def opens_name(folded: Folded, at: int, word: str, common: Collection[str], known: Collection[int]) -> bool:
    """Say whether an ordinary word begins a name here: "The Meridian Desk" after a small word, "Open Health Project".
    Say whether an ordinary word begins a name here: "The Meridian Desk" after a small word, "Open Health Project"."""
    if word not in ARTICLES and (
        word not in common or word in _PLACES or (word in _FUNCTION and not word.endswith("day"))
    ):
        return False
    text, after = folded.text, at + len(word) + 1
    if not folded.is_capital(at) or after >= len(text) or text[after - 1] != " " or not folded.is_capital(after):
        return False
    following = WORD.match(text, after)
    if following is None or after in known or following[0].endswith("-based"):
        return False
    bare = following[0].rstrip(".'").split("'")[0]
    if bare in common and (word not in ARTICLES or bare in _FUNCTION or bare in _PLACES):
        return False
    # At the beginning of a sentence, or in a heading, a capital says nothing of an article.
    before = re.search(r"(\w+),? [\"']?$", text[max(0, at - 32) : at])
    if before is None or folded.sentence(at)[0] == at:
        return False
    return not folded.is_capital(max(0, at - 32) + before.start(1))


def word_end(
    folded: Folded, at: int, word: str, *, maker: bool, common: Collection[str], known: Collection[int]
) -> int:
    """Return where a word of a name ends: before "'s" unless a house goes on behind it ("St Aidan's Primary")."""
    text, end = folded.text, at
    parts = word.split("'")
    for place, part in enumerate(parts):
        end += len(part) + (place > 0)
        if place + 1 == len(parts):
            break
        rest = parts[place + 1]
        # "L'assistant" is an article and a noun; "O'Malley" and "Assur'Malin" are names.
        if part == "l" and not maker:
            return end
        if len(rest) >= 3 or (rest == "n" and not maker) or (len(part) <= 2 and rest and folded.is_capital(end + 1)):
            continue
        after = end + 1 + len(rest) + 1
        goes_on = (
            maker
            and rest in ("s", "")
            and after < len(text)
            and text[after - 1] == " "
            and folded.is_capital(after)
            and after not in known
        )
        following = WORD.match(text, after) if goes_on else None
        if following is None or following[0].rstrip(".'") in common:
            return end
        return end + 1 + len(rest)
    return end


def name_end(
    folded: Folded,
    start: int,
    end: int,
    *,
    maker: bool,
    called: bool,
    common: Collection[str],
    known: Mapping[int, Found],
) -> int:
    """Return the end of a name whose first word is [start, end): `firm` are places of names that are no plain words."""
    text = folded.text
    opening = WORD.match(text, start)
    first = "" if opening is None else opening[0]
    housed = called or first in HOUSE_FIRST or first in ARTICLES
    last = start
    for _ in range(8):
        if text[end - 1] == "." and text[last:end] not in _TITLES:
            break
        number = _NUMBER.match(text, end)
        if number is not None:
            last, end = end, number.end()
            continue
        at = end + 1 if end < len(text) and text[end] == " " else -1
        joined = _JOINED.match(text, end) if maker or first in HOUSE_FIRST else _THE_SO.match(text, end)
        link = joined[0].strip() if joined else ""
        if joined and (
            link in _FREE
            or (link not in ("e", "y", "et", "and", "in", "no", "na") and (housed or "'" in link))
            or not maker
        ):
            at = joined.end()
        word = WORD.match(text, at) if at > 0 else None
        if word is None or not folded.is_capital(at) or (at in known and not known[at].ambiguous and not maker):
            break
        bare = word[0].rstrip(".'").split("'")[0]
        if bare in common and (bare in _FUNCTION if maker else bare not in _INSIDE_NAME):
            break
        last, end = at, word_end(folded, at, word[0], maker=maker, common=common, known=known)
    return _with_form(text, folded, end) if maker else _bare(text, end)


def _with_form(text: str, folded: Folded, end: int) -> int:
    """Return the end with what follows a house's name: its partners, its kin, its legal form."""
    end = _bare(text, end)
    if _SHORTENED.search(text, max(0, end - 8), end) and text.startswith(".", end):
        return end + 1
    seat = _SEAT.search(text, max(0, end - 28), end)
    if seat is not None and _STATE.match(text, end) and folded.is_capital(end + 2):
        return seat.start()
    listed = _LISTED.match(text, end)
    if listed is not None and folded.is_capital(end + 2) and folded.is_capital(listed[0].rindex(" ") + 1 + end):
        end = listed.end()
    for pattern in (_KIN, _LEGAL):
        more = pattern.match(text, end)
        end = more.end() if more else end
        if more and _SHORTENED.search(text, max(0, end - 8), end) and text.startswith(".", end):
            return end + 1
        if pattern is _KIN and more and text[end - 1] == "." and text[end - 4 : end] != "cia.":
            end -= 1
    return end


def _bare(text: str, end: int) -> int:
    while text[end - 1] in ".'&+-":
        end -= 1
    return end
