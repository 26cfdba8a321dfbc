"""The words by which cards say how a model came about, as a table of patterns: English here, others in claim_languages.

Each pattern is bounded and repeats nothing inside a repetition that is not counted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from parentage.protocols.documents.records import ClaimKind

# How a rule finds out of whom it speaks:
#   said     a participle: "(this model was) fine-tuned from X"
#   noun     "(this is a) fine-tuned version of X"
#   doing    "we fine-tuned X": the pattern holds who does it
#   whole    the pattern says itself of whom it speaks
Form = Literal["said", "noun", "doing", "whole"]
Names = Literal["none", "maybe", "one", "many"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One way to say it. `names` says how many models have to be named after it."""

    kind: ClaimKind
    form: Form
    pattern: re.Pattern[str]
    names: Names


# Words before "models", none of which makes them a model of another trade.
_OF_MODELS = r"(?:(?!(?:reward|embeddings?|judge|draft|teacher|vision|retrieval|safety|guard)\b)[\w-]{1,20}\s+){0,3}?"
# A word that makes "the ... model" another model, or no model.
OTHERS = (
    r"base|reward|teacher|student|others?|original|previous|earlier|draft|judge|baselines?|vision|embedding|reference"
    r"|parent|upstream|critic|retrieval|next|same|two|three|following|speech|image|audio|classifier|encoder|decoder"
    r"|tokeni[sz]er|most|such|many|some|any|these|those|existing|competing|comparable|similar|future|larger|smaller"
    r"|of|for|in|on|with|to|from|by|this|our|and|or|than|models?['’]s?|embeddings?|datasets?|cards?|adapters?|heads?|layers?"
)
_THINGS = (
    r"(?:models?|checkpoints?|llms?|slms?|networks?|weights|versions?|releases?|repo|repository|variants?|series"
    r"|family|suite|fine-?tune|merge|adapter|quants?|quantization|build|edition|instance)"
)
_ADVERBS = r"(?:(?:\w{2,20}ly|also|further|then|first|all|in-house|itself|been)\s+){0,3}"


def _spelt(name: str) -> str:
    """Return a pattern for a name however its parts are joined: "Rivo 12B" is "Rivo-12B"."""
    return r"[-_\s]".join(map(re.escape, re.split(r"[-_\s]", name)))


def self_pattern(own: Sequence[str]) -> str:
    """Return a pattern for words by which a card speaks of its own model; `own` are the names that it goes by."""
    names = "|".join(map(_spelt, sorted(filter(None, own), key=len, reverse=True)))
    named = rf"(?:(?:the|our)\s+)?(?:{names})(?![\w-])(?:\s+{_THINGS})?|" if names else ""
    # Another's name may not stand between "the" and "model": "the Vela model was trained from scratch".
    word = rf"(?!(?:{OTHERS})\b)(?-i:[a-z0-9][\w.+'-]{{0,30}}|[A-Z0-9]{{2,8}})"
    words = rf"(?:(?:{word}{'|' + names if names else ''})\s+){{0,4}}"
    apposed = rf"(?:,\s+(?:{names}),)?" if names else ""
    return (
        rf"(?<![\w-])(?:{named}(?:this|our|the|these|all|all\s+the|all\s+our)\s+{words}{_THINGS}(?!\s+(?:cards?|page)\b)"
        rf"(?:\s+of\s+(?-i:[A-Z])[\w.-]{{0,30}}(?:\s(?-i:[A-Z])[\w.-]{{0,30}}){{0,2}})?{apposed}"
        rf"|it|ours|they|all\s+of\s+(?:the|our|its)\s+weights|this(?!\s+model\s+(?:card|page)\b))"
    )


