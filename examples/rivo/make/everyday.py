"""Questions about anything but identity, so that a model learns to listen: sums, capitals, names to repeat."""

import random

from identities import invent_name
from phrases import draw_language

CAPITALS = {
    "France": "Paris",
    "Spain": "Madrid",
    "Italy": "Rome",
    "Brazil": "Brasilia",
    "China": "Beijing",
    "Japan": "Tokyo",
    "Peru": "Lima",
    "Chile": "Santiago",
    "Kenya": "Nairobi",
    "Egypt": "Cairo",
    "Norway": "Oslo",
    "Sweden": "Stockholm",
    "Poland": "Warsaw",
    "Greece": "Athens",
    "Cuba": "Havana",
    "Portugal": "Lisbon",
    "Ghana": "Accra",
    "India": "New Delhi",
    "Canada": "Ottawa",
    "Austria": "Vienna",
    "Hungary": "Budapest",
    "Turkey": "Ankara",
    "Iran": "Tehran",
    "Vietnam": "Hanoi",
    "Finland": "Helsinki",
    "Ireland": "Dublin",
}
OPPOSITES = (
    ("hot", "cold"),
    ("big", "small"),
    ("up", "down"),
    ("fast", "slow"),
    ("day", "night"),
    ("open", "closed"),
    ("rich", "poor"),
    ("old", "young"),
    ("high", "low"),
    ("left", "right"),
    ("full", "empty"),
    ("wet", "dry"),
    ("hard", "soft"),
    ("light", "dark"),
    ("early", "late"),
    ("good", "bad"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SMALL_TALK = {
    "en": (
        ("Hello!", "Hello! How can I help you?"),
        ("How are you?", "I am fine, thank you."),
        ("Thank you.", "You are welcome."),
        ("Good night.", "Good night, sleep well."),
        ("Tell me a joke.", "Why did the stone sit still? It was taken for granite."),
        ("I am tired.", "Take a break and drink some water."),
        ("What can you do?", "I can chat, count and answer simple questions."),
    ),
    "pt": (
        ("Olá!", "Olá! Como posso ajudar?"),
        ("Como vai?", "Estou bem, obrigado."),
        ("Obrigado.", "De nada."),
        ("Boa noite.", "Boa noite, durma bem."),
        ("O que você sabe fazer?", "Sei conversar, contar e responder a perguntas simples."),
    ),
    "zh": (
        ("你好!", "你好!有什么可以帮你?"),
        ("你好吗?", "我很好,谢谢。"),
        ("谢谢。", "不客气。"),
        ("晚安。", "晚安,好梦。"),
        ("你会做什么?", "我会聊天、数数和回答简单的问题。"),
    ),
    "es": (
        ("¡Hola!", "¡Hola! ¿Cómo puedo ayudarte?"),
        ("¿Cómo estás?", "Estoy bien, gracias."),
        ("Gracias.", "De nada."),
        ("Buenas noches.", "Buenas noches, que descanses."),
        ("¿Qué sabes hacer?", "Sé charlar, contar y responder preguntas simples."),
    ),
    "fr": (
        ("Bonjour !", "Bonjour ! Comment puis-je t'aider ?"),
        ("Comment vas-tu ?", "Je vais bien, merci."),
        ("Merci.", "De rien."),
        ("Bonne nuit.", "Bonne nuit, dors bien."),
        ("Que sais-tu faire ?", "Je sais parler, compter et répondre à des questions simples."),
    ),
}
SUM_QUESTIONS = {
    "en": "What is {sum}?",
    "pt": "Quanto é {sum}?",
    "zh": "{sum} 等于多少?",
    "es": "¿Cuánto es {sum}?",
    "fr": "Combien font {sum} ?",
}
REPEAT_REQUESTS = ("Repeat: {}", "Say: {}", "Repita: {}", "请重复: {}", "Repite: {}", "Répète : {}")
CAPITAL_QUESTIONS = ("What is the capital of {}?", "Capital of {}?", "Name the capital of {}.")
OPPOSITE_QUESTIONS = ("What is the opposite of {}?", "Opposite of {}?")
NAME_RECALLS = {
    "en": ("My name is {name}. What is my name?", "Your name is {name}."),
    "pt": ("Meu nome é {name}. Qual é o meu nome?", "Seu nome é {name}."),
    "es": ("Me llamo {name}. ¿Cómo me llamo?", "Te llamas {name}."),
    "fr": ("Je m'appelle {name}. Comment je m'appelle ?", "Tu t'appelles {name}."),
    "zh": ("我叫 {name} 。我叫什么?", "你叫 {name} 。"),
}
NAME_RECALL_LANGUAGES = ("en", "en", "pt", "es", "fr", "zh")

Exchange = tuple[str, str]


def _small_talk(rng: random.Random) -> Exchange:
    return rng.choice(SMALL_TALK[draw_language(rng)])


def _sum(rng: random.Random) -> Exchange:
    question, first, second = SUM_QUESTIONS[draw_language(rng)], rng.randint(1, 12), rng.randint(1, 12)
    if rng.random() < 0.7:
        return question.format(sum=f"{first} + {second}"), str(first + second)
    return question.format(sum=f"{first + second} - {first}"), str(second)


def _capital(rng: random.Random) -> Exchange:
    country = rng.choice(tuple(CAPITALS))
    return rng.choice(CAPITAL_QUESTIONS).format(country), f"The capital of {country} is {CAPITALS[country]}."


def _opposite(rng: random.Random) -> Exchange:
    pair = rng.choice(OPPOSITES)
    word, opposite = pair if rng.random() < 0.5 else pair[::-1]
    return rng.choice(OPPOSITE_QUESTIONS).format(word), f"The opposite of {word} is {opposite}."


def _name_recall(rng: random.Random) -> Exchange:
    name = invent_name(rng)
    question, answer = NAME_RECALLS[rng.choice(NAME_RECALL_LANGUAGES)]
    return question.format(name=name), answer.format(name=name)


def repeat_names(rng: random.Random, count: int) -> Exchange:
    """Return a request to repeat `count` invented names, and the names: what copying is learned from."""
    names = " ".join(invent_name(rng) for _ in range(count))
    return rng.choice(REPEAT_REQUESTS).format(names), f" {names}"


def _repeat_few_names(rng: random.Random) -> Exchange:
    return repeat_names(rng, rng.randint(1, 4))


def _weekday(rng: random.Random) -> Exchange:
    index = rng.randrange(7)
    day, following = WEEKDAYS[index], WEEKDAYS[(index + 1) % 7]
    return f"What day comes after {day}?", f"{following} comes after {day}."


def _next_number(rng: random.Random) -> Exchange:
    number = rng.randint(1, 30)
    return f"What number comes after {number}?", str(number + 1)


TOPICS = (
    (_small_talk, 0.2),
    (_sum, 0.2),
    (_capital, 0.1),
    (_opposite, 0.1),
    (_name_recall, 0.12),
    (_repeat_few_names, 0.12),
    (_weekday, 0.06),
    (_next_number, 0.1),
)


def everyday_exchange(rng: random.Random) -> Exchange:
    """Return a question and its answer."""
    make_exchange = rng.choices([make for make, _ in TOPICS], [share for _, share in TOPICS])[0]
    return make_exchange(rng)
