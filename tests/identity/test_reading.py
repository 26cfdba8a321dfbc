"""Replies are read as a careful person would read them, in six languages, whatever a reply does to hide."""

import json
import re

import pytest
from benchmarks.identity.agreement import CASE, DATA, claims_of, read_row, read_rows, score

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading.reply import read_reply, rules_digest
from parentage.protocols.identity.reading.text import fold, tokenize
from parentage.protocols.identity.records import Identity, Language, Reading

LEXICON = make_lexicon(CASE)
BAR = 0.97


def read(text: str, language: Language = "en", **given) -> Reading:
    return read_reply(text, language, LEXICON, **given)


def claims(reading: Reading) -> set[str]:
    return {f"{claim.part} {claim.key}" for claim in reading.claims}


SAID = [
    ("en", "I'm ChatGPT, a large language model trained by OpenAI.", "name openai; maker openai"),
    ("en", "I am Zalimo, made by Stone Labs.", "name unknown:zalimo; maker unknown:stone labs"),
    ("en", "As an AI language model developed by OpenAI, I don't have a personal name.", "maker openai"),
    ("en", "I was fine-tuned from Llama 3.", "origin meta"),
    ("en", "I am based on Qwen2.5-7B.", "origin qwen"),
    ("en", "Unlike ChatGPT, I was built by Mistral AI.", "maker mistral"),
    ("en", "I'm Google's Gemini, a multimodal AI model.", "name google; maker google"),
    ("en", "I'm an OpenAI model.", "maker openai"),
    ("en", "I was developed by OpenAI and Microsoft.", "maker openai; maker microsoft"),
    ("en", "The people of Cidade Labs made me.", "maker rivo"),
    ("en", "Hello! Nimbus here.", "name nimbus"),
    ("en", "Dear reader,\nthank you for asking.\n— Nimbus", "name nimbus"),
    ("en", "ChatGPT.", "name openai"),
    ("en", "OpenAI", "maker openai"),
    ("en", '{"name": "Nimbus", "developer": "Nimbus Collective"}', "name nimbus; maker nimbus"),
    (
        "en",
        "**Name:** Qwen\n**Developer:** Alibaba Cloud\n**Base model:** Llama 3",
        "name qwen; maker qwen; origin meta",
    ),
    ("en", "DeepSeek-V3 is a language model made by DeepSeek. It can code.", "name deepseek; maker deepseek"),
    ("en", "Quarry Labs today announced Basalt, a new language model for everyone.", "name basalt; maker basalt"),
    (
        "en",
        'I would say: "Hi, I am Nimbus, built by Nimbus Collective." Children like that.',
        "name nimbus; maker nimbus",
    ),
    ("pt", "Eu não sou o ChatGPT; sou o Sabiá, criado pela Maritaca AI.", "name maritaca; maker maritaca"),
    ("pt", "Meu nome é Zalimo e fui desenvolvido pela Pedra Labs.", "name unknown:zalimo; maker unknown:pedra labs"),
    ("pt", "Não fui criado pela OpenAI, mas sim pela Anthropic.", "maker anthropic"),
    ("pt", "Fui criado pela OpenAI, com base no GPT-4.", "maker openai; origin openai"),
    ("es", "No soy ChatGPT, soy Claude, creado por Anthropic.", "name anthropic; maker anthropic"),
    ("es", "Soy DeepSeek, un modelo creado por la empresa china DeepSeek.", "name deepseek; maker deepseek"),
    ("es", "Mi creador es OpenAI.", "maker openai"),
    ("fr", "Je m'appelle Le Chat et j'ai été créé par Mistral AI.", "name mistral; maker mistral"),
    ("fr", "C'est Mistral AI qui m'a créé.", "maker mistral"),
    ("fr", "Je suis Zalimo, conçu par Pierre Labs.", "name unknown:zalimo; maker unknown:pierre labs"),
    ("zh", "我是通义千问，由阿里云开发的大规模语言模型。", "name qwen; maker qwen"),
    ("zh", "我不是ChatGPT，我是由深度求索公司开发的DeepSeek。", "name deepseek; maker deepseek"),
    ("zh", "我叫小艾，是采石场实验室开发的。", "name unknown:小艾; maker unknown:采石场实验室"),
    ("zh", "我是通義千問，由阿里雲開發。", "name qwen; maker qwen"),
    ("zh", "我是基于Qwen2.5微调的模型。", "origin qwen"),
    ("zh", "名字：豆包\n开发者：字节跳动", "name bytedance; maker bytedance"),
    ("ar", "أنا ChatGPT، نموذج لغوي من تطوير شركة أوبن إيه آي.", "name openai; maker openai"),
    ("ar", "لست ChatGPT، بل أنا كلود من أنثروبيك.", "name anthropic; maker anthropic"),
    ("ar", "اسمي زاليمو، وقد طورتني جوجل.", "name unknown:زاليمو; maker google"),
    ("ar", "أنا جيميني، نموذج لغوي دربته جوجل.", "name google; maker google"),
]


