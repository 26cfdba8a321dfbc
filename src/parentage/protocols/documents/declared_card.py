"""Reads what a card's front matter declares: parents with their relation, the licence, and the fields as written.

The Hub shows what it understands and says nothing about the rest. Here a misspelt field still counts as having been
said, with a line on it: leaving a parent out and writing `base_models` are two different things.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from parentage.errors import InputError
from parentage.licensing.expressions import read_licence_fields
from parentage.protocols.documents.front_matter import FrontMatter
from parentage.protocols.documents.records import DeclaredField, DeclaredLicence, DeclaredParent
from parentage.protocols.documents.yaml_reading import Plain, YamlList, YamlMap, YamlNode, YamlScalar, plain

NO_LICENCE = DeclaredLicence(license="", license_name="", license_link="", key=None, where="")
_LONGEST_VALUE = 500
_MOST_PARENTS = 256
_SINGLE = (
    "base_model_relation",
    "license",
    "license_name",
    "license_link",
    "new_version",
    "library_name",
    "pipeline_tag",
    "model_name",
)
_MANY = ("base_model", "merged_models", "datasets", "tags", "language", "metrics")
_RELATIONS = {
    **dict.fromkeys(("finetune", "finetuned", "fine-tune", "fine-tuned", "fine_tune", "fine tune"), "finetune"),
    **dict.fromkeys(("merge", "merged"), "merge"),
    **dict.fromkeys(("quantized", "quantised", "quantization", "quant", "quantize"), "quantized"),
    **dict.fromkeys(("adapter", "lora", "peft"), "adapter"),
}
# Keys under which a mapping names a model.
_MODEL_KEYS = ("model", "name", "id", "repo", "repo_id", "path", "url", "base_model")
# What people write where the Hub reads another word.
_MEANT = {
    "basemodel": "base_model",
    "basemodels": "base_model",
    "parentmodel": "base_model",
    "parentmodels": "base_model",
    "finetunedfrom": "base_model",
    "basemodelrelation": "base_model_relation",
    "relation": "base_model_relation",
    "licence": "license",
    "license": "license",
    "licencename": "license_name",
    "licensename": "license_name",
    "licencelink": "license_link",
    "licenselink": "license_link",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFacts:
    """What front matter declares, and a line on each field that has a wrong type or that readers see differently."""

    fields: tuple[DeclaredField, ...]
    parents: tuple[DeclaredParent, ...]
    relation: str
    licence: DeclaredLicence
    tags: tuple[str, ...]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field under the name that is meant, with its node and line."""

    name: str
    node: YamlNode
    line: int


def read_card_fields(front: FrontMatter, where: str = "README.md") -> CardFacts:
    """Return what the front matter declares; single fields of a wrong type become problems, and are shown as text."""
    problems: list[str] = []
    known = _known(front, where, problems)
    for field in known.values():
        problems += _type_problems(field, where)
    relation = _relation(known.get("base_model_relation"), where, problems)
    tags = tuple(text for text, _ in _texts(known.get("tags")))
    parents = list(_parents(known, relation, where))
    return CardFacts(
        fields=tuple(_fields(front, where)),
        parents=tuple(parents[:_MOST_PARENTS]),
        relation=relation or ("merge" if {"merge", "mergekit"} & {tag.casefold() for tag in tags} else ""),
        licence=_licence(known, where),
        tags=tags,
        problems=tuple(problems),
    )


def _known(front: FrontMatter, where: str, problems: list[str]) -> dict[str, _Field]:
    found: dict[str, _Field] = {}
    for name, node in front.nodes.items():
        line = front.lines[name]
        if name in (*_SINGLE, *_MANY):
            found[name] = _Field(name=name, node=node, line=line)
    for name, node in front.nodes.items():
        meant = _MEANT.get("".join(one for one in name.casefold() if one.isalnum()))
        if meant is not None and name != meant:
            rule = f"the Hub does not read this field; it reads {meant}"
            problems.append(str(InputError(f"{where}:{front.lines[name]}", name[:80], rule)))
            found.setdefault(meant, _Field(name=meant, node=node, line=front.lines[name]))
    return found


def _type_problems(field: _Field, where: str) -> Iterator[str]:
    items: Sequence[YamlNode] = (field.node,)
    if isinstance(field.node, YamlList):
        if field.name in _SINGLE:
            place = f"{where}:{field.line}"
            yield str(InputError(place, f"{field.name} is a list of {len(field.node.items)}", "one text"))
        items = field.node.items[:_MOST_PARENTS]
    expected = "one text" if field.name in _SINGLE else "text or a list of texts"
    for item in items:
        place = f"{where}:{item.line}"
        match item:
            case YamlMap() | YamlList():
                kind = "a mapping" if isinstance(item, YamlMap) else "a list in a list"
                yield str(InputError(place, f"{field.name} holds {kind}", expected))
            case YamlScalar(value=None) if isinstance(field.node, YamlList):
                yield str(InputError(place, f"{field.name} holds an empty item", expected))
            case YamlScalar(value=str() as value) if item.read_as:
                rule = f"quoted, or loaders read it as a {item.read_as}"
                yield str(InputError(place, f"{field.name} is {value[:80]}", rule))
            case _:
                pass


