"""The words and numbers by which repositories give the usual facts of a training run, as a table of patterns."""

import re
from dataclasses import dataclass

_NUMBER = r"(?:\d[\d.,]{0,15}|one|two|three|four|five|six|eight|ten)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What shows that a fact is given; `in_training` asks that the sentence speaks of training."""

    fact: str
    pattern: re.Pattern[str]
    in_training: bool = False


def _sign(fact: str, pattern: str, *, in_training: bool = False, cased: bool = False) -> Sign:
    return Sign(fact=fact, pattern=re.compile(pattern, 0 if cased else re.IGNORECASE), in_training=in_training)


SIGNS = (
    _sign("data", r"huggingface\.co/datasets/[\w./-]{3,100}"),
    _sign(
        "data",
        r"\b(?:training|fine-?tuning|pre-?training)\s+(?:data|datasets?|corpus)\s*(?::|\bis\b|\bare\b"
        r"|\bconsists?\s+of)\s*\S",
    ),
    _sign("data", r"^data(?:sets?)?\s*:\s*\S{2}"),
    _sign(
        "data",
        r"\b(?:trained|fine-?tuned|tuned)\s+on\s+(?!the\s+none\b|an\s+unknown\b)[^.;]{0,80}?\b(?:dataset"
        r"|corpus|dialogues|samples|examples|conversations)\b",
    ),
    _sign("data", r"(?:dados|datos|données)\s*:\s*\S{2}|训练数据\s*[::]\s*\S"),
    _sign(
        "tokens",
        rf"{_NUMBER}\s?(?:[TBM]\b|trillion|billion|million|tri(?:lhões|llones)|bilhões|milliards"
        rf"|mil\s+millones)?\s*(?:de\s+)?(?:training\s+|unique\s+|text\s+)?tokens\b(?!\s*(?:per|/|context"
        rf"|window|of\s+context))",
        in_training=True,
    ),
    _sign("tokens", r"\d[\d.]{0,6}\s?[万亿]{1,3}\s?(?:个)?\s?(?:词元|tokens?)"),
    _sign(
        "compute",
        rf"{_NUMBER}\s?[kKM]?\s*(?:gpu|tpu|npu|accelerator|a100|h100|h800|v100)[\s-]{{0,2}}(?:hours|h\b|days)",
    ),
    _sign(
        "compute",
        rf"\b{_NUMBER}\s?[x×*]?\s?(?:nvidia\s+|amd\s+|google\s+)?(?:(?:a100|h100|h200|h800|b200|v100|a6000"
        rf"|a10g|l40s?|l4|t4|rtx\s?\d{{4}}|mi\d{{3}}x?|tpu\s?v\d\w{{0,2}}|ascend)\b|(?:gpus?|tpus?|cpus?"
        rf"|accelerators|nodes)\b)",
        in_training=True,
    ),
    _sign("compute", r"\b\d[\d.]{0,5}\s?(?:e|[x×]\s?10\^?)\s?\d{2}\s+flops?\b"),
    _sign(
        "steps",
        rf"(?<!warmup )(?<!warm-up )\b{_NUMBER}\s?k?\s+(?:training\s+|optimi[sz]er\s+|gradient\s+"
        rf"|full\s+)?(?:steps|iterations|updates|epochs?|passos|pasos|étapes)\b",
        in_training=True,
    ),
    _sign("steps", r"\b(?:num_(?:train_)?epochs|max_steps|training_steps|epochs|steps)\s*[:=|]\s*\d"),
    _sign(
        "batch-size",
        r"\bbatch[\s_-]?size\b\s*(?:\((?:[^()]{0,40})\))?\s*(?:of|was|is|[:="
        r"|])?\s*[\"`]?\d[\d.,]{0,12}\s?[kKM]?",
    ),
    _sign("batch-size", r"\d[\d.,]{0,8}\s?[kKM]?\s+(?:sequences|samples|tokens)\s+per\s+(?:batch|step)"),
    _sign(
        "optimizer",
        r"\b(?:AdamW?|Adafactor|Lion|Muon|SGD|Shampoo|SOAP|AdEMAMix|adamw?_\w{2,20}|paged_adamw\w{0,10})\b",
        in_training=True,
        cased=True,
    ),
    _sign("optimizer", r"\boptim(?:i[sz]er)?\s*[:=]\s*\w{2}"),
    _sign(
        "learning-rate",
        r"\b(?:learning[\s_-]?rate|lr)\b[^.;\n]{0,40}?\d(?:\.\d{1,6})?\s?(?:e|[x×·]\s?10\^?)\s?[-−]?\d{1,2}",
    ),
    _sign("learning-rate", r"\b(?:learning[\s_-]?rate|lr)\b[^;\n]{0,30}?0?\.0\d{1,8}"),
    _sign(
        "schedule",
        r"\b(?:cosine|linear|constant|wsd|warmup-stable-decay|inverse\s+square\s+root"
        r"|polynomial)\s+(?:learning[\s-]rate\s+)?(?:decay|schedule|scheduler|annealing)",
    ),
    _sign("schedule", r"\blr_scheduler(?:_type|_warmup_\w{2,10})?\s*[:=]\s*[\w.]"),
    _sign("schedule", r"\bwarm-?up\b[^.;]{0,30}?\d"),
    _sign(
        "context-length",
        r"\b(?:context|sequence|max_seq)[\s_-]?(?:length|window|size|len)?\b\s*(?:\([^()]{0,30}\))?\s*(?:of"
        r"|is|was|[:=|])?\s*(?:up\s+to\s+)?\d[\d.,]{0,8}\s?[kKM]?\b",
    ),
    _sign("context-length", r"\b\d[\d.,]{0,8}\s?[kKM]?[\s-]?(?:tokens?[\s-])?(?:of\s+)?context\b"),
    _sign("seed", r"\b(?:random\s+)?seed\s*(?:of|was|is|[:=|])?\s*\d{1,10}"),
    _sign("checkpoints", r"\bintermediate\s+checkpoints?\b|\bcheckpoints?\s+(?:every|at\s+every|saved\s+every)\s+\d"),
    _sign("logs", r"wandb\.ai/[\w./-]{3,100}|\btensorboard\b|\b(?:training|train)\s+logs?\b|comet\.(?:com|ml)/"),
    _sign(
        "paper",
        r"arxiv\.org/(?:abs|pdf)/[\w./-]{4,30}|\barxiv:\s?\d{4}\.\d{4,5}|\btechnical\s+report\b"
        r"|aclanthology\.org/|doi\.org/",
    ),
    _sign(
        "code",
        r"\b(?:training|source|fine-?tuning)\s+(?:code|scripts?|recipe)\b[^.;]{0,80}?(?:github|gitlab"
        r"|huggingface|available|here|\.py)",
    ),
)
