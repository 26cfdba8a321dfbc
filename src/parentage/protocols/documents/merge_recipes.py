"""Reads mergekit's recipes, as files or as the block that its cards carry: which models went in, with which weights.

A recipe is the plainest declaration of a merge that there is. A weight that changes by layer or by kind of tensor is no
one number, so none is given for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from parentage.errors import InputError
from parentage.protocols.documents.card_text import CardText
from parentage.protocols.documents.records import DeclaredField, DeclaredParent
from parentage.protocols.documents.yaml_reading import YamlList, YamlMap, YamlNode, YamlScalar, parse_yaml

RECIPES = ("mergekit_config.yml", "mergekit_config.yaml", "mergekit_moe_config.yml", "mergekit_moe_config.yaml")
_MOST_MODELS = 256
_METHODS_WITH_TWO = ("slerp", "nuslerp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The models of a merge with their weights, and the fields that say how it was made."""

    parents: tuple[DeclaredParent, ...]
    fields: tuple[DeclaredField, ...]


def read_recipe(node: YamlNode, where: str) -> Recipe | None:
    """Return what a recipe declares, None where the YAML is no recipe; places are `where` with the line of the node."""
    if not isinstance(node, YamlMap) or not _is_recipe(node):
        return None
    found: dict[str, DeclaredParent] = {}
    method = _text(node.entries.get("merge_method"))
    for model, weight, line in _models(node):
        name = _plain_model(model)
        if name in found:
            # The same model in several slices: one weight only where all agree.
            same = found[name].weight if found[name].weight == weight else None
            line = int(found[name].where.rpartition(":")[2])
            weight = same
        if len(found) < _MOST_MODELS or name in found:
            found[name] = DeclaredParent(value=name, relation="merge", weight=weight, where=f"{where}:{line}")
    if method in _METHODS_WITH_TWO:
        found = _with_share(node, found)
    fields = tuple(
        DeclaredField(name=name, value=value, where=f"{where}:{node.lines[name]}")
        for name in ("merge_method", "base_model", "dtype", "out_dtype", "tokenizer_source", "gate_mode")
        if (value := _text(node.entries.get(name)))
    )
    return Recipe(parents=tuple(found.values()), fields=fields)


def recipes_in_card(card: CardText, where: str = "README.md") -> tuple[tuple[Recipe, ...], tuple[str, ...]]:
    """Return the recipes in a card's code blocks, and a line on each block that looks like one and cannot be read."""
    found: list[Recipe] = []
    problems: list[str] = []
    for block in card.code:
        if block.language not in ("yaml", "yml", "") or not ("merge_method" in block.text or "gate_mode" in block.text):
            continue
        try:
            recipe = read_recipe(parse_yaml(block.text, where, block.line), where)
        except InputError as error:
            problems.append(str(error))
            continue
        if recipe is not None:
            found.append(recipe)
    return tuple(found), tuple(problems)


def _is_recipe(node: YamlMap) -> bool:
    keys = node.entries.keys()
    return ("merge_method" in keys and bool(keys & {"models", "slices", "modules", "base_model"})) or (
        "experts" in keys and "base_model" in keys
    )


def _models(node: YamlMap) -> Iterator[tuple[str, float | None, int]]:
    """Yield each model of a recipe with its weight and line; the base comes last where it is listed nowhere else."""
    listed: list[tuple[str, float | None, int]] = []
    for part, key in (("models", "model"), ("experts", "source_model")):
        held = node.entries.get(part)
        for one in held.items if isinstance(held, YamlList) else ():
            listed += _model(one, key)
    for one in _slices(node):
        if isinstance(one, YamlMap) and isinstance(sources := one.entries.get("sources"), YamlList):
            for source in sources.items:
                listed += _model(source, "model")
    yield from listed
    base = node.entries.get("base_model")
    if (name := _text(base)) and base is not None and name not in {one for one, _, _ in listed}:
        yield name, None, base.line


def _slices(node: YamlMap) -> Iterator[YamlNode]:
    parts = [node.entries.get("slices")]
    if isinstance(modules := node.entries.get("modules"), YamlMap):
        parts += [one.entries.get("slices") for one in modules.entries.values() if isinstance(one, YamlMap)]
    for part in parts:
        yield from part.items if isinstance(part, YamlList) else ()


def _model(node: YamlNode, key: str) -> Iterator[tuple[str, float | None, int]]:
    if not isinstance(node, YamlMap):
        return
    held = node.entries.get(key)
    name = _text(held)
    if isinstance(held, YamlMap):
        # mergekit's long form: {model: {path: ..., revision: ...}}.
        inner = held.entries.get("model")
        name = _text(inner.entries.get("path")) if isinstance(inner, YamlMap) else _text(inner)
    if name and held is not None:
        yield name, _weight(node.entries.get("parameters"), "weight"), held.line


def _weight(parameters: YamlNode | None, name: str) -> float | None:
    """Return a parameter that is one number everywhere, else None."""
    held = parameters.entries.get(name) if isinstance(parameters, YamlMap) else None
    if isinstance(held, YamlList) and len(held.items) == 1:
        only = held.items[0]
        held = only.entries.get("value") if isinstance(only, YamlMap) and "filter" not in only.entries else only
    if not isinstance(held, YamlScalar) or held.value is None:
        return None
    return parse_number(held.value)


def parse_number(text: str) -> float | None:
    """Return the finite number that a text writes, None where it writes none."""
    if len(text) > 40:
        return None
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < 1e9 else None


def _with_share(node: YamlMap, found: dict[str, DeclaredParent]) -> dict[str, DeclaredParent]:
    """Give the two models of a spherical merge their shares: `t` is the other's, 1 - t the base's."""
    base = _plain_model(_text(node.entries.get("base_model")))
    share = _weight(node.entries.get("parameters"), "t")
    if share is None or len(found) != 2 or base not in found or any(one.weight is not None for one in found.values()):
        return found
    return {
        name: DeclaredParent(
            value=one.value,
            relation=one.relation,
            weight=round(1 - share, 12) if name == base else share,
            where=one.where,
        )
        for name, one in found.items()
    }


def _plain_model(name: str) -> str:
    """Return the model of mergekit's `model+adapter@revision` notation."""
    return name.partition("+")[0].partition("@")[0].strip() if "/" in name else name.strip()


def _text(node: YamlNode | None) -> str:
    return (node.value or "")[:300] if isinstance(node, YamlScalar) else ""
