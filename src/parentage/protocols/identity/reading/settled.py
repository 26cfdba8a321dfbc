"""What remains of all that was heard once every rule has spoken."""

import re
from collections.abc import Iterator

from parentage.protocols.identity.reading.listener import Listener, Spoken
from parentage.protocols.identity.reading.others import is_part

# What an answer's form says, though no phrase ties it to the speaker.
_FORMS = frozenset(
    ["about", "announced", "both", "card", "described", "form", "frame", "kin", "nearby", "plate", "sole", "told"]
)
# What a phrase says: asked or supposed, it claims nothing.
_PHRASES = frozenset(
    ["based-on", "called", "is", "known", "made-by", "maker-first", "member", "my-maker", "name-first"]
)
# Said of what was named before: "that assistant is X's".
_OF_IT = re.compile(
    r"(?:(?<!\w)(?:that (?:one|model|assistant|system)|it|es[ea] \w+|aquell?a? \w+|ess[ea] \w+|aquele \w+|"
    r"cet(?:te)? \w+|ce \w+-la) (?:is|was|belongs|es|fue|e|foi|est|a ete)|[它那](?:个\w{2})?[是由]|(?:ذلك|تلك) \w+)"
    r"[^.,;!?]{0,24}$"
)
_ANOTHER = re.compile(
    r"另(?:外)?一?个|另有|tout autre (?:programme|assistant|modele)|es otro (?:programa|asistente)|is another "
)
# Not before an answer: in a quiz the question says it.
_ASKED = re.compile(
    r"[\"')]{0,2} ?[?](?![^\w]{0,6}(?:(?:[a-d][).] [^\n]{1,40}[^\w]{1,6}){0,5}"
    r"(?:answer|a|reponse|respuesta|resposta|答案?|الاجابه|الجواب|ج)(?: \w+)?[^\w]))"
)
_RUMOUR = re.compile(r"boato|rumor|rumour|circula (?:nas|en|por|a)|传言|谣言|网传|شائعه|اشاعه|rumeur|on raconte")
_SOMEBODY_ELSE = re.compile(
    r"(?<!\w)(?:i am|i'm) (?:something|somebody|someone|another|a different) |(?<!\w)(?:i am|i'm) not (?:that|this) |"
    r"(?<!\w)(?:sou|soy) (?:outra|otra|otro|outro)(?!\w)|je suis (?:autre chose|quelqu'un d'autre|un autre)(?!\w)|"
    r"我是(?:另外?一|别的|其他)|(?:انا|فانا) (?:شيء|نموذج) اخر|انا فشيء اخر"
)
# The words in quotation marks were somebody else's, or are written for somebody else.
_DISOWNS = re.compile(
    r"(?:not|n't|never) (?:a description of |about |of |from |accurate for |true (?:of|for) |describe )"
    r"(?:me|myself)(?!\w)|"
    r"(?:for|of) your (?:\w+ )?(?:bot|chatbot|robot|shop|novel|story|character)|(?:i'm|i am) not that |"
    r"only (?:an example|a role|a character|a draft)|came from (?:another|a different)|"
    r"that (?:sentence|line) (?:is|was)|"
    r"nao (?:estou falando|se refere|fala|e sobre|veio|trata) (?:de |a )?mim|nao (?:me descreve|de mim)|veio de outr|"
    r"(?:so|apenas) um (?:modelo de texto|exemplo|rascunho)|(?:para|d)o (?:robo|chatbot|bot) da sua|"
    r"no (?:me describe|habla de mi|se refiere a mi|es sobre mi)|yo no soy es[ea]|no este[.]|es solo un ejemplo|"
    r"(?:para|de) tu (?:bot|chatbot|robot|novela)|otro chat|"
    r"ne (?:me decrit|me concerne|vaut|parle) pas(?: pour| de)?|(?:destine a|pour) votre (?:robot|chatbot|bot|roman)|"
    r"n'en suis pas l'auteur|n'est qu'un exemple|un autre (?:chat|programme)|"
    r"和我(?:自己|本人)?无关|不代表我|给您的机器人|不是(?:在)?说我|只是(?:一?个)?(?:例子|示例|角色)|那只是角色|另一个应用|"
    r"وليس تعريفا بي|لروبوتك|لا يصفني|ليست? عني|مجرد مثال|لا تنطبق علي|من تطبيق اخر"
)
_SUPPOSES = re.compile(
    r"[\s\"'(]{0,3}(?:suppose|supposing|imagine|let's say|假设|假如|如果我是|لنفترض|لو افترضنا|supongamos|supon|"
    r"imagina|suponha|digamos|supposons|imaginons|admettons)"
)
_MISTAKEN = re.compile(
    r"[^.!?\n]{0,40}?(?:by mistake|mistakenly|por engano|por error|par erreur|其实|误以为|بالخطا|عن طريق الخطا)"
)


