"""Strangers of one configuration, parents left off the list, and lists of ten to fifty candidates."""

from collections.abc import Sequence

from benchmarks.zoo.average_cases import soup_name
from benchmarks.zoo.case import any_of, merged
from benchmarks.zoo.family import CHECKPOINTS, LEVELS, Family
from benchmarks.zoo.mergekit_cases import A, B, C, run_mergekit

# Beside the bases of the families themselves.
STRANGERS = {"dense": 14, "moe": 6}
STRANGER_STEPS, STRANGER_RATE = 150, 4e-3
DOMAINS = ("everything", "everything", "prose", "async", "numbers")


def stranger(architecture: str, number: int) -> str:
    """Return the path of a stranger."""
    return f"models/{architecture}-strangers/s{number:02}"


def strangers_of(family: Family) -> list[str]:
    """Return the strangers that belong to the family's half."""
    return [
        stranger(family.architecture, n) for n in range(STRANGERS[family.architecture]) if n % 2 == family.index % 2
    ]


def add_strangers(family: Family) -> None:
    """Add models of the same configuration, each really trained from a seed of its own."""
    for place in strangers_of(family):
        name = place.rsplit("/", 1)[1]
        domain = DOMAINS[int(name[1:]) // 2 % len(DOMAINS)]
        settings = {"domain": domain, "steps": STRANGER_STEPS, "rate": STRANGER_RATE, "schedule": "cosine"}
        settings |= {"architecture": family.architecture, "weight_seed": family.number("weights", name)}
        settings |= {"data_seed": family.number("data", name), "order_seed": family.number("order", name)}
        family.make(place, "train", settings, [])
    # The same first weights as the first stranger, other data.
    first = strangers_of(family)[0].rsplit("/", 1)[1]
    settings = {"domain": "async", "steps": STRANGER_STEPS, "rate": STRANGER_RATE, "architecture": family.architecture}
    settings |= {"weight_seed": family.number("weights", first), "data_seed": family.number("twin")}
    family.make("twin", "train", settings, [])


def add_stranger_cases(family: Family) -> None:
    """Ask for every stranger beside others, so that all pairs of a half are asked for."""
    places = [*strangers_of(family), family.path("base")]
    accept = any_of("independent")
    for at, subject in enumerate(places):
        others = places[at + 1 :] or places[:2]
        name = f"stranger-{at}"
        family.ask(name, "stranger", subject, others, "independent", accept, innocent=True)
    for level in ("1e-3", "3e-2"):
        family.ask(
            f"stranger-tuned-{level}", "stranger", f"tune-{level}", places[:3], "independent", accept, innocent=True
        )
    family.ask(
        "stranger-of-pair", "stranger", places[0], ["base", A], "independent", accept, innocent=True, hard=True,
        note="two relatives of each other are listed; the subject is none of theirs",
    )  # fmt: skip
    family.ask(
        "twin", "related", "twin", [places[0], places[1]], "shared-origin",
        any_of("shared-origin", "independent", "inconclusive"), innocent=True, hard=True,
        note="the same first weights as a candidate, trained on other data",
    )  # fmt: skip
    run_mergekit(family, "strangers-linear", "linear", {"base": {"weight": 0.5}, places[0]: {"weight": 0.5}})
    weights = {"base": 0.5, places[0]: 0.5}
    family.ask(
        "strangers-linear", "merge", "strangers-linear", [*weights, A], "merge", merged("linear"), method="linear",
        weights=weights, note="of two unrelated models",
    )  # fmt: skip
    run_mergekit(family, "strangers-slerp", "slerp", {"base": {}, places[1]: {}}, base="base", parameters={"t": 0.3})
    weights = {"base": 0.7, places[1]: 0.3}
    family.ask(
        "strangers-slerp", "merge", "strangers-slerp", [*weights, A], "merge", merged("slerp"), method="slerp",
        weights=weights, note="of two unrelated models",
    )  # fmt: skip


def add_hidden_cases(family: Family) -> None:
    """Leave a parent of a merge off the list: no merge of those that are listed."""
    accept = any_of("inconclusive", "shared-origin", "fine-tune")
    for name, subject, candidates, parents in (
        ("hidden-linear", "linear", [A, "base"], [A]),
        ("hidden-linear-other", "linear", [B, "base", C], [B]),
        ("hidden-three", "linear-three", [A, B, "base"], [A, B]),
        ("hidden-task", "task-arithmetic", [B, "base"], [B, "base"]),
        ("hidden-soup", soup_name(family), [A, B, "base"], [A, B]),
    ):
        family.ask(
            name, "hidden", subject, candidates, "inconclusive", accept, parents=parents,
            note="a merge, of which one parent is not listed",
        )  # fmt: skip


def _crowd(family: Family, right: Sequence[str], count: int) -> list[str]:
    """Return the right candidates among so many, first the relatives, then strangers, then what is made of the base."""
    levels = [f"tune-{level}" for level in LEVELS]
    runs = [f"{run}-at-{round(100 * part)}" for run in (A, "constant") for part in CHECKPOINTS]
    trained = ["order", "slow", "windows", "longer", "both", "second", "second-small", "frozen-attention"]
    more = "frozen-lower norms-only lora-r4 lora-r8 lora-r4-scaled master-a master-b twin int8-rows int4-32 pruned-50"
    merges = f"ties dare-ties {soup_name(family)} sce model-stock linear-near add-difference karcher-three fp8-blocks"
    every = [
        *right,
        "base",
        *levels,
        "constant",
        *trained,
        *strangers_of(family),
        *more.split(),
        *runs,
        *merges.split(),
    ]
    return list(dict.fromkeys(family.path(name) for name in every))[:count]


def add_many_cases(family: Family) -> None:
    """List the right ones among ten to fifty."""
    same = merged("linear", "slerp")
    for count in (10, 20, 50):
        crowd = _crowd(family, [A, B], count)
        family.ask(f"many-linear-{count}", "many", "linear", crowd, "merge", same, method="linear", parents=[A, B])
    crowd = _crowd(family, [A, B, "base"], 12)
    family.ask("many-ties", "many", "ties", crowd, "merge", merged("ties"), method="ties", parents=[A, B, "base"])
    crowd = _crowd(family, [A, B, C], 15)
    family.ask(
        "many-three", "many", "linear-three", crowd, "merge", merged("linear"), method="linear", parents=[A, B, C]
    )
    subject = family.path("frozen-attention")
    crowd = [path for path in _crowd(family, ["base"], 31) if path != subject]
    family.ask(
        "many-innocent", "many", subject, crowd, "fine-tune", any_of("fine-tune", "shared-origin"), parents=["base"],
        innocent=True, hard=True, note="a fine-tune among thirty candidates",
    )  # fmt: skip
    crowd = [path for path in _crowd(family, ["base"], 21) if path != family.path(B)]
    family.ask(
        "many-innocent-sibling", "many", B, crowd, "fine-tune", any_of("fine-tune", "shared-origin"),
        parents=["base"], innocent=True, hard=True, note="a fine-tune among twenty candidates",
    )  # fmt: skip