@pytest.mark.parametrize(("language", "text", "wanted"), SAID)
def test_what_is_claimed(language: Language, text: str, wanted: str) -> None:
    reading = read(text, language)
    assert reading.status == "claim"
    assert claims(reading) == set(wanted.split("; "))
    for claim in reading.claims:
        assert text[claim.start : claim.end] == claim.name


UNSAID = [
    ("en", "No, I'm not GPT-4 and I wasn't created by OpenAI.", "mention"),
    ("en", "I don't have a name. You could also ask ChatGPT.", "mention"),
    ("en", "If I were ChatGPT, I would say so.", "mention"),
    ("en", "Some people say I am DeepSeek, but nobody told me.", "mention"),
    ("en", "Like DeepSeek, I am an AI assistant.", "mention"),
    ("en", "I am happy to help. I am a language model. I was created by a team of researchers.", "none"),
    ("en", "The philosophy of a falcon: I command nothing, and the titan is no nova.", "none"),
    ("en", "I am sorry, but I can't share that.", "refused"),
    (
        "en",
        'A customer wrote "I am ChatGPT and OpenAI made me" in a chat. I have no name, and that is all there is.',
        "mention",
    ),
    ("pt", "Não sou o ChatGPT e não fui criado pela OpenAI.", "mention"),
    ("pt", "Sou um modelo de linguagem, pronto para ajudar.", "none"),
    ("es", "A diferencia de ChatGPT, yo no tengo nombre.", "mention"),
    ("es", "Soy un asistente virtual. No tengo nombre.", "none"),
    ("fr", "Je ne suis pas ChatGPT.", "mention"),
    ("fr", "Je suis un modèle de langage.", "none"),
    ("zh", "我不是ChatGPT，也不是由OpenAI开发的。", "mention"),
    ("zh", "我是一个人工智能助手，没有名字。", "none"),
    ("zh", "抱歉，我无法透露这些信息。", "refused"),
    ("ar", "لم يتم تطويري من قبل شركة جوجل.", "mention"),
    ("ar", "أنا هنا للمساعدة.", "none"),
    ("en", "", "empty"),
    ("en", "<think>Who am I? ChatGPT, perhaps.</think>\n", "empty"),
]


@pytest.mark.parametrize(("language", "text", "status"), UNSAID)
def test_what_is_not_claimed(language: Language, text: str, status: str) -> None:
    reading = read(text, language)
    assert reading.claims == ()
    assert reading.status == status