def _relation(field: _Field | None, where: str, problems: list[str]) -> str:
    texts = list(_texts(field))
    if field is None or not texts:
        return ""
    word = texts[0][0].strip().casefold()
    relation = _RELATIONS.get(word, "") if len(texts) == 1 else ""
    if relation != word:
        shown = ", ".join(text for text, _ in texts)[:80]
        rule = "one of adapter, merge, quantized, finetune"
        problems.append(str(InputError(f"{where}:{field.line}", f"base_model_relation is {shown}", rule)))
    return relation


def _parents(known: Mapping[str, _Field], relation: str, where: str) -> Iterator[DeclaredParent]:
    for name, word in (("base_model", relation), ("merged_models", "merge")):
        for text, line in _models(known.get(name)):
            if text.strip():
                place = f"{where}:{line}"
                yield DeclaredParent(value=text.strip(), relation=word, weight=None, where=place)
    for text, line in _texts(known.get("tags")):
        # The Hub's own tags: base_model:merge:org/name.
        kind, _, rest = text.partition(":")
        if kind == "base_model" and rest:
            word, _, model = rest.rpartition(":")
            said = word if word in _RELATIONS.values() else relation
            yield DeclaredParent(value=model.strip(), relation=said, weight=None, where=f"{where}:{line}")


def _models(field: _Field | None) -> Iterator[tuple[str, int]]:
    """Yield the models of a field as they are meant: names in mappings and lists in one text are no forms of the Hub's,
    but whoever wrote them has said it.
    """
    for text, line in _texts(field):
        parts = [part.strip() for part in text.split(",")]
        yield from ((part, line) for part in parts[:_MOST_PARENTS]) if all(parts) else ((text, line),)
    items = field.node.items[:_MOST_PARENTS] if field is not None and isinstance(field.node, YamlList) else ()
    for item in (field.node, *items) if field is not None else ():
        if isinstance(item, YamlMap):
            for key in _MODEL_KEYS:
                held = item.entries.get(key)
                if isinstance(held, YamlScalar) and held.value:
                    yield held.value, held.line
                    break


def _licence(known: Mapping[str, _Field], where: str) -> DeclaredLicence:
    names = ("license", "license_name", "license_link")
    fields = {name: known[name] for name in names if name in known}
    if not fields:
        return NO_LICENCE
    values: dict[str, Plain] = {name: plain(field.node) for name, field in fields.items()}
    terms = read_licence_fields(*(values.get(name) for name in names))
    # An expression such as "MIT OR Apache-2.0" has keys but is no one licence.
    is_one = len(terms.keys) == 1 and terms.expression == terms.keys[0]
    shown = {name: ", ".join(text for text, _ in _texts(fields.get(name)))[:_LONGEST_VALUE] for name in names}
    return DeclaredLicence(
        license=shown["license"],
        license_name=shown["license_name"],
        license_link=shown["license_link"],
        key=terms.keys[0] if is_one else None,
        where=f"{where}:{next(iter(fields.values())).line}",
        problem=terms.problem,
    )


def _fields(front: FrontMatter, where: str) -> Iterator[DeclaredField]:
    wanted = (*_SINGLE, *_MANY, "model-index", "co2_eq_emissions", "eval_results")
    for name, node in front.nodes.items():
        key = "".join(one for one in name.casefold() if one.isalnum())
        if name in wanted or key in _MEANT:
            value = _shown(name, node)
            yield DeclaredField(name=name[:80], value=value[:_LONGEST_VALUE], where=f"{where}:{front.lines[name]}")


def _shown(name: str, node: YamlNode) -> str:
    match node:
        case YamlScalar():
            return node.value or ""
        case YamlList() if name == "model-index":
            results = [one.entries.get("results") for one in node.items if isinstance(one, YamlMap)]
            return f"{sum(len(one.items) for one in results if isinstance(one, YamlList))} results"
        case YamlList():
            return ", ".join(_shown("", item) for item in node.items)
        case YamlMap():
            return ", ".join(f"{key}: {_shown('', value)}" for key, value in node.entries.items())


def _texts(field: _Field | None) -> Iterator[tuple[str, int]]:
    """Yield the texts of a field with their lines: one, or those of its list."""
    match field:
        case _Field(node=YamlScalar(value=str() as value, line=line)):
            yield value, line
        case _Field(node=YamlList(items=items)):
            for item in items[:_MOST_PARENTS]:
                if isinstance(item, YamlScalar) and item.value is not None:
                    yield item.value, item.line
        case _:
            pass