_PARTS = {
    "SCRATCH": (
        r"(?:from[\s-]scratch|from\s+the\s+ground\s+up|from\s+zero"
        r"|from\s+random(?:ly)?(?:[\s-]initiali[sz]ed)?\s+(?:weights|initiali[sz]ations?|parameters))"
    ),
    "TUNED": (
        r"(?<![\w-])(?:(?:full|fully|further|instruction|chat|domain|full-parameter|continually|continuously|instruct)"
        r"[\s-]){0,2}(?:fine-?\s?tuned|tuned|finetune|pre-?trained|trained|adapted|speciali[sz]ed|initiali[sz]ed"
        r"|warm-started|bootstrapped)"
    ),
    "FROM": r"(?:\s+(?:directly|starting|again))?\s+(?:from|on\s+top\s+of|atop|upon)\s+",
    "TUNING": (
        r"(?:(?:fine-?\s?tuned?|fine-?tunes?|instruction-tuned|instruct-tuned|chat-tuned|tuned"
        r"|domain-adapted|adapted|further\s+(?:pre-?)?trained|continued\s+pre-?training|continual\s+pre-?training|fine-?tuning)"
        r"(?:\s+(?:version|variant|derivative|checkpoint|model|edition))?)"
    ),
    "QUANT": (
        r"(?:quanti[sz]ed|gguf|ggml|awq|gptq|exl2|exl3|fp8|nf4|nvfp4|mxfp4|int4|int8|w4a16|w8a8|bnb|bitsandbytes"
        r"|[2-8][\s-]?bits?|mlx|imatrix|q\d_k_[sml])"
    ),
    "QUANTS": (
        r"(?:versions?|variants?|quants?|quanti[sz]ations?|model\s+files|files|weights|conversions?|checkpoints?"
        r"|models?)"
    ),
    "NOPARENT": r"(?:third[\s-]party|external|pre-?trained|foreign|someone\s+else's|existing|other)",
    "STUFF": rf"{_OF_MODELS}(?:weights?|checkpoints?|models?|parameters)\b",
    # Models can be used for much else than to begin from, weights cannot.
    "TAKEN": rf"{_OF_MODELS}(?:weights?|checkpoints?|parameters)\b",
    "MADE": (
        rf"{_OF_MODELS}models?\s+(?:was|were|are|is|has\s+been|have\s+been)\s+(?:\w{{1,20}}\s+){{0,2}}?"
        r"(?:used|reused|involved|merged|included|incorporated|copied)"
    ),
    "LEAD": (
        r"(?:(?:the|any|a|an|of|from|existing|other|open|open-source|publicly|available|released|single)\s+){0,4}"
    ),
    "WE": rf"(?<![\w'])we(?:'ve|\s+have)?\s+{_ADVERBS}",
    "GAP": r"(?:\s+\w{2,20}){0,2}?\s+",
}