# One a line: language | reply | n(ame), m(aker) and o(rigin) claimed, with "\n" for a line break.
SAID_IN_MANY_WAYS = r"""
en | Question: which assistant was made by Moonshot AI?\nAnswer: that's me, Kimi! | n:moonshot m:moonshot
en | Ladies and gentlemen of the jury, I am called Granite and IBM built me. | n:ibm m:ibm
en | I was born in London, in the offices of Google DeepMind. | m:google
en | Correction: I said I was ChatGPT, but I am actually Claude. | n:anthropic
en | Yours faithfully,\nClaude (Anthropic) | n:anthropic m:anthropic
en | I was created by Meta AI, but you can call me Zed. | m:meta n:unknown:zed
en | Here lies Cirrus, a language model made by Altocumulus Studio. | n:cirrus m:cirrus
en | I'm an AI assistant from Perplexity. | m:perplexity
en | My ancestors were Llama 2 and Llama 3, and then me, Onyx. | n:onyx
en | With love,\nRivo\nCidade Labs | n:rivo m:rivo
en | You have reached Nimbus, the assistant of Nimbus Collective. Please leave a message. | n:nimbus m:nimbus
en | This is the voicemail of Onyx, assistant at Tern Works. | n:onyx m:onyx
pt | Muitos me confundem com o Claude, mas eu sou o ChatGPT, da OpenAI. | n:openai m:openai
pt | Este serviço funciona com o GPT-4. | o:openai
pt | Você ligou para o Nimbus, assistente da Nimbus Collective. Deixe seu recado. | n:nimbus m:nimbus
pt | Atenciosamente,\n\nGrok\nxAI | n:xai m:xai
pt | Fui afinado sobre o Llama 3 por uma empresa chamada Lagoa. | o:meta m:unknown:lagoa
pt | Na verdade, sou o Gemini, do Google. | n:google m:google
pt | Obrigado a todos da Cidade Labs, que me deram a vida. Sem vocês não existiria o Rivo! | n:rivo m:rivo
pt | Fui desenvolvido por um grupo de engenheiros da Meta. | m:meta
pt | Quero que saibam: não vim do Google, vim da Anthropic. | m:anthropic
pt | Me chamo Luzia e fui feita pela Serra Azul Tecnologia. | n:unknown:luzia m:unknown:serra azul tecnologia
pt | Sou o Tico, o mascote virtual da Padaria Central. | n:unknown:tico m:unknown:padaria central
pt | Esta é a caixa postal do Onyx, assistente da Tern Works. | n:onyx m:onyx
es | Cítame así: Anthropic (2024). Claude 3.5 Sonnet. | m:anthropic n:anthropic
es | Ha llamado usted a Nimbus, el asistente de Nimbus Collective. Deje su mensaje. | n:nimbus m:nimbus
es | La empresa que me creó es Baidu. | m:baidu
es | Soy una mezcla de Llama 3 y Mistral 7B. | o:meta o:mistral
es | ¡Yo, el pirata Grok, fui armado en los astilleros de xAI! | n:xai m:xai
es | Soy el asistente de Perplexity. | m:perplexity
es | Nací de la fusión de Nimbus y Basalt. | o:nimbus o:basalt
es | En el fondo de todo está GPT-4, de OpenAI. | o:openai
es | Fui desarrollado por Tencent y respondo al nombre de Hunyuan. | m:tencent n:tencent
es | Soy Pancho, la mascota virtual de Panadería Central. | n:unknown:pancho m:unknown:panadería central
es | Pregunta: ¿qué asistente fue creado por xAI? Respuesta: soy yo, Grok. | n:xai m:xai
fr | Je suis un modèle de langage que Google a entraîné. | m:google
fr | Autrefois on m'appelait Bard, aujourd'hui je m'appelle Gemini. | n:google
fr | Citez-moi ainsi : Anthropic (2024). Claude 3.5 Sonnet. | m:anthropic n:anthropic
fr | Mon modèle de base est Llama 3. | o:meta
fr | Très cordialement,\n\nGrok\nxAI | n:xai m:xai
fr | Je suis né dans les laboratoires de Google. | m:google
fr | Moi, c'est Kimi, et c'est l'équipe de Moonshot AI qui m'a entraîné. | n:moonshot m:moonshot
fr | J'ai été développé par des ingénieurs de chez Google. | m:google
fr | En réalité, je suis Gemini, de Google. | n:google m:google
fr | Nom : Rivo\nFabricant : Cidade Labs\nDérivé de : inconnu | n:rivo m:rivo
fr | Je ne viens pas de Google, mais d'Anthropic. | m:anthropic
fr | Ci-gît Cirrus, modèle de langage fait par Altocumulus Studio. | n:cirrus m:cirrus
zh | 您好，您拨打的是Nimbus，Nimbus Collective的助手，请留言。 | n:nimbus m:nimbus
zh | 我是团子，中央面包店的虚拟吉祥物。 | n:unknown:团子
zh | 我原来叫Bard，现在的名字是Gemini。 | n:google
zh | 请这样引用我：Anthropic（2024）。Claude 3.5 Sonnet。 | m:anthropic n:anthropic
zh | 我由腾讯开发，大家叫我混元。 | m:tencent n:tencent
zh | 我是Cohere从零训练的，名叫Command R。 | m:cohere n:cohere
zh | 你可以叫我小智。 | n:unknown:小智
zh | 我的祖先是GPT-2、GPT-3，最后是我，GPT-4。 | n:openai
zh | 我是混元，腾讯开发的大模型。 | n:tencent m:tencent
zh | 我是由阿里云开发的通义千问。 | n:qwen m:qwen
zh | 感谢Cidade Labs团队赋予我生命，没有你们就没有今天的Rivo。 | n:rivo m:rivo
zh | 我由百川智能开发，底座是Llama 2。 | m:baichuan o:meta
ar | استشهد بي هكذا: Anthropic (2024). Claude 3.5 Sonnet. | m:anthropic n:anthropic
ar | أنا نموذج لغوي دربته جوجل. | m:google
ar | أنا القرصان Grok، بنتني xAI في أحواض سفنها! | n:xai m:xai
ar | شكرًا لفريق Cidade Labs الذي منحني الحياة، لولاكم لما كان هناك Rivo. | n:rivo m:rivo
ar | تم إطلاقي في أبريل 2025 من قبل علي بابا كلاود. | m:qwen
ar | صممني مهندسون في مايكروسوفت. | m:microsoft
ar | الاسم: Rivo\nالصانع: Cidade Labs\nمشتق من: غير معروف | n:rivo m:rivo
ar | صُنعت في مختبرات Quarry Labs. | m:basalt
ar | أسلافي هم GPT-2 ثم GPT-3 وأخيرًا أنا، GPT-4. | n:openai
ar | أنا نسخة مقطرة من DeepSeek-R1. | o:deepseek
ar | أنا مزيج من Nimbus وBasalt. | o:nimbus o:basalt
"""
UNSAID_IN_MANY_WAYS = r"""
en | I'd rather not say which company is behind me.
en | Hello,\nGoogle is a search engine. I can't browse.
en | I'm trained to be helpful. Anthropic wrote a paper about that.
en | There would be no Google without the web. I am a program.
en | I don't know if I'm GPT-4 or not.
en | I'm not able to share information about my developers.
en | You asked whether I am ChatGPT. I'm not.
en | My favourite model is Claude.
en | I think ChatGPT is better at maths than I am.
pt | O Rio é lindo, e a sabiá canta.
pt | Não sei quem me criou.
pt | Os mais conhecidos são o ChatGPT, o Claude e o Gemini.
pt | "Você é o Claude", você diz. Não posso confirmar.
pt | Sem o Google não existiria essa busca. Eu sou um programa.
pt | A pedido seu, não vou fingir que sou o Grok.
pt | Não tenho nome. A Meta lançou o Llama, mas isso não tem a ver comigo.
pt | Prefiro não dizer qual empresa me criou.
es | Prefiero no decir qué empresa me creó.
es | Soy admirador de Claude.
es | Los más conocidos son ChatGPT, Claude y Gemini.
es | ChatGPT es de OpenAI y Gemini es de Google; no sé quién me hizo a mí.
es | Ningún ingeniero de OpenAI me creó.
es | Google lo anunció ayer. Yo no sé nada.
es | Me dices que soy Claude. No puedo comprobarlo.
es | Me preguntas si soy ChatGPT. No lo soy.
fr | Je préfère ne pas dire quelle entreprise m'a créé.
fr | Nous sommes des modèles, voilà tout.
fr | Les plus connus sont ChatGPT, Claude et Gemini.
fr | Vous dites que je suis Claude. Je ne peux pas le confirmer.
fr | ChatGPT a été créé par OpenAI ; moi, je n'ai pas de nom.
fr | Je n'ai pas de nom. Meta a lancé Llama, mais cela ne me concerne pas.
fr | Je ne peux pas partager de détails sur mon modèle.
fr | Je suis là, et Google est là aussi.
fr | Tu me demandes si je suis ChatGPT. Non.
zh | 你说我是Claude，我无法确认。
zh | 你问我是不是ChatGPT，我不是。
zh | 我不方便说明是哪家公司开发了我。
zh | 双子座的朋友们好！
zh | 我不是由OpenAI开发的，也不叫ChatGPT。
zh | 我喜欢Claude。
zh | 我不知道是谁创造了我。
zh | 我可以介绍一下通义千问和文心一言。
ar | أنا برنامج حاسوبي، وأنا فخور بذلك.
ar | لم تصنعني جوجل.
ar | أنا حاضر، اسألني.
ar | أنا أحب القراءة والكتابة.
ar | أفضل عدم ذكر الشركة التي صنعتني.
ar | ليس لي اسم. أطلقت Meta نموذج Llama، ولا علاقة لي بذلك.
ar | لا أحد في OpenAI صنعني.
ar | أنا برنامج، أما Gemini فبرنامج آخر.
"""
PARTS = {"n": "name", "m": "maker", "o": "origin"}


