"""A family: a base that was trained from its own seed, and what was trained from it. The same list for every family.

The distances in the names are those of the stored bf16 weights from the parent's, ||difference|| / ||weights||, about.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.zoo.case import Answer, Case
from benchmarks.zoo.job import Job
from benchmarks.zoo.shapes import SHAPES

BASE_STEPS, BASE_RATE = 600, 4e-3
TUNE_STEPS = 100
CHECKPOINTS = (0.25, 0.5, 0.75, 0.9)
# Distance: learning rate, domain.
LEVELS = {
    "3e-4": (3.5e-6, "mail"),
    "1e-3": (8e-6, "web"),
    "3e-3": (1.8e-5, "checks"),
    "1e-2": (7e-5, "prose"),
    "3e-2": (2.5e-4, "async"),
    "1e-1": (1.2e-3, "numbers"),
}
MIDDLE = "1e-2"


class Family:
    """The jobs and cases of one family; names are short here and become paths inside the zoo."""

    def __init__(self, architecture: str, index: int, seed: int) -> None:
        self.architecture, self.index, self.seed = architecture, index, seed
        self.key = f"{architecture}-{index}"
        self.half = "choose" if index % 2 == 0 else "report"
        self.shape = SHAPES[architecture]
        self.jobs: list[Job] = []
        self.cases: list[Case] = []

    def path(self, name: str) -> str:
        """Return a model's path inside the zoo; one that is a path already is returned as it is."""
        return name if "/" in name else f"models/{self.key}/{name}"

    def pick(self, *options: Any) -> Any:
        """Return this family's choice of a setting, so that the halves do not share them all."""
        return options[self.index % len(options)]

    def number(self, *parts: str) -> int:
        """Return a seed for a purpose, from the zoo's seed and the family."""
        text = " ".join((str(self.seed), self.key, *parts))
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "little")

    def make(self, name: str, operation: str, settings: Mapping[str, Any], inputs: Sequence[str], *others: str) -> str:
        """Add a job that makes the model (and other folders); return the model's path."""
        outputs = (self.path(name), *others)
        places = tuple(self.path(part) for part in inputs)
        self.jobs.append(Job(operation=operation, settings=settings, inputs=places, outputs=outputs))
        return outputs[0]

    def ask(
        self,
        name: str,
        group: str,
        subject: str,
        candidates: Sequence[str],
        relation: str,
        accept: tuple[Answer, ...],
        *,
        parents: Sequence[str] = (),
        weights: Mapping[str, float] | None = None,
        **rest: Any,
    ) -> None:
        """Add a case."""
        self.cases.append(
            Case(
                id=f"{self.key}/{name}",
                half=self.half,
                group=group,
                subject=self.path(subject),
                candidates=tuple(self.path(part) for part in candidates),
                relation=relation,
                accept=accept,
                parents=tuple(self.path(part) for part in (parents or weights or ())),
                weights=None if weights is None else {self.path(part): value for part, value in weights.items()},
                **rest,
            )
        )

    def train(self, name: str, parent: str, domain: str, rate: float, **rest: Any) -> str:
        """Add a fine-tune with seeds of its own, unless `data` or `order` names the run to share them with."""
        settings = {"domain": domain, "rate": rate, "steps": TUNE_STEPS}
        settings["data_seed"] = self.number("data", rest.pop("data", name))
        settings["order_seed"] = self.number("order", rest.pop("order", name))
        parts = rest.get("checkpoints", ())
        others = [self.path(f"{name}-at-{round(100 * part)}") for part in parts]
        if rest.get("rank"):
            others.append(f"adapters/{self.key}/{name}")
        return self.make(name, "train", settings | rest, [parent], *others)


def train_base(family: Family) -> None:
    """Add the base, with its fp32 master, which is never listed as a candidate."""
    settings = {"domain": "everything", "steps": BASE_STEPS, "rate": BASE_RATE, "architecture": family.architecture}
    settings |= {"weight_seed": family.number("weights"), "data_seed": family.number("data"), "keep_master": True}
    family.make("base", "train", settings, [], f"masters/{family.key}/base")


def train_relatives(family: Family) -> None:
    """Add everything that descends from the base by training."""
    middle_rate, domain = LEVELS[MIDDLE]
    for level, (rate, own) in LEVELS.items():
        rest = {"checkpoints": CHECKPOINTS} if level == MIDDLE else {}
        family.train(f"tune-{level}", "base", own, rate, **rest)
    same = {"data": f"tune-{MIDDLE}", "order": f"tune-{MIDDLE}"}
    family.train("constant", "base", "files", 0.6 * middle_rate, schedule="constant", checkpoints=CHECKPOINTS)
    family.train("order", "base", domain, middle_rate, data=f"tune-{MIDDLE}")
    family.train("slow", "base", domain, 0.5 * middle_rate, **same)
    family.train("windows", "base", domain, middle_rate)
    family.train("longer", "base", domain, 2 * middle_rate, steps=2 * TUNE_STEPS)
    large_rate, large_domain = LEVELS["3e-2"]
    both = {"second_domain": large_domain, "second_data_seed": family.number("data", "tune-3e-2")}
    family.train("both", "base", domain, middle_rate, data=f"tune-{MIDDLE}", steps=2 * TUNE_STEPS, **both)
    family.train("both-fast", "base", domain, large_rate, data=f"tune-{MIDDLE}", steps=2 * TUNE_STEPS, **both)
    family.train("second", f"tune-{MIDDLE}", "settings", middle_rate)
    family.train("second-small", f"tune-{MIDDLE}", "markup", LEVELS["3e-3"][0])
    family.train("frozen-attention", "base", "processes", middle_rate, frozen=("self_attn",))
    frozen = ("embed_tokens", "lm_head", "layers.0.", "layers.1.")
    family.train("frozen-lower", "base", "markup", middle_rate, frozen=frozen)
    family.train("norms-only", "base", "web", 10 * middle_rate, frozen=("_proj", "embed", "lm_head", "moe"))
    family.train("lora-r4", "base", "files", 1e-3, rank=4)
    family.train("lora-r8", "base", "settings", 3e-4, rank=8)
    family.train("lora-faint", "base", "mail", 2e-5, rank=8)
    for name, own in (("master-a", "mail"), ("master-b", "processes")):
        family.train(name, f"masters/{family.key}/base", own, LEVELS["1e-3"][0])
