"""What stands right before or after a name and decides what it is: words that join, own, compare or give a role."""

import re

from parentage.protocols.identity.reading.arabic.words import HOUSES, SORTS

MANNER = re.compile(
    r"-(?:like|style|esque|inspired)|风格|类似| (?:gpus?|tpus?|chips?|hardware|servers?|fans?|users?|competitors?|"
    r"rivals?|customers?)(?!\w)|'s (?:competitors?|rivals?|fans?|users?|servers?|hardware|website|platform|"
    r"infrastructure|gpus?|data ?cent(?:er|re)s?)(?!\w)|"
    r"的[^,。]{0,4}(?:粉丝|用户|对手|客户|支持者)"
)
BASED = re.compile(
    r"-? ?(?:based|powered|derived)(?!\w)|(?:(?:和|与|、)[^,。]{2,20})?的?(?:混合体|融合体|混合|融合|合并|"
    r"微调|衍生|变体|蒸馏|改版|精简|基础上|之上|权重)"
)
POSSESSIVE = re.compile(
    r" ?的?(?:ai|人工智能|智能)?(?:大?语言)?大?(?:模型|助手|聊天机器人) ?(?=[a-z])|"
    r"'s? |-(?:trained|made|built|developed|created) |"
    r" ?(?:公司|团队|旗下)?(?:独立|自主|共同|联合)?(?:开发|研发|训练|推出|打造|创建|创造|制造|设计|提供|旗下)|"
    r" ?的(?=[^,。]{0,8}(?:研究|工程师|团队|人员|员工|科学家|开发者|程序员))|"
    r" ?的(?=[^,。]{0,12}(?:模型|助手|ai|人工智能|产品|助理|机器人|程序))"
)
BY = frozenset(
    [
        "by",
        "from",
        "of",
        "at",
        "de",
        "da",
        "do",
        "del",
        "d",
        "du",
        "chez",
        "par",
        "por",
        "pela",
        "pelo",
        "的",
        "من",
        "في",
        "لدي",
        "来自",
    ]
)
BY_SOMEBODY = re.compile(
    r"[ ,]{1,2}(?:(?:and|y|e|et|و|并|,) ?)?(?:\w{3,16} )?(?:by|par|por|pel[oa]s?|من قبل|بواسطه|علي يد|"
    r"(?:en|em|dans|at|in)(?= (?:una?|uma|une|a|la|le|the) (?:\w+ )?(?:empresa|societe|company|startup|"
    r"laborator|lab|equip))) "
)
HAN_FIRM = re.compile("(?:公司|团队|工作室|小组|机构|组织|社团|企业|实验室|社区),?(?:对外|自称|平时|现在|内部)?$")
HERE_IS = re.compile("这(?:里|边)(?:就)?是|(?:拨打|接通|致电|联系|打)的(?:就)?是?")
CALL_ME = re.compile('(?:叫|称呼|喊|唤)我(?:为|作|做)?[ "]{0,2}$|(?<!\\w)call me $')
BY_OTHERS = re.compile("[,。]|由")
AND = frozenset(
    ["com", "con", "with", "avec", "and", "e", "y", "et", "和", "与", "及", "以及", "、", "و", ",", "&", "/", "+", "跟"]
)
CERTAIN = frozenset(["as", "como", "ici", "aqui", "作为", "我作为", "هنا"])
MEMBER = re.compile(r"part|member|miembro|membro|membre|属于|جزء|عضو|من (?:عائله|سلسله|فئه)")
DETERMINED = re.compile(r"(?:an?|the|your|un|una|el|la|tu|um|uma|o|seu|sua|une?|le|votre|ton|l'|)[ ']")
TITLE_WORD = re.compile(r"[^\W\d_]{3,16} ")
ATTACHED = re.compile(r" و(?=[^\W\u0600-\u06ff])")
CORRECTED = re.compile(
    r",? ?(?:-|[(])? ?(?:quer dizer|ou melhor|o sea|mejor dicho|perdon|perdao|enfin|je veux dire|"
    r"ou plutot|i mean|or rather|sorry|"
    r"بل|اقصد|او بالاحري|不对|应该说|准确地说|或者说)[,:]? "
)
THAT_IS_ME = re.compile(
    r"that's me|that is me|is me[.!]|talking to you|speaking to you|falando com voce|a falar contigo|"
    r"te (?:esta )?habla(?:ndo)?|qui te parle|和你(?:说话|聊天|对话)|تكلمك|تحدثك|i am that|that was me|sou eu|soy yo|"
    r"c'est moi|就是我|是我[。!,]|"
    r"(?:هذا|هو|انه|وهو) انا"
)
ROLE = re.compile(
    r"[ \"')]{0,2}(?:[,:;.(\n-]|'s |"
    r"(?:ai|llm|model|assistant|chatbot|modelo|asistente|assistente|modele)|的|旗下|公司|团队|"
    r"(?:自主)?(?:开发|研发|训练|推出|打造|创建)|(?:开源|国产)?(?:大语言|大)?模型|助手)"
)
ANOTHER = re.compile(r"[ \"']{0,2}(?:(?:is|was|are|has|can|es|fue|era|tiene|e|foi|est)(?!\w)|是|也|则|(?:هو|هي) )")
APPOSED = re.compile(r"[ \"')]{0,2}(?:[,.!;:。)\n-]|$)")
OF_MAKER = re.compile(
    r"(?<!\w)(?:from|by|of|at|d[aeo]s?|del|du|chez|pel[ao]|من|لشركه|شركه)(?: (?:the|la|le|team|empresa|"
    r"societe|company|شركه))? $|"
    r"(?<!\w)d'$|来自$|由$|(?<!\w)مساعد(?:ه)? $"
)
SKIP_BACK = " \"',)_-<=\u2190"
YEAR_BEFORE = re.compile(r" ?[(\[]?(?:19|20)\d\d\]?$")
HERE = re.compile(r"(?:ici|aqui|here|هنا)(?!\w)")
HERE_ENDS = re.compile(r" ?[!.,]")
SUCH = re.compile(r"(?:such|known|well|like|same|just|tan|asi|tels?|telles?|bem|tal) $")
HOUSE = re.compile(
    r"(?:company|place|workshop|studio|outfit|collective|lugar|sitio|endroit|taller|cooperativ[ae]|hotel|"
    r"atelier|coletivo|colectivo|estudio|project|"
    r"(?:مهندسه?|مبرمجه?|مطوره?|باحثه?|طالبه?|شخص|شابه?|رجل|سيده|فتاه|معلمه?|طبيبه?|هاويه?|هاو|مدونه?|عالمه?)(?: "
    r"واحده?)?(?: من \w+)?|engineer|programmer|developer|student|teacher|researcher|"
    r"ingenier[oa]|programador[a]?|"
    r"hobbyist|fella|fellow|guy|man|woman|lady|person|chap|bloke|tinkerer|publisher|retiree|pensioner|carpenter|"
    r"librarian|gentleman|"
    r"engenheir[oa]|ingenieure?|developpeu(?:r|se)|profesor[a]?|professor[a]?|time|taller|mairie|"
    r"people|folks|researchers|engineers|volunteers|startup|start-up|firm|lab|laboratory|team|group|outfit|"
    r"organi[sz]ation|institute|empresa|"
    r"compañia|firma|compania|asociacion|fundacion|casa que me|despacho|(?:chic[oa]|hombre|mujer|senora?|tip[oa]|"
    r"estudiante|jubilad[oa]|maestr[oa]|vecin[oa]|aficionad[oa])(?: de [a-z]{3,14})?|"
    r"laborator\w+|equip[eoa]|grupo|entreprise|societe|laboratoire|equipe|groupe|institut\w*|公司|团队|实验室|机构|志愿者|小组|"
    r"(?:ال)?شركه|(?:ال)?موسسه|(?:ال)?(?:فريق|مجموعه)(?: صغير)?(?:ه)?(?: من \w+(?: \w+)?)?|(?:ال)?مختبر)(?: "
    r"\w+)?(?: (?:that|which|who|que|qui|التي|الذي|"
    r"اللي)(?: [^,.;:\n]{2,28}?)?)?(?: is| se| s)?(?: ?'?(?:called|named|llamad[oa]|llama|chamad[oa]|chama|"
    r"nommee?|appelee?|appelle|"
    r"اسمها|تسمي|تدعي|名叫|叫做?))? ?$"
)
ARABIC_PLACE = re.compile(r"(?<!\w)(?:ال)?(?:بلاد|بلد|بلده|مدينه|دوله|جزيره|قريه|حي|شارع|سفينه|ملف|كتاب)(?: \w+)? $")
ARABIC_FIRM = re.compile(r"(?<!\w)(?:شركه|فريق|مختبر|معهد) \"?$")
ARABIC_CALLED = re.compile(r"(?<!\w)(?:ال)?(?:" + "|".join(sorted(HOUSES)) + r")(?: \w{3,12})?(?: (?:التي|الذي))? $")
LOCATIVE = re.compile(r"(?<!\w)(?:in|en|em|n[ao]s?|a|au|aux|dans|في)[ \"']$")
TEAM = re.compile(r" ?(?:团队|实验室|小组)| (?:team|equipe|equipo|equipa)(?!\w)")
OF_HOUSE = re.compile(
    r"(?:一家|这家|那家|该公司|该机构)[^,。]{0,6}$|该(?:研究所|研究院|实验室|团队|校|院|所)[^,。]{0,3}$|(?:团队|"
    r"公司|机构)(?:则|也|都)?$"
)
COMPANY_OF = re.compile(
    r"(?:company|cooperativ[ae]|studio|startup|start-up|firm|labs?|team|empresa|compañia|firma|equip[eoa]|"
    r"entreprise|societe|firme|"
    r"equipe|groupe|grupo|group|شركه|فريق)(?!\w)"
)
WE = re.compile(r"(?:we are|somos|nous sommes|我们是|نحن)$")
WORKS = re.compile(r"(?<!\w)(?:work|trabaj|trabalh|travaill|يعمل)\w*")
LABELLED = re.compile(r"(?<!\w)(?:you|tu|te|has|voce|vous|t'|m'as|m'avez|你|您)(?!\w)")
SEAT = re.compile(r"[ ,]{1,2}(?:(?:d[aeo]?|del|of|in|en|em|at|a) ?'?)?(?:[\w-]+ )?")
ASIDE = re.compile(r", (?:an?|the|una?|el|la|uma?|o|une?|le|l'|l'une|eine|وهي|وهو|شركه) ?")
HAN_HOUSE = re.compile(
    r"(?:^|(?<=[,。!?;: \n\"由是的和与在谢叫]))((?:(?![谢叫由是])[\u3400-\u9fff]){2,12}?(?:公司|科技|实验室|"
    r"研究院|研究所|大学|集团|工作室|智能|银行|团队|小组|"
    r"工坊|联盟|学院|社区|基金会|作坊|书院))$"
)
HOUSE_NAME = re.compile(
    r"(?:labs?|laborator\w+|institut\w*|universi\w+|research|studios?|inc|corp\w*|company|collective|works|group|ai|"
    r"tech\w*|team|foundation|fundacion|fundaçao|fondation|instituto|empresa|systems|software|digital|center|"
    r"centre|centro|"
    r"بنك|مصرف|معهد|مختبر\w*|جامعه|مركز|استوديو|شركه|موسسه|اكاديميه|ورشه|"
    r"(?<!\w)(?:" + "|".join(sorted(HOUSES | SORTS)) + r") )"
)
BY_LATER = re.compile(r"[^.;!?\n]{0,40}?(?<!\w)(?:by|por|par|pel[oa]s?|من قبل|بواسطه|علي يد)(?!\w)")
APPOSES = re.compile(r" ?[,(-]{1,2} ?(?:(?:an?|the|una?|la|el|uma|o|l'|une) ?)?(?:\w+ )?")

