"""Puts together what one repository declares of its model: card, prose, recipe, configs, and what training left behind.

A file that cannot be read costs its own facts and leaves a line that says why; the others are still read.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from parentage.errors import InputError
from parentage.protocols.documents.card_claims import read_claims
from parentage.protocols.documents.card_text import CardText, parse_card_text
from parentage.protocols.documents.declared_card import NO_LICENCE, CardFacts, read_card_fields
from parentage.protocols.documents.declared_files import FIELDS, read_json_file, telling_names
from parentage.protocols.documents.documentation import count_benchmark_tables, read_documentation
from parentage.protocols.documents.front_matter import MOST_CARD_BYTES, Card, decode_text, read_fields, split_card
from parentage.protocols.documents.hidden_text import hidden_problems, hide_elements, without_comments
from parentage.protocols.documents.merge_recipes import RECIPES, Recipe, read_recipe, recipes_in_card
from parentage.protocols.documents.named_bases import read_named_bases, read_shares
from parentage.protocols.documents.records import Claim, Declaration, DeclaredField, DeclaredParent
from parentage.protocols.documents.yaml_reading import MOST_YAML_BYTES, parse_yaml

CARD = "README.md"
T = TypeVar("T")
_MOST_FIELDS = 400
_MOST_PROBLEMS = 100
_LONGEST_NAME = 300
_SAME_WEIGHT = 0.005
# The Trainer of transformers writes this sentence by itself where it does not know what it started from.
_TRAINERS_WORDS = re.compile(r"This model was trained from scratch on (?:the|an?)\b.{0,200}\bdatasets?\b\.?$")
_TRAINERS_NOTE = "generated automatically according to the information the"


@dataclass(slots=True, kw_only=True)
class _Found:
    """What has been read so far."""

    fields: list[DeclaredField] = field(default_factory=list)
    parents: list[DeclaredParent] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_declaration(
    files: Mapping[str, bytes],
    *,
    paths: Iterable[str] = (),
    names: Sequence[str] = (),
    others: Sequence[str] = (),
) -> Declaration:
    """Return what a repository declares, from the bytes of its files by name; never raises for what they hold.

    `paths` are further names in the repository, whose files were not read; `names` are what its model is called,
    `others` what the models are called that it may be compared with.
    """
    found = _Found()
    card, facts = _read_card(files.get(CARD), found)
    claims = _claims(card, facts, names, others, found)
    relation = facts.relation if facts else ""
    recipes = _recipes(files, card, found)
    for recipe in recipes:
        found.fields += recipe.fields
        found.parents += recipe.parents
    for path in FIELDS:
        if path in files:
            read = read_json_file(path, files[path])
            found.fields += read.fields
            found.parents += read.parents
            found.problems += read.problems
    if card is not None:
        found.parents += read_shares(claims)
        found.parents += read_named_bases(card, CARD, names)
    everything = sorted({*files, *paths})
    found.fields += telling_names(everything)
    words = {one.relation for one in found.parents} & {"merge", "adapter"}
    return Declaration(
        fields=tuple(found.fields[:_MOST_FIELDS]),
        parents=_joined(found),
        relation=relation or (words.pop() if len(words) == 1 else ""),
        licence=facts.licence if facts else NO_LICENCE,
        claims=claims,
        facts=read_documentation(card or parse_card_text(""), found.fields, everything, CARD),
        benchmark_tables=count_benchmark_tables(card) if card else 0,
        problems=tuple(dict.fromkeys(found.problems))[:_MOST_PROBLEMS],
    )


def leftover_names(declaration: Declaration) -> tuple[DeclaredField, ...]:
    """Return the fields in which a program left the name or path of what it loaded; no statement to readers."""
    kept = ("_name_or_path", "name_or_path", "model_name_or_path", "best_model_checkpoint")
    return tuple(one for one in declaration.fields if one.name in kept)


def _read_card(raw: bytes | None, found: _Found) -> tuple[CardText | None, CardFacts | None]:
    """Return a card's prose and its fields, each None where it cannot be read."""
    if raw is None:
        return None, None
    parts = _attempt(partial(split_card, raw, CARD), found)
    if parts is None:
        # A block that does not end hides no prose: what follows it is read as prose, and nothing as a field.
        text = _attempt(partial(decode_text, raw, CARD, MOST_CARD_BYTES), _Found())
        if text is None:
            return None, None
        parts = Card(front=None, front_line=1, body=text, body_line=1)
    body = hide_elements(parts.body)
    card = parse_card_text(body, parts.body_line, CARD)
    found.problems += card.problems
    front = _attempt(partial(read_fields, parts, CARD), found)
    if front is None:
        return card, None
    facts = read_card_fields(front, CARD)
    found.fields += facts.fields
    found.parents += facts.parents
    found.problems += facts.problems
    shown = f"{parts.front or ''}\n{without_comments(body)}"
    found.problems += hidden_problems(card, shown, CARD)
    return card, facts


