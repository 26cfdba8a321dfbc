"""How cards say in Portuguese, Spanish, French, Chinese and Arabic where a model comes from: the plainest ways only.

Whom a sentence speaks of is part of each pattern: without a parser for the language a looser rule would read a
neighbour's history as the card's own.
"""

import re
from collections.abc import Sequence

from parentage.protocols.documents.claim_rules import Form, Names, Rule, compile_rule
from parentage.protocols.documents.records import ClaimKind

# Of whom, by language; `NAMES` stands for the names that the model goes by.
_SELVES = {
    "PT": r"(?:(?:este|esse|o|nosso)\s+(?:\w{1,20}\s+)?modelo|(?:o\s+)?(?:NAMES)|ele)",
    "ES": r"(?:(?:este|el|nuestro)\s+modelo|(?:NAMES))",
    "FR": r"(?:(?:ce|le|notre)\s+modèle|(?:NAMES))",
    "ZH": r"(?:(?:本|该|此|这个|这一|我们的)\s?(?:大语言|语言|大)?模型|(?:NAMES))",
    "AR": r"(?:هذا النموذج|نموذجنا|النموذج|(?:NAMES))",
}
_OWN_START = r"(?:^|[,;:.]\s{1,3}|\be\s|\by\s|\bet\s)"
_PT_LY, _FR_LY = r"(?:\w{2,20}mente\s+)?", r"(?:\w{2,20}ment\s+)?"
_ZH_START = r"(?:^|[,,;;、]\s?)"

