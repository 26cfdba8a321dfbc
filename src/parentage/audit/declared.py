"""Reads what each model's publisher declares beside the weights, as it was on the day: cards and configs get edited."""

from parentage.audit.plan import Plan
from parentage.errors import ParentageError

DECLARED = (
    "LICENSE",
    "LICENSE.md",
    "LICENSE.txt",
    "README.md",
    "chat_template.jinja",
    "config.json",
    "generation_config.json",
    "tokenizer_config.json",
)
MOST_BYTES = 1 << 20


def read_declared(plan: Plan) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return `documents/<id>/<name>` with their bytes, and those that are there but could not be read or are large."""
    found: dict[str, bytes] = {}
    unread: list[str] = []
    everyone = zip((plan.case.subject, *plan.case.candidates), (plan.subject, *plan.candidates), strict=True)
    for ref, checkpoint in everyone:
        for name in DECLARED:
            place = f"documents/{ref.id}/{name}"
            try:
                if not checkpoint.store.has(name):
                    continue
                size = checkpoint.store.size(name)
                if size > MOST_BYTES:
                    unread.append(place)
                else:
                    found[place] = checkpoint.store.read(name, 0, size)
            except ParentageError:
                unread.append(place)
    return found, tuple(unread)