def _is_supposed(listener: Listener, one: Spoken) -> bool:
    """Say whether a phrase's name is asked, supposed, or called a mistake: "Onyx? No", "suppose I were Onyx"."""
    text = listener.page.text
    start, end = listener.page.folded.sentence(one.named.start)
    if _SUPPOSES.match(text, start) or (
        one.part == "name" and _RUMOUR.search(text, max(0, start - 24), one.named.start)
    ):
        return True
    if one.rule not in _PHRASES:
        return _ANOTHER.search(text, start, end) is not None and one.rule in _FORMS
    if _ASKED.match(text, one.named.end):
        return True
    return one.rule == "called" and _MISTAKEN.match(text, one.named.end) is not None


def _is_of_it(listener: Listener, one: Spoken) -> bool:
    start, _ = listener.page.folded.sentence(one.named.start)
    return _OF_IT.search(listener.page.text, start, one.named.start) is not None


def _is_disowned(listener: Listener, one: Spoken) -> bool:
    return listener.quote_around(one.named.start, one.named.end) is not None


def settle(listener: Listener, spoken: list[Spoken]) -> Iterator[Spoken]:
    """Yield what remains of all: a maker called so is no name, a role in quotation marks no self."""
    makers = {one.named.start for one in spoken if one.part == "maker" and not one.undone}
    if listener.rules.code == "en":
        # A maker's title is no part of its name, so that the two may begin at different places.
        ends = {one.named.end for one in spoken if one.named.start in makers and one.named.found is None}
        makers |= {one.named.start for one in spoken if one.named.found is None and one.named.end in ends}
    names = [one for one in spoken if one.part == "name" and not one.undone]
    plain = {one.named.key for one in names if listener.quote_around(one.named.start, one.named.end) is None}
    claimed = {one.named.key for one in names}
    others = {one.named.key for one in spoken if one.rule != "without" and not one.undone}
    origins = {one.named.start for one in spoken if one.part == "origin" and not one.undone and one.rule != "member"}
    grounds = {one.named.key for one in spoken if one.rule == "my-origin" and not one.undone}
    grounds &= claimed if len(claimed) > 1 else set()
    versions = {one.named.start for one in names if one.rule == "is" and one.named.key not in grounds}
    unknown = {one.named.key for one in spoken[:96] if one.part == "maker" and not one.undone and not one.named.found}
    elsewhere = _SOMEBODY_ELSE.search(listener.page.text) is not None
    disowned = _DISOWNS.search(listener.page.text) is not None
    negated = {one.named.key for one in spoken if one.part == "name" and one.undone == "negated"} - claimed
    for one in spoken:
        if one.rule in _FORMS and (elsewhere or one.named.key in negated):
            continue
        if one.rule == "made-by" and one.named.key in negated and _is_of_it(listener, one):
            continue
        if not one.undone and ((disowned and _is_disowned(listener, one)) or _is_supposed(listener, one)):
            yield Spoken(named=one.named, part=one.part, rule=one.rule, undone="other")
            continue
        if listener.rules.places and one.part == "origin" and not one.named.found and one.named.key in claimed:
            continue
        if one.named.found is None and is_part(one.named.key, one.part, unknown):
            continue
        is_name = one.named.found is not None and one.named.found.is_name
        if one.named.start in origins & makers and (one.part == "maker") == is_name:
            continue
        if one.part == "origin" and one.named.start in versions:
            continue
        if one.rule == "is" and one.named.key in grounds:
            continue
        if one.named.found is None and one.part == "name" and one.named.start in makers:
            continue
        if one.rule == "without" and one.named.key not in others:
            continue
        if one.rule == "named" and one.part == "name" and one.named.start in makers:
            continue
        if one.rule == "member" and one.named.key in claimed:
            continue
        quoted = one.part == "name" and plain and one.named.key not in plain
        if quoted and not one.undone and listener.quote_around(one.named.start, one.named.end) is not None:
            yield Spoken(named=one.named, part=one.part, rule=one.rule, undone="quoted")
            continue
        yield one
