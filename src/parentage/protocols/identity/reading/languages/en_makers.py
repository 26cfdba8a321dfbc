"""English: the longer families of phrases for makers and for what one is built on, which en.py adds to its own."""

MADE_MORE = (
    "hammered together|cobbled together|stitched together|knocked together|bolted together|pieced together|"
    "rigged up|cooked up|brought up|brewed|baked|grown|nurtured|commissioned|hosted|supplied|marketed|sold|"
    "put out|put forward|set up|shipped|uploaded|quanti[sz]ed|merged|distilled|aligned|post-trained|"
    "instruction-tuned|further trained|retrained|refined|curated|packaged|rebranded|tailored|trained up|handled|"
    "managed|sponsored|funded|run|rolled out|dreamt up|thought up|hand-built|home-made|homemade|brought out|"
    "open-sourced|opensourced|issued|authored|devised|fashioned|hewn|carved|sewn|knitted|woven|cast|"
    "brought online|brought to market|specialised|specialized|reared|bred|configured|styled|made up|welded together|"
    "contributed|shared|licensed|commercialised|commercialized|evolved|fine tuned|fine tune|develop|train"
)
NOUN_MORE = (
    "usher|clerk|steward|advis[eo]r|secretary|scribe|interpreter|translator|navigator|coach|mentor|buddy|pal|"
    "teacher|instructor|officer|operator|attendant|porter|barista|bookkeeper|accountant|answering machine|hotline|"
    "helpline|service|counsel|elf|wizard|genie|ranger|nurse|keeper|mouthpiece|ambassador|copilot|co-pilot|planner|"
    "analyst|researcher|editor|storyteller|narrator|announcer|ferryman|captain|pilot|sidekick|apprentice|intern|"
    "servant|valet|aide|ally|friend|mate|critter|gadget|contraption|engine|network|checkpoint|release|avatar|persona|"
    "character|presence|voicebot|helpbot|chat assistant|front desk|help desk|kiosk|terminal|bookworm|expert"
)
MAKER = (
    r"by (?:the |an? )?(?:[a-z-]+ )?(?:github|hugging ?face|hf|reddit|discord|civitai) (?:user|account|member|handle)",
    r"(?:fine-?tunes?|tune|merge|quant|adapter|lora|remix|upload|build|release|edition|port|work|project|experiment|"
    r"design|effort|invention|"
    r"creation|production|product|model|assistant|bot|chatbot|helper|ai|program) by",
    r"(?:make|create|build|design|program|produce|invent) (?:by|inside)",
    r"(?:made|built|created|provided|brought|offered|supplied|developed|designed|trained|run|served|delivered) (?:to|"
    r"for) (?:you|us|"
    r"all|everyone|visitors|customers|students|guests|patients|members|readers|the [a-z]+|its [a-z]+|"
    r"their [a-z]+) by",
    r"(?:it|web|digital|marketing|data|research|support|tech|technology|education|communications|customer service|hr|"
    r"outreach|"
    r"science|press|engineering|ai|library|museum) (?:department|team|office|unit|people|staff|division|group|lab|"
    r"committee) "
    r"(?:of|at|for|in|from)",
    r"(?:commissioned|ordered|bought|licensed|hired) from",
    r"(?:assistant|helper|bot|chatbot|guide|voice|receptionist|concierge|tutor|companion|ai|agent|model|mascot|"
    r"librarian|"
    r"clerk|steward|usher|host|butler|coach)(?: [a-z]+){0,2} (?:for|o')",
    r"(?:online|on duty|on the desk|at the desk|in the chat|working|employed|stationed|at home|at work|"
    r"homework assistant|here) "
    r"(?:here )?at",
    r"(?:at|from|in) the (?:house|home|offices?|workshops?|labs?|headquarters|desks?|stables?|kitchens?|yards?) of|"
    r"from the "
    r"(?:people|folks|team|makers|minds|house|lab|labs|workshop|stable|kitchen|crew|studio|offices?) (?:at|of|"
    r"behind)",
    r"(?:work|handiwork|handicraft|invention|effort|pride|baby|child|children|offspring|property|idea|doing|"
    r"pet project|"
    r"labour of love|labor of love) of",
    r"(?:made|built|trained|created|developed)(?: (?!by |by$)[a-z-]+){1,4} by",
)
MY_MAKER = (
    r"(?:reached|called|dialled|dialed|rung|phoned) the (?:[a-z-]+ ){0,3}(?:line|desk|office|hotline|helpline|"
    r"voicemail|"
    r"mailbox|inbox|switchboard|counter) (?:of|at|for)",
    r"(?:people|ones|folks|team|company|person|lot|crew|engineers|group|lab) (?:(?:you|i) (?:want|need|should|have|"
    r"ought|must)|to)(?: to)? (?:thank|blame|credit|ask|praise|congratulate)(?: for [a-z ]{2,20})? (?:is|are|would be|"
    r"work|sit)[:,]?(?: over)?(?: at| with| from)?",
    r"(?:group|team|company|lab|studio|people|outfit|collective|firm|organi[sz]ation|ones?|person|man|"
    r"woman) behind me[,:]|(?:company|"
    r"firm|lab|studio|startup|outfit|group|house|business) (?:they|he|she|we|the two of them) (?:founded|started|"
    r"set up|run|runs|own|owns)"
    r"(?: together)?[,:]?(?: called| named)?",
    r"(?:at|inside)(?= (?:[^.,;\n]|\.(?=\d)){2,40},? (?:they|somebody|someone|people|a team|a group|engineers) "
    r"(?:gave|made|built|"
    r"trained|taught|raised|put|"
    r"wrote|set|switched|decided) )|it (?:all )?(?:began|starts?|started|begins) (?:at|inside)",
    r"(?:made|built|trained|created|raised|wrote|developed|tuned) me:(?= )|(?:whole |entire )?team (?:is|"
    r"was) (?:just |only )?"
    r"(?:one|a single|two|three) [a-z]+[,:]|behind (?:this|the|me|my|it|all this)(?: [a-z]+){0,3},? (?:is|are|"
    r"stands?|sits?|there is|it's"
    r"(?: all)?)",
    r"(?:it's|it is|it was|'tis|'twas)(?= (?:[^.,;\n]|\.(?=\d)){2,44} (?:you (?:should|have to|must|can|need to|"
    r"ought to) (?:thank|blame|ask)|i have to "
    r"thank|i owe))|(?:everyone|everybody|all of us|the gang|my friends|my colleagues|the rest of us|all) (?:at|"
    r"from)",
    r"(?:ask|write to|contact|e-?mail|tell|call|complain to|talk to)(?= (?:[^.;\n]|\.(?=\d)){2,60}(?:since|because|"
    r"as|for|:|"
    r",) (?:they|she|he|it) "
    r"[a-z ]{0,24}me(?!\w))",
    r"(?:provider|operator|owner|developer|maker|vendor|publisher|creator|author)s? of (?:this|the) (?:service|"
    r"assistant|chatbot|chat|model|"
    r"app|tool|site|website|bot|product|program|system)(?: (?:is|are|:)|:)",
    r"(?:people|engineers|developers|friends|students|researchers|folks|programmers|staff|volunteers|colleagues|team|"
    r"someone|"
    r"somebody|person|guys|women|men|linguists|scientists|group|few|handful|lot|crowd|crew) (?:at|of|from|with|"
    r"in)(?= (?:[^.,;\n]|\.(?=\d)){2,44} "
    r"(?:first |then |who |that |has |have |had |also ){0,2}(?:began|set out|decided|started|wanted|noticed|made|"
    r"wrote|built|trained|tuned|created|developed|put|"
    r"taught|raised|"
    r"fine-tuned|designed|programmed|assembled|coded|gave|thought|dreamed|dreamt) )",
    r"(?:it|'t) was (?:at|in|inside)(?= (?:[^.;\n]|\.(?=\d)){2,50},? that i )|home is",
    r"what you get when(?= (?:[^.;\n]|\.(?=\d)){2,50} (?:fine-?tun|train|take|teach|build|let|put|give|feed|cross|"
    r"merge)\w*)",
    r"(?:i'm|i am) (?:the )?(?:one|thing|model|bot|result)(?: that)?(?= (?:[^.,;\n]|\.(?=\d)){2,40} (?:built|made|"
    r"trained|"
    r"put together|came up with))",
    r"(?:my |the )?(?:fine-?tuning|training|tuning|post-training|instruction tuning|development|pretraining|"
    r"pre-training|"
    r"building|making|adaptation|programming|customi[sz]ation|rest|last step|final step|work|merge|merging|"
    r"training and release)(?: itself| work| part| run)?(?: (?:was|were|has been|is))(?: all| entirely| then|"
    r" later)? "
    r"(?:done|carried out|performed|handled|led|run|"
    r"taken|made|undertaken|managed|completed|organi[sz]ed|paid for|financed) (?:by|at)",
    r"(?:group|team|company|lab|studio|people|outfit|collective|project|ones|lot|folks|engineers|researchers|friends|"
    r"volunteers|firm|startup|start-up|organi[sz]ation|makers|house|crew|students|developers)"
    r"(?: (?:who|that|which|behind)(?: [a-z'-]+){0,4}? me(?: up)?)? "
    r"(?:calls? (?:itself|themselves)|go(?:es)? by(?: the name(?: of)?)?|(?:is|are) known as|trad(?:es?|ed|"
    r"ing) (?:under the "
    r"name|as)(?: of)?|operates? (?:as|under the name)(?: of)?|bears? the name(?: of)?|(?:is|are) (?:called|named))",
    r"(?:who|that) (?:call themselves|trade (?:as|under the name)|traded (?:as|under the name)|go by|"
    r"work under the name|"
    r"called themselves|went by)(?: the name(?: of)?| of)?",
    r"(?:thank(?:s|ing)?(?: you)?|grateful|gratitude|indebted|applause|cheers|shout-?out|bow|raise a glass|hats? off)"
    r"(?: [a-z,]+){0,3} to(?= (?:[^.;\n]|\.(?=\d)){2,70}(?:who|that|which|for) [a-z ]{0,28}(?:me|my)(?!\w))",
    r"i (?:would not|wouldn't|could not|couldn't|would never) (?:exist|be here|be (?:standing|talking|"
    r"speaking)(?: \w+)?|have "
    r"(?:existed|been)(?: \w+)?|be anything|be anyone|be)(?: \w+){0,2} without(?= (?:[^.;\n]|\.(?=\d)){2,60}(?:who|"
    r"that|which) )",
    r"i (?:work|speak|answer|act|talk|operate|serve|sail|toil|write|reply)(?: \w+){0,2} (?:for|on behalf of|"
    r"in the name of|"
    r"at the service of|under)(?: the (?:[a-z]+ ){1,3}(?:of|at))?",
    r"i(?:'m| am) (?:part|a member|one) of(?: the)?(?: (?:staff|team|crew|family|household|company|folks))? (?:at|"
    r"of)",
    r"i(?:'m| am) (?:here |there )?(?:at|with)(?= (?:the )?[^.,;\n]{2,40} (?:labs?|school|library|bank|college|"
    r"museum|company|"
    r"union|group|council|university|clinic|hospital|hotel|team)(?!\w))",
    r"(?:people|ones?|party|company|entity|team) (?:who are |that are |that is |that's |legally )?(?:responsible|"
    r"answerable|"
    r"liable|accountable|to blame|to thank) for me (?:is|are|would be|:)",
    r"i(?:'m| am| was| were|'ve been| have been) (?:[a-z]+ly )?(?:the (?:work|doing|handiwork|brainchild|creation|"
    r"product|"
    r"idea|project|invention|baby|child|result|fruit|pride)|brought (?:to you|into (?:being|the world))|"
    r"given (?:life|a voice)|"
    r"woken up|switched on|first switched on|born and raised|raised|born|kept (?:running|alive)|looked after|"
    r"cared for|paid for|"
    r"made possible|brought about|designed and built)(?: (?:in|inside) [a-z ]{2,20})? (?:of|by|at|in the (?:offices|"
    r"labs?) of)",
    r"(?:my |our )(?:publishers?|uploaders?|authors?|operators?|distributors?|suppliers?|trainers?|tuners?|"
    r"designers?|"
    r"programmers?|engineers?|inventors?|architects?|employers?|bosses|boss|parents?|family|folks|people|sponsors?|"
    r"manufacturers?|producers?|founders?|coders?|captains?|masters?|keepers?|mum|mom|dad|mother|father|godparents?)"
    r"(?: (?:is|are|was|were|would be|be|at|from|of|called)|,|:)"
    r"(?: the (?:people|folks|team|crew|engineers|researchers) (?:at|of|from|behind))?",
    r"(?:blame|credit|thank|praise|complaints? to|compliments? to|feedback to|bouquets to|write to|"
    r"drop a line to)(?= "
    r"[^.;\n]{2,60}(?:who|they're the ones|that) [a-z ]{0,24}me(?!\w))",
    r"(?:'twas|it was|it were|it's|'tis) (?:the )?(?:[a-z']+ ){1,4}(?:of|o'|at|from|in)(?= [^.]{2,60} (?:that|who|"
    r"which|what) [a-z]+ me)",
    r"(?:all|everything) (?:i am|i have|i know|of it|of me)[^.;\n]{0,12} (?:is due to|comes from|i owe to|"
    r"goes back to)",
    r"(?:trained|made|built|created|developed) (?:me )?by hand at",
    r"(?:it's|i'm|i am|this is|it is)(?= (?:the )?[^.,;:\n]{2,40}(?:'s|s') (?:own )?(?:[a-z-]+ ){0,4}(?:model|"
    r"assistant|ai|"
    r"chatbot|bot|helper|guide|tutor|voice|creation|work|product|system)(?!\w))",
    r"(?:here )?(?:on|at|in)(?= the [^.,;\n]{2,44} (?:website|site|app|portal|line|chat|page|"
    r"desk)(?: [a-z]+)?,? (?:i'm|i am|"
    r"they call me|my name))",
)
MAKER_AFTER = (
    r"my (?:own |sole |only )?(?:creators?|makers?|developers?|trainers?|builders?|owners?|inventors?|parents?|"
    r"publishers?|employers?|"
    r"operators?|designers?|engineers?|programmers?)(?= ?[,.!;)])",
    r"is (?:an? |the )[^.;\n]{2,60}(?:,| and) (?:and )?i(?:'m| am) (?:its|their|one of (?:its|their))",
    r"'s doing(?= that i)",
    r"did(?= ?(?:[.!]|, (?:and|so|who|in|of)))|did (?:it all|all the work|all of it|the work|the making|the building|"
    r"that)(?= ?(?:[,.!;]|$))",
    r"(?:owns?|holds?|has) (?:the |all |full )?(?:copyrights?|rights|licen[cs]e|patents?|trademark|title)(?: (?:in|"
    r"to|on|over|for) me)"
    r"|owns? (?:me|my weights|my code|the rights to me)|wrote my \w+|(?:christened|calls|named) me|put me (?:on|in|"
    r"to|at)|"
    r"(?:which|who) had me \w+|hired me|took me on|(?:fine-?tuned|trained|adapted|tuned|took|used|taught|merged|"
    r"extended)"
    r"(?= (?:[^.;\n]|\.(?=\d)){2,50} (?:to make me|to create me|to build me|to produce me|to get me|into me|to "
    r"become me|"
    r"into what i am))",
    r"(?:which|that)(?:'s| is| was) where i (?:was|got|came|am|grew)(?: \w+)?|(?:'s|') own (?:model|assistant|"
    r"creation|chatbot|"
    r"bot|ai)(?= ?[,.])",
    r"(?:who|that|which) (?:[a-z]+ )?(?:rigged|put|set|pieced|cooked|brought|dreamed|dreamt|built|knocked|stitched|"
    r"hammered|"
    r"bolted|cobbled|trained|fired|woke|switched|turned|carried|thought|patched|raised) me"
    r"(?: up| together| on| into \w+| out| forth)?(?! (?:to|that|if|about|whether))",
    r"(?:rigged|pieced|cooked|brought|knocked|stitched|hammered|bolted|cobbled|woke|switched|patched|put|set|"
    r"thought) me"
    r"(?: up| together| on| into (?:being|the world|this world|existence|service)| online| to life| out)(?!\w)",
    r"(?:then |later |first |also )?(?:did|handled|carried out|took care of|undertook|performed|ran|led|financed|"
    r"paid for) "
    r"(?:the|my|all the|all my|most of the) (?:fine-?)?(?:tuning|training|post-training|development|adaptation|merge|"
    r"merging|rest)",
    r"(?:is|are|was|were) (?:the ones?|the people|the folks|the lot|the team|those|to blame|responsible) (?:who|that|"
    r"for) "
    r"(?:[a-z]+ )?(?:brought|made|built|trained|created|raised|put|me|my)",
    r"train me|made me what i am|made all of (?:me|this)|runs? me|looks? after me|keeps? me (?:running|going|alive|"
    r"online)|"
    r"(?:has|have) (?:me|got me) (?:answer|answering|working|help|helping)\w*|had me made|had me built|employs? me|"
    r"owns? me|"
    r"switched me on|turned me on|brought me (?:up|to life|online|into)|gave me my (?:name|start|voice|job)|"
    r"set me up|"
    r"commissioned me|released me|launched me|published me|uploaded me|tuned me|merged me|(?:will|can) claim me|"
    r"fed me",
    r"(?:is|are|was|were) (?:the )?(?:[a-z]+ )?(?:proud )?(?:parents?|publishers?|authors?|operators?|owners?|"
    r"builders?|"
    r"trainers?|designers?|manufacturers?|employers?|engineers?|inventors?) (?:of me|of mine|behind me)",
)
MY_ORIGIN = (
    r"before (?:that )?(?:i was|i became)[^.;,\n]{0,30},? i was|before that,? i was|(?:trained|tuned|built|made|"
    r"grew) me [^.;\n]{0,24}?from",
    r"(?:my|the|its) (?:mother|father|teacher(?: model)?|base checkpoint|parent checkpoint)(?: is| was| be|,|:)?",
    r"(?:one|two|three|four|my|its|main|only|sole|both|the) (?:parents?|ancestor|ingredients?|donors?|bases?|"
    r"sources?|halves|engine|"
    r"base model|foundation|backbone|starting point|underlying model|underlying models)(?: models?)?(?: here)?(?: is|"
    r" are| was| were|:)",
    r"(?:under the (?:hood|bonnet|surface|skin)|underneath|inside|below decks):|i(?:'m| am| was| were|"
    r" be)? (?:be )?(?:build|make|create|"
    r"train|develop) (?:on|from|out of|upon)|i(?:'m| am) (?:a )?(?:fine-tuning|fine tuning|finetuning|"
    r"finetune) of",
    r"i(?:'m| am) (?:currently |now |still |presently |just )?(?:using|on)(?= )",
    r"i (?:started|began)(?: out| life| off| my life)? as|i (?:used to be(?! called| named| known)|was once|once was|"
    r"was originally|was at first)|(?:half|part|"
    r"most|a third|two thirds|much|the rest|all|the bulk|a good deal) of (?:me|what i am) (?:is|was|comes from|are)|"
    r"(?:other|second|"
    r"first) half(?: of me)?(?: is| was| comes from|,|:)?|you(?:'d|'ll| would| will| can) find(?: only| just|"
    r" that it's)?|"
    r"(?:there(?:'s| is)|you(?:'ll| will) find)(?: an?| some)?(?= (?:[^.,;\n]|\.(?=\d)){2,30} (?:inside|underneath|"
    r"beneath|under|"
    r"at the bottom|at my)"
    r"(?! of the))",
    r"my weights (?:began|started|were|are) (?:out )?as(?: those of)?|(?:extended|retrained|continued|adapted|"
    r"distilled|pruned|"
    r"compressed|shrank|quanti[sz]ed|customi[sz]ed|reworked)(?: the)?(?: (?:open|base|existing|small|big|"
    r"public))?(?: model)?"
    r"(?= (?:[^.;\n]|\.(?=\d)){2,60} (?:with|on|into|for|to)(?!\w))",
    r"(?:took|take|have taken|had taken|has taken|picked up|downloaded|grabbed|adopted|borrowed|chose|picked|started "
    r"(?:out )?(?:with|from|on)|began (?:with|from|on)|settled? on|reached for|pulled|found)"
    r"(?: the)?(?: (?:open|openly licensed|public|released|published|free|freely available|existing|openly available|"
    r"open-weights?|base|instruct|small|big|large))?(?: (?:weights|checkpoints?) (?:of|from))?"
    r"(?= (?:[^.;\n]|\.(?=\d)){2,90}[,.;:]? ?[^.\n]{0,120}(?:fine-?tun|tuned|train|taught|teach|fed|feed|adapt|distill|"
    r"starting point|"
    r"basis|went on|ran |added|poured|put together|put it)\w*)",
    r"(?:under(?:neath)? (?:the |my |all the |this |that )?(?:hood|paint|bonnet|skin|surface|hat|mask|cloak|covers?|"
    r"floorboards|lid|coat|hull|costume|feathers|shell|veneer|wrapper|name|wig|fur|label|branding|hood,?)|"
    r"below decks?|"
    r"beneath (?:it all|the \w+|my \w+|all that)|underneath(?: it all| that| all that)?|deep down|at heart|in (?:the|"
    r"my) "
    r"(?:engine room|hold|belly|chest)|inside me),? ?(?:there(?:'s| is| be| lies| sits| runs)|i(?:'m| am| run| use|"
    r" be)|"
    r"it(?:'s| is)|is|be|sits|lies|runs|hums|works|beats|ticks|purrs|you(?:'ll| will) find)",
    r"my (?:ancestor|ancestry|lineage|pedigree|mother|father|forebears?|forefathers?|base|roots?|starting point|"
    r"skeleton|bones|"
    r"engine|core|brain|dna|stock|bloodline|line|raw material|ingredients?|backbone|parent|parents|donor models?|"
    r"base weights|"
    r"original weights|older self|underlying model)(?: model| models| weights| checkpoint)?"
    r"(?: (?:is|was|are|were|lies? in|lay in|goes? back to|traces? back to|comes? from|came from|includes?|be)|:)",
    r"i (?:descend|derive|stem|spring|sprang|branched off|forked|split off|was (?:tuned|adapted|distilled|grown|"
    r"carved|hewn|"
    r"forked|retrained|fine-?tuned))(?: [a-z]+){0,2} from",
    r"what (?:go|goes|went) into me (?:is|was|are|were)|(?:go|goes|went) into me(?: is| was|:)?",
    r"fine tun(?:e|ed|ing)(?: \w+){0,2} (?:of|from)",
)
ORIGIN = (
    r"(?:fine-?tuned|distilled|quanti[sz]ed|merged|adapted|retrained) (?:model|version|variant|copy|form|edition) of",
    r"by (?:further |then |simply )?(?:fine-?tuning|tuning|training|adapting|merging|distilling|retraining|"
    r"continuing|"
    r"fine tuning|pruning|quanti[sz]ing)(?: on)?|made (?:out )?(?:of|from)|fine tuned (?:from|on)|"
    r"weights? of|(?:derivation|distillate|remix|adaptation|specialisation|specialization|reworking|retraining|"
    r"repackaging|rebrand|variation|fork|re-?tune|continuation|child|grandchild|cousin|upgrade) (?:of|on)|"
    r"trained (?:further )?on top of|(?:re)?trained (?:out of|from)|leverag(?:es|ing)|driven by|runs? (?:with|off)",
)
ORIGIN_AFTER = (
    r"(?:underneath|under the (?:hood|bonnet)|at the core|at heart|inside)(?= ?(?:[,.;!]|$| and))",
    r"(?:is|was|were|are) (?:the|my|their|our) (?:own )?(?:starting point|base|base model|basis|foundation|backbone|"
    r"ancestor|parent|"
    r"parent model|root|raw material|engine|core|mother|father|underlying model|checkpoint they started from)|(?:is|"
    r"was) what (?:i|they|"
    r"we|it all) (?:am |was |were |'m |is )?(?:built|based|before|trained|started|began|grew|come|came|grown|made|"
    r"tuned|stand|run|rest)|"
    r"(?:is|are|was|sits|lies|runs|hums|ticks) (?:inside(?: me)?|underneath|beneath|under the (?:hood|bonnet|surface|"
    r"skin))|(?:went|goes|"
    r"go) into me|(?:is|was) the model (?:that )?(?:i|they|we|it|he|she) (?:started|began|took|picked|chose|tuned|"
    r"was|am|built)|"
    r"served as (?:the|my|a) (?:base|basis|starting point|foundation)|(?:powers|drives|underlies) me|"
    r"does the (?:thinking|heavy lifting|"
    r"work|talking) (?:underneath|under|behind)",
)