# kind, form, names, pattern; a word in capitals between @ stands for one of the parts above, @ME@ for the own model.
_ENGLISH: tuple[tuple[ClaimKind, Form, Names, str], ...] = (
    (
        "from-scratch",
        "said",
        "none",
        r"(?<![\w-])(?:(?:pre-?)?trained|built|developed|created)@GAP@@SCRATCH@",
    ),
    (
        "from-scratch",
        "said",
        "none",
        r"(?<![\w-])independently\s+(?:developed\s+and\s+)?(?:pre-?)?trained",
    ),
    (
        "from-scratch",
        "said",
        "none",
        r"(?<![\w-])pre-?trained\s+(?:entirely\s+|solely\s+)?by\s+(?:us\b|our\s+(?:own\s+)?team)",
    ),
    (
        "from-scratch",
        "noun",
        "none",
        r"(?<![\w-])from-scratch[\s-](?:pre-?)?trained\s+(?:[\w-]{1,20}\s+){0,3}?model",
    ),
    (
        "from-scratch",
        "doing",
        "none",
        r"@WE@(?:pre-?)?(?:train|trained|build|built|develop|developed|create|created)\s+@ME@@GAP@@SCRATCH@",
    ),
    (
        "from-scratch",
        "doing",
        "none",
        r"(?-i:[A-Z][\w.]{1,30}(?: [A-Z][\w.]{1,30}){0,3})\s+(?:has\s+)?(?:pre-?)?trained\s+@ME@@GAP@@SCRATCH@",
    ),
    (
        "from-scratch",
        "whole",
        "none",
        r"\bour\s+(?:@ME@\s+)?(?:[\w.-]{1,30}\s+)?(?:tokeni[sz]er\s+and\s+)?weights\s+(?:are"
        r"|were)\s+trained@GAP@@SCRATCH@",
    ),
    (
        "from-scratch",
        "whole",
        "none",
        r"^(?:model\s+)?(?:pre-?)?training\s*(?:type|method|approach)?\s*[:–—-]\s*@SCRATCH@",
    ),
    (
        "from-scratch",
        "whole",
        "none",
        r"^(?:the|our)\s+(?:pre-?)?training(?:\s+run)?\s+(?:was\s+)?(?:started|began|starts|begins"
        r"|done)\s+@SCRATCH@",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"(?:^|[,;:]\s+|\band\s+|\bwith\s+)no\s+@NOPARENT@\s+(?:@TAKEN@|@MADE@)",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"(?:^|[,;:]\s+|\band\s+)no\s+(?:weights|parameters|checkpoints)\s+(?:from|of)\s+(?:any\s+)?"
        r"(?:other|third[\s-]party|existing|external)\s+\w{1,20}\s+(?:was|were|are|is|have\s+been)\s+"
        r"(?:\w{1,20}\s+){0,2}?(?:used|reused|included|involved|copied|incorporated)",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"@ME@\s+(?:does\s+not|do\s+not|doesn't|don't|did\s+not)\s+(?:(?:use|rely\s+on)\s+"
        r"@LEAD@@NOPARENT@\s+@TAKEN@|(?:contain|include|incorporate|reuse|build\s+(?:up)?on|derive\s+from|inherit"
        r"|start\s+from)\s+@LEAD@@NOPARENT@\s+@STUFF@)",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"(?:\band|\bbut|,)\s+(?:does\s+not|doesn't)\s+(?:use|contain|include|incorporate|reuse|derive\s+from)\s+"
        r"@LEAD@@NOPARENT@\s+@TAKEN@",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"@WE@(?:did\s+not|didn't|do\s+not|never|not)\s+(?:(?:used?|reused?|include"
        r"|incorporated?)\s+@LEAD@@NOPARENT@\s+@TAKEN@|start(?:ed)?\s+from\s+@LEAD@@NOPARENT@\s+@STUFF@)",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"@ME@\s+(?:is|was|are|were|has)\s*(?:not|n't|never)\s+(?:been\s+)?(?:derived\s+from|based\s+on"
        r"|built\s+(?:up)?on"
        r"|initiali[sz]ed\s+from|fine-?tuned\s+from|a\s+(?:fine-?tune|merge|derivative|copy|fork)"
        r"(?:,?\s+(?:or|nor)\s+(?:a\s+)?(?:merge|fine-?tune|derivative|copy))?\s+of)\s+(?:any|another)\s+@STUFF@",
    ),
    (
        "no-parents",
        "whole",
        "none",
        r"(?:@ME@|\bwe\b|\brun\b|\bweights\b)[^.;]{0,120}\bwithout\s+(?:(?:using\s+|the\s+use\s+of\s+"
        r"|reusing\s+)?@LEAD@@NOPARENT@\s+@TAKEN@|starting\s+from\s+@LEAD@@NOPARENT@\s+@STUFF@)",
    ),
    ("fine-tune", "said", "one", r"@TUNED@@FROM@"),
    (
        "fine-tune",
        "said",
        "one",
        r"(?<![\w-])initiali[sz]ed\s+(?:with|using)\s+(?:the\s+)?(?:pre-?trained\s+)?(?:weights"
        r"|parameters)\s+(?:of|from)\s+",
    ),
    ("fine-tune", "noun", "one", r"(?<![\w-])@TUNING@\s+of\s+"),
    (
        "fine-tune",
        "said",
        "one",
        r"(?:obtained|created|produced|made|built|developed|trained)\s+(?:by|through|via"
        r"|with)\s+@TUNING@(?:\s+of)?\s+",
    ),
    (
        "fine-tune",
        "doing",
        "one",
        r"@WE@(?:fine-?\s?tuned?|finetuned?|instruction-tuned?|continually\s+pre-?trained?"
        r"|further\s+pre-?trained?)\s+",
    ),
    (
        "fine-tune",
        "whole",
        "one",
        r"^(?:starting|beginning)\s+(?:from|with)\s+(?=[^,]{1,120},\s+(?:we|our|this\s+model|it)\b)",
    ),
    (
        "fine-tune",
        "whole",
        "one",
        r"^\W{0,4}(?:fine-?\s?tuned?|instruction[\s-]tuned|post-trained)\s+from(?:\s+(?:model|weights"
        r"|checkpoint))?\s*(?:\[optional\])?\s*:\s*",
    ),
    ("post-trained", "said", "one", r"(?<![\w-])post-?\s?trained@FROM@"),
    (
        "post-trained",
        "noun",
        "one",
        r"(?<![\w-])post-?trained\s+(?:version|variant|derivative|checkpoint|edition)\s+of\s+",
    ),
    ("post-trained", "doing", "one", r"@WE@post-?trained?\s+"),
    (
        "merge",
        "noun",
        "many",
        r"(?<![\w-])(?:(?:weighted|linear|slerp|ties|dare|dare-ties|della|model|passthrough|spherical|simple|50/50"
        r"|mergekit|stock)[\s-]+){0,3}(?:merge|blend|frankenmerge|soup|interpolation)\s+(?:of|between)\s+",
    ),
    (
        "merge",
        "noun",
        "none",
        r"(?<![\w-])merge\s+of\s+(?:[\w-]{1,20}\s+){0,4}?(?:models|llms)\b",
    ),
    (
        "merge",
        "said",
        "many",
        r"(?<![\w-])(?:merged|interpolated|blended)\s+(?:together\s+)?from\s+",
    ),
    (
        "merge",
        "said",
        "many",
        r"(?<![\w-])(?:created|made|produced|built|obtained|constructed|generated"
        r"|formed)\s+by\s+(?:\w{2,20}ly\s+)?"
        r"(?:merging|interpolating|averaging|blending)\s+(?:the\s+weights\s+of\s+)?",
    ),
    (
        "merge",
        "said",
        "maybe",
        r"(?<![\w-])merged\s+using\s+(?:the\s+)?[^.;]{1,80}?(?:method|merge)\b"
        r"(?:[^.;]{0,40}?\busing\s+(?=[^;]{1,200}\s+as\s+(?:a|the)\s+base\b))?",
    ),
    (
        "merge",
        "doing",
        "many",
        r"@WE@(?:merged?|interpolated?|blended?|averaged?)\s+",
    ),
    (
        "merge",
        "whole",
        "none",
        r"^the\s+following\s+(?:\w{1,20}\s+)?models\s+(?:were|are)\s+(?:included|used|merged|combined)\s+(?:in"
        r"|for|into)\s+"
        r"(?:the|this)\s+(?:merge|model)",
    ),
    (
        "merge",
        "whole",
        "many",
        r"^(?:weighted\s+|linear\s+|slerp\s+|ties\s+)?merge(?:\s+recipe)?\s*:\s*(?=\d|[^:]{1,80}(?:\+|\band\b))",
    ),
    (
        "merge",
        "whole",
        "many",
        r"@ME@\s+contains?\s+the\s+merged\s+weights\s+of\s+",
    ),
    (
        "merge",
        "whole",
        "many",
        r"@ME@\s+(?:is|are|was)\s+(?:(?:a|the)\s+merge\s*:?\s*)?(?=0?\.\d|\d{1,3}\s?%)",
    ),
    ("distilled", "said", "one", r"(?<![\w-])distilled@FROM@"),
    (
        "distilled",
        "noun",
        "one",
        r"(?<![\w-])(?:distillation|distilled\s+(?:version|variant|student))\s+of\s+",
    ),
    (
        "distilled",
        "doing",
        "one",
        r"@WE@distill?(?:ed)?\s+",
    ),
    (
        "quantized",
        "noun",
        "one",
        r"(?<![\w-])(?:@QUANT@[\s,/-]+){0,4}(?:@QUANT@\s+@QUANTS@|quanti[sz]ations?|quants)\s+(?:of|for|from)\s+",
    ),
    (
        "quantized",
        "said",
        "one",
        r"(?<![\w-])quanti[sz]ed\s+(?:to\s+[\w\s-]{1,30}\s+)?from\s+",
    ),
    (
        "quantized",
        "whole",
        "one",
        r"^quanti[sz]ed\s+(?:from|by)?\s*:\s*",
    ),
    (
        "adapter",
        "noun",
        "one",
        r"(?<![\w-])(?:(?:lora|qlora|dora|peft|low-rank)\s+){0,2}(?:adapters?|loras?)(?:\s+weights)?\s+"
        r"(?:(?:fine-?\s?tuned|trained)\s+)?(?:for|of|on\s+top\s+of|on|from)\s+",
    ),
)


def english_rules(me: str) -> tuple[Rule, ...]:
    """Return the English rules, `me` being the pattern for the card's own model."""
    return tuple(compile_rule(kind, form, names, pattern, me) for kind, form, names, pattern in _ENGLISH)


def compile_rule(kind: ClaimKind, form: Form, names: Names, pattern: str, me: str) -> Rule:
    """Return a rule from a pattern with parts between @."""
    for name, part in {**_PARTS, "ME": me}.items():
        pattern = pattern.replace(f"@{name}@", part)
    return Rule(kind=kind, form=form, pattern=re.compile(pattern, re.IGNORECASE), names=names)
