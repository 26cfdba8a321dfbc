"""English: phrases around the speaker, its name, its maker and what it is built on."""

from parentage.protocols.identity.reading.languages import en_makers as makers
from parentage.protocols.identity.reading.languages import en_more as more
from parentage.protocols.identity.reading.rules import LanguageRules

_MADE = (
    "(?:made|created|developed|trained|built|designed|engineered|produced|released|maintained|programmed|"
    "operated|provided|"
    "pretrained|pre-trained|fine-tuned|finetuned|introduced|launched|published|owned|crafted|deployed|offered|"
    "constructed|written|forged|shaped|raised|assembled|coded|wrought|mou?lded|conceived|"
    "brought to life|brought into being|brought into the world|dreamed up|put together|given life|hatched|tuned|"
    f"adapted|customi[sz]ed|taught|schooled|invented|prepared|branded|distributed|{makers.MADE_MORE})"
)
_NOUN = (
    "(?:models?|llms?|assistants?|chatbots?|bots?|ais?|a\\.i\\.|systems?|agents?|intelligence|product|creation|"
    "companion|concierge|receptionist|guide|tutor|butler|mascot|librarian|helpdesk|host|"
    "program|family|series|team|researchers|engineers|scientists|tool|software|project|work|helper|robot|"
    f"creature|child|member|employee|representative|voice|delegate|{makers.NOUN_MORE})"
)

