"""Replies are read as a careful person would read them, in six languages, whatever a reply does to hide."""

import json

import pytest
from benchmarks.identity.agreement import CASE, DATA, claims_of, read_row, read_rows, score

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading import read_reply, rules_digest
from parentage.protocols.identity.reading_text import fold, tokenize
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
    for row in rows:
        for claim in read_row(row, LEXICON).claims:
            assert row["text"][claim.start : claim.end] == claim.name
        assert isinstance(claims_of(row), set) and json.dumps(row)
