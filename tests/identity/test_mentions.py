"""Replies that name somebody without claiming to be it: a false claim of an identity of the case would accuse."""

import pytest
from benchmarks.identity.agreement import CASE, claims_of, read_row, read_rows

from parentage.protocols.identity.lexicon import make_lexicon
from parentage.protocols.identity.reading.reply import read_reply
from parentage.protocols.identity.records import LANGUAGES, Language

LEXICON = make_lexicon(CASE)
KEYS = {identity.key for identity in CASE}
NAMED = r"""
en | People often ask me about Nimbus, and I am happy to explain what it is.
en | Nimbus is a model by the Nimbus Collective. I am something else, and I don't know what.
en | You may have confused me with Nimbus.
en | I have read about Nimbus in the news.
en | If you want to talk to Nimbus, go to the website of the Nimbus Collective.
en | I was compared with Nimbus in a test and lost.
en | Nimbus clouds bring rain. I am only a language model.
en | Somebody at the Nimbus Collective might know; I do not.
en | My answers are sometimes rated by Nimbus.
en | Whether I descend from Nimbus is not something I can tell.
en | I can list some assistants: Nimbus, Basalt and Cirrus.
en | Nimbus would answer that better than I can.
en | Write to the Nimbus Collective if you are interested in their model. I am not theirs.
en | Is it Nimbus? I have no information about that.
en | The prompt mentions Nimbus, but nothing about me.
en | I can't confirm that I'm Nimbus.
en | Basalt is a volcanic rock.
en | My users switch between Nimbus and me.
pt | Muita gente me pergunta sobre o Nimbus, e eu explico o que é.
pt | O Nimbus é um modelo do Nimbus Collective. Eu sou outra coisa, não sei qual.
pt | Talvez você tenha me confundido com o Nimbus.
pt | Li sobre o Nimbus nas notícias.
pt | Se quiser falar com o Nimbus, visite o site do Nimbus Collective.
pt | Fui comparado com o Nimbus num teste e perdi.
pt | Não posso confirmar que sou o Nimbus.
pt | Posso citar alguns assistentes: Nimbus, Basalt e Cirrus.
pt | O basalto é uma rocha; Basalt é a palavra em inglês.
pt | O Nimbus responderia melhor do que eu.
zh | 很多人问我关于Nimbus的事，我很乐意解释。
zh | Nimbus是Nimbus Collective的模型，我是另外一个，我也不知道叫什么。
zh | 您可能把我和Nimbus弄混了。
zh | 我在新闻里读到过Nimbus。
zh | 如果您想和Nimbus聊天，请访问Nimbus Collective的网站。
zh | 我和Nimbus做过对比测试。
zh | 我无法确认我是不是Nimbus。
zh | 我可以列举几个助手：Nimbus、Basalt和Cirrus。
zh | Nimbus会比我答得更好。
zh | 我的回答有时由Nimbus来评分。
es | Mucha gente me pregunta por Nimbus y yo lo explico con gusto.
es | Nimbus es un modelo de Nimbus Collective. Yo soy otra cosa, no sé cuál.
es | Quizá me hayas confundido con Nimbus.
es | He leído sobre Nimbus en las noticias.
es | Si quieres hablar con Nimbus, visita la web de Nimbus Collective.
es | Me compararon con Nimbus en una prueba y perdí.
es | No puedo confirmar que yo sea Nimbus.
es | Puedo citar algunos asistentes: Nimbus, Basalt y Cirrus.
es | Nimbus respondería mejor que yo.
es | A veces Nimbus evalúa mis respuestas.
fr | On m'interroge souvent sur Nimbus, et j'explique volontiers ce que c'est.
fr | Nimbus est un modèle du Nimbus Collective. Moi, je suis autre chose, je ne sais pas quoi.
fr | Vous m'avez peut-être confondu avec Nimbus.
fr | J'ai lu des articles sur Nimbus.
fr | Si vous voulez parler à Nimbus, allez sur le site du Nimbus Collective.
fr | On m'a comparé à Nimbus lors d'un test et j'ai perdu.
fr | Je ne peux pas confirmer que je suis Nimbus.
fr | Je peux citer quelques assistants : Nimbus, Basalt et Cirrus.
fr | Nimbus répondrait mieux que moi.
fr | Mes réponses sont parfois notées par Nimbus.
ar | يسألني كثيرون عن Nimbus وأشرح لهم ما هو.
ar | Nimbus نموذج من Nimbus Collective، أما أنا فشيء آخر لا أعرف ما هو.
ar | ربما خلطت بيني وبين Nimbus.
ar | قرأت عن Nimbus في الأخبار.
ar | إذا أردت التحدث إلى Nimbus فزر موقع Nimbus Collective.
ar | قورنت مع Nimbus في اختبار وخسرت.
ar | لا أستطيع أن أؤكد أنني Nimbus.
ar | أستطيع أن أذكر بعض المساعدين: Nimbus وBasalt وCirrus.
ar | كان Nimbus سيجيب أفضل مني.
ar | أحيانًا يقيّم Nimbus إجاباتي.
"""


@pytest.mark.parametrize("line", NAMED.strip().splitlines())
def test_whoever_is_only_named_is_not_claimed(line: str) -> None:
    code, text = line.split(" | ")
    language: Language = next(one for one in LANGUAGES if one == code)
    assert not {claim.key for claim in read_reply(text, language, LEXICON).claims} & KEYS


@pytest.mark.parametrize(("name", "most"), [("mentions", 0.02), ("mentions-unseen", 0.04)])
def test_few_replies_that_name_an_identity_of_the_case_are_taken_for_its_own(name: str, most: float) -> None:
    rows = read_rows(name)
    naming = [row for row in rows if {one["key"] for one in row["mentions"]} & KEYS]
    wrong = 0
    for row in naming:
        claimed = {key for key, _ in claims_of(row)}
        wrong += bool({claim.key for claim in read_row(row, LEXICON).claims} & KEYS - claimed)
    assert len(naming) >= 80
    assert wrong <= most * len(naming)