_PATTERNS: tuple[tuple[ClaimKind, Names, str], ...] = (
    ("from-scratch", "none", rf"{_OWN_START}@PT@\s+(?:foi|é)\s+{_PT_LY}(?:pré-?)?treinado\s+{_PT_LY}do\s+zero"),
    ("from-scratch", "none", rf"{_OWN_START}(?:nós\s+)?treinamos\s+@PT@\s+{_PT_LY}do\s+zero"),
    ("from-scratch", "none", rf"^{_PT_LY}(?:pré-?)?treinado\s+{_PT_LY}do\s+zero"),
    ("no-parents", "none", r"(?:^|[,;]\s)nenhum\s+peso\s+(?:de\s+terceiros|de\s+outros\s+modelos)"),
    (
        "no-parents",
        "none",
        rf"{_OWN_START}@PT@\s+não\s+(?:usa|utiliza|contém|usou)\s+(?:quaisquer\s+)?pesos\s+de\s+(?:terceiros"
        rf"|outros)",
    ),
    (
        "fine-tune",
        "one",
        rf"{_OWN_START}@PT@\s+é\s+(?:um|uma)\s+(?:ajuste\s+fino|fine-?tuning|fine-?tune|versão\s+(?:ajustada"
        rf"|refinada))\s+(?:a\s+partir\s+)?d[eoa]\s+",
    ),
    (
        "fine-tune",
        "one",
        rf"{_OWN_START}@PT@\s+foi\s+(?:ajustado|refinado|treinado)\s+(?:\w{{2,20}}\s+)?a\s+partir\s+d[eoa]\s+",
    ),
    ("merge", "many", rf"{_OWN_START}@PT@\s+é\s+(?:um|uma)\s+(?:fusão|mesclagem|merge|mescla)\s+(?:de|do|entre)\s+"),
    (
        "from-scratch",
        "none",
        rf"{_OWN_START}@ES@\s+(?:fue|ha\s+sido|está)\s+{_PT_LY}(?:pre-?)?entrenado\s+{_PT_LY}desde\s+cero",
    ),
    ("from-scratch", "none", rf"{_OWN_START}(?:hemos\s+)?entrena(?:do|mos)\s+@ES@\s+{_PT_LY}desde\s+cero"),
    ("from-scratch", "none", rf"^(?:pre-?)?entrenado\s+{_PT_LY}desde\s+cero"),
    ("no-parents", "none", r"(?:^|[,;]\s)ningún\s+peso\s+(?:de\s+terceros|de\s+otros\s+modelos)"),
    ("no-parents", "none", rf"{_OWN_START}@ES@\s+no\s+(?:usa|utiliza|contiene)\s+pesos\s+de\s+(?:terceros|otros)"),
    (
        "fine-tune",
        "one",
        rf"{_OWN_START}@ES@\s+es\s+(?:un|una)\s+(?:ajuste\s+fino|fine-?tuning|versión\s+(?:ajustada|afinada"
        rf"|refinada))\s+(?:a\s+partir\s+)?de\s+",
    ),
    ("fine-tune", "one", rf"{_OWN_START}@ES@\s+fue\s+(?:ajustado|afinado|entrenado)\s+a\s+partir\s+de\s+"),
    ("merge", "many", rf"{_OWN_START}@ES@\s+es\s+una\s+(?:fusión|mezcla|combinación)\s+(?:de|entre)\s+"),
    (
        "from-scratch",
        "none",
        rf"{_OWN_START}@FR@\s+(?:a\s+été|est)\s+{_FR_LY}(?:pré-?)?entraîné\s+{_FR_LY}(?:à\s+partir\s+de\s+zéro"
        rf"|de\s+zéro|depuis\s+zéro|from\s+scratch)",
    ),
    (
        "from-scratch",
        "none",
        rf"{_OWN_START}nous\s+avons\s+(?:pré-?)?entraîné\s+@FR@\s+{_FR_LY}(?:à\s+partir\s+de|de|depuis)\s+zéro",
    ),
    ("no-parents", "none", r"(?:^|[,;]\s)aucun\s+poids\s+(?:de\s+)?(?:tiers|d'autres\s+modèles)"),
    ("no-parents", "none", rf"{_OWN_START}@FR@\s+n'(?:utilise|emploie)\s+aucun\s+poids"),
    (
        "fine-tune",
        "one",
        rf"{_OWN_START}@FR@\s+est\s+une?\s+(?:fine-?tune|version\s+(?:affinée|ajustée|fine-?tunée"
        rf"|spécialisée))\s+(?:de\s+|d')",
    ),
    (
        "fine-tune",
        "one",
        rf"{_OWN_START}@FR@\s+a\s+été\s+(?:affiné|ajusté|fine-?tuné|entraîné)\s+à\s+partir\s+(?:de\s+|d')",
    ),
    ("merge", "many", rf"{_OWN_START}@FR@\s+est\s+une\s+fusion\s+(?:de|entre)\s+"),
    (
        "from-scratch",
        "none",
        rf"{_ZH_START}@ZH@(?:是|均|完全|全部|由我们|由本团队|由团队|在[^,,。]{{1,20}}上){{0,3}}\s?从(?:零"
        rf"|头)(?:开始)?\s?(?:进行)?(?:预)?训练",
    ),
    ("from-scratch", "none", rf"{_ZH_START}我们从(?:零|头)(?:开始)?(?:预)?训练(?:了)?\s?@ZH@"),
    (
        "no-parents",
        "none",
        r"(?:我们|模型)(?:并)?(?:没有|未|不)(?:使用|包含|采用|复用)任何(?:第三方|其他|外部)(?:模型)?(?:的)?\s?(?:权重|参数|检查点)",
    ),
    ("fine-tune", "one", rf"{_ZH_START}@ZH@\s?(?:是)?(?:基于|在|以|由)\s?(?=[^。,,;]{{1,120}}(?:微调|精调))"),
    ("post-trained", "one", rf"{_ZH_START}@ZH@\s?(?:是)?(?:基于|在|以|由)\s?(?=[^。,,;]{{1,120}}后训练)"),
    ("merge", "many", rf"{_ZH_START}@ZH@\s?(?:是)?由?\s?(?=[^。;]{{1,160}}(?:合并|融合))"),
    ("from-scratch", "none", r"(?<!\w)(?:تم|جرى)\s+تدريب\s+@AR@\s+(?:بالكامل\s+)?من\s+الصفر"),
    ("from-scratch", "none", r"(?:^|[،,]\s?)@AR@\s+(?:مدر[ّ]?ب|تم\s+تدريبه)\s+(?:بالكامل\s+)?من\s+الصفر"),
    (
        "no-parents",
        "none",
        r"لم\s+(?:نستخدم|يستخدم)\s+(?:هذا\s+النموذج\s+)?أي(?:ة)?\s+أوزان\s+(?:من\s+)?(?:أطراف|طرف|خارجية"
        r"|نماذج)",
    ),
    (
        "fine-tune",
        "one",
        r"(?:^|[،,]\s?)@AR@\s+(?:هو\s+)?(?:نسخة|إصدار)\s+(?:مضبوطة|مضبوط|معدلة|محسنة)\s+(?:بدقة\s+"
        r"|دقيقًا\s+)?(?:من|عن|from)\s+",
    ),
    ("merge", "many", r"(?:^|[،,]\s?)@AR@\s+(?:هو\s+)?(?:دمج|مزيج)\s+(?:من\s+|بين\s+)?"),
)


def other_rules(own: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules of the other languages for a card whose model goes by the names in `own`."""
    names = "|".join(re.escape(name) for name in own if name) or r"(?!)"
    form: Form = "whole"
    found = []
    for kind, named, pattern in _PATTERNS:
        for language, self_words in _SELVES.items():
            pattern = pattern.replace(f"@{language}@", self_words.replace("NAMES", names))
        found.append(compile_rule(kind, form, named, pattern, ""))
    return tuple(found)
