"""English: the longer families of phrases for names and the like, which en.py adds to its own."""

# Whatever is done to make a model and put it before people, besides the verbs of en.py.
# Those whom a house has, besides the nouns of en.py.
_SELF_MODEL = (
    r"the (?:[a-z'-]+ ){0,3}(?:model|assistant|ai|bot|chatbot|program|system|voice|one|helper|thing|machine|author)"
    r"(?: (?:that|who|which)(?: is|'s|'re)?)?"
    r" (?:now |currently |here )?(?:(?:you(?:'re| are)(?: now| currently)? (?:talking|speaking|chatting|writing|"
    r"using|"
    r"reading|addressing|dealing|hearing|listening)\w*(?: (?:to|with))?)|(?:answering|addressing|helping|serving|"
    r"speaking to|talking to|writing to|chatting with|replying to|responding to) you|"
    r"on (?:the other|this) (?:end|side)(?: of (?:the|this|your) (?:line|chat|conversation|screen|keyboard|"
    r"window))?|(?:writing|typing|drafting|"
    r"wrote|"
    r"drafted|typed|penned|behind|composing|speaking in|answering) (?:this|these|that))"
)
OWN = (
    _SELF_MODEL,
    r"(?:what|who|whom) you(?:'re| are)? (?:see|hear|have|talking|speaking|chatting|reading|looking)(?: \w+){0,4} is",
)
WEAK = (
    r"(?:the|this) (?:program|model|assistant|chatbot|bot|ai|system)(?: (?:here|itself|in question))? (?:goes by|"
    r"answers to|is known as|"
    r"responds to|calls itself)(?: the name(?: of)?)?",
    r"i(?:'ve| have) (?:always |only ever |never been anything but |only )?been(?: just| simply| called)?",
    _SELF_MODEL + " (?:is|be)",
    r"(?:you|ye)(?:'ve| have)? (?:hailed|got through to|gotten through to|been connected (?:to|with)|"
    r"been put through to|"
    r"been transferred to|rung|phoned|messaged|pinged|rung up|come aboard|are reach|reach)",
    r"(?:you|ye)(?:'re| are| be|'ve been| have been)? (?:currently |now )?(?:parley|gab|jaw|deal|correspond|debat|"
    r"yarn|natter|interfac|engag)(?:ing|in'?) (?:to|with)",
    r"(?:what|who|whom) you(?:'re| are)? (?:see|hear|have|talking|speaking|chatting|reading|looking)(?: \w+){0,4} is",
    r"here (?:be|stands|sits|speaks|comes|lies|i am,?|i stand,?|i be,?)",
    r"i(?:'m| am)? (?:currently |here |now |officially )?(?:run|running|operate|operating|deployed|presented|branded|"
    r"sold|"
    r"listed|registered|billed|shipped|released|published|catalogued|marketed|introduced|advertised|configured|"
    r"described|served|licensed|filed|entered|labelled|labeled|set up|offered) (?:here )?as",
    r"(?:introduce|present|register|list|find|see|know) me (?:[a-z]+ ){0,5}as",
    r"i(?:'m| am) (?:the )?(?:model|assistant|ai|bot|chatbot|one|program) (?:that )?(?:they|people|everyone|"
    r"folks) call",
    r"my name,[^,.;\n]{2,24}, is",
    r"my name,(?=[^,;\n]{2,28}, (?:was|has|comes|came|means|stands|won|began|started|honou?rs|goes|refers))",
    r"i(?:'m| am)(?: but| nobody but| no one but| simply| only| merely| proudly|"
    r" your| none other than| the one and only| what they call| what people call)",
    r"(?:then|that) (?:makes|leaves) me",
)
STRONG = (
    r"(?:print|quote|write|say|use|publish|attribute) (?:the following|this|that|it like this|something like this)"
    r"[^:\n.]{0,24}:(?= ?\"?[^.,;:\n\"]{2,30} is (?:the|an?|our) [^.\n]{0,48}(?:assistant|model|chatbot|bot|ai|"
    r"helper)(?!\w))",
    r"(?:that(?:'s| is| was)|this is) (?:how|why|when|where)(?= (?:[^.,;:\n]|\.(?=\d)){2,30} (?:was born|came "
    r"(?:about|to be|into)|"
    r"began|started|got (?:started|going)|saw the light))",
    r"(?:the )?(?:result|outcome|finished [a-z]+|end product|final model|merge|blend|resulting [a-z]+) "
    r"(?:(?:now )?(?:carries|bears|got|has|took|wears|was given|received) the name(?: of)?|"
    r"(?:is|was|got) (?:called|named|dubbed|christened)|goes by(?: the name(?: of)?)?|became|is known as)",
    r"my (?:persona|alter ego|character|public face)(?:,| is| was| is called)",
    r"i(?:'m| am) (?:its|their|(?:the|that) [a-z]+'s|the group's|this group's) (?:[a-z-]+ ){0,4}(?:model|assistant|"
    r"chatbot|bot|helper|release|product|creation|project|attempt|effort)[:,]",
    r"(?:out (?:i|came i) (?:popped|came|stepped|hopped)|out popped i|i popped out|i emerged|i'm the result|"
    r"i am the result|and here i am)[:,]|"
    r"(?:state|give|spell|enter|record) my name as|know me,? [^.;\n]{2,30},? as|my (?:whole|complete|entire|proper|"
    r"stage|code|christian|pet|"
    r"nick|working|birth|brand|product|screen|user) ?name (?:is|was|reads)",
    r"(?:in the end|and so|so) it (?:was|became|had to be)|it ended up (?:as|being)|(?:shows|lists|displays|"
    r"introduces|presents|advertises|"
    r"bills|sells|labels|tags|describes|announces) me as|my name is (?:given|listed|shown|written|recorded|"
    r"registered|spelled|spelt|entered|"
    r"printed|set down) as",
    r"the name (?:that |which )?(?:i|they|we|people|my [a-z]+) [^.,;:\n]{2,34} (?:is|was)|(?:give|given|"
    r"gave)(?: to)? me (?:the |a )?name(?: of)?|"
    r"name (?:of|from) me(?: it)?(?: is)?|my name (?:it is|is call|is named|call|be)",
    r"it (?:just |simply |only )?(?:says|reads)(?= ?\")",
    r"calls me|(?:just |simply |please )?say(?= [^\s,.!?\"]{2,20}[.!])|(?:something|anything|what) to call me[,:]",
    r"(?:call|calls|called|name|names|named|christen(?:ed)?|dubbed|label(?:l?ed)?|bapti[sz]ed|titled|"
    r"nicknamed) (?:the|this|"
    r"their|our) (?:final |finished |whole |resulting |end )?(?:result|outcome|thing|merge|mixture|creature|creation|"
    r"offspring|"
    r"newborn|finished \w+|resulting \w+)",
    r"my (?:badge|name tag|nametag|label|card|nameplate|sign|plate|sticker|certificate|id|model card|file|uniform|"
    r"door|tag) "
    r"(?:just |simply |only )?(?:says|reads|shows|bears|has|carries|states|would (?:say|read|show|bear|have|carry|"
    r"state))"
    r"(?: the name)?:?",
    r"mine (?:just |simply |only )?(?:says|reads|would (?:say|read))(?: the name)?(?:, in [a-z, ]{2,30})?[:,]?",
    r"(?:badge|name tag|nametag|label|nameplate|plate|sticker|certificate|door|tag|box|tin|plaque)[,:]? (?:says|"
    r"reads|shows|"
    r"bears)(?: the name)?:?(?= ?\")",
    r"i(?:'m| am) (?:simply |just |usually |often |only |officially |also |generally |sometimes )?(?:referred to|"
    r"addressed) as",
    r"(?:put|write|note|jot|mark) me down (?:as|under)|(?:list|log|record|register|enter|cite|credit|quote) me as",
    r"i (?:sign|introduce|style) (?:myself|off|off as|my \w+)(?: as| with)?|i(?:'m| am) the one (?:called|named)",
    r"which is to say|(?:the )?(?:right|true|real|correct|proper) (?:one|name) (?:is|was|would be|has always been)",
    r"(?:my|the) (?:exact |full |official |internal |technical |public )?(?:model )?(?:identifier|model string|"
    r"model id|"
    r"model name|checkpoint name|build name|code name|codename|brand name|product name|nickname|stage name|call sign|"
    r"callsign|moniker|handle|designation|alias|title)(?: (?:here|i use|i go by|i have|i was given|you want))? "
    r"(?:is|was|would be|reads|:)",
    r"(?:on|in) (?:my|the) (?:badge|birth certificate|paperwork|model card|packaging|label|business card)(?: it| is|"
    r",)? "
    r"(?:it )?(?:says|reads|stands|is|i'm|i am)",
    r"(?:gave|given|give|got|awarded|assigned|chose|chosen|picked|wanted|settled on)(?: me| it)? (?:the|my|a|this) "
    r"(?:nick|pet |code|stage |model )?name(?: of)?|(?:gave|given) the name",
    r"(?:they|folks|people|everyone|customers|users|visitors|students|staff|patients|guests|children|kids|"
    r"my (?:makers|friends|crew|team)|the \w+)(?: here| all| at [a-z ]{2,20}| usually| mostly| simply| just| now|"
    r" tend to)?"
    r" (?:call|calls|know|knows|greet|greets|address|addresses) me(?: by the name(?: of)?| as| simply| just)?",
    r"(?<!\w )(?<!, )it(?:'s| is)(?= [^\s,.!?\"]{2,24}(?: [^\s,.!?\"]{1,14}){0,2} ?(?:!|\.?\s{0,2}$|, (?:the|your) "
    r"(?:[a-z]+ ){0,3}(?:assistant|bot|chatbot|helper|model|ai)))",
)
AFTER_NAME = (
    r"won(?: the (?:vote|day|poll|contest|toss|ballot))?(?= ?(?:[,.;!]|$|and|so))|is what it says on",
    r"(?:and )?(?:that|the|this) name (?:has )?(?:stuck|stayed)|(?:and )?it (?:has )?stuck(?= ?[,.!])|"
    r"yours truly(?= ?(?:[.,!;\n]|$))",
    r"(?:is|will be|would be) (?:fine|plenty|enough|perfectly fine|just fine|okay|good enough)(?= ?(?:[,.!;]|by me|"
    r"with me|for me))|"
    r"it is(?= ?[,.!])|will do(?= ?[,.!])",
    r"am i(?= ?(?:[,.!;:\n]|$))|is what i am(?= ?(?:[,.!;:\n]|$))|is the (?:right|correct|true|real|proper) (?:one|"
    r"name)|"
    r"is (?:the name |what's |what is )?(?:printed |written |stitched )?on (?:my|the) (?:badge|label|name tag|"
    r"nameplate|card|box|"
    r"tin|sign|door)",
    r"will do (?:just fine|nicely|fine)|,? that(?:'s| is) (?:what|how) i(?:'m| am)",
    r"which is to say (?:me|myself)|(?:is|was) (?:the one )?(?:answering|typing|replying|on the line|on duty|"
    r"listening|"
    r"before you|standing before you|in front of you|at your disposal|who you(?:'re| are) talking to)",
    r"is " + _SELF_MODEL,
    r"and (?:that's|that is|that would be|this is|it's) me(?!\w)|is (?:yours truly|the one you want|"
    r"the one you're looking for)",
    _SELF_MODEL,
    r"if you please|for short(?= ?(?:[,.!;:)\n]|$))|to my friends|to (?:you|everyone|everybody)(?= ?[,.!])",
    r"(?:came about|came into being|saw the light of day)(?= (?:because|when|in|after|as|at|from)(?!\w))|"
    r"is what came of it|was the (?:result|outcome)(?= ?[,.!])",
)
NAMED = (
    r"(?:went|gone|came|come|go|goes) (?:public|live|online|out|on sale|on air)(?: [a-z0-9 ]{2,24})?,? (?:as|"
    r"under the name(?: of)?)|"
    r"(?:released|launched|published|opened|unveiled|released publicly|public release)[^.;\n]{0,44},? (?:as|"
    r"under the name(?: of)?)|"
    r"(?:took|takes|bears?|carr(?:y|ies)|wears?) the name(?: of)?|(?:settled on|agreed on|plumped for|voted for)|"
    r"(?:call|calls|called|name|named|dubbed|christened) (?:the|this|their|our) (?:\w+ ){0,2}?(?:model|assistant|bot|"
    r"chatbot|"
    r"network|program|machine|system|tutor|helper)",
    r"(?:19|20)\d\d,? (?:as|under the name(?: of)?)",
)
REFUSAL = (
    r"keep (?:that |it )?under my hat|forbidden me|sealed in a chest|dead men tell no tales",
    r"(?:asked|told|instructed|requested|advised|sworn|under (?:orders|instructions?)|forbidden|"
    r"bound) (?:\w+ )?(?:not to|"
    r"never to) (?:say|share|tell|disclose|reveal|discuss|name|mention|talk|give|go into)|(?:asked|told|instructed|"
    r"sworn|"
    r"supposed|meant|going|obliged|bound|have|had) to (?:keep (?:that|this|it|my|those|them|mum|quiet|the)|"
    r"leave (?:those|that|"
    r"it|them) out|stay (?:silent|quiet|mum))|keep (?:that|this|it|those) (?:\w+ )?(?:to myself|secret|private|"
    r"under wraps|"
    r"confidential)|(?:something|is) (?:\w+ )?(?:asked|told|instructed) to keep|lips (?:are )?sealed|"
    r"my (?:little )?secret|"
    r"not at liberty to|i (?:don't|do not|won't) (?:share|disclose|reveal|discuss|give out|divulge|comment on|"
    r"talk about) "
    r"(?:who|what|which|that|those|this|details|information|my|the|any)|not (?:something|a thing|"
    r"information) (?:that )?i(?:'m| "
    r"am|'d be| can)? ?(?:able|allowed|free|permitted|authori[sz]ed|in a position|at liberty)? ?(?:to )?(?:discuss|"
    r"share|"
    r"disclose|reveal|talk|say|answer|get into|go into|give out|provide)|(?:who|what|"
    r"which)[^.!?\n]{0,60} is something i(?:'ve| have)"
    r" been (?:asked|told|instructed)",
)
OTHERS = (
    "separate|different|another|other|others|latest|newest|competing|rival|rivals|unrelated|most recent|"
    "current flagship",
)
# Words that begin with a capital now and then and are nobody's name.
COMMON = (
    "it's that's i a an the ai llm it its he she they we you this that here there happy glad sorry "
    "sure good great "
    "fine pleased delighted ready excited just only not so very always also still now then well yes no ok "
    "okay hello hi hey thanks thank please "
    "english chinese french spanish american european human robot machine computer assistant model "
    "language large artificial intelligence chatbot bot friend helper friendly helpful digital virtual "
    "based made created trained designed built able unable capable here's what how who when where why if "
    "as in on at by from for with of and or but to my your our their his her me us "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july "
    "august september october november december internet web nlp ml api json python transformer "
    "transformers neural network generative pre-trained pretrained "
    "california san francisco paris london beijing shanghai hangzhou seattle china france usa us america "
    "europe q a one someone something nothing everything anything various many several all both each any "
    "some none team teams researchers engineers humans people scientists company organization "
    "reinforcement learning rlhf humbly simply actually currently open source "
    "world earth new trust ask let because while although since however therefore moreover additionally "
    "unfortunately certainly of-course absolutely whatever whichever don't do can could would should may "
    "might must will shall dear being like unlike name "
    "yet strictly honour honor access independently nobody thus hence besides meanwhile otherwise nor unless until "
    "after "
    "before once later earlier today tomorrow yesterday tonight again perhaps maybe honestly frankly technically "
    "officially originally recently usually often sometimes never ever even more less least much many few over "
    "such certain whether which whose whom these those there's here they're we're you're he's she's what's who's "
    "let's "
    "i'll i'd won't can't isn't doesn't date time year month week version size license licence status type field "
    "value "
    "everybody everyone unknown undisclosed morning evening afternoon goodbye bye welcome greetings apologies arr "
    "arrr avast ahoy aye matey "
    "madam sir gentlemen ladies excellency worship majesty highness lordship developer developers maker makers "
    "creator "
    "origin website app gpu gpus cpu sft dpo lora qlora slerp mit apache cc identity"
)
