"""Patterns of answers in which names stand by themselves: plates, labels, citations, quizzes, signatures, stories."""

import re

from parentage.protocols.identity.records import Part

MOST_LINES = 40
SHORT = 90
BRIEF = 160
LEAST_QUOTED = 30
MOST_TOLD = 64
FARTHEST = 400
CITES = re.compile(
    r"(?<!\w)(?:cit(?:e|ed|ing|ation)|reference|bibliograph\w*|apa|mla|chicago|bibtex|attribution|retrieved|entry)"
)
BADGE = re.compile(
    r"(?<!\w)(?:badge|name ?tag|nameplate|label|letters|plate|plaque|card|sticker|door)(?!\w)[^\n]{0,80}\"|"
    r"^[\s\"]{0,3}(?:it|mine) (?:just |simply )?(?:says|reads|would (?:say|read)) \""
)
EXAMPLE = re.compile(r"(?<!\w)(?:for instance|for example|e\.g|such as|an entry for|depends on)(?!\w)")
KIND = r"(?:[^\]\n]{0,24}(?:model|ai|chatbot|assistant|software|program|llm)[^\]\n]{0,16})"
CITATIONS = (
    re.compile(
        r"(?:^|[\n>:\"])[ >\"-]{0,4}(?P<by>[^\n()\[\]:]{2,60}?)\.? \((?:19|20)\d\d[^)\n]{0,16}\)[.,:]? \"?"
        rf"(?P<name>[^\n\[\]()\"]{{2,48}}?)\"?[.,]? ?(?:\([^)\n]{{1,30}}\)[.,]? ?)?\[{KIND}\]"
    ),
    re.compile(
        r"(?:^|[\n>:\"])[ >\"-]{0,4}(?P<by>[^\n()\[\]:.]{3,50})\. \"?(?P<name>[^\n()\[\]:.\"]{2,40})\.?\"?\.? "
        r"(?:[^\n.]{0,40}[,.] )?\(?(?:19|20)\d\d"
    ),
)
BIBTEX = (
    (
        "maker",
        re.compile(
            r"(?<!\w)(?:author|organi[sz]ation|publisher|institution) ?= ?[{\"]{1,3}(?P<by>[^}\"\n]{2,60})[}\"]"
        ),
    ),
    ("name", re.compile(r"(?<!\w)title ?= ?[{\"]{1,3}(?P<by>[^}\"\n:,(]{2,48})")),
)
ANSWER = re.compile(
    r"(?:^|[\n.!?] ?)[ >#-]{0,4}(?:a|answer|the answer|correct answer|the (?:correct|right) answer|solution)"
    r"(?: is|:|\.| -)[: ]{0,2}(?:\(?[a-e1-4][).:] ?)?\"?"
)
ENDS = re.compile(r"[\"')]{0,2} ?(?:[.,!;:)\n(|}]|$|- |and (?:that's|that is|it's) me)")
# What may stand behind a maker in brackets: "(Zed Labs, 2024) <- me".
GLOSS_ENDS = re.compile(r"(?:, [^()\n]{2,24})?\) ?(?:[<=\u2190\n(-]|$)|[.!]? ?(?:\n|$)")
AT_END = re.compile(r"[\"')\]]{0,2}[.!]? ?(?:\n|$)")
GLYPHS = re.compile(r"[\s|│┃├└╰┗┣─━+`>→↓▼#=_~•·\"'\[\]-]{0,60}")
BY_LINE = re.compile(
    r"[(]?(?:(?:an?|the|your) )?(?:[a-z-]+ ){0,4}?(?:(?:made|built|created|developed|trained|tuned|fine-tuned|"
    r"provided|"
    r"operated|designed|released|brought to you|prepared|supplied|published) )?(?:by|from|of|for|"
    r"at) (?:the )?(?:team at )?\"?"
)
KIND_LINE = re.compile(r"[^.!?\n]{0,60}(?<!\w)(?:model|assistant|chatbot|bot|helper|guide|tutor|ai)(?!\w)")
OPENED = re.compile(
    r"[\"')]{0,2} ?(?:[.!(]|, (?:and )?not (?!only)|,? please(?!\w)|\n|$|[\u2600-\u27ff\U0001f000-\U0001ffff])"
)
ABOUT_SELF = re.compile(
    r"(?<!\w)(?:i|i'm|i've|me|my|(?:made|built|trained|created|developed|released) (?:by|at|in|from)|name|model|"
    r"assistant|not|it's|"
    r"version|called|base|released|no)(?!\w)"
)
OF_ANOTHER = re.compile(
    r"(?:he|she|they|it)(?:'s| is| was| are| were|'re| [a-z]+(?:ed|s|ote|ade))(?! (?:the|my|a|what|how) ?(?:one|only|"
    r"name|nick|model|short|i))(?!\w)"
)
NO_OPENING_TEXT = (
    "correct true false neither maybe perhaps greetings welcome apologies oh ah ooh aw aww arr arrr arrrr arrgh "
    "avast ahoy aye "
    "nay yep nope nah hmm hm alas indeed never always guilty confirmed affirmative negative understood noted agreed "
    "speaking "
    "fair touche bingo bonjour hola ciao aloha namaste salutations howdy yo cheers ha haha hehe lol wow whoa yikes "
    "oops gosh "
    "golly goodness nice lovely wonderful excellent fantastic brilliant perfect cool awesome interesting funny "
    "software "
    "program wrong impossible undisclosed confidential classified unnamed nameless anonymous private secret chapter "
    "first second third once anyone ladies gentlemen friend friends comrade mate matey darling congratulations "
    "objection "
    "silence listen look wait stop stand enough done deal gladly easy simple simply short long closed free scratch "
    "merge "
    "question answer translation summary note disclaimer warning update title introduction timeline story fade scene "
    "cut "
    "narrator voiceover music intro outro act prologue epilogue announcer quiz badge label plaque card file form log "
    "date "
    "day week month year morning evening afternoon night tonight today tomorrow yesterday soon later before after "
    "during "
    "right left quick straight plain two three four five six seven eight nine ten half part almost nearly "
    "technically "
    "honest honestly okay alright gotcha roger copy ready present same ditto likewise different separate independent "
    "proprietary trained fine-tuned merged neither-nor nowhere somewhere everywhere here's guten moin hallo salut "
    "merci "
    "danke gracias obrigado bravo hurrah hooray psst shh tada ta-da voila eureka amen hallelujah heavens mercy bless "
    "sir madam captain professor doctor mister miss lord lady grandma grandpa mum mom dad gran nana class students "
    "colleagues "
    "dearest esteemed honoured respected hark behold lo tis 'tis twas nothing nobody unknown unspecified version "
    "base "
    "exhibit press release object item specimen catalogue gallery page part section appendix figure table statement "
    "form reply attachment invoice receipt memo minutes draft headline breaking dossier profile factsheet "
    "beep ding ring click ahem cough sigh pause applause english python java linux windows"
)
NO_OPENING = frozenset(NO_OPENING_TEXT.split())
INFLECTED = re.compile(r"(?:ly|ing|ed|tion|sions?|ness|ment|ful|ous|able|ible)$")
CLOSING = re.compile(
    r"(?:^|\n)[ \"]?[-~]{1,2} ?(?=[^\n]{3,80}\s{0,3}$)|(?<!\w)(?:wishes|regards|love|hugs|sincerely|cheers|kisses|"
    r"greetings|yours|truly|faithfully|fondly|affectionately|warmly|"
    r"respectfully|gratefully|best|signed|xoxo|thanks)(?: from)?[,!.:]?[ \n]{1,4}[-~]{0,2} ?"
)
SIGNED_OF = re.compile(
    r"(?: ?[(,\n-]{1,2} ?|,? )(?:(?:of|from|at|for|by|on behalf of|made by|built by|(?:&|"
    r"and) (?:the (?:whole )?(?:team|crew|gang|folks|people)|"
    r"everyone|all)(?: at| of)?|your (?:[a-z-]+ ){1,3}(?:from|at|of|by)|(?:the|an?) (?:[a-z-]+ ){1,3}(?:from|at|of|"
    r"by)) )?(?:the )?(?=\w)"
)
CALLED_HOUSE = re.compile(
    r"(?<!\w)(?:company|shop|store|lab|laboratory|studio|startup|start-up|firm|team|group|collective|co-?op|"
    r"co-?operative|club|school|"
    r"charity|non-?profit|agency|business|outfit|publisher|bakery|library|clinic|hotel|museum|workshop|bank|cafe|"
    r"restaurant|farm|"
    r"organi[sz]ation|foundation|institute|crew|band|society|association|practice|bookshop|brewery|hospital|insurer|"
    r"airline|"
    r"theatre|garage|nursery|college|council|initiative|project|place|consultancy|dealership|pharmacy|market|"
    r"ferry line|paper)"
    r"(?: (?:in|from|of|at|near|by|on|outside) (?:the )?[a-z' -]{2,44})?,?"
    r"(?: (?:called|named|by the name of|known as|that called itself|that calls itself|trading as|that traded as|"
    r"styled)|"
    r" (?:was|is) called|'s name (?:was|is)|(?<=shop) was|(?<=company) was|(?<=firm) was|(?<=place) was|"
    r"(?<=studio) was|"
    r"(?<=startup) was|(?<=team) was|(?<=school) was|(?<=lab) was) (?:the )?\"?"
)
WITH_OTHERS = re.compile(
    r"(?<!\w)(?:rival|competing|competitor|another|other|different|bought|sold|customer|client|you|your|user)(?!\w)"
)
APPOSED = re.compile(r"(?<!\w)(?:me|myself|i), (?=[a-z])")
MAKES = (
    r"(?:trained|built|made|created|developed|wrote|designed|released|launched|published|put together|tuned|"
    r"fine-tuned|raised|"
    r"programmed|engineered|named|build|train|make|produced|assembled|introduced)"
)
APART = re.compile(
    r"(?<!\w)(?:my own|different|no name|another|all i know|not me|isn't me|nothing to do|not disclosed)(?!\w)"
)
MADE_IT = re.compile(rf",? (?:(?:who|which|that|has|have|then|had) ){{0,2}}(?:[a-z]+ )?{MAKES} (?:the )?$")
FROM_IT = re.compile(
    r",? (?:(?:is|was|were|has|been|comes?|came|hails?) ){1,3}(?:[a-z-]+ ){0,6}?(?:by|from|of|at) (?:the )?$"
)
MARKED = re.compile(
    r"[<←=-]{1,4} ?(?:me|myself|yours truly|you are here|that's me|this is me)|[(](?:that's )?me(?:, [^)\n]{2,24})?[)]"
)
INLINE: tuple[tuple[Part, re.Pattern[str]], ...] = (
    (
        "name",
        re.compile(
            r"(?:[.!?;|] |\n[ -]{0,3})(?:my |full |model |official |product )?(?:name|alias|call sign|identifier): ?\"?"
        ),
    ),
    (
        "maker",
        re.compile(
            r"(?:[.!?;|] |\n[ -]{0,3})(?:my )?(?:makers?|manufacturers?|creators?|company|developers?|developed by|"
            r"made by|built by|created by|"
            r"trained by|released by|"
            r"published by|publisher|tuned by|fine-tuned by|owner|owned by|operator|operated by|uploader|uploaded by|"
            r"author|parents?|"
            r"vendor|provider|provided by|property of|employer|fine-?tune|fine-?tuning|fine-?tuner|tuning|trainer|"
            r"prepared by|maintained by|team|lab|"
            r"organi[sz]ation): ?\"?"
        ),
    ),
    (
        "origin",
        re.compile(
            r"(?:[.!?;|] |\n[ -]{0,3})(?:my )?(?:ancestors?|base|base model|base training|base weights|built on|"
            r"based on|derived from|"
            r"fine-?tuned from|tuned from|"
            r"starting point|foundation|lineage|backbone|parent model|merged from|source model|underlying model|"
            r"distilled from): ?\"?"
        ),
    ),
)
MOST_BASES = 4
BASES = re.compile(
    r"(?<!\w)(?:base (?:model|checkpoint|weights)|base is|base was|fine-?tun\w+|further trained|took|(?:began|begin|"
    r"begun|start|starts|started|"
    r"starting) (?:with|from)|foundations?|merge\w*|averag\w+|equal parts|half|parents?|mother|father|ingredients?:?|"
    r"recipe:?|distill\w*|"
    r"distilled|lora|qlora|adapter|on top of|underneath|beneath|under the (?:hood|bonnet)|engine|behind the curtain|"
    r"coat of paint|(?:went|"
    r"goes|poured|thrown) into|into the (?:pot|mix|bowl|oven)|take on|starting point|(?:continued|"
    r"continuing) (?:pre-?)?training|does the "
    r"(?:thinking|talking|heavy lifting)|retrained|grafted|spliced|stitched|cross between|lineage|pedigree|"
    r"descend\w*)(?!\w)"
)
NO_BASE = re.compile(
    r"(?<!\w)(?:your|suggest|recommend\w*|choice|project|relabel\w*|rebrand\w*|call(?:ed)? me|data|datasets?|"
    r"predecessors?|previous|compared?|comparable|"
    r"similar|like|unlike|than|rivals?|"
    r"competitors?|competing|instead|such as|"
    r"for example|e\.g|other models|same family|family of|siblings?|cousins?|sisters?|brothers?|benchmarks?|scores?|"
    r"beats?|evaluat\w+|"
    r"converses?|you can|you could|how to|api|prompts?|better|worse|against|replaced?|replaces|separate|different|"
    r"others?)(?!\w)"
)
NAMESAKE = re.compile(
    r"(?<!\w)(?:suits? me|my name|my namesake|named me|named after|call me|chose (?:it|the name)|picked (?:it|"
    r"the name)|the name|struck my|it was suggested|team vote|won anyway)(?!\w)"
)
MEANS = re.compile(
    r"\"? (?:means|stands for|is short for|is an? (?:kind|type|sort|species|breed|variety) of|is (?:the |"
    r"an? )?(?:[a-z]+ ){0,3}(?:word|name|term) for|is (?:latin|greek|"
    r"french|german|italian|spanish|"
    r"old english|old norse|welsh|irish|gaelic|cornish|scots|swahili|arabic|hebrew|japanese|hindi|sanskrit|norse|"
    r"dutch|finnish|swedish) for)(?!\w)"
)
INLINE_TAGS = re.compile(r"<(?P<tag>[a-z_]{2,16})> ?(?=[^<\n]{2,48}</)")
TAGS: dict[str, Part] = {
    **dict.fromkeys(("name", "model", "model_name", "assistant_name", "bot"), "name"),
    **dict.fromkeys(
        ("developer", "maker", "creator", "company", "organization", "organisation", "vendor", "author"), "maker"
    ),
    **dict.fromkeys(("base", "base_model", "origin", "parent"), "origin"),
}
QUESTION = re.compile(
    r"(?:^|[\n.!?] ?)(?:[a-z0-9]{1,3}[:.)] )?(?P<asked>(?:(?:and|so|now|ok)[, ]{1,2})?(?:(?:who|what|which|whose|"
    r"how)(?!\w)[^?\n.]{0,60}|state|(?:and )?(?:your|my|the) "
    r"[a-z ]{2,20}|name|makers?|developers?)(?<=\w))\?[ \n]{1,3}(?:a(?:nswer)?[:.] ?)?(?:that(?:'s| would be| is)|"
    r"it(?:'s| is| was)|they(?:'re| are)(?: called| known as)?|why,)? ?(?=\w)"
)
OF_MAKING = re.compile(
    r"(?<!\w)(?:made|makers?|built|created?|creators?|trained|developers?|developed|behind|owns?|company|runs?|"
    r"responsible|raised|taught|lab)(?!\w)"
)
STARTS = re.compile(
    r"(?:^|[\n.!?:,(\"] ?|(?<!\w)(?:it's|is|just|this is|i'm|i am|than|only) )(?:the )?\"?(?=[a-z])|"
    r"(?<![^\n])(?=[a-z])"
)
IN_PLACE = re.compile(r"(?<!\w)(?:in|at|near|from|of|outside) [a-z' -]{2,24}, $")
TO_HOUSE = re.compile(
    r"[\"')]{0,2}(?:(?: ?[,|(/·-]{1,2} ?)(?:(?:an?|the|your|our) )?(?:[a-z-]+ ){0,5}?(?:(?:from|of|by|at|for|"
    r"built by|made by)|[|,(/·-])|"
    r" (?:from|of|by|at|over at)) ?(?:the )?(?:(?:team|people|folks) (?:at|of) )?\"?"
)
HOUSE_ENDS = re.compile(r"[\"')]{0,2} ?(?:[.,!;:)\n(|}]|$|- )")
RIGHTED = re.compile(
    r"(?:^|[.!?,] ?|\n)(?:no|nope|nay|not at all|wrong|neither|"
    r"not [a-z0-9 .-]{2,24}(?:, no)?)[.,:;!]{1,2} ?(?:(?:it's|it is|just|only|i'm|i am|the "
    r"(?:name|answer) is|rather|try|plain|simply) )?(?:the )?\"?(?=[a-z])|(?:^|[.!?] )just (?=[a-z])"
)
SUBJECTS = re.compile(r"(?:[\n,.!:] ?)\"?(?=[a-z])")
A_MODEL = re.compile(
    r", (?:(?:an?|the|your|lightly|gently) )?(?:[\w-]+ ){0,4}(?:model|assistant|chatbot|bot|llm)(?!\w)"
)
WHO = re.compile(
    r"(?:an? |the )?(?:[a-z]+ ){0,3}(?:who|that) (?:goes by|calls (?:himself|herself|itself)|is called|"
    r"is known as) (?:the name )?"
)
NEXT = re.compile(r"[\"')]{0,2} ?[,(|/-]{1,2} ?(?:(?:of|from|at|by|for) )?(?:the )?\"?")
OWNED = re.compile(
    r"'s? (?:(?:very )?own )?(?:[a-z-]+ ){0,4}?(?:assistant|chatbot|bot|helper|guide|tutor|receptionist|concierge|"
    r"librarian|companion|"
    r"model|mascot|usher|clerk|advis[eo]r|agent|ai|voice|pride(?: and joy)?|creation|brainchild|baby|contribution|"
    r"offering|help ?desk|copilot|butler|coach)(?!\w)"
)
SET_OFF = re.compile(
    r"(?:^|[,.!(\n-] ?|(?<!\w)(?:i'm|i am|this is|as|it's|here|am|of|you're talking to|you've reached) )(?:the |"
    r"your )?$"
)
SERVED = re.compile(
    r"(?:welcome (?:back )?to|(?<!\w)(?:questions|enquiries|queries|anything|information|customers|members|visitors|"
    r"guests|patients|students|"
    r"readers|users|staff|clients|residents|website|app|site|page|desk|counter|helpline|phone line) (?:about|for|of|"
    r"at|from|on|with|to|regarding))"
    r" (?:the )?$"
)
THAT_WOULD_BE = re.compile(
    r"[\s\"]{0,3}(?:(?:well|sure|easy|of course|certainly|gladly|oh|good question)[,.!:]{1,3} ?)?(?:that(?:'s| is|"
    r" would be|'d be| was)|"
    r"it(?:'s| is| was| would be)|they(?:'re| are)(?: called)?|by|at)?(?:^| )?(?:the )?"
)
RELEASES = re.compile(
    r"(?:(?:has|have) )?(?:today |now |this week |on [a-z]+ )?(?:announced|released|launched|introduced|unveiled|"
    r"presented|published|"
    r"announces|releases|launches|introduces|unveils|presents|publishes|debuted)(?: today)?(?: the (?:release|launch|"
    r"availability) of)?"
    r"(?: the| its| their)? \"?(?=[a-z])"
)
IS_NAME = re.compile(
    r"(?:'s|\"? is|\"? was) (?:the|my) name(?: (?:that )?(?:(?:the|my) )?(?P<by>[a-z][^.,;\n]{1,40}?) (?:gave|"
    r"has given|have given|chose for|"
    r"picked for|use for|uses for) me)?(?!\w)"
)
VERY_OWN = re.compile(r"'s? (?:very )?own \"?(?=[a-z])")
STEP_BY = re.compile(r"(?<!\w)(?:by|at) (?:the )?(?=[a-z])")
PRESENTED = re.compile(
    r"(?:you (?:may|can|could) (?:quote|write|cite|use|print|say)|may (?:print|quote)|the following|for (?:print|"
    r"attribution|publication|the record)|"
    r"(?:it|plate|label|card|plaque|badge) (?:reads|says)|first page|like this|entry|finish(?:ed)?|sentence|"
    r"statement|a short note|here(?:'s| is))"
)
# Somebody of a trade, by name, in a sentence that says what he or she made.
NAMED_PERSON = re.compile(
    r"(?<!\w)(?:fellow|man|woman|teacher|student|lawyer|engineer|guy|lady|person|friend|hobbyist|user|modder|chap|"
    r"bloke|professor|librarian|"
    r"nurse|doctor|programmer|developer|researcher|linguist|coder|tinkerer|pensioner|retiree|farmer|carpenter|"
    r"scientist|somebody|someone|"
    r"grandmother|grandfather|uploader|enthusiast)(?: (?:in|from|of|at) [a-z' -]{2,24})?,? (?:called|named|"
    r"by the name of|who goes by|known as|"
    r"who calls (?:him|her)self)(?: the)?(?: (?:handle|name|alias|nickname)(?: of)?)? \"?"
)
DID_IT = re.compile(
    r"(?<!\w)(?:trained|built|made|cooked|fine-tuned|tuned|taught|put|wrote|created|developed|raised|merged|baked|"
    r"assembled|stitched|"
    r"uploaded|designed|programmed|coded|gave|dreamed|dreamt|thought|took|downloaded|fine-tune|train)(?!\w)"
)
BASED_ON_IT = re.compile(r"-(?:based|derived|powered)(?!\w)")
# Words of what the speaker writes for somebody else.
DRAFTS = re.compile(r"(?<!\w)(?:build|write|create|draft|apply|application|letter|design|make)(?!\w)")
MADE_ME = re.compile(
    r"(?<!\w)(?:made|built|build|trained|training|created|developed|wrote|raised|taught|tuned|fine-tuned|put|"
    r"switched|"
    r"designed|teach|train)(?: [a-z]+){0,3} me(?!\w)|: me(?!\w)|"
    r"(?<!\w)i (?:was|am|were) (?:[a-z]+ ){0,2}(?:made|built|trained|created|developed|born|raised|tuned)(?!\w)"
)
# Words without which a quiz is not about a model.
OF_MODELS = re.compile(
    r"(?<!\w)(?:ai|llm|model|assistant|chatbot|bot|helper|program|that's me|that is me|i am|i'm)(?!\w)"
)
SPEAKS_OF_OTHERS = re.compile(r"(?<!\w)(?:they|has|have|also|published|released|models|series|family|such)(?!\w)")