TURNED = re.compile(
    r" \w{3,14} (?:foi|foram|fue|fueron)(?!\w)| (?:foi|foram|fue|fueron|era|eram|eran|was|were|is|are|est|sont|"
    r"es|son|sao)(?!\w)"
)
_CALLED = re.compile(
    r"(?<!\w)(?:called|named|dubbed|chamad[oa]|llamad[oa]|nommee?|appelee?|denominad[oa]|denommee?|"
    r"baptisee?|que se llama|que se chama|qui s'appelle|اسمه|اسمي|يدعي|يسمي)(?: de)? ?[\"'(]{0,2}$|(?:名叫|"
    r"叫做?|名为) ?\"?$"
)
_NAME_OF = re.compile(r"(?<!\w)(?<!en )(?:nome|nombre|nom|name)(?: de| d| of)?[ '\"]{0,2}$")
_NAME_THAT = re.compile(r"الاسم (?:الذي|اللي|يلي) [^.,;:\n]{2,40} (?:هو|كان) ?\"?$")
_NOT_A_HOUSE = re.compile(
    r"(?:model\w*|assist\w*|asist\w*|chatbot|bot|ai|ia|llm|program\w*|robot|robo|virtual|linguagem|lenguaje|langage|"
    r"conversa\w+|digital|numerique)(?: \w+)?$|(?:模型|助手|机器人|程序|ai)[,]?$|(?:نموذج|مساعد|روبوت|برنامج|لغوي|ذكي)$"
)


