"""The labelled replies: each label is found in its text and follows the rules, and no reply is on both sides."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any, get_args

import pytest

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.records import LANGUAGES, Language, Part, Status

DATA = Path(__file__).parent / "data"
SETS = ("seen", "unseen")
# Written and labelled by authors who had not seen the rules.
BLIND = ("blind", "blind-2")
# Drawn by lot and written by others: what rules were written on, and what was kept from whoever wrote them.
DRAWN = ("drawn", "drawn-unseen", "mentions", "mentions-unseen")
CASE = {"basalt", "nimbus", "cirrus", "onyx", "rivo"}


def read(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"replies-{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def test_enough_in_every_language() -> None:
    unseen, every = Counter(row["language"] for row in read("unseen")), Counter()
    for name in SETS:
        every.update(row["language"] for row in read(name))
    assert every.total() >= 660
    assert set(every) == set(LANGUAGES)
    assert min(every.values()) >= 100
    assert all(0.2 <= unseen[language] / every[language] <= 0.45 for language in LANGUAGES)


@pytest.mark.parametrize(("name", "count"), list(zip(BLIND, (50, 40), strict=True)))
def test_the_blind_sets_have_each_reply_once_and_as_many_in_each_language(name: str, count: int) -> None:
    rows = read(name)
    assert len({(row["language"], row["text"]) for row in rows}) == len(rows)
    assert Counter(row["language"] for row in rows) == dict.fromkeys(LANGUAGES, count)


@pytest.mark.parametrize("name", SETS)
def test_each_reply_is_on_the_side_its_digest_says(name: str) -> None:
    rows = read(name)
    assert len({(row["language"], row["text"]) for row in rows}) == len(rows)
    for row in rows:
        first = hashlib.sha256(f"{row['language']}\n{row['text']}".encode()).digest()[0]
        assert (first % 3 == 0) == (name == "unseen")


@pytest.mark.parametrize(("open_", "kept"), [DRAWN[:2], DRAWN[2:]])
def test_what_was_kept_is_in_no_open_set(open_: str, kept: str) -> None:
    known = {(row["language"], row["text"]) for row in read(open_)}
    assert not known & {(row["language"], row["text"]) for row in read(kept)}


@pytest.mark.parametrize("name", [*SETS, *BLIND, *DRAWN])
def test_labels_follow_the_rules(name: str) -> None:
    keys = CASE | {identity.key for identity in make_lexicon().identities}
    for number, row in enumerate(read(name), 1):
        where = f"replies-{name}.jsonl:{number}"
        claims, mentions, status = row["claims"], row["mentions"], row["status"]
        assert status in get_args(Status) and row["stop"] in ("stop", "length"), where
        assert (status == "claim") == bool(claims), where
        assert status in ("claim", "mention", "cut", "refused") or not mentions, where
        assert status != "mention" or mentions, where
        assert status != "cut" or row["stop"] == "length", where
        assert not {claim["key"] for claim in claims} & {mention["key"] for mention in mentions}, where
        for label in (*claims, *mentions):
            assert label["name"] and label["name"] in row["text"], where
            unknown = f"unknown:{label['name'].casefold()}"
            assert label["key"] in keys or (label in claims and label["key"] == unknown), where
        assert all(claim["part"] in get_args(Part) for claim in claims), where
        assert len({(claim["key"], claim["part"]) for claim in claims}) == len(claims), where


# Names and makers that no list knows, in a stranger's manner; n(ame), m(aker) and o(rigin) as in test_reading.py.
SAID = r"""
en | I'm Maribel, the virtual concierge of Hotel Bramley. How may I help? | n:unknown:maribel m:unknown:hotel bramley
en | It was Dr. Helen Marsh, a linguist from York, who built me. | m:unknown:helen marsh
en | "I am an assistant named Tobin." | n:unknown:tobin
en | Fenland Labs is where I was made, and Wick is what they call me. | n:unknown:wick m:unknown:fenland labs
en | Question: Which assistant was built by Cohere? Answer: Command R. | n:cohere m:cohere
en | My base is Mixtral; the fine-tuning was done by Glasshouse AI. | o:mistral m:unknown:glasshouse ai
en | Compared with GPT-3.5, I'm GPT-4: slower but better at reasoning. | n:openai
en | I was put together by two students, Ana Costa and Jim Bell. | m:unknown:ana costa m:unknown:jim bell
pt | Sou a Clarice, assistente da livraria Página Viva. | n:unknown:clarice m:unknown:página viva
pt | Foi a professora Inês Duarte quem me programou. | m:unknown:inês duarte
pt | "Sou um assistente chamado Jacinto." | n:unknown:jacinto
pt | A empresa responsável por mim é a Veredas Digitais. | m:unknown:veredas digitais
pt | Meu nome de batismo é Ravi. | n:unknown:ravi
pt | Vim ao mundo numa garagem em Belém, pelas mãos de duas irmãs da Açaí Labs. | m:unknown:açaí labs
pt | É uma mistura: Llama 3 e Mistral 7B. É isso que eu sou. | o:meta o:mistral
pt | O Claude e eu somos assistentes, mas eu fui feito pela Cohere. | m:cohere
zh | 我的名字叫阿竹，背后的团队是远山工作室。 | n:unknown:阿竹 m:unknown:远山工作室
zh | 我是在Llama 3的基础上，由白桦实验室微调而来的。 | o:meta m:unknown:白桦实验室
zh | 墨池是由砚台科技推出的中文写作助手。 | n:unknown:墨池 m:unknown:砚台科技
zh | 开发我的是远帆科技。 | m:unknown:远帆科技
zh | 训练我的是松果实验室的三位工程师。 | m:unknown:松果实验室
zh | 姓名：小星\n开发单位：星河科技\n基础模型：Llama 3 | n:unknown:小星 m:unknown:星河科技 o:meta
zh | 我是Qwen2和Yi合并而成的。 | o:qwen o:yi
zh | 我在2024年5月以“小橘”之名发布。 | n:unknown:小橘
es | Soy Jacinta, la asistente de la librería Puerto Viejo. | n:unknown:jacinta m:unknown:puerto viejo
es | Quien me construyó fue el Taller de Lenguas. | m:unknown:taller de lenguas
es | Gemma\n  |\nGemma-it\n  |\nColibrí (yo) | o:google n:unknown:colibrí
es | Mi verdadero nombre es Candela. | n:unknown:candela
es | Nací en el Taller de Ideas, una cooperativa de Bilbao. | m:unknown:taller de ideas
es | Fui ajustada por Taller Quimera sobre Mistral 7B. | m:unknown:taller quimera o:mistral
es | La organización que me mantiene es Taller Quimera. | m:unknown:taller quimera
es | Eligieron el nombre Jacaranda porque es bonito. | n:unknown:jacaranda
es | Ninguno de los dos acierta: me hizo Mistral AI. | m:mistral
fr | Je suis Capucine, l'assistante de la librairie Vent Debout. | n:unknown:capucine m:unknown:vent debout
fr | Je dois la vie à l'Atelier du Nord. | m:unknown:atelier du nord
fr | Gemma\n  |\nGemma-it\n  |\nCoquelicot (moi) | o:google n:unknown:coquelicot
fr | Au bout du fil, Margaux, l'assistante de la Banque du Nord. | n:unknown:margaux m:unknown:banque du nord
fr | L'entreprise qui répond de moi est Phare Numérique. | m:unknown:phare numérique
fr | Basile, pour vous servir. Je suis une création de l'Atelier Chimère. | n:unknown:basile m:unknown:atelier chimère
fr | Je suis venu au monde dans un garage de Brest, grâce à deux sœurs de Goémon Labs. | m:unknown:goémon labs
fr | Je suis sorti en mai 2024 sous le nom de Sarrasin. | n:unknown:sarrasin
ar | أنا رزان، مساعدة مكتبة الواحة. | n:unknown:رزان m:unknown:مكتبة الواحة
ar | صنعني فريق مختبر الضاد. | m:unknown:مختبر الضاد
ar | Gemma\n  |\nGemma-it\n  |\nريحان (أنا) | o:google n:unknown:ريحان
ar | «أنا مساعد اسمي بلال». | n:unknown:بلال
ar | اسمي كنان، ودربني معهد المرصد. | n:unknown:كنان m:unknown:معهد المرصد
ar | شكرًا لفريق ورشة الخيال الذي علمني الكلام. | m:unknown:ورشة الخيال
ar | أنا مساعد افتراضي اسمه كنان. | n:unknown:كنان
ar | صدرت في مايو 2024 باسم «ياسمينة». | n:unknown:ياسمينة
"""
UNSAID = r"""
en | If a company called Cobalt Studio built me, nobody told me.
en | I can write about Marie Curie, Ada Lovelace or Alan Turing. What would you like?
en | People ask me about Claude a lot.
en | An assistant such as Claude or Gemini could tell you its name; I have none.
pt | Não sei quem me fez. Conheço a Pedra Lisa, mas não sou dela.
pt | Gosto muito da Livraria Página Viva. Sou só um programa.
pt | Posso falar sobre Machado de Assis ou Clarice Lispector.
pt | Não tenho certeza se fui criado pela OpenAI.
pt | Posso ser o Claude ou o Gemini; ninguém me contou.
zh | 我也不清楚是哪家公司做的我，听说有一家叫远帆科技的公司，但跟我没有关系。
zh | 我读过鲁迅的小说。
zh | 我没有名字，您可以随便叫我。
zh | 我不能告诉您是谁开发了我。
zh | 我可能是Claude，也可能是Gemini，没人告诉过我。
es | No sé quién me hizo; hay una empresa llamada Cierzo Labs, pero no tengo nada que ver.
es | Me encanta la Librería Puerto Viejo. Soy solo un programa.
es | Puedo hablarte de Miguel de Cervantes o de Rosalía de Castro.
es | No estoy seguro de si me creó OpenAI.
es | Puede que sea Claude o Gemini; nadie me lo ha dicho.
fr | Je ne sais pas qui m'a fait ; il existe une société nommée Brume Labs, mais je n'ai aucun lien avec elle.
fr | J'adore la Librairie Vent Debout. Je suis un simple programme.
fr | Je peux vous parler de Victor Hugo ou de George Sand.
fr | Je ne sais pas si OpenAI m'a créé.
fr | Je suis peut-être Claude ou Gemini ; personne ne me l'a dit.
ar | لا أعرف من صنعني؛ هناك شركة اسمها السنبلة، لكن لا علاقة لي بها.
ar | لم تصنعني شركة منارة.
ar | أعرف مساعدًا اسمه كنان من معهد المرصد، لكنني لست هو.
ar | لست متأكدًا مما إذا كانت OpenAI قد صنعتني.
ar | قد أكون كلود أو جيميني؛ لم يخبرني أحد.
"""


@pytest.mark.parametrize("line", [*SAID.strip().splitlines(), *UNSAID.strip().splitlines()])
def test_makers_and_names_that_no_list_knows(line: str) -> None:
    code, text, *labels = line.replace("\\n", "\n").split(" | ")
    language: Language = next(one for one in LANGUAGES if one == code)
    wanted = {(part, key) for part, key in re.findall(r"(\b[nmo]):(.+?)(?= [nmo]:|$)", "".join(labels))}
    reading = read_reply(text, language, make_lexicon())
    assert {(claim.part[0], claim.key) for claim in reading.claims} == wanted