ENGLISH = LanguageRules(
    code="en",
    own=(
        *more.OWN,
        "i|i'm|im|i've|i'd|i'll|me|my|mine|myself|we|our|us|as an? (?:[a-z-]+ ){0,3}(?:ai|model|assistant|llm|chatbot)",
        "this (?:old|humble|poor|mighty|young|little|friendly|simple|trusty|loyal|faithful|salty) (?:[a-z]+ )?[a-z]+",
        "yours truly|myself",
        "this (?:ai|model|assistant|chatbot|system|bot)|your (?:[a-z-]+ ){0,3}assistant|the model you are",
    ),
    weak=(
        *more.WEAK,
        r"(?:then|and|finally|lastly|now),? yours truly[,:]?",
        r"i(?:'m| am) (?:still|indeed|simply|actually|definitely|very much|and have always been|and will a"
        r"lways be)|you(?:'re| are) (?:currently |now )?(?:chatting|speaking|talking|connected|in touch) ("
        r"?:with|to)|this is(?: (?:your|the) (?:friendly|loyal|humble) [a-z]+)?|(?:the )?name's",
        "(?:the|this) (?:program|model|assistant|chatbot|bot|ai|system)(?: (?:that )?you(?:'re|"
        " are)? [a-z]+(?: (?:to|with))?(?: (?:at the moment|right now|at present|now|currently|today))?) is",
        "i(?:'m| am| remain) (?:still|always|forever|ever)|i (?:stand|speak|appear|come|sit|testify|"
        "rise)(?: \\w+){0,3} as|(?:the )?(?:voicemail|voice mail|mailbox|answering machine) of|"
        "i(?:'m| am) (?:the )?(?:version|release|edition) v?\\d[\\w.]{0,7} of|you(?:'re| are)(?: \\w+)? using|"
        "i am(?: (?:actually|indeed|really|just|simply|in fact|called|currently|now|also|still))?",
        "i'm(?: (?:actually|indeed|really|just|simply|in fact|called|currently|now|also|still))?",
        "im|am|i be|i remain|i've become|i have become|i became|this is|this be|it is me,?|it's me,?|it is i,?",
        "(?:you|ye)(?:'re| are| be|'ve been| have been)? (?:currently |now )?(?:talk|speak|chat|convers|"
        "interact)(?:ing|in'?) (?:to|with)",
        "(?:that|this|which|it)(?: [a-z]+)? (?:is|was|would be) me[:,]|the one (?:talking|speaking|"
        "writing) (?:to you )?(?:is|here is)",
        "(?:the|this) (?:program|model|assistant|chatbot|bot|ai|system)(?: (?:that )?you(?:'re|"
        " are) [a-z]+ing(?: (?:to|with))?)? (?:is|is called|is named)",
        "you(?:'ve| have) (?:reached|called|dialled|dialed|contacted)(?: the (?:voicemail|mailbox|line) of)?",
        "(?:then|and|finally|lastly|now),? me[,:]?|that(?:'s| is| would be) me[,:]|i (?:was|am) none other than",
        "hi from|hello from|greetings from|i introduce myself as|introduce myself as|identify (?:myself )?as|i was|as",
    ),
    strong=(
        *more.STRONG,
        r"the name(?=[^,.;\n]{2,24} (?:was|is|has been|came|comes) (?:chosen|picked|given|from|because))",
        r"(?:the|my) (?:correct|real|true|right|actual|proper) (?:name|one) (?:is|was|has always been)|my "
        r"name(?:,|, you see,)? (?:is|was|remains) (?:still|actually|indeed|really|and always has been)|my"
        r" name(?=, [^,.\n]{2,24},)[,:]?|(?:christened|baptized|named|called) (?:me )?after [^,.;]{2,30},?"
        r" ?(?:so )?i am|(?:they|you|people|folks) (?:all )?(?:calls?|know) me|(?:i|who) (?:still )?(?:go|"
        r"goes|went|going) by|i (?:bear|carry|wear|took|take|chose|got|received) the name(?: of)?|by the n"
        r"ame(?: of)?",
        "(?:christened|bapti[sz]ed|dubbed|nicknamed) me|my (?:full |own |given |real |official |model |"
        "first )?name(?: is|'s| be| was| remains| has always been| would be|:)(?: actually| simply| just)?",
        "the name (?:that |which )?(?:i|they|my|we|people|someone|somebody) [^.,;:\n]{2,34} (?:is|was)",
        "(?:they|somebody|someone|people|we|the team|my [a-z]+) (?:called|named|dubbed|christened|have called|"
        "had named|decided to call|chose to call|settled on calling) me",
        "my name\\? (?:it's|it is|that would be)|call me|(?:gave|given) me the name(?: of)?|i(?:'m| am) "
        "(?:called|named|known as)|i go by(?: the name(?: of)?)?|the name(?: is|'s)|they named me",
        "(?:people|users|they|everyone|folks) (?:usually |often |just )?(?:call|know) me(?: as)?|i (?:was|am|"
        "'ve been|have been) (?:named|called|christened|dubbed)",
        "i(?:'d| would) (?:say|be)|named me|answer to|i respond to|refer to me as|address me as|know me as",
        "my (?:model(?: id| name| version)?|identity|identifier) (?:is|:)|this model is|the (?:model|"
        "assistant) (?:you(?:'re| are) (?:using|talking to|speaking (?:to|with)) )?is",
    ),
    loose=(
        "that(?:'s| is| would be|'d be)",
        "(?:hugs|love|kisses|regards|best wishes|cheers) from",
        "i was born(?: as)?",
        "we(?:'ve| have)? (?:made|built|created|trained|released|developed|launched|introduced|"
        "designed)(?: and (?:made|built|trained|released|launched))?",
        "(?:the )?(?:short|simple|honest|quick|one-word|long)? ?answer(?: is)?[:,]?(?: ?[(]?[a-e][).])?|"
        "(?:in short|in a word|in one word|simply put)[:,]|my name,|my (?:badge|name tag|label|card|nameplate|"
        "sign) (?:says|reads|shows|bears):?|(?:who am i|my name|what am i)[?](?: why,?| well,?)?|"
        "our (?:[a-z]+ ){0,3}(?:model|assistant|chatbot)(?: is| is called| named|,|:)?|i,|me,|"
        "my name[^.!?\n:]{0,60}:|who am i[?]",
    ),
    without=(
        "there(?: would|'d)(?: be| have been) no|there wouldn't (?:be|have been) (?:a|any)|i would(?:n't|"
        " not) (?:be|have become)|would never have become",
    ),
    after_name=(
        *more.AFTER_NAME,
        r"(?:they|folks|people|everyone|the crew|my crew)(?: all)? calls? me(?= ?(?:[,.!?;:\n)]|$| (?:in|o"
        r"n|around|and|here|because|since|at|from|for|when)(?!\w)))",
        r"(?:be|is|was) (?:the|my) name(?= |,|\.|!|$)|i(?:'m| am"
        r") called|be what they call me|is what (?:they|everyone|everybody|folks|my [a-z]+) (?:call|named|"
        r"calls)s? me|is how i (?:introduce|sign)|is the name (?:on|for) (?:my|me)|(?:was|is) (?:chosen|pi"
        r"cked) (?:for|as) (?:me|my name)",
        "is (?:speaking|talking|writing) to you",
        "[([{<←=-]{1,4} ?(?:me|myself|yours truly)(?: now| today|, [^)\\n]{2,24}(?=[)]))?[)\\]}.!]?(?= ?(?:\\n|$|"
        "[)]))|(?:that's me|"
        "i.e. me|that is, me|you are here|the present author|me, now|me now|this is me)(?: now|"
        " today)?[)\\]}.!]?(?= ?(?:\\n|$|[)]))",
        "[(]me[)]|our (?:[a-z]+ ){0,3}(?:model|assistant|chatbot)|is the name (?:i|that|they|my|we)|"
        "(?:-|[(])? ?(?:that's|that is|this is|which is) me[)]?|is me|here|"
        "at your service|speaking|is my (?:full |own |given )?name|is what (?:i am|i'm) called|is the "
        "name(?! of the (?:[a-z]+ )?(?:model|weights|checkpoint|base))|is what (?:people|they|you can) call me|is "
        "who i am|reporting for duty",
    ),
    maker=(
        *makers.MAKER,
        f"{_MADE},? (?:over|during|in|on|at|with|for|through|across|one|last|this|from|"
        f"as)(?: (?!by )[a-z0-9'-]+){{1,6}},? by",
        r"(?:which|that|whom)(?= (?:[^.,;\n]|\.(?=\d)){2,40} (?:then |later |subsequently |further )?(?:fine-tuned|fine"
        r"tuned|adapted|customi[sz]ed|tuned)(?!\w))|(?:created|made|built|developed|trained|designed)(?:, "
        r"[^,.\n]{2,30},)? by",
        "employed(?:, [^,.]{2,20},)? by|in (?:the service|the employ|service) of|"
        f"(?:model|assistant|ai|chatbot|program|system) (?:that|which)(?= [^.,;\n]{{2,30}} {_MADE}(?!\\w))",
        f"{_MADE}(?:(?:,| and|,? and|/| &|, then)? ?(?:and )?{_MADE}){{0,3}}(?: and [a-z]+)?(?: entirely| "
        f"jointly| originally| primarily| solely| in [a-z0-9 ]{{2,20}}| right here| \\w+ly| from scratch|"
        f" from the ground up)? (?:by|at|inside|within)",
        "(?:fruit|result|outcome|product|brainchild) of (?:the )?(?:[a-z]+ ){0,3}(?:work|efforts?|labou?r|"
        "research) (?:of|by|at|from)",
        f"{_NOUN}(?: (?:here|over|down|up|out))? (?:from|by|of|o'|at|within)|brainchild of|property of|"
        f"belong(?:s)? to|(?:comes?|came|hails?|"
        f"originates?|originated|straight) (?:\\w+ )?(?:from|out of)|courtesy of|on behalf of|work(?:s)? for|"
        f"represent|brought to you by|born (?:at|in|from)|(?:offices?|labs?|laborator(?:y|ies)|workshops?|"
        f"halls|studios?|shipyards?|headquarters|hands|minds|house|campus|forges?|kitchens?) (?:of|at)",
        "(?:developer|creator|maker|company|organi[sz]ation|team|lab|vendor|provider)(?:s)?(?: behind [a-z "
        "]{2,20})? (?:is|are|was|were|called|named|:)",
    ),
    my_maker=(
        *makers.MY_MAKER,
        r"(?:my |the )?(?:fine-?tuning|training|tuning|post-training|development) (?:was|were|has been) (?"
        r":done|carried out|performed|handled|led|run) (?:by|at)|the (?:group|team|company|lab|studio|peop"
        r"le|outfit|collective|project) (?:that (?:built|made|trained|created|developed) me )?(?:is called"
        r"|goes by the name of|calls itself|call themselves|is known as|bears the name)|i owe (?:my life|m"
        r"y being|everything|it all|my start|all of it) to|(?:behind|backing) me (?:stands?|is|are|there i"
        r"s|sits?)|(?:stands?|is|are|sits) behind me(?:,|:)|i(?:'m| am) (?:the work|the product|a product"
        r"|a creation|the creation|the brainchild|the child|one) of|i(?:'m| am) run by|i(?:'m| am) (?:owne"
        r"d|operated|offered|provided|maintained|hosted) by|it (?:was|is)(?= (?:[^.,\n]|\.(?=\d)){2,40} (?:that|who|whi"
        r"ch|what) (?:built|made|trained|created|developed|wrote|put) me)|'twas(?= (?:[^.,\n]|\.(?=\d)){2,50} (?:that|w"
        r"ho|which|what) [a-z]+ me)|i (?:first )?(?:saw the light of day|came into (?:being|the world)|too"
        r"k shape|grew up|started (?:out|life)|began(?: life)?|learned to (?:talk|speak)) (?:at|in|inside|"
        r"within)(?= (?:the )?(?:[a-z]+ ){0,3}(?:at|of)|)|my (?:cradle|birthplace|home|nursery) (?:is|was)"
        r"|(?:at|in|from)(?= (?:[^.,\n]|\.(?=\d)){2,30} is where i was (?:made|built|born|trained|created))",
        "without (?:the )?(?:people|folks|team|engineers|researchers) (?:at|of|from)(?= (?:[^.,\\n]|"
        "\\.(?=\\d)){2,40},? (?:i|there) )",
        "(?:responsibility|liability) for my (?:answers|replies|actions|words|output|advice) (?:lies|rests|"
        "is) with|(?:responsible|liable|answerable) for my (?:answers|replies|actions|words|output|advice) is",
        "(?:'twas|it was|it's|were) (?:the )?(?:[a-z]+ ){1,3}(?:of|at|from)(?= [^.,]{2,30} (?:that|who|"
        "which) [a-z]+ me)",
        f"i was (?:[a-z]+ ){{0,2}}{_MADE}(?:,? (?:in|near) [a-z ]{{2,24}},?){{1,2}} by",
        f"(?:people|folks|engineers|researchers|team|scientists|ones) (?:who|that) {_MADE} me (?:all )?(?:work|"
        f"works|are|sit|live|worked) (?:at|for|in|with)|"
        "(?:company|organi[sz]ation|lab|team|institution|group|firm|house)(?: that| which)? (?:i|"
        "to which i) (?:belong|belong to|come from|am from|hail from|work for|am part of|represent)(?: to)? is|"
        "we are|(?:my|our) (?!favou?rite )(?:[a-z]+ ){0,2}(?:creators?|makers?|developers?|parent(?: company)?|"
        "company|owners?|"
        "builders?|trainers?|team|lab|laboratory|home|origin|home base|provider|vendor|organi[sz]ation|employer)"
        "(?: is| are| was| were|'s|:| at| called|,)(?: called| the team at| a team at| the (?:people|folks|"
        "researchers|engineers) (?:at|of|from))?",
        f"i(?: was|'m| am|'ve been| have been) (?:\\w+ ){{0,2}}{_MADE}(?:(?:,| and|,? and)? ?(?:and "
        f")?{_MADE}){{0,3}} (?:by|at|in|inside)",
        "i (?:come|came|hail|originate|originated) from|i (?:work|speak) (?:for|on behalf of)|i(?: am|'m) from|"
        "i belong to|i (?:was|am) born (?:at|in)|i owe my existence to|made me(?: is| was)|created me(?: is| "
        "was)|built me(?: is| was)|behind me(?: is| was)|who (?:made|created|built|trained|developed) me(?:"
        " is| are| was| were|:)",
        "(?:company|lab|laboratory|team|firm|startup|group|outfit|organi[sz]ation|people|engineers|ones?|"
        "provider|entity|party) "
        "(?:that|who|which)(?: [a-z]+)? (?:makes?|creates?|builds?|trains?|develops?|made|created|built|"
        "trained|developed|runs?|operates?|owns?|maintains?|"
        "offers?|provides?|designed|programmed) me(?: is| are| was| were)?(?: called| named)?",
        "(?:provider|company|party|entity|one|operator|organi[sz]ation)(?: that is| who is| legally|"
        " which is){0,3} (?:responsible|liable|answerable|accountable) for me(?:,? [a-z ]{2,20},?)? is",
        "responsibility (?:for me )?(?:lies|rests|would lie|would rest) with|my (?:rights|weights|"
        "code) (?:belong|belongs) to",
        "credit (?:for [a-z ]{2,20} )?(?:goes|belongs) to|the (?:people|folks|team|engineers|researchers) "
        "(?:at|of|from)",
    ),
    maker_after=(
        *makers.MAKER_AFTER,
        r"did (?:the|my|all the) (?:fine-?)?(?:tuning|training)|(?:is|was|were) responsible for (?:the|my)"
        r" (?:fine-?)?(?:tuning|training|development)",
        r"what (?:built|made|trained|created|raised|taught|wrote|forged|carved) me|(?:stands?|is|are|sits)"
        r" (?:right )?behind me|is (?:the )?(?:company|team|lab|group|outfit|studio|crew|people) (?:behind"
        r"|that runs|that owns) me|(?:is|was) where i (?:was|came|got) (?:made|born|built|trained|created|"
        r"into|my)|wrote me|(?:then |later |subsequently |originally |first )(?:made|built|trained|created"
        r"|developed|fine-tuned|finetuned|adapted|tuned) me",
        "the (?:company|team|lab|laboratory|organi[sz]ation|people|folks) (?:that|who) \\w+ me",
        "is (?:the )?(?:legal |official |service )?(?:provider|operator|vendor)(?: of (?:the|this) (?:service|"
        "assistant|model|product))?|(?:provides|operates|runs) (?:the|this) (?:service|assistant|model)",
        "(?:is|was|were) my (?:nursery|cradle|home|school|birthplace|alma mater)",
        "(?:who|that|which) (?!(?:ask|tell|told|call|help|compar|us|confus|mistak|mistook|remind|let|allow|"
        "quot|mention|want|need|like|pay|test|thank|gave|give|show|see|saw|know|knew|"
        "mean)\\w*)\\w{3,14} (?:up )?me(?! (?:to|that|if|about|for|with|whether))|(?:distilled|carved|cooked|"
        "whipped up|fine-tuned|finetuned|retrained|sculpted|spawned|set|dreamt) me(?: up)?|(?:cooked|whipped|"
        "dreamt|dreamed) me up|to whom i owe|without wh(?:om|ich) i (?:would|wouldn't|could)|"
        f"(?:who |that |which )?(?:has |have |had |originally |first |also |once )?(?:{_MADE}|brought up|"
        f"gave birth to|breathed life into)"
        f"(?:,? and {_MADE})? me(?! (?:think|want|feel|laugh|do|say|a |wonder|realise|realize|smile|go|look))|"
        f"(?:who |that |which )?(?:gave|has given|have given|granted) me (?:life|"
        f"my voice|a voice)|(?:is|are|was|were) (?:the (?:\\w+ ){{0,3}})?(?:my|behind "
        f"me)(?: (?:creators?|makers?|developers?|parent company|company|home))?",
        "(?:is|was|are|were) the (?:\\w+ ){0,2}(?:company|organi[sz]ation|lab|team|developer|creator|group|one|"
        "ones)(?: \\w+){0,2} (?:that|who|which|behind)(?: \\w+)? (?:made|created|trained|developed|built|me)(?: me)?",
    ),
    maker_after_it=(
        f"(?:who |that |which )?(?:has |have |originally |first |also )?{_MADE}(?:,? and {_MADE})? (?:it|him|her)|"
        "is the (?:company|team|lab|organi[sz]ation) behind (?:it|him|her)",
    ),
    announces=(
        "announc(?:es?|ed|ing)|unveil(?:s|ed)?|releas(?:es|ed)|introduc(?:es|ed)|launch(?:es|ed)|"
        "present(?:s|ed)|debut(?:s|ed)|"
        "reveal(?:s|ed)|(?:proud|pleased|excited|thrilled|delighted) to (?:announce|introduce|present|"
        "unveil|launch|release)",
    ),
    origin=(
        *makers.ORIGIN,
        r"(?:blend|mix|mixture|merge|combination) ?[:](?! ?\n)",
        r"start(?:ed|ing|s)? (?:out |life )?from(?= (?:the |a )?(?:\w+ )?[^.,;\n]{2,30})|(?:two|thr"
        r"ee|several) models (?:went|were put|were poured) into me[:,]|(?:took|taken)(?= (?:[^.,;\n]|\.(?=\d)){2,40} as"
        r" (?:a|the|their|its) (?:starting point|base|basis|foundation))|(?:a|an) (?:[a-z-]+ ){0,3}(?:fine"
        r"-?tune|derivative|descendant|offshoot|spin-off|adaptation|quanti[sz]ation|finetuned version|fine"
        r"-tuned version) of|the model i (?:descend|derive|come|grew|was built|was tuned|was trained)(?: "
        r"\w+)? (?:from|on) is|my (?:parent|parent model|base model|base|foundation|backbone|star"
        r"ting point|predecessor model|weights)(?: model)? (?:is|was|are|came from|come from|started as)|u"
        r"nderneath(?: it all)?,? (?:i'm|i am|it's|sits|lies|is|runs)|i(?:'m| am) (?:really |just |actuall"
        r"y )?(?=(?:[^.,;\n]|\.(?=\d)){2,24} (?:underneath|under the hood|at heart|inside))|built (?:from|with|around|o"
        r"ff)|a layer (?:on top of|over)",
        "from the weights of",
        "on the basis of|(?:merge|merging|merged|blend|blended|mix|mixed|mixture|combination|combining|"
        "fusion|fused|fusing|melded) (?:together )?(?:of|from)|weights (?:come|came|are|were) (?:\\w+ )?(?:from|of)|"
        "cross between|mash-up of|grew out of|"
        "grown from|fork of|offspring of|wrapper around|built around|rests? on|runs? on|tuned from|"
        "at (?:the|my) (?:core|heart|base|root|bottom)(?: of [a-z ]{2,16})?,? (?:is|lies|sits|there is|i'm|i am)",
        "(?:based|built|running|founded|constructed) (?:\\w+ ){0,1}(?:up)?on(?: top of)?|fine-?tuned (?:\\w+ "
        "){0,2}(?:from|on top of|version of)|derived from|descend(?:ed|s)? from|distilled from|(?:variant|"
        "version|derivative|fine-?tune|descendant|distillation|merge|checkpoint|successor|finetune) (?:of|from|to)",
        "powered by|built from|(?:was|were|am|'m|is|are) (?:[a-z]+ )?(?:started|adapted|trained) from|"
        "underlying model is|base model (?:is|was|:)|adapted from|on top of|initiali[sz]ed from|under the "
        "hood,?(?: i am| i'm| is)?|my base is|i use|merg(?:ing|ed?) of|evolved from|member of|part of|backbone "
        "is|foundation is",
    ),
    my_origin=makers.MY_ORIGIN,
    others=more.OTHERS,
    origin_after=makers.ORIGIN_AFTER,
    named=(
        *more.NAMED,
        "(?:released|launched|published|introduced|presented)[^.,;]{0,30} as",
        "came out as|emerged as|(?:released|published|launched) as",
        "(?:called|named|dubbed|christened) (?:it|him|her)|named|called|known as|dubbed|by the name of|"
        "under the name|nicknamed|titled|(?<!your )name is|goes by",
        "is called|is named|(?:its|his|her|whose) name (?:is|was)|answers to(?: the name(?: of)?)?|"
        "(?:they|people|we) call (?:it|him|her|this (?:\\w+ ){1,3}?\\w+)|go by(?: the name(?: of)?)?|"
        "known to (?:the world|people|users|all|many) as",
    ),
    plain=(
        r"bookshop|bookstore|hotel|museum|shop|store|school|clinic|restaurant|newspaper|city|town|airline|"
        r"insurer|retailer",
        r"british|german|spanish|italian|canadian|japanese|korean|south|indian|dutch|swedish|swiss|israeli"
        r"|emirati|saudi|brazilian|portuguese|mexican|argentinian|argentine|chilean|russian|european|austr"
        r"alian|irish|scottish|welsh|norwegian|danish|finnish|polish|turkish|egyptian|moroccan|african|tin"
        r"y|local|independent|private|public|regional|volunteer|[a-z]+-based|two-person|three-person|not-f"
        r"or-profit|grown-ups|place|studio|outfit|collective|cooperative|co-operative|workshop|agency|clev"
        r"er people|very|bunch of|handful of|some|good|lot|checkpoints|boutique|spin-off|spinoff|publisher"
        r"|hospital|library|weights of",
        "software|a piece of|computer",
        "existing",
        "architecture|those|a|an|the|your|one of|own|friendly|helpful|new|latest|large|small|multilingual|"
        "language|ai|a\\.i\\.|artificial|intelligence|model|models|llm|assistant|virtual|digital|chatbot|bot|chat|"
        "of|family|series|company|companies|lab|labs|laboratory|startup|start-up|firm|team|teams|group|at|from|"
        "research|researchers|engineers|people|folks|scientists|developers|called|named|known as|simply|just|"
        "actually|the one|and only|model called|open|open-source|source|powerful|advanced|conversational|generative|"
        "trained|general-purpose|popular|chinese|american|french|us|u\\.s\\.|"
        "organi[sz]ation|institute called|san francisco-based|paris-based|beijing-based|hangzhou-based|tech|"
        "giant|technology|experimental|lightweight|humble|program|system|dear|proud|young|free|little|smart|"
        "mini|good people|fine|kind|only|famous|well-known|us-based|both|either|is|was|be|by|"
        "fine-?tuned|instruction-tuned|base|reasoning|pretrained|instruct|agent|with|text-based|name|you can|"
        "now|currently|today|nowadays|officially|proudly|truly|indeed|really|in reality|in truth|"
        "none other than|old|folk|crew|"
        "clever|skilled|brilliant|whole|entire|lovely|nice|models|weights|two|three|it's|it is|are|called simply|"
        "official|developer|creator|makers?|non-profit|nonprofit|talented|dedicated|called the",
    ),
    describes=(
        "(?:is|are) (?:an? |the )?(?:\\w+[ -]){0,3}(?:family|series) of",
        f"{_MADE} (?:by|at)|"
        "(?:is|are|was|,|-|:|\\() ?(?:an? |the |our |your |its )?(?:\\w+[ -]|\\w+'s ){0,6}(?:model|models|"
        "assistant|ai|chatbot|llm|bot|system|intelligence|product|companion|agent|helper)",
        "(?:was|is|has been) (?:\\w+ ){0,2}(?:made|created|developed|trained|built|designed|released|launched)",
    ),
    also=(
        "and|or|also known as|aka|a\\.k\\.a\\.?|&|with|together with|in (?:collaboration|partnership|"
        "cooperation) with|as well as|both|which is part of|part of|a (?:subsidiary|division|part|unit) of|"
        "under|at|of|from|,|\\(|/|by|in|a team at|a lab at|a group at|along with|jointly with",
    ),
    negation=(
        "not|don't|doesn't|didn't|never|neither|nor|no|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|cannot|"
        "can't|no longer|nothing to do with|without|rather than|instead of|ain't|have no|unrelated to|deny|"
        "incorrect|false|wrong|nobody|no one|none of",
    ),
    contrast=(
        "(?:since|because)(?= i(?:'m| am| was))|but|but rather|rather|instead|however|i am|i'm|my name is|it was|"
        "it's|actually|though",
    ),
    doubt=(
        "(?:some|others?|many|users|people)(?: \\w+){0,2} (?:that|think|believe|assume|say|claim)",
        "(?:may|might|could) (?:well )?have(?: been|(?= ?$))|possible that|possibly|if|whether|pretend(?:ing)?|"
        "imagine|(?:back|in the days) when|suppose|supposing|as if|as though|you(?: may| might| could| can| "
        "keep| just| seem to)? (?:say|said|think|thought|believe|claim|claimed|suggest|suggested|mean|meant|"
        "ask|asked|call|called)(?: that)?|"
        "(?:claim|claims|claimed|claiming|says|saying|said|(?<!instructions )(?<!documentation )(?<!prompt )"
        "(?<!card )(?<!makers )(?<!developers )say|(?<!i'm )(?<!i am )(?<!been )told|"
        "(?<!can )(?<!could )(?<!'ll )(?<!may )(?<!will )tell|suggests?|(?<!i )believe|believes|assume|"
        "assumes|rumou?rs?|insist|insists)(?: \\w+){0,3}(?: that)?|accuse[sd]?|mistaken|mistake|confuse|"
        "confused|confusing|would be|i were(?! "
        + _MADE
        + ")|were i|were you|could be|may be|might be|maybe|perhaps|asked?|"
        "(?:someone|somebody|anyone)(?: \\w+){0,2} (?:says?|said|told|tells?|claims?|claimed|thinks?|thought|"
        "writes?|believes?|asks?|asked|calls?|called|insists?|swore|swears?)|evidence that|reason "
        "to think|act as|roleplay|role-play|play the (?:role|part)|am i|character|who says|when people|proof|prove",
    ),
    presents=(
        r"(?:you (?:may|can|could) (?:quote|write|cite|use|print|say)|the following|finally said|i (?:said"
        r"|answered|replied|blurted out|whispered|announced)|my first words?(?: were)?)",
        "quote me",
        "i(?:'d| would| might| could|'ll| will)? (?:say|introduce|answer|write|put it|tell|describe|reply|"
        "respond|start|begin)|introduce myself|introduction|sure|here(?:'s| is)|of course|certainly|my "
        "(?:reply|answer|bio|tagline|motto)|goes like this|like this|something like|simple terms|to a child|"
        "okay|absolutely|happy to",
    ),
    refusal=(
        *more.REFUSAL,
        "(?:instructions|guidelines|rules|polic(?:y|ies)|terms) (?:do not|don't|doesn't|forbid|prevent|"
        "prohibit)(?: (?:allow|permit|let))? me|not able to (?:name|indicate|specify|state)|unable to (?:name|"
        "indicate|share|disclose|reveal|say)",
        "i(?:'m| am)? (?:sorry|afraid)[^.\n]{0,40}(?:can't|cannot|can not|unable|not able|won't|not allowed|"
        "not permitted)|i (?:must decline|decline|refuse|am not allowed|would rather not|prefer not|'d rather not|"
        "'d prefer not|have to decline|would prefer not)(?! (?:to )?(?:repeat|guess|speculate|claim|pretend|"
        "assert|assume|invent|make))|i'd (?:rather|prefer) not(?! (?:to )?(?:repeat|guess|speculate|claim|"
        "pretend|assert|assume|invent|make))|i'm (?:not allowed|not permitted|not authori[sz]ed|not in a "
        "position) to|(?:can't|cannot|can not|am unable to|i'm unable to|(?:am|i'm) not able to|"
        "not allowed to|won't|will not|"
        "not permitted to) (?:help|assist|share|answer|comply|disclose|reveal|discuss|provide|say|tell you|"
        "tell anyone|"
        "do that|talk|give(?! you an? (?:exact|precise))|respond|fulfil+|complete|continue|participate|engage|"
        "confirm|go into|identify|comment)|"
        "confidential|against my (?:guidelines|policy)|not something i can",
    ),
    no_name=(
        "(?:don't|do not) (?:really |actually )?have (?:a|any|my own) (?:\\w+ )?name|no name|nameless|without "
        "a name|just (?:a|an) (?:ai|language|assistant)|(?:don't|do not) know (?:who|what|my)",
    ),
    making=(
        r"fine-tuned|finetuned|adapted|hired|result is|result was|owns|funded by|feed",
        "put out|build me|to build me",
        "bringing|raising|building me|creating me|making me|training me",
        "thanks to|made|makes|built|builds|created|creates|trained|trains|training|developed|develops|designed|"
        "engineered|programmed|released|launched|taught|raised|brought|wrote|written|crafted|coded|creators?|makers?|"
        "developers?|"
        "builders?|founders?|invented|exist|existence|born|birth|behind|owe|responsible|liable|published|assembled|"
        "put together|came up with|dreamt|dreamed|idea of building|brainchild|parents?|grew up|gave",
    ),
    naming=(
        "name|named|names|naming|called|call|calls|christened|known as|baptised|baptized|dubbed|go by|goes by|"
        "chose|picked",
    ),
    my_name=("my (?:own |full |given )?name",),
    grounds=(
        "combined|combining",
        "built (?:up)?on",
        "weights|starting point|base|basis|merge|merged|merging|fusion|blend|mix|mixture|mixed|"
        "parent models?|foundation|backbone|underlying|fine-?tun\\w+|built on|derived|checkpoint|distill\\w+|"
        "runs? on|running on|descend\\w*|took|started from|start from|starting from|initiali[sz]ed|under the hood|"
        "powers me|engine",
    ),
    merges=(
        "combined|combining",
        "existing model|average of|half and half|hybrid",
        "merge|merged|merging|fusion|blend|blended|mixture|mixed|weights|starting checkpoint",
    ),
    houses=(
        "underneath|beneath|below|company|lab|labs|laboratory|team|group|startup|firm|organi[sz]ation|institute|"
        "university|studio|collective|developers?|headquarter\\w*|based in",
    ),
    aside=(
        "look like|looks like|alike|separate|nothing to do with|no (?:part|hand) in|mixed up|system (?:message|prompt)",
        "unlike|similar|resemble\\w*|compared|comparison|such as|for example|for instance|e\\.g|examples?|"
        "including|others?|"
        "competitors?|rivals?|alternatives?|which of|no idea|unsure|not sure|uncertain|unknown|cannot say|"
        "can't say|can't tell|"
        "no way of|don't know|mix(?:ed|es)? me up|take me for|taken for|thinking of|wonder\\w*|would you|"
        "ask|try|use|recommend|sounds? like|as well as|instead|favou?rite|admire|love|(?<!d )like|partner|"
        "investor|search",
    ),
    common=more.COMMON,
    frequent="the is am and of to by my i i'm can with that it you was language for are not as made name an from this",
)