def _claims(
    card: CardText | None, facts: CardFacts | None, names: Sequence[str], others: Sequence[str], found: _Found
) -> tuple[Claim, ...]:
    """Return the prose's claims, without the sentence that a program writes where it knows of no parent."""
    if card is None:
        return ()
    by_trainer = any(_TRAINERS_NOTE in text for text, _ in card.comments) or (
        facts is not None and "generated_from_trainer" in facts.tags
    )
    kept = []
    declared = [one.value for one in facts.parents] if facts is not None else []
    for claim in read_claims(card, CARD, names, (*others, *declared)):
        if claim.kind == "from-scratch" and by_trainer and _TRAINERS_WORDS.match(claim.quote):
            rule = "no claim of the publisher's: the Trainer writes it where it was not told what it started from"
            found.problems.append(str(InputError(claim.where, claim.quote[:120], rule)))
        else:
            kept.append(claim)
    return tuple(kept)


def _recipes(files: Mapping[str, bytes], card: CardText | None, found: _Found) -> list[Recipe]:
    recipes: list[Recipe] = []
    for path in RECIPES:
        if path not in files:
            continue
        recipe = _attempt(partial(_recipe, files[path], path), found)
        if recipe is not None:
            recipes.append(recipe)
    if card is not None:
        in_card, problems = recipes_in_card(card, CARD)
        recipes += in_card
        found.problems += problems
    return recipes


def _recipe(raw: bytes, path: str) -> Recipe:
    recipe = read_recipe(parse_yaml(decode_text(raw, path, MOST_YAML_BYTES), path), path)
    if recipe is None:
        raise InputError(path, "no recipe", "a mapping with merge_method and models")
    return recipe


def _attempt(read: Callable[[], T], found: _Found) -> T | None:
    try:
        return read()
    except InputError as error:
        found.problems.append(str(error))
        return None


def _joined(read: _Found) -> tuple[DeclaredParent, ...]:
    """Return each model once: where it is declared first, with the first relation and the weight that is given.

    The place is that of the weight where one is declared, since a weight has to be found again. Two weights, as of two
    versions or steps, are none: which of them holds is not said.
    """
    found: dict[str, DeclaredParent] = {}
    torn: dict[str, str] = {}
    for one in read.parents:
        key = (
            one.value.strip()
            .strip("/")
            .removeprefix("https://huggingface.co/")
            .removeprefix("https://hf.co/")
            .casefold()
        )
        if not key or len(one.value) > _LONGEST_NAME:
            continue
        if "/" not in key:
            # "Nimbus-12B" in a sentence is the harbour/nimbus-12b of a field.
            tails = [held for held in found if held.rpartition("/")[2] == key]
            key = tails[0] if len(tails) == 1 else key
        same = found.get(key)
        if same is None:
            found[key] = one
            continue
        if same.weight is not None and one.weight is not None and abs(same.weight - one.weight) > _SAME_WEIGHT:
            torn[key] = f"{same.weight:g} at {same.where}, {one.weight:g}"
            read.problems.append(str(InputError(one.where, f"{one.value[:80]}: {torn[key]}", "one weight for a model")))
        takes_weight = same.weight is None and one.weight is not None
        found[key] = DeclaredParent(
            value=same.value,
            relation=same.relation or one.relation,
            weight=one.weight if takes_weight else same.weight,
            where=one.where if takes_weight else same.where,
        )
    return tuple(replace(one, weight=None) if key in torn else one for key, one in found.items())
