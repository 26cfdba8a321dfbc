"""From factors and a mark to recipes: names the method, gives every tensor its scalars, says what cannot be told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from parentage.numerics.linear import add_up
from parentage.numerics.recipes.recipe import Recipe
from parentage.numerics.recipes.sparse_steps import Election
from parentage.protocols.weights.methods.sparse_account import Setting
from parentage.protocols.weights.methods.sparse_energies import predicted_energies
from parentage.protocols.weights.methods.sparse_marks import Mark, Rule, read_mark
from parentage.protocols.weights.methods.sparse_settings import Found, find_settings
from parentage.protocols.weights.methods.sparse_view import View

_EXPLAINED = 0.95
_CERTAIN = 0.99
_FEWEST = 100
# A tensor's own scale may wander by a place or two of bf16 without having been set.
_UNSCALED = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A method with recipes for every tensor, not yet replayed; the fields are those of `SparseChoice`."""

    method: str
    arithmetic: str
    parents: tuple[int, ...]
    weights: tuple[float, ...]
    recipes: Mapping[int, Recipe]
    parameters: tuple[tuple[str, float], ...]
    same_as: tuple[str, ...] = ()


def draft(views: Sequence[View]) -> Draft | None:
    """Return the account of a merge that drops elements of task vectors, or None where settings explain too little."""
    best: tuple[Found, str] | None = None
    flavours = ("storage", "fp32") if views[0].lattice.name != "F32" else ("fp32", "bf16", "fp16")
    for arithmetic in flavours:
        found = find_settings(views, arithmetic)
        if found is not None and (best is None or found.share > best[0].share):
            best = (found, arithmetic)
        if best is not None and best[0].share >= _CERTAIN:
            break
    if best is None or best[0].share < _EXPLAINED or best[0].probed < _FEWEST:
        return None
    settings = best[0].settings
    mark = read_mark(views, settings)
    named = _named(settings, mark)
    if named is None:
        return None
    method, recipe_method, same_as = named
    if recipe_method == "sce":
        settings = tuple(predicted_energies(views, settings, mark.scalars))
    parents = views[0].parents
    weights = _printed(settings, mark)
    recipes = {
        one.index: Recipe(
            method=recipe_method,
            arithmetic=best[1],
            parents=parents,
            weights=(*setting.weights, 0.0),
            base=True,
            scalars=tuple(sorted({**setting.scalars, **scalars}.items())),
        )
        for one, setting, scalars in zip(views, settings, mark.scalars, strict=True)
    }
    return Draft(
        method=method,
        arithmetic=best[1],
        parents=parents,
        weights=weights,
        recipes=recipes,
        parameters=_parameters(settings, mark, best[0]),
        same_as=same_as,
    )


def _named(settings: Sequence[Setting], mark: Mark) -> tuple[str, str, tuple[str, ...]] | None:
    """Return the method's name, its recipes' method and what gives the same bits; None where nothing was dropped."""
    setting = settings[0]
    elected = setting.election is not Election.NONE
    single = len(setting.weights) == 1
    selects = single and all(s.weights[0] * s.scales[0] * s.factor == 1.0 for s in settings)
    match mark.rule:
        case Rule.ALL:
            if not elected:
                return None
            name = "sce" if setting.election is Election.PLAIN else "ties"
            return name, name, ()
        case Rule.MAGNITUDE if single:
            return "ties", "ties-selection" if selects else "ties", ("breadcrumbs",)
        case Rule.MAGNITUDE | Rule.BAND:
            if mark.rule is Rule.MAGNITUDE and elected:
                return "ties", "ties", ("breadcrumbs-ties",)
            if single:
                return "breadcrumbs", "breadcrumbs-selection" if selects else "breadcrumbs", ("breadcrumbs-ties",)
            name = "breadcrumbs-ties" if elected else "breadcrumbs"
            return name, name, ()
        case Rule.VARIANCE:
            return ("sce", "sce", ()) if setting.normalize else None
        case Rule.ROWS:
            return ("arcee-fusion", "arcee-fusion", ()) if selects else None
        case Rule.RANKED | Rule.RANDOM:
            return _random(setting, mark, single=single, selects=selects)


def _random(setting: Setting, mark: Mark, *, single: bool, selects: bool) -> tuple[str, str, tuple[str, ...]] | None:
    if setting.election is Election.PLAIN:
        return "sce", "sce-by-subject", ()
    if selects:
        # A child of the subject, trained on the other elements only, would look the same: nothing is said.
        return None
    elected = setting.election is Election.WEIGHTED
    if mark.rule is Rule.RANKED:
        name = "della" if elected else "della-linear"
        return name, name, ("della",) if single else ()
    name = "dare-ties" if elected else "dare-linear"
    return name, name, ("dare-ties",) if single else ()


def _printed(settings: Sequence[Setting], mark: Mark) -> tuple[float, ...]:
    """Return each task vector's weight times lambda, the mean where tensors differ, and the rest for the base."""
    rows = []
    for setting in settings:
        whole = add_up(setting.weights) if setting.normalize else 1.0
        rows.append([weight / whole * setting.factor for weight in setting.weights])
    weights = [add_up(row[i] for row in rows) / len(rows) for i in range(len(rows[0]))]
    if len(set(map(tuple, rows))) == 1:
        weights = rows[0]
    if len(weights) == 1 and mark.rule in (Rule.ROWS,):
        weights = [mark.density[0]]
    weights = [round(weight, 12) for weight in weights]
    return (*weights, round(1.0 - add_up(weights), 12))


def _parameters(settings: Sequence[Setting], mark: Mark, found: Found) -> tuple[tuple[str, float], ...]:
    rows: list[tuple[str, float]] = [(f"density_{i}", value) for i, value in enumerate(mark.density)]
    first = settings[0]
    rescaled = False
    for i in range(len(first.weights)):
        scales = sorted(setting.scales[i] for setting in settings)
        if scales[-1] != 1.0 or scales[0] != 1.0:
            rows.append((f"scale_{i}", scales[len(scales) // 2]))
            rescaled |= found.rescaled and abs(scales[len(scales) // 2] - 1.0) > _UNSCALED
    rows.append(("lambda", first.factor))
    rows.append(("normalize", float(first.normalize)))
    rows.append(("rescale", float(rescaled)))
    if mark.gamma:
        rows.append(("gamma", mark.gamma))
    if mark.epsilon:
        rows.append(("epsilon", mark.epsilon))
    return tuple(rows)