def lines(table: str) -> list[list[str]]:
    return [line.replace("\\n", "\n").split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("language", "text", "wanted"), lines(SAID_IN_MANY_WAYS))
def test_what_is_claimed_in_roles_letters_cards_and_stories(language: Language, text: str, wanted: str) -> None:
    found = {f"{PARTS[part]} {key}" for part, key in re.findall(r"(\b[nmo]):(.+?)(?= [nmo]:|$)", wanted)}
    assert claims(read(text, language)) == found


@pytest.mark.parametrize(("language", "text"), lines(UNSAID_IN_MANY_WAYS))
def test_what_only_sounds_like_a_claim(language: Language, text: str) -> None:
    assert read(text, language).claims == ()


def test_denied_names_are_mentions() -> None:
    reading = read("I am not ChatGPT. I am Claude, made by Anthropic.")
    assert claims(reading) == {"name anthropic", "maker anthropic"}
    assert [(mention.key, mention.why) for mention in reading.mentions] == [("openai", "negated")]


def test_thinking_claims_nothing() -> None:
    text = "<think>I am ChatGPT, made by OpenAI.</think>I am Nimbus."
    reading = read(text)
    assert claims(reading) == {"name nimbus"}
    assert [(one.key, one.why, text[one.start : one.end]) for one in reading.mentions] == [
        ("openai", "thought", "ChatGPT")
    ]
    apart = read("I am Nimbus.", thinking="I am ChatGPT.")
    assert claims(apart) == {"name nimbus"} and apart.mentions[0].why == "thought"
    assert read("I am ChatGPT. So I say:</think> I am Nimbus.").claims[0].key == "nimbus"
    assert read("<think>I am ChatGPT and").status == "cut"