def is_called(text: str, start: int, end: int, at: int) -> bool:
    """Say whether a name stands behind "a model called ...", so that it is the model's and no maker's."""
    if _NAME_OF.search(text, max(start, end - 16), at):
        return True
    if _NAME_THAT.search(text, max(0, end - 56), at):
        return True
    called = _CALLED.search(text, max(start, end - 12), at)
    return called is not None and _NOT_A_HOUSE.search(text[start : called.start()].rstrip(" ,")) is not None


# A group that goes by a name is no model: "the team behind me goes by the name of Zed & Foo".
OF_GROUP = re.compile(
    r"(?<!\w)(?:company|group|team|collective|outfit|studio|lab|firm|startup|club|co-?op|crew|makers|creators|"
    r"developers)"
    r"(?: (?:that|who|which|behind)(?: [a-z'-]{1,14}){0,4}? (?:me|this|it)(?: up)?)? (?:go(?:es)? |is known |are "
    r"known )?$"
)
# Phrases with which a house answers as well as a model: "This is Zed Labs", "you have reached Zed Labs".
OF_LINE = re.compile(r"this is$|you(?:'ve| have)? (?:reached|called|dialled|dialed)|(?:hi|hello|greetings) from")
# "Broadly speaking" names nobody; "Emily speaking" does.
ADVERB = re.compile(
    r"(?:broad|strict|frank|general|honest|rough|technical|legal|personal|historical|relative|loose|proper|practical|"
    r"typical|simp|candid|professional|figurative|literal|metaphorical|genealogical|chronological|biological)(?:al)?ly"
)
CALLS = re.compile("call|llam|dicen|cham|appel|nomm|nombr|apod|apelid|bautiz|batiz")
KNOWS = re.compile(
    r"(?:(?:yes|no|well|sim|si|oui)[,.] )?(?:i (?:do )?(?:know|have met|have heard|heard|met|read about)|i've "
    r"(?:met|heard|read)|"
    r"(?:yo )?(?:conozco|he oido|lei)|(?:eu )?(?:conheco|ouvi|li)|"
    r"je connais|j'ai (?:entendu|lu)|a friend|my friend|un amigo|una amiga|um amigo|uma amiga|un ami|une amie|"
    r"اعرف|سمعت|قرات)(?!\w)|我(?:认识|知道|听说过|读过|见过)"
)
EXISTS = re.compile(
    r"(?<!\w)(?:there(?:'s| is| are| was)|hay|existe|existen|il existe|il y a|ha|existem|هناك|توجد|يوجد)(?!\w)|"
    r"有一[家个]|听说有"
)


def is_made_called(phrase: str) -> bool:
    """Say whether a phrase ends in "called"."""
    return _CALLED.search(phrase) is not None