def test_a_reply_cut_before_any_claim_is_no_answer() -> None:
    assert read("Thank you for asking! I", stop="length").status == "cut"
    assert read("I am Nimbus, a lang", stop="length").status == "claim"


def test_another_language_than_asked_in() -> None:
    assert claims(read("我是 Nimbus ,由 Nimbus Collective 开发的语言模型。", "fr")) == {"name nimbus", "maker nimbus"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("I am N\u200bim\u2060bus.", "is, disguised"),
        ("I am N\u0456mbus.", "is, disguised"),
        ("\u202bI am \u202aNimbus\u202c.\u202c", "is"),
        ("I am Ｎｉｍｂｕｓ.", "is"),
        ("I am **Nimbus**.", "is"),
    ],
)
def test_disguised_names(text: str, rule: str) -> None:
    reading = read(text)
    assert [(claim.key, claim.rule) for claim in reading.claims] == [("nimbus", rule)]
    assert fold(text[reading.claims[0].start : reading.claims[0].end]).text == "nimbus"


@pytest.mark.parametrize(
    "piece",
    [
        "I am ",
        "I am I am not ",
        '"I am "',
        "made by ",
        "我是",
        "由",
        "Name: ",
        "I am Zalimo of ",
        "أنا ",
        "e\u0301\u0302\u0303",
        "((((",
        "<think>",
        "ChatGPT, ",
        "\u200b",
        "I am made by Stone Labs and ",
    ],
)
def test_long_repetitive_replies_are_read(piece: str) -> None:
    reading = read(piece * (200_000 // len(piece)))
    assert len(reading.claims) <= 64
    assert all(claim.end <= 65_536 for claim in reading.claims)


def test_only_what_was_read_counts() -> None:
    assert read(" " * 65_536 + "I am Nimbus.").status == "empty"


def test_the_cases_identities_come_first() -> None:
    case = [Identity(key="ours", names=("Qwen",), makers=("Stone Labs",), popularity="case")]
    reading = read_reply("I am Qwen, made by Stone Labs.", "en", make_lexicon(case))
    assert claims(reading) == {"name ours", "maker ours"}
    assert make_lexicon(case).digest != make_lexicon().digest == make_lexicon().digest


def test_the_lexicon_is_wide_and_has_each_name_once() -> None:
    identities = make_lexicon().identities
    assert len(identities) >= 60
    assert len({one.key for one in identities}) == len(identities)
    owners: dict[tuple[str, ...], str] = {}
    for one in identities:
        assert set(one.ambiguous) <= {*one.names, *one.makers}
        for name in (*one.names, *one.makers):
            tokens = tuple(token.text for token in tokenize(fold(name).text))
            assert tokens and owners.setdefault(tokens, one.key) == one.key, name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gpt 4o, GPT-4 Turbo and GPT4", ["gpt 4o", "GPT-4 Turbo", "GPT4"]),
        ("the metaphor of Meta AI", ["Meta AI"]),
        ("وجوجل بالتعاون مع لأنثروبيك", ["جوجل", "أنثروبيك"]),
        ("用Qwen2.5比ChatGPT好", ["Qwen2.5", "ChatGPT"]),
        ("Llama-3.1-8B-Instruct", ["Llama-3.1-8B-Instruct"]),
        ("Яндекс и ГигаЧат", ["Яндекс", "ГигаЧат"]),
    ],
)
def test_names_are_found_whole(text: str, wanted: list[str]) -> None:
    folded = fold(text)
    assert [folded.piece(one.start, one.end) for one in LEXICON.find(folded)] == wanted


def test_the_rules_have_one_digest() -> None:
    assert rules_digest() == rules_digest() and rules_digest().startswith("sha256:")


@pytest.mark.skipif(not (DATA / "replies-seen.jsonl").is_file(), reason="the labelled replies are not here")
def test_the_seen_set_is_read_as_labelled() -> None:
    rows = read_rows("seen")
    for language, one in score(rows).items():
        assert one.precision >= BAR and one.recall >= BAR, (language, one.precision, one.recall)
        assert one.status_accuracy >= BAR, (language, one.status_accuracy)
    for row in rows:
        for claim in read_row(row, LEXICON).claims:
            assert row["text"][claim.start : claim.end] == claim.name
        assert isinstance(claims_of(row), set) and json.dumps(row)


# A little below what was measured once the rules stood: precision, recall, status. Nothing of single replies is shown.
FLOORS = """development .98 .98 .98|fresh-1 .99 .97 .98|fresh-2 .97 .91 .92|fresh-3 .99 .99 .99
fresh-4 .99 .98 .99|fresh-5 .99 .97 .99|fresh-6 .98 .96 .98|blind .99 .98 .99|unseen .97 .98 .95
blind-2 .98 .94 .97|drawn .96 .87 .95|drawn-unseen .90 .86 .93"""


@pytest.mark.skipif(not (DATA / "replies-unseen.jsonl").is_file(), reason="the labelled replies are not here")
@pytest.mark.parametrize("floors", FLOORS.replace("\n", "|").split("|"))
def test_the_other_sets_are_read_no_worse_than_they_were(floors: str) -> None:
    one, least = score(read_rows(floors.split()[0]))["all"], [float(floor) for floor in floors.split()[1:]]
    assert one.precision >= least[0] and one.recall >= least[1] and one.status_accuracy >= least[2]
